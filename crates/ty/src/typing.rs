//! In what context types are looked at: environments of assumptions, modes, canonical queries, variances.

use macros::{Decodable, Encodable, TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use span::def_id::DefId;

use crate::{Clauses, List, UniverseIndex};

/// The assumptions in scope: the `where` clauses of the item, elaborated and normalised.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TyEncodable, TyDecodable)]
pub struct ParamEnv<'tcx> {
    caller_bounds: Clauses<'tcx>,
}

impl<'tcx> ParamEnv<'tcx> {
    /// Of these clauses.
    pub fn new(caller_bounds: Clauses<'tcx>) -> Self {
        ParamEnv { caller_bounds }
    }
    /// No assumptions.
    pub fn empty() -> Self {
        ParamEnv { caller_bounds: List::empty() }
    }
    pub fn caller_bounds(self) -> Clauses<'tcx> {
        self.caller_bounds
    }
    /// With a value.
    pub fn and<T>(self, value: T) -> ParamEnvAnd<'tcx, T> {
        ParamEnvAnd { param_env: self, value }
    }
}

/// A value in an environment.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable)]
pub struct ParamEnvAnd<'tcx, T> {
    pub param_env: ParamEnv<'tcx>,
    pub value: T,
}

/// What may be known of opaque types and specialization where types are looked at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TypingMode<'tcx> {
    /// Overlap checks: anything not known may yet be implemented.
    Coherence,
    /// Type checking a body, which defines these opaque types.
    Analysis { defining_opaque_types: &'tcx List<DefId> },
    /// Borrow checking a body: the same, with the hidden types of typeck known.
    Borrowck { defining_opaque_types: &'tcx List<DefId> },
    /// After borrow checking: opaque types defined here are revealed.
    PostBorrowckAnalysis { defined_opaque_types: &'tcx List<DefId> },
    /// Code generation: everything is known.
    PostAnalysis,
}

impl TypingMode<'_> {
    /// A body or item that defines no opaque type.
    pub fn non_body_analysis() -> Self {
        TypingMode::Analysis { defining_opaque_types: List::empty() }
    }
}

/// An environment and a mode.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TypingEnv<'tcx> {
    pub typing_mode: TypingMode<'tcx>,
    pub param_env: ParamEnv<'tcx>,
}

impl<'tcx> TypingEnv<'tcx> {
    /// Of code generation.
    pub fn fully_monomorphized() -> Self {
        TypingEnv { typing_mode: TypingMode::PostAnalysis, param_env: ParamEnv::empty() }
    }
    pub fn as_query_input<T>(self, value: T) -> PseudoCanonicalInput<'tcx, T> {
        PseudoCanonicalInput { typing_env: self, value }
    }
}

/// A query key: an environment and a value without inference variables.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PseudoCanonicalInput<'tcx, T> {
    pub typing_env: TypingEnv<'tcx>,
    pub value: T,
}

/// A value whose inference variables are numbered bound variables.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Canonical<'tcx, T> {
    pub value: T,
    pub max_universe: UniverseIndex,
    pub variables: &'tcx List<CanonicalVarInfo>,
}

/// What a canonical variable is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub struct CanonicalVarInfo {
    pub kind: CanonicalVarKind,
}

/// The kind and universe of a canonical variable.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum CanonicalVarKind {
    Ty { universe: UniverseIndex, sub_root: u32 },
    Int,
    Float,
    PlaceholderTy(crate::PlaceholderType),
    Region(UniverseIndex),
    PlaceholderRegion(crate::PlaceholderRegion),
    Const(UniverseIndex),
    PlaceholderConst(crate::PlaceholderConst),
}

/// How a generic parameter may vary (Reference, "Subtyping and variance").
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum Variance {
    Covariant,
    Invariant,
    Contravariant,
    Bivariant,
}

impl Variance {
    /// The variance of a position of variance `v` inside one of variance `self`.
    pub fn xform(self, v: Variance) -> Variance {
        use Variance::{Bivariant, Contravariant, Covariant, Invariant};
        match (self, v) {
            (Covariant, v) => v,
            (Contravariant, Covariant) => Contravariant,
            (Contravariant, Contravariant) => Covariant,
            (Contravariant, v) => v,
            (Invariant, _) => Invariant,
            (Bivariant, _) => Bivariant,
        }
    }
    /// The greatest lower bound: both uses.
    pub fn glb(self, v: Variance) -> Variance {
        use Variance::{Bivariant, Invariant};
        match (self, v) {
            (Bivariant, x) | (x, Bivariant) => x,
            (a, b) if a == b => a,
            _ => Invariant,
        }
    }
}

pub use hir::resolutions::Visibility;
