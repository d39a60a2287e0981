package argand.spectroptycho;

import argand.array.InvalidInput;
import argand.data.ObjectStack;
import argand.data.ObjectStack.View;
import argand.physics.Polarization;
import java.util.ArrayList;
import java.util.List;

/// Two images of one energy, seen with plus and with minus helicity.
record HelicityPair(View plus, View minus) {
  /// Half of the difference of the degrees of circular polarization: what a full reversal would
  /// show over what these two show.
  double degree() {
    return (helicity(plus) - helicity(minus)) / 2;
  }

  private static double helicity(View view) {
    return view.polarization().map(Polarization::stokes).orElse(new double[3])[2];
  }

  /// One for each energy, rising.
  ///
  /// @throws InvalidInput where an image lacks its helicity or its partner
  static List<HelicityPair> of(ObjectStack stack) {
    var pairs = new ArrayList<HelicityPair>();
    var views = stack.views();
    for (var view : views) {
      if (view.polarization().isEmpty()) {
        throw new InvalidInput(
            "the polarization of " + view.name(),
            "not stated",
            "circular, plus and minus at each energy",
            "give read: {polarization: {circular: {degree: 0.95}}} for the files of one helicity,"
                + " −0.95 for the others");
      }
      if (helicity(view) == 0) {
        throw new InvalidInput(
            "the polarization of " + view.name(),
            view.polarization().get().words(),
            "circular, plus and minus at each energy",
            "");
      }
    }
    for (int i = 0; i < views.size(); i++) {
      var one = views.get(i);
      boolean paired =
          i + 1 < views.size()
              && Math.abs(views.get(i + 1).energyEv() - one.energyEv()) < ObjectStack.SAME_EV
              && helicity(views.get(i + 1)) * helicity(one) < 0;
      if (!paired) {
        throw new InvalidInput(
            "the images at " + ObjectStack.ev(one.energyEv()),
            "one helicity only (" + one.words() + ")",
            "plus and minus",
            "was the other left out? leave both out");
      }
      var other = views.get(++i);
      pairs.add(helicity(one) > 0 ? new HelicityPair(one, other) : new HelicityPair(other, one));
    }
    return pairs;
  }
}
