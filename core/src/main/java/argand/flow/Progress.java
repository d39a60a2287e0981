package argand.flow;

/// What a step says while it works.
public sealed interface Progress {
  /// A step began; `iterations` is 0 where it does not iterate.
  record Started(String step, int iterations) implements Progress {}

  /// An iteration ended after `seconds`.
  record Iterated(int iteration, double residual, double seconds) implements Progress {}

  /// Work that is not an iteration has come so far.
  ///
  /// @param share 0 … 1
  record Worked(String what, double share) implements Progress {}

  /// Something worth a line in the log and in the report.
  record Noted(String message) implements Progress {}

  /// A step ended.
  record Finished(String step, double seconds) implements Progress {}
}
