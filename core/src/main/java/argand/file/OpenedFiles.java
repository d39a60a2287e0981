package argand.file;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.Frames;
import argand.data.Product;
import argand.data.Spectrum;
import argand.flow.FileDoor;
import argand.flow.ImageFile;
import argand.flow.MapFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Opens calibration images, spectra and earlier results for steps.
public final class OpenedFiles implements FileDoor {
  @Override
  public Product product(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new FileTrouble(file, "there is no such file");
    }
    return ResultReader.product(file);
  }

  @Override
  public MapFile.Foreign map(MapFile file) {
    return ForeignMap.read(file);
  }

  @Override
  public List<Spectrum> spectra(Path file, Consumer<String> note) {
    return SpectrumReader.read(file, note);
  }

  @Override
  public Frames images(ImageFile image, Grid detector) {
    Path file = image.file();
    if (!Files.isRegularFile(file)) {
      throw new FileTrouble(
          file, Files.isDirectory(file) ? "this is a folder, not a file" : "there is no such file");
    }
    FirstOpening.check(List.of(file));
    var turn = new FrameAxes.Flip(image.flipY(), image.flipX(), false);
    if (TiffReader.claims(file)) {
      return pages(TiffReader.read(file), image, turn, detector);
    }
    if (Hdf5.looksLikeHdf5(file)) {
      try (var h5 = Hdf5.open(file)) {
        return arrays(h5, Hdf5Tour.datasets(h5), image, turn, detector);
      }
    }
    try (var numpy = NumpyFile.open(file)) {
      return arrays(numpy, numpy.names(), image, turn, detector);
    }
  }

  private static Frames pages(
      TiffStack stack, ImageFile image, FrameAxes.Flip turn, Grid detector) {
    long[] shape = {stack.pages().size(), stack.rows(), stack.columns()};
    var axes = new FrameAxes("pages", shape, 1, 2, false).turned(image.transpose(), turn);
    if (axes.rows() != detector.rows() || axes.columns() != detector.columns()) {
      throw size(image, stack.rows() + " × " + stack.columns() + " pixels", detector);
    }
    var fields = new ArrayList<RealField>();
    for (int k : DetectorImages.chosen(stack.pages().size())) {
      var field = new RealField(detector);
      axes.place(stack.pages().get(k), 0, detector, field.values());
      fields.add(field);
    }
    return Frames.of(fields);
  }

  private static Frames arrays(
      Datasets file, List<String> names, ImageFile image, FrameAxes.Flip turn, Grid detector) {
    if (image.dataset().isPresent()) {
      String name = image.dataset().get();
      return DetectorImages.read(file, name, image.transpose(), turn, detector)
          .orElseThrow(() -> size(image, java.util.Arrays.toString(file.shape(name)), detector));
    }
    var fitting =
        names.stream()
            .filter(name -> DetectorImages.fits(file.shape(name), image.transpose(), detector))
            .toList();
    if (fitting.isEmpty()) {
      throw size(image, "nowhere in the file", detector);
    }
    if (fitting.size() > 1) {
      throw new InvalidInput(
              "dataset",
              "not given, and " + fitting.size() + " arrays have the size of the frames",
              "one of " + String.join(", ", fitting),
              "")
          .at(image.file().toString());
    }
    return DetectorImages.read(file, fitting.getFirst(), image.transpose(), turn, detector)
        .orElseThrow();
  }

  private static InvalidInput size(ImageFile image, String found, Grid detector) {
    return new InvalidInput(
            image.dataset().orElse("the images"),
            found,
            "images of " + detector.rows() + " × " + detector.columns() + ", as the frames are now",
            "calibrate before frames are cropped or binned")
        .at(image.file().toString());
  }
}
