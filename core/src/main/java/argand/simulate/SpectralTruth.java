package argand.simulate;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Clusters;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Findings.FoundMap;
import argand.data.PhaseImages;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.phantom.SpectralMatter;
import argand.phantom.SpectralSample;
import argand.physics.Beam;
import argand.physics.RefractiveIndex;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What is known of a sample over energy: optical density and phase of the mean thickness of each
/// pixel, amounts [µm] and shares of each matter under the names that a fit of references gives
/// them, regions as clusters. The mask holds the sample.
final class SpectralTruth {
  /// Points along each side of a pixel.
  private static final int POINTS = 4;

  private static final double MICROMETRES = 1e6;

  private SpectralTruth() {}

  /// @param grid its pixel (rows/2, columns/2) at the sample's origin
  /// @param beams by rising energy
  static EnergyStack of(SpectralSample sample, Grid grid, List<Beam> beams, Source source) {
    var matter = sample.matter();
    var thickness = thickness(sample, grid);
    int[] region = regions(sample, grid);
    double[] energyEv = beams.stream().mapToDouble(Beam::energyEv).toArray();
    var density = planes(grid, thickness, perMetre(matter, beams, RefractiveIndex::attenuation));
    var phase = planes(grid, thickness, perMetre(matter, beams, (n, beam) -> -n.phaseLag(beam)));
    var means = RegionMeans.of(sample.regions(), energyEv, density, region);
    var findings = maps(matter, thickness).with(new Clusters(grid, region, means));
    boolean[] there = new boolean[region.length];
    for (int i = 0; i < there.length; i++) {
      there[i] = region[i] >= 0;
    }
    return EnergyStack.of(energyEv, density, Quantity.OPTICAL_DENSITY, source)
        .withMask(new Mask(grid, there))
        .withFindings(findings)
        .withPhase(Optional.of(new PhaseImages(phase, Optional.empty())));
  }

  /// What a metre of matter does.
  interface PerMetre {
    double of(RefractiveIndex index, Beam beam);
  }

  /// [energy][matter], for each metre of thickness.
  private static double[][] perMetre(List<SpectralMatter> matter, List<Beam> beams, PerMetre what) {
    return beams.stream()
        .map(beam -> matter.stream().mapToDouble(m -> what.of(m.index(beam), beam)).toArray())
        .toArray(double[][]::new);
  }

  /// Mean thickness [m] of each matter in each pixel.
  static RealField[] thickness(SpectralSample sample, Grid grid) {
    var field = sample.field();
    double[] point = new double[sample.matter().size()];
    double[] sum = new double[point.length];
    var mean = new RealField[point.length];
    Arrays.setAll(mean, k -> new RealField(grid));
    for (int i = 0; i < grid.size(); i++) {
      Arrays.fill(sum, 0);
      for (int p = 0; p < POINTS * POINTS; p++) {
        double down = (p / POINTS + 0.5) / POINTS - 0.5;
        double right = (p % POINTS + 0.5) / POINTS - 0.5;
        if (field.thickness(y(grid, i, down), x(grid, i, right), point)) {
          for (int k = 0; k < sum.length; k++) {
            sum[k] += point[k];
          }
        }
      }
      for (int k = 0; k < sum.length; k++) {
        mean[k].values()[i] = (float) (sum[k] / (POINTS * POINTS));
      }
    }
    return mean;
  }

  private static double y(Grid grid, int i, double down) {
    return (i / grid.columns() - grid.rows() / 2 + down) * grid.pixelY();
  }

  private static double x(Grid grid, int i, double right) {
    return (i % grid.columns() - grid.columns() / 2 + right) * grid.pixelX();
  }

  private static int[] regions(SpectralSample sample, Grid grid) {
    var field = sample.field();
    int[] region = new int[grid.size()];
    Arrays.setAll(region, i -> field.region(y(grid, i, 0), x(grid, i, 0)));
    return region;
  }

  static Planes planes(Grid grid, RealField[] thickness, double[][] perMetre) {
    return Planes.computed(
        Planes.of(List.of(thickness)),
        perMetre.length,
        grid,
        (e, first, length, into, offset) -> {
          for (int i = 0; i < length; i++) {
            double sum = 0;
            for (int k = 0; k < thickness.length; k++) {
              sum += perMetre[e][k] * thickness[k].values()[first + i];
            }
            into[offset + i] = (float) sum;
          }
        });
  }

  private static Findings maps(List<SpectralMatter> matter, RealField[] thickness) {
    var grid = thickness[0].grid();
    var all = new RealField(grid);
    for (var one : thickness) {
      for (int i = 0; i < grid.size(); i++) {
        all.values()[i] += (float) (MICROMETRES * one.values()[i]);
      }
    }
    var findings = Findings.NONE;
    for (int k = 0; k < thickness.length; k++) {
      var amount = new RealField(grid);
      var share = new RealField(grid);
      for (int i = 0; i < grid.size(); i++) {
        amount.values()[i] = (float) (MICROMETRES * thickness[k].values()[i]);
        share.values()[i] = all.values()[i] > 0 ? amount.values()[i] / all.values()[i] : Float.NaN;
      }
      String name = matter.get(k).name();
      findings =
          findings
              .with(FoundMap.of("amount of " + name, "µm", amount))
              .with(FoundMap.of("fraction of " + name, "", share));
    }
    return findings.with(FoundMap.of("thickness", "µm", all));
  }
}
