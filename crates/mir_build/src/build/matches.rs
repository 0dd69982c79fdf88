//! `match`, `let`, `if let`: patterns compiled to tests.
//!
//! Each arm is a [`Candidate`]: the tests it still needs (match pairs) and what it binds. `tree.rs` picks a test from the
//! first candidate, sorts the others by its outcomes and goes on below each; or-patterns are expanded to candidates of
//! their own. At the leaves bindings are made and guards run (`bind.rs`). False edges from each candidate to the next
//! hide the order of tests from the borrow checker; fake borrows keep guards from changing what is matched.

mod bind;
mod fake_borrows;
mod pair;
mod test;
mod tree;

use mir::{BasicBlock, FakeBorrowKind, Local, Mutability, Operand, Place, SourceInfo, SourceScope, TerminatorKind};
use span::Span;

use super::Builder;
use super::cfg::{BlockAnd, BlockAndExtension};
use super::expr::PlaceBuilder;
use crate::region::{Scope, ScopeData, TempLifetime};
use crate::thir::{Arm, ArmId, ExprId, ExprKind, LintLevel, LocalVarId, LogicalOp, Pat, PatKind};
use pair::{Ascription, Binding, Candidate};

/// Whether `let` bindings in a condition are to be declared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum DeclareLetBindings {
    Yes,
    /// They were.
    No,
}

/// Whether bindings' storage begins where they are bound.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum EmitStorageLive {
    Yes,
    No,
}

/// Which of a binding's locals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ForGuard {
    /// The reference that the guard sees.
    RefWithinGuard,
    OutsideGuard,
}

/// A variable's locals.
#[derive(Clone, Copy, Debug)]
pub(super) enum LocalsForNode {
    One(Local),
    ForGuard { ref_for_guard: Local, for_arm_body: Local },
}

/// The variables that the guard being built sees by reference.
#[derive(Debug)]
pub(super) struct GuardFrame {
    pub locals: Vec<LocalVarId>,
}

/// The result of compiling patterns.
pub(super) struct BuiltMatchTree<'tcx> {
    branches: Vec<MatchTreeBranch<'tcx>>,
    /// Where no pattern matches.
    otherwise_block: BasicBlock,
    fake_borrow_temps: Vec<(Place<'tcx>, Local, FakeBorrowKind)>,
}

/// An arm: the ways to it.
struct MatchTreeBranch<'tcx> {
    sub_branches: Vec<MatchTreeSubBranch<'tcx>>,
}

/// One way.
struct MatchTreeSubBranch<'tcx> {
    span: Span,
    success_block: BasicBlock,
    /// Where to go on if the guard fails.
    otherwise_block: BasicBlock,
    bindings: Vec<Binding<'tcx>>,
    ascriptions: Vec<Ascription<'tcx>>,
    is_never: bool,
}

#[derive(Clone, Copy)]
struct ThenElseArgs {
    temp_scope_override: Option<Scope>,
    variable_source_info: SourceInfo,
    declare_let_bindings: DeclareLetBindings,
}

impl<'a, 'tcx> Builder<'a, 'tcx> {
    /// Builds a condition: goes on where it holds, breaks to the enclosing if-then scope's `else` where not.
    pub(super) fn then_else_break(
        &mut self,
        block: BasicBlock,
        expr: ExprId,
        temp_scope_override: Option<Scope>,
        variable_source_info: SourceInfo,
        declare_let_bindings: DeclareLetBindings,
    ) -> BlockAnd<()> {
        self.then_else_inner(
            block,
            expr,
            ThenElseArgs { temp_scope_override, variable_source_info, declare_let_bindings },
        )
    }

    fn then_else_inner(&mut self, mut block: BasicBlock, expr_id: ExprId, args: ThenElseArgs) -> BlockAnd<()> {
        let thir = self.thir;
        let expr = &thir[expr_id];
        match expr.kind {
            ExprKind::LogicalOp { op: LogicalOp::And, lhs, rhs } => {
                let lhs_then = self.then_else_inner(block, lhs, args).into_block();
                self.then_else_inner(lhs_then, rhs, args)
            }
            ExprKind::LogicalOp { op: LogicalOp::Or, lhs, rhs } => {
                let scope = self.local_scope();
                let (lhs_success, failure) =
                    self.in_if_then_scope(scope, |this| this.then_else_inner(block, lhs, args));
                let rhs_success = self.then_else_inner(failure, rhs, args).into_block();
                let success = self.cfg.start_new_block();
                self.cfg.goto(lhs_success, args.variable_source_info, success);
                self.cfg.goto(rhs_success, args.variable_source_info, success);
                success.unit()
            }
            ExprKind::Unary { op: mir::UnOp::Not, arg } => {
                let scope = self.local_scope();
                let (success, failure) = self.in_if_then_scope(scope, |this| this.then_else_inner(block, arg, args));
                self.break_for_else(success, args.variable_source_info);
                failure.unit()
            }
            ExprKind::Scope { region_scope, hir_id, value } => {
                let source_info = self.source_info(expr.span);
                self.in_scope((region_scope, source_info), LintLevel::Explicit(hir_id), |this| {
                    this.then_else_inner(block, value, args)
                })
            }
            ExprKind::Use { source } => self.then_else_inner(block, source, args),
            ExprKind::Let { expr, ref pat } => self.lower_let_expr(
                block,
                expr,
                pat,
                Some(args.variable_source_info.scope),
                args.variable_source_info.span,
                args.declare_let_bindings,
                EmitStorageLive::Yes,
            ),
            _ => {
                let scope = args.temp_scope_override.unwrap_or_else(|| self.local_scope());
                let lifetime = TempLifetime { temp_lifetime: Some(scope), backwards_incompatible: None };
                let place = self.as_temp(block, lifetime, expr_id, Mutability::Mut).unpack(&mut block);
                let then_block = self.cfg.start_new_block();
                let else_block = self.cfg.start_new_block();
                let source_info = self.source_info(expr.span);
                let kind = TerminatorKind::if_(Operand::Move(place.into()), then_block, else_block);
                self.cfg.terminate(block, source_info, kind);
                self.break_for_else(else_block, source_info);
                then_block.unit()
            }
        }
    }

    /// `let pat = expr` as a condition.
    pub(super) fn lower_let_expr(
        &mut self,
        mut block: BasicBlock,
        expr_id: ExprId,
        pat: &Pat<'tcx>,
        source_scope: Option<SourceScope>,
        scope_span: Span,
        declare_let_bindings: DeclareLetBindings,
        emit_storage_live: EmitStorageLive,
    ) -> BlockAnd<()> {
        let expr_span = self.thir[expr_id].span;
        let scrutinee = self.lower_scrutinee(block, expr_id, expr_span).unpack(&mut block);
        let mut tree = self.lower_match_tree(block, expr_span, &scrutinee, pat.span, vec![(pat, false)], true);
        let branch = tree.branches.pop().expect("one pattern has one branch");
        let source_info = self.source_info(expr_span);
        self.break_for_else(tree.otherwise_block, source_info);
        if declare_let_bindings == DeclareLetBindings::Yes {
            let match_place = scrutinee.try_to_place(self).map(|p| (Some(p), expr_span));
            self.declare_bindings(source_scope, pat.span.to(scope_span), pat, None, match_place);
        }
        let info = self.source_info(pat.span);
        self.bind_pattern(info, branch, &[], expr_span, None, emit_storage_live).unit()
    }

    pub(super) fn match_expr(
        &mut self,
        destination: Place<'tcx>,
        mut block: BasicBlock,
        scrutinee_id: ExprId,
        arms: &[ArmId],
        span: Span,
        scrutinee_span: Span,
    ) -> BlockAnd<()> {
        let thir = self.thir;
        let scrutinee = self.lower_scrutinee(block, scrutinee_id, scrutinee_span).unpack(&mut block);
        let match_start_span = span.shrink_to_lo().to(scrutinee_span);
        let patterns = arms.iter().map(|a| (&*thir[*a].pattern, thir[*a].guard.is_some())).collect();
        let tree = self.lower_match_tree(block, scrutinee_span, &scrutinee, match_start_span, patterns, false);
        let source_info = self.source_info(span);
        self.lower_match_arms(destination, scrutinee, scrutinee_span, arms, tree, source_info)
    }

    /// The place that is matched. Mentioned, so that it must be initialised as far as patterns look.
    fn lower_scrutinee(
        &mut self,
        mut block: BasicBlock,
        scrutinee_id: ExprId,
        span: Span,
    ) -> BlockAnd<PlaceBuilder<'tcx>> {
        let builder = self.as_place_builder(block, scrutinee_id).unpack(&mut block);
        if let Some(place) = builder.try_to_place(self) {
            let source_info = self.source_info(span);
            self.cfg.push_place_mention(block, source_info, place);
        }
        block.and(builder)
    }

    fn lower_match_arms(
        &mut self,
        destination: Place<'tcx>,
        scrutinee: PlaceBuilder<'tcx>,
        scrutinee_span: Span,
        arms: &[ArmId],
        tree: BuiltMatchTree<'tcx>,
        outer: SourceInfo,
    ) -> BlockAnd<()> {
        let thir = self.thir;
        let mut ends = Vec::new();
        for (arm, branch) in arms.iter().zip(tree.branches) {
            let arm: &Arm<'tcx> = &thir[*arm];
            let arm_info = self.source_info(arm.span);
            let match_scope = self.local_scope();
            let guard_scope = arm.guard.map(|_| Scope { data: ScopeData::MatchGuard, ..arm.scope });
            let fake_borrows = &tree.fake_borrow_temps;
            let end = self.in_scope((arm.scope, arm_info), LintLevel::Explicit(arm.hir_id), |this| {
                let build = |this: &mut Self| {
                    // Each alternative runs the guard anew, with the same temporaries.
                    let old = std::mem::replace(&mut this.fixed_temps_scope, guard_scope);
                    let match_place = scrutinee.try_to_place(this).map(|p| (Some(p), scrutinee_span));
                    let scope = this.declare_bindings(None, arm.span, &arm.pattern, arm.guard, match_place);
                    let arm_block = this.bind_pattern(
                        outer,
                        branch,
                        fake_borrows,
                        scrutinee_span,
                        Some((arm, match_scope)),
                        EmitStorageLive::Yes,
                    );
                    this.fixed_temps_scope = old;
                    if let Some(scope) = scope {
                        this.source_scope = scope;
                    }
                    this.expr_into_dest(destination, arm_block, arm.body)
                };
                match guard_scope {
                    Some(scope) => this.in_scope((scope, arm_info), LintLevel::Inherited, build),
                    None => build(this),
                }
            });
            ends.push(end.into_block());
        }
        let end_block = self.cfg.start_new_block();
        let end_brace = self.source_info(outer.span.shrink_to_hi());
        for end in ends {
            let last = self.cfg.block_data(end).statements.last().map(|s| s.source_info);
            self.cfg.goto(end, last.unwrap_or(end_brace), end_block);
        }
        self.source_scope = outer.scope;
        end_block.unit()
    }

    /// `let pat = expr;`, where the pattern always matches.
    pub(super) fn expr_into_pattern(
        &mut self,
        mut block: BasicBlock,
        pat: &Pat<'tcx>,
        initializer: ExprId,
    ) -> BlockAnd<()> {
        // A plain variable is written directly.
        let (plain, ascription) = match &pat.kind {
            PatKind::AscribeUserType { subpattern, ascription } => (&**subpattern, Some(ascription)),
            _ => (pat, None),
        };
        if let PatKind::Binding { mode: hir::BindingMode(hir::ByRef::No, _), var, subpattern: None, .. } = plain.kind {
            let place = self.storage_live_binding(block, var, pat.span, ForGuard::OutsideGuard, true);
            block = self.expr_into_dest(place, block, initializer).into_block();
            let source_info = self.source_info(pat.span);
            self.cfg.push_fake_read(block, source_info, mir::FakeReadCause::ForLet(None), place);
            if let Some(ascription) = ascription {
                let info = self.source_info(ascription.annotation.span);
                let base = self.user_types.push(ascription.annotation.clone());
                // The variable has exactly this type, whatever the pattern's variance.
                let kind = mir::StatementKind::AscribeUserType(
                    Box::new((place, mir::UserTypeProjection::new(base))),
                    ty::Variance::Invariant,
                );
                self.cfg.push_kind(block, info, kind);
            }
            self.schedule_drop_for_binding(var, ForGuard::OutsideGuard);
            return block.unit();
        }
        let span = self.thir[initializer].span;
        let place = self.lower_scrutinee(block, initializer, span).unpack(&mut block);
        self.place_into_pattern(block, pat, place, true)
    }

    /// Binds the parts of a place by a pattern that always matches.
    pub(super) fn place_into_pattern(
        &mut self,
        block: BasicBlock,
        pat: &Pat<'tcx>,
        place: PlaceBuilder<'tcx>,
        set_match_place: bool,
    ) -> BlockAnd<()> {
        let mut tree = self.lower_match_tree(block, pat.span, &place, pat.span, vec![(pat, false)], false);
        let branch = tree.branches.pop().expect("one pattern has one branch");
        if set_match_place {
            // Only now known: declare_bindings came first.
            let match_place = place.try_to_place(self);
            let vars: Vec<_> = branch.sub_branches.iter().flat_map(|s| &s.bindings).map(|b| b.var_id).collect();
            for var in vars {
                let local = self.var_local_id(var, ForGuard::OutsideGuard);
                if let mir::ClearCrossCrate::Set(info) = &mut self.local_decls[local].local_info {
                    if let mir::LocalInfo::User(mir::BindingForm::Var(form)) = &mut **info {
                        if let Some((slot, _)) = &mut form.opt_match_place {
                            *slot = match_place;
                        }
                    }
                }
            }
        }
        let source_info = self.source_info(pat.span);
        self.bind_pattern(source_info, branch, &[], pat.span, None, EmitStorageLive::Yes).unit()
    }

    /// Compiles patterns to a tree of tests. If not `refutable`, one of them matches.
    fn lower_match_tree(
        &mut self,
        block: BasicBlock,
        scrutinee_span: Span,
        scrutinee: &PlaceBuilder<'tcx>,
        match_start_span: Span,
        patterns: Vec<(&Pat<'tcx>, bool)>,
        refutable: bool,
    ) -> BuiltMatchTree<'tcx> {
        let mut candidates: Vec<Candidate<'tcx>> = patterns
            .into_iter()
            .map(|(pat, has_guard)| Candidate::new(scrutinee.clone(), pat, has_guard, self))
            .collect();
        let fake_borrow_temps = self.collect_fake_borrows(&candidates, scrutinee_span, scrutinee.base());
        let mut refs: Vec<&mut Candidate<'tcx>> = candidates.iter_mut().collect();
        let otherwise_block = self.match_candidates(match_start_span, scrutinee_span, block, &mut refs);
        // As if the patterns were tested one by one in order.
        let mut next_start = refutable.then_some(otherwise_block);
        for candidate in candidates.iter_mut().rev() {
            let has_guard = candidate.has_guard;
            candidate.visit_leaves_rev(&mut |leaf| {
                if let Some(next) = next_start {
                    let source_info = self.source_info(leaf.extra_data.span);
                    let old = leaf.pre_binding_block.expect("a leaf is reached");
                    let new = self.cfg.start_new_block();
                    self.false_edges(old, new, next, source_info);
                    leaf.pre_binding_block = Some(new);
                    if has_guard {
                        let new = self.cfg.start_new_block();
                        let old = leaf.otherwise_block.expect("a leaf with a guard goes on");
                        self.false_edges(new, old, next, source_info);
                        leaf.otherwise_block = Some(new);
                    }
                }
                next_start = leaf.false_edge_start_block;
            });
        }
        if !refutable {
            let source_info = self.source_info(scrutinee_span);
            // Nothing is read where all patterns are impossible: the place must be initialised all the same.
            if let Some(place) = scrutinee.try_to_place(self) {
                let cause = mir::FakeReadCause::ForMatchedPlace(None);
                self.cfg.push_fake_read(otherwise_block, source_info, cause, place);
            }
            self.cfg.terminate(otherwise_block, source_info, TerminatorKind::Unreachable);
        }
        let branches = candidates.into_iter().map(MatchTreeBranch::from_candidate).collect();
        BuiltMatchTree { branches, otherwise_block, fake_borrow_temps }
    }

    fn false_edges(&mut self, from: BasicBlock, real: BasicBlock, imaginary: BasicBlock, source_info: SourceInfo) {
        let kind = TerminatorKind::FalseEdge { real_target: real, imaginary_target: imaginary };
        self.cfg.terminate(from, source_info, kind);
    }
}

impl<'tcx> MatchTreeBranch<'tcx> {
    fn from_candidate(candidate: Candidate<'tcx>) -> Self {
        fn collect<'tcx>(
            candidate: Candidate<'tcx>,
            bindings: &[Binding<'tcx>],
            ascriptions: &[Ascription<'tcx>],
            out: &mut Vec<MatchTreeSubBranch<'tcx>>,
        ) {
            let all_bindings = [bindings, &candidate.extra_data.bindings].concat();
            let all_ascriptions = [ascriptions, &candidate.extra_data.ascriptions].concat();
            if candidate.subcandidates.is_empty() {
                out.push(MatchTreeSubBranch {
                    span: candidate.extra_data.span,
                    success_block: candidate.pre_binding_block.expect("a leaf is reached"),
                    otherwise_block: candidate.otherwise_block.expect("a leaf goes on"),
                    bindings: all_bindings,
                    ascriptions: all_ascriptions,
                    is_never: candidate.extra_data.is_never,
                });
                return;
            }
            for sub in candidate.subcandidates {
                collect(sub, &all_bindings, &all_ascriptions, out);
            }
        }
        let mut sub_branches = Vec::new();
        collect(candidate, &[], &[], &mut sub_branches);
        MatchTreeBranch { sub_branches }
    }
}
