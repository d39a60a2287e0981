package argand.neural;

import argand.Paper;
import argand.array.Check;
import java.util.Arrays;

/// What the slopes of an image cost: R(f) = mean over pixels of w |∂f − s g|, down and right apart,
/// |d| ≈ √(d² + ε²) − ε so that it has a gradient everywhere. Slopes are forward differences; there
/// are none across the border.
///
/// {@link #variation}: w = 1, g = 0. {@link #printed}: w = 1, g the slopes of a guide where they
/// exceed a threshold, s = 1 as printed or fitted to the image. {@link #gated}: g = 0, and w falls
/// where the guide has edges: they permit jumps and ask for none.
@Paper(
    value =
        "Li et al., Nanoscale chemical imaging with structured X-ray illumination, Proc. Natl."
            + " Acad. Sci. USA 120, e2314542120 (2023)",
    doi = "10.1073/pnas.2314542120")
public final class GradientPenalty {
  private static final double EPSILON = 1e-3;

  private final int rows;
  private final int columns;
  private final float[] weightDown;
  private final float[] weightRight;
  private final float[] slopeDown;
  private final float[] slopeRight;
  private final boolean fitted;

  private GradientPenalty(
      int rows,
      int columns,
      float[] weightDown,
      float[] weightRight,
      float[] slopeDown,
      float[] slopeRight,
      boolean fitted) {
    this.rows = rows;
    this.columns = columns;
    this.weightDown = weightDown;
    this.weightRight = weightRight;
    this.slopeDown = slopeDown;
    this.slopeRight = slopeRight;
    this.fitted = fitted;
  }

  /// Total variation, down and right apart.
  public static GradientPenalty variation(int rows, int columns) {
    int size = rows * columns;
    return new GradientPenalty(
        rows, columns, ones(size), ones(size), new float[size], new float[size], false);
  }

  /// The slopes of a guide are asked for.
  ///
  /// @param threshold slopes not above it count as none
  /// @param fitted whether s follows from the image, by least squares; 1 otherwise
  public static GradientPenalty printed(
      int rows, int columns, float[] guide, double threshold, boolean fitted) {
    Check.same("pixels of the guide", guide.length, rows * columns);
    float[] down = slopes(guide, rows, columns, columns);
    float[] right = slopes(guide, rows, columns, 1);
    for (float[] slopes : new float[][] {down, right}) {
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = Math.abs(slopes[i]) > threshold ? slopes[i] : 0;
      }
    }
    int size = rows * columns;
    return new GradientPenalty(rows, columns, ones(size), ones(size), down, right, fitted);
  }

  /// w = 1/(1 + (∂I/t)²), t the threshold.
  public static GradientPenalty gated(int rows, int columns, float[] guide, double threshold) {
    Check.same("pixels of the guide", guide.length, rows * columns);
    float[] down = slopes(guide, rows, columns, columns);
    float[] right = slopes(guide, rows, columns, 1);
    for (float[] slopes : new float[][] {down, right}) {
      for (int i = 0; i < slopes.length; i++) {
        double height = slopes[i] / threshold;
        slopes[i] = (float) (1 / (1 + height * height));
      }
    }
    int size = rows * columns;
    return new GradientPenalty(rows, columns, down, right, new float[size], new float[size], false);
  }

  private static float[] ones(int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  /// Forward differences; 0 where there is no neighbour.
  private static float[] slopes(float[] image, int rows, int columns, int step) {
    float[] slopes = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      boolean has = step == 1 ? i % columns + 1 < columns : i / columns + 1 < rows;
      slopes[i] = has ? image[i + step] - image[i] : 0;
    }
    return slopes;
  }

  /// R(f), and weight · ∂R/∂f added to `gradient`; s counts as a constant.
  public double add(float[] image, double weight, float[] gradient) {
    double scale = fitted ? scale(image) : 1;
    float over = (float) (weight / image.length);
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int i = r * columns + c;
        if (r + 1 < rows) {
          double d = image[i + columns] - image[i] - scale * slopeDown[i];
          double root = Math.sqrt(d * d + EPSILON * EPSILON);
          sum += weightDown[i] * (root - EPSILON);
          float pull = over * weightDown[i] * (float) (d / root);
          gradient[i + columns] += pull;
          gradient[i] -= pull;
        }
        if (c + 1 < columns) {
          double d = image[i + 1] - image[i] - scale * slopeRight[i];
          double root = Math.sqrt(d * d + EPSILON * EPSILON);
          sum += weightRight[i] * (root - EPSILON);
          float pull = over * weightRight[i] * (float) (d / root);
          gradient[i + 1] += pull;
          gradient[i] -= pull;
        }
      }
    }
    return sum / image.length;
  }

  /// s = ⟨∂f, g⟩/⟨g, g⟩, not below zero.
  private double scale(float[] image) {
    double product = 0;
    double square = 1e-30;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int i = r * columns + c;
        if (r + 1 < rows) {
          product += (double) slopeDown[i] * (image[i + columns] - image[i]);
          square += (double) slopeDown[i] * slopeDown[i];
        }
        if (c + 1 < columns) {
          product += (double) slopeRight[i] * (image[i + 1] - image[i]);
          square += (double) slopeRight[i] * slopeRight[i];
        }
      }
    }
    return Math.max(0, product / square);
  }
}
