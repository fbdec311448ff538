//! Renderings of a trace made by hand (`testdata/trace.json`), as snapshots.
