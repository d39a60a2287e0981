package argand.xrf;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.physics.LineGroup;
import java.util.OptionalDouble;

/// What ties counts to amounts of matter.
public sealed interface Reference {
  /// An element of known areal density in the same spectra: a thin standard. The ratio is taken of
  /// the sums over all spectra.
  record Film(
      @Param("group of lines of the known element") String group,
      @Param(value = "its areal density", unit = "kg/m2") double arealDensity)
      implements Reference {
    public Film {
      LineGroup.of(group);
      Check.within("arealDensity", arealDensity, 1e-15, 1e5, "kg/m2");
    }
  }

  /// An element of known mass fraction in every spectrum.
  record Fraction(
      @Param("group of lines of the known element") String group,
      @Param("its mass fraction") double massFraction)
      implements Reference {
    public Fraction {
      LineGroup.of(group);
      Check.within("massFraction", massFraction, 1e-12, 1, "");
    }
  }

  /// A constant that a film gave in an earlier run (the metric `quantificationConstant`): counts =
  /// constant · incident · live share · sensitivity · areal density.
  record Constant(@Param("from an earlier run") double constant) implements Reference {
    public Constant {
      Check.within("constant", constant, 1e-300, 1e300, "");
    }
  }

  /// No standard: photons and solid angle. counts = photons · live share · Ω/4π · sensitivity ·
  /// areal density.
  record Absolute(
      @Param("photons each second; where the spectra have photons of their own, they are used")
          OptionalDouble flux,
      @Param(value = "solid angle of the detector", unit = "sr") double solidAngle)
      implements Reference {
    public Absolute {
      Check.within("solidAngle", solidAngle, 1e-9, 4 * Math.PI, "sr");
      flux.ifPresent(f -> Check.within("flux", f, 1e-3, 1e20, ""));
    }
  }

  /// @throws InvalidInput for scatter, of which there are no amounts
  static LineGroup element(String text) {
    var group = LineGroup.of(text);
    if (group.family().isScatter()) {
      throw new InvalidInput("group", group.name(), "lines of an element", "");
    }
    return group;
  }
}
