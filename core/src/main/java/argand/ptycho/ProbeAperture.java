package argand.ptycho;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.InvalidInput;

/// From which directions the beam may come, the aperture of the optics: F P ← 0 where λ|q| is more
/// than the sine of the half angle, or less than that of a central stop.
public record ProbeAperture(
    @Param(value = "from the axis to the edge", unit = "rad") double halfAngle,
    @Param(value = "from the axis to the edge of a central stop", unit = "rad", byDefault = "0 rad")
        double stop) {
  public ProbeAperture {
    Check.within("halfAngle", halfAngle, 1e-9, 1.5, "rad");
    if (!(stop >= 0 && stop < halfAngle)) {
      throw new InvalidInput("stop", stop + " rad", "0 rad or more, and less than halfAngle", "");
    }
  }

  void project(ComplexField probe, double wavelength) {
    var grid = probe.grid();
    var fft = new Fft2(grid.rows(), grid.columns());
    fft.transform(probe);
    double outer = Math.sin(halfAngle) / wavelength;
    double inner = Math.sin(stop) / wavelength;
    float share = 1f / grid.size();
    for (int r = 0; r < grid.rows(); r++) {
      double fy = signed(r, grid.rows()) * grid.frequencyY();
      for (int c = 0; c < grid.columns(); c++) {
        double fx = signed(c, grid.columns()) * grid.frequencyX();
        double square = fy * fy + fx * fx;
        boolean through = square <= outer * outer && square >= inner * inner;
        float keep = through ? share : 0;
        probe.set(r, c, keep * probe.re(r, c), keep * probe.im(r, c));
      }
    }
    fft.transformBack(probe);
  }

  private static int signed(int k, int n) {
    return k < (n + 1) / 2 ? k : k - n;
  }
}
