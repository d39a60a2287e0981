package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.multivariate.Eigenspectra;
import argand.multivariate.Points;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// What of each pixel is compared with that of others.
public sealed interface PixelFeatures {
  /// Its spectrum, or the part of it around the edge, where noise elsewhere would drown what
  /// differs.
  record Spectra(
      @Param(value = "first energy", unit = "eV") OptionalDouble fromEv,
      @Param(value = "last energy", unit = "eV") OptionalDouble toEv)
      implements PixelFeatures {
    /// The whole spectrum.
    public static Spectra whole() {
      return new Spectra(OptionalDouble.empty(), OptionalDouble.empty());
    }

    /// Planes of those energies.
    ///
    /// @throws InvalidInput when there is none
    Planes of(EnergyStack stack, Planes held) {
      double from = fromEv.orElse(Double.NEGATIVE_INFINITY);
      double to = toEv.orElse(Double.POSITIVE_INFINITY);
      int[] inside =
          IntStream.range(0, stack.count())
              .filter(e -> stack.energyEv()[e] >= from && stack.energyEv()[e] <= to)
              .toArray();
      if (inside.length == 0) {
        throw new InvalidInput(
            "from … to",
            from + " … " + to + " eV",
            "some of the energies "
                + stack.energyEv()[0]
                + " … "
                + stack.energyEv()[stack.count() - 1]
                + " eV",
            "");
      }
      return held.select(inside);
    }
  }

  /// Its values in one or more maps, each divided by its standard deviation where there are
  /// several.
  record Maps(@Param("names of maps that earlier steps found") List<String> names)
      implements PixelFeatures {
    public Maps {
      if (names.isEmpty()) {
        throw new InvalidInput("names", "empty", "at least one map", "");
      }
      names = List.copyOf(names);
    }
  }

  /// Its first principal components, which leave most of the noise behind.
  record Components(@Param(value = "number of components", byDefault = "4") int count)
      implements PixelFeatures {
    public Components {
      Check.within("count", count, 1, 1000, "");
    }
  }

  /// Good pixels, and the points they are.
  record Seen(PixelPoints pixels, Points points) {}

  /// @param held planes of the stack that can be read many times
  default Seen of(EnergyStack stack, Planes held, Workers workers) {
    return switch (this) {
      case Spectra spectra -> {
        var pixels = PixelPoints.of(spectra.of(stack, held), stack.mask(), workers);
        yield new Seen(pixels, pixels);
      }
      case Maps maps -> {
        var fields = new ArrayList<RealField>();
        for (String name : maps.names()) {
          fields.add(NamedImage.of(stack, name).values());
        }
        if (fields.size() > 1) {
          fields.replaceAll(field -> even(field, stack.mask()));
        }
        var pixels = PixelPoints.of(fields, stack.mask(), workers);
        yield new Seen(pixels, pixels);
      }
      case Components components -> {
        var pixels = PixelPoints.of(held, stack.mask(), workers);
        if (components.count() > pixels.features()) {
          throw new InvalidInput(
              "count", components.count(), "at most the " + pixels.features() + " energies", "");
        }
        double[] weight = new double[pixels.features()];
        Arrays.fill(weight, 1);
        var eigen = Eigenspectra.of(pixels, true, weight, workers);
        yield new Seen(pixels, kept(eigen.scores(pixels, components.count()), workers));
      }
    };
  }

  /// Points that are few numbers each, held in memory.
  private static Points kept(Points points, Workers workers) {
    float[][] values = new float[points.features()][points.count()];
    points.forEach(
        workers,
        (block, first, length, read, worker) -> {
          for (int f = 0; f < values.length; f++) {
            System.arraycopy(read, f * Points.BLOCK, values[f], first, length);
          }
        });
    return Points.of(values);
  }

  /// Divided by the standard deviation of the good pixels.
  private static RealField even(RealField field, Mask mask) {
    double n = 0;
    double sum = 0;
    double square = 0;
    for (int i = 0; i < field.values().length; i++) {
      double value = field.values()[i];
      if (mask.good()[i] && Double.isFinite(value)) {
        n++;
        sum += value;
        square += value * value;
      }
    }
    double deviation = Math.sqrt(Math.max(square / n - sum / n * (sum / n), 1e-60));
    var even = field.copy();
    for (int i = 0; i < even.values().length; i++) {
      even.values()[i] /= (float) deviation;
    }
    return even;
  }
}
