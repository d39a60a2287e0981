package argand.file;

import argand.data.EnergyStack;
import argand.flow.Watch;
import java.nio.file.Path;

/// One format of images over energy: the door for further ones, found by {@link
/// java.util.ServiceLoader}.
///
/// A reader turns every foreign unit, sign and axis into Argand's, once, and says so in the notes
/// of the source.
public interface StackReader {
  /// The name by which `readStack: {format: …}` asks for it.
  String name();

  /// What people call it: `TIFF`, `NXstxm`.
  String title();

  /// Whether this file, or this folder of files, is in this format: a quick look.
  ///
  /// @throws FileTrouble when it cannot be looked at
  boolean claims(Path file);

  /// The stack in it. Planes may stay in the file.
  ///
  /// @param how what the recipe gives or overrides
  /// @throws FileTrouble when it cannot be read
  /// @throws argand.array.InvalidInput when what it holds cannot be right, or something is missing
  EnergyStack read(Path file, ReadStack how, Watch watch);
}
