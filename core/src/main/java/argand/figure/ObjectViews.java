package argand.figure;

import argand.array.Mask;
import argand.array.RealField;
import argand.data.ObjectStack;
import argand.data.ObjectStack.View;
import java.util.ArrayList;
import java.util.List;

/// The pictures of a stack of complex images: amplitude and phase of the first, the middle and the
/// last.
final class ObjectViews {
  private ObjectViews() {}

  static List<StackViews.Picture> of(ObjectStack stack) {
    var pictures = new ArrayList<StackViews.Picture>();
    var shrunk = Shrunk.of(stack.grid());
    for (int e : new int[] {0, stack.count() / 2, stack.count() - 1}) {
      var view = stack.views().get(e);
      pictures.add(picture(stack, shrunk, view, false));
      pictures.add(picture(stack, shrunk, view, true));
    }
    return pictures;
  }

  private static StackViews.Picture picture(
      ObjectStack stack, Shrunk shrunk, View view, boolean phase) {
    var values = new RealField(stack.grid());
    for (int r = 0; r < stack.grid().rows(); r++) {
      for (int c = 0; c < stack.grid().columns(); c++) {
        double re = view.object().re(r, c);
        double im = view.object().im(r, c);
        boolean lit = stack.mask().at(r, c);
        double value = phase ? Math.atan2(im, re) : Math.hypot(re, im);
        values.set(r, c, lit ? (float) value : Float.NaN);
      }
    }
    var image = shrunk.mean(values);
    var all = Mask.all(image.grid());
    var range = Pixels.Range.of(image, all);
    String what = phase ? "Phase" : "Amplitude";
    var panel =
        new Panel(
            what + " at " + view.words(),
            Pixels.of(image, range, ColorMap.GRAY, all),
            shrunk.width(),
            shrunk.height(),
            new Panel.Key.Bar(ColorMap.GRAY, range, phase ? "phase [rad]" : "modulus"));
    return new StackViews.Picture(
        StackViews.file(what + " " + view.words()),
        panel.drawing(),
        what
            + " of the transmission, as it is in the stack; pale gray is not well lit in all"
            + " images."
            + shrunk.words());
  }
}
