//! Built-in macros.
