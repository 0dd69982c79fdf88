//! Non-lexical lifetimes on MIR.
