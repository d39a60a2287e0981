package argand.file;

import argand.data.FittedSpectrum;
import argand.data.LineAreas;
import argand.data.Quality;
import argand.data.Source;
import argand.physics.LineGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The part of a result file that holds areas of fluorescence lines and what was made of them.
final class LineAreasKept {
  private static final String AREAS = "/entry/areas";
  private static final String AMOUNTS = "/entry/amounts";
  private static final String FITS = "/entry/fits";

  private LineAreasKept() {}

  static void write(Hdf5Writer out, LineAreas areas) {
    out.attribute("/entry", "default", "areas");
    ResultWriter.group(out, AREAS, "NXdata");
    out.attribute(AREAS, "signal", "data");
    out.write(AREAS + "/groups", areas.groups().stream().map(LineGroup::name).toList());
    table(out, AREAS + "/data", areas.areas());
    out.attribute(AREAS + "/data", "units", "counts");
    out.attribute(AREAS + "/data", "long_name", "counts in each group of lines, groups × spectra");
    table(out, AREAS + "/errors", areas.sigma());
    areas.covariance().ifPresent(c -> table(out, AREAS + "/covariance", c));
    amounts(out, areas.amounts());
    fits(out, areas.fits());
    FluorescenceKept.circumstances(
        out, areas.exposure(), areas.incidentEv(), areas.grid(), areas.names());
    if (areas.grid().isPresent()) {
      ResultWriter.group(out, "/entry/found", "NXcollection");
      StackWriter.maps(out, areas.maps());
    }
    ResultWriter.quality(out, areas.quality());
    ResultWriter.source(out, areas.source());
  }

  private static void table(Hdf5Writer out, String path, double[][] rows) {
    int width = rows[0].length;
    double[] all = new double[rows.length * width];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, all, r * width, width);
    }
    out.write(path, all, Hdf5Storage.CONTIGUOUS, rows.length, width);
  }

  private static void amounts(Hdf5Writer out, List<LineAreas.Amount> amounts) {
    ResultWriter.group(out, AMOUNTS, "NXcollection");
    for (int k = 0; k < amounts.size(); k++) {
      var amount = amounts.get(k);
      String path = AMOUNTS + "/" + ResultWriter.numbered("amount", k);
      ResultWriter.group(out, path, "NXdata");
      out.attribute(path, "title", amount.name());
      out.attribute(path, "quantity", amount.quantity());
      out.attribute(path, "signal", "data");
      ResultWriter.list(out, path + "/data", amount.values());
      out.attribute(path + "/data", "units", amount.unit());
      amount.sigma().ifPresent(sigma -> ResultWriter.list(out, path + "/errors", sigma));
    }
  }

  private static void fits(Hdf5Writer out, List<FittedSpectrum> fits) {
    ResultWriter.group(out, FITS, "NXcollection");
    for (int k = 0; k < fits.size(); k++) {
      var fit = fits.get(k);
      String path = FITS + "/" + ResultWriter.numbered("fit", k);
      ResultWriter.group(out, path, "NXdata");
      out.attribute(path, "title", fit.name());
      out.attribute(path, "signal", "counts");
      out.attribute(path, "axes", "energy");
      ResultWriter.list(out, path + "/energy", fit.energyEv());
      out.attribute(path + "/energy", "units", "eV");
      ResultWriter.list(out, path + "/counts", fit.counts());
      ResultWriter.list(out, path + "/fit", fit.fit());
      ResultWriter.list(out, path + "/background", fit.background());
      out.write(path + "/names", fit.names());
      if (!fit.parts().isEmpty()) {
        table(out, path + "/parts", fit.parts().toArray(new double[0][]));
      }
    }
  }

  static boolean claims(Hdf5 h5) {
    return h5.has(AREAS + "/data") && h5.has(AREAS + "/groups");
  }

  /// A sentence for a person; empty where there are no areas.
  static Optional<String> described(Hdf5 h5) {
    return claims(h5)
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "a result of Argand: areas of %s in %d fluorescence spectra",
                String.join(", ", h5.texts(AREAS + "/groups")),
                h5.shape(AREAS + "/data")[1]))
        : Optional.empty();
  }

  static LineAreas read(Hdf5 h5, Quality quality, Source source) {
    return new LineAreas(
        h5.texts(AREAS + "/groups").stream().map(LineGroup::of).toList(),
        table(h5, AREAS + "/data"),
        table(h5, AREAS + "/errors"),
        h5.has(AREAS + "/covariance")
            ? Optional.of(table(h5, AREAS + "/covariance"))
            : Optional.empty(),
        FluorescenceKept.exposure(h5),
        FluorescenceKept.incidentEv(h5),
        FluorescenceKept.grid(h5),
        FluorescenceKept.names(h5),
        amounts(h5),
        fits(h5),
        quality,
        source);
  }

  private static double[][] table(Hdf5 h5, String path) {
    long[] shape = h5.shape(path);
    int width = Math.toIntExact(shape[1]);
    double[] all = h5.doubles(path);
    double[][] rows = new double[Math.toIntExact(shape[0])][width];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(all, r * width, rows[r], 0, width);
    }
    return rows;
  }

  private static List<LineAreas.Amount> amounts(Hdf5 h5) {
    var amounts = new ArrayList<LineAreas.Amount>();
    for (String name : h5.list(AMOUNTS)) {
      String path = AMOUNTS + "/" + name;
      amounts.add(
          new LineAreas.Amount(
              h5.attributes(path).text("title").orElse(name),
              h5.attributes(path).text("quantity").orElse(""),
              h5.units(path + "/data").orElse(""),
              h5.doubles(path + "/data"),
              h5.has(path + "/errors")
                  ? Optional.of(h5.doubles(path + "/errors"))
                  : Optional.empty()));
    }
    return amounts;
  }

  private static List<FittedSpectrum> fits(Hdf5 h5) {
    var fits = new ArrayList<FittedSpectrum>();
    for (String name : h5.list(FITS)) {
      String path = FITS + "/" + name;
      fits.add(
          new FittedSpectrum(
              h5.attributes(path).text("title").orElse(name),
              h5.doubles(path + "/energy"),
              h5.doubles(path + "/counts"),
              h5.doubles(path + "/fit"),
              h5.doubles(path + "/background"),
              h5.texts(path + "/names"),
              h5.has(path + "/parts") ? List.of(table(h5, path + "/parts")) : List.of()));
    }
    return fits;
  }
}
