package argand.physics;

import argand.Paper;
import argand.array.InvalidInput;
import com.github.tschoonj.xraylib.Xraylib;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The fluorescence lines of a group, with the cross section of each for an exciting energy:
/// photoelectric cross sections of the subshells (Kissel), fluorescence yields, Coster–Kronig
/// transitions, cascades from deeper shells and radiative rates, from the tables of xraylib.
@Paper(
    value =
        "Schoonjans et al., The xraylib library for X-ray–matter interactions: recent developments,"
            + " Spectrochim. Acta B 66, 776 (2011)",
    doi = "10.1016/j.sab.2011.09.011")
public final class FluorescenceLines {
  private static final double SQUARE_METRES_PER_KILOGRAM = 0.1;

  /// Energies between which the cross sections are tabulated [keV].
  private static final double LEAST_KEV = 1;

  private static final double MOST_KEV = 200;

  /// Softer lines leave no sample [eV].
  private static final double LEAST_LINE_EV = 100;

  /// The tables know lines of these.
  private static final int HEAVIEST = 94;

  private FluorescenceLines() {}

  /// One line.
  ///
  /// @param energyEv of its photons [eV]
  /// @param crossSection photons of this line per exciting photon, for each mass of the element in
  ///     a unit area [m²/kg]
  public record Line(double energyEv, double crossSection) {}

  /// The lines of a group that a beam of this energy excites, rising in energy; none where it
  /// excites none.
  ///
  /// @throws InvalidInput for scatter, an unknown element, or an energy outside of the tables
  public static List<Line> of(LineGroup group, double incidentEv) {
    int z = element(group);
    double kev = 1e-3 * incidentEv;
    if (!(kev >= LEAST_KEV && kev <= MOST_KEV)) {
      throw new InvalidInput(
          "the energy of the beam",
          incidentEv + " eV",
          "1 keV … 200 keV, where cross sections of lines are tabulated",
          "");
    }
    var lines = new ArrayList<Line>();
    for (int line = first(group.family()); line >= last(group.family()); line--) {
      try {
        double section = Xraylib.CS_FluorLine_Kissel_Cascade(z, line, kev);
        double energy = 1e3 * Xraylib.LineEnergy(z, line);
        if (section > 0 && energy > LEAST_LINE_EV) {
          lines.add(new Line(energy, SQUARE_METRES_PER_KILOGRAM * section));
        }
      } catch (IllegalArgumentException absent) {
        // the element has no such line, or this energy does not excite it
        continue;
      }
    }
    lines.sort(Comparator.comparingDouble(Line::energyEv));
    return lines;
  }

  /// The lines of a group as they follow one vacancy in its shell: for K, whose ratios depend on no
  /// exciting energy, or for one L subshell. Their sum is the fluorescence yield.
  ///
  /// @throws InvalidInput where ratios depend on the exciting energy
  public static List<Line> perVacancy(LineGroup group) {
    int z = element(group);
    int shell =
        switch (group.family()) {
          case K, KA, KB -> Xraylib.K_SHELL;
          case L1 -> Xraylib.L1_SHELL;
          case L2 -> Xraylib.L2_SHELL;
          case L3 -> Xraylib.L3_SHELL;
          default ->
              throw new InvalidInput(
                  "the energy of the beam",
                  "not known",
                  "the energy that excites " + group + ", on which its ratios depend",
                  "give it to readSpectra: energy");
        };
    var lines = new ArrayList<Line>();
    for (int line = first(group.family()); line >= last(group.family()); line--) {
      try {
        double rate = Xraylib.RadRate(z, line) * Xraylib.FluorYield(z, shell);
        double energy = 1e3 * Xraylib.LineEnergy(z, line);
        if (rate > 0 && energy > LEAST_LINE_EV) {
          lines.add(new Line(energy, rate));
        }
      } catch (IllegalArgumentException absent) {
        continue; // the element has no such line
      }
    }
    lines.sort(Comparator.comparingDouble(Line::energyEv));
    return lines;
  }

  /// The least energy that excites any line of the group [eV]; NaN where the element has no such
  /// shell.
  public static double edgeEv(LineGroup group) {
    int z = element(group);
    int shell =
        switch (group.family()) {
          case K, KA, KB -> Xraylib.K_SHELL;
          case L1 -> Xraylib.L1_SHELL;
          case L2 -> Xraylib.L2_SHELL;
          case L, L3 -> Xraylib.L3_SHELL;
          case M -> Xraylib.M5_SHELL;
          case ELASTIC, COMPTON -> throw new IllegalArgumentException(group.name());
        };
    try {
      return 1e3 * Xraylib.EdgeEnergy(z, shell);
    } catch (IllegalArgumentException absent) {
      return Double.NaN;
    }
  }

  /// Share of the photons absorbed in a detector of this element that excite its K shell and leave
  /// a K photon, {share of K in the absorption × yield}; 0 below its edge.
  public static double excitedShare(int z, double ev) {
    double kev = 1e-3 * ev;
    try {
      return Xraylib.CS_Photo_Partial(z, Xraylib.K_SHELL, kev)
          / Xraylib.CS_Photo_Total(z, kev)
          * Xraylib.FluorYield(z, Xraylib.K_SHELL);
    } catch (IllegalArgumentException below) {
      return 0; // this energy does not reach the K shell
    }
  }

  /// Atomic number of the element.
  public static int atomicNumber(String symbol) {
    try {
      int z = Xraylib.SymbolToAtomicNumber(symbol);
      if (z >= 1 && z <= HEAVIEST) {
        return z;
      }
    } catch (IllegalArgumentException unknown) {
      throw unknown(symbol);
    }
    throw unknown(symbol);
  }

  /// Symbol of an element.
  public static String symbol(int z) {
    return Xraylib.AtomicNumberToSymbol(z);
  }

  private static InvalidInput unknown(String symbol) {
    return new InvalidInput(
        "the element", "'" + symbol + "'", "a symbol such as Mn", "up to plutonium");
  }

  private static int element(LineGroup group) {
    if (group.family().isScatter()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s has no lines of its own", group));
    }
    return atomicNumber(group.element());
  }

  private static int first(LineGroup.Family family) {
    return switch (family) {
      case K, KA -> Xraylib.KL1_LINE;
      case KB -> Xraylib.KM1_LINE;
      case L, L1 -> Xraylib.L1L2_LINE;
      case L2 -> Xraylib.L2L3_LINE;
      case L3 -> Xraylib.L3M1_LINE;
      case M -> Xraylib.M1M2_LINE;
      case ELASTIC, COMPTON -> throw new IllegalArgumentException(family.words());
    };
  }

  private static int last(LineGroup.Family family) {
    return switch (family) {
      case KA -> Xraylib.KL3_LINE;
      case K, KB -> Xraylib.KP5_LINE;
      case L1 -> Xraylib.L1P5_LINE;
      case L2 -> Xraylib.L2Q1_LINE;
      case L, L3 -> Xraylib.L3Q1_LINE;
      case M -> Xraylib.M5P5_LINE;
      case ELASTIC, COMPTON -> throw new IllegalArgumentException(family.words());
    };
  }
}
