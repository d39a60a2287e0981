package argand.judge;

/// What can spoil a ptychography measurement, or a reconstruction of it.
public enum Cause {
  /// Bright pixels stop counting.
  SATURATION,
  /// Pixels that count by themselves.
  HOT_PIXELS,
  /// Rows and columns of the frames are exchanged against the axes of the scan.
  TRANSPOSED_DETECTOR,
  /// One axis of the scan runs the wrong way.
  FLIPPED_AXIS,
  /// Frames and scan are a quarter turn apart: transposed and flipped.
  QUARTER_TURN,
  /// The start probe is far too wide or too narrow.
  START_PROBE,
  /// Neighbouring views share too little of the sample.
  OVERLAP,
  /// Shot noise drowns the sample.
  PHOTONS,
  /// The sample pixel λz/(NΔ) is wrong: energy, distance or detector pixel.
  PIXEL_SIZE,
  /// The beam's intensity changes from view to view.
  BEAM_DRIFT,
  /// More than one wave at a time: the stage trembles during the exposure, or the source is large.
  VIBRATION,
  /// Positions on a regular grid.
  RASTER,
  /// The probe does not fit into the frame's field.
  PROBE_EDGE,
  /// The residual still falls.
  NOT_CONVERGED,
  /// The phase winds about points where the object is not dark.
  PHASE_VORTICES,
  /// The refined positions have not settled.
  POSITIONS_MOVING,
  /// The object's phase has a steep linear ramp.
  PHASE_RAMP,
  /// Probe modes of the same power or of none.
  MODES_DEGENERATE,
  /// The frames are not explained, and no cause was found.
  UNEXPLAINED
}
