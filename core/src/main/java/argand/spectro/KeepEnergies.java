package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.PlaneTransforms;
import argand.data.Planes;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/// Keeps the images nearest to some energies and forgets the others: the map of two or three
/// energies from a scan of many, or a scan without its bad ends. Variances, flats and transforms go
/// with their images; maps and spectra found before stay.
public record KeepEnergies(
    @Param(
            value = "which; those that chooseEnergies has chosen where none is given",
            unit = "eV",
            byDefault = "[]")
        List<Double> energiesEv,
    @Param(
            value = "an image counts as one of this energy if it is no farther away",
            unit = "eV",
            byDefault = "0.5 eV")
        double toleranceEv)
    implements StackStep {
  public KeepEnergies {
    energiesEv = List.copyOf(energiesEv);
    energiesEv.forEach(ev -> Check.within("energies", ev, 1, 1e6, "eV"));
    Check.within("tolerance", toleranceEv, 1e-4, 1e3, "eV");
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    int[] kept = kept(stack);
    var all = stack.findings();
    var findings = all.transforms().map(t -> all.with(selected(t, kept))).orElse(all);
    return selected(stack, kept, findings)
        .withStep("keepEnergies: " + kept.length + " of " + stack.count());
  }

  private int[] kept(EnergyStack stack) {
    var wanted =
        energiesEv.isEmpty()
            ? stack.findings().bands().stream()
                .filter(band -> band.name().startsWith(ChooseEnergies.CHOSEN))
                .map(band -> band.fromEv())
                .toList()
            : energiesEv;
    if (wanted.isEmpty()) {
      throw new InvalidInput(
          "energies",
          "empty",
          "some energies to keep",
          "or put chooseEnergies before keepEnergies");
    }
    double[] energies = stack.energyEv();
    var kept = new TreeSet<Integer>();
    for (double ev : wanted) {
      int near = Interpolation.nearest(energies, ev);
      if (Math.abs(energies[near] - ev) > toleranceEv) {
        throw new InvalidInput(
            "energies",
            ev + " eV",
            "an energy of the stack within " + toleranceEv + " eV",
            "the nearest is " + energies[near] + " eV");
      }
      if (!kept.add(near)) {
        throw new InvalidInput(
            "energies", "two near the image at " + energies[near] + " eV", "each image once", "");
      }
    }
    return kept.stream().mapToInt(Integer::intValue).toArray();
  }

  private static PlaneTransforms selected(PlaneTransforms all, int[] kept) {
    return new PlaneTransforms(
        Arrays.stream(kept).mapToObj(e -> all.of().get(e)).toList(),
        all.slicesPx().isEmpty()
            ? List.of()
            : Arrays.stream(kept).mapToObj(e -> all.slicesPx().get(e)).toList());
  }

  private static EnergyStack selected(EnergyStack stack, int[] kept, Findings findings) {
    return new EnergyStack(
        EnergyWindow.at(stack.energyEv(), kept),
        stack.images().select(kept),
        stack.variance().map(v -> v.select(kept)),
        stack.quantity(),
        stack.emptyBeam().map(beam -> selected(beam, kept)),
        stack.mask(),
        stack.angle(),
        stack.slices(),
        findings,
        stack.source(),
        stack.phase().map(phase -> phase.select(kept)));
  }

  private static EmptyBeam selected(EmptyBeam beam, int[] kept) {
    Planes flats = beam.flats().count() == 1 ? beam.flats() : beam.flats().select(kept);
    return new EmptyBeam(flats, beam.dark(), beam.flatFrames(), beam.exposureRatio());
  }
}
