package argand.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.data.Reconstruction;
import argand.flow.Watch;
import argand.metric.Gauge;
import argand.metric.Specimen;
import argand.phantom.SiemensStar;
import argand.physics.Geometry;
import argand.ptycho.Ptychography;
import argand.ptycho.Rpie;
import argand.simulate.SimulateScan;
import argand.simulate.StandardCase;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ZeroDoseTruthTest {
  private static final double PIXEL = 20e-9;
  private static final int SIDE = 128;
  private static final int FRACTIONS = 6;

  /// The whole series takes three quarters of a critical dose.
  private static final double CRITICAL = 30e6;

  private static final double DOSE = 0.75 * CRITICAL / FRACTIONS;

  /// What is left in fraction k, by Simpson's rule: not the formula that is fitted.
  private static double left(int k) {
    double begun = k * DOSE / CRITICAL;
    double step = DOSE / CRITICAL;
    return (Math.exp(-begun) + 4 * Math.exp(-begun - step / 2) + Math.exp(-begun - step)) / 6;
  }

  /// Mass that goes takes amplitude and phase with it: O_k = exp(s_k ln O).
  private static ComplexField faded(ComplexField object, double s) {
    var faded = new ComplexField(object.grid());
    for (int r = 0; r < object.grid().rows(); r++) {
      for (int c = 0; c < object.grid().columns(); c++) {
        double re = object.re(r, c);
        double im = object.im(r, c);
        double amplitude = Math.pow(Math.hypot(re, im), s);
        double phase = s * Math.atan2(im, re);
        faded.set(
            r, c, (float) (amplitude * Math.cos(phase)), (float) (amplitude * Math.sin(phase)));
      }
    }
    return faded;
  }

  private static Reconstruction with(Reconstruction of, ComplexField object) {
    return new Reconstruction(
        object,
        of.probe(),
        of.positions(),
        of.origin(),
        of.geometry(),
        0,
        of.residuals(),
        of.quality(),
        of.source());
  }

  private static List<Reconstruction> series(Specimen specimen, double noise) {
    var series = new ArrayList<Reconstruction>();
    for (int k = 0; k < FRACTIONS; k++) {
      // sampled elsewhere, and what no measurement knows: another in each fraction
      var whole = specimen.reconstruction(SIDE, PIXEL, 0.35 * k);
      var gauge = new Gauge(1 + 0.1 * k, 0.7 * k, 0.004 * k, -0.006 * k, 0, 0);
      var noisy = Specimen.noisy(faded(whole.object(), left(k)), noise, 100 + k);
      series.add(with(whole, gauge.inject(noisy)));
    }
    return series;
  }

  private static Reconstruction extrapolated(List<Reconstruction> series) {
    return new ExtrapolateToZeroDose(List.of(DOSE), OptionalDouble.empty(), List.of())
        .gather(series, Watch.SILENT);
  }

  /// The specimen's phase does not reach π, so that its logarithm is at hand.
  @Test
  void theUndamagedSampleComesBackWithItsError() {
    var specimen = new Specimen(3, 2 * SIDE * PIXEL, 4 * PIXEL);
    var whole = specimen.reconstruction(SIDE, PIXEL, 0);
    var series = series(specimen, 0.02);
    var found = extrapolated(series);
    var metrics = found.quality().metrics();
    assertThat(metrics.get("criticalDose")).isCloseTo(CRITICAL, within(0.05 * CRITICAL));
    assertThat(metrics.get("contrastLeft"))
        .isCloseTo(left(FRACTIONS - 1), within(0.02 * left(FRACTIONS - 1)));

    var truth = ContrastSeries.of(List.of(whole, found, series.getFirst(), series.getLast()));
    double contrast = rms(truth, 0, -1, null);
    double error = rms(truth, 1, 0, null);
    // white noise of the mean of all fractions, and that of the curve
    assertThat(error).isLessThan(0.1 * contrast);
    assertThat(rms(truth, 2, 0, null)).as("first fraction").isGreaterThan(0.05 * contrast);
    assertThat(rms(truth, 3, 0, null)).as("last fraction").isGreaterThan(0.4 * contrast);

    var sigma = found.quality().maps().getFirst();
    assertThat(sigma.name()).isEqualTo("Phase error at zero dose");
    assertThat(rms(truth, 1, 0, sigma.values().values()))
        .as("error ÷ stated error")
        .isBetween(0.8, 1.25);
  }

  /// Bias: without noise nothing is left of the damage; the mean of the fractions loses a third.
  @Test
  void withoutNoiseNothingOfTheDamageIsLeft() {
    var specimen = new Specimen(5, 2 * SIDE * PIXEL, 4 * PIXEL);
    var whole = specimen.reconstruction(SIDE, PIXEL, 0);
    var series = series(specimen, 0);
    var found = extrapolated(series);
    assertThat(found.quality().metrics().get("criticalDose"))
        .isCloseTo(CRITICAL, within(0.015 * CRITICAL));
    var truth = ContrastSeries.of(List.of(whole, found));
    double contrast = rms(truth, 0, -1, null);
    assertThat(rms(truth, 1, 0, null)).isLessThan(0.015 * contrast); // interpolation
    double mean = 0;
    for (int k = 0; k < FRACTIONS; k++) {
      mean += left(k) / FRACTIONS;
    }
    assertThat(1 - mean).as("loss of the plain mean").isGreaterThan(0.25);
  }

  /// Of the phase, √⟨(L_k − L_l)²⟩; divided by σ pixel by pixel where that is given.
  private static double rms(ContrastSeries series, int k, int l, float @Nullable [] sigma) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < series.region().good().length; i++) {
      if (series.region().good()[i] && (sigma == null || Float.isFinite(sigma[i]))) {
        double other = l < 0 ? 0 : series.phase().get(l)[i];
        double off = series.phase().get(k)[i] - other;
        sum += sigma == null ? off * off : off * off / (sigma[i] * sigma[i]);
        count++;
      }
    }
    return Math.sqrt(sum / count);
  }

  /// From counts to zero dose: a star that loses mass while it is measured six times, each
  /// reconstructed by itself.
  @Test
  void aFractionatedMeasurementRecoversTheThicknessOfTheStar() {
    double thickness = 1e-6;
    var series = new ArrayList<Reconstruction>();
    for (int k = 0; k < FRACTIONS; k++) {
      series.add(
          Ptychography.of(Rpie.DEFAULT, 40)
              .withSeed(1)
              .apply(star(left(k) * thickness, k + 1).make(0, Watch.SILENT).scan(), Watch.SILENT));
    }
    var undamaged =
        Ptychography.of(Rpie.DEFAULT, 40)
            .withSeed(1)
            .apply(star(thickness, 50).make(0, Watch.SILENT).scan(), Watch.SILENT);
    var found = extrapolated(series);
    assertThat(found.quality().metrics().get("criticalDose"))
        .isCloseTo(CRITICAL, within(0.1 * CRITICAL));
    var compared =
        ContrastSeries.of(List.of(undamaged, found, series.getFirst(), series.getLast()));
    assertThat(slope(compared, 1)).isCloseTo(1, within(0.02));
    assertThat(slope(compared, 2)).as("first fraction").isLessThan(0.96);
    assertThat(slope(compared, 3)).as("last fraction").isLessThan(0.6);
  }

  private static SimulateScan star(double thickness, long seed) {
    var s = StandardCase.farField(64, 1);
    double field =
        64
            * Geometry.farField(s.beam(), s.distance(), Grid.square(64, 64, s.pixel()))
                .sample()
                .pixelY();
    return new SimulateScan(
        s.beam(),
        s.distance(),
        s.size(),
        s.pixel(),
        s.regime(),
        s.focusDistance(),
        new SiemensStar(1.2 * field, 0.1 * field, 12, thickness, 0.05 * field, 4.77e-5, 4.96e-6),
        s.optics(),
        s.scan(),
        s.detector(),
        0,
        s.startProbe(),
        2,
        2,
        seed);
  }

  /// Slope of the phase of result k against that of the first, 1 where nothing is lost.
  private static double slope(ContrastSeries series, int k) {
    double top = 0;
    double bottom = 0;
    for (int i = 0; i < series.region().good().length; i++) {
      double truth = series.phase().getFirst()[i];
      top += truth * series.phase().get(k)[i];
      bottom += truth * truth;
    }
    return top / bottom;
  }

  @Test
  void dosesAndResultsMustBelongTogether() {
    var whole = new Specimen(3, SIDE * PIXEL, 4 * PIXEL).reconstruction(SIDE, PIXEL, 0);
    assertThatThrownBy(
            () ->
                new ExtrapolateToZeroDose(List.of(1e6, 2e6), OptionalDouble.empty(), List.of())
                    .gather(List.of(whole, whole, whole), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("2 of them for 3 results");
    assertThatThrownBy(
            () ->
                new ExtrapolateToZeroDose(List.of(1e6), OptionalDouble.empty(), List.of())
                    .gather(List.of(whole, whole), Watch.SILENT))
        .isInstanceOf(InvalidInput.class);
  }
}
