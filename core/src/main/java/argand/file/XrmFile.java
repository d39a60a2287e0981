package argand.file;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/// What the control program of an Xradia microscope says of its images, in a `.xrm` or `.txrm`
/// file.
///
/// @param type of a pixel: 3 is a byte, 5 an unsigned 16-bit number, 10 a 32-bit float
/// @param energies of the images [eV]; 0 where it did not know
/// @param exposure of an image [s]; 0 where it did not know
/// @param pixel edge on the sample [m]; 0 where it did not know
/// @param angle of the sample [rad]
/// @param flatExposure of the image of the empty beam in the file [s]; empty without one
record XrmFile(
    Path file,
    int rows,
    int columns,
    int count,
    int type,
    float[] energies,
    double exposure,
    double pixel,
    double angle,
    Optional<Double> flatExposure) {
  private static final String INFO = "ImageInfo/";

  /// Images of a folder inside the file.
  private static final int PER_FOLDER = 100;

  static XrmFile of(Path file) {
    try (var document = CompoundDocument.open(file)) {
      if (!document.has(INFO + "ImageWidth") || !document.has(INFO + "ImageHeight")) {
        throw new FileTrouble(file, "this compound document holds no Xradia images");
      }
      int columns = document.ints(INFO + "ImageWidth")[0];
      int rows = document.ints(INFO + "ImageHeight")[0];
      int count = document.has(INFO + "NoOfImages") ? document.ints(INFO + "NoOfImages")[0] : 1;
      int type = document.has(INFO + "DataType") ? document.ints(INFO + "DataType")[0] : 0;
      if (rows < 1 || columns < 1 || count < 1 || count > 1_000_000) {
        throw new FileTrouble(file, "it states " + count + " images of " + rows + " × " + columns);
      }
      if (bytes(type) == 0) {
        throw new FileTrouble(
            file, "its pixels are of type " + type + "; known are 3 (8 bits), 5 (16), 10 (float)");
      }
      for (int k : new int[] {0, count - 1}) {
        long held = document.bytes(image(k));
        if (held < (long) rows * columns * bytes(type)) {
          throw new FileTrouble(
              file,
              image(k)
                  + " holds "
                  + held
                  + " bytes; expected "
                  + (long) rows * columns * bytes(type));
        }
      }
      boolean beam = document.bytes("ReferenceData/Image") >= (long) rows * columns * bytes(type);
      return new XrmFile(
          file,
          rows,
          columns,
          count,
          type,
          document.has(INFO + "Energy") ? document.floats(INFO + "Energy") : new float[0],
          document.number(INFO + "ExpTimes").orElse(0f),
          1e-6 * document.number(INFO + "PixelSize").orElse(0f),
          Math.toRadians(document.number(INFO + "Angles").orElse(0f)),
          beam && document.number("ReferenceData/ExpTime").isPresent()
              ? document.number("ReferenceData/ExpTime").map(Float::doubleValue)
              : Optional.empty());
    }
  }

  static String image(int index) {
    return "ImageData" + (index / PER_FOLDER + 1) + "/Image" + (index + 1);
  }

  static final String BEAM = "ReferenceData/Image";

  private static int bytes(int type) {
    return switch (type) {
      case 3 -> 1;
      case 5 -> 2;
      case 10 -> 4;
      default -> 0;
    };
  }

  boolean integers() {
    return type != 10;
  }

  /// The energy of image `index`: as stated, else as the file's name tells; 0 where no one knows.
  double energy(int index) {
    if (index < energies.length && energies[index] > 0) {
      return energies[index];
    }
    return count == 1 ? PhotonEnergies.inName(String.valueOf(file.getFileName())).orElse(0.0) : 0;
  }

  /// sum[i] += pixels first … first + length of the image of this name
  void add(CompoundDocument document, String image, int first, int length, double[] sum) {
    ByteBuffer bytes = document.read(image, (long) first * bytes(type), length * bytes(type));
    for (int i = 0; i < length; i++) {
      sum[i] +=
          switch (type) {
            case 3 -> bytes.get(i) & 0xff;
            case 5 -> bytes.getShort(2 * i) & 0xffff;
            default -> bytes.getFloat(4 * i);
          };
    }
  }
}
