package argand.ptycho;

import argand.Param;
import argand.array.InvalidInput;
import argand.data.Reconstruction;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import java.util.List;

/// Several reconstructions of one sample whose fields overlap → one large field: phases, ramps and
/// amplitudes are matched in the overlaps by least squares over all of them at once.
///
/// Positions of all scans count in one frame. `seamStep` is the largest root mean square of the
/// phase left between two parts [rad], `seamStepBefore` the same without matching.
public record Stitch(
    @Param(value = "match phases, ramps and amplitudes; false only places", byDefault = "true")
        boolean match)
    implements Step.All<Reconstruction, Reconstruction> {
  @Override
  public Class<Reconstruction> takes() {
    return Reconstruction.class;
  }

  @Override
  public Class<Reconstruction> gives() {
    return Reconstruction.class;
  }

  @Override
  public Reconstruction gather(List<Reconstruction> inputs, Watch watch) {
    if (inputs.size() < 2) {
      throw new InvalidInput(
          "number of results to stitch",
          inputs.size(),
          "two or more",
          "does the pattern under `of` match all parts of the field?");
    }
    watch.tell(new Progress.Started("stitch", 0));
    long began = System.nanoTime();
    var joined = new Mosaic(inputs).joined(match);
    watch.tell(new Progress.Finished("stitch", (System.nanoTime() - began) * 1e-9));
    return joined;
  }
}
