//! Basic blocks: statements, terminators, places and operands.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, InstBuilder, types};
use cranelift_frontend::Switch;
use hir::LangItem;
use mir::{
    AssertKind, AssertMessage, BasicBlock, NonDivergingIntrinsic, Operand, Place, ProjectionElem, RuntimeChecks,
    Rvalue, SourceInfo, StatementKind, SwitchTargets, TerminatorKind,
};
use ty::{Instance, TyKind};

use crate::call::Arg;
use crate::function::FunctionCx;
use crate::inline_asm::AsmBlock;
use crate::leaf::PTR;
use crate::place::{CPlace, PlaceKind};
use crate::pointer::Pointer;
use crate::value::{CValue, select_leaves};

/// More cases than this make a jump table, if they are close to each other.
const MAX_COMPARISONS: usize = 4;

impl<'tcx> FunctionCx<'_, 'tcx> {
    pub(crate) fn codegen_block(&mut self, bb: BasicBlock) {
        let body = self.body;
        let data = &body.basic_blocks[bb];
        for statement in &data.statements {
            self.set_location(statement.source_info);
            self.codegen_statement(&statement.kind);
        }
        let terminator = data.terminator();
        self.set_location(terminator.source_info);
        self.codegen_terminator(bb, &terminator.kind, terminator.source_info);
    }
    /// For text output that is to be shown beside the source.
    fn set_location(&mut self, info: SourceInfo) {
        if self.cx.opts.emit_clif || self.cx.opts.emit_asm {
            let span = self.outermost_span(info);
            let index = self.cx.text_spans.insert_full(span).0;
            self.b.set_srcloc(cranelift_codegen::ir::SourceLoc::new(index as u32));
        }
    }

    /// Where a statement is in the function's own text: what was inlined is at its call.
    fn outermost_span(&self, info: SourceInfo) -> span::Span {
        let mut span = info.span;
        let mut scope = Some(info.scope);
        while let Some(s) = scope {
            let data = &self.body.source_scopes[s];
            scope = match data.inlined {
                Some((_, site)) => {
                    span = site;
                    data.parent_scope
                }
                None => data.inlined_parent_scope,
            };
        }
        span
    }

    fn codegen_statement(&mut self, kind: &StatementKind<'tcx>) {
        match kind {
            StatementKind::Assign(assign) => {
                let (place, rvalue) = &**assign;
                let dest = self.place(*place);
                self.codegen_rvalue(&dest, rvalue);
            }
            StatementKind::SetDiscriminant { place, variant_index } => {
                let place = self.place(**place);
                self.set_discriminant(&place, *variant_index);
            }
            StatementKind::Intrinsic(intrinsic) => match &**intrinsic {
                NonDivergingIntrinsic::Assume(_) => {}
                NonDivergingIntrinsic::CopyNonOverlapping(copy) => {
                    let src = self.operand(&copy.src);
                    let dst = self.operand(&copy.dst);
                    let count = self.operand(&copy.count).load_scalar(self);
                    self.copy_elements(&src, &dst, count, true);
                }
            },
            StatementKind::FakeRead(_)
            | StatementKind::StorageLive(_)
            | StatementKind::StorageDead(_)
            | StatementKind::PlaceMention(_)
            | StatementKind::AscribeUserType(..)
            | StatementKind::ConstEvalCounter
            | StatementKind::Nop
            | StatementKind::BackwardIncompatibleDropHint { .. } => {}
        }
    }

    fn codegen_terminator(&mut self, bb: BasicBlock, kind: &TerminatorKind<'tcx>, source_info: SourceInfo) {
        match kind {
            TerminatorKind::Goto { target } => self.jump_or_trap(Some(*target)),
            TerminatorKind::SwitchInt { discr, targets } => match self.known_discriminant(bb) {
                Some(value) => self.jump_or_trap(Some(targets.target_for_value(value))),
                None => self.codegen_switch(discr, targets),
            },
            TerminatorKind::Return => self.codegen_return(),
            TerminatorKind::Unreachable
            | TerminatorKind::UnwindResume
            | TerminatorKind::UnwindTerminate(_)
            | TerminatorKind::CoroutineDrop => self.unreachable(),
            TerminatorKind::Drop { place, target, .. } => self.codegen_drop(source_info, *place, *target),
            TerminatorKind::Call { func, args, destination, target, fn_span, .. } => {
                // Where the caller is, `#[track_caller]` says by the method's name.
                let source_info = SourceInfo { span: *fn_span, ..source_info };
                self.codegen_call(source_info, func, args, *destination, *target);
            }
            TerminatorKind::Assert { cond, expected, msg, target, .. } => {
                self.codegen_assert(cond, *expected, msg, *target, source_info);
            }
            TerminatorKind::FalseEdge { real_target, .. } | TerminatorKind::FalseUnwind { real_target, .. } => {
                self.jump_or_trap(Some(*real_target));
            }
            TerminatorKind::TailCall { .. } => {
                self.cx.unsupported(source_info.span, "`become`");
                self.unreachable();
            }
            TerminatorKind::Yield { .. } => {
                self.cx.unsupported(source_info.span, "a coroutine");
                self.unreachable();
            }
            TerminatorKind::InlineAsm { template, operands, options, line_spans, targets, .. } => {
                self.codegen_inline_asm(&AsmBlock {
                    template: &template.0,
                    operands,
                    options: options.0,
                    line_spans,
                    targets,
                    span: source_info.span,
                });
            }
        }
    }

    // --- Control flow ---
    /// Where a block can go on in this instance, without unwinding.
    pub(crate) fn live_successors(&mut self, bb: BasicBlock) -> Vec<BasicBlock> {
        let known = self.known_discriminant(bb);
        let terminator = self.body.basic_blocks[bb].terminator();
        match &terminator.kind {
            TerminatorKind::SwitchInt { targets, .. } => match known {
                Some(value) => vec![targets.target_for_value(value)],
                None => targets.all_targets().to_vec(),
            },
            TerminatorKind::FalseEdge { real_target, .. } => vec![*real_target],
            kind => {
                let cleanup = kind.unwind().and_then(|u| u.cleanup_block());
                kind.successors().filter(|b| Some(*b) != cleanup).collect()
            }
        }
    }
    /// The value that a switch is on, if it is a constant of this instance (`size_of::<T>() == 0` and the like).
    fn known_discriminant(&mut self, bb: BasicBlock) -> Option<u128> {
        let body = self.body;
        let data = &body.basic_blocks[bb];
        let TerminatorKind::SwitchInt { discr, .. } = &data.terminator().kind else { return None };
        if let Some(value) = self.known_bits(discr) {
            return Some(value);
        }
        let local = discr.place()?.as_local()?;
        for statement in data.statements.iter().rev() {
            match &statement.kind {
                StatementKind::StorageLive(_) | StatementKind::StorageDead(_) | StatementKind::Nop => {}
                StatementKind::Assign(assign) if assign.0.as_local() == Some(local) => {
                    return match &assign.1 {
                        Rvalue::Use(op) => self.known_bits(op),
                        _ => None,
                    };
                }
                _ => return None,
            }
        }
        None
    }
    fn known_bits(&mut self, op: &Operand<'tcx>) -> Option<u128> {
        match op {
            Operand::Constant(c) => self.eval_const(c)?.try_to_bits(),
            Operand::RuntimeChecks(check) => Some(self.runtime_check(*check).into()),
            Operand::Copy(_) | Operand::Move(_) => None,
        }
    }
    fn runtime_check(&self, check: RuntimeChecks) -> bool {
        match check {
            RuntimeChecks::UbChecks => self.cx.opts.ub_checks,
            RuntimeChecks::ContractChecks => false,
            RuntimeChecks::OverflowChecks => self.cx.opts.overflow_checks,
        }
    }
    /// The block to jump to; a target that does nothing but be unreachable is known as such.
    fn is_unreachable_block(&self, bb: BasicBlock) -> bool {
        self.body.basic_blocks[bb].is_empty_unreachable()
    }
    fn codegen_switch(&mut self, discr: &Operand<'tcx>, targets: &SwitchTargets) {
        let value = self.operand(discr);
        let is_bool = value.layout.ty.is_bool();
        let value = value.load_scalar(self);
        let otherwise = targets.otherwise();
        let mut cases: Vec<(u128, BasicBlock)> = targets.iter().collect();
        // Cases that cannot come need no test.
        cases.retain(|(_, bb)| !self.is_unreachable_block(*bb));
        if cases.is_empty() {
            self.jump_or_trap(Some(otherwise));
            return;
        }
        // What is left when the fallback cannot come: the last case needs none either.
        let otherwise =
            if self.is_unreachable_block(otherwise) { cases.pop().map_or(otherwise, |(_, bb)| bb) } else { otherwise };
        let other_block = self.block(otherwise);
        cases.retain(|(_, bb)| *bb != otherwise);
        match cases[..] {
            [] => {
                self.b.ins().jump(other_block, &[]);
            }
            [(0, bb)] => {
                let then = self.block(bb);
                self.b.ins().brif(value, other_block, &[], then, &[]);
            }
            [(1, bb)] if is_bool => {
                let then = self.block(bb);
                self.b.ins().brif(value, then, &[], other_block, &[]);
            }
            [(case, bb)] => {
                let then = self.block(bb);
                let ty = self.ty_of(value);
                let case = self.const_int(ty, case);
                let equal = self.icmp(IntCC::Equal, value, case);
                self.b.ins().brif(equal, then, &[], other_block, &[]);
            }
            // A few comparisons are shorter and quicker than a jump table.
            ref few if few.len() <= MAX_COMPARISONS => {
                let ty = self.ty_of(value);
                for (i, &(case, bb)) in few.iter().enumerate() {
                    let then = self.block(bb);
                    let last = i + 1 == few.len();
                    let next = if last { other_block } else { self.b.create_block() };
                    if case == 0 {
                        self.b.ins().brif(value, next, &[], then, &[]);
                    } else {
                        let case = self.const_int(ty, case);
                        let equal = self.icmp(IntCC::Equal, value, case);
                        self.b.ins().brif(equal, then, &[], next, &[]);
                    }
                    if !last {
                        self.b.switch_to_block(next);
                    }
                }
            }
            _ => {
                let mut switch = Switch::new();
                for (case, bb) in cases {
                    switch.set_entry(case, self.block(bb));
                }
                switch.emit(&mut self.b, value, other_block);
            }
        }
    }
    /// A block for what hardly ever happens.
    pub(crate) fn cold_block(&mut self) -> Block {
        let block = self.b.create_block();
        self.b.set_cold_block(block);
        block
    }
    fn codegen_assert(
        &mut self,
        cond: &Operand<'tcx>,
        expected: bool,
        msg: &AssertMessage<'tcx>,
        target: BasicBlock,
        source_info: SourceInfo,
    ) {
        let success = self.block(target);
        // Checks that other crates' bodies have as `#[rustc_inherit_overflow_checks]` says are this crate's choice.
        if !self.cx.opts.overflow_checks && msg.is_optional_overflow_check() {
            self.b.ins().jump(success, &[]);
            return;
        }
        let cond = self.operand(cond).load_scalar(self);
        let failure = self.cold_block();
        if expected {
            self.b.ins().brif(cond, success, &[], failure, &[]);
        } else {
            self.b.ins().brif(cond, failure, &[], success, &[]);
        }
        self.b.switch_to_block(failure);
        let (item, args) = match msg {
            AssertKind::BoundsCheck { len, index } => {
                (LangItem::PanicBoundsCheck, vec![self.operand(index), self.operand(len)])
            }
            AssertKind::MisalignedPointerDereference { required, found } => {
                (LangItem::PanicMisalignedPointerDereference, vec![self.operand(required), self.operand(found)])
            }
            AssertKind::InvalidEnumConstruction(source) => {
                (LangItem::PanicInvalidEnumConstruction, vec![self.operand(source)])
            }
            other => (other.panic_function(), Vec::new()),
        };
        let args = args.into_iter().map(|value| Arg { value, moved: false }).collect();
        self.call_lang_item(item, args, source_info);
        self.unreachable();
    }
    /// Calls a function of the library that does not return.
    pub(crate) fn call_lang_item(&mut self, item: LangItem, args: Vec<Arg<'tcx>>, source_info: SourceInfo) {
        let tcx = self.tcx();
        let def_id = tcx.require_lang_item(item, source_info.span);
        let never = self.layout_of(tcx.types().never);
        let dest = CPlace::mem(Pointer::dangling(never.align.abi), never);
        self.call_instance(Instance::mono(def_id), args, &[], &dest, source_info);
    }

    // --- Places and operands ---
    /// The place in the function being built.
    pub(crate) fn place(&mut self, place: Place<'tcx>) -> CPlace<'tcx> {
        let mut here = self.locals[place.local].clone();
        for elem in place.projection.iter() {
            here = match elem {
                ProjectionElem::Deref => here.deref(self),
                ProjectionElem::Field(field, _) => here.field(self, field),
                ProjectionElem::Index(local) => {
                    let index = self.locals[local].clone();
                    let index = index.to_value(self).load_scalar(self);
                    here.index(self, index)
                }
                ProjectionElem::ConstantIndex { offset, from_end, .. } => self.constant_index(&here, offset, from_end),
                ProjectionElem::Subslice { from, to, from_end } => self.subslice(&here, from, to, from_end),
                ProjectionElem::Downcast(_, variant) => here.downcast(self, variant),
                ProjectionElem::OpaqueCast(ty) | ProjectionElem::UnwrapUnsafeBinder(ty) => {
                    let layout = self.layout_of(ty);
                    CPlace { kind: here.kind, layout }
                }
            };
        }
        here
    }
    fn constant_index(&mut self, place: &CPlace<'tcx>, offset: u64, from_end: bool) -> CPlace<'tcx> {
        if !from_end {
            return place.index_const(self, offset);
        }
        if let TyKind::Array(_, len) = place.layout.ty.kind() {
            let len = len.try_to_target_usize().expect("an array's length");
            return place.index_const(self, len - offset);
        }
        let len = place.len(self);
        let index = self.b.ins().iadd_imm_s(len, -(offset as i64));
        place.index(self, index)
    }
    fn subslice(&mut self, place: &CPlace<'tcx>, from: u64, to: u64, from_end: bool) -> CPlace<'tcx> {
        let tcx = self.tcx();
        let (ptr, meta) = place.to_ptr();
        let elem = self.elem_layout(place.layout);
        let start = ptr.offset(self, (elem.size * from).bytes() as i64);
        match *place.layout.ty.kind() {
            TyKind::Array(elem, len) => {
                let len = len.try_to_target_usize().expect("an array's length");
                let len = if from_end { len - from - to } else { to - from };
                let layout = self.layout_of(tcx.mk_array(elem, len));
                CPlace::mem(start, layout)
            }
            _ => {
                // Of slices `to` always counts from the end.
                let len = meta.expect("a slice's length");
                let len = self.b.ins().iadd_imm_s(len, -((from + to) as i64));
                CPlace::mem_unsized(start, Some(len), place.layout)
            }
        }
    }
    pub(crate) fn operand(&mut self, operand: &Operand<'tcx>) -> CValue<'tcx> {
        match operand {
            Operand::Copy(place) | Operand::Move(place) => self.read_place(*place),
            Operand::Constant(constant) => self.codegen_const(constant),
            Operand::RuntimeChecks(check) => {
                let on = self.runtime_check(*check);
                let layout = self.layout_of(self.tcx().types().bool);
                let value = self.b.ins().iconst(types::I8, i64::from(on));
                CValue::scalar(self, value, layout)
            }
        }
    }
    /// What is in a place. Fields of variables are read as values: their scalars may be of another shape.
    fn read_place(&mut self, place: Place<'tcx>) -> CValue<'tcx> {
        let here = &self.locals[place.local];
        if matches!(here.kind, PlaceKind::Vars(_)) && !place.projection.is_empty() {
            let fields_only =
                place.projection.iter().all(|e| matches!(e, ProjectionElem::Field(..) | ProjectionElem::Downcast(..)));
            if fields_only {
                let mut value = self.locals[place.local].clone();
                // Only the variables that are read are used.
                let mut fallback = None;
                for elem in place.projection.iter() {
                    match elem {
                        ProjectionElem::Field(field, _) => {
                            let layout = self.field_layout(value.layout, field);
                            let offset = value.layout.fields.offset(field.as_usize());
                            let PlaceKind::Vars(vars) = &value.kind else { unreachable!("a variable's field") };
                            match select_leaves(self, vars, offset, layout) {
                                Some(vars) => value = CPlace { kind: PlaceKind::Vars(vars), layout },
                                None => {
                                    fallback = Some(());
                                    break;
                                }
                            }
                        }
                        ProjectionElem::Downcast(_, variant) => value = value.downcast(self, variant),
                        _ => {}
                    }
                }
                if fallback.is_none() {
                    return value.to_value(self);
                }
                let mut value = self.locals[place.local].clone().to_value(self);
                for elem in place.projection.iter() {
                    value = match elem {
                        ProjectionElem::Field(field, _) => value.field(self, field),
                        ProjectionElem::Downcast(_, variant) => value.downcast(self, variant),
                        _ => value,
                    };
                }
                return value;
            }
        }
        self.place(place).to_value(self)
    }
    /// `copy` and `copy_nonoverlapping`: `count` elements of the pointee.
    pub(crate) fn copy_elements(
        &mut self,
        src: &CValue<'tcx>,
        dst: &CValue<'tcx>,
        count: cranelift_codegen::ir::Value,
        disjoint: bool,
    ) {
        let pointee = src.layout.ty.builtin_deref(true).expect("a pointer");
        let size = self.layout_of(pointee).size.bytes();
        let from = Pointer::new(src.load_scalar(self));
        let to = Pointer::new(dst.load_scalar(self));
        if size == 0 {
            return;
        }
        if let Some(count) = self.as_const(count) {
            let bytes = (count as u64).saturating_mul(size);
            if disjoint {
                self.copy(to, from, bytes)
            } else {
                self.copy_overlapping(to, from, bytes)
            }
            return;
        }
        let bytes = self.scale(count, size);
        if disjoint {
            self.call_memcpy(to, from, bytes);
        } else {
            let (to, from) = (to.addr(self), from.addr(self));
            self.lib_call("memmove", &[PTR; 3], &[PTR], &[to, from, bytes]);
        }
    }
}
