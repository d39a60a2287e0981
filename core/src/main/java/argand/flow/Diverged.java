package argand.flow;

/// The iteration ran away; the last checkpoint still stands. Exit code 4 of the command line.
public final class Diverged extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Diverged(String step, int iteration, double residual) {
    super(
        step
            + " diverged: the residual is "
            + residual
            + " at iteration "
            + iteration
            + "; the last checkpoint is kept; try a smaller step, a better start probe or another seed");
  }
}
