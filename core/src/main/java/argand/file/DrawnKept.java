package argand.file;

import argand.data.EnergyBand;
import argand.data.Findings;
import argand.data.MixedColors;
import argand.data.MixedColors.Brightness;
import argand.data.MixedColors.Channel;
import argand.data.MixedColors.Tint;
import argand.data.Region;
import argand.data.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What was drawn on a stack's images, in its result file: regions, mixed colours and bands of
/// energies, written and
/// read back.
final class DrawnKept {
  private static final String REGIONS = "/entry/found/regions";
  private static final String MIXES = "/entry/found/mixes";
  private static final String BANDS = "/entry/found/bands";

  private DrawnKept() {}

  static void write(Hdf5Writer out, Findings findings) {
    var regions = findings.regions();
    var mixes = findings.mixes();
    ResultWriter.group(out, REGIONS, "NXcollection");
    for (int k = 0; k < regions.size(); k++) {
      String path = REGIONS + "/" + ResultWriter.numbered("region", k);
      ResultWriter.list(out, path, numbers(regions.get(k).shape()));
      out.attribute(path, "title", regions.get(k).name());
      out.attribute(path, "shape", kind(regions.get(k).shape()));
    }
    ResultWriter.group(out, MIXES, "NXcollection");
    for (int k = 0; k < mixes.size(); k++) {
      mix(out, MIXES + "/" + ResultWriter.numbered("mix", k), mixes.get(k));
    }
    ResultWriter.group(out, BANDS, "NXcollection");
    for (int k = 0; k < findings.bands().size(); k++) {
      var band = findings.bands().get(k);
      String path = BANDS + "/" + ResultWriter.numbered("band", k);
      ResultWriter.list(out, path, new double[] {band.fromEv(), band.toEv()});
      out.attribute(path, "title", band.name());
      out.attribute(path, "units", "eV");
    }
  }

  private static void mix(Hdf5Writer out, String path, MixedColors mix) {
    ResultWriter.group(out, path, "NXcollection");
    out.write(path + "/maps", mix.maps());
    out.write(
        path + "/tints",
        mix.channels().stream().map(c -> c.tint().name().toLowerCase(Locale.ROOT)).toList());
    ResultWriter.list(
        out, path + "/low", mix.channels().stream().mapToDouble(Channel::low).toArray());
    ResultWriter.list(
        out, path + "/high", mix.channels().stream().mapToDouble(Channel::high).toArray());
    mix.brightness()
        .ifPresent(
            brightness -> {
              out.write(path + "/brightness", brightness.map());
              out.write(path + "/brightness_full", brightness.full());
            });
  }

  static List<EnergyBand> bands(Hdf5 h5) {
    var bands = new ArrayList<EnergyBand>();
    if (h5.has(BANDS)) {
      for (String name : h5.list(BANDS)) {
        String path = BANDS + "/" + name;
        double[] ends = h5.doubles(path);
        bands.add(new EnergyBand(h5.attributes(path).text("title").orElse(name), ends[0], ends[1]));
      }
    }
    return bands;
  }

  static List<Region> regions(Hdf5 h5) {
    var regions = new ArrayList<Region>();
    if (h5.has(REGIONS)) {
      for (String name : h5.list(REGIONS)) {
        String path = REGIONS + "/" + name;
        String kind = h5.attributes(path).text("shape").orElse("");
        regions.add(
            new Region(
                h5.attributes(path).text("title").orElse(name), shape(h5, kind, h5.doubles(path))));
      }
    }
    return regions;
  }

  static List<MixedColors> mixes(Hdf5 h5) {
    var mixes = new ArrayList<MixedColors>();
    if (h5.has(MIXES)) {
      for (String name : h5.list(MIXES)) {
        String path = MIXES + "/" + name;
        List<String> maps = h5.texts(path + "/maps");
        List<String> tints = h5.texts(path + "/tints");
        double[] low = h5.doubles(path + "/low");
        double[] high = h5.doubles(path + "/high");
        var channels = new ArrayList<Channel>();
        for (int k = 0; k < maps.size(); k++) {
          channels.add(
              new Channel(
                  maps.get(k),
                  Tint.valueOf(tints.get(k).toUpperCase(Locale.ROOT)),
                  low[k],
                  high[k]));
        }
        mixes.add(
            new MixedColors(
                channels,
                h5.has(path + "/brightness")
                    ? Optional.of(
                        new Brightness(
                            h5.text(path + "/brightness"), h5.number(path + "/brightness_full")))
                    : Optional.empty()));
      }
    }
    return mixes;
  }

  private static String kind(Shape shape) {
    return switch (shape) {
      case Shape.Rectangle _ -> "rectangle: row column rows columns";
      case Shape.Ellipse _ -> "ellipse: row column halfHeight halfWidth";
      case Shape.Polygon _ -> "polygon: row column, corner by corner";
    };
  }

  private static double[] numbers(Shape shape) {
    return switch (shape) {
      case Shape.Rectangle r -> new double[] {r.row(), r.column(), r.rows(), r.columns()};
      case Shape.Ellipse e -> new double[] {e.row(), e.column(), e.halfHeight(), e.halfWidth()};
      case Shape.Polygon p ->
          p.corners().stream()
              .flatMapToDouble(c -> java.util.stream.DoubleStream.of(c.row(), c.column()))
              .toArray();
    };
  }

  private static Shape shape(Hdf5 h5, String kind, double[] x) {
    if (kind.startsWith("rectangle")) {
      return new Shape.Rectangle((int) x[0], (int) x[1], (int) x[2], (int) x[3]);
    }
    if (kind.startsWith("ellipse")) {
      return new Shape.Ellipse(x[0], x[1], x[2], x[3]);
    }
    if (kind.startsWith("polygon")) {
      var corners = new ArrayList<Shape.Polygon.Corner>();
      for (int i = 0; i + 1 < x.length; i += 2) {
        corners.add(new Shape.Polygon.Corner(x[i], x[i + 1]));
      }
      return new Shape.Polygon(corners);
    }
    throw new FileTrouble(h5.file(), "a region has the unknown shape “" + kind + "”");
  }
}
