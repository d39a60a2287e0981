package argand.physics;

import argand.Paper;
import java.util.ArrayList;
import java.util.List;

/// The semiconductor of a detector that tells energies of photons apart.
@Paper(
    value = "Reed & Ware, Escape peaks and internal fluorescence, J. Phys. E 5, 582 (1972)",
    doi = "10.1088/0022-3735/5/6/029")
public enum DetectorElement {
  SILICON("Si", 14, 3.85, 2330),
  GERMANIUM("Ge", 32, 2.96, 5323);

  private static final double LEAST_ESCAPE = 1e-5;

  private final String symbol;
  private final int z;
  private final double pairEv;
  private final double density;

  DetectorElement(String symbol, int z, double pairEv, double density) {
    this.symbol = symbol;
    this.z = z;
    this.pairEv = pairEv;
    this.density = density;
  }

  /// Mean energy of an electron–hole pair [eV] at the temperature of a cooled detector.
  public double pairEv() {
    return pairEv;
  }

  public String symbol() {
    return symbol;
  }

  /// Atomic number.
  public int atomicNumber() {
    return z;
  }

  /// Linear attenuation coefficient of the crystal [1/m].
  public double attenuation(double energyEv) {
    return density * Material.of(symbol).massAttenuation(new Beam.XRays(energyEv));
  }

  /// Share of the photons of this energy that a crystal of this thickness [m] absorbs.
  public double absorption(double energyEv, double thickness) {
    return -Math.expm1(-attenuation(energyEv) * thickness);
  }

  /// The peaks that a line leaves when a K photon of the detector escapes through its front.
  ///
  ///     ε = ½ ω_K r_K [1 − (μ_K/μ) ln(1 + μ/μ_K)]
  ///
  /// for normal incidence on a thick crystal, μ the attenuation of the line and μ_K that of the
  /// escaping photon, r_K the share of the K shell in the absorption, ω_K its yield. The area of a
  /// peak is `crossSection` of the line's full-energy peak.
  public List<FluorescenceLines.Line> escapes(double energyEv) {
    var peaks = new ArrayList<FluorescenceLines.Line>();
    double share = FluorescenceLines.excitedShare(z, energyEv);
    if (share <= 0) {
      return peaks;
    }
    var matter = Material.of(symbol);
    double mu = matter.massAttenuation(new Beam.XRays(energyEv));
    var lines = FluorescenceLines.perVacancy(new LineGroup(symbol, LineGroup.Family.K));
    double all = lines.stream().mapToDouble(FluorescenceLines.Line::crossSection).sum();
    for (var line : lines) {
      double ratio = matter.massAttenuation(new Beam.XRays(line.energyEv())) / mu;
      double part = line.crossSection() / all;
      double escape = 0.5 * share * part * (1 - ratio * Math.log(1 + 1 / ratio));
      if (escape > LEAST_ESCAPE && energyEv > line.energyEv()) {
        peaks.add(new FluorescenceLines.Line(energyEv - line.energyEv(), escape / (1 - escape)));
      }
    }
    return peaks;
  }
}
