package argand.array.kernel;

/// Which inner loops run: vector ones where the Vector API is present, else the scalar ones that
/// define them.
///
/// `-Dargand.kernels=scalar` forces the scalar ones, `vector4`, `vector8` or `vector16` a number of
/// lanes. This class itself does not touch the Vector API, so that it loads on a Java without the
/// incubator module.
public final class Simd {
  private Simd() {}

  /// What the property `argand.kernels` asks for.
  static final String CHOICE = System.getProperty("argand.kernels", "auto");

  /// True when vector kernels are to be used.
  public static final boolean AVAILABLE =
      !CHOICE.equals("scalar") && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  /// Name of the kernels and their lane width in floats, for plans and reports: `vector16`,
  /// `scalar`.
  public static String name() {
    return AVAILABLE ? "vector" + Lanes.WIDTH : "scalar";
  }
}
