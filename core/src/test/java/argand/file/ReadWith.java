package argand.file;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// A `read` step with some parameters given, for tests.
final class ReadWith {
  OptionalDouble energy = OptionalDouble.empty();
  OptionalDouble distance = OptionalDouble.empty();
  OptionalDouble pixelSize = OptionalDouble.empty();
  OptionalDouble focusDistance = OptionalDouble.empty();
  Read.Regime regime = Read.Regime.AUTO;
  Optional<Path> profile = Optional.empty();
  Optional<Path> positions = Optional.empty();
  int first = 0;
  OptionalInt last = OptionalInt.empty();
  int every = 1;
  boolean swapAxes = false;
  boolean flipY = false;
  boolean transposeFrames = false;
  boolean flipFramesY = false;
  boolean flipFramesX = false;
  Read.PositionUnit unit = Read.PositionUnit.FILE;
  Read.MaskUse mask = Read.MaskUse.FILE;
  Read.Faulty faulty = Read.Faulty.REFUSE;
  Read.Empty empty = Read.Empty.REFUSE;

  ReadWith energy(double ev) {
    energy = OptionalDouble.of(ev);
    return this;
  }

  ReadWith distance(double metres) {
    distance = OptionalDouble.of(metres);
    return this;
  }

  ReadWith pixelSize(double metres) {
    pixelSize = OptionalDouble.of(metres);
    return this;
  }

  ReadWith focusDistance(double metres) {
    focusDistance = OptionalDouble.of(metres);
    return this;
  }

  ReadWith regime(Read.Regime law) {
    regime = law;
    return this;
  }

  ReadWith profile(String name) {
    profile = Optional.of(Path.of(name));
    return this;
  }

  ReadWith positions(Path table) {
    positions = Optional.of(table);
    return this;
  }

  ReadWith frames(int from, int to, int step) {
    first = from;
    last = OptionalInt.of(to);
    every = step;
    return this;
  }

  ReadWith turned(boolean swap, boolean flip) {
    swapAxes = swap;
    flipY = flip;
    return this;
  }

  ReadWith framesTurned(boolean transpose, boolean flipRows, boolean flipColumns) {
    transposeFrames = transpose;
    flipFramesY = flipRows;
    flipFramesX = flipColumns;
    return this;
  }

  ReadWith unit(Read.PositionUnit of) {
    unit = of;
    return this;
  }

  ReadWith mask(Read.MaskUse use) {
    mask = use;
    return this;
  }

  ReadWith faulty(Read.Faulty what) {
    faulty = what;
    return this;
  }

  ReadWith empty(Read.Empty what) {
    empty = what;
    return this;
  }

  Read read() {
    return new Read(
        energy,
        OptionalDouble.empty(),
        distance,
        pixelSize,
        focusDistance,
        regime,
        profile,
        positions,
        "auto",
        first,
        last,
        every,
        swapAxes,
        flipY,
        false,
        transposeFrames,
        flipFramesY,
        flipFramesX,
        unit,
        mask,
        faulty,
        empty,
        java.util.Optional.empty());
  }
}
