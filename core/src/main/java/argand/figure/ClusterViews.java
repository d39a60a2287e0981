package argand.figure;

import argand.data.Clusters;
import argand.data.EnergyBand;
import argand.figure.StackViews.Picture;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/// The clusters of a stack: where they are, and their mean spectra.
final class ClusterViews {
  private static final int NAMED = 16;

  private ClusterViews() {}

  /// @param bands shaded in the plots of spectra
  static List<Picture> of(Clusters clusters, List<EnergyBand> bands) {
    var shrunk = Shrunk.of(clusters.grid());
    int[] label = shrunk.most(clusters.label(), clusters.count());
    var grid = shrunk.grid();
    var image = new BufferedImage(grid.columns(), grid.rows(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < label.length; i++) {
      image.setRGB(
          i % grid.columns(),
          i / grid.columns(),
          label[i] < 0 ? Pixels.UNKNOWN : Classes.ink(label[i]).rgb());
    }
    var names = new ArrayList<String>();
    var inks = new ArrayList<Ink>();
    for (int k = 0; k < Math.min(clusters.count(), NAMED); k++) {
      names.add(clusters.means().get(k).name());
      inks.add(Classes.ink(k));
    }
    var panel =
        new Panel(
            "Clusters", image, shrunk.width(), shrunk.height(), new Panel.Key.Names(names, inks));
    var pictures = new ArrayList<Picture>();
    pictures.add(
        new Picture(
            "clusters",
            panel.drawing(),
            "Pixels of like spectra. Pale gray belongs to none." + shrunk.words()));
    pictures.addAll(
        SpectraViews.of(
            "clusters",
            "Mean spectra of the clusters",
            "Bars are the standard deviation among the pixels of a cluster.",
            clusters.means(),
            SpectraViews.inks(clusters.means()),
            bands));
    return pictures;
  }
}
