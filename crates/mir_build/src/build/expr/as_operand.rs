//! Expressions as operands and temporaries.

use mir::{BasicBlock, ClearCrossCrate, Local, LocalDecl, LocalInfo, Mutability, Operand, Place, StatementKind};

use super::category::Category;
use crate::build::Builder;
use crate::build::cfg::{BlockAnd, BlockAndExtension};
use crate::build::drop_tree::DropKind;
use crate::region::{ScopeData, TempLifetime};
use crate::thir::{ExprId, ExprKind, LintLevel};

/// Whether a constant may have to be put in a temporary, to be dropped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::build) enum NeedsTemporary {
    /// It is used at once: nothing can panic before.
    No,
    Maybe,
}

impl<'a, 'tcx> Builder<'a, 'tcx> {
    /// A value that lives no longer than the current expression.
    pub(in crate::build) fn as_local_operand(&mut self, block: BasicBlock, expr: ExprId) -> BlockAnd<Operand<'tcx>> {
        let lifetime = self.local_temp_lifetime();
        self.as_operand(block, lifetime, expr, LocalInfo::Boring, NeedsTemporary::Maybe)
    }

    /// An operand: a constant, or a temporary that is moved out of.
    pub(in crate::build) fn as_operand(
        &mut self,
        mut block: BasicBlock,
        lifetime: TempLifetime,
        expr_id: ExprId,
        local_info: LocalInfo<'tcx>,
        needs_temporary: NeedsTemporary,
    ) -> BlockAnd<Operand<'tcx>> {
        let thir = self.thir;
        let expr = &thir[expr_id];
        if let ExprKind::Scope { region_scope, hir_id, value } = expr.kind {
            let source_info = self.source_info(expr.span);
            return self.in_scope((region_scope, source_info), LintLevel::Explicit(hir_id), |this| {
                this.as_operand(block, lifetime, value, local_info, needs_temporary)
            });
        }
        match Category::of(&expr.kind) {
            Some(Category::Constant)
                if needs_temporary == NeedsTemporary::No || !self.tcx.type_needs_drop(self.typing_env, expr.ty) =>
            {
                let constant = self.as_constant(expr);
                block.and(Operand::Constant(Box::new(constant)))
            }
            _ => {
                let temp = self.as_temp(block, lifetime, expr_id, Mutability::Mut).unpack(&mut block);
                if !matches!(local_info, LocalInfo::Boring) {
                    self.local_decls[temp].local_info = ClearCrossCrate::Set(Box::new(local_info));
                }
                block.and(Operand::Move(Place::from(temp)))
            }
        }
    }

    /// An argument of a call. One of unsized type (feature `unsized_fn_params`) is passed where it lies: `*b` of a
    /// temporary that the box `b` is put in.
    pub(in crate::build) fn as_local_call_operand(
        &mut self,
        block: BasicBlock,
        expr_id: ExprId,
    ) -> BlockAnd<Operand<'tcx>> {
        // Of the call, not of the scopes around the argument: these end before it is passed.
        let lifetime = self.local_temp_lifetime();
        self.as_call_operand(block, lifetime, expr_id)
    }

    fn as_call_operand(
        &mut self,
        mut block: BasicBlock,
        lifetime: TempLifetime,
        expr_id: ExprId,
    ) -> BlockAnd<Operand<'tcx>> {
        let thir = self.thir;
        let expr = &thir[expr_id];
        if let ExprKind::Scope { region_scope, hir_id, value } = expr.kind {
            let source_info = self.source_info(expr.span);
            return self.in_scope((region_scope, source_info), LintLevel::Explicit(hir_id), |this| {
                this.as_call_operand(block, lifetime, value)
            });
        }
        if let ExprKind::Deref { arg } = expr.kind {
            if self.tcx.feature(span::sym::unsized_fn_params) && !self.tcx.type_is_sized(self.typing_env, expr.ty) {
                let temp = self.as_temp(block, lifetime, arg, Mutability::Mut).unpack(&mut block);
                return block.and(Operand::Move(Place::from(temp).deref(self.tcx.interner())));
            }
        }
        self.as_operand(block, lifetime, expr_id, LocalInfo::Boring, NeedsTemporary::Maybe)
    }

    /// A new temporary that holds the value, dropped where `lifetime` says.
    pub(in crate::build) fn as_temp(
        &mut self,
        mut block: BasicBlock,
        lifetime: TempLifetime,
        expr_id: ExprId,
        mutability: Mutability,
    ) -> BlockAnd<Local> {
        let thir = self.thir;
        let expr = &thir[expr_id];
        let source_info = self.source_info(expr.span);
        if let ExprKind::Scope { region_scope, hir_id, value } = expr.kind {
            return self.in_scope((region_scope, source_info), LintLevel::Explicit(hir_id), |this| {
                this.as_temp(block, lifetime, value, mutability)
            });
        }
        let shares = self.fixed_temps_scope.is_some() && self.fixed_temps_scope == lifetime.temp_lifetime;
        let temp = match self.fixed_temps.get(&expr_id) {
            Some(temp) if shares => *temp,
            _ => {
                let temp = self.declare_temp(expr_id, lifetime, mutability);
                if shares {
                    self.fixed_temps.insert(expr_id, temp);
                }
                temp
            }
        };
        match expr.kind {
            // Never written.
            ExprKind::Break { .. } | ExprKind::Continue { .. } | ExprKind::Return { .. } | ExprKind::Become { .. } => {}
            ExprKind::Block { block }
                if thir[block].expr.is_none() && !thir[block].targeted_by_break && expr.ty.is_never() => {}
            _ => {
                self.cfg.push_kind(block, source_info, StatementKind::StorageLive(temp));
                // A constant's extended temporaries live for ever.
                if let Some(scope) = lifetime.temp_lifetime {
                    self.schedule_drop(scope, temp, DropKind::Storage);
                }
            }
        }
        block = self.expr_into_dest(temp.into(), block, expr_id).into_block();
        if let Some(scope) = lifetime.temp_lifetime {
            self.schedule_drop(scope, temp, DropKind::Value);
        }
        block.and(temp)
    }

    fn declare_temp(&mut self, expr_id: ExprId, lifetime: TempLifetime, mutability: Mutability) -> Local {
        let expr = &self.thir[expr_id];
        let mut decl = LocalDecl::new(expr.ty, expr.span);
        if mutability == Mutability::Not {
            decl = decl.immutable();
        }
        let rescope = lifetime.temp_lifetime.filter(|s| s.data == ScopeData::IfThenRescope);
        let info = match expr.kind {
            ExprKind::StaticRef { def_id } => LocalInfo::StaticRef { def_id, is_thread_local: false },
            ExprKind::ThreadLocalRef(def_id) => LocalInfo::StaticRef { def_id, is_thread_local: true },
            ExprKind::NamedConst { def_id, .. } | ExprKind::ConstParam { def_id, .. } => LocalInfo::ConstRef { def_id },
            _ => match (rescope, self.block_context.currently_in_block_tail()) {
                (Some(scope), _) => LocalInfo::IfThenRescopeTemp {
                    if_then: hir::HirId { owner: self.hir_id.owner, local_id: scope.local_id },
                },
                (None, Some(tail)) => LocalInfo::BlockTailTemp(tail),
                (None, None) => LocalInfo::Boring,
            },
        };
        decl.local_info = ClearCrossCrate::Set(Box::new(info));
        self.local_decls.push(decl)
    }
}
