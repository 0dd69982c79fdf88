//! Which locals have a qualification at each point (forward dataflow).

use std::marker::PhantomData;

use mir::dataflow::{Analysis, CallReturnPlaces, JoinSemiLattice};
use mir::{
    BasicBlock, Body, Local, Location, Operand, Place, Rvalue, Statement, StatementKind, Terminator, TerminatorEdges,
    TerminatorKind,
};
use query::{HasLocalDecls, PlaceTyExt};
use rustc_index::bit_set::DenseBitSet;

use super::ConstCx;
use super::qualifs::{self, Qualif};

/// The locals with the qualification, and those whose address is known elsewhere: these keep it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct State {
    pub qualif: DenseBitSet<Local>,
    pub borrow: DenseBitSet<Local>,
}

impl JoinSemiLattice for State {
    fn join(&mut self, other: &Self) -> bool {
        self.qualif.join(&other.qualif) | self.borrow.join(&other.borrow)
    }
}

/// The analysis for one qualification.
pub(super) struct FlowSensitiveAnalysis<'a, 'mir, 'tcx, Q> {
    cx: &'a ConstCx<'mir, 'tcx>,
    _q: PhantomData<Q>,
}

impl<'a, 'mir, 'tcx, Q: Qualif> FlowSensitiveAnalysis<'a, 'mir, 'tcx, Q> {
    pub fn new(cx: &'a ConstCx<'mir, 'tcx>) -> Self {
        FlowSensitiveAnalysis { cx, _q: PhantomData }
    }
    fn assign(&self, state: &mut State, place: Place<'tcx>, mut value: bool) {
        if !value {
            for (base, _) in place.iter_projections() {
                let base_ty = base.ty(self.cx.body.local_decls(), self.cx.tcx);
                // A part of a union may be read as another.
                if base_ty.ty.is_union() && Q::in_any_value_of_ty(self.cx, base_ty.ty) {
                    value = true;
                    break;
                }
            }
        }
        match (value, place.as_local()) {
            (true, _) if !place.is_indirect() => {
                state.qualif.insert(place.local);
            }
            (false, Some(local)) if !state.borrow.contains(local) => {
                state.qualif.remove(local);
            }
            _ => {}
        }
    }
    fn rvalue(&self, state: &mut State, rvalue: &Rvalue<'tcx>) {
        match rvalue {
            Rvalue::RawPtr(_, place) if !place.is_indirect() => self.borrowed(state, *place),
            Rvalue::Ref(_, kind, place) if !place.is_indirect() => {
                // Through a shared borrow only a cell can be changed.
                let ty = place.ty(self.cx.body.local_decls(), self.cx.tcx).ty;
                if kind.is_mut() || !self.cx.tcx.type_is_freeze(self.cx.typing_env, ty) {
                    self.borrowed(state, *place);
                }
            }
            _ => {}
        }
    }
    fn borrowed(&self, state: &mut State, place: Place<'tcx>) {
        let ty = place.ty(self.cx.body.local_decls(), self.cx.tcx).ty;
        // Something may be written there later.
        if Q::in_any_value_of_ty(self.cx, ty) {
            state.qualif.insert(place.local);
            state.borrow.insert(place.local);
        }
    }
    fn moved(&self, state: &mut State, op: &Operand<'tcx>) {
        if let (true, Operand::Move(place)) = (Q::IS_CLEARED_ON_MOVE, op) {
            if let Some(local) = place.as_local() {
                // Even a borrowed local is empty once it was moved from, as far as drops go.
                if !state.borrow.contains(local) {
                    state.qualif.remove(local);
                }
            }
        }
    }
    fn each_operand(rvalue: &Rvalue<'tcx>, mut f: impl FnMut(&Operand<'tcx>)) {
        match rvalue {
            Rvalue::Use(op)
            | Rvalue::Repeat(op, _)
            | Rvalue::Cast(_, op, _)
            | Rvalue::UnaryOp(_, op)
            | Rvalue::WrapUnsafeBinder(op, _) => f(op),
            Rvalue::BinaryOp(_, ops) => {
                f(&ops.0);
                f(&ops.1);
            }
            Rvalue::Aggregate(_, ops) => ops.iter().for_each(f),
            Rvalue::Ref(..)
            | Rvalue::ThreadLocalRef(_)
            | Rvalue::RawPtr(..)
            | Rvalue::Discriminant(_)
            | Rvalue::CopyForDeref(_) => {}
        }
    }
}

impl<'tcx, Q: Qualif> Analysis<'tcx> for FlowSensitiveAnalysis<'_, '_, 'tcx, Q> {
    type Domain = State;
    const NAME: &'static str = "flow_sensitive_qualif";

    fn bottom_value(&self, body: &Body<'tcx>) -> State {
        let n = body.local_decls.len();
        State { qualif: DenseBitSet::new_empty(n), borrow: DenseBitSet::new_empty(n) }
    }
    fn initialize_start_block(&self, body: &Body<'tcx>, state: &mut State) {
        for arg in body.args_iter() {
            if Q::in_any_value_of_ty(self.cx, body.local_decls[arg].ty) {
                state.qualif.insert(arg);
            }
        }
    }
    fn apply_primary_statement_effect(&self, state: &mut State, stmt: &Statement<'tcx>, _: Location) {
        match &stmt.kind {
            StatementKind::Assign(assign) => {
                let (place, rvalue) = &**assign;
                let value = qualifs::in_rvalue::<Q>(self.cx, &mut |l| state.qualif.contains(l), rvalue);
                self.assign(state, *place, value);
                self.rvalue(state, rvalue);
                Self::each_operand(rvalue, |op| self.moved(state, op));
            }
            StatementKind::StorageDead(local) => {
                state.qualif.remove(*local);
                state.borrow.remove(*local);
            }
            _ => {}
        }
    }
    fn apply_primary_terminator_effect<'mir>(
        &self,
        state: &mut State,
        terminator: &'mir Terminator<'tcx>,
        _: Location,
    ) -> TerminatorEdges<'mir, 'tcx> {
        match &terminator.kind {
            TerminatorKind::Call { func, args, .. } => {
                self.moved(state, func);
                for a in args {
                    self.moved(state, &a.node);
                }
            }
            TerminatorKind::SwitchInt { discr, .. } => self.moved(state, discr),
            _ => {}
        }
        terminator.edges()
    }
    fn apply_call_return_effect(&self, state: &mut State, _: BasicBlock, places: CallReturnPlaces<'_, 'tcx>) {
        places.for_each(|place| {
            let ty = place.ty(self.cx.body.local_decls(), self.cx.tcx).ty;
            let value = Q::in_any_value_of_ty(self.cx, ty);
            if !place.is_indirect() {
                self.assign(state, place, value);
            }
        });
    }
}
