//! `u32` ids as types of their own: [`newtype_index!`], and re-exports of the index-keyed containers.

pub use rustc_index::{Idx, IndexSlice, IndexVec, bit_set};

/// Defines a `Copy` newtype over `u32` that implements [`Idx`], for use with [`IndexVec`].
///
/// `newtype_index! { /// docs  pub struct Local = "_"; }`: the string is the prefix that `Debug` prints.
#[macro_export]
macro_rules! newtype_index {
    (@no_codec $(#[$attr:meta])* $vis:vis struct $name:ident = $prefix:literal;) => {
        $(#[$attr])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis struct $name(u32);

        #[allow(dead_code)]
        impl $name {
            /// The largest index.
            $vis const MAX: $name = $name(0xFFFF_FF00);
            /// The first index.
            $vis const ZERO: $name = $name(0);
            /// The index with this number.
            #[inline]
            $vis const fn from_u32(n: u32) -> Self { $name(n) }
            /// The index with this number.
            #[inline]
            $vis const fn from_usize(n: usize) -> Self { $name(n as u32) }
            /// This index's number.
            #[inline]
            $vis const fn as_u32(self) -> u32 { self.0 }
            /// This index's number.
            #[inline]
            $vis const fn as_usize(self) -> usize { self.0 as usize }
            /// This index's number.
            #[inline]
            $vis const fn index(self) -> usize { self.0 as usize }
        }

        impl $crate::index::Idx for $name {
            #[inline]
            fn new(n: usize) -> Self { $name(n as u32) }
            #[inline]
            fn index(self) -> usize { self.0 as usize }
        }

        impl ::std::ops::Add<usize> for $name {
            type Output = Self;
            #[inline]
            fn add(self, n: usize) -> Self { $name(self.0 + n as u32) }
        }

        impl ::std::ops::AddAssign<usize> for $name {
            #[inline]
            fn add_assign(&mut self, n: usize) { self.0 += n as u32; }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }
    };
    ($(#[$attr:meta])* $vis:vis struct $name:ident = $prefix:literal;) => {
        $crate::newtype_index! { @no_codec $(#[$attr])* $vis struct $name = $prefix; }

        impl<E: $crate::codec::Encoder> $crate::codec::Encodable<E> for $name {
            fn encode(&self, e: &mut E) { e.emit_u32(self.0); }
        }

        impl<D: $crate::codec::Decoder> $crate::codec::Decodable<D> for $name {
            fn decode(d: &mut D) -> Self { $name(d.read_u32()) }
        }
    };
}
