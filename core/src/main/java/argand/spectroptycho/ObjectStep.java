package argand.spectroptycho;

import argand.data.ObjectStack;
import argand.flow.Step;

/// A step from complex images to complex images.
interface ObjectStep extends Step.One<ObjectStack, ObjectStack> {
  @Override
  default Class<ObjectStack> takes() {
    return ObjectStack.class;
  }

  @Override
  default Class<ObjectStack> gives() {
    return ObjectStack.class;
  }
}
