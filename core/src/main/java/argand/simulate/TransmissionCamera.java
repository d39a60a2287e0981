package argand.simulate;

import argand.Param;
import argand.array.Check;

/// The camera of a full-field transmission microscope: counts on a dark level, a white field that
/// is uneven in a way of its own, and columns whose gain flickers.
public record TransmissionCamera(
    @Param(value = "mean counts of a pixel without sample", byDefault = "2500") double counts,
    @Param(value = "rms unevenness of the white field", byDefault = "0.05") double structure,
    @Param(value = "dark level, counts", byDefault = "100") double dark,
    @Param(value = "flat frames at each energy", byDefault = "10") int flats,
    @Param(
            value = "share of the light that passes beside the sample or at another energy",
            byDefault = "0")
        double leak,
    @Param(value = "width of a band of columns whose gain flickers, pixels", byDefault = "0")
        int flickerPx) {
  public TransmissionCamera {
    Check.within("counts", counts, 1, 65000, "");
    Check.within("structure", structure, 0, 0.5, "");
    Check.within("dark", dark, 0, 10000, "");
    Check.atLeast("flats", flats, 1);
    Check.within("leak", leak, 0, 0.5, "");
    Check.within("flickerPx", flickerPx, 0, 1000, "");
  }
}
