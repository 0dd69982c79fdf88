//! Gives each local variable its type before the code that uses it is checked.

use hir::intravisit::{self, Visitor};
use hir::{HirId, PatKind};
use span::Span;
use trait_solve::traits::ObligationCauseCode;
use ty::{Ty, UserType};

use crate::FnCtxt;

/// A `let`: a statement or in a condition.
#[derive(Clone, Copy)]
pub(crate) struct Declaration<'tcx> {
    pub(crate) hir_id: HirId,
    pub(crate) pat: &'tcx hir::Pat<'tcx>,
    pub(crate) ty: Option<&'tcx hir::Ty<'tcx>>,
    pub(crate) span: Span,
    pub(crate) init: Option<&'tcx hir::Expr<'tcx>>,
    pub(crate) origin_is_let_else: bool,
}

impl<'tcx> From<&'tcx hir::LetStmt<'tcx>> for Declaration<'tcx> {
    fn from(local: &'tcx hir::LetStmt<'tcx>) -> Self {
        let hir::LetStmt { hir_id, super_: _, pat, ty, span, init, els, source: _ } = *local;
        Declaration { hir_id, pat, ty, span, init, origin_is_let_else: els.is_some() }
    }
}

impl<'tcx> From<(&'tcx hir::LetExpr<'tcx>, HirId)> for Declaration<'tcx> {
    fn from((let_expr, hir_id): (&'tcx hir::LetExpr<'tcx>, HirId)) -> Self {
        let hir::LetExpr { pat, ty, span, init, recovered: _ } = *let_expr;
        Declaration { hir_id, pat, ty, span, init: Some(init), origin_is_let_else: false }
    }
}

/// Declares variables.
pub(crate) struct GatherLocalsVisitor<'a, 'b, 'tcx> {
    fcx: &'b FnCtxt<'a, 'tcx>,
    /// Bindings directly in a parameter: its type's place and id; whether unsized ones are allowed there.
    outermost_fn_param_pat: Option<(Span, HirId)>,
}

impl<'a, 'b, 'tcx> GatherLocalsVisitor<'a, 'b, 'tcx> {
    pub(crate) fn new(fcx: &'b FnCtxt<'a, 'tcx>) -> Self {
        GatherLocalsVisitor { fcx, outermost_fn_param_pat: None }
    }

    fn assign(&mut self, span: Span, nid: HirId, ty_opt: Option<Ty<'tcx>>) -> Ty<'tcx> {
        let ty = ty_opt.unwrap_or_else(|| self.fcx.next_ty_var(span));
        self.fcx.locals.borrow_mut().insert(nid, ty);
        ty
    }

    /// Declares the variables of a `let`'s pattern, and the type of the whole.
    pub(crate) fn declare(&mut self, decl: Declaration<'tcx>) {
        let local_ty = decl.ty.map(|ty| {
            let o_ty = self.fcx.lower_ty(ty);
            let c_ty = self.fcx.canonicalize_user_type_annotation(UserType { kind: ty::UserTypeKind::Ty(o_ty.raw) });
            self.fcx.write_user_type_annotation(ty.hir_id, c_ty);
            o_ty.normalized
        });
        self.assign(decl.span, decl.hir_id, local_ty);
        self.visit_pat(decl.pat);
    }

    /// Declares the variables of parameters.
    pub(crate) fn visit_params(&mut self, body: &'tcx hir::Body<'tcx>) {
        for param in body.params {
            let old = self.outermost_fn_param_pat.replace((param.ty_span, param.hir_id));
            self.visit_pat(param.pat);
            self.outermost_fn_param_pat = old;
        }
    }

    /// Declares the variables of an arm's pattern.
    pub(crate) fn visit_arm_pat(&mut self, pat: &'tcx hir::Pat<'tcx>) {
        self.visit_pat(pat);
    }
}

impl<'tcx> Visitor<'tcx> for GatherLocalsVisitor<'_, '_, 'tcx> {
    fn visit_pat(&mut self, p: &'tcx hir::Pat<'tcx>) {
        if let PatKind::Binding(_, _, ident, _) = p.kind {
            let var_ty = self.assign(p.span, p.hir_id, None);
            if let Some((ty_span, param)) = self.outermost_fn_param_pat {
                let is_closure = self.fcx.tcx.is_closure_like(self.fcx.body_id.to_def_id());
                if !self.fcx.feature(span::sym::unsized_fn_params) {
                    self.fcx.require_type_is_sized(
                        var_ty,
                        ty_span,
                        ObligationCauseCode::SizedArgumentType(match ty_span == ident.span && is_closure {
                            true => None,
                            false => Some(param),
                        }),
                    );
                }
            } else {
                self.fcx.require_type_is_sized(var_ty, p.span, ObligationCauseCode::VariableType(p.hir_id));
            }
        }
        let old = self.outermost_fn_param_pat.take();
        match p.kind {
            // A guard's `let`s are declared when the guard is checked.
            PatKind::Guard(subpat, _) => self.visit_pat(subpat),
            _ => intravisit::walk_pat(self, p),
        }
        self.outermost_fn_param_pat = old;
    }
    /// Expressions in patterns declare nothing.
    fn visit_expr(&mut self, _: &'tcx hir::Expr<'tcx>) {}
}
