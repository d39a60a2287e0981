package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Quality;
import argand.data.Region;
import argand.data.Spectrum;
import argand.exafs.Autobk;
import argand.exafs.FittedExafs;
import argand.exafs.RadialTransform;
import argand.exafs.Reduction;
import argand.exafs.Scattering;
import argand.exafs.ShellFit;
import argand.exafs.TransformWindow;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// The fine structure of regions, of clusters or of the whole image, and the distances of the
/// neighbours in it; as maps too, pixel by pixel.
///
/// 1. mean spectrum of each region; E₀ the steepest rise of the mean of all of them, or as given
/// 2. background and χ(k) by {@link Autobk}, χ(R) by {@link RadialTransform}
/// 3. shells by {@link ShellFit}: R, N S₀² and σ² of each, ΔE₀ for all
/// 4. maps: R and N S₀² of each pixel, with σ² and ΔE₀ held at those of the mean of all of them;
///    no value where N S₀² is below three times its error
///
/// Errors are those of the noise and are widened where the model lacks something.
@Paper(
    value =
        "M. Newville, IFEFFIT: interactive XAFS analysis and FEFF fitting, J. Synchrotron Rad. 8,"
            + " 322 (2001)",
    doi = "10.1107/S0909049500016964")
public record Exafs(
    @Param("edge energy; without it the steepest rise") OptionalDouble e0Ev,
    @Param(value = "where to look; without it each cluster, or the whole image", byDefault = "[]")
        List<Region> regions,
    @Param(value = "shells to fit: [{feff: …}, {standard: …}]", byDefault = "[]")
        List<ShellTable> shells,
    @Param(value = "below this distance χ(R) is background", unit = "m", byDefault = "1 Å")
        double rBackground,
    @Param(value = "exponent of k in the transforms", byDefault = "2") double kWeight,
    @Param(value = "window over k", byDefault = "hanning") TransformWindow.Shape window,
    @Param(value = "middle of its rise", unit = "1/m", byDefault = "3 1/Å") double kFrom,
    @Param(value = "middle of its fall", unit = "1/m", byDefault = "11 1/Å") double kTo,
    @Param(value = "width of rise and fall", unit = "1/m", byDefault = "1 1/Å") double taper,
    @Param(
            value = "first distance of the fit, not corrected for phase",
            unit = "m",
            byDefault = "1.1 Å")
        double rFrom,
    @Param(value = "last distance of the fit", unit = "m", byDefault = "3.2 Å") double rTo,
    @Param(
            value =
                "where the noise is taken from: the spectrum's own χ(R) at far distances, or the"
                    + " variances of the images",
            byDefault = "spectrum")
        Noise noise,
    @Param(value = "fit the shells in each pixel too", byDefault = "false") boolean maps)
    implements StackStep {
  /// What errors are made of.
  public enum Noise {
    /// χ(R) where no shell is seen, one variance for all energies: holds what is wrong at an energy
    /// in all pixels alike, as I₀, and leaves out what is wrong in a pixel at all energies alike.
    SPECTRUM,
    /// Those of the images, as of independent pixels; where there are none, {@link #SPECTRUM}.
    VARIANCES
  }

  private static final double ANGSTROM = 1e-10;

  /// As far as χ(R) is shown [Å].
  private static final double SHOWN = 6;

  public Exafs {
    regions = List.copyOf(regions);
    shells = List.copyOf(shells);
    Check.within("rBackground", rBackground, 0.3e-10, 3e-10, "m");
    Check.within("kWeight", kWeight, 1, 4, "");
    Check.within("taper", taper, 1e7, 1e11, "1/m");
    rising("kFrom … kTo", kFrom, kTo);
    rising("rFrom … rTo", rFrom, rTo);
    if (maps && shells.isEmpty()) {
      throw new InvalidInput("maps", "true without shells", "shells to map", "name some shells");
    }
  }

  private static void rising(String what, double from, double to) {
    if (!(from >= 0 && to > from)) {
      throw new InvalidInput(what, from + " … " + to, "rising, from 0 on", "");
    }
  }

  /// What one region gave.
  private record Looked(
      Spectrum mean,
      double e0Ev,
      double step,
      double[] chi,
      double[] magnitudes,
      Optional<FittedExafs> fit) {}

  private RadialTransform transform() {
    return new RadialTransform(
        new TransformWindow(window, kFrom * ANGSTROM, kTo * ANGSTROM, taper * ANGSTROM), kWeight);
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    MeanSpectrum.notYetNormalized(stack);
    var parts = ExafsParts.of(stack, regions, watch.workers());
    var whole = parts.whole();
    double e0 = e0Ev.orElseGet(() -> EdgeEnergy.steepest(whole.energyEv(), whole.values()));
    var transform = transform();
    var background = new Autobk(rBackground / ANGSTROM, kWeight);
    var reduction = background.reduction(stack.energyEv(), e0);
    List<Scattering> tables =
        shells.stream()
            .map(s -> s.scattering(background, transform, stack.findings().spectra()))
            .toList();
    Optional<ShellFit> fit =
        tables.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new ShellFit(reduction, transform, rFrom / ANGSTROM, rTo / ANGSTROM, tables));
    var findings = stack.findings();
    for (var region : regions) {
      findings = findings.with(region);
    }
    var quality = findings.quality();
    var all = new ArrayList<Looked>();
    for (var mean : parts.means()) {
      var one = looked(mean, reduction, transform, fit);
      all.add(one);
      var mu0 =
          Spectrum.of(
              mean.name() + ", μ₀",
              mean.energyEv(),
              reduction.background(mean.values()),
              mean.quantity());
      findings = findings.with(mean).with(mu0);
      quality =
          quality.withFigure(
              "EXAFS of " + mean.name(),
              List.of(mean.named("measured").curve(), mu0.named("μ₀").curve()));
      quality = numbers(quality, one);
    }
    quality = compared(quality, all);
    quality = figures(quality, all, reduction.waveNumbers(), transform);
    var result = stack.withFindings(findings.with(quality));
    if (maps) {
      var held = looked(whole, reduction, transform, fit).fit.orElseThrow();
      result = ExafsMaps.add(result, fit.orElseThrow(), held, parts, noise, watch);
    }
    return result.withStep("exafs, E₀ " + e0 + " eV");
  }

  private Looked looked(
      Spectrum mean, Reduction reduction, RadialTransform transform, Optional<ShellFit> fit) {
    var normalized = NormalizedSpectrum.of(mean, OptionalDouble.of(reduction.e0Ev()), 0);
    double step = normalized.edgeStep();
    double[] chi = reduction.chi(mean.values(), step);
    var variance =
        mean.sigma()
            .filter(_ -> noise == Noise.VARIANCES)
            .map(s -> Arrays.stream(s).map(v -> v * v).toArray());
    return new Looked(
        mean,
        EdgeEnergy.steepest(mean.energyEv(), mean.values()),
        step,
        chi,
        RadialTransform.magnitudes(transform.forward(chi, SHOWN)),
        fit.map(f -> f.fit(mean.values(), variance, step, f.start(), ShellFit.Free.ALL)));
  }

  private static Quality numbers(Quality before, Looked one) {
    String in = "In" + RegionSpectra.key(one.mean.name());
    var quality =
        before.withMetric("edgeEnergy" + in, one.e0Ev).withMetric("edgeStep" + in, one.step);
    if (one.fit.isEmpty()) {
      return quality;
    }
    var fit = one.fit.orElseThrow();
    var words = new ArrayList<String>();
    for (var shell : fit.shells()) {
      String of = "Of" + RegionSpectra.key(shell.name()) + in;
      quality =
          quality
              .withMetric("distance" + of, shell.distance())
              .withMetric("distanceSigma" + of, shell.distanceSigma())
              .withMetric("neighbours" + of, shell.neighbours())
              .withMetric("neighboursSigma" + of, shell.neighboursSigma())
              .withMetric("disorder" + of, shell.disorder())
              .withMetric("disorderSigma" + of, shell.disorderSigma());
      words.add(
          String.format(
              Locale.ROOT,
              "%s R %.4f ± %.4f Å, N S₀² %.2f ± %.2f, σ² %.5f ± %.5f Å²",
              shell.name(),
              shell.distance(),
              shell.distanceSigma(),
              shell.neighbours(),
              shell.neighboursSigma(),
              shell.disorder(),
              shell.disorderSigma()));
    }
    return quality
        .withMetric("edgeShift" + in, fit.shiftEv())
        .withMetric("exafsRFactor" + in, fit.rFactor())
        .withVerdict(
            String.format(
                Locale.ROOT,
                "EXAFS of %s: %s; ΔE₀ %.2f ± %.2f eV, %d numbers of %.1f that the window holds,"
                    + " χ²/ν %.3g, R factor %.2g%s.",
                one.mean.name(),
                String.join("; ", words),
                fit.shiftEv(),
                fit.shiftSigmaEv(),
                fit.free(),
                fit.independent(),
                fit.reducedChiSquare(),
                fit.rFactor(),
                fit.converged() ? "" : "; the fit did not come to rest"));
  }

  /// How far the distances of each further region lie above those of the first, in standard
  /// deviations of the difference.
  private static Quality compared(Quality before, List<Looked> all) {
    var quality = before;
    var first = all.getFirst();
    for (var other : all.subList(1, all.size())) {
      for (int s = 0; other.fit.isPresent() && s < other.fit.orElseThrow().shells().size(); s++) {
        var one = first.fit.orElseThrow().shells().get(s);
        var two = other.fit.orElseThrow().shells().get(s);
        double z =
            (two.distance() - one.distance())
                / Math.hypot(one.distanceSigma(), two.distanceSigma());
        String shell = RegionSpectra.key(one.name());
        quality =
            quality
                .withMetric(
                    "sigmasLongerOf" + shell + "In" + RegionSpectra.key(other.mean.name()), z)
                .withVerdict(
                    String.format(
                        Locale.ROOT,
                        "%s in %s is %.4f Å %s than in %s, %.2f σ%s.",
                        one.name(),
                        other.mean.name(),
                        Math.abs(two.distance() - one.distance()),
                        z < 0 ? "shorter" : "longer",
                        first.mean.name(),
                        Math.abs(z),
                        Math.abs(z) < 2 ? ": not told apart" : ""));
      }
    }
    return quality;
  }

  private Quality figures(Quality before, List<Looked> all, double[] k, RadialTransform transform) {
    var inK = new ArrayList<Curve>();
    var inR = new ArrayList<Curve>();
    String labelK =
        String.format(Locale.ROOT, "k^%s χ(k) [Å^-%s]", short1(kWeight), short1(kWeight));
    for (var one : all) {
      String name = one.mean.name();
      inK.add(new Curve(name, "k [Å⁻¹]", labelK, k, weighted(k, one.chi)));
      inR.add(radial(name, one.magnitudes));
      one.fit.ifPresent(
          fit -> {
            inK.add(new Curve(name + ", fit", "k [Å⁻¹]", labelK, k, weighted(k, fit.chi())));
            inR.add(
                radial(
                    name + ", fit",
                    RadialTransform.magnitudes(transform.forward(fit.chi(), SHOWN))));
          });
    }
    return before
        .withFigure("EXAFS: k-weighted χ(k)", inK)
        .withFigure("EXAFS: |χ(R)|, not corrected for phase", inR);
  }

  private static String short1(double weight) {
    return weight == Math.rint(weight) ? Integer.toString((int) weight) : Double.toString(weight);
  }

  private double[] weighted(double[] k, double[] chi) {
    double[] out = new double[k.length];
    Arrays.setAll(out, n -> Math.pow(k[n], kWeight) * chi[n]);
    return out;
  }

  private static Curve radial(String name, double[] magnitudes) {
    double[] r = new double[magnitudes.length];
    Arrays.setAll(r, RadialTransform::r);
    return new Curve(name, "R [Å]", "|χ(R)|", r, magnitudes);
  }
}
