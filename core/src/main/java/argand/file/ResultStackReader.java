package argand.file;

import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.flow.Watch;
import java.nio.file.Files;
import java.nio.file.Path;

/// A stack that an earlier run of ours kept, with everything found in it; its planes stay in the
/// file.
public final class ResultStackReader implements StackReader {
  /// Made by the service loader.
  public ResultStackReader() {}

  @Override
  public String name() {
    return "result";
  }

  @Override
  public String title() {
    return "our own results";
  }

  @Override
  public boolean claims(Path file) {
    if (!Files.isRegularFile(file) || !Hdf5.looksLikeHdf5(file)) {
      return false;
    }
    try (var h5 = Hdf5.open(file)) {
      return h5.isDataset("/entry/stack/data") && h5.isDataset("/entry/stack/energy");
    }
  }

  @Override
  public EnergyStack read(Path file, ReadStack how, Watch watch) {
    if (!how.format().equals(name()) && !how.equals(ReadStack.defaults())) {
      throw new InvalidInput(
          "the file",
          "a result of ours, which needs no parameters",
          "readStack: {}",
          "format: hdf5 reads it like any other HDF5 file");
    }
    if (ResultReader.product(file) instanceof EnergyStack stack) {
      return stack;
    }
    throw new FileTrouble(file, "this result holds no energy stack");
  }
}
