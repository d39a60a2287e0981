package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.Spectrum;
import argand.exafs.Autobk;
import argand.exafs.MeasuredShell;
import argand.exafs.RadialTransform;
import argand.exafs.Scattering;
import argand.exafs.TransformWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Where the scattering amplitude and phase of a shell of neighbours come from.
public sealed interface ShellTable {
  /// Taper of the window that cuts a standard's peak out of χ(R) [Å].
  double TAPER = 0.2;

  /// Of the shell, as `Mn–O`.
  String name();

  /// Its tables.
  ///
  /// @param found spectra that earlier steps left
  Scattering scattering(Autobk background, RadialTransform transform, List<Spectrum> found);

  /// Out of a file of FEFF's.
  record Feff(
      @Param("name of the shell, as Mn–O") String name,
      @Param("file feffNNNN.dat of a path of single scattering") Path file)
      implements ShellTable {
    public Feff {
      named(name);
    }

    @Override
    public Scattering scattering(
        Autobk background, RadialTransform transform, List<Spectrum> found) {
      try {
        return Scattering.feff(name, Files.readAllLines(file, StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        throw new InvalidInput("the table of " + name, file, "a file that can be read", "");
      }
    }
  }

  /// Out of the measured spectrum of a standard whose distance is known.
  record Standard(
      @Param("name of the shell, as Mn–O") String name,
      @Param("file with the standard's spectrum; without it one that an earlier step left")
          Optional<Path> file,
      @Param(value = "name of the spectrum; the first of the file", byDefault = "\"\"")
          String spectrum,
      @Param(value = "distance of the shell in the standard", unit = "m") double distance,
      @Param("neighbours in the standard's shell") double neighbours,
      @Param(value = "where its peak in |χ(R)| begins", unit = "m") double from,
      @Param(value = "where it ends", unit = "m") double to,
      @Param("edge energy of the standard; without it the steepest rise") OptionalDouble e0Ev)
      implements ShellTable {
    public Standard {
      named(name);
      Check.within("distance", distance, 0.5e-10, 20e-10, "m");
      Check.within("neighbours", neighbours, 1e-3, 1000, "");
      if (!(from >= 0 && to > from && to < 20e-10)) {
        throw new InvalidInput(
            "the peak of " + name,
            "from " + from * 1e10 + " to " + to * 1e10 + " Å",
            "rising distances below 20 Å",
            "");
      }
      if (file.isEmpty() && spectrum.isEmpty()) {
        throw new InvalidInput(
            "the standard of " + name,
            "neither a file nor the name of a spectrum",
            "one of them",
            "write file: mno.xdi");
      }
    }

    @Override
    public Scattering scattering(
        Autobk background, RadialTransform transform, List<Spectrum> found) {
      var all =
          References.chosen(
              file.stream().toList(), spectrum.isEmpty() ? List.of() : List.of(spectrum), found);
      var measured = all.getFirst();
      var normalized = NormalizedSpectrum.of(measured, e0Ev, 0);
      double[] chi =
          background
              .reduction(measured.energyEv(), normalized.e0Ev())
              .chi(measured.values(), normalized.edgeStep());
      var peak = new TransformWindow(TransformWindow.Shape.HANNING, from * 1e10, to * 1e10, TAPER);
      return MeasuredShell.of(name, chi, transform, peak, distance * 1e10, neighbours);
    }
  }

  private static void named(String name) {
    if (name.isBlank()) {
      throw new InvalidInput("name", "empty", "a name for the shell, as Mn–O", "");
    }
  }
}
