package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.RawFile;
import argand.flow.Watch;
import java.nio.file.Path;

/// The scan that `ptychography_formats.py` writes in every layout.
final class ForeignScan {
  private ForeignScan() {}

  static final int FRAMES = 6;
  static final int ROWS = 5;
  static final int COLUMNS = 4;

  static float value(int frame, int row, int column) {
    return frame * 100 + row * 10 + column + 1;
  }

  static DiffractionScan read(Path file, ReadWith how) {
    return how.read().apply(new RawFile(file), Watch.SILENT);
  }

  /// Same numbers in our units, whatever the layout; foreign constants of nature differ by 1e-9.
  static void same(DiffractionScan scan, double pixelX) {
    assertThat(scan.geometry().beam().energyEv()).isCloseTo(8000, within(1e-4));
    assertThat(scan.geometry().distance()).isCloseTo(2, within(1e-9));
    assertThat(scan.geometry().detector().pixelY()).isCloseTo(75e-6, within(1e-14));
    assertThat(scan.geometry().detector().pixelX()).isCloseTo(pixelX, within(1e-14));
    assertThat(scan.frames().count()).isEqualTo(FRAMES);
    var frame = new RealField(scan.frames().grid());
    for (int j = 0; j < FRAMES; j++) {
      // single-precision positions of some formats: 1e-7 of 1.2 µm
      assertThat(scan.positions().y()[j]).isCloseTo(0.5e-6 * (j / 3), within(2e-13));
      assertThat(scan.positions().x()[j]).isCloseTo(0.6e-6 * (j % 3), within(2e-13));
      scan.frames().read(j, frame);
      for (int r = 0; r < ROWS; r++) {
        for (int c = 0; c < COLUMNS; c++) {
          assertThat(frame.at(r, c)).as("%d %d %d", j, r, c).isEqualTo(value(j, r, c));
        }
      }
    }
  }

  /// Pixel (1, 2) is bad, and so many in all.
  static void badAt12(DiffractionScan scan, int badPixels) {
    var mask = scan.mask().orElseThrow();
    assertThat(mask.at(1, 2)).isFalse();
    assertThat(mask.at(2, 1)).isTrue();
    assertThat(mask.count()).isEqualTo(ROWS * COLUMNS - badPixels);
  }
}
