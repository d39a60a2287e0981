package argand.file;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.data.RawFile;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Reads images over energy from a file, or from a folder of files, with their empty beam and dark
/// level where they are there. What is given here overrides what the file says.
public record ReadStack(
    @Param("dataset of the images in an HDF5 file; found by its shape where it is not given")
        Optional<String> images,
    @Param(value = "energies of the images, one after the other", unit = "eV", byDefault = "[]")
        List<Double> energiesEv,
    @Param(
            value = "energies of the images as evenly spaced ranges, one behind the other",
            byDefault = "[]")
        List<EnergyRange> energyRanges,
    @Param("text, CSV or HDF5 file of energies, or the dataset below in it")
        Optional<Path> energyFile,
    @Param("dataset of the energies in an HDF5 file") Optional<String> energyDataset,
    @Param(
            value =
                "unit of energies in files; auto is what the file says, else keV where all are"
                    + " below 100, else eV",
            byDefault = "auto")
        EnergyUnit energyUnit,
    @Param(
            value = "energies that do not rise: refuse, or sort images by them",
            byDefault = "refuse")
        Unordered unordered,
    @Param(
            value = "energies that come twice: refuse, or average their images",
            byDefault = "refuse")
        Duplicates duplicates,
    @Param("dataset of the empty beam in the HDF5 file, or in flatFile; none ignores it")
        Optional<String> flats,
    @Param("dataset of the dark level in the HDF5 file, or in darkFile; none ignores it")
        Optional<String> darks,
    @Param("file of images of the empty beam, one for each energy or any number for all")
        Optional<Path> flatFile,
    @Param("file of images without beam") Optional<Path> darkFile,
    @Param("exposure of a sample image over that of a flat; overrides the file")
        OptionalDouble exposureRatio,
    @Param(value = "what the images are; auto is what the file tells", byDefault = "auto")
        Meaning quantity,
    @Param(value = "edge of a square pixel on the sample; overrides the file", unit = "m")
        OptionalDouble pixelSize,
    @Param(value = "axis that counts energies; auto is where their number fits", byDefault = "auto")
        EnergyAxis energyAxis,
    @Param(value = "exchange rows and columns", byDefault = "false") boolean transpose,
    @Param(
            value =
                "each file, or each folder in a folder, is one reconstructed volume at one energy;"
                    + " its images are slices",
            byDefault = "false")
        boolean volume,
    @Param(
            value = "divide by the ring current where the file has it beside the counts",
            byDefault = "false")
        boolean ringCurrent,
    @Param(value = "file format; auto asks every reader", byDefault = "auto") String format)
    implements Step.One<RawFile, EnergyStack> {
  /// Evenly spaced energies, both ends included.
  public record EnergyRange(
      @Param("first energy") double fromEv,
      @Param("last energy") double toEv,
      @Param("distance of neighbours") double stepEv) {
    public EnergyRange {
      Check.within("from", fromEv, 1, 1e6, "eV");
      Check.within("to", toEv, fromEv, 1e6, "eV");
      Check.within("step", stepEv, 1e-4, 1e6, "eV");
    }
  }

  /// The unit of energies in files.
  public enum EnergyUnit {
    AUTO,
    EV,
    KEV
  }

  /// What to do with energies that do not rise.
  public enum Unordered {
    REFUSE,
    SORT
  }

  /// What to do with energies that come twice.
  public enum Duplicates {
    REFUSE,
    AVERAGE
  }

  /// What the images are.
  public enum Meaning {
    AUTO,
    COUNTS,
    TRANSMISSION,
    OPTICAL_DENSITY,
    NORMALIZED,
    YIELD,
    PHASE;

    Optional<Quantity> quantity() {
      return this == AUTO ? Optional.empty() : Optional.of(Quantity.valueOf(name()));
    }
  }

  /// The axis of energies in an array.
  public enum EnergyAxis {
    AUTO,
    FIRST,
    LAST
  }

  public ReadStack {
    energiesEv = List.copyOf(energiesEv);
    energyRanges = List.copyOf(energyRanges);
    int ways =
        (energiesEv.isEmpty() ? 0 : 1)
            + (energyRanges.isEmpty() ? 0 : 1)
            + (energyFile.isPresent() ? 1 : 0);
    if (ways > 1) {
      throw new InvalidInput(
          "energies", "given in " + ways + " ways", "energies, energyRanges or energyFile", "");
    }
    for (double ev : energiesEv) {
      Check.within("energies", ev, 1, 1e6, "eV");
    }
    exposureRatio.ifPresent(ratio -> Check.within("exposureRatio", ratio, 1e-6, 1e6, ""));
    pixelSize.ifPresent(size -> Check.within("pixelSize", size, 1e-12, 1, "m"));
  }

  /// As an empty `readStack: {}` of a recipe.
  public static ReadStack defaults() {
    return new ReadStack(
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        EnergyUnit.AUTO,
        Unordered.REFUSE,
        Duplicates.REFUSE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Meaning.AUTO,
        OptionalDouble.empty(),
        EnergyAxis.AUTO,
        false,
        false,
        false,
        "auto");
  }

  /// The same of this dataset.
  ReadStack of(String dataset, EnergyAxis axis, boolean exchanged) {
    return new ReadStack(
        Optional.of(dataset),
        energiesEv,
        energyRanges,
        energyFile,
        energyDataset,
        energyUnit,
        unordered,
        duplicates,
        flats,
        darks,
        flatFile,
        darkFile,
        exposureRatio,
        quantity,
        pixelSize,
        axis,
        exchanged,
        volume,
        ringCurrent,
        format);
  }

  @Override
  public Class<RawFile> takes() {
    return RawFile.class;
  }

  @Override
  public Class<EnergyStack> gives() {
    return EnergyStack.class;
  }

  @Override
  public EnergyStack apply(RawFile input, Watch watch) {
    var reader = StackReaders.of(input.path(), this);
    EnergyStack stack;
    try {
      stack = reader.read(input.path(), this, watch);
    } catch (InvalidInput wrong) {
      String place = input.path().toString();
      throw wrong.what().startsWith(place) ? wrong : wrong.at(place);
    }
    for (String note : stack.source().notes()) {
      watch.tell(new Progress.Noted(note));
    }
    return stack;
  }
}
