//! Names, places and ids: what every other crate of the compiler speaks of.
//!
//! Start with [`Symbol`] and [`Ident`] (`symbol.rs`), [`Span`] (`span_data.rs`), [`hygiene::SyntaxContext`],
//! [`source_map::SourceMap`] and the definition ids in `def_id.rs`. `codec.rs` holds the traits by which
//! values go into crate metadata and stable hashes.
//!
//! Invariant: all tables (symbols, hygiene) live in [`SessionGlobals`], set for a scope by
//! [`create_session_globals_then`]; nothing outlives it, so one session leaks nothing into the next.

extern crate self as span;

pub mod codec;
pub mod def_id;
pub mod edit_distance;
pub mod edition;
mod error_guaranteed;
pub mod hygiene;
pub mod index;
pub mod source_map;
mod span_data;
pub mod symbol;

use std::cell::{Cell, RefCell};

pub use edition::Edition;
pub use error_guaranteed::ErrorGuaranteed;
pub use hygiene::{DesugaringKind, ExpnData, ExpnId, ExpnKind, MacroKind, SyntaxContext, Transparency};
pub use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet, FxHasher};
pub use source_map::{FileName, SourceFile, SourceMap};
pub use span_data::{BytePos, CharPos, DUMMY_SP, Span, Spanned, respan};
pub use symbol::{ByteSymbol, Ident, Symbol, kw, sym};

/// A hash map that iterates in insertion order: use it wherever the order can reach the output.
pub type FxIndexMap<K, V> = indexmap::IndexMap<K, V, FxBuildHasher>;
/// A hash set that iterates in insertion order.
pub type FxIndexSet<V> = indexmap::IndexSet<V, FxBuildHasher>;

/// The tables one session shares: interned strings and macro expansions.
pub struct SessionGlobals {
    pub(crate) symbols: RefCell<symbol::Interner>,
    pub(crate) byte_symbols: RefCell<symbol::ByteInterner>,
    pub(crate) hygiene: RefCell<hygiene::HygieneData>,
    /// For what was put in for a macro's `$x`: the span of the `$x`, in the expansion.
    pub(crate) metavar_spans: RefCell<rustc_hash::FxHashMap<Span, Span>>,
}

thread_local! {
    static GLOBALS: Cell<*const SessionGlobals> = const { Cell::new(std::ptr::null()) };
}

/// Runs `f` with fresh session tables; `edition` is that of the crate being compiled (the root expansion's).
pub fn create_session_globals_then<R>(edition: Edition, f: impl FnOnce() -> R) -> R {
    let globals = SessionGlobals {
        symbols: RefCell::new(symbol::Interner::prefilled()),
        byte_symbols: RefCell::default(),
        hygiene: RefCell::new(hygiene::HygieneData::new(edition)),
        metavar_spans: RefCell::default(),
    };
    struct Reset(*const SessionGlobals);
    impl Drop for Reset {
        fn drop(&mut self) {
            GLOBALS.set(self.0);
        }
    }
    let _reset = Reset(GLOBALS.replace(&globals));
    f()
}

/// For tests: runs `f` in session tables of edition 2021.
pub fn create_default_session_globals_then<R>(f: impl FnOnce() -> R) -> R {
    create_session_globals_then(Edition::Edition2021, f)
}

#[inline]
pub(crate) fn with_session_globals<R>(f: impl FnOnce(&SessionGlobals) -> R) -> R {
    let ptr = GLOBALS.get();
    assert!(!ptr.is_null(), "no session globals: call create_session_globals_then first");
    // SAFETY: the pointer is set only while the globals live on the stack of `create_session_globals_then`,
    // and restored by its drop guard.
    f(unsafe { &*ptr })
}
