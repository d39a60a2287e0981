package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.data.Probe;
import argand.data.Reconstruction;
import argand.data.Reconstruction.Origin;
import argand.data.ScanPositions;
import argand.physics.Geometry;
import java.util.Arrays;

/// A far-field reconstruction whose pixels turned out to have another size, Δ = λz/(NΔ_det): the
/// distance takes it, for what is known is only their product with the wavelength.
final class OtherPixels {
  private OtherPixels() {}

  /// @param factor size as found ÷ size as the file has it
  static Reconstruction of(Reconstruction found, double factor) {
    if (factor == 1) {
      return found;
    }
    var geometry = found.geometry();
    return new Reconstruction(
        resized(found.object(), factor),
        new Probe(found.probe().modes().stream().map(mode -> resized(mode, factor)).toList()),
        new ScanPositions(
            times(found.positions().y(), factor), times(found.positions().x(), factor)),
        new Origin(factor * found.origin().y(), factor * found.origin().x()),
        new Geometry(
            geometry.beam(),
            factor * geometry.distance(),
            geometry.detector(),
            geometry.regime(),
            geometry.focusDistance()),
        found.angle(),
        found.residuals(),
        found.quality(),
        found.source(),
        found.slices(),
        found.furtherModes().stream().map(mode -> resized(mode, factor)).toList());
  }

  private static ComplexField resized(ComplexField field, double factor) {
    var grid = field.grid();
    var other =
        new ComplexField(
            new Grid(grid.rows(), grid.columns(), factor * grid.pixelY(), factor * grid.pixelX()));
    other.set(field);
    return other;
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(v -> factor * v).toArray();
  }
}
