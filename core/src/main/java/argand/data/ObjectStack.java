package argand.data;

import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.physics.Polarization;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Complex transmissions of one field of a sample on one grid: one for each energy, or for each
/// energy and polarization. What a series of reconstructions becomes before anyone takes a
/// logarithm.
///
/// All of them lie in memory: 8 bytes a pixel for the transmission, 4 for the light.
///
/// @param views by rising energy; of one energy in the order of their polarizations
/// @param mask pixels that were well lit in all of them
/// @param origin position of the upper left pixel on the sample [m]
/// @param emptyRegion pixels where there is no sample, once someone has found or named them
public record ObjectStack(
    List<View> views,
    Mask mask,
    Reconstruction.Origin origin,
    Optional<Mask> emptyRegion,
    Findings findings,
    Source source)
    implements Product {
  /// Energies that differ by less are one [eV].
  public static final double SAME_EV = 1e-3;

  /// One of them.
  ///
  /// @param object complex transmission
  /// @param light quanta that fell on each pixel; 0 where none did
  /// @param name for a person: the file it came from, or its energy
  public record View(
      double energyEv,
      Optional<Polarization> polarization,
      ComplexField object,
      RealField light,
      String name) {
    /// As `708.2 eV` or `7243 eV, circular +0.95`.
    public String words() {
      return ev(energyEv) + polarization.map(p -> ", " + p.words()).orElse("");
    }

    /// The same with another transmission and the light that belongs to it.
    public View with(ComplexField other, RealField itsLight) {
      return new View(energyEv, polarization, other, itsLight, name);
    }
  }

  public ObjectStack {
    views = List.copyOf(views);
    Check.atLeast("number of images", views.size(), 1);
    Grid grid = views.getFirst().object().grid();
    for (int i = 0; i < views.size(); i++) {
      var view = views.get(i);
      Check.same("pixels of an image", view.object().grid().size(), grid.size());
      Check.same("pixels of its light", view.light().grid().size(), grid.size());
      if (i > 0) {
        mustFollow(views.get(i - 1), view);
      }
    }
    Check.same("pixels of the mask", mask.grid().size(), grid.size());
  }

  private static void mustFollow(View before, View view) {
    if (view.energyEv() < before.energyEv() - SAME_EV) {
      throw new InvalidInput(
          "the energies", before.words() + " before " + view.words(), "rising ones", "");
    }
    if (Math.abs(view.energyEv() - before.energyEv()) < SAME_EV
        && view.polarization().equals(before.polarization())) {
      throw new InvalidInput(
          view.words(),
          "in both " + before.name() + " and " + view.name(),
          "each energy once for each polarization",
          view.polarization().isEmpty() ? "is the polarization not stated in the files?" : "");
    }
  }

  /// An energy in words, to a thousandth: `708.2 eV`.
  public static String ev(double energyEv) {
    return BigDecimal.valueOf(Math.rint(1e3 * energyEv) / 1e3).stripTrailingZeros().toPlainString()
        + " eV";
  }

  public Grid grid() {
    return views.getFirst().object().grid();
  }

  public int count() {
    return views.size();
  }

  public double[] energyEv() {
    return views.stream().mapToDouble(View::energyEv).toArray();
  }

  /// Bytes held in memory.
  public long memoryBytes() {
    var object = views.getFirst().object();
    return count() * (8L * grid().rows() * object.pitch() + 4L * grid().size());
  }

  public ObjectStack withViews(List<View> others) {
    return new ObjectStack(others, mask, origin, emptyRegion, findings, source);
  }

  public ObjectStack withMask(Mask other) {
    return new ObjectStack(views, other, origin, emptyRegion, findings, source);
  }

  public ObjectStack withEmptyRegion(Mask region) {
    return new ObjectStack(views, mask, origin, Optional.of(region), findings, source);
  }

  public ObjectStack withFindings(Findings other) {
    return new ObjectStack(views, mask, origin, emptyRegion, other, source);
  }

  /// With one more line in the history of its source.
  public ObjectStack withStep(String step) {
    return new ObjectStack(views, mask, origin, emptyRegion, findings, source.withStep(step));
  }
}
