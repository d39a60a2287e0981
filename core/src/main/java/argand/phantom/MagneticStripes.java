package argand.phantom;

import argand.Param;
import argand.array.Check;
import argand.phantom.OscillatorAtom.Line;
import argand.phantom.SpectralMatter.Part;
import java.util.List;

/// A film of GdFe with stripe domains that are magnetized along the beam and against it, cut to a
/// disc so that there is an empty beam around it.
///
/// Light of plus helicity meets f₁ + if₂ + S₃ m in domains along the beam and with −m in those
/// against it, m = m₁ + im₂ a sum of two lines of opposite sign at the Gd L₃ edge, exact
/// Kramers–Kronig pairs. Its size, 5 % of the edge jump, is that of measured spectra; its form is a
/// stand-in. Gd₃₀Fe₇₀: 7.9 g/cm³, 86.3 g/mol.
public record MagneticStripes(
    @Param(value = "thickness", unit = "m", byDefault = "2 um") double thickness,
    @Param(value = "period of the stripes", unit = "m", byDefault = "400 nm") double period,
    @Param(value = "radius of the disc", unit = "m", byDefault = "1.5 um") double radius,
    @Param(value = "10–90 % width of a domain wall", unit = "m", byDefault = "30 nm") double wall,
    @Param(value = "magnetization along the beam over that of saturation", byDefault = "0")
        double magnetization)
    implements SpectralSample {
  private static final double PER_CUBIC_METRE = 5.51e28;

  /// Plus helicity in a domain along the beam: (m₁, m₂).
  private static final List<Line> DICHROISM =
      List.of(Line.ofHeight(7242.5, 0.42, 5), Line.ofHeight(7247.5, -0.30, 6));

  public static final SpectralMatter UP = gadoliniumIron("domains up", 1);
  public static final SpectralMatter DOWN = gadoliniumIron("domains down", -1);

  private static SpectralMatter gadoliniumIron(String name, double sign) {
    return new SpectralMatter(
        name,
        PER_CUBIC_METRE,
        List.of(new Part(Atoms.GADOLINIUM, 0.3), new Part(Atoms.IRON_AT_GADOLINIUM, 0.7)),
        DICHROISM.stream()
            .map(l -> new Line(l.energyEv(), 0.3 * sign * l.strength(), l.widthEv()))
            .toList());
  }

  /// 10–90 % width of a rise by tanh(x/w) ÷ w.
  private static final double RISE = 2.1972;

  public MagneticStripes {
    Check.within("thickness", thickness, 1e-9, 1e-3, "m");
    Check.within("period", period, 1e-9, 1e-3, "m");
    Check.within("radius", radius, 1e-9, 1e-2, "m");
    Check.within("wall", wall, 1e-12, period, "m");
    Check.within("magnetization", magnetization, -1, 1, "");
  }

  @Override
  public List<SpectralMatter> matter() {
    return List.of(UP, DOWN);
  }

  @Override
  public List<String> regions() {
    return List.of("up", "down");
  }

  @Override
  public Field field() {
    return new Field() {
      @Override
      public boolean thickness(double y, double x, double[] into) {
        double inside = radius - Math.hypot(y, x);
        double soft = 0.5 + 0.5 * Math.tanh(RISE * inside / wall);
        double up = 0.5 + 0.5 * Math.tanh(RISE * up(y, x) / wall);
        into[0] = thickness * soft * up;
        into[1] = thickness * soft * (1 - up);
        return inside > -2 * wall;
      }

      @Override
      public int region(double y, double x) {
        if (Math.hypot(y, x) > radius) {
          return -1;
        }
        return up(y, x) > 0 ? 0 : 1;
      }
    };
  }

  /// Distance [m] into a domain along the beam; stripes meander along y, and those along a field
  /// are
  /// the wider ones.
  private double up(double y, double x) {
    double bent =
        x
            + 0.18 * period * Math.sin(2.1 * y / period)
            + 0.1 * period * Math.sin(5.3 * y / period + 1);
    double within = bent / period - Math.floor(bent / period); // up from 0 to its share
    double share = 0.5 * (1 + magnetization);
    double middle = 0.5 * share;
    double away = Math.abs(within - middle);
    double near = Math.min(away, 1 - away); // the next period's
    return (middle - near) * period;
  }
}
