package argand.metric;

import argand.array.RealField;

/// The plane a + b·row + c·column that fits an image best, NaN left out.
final class LeftPlane {
  private LeftPlane() {}

  /// Mean square of that plane over the pixels that are known; 0 where there are none.
  static double meanSquare(RealField image) {
    var grid = image.grid();
    double n = 0;
    double r0 = 0;
    double c0 = 0;
    double v0 = 0;
    for (int i = 0; i < grid.size(); i++) {
      if (!Float.isNaN(image.values()[i])) {
        n++;
        r0 += i / grid.columns();
        c0 += i % grid.columns();
        v0 += image.values()[i];
      }
    }
    if (n == 0) {
      return 0;
    }
    r0 /= n;
    c0 /= n;
    v0 /= n;
    double rr = 0;
    double cc = 0;
    double rc = 0;
    double rv = 0;
    double cv = 0;
    for (int i = 0; i < grid.size(); i++) {
      float value = image.values()[i];
      if (!Float.isNaN(value)) {
        double r = i / grid.columns() - r0;
        double c = i % grid.columns() - c0;
        rr += r * r;
        cc += c * c;
        rc += r * c;
        rv += r * (value - v0);
        cv += c * (value - v0);
      }
    }
    double determinant = rr * cc - rc * rc;
    if (determinant <= 1e-9 * rr * cc) {
      return v0 * v0;
    }
    double down = (rv * cc - cv * rc) / determinant;
    double right = (cv * rr - rv * rc) / determinant;
    return v0 * v0 + (down * down * rr + 2 * down * right * rc + right * right * cc) / n;
  }
}
