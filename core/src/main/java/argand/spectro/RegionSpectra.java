package argand.spectro;

import argand.Param;
import argand.array.InvalidInput;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Quality;
import argand.data.Quantity;
import argand.data.Region;
import argand.data.Spectrum;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// The mean spectrum of each of some regions against the sum of references that fits it best:
/// points,
/// fit, components and residual, and R² = 1 − Σ(y − ŷ)²/Σ(y − ȳ)², which is near 1 where the
/// references explain what is seen and near 0 where there is nothing to explain. Masked pixels of a
/// region count too, so that one may look at what a mask hides.
///
/// To the references come, for images that are not normalized, a constant and a slope.
public record RegionSpectra(
    @Param("where to look") List<Region> regions,
    @Param(value = "files with reference spectra", byDefault = "[]") List<Path> references,
    @Param(
            value =
                "names of references; without it all of the files, or all that earlier steps left",
            byDefault = "[]")
        List<String> names,
    @Param(value = "first energy of the fit", unit = "eV") OptionalDouble fromEv,
    @Param(value = "last energy of the fit", unit = "eV") OptionalDouble toEv)
    implements StackStep {
  public RegionSpectra {
    regions = List.copyOf(regions);
    references = List.copyOf(references);
    names = List.copyOf(names);
    if (regions.isEmpty()) {
      throw new InvalidInput("regions", "empty", "at least one region", "");
    }
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var used = chosen(stack);
    var fit = RegionFit.of(stack, used, fromEv, toEv);
    int size = stack.grid().size();
    var findings = stack.findings();
    for (var region : regions) {
      boolean[] inside = region.shape().mask(stack.grid()).good();
      int[] label = new int[size];
      boolean any = false;
      for (int i = 0; i < size; i++) {
        label[i] = inside[i] ? 0 : -1;
        any |= inside[i];
      }
      if (!any) {
        throw new InvalidInput(
            "region " + region.name(),
            "outside of the image",
            "a region within " + stack.grid().rows() + " × " + stack.grid().columns() + " pixels",
            "");
      }
      var mean =
          MeanSpectra.of(stack.images(), label, 1, watch.workers())
              .withErrors(0, stack.energyEv(), stack.quantity(), region.name());
      findings = looked(findings.with(region).with(mean), region.name(), mean, used, fit);
    }
    return stack
        .withFindings(findings)
        .withStep("regionSpectra of " + regions.stream().map(Region::name).toList());
  }

  private Findings looked(
      Findings before, String name, Spectrum mean, List<Spectrum> used, RegionFit fit) {
    double[] energy = mean.energyEv();
    Quantity quantity = mean.quantity();
    var findings = before;
    var curves = new ArrayList<Curve>();
    curves.add(mean.named("measured").curve());
    Quality quality = findings.quality();
    if (!used.isEmpty()) {
      var fitted = fit.to(mean.values());
      for (int k = 0; k < used.size(); k++) {
        String reference = used.get(k).name();
        curves.add(Spectrum.of(reference, energy, fitted.parts()[k], quantity).curve());
        findings =
            findings.with(
                Spectrum.of(name + ", part of " + reference, energy, fitted.parts()[k], quantity));
        quality =
            quality.withMetric("amountOf" + key(reference) + "In" + key(name), fitted.amounts()[k]);
      }
      curves.add(Spectrum.of("fit", energy, fitted.sum(), quantity).curve());
      curves.add(Spectrum.of("residual", energy, fitted.residual(), quantity).curve());
      findings =
          findings
              .with(Spectrum.of(name + ", fit", energy, fitted.sum(), quantity))
              .with(Spectrum.of(name + ", residual", energy, fitted.residual(), quantity));
      quality =
          quality
              .withMetric("rSquaredIn" + key(name), fitted.rSquared())
              .withVerdict(
                  String.format(
                      Locale.ROOT,
                      "In %s the references explain R² = %.4f of the spectrum.",
                      name,
                      fitted.rSquared()));
    }
    return findings.with(quality.withFigure("Region " + name, curves));
  }

  /// A name as part of a metric's.
  static String key(String name) {
    String key = name.replaceAll("[^\\p{L}\\p{N}+]+", "");
    return key.isEmpty() ? key : Character.toUpperCase(key.charAt(0)) + key.substring(1);
  }

  /// Of the spectra that steps before left, none that belong to a region unless it is named.
  private List<Spectrum> chosen(EnergyStack stack) {
    var regionsBefore = stack.findings().regions();
    var others =
        stack.findings().spectra().stream()
            .filter(
                spectrum ->
                    names.contains(spectrum.name())
                        || spectrum.quantity() == stack.quantity()
                            && regionsBefore.stream()
                                .noneMatch(region -> spectrum.name().startsWith(region.name())))
            .toList();
    return References.chosen(references, names, others);
  }
}
