//! What closures capture (RFC 2229), and which of the `Fn` traits they implement.
//!
//! For each closure, innermost first: `ExprUseVisitor` tells how its body uses places that start at a variable outside.
//! From these uses follow the closure's kind, and the least set of places to capture ([`FnCtxt::compute_min_captures`]):
//! where two overlap, the shorter one.

mod precision;

use hir::intravisit::{self, Visitor};
use hir::{CaptureBy, HirId};
use span::def_id::LocalDefId;
use span::{FxIndexMap, Span};
use trait_solve::infer::RegionVariableOrigin;
use ty::closure::{BorrowKind, ClosureKind};
use ty::hir_place::{Place, PlaceBase, PlaceWithHirId};
use ty::{
    CaptureInfo, CapturedPlace, FakeReadCause, GenericArgsRef, Mutability, Ty, TyKind, TypeVisitableExt, UpvarCapture,
    UpvarId, UpvarPath,
};

use crate::FnCtxt;
use crate::expr_use_visitor::{Delegate, ExprUseVisitor};
use precision::*;

/// What was found for a closure.
#[derive(Default, Debug)]
pub(crate) struct Captures<'tcx> {
    /// By root variable.
    pub(crate) min_captures: FxIndexMap<HirId, Vec<CapturedPlace<'tcx>>>,
    pub(crate) fake_reads: Vec<(Place<'tcx>, FakeReadCause, HirId)>,
}

/// All closures analysed so far.
pub(crate) type ClosureCaptures<'tcx> = FxIndexMap<LocalDefId, Captures<'tcx>>;

type Information<'tcx> = Vec<(Place<'tcx>, CaptureInfo)>;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Analyses all closures of the body.
    pub(crate) fn closure_analyze(&self, body: &'tcx hir::Body<'tcx>) {
        let mut visitor = InferBorrowKindVisitor { fcx: self, captures: ClosureCaptures::default() };
        intravisit::walk_body(&mut visitor, body);

        // it's our job to process these.
        debug_assert!(self.deferred_call_resolutions.borrow().is_empty() || self.tainted_by_errors().is_some());
        let mut results = self.typeck_results.borrow_mut();
        for (closure, captures) in visitor.captures {
            let flat: Vec<CapturedPlace<'tcx>> = captures.min_captures.into_values().flatten().collect();
            if !flat.is_empty() {
                results.closure_min_captures.insert(closure, flat);
            }
            if !captures.fake_reads.is_empty() {
                results.closure_fake_reads.insert(closure, captures.fake_reads);
            }
        }
    }
}

/// Visits closures, innermost first.
struct InferBorrowKindVisitor<'a, 'b, 'tcx> {
    fcx: &'b FnCtxt<'a, 'tcx>,
    captures: ClosureCaptures<'tcx>,
}

impl<'a, 'b, 'tcx> Visitor<'tcx> for InferBorrowKindVisitor<'a, 'b, 'tcx> {
    fn visit_expr(&mut self, expr: &'tcx hir::Expr<'tcx>) {
        match expr.kind {
            hir::ExprKind::Closure(&hir::Closure { capture_clause, body: body_id, .. }) => {
                let body = self.fcx.tcx.hir_body(body_id);
                intravisit::walk_body(self, body);
                self.fcx.analyze_closure(expr.hir_id, expr.span, body, capture_clause, &mut self.captures);
            }
            hir::ExprKind::ConstBlock(ref anon_const) => {
                let body = self.fcx.tcx.hir_body(anon_const.body);
                intravisit::walk_body(self, body);
            }
            _ => intravisit::walk_expr(self, expr),
        }
    }
}

/// Collects uses of variables from outside.
struct InferBorrowKind<'tcx> {
    closure_def_id: LocalDefId,
    capture_information: Information<'tcx>,
    fake_reads: Vec<(Place<'tcx>, FakeReadCause, HirId)>,
}

impl<'tcx> Delegate<'tcx> for InferBorrowKind<'tcx> {
    fn fake_read(&mut self, place_with_id: &PlaceWithHirId<'tcx>, cause: FakeReadCause, diag_expr_id: HirId) {
        let PlaceBase::Upvar(_) = place_with_id.place.base else {
            return;
        };
        // We need to restrict Fake Read precision to avoid fake reading unsafe code, such as deref of a raw pointer.
        let dummy_capture_kind = UpvarCapture::ByRef(BorrowKind::Immutable);
        let (place, _) = restrict_capture_precision(place_with_id.place.clone(), dummy_capture_kind);
        let (place, _) = restrict_repr_packed_field_ref_capture(place, dummy_capture_kind);
        self.fake_reads.push((place, cause, diag_expr_id));
    }

    fn consume(&mut self, place_with_id: &PlaceWithHirId<'tcx>, diag_expr_id: HirId) {
        let PlaceBase::Upvar(upvar_id) = place_with_id.place.base else {
            return;
        };
        debug_assert_eq!(self.closure_def_id, upvar_id.closure_expr_id);
        self.capture_information.push((
            place_with_id.place.clone(),
            CaptureInfo {
                capture_kind_expr_id: Some(diag_expr_id),
                path_expr_id: Some(diag_expr_id),
                capture_kind: UpvarCapture::ByValue,
            },
        ));
    }

    fn borrow(&mut self, place_with_id: &PlaceWithHirId<'tcx>, diag_expr_id: HirId, bk: BorrowKind) {
        let PlaceBase::Upvar(_) = place_with_id.place.base else {
            return;
        };
        // The region here will get discarded for now.
        let capture_kind = UpvarCapture::ByRef(bk);
        // We only want repr packed restriction to be applied to reading references into a packed struct, and not when
        // the data is being moved.
        let (place, mut capture_kind) =
            restrict_repr_packed_field_ref_capture(place_with_id.place.clone(), capture_kind);
        // Raw pointers don't inherit mutability
        if place_with_id.place.deref_tys().any(Ty::is_raw_ptr) {
            capture_kind = UpvarCapture::ByRef(BorrowKind::Immutable);
        }
        self.capture_information.push((
            place,
            CaptureInfo { capture_kind_expr_id: Some(diag_expr_id), path_expr_id: Some(diag_expr_id), capture_kind },
        ));
    }

    fn mutate(&mut self, assignee_place: &PlaceWithHirId<'tcx>, diag_expr_id: HirId) {
        self.borrow(assignee_place, diag_expr_id, BorrowKind::Mutable);
    }
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Analysis starting point.
    fn analyze_closure(
        &self,
        closure_hir_id: HirId,
        span: Span,
        body: &'tcx hir::Body<'tcx>,
        mut capture_clause: CaptureBy,
        all: &mut ClosureCaptures<'tcx>,
    ) {
        // Extract the type of the closure.
        let ty = self.shallow_resolve(self.node_ty(closure_hir_id));
        let (closure_def_id, upvars_ty, infer_kind): (_, Ty<'tcx>, Option<Ty<'tcx>>) = match *ty.kind() {
            TyKind::Closure(def_id, args) => {
                let args = args.as_closure();
                (def_id, args.tupled_upvars_ty(), self.kind_to_infer(args.kind_ty()))
            }
            TyKind::CoroutineClosure(def_id, args) => {
                let args = args.as_coroutine_closure();
                (def_id, args.tupled_upvars_ty(), self.kind_to_infer(args.kind_ty()))
            }
            TyKind::Coroutine(def_id, args) => (def_id, args.as_coroutine().tupled_upvars_ty(), None),
            // #51714: skip analysis when we have already encountered type errors
            _ => return,
        };
        let closure_def_id = closure_def_id.expect_local();

        let delegate = InferBorrowKind { closure_def_id, capture_information: Vec::new(), fake_reads: Vec::new() };
        let visitor = ExprUseVisitor::new(self, closure_def_id, delegate, all);
        let _ = visitor.consume_body(body);
        let mut delegate = visitor.delegate.into_inner();
        if self.coroutine_must_own_captures(closure_def_id, capture_clause, &delegate.capture_information) {
            capture_clause = CaptureBy::Value { move_kw: span };
        }
        self.move_arguments_into_coroutine(closure_def_id, body, &mut delegate.capture_information);

        let (capture_information, closure_kind, origin) =
            self.process_collected_capture_information(capture_clause, delegate.capture_information);

        let mut captures = Captures::default();
        self.compute_min_captures(&mut captures, capture_information);

        // Before edition 2021, whole variables are captured.
        if !enable_precise_capture(span) {
            let mut capture_information: Information<'tcx> = Vec::new();
            if let Some(upvars) = self.tcx.upvars_mentioned(closure_def_id.to_def_id()) {
                for &var_hir_id in upvars.keys() {
                    let Some(place) = self.place_for_root_variable(closure_def_id, var_hir_id) else {
                        continue;
                    };
                    let capture_kind = init_capture_kind(capture_clause);
                    capture_information
                        .push((place, CaptureInfo { capture_kind_expr_id: None, path_expr_id: None, capture_kind }));
                }
            }
            // This will update the min captures based on this fake information.
            self.compute_min_captures(&mut captures, capture_information);
        }
        self.order_captures(closure_def_id, &mut captures);

        if let TyKind::CoroutineClosure(def_id, args) = *ty.kind() {
            self.constrain_coroutine(def_id, args, &captures, all, span);
            if infer_kind.is_some()
                && let TyKind::Coroutine(_, coroutine) = *self.shallow_resolve(self.node_ty(body.value.hir_id)).kind()
            {
                let kind_ty = coroutine.as_coroutine().kind_ty();
                self.demand_eqtype(span, closure_kind.to_coroutine_ty(*self.tcx), kind_ty);
            }
        }
        if let Some(closure_kind_ty) = infer_kind {
            // Unify the (as yet unbound) type variable in the closure args with the kind we inferred.
            self.demand_eqtype(span, closure_kind.to_ty(*self.tcx), closure_kind_ty);
            // If we have an origin, store it in the hir map.
            if let Some((usage_span, place)) = origin {
                let name = place_to_string(self, &place);
                self.typeck_results
                    .borrow_mut()
                    .closure_kind_origins
                    .insert(closure_hir_id.local_id, (usage_span, name));
            }
        }

        // Equate the type variable for the upvars with the actual types.
        let final_upvar_tys = self.final_upvar_tys(&captures, span);
        let final_tupled_upvars_type = self.tcx.mk_tup(&final_upvar_tys);
        self.demand_suptype(span, upvars_ty, final_tupled_upvars_type);

        // What is only matched against: places shortened to what is captured.
        for (mut place, cause, hir_id) in delegate.fake_reads {
            if let PlaceBase::Upvar(upvar_id) = place.base {
                // Fake reads must be of places that are captured, or shorter.
                let mut kind = UpvarCapture::ByRef(BorrowKind::Immutable);
                let (p, k) = match capture_clause {
                    CaptureBy::Value { .. } => adjust_for_move_closure(place, kind),
                    _ => adjust_for_non_move_closure(place, kind),
                };
                place = p;
                kind = k;
                let _ = kind;
                let ancestor = captures.min_captures.get(&upvar_id.var_path.hir_id).and_then(|list| {
                    list.iter().find(|c| {
                        matches!(
                            determine_place_ancestry_relation(&c.place, &place),
                            PlaceAncestryRelation::Ancestor | PlaceAncestryRelation::SamePlace
                        )
                    })
                });
                if let Some(c) = ancestor {
                    let _ = c;
                }
                captures.fake_reads.push((place, cause, hir_id));
            }
        }
        all.insert(closure_def_id, captures);

        // If we are also inferred the closure kind here, process any deferred resolutions.
        let deferred = self.deferred_call_resolutions.borrow_mut().remove(&closure_def_id).unwrap_or_default();
        for deferred_call_resolution in deferred {
            deferred_call_resolution.resolve(self);
        }
    }

    /// The variable that stands for a closure's kind, unless that is known.
    fn kind_to_infer(&self, kind_ty: Ty<'tcx>) -> Option<Ty<'tcx>> {
        self.shallow_resolve(kind_ty).to_opt_closure_kind().is_none().then_some(kind_ty)
    }

    /// Whether the coroutine of an `async move` closure must take all that the closure has, since the closure is called
    /// once: it is expected to be, or the coroutine consumes some of it. It could not borrow from the closure then.
    fn coroutine_must_own_captures(
        &self,
        coroutine: LocalDefId,
        capture_clause: CaptureBy,
        information: &Information<'tcx>,
    ) -> bool {
        let tcx = self.tcx;
        let Some(hir::CoroutineKind::Desugared(_, hir::CoroutineSource::Closure)) =
            tcx.coroutine_kind(coroutine.to_def_id())
        else {
            return false;
        };
        let parent = tcx.local_def_id_to_hir_id(tcx.local_parent(coroutine));
        let hir::Node::Expr(hir::Expr { kind: hir::ExprKind::Closure(closure), .. }) = tcx.hir_node(parent) else {
            return false;
        };
        if !matches!(closure.capture_clause, CaptureBy::Value { .. }) {
            return false;
        }
        let kind = match *self.shallow_resolve(self.node_ty(parent)).kind() {
            TyKind::CoroutineClosure(_, args) => {
                self.shallow_resolve(args.as_coroutine_closure().kind_ty()).to_opt_closure_kind()
            }
            _ => return false,
        };
        kind == Some(ClosureKind::FnOnce) || {
            // Not what is only the closure's parameter.
            let of_closure = information.iter().filter(|(place, _)| match place.base {
                PlaceBase::Upvar(upvar) => tcx
                    .upvars_mentioned(closure.def_id.to_def_id())
                    .is_some_and(|u| u.contains_key(&upvar.var_path.hir_id)),
                _ => false,
            });
            let of_closure: Information<'tcx> = of_closure.cloned().collect();
            self.process_collected_capture_information(capture_clause, of_closure).1 == ClosureKind::FnOnce
        }
    }

    /// What the coroutine of an async closure captures when the closure is called by reference: some of it borrows from
    /// the closure, for as long as the call's own reference.
    fn constrain_coroutine(
        &self,
        closure: span::def_id::DefId,
        args: GenericArgsRef<'tcx>,
        captures: &Captures<'tcx>,
        all: &ClosureCaptures<'tcx>,
        span: Span,
    ) {
        let tcx = self.tcx;
        let args = args.as_coroutine_closure();
        let kind = ty::BoundRegionKind::ClosureEnv;
        let env = ty::BoundRegion { var: ty::BoundVar::ZERO, kind };
        let env = tcx.mk_region(ty::RegionKind::ReBound(ty::INNERMOST, env));
        let flatten = |c: &Captures<'tcx>| c.min_captures.values().flatten().cloned().collect::<Vec<_>>();
        let parent = flatten(captures);
        let coroutine = tcx.coroutine_for_closure(closure).expect_local();
        let inputs = match args.sig().skip_binder().tupled_inputs_ty.kind() {
            TyKind::Tuple(tys) => tys.len(),
            _ => 0,
        };
        // The closure's parameters come first; they are moved.
        let child: Vec<_> = all.get(&coroutine).map(flatten).unwrap_or_default().into_iter().skip(inputs).collect();
        let tys: Vec<Ty<'tcx>> = ty::closure::coroutine_closure_captures(&parent, &child)
            .into_iter()
            .zip(&child)
            .map(|(from, child)| {
                let ty = self.resolve_vars_if_possible(child.place.ty());
                let UpvarCapture::ByRef(kind) = child.info.capture_kind else { return ty };
                let region = match from {
                    Some(i) if borrows_from_closure(self, &parent[i], child) => env,
                    _ => tcx.lifetimes().re_erased,
                };
                tcx.mk_ref(region, ty, kind.to_mutbl_lossy())
            })
            .collect();
        let sig = tcx.mk_fn_sig([], tcx.mk_tup(&tys), false, hir::Safety::Safe, ty::ExternAbi::Rust);
        let vars = tcx.mk_bound_variable_kinds(&[ty::BoundVariableKind::Region(kind)]);
        let by_ref = tcx.mk_fn_ptr(ty::Binder::bind_with_vars(sig, vars));
        self.demand_eqtype(span, by_ref, args.coroutine_captures_by_ref_ty());
    }

    /// The body of an `async fn` takes all its arguments by value, as `let arg = arg;` at its start shows.
    fn move_arguments_into_coroutine(
        &self,
        closure: LocalDefId,
        body: &'tcx hir::Body<'tcx>,
        information: &mut Information<'tcx>,
    ) {
        let Some(hir::CoroutineKind::Desugared(_, hir::CoroutineSource::Fn | hir::CoroutineSource::Closure)) =
            self.tcx.coroutine_kind(closure.to_def_id())
        else {
            return;
        };
        let hir::ExprKind::Block(block, _) = body.value.kind else { return };
        let Some(upvars) = self.tcx.upvars_mentioned(closure.to_def_id()) else { return };
        for stmt in block.stmts {
            if let hir::StmtKind::Let(hir::LetStmt { init: Some(init), source: hir::LocalSource::AsyncFn, .. }) =
                stmt.kind
                && let hir::ExprKind::Path(hir::QPath::Resolved(_, path)) = init.kind
                && let hir::def::Res::Local(var) = path.res
                && upvars.contains_key(&var)
                && let Some(place) = self.place_for_root_variable(closure, var)
            {
                let id = Some(init.hir_id);
                let capture_kind = UpvarCapture::ByValue;
                information.push((place, CaptureInfo { capture_kind_expr_id: id, path_expr_id: id, capture_kind }));
            }
        }
    }

    /// The types of the captures, in order.
    fn final_upvar_tys(&self, captures: &Captures<'tcx>, span: Span) -> Vec<Ty<'tcx>> {
        captures
            .min_captures
            .values()
            .flatten()
            .map(|captured_place| {
                let upvar_ty = self.resolve_vars_if_possible(captured_place.place.ty());
                match captured_place.info.capture_kind {
                    UpvarCapture::ByValue | UpvarCapture::ByUse => upvar_ty,
                    UpvarCapture::ByRef(kind) => {
                        let region = self.next_region_var(RegionVariableOrigin::Misc(span));
                        self.tcx.mk_ref(region, upvar_ty, kind.to_mutbl_lossy())
                    }
                }
            })
            .collect()
    }

    /// Adjusts the closure capture information to ensure that the operations aren't unsafe, and that the path can be
    /// captured with required capture kind (depending on use in closure, move closure etc.). Gives the closure's kind.
    fn process_collected_capture_information(
        &self,
        capture_clause: CaptureBy,
        capture_information: Information<'tcx>,
    ) -> (Information<'tcx>, ClosureKind, Option<(Span, Place<'tcx>)>) {
        let mut closure_kind = ClosureKind::LATTICE_BOTTOM;
        let mut origin: Option<(Span, Place<'tcx>)> = None;
        let processed = capture_information
            .into_iter()
            .map(|(place, mut capture_info)| {
                // Apply rules for safety before inferring closure kind
                let (place, capture_kind) = restrict_capture_precision(place, capture_info.capture_kind);
                let (place, capture_kind) = truncate_capture_for_optimization(place, capture_kind);

                let usage_span = match capture_info.path_expr_id {
                    Some(id) => self.tcx.hir_span(id),
                    None => span::DUMMY_SP,
                };
                match capture_kind {
                    UpvarCapture::ByValue if closure_kind < ClosureKind::FnOnce => {
                        closure_kind = ClosureKind::FnOnce;
                        origin = Some((usage_span, place.clone()));
                    }
                    UpvarCapture::ByRef(BorrowKind::Mutable | BorrowKind::UniqueImmutable)
                        if closure_kind < ClosureKind::FnMut =>
                    {
                        closure_kind = ClosureKind::FnMut;
                        origin = Some((usage_span, place.clone()));
                    }
                    _ => {}
                }

                let (place, capture_kind) = match capture_clause {
                    CaptureBy::Value { .. } => adjust_for_move_closure(place, capture_kind),
                    CaptureBy::Use { .. } => adjust_for_move_closure(place, capture_kind),
                    CaptureBy::Ref => adjust_for_non_move_closure(place, capture_kind),
                };

                // This restriction needs to be applied after we have handled adjustments for `move` closures. We want
                // to make sure any adjustment that might make us move the place into the closure gets handled.
                let (place, capture_kind) = self.restrict_precision_for_drop_types(place, capture_kind);
                capture_info.capture_kind = capture_kind;
                (place, capture_info)
            })
            .collect();
        (processed, closure_kind, origin)
    }

    /// Rust doesn't permit moving fields out of a type that implements drop. Therefore, if a data type implements drop,
    /// it must be captured as a whole.
    fn restrict_precision_for_drop_types(
        &self,
        mut place: Place<'tcx>,
        mut curr_mode: UpvarCapture,
    ) -> (Place<'tcx>, UpvarCapture) {
        if curr_mode == UpvarCapture::ByValue
            && !place.projections.is_empty()
            && !self.is_copy(self.resolve_vars_if_possible(place.ty()))
        {
            for i in 0..place.projections.len() {
                if let TyKind::Adt(def, _) = *self.resolve_vars_if_possible(place.ty_before_projection(i)).kind() {
                    if self.tcx.adt_destructor(def.did()).is_some() {
                        truncate_place_to_len_and_update_capture_kind(&mut place, &mut curr_mode, i);
                        break;
                    }
                }
            }
        }
        (place, curr_mode)
    }

    /// Analyzes the information collected about a closure to compute the min number of Places (and corresponding capture
    /// information) that the closure must capture.
    fn compute_min_captures(&self, captures: &mut Captures<'tcx>, capture_info: Information<'tcx>) {
        for (mut place, capture_info) in capture_info {
            let var_hir_id = match place.base {
                PlaceBase::Upvar(upvar_id) => upvar_id.var_path.hir_id,
                _ => continue,
            };
            let var_ident = self.tcx.hir_ident(var_hir_id);
            let Some(min_cap_list) = captures.min_captures.get_mut(&var_hir_id) else {
                let mutability = self.determine_capture_mutability(&place);
                captures
                    .min_captures
                    .insert(var_hir_id, vec![CapturedPlace { var_ident, place, info: capture_info, mutability }]);
                continue;
            };

            // Go through each entry in the current list of min_captures:
            // - if ancestor is found, update its capture kind to account for current place's capture kind;
            // - if descendant is found, remove it from the list, and update the current place's capture information to
            //   account for the descendant's capture kind.
            // We can never be in a case where the list contains both an ancestor and a descendant.
            let mut descendant_found = false;
            let mut updated_capture_info = capture_info;
            min_cap_list.retain(|possible_descendant| {
                match determine_place_ancestry_relation(&place, &possible_descendant.place) {
                    // current place is ancestor of possible_descendant
                    PlaceAncestryRelation::Ancestor => {
                        descendant_found = true;
                        let mut possible_descendant = possible_descendant.clone();
                        let backup_path_expr_id = updated_capture_info.path_expr_id;
                        // Truncate the descendant (already in min_captures) to be same as the ancestor to handle any
                        // possible change in capture mode.
                        truncate_place_to_len_and_update_capture_kind(
                            &mut possible_descendant.place,
                            &mut possible_descendant.info.capture_kind,
                            place.projections.len(),
                        );
                        updated_capture_info = determine_capture_info(updated_capture_info, possible_descendant.info);
                        // we need to keep the ancestor's `path_expr_id`
                        updated_capture_info.path_expr_id = backup_path_expr_id;
                        false
                    }
                    _ => true,
                }
            });

            let mut ancestor_found = false;
            if !descendant_found {
                for possible_ancestor in min_cap_list.iter_mut() {
                    match determine_place_ancestry_relation(&place, &possible_ancestor.place) {
                        PlaceAncestryRelation::SamePlace => {
                            ancestor_found = true;
                            possible_ancestor.info =
                                determine_capture_info(possible_ancestor.info, updated_capture_info);
                            // Only one related place will be in the list.
                            break;
                        }
                        // current place is descendant of possible_ancestor
                        PlaceAncestryRelation::Descendant => {
                            ancestor_found = true;
                            let backup_path_expr_id = possible_ancestor.info.path_expr_id;
                            // Truncate the descendant (current place) to be same as the ancestor to handle any possible
                            // change in capture mode.
                            truncate_place_to_len_and_update_capture_kind(
                                &mut place,
                                &mut updated_capture_info.capture_kind,
                                possible_ancestor.place.projections.len(),
                            );
                            possible_ancestor.info =
                                determine_capture_info(possible_ancestor.info, updated_capture_info);
                            // we need to keep the ancestor's `path_expr_id`
                            possible_ancestor.info.path_expr_id = backup_path_expr_id;
                            break;
                        }
                        _ => {}
                    }
                }
            }

            // Only need to insert when we don't have an ancestor in the existing min capture list
            if !ancestor_found {
                let mutability = self.determine_capture_mutability(&place);
                min_cap_list.push(CapturedPlace { var_ident, place, info: updated_capture_info, mutability });
            }
        }
    }

    /// Root variables in the order in which the closure mentions them; the captures of each by their fields, so that
    /// they drop in order.
    fn order_captures(&self, closure: LocalDefId, captures: &mut Captures<'tcx>) {
        if let Some(upvars) = self.tcx.upvars_mentioned(closure.to_def_id()) {
            captures.min_captures.sort_by_key(|var, _| upvars.get_index_of(var).unwrap_or(usize::MAX));
        }
        for list in captures.min_captures.values_mut() {
            list.sort_by(|a, b| {
                for (p, q) in a.place.projections.iter().zip(&b.place.projections) {
                    if let (ty::hir_place::ProjectionKind::Field(i, _), ty::hir_place::ProjectionKind::Field(j, _)) =
                        (p.kind, q.kind)
                    {
                        if i != j {
                            return i.cmp(&j);
                        }
                    }
                }
                std::cmp::Ordering::Equal
            });
        }
    }

    fn place_for_root_variable(&self, closure_def_id: LocalDefId, var_hir_id: HirId) -> Option<Place<'tcx>> {
        let base_ty = self.resolve_vars_if_possible(self.node_ty_opt(var_hir_id)?);
        base_ty.error_reported().ok()?;
        Some(Place {
            base_ty,
            base: PlaceBase::Upvar(UpvarId {
                var_path: UpvarPath { hir_id: var_hir_id },
                closure_expr_id: closure_def_id,
            }),
            projections: Vec::new(),
        })
    }

    /// A captured place is mutable if:
    /// 1. Projections don't include a Deref of an immut-borrow, **and**
    /// 2. PlaceBase is mut or projections include a Deref of a mut-borrow.
    fn determine_capture_mutability(&self, place: &Place<'tcx>) -> Mutability {
        let var_hir_id = match place.base {
            PlaceBase::Upvar(upvar_id) => upvar_id.var_path.hir_id,
            _ => return Mutability::Not,
        };
        let bm = self.typeck_results.borrow().binding_mode(var_hir_id).unwrap_or(hir::BindingMode::NONE);
        let mut is_mutbl = bm.1;
        for pointer_ty in place.deref_tys() {
            match self.resolve_vars_if_possible(pointer_ty).kind() {
                // Dereferencing a mut-ref allows us to mut the Place if we don't deref an immut-ref after on top of
                // this.
                TyKind::Ref(.., Mutability::Mut) => is_mutbl = Mutability::Mut,
                // The place isn't mutable once dereferenced.
                TyKind::Ref(.., Mutability::Not) => return Mutability::Not,
                // Dereferencing a box doesn't change mutability
                _ => {}
            }
        }
        is_mutbl
    }
}

fn init_capture_kind(capture_clause: CaptureBy) -> UpvarCapture {
    match capture_clause {
        CaptureBy::Value { .. } | CaptureBy::Use { .. } => UpvarCapture::ByValue,
        CaptureBy::Ref => UpvarCapture::ByRef(BorrowKind::Immutable),
    }
}

/// Precise captures are from edition 2021 on.
fn enable_precise_capture(span: Span) -> bool {
    // We use span here to ensure that if the closure was generated by a macro with a different edition.
    span.at_least_rust_2021()
}

/// A place as the user would write it.
fn place_to_string<'tcx>(fcx: &FnCtxt<'_, 'tcx>, place: &Place<'tcx>) -> String {
    let mut curr = match place.base {
        PlaceBase::Upvar(upvar_id) => fcx.tcx.hir_name(upvar_id.var_path.hir_id).to_string(),
        _ => return String::new(),
    };
    for (i, proj) in place.projections.iter().enumerate() {
        match proj.kind {
            ty::hir_place::ProjectionKind::Deref => curr = format!("*{curr}"),
            ty::hir_place::ProjectionKind::Field(idx, variant) => match place.ty_before_projection(i).kind() {
                TyKind::Adt(def, ..) => {
                    curr = format!("{curr}.{}", def.variant(variant).fields[idx].name);
                }
                _ => curr = format!("{curr}.{}", idx.as_usize()),
            },
            _ => {}
        }
    }
    curr
}

/// Whether a coroutine's capture lives no longer than the reference by which its closure is called: it is of what the
/// closure owns (and not behind a shared reference in it), or is a `&mut` through the closure's own.
fn borrows_from_closure<'tcx>(
    fcx: &FnCtxt<'_, 'tcx>,
    parent: &CapturedPlace<'tcx>,
    child: &CapturedPlace<'tcx>,
) -> bool {
    let is_mutable = |c: &CapturedPlace<'tcx>| {
        matches!(c.info.capture_kind, UpvarCapture::ByRef(BorrowKind::Mutable | BorrowKind::UniqueImmutable))
    };
    if parent.is_by_ref() {
        return is_mutable(parent) && is_mutable(child);
    }
    let deeper = parent.place.projections.len()..child.place.projections.len();
    !deeper.into_iter().any(|i| {
        matches!(child.place.projections[i].kind, ty::hir_place::ProjectionKind::Deref)
            && matches!(
                fcx.resolve_vars_if_possible(child.place.ty_before_projection(i)).kind(),
                TyKind::Ref(_, _, Mutability::Not)
            )
    })
}
