//! Integers with a restricted range, whose other values `Option` uses.

// The range is of the bits, so a signed non-zero is `1..=MAX` of the unsigned type.
macro_rules! restricted {
    ($($name:ident($t:ident: $low:literal..=$high:literal);)*) => {$(
        #[derive(Clone, Copy)]
        #[repr(transparent)]
        #[rustc_layout_scalar_valid_range_start($low)]
        #[rustc_layout_scalar_valid_range_end($high)]
        pub struct $name($t);

        impl $name {
            #[inline]
            pub const unsafe fn new_unchecked(val: $t) -> Self {
                unsafe { $name(val) }
            }

            #[inline]
            pub const fn as_inner(self) -> $t {
                unsafe { crate::mem::transmute(self) }
            }
        }
    )*};
}
restricted! {
    Nanoseconds(u32: 0..=999_999_999);
    UsizeNoHighBit(usize: 0..=0x7fff_ffff_ffff_ffff);
    NonZeroU8Inner(u8: 1..=0xff);
    NonZeroU16Inner(u16: 1..=0xffff);
    NonZeroU32Inner(u32: 1..=0xffff_ffff);
    NonZeroU64Inner(u64: 1..=0xffff_ffff_ffff_ffff);
    NonZeroU128Inner(u128: 1..=0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff);
    NonZeroUsizeInner(usize: 1..=0xffff_ffff_ffff_ffff);
    NonZeroI8Inner(i8: 1..=0xff);
    NonZeroI16Inner(i16: 1..=0xffff);
    NonZeroI32Inner(i32: 1..=0xffff_ffff);
    NonZeroI64Inner(i64: 1..=0xffff_ffff_ffff_ffff);
    NonZeroI128Inner(i128: 1..=0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff);
    NonZeroIsizeInner(isize: 1..=0xffff_ffff_ffff_ffff);
}

impl PartialEq for Nanoseconds {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.as_inner() == other.as_inner()
    }
}

impl Eq for Nanoseconds {}

impl PartialOrd for Nanoseconds {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<crate::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Nanoseconds {
    #[inline]
    fn cmp(&self, other: &Self) -> crate::cmp::Ordering {
        self.as_inner().cmp(&other.as_inner())
    }
}

impl crate::hash::Hash for Nanoseconds {
    fn hash<H: crate::hash::Hasher>(&self, state: &mut H) {
        self.as_inner().hash(state)
    }
}

impl Default for Nanoseconds {
    fn default() -> Self {
        unsafe { Self::new_unchecked(0) }
    }
}
