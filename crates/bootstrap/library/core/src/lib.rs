//! The bootstrap `core`: the part of the standard library that needs neither an allocator nor an
//! operating system, written for rcc with the real crate's paths, signatures and lang items.
//! Start reading at `marker` and `ops`, the traits that the language itself knows.

#![no_core]
#![rustc_coherence_is_core]
#![allow(internal_features, incomplete_features, unused_features, unsafe_op_in_unsafe_fn)]
#![allow(stable_features, explicit_outlives_requirements, unused_unsafe, dead_code, deprecated)]
#![allow(improper_ctypes_definitions, unreachable_pub, static_mut_refs)]
#![feature(
    adt_const_params,
    allow_internal_unsafe,
    allow_internal_unstable,
    auto_traits,
    builtin_syntax,
    const_destruct,
    const_precise_live_drops,
    const_trait_impl,
    decl_macro,
    doc_notable_trait,
    exhaustive_patterns,
    coverage_attribute,
    extern_types,
    f128,
    f16,
    freeze_impls,
    fundamental,
    intrinsics,
    lang_items,
    macro_metavar_expr,
    min_specialization,
    must_not_suspend,
    negative_impls,
    never_type,
    no_core,
    optimize_attribute,
    prelude_import,
    rustc_attrs,
    staged_api,
    super_let,
    marker_trait_attr,
    trait_alias,
    transparent_unions,
    try_blocks,
    unboxed_closures,
    unsized_const_params,
    unsized_fn_params,
    with_negative_coherence
)]

pub mod prelude;

#[prelude_import]
#[allow(unused)]
use prelude::rust_2024::*;

#[macro_use]
mod macros;
#[macro_use]
mod internal_macros;

pub mod assert_matches {
    //! The macros that check a value against a pattern.
    pub use crate::macros::{assert_matches, debug_assert_matches};
}

pub use crate::macros::cfg_select;

pub mod alloc;
pub mod any;
pub mod arch;
pub mod array;
pub mod ascii;
pub mod async_iter;
mod bool;
pub mod borrow;
pub mod cell;
pub mod char;
pub mod clone;
pub mod cmp;
pub mod convert;
pub mod default;
pub mod error;
mod escape;
pub mod ffi;
#[macro_use]
pub mod num;
pub mod fmt;
pub mod future;
pub mod hash;
pub mod hint;
pub mod intrinsics;
pub mod iter;
pub mod marker;
pub mod mem;
pub mod ops;
pub mod option;
pub mod panic;
pub mod panicking;
pub mod pin;
pub mod primitive;
pub mod ptr;
pub mod range;
pub mod result;
pub mod slice;
pub mod str;
pub mod sync;
pub mod task;
pub mod time;
mod tuple;
pub mod unicode;
mod unit;

#[path = "num/f32.rs"]
pub mod f32;
#[path = "num/f64.rs"]
pub mod f64;

mod legacy_int_modules;
pub use legacy_int_modules::{
    i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize,
};
