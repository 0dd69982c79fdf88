//! Collecting instances, codegen units, symbol names (v0).
