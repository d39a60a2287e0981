package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.data.RawFile;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that nearly hold a stack, and what is said of them.
class BadStackTest {
  @TempDir Path folder;

  /// Three images of 4 × 5, and beside them so many energies, and flats of so many rows.
  private Path file(float level, int energies, int flatRows) {
    Path file = folder.resolve("stack.h5");
    try (var out = Hdf5.create(file)) {
      out.group("/exchange");
      float[] images = new float[3 * 4 * 5];
      Arrays.fill(images, level);
      out.write("/exchange/data", images, Hdf5Storage.CONTIGUOUS, 3, 4, 5);
      out.attribute("/exchange/data", "units", "counts");
      double[] ev = new double[energies];
      Arrays.setAll(ev, e -> 8300 + 10.0 * e);
      out.write("/exchange/energy", ev, Hdf5Storage.CONTIGUOUS, energies);
      out.attribute("/exchange/energy", "units", "eV");
      float[] flats = new float[flatRows * 5];
      Arrays.fill(flats, 1000);
      out.write("/exchange/data_white", flats, Hdf5Storage.CONTIGUOUS, 1, flatRows, 5);
      out.commit();
    }
    return file;
  }

  private static argand.data.EnergyStack read(Path file) {
    return ReadStack.defaults().apply(new RawFile(file), Watch.SILENT);
  }

  @Test
  void energiesThatAreTooFewAreCounted() {
    Path file = file(500, 2, 4);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("2 in /exchange/energy for 3 images");
  }

  @Test
  void flatsOfAnotherSizeAreNamed() {
    var stack = read(file(500, 3, 3));
    assertThat(stack.emptyBeam()).isEmpty();
    assertThat(stack.source().notes())
        .contains(
            "/exchange/data_white [1, 3, 5] is not taken as the empty beam: its images are not"
                + " 4 × 5");
    // of the right size there is nothing to say
    assertThat(read(file(500, 3, 4)).source().notes()).noneMatch(n -> n.contains("not taken"));
  }

  @Test
  void imagesWithoutLightAreRefused() {
    Path dark = file(0, 3, 4);
    assertThatThrownBy(() -> read(dark))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("zero in every pixel");
    assertThat(read(file(500, 3, 4)).emptyBeam()).isPresent();
  }
}
