package argand.run;

import argand.Param;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.Agreement;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Probe;
import argand.data.Quality;
import argand.data.RawFile;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.file.Hdf5;
import argand.flow.Engine;
import argand.flow.Iterations;
import argand.flow.Progress;
import argand.flow.State;
import argand.flow.Step;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.physics.Geometry;
import argand.recipe.Catalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A whole flow in miniature: opens a text file, iterates a chaotic map whose every bit matters,
/// gathers.
final class ToyVerbs {
  static final Catalog CATALOG =
      new Catalog(List.of(Open.class, Iterate.class, Count.class), List.of(Dream.class));

  private static final Grid GRID = Grid.square(4, 4, 1e-8);
  private static final Geometry GEOMETRY =
      Geometry.farField(new Beam.XRays(8000), 1, Grid.square(4, 4, 1e-4));

  private ToyVerbs() {}

  static DiffractionScan scan(float value) {
    var frame = new RealField(GEOMETRY.detector());
    java.util.Arrays.fill(frame.values(), value);
    return new DiffractionScan(
        GEOMETRY,
        new ScanPositions(new double[] {0}, new double[] {0}),
        Frames.of(List.of(frame)),
        Optional.empty(),
        Optional.empty(),
        Source.NONE);
  }

  static Reconstruction picture(float[] re, float[] im, List<Double> residuals) {
    var object = new ComplexField(GRID);
    for (int i = 0; i < re.length; i++) {
      object.set(i / 4, i % 4, re[i], im[i]);
    }
    return new Reconstruction(
        object,
        Probe.of(new ComplexField(GRID).setAll(1, 0)),
        new ScanPositions(new double[] {0}, new double[] {0}),
        new Reconstruction.Origin(0, 0),
        GEOMETRY,
        0,
        residuals,
        Quality.NONE.withVerdict("A toy."),
        Source.NONE);
  }

  record Open(@Param(value = "bytes it claims to need", byDefault = "0") long needs)
      implements Step.One<RawFile, DiffractionScan> {
    @Override
    public Class<RawFile> takes() {
      return RawFile.class;
    }

    @Override
    public Class<DiffractionScan> gives() {
      return DiffractionScan.class;
    }

    @Override
    public DiffractionScan apply(RawFile input, Watch watch) {
      if (Hdf5.looksLikeHdf5(input.path())) {
        return scan(0.25f); // a dream
      }
      String text = RunFolder.read(input.path()).strip();
      if (text.equals("bad")) {
        throw new InvalidInput("frames of " + input.path(), "bad", "counts", "");
      }
      return scan(Float.parseFloat(text));
    }

    @Override
    public long memoryBytes(RawFile input) {
      return needs;
    }
  }

  record Iterate(
      @Param("how often") int iterations,
      @Param(value = "parameter of the map", byDefault = "3.9") double r,
      @Param(value = "iteration whose residual is not a number", byDefault = "0") int divergeAt,
      @Param("asks to stop by this file at half of the iterations") Optional<Path> stopBy,
      @Param(value = "a value that diverges unless the run has results already", byDefault = "-1")
          double shy)
      implements Step.One<DiffractionScan, Reconstruction> {
    @Override
    public Class<DiffractionScan> takes() {
      return DiffractionScan.class;
    }

    @Override
    public Class<Reconstruction> gives() {
      return Reconstruction.class;
    }

    @Override
    public Reconstruction apply(DiffractionScan input, Watch watch) {
      var frame = new RealField(input.frames().grid());
      input.frames().read(0, frame);
      var state = new ToyState();
      for (int i = 0; i < 16; i++) {
        state.re[i] = frame.values()[i] / (i + 2);
      }
      Engine<ToyState> engine =
          s -> {
            for (int i = 0; i < 16; i++) {
              s.re[i] = (float) (r * s.re[i] * (1 - s.re[i]));
              s.im[i] += s.re[i];
            }
            if (s.iteration() + 1 == iterations / 2) {
              stopBy.ifPresent(file -> RunFolder.write(file, ""));
            }
            boolean alone = frame.values()[0] == (float) shy && watch.earlier().isEmpty();
            return alone || s.iteration() + 1 == divergeAt ? Double.NaN : s.re[3];
          };
      Iterations.run("iterate", engine, state, iterations, 3, watch.part("core"));
      return picture(state.re, state.im, state.residuals);
    }
  }

  record Count(@Param(value = "more are refused", byDefault = "100") int most)
      implements Step.All<Reconstruction, Agreement> {
    @Override
    public Class<Reconstruction> takes() {
      return Reconstruction.class;
    }

    @Override
    public Class<Agreement> gives() {
      return Agreement.class;
    }

    @Override
    public Agreement gather(List<Reconstruction> inputs, Watch watch) {
      watch.tell(new Progress.Noted("counting"));
      if (inputs.size() > most) {
        throw new InvalidInput("the number of pictures", inputs.size(), "at most " + most, "");
      }
      return new Agreement(Quality.NONE.withMetric("count", inputs.size()), Source.NONE);
    }
  }

  record Dream(@Param(value = "how many", byDefault = "1") int count)
      implements argand.flow.Maker.OfScans {
    @Override
    public String name(int index) {
      return "dream-" + index;
    }

    @Override
    public Made make(int index, Watch watch) {
      return new Made(
          scan(0.25f + 0.5f * index), picture(new float[16], new float[16], List.of(0.5)));
    }
  }

  private static final class ToyState implements State {
    final float[] re = new float[16];
    final float[] im = new float[16];
    final List<Double> residuals = new ArrayList<>();

    @Override
    public int iteration() {
      return residuals.size();
    }

    @Override
    public List<Double> residuals() {
      return residuals;
    }

    @Override
    public SequencedMap<String, float[]> arrays() {
      var arrays = new LinkedHashMap<String, float[]>();
      arrays.put("re", re);
      arrays.put("im", im);
      return arrays;
    }
  }
}
