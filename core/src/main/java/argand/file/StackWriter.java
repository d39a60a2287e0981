package argand.file;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.Clusters;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.PlaneTransforms;
import argand.data.Planes;
import argand.data.Spectrum;
import java.util.List;
import java.util.Locale;

/// The part of a result file that holds an energy stack and what was found in it; planes are
/// written one at a time.
final class StackWriter {
  private StackWriter() {}

  static void write(Hdf5Writer out, EnergyStack stack) {
    var grid = stack.grid();
    ResultWriter.group(out, "/entry/stack", "NXdata");
    out.attribute("/entry/stack", "signal", "data");
    out.attribute("/entry/stack", "quantity", stack.quantity().name().toLowerCase(Locale.ROOT));
    ResultWriter.list(out, "/entry/stack/energy", stack.energyEv());
    out.attribute("/entry/stack/energy", "units", "eV");
    int slices = stack.slices();
    planes(out, "/entry/stack/data", stack.images(), slices);
    stack.variance().ifPresent(variance -> planes(out, "/entry/stack/variance", variance, slices));
    stack
        .phase()
        .ifPresent(
            phase -> {
              planes(out, "/entry/stack/phase", phase.images());
              out.attribute("/entry/stack/phase", "units", "rad");
              phase.variance().ifPresent(v -> planes(out, "/entry/stack/phase_variance", v));
            });
    stack.emptyBeam().ifPresent(beam -> beam(out, beam));
    ResultWriter.pair(out, "/entry/stack/pixel_size", grid.pixelY(), grid.pixelX());
    out.write("/entry/stack/angle", stack.angle());
    out.attribute("/entry/stack/angle", "units", "rad");
    byte[] good = new byte[grid.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = (byte) (stack.mask().good()[i] ? 1 : 0);
    }
    out.write("/entry/stack/mask", good, Hdf5Storage.CONTIGUOUS, shape(grid, slices));
    out.attribute("/entry/stack/mask", "long_name", "1 where the pixel means something");
    found(out, stack.findings(), slices);
    ResultWriter.quality(out, stack.findings().quality());
    ResultWriter.source(out, stack.source());
  }

  /// What is needed to use the counts later.
  private static void beam(Hdf5Writer out, EmptyBeam beam) {
    planes(out, "/entry/stack/flats", beam.flats());
    beam.dark().ifPresent(dark -> field(out, "/entry/stack/dark", dark));
    out.write("/entry/stack/flat_frames", beam.flatFrames());
    out.write("/entry/stack/exposure_ratio", beam.exposureRatio());
    out.attribute(
        "/entry/stack/exposure_ratio", "long_name", "exposure of an image over that of a flat");
  }

  /// (rows, columns), or (slices, rows, columns) of a volume.
  private static long[] shape(Grid grid, int slices) {
    return slices == 1
        ? new long[] {grid.rows(), grid.columns()}
        : new long[] {slices, grid.rows() / slices, grid.columns()};
  }

  static void planes(Hdf5Writer out, String path, Planes planes) {
    planes(out, path, planes, 1);
  }

  private static void planes(Hdf5Writer out, String path, Planes planes, int slices) {
    long[] one = shape(planes.grid(), slices);
    long[] none = new long[one.length + 1];
    System.arraycopy(one, 0, none, 1, one.length);
    long[] chunk = none.clone();
    chunk[0] = 1;
    if (slices > 1) {
      chunk[1] = 1;
    }
    out.write(path, new float[0], Hdf5Storage.chunked(chunk).growable(), none);
    float[] plane = new float[planes.grid().size()];
    for (int e = 0; e < planes.count(); e++) {
      planes.read(e, 0, plane.length, plane, 0);
      out.append(path, plane);
    }
  }

  private static void found(Hdf5Writer out, Findings findings, int slices) {
    ResultWriter.group(out, "/entry/found", "NXcollection");
    maps(out, findings.maps(), slices);
    spectra(out, "/entry/found/spectra", findings.spectra());
    findings.clusters().ifPresent(clusters -> clusters(out, clusters, slices));
    DrawnKept.write(out, findings);
    findings.transforms().ifPresent(moved -> transforms(out, moved));
  }

  static void maps(Hdf5Writer out, List<Findings.FoundMap> maps) {
    maps(out, maps, 1);
  }

  private static void maps(Hdf5Writer out, List<Findings.FoundMap> maps, int slices) {
    ResultWriter.group(out, "/entry/found/maps", "NXcollection");
    for (int k = 0; k < maps.size(); k++) {
      var map = maps.get(k);
      String path = "/entry/found/maps/" + ResultWriter.numbered("map", k);
      ResultWriter.group(out, path, "NXdata");
      out.attribute(path, "title", map.name());
      out.attribute(path, "signal", "data");
      int own = map.values().grid().rows() % slices == 0 ? slices : 1;
      field(out, path + "/data", map.values(), own);
      out.attribute(path + "/data", "units", map.unit());
      map.sigma().ifPresent(sigma -> field(out, path + "/errors", sigma, own));
      var grid = map.values().grid();
      ResultWriter.pair(out, path + "/pixel_size", grid.pixelY(), grid.pixelX());
    }
  }

  static void field(Hdf5Writer out, String path, RealField field) {
    field(out, path, field, 1);
  }

  private static void field(Hdf5Writer out, String path, RealField field, int slices) {
    out.write(path, field.values(), Hdf5Storage.CONTIGUOUS, shape(field.grid(), slices));
  }

  private static void spectra(Hdf5Writer out, String group, List<Spectrum> spectra) {
    ResultWriter.group(out, group, "NXcollection");
    for (int k = 0; k < spectra.size(); k++) {
      var spectrum = spectra.get(k);
      String path = group + "/" + ResultWriter.numbered("spectrum", k);
      ResultWriter.group(out, path, "NXdata");
      out.attribute(path, "title", spectrum.name());
      out.attribute(path, "signal", "values");
      out.attribute(path, "axes", "energy");
      out.attribute(path, "quantity", spectrum.quantity().name().toLowerCase(Locale.ROOT));
      ResultWriter.list(out, path + "/energy", spectrum.energyEv());
      out.attribute(path + "/energy", "units", "eV");
      ResultWriter.list(out, path + "/values", spectrum.values());
      spectrum.sigma().ifPresent(sigma -> ResultWriter.list(out, path + "/errors", sigma));
    }
  }

  private static void clusters(Hdf5Writer out, Clusters clusters, int slices) {
    String path = "/entry/found/clusters";
    ResultWriter.group(out, path, "NXcollection");
    var grid = clusters.grid();
    out.write(path + "/label", clusters.label(), Hdf5Storage.CONTIGUOUS, shape(grid, slices));
    ResultWriter.pair(out, path + "/pixel_size", grid.pixelY(), grid.pixelX());
    spectra(out, path + "/means", clusters.means());
    if (!clusters.compositions().isEmpty()) {
      ResultWriter.group(out, path + "/compositions", "NXcollection");
    }
    for (int k = 0; k < clusters.compositions().size(); k++) {
      var found = clusters.compositions().get(k);
      String one = path + "/compositions/" + ResultWriter.numbered("cluster", k);
      ResultWriter.group(out, one, "NXcollection");
      out.write(one + "/references", found.references());
      ResultWriter.list(out, one + "/fractions", found.fraction());
      ResultWriter.list(out, one + "/errors", found.sigma());
      out.write(one + "/r_factor", found.rFactor());
      out.write(one + "/chi_square", found.chiSquare());
    }
  }

  /// Six numbers a plane, see {@link PlaneTransforms.Affine}.
  private static void transforms(Hdf5Writer out, PlaneTransforms moved) {
    double[] all = new double[6 * moved.of().size()];
    for (int e = 0; e < moved.of().size(); e++) {
      var a = moved.of().get(e);
      double[] one = {a.m00(), a.m01(), a.m10(), a.m11(), a.row0(), a.column0()};
      System.arraycopy(one, 0, all, 6 * e, 6);
    }
    String path = "/entry/found/transforms";
    out.write(path, all, Hdf5Storage.CONTIGUOUS, moved.of().size(), 6);
    out.attribute(
        path, "long_name", "m00 m01 m10 m11 row0 column0 [pixels], about the image's centre");
    if (!moved.slicesPx().isEmpty()) {
      ResultWriter.list(
          out,
          "/entry/found/slice_displacements",
          moved.slicesPx().stream().mapToDouble(Double::doubleValue).toArray());
    }
  }
}
