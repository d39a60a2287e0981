package argand.simulate;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.PhaseImages;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.data.Spectrum;
import argand.phantom.SpectralMatter;
import argand.phantom.SpectralSample;
import argand.physics.Beam;
import argand.physics.Polarization.Circular;
import argand.physics.RefractiveIndex;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What is known of the circular dichroism of a sample: plus less minus of fully polarized light,
/// in
/// optical density and in phase, at every energy; and as one map each, at the energy where it is
/// strongest. Its images are differences of optical densities.
final class DichroismTruth {
  private DichroismTruth() {}

  /// @param grid its pixel (rows/2, columns/2) at the sample's origin
  static EnergyStack of(SpectralSample sample, Grid grid, double[] energyEv, Source source) {
    var thickness = SpectralTruth.thickness(sample, grid);
    double[][] density = perMetre(sample, energyEv, RefractiveIndex::attenuation);
    double[][] phase = perMetre(sample, energyEv, (n, beam) -> -n.phaseLag(beam));
    var plain = SpectralTruth.of(sample, grid, beams(energyEv), source);
    var densities = SpectralTruth.planes(grid, thickness, density);
    var phases = SpectralTruth.planes(grid, thickness, phase);
    int top = strongest(density);
    var map = densities.plane(top);
    var findings =
        plain
            .findings()
            .with(FoundMap.of("magnetic dichroism", "", map))
            .with(FoundMap.of("magnetic phase dichroism", "rad", phases.plane(strongest(phase))))
            .with(spectrum("dichroism in absorption", energyEv, densities, map))
            .with(spectrum("dichroism in phase", energyEv, phases, map));
    return EnergyStack.of(energyEv, densities, Quantity.OPTICAL_DENSITY, source)
        .withMask(plain.mask())
        .withFindings(findings)
        .withPhase(Optional.of(new PhaseImages(phases, Optional.empty())));
  }

  private static List<Beam> beams(double[] energyEv) {
    return Arrays.stream(energyEv).mapToObj(e -> (Beam) new Beam.XRays(e)).toList();
  }

  /// [energy][matter], plus less minus, for each metre.
  private static double[][] perMetre(
      SpectralSample sample, double[] energyEv, SpectralTruth.PerMetre what) {
    double[][] difference = new double[energyEv.length][];
    for (int e = 0; e < energyEv.length; e++) {
      Beam plus = new Beam.XRays(energyEv[e], Optional.of(new Circular(1)));
      Beam minus = new Beam.XRays(energyEv[e], Optional.of(new Circular(-1)));
      difference[e] =
          sample.matter().stream().mapToDouble(m -> difference(m, plus, minus, what)).toArray();
    }
    return difference;
  }

  private static double difference(
      SpectralMatter matter, Beam plus, Beam minus, SpectralTruth.PerMetre what) {
    return what.of(matter.index(plus), plus) - what.of(matter.index(minus), minus);
  }

  /// The energy where the first matter shows most.
  private static int strongest(double[][] difference) {
    int top = 0;
    for (int e = 1; e < difference.length; e++) {
      top = Math.abs(difference[e][0]) > Math.abs(difference[top][0]) ? e : top;
    }
    return top;
  }

  /// Mean over the pixels whose map is more than half of its largest, with the sign of the map.
  private static Spectrum spectrum(String name, double[] energyEv, Planes planes, RealField map) {
    double most = Math.max(map.max(), -map.min());
    double[] values = new double[energyEv.length];
    for (int e = 0; e < values.length; e++) {
      float[] plane = planes.plane(e).values();
      int count = 0;
      for (int i = 0; i < plane.length; i++) {
        float m = map.values()[i];
        if (Math.abs(m) > 0.5 * most) {
          values[e] += Math.signum(m) * plane[i];
          count++;
        }
      }
      values[e] /= Math.max(1, count);
    }
    return Spectrum.of(name, energyEv, values, Quantity.OPTICAL_DENSITY);
  }
}
