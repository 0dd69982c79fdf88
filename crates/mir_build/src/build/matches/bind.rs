//! Bindings and guards: what happens where a pattern has matched.

use mir::{
    BasicBlock, BindingForm, BorrowKind, ClearCrossCrate, FakeBorrowKind, FakeReadCause, Local, LocalDecl, LocalInfo,
    MutBorrowKind, Mutability, Place, ProjectionKind, Rvalue, SourceInfo, SourceScope, StatementKind, TerminatorKind,
    UserTypeProjection, UserTypeProjections, VarBindingForm, VarBindingIntroduction, VarDebugInfo,
    VarDebugInfoContents,
};
use span::{Span, Symbol};
use ty::Ty;

use super::pair::{Ascription, Binding};
use super::{EmitStorageLive, ForGuard, GuardFrame, LocalsForNode, MatchTreeBranch, MatchTreeSubBranch};
use crate::build::Builder;
use crate::build::drop_tree::DropKind;
use crate::region::Scope;
use crate::thir::{Arm, ExprId, ExprKind, LintLevel, LocalVarId, LogicalOp, Pat, PatKind};

fn ref_pat_borrow_kind(m: Mutability) -> BorrowKind {
    match m {
        Mutability::Mut => BorrowKind::Mut { kind: MutBorrowKind::Default },
        Mutability::Not => BorrowKind::Shared,
    }
}

/// A binding to declare.
struct Declared<'tcx> {
    name: Symbol,
    mode: hir::BindingMode,
    var: LocalVarId,
    span: Span,
    ty: Ty<'tcx>,
    user_tys: Vec<UserTypeProjection>,
    is_shorthand: bool,
}

impl<'a, 'tcx> Builder<'a, 'tcx> {
    /// Binds the variables of a branch, whichever of its ways led there; runs the arm's guard.
    pub(super) fn bind_pattern(
        &mut self,
        outer: SourceInfo,
        branch: MatchTreeBranch<'tcx>,
        fake_borrows: &[(Place<'tcx>, Local, FakeBorrowKind)],
        scrutinee_span: Span,
        arm_match_scope: Option<(&Arm<'tcx>, Scope)>,
        emit_storage_live: EmitStorageLive,
    ) -> BasicBlock {
        let mut sub_branches = branch.sub_branches;
        if sub_branches.len() == 1 {
            let sub = sub_branches.pop().expect("one way");
            return self.bind_and_guard(sub, fake_borrows, scrutinee_span, arm_match_scope, true, emit_storage_live);
        }
        let target = self.cfg.start_new_block();
        let mut schedule_drops = true;
        for sub in sub_branches {
            // Each way schedules its drops anew; the last remain.
            if let Some((arm, _)) = arm_match_scope {
                self.clear_match_arm_and_guard_scopes(arm.scope);
            }
            let end = self.bind_and_guard(
                sub,
                fake_borrows,
                scrutinee_span,
                arm_match_scope,
                schedule_drops,
                emit_storage_live,
            );
            if arm_match_scope.is_none() {
                schedule_drops = false;
            }
            self.cfg.goto(end, outer, target);
        }
        target
    }

    fn bind_and_guard(
        &mut self,
        sub: MatchTreeSubBranch<'tcx>,
        fake_borrows: &[(Place<'tcx>, Local, FakeBorrowKind)],
        scrutinee_span: Span,
        arm_match_scope: Option<(&Arm<'tcx>, Scope)>,
        schedule_drops: bool,
        emit_storage_live: EmitStorageLive,
    ) -> BasicBlock {
        let block = sub.success_block;
        if sub.is_never {
            let source_info = self.source_info(sub.span);
            self.cfg.terminate(block, source_info, TerminatorKind::Unreachable);
            return self.cfg.start_new_block();
        }
        self.ascribe_types(block, &sub.ascriptions);
        let guard = arm_match_scope.and_then(|(arm, scope)| Some((arm, scope, arm.guard?)));
        let Some((arm, match_scope, guard)) = guard else {
            self.bind_for_arm_body(block, schedule_drops, sub.bindings.iter(), emit_storage_live);
            return block;
        };
        self.bind_for_guard(block, &sub.bindings);
        self.guard_context.push(GuardFrame { locals: sub.bindings.iter().map(|b| b.var_id).collect() });
        let scrutinee_info = self.source_info(scrutinee_span);
        let region = self.tcx.lifetimes().re_erased;
        for &(place, temp, kind) in fake_borrows {
            let borrow = Rvalue::Ref(region, BorrowKind::Fake(kind), place);
            self.cfg.push_assign(block, scrutinee_info, temp.into(), borrow);
        }
        let arm_info = self.source_info(arm.span);
        let (post_guard, otherwise_post_guard) = self.in_if_then_scope(match_scope, |this| {
            this.then_else_break(block, guard, None, arm_info, super::DeclareLetBindings::No)
        });
        let guard_span = self.thir[guard].span;
        let source_info = self.source_info(guard_span);
        let guard_end = self.source_info(guard_span.shrink_to_hi());
        self.guard_context.pop();
        for &(_, temp, _) in fake_borrows {
            self.cfg.push_fake_read(post_guard, guard_end, FakeReadCause::ForMatchGuard, temp.into());
        }
        self.cfg.goto(otherwise_post_guard, source_info, sub.otherwise_block);
        // Only now it is known that the arm is taken: values are moved.
        let by_value = || sub.bindings.iter().filter(|b| matches!(b.binding_mode.0, hir::ByRef::No));
        for binding in by_value() {
            let local = self.var_local_id(binding.var_id, ForGuard::RefWithinGuard);
            self.cfg.push_fake_read(post_guard, guard_end, FakeReadCause::ForGuardBinding, local.into());
        }
        self.bind_for_arm_body(post_guard, schedule_drops, by_value(), emit_storage_live);
        post_guard
    }

    fn ascribe_types(&mut self, block: BasicBlock, ascriptions: &[Ascription<'tcx>]) {
        for a in ascriptions {
            let source_info = self.source_info(a.annotation.span);
            let base = self.user_types.push(a.annotation.clone());
            let kind = StatementKind::AscribeUserType(Box::new((a.source, UserTypeProjection::new(base))), a.variance);
            self.cfg.push_kind(block, source_info, kind);
        }
    }

    /// In a guard each variable is a shared reference to what was matched.
    fn bind_for_guard(&mut self, block: BasicBlock, bindings: &[Binding<'tcx>]) {
        let region = self.tcx.lifetimes().re_erased;
        for b in bindings {
            let source_info = self.source_info(b.span);
            let ref_for_guard = self.storage_live_binding(block, b.var_id, b.span, ForGuard::RefWithinGuard, true);
            let source = match b.binding_mode.0 {
                hir::ByRef::No => b.source,
                hir::ByRef::Yes(pinned, mutbl) => {
                    let value = self.storage_live_binding(block, b.var_id, b.span, ForGuard::OutsideGuard, true);
                    self.bind_by_ref(block, source_info, value, b.source, pinned, mutbl);
                    value
                }
            };
            self.cfg.push_assign(block, source_info, ref_for_guard, Rvalue::Ref(region, BorrowKind::Shared, source));
        }
    }

    fn bind_by_ref(
        &mut self,
        block: BasicBlock,
        source_info: SourceInfo,
        target: Place<'tcx>,
        source: Place<'tcx>,
        pinned: ast::Pinnedness,
        mutbl: Mutability,
    ) {
        if pinned == ast::Pinnedness::Pinned {
            let guar = self.tcx.dcx().span_unsupported(source_info.span, "a pinned binding");
            self.tainted.get_or_insert(guar);
        }
        let rvalue = Rvalue::Ref(self.tcx.lifetimes().re_erased, ref_pat_borrow_kind(mutbl), source);
        self.cfg.push_assign(block, source_info, target, rvalue);
    }

    fn bind_for_arm_body<'b>(
        &mut self,
        block: BasicBlock,
        schedule_drops: bool,
        bindings: impl Iterator<Item = &'b Binding<'tcx>>,
        emit_storage_live: EmitStorageLive,
    ) where
        'tcx: 'b,
    {
        for b in bindings {
            let source_info = self.source_info(b.span);
            let local = match emit_storage_live {
                EmitStorageLive::Yes => {
                    self.storage_live_binding(block, b.var_id, b.span, ForGuard::OutsideGuard, schedule_drops)
                }
                EmitStorageLive::No => self.var_local_id(b.var_id, ForGuard::OutsideGuard).into(),
            };
            if schedule_drops {
                self.schedule_drop_for_binding(b.var_id, ForGuard::OutsideGuard);
            }
            match b.binding_mode.0 {
                hir::ByRef::No => {
                    let rvalue = Rvalue::Use(self.consume_by_copy_or_move(b.source));
                    self.cfg.push_assign(block, source_info, local, rvalue);
                }
                hir::ByRef::Yes(pinned, mutbl) => {
                    self.bind_by_ref(block, source_info, local, b.source, pinned, mutbl);
                }
            }
        }
    }

    pub(in crate::build) fn storage_live_binding(
        &mut self,
        block: BasicBlock,
        var: LocalVarId,
        span: Span,
        for_guard: ForGuard,
        schedule_drop: bool,
    ) -> Place<'tcx> {
        let local = self.var_local_id(var, for_guard);
        let source_info = self.source_info(span);
        self.cfg.push_kind(block, source_info, StatementKind::StorageLive(local));
        if schedule_drop {
            if let Some(scope) = self.thir.scope_tree.var_scope(var.0.local_id) {
                self.schedule_drop(scope, local, DropKind::Storage);
            }
        }
        local.into()
    }

    pub(in crate::build) fn schedule_drop_for_binding(&mut self, var: LocalVarId, for_guard: ForGuard) {
        let local = self.var_local_id(var, for_guard);
        if let Some(scope) = self.thir.scope_tree.var_scope(var.0.local_id) {
            self.schedule_drop(scope, local, DropKind::Value);
        }
    }

    pub(in crate::build) fn var_local_id(&self, id: LocalVarId, for_guard: ForGuard) -> Local {
        match (self.var_indices.get(&id), for_guard) {
            (Some(LocalsForNode::One(local)), ForGuard::OutsideGuard)
            | (Some(LocalsForNode::ForGuard { ref_for_guard: local, .. }), ForGuard::RefWithinGuard)
            | (Some(LocalsForNode::ForGuard { for_arm_body: local, .. }), ForGuard::OutsideGuard) => *local,
            (found, _) => panic!("no local for {id:?} ({for_guard:?}): {found:?}"),
        }
    }

    /// Whether the guard that is being built sees the variable by reference.
    pub(in crate::build) fn is_bound_var_in_guard(&self, id: LocalVarId) -> bool {
        self.guard_context.iter().any(|frame| frame.locals.contains(&id))
    }

    // --- Declaring ---

    /// Declares locals for the variables of a pattern, in a source scope where they are visible.
    pub(in crate::build) fn declare_bindings(
        &mut self,
        mut visibility_scope: Option<SourceScope>,
        scope_span: Span,
        pattern: &Pat<'tcx>,
        guard: Option<ExprId>,
        opt_match_place: Option<(Option<Place<'tcx>>, Span)>,
    ) -> Option<SourceScope> {
        let mut declared = Vec::new();
        self.collect_bindings(pattern, &[], &mut declared);
        for d in declared {
            let vis_scope =
                *visibility_scope.get_or_insert_with(|| self.new_source_scope(scope_span, LintLevel::Inherited));
            self.declare_binding(d, vis_scope, guard.is_some(), opt_match_place, pattern.span);
        }
        if let Some(guard) = guard {
            self.declare_guard_bindings(guard, scope_span, visibility_scope);
        }
        visibility_scope
    }

    fn declare_guard_bindings(&mut self, guard: ExprId, scope_span: Span, scope: Option<SourceScope>) {
        let thir = self.thir;
        match thir[guard].kind {
            ExprKind::Let { ref pat, .. } => {
                self.declare_bindings(scope, scope_span, pat, None, None);
            }
            ExprKind::Scope { value, .. } => self.declare_guard_bindings(value, scope_span, scope),
            ExprKind::Use { source } => self.declare_guard_bindings(source, scope_span, scope),
            ExprKind::LogicalOp { op: LogicalOp::And, lhs, rhs } => {
                self.declare_guard_bindings(lhs, scope_span, scope);
                self.declare_guard_bindings(rhs, scope_span, scope);
            }
            _ => {}
        }
    }

    /// Calls `f` with each variable that the pattern declares.
    pub(in crate::build) fn visit_primary_bindings(
        &mut self,
        pattern: &Pat<'tcx>,
        f: &mut impl FnMut(&mut Self, LocalVarId, Span),
    ) {
        if let PatKind::Binding { var, is_primary: true, .. } = pattern.kind {
            f(self, var, pattern.span);
        }
        for p in pattern.subpatterns() {
            self.visit_primary_bindings(p, f);
        }
    }

    /// The variables with the types that were written for them, as parts of the types of what they are in.
    fn collect_bindings(&mut self, pat: &Pat<'tcx>, user_tys: &[UserTypeProjection], out: &mut Vec<Declared<'tcx>>) {
        let project = |kinds: &[ProjectionKind]| -> Vec<UserTypeProjection> {
            user_tys
                .iter()
                .map(|u| {
                    let mut u = u.clone();
                    u.projs.extend_from_slice(kinds);
                    u
                })
                .collect()
        };
        match &pat.kind {
            PatKind::Binding { name, mode, var, ty, subpattern, is_primary, is_shorthand } => {
                if *is_primary {
                    out.push(Declared {
                        name: *name,
                        mode: *mode,
                        var: *var,
                        span: pat.span,
                        ty: *ty,
                        user_tys: user_tys.to_vec(),
                        is_shorthand: *is_shorthand,
                    });
                }
                if let Some(sub) = subpattern {
                    self.collect_bindings(sub, user_tys, out);
                }
            }
            PatKind::AscribeUserType { subpattern, ascription } => {
                // Nothing is declared without a name: then no annotation is noted.
                let mut names = false;
                subpattern.walk_always(|p| names |= matches!(p.kind, PatKind::Binding { .. }));
                if !names {
                    return;
                }
                let base = self.user_types.push(ascription.annotation.clone());
                let mut tys = user_tys.to_vec();
                tys.push(UserTypeProjection::new(base));
                self.collect_bindings(subpattern, &tys, out);
            }
            PatKind::Leaf { subpatterns } => {
                for f in subpatterns {
                    self.collect_bindings(&f.pattern, &project(&[ProjectionKind::Field(f.field)]), out);
                }
            }
            PatKind::Variant { adt_def, variant_index, subpatterns, .. } => {
                for f in subpatterns {
                    let name = adt_def.variant(*variant_index).name;
                    let down = ProjectionKind::Downcast(Some(name), *variant_index);
                    self.collect_bindings(&f.pattern, &project(&[down, ProjectionKind::Field(f.field)]), out);
                }
            }
            PatKind::Deref { subpattern } => {
                self.collect_bindings(subpattern, &project(&[ProjectionKind::Deref]), out);
            }
            PatKind::Array { prefix, slice, suffix } | PatKind::Slice { prefix, slice, suffix } => {
                let (from, to) = (prefix.len() as u64, suffix.len() as u64);
                for p in prefix.iter().chain(suffix) {
                    self.collect_bindings(p, &project(&[ProjectionKind::Index]), out);
                }
                if let Some(p) = slice {
                    let sub = ProjectionKind::Subslice { from, to, from_end: true };
                    self.collect_bindings(p, &project(&[sub]), out);
                }
            }
            // What a deref pattern yields has no annotation.
            PatKind::DerefPattern { subpattern, .. } => self.collect_bindings(subpattern, &[], out),
            _ => {
                for p in pat.subpatterns() {
                    self.collect_bindings(p, user_tys, out);
                }
            }
        }
    }

    fn declare_binding(
        &mut self,
        d: Declared<'tcx>,
        visibility_scope: SourceScope,
        has_guard: bool,
        opt_match_place: Option<(Option<Place<'tcx>>, Span)>,
        pat_span: Span,
    ) {
        let source_info = self.source_info(d.span);
        let debug_info = SourceInfo { span: d.span, scope: visibility_scope };
        let form = BindingForm::Var(VarBindingForm {
            binding_mode: d.mode,
            opt_ty_info: None,
            opt_match_place,
            pat_span,
            introductions: vec![VarBindingIntroduction { span: d.span, is_shorthand: d.is_shorthand }],
        });
        let user_ty = (!d.user_tys.is_empty()).then(|| Box::new(UserTypeProjections { contents: d.user_tys }));
        let for_arm_body = self.local_decls.push(LocalDecl {
            mutability: d.mode.1,
            ty: d.ty,
            user_ty,
            source_info,
            local_info: ClearCrossCrate::Set(Box::new(LocalInfo::User(form))),
        });
        self.push_debug_info(d.name, debug_info, for_arm_body);
        let locals = if has_guard {
            let ref_for_guard = self.local_decls.push(LocalDecl {
                // Not for the lint of unused `mut`.
                mutability: Mutability::Not,
                ty: self.tcx.mk_imm_ref(self.tcx.lifetimes().re_erased, d.ty),
                user_ty: None,
                source_info,
                local_info: ClearCrossCrate::Set(Box::new(LocalInfo::User(BindingForm::RefForGuard(for_arm_body)))),
            });
            self.push_debug_info(d.name, debug_info, ref_for_guard);
            LocalsForNode::ForGuard { ref_for_guard, for_arm_body }
        } else {
            LocalsForNode::One(for_arm_body)
        };
        self.var_indices.insert(d.var, locals);
    }

    fn push_debug_info(&mut self, name: Symbol, source_info: SourceInfo, local: Local) {
        self.var_debug_info.push(VarDebugInfo {
            name,
            source_info,
            value: VarDebugInfoContents::Place(local.into()),
            composite: None,
            argument_index: None,
        });
    }
}
