package argand.file;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Findings;
import argand.data.ObjectStack;
import argand.data.ObjectStack.View;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.Source;
import argand.physics.Polarization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The part of a result file that holds complex transmissions over energy.
final class ObjectStackKept {
  private static final String GROUP = "/entry/objects";

  private ObjectStackKept() {}

  static boolean claims(Hdf5 h5) {
    return h5.has(GROUP + "/data") && h5.has(GROUP + "/light");
  }

  static void write(Hdf5Writer out, ObjectStack stack) {
    Grid grid = stack.grid();
    int count = stack.count();
    out.attribute("/entry", "default", "objects");
    ResultWriter.group(out, GROUP, "NXdata");
    out.attribute(GROUP, "signal", "data");
    out.write(
        GROUP + "/data",
        CxiWriter.stacked(stack.views().stream().map(View::object).toList()),
        Hdf5Storage.CONTIGUOUS,
        count,
        grid.rows(),
        grid.columns());
    out.attribute(GROUP + "/data", "long_name", "complex transmission");
    float[] light = new float[count * grid.size()];
    double[] stokes = new double[3 * count];
    for (int e = 0; e < count; e++) {
      var view = stack.views().get(e);
      System.arraycopy(view.light().values(), 0, light, e * grid.size(), grid.size());
      double[] s = view.polarization().map(Polarization::stokes).orElse(UNSTATED);
      System.arraycopy(s, 0, stokes, 3 * e, 3);
    }
    out.write(GROUP + "/light", light, Hdf5Storage.CONTIGUOUS, count, grid.rows(), grid.columns());
    out.attribute(GROUP + "/light", "long_name", "quanta that fell on each pixel");
    ResultWriter.list(out, GROUP + "/energy", stack.energyEv());
    out.attribute(GROUP + "/energy", "units", "eV");
    out.write(GROUP + "/polarization_stokes", stokes, Hdf5Storage.CONTIGUOUS, count, 3);
    out.attribute(
        GROUP + "/polarization_stokes", "long_name", "S1, S2, S3 over S0; NaN where not stated");
    out.write(GROUP + "/names", stack.views().stream().map(View::name).toList());
    ResultWriter.pair(out, GROUP + "/pixel_size", grid.pixelY(), grid.pixelX());
    ResultWriter.pair(out, GROUP + "/origin", stack.origin().y(), stack.origin().x());
    mask(out, GROUP + "/mask", stack.mask(), "1 where all images were well lit");
    stack
        .emptyRegion()
        .ifPresent(region -> mask(out, GROUP + "/empty_region", region, "1 where no sample is"));
    ResultWriter.group(out, "/entry/found", "NXcollection");
    StackWriter.maps(out, stack.findings().maps());
    ResultWriter.quality(out, stack.findings().quality());
    ResultWriter.source(out, stack.source());
  }

  private static final double[] UNSTATED = {Double.NaN, Double.NaN, Double.NaN};

  private static void mask(Hdf5Writer out, String path, Mask mask, String words) {
    byte[] good = new byte[mask.good().length];
    for (int i = 0; i < good.length; i++) {
      good[i] = (byte) (mask.good()[i] ? 1 : 0);
    }
    out.write(path, good, Hdf5Storage.CONTIGUOUS, mask.grid().rows(), mask.grid().columns());
    out.attribute(path, "long_name", words);
  }

  /// @param h5 of the file; not kept
  static ObjectStack read(Hdf5 h5, Quality quality, Source source) {
    Grid grid = ResultReader.grid(h5, GROUP);
    double[] energies = h5.doubles(GROUP + "/energy");
    var objects = h5.complex(GROUP + "/data");
    float[] light = h5.floats(GROUP + "/light");
    double[] stokes = h5.doubles(GROUP + "/polarization_stokes");
    List<String> names = h5.texts(GROUP + "/names");
    double[] origin = h5.doubles(GROUP + "/origin");
    var views = new ArrayList<View>();
    for (int e = 0; e < energies.length; e++) {
      int from = e * grid.size();
      views.add(
          new View(
              energies[e],
              Double.isNaN(stokes[3 * e])
                  ? Optional.empty()
                  : Optional.of(
                      Polarization.of(stokes[3 * e], stokes[3 * e + 1], stokes[3 * e + 2])),
              objects.field(grid, from),
              new RealField(grid, java.util.Arrays.copyOfRange(light, from, from + grid.size())),
              names.get(e)));
    }
    return new ObjectStack(
        views,
        mask(h5, GROUP + "/mask", grid),
        new Reconstruction.Origin(origin[0], origin[1]),
        h5.has(GROUP + "/empty_region")
            ? Optional.of(mask(h5, GROUP + "/empty_region", grid))
            : Optional.empty(),
        new Findings(StackKept.maps(h5), List.of(), Optional.empty(), Optional.empty(), quality),
        source);
  }

  private static Mask mask(Hdf5 h5, String path, Grid grid) {
    double[] flags = h5.doubles(path);
    boolean[] good = new boolean[grid.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = flags[i] > 0;
    }
    return new Mask(grid, good);
  }
}
