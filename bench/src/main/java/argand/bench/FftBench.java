package argand.bench;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jtransforms.fft.FloatFFT_2D;

/// Fourier transforms against FFTW and JTransforms: one thread, one working image, as in one view
// of ptychography.
///
/// The images hold zeros: the time does not depend on the values, and repeated unscaled transforms
// cannot overflow.
final class FftBench implements Benchmark {
  private static final int[] SIZES = {64, 128, 256, 512, 1024, 192, 320, 384};

  @Override
  public String name() {
    return "fft";
  }

  @Override
  public String about() {
    return "2-D and 3-D transforms, single precision, one thread, against FFTW (measured plans) and JTransforms";
  }

  @Override
  public List<Figure> run(Consumer<String> progress) {
    var fftw = Fftw.ofSystem();
    if (fftw.isEmpty()) {
      progress.accept("libfftw3f.so.3 is not installed: no comparison with FFTW");
    }
    List<Figure> figures = new ArrayList<>();
    for (int n : SIZES) {
      var rounds = Rounds.ofOneThread();
      fftw.ifPresent(library -> rounds.add("FFTW", library.plan(n, n)::run));
      rounds.add("Argand", planeOf(n));
      rounds.add("JTransforms", jtransforms(n));
      report(n + "x" + n, rounds.measure(), figures, progress);
    }
    return figures;
  }

  private static Runnable planeOf(int n) {
    var fft = new Fft2(n, n);
    var field = new ComplexField(Grid.square(n, n, 1e-6));
    return () -> fft.transform(field);
  }

  private static Runnable jtransforms(int n) {
    var fft = new FloatFFT_2D(n, n);
    float[] values = new float[2 * n * n];
    return () -> fft.complexForward(values);
  }

  private static void report(
      String size, List<Rounds.Timing> timings, List<Figure> figures, Consumer<String> progress) {
    for (var timing : timings) {
      progress.accept(
          "%-10s %-12s %10.1f us  ratio %.2f  +-%.0f %%"
              .formatted(
                  size,
                  timing.name(),
                  1e6 * timing.seconds(),
                  timing.ratio(),
                  100 * timing.spread()));
    }
  }
}
