//! The bootstrap library's source files, embedded.
