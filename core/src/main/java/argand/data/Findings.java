package argand.data;

import argand.array.RealField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What steps found in a stack, in the order in which they found it; every step may use what those
/// before it left here.
///
/// @param maps images of one quantity each, by unique names
/// @param spectra references, means of regions, fits
/// @param clusters the last clustering
/// @param regions parts of the image whose spectra were looked at
/// @param mixes maps that are to be shown in one picture
/// @param bands energies that were used: windows below and above the edge
/// @param transforms how each plane was moved, where planes were registered
/// @param phases of which compound each pixel is
/// @param quality numbers, curves, sentences
public record Findings(
    List<FoundMap> maps,
    List<Spectrum> spectra,
    Optional<Clusters> clusters,
    List<Region> regions,
    List<MixedColors> mixes,
    List<EnergyBand> bands,
    Optional<PlaneTransforms> transforms,
    Optional<Phases> phases,
    Quality quality) {
  public static final Findings NONE =
      new Findings(List.of(), List.of(), Optional.empty(), Optional.empty(), Quality.NONE);

  public Findings {
    maps = List.copyOf(maps);
    spectra = List.copyOf(spectra);
    regions = List.copyOf(regions);
    mixes = List.copyOf(mixes);
    bands = List.copyOf(bands);
  }

  /// Without regions, mixed colours, bands and phases.
  public Findings(
      List<FoundMap> maps,
      List<Spectrum> spectra,
      Optional<Clusters> clusters,
      Optional<PlaneTransforms> transforms,
      Quality quality) {
    this(
        maps,
        spectra,
        clusters,
        List.of(),
        List.of(),
        List.of(),
        transforms,
        Optional.empty(),
        quality);
  }

  /// With this region; one of the same name is replaced.
  public Findings with(Region region) {
    var all = new ArrayList<>(regions);
    all.removeIf(old -> old.name().equals(region.name()));
    all.add(region);
    return new Findings(maps, spectra, clusters, all, mixes, bands, transforms, phases, quality);
  }

  /// With this mix; one of the same maps is replaced.
  public Findings with(MixedColors mix) {
    var all = new ArrayList<>(mixes);
    all.removeIf(old -> old.maps().equals(mix.maps()));
    all.add(mix);
    return new Findings(maps, spectra, clusters, regions, all, bands, transforms, phases, quality);
  }

  /// With this band; one of the same name is replaced.
  public Findings with(EnergyBand band) {
    var all = new ArrayList<>(bands);
    all.removeIf(old -> old.name().equals(band.name()));
    all.add(band);
    return new Findings(maps, spectra, clusters, regions, mixes, all, transforms, phases, quality);
  }

  /// The map of this name.
  public Optional<FoundMap> map(String name) {
    return maps.stream().filter(map -> map.name().equals(name)).findFirst();
  }

  /// With this map; one of the same name is replaced.
  public Findings with(FoundMap map) {
    var all = new ArrayList<>(maps);
    all.removeIf(old -> old.name().equals(map.name()));
    all.add(map);
    return new Findings(all, spectra, clusters, regions, mixes, bands, transforms, phases, quality);
  }

  /// With this spectrum; one of the same name is replaced.
  public Findings with(Spectrum spectrum) {
    var all = new ArrayList<>(spectra);
    all.removeIf(old -> old.name().equals(spectrum.name()));
    all.add(spectrum);
    return new Findings(maps, all, clusters, regions, mixes, bands, transforms, phases, quality);
  }

  public Findings with(Clusters found) {
    return new Findings(
        maps, spectra, Optional.of(found), regions, mixes, bands, transforms, phases, quality);
  }

  public Findings with(PlaneTransforms moved) {
    return new Findings(
        maps, spectra, clusters, regions, mixes, bands, Optional.of(moved), phases, quality);
  }

  public Findings with(Phases found) {
    return new Findings(
        maps, spectra, clusters, regions, mixes, bands, transforms, Optional.of(found), quality);
  }

  public Findings with(Quality other) {
    return new Findings(maps, spectra, clusters, regions, mixes, bands, transforms, phases, other);
  }

  /// One quantity over the image.
  ///
  /// @param name a word or two for a person; by it other steps ask for the map
  /// @param unit empty for a ratio
  /// @param values NaN where nothing is known
  /// @param sigma standard deviation of each value, where it is known
  public record FoundMap(String name, String unit, RealField values, Optional<RealField> sigma) {
    public static FoundMap of(String name, String unit, RealField values) {
      return new FoundMap(name, unit, values, Optional.empty());
    }
  }
}
