//! A power of two, as alignments are.

use crate::num::NonZero;
use crate::{cmp, fmt, hash};

/// An alignment in bytes. Stored as its value, checked at construction.
#[derive(Copy, Clone, PartialEq, Eq)]
#[repr(transparent)]
pub struct Alignment(NonZero<usize>);

impl Alignment {
    pub const MIN: Self = Self(NonZero::<usize>::MIN);

    #[inline]
    pub const fn of<T>() -> Self {
        unsafe { Self::new_unchecked(align_of::<T>()) }
    }

    #[inline]
    pub const fn new(align: usize) -> Option<Self> {
        if align.is_power_of_two() { Some(unsafe { Self::new_unchecked(align) }) } else { None }
    }

    #[inline]
    pub const unsafe fn new_unchecked(align: usize) -> Self {
        Self(unsafe { NonZero::new_unchecked(align) })
    }

    #[inline]
    pub const fn as_usize(self) -> usize {
        self.0.get()
    }

    #[inline]
    pub const fn as_nonzero(self) -> NonZero<usize> {
        self.0
    }

    #[inline]
    pub const fn log2(self) -> u32 {
        self.as_usize().trailing_zeros()
    }

    #[inline]
    pub const fn mask(self) -> usize {
        !(self.as_usize() - 1)
    }
}

impl fmt::Debug for Alignment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (1 << {})", self.as_usize(), self.log2())
    }
}

impl cmp::Ord for Alignment {
    #[inline]
    fn cmp(&self, other: &Self) -> cmp::Ordering {
        self.as_usize().cmp(&other.as_usize())
    }
}

impl cmp::PartialOrd for Alignment {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl hash::Hash for Alignment {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.as_usize().hash(state)
    }
}
