package argand.bench;

import argand.array.ComplexField;
import argand.array.ComplexVolume;
import argand.array.Fft2;
import argand.array.Fft3;
import argand.array.Grid;
import argand.array.kernel.Simd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jtransforms.fft.DoubleFFT_2D;
import org.jtransforms.fft.FloatFFT_2D;
import org.jtransforms.fft.FloatFFT_3D;
import org.visnow.jlargearrays.ConcurrencyUtils;

/// Fourier transforms against FFTW and JTransforms: one thread, one working image, as in one view
/// of ptychography.
///
/// The images hold zeros: the time does not depend on the values, and repeated unscaled transforms
/// cannot overflow. Times are CPU time of the thread.
final class FftBench implements Benchmark {
  private static final int[] SIZES = {64, 128, 256, 512, 1024, 192, 320, 384};
  private static final int VOLUME = 128;
  private static final int[] ACCURACY = {64, 256, 509, 1024};

  @Override
  public String name() {
    return "fft";
  }

  @Override
  public String about() {
    return "2-D and 3-D transforms, single precision, one thread, CPU time, against FFTW (FFTW_MEASURE plans) and JTransforms";
  }

  @Override
  public List<Figure> run(Selection selection, Consumer<String> progress) {
    ConcurrencyUtils.setNumberOfThreads(1);
    progress.accept("kernels: " + Simd.name());
    var fftw = Fftw.ofSystem();
    if (fftw.isEmpty()) {
      progress.accept("libfftw3f.so.3 is not installed: no comparison with FFTW");
    }
    List<Figure> figures = new ArrayList<>();
    for (int n : SIZES) {
      var rounds = Rounds.ofOneThread();
      fftw.ifPresent(library -> rounds.add("FFTW", library.plan(n, n)::run));
      rounds.add("Argand", plane(n)).add("JTransforms", planeOfJTransforms(n));
      report("fft " + n + "x" + n, rounds.measure(), figures, progress);
    }
    var rounds = Rounds.ofOneThread();
    fftw.ifPresent(library -> rounds.add("FFTW", library.plan(VOLUME, VOLUME, VOLUME)::run));
    rounds.add("Argand", volume(VOLUME)).add("JTransforms", volumeOfJTransforms(VOLUME));
    report("fft " + VOLUME + "^3", rounds.measure(), figures, progress);
    for (int n : ACCURACY) {
      accuracy(n, figures, progress);
    }
    return figures;
  }

  private static Runnable plane(int n) {
    var fft = new Fft2(n, n);
    var field = new ComplexField(Grid.square(n, n, 1e-6));
    return () -> fft.transform(field);
  }

  private static Runnable planeOfJTransforms(int n) {
    var fft = new FloatFFT_2D(n, n);
    float[] values = new float[2 * n * n];
    return () -> fft.complexForward(values);
  }

  private static Runnable volume(int n) {
    var fft = new Fft3(n, n, n);
    var field = new ComplexVolume(n, n, n);
    return () -> fft.transform(field);
  }

  private static Runnable volumeOfJTransforms(int n) {
    var fft = new FloatFFT_3D(n, n, n);
    float[] values = new float[2 * n * n * n];
    return () -> fft.complexForward(values);
  }

  /// One figure against FFTW and one against JTransforms; each ratio is that of Argand.
  private static void report(
      String name, List<Rounds.Timing> timings, List<Figure> figures, Consumer<String> progress) {
    Optional<Rounds.Timing> fftw = find(timings, "FFTW");
    var own = find(timings, "Argand").orElseThrow();
    var other = find(timings, "JTransforms").orElseThrow();
    double time = 1e6 * own.seconds();
    double reference = fftw.map(timing -> 1e6 * timing.seconds()).orElse(Double.NaN);
    double ratio = fftw.isPresent() ? own.ratio() : Double.NaN;
    figures.add(new Figure(name + " against FFTW", time, "us", reference, ratio));
    figures.add(
        new Figure(
            name + " against JTransforms",
            time,
            "us",
            1e6 * other.seconds(),
            own.ratio() / other.ratio()));
    progress.accept(
        "%-14s %10.1f us (+-%.0f %%), %.2f x FFTW (%.1f us), %.3f x JTransforms (%.1f us)"
            .formatted(
                name,
                time,
                100 * own.spread(),
                ratio,
                reference,
                own.ratio() / other.ratio(),
                1e6 * other.seconds()));
  }

  private static Optional<Rounds.Timing> find(List<Rounds.Timing> timings, String name) {
    return timings.stream().filter(timing -> timing.name().equals(name)).findFirst();
  }

  /// Relative L2 distance of one random image's transform to the same in double precision; the
  /// reference column is JTransforms in single precision.
  private static void accuracy(int n, List<Figure> figures, Consumer<String> progress) {
    var random = new SplittableRandom(n);
    var field = new ComplexField(Grid.square(n, n, 1e-6));
    double[] exact = new double[2 * n * n];
    float[] other = new float[2 * n * n];
    for (int i = 0; i < n * n; i++) {
      float re = (float) random.nextDouble(-1, 1);
      float im = (float) random.nextDouble(-1, 1);
      field.set(i / n, i % n, re, im);
      exact[2 * i] = re;
      exact[2 * i + 1] = im;
      other[2 * i] = re;
      other[2 * i + 1] = im;
    }
    new DoubleFFT_2D(n, n).complexForward(exact);
    new FloatFFT_2D(n, n).complexForward(other);
    new Fft2(n, n).transform(field);
    float[] own = new float[2 * n * n];
    for (int i = 0; i < n * n; i++) {
      own[2 * i] = field.re(i / n, i % n);
      own[2 * i + 1] = field.im(i / n, i % n);
    }
    double error = distance(own, exact);
    double reference = distance(other, exact);
    String name = "fft " + n + "x" + n + " relative error";
    figures.add(new Figure(name, error, "", reference, error / reference));
    progress.accept("%-28s %.2e (JTransforms %.2e)".formatted(name, error, reference));
  }

  private static double distance(float[] found, double[] exact) {
    double difference = 0;
    for (int k = 0; k < exact.length; k++) {
      difference += (found[k] - exact[k]) * (found[k] - exact[k]);
    }
    return Math.sqrt(difference / Arrays.stream(exact).map(value -> value * value).sum());
  }
}
