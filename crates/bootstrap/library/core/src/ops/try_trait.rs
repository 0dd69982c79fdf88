//! The traits behind `?` and `try` blocks (RFC 3058).

use crate::ops::ControlFlow;

/// Types that `?` can be applied to.
#[rustc_on_unimplemented(
    on(
        all(from_desugaring = "TryBlock"),
        message = "a `try` block must return `Result` or `Option` (or another type that implements `{This}`)",
        label = "could not wrap the final value of the block as `{Self}` doesn't implement `Try`"
    ),
    on(
        all(from_desugaring = "QuestionMark"),
        message = "the `?` operator can only be applied to values that implement `{This}`",
        label = "the `?` operator cannot be applied to type `{Self}`"
    )
)]
#[doc(alias = "?")]
#[lang = "Try"]
pub const trait Try: [const] FromResidual {
    /// The value of `x?` when it does not leave.
    type Output;
    /// What is handed to `FromResidual` when it leaves.
    type Residual;
    /// Wraps an output.
    #[lang = "from_output"]
    fn from_output(output: Self::Output) -> Self;
    /// Decides between going on and leaving.
    #[lang = "branch"]
    fn branch(self) -> ControlFlow<Self::Residual, Self::Output>;
}

/// How a function's return type takes up a residual.
#[rustc_on_unimplemented(
    on(
        all(
            from_desugaring = "QuestionMark",
            Self = "core::result::Result<T, E>",
            R = "core::option::Option<core::convert::Infallible>",
        ),
        message = "the `?` operator can only be used on `Result`s, not `Option`s, \
            in {ItemContext} that returns `Result`",
        label = "use `.ok_or(...)?` to provide an error compatible with `{Self}`",
        parent_label = "this function returns a `Result`"
    ),
    on(
        all(
            from_desugaring = "QuestionMark",
            Self = "core::option::Option<T>",
            R = "core::result::Result<T, E>",
        ),
        message = "the `?` operator can only be used on `Option`s, not `Result`s, \
            in {ItemContext} that returns `Option`",
        label = "use `.ok()?` if you want to discard the `{R}` error information",
        parent_label = "this function returns an `Option`"
    ),
    on(
        from_desugaring = "QuestionMark",
        message = "the `?` operator can only be used in {ItemContext} \
            that returns `Result` or `Option` \
            (or another type that implements `{This}`)",
        label = "cannot use the `?` operator in {ItemContext} that returns `{Self}`",
        parent_label = "this function should return `Result` or `Option` to accept `?`"
    ),
)]
#[rustc_diagnostic_item = "FromResidual"]
pub const trait FromResidual<R = <Self as Try>::Residual> {
    /// Builds `Self` from the residual.
    #[lang = "from_residual"]
    fn from_residual(residual: R) -> Self;
}

/// `do yeet expr`.
#[inline]
#[track_caller]
#[lang = "from_yeet"]
#[doc(hidden)]
pub fn from_yeet<T, Y>(yeeted: Y) -> T
where
    T: FromResidual<Yeet<Y>>,
{
    FromResidual::from_residual(Yeet(yeeted))
}

/// Finds the type of the same family with another output.
pub const trait Residual<O>: Sized {
    /// That type.
    type TryType: Try<Output = O, Residual = Self>;
}

#[lang = "into_try_type"]
#[doc(hidden)]
pub fn residual_into_try_type<R: Residual<O>, O>(r: R) -> <R as Residual<O>>::TryType {
    FromResidual::from_residual(r)
}

pub(crate) type ChangeOutputType<T, V> = <<T as Try>::Residual as Residual<V>>::TryType;

/// A `Try` type that never leaves, to write `fold` in terms of `try_fold`.
#[repr(transparent)]
pub(crate) struct NeverShortCircuit<T>(pub T);

pub(crate) enum NeverShortCircuitResidual {}

impl<T> Try for NeverShortCircuit<T> {
    type Output = T;
    type Residual = NeverShortCircuitResidual;
    #[inline]
    fn branch(self) -> ControlFlow<NeverShortCircuitResidual, T> {
        ControlFlow::Continue(self.0)
    }
    #[inline]
    fn from_output(x: T) -> Self {
        NeverShortCircuit(x)
    }
}

impl<T> FromResidual for NeverShortCircuit<T> {
    #[inline]
    fn from_residual(never: NeverShortCircuitResidual) -> Self {
        match never {}
    }
}

impl<T> Residual<T> for NeverShortCircuitResidual {
    type TryType = NeverShortCircuit<T>;
}

/// The residual of `do yeet`.
#[derive(Debug)]
pub struct Yeet<T>(pub T);
