//! What must have a known size, and the edits that give it one.

use diagnostics::{Applicability, Diag, MultiSpan};
use hir::{ExprKind, GenericParamKind, LangItem, Node};
use span::Span;
use ty::{ClauseKind, PredicateKind};

use super::TypeErrCtxt;
use crate::traits::{ObligationCauseCode, PredicateObligation};

const BORROWED_ARGUMENT: &str =
    "function arguments must have a statically known size, borrowed types always have a known size";

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    /// A local variable, or a parameter by its pattern.
    pub(super) fn note_variable_sized(&self, diag: &mut Diag<'_>, hir_id: hir::HirId) {
        let tcx = self.tcx;
        let mut local = true;
        let mut borrow = |span: Span, message: &str| {
            diag.span_suggestion_verbose(span.shrink_to_lo(), message, "&", Applicability::MachineApplicable);
        };
        match tcx.parent_hir_node(hir_id) {
            Node::LetStmt(hir::LetStmt { ty: Some(ty), .. }) => borrow(ty.span, "consider borrowing here"),
            Node::LetStmt(hir::LetStmt { init: Some(hir::Expr { kind: ExprKind::Index(..), span, .. }), .. }) => {
                borrow(*span, "consider borrowing here");
            }
            Node::LetStmt(hir::LetStmt { init: Some(expr), .. }) => suggest_remove_deref(diag, expr),
            Node::Param(param) => {
                borrow(param.ty_span, BORROWED_ARGUMENT);
                local = false;
            }
            _ => {}
        }
        if local {
            diag.note("all local variables must have a statically known size");
        }
    }

    /// A parameter by its type.
    pub(super) fn note_argument_sized(&self, diag: &mut Diag<'_>, hir_id: Option<hir::HirId>) {
        let tcx = self.tcx;
        let ty = hir_id.and_then(|id| match tcx.hir_node(id) {
            Node::Param(param) => {
                let decl = tcx.parent_hir_node(id).fn_decl()?;
                decl.inputs.iter().find(|t| param.ty_span.contains(t.span))
            }
            Node::Ty(t) => Some(t),
            _ => None,
        });
        let Some(ty) = ty else {
            diag.note("all function arguments must have a statically known size");
            self.help_unsized_params(diag);
            return;
        };
        match ty.kind {
            hir::TyKind::TraitObject(traits, ..) => {
                let (span, kw) = match traits {
                    [first, ..] if first.span.lo() == ty.span.lo() => (ty.span.shrink_to_lo(), "dyn "),
                    [first, ..] => (ty.span.until(first.span), ""),
                    [] => (ty.span.shrink_to_lo(), ""),
                };
                diag.span_suggestion_verbose(
                    span,
                    "you can use `impl Trait` as the argument type",
                    "impl ",
                    Applicability::MaybeIncorrect,
                );
                let parts = match traits.len() {
                    1 => vec![(span.shrink_to_lo(), format!("&{kw}"))],
                    _ => vec![(span.shrink_to_lo(), format!("&({kw}")), (ty.span.shrink_to_hi(), ")".to_owned())],
                };
                diag.multipart_suggestion(BORROWED_ARGUMENT, parts, Applicability::MachineApplicable);
            }
            hir::TyKind::Slice(_) => {
                diag.span_suggestion_verbose(
                    ty.span.shrink_to_lo(),
                    "function arguments must have a statically known size, borrowed slices always have a known size",
                    "&",
                    Applicability::MachineApplicable,
                );
            }
            hir::TyKind::Path(_) => {
                diag.span_suggestion_verbose(
                    ty.span.shrink_to_lo(),
                    BORROWED_ARGUMENT,
                    "&",
                    Applicability::MachineApplicable,
                );
            }
            _ => {}
        }
        self.help_unsized_params(diag);
    }

    fn help_unsized_params(&self, diag: &mut Diag<'_>) {
        let tcx = self.tcx;
        if tcx.sess().is_nightly_build() && !tcx.feature(span::Symbol::intern("unsized_fn_params")) {
            diag.help("unsized fn params are gated as an unstable feature");
        }
    }

    /// A field that is not the last.
    pub(super) fn note_field_sized(&self, diag: &mut Diag<'_>, adt_kind: ty::AdtKind, last: bool, span: Span) {
        diag.note(match (adt_kind, last) {
            (ty::AdtKind::Struct, true) => {
                "the last field of a packed struct may only have a dynamically sized type if it does not need drop to be run"
            }
            (ty::AdtKind::Struct, false) => "only the last field of a struct may have a dynamically sized type",
            (ty::AdtKind::Union, _) => "no field of a union may have a dynamically sized type",
            (ty::AdtKind::Enum, _) => "no field of an enum variant may have a dynamically sized type",
        });
        diag.help("change the field's type to have a statically known size");
        diag.span_suggestion_verbose(
            span.shrink_to_lo(),
            "borrowed types always have a statically known size",
            "&",
            Applicability::MachineApplicable,
        );
        diag.multipart_suggestion(
            "the `Box` type always has a statically known size and allocates its contents in the heap",
            vec![(span.shrink_to_lo(), "Box<".to_owned()), (span.shrink_to_hi(), ">".to_owned())],
            Applicability::MachineApplicable,
        );
    }

    /// `?Sized` at the parameter whose implicit bound is not met.
    pub(super) fn suggest_unsized_bound(&self, diag: &mut Diag<'_>, obligation: &PredicateObligation<'tcx>) {
        let tcx = self.tcx;
        let PredicateKind::Clause(ClauseKind::Trait(pred)) = obligation.predicate.kind().skip_binder() else { return };
        let (ObligationCauseCode::WhereClause(item, span) | ObligationCauseCode::WhereClauseInExpr(item, span, ..)) =
            *obligation.cause.code().peel_derives()
        else {
            return;
        };
        if span.is_dummy() || !tcx.is_lang_item(pred.def_id(), LangItem::Sized) {
            return;
        }
        let Some(local) = item.as_local() else { return };
        let Some(generics) = tcx.hir_get_generics(local) else { return };
        let Some(param) = generics.params.iter().find(|p| p.span == span) else { return };
        if param.span.from_expansion() || !matches!(param.kind, GenericParamKind::Type { .. }) {
            return;
        }
        let is_sized = |b: &hir::GenericBound<'_>| {
            b.trait_ref().and_then(|t| t.trait_def_id()).is_some_and(|d| tcx.is_lang_item(d, LangItem::Sized))
        };
        if generics.bounds_for_param(param.def_id).flat_map(|p| p.bounds).any(is_sized) {
            return;
        }
        if let Node::Item(item) = tcx.hir_node_by_def_id(local)
            && let hir::ItemKind::Struct(..) | hir::ItemKind::Enum(..) | hir::ItemKind::Union(..) = item.kind
            && suggest_indirection(tcx, diag, item, param)
        {
            return;
        }
        let (at, separator) = match super::restrict::end_of_bounds(generics, param.def_id) {
            Some(s) => (s, " +"),
            None => (param.name.ident().span.shrink_to_hi(), ":"),
        };
        diag.span_suggestion_verbose(
            at,
            "consider relaxing the implicit `Sized` restriction",
            format!("{separator} ?Sized"),
            Applicability::MachineApplicable,
        );
    }
}

/// `x` for `*x`.
pub(super) fn suggest_remove_deref(diag: &mut Diag<'_>, expr: &hir::Expr<'_>) {
    if let ExprKind::Unary(hir::UnOp::Deref, inner) = expr.kind {
        diag.span_suggestion_verbose(
            expr.span.until(inner.span),
            "references are always `Sized`, even if they point to unsized data; consider not dereferencing the expression",
            "",
            Applicability::MaybeIncorrect,
        );
    }
}

/// A type that keeps its parameter by value cannot relax the bound. Whether that was said.
fn suggest_indirection<'tcx>(
    tcx: query::TyCtxt<'tcx>,
    diag: &mut Diag<'_>,
    item: &'tcx hir::Item<'tcx>,
    param: &hir::GenericParam<'_>,
) -> bool {
    /// Uses of a parameter that are not behind a pointer.
    struct Uses {
        param: span::def_id::DefId,
        found: Vec<Span>,
    }
    impl<'v> hir::intravisit::Visitor<'v> for Uses {
        fn visit_ty(&mut self, t: &'v hir::Ty<'v>) {
            match t.kind {
                hir::TyKind::Ref(..) | hir::TyKind::Ptr(_) => return,
                hir::TyKind::Path(hir::QPath::Resolved(None, path)) => {
                    if let [segment] = path.segments
                        && segment.res.opt_def_id() == Some(self.param)
                    {
                        self.found.push(t.span);
                    }
                }
                _ => {}
            }
            hir::intravisit::walk_ty(self, t);
        }
    }
    let mut uses = Uses { param: param.def_id.to_def_id(), found: Vec::new() };
    hir::intravisit::Visitor::visit_item(&mut uses, item);
    let _ = tcx;
    if uses.found.is_empty() {
        return false;
    }
    let name = param.name.ident();
    let mut multi = MultiSpan::from(vec![param.span]);
    multi.push_span_label(param.span, format!("this could be changed to `{name}: ?Sized`..."));
    for span in uses.found {
        multi.push_span_label(span, format!("...if indirection were used here: `Box<{name}>`"));
    }
    diag.span_help(
        multi,
        format!(
            "you could relax the implicit `Sized` bound on `{name}` if it were used through indirection like `&{name}` or `Box<{name}>`"
        ),
    );
    true
}
