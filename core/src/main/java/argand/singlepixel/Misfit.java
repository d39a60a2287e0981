package argand.singlepixel;

import argand.array.Workers;

/// How far images are from what was counted under the patterns: Q_e = the mean over the patterns
/// seen of (a·x_e − y_e)² with mean pattern and mean signal taken off, over the variance of y_e, so
/// that 1 is the misfit of an even image, whatever the units.
public interface Misfit {
  /// Number of images, one for each signal.
  int channels();

  /// About the root mean square of an image: what an unknown of the order of 1 is multiplied by.
  double scale(int channel);

  /// Q_e of the patterns seen, and ∂Q_e/∂x_e.
  ///
  /// @param into written
  double[] gradients(float[][] images, float[][] into, Workers workers);

  /// Q_e of the patterns left out.
  double[] leftOut(float[][] images, Workers workers);
}
