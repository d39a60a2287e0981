package argand.file;

import argand.array.Grid;

/// Planes in a file, read in runs of rows, several planes together where they lie together. May be
/// read from several threads.
interface PlaneRows extends AutoCloseable {
  int count();

  Grid grid();

  /// How many neighbouring planes are best read together.
  int together();

  /// How many rows are best read together; a run that begins and ends at a multiple of it costs
  /// least.
  int rowsTogether();

  /// into[(p · rows + r) · columns + c] ← plane first + p, row row + r, column c
  ///
  /// @throws FileTrouble when the file is damaged
  void read(int first, int planes, int row, int rows, float[] into);

  @Override
  void close();
}
