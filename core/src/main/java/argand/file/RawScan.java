package argand.file;

import argand.physics.Polarization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a reader found in a file, in Argand's units and directions, before the recipe's word is
/// added and all is checked.
///
/// @param frames where the frames are
/// @param good which pixels the file trusts, in the order of the frames as stored
/// @param positions rows and columns
/// @param energyEv of the photons [eV]
/// @param light whether that is a photon of light and not of X-rays, as a stated wavelength says
/// @param distance sample to detector [m]
/// @param pixelY detector pixel [m]
/// @param pixelX detector pixel [m]
/// @param focusDistance focus to sample [m]
/// @param near whether this is the near field, where the file says
/// @param probe a start probe
/// @param lacking where each missing quantity would have been: energy, distance, pixel size
/// @param notes what was assumed or converted
/// @param polarization of X-rays, where the file says
record RawScan(
    FrameAxes frames,
    Optional<boolean[]> good,
    Positions positions,
    OptionalDouble energyEv,
    boolean light,
    OptionalDouble distance,
    OptionalDouble pixelY,
    OptionalDouble pixelX,
    OptionalDouble focusDistance,
    Optional<Boolean> near,
    Optional<StartProbe> probe,
    Lacking lacking,
    List<String> notes,
    Optional<Polarization> polarization) {
  /// Of no stated polarization.
  RawScan(
      FrameAxes frames,
      Optional<boolean[]> good,
      Positions positions,
      OptionalDouble energyEv,
      boolean light,
      OptionalDouble distance,
      OptionalDouble pixelY,
      OptionalDouble pixelX,
      OptionalDouble focusDistance,
      Optional<Boolean> near,
      Optional<StartProbe> probe,
      Lacking lacking,
      List<String> notes) {
    this(
        frames,
        good,
        positions,
        energyEv,
        light,
        distance,
        pixelY,
        pixelX,
        focusDistance,
        near,
        probe,
        lacking,
        notes,
        Optional.empty());
  }

  /// The same with positions from elsewhere.
  RawScan at(Positions others) {
    var more = new ArrayList<>(notes);
    more.add("the positions are those of " + others.path);
    return new RawScan(
        frames,
        good,
        others,
        energyEv,
        light,
        distance,
        pixelY,
        pixelX,
        focusDistance,
        near,
        probe,
        lacking,
        more,
        polarization);
  }

  /// Where the probe stood on the sample.
  ///
  /// @param inPixels whether they are pixels of the sample grid, not metres
  record Positions(String path, double[] y, double[] x, boolean inPixels) {
    /// Not looked for, as the recipe names a table of them.
    static final Positions ELSEWHERE = new Positions("", new double[0], new double[0], false);
  }

  /// A probe to start from.
  ///
  /// @param scaled whether its power is already in counts; otherwise it takes the mean pattern sum
  record StartProbe(ComplexValues values, int modes, int rows, int columns, boolean scaled) {}

  /// Where a file of this format would hold what is missing.
  record Lacking(String energy, String distance, String pixel) {}
}
