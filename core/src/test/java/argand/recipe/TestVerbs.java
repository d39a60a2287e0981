package argand.recipe;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.data.Agreement;
import argand.data.DiffractionScan;
import argand.data.Quality;
import argand.data.RawFile;
import argand.data.Reconstruction;
import argand.data.Source;
import argand.flow.Maker;
import argand.flow.Step;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Small verbs with every type of parameter; they are never applied.
final class TestVerbs {
  static final Catalog CATALOG =
      new Catalog(
          List.of(Open.class, Trim.class, Solve.class, Gather.class), List.of(Invent.class));

  private TestVerbs() {}

  enum Regime {
    FAR_FIELD,
    NEAR_FIELD
  }

  record Open(
      @Param(value = "energy of the beam", unit = "eV") OptionalDouble energyEv,
      @Param(value = "focus to sample", unit = "m") OptionalDouble focusDistance,
      @Param("which law") Optional<Regime> regime,
      @Param("a mapping") Optional<Path> profile)
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
      throw new UnsupportedOperationException();
    }
  }

  record Trim(
      @Param(value = "pixels to keep") int size,
      @Param(value = "energies", unit = "eV", byDefault = "[700 eV, 0.71 keV]")
          List<Double> energiesEv,
      @Param(value = "names", byDefault = "[a]") List<String> names,
      @Param(value = "share", byDefault = "5 %") double share,
      @Param("centre") Optional<Centre> centre,
      @Param(value = "keep the sum", byDefault = "false") boolean keep,
      @Param("top") OptionalInt top)
      implements Step.One<DiffractionScan, DiffractionScan> {
    record Centre(double row, double column) {}

    @Override
    public Class<DiffractionScan> takes() {
      return DiffractionScan.class;
    }

    @Override
    public Class<DiffractionScan> gives() {
      return DiffractionScan.class;
    }

    @Override
    public DiffractionScan apply(DiffractionScan input, Watch watch) {
      throw new UnsupportedOperationException();
    }
  }

  sealed interface Method {
    @Paper(value = "Maiden, Johnson, Li, Optica 4, 736 (2017)", doi = "10.1364/OPTICA.4.000736")
    record Rpie(@Param(value = "step", byDefault = "0.05") double alpha) implements Method {}

    record Epie() implements Method {}

    sealed interface SetProjection extends Method {
      record Raar(@Param(value = "relaxation", byDefault = "0.75") double beta)
          implements SetProjection {}
    }
  }

  @Paper(value = "Rodenburg and Faulkner, Appl. Phys. Lett. 85, 4795 (2004)", doi = "10.1063/1")
  record Solve(
      @Param(value = "the algorithm", byDefault = "rpie") Method method,
      @Param(value = "iterations") int iterations,
      @Param(value = "seed", byDefault = "1") long seed)
      implements Step.One<DiffractionScan, Reconstruction> {
    Solve {
      Check.atLeast("iterations", iterations, 1);
    }

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
      throw new UnsupportedOperationException();
    }
  }

  record Gather() implements Step.All<Reconstruction, Agreement> {
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
      return new Agreement(Quality.NONE, Source.NONE);
    }
  }

  record Invent(@Param(value = "photons in a frame", byDefault = "1e6") double photons)
      implements Maker.OfScans {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public String name(int index) {
      return "invented";
    }

    @Override
    public Made make(int index, Watch watch) {
      throw new UnsupportedOperationException();
    }
  }
}
