package argand.figure;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Clusters;
import argand.data.Curve;
import argand.data.EnergyBand;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.MixedColors;
import argand.data.MixedColors.Brightness;
import argand.data.MixedColors.Channel;
import argand.data.MixedColors.Tint;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Region;
import argand.data.Shape;
import argand.data.Source;
import argand.data.Spectrum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackReportTest {
  private static final double[] ENERGY = {7000, 7050, 7100, 7110, 7120, 7130, 7200};

  @TempDir Path folder;

  @Test
  void whatWasFoundIsOnThePage() throws IOException {
    String html = page(found(60, 80));
    assertThat(html)
        .contains("Image at 7", "Orange is masked: 60 of 4800 pixels.", ">left<")
        .contains("Ni4+<", "σ of Ni4+<", "Standard deviation of each pixel.")
        .contains("fitting error (log scale)")
        .contains("Clusters<", "Mean spectra of the clusters", "cluster 2<", "2400 pixels")
        .contains("Maps mixed by colour, as bright as “thickness”")
        .contains("left: raw and fit", "How often each value occurs")
        .contains(
            ">pre-edge<", ">post-edge<", "7 of 60 × 80 pixels", "Median error of a pixel 0.02.")
        .contains("/entry/found/maps")
        .doesNotContain("/entry/object/data")
        .doesNotContain("no picture is made");
  }

  @Test
  void aStackWithoutFindingsIsAnImage() throws IOException {
    var stack = found(60, 80).withFindings(argand.data.Findings.NONE);
    assertThat(page(stack)).contains("Image at 7").doesNotContain("Clusters<", "Ni4+");
  }

  @Test
  void picturesAreWritten() throws IOException {
    Panels.of(found(60, 80), folder);
    assertThat(folder.toFile().list())
        .contains(
            "image.png",
            "ni4+.png",
            "sigma-of-ni4+.png",
            "fitting-error.png",
            "clusters.png",
            "clusters-normalized-absorption.png",
            "mix-ni3+-ni4+.png",
            "histograms.png");
  }

  /// A camera's image of 4 million pixels, all noise, so that PNG cannot shorten it.
  @Test
  void largeImagesMakeNoLargePage() throws IOException {
    String html = page(found(2048, 2048));
    assertThat(html).contains("blocks of 4 × 4 pixels as one");
    // Ten pictures of 512² pixels and 3 bytes are 8 MB, 10.5 MB as text.
    assertThat(html.length()).isLessThan(12_000_000);
  }

  @Test
  void aMixOfColorsIsGolden() {
    var grid = Grid.square(1, 4, 1e-6);
    var mix =
        new MixedColors(
            List.of(new Channel("a", Tint.RED, 0, 1), new Channel("b", Tint.GREEN, 0.2, 0.6)),
            Optional.of(new Brightness("t", 2)));
    var a = new RealField(grid, new float[] {1, 0.5f, 0.25f, 1});
    var b = new RealField(grid, new float[] {0, 0.4f, 0.9f, 0});
    var light = new RealField(grid, new float[] {1, 1, 0.5f, 1});
    var mask = new Mask(grid, new boolean[] {true, true, true, false});
    var image = MixedPixels.of(mix, List.of(a, b), light, mask);
    assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0xff0000);
    assertThat(image.getRGB(1, 0) & 0xffffff).isEqualTo(0x808000);
    assertThat(image.getRGB(2, 0) & 0xffffff).isEqualTo(0x208000);
    assertThat(image.getRGB(3, 0) & 0xffffff).isZero();
  }

  @Test
  void aBlockIsTheMeanOfWhatIsKnown() throws IOException {
    var field = new RealField(Grid.square(2, 1320, 1e-6));
    field.values()[0] = 4;
    field.values()[1] = Float.NaN;
    var shrunk = Shrunk.of(field.grid());
    assertThat(shrunk.grid()).isEqualTo(Grid.square(1, 660, 2e-6));
    assertThat(shrunk.mean(field).at(0, 0)).isEqualTo(4f / 3);
    Panels.of(found(60, 80), folder);
    assertThat(ImageIO.read(folder.resolve("image.png").toFile()).getWidth()).isGreaterThan(600);
  }

  private String page(EnergyStack stack) throws IOException {
    Path file = folder.resolve("report.html");
    new Report(
            "A particle",
            "argand: 1",
            List.of(new Report.Result("result", stack)),
            new LinkedHashMap<>(),
            List.of(),
            List.of())
        .write(file);
    return Files.readString(file);
  }

  private static EnergyStack found(int rows, int columns) {
    var grid = Grid.square(rows, columns, 50e-9);
    var random = new SplittableRandom(5);
    var noise = new RealField(grid);
    var sigma = new RealField(grid);
    int[] label = new int[grid.size()];
    boolean[] good = new boolean[grid.size()];
    for (int i = 0; i < grid.size(); i++) {
      noise.values()[i] = (float) random.nextDouble();
      sigma.values()[i] = 0.02f;
      label[i] = i % columns < columns / 2 ? 0 : 1;
      good[i] = i % columns > 0;
    }
    var mean = Spectrum.of("cluster 1", ENERGY, new double[7], Quantity.NORMALIZED);
    var roi = new Curve("left measured", "energy [eV]", "absorption", ENERGY, new double[7]);
    var planes = Planes.of(java.util.Collections.nCopies(ENERGY.length, noise));
    var stack = EnergyStack.of(ENERGY, planes, Quantity.NORMALIZED, Source.NONE);
    return stack
        .withMask(new Mask(grid, good))
        .withFindings(
            stack
                .findings()
                .with(new EnergyBand("pre-edge", 7000, 7100))
                .with(new EnergyBand("post-edge", 7130, 7200))
                .with(FoundMap.of("Ni3+", "", noise))
                .with(new FoundMap("Ni4+", "", noise, Optional.of(sigma)))
                .with(FoundMap.of("thickness", "µm", noise))
                .with(FoundMap.of("fitting error", "", noise))
                .with(new Clusters(grid, label, List.of(mean, mean.named("cluster 2"))))
                .with(new Region("left", new Shape.Rectangle(2, 3, 10, 10)))
                .with(
                    new MixedColors(
                        List.of(
                            new Channel("Ni3+", Tint.RED, 0, 1),
                            new Channel("Ni4+", Tint.GREEN, 0, 1)),
                        Optional.of(new Brightness("thickness", 1))))
                .with(stack.findings().quality().withFigure("left: raw and fit", List.of(roi))));
  }
}
