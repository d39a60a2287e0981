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
        ? FolderFiles.any(file, TiffStackReader::isTiff) || !folders(file).isEmpty()
        : TiffReader.claims(file);
  }

  /// Those folders in it that hold TIFF files.
  private static List<Path> folders(Path folder) {
    return FolderFiles.folders(folder).stream()
        .filter(one -> FolderFiles.any(one, TiffStackReader::isTiff))
        .toList();
  }

  private static boolean isTiff(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".tif") || lower.endsWith(".tiff");
  }

  @Override
  public EnergyStack read(Path file, ReadStack how, Watch watch) {
    if (how.volume()) {
      return volumes(file, how, watch);
    }
    boolean folder = Files.isDirectory(file);
    if (folder && !FolderFiles.any(file, TiffStackReader::isTiff)) {
      throw new InvalidInput(
          "what is in the folder",
          "folders of TIFF files",
          "TIFF files",
          "volume: true where each folder holds the slices of a volume at one energy");
    }
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

  /// Each file, or each folder, the slices of one volume.
  private static EnergyStack volumes(Path file, ReadStack how, Watch watch) {
    List<Path> volumes;
    var files = new ArrayList<Path>();
    boolean nested = Files.isDirectory(file) && !FolderFiles.any(file, TiffStackReader::isTiff);
    if (nested) {
      volumes = folders(file);
      int slices = -1;
      for (Path one : volumes) {
        var own = FolderFiles.inOrder(one, TiffStackReader::isTiff);
        if (slices >= 0 && own.size() != slices) {
          throw unequal(one, own.size(), slices);
        }
        slices = own.size();
        files.addAll(own);
      }
    } else {
      volumes =
          Files.isDirectory(file)
              ? FolderFiles.inOrder(file, TiffStackReader::isTiff)
              : List.of(file);
      files.addAll(volumes);
    }
    var pages = new TiffRows(files);
    try {
      int slices = pages.count() / volumes.size();
      for (int f = 0; f < files.size(); f++) {
        if (pages.pages(f) != (nested ? 1 : slices)) {
          throw unequal(files.get(f), pages.pages(f), nested ? 1 : slices);
        }
      }
      var rows = new SliceRows(pages, slices);
      var notes = new ArrayList<String>();
      notes.add(
          (volumes.size() == 1 ? "a volume of " : volumes.size() + " volumes of ")
              + slices
              + " slices of "
              + pages.grid().rows()
              + " × "
              + pages.grid().columns()
              + (nested ? ", a folder for each" : ", a TIFF file for each"));
      var raw =
          new RawStack(
                  BandPlanes.of(rows, watch.workers(), watch.memoryBytes()),
                  pages.integers(),
                  false)
              .withEnergies(inNames(volumes))
              .withSlices(slices);
      return new StackAssembly(how, notes).stack(file, raw);
    } catch (RuntimeException wrong) {
      pages.close();
      throw wrong;
    }
  }

  private static InvalidInput unequal(Path of, int slices, int expected) {
    return new InvalidInput(
        "the slices in " + of.getFileName(),
        slices,
        expected + " as in the others",
        "every energy needs a volume of the same size");
  }

  /// From the names, where each file is one image and every name tells one.
  private static Optional<RawStack.Energies> energies(List<Path> files, TiffRows rows) {
    for (int f = 0; f < files.size(); f++) {
      if (rows.pages(f) != 1 && inName(files.get(f)).isPresent()) {
        return Optional.empty();
      }
    }
    return inNames(files);
  }

  private static Optional<Double> inName(Path file) {
    return PhotonEnergies.inName(String.valueOf(file.getFileName()));
  }

  /// One in every name, or none.
  private static Optional<RawStack.Energies> inNames(List<Path> files) {
    double[] ev = new double[files.size()];
    for (int f = 0; f < ev.length; f++) {
      var told = inName(files.get(f));
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
      ev[f] = told.get();
    }
    return Optional.of(new RawStack.Energies(ev, Optional.of("eV"), "the names of the files"));
  }
}
