package argand.data;

/// The nouns of Argand: everything a step can take or give.
/// Add one, and the compiler names every place that must learn of it.
public sealed interface Product
    permits RawFile, // as it was written
        DiffractionScan, // measured
        ScanMaps, // seen in the frames alone
        ObjectStack, // complex transmissions over energy
        EnergyStack, // images over energy, and what was found in them
        FluorescenceSpectra, // spectra of a detector that tells energies apart
        LineAreas, // what was fitted to them
        StructuredScan, // a sample under many illumination patterns, and what was found
        Picture, // one for each measurement
        Agreement { // gathered
  Source source();
}
