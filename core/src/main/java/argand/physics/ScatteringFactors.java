package argand.physics;

import argand.Paper;
import argand.array.Check;
import argand.array.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// Forward scattering factors f = f₁ + i f₂ of a formula unit of free atoms [electrons], soft
/// X-rays
/// included, and the refractive index they give:
///
///     n = 1 − δ + iβ,   δ + iβ = r_e λ²/(2π) N (f₁ + i f₂)                       (1)
///     f₁(E → ∞) = Z* = Σ_i n_i [Z_i − (Z_i/82.5)^2.37]                           (2)
///
/// N formula units for each cubic metre, n_i atoms of element i in one. f₁ and f₂ from 30 eV to
/// 30 keV are the tables of Henke, Gullikson and Davis as the Center for X-Ray Optics distributes
/// them; f₂ goes down to 10 eV, and up to 100 MeV by the fits of Biggs and Lighthill (photoelectric
/// absorption only). Between rows f₁ is linear in ln E, and E·f₂ linear in 1/E (`LaurentPiece`):
/// exact where absorption falls as 1/E or 1/E², and integrable in closed form. f₁ is not known
/// below
/// 29 eV for most elements: it is then NaN in the arrays, and refused by `f1`. At 30 keV, where the
/// two sources of f₂ meet, it steps by 1 % or 2 %, at most by 8 % (Gd), 12 % (Be).
///
/// Within some 50 eV of an absorption edge chemistry changes a spectrum, of which free atoms know
/// nothing: there `KramersKronig` takes measured absorption. xraylib (`Material`) is the better
/// source from 1 keV where scattering takes away photons too.
@Paper(
    value =
        "Henke, Gullikson & Davis, X-ray interactions: photoabsorption, scattering, transmission,"
            + " and reflection at E = 50–30000 eV, Z = 1–92, At. Data Nucl. Data Tables 54, 181"
            + " (1993)",
    doi = "10.1006/adnd.1993.1013")
public final class ScatteringFactors {
  private final Material material;
  private final List<ScatteringTables.Element> elements;
  private final double[] atoms;

  private ScatteringFactors(
      Material material, List<ScatteringTables.Element> elements, double[] atoms) {
    this.material = material;
    this.elements = elements;
    this.atoms = atoms;
  }

  /// Of an element or a compound: `Fe`, `CH`, `LiFePO4`.
  ///
  /// @throws InvalidInput for what is no formula
  public static ScatteringFactors of(String formula) {
    var material = Material.of(formula);
    var symbols = material.elements();
    return new ScatteringFactors(
        material,
        symbols.stream().map(ScatteringTables::element).toList(),
        symbols.stream().mapToDouble(material::atoms).toArray());
  }

  public String formula() {
    return material.formula();
  }

  /// Mass of a mole of formula units [kg/mol].
  public double molarMass() {
    return material.molarMass();
  }

  /// Formula units in a cubic metre at this density [kg/m³].
  public double unitsPerVolume(double density) {
    Check.within("density", density, 0.1, 1e5, "kg/m3");
    return density * Constants.AVOGADRO / molarMass();
  }

  /// f₁ far above all edges (2).
  public double relativisticElectrons() {
    double sum = 0;
    for (int i = 0; i < atoms.length; i++) {
      int z = elements.get(i).number();
      sum += atoms[i] * (z - Math.pow(z / 82.5, 2.37));
    }
    return sum;
  }

  /// Energies of the rows of the tables, of all elements together, rising [eV].
  public double[] energiesEv() {
    double least = elements.stream().mapToDouble(e -> e.energiesEv()[0]).max().orElseThrow();
    return elements.stream()
        .flatMapToDouble(e -> DoubleStream.of(e.energiesEv()))
        .filter(ev -> ev >= least)
        .sorted()
        .distinct()
        .toArray();
  }

  /// f₁ at `energiesEv`; NaN where the tables have none.
  public double[] f1() {
    return Arrays.stream(energiesEv()).map(this::f1OrNothing).toArray();
  }

  /// f₂ at `energiesEv`.
  public double[] f2() {
    return Arrays.stream(energiesEv()).map(this::f2).toArray();
  }

  /// @throws InvalidInput where the tables have none
  public double f1(double ev) {
    double f1 = f1OrNothing(ev);
    if (Double.isNaN(f1)) {
      throw new InvalidInput(
          "formula",
          String.format(Locale.ROOT, "'%s' at %.1f eV", formula(), ev),
          String.format(
              Locale.ROOT, "%.4g … %.0f eV, where f1 is tabulated", leastF1Ev(), 30_000.0),
          "at higher energies use the tables of hard X-rays (physics.Material)");
    }
    return f1;
  }

  /// @throws InvalidInput below the tables
  public double f2(double ev) {
    double sum = 0;
    for (int i = 0; i < atoms.length; i++) {
      sum += atoms[i] * elements.get(i).f2(ev);
    }
    if (Double.isNaN(sum)) {
      throw new InvalidInput(
          "formula",
          String.format(Locale.ROOT, "'%s' at %.1f eV", formula(), ev),
          "10 eV … 100 MeV, where f2 is tabulated",
          "");
    }
    return sum;
  }

  /// From where f₁ is known [eV].
  public double leastF1Ev() {
    return elements.stream().mapToDouble(ScatteringTables.Element::leastF1Ev).max().orElseThrow();
  }

  /// Energies [eV] of the steps in f₂ between two energies, where it grows by a twentieth of itself
  /// or more within 0.5 %: the absorption edges of free atoms as the tables have them.
  public double[] edgesEv(double leastEv, double mostEv) {
    double[] all = energiesEv();
    double[] f2 = f2();
    var edges = new ArrayList<Double>();
    for (int k = 1; k < all.length; k++) {
      double middle = (all[k - 1] + all[k]) / 2;
      if (f2[k] > 1.05 * f2[k - 1]
          && all[k] - all[k - 1] < 0.005 * middle
          && middle >= leastEv
          && middle <= mostEv) {
        edges.add(middle);
      }
    }
    return edges.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// f₂ as pieces, 10 eV … 100 MeV: those of one element after those of another, so that the sum
  /// over
  /// all that hold an energy is f₂ there.
  public List<LaurentPiece> f2Pieces() {
    var pieces = new ArrayList<LaurentPiece>();
    for (int i = 0; i < atoms.length; i++) {
      for (LaurentPiece piece : elements.get(i).f2()) {
        pieces.add(piece.times(atoms[i]));
      }
    }
    return List.copyOf(pieces);
  }

  /// n at this density [kg/m³] (1).
  ///
  /// @throws InvalidInput for electrons, and outside of the tables
  public RefractiveIndex refractiveIndex(Beam beam, double density) {
    if (beam instanceof Beam.Electrons) {
      throw new InvalidInput("formula", "'" + formula() + "' for an electron beam", "X-rays", "");
    }
    double each = each(beam.energyEv(), density);
    return new RefractiveIndex(each * f1(beam.energyEv()), each * f2(beam.energyEv()));
  }

  /// δ and β for one electron: r_e λ² N/(2π).
  ///
  /// @param density [kg/m³]
  public double each(double ev, double density) {
    double lambda = Constants.HC_EV_M / ev;
    return Constants.ELECTRON_RADIUS * lambda * lambda * unitsPerVolume(density) / (2 * Math.PI);
  }

  private double f1OrNothing(double ev) {
    double sum = 0;
    for (int i = 0; i < atoms.length; i++) {
      sum += atoms[i] * elements.get(i).f1(ev);
    }
    return sum;
  }

  @Override
  public String toString() {
    return formula();
  }
}
