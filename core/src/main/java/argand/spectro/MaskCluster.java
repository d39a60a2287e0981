package argand.spectro;

import argand.Param;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.data.Clusters;
import argand.data.EnergyStack;
import argand.flow.Watch;
import java.util.List;

/// Keeps, or drops, the pixels of some clusters of the last clustering.
public record MaskCluster(
    @Param(value = "numbers of the clusters to keep, from 1", byDefault = "[]") List<Integer> keep,
    @Param(value = "numbers of the clusters to drop, from 1", byDefault = "[]") List<Integer> drop)
    implements Masking {
  public MaskCluster {
    keep = List.copyOf(keep);
    drop = List.copyOf(drop);
    if (keep.isEmpty() == drop.isEmpty()) {
      throw new InvalidInput(
          "maskCluster", keep.isEmpty() ? "without clusters" : "told both", "keep or drop", "");
    }
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    Clusters clusters =
        stack
            .findings()
            .clusters()
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "maskCluster", "without clusters", "a step cluster before it", ""));
    for (int number : keep.isEmpty() ? drop : keep) {
      if (number < 1 || number > clusters.count()) {
        throw new InvalidInput(
            keep.isEmpty() ? "drop" : "keep", number, "1 … " + clusters.count(), "");
      }
    }
    boolean[] good = new boolean[stack.grid().size()];
    for (int i = 0; i < good.length; i++) {
      int number = clusters.label()[i] + 1;
      good[i] = number > 0 && (keep.isEmpty() ? !drop.contains(number) : keep.contains(number));
    }
    String words =
        keep.isEmpty() ? "maskCluster, dropping " + drop : "maskCluster, keeping " + keep;
    return Masking.and(stack, new Mask(stack.grid(), good), words, watch);
  }
}
