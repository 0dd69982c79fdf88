//! Blocks, statements, arms.

use super::*;
use crate::region::{Scope, ScopeData};

impl<'tcx> ThirBuildCx<'tcx> {
    pub(super) fn mirror_block(&mut self, block: &'tcx hir::Block<'tcx>) -> BlockId {
        let local_id = block.hir_id.local_id;
        let mut stmts = Vec::with_capacity(block.stmts.len());
        for (index, stmt) in block.stmts.iter().enumerate() {
            let scope = Scope { local_id: stmt.hir_id.local_id, data: ScopeData::Node };
            let kind = match stmt.kind {
                hir::StmtKind::Expr(e) | hir::StmtKind::Semi(e) => StmtKind::Expr { scope, expr: self.mirror_expr(e) },
                hir::StmtKind::Item(_) => continue,
                hir::StmtKind::Let(local) => {
                    let remainder_scope = Scope { local_id, data: ScopeData::Remainder(index as u32) };
                    self.mirror_let(local, remainder_scope, scope)
                }
            };
            stmts.push(self.thir.stmts.push(Stmt { kind }));
        }
        let expr = block.expr.map(|e| self.mirror_expr(e));
        self.thir.blocks.push(Block {
            targeted_by_break: block.targeted_by_break,
            region_scope: Scope { local_id, data: ScopeData::Node },
            span: block.span,
            stmts: stmts.into(),
            expr,
            safety_mode: match block.rules {
                hir::BlockCheckMode::DefaultBlock => BlockSafety::Safe,
                hir::BlockCheckMode::UnsafeBlock(hir::UnsafeSource::CompilerGenerated) => BlockSafety::BuiltinUnsafe,
                hir::BlockCheckMode::UnsafeBlock(hir::UnsafeSource::UserProvided) => {
                    BlockSafety::ExplicitUnsafe(block.hir_id)
                }
            },
        })
    }

    fn mirror_let(
        &mut self,
        local: &'tcx hir::LetStmt<'tcx>,
        remainder_scope: Scope,
        init_scope: Scope,
    ) -> StmtKind<'tcx> {
        let else_block = local.els.map(|els| self.mirror_block(els));
        let mut pattern = self.pattern_from_hir(local.pat);
        if let Some(ty) = local.ty {
            if let Some(user_ty) = self.typeck_results.user_provided_types().get(ty.hir_id) {
                let annotation = CanonicalUserTypeAnnotation {
                    user_ty: *user_ty,
                    span: ty.span,
                    inferred_ty: self.typeck_results.node_type(ty.hir_id),
                };
                pattern = Box::new(Pat {
                    ty: pattern.ty,
                    span: pattern.span,
                    hir_id: pattern.hir_id,
                    kind: PatKind::AscribeUserType {
                        ascription: Box::new(Ascription { annotation, variance: Variance::Covariant }),
                        subpattern: pattern,
                    },
                });
            }
        }
        let span = match local.init {
            Some(init) if init.span.ctxt() == local.span.ctxt() => local.span.with_hi(init.span.hi()),
            _ => local.span,
        };
        let initializer = local.init.map(|init| self.mirror_expr(init));
        StmtKind::Let { remainder_scope, init_scope, pattern, initializer, else_block, hir_id: local.hir_id, span }
    }

    pub(super) fn mirror_arm(&mut self, arm: &'tcx hir::Arm<'tcx>) -> ArmId {
        let arm = Arm {
            pattern: self.pattern_from_hir(arm.pat),
            guard: arm.guard.map(|g| self.mirror_expr(g)),
            body: self.mirror_expr(arm.body),
            hir_id: arm.hir_id,
            scope: Scope { local_id: arm.hir_id.local_id, data: ScopeData::Node },
            span: arm.span,
        };
        self.thir.arms.push(arm)
    }
}
