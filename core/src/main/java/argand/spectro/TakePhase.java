package argand.spectro;

import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.Optional;

/// The phase of a stack becomes its images, with its variance, in place of the optical density: so
/// that steps that work on images (`unmix` with references of phase, `cluster`,
/// `principalComponents`,
/// maps) see the phase.
public record TakePhase() implements StackStep {
  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var phase = stack.mustHavePhase("takePhase");
    return stack
        .withImages(phase.images(), phase.variance(), Quantity.PHASE)
        .withPhase(Optional.empty())
        .withStep("takePhase");
  }
}
