package argand.flow;

/// The one loop of Argand: resumes, iterates, tells, keeps, stops, and refuses to go on with
/// numbers that ran away.
public final class Iterations {
  private Iterations() {}

  /// Runs until `last` iterations are done or someone asks to stop; keeps the state every
  /// `keepEvery` iterations and at the end.
  ///
  /// @throws Diverged when the residual or the state is not finite; what was kept before still
  /// stands
  public static <S extends State> void run(
      String step, Engine<S> engine, S state, int last, int keepEvery, Watch watch) {
    long began = System.nanoTime();
    if (watch.restore(state)) {
      watch.tell(new Progress.Noted("resumes after iteration " + state.iteration()));
    }
    watch.tell(new Progress.Started(step, last));
    while (state.iteration() < last && !watch.stopped()) {
      long iterationBegan = System.nanoTime();
      double residual = engine.iterate(state);
      if (!Double.isFinite(residual)) {
        throw new Diverged(step, state.iteration() + 1, "the residual is " + residual);
      }
      state.residuals().add(residual);
      watch.tell(new Progress.Iterated(state.iteration(), residual, seconds(iterationBegan)));
      if (state.iteration() % keepEvery == 0 || state.iteration() == last || watch.stopped()) {
        refuseNoNumbers(step, state);
        watch.keep(state);
      }
    }
    watch.tell(new Progress.Finished(step, seconds(began)));
  }

  /// The residual is found before the last change of an iteration, so it does not see everything.
  private static void refuseNoNumbers(String step, State state) {
    state
        .arrays()
        .forEach(
            (name, values) -> {
              for (float value : values) {
                if (!Float.isFinite(value)) {
                  throw new Diverged(step, state.iteration(), name + " holds " + value);
                }
              }
            });
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) * 1e-9;
  }
}
