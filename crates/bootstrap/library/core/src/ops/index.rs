//! `container[index]`.

/// Indexing in immutable contexts.
#[lang = "index"]
#[rustc_on_unimplemented(
    message = "the type `{Self}` cannot be indexed by `{Idx}`",
    label = "`{Self}` cannot be indexed by `{Idx}`"
)]
#[doc(alias = "[")]
pub trait Index<Idx: ?Sized> {
    /// The type of the element.
    #[rustc_diagnostic_item = "IndexOutput"]
    type Output: ?Sized;
    /// Performs `container[index]`.
    #[track_caller]
    fn index(&self, index: Idx) -> &Self::Output;
}

/// Indexing in mutable contexts.
#[lang = "index_mut"]
#[rustc_on_unimplemented(
    message = "the type `{Self}` cannot be mutably indexed by `{Idx}`",
    label = "`{Self}` cannot be mutably indexed by `{Idx}`"
)]
#[doc(alias = "[")]
pub trait IndexMut<Idx: ?Sized>: Index<Idx> {
    /// Performs `&mut container[index]`.
    #[track_caller]
    fn index_mut(&mut self, index: Idx) -> &mut Self::Output;
}
