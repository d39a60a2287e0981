package argand.figure;

import argand.data.Curve;
import argand.data.EnergyBand;
import argand.data.Quantity;
import argand.data.Spectrum;
import argand.figure.Drawing.Mark;
import argand.figure.Drawing.Side;
import argand.figure.Drawing.Turn;
import argand.figure.Drawing.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;

/// Curves over one pair of axes, labelled with their units. Unless styles are given, curves whose
/// name ends in `threshold` are drawn thin and dashed, those whose name ends in `measured` as dots.
///
/// @param curves all with the same labels; at least one
/// @param scale of the upright axis
/// @param styles one for each curve
/// @param bands of energies, shaded behind the curves where these reach
public record Plot(
    String title, List<Curve> curves, Scale scale, List<Style> styles, List<EnergyBand> bands) {
  private static final double WIDTH = 520;
  private static final double HEIGHT = 340;
  private static final double LEFT = 66;
  private static final double RIGHT = 16;
  private static final double TOP = 52;
  private static final double BOTTOM = 48;
  private static final List<Ink> INKS =
      List.of(Ink.BLUE, Ink.ORANGE, Ink.GREEN, Ink.PURPLE, Ink.RED, Ink.MUTED);
  private static final List<Ink> THIN = List.of(Ink.ORANGE, Ink.GREEN, Ink.PURPLE, Ink.RED);

  /// Of the upright axis.
  public enum Scale {
    /// Even.
    LINEAR,
    /// Even from a little below 0 to 1: for correlations.
    UNIT,
    /// By powers of ten; values that are not positive are left out.
    LOGARITHMIC
  }

  /// How a curve is drawn.
  enum Stroke {
    LINE,
    DASHES,
    DOTS
  }

  /// @param sigma half the length of an upright bar at each point
  record Style(Ink ink, Stroke stroke, Optional<double[]> sigma) {}

  public Plot {
    curves = List.copyOf(curves);
    styles = List.copyOf(styles);
    bands = List.copyOf(bands);
    argand.array.Check.atLeast("number of curves", curves.size(), 1);
    argand.array.Check.same("styles of curves", styles.size(), curves.size());
  }

  public Plot(String title, List<Curve> curves, Scale scale) {
    this(title, curves, scale, styles(curves), List.of());
  }

  /// With these bands shaded, if this is a plot of spectra.
  Plot with(List<EnergyBand> shaded) {
    var first = curves.getFirst();
    boolean spectra =
        first.labelX().equals("energy [eV]")
            && Arrays.stream(Quantity.values()).anyMatch(q -> q.words().equals(first.labelY()));
    return spectra ? new Plot(title, curves, scale, styles, shaded) : this;
  }

  private static List<Style> styles(List<Curve> curves) {
    var styles = new ArrayList<Style>();
    int thick = 0;
    int thin = 0;
    for (var curve : curves) {
      boolean threshold = curve.name().endsWith("threshold");
      Ink ink = threshold ? THIN.get(thin++ % THIN.size()) : INKS.get(thick++ % INKS.size());
      var stroke =
          threshold ? Stroke.DASHES : curve.name().endsWith("measured") ? Stroke.DOTS : Stroke.LINE;
      styles.add(new Style(ink, stroke, Optional.empty()));
    }
    return styles;
  }

  /// Spectra, with their standard deviations where these are known.
  static Plot ofSpectra(String title, List<Spectrum> spectra, IntFunction<Ink> inks) {
    var styles = new ArrayList<Style>();
    for (int k = 0; k < spectra.size(); k++) {
      styles.add(new Style(inks.apply(k), Stroke.LINE, spectra.get(k).sigma()));
    }
    return new Plot(
        title, spectra.stream().map(Spectrum::curve).toList(), Scale.LINEAR, styles, List.of());
  }

  /// How the residual fell, one value for each iteration.
  public static Plot ofResiduals(List<Double> residuals) {
    double[] x = new double[residuals.size()];
    double[] y = new double[residuals.size()];
    for (int k = 0; k < x.length; k++) {
      x[k] = k + 1;
      y[k] = residuals.get(k);
    }
    var curve =
        new Curve("residual", "iteration", "relative amplitude error  Σ(|u|−√I)² / ΣI", x, y);
    return new Plot("Residual", List.of(curve), Scale.LOGARITHMIC);
  }

  /// The drawing, 520 × 340 points.
  public Drawing drawing() {
    var x = axis(true);
    var y = axis(false);
    var drawing = new Drawing(WIDTH, HEIGHT, description());
    drawing.add(new Mark.Words(0, 18, title, 14, Side.START, Ink.TEXT, Turn.NONE, Weight.BOLD));
    shade(drawing, x);
    frame(drawing, x, y);
    for (int k = 0; k < curves.size(); k++) {
      bars(drawing, k, x, y);
      draw(drawing, curves.get(k), x, y, styles.get(k));
    }
    if (curves.size() > 1) {
      legend(drawing);
    }
    return drawing;
  }

  private String description() {
    var first = curves.getFirst();
    var words =
        new StringBuilder(title)
            .append(": ")
            .append(first.labelY())
            .append(" over ")
            .append(first.labelX());
    if (first.y().length > 0) {
      words
          .append(", from ")
          .append(Quantities.plain(first.y()[0]))
          .append(" to ")
          .append(Quantities.plain(first.y()[first.y().length - 1]));
    }
    return words.toString();
  }

  /// One axis: its ends, its ticks, and where on the page a value lies.
  private record Axis(
      double low, double high, List<Double> ticks, DoubleUnaryOperator place, boolean log) {
    double at(double value) {
      return place.applyAsDouble(value);
    }

    String label(double tick) {
      if (log) {
        return Quantities.plain(tick);
      }
      return Ticks.label(tick, ticks.size() > 1 ? ticks.get(1) - ticks.get(0) : Math.abs(tick));
    }
  }

  private Axis axis(boolean across) {
    boolean log = !across && scale == Scale.LOGARITHMIC;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < curves.size(); k++) {
      double[] values = across ? curves.get(k).x() : curves.get(k).y();
      for (int i = 0; i < values.length; i++) {
        if (Double.isFinite(values[i]) && (!log || values[i] > 0)) {
          double room = across ? 0 : sigma(k, i);
          low = Math.min(low, values[i] - (log ? 0 : room));
          high = Math.max(high, values[i] + room);
        }
      }
    }
    if (low > high) {
      low = log ? 0.1 : 0;
      high = 1;
    }
    double start = across ? LEFT : HEIGHT - BOTTOM;
    double end = across ? WIDTH - RIGHT : TOP;
    if (log) {
      double a = Math.log10(low) - 0.04 * (1 + Math.log10(high / low));
      double b = Math.log10(high) + 0.04 * (1 + Math.log10(high / low));
      return new Axis(
          Math.pow(10, a),
          Math.pow(10, b),
          Ticks.logarithmic(Math.pow(10, a), Math.pow(10, b)),
          value -> start + (end - start) * (Math.log10(value) - a) / (b - a),
          true);
    }
    if (across && scale == Scale.UNIT) {
      low = Math.min(0, low);
    }
    if (!across) {
      double room = 0.05 * (high - low);
      low = scale == Scale.UNIT ? Math.min(-0.02, low - 0.02) : low - room;
      high = scale == Scale.UNIT ? Math.max(1.03, high) : high + room;
    }
    if (!(high > low)) {
      low -= 0.5;
      high += 0.5;
    }
    double a = low;
    double b = high;
    return new Axis(
        a,
        b,
        Ticks.linear(a, b, across ? 7 : 6),
        value -> start + (end - start) * (value - a) / (b - a),
        false);
  }

  /// Bands as far as the frame reaches, their names at the top of each; one that lies outside is
  /// left out, and a name that would run into the one before it stands at the foot.
  private void shade(Drawing drawing, Axis x) {
    double free = LEFT;
    for (var band : bands) {
      double from = Math.max(x.at(band.fromEv()), LEFT);
      double to = Math.min(x.at(band.toEv()), WIDTH - RIGHT);
      if (!(to > from)) {
        continue;
      }
      drawing.add(new Mark.Box(from, TOP, to - from, HEIGHT - BOTTOM - TOP, Ink.BLUE, 0.12));
      double half = 2.6 * band.name().length();
      double middle = Math.clamp(0.5 * (from + to), LEFT + half, WIDTH - RIGHT - half);
      double line = middle - half < free ? HEIGHT - BOTTOM - 6 : TOP + 11;
      drawing.addWords(middle, line, band.name(), 10, Side.MIDDLE, Ink.MUTED);
      free = middle + half + 4;
    }
  }

  private void frame(Drawing drawing, Axis x, Axis y) {
    double bottom = HEIGHT - BOTTOM;
    for (double tick : y.ticks()) {
      drawing.addLine(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick), Ink.RULE, 0.8);
      drawing.addWords(LEFT - 7, y.at(tick) + 3.8, y.label(tick), 11, Side.END, Ink.TEXT);
    }
    for (double tick : x.ticks()) {
      drawing.addLine(x.at(tick), bottom, x.at(tick), bottom + 4, Ink.MUTED, 1);
      drawing.addWords(x.at(tick), bottom + 16.5, x.label(tick), 11, Side.MIDDLE, Ink.TEXT);
    }
    drawing.addLine(LEFT, bottom, WIDTH - RIGHT, bottom, Ink.MUTED, 1);
    var first = curves.getFirst();
    drawing.addWords(
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 9, first.labelX(), 12, Side.MIDDLE, Ink.MUTED);
    drawing.add(
        new Mark.Words(
            13,
            (TOP + bottom) / 2,
            first.labelY(),
            12,
            Side.MIDDLE,
            Ink.MUTED,
            Turn.UP,
            Weight.PLAIN));
  }

  private double sigma(int curve, int point) {
    var sigma = styles.get(curve).sigma();
    return sigma.isPresent() && Double.isFinite(sigma.get()[point]) ? sigma.get()[point] : 0;
  }

  private void bars(Drawing drawing, int k, Axis x, Axis y) {
    var curve = curves.get(k);
    if (styles.get(k).sigma().isEmpty() || scale == Scale.LOGARITHMIC) {
      return;
    }
    for (int i = 0; i < curve.x().length; i++) {
      if (shown(curve.y()[i])) {
        double s = sigma(k, i);
        double at = x.at(curve.x()[i]);
        drawing.addLine(
            at, y.at(curve.y()[i] - s), at, y.at(curve.y()[i] + s), styles.get(k).ink(), 0.7);
      }
    }
  }

  /// A curve is broken where it has no value.
  private void draw(Drawing drawing, Curve curve, Axis x, Axis y, Style style) {
    Ink ink = style.ink();
    boolean threshold = style.stroke() == Stroke.DASHES;
    if (style.stroke() == Stroke.DOTS) {
      for (int i = 0; i < curve.x().length; i++) {
        if (shown(curve.y()[i])) {
          drawing.add(new Mark.Dot(x.at(curve.x()[i]), y.at(curve.y()[i]), 2.4, ink));
        }
      }
      return;
    }
    int begin = 0;
    for (int i = 0; i <= curve.x().length; i++) {
      if (i < curve.x().length && shown(curve.y()[i])) {
        continue;
      }
      if (i - begin == 1) {
        drawing.add(new Mark.Dot(x.at(curve.x()[begin]), y.at(curve.y()[begin]), 3, ink));
      } else if (i > begin) {
        double[] across = new double[i - begin];
        double[] up = new double[i - begin];
        for (int k = begin; k < i; k++) {
          across[k - begin] = x.at(curve.x()[k]);
          up[k - begin] = y.at(curve.y()[k]);
        }
        drawing.add(new Mark.Line(across, up, ink, threshold ? 1.3 : 2.2, threshold ? 5 : 0));
      }
      begin = i + 1;
    }
  }

  private boolean shown(double value) {
    return Double.isFinite(value) && (scale != Scale.LOGARITHMIC || value > 0);
  }

  /// Names in a row above the frame; what does not fit goes into a second row.
  private void legend(Drawing drawing) {
    double x = 8;
    double line = rows() > 1 ? TOP - 23 : TOP - 14;
    for (int k = 0; k < curves.size(); k++) {
      var style = styles.get(k);
      double room = 38 + 5.5 * curves.get(k).name().length();
      if (x > 8 && x + room - 16 > WIDTH) {
        x = 8;
        line += 14;
      }
      if (style.stroke() == Stroke.DOTS) {
        drawing.add(new Mark.Dot(x + 9, line - 3.5, 2.4, style.ink()));
      } else {
        boolean dashes = style.stroke() == Stroke.DASHES;
        drawing.add(
            new Mark.Line(
                new double[] {x, x + 18},
                new double[] {line - 3.5, line - 3.5},
                style.ink(),
                dashes ? 1.3 : 2.2,
                dashes ? 5 : 0));
      }
      drawing.addWords(x + 22, line, curves.get(k).name(), 11, Side.START, Ink.TEXT);
      x += room;
    }
  }

  private int rows() {
    double x = 8;
    int rows = 1;
    for (var curve : curves) {
      double room = 38 + 5.5 * curve.name().length();
      if (x > 8 && x + room - 16 > WIDTH) {
        x = 8;
        rows++;
      }
      x += room;
    }
    return rows;
  }
}
