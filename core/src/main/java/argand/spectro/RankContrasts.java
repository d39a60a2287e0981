package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Spectrum;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.physics.KramersKronig;
import argand.physics.LaurentPiece;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Whether phase before an absorption edge tells two materials apart for less dose than optical
/// density on it. Two references are as far apart in phase as the Kramers–Kronig relations make of
/// how they differ in absorption, and of nothing else:
///
///     (1)  ΔOD(E) = a [ρ₁(E) − ρ₂(E)],   Δφ(E) = −F₁(E)/(2E),  F₁ the transform of E · ΔOD
///     (2)  n = e^{−OD} for each photon, var OD = 2/n, var φ = 1/(2n) (as `absorptionAndPhase`)
///     (3)  merit = (contrast²/variance)/dose,  dose = E (1 − e^{−OD}) for each photon
///
/// OD is that of the even mixture and of all else (`matrix`). Energies count as before the edge
/// until
/// the references are a twentieth of their greatest difference apart. Where the references differ
/// at
/// the ends of their range the transform misses what is beyond; the sentence says by how much they
/// do.
///
/// Images are not changed.
@Paper(
    value = "S. G. Urquhart, X-ray Spectroptychography, ACS Omega 7, 11521–11529 (2022)",
    doi = "10.1021/acsomega.2c00228")
public record RankContrasts(
    @Param(
            value = "files of the two reference spectra; those found before, where none is named",
            byDefault = "[]")
        List<Path> references,
    @Param(value = "names of the two, of those files and of those found before", byDefault = "[]")
        List<String> spectra,
    @Param(value = "amount of either, as in the images", byDefault = "1") double amount,
    @Param(value = "optical density of all else", byDefault = "0.1") double matrix,
    @Param(value = "first and last candidate", unit = "eV", byDefault = "[]") List<Double> range,
    @Param(
            value = "distance of the candidates; those of the stack where it is not given",
            unit = "eV")
        OptionalDouble stepEv)
    implements StackStep {
  /// Of the greatest difference, up to which an energy is before the edge.
  private static final double BEFORE = 0.05;

  public RankContrasts {
    references = List.copyOf(references);
    spectra = List.copyOf(spectra);
    range = List.copyOf(range);
    Check.within("amount", amount, 1e-6, 1e6, "");
    Check.within("matrix", matrix, 1e-6, 20, "");
    new EnergyCandidates(range, stepEv); // refuses what it cannot be
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var two = References.chosen(references, spectra, stack);
    if (two.size() != 2) {
      throw new InvalidInput("references", two.size() + " spectra", "two", "name them: spectra");
    }
    double[] energies = new EnergyCandidates(range, stepEv).energies(stack.energyEv(), 2, 100_000);
    var first = new ReferenceSpline(two.get(0));
    var second = new ReferenceSpline(two.get(1));
    double[] a = first.at(energies);
    double[] b = second.at(energies);
    double[] phase = phase(two, energies);
    int n = energies.length;
    double[] density = new double[n];
    double[] byDensity = new double[n];
    double[] byPhase = new double[n];
    double greatest = 0;
    for (int e = 0; e < n; e++) {
      density[e] = amount * (a[e] - b[e]);
      greatest = Math.max(greatest, Math.abs(density[e]));
      double od = matrix + amount * (a[e] + b[e]) / 2;
      double passed = Math.exp(-od);
      double dose = energies[e] * Math.max(1e-9, -Math.expm1(-od));
      byDensity[e] = density[e] * density[e] * passed / 2 / dose;
      byPhase[e] = phase[e] * phase[e] * 2 * passed / dose;
    }
    int on = most(byDensity, n);
    int before = 0;
    while (before < n && Math.abs(density[before]) <= BEFORE * greatest) {
      before++;
    }
    if (before == 0) {
      throw new InvalidInput(
          "the references",
          "different already at " + energies[0] + " eV",
          "alike before the edge",
          "begin lower: range");
    }
    int quiet = most(byPhase, before);
    int anywhere = most(byPhase, n);
    double saved = byPhase[quiet] / byDensity[on];
    String sentence =
        String.format(
            Locale.ROOT,
            "Optical density tells %s and %s apart best at %.2f eV; phase before the edge, at %.2f"
                + " eV (%.3f rad between them), takes %.3g times the dose for the same certainty,"
                + " phase at its best, %.2f eV, %.3g times.",
            two.get(0).name(),
            two.get(1).name(),
            energies[on],
            energies[quiet],
            Math.abs(phase[quiet]),
            1 / saved,
            energies[anywhere],
            byDensity[on] / byPhase[anywhere]);
    watch.tell(new Progress.Noted(sentence));
    double ends = Math.max(Math.abs(density[0]), Math.abs(density[n - 1])) / greatest;
    var quality =
        stack
            .findings()
            .quality()
            .withMetric("densityEnergy", energies[on])
            .withMetric("preEdgeEnergy", energies[quiet])
            .withMetric("preEdgePhase", phase[quiet])
            .withMetric("preEdgeDoseRatio", 1 / saved)
            .withMetric("phaseEnergy", energies[anywhere])
            .withMetric("phaseDoseRatio", byDensity[on] / byPhase[anywhere])
            .withFigure(
                "Contrast",
                List.of(
                    curve("optical density", "contrast", energies, density),
                    curve("phase [rad]", "contrast", energies, phase)))
            .withFigure(
                "Certainty for a dose, over that of optical density at its best",
                List.of(
                    curve("optical density", "ratio", energies, over(byDensity, byDensity[on])),
                    curve("phase", "ratio", energies, over(byPhase, byDensity[on]))))
            .withVerdict(sentence);
    if (ends > BEFORE) {
      quality =
          quality.withVerdict(
              String.format(
                  Locale.ROOT,
                  "The references differ by %.0f %% of their greatest difference at an end of the"
                      + " range: the phase misses what lies beyond.",
                  100 * ends));
    }
    return stack
        .withFindings(stack.findings().with(quality))
        .withStep("rankContrasts of " + two.get(0).name() + " and " + two.get(1).name());
  }

  /// Δφ at the energies, from E · ΔOD as lines between the points of both references.
  private double[] phase(List<Spectrum> two, double[] energies) {
    double from = Math.max(two.get(0).energyEv()[0], two.get(1).energyEv()[0]);
    double to = Math.min(last(two.get(0)), last(two.get(1)));
    double[] at =
        java.util.stream.DoubleStream.concat(
                java.util.Arrays.stream(two.get(0).energyEv()),
                java.util.Arrays.stream(two.get(1).energyEv()))
            .filter(ev -> ev >= from && ev <= to)
            .sorted()
            .distinct()
            .toArray();
    double[] a = new ReferenceSpline(two.get(0)).at(at);
    double[] b = new ReferenceSpline(two.get(1)).at(at);
    var pieces = new ArrayList<LaurentPiece>();
    for (int i = 0; i + 1 < at.length; i++) {
      double y0 = at[i] * amount * (a[i] - b[i]);
      double y1 = at[i + 1] * amount * (a[i + 1] - b[i + 1]);
      double slope = (y1 - y0) / (at[i + 1] - at[i]);
      pieces.add(new LaurentPiece(at[i], at[i + 1], 0, 0, 0, y0 - slope * at[i], slope));
    }
    double[] f1 = KramersKronig.f1(pieces, 0, energies);
    double[] phase = new double[energies.length];
    for (int e = 0; e < phase.length; e++) {
      phase[e] = -f1[e] / (2 * energies[e]);
    }
    return phase;
  }

  private static double last(Spectrum spectrum) {
    return spectrum.energyEv()[spectrum.energyEv().length - 1];
  }

  private static int most(double[] values, int count) {
    int most = 0;
    for (int e = 1; e < count; e++) {
      most = values[e] > values[most] ? e : most;
    }
    return most;
  }

  private static double[] over(double[] values, double by) {
    return java.util.Arrays.stream(values).map(v -> v / by).toArray();
  }

  private static Curve curve(String name, String label, double[] x, double[] y) {
    return new Curve(name, "energy [eV]", label, x, y);
  }
}
