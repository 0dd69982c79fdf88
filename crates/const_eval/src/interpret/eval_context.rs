//! [`InterpCx`]: the state of a run, its frames, and how bodies are got ready for one.

use std::cell::{Cell, RefCell};

use mir::interpret::GlobalId;
use mir::{BasicBlock, Body, Local, Location, START_BLOCK, UnwindAction};
use query::TyCtxt;
use rustc_abi::{Align, HasDataLayout, Size, TargetDataLayout};
use rustc_index::IndexVec;
use span::def_id::DefId;
use span::{FxHashMap, Span};
use ty::layout::TyAndLayout;
use ty::visit::TypeVisitableExt;
use ty::{GenericArgsRef, Instance, InstanceKind, Ty, TyKind, TypingEnv};

use super::operand::{Immediate, Operand};
use super::place::{MPlaceTy, MemPlaceMeta, PlaceTy};
use super::{InterpError, InterpResult, InvalidProgram, Machine, Memory, UndefinedBehavior};

/// The interpreter.
pub struct InterpCx<'tcx, M: Machine<'tcx>> {
    pub machine: M,
    pub tcx: TyCtxt<'tcx>,
    /// The place of what is evaluated, for errors before the first frame and after the last.
    pub root_span: Span,
    pub typing_env: TypingEnv<'tcx>,
    pub memory: Memory<'tcx, M>,
    /// Calls and turns of loops so far.
    pub steps: u64,
    /// The interned memory of the static that was evaluated.
    pub root_static: Option<mir::interpret::ConstAllocation<'tcx>>,
}

/// A body with the arguments of an instance filled in and normalised, and what is worth keeping for every run of it.
pub struct MonoBody<'tcx> {
    pub body: &'tcx Body<'tcx>,
    layouts: IndexVec<Local, Cell<Option<TyAndLayout<'tcx>>>>,
    always_live: Vec<Local>,
}

/// What is done when a frame ends.
#[derive(Clone, Copy, Debug)]
pub enum ReturnContinuation {
    /// The caller goes on there; `None` if the callee may not return.
    Goto { ret: Option<BasicBlock>, unwind: UnwindAction },
    /// It was the first frame.
    Stop,
}

/// A local variable.
#[derive(Clone, Copy, Debug)]
pub struct LocalState {
    value: LocalValue,
}

#[derive(Clone, Copy, Debug)]
enum LocalValue {
    Dead,
    Live(Operand),
}

impl LocalState {
    const DEAD: LocalState = LocalState { value: LocalValue::Dead };
    const UNINIT: LocalState = LocalState { value: LocalValue::Live(Operand::Immediate(Immediate::Uninit)) };
    pub fn access<'tcx>(&self) -> InterpResult<'tcx, &Operand> {
        match &self.value {
            LocalValue::Live(op) => Ok(op),
            LocalValue::Dead => Err(UndefinedBehavior::DeadLocal.into()),
        }
    }
    pub fn access_mut<'tcx>(&mut self) -> InterpResult<'tcx, &mut Operand> {
        match &mut self.value {
            LocalValue::Live(op) => Ok(op),
            LocalValue::Dead => Err(UndefinedBehavior::DeadLocal.into()),
        }
    }
}

/// A call being run.
pub struct Frame<'tcx> {
    pub mono: &'tcx MonoBody<'tcx>,
    pub body: &'tcx Body<'tcx>,
    pub instance: Instance<'tcx>,
    pub return_place: PlaceTy<'tcx>,
    pub return_cont: ReturnContinuation,
    pub locals: IndexVec<Local, LocalState>,
    pub block: BasicBlock,
    pub statement: usize,
}

impl<'tcx> Frame<'tcx> {
    pub fn location(&self) -> Location {
        Location { block: self.block, statement_index: self.statement }
    }
    pub fn current_source_info(&self) -> &mir::SourceInfo {
        self.body.source_info(self.location())
    }
    pub fn current_span(&self) -> Span {
        self.current_source_info().span
    }
    /// The node whose lint levels hold here.
    pub fn lint_root(&self) -> Option<hir::HirId> {
        self.current_source_info().scope.lint_root(&self.body.source_scopes)
    }
}

/// A frame as a backtrace shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FrameInfo<'tcx> {
    pub instance: Instance<'tcx>,
    pub span: Span,
}

impl<'tcx, M: Machine<'tcx>> HasDataLayout for InterpCx<'tcx, M> {
    fn data_layout(&self) -> &TargetDataLayout {
        &self.tcx.sess().target.data_layout
    }
}

/// The bodies got ready in this session, by generic body and arguments.
struct MonoBodies;
type MonoTable<'tcx> = RefCell<FxHashMap<(*const Body<'tcx>, GenericArgsRef<'tcx>), &'tcx MonoBody<'tcx>>>;

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    pub fn new(tcx: TyCtxt<'tcx>, root_span: Span, typing_env: TypingEnv<'tcx>, machine: M) -> Self {
        let memory = Memory { alloc_map: FxHashMap::default(), dead_alloc_map: FxHashMap::default() };
        InterpCx { machine, tcx, root_span, typing_env, memory, steps: 0, root_static: None }
    }
    /// The span of what is being run.
    pub fn cur_span(&self) -> Span {
        M::stack(self).last().map_or(self.root_span, Frame::current_span)
    }
    #[inline]
    pub fn frame(&self) -> &Frame<'tcx> {
        M::stack(self).last().expect("a frame")
    }
    #[inline]
    pub fn frame_mut(&mut self) -> &mut Frame<'tcx> {
        M::stack_mut(self).last_mut().expect("a frame")
    }
    pub fn pointer_align(&self) -> Align {
        self.data_layout().pointer_align().abi
    }
    pub fn pointer_size(&self) -> Size {
        self.data_layout().pointer_size()
    }

    // --- Types ---
    pub fn layout_of(&self, ty: Ty<'tcx>) -> InterpResult<'tcx, TyAndLayout<'tcx>> {
        self.tcx.layout_of(self.typing_env.as_query_input(ty)).map_err(InterpError::from)
    }
    pub fn layout_of_local(&self, frame: &Frame<'tcx>, local: Local) -> InterpResult<'tcx, TyAndLayout<'tcx>> {
        let cell = &frame.mono.layouts[local];
        if let Some(l) = cell.get() {
            return Ok(l);
        }
        let layout = self.layout_of(frame.body.local_decls[local].ty)?;
        cell.set(Some(layout));
        Ok(layout)
    }
    pub fn normalize<T: ty::TypeFoldable<'tcx> + ty::TypeVisitable<'tcx>>(&self, value: T) -> InterpResult<'tcx, T> {
        self.tcx.try_normalize_erasing_regions(self.typing_env, value).map_err(|_| InvalidProgram::TooGeneric.into())
    }
    pub fn type_is_freeze(&self, ty: Ty<'tcx>) -> bool {
        self.tcx.type_is_freeze(self.typing_env, ty)
    }
    /// The function or constant that a path stands for.
    pub fn resolve(&self, def: DefId, args: GenericArgsRef<'tcx>) -> InterpResult<'tcx, Instance<'tcx>> {
        match self.tcx.resolve_instance(self.typing_env, def, args) {
            Ok(Some(i)) => Ok(i),
            Ok(None) => Err(InvalidProgram::TooGeneric.into()),
            Err(guar) => Err(guar.into()),
        }
    }
    /// Size and alignment of what is at a place; `None` for extern types.
    pub fn size_and_align_of(
        &self,
        meta: MemPlaceMeta,
        layout: TyAndLayout<'tcx>,
    ) -> InterpResult<'tcx, Option<(Size, Align)>> {
        if layout.is_sized() {
            return Ok(Some((layout.size, layout.align.abi)));
        }
        match *layout.ty.kind() {
            TyKind::Adt(..) | TyKind::Tuple(_) => {
                // All fields but the last are sized; the last starts as its alignment demands.
                let last = layout.fields.count() - 1;
                let unsized_offset = layout.fields.offset(last);
                let sized_align = layout.align.abi;
                let field = self.layout_of_field(layout, last)?;
                let Some((unsized_size, mut unsized_align)) = self.size_and_align_of(meta, field)? else {
                    return Ok(None);
                };
                if let TyKind::Adt(def, _) = *layout.ty.kind() {
                    if let Some(packed) = def.repr().pack {
                        unsized_align = unsized_align.min(packed);
                    }
                }
                let full_align = sized_align.max(unsized_align);
                let offset = unsized_offset.align_to(unsized_align);
                let size = Size::from_bytes(offset.bytes().saturating_add(unsized_size.bytes())).align_to(full_align);
                if size.bytes() >= self.data_layout().obj_size_bound() {
                    return Err(UndefinedBehavior::InvalidMetaTooBig.into());
                }
                Ok(Some((size, full_align)))
            }
            TyKind::Dynamic(preds, _) => {
                let vtable = meta.unwrap_meta().to_pointer();
                let ty = self.get_ptr_vtable_ty(vtable, Some(preds))?;
                let l = self.layout_of(ty)?;
                Ok(Some((l.size, l.align.abi)))
            }
            TyKind::Slice(_) | TyKind::Str => {
                let len = super::operand::scalar_to_int(meta.unwrap_meta())?.to_target_usize();
                let elem = self.layout_of_field(layout, 0)?;
                match elem.size.bytes().checked_mul(len) {
                    Some(n) if n < self.data_layout().obj_size_bound() => {
                        Ok(Some((Size::from_bytes(n), elem.align.abi)))
                    }
                    _ => Err(UndefinedBehavior::InvalidMetaSliceTooBig.into()),
                }
            }
            TyKind::Foreign(_) => Ok(None),
            _ => super::ub(format!("the size of `{}`", layout.ty)),
        }
    }
    pub fn size_and_align_of_val(&self, m: &MPlaceTy<'tcx>) -> InterpResult<'tcx, Option<(Size, Align)>> {
        self.size_and_align_of(m.mplace.meta, m.layout)
    }

    // --- Bodies ---
    /// The generic body of an instance or promoted.
    pub fn load_mir(
        &self,
        instance: InstanceKind<'tcx>,
        promoted: Option<mir::Promoted>,
    ) -> InterpResult<'tcx, &'tcx Body<'tcx>> {
        let tcx = self.tcx;
        let def_id = instance.def_id();
        if let Some(local) = def_id.as_local() {
            if matches!(instance, InstanceKind::Item(_)) && has_typeck(tcx, def_id) {
                if let Some(guar) = tcx.typeck(tcx.typeck_root_def_id_local(local)).tainted_by_errors {
                    return Err(guar.into());
                }
            }
        }
        let body = match promoted {
            Some(p) => &tcx.promoted_mir(def_id)[p],
            None => match instance {
                InstanceKind::Item(def) => {
                    if !tcx.is_ctfe_mir_available(def) {
                        return super::unsup(format!("missing MIR for `{}`", tcx.def_path_str(def)));
                    }
                    tcx.mir_for_ctfe(def)
                }
                _ => tcx.instance_mir(instance),
            },
        };
        match body.tainted_by_errors {
            Some(guar) => Err(guar.into()),
            None => Ok(body),
        }
    }
    /// A body with an instance's arguments.
    pub fn mono_body(
        &self,
        body: &'tcx Body<'tcx>,
        instance: Instance<'tcx>,
    ) -> InterpResult<'tcx, &'tcx MonoBody<'tcx>> {
        let tcx = self.tcx;
        let args = instance.args;
        let table = tcx.slot::<MonoBodies, MonoTable<'tcx>>(Default::default);
        let key = (std::ptr::from_ref(body), args);
        if let Some(&found) = table.borrow().get(&key) {
            return Ok(found);
        }
        let generic = instance.def.has_polymorphic_mir_body() && body.has_param();
        let mono: &'tcx Body<'tcx> = if generic || body.has_aliases() {
            let value = body.clone();
            let value = if generic { ty::EarlyBinder::bind(value).instantiate(tcx.interner(), args) } else { value };
            tcx.arena().alloc(self.normalize(value)?)
        } else {
            body
        };
        let always = mir::dataflow::always_storage_live_locals(mono);
        let always_live = mono.vars_and_temps_iter().filter(|&l| always.contains(l)).collect();
        let layouts = IndexVec::from_fn_n(|_| Cell::new(None), mono.local_decls.len());
        let mono: &'tcx MonoBody<'tcx> = tcx.arena().alloc(MonoBody { body: mono, layouts, always_live });
        // What still has parameters depends on the environment, too.
        if !args.iter().any(|a| a.flags().intersects(ty::TypeFlags::HAS_PARAM)) {
            table.borrow_mut().insert(key, mono);
        }
        Ok(mono)
    }

    // --- Frames ---
    pub fn push_frame(
        &mut self,
        instance: Instance<'tcx>,
        mono: &'tcx MonoBody<'tcx>,
        return_place: PlaceTy<'tcx>,
        return_cont: ReturnContinuation,
    ) -> InterpResult<'tcx> {
        M::check_frame(self)?;
        let body = mono.body;
        let mut locals = IndexVec::from_elem_n(LocalState::DEAD, body.local_decls.len());
        locals[mir::RETURN_PLACE] = LocalState::UNINIT;
        for l in body.args_iter().chain(mono.always_live.iter().copied()) {
            locals[l] = LocalState::UNINIT;
        }
        // What must be evaluated even if it is not reached: errors do not depend on control flow.
        for c in body.required_consts() {
            self.eval_const(&c.const_, c.span)?;
        }
        M::stack_mut(self).push(Frame {
            mono,
            body,
            instance,
            return_place,
            return_cont,
            locals,
            block: START_BLOCK,
            statement: 0,
        });
        Ok(())
    }
    /// Ends the frame: its result goes to the caller's place, its locals are freed.
    pub(crate) fn return_from_frame(&mut self) -> InterpResult<'tcx, bool> {
        let frame = self.frame();
        let ret_layout = self.layout_of_local(frame, mir::RETURN_PLACE)?;
        let dest = frame.return_place;
        let cont = frame.return_cont;
        let op = super::OpTy { op: *frame.locals[mir::RETURN_PLACE].access()?, layout: ret_layout };
        if ret_layout.is_uninhabited() {
            return Err(UndefinedBehavior::Unreachable.into());
        }
        let frame = M::stack_mut(self).pop().expect("a frame");
        if matches!(cont, ReturnContinuation::Stop) {
            // No caller: the destination is memory. The locals live on: extended temporaries of a constant are `'static`.
            self.copy_result(&op, &dest)?;
            return Ok(false);
        }
        self.copy_result(&op, &dest)?;
        self.free_locals(&frame);
        let ReturnContinuation::Goto { ret, .. } = cont else { return Ok(false) };
        match ret {
            Some(block) => self.go_to_block(block),
            None => return Err(UndefinedBehavior::Unreachable.into()),
        }
        Ok(true)
    }
    fn copy_result(&mut self, op: &super::OpTy<'tcx>, dest: &PlaceTy<'tcx>) -> InterpResult<'tcx> {
        if let Operand::Immediate(Immediate::Uninit) = op.op {
            if !op.layout.is_zst() {
                return self.write_uninit(dest);
            }
        }
        self.copy_op_allow_transmute(op, dest)
    }
    fn free_locals(&mut self, frame: &Frame<'tcx>) {
        for local in &frame.locals {
            self.free_local(*local);
        }
    }
    fn free_local(&mut self, local: LocalState) {
        if let LocalValue::Live(Operand::Indirect(m)) = local.value {
            if let Some(prov) = m.ptr.provenance {
                self.free(prov.alloc_id());
            }
        }
    }
    pub fn go_to_block(&mut self, block: BasicBlock) {
        let frame = self.frame_mut();
        frame.block = block;
        frame.statement = 0;
    }
    /// Goes on after a call, or fails if it may not return.
    pub fn return_to_block(&mut self, target: Option<BasicBlock>) -> InterpResult<'tcx> {
        match target {
            Some(block) => {
                self.go_to_block(block);
                Ok(())
            }
            None => Err(UndefinedBehavior::Unreachable.into()),
        }
    }
    pub(crate) fn storage_live(&mut self, local: Local) -> InterpResult<'tcx> {
        let layout = self.layout_of_local(self.frame(), local)?;
        if layout.is_unsized() {
            return Err(super::Unsupported::UnsizedLocal.into());
        }
        let old = std::mem::replace(&mut self.frame_mut().locals[local], LocalState::UNINIT);
        self.free_local(old);
        Ok(())
    }
    pub(crate) fn storage_dead(&mut self, local: Local) {
        let old = std::mem::replace(&mut self.frame_mut().locals[local], LocalState::DEAD);
        self.free_local(old);
    }
    /// The frames, innermost first.
    pub fn generate_stacktrace(&self) -> Vec<FrameInfo<'tcx>> {
        M::stack(self).iter().rev().map(|f| FrameInfo { instance: f.instance, span: f.current_span() }).collect()
    }

    // --- Constants ---
    /// Evaluates a constant of a body whose arguments are filled in.
    pub fn eval_const(&self, c: &mir::Const<'tcx>, span: Span) -> InterpResult<'tcx, mir::ConstValue> {
        let val = self.tcx.eval_mir_const(*c, self.typing_env, span).map_err(|e| {
            if let mir::interpret::ErrorHandled::Reported(..) = e {
                crate::const_eval::note_erroneous_constant(self.tcx, span, e);
            }
            InterpError::from(e)
        })?;
        Ok(val)
    }
    /// A static's, constant's or promoted's memory.
    pub fn eval_global(&self, instance: Instance<'tcx>) -> InterpResult<'tcx, MPlaceTy<'tcx>> {
        let gid = GlobalId { instance, promoted: None };
        let val = self.tcx.eval_to_allocation_raw(self.typing_env.as_query_input(gid))?;
        self.raw_const_to_mplace(val)
    }
}

/// Whether a definition has a type-checked body of its own.
fn has_typeck(tcx: TyCtxt<'_>, def_id: DefId) -> bool {
    use hir::def::DefKind;
    match tcx.def_kind(def_id) {
        DefKind::Fn | DefKind::AssocFn => def_id.as_local().is_some_and(|l| tcx.hir_maybe_body_owned_by(l).is_some()),
        DefKind::Const
        | DefKind::AssocConst
        | DefKind::Static { .. }
        | DefKind::AnonConst
        | DefKind::InlineConst
        | DefKind::Closure => def_id.as_local().is_some_and(|l| tcx.hir_maybe_body_owned_by(l).is_some()),
        _ => false,
    }
}
