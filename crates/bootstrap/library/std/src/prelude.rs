//! What every module sees without importing it, by edition.

pub mod v1;

/// The 2015 prelude.
pub mod rust_2015 {
    pub use super::v1::*;
    #[doc(no_inline)]
    pub use core::prelude::rust_2015::*;
}

/// The 2018 prelude.
pub mod rust_2018 {
    pub use super::v1::*;
    #[doc(no_inline)]
    pub use core::prelude::rust_2018::*;
}

/// The 2021 prelude.
pub mod rust_2021 {
    pub use super::v1::*;
    #[doc(no_inline)]
    pub use core::prelude::rust_2021::*;
}

/// The 2024 prelude.
pub mod rust_2024 {
    pub use super::v1::*;
    #[doc(no_inline)]
    pub use core::prelude::rust_2024::*;
}

/// What is planned for the edition after.
pub mod rust_future {
    pub use super::v1::*;
    #[doc(no_inline)]
    pub use core::prelude::rust_future::*;
}
