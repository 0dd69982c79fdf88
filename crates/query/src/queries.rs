//! The declarations of all queries. Names and meanings are rustc's (`rustc_middle::queries`).

use hir::LangItem;
use hir::def::DefKind;
use hir::resolutions::{EffectiveVisibilities, ModChild};
use mir::interpret::{ErrorHandled, GlobalId};
use rustc_index::IndexVec;
use span::def_id::{CrateNum, DefId, LocalDefId};
use span::{FxIndexMap, FxIndexSet, Ident, Span, Symbol};
use ty::layout::{LayoutError, TyAndLayout};
use ty::{
    AdtDef, AssocItem, AssocItems, Clause, Const, EarlyBinder, ErrorGuaranteed, GenericArg, GenericArgsRef,
    GenericPredicates, Generics, ImplTraitHeader, Instance, InstanceKind, List, ParamEnv, PolyExistentialTraitRef,
    PolyFnSig, PseudoCanonicalInput, TraitDef, TraitImpls, TraitRef, Ty, TypeckResults, Variance, Visibility,
};

use crate::attrs::{CodegenFnAttrs, ConstStability, Deprecation, Stability};
use crate::cache::declare_queries;
use crate::cycle::report_cycle;
use crate::plumbing::{Cache, Key, execute};
use crate::store::{CrateDep, ImplSource, LoadedMacro, ObjectLifetimeDefault, ResolveBoundVars, UpstreamInstances};
use crate::{FromCycle, IntoQueryParam, Steal, TyCtxt};

#[cold]
fn no_provider(name: &str) -> ! {
    panic!("no provider is set for query `{name}`")
}

/// A cycle in a query that has no value for it: the error was reported; there is nothing to go on with.
#[cold]
fn no_value() -> ! {
    std::panic::panic_any(crate::FatalError)
}

declare_queries! {
    extern {
        // --- Definitions ---
        /// What a definition is.
        fn def_kind(DefId) -> DefKind, "looking up definition kind of";
        /// The place of a definition: the header for items with bodies.
        fn def_span(DefId) -> Span, "looking up span for";
        /// The place of a definition's name.
        fn def_ident_span(DefId) -> Option<Span>, "looking up span for" = cycle;
        /// Who may name it.
        fn visibility(DefId) -> Visibility<DefId>, "computing visibility of";
        /// The attributes of a definition.
        fn attrs(DefId) -> &'tcx [hir::Attribute], "looking up attributes of";
        fn lookup_stability(DefId) -> Option<Stability>, "looking up stability of" = cycle;
        fn lookup_const_stability(DefId) -> Option<ConstStability>, "looking up const stability of" = cycle;
        fn lookup_deprecation(DefId) -> Option<Deprecation>, "checking whether it is deprecated:" = cycle;
        /// The expansion that made the definition (`macro` 2.0 hygiene).
        fn expn_that_defined(DefId) -> span::ExpnId, "getting the expansion that defined";
        /// Names in a module, enum or trait of another crate; re-exports of a local module.
        fn module_children(DefId) -> &'tcx [ModChild], "collecting child items of module";
        /// A macro's definition.
        fn load_macro(DefId) -> &'tcx LoadedMacro, "loading the macro";
        fn is_doc_hidden(DefId) -> bool, "checking whether it is `doc(hidden)`:" = cycle;

        // --- Generics, types, bounds ---
        fn generics_of(DefId) -> &'tcx Generics, "computing generics of";
        /// The type of an item, field, parameter (default: [`TyCtxt::type_of`] of it), constant or alias.
        fn type_of(DefId) -> EarlyBinder<Ty<'tcx>>, "computing type of" = cycle;
        /// The default of a const parameter.
        fn const_param_default(DefId) -> EarlyBinder<Const<'tcx>>, "computing the default for const parameter" = cycle;
        /// The bounds written on an item, without those of its parent.
        fn explicit_predicates_of(DefId) -> GenericPredicates<'tcx>, "computing explicit predicates of" = cycle;
        /// `T: 'a` bounds implied by a struct's fields.
        fn inferred_outlives_of(DefId) -> &'tcx [(Clause<'tcx>, Span)], "computing inferred outlives-predicates of" = cycle;
        /// Bounds of `Self` by supertraits, as written.
        fn explicit_super_predicates_of(DefId) -> EarlyBinder<&'tcx [(Clause<'tcx>, Span)]>, "computing the super predicates of" = cycle;
        /// All bounds that a trait implies: super predicates and bounds of associated types.
        fn explicit_implied_predicates_of(DefId) -> EarlyBinder<&'tcx [(Clause<'tcx>, Span)]>, "computing the implied predicates of" = cycle;
        /// Bounds written on an associated or opaque type, on that type as `Self`.
        fn explicit_item_bounds(DefId) -> EarlyBinder<&'tcx [(Clause<'tcx>, Span)]>, "finding item bounds for" = cycle;
        /// Those of them that do not go through supertraits of the type's own projections.
        fn explicit_item_self_bounds(DefId) -> EarlyBinder<&'tcx [(Clause<'tcx>, Span)]>, "finding item bounds for" = cycle;
        /// `[const]` bounds of a const trait's or fn's generics.
        fn const_conditions(DefId) -> ty::GenericPredicates<'tcx>, "computing the conditions for const of" = cycle;
        fn explicit_implied_const_bounds(DefId) -> EarlyBinder<&'tcx [(Clause<'tcx>, Span)]>, "computing the implied const bounds of" = cycle;
        fn variances_of(DefId) -> &'tcx [Variance], "computing the variances of" = cycle;
        fn fn_sig(DefId) -> EarlyBinder<PolyFnSig<'tcx>>, "computing function signature of" = cycle;
        /// The names of a function's parameters.
        fn fn_arg_idents(DefId) -> &'tcx [Option<Ident>], "looking up function parameter identifiers for" = cycle;
        fn adt_def(DefId) -> AdtDef<'tcx>, "computing ADT definition for";
        /// The destructor of an ADT: its `Drop::drop`.
        fn adt_destructor(DefId) -> Option<DefId>, "computing `Drop` impl for" = cycle;
        /// The type whose `Sized`ness decides the ADT's: the last field's, if not known to be sized.
        fn adt_sized_constraint(DefId) -> Option<EarlyBinder<Ty<'tcx>>>, "computing the `Sized` constraint for" = cycle;
        /// The type parameters that `drop` of the ADT may look at.
        fn adt_dtorck_constraint(DefId) -> &'tcx [Ty<'tcx>], "computing drop-check constraints for" = cycle;
        fn object_lifetime_default(DefId) -> ObjectLifetimeDefault, "looking up lifetime defaults for generic parameter";
        /// `const fn`, const trait or impl.
        fn constness(DefId) -> hir::Constness, "checking constness of";
        /// `async fn`
        fn asyncness(DefId) -> bool, "checking if the function is async:" = cycle;
        fn coroutine_kind(DefId) -> Option<hir::CoroutineKind>, "looking up coroutine kind of" = cycle;
        fn coroutine_for_closure(DefId) -> DefId, "given a coroutine-closure, finding its coroutine:";
        /// `impl Trait`: where it stands.
        fn opaque_ty_origin(DefId) -> hir::OpaqueTyOrigin<DefId>, "determining where the opaque originates from";
        /// The hidden type as the body that defines it says.
        fn type_of_opaque(DefId) -> EarlyBinder<Ty<'tcx>>, "computing type of opaque" = cycle;
        fn is_type_alias_impl_trait(DefId) -> bool, "determining whether the item is a type-alias-impl-trait:" = cycle;
        fn anon_const_kind(DefId) -> ty::AnonConstKind, "looking up anon const kind of";

        // --- Traits and impls ---
        fn trait_def(DefId) -> &'tcx TraitDef, "computing trait definition for";
        fn impl_trait_header(DefId) -> Option<ImplTraitHeader<'tcx>>, "computing trait implemented by" = cycle;
        /// Of an impl's specialization parent, for metadata: the trait or the impl it specializes.
        fn impl_parent(DefId) -> Option<DefId>, "computing specialization parent impl of" = cycle;
        /// `default fn` or item of a `default impl`.
        fn defaultness(DefId) -> hir::Defaultness, "looking up whether it has `default`:";
        /// The associated items of a trait or impl, in order.
        fn associated_item_def_ids(DefId) -> &'tcx [DefId], "collecting associated items or fields of" = cycle;
        fn associated_item(DefId) -> AssocItem, "computing associated item data for";
        /// Associated types made of `-> impl Trait` of a trait's function.
        fn associated_types_for_impl_traits_in_associated_fn(DefId) -> &'tcx [DefId], "creating associated items for opaque types returned by" = cycle;
        /// The inherent impls of a type.
        fn inherent_impls(DefId) -> &'tcx [DefId], "collecting inherent impls for" = cycle;
        /// The impls of a trait that a crate has, with the simplified self type.
        fn implementations_of_trait((CrateNum, DefId)) -> &'tcx [(DefId, Option<ty::SimplifiedType>)], "looking up implementations of a trait in a crate";
        /// Inherent impls on primitive and other incoherent types that a crate has (`rustc_coherence_is_core`).
        fn crate_incoherent_impls((CrateNum, ty::SimplifiedType)) -> &'tcx [DefId], "collecting all impls for a type in a crate";
        fn all_impls_in_trait_order(CrateNum) -> &'tcx [DefId], "collecting impls" = cycle;
        fn traits(CrateNum) -> &'tcx [DefId], "fetching all traits in a crate" = cycle;
        /// `#[rustc_intrinsic]`: its name, and whether it must be overridden.
        fn intrinsic_raw(DefId) -> Option<(Symbol, bool)>, "fetching intrinsic name if it is one:" = cycle;
        fn unsizing_params_for_adt(DefId) -> &'tcx [u32], "determining what parameters of the ADT may participate in unsizing:" = cycle;
        fn coerce_unsized_info(DefId) -> Result<ty::adjustment::CoerceUnsizedInfo, ErrorGuaranteed>, "computing CoerceUnsized info for" = cycle;
        fn default_fields(DefId) -> bool, "looking up default fields of" = cycle;

        // --- Crates ---
        fn lang_items_defined_in(CrateNum) -> &'tcx [(DefId, LangItem)], "calculating the lang items defined in a crate" = cycle;
        fn diagnostic_items_in(CrateNum) -> &'tcx FxIndexMap<Symbol, DefId>, "calculating the diagnostic items map in a crate";
        fn crate_hash(CrateNum) -> u64, "looking up the hash of a crate";
        fn crate_dependencies(CrateNum) -> &'tcx [CrateDep], "fetching the dependencies of a crate";
        fn crate_extern_macro_rules(CrateNum) -> &'tcx [ModChild], "fetching `macro_export` macros of a crate" = cycle;
        /// Definitions whose object code is in the crate's objects: not generic, or instantiated there.
        fn reachable_non_generics(CrateNum) -> &'tcx FxIndexSet<DefId>, "looking up the exported symbols of a crate";
        /// Instances of generic functions that are in the crate's objects for others to use: hashes of their symbols.
        fn upstream_instances_in(CrateNum) -> &'tcx UpstreamInstances, "looking up the instances in a crate";
        fn stability_implications(CrateNum) -> &'tcx FxIndexMap<Symbol, Symbol>, "calculating the implications between `#[unstable]` features";
        fn foreign_module_abi(DefId) -> ty::ExternAbi, "looking up the ABI of an extern block";
        /// Names and attributes for linking a foreign item: symbol name.
        fn is_foreign_item(DefId) -> bool, "checking whether it is a foreign item:" = cycle;
        fn is_no_builtins(CrateNum) -> bool, "checking `#![no_builtins]`" = cycle;
        fn has_global_allocator(CrateNum) -> bool, "checking if the crate has_global_allocator" = cycle;

        // --- Bodies ---
        /// The final MIR, for code generation: of generic and inline functions from metadata too.
        fn optimized_mir(DefId) -> &'tcx mir::Body<'tcx>, "optimizing MIR for";
        /// The MIR for compile-time evaluation.
        fn mir_for_ctfe(DefId) -> &'tcx mir::Body<'tcx>, "caching mir for CTFE:";
        fn promoted_mir(DefId) -> &'tcx IndexVec<mir::Promoted, mir::Body<'tcx>>, "optimizing promoted MIR for";
        fn is_mir_available(DefId) -> bool, "checking if item has MIR available:" = cycle;
        fn is_ctfe_mir_available(DefId) -> bool, "checking if item has CTFE MIR available:" = cycle;
        fn mir_const_qualif(DefId) -> mir::ConstQualifs, "const checking";
        /// Whether a function is `#[inline]`, small or generic: its MIR goes into metadata.
        fn cross_crate_inlinable(DefId) -> bool, "checking whether the item should be made inlinable:" = cycle;
        fn rendered_const(DefId) -> &'tcx str, "rendering constant initializer of";
        /// The evaluated memory of a static.
        fn eval_static_initializer(DefId) -> Result<mir::interpret::ConstAllocation<'tcx>, ErrorHandled>, "evaluating initializer of static" = cycle;
        /// Codegen attributes: inline, linkage, symbol names, track_caller, ...
        fn codegen_fn_attrs(DefId) -> &'tcx CodegenFnAttrs, "computing codegen attributes of";
        /// The coroutine's types that live across suspension points.
        fn coroutine_hidden_types(DefId) -> EarlyBinder<&'tcx List<Ty<'tcx>>>, "looking up the hidden types stored across await points in a coroutine:";
        fn closure_typeinfo_kind(DefId) -> Option<ty::closure::ClosureKind>, "looking up the kind of closure" = cycle;
    }
    local {
        // --- HIR and names ---
        fn resolve_bound_vars(LocalDefId) -> &'tcx ResolveBoundVars, "resolving lifetimes for";
        /// The lifetime parameters of a function that are late-bound, by local id.
        fn is_late_bound_map(LocalDefId) -> Option<&'tcx FxIndexSet<hir::ItemLocalId>>, "testing if regions are late bound in" = cycle;
        fn hir_crate_items_query(()) -> &'tcx crate::hir_map::ModuleItems, "getting HIR crate items";
        fn hir_module_items(LocalDefId) -> &'tcx crate::hir_map::ModuleItems, "getting HIR module items in";
        fn upvars_mentioned(DefId) -> Option<&'tcx FxIndexMap<hir::HirId, hir::Upvar>>, "collecting upvars mentioned in" = cycle;
        fn get_lang_items(()) -> &'tcx hir::LanguageItems, "calculating the lang items map";
        fn all_diagnostic_items(()) -> &'tcx FxIndexMap<Symbol, DefId>, "calculating the diagnostic items map";
        fn effective_visibilities(()) -> &'tcx EffectiveVisibilities, "checking effective visibilities";
        fn lint_levels_for_owner(LocalDefId) -> &'tcx crate::lint_levels::OwnerLintLevels, "looking up lint levels of";
        fn entry_fn(()) -> Option<DefId>, "looking up the entry function of a crate" = cycle;
        fn live_symbols(()) -> &'tcx FxIndexSet<LocalDefId>, "finding live symbols in crate";
        /// Items reachable from other crates or from the entry point.
        fn reachable_set(()) -> &'tcx FxIndexSet<LocalDefId>, "reachability";

        // --- Types of items ---
        fn predicates_of(DefId) -> GenericPredicates<'tcx>, "computing predicates of" = cycle;
        fn type_param_predicates((LocalDefId, DefId, Ident)) -> EarlyBinder<&'tcx [(Clause<'tcx>, Span)]>, "computing the bounds for type parameter" = cycle;
        fn explicit_supertraits_containing_assoc_item((DefId, Ident)) -> EarlyBinder<&'tcx [(Clause<'tcx>, Span)]>, "computing the super traits" = cycle;
        fn item_bounds(DefId) -> EarlyBinder<ty::Clauses<'tcx>>, "elaborating item bounds for";
        fn item_self_bounds(DefId) -> EarlyBinder<ty::Clauses<'tcx>>, "elaborating item assumptions for";
        fn item_non_self_bounds(DefId) -> EarlyBinder<ty::Clauses<'tcx>>, "elaborating item assumptions for";
        fn param_env(DefId) -> ParamEnv<'tcx>, "computing normalized predicates of" = cycle;
        fn assumed_wf_types(LocalDefId) -> &'tcx [(Ty<'tcx>, Span)], "computing the implied bounds of";
        fn inferred_outlives_crate(()) -> &'tcx FxIndexMap<DefId, &'tcx [(Clause<'tcx>, Span)]>, "computing the inferred outlives-predicates for items in this crate";
        fn crate_variances(()) -> &'tcx FxIndexMap<DefId, &'tcx [Variance]>, "computing the variances for items in this crate";
        fn associated_items(DefId) -> &'tcx AssocItems, "collecting associated items of";
        /// From a trait's item to the impl's.
        fn impl_item_implementor_ids(DefId) -> &'tcx FxIndexMap<DefId, DefId>, "comparing impl items against trait for";
        fn trait_impls_of(DefId) -> &'tcx TraitImpls, "finding trait impls of";
        fn all_local_trait_impls(()) -> &'tcx FxIndexMap<DefId, Vec<LocalDefId>>, "finding local trait impls";
        fn crate_inherent_impls(()) -> &'tcx CrateInherentImpls, "finding all inherent impls defined in crate";
        fn incoherent_impls(ty::SimplifiedType) -> &'tcx [DefId], "collecting all inherent impls for a type";
        fn specialization_graph_of(DefId) -> Result<&'tcx crate::specialization::Graph, ErrorGuaranteed>, "building specialization graph of trait" = cycle;
        fn specializes((DefId, DefId)) -> bool, "checking whether impls specialize one another" = cycle;
        fn dyn_compatibility_violations(DefId) -> &'tcx [DynCompatibilityViolation], "determining dyn-compatibility of trait";
        fn is_dyn_compatible(DefId) -> bool, "checking if trait is dyn-compatible:" = cycle;
        fn supertrait_def_ids_of(DefId) -> &'tcx [DefId], "computing supertraits of" = cycle;
        fn params_in_repr(DefId) -> &'tcx FxIndexSet<u32>, "finding type parameters in the representation of";
        fn const_param_default_of_anon(LocalDefId) -> Option<DefId>, "finding the parameter of anonymous constant" = cycle;
        fn coherent_trait(DefId) -> Result<(), ErrorGuaranteed>, "coherence checking all impls of trait" = cycle;
        /// Whether an ADT does not contain itself without indirection.
        fn representability(LocalDefId) -> Result<(), ErrorGuaranteed>, "checking if the type is representable:" = cycle;
        fn check_well_formed(LocalDefId) -> Result<(), ErrorGuaranteed>, "checking that the item is well-formed:" = cycle;
        fn compare_impl_item(LocalDefId) -> Result<(), ErrorGuaranteed>, "checking assoc item is compatible with trait definition:" = cycle;
        fn opaque_types_defined_by(LocalDefId) -> &'tcx List<DefId>, "computing the opaque types defined by";
        fn collect_return_position_impl_trait_in_trait_tys(DefId) -> Result<&'tcx FxIndexMap<DefId, EarlyBinder<Ty<'tcx>>>, ErrorGuaranteed>, "comparing an impl and trait method signature, inferring any hidden `impl Trait` types in the process:" = cycle;

        // --- Bodies ---
        fn typeck(LocalDefId) -> &'tcx TypeckResults<'tcx>, "type-checking" = cycle;
        fn used_trait_imports(LocalDefId) -> &'tcx FxIndexSet<LocalDefId>, "finding used_trait_imports";
        fn thir_abstract_const(LocalDefId) -> Result<Option<EarlyBinder<Const<'tcx>>>, ErrorGuaranteed>, "building an abstract representation for" = cycle;
        fn check_match(LocalDefId) -> Result<(), ErrorGuaranteed>, "match-checking" = cycle;
        fn check_unsafety(LocalDefId) -> (), "unsafety-checking" = cycle;
        fn check_liveness(LocalDefId) -> (), "checking liveness of variables in" = cycle;
        fn mir_built(LocalDefId) -> &'tcx Steal<mir::Body<'tcx>>, "building MIR for";
        fn mir_promoted(LocalDefId) -> (&'tcx Steal<mir::Body<'tcx>>, &'tcx Steal<IndexVec<mir::Promoted, mir::Body<'tcx>>>), "promoting constants in MIR for";
        fn mir_borrowck(LocalDefId) -> &'tcx mir::BorrowCheckResult<'tcx>, "borrow-checking";
        fn mir_drops_elaborated_and_const_checked(LocalDefId) -> &'tcx Steal<mir::Body<'tcx>>, "elaborating drops for";
        fn mir_keys(()) -> &'tcx FxIndexSet<LocalDefId>, "getting a list of all mir_keys";
        fn mir_shims(InstanceKind<'tcx>) -> &'tcx mir::Body<'tcx>, "generating MIR shim for";
        fn coroutine_witness_types(DefId) -> Option<&'tcx mir::CoroutineLayout<'tcx>>, "looking up the coroutine layout of" = cycle;

        // --- Environments, layouts, properties of types ---
        fn is_copy_raw(PseudoCanonicalInput<'tcx, Ty<'tcx>>) -> bool, "computing whether a type is `Copy`" = cycle;
        fn is_sized_raw(PseudoCanonicalInput<'tcx, Ty<'tcx>>) -> bool, "computing whether a type is `Sized`" = cycle;
        fn is_freeze_raw(PseudoCanonicalInput<'tcx, Ty<'tcx>>) -> bool, "computing whether a type is freeze" = cycle;
        fn is_unpin_raw(PseudoCanonicalInput<'tcx, Ty<'tcx>>) -> bool, "computing whether a type is `Unpin`" = cycle;
        fn needs_drop_raw(PseudoCanonicalInput<'tcx, Ty<'tcx>>) -> bool, "computing whether a type needs drop" = cycle;
        fn has_significant_drop_raw(PseudoCanonicalInput<'tcx, Ty<'tcx>>) -> bool, "computing whether a type has a significant drop" = cycle;
        fn layout_of(PseudoCanonicalInput<'tcx, Ty<'tcx>>) -> Result<TyAndLayout<'tcx>, LayoutError<'tcx>>, "computing layout of" = cycle;
        fn normalize_generic_arg_erasing_regions(PseudoCanonicalInput<'tcx, GenericArg<'tcx>>) -> Result<GenericArg<'tcx>, ErrorGuaranteed>, "normalizing" = cycle;
        fn codegen_select_candidate(PseudoCanonicalInput<'tcx, TraitRef<'tcx>>) -> Result<ImplSource<'tcx>, CodegenObligationError>, "computing candidate for";
        fn resolve_instance_raw(PseudoCanonicalInput<'tcx, (DefId, GenericArgsRef<'tcx>)>) -> Result<Option<Instance<'tcx>>, ErrorGuaranteed>, "resolving instance" = cycle;
        fn vtable_entries(TraitRef<'tcx>) -> &'tcx [VtblEntry<'tcx>], "finding all vtable entries for trait";
        fn first_method_vtable_slot(TraitRef<'tcx>) -> usize, "finding the slot within the vtable of a method";
        fn supertrait_vtable_slot((Ty<'tcx>, Ty<'tcx>)) -> Option<usize>, "finding the slot within vtable for trait object vtable ptr" = cycle;
        fn vtable_allocation((Ty<'tcx>, Option<PolyExistentialTraitRef<'tcx>>)) -> mir::interpret::AllocId, "computing the vtable of a type";
        fn fn_abi_of_instance(PseudoCanonicalInput<'tcx, (Instance<'tcx>, &'tcx List<Ty<'tcx>>)>) -> Result<&'tcx FnAbi<'tcx>, LayoutError<'tcx>>, "computing call ABI of an instance" = cycle;
        fn fn_abi_of_fn_ptr(PseudoCanonicalInput<'tcx, (PolyFnSig<'tcx>, &'tcx List<Ty<'tcx>>)>) -> Result<&'tcx FnAbi<'tcx>, LayoutError<'tcx>>, "computing call ABI of a function pointer" = cycle;
        fn check_validity_requirement(PseudoCanonicalInput<'tcx, (ty::layout::ValidityRequirement, Ty<'tcx>)>) -> Result<bool, LayoutError<'tcx>>, "checking validity requirement" = cycle;

        // --- Constants ---
        /// A constant's value as memory or scalar.
        fn eval_to_const_value_raw(PseudoCanonicalInput<'tcx, GlobalId<'tcx>>) -> Result<mir::ConstValue, ErrorHandled>, "simplifying constant for the type system" = cycle;
        fn eval_to_allocation_raw(PseudoCanonicalInput<'tcx, GlobalId<'tcx>>) -> Result<mir::interpret::ConstAlloc<'tcx>, ErrorHandled>, "const-evaluating" = cycle;
        /// A constant's value as a tree; the inner error is a type that has no such form.
        fn eval_to_valtree(PseudoCanonicalInput<'tcx, GlobalId<'tcx>>) -> Result<Result<ty::ValTree<'tcx>, Ty<'tcx>>, ErrorHandled>, "evaluating type-level constant" = cycle;
        fn valtree_to_const_val(ty::Value<'tcx>) -> mir::ConstValue, "converting type-level constant value to MIR constant value";
        fn destructure_const_value((mir::ConstValue, Ty<'tcx>)) -> Option<crate::DestructuredConst<'tcx>>, "destructuring MIR constant" = cycle;
        fn const_caller_location((Symbol, u32, u32)) -> mir::ConstValue, "getting a caller location";

        // --- Code generation ---
        fn symbol_name(Instance<'tcx>) -> &'tcx str, "computing the symbol for an instance";
        fn instance_mir_size_estimate(Instance<'tcx>) -> usize, "estimating size of an instance";
        fn mono_optimized_mir(Instance<'tcx>) -> &'tcx mir::Body<'tcx>, "optimizing monomorphic MIR for";
        fn check_mono_item(Instance<'tcx>) -> (), "monomorphization-time checking" = cycle;
        fn mod_items_check(LocalDefId) -> (), "checking items in module" = cycle;
    }
}

/// Inherent impls of the local crate.
#[derive(Clone, Debug, Default)]
pub struct CrateInherentImpls {
    pub inherent_impls: FxIndexMap<LocalDefId, Vec<DefId>>,
    pub incoherent_impls: FxIndexMap<ty::SimplifiedType, Vec<LocalDefId>>,
}

/// Why a trait cannot be made into an object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DynCompatibilityViolation {
    /// `Self: Sized` on the trait.
    SizedSelf(Vec<Span>),
    /// A supertrait mentions `Self` in its arguments.
    SupertraitSelf(Vec<Span>),
    /// A supertrait has a non-lifetime binder.
    SupertraitNonLifetimeBinder(Vec<Span>),
    SupertraitConst(Vec<Span>),
    Method(Symbol, MethodViolation, Span),
    AssocConst(Symbol, Span),
    /// A generic associated type.
    Gat(Symbol, Span),
}

/// Why a method cannot be called on an object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MethodViolation {
    StaticMethod,
    ReferencesSelfInput(Option<Span>),
    ReferencesSelfOutput,
    ReferencesImplTraitInTrait(Span),
    AsyncFn,
    WhereClauseReferencesSelf,
    Generic,
    UndispatchableReceiver(Option<Span>),
}

/// Why codegen found no impl.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodegenObligationError {
    Ambiguity,
    Unimplemented,
    UnconstrainedParam(ErrorGuaranteed),
}

/// An entry of a vtable, after the three of every vtable (drop, size, align).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VtblEntry<'tcx> {
    MetadataDropInPlace,
    MetadataSize,
    MetadataAlign,
    /// A method that cannot be called on the object (`where Self: Sized` unmet).
    Vacant,
    Method(Instance<'tcx>),
    /// The vtable of a supertrait, for upcasting.
    TraitVPtr(TraitRef<'tcx>),
}

/// How a function is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FnAbi<'tcx> {
    pub args: Vec<ArgAbi<'tcx>>,
    pub ret: ArgAbi<'tcx>,
    pub c_variadic: bool,
    pub fixed_count: u32,
    pub abi: ty::ExternAbi,
    pub can_unwind: bool,
}

/// How a value is passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgAbi<'tcx> {
    pub layout: LayoutKey<'tcx>,
    pub mode: PassMode,
}

/// A layout that compares by its type.
#[derive(Clone, Copy, Debug)]
pub struct LayoutKey<'tcx>(pub TyAndLayout<'tcx>);

impl PartialEq for LayoutKey<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.ty == other.0.ty
    }
}
impl Eq for LayoutKey<'_> {}

/// The ways of passing a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PassMode {
    /// Zero-sized: not passed.
    Ignore,
    /// In one register, as the scalar it is.
    Direct,
    /// In two registers, as its scalar pair.
    Pair,
    /// In the registers of these classes, as raw bytes (C ABI structs).
    Cast(Vec<AbiReg>),
    /// By pointer; `on_stack`: by value on the stack (x86-64 `byval`); `meta`: with an unsized value's metadata.
    Indirect { on_stack: bool, meta: bool },
}

/// A register of an aggregate passed in registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AbiReg {
    pub float: bool,
    /// The bytes it carries, at most 16.
    pub size: u8,
    /// Where in the value it starts.
    pub offset: u32,
}
