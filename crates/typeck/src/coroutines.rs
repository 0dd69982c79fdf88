//! What holds of coroutines only if it holds of what they keep while suspended.
//!
//! That is known from the body's MIR, and MIR from its types: while the types of a body are inferred, its own coroutines
//! are taken to keep nothing. What was proved so is kept in the results, and proved again once there is MIR.

use diagnostics::codes::E0733;
use hir::intravisit::{self, Visitor};
use query::TyCtxt;
use span::FxHashSet;
use span::def_id::{DefId, LocalDefId};
use trait_solve::infer::TyCtxtInferExt;
use trait_solve::traits::{Obligation, ObligationCause, ObligationCtxt};
use ty::visit::TypeVisitableExt;
use ty::{EarlyBinder, List, Ty, TyKind, TypingEnv, TypingMode};

use crate::FnCtxt;

/// What a body defines the hidden types of: opaque types, and its coroutines.
pub(crate) fn opaque_types_and_coroutines_defined_by<'tcx>(tcx: TyCtxt<'tcx>, def: LocalDefId) -> &'tcx List<DefId> {
    let opaque = tcx.opaque_types_defined_by(def);
    let Some(body) = tcx.hir_maybe_body_owned_by(def) else { return opaque };
    let mut v = Coroutines { tcx, found: Vec::new() };
    intravisit::walk_body(&mut v, body);
    if v.found.is_empty() {
        return opaque;
    }
    tcx.mk_def_ids(&opaque.iter().chain(v.found).collect::<Vec<_>>())
}

struct Coroutines<'tcx> {
    tcx: TyCtxt<'tcx>,
    found: Vec<DefId>,
}

impl<'tcx> Visitor<'tcx> for Coroutines<'tcx> {
    fn visit_expr(&mut self, expr: &'tcx hir::Expr<'tcx>) {
        match expr.kind {
            hir::ExprKind::Closure(closure) => {
                if let hir::ClosureKind::Coroutine(_) = closure.kind {
                    self.found.push(closure.def_id.to_def_id());
                }
                intravisit::walk_body(self, self.tcx.hir_body(closure.body));
            }
            hir::ExprKind::ConstBlock(ref anon_const) => {
                intravisit::walk_body(self, self.tcx.hir_body(anon_const.body));
            }
            _ => intravisit::walk_expr(self, expr),
        }
    }
}

/// Puts what must be proved again into the results.
pub(crate) fn keep_obligations(fcx: &FnCtxt<'_, '_>) {
    let obligations = fcx.fulfillment_cx.borrow_mut().drain_stalled_obligations_for_coroutines(&fcx.infcx);
    let mut results = fcx.typeck_results.borrow_mut();
    for o in obligations {
        if !o.predicate.has_non_region_infer() {
            let predicate = fcx.tcx.erase_regions(o.predicate);
            results.coroutine_stalled_predicates.insert((predicate, o.cause.span));
        }
    }
}

/// Proves again what was proved of a body's coroutines, now with what they keep.
pub fn check_coroutine_obligations(tcx: TyCtxt<'_>, root: LocalDefId) {
    let results = tcx.typeck(root);
    if results.coroutine_stalled_predicates.is_empty() {
        return;
    }
    let mode = TypingMode::Analysis { defining_opaque_types: tcx.opaque_types_defined_by(root) };
    let infcx = tcx.infer_ctxt().ignoring_regions().build(mode);
    let ocx = ObligationCtxt::new_with_diagnostics(&infcx);
    let param_env = tcx.param_env(root);
    for &(predicate, span) in &results.coroutine_stalled_predicates {
        let cause = ObligationCause::misc(span, root);
        ocx.register_obligation(Obligation { cause, param_env, predicate, recursion_depth: 0 });
    }
    let errors = ocx.select_where_possible();
    if !errors.is_empty() {
        infcx.err_ctxt().report_fulfillment_errors(errors);
    }
}

/// Reports coroutines that contain themselves (E0733): they would have no size.
pub fn check_coroutine_recursion(tcx: TyCtxt<'_>) {
    let mut reported: FxHashSet<DefId> = FxHashSet::default();
    for owner in tcx.hir_body_owners() {
        let def_id = owner.to_def_id();
        let Some(kind) = tcx.coroutine_kind(def_id) else { continue };
        let typing_env = tcx.typing_env_post_analysis(def_id);
        let mut search = Search { tcx, typing_env, seen: FxHashSet::default(), coroutines: FxHashSet::default() };
        let ty = tcx.type_of(def_id).instantiate_identity();
        if ty.references_error() || !search.contains(ty, def_id) {
            continue;
        }
        // Once for each cycle.
        if !search.coroutines.is_disjoint(&reported) {
            continue;
        }
        reported.insert(def_id);
        let place = if kind.is_fn_like() { tcx.parent(def_id) } else { def_id };
        let what = if kind.is_fn_like() { "async fn".to_owned() } else { kind.to_string() };
        let mut err = tcx
            .dcx()
            .struct_span_err(tcx.def_span(place), format!("recursion in an {what} requires boxing"))
            .with_code(E0733);
        if let hir::CoroutineKind::Desugared(hir::CoroutineDesugaring::Async, _) = kind {
            err.note(
                "a recursive `async fn` call must introduce indirection such as `Box::pin` to avoid an infinitely sized \
                 future",
            );
        }
        err.emit();
    }
}

/// Walks what a type has in its own memory.
struct Search<'tcx> {
    tcx: TyCtxt<'tcx>,
    typing_env: TypingEnv<'tcx>,
    seen: FxHashSet<Ty<'tcx>>,
    coroutines: FxHashSet<DefId>,
}

impl<'tcx> Search<'tcx> {
    /// Whether a part of the type is the coroutine. A type that grows without end is reported where its layout is
    /// asked for.
    fn contains(&mut self, root: Ty<'tcx>, coroutine: DefId) -> bool {
        let tcx = self.tcx;
        let mut stack = vec![(root, true)];
        while let Some((ty, is_root)) = stack.pop() {
            let Ok(ty) = tcx.try_normalize_erasing_regions(self.typing_env, ty) else { continue };
            if self.seen.len() > 4096 {
                return false;
            }
            if !is_root && matches!(*ty.kind(), TyKind::Coroutine(def_id, _) if def_id == coroutine) {
                return true;
            }
            // What mentions no coroutine has none in it.
            if !ty.has_coroutines() || !self.seen.insert(ty) {
                continue;
            }
            let mut parts: Vec<Ty<'tcx>> = Vec::new();
            match *ty.kind() {
                TyKind::Tuple(tys) => parts.extend(tys.iter()),
                TyKind::Array(t, _) | TyKind::Slice(t) | TyKind::Pat(t, _) => parts.push(t),
                TyKind::Closure(_, args) => parts.extend(args.as_closure().upvar_tys().iter()),
                TyKind::CoroutineClosure(_, args) => parts.extend(args.as_coroutine_closure().upvar_tys().iter()),
                TyKind::Coroutine(def_id, args) => {
                    self.coroutines.insert(def_id);
                    parts.extend(args.as_coroutine().upvar_tys().iter());
                    let kept = tcx.coroutine_hidden_types(def_id).skip_binder();
                    parts.extend(kept.iter().map(|t| EarlyBinder::bind(t).instantiate(*tcx, args)));
                }
                TyKind::Adt(def, args) if !def.is_phantom_data() => {
                    parts.extend(def.all_fields().map(|f| tcx.type_of(f.did).instantiate(*tcx, args)));
                }
                _ => {}
            }
            stack.extend(parts.into_iter().map(|t| (t, false)));
        }
        false
    }
}
