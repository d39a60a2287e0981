package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Clusters;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.PlaneTransforms;
import argand.data.PlaneTransforms.Affine;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.flow.Maker;
import argand.flow.Progress;
import argand.flow.Watch;
import argand.phantom.AbsorptionEdge;
import argand.phantom.ChemicalSample;
import argand.physics.RandomWaves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/// Images of a known sample at many energies, as the camera of a full-field transmission microscope
/// counts them, with flats and a dark level.
///
/// Each image is computed from the sample itself, at points finer than a pixel, where drift and
/// magnification put it: nothing is interpolated. A pixel's mean is the mean of the transmission
/// over its points, so that thick and thin within a pixel mix as they do in a microscope. The truth
/// holds the amount of each component and its share, in the place that no drift and the mean
/// magnification give.
public record SimulateStack(
    @Param("the sample") ChemicalSample sample,
    @Param("the energies") EnergyScan energies,
    @Param(value = "pixels down", byDefault = "512") int rows,
    @Param(value = "pixels across", byDefault = "512") int columns,
    @Param(value = "size of a pixel on the sample", unit = "m", byDefault = "30 nm") double pixel,
    @Param(value = "how the image moves", byDefault = "{}") FieldMotion motion,
    @Param(value = "the camera", byDefault = "{}") TransmissionCamera camera,
    @Param(value = "points along each side of a pixel", byDefault = "2") int refinement,
    @Param(value = "seed of all random numbers", byDefault = "1") long seed)
    implements Maker.OfStacks {
  public SimulateStack {
    Check.atLeast("rows", rows, 8);
    Check.atLeast("columns", columns, 8);
    Check.within("pixel", pixel, 1e-10, 1e-3, "m");
    Check.within("refinement", refinement, 1, 8, "");
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public String name(int index) {
    return "simulated";
  }

  private Grid grid() {
    return Grid.square(rows, columns, pixel);
  }

  @Override
  public MadeStack make(int index, Watch watch) {
    long began = System.nanoTime();
    watch.tell(new Progress.Started("simulateStack", 0));
    double[] energyEv = energies.energies();
    int count = energyEv.length;
    var field = sample.field();
    var random = new SplittableRandom(seed);
    var places = motion.places(energyEv, random.split());
    float[] white = whiteField(random.split());
    var flicker = random.split();
    var streams = new SplittableRandom[count];
    Arrays.setAll(streams, e -> random.split());
    var images = new RealField[count];
    var flats = new RealField[count];
    watch
        .workers()
        .forEach(
            count,
            (e, worker) -> {
              if (watch.stopped()) {
                return;
              }
              float[] mean = transmission(field, energyEv[e], places[e]);
              double flux = camera.counts() * (1 + 0.05 * Math.sin(0.4 * e));
              images[e] = exposed(mean, white, flux, 1, streams[e]);
              flats[e] = exposed(null, white, flux, camera.flats(), streams[e]);
              watch.tell(new Progress.Worked("images", (e + 1.0) / count));
            });
    if (watch.stopped()) {
      throw new java.util.concurrent.CancellationException("the simulation was stopped");
    }
    boolean[] hit = flicker(images, flicker);
    var dark = new RealField(grid());
    Arrays.fill(dark.values(), (float) camera.dark());
    var source = Source.NONE.withStep(toString()).withNote("simulated, seed " + seed);
    var measured =
        EnergyStack.of(energyEv, Planes.of(List.of(images)), Quantity.COUNTS, source)
            .withEmptyBeam(
                Optional.of(
                    new EmptyBeam(
                        Planes.of(List.of(flats)), Optional.of(dark), camera.flats(), 1)));
    var made = new MadeStack(measured, truth(field, energyEv, places, hit, source));
    watch.tell(new Progress.Finished("simulateStack", (System.nanoTime() - began) * 1e-9));
    return made;
  }

  /// Uneven in the large by a few waves, and in the small from pixel to pixel.
  private float[] whiteField(SplittableRandom random) {
    float[] smooth = new RandomWaves(12 * pixel, random.split()).heights(grid());
    for (int i = 0; i < smooth.length; i++) {
      double uneven = 0.8 * smooth[i] + 0.6 * random.nextGaussian();
      smooth[i] = (float) Math.max(0.2, 1 + camera.structure() * uneven);
    }
    return smooth;
  }

  /// Mean transmission of each pixel at one energy.
  private float[] transmission(
      ChemicalSample.Field field, double energyEv, FieldMotion.Place place) {
    var components = sample.components();
    double[] strength = components.stream().mapToDouble(c -> c.absorption().at(energyEv)).toArray();
    double[] amounts = new double[strength.length];
    float[] mean = new float[rows * columns];
    double share = 1.0 / (refinement * refinement);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double sum = 0;
        for (int i = 0; i < refinement; i++) {
          for (int j = 0; j < refinement; j++) {
            double y = (r - (rows - 1) / 2.0 + (i + 0.5) / refinement - 0.5 - place.row());
            double x = (c - (columns - 1) / 2.0 + (j + 0.5) / refinement - 0.5 - place.column());
            field.amounts(y / place.scale() / rows, x / place.scale() / rows, amounts);
            double density = 0;
            for (int k = 0; k < amounts.length; k++) {
              density += amounts[k] * strength[k];
            }
            sum += Math.exp(-density);
          }
        }
        mean[r * columns + c] = (float) (camera.leak() + (1 - camera.leak()) * sum * share);
      }
    }
    return mean;
  }

  /// The mean of `frames` frames of Poisson counts on the dark level; without a sample where
  /// `transmission` is null.
  private RealField exposed(
      float @org.jspecify.annotations.Nullable [] transmission,
      float[] white,
      double flux,
      int frames,
      SplittableRandom random) {
    var image = new RealField(grid());
    UniformRandomProvider uniform = random::nextLong;
    for (int i = 0; i < white.length; i++) {
      double mean = frames * (flux * white[i] * (transmission == null ? 1 : transmission[i]));
      double dark = frames * camera.dark();
      double count = PoissonSampler.of(uniform, Math.max(1e-9, mean)).sample();
      image.values()[i] = (float) ((count + dark) / frames);
    }
    return image;
  }

  /// In a third of the images the band's gain is off by up to a fifth.
  ///
  /// @return which images
  private boolean[] flicker(RealField[] images, SplittableRandom random) {
    boolean[] hit = new boolean[images.length];
    for (int e = 0; e < images.length && camera.flickerPx() > 0; e++) {
      hit[e] = random.nextInt(3) == 0;
      double gain = 1 + 0.2 * (random.nextBoolean() ? 1 : -1) * (0.5 + 0.5 * random.nextDouble());
      for (int r = 0; r < rows && hit[e]; r++) {
        for (int c = band(); c < Math.min(columns, band() + camera.flickerPx()); c++) {
          images[e].set(r, c, (float) Math.rint(images[e].at(r, c) * gain));
        }
      }
    }
    return hit;
  }

  /// The first column of the band that flickers.
  private int band() {
    return (int) (0.62 * columns);
  }

  private EnergyStack truth(
      ChemicalSample.Field field,
      double[] energyEv,
      FieldMotion.Place[] places,
      boolean[] hit,
      Source source) {
    var components = sample.components();
    var grid = grid();
    var amounts = new RealField[components.size()];
    Arrays.setAll(amounts, k -> new RealField(grid));
    int[] region = new int[grid.size()];
    double[] point = new double[components.size()];
    double share = 1.0 / (refinement * refinement);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double y = (r - (rows - 1) / 2.0) / rows;
        double x = (c - (columns - 1) / 2.0) / rows;
        region[r * columns + c] = field.region(y, x);
        for (int i = 0; i < refinement; i++) {
          for (int j = 0; j < refinement; j++) {
            double down = ((i + 0.5) / refinement - 0.5) / rows;
            double right = ((j + 0.5) / refinement - 0.5) / rows;
            field.amounts(y + down, x + right, point);
            for (int k = 0; k < point.length; k++) {
              amounts[k].values()[r * columns + c] += (float) (point[k] * share);
            }
          }
        }
      }
    }
    var findings = Findings.NONE;
    for (int k = 0; k < amounts.length; k++) {
      findings =
          findings.with(
              Findings.FoundMap.of("amount of " + components.get(k).name(), "", amounts[k]));
    }
    findings = withShares(findings, components, amounts);
    var density = density(energyEv, components, amounts);
    findings =
        findings
            .with(
                new Clusters(
                    grid, region, RegionMeans.of(sample.regions(), energyEv, density, region)))
            .with(moved(places));
    return EnergyStack.of(energyEv, density, Quantity.OPTICAL_DENSITY, source)
        .withMask(sound(grid, region, places, hit))
        .withFindings(findings);
  }

  /// Shares of all components with an edge in the sum of their steps; NaN where there is none.
  private static Findings withShares(
      Findings findings, List<ChemicalSample.Component> components, RealField[] amounts) {
    var edges = new ArrayList<Integer>();
    for (int k = 0; k < components.size(); k++) {
      if (components.get(k).absorption() instanceof AbsorptionEdge) {
        edges.add(k);
      }
    }
    var with = findings;
    var grid = amounts[0].grid();
    var step = new RealField(grid);
    for (int k : edges) {
      for (int i = 0; i < grid.size(); i++) {
        step.values()[i] += amounts[k].values()[i];
      }
    }
    for (int k : edges) {
      var share = new RealField(grid);
      for (int i = 0; i < grid.size(); i++) {
        float all = step.values()[i];
        share.values()[i] = all > 0 ? amounts[k].values()[i] / all : Float.NaN;
      }
      with = with.with(Findings.FoundMap.of("fraction of " + components.get(k).name(), "", share));
    }
    return with.with(Findings.FoundMap.of("thickness", "", step));
  }

  /// Optical density of the mean amounts of each pixel, computed as it is read.
  private static Planes density(
      double[] energyEv, List<ChemicalSample.Component> components, RealField[] amounts) {
    return Planes.computed(
        Planes.of(List.of(amounts)),
        energyEv.length,
        amounts[0].grid(),
        (e, first, length, into, offset) -> {
          Arrays.fill(into, offset, offset + length, 0);
          for (int k = 0; k < amounts.length; k++) {
            float strength = (float) components.get(k).absorption().at(energyEv[e]);
            for (int i = 0; i < length; i++) {
              into[offset + i] += amounts[k].values()[first + i] * strength;
            }
          }
        });
  }

  /// Pixels of a region that no image showed in the band while it flickered.
  private Mask sound(Grid grid, int[] region, FieldMotion.Place[] places, boolean[] hit) {
    boolean[] good = new boolean[grid.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = region[i] >= 0;
      for (int e = 0; e < hit.length && good[i]; e++) {
        double middle = (columns - 1) / 2.0;
        double seen = middle + (i % columns - middle) * places[e].scale() + places[e].column();
        good[i] = !hit[e] || seen < band() - 0.5 || seen > band() + camera.flickerPx() - 0.5;
      }
    }
    return new Mask(grid, good);
  }

  /// The transforms that take each image back to the truth's place.
  private static PlaneTransforms moved(FieldMotion.Place[] places) {
    return new PlaneTransforms(
        Arrays.stream(places)
            .map(p -> new Affine(p.scale(), 0, 0, p.scale(), p.row(), p.column()))
            .toList());
  }
}
