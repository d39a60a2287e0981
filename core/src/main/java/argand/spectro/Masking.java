package argand.spectro;

import argand.array.InvalidInput;
import argand.array.Mask;
import argand.data.EnergyStack;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;

/// What all steps have in common that mask: each keeps some of the pixels that are still good, and
/// leaves one line in the history.
interface Masking extends StackStep {
  /// The stack with a mask that is good where both are.
  ///
  /// @param step its name and parameters in a few words
  /// @throws InvalidInput when no pixel would be left
  static EnergyStack and(EnergyStack stack, Mask keep, String step, Watch watch) {
    return become(stack, stack.mask().and(keep), step, watch);
  }

  /// The stack with this mask instead of its own.
  ///
  /// @throws InvalidInput when it has no good pixel
  static EnergyStack become(EnergyStack stack, Mask mask, String step, Watch watch) {
    int before = stack.mask().count();
    if (mask.count() == 0) {
      throw new InvalidInput(
          step,
          "masking all " + before + " pixels that were good before",
          "some good pixels",
          "mask less");
    }
    String sentence = step + " leaves " + mask.count() + " of " + before + " good pixels";
    watch.tell(new Progress.Noted(sentence));
    return stack.withMask(mask).withStep(sentence);
  }
}
