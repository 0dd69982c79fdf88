//! The bootstrap `alloc`: what needs memory but no operating system, with the real crate's paths
//! and signatures. Start reading at `alloc` and `boxed`.

#![no_std]
#![needs_allocator]
#![allow(internal_features, incomplete_features, unused_features, unsafe_op_in_unsafe_fn)]
#![allow(explicit_outlives_requirements, dead_code, deprecated, unused_unsafe)]
#![feature(
    allocator_internals,
    allow_internal_unstable,
    const_destruct,
    const_precise_live_drops,
    const_trait_impl,
    decl_macro,
    dropck_eyepatch,
    fn_traits,
    fundamental,
    intrinsics,
    lang_items,
    min_specialization,
    negative_impls,
    never_type,
    optimize_attribute,
    prelude_import,
    rustc_attrs,
    unboxed_closures,
    unsized_fn_params,
    with_negative_coherence
)]

#[macro_use]
mod macros;

mod raw_vec;

pub mod alloc;
pub mod borrow;
pub mod boxed;
pub mod collections;
pub mod ffi;
pub mod fmt;
#[doc(hidden)]
pub mod intrinsics;
pub mod rc;
pub mod slice;
pub mod str;
pub mod string;
pub mod sync;
pub mod task;
pub mod vec;

#[doc(hidden)]
pub mod __export {
    pub use core::format_args;
    pub use core::hint::must_use;
}
