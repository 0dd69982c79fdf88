//! [`TyCtxt`]: everything known of a compilation, by memoised queries over definitions.
//!
//! A query is a function with a key, computed at most once a session. It is declared in `queries.rs`, its local
//! function is set by the stage that owns it (`provide`), and for a definition of another crate the same query is
//! answered by crate `metadata` (`provide_extern`). `plumbing.rs` has the tables, the stack of running queries and
//! cycle errors; `cycle.rs` the values that a query in a cycle gets. `context.rs` is [`TyCtxt`] itself; the other
//! files are its methods by subject.
//!
//! Invariant: a query's value depends only on its key, on other queries and on the session's inputs (the resolved
//! and lowered crate, the options), never on the order of evaluation.

mod attrs;
mod cache;
mod context;
mod cycle;
mod def_path;
pub mod hir_map;
mod inhabited;
mod instance;
pub mod lint_levels;
pub mod mir_ext;
mod plumbing;
mod printer;
mod queries;
pub mod specialization;
mod store;
mod type_util;
mod visible_paths;

pub use attrs::{CodegenFnAttrs, ConstStability, Deprecation, InlineAttr, Stability, StabilityLevel};
pub use context::{GlobalCtxt, Inputs, TyCtxt};
pub use cycle::FromCycle;
pub use mir_ext::{Discr, HasLocalDecls, PlaceTy, PlaceTyExt, ValueTyExt};
pub use plumbing::{IntoQueryParam, Key, LocalCrate, Steal};
pub use printer::TyCtxtPrinter;
pub use queries::{
    AbiReg, ArgAbi, CodegenObligationError, CrateInherentImpls, DynCompatibilityViolation, ExternProviders, FnAbi,
    LayoutKey, MethodViolation, PassMode, Providers, QueryTables, VtblEntry,
};
pub use store::{
    BuiltinImplSource, CrateDep, CrateStore, DestructuredConst, ImplSource, ImplSourceUserDefined, LoadedMacro,
    ObjectLifetimeDefault, ResolveBoundVars, ResolvedArg, UpstreamInstances,
};
pub use visible_paths::with_no_trimmed_paths;

/// The payload of a panic that ends the compilation after errors were reported: a query cycle that leaves nothing to go
/// on with. The driver catches it where the host can.
#[derive(Debug)]
pub struct FatalError;
