//! Moves promotable temporaries into bodies of their own.

use std::cmp::Reverse;

use mir::visit::MutVisitor;
use mir::visit::PlaceContext;
use mir::{
    AnalysisPhase, BasicBlock, BasicBlockData, Body, Const, ConstOperand, Local, LocalDecl, LocalKind, Location,
    MirPhase, Operand, Place, ProjectionElem, Promoted, RETURN_PLACE, Rvalue, START_BLOCK, SourceInfo, Statement,
    StatementKind, Terminator, TerminatorKind, UnevaluatedConst, UnwindAction,
};
use query::TyCtxt;
use rustc_index::IndexVec;
use span::Span;

use super::{TempState, Temps};

/// Makes the body of each candidate, and leaves references to them.
pub(super) fn promote_candidates<'tcx>(
    body: &mut Body<'tcx>,
    tcx: TyCtxt<'tcx>,
    mut temps: Temps,
    candidates: Vec<Location>,
) -> IndexVec<Promoted, Body<'tcx>> {
    let mut promotions: IndexVec<Promoted, Body<'tcx>> = IndexVec::new();
    let mut extra: Vec<(Location, Statement<'tcx>)> = Vec::new();
    // From the last on: an outer borrow takes the inner ones with it.
    for location in candidates.into_iter().rev() {
        if let StatementKind::Assign(assign) = &body[location.block].statements[location.statement_index].kind {
            if assign.0.as_local().is_some_and(|l| temps[l] == TempState::PromotedOut) {
                continue;
            }
        }
        let mut scope = body.source_scopes[body.source_info(location).scope].clone();
        scope.parent_scope = None;
        let mut promoted = Body::new(
            body.source,
            IndexVec::new(),
            IndexVec::from_raw(vec![scope]),
            IndexVec::from_raw(vec![LocalDecl::new(tcx.types().never, body.span)]),
            IndexVec::new(),
            0,
            Vec::new(),
            body.span,
            None,
            body.tainted_by_errors,
        );
        promoted.phase = MirPhase::Analysis(AnalysisPhase::Initial);
        let id = promotions.next_index();
        let promoter = Promoter {
            tcx,
            source: body,
            promoted,
            temps: &mut temps,
            extra: &mut extra,
            keep_original: false,
            add_to_required: false,
            required: Vec::new(),
        };
        let mut promoted = promoter.promote_candidate(location, id);
        promoted.source.promoted = Some(id);
        promoted.is_polymorphic = ty::visit::TypeVisitableExt::has_non_region_param(&promoted);
        promotions.push(promoted);
    }
    // Backwards, so that points stay right.
    extra.sort_by_key(|(loc, _)| Reverse(*loc));
    for (loc, stmt) in extra {
        body[loc.block].statements.insert(loc.statement_index, stmt);
    }
    remove_promoted(body, &temps);
    promotions
}

/// Assignments to what was promoted, its storage and its drops go.
fn remove_promoted(body: &mut Body<'_>, temps: &Temps) {
    let gone = |l: Local| temps[l] == TempState::PromotedOut;
    for block in body.basic_blocks.as_mut() {
        block.statements.retain(|stmt| match &stmt.kind {
            StatementKind::Assign(assign) => !assign.0.as_local().is_some_and(gone),
            StatementKind::StorageLive(l) | StatementKind::StorageDead(l) => !gone(*l),
            _ => true,
        });
        let term = block.terminator_mut();
        if let TerminatorKind::Drop { place, target, .. } = term.kind {
            if place.as_local().is_some_and(gone) {
                term.kind = TerminatorKind::Goto { target };
            }
        }
    }
}

struct Promoter<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    source: &'a mut Body<'tcx>,
    promoted: Body<'tcx>,
    temps: &'a mut Temps,
    extra: &'a mut Vec<(Location, Statement<'tcx>)>,
    /// The temporary has other uses: its assignment is copied.
    keep_original: bool,
    /// The body calls something, so it can fail: that must not get lost.
    add_to_required: bool,
    required: Vec<ConstOperand<'tcx>>,
}

impl<'tcx> Promoter<'_, 'tcx> {
    fn new_block(&mut self) -> BasicBlock {
        let source_info = SourceInfo::outermost(self.promoted.span);
        let end = Terminator { source_info, kind: TerminatorKind::Return };
        self.promoted.basic_blocks.as_mut().push(BasicBlockData::new(Some(end), false))
    }
    fn last_block(&self) -> BasicBlock {
        self.promoted.basic_blocks.last_index().expect("a block")
    }
    fn assign(&mut self, dest: Local, rvalue: Rvalue<'tcx>, span: Span) {
        let last = self.last_block();
        let kind = StatementKind::Assign(Box::new((dest.into(), rvalue)));
        self.promoted[last].statements.push(Statement::new(SourceInfo::outermost(span), kind));
    }

    fn promote_candidate(mut self, loc: Location, id: Promoted) -> Body<'tcx> {
        let tcx = self.tcx;
        let def = self.source.source.def_id();
        let stmt = &self.source[loc.block].statements[loc.statement_index];
        let source_info = stmt.source_info;
        let StatementKind::Assign(assign) = &stmt.kind else { panic!("a borrow is an assignment") };
        let Rvalue::Ref(_, borrow_kind, place) = assign.1 else { panic!("a borrow") };
        // The promoted body borrows the local as a whole.
        let ref_ty = tcx.mk_ref(
            tcx.lifetimes().re_erased,
            self.source.local_decls[place.local].ty,
            borrow_kind.to_mutbl_lossy(),
        );
        let span = source_info.span;
        self.promoted.span = span;
        self.promoted.local_decls[RETURN_PLACE] = LocalDecl::new(ref_ty, span);
        let args = tcx.erase_regions(tcx.identity_args_for(def));
        let uneval = UnevaluatedConst { def, args, promoted: Some(id) };
        let constant = ConstOperand { span, user_ty: None, const_: Const::Unevaluated(uneval, ref_ty) };
        // `place` becomes `(*reference).projection`.
        let reference = self.source.local_decls.push(LocalDecl::with_source_info(ref_ty, source_info));
        self.temps.push(TempState::Unpromotable);
        let mut projection = vec![ProjectionElem::Deref];
        projection.extend(place.projection.iter());
        let new_place = Place { local: reference, projection: tcx.mk_place_elems(&projection) };
        if let StatementKind::Assign(assign) = &mut self.source[loc.block].statements[loc.statement_index].kind {
            if let Rvalue::Ref(_, _, place) = &mut assign.1 {
                *place = new_place;
            }
        }
        let load = Rvalue::Use(Operand::Constant(Box::new(constant)));
        let load = StatementKind::Assign(Box::new((reference.into(), load)));
        self.extra.push((loc, Statement::new(source_info, load)));

        let mut rvalue = Rvalue::Ref(tcx.lifetimes().re_erased, borrow_kind, place.local.into());
        assert_eq!(self.new_block(), START_BLOCK);
        self.visit_rvalue(&mut rvalue, Location { block: START_BLOCK, statement_index: usize::MAX });
        self.assign(RETURN_PLACE, rvalue, span);
        if self.add_to_required {
            self.source.required_consts.get_or_insert_default().push(constant);
        }
        self.promoted.set_required_consts(self.required);
        self.promoted
    }

    /// Brings a temporary's assignment, and what that needs, into the promoted body.
    fn promote_temp(&mut self, temp: Local) -> Local {
        let old_keep = self.keep_original;
        let TempState::Defined { location: loc, uses, .. } = self.temps[temp] else {
            panic!("{temp:?} is not promotable: {:?}", self.temps[temp])
        };
        if uses > 1 {
            self.keep_original = true;
        }
        if !self.keep_original {
            self.temps[temp] = TempState::PromotedOut;
        }
        let decl = &self.source.local_decls[temp];
        let new_temp = self.promoted.local_decls.push(LocalDecl::new(decl.ty, decl.source_info.span));
        if loc.statement_index < self.source[loc.block].statements.len() {
            let stmt = &self.source[loc.block].statements[loc.statement_index];
            let span = stmt.source_info.span;
            // The original goes later, with all that is `PromotedOut`.
            let mut rvalue = stmt.kind.as_assign().expect("an assignment").1.clone();
            self.visit_rvalue(&mut rvalue, loc);
            self.assign(new_temp, rvalue, span);
        } else {
            self.promote_call(new_temp, loc);
        }
        self.keep_original = old_keep;
        new_temp
    }

    fn promote_call(&mut self, new_temp: Local, loc: Location) {
        let term = self.source[loc.block].terminator().clone();
        let TerminatorKind::Call { mut func, mut args, target, call_source, fn_span, .. } = term.kind else {
            panic!("{:?} not promotable", term.kind)
        };
        if !self.keep_original {
            let target = target.expect("a promoted call returns");
            self.source[loc.block].terminator_mut().kind = TerminatorKind::Goto { target };
        }
        self.add_to_required = true;
        self.visit_operand(&mut func, loc);
        for arg in &mut args {
            self.visit_operand(&mut arg.node, loc);
        }
        let last = self.last_block();
        let new_target = self.new_block();
        *self.promoted[last].terminator_mut() = Terminator {
            source_info: SourceInfo::outermost(term.source_info.span),
            kind: TerminatorKind::Call {
                func,
                args,
                destination: new_temp.into(),
                target: Some(new_target),
                unwind: UnwindAction::Continue,
                call_source,
                fn_span,
            },
        };
    }
}

impl<'tcx> MutVisitor<'tcx> for Promoter<'_, 'tcx> {
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn visit_local(&mut self, local: &mut Local, _: PlaceContext, _: Location) {
        if self.source.local_kind(*local) == LocalKind::Temp {
            *local = self.promote_temp(*local);
        }
    }
    fn visit_const_operand(&mut self, constant: &mut ConstOperand<'tcx>, _: Location) {
        if constant.const_.is_required_const() {
            self.required.push(*constant);
        }
    }
}
