//! Mandatory MIR lowering (drop elaboration, ...) and optimisation passes.
