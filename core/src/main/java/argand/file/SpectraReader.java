package argand.file;

import java.nio.file.Path;

/// One format of fluorescence spectra: the door for further ones, found by {@link
/// java.util.ServiceLoader}.
///
/// A reader turns every foreign unit and axis into Argand's, once, and says so in its notes.
public interface SpectraReader {
  /// The name by which `readSpectra: {format: …}` asks for it.
  String name();

  /// What people call it: `EPICS MDA`.
  String title();

  /// Whether this file is in this format: a quick look.
  ///
  /// @throws FileTrouble when it cannot be looked at
  boolean claims(Path file);

  /// What is in it. Spectra may stay in the file.
  ///
  /// @param how what the recipe gives or overrides
  /// @throws FileTrouble when it cannot be read
  /// @throws argand.array.InvalidInput when what it holds cannot be right, or something is missing
  RawSpectra read(Path file, ReadSpectra how);
}
