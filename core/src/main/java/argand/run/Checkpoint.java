package argand.run;

import argand.array.Check;
import argand.array.InvalidInput;
import argand.file.Hdf5;
import argand.file.Hdf5Storage;
import argand.file.Hdf5Writer;
import argand.flow.State;
import java.nio.file.Path;

/// The state of an iterating step in an HDF5 file: `/fingerprint`, `/iteration`, `/residuals` and
/// one dataset of floats under `/arrays` for each array of the state.
final class Checkpoint {
  private Checkpoint() {}

  /// Written beside and renamed over.
  ///
  /// @param fingerprint of what is computed
  static void write(Path file, State state, String fingerprint) {
    try (Hdf5Writer out = Hdf5.create(file)) {
      out.write("/fingerprint", fingerprint);
      out.write("/iteration", (long) state.iteration());
      double[] residuals = state.residuals().stream().mapToDouble(r -> r).toArray();
      if (residuals.length > 0) {
        out.write("/residuals", residuals, Hdf5Storage.CONTIGUOUS, residuals.length);
      }
      state
          .arrays()
          .forEach(
              (name, values) ->
                  out.write("/arrays/" + name, values, Hdf5Storage.CONTIGUOUS, values.length));
      out.commit();
    }
  }

  /// Fills the state from the file.
  ///
  /// @throws InvalidInput when the file belongs to another computation
  static void read(Path file, State state, String fingerprint) {
    try (Hdf5 in = Hdf5.open(file)) {
      if (!in.text("/fingerprint").equals(fingerprint)) {
        throw new InvalidInput(
            file.toString(),
            "the checkpoint of another computation",
            "one made with the same inputs, parameters and kernels",
            "start a new run");
      }
      state
          .arrays()
          .forEach(
              (name, values) -> {
                float[] kept = in.floats("/arrays/" + name);
                Check.same("length of " + name + " in " + file, kept.length, values.length);
                System.arraycopy(kept, 0, values, 0, kept.length);
              });
      state.residuals().clear();
      if (in.has("/residuals")) {
        for (double residual : in.doubles("/residuals")) {
          state.residuals().add(residual);
        }
      }
      Check.same("iteration of " + file, (long) state.iteration(), (long) in.number("/iteration"));
    }
  }
}
