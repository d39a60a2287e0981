package argand.ptycho;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Makes planes a few views ahead of those who ask for them, in an order they announced, on threads
/// beside theirs.
///
/// A view nobody announced, or one that is asked for before its turn, is made by the thread that
/// asks. What a plane holds never depends on who made it when.
final class ReadAhead {
  /// Makes the plane of a view; called from several threads.
  interface Source {
    void read(int view, float[] into);
  }

  /// A view on its way.
  private static final class Coming {
    private final int view;
    private final float[] plane;
    private boolean done;
    private boolean unwanted;
    private @Nullable RuntimeException trouble;
    private @Nullable Error error;

    Coming(int view, float[] plane) {
      this.view = view;
      this.plane = plane;
    }
  }

  private final Source source;
  private final int atOnce;
  private final @Nullable Coming[] coming;
  private final int[] takenIn;
  private final Deque<float[]> free = new ArrayDeque<>();
  private int[] order = {};
  private int next;
  private int turn;
  private int running;

  /// @param views number of views
  /// @param size floats of a plane
  /// @param planes that may be ready or under way
  /// @param atOnce that may be under way
  ReadAhead(int views, int size, int planes, int atOnce, Source source) {
    this.source = source;
    this.atOnce = atOnce;
    coming = new Coming[views];
    takenIn = new int[views];
    for (int k = 0; k < planes; k++) {
      free.push(new float[size]);
    }
  }

  /// From now on views are asked for in this order; what was announced before is forgotten.
  synchronized void expect(int[] views) {
    for (int k = 0; k < next; k++) {
      var old = coming[order[k]];
      if (old != null) {
        coming[order[k]] = null;
        old.unwanted = true;
        if (old.done) {
          free.push(old.plane);
        }
      }
    }
    order = views.clone();
    next = 0;
    turn++;
    goOn();
  }

  /// into ← the plane of a view
  void take(int view, float[] into) {
    var ready = ready(view);
    if (ready == null) {
      source.read(view, into);
      return;
    }
    if (ready.trouble != null) {
      throw ready.trouble;
    }
    if (ready.error != null) {
      throw ready.error;
    }
    System.arraycopy(ready.plane, 0, into, 0, into.length);
    synchronized (this) {
      free.push(ready.plane);
      goOn();
    }
  }

  private synchronized @Nullable Coming ready(int view) {
    takenIn[view] = turn;
    var found = coming[view];
    if (found == null) {
      return null;
    }
    coming[view] = null;
    try {
      while (!found.done) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      found.unwanted = true;
      throw new IllegalStateException("interrupted while waiting for a frame", e);
    }
    return found;
  }

  private void goOn() {
    while (next < order.length && running < atOnce && !free.isEmpty()) {
      int view = order[next++];
      if (takenIn[view] == turn || coming[view] != null) {
        continue;
      }
      var one = new Coming(view, free.pop());
      coming[view] = one;
      running++;
      Thread.ofVirtual().start(() -> make(one));
    }
  }

  private void make(Coming one) {
    try {
      source.read(one.view, one.plane);
    } catch (RuntimeException trouble) {
      one.trouble = trouble; // thrown on to who asks for this view
    } catch (Error error) {
      one.error = error;
    }
    synchronized (this) {
      running--;
      one.done = true;
      if (one.unwanted) {
        free.push(one.plane);
      }
      notifyAll();
      goOn();
    }
  }
}
