package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.phantom.Phantom;

/// A further thin slice of a thick sample, down the beam.
public record SliceBehind(
    @Param("what it is") Phantom phantom,
    @Param(value = "from the slice before", unit = "m") double distance) {
  public SliceBehind {
    Check.within("distance", distance, 0, 1, "m");
  }
}
