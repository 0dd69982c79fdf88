//! Assignments: `(a, b) = (1, 2)` becomes `{ let (lhs, lhs) = (1, 2); a = lhs; b = lhs; }` (RFC 2909).

use hir::{DotDotPos, ExprKind, LocalSource, Pat, PatField, PatKind, Stmt};
use span::{Ident, Span, sym};

use crate::{LoweringContext, diagnostics};

impl<'hir> LoweringContext<'_, 'hir> {
    pub(super) fn lower_expr_assign(
        &mut self,
        lhs: &ast::Expr,
        rhs: &ast::Expr,
        eq_span: Span,
        whole_span: Span,
    ) -> ExprKind<'hir> {
        if self.is_ordinary_lhs(lhs) {
            let lhs = self.lower_expr(lhs);
            return ExprKind::Assign(lhs, self.lower_expr(rhs), eq_span);
        }
        let mut assignments = Vec::new();
        let pat = self.destructure_assign(lhs, eq_span, &mut assignments);
        let rhs = self.lower_expr(rhs);
        let pat = self.alloc(pat);
        let destructure = self.stmt_let_pat(None, whole_span, Some(rhs), pat, LocalSource::AssignDesugar);
        let stmts: Vec<_> = std::iter::once(destructure).chain(assignments).collect();
        let block = self.block_all(whole_span, self.arena.alloc_slice(&stmts), None);
        ExprKind::Block(block, None)
    }

    /// A place to assign to, not a pattern of places.
    fn is_ordinary_lhs(&self, lhs: &ast::Expr) -> bool {
        match &lhs.kind {
            ast::ExprKind::Array(..)
            | ast::ExprKind::Struct(..)
            | ast::ExprKind::Tup(..)
            | ast::ExprKind::Underscore => false,
            ast::ExprKind::Call(callee, _) => self.tuple_struct_path(callee).is_none(),
            ast::ExprKind::Path(..) => self.unit_struct_path(lhs).is_none(),
            // `(..)` is a pattern.
            ast::ExprKind::Paren(inner) => match &inner.kind {
                ast::ExprKind::Range(None, None, ast::RangeLimits::HalfOpen) => false,
                _ => self.is_ordinary_lhs(inner),
            },
            _ => true,
        }
    }

    fn tuple_struct_path<'e>(&self, callee: &'e ast::Expr) -> Option<(&'e Option<ast::P<ast::QSelf>>, &'e ast::Path)> {
        match &callee.kind {
            // Any other callee is a call, whose value cannot be assigned to.
            ast::ExprKind::Path(qself, path) if self.expected_in_tuple_struct_pat(callee.id) => Some((qself, path)),
            _ => None,
        }
    }

    fn unit_struct_path<'e>(&self, expr: &'e ast::Expr) -> Option<(&'e Option<ast::P<ast::QSelf>>, &'e ast::Path)> {
        match &expr.kind {
            ast::ExprKind::Path(qself, path) if self.expected_in_unit_struct_pat(expr.id) => Some((qself, path)),
            _ => None,
        }
    }

    fn destructure_assign(&mut self, lhs: &ast::Expr, eq_span: Span, assignments: &mut Vec<Stmt<'hir>>) -> Pat<'hir> {
        match &lhs.kind {
            ast::ExprKind::Underscore => return self.pat_without_dbm(lhs.span, PatKind::Wild),
            ast::ExprKind::Array(elements) => {
                let (pats, rest) = self.destructure_sequence(elements, "slice", eq_span, assignments);
                let kind = match rest {
                    Some((i, span)) => {
                        let (before, after) = pats.split_at(i);
                        let wild = self.pat_without_dbm(span, PatKind::Wild);
                        PatKind::Slice(before, Some(self.alloc(wild)), after)
                    }
                    None => PatKind::Slice(pats, None, &[]),
                };
                return self.pat_without_dbm(lhs.span, kind);
            }
            ast::ExprKind::Call(callee, args) => {
                if let Some((qself, path)) = self.tuple_struct_path(callee) {
                    let (pats, rest) = self.destructure_sequence(args, "tuple struct or variant", eq_span, assignments);
                    let qpath = self.lower_expr_qpath(callee.id, qself, path);
                    let kind = PatKind::TupleStruct(qpath, pats, DotDotPos::new(rest.map(|r| r.0)));
                    return self.pat_without_dbm(lhs.span, kind);
                }
            }
            ast::ExprKind::Path(..) => {
                if let Some((qself, path)) = self.unit_struct_path(lhs) {
                    let qpath = self.lower_expr_qpath(lhs.id, qself, path);
                    let kind = self.pat_expr_path(qpath, lhs.span);
                    return self.pat_without_dbm(lhs.span, kind);
                }
            }
            ast::ExprKind::Struct(se) => return self.destructure_struct(lhs, se, eq_span, assignments),
            ast::ExprKind::Tup(elements) => {
                let (pats, rest) = self.destructure_sequence(elements, "tuple", eq_span, assignments);
                let kind = PatKind::Tuple(pats, DotDotPos::new(rest.map(|r| r.0)));
                return self.pat_without_dbm(lhs.span, kind);
            }
            ast::ExprKind::Paren(inner) => {
                if let ast::ExprKind::Range(None, None, ast::RangeLimits::HalfOpen) = inner.kind {
                    let kind = PatKind::Tuple(&[], DotDotPos::new(Some(0)));
                    return self.pat_without_dbm(lhs.span, kind);
                }
                return self.destructure_assign(inner, eq_span, assignments);
            }
            _ => {}
        }
        // A place.
        let ident = Ident::new(sym::lhs, lhs.span);
        let (pat, binding) = self.pat_ident(lhs.span, ident);
        let value = self.expr_ident(lhs.span, ident, binding);
        let place = self.lower_expr(lhs);
        let expr = self.expr(lhs.span, ExprKind::Assign(place, value, eq_span));
        let stmt = self.stmt_expr(lhs.span, expr);
        assignments.push(stmt);
        *pat
    }

    fn destructure_struct(
        &mut self,
        lhs: &ast::Expr,
        se: &ast::StructExpr,
        eq_span: Span,
        assignments: &mut Vec<Stmt<'hir>>,
    ) -> Pat<'hir> {
        let mut fields = Vec::with_capacity(se.fields.len());
        for f in &se.fields {
            let pat = self.destructure_assign(&f.expr, eq_span, assignments);
            fields.push(PatField {
                hir_id: self.next_id(),
                ident: f.ident,
                pat: self.alloc(pat),
                is_shorthand: f.is_shorthand,
                span: f.span,
            });
        }
        let qpath = self.lower_expr_qpath(lhs.id, &se.qself, &se.path);
        let rest = match &se.rest {
            ast::StructRest::Base(e) => {
                diagnostics::functional_record_update_in_assignment(self.dcx(), e.span);
                Some(e.span)
            }
            ast::StructRest::Rest(span) => Some(*span),
            ast::StructRest::None | ast::StructRest::NoneWithError(_) => None,
        };
        let kind = PatKind::Struct(qpath, self.arena.alloc_slice(&fields), rest);
        self.pat_without_dbm(lhs.span, kind)
    }

    /// The elements' patterns, and where `..` stood among them.
    fn destructure_sequence(
        &mut self,
        elements: &[ast::P<ast::Expr>],
        ctx: &str,
        eq_span: Span,
        assignments: &mut Vec<Stmt<'hir>>,
    ) -> (&'hir [Pat<'hir>], Option<(usize, Span)>) {
        let mut rest: Option<(usize, Span)> = None;
        let mut pats = Vec::with_capacity(elements.len());
        for (i, e) in elements.iter().enumerate() {
            if let ast::ExprKind::Range(None, None, ast::RangeLimits::HalfOpen) = e.kind {
                match rest {
                    Some((_, prev)) => {
                        diagnostics::extra_double_dot(self.dcx(), e.span, prev, ctx);
                    }
                    None => rest = Some((i, e.span)),
                }
                continue;
            }
            pats.push(self.destructure_assign(e, eq_span, assignments));
        }
        (self.arena.alloc_slice(&pats), rest)
    }
}
