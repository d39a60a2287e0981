package argand.file;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.flow.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// STXM stacks in the self-defining format (SDF) of the ALS, CLS, MAX IV and others: a header
/// `.hdr`
/// and an image `.xim` of numbers in text for each energy, in the folder of the header.
public final class SdfStackReader implements StackReader {
  /// Made by the service loader.
  public SdfStackReader() {}

  @Override
  public String name() {
    return "sdf";
  }

  @Override
  public String title() {
    return "SDF (.hdr and .xim)";
  }

  @Override
  public boolean claims(Path file) {
    if (Files.isDirectory(file)) {
      return FolderFiles.inOrder(file, SdfStackReader::isHeader).size() == 1;
    }
    return isHeader(String.valueOf(file.getFileName()))
        && SpectrumReader.text(file).contains("ScanDefinition");
  }

  private static boolean isHeader(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".hdr");
  }

  @Override
  public EnergyStack read(Path file, ReadStack how, Watch watch) {
    Path hdr =
        Files.isDirectory(file)
            ? FolderFiles.inOrder(file, SdfStackReader::isHeader).getFirst()
            : file;
    var notes = new ArrayList<String>();
    var raw = raw(SdfHeader.of(hdr), notes);
    return new StackAssembly(how, notes).stack(file, raw);
  }

  private static RawStack raw(SdfHeader header, List<String> notes) {
    String kind = header.text("ScanDefinition", "Type");
    if (kind.contains("Line") || kind.contains("Point")) {
      throw new InvalidInput("the scan", "a " + kind, "a stack of images", "");
    }
    int regions = header.entries("ScanDefinition", "Regions");
    if (regions != 1) {
      throw new InvalidInput("the number of regions", regions, "1", "");
    }
    var x = header.axis("ScanDefinition", "Regions", 1, "PAxis");
    var y = header.axis("ScanDefinition", "Regions", 1, "QAxis");
    var energy = header.axis("ScanDefinition", "StackAxis");
    var images = images(header.file(), energy.points(), notes);
    var grid = new Grid(y.points().length, x.points().length, metres(y), metres(x));
    var fields = new ArrayList<RealField>();
    double[] ev = new double[images.size()];
    for (var entry : images.entrySet()) {
      ev[fields.size()] = energy.points()[entry.getKey()];
      fields.add(image(entry.getValue(), grid));
    }
    notes.add(
        "an SDF "
            + kind
            + " of "
            + ev.length
            + " images of "
            + grid.rows()
            + " × "
            + grid.columns()
            + ", rows in the order of "
            + y.name());
    return new RawStack(Planes.of(fields), true, x.step() > 0 && y.step() > 0)
        .withQuantity(Optional.of(Quantity.COUNTS))
        .withEnergies(
            Optional.of(
                new RawStack.Energies(
                    ev,
                    Optional.of(energy.unit().isBlank() ? "eV" : energy.unit()),
                    "the header")));
  }

  private static double metres(SdfHeader.Axis axis) {
    double unit = FileUnits.metres(axis.unit()).orElse(1e-6);
    return axis.step() > 0 ? axis.step() * unit : 1e-6;
  }

  /// The files of the first detector channel by the number of their energy.
  ///
  /// A number beyond the energies of the header is a real-world case (files renamed, a longer
  /// scan):
  /// where there are as many files as energies, they are taken in their order.
  private static Map<Integer, Path> images(Path header, double[] energies, List<String> notes) {
    String stem = String.valueOf(header.getFileName()).replaceFirst("\\.[^.]*$", "");
    var pattern = Pattern.compile(Pattern.quote(stem) + "_a(\\d*)\\.xim");
    Path folder = header.toAbsolutePath().getParent();
    var found = new TreeMap<Integer, Path>();
    for (Path file :
        FolderFiles.inOrder(
            folder == null ? Path.of("/") : folder, name -> pattern.matcher(name).matches())) {
      var name = pattern.matcher(String.valueOf(file.getFileName()));
      if (name.matches()) {
        found.put(name.group(1).isEmpty() ? 0 : Integer.parseInt(name.group(1)), file);
      }
    }
    if (found.isEmpty()) {
      throw new FileTrouble(header, "there are no images " + stem + "_a….xim beside the header");
    }
    if (found.lastKey() < energies.length) {
      if (found.size() < energies.length) {
        notes.add(
            "the scan is unfinished: images at "
                + String.join(
                    ", ",
                    IntStream.range(0, energies.length)
                        .filter(k -> !found.containsKey(k))
                        .mapToObj(k -> FileUnits.number(energies[k]))
                        .limit(8)
                        .toList())
                + " eV are missing");
      }
      return found;
    }
    if (found.size() != energies.length) {
      throw new InvalidInput(
          "the numbers of the images",
          found.firstKey() + " … " + found.lastKey() + " (" + found.size() + " files)",
          "0 … " + (energies.length - 1) + " as the header has " + energies.length + " energies",
          "");
    }
    notes.add(
        "the numbers "
            + String.join(", ", found.keySet().stream().map(String::valueOf).limit(8).toList())
            + " of the images do not fit the "
            + energies.length
            + " energies of the header: images are taken in their order");
    var inOrder = new TreeMap<Integer, Path>();
    found.values().forEach(file -> inOrder.put(inOrder.size(), file));
    return inOrder;
  }

  private static RealField image(Path file, Grid grid) {
    var table = TextTable.of(file, SpectrumReader.text(file));
    if (table.rows() != grid.rows() || table.columns().length != grid.columns()) {
      throw new FileTrouble(
          file,
          "holds "
              + table.rows()
              + " × "
              + table.columns().length
              + " numbers; expected "
              + grid.rows()
              + " × "
              + grid.columns()
              + " as the header says");
    }
    var field = new RealField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        field.values()[r * grid.columns() + c] = (float) table.columns()[c][r];
      }
    }
    return field;
  }
}
