//! Expressions into a place: the form that control flow, calls and borrows take.

use mir::{
    AggregateKind, AsmOptions, AsmTemplate, BasicBlock, BorrowKind, CallSource, Const, ConstOperand, InlineAsmMacro,
    InlineAsmOperand as MirAsmOperand, LocalDecl, LocalInfo, Mutability, Operand, Place, ProjectionElem, Rvalue,
    SourceInfo, TerminatorKind, UnevaluatedConst, UnwindAction,
};
use query::PlaceTyExt;
use rustc_index::IndexVec;
use span::{FxHashMap, Spanned};
use ty::{CanonicalUserTypeAnnotation, FieldIdx, TyKind};

use super::as_operand::NeedsTemporary;
use crate::build::cfg::{BlockAnd, BlockAndExtension};
use crate::build::matches::{DeclareLetBindings, EmitStorageLive};
use crate::build::{BlockFrame, Builder};
use crate::thir::{
    AdtExpr, AdtExprBase, Expr, ExprId, ExprKind, InlineAsmExpr, InlineAsmOperand, LintLevel, LogicalOp,
};

impl<'a, 'tcx> Builder<'a, 'tcx> {
    /// Builds an expression and writes its value to `destination`, which is not initialised yet.
    pub(in crate::build) fn expr_into_dest(
        &mut self,
        destination: Place<'tcx>,
        block: BasicBlock,
        expr_id: ExprId,
    ) -> BlockAnd<()> {
        let thir = self.thir;
        let expr = &thir[expr_id];
        let source_info = self.source_info(expr.span);
        match expr.kind {
            ExprKind::Scope { region_scope, hir_id, value } => {
                self.in_scope((region_scope, source_info), LintLevel::Explicit(hir_id), |this| {
                    this.expr_into_dest(destination, block, value)
                })
            }
            ExprKind::Block { block: ast_block } => self.ast_block(destination, block, ast_block, source_info),
            _ => {
                self.block_context.push(BlockFrame::SubExpr);
                let result = self.expr_into_dest_inner(destination, block, expr_id, source_info);
                self.block_context.pop();
                result
            }
        }
    }

    fn expr_into_dest_inner(
        &mut self,
        destination: Place<'tcx>,
        mut block: BasicBlock,
        expr_id: ExprId,
        source_info: SourceInfo,
    ) -> BlockAnd<()> {
        let thir = self.thir;
        let expr = &thir[expr_id];
        let region = self.tcx.lifetimes().re_erased;
        match expr.kind {
            ExprKind::Match { scrutinee, ref arms, .. } => {
                self.match_expr(destination, block, scrutinee, arms, expr.span, thir[scrutinee].span)
            }
            ExprKind::If { .. } => self.if_into_dest(destination, block, expr),
            ExprKind::Let { expr: scrutinee, ref pat } => {
                let scope = self.local_scope();
                let (true_block, false_block) = self.in_if_then_scope(scope, |this| {
                    this.lower_let_expr(
                        block,
                        scrutinee,
                        pat,
                        None,
                        source_info.span,
                        DeclareLetBindings::Yes,
                        EmitStorageLive::Yes,
                    )
                });
                self.join_bools(destination, source_info, true_block, false_block)
            }
            ExprKind::NeverToAny { source } => {
                let mut inner = source;
                while let ExprKind::Scope { value, .. } = thir[inner].kind {
                    inner = value;
                }
                let is_call = matches!(thir[inner].kind, ExprKind::Call { .. } | ExprKind::InlineAsm(_));
                let lifetime = self.local_temp_lifetime();
                let _ = self.as_temp(block, lifetime, source, Mutability::Mut).unpack(&mut block);
                // A call that does not return has left a block that cannot be reached.
                if is_call {
                    return block.unit();
                }
                self.cfg.terminate(block, source_info, TerminatorKind::Unreachable);
                self.cfg.start_new_block().unit()
            }
            ExprKind::LogicalOp { op, lhs, rhs } => {
                let scope = self.local_scope();
                let (then_block, else_block) = self.in_if_then_scope(scope, |this| {
                    this.then_else_break(block, lhs, Some(scope), source_info, DeclareLetBindings::Yes)
                });
                let (short_circuit, go_on, constant) = match op {
                    LogicalOp::And => (else_block, then_block, false),
                    LogicalOp::Or => (then_block, else_block, true),
                };
                let constant = self.bool_const(expr.span, constant);
                self.cfg.push_assign_constant(short_circuit, source_info, destination, constant);
                let rhs_block = self.expr_into_dest(destination, go_on, rhs).into_block();
                let target = self.cfg.start_new_block();
                self.cfg.goto(rhs_block, source_info, target);
                self.cfg.goto(short_circuit, source_info, target);
                target.unit()
            }
            ExprKind::Loop { body } => {
                let loop_block = self.cfg.start_new_block();
                self.cfg.goto(block, source_info, loop_block);
                self.in_breakable_scope(Some(loop_block), destination, expr.span, |this| {
                    let body_block = this.cfg.start_new_block();
                    // As if a loop could unwind: so the borrow checker sees an end of it.
                    let kind = TerminatorKind::FalseUnwind { real_target: body_block, unwind: UnwindAction::Continue };
                    this.cfg.terminate(loop_block, source_info, kind);
                    this.diverge_from(loop_block);
                    let tmp = this.get_unit_temp();
                    let end = this.expr_into_dest(tmp, body_block, body).into_block();
                    this.cfg.goto(end, source_info, loop_block);
                    None
                })
            }
            ExprKind::Call { ty, fun, ref args, from_hir_call, fn_span } => {
                if let TyKind::FnDef(def_id, generic_args) = *ty.kind() {
                    let name = self.tcx.intrinsic(def_id);
                    if name.is_some_and(|n| n.as_str() == "write_box_via_move") {
                        let value_ty = generic_args.type_at(0);
                        return self.write_box_via_move(destination, block, args, value_ty);
                    }
                }
                let func = self.as_local_operand(block, fun).unpack(&mut block);
                let args: Box<[_]> = args
                    .iter()
                    .map(|a| Spanned {
                        node: self.as_local_call_operand(block, *a).unpack(&mut block),
                        span: thir[*a].span,
                    })
                    .collect();
                let success = self.cfg.start_new_block();
                self.record_operands_moved(&args);
                let returns = self.tcx.is_inhabited_from(expr.ty, self.parent_module, self.typing_env);
                let kind = TerminatorKind::Call {
                    func,
                    args,
                    destination,
                    target: returns.then_some(success),
                    unwind: UnwindAction::Continue,
                    call_source: if from_hir_call { CallSource::Normal } else { CallSource::OverloadedOperator },
                    fn_span,
                };
                self.cfg.terminate(block, source_info, kind);
                self.diverge_from(block);
                success.unit()
            }
            ExprKind::ByUse { expr: source, span } => self.by_use_into_dest(destination, block, source, span),
            ExprKind::Use { source } => self.expr_into_dest(destination, block, source),
            ExprKind::Borrow { arg, borrow_kind } => {
                let place = match borrow_kind {
                    BorrowKind::Shared => self.as_read_only_place(block, arg).unpack(&mut block),
                    _ => self.as_place(block, arg).unpack(&mut block),
                };
                self.cfg.push_assign(block, source_info, destination, Rvalue::Ref(region, borrow_kind, place));
                block.unit()
            }
            ExprKind::RawBorrow { mutability, arg } => {
                let place = match mutability {
                    Mutability::Not => self.as_read_only_place(block, arg).unpack(&mut block),
                    Mutability::Mut => self.as_place(block, arg).unpack(&mut block),
                };
                self.cfg.push_assign(block, source_info, destination, Rvalue::RawPtr(mutability.into(), place));
                block.unit()
            }
            ExprKind::Adt(ref adt) => self.adt_into_dest(destination, block, expr, adt),
            ExprKind::InlineAsm(ref asm) => self.asm_into_dest(destination, block, expr, asm),
            ExprKind::Assign { .. } | ExprKind::AssignOp { .. } => {
                block = self.stmt_expr(block, expr_id, None).into_block();
                self.cfg.push_assign_unit(block, source_info, destination, self.tcx);
                block.unit()
            }
            ExprKind::Continue { .. } | ExprKind::Break { .. } | ExprKind::Return { .. } | ExprKind::Become { .. } => {
                self.stmt_expr(block, expr_id, None)
            }
            ExprKind::VarRef { .. }
            | ExprKind::UpvarRef { .. }
            | ExprKind::PlaceTypeAscription { .. }
            | ExprKind::ValueTypeAscription { .. }
            | ExprKind::PlaceUnwrapUnsafeBinder { .. }
            | ExprKind::ValueUnwrapUnsafeBinder { .. } => {
                let place = self.as_place(block, expr_id).unpack(&mut block);
                let rvalue = Rvalue::Use(self.consume_by_copy_or_move(place));
                self.cfg.push_assign(block, source_info, destination, rvalue);
                block.unit()
            }
            ExprKind::Index { .. } | ExprKind::Deref { .. } | ExprKind::Field { .. } => {
                // A local of the type, so that it is checked to be sized.
                if !destination.projection.is_empty() {
                    self.local_decls.push(LocalDecl::new(expr.ty, expr.span));
                }
                let place = self.as_place(block, expr_id).unpack(&mut block);
                let rvalue = Rvalue::Use(self.consume_by_copy_or_move(place));
                self.cfg.push_assign(block, source_info, destination, rvalue);
                block.unit()
            }
            ExprKind::Yield { value } => {
                let lifetime = self.local_temp_lifetime();
                let value =
                    self.as_operand(block, lifetime, value, LocalInfo::Boring, NeedsTemporary::No).unpack(&mut block);
                let resume = self.cfg.start_new_block();
                let kind = TerminatorKind::Yield { value, resume, resume_arg: destination, drop: None };
                self.cfg.terminate(block, source_info, kind);
                self.coroutine_drop_cleanup(block);
                resume.unit()
            }
            ExprKind::Error(guar) => {
                self.tainted.get_or_insert(guar);
                self.cfg.terminate(block, source_info, TerminatorKind::Unreachable);
                self.cfg.start_new_block().unit()
            }
            _ => {
                let rvalue = self.as_local_rvalue(block, expr_id).unpack(&mut block);
                self.cfg.push_assign(block, source_info, destination, rvalue);
                block.unit()
            }
        }
    }

    /// Writes `true` or `false` and goes on.
    fn join_bools(
        &mut self,
        destination: Place<'tcx>,
        source_info: SourceInfo,
        true_block: BasicBlock,
        false_block: BasicBlock,
    ) -> BlockAnd<()> {
        let join = self.cfg.start_new_block();
        for (block, value) in [(true_block, true), (false_block, false)] {
            let constant = self.bool_const(source_info.span, value);
            self.cfg.push_assign_constant(block, source_info, destination, constant);
            self.cfg.goto(block, source_info, join);
        }
        join.unit()
    }

    fn is_let(&self, expr: ExprId) -> bool {
        match self.thir[expr].kind {
            ExprKind::Let { .. } => true,
            ExprKind::LogicalOp { op: LogicalOp::And, lhs, rhs } => self.is_let(lhs) || self.is_let(rhs),
            ExprKind::Scope { value, .. } => self.is_let(value),
            _ => false,
        }
    }

    fn if_into_dest(&mut self, destination: Place<'tcx>, block: BasicBlock, expr: &Expr<'tcx>) -> BlockAnd<()> {
        let ExprKind::If { cond, then, else_opt, if_then_scope } = expr.kind else { panic!("an `if`") };
        let then_span = self.thir[then].span;
        let then_info = self.source_info(then_span);
        let condition_scope = self.local_scope();
        let mut then_block = block;
        let mut else_block = self
            .in_scope((if_then_scope, then_info), LintLevel::Inherited, |this| {
                let source_info = if this.is_let(cond) {
                    let variable_scope = this.new_source_scope(then_span, LintLevel::Inherited);
                    this.source_scope = variable_scope;
                    SourceInfo { span: then_span, scope: variable_scope }
                } else {
                    this.source_info(then_span)
                };
                let (then_block, else_block) = this.in_if_then_scope(condition_scope, |this| {
                    let then_start = this
                        .then_else_break(block, cond, Some(condition_scope), source_info, DeclareLetBindings::Yes)
                        .into_block();
                    this.expr_into_dest(destination, then_start, then)
                });
                then_block.and(else_block)
            })
            .unpack(&mut then_block);
        match else_opt {
            Some(els) => else_block = self.expr_into_dest(destination, else_block, els).into_block(),
            None => {
                let info = self.source_info(expr.span.shrink_to_hi());
                self.cfg.push_assign_unit(else_block, info, destination, self.tcx);
            }
        }
        let join = self.cfg.start_new_block();
        let source_info = self.source_info(expr.span);
        self.cfg.goto(then_block, source_info, join);
        self.cfg.goto(else_block, source_info, join);
        join.unit()
    }

    /// `*box = value` without a move of the value; gives the box.
    fn write_box_via_move(
        &mut self,
        destination: Place<'tcx>,
        mut block: BasicBlock,
        args: &[ExprId],
        value_ty: ty::Ty<'tcx>,
    ) -> BlockAnd<()> {
        let (boxed, value) = (args[0], args[1]);
        block = self.expr_into_dest(destination, block, boxed).into_block();
        // Into the `MaybeUninit`'s value, through `ManuallyDrop` and the like: a plain place, so that regions are known.
        let cx = self.tcx.interner();
        let mut place = destination.deref(cx);
        loop {
            let ty = place.ty(&self.local_decls, self.tcx).ty;
            let TyKind::Adt(def, adt_args) = *ty.kind() else { break };
            if ty == value_ty {
                break;
            }
            let field = if def.is_union() { FieldIdx::from_u32(1) } else { FieldIdx::ZERO };
            let Some(f) = def.non_enum_variant().fields.get(field) else { break };
            let field_ty = self.tcx.field_ty(f, adt_args);
            place = place.field(field, field_ty, cx);
        }
        self.expr_into_dest(place, block, value)
    }

    /// `x.use`: a copy, a clone, or a move, by the type.
    fn by_use_into_dest(
        &mut self,
        destination: Place<'tcx>,
        mut block: BasicBlock,
        source: ExprId,
        span: span::Span,
    ) -> BlockAnd<()> {
        let source_info = self.source_info(span);
        let place = self.as_place(block, source).unpack(&mut block);
        let ty = place.ty(&self.local_decls, self.tcx).ty;
        if !self.tcx.type_is_copy_modulo_regions(self.typing_env, ty) {
            let guar = self.tcx.dcx().span_unsupported(span, "`.use` of a type that is not `Copy`");
            self.tainted.get_or_insert(guar);
        }
        self.cfg.push_assign(block, source_info, destination, Rvalue::Use(Operand::Copy(place)));
        block.unit()
    }

    fn adt_into_dest(
        &mut self,
        destination: Place<'tcx>,
        mut block: BasicBlock,
        expr: &Expr<'tcx>,
        adt: &AdtExpr<'tcx>,
    ) -> BlockAnd<()> {
        let source_info = self.source_info(expr.span);
        let lifetime = self.local_temp_lifetime();
        // In the order written.
        let mut given: FxHashMap<FieldIdx, Operand<'tcx>> = FxHashMap::default();
        for f in &adt.fields {
            let op = self
                .as_operand(block, lifetime, f.expr, LocalInfo::AggregateTemp, NeedsTemporary::Maybe)
                .unpack(&mut block);
            given.insert(f.name, op);
        }
        let variant = adt.adt_def.variant(adt.variant_index);
        let names = variant.fields.indices();
        let fields: IndexVec<FieldIdx, Operand<'tcx>> = match &adt.base {
            AdtExprBase::None => names.filter_map(|n| given.remove(&n)).collect(),
            AdtExprBase::Base { base, field_types } => {
                // The fields that are not given are moved or copied out of the base.
                let base = self.as_place_builder(block, *base).unpack(&mut block);
                let mut fields = IndexVec::new();
                for n in names {
                    let op = match given.remove(&n) {
                        Some(op) => op,
                        None => {
                            let ty = field_types[n.as_usize()];
                            let place = base.clone_project(ProjectionElem::Field(n, ty)).to_place(self);
                            self.consume_by_copy_or_move(place)
                        }
                    };
                    fields.push(op);
                }
                fields
            }
            AdtExprBase::DefaultFields(field_types) => names
                .filter_map(|n| match given.remove(&n) {
                    Some(op) => Some(op),
                    None => {
                        let def = variant.fields[n].value?;
                        let ty = field_types[n.as_usize()];
                        let const_ = Const::Unevaluated(UnevaluatedConst::new(def, adt.args), ty);
                        Some(self.literal_operand(expr.span, const_))
                    }
                })
                .collect(),
        };
        let user_ty = adt.user_ty.as_ref().map(|user_ty| {
            self.user_types.push(CanonicalUserTypeAnnotation {
                span: source_info.span,
                user_ty: **user_ty,
                inferred_ty: expr.ty,
            })
        });
        let active = adt.adt_def.is_union().then(|| adt.fields[0].name);
        let kind = AggregateKind::Adt(adt.adt_def.did(), adt.variant_index, adt.args, user_ty, active);
        self.cfg.push_assign(block, source_info, destination, Rvalue::Aggregate(Box::new(kind), fields));
        block.unit()
    }

    fn asm_into_dest(
        &mut self,
        destination: Place<'tcx>,
        mut block: BasicBlock,
        expr: &Expr<'tcx>,
        asm: &InlineAsmExpr<'tcx>,
    ) -> BlockAnd<()> {
        let source_info = self.source_info(expr.span);
        let asm_macro = match asm.asm_macro {
            ast::AsmMacro::Asm | ast::AsmMacro::GlobalAsm => InlineAsmMacro::Asm,
            ast::AsmMacro::NakedAsm => InlineAsmMacro::NakedAsm,
        };
        let mut targets = Vec::new();
        let return_block = if asm_macro.diverges(asm.options) {
            None
        } else {
            let bb = self.cfg.start_new_block();
            targets.push(bb);
            Some(bb)
        };
        let operands: Box<[_]> = asm
            .operands
            .iter()
            .map(|op| match *op {
                InlineAsmOperand::In { reg, expr } => {
                    MirAsmOperand::In { reg, value: self.as_local_operand(block, expr).unpack(&mut block) }
                }
                InlineAsmOperand::Out { reg, late, expr } => {
                    MirAsmOperand::Out { reg, late, place: expr.map(|e| self.as_place(block, e).unpack(&mut block)) }
                }
                InlineAsmOperand::InOut { reg, late, expr } => {
                    let place = self.as_place(block, expr).unpack(&mut block);
                    // The place is written after it is read: a copy.
                    MirAsmOperand::InOut { reg, late, in_value: Operand::Copy(place), out_place: Some(place) }
                }
                InlineAsmOperand::SplitInOut { reg, late, in_expr, out_expr } => {
                    let in_value = self.as_local_operand(block, in_expr).unpack(&mut block);
                    let out_place = out_expr.map(|e| self.as_place(block, e).unpack(&mut block));
                    MirAsmOperand::InOut { reg, late, in_value, out_place }
                }
                InlineAsmOperand::Const { value, span } => {
                    MirAsmOperand::Const { value: Box::new(ConstOperand { span, user_ty: None, const_: value }) }
                }
                InlineAsmOperand::SymFn { value } => {
                    let thir = self.thir;
                    MirAsmOperand::SymFn { value: Box::new(self.as_constant(&thir[value])) }
                }
                InlineAsmOperand::SymStatic { def_id } => MirAsmOperand::SymStatic { def_id },
                InlineAsmOperand::Label { block: label } => {
                    let target = self.cfg.start_new_block();
                    let index = targets.len();
                    targets.push(target);
                    let unit = self.get_unit_temp();
                    let end = self.ast_block(unit, target, label, source_info).into_block();
                    match return_block {
                        Some(bb) => self.cfg.goto(end, source_info, bb),
                        None => self.cfg.terminate(end, source_info, TerminatorKind::Unreachable),
                    }
                    MirAsmOperand::Label { target_index: index }
                }
            })
            .collect();
        if !expr.ty.is_never() {
            self.cfg.push_assign_unit(block, source_info, destination, self.tcx);
        }
        let may_unwind = asm.options.contains(ast::InlineAsmOptions::MAY_UNWIND);
        let kind = TerminatorKind::InlineAsm {
            asm_macro,
            template: AsmTemplate(asm.template.clone()),
            operands,
            options: AsmOptions(asm.options),
            line_spans: asm.line_spans.clone(),
            targets: targets.into(),
            unwind: if may_unwind { UnwindAction::Continue } else { UnwindAction::Unreachable },
        };
        self.cfg.terminate(block, source_info, kind);
        if may_unwind {
            self.diverge_from(block);
        }
        return_block.unwrap_or_else(|| self.cfg.start_new_block()).unit()
    }
}
