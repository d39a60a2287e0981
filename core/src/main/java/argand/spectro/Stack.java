package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Planes;
import argand.data.Source;
import argand.flow.Step;
import argand.flow.Watch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Many stacks of one or a few energies become one, in the order of their energies: for a
/// measurement with a file for each energy.
///
/// What was found in the single ones is left behind; a pixel is good where it is good in all.
public record Stack(
    @Param(
            value = "energies that there should be; those that are missing are named",
            unit = "eV",
            byDefault = "[]")
        List<Double> energiesEv)
    implements Step.All<EnergyStack, EnergyStack> {
  /// Energies closer than this are one.
  private static final double SAME_EV = 1e-3;

  /// Grids whose pixels differ by less are one.
  private static final double SAME_PIXEL = 1e-4;

  public Stack {
    energiesEv = List.copyOf(energiesEv);
    for (double ev : energiesEv) {
      Check.within("energies", ev, 1, 1e6, "eV");
    }
  }

  @Override
  public Class<EnergyStack> takes() {
    return EnergyStack.class;
  }

  @Override
  public Class<EnergyStack> gives() {
    return EnergyStack.class;
  }

  /// Where a plane comes from.
  private record Place(EnergyStack stack, int index) {
    double ev() {
      return stack.energyEv()[index];
    }

    String file() {
      return stack.source().files().isEmpty() ? "a stack" : stack.source().files().getFirst();
    }
  }

  @Override
  public EnergyStack gather(List<EnergyStack> inputs, Watch watch) {
    var first = inputs.getFirst();
    var places = new ArrayList<Place>();
    Mask mask = first.mask();
    for (var stack : inputs) {
      mustFit(first, stack);
      mask = mask.and(new Mask(first.grid(), stack.mask().good()));
      for (int e = 0; e < stack.count(); e++) {
        places.add(new Place(stack, e));
      }
    }
    places.sort(Comparator.comparingDouble(Place::ev));
    for (int i = 1; i < places.size(); i++) {
      if (places.get(i).ev() - places.get(i - 1).ev() < SAME_EV) {
        throw new InvalidInput(
            "the energy " + ev(places.get(i).ev()),
            "in both " + places.get(i - 1).file() + " and " + places.get(i).file(),
            "each energy once",
            "");
      }
    }
    double[] energies = places.stream().mapToDouble(Place::ev).toArray();
    var source = Source.gathered(inputs.stream().map(EnergyStack::source).toList(), "stack");
    String missing = missing(energies);
    if (!missing.isEmpty()) {
      source = source.withNote("no images at " + missing);
    }
    var images =
        joined(
            first.grid(),
            places.stream().map(p -> new Plane(p.stack().images(), p.index())).toList());
    return new EnergyStack(
        energies,
        images,
        first.variance().isPresent()
            ? Optional.of(
                joined(
                    first.grid(),
                    places.stream()
                        .map(p -> new Plane(p.stack().variance().orElseThrow(), p.index()))
                        .toList()))
            : Optional.empty(),
        first.quantity(),
        first.emptyBeam().isPresent() ? Optional.of(beam(first, places)) : Optional.empty(),
        mask,
        first.angle(),
        first.slices(),
        Findings.NONE,
        source);
  }

  private static void mustFit(EnergyStack first, EnergyStack other) {
    other.mustHaveNoPhase("stack", "gather reconstructions by stackObjects");
    Grid a = first.grid();
    Grid b = other.grid();
    String place = other.source().files().isEmpty() ? "a stack" : other.source().files().getFirst();
    if (first.slices() != other.slices()) {
      throw new InvalidInput(
          "the volumes of " + place,
          other.slices() + " slices",
          first.slices() + " as the first",
          "");
    }
    if (a.rows() != b.rows()
        || a.columns() != b.columns()
        || Math.abs(a.pixelY() / b.pixelY() - 1) > SAME_PIXEL
        || Math.abs(a.pixelX() / b.pixelX() - 1) > SAME_PIXEL) {
      throw new InvalidInput("the images of " + place, grid(b), grid(a) + " as the first", "");
    }
    if (first.quantity() != other.quantity()) {
      throw new InvalidInput(
          "what the images of " + place + " are",
          other.quantity().words(),
          first.quantity().words() + " as the first",
          "");
    }
    if (first.emptyBeam().isPresent() != other.emptyBeam().isPresent()
        || first.variance().isPresent() != other.variance().isPresent()) {
      String what =
          first.emptyBeam().isPresent() != other.emptyBeam().isPresent()
              ? "the empty beam"
              : "the variance";
      throw new InvalidInput(
          what, "beside some of the images only", "for all or for none", "see " + place);
    }
  }

  private static String grid(Grid grid) {
    return String.format(
        Locale.ROOT, "%d × %d pixels of %.4g m", grid.rows(), grid.columns(), grid.pixelY());
  }

  private static String ev(double ev) {
    return BigDecimal.valueOf(ev).stripTrailingZeros().toPlainString() + " eV";
  }

  private String missing(double[] energies) {
    var missing = new ArrayList<String>();
    for (double wanted : energiesEv) {
      boolean there = false;
      for (double ev : energies) {
        there |= Math.abs(ev - wanted) < SAME_EV;
      }
      if (!there) {
        missing.add(ev(wanted));
      }
    }
    return String.join(", ", missing);
  }

  /// Flats are scaled to one ratio of exposures; the dark level is the mean of all.
  private static EmptyBeam beam(EnergyStack first, List<Place> places) {
    double ratio = first.emptyBeam().orElseThrow().exposureRatio();
    int frames = Integer.MAX_VALUE;
    var flats = new ArrayList<Plane>();
    double[] dark = new double[first.grid().size()];
    int darks = 0;
    for (var place : places) {
      var beam = place.stack().emptyBeam().orElseThrow();
      frames = Math.min(frames, beam.flatFrames());
      Planes own = beam.flats();
      double factor = beam.exposureRatio() / ratio;
      var dim = beam.dark();
      flats.add(
          new Plane(factor == 1 ? own : scaled(own, factor, dim), beam.flatOf(place.index())));
      if (beam.dark().isPresent()) {
        darks++;
        float[] level = beam.dark().get().values();
        for (int i = 0; i < dark.length; i++) {
          dark[i] += level[i];
        }
      }
    }
    if (darks > 0 && darks < places.size()) {
      throw new InvalidInput(
          "the dark level", "beside some of the images only", "for all or for none", "");
    }
    Optional<RealField> mean = Optional.empty();
    if (darks > 0) {
      var field = new RealField(first.grid());
      for (int i = 0; i < dark.length; i++) {
        field.values()[i] = (float) (dark[i] / darks);
      }
      mean = Optional.of(field);
    }
    return new EmptyBeam(joined(first.grid(), flats), mean, frames, ratio);
  }

  /// What is above the dark level times `factor`.
  private static Planes scaled(Planes flats, double factor, Optional<RealField> dark) {
    return Planes.computed(
        flats,
        (index, first, length, into, offset) -> {
          flats.read(index, first, length, into, offset);
          for (int i = 0; i < length; i++) {
            float level = dark.isPresent() ? dark.get().values()[first + i] : 0;
            into[offset + i] = (float) (level + factor * (into[offset + i] - level));
          }
        });
  }

  private record Plane(Planes of, int index) {}

  private static Planes joined(Grid grid, List<Plane> planes) {
    return new Planes() {
      @Override
      public int count() {
        return planes.size();
      }

      @Override
      public Grid grid() {
        return grid;
      }

      @Override
      public void read(int index, int first, int length, float[] into, int offset) {
        var plane = planes.get(index);
        plane.of().read(plane.index(), first, length, into, offset);
      }

      @Override
      public Optional<float[]> inMemory(int index) {
        var plane = planes.get(index);
        return plane.of().inMemory(plane.index());
      }

      @Override
      public long memoryBytes() {
        return planes.stream().map(Plane::of).distinct().mapToLong(Planes::memoryBytes).sum();
      }

      @Override
      public void close() {
        planes.stream().map(Plane::of).distinct().forEach(Planes::close);
      }
    };
  }
}
