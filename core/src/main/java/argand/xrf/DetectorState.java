package argand.xrf;

import argand.data.EnergyCalibration;

/// Everything of a detector that a fit may change.
///
/// @param comptonShiftEv of the Compton peak from its nominal energy [eV]
/// @param comptonWidthEv standard deviation of the Compton peak beyond that of a line [eV]
record DetectorState(
    EnergyCalibration calibration, PeakShape shape, double comptonShiftEv, double comptonWidthEv) {
  double get(ShapeParameter which) {
    return switch (which) {
      case ZERO -> calibration.zeroEv();
      case GAIN -> calibration.gainEv();
      case NOISE -> shape.noiseEv();
      case FANO -> shape.fano();
      case SHORT_TAIL -> shape.shortTail();
      case SHORT_TAIL_LENGTH -> shape.shortTailLengthEv();
      case LONG_TAIL -> shape.longTail();
      case STEP -> shape.step();
      case COMPTON_SHIFT -> comptonShiftEv;
      case COMPTON_WIDTH -> comptonWidthEv;
    };
  }

  /// With one of them changed, kept where it has a meaning.
  DetectorState with(ShapeParameter which, double value) {
    var c = calibration;
    var s = shape;
    return switch (which) {
      case ZERO -> calibrated(new EnergyCalibration(value, c.gainEv(), c.quadraticEv()));
      case GAIN ->
          calibrated(
              new EnergyCalibration(
                  c.zeroEv(),
                  Math.clamp(value, 0.8 * c.gainEv(), 1.25 * c.gainEv()),
                  c.quadraticEv()));
      case NOISE -> shaped(s.with(Math.clamp(value, 5, 1000), s.fano()));
      case FANO -> shaped(s.with(s.noiseEv(), Math.clamp(value, 0.03, 0.5)));
      case SHORT_TAIL ->
          shaped(tails(Math.clamp(value, 0, 0.5), s.shortTailLengthEv(), s.longTail(), s.step()));
      case SHORT_TAIL_LENGTH ->
          shaped(tails(s.shortTail(), Math.clamp(value, 20, 2000), s.longTail(), s.step()));
      case LONG_TAIL ->
          shaped(tails(s.shortTail(), s.shortTailLengthEv(), Math.clamp(value, 0, 0.5), s.step()));
      case STEP ->
          shaped(
              tails(s.shortTail(), s.shortTailLengthEv(), s.longTail(), Math.clamp(value, 0, 0.1)));
      case COMPTON_SHIFT -> new DetectorState(c, s, Math.clamp(value, -1500, 1500), comptonWidthEv);
      case COMPTON_WIDTH -> new DetectorState(c, s, comptonShiftEv, Math.clamp(value, 1, 1500));
    };
  }

  private PeakShape tails(double shortTail, double shortEv, double longTail, double step) {
    return new PeakShape(
        shape.noiseEv(),
        shape.fano(),
        shortTail,
        shortEv,
        longTail,
        shape.longTailLengthEv(),
        step);
  }

  private DetectorState calibrated(EnergyCalibration other) {
    return new DetectorState(other, shape, comptonShiftEv, comptonWidthEv);
  }

  private DetectorState shaped(PeakShape other) {
    return new DetectorState(calibration, other, comptonShiftEv, comptonWidthEv);
  }
}
