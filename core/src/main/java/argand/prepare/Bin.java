package argand.prepare;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.data.Source;
import argand.flow.ScanStep;
import argand.flow.Watch;
import argand.physics.Geometry;
import argand.physics.Geometry.Regime;
import java.util.Locale;
import java.util.Optional;

/// Adds the counts of blocks of factor × factor detector pixels. A block is good only if all its
/// pixels are.
///
/// Geometry, mask and starting probe follow. In the far field the field of view shrinks by the
/// factor and the pixels of the sample stay; in the near field it is the other way round. In the
/// far field the zero frequency lies in the new middle pixel, but up to factor/2 old pixels beside
/// its centre: a linear phase of the probe, which a reconstruction finds by itself.
public record Bin(@Param(value = "pixels added along each axis", byDefault = "2") int factor)
    implements ScanStep {
  public Bin {
    Check.atLeast("factor", factor, 2);
  }

  @Override
  public DiffractionScan apply(DiffractionScan scan, Watch watch) {
    Grid old = scan.geometry().detector();
    divide("rows", old.rows());
    divide("columns", old.columns());
    Grid coarse =
        new Grid(
            old.rows() / factor,
            old.columns() / factor,
            old.pixelY() * factor,
            old.pixelX() * factor);
    Geometry geometry = scan.geometry().withDetector(coarse);
    Optional<Probe> probe = scan.probe().map(p -> follow(p, geometry));
    return new DiffractionScan(
        geometry,
        scan.positions(),
        new MappedFrames(scan.frames(), coarse, this::add),
        scan.mask().map(mask -> allGood(mask, coarse)),
        probe,
        source(scan, probe));
  }

  private void divide(String axis, int count) {
    if (count % factor != 0) {
      throw new InvalidInput(
          "bin",
          "factor " + factor + " for frames of " + count + " " + axis,
          "a factor that divides them",
          "crop to " + (count - count % factor) + " " + axis + " first");
    }
  }

  private void add(RealField frame, RealField into) {
    java.util.Arrays.fill(into.values(), 0);
    int oldColumns = frame.grid().columns();
    int columns = into.grid().columns();
    for (int i = 0; i < frame.values().length; i++) {
      int row = i / oldColumns / factor;
      into.values()[row * columns + i % oldColumns / factor] += frame.values()[i];
    }
  }

  private Mask allGood(Mask mask, Grid coarse) {
    boolean[] good = Mask.all(coarse).good();
    int oldColumns = mask.grid().columns();
    for (int i = 0; i < mask.good().length; i++) {
      int block = i / oldColumns / factor * coarse.columns() + i % oldColumns / factor;
      good[block] &= mask.good()[i];
    }
    return new Mask(coarse, good);
  }

  private Probe follow(Probe probe, Geometry geometry) {
    Grid sample = geometry.sample();
    return geometry.regime() == Regime.FAR_FIELD
        ? StartProbe.part(
            probe,
            sample,
            probe.grid().rows() / 2 - sample.rows() / 2,
            probe.grid().columns() / 2 - sample.columns() / 2)
        : StartProbe.binned(probe, sample, factor);
  }

  private Source source(DiffractionScan scan, Optional<Probe> probe) {
    Source source = scan.source().withStep("bin " + factor + " × " + factor + " pixels");
    double kept = probe.isPresent() ? probe.get().power() / scan.probe().orElseThrow().power() : 1;
    return kept > 0.99
        ? source
        : source.withNote(
            String.format(
                Locale.ROOT,
                "binning by %d keeps %.0f %% of the starting probe: the field of view became too"
                    + " small for it",
                factor,
                100 * kept));
  }
}
