package argand.flow;

import argand.data.DiffractionScan;

/// A step from scan to scan: what conditions, judges or completes a measurement.
public interface ScanStep extends Step.One<DiffractionScan, DiffractionScan> {
  @Override
  default Class<DiffractionScan> takes() {
    return DiffractionScan.class;
  }

  @Override
  default Class<DiffractionScan> gives() {
    return DiffractionScan.class;
  }
}
