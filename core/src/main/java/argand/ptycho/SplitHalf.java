package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import argand.metric.Comparison;
import java.util.stream.IntStream;

/// Ptychography with a resolution: all views are reconstructed, then the odd and the even ones by
/// themselves, each with its own probe and positions; how far the two halves agree, frequency by
/// frequency, tells what of the picture the data hold. What `auto` chooses it chooses once, from
/// all views: halves that are reconstructed in two ways differ by more than their data.
///
/// The product is the picture of all views; its quality gains the Fourier ring correlation of the
/// halves and the half periods at which it meets the thresholds. Neighbouring views go to different
/// halves, so both see the whole field at half the dose and wider steps: the figure is on the safe
/// side.
@Paper(
    value =
        "M. van Heel, M. Schatz, Fourier shell correlation threshold criteria, J. Struct. Biol."
            + " 151, 250 (2005)",
    doi = "10.1016/j.jsb.2005.05.009")
public record SplitHalf(
    @Param("how all views, and each half of them, are reconstructed") Ptychography ptychography)
    implements Step.One<DiffractionScan, Reconstruction> {
  /// Fewer views than that in a half say nothing.
  private static final int LEAST_VIEWS = 8;

  @Override
  public Class<DiffractionScan> takes() {
    return DiffractionScan.class;
  }

  @Override
  public Class<Reconstruction> gives() {
    return Reconstruction.class;
  }

  @Override
  public long memoryBytes(DiffractionScan scan) {
    return ptychography.memoryBytes(scan) + ofPictures(scan);
  }

  @Override
  public long leastMemoryBytes(DiffractionScan scan) {
    return ptychography.leastMemoryBytes(scan) + ofPictures(scan);
  }

  @Override
  public String needsLessWith() {
    return ptychography.needsLessWith();
  }

  private long ofPictures(DiffractionScan scan) {
    long pictures = 3 * 8L * scan.frames().grid().size();
    return ptychography.objectBytes(scan) * 6 + pictures;
  }

  @Override
  public Reconstruction apply(DiffractionScan scan, Watch watch) {
    int count = scan.frames().count();
    if (count < 2 * LEAST_VIEWS) {
      throw new InvalidInput(
          "number of views", count, "at least " + 2 * LEAST_VIEWS + " to make halves of", "");
    }
    var all = watch.part("all");
    Reconstruction whole;
    Solver half;
    if (ptychography.method() instanceof Auto) {
      var choice = Auto.choose(ptychography, scan, all);
      whole = choice.reconstruct(scan, all);
      half = (part, by) -> choice.unjudged().forPart(part, by).reconstruct(part, by);
    } else {
      whole = ptychography.apply(scan, all);
      half = ptychography.judged(false)::apply;
    }
    var odd = half.of(scan.select(everySecond(count, 1)), watch.part("odd"));
    var even = half.of(scan.select(everySecond(count, 0)), watch.part("even"));
    if (stopped(whole) || stopped(odd) || stopped(even)) {
      watch.tell(new Progress.Noted("stopped before both halves were done: no split-half figure"));
      return whole;
    }
    return whole.withQuality(whole.quality().and(agreement(odd, even, watch)));
  }

  /// How a half is reconstructed.
  private interface Solver {
    Reconstruction of(DiffractionScan part, Watch watch);
  }

  private static Quality agreement(Reconstruction odd, Reconstruction even, Watch watch) {
    try {
      return Comparison.halves(odd, even);
    } catch (InvalidInput tooLittle) {
      String sentence = "The halves of the views cannot be compared: " + tooLittle.getMessage();
      watch.tell(new Progress.Noted(sentence));
      return Quality.NONE.withVerdict(sentence);
    }
  }

  private boolean stopped(Reconstruction result) {
    return result.residuals().size() < ptychography.iterations();
  }

  private static int[] everySecond(int count, int first) {
    return IntStream.range(0, count).filter(j -> j % 2 == first).toArray();
  }
}
