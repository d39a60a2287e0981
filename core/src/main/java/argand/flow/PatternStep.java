package argand.flow;

import argand.data.StructuredScan;

/// A step from structured scan to structured scan: every verb of single-pixel imaging after the
/// first.
public interface PatternStep extends Step.One<StructuredScan, StructuredScan> {
  @Override
  default Class<StructuredScan> takes() {
    return StructuredScan.class;
  }

  @Override
  default Class<StructuredScan> gives() {
    return StructuredScan.class;
  }
}
