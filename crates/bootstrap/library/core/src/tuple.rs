//! Traits of tuples up to twelve elements.

use crate::cmp::Ordering::{self, Equal};

macro_rules! tuple_impls {
    ($(($($T:ident $i:tt),+);)*) => {$(
        impl<$($T: PartialEq),+> PartialEq for ($($T,)+) {
            #[inline]
            fn eq(&self, other: &($($T,)+)) -> bool {
                $(self.$i == other.$i)&&+
            }
            #[inline]
            fn ne(&self, other: &($($T,)+)) -> bool {
                $(self.$i != other.$i)||+
            }
        }

        impl<$($T: Eq),+> Eq for ($($T,)+) {}

        impl<$($T: PartialOrd),+> PartialOrd for ($($T,)+) {
            #[inline]
            fn partial_cmp(&self, other: &($($T,)+)) -> Option<Ordering> {
                $(
                    match self.$i.partial_cmp(&other.$i) {
                        Some(Equal) => {}
                        unequal => return unequal,
                    }
                )+
                Some(Equal)
            }
        }

        impl<$($T: Ord),+> Ord for ($($T,)+) {
            #[inline]
            fn cmp(&self, other: &($($T,)+)) -> Ordering {
                $(
                    match self.$i.cmp(&other.$i) {
                        Equal => {}
                        unequal => return unequal,
                    }
                )+
                Equal
            }
        }

        impl<$($T: Default),+> Default for ($($T,)+) {
            #[inline]
            fn default() -> ($($T,)+) {
                ($($T::default(),)+)
            }
        }
    )*};
}
tuple_impls! {
    (A 0);
    (A 0, B 1);
    (A 0, B 1, C 2);
    (A 0, B 1, C 2, D 3);
    (A 0, B 1, C 2, D 3, E 4);
    (A 0, B 1, C 2, D 3, E 4, F 5);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
}

macro_rules! tuple_arrays {
    ($($n:literal ($($x:ident $T:ident),+);)*) => {$(
        impl<T> From<[T; $n]> for ($($T,)+) {
            #[inline]
            fn from([$($x),+]: [T; $n]) -> Self {
                ($($x,)+)
            }
        }

        impl<T> From<($($T,)+)> for [T; $n] {
            #[inline]
            fn from(($($x,)+): ($($T,)+)) -> Self {
                [$($x),+]
            }
        }
    )*};
}
tuple_arrays! {
    1 (a T);
    2 (a T, b T);
    3 (a T, b T, c T);
    4 (a T, b T, c T, d T);
    5 (a T, b T, c T, d T, e T);
    6 (a T, b T, c T, d T, e T, f T);
    7 (a T, b T, c T, d T, e T, f T, g T);
    8 (a T, b T, c T, d T, e T, f T, g T, h T);
    9 (a T, b T, c T, d T, e T, f T, g T, h T, i T);
    10 (a T, b T, c T, d T, e T, f T, g T, h T, i T, j T);
    11 (a T, b T, c T, d T, e T, f T, g T, h T, i T, j T, k T);
    12 (a T, b T, c T, d T, e T, f T, g T, h T, i T, j T, k T, l T);
}
