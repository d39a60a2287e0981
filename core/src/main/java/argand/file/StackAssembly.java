package argand.file;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Puts a stack together from what a reader found and what the recipe gives: the energies and their
/// order, what the numbers are, the empty beam, the size of a pixel.
final class StackAssembly {
  /// The edge of a pixel where no one knows it.
  private static final double NOMINAL = 1e-6;

  /// Images of fewer counts than this on the mean are no counts when they are no whole numbers.
  private static final double FEW = 20;

  private final ReadStack how;
  private final List<String> notes = new ArrayList<>();

  /// @param notes of the reader
  StackAssembly(ReadStack how, List<String> notes) {
    this.how = how;
    this.notes.addAll(notes);
  }

  /// @param path as the caller named it
  /// @param raw closed when it cannot be a stack
  EnergyStack stack(Path path, RawStack raw) {
    try {
      return assembled(path, raw);
    } catch (RuntimeException wrong) {
      raw.close();
      throw wrong;
    }
  }

  private EnergyStack assembled(Path path, RawStack raw) {
    int count = raw.images().count();
    var energies = StackEnergies.of(raw.energies(), count, how, notes::add);
    Grid grid = grid(raw);
    Planes images = taken(on(grid, raw.images()), energies);
    var flats = how.flatFile().map(file -> BeamFile.planes(file, how.flats(), grid)).or(raw::flats);
    var darks = how.darkFile().map(file -> BeamFile.planes(file, how.darks(), grid)).or(raw::darks);
    Quantity quantity = quantity(raw, flats);
    if (quantity == Quantity.COUNTS || quantity == Quantity.TRANSMISSION) {
      someLight(raw.images());
    }
    Optional<EmptyBeam> beam = Optional.empty();
    if (quantity == Quantity.COUNTS && flats.isPresent()) {
      beam = Optional.of(beam(raw, on(grid, flats.get()), darks, count, energies));
    } else if (flats.isPresent()) {
      flats.get().close();
      darks.ifPresent(Planes::close);
      notes.add(
          "the empty beam beside the images is not used: they are "
              + quantity.words()
              + " already");
    }
    return new EnergyStack(
        energies.energyEv(),
        images,
        Optional.empty(),
        quantity,
        beam,
        Mask.all(grid),
        raw.angle(),
        raw.slices(),
        Findings.NONE,
        new Source(List.of(path.toString()), List.of(), notes));
  }

  private Grid grid(RawStack raw) {
    Grid grid = raw.images().grid();
    if (how.pixelSize().isPresent()) {
      double pixel = how.pixelSize().getAsDouble();
      return new Grid(grid.rows(), grid.columns(), pixel, pixel);
    }
    if (!raw.scaled()) {
      notes.add("the size of a pixel is nowhere stated: 1 µm is nominal");
      return new Grid(grid.rows(), grid.columns(), NOMINAL, NOMINAL);
    }
    return grid;
  }

  private static Planes on(Grid grid, Planes planes) {
    Grid found = planes.grid();
    if (found.rows() != grid.rows() || found.columns() != grid.columns()) {
      throw new InvalidInput(
          "an image of the empty beam",
          found.rows() + " × " + found.columns() + " pixels",
          grid.rows() + " × " + grid.columns() + " as the images",
          "");
    }
    return found.equals(grid) ? planes : new OnGrid(planes, grid);
  }

  /// In the order of the energies; those of one energy averaged.
  private static Planes taken(Planes planes, StackEnergies energies) {
    if (energies.unchanged()) {
      return planes;
    }
    var groups = energies.groups();
    if (groups.stream().allMatch(group -> group.length == 1)) {
      return planes.select(groups.stream().mapToInt(group -> group[0]).toArray());
    }
    return Planes.computed(
        planes,
        groups.size(),
        planes.grid(),
        (index, first, length, into, offset) -> {
          int[] group = groups.get(index);
          planes.read(group[0], first, length, into, offset);
          if (group.length == 1) {
            return;
          }
          double[] sum = new double[length];
          float[] one = new float[length];
          for (int k : group) {
            planes.read(k, first, length, one, 0);
            for (int i = 0; i < length; i++) {
              sum[i] += one[i];
            }
          }
          for (int i = 0; i < length; i++) {
            into[offset + i] = (float) (sum[i] / group.length);
          }
        });
  }

  private EmptyBeam beam(
      RawStack raw, Planes flats, Optional<Planes> darks, int count, StackEnergies energies) {
    boolean one = flats.count() != count || how.flatFile().isPresent() && count == 1;
    int frames = raw.flatFrames();
    Planes used;
    if (one) {
      frames *= flats.count();
      used = Planes.of(List.of(mean(flats)));
      if (flats.count() > 1) {
        notes.add(
            "the mean of " + flats.count() + " images of the empty beam is that of all energies");
      }
    } else {
      used = taken(flats, energies);
    }
    double ratio = how.exposureRatio().orElse(raw.exposureRatio().orElse(1));
    Optional<RealField> dark = darks.map(planes -> mean(on(flats.grid(), planes)));
    darks.ifPresent(Planes::close);
    return new EmptyBeam(used, dark, frames, ratio);
  }

  private static RealField mean(Planes planes) {
    double[] sum = new double[planes.grid().size()];
    float[] one = new float[sum.length];
    for (int k = 0; k < planes.count(); k++) {
      planes.read(k, 0, one.length, one, 0);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += one[i];
      }
    }
    var mean = new RealField(planes.grid());
    for (int i = 0; i < sum.length; i++) {
      mean.values()[i] = (float) (sum[i] / planes.count());
    }
    return mean;
  }

  /// By the recipe, by the format, or by the numbers.
  ///
  /// @throws InvalidInput where none of them tells
  private Quantity quantity(RawStack raw, Optional<Planes> flats) {
    var told = how.quantity().quantity().or(raw::quantity);
    if (told.isPresent()) {
      return told.get();
    }
    double median = median(raw.images());
    if (raw.integers() || median > FEW) {
      return Quantity.COUNTS;
    }
    if (flats.isPresent()) {
      double empty = median(flats.get());
      if (empty > FEW) {
        notes.add(
            "images of a median of "
                + FileUnits.number(median)
                + " beside an empty beam of "
                + FileUnits.number(empty)
                + " are taken as transmission");
        return Quantity.TRANSMISSION;
      }
      return Quantity.COUNTS;
    }
    throw new InvalidInput(
        "what the images are",
        "not stated in the file (a median of " + FileUnits.number(median) + ")",
        "quantity: counts, transmission, opticalDensity, normalized, yield or phase",
        "");
  }

  /// Of finite pixels in the middle plane, a thousand of them.
  private static double median(Planes planes) {
    float[] plane = new float[planes.grid().size()];
    planes.read(planes.count() / 2, 0, plane.length, plane, 0);
    int every = Math.max(1, plane.length / 1000);
    float[] some = new float[Math.ceilDiv(plane.length, every)];
    int n = 0;
    for (int i = 0; i < plane.length; i += every) {
      if (Float.isFinite(plane[i])) {
        some[n++] = plane[i];
      }
    }
    if (n == 0) {
      throw new InvalidInput(
          "the image in the middle of the stack", "without a single finite pixel", "numbers", "");
    }
    Arrays.sort(some, 0, n);
    return some[n / 2];
  }

  /// @throws InvalidInput when the first, the middle and the last image are zero everywhere
  private static void someLight(Planes images) {
    float[] plane = new float[images.grid().size()];
    for (int e : new int[] {images.count() / 2, 0, images.count() - 1}) {
      images.read(e, 0, plane.length, plane, 0);
      for (float value : plane) {
        if (value != 0) {
          return;
        }
      }
    }
    throw new InvalidInput(
        "the first, the middle and the last image", "zero in every pixel", "some light", "");
  }

  /// The same pixels with another size.
  private record OnGrid(Planes planes, Grid grid) implements Planes {
    @Override
    public int count() {
      return planes.count();
    }

    @Override
    public void read(int index, int first, int length, float[] into, int offset) {
      planes.read(index, first, length, into, offset);
    }

    @Override
    public Optional<float[]> inMemory(int index) {
      return planes.inMemory(index);
    }

    @Override
    public long memoryBytes() {
      return planes.memoryBytes();
    }

    @Override
    public void close() {
      planes.close();
    }
  }
}
