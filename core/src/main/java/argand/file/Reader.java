package argand.file;

import argand.data.DiffractionScan;
import argand.flow.Watch;
import java.nio.file.Path;

/// One file format: the door for further ones, found by {@link java.util.ServiceLoader}.
///
/// A reader turns every foreign unit, sign and axis into Argand's, once, and says so in the notes
/// of the source.
public interface Reader {
  /// The name by which `read: {format: …}` asks for it.
  String name();

  /// What people call it: `CXI`, `NeXus`.
  String title();

  /// Whether this file is in this format: a quick look at its beginning or its groups.
  ///
  /// @throws FileTrouble when it cannot be looked at
  boolean claims(Path file);

  /// The measurement in it.
  ///
  /// @param how what the recipe gives or overrides
  /// @throws FileTrouble when it cannot be read
  /// @throws argand.array.InvalidInput when what it holds cannot be right, or something is missing
  DiffractionScan read(Path file, Read how, Watch watch);
}
