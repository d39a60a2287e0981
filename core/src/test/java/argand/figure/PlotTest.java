package argand.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.data.Curve;
import argand.data.EnergyBand;
import argand.figure.Drawing.Mark;
import argand.figure.Drawing.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
  @TempDir Path folder;

  @Test
  void holdsItsCurvesAndLabels() throws Exception {
    double[] x = {1, 2, 3};
    var plot =
        new Plot(
            "Fourier ring correlation",
            List.of(
                new Curve(
                    "result",
                    "spatial frequency [1/µm]",
                    "correlation",
                    x,
                    new double[] {1, 0.5, 0}),
                new Curve("½-bit threshold", "", "", x, new double[] {0.6, 0.4, 0.3})),
            Plot.Scale.UNIT);
    Path file = folder.resolve("plot.svg");
    Svg.write(plot.drawing(), file);
    String svg = Files.readString(file);
    assertThat(svg)
        .contains(">result<", ">½-bit threshold<", ">spatial frequency [1/µm]<", ">correlation<")
        .contains("stroke-dasharray");
    assertThat(lines(plot))
        .filteredOn(line -> line.thickness() > 2 && line.x().length == 3)
        .hasSize(1);
  }

  /// The window lies where its energies do on the axis, behind the curve and cut off at its end;
  /// one
  /// beyond it is not drawn, and what is no spectrum has none.
  @Test
  void windowsAreShadedInSpectra() {
    double[] ev = {8300, 8320, 8340, 8360, 8400};
    var spectrum =
        argand.data.Spectrum.of(
            "mean", ev, new double[] {0, 0, 0.5, 1, 1}, argand.data.Quantity.OPTICAL_DENSITY);
    var bands =
        List.of(
            new EnergyBand("pre-edge", 8250, 8320),
            new EnergyBand("post-edge", 8360, 8400),
            new EnergyBand("elsewhere", 9000, 9100));
    var plot = new Plot("Spectra", List.of(spectrum.curve()), Plot.Scale.LINEAR).with(bands);
    var marks = plot.drawing().marks();
    var boxes =
        marks.stream().filter(Mark.Box.class::isInstance).map(Mark.Box.class::cast).toList();
    assertThat(boxes).hasSize(2);
    double[] x = lines(plot).stream().filter(l -> l.x().length == 5).findFirst().orElseThrow().x();
    assertThat(boxes.get(0).x()).isCloseTo(x[0], within(1e-9));
    assertThat(boxes.get(0).x() + boxes.get(0).width()).isCloseTo(x[1], within(1e-9));
    assertThat(boxes.get(1).x()).isCloseTo(x[3], within(1e-9));
    assertThat(boxes.get(1).x() + boxes.get(1).width()).isCloseTo(x[4], within(1e-9));
    int curve = 0;
    while (!(marks.get(curve) instanceof Mark.Line line && line.x().length == 5)) {
      curve++;
    }
    assertThat(marks.indexOf(boxes.get(1))).isLessThan(curve);
    assertThat(marks.toString()).contains("pre-edge", "post-edge").doesNotContain("elsewhere");
    var drift = new Curve("down", "energy [eV]", "pixels", ev, new double[5]);
    assertThat(
            new Plot("Displacements", List.of(drift), Plot.Scale.LINEAR)
                .with(bands)
                .drawing()
                .marks())
        .noneMatch(Mark.Box.class::isInstance);
  }

  @Test
  void logarithmicAxisPlacesDecadesEvenly() {
    var plot = Plot.ofResiduals(List.of(1.0, 0.1, 0.01));
    var curve = lines(plot).stream().filter(line -> line.x().length == 3).findFirst().orElseThrow();
    double first = curve.y()[1] - curve.y()[0];
    double second = curve.y()[2] - curve.y()[1];
    assertThat(first).isPositive();
    assertThat(second).isCloseTo(first, org.assertj.core.api.Assertions.within(1e-9));
  }

  @Test
  void valuesThatCannotBeDrawnBreakTheCurve() {
    var plot = Plot.ofResiduals(List.of(1.0, 0.5, Double.NaN, 0.0, 0.2, 0.1));
    assertThat(lines(plot)).filteredOn(line -> line.thickness() > 2).hasSize(2);
    assertThat(Plot.ofResiduals(List.of(0.3)).drawing().marks())
        .filteredOn(Mark.Dot.class::isInstance)
        .hasSize(1);
  }

  @Test
  void wordsAreDrawnWithAndWithoutFonts() {
    var drawing = new Drawing(120, 30, "words");
    drawing.addWords(10, 20, "10 µm − ½", 14, Side.START, Ink.BLACK);
    int dots = dark(Raster.of(drawing, 2, new Lettering.Dots()));
    assertThat(dots).isGreaterThan(100);
    assertThat(dark(Raster.of(drawing, 2))).isGreaterThan(100);
    assertThat(dark(Raster.of(new Drawing(120, 30, "nothing"), 2))).isZero();
  }

  private static int dark(java.awt.image.BufferedImage image) {
    int dark = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        dark += (image.getRGB(x, y) & 0xff) < 128 ? 1 : 0;
      }
    }
    return dark;
  }

  private static List<Mark.Line> lines(Plot plot) {
    return plot.drawing().marks().stream()
        .filter(Mark.Line.class::isInstance)
        .map(Mark.Line.class::cast)
        .toList();
  }
}
