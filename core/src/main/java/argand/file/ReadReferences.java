package argand.file;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.RawFile;
import argand.data.Spectrum;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import java.util.ArrayList;

/// Reads the spectra of a file (see {@link SpectrumReader}) as a stack of a single pixel: what a
/// plan made of references alone begins with. The pixel has the first spectrum; all of them are
/// kept
/// beside it.
public record ReadReferences() implements Step.One<RawFile, EnergyStack> {
  /// Of a pixel that has no size.
  private static final double NOMINAL = 1e-6;

  @Override
  public Class<RawFile> takes() {
    return RawFile.class;
  }

  @Override
  public Class<EnergyStack> gives() {
    return EnergyStack.class;
  }

  @Override
  public EnergyStack apply(RawFile input, Watch watch) {
    var notes = new ArrayList<String>();
    var spectra = SpectrumReader.read(input.path(), notes::add);
    notes.forEach(note -> watch.tell(new Progress.Noted(note)));
    Spectrum first = spectra.getFirst();
    var planes = new ArrayList<RealField>();
    for (double value : first.values()) {
      planes.add(new RealField(new Grid(1, 1, NOMINAL, NOMINAL), new float[] {(float) value}));
    }
    var stack =
        EnergyStack.of(
            first.energyEv(),
            Planes.of(planes),
            first.quantity(),
            input.source().withStep("readReferences"));
    for (var note : notes) {
      stack = stack.withSource(stack.source().withNote(note));
    }
    for (var spectrum : spectra) {
      stack = stack.withFindings(stack.findings().with(spectrum));
    }
    return stack;
  }
}
