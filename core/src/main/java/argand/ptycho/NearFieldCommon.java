package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import java.util.stream.IntStream;

/// What all views of the near field have in common beside object and probe: the field is turned,
/// the probe has another curvature, the detector stands at another distance.
///
/// With U = exp(−½ i ζ k²), ζ = λz/(2πΔ²), k the angular frequency, and ρ from the middle of the
/// frame, a phase ½ ρᵀKρ at the detector is seen by nobody. At the sample it is
/// ½ (ρ + ζk)ᵀK(ρ + ζk), which acts on the product P O:
///
///     P ← U† exp(½ i ρᵀKρ) U P,   O ← exp(½ i ζ² kᵀKk) O
///         changes ψ by  ζ Σ K_ab (T_ab + ζ C_ab)  and what nobody sees                  (1)
///     ζ ← ζ + δ,   P ← exp(½ i δ k²) P,   O ← exp(½ i δ k²) O
///         changes ψ by  δ (C_yy + C_xx)                                                 (2)
///     r_j ← r_j + A (r_j − r̄), O along, A = ½ ω (0, 1; −1, 0)
///         changes ψ by  ½ ω (T_yx − T_xy)                                               (3)
///
/// T and C as {@link NearFieldSteps} has them. One Gauss–Newton step for all of them, from all
/// views. (1) shows that a field which is stretched by ζK, the map T, differs from a curvature K
/// of the probe only by C: where the probe is smooth, C is little or looks like T, and the two are
/// hardly told apart. So the field keeps the stretch of the file, and the probe takes the
/// curvature. Without (1) a method needs hundreds of passes to bend a probe whose start had
/// another curvature, because the object has to follow.
final class NearFieldCommon {
  /// Greatest stretch that one step may make good, and greatest part of the distance.
  private static final double LONGEST = 0.05;

  private static final double RIDGE = 1e-9;

  private final PtychoModel model;
  private final Workers workers;
  private final boolean turns;
  private final boolean curves;
  private final boolean distance;

  /// @param turns the field may be turned
  /// @param curves the probe may change its curvature
  /// @param distance the distance may change
  NearFieldCommon(
      PtychoModel model, Workers workers, boolean turns, boolean curves, boolean distance) {
    this.model = model;
    this.workers = workers;
    this.turns = turns;
    this.curves = curves;
    this.distance = distance;
  }

  /// A step.
  ///
  /// @param slope of the object as it stands
  /// @return ω, ζK_yy, ζK_yx, ζK_xx, δ/ζ
  double[] step(PtychoState state, ObjectSlope slope) {
    var rooms = NearFieldSteps.of(model, state.probes(), slope, workers);
    int views = model.count();
    var of = new NormalEquations[views];
    model.expectAll();
    workers.forEach(views, (j, worker) -> of[j] = rooms[worker].of(state.object(), j));
    var all = new NormalEquations(NearFieldSteps.COUNT);
    for (var one : of) {
      all.add(one);
    }
    double zeta = model.fresnel();
    double[] found = solved(all, zeta);
    double greatest = IntStream.range(1, 5).mapToDouble(k -> Math.abs(found[k])).max().orElse(0);
    double part = greatest > LONGEST ? LONGEST / greatest : 1;
    double[] step = IntStream.range(0, 5).mapToDouble(k -> part * found[k]).toArray();
    apply(step, zeta, state);
    return step;
  }

  private double[] solved(NormalEquations all, double zeta) {
    double[][] effects = {
      {0, 0.5, -0.5, 0, 0, 0, 0}, // (3)
      {1, 0, 0, 0, zeta, 0, 0}, // (1)
      {0, 1, 1, 0, 0, zeta, 0},
      {0, 0, 0, 1, 0, 0, zeta},
      {0, 0, 0, 0, zeta, 0, zeta} // (2)
    };
    boolean[] free = {turns, curves, curves, curves, distance};
    int[] asked = IntStream.range(0, free.length).filter(k -> free[k]).toArray();
    double[] found = new double[free.length];
    if (asked.length == 0) {
      return found;
    }
    var some = all.along(IntStream.of(asked).mapToObj(k -> effects[k]).toArray(double[][]::new));
    double[] step = some.step(RIDGE * some.meanDiagonal());
    for (int k = 0; k < asked.length; k++) {
      found[asked[k]] = step[k];
    }
    return found;
  }

  private void apply(double[] step, double zeta, PtychoState state) {
    var object = state.object();
    if (turns) {
      var map = new LinearMap(0, 0.5 * step[0], -0.5 * step[0], 0, 0, 0);
      CommonMap.apply(map, object, model.windows(), workers); // (3)
    }
    if (curves) {
      var curvature = new QuadraticPhase(step[1] / zeta, step[2] / zeta, step[3] / zeta);
      for (ComplexField probe : state.probes()) {
        curvature.curveBehind(model.transfer(), probe); // (1)
      }
      new QuadraticPhase(zeta * step[1], zeta * step[2], zeta * step[3]).propagate(object, workers);
    }
    if (distance) {
      var back = new QuadraticPhase(zeta * step[4], 0, zeta * step[4]);
      back.propagate(object, workers); // (2)
      for (ComplexField probe : state.probes()) {
        back.propagate(probe, workers);
      }
      model.stretchDistance(1 + step[4]);
    }
  }
}
