package argand.acquire;

import argand.file.FileTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// `log.tsv`: what was done and when, a line each: time, event, exposure, remark. A line is on the
/// disk before what follows it is done; one that a kill cut off is ended, not mended.
///
/// It is the account of what the sample was exposed to: an exposure that a kill interrupted was
/// begun twice.
final class AcquisitionLog implements AutoCloseable {
  private final Path file;
  private final FileChannel out;

  AcquisitionLog(Path file) {
    this.file = file;
    try {
      out =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      long size = out.size();
      out.position(size);
      if (size > 0) {
        var last = ByteBuffer.allocate(1);
        out.read(last, size - 1);
        if (last.get(0) != '\n') {
          write("\n");
        }
      }
    } catch (IOException e) {
      throw new FileTrouble(file, "cannot be written (" + e.getMessage() + ")", e);
    }
  }

  /// @param exposure its label, or nothing
  void tell(String event, String exposure, String remark) {
    try {
      var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      write(now + "\t" + event + "\t" + exposure + "\t" + remark + "\n");
    } catch (IOException e) {
      throw new FileTrouble(file, "cannot be written (" + e.getMessage() + ")", e);
    }
  }

  private void write(String text) throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
    out.force(false);
  }

  /// Exposures of which a line of this event tells, in order; cut-off lines are passed over.
  static List<String> exposures(Path file, String event) {
    try {
      return Files.readAllLines(file).stream()
          .map(line -> line.split("\t", -1))
          .filter(cells -> cells.length == 4 && cells[1].equals(event))
          .map(cells -> cells[2])
          .toList();
    } catch (IOException e) {
      throw new FileTrouble(file, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new FileTrouble(file, "cannot be closed (" + e.getMessage() + ")", e);
    }
  }
}
