package argand.data;

import argand.Param;
import argand.array.InvalidInput;

/// A part of an image that someone looks at more closely.
///
/// @param name by which its spectra go
public record Region(@Param("its name") String name, @Param("where it is") Shape shape) {
  public Region {
    if (name.isBlank()) {
      throw new InvalidInput("name", "empty", "a name for the region", "");
    }
  }
}
