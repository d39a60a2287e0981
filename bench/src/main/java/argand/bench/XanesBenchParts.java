package argand.bench;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.EnergyStack;
import argand.data.HeldPlanes;
import argand.data.Product;
import argand.data.RawFile;
import argand.file.DataExchangeWriter;
import argand.flow.Watch;
import argand.phantom.CathodeParticle;
import argand.phantom.CompositeCathode;
import argand.register.PyramidRegistration;
import argand.register.Transform;
import argand.simulate.EnergyScan;
import argand.simulate.FieldMotion;
import argand.simulate.SimulateStack;
import argand.simulate.TransmissionCamera;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// The parts of {@link XanesBench} that have data of their own.
final class XanesBenchParts {
  private static final FieldMotion STILL = new FieldMotion(0, 0, 0);

  private XanesBenchParts() {}

  /// Two noisy images of one field, 3.3 and 2.6 pixels apart.
  static List<RealField> pair(int side) {
    return List.of(image(side, 0, 0, 1), image(side, 3.3, -2.6, 2));
  }

  private static RealField image(int side, double down, double right, long seed) {
    var field = new CathodeParticle(1, 0.47, 0.58, 0.68).field();
    var image = new RealField(Grid.square(side, side, 3e-8));
    var random = new SplittableRandom(seed);
    double[] amounts = new double[4];
    for (int i = 0; i < image.values().length; i++) {
      double y = (i / side - 0.5 * side - down) / side;
      double x = (i % side - 0.5 * side - right) / side;
      field.amounts(y, x, amounts);
      double density = 1.2 * (amounts[0] + amounts[1]) + amounts[3];
      image.values()[i] = (float) (density + 0.03 * random.nextGaussian());
    }
    return image;
  }

  /// The second onto the first, from nothing.
  static void register(List<RealField> pair, Workers workers) {
    var found =
        new PyramidRegistration(Transform.Model.TRANSLATION, false)
            .onto(pair.get(0), Optional.empty(), workers)
            .find(pair.get(1), Optional.empty());
    if (!found.converged()) {
      throw new IllegalStateException("the registration did not converge");
    }
  }

  /// Optical densities of a composite cathode, 540 × 640 × 101, in memory.
  static EnergyStack composite(Watch watch) {
    var made =
        new SimulateStack(
                new CompositeCathode(0.8, 0.25, 0.01, 300, 1),
                new EnergyScan(8212, 8777, 8341, 101),
                540,
                640,
                3e-8,
                STILL,
                new TransmissionCamera(10_000, 0.05, 100, 10, 0, 0),
                1,
                1)
            .make(0, watch)
            .stack();
    var density = XanesBench.applied(XanesBench.step("opticalDensity: {}"), made, watch);
    var held = HeldPlanes.of(density.images(), watch.workers(), Long.MAX_VALUE);
    return density.withImages(held, Optional.empty(), density.quantity());
  }

  /// Counts to fractions of 1024² × 60: seconds with all in memory, and from a compressed file with
  /// a quarter of the memory that its images take.
  static double[] chain(Workers workers) {
    try {
      Path folder = Files.createTempDirectory("argand-bench");
      Path file = folder.resolve("stack.h5");
      try {
        var watch = new Timekeeper(workers, 3L << 30);
        var made =
            new SimulateStack(
                    new CathodeParticle(1, 0.47, 0.58, 0.68),
                    new EnergyScan(8230, 8600, 8342, 60),
                    1024,
                    1024,
                    3e-8,
                    STILL,
                    new TransmissionCamera(2500, 0.05, 100, 10, 0, 0),
                    1,
                    1)
                .make(0, watch)
                .stack();
        DataExchangeWriter.write(file, made);
        long bytes = 4L * 60 * 1024 * 1024;
        var little = new Timekeeper(workers, bytes / 4);
        double inMemory = XanesBench.median(() -> carryOut(file, watch), 3);
        double fromFile = XanesBench.median(() -> carryOut(file, little), 3);
        return new double[] {inMemory, fromFile};
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void carryOut(Path file, Watch watch) {
    Product product = new RawFile(file);
    for (String text :
        List.of(
            "readStack: {}",
            "opticalDensity: {}",
            "normalizeEdge: {pre: [8230 eV, 8320 eV], post: [8400 eV, 8600 eV]}",
            "peakMap: {range: [8335 eV, 8370 eV]}")) {
      product = XanesBench.applied(XanesBench.step(text), product, watch);
    }
    ((EnergyStack) product).images().close();
  }
}
