package argand.file;

import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.flow.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// TIFF stacks: a file of many pages, or a folder of files in the order of their names (numbers in
/// them count as numbers). Energies that the recipe does not give are taken from the names of the
/// files.
public final class TiffStackReader implements StackReader {
  /// Made by the service loader.
  public TiffStackReader() {}

  @Override
  public String name() {
    return "tiff";
  }

  @Override
  public String title() {
    return "TIFF";
  }

  @Override
  public boolean claims(Path file) {
    return Files.isDirectory(file)
        ? FolderFiles.any(file, TiffStackReader::isTiff)
        : TiffReader.claims(file);
  }

  private static boolean isTiff(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".tif") || lower.endsWith(".tiff");
  }

  @Override
  public EnergyStack read(Path file, ReadStack how, Watch watch) {
    boolean folder = Files.isDirectory(file);
    List<Path> files = folder ? FolderFiles.inOrder(file, TiffStackReader::isTiff) : List.of(file);
    var rows = new TiffRows(files);
    var notes = new ArrayList<String>();
    RawStack raw;
    try {
      notes.add(
          (folder ? files.size() + " TIFF files with " : "a TIFF file with ")
              + rows.count()
              + " images of "
              + rows.grid().rows()
              + " × "
              + rows.grid().columns());
      var energies = energies(files, rows);
      boolean integers = rows.integers();
      raw =
          new RawStack(BandPlanes.of(rows, watch.workers(), watch.memoryBytes()), integers, false)
              .withEnergies(energies);
    } catch (RuntimeException wrong) {
      rows.close();
      throw wrong;
    }
    return new StackAssembly(how, notes).stack(file, raw);
  }

  /// From the names, where each file is one image and every name tells one.
  private static Optional<RawStack.Energies> energies(List<Path> files, TiffRows rows) {
    double[] ev = new double[files.size()];
    for (int f = 0; f < ev.length; f++) {
      var told = PhotonEnergies.inName(String.valueOf(files.get(f).getFileName()));
      if (told.isEmpty()) {
        if (f > 0) {
          throw new InvalidInput(
              "the name " + files.get(f).getFileName(),
              "without an energy, though " + files.get(f - 1).getFileName() + " has one",
              "an energy in each name, or in none",
              "");
        }
        return Optional.empty();
      }
      if (rows.pages(f) != 1) {
        return Optional.empty();
      }
      ev[f] = told.get();
    }
    return Optional.of(new RawStack.Energies(ev, Optional.of("eV"), "the names of the files"));
  }
}
