//! The smallest written type that is to blame for an obligation of well-formedness.
//!
//! `x: Vec<Option<str>>` fails at `str: Sized`; the whole type was to be well-formed. The types in it are lowered and
//! checked one by one, and the innermost that fails in the same way is where the error is shown.

use hir::intravisit::{self, Visitor};
use hir::{ForeignItemKind, GenericParamKind, ImplItemKind, ItemKind, Node, TraitItemKind};
use query::TyCtxt;
use span::Span;
use span::def_id::LocalDefId;
use trait_solve::TyCtxtInferExt;
use trait_solve::traits::{
    FulfillmentError, Obligation, ObligationCause, ObligationCauseCode, ObligationCtxt, WellFormedLoc,
};
use ty::{Binder, ClauseKind, ParamEnv, Predicate, PredicateKind, TypingMode};

use crate::ItemCtxt;

/// Moves the errors to the smallest types.
pub(super) fn refine<'tcx>(
    tcx: TyCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    errors: Vec<FulfillmentError<'tcx>>,
) -> Vec<FulfillmentError<'tcx>> {
    errors
        .into_iter()
        .map(|mut e| {
            if let &ObligationCauseCode::WellFormed(Some(loc)) = e.root_obligation.cause.code().peel_derives() {
                let predicate = tcx.erase_regions(e.obligation.predicate);
                if let Some(span) = find(tcx, param_env, loc, predicate) {
                    e.obligation.cause.span = span;
                    e.root_obligation.cause.span = span;
                }
            }
            e
        })
        .collect()
}

fn find<'tcx>(
    tcx: TyCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    loc: WellFormedLoc,
    predicate: Predicate<'tcx>,
) -> Option<Span> {
    let (def_id, roots) = match loc {
        WellFormedLoc::Ty(def_id) => (def_id, tys_of(tcx, def_id)),
        WellFormedLoc::Param { function, param_idx } => {
            let decl = tcx.hir_fn_decl_by_hir_id(tcx.local_def_id_to_hir_id(function))?;
            let ty = match decl.inputs.get(param_idx) {
                Some(t) => t,
                None => match decl.output {
                    hir::FnRetTy::Return(t) => t,
                    hir::FnRetTy::DefaultReturn(_) => return None,
                },
            };
            (function, vec![ty])
        }
    };
    let owner = match tcx.def_kind(def_id) {
        hir::def::DefKind::Field => tcx.adt_item_of_field(def_id),
        hir::def::DefKind::TyParam => tcx.local_parent(def_id),
        _ => def_id,
    };
    let mut v = Search { tcx, icx: ItemCtxt::new(tcx, owner), owner, param_env, predicate, depth: 0, best: None };
    for ty in roots {
        v.visit_ty(ty);
    }
    v.best.map(|(_, s)| s)
}

fn tys_of<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> Vec<&'tcx hir::Ty<'tcx>> {
    match tcx.hir_node_by_def_id(def_id) {
        Node::ImplItem(i) => match i.kind {
            ImplItemKind::Type(t) | ImplItemKind::Const(t, _) => vec![t],
            ImplItemKind::Fn(..) => Vec::new(),
        },
        Node::TraitItem(i) => match i.kind {
            TraitItemKind::Type(_, t) => t.into_iter().collect(),
            TraitItemKind::Const(t, _) => vec![t],
            TraitItemKind::Fn(..) => Vec::new(),
        },
        Node::Item(i) => match i.kind {
            ItemKind::TyAlias(_, _, t) | ItemKind::Static(_, _, t, _) | ItemKind::Const(_, _, t, _) => vec![t],
            ItemKind::Impl(imp) => match imp.of_trait {
                Some(t) => t
                    .trait_ref
                    .path
                    .segments
                    .last()
                    .and_then(|s| s.args)
                    .into_iter()
                    .flat_map(|a| a.args)
                    .filter_map(|a| match a {
                        hir::GenericArg::Type(t) => Some(*t),
                        _ => None,
                    })
                    .chain([imp.self_ty])
                    .collect(),
                None => vec![imp.self_ty],
            },
            _ => Vec::new(),
        },
        Node::Field(f) => vec![f.ty],
        Node::ForeignItem(f) => match f.kind {
            ForeignItemKind::Static(t, ..) => vec![t],
            _ => Vec::new(),
        },
        Node::GenericParam(p) => match p.kind {
            GenericParamKind::Type { default: Some(t), .. } => vec![t],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

struct Search<'tcx> {
    tcx: TyCtxt<'tcx>,
    icx: ItemCtxt<'tcx>,
    owner: LocalDefId,
    param_env: ParamEnv<'tcx>,
    predicate: Predicate<'tcx>,
    depth: usize,
    best: Option<(usize, Span)>,
}

impl<'tcx> Visitor<'tcx> for Search<'tcx> {
    fn visit_ty(&mut self, ty: &'tcx hir::Ty<'tcx>) {
        // Types under binders cannot be lowered by themselves.
        if matches!(ty.kind, hir::TyKind::FnPtr(_) | hir::TyKind::TraitObject(..) | hir::TyKind::OpaqueDef(_)) {
            if self.fails(ty) && self.best.is_none_or(|(d, _)| d < self.depth) {
                self.best = Some((self.depth, ty.span));
            }
            return;
        }
        if self.fails(ty) && self.best.is_none_or(|(d, _)| d <= self.depth) {
            self.best = Some((self.depth, ty.span));
        }
        self.depth += 1;
        intravisit::walk_ty(self, ty);
        self.depth -= 1;
    }
}

impl<'tcx> Search<'tcx> {
    /// Whether the type is not well-formed for the same reason.
    fn fails(&self, hir_ty: &'tcx hir::Ty<'tcx>) -> bool {
        let tcx = self.tcx;
        if matches!(hir_ty.kind, hir::TyKind::Infer | hir::TyKind::Err(_)) {
            return false;
        }
        let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
        let ocx = ObligationCtxt::new_with_diagnostics(&infcx);
        let ty = self.icx.lower_ty(hir_ty);
        if ty::visit::TypeVisitableExt::has_escaping_bound_vars(&ty) {
            return false;
        }
        let ty = tcx.erase_regions(ty);
        let cause = ObligationCause::misc(hir_ty.span, self.owner);
        let ty = ocx.normalize(&cause, self.param_env, ty);
        let predicate = tcx.mk_predicate(Binder::dummy(PredicateKind::Clause(ClauseKind::WellFormed(ty.into()))));
        ocx.register_obligation(Obligation { cause, param_env: self.param_env, predicate, recursion_depth: 0 });
        ocx.evaluate_obligations_error_on_ambiguity()
            .iter()
            .any(|e| tcx.erase_regions(e.obligation.predicate) == self.predicate)
    }
}
