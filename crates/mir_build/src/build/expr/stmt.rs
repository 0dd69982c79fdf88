//! Expressions as statements.

use mir::{BasicBlock, BlockTailInfo, Mutability, Operand, TerminatorKind};
use span::Spanned;

use crate::build::cfg::{BlockAnd, BlockAndExtension};
use crate::build::scope::BreakableTarget;
use crate::build::{BlockFrame, Builder};
use crate::region::{Scope, TempLifetime};
use crate::thir::{ExprId, ExprKind, LintLevel};

impl<'a, 'tcx> Builder<'a, 'tcx> {
    /// Builds an expression whose value is not used. `statement_scope` is given for expressions of all kinds.
    pub(in crate::build) fn stmt_expr(
        &mut self,
        mut block: BasicBlock,
        expr_id: ExprId,
        statement_scope: Option<Scope>,
    ) -> BlockAnd<()> {
        let thir = self.thir;
        let expr = &thir[expr_id];
        let source_info = self.source_info(expr.span);
        match expr.kind {
            ExprKind::Scope { region_scope, hir_id, value } => {
                self.in_scope((region_scope, source_info), LintLevel::Explicit(hir_id), |this| {
                    this.stmt_expr(block, value, statement_scope)
                })
            }
            // The right side first: so `x[j] = x[i]` borrows `x` for the right side before it is borrowed to be written.
            ExprKind::Assign { lhs, rhs } => {
                self.block_context.push(BlockFrame::SubExpr);
                let needs_drop = self.tcx.type_needs_drop(self.typing_env, thir[lhs].ty);
                let rvalue = self.as_local_rvalue(block, rhs).unpack(&mut block);
                let place = self.as_place(block, lhs).unpack(&mut block);
                if needs_drop {
                    block = self.build_drop_and_replace(block, thir[lhs].span, place, rvalue).into_block();
                } else {
                    self.cfg.push_assign(block, source_info, place, rvalue);
                }
                self.block_context.pop();
                block.unit()
            }
            ExprKind::AssignOp { op, lhs, rhs } => {
                self.block_context.push(BlockFrame::SubExpr);
                let lhs_ty = thir[lhs].ty;
                let rhs = self.as_local_operand(block, rhs).unpack(&mut block);
                let lhs = self.as_place(block, lhs).unpack(&mut block);
                let rvalue =
                    self.build_binary_op(block, op, expr.span, lhs_ty, Operand::Copy(lhs), rhs).unpack(&mut block);
                self.cfg.push_assign(block, source_info, lhs, rvalue);
                self.block_context.pop();
                block.unit()
            }
            ExprKind::Continue { label } => {
                self.break_scope(block, None, BreakableTarget::Continue(label), source_info)
            }
            ExprKind::Break { label, value } => {
                self.break_scope(block, value, BreakableTarget::Break(label), source_info)
            }
            ExprKind::Return { value } => self.break_scope(block, value, BreakableTarget::Return, source_info),
            ExprKind::Become { value } => self.build_become(block, value),
            _ => {
                let scope = statement_scope.expect("a general expression as a statement has a scope");
                // Of a block it is the last expression that errors are about.
                let mut tail_span = None;
                if let ExprKind::Block { block } = expr.kind {
                    if let Some(tail) = thir[block].expr {
                        let mut e = &thir[tail];
                        loop {
                            match e.kind {
                                ExprKind::Block { block } => match thir[block].expr {
                                    Some(nested) => e = &thir[nested],
                                    None => break,
                                },
                                ExprKind::Scope { value, .. } => e = &thir[value],
                                _ => break,
                            }
                        }
                        let info = BlockTailInfo { tail_result_is_ignored: true, span: e.span };
                        self.block_context.push(BlockFrame::TailExpr { info });
                        tail_span = Some(e.span);
                    }
                }
                let lifetime = TempLifetime { temp_lifetime: Some(scope), backwards_incompatible: None };
                let temp = self.as_temp(block, lifetime, expr_id, Mutability::Not).unpack(&mut block);
                if let Some(span) = tail_span {
                    self.local_decls[temp].source_info.span = span;
                    self.block_context.pop();
                }
                block.unit()
            }
        }
    }

    /// `become f(..)`
    fn build_become(&mut self, mut block: BasicBlock, value: ExprId) -> BlockAnd<()> {
        let thir = self.thir;
        let expr = &thir[value];
        let source_info = self.source_info(expr.span);
        match expr.kind {
            ExprKind::Scope { region_scope, hir_id, value } => {
                self.in_scope((region_scope, source_info), LintLevel::Explicit(hir_id), |this| {
                    this.build_become(block, value)
                })
            }
            ExprKind::Call { fun, ref args, fn_span, .. } => {
                let func = self.as_local_operand(block, fun).unpack(&mut block);
                let args: Box<[_]> = args
                    .iter()
                    .map(|a| Spanned { node: self.as_local_operand(block, *a).unpack(&mut block), span: thir[*a].span })
                    .collect();
                self.record_operands_moved(&args);
                block = self.break_for_tail_call(block, &args).into_block();
                self.cfg.terminate(block, source_info, TerminatorKind::TailCall { func, args, fn_span });
                self.cfg.start_new_block().unit()
            }
            _ => {
                let mut err = self.tcx.dcx().struct_span_err(expr.span, "`become` requires a function call");
                err.span_label(expr.span, "not a function call");
                let guar = err.emit();
                self.tainted.get_or_insert(guar);
                self.cfg.terminate(block, source_info, TerminatorKind::Unreachable);
                self.cfg.start_new_block().unit()
            }
        }
    }
}
