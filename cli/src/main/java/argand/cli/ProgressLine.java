package argand.cli;

import argand.flow.Progress;
import argand.run.Listener;
import java.util.Locale;

/// Progress with rate and time left: one line rewritten on a terminal, a line now and then
/// elsewhere.
final class ProgressLine implements Listener {
  private static final long TERMINAL_NANOS = 100_000_000L;
  private static final long PLAIN_NANOS = 5_000_000_000L;

  private final Terminal terminal;
  private final long pause;
  private long told = System.nanoTime();
  private boolean open;
  private int total;
  private double mean;
  private String working = "";

  ProgressLine(Terminal terminal) {
    this.terminal = terminal;
    this.pause = terminal.interactive() ? TERMINAL_NANOS : PLAIN_NANOS;
  }

  @Override
  public synchronized void hear(String task, String step, Progress progress) {
    String where = task.isEmpty() ? step : task + ": " + step;
    switch (progress) {
      case Progress.Started started -> {
        total = started.iterations();
        mean = 0;
        if (total > 0 && !terminal.interactive()) {
          line(where + ", " + total + " iterations");
        } else if (terminal.interactive()) {
          rewrite(where + " …");
        }
      }
      case Progress.Iterated iterated -> iterated(where, iterated);
      case Progress.Worked worked -> worked(where, worked);
      case Progress.Noted noted -> line(where + ": " + noted.message());
      case Progress.Finished finished ->
          line(where + String.format(Locale.ROOT, " took %.2f s", finished.seconds()));
    }
  }

  private void worked(String where, Progress.Worked now) {
    if (!now.what().equals(working)) {
      working = now.what();
      told = System.nanoTime();
    }
    if (now.share() >= 1) {
      working = "";
    } else if (System.nanoTime() - told >= pause) {
      told = System.nanoTime();
      String text =
          String.format(Locale.ROOT, "%s: %s, %.0f %%", where, now.what(), 100 * now.share());
      if (terminal.interactive()) {
        rewrite(text);
      } else {
        line(text);
      }
    }
  }

  private void iterated(String where, Progress.Iterated now) {
    mean = mean == 0 ? now.seconds() : 0.9 * mean + 0.1 * now.seconds();
    if (System.nanoTime() - told < pause && now.iteration() != total) {
      return;
    }
    told = System.nanoTime();
    String text =
        String.format(
            Locale.ROOT,
            "%s %d/%d, residual %.4g, %.3g/s, %s left",
            where,
            now.iteration(),
            total,
            now.residual(),
            1 / Math.max(mean, 1e-9),
            left((total - now.iteration()) * mean));
    if (terminal.interactive()) {
      rewrite(text);
    } else {
      line(text);
    }
  }

  /// `42 s`, `3 min`, `2 h 05 min`.
  static String left(double seconds) {
    long s = Math.round(seconds);
    if (s < 100) {
      return s + " s";
    }
    long minutes = Math.round(seconds / 60);
    return minutes < 60
        ? minutes + " min"
        : String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
  }

  private void rewrite(String text) {
    terminal.err().print("\r\u001b[2K" + text);
    terminal.err().flush();
    open = true;
  }

  private void line(String text) {
    terminal.err().println((open ? "\r\u001b[2K" : "") + text);
    open = false;
  }
}
