package argand.spectro;

import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.EnergyStack;
import argand.data.Region;
import argand.data.Spectrum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The parts of an image whose spectra are looked at, and their mean spectra with the errors of the
/// means where variances are known.
///
/// @param inside whether a pixel belongs to any
/// @param whole mean of all that do
record ExafsParts(boolean[] inside, Spectrum whole, List<Spectrum> means) {
  /// The regions; without them the clusters; without these all good pixels.
  static ExafsParts of(EnergyStack stack, List<Region> regions, Workers workers) {
    int size = stack.grid().size();
    var names = new ArrayList<String>();
    var members = new ArrayList<boolean[]>();
    if (!regions.isEmpty()) {
      for (var region : regions) {
        names.add(region.name());
        members.add(region.shape().mask(stack.grid()).good());
      }
    } else if (stack.findings().clusters().isPresent()) {
      var clusters = stack.findings().clusters().orElseThrow();
      for (int k = 0; k < clusters.count(); k++) {
        int cluster = k;
        boolean[] in = new boolean[size];
        IntStream.range(0, size).forEach(i -> in[i] = clusters.label()[i] == cluster);
        names.add(clusters.means().get(k).name());
        members.add(in);
      }
    }
    boolean[] inside = new boolean[size];
    if (members.isEmpty()) {
      names.add("the image");
      members.add(stack.mask().good());
    }
    var means = new ArrayList<Spectrum>();
    for (int k = 0; k < members.size(); k++) {
      boolean[] in = members.get(k);
      for (int i = 0; i < size; i++) {
        inside[i] |= in[i];
      }
      means.add(mean(stack, names.get(k), in, workers));
    }
    var whole = means.size() == 1 ? means.getFirst() : mean(stack, "all", inside, workers);
    return new ExafsParts(inside, whole, means);
  }

  private static Spectrum mean(EnergyStack stack, String name, boolean[] in, Workers workers) {
    int[] label = new int[in.length];
    for (int i = 0; i < label.length; i++) {
      label[i] = in[i] ? 0 : -1;
    }
    var of = MeanSpectra.of(stack.images(), label, 1, workers);
    double[] values = of.mean(0);
    if (Arrays.stream(values).anyMatch(Double::isNaN)) {
      throw new InvalidInput(
          "region " + name,
          "without a pixel at some energy",
          "a region within the image, and a value at each energy",
          "");
    }
    Optional<double[]> sigma =
        stack.variance().map(v -> MeanSpectra.of(v, label, 1, workers).errorOfMean(0));
    return new Spectrum(name, stack.energyEv(), values, sigma, stack.quantity());
  }
}
