//! The MIR interpreter: constants, statics, const fn.
