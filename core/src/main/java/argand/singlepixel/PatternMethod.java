package argand.singlepixel;

import argand.array.RealField;
import argand.array.Workers;
import argand.data.BucketSignal;
import argand.data.Curve;
import argand.flow.Watch;
import java.util.List;
import java.util.Optional;

/// How images are made of patterns and what was counted under them. The register of methods: one
/// file each.
public sealed interface PatternMethod
    permits PseudoInverse,
        GhostImaging,
        PlainVariation,
        Tval3,
        HadamardInverse,
        GuidedVariation,
        NeuralFit {
  /// What all methods are given.
  ///
  /// @param guide optical density, on the patterns' grid, where there is one
  /// @param seed of the choice of left-out patterns and of resampled noise
  /// @param watch lends threads; methods of many steps tell it of each, and stop and resume by it
  record Problem(
      SensingOperator operator,
      List<BucketSignal> signals,
      Optional<RealField> guide,
      long seed,
      Watch watch) {
    Workers workers() {
      return watch.workers();
    }
  }

  /// One signal's image.
  ///
  /// @param image in the unit of the signal over that of the patterns
  /// @param sigma standard deviation by noise, where the method knows it
  /// @param prior by what it was regularised, for a person
  /// @param lambda the weight of the regularisation; NaN where there is none
  /// @param leftOut mean square of what left-out patterns were told wrong, over their variance; NaN
  ///     where none were left out
  /// @param path logarithms of that misfit against those of every λ tried, where several were
  record Map(
      RealField image,
      Optional<RealField> sigma,
      String prior,
      double lambda,
      double leftOut,
      Optional<Curve> path) {
    Map(RealField image, Optional<RealField> sigma, String prior, double lambda, double leftOut) {
      this(image, sigma, prior, lambda, leftOut, Optional.empty());
    }
  }

  /// @param maps one for each signal
  /// @param notes sentences for a person
  record Maps(List<Map> maps, List<String> notes) {}

  Maps solve(Problem problem);
}
