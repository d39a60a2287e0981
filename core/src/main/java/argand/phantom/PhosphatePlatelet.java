package argand.phantom;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.phantom.SpectralMatter.Part;
import java.util.List;

/// A partly charged platelet of lithium iron phosphate, lying flat: stripes of LiFePO₄ (Fe²⁺) and
/// of
/// FePO₄ (Fe³⁺) across its long axis with two zones of both, a thickness that rises from one end to
/// the other, nothing around it.
///
/// Unit cells of 291.4 and 272.4 Å³ hold four formula units (Andersson & Thomas, J. Power Sources
/// 97–98, 498 (2001), 10.1016/S0378-7753(01)00633-4). Near-edge spectra are stand-ins with the
/// places of the lines that the two valences have, not calculated multiplets.
public record PhosphatePlatelet(
    @Param(value = "length; the width is 0.55 of it", unit = "m", byDefault = "2 um") double length,
    @Param(value = "thickness at the left end", unit = "m", byDefault = "60 nm") double thinnest,
    @Param(value = "thickness at the right end", unit = "m", byDefault = "150 nm") double thickest,
    @Param(value = "10–90 % width of the borders between stripes", unit = "m", byDefault = "10 nm")
        double border,
    @Param(value = "10–90 % width of the rim", unit = "m", byDefault = "10 nm") double rim,
    @Param(value = "share of FePO₄ in the poorer of the mixed zones", byDefault = "0.3")
        double mixed)
    implements SpectralSample {
  /// Lithiated and delithiated end member.
  public static final SpectralMatter LITHIATED =
      new SpectralMatter(
          "LiFePO4",
          4 / 291.4e-30,
          List.of(
              new Part(Atoms.LITHIUM, 1),
              new Part(Atoms.IRON_II, 1),
              new Part(Atoms.PHOSPHORUS, 1),
              new Part(Atoms.OXYGEN, 4)));

  public static final SpectralMatter DELITHIATED =
      new SpectralMatter(
          "FePO4",
          4 / 272.4e-30,
          List.of(
              new Part(Atoms.IRON_III, 1),
              new Part(Atoms.PHOSPHORUS, 1),
              new Part(Atoms.OXYGEN, 4)));

  private static final double WIDTH = 0.55;

  /// 10–90 % width of a rise by tanh(x/w) ÷ w.
  private static final double RISE = 2.1972;

  /// Borders between stripes, shares of half the length, and what lies to the left of each and
  /// behind the last: 0 LiFePO₄, 1 FePO₄, 2 the poorer mixed zone, 3 the richer one.
  private static final double[] BORDERS = {-0.64, -0.38, -0.12, 0.1, 0.42, 0.66};

  private static final int[] STRIPES = {1, 0, 3, 1, 0, 2, 1};

  public PhosphatePlatelet {
    Check.within("length", length, 1e-8, 1e-3, "m");
    Check.within("thinnest", thinnest, 1e-10, 1e-4, "m");
    Check.within("thickest", thickest, 1e-10, 1e-4, "m");
    Check.within("border", border, 1e-12, length, "m");
    Check.within("rim", rim, 1e-12, length, "m");
    if (!(mixed > 0 && mixed < 0.5)) {
      throw new InvalidInput("mixed", mixed, "more than 0 and less than 0.5", "");
    }
  }

  /// As the recipe has it by default.
  public static PhosphatePlatelet plain() {
    return new PhosphatePlatelet(2e-6, 60e-9, 150e-9, 10e-9, 10e-9, 0.3);
  }

  @Override
  public List<SpectralMatter> matter() {
    return List.of(LITHIATED, DELITHIATED);
  }

  @Override
  public List<String> regions() {
    return List.of("LiFePO4", "FePO4", "mixed poor", "mixed rich");
  }

  @Override
  public Field field() {
    return new Field() {
      @Override
      public boolean thickness(double y, double x, double[] into) {
        double inside = inside(y, x);
        if (inside < -2 * rim) {
          into[0] = 0;
          into[1] = 0;
          return false;
        }
        double along = 0.5 + x / length;
        double thick = (thinnest + (thickest - thinnest) * along) * step(inside, rim);
        double share = delithiated(y, x);
        into[0] = thick * (1 - share);
        into[1] = thick * share;
        return true;
      }

      @Override
      public int region(double y, double x) {
        if (inside(y, x) < 0) {
          return -1;
        }
        double across = across(y, x);
        int k = 0;
        while (k < BORDERS.length && across > BORDERS[k] * 0.5 * length) {
          k++;
        }
        return STRIPES[k];
      }
    };
  }

  /// Distance [m] from the rim, positive inside: a hexagon with blunt ends.
  private double inside(double y, double x) {
    double half = 0.5 * length;
    double side = WIDTH * half - Math.abs(y);
    double tip = (half - Math.abs(x) - 0.45 * Math.abs(y)) / Math.hypot(1, 0.45);
    return Math.min(side, tip);
  }

  /// Place across the stripes [m]; they are tilted and wavy.
  private double across(double y, double x) {
    double tilted = x + 0.25 * y;
    return tilted + 0.02 * length * Math.sin(9 * y / length + 4 * x / length);
  }

  /// Share of FePO₄ in the matter of a point.
  private double delithiated(double y, double x) {
    double across = across(y, x);
    double share = share(STRIPES[0]);
    for (int k = 0; k < BORDERS.length; k++) {
      double rise = share(STRIPES[k + 1]) - share(STRIPES[k]);
      share += rise * step(across - BORDERS[k] * 0.5 * length, border);
    }
    return share;
  }

  private double share(int stripe) {
    return switch (stripe) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> mixed;
      default -> 1 - mixed;
    };
  }

  /// From 0 to 1 about 0, from a tenth to nine tenths over this width.
  private static double step(double away, double width) {
    return 0.5 + 0.5 * Math.tanh(RISE * away / width);
  }
}
