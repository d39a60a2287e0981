package argand.ptycho;

import argand.Param;
import argand.array.Check;
import java.util.Arrays;

/// How the pixels of a frame taken with something tilted correspond to those of one without.
///
/// Lengths y, x [m] are from the direct (or mirrored) beam, along rows and columns; z is the
/// distance along that beam. R = R_x(down) R_y(right) turns ŷ, x̂, ẑ to e_y, e_x, n.
public sealed interface TiltedPlane {
  /// How much the lower edge is turned away from where the beam comes from [rad].
  double down();

  /// How much the right edge is turned away from where the beam comes from [rad].
  double right();

  /// The same kind of thing, tilted otherwise.
  TiltedPlane at(double down, double right);

  /// Where on the detector lies what an untilted frame has at (y, x), and how much larger an area
  /// is there.
  ///
  /// @param into ← y [m], x [m], d(area on the detector)/d(area of the untilted frame); NaN where
  ///     no light goes
  void place(double y, double x, double z, double[] into);

  /// The greatest angle [rad]: beyond it a frame is hardly more than a line.
  double MOST = Math.toRadians(80);

  private static void check(double down, double right) {
    Check.within("down", down, -MOST, MOST, "rad");
    Check.within("right", right, -MOST, MOST, "rad");
  }

  /// e_x, e_y or n
  private static double[] turned(double x, double y, double z, double down, double right) {
    double u = x * Math.cos(right) - z * Math.sin(right);
    double w = x * Math.sin(right) + z * Math.cos(right);
    return new double[] {
      u, y * Math.cos(down) - w * Math.sin(down), y * Math.sin(down) + w * Math.cos(down)
    };
  }

  private static double dot(double[] a, double x, double y, double z) {
    return a[0] * x + a[1] * y + a[2] * z;
  }

  /// A detector that does not face the beam: the central projection from the sample of the plane at
  /// z onto the detector, whose middle is on the beam,
  ///
  ///     p = t (x, y, z),  t = z n_z / (n · (x, y, z)),
  ///     into = (p − z ẑ) · e_y, (p − z ẑ) · e_x,   dA/dA′ = t³ / n_z
  record Detector(
      @Param(value = "angle by which its lower edge is farther", unit = "rad", byDefault = "0 deg")
          double down,
      @Param(value = "angle by which its right edge is farther", unit = "rad", byDefault = "0 deg")
          double right)
      implements TiltedPlane {
    public Detector {
      check(down, right);
    }

    @Override
    public TiltedPlane at(double otherDown, double otherRight) {
      return new Detector(otherDown, otherRight);
    }

    @Override
    public void place(double y, double x, double z, double[] into) {
      double[] n = turned(0, 0, 1, down, right);
      double t = z * n[2] / dot(n, x, y, z);
      if (!(t > 0)) {
        Arrays.fill(into, Double.NaN);
        return;
      }
      into[0] = dot(turned(0, 1, 0, down, right), t * x, t * y, (t - 1) * z);
      into[1] = dot(turned(1, 0, 0, down, right), t * x, t * y, (t - 1) * z);
      into[2] = t * t * t / n[2];
    }
  }

  /// A sample that mirrors the beam, or is not at right angles to it, before a detector that faces
  /// the mirrored beam. What the sample's plane changes in the direction k̂ of the light is
  ///
  ///     (k̂ − ẑ) · e_y = y/z,  (k̂ − ẑ) · e_x = x/z,   |k̂| = 1,
  ///     into = z k̂_y/k̂_z, z k̂_x/k̂_z,   dA/dA′ = 1/((n · k̂) k̂_z³)
  ///
  /// which bends lines (conical diffraction) where angles are large, and holds without a tilt too.
  record Sample(
      @Param(
              value = "angle by which the lower end of the surface is farther",
              unit = "rad",
              byDefault = "0 deg")
          double down,
      @Param(
              value = "angle by which the right end of the surface is farther",
              unit = "rad",
              byDefault = "0 deg")
          double right)
      implements TiltedPlane {
    public Sample {
      check(down, right);
    }

    @Override
    public TiltedPlane at(double otherDown, double otherRight) {
      return new Sample(otherDown, otherRight);
    }

    @Override
    public void place(double y, double x, double z, double[] into) {
      double[] ex = turned(1, 0, 0, down, right);
      double[] ey = turned(0, 1, 0, down, right);
      double[] n = turned(0, 0, 1, down, right);
      double alpha = x / z + ex[2];
      double beta = y / z + ey[2];
      double gamma = Math.sqrt(1 - alpha * alpha - beta * beta);
      double kx = alpha * ex[0] + beta * ey[0] + gamma * n[0];
      double ky = alpha * ex[1] + beta * ey[1] + gamma * n[1];
      double kz = alpha * ex[2] + beta * ey[2] + gamma * n[2];
      if (!(gamma > 0 && kz > 0)) {
        Arrays.fill(into, Double.NaN);
        return;
      }
      into[0] = z * ky / kz;
      into[1] = z * kx / kz;
      into[2] = 1 / (gamma * kz * kz * kz);
    }
  }
}
