package argand.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.RealField;
import argand.phantom.Layers;
import argand.phantom.Texture;
import argand.physics.Beam;
import argand.physics.GaussianBeam;
import argand.physics.Geometry;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Frames against direct sums in double precision, written from the formulas and not from the code.
class VirtualInstrumentReferenceTest {
  private static final Beam BEAM = new Beam.XRays(8000);
  private static final int N = 12;

  private static Geometry far() {
    return Geometry.farField(BEAM, 1, Grid.square(N, N, 50e-6));
  }

  /// A Gaussian of closed form, so that a shifted probe is the same formula at shifted points.
  private static double gauss(double y, double x, double width) {
    return Math.exp(-(y * y + x * x) / (width * width));
  }

  private static ComplexField probe(Grid window, double width) {
    var probe = new ComplexField(window);
    for (int r = 0; r < window.rows(); r++) {
      for (int c = 0; c < window.columns(); c++) {
        double y = (r - window.rows() / 2) * window.pixelY();
        double x = (c - window.columns() / 2) * window.pixelX();
        probe.set(r, c, (float) gauss(y, x, width), 0);
      }
    }
    return probe;
  }

  @Test
  void farFieldIsTheDirectFourierSum() {
    for (int oversampling = 1; oversampling <= 3; oversampling++) {
      farField(oversampling, 2);
      farField(oversampling, 3);
    }
  }

  private static void farField(int oversampling, int refinement) {
    var geometry = far();
    Grid window = VirtualInstrument.window(geometry, oversampling, refinement);
    double pixel = geometry.sample().pixelY();
    double width = 1.6 * pixel;
    int m = window.rows();
    Grid wide = window.resized(2 * m, 2 * m);
    var sample = new Texture(6 * pixel, 0.6, 1, 2, 3).draw(wide, BEAM);
    var instrument =
        new VirtualInstrument(geometry, oversampling, refinement, sample, probe(window, width));
    double y = 1.37 * pixel;
    double x = -0.81 * pixel;
    var image = new RealField(geometry.detector());
    instrument.camera().expose(y, x, image);

    double d = window.pixelY();
    double most = image.max();
    for (int k = 3; k < N; k += 4) {
      for (int l = 1; l < N; l += 3) {
        double expected = 0;
        for (int i = 0; i < oversampling; i++) {
          for (int j = 0; j < oversampling; j++) {
            double share = 1.0 / oversampling;
            double qy = (k - N / 2 + (i + 0.5) * share - 0.5) / (N * pixel);
            double qx = (l - N / 2 + (j + 0.5) * share - 0.5) / (N * pixel);
            double re = 0;
            double im = 0;
            // the probe is nothing 4 pixels from its middle: e^(−6)² there, summed far beyond
            int r0 = (int) Math.rint(y / d) + m;
            int c0 = (int) Math.rint(x / d) + m;
            for (int r = r0 - m / 2; r < r0 + m / 2; r++) {
              for (int c = c0 - m / 2; c < c0 + m / 2; c++) {
                double sy = (r - m) * d;
                double sx = (c - m) * d;
                double p = gauss(sy - y, sx - x, width);
                double phase = -2 * Math.PI * (qy * sy + qx * sx);
                double u = sample.re(r, c) * Math.cos(phase) - sample.im(r, c) * Math.sin(phase);
                double v = sample.re(r, c) * Math.sin(phase) + sample.im(r, c) * Math.cos(phase);
                re += p * u;
                im += p * v;
              }
            }
            expected += (re * re + im * im) / ((double) m * m);
          }
        }
        // float transforms: 1e-6 of the strongest wave; the Gaussian's ends wrap around by e^(−14)
        assertThat((double) image.at(k, l)).isCloseTo(expected, within(2e-5 * most));
      }
    }
  }

  @Test
  void nearFieldIsTheDirectFresnelSum() {
    // λ z = window · pixel: there the Fresnel kernel is sampled in space as well as in frequency
    int refinement = 2;
    int oversampling = 2;
    double pixel = 1e-6;
    double d = pixel / refinement;
    int m = N * oversampling * refinement;
    double reach = m * d * d;
    double z = reach / BEAM.wavelength();
    double focus = z;
    // effective distance z: distance = 2 z at M = 1 + distance/focus with focus = 2 z
    var geometry =
        new Geometry(
            BEAM, 2 * z, Grid.square(N, N, 2 * pixel), Geometry.Regime.NEAR_FIELD, 2 * focus);
    assertThat(geometry.effectiveDistance()).isCloseTo(z, within(1e-9));
    Grid window = VirtualInstrument.window(geometry, oversampling, refinement);
    double width = 2.2 * pixel;
    Grid wide = window.resized(2 * m, 2 * m);
    var sample = new Texture(6 * pixel, 0.6, 1, 2, 3).draw(wide, BEAM);
    var instrument =
        new VirtualInstrument(geometry, oversampling, refinement, sample, probe(window, width));
    double y = 1.37 * pixel;
    double x = -0.81 * pixel;
    var image = new RealField(geometry.detector());
    instrument.camera().expose(y, x, image);
    double most = image.max();
    for (int k = 2; k < N; k += 3) {
      for (int l = 3; l < N; l += 3) {
        double expected = 0;
        for (int i = 0; i < refinement; i++) {
          for (int j = 0; j < refinement; j++) {
            double ty = y + (k - N / 2 + (i + 0.5) / refinement - 0.5) * pixel;
            double tx = x + (l - N / 2 + (j + 0.5) / refinement - 0.5) * pixel;
            double re = 0;
            double im = 0;
            int r0 = (int) Math.rint(y / d) + m;
            int c0 = (int) Math.rint(x / d) + m;
            for (int r = r0 - m / 2; r < r0 + m / 2; r++) {
              for (int c = c0 - m / 2; c < c0 + m / 2; c++) {
                double sy = (r - m) * d;
                double sx = (c - m) * d;
                double p = gauss(sy - y, sx - x, width) * d * d / reach;
                double phase = Math.PI * ((ty - sy) * (ty - sy) + (tx - sx) * (tx - sx)) / reach;
                re += p * (sample.re(r, c) * Math.cos(phase) - sample.im(r, c) * Math.sin(phase));
                im += p * (sample.re(r, c) * Math.sin(phase) + sample.im(r, c) * Math.cos(phase));
              }
            }
            expected += re * re + im * im;
          }
        }
        // the wave has spread over the window: its weak ends wrap around
        assertThat((double) image.at(k, l)).isCloseTo(expected, within(5e-3 * most));
      }
    }
  }

  @Test
  void noLightIsLostInVacuum() {
    var geometry = far();
    Grid window = VirtualInstrument.window(geometry, 2, 2);
    var vacuum = new Layers(List.of()).draw(window.resized(96, 96), BEAM);
    var probe = new GaussianBeam(3 * geometry.sample().pixelY(), 0).probe(BEAM, window).scale(1000);
    var image = new RealField(geometry.detector());
    new VirtualInstrument(geometry, 2, 2, vacuum, probe).camera().expose(3e-7, 1e-7, image);
    // Its spectrum has fallen to e^(−2π²·…) at the rim of the detector; 1e-5 for the floats
    assertThat(image.sum()).isCloseTo(probe.power(), within(1e-4 * probe.power()));
  }
}
