package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.ExitWave;
import argand.array.kernel.StepSums;
import argand.array.kernel.Window;
import argand.flow.Engine;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pass of {@link LsqMl}: the same bits for any number of threads, because views write only
/// their own slots and sums are taken in fixed blocks and strips.
final class LsqMlPass implements Engine<PtychoState> {
  /// Part of the mean diagonal of the normal equations that is added to them: a view that hardly
  /// sees the change takes no wild step.
  private static final double DAMPING = 0.1;

  private final LsqMl method;
  private final PtychoModel model;
  private final Constraints constraints;
  private final Workers workers;
  private final Windows windows;
  private final ViewBatches batches;
  private final int slots;
  private final Detector[] detectors;
  private final BatchObject batchObject;
  private final BatchObject passObject;
  private final BatchProbe batchProbe;
  private final ComplexField objectStep;
  private @Nullable Modes modes;

  /// What depends on the number of modes.
  private record Modes(LsqMlRoom room, List<ComplexField> probeSteps, ProbeShift[][] shifts) {}

  LsqMlPass(LsqMl method, PtychoModel model, Constraints constraints, Workers workers) {
    this.method = method;
    this.model = model;
    this.constraints = constraints;
    this.workers = workers;
    windows = model.windows();
    batches = new ViewBatches(method.batches(), method.batchSize(), model);
    slots = Math.min(method.batchSize(), model.count());
    detectors = new Detector[workers.threads()];
    Arrays.setAll(detectors, k -> model.detector());
    batchObject = new BatchObject(windows, workers);
    passObject =
        method.batches() == Batching.COMPACT ? new BatchObject(windows, workers) : batchObject;
    batchProbe = new BatchProbe(windows, workers, slots);
    objectStep = new ComplexField(windows.object());
  }

  @Override
  public double iterate(PtychoState state) {
    int k = state.iteration();
    double gamma = method.step() / (method.halving() == 0 ? 1 : 1 + (double) k / method.halving());
    boolean compact = method.batches() == Batching.COMPACT;
    boolean withProbe = constraints.updatesProbe(k);
    if (compact) {
      passObject.clear();
    }
    double error = 0;
    for (int[] views : batches.of(k)) {
      error += batch(state, views, withProbe, compact, gamma);
    }
    if (compact) {
      var direction = state.memory().isEmpty() ? objectStep : state.memory().getFirst();
      float keep = state.memory().isEmpty() ? 0 : (float) method.momentum();
      passObject.direction((float) method.delta(), keep, direction);
      passObject.step(state.object(), direction, (float) gamma);
    }
    constraints.apply(state.object());
    return error / model.counts();
  }

  private double batch(
      PtychoState state, int[] views, boolean withProbe, boolean compact, double gamma) {
    var of = modes(state);
    double error = changes(state, views, of); // (1)
    float delta = (float) method.delta();
    batchObject.sum(views, of.room);
    batchObject.direction(delta, 0, objectStep); // (2)
    for (int m = 0; m < state.modes(); m++) {
      var into = of.probeSteps.get(m);
      if (withProbe) {
        batchProbe.direction(views, of.room, m, state.object(), delta, into); // (3)
      }
    }
    double[] steps = steps(state, views, of, withProbe); // (4)
    if (compact) {
      passObject.add(batchObject, (float) steps[0]);
    } else {
      batchObject.step(state.object(), objectStep, (float) (gamma * steps[0])); // (5)
    }
    float ofProbe = (float) (gamma * steps[1]);
    for (int m = 0; m < state.modes() && withProbe; m++) {
      var probe = state.probes().get(m);
      var step = of.probeSteps.get(m);
      for (int i = 0; i < probe.re().length; i++) {
        probe.re()[i] += ofProbe * step.re()[i];
        probe.im()[i] += ofProbe * step.im()[i];
      }
    }
    return error;
  }

  private Modes modes(PtychoState state) {
    var known = modes;
    if (known == null) {
      var shifts = new ProbeShift[workers.threads()][state.modes()];
      for (var ofWorker : shifts) {
        Arrays.setAll(ofWorker, m -> new ProbeShift(windows));
      }
      known =
          new Modes(
              new LsqMlRoom(windows, slots, state.probes()),
              LsqMlRoom.fields(windows, state.modes()),
              shifts);
      modes = known;
    }
    return known;
  }

  private double changes(PtychoState state, int[] views, Modes of) {
    for (var ofWorker : of.shifts) {
      for (int m = 0; m < state.modes(); m++) {
        ofWorker[m].take(state.probes().get(m));
      }
    }
    double[] errors = new double[views.length];
    workers.forEach(
        views.length,
        (slot, worker) -> {
          int j = views[slot];
          for (int m = 0; m < state.modes(); m++) {
            var probe = of.room.probe(slot, m);
            if (windows.shifted()) {
              probe.set(of.shifts[worker][m].at(j));
            }
            ExitWave.product(
                Window.of(probe),
                model.under(state.object(), j),
                Window.of(of.room.change(slot, m)),
                windows.frame().rows(),
                windows.frame().columns(),
                new float[2]);
          }
          errors[slot] = detectors[worker].change(of.room.changes(slot), j, method.likelihood());
        });
    return Arrays.stream(errors).sum();
  }

  /// Mean steps of object and probe. The probe's direction is not moved by fractions of a pixel
  /// here: a step length does not feel it.
  private double[] steps(PtychoState state, int[] views, Modes of, boolean withProbe) {
    double[][] sums = new double[views.length][5];
    workers.forEach(
        views.length,
        (slot, worker) -> {
          for (int m = 0; m < state.modes(); m++) {
            StepSums.add(
                Window.of(of.room.probe(slot, m)),
                model.under(state.object(), views[slot]),
                Window.of(of.probeSteps.get(m)),
                model.under(objectStep, views[slot]),
                Window.of(of.room.change(slot, m)),
                windows.frame().rows(),
                windows.frame().columns(),
                sums[slot]);
          }
        });
    double meanA = 0;
    double meanB = 0;
    for (double[] sum : sums) {
      meanA += sum[0] / sums.length;
      meanB += sum[2] / sums.length;
    }
    double alpha = 0;
    double beta = 0;
    for (double[] sum : sums) {
      double a = sum[0] + DAMPING * meanA;
      double b = sum[2] + DAMPING * meanB;
      double determinant = a * b - sum[1] * sum[1];
      if (!withProbe || determinant <= 1e-12 * a * b) {
        alpha += a > 0 ? Math.max(0, sum[3] / a) : 0;
      } else {
        alpha += Math.max(0, (sum[3] * b - sum[4] * sum[1]) / determinant);
        beta += Math.max(0, (sum[4] * a - sum[3] * sum[1]) / determinant);
      }
    }
    return new double[] {alpha / sums.length, beta / sums.length};
  }
}
