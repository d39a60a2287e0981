package argand.xrf;

import argand.array.InvalidInput;
import argand.data.FittedSpectrum;
import argand.data.FluorescenceSpectra;
import argand.data.LineAreas;
import argand.data.Quality;
import argand.flow.Watch;
import argand.physics.LineGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One run of {@link FitLines}.
final class LineFitting {
  private static final int ITERATIONS = 60;
  private static final double SNIP_EV = 300;

  /// Of the Compton peak beyond a line [eV], where its fit begins: electrons of light atoms move.
  private static final double COMPTON_EV = 100;

  private final FitLines how;
  private final FluorescenceSpectra spectra;
  private final Watch watch;
  private final List<LinePattern> patterns;
  private final double pairEv;
  private final FitRange range;
  private final double[] energyEv;
  private final List<ShapeParameter> free;
  private final boolean likelihood;

  LineFitting(FitLines how, FluorescenceSpectra spectra, Watch watch) {
    this.how = how;
    this.spectra = spectra;
    this.watch = watch;
    patterns = how.patterns(spectra.incidentEv());
    pairEv = how.detector().element().pairEv();
    range =
        FitRange.of(
            how.range(), patterns, spectra.calibration(), spectra.channels(), how.shape(), pairEv);
    energyEv = spectra.calibration().energiesEv(range.first(), range.channels());
    free = new ArrayList<>(how.refine());
    if (!free.isEmpty() && patterns.stream().anyMatch(p -> p.group().equals(LineGroup.COMPTON))) {
      free.add(ShapeParameter.COMPTON_SHIFT);
      free.add(ShapeParameter.COMPTON_WIDTH);
    }
    likelihood = how.weights() == FitLines.Weights.LIKELIHOOD;
  }

  LineAreas areas() {
    double[] whole = SummedSpectra.of(spectra, range);
    double[] y = Arrays.copyOfRange(whole, range.first(), range.first() + range.channels());
    double counts = Arrays.stream(y).sum();
    if (!(counts > 0)) {
      throw new InvalidInput("the spectra", "empty in this range", "some counts", "");
    }
    double[] pile =
        how.pileUp() ? SummedSpectra.pileUp(whole, spectra.calibration(), range) : new double[0];
    var curve = BackgroundCurve.of(how.background(), y, energyEv);
    var fit = fit(curve, pile, free);
    var state = new DetectorState(spectra.calibration(), how.shape(), 0, COMPTON_EV);
    var begin = fit.begin(y, state, raw(y));
    var found = fit.fitWithEvidence(y, begin, ITERATIONS);
    double[] choice = choice(y, pile, found);

    int groups = patterns.size();
    double[][] areas = new double[groups][spectra.count()];
    double[][] sigma = new double[groups][spectra.count()];
    double[][] covariances = how.covariance() ? new double[spectra.count()][] : new double[0][];
    if (spectra.count() == 1) {
      for (int g = 0; g < groups; g++) {
        areas[g][0] = found.areas()[g];
        sigma[g][0] = Math.sqrt(found.covariance()[g][g]);
      }
      if (how.covariance()) {
        covariances[0] = packed(found.covariance());
      }
    } else if (how.each() == FitLines.Each.EACH) {
      each(found, pile, counts, areas, sigma, covariances);
    } else {
      if (how.covariance()) {
        throw new InvalidInput(
            "covariance",
            "true",
            "each: each, or a single spectrum",
            "the common fit keeps standard deviations only");
      }
      common(fit, found, y, curve, pile, areas, sigma);
    }
    addChoice(choice, areas, sigma);
    return assembled(fit, found, y, areas, sigma, covariances);
  }

  private SpectrumFit fit(BackgroundCurve curve, double[] pile, List<ShapeParameter> refined) {
    return new SpectrumFit(
        new SpectrumModel(patterns, pairEv, range, curve, pile, refined), likelihood);
  }

  private double[] raw(double[] y) {
    return StrippedBackground.snip(y, SNIP_EV, spectra.calibration().gainEv());
  }

  /// How far the areas of the sum move when the background is the smooth one, beyond what the
  /// counts
  /// explain: the part of the error that a fixed background hides.
  private double[] choice(double[] y, double[] pile, SpectrumFit.Found found) {
    double[] moved = new double[patterns.size()];
    if (how.background() instanceof Background.Smooth
        || how.background() instanceof Background.None) {
      return moved;
    }
    var curve = BackgroundCurve.of(new Background.Smooth(400), y, energyEv);
    var other = fit(curve, pile, List.of());
    var smooth = other.fitWithEvidence(y, other.begin(y, found.state(), raw(y)), ITERATIONS);
    for (int g = 0; g < moved.length; g++) {
      double difference = smooth.areas()[g] - found.areas()[g];
      double beyond = difference * difference - smooth.covariance()[g][g];
      moved[g] = Math.sqrt(Math.max(0, beyond));
    }
    return moved;
  }

  private void addChoice(double[] choice, double[][] areas, double[][] sigma) {
    for (int g = 0; g < areas.length; g++) {
      if (choice[g] > 0) {
        for (int j = 0; j < sigma[g].length; j++) {
          sigma[g][j] = Math.hypot(sigma[g][j], choice[g] / spectra.count());
        }
      }
    }
  }

  private void common(
      SpectrumFit fit,
      SpectrumFit.Found found,
      double[] y,
      BackgroundCurve curve,
      double[] pile,
      double[][] areas,
      double[][] sigma) {
    int n = spectra.count();
    var expected = fit.expected(found);
    var columns = new ArrayList<Column>(Arrays.asList(fit.columns(found.state())));
    for (int k = 0; k < curve.size(); k++) {
      var column = new Column(range.channels());
      curve.slope(k, expected.background(), column);
      if (curve.isExponential()) {
        for (int c = column.first; c < column.last; c++) {
          column.value[c] /= n;
        }
      }
      columns.add(column);
    }
    int groups = patterns.size();
    if (pile.length > 0) {
      var column = new Column(range.channels());
      column.reach(0, range.channels());
      for (int c = 0; c < pile.length; c++) {
        column.value[c] = pile[c] / n;
      }
      columns.add(column);
    }
    double[] weight = new double[range.channels()];
    double least = Arrays.stream(y).sum() / y.length * 1e-4;
    for (int c = 0; c < weight.length; c++) {
      weight[c] = n / Math.max(expected.all()[c], least);
    }
    double[][] s = new double[columns.size()][columns.size()];
    if (found.strength() > 0) {
      curve.addRoughness(s, groups, found.strength());
    }
    var each = new AreaFit(columns.toArray(new Column[0]), groups, weight, s, how.nonNegative());
    boolean stripped =
        how.background() instanceof Background.Snip || how.background() instanceof Background.Strip;
    int channels = spectra.channels();
    double mean = Arrays.stream(y).sum() / n;
    var buffers = new AreaFit.Buffers[watch.workers().threads()];
    var read = new float[watch.workers().threads()][];
    watch
        .workers()
        .forEach(
            Math.ceilDiv(n, AreaFit.BLOCK),
            (block, worker) -> {
              if (buffers[worker] == null) {
                buffers[worker] = each.new Buffers();
                read[worker] = new float[AreaFit.BLOCK * channels];
              }
              int at = block * AreaFit.BLOCK;
              int length = Math.min(AreaFit.BLOCK, n - at);
              spectra.counts().read(at, length, read[worker], 0);
              float[] under = stripped ? stripped(read[worker], length) : new float[0];
              each.fit(
                  buffers[worker],
                  at,
                  length,
                  read[worker],
                  channels,
                  range.first(),
                  under,
                  mean,
                  areas,
                  sigma);
            });
  }

  /// The background of each spectrum by itself.
  private float[] stripped(float[] read, int length) {
    float[] under = new float[length * range.channels()];
    double[] y = new double[range.channels()];
    for (int j = 0; j < length; j++) {
      for (int c = 0; c < y.length; c++) {
        y[c] = read[j * spectra.channels() + range.first() + c];
      }
      double[] below =
          how.background() instanceof Background.Strip strip
              ? StrippedBackground.strip(y, strip)
              : StrippedBackground.snip(
                  y,
                  ((Background.Snip) how.background()).widthEv(),
                  BackgroundCurve.channelEv(energyEv));
      for (int c = 0; c < y.length; c++) {
        under[j * y.length + c] = (float) below[c];
      }
    }
    return under;
  }

  /// Everything anew for each spectrum, begun at what the sum gave.
  private void each(
      SpectrumFit.Found sum,
      double[] pile,
      double counts,
      double[][] areas,
      double[][] sigma,
      double[][] covariances) {
    int channels = spectra.channels();
    watch
        .workers()
        .forEach(
            spectra.count(),
            (j, worker) -> {
              float[] one = new float[channels];
              spectra.counts().read(j, 1, one, 0);
              double[] y = new double[range.channels()];
              double total = 0;
              for (int c = 0; c < y.length; c++) {
                y[c] = one[range.first() + c];
                total += y[c];
              }
              var curve = BackgroundCurve.of(how.background(), y, energyEv);
              var fit = fit(curve, pile, free);
              double share = Math.max(total, 1) / counts;
              double[] start = Arrays.stream(sum.areas()).map(a -> a * share).toArray();
              double[] p = sum.curve().clone();
              if (curve.isExponential() && !(how.background() instanceof Background.Smooth)) {
                p[0] += Math.log(share);
              } else {
                for (int k = 0; k < p.length; k++) {
                  p[k] = curve.isExponential() ? p[k] + Math.log(share) : p[k] * share;
                }
              }
              var found =
                  fit.fit(
                      y,
                      new SpectrumFit.Start(
                          sum.state(), start, sum.pileUp() * share, p, sum.strength()),
                      ITERATIONS);
              for (int g = 0; g < areas.length; g++) {
                areas[g][j] = how.nonNegative() ? Math.max(0, found.areas()[g]) : found.areas()[g];
                sigma[g][j] = Math.sqrt(found.covariance()[g][g]);
              }
              if (how.covariance()) {
                covariances[j] = packed(found.covariance());
              }
            });
  }

  private static double[] packed(double[][] full) {
    double[] packed = new double[full.length * (full.length + 1) / 2];
    for (int i = 0, at = 0; i < full.length; i++) {
      for (int k = 0; k <= i; k++, at++) {
        packed[at] = full[i][k];
      }
    }
    return packed;
  }

  private LineAreas assembled(
      SpectrumFit fit,
      SpectrumFit.Found found,
      double[] y,
      double[][] areas,
      double[][] sigma,
      double[][] covariances) {
    var expected = fit.expected(found);
    var names = new ArrayList<String>();
    var parts = new ArrayList<double[]>();
    var columns = fit.columns(found.state());
    for (int g = 0; g < patterns.size(); g++) {
      names.add(patterns.get(g).group().name());
      double[] part = new double[range.channels()];
      columns[g].addTo(part, found.areas()[g]);
      parts.add(part);
    }
    var calibration = found.state().calibration();
    double[] energy = calibration.energiesEv(range.first(), range.channels());
    var sum =
        new FittedSpectrum(
            spectra.count() == 1 ? spectra.name(0) : "sum of " + spectra.count() + " spectra",
            energy,
            y,
            expected.all(),
            expected.background(),
            names,
            parts);
    int freedom = range.channels() - patterns.size() - free.size();
    double chi = found.deviance() / Math.max(1, freedom);
    var quality =
        spectra
            .quality()
            .withMetric("reducedDeviance", chi)
            .withMetric("calibrationZeroEv", calibration.zeroEv())
            .withMetric("calibrationGainEv", calibration.gainEv())
            .withMetric("noiseEv", found.state().shape().noiseEv())
            .withMetric("fano", found.state().shape().fano())
            .and(tails(found.state().shape()))
            .and(said(areas, sigma, chi));
    return new LineAreas(
        patterns.stream().map(LinePattern::group).toList(),
        areas,
        sigma,
        how.covariance() ? Optional.of(covariances) : Optional.empty(),
        spectra.exposure(),
        spectra.incidentEv(),
        spectra.grid(),
        spectra.names(),
        List.of(),
        List.of(sum),
        quality,
        spectra
            .source()
            .withStep(
                String.format(
                    Locale.ROOT,
                    "fitLines of %s in %.0f … %.0f eV, background %s",
                    String.join(", ", names),
                    energy[0],
                    energy[energy.length - 1],
                    how.background())));
  }

  /// Of a peak that is not a Gaussian.
  private static Quality tails(PeakShape shape) {
    return shape.isGaussian()
        ? Quality.NONE
        : Quality.NONE
            .withMetric("shortTail", shape.shortTail())
            .withMetric("shortTailLengthEv", shape.shortTailLengthEv())
            .withMetric("longTail", shape.longTail())
            .withMetric("step", shape.step());
  }

  private Quality said(double[][] areas, double[][] sigma, double chi) {
    var quality = Quality.NONE;
    for (int g = 0; g < patterns.size(); g++) {
      double sum = 0;
      double variance = 0;
      for (int j = 0; j < areas[g].length; j++) {
        sum += areas[g][j];
        variance += sigma[g][j] * sigma[g][j];
      }
      String key = patterns.get(g).group().key();
      quality =
          quality
              .withMetric("area." + key, sum)
              .withMetric("areaSigma." + key, Math.sqrt(variance));
    }
    return quality.withVerdict(
        String.format(
            Locale.ROOT,
            "%d groups of lines fitted to %s; the deviance of the sum is %.2f times that of noise.",
            patterns.size(),
            spectra.count() == 1 ? "one spectrum" : spectra.count() + " spectra",
            chi));
  }
}
