//! The compiler in a browser worker.
