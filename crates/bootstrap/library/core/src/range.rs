//! The range types by their future paths.

pub use crate::ops::{Bound, OneSidedRange, RangeBounds, RangeFull, RangeTo, RangeToInclusive};

pub mod legacy {
    //! The range types of today's `..` syntax.
    pub use crate::ops::{Range, RangeFrom, RangeInclusive, RangeToInclusive};
}
