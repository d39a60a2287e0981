package argand.spectro;

import argand.Param;
import argand.data.Clusters;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.multivariate.MinorityGroups;
import java.util.Locale;

/// Looks for few pixels whose spectra are alike and unlike all others: a minority phase, a
/// contamination, damage; see {@link MinorityGroups}. The rarest comes first. The images should be
/// normalized, or thick and thin places are what is found.
///
/// The clusters that it leaves are the majority and the minorities; the map `minority` is the
/// number
/// of the minority, 0 in the majority.
public record FindMinorities(
    @Param(value = "what counts as a minority", byDefault = "{}") MinorityGroups.Search search,
    @Param(value = "the part of the spectrum that is looked at", byDefault = "{}")
        PixelFeatures.Spectra spectra,
    @Param(value = "of everything random", byDefault = "1") long seed)
    implements StackStep {
  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var workers = watch.workers();
    try (var held = PixelPoints.held(stack.images(), workers, watch.memoryBytes() / 2)) {
      var pixels = PixelPoints.of(spectra.of(stack, held), stack.mask(), workers);
      var found = MinorityGroups.of(pixels, search, seed, workers);
      int[] label = pixels.labels(found.label());
      float[] number = new float[found.label().length];
      for (int i = 0; i < number.length; i++) {
        number[i] = found.label()[i];
      }
      var means =
          MeanSpectra.of(stack.images(), label, found.groups().size() + 1, workers)
              .spectra(
                  stack.energyEv(), stack.quantity(), k -> k == 0 ? "majority" : "minority " + k);
      var quality = stack.findings().quality().withMetric("minorities", found.groups().size());
      for (int k = 0; k < found.groups().size(); k++) {
        var group = found.groups().get(k);
        String sentence =
            String.format(
                Locale.ROOT,
                "Minority %d: %d pixels (%.3g %%), %.1f standard deviations of a pixel away from"
                    + " the majority.",
                k + 1,
                group.members(),
                100.0 * group.members() / pixels.count(),
                group.separation());
        watch.tell(new Progress.Noted(sentence));
        quality = quality.withVerdict(sentence);
      }
      if (found.groups().isEmpty()) {
        quality = quality.withVerdict("No minority phase was found.");
      }
      return stack
          .withFindings(
              stack
                  .findings()
                  .with(new Clusters(stack.grid(), label, means))
                  .with(FoundMap.of("minority", "", pixels.map(number)))
                  .with(quality))
          .withStep("findMinorities: " + found.groups().size());
    }
  }
}
