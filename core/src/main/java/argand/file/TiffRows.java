package argand.file;

import argand.array.Grid;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.Rectangle;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import org.jspecify.annotations.Nullable;

/// Planes in the pages of TIFF files, one file after the other; see {@link TiffReader}.
final class TiffRows implements PlaneRows {
  private final List<Path> files;
  private final int[] pages; // of each file
  private final int count;
  private final Grid grid;
  private final int rowsTogether;
  private boolean integers = true;

  /// One file at a time is open.
  private int open = -1;

  private boolean signed;

  private final ImageReader reader;
  private @Nullable FileImageInputStream stream;

  /// @throws FileTrouble when one of them is no TIFF, damaged, or its pages differ in size
  TiffRows(List<Path> files) {
    this.files = List.copyOf(files);
    this.pages = new int[files.size()];
    this.reader = new TIFFImageReaderSpi().createReaderInstance(null);
    int rows = 0;
    int columns = 0;
    int all = 0;
    try {
      for (int f = 0; f < pages.length; f++) {
        Path file = files.get(f);
        if (!TiffReader.claims(file)) {
          throw new FileTrouble(file, "this is not a TIFF file");
        }
        switchTo(f);
        pages[f] = reader.getNumImages(true);
        for (int page = 0; page < pages[f]; page++) {
          if (f == 0 && page == 0) {
            rows = reader.getHeight(0);
            columns = reader.getWidth(0);
          }
          if (reader.getHeight(page) != rows || reader.getWidth(page) != columns) {
            throw new FileTrouble(
                file,
                "page "
                    + page
                    + " has "
                    + reader.getHeight(page)
                    + " × "
                    + reader.getWidth(page)
                    + " pixels; expected "
                    + rows
                    + " × "
                    + columns
                    + " as the first page");
          }
        }
        all += pages[f];
      }
      integers = region(0, 0, new Rectangle(0, 0, 1, 1)).getTransferType() < DataBuffer.TYPE_FLOAT;
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
      close();
      throw damaged(open, damaged);
    } catch (FileTrouble trouble) {
      close();
      throw trouble;
    }
    this.rowsTogether = TiffStrips.of(files.getFirst()).rowsTogether();
    this.count = all;
    this.grid = new Grid(rows, columns, 1, 1);
  }

  /// Pages of file `index`.
  int pages(int index) {
    return pages[index];
  }

  boolean integers() {
    return integers;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public Grid grid() {
    return grid;
  }

  @Override
  public int together() {
    return 1;
  }

  @Override
  public int rowsTogether() {
    return rowsTogether;
  }

  @Override
  public synchronized void read(int first, int planes, int row, int rows, float[] into) {
    for (int p = 0; p < planes; p++) {
      int file = 0;
      int page = first + p;
      while (page >= pages[file]) {
        page -= pages[file++];
      }
      try {
        switchTo(file);
        var raster = region(file, page, new Rectangle(0, row, grid.columns(), rows));
        TiffReader.pixels(files.get(file), page, raster, signed, into, p * rows * grid.columns());
      } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
        throw damaged(file, damaged);
      }
    }
  }

  private Raster region(int file, int page, Rectangle rectangle) throws IOException {
    switchTo(file);
    ImageReadParam part = reader.getDefaultReadParam();
    part.setSourceRegion(rectangle);
    return reader.readRaster(page, part);
  }

  private void switchTo(int file) throws IOException {
    if (open == file) {
      return;
    }
    if (stream != null) {
      stream.close();
    }
    open = file;
    signed = TiffStrips.of(files.get(file)).signed();
    stream = new FileImageInputStream(files.get(file).toFile());
    reader.setInput(stream);
  }

  private FileTrouble damaged(int file, Exception damaged) {
    return new FileTrouble(
        files.get(file),
        "the TIFF file is damaged or of an unknown kind: " + damaged.getMessage(),
        damaged);
  }

  @Override
  public synchronized void close() {
    reader.dispose();
    try {
      if (stream != null) {
        stream.close();
      }
    } catch (IOException trouble) {
      throw new FileTrouble(files.get(open), "cannot be closed: " + trouble.getMessage(), trouble);
    }
  }
}
