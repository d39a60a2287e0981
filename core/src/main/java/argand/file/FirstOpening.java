package argand.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Opens files for the first time in a child process, because damaged HDF5 metadata may abort or
/// hang libhdf5: what would have been the end of this process becomes one sentence.
public final class FirstOpening {
  private FirstOpening() {}

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String END = "end of output";

  /// Datasets no larger than this are read whole; of others the first numbers.
  private static final long SMALL = 1 << 16;

  /// Opens all files in one child process.
  ///
  /// @throws FileTrouble for the first file that is missing, a folder, damaged, or ends or hangs
  ///      the child
  public static void check(List<Path> files) {
    check(files, PATIENCE);
  }

  static void check(List<Path> files, Duration patience) {
    var hdf5 = new ArrayList<Path>();
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw new FileTrouble(file, "there is no such file");
      }
      if (Files.isDirectory(file)) {
        throw new FileTrouble(file, "this is a folder, not a file");
      }
      if (Hdf5.looksLikeHdf5(file)) {
        hdf5.add(file);
      }
    }
    if (!hdf5.isEmpty()) {
      inChild(hdf5, patience);
    }
  }

  private static void inChild(List<Path> files, Duration patience) {
    try {
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:+SuppressFatalErrorMessage",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx512m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  FirstOpening.class.getName())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        var answers = new LinkedBlockingQueue<String>();
        Thread.ofVirtual().start(() -> listen(process, answers));
        try (var paths = process.outputWriter(StandardCharsets.UTF_8)) {
          for (Path file : files) {
            paths.write(file.toAbsolutePath() + "\n");
          }
        }
        for (Path file : files) {
          judge(file, answers, patience);
        }
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException trouble) {
      throw new FileTrouble(
          files.getFirst(),
          "no process can be started to open it: " + trouble.getMessage(),
          trouble);
    }
  }

  private static void listen(Process process, BlockingQueue<String> answers) {
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(answers::add);
    } catch (IOException | UncheckedIOException ended) {
      answers.add(END); // the child was killed: whoever waits is told below as well
    }
    answers.add(END);
  }

  private static void judge(Path file, BlockingQueue<String> answers, Duration patience) {
    try {
      String answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        throw new FileTrouble(
            file,
            "the HDF5 file is damaged: opening it did not end within "
                + patience.toSeconds()
                + " seconds");
      }
      if (answer.equals(END)) {
        throw new FileTrouble(file, "the HDF5 file is damaged: libhdf5 broke down on opening it");
      }
      if (!answer.isEmpty()) {
        throw new FileTrouble(file, answer);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FileTrouble(file, "opening it was interrupted", interrupted);
    }
  }

  /// The child: reads paths, one a line, and answers each by an empty line or by what is wrong.
  public static void main(String[] arguments) throws IOException {
    var paths = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var answers = new java.io.PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String path = paths.readLine(); path != null; path = paths.readLine()) {
      answers.println(open(Path.of(path)).replace('\n', ' '));
    }
  }

  private static String open(Path file) {
    try (var h5 = Hdf5.open(file)) {
      for (String path : Hdf5Tour.datasets(h5)) {
        try {
          touch(h5, path);
        } catch (FileTrouble trouble) {
          // A source that is missing, or a filter that is unknown, matters only to who needs it.
          if (!trouble.sentence().contains("virtual dataset")
              && !trouble.sentence().contains("filter")) {
            throw trouble;
          }
        }
      }
      return "";
    } catch (FileTrouble trouble) {
      String sentence = trouble.sentence();
      return sentence.contains("damaged") || !sentence.contains("libhdf5")
          ? sentence
          : "the HDF5 file is damaged: " + sentence;
    }
  }

  private static void touch(Hdf5 h5, String path) {
    Hdf5Type type = h5.type(path);
    h5.layout(path);
    if (!type.isNumber()) {
      return;
    }
    long[] shape = h5.shape(path);
    long numbers = Hdf5Slabs.product(shape);
    if (numbers <= SMALL) {
      h5.doubles(path);
    } else {
      long[] one = new long[shape.length];
      java.util.Arrays.fill(one, 1);
      h5.doubles(path, new long[shape.length], one);
    }
  }
}
