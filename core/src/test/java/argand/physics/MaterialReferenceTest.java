package argand.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.Param;
import argand.array.InvalidInput;
import argand.phantom.Particles;
import argand.phantom.SiemensStar;
import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaterialReferenceTest {
  /// Hubbell & Seltzer, NIST Standard Reference Database 126, [cm²/g]. 4 %: what is left of
  /// hydrogen's absorption at 10 keV is by Compton recoil.
  @ParameterizedTest
  @CsvSource({
    "H2O, 1, 4078, 4065",
    "H2O, 10, 5.329, 4.944",
    "H2O, 100, 0.1707, 0.02546",
    "H, 10, 0.3854, 0.00986",
    "C, 10, 2.373, 2.078",
    "C, 100, 0.1514, 0.02147",
    "Si, 10, 33.89, 32.89",
    "Al, 10, 26.23, 25.43",
    "Fe, 10, 170.6, 136.9",
    "Cu, 10, 215.9, 148.4",
    "Pb, 100, 5.549, 1.976",
    "Pb, 200, 0.9985, 0.5870"
  })
  void coefficientsAreThoseOfNist(String formula, double keV, double all, double kept) {
    var material = Material.of(formula);
    var beam = new Beam.XRays(1000 * keV);
    assertThat(material.massAttenuation(beam)).isCloseTo(0.1 * all, Percentage.withPercentage(2));
    assertThat(material.massEnergyAbsorption(beam))
        .isCloseTo(0.1 * kept, Percentage.withPercentage(formula.equals("H") ? 5 : 2.5));
  }

  /// Henke, Gullikson & Davis, At. Data Nucl. Data Tables 54, 181 (1993), 10.1006/adnd.1993.1013:
  /// gold at 8 keV f₁ = 75.0, f₂ = 7.79. Tables of different makers differ by a per cent or two.
  @Test
  void goldHasTheIndexOfHenkesTables() {
    var beam = new Beam.XRays(8000);
    double cell =
        Constants.ELECTRON_RADIUS
            * Math.pow(beam.wavelength(), 2)
            / (2 * Math.PI)
            * 19_300
            * Constants.AVOGADRO
            / 0.196_966_6;
    var gold = Material.of("Au").refractiveIndex(beam, 19_300);
    assertThat(gold.delta()).isCloseTo(75.0 * cell, Percentage.withPercentage(1.5));
    assertThat(gold.beta()).isCloseTo(7.79 * cell, Percentage.withPercentage(1.5));
    assertThat(gold.delta()).isCloseTo(4.77e-5, Percentage.withPercentage(1.5));
    for (Class<?> phantom : new Class<?>[] {SiemensStar.class, Particles.class}) {
      assertThat(byDefault(phantom, "delta")).isCloseTo(gold.delta(), within(0.015 * 4.77e-5));
      assertThat(byDefault(phantom, "beta")).isCloseTo(gold.beta(), within(0.015 * 4.96e-6));
    }
  }

  private static double byDefault(Class<?> phantom, String name) {
    return Arrays.stream(phantom.getRecordComponents())
        .filter(component -> component.getName().equals(name))
        .mapToDouble(
            component -> Double.parseDouble(component.getAnnotation(Param.class).byDefault()))
        .findFirst()
        .orElseThrow();
  }

  /// Far above their edges light atoms scatter like Z free electrons: δ = r_e λ² n_e/2π. The
  /// densities are those of silicon nitride membranes and of ice.
  @ParameterizedTest
  @CsvSource({"Si3N4, 3170, 70, 140.283", "H2O, 920, 10, 18.015", "C, 2200, 6, 12.011"})
  void lightAtomsScatterLikeFreeElectrons(
      String formula, double density, double electrons, double molarMass) {
    var beam = new Beam.XRays(20_000);
    double free =
        Constants.ELECTRON_RADIUS
            * Math.pow(beam.wavelength(), 2)
            / (2 * Math.PI)
            * electrons
            * density
            * Constants.AVOGADRO
            / (1e-3 * molarMass);
    var index = Material.of(formula).refractiveIndex(beam, density);
    assertThat(index.delta()).isCloseTo(free, Percentage.withPercentage(0.5));
    assertThat(index.attenuation(beam))
        .isCloseTo(
            density * Material.of(formula).massAttenuation(beam), Percentage.withPercentage(1e-6));
    assertThat(index.phaseLag(beam) * beam.wavelength())
        .isCloseTo(2 * Math.PI * index.delta(), within(1e-12));
  }

  /// Silicon at Cu Kα: f″ = 0.330 (Cromer & Liberman, in International Tables for Crystallography
  /// C, table 4.2.6.8), δ = 7.58e-6. Scattering adds 3 % to the absorption.
  @Test
  void siliconAtCopperKAlpha() {
    var silicon = Material.of("Si").refractiveIndex(new Beam.XRays(8047.8), 2329);
    assertThat(silicon.delta()).isCloseTo(7.58e-6, Percentage.withPercentage(1));
    assertThat(silicon.beta() / silicon.delta())
        .isCloseTo(0.330 / 14.25, Percentage.withPercentage(5));
  }

  /// The water window: between the edges of carbon (284 eV) and oxygen (543 eV) protein absorbs an
  /// order more than water; above the edge of oxygen it does not. Iron's L₃ edge at 707 eV.
  @Test
  void edgesAreWhereTheyAre() {
    var protein = Material.of("H50C30N9O10S1");
    var water = Material.of("H2O");
    assertThat(ratio(protein, water, 520)).isGreaterThan(7);
    assertThat(ratio(protein, water, 560)).isLessThan(1);
    var iron = Material.of("Fe");
    assertThat(
            iron.massAttenuation(new Beam.XRays(715)) / iron.massAttenuation(new Beam.XRays(700)))
        .isGreaterThan(3);
  }

  private static double ratio(Material a, Material b, double energyEv) {
    var beam = new Beam.XRays(energyEv);
    return a.massAttenuation(beam) / b.massAttenuation(beam);
  }

  /// Below 1 keV absorption is taken from another table: no step where the two meet.
  @Test
  void theTablesOfAbsorptionMeet() {
    for (String formula : new String[] {"C", "H2O", "LiFePO4", "Au", "SiO2"}) {
      var material = Material.of(formula);
      double below = material.massEnergyAbsorption(new Beam.XRays(999.999));
      double above = material.massEnergyAbsorption(new Beam.XRays(1000.001));
      assertThat(below).as(formula).isCloseTo(above, Percentage.withPercentage(2));
    }
  }

  @Test
  void everyElementIsInTheTablesFromEndToEnd() {
    String[] symbols =
        ("H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As"
                + " Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd"
                + " Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr"
                + " Ra Ac Th Pa U")
            .split(" ");
    assertThat(symbols).hasSize(92);
    for (String symbol : symbols) {
      var material = Material.of(symbol);
      for (double energy : new double[] {100, 300, 999, 1001, 1800, 30e3, 100e3, 300e3}) {
        var beam = new Beam.XRays(energy);
        double all = material.massAttenuation(beam);
        assertThat(all).as(symbol + " at " + energy).isPositive().isFinite();
        assertThat(material.massEnergyAbsorption(beam))
            .as(symbol + " at " + energy)
            .isPositive()
            .isLessThanOrEqualTo(all);
      }
      var hardest = new Beam.XRays(800e3);
      assertThat(material.massAttenuation(hardest)).isBetween(0.005, 0.02);
      assertThat(material.refractiveIndex(hardest, 1000).delta()).isPositive();
    }
  }

  @Test
  void whatIsNotInTheTablesIsRefusedInWords() {
    assertThatThrownBy(() -> Material.of("h2o"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("'h2o'")
        .hasMessageContaining("begin with a capital");
    assertThatThrownBy(() -> Material.of("Xx2")).hasMessageContaining("unknown symbol xx");
    assertThatThrownBy(() -> Material.of(" ")).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> Material.of("CuSO4·5H2O")).hasMessageContaining("CuSO4(H2O)5");
    assertThatThrownBy(() -> Material.of("Cf")).hasMessageContaining("uranium");
    var gold = Material.of("Au");
    assertThatThrownBy(() -> gold.massAttenuation(new Beam.Electrons(80e3)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("electron beam");
    assertThatThrownBy(() -> gold.massAttenuation(new Beam.XRays(90)))
        .hasMessageContaining("0.09000 keV")
        .hasMessageContaining("0.1 … 800 keV");
    assertThatThrownBy(() -> gold.massEnergyAbsorption(new Beam.XRays(400e3)))
        .hasMessageContaining("0.1 … 300 keV");
    assertThatThrownBy(() -> gold.massAttenuation(new Beam.Light(633e-9)))
        .isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> gold.refractiveIndex(new Beam.XRays(8000), 0))
        .isInstanceOf(InvalidInput.class);
  }
}
