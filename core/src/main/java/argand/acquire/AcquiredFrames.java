package argand.acquire;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.EnergyCalibration;
import argand.file.FileTrouble;
import argand.file.Hdf5;
import argand.file.Hdf5Storage;
import argand.file.Hdf5Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The folder of frames: one HDF5 file for each exposure that was made. A file appears there all at
/// once and on the disk: an exposure is made if and only if its file is there.
final class AcquiredFrames {
  private final Path folder;
  private final String fingerprint;

  /// @param fingerprint of the plan to which they belong
  AcquiredFrames(Path folder, String fingerprint) {
    this.folder = folder;
    this.fingerprint = fingerprint;
  }

  /// What is known of one exposure.
  ///
  /// @param positions where the motors said that they were [m]
  record Frame(Reading reading, Map<String, Double> positions) {}

  Path file(PlannedExposure exposure) {
    return folder.resolve(exposure.label() + ".h5");
  }

  boolean has(PlannedExposure exposure) {
    return Files.exists(file(exposure));
  }

  /// Removes what a killed process had begun to write.
  void sweep() {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path part : all.filter(p -> p.getFileName().toString().endsWith(".part")).toList()) {
        Files.delete(part);
      }
    } catch (IOException e) {
      throw new FileTrouble(folder, "cannot be swept (" + e.getMessage() + ")", e);
    }
  }

  void write(PlannedExposure exposure, Frame frame) {
    var reading = frame.reading();
    var grid = reading.image().grid();
    try (Hdf5Writer out = Hdf5.create(file(exposure))) {
      out.write("/plan", fingerprint);
      out.write("/pattern", (long) exposure.pattern());
      out.write("/sample", exposure.kind().word());
      out.write(
          "/image", reading.image().values(), Hdf5Storage.CONTIGUOUS, grid.rows(), grid.columns());
      out.write("/pixel", new double[] {grid.pixelY(), grid.pixelX()}, Hdf5Storage.CONTIGUOUS, 2);
      out.write("/spectrum", reading.spectrum(), Hdf5Storage.CONTIGUOUS, reading.spectrum().length);
      var c = reading.calibration();
      out.write(
          "/calibration",
          new double[] {c.zeroEv(), c.gainEv(), c.quadraticEv()},
          Hdf5Storage.CONTIGUOUS,
          3);
      out.write(
          "/times",
          new double[] {reading.realTime(), reading.liveTime()},
          Hdf5Storage.CONTIGUOUS,
          2);
      out.write("/incident", new double[] {reading.incident()}, Hdf5Storage.CONTIGUOUS, 1);
      out.write("/energy", new double[] {reading.energyEv()}, Hdf5Storage.CONTIGUOUS, 1);
      for (var motor : frame.positions().entrySet()) {
        out.write(
            "/motors/" + motor.getKey(),
            new double[] {motor.getValue()},
            Hdf5Storage.CONTIGUOUS,
            1);
      }
      out.commit();
    }
  }

  /// @throws InvalidInput where the file belongs to another plan
  Frame read(PlannedExposure exposure) {
    try (Hdf5 in = Hdf5.open(file(exposure))) {
      if (!in.text("/plan").equals(fingerprint)) {
        throw new InvalidInput(
            file(exposure).toString(),
            "a frame of another plan",
            "one of the plan in this folder",
            "take a new folder for each plan");
      }
      long[] shape = in.shape("/image");
      double[] pixel = in.doubles("/pixel");
      double[] calibration = in.doubles("/calibration");
      double[] times = in.doubles("/times");
      var grid = new Grid((int) shape[0], (int) shape[1], pixel[0], pixel[1]);
      var positions = new LinkedHashMap<String, Double>();
      for (String motor : in.has("/motors") ? in.list("/motors") : List.<String>of()) {
        positions.put(motor, in.number("/motors/" + motor));
      }
      return new Frame(
          new Reading(
              new RealField(grid, in.floats("/image")),
              in.floats("/spectrum"),
              new EnergyCalibration(calibration[0], calibration[1], calibration[2]),
              times[0],
              times[1],
              in.number("/incident"),
              in.number("/energy")),
          positions);
    }
  }
}
