//! What crate `metadata` offers besides queries, and data that queries hand out.

use hir::definitions::{DefKey, DefPath};
use span::def_id::{CrateNum, DefId, DefPathHash, StableCrateId};
use span::{Edition, FxIndexMap, Ident, Span, Symbol};

/// The crates this one depends on. Names and keys are available without a `TyCtxt`, for resolution.
pub trait CrateStore {
    /// For crate `metadata`, which alone knows what is behind it.
    fn as_any(&self) -> &dyn std::any::Any;
    /// All crates, in the order of loading, with the crates they depend on before them.
    fn crates(&self) -> Vec<CrateNum>;
    /// The crates that the local crate names, in the order in which it does.
    fn direct_crates(&self) -> Vec<CrateNum> {
        self.crates()
    }
    fn crate_name(&self, krate: CrateNum) -> Symbol;
    fn stable_crate_id(&self, krate: CrateNum) -> StableCrateId;
    fn stable_crate_id_to_crate_num(&self, id: StableCrateId) -> Option<CrateNum>;
    fn def_key(&self, def_id: DefId) -> DefKey;
    fn def_path(&self, def_id: DefId) -> DefPath;
    fn def_path_hash(&self, def_id: DefId) -> DefPathHash;
    fn def_path_hash_to_def_id(&self, hash: DefPathHash) -> Option<DefId>;
    /// Loads a crate by name: from `--extern`, the search paths or the sysroot. Reports an error (E0463 and
    /// relatives) if there is none. A crate loaded before is returned again.
    fn load_crate(&self, name: Symbol, span: Span) -> Result<CrateNum, diagnostics::ErrorGuaranteed>;
    /// As [`CrateStore::load_crate`], without an error: for the extern prelude.
    fn maybe_load_crate(&self, name: Symbol) -> Option<CrateNum>;
}

/// A macro of another crate, as written.
#[derive(Clone, Debug)]
pub struct LoadedMacro {
    pub ident: Ident,
    pub span: Span,
    pub edition: Edition,
    pub attrs: Vec<hir::Attribute>,
    pub def: ast::MacroDef,
}

/// The instances of generic functions in a crate's objects.
#[derive(Clone, Debug, Default)]
pub struct UpstreamInstances {
    /// How far the crate's code is optimised: 0 (`-C opt-level=0`) to 2.
    pub opt_rank: u8,
    /// Sorted hashes of the symbols, without the part that names the crate.
    pub hashes: Vec<u64>,
}

/// A dependency of a crate.
#[derive(Clone, Debug)]
pub struct CrateDep {
    pub cnum: CrateNum,
    pub name: Symbol,
    pub stable_crate_id: StableCrateId,
    pub hash: u64,
    pub extra_filename: String,
}

/// The default lifetime of `dyn Trait` in a type parameter's argument (RFC 599).
#[derive(Clone, Copy, PartialEq, Eq, Debug, macros::Encodable, macros::Decodable)]
pub enum ObjectLifetimeDefault {
    Empty,
    Static,
    Ambiguous,
    Param(DefId),
}

/// The lifetimes in one owner, resolved: for each `hir::Lifetime`, what it refers to; and what `for<..>` bind.
#[derive(Clone, Debug, Default)]
pub struct ResolveBoundVars {
    pub defs: FxIndexMap<hir::ItemLocalId, ResolvedArg>,
    pub late_bound_vars: FxIndexMap<hir::ItemLocalId, Vec<ty::BoundVariableKind>>,
    pub opaque_captured_lifetimes: FxIndexMap<span::def_id::LocalDefId, Vec<(ResolvedArg, span::def_id::LocalDefId)>>,
}

/// What a lifetime or type parameter name refers to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ResolvedArg {
    StaticLifetime,
    EarlyBound(span::def_id::LocalDefId),
    /// Bound by a binder so many levels out, with its number there.
    LateBound(ty::DebruijnIndex, u32, span::def_id::LocalDefId),
    /// A late-bound parameter of an enclosing item's signature, seen from inside.
    Free(span::def_id::LocalDefId, span::def_id::LocalDefId),
    Error(diagnostics::ErrorGuaranteed),
}

/// How a trait goal is met, after monomorphisation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ImplSource<'tcx> {
    /// By an impl with these arguments.
    UserDefined(ImplSourceUserDefined<'tcx>),
    /// By a where clause (generic code only).
    Param,
    /// By the compiler: auto traits, closures, fn pointers, ...; for `dyn Trait` the vtable.
    Builtin(BuiltinImplSource),
}

/// An impl and its arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ImplSourceUserDefined<'tcx> {
    pub impl_def_id: DefId,
    pub args: ty::GenericArgsRef<'tcx>,
}

/// Which built-in rule.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BuiltinImplSource {
    Misc,
    /// `dyn Trait: Trait`, with the index of the trait's first method in the vtable.
    Object(usize),
    /// `dyn Sub` to `dyn Super`: the slot of the super trait's vtable pointer, if it needs one.
    TraitUpcasting(Option<usize>),
    /// Unsizing of a tuple's last field.
    TupleUnsizing,
}

/// A constant of aggregate type in parts.
#[derive(Clone, Copy, Debug)]
pub struct DestructuredConst<'tcx> {
    /// The variant of an enum.
    pub variant: Option<ty::VariantIdx>,
    pub fields: &'tcx [(mir::ConstValue, ty::Ty<'tcx>)],
}
