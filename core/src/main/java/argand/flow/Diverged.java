package argand.flow;

/// The iteration ran away; the last checkpoint still stands. Exit code 4 of the command line.
public final class Diverged extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param found what cannot be right: "the residual is NaN"
  public Diverged(String step, int iteration, String found) {
    super(
        step
            + " diverged: "
            + found
            + " at iteration "
            + iteration
            + "; the last checkpoint before it is kept; try a smaller step, a better start probe or another seed");
  }
}
