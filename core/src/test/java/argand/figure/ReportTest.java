package argand.figure;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.Reconstruction;
import argand.metric.Comparison;
import argand.metric.Specimen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final double PIXEL = 20e-9;

  @TempDir Path folder;

  private final Reconstruction result = result();

  @Test
  void onePageHoldsEverything() throws IOException {
    Path file = folder.resolve("report.html");
    var versions = new LinkedHashMap<String, String>();
    versions.put("argand", "0.1.0");
    new Report(
            "Grains <&> film",
            "argand: 1\ntitle: \"Grains\"",
            List.of(new Report.Result("scan_0001", result)),
            versions,
            List.of("A. Author, J. Opt. 1, 1 (2001)"),
            List.of("the detector distance is nominal"))
        .write(file);
    String html = Files.readString(file);
    assertThat(html)
        .contains("<h1>Grains &lt;&amp;&gt; film</h1>")
        .contains("Object, phase unwrapped", "Object, amplitude", "Object, phase<", "Probe<")
        .contains("Residual", "Fourier ring correlation", "Scan positions (120 views)")
        .contains("Misfit over the scan", "where the view stood")
        .contains("half period", "½-bit threshold", "NRMSE against the truth")
        .contains(
            "the file records no energy: lengths are nominal", "the detector distance is nominal")
        .contains(
            "title: &quot;Grains&quot;", "A. Author", "import h5py", "0.1.0", "scan_0001.cxi");
    assertNothingIsFetched(html);
    assertThat(count(html, "<svg "))
        .isEqualTo(8)
        .isEqualTo(count(html, "role=\"img\" aria-label=\""));
    assertThat(count(html, "<figure>")).isEqualTo(count(html, "</figure>"));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  /// The control of the check above: it does see an outside resource.
  @Test
  void anOutsideResourceWouldBeSeen() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> assertNothingIsFetched("<img src=\"https://example.org/a.png\">"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void picturesAreWrittenWithTheirBars() throws IOException {
    Panels.of(result, folder);
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(
            "amplitude.png",
            "phase.png",
            "phase-unwrapped.png",
            "probe.png",
            "positions.png",
            "residual.png",
            "residual.svg",
            "frc.png",
            "frc.svg",
            "misfit-over-the-scan.png");
    var phase = ImageIO.read(folder.resolve("phase.png").toFile());
    assertThat(phase.getWidth()).isGreaterThan(600);
  }

  private static void assertNothingIsFetched(String html) {
    var links = Pattern.compile("(?:src|href|url)\\s*[=(]\\s*[\"']?([^\"')>\\s]+)").matcher(html);
    while (links.find()) {
      assertThat(links.group(1)).startsWith("data:");
    }
    assertThat(html).doesNotContain("<script", "<link", "@import");
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static Reconstruction result() {
    var specimen = new Specimen(3, 128 * PIXEL, 3.5 * PIXEL);
    var truth = specimen.reconstruction(128, PIXEL, 0);
    var moved = specimen.reconstruction(128, PIXEL, 0.3);
    var map = new RealField(new Grid(20, 30, 2 * PIXEL, 2 * PIXEL));
    for (int i = 0; i < map.values().length; i++) {
      map.values()[i] = i % 7 == 0 ? Float.NaN : i;
    }
    return moved.withQuality(
        Comparison.between(moved, truth).withMap("Misfit over the scan", "", map));
  }
}
