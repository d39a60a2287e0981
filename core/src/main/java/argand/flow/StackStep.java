package argand.flow;

import argand.data.EnergyStack;

/// A step from energy stack to energy stack: every verb of spectromicroscopy after the first.
public interface StackStep extends Step.One<EnergyStack, EnergyStack> {
  @Override
  default Class<EnergyStack> takes() {
    return EnergyStack.class;
  }

  @Override
  default Class<EnergyStack> gives() {
    return EnergyStack.class;
  }
}
