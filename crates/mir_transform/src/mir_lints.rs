//! Errors and lints on built MIR: references to fields of packed structs (E0793), functions that cannot return without
//! calling themselves, changes of constant items.

use diagnostics::ErrCode;
use hir::HirId;
use hir::def::DefKind;
use mir::visit::{PlaceContext, Visitor};
use mir::{
    BasicBlock, Body, BorrowKind, Local, LocalInfo, Location, Operand, Place, ProjectionElem, Rvalue, Statement,
    StatementKind, TerminatorKind, UnwindAction,
};
use query::{TyCtxt, ValueTyExt};
use rustc_index::bit_set::DenseBitSet;
use session::lint as builtin;
use span::Span;
use span::def_id::{DefId, LocalDefId};
use ty::{TyKind, TypingEnv};

use crate::add_moves_for_packed_drops::{is_disaligned, packed_align};

/// Runs all of them.
pub(crate) fn check_body<'tcx>(tcx: TyCtxt<'tcx>, body: &Body<'tcx>, def: LocalDefId) {
    if body.tainted_by_errors.is_some() {
        return;
    }
    let env = TypingEnv { typing_mode: tcx.typing_mode_of_body(def), param_env: tcx.param_env(def.to_def_id()) };
    PackedRefs { tcx, body, env }.visit_body(body);
    check_call_recursion(tcx, body, def, env);
    ConstMutation { tcx, body, target: None }.visit_body(body);
}

struct PackedRefs<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    body: &'a Body<'tcx>,
    env: TypingEnv<'tcx>,
}

impl<'tcx> Visitor<'tcx> for PackedRefs<'_, 'tcx> {
    fn visit_place(&mut self, place: &Place<'tcx>, context: PlaceContext, location: Location) {
        if !context.is_borrow() || place.projection.is_empty() || !is_disaligned(self.tcx, self.body, self.env, *place)
        {
            return;
        }
        let Some((adt, pack)) = packed_align(self.tcx, self.body, *place) else { return };
        let descr = adt.descr();
        let mut err = self.tcx.dcx().struct_span_err(
            self.body.source_info(location).span,
            format!("reference to field of packed {descr} is unaligned"),
        );
        err.code(ErrCode(793));
        err.note(format!(
            "this {descr} is {}-byte aligned, but the type of this field may require higher alignment",
            pack.bytes()
        ));
        err.note(
            "creating a misaligned reference is undefined behavior (even if that reference is never dereferenced)",
        );
        err.help(
            "copy the field contents to a local variable, or replace the reference with a raw pointer and use \
             `read_unaligned`/`write_unaligned` (loads and stores via `*p` must be properly aligned even when using raw \
             pointers)",
        );
        err.emit();
    }
}

/// The lint `unconditional_recursion`: every way from the start leads to a call of the function itself.
fn check_call_recursion<'tcx>(tcx: TyCtxt<'tcx>, body: &Body<'tcx>, def: LocalDefId, env: TypingEnv<'tcx>) {
    if !matches!(tcx.def_kind(def), DefKind::Fn | DefKind::AssocFn) {
        return;
    }
    let caller = def.to_def_id();
    // Of a trait's method, the call must be for the same arguments of the trait.
    let own_args = match tcx.trait_of_assoc(caller) {
        Some(trait_id) => &tcx.identity_args_for(caller)[..tcx.generics_of(trait_id).count()],
        None => &[],
    };
    let is_recursive = |bb: BasicBlock| {
        let TerminatorKind::Call { func, args, .. } = &body[bb].terminator().kind else { return false };
        let TyKind::FnDef(callee, callee_args) = *func.ty(body, tcx).kind() else { return false };
        if args.len() != body.arg_count {
            return false;
        }
        let callee_args = tcx.normalize_erasing_regions(env, callee_args);
        let (callee, callee_args) = match tcx.resolve_instance(env, callee, callee_args) {
            Ok(Some(instance)) => (instance.def_id(), instance.args),
            _ => (callee, callee_args),
        };
        callee == caller && tcx.erase_regions(tcx.mk_args(own_args))[..] == callee_args[..own_args.len()]
    };
    let mut calls: Vec<Span> = Vec::new();
    let mut seen = DenseBitSet::new_empty(body.basic_blocks.len());
    let mut todo = vec![mir::START_BLOCK];
    while let Some(bb) = todo.pop() {
        if !seen.insert(bb) {
            continue;
        }
        let term = body[bb].terminator();
        match &term.kind {
            TerminatorKind::UnwindTerminate(_)
            | TerminatorKind::CoroutineDrop
            | TerminatorKind::UnwindResume
            | TerminatorKind::Return
            | TerminatorKind::InlineAsm { .. }
            | TerminatorKind::Yield { .. } => return,
            TerminatorKind::FalseEdge { real_target, .. } => {
                todo.push(*real_target);
                continue;
            }
            _ => {}
        }
        if is_recursive(bb) {
            calls.push(term.source_info.span);
            continue;
        }
        let cleanup = match term.unwind() {
            Some(UnwindAction::Cleanup(c)) if term.successors().count() > 1 => Some(*c),
            _ => None,
        };
        todo.extend(term.successors().filter(|s| Some(*s) != cleanup));
    }
    if calls.is_empty() {
        return;
    }
    calls.sort();
    let span = tcx.def_span(caller);
    let hir_id = tcx.local_def_id_to_hir_id(def);
    let msg = "function cannot return without recursing";
    tcx.emit_node_span_lint(&builtin::UNCONDITIONAL_RECURSION, hir_id, span, msg, |d| {
        d.span_label(span, "cannot return without recursing");
        for call in &calls {
            d.span_label(*call, "recursive call site");
        }
        d.help("a `loop` may express intention better if this is on purpose");
    });
}

/// The lint `const_item_mutation`.
struct ConstMutation<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    body: &'a Body<'tcx>,
    /// The local that the current statement assigns.
    target: Option<Local>,
}

impl<'tcx> ConstMutation<'_, 'tcx> {
    fn const_item(&self, local: Local) -> Option<DefId> {
        match self.body.local_decls[local].local_info() {
            LocalInfo::ConstRef { def_id } => Some(*def_id),
            _ => None,
        }
    }

    /// Where to lint; not where the change is behind a pointer.
    fn lint_place(&self, place: Place<'tcx>, location: Location) -> Option<(HirId, Span)> {
        if place.projection.contains(&ProjectionElem::Deref) {
            return None;
        }
        let info = self.body.source_info(location);
        Some((info.scope.lint_root(&self.body.source_scopes)?, info.span))
    }

    /// The method that the reference in `target` becomes the receiver of, at the end of the block.
    fn self_call(&self, block: BasicBlock) -> Option<DefId> {
        let target = self.target?;
        let TerminatorKind::Call { func, args, .. } = &self.body[block].terminator().kind else { return None };
        let (callee, _) = func.const_fn_def()?;
        let item = self.tcx.opt_associated_item(callee)?;
        if !item.is_method() {
            return None;
        }
        let Operand::Move(receiver) = args.first()?.node else { return None };
        let receiver = receiver.as_local()?;
        if receiver == target {
            return Some(callee);
        }
        // By way of a two-phase borrow's reborrow.
        self.body[block].statements.iter().find_map(|s| match s.kind.as_assign() {
            Some((p, Rvalue::Ref(_, _, from))) if p.as_local() == Some(receiver) && from.local == target => {
                Some(callee)
            }
            _ => None,
        })
    }
}

impl<'tcx> Visitor<'tcx> for ConstMutation<'_, 'tcx> {
    fn visit_statement(&mut self, stmt: &Statement<'tcx>, location: Location) {
        let StatementKind::Assign(assign) = &stmt.kind else { return };
        let lhs = assign.0;
        if !lhs.projection.is_empty() {
            if let Some(item) = self.const_item(lhs.local) {
                let ty = self.tcx.type_of(item).skip_binder();
                // A destructor may see the change.
                let has_dtor = matches!(ty.kind(), TyKind::Adt(def, _) if self.tcx.adt_destructor(def.did()).is_some());
                if let (false, Some((hir_id, span))) = (has_dtor, self.lint_place(lhs, location)) {
                    let def_span = self.tcx.def_span(item);
                    let msg = "attempting to modify a `const` item";
                    self.tcx.emit_node_span_lint(&builtin::CONST_ITEM_MUTATION, hir_id, span, msg, |d| {
                        d.note(
                            "each usage of a `const` item creates a new temporary; the original `const` item will not be \
                             modified",
                        );
                        d.span_note(def_span, "`const` item defined here");
                    });
                }
            }
        }
        self.target = lhs.as_local();
        self.visit_rvalue(&assign.1, location);
        self.target = None;
    }

    fn visit_rvalue(&mut self, rvalue: &Rvalue<'tcx>, location: Location) {
        let Rvalue::Ref(_, BorrowKind::Mut { .. }, place) = rvalue else { return };
        let Some(item) = self.const_item(place.local) else { return };
        let method = self.self_call(location.block);
        let at = if method.is_some() { self.body.terminator_loc(location.block) } else { location };
        let Some((hir_id, span)) = self.lint_place(*place, at) else { return };
        let def_span = self.tcx.def_span(item);
        let method_span = method.map(|m| self.tcx.def_span(m));
        let msg = "taking a mutable reference to a `const` item";
        self.tcx.emit_node_span_lint(&builtin::CONST_ITEM_MUTATION, hir_id, span, msg, |d| {
            d.note("each usage of a `const` item creates a new temporary");
            d.note("the mutable reference will refer to this temporary, not the original `const` item");
            if let Some(method) = method_span {
                d.span_note(method, "mutable reference created due to call to this method");
            }
            d.span_note(def_span, "`const` item defined here");
        });
    }
}
