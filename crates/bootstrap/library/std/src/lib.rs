//! The bootstrap `std`: `core` and `alloc`, and what Linux gives, by system calls alone. Start
//! reading at `rt`, where a program begins.

#![no_std]
#![allow(internal_features, incomplete_features, unused_features, unsafe_op_in_unsafe_fn)]
#![allow(explicit_outlives_requirements, dead_code, deprecated, unused_unsafe, static_mut_refs)]
#![feature(
    allocator_internals,
    allow_internal_unstable,
    concat_bytes,
    const_destruct,
    const_trait_impl,
    decl_macro,
    dropck_eyepatch,
    fn_traits,
    fundamental,
    intrinsics,
    lang_items,
    log_syntax,
    min_specialization,
    must_not_suspend,
    needs_panic_runtime,
    negative_impls,
    never_type,
    optimize_attribute,
    prelude_import,
    rustc_attrs,
    thread_local,
    trace_macros,
    unboxed_closures
)]
#![default_lib_allocator]

pub mod prelude;

#[prelude_import]
#[allow(unused)]
use prelude::rust_2024::*;

#[allow(unused_imports)]
#[macro_use]
extern crate alloc as alloc_crate;
// The functions that generated code calls.
#[cfg(rcc)]
extern crate compiler_builtins as _;

#[macro_use]
mod macros;

#[doc(hidden)]
pub mod rt;

pub use alloc_crate::borrow;
pub use alloc_crate::boxed;
pub use alloc_crate::fmt;
pub use alloc_crate::format;
pub use alloc_crate::rc;
pub use alloc_crate::slice;
pub use alloc_crate::str;
pub use alloc_crate::string;
pub use alloc_crate::vec;
pub use core::any;
pub use core::arch;
pub use core::array;
pub use core::assert_matches;
pub use core::cell;
pub use core::char;
pub use core::clone;
pub use core::cmp;
pub use core::convert;
pub use core::default;
pub use core::async_iter;
pub use core::future;
pub use core::hint;
pub use core::i8;
pub use core::i16;
pub use core::i32;
pub use core::i64;
pub use core::i128;
pub use core::intrinsics;
pub use core::isize;
pub use core::iter;
pub use core::marker;
pub use core::mem;
pub use core::ops;
pub use core::option;
pub use core::pin;
pub use core::primitive;
pub use core::ptr;
pub use core::range;
pub use core::result;
pub use core::u8;
pub use core::u16;
pub use core::u32;
pub use core::u64;
pub use core::u128;
pub use core::usize;

pub mod ascii {
    //! Bytes as ASCII.
    pub use core::ascii::*;

    /// Methods that the types have by now.
    #[deprecated(since = "1.26.0", note = "use inherent methods instead")]
    pub trait AsciiExt {
        type Owned;
        fn is_ascii(&self) -> bool;
        fn to_ascii_uppercase(&self) -> Self::Owned;
        fn to_ascii_lowercase(&self) -> Self::Owned;
    }
}

pub mod error {
    //! The trait of errors.
    pub use core::error::*;
}

pub mod num {
    //! Numeric types.
    pub use core::num::*;
}

pub mod task {
    //! What polls futures.
    pub use alloc_crate::task::*;
}

#[path = "num/f32.rs"]
pub mod f32;
#[path = "num/f64.rs"]
pub mod f64;

pub mod alloc;
pub mod collections;
pub mod env;
pub mod ffi;
pub mod fs;
pub mod hash;
pub mod io;
pub mod panic;
mod panicking;
pub mod path;
pub mod process;
pub mod sync;
mod sys;
pub mod thread;
pub mod time;

#[allow(deprecated)]
pub use core::{
    assert, assert_eq, assert_ne, cfg, cfg_select, column, compile_error, concat, concat_bytes,
    const_format_args, debug_assert, debug_assert_eq, debug_assert_ne, env, file, format_args,
    format_args_nl, include, include_bytes, include_str, line, log_syntax, matches, module_path,
    option_env, stringify, todo, trace_macros, r#try, unimplemented, unreachable, write, writeln,
};
