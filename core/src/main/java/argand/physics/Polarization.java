package argand.physics;

import argand.Param;
import argand.array.Check;

/// How X-rays are polarized, as Stokes parameters of light of intensity 1 have it; what magnetic
/// and
/// oriented samples tell apart.
///
/// The signs follow CONVENTIONS.md: dichroism is (plus − minus), with the helicity that the file
/// states.
public sealed interface Polarization {
  /// (S₁, S₂, S₃) of S₀ = 1: along x less along y, along +45° less along −45°, plus helicity less
  /// minus.
  double[] stokes();

  /// In a word or two: `linear, 90°`, `circular +0.95`.
  String words();

  /// Circular.
  ///
  /// @param degree degree of circular polarization, with the sign of the helicity
  record Circular(
      @Param("degree of circular polarization, −1 … 1; its sign is the helicity's") double degree)
      implements Polarization {
    public Circular {
      Check.within("degree", degree, -1, 1, "");
    }

    @Override
    public double[] stokes() {
      return new double[] {0, 0, degree};
    }

    @Override
    public String words() {
      return String.format(java.util.Locale.ROOT, "circular %+.4g", degree);
    }
  }

  /// Linear.
  ///
  /// @param angle of the electric field from x (the frames' columns) towards y (down the rows)
  /// [rad]
  /// @param degree degree of linear polarization
  record Linear(
      @Param(value = "angle of the electric field, from the columns towards the rows", unit = "rad")
          double angle,
      @Param(value = "degree of linear polarization", byDefault = "1") double degree)
      implements Polarization {
    public Linear {
      Check.within("degree", degree, 0, 1, "");
    }

    @Override
    public double[] stokes() {
      return new double[] {degree * Math.cos(2 * angle), degree * Math.sin(2 * angle), 0};
    }

    @Override
    public String words() {
      return String.format(java.util.Locale.ROOT, "linear, %.4g°", Math.toDegrees(angle));
    }
  }

  /// From Stokes parameters over S₀: circular where S₃ is the larger part, else linear.
  static Polarization of(double s1, double s2, double s3) {
    double linear = Math.hypot(s1, s2);
    return Math.abs(s3) >= linear
        ? new Circular(s3)
        : new Linear(Math.atan2(s2, s1) / 2, Math.min(1, linear));
  }
}
