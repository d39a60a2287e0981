package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Frames;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The geometry of tilts, apart from any wave.
class TiltedPlaneLawTest {
  private static final double Z = 0.05;

  static Stream<TiltedPlane> planes() {
    return Stream.of(
        new TiltedPlane.Detector(0.3, -0.5),
        new TiltedPlane.Detector(-0.7, 0.2),
        new TiltedPlane.Sample(0.3, -0.5),
        new TiltedPlane.Sample(-0.7, 0.2));
  }

  private static double[] place(TiltedPlane plane, double y, double x) {
    double[] into = new double[3];
    plane.place(y, x, Z, into);
    return into;
  }

  /// Differences over 2 µm of a map that bends over centimetres.
  @ParameterizedTest
  @MethodSource("planes")
  void areasAreTheDeterminantAndTheBeamStaysWhereItIs(TiltedPlane plane) {
    assertThat(place(plane, 0, 0)[0]).isCloseTo(0, within(1e-15));
    assertThat(place(plane, 0, 0)[1]).isCloseTo(0, within(1e-15));
    var random = new SplittableRandom(3);
    for (int k = 0; k < 20; k++) {
      double y = 0.01 * (random.nextDouble() - 0.5);
      double x = 0.01 * (random.nextDouble() - 0.5);
      double h = 1e-6;
      double yy = (place(plane, y + h, x)[0] - place(plane, y - h, x)[0]) / (2 * h);
      double xy = (place(plane, y + h, x)[1] - place(plane, y - h, x)[1]) / (2 * h);
      double yx = (place(plane, y, x + h)[0] - place(plane, y, x - h)[0]) / (2 * h);
      double xx = (place(plane, y, x + h)[1] - place(plane, y, x - h)[1]) / (2 * h);
      double area = place(plane, y, x)[2];
      assertThat(yy * xx - xy * yx).isCloseTo(area, within(1e-6 * area));
    }
  }

  /// About one axis by hand: the pixel at u of a detector whose right edge is farther lies at
  /// u cos b, z + u sin b; a ray there meets the plane at z where it is z/(z + u sin b) as far out.
  @Test
  void aDetectorAboutOneAxisAsByHand() {
    double b = 0.4;
    double u = 0.004;
    double v = -0.003;
    double far = Z / (Z + u * Math.sin(b));
    double[] found = place(new TiltedPlane.Detector(0, b), v * far, u * Math.cos(b) * far);
    assertThat(found[0]).isCloseTo(v, within(1e-12));
    assertThat(found[1]).isCloseTo(u, within(1e-12));
  }

  /// A mirror about one axis by hand: light that leaves by the angle t from the mirrored beam
  /// changes the wave along the surface by sin(b + t) − sin b.
  @Test
  void aMirrorAboutOneAxisAsByHand() {
    double b = 0.4;
    double t = 0.06;
    double x = Z * (Math.sin(b + t) - Math.sin(b));
    double[] found = place(new TiltedPlane.Sample(0, b), 0, x);
    assertThat(found[0]).isCloseTo(0, within(1e-12));
    assertThat(found[1]).isCloseTo(Z * Math.tan(t), within(1e-12));
  }

  /// Counts are kept: a smooth frame has as many before as after; the kernel keeps a quadratic.
  @Test
  void countsAreKept() {
    var grid = Grid.square(96, 96, 50e-6);
    var frame = new RealField(grid);
    for (int r = 0; r < 96; r++) {
      for (int c = 0; c < 96; c++) {
        double square = Math.pow(r - 50, 2) + Math.pow(c - 45, 2);
        frame.set(r, c, (float) (100 * Math.exp(-square / (2 * 64))));
      }
    }
    double whole = frame.sum();
    var frames =
        new UntiltedFrames(
            Frames.of(List.of(frame)), new TiltedPlane.Detector(0.3, -0.5), Z, false);
    var into = new RealField(grid);
    frames.read(0, into);
    assertThat((double) into.sum()).isCloseTo(whole, within(1e-3 * whole));
  }

  /// A pixel that is not trusted takes those with it that are made of it, and no others.
  @Test
  void anUntrustedPixelSpreadsByTheKernelAtMost() {
    var grid = Grid.square(32, 32, 50e-6);
    var frame = new RealField(grid);
    frame.set(12, 20, Float.NaN);
    boolean[] good = Mask.all(grid).good();
    good[12 * 32 + 20] = false;
    var frames =
        new UntiltedFrames(Frames.of(List.of(frame)), new TiltedPlane.Detector(0, 0.3), Z, false);
    var into = new RealField(grid);
    frames.read(0, into);
    var mask = frames.mask(new Mask(grid, good));
    int lost = 0;
    for (int i = 0; i < grid.size(); i++) {
      boolean nan = Float.isNaN(into.values()[i]);
      lost += nan ? 1 : 0;
      assertThat(nan && mask.good()[i]).isFalse();
    }
    assertThat(lost).isBetween(1, 20);
  }
}
