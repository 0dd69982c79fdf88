//! The names that all editions' preludes share.

pub use crate::clone::Clone;
pub use crate::cmp::{Eq, Ord, PartialEq, PartialOrd};
pub use crate::convert::{AsMut, AsRef, From, Into};
pub use crate::default::Default;
pub use crate::fmt::macros::Debug;
pub use crate::hash::macros::Hash;
pub use crate::iter::{DoubleEndedIterator, ExactSizeIterator, Extend, IntoIterator, Iterator};
pub use crate::marker::{Copy, Send, Sized, Sync, Unpin};
pub use crate::mem::{align_of, align_of_val, drop, size_of, size_of_val};
pub use crate::ops::{AsyncFn, AsyncFnMut, AsyncFnOnce, Drop, Fn, FnMut, FnOnce};
pub use crate::option::Option::{self, None, Some};
pub use crate::result::Result::{self, Err, Ok};
pub use crate::{
    assert, assert_eq, assert_ne, cfg, column, compile_error, concat, debug_assert,
    debug_assert_eq, debug_assert_ne, file, format_args, include, include_bytes, include_str, line,
    matches, module_path, option_env, stringify, todo, r#try, unimplemented, unreachable, write,
    writeln,
};

// A glob import is weaker than a name in scope, so `env!` and `panic!` may be shadowed by a glob of
// the user's without an ambiguity error, while a module of the same name stays visible.
mod ambiguous_macros_only {
    mod env {}
    #[allow(hidden_glob_reexports)]
    mod panic {}
    pub use crate::*;
}
pub use self::ambiguous_macros_only::{env, panic};

pub use crate::macros::builtin::{
    alloc_error_handler, bench, cfg_accessible, cfg_eval, define_opaque, deref, derive,
    derive_const, global_allocator, test, test_case, type_ascribe,
};
pub use crate::{cfg_select, concat_bytes, const_format_args, log_syntax, trace_macros};
