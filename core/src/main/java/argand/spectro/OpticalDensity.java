package argand.spectro;

import argand.Param;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.array.kernel.Logarithm;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.Locale;
import java.util.Optional;

/// Optical density −ln(I/I₀) of counts.
///
/// With S what the detector gave less its dark level, γ its units for a count, ρ its readout noise,
/// h the share of the beam that leaks past the sample's absorption:
///
///     (1)  m = S − h I₀                         the light that knows of the sample
///     (2)  v = γ max(S, γ/2) + ρ²               its variance
///     (3)  x = m + v/(2 max(m, √v))             E ln x = ln E m + O(v²/m⁴); for counts N + ½
///     (4)  OD = ln((1 − h) I₀/x)
///     (5)  var = v/x² + var(ln I₀) + s²         s the structure that the flats do not take out
///
/// Nothing is clipped: where less light is behind the sample than before it by noise alone, the
/// density is negative; where x is less than a floor x₀ (half a count, half the noise of the dark)
/// the tangent ln((1 − h) I₀/x₀) + (x₀ − x)/x₀ goes on, so that means over pixels or energies keep
/// the weight of zero and negative counts. Below some two counts a single pixel tells little, with
/// any formula: bin first. Nothing is computed until pixels are read.
public record OpticalDensity(
    @Param(value = "where I₀ comes from", byDefault = "flats") IncidentBeam i0,
    @Param(value = "gain, readout noise, structure of the flats", byDefault = "{}")
        DetectorNoise noise,
    @Param(value = "light that passes unabsorbed", byDefault = "none") Leak leak)
    implements StackStep {
  /// By the flats, counted photons, no leak.
  public static OpticalDensity defaults() {
    return new OpticalDensity(new IncidentBeam.Flats(), DetectorNoise.COUNTS, new Leak.None());
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    if (input.quantity() != Quantity.COUNTS) {
      throw new InvalidInput(
          "the stack", "one of " + input.quantity().words(), "one of counts", "");
    }
    var incident = IncidentCounts.of(input, i0);
    double share =
        switch (leak) {
          case Leak.None() -> 0;
          case Leak.Known(double known) -> known;
          case Leak.Fitted() -> LeakFit.of(input, incident, watch.workers());
        };
    var counts = input.images();
    var pixels = new Pixels(counts, incident, noise, share);
    var result =
        input
            .withImages(
                Planes.computed(counts, pixels::density),
                Optional.of(Planes.computed(counts, pixels::variance)),
                Quantity.OPTICAL_DENSITY)
            .withEmptyBeam(Optional.empty())
            .withStep("opticalDensity");
    if (leak instanceof Leak.Fitted) {
      watch.tell(
          new Progress.Noted(
              String.format(
                  Locale.ROOT, "opticalDensity: %.2f %% of the beam leaks past", 100 * share)));
      result =
          result.withFindings(
              result.findings().with(result.findings().quality().withMetric("leakShare", share)));
    }
    return result;
  }

  /// Densities and variances of runs of pixels.
  private record Pixels(Planes counts, IncidentCounts incident, DetectorNoise noise, double share) {
    private boolean plain() {
      return share == 0 && noise.readout() == 0;
    }

    void density(int e, int first, int length, float[] into, int offset) {
      float[] empty = new float[length];
      incident.read(e, first, length, noise.gain(), empty);
      signal(e, first, length, into, offset);
      float half = (float) (noise.gain() / 2);
      if (plain()) {
        for (int i = 0; i < length; i++) {
          into[offset + i] += half;
        }
        Logarithm.ofRatio(empty, into, half, into, offset, length);
        return;
      }
      for (int i = 0; i < length; i++) {
        double floor = floor(empty[i]);
        into[offset + i] = (float) (corrected(into[offset + i], empty[i]) / floor);
        empty[i] = (float) ((1 - share) * empty[i] / floor);
      }
      Logarithm.ofRatio(empty, into, 1, into, offset, length);
    }

    void variance(int e, int first, int length, float[] into, int offset) {
      float[] empty = new float[length];
      incident.read(e, first, length, noise.gain(), empty);
      signal(e, first, length, into, offset);
      double structure = noise.structure() * noise.structure();
      for (int i = 0; i < length; i++) {
        double signal = into[offset + i];
        double x =
            plain()
                ? Math.max(signal + noise.gain() / 2, noise.gain() / 2)
                : Math.max(corrected(signal, empty[i]), floor(empty[i]));
        into[offset + i] =
            (float)
                (noise.variance(signal) / (x * x)
                    + incident.relativeVariance(e, empty[i], noise.gain(), noise.readout())
                    + structure);
      }
    }

    /// S: what the detector gave less its dark level.
    private void signal(int e, int first, int length, float[] into, int offset) {
      counts.read(e, first, length, into, offset);
      if (incident.dark().isPresent()) {
        RealField dark = incident.dark().get();
        for (int i = 0; i < length; i++) {
          into[offset + i] -= dark.values()[first + i];
        }
      }
    }

    /// Lines (1) to (3).
    private double corrected(double signal, double empty) {
      double m = signal - share * empty;
      double gain = noise.gain();
      double v = gain * Math.max(signal, gain / 2) + noise.readout() * noise.readout();
      return m + v / (2 * Math.max(m, Math.sqrt(v)));
    }

    private double floor(double empty) {
      double gain = noise.gain();
      double dark = noise.readout() * noise.readout() + gain * share * empty;
      return Math.max(gain / 2, Math.sqrt(dark) / 2);
    }
  }
}
