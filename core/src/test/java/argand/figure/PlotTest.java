package argand.figure;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.Curve;
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
