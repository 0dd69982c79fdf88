//! Lints `arithmetic_overflow` and `unconditional_panic`: operations that fail whenever they are run.
//!
//! Constants are propagated through a function's locals along the paths that can be taken, without calls, loops or
//! memory: enough for what is plain to see. Nothing in the body changes.

mod can_const_prop;
mod value;

use hir::def::DefKind;
use mir::visit::Visitor;
use mir::{
    AssertKind, BasicBlock, BinOp, Body, CastKind, Const, Local, Location, Operand, Place, PlaceElem, ProjectionElem,
    Rvalue, SourceInfo, Statement, StatementKind, Terminator, TerminatorKind, UnOp,
};
use query::{PlaceTyExt, TyCtxt, ValueTyExt};
use rustc_index::IndexVec;
use rustc_index::bit_set::DenseBitSet;
use session::lint::{self, Lint};
use span::FxHashSet;
use ty::layout::TyAndLayout;
use ty::visit::TypeVisitableExt;
use ty::{FieldIdx, ScalarInt, Ty, TyKind, TypingEnv};

use can_const_prop::{CanConstProp, ConstPropMode};
use value::Value;

use crate::const_eval::{CanAccessMutGlobal, CompileTimeMachine, mk_eval_cx_to_read_const_val};
use crate::interpret::{ImmTy, Immediate, InterpCx, OpTy};

/// Looks for operations of a function that always fail. The body is as after borrow checking.
pub fn run_lint<'tcx>(tcx: TyCtxt<'tcx>, body: &Body<'tcx>) {
    if body.tainted_by_errors.is_some() || body.coroutine.is_some() {
        return;
    }
    let def_id = body.source.def_id();
    if !matches!(tcx.def_kind(def_id), DefKind::Fn | DefKind::AssocFn | DefKind::Closure | DefKind::AssocConst) {
        return;
    }
    // Most bodies have nothing to look for.
    if !body.basic_blocks.iter().any(has_candidate) {
        return;
    }
    let env = tcx.typing_env_post_analysis(def_id);
    let ecx = mk_eval_cx_to_read_const_val(tcx, body.span, env, CanAccessMutGlobal::No);
    let modes = CanConstProp::check(tcx, env, body);
    let n = body.local_decls.len();
    let mut linter = Linter {
        tcx,
        env,
        body,
        ecx,
        modes,
        locals: IndexVec::from_elem_n(Value::Uninit, n),
        written_in_block: FxHashSet::default(),
        worklist: vec![mir::START_BLOCK],
        visited: DenseBitSet::new_empty(body.basic_blocks.len()),
    };
    while let Some(bb) = linter.worklist.pop() {
        if linter.visited.insert(bb) {
            linter.visit_basic_block_data(bb, &body[bb]);
            for local in std::mem::take(&mut linter.written_in_block) {
                linter.locals[local] = Value::Uninit;
            }
        }
    }
}

fn has_candidate(block: &mir::BasicBlockData<'_>) -> bool {
    matches!(block.terminator().kind, TerminatorKind::Assert { .. })
        || block.statements.iter().any(|s| match s.kind.as_assign() {
            Some((_, Rvalue::BinaryOp(op, _))) => !op.is_comparison(),
            Some((_, Rvalue::UnaryOp(UnOp::Neg, _))) => true,
            _ => false,
        })
}

struct Linter<'mir, 'tcx> {
    tcx: TyCtxt<'tcx>,
    env: TypingEnv<'tcx>,
    body: &'mir Body<'tcx>,
    ecx: InterpCx<'tcx, CompileTimeMachine<'tcx>>,
    modes: IndexVec<Local, ConstPropMode>,
    locals: IndexVec<Local, Value<'tcx>>,
    written_in_block: FxHashSet<Local>,
    worklist: Vec<BasicBlock>,
    visited: DenseBitSet<BasicBlock>,
}

impl<'tcx> Linter<'_, 'tcx> {
    fn layout_of(&self, ty: Ty<'tcx>) -> Option<TyAndLayout<'tcx>> {
        let ty = self.tcx.try_normalize_erasing_regions(self.env, ty).ok()?;
        self.tcx.layout_of(self.env.as_query_input(ty)).ok()
    }

    // --- Reading ---
    fn eval_constant(&self, c: &mir::ConstOperand<'tcx>) -> Option<ImmTy<'tcx>> {
        if c.const_.has_param() {
            return None;
        }
        let val = match c.const_ {
            Const::Val(val, _) => val,
            // Errors were reported, or are when the constant is needed.
            Const::Unevaluated(uv, _) if uv.promoted.is_some() => return None,
            other => self.tcx.eval_mir_const(other, self.env, c.span).ok()?,
        };
        let op = self.ecx.const_val_to_op(val, c.const_.ty()).ok()?;
        self.ecx.read_immediate_raw(&op).ok()?.ok()
    }
    fn eval_place(&self, place: Place<'tcx>) -> Option<Value<'tcx>> {
        let mut value = self.locals[place.local].clone();
        for (base, elem) in place.iter_projections() {
            value = self.project(value, base.ty(&self.body.local_decls, self.tcx).ty, elem)?;
        }
        (!matches!(value, Value::Uninit)).then_some(value)
    }
    fn project(&self, value: Value<'tcx>, base_ty: Ty<'tcx>, elem: PlaceElem<'tcx>) -> Option<Value<'tcx>> {
        match (elem, value) {
            (ProjectionElem::Field(f, _), Value::Aggregate { fields, .. }) => fields.get(f).cloned(),
            (ProjectionElem::Field(f, ty), Value::Immediate(imm)) => {
                let layout = self.layout_of(base_ty)?;
                let field = self.layout_of(ty)?;
                if base_ty.is_enum() || base_ty.is_union() {
                    return None;
                }
                imm.offset(layout.fields.offset(f.as_usize()), field).ok().map(Value::Immediate)
            }
            (ProjectionElem::Downcast(_, v), Value::Aggregate { variant, fields }) if variant == v => {
                Some(Value::Aggregate { variant, fields })
            }
            (ProjectionElem::Index(local), Value::Aggregate { fields, .. }) => {
                let index = self.int_of(&self.locals[local])?.to_target_usize();
                fields.get(FieldIdx::from_usize(usize::try_from(index).ok()?)).cloned()
            }
            (ProjectionElem::ConstantIndex { offset, from_end, .. }, Value::Aggregate { fields, .. }) => {
                let n = fields.len() as u64;
                let index = if from_end { n.checked_sub(offset)? } else { offset };
                fields.get(FieldIdx::from_usize(index as usize)).cloned()
            }
            _ => None,
        }
    }
    fn eval_operand(&self, op: &Operand<'tcx>) -> Option<Value<'tcx>> {
        match op {
            Operand::Constant(c) => self.eval_constant(c).map(Value::Immediate),
            Operand::Copy(p) | Operand::Move(p) => self.eval_place(*p),
            Operand::RuntimeChecks(_) => None,
        }
    }
    fn eval_imm(&self, op: &Operand<'tcx>) -> Option<ImmTy<'tcx>> {
        match self.eval_operand(op)? {
            Value::Immediate(imm) => Some(imm),
            _ => None,
        }
    }
    fn int_of(&self, v: &Value<'tcx>) -> Option<ScalarInt> {
        match v {
            Value::Immediate(imm) => imm.to_scalar_int().ok(),
            _ => None,
        }
    }

    // --- Reporting ---
    fn report(&self, info: &SourceInfo, lint: &'static Lint, title: &str, text: String) {
        let Some(root) = info.scope.lint_root(&self.body.source_scopes) else { return };
        self.tcx.emit_node_span_lint(lint, root, info.span, title, |diag| {
            diag.span_label(info.span, text);
        });
    }
    fn report_overflow(&self, at: Location, text: String) {
        let info = self.body.source_info(at);
        self.report(info, &lint::ARITHMETIC_OVERFLOW, "this arithmetic operation will overflow", text);
    }
    fn show(&self, v: Option<&ImmTy<'tcx>>) -> String {
        match v.and_then(|v| Some((v.to_scalar_int().ok()?, v.layout.ty))) {
            Some((i, ty)) => crate::util::const_int(i, ty),
            None => "_".into(),
        }
    }
    fn check_unary(&self, op: UnOp, arg: &Operand<'tcx>, at: Location) -> Option<()> {
        let v = self.eval_imm(arg)?;
        if op == UnOp::Neg && v.layout.ty.is_integral() && v.layout.ty.is_signed() {
            let i = v.to_scalar_int().ok()?;
            if i.to_uint() == 1 << (i.size() * 8 - 1) {
                self.report_overflow(at, format!("attempt to negate `{}`, which would overflow", self.show(Some(&v))));
                return None;
            }
        }
        Some(())
    }
    /// `None` if the result is not worth going on with.
    fn check_binary(&self, op: BinOp, left: &Operand<'tcx>, right: &Operand<'tcx>, at: Location) -> Option<()> {
        let (l, r) = (self.eval_imm(left), self.eval_imm(right));
        let op = op.overflowing_to_wrapping().unwrap_or(op);
        if matches!(op, BinOp::Shl | BinOp::Shr) {
            // Only the amount matters.
            let r = r?;
            let left_ty = left.ty(&self.body.local_decls, self.tcx);
            let bits = self.layout_of(left_ty)?.size.bits();
            let n = r.to_scalar_int().ok()?;
            let out = if r.layout.ty.is_signed() {
                n.to_int() < 0 || n.to_int() >= i128::from(bits)
            } else {
                n.to_uint() >= u128::from(bits)
            };
            if out {
                let text = crate::util::overflow_message(op, &self.show(l.as_ref()), &self.show(Some(&r)));
                self.report_overflow(at, text);
                return None;
            }
            return Some(());
        }
        let with = op.wrapping_to_overflowing()?;
        let (l, r) = (l?, r?);
        if !l.layout.ty.is_integral() {
            return Some(());
        }
        let (_, over) = self.ecx.binary_op(with, &l, &r).ok()?.imm.to_scalar_pair().ok()?;
        if over.try_to_scalar_int()?.to_uint() == 1 {
            self.report_overflow(at, crate::util::overflow_message(op, &self.show(Some(&l)), &self.show(Some(&r))));
            return None;
        }
        Some(())
    }
    fn check_rvalue(&self, rvalue: &Rvalue<'tcx>, at: Location) -> Option<()> {
        match rvalue {
            Rvalue::UnaryOp(op, arg) => self.check_unary(*op, arg, at),
            Rvalue::BinaryOp(op, operands)
                if op.is_overflowing()
                    || matches!(op, BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Shl | BinOp::Shr) =>
            {
                let known = self.eval_imm(&operands.0).is_some() && self.eval_imm(&operands.1).is_some();
                match self.check_binary(*op, &operands.0, &operands.1, at) {
                    Some(()) => Some(()),
                    // Not known is not wrong.
                    None if !known => Some(()),
                    None => None,
                }
            }
            _ => Some(()),
        }
    }
    fn check_assertion(&mut self, expected: bool, msg: &mir::AssertMessage<'tcx>, cond: &Operand<'tcx>, at: Location) {
        let Some(cond_val) = self.eval_imm(cond) else { return };
        let Ok(v) = cond_val.to_scalar_int() else { return };
        if (v.to_uint() == 1) == expected {
            return;
        }
        // What follows does not happen; its values say nothing.
        if let Operand::Move(p) | Operand::Copy(p) = cond {
            self.locals[p.local] = Value::Uninit;
        }
        let shown = |op: &Operand<'tcx>| self.show(self.eval_imm(op).as_ref());
        let plain = |op: &Operand<'tcx>| match self.eval_imm(op).and_then(|i| i.to_scalar_int().ok()) {
            Some(i) => i.to_uint().to_string(),
            None => "_".into(),
        };
        let text = match msg {
            AssertKind::DivisionByZero(op) => format!("attempt to divide `{}` by zero", shown(op)),
            AssertKind::RemainderByZero(op) => {
                format!("attempt to calculate the remainder of `{}` with a divisor of zero", shown(op))
            }
            AssertKind::Overflow(op @ (BinOp::Div | BinOp::Rem), l, r) => {
                crate::util::overflow_message(*op, &shown(l), &shown(r))
            }
            AssertKind::BoundsCheck { len, index } => {
                format!("index out of bounds: the length is {} but the index is {}", plain(len), plain(index))
            }
            // The rest is said of the operation itself.
            _ => return,
        };
        let info = self.body.source_info(at);
        self.report(info, &lint::UNCONDITIONAL_PANIC, "this operation will panic at runtime", text);
    }

    // --- Values of computations ---
    fn eval_rvalue(&self, rvalue: &Rvalue<'tcx>, dest_ty: Ty<'tcx>) -> Option<Value<'tcx>> {
        match rvalue {
            Rvalue::Use(op) => self.eval_operand(op),
            Rvalue::CopyForDeref(place) => self.eval_place(*place),
            Rvalue::Repeat(op, n) => {
                let n = n.try_to_target_usize().filter(|n| *n <= 64)?;
                let v = self.eval_operand(op)?;
                let fields = (0..n).map(|_| v.clone()).collect();
                Some(Value::Aggregate { variant: ty::FIRST_VARIANT, fields })
            }
            Rvalue::Aggregate(kind, operands) => {
                let variant = match **kind {
                    mir::AggregateKind::Adt(_, _, _, _, Some(_)) => return None,
                    mir::AggregateKind::Adt(_, v, ..) => v,
                    mir::AggregateKind::Array(_) | mir::AggregateKind::Tuple | mir::AggregateKind::Closure(..) => {
                        ty::FIRST_VARIANT
                    }
                    _ => return None,
                };
                let fields = operands.iter().map(|op| self.eval_operand(op).unwrap_or(Value::Uninit)).collect();
                Some(Value::Aggregate { variant, fields })
            }
            Rvalue::BinaryOp(op, operands) => {
                let (l, r) = (self.eval_imm(&operands.0)?, self.eval_imm(&operands.1)?);
                if matches!(op, BinOp::Offset) || l.layout.ty.is_any_ptr() {
                    return None;
                }
                self.ecx.binary_op(*op, &l, &r).ok().map(Value::Immediate)
            }
            Rvalue::UnaryOp(op, arg) => {
                let v = self.eval_imm(arg)?;
                self.ecx.unary_op(*op, &v).ok().map(Value::Immediate)
            }
            Rvalue::Cast(kind, op, _) => {
                let v = self.eval_imm(op)?;
                let to = self.layout_of(dest_ty)?;
                match kind {
                    CastKind::IntToInt | CastKind::IntToFloat => {
                        self.ecx.int_to_int_or_float(&v, to).ok().map(Value::Immediate)
                    }
                    CastKind::FloatToFloat | CastKind::FloatToInt => {
                        self.ecx.float_to_float_or_int(&v, to).ok().map(Value::Immediate)
                    }
                    CastKind::Transmute | CastKind::Subtype if v.layout.size == to.size => match v.imm {
                        // Bits of one number as another.
                        Immediate::Scalar(_) if v.layout.ty.is_primitive() && to.ty.is_primitive() => {
                            Some(Value::Immediate(ImmTy { imm: v.imm, layout: to }))
                        }
                        _ => None,
                    },
                    _ => None,
                }
            }
            Rvalue::Discriminant(place) => {
                let ty = place.ty(&self.body.local_decls, self.tcx).ty;
                let variant = match self.eval_place(*place)? {
                    Value::Aggregate { variant, .. } => variant,
                    Value::Immediate(imm) => {
                        let op: OpTy<'tcx> = imm.into();
                        self.ecx.read_discriminant(&op).ok()?
                    }
                    Value::Uninit => return None,
                };
                if !matches!(ty.kind(), TyKind::Adt(def, _) if def.is_enum()) {
                    return None;
                }
                self.ecx.discriminant_for_variant(ty, variant).ok().map(Value::Immediate)
            }
            _ => None,
        }
    }

    // --- Writing ---
    fn remove(&mut self, local: Local) {
        self.locals[local] = Value::Uninit;
        self.written_in_block.remove(&local);
    }
    fn assign(&mut self, place: Place<'tcx>, value: Option<Value<'tcx>>) {
        let local = place.local;
        match self.modes[local] {
            ConstPropMode::NoPropagation => return self.remove(local),
            ConstPropMode::OnlyInsideOwnBlock => {
                self.written_in_block.insert(local);
            }
            ConstPropMode::FullConstProp => {}
        }
        let mut steps: Vec<FieldIdx> = Vec::new();
        for elem in place.projection {
            match elem {
                ProjectionElem::Field(f, _) => steps.push(f),
                ProjectionElem::Downcast(..) => {}
                _ => {
                    // Some part of it changes.
                    self.locals[local] = Value::Uninit;
                    return;
                }
            }
        }
        write_part(&mut self.locals[local], &steps, value.unwrap_or(Value::Uninit));
    }
}

/// Writes a field of a field; where the whole is not known, nothing of it is.
fn write_part<'tcx>(slot: &mut Value<'tcx>, steps: &[FieldIdx], value: Value<'tcx>) {
    match (steps, slot) {
        ([], slot) => *slot = value,
        ([first, rest @ ..], Value::Aggregate { fields, .. }) if first.as_usize() < fields.len() => {
            write_part(&mut fields[*first], rest, value);
        }
        (_, slot) => *slot = Value::Uninit,
    }
}

impl<'tcx> Visitor<'tcx> for Linter<'_, 'tcx> {
    fn visit_const_operand(&mut self, _: &mir::ConstOperand<'tcx>, _: Location) {}
    fn visit_statement(&mut self, stmt: &Statement<'tcx>, at: Location) {
        match &stmt.kind {
            StatementKind::Assign(assign) => {
                let (place, rvalue) = &**assign;
                let ok = self.check_rvalue(rvalue, at).is_some();
                let dest_ty = place.ty(&self.body.local_decls, self.tcx).ty;
                let value = if ok { self.eval_rvalue(rvalue, dest_ty) } else { None };
                self.assign(*place, value);
            }
            StatementKind::SetDiscriminant { place, variant_index } => {
                let v = match self.eval_place(**place) {
                    Some(Value::Aggregate { fields, .. }) => Some(Value::Aggregate { variant: *variant_index, fields }),
                    _ => None,
                };
                self.assign(**place, v);
            }
            StatementKind::StorageLive(local) | StatementKind::StorageDead(local) => self.remove(*local),
            _ => {}
        }
    }
    fn visit_terminator(&mut self, terminator: &Terminator<'tcx>, at: Location) {
        match &terminator.kind {
            TerminatorKind::Assert { expected, msg, cond, .. } => self.check_assertion(*expected, msg, cond, at),
            TerminatorKind::SwitchInt { discr, targets } => {
                if let Some(i) = self.eval_imm(discr).and_then(|v| v.to_scalar_int().ok()) {
                    // Only one way is taken.
                    self.worklist.push(targets.target_for_value(i.to_uint()));
                    return;
                }
            }
            TerminatorKind::Call { destination, .. } => self.assign(*destination, None),
            _ => {}
        }
        self.worklist.extend(terminator.successors());
    }
}
