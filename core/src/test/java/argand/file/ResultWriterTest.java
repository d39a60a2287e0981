package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.Agreement;
import argand.data.Curve;
import argand.data.Probe;
import argand.data.Quality;
import argand.data.RawFile;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.data.SliceStack;
import argand.data.Source;
import argand.physics.Beam;
import argand.physics.Geometry;
import io.jhdf.HdfFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A result file gives back what was put in: to us, to h5py and to jHDF.
class ResultWriterTest {
  private static final String RECIPE = "argand: 1\ntitle: Größe\n";

  @TempDir Path folder;

  private static Reconstruction result() {
    var object = new ComplexField(new Grid(3, 5, 2e-8, 1e-8));
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 5; c++) {
        object.set(r, c, r, c);
      }
    }
    var geometry =
        new Geometry(
            new Beam.XRays(708.5),
            0.1,
            Grid.square(4, 4, 1e-5),
            Geometry.Regime.NEAR_FIELD,
            Double.POSITIVE_INFINITY);
    Grid sample = geometry.sample();
    var curve = new Curve("FRC", "1/nm", "correlation", new double[] {0, 1}, new double[] {1, 0.5});
    return new Reconstruction(
        object,
        new Probe(
            List.of(new ComplexField(sample).setAll(4, 1), new ComplexField(sample).setAll(2, -3))),
        new ScanPositions(new double[] {0, 1e-6}, new double[] {2e-6, 3e-6}),
        new Reconstruction.Origin(-1e-7, 2e-7),
        geometry,
        0.3,
        List.of(0.5, 0.25),
        Quality.NONE
            .withMetric("phaseRms", 0.1)
            .withMetric("nrmse", 0.2)
            .withFigure("Fourier ring correlation", List.of(curve))
            .withMap("Misfit over the scan", "", new RealField(sample, new float[16]))
            .withVerdict("good"),
        new Source(List.of("a.cxi"), List.of("read"), List.of("µ")));
  }

  private Path written() {
    Path file = folder.resolve("result.h5");
    ResultWriter.write(file, result(), RECIPE, "{}");
    return file;
  }

  @Test
  void weReadItBack() {
    var result = result();
    var back = ResultReader.read(written());
    assertThat(back.object().grid()).isEqualTo(result.object().grid());
    assertThat(back.object().re()).containsExactly(result.object().re());
    assertThat(back.object().im()).containsExactly(result.object().im());
    assertThat(back.probe().modes()).hasSize(2);
    assertThat(back.probe().modes().get(1).im(3, 3)).isEqualTo(-3);
    assertThat(back.geometry()).isEqualTo(result.geometry());
    assertThat(back.origin()).isEqualTo(result.origin());
    assertThat(back.angle()).isEqualTo(0.3);
    assertThat(back.residuals()).containsExactly(0.5, 0.25);
    assertThat(back.source()).isEqualTo(result.source());
    assertThat(back.quality().metrics().keySet()).containsExactly("phaseRms", "nrmse");
    assertThat(back.quality().verdict()).containsExactly("good");
    var curve = back.quality().figures().firstEntry().getValue().getFirst();
    assertThat(curve.name()).isEqualTo("FRC");
    assertThat(curve.labelX()).isEqualTo("1/nm");
    assertThat(curve.y()).containsExactly(1, 0.5);
    var map = back.quality().maps().getFirst();
    assertThat(map.name()).isEqualTo("Misfit over the scan");
    assertThat(map.values().grid()).isEqualTo(result.geometry().sample());
    assertThat(map.values().values()).hasSize(16);
  }

  @Test
  void slicesComeBack() {
    var thin = result();
    var second = new ComplexField(thin.object().grid()).setAll(0, 2);
    var thick = thin.withSlices(new SliceStack(List.of(thin.object(), second), List.of(1e-5)));
    Path file = folder.resolve("thick.h5");
    ResultWriter.write(file, thick, RECIPE, "{}");
    var back = ResultReader.read(file);
    var stack = back.slices().orElseThrow();
    assertThat(stack.distances()).containsExactly(1e-5);
    assertThat(stack.slices().get(0).re(2, 3)).isEqualTo(2);
    assertThat(stack.slices().get(1).im(2, 3)).isEqualTo(2);
    // (2 + 3i) 2i, the product
    assertThat(back.object().re(2, 3)).isEqualTo(-6);
    assertThat(back.object().im(2, 3)).isEqualTo(4);
    assertThat(ResultReader.read(written()).slices()).isEmpty();
  }

  @Test
  void h5pyReadsIt() {
    assertThat(Python.run("check_result.py", written())).contains("equal");
  }

  @Test
  void jhdfReadsIt() {
    try (var jhdf = new HdfFile(written())) {
      var object = (Map<?, ?>) jhdf.getDatasetByPath("/entry/object/data").getData();
      assertThat((float[][]) object.get("r"))
          .isDeepEqualTo(new float[][] {{0, 0, 0, 0, 0}, {1, 1, 1, 1, 1}, {2, 2, 2, 2, 2}});
      assertThat((float[][]) object.get("i"))
          .isDeepEqualTo(new float[][] {{0, 1, 2, 3, 4}, {0, 1, 2, 3, 4}, {0, 1, 2, 3, 4}});
      assertThat(jhdf.getDatasetByPath("/entry/recipe").getData()).isEqualTo(RECIPE);
      assertThat(jhdf.getDatasetByPath("/entry/errors").getData())
          .isEqualTo(new double[] {0.5, 0.25});
    }
  }

  @Test
  void otherProductsAreKeptToo() {
    Path file = folder.resolve("other.h5");
    var agreement = new Agreement(Quality.NONE.withMetric("frcMean", 0.9), Source.NONE);
    ResultWriter.write(file, agreement, RECIPE, "{}");
    assertThat(ResultReader.product(file)).isEqualTo(agreement);
    assertThatThrownBy(() -> ResultReader.read(file)).isInstanceOf(InvalidInput.class);
    ResultWriter.write(file, Scans.far(4, 8, 8), RECIPE, "{}");
    assertThat(ResultReader.product(file)).isInstanceOf(argand.data.DiffractionScan.class);
    try (var h5 = Hdf5.open(file)) {
      assertThat(h5.text("/entry_1/recipe")).isEqualTo(RECIPE);
    }
    assertThatThrownBy(() -> ResultWriter.write(file, new RawFile(file), "", ""))
        .isInstanceOf(InvalidInput.class);
  }
}
