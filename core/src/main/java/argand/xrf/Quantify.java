package argand.xrf;

import argand.Paper;
import argand.Param;
import argand.array.InvalidInput;
import argand.data.LineAreas;
import argand.data.LineAreas.Amount;
import argand.data.Quality;
import argand.flow.Step;
import argand.flow.Watch;
import argand.physics.LineGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Areal densities and mass fractions from areas of lines, by fundamental parameters:
///
///     counts_g = K · S_g · m_g,   S_g = Σ_lines σ_l(E₀) ε(E_l) A(E₀, E_l)        (1)
///
/// m_g the mass of the element in a unit area, σ_l the cross section of a line (photoelectric,
/// yield, rates), ε what passes to the detector and is counted there, A the mean absorption in the
/// sample (Sherman, without fluorescence excited by fluorescence). K is taken from a standard, or
/// from photons, live time and solid angle.
///
/// The sample is thin: the beam is as strong at its end as absorption by the stated matrix makes
/// it; what the elements themselves absorb is in the matrix or nowhere.
@Paper(
    value =
        "Sherman, The theoretical derivation of fluorescent X-ray intensities from mixtures,"
            + " Spectrochim. Acta 7, 283 (1955)",
    doi = "10.1016/0371-1951(55)80041-0")
public record Quantify(
    @Param("what is known") Reference by,
    @Param(value = "detector, and what is before it", byDefault = "{}") EnergyDetector detector,
    @Param("flat sample that absorbs beam and lines") Optional<SampleLayer> sample)
    implements Step.One<LineAreas, LineAreas> {
  private static final double MICROGRAMS = 1e5;

  /// Of a thin film.
  public static Quantify by(Reference reference, EnergyDetector detector) {
    return new Quantify(reference, detector, Optional.empty());
  }

  @Override
  public Class<LineAreas> takes() {
    return LineAreas.class;
  }

  @Override
  public Class<LineAreas> gives() {
    return LineAreas.class;
  }

  @Override
  public LineAreas apply(LineAreas areas, Watch watch) {
    BeamEnergy.known(areas.incidentEv(), "the energy that excites the lines");
    double[] sensitivity = new double[areas.groups().size()];
    for (int g = 0; g < sensitivity.length; g++) {
      var group = areas.groups().get(g);
      sensitivity[g] =
          group.family().isScatter()
              ? Double.NaN
              : LinePattern.of(group, areas.incidentEv(), detector, sample).sensitivity();
    }
    return switch (by) {
      case Reference.Film film -> film(areas, sensitivity, film);
      case Reference.Fraction fraction -> fractions(areas, sensitivity, fraction);
      case Reference.Constant constant ->
          densities(areas, sensitivity, scaled(incident(areas), constant.constant()), 0, 0);
      case Reference.Absolute absolute ->
          densities(
              areas,
              sensitivity,
              scaled(photons(areas, absolute), absolute.solidAngle() / (4 * Math.PI)),
              0,
              0);
    };
  }

  private static double[] scaled(double[] values, double factor) {
    double[] scaled = new double[values.length];
    for (int j = 0; j < values.length; j++) {
      scaled[j] = values[j] * factor;
    }
    return scaled;
  }

  /// The beam of each spectrum times its live share.
  private static double[] incident(LineAreas areas) {
    double[] beam =
        areas
            .exposure()
            .incident()
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "the incident beam",
                        "not in the data",
                        "a monitor or photons for each spectrum",
                        "readSpectra: {monitor: …}"));
    return live(areas, beam);
  }

  private static double[] live(LineAreas areas, double[] beam) {
    double[] live = new double[beam.length];
    for (int j = 0; j < beam.length; j++) {
      live[j] = beam[j] * areas.exposure().liveShare(j);
    }
    return live;
  }

  private static double[] photons(LineAreas areas, Reference.Absolute how) {
    var exposure = areas.exposure();
    if (exposure.photons() && exposure.incident().isPresent()) {
      return live(areas, exposure.incident().get());
    }
    if (how.flux().isEmpty() || exposure.realTime().isEmpty()) {
      throw new InvalidInput(
          "the photons on the sample",
          "not known",
          "flux, and the real time of each spectrum",
          "readSpectra: {realTime: 1 s}");
    }
    return live(areas, scaled(exposure.realTime().get(), how.flux().getAsDouble()));
  }

  /// K from the sum of all spectra.
  private LineAreas film(LineAreas areas, double[] sensitivity, Reference.Film film) {
    int r = areas.index(Reference.element(film.group()));
    double sum = 0;
    double variance = 0;
    for (int j = 0; j < areas.count(); j++) {
      sum += areas.areas()[r][j];
      variance += Math.pow(areas.sigma()[r][j], 2);
    }
    mustBeSeen(film.group(), sum, Math.sqrt(variance));
    boolean monitored = areas.exposure().incident().isPresent() && areas.exposure().knowsDeadTime();
    double[] beam = monitored ? incident(areas) : ones(areas.count());
    double all = 0;
    for (double one : beam) {
      all += one;
    }
    double constant = sum / (all * sensitivity[r] * film.arealDensity());
    var found = densities(areas, sensitivity, scaled(beam, constant), Math.sqrt(variance) / sum, r);
    return monitored
        ? found.withQuality(found.quality().withMetric("quantificationConstant", constant))
        : found;
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static void mustBeSeen(String group, double area, double sigma) {
    if (!(area > 3 * sigma)) {
      throw new InvalidInput(
          "the reference " + group,
          String.format(Locale.ROOT, "%.1f ± %.1f counts", area, sigma),
          "three times its error at least",
          "choose an element that is there");
    }
  }

  /// @param per counts for each sensitivity × areal density, for each spectrum
  /// @param common relative error that all but the reference share
  private LineAreas densities(
      LineAreas areas, double[] sensitivity, double[] per, double common, int reference) {
    var amounts = new ArrayList<Amount>();
    var quality = areas.quality();
    for (int g = 0; g < sensitivity.length; g++) {
      if (Double.isNaN(sensitivity[g])) {
        continue;
      }
      double[] density = new double[areas.count()];
      double[] sigma = new double[areas.count()];
      double mean = 0;
      for (int j = 0; j < density.length; j++) {
        double scale = MICROGRAMS / (per[j] * sensitivity[g]);
        density[j] = areas.areas()[g][j] * scale;
        sigma[j] =
            Math.hypot(areas.sigma()[g][j] * scale, g == reference ? 0 : common * density[j]);
        mean += density[j] / density.length;
      }
      var group = areas.groups().get(g);
      amounts.add(amount(group, "areal density", "µg/cm²", density, sigma));
      quality = quality.withMetric("arealDensity." + group.key(), mean);
      if (sample.isPresent()) {
        double factor = 1 / (MICROGRAMS * sample.get().massInBeam());
        amounts.add(
            amount(group, "mass fraction", "", scaled(density, factor), scaled(sigma, factor)));
        quality = quality.withMetric("massFraction." + group.key(), mean * factor);
      }
    }
    return done(areas, amounts, quality);
  }

  private LineAreas fractions(LineAreas areas, double[] sensitivity, Reference.Fraction reference) {
    int r = areas.index(Reference.element(reference.group()));
    var amounts = new ArrayList<Amount>();
    var quality = areas.quality();
    for (int g = 0; g < sensitivity.length; g++) {
      if (Double.isNaN(sensitivity[g])) {
        continue;
      }
      double[] fraction = new double[areas.count()];
      double[] sigma = new double[areas.count()];
      double mean = 0;
      for (int j = 0; j < fraction.length; j++) {
        double a = areas.areas()[r][j];
        double scale = reference.massFraction() * sensitivity[r] / (a * sensitivity[g]);
        boolean seen = a > 0;
        fraction[j] = seen ? areas.areas()[g][j] * scale : Double.NaN;
        sigma[j] =
            !seen
                ? Double.NaN
                : g == r
                    ? 0
                    : Math.hypot(
                        areas.sigma()[g][j] * scale, fraction[j] * areas.sigma()[r][j] / a);
        mean += fraction[j] / fraction.length;
      }
      var group = areas.groups().get(g);
      amounts.add(amount(group, "mass fraction", "", fraction, sigma));
      quality = quality.withMetric("massFraction." + group.key(), mean);
    }
    return done(areas, amounts, quality);
  }

  private static Amount amount(
      LineGroup group, String quantity, String unit, double[] values, double[] sigma) {
    return new Amount(group.name(), quantity, unit, values, Optional.of(sigma));
  }

  private LineAreas done(LineAreas areas, List<Amount> amounts, Quality quality) {
    return areas.withAmounts(amounts).withQuality(quality).withStep("quantify by " + by);
  }
}
