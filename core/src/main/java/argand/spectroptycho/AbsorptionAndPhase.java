package argand.spectroptycho;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.Median;
import argand.array.RealField;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.ObjectStack;
import argand.data.ObjectStack.View;
import argand.data.PhaseImages;
import argand.data.Planes;
import argand.data.Quantity;
import argand.flow.Step;
import argand.flow.Watch;
import argand.register.PhaseUnwrapping;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Complex transmissions become optical density and phase, with their variances:
///
/// (1) OD = −2 ln|O|
/// (2) φ = arg O, made continuous ({@link PhaseUnwrapping}); of the whole turns that leaves open,
///     those that bring its median over the empty region (without one: over the image) nearest to 0
/// (3) var φ = f_φ² / (2 n),  var OD = f² · 2/n,  n = light · |O|² the photons that passed the
/// pixel
///
/// 1/(2n) for each of ln|O| and φ is what shot noise leaves when intensities alone are counted: of
/// the two quadratures of a wave of n photons, which could be known to 1/(4n) each, a detector sees
/// one. Reconstructions do worse for slow variations of the phase and better where they are smooth,
/// so the factors f are measured: the scatter in the empty region over what (3) expects there with
/// f = 1, by the median of absolute deviations. Without an empty region they are 1, and that is
/// said.
///
/// Errors of neighbouring pixels are correlated; these are variances of single pixels.
public record AbsorptionAndPhase(
    @Param(
            value =
                "optical density above which the light behind the sample is taken for lost: such"
                    + " pixels have no value",
            byDefault = "7")
        double most)
    implements Step.One<ObjectStack, EnergyStack> {
  /// Of a normal distribution: standard deviation over median absolute deviation.
  private static final double OF_MEDIAN = 1.4826;

  /// Counts that stand for none, so that a variance stays finite.
  static final double FEWEST = 0.1;

  public AbsorptionAndPhase {
    Check.within("most", most, 0.1, 30, "");
  }

  @Override
  public Class<ObjectStack> takes() {
    return ObjectStack.class;
  }

  @Override
  public Class<EnergyStack> gives() {
    return EnergyStack.class;
  }

  @Override
  public EnergyStack apply(ObjectStack input, Watch watch) {
    mustBeOnePolarization(input);
    Grid grid = input.grid();
    int count = input.count();
    var density = RealField.zeros(grid, count);
    var densityVariance = RealField.zeros(grid, count);
    var phase = RealField.zeros(grid, count);
    var phaseVariance = RealField.zeros(grid, count);
    double[] factor = new double[count];
    double[] phaseFactor = new double[count];
    watch
        .workers()
        .forEach(
            count,
            (e, worker) -> {
              var view = input.views().get(e);
              density(view, input.mask(), density.get(e), densityVariance.get(e));
              phase(view, input, phase.get(e));
              for (int i = 0; i < grid.size(); i++) {
                phaseVariance.get(e).values()[i] = densityVariance.get(e).values()[i] / 4;
              }
              factor[e] = scaled(density.get(e), densityVariance.get(e), input.emptyRegion());
              phaseFactor[e] = scaled(phase.get(e), phaseVariance.get(e), input.emptyRegion());
            });
    var source = input.source().withStep(toString());
    if (input.emptyRegion().isEmpty()) {
      source =
          source.withNote(
              "no empty region: scale and phase are those of the reconstructions, and the errors"
                  + " those of shot noise alone (fixGauge names a region)");
    }
    var quality =
        input
            .findings()
            .quality()
            .withFigure(
                "Noise over that of shot noise",
                List.of(
                    new Curve("optical density", "energy [eV]", "ratio", input.energyEv(), factor),
                    new Curve("phase", "energy [eV]", "ratio", input.energyEv(), phaseFactor)));
    return new EnergyStack(
        input.energyEv(),
        Planes.of(density),
        Optional.of(Planes.of(densityVariance)),
        Quantity.OPTICAL_DENSITY,
        Optional.empty(),
        input.mask(),
        0,
        1,
        input.findings().with(quality),
        source,
        Optional.of(new PhaseImages(Planes.of(phase), Optional.of(Planes.of(phaseVariance)))));
  }

  private static void mustBeOnePolarization(ObjectStack input) {
    var first = input.views().getFirst().polarization();
    for (var view : input.views()) {
      if (!view.polarization().equals(first)) {
        throw new InvalidInput(
            "the polarizations",
            input.views().getFirst().words() + " and " + view.words(),
            "one",
            "put dichroism in place of absorptionAndPhase");
      }
    }
  }

  /// (1), and its variance with f = 1.
  private void density(View view, Mask mask, RealField into, RealField variance) {
    Grid grid = into.grid();
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double re = view.object().re(r, c);
        double im = view.object().im(r, c);
        double passed = re * re + im * im;
        double value = -Math.log(passed);
        boolean known = mask.at(r, c) && value <= most;
        into.set(r, c, known ? (float) value : Float.NaN);
        double n = Math.max(FEWEST, view.light().at(r, c) * passed);
        variance.set(r, c, known ? (float) (2 / n) : Float.NaN);
      }
    }
  }

  /// (2)
  private static void phase(View view, ObjectStack stack, RealField into) {
    Grid grid = into.grid();
    var wrapped = new RealField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        wrapped.set(r, c, (float) Math.atan2(view.object().im(r, c), view.object().re(r, c)));
      }
    }
    var unwrapped = PhaseUnwrapping.of(wrapped, stack.mask());
    var zero = stack.emptyRegion().orElse(stack.mask());
    double turns = 2 * Math.PI * Math.rint(median(unwrapped, zero) / (2 * Math.PI));
    for (int i = 0; i < grid.size(); i++) {
      boolean good = stack.mask().good()[i];
      into.values()[i] = good ? (float) (unwrapped.values()[i] - turns) : Float.NaN;
    }
  }

  private static double median(RealField field, Mask where) {
    double[] some = values(field, where);
    return some.length == 0 ? 0 : Median.of(some);
  }

  private static double[] values(RealField field, Mask where) {
    double[] some = new double[where.count()];
    int n = 0;
    for (int i = 0; i < field.values().length; i++) {
      if (where.good()[i] && !Float.isNaN(field.values()[i])) {
        some[n++] = field.values()[i];
      }
    }
    return Arrays.copyOf(some, n);
  }

  /// f of (3): the variance is multiplied by its square.
  static double scaled(RealField field, RealField variance, Optional<Mask> empty) {
    if (empty.isEmpty()) {
      return 1;
    }
    double[] values = values(field, empty.get());
    if (values.length < 2) {
      return 1;
    }
    double middle = Median.of(values);
    double scatter =
        OF_MEDIAN * Median.of(Arrays.stream(values).map(v -> Math.abs(v - middle)).toArray());
    double expected = Math.sqrt(Median.of(values(variance, empty.get())));
    double factor = scatter / expected;
    for (int i = 0; i < variance.values().length; i++) {
      variance.values()[i] *= (float) (factor * factor);
    }
    return factor;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "absorptionAndPhase up to OD %.3g", most);
  }
}
