package argand.file;

import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Planes;
import java.util.List;

/// Writes a raw energy stack in the layout of Data Exchange (De Carlo et al., J. Synchrotron Rad.
/// 21,
/// 1224 (2014), doi:10.1107/S160057751401604X): counts, white field and dark field under
/// `/exchange`, so that other programs read it too.
///
/// Counts are unsigned 16-bit numbers where they are whole, 32-bit floats otherwise; one image a
/// chunk, shuffled and deflated.
public final class DataExchangeWriter {
  private DataExchangeWriter() {}

  /// @throws FileTrouble when it cannot be written; then nothing is left under its name
  public static void write(java.nio.file.Path file, EnergyStack stack) {
    try (var out = Hdf5.create(file)) {
      out.attribute("/", "creator", "Argand");
      out.write("/implements", "exchange");
      out.group("/exchange");
      images(out, "/exchange/data", stack.images());
      out.attribute("/exchange/data", "units", "counts");
      out.attribute("/exchange/data", "axes", "energy:y:x");
      out.write(
          "/exchange/energy", stack.energyEv(), Hdf5Storage.CONTIGUOUS, stack.energyEv().length);
      out.attribute("/exchange/energy", "units", "eV");
      stack
          .emptyBeam()
          .ifPresent(
              beam -> {
                images(out, "/exchange/data_white", beam.flats());
                out.attribute("/exchange/data_white", "frames_averaged", beam.flatFrames());
                beam.dark()
                    .ifPresent(
                        dark -> images(out, "/exchange/data_dark", Planes.of(List.of(dark))));
              });
      var grid = stack.grid();
      places(out, "/exchange/y", grid.rows(), grid.pixelY());
      places(out, "/exchange/x", grid.columns(), grid.pixelX());
      out.commit();
    }
  }

  /// Where rows or columns lie on the sample.
  private static void places(Hdf5Writer out, String path, int count, double pixel) {
    double[] places = new double[count];
    for (int i = 0; i < count; i++) {
      places[i] = (i - count / 2) * pixel;
    }
    out.write(path, places, Hdf5Storage.CONTIGUOUS, count);
    out.attribute(path, "units", "m");
  }

  private static void images(Hdf5Writer out, String path, Planes planes) {
    var grid = planes.grid();
    var storage = Hdf5Storage.chunked(1, grid.rows(), grid.columns()).deflated(1).growable();
    boolean whole = true;
    for (int e = 0; e < planes.count() && whole; e++) {
      whole = whole(planes.plane(e));
    }
    long[] none = {0, grid.rows(), grid.columns()};
    if (whole) {
      out.write(path, new short[0], storage, none);
    } else {
      out.write(path, new float[0], storage, none);
    }
    for (int e = 0; e < planes.count(); e++) {
      out.append(path, planes.plane(e).values());
    }
  }

  private static boolean whole(RealField plane) {
    for (float value : plane.values()) {
      if (value != Math.rint(value) || value < 0 || value > 65535) {
        return false;
      }
    }
    return true;
  }
}
