//! What generic parameters and bounds a definition has.

use macros::{Decodable, Encodable, TyEncodable};
use span::def_id::DefId;
use span::{Span, Symbol};

use crate::Clause;

/// A generic parameter.
#[derive(Clone, Debug, Encodable, Decodable)]
pub struct GenericParamDef {
    pub name: Symbol,
    pub def_id: DefId,
    /// Its index among all parameters, the parent's included.
    pub index: u32,
    /// `#[may_dangle]`
    pub pure_wrt_drop: bool,
    pub kind: GenericParamDefKind,
}

/// What a parameter is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum GenericParamDefKind {
    Lifetime,
    Type {
        has_default: bool,
        /// Made from `impl Trait` in argument position.
        synthetic: bool,
    },
    Const {
        has_default: bool,
    },
}

impl GenericParamDefKind {
    /// As diagnostics name it.
    pub fn descr(&self) -> &'static str {
        match self {
            GenericParamDefKind::Lifetime => "lifetime",
            GenericParamDefKind::Type { .. } => "type",
            GenericParamDefKind::Const { .. } => "constant",
        }
    }
    pub fn is_ty_or_const(&self) -> bool {
        !matches!(self, GenericParamDefKind::Lifetime)
    }
    pub fn is_synthetic(&self) -> bool {
        matches!(self, GenericParamDefKind::Type { synthetic: true, .. })
    }
    pub fn has_default(&self) -> bool {
        matches!(
            self,
            GenericParamDefKind::Type { has_default: true, .. } | GenericParamDefKind::Const { has_default: true }
        )
    }
}

/// How many parameters of each kind.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct GenericParamCount {
    pub lifetimes: usize,
    pub types: usize,
    pub consts: usize,
}

/// The early-bound generics of a definition.
///
/// Indices count the parent's parameters first; a trait's `Self` is its index 0.
#[derive(Clone, Debug, Default, Encodable, Decodable)]
pub struct Generics {
    pub parent: Option<DefId>,
    pub parent_count: usize,
    pub own_params: Vec<GenericParamDef>,
    /// From a parameter's definition to its index.
    pub param_def_id_to_index: span::FxIndexMap<DefId, u32>,
    /// Whether the first own parameter is a trait's `Self`.
    pub has_self: bool,
    /// The place of a late-bound region parameter, which forbids explicit lifetime arguments.
    pub has_late_bound_regions: Option<Span>,
}

impl Generics {
    /// The number of parameters, the parent's included.
    pub fn count(&self) -> usize {
        self.parent_count + self.own_params.len()
    }
    /// The number of own parameters of each kind.
    pub fn own_counts(&self) -> GenericParamCount {
        let mut counts = GenericParamCount::default();
        for p in &self.own_params {
            match p.kind {
                GenericParamDefKind::Lifetime => counts.lifetimes += 1,
                GenericParamDefKind::Type { .. } => counts.types += 1,
                GenericParamDefKind::Const { .. } => counts.consts += 1,
            }
        }
        counts
    }
    /// The number of own parameters with defaults.
    pub fn own_defaults(&self) -> GenericParamCount {
        let mut counts = GenericParamCount::default();
        for p in &self.own_params {
            match p.kind {
                GenericParamDefKind::Type { has_default: true, .. } => counts.types += 1,
                GenericParamDefKind::Const { has_default: true } => counts.consts += 1,
                _ => {}
            }
        }
        counts
    }
    /// Whether there is no parameter at all, the parent's included.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }
    /// Whether there are own parameters other than a trait's `Self`.
    pub fn own_requires_monomorphization(&self) -> bool {
        self.own_params.iter().any(|p| p.kind.is_ty_or_const())
    }
}

/// Bounds of a definition, with the places they were written.
#[derive(Clone, Copy, Debug, Default, TyEncodable)]
pub struct GenericPredicates<'tcx> {
    pub parent: Option<DefId>,
    pub predicates: &'tcx [(Clause<'tcx>, Span)],
}
