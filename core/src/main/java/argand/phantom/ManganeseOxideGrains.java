package argand.phantom;

import argand.Param;
import argand.array.Check;
import java.util.List;

/// Two grains of manganese oxide lying side by side, nothing around them: the lattice of the right
/// one is a little larger than that of the left one.
///
/// Cells hold four formula units, so density follows the lattice. Fine structure behind the K edge
/// of manganese is that of {@link FineStructure}.
///
/// @param strain how much larger the right lattice is
public record ManganeseOxideGrains(
    @Param(value = "lattice constant of the left grain", unit = "m", byDefault = "4.445 Å")
        double lattice,
    @Param(value = "how much larger the right grain's is", byDefault = "0.01") double strain,
    @Param(value = "middle of the step of the K edge", unit = "eV", byDefault = "6544 eV")
        double edgeEv,
    @Param(value = "width of a grain", unit = "m", byDefault = "2.4 um") double width,
    @Param(value = "height of a grain", unit = "m", byDefault = "3.4 um") double height,
    @Param(value = "thickness in the middle", unit = "m", byDefault = "4 um") double thickness,
    @Param(value = "free space between the grains", unit = "m", byDefault = "300 nm") double gap,
    @Param(value = "10–90 % width of the rims", unit = "m", byDefault = "150 nm") double rim)
    implements SpectralSample {
  /// 10–90 % width of a rise by tanh(x/w) ÷ w.
  private static final double RISE = 2.1972;

  /// Share of its thickness that a grain loses toward its sides.
  private static final double DOME = 0.3;

  public ManganeseOxideGrains {
    Check.within("lattice", lattice, 4e-10, 5e-10, "m");
    Check.within("strain", strain, -0.1, 0.1, "");
    Check.within("edge", edgeEv, 6500, 6600, "eV");
    Check.within("width", width, 1e-8, 1e-3, "m");
    Check.within("height", height, 1e-8, 1e-3, "m");
    Check.within("thickness", thickness, 1e-9, 1e-4, "m");
    Check.within("gap", gap, 0, 1e-3, "m");
    Check.within("rim", rim, 1e-12, width, "m");
  }

  /// MnO of this lattice and disorder.
  public static SpectralMatter oxide(String name, FineStructure structure) {
    double cell = Math.pow(structure.lattice(), 3);
    return new SpectralMatter(
        name,
        4 / cell,
        List.of(
            new SpectralMatter.Part(structure.manganese(), 1),
            new SpectralMatter.Part(Atoms.OXYGEN, 1)));
  }

  @Override
  public List<SpectralMatter> matter() {
    return List.of(
        oxide("left", new FineStructure(edgeEv, lattice, 1)),
        oxide("right", new FineStructure(edgeEv, lattice * (1 + strain), 1)));
  }

  @Override
  public List<String> regions() {
    return List.of("left", "right");
  }

  @Override
  public Field field() {
    return new Field() {
      @Override
      public boolean thickness(double y, double x, double[] into) {
        boolean any = false;
        for (int side = 0; side < 2; side++) {
          double inside = inside(y, x, side);
          boolean there = inside > -2 * rim;
          double off = 2 * (Math.abs(x) - 0.5 * (gap + width)) / width;
          double dome = 1 - DOME * Math.min(1, off * off);
          into[side] = there ? thickness * dome * (0.5 + 0.5 * Math.tanh(RISE * inside / rim)) : 0;
          any |= there;
        }
        return any;
      }

      @Override
      public int region(double y, double x) {
        return inside(y, x, 0) > 0 ? 0 : inside(y, x, 1) > 0 ? 1 : -1;
      }
    };
  }

  /// Distance [m] from the rim of a grain, positive inside: a rectangle with blunt corners.
  private double inside(double y, double x, int side) {
    double across = Math.abs((side == 0 ? x : -x) + 0.5 * (gap + width));
    double flat = Math.min(0.5 * width - across, 0.5 * height - Math.abs(y));
    double corner =
        (0.5 * width + 0.5 * height - 0.25 * width - across - Math.abs(y)) / Math.sqrt(2);
    return Math.min(flat, corner);
  }
}
