package argand.ptycho;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.data.Reconstruction;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.physics.Optics;
import argand.physics.Pinhole;
import argand.simulate.RasterScan;
import argand.simulate.ScanPattern;
import argand.simulate.SimulateScan;
import argand.simulate.StandardCase;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is known of the probe, where it matters: on a raster without jitter object and probe may be
/// multiplied by any function of the raster's period, and frames do not tell.
class LimitsTruthTest {
  private static final SimulateScan STANDARD = StandardCase.farField(64, 1);
  private static final double PIXEL = STANDARD.geometry().sample().pixelY();

  /// The outermost zone is 2.5 pixels wide.
  private static final double HALF_ANGLE = Math.asin(STANDARD.beam().wavelength() / (5 * PIXEL));

  private static final ScanPattern RASTER = new RasterScan(8 * PIXEL, 8, 8, 0);
  private static final Maker.Made ZONE_PLATE =
      made(STANDARD.optics(), STANDARD.startProbe().orElseThrow());
  private static final Maker.Made PINHOLE =
      made(new Pinhole(20 * PIXEL, 0, 2 * PIXEL), new Pinhole(26 * PIXEL, 0, 2 * PIXEL));

  private static final Maker.Made SPIRAL = STANDARD.make(0, Watch.SILENT);
  private static final DiffractionScan OFF = off();

  private static Maker.Made made(Optics optics, Optics start) {
    var s = STANDARD;
    return new SimulateScan(
            s.beam(),
            s.distance(),
            s.size(),
            s.pixel(),
            s.regime(),
            s.focusDistance(),
            s.phantom(),
            optics,
            RASTER,
            s.detector(),
            s.positionError(),
            Optional.of(start),
            s.oversampling(),
            s.refinement(),
            s.seed())
        .make(0, Watch.SILENT);
  }

  private static double nrmse(Reconstruction found, Maker.Made made) {
    return requireNonNull(Comparison.between(found, made.truth()).metrics().get("nrmse"));
  }

  private static double residual(Reconstruction found) {
    return requireNonNull(found.quality().metrics().get("relativeAmplitudeError"));
  }

  static PtychoMethod[] methods() {
    return new PtychoMethod[] {Rpie.DEFAULT, MaximumLikelihood.DEFAULT};
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theApertureTakesTwoFifthsOfTheErrorFromARaster(PtychoMethod method) {
    var verb = Ptychography.of(method, 50);
    var free = verb.apply(ZONE_PLATE.scan(), Watch.SILENT);
    var known = Limits.NONE.with(new ProbeAperture(1.05 * HALF_ANGLE, 0));
    var held = verb.constrained(known).apply(ZONE_PLATE.scan(), Watch.SILENT);
    assertThat(nrmse(held, ZONE_PLATE)).isLessThan(0.6 * nrmse(free, ZONE_PLATE));
    // the negative control: an aperture that is too small explains nothing
    var wrong = Limits.NONE.with(new ProbeAperture(0.7 * HALF_ANGLE, 0));
    assertThat(residual(verb.constrained(wrong).apply(ZONE_PLATE.scan(), Watch.SILENT)))
        .isGreaterThan(10 * residual(held));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theSupportOfAPinholeTakesAQuarterOfTheErrorOrMore(PtychoMethod method) {
    var verb = Ptychography.of(method, 50);
    var free = verb.apply(PINHOLE.scan(), Watch.SILENT);
    // ten pixels, and half of the edge
    var known = Limits.NONE.with(new ProbeSupport(11 * PIXEL));
    var held = verb.constrained(known).apply(PINHOLE.scan(), Watch.SILENT);
    assertThat(nrmse(held, PINHOLE)).isLessThan(0.8 * nrmse(free, PINHOLE));
    assertThat(held.probe().modes().getFirst().re(32, 44)).isZero();
    // the negative control: half of the pinhole explains nothing
    var wrong = Limits.NONE.with(new ProbeSupport(5 * PIXEL));
    assertThat(residual(verb.constrained(wrong).apply(PINHOLE.scan(), Watch.SILENT)))
        .isGreaterThan(10 * residual(held));
  }

  /// With the counts of a frame without the sample |O| is the transmission; without them it is
  /// whatever the start has made of it.
  @ParameterizedTest
  @MethodSource("methods")
  void theBeamsCountsMakeTheTransmissionAbsoluteToHalfAPercent(PtychoMethod method) {
    var verb = Ptychography.of(method, 50);
    double counts = STANDARD.detector().photons();
    var known = Limits.NONE.with(new ProbePower(OptionalDouble.of(counts), 10));
    var held = verb.constrained(known).apply(SPIRAL.scan(), Watch.SILENT);
    assertThat(transmission(held, SPIRAL)).isCloseTo(1, within(0.005));
    assertThat(nrmse(held, SPIRAL)).isLessThan(0.03);
    var free = verb.apply(SPIRAL.scan(), Watch.SILENT);
    assertThat(Math.abs(transmission(free, SPIRAL) - 1)).isGreaterThan(0.015);
  }

  /// The start stands 9 pixels off along both axes, and so would the result.
  @ParameterizedTest
  @MethodSource("methods")
  void theProbeEndsInTheMiddleAndTheObjectWithIt(PtychoMethod method) {
    var verb = Ptychography.of(method, 50);
    var centred = verb.constrained(Limits.NONE.with(new ProbeCentre(5)));
    var found = centred.apply(OFF, Watch.SILENT);
    double[] middle = ProbeCentre.centre(found.probe().modes());
    assertThat(middle[0]).isCloseTo(32, within(0.6));
    assertThat(middle[1]).isCloseTo(32, within(0.6));
    assertThat(nrmse(found, SPIRAL)).isLessThan(0.029);
    double[] free = ProbeCentre.centre(verb.apply(OFF, Watch.SILENT).probe().modes());
    assertThat(free[0]).isGreaterThan(40);
  }

  private static DiffractionScan off() {
    var scan = SPIRAL.scan();
    var start = scan.probe().orElseThrow().modes().getFirst();
    var moved = new ComplexField(start.grid());
    for (int r = 0; r < 64; r++) {
      for (int c = 0; c < 64; c++) {
        moved.set((r + 9) % 64, (c + 9) % 64, start.re(r, c), start.im(r, c));
      }
    }
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        scan.frames(),
        scan.mask(),
        Optional.of(Probe.of(moved)),
        scan.source());
  }

  /// Strength and place are gauges: the frames that object and probe make stay as they are, but for
  /// what leaves the field.
  @Test
  void correctionsOfStrengthAndPlaceLeaveTheFramesAsTheyAre() {
    var scan = SPIRAL.scan();
    var windows = new Windows(scan.positions(), scan.geometry().sample(), true, 0);
    var model = new PtychoModel(scan, windows, 1);
    var start = OFF.probe().orElseThrow().modes().getFirst().copy();
    start.scale(Math.sqrt(model.counts() / model.count() / start.power()));
    var method = Rpie.DEFAULT;
    var state =
        method.start(model, new ComplexField(windows.object()).setAll(1, 0), List.of(start));
    var engine = method.engine(model, Constraints.NONE, Workers.ONE);
    for (int k = 0; k < 10; k++) {
      state.residuals().add(engine.iterate(state));
    }
    double before = error(model, state);
    new ProbePower(OptionalDouble.of(1e6), 1).correct(state, 1);
    assertThat(state.probe().power()).isCloseTo(1e6, within(10.0));
    assertThat(error(model, state) / before).isCloseTo(1, within(1e-4));
    new ProbeCentre(1).correct(state);
    assertThat(ProbeCentre.centre(state.probes())[0]).isCloseTo(32, within(0.51));
    assertThat(error(model, state) / before).isCloseTo(1, within(0.05));
    // the negative control: the probe alone
    state.probe().scale(1.03);
    assertThat(error(model, state) / before).isGreaterThan(1.06);
  }

  private static double error(PtychoModel model, PtychoState state) {
    return model.relativeAmplitudeError(state.object(), state.probes(), Workers.ONE);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new ProbeAperture(1e-3, 2e-3))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("stop");
    var slices = WaveModel.of(new Slices(List.of(1e-3)));
    var centred = Ptychography.of(MaximumLikelihood.DEFAULT, 1).withModel(slices);
    assertThatThrownBy(() -> centred.constrained(Limits.NONE.with(new ProbeCentre(5))))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("slices");
  }

  /// Mean amplitude in the middle of the field ÷ that of the truth.
  private static double transmission(Reconstruction found, Maker.Made made) {
    return middle(found.object()) / middle(made.truth().object());
  }

  private static double middle(ComplexField object) {
    double sum = 0;
    for (int r = -20; r < 20; r++) {
      for (int c = -20; c < 20; c++) {
        int row = object.grid().rows() / 2 + r;
        int column = object.grid().columns() / 2 + c;
        sum += Math.hypot(object.re(row, column), object.im(row, column));
      }
    }
    return sum;
  }
}
