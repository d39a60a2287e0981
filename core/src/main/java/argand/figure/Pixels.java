package argand.figure;

import argand.array.ComplexField;
import argand.array.Mask;
import argand.array.RealField;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/// Fields as coloured pixels, one pixel for one pixel.
public final class Pixels {
  private Pixels() {}

  /// The values between which the colours run.
  public record Range(double low, double high) {
    /// The values that 0.5 % of the good pixels lie below and above: a few wild pixels must not
    /// spend the colours.
    public static Range of(RealField field, Mask where) {
      float[] values = new float[field.values().length];
      int count = 0;
      for (int i = 0; i < values.length; i++) {
        if (where.good()[i] && Float.isFinite(field.values()[i])) {
          values[count++] = field.values()[i];
        }
      }
      if (count == 0) {
        return new Range(0, 1);
      }
      Arrays.sort(values, 0, count);
      double low = values[(int) (0.005 * (count - 1))];
      double high = values[(int) Math.ceil(0.995 * (count - 1))];
      // A flat image: leave it one colour, but keep the division whole.
      return high > low
          ? new Range(low, high)
          : new Range(low, low + Math.max(Math.abs(low), 1e-12));
    }

    /// Of all pixels.
    public static Range of(RealField field) {
      return of(field, Mask.all(field.grid()));
    }
  }

  /// A quantity between the ends of the range.
  public static BufferedImage of(RealField field, Range range, ColorMap colors) {
    double span = range.high - range.low;
    return paint(field, value -> colors.color((value - range.low) / span));
  }

  /// What masked and unknown pixels are painted with: no colour of any map.
  static final int UNKNOWN = 0xd3d8de;

  /// A quantity between the ends of the range where it is known and the mask is good; elsewhere a
  /// pale gray.
  public static BufferedImage of(RealField field, Range range, ColorMap colors, Mask where) {
    var image = of(field, range, colors);
    int columns = field.grid().columns();
    for (int i = 0; i < field.values().length; i++) {
      if (!where.good()[i] || Float.isNaN(field.values()[i])) {
        image.setRGB(i % columns, i / columns, UNKNOWN);
      }
    }
    return image;
  }

  /// A phase [rad] on the hue wheel.
  public static BufferedImage ofPhase(RealField phase) {
    return paint(phase, PhaseWheel::color);
  }

  /// Hue by phase, brightness by modulus ÷ `full`.
  public static BufferedImage of(ComplexField field, double full) {
    var grid = field.grid();
    var image = new BufferedImage(grid.columns(), grid.rows(), BufferedImage.TYPE_INT_RGB);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double re = field.re(r, c);
        double im = field.im(r, c);
        image.setRGB(c, r, PhaseWheel.color(Math.atan2(im, re), Math.hypot(re, im) / full));
      }
    }
    return image;
  }

  private interface Paint {
    int color(double value);
  }

  private static BufferedImage paint(RealField field, Paint paint) {
    var grid = field.grid();
    var image = new BufferedImage(grid.columns(), grid.rows(), BufferedImage.TYPE_INT_RGB);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        image.setRGB(c, r, paint.color(field.at(r, c)));
      }
    }
    return image;
  }
}
