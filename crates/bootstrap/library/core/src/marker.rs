//! The traits and types that stand for properties the compiler reasons about: sizes, copying,
//! thread safety, pinning, variance.

use crate::cell::UnsafeCell;
use crate::cmp;
use crate::fmt::Debug;
use crate::hash::{Hash, Hasher};

macro_rules! marker_impls {
    ($Trait:ident for $($({$($bounds:tt)*})? $T:ty),+ $(,)?) => {
        $(impl<$($($bounds)*)?> $Trait for $T {})+
    };
    (unsafe $Trait:ident for $($({$($bounds:tt)*})? $T:ty),+ $(,)?) => {
        $(unsafe impl<$($($bounds)*)?> $Trait for $T {})+
    };
}

/// Types that may move to another thread.
#[rustc_diagnostic_item = "Send"]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent between threads safely",
    label = "`{Self}` cannot be sent between threads safely"
)]
pub unsafe auto trait Send {}

impl<T: PointeeSized> !Send for *const T {}
impl<T: PointeeSized> !Send for *mut T {}
unsafe impl<T: Sync + PointeeSized> Send for &T {}

/// Types whose size is known at compile time.
#[lang = "sized"]
#[diagnostic::on_unimplemented(
    message = "the size for values of type `{Self}` cannot be known at compilation time",
    label = "doesn't have a size known at compile-time"
)]
#[fundamental]
#[rustc_specialization_trait]
#[rustc_deny_explicit_impl]
#[rustc_dyn_incompatible_trait]
#[rustc_coinductive]
pub trait Sized: MetaSized {}

/// Types whose size follows from the pointer's metadata.
#[lang = "meta_sized"]
#[fundamental]
#[rustc_specialization_trait]
#[rustc_deny_explicit_impl]
#[rustc_coinductive]
pub trait MetaSized: PointeeSized {}

/// Types that may stand behind a pointer: all.
#[lang = "pointee_sized"]
#[fundamental]
#[rustc_specialization_trait]
#[rustc_deny_explicit_impl]
#[rustc_coinductive]
pub trait PointeeSized {}

/// Types that can be unsized to `T`.
#[lang = "unsize"]
#[rustc_deny_explicit_impl]
#[rustc_dyn_incompatible_trait]
pub trait Unsize<T: PointeeSized>: PointeeSized {}

/// Types whose constants may be used as patterns: those that derive `PartialEq`.
#[lang = "structural_peq"]
#[diagnostic::on_unimplemented(message = "the type `{Self}` does not `#[derive(PartialEq)]`")]
pub trait StructuralPartialEq {}

marker_impls! {
    StructuralPartialEq for
        usize, u8, u16, u32, u64, u128, isize, i8, i16, i32, i64, i128, bool, char, str, (),
        {T, const N: usize} [T; N], {T} [T], {T: PointeeSized} &T,
}

/// Types duplicated by copying their bytes.
#[lang = "copy"]
#[rustc_unsafe_specialization_marker]
#[rustc_diagnostic_item = "Copy"]
pub trait Copy: Clone {}

/// Derive macro for [`Copy`](trait@Copy).
#[rustc_builtin_macro]
#[allow_internal_unstable(core_intrinsics, derive_clone_copy)]
pub macro Copy($item:item) {}

marker_impls! {
    Copy for
        usize, u8, u16, u32, u64, u128, isize, i8, i16, i32, i64, i128, f16, f32, f64, f128, bool,
        char, !, {T: PointeeSized} *const T, {T: PointeeSized} *mut T, {T: PointeeSized} &T,
}

/// A type that is known to have no drop glue.
#[lang = "bikeshed_guaranteed_no_drop"]
#[rustc_deny_explicit_impl]
#[rustc_dyn_incompatible_trait]
pub trait BikeshedGuaranteedNoDrop {}

/// Types whose references may be shared between threads.
#[lang = "sync"]
#[rustc_diagnostic_item = "Sync"]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be shared between threads safely",
    label = "`{Self}` cannot be shared between threads safely"
)]
pub unsafe auto trait Sync {}

impl<T: PointeeSized> !Sync for *const T {}
impl<T: PointeeSized> !Sync for *mut T {}

/// A zero-sized type that acts as if it owned a `T`.
#[lang = "phantom_data"]
pub struct PhantomData<T: PointeeSized>;

impl<T: PointeeSized> Hash for PhantomData<T> {
    #[inline]
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl<T: PointeeSized> cmp::PartialEq for PhantomData<T> {
    fn eq(&self, _other: &PhantomData<T>) -> bool {
        true
    }
}

impl<T: PointeeSized> cmp::Eq for PhantomData<T> {}

impl<T: PointeeSized> cmp::PartialOrd for PhantomData<T> {
    fn partial_cmp(&self, _other: &PhantomData<T>) -> Option<cmp::Ordering> {
        Some(cmp::Ordering::Equal)
    }
}

impl<T: PointeeSized> cmp::Ord for PhantomData<T> {
    fn cmp(&self, _other: &PhantomData<T>) -> cmp::Ordering {
        cmp::Ordering::Equal
    }
}

impl<T: PointeeSized> Copy for PhantomData<T> {}

impl<T: PointeeSized> Clone for PhantomData<T> {
    fn clone(&self) -> Self {
        Self
    }
}

impl<T: PointeeSized> Default for PhantomData<T> {
    fn default() -> Self {
        Self
    }
}

impl<T: PointeeSized> StructuralPartialEq for PhantomData<T> {}

/// The type that `mem::discriminant` wraps; the compiler implements it for every type.
#[lang = "discriminant_kind"]
#[rustc_deny_explicit_impl]
#[rustc_dyn_incompatible_trait]
pub trait DiscriminantKind {
    #[lang = "discriminant_type"]
    type Discriminant: Clone + Copy + Debug + Eq + PartialEq + Hash + Send + Sync + Unpin;
}

/// Types without interior mutability outside of an indirection.
#[lang = "freeze"]
pub unsafe auto trait Freeze {}

impl<T: PointeeSized> !Freeze for UnsafeCell<T> {}
marker_impls! {
    unsafe Freeze for
        {T: PointeeSized} PhantomData<T>, {T: PointeeSized} *const T, {T: PointeeSized} *mut T,
        {T: PointeeSized} &T, {T: PointeeSized} &mut T,
}

/// Types whose `&mut` may be assumed not to alias.
#[lang = "unsafe_unpin"]
pub unsafe auto trait UnsafeUnpin {}

/// Types that do not care about being pinned.
#[lang = "unpin"]
#[rustc_diagnostic_item = "Unpin"]
#[diagnostic::on_unimplemented(
    note = "consider using the `pin!` macro\nconsider using `Box::pin` if you need to access the pinned value outside of the current scope",
    message = "`{Self}` cannot be unpinned"
)]
pub auto trait Unpin {}

/// A marker that makes the type containing it `!Unpin`.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct PhantomPinned;

impl !Unpin for PhantomPinned {}
impl !UnsafeUnpin for PhantomPinned {}
marker_impls! {
    Unpin for
        {T: PointeeSized} &T, {T: PointeeSized} &mut T, {T: PointeeSized} *const T,
        {T: PointeeSized} *mut T,
}

/// Types that may be dropped in a const context.
#[lang = "destruct"]
#[rustc_deny_explicit_impl]
#[rustc_dyn_incompatible_trait]
pub const trait Destruct: PointeeSized {}

/// Tuples, as the argument lists of the `Fn` traits.
#[lang = "tuple_trait"]
#[diagnostic::on_unimplemented(message = "`{Self}` is not a tuple")]
#[rustc_deny_explicit_impl]
#[rustc_dyn_incompatible_trait]
pub trait Tuple {}

/// Types of const generic parameters.
#[lang = "const_param_ty"]
#[diagnostic::on_unimplemented(message = "`{Self}` can't be used as a const parameter type")]
pub trait ConstParamTy_: StructuralPartialEq + Eq {}

/// Derive macro for [`ConstParamTy_`].
#[rustc_builtin_macro]
#[allow_internal_unstable(unsized_const_params)]
pub macro ConstParamTy($item:item) {}

marker_impls! {
    ConstParamTy_ for
        usize, u8, u16, u32, u64, u128, isize, i8, i16, i32, i64, i128, bool, char, (),
        {T: ConstParamTy_, const N: usize} [T; N],
        str, {T: ConstParamTy_} [T], {T: ConstParamTy_ + ?Sized} &T,
}

/// Function pointer types.
#[lang = "fn_ptr_trait"]
#[rustc_deny_explicit_impl]
#[rustc_dyn_incompatible_trait]
pub trait FnPtr: Copy + Clone {
    #[lang = "fn_ptr_addr"]
    fn addr(self) -> *const ();
}

/// Derive macro that makes a smart pointer coercible.
#[unstable(feature = "derive_coerce_pointee", issue = "123430")]
#[rustc_builtin_macro(CoercePointee, attributes(pointee))]
#[allow_internal_unstable(dispatch_from_dyn, coerce_unsized, unsize, coerce_pointee_validated)]
pub macro CoercePointee($item:item) {}

/// Implemented by the expansion of `CoercePointee`.
#[lang = "coerce_pointee_validated"]
pub trait CoercePointeeValidated {}
