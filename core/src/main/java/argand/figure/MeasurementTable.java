package argand.figure;

import argand.data.Picture;
import argand.data.Product;
import argand.data.Quality;
import argand.data.Reconstruction;
import java.util.List;

/// One line for each of many measurements that were gathered into one answer.
final class MeasurementTable {
  static final List<String> HEADINGS =
      List.of("Measurement", "Energy", "Residual", "What the judge says");

  private MeasurementTable() {}

  static List<String> row(Report.Result result) {
    Product product = result.product();
    Quality quality = Report.quality(product);
    String energy =
        product instanceof Picture picture ? Quantities.plain(picture.energyEv()) + " eV" : "";
    String residual =
        product instanceof Reconstruction one && !one.residuals().isEmpty()
            ? Quantities.plain(one.residuals().getLast())
            : "";
    return List.of(result.name(), energy, residual, String.join(" ", quality.verdict()));
  }
}
