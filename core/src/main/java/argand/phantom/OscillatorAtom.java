package argand.phantom;

import java.util.List;

/// The scattering factor f₁ + if₂ of an atom as a sum of classical oscillators, each term of which
/// obeys the Kramers–Kronig relations by its form, so that a simulation needs no transform for them
/// and shares none with a solver.
///
/// With z = E + iΓ/2, in light exp(−iωt),
///
///     f₁ − if₂ = g₀ + Σ_shells G (1 + (E_s²/z²) ln(1 − z²/E_s²)) + Σ_lines g E²/(E² − E_l² + iΓE)
///
/// A shell is a continuum of oscillators of density 2G E_s²/ε³ above its edge: f₂ = πG (E_s/E)²
/// behind it and a logarithmic dip of f₁ at it, both broadened by a Lorentzian of full width Γ. A
/// line is a white line of height gE_l/Γ in f₂. g₀ are electrons that are as good as free at these
/// energies. Each term is analytic in the upper half plane of E and tends to its number of
/// electrons.
///
/// Strengths are chosen so that f₁ and f₂ are those of the tables away from the edges.
///
/// @param free g₀, electrons
/// @param shells edges of the continuum
/// @param lines transitions into bound states
public record OscillatorAtom(double free, List<Shell> shells, List<Line> lines) {
  /// An edge.
  ///
  /// @param edgeEv E_s [eV]
  /// @param strength G, electrons
  /// @param widthEv Γ [eV]
  public record Shell(double edgeEv, double strength, double widthEv) {}

  /// A white line.
  ///
  /// @param energyEv E_l [eV]
  /// @param strength g, electrons
  /// @param widthEv Γ, full width at half maximum [eV]
  public record Line(double energyEv, double strength, double widthEv) {
    /// By its height in f₂.
    static Line ofHeight(double energyEv, double height, double widthEv) {
      return new Line(energyEv, height * widthEv / energyEv, widthEv);
    }
  }

  public OscillatorAtom {
    shells = List.copyOf(shells);
    lines = List.copyOf(lines);
  }

  /// The same atom with these lines.
  OscillatorAtom with(List<Line> others) {
    return new OscillatorAtom(free, shells, others);
  }

  /// f₁, electrons, at a photon energy [eV].
  public double f1(double energyEv) {
    double sum = free;
    for (var shell : shells) {
      sum += shell(shell, energyEv)[0];
    }
    return sum + lines(lines, energyEv)[0];
  }

  /// f₂, electrons, at a photon energy [eV].
  public double f2(double energyEv) {
    double sum = 0;
    for (var shell : shells) {
      sum += shell(shell, energyEv)[1];
    }
    return sum + lines(lines, energyEv)[1];
  }

  /// (f₁, f₂) of lines alone.
  static double[] lines(List<Line> lines, double energyEv) {
    double[] sum = new double[2];
    double square = energyEv * energyEv;
    for (var line : lines) {
      double off = square - line.energyEv() * line.energyEv();
      double damping = line.widthEv() * energyEv;
      double scale = line.strength() * square / (off * off + damping * damping);
      sum[0] += scale * off;
      sum[1] += scale * damping;
    }
    return sum;
  }

  private static double[] shell(Shell shell, double energyEv) {
    double half = 0.5 * shell.widthEv();
    double u = shell.edgeEv() * shell.edgeEv();
    double re = (energyEv * energyEv - half * half) / u; // z²/E_s²
    double im = 2 * energyEv * half / u;
    double logRe = 0.5 * Math.log((1 - re) * (1 - re) + im * im);
    double logIm = Math.atan2(-im, 1 - re);
    double square = re * re + im * im;
    double quotientRe = (logRe * re + logIm * im) / square;
    double quotientIm = (logIm * re - logRe * im) / square;
    return new double[] {shell.strength() * (1 + quotientRe), -shell.strength() * quotientIm};
  }
}
