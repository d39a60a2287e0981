package argand.physics;

/// Constants of nature, CODATA 2022; the defining constants of the SI are exact.
public final class Constants {
  private Constants() {}

  /// Planck constant [J s], exact.
  public static final double PLANCK = 6.62607015e-34;

  /// Speed of light in vacuum [m/s], exact.
  public static final double LIGHT_SPEED = 299_792_458.0;

  /// Elementary charge [C], exact; also the joules of one electronvolt.
  public static final double CHARGE = 1.602176634e-19;

  /// Avogadro constant [1/mol], exact.
  public static final double AVOGADRO = 6.02214076e23;

  /// Boltzmann constant [J/K], exact.
  public static final double BOLTZMANN = 1.380649e-23;

  /// h c / e [eV m], exact: the wavelength of a photon is this over its energy.
  public static final double HC_EV_M = PLANCK * LIGHT_SPEED / CHARGE;

  /// Rest energy of the electron [eV].
  public static final double ELECTRON_REST_EV = 510_998.950_69;

  /// Classical electron radius [m].
  public static final double ELECTRON_RADIUS = 2.817_940_3205e-15;
}
