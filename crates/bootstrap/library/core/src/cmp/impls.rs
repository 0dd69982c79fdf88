//! Comparison of the primitive types and of references.

use super::Ordering::{self, Equal, Greater, Less};
use crate::marker::PointeeSized;

impl PartialEq for () {
    #[inline]
    fn eq(&self, _other: &()) -> bool {
        true
    }
}
impl Eq for () {}
impl PartialOrd for () {
    #[inline]
    fn partial_cmp(&self, _: &()) -> Option<Ordering> {
        Some(Equal)
    }
}
impl Ord for () {
    #[inline]
    fn cmp(&self, _other: &()) -> Ordering {
        Equal
    }
}

impl PartialEq for ! {
    fn eq(&self, _: &!) -> bool {
        *self
    }
}
impl Eq for ! {}
impl PartialOrd for ! {
    fn partial_cmp(&self, _: &!) -> Option<Ordering> {
        *self
    }
}
impl Ord for ! {
    fn cmp(&self, _: &!) -> Ordering {
        *self
    }
}

macro_rules! partial_eq {
    ($($t:ty)*) => {$(
        impl const PartialEq for $t {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                *self == *other
            }
            #[inline]
            fn ne(&self, other: &Self) -> bool {
                *self != *other
            }
        }
    )*};
}
partial_eq! { bool char usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f16 f32 f64 f128 }

macro_rules! operators {
    () => {
        #[inline(always)]
        fn lt(&self, other: &Self) -> bool {
            *self < *other
        }
        #[inline(always)]
        fn le(&self, other: &Self) -> bool {
            *self <= *other
        }
        #[inline(always)]
        fn gt(&self, other: &Self) -> bool {
            *self > *other
        }
        #[inline(always)]
        fn ge(&self, other: &Self) -> bool {
            *self >= *other
        }
    };
}

macro_rules! total_order {
    ($($t:ty)*) => {$(
        impl const Eq for $t {}

        impl const PartialOrd for $t {
            #[inline]
            fn partial_cmp(&self, other: &$t) -> Option<Ordering> {
                Some(crate::intrinsics::three_way_compare(*self, *other))
            }
            operators! {}
        }

        impl const Ord for $t {
            #[inline]
            fn cmp(&self, other: &$t) -> Ordering {
                crate::intrinsics::three_way_compare(*self, *other)
            }
        }
    )*};
}
total_order! { char usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 }

impl const Eq for bool {}

impl const PartialOrd for bool {
    #[inline]
    fn partial_cmp(&self, other: &bool) -> Option<Ordering> {
        Some(self.cmp(other))
    }
    operators! {}
}

impl const Ord for bool {
    #[inline]
    fn cmp(&self, other: &bool) -> Ordering {
        crate::intrinsics::three_way_compare(*self as u8, *other as u8)
    }
}

macro_rules! float_order {
    ($($t:ty)*) => {$(
        impl const PartialOrd for $t {
            #[inline]
            fn partial_cmp(&self, other: &$t) -> Option<Ordering> {
                if *self < *other {
                    Some(Less)
                } else if *self == *other {
                    Some(Equal)
                } else if *self > *other {
                    Some(Greater)
                } else {
                    None
                }
            }
            operators! {}
        }
    )*};
}
float_order! { f16 f32 f64 f128 }

macro_rules! reference_eq {
    ($([$($l:tt)*] [$($r:tt)*])*) => {$(
        impl<A: PointeeSized, B: PointeeSized> PartialEq<$($r)* B> for $($l)* A
        where
            A: PartialEq<B>,
        {
            #[inline]
            fn eq(&self, other: &$($r)* B) -> bool {
                PartialEq::eq(*self, *other)
            }
            #[inline]
            fn ne(&self, other: &$($r)* B) -> bool {
                PartialEq::ne(*self, *other)
            }
        }
    )*};
}
reference_eq! { [&] [&] [&mut] [&mut] [&] [&mut] [&mut] [&] }

macro_rules! reference_order {
    ($([$($p:tt)*])*) => {$(
        impl<A: PointeeSized + Eq> Eq for $($p)* A {}

        impl<A: PointeeSized, B: PointeeSized> PartialOrd<$($p)* B> for $($p)* A
        where
            A: PartialOrd<B>,
        {
            #[inline]
            fn partial_cmp(&self, other: &$($p)* B) -> Option<Ordering> {
                PartialOrd::partial_cmp(*self, *other)
            }
            #[inline]
            fn lt(&self, other: &$($p)* B) -> bool {
                PartialOrd::lt(*self, *other)
            }
            #[inline]
            fn le(&self, other: &$($p)* B) -> bool {
                PartialOrd::le(*self, *other)
            }
            #[inline]
            fn gt(&self, other: &$($p)* B) -> bool {
                PartialOrd::gt(*self, *other)
            }
            #[inline]
            fn ge(&self, other: &$($p)* B) -> bool {
                PartialOrd::ge(*self, *other)
            }
        }

        impl<A: PointeeSized + Ord> Ord for $($p)* A {
            #[inline]
            fn cmp(&self, other: &Self) -> Ordering {
                Ord::cmp(*self, *other)
            }
        }
    )*};
}
reference_order! { [&] [&mut] }
