package argand.physics;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import java.util.Optional;

/// What illuminates the sample, and so the wavelength.
public sealed interface Beam {
  /// Wavelength [m].
  double wavelength();

  /// Energy of one quantum [eV]; of an electron, its kinetic energy.
  double energyEv();

  /// Of X-rays where it is stated.
  default Optional<Polarization> polarization() {
    return Optional.empty();
  }

  /// Photons of X-ray energy [eV].
  ///
  /// @param polarization absent where it does not matter or no one states it
  record XRays(
      @Param(value = "photon energy", unit = "eV") double energyEv,
      @Param("how they are polarized, where that matters") Optional<Polarization> polarization)
      implements Beam {
    /// Of no stated polarization.
    public XRays(double energyEv) {
      this(energyEv, Optional.empty());
    }

    public XRays {
      if (energyEv > 0 && energyEv < 30) {
        throw new InvalidInput(
            "energy",
            energyEv + " eV",
            "30 … 1e6 eV",
            "this looks like keV: did you mean " + energyEv + " keV?");
      }
      Check.within("energy", energyEv, 30, 1e6, "eV");
    }

    @Override
    public double wavelength() {
      return Constants.HC_EV_M / energyEv;
    }
  }

  /// Electrons of kinetic energy [eV]; relativistic de Broglie wavelength λ = h c / √(E (E + 2 m
  /// c²)).
  record Electrons(@Param(value = "kinetic energy", unit = "eV") double energyEv) implements Beam {
    public Electrons {
      if (energyEv > 0 && energyEv < 1000) {
        throw new InvalidInput(
            "energy",
            energyEv + " eV",
            "1e3 … 1e7 eV",
            "this looks like keV: did you mean " + energyEv + " keV?");
      }
      Check.within("energy", energyEv, 1e3, 1e7, "eV");
    }

    @Override
    public double wavelength() {
      return Constants.HC_EV_M / Math.sqrt(energyEv * (energyEv + 2 * Constants.ELECTRON_REST_EV));
    }
  }

  /// Visible, ultraviolet or infrared light of vacuum wavelength [m].
  record Light(@Param(value = "vacuum wavelength", unit = "m") double wavelength) implements Beam {
    public Light {
      Check.within("wavelength", wavelength, 1e-7, 1e-4, "m");
    }

    @Override
    public double energyEv() {
      return Constants.HC_EV_M / wavelength;
    }
  }
}
