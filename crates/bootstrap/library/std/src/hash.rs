//! Hashing.

pub use core::hash::*;

mod random;

pub use self::random::{DefaultHasher, RandomState};
