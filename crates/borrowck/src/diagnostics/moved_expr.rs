//! The expression that moves a value, in HIR: what is around it decides what may help.

use diagnostics::{Diag, MultiSpan};
use hir::intravisit::{self, Visitor};
use hir::{Expr, ExprKind, Node};
use mir::PlaceRef;
use query::TyCtxt;
use span::Span;
use ty::{Ty, TyKind};

use crate::check::MirBorrowckCtxt;

struct Finder<'v> {
    span: Span,
    found: Option<&'v Expr<'v>>,
}

impl<'v> Visitor<'v> for Finder<'v> {
    fn visit_expr(&mut self, expr: &'v Expr<'v>) {
        if expr.span == self.span && self.found.is_none() {
            self.found = Some(expr);
        }
        intravisit::walk_expr(self, expr);
    }
}

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    fn expr_at(&self, span: Span) -> Option<&'tcx Expr<'tcx>> {
        let body = self.tcx.hir_maybe_body_owned_by(self.def)?;
        let mut finder = Finder { span, found: None };
        finder.visit_expr(body.value);
        finder.found
    }

    /// The loops between a move and the declaration of what it moves.
    pub(crate) fn label_loops(&self, err: &mut Diag<'_>, place: PlaceRef<'tcx>, move_span: Span) {
        let Some(expr) = self.expr_at(move_span) else { return };
        let declared = self.body.local_decls[place.local].source_info.span;
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

    /// What takes a value that could be borrowed: a parameter of a function of this crate.
    pub(crate) fn note_parameter_that_takes(&self, err: &mut Diag<'_>, move_span: Span) {
        let tcx = self.tcx;
        let Some(expr) = self.expr_at(move_span) else { return };
        let Node::Expr(call) = tcx.parent_hir_node(expr.hir_id) else { return };
        let typeck = tcx.typeck(self.def);
        let (callee, index) = match call.kind {
            ExprKind::Call(callee, args) => {
                let TyKind::FnDef(def_id, _) = *typeck.expr_ty(callee).kind() else { return };
                (def_id, args.iter().position(|a| a.hir_id == expr.hir_id))
            }
            ExprKind::MethodCall(_, receiver, args, _) => {
                let Some(def_id) = typeck.type_dependent_def_id(call.hir_id) else { return };
                let index = args.iter().position(|a| a.hir_id == expr.hir_id).map(|i| i + 1);
                (def_id, index.or((receiver.hir_id == expr.hir_id).then_some(0)))
            }
            _ => return,
        };
        let (Some(local), Some(index)) = (callee.as_local(), index) else { return };
        let node = tcx.hir_node_by_def_id(local);
        let (Some(decl), Some(ident)) = (node.fn_decl(), tcx.def_ident_span(callee)) else { return };
        let Some(param) = decl.inputs.get(index) else { return };
        // What is generic could be a reference already.
        let ty = tcx.fn_sig(callee).instantiate_identity().skip_binder().inputs()[index];
        if matches!(ty.kind(), TyKind::Param(_)) {
            return;
        }
        let (what, in_what) = match node {
            Node::ImplItem(_) | Node::TraitItem(_) => ("method", "in this method"),
            _ => ("function", "in this function"),
        };
        let mut span: MultiSpan = param.span.into();
        span.push_span_label(param.span, "this parameter takes ownership of the value".to_owned());
        span.push_span_label(ident, in_what.to_owned());
        let name = tcx.item_name(callee);
        err.span_note(
            span,
            format!(
                "consider changing this parameter type in {what} `{name}` to borrow instead if owning the value isn't \
                 necessary"
            ),
        );
    }

    /// A type of this crate that is not `Clone`.
    pub(crate) fn note_missing_clone(&self, err: &mut Diag<'_>, ty: Ty<'tcx>, move_span: Span) {
        let Some(span) = local_adt(self.tcx, ty) else { return };
        let mut multi: MultiSpan = span.into();
        multi.push_span_label(span, "consider implementing `Clone` for this type".to_owned());
        multi.push_span_label(move_span, "you could clone this value".to_owned());
        err.span_note(multi, format!("if `{ty}` implemented `Clone`, you could clone the value"));
    }
}

fn local_adt(tcx: TyCtxt<'_>, ty: Ty<'_>) -> Option<Span> {
    let adt = ty.ty_adt_def().filter(|adt| adt.did().is_local())?;
    Some(tcx.def_span(adt.did()))
}
