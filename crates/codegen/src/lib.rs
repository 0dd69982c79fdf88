//! MIR to Cranelift IR to object bytes.
