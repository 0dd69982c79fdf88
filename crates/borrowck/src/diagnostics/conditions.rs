//! The conditions on which a variable is not initialised, in HIR.

use hir::intravisit::{self, NestedFilter, Visitor};
use hir::{Expr, ExprKind};
use query::TyCtxt;
use span::{DesugaringKind, Span};

/// Whether a statement of a tree's own block is one of the initialisations.
struct Initializes<'a> {
    inits: &'a [Span],
    found: bool,
}

impl<'v> Visitor<'v> for Initializes<'_> {
    fn visit_stmt(&mut self, stmt: &'v hir::Stmt<'v>) {
        if let hir::StmtKind::Semi(expr) = stmt.kind {
            self.found |= self.inits.contains(&expr.span);
        }
    }
}

struct Conditions<'a> {
    inits: &'a [Span],
    name: &'a str,
    found: Vec<(Span, String)>,
}

impl<'a> Conditions<'a> {
    fn initializes(&self, visit: impl FnOnce(&mut Initializes<'a>)) -> bool {
        let mut visitor = Initializes { inits: self.inits, found: false };
        visit(&mut visitor);
        visitor.found
    }
    fn push(&mut self, span: Span, text: String) {
        self.found.push((span, text));
    }
    fn check_if(&mut self, whole: Span, cond: &Expr<'_>, body: &Expr<'_>, other: Option<&Expr<'_>>) {
        let name = self.name;
        let in_body = self.initializes(|v| v.visit_expr(body));
        let Some(other) = other else {
            if in_body {
                self.push(cond.span, format!("if this `if` condition is `false`, {name} is not initialized"));
                let text = format!("an `else` arm might be missing here, initializing {name}");
                self.push(whole.shrink_to_hi(), text);
            }
            return;
        };
        match (in_body, self.initializes(|v| v.visit_expr(other))) {
            (true, true) | (false, false) => {}
            (true, false) if other.span.desugaring_kind() == Some(DesugaringKind::WhileLoop) => {
                let text =
                    format!("if this condition isn't met and the `while` loop runs 0 times, {name} is not initialized");
                self.push(cond.span, text);
            }
            (true, false) => {
                let between = body.span.shrink_to_hi().with_hi(other.span.lo());
                let text = format!(
                    "if the `if` condition is `false` and this `else` arm is executed, {name} is not initialized"
                );
                self.push(between, text);
            }
            (false, true) => {
                self.push(cond.span, format!("if this condition is `true`, {name} is not initialized"));
            }
        }
    }
    fn check_match(&mut self, scrutinee: &Expr<'_>, arms: &[hir::Arm<'_>], source: hir::MatchSource) {
        let name = self.name;
        let results: Vec<bool> = arms.iter().map(|arm| self.initializes(|v| v.visit_arm(arm))).collect();
        if !results.contains(&true) {
            return;
        }
        for (arm, _) in arms.iter().zip(results).filter(|(_, initializes)| !initializes) {
            if source == hir::MatchSource::ForLoopDesugar {
                self.push(scrutinee.span, format!("if the `for` loop runs 0 times, {name} is not initialized"));
            } else if let Some(guard) = arm.guard {
                let text = format!("if this pattern and condition are matched, {name} is not initialized");
                self.push(arm.pat.span.to(guard.span), text);
            } else {
                self.push(arm.pat.span, format!("if this pattern is matched, {name} is not initialized"));
            }
        }
    }
}

impl<'v> Visitor<'v> for Conditions<'_> {
    fn visit_expr(&mut self, expr: &'v Expr<'v>) {
        match expr.kind {
            ExprKind::If(cond, body, other) => self.check_if(expr.span, cond, body, other),
            ExprKind::Match(scrutinee, arms, source) => self.check_match(scrutinee, arms, source),
            _ => {}
        }
        intravisit::walk_expr(self, expr);
    }
}

/// Conditions on which none of `inits` is reached, with what to say of them.
pub(super) fn skipping(body: &hir::Body<'_>, inits: &[Span], name: &str) -> Vec<(Span, String)> {
    let mut visitor = Conditions { inits, name, found: Vec::new() };
    visitor.visit_expr(body.value);
    visitor.found
}

struct Lets<'tcx> {
    tcx: TyCtxt<'tcx>,
    declared: Span,
    found: Option<(Span, bool)>,
}

impl<'tcx> Visitor<'tcx> for Lets<'tcx> {
    const NESTED: NestedFilter = NestedFilter::OnlyBodies;

    fn hir_crate(&mut self) -> &'tcx hir::Crate<'tcx> {
        self.tcx.hir_crate()
    }
    fn visit_stmt(&mut self, stmt: &'tcx hir::Stmt<'tcx>) {
        if self.found.is_some() {
            return;
        }
        if let hir::StmtKind::Let(hir::LetStmt { span, ty, init: None, pat, .. }) = stmt.kind
            && let hir::PatKind::Binding(mode, ..) = pat.kind
            && span.contains(self.declared)
        {
            self.found = Some((ty.map_or(pat.span, |ty| ty.span), matches!(mode.0, hir::ByRef::Yes(..))));
        }
        intravisit::walk_stmt(self, stmt);
    }
}

/// Where `= value` belongs in the `let` that declares a variable, and whether it binds by reference.
pub(super) fn end_of_let<'tcx>(tcx: TyCtxt<'tcx>, body: &'tcx hir::Body<'tcx>, declared: Span) -> Option<(Span, bool)> {
    let mut visitor = Lets { tcx, declared, found: None };
    visitor.visit_body(body);
    visitor.found
}
