//! Expressions as right sides of assignments.

use mir::{
    AggregateKind, AssertKind, BasicBlock, BinOp, BorrowKind, CastKind, CoercionSource, LocalDecl, LocalInfo,
    MutBorrowKind, Mutability, Operand, Place, ProjectionElem, Rvalue, StatementKind, TerminatorKind, UnOp,
    UnwindAction,
};
use query::ValueTyExt;
use rustc_index::IndexVec;
use span::{Span, Spanned};
use ty::cast::CastTy;
use ty::{FieldIdx, Ty, TyKind};

use super::as_operand::NeedsTemporary;
use super::category::Category;
use super::{PlaceBase, PlaceBuilder};
use crate::build::Builder;
use crate::build::cfg::{BlockAnd, BlockAndExtension};
use crate::build::drop_tree::DropKind;
use crate::region::{Scope, TempLifetime};
use crate::thir::{ClosureExpr, ExprId, ExprKind, LintLevel};

/// The MIR cast between two types that `as` casts between.
pub(in crate::build) fn mir_cast_kind<'tcx>(from: Ty<'tcx>, to: Ty<'tcx>) -> CastKind {
    match (CastTy::from_ty(from), CastTy::from_ty(to)) {
        (Some(CastTy::Ptr(_) | CastTy::FnPtr), Some(CastTy::Int(_))) => CastKind::PointerExposeProvenance,
        (Some(CastTy::Int(_)), Some(CastTy::Ptr(_))) => CastKind::PointerWithExposedProvenance,
        (Some(CastTy::Int(_)), Some(CastTy::Int(_))) => CastKind::IntToInt,
        (Some(CastTy::FnPtr), Some(CastTy::Ptr(_))) => CastKind::FnPtrToPtr,
        (Some(CastTy::Float), Some(CastTy::Int(_))) => CastKind::FloatToInt,
        (Some(CastTy::Int(_)), Some(CastTy::Float)) => CastKind::IntToFloat,
        (Some(CastTy::Float), Some(CastTy::Float)) => CastKind::FloatToFloat,
        (Some(CastTy::Ptr(_)), Some(CastTy::Ptr(_))) => CastKind::PtrToPtr,
        _ => CastKind::Transmute,
    }
}

impl<'a, 'tcx> Builder<'a, 'tcx> {
    /// As [`Builder::as_rvalue`], with temporaries that live no longer than the current expression.
    pub(in crate::build) fn as_local_rvalue(&mut self, block: BasicBlock, expr: ExprId) -> BlockAnd<Rvalue<'tcx>> {
        let lifetime = self.local_temp_lifetime();
        self.as_rvalue(block, lifetime, expr)
    }

    pub(in crate::build) fn as_rvalue(
        &mut self,
        mut block: BasicBlock,
        scope: TempLifetime,
        expr_id: ExprId,
    ) -> BlockAnd<Rvalue<'tcx>> {
        use NeedsTemporary::{Maybe, No};
        let thir = self.thir;
        let expr = &thir[expr_id];
        let span = expr.span;
        let source_info = self.source_info(span);
        let boring = LocalInfo::Boring;
        match expr.kind {
            ExprKind::Scope { region_scope, hir_id, value } => {
                self.in_scope((region_scope, source_info), LintLevel::Explicit(hir_id), |this| {
                    this.as_rvalue(block, scope, value)
                })
            }
            ExprKind::ThreadLocalRef(did) => block.and(Rvalue::ThreadLocalRef(did)),
            ExprKind::Repeat { value, count } => {
                if count.try_to_target_usize() == Some(0) {
                    self.build_zero_repeat(block, value, scope, span)
                } else {
                    let op = self.as_operand(block, scope, value, boring, No).unpack(&mut block);
                    block.and(Rvalue::Repeat(op, count))
                }
            }
            ExprKind::Binary { op, lhs, rhs } => {
                let lhs = self.as_operand(block, scope, lhs, boring.clone(), Maybe).unpack(&mut block);
                let rhs = self.as_operand(block, scope, rhs, boring, No).unpack(&mut block);
                self.build_binary_op(block, op, span, expr.ty, lhs, rhs)
            }
            ExprKind::Unary { op, arg } => {
                let arg = self.as_operand(block, scope, arg, boring, No).unpack(&mut block);
                if self.check_overflow && op == UnOp::Neg && expr.ty.is_signed() {
                    let min = self.minval_literal(span, expr.ty);
                    let is_min = self.temp(self.tcx.types().bool, span);
                    let rvalue = Rvalue::BinaryOp(BinOp::Eq, Box::new((arg.to_copy(), min)));
                    self.cfg.push_assign(block, source_info, is_min, rvalue);
                    let err = AssertKind::OverflowNeg(arg.to_copy());
                    block = self.assert(block, Operand::Move(is_min), false, err, span);
                }
                block.and(Rvalue::UnaryOp(op, arg))
            }
            ExprKind::Cast { source } => {
                let from_ty = thir[source].ty;
                // An enum is cast by its discriminant.
                if let TyKind::Adt(adt, _) = *from_ty.kind() {
                    if adt.is_enum() {
                        let discr_ty = self.tcx.repr_discr_ty(adt);
                        let temp = self.as_temp(block, scope, source, Mutability::Not).unpack(&mut block);
                        let discr = self.temp(discr_ty, thir[source].span);
                        self.cfg.push_assign(block, source_info, discr, Rvalue::Discriminant(temp.into()));
                        let kind = mir_cast_kind(discr_ty, expr.ty);
                        return block.and(Rvalue::Cast(kind, Operand::Move(discr), expr.ty));
                    }
                }
                let op = self.as_operand(block, scope, source, boring, No).unpack(&mut block);
                block.and(Rvalue::Cast(mir_cast_kind(from_ty, expr.ty), op, expr.ty))
            }
            ExprKind::PointerCoercion { cast, source, is_from_as_cast } => {
                let op = self.as_operand(block, scope, source, boring, No).unpack(&mut block);
                let origin = if is_from_as_cast { CoercionSource::AsCast } else { CoercionSource::Implicit };
                block.and(Rvalue::Cast(CastKind::PointerCoercion(cast, origin), op, expr.ty))
            }
            ExprKind::Array { ref fields } => {
                let el_ty = expr.ty.builtin_index().expect("an array");
                let operands = self.operands(&mut block, scope, fields);
                block.and(Rvalue::Aggregate(Box::new(AggregateKind::Array(el_ty)), operands))
            }
            ExprKind::Tuple { ref fields } => {
                let operands = self.operands(&mut block, scope, fields);
                block.and(Rvalue::Aggregate(Box::new(AggregateKind::Tuple), operands))
            }
            ExprKind::Closure(ref closure) => self.build_closure(block, scope, closure, expr_id),
            ExprKind::Assign { .. } | ExprKind::AssignOp { .. } => {
                block = self.stmt_expr(block, expr_id, None).into_block();
                let unit = self.literal_operand(span, mir::Const::zero_sized(self.tcx.types().unit));
                block.and(Rvalue::Use(unit))
            }
            ExprKind::OffsetOf { ref fields, .. } => self.build_offset_of(block, fields, span),
            ExprKind::WrapUnsafeBinder { source } => {
                let op = self.as_operand(block, scope, source, boring, Maybe).unpack(&mut block);
                block.and(Rvalue::WrapUnsafeBinder(op, expr.ty))
            }
            _ if Category::of(&expr.kind) == Some(Category::Constant) => {
                let constant = self.as_constant(expr);
                block.and(Rvalue::Use(Operand::Constant(Box::new(constant))))
            }
            _ => {
                let op = self.as_operand(block, scope, expr_id, boring, No).unpack(&mut block);
                block.and(Rvalue::Use(op))
            }
        }
    }

    fn operands(
        &mut self,
        block: &mut BasicBlock,
        scope: TempLifetime,
        exprs: &[ExprId],
    ) -> IndexVec<FieldIdx, Operand<'tcx>> {
        exprs
            .iter()
            .map(|e| self.as_operand(*block, scope, *e, LocalInfo::Boring, NeedsTemporary::Maybe).unpack(block))
            .collect()
    }

    /// An operator of two operands, with its checks.
    pub(in crate::build) fn build_binary_op(
        &mut self,
        mut block: BasicBlock,
        op: BinOp,
        span: Span,
        ty: Ty<'tcx>,
        lhs: Operand<'tcx>,
        rhs: Operand<'tcx>,
    ) -> BlockAnd<Rvalue<'tcx>> {
        let source_info = self.source_info(span);
        let bool_ty = self.tcx.types().bool;
        let rvalue = match op {
            BinOp::Add | BinOp::Sub | BinOp::Mul if self.check_overflow && ty.is_integral() => {
                let tuple = self.temp(self.tcx.mk_tup(&[ty, bool_ty]), span);
                let with_overflow = op.wrapping_to_overflowing().expect("an operator that can overflow");
                let operands = Box::new((lhs.to_copy(), rhs.to_copy()));
                self.cfg.push_assign(block, source_info, tuple, Rvalue::BinaryOp(with_overflow, operands));
                let cx = self.tcx.interner();
                let val = tuple.field(FieldIdx::ZERO, ty, cx);
                let of = tuple.field(FieldIdx::from_u32(1), bool_ty, cx);
                let err = AssertKind::Overflow(op, lhs, rhs);
                block = self.assert(block, Operand::Move(of), false, err, span);
                Rvalue::Use(Operand::Move(val))
            }
            BinOp::Shl | BinOp::Shr if self.check_overflow && ty.is_integral() => {
                let lhs_bits = ty.primitive_int_bits().unwrap_or(64);
                let rhs_ty = rhs.ty(&self.local_decls, self.tcx);
                // Negative amounts are too great as unsigned ones.
                let (amount, amount_ty) = match *rhs_ty.kind() {
                    TyKind::Int(i) => {
                        let uint_ty = self.tcx.mk_mach_uint(to_unsigned(i));
                        let temp = self.temp(uint_ty, span);
                        let cast = Rvalue::Cast(CastKind::IntToInt, rhs.to_copy(), uint_ty);
                        self.cfg.push_assign(block, source_info, temp, cast);
                        (Operand::Move(temp), uint_ty)
                    }
                    _ => (rhs.to_copy(), rhs_ty),
                };
                let limit = self.int_literal(span, amount_ty, lhs_bits.into());
                let inbounds = self.temp(bool_ty, span);
                let lt = Rvalue::BinaryOp(BinOp::Lt, Box::new((amount, limit)));
                self.cfg.push_assign(block, source_info, inbounds, lt);
                let err = AssertKind::Overflow(op, lhs.to_copy(), rhs.to_copy());
                block = self.assert(block, Operand::Move(inbounds), true, err, span);
                Rvalue::BinaryOp(op, Box::new((lhs, rhs)))
            }
            BinOp::Div | BinOp::Rem if ty.is_integral() => {
                let zero_err = match op {
                    BinOp::Div => AssertKind::DivisionByZero(lhs.to_copy()),
                    _ => AssertKind::RemainderByZero(lhs.to_copy()),
                };
                let is_zero = self.temp(bool_ty, span);
                let zero = self.zero_literal(span, ty);
                let eq = |a: Operand<'tcx>, b| Rvalue::BinaryOp(BinOp::Eq, Box::new((a, b)));
                self.cfg.push_assign(block, source_info, is_zero, eq(rhs.to_copy(), zero));
                block = self.assert(block, Operand::Move(is_zero), false, zero_err, span);
                // `MIN / -1`
                if ty.is_signed() {
                    let neg_1 = self.neg_1_literal(span, ty);
                    let min = self.minval_literal(span, ty);
                    let is_neg_1 = self.temp(bool_ty, span);
                    let is_min = self.temp(bool_ty, span);
                    let of = self.temp(bool_ty, span);
                    self.cfg.push_assign(block, source_info, is_neg_1, eq(rhs.to_copy(), neg_1));
                    self.cfg.push_assign(block, source_info, is_min, eq(lhs.to_copy(), min));
                    let both = Box::new((Operand::Move(is_neg_1), Operand::Move(is_min)));
                    self.cfg.push_assign(block, source_info, of, Rvalue::BinaryOp(BinOp::BitAnd, both));
                    let err = AssertKind::Overflow(op, lhs.to_copy(), rhs.to_copy());
                    block = self.assert(block, Operand::Move(of), false, err, span);
                }
                Rvalue::BinaryOp(op, Box::new((lhs, rhs)))
            }
            _ => Rvalue::BinaryOp(op, Box::new((lhs, rhs))),
        };
        block.and(rvalue)
    }

    /// `[value; 0]`: the value is evaluated and dropped.
    fn build_zero_repeat(
        &mut self,
        mut block: BasicBlock,
        value: ExprId,
        scope: TempLifetime,
        span: Span,
    ) -> BlockAnd<Rvalue<'tcx>> {
        let thir = self.thir;
        let mut inner = value;
        while let ExprKind::Scope { value, .. } = thir[inner].kind {
            inner = value;
        }
        if Category::of(&thir[inner].kind) != Some(Category::Constant) {
            let op = self.as_operand(block, scope, value, LocalInfo::Boring, NeedsTemporary::Maybe).unpack(&mut block);
            if let Operand::Move(to_drop) = op {
                let success = self.cfg.start_new_block();
                let source_info = self.source_info(span);
                let kind = TerminatorKind::Drop {
                    place: to_drop,
                    target: success,
                    unwind: UnwindAction::Continue,
                    replace: false,
                };
                self.cfg.terminate(block, source_info, kind);
                self.diverge_from(block);
                block = success;
            }
            self.record_operands_moved(&[Spanned { node: op, span: thir[value].span }]);
        }
        block.and(Rvalue::Aggregate(Box::new(AggregateKind::Array(thir[value].ty)), IndexVec::new()))
    }

    /// The sum of each step's offset, which an intrinsic knows.
    fn build_offset_of(
        &mut self,
        mut block: BasicBlock,
        fields: &[(Ty<'tcx>, ty::VariantIdx, FieldIdx)],
        span: Span,
    ) -> BlockAnd<Rvalue<'tcx>> {
        let source_info = self.source_info(span);
        let usize_ty = self.tcx.types().usize;
        let u32_ty = self.tcx.types().u32;
        let offset_of = self.tcx.require_lang_item(hir::LangItem::OffsetOf, span);
        let mut sum: Option<Operand<'tcx>> = None;
        for (container, variant, field) in fields {
            let args = self.tcx.mk_args(&[(*container).into()]);
            let func = Operand::function_handle(self.tcx.interner(), offset_of, args, span);
            let variant = self.int_literal(span, u32_ty, variant.as_u32().into());
            let field = self.int_literal(span, u32_ty, field.as_u32().into());
            let destination = self.temp(usize_ty, span);
            let target = self.cfg.start_new_block();
            let kind = TerminatorKind::Call {
                func,
                args: Box::new([Spanned { node: variant, span }, Spanned { node: field, span }]),
                destination,
                target: Some(target),
                unwind: UnwindAction::Unreachable,
                call_source: mir::CallSource::Misc,
                fn_span: span,
            };
            self.cfg.terminate(block, source_info, kind);
            block = target;
            let offset = Operand::Move(destination);
            sum = Some(match sum {
                None => offset,
                Some(before) => {
                    let total = self.temp(usize_ty, span);
                    let add = Rvalue::BinaryOp(BinOp::Add, Box::new((before, offset)));
                    self.cfg.push_assign(block, source_info, total, add);
                    Operand::Move(total)
                }
            });
        }
        let op = sum.unwrap_or_else(|| self.zero_literal(span, usize_ty));
        block.and(Rvalue::Use(op))
    }

    fn build_closure(
        &mut self,
        mut block: BasicBlock,
        scope: TempLifetime,
        closure: &ClosureExpr<'tcx>,
        expr_id: ExprId,
    ) -> BlockAnd<Rvalue<'tcx>> {
        let thir = self.thir;
        // Before the captures: a fake read and a borrow may be of the same place.
        for (place, cause, hir_id) in &closure.fake_reads {
            let builder = self.as_place_builder(block, *place).unpack(&mut block);
            if let Some(place) = builder.try_to_place(self) {
                let span = match self.tcx.hir_node(*hir_id) {
                    hir::Node::Expr(e) => e.span,
                    hir::Node::Pat(p) => p.span,
                    _ => thir[expr_id].span,
                };
                let source_info = self.source_info(span);
                self.cfg.push_fake_read(block, source_info, *cause, place);
            }
        }
        let mut operands: IndexVec<FieldIdx, Operand<'tcx>> = IndexVec::new();
        for &upvar in &closure.upvars {
            let expr = &thir[upvar];
            let op = match (Category::of(&expr.kind), &expr.kind) {
                // Moved or copied from the place itself.
                (Some(Category::Place), _) => {
                    let place = self.as_place(block, upvar).unpack(&mut block);
                    self.consume_by_copy_or_move(place)
                }
                (_, &ExprKind::Borrow { borrow_kind: BorrowKind::Mut { kind: MutBorrowKind::Default }, arg }) => self
                    .limit_capture_mutability(block, expr.span, expr.ty, scope.temp_lifetime, arg)
                    .unpack(&mut block),
                _ => self.as_operand(block, scope, upvar, LocalInfo::Boring, NeedsTemporary::Maybe).unpack(&mut block),
            };
            operands.push(op);
        }
        let def_id = closure.closure_id.to_def_id();
        let kind = match thir[expr_id].ty.kind() {
            TyKind::Coroutine(..) => AggregateKind::Coroutine(def_id, closure.args),
            TyKind::CoroutineClosure(..) => AggregateKind::CoroutineClosure(def_id, closure.args),
            _ => AggregateKind::Closure(def_id, closure.args),
        };
        block.and(Rvalue::Aggregate(Box::new(kind), operands))
    }

    /// A mutable capture of what is not mutable is a unique one: a `&mut` in an immutable variable may be used so.
    fn limit_capture_mutability(
        &mut self,
        mut block: BasicBlock,
        upvar_span: Span,
        upvar_ty: Ty<'tcx>,
        temp_lifetime: Option<Scope>,
        arg: ExprId,
    ) -> BlockAnd<Operand<'tcx>> {
        let source_info = self.source_info(upvar_span);
        let temp = self.local_decls.push(LocalDecl::new(upvar_ty, upvar_span));
        self.cfg.push_kind(block, source_info, StatementKind::StorageLive(temp));
        let builder: PlaceBuilder<'tcx> = self.as_place_builder(block, arg).unpack(&mut block);
        let place: Place<'tcx> = builder.to_place(self);
        let mutability = match builder.base() {
            PlaceBase::Local(local) => self.local_decls[local].mutability,
            // What the enclosing closure captured.
            PlaceBase::Upvar { .. } => {
                let field = place.projection.iter().find_map(|e| match e {
                    ProjectionElem::Field(f, _) => Some(f),
                    _ => None,
                });
                field.map_or(Mutability::Mut, |f| self.upvars[f.as_usize()].mutability)
            }
        };
        let kind = match mutability {
            Mutability::Not => MutBorrowKind::ClosureCapture,
            Mutability::Mut => MutBorrowKind::Default,
        };
        let rvalue = Rvalue::Ref(self.tcx.lifetimes().re_erased, BorrowKind::Mut { kind }, place);
        self.cfg.push_assign(block, source_info, temp.into(), rvalue);
        if let Some(scope) = temp_lifetime {
            self.schedule_drop(scope, temp, DropKind::Storage);
        }
        block.and(Operand::Move(temp.into()))
    }
}

fn to_unsigned(i: ty::IntTy) -> ty::UintTy {
    match i {
        ty::IntTy::Isize => ty::UintTy::Usize,
        ty::IntTy::I8 => ty::UintTy::U8,
        ty::IntTy::I16 => ty::UintTy::U16,
        ty::IntTy::I32 => ty::UintTy::U32,
        ty::IntTy::I64 => ty::UintTy::U64,
        ty::IntTy::I128 => ty::UintTy::U128,
    }
}
