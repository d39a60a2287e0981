package argand.ptycho;

/// How the views of a pass are put into batches.
public enum Batching {
  /// Drawn anew for each pass.
  RANDOM,
  /// Each batch spread evenly over the field.
  UNIFORM,
  /// Each batch of neighbours; the object changes once a pass.
  COMPACT
}
