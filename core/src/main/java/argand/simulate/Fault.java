package argand.simulate;

import argand.Param;
import argand.array.Check;

/// What can be wrong with a measurement that looks like any other. The permits clause is the
/// register.
///
/// Too large steps, too few photons, a regular raster and a bad start probe need no fault of their
/// own: they are parameters of {@link SimulateScan}.
public sealed interface Fault {
  /// The file states an energy that many times the true one.
  record WrongEnergy(@Param("stated energy ÷ true energy") double factor) implements Fault {
    public WrongEnergy {
      Check.within("factor", factor, 0.1, 10, "");
    }
  }

  /// The file states a distance from sample to detector that many times the true one.
  record WrongDistance(@Param("stated distance ÷ true distance") double factor) implements Fault {
    public WrongDistance {
      Check.within("factor", factor, 0.1, 10, "");
    }
  }

  /// Rows and columns of the frames are exchanged; the positions are not.
  record Transposed() implements Fault {}

  /// The positions run the wrong way along one axis.
  record FlippedAxis(@Param(value = "which: y or x", byDefault = "x") Axis axis) implements Fault {
    /// An axis of the scan.
    public enum Axis {
      Y,
      X
    }
  }

  /// Counts stop short of what the brightest pixel should have counted, and no mask says so.
  record Saturated(@Param("greatest count ÷ greatest count without it") double share)
      implements Fault {
    public Saturated {
      Check.within("share", share, 1e-4, 1, "");
    }
  }

  /// Some pixels count by themselves, and no mask says so.
  record HotPixels(
      @Param("number of such pixels") int pixels,
      @Param("mean counts that each adds to every frame") double counts)
      implements Fault {
    public HotPixels {
      Check.atLeast("pixels", pixels, 1);
      Check.within("counts", counts, 1e-3, 1e12, "");
    }
  }

  /// The beam fades during the scan; with several periods it is topped up in between.
  record DriftingBeam(
      @Param("part of the beam lost at the end of a period") double fall,
      @Param(value = "periods in the scan", byDefault = "1") double periods)
      implements Fault {
    public DriftingBeam {
      Check.within("fall", fall, 0, 1, "");
      Check.within("periods", periods, 0.1, 1000, "");
    }
  }

  /// The stage trembles while the shutter is open.
  record Vibration(
      @Param(value = "rms distance along each axis from the mean place", unit = "m") double rms)
      implements Fault {
    public Vibration {
      Check.within("rms", rms, 0, 1, "m");
    }
  }
}
