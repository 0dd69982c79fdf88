//! Blocks and `let`.

use mir::{BasicBlock, BlockTailInfo, Place, SourceInfo, TerminatorKind};
use query::PlaceTyExt;
use span::Span;
use ty::{AliasTyKind, TyKind};

use super::cfg::{BlockAnd, BlockAndExtension};
use super::matches::{DeclareLetBindings, EmitStorageLive, ForGuard};
use super::{BlockFrame, Builder};
use crate::region::Scope;
use crate::thir::{Block, BlockId, ExprId, LintLevel, StmtId, StmtKind};

impl<'a, 'tcx> Builder<'a, 'tcx> {
    pub(super) fn ast_block(
        &mut self,
        destination: Place<'tcx>,
        block: BasicBlock,
        ast_block: BlockId,
        source_info: SourceInfo,
    ) -> BlockAnd<()> {
        let thir = self.thir;
        let Block { region_scope, span, ref stmts, expr, targeted_by_break, .. } = thir[ast_block];
        self.in_scope((region_scope, source_info), LintLevel::Inherited, |this| {
            if targeted_by_break {
                this.in_breakable_scope(None, destination, span, |this| {
                    Some(this.ast_block_stmts(destination, block, span, stmts, expr, region_scope))
                })
            } else {
                this.ast_block_stmts(destination, block, span, stmts, expr, region_scope)
            }
        })
    }

    fn ast_block_stmts(
        &mut self,
        destination: Place<'tcx>,
        mut block: BasicBlock,
        span: Span,
        stmts: &[StmtId],
        expr: Option<ExprId>,
        region_scope: Scope,
    ) -> BlockAnd<()> {
        // Each `let` opens the scope of the rest of the block; they are closed together at its end.
        let mut let_scopes: Vec<Scope> = Vec::with_capacity(8);
        let outer_source_scope = self.source_scope;
        let mut last_remainder_scope = region_scope;
        let source_info = self.source_info(span);
        let thir = self.thir;
        for stmt in stmts {
            match &thir[*stmt].kind {
                StmtKind::Expr { scope, expr } => {
                    self.block_context.push(BlockFrame::Statement { ignores_expr_result: true });
                    block = self
                        .in_scope((*scope, source_info), LintLevel::Inherited, |this| {
                            this.stmt_expr(block, *expr, Some(*scope))
                        })
                        .into_block();
                }
                StmtKind::Let {
                    remainder_scope,
                    init_scope,
                    pattern,
                    initializer: Some(init),
                    else_block: Some(else_block),
                    hir_id,
                    ..
                } => {
                    self.block_context.push(BlockFrame::Statement { ignores_expr_result: true });
                    let lint_level = LintLevel::Explicit(*hir_id);
                    // The `else` block stands outside of the new scope: temporaries are dropped before it runs.
                    let else_span = thir[*else_block].span;
                    let dummy_place = self.temp(self.tcx.types().never, else_span);
                    let failure_entry = self.cfg.start_new_block();
                    let else_info = self.source_info(else_span);
                    let failure_block = self.ast_block(dummy_place, failure_entry, *else_block, else_info).into_block();
                    self.cfg.terminate(failure_block, else_info, TerminatorKind::Unreachable);

                    let remainder_span = self.region_span(*remainder_scope);
                    self.push_scope((*remainder_scope, source_info));
                    let_scopes.push(*remainder_scope);
                    let visibility_scope = self.new_source_scope(remainder_span, LintLevel::Inherited);
                    let initializer_span = thir[*init].span;
                    let failure = self
                        .in_scope((*init_scope, source_info), lint_level, |this| {
                            this.declare_bindings(
                                Some(visibility_scope),
                                remainder_span,
                                pattern,
                                None,
                                Some((Some(destination), initializer_span)),
                            );
                            this.visit_primary_bindings(pattern, &mut |this, var, span| {
                                this.storage_live_binding(block, var, span, ForGuard::OutsideGuard, true);
                            });
                            let (matching, failure) = this.in_if_then_scope(last_remainder_scope, |this| {
                                this.lower_let_expr(
                                    block,
                                    *init,
                                    pattern,
                                    None,
                                    initializer_span,
                                    DeclareLetBindings::No,
                                    EmitStorageLive::No,
                                )
                            });
                            matching.and(failure)
                        })
                        .unpack(&mut block);
                    self.cfg.goto(failure, source_info, failure_entry);
                    self.source_scope = visibility_scope;
                    last_remainder_scope = *remainder_scope;
                }
                StmtKind::Let { remainder_scope, init_scope, pattern, initializer, hir_id, .. } => {
                    self.block_context.push(BlockFrame::Statement { ignores_expr_result: false });
                    let lint_level = LintLevel::Explicit(*hir_id);
                    self.push_scope((*remainder_scope, source_info));
                    let_scopes.push(*remainder_scope);
                    let remainder_span = self.region_span(*remainder_scope);
                    let visibility_scope = self.new_source_scope(remainder_span, LintLevel::Inherited);
                    let scope = (*init_scope, source_info);
                    if let Some(init) = *initializer {
                        let initializer_span = thir[init].span;
                        block = self
                            .in_scope(scope, lint_level, |this| {
                                this.declare_bindings(
                                    Some(visibility_scope),
                                    remainder_span,
                                    pattern,
                                    None,
                                    Some((None, initializer_span)),
                                );
                                this.expr_into_pattern(block, pattern, init)
                            })
                            .into_block();
                    } else {
                        block = self
                            .in_scope(scope, lint_level, |this| {
                                this.declare_bindings(Some(visibility_scope), remainder_span, pattern, None, None);
                                block.unit()
                            })
                            .into_block();
                        self.visit_primary_bindings(pattern, &mut |this, var, span| {
                            this.storage_live_binding(block, var, span, ForGuard::OutsideGuard, true);
                            this.schedule_drop_for_binding(var, ForGuard::OutsideGuard);
                        });
                    }
                    self.source_scope = visibility_scope;
                    last_remainder_scope = *remainder_scope;
                }
            }
            self.block_context.pop();
        }
        let destination_ty = destination.ty(&self.local_decls, self.tcx).ty;
        if let Some(expr_id) = expr {
            let tail_result_is_ignored =
                destination_ty.is_unit() || self.block_context.currently_ignores_tail_results();
            let info = BlockTailInfo { tail_result_is_ignored, span: thir[expr_id].span };
            self.block_context.push(BlockFrame::TailExpr { info });
            block = self.expr_into_dest(destination, block, expr_id).into_block();
            self.block_context.pop();
        } else if destination_ty.is_unit() || matches!(destination_ty.kind(), TyKind::Alias(AliasTyKind::Opaque, _)) {
            // A block that diverges has type `!` and nothing to write.
            self.cfg.push_assign_unit(block, source_info, destination, self.tcx);
        }
        for scope in let_scopes.into_iter().rev() {
            block = self.pop_scope((scope, source_info), block).into_block();
        }
        self.source_scope = outer_source_scope;
        block.unit()
    }
}
