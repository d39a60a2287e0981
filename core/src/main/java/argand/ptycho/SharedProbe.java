package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.ComplexField;
import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Ptychography of several scans at once, lit by one probe: I_sj = Σ_m |F(P_m O_s(r − r_sj))|² with
/// an object O_s for each scan s and the same probe modes for all, so that scans of few views lend
/// each other what they know of the probe.
///
/// The scans' fields are laid side by side on one canvas, from left to right in the order of the
/// scans, with at least a frame between them so that no view sees two; then any method, mode and
/// model serves. The result is the canvas; `fields` cuts it.
@Paper(
    value =
        "M. Guizar-Sicairos, I. Johnson, A. Diaz, M. Holler, P. Karvinen, H.-C. Stadler, R."
            + " Dinapoli, O. Bunk, A. Menzel, High-throughput ptychography using Eiger: scanning"
            + " X-ray nano-imaging of extended regions, Opt. Express 22, 14859 (2014)",
    doi = "10.1364/OE.22.014859")
public record SharedProbe(
    @Param("how all scans are reconstructed together") Ptychography ptychography)
    implements Step.All<DiffractionScan, Reconstruction> {
  /// Frames between two fields.
  private static final double APART = 1.25;

  public SharedProbe {
    if (ptychography.refine().stream().anyMatch(Positions.class::isInstance)) {
      throw new InvalidInput(
          "refine",
          "positions of several scans at once",
          "what all scans share",
          "refine the positions of each scan by itself first");
    }
  }

  @Override
  public Class<DiffractionScan> takes() {
    return DiffractionScan.class;
  }

  @Override
  public Class<Reconstruction> gives() {
    return Reconstruction.class;
  }

  @Override
  public Reconstruction gather(List<DiffractionScan> inputs, Watch watch) {
    if (inputs.size() < 2) {
      throw new InvalidInput(
          "number of scans that share a probe",
          inputs.size(),
          "two or more",
          "does the pattern under `of` match all of them?");
    }
    long began = System.nanoTime();
    watch.tell(new Progress.Started("sharedProbe", 0));
    var joined = joined(inputs);
    for (int s = 0; s < inputs.size(); s++) {
      watch.tell(
          new Progress.Noted(
              "scan " + (s + 1) + " of one probe: " + inputs.get(s).frames().count() + " views"));
    }
    // the judge knows one field, not several
    var result = ptychography.judged(false).apply(joined, watch);
    watch.tell(new Progress.Finished("sharedProbe", (System.nanoTime() - began) * 1e-9));
    return result;
  }

  /// All scans as one, their fields side by side.
  ///
  /// @throws InvalidInput when they were not measured alike
  static DiffractionScan joined(List<DiffractionScan> scans) {
    var first = scans.getFirst();
    double[] y = {};
    double[] x = {};
    double from = 0;
    for (int s = 0; s < scans.size(); s++) {
      var scan = scans.get(s);
      if (!scan.geometry().equals(first.geometry())) {
        throw new InvalidInput(
            "scan " + (s + 1),
            scan.geometry(),
            first.geometry() + ", as the first scan has",
            "scans that share a probe have one beam, distance and detector; crop them alike");
      }
      if (scan.frames().variance().isPresent() != first.frames().variance().isPresent()) {
        throw new InvalidInput(
            "scan " + (s + 1),
            "frames whose variance is known, or not",
            "the same as in the first scan",
            "prepare all scans by the same steps");
      }
      y = appended(y, scan.positions().y(), 0);
      x = appended(x, scan.positions().x(), from);
      from += scan.positions().extentX() + width(first);
    }
    return new DiffractionScan(
        first.geometry(),
        new ScanPositions(y, x),
        JoinedFrames.of(scans),
        Optional.empty(),
        first.probe(),
        Source.gathered(
            scans.stream().map(DiffractionScan::source).toList(),
            "fields of " + scans.size() + " scans laid side by side, one probe"));
  }

  /// The result of each scan by itself: its part of the canvas, its positions, the common probe.
  ///
  /// @param canvas what `gather` gave
  public static List<Reconstruction> fields(Reconstruction canvas, List<DiffractionScan> scans) {
    var pixel = canvas.object().grid();
    int rows = canvas.geometry().sample().rows();
    int columns = canvas.geometry().sample().columns();
    List<Reconstruction> fields = new ArrayList<>();
    int begin = 0;
    for (var scan : scans) {
      int[] views = IntStream.range(begin, begin + scan.frames().count()).toArray();
      begin += views.length;
      var at = canvas.positions().select(views);
      double left = Arrays.stream(at.x()).min().orElseThrow();
      double top = Arrays.stream(at.y()).min().orElseThrow();
      int column = (int) Math.floor((left - canvas.origin().x()) / pixel.pixelX());
      int row = (int) Math.floor((top - canvas.origin().y()) / pixel.pixelY());
      column = Math.max(0, column);
      row = Math.max(0, row);
      int width = (int) Math.ceil(at.extentX() / pixel.pixelX()) + columns + 1;
      int height = (int) Math.ceil(at.extentY() / pixel.pixelY()) + rows + 1;
      width = Math.min(width, pixel.columns() - column);
      height = Math.min(height, pixel.rows() - row);
      var object = new ComplexField(pixel.resized(height, width));
      for (int r = 0; r < height; r++) {
        for (int c = 0; c < width; c++) {
          object.set(
              r,
              c,
              canvas.object().re(row + r, column + c),
              canvas.object().im(row + r, column + c));
        }
      }
      // back to where the scan itself stands
      double moved = at.x()[0] - scan.positions().x()[0];
      double lifted = at.y()[0] - scan.positions().y()[0];
      fields.add(
          new Reconstruction(
              object,
              canvas.probe(),
              new ScanPositions(
                  Arrays.stream(at.y()).map(v -> v - lifted).toArray(),
                  Arrays.stream(at.x()).map(v -> v - moved).toArray()),
              new Reconstruction.Origin(
                  canvas.origin().y() + row * pixel.pixelY() - lifted,
                  canvas.origin().x() + column * pixel.pixelX() - moved),
              canvas.geometry(),
              canvas.angle(),
              canvas.residuals(),
              canvas.quality(),
              scan.source()));
    }
    return fields;
  }

  private static double width(DiffractionScan scan) {
    var frame = scan.geometry().sample();
    return APART * frame.columns() * frame.pixelX();
  }

  /// @param from where the least of the new values comes to stand
  private static double[] appended(double[] all, double[] more, double from) {
    double least = Arrays.stream(more).min().orElseThrow();
    double[] joined = Arrays.copyOf(all, all.length + more.length);
    for (int j = 0; j < more.length; j++) {
      joined[all.length + j] = more[j] - least + from;
    }
    return joined;
  }
}
