package argand.file;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Phases;
import java.util.ArrayList;
import java.util.Optional;

/// Which compound each pixel is of, in a result file: written and read back.
final class PhasesKept {
  private static final String PATH = "/entry/found/phases";

  private PhasesKept() {}

  static void write(Hdf5Writer out, Phases phases) {
    var grid = phases.grid();
    ResultWriter.group(out, PATH, "NXdata");
    out.attribute(PATH, "signal", "label");
    out.write(PATH + "/label", phases.label(), Hdf5Storage.CONTIGUOUS, grid.rows(), grid.columns());
    out.attribute(
        PATH + "/label", "long_name", "number of the compound; -1 nothing there, -2 undecided");
    byte[] pure = new byte[grid.size()];
    for (int i = 0; i < pure.length; i++) {
      pure[i] = (byte) (phases.pure().good()[i] ? 1 : 0);
    }
    out.write(PATH + "/pure", pure, Hdf5Storage.CONTIGUOUS, grid.rows(), grid.columns());
    out.attribute(PATH + "/pure", "long_name", "1 where one compound alone explains the pixel");
    ResultWriter.pair(out, PATH + "/pixel_size", grid.pixelY(), grid.pixelX());
    StackWriter.field(out, PATH + "/confidence", phases.confidence());
    out.write(PATH + "/elements", phases.elements());
    ResultWriter.group(out, PATH + "/compounds", "NXcollection");
    for (int k = 0; k < phases.phases().size(); k++) {
      var phase = phases.phases().get(k);
      String path = PATH + "/compounds/" + ResultWriter.numbered("compound", k);
      ResultWriter.group(out, path, "NXcollection");
      out.attribute(path, "title", phase.name());
      ResultWriter.list(out, path + "/nominal", phase.nominal());
      ResultWriter.list(out, path + "/found", phase.found());
      ResultWriter.list(out, path + "/errors", phase.sigma());
      out.write(path + "/pixels", (long) phase.pixels());
      out.write(path + "/pieces", (long) phase.pieces());
    }
  }

  static Optional<Phases> read(Hdf5 h5) {
    if (!h5.has(PATH)) {
      return Optional.empty();
    }
    long[] shape = h5.shape(PATH + "/label");
    double[] pixel = h5.doubles(PATH + "/pixel_size");
    var grid = new Grid(Math.toIntExact(shape[0]), Math.toIntExact(shape[1]), pixel[0], pixel[1]);
    long[] kept = h5.longs(PATH + "/label");
    int[] label = new int[kept.length];
    for (int i = 0; i < label.length; i++) {
      label[i] = (int) kept[i];
    }
    long[] flags = h5.longs(PATH + "/pure");
    var pure = new Mask(grid, new boolean[flags.length]);
    for (int i = 0; i < flags.length; i++) {
      pure.good()[i] = flags[i] != 0;
    }
    var phases = new ArrayList<Phases.Phase>();
    for (String name : h5.list(PATH + "/compounds")) {
      String path = PATH + "/compounds/" + name;
      phases.add(
          new Phases.Phase(
              h5.attributes(path).text("title").orElse(name),
              h5.doubles(path + "/nominal"),
              h5.doubles(path + "/found"),
              h5.doubles(path + "/errors"),
              (int) h5.number(path + "/pixels"),
              (int) h5.number(path + "/pieces")));
    }
    return Optional.of(
        new Phases(
            grid,
            h5.texts(PATH + "/elements"),
            phases,
            label,
            pure,
            new RealField(grid, h5.floats(PATH + "/confidence"))));
  }
}
