package argand.run;

import argand.data.Agreement;
import argand.data.DiffractionScan;
import argand.data.EnergyStack;
import argand.data.FluorescenceSpectra;
import argand.data.LineAreas;
import argand.data.ObjectStack;
import argand.data.Product;
import argand.data.RawFile;
import argand.data.Reconstruction;
import argand.data.ScanMaps;
import argand.data.StructuredScan;
import argand.figure.Panels;
import java.nio.file.Path;

/// What lies in a folder beside a product that was kept there: its pictures under `show`, its maps
/// and tables.
final class ProductFolder {
  private ProductFolder() {}

  static void fill(Path folder, Product product) {
    switch (product) {
      case Reconstruction picture -> Panels.of(picture, show(folder));
      case ObjectStack stack -> Panels.of(stack, show(folder));
      case EnergyStack stack -> {
        Panels.of(stack, show(folder));
        StackOutput.write(stack, folder);
      }
      case LineAreas areas -> {
        Panels.of(areas, show(folder));
        AreaOutput.write(areas, folder);
      }
      case StructuredScan scan -> {
        Panels.of(scan, show(folder));
        PatternOutput.write(scan, folder);
      }
      case RawFile _, DiffractionScan _, ScanMaps _, FluorescenceSpectra _, Agreement _ -> {}
    }
  }

  private static Path show(Path folder) {
    return RunFolder.make(folder.resolve("show"));
  }
}
