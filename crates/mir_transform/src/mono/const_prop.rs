//! [`ConstProp`]: what locals with one value (`ssa.rs`) are known to hold: constants, and aggregates whose parts are
//! constants or such locals. Uses become the constants and the parts; operations on constants and branches on them go.

use mir::visit::MutVisitor;
use mir::{
    AggregateKind, AssertKind, BinOp, Body, CastKind, Const, ConstOperand, Local, Location, Operand, Place,
    ProjectionElem, Rvalue, StatementKind, TerminatorKind, UnOp,
};
use query::{PlaceTyExt, TyCtxt, ValueTyExt};
use rustc_abi::Variants;
use rustc_index::IndexVec;
use rustc_index::bit_set::DenseBitSet;
use ty::adjustment::PointerCoercion;
use ty::{FieldIdx, Ty, TyKind, TypingEnv, VariantIdx};

use super::ssa::SsaLocals;
use crate::pass_manager::MirPass;

pub(super) struct ConstProp;

#[derive(Clone)]
enum Known<'tcx> {
    Const(ConstOperand<'tcx>),
    /// Parts that are constants or locals with one value.
    Aggregate(Option<VariantIdx>, IndexVec<FieldIdx, Option<Operand<'tcx>>>),
    /// A wide pointer to so many elements.
    Len(u64),
}

impl<'tcx> MirPass<'tcx> for ConstProp {
    fn name(&self) -> &'static str {
        "ConstProp"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let ssa = SsaLocals::new(body);
        let order: Vec<_> = body.basic_blocks.reverse_postorder().to_vec();
        let mut cx = Cx {
            tcx,
            ssa,
            known: IndexVec::from_elem(None, &body.local_decls),
            captured: DenseBitSet::new_empty(body.local_decls.len()),
        };
        for bb in order {
            for i in 0..body[bb].statements.len() {
                let loc = Location { block: bb, statement_index: i };
                let mut stmt = body.basic_blocks.as_mut_preserves_cfg()[bb].statements[i].clone();
                cx.visit_statement(&mut stmt, loc);
                if let StatementKind::Assign(assign) = &mut stmt.kind {
                    cx.assign(body, assign);
                }
                body.basic_blocks.as_mut_preserves_cfg()[bb].statements[i] = stmt;
            }
            let loc = body.terminator_loc(bb);
            let mut term = body[bb].terminator().clone();
            cx.visit_terminator(&mut term, loc);
            let simpler = match &term.kind {
                TerminatorKind::SwitchInt { discr: Operand::Constant(c), targets } => {
                    c.const_.try_to_bits().map(|bits| targets.target_for_value(bits))
                }
                TerminatorKind::Assert { cond: Operand::Constant(c), expected, target, msg, .. } => {
                    let _: &AssertKind<_> = msg;
                    (c.const_.try_to_bool() == Some(*expected)).then_some(*target)
                }
                _ => None,
            };
            if let Some(target) = simpler {
                term.kind = TerminatorKind::Goto { target };
                body[bb].terminator = Some(term);
            } else {
                body.basic_blocks.as_mut_preserves_cfg()[bb].terminator = Some(term);
            }
        }
        // Where a part was taken over, the place it came from has more than one reader.
        if !cx.captured.is_empty() {
            MovesToCopies { tcx, locals: cx.captured }.visit_body(body);
        }
    }
}

struct Cx<'tcx> {
    tcx: TyCtxt<'tcx>,
    ssa: SsaLocals,
    known: IndexVec<Local, Option<Known<'tcx>>>,
    captured: DenseBitSet<Local>,
}

impl<'tcx> Cx<'tcx> {
    /// What is known of a place.
    fn operand_at(&self, place: Place<'tcx>) -> Option<Operand<'tcx>> {
        match (self.known[place.local].as_ref()?, place.projection.as_slice()) {
            (Known::Const(c), []) => Some(Operand::Constant(Box::new(*c))),
            (Known::Aggregate(None, parts), [ProjectionElem::Field(f, _)]) => parts.get(*f)?.clone(),
            (Known::Aggregate(Some(v), parts), [ProjectionElem::Downcast(_, w), ProjectionElem::Field(f, _)])
                if v == w =>
            {
                parts.get(*f)?.clone()
            }
            _ => None,
        }
    }

    fn constant(&self, operand: &Operand<'tcx>) -> Option<ConstOperand<'tcx>> {
        match operand {
            Operand::Constant(c) => Some(**c),
            _ => None,
        }
    }

    fn assign(&mut self, body: &Body<'tcx>, assign: &mut (Place<'tcx>, Rvalue<'tcx>)) {
        if let Some(folded) = self.fold(body, &assign.1, assign.0.ty(body, self.tcx).ty) {
            assign.1 = Rvalue::Use(Operand::Constant(Box::new(folded)));
        }
        let Some(local) = assign.0.as_local().filter(|l| self.ssa.is_ssa(*l)) else { return };
        self.known[local] = match &assign.1 {
            Rvalue::Use(Operand::Constant(c)) => Some(Known::Const(**c)),
            Rvalue::Aggregate(kind, operands) => {
                let variant = match **kind {
                    AggregateKind::Adt(did, v, _, _, active) => {
                        // A union's other fields are other views of the one.
                        if active.is_some() {
                            return;
                        }
                        self.tcx.adt_def(did).is_enum().then_some(v)
                    }
                    AggregateKind::Tuple | AggregateKind::Closure(..) => None,
                    AggregateKind::RawPtr(..)
                    | AggregateKind::Array(_)
                    | AggregateKind::Coroutine(..)
                    | AggregateKind::CoroutineClosure(..) => return,
                };
                let parts = operands.iter().map(|op| self.stable(op)).collect();
                Some(Known::Aggregate(variant, parts))
            }
            Rvalue::Cast(CastKind::PointerCoercion(PointerCoercion::Unsize, _), op, _) => {
                let pointee = op.ty(body, self.tcx).builtin_deref(true);
                match pointee.map(|t| *t.kind()) {
                    Some(TyKind::Array(_, len)) => len.try_to_target_usize().map(Known::Len),
                    _ => None,
                }
            }
            Rvalue::Cast(CastKind::PtrToPtr, op, ty) => {
                let known = op.place().and_then(|p| p.as_local()).and_then(|l| self.known[l].clone());
                let slice = ty.builtin_deref(true).is_some_and(|t| matches!(t.kind(), TyKind::Slice(_) | TyKind::Str));
                known.filter(|k| slice && matches!(k, Known::Len(_)))
            }
            Rvalue::Use(op) => op.place().and_then(|p| p.as_local()).and_then(|l| self.known[l].clone()),
            _ => None,
        };
    }

    /// An operand that means the same later.
    fn stable(&mut self, operand: &Operand<'tcx>) -> Option<Operand<'tcx>> {
        match operand {
            Operand::Constant(_) => Some(operand.clone()),
            Operand::Copy(p) | Operand::Move(p) => {
                let local = p.as_local().filter(|l| self.ssa.is_ssa(*l))?;
                self.captured.insert(local);
                Some(Operand::Copy(local.into()))
            }
            Operand::RuntimeChecks(_) => None,
        }
    }

    fn fold(&self, body: &Body<'tcx>, rvalue: &Rvalue<'tcx>, ty: Ty<'tcx>) -> Option<ConstOperand<'tcx>> {
        let make = |span, bits: u128| -> Option<ConstOperand<'tcx>> {
            let bytes = scalar_bytes(ty)?;
            let bits = ty::truncate(bits, bytes);
            Some(ConstOperand { span, user_ty: None, const_: Const::from_bits(bits, bytes, ty) })
        };
        match rvalue {
            Rvalue::BinaryOp(op, operands) => {
                let (l, r) = (self.constant(&operands.0)?, self.constant(&operands.1)?);
                let bits =
                    fold_binary(*op, l.const_.ty(), l.const_.try_to_bits()?, r.const_.ty(), r.const_.try_to_bits()?)?;
                make(l.span, bits)
            }
            Rvalue::UnaryOp(UnOp::Not, op) => {
                let c = self.constant(op)?;
                let bits = c.const_.try_to_bits()?;
                make(
                    c.span,
                    if ty.is_bool() {
                        bits ^ 1
                    } else if ty.is_integral() {
                        !bits
                    } else {
                        return None;
                    },
                )
            }
            Rvalue::UnaryOp(UnOp::Neg, op) => {
                let c = self.constant(op)?;
                if !ty.is_integral() {
                    return None;
                }
                make(c.span, c.const_.try_to_bits()?.wrapping_neg())
            }
            Rvalue::UnaryOp(UnOp::PtrMetadata, op) => {
                let local = op.place()?.as_local()?;
                match self.known[local] {
                    Some(Known::Len(n)) => make(body.span, u128::from(n)),
                    _ => None,
                }
            }
            Rvalue::Cast(CastKind::IntToInt, op, to) => {
                let c = self.constant(op)?;
                let from = c.const_.ty();
                if !to.is_integral() || !(from.is_integral() || from.is_bool() || from.is_char()) {
                    return None;
                }
                let bits = c.const_.try_to_bits()?;
                let bits = if from.is_signed() { ty::sign_extend(bits, scalar_bytes(from)?) as u128 } else { bits };
                make(c.span, bits)
            }
            Rvalue::Discriminant(place) => {
                let place_ty = place.ty(body, self.tcx).ty;
                let variant = match (place.as_local(), place_ty.kind()) {
                    (Some(l), TyKind::Adt(def, _)) if def.is_enum() => match self.known[l] {
                        Some(Known::Aggregate(Some(v), _)) => Some(v),
                        _ => None,
                    },
                    _ => None,
                };
                let variant = variant.or_else(|| only_variant(self.tcx, place_ty))?;
                let TyKind::Adt(def, _) = *place_ty.kind() else { return None };
                make(body.span, self.tcx.discriminant_for_variant(def, variant).val)
            }
            _ => None,
        }
    }
}

/// The variant that all values of an enum have.
fn only_variant<'tcx>(tcx: TyCtxt<'tcx>, ty: Ty<'tcx>) -> Option<VariantIdx> {
    let TyKind::Adt(def, _) = *ty.kind() else { return None };
    if !def.is_enum() {
        return None;
    }
    let layout = tcx.layout_of(TypingEnv::fully_monomorphized().as_query_input(ty)).ok()?;
    match layout.layout.variants {
        Variants::Single { index } if !layout.layout.uninhabited => Some(index),
        _ => None,
    }
}

/// The width of an integer, `bool` or `char`.
fn scalar_bytes(ty: Ty<'_>) -> Option<u64> {
    match ty.kind() {
        TyKind::Bool => Some(1),
        TyKind::Char => Some(4),
        TyKind::Int(_) | TyKind::Uint(_) => ty.primitive_int_bits().map(|b| b / 8),
        _ => None,
    }
}

/// The result of an operation on integers; `None` if it is not one, or is undefined.
pub(super) fn fold_binary(op: BinOp, lty: Ty<'_>, l: u128, rty: Ty<'_>, r: u128) -> Option<u128> {
    let bytes = scalar_bytes(lty)?;
    let bits = bytes as u32 * 8;
    let signed = lty.is_signed();
    let compare = || {
        if signed { ty::sign_extend(l, bytes).cmp(&ty::sign_extend(r, bytes)) } else { l.cmp(&r) }
    };
    Some(match op {
        BinOp::Eq => u128::from(l == r),
        BinOp::Ne => u128::from(l != r),
        BinOp::Lt => u128::from(compare().is_lt()),
        BinOp::Le => u128::from(compare().is_le()),
        BinOp::Gt => u128::from(compare().is_gt()),
        BinOp::Ge => u128::from(compare().is_ge()),
        BinOp::BitAnd => l & r,
        BinOp::BitOr => l | r,
        BinOp::BitXor => l ^ r,
        _ if !lty.is_integral() => return None,
        BinOp::Add => l.wrapping_add(r),
        BinOp::Sub => l.wrapping_sub(r),
        BinOp::Mul => l.wrapping_mul(r),
        BinOp::Shl | BinOp::Shr => {
            scalar_bytes(rty)?;
            let by = (r & u128::from(bits - 1)) as u32;
            match op {
                BinOp::Shl => l << by,
                _ if signed => (ty::sign_extend(l, bytes) >> by) as u128,
                _ => l >> by,
            }
        }
        _ => return None,
    })
}

impl<'tcx> MutVisitor<'tcx> for Cx<'tcx> {
    const CHANGES_CFG: bool = false;
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn visit_operand(&mut self, operand: &mut Operand<'tcx>, location: Location) {
        if let Operand::Copy(place) | Operand::Move(place) = *operand {
            if let Some(new) = self.operand_at(place) {
                *operand = new;
                return;
            }
        }
        self.super_operand(operand, location);
    }
}

struct MovesToCopies<'tcx> {
    tcx: TyCtxt<'tcx>,
    locals: DenseBitSet<Local>,
}

impl<'tcx> MutVisitor<'tcx> for MovesToCopies<'tcx> {
    const CHANGES_CFG: bool = false;
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn visit_operand(&mut self, operand: &mut Operand<'tcx>, _: Location) {
        if let Operand::Move(place) = *operand {
            if !place.is_indirect_first_projection() && self.locals.contains(place.local) {
                *operand = Operand::Copy(place);
            }
        }
    }
}
