//! The expression that moves a value, in HIR: what is around it decides what may help.

use diagnostics::{Applicability, Diag, MultiSpan};
use hir::intravisit::{self, NestedFilter, Visitor};
use hir::{Expr, ExprKind, Node, Pat, PatKind};
use mir::PlaceRef;
use mir_dataflow::MovePathIndex;
use query::{PlaceTyExt, TyCtxt};
use span::def_id::DefId;
use span::{DesugaringKind, Span};
use trait_solve::traits::{Obligation, ObligationCause};
use ty::{Mutability, Ty, TyKind};

use super::{CallKind, UseSpans};
use crate::check::MirBorrowckCtxt;

/// Finds the expression or the pattern at a span in a body and in its closures.
struct Finder<'tcx> {
    tcx: TyCtxt<'tcx>,
    span: Span,
    expr: Option<&'tcx Expr<'tcx>>,
    pat: Option<&'tcx Pat<'tcx>>,
    /// The binding before the `@` that the pattern stands behind.
    outer_pat: Option<&'tcx Pat<'tcx>>,
}

impl<'tcx> Visitor<'tcx> for Finder<'tcx> {
    const NESTED: NestedFilter = NestedFilter::OnlyBodies;

    fn hir_crate(&mut self) -> &'tcx hir::Crate<'tcx> {
        self.tcx.hir_crate()
    }
    fn visit_expr(&mut self, expr: &'tcx Expr<'tcx>) {
        if expr.span == self.span {
            self.expr = Some(expr);
        }
        intravisit::walk_expr(self, expr);
    }
    fn visit_pat(&mut self, pat: &'tcx Pat<'tcx>) {
        if pat.span == self.span {
            self.pat = Some(pat);
        }
        if let PatKind::Binding(hir::BindingMode::NONE, _, ident, sub) = pat.kind {
            if ident.span == self.span || pat.span == self.span {
                self.pat = Some(pat);
            }
            if let Some(sub) = sub
                && self.pat.is_none()
            {
                self.visit_pat(sub);
                if self.pat.is_some() {
                    self.outer_pat = Some(pat);
                }
                return;
            }
        }
        intravisit::walk_pat(self, pat);
    }
}

/// Finds whether a node is inside another.
struct Contains {
    id: hir::HirId,
    found: bool,
}

impl<'v> Visitor<'v> for Contains {
    fn visit_pat(&mut self, pat: &'v Pat<'v>) {
        self.found |= pat.hir_id == self.id;
        intravisit::walk_pat(self, pat);
    }
    fn visit_expr(&mut self, expr: &'v Expr<'v>) {
        self.found |= expr.hir_id == self.id;
        intravisit::walk_expr(self, expr);
    }
}

fn contains(expr: &Expr<'_>, id: hir::HirId) -> bool {
    let mut visitor = Contains { id, found: false };
    visitor.visit_expr(expr);
    visitor.found
}

/// The `break`s and `continue`s in a tree.
#[derive(Default)]
struct Jumps {
    breaks: Vec<(hir::Destination, Span)>,
    continues: Vec<(hir::Destination, Span)>,
}

impl<'v> Visitor<'v> for Jumps {
    fn visit_expr(&mut self, expr: &'v Expr<'v>) {
        match expr.kind {
            ExprKind::Break(destination, _) => self.breaks.push((destination, expr.span)),
            ExprKind::Continue(destination) => self.continues.push((destination, expr.span)),
            _ => {}
        }
        intravisit::walk_expr(self, expr);
    }
}

fn is_desugared_jump(span: Span) -> bool {
    matches!(span.desugaring_kind(), Some(DesugaringKind::ForLoop | DesugaringKind::WhileLoop))
}

/// A call that a moved value is an argument of.
struct MovedArg<'tcx> {
    call: &'tcx Expr<'tcx>,
    callee: DefId,
    /// Among the parameters, a receiver counted.
    index: usize,
}

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    fn find_at(&self, span: Span) -> Option<Finder<'tcx>> {
        let body = self.tcx.hir_maybe_body_owned_by(self.def)?;
        let mut finder = Finder { tcx: self.tcx, span, expr: None, pat: None, outer_pat: None };
        finder.visit_expr(body.value);
        Some(finder)
    }
    /// The innermost expression at a span.
    pub(crate) fn expr_at(&self, span: Span) -> Option<&'tcx Expr<'tcx>> {
        self.find_at(span)?.expr
    }

    /// What could be done about a move: a borrow or a clone instead, a `ref` in the pattern.
    pub(crate) fn suggest_ref_or_clone(
        &self,
        err: &mut Diag<'_>,
        mpi: MovePathIndex,
        move_spans: UseSpans<'tcx>,
        moved_place: PlaceRef<'tcx>,
        closure_noted: bool,
    ) -> bool {
        let move_span = match move_spans {
            UseSpans::Closure { capture_kind_span, .. } => capture_kind_span,
            _ => move_spans.args_or_use(),
        };
        let Some(finder) = self.find_at(move_span) else { return false };
        let place = self.move_data.move_paths[mpi].place;
        if let (Some(local), Some(expr)) = (place.as_local(), finder.expr) {
            self.label_loops(err, self.body.local_decls[local].source_info.span, expr);
            let ty = place.ty(self.body, self.tcx).ty;
            let mut can_clone = true;
            if let Some(arg) = self.moved_arg(expr) {
                let sig = self.tcx.fn_sig(arg.callee).instantiate_identity().skip_binder();
                let param = match sig.inputs().get(arg.index).map(|t| *t.kind()) {
                    Some(TyKind::Param(p)) if self.tcx.def_kind(arg.callee).is_fn_like() => Some(p),
                    _ => None,
                };
                if let (TyKind::Ref(_, _, Mutability::Mut), Some(_)) = (ty.kind(), param) {
                    self.suggest_reborrow(err, expr.span, moved_place);
                    return true;
                }
                let borrow = param.and_then(|p| self.suggest_borrow_generic_arg(err, &arg, p, moved_place, ty, expr));
                match borrow {
                    Some(mutability) => can_clone = mutability.is_mut(),
                    None => self.note_parameter_that_takes(err, &arg),
                }
            }
            let in_for = matches!(self.tcx.parent_hir_node(expr.hir_id), Node::Expr(call)
                if matches!(call.kind, ExprKind::Call(..)) && call.span.desugaring_kind() == Some(DesugaringKind::ForLoop));
            let is_method = matches!(move_spans, UseSpans::FnSelf { kind: CallKind::Normal { .. }, .. });
            if !in_for
                && !is_method
                && !closure_noted
                && self.suggest_hoisting_call_outside_loop(err, expr)
                && can_clone
            {
                self.suggest_cloning(err, place.as_ref(), ty, expr, Some(move_spans));
            }
        }
        self.suggest_ref_for_dbg_args(err, finder.expr, move_span);
        if let Some(pat) = finder.pat
            && !move_span.is_dummy()
        {
            let outer = finder.outer_pat.map(|p| (p.span.shrink_to_lo(), "ref ".to_owned()));
            let parts = outer.into_iter().chain([(pat.span.shrink_to_lo(), "ref ".to_owned())]).collect();
            err.multipart_suggestion(
                "borrow this binding in the pattern to avoid moving the value",
                parts,
                Applicability::MachineApplicable,
            );
        }
        false
    }

    /// The loops between a move and the declaration of what it moves.
    fn label_loops(&self, err: &mut Diag<'_>, declared: Span, expr: &Expr<'_>) {
        for (_, node) in self.tcx.hir_parent_iter(expr.hir_id) {
            let Node::Expr(outer) = node else { continue };
            if outer.span.contains(declared) {
                break;
            }
            if let ExprKind::Loop(_, _, _, head) = outer.kind {
                err.span_label(head, "inside of this loop");
            }
        }
    }

    fn moved_arg(&self, expr: &Expr<'tcx>) -> Option<MovedArg<'tcx>> {
        let typeck = self.tcx.typeck(self.def);
        let Node::Expr(call) = self.tcx.parent_hir_node(expr.hir_id) else { return None };
        let at = |args: &[Expr<'_>]| args.iter().position(|a| a.hir_id == expr.hir_id);
        match call.kind {
            ExprKind::Call(callee, args) => {
                let TyKind::FnDef(def_id, _) = *typeck.expr_ty(callee).kind() else { return None };
                Some(MovedArg { call, callee: def_id, index: at(args)? })
            }
            ExprKind::MethodCall(_, _, args, _) => {
                let callee = typeck.type_dependent_def_id(call.hir_id)?;
                Some(MovedArg { call, callee, index: at(args)? + 1 })
            }
            _ => None,
        }
    }

    /// What takes a value that could be borrowed: a parameter of a function of this crate.
    fn note_parameter_that_takes(&self, err: &mut Diag<'_>, arg: &MovedArg<'tcx>) {
        let tcx = self.tcx;
        let Some(local) = arg.callee.as_local() else { return };
        let node = tcx.hir_node_by_def_id(local);
        let (Some(decl), Some(ident)) = (node.fn_decl(), tcx.def_ident_span(arg.callee)) else { return };
        let Some(param) = decl.inputs.get(arg.index) else { return };
        let what = match node {
            Node::ImplItem(_) | Node::TraitItem(_) => "method",
            _ => "function",
        };
        let mut span: MultiSpan = param.span.into();
        span.push_span_label(param.span, "this parameter takes ownership of the value");
        span.push_span_label(ident, format!("in this {what}"));
        let name = tcx.item_name(arg.callee);
        err.span_note(
            span,
            format!(
                "consider changing this parameter type in {what} `{name}` to borrow instead if owning the value isn't \
                 necessary"
            ),
        );
    }

    pub(crate) fn suggest_reborrow(&self, err: &mut Diag<'_>, span: Span, moved_place: PlaceRef<'tcx>) {
        let what = self.describe_place(moved_place);
        let what = what.map_or_else(|| "the mutable reference".to_owned(), |n| format!("`{n}`"));
        err.span_suggestion_verbose(
            span.shrink_to_lo(),
            format!("consider creating a fresh reborrow of {what} here"),
            "&mut *",
            Applicability::MachineApplicable,
        );
    }

    /// A borrow for an argument whose type is a parameter of the callee: one that meets the bounds as well, and changes
    /// the types of no other parameter and not that of the result.
    fn suggest_borrow_generic_arg(
        &self,
        err: &mut Diag<'_>,
        arg: &MovedArg<'tcx>,
        param: ty::ParamTy,
        moved_place: PlaceRef<'tcx>,
        arg_ty: Ty<'tcx>,
        expr: &Expr<'_>,
    ) -> Option<Mutability> {
        let tcx = self.tcx;
        let typeck = tcx.typeck(self.def);
        let args = match arg.call.kind {
            ExprKind::MethodCall(..) => typeck.node_args_opt(arg.call.hir_id)?,
            ExprKind::Call(callee, _) => match *typeck.expr_ty(callee).kind() {
                TyKind::FnDef(_, args) => args,
                _ => return None,
            },
            _ => return None,
        };
        let clauses = tcx.all_predicates_of(arg.callee);
        // Some trait that the parameter must implement has methods: this is not `mem::drop` and its like.
        let has_methods = clauses.iter().any(|(clause, _)| {
            clause.as_trait_clause().is_some_and(|t| {
                matches!(*t.self_ty().skip_binder().kind(), TyKind::Param(p) if p.index == param.index)
                    && trait_solve::traits::supertrait_def_ids(tcx, t.def_id())
                        .any(|t| tcx.associated_items(t).in_definition_order().any(|item| item.is_method()))
            })
        });
        if !has_methods {
            return None;
        }
        let sig = tcx.fn_sig(arg.callee).instantiate_identity().skip_binder();
        let typing_env = self.infcx.typing_env(self.infcx.param_env);
        let arg_ty = tcx.erase_regions(arg_ty);
        let args = tcx.erase_regions(args);
        let fits = |mutability: Mutability| {
            let reference = tcx.mk_ref(tcx.lifetimes().re_erased, arg_ty, mutability);
            let new: Vec<ty::GenericArg<'tcx>> = (args.iter().enumerate())
                .map(|(i, a)| if i == param.index as usize { reference.into() } else { a })
                .collect();
            let new = tcx.mk_args(&new);
            let instantiate = |t: Ty<'tcx>, args| {
                let t = ty::EarlyBinder::bind(t).instantiate(*tcx, args);
                let t = tcx.erase_regions(tcx.instantiate_bound_regions_with_erased(ty::Binder::dummy(t)));
                tcx.try_normalize_erasing_regions(typing_env, t).ok()
            };
            let unchanged = |t: Ty<'tcx>| instantiate(t, args).is_some_and(|old| instantiate(t, new) == Some(old));
            let others = sig.inputs().iter().enumerate().filter(|(i, _)| *i != arg.index).map(|(_, t)| *t);
            unchanged(sig.output())
                && { others }.all(unchanged)
                && clauses.iter().all(|&(clause, _)| {
                    let clause = tcx.erase_regions(ty::EarlyBinder::bind(clause).instantiate(*tcx, new));
                    let clause = tcx.try_normalize_erasing_regions(typing_env, clause).unwrap_or(clause);
                    self.infcx.predicate_must_hold_modulo_regions(&Obligation::new(
                        tcx,
                        ObligationCause::dummy(),
                        self.infcx.param_env,
                        clause,
                    ))
                })
        };
        let mutability = [Mutability::Not, Mutability::Mut].into_iter().find(|m| fits(*m))?;
        let what = self.describe_place(moved_place).map_or_else(|| "here".to_owned(), |d| format!("`{d}`"));
        let (mutably, prefix) = if mutability.is_mut() { ("mutably ", "&mut ") } else { ("", "&") };
        err.span_suggestion_verbose(
            expr.span.shrink_to_lo(),
            format!("consider {mutably}borrowing {what}"),
            prefix,
            Applicability::MaybeIncorrect,
        );
        Some(mutability)
    }

    /// `dbg!(x)` gives the value back, which is easily overlooked.
    fn suggest_ref_for_dbg_args(&self, err: &mut Diag<'_>, expr: Option<&Expr<'tcx>>, move_span: Span) {
        let Some(expr) = expr.filter(|e| matches!(e.kind, ExprKind::Path(hir::QPath::Resolved(..)))) else { return };
        let is_dbg = |span: Span| {
            let mut calls = span.macro_backtrace();
            calls.any(|c| c.macro_def_id.is_some_and(|d| self.tcx.is_diagnostic_item(span::sym::dbg_macro, d)))
        };
        let mut parents = self.tcx.hir_parent_iter(expr.hir_id);
        let in_dbg = parents.any(|(_, node)| matches!(node, Node::Expr(e) if is_dbg(e.span)));
        if in_dbg && !move_span.from_expansion() {
            err.span_suggestion_verbose(
                expr.span.shrink_to_lo(),
                "consider borrowing instead of transferring ownership",
                "&",
                Applicability::MachineApplicable,
            );
        }
    }

    /// A call in a loop that moves a value may belong in front of the loop. Whether a clone would do instead: not where
    /// the value decides when the loop ends.
    fn suggest_hoisting_call_outside_loop(&self, err: &mut Diag<'_>, expr: &'tcx Expr<'tcx>) -> bool {
        let tcx = self.tcx;
        let mut can_clone = true;
        let binding = match expr.kind {
            ExprKind::Path(hir::QPath::Resolved(_, path)) => match path.res {
                hir::def::Res::Local(id) => Some(id),
                _ => None,
            },
            _ => None,
        };
        let (mut parent, mut outermost) = (None, None);
        for (_, node) in tcx.hir_parent_iter(expr.hir_id) {
            let outer = match node {
                Node::Expr(e) => e,
                Node::LetStmt(hir::LetStmt { els: Some(els), .. }) => {
                    let mut jumps = Jumps::default();
                    jumps.visit_block(els);
                    can_clone &= jumps.breaks.is_empty();
                    continue;
                }
                _ => continue,
            };
            if binding.is_some_and(|id| contains(outer, id)) {
                break;
            }
            parent.get_or_insert(outer);
            match outer.kind {
                ExprKind::Let(_) => {
                    if let Node::Expr(Expr { kind: ExprKind::If(cond, ..), .. }) = tcx.parent_hir_node(outer.hir_id)
                        && contains(cond, expr.hir_id)
                    {
                        can_clone = false;
                    }
                }
                ExprKind::Loop(..) => outermost = Some(outer),
                _ => {}
            }
        }
        let Some(outermost) = outermost else { return can_clone };
        let mut jumps = Jumps::default();
        jumps.visit_expr(outermost);
        self.note_loop_jumps(err, expr, &jumps);
        if let Some(parent) = parent
            && matches!(parent.kind, ExprKind::Call(..) | ExprKind::MethodCall(..))
            && !jumps.breaks.is_empty()
            && let Some(value) = tcx.sess().source_map.span_to_snippet(parent.span)
        {
            let indent = tcx.sess().source_map.indentation_before(outermost.span);
            let indent = indent.map_or_else(|| " ".to_owned(), |indent| format!("\n{indent}"));
            err.multipart_suggestion(
                "consider moving the expression out of the loop so it is only moved once",
                vec![
                    (outermost.span.shrink_to_lo(), format!("let mut value = {value};{indent}")),
                    (parent.span, "value".to_owned()),
                ],
                Applicability::MaybeIncorrect,
            );
        }
        can_clone
    }

    /// In nested loops: which loop each `break` and `continue` is about.
    fn note_loop_jumps(&self, err: &mut Diag<'_>, expr: &Expr<'_>, jumps: &Jumps) {
        let tcx = self.tcx;
        let sm = &tcx.sess().source_map;
        let loops: Vec<Span> = tcx
            .hir_parent_iter(expr.hir_id)
            .filter_map(|(_, node)| match node {
                Node::Expr(Expr { span, kind: ExprKind::Loop(..), .. }) => Some(*span),
                _ => None,
            })
            .collect();
        let all = jumps.breaks.iter().chain(&jumps.continues);
        let written: Vec<Span> = all.map(|(_, span)| *span).filter(|s| !is_desugared_jump(*s)).collect();
        if written.is_empty() || loops.len() < 2 {
            return;
        }
        let line = |span: Span| sm.lookup_char_pos(span.lo()).map_or(0, |loc| loc.line);
        let mut lines: Vec<usize> = loops.iter().map(|s| line(*s)).collect();
        lines.sort_unstable();
        lines.dedup();
        let mut spans: MultiSpan = written.into();
        for (what, list) in [("`break` exits", &jumps.breaks), ("`continue` advances", &jumps.continues)] {
            for (destination, span) in list {
                let Some(Node::Expr(target)) = destination.target_id.ok().map(|id| tcx.hir_node(id)) else { continue };
                if is_desugared_jump(*span) {
                    continue;
                }
                let place = match lines.len() == loops.len() {
                    true => format!("line {}", line(target.span)),
                    false => sm.span_to_diagnostic_string(target.span),
                };
                spans.push_span_label(*span, format!("this {what} the loop at {place}"));
            }
        }
        for span in loops {
            spans.push_span_label(sm.guess_head_span(span), "");
        }
        err.span_note(spans, "verify that your loop breaking logic is correct");
    }
}
