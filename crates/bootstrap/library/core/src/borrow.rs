//! Borrowed forms of data.

/// Types that can be borrowed as `Borrowed`, with the same `Eq`, `Ord` and `Hash`.
#[rustc_diagnostic_item = "Borrow"]
pub const trait Borrow<Borrowed: ?Sized> {
    /// Borrows.
    fn borrow(&self) -> &Borrowed;
}

/// Types that can be borrowed mutably.
#[rustc_diagnostic_item = "BorrowMut"]
pub const trait BorrowMut<Borrowed: ?Sized>: [const] Borrow<Borrowed> {
    /// Borrows mutably.
    fn borrow_mut(&mut self) -> &mut Borrowed;
}

impl<T: ?Sized> Borrow<T> for T {
    #[rustc_diagnostic_item = "noop_method_borrow"]
    #[inline(always)]
    fn borrow(&self) -> &T {
        self
    }
}

impl<T: ?Sized> BorrowMut<T> for T {
    #[inline(always)]
    fn borrow_mut(&mut self) -> &mut T {
        self
    }
}

impl<T: ?Sized> Borrow<T> for &T {
    #[inline(always)]
    fn borrow(&self) -> &T {
        self
    }
}

impl<T: ?Sized> Borrow<T> for &mut T {
    #[inline(always)]
    fn borrow(&self) -> &T {
        self
    }
}

impl<T: ?Sized> BorrowMut<T> for &mut T {
    #[inline(always)]
    fn borrow_mut(&mut self) -> &mut T {
        self
    }
}
