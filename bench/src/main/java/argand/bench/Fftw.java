package argand.bench;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The system's FFTW 3 in single precision (`libfftw3f.so.3`), called for comparison only: one
/// thread, interleaved data, in place, FFTW_MEASURE plans (patient planning takes minutes).
///
/// M. Frigo, S. G. Johnson, "The design and implementation of FFTW3", Proc. IEEE 93, 216–231
/// (2005), doi:10.1109/JPROC.2004.840301.
final class Fftw {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;
  private static final int FORWARD = -1;
  private static final int MEASURE = 0;

  private final MethodHandle allocate;
  private final MethodHandle plan2;
  private final MethodHandle plan3;
  private final MethodHandle execute;

  private Fftw(SymbolLookup library) {
    this.allocate = handle(library, "fftwf_malloc", POINTER, ValueLayout.JAVA_LONG);
    this.plan2 =
        handle(library, "fftwf_plan_dft_2d", POINTER, INT, INT, POINTER, POINTER, INT, INT);
    this.plan3 =
        handle(library, "fftwf_plan_dft_3d", POINTER, INT, INT, INT, POINTER, POINTER, INT, INT);
    this.execute =
        Linker.nativeLinker()
            .downcallHandle(
                library.findOrThrow("fftwf_execute"), FunctionDescriptor.ofVoid(POINTER));
  }

  /// Empty where the library is not installed.
  static Optional<Fftw> ofSystem() {
    try {
      return Optional.of(new Fftw(SymbolLookup.libraryLookup("libfftw3f.so.3", Arena.global())));
    } catch (IllegalArgumentException absent) {
      return Optional.empty();
    }
  }

  private static MethodHandle handle(
      SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  /// A planned forward transform and its data: interleaved (re, im), row by row.
  final class Plan {
    private final MemorySegment plan;
    private final MemorySegment data;

    private Plan(MemorySegment plan, MemorySegment data) {
      this.plan = plan;
      this.data = data;
    }

    MemorySegment data() {
      return data;
    }

    void run() {
      try {
        execute.invokeExact(plan);
      } catch (Throwable failure) {
        throw new IllegalStateException("FFTW did not run", failure);
      }
    }
  }

  Plan plan(int rows, int columns) {
    try {
      var data = data(2L * rows * columns);
      return new Plan(
          (MemorySegment) plan2.invokeExact(rows, columns, data, data, FORWARD, MEASURE), data);
    } catch (Throwable failure) {
      throw new IllegalStateException("FFTW did not plan", failure);
    }
  }

  Plan plan(int planes, int rows, int columns) {
    try {
      var data = data(2L * planes * rows * columns);
      return new Plan(
          (MemorySegment) plan3.invokeExact(planes, rows, columns, data, data, FORWARD, MEASURE),
          data);
    } catch (Throwable failure) {
      throw new IllegalStateException("FFTW did not plan", failure);
    }
  }

  private MemorySegment data(long floats) throws Throwable {
    var data = ((MemorySegment) allocate.invokeExact(4 * floats)).reinterpret(4 * floats);
    return data.fill((byte) 0);
  }
}
