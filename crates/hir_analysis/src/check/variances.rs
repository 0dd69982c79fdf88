//! Parameters that a type does not use (E0392): their variance cannot be told.

use diagnostics::codes::*;
use hir::intravisit::{self, Visitor};
use hir::{GenericParam, GenericParamKind, ItemKind, ParamName};
use query::TyCtxt;
use span::def_id::DefId;
use span::{FxHashSet, Span};
use ty::{Ty, TyKind, Variance};

use crate::coherence::{CheckResult, constrained};

pub(super) fn check_type_defn<'tcx>(tcx: TyCtxt<'tcx>, item: &'tcx hir::Item<'tcx>) -> CheckResult {
    let def_id = item.owner_id.def_id.to_def_id();
    let Some(hir_generics) = item.kind.generics() else { return Ok(()) };
    let variances = tcx.variances_of(def_id);
    let mut determined: FxHashSet<u32> =
        (0..variances.len() as u32).filter(|&i| variances[i as usize] != Variance::Bivariant).collect();
    if determined.len() == variances.len() {
        return Ok(());
    }
    constrained::identify_constrained(tcx, tcx.predicates_of(def_id).predicates, None, &mut determined);
    let generics = tcx.generics_of(def_id);
    let mut res = Ok(());
    for param in &generics.own_params {
        if determined.contains(&param.index) {
            continue;
        }
        // Where lifetimes stand behind types an error was reported.
        let Some(hir_param) = hir_generics.params.get(param.index as usize) else { continue };
        if hir_param.def_id.to_def_id() != param.def_id {
            continue;
        }
        if matches!(hir_param.name, ParamName::Error(_)) || has_error(tcx, def_id, &mut FxHashSet::default()) {
            continue;
        }
        let bounded = hir_generics.bounds_for_param(hir_param.def_id).next().is_some();
        res = Err(report(tcx, hir_param, bounded, item));
    }
    res
}

/// Whether a field's type, however deep, is an error: then nothing can be said of its use.
fn has_error(tcx: TyCtxt<'_>, def_id: DefId, seen: &mut FxHashSet<DefId>) -> bool {
    if !seen.insert(def_id) {
        return false;
    }
    tcx.adt_def(def_id).all_fields().any(|f| {
        let ty: Ty<'_> = tcx.type_of(f.did).instantiate_identity();
        ty.references_error()
            || ty.walk().any(|a| match a.as_type().map(Ty::kind) {
                Some(TyKind::Adt(d, _)) if d.did().is_local() => has_error(tcx, d.did(), seen),
                _ => false,
            })
    })
}

fn report<'tcx>(
    tcx: TyCtxt<'tcx>,
    param: &GenericParam<'tcx>,
    bounded: bool,
    item: &'tcx hir::Item<'tcx>,
) -> ty::ErrorGuaranteed {
    let name = param.name.ident();
    let what = tcx.def_descr(param.def_id.to_def_id());
    let help = match tcx.lang_items().get(hir::LangItem::PhantomData) {
        Some(d) => format!(
            "consider removing `{name}`, referring to it in a field, or using a marker such as `{}`",
            tcx.def_path_str(d)
        ),
        None => format!("consider removing `{name}` or referring to it in a field"),
    };
    let mut usages = Usages { param: param.def_id.to_def_id(), spans: Vec::new() };
    match item.kind {
        ItemKind::Struct(_, _, data) | ItemKind::Union(_, _, data) => {
            data.fields().iter().for_each(|f| usages.visit_ty(f.ty));
        }
        ItemKind::Enum(_, _, def) => {
            def.variants.iter().flat_map(|v| v.data.fields()).for_each(|f| usages.visit_ty(f.ty));
        }
        _ => {}
    }
    let mut err;
    if !usages.spans.is_empty() && is_cyclical(tcx, item.owner_id.to_def_id()) {
        let mut at = diagnostics::MultiSpan::from(usages.spans);
        at.push_span_label(param.span, format!("{what} must be used non-recursively in the definition"));
        err = tcx.dcx().struct_span_err(at, format!("{what} `{name}` is only used recursively"));
        err.help(help);
        err.note("all type parameters must be used in a non-recursive way in order to constrain their variance");
        return err.emit();
    }
    err = tcx
        .dcx()
        .struct_span_err(param.span, format!("{what} `{name}` is never used"))
        .with_code(E0392)
        .with_span_label(param.span, format!("unused {what}"));
    for s in usages.spans {
        err.span_label(s, format!("`{name}` is named here, but is likely unused in the containing type"));
    }
    err.help(help);
    if matches!(param.kind, GenericParamKind::Type { .. }) && !bounded {
        err.help(format!("if you intended `{name}` to be a const parameter, use `const {name}: /* Type */` instead"));
    }
    err.emit()
}

/// Whether the type's fields lead back to it.
fn is_cyclical(tcx: TyCtxt<'_>, start: DefId) -> bool {
    fn walk(tcx: TyCtxt<'_>, at: DefId, goal: DefId, seen: &mut FxHashSet<DefId>) -> bool {
        if !seen.insert(at) {
            return false;
        }
        tcx.adt_def(at).all_fields().any(|f| {
            let ty: Ty<'_> = tcx.type_of(f.did).instantiate_identity();
            ty.walk().any(|a| match a.as_type().map(Ty::kind) {
                Some(TyKind::Adt(d, _)) => d.did() == goal || (d.did().is_local() && walk(tcx, d.did(), goal, seen)),
                _ => false,
            })
        })
    }
    walk(tcx, start, start, &mut FxHashSet::default())
}

struct Usages {
    param: DefId,
    spans: Vec<Span>,
}

impl<'v> Visitor<'v> for Usages {
    fn visit_ty(&mut self, ty: &'v hir::Ty<'v>) {
        if let hir::TyKind::Path(hir::QPath::Resolved(None, path)) = ty.kind {
            match path.res {
                hir::def::Res::Def(_, d) if d == self.param => {
                    self.spans.push(ty.span);
                    return;
                }
                hir::def::Res::SelfTyAlias { .. } => {
                    self.spans.push(ty.span);
                    return;
                }
                _ => {}
            }
        }
        intravisit::walk_ty(self, ty);
    }
}
