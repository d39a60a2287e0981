package argand.data;

import argand.array.ComplexField;
import argand.physics.Geometry;
import java.util.List;
import java.util.Optional;

/// The complex image of the sample, the probe that lit it, where it stood, how the residual fell,
/// how good it is.
///
/// @param object complex transmission (modulus 1 is vacuum, negative phase is delay); its grid
///     gives the pixel size [m]
/// @param probe on the sample grid of one frame
/// @param positions as used at the end
/// @param origin where the upper left pixel of `object` lies in the frame of `positions` [m]: the
///     upper left pixel of frame j covers the object pixel (row, column) = ((y_j −
///     origin.y)/pixelY, (x_j − origin.x)/pixelX)
/// @param geometry of the measurement
/// @param angle rotation of the sample about the vertical axis [rad]
/// @param residuals relative amplitude error Σ(|u|−√I)²/ΣI over good pixels, one for each iteration
/// @param furtherModes incoherent modes of the object beside `object`, the strongest, on its grid;
///     intensities of all add up
/// @param slices of a sample that was taken to be thick, on the grid of `object`, which is then
///     their product
public record Reconstruction(
    ComplexField object,
    Probe probe,
    ScanPositions positions,
    Origin origin,
    Geometry geometry,
    double angle,
    List<Double> residuals,
    Quality quality,
    Source source,
    Optional<SliceStack> slices,
    List<ComplexField> furtherModes)
    implements Picture {
  /// A point of the sample plane [m].
  public record Origin(double y, double x) {}

  public Reconstruction {
    residuals = List.copyOf(residuals);
    furtherModes = List.copyOf(furtherModes);
  }

  /// Of a thin sample.
  public Reconstruction(
      ComplexField object,
      Probe probe,
      ScanPositions positions,
      Origin origin,
      Geometry geometry,
      double angle,
      List<Double> residuals,
      Quality quality,
      Source source) {
    this(
        object,
        probe,
        positions,
        origin,
        geometry,
        angle,
        residuals,
        quality,
        source,
        Optional.empty(),
        List.of());
  }

  @Override
  public double energyEv() {
    return geometry.beam().energyEv();
  }

  public Reconstruction withQuality(Quality other) {
    return with(object, other, source, slices, furtherModes);
  }

  public Reconstruction withSource(Source other) {
    return with(object, quality, other, slices, furtherModes);
  }

  /// The same of a thick sample; the object becomes the product of its slices.
  public Reconstruction withSlices(SliceStack stack) {
    return with(stack.product(), quality, source, Optional.of(stack), List.of());
  }

  /// The same of a sample with further modes.
  public Reconstruction withFurtherModes(List<ComplexField> further) {
    return with(object, quality, source, slices, further);
  }

  /// Further mode k (from 0) of the object alone, as if it were the sample.
  public Reconstruction furtherMode(int k) {
    return with(furtherModes.get(k), quality, source, Optional.empty(), List.of());
  }

  /// Slice k alone, as a thin sample.
  ///
  /// @throws java.util.NoSuchElementException when there are no slices
  public Reconstruction slice(int k) {
    return with(slices.orElseThrow().slices().get(k), quality, source, Optional.empty(), List.of());
  }

  private Reconstruction with(
      ComplexField image,
      Quality judged,
      Source from,
      Optional<SliceStack> stack,
      List<ComplexField> further) {
    return new Reconstruction(
        image, probe, positions, origin, geometry, angle, residuals, judged, from, stack, further);
  }
}
