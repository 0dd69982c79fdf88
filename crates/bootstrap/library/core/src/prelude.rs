//! What every module sees without importing it, by edition.

pub mod v1;

/// The 2015 prelude.
pub mod rust_2015 {
    pub use super::v1::*;
}

/// The 2018 prelude.
pub mod rust_2018 {
    pub use super::v1::*;
}

/// The 2021 prelude.
pub mod rust_2021 {
    pub use super::v1::*;
    pub use crate::convert::{TryFrom, TryInto};
    pub use crate::iter::FromIterator;
}

/// The 2024 prelude.
pub mod rust_2024 {
    pub use super::v1::*;
    pub use crate::convert::{TryFrom, TryInto};
    pub use crate::future::{Future, IntoFuture};
    pub use crate::iter::FromIterator;
}

/// What is planned for the edition after.
pub mod rust_future {
    pub use super::rust_2024::*;
}
