//! Judges patterns: `match`es must be exhaustive, `let`s irrefutable, arms reachable. The algorithm is
//! `rustc_pattern_analysis`'s (Maranget, "Warnings for pattern matching", 2007, extended); `cx.rs` tells it of types and
//! patterns, `report.rs` words what it finds.

mod at_patterns;
mod cx;
mod report;
mod witness;

use std::rc::Rc;

use hir::{HirId, MatchSource};
use query::TyCtxt;
use rustc_pattern_analysis::MatchArm;
use rustc_pattern_analysis::usefulness::{PlaceValidity, UsefulnessReport, compute_match_usefulness};
use span::def_id::LocalDefId;
use span::{DesugaringKind, ErrorGuaranteed, Span};
use ty::{Ty, TyKind, TypingEnv};

use crate::thir::cx::thir_body;
use crate::thir::visit::{self, Visitor};
use crate::thir::*;
pub(crate) use cx::Cx;
use cx::DeconstructedPat;

/// Query `check_match`.
pub fn check_match(tcx: TyCtxt<'_>, def: LocalDefId) -> Result<(), ErrorGuaranteed> {
    let body: Rc<(Thir<'_>, ExprId)> = thir_body(tcx, def)?;
    let (thir, expr) = (&body.0, body.1);
    let mut v = MatchVisitor {
        tcx,
        typing_env: TypingEnv { typing_mode: tcx.typing_mode_of_body(def), param_env: tcx.param_env(def.to_def_id()) },
        thir,
        hir_id: tcx.local_def_id_to_hir_id(def),
        let_source: LetSource::None,
        error: Ok(()),
    };
    v.visit_expr(&thir[expr]);
    for param in &thir.params {
        if let Some(pat) = &param.pat {
            let what = if tcx.is_closure_like(def.to_def_id()) { "closure argument" } else { "function argument" };
            v.check_irrefutable(pat, what, None, None);
        }
    }
    v.error
}

/// Where a `let` stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum LetSource {
    None,
    PlainLet,
    IfLet,
    ElseIfLet,
    IfLetGuard,
    LetElse,
    WhileLet,
}

struct MatchVisitor<'p, 'tcx> {
    tcx: TyCtxt<'tcx>,
    typing_env: TypingEnv<'tcx>,
    thir: &'p Thir<'tcx>,
    /// The node whose lint levels hold.
    hir_id: HirId,
    let_source: LetSource,
    error: Result<(), ErrorGuaranteed>,
}

type Report<'a, 'tcx> = UsefulnessReport<'a, Cx<'tcx>>;

impl<'p, 'tcx> Visitor<'p, 'tcx> for MatchVisitor<'p, 'tcx> {
    fn thir(&self) -> &'p Thir<'tcx> {
        self.thir
    }

    fn visit_arm(&mut self, arm: &'p Arm<'tcx>) {
        let old = std::mem::replace(&mut self.hir_id, arm.hir_id);
        if let Some(guard) = arm.guard {
            self.with_let_source(LetSource::IfLetGuard, |this| this.visit_expr(&this.thir[guard]));
        }
        self.visit_expr(&self.thir[arm.body]);
        self.hir_id = old;
    }

    fn visit_expr(&mut self, expr: &'p Expr<'tcx>) {
        let thir = self.thir;
        match expr.kind {
            ExprKind::Scope { value, hir_id, .. } => {
                let old = std::mem::replace(&mut self.hir_id, hir_id);
                self.visit_expr(&thir[value]);
                self.hir_id = old;
            }
            ExprKind::If { cond, then, else_opt, .. } => {
                let source = match (expr.span.desugaring_kind(), self.let_source) {
                    (Some(DesugaringKind::WhileLoop), _) => LetSource::WhileLet,
                    (_, LetSource::ElseIfLet) => LetSource::ElseIfLet,
                    _ => LetSource::IfLet,
                };
                self.with_let_source(source, |this| this.visit_expr(&thir[cond]));
                self.with_let_source(LetSource::None, |this| this.visit_expr(&thir[then]));
                if let Some(els) = else_opt {
                    self.with_let_source(LetSource::ElseIfLet, |this| this.visit_expr(&thir[els]));
                }
            }
            ExprKind::Match { scrutinee, ref arms, match_source } => {
                self.with_let_source(LetSource::None, |this| {
                    this.visit_expr(&thir[scrutinee]);
                    for arm in arms {
                        this.visit_arm(&thir[*arm]);
                    }
                    this.check_match(scrutinee, arms, match_source, expr.span);
                });
            }
            ExprKind::Let { expr: init, ref pat } => {
                self.check_let(pat, Some(init), expr.span);
                self.with_let_source(LetSource::None, |this| this.visit_expr(&thir[init]));
            }
            ExprKind::LogicalOp { op: LogicalOp::And, .. } if self.let_source != LetSource::None => {
                let mut chain = Vec::new();
                self.visit_land(expr, &mut chain);
                // A chain with one `let` that is irrefutable, and nothing else.
                if let [Some((_, true))] = chain[..] {
                    self.lint_irrefutable(expr.span);
                } else {
                    self.check_let_chain(chain, expr.span);
                }
            }
            ExprKind::LogicalOp { .. } | ExprKind::Use { .. } => visit::walk_expr(self, expr),
            _ => self.with_let_source(LetSource::None, |this| visit::walk_expr(this, expr)),
        }
    }

    fn visit_stmt(&mut self, stmt: &'p Stmt<'tcx>) {
        if let StmtKind::Let { pattern, initializer, else_block, hir_id, span, .. } = &stmt.kind {
            let old = std::mem::replace(&mut self.hir_id, *hir_id);
            let source = if else_block.is_some() { LetSource::LetElse } else { LetSource::PlainLet };
            self.with_let_source(source, |this| this.check_let(pattern, *initializer, *span));
            self.with_let_source(LetSource::None, |this| visit::walk_stmt(this, stmt));
            self.hir_id = old;
            return;
        }
        visit::walk_stmt(self, stmt);
    }

    fn visit_pat(&mut self, _: &'p Pat<'tcx>) {}
}

impl<'p, 'tcx> MatchVisitor<'p, 'tcx> {
    fn with_let_source(&mut self, source: LetSource, f: impl FnOnce(&mut Self)) {
        let old = std::mem::replace(&mut self.let_source, source);
        f(self);
        self.let_source = old;
    }

    fn set_error(&mut self, guar: ErrorGuaranteed) {
        self.error = self.error.and(Err(guar));
    }

    /// The operands of a chain of `&&`: for each `let` its place and whether it is irrefutable.
    fn visit_land(&mut self, expr: &'p Expr<'tcx>, chain: &mut Vec<Option<(Span, bool)>>) {
        let thir = self.thir;
        match expr.kind {
            ExprKind::Scope { value, hir_id, .. } => {
                let old = std::mem::replace(&mut self.hir_id, hir_id);
                self.visit_land(&thir[value], chain);
                self.hir_id = old;
            }
            ExprKind::LogicalOp { op: LogicalOp::And, lhs, rhs } => {
                self.visit_land(&thir[lhs], chain);
                self.visit_land(&thir[rhs], chain);
            }
            ExprKind::Let { expr: init, ref pat } => {
                let irrefutable = self.is_let_irrefutable(pat, Some(init));
                chain.push(irrefutable.map(|i| (expr.span, i)));
                self.with_let_source(LetSource::None, |this| this.visit_expr(&thir[init]));
            }
            _ => {
                self.with_let_source(LetSource::None, |this| this.visit_expr(expr));
                chain.push(None);
            }
        }
    }

    /// A place that may not hold a valid value: behind a pointer, in a union.
    fn is_known_valid_scrutinee(&self, expr: &Expr<'tcx>) -> bool {
        match expr.kind {
            ExprKind::Deref { .. } => false,
            ExprKind::Field { lhs, .. } => {
                !self.thir[lhs].ty.is_union() && self.is_known_valid_scrutinee(&self.thir[lhs])
            }
            ExprKind::Index { lhs: e, .. }
            | ExprKind::Scope { value: e, .. }
            | ExprKind::NeverToAny { source: e }
            | ExprKind::Cast { source: e }
            | ExprKind::Use { source: e }
            | ExprKind::PointerCoercion { source: e, .. }
            | ExprKind::PlaceTypeAscription { source: e, .. }
            | ExprKind::ValueTypeAscription { source: e, .. }
            | ExprKind::PlaceUnwrapUnsafeBinder { source: e }
            | ExprKind::ValueUnwrapUnsafeBinder { source: e } => self.is_known_valid_scrutinee(&self.thir[e]),
            _ => true,
        }
    }

    fn new_cx(&self, refutable: bool) -> Cx<'tcx> {
        Cx {
            tcx: self.tcx,
            typing_env: self.typing_env,
            module: self.tcx.parent_module(self.hir_id).to_def_id(),
            match_lint_level: self.hir_id,
            refutable,
        }
    }

    fn lower_pattern(&mut self, cx: &Cx<'tcx>, pat: &'p Pat<'tcx>) -> Option<DeconstructedPat<'tcx>> {
        if let Err(guar) = pat.pat_error_reported() {
            self.set_error(guar);
            return None;
        }
        pat.walk_always(|p| {
            // The body is as it should be: borrow checking may have more to say.
            let _ = at_patterns::check_borrow_conflicts(self.tcx, self.typing_env, p);
            report::check_named_same_as_variant(cx, p);
        });
        Some(cx.lower_pat(pat))
    }

    fn analyze<'a>(
        &mut self,
        cx: &Cx<'tcx>,
        arms: &[MatchArm<'a, Cx<'tcx>>],
        scrut_ty: Ty<'tcx>,
        known_valid: bool,
    ) -> Option<Report<'a, 'tcx>> {
        // An opaque type is matched as what the patterns know it to be.
        let scrut_ty = match scrut_ty.kind() {
            TyKind::Alias(..) => arms.iter().map(|a| *a.pat.ty()).find(|t| *t != scrut_ty).unwrap_or(scrut_ty),
            _ => scrut_ty,
        };
        match compute_match_usefulness(cx, arms, scrut_ty, PlaceValidity::from_bool(known_valid), 10_000_000) {
            Ok(report) => Some(report),
            Err(guar) => {
                self.set_error(guar);
                None
            }
        }
    }

    fn check_let(&mut self, pat: &'p Pat<'tcx>, init: Option<ExprId>, span: Span) {
        match self.let_source {
            LetSource::None | LetSource::PlainLet => {
                self.check_irrefutable(pat, "local binding", init, Some(span));
            }
            _ => {
                if self.is_let_irrefutable(pat, init) == Some(true) {
                    self.lint_irrefutable(span);
                }
            }
        }
    }

    /// Whether a refutable `let` always matches; `None` after an error.
    fn is_let_irrefutable(&mut self, pat: &'p Pat<'tcx>, init: Option<ExprId>) -> Option<bool> {
        let cx = self.new_cx(true);
        let lowered = self.lower_pattern(&cx, pat)?;
        let arms = [MatchArm { pat: &lowered, arm_data: self.hir_id, has_guard: false }];
        let known_valid = init.is_none_or(|i| self.is_known_valid_scrutinee(&self.thir[i]));
        let report = self.analyze(&cx, &arms, pat.ty, known_valid)?;
        report::report_arm_reachability(&cx, &report, false);
        Some(report.non_exhaustiveness_witnesses.is_empty())
    }

    fn lint_irrefutable(&self, span: Span) {
        report::lint_irrefutable_let(self.tcx, self.hir_id, self.let_source, 1, span);
    }

    /// Leading and trailing irrefutable `let`s of a chain could stand outside of it.
    fn check_let_chain(&self, chain: Vec<Option<(Span, bool)>>, whole: Span) {
        if chain.iter().all(|c| matches!(c, Some((_, true)))) {
            report::lint_irrefutable_let(self.tcx, self.hir_id, self.let_source, chain.len(), whole);
            return;
        }
        let irrefutable = |c: &&Option<(Span, bool)>| matches!(c, Some((_, true)));
        let prefix: Vec<Span> = chain.iter().take_while(irrefutable).filter_map(|c| c.map(|(s, _)| s)).collect();
        // Moving what leads a `while` or a guard out would change how often it is evaluated.
        let may_move = self.let_source == LetSource::IfLet;
        if let (Some(first), Some(last), true) = (prefix.first(), prefix.last(), may_move) {
            report::lint_let_chain(self.tcx, self.hir_id, "leading", prefix.len(), first.to(*last));
        }
        let suffix: Vec<Span> = chain.iter().rev().take_while(irrefutable).filter_map(|c| c.map(|(s, _)| s)).collect();
        if let (Some(last), Some(first)) = (suffix.first(), suffix.last()) {
            report::lint_let_chain(self.tcx, self.hir_id, "trailing", suffix.len(), first.to(*last));
        }
    }

    fn check_match(&mut self, scrut: ExprId, arms: &'p [ArmId], source: MatchSource, whole: Span) {
        let thir = self.thir;
        let cx = self.new_cx(true);
        let scrut_expr = &thir[scrut];
        let mut lowered = Vec::with_capacity(arms.len());
        for arm in arms {
            let old = std::mem::replace(&mut self.hir_id, thir[*arm].hir_id);
            let pat = self.lower_pattern(&cx, &thir[*arm].pattern);
            self.hir_id = old;
            match pat {
                Some(pat) => lowered.push(pat),
                None => return,
            }
        }
        let tarms: Vec<_> = lowered
            .iter()
            .zip(arms)
            .map(|(pat, arm)| MatchArm { pat, arm_data: thir[*arm].hir_id, has_guard: thir[*arm].guard.is_some() })
            .collect();
        let known_valid = self.is_known_valid_scrutinee(scrut_expr);
        let Some(report) = self.analyze(&cx, &tarms, scrut_expr.ty, known_valid) else { return };
        match source {
            // An iterator of an empty type: code behind it is unreachable, which is said elsewhere.
            MatchSource::ForLoopDesugar if arms.len() == 1 => {}
            MatchSource::ForLoopDesugar | MatchSource::Postfix | MatchSource::Normal | MatchSource::FormatArgs => {
                report::report_arm_reachability(
                    &cx,
                    &report,
                    matches!(source, MatchSource::Postfix | MatchSource::Normal),
                );
            }
            // `?` and `await` on types without errors.
            MatchSource::AwaitDesugar | MatchSource::TryDesugar(_) => {}
        }
        let witnesses = report.non_exhaustiveness_witnesses;
        if witnesses.is_empty() {
            return;
        }
        if let (MatchSource::ForLoopDesugar, [_, some]) = (source, arms) {
            if let PatKind::Variant { subpatterns, .. } = &thir[*some].pattern.kind {
                if let [field] = &subpatterns[..] {
                    self.check_irrefutable(&field.pattern, "`for` loop binding", None, None);
                    return;
                }
            }
        }
        let guar =
            report::report_non_exhaustive_match(&cx, thir, scrut_expr.ty, (scrut_expr.span, whole), witnesses, arms);
        self.set_error(guar);
    }

    fn check_irrefutable(&mut self, pat: &'p Pat<'tcx>, origin: &str, init: Option<ExprId>, let_span: Option<Span>) {
        let cx = self.new_cx(false);
        let Some(lowered) = self.lower_pattern(&cx, pat) else { return };
        let arms = [MatchArm { pat: &lowered, arm_data: self.hir_id, has_guard: false }];
        let known_valid = init.is_none_or(|i| self.is_known_valid_scrutinee(&self.thir[i]));
        let Some(report) = self.analyze(&cx, &arms, pat.ty, known_valid) else { return };
        if report.non_exhaustiveness_witnesses.is_empty() {
            report::report_arm_reachability(&cx, &report, false);
            return;
        }
        let witnesses = report.non_exhaustiveness_witnesses;
        let guar = report::report_refutable_pattern(&cx, pat, origin, &witnesses, let_span);
        self.set_error(guar);
    }
}
