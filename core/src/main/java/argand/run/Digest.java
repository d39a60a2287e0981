package argand.run;

import argand.file.FileTrouble;
import argand.file.FolderFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of files and bytes, in hexadecimal.
final class Digest {
  private static final int BLOCK = 1 << 20;

  private Digest() {}

  /// Of a file its bytes; of a folder the names and digests of its parts in the order of their
  /// names.
  ///
  /// @throws FileTrouble when the file cannot be read
  static String of(Path file) {
    if (Files.isDirectory(file)) {
      var all = new StringBuilder();
      for (Path one : FolderFiles.parts(file)) {
        all.append(one.getFileName()).append(' ').append(of(one)).append('\n');
      }
      return of(all.toString().getBytes(StandardCharsets.UTF_8));
    }
    var digest = sha256();
    try (var in = Files.newInputStream(file)) {
      byte[] block = new byte[BLOCK];
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        digest.update(block, 0, n);
      }
    } catch (IOException e) {
      throw new FileTrouble(file, "cannot be read (" + e + ")", e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Of a file its bytes; of a folder the names and digests of all files in it and below.
  ///
  /// @throws FileTrouble when it cannot be read
  static String ofAll(Path file) {
    if (!Files.isDirectory(file)) {
      return of(file);
    }
    try (var below = Files.walk(file)) {
      var all = new StringBuilder();
      for (Path one : below.filter(Files::isRegularFile).sorted().toList()) {
        all.append(file.relativize(one)).append(' ').append(of(one)).append('\n');
      }
      return of(all.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException | UncheckedIOException e) {
      throw new FileTrouble(file, "cannot be read (" + e + ")", e);
    }
  }

  static String of(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
