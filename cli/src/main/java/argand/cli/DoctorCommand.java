package argand.cli;

import argand.array.kernel.Simd;
import argand.file.Hdf5;
import argand.run.ExitCode;
import argand.run.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/// `argand doctor`.
@Command(
    name = "doctor",
    description = "Check what Argand needs on this machine.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var here = Provenance.here(Runtime.getRuntime().availableProcessors());
    line("argand", here.argand());
    line("java", here.java());
    line("system", here.system());
    line("processors", String.valueOf(here.threads()));
    line(
        "memory",
        String.format(
            Locale.ROOT,
            "%.1f GiB for this process (ARGAND_JAVA_OPTIONS=-Xmx… changes it)",
            Runtime.getRuntime().maxMemory() / 1073741824.0));
    line(
        "kernels",
        Simd.AVAILABLE
            ? here.kernels()
            : "scalar: slow; the Vector API is off (start by ./argand, without"
                + " -Dargand.kernels=scalar)");
    line("fftw", "only benchmarks use it: " + found("libfftw3f"));
    boolean hdf5 = checked("hdf5", DoctorCommand::hdf5);
    boolean writes = checked("writes here", DoctorCommand::writes);
    return hdf5 && writes ? ExitCode.DONE : ExitCode.FILE;
  }

  private void line(String what, String found) {
    terminal.out().printf("%-12s %s%n", what, found);
  }

  private boolean checked(String what, Supplier<String> check) {
    try {
      line(what, check.get());
      return true;
    } catch (RuntimeException | LinkageError e) {
      line(what, "TROUBLE: " + e.getMessage());
      return false;
    }
  }

  /// Writes a small file and reads it back.
  private static String hdf5() {
    try {
      Path folder = Files.createTempDirectory("argand-doctor");
      Path file = folder.resolve("test.h5");
      try {
        try (var out = Hdf5.create(file)) {
          out.write("/x", 42.0);
          out.commit();
        }
        try (var in = Hdf5.open(file)) {
          return in.number("/x") == 42 ? "writes and reads" : "TROUBLE: reads other numbers";
        }
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String writes() {
    try {
      Path here = Path.of("").toAbsolutePath();
      Files.delete(Files.createTempFile(here, ".argand", null));
      return "yes: " + here;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("this folder cannot be written: " + e, e);
    }
  }

  private static String found(String library) {
    for (String folder :
        new String[] {
          "/usr/lib/x86_64-linux-gnu",
          "/usr/lib/aarch64-linux-gnu",
          "/usr/lib64",
          "/usr/lib",
          "/usr/local/lib",
          "/opt/homebrew/lib"
        }) {
      for (String ending : new String[] {".so.3", ".so", ".dylib"}) {
        if (Files.exists(Path.of(folder, library + ending))) {
          return folder + "/" + library + ending;
        }
      }
    }
    return "not found";
  }
}
