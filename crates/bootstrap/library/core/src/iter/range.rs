//! Ranges as iterators.

use super::{FusedIterator, TrustedLen, TrustedStep};
use crate::mem;
use crate::ops;

/// Types with a successor and a predecessor.
#[rustc_diagnostic_item = "range_step"]
#[diagnostic::on_unimplemented(
    message = "`std::ops::Range<{Self}>` is not an iterator",
    label = "`Range<{Self}>` is not an iterator",
    note = "`Range` only implements `Iterator` for select types in the standard library, \
            particularly integers; to see the full list of types, see the documentation for the \
            unstable `Step` trait"
)]
pub trait Step: Clone + PartialOrd + Sized {
    fn steps_between(start: &Self, end: &Self) -> (usize, Option<usize>);
    fn forward_checked(start: Self, count: usize) -> Option<Self>;
    fn backward_checked(start: Self, count: usize) -> Option<Self>;

    fn forward(start: Self, count: usize) -> Self {
        Step::forward_checked(start, count).expect("overflow in `Step::forward`")
    }

    unsafe fn forward_unchecked(start: Self, count: usize) -> Self {
        Step::forward(start, count)
    }

    fn backward(start: Self, count: usize) -> Self {
        Step::backward_checked(start, count).expect("overflow in `Step::backward`")
    }

    unsafe fn backward_unchecked(start: Self, count: usize) -> Self {
        Step::backward(start, count)
    }
}

macro_rules! step_integers {
    ($($t:ident $U:ident)*) => {$(
        impl Step for $t {
            #[inline]
            fn steps_between(start: &Self, end: &Self) -> (usize, Option<usize>) {
                if *start > *end {
                    return (0, None);
                }
                let steps = (*end as $U).wrapping_sub(*start as $U);
                let narrow = steps as usize;
                if narrow as $U == steps { (narrow, Some(narrow)) } else { (usize::MAX, None) }
            }

            #[inline]
            fn forward_checked(start: Self, n: usize) -> Option<Self> {
                // The distance to the end of the type bounds the steps.
                let room = (<$t>::MAX as $U).wrapping_sub(start as $U);
                let steps = n as $U;
                if steps as usize != n || steps > room {
                    return None;
                }
                Some(start.wrapping_add(steps as $t))
            }

            #[inline]
            fn backward_checked(start: Self, n: usize) -> Option<Self> {
                let room = (start as $U).wrapping_sub(<$t>::MIN as $U);
                let steps = n as $U;
                if steps as usize != n || steps > room {
                    return None;
                }
                Some(start.wrapping_sub(steps as $t))
            }

            #[inline]
            #[rustc_inherit_overflow_checks]
            fn forward(start: Self, n: usize) -> Self {
                if Self::forward_checked(start, n).is_none() {
                    // Panics where the program asked for overflow checks.
                    let _ = <$t>::MAX + crate::hint::black_box(1);
                }
                start.wrapping_add(n as Self)
            }

            #[inline(always)]
            unsafe fn forward_unchecked(start: Self, n: usize) -> Self {
                start.wrapping_add(n as Self)
            }

            #[inline(always)]
            unsafe fn backward_unchecked(start: Self, n: usize) -> Self {
                start.wrapping_sub(n as Self)
            }
        }
        unsafe impl TrustedStep for $t {}
    )*};
}
step_integers! {
    u8 u8 u16 u16 u32 u32 u64 u64 u128 u128 usize usize
    i8 u8 i16 u16 i32 u32 i64 u64 i128 u128 isize usize
}

impl Step for char {
    #[inline]
    fn steps_between(&start: &char, &end: &char) -> (usize, Option<usize>) {
        let (start, end) = (start as u32, end as u32);
        if start > end {
            return (0, None);
        }
        // Surrogates are left out.
        let count = end - start - if start < 0xd800 && end >= 0xe000 { 0x800 } else { 0 };
        (count as usize, Some(count as usize))
    }

    #[inline]
    fn forward_checked(start: char, count: usize) -> Option<char> {
        let start = start as u32;
        let mut res = Step::forward_checked(start, count)?;
        if start < 0xd800 && res >= 0xd800 {
            res = Step::forward_checked(res, 0x800)?;
        }
        char::from_u32(res)
    }

    #[inline]
    fn backward_checked(start: char, count: usize) -> Option<char> {
        let start = start as u32;
        let mut res = Step::backward_checked(start, count)?;
        if start >= 0xe000 && res < 0xe000 {
            res = Step::backward_checked(res, 0x800)?;
        }
        char::from_u32(res)
    }
}
unsafe impl TrustedStep for char {}

impl<A: Step> Iterator for ops::Range<A> {
    type Item = A;

    #[inline]
    fn next(&mut self) -> Option<A> {
        if self.start < self.end {
            let n = unsafe { Step::forward_unchecked(self.start.clone(), 1) };
            Some(mem::replace(&mut self.start, n))
        } else {
            None
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.start < self.end {
            Step::steps_between(&self.start, &self.end)
        } else {
            (0, Some(0))
        }
    }

    #[inline]
    fn __trusted_len(&self) -> Option<usize> {
        self.size_hint().1
    }

    #[inline]
    fn count(self) -> usize {
        if self.start < self.end {
            Step::steps_between(&self.start, &self.end).1.expect("count overflowed usize")
        } else {
            0
        }
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<A> {
        if let Some(plus_n) = Step::forward_checked(self.start.clone(), n) {
            if plus_n < self.end {
                self.start = unsafe { Step::forward_unchecked(plus_n.clone(), 1) };
                return Some(plus_n);
            }
        }
        self.start = self.end.clone();
        None
    }

    #[inline]
    fn last(mut self) -> Option<A> {
        self.next_back()
    }

    #[inline]
    fn min(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next()
    }

    #[inline]
    fn max(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next_back()
    }
}

impl<A: Step> DoubleEndedIterator for ops::Range<A> {
    #[inline]
    fn next_back(&mut self) -> Option<A> {
        if self.start < self.end {
            self.end = unsafe { Step::backward_unchecked(self.end.clone(), 1) };
            Some(self.end.clone())
        } else {
            None
        }
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<A> {
        if let Some(minus_n) = Step::backward_checked(self.end.clone(), n) {
            if minus_n > self.start {
                self.end = unsafe { Step::backward_unchecked(minus_n, 1) };
                return Some(self.end.clone());
            }
        }
        self.end = self.start.clone();
        None
    }
}

impl<A: Step> FusedIterator for ops::Range<A> {}
unsafe impl<A: TrustedStep> TrustedLen for ops::Range<A> {}

macro_rules! exact_size {
    ($Range:ident: $($t:ty)*) => {
        $(impl ExactSizeIterator for ops::$Range<$t> {})*
    };
}
exact_size! { Range: usize u8 isize i8 u16 i16 u32 i32 }
exact_size! { RangeInclusive: u8 i8 u16 i16 }

impl<A: Step> Iterator for ops::RangeFrom<A> {
    type Item = A;

    #[inline]
    fn next(&mut self) -> Option<A> {
        let n = Step::forward(self.start.clone(), 1);
        Some(mem::replace(&mut self.start, n))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::MAX, None)
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<A> {
        let plus_n = Step::forward(self.start.clone(), n);
        self.start = Step::forward(plus_n.clone(), 1);
        Some(plus_n)
    }
}

unsafe impl<A: TrustedStep> TrustedLen for ops::RangeFrom<A> {}
impl<A: Step> FusedIterator for ops::RangeFrom<A> {}

impl<A: Step> Iterator for ops::RangeInclusive<A> {
    type Item = A;

    #[inline]
    fn next(&mut self) -> Option<A> {
        if self.exhausted || !(self.start <= self.end) {
            return None;
        }
        if self.start < self.end {
            let n = unsafe { Step::forward_unchecked(self.start.clone(), 1) };
            Some(mem::replace(&mut self.start, n))
        } else {
            self.exhausted = true;
            Some(self.start.clone())
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.is_empty() {
            return (0, Some(0));
        }
        let hint = Step::steps_between(&self.start, &self.end);
        (hint.0.saturating_add(1), hint.1.and_then(|steps| steps.checked_add(1)))
    }

    #[inline]
    fn __trusted_len(&self) -> Option<usize> {
        self.size_hint().1
    }

    #[inline]
    fn fold<B, F: FnMut(B, A) -> B>(self, init: B, mut f: F) -> B {
        let mut acc = init;
        if self.exhausted || !(self.start <= self.end) {
            return acc;
        }
        let mut x = self.start;
        while x < self.end {
            let n = unsafe { Step::forward_unchecked(x.clone(), 1) };
            acc = f(acc, mem::replace(&mut x, n));
        }
        f(acc, x)
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<A> {
        if self.is_empty() {
            return None;
        }
        if let Some(plus_n) = Step::forward_checked(self.start.clone(), n) {
            if plus_n < self.end {
                self.start = unsafe { Step::forward_unchecked(plus_n.clone(), 1) };
                return Some(plus_n);
            }
            if plus_n == self.end {
                self.start = plus_n.clone();
                self.exhausted = true;
                return Some(plus_n);
            }
        }
        self.start = self.end.clone();
        self.exhausted = true;
        None
    }

    #[inline]
    fn last(mut self) -> Option<A> {
        self.next_back()
    }

    #[inline]
    fn min(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next()
    }

    #[inline]
    fn max(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next_back()
    }
}

impl<A: Step> DoubleEndedIterator for ops::RangeInclusive<A> {
    #[inline]
    fn next_back(&mut self) -> Option<A> {
        if self.is_empty() {
            return None;
        }
        if self.start < self.end {
            let n = unsafe { Step::backward_unchecked(self.end.clone(), 1) };
            Some(mem::replace(&mut self.end, n))
        } else {
            self.exhausted = true;
            Some(self.end.clone())
        }
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<A> {
        if self.is_empty() {
            return None;
        }
        if let Some(minus_n) = Step::backward_checked(self.end.clone(), n) {
            if minus_n > self.start {
                self.end = unsafe { Step::backward_unchecked(minus_n.clone(), 1) };
                return Some(minus_n);
            }
            if minus_n == self.start {
                self.end = minus_n.clone();
                self.exhausted = true;
                return Some(minus_n);
            }
        }
        self.end = self.start.clone();
        self.exhausted = true;
        None
    }
}

unsafe impl<A: TrustedStep> TrustedLen for ops::RangeInclusive<A> {}
impl<A: Step> FusedIterator for ops::RangeInclusive<A> {}
