//! `let` in conditions: where it may stand, and what is said where it may not.
//!
//! `let` may be an operand of `&&` at the top of a condition, not of `||`, not in parentheses, not below other operators. The
//! parser accepts it anywhere below a condition's operators; this walk finds the wrong ones.

use ast::mut_visit::{MutVisitor, walk_expr};
use ast::{BinOpKind, Expr, ExprKind, Recovered};
use diagnostics::ErrorGuaranteed;
use span::{Span, sym};

use crate::parser::Parser;

/// What the condition belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// `if`, `while`
    Condition,
    /// A match guard: chains are part of `if let` guards.
    Guard,
}

#[derive(Clone, Copy)]
enum Forbidden {
    /// Below an operator that is not `&&`.
    Other,
    /// Below `||`.
    Or(Span),
    /// In parentheses.
    Parens(Span),
}

struct CondChecker<'p, 'a> {
    parser: &'p mut Parser<'a>,
    forbidden: Option<Forbidden>,
    place: Place,
    depth: u32,
}

/// Is there a `let` that belongs to this condition?
pub(crate) fn contains_let(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Let(..) => true,
        ExprKind::Binary(op, lhs, rhs) if op.node == BinOpKind::And => contains_let(lhs) || contains_let(rhs),
        ExprKind::Binary(op, lhs, rhs) if op.node == BinOpKind::Or => contains_let(lhs) || contains_let(rhs),
        ExprKind::Paren(inner) => contains_let(inner),
        ExprKind::Unary(_, inner) => contains_let(inner),
        _ => false,
    }
}

/// Reports each `let` that stands where it may not.
pub(crate) fn check_lets(parser: &mut Parser<'_>, cond: &mut Expr, place: Place) {
    // A condition without `let` (most) is not walked.
    if !any_let(cond) {
        return;
    }
    CondChecker { parser, forbidden: None, place, depth: 0 }.visit_expr(cond);
}

/// Like `contains_let`, below whatever operators a `let` could be parsed.
fn any_let(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Let(..) => true,
        ExprKind::Binary(_, lhs, rhs) | ExprKind::Assign(lhs, rhs, _) | ExprKind::AssignOp(_, lhs, rhs) => {
            any_let(lhs) || any_let(rhs)
        }
        ExprKind::Range(start, end, _) => {
            start.as_ref().is_some_and(|e| any_let(e)) || end.as_ref().is_some_and(|e| any_let(e))
        }
        ExprKind::Paren(inner)
        | ExprKind::Unary(_, inner)
        | ExprKind::AddrOf(_, _, inner)
        | ExprKind::Try(inner)
        | ExprKind::Await(inner, _)
        | ExprKind::Field(inner, _)
        | ExprKind::Cast(inner, _) => any_let(inner),
        ExprKind::MethodCall(call) => any_let(&call.receiver),
        ExprKind::Tup(exprs) | ExprKind::Array(exprs) => exprs.iter().any(|e| any_let(e)),
        ExprKind::Call(_, args) => args.iter().any(|e| any_let(e)),
        ExprKind::Index(base, index, _) => any_let(base) || any_let(index),
        _ => false,
    }
}

impl CondChecker<'_, '_> {
    fn error(&mut self, span: Span, forbidden: Forbidden) -> ErrorGuaranteed {
        let mut err = self.parser.dcx().struct_span_err(span, "expected expression, found `let` statement");
        err.note("only supported directly in conditions of `if` and `while` expressions");
        match forbidden {
            Forbidden::Or(or) => {
                err.span_note(or, "`||` operators are not supported in let chain conditions");
            }
            Forbidden::Parens(span) => {
                err.span_note(span, "`let`s wrapped in parentheses are not supported in a context with let chains");
            }
            Forbidden::Other => {}
        }
        self.parser.report(err)
    }
}

impl MutVisitor for CondChecker<'_, '_> {
    fn visit_expr(&mut self, e: &mut Expr) {
        self.depth += 1;
        let span = e.span;
        let forbidden = self.forbidden;
        match &mut e.kind {
            ExprKind::Let(_, _, _, recovered @ Recovered::No) => {
                if let Some(reason) = forbidden {
                    *recovered = Recovered::Yes(self.error(span, reason));
                } else if self.depth > 1 && self.place == Place::Condition {
                    if !span.at_least_rust_2024() {
                        self.parser.gate(sym::let_chains, span);
                        let err = self
                            .parser
                            .dcx()
                            .struct_span_err(span, "let chains are only allowed in Rust 2024 or later");
                        self.parser.report(err);
                        // One for the feature is enough.
                        self.parser.sess.ungate_last(sym::let_chains, span);
                    }
                }
                self.forbidden = Some(Forbidden::Other);
                walk_expr(self, e);
                self.forbidden = forbidden;
            }
            ExprKind::Let(..) => {}
            ExprKind::Binary(op, ..) if op.node == BinOpKind::And => walk_expr(self, e),
            ExprKind::Binary(op, ..)
                if op.node == BinOpKind::Or && matches!(forbidden, None | Some(Forbidden::Or(_))) =>
            {
                self.forbidden = Some(Forbidden::Or(op.span));
                walk_expr(self, e);
                self.forbidden = forbidden;
            }
            ExprKind::Paren(inner) if matches!(forbidden, None | Some(Forbidden::Parens(_))) => {
                let reason = match &inner.kind {
                    ExprKind::Let(..) => Forbidden::Parens(span),
                    ExprKind::Binary(op, ..) if op.node == BinOpKind::And => Forbidden::Parens(span),
                    _ => Forbidden::Other,
                };
                self.forbidden = Some(reason);
                walk_expr(self, e);
                self.forbidden = forbidden;
            }
            ExprKind::Unary(..)
            | ExprKind::Binary(..)
            | ExprKind::Paren(_)
            | ExprKind::Assign(..)
            | ExprKind::AssignOp(..)
            | ExprKind::Range(..)
            | ExprKind::Try(_)
            | ExprKind::Await(..)
            | ExprKind::Field(..)
            | ExprKind::Cast(..)
            | ExprKind::AddrOf(..)
            | ExprKind::MethodCall(_)
            | ExprKind::Index(..)
            | ExprKind::Call(..)
            | ExprKind::Tup(_)
            | ExprKind::Array(_) => {
                self.forbidden = Some(Forbidden::Other);
                walk_expr(self, e);
                self.forbidden = forbidden;
            }
            // Blocks, closures and so on have conditions of their own.
            _ => {}
        }
        self.depth -= 1;
    }
}
