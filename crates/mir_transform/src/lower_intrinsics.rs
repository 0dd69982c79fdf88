//! [`LowerIntrinsics`]: calls of intrinsics that MIR has words for become statements.

use mir::{
    AggregateKind, BasicBlockData, BinOp, Body, BorrowKind, CastKind, CopyNonOverlapping, Local, LocalDecl,
    MutBorrowKind, Mutability, NonDivergingIntrinsic, Operand, Place, ProjectionElem, RawPtrKind, RuntimeChecks,
    Rvalue, SourceInfo, Statement, StatementKind, TerminatorKind, UnOp,
};
use query::{PlaceTyExt, TyCtxt};
use rustc_index::IndexVec;
use span::Spanned;
use ty::{GenericArgsRef, TyKind};

use crate::pass_manager::MirPass;

pub struct LowerIntrinsics;

impl<'tcx> MirPass<'tcx> for LowerIntrinsics {
    fn name(&self) -> &'static str {
        "LowerIntrinsics"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let blocks: Vec<_> = body.basic_blocks.indices().collect();
        for bb in blocks {
            let TerminatorKind::Call { func, .. } = &body[bb].terminator().kind else { continue };
            let Some((def_id, generic_args)) = func.const_fn_def() else { continue };
            let Some(name) = tcx.intrinsic(def_id) else { continue };
            lower_call(tcx, body, bb, name.as_str(), generic_args);
        }
    }
}

/// What a call becomes.
enum Lowered<'tcx> {
    /// `destination = value`
    Value(Rvalue<'tcx>),
    /// A statement, and `destination = ()`.
    Effect(StatementKind<'tcx>),
    Unreachable,
}

struct Call<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    decls: &'a mut IndexVec<Local, LocalDecl<'tcx>>,
    block: &'a mut BasicBlockData<'tcx>,
    source_info: SourceInfo,
    args: Vec<Operand<'tcx>>,
    destination: Place<'tcx>,
}

fn lower_call<'tcx>(
    tcx: TyCtxt<'tcx>,
    body: &mut Body<'tcx>,
    bb: mir::BasicBlock,
    name: &str,
    generic_args: GenericArgsRef<'tcx>,
) {
    let source_info = body[bb].terminator().source_info;
    let TerminatorKind::Call { args, destination, target, .. } = &body[bb].terminator().kind else { return };
    let (args, destination, target): (&[Spanned<Operand<'tcx>>], _, _) = (args, *destination, *target);
    let args: Vec<Operand<'tcx>> = args.iter().map(|a| a.node.clone()).collect();
    let block = &mut body.basic_blocks.as_mut()[bb];
    let mut call = Call { tcx, decls: &mut body.local_decls, block, source_info, args, destination };
    let Some(lowered) = call.lower(name, generic_args) else { return };
    let mut push = |kind| call.block.statements.push(Statement::new(source_info, kind));
    let mut end = match target {
        Some(target) => TerminatorKind::Goto { target },
        None => TerminatorKind::Unreachable,
    };
    match lowered {
        Lowered::Value(value) => push(StatementKind::Assign(Box::new((destination, value)))),
        Lowered::Effect(kind) => {
            push(kind);
            // `()` needs no assignment, but a body is easier to read with one.
        }
        Lowered::Unreachable => end = TerminatorKind::Unreachable,
    }
    call.block.terminator_mut().kind = end;
}

impl<'tcx> Call<'_, 'tcx> {
    fn binary(&self, op: BinOp) -> Option<Lowered<'tcx>> {
        let [lhs, rhs] = &self.args[..] else { return None };
        Some(Lowered::Value(Rvalue::BinaryOp(op, Box::new((lhs.clone(), rhs.clone())))))
    }

    /// An operand as a local, to be dereferenced or to index with.
    fn as_local(&mut self, i: usize) -> Local {
        if let Some(local) = self.args[i].place().and_then(|p| p.as_local()) {
            return local;
        }
        let ty = query::ValueTyExt::ty(&self.args[i], self.decls, self.tcx);
        let local = self.decls.push(LocalDecl::with_source_info(ty, self.source_info));
        let kind = StatementKind::Assign(Box::new((local.into(), Rvalue::Use(self.args[i].clone()))));
        self.block.statements.push(Statement::new(self.source_info, kind));
        local
    }

    fn deref(&mut self, i: usize) -> Place<'tcx> {
        Place::from(self.as_local(i)).deref(self.tcx.interner())
    }

    fn lower(&mut self, name: &str, generic_args: GenericArgsRef<'tcx>) -> Option<Lowered<'tcx>> {
        let checks = |c| Some(Lowered::Value(Rvalue::Use(Operand::RuntimeChecks(c))));
        match name {
            "unreachable" => Some(Lowered::Unreachable),
            "ub_checks" => checks(RuntimeChecks::UbChecks),
            "overflow_checks" => checks(RuntimeChecks::OverflowChecks),
            "contract_checks" => checks(RuntimeChecks::ContractChecks),
            // The argument was moved here, and is not dropped.
            "forget" => Some(Lowered::Effect(StatementKind::Nop)),
            "copy_nonoverlapping" => {
                let [src, dst, count] = &self.args[..] else { return None };
                let copy = CopyNonOverlapping { src: src.clone(), dst: dst.clone(), count: count.clone() };
                let copy = NonDivergingIntrinsic::CopyNonOverlapping(copy);
                Some(Lowered::Effect(StatementKind::Intrinsic(Box::new(copy))))
            }
            "assume" => {
                let assume = NonDivergingIntrinsic::Assume(self.args[0].clone());
                Some(Lowered::Effect(StatementKind::Intrinsic(Box::new(assume))))
            }
            "wrapping_add" => self.binary(BinOp::Add),
            "wrapping_sub" => self.binary(BinOp::Sub),
            "wrapping_mul" => self.binary(BinOp::Mul),
            "unchecked_add" => self.binary(BinOp::AddUnchecked),
            "unchecked_sub" => self.binary(BinOp::SubUnchecked),
            "unchecked_mul" => self.binary(BinOp::MulUnchecked),
            "unchecked_div" => self.binary(BinOp::Div),
            "unchecked_rem" => self.binary(BinOp::Rem),
            "unchecked_shl" => self.binary(BinOp::ShlUnchecked),
            "unchecked_shr" => self.binary(BinOp::ShrUnchecked),
            "three_way_compare" => self.binary(BinOp::Cmp),
            "add_with_overflow" => self.binary(BinOp::AddWithOverflow),
            "sub_with_overflow" => self.binary(BinOp::SubWithOverflow),
            "mul_with_overflow" => self.binary(BinOp::MulWithOverflow),
            "offset" => self.binary(BinOp::Offset),
            "read_via_copy" => {
                let place = self.deref(0);
                Some(Lowered::Value(Rvalue::Use(Operand::Copy(place))))
            }
            "write_via_move" => {
                let place = self.deref(0);
                let write = StatementKind::Assign(Box::new((place, Rvalue::Use(self.args[1].clone()))));
                Some(Lowered::Effect(write))
            }
            "discriminant_value" => {
                let place = self.deref(0);
                Some(Lowered::Value(Rvalue::Discriminant(place)))
            }
            "slice_get_unchecked" => {
                let (base, index) = (self.deref(0), self.as_local(1));
                let place = base.project(ProjectionElem::Index(index), self.tcx.interner());
                let ty = self.destination.ty(self.decls, self.tcx).ty;
                let erased = self.tcx.lifetimes().re_erased;
                Some(Lowered::Value(match *ty.kind() {
                    TyKind::RawPtr(_, Mutability::Not) => Rvalue::RawPtr(RawPtrKind::Const, place),
                    TyKind::RawPtr(_, Mutability::Mut) => Rvalue::RawPtr(RawPtrKind::Mut, place),
                    TyKind::Ref(_, _, Mutability::Not) => Rvalue::Ref(erased, BorrowKind::Shared, place),
                    TyKind::Ref(_, _, Mutability::Mut) => {
                        Rvalue::Ref(erased, BorrowKind::Mut { kind: MutBorrowKind::Default }, place)
                    }
                    // Generic over the kind of pointer.
                    _ => return None,
                }))
            }
            "transmute" | "transmute_unchecked" => {
                let ty = self.destination.ty(self.decls, self.tcx).ty;
                Some(Lowered::Value(Rvalue::Cast(CastKind::Transmute, self.args[0].clone(), ty)))
            }
            "aggregate_raw_ptr" => {
                let TyKind::RawPtr(pointee, mutability) = *generic_args.type_at(0).kind() else { return None };
                let operands = self.args.iter().cloned().collect();
                Some(Lowered::Value(Rvalue::Aggregate(Box::new(AggregateKind::RawPtr(pointee, mutability)), operands)))
            }
            "ptr_metadata" => Some(Lowered::Value(Rvalue::UnaryOp(UnOp::PtrMetadata, self.args[0].clone()))),
            _ => None,
        }
    }
}
