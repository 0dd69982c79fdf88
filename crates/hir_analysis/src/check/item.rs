//! What each kind of item must keep to, besides being well-formed.

use diagnostics::codes::*;
use hir::def::DefKind;
use hir::{ItemKind, Node};
use query::TyCtxt;
use span::def_id::LocalDefId;
use span::sym;
use ty::visit::{TypeSuperVisitable, TypeVisitable, TypeVisitor};
use ty::{AssocKind, Ty, TyKind};

use super::{adt, compare_impl_item, foreign, impl_items, opaque};
use crate::coherence::{CheckResult, constrained, min_specialization};

pub(super) fn check_item_type(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    match tcx.def_kind(def_id) {
        DefKind::Enum => adt::check_enum(tcx, def_id),
        DefKind::Struct => adt::check_struct(tcx, def_id),
        DefKind::Union => adt::check_union(tcx, def_id),
        DefKind::Impl { .. } => {
            let mut res = impl_items::check_impl(tcx, def_id);
            // Parameters that nothing determines make projections meaningless.
            res = res.and(constrained::check_impl_params(tcx, def_id));
            if res.is_ok() {
                res = min_specialization::check(tcx, def_id);
            }
            res
        }
        DefKind::Trait => check_trait(tcx, def_id),
        DefKind::TyAlias => check_type_alias_params_are_used(tcx, def_id),
        DefKind::ForeignMod => foreign::check_foreign_mod(tcx, def_id),
        DefKind::OpaqueTy => opaque::check_opaque(tcx, def_id),
        DefKind::Fn => foreign::check_fn_abi(tcx, def_id),
        _ => Ok(()),
    }
}

/// Defaults of associated types must keep to their bounds.
fn check_trait(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let mut res = Ok(());
    for item in tcx.associated_items(def_id.to_def_id()).in_definition_order() {
        if let (AssocKind::Type { .. }, true, false) = (item.kind, item.has_value, item.is_impl_trait_in_trait()) {
            let trait_ref = ty::TraitRef::new_from_args(def_id.to_def_id(), tcx.identity_args_for(def_id.to_def_id()));
            res = res.and(compare_impl_item::check_type_bounds(tcx, *item, *item, trait_ref));
        }
    }
    if tcx.has_attr(def_id, sym::rustc_must_implement_one_of) {
        // Checked with the trait's attributes.
    }
    res
}

/// E0091: a type parameter of a type alias that its type does not mention.
fn check_type_alias_params_are_used(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    if tcx.feature(sym::lazy_type_alias) {
        return Ok(());
    }
    let generics = tcx.generics_of(def_id.to_def_id());
    if generics.own_counts().types == 0 {
        return Ok(());
    }
    let ty = tcx.type_of(def_id.to_def_id()).instantiate_identity();
    if ty.references_error() {
        return Ok(());
    }
    struct Used(Vec<u32>);
    impl<'tcx> TypeVisitor<'tcx> for Used {
        type Break = ();
        fn visit_ty(&mut self, t: Ty<'tcx>) -> std::ops::ControlFlow<()> {
            if let TyKind::Param(p) = t.kind() {
                self.0.push(p.index);
            }
            t.super_visit_with(self)
        }
    }
    let mut used = Used(Vec::new());
    let _ = ty.visit_with(&mut used);
    let Node::Item(hir::Item { kind: ItemKind::TyAlias(_, hir_generics, _), .. }) = tcx.hir_node_by_def_id(def_id)
    else {
        return Ok(());
    };
    let mut res = Ok(());
    for param in &generics.own_params {
        if !matches!(param.kind, ty::GenericParamDefKind::Type { .. }) || used.0.contains(&param.index) {
            continue;
        }
        let span = tcx.def_span(param.def_id);
        let name = param.name;
        let bounded = hir_generics.bounds_for_param(param.def_id.expect_local()).next().is_some();
        let mut err = tcx
            .dcx()
            .struct_span_err(span, format!("type parameter `{name}` is never used"))
            .with_code(E0091)
            .with_span_label(span, "unused type parameter")
            .with_help(format!("consider removing `{name}` or referring to it in the body of the type alias"));
        if !bounded {
            err.help(format!(
                "if you intended `{name}` to be a const parameter, use `const {name}: /* Type */` instead"
            ));
        }
        res = Err(err.emit());
    }
    res
}

/// Parameters have defaults where types and traits are defined only; on functions and impls a type's is a lint.
pub(super) fn check_param_defaults(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let is_definition = matches!(
        tcx.def_kind(def_id),
        DefKind::Struct
            | DefKind::Enum
            | DefKind::Union
            | DefKind::TyAlias
            | DefKind::Trait
            | DefKind::TraitAlias
            | DefKind::OpaqueTy
    );
    let Some(generics) = tcx.hir_node_by_def_id(def_id).generics().filter(|_| !is_definition) else { return Ok(()) };
    let mut res = Ok(());
    for param in generics.params {
        let what = match param.kind {
            hir::GenericParamKind::Type { default: Some(_), .. } => "type",
            hir::GenericParamKind::Const { default: Some(_), .. } => "const",
            _ => continue,
        };
        let msg = format!(
            "defaults for {what} parameters are only allowed in `struct`, `enum`, `type`, or `trait` definitions"
        );
        if what == "const" || tcx.def_kind(def_id) == DefKind::AssocTy {
            res = Err(tcx.dcx().span_err(param.span, msg));
        } else {
            let lint = &session::lint::INVALID_TYPE_PARAM_DEFAULT;
            tcx.emit_node_span_lint(lint, param.hir_id, param.span, msg, |_| {});
        }
    }
    res
}
