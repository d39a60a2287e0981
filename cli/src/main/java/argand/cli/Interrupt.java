package argand.cli;

import sun.misc.Signal;

/// Ctrl-C and the batch system's request to end: the first asks to stop cleanly, the second ends
/// the
/// process.
final class Interrupt implements AutoCloseable {
  private static final int INTERRUPTED = 130;
  private final Runnable stop;
  private boolean asked;

  /// @param stop asks the run to stop at the next iteration
  Interrupt(Runnable stop) {
    this.stop = stop;
    for (String name : new String[] {"INT", "TERM"}) {
      Signal.handle(new Signal(name), signal -> received());
    }
  }

  private synchronized void received() {
    if (asked) {
      Runtime.getRuntime().halt(INTERRUPTED);
    }
    asked = true;
    stop.run();
  }

  @Override
  public void close() {
    for (String name : new String[] {"INT", "TERM"}) {
      Signal.handle(new Signal(name), sun.misc.SignalHandler.SIG_DFL);
    }
  }
}
