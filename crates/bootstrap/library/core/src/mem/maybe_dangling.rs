//! A value whose references need not be valid.

/// Suppresses what the compiler may assume about references inside `P`.
#[repr(transparent)]
#[rustc_pub_transparent]
#[derive(Debug, Copy, Clone, Default)]
pub struct MaybeDangling<P: ?Sized>(P);

impl<P: ?Sized> MaybeDangling<P> {
    #[inline(always)]
    pub const fn new(x: P) -> Self
    where
        P: Sized,
    {
        MaybeDangling(x)
    }

    #[inline(always)]
    pub const fn as_ref(&self) -> &P {
        &self.0
    }

    #[inline(always)]
    pub const fn as_mut(&mut self) -> &mut P {
        &mut self.0
    }

    #[inline(always)]
    pub const fn into_inner(self) -> P
    where
        P: Sized,
    {
        self.0
    }
}
