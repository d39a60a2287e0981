import argand.data.EnergyStack;
import argand.data.RawFile;
import argand.file.ReadStack;
import argand.file.SpectrumReader;
import argand.file.TiffWriter;
import argand.flow.Watch;
import argand.register.JointRegistration.Magnification;
import argand.spectro.Align;
import argand.spectro.AlignMethod;
import argand.spectro.OpticalDensity;
import argand.spectro.Unmix;
import java.nio.file.Path;

/// The library without a recipe: from a stack of counts to the fraction of Ni(IV), as a TIFF.
///
/// Every verb of a recipe is a record of its parameters with a method `apply`; `argand verbs NAME`
/// says what they mean.
void main(String[] arguments) {
  var file = new RawFile(Path.of(arguments[0]));
  EnergyStack stack = ReadStack.defaults().apply(file, Watch.SILENT);
  stack = OpticalDensity.defaults().apply(stack, Watch.SILENT);
  var knowsTheEdge = new AlignMethod.EdgeAware(3, Magnification.NONE, true);
  stack = Align.by(knowsTheEdge).apply(stack, Watch.SILENT);
  for (int k = 1; k + 1 < arguments.length; k++) { // the references
    var reference = SpectrumReader.read(Path.of(arguments[k]), _ -> {}).getFirst();
    stack = stack.withFindings(stack.findings().with(reference));
  }
  stack = Unmix.plain().apply(stack, Watch.SILENT);
  var fraction = stack.findings().map("fraction of NiIV").orElseThrow();
  var grid = fraction.values().grid();
  float[] values = fraction.values().values();
  float[] errors = fraction.sigma().orElseThrow().values();
  double sum = 0;
  double weights = 0;
  for (int i = 0; i < values.length; i++) {
    double weight = 1 / ((double) errors[i] * errors[i]);
    if (Double.isFinite(weight * values[i])) {
      sum += weight * values[i];
      weights += weight;
    }
  }
  IO.println("Ni(IV): %.3f of the matter".formatted(sum / weights));
  Path out = Path.of(arguments[arguments.length - 1]);
  TiffWriter.write(out, grid.rows(), grid.columns(), 1, _ -> values);
}
