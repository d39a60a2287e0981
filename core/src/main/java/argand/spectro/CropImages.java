package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.PhaseImages;
import argand.data.Planes;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.Optional;

/// Keeps a rectangle of every image; variances, flats, dark level, mask and maps follow, what was
/// clustered before does not. Nothing is computed until pixels are read.
public record CropImages(
    @Param("first row kept") int row,
    @Param("first column kept") int column,
    @Param("rows kept") int rows,
    @Param("columns kept") int columns)
    implements StackStep {
  public CropImages {
    Check.atLeast("row", row, 0);
    Check.atLeast("column", column, 0);
    Check.atLeast("rows", rows, 1);
    Check.atLeast("columns", columns, 1);
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    input.mustBeImages("cropImages", "crop the volumes before they are read");
    Grid whole = input.grid();
    Rectangles.mask(whole, new IncidentBeam.Region(row, column, rows, columns));
    Grid part = whole.resized(rows, columns);
    boolean[] good = new boolean[part.size()];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(input.mask().good(), from(whole, r), good, r * columns, columns);
    }
    var maps =
        input.findings().maps().stream()
            .map(
                map ->
                    new Findings.FoundMap(
                        map.name(),
                        map.unit(),
                        cut(map.values(), part),
                        map.sigma().map(s -> cut(s, part))))
            .toList();
    var found = input.findings();
    return new EnergyStack(
            input.energyEv(),
            cut(input.images(), part),
            input.variance().map(v -> cut(v, part)),
            input.quantity(),
            input
                .emptyBeam()
                .map(
                    b ->
                        new EmptyBeam(
                            cut(b.flats(), part),
                            b.dark().map(d -> cut(d, part)),
                            b.flatFrames(),
                            b.exposureRatio())),
            new Mask(part, good),
            input.angle(),
            new Findings(
                maps, found.spectra(), Optional.empty(), Optional.empty(), found.quality()),
            input.source())
        .withPhase(
            input
                .phase()
                .map(
                    p ->
                        new PhaseImages(
                            cut(p.images(), part), p.variance().map(v -> cut(v, part)))))
        .withStep("cropImages to %d × %d pixels".formatted(rows, columns));
  }

  private int from(Grid whole, int down) {
    return (row + down) * whole.columns() + column;
  }

  private RealField cut(RealField field, Grid part) {
    var window = new RealField(part);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(
          field.values(), from(field.grid(), r), window.values(), r * columns, columns);
    }
    return window;
  }

  private Planes cut(Planes planes, Grid part) {
    Grid whole = planes.grid();
    return Planes.computed(
        planes,
        planes.count(),
        part,
        (e, first, length, into, offset) -> {
          int done = 0;
          while (done < length) {
            int row = (first + done) / columns;
            int column = (first + done) % columns;
            int run = Math.min(columns - column, length - done);
            planes.read(e, from(whole, row) + column, run, into, offset + done);
            done += run;
          }
        });
  }
}
