//! THIR, exhaustiveness, unsafety, and building MIR from them.
