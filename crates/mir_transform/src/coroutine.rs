//! [`StateTransform`]: coroutines become state machines.
//!
//! A coroutine's body as built takes the coroutine by value, whose fields are its captures, and suspends by `Yield`.
//! After this pass it is the function `resume` (`poll`, `next`), which takes it by reference: it switches on the state,
//! goes on where that says, and returns at each suspension with the next state set.
//!
//! ```text
//! struct Coroutine { captures.., state, variables that live across a suspension.. }
//!
//! state 0  not started: resuming begins at the start; dropping drops the captures
//! state 1  returned: resuming panics (an iterator yields `None`); dropping does nothing
//! state 2  panicked: resuming panics; dropping does nothing
//! state n  suspended at the (n - 3)th `Yield`: resuming goes on there, dropping drops what is in scope there
//! ```
//!
//! `coroutine/saved_locals.rs` finds the variables to keep, and which of them can share memory; `coroutine/states.rs`
//! rewrites the body; `coroutine/drop.rs` makes the drop glue from the same blocks; `coroutine/by_move.rs` has async
//! closures' bodies that own their captures.

mod by_move;
mod drop;
mod saved_locals;
mod states;

use hir::{CoroutineDesugaring, CoroutineKind, LangItem};
use mir::visit::{MutVisitor, PlaceContext};
use mir::{
    BasicBlock, BasicBlockData, Body, Local, LocalDecl, Location, MirPatch, Operand, Place, PlaceElem, ProjectionElem,
    RETURN_PLACE, Rvalue, START_BLOCK, SourceInfo, Statement, StatementKind, Terminator, TerminatorKind,
};
use query::{TyCtxt, ValueTyExt};
use ty::{FieldIdx, Ty, TyKind, VariantIdx};

use crate::pass_manager::MirPass;
use crate::separate_derefs::SeparateDerefs;
use states::States;

pub(crate) use by_move::by_move_body;
pub(crate) use saved_locals::saved_locals;

/// The coroutine.
const SELF_ARG: Local = Local::from_u32(1);
/// What it is resumed with.
const RESUME_ARG: Local = Local::from_u32(2);

const UNRESUMED: VariantIdx = VariantIdx::from_u32(0);
const RETURNED: VariantIdx = VariantIdx::from_u32(1);
const POISONED: VariantIdx = VariantIdx::from_u32(2);
/// The states that every coroutine has.
const RESERVED_VARIANTS: usize = 3;

pub struct StateTransform;

impl<'tcx> MirPass<'tcx> for StateTransform {
    fn name(&self) -> &'static str {
        "StateTransform"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let (Some(yield_ty), Some(kind)) = (body.yield_ty(), body.coroutine_kind()) else { return };
        if body.tainted_by_errors.is_some() {
            return;
        }
        let coroutine_ty = body.local_decls[SELF_ARG].ty;
        let return_ty = body.return_ty();
        // The value that the body computes is not yet what `resume` returns.
        let new_ret_ty = resumption_ty(tcx, kind, yield_ty, return_ty);
        let old_ret = replace_local(tcx, body, RETURN_PLACE, new_ret_ty);
        take_resume_argument(tcx, body, kind);
        copy_saved_indices(tcx, body);

        let saved = saved_locals(body);
        let layout = saved.layout.clone();
        let can_return = body.basic_blocks.iter().any(|b| matches!(b.terminator().kind, TerminatorKind::Return));
        let mut states = States::new(tcx, kind, saved, old_ret, yield_ty, return_ty);
        states.visit_body(body);

        body.arg_count = if is_plain_iterator(kind) { 1 } else { 2 };
        body.spread_arg = None;
        let clean = drop::insert_clean_drop(body);
        drop::open_whole_drops(tcx, body);
        let drop_body = drop::drop_body(tcx, &states, coroutine_ty, body, clean);
        states.make_resume(body, can_return);
        make_self_indirect(tcx, body, coroutine_ty);
        if !is_plain_iterator(kind) {
            make_self_pinned(tcx, body);
        }
        crate::simplify::remove_dead_blocks(body);
        SeparateDerefs.run_pass(tcx, body);
        if let Some(info) = &mut body.coroutine {
            info.yield_ty = None;
            info.resume_ty = None;
            info.coroutine_layout = Some(layout);
            info.coroutine_drop = Some(Box::new(drop_body));
        }
    }
}

/// `gen`: `Iterator::next` takes neither a pin nor an argument.
fn is_plain_iterator(kind: CoroutineKind) -> bool {
    matches!(kind, CoroutineKind::Desugared(CoroutineDesugaring::Gen, _))
}

fn is_async(kind: CoroutineKind) -> bool {
    matches!(kind, CoroutineKind::Desugared(CoroutineDesugaring::Async | CoroutineDesugaring::AsyncGen, _))
}

fn lang_adt<'tcx>(tcx: TyCtxt<'tcx>, item: LangItem, args: &[Ty<'tcx>]) -> Ty<'tcx> {
    let def = tcx.adt_def(tcx.require_lang_item(item, span::DUMMY_SP));
    let args: Vec<ty::GenericArg<'tcx>> = args.iter().map(|t| (*t).into()).collect();
    tcx.mk_adt(def, tcx.mk_args(&args))
}

/// What resuming returns.
fn resumption_ty<'tcx>(tcx: TyCtxt<'tcx>, kind: CoroutineKind, yield_ty: Ty<'tcx>, return_ty: Ty<'tcx>) -> Ty<'tcx> {
    match kind {
        CoroutineKind::Desugared(CoroutineDesugaring::Async, _) => lang_adt(tcx, LangItem::Poll, &[return_ty]),
        CoroutineKind::Desugared(CoroutineDesugaring::Gen, _) => lang_adt(tcx, LangItem::Option, &[yield_ty]),
        // It yields `Poll<Option<T>>` already.
        CoroutineKind::Desugared(CoroutineDesugaring::AsyncGen, _) => yield_ty,
        CoroutineKind::Coroutine(_) => lang_adt(tcx, LangItem::CoroutineState, &[yield_ty, return_ty]),
    }
}

/// Gives an argument or the return place a new type; what used it uses a new local.
fn replace_local<'tcx>(tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>, local: Local, ty: Ty<'tcx>) -> Local {
    let new = body.local_decls.push(LocalDecl::new(ty, body.span));
    body.local_decls.swap(local, new);
    RenameLocal { tcx, from: local, to: new }.visit_body(body);
    new
}

struct RenameLocal<'tcx> {
    tcx: TyCtxt<'tcx>,
    from: Local,
    to: Local,
}

impl<'tcx> MutVisitor<'tcx> for RenameLocal<'tcx> {
    const CHANGES_CFG: bool = false;
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn visit_local(&mut self, local: &mut Local, _: PlaceContext, _: Location) {
        if *local == self.from {
            *local = self.to;
        }
    }
    fn visit_terminator(&mut self, terminator: &mut Terminator<'tcx>, location: Location) {
        // `return` is of whatever the return place is.
        if !matches!(terminator.kind, TerminatorKind::Return) {
            self.super_terminator(terminator, location);
        }
    }
}

/// The argument of the first resumption goes where the body expects it. To `async` code it is `&mut Context`, which type
/// checking hides in `ResumeTy`.
fn take_resume_argument<'tcx>(tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>, kind: CoroutineKind) {
    if is_async(kind) {
        let erased = tcx.lifetimes().re_erased;
        let def = tcx.adt_def(tcx.require_lang_item(LangItem::Context, span::DUMMY_SP));
        let context = tcx.mk_mut_ref(erased, tcx.mk_adt(def, tcx.mk_args(&[erased.into()])));
        unwrap_contexts(tcx, body, context);
    }
    if is_plain_iterator(kind) {
        // The parameter stays as a variable that is never looked at.
        return;
    }
    let ty = body.local_decls[RESUME_ARG].ty;
    let old = replace_local(tcx, body, RESUME_ARG, ty);
    let source_info = SourceInfo::outermost(body.span);
    let value = Rvalue::Use(Operand::Move(RESUME_ARG.into()));
    body.basic_blocks.as_mut_preserves_cfg()[START_BLOCK].statements.insert(0, assign(source_info, old.into(), value));
}

/// `get_context(x)` is `x` itself, now that it has its type.
fn unwrap_contexts<'tcx>(tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>, context: Ty<'tcx>) {
    let get_context = tcx.require_lang_item(LangItem::GetContext, span::DUMMY_SP);
    let resume_ty = tcx.require_lang_item(LangItem::ResumeTy, span::DUMMY_SP);
    for bb in body.basic_blocks.indices() {
        let TerminatorKind::Call { func, .. } = &body[bb].terminator().kind else { continue };
        if !matches!(*func.ty(&*body, tcx).kind(), TyKind::FnDef(def_id, _) if def_id == get_context) {
            continue;
        }
        let term = body[bb].terminator_mut();
        let kind = std::mem::replace(&mut term.kind, TerminatorKind::Unreachable);
        let source_info = term.source_info;
        if let TerminatorKind::Call { args, destination, target: Some(target), .. } = kind
            && let Some(arg) = args.into_iter().next()
        {
            body[bb].terminator_mut().kind = TerminatorKind::Goto { target };
            body[bb].statements.push(assign(source_info, destination, Rvalue::Use(arg.node)));
        }
    }
    for decl in &mut body.local_decls {
        if matches!(*decl.ty.kind(), TyKind::Adt(def, _) if def.did() == resume_ty) {
            decl.ty = context;
        }
    }
}

/// An index is a local, which may not become a field: it is copied where it is used.
fn copy_saved_indices<'tcx>(tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
    let saved = saved_locals(body).remap;
    let patch = MirPatch::new(body);
    let mut v = CopyIndices { tcx, saved, patch };
    for (bb, data) in body.basic_blocks.as_mut_preserves_cfg().iter_enumerated_mut() {
        v.visit_basic_block_data(bb, data);
    }
    v.patch.apply(body);
}

struct CopyIndices<'tcx> {
    tcx: TyCtxt<'tcx>,
    saved: saved_locals::Remap<'tcx>,
    patch: MirPatch<'tcx>,
}

impl<'tcx> MutVisitor<'tcx> for CopyIndices<'tcx> {
    const CHANGES_CFG: bool = false;
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn process_projection_elem(&mut self, elem: PlaceElem<'tcx>, location: Location) -> Option<PlaceElem<'tcx>> {
        let ProjectionElem::Index(local) = elem else { return None };
        let (ty, ..) = self.saved[local]?;
        let temp = self.patch.new_temp(ty, span::DUMMY_SP);
        self.patch.add_assign(location, temp.into(), Rvalue::Use(Operand::Copy(local.into())));
        Some(ProjectionElem::Index(temp))
    }
}

fn assign<'tcx>(source_info: SourceInfo, place: Place<'tcx>, value: Rvalue<'tcx>) -> Statement<'tcx> {
    Statement::new(source_info, StatementKind::Assign(Box::new((place, value))))
}

fn end_block<'tcx>(
    body: &mut Body<'tcx>,
    statements: Vec<Statement<'tcx>>,
    kind: TerminatorKind<'tcx>,
    is_cleanup: bool,
) -> BasicBlock {
    let source_info = SourceInfo::outermost(body.span);
    let data = BasicBlockData::new_stmts(statements, Some(Terminator { source_info, kind }), is_cleanup);
    body.basic_blocks.as_mut().push(data)
}

/// Replaces the coroutine by what a place has.
struct ReplaceSelf<'tcx> {
    tcx: TyCtxt<'tcx>,
    base: Place<'tcx>,
}

impl<'tcx> MutVisitor<'tcx> for ReplaceSelf<'tcx> {
    const CHANGES_CFG: bool = false;
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn visit_place(&mut self, place: &mut Place<'tcx>, _: PlaceContext, _: Location) {
        if place.local == SELF_ARG {
            *place = self.base.project_deeper(place.projection, self.tcx.interner());
        }
    }
}

/// The coroutine comes by reference.
fn make_self_indirect<'tcx>(tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>, coroutine_ty: Ty<'tcx>) {
    body.local_decls[SELF_ARG].ty = tcx.mk_mut_ref(tcx.lifetimes().re_erased, coroutine_ty);
    let base = Place::from(SELF_ARG).deref(tcx.interner());
    ReplaceSelf { tcx, base }.visit_body(body);
}

/// The reference comes in a `Pin`.
fn make_self_pinned<'tcx>(tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
    let reference_ty = body.local_decls[SELF_ARG].ty;
    let unpinned = body.local_decls.push(LocalDecl::new(reference_ty, body.span));
    ReplaceSelf { tcx, base: unpinned.into() }.visit_body(body);
    body.local_decls[SELF_ARG].ty = lang_adt(tcx, LangItem::Pin, &[reference_ty]);
    let pointer = Place::from(SELF_ARG).field(FieldIdx::ZERO, reference_ty, tcx.interner());
    let read = assign(SourceInfo::outermost(body.span), unpinned.into(), Rvalue::Use(Operand::Copy(pointer)));
    body.basic_blocks.as_mut_preserves_cfg()[START_BLOCK].statements.insert(0, read);
}
