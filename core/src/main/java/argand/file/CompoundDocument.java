package argand.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A compound document (OLE2, “structured storage”): folders and streams in one file, cut into
/// sectors. Opened for reading; streams are read in parts, never whole.
///
/// Format: Microsoft, \[MS-CFB\] Compound File Binary File Format. Every chain of sectors is
/// bounded
/// by the size of the file, so that a damaged one ends in a sentence.
final class CompoundDocument implements AutoCloseable {
  private static final long SIGNATURE = 0xE11AB1A1E011CFD0L;
  private static final int LAST = 0xFFFFFFFA; // greater values (unsigned) are marks, not sectors
  private static final int ENTRY = 128;
  private static final int IN_HEADER = 109;

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final int sectorBytes;
  private final int smallBytes;
  private final long smallBelow;
  private final int[] next;
  private final int[] nextSmall;
  private final int[] smallSectors;
  private final Map<String, Stream> streams = new HashMap<>();

  /// @param sectors where a large stream lies
  private record Stream(int start, long bytes, boolean small, int @Nullable [] sectors) {}

  /// Whether the file begins as one.
  static boolean claims(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (var channel = FileChannel.open(file)) {
      var head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      return channel.read(head, 0) == 8 && head.getLong(0) == SIGNATURE;
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be read: " + trouble.getMessage(), trouble);
    }
  }

  /// @throws FileTrouble when it is none, cut off or damaged
  static CompoundDocument open(Path file) {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be read: " + trouble.getMessage(), trouble);
    }
    try {
      return new CompoundDocument(file, channel);
    } catch (IOException | RuntimeException damaged) {
      close(file, channel);
      throw damaged instanceof FileTrouble trouble
          ? trouble
          : new FileTrouble(
              file, "the compound document is damaged: " + damaged.getMessage(), damaged);
    }
  }

  private CompoundDocument(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
    var header = read(0, 512);
    if (header.getLong(0) != SIGNATURE) {
      throw new FileTrouble(file, "this is not a compound document");
    }
    int shift = header.getShort(30);
    int smallShift = header.getShort(32);
    if (shift < 7 || shift > 16 || smallShift < 4 || smallShift >= shift) {
      throw damaged("its sectors have impossible sizes");
    }
    this.sectorBytes = 1 << shift;
    this.smallBytes = 1 << smallShift;
    this.smallBelow = Integer.toUnsignedLong(header.getInt(56));
    this.next = table(header);
    this.nextSmall = ints(chain(header.getInt(60), next, "table of small sectors"));
    var directory = chain(header.getInt(48), next, "directory");
    var entries = bytes(directory);
    this.smallSectors = chain(entries.getInt(116), next, "small sectors");
    tour(entries, entries.getInt(76), "", 0);
  }

  /// The table of following sectors, whose own sectors are listed in the header and beyond.
  private int[] table(ByteBuffer header) throws IOException {
    int most = (int) (size / sectorBytes) + 1;
    int number = header.getInt(44);
    if (number < 0 || number > most) {
      throw damaged("its table is longer than the file");
    }
    int[] where = new int[number];
    for (int i = 0; i < Math.min(number, IN_HEADER); i++) {
      where[i] = header.getInt(76 + 4 * i);
    }
    int at = IN_HEADER;
    int perSector = sectorBytes / 4 - 1;
    int beyond = header.getInt(68);
    for (int walked = 0; at < number; walked++) {
      if (walked > most) {
        throw damaged("its list of tables goes in a circle");
      }
      var list = sector(beyond);
      for (int i = 0; i < perSector && at < number; i++) {
        where[at++] = list.getInt(4 * i);
      }
      beyond = list.getInt(4 * perSector);
    }
    return ints(where);
  }

  private int[] ints(int[] sectors) throws IOException {
    int[] all = new int[sectors.length * (sectorBytes / 4)];
    for (int s = 0; s < sectors.length; s++) {
      sector(sectors[s]).asIntBuffer().get(all, s * (sectorBytes / 4), sectorBytes / 4);
    }
    return all;
  }

  private ByteBuffer bytes(int[] sectors) throws IOException {
    var all = ByteBuffer.allocate(Math.multiplyExact(sectors.length, sectorBytes));
    for (int sector : sectors) {
      all.put(sector(sector));
    }
    return all.order(ByteOrder.LITTLE_ENDIAN).flip();
  }

  private int[] chain(int start, int[] table, String what) {
    int length = 0;
    for (int s = start; Integer.compareUnsigned(s, LAST) < 0; s = table[s]) {
      if (s < 0 || s >= table.length || ++length > table.length) {
        throw damaged("its " + what + " leads out of the file or in a circle");
      }
    }
    int[] chain = new int[length];
    for (int i = 0, s = start; i < length; i++, s = table[s]) {
      chain[i] = s;
    }
    return chain;
  }

  /// Entries of one folder are a tree by their names.
  private void tour(ByteBuffer entries, int first, String folder, int depth) {
    var waiting = new java.util.ArrayDeque<Integer>();
    waiting.push(first);
    int most = entries.limit() / ENTRY;
    int seen = 0;
    while (!waiting.isEmpty()) {
      int index = waiting.pop();
      if (index == -1) {
        continue;
      }
      if (index < 0 || index >= most || ++seen > most || depth > 64) {
        throw damaged("its directory goes in a circle");
      }
      int at = index * ENTRY;
      int letters = Math.clamp(entries.getShort(at + 64) - 2, 0, 62);
      byte[] name = new byte[letters];
      entries.get(at, name);
      String path = folder + new String(name, StandardCharsets.UTF_16LE);
      waiting.push(entries.getInt(at + 68));
      waiting.push(entries.getInt(at + 72));
      switch (entries.get(at + 66)) {
        case 1 -> tour(entries, entries.getInt(at + 76), path + "/", depth + 1);
        case 2 -> {
          long length = entries.getLong(at + 120);
          // version 3 leaves rubbish in the upper half
          long bytes = sectorBytes == 512 ? length & 0xFFFFFFFFL : length;
          streams.put(path, new Stream(entries.getInt(at + 116), bytes, bytes < smallBelow, null));
        }
        default -> {} // free
      }
    }
  }

  boolean has(String path) {
    return streams.containsKey(path);
  }

  long bytes(String path) {
    var stream = streams.get(path);
    return stream == null ? 0 : stream.bytes();
  }

  /// Bytes from … from + length of a stream, little endian.
  ///
  /// @throws FileTrouble when there are not as many
  ByteBuffer read(String path, long from, int length) {
    var stream = streams.get(path);
    if (stream == null) {
      throw new FileTrouble(file, "there is no " + path + " in it");
    }
    if (from + length > stream.bytes()) {
      throw new FileTrouble(
          file, path + " holds " + stream.bytes() + " bytes; expected " + (from + length));
    }
    try {
      return stream.small() ? small(stream, from, length) : large(path, stream, from, length);
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be read: " + trouble.getMessage(), trouble);
    }
  }

  private ByteBuffer small(Stream stream, long from, int length) throws IOException {
    int[] chain = chain(stream.start(), nextSmall, "small stream");
    var into = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    int perSector = sectorBytes / smallBytes;
    for (long at = from; into.hasRemaining(); ) {
      int piece = (int) (at / smallBytes);
      if (piece >= chain.length || chain[piece] / perSector >= smallSectors.length) {
        throw damaged("a small stream is cut off");
      }
      int inside = (int) (at % smallBytes);
      int take = Math.min(into.remaining(), smallBytes - inside);
      long place = place(smallSectors[chain[piece] / perSector]);
      into.put(read(place + chain[piece] % perSector * smallBytes + inside, take));
      at += take;
    }
    return into.flip();
  }

  private ByteBuffer large(String path, Stream stream, long from, int length) throws IOException {
    int[] sectors = stream.sectors();
    if (sectors == null) {
      sectors = chain(stream.start(), next, "stream " + path);
      synchronized (streams) {
        streams.put(path, new Stream(stream.start(), stream.bytes(), false, sectors));
      }
    }
    var into = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    for (long at = from; into.hasRemaining(); ) {
      int first = (int) (at / sectorBytes);
      if (first >= sectors.length) {
        throw damaged(path + " is cut off");
      }
      int last = first; // neighbouring sectors at once
      while (last + 1 < sectors.length
          && sectors[last + 1] == sectors[last] + 1
          && (last + 1L) * sectorBytes < from + length) {
        last++;
      }
      int inside = (int) (at % sectorBytes);
      int take = (int) Math.min(into.remaining(), (last - first + 1L) * sectorBytes - inside);
      into.put(read(place(sectors[first]) + inside, take));
      at += take;
    }
    return into.flip();
  }

  private long place(int sector) {
    return (sector + 1L) * sectorBytes;
  }

  private ByteBuffer sector(int sector) throws IOException {
    return read(place(sector), sectorBytes);
  }

  private ByteBuffer read(long place, int length) throws IOException {
    if (place < 0 || place + length > size) {
      throw damaged("it is cut off");
    }
    var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, place + bytes.position()) < 0) {
        throw damaged("it is cut off");
      }
    }
    return bytes.flip();
  }

  private FileTrouble damaged(String how) {
    return new FileTrouble(file, "the compound document is damaged: " + how);
  }

  /// All whole numbers of 32 bits.
  int[] ints(String path) {
    var bytes = read(path, 0, (int) Math.min(bytes(path) / 4 * 4, 1 << 20));
    int[] values = new int[bytes.remaining() / 4];
    bytes.asIntBuffer().get(values);
    return values;
  }

  /// All floating-point numbers of 32 bits.
  float[] floats(String path) {
    var bytes = read(path, 0, (int) Math.min(bytes(path) / 4 * 4, 1 << 20));
    float[] values = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  Optional<Float> number(String path) {
    return has(path) && bytes(path) >= 4 ? Optional.of(floats(path)[0]) : Optional.empty();
  }

  @Override
  public void close() {
    close(file, channel);
  }

  private static void close(Path file, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be closed: " + trouble.getMessage(), trouble);
    }
  }
}
