package argand.prepare;

import argand.Param;
import argand.array.Check;
import argand.data.DiffractionScan;
import argand.flow.Progress;
import argand.flow.ScanStep;
import argand.flow.Watch;
import argand.sampling.AbsorbedDose;
import argand.sampling.Absorber;
import argand.sampling.DamageCurve;
import argand.sampling.ScanPlan;
import java.util.Locale;
import java.util.OptionalDouble;

/// The dose that the scan leaves in the sample, and what is left of it: a note in the report. The
/// scan itself passes through unchanged.
public record EstimateDose(
    @Param("how strongly the sample absorbs") Absorber absorber,
    @Param(value = "counts for each photon that meets the detector", byDefault = "1")
        double quantumEfficiency,
    @Param(
            value = "share of the photons that reach the detector through sample and air",
            byDefault = "1")
        double transmission,
    @Param(value = "dose at which 1/e of the signal is left", unit = "Gy")
        OptionalDouble criticalDose,
    @Param(value = "share of the signal that may be lost", byDefault = "0.1") double lost)
    implements ScanStep {
  public EstimateDose {
    new AbsorbedDose(absorber, quantumEfficiency, transmission);
    criticalDose.ifPresent(DamageCurve::new);
    Check.within("lost", lost, 1e-6, 0.99, "");
  }

  @Override
  public DiffractionScan apply(DiffractionScan scan, Watch watch) {
    var plan = ScanPlan.of(scan);
    var law = new AbsorbedDose(absorber, quantumEfficiency, transmission);
    double gray = law.gray(plan);
    var note = new StringBuilder();
    note.append(
        String.format(
            Locale.ROOT,
            "dose of this scan: %s from %.3g photons on a square micrometre, absorbed by %.4g m²/kg"
                + " (quantum efficiency %.3g, transmission %.3g)",
            AbsorbedDose.text(gray),
            1e-12 * law.fluence(plan),
            absorber.massAbsorption(scan.geometry().beam()),
            quantumEfficiency,
            transmission));
    if (criticalDose.isPresent()) {
      var curve = new DamageCurve(criticalDose.getAsDouble());
      long usable = curve.usable(gray, lost);
      note.append(
          String.format(
              Locale.ROOT,
              "; at a critical dose of %s it leaves %.3g %% of the signal, and %s",
              AbsorbedDose.text(curve.criticalDose()),
              100 * curve.remaining(gray),
              usable == 0
                  ? String.format(
                      Locale.ROOT,
                      "loses more than %.3g %%: give %.3g times fewer photons, or freeze the sample",
                      100 * lost,
                      gray / curve.doseUntil(lost))
                  : String.format(
                      Locale.ROOT,
                      "%d such scans can be used until %.3g %% is lost",
                      usable,
                      100 * lost)));
    }
    watch.tell(new Progress.Noted(note.toString()));
    return scan.withSource(scan.source().withNote(note.toString()));
  }
}
