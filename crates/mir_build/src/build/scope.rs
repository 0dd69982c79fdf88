//! Scopes while building: what is dropped where control leaves them, in order, or by unwinding.

use mir::{
    AssertMessage, BasicBlock, Local, Operand, Place, Rvalue, SourceInfo, SourceScope, SourceScopeData,
    SourceScopeLocalData, TerminatorKind, UnwindAction,
};
use rustc_index::IndexVec;
use span::{DUMMY_SP, Span, Spanned};

use super::Builder;
use super::cfg::{BlockAnd, BlockAndExtension, Cfg};
use super::drop_tree::*;
use crate::region::{Scope as RegionScope, ScopeData};
use crate::thir::{ExprId, LintLevel};

/// All that is known of scopes at a point of building.
pub(super) struct Scopes<'tcx> {
    pub scopes: Vec<Scope>,
    breakable_scopes: Vec<BreakableScope<'tcx>>,
    if_then_scope: Option<IfThenScope>,
    /// What unwinding drops.
    unwind_drops: DropTree,
    /// What dropping a suspended coroutine drops.
    coroutine_drops: DropTree,
}

pub(super) struct Scope {
    source_scope: SourceScope,
    region_scope: RegionScope,
    /// In the order of scheduling; run from the last.
    drops: Vec<DropData>,
    /// Operands that a call has taken: not dropped where the scope is left in order.
    moved_locals: Vec<Local>,
    cached_unwind_block: Option<DropIdx>,
    cached_coroutine_drop_block: Option<DropIdx>,
}

struct BreakableScope<'tcx> {
    region_scope: RegionScope,
    break_destination: Place<'tcx>,
    break_drops: DropTree,
    continue_drops: Option<DropTree>,
}

struct IfThenScope {
    region_scope: RegionScope,
    else_drops: DropTree,
}

/// What is left.
#[derive(Clone, Copy, Debug)]
pub(super) enum BreakableTarget {
    Continue(RegionScope),
    Break(RegionScope),
    Return,
}

impl Scope {
    fn needs_cleanup(&self) -> bool {
        self.drops.iter().any(|d| d.kind == DropKind::Value)
    }
    fn invalidate_cache(&mut self) {
        self.cached_unwind_block = None;
        self.cached_coroutine_drop_block = None;
    }
}

impl<'tcx> Scopes<'tcx> {
    pub fn new() -> Self {
        Scopes {
            scopes: Vec::new(),
            breakable_scopes: Vec::new(),
            if_then_scope: None,
            unwind_drops: DropTree::new(),
            coroutine_drops: DropTree::new(),
        }
    }
    fn scope_index(&self, region_scope: RegionScope) -> usize {
        self.scopes
            .iter()
            .rposition(|s| s.region_scope == region_scope)
            .unwrap_or_else(|| panic!("region_scope {region_scope:?} does not enclose"))
    }
    fn topmost(&self) -> RegionScope {
        self.scopes.last().expect("topmost_scope: no scopes present").region_scope
    }
}

impl<'a, 'tcx> Builder<'a, 'tcx> {
    /// Builds something that `break`s and, of loops, `continue`s. `f` gives the block at its ordinary end, if it has one.
    pub fn in_breakable_scope(
        &mut self,
        loop_block: Option<BasicBlock>,
        break_destination: Place<'tcx>,
        span: Span,
        f: impl FnOnce(&mut Self) -> Option<BlockAnd<()>>,
    ) -> BlockAnd<()> {
        let region_scope = self.scopes.topmost();
        self.scopes.breakable_scopes.push(BreakableScope {
            region_scope,
            break_destination,
            break_drops: DropTree::new(),
            continue_drops: loop_block.map(|_| DropTree::new()),
        });
        let normal_exit = f(self);
        let scope = self.scopes.breakable_scopes.pop().expect("the scope just pushed");
        let break_block = self.build_exit_tree(scope.break_drops, region_scope, None);
        if let Some(drops) = scope.continue_drops {
            self.build_exit_tree(drops, region_scope, loop_block);
        }
        match (normal_exit, break_block) {
            (Some(block), None) => block,
            (None, Some(block)) => block.unit(),
            (None, None) => self.cfg.start_new_block().unit(),
            (Some(normal), Some(exit)) => {
                let target = self.cfg.start_new_block();
                let source_info = self.source_info(span);
                self.cfg.goto(normal.into_block(), source_info, target);
                self.cfg.goto(exit, source_info, target);
                target.unit()
            }
        }
    }

    /// Builds a condition and what follows if it holds; gives that end and the block to go on with if it does not.
    pub fn in_if_then_scope(
        &mut self,
        region_scope: RegionScope,
        f: impl FnOnce(&mut Self) -> BlockAnd<()>,
    ) -> (BasicBlock, BasicBlock) {
        let scope = IfThenScope { region_scope, else_drops: DropTree::new() };
        let previous = self.scopes.if_then_scope.replace(scope);
        let then_block = f(self).into_block();
        let scope = std::mem::replace(&mut self.scopes.if_then_scope, previous).expect("the scope just set");
        let else_block = self.build_exit_tree(scope.else_drops, region_scope, None);
        (then_block, else_block.unwrap_or_else(|| self.cfg.start_new_block()))
    }

    /// Builds in a scope.
    pub fn in_scope<R>(
        &mut self,
        region_scope: (RegionScope, SourceInfo),
        lint_level: LintLevel,
        f: impl FnOnce(&mut Self) -> BlockAnd<R>,
    ) -> BlockAnd<R> {
        let source_scope = self.source_scope;
        if let LintLevel::Explicit(hir_id) = lint_level {
            if self.has_lint_attrs(hir_id) {
                self.source_scope = self.new_source_scope(region_scope.1.span, lint_level);
            }
        }
        self.push_scope(region_scope);
        let BlockAnd(mut block, rv) = f(self);
        block = self.pop_scope(region_scope, block).into_block();
        self.source_scope = source_scope;
        block.and(rv)
    }

    pub fn push_scope(&mut self, region_scope: (RegionScope, SourceInfo)) {
        self.scopes.scopes.push(Scope {
            source_scope: self.source_scope,
            region_scope: region_scope.0,
            drops: Vec::new(),
            moved_locals: Vec::new(),
            cached_unwind_block: None,
            cached_coroutine_drop_block: None,
        });
    }

    pub fn pop_scope(&mut self, region_scope: (RegionScope, SourceInfo), block: BasicBlock) -> BlockAnd<()> {
        let block = self.leave_top_scope(block);
        let scope = self.scopes.scopes.pop().expect("the scope that is left");
        assert_eq!(scope.region_scope, region_scope.0);
        block.unit()
    }

    fn leave_top_scope(&mut self, mut block: BasicBlock) -> BasicBlock {
        let needs_cleanup = self.scopes.scopes.last().is_some_and(Scope::needs_cleanup);
        let storage_dead_on_unwind = self.coroutine.is_some() && needs_cleanup;
        let mut unwind_to = if needs_cleanup { self.diverge_cleanup() } else { DropIdx::MAX };
        let scope = self.scopes.scopes.last().expect("leave_top_scope called with no scopes");
        let unwind_drops = &mut self.scopes.unwind_drops;
        for drop in scope.drops.iter().rev() {
            let DropData { source_info, local, kind } = *drop;
            match kind {
                DropKind::Value => {
                    // If this destructor panics, unwinding goes on with the next.
                    debug_assert_eq!(unwind_drops.drop_nodes[unwind_to].data.local, local);
                    unwind_to = unwind_drops.drop_nodes[unwind_to].next;
                    if scope.moved_locals.contains(&local) {
                        continue;
                    }
                    unwind_drops.add_entry_point(block, unwind_to);
                    let next = self.cfg.start_new_block();
                    let kind = TerminatorKind::Drop {
                        place: local.into(),
                        target: next,
                        unwind: UnwindAction::Continue,
                        replace: false,
                    };
                    self.cfg.terminate(block, source_info, kind);
                    block = next;
                }
                DropKind::Storage => {
                    if storage_dead_on_unwind {
                        unwind_to = unwind_drops.drop_nodes[unwind_to].next;
                    }
                    self.cfg.push_kind(block, source_info, mir::StatementKind::StorageDead(local));
                }
            }
        }
        block
    }

    /// `break`, `continue` or `return`; the block it gives cannot be reached.
    pub fn break_scope(
        &mut self,
        mut block: BasicBlock,
        value: Option<ExprId>,
        target: BreakableTarget,
        source_info: SourceInfo,
    ) -> BlockAnd<()> {
        let find = |this: &Self, scope: RegionScope| {
            let found = this.scopes.breakable_scopes.iter().rposition(|b| b.region_scope == scope);
            found.unwrap_or_else(|| panic!("no enclosing breakable scope {scope:?} found"))
        };
        let (index, destination) = match target {
            BreakableTarget::Return => (0, Some(Place::return_place())),
            BreakableTarget::Break(scope) => {
                let i = find(self, scope);
                (i, Some(self.scopes.breakable_scopes[i].break_destination))
            }
            BreakableTarget::Continue(scope) => (find(self, scope), None),
        };
        match (destination, value) {
            (Some(destination), Some(value)) => {
                self.block_context.push(super::BlockFrame::SubExpr);
                block = self.expr_into_dest(destination, block, value).into_block();
                self.block_context.pop();
            }
            (Some(destination), None) => self.cfg.push_assign_unit(block, source_info, destination, self.tcx),
            (None, _) => {}
        }
        let region_scope = self.scopes.breakable_scopes[index].region_scope;
        let scope_index = self.scopes.scope_index(region_scope);
        let scopes = &mut self.scopes;
        let breakable = &mut scopes.breakable_scopes[index];
        let drops = match destination {
            Some(_) => &mut breakable.break_drops,
            // A `continue` to a block, which the check of loops has reported, is as good as a `break`.
            None => breakable.continue_drops.as_mut().unwrap_or(&mut breakable.break_drops),
        };
        Self::enter_exit_tree(&mut self.cfg, &scopes.scopes[scope_index + 1..], drops, block, source_info);
        self.cfg.start_new_block().unit()
    }

    fn enter_exit_tree(
        cfg: &mut Cfg<'tcx>,
        left: &[Scope],
        drops: &mut DropTree,
        block: BasicBlock,
        source_info: SourceInfo,
    ) {
        let mut drop_idx = ROOT_NODE;
        for scope in left {
            for drop in &scope.drops {
                drop_idx = drops.add_drop(*drop, drop_idx);
            }
        }
        drops.add_entry_point(block, drop_idx);
        // Replaced when the tree is built.
        cfg.terminate(block, source_info, TerminatorKind::UnwindResume);
    }

    /// The condition of the innermost `if` does not hold.
    pub fn break_for_else(&mut self, block: BasicBlock, source_info: SourceInfo) {
        let region_scope = match &self.scopes.if_then_scope {
            Some(scope) => scope.region_scope,
            None => panic!("no if-then scope found"),
        };
        let scope_index = self.scopes.scope_index(region_scope);
        let scopes = &mut self.scopes;
        if let Some(if_then) = &mut scopes.if_then_scope {
            let left = &scopes.scopes[scope_index + 1..];
            Self::enter_exit_tree(&mut self.cfg, left, &mut if_then.else_drops, block, source_info);
        }
    }

    /// Before a tail call everything is dropped but its operands.
    pub fn break_for_tail_call(&mut self, mut block: BasicBlock, args: &[Spanned<Operand<'tcx>>]) -> BlockAnd<()> {
        let moved: Vec<Local> = args
            .iter()
            .filter_map(|a| match a.node {
                Operand::Move(place) => place.as_local(),
                _ => None,
            })
            .collect();
        let drops: Vec<DropData> = self.scopes.scopes.iter().flat_map(|s| &s.drops).copied().rev().collect::<Vec<_>>();
        let mut unwind_to = self.diverge_cleanup();
        for DropData { source_info, local, kind } in drops {
            match kind {
                DropKind::Value => {
                    unwind_to = self.scopes.unwind_drops.drop_nodes[unwind_to].next;
                    if moved.contains(&local) {
                        continue;
                    }
                    self.scopes.unwind_drops.add_entry_point(block, unwind_to);
                    let next = self.cfg.start_new_block();
                    let kind = TerminatorKind::Drop {
                        place: local.into(),
                        target: next,
                        unwind: UnwindAction::Continue,
                        replace: false,
                    };
                    self.cfg.terminate(block, source_info, kind);
                    block = next;
                }
                DropKind::Storage => {
                    self.cfg.push_kind(block, source_info, mir::StatementKind::StorageDead(local));
                }
            }
        }
        block.unit()
    }

    /// Builds a tree of exits; gives the block at its root.
    fn build_exit_tree(
        &mut self,
        mut drops: DropTree,
        else_scope: RegionScope,
        continue_block: Option<BasicBlock>,
    ) -> Option<BasicBlock> {
        let blocks = drops.build_mir::<ExitScopes>(&mut self.cfg, continue_block);
        let is_coroutine = self.coroutine.is_some();
        // Destructors on the way may panic: then the rest is dropped by unwinding.
        if drops.drop_nodes.iter().any(|n| n.data.kind == DropKind::Value) {
            let unwind_target = self.diverge_cleanup_target(else_scope);
            let mut unwind_indices: IndexVec<DropIdx, DropIdx> = IndexVec::from_raw(vec![unwind_target]);
            for (drop_idx, node) in drops.drop_nodes.iter_enumerated().skip(1) {
                let next = unwind_indices[node.next];
                let unwind_drops = &mut self.scopes.unwind_drops;
                match node.data.kind {
                    DropKind::Storage if !is_coroutine => {
                        unwind_indices.push(next);
                    }
                    DropKind::Storage => {
                        unwind_indices.push(unwind_drops.add_drop(node.data, next));
                    }
                    DropKind::Value => {
                        let unwind_drop = unwind_drops.add_drop(node.data, next);
                        if let Some(block) = blocks[drop_idx] {
                            unwind_drops.add_entry_point(block, next);
                        }
                        unwind_indices.push(unwind_drop);
                    }
                }
            }
        }
        blocks[ROOT_NODE]
    }

    /// Builds what unwinding runs; the last thing to do.
    pub fn build_drop_trees(&mut self) {
        let mut resume_block = None;
        if self.coroutine.is_none() {
            Self::build_unwind_tree(&mut self.cfg, &mut self.scopes.unwind_drops, self.fn_span, &mut resume_block);
            return;
        }
        let cfg = &mut self.cfg;
        let drops = &mut self.scopes.coroutine_drops;
        let blocks = drops.build_mir::<CoroutineDrop>(cfg, None);
        if let Some(root) = blocks[ROOT_NODE] {
            cfg.terminate(root, SourceInfo::outermost(self.fn_span), TerminatorKind::CoroutineDrop);
        }
        Self::build_unwind_tree(cfg, &mut self.scopes.unwind_drops, self.fn_span, &mut resume_block);
        // Unwinding while a suspended coroutine is dropped has blocks of its own, so that no drop flags live across a
        // suspension.
        for (idx, node) in drops.drop_nodes.iter_enumerated().skip(1) {
            if let (DropKind::Value, Some(block)) = (node.data.kind, blocks[idx]) {
                drops.entry_points.push((node.next, block));
            }
        }
        Self::build_unwind_tree(cfg, drops, self.fn_span, &mut resume_block);
    }

    fn build_unwind_tree(
        cfg: &mut Cfg<'tcx>,
        drops: &mut DropTree,
        fn_span: Span,
        resume_block: &mut Option<BasicBlock>,
    ) {
        drop_trivial_unwind_entries(drops, cfg);
        let blocks = drops.build_mir::<Unwind>(cfg, *resume_block);
        if let (None, Some(resume)) = (*resume_block, blocks[ROOT_NODE]) {
            cfg.terminate(resume, SourceInfo::outermost(fn_span), TerminatorKind::UnwindResume);
            *resume_block = Some(resume);
        }
    }

    // --- Source scopes ---

    fn has_lint_attrs(&self, hir_id: hir::HirId) -> bool {
        let attrs = self.tcx.hir_attr_map(hir_id.owner);
        if attrs.map.is_empty() {
            return false;
        }
        use span::sym;
        attrs.get(hir_id.local_id).iter().any(|a| {
            let name = a.name();
            name.is_some_and(|n| [sym::allow, sym::warn, sym::deny, sym::forbid, sym::expect].contains(&n))
        })
    }

    /// A scope below the current one.
    pub fn new_source_scope(&mut self, span: Span, lint_level: LintLevel) -> SourceScope {
        let parent = self.source_scope;
        let lint_root = match lint_level {
            LintLevel::Explicit(lint_root) => lint_root,
            LintLevel::Inherited => parent.lint_root(&self.source_scopes).unwrap_or(self.hir_id),
        };
        self.source_scopes.push(SourceScopeData {
            span,
            parent_scope: Some(parent),
            inlined: None,
            inlined_parent_scope: None,
            local_data: mir::ClearCrossCrate::Set(SourceScopeLocalData { lint_root }),
        })
    }

    pub fn source_info(&self, span: Span) -> SourceInfo {
        SourceInfo { span, scope: self.source_scope }
    }

    // --- Scheduling ---

    /// The innermost scope: for temporaries that live no longer than the current expression.
    pub fn local_scope(&self) -> RegionScope {
        self.scopes.topmost()
    }

    /// Drops a local where the scope ends.
    pub fn schedule_drop(&mut self, region_scope: RegionScope, local: Local, kind: DropKind) {
        let needs_drop = match kind {
            DropKind::Value => {
                if !self.tcx.type_needs_drop(self.typing_env, self.local_decls[local].ty) {
                    return;
                }
                true
            }
            DropKind::Storage => false,
        };
        let invalidate_caches = needs_drop || self.coroutine.is_some();
        let end = self.scope_end(region_scope);
        for scope in self.scopes.scopes.iter_mut().rev() {
            if invalidate_caches {
                scope.invalidate_cache();
            }
            if scope.region_scope == region_scope {
                let source_info = SourceInfo { span: end, scope: scope.source_scope };
                scope.drops.push(DropData { source_info, local, kind });
                return;
            }
        }
        panic!("region scope {region_scope:?} not in scope to drop {local:?}");
    }

    /// The closing brace or last character of a scope.
    fn scope_end(&self, scope: RegionScope) -> Span {
        let span = self.region_span(scope);
        if span.is_dummy() || span.hi().0 == span.lo().0 {
            return span;
        }
        span.with_lo(span::BytePos(span.hi().0 - 1))
    }

    /// Where a scope is in the source.
    pub fn region_span(&self, scope: RegionScope) -> Span {
        let hir_id = hir::HirId { owner: self.hir_id.owner, local_id: scope.local_id };
        let span = match self.tcx.hir_node(hir_id) {
            hir::Node::Expr(e) => e.span,
            hir::Node::Block(b) => {
                if let ScopeData::Remainder(first) = scope.data {
                    let stmt = b.stmts[first as usize].span;
                    if b.span.lo() <= stmt.lo() && stmt.hi() <= b.span.hi() {
                        return b.span.with_lo(stmt.hi());
                    }
                }
                b.span
            }
            hir::Node::Stmt(s) => s.span,
            hir::Node::Arm(a) => a.span,
            hir::Node::LetStmt(l) => l.span,
            hir::Node::Pat(p) => p.span,
            hir::Node::Param(p) => p.span,
            _ => DUMMY_SP,
        };
        span
    }

    /// The operands of a call are moved: their temporaries are dropped by unwinding only.
    pub fn record_operands_moved(&mut self, operands: &[Spanned<Operand<'tcx>>]) {
        let scope = self.scopes.scopes.last_mut().expect("a call stands in a scope");
        for operand in operands {
            if let Operand::Move(place) = operand.node {
                if let Some(local) = place.as_local() {
                    if scope.drops.iter().any(|d| d.local == local && d.kind == DropKind::Value) {
                        scope.moved_locals.push(local);
                    }
                }
            }
        }
    }

    // --- Unwinding ---

    fn diverge_cleanup(&mut self) -> DropIdx {
        match self.scopes.scopes.len() {
            0 => ROOT_NODE,
            n => self.diverge_cleanup_to(n - 1),
        }
    }

    fn diverge_cleanup_target(&mut self, target_scope: RegionScope) -> DropIdx {
        let target = self.scopes.scope_index(target_scope);
        self.diverge_cleanup_to(target)
    }

    /// What unwinding drops in all scopes up to this one.
    fn diverge_cleanup_to(&mut self, target: usize) -> DropIdx {
        let cached = self.scopes.scopes[..=target]
            .iter()
            .enumerate()
            .rev()
            .find_map(|(i, s)| s.cached_unwind_block.map(|cached| (i + 1, cached)));
        let (uncached, mut cached_drop) = cached.unwrap_or((0, ROOT_NODE));
        if uncached > target {
            return cached_drop;
        }
        let is_coroutine = self.coroutine.is_some();
        for scope in &mut self.scopes.scopes[uncached..=target] {
            for drop in &scope.drops {
                if is_coroutine || drop.kind == DropKind::Value {
                    cached_drop = self.scopes.unwind_drops.add_drop(*drop, cached_drop);
                }
            }
            scope.cached_unwind_block = Some(cached_drop);
        }
        cached_drop
    }

    /// The terminator of `start` may unwind.
    pub fn diverge_from(&mut self, start: BasicBlock) {
        let next = self.diverge_cleanup();
        self.scopes.unwind_drops.add_entry_point(start, next);
    }

    /// The coroutine may be dropped while it is suspended in `yield_block`.
    pub fn coroutine_drop_cleanup(&mut self, yield_block: BasicBlock) {
        let scopes = &mut self.scopes;
        let cached = scopes
            .scopes
            .iter()
            .enumerate()
            .rev()
            .find_map(|(i, s)| s.cached_coroutine_drop_block.map(|cached| (i + 1, cached)));
        let (uncached, mut cached_drop) = cached.unwrap_or((0, ROOT_NODE));
        for scope in &mut scopes.scopes[uncached..] {
            for drop in &scope.drops {
                cached_drop = scopes.coroutine_drops.add_drop(*drop, cached_drop);
            }
            scope.cached_coroutine_drop_block = Some(cached_drop);
        }
        scopes.coroutine_drops.add_entry_point(yield_block, cached_drop);
    }

    /// `place = value` where the old value must be dropped; on unwinding out of that, the new one is written too.
    pub fn build_drop_and_replace(
        &mut self,
        block: BasicBlock,
        span: Span,
        place: Place<'tcx>,
        value: Rvalue<'tcx>,
    ) -> BlockAnd<()> {
        let source_info = self.source_info(span);
        let assign = self.cfg.start_new_block();
        self.cfg.push_assign(assign, source_info, place, value.clone());
        let assign_unwind = self.cfg.start_new_cleanup_block();
        self.cfg.push_assign(assign_unwind, source_info, place, value);
        let kind =
            TerminatorKind::Drop { place, target: assign, unwind: UnwindAction::Cleanup(assign_unwind), replace: true };
        self.cfg.terminate(block, source_info, kind);
        self.diverge_from(block);
        assign.unit()
    }

    /// Panics with `msg` if `cond` is not as expected.
    pub fn assert(
        &mut self,
        block: BasicBlock,
        cond: Operand<'tcx>,
        expected: bool,
        msg: AssertMessage<'tcx>,
        span: Span,
    ) -> BasicBlock {
        let source_info = self.source_info(span);
        let target = self.cfg.start_new_block();
        let kind =
            TerminatorKind::Assert { cond, expected, msg: Box::new(msg), target, unwind: UnwindAction::Continue };
        self.cfg.terminate(block, source_info, kind);
        self.diverge_from(block);
        target
    }

    /// Forgets what is scheduled in an arm's scopes: each of its alternatives schedules anew.
    pub fn clear_match_arm_and_guard_scopes(&mut self, region_scope: RegionScope) {
        let n = self.scopes.scopes.len();
        let guard_is_open = n >= 2 && self.scopes.scopes[n - 2].region_scope == region_scope;
        let first = if guard_is_open { n - 2 } else { n - 1 };
        debug_assert_eq!(self.scopes.scopes[first].region_scope, region_scope);
        for scope in &mut self.scopes.scopes[first..] {
            scope.drops.clear();
            scope.invalidate_cache();
        }
    }
}
