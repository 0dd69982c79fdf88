//! Interfaces that mention what is less visible than themselves: E0446 for associated types, else the lints
//! `private_interfaces` and `private_bounds`; `unnameable_types`.

use std::ops::ControlFlow;

use diagnostics::codes::E0446;
use hir::def::DefKind;
use hir::resolutions::{EffectiveVisibility, Level};
use query::TyCtxt;
use session::lint::{PRIVATE_BOUNDS, PRIVATE_INTERFACES, UNNAMEABLE_TYPES};
use span::def_id::{CRATE_DEF_ID, DefId, LocalDefId};
use ty::Visibility;

use super::effective::{impl_effective_vis, impl_nominal_vis, local_visibility};
use super::walk::DefIdVisitor;

pub(super) fn check(tcx: TyCtxt<'_>) {
    for id in tcx.hir_free_items() {
        check_item(tcx, id.owner_id.def_id);
    }
    for item in tcx.hir_crate_items(()).foreign_items() {
        let id = item.owner_id.def_id;
        let mut check = Check::new(tcx, id, local_visibility(tcx, id), effective(tcx, id));
        check.generics();
        check.predicates();
        check.ty();
    }
}

fn effective(tcx: TyCtxt<'_>, id: LocalDefId) -> Option<EffectiveVisibility> {
    tcx.effective_visibilities(()).effective_vis(id).copied()
}

fn min(tcx: TyCtxt<'_>, a: Visibility, b: Visibility) -> Visibility {
    if tcx.vis_is_at_least(a.to_def_id(), b.to_def_id()) { b } else { a }
}

/// As attributes and messages write it.
fn vis_str(tcx: TyCtxt<'_>, vis: Visibility, item: LocalDefId) -> String {
    match vis {
        Visibility::Public => "pub".to_owned(),
        Visibility::Restricted(CRATE_DEF_ID) => "pub(crate)".to_owned(),
        Visibility::Restricted(module) if module == tcx.parent_module_from_def_id(item) => "pub(self)".to_owned(),
        Visibility::Restricted(module) => format!("pub(in crate::{})", path_in_crate(tcx, module)),
    }
}

fn path_in_crate(tcx: TyCtxt<'_>, module: LocalDefId) -> String {
    tcx.def_path(module.to_def_id()).to_string_no_crate_verbose().trim_start_matches("::").to_owned()
}

fn check_item(tcx: TyCtxt<'_>, id: LocalDefId) {
    let kind = tcx.def_kind(id);
    let vis = || local_visibility(tcx, id);
    match kind {
        DefKind::Const | DefKind::Static { .. } | DefKind::Fn | DefKind::TyAlias => {
            let mut check = Check::new(tcx, id, vis(), effective(tcx, id));
            check.generics();
            check.predicates();
            check.ty();
        }
        DefKind::Trait => {
            let (vis, eff) = (vis(), effective(tcx, id));
            check_unnameable(tcx, id, eff);
            let mut check = Check::new(tcx, id, vis, eff);
            check.generics();
            check.predicates();
            for &item in tcx.associated_item_def_ids(id) {
                let item = item.expect_local();
                check_assoc_item(tcx, item, vis, eff);
                if tcx.def_kind(item) == DefKind::AssocTy {
                    let mut check = Check::new(tcx, item, vis, eff);
                    check.bounds();
                }
            }
        }
        DefKind::TraitAlias => {
            let mut check = Check::new(tcx, id, vis(), effective(tcx, id));
            check.generics();
            check.predicates();
        }
        DefKind::Enum | DefKind::Struct | DefKind::Union => {
            let (vis, eff) = (vis(), effective(tcx, id));
            check_unnameable(tcx, id, eff);
            let mut check = Check::new(tcx, id, vis, eff);
            check.generics();
            check.predicates();
            for field in tcx.adt_def(id).all_fields() {
                let field = field.did.expect_local();
                let field_vis = min(tcx, vis, local_visibility(tcx, field));
                Check::new(tcx, field, field_vis, effective(tcx, field)).ty();
            }
        }
        DefKind::Impl { of_trait } => {
            let map = tcx.effective_visibilities(());
            let impl_vis = impl_nominal_vis(tcx, id, map);
            let impl_eff = impl_effective_vis::<false>(tcx, id, map);
            let mut check = Check::new(tcx, id, impl_vis, Some(impl_eff));
            // Private bounds of a trait's impl are nobody's business.
            if !of_trait {
                check.generics();
                check.predicates();
            }
            check.skip_assoc_tys = true;
            check.ty();
            check.trait_ref();
            for &item in tcx.associated_item_def_ids(id) {
                let item = item.expect_local();
                if of_trait {
                    check_assoc_item(tcx, item, impl_vis, Some(impl_eff));
                } else {
                    let vis = min(tcx, local_visibility(tcx, item), impl_vis);
                    check_assoc_item(tcx, item, vis, effective(tcx, item));
                }
            }
        }
        _ => {}
    }
}

fn check_assoc_item(tcx: TyCtxt<'_>, id: LocalDefId, vis: Visibility, eff: Option<EffectiveVisibility>) {
    let is_assoc_ty = tcx.def_kind(id) == DefKind::AssocTy;
    let mut check = Check::new(tcx, id, vis, eff);
    check.in_assoc_ty = is_assoc_ty;
    check.generics();
    check.predicates();
    if !is_assoc_ty || tcx.associated_item(id).has_value {
        check.ty();
    }
}

fn check_unnameable(tcx: TyCtxt<'_>, id: LocalDefId, eff: Option<EffectiveVisibility>) {
    let Some(eff) = eff else { return };
    let reexported = eff.reexported;
    let reachable = eff.reachable;
    if reexported == reachable || !tcx.vis_is_at_least(reachable.to_def_id(), reexported.to_def_id()) {
        return;
    }
    let hir_id = tcx.local_def_id_to_hir_id(id);
    let span = tcx.def_span(id);
    let kind = tcx.def_descr(id.to_def_id());
    let msg = format!("{kind} `{}` is reachable but cannot be named", tcx.def_path_str(id.to_def_id()));
    tcx.emit_node_span_lint(&UNNAMEABLE_TYPES, hir_id, span, msg, |d| {
        d.span_label(
            span,
            format!(
                "reachable at visibility `{}`, but can only be named at visibility `{}`",
                vis_str(tcx, reachable, id),
                vis_str(tcx, reexported, id)
            ),
        );
    });
}

/// Looks for what is too private in an item's interface.
struct Check<'tcx> {
    tcx: TyCtxt<'tcx>,
    item: LocalDefId,
    required: Visibility,
    required_effective: Option<EffectiveVisibility>,
    in_assoc_ty: bool,
    in_primary_interface: bool,
    skip_assoc_tys: bool,
}

impl<'tcx> Check<'tcx> {
    fn new(tcx: TyCtxt<'tcx>, item: LocalDefId, required: Visibility, eff: Option<EffectiveVisibility>) -> Self {
        Check {
            tcx,
            item,
            required,
            required_effective: eff,
            in_assoc_ty: false,
            in_primary_interface: true,
            skip_assoc_tys: false,
        }
    }
    fn generics(&mut self) {
        self.in_primary_interface = true;
        for param in &self.tcx.generics_of(self.item).own_params {
            let has_ty = match param.kind {
                ty::GenericParamDefKind::Lifetime => false,
                ty::GenericParamDefKind::Type { has_default, .. } => has_default,
                ty::GenericParamDefKind::Const { .. } => true,
            };
            if has_ty {
                let _ = self.visit(self.tcx.type_of(param.def_id).instantiate_identity());
            }
        }
    }
    fn predicates(&mut self) {
        self.in_primary_interface = false;
        let preds = self.tcx.explicit_predicates_of(self.item).predicates;
        let _ = self.visit_clauses(preds);
    }
    fn bounds(&mut self) {
        self.in_primary_interface = false;
        let bounds = self.tcx.explicit_item_bounds(self.item).instantiate_identity();
        let _ = self.visit_clauses(bounds);
    }
    fn ty(&mut self) {
        self.in_primary_interface = true;
        match self.tcx.def_kind(self.item) {
            DefKind::Fn | DefKind::AssocFn => {
                let _ = self.visit(self.tcx.fn_sig(self.item).instantiate_identity());
            }
            _ => {
                let _ = self.visit(self.tcx.type_of(self.item).instantiate_identity());
            }
        }
    }
    fn trait_ref(&mut self) {
        self.in_primary_interface = true;
        if let Some(trait_ref) = self.tcx.impl_opt_trait_ref(self.item) {
            let _ = self.visit_trait(trait_ref.instantiate_identity());
        }
    }
}

impl<'tcx> DefIdVisitor<'tcx> for Check<'tcx> {
    fn tcx(&self) -> TyCtxt<'tcx> {
        self.tcx
    }
    fn skips_assoc_tys(&self) -> bool {
        self.skip_assoc_tys
    }
    fn visit_def_id(&mut self, def_id: DefId, kind: &str, descr: &dyn std::fmt::Display) -> ControlFlow<()> {
        let tcx = self.tcx;
        let Some(local) = def_id.as_local() else { return ControlFlow::Continue(()) };
        let vis = local_visibility(tcx, local);
        let span = tcx.def_span(self.item);
        let declared = tcx.def_span(def_id);
        if self.in_assoc_ty && !tcx.vis_is_at_least(vis.to_def_id(), self.required.to_def_id()) {
            let how = match vis {
                Visibility::Public => "public",
                Visibility::Restricted(CRATE_DEF_ID) => "crate-private",
                Visibility::Restricted(m) if m == tcx.parent_module_from_def_id(local) => "private",
                Visibility::Restricted(_) => "restricted",
            };
            tcx.dcx()
                .struct_span_err(span, format!("{how} {kind} `{descr}` in public interface"))
                .with_code(E0446)
                .with_span_label(span, format!("can't leak {how} {kind}"))
                .with_span_label(declared, format!("`{descr}` declared as {how}"))
                .emit();
            return ControlFlow::Break(());
        }
        let Some(eff) = self.required_effective else { return ControlFlow::Continue(()) };
        let reachable = *eff.at_level(Level::Reachable);
        if tcx.vis_is_at_least(vis.to_def_id(), reachable.to_def_id()) {
            return ControlFlow::Continue(());
        }
        let lint = if self.in_primary_interface { &PRIVATE_INTERFACES } else { &PRIVATE_BOUNDS };
        let hir_id = tcx.local_def_id_to_hir_id(self.item);
        let item = tcx.def_path_str(self.item.to_def_id());
        let item_kind = tcx.def_descr(self.item.to_def_id());
        let msg = format!("{kind} `{descr}` is more private than the item `{item}`");
        tcx.emit_node_span_lint(lint, hir_id, span, msg, |d| {
            d.span_label(
                span,
                format!("{item_kind} `{item}` is reachable at visibility `{}`", vis_str(tcx, reachable, self.item)),
            );
            d.span_note(
                declared,
                format!("but {kind} `{descr}` is only usable at visibility `{}`", vis_str(tcx, vis, local)),
            );
        });
        ControlFlow::Continue(())
    }
}
