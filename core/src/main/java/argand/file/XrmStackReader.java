package argand.file;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.flow.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Xradia microscopes: a `.txrm` file of images at several energies, or a folder of `.xrm` frames.
///
/// In a folder, frames of one energy are added up, so that counts stay counts; frames whose name
/// has the word `ref` are the empty beam, of which the mean is taken. Where the control program did
/// not know the energy, the name of the file tells it.
public final class XrmStackReader implements StackReader {
  private static final Pattern BEAM =
      Pattern.compile("(?i)(^|[_\\-. ])(ref|flat|bkg|empty)([_\\-. ]|$)");

  /// Made by the service loader.
  public XrmStackReader() {}

  @Override
  public String name() {
    return "xrm";
  }

  @Override
  public String title() {
    return "Xradia (.xrm, .txrm)";
  }

  @Override
  public boolean claims(Path file) {
    return Files.isDirectory(file)
        ? FolderFiles.any(file, XrmStackReader::isXrm)
        : isXrm(String.valueOf(file.getFileName())) && CompoundDocument.claims(file);
  }

  private static boolean isXrm(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".xrm") || lower.endsWith(".txrm");
  }

  /// Frames of one energy.
  private record Energy(List<XrmRows.Frame> frames, List<XrmRows.Frame> beam) {
    Energy() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  @Override
  public EnergyStack read(Path file, ReadStack how, Watch watch) {
    var notes = new ArrayList<String>();
    RawStack raw =
        Files.isDirectory(file)
            ? folder(file, watch, notes)
            : images(XrmFile.of(file), watch, notes);
    return new StackAssembly(how, notes).stack(file, raw);
  }

  private static RawStack images(XrmFile xrm, Watch watch, List<String> notes) {
    var planes = new ArrayList<XrmRows.Plane>();
    double[] energies = new double[xrm.count()];
    boolean known = true;
    for (int k = 0; k < energies.length; k++) {
      planes.add(plane(List.of(new XrmRows.Frame(xrm, XrmFile.image(k))), 1));
      energies[k] = xrm.energy(k);
      known &= energies[k] > 0;
    }
    notes.add(energies.length + " Xradia images of " + xrm.rows() + " × " + xrm.columns());
    var raw =
        new RawStack(held(planes, xrm, watch), xrm.integers(), xrm.pixel() > 0)
            .withAngle(xrm.angle())
            .withEnergies(
                known
                    ? Optional.of(new RawStack.Energies(energies, Optional.of("eV"), "the file"))
                    : Optional.empty());
    if (xrm.flatExposure().isEmpty()) {
      return raw;
    }
    notes.add("the file's own image of the empty beam is that of all energies");
    var beam = List.of(plane(List.of(new XrmRows.Frame(xrm, XrmFile.BEAM)), 1));
    double exposure = xrm.flatExposure().get();
    return raw.withBeam(Optional.of(held(beam, xrm, watch)), Optional.empty())
        .withExposure(1, ratio(xrm.exposure(), exposure));
  }

  private static RawStack folder(Path folder, Watch watch, List<String> notes) {
    var energies = new TreeMap<Double, Energy>();
    XrmFile first = null;
    for (Path file : FolderFiles.inOrder(folder, XrmStackReader::isXrm)) {
      var xrm = XrmFile.of(file);
      first = first == null ? xrm : first;
      String name = String.valueOf(file.getFileName());
      if (xrm.rows() != first.rows() || xrm.columns() != first.columns()) {
        throw new FileTrouble(
            file,
            "has "
                + xrm.rows()
                + " × "
                + xrm.columns()
                + " pixels; expected "
                + first.rows()
                + " × "
                + first.columns()
                + " as "
                + first.file().getFileName());
      }
      for (int k = 0; k < xrm.count(); k++) {
        double ev = xrm.energy(k);
        if (ev <= 0) {
          throw new InvalidInput(
              "the energy of " + name, "neither in the file nor in its name", "an energy", "");
        }
        var frames = energies.computeIfAbsent(ev, _ -> new Energy());
        (BEAM.matcher(name).find() ? frames.beam() : frames.frames())
            .add(new XrmRows.Frame(xrm, XrmFile.image(k)));
      }
    }
    if (first == null) {
      throw new FileTrouble(folder, "there are no .xrm files in this folder");
    }
    return gathered(energies, first, watch, notes);
  }

  private static RawStack gathered(
      TreeMap<Double, Energy> energies, XrmFile first, Watch watch, List<String> notes) {
    var withFrames = new TreeMap<>(energies);
    withFrames.values().removeIf(energy -> energy.frames().isEmpty());
    if (withFrames.isEmpty()) {
      throw new InvalidInput(
          "the frames", "all of the empty beam by their names", "frames of the sample", "");
    }
    int frames = withFrames.values().stream().mapToInt(e -> e.frames().size()).min().orElse(1);
    var images = new ArrayList<XrmRows.Plane>();
    for (var energy : withFrames.values()) {
      images.add(plane(energy.frames(), (double) frames / energy.frames().size()));
    }
    double[] ev = withFrames.keySet().stream().mapToDouble(e -> e).toArray();
    notes.add(
        frames == 1
            ? ev.length + " Xradia images"
            : ev.length + " Xradia images, each the sum of " + frames + " frames");
    var raw =
        new RawStack(held(images, first, watch), first.integers(), first.pixel() > 0)
            .withAngle(first.angle())
            .withEnergies(Optional.of(new RawStack.Energies(ev, Optional.of("eV"), "the frames")));
    var beams = energies.values().stream().filter(e -> !e.beam().isEmpty()).toList();
    return beams.isEmpty() ? raw : withBeam(raw, withFrames, beams, frames, first, watch, notes);
  }

  /// One flat for each energy, scaled so that the ratio of exposures is that of the first; or one
  /// for all where there is only one energy with flats.
  private static RawStack withBeam(
      RawStack raw,
      TreeMap<Double, Energy> energies,
      List<Energy> beams,
      int frames,
      XrmFile first,
      Watch watch,
      List<String> notes) {
    var flats = new ArrayList<XrmRows.Plane>();
    double ratio = Double.NaN;
    int fewest = Integer.MAX_VALUE;
    for (var entry : energies.entrySet()) {
      var beam = beams.size() == 1 ? beams.getFirst() : entry.getValue();
      if (beam.beam().isEmpty()) {
        throw new InvalidInput(
            "the empty beam",
            "absent at " + FileUnits.energy(entry.getKey()),
            "frames of it at every energy, or at one energy for all",
            "");
      }
      double sample = entry.getValue().frames().getFirst().file().exposure() * frames;
      double empty = beam.beam().getFirst().file().exposure();
      double here = ratio(sample, empty).orElse(frames);
      ratio = Double.isNaN(ratio) ? here : ratio;
      flats.add(plane(beam.beam(), here / ratio / beam.beam().size()));
      fewest = Math.min(fewest, beam.beam().size());
    }
    notes.add(
        "frames of the empty beam: the mean of "
            + fewest
            + " at each energy; an image is exposed "
            + FileUnits.number(ratio)
            + " times as long");
    return raw.withBeam(Optional.of(held(flats, first, watch)), Optional.empty())
        .withExposure(fewest, OptionalDouble.of(ratio));
  }

  private static OptionalDouble ratio(double sample, double empty) {
    return sample > 0 && empty > 0 ? OptionalDouble.of(sample / empty) : OptionalDouble.empty();
  }

  private static XrmRows.Plane plane(List<XrmRows.Frame> frames, double factor) {
    return new XrmRows.Plane(List.copyOf(frames), factor);
  }

  private static Planes held(List<XrmRows.Plane> planes, XrmFile like, Watch watch) {
    double pixel = like.pixel() > 0 ? like.pixel() : 1;
    var grid = Grid.square(like.rows(), like.columns(), pixel);
    return BandPlanes.of(new XrmRows(planes, grid), watch.workers(), watch.memoryBytes());
  }
}
