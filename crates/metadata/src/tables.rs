//! What is written about each definition: a table for each kind of value.

use hir::def::{CtorKind, CtorOf, DefKind};
use query::TyCtxt;
use session::OutputType;
use span::ExpnId;
use span::codec::{Encodable, Encoder};
use span::def_id::LocalDefId;

use crate::encoder::EncodeCx;

/// Writes a value if a definition of a kind has it; whether it does.
type EntryFn = for<'tcx> fn(&mut EncodeCx<'tcx>, LocalDefId, DefKind) -> bool;

macro_rules! entries {
    ($(fn $name:ident($tcx:ident, $id:ident, $kind:ident) if $cond:expr => $value:expr;)*) => {
        /// The functions that write each table's values, in the order of [`Root::tables`].
        pub(crate) const TABLES: &[(&str, EntryFn)] = &[$((stringify!($name), |e, $id, $kind| {
            let $tcx = e.tcx;
            let _ = ($tcx, $id, $kind);
            if $cond {
                ($value).encode(e);
                true
            } else {
                false
            }
        })),*];
        /// The number of each table.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy)]
        pub(crate) enum TableId { $($name),* }
    };
}

entries! {
    fn def_kind(tcx, id, kind) if true => kind;
    fn def_span(tcx, id, kind) if has_span(kind) => tcx.def_span(id);
    fn def_ident_span(tcx, id, kind) if tcx.def_ident_span(id).is_some() => tcx.def_ident_span(id);
    fn visibility(tcx, id, kind) if has_visibility(kind) => tcx.visibility(id);
    fn attrs(tcx, id, kind) if !exported_attrs(tcx, id).is_empty() => exported_attrs(tcx, id);
    fn stability(tcx, id, kind) if tcx.lookup_stability(id).is_some() => tcx.lookup_stability(id);
    fn const_stability(tcx, id, kind) if tcx.lookup_const_stability(id).is_some() => tcx.lookup_const_stability(id);
    fn deprecation(tcx, id, kind) if tcx.lookup_deprecation(id).is_some() => tcx.lookup_deprecation(id);
    fn expn_that_defined(tcx, id, kind) if tcx.expn_that_defined(id) != ExpnId::root() => tcx.expn_that_defined(id);
    fn module_children(tcx, id, kind) if matches!(kind, DefKind::Mod | DefKind::Enum | DefKind::Trait | DefKind::TraitAlias) => tcx.module_children(id).to_vec();
    fn load_macro(tcx, id, kind) if matches!(kind, DefKind::Macro(_)) => crate::provide::macro_parts(tcx, id);
    fn generics_of(tcx, id, kind) if has_generics(kind) => tcx.generics_of(id);
    fn type_of(tcx, id, kind) if has_type(tcx, id, kind) => tcx.type_of(id);
    fn const_param_default(tcx, id, kind) if has_const_default(tcx, id, kind) => tcx.const_param_default(id);
    fn explicit_predicates_of(tcx, id, kind) if has_generics(kind) => tcx.explicit_predicates_of(id);
    fn inferred_outlives_of(tcx, id, kind) if has_generics(kind) && !tcx.inferred_outlives_of(id).is_empty() => tcx.inferred_outlives_of(id).to_vec();
    fn explicit_super_predicates_of(tcx, id, kind) if is_trait(kind) => tcx.explicit_super_predicates_of(id).skip_binder().to_vec();
    fn explicit_implied_predicates_of(tcx, id, kind) if is_trait(kind) => tcx.explicit_implied_predicates_of(id).skip_binder().to_vec();
    fn explicit_item_bounds(tcx, id, kind) if has_item_bounds(tcx, id, kind) => tcx.explicit_item_bounds(id).skip_binder().to_vec();
    fn explicit_item_self_bounds(tcx, id, kind) if has_item_bounds(tcx, id, kind) => tcx.explicit_item_self_bounds(id).skip_binder().to_vec();
    fn const_conditions(tcx, id, kind) if has_const_conditions(kind) && !is_empty_conditions(tcx, id) => tcx.const_conditions(id);
    fn explicit_implied_const_bounds(tcx, id, kind) if (is_trait(kind) || has_item_bounds(tcx, id, kind)) && !tcx.explicit_implied_const_bounds(id).skip_binder().is_empty() => tcx.explicit_implied_const_bounds(id).skip_binder().to_vec();
    fn variances_of(tcx, id, kind) if has_variances(kind) => tcx.variances_of(id).to_vec();
    fn fn_sig(tcx, id, kind) if is_fn(kind) => tcx.fn_sig(id);
    fn fn_arg_idents(tcx, id, kind) if matches!(kind, DefKind::Fn | DefKind::AssocFn) => tcx.fn_arg_idents(id).to_vec();
    fn adt_def(tcx, id, kind) if is_adt(kind) => AdtData(tcx.adt_def(id));
    fn constness(tcx, id, kind) if has_constness(kind) => tcx.constness(id) == hir::Constness::Const;
    fn asyncness(tcx, id, kind) if matches!(kind, DefKind::Fn | DefKind::AssocFn) && tcx.asyncness(id) => true;
    fn coroutine_kind(tcx, id, kind) if kind == DefKind::Closure && tcx.coroutine_kind(id).is_some() => tcx.coroutine_kind(id);
    fn coroutine_hidden_types(tcx, id, kind) if kind == DefKind::Closure && tcx.coroutine_kind(id).is_some() => tcx.coroutine_hidden_types(id);
    fn coroutine_for_closure(tcx, id, kind) if kind == DefKind::Closure && is_coroutine_closure(tcx, id) => tcx.coroutine_for_closure(id);
    fn opaque_ty_origin(tcx, id, kind) if kind == DefKind::OpaqueTy => tcx.opaque_ty_origin(id);
    fn object_lifetime_default(tcx, id, kind) if kind == DefKind::TyParam => tcx.object_lifetime_default(id);
    fn trait_def(tcx, id, kind) if is_trait(kind) => tcx.trait_def(id);
    fn impl_trait_header(tcx, id, kind) if matches!(kind, DefKind::Impl { of_trait: true }) => tcx.impl_trait_header(id);
    fn impl_parent(tcx, id, kind) if matches!(kind, DefKind::Impl { of_trait: true }) && tcx.impl_parent(id).is_some() => tcx.impl_parent(id);
    fn defaultness(tcx, id, kind) if has_defaultness(kind) => tcx.defaultness(id);
    fn associated_item_def_ids(tcx, id, kind) if is_trait(kind) || matches!(kind, DefKind::Impl { .. }) => tcx.associated_item_def_ids(id).to_vec();
    fn associated_item(tcx, id, kind) if kind.is_assoc() => tcx.associated_item(id);
    fn inherent_impls(tcx, id, kind) if has_inherent_impls(kind) && !tcx.inherent_impls(id).is_empty() => tcx.inherent_impls(id).to_vec();
    fn intrinsic_raw(tcx, id, kind) if kind == DefKind::Fn && tcx.intrinsic_raw(id).is_some() => tcx.intrinsic_raw(id);
    fn coerce_unsized_info(tcx, id, kind) if is_coerce_unsized(tcx, id, kind) => tcx.coerce_unsized_info(id).unwrap_or(ty::adjustment::CoerceUnsizedInfo { custom_kind: None });
    fn codegen_fn_attrs(tcx, id, kind) if has_codegen_attrs(kind) => tcx.codegen_fn_attrs(id);
    fn is_foreign_item(tcx, id, kind) if matches!(kind, DefKind::Fn | DefKind::Static { .. } | DefKind::ForeignTy) && tcx.is_foreign_item(id) => true;
    fn optimized_mir(tcx, id, kind) if has_codegen_mir(tcx, id, kind) && !has_ctfe_mir(tcx, id, kind) => tcx.optimized_mir(id);
    // As `mir_for_ctfe`, but for the phase.
    fn ctfe_mir_is_optimized_mir(tcx, id, kind) if has_codegen_mir(tcx, id, kind) && has_ctfe_mir(tcx, id, kind) => ();
    fn mir_for_ctfe(tcx, id, kind) if has_ctfe_mir(tcx, id, kind) => tcx.mir_for_ctfe(id);
    fn promoted_mir(tcx, id, kind) if has_codegen_mir(tcx, id, kind) || has_ctfe_mir(tcx, id, kind) => tcx.promoted_mir(id);
    fn mir_const_qualif(tcx, id, kind) if is_const_item(kind) && has_mir(tcx, id) => tcx.mir_const_qualif(id);
    fn cross_crate_inlinable(tcx, id, kind) if has_codegen_attrs(kind) && tcx.cross_crate_inlinable(id) => true;
    fn anon_const_kind(tcx, id, kind) if kind == DefKind::AnonConst => tcx.anon_const_kind(id);
    fn adt_destructor(tcx, id, kind) if is_adt(kind) && tcx.adt_destructor(id).is_some() => tcx.adt_destructor(id);
    fn adt_sized_constraint(tcx, id, kind) if is_adt(kind) && tcx.adt_sized_constraint(id).is_some() => tcx.adt_sized_constraint(id);
    fn adt_dtorck_constraint(tcx, id, kind) if is_adt(kind) && !tcx.adt_dtorck_constraint(id).is_empty() => tcx.adt_dtorck_constraint(id).to_vec();
    fn unsizing_params_for_adt(tcx, id, kind) if is_adt(kind) && !tcx.unsizing_params_for_adt(id).is_empty() => tcx.unsizing_params_for_adt(id).to_vec();
    fn default_fields(tcx, id, kind) if kind == DefKind::Field && tcx.default_fields(id) => true;
    fn foreign_module_abi(tcx, id, kind) if kind == DefKind::ForeignMod => tcx.foreign_module_abi(id).as_str().to_owned();
    fn impl_trait_types(tcx, id, kind) if kind == DefKind::AssocFn && !tcx.associated_types_for_impl_traits_in_associated_fn(id).is_empty() => tcx.associated_types_for_impl_traits_in_associated_fn(id).to_vec();
    fn eval_static_initializer(tcx, id, kind) if has_static_memory(tcx, id, kind) => tcx.eval_static_initializer(id).ok();
}

/// Written as the declaration, not as a reference to it.
struct AdtData<'tcx>(ty::AdtDef<'tcx>);
impl<E: Encoder> Encodable<E> for AdtData<'_> {
    fn encode(&self, e: &mut E) {
        self.0.data().encode(e);
    }
}

fn is_coroutine_closure(tcx: TyCtxt<'_>, id: LocalDefId) -> bool {
    matches!(tcx.type_of(id).skip_binder().kind(), ty::TyKind::CoroutineClosure(..))
}
fn has_span(kind: DefKind) -> bool {
    !matches!(kind, DefKind::ForeignMod | DefKind::Use | DefKind::GlobalAsm)
}
fn has_visibility(kind: DefKind) -> bool {
    !matches!(
        kind,
        DefKind::TyParam
            | DefKind::ConstParam
            | DefKind::LifetimeParam
            | DefKind::AnonConst
            | DefKind::InlineConst
            | DefKind::OpaqueTy
            | DefKind::Closure
            | DefKind::ForeignMod
            | DefKind::Impl { .. }
            | DefKind::GlobalAsm
            | DefKind::Use
            | DefKind::ExternCrate
            | DefKind::SyntheticCoroutineBody
    )
}
/// Attributes that only the crate itself looks at, or that have tables of their own.
const LOCAL_ATTRS: &[&str] = &[
    "allow",
    "cfg",
    "cfg_attr",
    "cold",
    "deny",
    "derive",
    "expect",
    "forbid",
    "inline",
    "rustc_const_stable",
    "rustc_const_unstable",
    "stable",
    "test",
    "unstable",
    "warn",
];
/// Documentation is left out, and what is of no use elsewhere.
fn exported_attrs(tcx: TyCtxt<'_>, id: LocalDefId) -> Vec<hir::Attribute> {
    // A call looks at the attributes of the macro: tables are for later.
    let is_macro = matches!(tcx.def_kind(id), DefKind::Macro(..));
    let of_use = |a: &&hir::Attribute| {
        let local = |n: span::Symbol| LOCAL_ATTRS.binary_search(&n.as_str()).is_ok();
        !a.is_doc_comment() && (!a.name().is_some_and(local) || (is_macro && a.has_name(span::sym::unstable)))
    };
    tcx.attrs(id).iter().filter(of_use).cloned().collect()
}
fn has_generics(kind: DefKind) -> bool {
    matches!(
        kind,
        DefKind::Struct
            | DefKind::Union
            | DefKind::Enum
            | DefKind::Variant
            | DefKind::Trait
            | DefKind::TyAlias
            | DefKind::ForeignTy
            | DefKind::TraitAlias
            | DefKind::AssocTy
            | DefKind::Fn
            | DefKind::Const
            | DefKind::Static { .. }
            | DefKind::Ctor(..)
            | DefKind::AssocFn
            | DefKind::AssocConst
            | DefKind::AnonConst
            | DefKind::InlineConst
            | DefKind::OpaqueTy
            | DefKind::Impl { .. }
            | DefKind::Field
            | DefKind::Closure
    )
}
fn has_type(tcx: TyCtxt<'_>, id: LocalDefId, kind: DefKind) -> bool {
    match kind {
        DefKind::Struct
        | DefKind::Union
        | DefKind::Enum
        | DefKind::Variant
        | DefKind::Ctor(..)
        | DefKind::Field
        | DefKind::Fn
        | DefKind::Const
        | DefKind::Static { .. }
        | DefKind::TyAlias
        | DefKind::ForeignTy
        | DefKind::Impl { .. }
        | DefKind::AssocFn
        | DefKind::AssocConst
        | DefKind::Closure
        | DefKind::ConstParam
        | DefKind::AnonConst
        | DefKind::InlineConst => true,
        DefKind::OpaqueTy => match tcx.opaque_ty_origin(id) {
            // Of a trait's function without a body there is nothing to hide.
            hir::OpaqueTyOrigin::FnReturn { parent, .. } | hir::OpaqueTyOrigin::AsyncFn { parent, .. } => {
                parent.as_local().is_none_or(|p| tcx.hir_maybe_body_owned_by(p).is_some())
            }
            hir::OpaqueTyOrigin::TyAlias { .. } => true,
        },
        DefKind::AssocTy => tcx.associated_item(id).has_value,
        DefKind::TyParam => matches!(
            tcx.hir_node_by_def_id(id),
            hir::Node::GenericParam(hir::GenericParam {
                kind: hir::GenericParamKind::Type { default: Some(_), .. },
                ..
            })
        ),
        _ => false,
    }
}
fn has_const_default(tcx: TyCtxt<'_>, id: LocalDefId, kind: DefKind) -> bool {
    kind == DefKind::ConstParam
        && matches!(
            tcx.hir_node_by_def_id(id),
            hir::Node::GenericParam(hir::GenericParam {
                kind: hir::GenericParamKind::Const { default: Some(_), .. },
                ..
            })
        )
}
fn is_trait(kind: DefKind) -> bool {
    matches!(kind, DefKind::Trait | DefKind::TraitAlias)
}
fn has_item_bounds(tcx: TyCtxt<'_>, id: LocalDefId, kind: DefKind) -> bool {
    match kind {
        DefKind::OpaqueTy => true,
        DefKind::AssocTy => tcx.associated_item(id).container == ty::AssocContainer::Trait,
        _ => false,
    }
}
fn has_const_conditions(kind: DefKind) -> bool {
    matches!(kind, DefKind::Impl { .. } | DefKind::Trait | DefKind::Fn | DefKind::AssocFn | DefKind::AssocTy)
}
fn is_empty_conditions(tcx: TyCtxt<'_>, id: LocalDefId) -> bool {
    let c = tcx.const_conditions(id);
    c.parent.is_none() && c.predicates.is_empty()
}
fn has_variances(kind: DefKind) -> bool {
    matches!(
        kind,
        DefKind::Struct
            | DefKind::Union
            | DefKind::Enum
            | DefKind::OpaqueTy
            | DefKind::Fn
            | DefKind::AssocFn
            | DefKind::Ctor(CtorOf::Struct | CtorOf::Variant, _)
    )
}
fn is_fn(kind: DefKind) -> bool {
    matches!(kind, DefKind::Fn | DefKind::AssocFn | DefKind::Ctor(_, CtorKind::Fn))
}
fn is_adt(kind: DefKind) -> bool {
    matches!(kind, DefKind::Struct | DefKind::Union | DefKind::Enum)
}
fn has_constness(kind: DefKind) -> bool {
    matches!(
        kind,
        DefKind::Fn | DefKind::AssocFn | DefKind::Ctor(..) | DefKind::Closure | DefKind::Trait | DefKind::Impl { .. }
    )
}
fn has_defaultness(kind: DefKind) -> bool {
    kind.is_assoc() || matches!(kind, DefKind::Impl { of_trait: true })
}
fn has_inherent_impls(kind: DefKind) -> bool {
    is_adt(kind) || matches!(kind, DefKind::ForeignTy | DefKind::Trait)
}
fn is_coerce_unsized(tcx: TyCtxt<'_>, id: LocalDefId, kind: DefKind) -> bool {
    matches!(kind, DefKind::Impl { of_trait: true })
        && tcx.impl_opt_trait_id(id).is_some_and(|t| Some(t) == tcx.lang_items().coerce_unsized_trait())
}
fn has_codegen_attrs(kind: DefKind) -> bool {
    matches!(kind, DefKind::Fn | DefKind::AssocFn | DefKind::Closure | DefKind::Static { .. } | DefKind::Ctor(..))
}
fn is_const_item(kind: DefKind) -> bool {
    matches!(kind, DefKind::Const | DefKind::AssocConst | DefKind::AnonConst | DefKind::InlineConst)
}
/// Whether code is generated, here or from this metadata: checking alone needs no optimised bodies.
fn should_codegen(tcx: TyCtxt<'_>) -> bool {
    let types = &tcx.sess().opts.output_types;
    types.is_empty() || types.iter().any(|(t, _)| !matches!(t, OutputType::Metadata | OutputType::DepInfo))
}
/// Generic and inlinable functions, and constructors.
fn has_codegen_mir(tcx: TyCtxt<'_>, id: LocalDefId, kind: DefKind) -> bool {
    if !should_codegen(tcx) {
        return false;
    }
    match kind {
        DefKind::Ctor(_, CtorKind::Fn) => has_mir(tcx, id),
        // A coroutine's layout is with its body.
        DefKind::Closure if tcx.is_coroutine(id.to_def_id()) => has_mir(tcx, id),
        DefKind::Fn | DefKind::AssocFn | DefKind::Closure => {
            has_mir(tcx, id) && (tcx.requires_monomorphization(id.to_def_id()) || tcx.cross_crate_inlinable(id))
        }
        _ => false,
    }
}
/// Whether bodies are written at all: not with `-Zno-mir`, for work on the stages before.
fn has_mir(tcx: TyCtxt<'_>, id: LocalDefId) -> bool {
    tcx.is_mir_available(id) && !tcx.sess().opts.z("no-mir")
}
fn has_ctfe_mir(tcx: TyCtxt<'_>, id: LocalDefId, kind: DefKind) -> bool {
    match kind {
        DefKind::Ctor(_, CtorKind::Fn) => has_mir(tcx, id),
        DefKind::Const | DefKind::AssocConst | DefKind::AnonConst | DefKind::InlineConst => has_mir(tcx, id),
        DefKind::Fn | DefKind::AssocFn | DefKind::Closure => tcx.is_const_fn(id.to_def_id()) && has_mir(tcx, id),
        _ => false,
    }
}
fn has_static_memory(tcx: TyCtxt<'_>, id: LocalDefId, kind: DefKind) -> bool {
    matches!(kind, DefKind::Static { .. }) && has_mir(tcx, id) && !tcx.is_foreign_item(id)
}
