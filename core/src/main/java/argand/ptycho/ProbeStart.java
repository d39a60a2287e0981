package argand.ptycho;

import argand.Param;
import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.Median;
import argand.array.RealField;
import argand.array.kernel.Multiply;
import argand.array.kernel.Window;
import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.data.Product;
import argand.data.Reconstruction;
import argand.flow.FileDoor;
import argand.physics.AngularSpectrum;
import argand.physics.Geometry.Regime;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Where the first guess of the illumination comes from. Its power is set to the mean frame
/// afterwards.
public sealed interface ProbeStart {
  /// The probe on the sample grid of one frame; its power means nothing yet.
  ComplexField start(DiffractionScan scan);

  /// The first guess of the object that goes with it, on the grid of the windows; absent where
  /// nothing is known, which is 1 everywhere.
  default Optional<ComplexField> firstObject(Windows windows) {
    return Optional.empty();
  }

  /// The same where results of the same run came before, see {@link argand.flow.Watch#earlier}.
  default ComplexField start(DiffractionScan scan, List<Product> earlier) {
    return start(scan);
  }

  /// The same where results of the same run came before.
  ///
  /// @param energyEv of the scan
  default Optional<ComplexField> firstObject(
      Windows windows, double energyEv, List<Product> earlier) {
    return firstObject(windows);
  }

  /// The probe that came with the scan if there is one, else {@link FromFrames}.
  record Auto() implements ProbeStart {
    @Override
    public ComplexField start(DiffractionScan scan) {
      return scan.probe().isPresent() ? new FromFile().start(scan) : new FromFrames().start(scan);
    }
  }

  /// The probe that came with the scan, its strongest mode.
  record FromFile() implements ProbeStart {
    @Override
    public ComplexField start(DiffractionScan scan) {
      Probe probe =
          scan.probe()
              .orElseThrow(
                  () ->
                      new InvalidInput(
                          "probe: fromFile",
                          "asked for, but the scan holds no probe",
                          "a file with one",
                          "use probe: fromFrames, or describe the optics"));
      var sample = scan.geometry().sample();
      var found = probe.grid();
      if (found.rows() != sample.rows() || found.columns() != sample.columns()) {
        throw new InvalidInput(
            "the probe of the file",
            found.rows() + " × " + found.columns() + " pixels",
            sample.rows() + " × " + sample.columns() + ", as the frames",
            "crop after the probe was made? use probe: fromFrames, or describe the optics");
      }
      var copy = new ComplexField(sample);
      copy.set(probe.modes().getFirst());
      return copy;
    }
  }

  /// The strongest mode of an earlier result, as the same optics makes it at this energy and in
  /// these pixels ({@link CarriedProbe}); and its object, if asked for ({@link CarriedObject}).
  record FromResult(
      @Param("result of an earlier run: result.h5") Path file,
      @Param(
              value =
                  "zonePlate: the focus keeps its size, the focal length goes as the energy;"
                      + " pinhole: the aperture keeps its size; fixedFocus (mirrors): the"
                      + " focus grows with the wavelength",
              byDefault = "zonePlate")
          Chromatic optics,
      @Param(
              value =
                  "how far the sample stood behind the focus (of a pinhole: behind it); found where"
                      + " not given",
              unit = "m")
          OptionalDouble defocus,
      @Param(
              value =
                  "how much farther the sample stands behind the focus now, where the optics has"
                      + " not been moved to its new focal length",
              unit = "m",
              byDefault = "0 m")
          double moved,
      @Param(
              value =
                  "begin with the object of the earlier result too: the same sample at a"
                      + " neighbouring energy, in the same coordinates",
              byDefault = "false")
          boolean object)
      implements ProbeStart {
    /// How a focus changes with the wavelength.
    public enum Chromatic {
      ZONE_PLATE,
      PINHOLE,
      FIXED_FOCUS
    }

    @Override
    public ComplexField start(DiffractionScan scan) {
      return carried(earlier(), scan);
    }

    @Override
    public Optional<ComplexField> firstObject(Windows windows) {
      return object ? Optional.of(CarriedObject.of(earlier(), windows)) : Optional.empty();
    }

    ComplexField carried(Reconstruction earlier, DiffractionScan scan) {
      return CarriedProbe.of(earlier, optics, defocus, moved, scan);
    }

    private Reconstruction earlier() {
      if (!(FileDoor.open().product(file) instanceof Reconstruction earlier)) {
        throw new InvalidInput(
            "probe: fromResult: file", file, "a file that holds a reconstruction", "");
      }
      return earlier;
    }
  }

  /// The probe, and if wanted the object, of the scan of the nearest energy that this run has
  /// reconstructed before; of the first scan {@link Auto}. Results whose residual is more than
  /// twice the median of all are not begun from. Where scans are handled apart, as on a cluster,
  /// each is a first one.
  record FromNeighbour(
      @Param(
              value = "how the focus changes with the energy, as in fromResult",
              byDefault = "zonePlate")
          FromResult.Chromatic optics,
      @Param(
              value =
                  "how far the sample stands behind the focus (of a pinhole: behind it); found where"
                      + " not given",
              unit = "m")
          OptionalDouble defocus,
      @Param(value = "begin with the neighbour's object too", byDefault = "true") boolean object)
      implements ProbeStart {
    private static final double FACTOR = 2;

    @Override
    public ComplexField start(DiffractionScan scan) {
      return new Auto().start(scan);
    }

    @Override
    public ComplexField start(DiffractionScan scan, List<Product> earlier) {
      return nearest(scan.geometry().beam().energyEv(), earlier)
          .map(one -> CarriedProbe.of(one, optics, defocus, 0, scan))
          .orElseGet(() -> start(scan));
    }

    @Override
    public Optional<ComplexField> firstObject(
        Windows windows, double energyEv, List<Product> earlier) {
      return object
          ? nearest(energyEv, earlier).map(one -> CarriedObject.of(one, windows))
          : Optional.empty();
    }

    private static Optional<Reconstruction> nearest(double energyEv, List<Product> earlier) {
      var all =
          earlier.stream()
              .filter(Reconstruction.class::isInstance)
              .map(Reconstruction.class::cast)
              .toList();
      if (all.isEmpty()) {
        return Optional.empty();
      }
      double limit = FACTOR * Median.of(all.stream().mapToDouble(FromNeighbour::error).toArray());
      return all.stream()
          .filter(one -> error(one) <= limit)
          .min(Comparator.comparingDouble(one -> Math.abs(one.energyEv() - energyEv)));
    }

    private static double error(Reconstruction one) {
      return one.residuals().isEmpty() ? 0 : one.residuals().getLast();
    }
  }

  /// Computed from a description of what forms the illumination.
  record Optics(
      @Param("zone plate, pinhole, Gaussian beam, …, with its parameters") argand.physics.Optics of)
      implements ProbeStart {
    @Override
    public ComplexField start(DiffractionScan scan) {
      return of.probe(scan.geometry().beam(), scan.geometry().sample());
    }
  }

  /// The mean frame's amplitude with a flat phase, carried back to the sample: the focus of a pupil
  /// in the far field, the shadow's source in the near field.
  record FromFrames() implements ProbeStart {
    @Override
    public ComplexField start(DiffractionScan scan) {
      var amplitude = meanAmplitude(scan);
      var wave = new ComplexField(scan.geometry().sample());
      var grid = wave.grid();
      for (int r = 0; r < grid.rows(); r++) {
        for (int c = 0; c < grid.columns(); c++) {
          wave.set(r, c, amplitude.at(r, c), 0);
        }
      }
      var fft = new Fft2(grid.rows(), grid.columns());
      if (scan.geometry().regime() == Regime.FAR_FIELD) {
        fft.inverse(wave);
        return wave;
      }
      var transfer =
          AngularSpectrum.transfer(
              grid, scan.geometry().beam().wavelength(), -scan.geometry().effectiveDistance());
      fft.transform(wave);
      Multiply.by(Window.of(wave), Window.of(transfer), false, grid.rows(), grid.columns());
      fft.transformBack(wave);
      return wave.scale(1.0 / grid.size());
    }

    private static RealField meanAmplitude(DiffractionScan scan) {
      var grid = scan.frames().grid();
      var mask = scan.mask().orElseGet(() -> Mask.all(grid));
      var frame = new RealField(grid);
      double[] sum = new double[grid.size()];
      int count = scan.frames().count();
      for (int j = 0; j < count; j++) {
        scan.frames().read(j, frame);
        for (int i = 0; i < sum.length; i++) {
          boolean counts = mask.good()[i] && frame.values()[i] > 0; // not NaN either
          sum[i] += counts ? frame.values()[i] : 0;
        }
      }
      var amplitude = new RealField(grid);
      for (int i = 0; i < sum.length; i++) {
        amplitude.values()[i] = (float) Math.sqrt(sum[i] / count);
      }
      return amplitude;
    }
  }
}
