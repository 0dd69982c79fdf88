//! Visiting.
