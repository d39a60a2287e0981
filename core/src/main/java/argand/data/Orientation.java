package argand.data;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.physics.Geometry.Regime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One of the eight ways to turn frames: rows and columns are exchanged, then directions reversed.
///
/// Patterns are reversed about their zero frequency, which stays at pixel n/2; pictures of a near
/// field edge to edge.
///
/// @param transpose rows and columns are exchanged, first
/// @param flipRows rows are reversed
/// @param flipColumns columns are reversed
public record Orientation(boolean transpose, boolean flipRows, boolean flipColumns) {
  /// As they are.
  public static final Orientation NONE = new Orientation(false, false, false);

  /// All eight; each odd one is the one before it turned by half a turn.
  public static final List<Orientation> ALL =
      List.of(
          NONE,
          NONE.halfTurned(),
          new Orientation(false, true, false),
          new Orientation(false, false, true),
          new Orientation(true, false, false),
          new Orientation(true, true, true),
          new Orientation(true, true, false),
          new Orientation(true, false, true));

  /// This, then half a turn.
  public Orientation halfTurned() {
    return new Orientation(transpose, !flipRows, !flipColumns);
  }

  /// What undoes this.
  public Orientation inverse() {
    return transpose ? new Orientation(true, flipColumns, flipRows) : this;
  }

  /// This, then the other.
  public Orientation then(Orientation other) {
    boolean rows = other.transpose ? flipColumns : flipRows;
    boolean columns = other.transpose ? flipRows : flipColumns;
    return new Orientation(
        transpose != other.transpose, rows != other.flipRows, columns != other.flipColumns);
  }

  /// The scan with its frames turned, and detector, mask and start probe with them; positions stay.
  public DiffractionScan turn(DiffractionScan scan) {
    if (equals(NONE)) {
      return scan;
    }
    var geometry = scan.geometry().withDetector(turned(scan.geometry().detector()));
    boolean aboutZero = scan.geometry().regime() == Regime.FAR_FIELD;
    return new DiffractionScan(
        geometry,
        scan.positions(),
        new Turned(this, scan.frames(), geometry.detector(), aboutZero),
        scan.mask().map(mask -> turned(mask, geometry.detector(), aboutZero)),
        scan.probe().map(probe -> turned(probe, geometry.sample(), aboutZero)),
        scan.source().withStep("frames turned: " + said()));
  }

  private Grid turned(Grid grid) {
    return transpose ? new Grid(grid.columns(), grid.rows(), grid.pixelX(), grid.pixelY()) : grid;
  }

  private Mask turned(Mask mask, Grid grid, boolean aboutZero) {
    int[] from = from(grid, aboutZero);
    boolean[] good = new boolean[grid.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = mask.good()[from[i]];
    }
    return new Mask(grid, good);
  }

  private Probe turned(Probe probe, Grid grid, boolean aboutZero) {
    Grid own = turned(probe.grid()); // of any size, where it is not that of the frames
    int[] from = from(own, aboutZero);
    int columns = probe.grid().columns();
    var modes = new ArrayList<ComplexField>();
    for (var mode : probe.modes()) {
      boolean same = own.rows() == grid.rows() && own.columns() == grid.columns();
      var turned = new ComplexField(same ? grid : own);
      for (int i = 0; i < from.length; i++) {
        int r = from[i] / columns;
        int c = from[i] % columns;
        turned.set(i / own.columns(), i % own.columns(), mode.re(r, c), mode.im(r, c));
      }
      modes.add(turned);
    }
    return new Probe(modes);
  }

  /// For each pixel of a turned frame, where it lay before.
  private int[] from(Grid grid, boolean aboutZero) {
    int rows = grid.rows();
    int columns = grid.columns();
    int[] from = new int[grid.size()];
    for (int r = 0; r < rows; r++) {
      int row = flipRows ? reversed(r, rows, aboutZero) : r;
      for (int c = 0; c < columns; c++) {
        int column = flipColumns ? reversed(c, columns, aboutZero) : c;
        from[r * columns + c] = transpose ? column * rows + row : row * columns + column;
      }
    }
    return from;
  }

  private static int reversed(int index, int size, boolean aboutZero) {
    return aboutZero ? (2 * (size / 2) - index + size) % size : size - 1 - index;
  }

  /// What is done, in words: `rows and columns exchanged, then rows reversed`.
  public String said() {
    var done = new ArrayList<String>();
    if (transpose) {
      done.add("rows and columns exchanged");
    }
    if (flipRows) {
      done.add("rows reversed");
    }
    if (flipColumns) {
      done.add("columns reversed");
    }
    return done.isEmpty() ? "as they are" : String.join(", then ", done);
  }

  /// As the `read` step of a recipe turns frames: `transposeFrames: true, flipFramesY: true`.
  public String asFrames() {
    return listed("transposeFrames", "flipFramesY", "flipFramesX");
  }

  /// As the `read` step of a recipe turns the axes of the scan to the same effect, but for the way
  /// the picture stands: `swapAxes: true, flipY: true`.
  public String asPositions() {
    return listed("swapAxes", "flipY", "flipX");
  }

  private String listed(String exchange, String rows, String columns) {
    var flags = new ArrayList<String>();
    if (transpose) {
      flags.add(exchange + ": true");
    }
    if (flipRows) {
      flags.add(rows + ": true");
    }
    if (flipColumns) {
      flags.add(columns + ": true");
    }
    return String.join(", ", flags);
  }

  /// Frames turned as they are read.
  private static final class Turned implements Frames {
    private final Orientation how;
    private final Frames frames;
    private final Grid grid;
    private final boolean aboutZero;
    private final int[] from;

    Turned(Orientation how, Frames frames, Grid grid, boolean aboutZero) {
      this.how = how;
      this.frames = frames;
      this.grid = grid;
      this.aboutZero = aboutZero;
      from = how.from(grid, aboutZero);
    }

    @Override
    public int count() {
      return frames.count();
    }

    @Override
    public Grid grid() {
      return grid;
    }

    @Override
    public void read(int index, RealField into) {
      var stored = new RealField(frames.grid());
      frames.read(index, stored);
      for (int i = 0; i < from.length; i++) {
        into.values()[i] = stored.values()[from[i]];
      }
    }

    @Override
    public Optional<Frames> variance() {
      return frames.variance().map(this::likewise);
    }

    @Override
    public Calibration calibration() {
      var beside = frames.calibration();
      return new Calibration(
          beside.darks().map(this::likewise), beside.flats().map(this::likewise));
    }

    @Override
    public Optional<RealField> background() {
      return frames
          .background()
          .map(
              level -> {
                var turned = new RealField(grid);
                new Turned(how, Frames.of(List.of(level)), grid, aboutZero).read(0, turned);
                return turned;
              });
    }

    private Frames likewise(Frames others) {
      return new Turned(how, others, grid, aboutZero);
    }

    @Override
    public void close() {
      frames.close();
    }
  }
}
