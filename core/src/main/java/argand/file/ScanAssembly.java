package argand.file;

import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.data.Calibration;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Probe;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.physics.Constants;
import argand.physics.Geometry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Joins what a file says and what the recipe says into one checked measurement; every format ends
/// here.
record ScanAssembly(Path file, RawScan raw, Read how) {
  ScanAssembly {
    boolean unitGiven = how.positionUnit() != Read.PositionUnit.FILE;
    raw =
        how.positions().map(table -> PositionTable.read(table, unitGiven)).map(raw::at).orElse(raw);
  }

  /// @param store kept open by frames that do not fit into memory, closed otherwise
  DiffractionScan scan(FrameStore store, String format, Watch watch) {
    var notes = new ArrayList<>(raw.notes());
    Geometry geometry = geometry();
    int[] chosen = chosen();
    if (turned()) {
      notes.add(orientation());
    }
    ScanPositions positions = positions(geometry, notes);
    Optional<Mask> mask = mask(geometry, notes);
    var stored = store.frames(axes(geometry), geometry.detector());
    var checked =
        new FrameCheck(file, raw.frames().path(), mask, how.faulty(), how.empty())
            .check(stored, chosen, watch);
    var calibration = DetectorImages.beside(store, axes(geometry), geometry.detector(), notes);
    if (checked.inMemory()) {
      store.close();
    }
    notes.addAll(checked.notes());
    ScanPositions kept = positions.select(checked.kept());
    new PositionCheck(file, raw.positions().path(), geometry, how).check(kept, notes);
    boolean far = geometry.regime() == Geometry.Regime.FAR_FIELD;
    if (far && how.regime() == Read.Regime.AUTO && raw.near().isEmpty()) {
      notes.add(
          "taken as far field; for a near-field measurement give read: {focusDistance: 3 mm} with a"
              + " diverging beam or {regime: near} with a parallel one");
    }
    Grid detector = geometry.detector();
    if (detector.rows() != detector.columns()) {
      notes.add(
          "the frames are not square ("
              + detector.rows()
              + " × "
              + detector.columns()
              + "): taken as they are, pixels of "
              + FileUnits.length(geometry.sample().pixelY())
              + " × "
              + FileUnits.length(geometry.sample().pixelX())
              + " on the sample; crop: {size: "
              + Math.min(detector.rows(), detector.columns())
              + "} makes them square");
    }
    Optional<Probe> probe = probe(geometry.sample(), checked.meanSum(), notes);
    String summary = summary(geometry, kept);
    notes.remove(summary); // where the file keeps it from an earlier reading
    notes.add(summary);
    var source = new Source(List.of(file.toString()), List.of("read as " + format), notes);
    Frames frames = checked.frames();
    if (!calibration.equals(Calibration.NONE)) {
      frames = frames.with(calibration);
    }
    return new DiffractionScan(geometry, kept, frames, checked.mask(), probe, source);
  }

  /// Beam, distance, detector and regime.
  Geometry geometry() {
    Beam beam = beam();
    double distance =
        needed("distance", how.distance(), raw.distance(), raw.lacking().distance(), "1.2 m");
    double pixelY =
        needed("pixelSize", how.pixelSize(), raw.pixelY(), raw.lacking().pixel(), "75 um");
    double pixelX =
        needed("pixelSize", how.pixelSize(), raw.pixelX(), raw.lacking().pixel(), "75 um");
    if (pixelY > 0.005 || pixelX > 0.005) {
      throw new InvalidInput(
              "detector pixel",
              FileUnits.number(pixelY) + " m",
              "metres",
              "this looks like µm: give read: {pixelSize: " + FileUnits.number(pixelY) + " um}")
          .at(file.toString());
    }
    if (distance > 100) {
      throw new InvalidInput(
              "distance",
              FileUnits.number(distance) + " m",
              "metres",
              "this looks like mm: give read: {distance: " + FileUnits.number(distance) + " mm}")
          .at(file.toString());
    }
    OptionalDouble focus =
        how.focusDistance().isPresent() ? how.focusDistance() : raw.focusDistance();
    boolean near =
        switch (how.regime()) {
          case NEAR -> true;
          case FAR -> false;
          case AUTO -> raw.near().orElse(false) || focus.isPresent();
        };
    if (!near && how.focusDistance().isPresent()) {
      throw new InvalidInput(
          "regime", "far with a focus distance", "near", "leave the focus distance out");
    }
    try {
      var detector =
          how.transposeFrames()
              ? new Grid(raw.frames().columns(), raw.frames().rows(), pixelX, pixelY)
              : new Grid(raw.frames().rows(), raw.frames().columns(), pixelY, pixelX);
      return new Geometry(
          beam,
          distance,
          detector,
          near ? Geometry.Regime.NEAR_FIELD : Geometry.Regime.FAR_FIELD,
          near ? focus.orElse(Double.POSITIVE_INFINITY) : Double.POSITIVE_INFINITY);
    } catch (InvalidInput wrong) {
      throw wrong.at(file.toString());
    }
  }

  private boolean turned() {
    return how.transposeFrames() || how.flipFramesY() || how.flipFramesX();
  }

  private FrameAxes axes(Geometry geometry) {
    boolean far = geometry.regime() == Geometry.Regime.FAR_FIELD;
    return raw.frames()
        .turned(
            how.transposeFrames(), new FrameAxes.Flip(how.flipFramesY(), how.flipFramesX(), far));
  }

  private String orientation() {
    var done = new ArrayList<String>();
    if (how.transposeFrames()) {
      done.add("rows and columns exchanged");
    }
    if (how.flipFramesY()) {
      done.add("rows reversed");
    }
    if (how.flipFramesX()) {
      done.add("columns reversed");
    }
    return "the frames are turned: " + String.join(", then ", done);
  }

  private Beam beam() {
    if (how.wavelength().isPresent()) {
      double wavelength = how.wavelength().getAsDouble();
      return wavelength >= 1e-7
          ? new Beam.Light(wavelength)
          : xRays(Constants.HC_EV_M / wavelength);
    }
    if (how.energyEv().isPresent()) {
      return xRays(how.energyEv().getAsDouble());
    }
    double energy =
        needed("energy", how.energyEv(), raw.energyEv(), raw.lacking().energy(), "8.8 keV");
    try {
      return raw.light() ? new Beam.Light(Constants.HC_EV_M / energy) : xRays(energy);
    } catch (InvalidInput wrong) {
      throw wrong.at(file.toString());
    }
  }

  private Beam xRays(double energyEv) {
    return new Beam.XRays(energyEv, how.polarization().or(raw::polarization));
  }

  private double needed(
      String name, OptionalDouble given, OptionalDouble found, String where, String example) {
    if (given.isPresent()) {
      return given.getAsDouble();
    }
    return found.orElseThrow(
        () ->
            new InvalidInput(
                    name,
                    "missing",
                    where,
                    "give it in the recipe: read: {" + name + ": " + example + "}")
                .at(file.toString()));
  }

  private int[] chosen() {
    int frames = raw.frames().count();
    int positions = raw.positions().y().length;
    int last = how.last().orElse(frames - 1);
    if (frames != positions && !(how.last().isPresent() && last < Math.min(frames, positions))) {
      int common = Math.min(frames, positions) - 1;
      throw new InvalidInput(
              "number of positions in " + raw.positions().path(),
              positions,
              frames + ", one for each frame in " + raw.frames().path(),
              common < 0
                  ? ""
                  : "if frame and position correspond up to number "
                      + common
                      + ", give read: {last: "
                      + common
                      + "}")
          .at(file.toString());
    }
    if (frames == 0) {
      throw new InvalidInput(raw.frames().path(), "empty", "at least one frame", "")
          .at(file.toString());
    }
    if (last >= frames || how.first() >= frames) {
      throw new InvalidInput(
              last >= frames ? "last" : "first",
              last >= frames ? last : how.first(),
              "0 … " + (frames - 1),
              "the file holds " + frames + " frames")
          .at(file.toString());
    }
    return IntStream.iterate(how.first(), j -> j <= last, j -> j + how.every()).toArray();
  }

  private ScanPositions positions(Geometry geometry, List<String> notes) {
    var found = raw.positions();
    double[] y = found.y().clone();
    double[] x = found.x().clone();
    Grid sample = geometry.sample();
    boolean stated = how.positionUnit() != Read.PositionUnit.FILE;
    double unit = stated ? how.positionUnit().metres : 1;
    double scaleY = found.inPixels() && !stated ? sample.pixelY() : unit;
    double scaleX = found.inPixels() && !stated ? sample.pixelX() : unit;
    for (int j = 0; j < y.length; j++) {
      y[j] *= how.flipY() ? -scaleY : scaleY;
      x[j] *= how.flipX() ? -scaleX : scaleX;
    }
    if (stated) {
      notes.add(
          "positions are taken in "
              + how.positionUnit().name().toLowerCase(java.util.Locale.ROOT)
              + "s");
    }
    try {
      return how.swapAxes() ? new ScanPositions(x, y) : new ScanPositions(y, x);
    } catch (InvalidInput wrong) {
      throw wrong.at(file + ": " + found.path());
    }
  }

  private Optional<Mask> mask(Geometry geometry, List<String> notes) {
    if (raw.good().isEmpty() || how.mask() == Read.MaskUse.NONE) {
      return Optional.empty();
    }
    Grid detector = geometry.detector();
    boolean[] stored = raw.good().get();
    Check.same("pixels of the mask", stored.length, detector.size());
    float[] flags = new float[stored.length];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = stored[i] == (how.mask() == Read.MaskUse.FILE) ? 1 : 0;
    }
    float[] placed = new float[flags.length];
    axes(geometry).place(flags, 0, detector, placed);
    boolean[] good = new boolean[flags.length];
    for (int i = 0; i < good.length; i++) {
      good[i] = placed[i] == 1;
    }
    var mask = new Mask(detector, good);
    if (mask.count() == 0) {
      throw new InvalidInput(
              "the mask",
              "bad in all " + detector.size() + " pixels",
              "some good pixels",
              how.mask() == Read.MaskUse.FILE
                  ? "it is probably inverted: give read: {mask: inverted} or {mask: none}"
                  : "give read: {mask: file} or {mask: none}")
          .at(file.toString());
    }
    if (mask.count() < detector.size() / 2) {
      notes.add(
          "the mask trusts only "
              + mask.count()
              + " of "
              + detector.size()
              + " pixels; if it is inverted give read: {mask: inverted}");
    }
    return Optional.of(mask);
  }

  private Optional<Probe> probe(Grid sample, double meanSum, List<String> notes) {
    if (raw.probe().isEmpty()) {
      return Optional.empty();
    }
    var found = turned(raw.probe().get(), sample);
    if (found.rows() != sample.rows() || found.columns() != sample.columns()) {
      notes.add(
          "the start probe of the file has "
              + found.rows()
              + " × "
              + found.columns()
              + " pixels, the frames have "
              + sample.rows()
              + " × "
              + sample.columns()
              + ": it is not used");
      return Optional.empty();
    }
    var modes = new ArrayList<ComplexField>();
    for (int m = 0; m < found.modes(); m++) {
      modes.add(found.values().field(sample, m * sample.size()));
    }
    modes.sort(java.util.Comparator.comparingDouble(ComplexField::power).reversed());
    var probe = new Probe(modes);
    double power = probe.power();
    if (!(power > 0) || Double.isInfinite(power)) {
      notes.add("the start probe of the file holds nothing finite: it is not used");
      return Optional.empty();
    }
    if (!found.scaled()) {
      double factor = Math.sqrt(meanSum / power);
      modes.forEach(mode -> mode.scale(factor));
      notes.add(
          "the start probe is scaled to the mean pattern sum, "
              + FileUnits.number(meanSum)
              + " counts");
    }
    return Optional.of(new Probe(modes));
  }

  /// The exit wave turns with its pattern.
  private RawScan.StartProbe turned(RawScan.StartProbe probe, Grid sample) {
    boolean swapped = how.transposeFrames();
    int rows = swapped ? probe.columns() : probe.rows();
    int columns = swapped ? probe.rows() : probe.columns();
    if (!turned() || rows != sample.rows() || columns != sample.columns()) {
      return probe;
    }
    int size = sample.size();
    var axes =
        new FrameAxes(
                "probe", new long[] {probe.modes(), probe.rows(), probe.columns()}, 1, 2, false)
            .turned(swapped, new FrameAxes.Flip(how.flipFramesY(), how.flipFramesX(), true));
    var values =
        new ComplexValues(new float[probe.modes() * size], new float[probe.modes() * size]);
    float[] one = new float[size];
    for (int m = 0; m < probe.modes(); m++) {
      axes.place(probe.values().re(), m * size, sample, one);
      System.arraycopy(one, 0, values.re(), m * size, size);
      axes.place(probe.values().im(), m * size, sample, one);
      System.arraycopy(one, 0, values.im(), m * size, size);
    }
    return new RawScan.StartProbe(values, probe.modes(), rows, columns, probe.scaled());
  }

  private String summary(Geometry geometry, ScanPositions positions) {
    Grid sample = geometry.sample();
    boolean near = geometry.regime() == Geometry.Regime.NEAR_FIELD;
    return positions.count()
        + " frames of "
        + sample.rows()
        + " × "
        + sample.columns()
        + " at "
        + FileUnits.energy(geometry.beam().energyEv())
        + ", "
        + (near ? "near" : "far")
        + " field, "
        + FileUnits.length(geometry.distance())
        + " to the detector"
        + (near && Double.isFinite(geometry.focusDistance())
            ? ", "
                + FileUnits.length(geometry.focusDistance())
                + " from the focus, magnified "
                + FileUnits.number(geometry.magnification())
                + " ×"
            : "")
        + ": pixels of "
        + FileUnits.length(sample.pixelY())
        + " on the sample, scanned over "
        + FileUnits.length(positions.extentY())
        + " × "
        + FileUnits.length(positions.extentX());
  }
}
