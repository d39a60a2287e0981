package argand.file;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.data.RawFile;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import argand.physics.Polarization;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Reads a measurement from a file and checks it. What is given here overrides what the file says;
/// what the file lacks must be given here.
public record Read(
    @Param(value = "energy of the beam; overrides the file", unit = "eV") OptionalDouble energyEv,
    @Param(value = "wavelength of the beam, instead of its energy", unit = "m")
        OptionalDouble wavelength,
    @Param(value = "distance from sample to detector; overrides the file", unit = "m")
        OptionalDouble distance,
    @Param(value = "edge of a square detector pixel; overrides the file", unit = "m")
        OptionalDouble pixelSize,
    @Param(value = "distance from focus to sample: a diverging beam in the near field", unit = "m")
        OptionalDouble focusDistance,
    @Param(
            value =
                "propagation from sample to detector; auto is near with a focus distance, else far",
            byDefault = "auto")
        Regime regime,
    @Param("YAML profile that says where things are in an HDF5, NumPy or MATLAB file, or its name")
        Optional<Path> profile,
    @Param(
            "text or NumPy file of scan positions, row and column for each frame; overrides the file")
        Optional<Path> positions,
    @Param(value = "file format; auto asks every reader", byDefault = "auto") String format,
    @Param(value = "first frame to use, counted from 0", byDefault = "0") int first,
    @Param("last frame to use") OptionalInt last,
    @Param(value = "use every n-th frame only", byDefault = "1") int every,
    @Param(value = "exchange rows and columns of the scan positions", byDefault = "false")
        boolean swapAxes,
    @Param(value = "reverse the direction of the positions along rows (y)", byDefault = "false")
        boolean flipY,
    @Param(value = "reverse the direction of the positions along columns (x)", byDefault = "false")
        boolean flipX,
    @Param(
            value = "exchange rows and columns of the frames, their mask and pixel size",
            byDefault = "false")
        boolean transposeFrames,
    @Param(value = "reverse the rows of the frames, after transposeFrames", byDefault = "false")
        boolean flipFramesY,
    @Param(value = "reverse the columns of the frames, after transposeFrames", byDefault = "false")
        boolean flipFramesX,
    @Param(value = "unit of the positions; file is what the file says", byDefault = "file")
        PositionUnit positionUnit,
    @Param(value = "mask as in the file, inverted (nonzero is good), or none", byDefault = "file")
        MaskUse mask,
    @Param(
            value = "NaN and negative counts: refuse, set to zero, or mask those pixels",
            byDefault = "refuse")
        Faulty faulty,
    @Param(value = "frames without any counts: refuse or drop", byDefault = "refuse") Empty empty,
    @Param("how the X-rays are polarized; overrides the file") Optional<Polarization> polarization)
    implements Step.One<RawFile, DiffractionScan> {
  /// The propagation law.
  public enum Regime {
    AUTO,
    FAR,
    NEAR
  }

  /// The unit of the scan positions.
  public enum PositionUnit {
    FILE(Double.NaN),
    METRE(1),
    MILLIMETRE(1e-3),
    MICROMETRE(1e-6),
    NANOMETRE(1e-9);

    final double metres;

    PositionUnit(double metres) {
      this.metres = metres;
    }
  }

  /// What to do with the file's mask.
  public enum MaskUse {
    FILE,
    INVERTED,
    NONE
  }

  /// What to do with pixels that cannot be counts.
  public enum Faulty {
    REFUSE,
    ZERO,
    MASK
  }

  /// What to do with frames that hold nothing.
  public enum Empty {
    REFUSE,
    DROP
  }

  public Read {
    Check.atLeast("first", first, 0);
    Check.atLeast("every", every, 1);
    if (energyEv.isPresent() && wavelength.isPresent()) {
      throw new InvalidInput(
          "wavelength",
          wavelength.getAsDouble() + " m",
          "nothing beside an energy",
          "give one of them");
    }
    if (last.isPresent()) {
      Check.atLeast("last", last.getAsInt(), first);
    }
  }

  /// As an empty `read: {}` of a recipe.
  public static Read defaults() {
    return by(Optional.empty());
  }

  /// As `read: {profile: name}` of a recipe.
  public static Read byProfile(String name) {
    return by(Optional.of(Path.of(name)));
  }

  private static Read by(Optional<Path> profile) {
    return new Read(
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Regime.AUTO,
        profile,
        Optional.empty(),
        "auto",
        0,
        OptionalInt.empty(),
        1,
        false,
        false,
        false,
        false,
        false,
        false,
        PositionUnit.FILE,
        MaskUse.FILE,
        Faulty.REFUSE,
        Empty.REFUSE,
        Optional.empty());
  }

  @Override
  public Class<RawFile> takes() {
    return RawFile.class;
  }

  @Override
  public Class<DiffractionScan> gives() {
    return DiffractionScan.class;
  }

  @Override
  public DiffractionScan apply(RawFile input, Watch watch) {
    Reader reader = Readers.of(input.path(), this);
    var scan = reader.read(input.path(), this, watch);
    for (String note : scan.source().notes()) {
      watch.tell(new Progress.Noted(note));
    }
    return scan;
  }
}
