package argand.prepare;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.flow.ImageFile;

/// How many numbers a detector writes for one quantum. Each is a record that a recipe can name; the
/// permits clause is the register.
public sealed interface Gain {
  /// The detector counts: one for each quantum.
  record Counting() implements Gain {}

  /// As the detector's manual says.
  record Known(@Param("numbers for one quantum (ADU)") double perQuantum) implements Gain {
    public Known {
      Check.within("perQuantum", perQuantum, 1e-9, 1e9, "");
    }
  }

  /// Of each pixel, from a file.
  record Map(@Param("image of the numbers for one quantum") ImageFile image) implements Gain {}

  /// From the height of single quanta in dim pixels. Every quantum must leave its charge in one
  /// pixel, and stand clear of the read noise (six times and more).
  record SingleQuanta() implements Gain {}

  /// From the flat frames: the variance of a pixel less that in the dark, over its mean less the
  /// dark, is the gain.
  @Paper(
      value = "Janesick, Klaasen & Elliott, Opt. Eng. 26, 972 (1987)",
      doi = "10.1117/12.7974183")
  record PhotonTransfer() implements Gain {}
}
