package argand.register;

import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import java.util.Arrays;
import java.util.Locale;

/// Where the pixels of one image lie in another: the point (r, c) of the first, counted from its
/// centre, is found at (r′, c′) = A (r, c) + (rowsPx, columnsPx) of the second, counted from the
/// centre of that. The centre of n pixels is at (n − 1)/2.
///
/// Registering `moved` onto `fixed` gives the transform by which moved(T(x)) ≈ fixed(x): for a
/// translation, how far down and right the second image lies.
public sealed interface Transform {
  /// No motion.
  Transform NONE = new Translation(0, 0);

  /// The families, each within the next.
  enum Model {
    /// Two numbers: down, right.
    TRANSLATION(2),
    /// Angle, down, right.
    RIGID(3),
    /// Scale, angle, down, right.
    SCALED_ROTATION(4),
    /// Four of the matrix, down, right.
    AFFINE(6);

    private final int count;

    Model(int count) {
      this.count = count;
    }

    /// Number of parameters.
    public int count() {
      return count;
    }
  }

  Model model();

  /// Its components in their order.
  double[] parameters();

  /// The same as one of the widest family.
  Affine affine();

  /// First `first`, then this: the narrowest family that holds both.
  default Transform after(Transform first) {
    var a = affine();
    var b = first.affine();
    var both =
        new Affine(
            a.rowRow * b.rowRow + a.rowColumn * b.columnRow,
            a.rowRow * b.rowColumn + a.rowColumn * b.columnColumn,
            a.columnRow * b.rowRow + a.columnColumn * b.columnRow,
            a.columnRow * b.rowColumn + a.columnColumn * b.columnColumn,
            a.rowRow * b.rowsPx + a.rowColumn * b.columnsPx + a.rowsPx,
            a.columnRow * b.rowsPx + a.columnColumn * b.columnsPx + a.columnsPx);
    return both.narrowed(model().compareTo(first.model()) > 0 ? model() : first.model());
  }

  /// What takes every point back.
  default Transform inverse() {
    var a = affine();
    double det = a.rowRow * a.columnColumn - a.rowColumn * a.columnRow;
    double rr = a.columnColumn / det;
    double rc = -a.rowColumn / det;
    double cr = -a.columnRow / det;
    double cc = a.rowRow / det;
    return new Affine(
            rr,
            rc,
            cr,
            cc,
            -(rr * a.rowsPx + rc * a.columnsPx),
            -(cr * a.rowsPx + cc * a.columnsPx))
        .narrowed(model());
  }

  /// Row and column, as indices of pixels, where the pixel (row, column) of a grid is found in
  /// another image of the same size.
  default double[] applied(Grid grid, double row, double column) {
    var a = affine();
    double r = row - 0.5 * (grid.rows() - 1);
    double c = column - 0.5 * (grid.columns() - 1);
    return new double[] {
      a.rowRow * r + a.rowColumn * c + a.rowsPx + 0.5 * (grid.rows() - 1),
      a.columnRow * r + a.columnColumn * c + a.columnsPx + 0.5 * (grid.columns() - 1)
    };
  }

  /// The transform between the same images seen with pixels `factor` times as large.
  default Transform binned(double factor) {
    var a = affine();
    return new Affine(
            a.rowRow,
            a.rowColumn,
            a.columnRow,
            a.columnColumn,
            a.rowsPx / factor,
            a.columnsPx / factor)
        .narrowed(model());
  }

  /// One of the family from its parameters.
  static Transform of(Model model, double[] p) {
    Check.same("parameters of " + model, p.length, model.count());
    return switch (model) {
      case TRANSLATION -> new Translation(p[0], p[1]);
      case RIGID -> new Rigid(p[0], p[1], p[2]);
      case SCALED_ROTATION -> new ScaledRotation(p[0], p[1], p[2], p[3]);
      case AFFINE -> new Affine(p[0], p[1], p[2], p[3], p[4], p[5]);
    };
  }

  /// The family and its parameters with all their digits, separated by spaces; {@link #parse} reads
  /// it.
  default String text() {
    var text = new StringBuilder(model().name().toLowerCase(Locale.ROOT));
    for (double p : parameters()) {
      text.append(' ').append(p);
    }
    return text.toString();
  }

  /// What {@link #text} wrote.
  ///
  /// @throws InvalidInput for another word, another number of numbers, something not a number
  static Transform parse(String text) {
    String[] words = text.strip().split("\\s+");
    var model =
        Arrays.stream(Model.values())
            .filter(one -> one.name().equalsIgnoreCase(words[0]))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "the family of a transform",
                        words[0],
                        "one of " + Arrays.toString(Model.values()).toLowerCase(Locale.ROOT),
                        ""));
    if (words.length != 1 + model.count()) {
      throw new InvalidInput(
          "the transform " + words[0],
          (words.length - 1) + " numbers",
          String.valueOf(model.count()),
          "");
    }
    double[] p = new double[model.count()];
    for (int k = 0; k < p.length; k++) {
      try {
        p[k] = Double.parseDouble(words[k + 1]);
      } catch (NumberFormatException e) {
        throw new InvalidInput("a number of the transform " + words[0], words[k + 1], "digits", "");
      }
    }
    return of(model, p);
  }

  /// A displacement.
  record Translation(double rowsPx, double columnsPx) implements Transform {
    public Translation {
      displacement(rowsPx, columnsPx);
    }

    @Override
    public Model model() {
      return Model.TRANSLATION;
    }

    @Override
    public double[] parameters() {
      return new double[] {rowsPx, columnsPx};
    }

    @Override
    public Affine affine() {
      return new Affine(1, 0, 0, 1, rowsPx, columnsPx);
    }
  }

  /// A rotation about the centre, then a displacement.
  ///
  /// @param angle from rows (down) towards columns (right) [rad]
  record Rigid(double angle, double rowsPx, double columnsPx) implements Transform {
    public Rigid {
      Check.within("angle of a transform", angle, -2 * Math.PI, 2 * Math.PI, "rad");
      displacement(rowsPx, columnsPx);
    }

    @Override
    public Model model() {
      return Model.RIGID;
    }

    @Override
    public double[] parameters() {
      return new double[] {angle, rowsPx, columnsPx};
    }

    @Override
    public Affine affine() {
      return new ScaledRotation(1, angle, rowsPx, columnsPx).affine();
    }
  }

  /// A rotation and a magnification about the centre, then a displacement.
  ///
  /// @param scale above 1 where the second image shows the sample larger
  /// @param angle from rows (down) towards columns (right) [rad]
  record ScaledRotation(double scale, double angle, double rowsPx, double columnsPx)
      implements Transform {
    public ScaledRotation {
      Check.within("scale of a transform", scale, 0.05, 20, "");
      Check.within("angle of a transform", angle, -2 * Math.PI, 2 * Math.PI, "rad");
      displacement(rowsPx, columnsPx);
    }

    @Override
    public Model model() {
      return Model.SCALED_ROTATION;
    }

    @Override
    public double[] parameters() {
      return new double[] {scale, angle, rowsPx, columnsPx};
    }

    @Override
    public Affine affine() {
      double cos = scale * Math.cos(angle);
      double sin = scale * Math.sin(angle);
      return new Affine(cos, -sin, sin, cos, rowsPx, columnsPx);
    }
  }

  /// r′ = rowRow r + rowColumn c + rowsPx, c′ = columnRow r + columnColumn c + columnsPx.
  record Affine(
      double rowRow,
      double rowColumn,
      double columnRow,
      double columnColumn,
      double rowsPx,
      double columnsPx)
      implements Transform {
    public Affine {
      double det = rowRow * columnColumn - rowColumn * columnRow;
      Check.within("determinant of a transform", det, 2.5e-3, 400, "");
      displacement(rowsPx, columnsPx);
    }

    @Override
    public Model model() {
      return Model.AFFINE;
    }

    @Override
    public double[] parameters() {
      return new double[] {rowRow, rowColumn, columnRow, columnColumn, rowsPx, columnsPx};
    }

    @Override
    public Affine affine() {
      return this;
    }

    /// The member of a narrower family with its displacement and its mean rotation and scale.
    Transform narrowed(Model model) {
      double cos = 0.5 * (rowRow + columnColumn);
      double sin = 0.5 * (columnRow - rowColumn);
      return switch (model) {
        case TRANSLATION -> new Translation(rowsPx, columnsPx);
        case RIGID -> new Rigid(Math.atan2(sin, cos), rowsPx, columnsPx);
        case SCALED_ROTATION ->
            new ScaledRotation(Math.hypot(sin, cos), Math.atan2(sin, cos), rowsPx, columnsPx);
        case AFFINE -> this;
      };
    }
  }

  private static void displacement(double rowsPx, double columnsPx) {
    Check.within("displacement down", rowsPx, -1e6, 1e6, "pixels");
    Check.within("displacement right", columnsPx, -1e6, 1e6, "pixels");
  }
}
