package argand.data;

import java.nio.file.Path;

/// A file as the beamline, or a simulation, wrote it.
public record RawFile(Path path) implements Product {
  @Override
  public Source source() {
    return Source.file(path.toString());
  }
}
