package argand.physics;

import argand.Paper;
import argand.array.Check;
import argand.array.InvalidInput;
import com.github.tschoonj.xraylib.Xraylib;
import com.github.tschoonj.xraylib.compoundData;
import java.util.Locale;

/// What X-rays meet in a compound or an element, from the tables of xraylib for free atoms:
/// coefficients of the mixture Σ w_i (μ/ρ)_i, w_i the mass fractions.
///
///     n = 1 − δ + iβ,   δ = (r_e λ²/2π) Σ N_i (Z_i + f′_i),   β = μ λ/4π
///
/// N_i atoms of element i for each cubic metre, r_e the classical electron radius, μ the linear
/// attenuation coefficient, scattering included (optical theorem).
///
/// The energy that stays is what photons lose to electrons, less what fluorescence carries away,
///
///     μ_en = τ − Σ_lines τ_line E_line/E + σ_C T̄/E
///
/// τ photoelectric, τ_line with the fluorescence yields and cascades of the tables, σ_C Compton, T̄
/// the mean recoil of Klein and Nishina. (The tables' own coefficients of energy absorption are
/// not used: carbon at 10 keV is 25 % too low there, hydrogen at 1 keV eleven times.)
///
/// Range: photoelectric, Rayleigh and Compton cross sections and f′ 0.1 … 800 keV, fluorescence
/// 1 … 300 keV; below 1 keV there is hardly any. Within some 50 eV of an absorption edge chemistry
/// changes a spectrum, of which free atoms know nothing.
@Paper(
    value =
        "Schoonjans et al., The xraylib library for X-ray–matter interactions: recent developments,"
            + " Spectrochim. Acta B 66, 776 (2011)",
    doi = "10.1016/j.sab.2011.09.011")
public final class Material {
  private static final double LEAST_KEV = 0.1;
  private static final double MOST_KEV = 800;
  private static final double MOST_ABSORPTION_KEV = 300;
  private static final double LEAST_FLUORESCENCE_KEV = 1;

  /// Directions over which the recoil of an electron is averaged.
  private static final int DIRECTIONS = 200;

  /// The cross sections of these are complete.
  private static final int HEAVIEST = 92;

  private static final double SQUARE_METRES_PER_KILOGRAM = 0.1;

  private final String formula;
  private final compoundData atoms;

  private Material(String formula, compoundData atoms) {
    this.formula = formula;
    this.atoms = atoms;
  }

  /// Of a chemical formula: `Au`, `H2O`, `LiFePO4`, `Ca5(PO4)3F`, `Ni0.8Mn0.1Co0.1O2`. Numbers may
  /// be fractions; water of crystallisation is written as a group, `CuSO4(H2O)5`.
  public static Material of(String formula) {
    String text = formula.strip();
    compoundData atoms;
    try {
      atoms = Xraylib.CompoundParser(text);
    } catch (IllegalArgumentException unknown) {
      throw new InvalidInput(
          "formula",
          "'" + text + "'",
          "a chemical formula such as LiFePO4, Ca5(PO4)3F or Ni0.8Mn0.2O2",
          hint(text, unknown));
    }
    for (int element : atoms.Elements) {
      if (element > HEAVIEST) {
        throw new InvalidInput(
            "formula",
            "'" + text + "' with element " + element,
            "elements up to uranium (" + HEAVIEST + ")",
            "");
      }
    }
    return new Material(text, atoms);
  }

  private static String hint(String text, IllegalArgumentException unknown) {
    if (text.indexOf('·') >= 0 || text.indexOf('*') >= 0) {
      return "write water of crystallisation as a group: CuSO4(H2O)5";
    }
    String said = String.valueOf(unknown.getMessage());
    int colon = said.lastIndexOf(':');
    return said.substring(colon + 1).strip().toLowerCase(Locale.ROOT)
        + "; symbols begin with a capital: Co is cobalt, CO carbon monoxide";
  }

  public String formula() {
    return formula;
  }

  /// Mass of a mole of formula units [kg/mol].
  public double molarMass() {
    return 1e-3 * atoms.molarMass;
  }

  /// Atoms of an element in a formula unit; 0 where it is not in it.
  public double atoms(String element) {
    int z = Xraylib.SymbolToAtomicNumber(element);
    for (int k = 0; k < atoms.Elements.length; k++) {
      if (atoms.Elements[k] == z) {
        return atoms.nAtoms[k];
      }
    }
    return 0;
  }

  /// Symbols of the elements in it, light ones first.
  public java.util.List<String> elements() {
    return java.util.Arrays.stream(atoms.Elements)
        .sorted()
        .mapToObj(Xraylib::AtomicNumberToSymbol)
        .toList();
  }

  /// Energies [eV] of the K, L and M absorption edges of its elements from `leastEv` to `mostEv`,
  /// rising.
  public double[] edgesEv(double leastEv, double mostEv) {
    var edges = new java.util.TreeSet<Double>();
    for (int element : atoms.Elements) {
      for (int shell = Xraylib.K_SHELL; shell <= Xraylib.M5_SHELL; shell++) {
        try {
          edges.add(1e3 * Xraylib.EdgeEnergy(element, shell));
        } catch (IllegalArgumentException absent) {
          // a light element has no such shell
          continue;
        }
      }
    }
    return edges.subSet(leastEv, true, mostEv, true).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /// Mass attenuation coefficient μ/ρ [m²/kg]: all that is taken out of the beam, scattered or
  /// absorbed.
  ///
  /// @throws InvalidInput for electrons, and outside of the tables
  public double massAttenuation(Beam beam) {
    double energy = energy(beam, MOST_KEV);
    return sum(i -> Xraylib.CS_Total(i, energy));
  }

  /// Photons scattered without loss into a unit of solid angle at this angle to the beam, not
  /// polarised [m²/kg/sr].
  ///
  /// @throws InvalidInput for electrons, and outside of the tables
  public double elasticScattering(Beam beam, double angle) {
    double energy = energy(beam, MOST_KEV);
    return sum(i -> Xraylib.DCS_Rayl(i, energy, angle));
  }

  /// The same for Compton scattering, the binding of electrons included.
  ///
  /// @throws InvalidInput for electrons, and outside of the tables
  public double comptonScattering(Beam beam, double angle) {
    double energy = energy(beam, MOST_KEV);
    return sum(i -> Xraylib.DCS_Compt(i, energy, angle));
  }

  /// Compton profile J(p_z) of a mean gram of it, p_z in atomic units; in any unit.
  public double comptonProfile(double momentum) {
    return sumOfMassFractions(
        i -> Xraylib.ComptonProfile(i, Math.abs(momentum)) / Xraylib.AtomicWeight(i));
  }

  /// Mass energy-absorption coefficient μ_en/ρ [m²/kg]: what stays in the sample as dose.
  ///
  /// @throws InvalidInput for electrons, and outside of the tables
  public double massEnergyAbsorption(Beam beam) {
    double energy = energy(beam, MOST_ABSORPTION_KEV);
    return sum(i -> absorption(i, energy));
  }

  /// μ_en/ρ [cm²/g]
  private static double absorption(int element, double energy) {
    return Xraylib.CS_Photo(element, energy)
        - fluorescence(element, energy)
        + meanRecoil(energy) * Xraylib.CS_Compt(element, energy);
  }

  /// Σ_lines τ_line E_line/E [cm²/g]
  private static double fluorescence(int element, double energy) {
    double sum = 0;
    for (int line = Xraylib.KL1_LINE;
        energy >= LEAST_FLUORESCENCE_KEV && line >= Xraylib.P3P5_LINE;
        line--) {
      try {
        sum +=
            Xraylib.CS_FluorLine_Kissel_Cascade(element, line, energy)
                * Xraylib.LineEnergy(element, line)
                / energy;
      } catch (IllegalArgumentException absent) {
        // the element has no such line, or this energy does not excite it
        continue;
      }
    }
    return sum;
  }

  /// T̄/E for photons of this energy [keV]: Klein & Nishina, Z. Phys. 52, 853 (1929),
  /// 10.1007/BF01366453.
  private static double meanRecoil(double energy) {
    double alpha = 1000 * energy / Constants.ELECTRON_REST_EV;
    double recoil = 0;
    double all = 0;
    for (int i = 0; i < DIRECTIONS; i++) {
      double cos = -1 + (i + 0.5) * 2 / DIRECTIONS;
      double kept = 1 / (1 + alpha * (1 - cos));
      double weight = kept * kept * (kept + 1 / kept - 1 + cos * cos);
      recoil += weight * (1 - kept);
      all += weight;
    }
    return recoil / all;
  }

  /// Refractive index at this density [kg/m³].
  ///
  /// @throws InvalidInput for electrons, and outside of the tables
  public RefractiveIndex refractiveIndex(Beam beam, double density) {
    Check.within("density", density, 0.1, 1e5, "kg/m3");
    double energy = energy(beam, MOST_KEV);
    double electrons =
        sumOfMassFractions(i -> (i + Xraylib.Fi(i, energy)) / (1e-3 * Xraylib.AtomicWeight(i)));
    double lambda = beam.wavelength();
    double delta =
        Constants.ELECTRON_RADIUS
            * lambda
            * lambda
            / (2 * Math.PI)
            * density
            * Constants.AVOGADRO
            * electrons;
    double beta = massAttenuation(beam) * density * lambda / (4 * Math.PI);
    return new RefractiveIndex(delta, beta);
  }

  /// Of the beam [keV], within the tables.
  private double energy(Beam beam, double most) {
    if (beam instanceof Beam.Electrons) {
      throw new InvalidInput(
          "formula",
          "'" + formula + "' for an electron beam",
          "X-rays",
          "the tables are of photons: for electrons count the electrons on each area instead");
    }
    double energy = 1e-3 * beam.energyEv();
    if (!(energy >= LEAST_KEV && energy <= most)) {
      throw new InvalidInput(
          "formula",
          String.format(Locale.ROOT, "'%s' at %.4g keV", formula, energy),
          String.format(Locale.ROOT, "%.1f … %.0f keV, which the tables hold", LEAST_KEV, most),
          "give the absorption as a number from other tables: massAttenuation");
    }
    return energy;
  }

  private interface OfElement {
    double value(int atomicNumber);
  }

  /// [cm²/g] of each element → [m²/kg] of the mixture
  private double sum(OfElement coefficient) {
    return SQUARE_METRES_PER_KILOGRAM * sumOfMassFractions(coefficient);
  }

  private double sumOfMassFractions(OfElement quantity) {
    double sum = 0;
    for (int k = 0; k < atoms.Elements.length; k++) {
      sum += atoms.massFractions[k] * quantity.value(atoms.Elements[k]);
    }
    return sum;
  }

  @Override
  public String toString() {
    return formula;
  }
}
