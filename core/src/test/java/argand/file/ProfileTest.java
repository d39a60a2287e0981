package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.RawFile;
import argand.flow.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A beamline's own layout becomes a measurement without code, and a wrong profile one sentence.
class ProfileTest {
  private static final String PROFILE =
      """
      profile: 1
      name: mine
      frames:
        path: /exp/patterns
        axes: [column, row, frame]
        zeroFrequency: corner
      mask: {path: /exp/good, good: nonzero}
      positions: {y: /exp/motor_y, x: /exp/motor_x, unit: um, signX: -1}
      energy: {path: /exp/mono, unit: keV}
      distance: 1500 mm
      pixelSize: {path: /exp/pixel, unit: um}
      notes: ["kept from the profile"]
      """;

  @TempDir Path folder;

  private Path file() {
    Path file = folder.resolve("own.h5");
    // columns, rows, frames = 4, 6, 5: value 100 frame + 10 row + column + 1
    float[] data = new float[4 * 6 * 5];
    for (int c = 0; c < 4; c++) {
      for (int r = 0; r < 6; r++) {
        for (int j = 0; j < 5; j++) {
          data[(c * 6 + r) * 5 + j] = 100 * j + 10 * r + c + 1;
        }
      }
    }
    try (var out = Hdf5.create(file)) {
      var plain = Hdf5Storage.CONTIGUOUS;
      out.write("/exp/patterns", data, plain, 4, 6, 5);
      byte[] good = new byte[24];
      java.util.Arrays.fill(good, (byte) 1);
      good[6] = 0; // column 1, row 0 of the dataset's order
      out.write("/exp/good", good, plain, 4, 6);
      out.write("/exp/motor_y", new double[] {0, 1, 2, 3, 4}, plain, 5);
      out.write("/exp/motor_x", new double[] {0, 2, 4, 6, 8}, plain, 5);
      out.write("/exp/mono", 7.1);
      out.write("/exp/pixel", 55.0);
      out.commit();
    }
    return file;
  }

  @Test
  void axesUnitsSignsAndCentre() throws IOException {
    Path profile = Files.writeString(folder.resolve("mine.yaml"), PROFILE);
    var scan =
        new ReadWith().profile(profile.toString()).read().apply(new RawFile(file()), Watch.SILENT);
    assertThat(scan.frames().count()).isEqualTo(5);
    assertThat(scan.frames().grid().rows()).isEqualTo(6);
    assertThat(scan.frames().grid().columns()).isEqualTo(4);
    assertThat(scan.geometry().beam().energyEv()).isCloseTo(7100, within(1e-9));
    assertThat(scan.geometry().distance()).isEqualTo(1.5);
    assertThat(scan.geometry().detector().pixelX()).isCloseTo(55e-6, within(1e-18));
    assertThat(scan.positions().y()[4]).isCloseTo(4e-6, within(1e-18));
    assertThat(scan.positions().x()[4]).isCloseTo(-8e-6, within(1e-18));
    var frame = new RealField(scan.frames().grid());
    scan.frames().read(2, frame);
    // pixel [0, 0] of the file is zero frequency, which is at (3, 2) now
    assertThat(frame.at(3, 2)).isEqualTo(201);
    assertThat(frame.at(4, 3)).isEqualTo(212);
    assertThat(frame.at(2, 1)).isEqualTo(200 + 10 * 5 + 3 + 1);
    assertThat(scan.mask().orElseThrow().at(3, 3)).isFalse();
    assertThat(scan.mask().orElseThrow().count()).isEqualTo(23);
    assertThat(scan.source().notes()).contains("kept from the profile");
  }

  private void refused(String from, String to, String... parts) throws IOException {
    Path profile = Files.writeString(folder.resolve("wrong.yaml"), PROFILE.replace(from, to));
    var thrown =
        assertThatThrownBy(
                () ->
                    new ReadWith()
                        .profile(profile.toString())
                        .read()
                        .apply(new RawFile(file()), Watch.SILENT))
            .isInstanceOfAny(InvalidInput.class, FileTrouble.class);
    for (String part : parts) {
      thrown.hasMessageContaining(part);
    }
  }

  @Test
  void wrongProfilesAreRefused() throws IOException {
    refused("mask:", "masks:", "unknown key masks", "frames, mask");
    refused("unit: um,", "unit: parsec,", "positions.unit", "parsec");
    refused("signX: -1", "signX: -2", "signX", "1 or -1");
    refused("distance: 1500 mm", "distance: 1500", "distance", "a number and its unit");
    refused("distance: 1500 mm\n", "", "distance", "missing");
    refused("[column, row, frame]", "[row, row, frame]", "axes");
    refused("/exp/motor_y", "/exp/absent", "there is no /exp/absent; /exp holds");
    refused("profile: 1", "profile: 2", "is 2; expected 1");
    refused("name: mine", "name: [", "line");
    assertThatThrownBy(() -> Profile.find(folder.resolve("unknown")))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("siemens-half");
  }
}
