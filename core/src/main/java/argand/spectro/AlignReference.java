package argand.spectro;

import argand.Param;
import argand.array.Check;
import java.util.OptionalInt;

/// What images are registered onto.
public sealed interface AlignReference
    permits AlignReference.Image, AlignReference.Previous, AlignReference.Mean {
  /// One of them.
  record Image(@Param("its number from 1; the last where it is not given") OptionalInt number)
      implements AlignReference {
    public Image {
      number.ifPresent(n -> Check.atLeast("number", n, 1));
    }
  }

  /// Each onto the one before it; errors add up along the stack.
  record Previous() implements AlignReference {}

  /// Each onto the mean of those before it as they lie.
  record Mean() implements AlignReference {}
}
