//! The lang items that unit tests of the compiler's stages need, in regions that a test asks for
//! by name, as rust-analyzer's minicore has them. What is outside of regions is always there.
//!
//! Flags:
//!     add: and sub, mul, not, neg and the assigning forms
//!     coerce_unsized: unsize
//!     deref:
//!     drop:
//!     eq:
//!     fn:
//!     index:
//!     iterator: option, fn
//!     option:
//!     ord: eq, option, add
//!     panic:
//!     phantom:
//!     range:
//!     result:
//!     try: option, result
//!     unsafe_cell:

#![no_core]
#![feature(no_core, lang_items, auto_traits, negative_impls, intrinsics, rustc_attrs)]
#![feature(unboxed_closures, fundamental, prelude_import, never_type)]
#![allow(internal_features, dead_code)]

pub mod prelude {
    pub mod v1 {
        pub use crate::clone::Clone;
        pub use crate::marker::{Copy, Send, Sized, Sync, Unpin};
        // region:eq
        pub use crate::cmp::{Eq, PartialEq};
        // endregion:eq
        // region:ord
        pub use crate::cmp::PartialOrd;
        // endregion:ord
        // region:drop
        pub use crate::ops::Drop;
        // endregion:drop
        // region:fn
        pub use crate::ops::{Fn, FnMut, FnOnce};
        // endregion:fn
        // region:option
        pub use crate::option::Option::{self, None, Some};
        // endregion:option
        // region:result
        pub use crate::result::Result::{self, Err, Ok};
        // endregion:result
        // region:iterator
        pub use crate::iter::{IntoIterator, Iterator};
        // endregion:iterator
    }
}

#[prelude_import]
#[allow(unused_imports)]
use prelude::v1::*;

pub mod marker {
    #[lang = "pointee_sized"]
    #[fundamental]
    #[rustc_specialization_trait]
    #[rustc_coinductive]
    pub trait PointeeSized {}

    #[lang = "meta_sized"]
    #[fundamental]
    #[rustc_specialization_trait]
    #[rustc_coinductive]
    pub trait MetaSized: PointeeSized {}

    #[lang = "sized"]
    #[fundamental]
    #[rustc_specialization_trait]
    #[rustc_coinductive]
    pub trait Sized: MetaSized {}

    #[lang = "freeze"]
    pub unsafe auto trait Freeze {}

    #[rustc_diagnostic_item = "Send"]
    pub unsafe auto trait Send {}

    #[lang = "sync"]
    pub unsafe auto trait Sync {}

    #[lang = "unpin"]
    pub auto trait Unpin {}

    #[lang = "destruct"]
    pub trait Destruct: PointeeSized {}

    #[lang = "copy"]
    pub trait Copy: crate::clone::Clone {}

    macro_rules! impl_copy {
        ($($t:ty)*) => {$(impl Copy for $t {})*};
    }
    impl_copy! { ! bool char u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
    impl<T: PointeeSized> Copy for *const T {}
    impl<T: PointeeSized> Copy for *mut T {}
    impl<T: PointeeSized> Copy for &T {}

    #[lang = "tuple_trait"]
    pub trait Tuple {}

    // region:phantom
    #[lang = "phantom_data"]
    pub struct PhantomData<T: PointeeSized>;
    // endregion:phantom

    // region:coerce_unsized
    #[lang = "unsize"]
    pub trait Unsize<T: PointeeSized>: PointeeSized {}
    // endregion:coerce_unsized
}

pub mod clone {
    #[lang = "clone"]
    pub trait Clone: Sized {
        #[lang = "clone_fn"]
        fn clone(&self) -> Self;
    }

    macro_rules! impl_clone {
        ($($t:ty)*) => {$(
            impl Clone for $t {
                fn clone(&self) -> Self {
                    *self
                }
            }
        )*};
    }
    impl_clone! { ! bool char u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
    impl<T: crate::marker::PointeeSized> Clone for *const T {
        fn clone(&self) -> Self {
            *self
        }
    }
    impl<T: crate::marker::PointeeSized> Clone for *mut T {
        fn clone(&self) -> Self {
            *self
        }
    }
    impl<T: crate::marker::PointeeSized> Clone for &T {
        fn clone(&self) -> Self {
            *self
        }
    }
}

pub mod ops {
    // region:drop
    #[lang = "drop"]
    pub trait Drop {
        fn drop(&mut self);
    }
    // endregion:drop

    // region:deref
    #[lang = "deref"]
    pub trait Deref: crate::marker::PointeeSized {
        #[lang = "deref_target"]
        type Target: ?Sized;
        fn deref(&self) -> &Self::Target;
    }
    impl<T: ?Sized> Deref for &T {
        type Target = T;
        fn deref(&self) -> &T {
            *self
        }
    }
    impl<T: ?Sized> Deref for &mut T {
        type Target = T;
        fn deref(&self) -> &T {
            *self
        }
    }
    #[lang = "deref_mut"]
    pub trait DerefMut: Deref {
        fn deref_mut(&mut self) -> &mut Self::Target;
    }
    impl<T: ?Sized> DerefMut for &mut T {
        fn deref_mut(&mut self) -> &mut T {
            *self
        }
    }
    // endregion:deref

    #[lang = "legacy_receiver"]
    pub trait LegacyReceiver: crate::marker::PointeeSized {}
    impl<T: crate::marker::PointeeSized> LegacyReceiver for &T {}
    impl<T: crate::marker::PointeeSized> LegacyReceiver for &mut T {}

    // region:coerce_unsized
    use crate::marker::{PointeeSized, Unsize};
    #[lang = "coerce_unsized"]
    pub trait CoerceUnsized<T: PointeeSized> {}
    impl<'a, T: PointeeSized + Unsize<U>, U: PointeeSized> CoerceUnsized<&'a mut U> for &'a mut T {}
    impl<'a, 'b: 'a, T: PointeeSized + Unsize<U>, U: PointeeSized> CoerceUnsized<&'a U> for &'b T {}
    impl<T: PointeeSized + Unsize<U>, U: PointeeSized> CoerceUnsized<*const U> for *const T {}
    impl<T: PointeeSized + Unsize<U>, U: PointeeSized> CoerceUnsized<*mut U> for *mut T {}

    #[lang = "dispatch_from_dyn"]
    pub trait DispatchFromDyn<T> {}
    impl<'a, T: PointeeSized + Unsize<U>, U: PointeeSized> DispatchFromDyn<&'a U> for &'a T {}
    impl<'a, T: PointeeSized + Unsize<U>, U: PointeeSized> DispatchFromDyn<&'a mut U> for &'a mut T {}
    // endregion:coerce_unsized

    // region:fn
    use crate::marker::Tuple;
    #[lang = "fn_once"]
    #[rustc_paren_sugar]
    #[fundamental]
    pub trait FnOnce<Args: Tuple> {
        #[lang = "fn_once_output"]
        type Output;
        extern "rust-call" fn call_once(self, args: Args) -> Self::Output;
    }
    #[lang = "fn_mut"]
    #[rustc_paren_sugar]
    #[fundamental]
    pub trait FnMut<Args: Tuple>: FnOnce<Args> {
        extern "rust-call" fn call_mut(&mut self, args: Args) -> Self::Output;
    }
    #[lang = "fn"]
    #[rustc_paren_sugar]
    #[fundamental]
    pub trait Fn<Args: Tuple>: FnMut<Args> {
        extern "rust-call" fn call(&self, args: Args) -> Self::Output;
    }
    // endregion:fn

    // region:add
    macro_rules! operators {
        ($($lang:literal $Trait:ident $method:ident $op:tt
           $lang_assign:literal $Assign:ident $assign:ident;)*) => {$(
            #[lang = $lang]
            pub trait $Trait<Rhs = Self> {
                type Output;
                fn $method(self, rhs: Rhs) -> Self::Output;
            }
            #[lang = $lang_assign]
            pub trait $Assign<Rhs = Self> {
                fn $assign(&mut self, rhs: Rhs);
            }
            operators! { impl $Trait $method $op $Assign $assign
                u8 u16 u32 u64 usize i8 i16 i32 i64 isize f32 f64 }
        )*};
        (impl $Trait:ident $method:ident $op:tt $Assign:ident $assign:ident $($t:ty)*) => {$(
            impl $Trait for $t {
                type Output = $t;
                fn $method(self, rhs: $t) -> $t {
                    self $op rhs
                }
            }
            impl $Assign for $t {
                fn $assign(&mut self, rhs: $t) {
                    *self = *self $op rhs;
                }
            }
        )*};
    }
    operators! {
        "add" Add add + "add_assign" AddAssign add_assign;
        "sub" Sub sub - "sub_assign" SubAssign sub_assign;
        "mul" Mul mul * "mul_assign" MulAssign mul_assign;
    }
    #[lang = "neg"]
    pub trait Neg {
        type Output;
        fn neg(self) -> Self::Output;
    }
    #[lang = "not"]
    pub trait Not {
        type Output;
        fn not(self) -> Self::Output;
    }
    impl Not for bool {
        type Output = bool;
        fn not(self) -> bool {
            !self
        }
    }
    macro_rules! impl_neg {
        ($($t:ty)*) => {$(
            impl Neg for $t {
                type Output = $t;
                fn neg(self) -> $t {
                    -self
                }
            }
        )*};
    }
    impl_neg! { i8 i16 i32 i64 isize f32 f64 }
    // endregion:add

    // region:index
    #[lang = "index"]
    pub trait Index<Idx: ?Sized> {
        type Output: ?Sized;
        fn index(&self, index: Idx) -> &Self::Output;
    }
    #[lang = "index_mut"]
    pub trait IndexMut<Idx: ?Sized>: Index<Idx> {
        fn index_mut(&mut self, index: Idx) -> &mut Self::Output;
    }
    // endregion:index

    // region:range
    #[lang = "RangeFull"]
    pub struct RangeFull;
    #[lang = "Range"]
    pub struct Range<Idx> {
        pub start: Idx,
        pub end: Idx,
    }
    #[lang = "RangeFrom"]
    pub struct RangeFrom<Idx> {
        pub start: Idx,
    }
    #[lang = "RangeTo"]
    pub struct RangeTo<Idx> {
        pub end: Idx,
    }
    #[lang = "RangeToInclusive"]
    pub struct RangeToInclusive<Idx> {
        pub end: Idx,
    }
    #[lang = "RangeInclusive"]
    pub struct RangeInclusive<Idx> {
        pub(crate) start: Idx,
        pub(crate) end: Idx,
        pub(crate) exhausted: bool,
    }
    impl<Idx> RangeInclusive<Idx> {
        #[lang = "range_inclusive_new"]
        pub const fn new(start: Idx, end: Idx) -> Self {
            Self { start, end, exhausted: false }
        }
    }
    // endregion:range

    // region:try
    pub enum ControlFlow<B, C = ()> {
        #[lang = "Continue"]
        Continue(C),
        #[lang = "Break"]
        Break(B),
    }
    pub enum Infallible {}
    #[lang = "Try"]
    pub trait Try: FromResidual {
        type Output;
        type Residual;
        #[lang = "from_output"]
        fn from_output(output: Self::Output) -> Self;
        #[lang = "branch"]
        fn branch(self) -> ControlFlow<Self::Residual, Self::Output>;
    }
    pub trait FromResidual<R = <Self as Try>::Residual> {
        #[lang = "from_residual"]
        fn from_residual(residual: R) -> Self;
    }
    impl<T> Try for Option<T> {
        type Output = T;
        type Residual = Option<Infallible>;
        fn from_output(output: T) -> Self {
            Some(output)
        }
        fn branch(self) -> ControlFlow<Option<Infallible>, T> {
            match self {
                Some(v) => ControlFlow::Continue(v),
                None => ControlFlow::Break(None),
            }
        }
    }
    impl<T> FromResidual<Option<Infallible>> for Option<T> {
        fn from_residual(_: Option<Infallible>) -> Self {
            None
        }
    }
    impl<T, E> Try for Result<T, E> {
        type Output = T;
        type Residual = Result<Infallible, E>;
        fn from_output(output: T) -> Self {
            Ok(output)
        }
        fn branch(self) -> ControlFlow<Result<Infallible, E>, T> {
            match self {
                Ok(v) => ControlFlow::Continue(v),
                Err(e) => ControlFlow::Break(Err(e)),
            }
        }
    }
    impl<T, E> FromResidual<Result<Infallible, E>> for Result<T, E> {
        fn from_residual(residual: Result<Infallible, E>) -> Self {
            match residual {
                Err(e) => Err(e),
                Ok(never) => match never {},
            }
        }
    }
    // endregion:try
}

// region:eq
pub mod cmp {
    use crate::marker::PointeeSized;
    #[lang = "eq"]
    pub trait PartialEq<Rhs: PointeeSized = Self>: PointeeSized {
        fn eq(&self, other: &Rhs) -> bool;
        fn ne(&self, other: &Rhs) -> bool {
            !self.eq(other)
        }
    }
    pub trait Eq: PartialEq<Self> + PointeeSized {}
    macro_rules! impl_eq {
        ($($t:ty)*) => {$(
            impl PartialEq for $t {
                fn eq(&self, other: &$t) -> bool {
                    *self == *other
                }
            }
            impl Eq for $t {}
        )*};
    }
    impl_eq! { bool char u8 u16 u32 u64 usize i8 i16 i32 i64 isize }

    // region:ord
    #[lang = "Ordering"]
    #[repr(i8)]
    pub enum Ordering {
        Less = -1,
        Equal = 0,
        Greater = 1,
    }
    #[lang = "partial_ord"]
    pub trait PartialOrd<Rhs: PointeeSized = Self>: PartialEq<Rhs> + PointeeSized {
        fn partial_cmp(&self, other: &Rhs) -> crate::option::Option<Ordering>;
        fn lt(&self, other: &Rhs) -> bool;
        fn le(&self, other: &Rhs) -> bool;
        fn gt(&self, other: &Rhs) -> bool;
        fn ge(&self, other: &Rhs) -> bool;
    }
    // endregion:ord
}
// endregion:eq

// region:option
pub mod option {
    #[lang = "Option"]
    pub enum Option<T> {
        #[lang = "None"]
        None,
        #[lang = "Some"]
        Some(T),
    }
}
// endregion:option

// region:result
pub mod result {
    pub enum Result<T, E> {
        #[lang = "Ok"]
        Ok(T),
        #[lang = "Err"]
        Err(E),
    }
}
// endregion:result

// region:iterator
pub mod iter {
    #[lang = "iterator"]
    pub trait Iterator {
        type Item;
        #[lang = "next"]
        fn next(&mut self) -> Option<Self::Item>;
    }
    pub trait IntoIterator {
        type Item;
        type IntoIter: Iterator<Item = Self::Item>;
        #[lang = "into_iter"]
        fn into_iter(self) -> Self::IntoIter;
    }
    impl<I: Iterator> IntoIterator for I {
        type Item = I::Item;
        type IntoIter = I;
        fn into_iter(self) -> I {
            self
        }
    }
}
// endregion:iterator

// region:unsafe_cell
pub mod cell {
    #[lang = "unsafe_cell"]
    #[repr(transparent)]
    pub struct UnsafeCell<T: ?Sized> {
        value: T,
    }
    impl<T: ?Sized> !crate::marker::Sync for UnsafeCell<T> {}
}
// endregion:unsafe_cell

// region:panic
pub mod panicking {
    #[lang = "panic"]
    pub const fn panic(_message: &'static str) -> ! {
        loop {}
    }
    #[lang = "panic_nounwind"]
    pub const fn panic_nounwind(_message: &'static str) -> ! {
        loop {}
    }
    #[lang = "panic_bounds_check"]
    fn panic_bounds_check(_index: usize, _len: usize) -> ! {
        loop {}
    }
    #[lang = "panic_const_add_overflow"]
    pub const fn panic_const_add_overflow() -> ! {
        loop {}
    }
    #[lang = "panic_const_sub_overflow"]
    pub const fn panic_const_sub_overflow() -> ! {
        loop {}
    }
    #[lang = "panic_const_mul_overflow"]
    pub const fn panic_const_mul_overflow() -> ! {
        loop {}
    }
    #[lang = "panic_const_neg_overflow"]
    pub const fn panic_const_neg_overflow() -> ! {
        loop {}
    }
    #[lang = "panic_const_div_by_zero"]
    pub const fn panic_const_div_by_zero() -> ! {
        loop {}
    }
}
#[lang = "panic_location"]
pub struct Location<'a> {
    file: &'a str,
    line: u32,
    col: u32,
}
// endregion:panic

pub mod ptr {
    #[lang = "drop_in_place"]
    #[allow(unconditional_recursion)]
    pub unsafe fn drop_in_place<T: crate::marker::PointeeSized>(to_drop: *mut T) {
        unsafe { drop_in_place(to_drop) }
    }
}
