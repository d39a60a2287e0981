package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.data.Spectrum;
import argand.flow.FileDoor;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Puts the energies of a stack right: by a shift that is given, or by comparing the mean
/// normalized
/// spectrum of its good pixels with a reference (a foil, a standard of the same phase). What is
/// found of shift and resolution, with standard deviations, goes into the findings
/// (`energyShiftEv`, `energyShiftSigmaEv`, `broadeningEv`); see {@link EnergyMismatch}. A mean over
/// phases that the reference does not have shifts the answer: compare with a foil where one was
/// measured.
public record CalibrateEnergies(
    @Param("what is added to every energy, instead of a reference") OptionalDouble shiftEv,
    @Param("file with the spectrum of a foil or standard") Optional<Path> reference,
    @Param(value = "where the two are compared", unit = "eV") Optional<List<Double>> range,
    @Param(value = "largest shift looked for", byDefault = "10 eV") double mostEv,
    @Param(value = "shift the energies, not only say by how much", byDefault = "true")
        boolean correct)
    implements StackStep {
  public CalibrateEnergies {
    if (shiftEv.isPresent() == reference.isPresent()) {
      throw new InvalidInput(
          "calibrateEnergies",
          shiftEv.isPresent() ? "given a shift and a reference" : "given nothing",
          "shift or reference",
          "write for example calibrateEnergies: {shift: -0.8 eV}");
    }
    range.ifPresent(ends -> EnergyWindow.of("range", ends));
    Check.within("most", mostEv, 0.01, 1000, "eV");
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    if (shiftEv.isPresent()) {
      return shifted(input, shiftEv.getAsDouble());
    }
    if (input.quantity() != Quantity.NORMALIZED) {
      throw new InvalidInput(
          "the stack",
          "one of " + input.quantity().words(),
          "normalized absorption",
          "put normalizeEdge before it");
    }
    var known = FileDoor.open().spectra(reference.orElseThrow()).getFirst();
    if (known.quantity() != Quantity.NORMALIZED) {
      known = NormalizedSpectrum.of(known).flattened();
    }
    return against(input, known, watch);
  }

  EnergyStack against(EnergyStack input, Spectrum known, Watch watch) {
    var mean = MeanSpectrum.ofGood(input, watch.workers());
    double[] e = input.energyEv();
    var ends = range.orElse(List.of(e[0], e[e.length - 1]));
    var found = EnergyMismatch.of(mean, known, ends.get(0), ends.get(1), mostEv);
    String said =
        String.format(
            Locale.ROOT,
            "energies are %.3f ± %.3f eV above those of %s, resolution %s by %.2f ± %.2f eV (σ)",
            found.shiftEv(),
            found.shiftSigmaEv(),
            known.name(),
            found.widthEv() < 0 ? "sharper" : "broader",
            Math.abs(found.widthEv()),
            found.widthSigmaEv());
    watch.tell(new Progress.Noted("calibrateEnergies: " + said));
    var quality =
        input
            .findings()
            .quality()
            .withMetric("energyShiftEv", found.shiftEv())
            .withMetric("energyShiftSigmaEv", found.shiftSigmaEv())
            .withMetric("broadeningEv", found.widthEv())
            .withVerdict(said);
    var told = input.withFindings(input.findings().with(quality));
    return correct ? shifted(told, -found.shiftEv()) : told.withStep("calibrateEnergies: " + said);
  }

  private static EnergyStack shifted(EnergyStack input, double by) {
    double[] moved = input.energyEv().clone();
    for (int e = 0; e < moved.length; e++) {
      moved[e] += by;
    }
    return new EnergyStack(
            moved,
            input.images(),
            input.variance(),
            input.quantity(),
            input.emptyBeam(),
            input.mask(),
            input.angle(),
            input.slices(),
            input.findings(),
            input.source(),
            input.phase())
        .withStep(String.format(Locale.ROOT, "calibrateEnergies by %+.3f eV", by));
  }
}
