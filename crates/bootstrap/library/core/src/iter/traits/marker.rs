//! Promises of iterators.

use crate::iter::Step;

/// Iterators that keep returning `None` after the first one.
#[lang = "fused_iterator"]
#[rustc_unsafe_specialization_marker]
pub trait FusedIterator: Iterator {}

impl<I: FusedIterator + ?Sized> FusedIterator for &mut I {}

/// Iterators whose `size_hint` is exact, or `(usize::MAX, None)` if there are more.
#[rustc_unsafe_specialization_marker]
pub unsafe trait TrustedLen: Iterator {}

unsafe impl<I: TrustedLen + ?Sized> TrustedLen for &mut I {}

/// `Step` types that keep to the trait's rules.
#[rustc_specialization_trait]
pub unsafe trait TrustedStep: Step + Copy {}
