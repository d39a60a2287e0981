package argand.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A scan that EPICS saveData wrote (MDA 1.3 and 1.4): big-endian XDR; a scan holds its
/// positioners,
/// its detectors, and where the scans below each of its points lie.
final class MdaFile implements AutoCloseable {
  private static final int MOST_BYTES = 1 << 30;
  private static final int MOST_POINTS = 10_000_000;

  private final Path file;
  private final ByteBuffer bytes;
  private final RandomAccessFile opened;

  /// Points of the scans, the outermost first.
  final int[] shape;

  private final int start;

  /// One quantity of a scan.
  record Signal(String name, String description, String unit) {}

  /// One scan: what it holds, and where.
  ///
  /// @param points how many were taken
  /// @param below where the scans of its points begin; 0 where none was written
  /// @param positions [positioner][point]
  /// @param at where the values of the detectors begin: detector after detector, `planned` floats
  record Scan(
      int rank,
      int planned,
      int points,
      int[] below,
      List<Signal> positioners,
      double[][] positions,
      List<Signal> detectors,
      int at) {}

  MdaFile(Path file) {
    this.file = file;
    try {
      opened = new RandomAccessFile(file.toFile(), "r");
      long size = opened.length();
      if (size < 24 || size > MOST_BYTES) {
        opened.close();
        throw new FileTrouble(file, size + " bytes are no MDA file that can be read");
      }
      bytes = opened.getChannel().map(FileChannel.MapMode.READ_ONLY, 0, size);
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot read: " + trouble.getMessage(), trouble);
    }
    float version = bytes.getFloat(0);
    int rank = bytes.getInt(8);
    if (!(version >= 1.2f && version < 2) || rank < 1 || rank > 6) {
      throw new FileTrouble(file, "this is no MDA file");
    }
    shape = new int[rank];
    for (int k = 0; k < rank; k++) {
      shape[k] = bytes.getInt(12 + 4 * k);
    }
    start = 12 + 4 * rank + 8;
  }

  static boolean looksLike(Path file) {
    try (var opened = new RandomAccessFile(file.toFile(), "r")) {
      if (opened.length() < 24) {
        return false;
      }
      float version = opened.readFloat();
      opened.readInt();
      int rank = opened.readInt();
      return version >= 1.2f && version < 2 && rank >= 1 && rank <= 6;
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot read: " + trouble.getMessage(), trouble);
    }
  }

  Scan outermost() {
    return scan(start);
  }

  Scan scan(int at) {
    try {
      var b = bytes.duplicate();
      b.position(at);
      int rank = b.getInt();
      int planned = sane(b.getInt());
      int points = b.getInt();
      int[] below = new int[rank > 1 ? planned : 0];
      for (int k = 0; k < below.length; k++) {
        below[k] = b.getInt();
      }
      text(b);
      text(b);
      int positioners = sane(b.getInt());
      int detectors = sane(b.getInt());
      int triggers = sane(b.getInt());
      var ways = new ArrayList<Signal>();
      for (int k = 0; k < positioners; k++) {
        b.getInt();
        String name = text(b);
        String description = text(b);
        text(b);
        String unit = text(b);
        text(b);
        text(b);
        text(b);
        ways.add(new Signal(name, description, unit));
      }
      var seen = new ArrayList<Signal>();
      for (int k = 0; k < detectors; k++) {
        b.getInt();
        seen.add(new Signal(text(b), text(b), text(b)));
      }
      for (int k = 0; k < triggers; k++) {
        b.getInt();
        text(b);
        b.getFloat();
      }
      double[][] positions = new double[positioners][planned];
      for (double[] one : positions) {
        for (int k = 0; k < planned; k++) {
          one[k] = b.getDouble();
        }
      }
      return new Scan(rank, planned, points, below, ways, positions, seen, b.position());
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException cut) {
      throw new FileTrouble(file, "the MDA file is damaged or cut off", cut);
    }
  }

  private int sane(int number) {
    if (number < 0 || number > MOST_POINTS) {
      throw new FileTrouble(file, "the MDA file is damaged: a count of " + number);
    }
    return number;
  }

  private String text(ByteBuffer b) {
    if (b.getInt() == 0) {
      return "";
    }
    int length = sane(b.getInt());
    byte[] text = new byte[length];
    b.get(text);
    b.position(b.position() + (4 - length % 4) % 4);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /// Values of one detector of a scan, added to `into`.
  void add(Scan scan, int detector, float[] into, int offset, int length) {
    try {
      int from = scan.at() + 4 * detector * scan.planned();
      for (int k = 0; k < Math.min(length, scan.points()); k++) {
        into[offset + k] += bytes.getFloat(from + 4 * k);
      }
    } catch (IndexOutOfBoundsException cut) {
      throw new FileTrouble(file, "the MDA file is cut off", cut);
    }
  }

  @Override
  public void close() {
    try {
      opened.close();
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot close: " + trouble.getMessage(), trouble);
    }
  }
}
