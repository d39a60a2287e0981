package argand.data;

import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import java.util.Optional;

/// Images of one field at rising energies, and what was found in them: the one noun of
/// spectromicroscopy. Each step takes one and gives one with other planes or with more findings, so
/// steps may come in any order that makes sense.
///
/// @param energyEv rising [eV], one for each plane
/// @param images what `quantity` says
/// @param variance of each pixel of each image, in its unit squared; absent where it is not known
/// @param emptyBeam I₀ and dark level that are not yet used; absent once they are
/// @param mask pixels that mean something
/// @param angle of the sample about the vertical axis [rad]
/// @param slices 1 for images; of volumes how many slices lie one below the other in an image, so
///     that what works pixel by pixel works voxel by voxel
/// @param phase beside an optical density, where it was measured
public record EnergyStack(
    double[] energyEv,
    Planes images,
    Optional<Planes> variance,
    Quantity quantity,
    Optional<EmptyBeam> emptyBeam,
    Mask mask,
    double angle,
    int slices,
    Findings findings,
    Source source,
    Optional<PhaseImages> phase)
    implements Product {
  public EnergyStack {
    Check.atLeast("slices", slices, 1);
    if (images.grid().rows() % slices != 0) {
      throw new InvalidInput(
          "the rows of all slices",
          images.grid().rows(),
          "a multiple of the " + slices + " slices",
          "");
    }
    if (energyEv.length != images.count()) {
      throw new InvalidInput(
          "the number of energies",
          energyEv.length + " for " + images.count() + " images",
          "one energy for each image",
          "");
    }
    Spectrum.increasing("the energies", energyEv);
    Check.same("pixels of the mask", mask.grid().size(), images.grid().size());
    variance.ifPresent(v -> Check.same("planes of the variance", v.count(), images.count()));
    phase.ifPresent(p -> mustFit(p, images));
  }

  private static void mustFit(PhaseImages phase, Planes images) {
    Check.same("images of the phase", phase.images().count(), images.count());
    Check.same("pixels of the phase", phase.grid().size(), images.grid().size());
  }

  /// Without a phase.
  public EnergyStack(
      double[] energyEv,
      Planes images,
      Optional<Planes> variance,
      Quantity quantity,
      Optional<EmptyBeam> emptyBeam,
      Mask mask,
      double angle,
      int slices,
      Findings findings,
      Source source) {
    this(
        energyEv,
        images,
        variance,
        quantity,
        emptyBeam,
        mask,
        angle,
        slices,
        findings,
        source,
        Optional.empty());
  }

  /// Of images.
  public EnergyStack(
      double[] energyEv,
      Planes images,
      Optional<Planes> variance,
      Quantity quantity,
      Optional<EmptyBeam> emptyBeam,
      Mask mask,
      double angle,
      Findings findings,
      Source source) {
    this(energyEv, images, variance, quantity, emptyBeam, mask, angle, 1, findings, source);
  }

  /// Images of one quantity, all pixels good, nothing found yet.
  public static EnergyStack of(double[] energyEv, Planes images, Quantity quantity, Source source) {
    return new EnergyStack(
        energyEv,
        images,
        Optional.empty(),
        quantity,
        Optional.empty(),
        Mask.all(images.grid()),
        0,
        Findings.NONE,
        source);
  }

  public Grid grid() {
    return images.grid();
  }

  public int count() {
    return energyEv.length;
  }

  /// Of one slice.
  public Grid sliceGrid() {
    return grid().resized(grid().rows() / slices, grid().columns());
  }

  public EnergyStack withSlices(int number) {
    return new EnergyStack(
        energyEv, images, variance, quantity, emptyBeam, mask, angle, number, findings, source,
        phase);
  }

  /// For steps that look at neighbours, which are not all neighbours where slice lies below slice.
  ///
  /// @param hint what to do instead
  /// @throws InvalidInput for volumes
  public void mustBeImages(String step, String hint) {
    if (slices > 1) {
      throw new InvalidInput(
          "what " + step + " is given", "volumes of " + slices + " slices", "images", hint);
    }
  }

  /// The phase beside the images, for steps that cannot do without.
  ///
  /// @throws InvalidInput where there is none
  public PhaseImages mustHavePhase(String step) {
    return phase.orElseThrow(
        () ->
            new InvalidInput(
                "the stack that " + step + " is given",
                "without a phase",
                "optical density and phase of the same pixels",
                "put absorptionAndPhase before it"));
  }

  /// Bytes held in memory.
  public long memoryBytes() {
    return images.memoryBytes()
        + variance.map(Planes::memoryBytes).orElse(0L)
        + phase.map(PhaseImages::memoryBytes).orElse(0L);
  }

  /// Other pixels of the same energies and grid.
  public EnergyStack withImages(Planes other, Optional<Planes> otherVariance, Quantity is) {
    return new EnergyStack(
        energyEv,
        other,
        otherVariance,
        is,
        emptyBeam,
        mask,
        angle,
        slices,
        findings,
        source,
        phase);
  }

  public EnergyStack withEmptyBeam(Optional<EmptyBeam> beam) {
    return new EnergyStack(
        energyEv, images, variance, quantity, beam, mask, angle, slices, findings, source, phase);
  }

  public EnergyStack withMask(Mask other) {
    return new EnergyStack(
        energyEv, images, variance, quantity, emptyBeam, other, angle, slices, findings, source,
        phase);
  }

  public EnergyStack withFindings(Findings other) {
    return new EnergyStack(
        energyEv, images, variance, quantity, emptyBeam, mask, angle, slices, other, source, phase);
  }

  public EnergyStack withSource(Source other) {
    return new EnergyStack(
        energyEv, images, variance, quantity, emptyBeam, mask, angle, slices, findings, other,
        phase);
  }

  /// The phase beside these images, on their grid.
  public EnergyStack withPhase(Optional<PhaseImages> other) {
    return new EnergyStack(
        energyEv, images, variance, quantity, emptyBeam, mask, angle, slices, findings, source,
        other);
  }

  /// For steps that move pixels, which would leave the phase behind.
  ///
  /// @throws InvalidInput for stacks with a phase
  public void mustHaveNoPhase(String step, String hint) {
    if (phase.isPresent()) {
      throw new InvalidInput(
          "what " + step + " is given",
          "optical density with the phase beside it",
          "images alone",
          hint);
    }
  }

  /// With one more line in the history of its source.
  public EnergyStack withStep(String step) {
    return withSource(source.withStep(step));
  }

  public EnergyStack with(Findings.FoundMap map) {
    return withFindings(findings.with(map));
  }

  public EnergyStack with(EnergyBand band) {
    return withFindings(findings.with(band));
  }

  /// The mean over all energies of each pixel, NaN planes left out; NaN where there is none.
  public RealField mean() {
    var sum = new RealField(grid());
    int[] seen = new int[grid().size()];
    var plane = new float[grid().size()];
    for (int e = 0; e < count(); e++) {
      images.read(e, 0, plane.length, plane, 0);
      for (int i = 0; i < plane.length; i++) {
        if (!Float.isNaN(plane[i])) {
          sum.values()[i] += plane[i];
          seen[i]++;
        }
      }
    }
    for (int i = 0; i < plane.length; i++) {
      sum.values()[i] = seen[i] == 0 ? Float.NaN : sum.values()[i] / seen[i];
    }
    return sum;
  }
}
