package argand.file;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.Planes;
import argand.flow.ImageFile;
import argand.flow.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Images of the empty beam, or without beam, in a file or a folder of TIFF files of their own.
final class BeamFile {
  private BeamFile() {}

  /// All of them, in the order of the file.
  ///
  /// @param dataset of an HDF5 file; found by its shape where it is not given
  /// @param grid of an image
  /// @throws FileTrouble when it cannot be read
  /// @throws argand.array.InvalidInput when it is not clear which are meant, or they have another
  ///     size
  static Planes planes(Path file, Optional<String> dataset, Grid grid) {
    if (!Files.exists(file)) {
      throw new FileTrouble(file, "there is no such file");
    }
    if (Files.isDirectory(file)) {
      return held(new TiffRows(FolderFiles.inOrder(file, BeamFile::isTiff)));
    }
    FirstOpening.check(List.of(file));
    if (TiffReader.claims(file)) {
      return held(new TiffRows(List.of(file)));
    }
    return Hdf5.looksLikeHdf5(file) ? hdf5(file, dataset) : few(file, grid);
  }

  private static boolean isTiff(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".tif") || lower.endsWith(".tiff");
  }

  private static Planes hdf5(Path file, Optional<String> dataset) {
    var h5 = Hdf5.open(file);
    try {
      var how = ReadStack.defaults();
      var asked =
          dataset.isPresent() ? how.of(dataset.get(), ReadStack.EnergyAxis.FIRST, false) : how;
      var axes = StackTree.of(h5).images(asked, -1).axes();
      return held(new Hdf5Rows(h5, axes, axes.grid(1, 1)));
    } catch (RuntimeException wrong) {
      h5.close();
      throw wrong;
    }
  }

  private static Planes held(PlaneRows rows) {
    try {
      return BandPlanes.of(rows, Workers.ONE, Watch.SILENT.memoryBytes() / 4);
    } catch (RuntimeException damaged) {
      rows.close();
      throw damaged;
    }
  }

  /// NumPy arrays.
  private static Planes few(Path file, Grid grid) {
    var fields = new ArrayList<RealField>();
    try (var frames = new OpenedFiles().images(ImageFile.of(file), grid)) {
      for (int j = 0; j < frames.count(); j++) {
        var field = new RealField(grid);
        frames.read(j, field);
        fields.add(field);
      }
    }
    return Planes.of(fields);
  }
}
