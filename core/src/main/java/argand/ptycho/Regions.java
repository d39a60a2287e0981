package argand.ptycho;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Ptychography of a large field region by region: views are cut into rows × columns of regions
/// that overlap, one after the other is reconstructed, and all are stitched, see {@link Stitch}.
///
/// Memory is needed for the amplitudes of one region at a time. The region with the most views
/// comes first; the others start from its probe.
public record Regions(
    @Param("how each region is reconstructed") Ptychography ptychography,
    @Param(value = "regions above each other", byDefault = "2") int rows,
    @Param(value = "regions beside each other", byDefault = "2") int columns,
    @Param(
            value = "part of its width and height by which a region reaches over each of its edges",
            byDefault = "0.25")
        double overlap)
    implements Step.One<DiffractionScan, Reconstruction> {
  /// Fewer views make no picture.
  private static final int LEAST_VIEWS = 8;

  public Regions {
    Check.within("rows", rows, 1, 100, "");
    Check.within("columns", columns, 1, 100, "");
    Check.within("overlap", overlap, 0, 1, "");
    if (rows * columns < 2) {
      throw new InvalidInput("regions", "one", "two or more", "take ptychography for one field");
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
  public long memoryBytes(DiffractionScan scan) {
    return ptychography.memoryBytes(scan.select(cut(scan).getFirst())) + ofMosaic(scan);
  }

  @Override
  public long leastMemoryBytes(DiffractionScan scan) {
    return ptychography.leastMemoryBytes(scan.select(cut(scan).getFirst())) + ofMosaic(scan);
  }

  @Override
  public String needsLessWith() {
    return "make more regions";
  }

  /// Objects of all regions, once more matched, their light, the sum: in doubles.
  private long ofMosaic(DiffractionScan scan) {
    return 6 * ptychography.objectBytes(scan);
  }

  @Override
  public Reconstruction apply(DiffractionScan scan, Watch watch) {
    var parts = new ArrayList<Reconstruction>();
    Optional<Probe> common = scan.probe();
    var how = ptychography;
    List<int[]> regions = cut(scan);
    for (int k = 0; k < regions.size() && !watch.stopped(); k++) {
      var all = scan.select(regions.get(k));
      var region =
          new DiffractionScan(
              all.geometry(), all.positions(), all.frames(), all.mask(), common, all.source());
      watch.tell(
          new Progress.Noted(
              "region "
                  + (k + 1)
                  + " of "
                  + regions.size()
                  + ": "
                  + all.frames().count()
                  + " views"));
      var part = how.apply(region, watch.part("region " + (k + 1)));
      parts.add(part);
      common = Optional.of(part.probe());
      how = ptychography.withProbe(new ProbeStart.FromFile());
    }
    return parts.size() == 1 ? parts.getFirst() : new Mosaic(parts).joined(true);
  }

  /// Views of each region, those with the most first.
  private List<int[]> cut(DiffractionScan scan) {
    ScanPositions positions = scan.positions();
    double[] y = positions.y();
    double[] x = positions.x();
    double top = IntStream.range(0, y.length).mapToDouble(j -> y[j]).min().orElseThrow();
    double left = IntStream.range(0, x.length).mapToDouble(j -> x[j]).min().orElseThrow();
    double height = positions.extentY() / rows;
    double width = positions.extentX() / columns;
    var regions = new ArrayList<int[]>();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double fromY = top + (r - overlap) * height;
        double toY = top + (r + 1 + overlap) * height;
        double fromX = left + (c - overlap) * width;
        double toX = left + (c + 1 + overlap) * width;
        int[] views =
            IntStream.range(0, y.length)
                .filter(j -> y[j] >= fromY && y[j] <= toY && x[j] >= fromX && x[j] <= toX)
                .toArray();
        if (views.length >= LEAST_VIEWS) {
          regions.add(views);
        }
      }
    }
    if (regions.isEmpty()) {
      throw new InvalidInput(
          "regions",
          "with fewer than " + LEAST_VIEWS + " views each",
          "regions that hold enough views for a picture",
          "make fewer regions");
    }
    regions.sort(Comparator.comparingInt((int[] views) -> -views.length));
    return regions;
  }
}
