package argand.phantom;

import argand.Param;
import argand.array.Check;
import argand.physics.Constants;
import java.util.ArrayList;
import java.util.List;

/// The manganese K edge of MnO, rock salt, with the oscillations that six shells of neighbours
/// write onto it; what an experiment would measure of a crystal of known lattice.
///
/// 1. μ(E) = step(E) (1 + a(k) χ(k)) + white line, k² = 2m(E − E₀)/ħ², a rising from 0 to 1 around
///    2 Å⁻¹; the step is an arctangent of the 1s hole's lifetime, with one of the second electron
///    (0.4 %, 80 eV above)
/// 2. χ(k) = S₀² Σ N F(k)/(k R²) sin(2kR + φ(k) − 4/3 k³ C₃) exp(−2R/λ(k) − 2k²σ²)
/// 3. shells at a/2 (6 O), a/√2 (12 Mn), a√3/2 (8 O), a (6 Mn, focused by the oxygen between),
///    a√5/2 (24 O), a√6/2 (24 Mn); S₀² 0.75
///
/// F, φ and λ are smooth functions with the size and the turn of those of oxygen and manganese, not
/// calculated ones; no program that finds distances knows them. E₀ is the middle of the step.
///
/// @param edgeEv E₀ [eV]
/// @param lattice a [m]
/// @param disorder σ² of all shells as a multiple of that at room temperature
public record FineStructure(
    @Param(value = "middle of the step", unit = "eV", byDefault = "6544 eV") double edgeEv,
    @Param(value = "lattice constant", unit = "m", byDefault = "4.445 Å") double lattice,
    @Param(value = "σ² as a multiple of that at room temperature", byDefault = "1")
        double disorder) {
  private static final double PER_EV =
      2 * Constants.ELECTRON_REST_EV * Math.pow(2 * Math.PI / (Constants.HC_EV_M * 1e10), 2);

  /// Half width of the step [eV].
  private static final double HALF_WIDTH_EV = 1.0;

  private static final double REDUCTION = 0.75;

  /// f₂ of the 1s electrons just behind their edge, electrons.
  private static final double STEP = 3.47;

  /// First step between the lines that stand for the oscillations [eV], and by how many eV behind
  /// the edge it has doubled.
  private static final double FIRST_EV = 0.4;

  private static final double DOUBLED_EV = 120;

  /// Width of a line ÷ its distance from the next: at this the row of lines is smooth to 4·10⁻⁴.
  private static final double WIDE = 2.5;

  private static final double END_EV = 1000;

  /// Electrons that are as good as free at the K edge.
  private static final double FREE = 23.0;

  /// A shell: how far in lattices, how many, σ² [Å²], C₃ [Å³], whether manganese, times what and
  /// turned by what.
  private record Shell(
      double distance,
      double neighbours,
      double disorder,
      double skew,
      boolean metal,
      double gain,
      double turn) {}

  private static final List<Shell> SHELLS =
      List.of(
          new Shell(0.5, 6, 0.0075, 1e-4, false, 1, 0),
          new Shell(Math.sqrt(0.5), 12, 0.0080, 5e-5, true, 1, 0),
          new Shell(Math.sqrt(0.75), 8, 0.0110, 0, false, 1, 0),
          new Shell(1, 6, 0.0100, 0, true, 1.8, 0.9),
          new Shell(Math.sqrt(1.25), 24, 0.0130, 0, false, 1, 0),
          new Shell(Math.sqrt(1.5), 24, 0.0110, 0, true, 1.2, 0.3));

  public FineStructure {
    Check.within("edge", edgeEv, 1000, 1e5, "eV");
    Check.within("lattice", lattice, 3e-10, 7e-10, "m");
    Check.within("disorder", disorder, 0, 10, "");
  }

  /// Absorption of the 1s electrons: 0 well before the edge, about 1 well behind it.
  public double normalized(double energyEv) {
    double above = energyEv - edgeEv;
    double step =
        0.996 * (0.5 + Math.atan(above / HALF_WIDTH_EV) / Math.PI)
            + 0.004 * (0.5 + Math.atan((above - 80) / 4) / Math.PI);
    double line = 0.35 * Math.exp(-0.5 * Math.pow((above - 5.5) / 2.4, 2));
    if (above <= 0) {
      return step + line;
    }
    double k = Math.sqrt(PER_EV * above);
    double rise = 1 - Math.exp(-Math.pow(k / 2, 4));
    return step * (1 + rise * oscillation(k)) + line;
  }

  /// χ(k), k in Å⁻¹.
  public double oscillation(double k) {
    if (k < 0.2) {
      return 0;
    }
    double chi = 0;
    double path = 1.0 * k + Math.pow(3.1 / k, 4);
    for (var shell : SHELLS) {
      double r = shell.distance * lattice * 1e10;
      double size = shell.metal ? metal(k) : oxygen(k);
      double turn = (shell.metal ? metalTurn(k) : oxygenTurn(k)) + shell.turn;
      chi +=
          REDUCTION
              * shell.neighbours
              * shell.gain
              * size
              / (k * r * r)
              * Math.exp(-2 * r / path - 2 * k * k * shell.disorder * disorder)
              * Math.sin(2 * k * r + turn - 4.0 / 3 * k * k * k * shell.skew * disorder);
    }
    return chi;
  }

  /// The manganese atom with this fine structure, f₁ and f₂ an exact pair: the oscillations are a
  /// dense row of narrow oscillators of the strength, of either sign, that they have in f₂. A
  /// Lorentzian as wide as those lines is folded into them; it damps, and moves no distance.
  /// Away from the edge it follows the tables within some percent from 6.4 to 7.1 keV.
  OscillatorAtom manganese() {
    List<OscillatorAtom.Line> lines = new ArrayList<>();
    lines.add(OscillatorAtom.Line.ofHeight(edgeEv + 5.5, 0.35 * STEP, 5.6));
    double above = 1;
    while (above < END_EV) {
      double wide = FIRST_EV * (1 + above / DOUBLED_EV);
      double middle = above + wide / 2;
      double at = edgeEv + middle;
      double k = Math.sqrt(PER_EV * middle);
      double rise = 1 - Math.exp(-Math.pow(k / 2, 4));
      double f2 = STEP * Math.pow(edgeEv / at, 2) * rise * oscillation(k);
      // ∫ f₂ of a line is its strength times πE/2
      lines.add(new OscillatorAtom.Line(at, 2 * f2 * wide / (Math.PI * at), WIDE * wide));
      above += wide;
    }
    return new OscillatorAtom(
        FREE,
        List.of(
            new OscillatorAtom.Shell(3000, 0.711, 1),
            new OscillatorAtom.Shell(edgeEv, STEP / Math.PI, 2 * HALF_WIDTH_EV)),
        lines);
  }

  private static double oxygen(double k) {
    return 1.05 * Math.exp(-Math.pow((k - 1.5) / 5.2, 2)) + 0.06;
  }

  private static double oxygenTurn(double k) {
    return 0.9 - 0.93 * k + 0.021 * k * k;
  }

  private static double metal(double k) {
    return 0.72 * Math.exp(-Math.pow((k - 6.8) / 3.8, 2)) + 0.08;
  }

  private static double metalTurn(double k) {
    return 2.6 - 1.08 * k + 0.024 * k * k + 0.7 * Math.tanh((k - 4) / 1.3);
  }
}
