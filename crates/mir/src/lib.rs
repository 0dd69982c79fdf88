//! The mid-level IR: bodies, visitors, printer, validator, dataflow.
