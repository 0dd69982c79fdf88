//! What may be promoted: computations that always succeed and touch nothing.

use const_eval::check_consts::ConstCx;
use const_eval::check_consts::qualifs::{self, HasMutInterior, NeedsDrop, Qualif};
use hir::ConstContext;
use mir::{
    BasicBlock, BinOp, Body, BorrowKind, CastKind, Local, Location, MutBorrowKind, Operand, Place, PlaceRef,
    ProjectionElem, Rvalue, StatementKind, TerminatorKind,
};
use query::{PlaceTyExt, ValueTyExt};
use rustc_index::bit_set::DenseBitSet;
use ty::TyKind;

use super::{TempState, Temps};

/// Not promotable.
pub(super) struct Unpromotable;
type Validity = Result<(), Unpromotable>;

pub(super) struct Validator<'a, 'tcx> {
    cx: &'a ConstCx<'a, 'tcx>,
    temps: &'a mut Temps,
    /// Blocks that run whenever the body does.
    safe_blocks: Option<DenseBitSet<BasicBlock>>,
}

impl<'a, 'tcx> Validator<'a, 'tcx> {
    pub(super) fn new(cx: &'a ConstCx<'a, 'tcx>, temps: &'a mut Temps) -> Self {
        Validator { cx, temps, safe_blocks: None }
    }
    fn body(&self) -> &'a Body<'tcx> {
        self.cx.body
    }

    /// Of the borrow at a point.
    pub(super) fn validate_candidate(&mut self, location: Location) -> Validity {
        let Some((_, Rvalue::Ref(_, kind, place))) = self.assignment(location) else { return Err(Unpromotable) };
        // The local is promoted; the projections stay.
        self.validate_local(place.local)?;
        self.validate_ref(*kind, *place)?;
        if place.projection.contains(&ProjectionElem::Deref) {
            return Err(Unpromotable);
        }
        Ok(())
    }

    fn assignment(&self, location: Location) -> Option<&'a (Place<'tcx>, Rvalue<'tcx>)> {
        self.body()[location.block].statements.get(location.statement_index)?.kind.as_assign()
    }

    fn qualif_local<Q: Qualif>(&mut self, local: Local) -> bool {
        let TempState::Defined { location, .. } = self.temps[local] else { return false };
        match self.assignment(location) {
            Some((_, rvalue)) => {
                let cx = self.cx;
                qualifs::in_rvalue::<Q>(cx, &mut |l| self.qualif_local::<Q>(l), rvalue)
            }
            None => Q::in_any_value_of_ty(self.cx, self.body().local_decls[local].ty),
        }
    }

    fn validate_local(&mut self, local: Local) -> Validity {
        let TempState::Defined { location, uses, valid } = self.temps[local] else { return Err(Unpromotable) };
        if valid {
            return Ok(());
        }
        let block = &self.body()[location.block];
        let result = match block.statements.get(location.statement_index) {
            Some(stmt) => match &stmt.kind {
                StatementKind::Assign(assign) => self.validate_rvalue(&assign.1),
                _ => Err(Unpromotable),
            },
            None => match &block.terminator().kind {
                TerminatorKind::Call { func, args, .. } => {
                    let mut result = self.validate_operand(func);
                    for arg in args {
                        result = result.and_then(|()| self.validate_operand(&arg.node));
                    }
                    result.and_then(|()| self.validate_callee(func, location.block))
                }
                _ => Err(Unpromotable),
            },
        };
        self.temps[local] = match result {
            Ok(()) => TempState::Defined { location, uses, valid: true },
            Err(_) => TempState::Unpromotable,
        };
        result
    }

    fn validate_place(&mut self, place: PlaceRef<'tcx>) -> Validity {
        let Some((base, elem)) = place.last_projection() else { return self.validate_local(place.local) };
        match elem {
            ProjectionElem::OpaqueCast(_) | ProjectionElem::Downcast(..) | ProjectionElem::UnwrapUnsafeBinder(_) => {
                return Err(Unpromotable);
            }
            ProjectionElem::ConstantIndex { .. } | ProjectionElem::Subslice { .. } => {}
            // Only where the index is known to be within an array.
            ProjectionElem::Index(local) => {
                let index = self.constant_of(local).and_then(|c| c.const_.try_to_scalar_int()).map(|i| i.to_uint());
                let TyKind::Array(_, len) = *base.ty(self.body(), self.cx.tcx).ty.kind() else {
                    return Err(Unpromotable);
                };
                match (index, len.try_to_target_usize()) {
                    (Some(index), Some(len)) if index < u128::from(len) => self.validate_local(local)?,
                    _ => return Err(Unpromotable),
                }
            }
            // Only of another static, in a static.
            ProjectionElem::Deref => {
                let statics = &self.cx.tcx.gcx().alloc_map;
                let def = base.as_local().and_then(|l| self.constant_of(l)).and_then(|c| c.check_static_ptr(statics));
                match def {
                    Some(did)
                        if matches!(self.cx.const_kind, Some(ConstContext::Static(_)))
                            && !self.cx.tcx.codegen_fn_attrs(did).thread_local => {}
                    _ => return Err(Unpromotable),
                }
            }
            ProjectionElem::Field(..) => {
                if base.ty(self.body(), self.cx.tcx).ty.is_union() {
                    return Err(Unpromotable);
                }
            }
        }
        self.validate_place(base)
    }

    /// The constant that a local is assigned.
    fn constant_of(&self, local: Local) -> Option<&'a mir::ConstOperand<'tcx>> {
        let TempState::Defined { location, .. } = self.temps[local] else { return None };
        match self.assignment(location)? {
            (_, Rvalue::Use(Operand::Constant(c))) => Some(c),
            _ => None,
        }
    }

    fn validate_operand(&mut self, operand: &Operand<'tcx>) -> Validity {
        match operand {
            Operand::Copy(place) | Operand::Move(place) => self.validate_place(place.as_ref()),
            Operand::RuntimeChecks(_) => Err(Unpromotable),
            Operand::Constant(c) => match c.check_static_ptr(&self.cx.tcx.gcx().alloc_map) {
                None => Ok(()),
                Some(did) => {
                    let in_static = matches!(self.cx.const_kind, Some(ConstContext::Static(_)));
                    if in_static && !self.cx.tcx.codegen_fn_attrs(did).thread_local {
                        Ok(())
                    } else {
                        Err(Unpromotable)
                    }
                }
            },
        }
    }

    fn validate_ref(&mut self, kind: BorrowKind, place: Place<'tcx>) -> Validity {
        // What is promoted is never dropped.
        if !place.is_indirect() && self.qualif_local::<NeedsDrop>(place.local) {
            return Err(Unpromotable);
        }
        match kind {
            BorrowKind::Fake(_) | BorrowKind::Mut { kind: MutBorrowKind::ClosureCapture } => Err(Unpromotable),
            BorrowKind::Shared => {
                if self.qualif_local::<HasMutInterior>(place.local) {
                    Err(Unpromotable)
                } else {
                    Ok(())
                }
            }
            // Nothing can be written through `&mut []`.
            BorrowKind::Mut { kind: MutBorrowKind::Default | MutBorrowKind::TwoPhaseBorrow } => {
                match *place.ty(self.body(), self.cx.tcx).ty.kind() {
                    TyKind::Array(_, len) if len.try_to_target_usize() == Some(0) => Ok(()),
                    _ => Err(Unpromotable),
                }
            }
        }
    }

    /// The base of a place that reborrows a reference.
    fn reborrowed(&self, place: Place<'tcx>) -> Option<PlaceRef<'tcx>> {
        let (base, elem) = place.as_ref().last_projection()?;
        (elem == ProjectionElem::Deref && base.ty(self.body(), self.cx.tcx).ty.is_ref()).then_some(base)
    }

    fn validate_rvalue(&mut self, rvalue: &Rvalue<'tcx>) -> Validity {
        match rvalue {
            Rvalue::Use(op) | Rvalue::Repeat(op, _) | Rvalue::UnaryOp(_, op) | Rvalue::WrapUnsafeBinder(op, _) => {
                self.validate_operand(op)
            }
            Rvalue::CopyForDeref(place) | Rvalue::Discriminant(place) => self.validate_place(place.as_ref()),
            // The addresses of neither are known at compile time.
            Rvalue::ThreadLocalRef(_) | Rvalue::Cast(CastKind::PointerExposeProvenance, ..) => Err(Unpromotable),
            Rvalue::Cast(_, op, _) => self.validate_operand(op),
            Rvalue::BinaryOp(op, operands) => self.validate_binary_op(*op, &operands.0, &operands.1),
            Rvalue::RawPtr(_, place) => match self.reborrowed(*place) {
                Some(base) => self.validate_place(base),
                None => Err(Unpromotable),
            },
            Rvalue::Ref(_, kind, place) => {
                let simplified = self.reborrowed(*place).unwrap_or(place.as_ref());
                self.validate_place(simplified)?;
                self.validate_ref(*kind, *place)
            }
            Rvalue::Aggregate(_, operands) => operands.iter().try_for_each(|op| self.validate_operand(op)),
        }
    }

    fn validate_binary_op(&mut self, op: BinOp, lhs: &Operand<'tcx>, rhs: &Operand<'tcx>) -> Validity {
        let lhs_ty = lhs.ty(self.body(), self.cx.tcx);
        if matches!(lhs_ty.kind(), TyKind::RawPtr(..) | TyKind::FnPtr(_)) {
            return Err(Unpromotable);
        }
        if matches!(op, BinOp::Div | BinOp::Rem) && lhs_ty.is_integral() {
            // The divisor must be known not to be zero, nor -1 if the dividend may be the least number.
            let constant = |op: &Operand<'tcx>| op.constant().and_then(|c| c.const_.try_to_scalar_int());
            let Some(divisor) = constant(rhs) else { return Err(Unpromotable) };
            if divisor.to_uint() == 0 {
                return Err(Unpromotable);
            }
            let bits = divisor.size() as u32 * 8;
            let minus_one = u128::MAX >> (128 - bits);
            if lhs_ty.is_signed() && divisor.to_uint() == minus_one {
                match constant(lhs) {
                    Some(lhs) if lhs.to_uint() != 1u128 << (bits - 1) => {}
                    _ => return Err(Unpromotable),
                }
            }
        }
        self.validate_operand(lhs)?;
        self.validate_operand(rhs)
    }

    fn validate_callee(&mut self, func: &Operand<'tcx>, block: BasicBlock) -> Validity {
        let tcx = self.cx.tcx;
        let TyKind::FnDef(def_id, _) = *func.ty(self.body(), tcx).kind() else { return Err(Unpromotable) };
        if tcx.is_const_fn(def_id) && tcx.lookup_const_stability(def_id).is_some_and(|s| s.promotable) {
            return Ok(());
        }
        // In the initial value of a constant or static, any `const fn` was promoted from the start, so it stays so;
        // but only where the call happens anyway.
        let promotes_all =
            matches!(self.cx.const_kind, Some(ConstContext::Static(_) | ConstContext::Const { inline: false }));
        if !promotes_all || !tcx.is_const_fn(def_id) {
            return Err(Unpromotable);
        }
        let body = self.body();
        if self.safe_blocks.get_or_insert_with(|| promotion_safe_blocks(body)).contains(block) {
            Ok(())
        } else {
            Err(Unpromotable)
        }
    }
}

/// The blocks from the start up to the first branch.
fn promotion_safe_blocks(body: &Body<'_>) -> DenseBitSet<BasicBlock> {
    let mut safe = DenseBitSet::new_empty(body.basic_blocks.len());
    let mut block = mir::START_BLOCK;
    while safe.insert(block) {
        block = match body[block].terminator().kind {
            TerminatorKind::Goto { target }
            | TerminatorKind::Call { target: Some(target), .. }
            | TerminatorKind::Drop { target, .. }
            | TerminatorKind::Assert { target, .. } => target,
            _ => break,
        };
    }
    safe
}
