package argand.ptycho;

/// A linear map of the plane that is nearly none: what stands at r goes to r + A (r − c) [px].
///
/// @param yy down for each pixel down
/// @param yx down for each pixel to the right
/// @param xy to the right for each pixel down
/// @param xx to the right for each pixel to the right
/// @param centreY c, row
/// @param centreX c, column
record LinearMap(double yy, double yx, double xy, double xx, double centreY, double centreX) {
  /// How far what stands at (y, x) goes down.
  double down(double y, double x) {
    return yy * (y - centreY) + yx * (x - centreX);
  }

  /// How far what stands at (y, x) goes to the right.
  double right(double y, double x) {
    return xy * (y - centreY) + xx * (x - centreX);
  }

  /// The same about another point.
  LinearMap about(double y, double x) {
    return new LinearMap(yy, yx, xy, xx, y, x);
  }

  /// A part of it.
  LinearMap times(double factor) {
    return new LinearMap(factor * yy, factor * yx, factor * xy, factor * xx, centreY, centreX);
  }
}
