//! One step: a statement, or the end of a block.

use mir::{NonDivergingIntrinsic, Rvalue, Statement, StatementKind, TerminatorKind};

use super::place::PlaceTy;
use super::{InterpCx, InterpResult, InvalidProgram, Machine, ub};

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    /// Runs until the first frame ends.
    pub fn run(&mut self) -> InterpResult<'tcx> {
        while self.step()? {}
        Ok(())
    }
    /// Runs the rest of the current block. `false` when the last frame has ended.
    pub fn step(&mut self) -> InterpResult<'tcx, bool> {
        let Some(frame) = M::stack(self).last() else { return Ok(false) };
        let body = frame.body;
        let block = &body.basic_blocks[frame.block];
        let mut i = frame.statement;
        while let Some(stmt) = block.statements.get(i) {
            self.eval_statement(stmt)?;
            i += 1;
            self.frame_mut().statement = i;
        }
        let terminator = block.terminator();
        let counts = match &terminator.kind {
            TerminatorKind::Call { .. } | TerminatorKind::TailCall { .. } => true,
            // Blocks are numbered about in the order of execution: a step back is a loop's.
            TerminatorKind::Goto { target } => *target <= self.frame().block,
            TerminatorKind::Return => false,
            kind => kind.successors().any(|b| b <= self.frame().block),
        };
        if counts {
            self.steps += 1;
            M::before_terminator(self)?;
        }
        self.eval_terminator(terminator)
    }
    pub fn eval_statement(&mut self, stmt: &'tcx Statement<'tcx>) -> InterpResult<'tcx> {
        match &stmt.kind {
            StatementKind::Assign(assign) => {
                let (place, rvalue) = &**assign;
                self.eval_rvalue_into_place(rvalue, *place)
            }
            StatementKind::SetDiscriminant { place, variant_index } => {
                let dest = self.eval_place(**place)?;
                self.write_discriminant(*variant_index, &dest)
            }
            StatementKind::StorageLive(local) => self.storage_live(*local),
            StatementKind::StorageDead(local) => {
                self.storage_dead(*local);
                Ok(())
            }
            StatementKind::Intrinsic(intrinsic) => self.eval_nondiverging_intrinsic(intrinsic),
            StatementKind::PlaceMention(place) => {
                // The place is evaluated, so that a dangling one is noticed.
                self.eval_place(**place).map(|_| ())
            }
            StatementKind::FakeRead(_)
            | StatementKind::AscribeUserType(..)
            | StatementKind::ConstEvalCounter
            | StatementKind::BackwardIncompatibleDropHint { .. }
            | StatementKind::Nop => Ok(()),
        }
    }
    fn eval_nondiverging_intrinsic(&mut self, intrinsic: &NonDivergingIntrinsic<'tcx>) -> InterpResult<'tcx> {
        match intrinsic {
            NonDivergingIntrinsic::Assume(op) => {
                let op = self.eval_operand(op)?;
                if !self.read_bool(&op)? {
                    return ub("`assume` called with `false`");
                }
                Ok(())
            }
            NonDivergingIntrinsic::CopyNonOverlapping(c) => {
                let src = self.eval_operand(&c.src)?;
                let dst = self.eval_operand(&c.dst)?;
                let count = self.eval_operand(&c.count)?;
                self.copy_intrinsic(&src, &dst, &count, true)
            }
        }
    }
    pub fn eval_rvalue_into_place(
        &mut self,
        rvalue: &'tcx Rvalue<'tcx>,
        place: mir::Place<'tcx>,
    ) -> InterpResult<'tcx> {
        let dest = self.eval_place(place)?;
        match rvalue {
            Rvalue::Use(operand) => {
                let op = self.eval_operand(operand)?;
                self.copy_op(&op, &dest)
            }
            Rvalue::CopyForDeref(place) => {
                let op = self.eval_place_to_op(*place)?;
                self.copy_op(&op, &dest)
            }
            Rvalue::BinaryOp(op, operands) => {
                let left = self.eval_operand(&operands.0)?;
                let left = self.read_immediate(&left)?;
                let right = self.eval_operand(&operands.1)?;
                let right = self.read_immediate(&right)?;
                let res = self.binary_op(*op, &left, &right)?;
                self.write_immediate(res.imm, &dest)
            }
            Rvalue::UnaryOp(op, operand) => {
                let val = self.eval_operand(operand)?;
                let val = self.read_immediate(&val)?;
                let res = self.unary_op(*op, &val)?;
                self.write_immediate(res.imm, &dest)
            }
            Rvalue::Aggregate(kind, operands) => self.write_aggregate(kind, operands, &dest),
            Rvalue::Repeat(operand, _) => self.write_repeat(operand, &dest),
            Rvalue::Ref(_, _, place) => {
                let src = self.eval_place(*place)?;
                let m = self.force_allocation(&src)?;
                let val = self.mplace_to_ref(&m, Some(dest.layout))?;
                let val = M::retag_ptr_value(self, false, &val)?;
                self.write_immediate(val.imm, &dest)
            }
            Rvalue::RawPtr(kind, place) => {
                // `&raw const *r`: whether what is reborrowed was a reference decides on retagging.
                let place_base_raw = match place.projection.last() {
                    Some(mir::ProjectionElem::Deref) => {
                        let mut base = *place;
                        base.projection = self.tcx.mk_place_elems(&place.projection[..place.projection.len() - 1]);
                        let frame = self.frame();
                        use query::PlaceTyExt;
                        base.ty(&frame.body.local_decls, self.tcx).ty.is_raw_ptr()
                    }
                    _ => false,
                };
                let src = self.eval_place(*place)?;
                let m = self.force_allocation(&src)?;
                let mut val = self.mplace_to_ref(&m, Some(dest.layout))?;
                if !place_base_raw && !kind.is_fake() {
                    val = M::retag_ptr_value(self, true, &val)?;
                }
                self.write_immediate(val.imm, &dest)
            }
            Rvalue::Cast(kind, operand, ty) => {
                let src = self.eval_operand(operand)?;
                self.cast(&src, *kind, *ty, &dest)
            }
            Rvalue::Discriminant(place) => {
                let op = self.eval_place_to_op(*place)?;
                let variant = self.read_discriminant(&op)?;
                let discr = self.discriminant_for_variant(op.layout.ty, variant)?;
                self.write_immediate(discr.imm, &dest)
            }
            Rvalue::ThreadLocalRef(did) => {
                let ptr = M::thread_local_static_pointer(self, *did)?;
                self.write_pointer(ptr.into(), &dest)
            }
            Rvalue::WrapUnsafeBinder(operand, _) => {
                let op = self.eval_operand(operand)?;
                self.copy_op_allow_transmute(&op, &dest)
            }
        }
    }
    /// `[operand; N]`
    fn write_repeat(&mut self, operand: &mir::Operand<'tcx>, dest: &PlaceTy<'tcx>) -> InterpResult<'tcx> {
        let src = self.eval_operand(operand)?;
        if !dest.layout.is_sized() {
            return Err(InvalidProgram::TooGeneric.into());
        }
        let dest = self.force_allocation(dest)?;
        let len = dest.len(self)?;
        if len == 0 || dest.layout.is_zst() {
            return Ok(());
        }
        let first = self.project_index_mplace(&dest, 0)?;
        self.copy_op(&src, &first.into())?;
        let elem_size = first.layout.size;
        let rest = first.mplace.ptr.wrapping_offset(elem_size);
        self.mem_copy_repeatedly(first.mplace.ptr, rest, elem_size, len - 1, true)
    }
    /// Copies `count` elements of the pointee's type.
    pub(crate) fn copy_intrinsic(
        &mut self,
        src: &super::OpTy<'tcx>,
        dst: &super::OpTy<'tcx>,
        count: &super::OpTy<'tcx>,
        nonoverlapping: bool,
    ) -> InterpResult<'tcx> {
        let count = self.read_target_usize(count)?;
        let pointee = src.layout.ty.builtin_deref(true).expect("a pointer");
        let layout = self.layout_of(pointee)?;
        let name = if nonoverlapping { "copy_nonoverlapping" } else { "copy" };
        let size = self.size_of_slice(layout, count, name)?;
        let src = self.read_pointer(src)?;
        let dst = self.read_pointer(dst)?;
        self.check_ptr_align(src, layout.align.abi)?;
        self.check_ptr_align(dst, layout.align.abi)?;
        self.mem_copy(src, dst, size, nonoverlapping)
    }
    pub(crate) fn size_of_slice(
        &self,
        layout: ty::layout::TyAndLayout<'tcx>,
        count: u64,
        name: &str,
    ) -> InterpResult<'tcx, rustc_abi::Size> {
        match layout.size.bytes().checked_mul(count) {
            Some(n) if n <= i64::MAX as u64 => Ok(rustc_abi::Size::from_bytes(n)),
            _ => ub(format!("overflow computing total size of `{name}`")),
        }
    }
}
