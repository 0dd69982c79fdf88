//! [`Inline`]: calls become the callee's body. Callees are optimised first, so what comes in has its own callees inside;
//! `mono/inline/cost.rs` says what is worth it.
//!
//! Scopes of the callee hang below that of the call, with the callee noted (`inlined`), so that locations of
//! `#[track_caller]` functions and backtraces stay as they were.

mod cost;

use mir::visit::{MutVisitor, PlaceContext};
use mir::{
    BasicBlock, Body, Local, LocalDecl, LocalKind, Location, Operand, Place, Rvalue, SourceInfo, SourceScope,
    Statement, StatementKind, Terminator, TerminatorKind, UnwindAction,
};
use query::TyCtxt;
use rustc_index::IndexVec;
use rustc_index::bit_set::DenseBitSet;
use span::Span;
use ty::{FieldIdx, Instance, InstanceKind, TyKind, TypingEnv};

use crate::pass_manager::MirPass;
use cost::Budget;

pub(super) struct Inline;

impl<'tcx> MirPass<'tcx> for Inline {
    fn name(&self) -> &'static str {
        "Inline"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let caller = body.source.def_id();
        let cold = cold_blocks(body);
        let mut budget = Budget::new(tcx, caller, cold.contains(mir::START_BLOCK));
        // Blocks that come in are not looked at again: their calls were weighed in the callee.
        for bb in body.basic_blocks.indices() {
            if body[bb].is_cleanup {
                continue;
            }
            let Some(site) = call_site(tcx, body, bb) else { continue };
            if super::in_progress(tcx).borrow().contains(&site.callee) || !budget.may_inline(site.callee) {
                continue;
            }
            let callee = tcx.mono_optimized_mir(site.callee);
            if callee.tainted_by_errors.is_some()
                || callee.coroutine.is_some()
                || !budget.is_worth_it(tcx, site.callee, callee, &body[bb], cold.contains(bb))
                || !fits(tcx, body, &site, callee)
            {
                continue;
            }
            inline_call(tcx, body, &site, callee);
        }
    }
}

/// The blocks from which every way leads to the end of the program: they run once if ever.
fn cold_blocks(body: &Body<'_>) -> DenseBitSet<BasicBlock> {
    let mut cold = DenseBitSet::new_empty(body.basic_blocks.len());
    let order: Vec<BasicBlock> = mir::traversal::postorder(body).map(|(bb, _)| bb).collect();
    for bb in order {
        let data = &body[bb];
        let ends = match &data.terminator().kind {
            TerminatorKind::Return | TerminatorKind::TailCall { .. } | TerminatorKind::Yield { .. } => false,
            TerminatorKind::Unreachable => true,
            _ => data.terminator().successors().filter(|s| !body[*s].is_cleanup).all(|s| cold.contains(s)),
        };
        if ends {
            cold.insert(bb);
        }
    }
    cold
}

/// A call of a known function.
struct CallSite<'tcx> {
    callee: Instance<'tcx>,
    block: BasicBlock,
    source_info: SourceInfo,
    fn_span: Span,
}

fn call_site<'tcx>(tcx: TyCtxt<'tcx>, body: &Body<'tcx>, block: BasicBlock) -> Option<CallSite<'tcx>> {
    let term = body[block].terminator();
    let TerminatorKind::Call { func, fn_span, .. } = &term.kind else { return None };
    let (def_id, args) = func.const_fn_def()?;
    if tcx.intrinsic(def_id).is_some() {
        return None;
    }
    let callee = tcx.resolve_instance(TypingEnv::fully_monomorphized(), def_id, args).ok()??;
    let has_body = match callee.def {
        InstanceKind::Item(d) => !tcx.is_foreign_item(d) && (tcx.is_constructor(d) || tcx.is_mir_available(d)),
        InstanceKind::ClosureOnceShim { .. } | InstanceKind::FnPtrShim(..) | InstanceKind::CloneShim(..) => true,
        // Glue is called by its name in places that optimisation knows (`drop_in_place`); it is as any function.
        InstanceKind::DropGlue(_, ty) => ty.is_some_and(|t| !matches!(t.kind(), TyKind::Dynamic(..))),
        InstanceKind::Intrinsic(_)
        | InstanceKind::VTableShim(_)
        | InstanceKind::ReifyShim(..)
        | InstanceKind::Virtual(..)
        | InstanceKind::ConstructCoroutineInClosureShim { .. }
        | InstanceKind::CoroutineKindShim { .. }
        | InstanceKind::ThreadLocalShim(_)
        | InstanceKind::FnPtrAddrShim(..) => false,
    };
    has_body.then_some(CallSite { callee, block, source_info: term.source_info, fn_span: *fn_span })
}

/// Whether arguments and parameters meet.
fn fits<'tcx>(tcx: TyCtxt<'tcx>, body: &Body<'tcx>, site: &CallSite<'tcx>, callee: &Body<'tcx>) -> bool {
    // An unsized argument stays where it lies.
    let env = TypingEnv::fully_monomorphized();
    if callee.args_iter().any(|a| !tcx.type_is_sized(env, callee.local_decls[a].ty)) {
        return false;
    }
    let TerminatorKind::Call { args, .. } = &body[site.block].terminator().kind else { return false };
    args.len() == callee.arg_count || is_untupling(args.len(), callee)
}

/// A closure's body has its parameters apart, which the call has as a tuple.
fn is_untupling(args: usize, callee: &Body<'_>) -> bool {
    args == 2 && callee.spread_arg.is_none()
}

fn inline_call<'tcx>(tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>, site: &CallSite<'tcx>, callee: &Body<'tcx>) {
    let cx = tcx.interner();
    let TerminatorKind::Call { args, destination, target, unwind, .. } = body[site.block].terminator().kind.clone()
    else {
        return;
    };
    let source_info = site.source_info;
    let assign =
        |place: Place<'tcx>, rvalue| Statement::new(source_info, StatementKind::Assign(Box::new((place, rvalue))));
    let mut prologue = Vec::new();
    // The arguments, apart.
    let mut operands: Vec<Operand<'tcx>> = args.iter().map(|a| a.node.clone()).collect();
    let is_closure = matches!(site.callee.def, InstanceKind::Item(d) if tcx.is_closure_like(d));
    if is_closure && callee.spread_arg.is_none() && operands.len() == 2 {
        let tuple = operands.pop().expect("two arguments");
        let tuple_ty = query::ValueTyExt::ty(&tuple, body, tcx);
        let TyKind::Tuple(tys) = *tuple_ty.kind() else { return };
        if tys.len() + 1 != callee.arg_count {
            return;
        }
        let temp = body.local_decls.push(LocalDecl::with_source_info(tuple_ty, source_info));
        prologue.push(assign(temp.into(), Rvalue::Use(tuple)));
        for (i, ty) in tys.iter().enumerate() {
            operands.push(Operand::Move(Place::from(temp).field(FieldIdx::from_usize(i), ty, cx)));
        }
    } else if operands.len() != callee.arg_count {
        return;
    }

    // Locals of the callee: the return place may be the destination, the rest are new.
    let direct = destination.as_local().filter(|l| body.local_kind(*l) == LocalKind::Temp || *l == mir::RETURN_PLACE);
    let mut locals: IndexVec<Local, Local> = IndexVec::new();
    let mut result = None;
    for (local, decl) in callee.local_decls.iter_enumerated() {
        if local == mir::RETURN_PLACE {
            if let Some(direct) = direct {
                locals.push(direct);
                continue;
            }
            result = Some(body.local_decls.next_index());
        }
        let mut decl = decl.clone();
        decl.source_info = source_info;
        locals.push(body.local_decls.push(decl));
    }
    for (i, operand) in operands.into_iter().enumerate() {
        prologue.push(assign(locals[Local::from_usize(i + 1)].into(), Rvalue::Use(operand)));
    }

    let scopes = import_scopes(body, site, callee);
    let first_block = body.basic_blocks.len();
    // After the return: the result to its place, if that was not written at once.
    let epilogue = result.map(|r| assign(destination, Rvalue::Use(Operand::Move(r.into()))));
    let mut integrator = Integrator { tcx, locals, scopes, first_block, target, unwind, epilogue };
    let mut new_blocks = callee.basic_blocks.clone().into_inner();
    for (bb, data) in new_blocks.iter_enumerated_mut() {
        integrator.visit_basic_block_data(bb, data);
    }
    let blocks = body.basic_blocks.as_mut();
    blocks.extend(new_blocks);
    let block = &mut blocks[site.block];
    block.statements.extend(prologue);
    block.terminator_mut().kind = TerminatorKind::Goto { target: BasicBlock::from_usize(first_block) };
    if !callee.required_consts().is_empty() {
        body.required_consts.get_or_insert_default().extend_from_slice(callee.required_consts());
    }
}

/// Adds the callee's scopes below that of the call.
fn import_scopes<'tcx>(
    body: &mut Body<'tcx>,
    site: &CallSite<'tcx>,
    callee: &Body<'tcx>,
) -> IndexVec<SourceScope, SourceScope> {
    let call_scope = site.source_info.scope;
    let call_data = &body.source_scopes[call_scope];
    let outer = if call_data.inlined.is_some() { Some(call_scope) } else { call_data.inlined_parent_scope };
    let first = body.source_scopes.len();
    let root = SourceScope::from_usize(first);
    let map: IndexVec<SourceScope, SourceScope> =
        callee.source_scopes.indices().map(|s| SourceScope::from_usize(first + s.as_usize())).collect();
    for (scope, data) in callee.source_scopes.iter_enumerated() {
        let mut data = data.clone();
        data.local_data = mir::ClearCrossCrate::Clear;
        if scope == mir::OUTERMOST_SOURCE_SCOPE {
            data.parent_scope = Some(call_scope);
            data.inlined = Some((site.callee, site.fn_span));
            data.inlined_parent_scope = outer;
        } else {
            data.parent_scope = data.parent_scope.map(|s| map[s]);
            data.inlined_parent_scope = Some(data.inlined_parent_scope.map_or(root, |s| map[s]));
        }
        body.source_scopes.push(data);
    }
    map
}

/// Makes the callee's blocks blocks of the caller.
struct Integrator<'tcx> {
    tcx: TyCtxt<'tcx>,
    locals: IndexVec<Local, Local>,
    scopes: IndexVec<SourceScope, SourceScope>,
    first_block: usize,
    target: Option<BasicBlock>,
    unwind: UnwindAction,
    epilogue: Option<Statement<'tcx>>,
}

impl<'tcx> MutVisitor<'tcx> for Integrator<'tcx> {
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn visit_local(&mut self, local: &mut Local, _: PlaceContext, _: Location) {
        *local = self.locals[*local];
    }
    fn visit_source_scope(&mut self, scope: &mut SourceScope) {
        *scope = self.scopes[*scope];
    }
    fn visit_basic_block_data(&mut self, block: BasicBlock, data: &mut mir::BasicBlockData<'tcx>) {
        let returns = matches!(data.terminator().kind, TerminatorKind::Return);
        self.super_basic_block_data(block, data);
        if returns {
            data.statements.extend(self.epilogue.clone());
        }
    }
    fn visit_terminator(&mut self, terminator: &mut Terminator<'tcx>, location: Location) {
        let first = self.first_block;
        terminator.successors_mut(|s| *s = BasicBlock::from_usize(first + s.as_usize()));
        match &mut terminator.kind {
            TerminatorKind::Return => {
                terminator.kind = match self.target {
                    Some(target) => TerminatorKind::Goto { target },
                    None => TerminatorKind::Unreachable,
                };
            }
            TerminatorKind::UnwindResume => {
                terminator.kind = match self.unwind {
                    UnwindAction::Cleanup(target) => TerminatorKind::Goto { target },
                    UnwindAction::Continue => TerminatorKind::UnwindResume,
                    UnwindAction::Unreachable => TerminatorKind::Unreachable,
                    UnwindAction::Terminate(reason) => TerminatorKind::UnwindTerminate(reason),
                };
            }
            kind => {
                if let Some(unwind @ UnwindAction::Continue) = kind.unwind_mut() {
                    *unwind = self.unwind;
                }
            }
        }
        if !matches!(terminator.kind, TerminatorKind::Goto { .. } | TerminatorKind::Unreachable) {
            self.super_terminator(terminator, location);
        } else {
            self.visit_source_info(&mut terminator.source_info);
        }
    }
}
