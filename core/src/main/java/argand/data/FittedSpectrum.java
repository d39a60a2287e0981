package argand.data;

import argand.array.Check;
import java.util.List;

/// A spectrum with what was fitted to it, for the eye.
///
/// @param energyEv of the fitted channels [eV]
/// @param counts measured in them
/// @param fit all that the model expects
/// @param background of it, what no line makes
/// @param parts of it, one curve for each line group
/// @param names of the parts
public record FittedSpectrum(
    String name,
    double[] energyEv,
    double[] counts,
    double[] fit,
    double[] background,
    List<String> names,
    List<double[]> parts) {
  public FittedSpectrum {
    names = List.copyOf(names);
    parts = List.copyOf(parts);
    Check.same("counts of " + name, counts.length, energyEv.length);
    Check.same("fit of " + name, fit.length, energyEv.length);
    Check.same("background of " + name, background.length, energyEv.length);
    Check.same("parts of " + name, parts.size(), names.size());
    for (double[] part : parts) {
      Check.same("a part of " + name, part.length, energyEv.length);
    }
  }
}
