package argand.ptycho;

import argand.Param;
import argand.array.ComplexField;
import argand.array.InvalidInput;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What is known of object and probe before anything is measured, held after each pass of any
/// method; what concerns the probe, after passes that change it.
public record Limits(
    @Param(value = "least amplitude of the object", byDefault = "0") double minAmplitude,
    @Param("greatest amplitude of the object; absent leaves it free") OptionalDouble maxAmplitude,
    @Param("where on the sample the probe may be") Optional<ProbeSupport> probeSupport,
    @Param("from which directions the beam may come") Optional<ProbeAperture> probeAperture,
    @Param("how strong the beam is") Optional<ProbePower> probePower,
    @Param("keeps the probe in the middle of the frame") Optional<ProbeCentre> probeCentre) {
  /// Nothing is known.
  public static final Limits NONE = amplitude(0, Double.POSITIVE_INFINITY);

  public Limits {
    double greatest = maxAmplitude.orElse(Double.POSITIVE_INFINITY);
    if (!(minAmplitude >= 0 && greatest > minAmplitude)) {
      throw new InvalidInput(
          "object amplitude",
          minAmplitude + " … " + greatest,
          "0 ≤ minAmplitude < maxAmplitude",
          "");
    }
  }

  /// Only the amplitude of the object; +∞ leaves it free.
  public static Limits amplitude(double least, double greatest) {
    return new Limits(
        least,
        Double.isInfinite(greatest) ? OptionalDouble.empty() : OptionalDouble.of(greatest),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Limits with(ProbeSupport support) {
    return new Limits(
        minAmplitude, maxAmplitude, Optional.of(support), probeAperture, probePower, probeCentre);
  }

  public Limits with(ProbeAperture aperture) {
    return new Limits(
        minAmplitude, maxAmplitude, probeSupport, Optional.of(aperture), probePower, probeCentre);
  }

  public Limits with(ProbePower power) {
    return new Limits(
        minAmplitude, maxAmplitude, probeSupport, probeAperture, Optional.of(power), probeCentre);
  }

  public Limits with(ProbeCentre centre) {
    return new Limits(
        minAmplitude, maxAmplitude, probeSupport, probeAperture, probePower, Optional.of(centre));
  }

  /// @throws InvalidInput when this cannot be held with waves of that model
  void check(WaveModel model) {
    if (model.variableProbe().isPresent() && !leaveProbeFree()
        || model.slices().isPresent() && probeCentre.isPresent()) {
      throw new InvalidInput(
          "constraints",
          "of the probe with " + model.named(),
          "one probe for all views, which may be moved only against one thin object",
          "");
    }
    boolean ofObject = minAmplitude > 0 || maxAmplitude.isPresent();
    if (model.objectModes().isPresent()
        && (ofObject || probePower.isPresent() || probeCentre.isPresent())) {
      throw new InvalidInput(
          "constraints",
          "minAmplitude, maxAmplitude, probePower or probeCentre with objectModes",
          "none but probeSupport and probeAperture",
          "a mode is a part of the sample: only all together have its amplitude and its place");
    }
  }

  /// True when nothing is known of the probe.
  boolean leaveProbeFree() {
    return probeSupport.isEmpty()
        && probeAperture.isEmpty()
        && probePower.isEmpty()
        && probeCentre.isEmpty();
  }

  /// |object| into minAmplitude … maxAmplitude, its phase kept; a pixel of exactly zero becomes
  /// real.
  void apply(ComplexField object) {
    double greatest = maxAmplitude.orElse(Double.POSITIVE_INFINITY);
    if (minAmplitude == 0 && Double.isInfinite(greatest)) {
      return;
    }
    var grid = object.grid();
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        float x = object.re(r, c);
        float y = object.im(r, c);
        double amplitude = Math.sqrt((double) x * x + (double) y * y);
        if (amplitude == 0) {
          object.set(r, c, (float) minAmplitude, 0);
        } else if (amplitude < minAmplitude || amplitude > greatest) {
          double factor = Math.clamp(amplitude, minAmplitude, greatest) / amplitude;
          object.set(r, c, (float) (x * factor), (float) (y * factor));
        }
      }
    }
  }

  /// What probes may change by, or what is asked of them: nothing where they are known to be zero.
  void project(List<ComplexField> probes, double wavelength) {
    for (var probe : probes) {
      probeAperture.ifPresent(aperture -> aperture.project(probe, wavelength));
      probeSupport.ifPresent(support -> support.project(probe));
    }
  }

  /// The probe, and what goes with it, as it is known to be.
  ///
  /// @param pass from 1
  /// @param counts mean of a frame
  void applyToProbe(PtychoState state, int pass, double wavelength, double counts) {
    project(state.probes(), wavelength);
    probePower.filter(p -> pass % p.every() == 0).ifPresent(p -> p.correct(state, counts));
    probeCentre.filter(c -> pass % c.every() == 0).ifPresent(c -> c.correct(state));
  }
}
