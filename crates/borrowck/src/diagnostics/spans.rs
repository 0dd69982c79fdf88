//! Which use of the source a point of MIR is: plain, in a closure, as a method's receiver.

use diagnostics::Diag;
use mir::{
    AggregateKind, FakeReadCause, Local, LocalKind, Location, Operand, Place, PlaceRef, ProjectionElem, Rvalue,
    StatementKind, TerminatorKind,
};
use query::TyCtxt;
use span::def_id::DefId;
use span::{DesugaringKind, Ident, Span};
use ty::{CapturedPlace, GenericArgsRef, Ty};

use crate::check::{InitializationRequiringAction, MirBorrowckCtxt};

/// The use that an error is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum UseSpans<'tcx> {
    /// By the capture of a closure.
    Closure {
        /// "closure" or "coroutine".
        closure_kind: &'static str,
        /// The closure's head.
        args_span: Span,
        /// Why it is captured as it is.
        capture_kind_span: Span,
        /// Where the captured path is used.
        path_span: Span,
    },
    /// As the receiver of a method.
    FnSelf {
        var_span: Span,
        fn_call_span: Span,
        fn_span: Span,
        kind: CallKind<'tcx>,
    },
    /// In a pattern.
    Pattern(Span),
    Other(Span),
}

/// What kind of call takes a receiver.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CallKind<'tcx> {
    Normal { self_arg: Option<Ident>, into_iter: bool, method_did: DefId },
    FnCall { fn_trait_id: DefId, self_ty: Ty<'tcx> },
    Operator { self_arg: Option<Ident>, trait_id: DefId },
    DerefCoercion { deref_target_span: Option<Span>, deref_target_ty: Ty<'tcx> },
}

impl<'tcx> UseSpans<'tcx> {
    pub(crate) fn args_or_use(self) -> Span {
        match self {
            UseSpans::Closure { args_span: span, .. } | UseSpans::Pattern(span) | UseSpans::Other(span) => span,
            UseSpans::FnSelf { var_span, .. } => var_span,
        }
    }
    pub(crate) fn var_or_use(self) -> Span {
        match self {
            UseSpans::Closure { capture_kind_span: span, .. } | UseSpans::Pattern(span) | UseSpans::Other(span) => span,
            UseSpans::FnSelf { var_span, .. } => var_span,
        }
    }
    pub(crate) fn var_or_use_path_span(self) -> Span {
        match self {
            UseSpans::Closure { path_span: span, .. } | UseSpans::Pattern(span) | UseSpans::Other(span) => span,
            UseSpans::FnSelf { var_span, .. } => var_span,
        }
    }
    pub(crate) fn for_closure(self) -> bool {
        matches!(self, UseSpans::Closure { .. })
    }
    pub(crate) fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            UseSpans::Closure { .. } | UseSpans::FnSelf { .. } => self,
            UseSpans::Pattern(_) | UseSpans::Other(_) => other(),
        }
    }
    /// Labels the use of a path in a closure.
    pub(crate) fn var_path_only_subdiag(self, err: &mut Diag<'_>, action: InitializationRequiringAction) {
        if let UseSpans::Closure { closure_kind, path_span, .. } = self {
            let verb = match action {
                InitializationRequiringAction::Borrow => "borrow occurs",
                InitializationRequiringAction::MatchOn | InitializationRequiringAction::Use => "use occurs",
                InitializationRequiringAction::Assignment => "assign occurs",
                InitializationRequiringAction::PartialAssignment => "assign to part occurs",
            };
            err.span_label(path_span, format!("{verb} due to use in {closure_kind}"));
        }
    }
    /// Labels why a closure captures.
    pub(crate) fn capture_label(self, err: &mut Diag<'_>, label: impl FnOnce(&str) -> String) {
        if let UseSpans::Closure { closure_kind, capture_kind_span, path_span, .. } = self {
            if capture_kind_span != path_span {
                err.span_label(capture_kind_span, "capture is mutable because of use here".to_owned());
            }
            err.span_label(path_span, label(closure_kind));
        }
    }
}

/// The node of a closure's expression.
fn closure_expr<'tcx>(tcx: TyCtxt<'tcx>, def_id: DefId) -> Option<&'tcx hir::Closure<'tcx>> {
    let local = def_id.as_local()?;
    match tcx.hir_node_by_def_id(local) {
        hir::Node::Expr(hir::Expr { kind: hir::ExprKind::Closure(c), .. }) => Some(c),
        _ => None,
    }
}

/// Why a closure captures a place as it does.
pub(crate) fn capture_kind_span(tcx: TyCtxt<'_>, c: &CapturedPlace<'_>, closure: DefId) -> Span {
    match c.info.capture_kind_expr_id.or(c.info.path_expr_id) {
        Some(id) => tcx.hir_span(id),
        None => upvar_span(tcx, c, closure),
    }
}
/// Where a closure uses the path that it captures.
pub(crate) fn path_span(tcx: TyCtxt<'_>, c: &CapturedPlace<'_>, closure: DefId) -> Span {
    match c.info.path_expr_id.or(c.info.capture_kind_expr_id) {
        Some(id) => tcx.hir_span(id),
        None => upvar_span(tcx, c, closure),
    }
}
fn upvar_span(tcx: TyCtxt<'_>, c: &CapturedPlace<'_>, closure: DefId) -> Span {
    let upvars = tcx.upvars_mentioned(closure);
    upvars.and_then(|u| u.get(&c.get_root_variable())).map_or_else(|| tcx.def_span(closure), |u| u.span)
}

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    /// The use in a closure's making of one of its operands.
    pub(crate) fn closure_span(
        &self,
        def_id: DefId,
        target: PlaceRef<'tcx>,
        operands: &rustc_index::IndexSlice<ty::FieldIdx, Operand<'tcx>>,
    ) -> Option<UseSpans<'tcx>> {
        let local = def_id.as_local()?;
        let closure = closure_expr(self.tcx, def_id)?;
        let captures = self.tcx.typeck(local).closure_min_captures_flattened(local);
        for (captured, op) in captures.zip(operands.iter()) {
            if op.place().is_some_and(|p| p.as_ref() == target) {
                return Some(UseSpans::Closure {
                    closure_kind: if self.tcx.is_coroutine(def_id) { "coroutine" } else { "closure" },
                    args_span: closure.fn_decl_span,
                    capture_kind_span: capture_kind_span(self.tcx, captured, def_id),
                    path_span: path_span(self.tcx, captured, def_id),
                });
            }
        }
        None
    }

    /// The use that moves or uses a place at a point.
    pub(crate) fn move_spans(&self, moved: PlaceRef<'tcx>, location: Location) -> UseSpans<'tcx> {
        let data = &self.body[location.block];
        let Some(stmt) = data.statements.get(location.statement_index) else {
            return UseSpans::Other(self.body.source_info(location).span);
        };
        match &stmt.kind {
            StatementKind::Assign(assign) => {
                if let Rvalue::Aggregate(kind, operands) = &assign.1
                    && let AggregateKind::Closure(def_id, _) | AggregateKind::Coroutine(def_id, _) = **kind
                    && let Some(spans) = self.closure_span(def_id, moved, operands)
                {
                    return spans;
                }
            }
            StatementKind::FakeRead(read) => {
                if let FakeReadCause::ForMatchedPlace(Some(closure)) | FakeReadCause::ForLet(Some(closure)) = read.0 {
                    let operands: rustc_index::IndexVec<ty::FieldIdx, _> =
                        [Operand::Move(read.1)].into_iter().collect();
                    if let Some(spans) = self.closure_span(closure.to_def_id(), moved, &operands) {
                        return spans;
                    }
                }
            }
            _ => {}
        }
        let span = stmt.source_info.span;
        let normal = if moved.projection.iter().any(|p| matches!(p, ProjectionElem::Downcast(..))) {
            UseSpans::Pattern(span)
        } else {
            UseSpans::Other(span)
        };
        let StatementKind::Assign(assign) = &stmt.kind else { return normal };
        let Some(temp) = assign.0.as_local() else { return normal };
        let TerminatorKind::Call { fn_span, call_source, .. } = &data.terminator().kind else { return normal };
        let Some((method_did, method_args)) = self.find_self_call(temp, location.block) else { return normal };
        let kind = call_kind(self.tcx, method_did, method_args, *fn_span, call_source.from_hir_call());
        UseSpans::FnSelf { var_span: span, fn_call_span: *fn_span, fn_span: self.tcx.def_span(method_did), kind }
    }

    /// The method that a temporary is the receiver of.
    fn find_self_call(&self, temp: Local, block: mir::BasicBlock) -> Option<(DefId, GenericArgsRef<'tcx>)> {
        let TerminatorKind::Call { func, args, .. } = &self.body[block].terminator().kind else { return None };
        let (def_id, fn_args) = func.const_fn_def()?;
        let assoc = self.tcx.opt_associated_item(def_id)?;
        if !assoc.is_method() {
            return None;
        }
        let receiver = args.first()?.node.place()?.as_local()?;
        if receiver == temp {
            return Some((def_id, fn_args));
        }
        // The receiver may be a reborrow of the temporary.
        for stmt in &self.body[block].statements {
            if let StatementKind::Assign(assign) = &stmt.kind
                && assign.0.as_local() == Some(receiver)
                && let Rvalue::Ref(_, _, place) = assign.1
                && place.local == temp
            {
                return Some((def_id, fn_args));
            }
        }
        None
    }

    /// The use of a borrow made at a point: by a closure that captures it, or the borrow itself.
    pub(crate) fn borrow_spans(&self, use_span: Span, location: Location) -> UseSpans<'tcx> {
        let other = UseSpans::Other(use_span);
        let data = &self.body[location.block];
        let target = match data.statements.get(location.statement_index).map(|s| &s.kind) {
            Some(StatementKind::Assign(assign)) => match assign.0.as_local() {
                Some(local) => local,
                None => return other,
            },
            _ => return other,
        };
        if self.body.local_kind(target) != LocalKind::Temp {
            return other;
        }
        let after_drop = match data.terminator().kind {
            TerminatorKind::Drop { target, .. } => self.body[target].statements.first(),
            _ => None,
        };
        for stmt in data.statements[location.statement_index + 1..].iter().chain(after_drop) {
            if let StatementKind::Assign(assign) = &stmt.kind
                && let Rvalue::Aggregate(kind, operands) = &assign.1
                && let AggregateKind::Closure(def_id, _) | AggregateKind::Coroutine(def_id, _) = **kind
            {
                return self.closure_span(def_id, Place::from(target).as_ref(), operands).unwrap_or(other);
            }
            if use_span != stmt.source_info.span {
                break;
            }
        }
        other
    }
    /// The use of a borrow.
    pub(crate) fn retrieve_borrow_spans(&self, borrow: &crate::borrow_set::BorrowData<'tcx>) -> UseSpans<'tcx> {
        let span = self.body.source_info(borrow.reserve_location).span;
        self.borrow_spans(span, borrow.reserve_location)
    }
}

fn call_kind<'tcx>(
    tcx: TyCtxt<'tcx>,
    method_did: DefId,
    method_args: GenericArgsRef<'tcx>,
    fn_span: Span,
    from_hir_call: bool,
) -> CallKind<'tcx> {
    let trait_id = tcx.trait_of_assoc(method_did);
    let self_ty = method_args.types().next().unwrap_or(tcx.types().unit);
    let self_arg = tcx.fn_arg_idents(method_did).first().copied().flatten();
    if let Some(id) = trait_id {
        if tcx.is_fn_trait(id) {
            return CallKind::FnCall { fn_trait_id: id, self_ty };
        }
        let lang = tcx.as_lang_item(id);
        if !from_hir_call {
            if lang == Some(hir::LangItem::Deref) {
                let target = tcx
                    .associated_items(id)
                    .in_definition_order()
                    .find(|i| matches!(i.kind, ty::AssocKind::Type { .. }))
                    .map(|i| i.def_id);
                let ty = target.map(|t| tcx.mk_projection(t, tcx.mk_args(&[self_ty.into()])));
                return CallKind::DerefCoercion { deref_target_span: None, deref_target_ty: ty.unwrap_or(self_ty) };
            }
            if lang.is_some_and(is_operator) {
                return CallKind::Operator { self_arg, trait_id: id };
            }
        }
    }
    let into_iter = fn_span.desugaring_kind() == Some(DesugaringKind::ForLoop);
    CallKind::Normal { self_arg, into_iter, method_did }
}

fn is_operator(item: hir::LangItem) -> bool {
    use hir::LangItem as L;
    matches!(
        item,
        L::Add
            | L::Sub
            | L::Mul
            | L::Div
            | L::Rem
            | L::Neg
            | L::Not
            | L::BitXor
            | L::BitAnd
            | L::BitOr
            | L::Shl
            | L::Shr
            | L::AddAssign
            | L::SubAssign
            | L::MulAssign
            | L::DivAssign
            | L::RemAssign
            | L::BitXorAssign
            | L::BitAndAssign
            | L::BitOrAssign
            | L::ShlAssign
            | L::ShrAssign
            | L::Index
            | L::IndexMut
            | L::PartialEq
            | L::PartialOrd
    )
}
