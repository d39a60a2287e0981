package argand.flow;

import argand.data.DiffractionScan;
import argand.data.EnergyStack;
import argand.data.FluorescenceSpectra;
import argand.data.LineAreas;
import argand.data.Reconstruction;
import argand.data.ScanMaps;
import argand.data.StructuredScan;
import java.util.Optional;

/// The other beginning of a recipe: measurements that are computed, not read. Counted, so that each
/// can be made alone. The runner writes each as a raw file and its truth beside it, and the recipe
/// goes on from that file.
public sealed interface Maker {
  /// How many measurements it makes.
  int count();

  /// A name for measurement `index`, fit for a file name.
  String name(int index);

  /// Makes diffraction scans.
  non-sealed interface OfScans extends Maker {
    /// Measurement `index` and the sample, probe and positions it was made with.
    Made make(int index, Watch watch);

    /// What all its measurements show together, where they are of one sample: what the answer of
    /// `then` is compared with.
    default Optional<EnergyStack> commonTruth() {
      return Optional.empty();
    }
  }

  /// Makes energy stacks.
  non-sealed interface OfStacks extends Maker {
    /// Measurement `index` and the sample it was made with.
    MadeStack make(int index, Watch watch);
  }

  /// Makes structured scans.
  non-sealed interface OfStructuredScans extends Maker {
    /// Measurement `index` and the sample it was made with.
    MadeStructuredScan make(int index, Watch watch);
  }

  /// Makes fluorescence spectra.
  non-sealed interface OfSpectra extends Maker {
    /// Measurement `index` and the sample it was made with.
    MadeSpectra make(int index, Watch watch);
  }

  /// A simulated measurement and its truth; the object's grid may be finer and larger than the
  /// solver's.
  record Made(DiffractionScan scan, Reconstruction truth) {}

  /// A simulated stack and its truth, on the same grid: amounts and shares of each component as
  /// maps, regions as clusters, what was really done to each image as transforms.
  record MadeStack(EnergyStack stack, EnergyStack truth) {}

  /// A simulated structured scan and its truth: what each signal would be of each pixel, per unit
  /// of
  /// the patterns, as maps of the same names and on the same grid.
  ///
  /// @param spectra one for each pattern, where signals are yet to be made of them
  record MadeStructuredScan(
      StructuredScan scan, Optional<FluorescenceSpectra> spectra, ScanMaps truth) {
    public MadeStructuredScan(StructuredScan scan, ScanMaps truth) {
      this(scan, Optional.empty(), truth);
    }
  }

  /// Simulated spectra and their truth: of each group of lines the photons that were counted whole
  /// and alone, and the areal density of its element.
  record MadeSpectra(FluorescenceSpectra spectra, LineAreas truth) {}
}
