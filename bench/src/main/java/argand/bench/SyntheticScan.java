package argand.bench;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Probe;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.physics.Beam;
import argand.physics.GaussianBeam;
import argand.physics.Geometry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A scan that costs nothing to make and that solvers can fit: a curved Gaussian probe over an
/// object of smooth phase, on a Fermat spiral with a mean step of 0.078 of a frame.
final class SyntheticScan {
  private SyntheticScan() {}

  static DiffractionScan of(int n, int views, boolean wholePixels) {
    var geometry = Geometry.farField(new Beam.XRays(8000), 5, Grid.square(n, n, 75e-6));
    var sample = geometry.sample();
    double pixel = sample.pixelY();
    var probe =
        new GaussianBeam(0.25 * n * pixel, 0.25 * n * pixel * pixel / geometry.beam().wavelength())
            .probe(geometry.beam(), sample)
            .scale(1e3);
    double[] y = new double[views];
    double[] x = new double[views];
    List<RealField> frames = new ArrayList<>();
    var fft = new Fft2(n, n);
    for (int j = 0; j < views; j++) {
      double radius = 0.078 * n * Math.sqrt(j / Math.PI);
      double angle = j * Math.PI * (3 - Math.sqrt(5));
      double row = radius * Math.sin(angle);
      double column = radius * Math.cos(angle);
      y[j] = (wholePixels ? Math.round(row) : row) * pixel;
      x[j] = (wholePixels ? Math.round(column) : column) * pixel;
      frames.add(frame(probe, row, column, fft, geometry.detector()));
    }
    return new DiffractionScan(
        geometry,
        new ScanPositions(y, x),
        Frames.of(frames),
        Optional.empty(),
        Optional.of(Probe.of(probe)),
        Source.NONE);
  }

  private static RealField frame(
      ComplexField probe, double row, double column, Fft2 fft, Grid detector) {
    var wave = probe.copy();
    for (int r = 0; r < detector.rows(); r++) {
      for (int c = 0; c < detector.columns(); c++) {
        double phase = Math.sin((r + row) / 9) + Math.sin((c + column) / 13);
        double re = wave.re(r, c) * Math.cos(phase) - wave.im(r, c) * Math.sin(phase);
        double im = wave.re(r, c) * Math.sin(phase) + wave.im(r, c) * Math.cos(phase);
        wave.set(r, c, (float) re, (float) im);
      }
    }
    fft.forward(wave);
    return new RealField(detector, wave.intensity().values());
  }
}
