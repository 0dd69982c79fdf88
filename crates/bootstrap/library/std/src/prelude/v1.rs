//! The names that all editions' preludes share.

pub use core::prelude::v1::{
    AsMut, AsRef, AsyncFn, AsyncFnMut, AsyncFnOnce, Clone, Copy, Debug, Default,
    DoubleEndedIterator, Drop, Eq, Err, ExactSizeIterator, Extend, Fn, FnMut, FnOnce, From, Hash,
    Into, IntoIterator, Iterator, None, Ok, Option, Ord, PartialEq, PartialOrd, Result, Send, Sized,
    Some, Sync, Unpin, align_of, align_of_val, drop, size_of, size_of_val,
};
pub use core::prelude::v1::{
    alloc_error_handler, assert, assert_eq, assert_ne, bench, cfg, cfg_accessible, cfg_eval,
    cfg_select, column, compile_error, concat, concat_bytes, const_format_args, debug_assert,
    debug_assert_eq, debug_assert_ne, define_opaque, deref, derive, derive_const, env, file,
    format_args, global_allocator, include, include_bytes, include_str, line, log_syntax, matches,
    module_path, option_env, stringify, test, test_case, todo, trace_macros, r#try, type_ascribe,
    unimplemented, unreachable, write, writeln,
};

pub use crate::borrow::ToOwned;
pub use crate::boxed::Box;
pub use crate::string::{String, ToString};
pub use crate::vec::Vec;
pub use crate::{dbg, eprint, eprintln, format, print, println, thread_local};

// A glob import is weaker than a name in scope: see `core::prelude::v1`.
mod ambiguous_macros_only {
    #[allow(hidden_glob_reexports)]
    mod vec {}
    #[allow(hidden_glob_reexports)]
    mod panic {}
    pub use crate::*;
}
pub use self::ambiguous_macros_only::{panic, vec};
