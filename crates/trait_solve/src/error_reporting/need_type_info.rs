//! `type annotations needed`: E0282 and relatives.

use diagnostics::codes::*;
use diagnostics::{Applicability, Diag};
use hir::HirId;
use hir::def::DefKind;
use span::Span;
use span::def_id::LocalDefId;
use ty::{InferTy, Term, Ty, TyKind};

use super::TypeErrCtxt;

/// Which error it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TypeAnnotationNeeded {
    /// A type is not known.
    E0282,
    /// A trait's impl is not known.
    E0283,
    /// A projection is not known.
    E0284,
}

impl TypeAnnotationNeeded {
    fn code(self) -> ErrCode {
        match self {
            TypeAnnotationNeeded::E0282 => E0282,
            TypeAnnotationNeeded::E0283 => E0283,
            TypeAnnotationNeeded::E0284 => E0284,
        }
    }
}

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    /// The error for an unknown type or constant.
    pub fn emit_inference_failure_err(
        &self,
        body_def_id: LocalDefId,
        failure_span: Span,
        term: Term<'tcx>,
        error_code: TypeAnnotationNeeded,
        should_label_span: bool,
    ) -> Diag<'tcx> {
        let term = match term {
            Term::Ty(t) => Term::Ty(self.resolve_vars_if_possible(t)),
            Term::Const(c) => Term::Const(self.resolve_vars_if_possible(c)),
        };
        let _ = body_def_id;
        if let Some(diag) = self.failure_of_local(failure_span, term, error_code, should_label_span) {
            return diag;
        }
        let what = self.cannot_infer(term);
        let mut diag = self.dcx().struct_span_err(failure_span, "type annotations needed");
        diag.code(error_code.code());
        diag.span_label(failure_span, what);
        diag
    }

    /// A `let` whose type has the unknown in it.
    fn failure_of_local(
        &self,
        failure_span: Span,
        term: Term<'tcx>,
        code: TypeAnnotationNeeded,
        should_label_span: bool,
    ) -> Option<Diag<'tcx>> {
        let tcx = self.tcx;
        let locals = self.local_types.borrow();
        let (id, ty) = locals.iter().find_map(|&(id, ty)| {
            let ty = self.resolve_vars_if_possible(ty);
            (!ty.references_error() && contains(ty, term) && self.is_untyped_let(id)).then_some((id, ty))
        })?;
        let hir::Node::Pat(pat) = tcx.hir_node(id) else {
            return None;
        };
        let name = match pat.kind {
            hir::PatKind::Binding(_, _, ident, _) => Some(ident.name),
            _ => None,
        };
        let span = pat.span;
        if span.from_expansion() {
            return None;
        }
        let whole = matches!(term, Term::Ty(t) if t == ty);
        let message =
            if whole { "type annotations needed".to_owned() } else { format!("type annotations needed for `{ty}`") };
        let mut diag = self.dcx().struct_span_err(span, message);
        diag.code(code.code());
        if should_label_span && !failure_span.overlaps(span) {
            diag.span_label(failure_span, "type must be known at this point");
        }
        let param = match term {
            Term::Ty(t) => {
                self.type_var_origin(t).and_then(|o| o.param_def_id).filter(|_| !whole).map(|d| tcx.item_name(d))
            }
            Term::Const(_) => None,
        };
        let with = match param {
            Some(p) => format!(", where the type for type parameter `{p}` is specified"),
            None if !whole => ", where the placeholders `_` are specified".to_owned(),
            None => String::new(),
        };
        let what = match name {
            Some(n) => format!("consider giving `{n}` an explicit type{with}"),
            None => format!("consider giving this pattern a type{with}"),
        };
        let text = match param {
            Some(p) => ty.to_string().replacen('_', p.as_str(), 1),
            None if whole => "/* Type */".to_owned(),
            None => ty.to_string(),
        };
        diag.span_suggestion_verbose(span.shrink_to_hi(), what, format!(": {text}"), Applicability::HasPlaceholders);
        Some(diag)
    }

    /// Whether the pattern is a `let`'s without a type.
    fn is_untyped_let(&self, pat: HirId) -> bool {
        match self.tcx.hir_node(self.tcx.parent_hir_id(pat)) {
            hir::Node::LetStmt(l) => l.ty.is_none() && l.source == hir::LocalSource::Normal,
            hir::Node::Param(_) => true,
            _ => false,
        }
    }

    /// `cannot infer type ..`
    fn cannot_infer(&self, term: Term<'tcx>) -> String {
        let tcx = self.tcx;
        match term {
            Term::Ty(t) => {
                let var = match *t.kind() {
                    TyKind::Infer(InferTy::TyVar(_)) => Some(t),
                    _ => t.walk().filter_map(|a| a.as_type()).find(|t| t.is_ty_var()),
                };
                let param = var.and_then(|v| self.type_var_origin(v)).and_then(|o| o.param_def_id);
                match param {
                    Some(d) if tcx.def_kind(d) == DefKind::TyParam => {
                        let name = tcx.item_name(d);
                        let parent = tcx.parent(d);
                        let descr = tcx.def_descr(parent);
                        let parent_name = tcx.opt_item_name(parent).map_or_else(String::new, |n| format!(" `{n}`"));
                        format!("cannot infer type of the type parameter `{name}` declared on the {descr}{parent_name}")
                    }
                    _ if t.is_ty_var() => "cannot infer type".to_owned(),
                    _ => format!("cannot infer type for {} `{t}`", kind_word(t)),
                }
            }
            Term::Const(_) => "cannot infer the value of constant".to_owned(),
        }
    }
}

fn kind_word(t: Ty<'_>) -> &'static str {
    match t.kind() {
        TyKind::Adt(def, _) => def.descr(),
        TyKind::Ref(..) => "reference",
        TyKind::Infer(InferTy::IntVar(_) | InferTy::FloatVar(_)) => "type",
        _ => "type",
    }
}

/// Whether the unknown is in what can be written of the type: not in a closure.
fn contains<'tcx>(ty: Ty<'tcx>, term: Term<'tcx>) -> bool {
    if matches!(
        ty.kind(),
        TyKind::Closure(..) | TyKind::CoroutineClosure(..) | TyKind::Coroutine(..) | TyKind::CoroutineWitness(..)
    ) {
        return false;
    }
    match term {
        Term::Ty(t) => {
            ty.walk().any(|a| a.as_type() == Some(t)) || {
                t.walk()
                    .filter_map(|a| a.as_type())
                    .filter(|t| t.is_ty_var())
                    .any(|v| ty.walk().any(|a| a.as_type() == Some(v)))
            }
        }
        Term::Const(c) => ty.walk().any(|a| a.as_const() == Some(c)),
    }
}
