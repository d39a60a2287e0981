package argand.simulate;

import argand.physics.Beam;
import argand.physics.Constants;
import argand.physics.FluorescenceLines;
import argand.physics.Material;
import java.util.ArrayList;
import java.util.List;

/// Photons of one origin as they meet the crystal of a detector: lines, or a band of energies.
///
/// @param yield photons per photon of the beam, for each mass of matter in a unit area, into the
///     detector's solid angle and through what lies before it [m²/kg]
/// @param cumulative share of the photons in the bins up to each
/// @param energyEv middle of each bin
/// @param widthEv of a bin; 0 for lines
/// @param attenuation of the crystal for each bin [1/m]
/// @param escaping share of the absorbed photons of each bin after which the crystal sends out a K
///     photon
record PhotonSource(
    double yield,
    double[] cumulative,
    double[] energyEv,
    double widthEv,
    double[] attenuation,
    double[] escaping) {
  private static final int BINS = 400;

  /// Widest change of a Compton photon's energy that is drawn, in widths of its shift.
  private static final double BAND = 4;

  private static final double ATOMIC_MOMENTUM = 137.036;

  private record Bin(double energyEv, double weight) {}

  /// Lines of an element.
  static PhotonSource of(List<FluorescenceLines.Line> lines, PulseDetector detector) {
    var bins = new ArrayList<Bin>();
    for (var line : lines) {
      double seen = line.crossSection() * detector.solidAngle() / (4 * Math.PI);
      bins.add(new Bin(line.energyEv(), seen * detector.transmission(line.energyEv())));
    }
    return of(bins, 0, detector);
  }

  /// The beam scattered without loss.
  static PhotonSource elastic(Material matter, double beamEv, PulseDetector detector) {
    double seen =
        matter.elasticScattering(new Beam.XRays(beamEv), detector.scatteringAngle())
            * detector.solidAngle()
            * detector.transmission(beamEv);
    return of(List.of(new Bin(beamEv, seen)), 0, detector);
  }

  /// The beam scattered by moving electrons: to each energy E′ belongs a momentum
  ///
  ///     p_z/mc = [E′ − E + E E′ (1 − cos θ)/mc²] / √(E² + E′² − 2 E E′ cos θ)
  ///
  /// and as many electrons as the Compton profile has there.
  static PhotonSource compton(Material matter, double beamEv, PulseDetector detector) {
    double cos = Math.cos(detector.scatteringAngle());
    double at = beamEv / (1 + beamEv / Constants.ELECTRON_REST_EV * (1 - cos));
    double half = Math.max(200, BAND * (beamEv - at));
    double first = Math.max(100, at - half);
    double last = Math.min(beamEv, at + half);
    double width = (last - first) / BINS;
    double[] weight = new double[BINS];
    double all = 0;
    for (int k = 0; k < BINS; k++) {
      double ev = first + (k + 0.5) * width;
      weight[k] = matter.comptonProfile(momentum(beamEv, ev, cos)) * slope(beamEv, ev, cos);
      all += weight[k];
    }
    double seen =
        matter.comptonScattering(new Beam.XRays(beamEv), detector.scatteringAngle())
            * detector.solidAngle();
    var bins = new ArrayList<Bin>();
    for (int k = 0; k < BINS; k++) {
      double ev = first + (k + 0.5) * width;
      bins.add(new Bin(ev, seen * weight[k] / all * detector.transmission(ev)));
    }
    return of(bins, width, detector);
  }

  private static double momentum(double from, double to, double cos) {
    double lost = to - from + from * to / Constants.ELECTRON_REST_EV * (1 - cos);
    return ATOMIC_MOMENTUM * lost / Math.sqrt(from * from + to * to - 2 * from * to * cos);
  }

  /// |dp_z/dE′|
  private static double slope(double from, double to, double cos) {
    return Math.abs(momentum(from, to + 1, cos) - momentum(from, to - 1, cos)) / 2;
  }

  private static PhotonSource of(List<Bin> bins, double width, PulseDetector detector) {
    int n = bins.size();
    double[] cumulative = new double[n];
    double[] energy = new double[n];
    double[] attenuation = new double[n];
    double[] escaping = new double[n];
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += bins.get(k).weight();
      cumulative[k] = sum;
      energy[k] = bins.get(k).energyEv();
      attenuation[k] = detector.element().attenuation(energy[k]);
      escaping[k] = FluorescenceLines.excitedShare(detector.element().atomicNumber(), energy[k]);
    }
    for (int k = 0; k < n && sum > 0; k++) {
      cumulative[k] /= sum;
    }
    return new PhotonSource(sum, cumulative, energy, width, attenuation, escaping);
  }

  /// The bin in which a share 0 … 1 lies.
  int bin(double share) {
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > share) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
