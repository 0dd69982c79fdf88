//! Traits and the impls of a trait.

use macros::{Decodable, Encodable, TyDecodable, TyEncodable};
use span::def_id::DefId;
use span::{FxIndexMap, Ident};

use crate::{EarlyBinder, ImplPolarity, TraitRef};

/// What a trait's declaration says.
#[derive(Clone, Debug, Encodable, Decodable)]
pub struct TraitDef {
    pub def_id: DefId,
    pub safety_unsafe: bool,
    /// `const trait`
    pub constness_const: bool,
    /// `#[rustc_paren_sugar]`
    pub paren_sugar: bool,
    pub has_auto_impl: bool,
    /// `#[marker]`
    pub is_marker: bool,
    /// `#[rustc_coinductive]` or an auto trait
    pub is_coinductive: bool,
    /// `#[fundamental]`
    pub is_fundamental: bool,
    pub skip_array_during_method_dispatch: bool,
    pub skip_boxed_slice_during_method_dispatch: bool,
    pub specialization_kind: TraitSpecializationKind,
    /// `#[rustc_must_implement_one_of]`
    pub must_implement_one_of: Option<Vec<Ident>>,
    /// `#[rustc_dyn_incompatible_trait]`'s opposite etc.
    pub force_dyn_incompatible: bool,
    /// `#[rustc_deny_explicit_impl]`
    pub deny_explicit_impl: bool,
    /// `#[rustc_do_not_implement_via_object]`'s opposite
    pub implement_via_object: bool,
}

/// How impls of a trait may be used in specialization.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum TraitSpecializationKind {
    None,
    /// `#[rustc_unsafe_specialization_marker]`
    Marker,
    /// `#[rustc_specialization_trait]`
    AlwaysApplicable,
}

/// The header of an impl.
#[derive(Clone, Copy, Debug, TyEncodable, TyDecodable)]
pub struct ImplTraitHeader<'tcx> {
    pub trait_ref: EarlyBinder<TraitRef<'tcx>>,
    pub polarity: ImplPolarity,
    pub safety_unsafe: bool,
    /// `impl const`
    pub constness_const: bool,
}

/// An impl's header with fresh variables in place of its parameters.
#[derive(Clone, Debug)]
pub struct ImplHeader<'tcx> {
    pub impl_def_id: DefId,
    pub impl_args: crate::GenericArgsRef<'tcx>,
    pub self_ty: crate::Ty<'tcx>,
    pub trait_ref: Option<TraitRef<'tcx>>,
    pub predicates: Vec<crate::Predicate<'tcx>>,
}

/// The impls of a trait.
#[derive(Clone, Debug, Default)]
pub struct TraitImpls {
    /// Whose self type is a parameter or an alias.
    pub blanket_impls: Vec<DefId>,
    /// By the outer shape of the self type.
    pub non_blanket_impls: FxIndexMap<SimplifiedType, Vec<DefId>>,
}

/// The outer shape of a type, for looking up impls.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum SimplifiedType {
    Bool,
    Char,
    Int(ast::IntTy),
    Uint(ast::UintTy),
    Float(ast::FloatTy),
    Adt(DefId),
    Foreign(DefId),
    Str,
    Array,
    Slice,
    Ref(ast::Mutability),
    Ptr(ast::Mutability),
    Never,
    Tuple(usize),
    MarkerTraitObject,
    Trait(DefId),
    Closure(DefId),
    Coroutine(DefId),
    CoroutineWitness(DefId),
    Function(usize),
    UnsafeBinder,
    Placeholder,
    Error,
}
