package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.ExitWave;
import argand.array.kernel.Overlap;
import argand.array.kernel.Window;
import argand.flow.Engine;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One pass of {@link LsqMl}: the same bits for any number of threads, because views write only
/// their own slots and sums are taken in fixed strips.
final class LsqMlPass implements Engine<PtychoState> {
  /// Part by which steps stay short of the best ones: object and probe explain the same changes.
  private static final double DAMPING = 0.1;

  /// Most by which a weak mode steps farther than one that has all the light: its share is small on
  /// the whole, yet at some pixels of the detector it may have nearly all of it.
  private static final double BOLDEST = 3;

  private final LsqMl method;
  private final PtychoModel model;
  private final Constraints constraints;
  private final Workers workers;
  private final Windows windows;
  private final Area field;
  private final ViewBatches batches;
  private final ViewBatches eagerBatches;
  private final int slots;
  private final Detector[] detectors;
  private final ObjectSum batchObject;
  private final ObjectSum passObject;
  private @Nullable Modes modes;

  /// What depends on the number of modes.
  ///
  /// @param probes of each mode, moved
  /// @param shifts of each thread and mode; they follow those in `probes`
  /// @param before the probes before the pass
  private record Modes(
      LsqMlRoom room,
      ProbeSum sum,
      ProbeShift[] probes,
      ProbeShift[][] shifts,
      List<ComplexField> before) {}

  LsqMlPass(LsqMl method, PtychoModel model, Constraints constraints, Workers workers) {
    this.method = method;
    this.model = model;
    this.constraints = constraints;
    this.workers = workers;
    windows = model.windows();
    field = Area.whole(windows);
    boolean compact = method.batches() == Batching.COMPACT;
    batches = new ViewBatches(method.batches(), method.batchSize(), model);
    eagerBatches = compact ? new ViewBatches(Batching.UNIFORM, method.batchSize(), model) : batches;
    slots = Math.min(method.batchSize(), model.count());
    detectors = new Detector[workers.threads()];
    Arrays.setAll(detectors, k -> model.detector(true));
    batchObject = new ObjectSum(windows);
    passObject = compact ? new ObjectSum(windows) : batchObject;
  }

  @Override
  public double iterate(PtychoState state) {
    int k = state.iteration();
    double gamma = method.step() / (method.halving() == 0 ? 1 : 1 + (double) k / method.halving());
    boolean later = method.sumsOverPass(k);
    boolean withProbe = constraints.updatesProbe(k);
    var of = modes(state);
    if (later) {
      each(field.strips(), strip -> passObject.clear(field, strip));
    }
    each(withProbe ? state.waves().size() : 0, m -> of.before.get(m).set(state.probes().get(m)));
    double error = 0;
    int[][] inBatches = (later ? batches : eagerBatches).of(k);
    model.expect(Arrays.stream(inBatches).flatMapToInt(Arrays::stream).toArray());
    for (int[] views : inBatches) {
      error += batch(state, views, withProbe, later, gamma);
    }
    if (later) {
      stepOfPass(state, (float) gamma);
    }
    if (withProbe) {
      goOn(state, of.before);
    }
    constraints.apply(state);
    return error / model.counts();
  }

  private double batch(
      PtychoState state, int[] views, boolean withProbe, boolean later, double gamma) {
    var of = modes(state);
    var area = Area.of(windows, views);
    int strips = area.strips();
    int probeStrips = withProbe ? of.sum.strips() : 0;
    double error = changes(state, views, of, withProbe); // (1)
    each(
        strips + probeStrips,
        strip -> {
          if (strip < strips) {
            batchObject.sum(area, strip, views, of.room); // (2)
          } else {
            of.sum.sum(strip - strips, views, of.room, state.object()); // (3)
          }
        });
    if (withProbe) {
      each(of.sum.spectra(), of.sum::transformBack);
    }
    float objectFloor = floor(batchObject.peak(area));
    float probeFloor = floor(of.sum.peak());
    double[] powers = new double[withProbe && state.modes() > 1 ? state.modes() : 0];
    each(
        powers.length + strips + probeStrips,
        task -> {
          int strip = task - powers.length;
          if (strip < 0) {
            powers[task] = state.probes().get(task).power();
          } else if (strip < strips) {
            batchObject.findLength(area, strip, objectFloor);
          } else {
            of.sum.findLengths(strip - strips, probeFloor);
          }
        });
    double alpha = step(batchObject.length(area)); // (4)
    double[] beta = withProbe ? probeSteps(powers, state.modes(), of.sum) : new double[0]; // (5)
    each(
        strips + probeStrips,
        strip -> {
          if (strip >= strips) {
            for (int m = 0; m < beta.length; m++) {
              var probe = state.probes().get(m);
              of.sum.step(strip - strips, m, probeFloor, (float) (gamma * beta[m]), probe); // (6)
            }
          } else if (later) {
            passObject.add(area, strip, batchObject, (float) alpha);
          } else {
            batchObject.step(area, strip, objectFloor, (float) (gamma * alpha), state.object());
          }
        });
    return error;
  }

  /// (δ max)², at least what keeps 0/0 away.
  private float floor(float peak) {
    float low = (float) method.delta() * peak;
    return Math.max(Float.MIN_NORMAL, low * low);
  }

  /// The best step of Σ w|d|² and Re Σ d* n, damped.
  private static double step(double[] sums) {
    return sums[0] > 0 ? sums[1] / ((1 + DAMPING) * sums[0]) : 0;
  }

  /// β_m g_m
  ///
  /// @param powers of the modes; nothing for a single one
  private static double[] probeSteps(double[] powers, int modes, ProbeSum sum) {
    if (modes == 1) {
      return new double[] {step(sum.length(0))};
    }
    double all = Arrays.stream(powers).sum();
    double[] shares = Arrays.stream(powers).map(power -> power / all).toArray();
    double roots = Arrays.stream(shares).map(Math::sqrt).sum();
    return IntStream.range(0, shares.length)
        .mapToDouble(m -> step(sum.length(m)) / Math.max(1 / BOLDEST, Math.sqrt(shares[m]) * roots))
        .toArray();
  }

  /// O ← O + γ (the sum of the pass + η of the change before)
  private void stepOfPass(PtychoState state, float gamma) {
    each(field.strips(), strip -> passObject.findPeak(field, strip));
    float floor = floor(passObject.peak(field));
    if (state.memory().isEmpty()) {
      each(field.strips(), strip -> passObject.step(field, strip, floor, gamma, state.object()));
      return;
    }
    float keep = (float) method.momentum();
    var velocity = state.memory().getFirst();
    each(
        field.strips(),
        strip -> passObject.step(field, strip, floor, keep, velocity, gamma, state.object()));
  }

  /// v ← η v + (P − P before); P ← P + η v. The state keeps v where other methods keep waves.
  private void goOn(PtychoState state, List<ComplexField> before) {
    float keep = (float) method.probeMomentum();
    each(
        2 * state.waves().size(),
        plane -> {
          int m = plane / 2;
          var velocity = state.wave(0, m);
          var probe = state.probes().get(m);
          if (plane % 2 == 0) {
            goOn(keep, velocity.re(), probe.re(), before.get(m).re());
          } else {
            goOn(keep, velocity.im(), probe.im(), before.get(m).im());
          }
        });
  }

  static void goOn(float keep, float[] velocity, float[] now, float[] before) {
    for (int i = 0; i < now.length; i++) {
      float v = keep * velocity[i] + now[i] - before[i];
      velocity[i] = v;
      now[i] += keep * v;
    }
  }

  private Modes modes(PtychoState state) {
    var known = modes;
    if (known == null) {
      var probes = new ProbeShift[state.modes()];
      Arrays.setAll(probes, m -> new ProbeShift(windows));
      var shifts = new ProbeShift[workers.threads()][state.modes()];
      for (var ofWorker : shifts) {
        Arrays.setAll(ofWorker, m -> new ProbeShift(windows));
      }
      known =
          new Modes(
              new LsqMlRoom(windows, slots, state.probes()),
              new ProbeSum(model, state.modes()),
              probes,
              shifts,
              LsqMlRoom.fields(windows, state.modes()));
      modes = known;
    }
    return known;
  }

  private double changes(PtychoState state, int[] views, Modes of, boolean withProbe) {
    each(
        windows.shifted() ? state.modes() : 0,
        m -> {
          of.probes[m].take(state.probes().get(m));
          for (var ofWorker : of.shifts) {
            ofWorker[m].follow(of.probes[m]);
          }
        });
    double[] errors = new double[views.length];
    workers.forEach(
        views.length,
        (slot, worker) -> {
          errors[slot] = exitWaves(state, views[slot], slot, of, worker);
          for (int m = 0; m < state.modes() && withProbe && windows.shifted(); m++) {
            spectrum(state, views[slot], slot, of, m, of.shifts[worker][m]);
          }
        });
    return Arrays.stream(errors).sum();
  }

  private double exitWaves(PtychoState state, int view, int slot, Modes of, int worker) {
    for (int m = 0; m < state.modes(); m++) {
      var probe = of.room.probe(slot, m);
      if (windows.shifted()) {
        of.shifts[worker][m].write(view, probe);
      }
      ExitWave.product(
          Window.of(probe),
          model.under(state.object(), view),
          of.room.waves(slot)[m],
          windows.frame().rows(),
          windows.frame().columns(),
          new float[2]);
    }
    return detectors[worker].change(of.room.waves(slot), view, method.likelihood());
  }

  /// What the change of a view asks of a probe mode, moved back, as a spectrum.
  private void spectrum(PtychoState state, int view, int slot, Modes of, int m, ProbeShift shift) {
    var into = of.room.spectrum(slot, m);
    Overlap.product(
        model.under(state.object(), view),
        of.room.waves(slot)[m],
        Window.of(into),
        windows.frame().rows(),
        windows.frame().columns());
    shift.spectrumBack(into, view);
  }

  private interface Strip {
    void run(int strip);
  }

  private void each(int strips, Strip task) {
    workers.forEach(strips, (strip, worker) -> task.run(strip));
  }
}
