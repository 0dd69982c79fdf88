//! [`CheckPointers`]: with debug assertions on, what is reached through a raw pointer is checked before it is read,
//! written or borrowed: the address is a multiple of the alignment, and not null.
//!
//! ```text
//! bb0: { (*p) = const 1_u32; return }
//! ```
//! becomes
//! ```text
//! bb0: { a = p as usize (Transmute); m = BitAnd(a, 3); ok = Eq(m, 0); assert(ok, misaligned) -> bb1 }
//! bb1: { n = Ne(a, 0); assert(n, null) -> bb2 }
//! bb2: { (*p) = const 1_u32; return }
//! ```
//! Only the crate's own bodies are checked, as the library's were compiled without debug assertions.

use hir::LangItem;
use mir::visit::{MutatingUseContext, NonMutatingUseContext, PlaceContext, Visitor};
use mir::{
    AssertKind, BasicBlock, BasicBlockData, BinOp, Body, CastKind, Const, ConstOperand, Local, LocalDecl, Location,
    Operand, Place, RawPtrKind, Rvalue, SourceInfo, Statement, StatementKind, Terminator, TerminatorKind, UnwindAction,
};
use query::{PlaceTyExt, TyCtxt, ValueTyExt};
use rustc_index::bit_set::DenseBitSet;
use session::Session;
use ty::{Ty, TyKind, TypingEnv};

use crate::pass_manager::MirPass;

pub(super) struct CheckPointers;

impl<'tcx> MirPass<'tcx> for CheckPointers {
    fn name(&self) -> &'static str {
        "CheckPointers"
    }
    fn is_enabled(&self, sess: &Session) -> bool {
        sess.debug_assertions()
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        if !body.source.def_id().is_local()
            || tcx.lang_items().get(LangItem::PanicMisalignedPointerDereference).is_none()
            || tcx.lang_items().get(LangItem::PanicNullPointerDereference).is_none()
        {
            return;
        }
        let trusted = pointers_of_boxes(tcx, body);
        // From the last to the first: what a check moves to a new block has been looked at.
        for bb in body.basic_blocks.indices().rev() {
            for statement_index in (0..body[bb].statements.len()).rev() {
                let location = Location { block: bb, statement_index };
                let mut finder = Finder { tcx, body, trusted: &trusted, found: Vec::new() };
                finder.visit_statement(&body[bb].statements[statement_index], location);
                let found = finder.found;
                for access in found.into_iter().rev() {
                    let source_info = *body.source_info(location);
                    Inserter { tcx, body, source_info }.check(location, access);
                }
            }
        }
    }
}

/// Locals that hold the pointer of a box, which is neither null nor misaligned.
fn pointers_of_boxes<'tcx>(tcx: TyCtxt<'tcx>, body: &Body<'tcx>) -> DenseBitSet<Local> {
    let mut set = DenseBitSet::new_empty(body.local_decls.len());
    for data in body.basic_blocks.iter() {
        for stmt in &data.statements {
            if let Some((place, Rvalue::Cast(CastKind::Transmute, operand, _))) = stmt.kind.as_assign()
                && let Some(local) = place.as_local()
                && operand.ty(body, tcx).ty_adt_def().is_some()
            {
                set.insert(local);
            }
        }
    }
    set
}

/// An access through a raw pointer.
struct Access<'tcx> {
    pointer: Local,
    /// What must be aligned: the place that the pointer points to, or the part of it that is borrowed.
    place: Place<'tcx>,
    align: u64,
    may_be_null: bool,
}

struct Finder<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    body: &'a Body<'tcx>,
    trusted: &'a DenseBitSet<Local>,
    found: Vec<Access<'tcx>>,
}

impl<'tcx> Visitor<'tcx> for Finder<'_, 'tcx> {
    fn visit_place(&mut self, place: &Place<'tcx>, context: PlaceContext, _: Location) {
        use {MutatingUseContext as Mut, NonMutatingUseContext as NonMut};
        let is_borrow = match context {
            PlaceContext::MutatingUse(Mut::Borrow) | PlaceContext::NonMutatingUse(NonMut::SharedBorrow) => true,
            PlaceContext::MutatingUse(Mut::Store | Mut::Call | Mut::Yield | Mut::Drop)
            | PlaceContext::NonMutatingUse(NonMut::Copy | NonMut::Move) => false,
            _ => return,
        };
        let TyKind::RawPtr(pointee, _) = *self.body.local_decls[place.local].ty.kind() else { return };
        if !place.is_indirect_first_projection() || self.trusted.contains(place.local) {
            return;
        }
        let (tcx, env) = (self.tcx, TypingEnv::fully_monomorphized());
        let whole = Place::from(place.local).deref(tcx.interner());
        let (checked, ty) = if is_borrow { (*place, place.ty(self.body, tcx).ty) } else { (whole, pointee) };
        if !tcx.type_is_sized(env, ty) || !tcx.type_is_sized(env, pointee) {
            return;
        }
        let (Ok(layout), Ok(pointee)) =
            (tcx.layout_of(env.as_query_input(ty)), tcx.layout_of(env.as_query_input(pointee)))
        else {
            return;
        };
        self.found.push(Access {
            pointer: place.local,
            place: checked,
            align: layout.align.abi.bytes(),
            may_be_null: !is_borrow && pointee.size.bytes() == 0,
        });
    }
}

struct Inserter<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    body: &'a mut Body<'tcx>,
    source_info: SourceInfo,
}

impl<'tcx> Inserter<'_, 'tcx> {
    /// Puts the checks of an access before a statement.
    fn check(mut self, location: Location, access: Access<'tcx>) {
        let types = self.tcx.types();
        if access.align > 1 {
            let next = self.split(location);
            let mut here = Vec::new();
            let pointer = match access.place.projection.len() {
                1 => access.pointer,
                // Finding the address of a part reads nothing.
                _ => {
                    let ty = self.tcx.mk_imm_ptr(access.place.ty(&*self.body, self.tcx).ty);
                    self.assign(&mut here, ty, Rvalue::RawPtr(RawPtrKind::Const, access.place))
                }
            };
            let addr = self.addr(&mut here, pointer);
            let (mask, zero) = (self.usize(access.align - 1), self.usize(0));
            let bits = self.binary(&mut here, types.usize, BinOp::BitAnd, addr, mask);
            let ok = self.binary(&mut here, types.bool, BinOp::Eq, bits, zero);
            let (required, found) = (self.usize(access.align), Operand::Copy(addr.into()));
            self.assert(location.block, here, ok, AssertKind::MisalignedPointerDereference { required, found }, next);
            self.check_null(Location { block: next, statement_index: 0 }, &access);
        } else {
            self.check_null(location, &access);
        }
    }

    fn check_null(&mut self, location: Location, access: &Access<'tcx>) {
        if access.may_be_null {
            return;
        }
        let next = self.split(location);
        let mut here = Vec::new();
        let addr = self.addr(&mut here, access.pointer);
        let zero = self.usize(0);
        let ok = self.binary(&mut here, self.tcx.types().bool, BinOp::Ne, addr, zero);
        self.assert(location.block, here, ok, AssertKind::NullPointerDereference, next);
    }

    /// Moves the statements from here on to a new block.
    fn split(&mut self, location: Location) -> BasicBlock {
        let blocks = self.body.basic_blocks.as_mut();
        let data = &mut blocks[location.block];
        let mut rest = BasicBlockData::new(data.terminator.take(), data.is_cleanup);
        rest.statements = data.statements.split_off(location.statement_index);
        blocks.push(rest)
    }
    fn assert(
        &mut self,
        block: BasicBlock,
        statements: Vec<Statement<'tcx>>,
        ok: Local,
        msg: AssertKind<Operand<'tcx>>,
        target: BasicBlock,
    ) {
        let data = &mut self.body.basic_blocks.as_mut()[block];
        data.statements.extend(statements);
        data.terminator = Some(Terminator {
            source_info: self.source_info,
            kind: TerminatorKind::Assert {
                cond: Operand::Copy(ok.into()),
                expected: true,
                msg: Box::new(msg),
                target,
                unwind: UnwindAction::Unreachable,
            },
        });
    }
    fn assign(&mut self, out: &mut Vec<Statement<'tcx>>, ty: Ty<'tcx>, rvalue: Rvalue<'tcx>) -> Local {
        let local = self.body.local_decls.push(LocalDecl::with_source_info(ty, self.source_info));
        out.push(Statement::new(self.source_info, StatementKind::Assign(Box::new((local.into(), rvalue)))));
        local
    }
    fn addr(&mut self, out: &mut Vec<Statement<'tcx>>, pointer: Local) -> Local {
        let rvalue = Rvalue::Cast(CastKind::Transmute, Operand::Copy(pointer.into()), self.tcx.types().usize);
        self.assign(out, self.tcx.types().usize, rvalue)
    }
    fn binary(
        &mut self,
        out: &mut Vec<Statement<'tcx>>,
        ty: Ty<'tcx>,
        op: BinOp,
        left: Local,
        right: Operand<'tcx>,
    ) -> Local {
        self.assign(out, ty, Rvalue::BinaryOp(op, Box::new((Operand::Copy(left.into()), right))))
    }
    fn usize(&self, n: u64) -> Operand<'tcx> {
        let const_ = Const::from_usize(self.tcx.interner(), n);
        Operand::Constant(Box::new(ConstOperand { span: self.source_info.span, user_ty: None, const_ }))
    }
}
