package argand.run;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.EnergyStack;
import argand.file.Hdf5;
import argand.file.Hdf5Storage;
import argand.file.ResultReader;
import argand.file.TiffReader;
import argand.file.TiffWriter;
import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reconstructed volumes at each energy become volumes of fractions: a ball of two valences whose
/// mixture changes from its centre outwards and along the axis, in a film, as a reconstruction
/// gives
/// it (optical density of a voxel, noise of 0.002), written in the three ways in which such volumes
/// come.
class VolumeRunTruthTest {
  private static final int SLICES = 10;
  private static final int ROWS = 16;
  private static final int COLUMNS = 20;
  private static final int SIZE = SLICES * ROWS * COLUMNS;
  private static final int POINTS = 3;
  private static final double NOISE = 0.002;

  @TempDir Path folder;

  private final double[] energies = energies();

  /// Where the ball is, its share of the reduced valence; NaN in the film.
  private final float[] share = new float[SIZE];

  private static double[] energies() {
    double[] ev = new double[24];
    for (int e = 0; e < ev.length; e++) {
      ev[e] = e < 6 ? 8300 + 5 * e : e < 18 ? 8330 + 2.5 * (e - 5) : 8360 + 10 * (e - 17);
    }
    return ev;
  }

  /// Absorption of one valence, a step with a white line.
  private static double valence(double ev, double edge) {
    return 0.5
        + Math.atan((ev - edge) / 1.2) / Math.PI
        + 0.6 * Math.exp(-0.5 * Math.pow((ev - edge - 4) / 2.5, 2));
  }

  private float[][] volumes() {
    var random = new SplittableRandom(11);
    var volumes = new float[energies.length][SIZE];
    for (int i = 0; i < SIZE; i++) {
      double inside = 0;
      double reduced = 0;
      for (int k = 0; k < POINTS * POINTS * POINTS; k++) {
        double z = i / (ROWS * COLUMNS) + (k % POINTS + 0.5) / POINTS;
        double y = i / COLUMNS % ROWS + (k / POINTS % POINTS + 0.5) / POINTS;
        double x = i % COLUMNS + (k / POINTS / POINTS + 0.5) / POINTS;
        double r = Math.hypot(Math.hypot(1.4 * (z - 5), y - 8), x - 9);
        if (r < 6.5) {
          inside++;
          reduced += Math.clamp(0.15 + 0.06 * r + 0.03 * z, 0, 1);
        }
      }
      double points = POINTS * POINTS * POINTS;
      share[i] = inside == points ? (float) (reduced / inside) : Float.NaN;
      for (int e = 0; e < energies.length; e++) {
        double ev = energies[e];
        double matter = reduced * valence(ev, 8342) + (inside - reduced) * valence(ev, 8345.5);
        volumes[e][i] =
            (float)
                (0.08 * matter / points
                    + 0.02 * Math.pow(8340 / ev, 3)
                    + NOISE * random.nextGaussian());
      }
    }
    return volumes;
  }

  private void references() throws IOException {
    for (int k = 0; k < 2; k++) {
      var text = new StringBuilder();
      for (double ev = 8290; ev <= 8440; ev += 0.25) {
        text.append(
            String.format(Locale.ROOT, "%.2f %.6f%n", ev, valence(ev, k == 0 ? 8342 : 8345.5)));
      }
      Files.writeString(folder.resolve(k == 0 ? "reduced.txt" : "oxidized.txt"), text);
    }
  }

  private Outcome run(String recipe) {
    var file =
        new RecipeFile(
            "r.yaml",
            ("argand: 1\ntitle: t\n" + recipe).getBytes(StandardCharsets.UTF_8),
            folder,
            List.of());
    var plan = Plan.of(file, Catalog.ARGAND, 2, 0);
    var runs = RunFolder.fresh(folder.resolve("runs"), LocalDate.of(2026, 1, 1), "t");
    return new Runner(plan, runs, Listener.NONE).start();
  }

  private static final String READ = "  - readStack: {volume: true, quantity: opticalDensity}\n";
  private static final String FIT =
      "  - unmix: {references: [reduced.txt, oxidized.txt]}\n"
          + "  - maskBy: {map: thickness, above: 0.06}\n";

  private static float[] slice(float[] volume, int s) {
    return Arrays.copyOfRange(volume, s * ROWS * COLUMNS, (s + 1) * ROWS * COLUMNS);
  }

  private double rms(float[] found) {
    double squares = 0;
    int n = 0;
    for (int i = 0; i < SIZE; i++) {
      if (!Float.isNaN(share[i])) {
        squares += Math.pow(found[i] - share[i], 2);
        n++;
      }
    }
    assertThat(n).isGreaterThan(500);
    return Math.sqrt(squares / n);
  }

  private float[] fraction(Path tables) {
    var pages = TiffReader.read(tables.resolve("fraction-of-reduced.tif"));
    assertThat(pages.pages()).hasSize(SLICES);
    assertThat(pages.rows()).isEqualTo(ROWS);
    float[] volume = new float[SIZE];
    for (int s = 0; s < SLICES; s++) {
      System.arraycopy(pages.pages().get(s), 0, volume, s * ROWS * COLUMNS, ROWS * COLUMNS);
    }
    return volume;
  }

  /// The error is that of the noise, which the fit states itself: rms of z within 8 %, the spread
  /// of a χ² of some 800 voxels being 2.5 %. Read as slices of another height the fractions are
  /// wrong: a volume is more than its numbers.
  @Test
  void aFileForEachVolume() throws IOException {
    references();
    var volumes = volumes();
    Files.createDirectories(folder.resolve("v"));
    for (int e = 0; e < energies.length; e++) {
      float[] all = volumes[e];
      TiffWriter.write(
          folder.resolve(String.format(Locale.ROOT, "v/rec_%.1f_eV.tif", energies[e])),
          ROWS,
          COLUMNS,
          SLICES,
          s -> slice(all, s));
    }
    var outcome = run("of: v\neach:\n" + READ + FIT);
    assertThat(outcome.failures()).isEmpty();
    Path tables = outcome.folder().path().resolve("tasks/0001/tables");
    float[] found = fraction(tables);
    assertThat(rms(found)).isLessThan(0.05);
    float[] swapped = found.clone();
    for (int s = 0; s < SLICES; s++) {
      System.arraycopy(
          slice(found, SLICES - 1 - s), 0, swapped, s * ROWS * COLUMNS, ROWS * COLUMNS);
    }
    assertThat(rms(swapped)).isGreaterThan(0.08);
    var stack = (EnergyStack) ResultReader.product(outcome.result().orElseThrow());
    try (var images = stack.images()) {
      assertThat(stack.slices()).isEqualTo(SLICES);
      assertThat(slice(images.plane(3).values(), 7)).isEqualTo(slice(volumes[3], 7));
      var map = stack.findings().map("fraction of reduced").orElseThrow();
      assertThat(map.values().values()).isEqualTo(found);
      double squares = 0;
      int n = 0;
      for (int i = 0; i < SIZE; i++) {
        if (!Float.isNaN(share[i])) {
          squares += Math.pow((found[i] - share[i]) / map.sigma().orElseThrow().values()[i], 2);
          n++;
        }
      }
      assertThat(Math.sqrt(squares / n)).isBetween(0.92, 1.08);
    }
    try (var h5 = Hdf5.open(outcome.result().orElseThrow())) {
      assertThat(h5.shape("/entry/stack/data"))
          .containsExactly(energies.length, SLICES, ROWS, COLUMNS);
      assertThat(h5.shape("/entry/found/maps/map_000/data")).containsExactly(SLICES, ROWS, COLUMNS);
    }
    assertThat(tables.resolve("fraction-of-reduced-sigma.tif")).exists();
  }

  /// Folders of slices, and HDF5 files of one volume each that `stack` gathers, give the same bits.
  @Test
  void foldersOfSlicesAndFilesOfHdf5() throws IOException {
    references();
    var volumes = volumes();
    for (int e = 0; e < energies.length; e++) {
      String name = String.format(Locale.ROOT, "%.1f_eV", energies[e]);
      Files.createDirectories(folder.resolve("s/" + name));
      for (int s = 0; s < SLICES; s++) {
        float[] one = slice(volumes[e], s);
        TiffWriter.write(
            folder.resolve("s/" + name + "/rec_" + (s + 1) + ".tif"), ROWS, COLUMNS, 1, _ -> one);
      }
      Files.createDirectories(folder.resolve("h"));
      try (var out = Hdf5.create(folder.resolve("h/recon_scan_" + (100 + e) + ".h5"))) {
        out.write(
            "/img", volumes[e], Hdf5Storage.chunked(1, 8, 20).deflated(1), SLICES, ROWS, COLUMNS);
        out.write("/X_eng", energies[e] / 1000);
        out.write("/scan_id", 100 + e);
        out.commit();
      }
    }
    var nested = run("of: s\neach:\n" + READ + FIT);
    assertThat(nested.failures()).isEmpty();
    float[] found = fraction(nested.folder().path().resolve("tasks/0001/tables"));
    assertThat(rms(found)).isLessThan(0.05);
    var gathered = run("of: h/*.h5\neach:\n" + READ + "then:\n  - stack: {}\n" + FIT);
    assertThat(gathered.failures()).isEmpty();
    assertThat(fraction(gathered.folder().then().resolve("tables"))).isEqualTo(found);
    Files.delete(folder.resolve("s/8300.0_eV/rec_10.tif"));
    var lacking = run("of: s\neach:\n" + READ + FIT);
    assertThat(lacking.failures().toString()).contains("9", "8305.0_eV");
  }

  @Test
  void whatKnowsNoSlicesSaysSo() throws IOException {
    references();
    var volumes = volumes();
    float[] all = new float[energies.length * SIZE];
    for (int e = 0; e < energies.length; e++) {
      System.arraycopy(volumes[e], 0, all, e * SIZE, SIZE);
    }
    try (var out = Hdf5.create(folder.resolve("four.h5"))) {
      out.write("/volumes", all, Hdf5Storage.CONTIGUOUS, energies.length, SLICES, ROWS, COLUMNS);
      out.write("/energies", energies, Hdf5Storage.CONTIGUOUS, energies.length);
      out.commit();
    }
    String read = "of: four.h5\neach:\n  - readStack: {quantity: opticalDensity}\n";
    var aligned = run(read + "  - align: {}\n");
    assertThat(aligned.failures().toString()).contains("slices of the volumes", "at least 16");
    var binned = run(read + "  - binImages: {factor: 2}\n");
    assertThat(binned.failures().toString()).contains("volumes of 10 slices");
    var fitted = run(read + FIT);
    assertThat(rms(fraction(fitted.folder().path().resolve("tasks/0001/tables")))).isLessThan(0.05);
  }
}
