package argand.ptycho;

/// What is done to some columns of a frame, all rows of them, while they are in the cache.
interface Columns {
  /// Nothing to be done.
  Columns NONE = (first, count) -> {};

  /// @param first column
  /// @param count of columns
  void run(int first, int count);
}
