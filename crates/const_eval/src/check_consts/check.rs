//! The walk over a body.

use hir::{ConstContext, LangItem};
use mir::dataflow::{Analysis, MaybeStorageLive, ResultsCursor, always_storage_live_locals};
use mir::visit::Visitor;
use mir::{
    BasicBlock, BasicBlockData, BinOp, BorrowKind, CallSource, CastKind, ConstQualifs, Local, Location, Operand, Place,
    RETURN_PLACE, RawPtrKind, Rvalue, SourceInfo, Terminator, TerminatorKind,
};
use query::{PlaceTyExt, StabilityLevel, TyCtxt, ValueTyExt};
use rustc_index::bit_set::DenseBitSet;
use span::Span;
use span::def_id::{DefId, LocalDefId};
use trait_solve::TyCtxtInferExt;
use trait_solve::traits::{Obligation, ObligationCause, ObligationCtxt};
use ty::{
    BoundConstness, ClauseKind, ErrorGuaranteed, GenericArgsRef, HostEffectPredicate, Mutability, TraitRef, Ty, TyKind,
};

use super::ConstCx;
use super::ops::{self, Importance, Op, Status};
use super::qualifs::{self, HasMutInterior, NeedsDrop, NeedsNonConstDrop, Qualif};
use super::resolver::FlowSensitiveAnalysis;

/// Provides `mir_const_qualif`: reports what is not allowed, and says what the constant's value may hold.
pub(crate) fn mir_const_qualif(tcx: TyCtxt<'_>, def: LocalDefId) -> ConstQualifs {
    if tcx.hir_body_const_context(def).is_none() {
        return ConstQualifs::default();
    }
    let body = tcx.mir_built(def);
    // A promoted body took it: then it was checked.
    if body.is_stolen() {
        return ConstQualifs::default();
    }
    let body = body.borrow();
    if let Some(guar) = body.tainted_by_errors {
        let cx = ConstCx::new(tcx, &body);
        return qualifs::in_any_value_of_ty(&cx, body.return_ty(), Some(guar));
    }
    let cx = ConstCx::new(tcx, &body);
    let mut checker = Checker::new(&cx);
    checker.check_body();
    checker.qualifs_in_return_place()
}

type Cursor<'a, 'mir, 'tcx, Q> = ResultsCursor<'mir, 'tcx, FlowSensitiveAnalysis<'a, 'mir, 'tcx, Q>>;

/// The analyses, run when first asked.
pub(super) struct Qualifs<'a, 'mir, 'tcx> {
    has_mut_interior: Option<Cursor<'a, 'mir, 'tcx, HasMutInterior>>,
    needs_drop: Option<Cursor<'a, 'mir, 'tcx, NeedsDrop>>,
    needs_non_const_drop: Option<Cursor<'a, 'mir, 'tcx, NeedsNonConstDrop>>,
}

fn local_has<'a, 'mir, 'tcx, Q: Qualif>(
    slot: &mut Option<Cursor<'a, 'mir, 'tcx, Q>>,
    cx: &'a ConstCx<'mir, 'tcx>,
    local: Local,
    at: Location,
) -> bool {
    let ty = cx.body.local_decls[local].ty;
    if !ty::visit::TypeVisitableExt::has_opaque_types(&ty) && !Q::in_any_value_of_ty(cx, ty) {
        return false;
    }
    let cursor = slot.get_or_insert_with(|| {
        FlowSensitiveAnalysis::<Q>::new(cx).iterate_to_fixpoint(cx.body).into_results_cursor(cx.body)
    });
    cursor.seek_before_primary_effect(at);
    cursor.get().qualif.contains(local)
}

impl<'a, 'mir, 'tcx> Qualifs<'a, 'mir, 'tcx> {
    pub fn new() -> Self {
        Qualifs { has_mut_interior: None, needs_drop: None, needs_non_const_drop: None }
    }
    pub fn has_mut_interior(&mut self, cx: &'a ConstCx<'mir, 'tcx>, local: Local, at: Location) -> bool {
        local_has(&mut self.has_mut_interior, cx, local, at)
    }
    pub fn needs_drop(&mut self, cx: &'a ConstCx<'mir, 'tcx>, local: Local, at: Location) -> bool {
        local_has(&mut self.needs_drop, cx, local, at)
    }
    pub fn needs_non_const_drop(&mut self, cx: &'a ConstCx<'mir, 'tcx>, local: Local, at: Location) -> bool {
        local_has(&mut self.needs_non_const_drop, cx, local, at)
    }
}

/// Whether the conditions under which a function is const are met.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ConstConditionsHold {
    Yes,
    No,
}

pub(super) struct Checker<'a, 'mir, 'tcx> {
    cx: &'a ConstCx<'mir, 'tcx>,
    qualifs: Qualifs<'a, 'mir, 'tcx>,
    span: Span,
    /// The locals that are dead at every return.
    transient_locals: Option<DenseBitSet<Local>>,
    error_emitted: Option<ErrorGuaranteed>,
    secondary_errors: Vec<diagnostics::DiagInner>,
}

impl<'a, 'mir, 'tcx> Checker<'a, 'mir, 'tcx> {
    pub fn new(cx: &'a ConstCx<'mir, 'tcx>) -> Self {
        Checker {
            cx,
            qualifs: Qualifs::new(),
            span: cx.body.span,
            transient_locals: None,
            error_emitted: None,
            secondary_errors: Vec::new(),
        }
    }
    pub fn check_body(&mut self) {
        let (tcx, body) = (self.cx.tcx, self.cx.body);
        let def_id = body.source.def_id();
        if body.coroutine.is_some() {
            return;
        }
        if !tcx.has_attr(def_id, span::sym::rustc_do_not_const_check) {
            self.visit_body(body);
        }
        // Those that only follow from others are left out.
        for diag in std::mem::take(&mut self.secondary_errors) {
            if self.error_emitted.is_none() || diag.code.is_some_and(|c| c.0 == 492 || c.0 == 764) {
                let only = self.error_emitted.is_none();
                if only {
                    let guar = diagnostics::Diag::from_inner(tcx.dcx(), diag).emit();
                    self.error_emitted = Some(guar);
                }
            }
        }
    }
    fn qualifs_in_return_place(&mut self) -> ConstQualifs {
        let cx = self.cx;
        let mut blocks = cx.body.basic_blocks.iter_enumerated();
        let ret = blocks.find(|(_, b)| matches!(b.terminator().kind, TerminatorKind::Return)).map(|(bb, _)| bb);
        let Some(ret) = ret else {
            return qualifs::in_any_value_of_ty(cx, cx.body.return_ty(), self.error_emitted);
        };
        let at = cx.body.terminator_loc(ret);
        ConstQualifs {
            has_mut_interior: self.qualifs.has_mut_interior(cx, RETURN_PLACE, at),
            needs_drop: self.qualifs.needs_drop(cx, RETURN_PLACE, at),
            needs_non_const_drop: self.qualifs.needs_non_const_drop(cx, RETURN_PLACE, at),
            tainted_by_errors: self.error_emitted,
        }
    }
    fn local_is_transient(&mut self, local: Local) -> bool {
        let body = self.cx.body;
        self.transient_locals
            .get_or_insert_with(|| {
                let always = always_storage_live_locals(body);
                let mut live = MaybeStorageLive { always_live_locals: &always }
                    .iterate_to_fixpoint(body)
                    .into_results_cursor(body);
                let mut transient = DenseBitSet::new_filled(body.local_decls.len());
                for &bb in body.basic_blocks.reverse_postorder() {
                    if matches!(body[bb].terminator().kind, TerminatorKind::Return) {
                        live.seek_after_primary_effect(body.terminator_loc(bb));
                        transient.subtract(live.get());
                    }
                }
                transient
            })
            .contains(local)
    }
    /// Whether a place may be there after the evaluation: a borrow of it would be a pointer to a global.
    fn place_may_escape(&mut self, place: &Place<'tcx>) -> bool {
        match self.cx.const_kind {
            Some(ConstContext::ConstFn) => false,
            _ => !(place.is_indirect() || self.local_is_transient(place.local)),
        }
    }
    fn check_op(&mut self, op: Op<'tcx>) {
        self.check_op_spanned(op, self.span);
    }
    pub(super) fn check_op_spanned(&mut self, op: Op<'tcx>, span: Span) {
        if let Status::Unstable(gate) = op.status() {
            if self.cx.tcx.feature(gate) || span.allows_unstable(gate) {
                return;
            }
        }
        let diag = op.build(self.cx, span);
        match op.importance() {
            Importance::Primary => self.error_emitted = Some(diag.emit()),
            Importance::Secondary => self.secondary_errors.push(diag.into_inner()),
        }
    }

    /// The `[const]` bounds of a callee; `None` if it has none.
    fn conditional_constness(
        &self,
        callee: DefId,
        args: GenericArgsRef<'tcx>,
        span: Span,
    ) -> Option<ConstConditionsHold> {
        let cx = self.cx;
        let tcx = cx.tcx;
        let mut clauses = Vec::new();
        let constness = match cx.const_kind {
            Some(ConstContext::ConstFn) => BoundConstness::Maybe,
            _ => BoundConstness::Const,
        };
        let host = |trait_ref: TraitRef<'tcx>| {
            tcx.mk_clause(ty::Binder::dummy(ClauseKind::HostEffect(HostEffectPredicate { trait_ref, constness })))
        };
        if let Some(trait_id) = tcx.trait_of_assoc(callee) {
            if tcx.constness(trait_id) == hir::Constness::Const && tcx.constness(callee) == hir::Constness::Const {
                let n = tcx.generics_of(trait_id).count();
                clauses.push(host(TraitRef::new_from_args(trait_id, args.truncate_to(tcx.interner(), n))));
            }
        }
        if !crate::util::is_const_evaluatable_fn(tcx, callee) && clauses.is_empty() {
            return None;
        }
        if !tcx.is_constructor(callee) {
            let mut next = Some(callee);
            while let Some(def) = next {
                let conditions = tcx.const_conditions(def);
                for &(c, _) in conditions.predicates {
                    let c = ty::EarlyBinder::bind(c).instantiate(tcx.interner(), args);
                    if let ClauseKind::HostEffect(h) = c.kind().skip_binder() {
                        let h = HostEffectPredicate { trait_ref: h.trait_ref, constness };
                        clauses.push(tcx.mk_clause(c.kind().rebind(ClauseKind::HostEffect(h))));
                    }
                }
                next = conditions.parent;
            }
        }
        if clauses.is_empty() {
            return None;
        }
        let infcx = tcx.infer_ctxt().ignoring_regions().build(cx.typing_env.typing_mode);
        let ocx = ObligationCtxt::new(&infcx);
        let env = cx.typing_env.param_env;
        for c in clauses {
            let cause = ObligationCause::misc(span, cx.def_id());
            let c = ocx.normalize(&cause, env, c);
            ocx.register_obligation(Obligation::new(tcx, cause, env, c));
        }
        let errors = ocx.evaluate_obligations_error_on_ambiguity();
        Some(if errors.is_empty() { ConstConditionsHold::Yes } else { ConstConditionsHold::No })
    }

    fn check_call(
        &mut self,
        callee: DefId,
        args: GenericArgsRef<'tcx>,
        operands: &[Ty<'tcx>],
        fn_span: Span,
        source: CallSource,
    ) {
        let tcx = self.cx.tcx;
        let call = ops::Call { callee, args, span: fn_span, source };
        let conditions = self.conditional_constness(callee, args, fn_span);
        if let Some(trait_id) = tcx.trait_of_assoc(callee) {
            // Which impl it is does not matter here: the trait says whether it is const.
            let is_const = [trait_id, callee].iter().all(|d| tcx.constness(*d) == hir::Constness::Const);
            if is_const && conditions == Some(ConstConditionsHold::Yes) {
                self.check_op(Op::ConditionallyConstCall(call));
                self.check_callee_stability(trait_id);
            } else {
                self.check_op(Op::FnCallNonConst(call));
            }
            return;
        }
        if conditions == Some(ConstConditionsHold::No) {
            self.check_op(Op::FnCallNonConst(call));
            return;
        }
        if conditions.is_some() {
            self.check_op(Op::ConditionallyConstCall(call));
        }
        // `panic!` takes only text at compile time.
        let is_str = |ty: Ty<'tcx>, refs: usize| {
            let mut ty = ty;
            for _ in 0..refs {
                let TyKind::Ref(_, inner, _) = *ty.kind() else { return false };
                ty = inner;
            }
            ty.is_str()
        };
        for (lang, refs) in [(LangItem::BeginPanic, 1), (LangItem::PanicDisplay, 2)] {
            if tcx.is_lang_item(callee, lang) {
                if !operands.first().is_some_and(|t| is_str(*t, refs)) {
                    self.check_op(Op::PanicNonStr);
                }
                return;
            }
        }
        if let Some(name) = tcx.intrinsic(callee) {
            if !tcx.is_const_fn(callee) {
                self.check_op(Op::IntrinsicNonConst(name));
                return;
            }
            if let Some(stab) = tcx.lookup_const_stability(callee) {
                if let StabilityLevel::Unstable { .. } = stab.level {
                    if !callee.is_local() && !self.span.allows_unstable(stab.feature) {
                        self.check_op(Op::IntrinsicUnstable { name, feature: stab.feature });
                    }
                }
            }
            return;
        }
        if !tcx.is_const_fn(callee) {
            self.check_op(Op::FnCallNonConst(call));
            return;
        }
        self.check_callee_stability(callee);
    }
    fn check_callee_stability(&mut self, def_id: DefId) {
        let tcx = self.cx.tcx;
        let Some(stab) = tcx.lookup_const_stability(def_id) else { return };
        let StabilityLevel::Unstable { implied_by, .. } = stab.level else { return };
        let enabled = def_id.is_local()
            || tcx.feature(stab.feature)
            || self.span.allows_unstable(stab.feature)
            || implied_by.is_some_and(|f| tcx.feature(f) || self.span.allows_unstable(f));
        if !enabled {
            self.check_op(Op::CallUnstable { def_id, feature: stab.feature });
        }
    }
    pub(super) fn check_drop(&mut self, place: Place<'tcx>, at: Location, dropped_at: Span) {
        let cx = self.cx;
        let ty = place.ty(&cx.body.local_decls, cx.tcx).ty;
        let needs_drop = match place.as_local() {
            Some(local) => self.qualifs.needs_drop(cx, local, at),
            None => NeedsDrop::in_any_value_of_ty(cx, ty),
        };
        if !needs_drop {
            return;
        }
        let mut span = self.span;
        let non_const = match place.as_local() {
            Some(local) => {
                span = cx.body.local_decls[local].source_info.span;
                self.qualifs.needs_non_const_drop(cx, local, at)
            }
            None => NeedsNonConstDrop::in_any_value_of_ty(cx, ty),
        };
        self.check_op_spanned(Op::LiveDrop { dropped_at, ty, non_const }, span);
    }
    pub(super) fn set_span(&mut self, span: Span) {
        self.span = span;
    }
}

fn is_plain(ty: Ty<'_>) -> bool {
    ty.is_bool() || ty.is_integral() || ty.is_char() || ty.is_floating_point()
}

impl<'tcx> Visitor<'tcx> for Checker<'_, '_, 'tcx> {
    fn visit_basic_block_data(&mut self, bb: BasicBlock, block: &BasicBlockData<'tcx>) {
        // Nothing unwinds at compile time.
        if !block.is_cleanup {
            self.super_basic_block_data(bb, block);
        }
    }
    fn visit_source_info(&mut self, info: &SourceInfo) {
        self.span = info.span;
    }
    fn visit_rvalue(&mut self, rvalue: &Rvalue<'tcx>, at: Location) {
        self.super_rvalue(rvalue, at);
        match rvalue {
            Rvalue::ThreadLocalRef(_) => self.check_op(Op::ThreadLocalAccess),
            Rvalue::Ref(_, BorrowKind::Mut { .. }, place) | Rvalue::RawPtr(RawPtrKind::Mut, place) => {
                let allowed = self.cx.const_kind == Some(ConstContext::Static(Mutability::Mut));
                if !allowed && self.place_may_escape(place) {
                    self.check_op(Op::EscapingMutBorrow);
                }
            }
            Rvalue::Ref(_, BorrowKind::Shared | BorrowKind::Fake(_), place)
            | Rvalue::RawPtr(RawPtrKind::Const, place) => {
                let cx = self.cx;
                let qualifs = &mut self.qualifs;
                let cell = qualifs::in_place::<HasMutInterior>(
                    cx,
                    &mut |local| qualifs.has_mut_interior(cx, local, at),
                    place.as_ref(),
                );
                if cell && self.place_may_escape(place) {
                    self.check_op(Op::EscapingCellBorrow);
                }
            }
            Rvalue::Cast(CastKind::PointerExposeProvenance, ..) => self.check_op(Op::RawPtrToIntCast),
            Rvalue::BinaryOp(op, operands) => {
                let l = operands.0.ty(&self.cx.body.local_decls, self.cx.tcx);
                let r = operands.1.ty(&self.cx.body.local_decls, self.cx.tcx);
                if !(is_plain(l) && is_plain(r)) && *op != BinOp::Offset && (l.is_fn_ptr() || l.is_raw_ptr()) {
                    self.check_op(Op::RawPtrComparison);
                }
            }
            Rvalue::Aggregate(kind, _) => {
                if let mir::AggregateKind::Coroutine(def_id, _) = **kind {
                    if let Some(kind) = self.cx.tcx.coroutine_kind(def_id) {
                        self.check_op(Op::Coroutine(kind));
                    }
                }
            }
            _ => {}
        }
    }
    fn visit_operand(&mut self, op: &Operand<'tcx>, at: Location) {
        self.super_operand(op, at);
    }
    fn visit_terminator(&mut self, terminator: &Terminator<'tcx>, at: Location) {
        self.super_terminator(terminator, at);
        match &terminator.kind {
            TerminatorKind::Call { func, args, fn_span, .. } | TerminatorKind::TailCall { func, args, fn_span } => {
                let source = match terminator.kind {
                    TerminatorKind::Call { call_source, .. } => call_source,
                    _ => CallSource::Normal,
                };
                let decls = &self.cx.body.local_decls;
                match *func.ty(decls, self.cx.tcx).kind() {
                    TyKind::FnDef(callee, fn_args) => {
                        let operands: Vec<_> = args.iter().map(|a| a.node.ty(decls, self.cx.tcx)).collect();
                        self.check_call(callee, fn_args, &operands, *fn_span, source);
                    }
                    TyKind::FnPtr(_) => self.check_op(Op::FnCallIndirect),
                    _ => {}
                }
            }
            TerminatorKind::Drop { place, .. } => {
                if !super::post_drop_elaboration::checking_enabled(self.cx.tcx) {
                    self.check_drop(*place, at, terminator.source_info.span);
                }
            }
            TerminatorKind::InlineAsm { .. } => self.check_op(Op::InlineAsm),
            _ => {}
        }
    }
}
