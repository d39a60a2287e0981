package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.InvalidInput;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.data.Spectrum;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.physics.NearEdge;
import argand.physics.ScatteringFactors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Phase spectra of compounds, made by Kramers and Kronig from their absorption spectra: references
/// of phase are rarely measured.
///
/// Each absorption spectrum (optical density or normalized, at its own energies) is put into the
/// tables of its material (`NearEdge`) and leaves the spectrum `NAME, phase` [rad]: the phase of as
/// much of it as has that absorption. So an amount fitted to phases means what it means on
/// absorption, and `unmix` takes these spectra for a stack of phases, with a constant and a slope
/// for what is not in them.
///
/// The spectra want to reach 10 eV or more beyond the fine structure on both sides; where that of a
/// compound ends earlier, the size of its phase is wrong by as much as the tables differ there.
@Paper(
    value =
        "Watts, Calculation of the Kramers-Kronig transform of X-ray spectra by a piecewise Laurent"
            + " polynomial method, Opt. Express 22, 23628 (2014)",
    doi = "10.1364/OE.22.023628")
public record PhaseReferences(
    @Param(value = "files of absorption spectra", byDefault = "[]") List<Path> references,
    @Param("which spectra, of those files and of those found before, and what they are of")
        List<Compound> compounds,
    @Param(
            value = "two energies where each spectrum is put into the tables; its first and last",
            unit = "eV",
            byDefault = "[]")
        List<Double> merge,
    @Param(value = "what runs between energies of a spectrum", byDefault = "curves")
        KramersKronig.Between between)
    implements StackStep {
  /// A spectrum and its material.
  public record Compound(
      @Param("name of the spectrum") String name, @Param("its formula: FePO4") String formula) {}

  public PhaseReferences {
    references = List.copyOf(references);
    compounds = List.copyOf(compounds);
    merge = List.copyOf(merge);
    if (compounds.isEmpty()) {
      throw new InvalidInput("compounds", "empty", "at least one {name, formula}", "");
    }
    if (!merge.isEmpty()) {
      EnergyWindow.of("merge", merge);
    }
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var absorption =
        References.chosen(references, compounds.stream().map(Compound::name).toList(), stack);
    var findings = stack.findings();
    var curves = new ArrayList<Curve>();
    for (int k = 0; k < absorption.size(); k++) {
      var spectrum = absorption.get(k);
      if (spectrum.quantity() != Quantity.OPTICAL_DENSITY
          && spectrum.quantity() != Quantity.NORMALIZED
          && spectrum.quantity() != Quantity.YIELD) {
        throw new InvalidInput(
            "the spectrum '" + spectrum.name() + "'",
            "one of " + spectrum.quantity().words(),
            "one of absorption",
            "");
      }
      double[] ev = spectrum.energyEv();
      var edge =
          NearEdge.of(
              ScatteringFactors.of(compounds.get(k).formula()),
              ev,
              spectrum.values(),
              merge.isEmpty() ? ev[0] : merge.get(0),
              merge.isEmpty() ? ev[ev.length - 1] : merge.get(1),
              between == KramersKronig.Between.CURVES);
      var phase =
          Spectrum.of(
              spectrum.name() + ", phase",
              edge.energiesEv(),
              edge.phase(edge.energiesEv()),
              Quantity.PHASE);
      findings = findings.with(phase);
      curves.add(phase.curve());
    }
    return stack
        .withFindings(
            findings.with(
                findings.quality().withFigure("Phase references by Kramers–Kronig", curves)))
        .withStep("phaseReferences of " + compounds.stream().map(Compound::name).toList());
  }
}
