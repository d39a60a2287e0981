package argand.recipe;

import argand.Param;
import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.file.FileTrouble;
import argand.file.ReadStack;
import argand.file.StackReader;
import argand.flow.Plugin;
import argand.flow.StackStep;
import argand.flow.Step;
import argand.flow.Watch;
import argand.multivariate.ClusteringPlugin;
import argand.multivariate.Partition;
import argand.multivariate.Points;
import argand.register.Transform;
import argand.spectro.AlignPlugin;
import argand.spectro.DenoisePlugin;
import argand.spectro.PriorPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What someone else's jar would hold: a loader, an aligner, a denoiser, a normaliser, a
/// prior, a fitter, a clusterer.
public final class ExamplePlugin implements Plugin {
  /// Made by the service loader.
  public ExamplePlugin() {}

  @Override
  public List<Class<? extends Step<?, ?>>> verbs() {
    return List.of(DivideByMean.class, StraightLine.class);
  }

  @Override
  public List<Class<? extends Record>> choices() {
    return List.of(CentreOfMass.class, AboveMean.class, OneQuiet.class, Towards.class);
  }

  /// Text: rows and columns, then for each image its energy and its numbers.
  public static final class PlainNumbers implements StackReader {
    /// Made by the service loader.
    public PlainNumbers() {}

    @Override
    public String name() {
      return "plainNumbers";
    }

    @Override
    public String title() {
      return "plain numbers";
    }

    @Override
    public boolean claims(Path file) {
      return file.toString().endsWith(".numbers");
    }

    @Override
    public EnergyStack read(Path file, ReadStack how, Watch watch) {
      try {
        String[] words = Files.readString(file).strip().split("\\s+");
        var grid =
            Grid.square(1, 1, 1e-8).resized(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
        int count = (words.length - 2) / (1 + grid.size());
        double[] ev = new double[count];
        var images = new ArrayList<RealField>();
        for (int e = 0, at = 2; e < count; e++) {
          ev[e] = Double.parseDouble(words[at++]);
          var image = new RealField(grid);
          for (int i = 0; i < grid.size(); i++) {
            image.values()[i] = Float.parseFloat(words[at++]);
          }
          images.add(image);
        }
        var source = new Source(List.of(file.toString()), List.of(), List.of());
        return EnergyStack.of(ev, Planes.of(images), Quantity.OPTICAL_DENSITY, source);
      } catch (IOException e) {
        throw new FileTrouble(file, "cannot be read", e);
      }
    }
  }

  /// Each image's centre of mass onto that of the first.
  public record CentreOfMass(
      @Param(value = "what is below counts for nothing", byDefault = "0") double above)
      implements AlignPlugin {
    @Override
    public List<Transform> transforms(EnergyStack stack, Watch watch) {
      var found = new ArrayList<Transform>();
      double[] first = centre(stack.images().plane(0));
      for (int e = 0; e < stack.count(); e++) {
        double[] own = centre(stack.images().plane(e));
        found.add(new Transform.Translation(own[0] - first[0], own[1] - first[1]));
      }
      return found;
    }

    private double[] centre(RealField image) {
      double[] sum = new double[3];
      for (int i = 0; i < image.values().length; i++) {
        double v = Math.max(0, image.values()[i] - above);
        sum[0] += v * (i / image.grid().columns());
        sum[1] += v * (i % image.grid().columns());
        sum[2] += v;
      }
      return new double[] {sum[0] / sum[2], sum[1] / sum[2]};
    }
  }

  /// A denoiser: each pixel and the mean of its image by halves.
  public record OneQuiet() implements DenoisePlugin {
    @Override
    public float[] filtered(Grid grid, float[] image, float[] sigma) {
      double mean = 0;
      for (float v : image) {
        mean += v / image.length;
      }
      float[] quiet = image.clone();
      for (int i = 0; i < quiet.length; i++) {
        quiet[i] = (float) (0.5 * quiet[i] + 0.5 * mean);
      }
      return quiet;
    }
  }

  /// A prior: amounts near a number. With weight w, x = (H + w)⁻¹ (H a + w·near), taken along the
  /// diagonal of H.
  public record Towards(@Param("the number") double near, @Param("w") double weight)
      implements PriorPlugin {
    @Override
    public float[][] amounts(Grid grid, float[][] amounts, float[][] information, Workers workers) {
      float[][] x = new float[amounts.length][grid.size()];
      for (int k = 0; k < x.length; k++) {
        float[] h = information[k * (k + 1) / 2 + k];
        for (int i = 0; i < x[k].length; i++) {
          x[k][i] = (float) ((h[i] * amounts[k][i] + weight * near) / (h[i] + weight));
        }
      }
      return x;
    }
  }

  /// A normaliser: each spectrum over its mean.
  public record DivideByMean() implements StackStep {
    @Override
    public EnergyStack apply(EnergyStack input, Watch watch) {
      float[] mean = input.mean().values();
      var images =
          Planes.computed(
              input.images(),
              (e, first, length, into, offset) -> {
                input.images().read(e, first, length, into, offset);
                for (int i = 0; i < length; i++) {
                  into[offset + i] /= mean[first + i];
                }
              });
      return input
          .withImages(images, Optional.empty(), Quantity.NORMALIZED)
          .withStep("divideByMean");
    }
  }

  /// A fitter: the slope of each spectrum.
  public record StraightLine(
      @Param(value = "energy where the line is what it is", unit = "eV") double atEv)
      implements StackStep {
    @Override
    public EnergyStack apply(EnergyStack input, Watch watch) {
      var slope = new RealField(input.grid());
      double squares = 0;
      double mean = 0;
      for (double ev : input.energyEv()) {
        mean += ev / input.count();
      }
      for (int e = 0; e < input.count(); e++) {
        double x = input.energyEv()[e] - mean;
        squares += x * x;
        float[] plane = input.images().plane(e).values();
        for (int i = 0; i < plane.length; i++) {
          slope.values()[i] += (float) (x * plane[i]);
        }
      }
      for (int i = 0; i < slope.values().length; i++) {
        slope.values()[i] /= (float) squares;
      }
      return input.with(Findings.FoundMap.of("slope", "1/eV", slope)).withStep("straightLine");
    }
  }

  /// A clusterer: points whose first feature is above its mean, and the others.
  public record AboveMean() implements ClusteringPlugin {
    @Override
    public Partition of(Points points, long seed, Workers workers) {
      double mean = points.mean(workers)[0];
      int[] label = new int[points.count()];
      points.forEach(
          workers,
          (block, first, length, values, worker) -> {
            for (int i = 0; i < length; i++) {
              label[first + i] = values[i] > mean ? 1 : 0;
            }
          });
      return Partition.of(points, label, 2, workers);
    }
  }
}
