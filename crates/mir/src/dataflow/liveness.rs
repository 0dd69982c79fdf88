//! Which locals may be read later (backward).

use rustc_index::bit_set::DenseBitSet;

use super::{Analysis, CallReturnPlaces, Direction, GenKill};
use crate::visit::{MutatingUseContext, NonMutatingUseContext, NonUseContext, PlaceContext, Visitor};
use crate::*;

/// A local is live where its value may be read before it is overwritten. Borrowed locals are not looked after:
/// combine with [`super::MaybeBorrowedLocals`].
pub struct MaybeLiveLocals;

impl<'tcx> Analysis<'tcx> for MaybeLiveLocals {
    type Domain = DenseBitSet<Local>;
    const DIRECTION: Direction = Direction::Backward;
    const NAME: &'static str = "liveness";

    fn bottom_value(&self, body: &Body<'tcx>) -> Self::Domain {
        DenseBitSet::new_empty(body.local_decls.len())
    }
    fn initialize_start_block(&self, _: &Body<'tcx>, _: &mut Self::Domain) {}
    fn apply_primary_statement_effect(
        &self,
        state: &mut Self::Domain,
        statement: &Statement<'tcx>,
        location: Location,
    ) {
        Transfer(state).visit_statement(statement, location);
    }
    fn apply_primary_terminator_effect<'mir>(
        &self,
        state: &mut Self::Domain,
        terminator: &'mir Terminator<'tcx>,
        location: Location,
    ) -> TerminatorEdges<'mir, 'tcx> {
        Transfer(state).visit_terminator(terminator, location);
        terminator.edges()
    }
    fn apply_call_return_effect(&self, state: &mut Self::Domain, _: BasicBlock, places: CallReturnPlaces<'_, 'tcx>) {
        match places {
            CallReturnPlaces::Yield(resume) => {
                YieldResume(state).visit_place(
                    &resume,
                    PlaceContext::MutatingUse(MutatingUseContext::Yield),
                    Location::START,
                );
            }
            _ => places.for_each(|place| {
                if let Some(local) = place.as_local() {
                    state.kill(local);
                }
            }),
        }
    }
}

struct Transfer<'a>(&'a mut DenseBitSet<Local>);

impl<'tcx> Visitor<'tcx> for Transfer<'_> {
    fn visit_place(&mut self, place: &Place<'tcx>, context: PlaceContext, location: Location) {
        // A call's result is written on the edge of return.
        if let PlaceContext::MutatingUse(
            MutatingUseContext::Call | MutatingUseContext::AsmOutput | MutatingUseContext::Yield,
        ) = context
        {
            if context == PlaceContext::MutatingUse(MutatingUseContext::Yield) || place.as_local().is_some() {
                return;
            }
        }
        match DefUse::for_place(*place, context) {
            DefUse::Def => self.0.kill(place.local),
            DefUse::Use => self.0.gen_(place.local),
            DefUse::PartialWrite | DefUse::NonUse => {}
        }
        self.visit_projection(place.as_ref(), context, location);
    }
    fn visit_local(&mut self, local: Local, context: PlaceContext, _: Location) {
        match DefUse::for_place(local.into(), context) {
            DefUse::Def => self.0.kill(local),
            DefUse::Use => self.0.gen_(local),
            DefUse::PartialWrite | DefUse::NonUse => {}
        }
    }
}

struct YieldResume<'a>(&'a mut DenseBitSet<Local>);

impl<'tcx> Visitor<'tcx> for YieldResume<'_> {
    fn visit_place(&mut self, place: &Place<'tcx>, context: PlaceContext, location: Location) {
        match DefUse::for_place(*place, context) {
            DefUse::Def => self.0.kill(place.local),
            DefUse::Use => self.0.gen_(place.local),
            DefUse::PartialWrite | DefUse::NonUse => {}
        }
        self.visit_projection(place.as_ref(), context, location);
    }
    fn visit_local(&mut self, local: Local, _: PlaceContext, _: Location) {
        self.0.gen_(local);
    }
}

/// What an occurrence of a place is for its local.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DefUse {
    /// The whole local is overwritten.
    Def,
    Use,
    /// A part is overwritten.
    PartialWrite,
    NonUse,
}

impl DefUse {
    pub fn for_place(place: Place<'_>, context: PlaceContext) -> DefUse {
        match context {
            PlaceContext::NonUse(NonUseContext::StorageLive | NonUseContext::StorageDead) => DefUse::Def,
            PlaceContext::NonUse(_) => DefUse::NonUse,
            PlaceContext::MutatingUse(
                MutatingUseContext::Call
                | MutatingUseContext::Yield
                | MutatingUseContext::AsmOutput
                | MutatingUseContext::Store,
            ) => {
                if place.is_indirect() {
                    DefUse::Use
                } else if place.projection.is_empty() {
                    DefUse::Def
                } else {
                    DefUse::PartialWrite
                }
            }
            PlaceContext::MutatingUse(MutatingUseContext::SetDiscriminant) => {
                if place.is_indirect() {
                    DefUse::Use
                } else {
                    DefUse::PartialWrite
                }
            }
            PlaceContext::MutatingUse(
                MutatingUseContext::RawBorrow
                | MutatingUseContext::Borrow
                | MutatingUseContext::Drop
                | MutatingUseContext::Retag,
            )
            | PlaceContext::NonMutatingUse(
                NonMutatingUseContext::RawBorrow
                | NonMutatingUseContext::Copy
                | NonMutatingUseContext::Inspect
                | NonMutatingUseContext::Move
                | NonMutatingUseContext::PlaceMention
                | NonMutatingUseContext::FakeBorrow
                | NonMutatingUseContext::SharedBorrow,
            ) => DefUse::Use,
            PlaceContext::MutatingUse(MutatingUseContext::Projection)
            | PlaceContext::NonMutatingUse(NonMutatingUseContext::Projection) => DefUse::Use,
        }
    }
}

/// As [`MaybeLiveLocals`], where operands of an assignment to a dead local are not uses. For dead store elimination:
/// `always_live` are locals that are kept (borrowed ones).
pub struct MaybeTransitiveLiveLocals<'a> {
    pub always_live: &'a DenseBitSet<Local>,
}

impl<'tcx> Analysis<'tcx> for MaybeTransitiveLiveLocals<'_> {
    type Domain = DenseBitSet<Local>;
    const DIRECTION: Direction = Direction::Backward;
    const NAME: &'static str = "transitive liveness";

    fn bottom_value(&self, body: &Body<'tcx>) -> Self::Domain {
        DenseBitSet::new_empty(body.local_decls.len())
    }
    fn initialize_start_block(&self, _: &Body<'tcx>, _: &mut Self::Domain) {}
    fn apply_primary_statement_effect(
        &self,
        state: &mut Self::Domain,
        statement: &Statement<'tcx>,
        location: Location,
    ) {
        let destination = match &statement.kind {
            StatementKind::Assign(assign) => assign.1.is_safe_to_remove().then_some(assign.0),
            StatementKind::SetDiscriminant { place, .. } => Some(**place),
            _ => None,
        };
        if let Some(place) = destination {
            if !place.is_indirect() && !state.contains(place.local) && !self.always_live.contains(place.local) {
                return;
            }
        }
        Transfer(state).visit_statement(statement, location);
    }
    fn apply_primary_terminator_effect<'mir>(
        &self,
        state: &mut Self::Domain,
        terminator: &'mir Terminator<'tcx>,
        location: Location,
    ) -> TerminatorEdges<'mir, 'tcx> {
        Transfer(state).visit_terminator(terminator, location);
        terminator.edges()
    }
    fn apply_call_return_effect(&self, state: &mut Self::Domain, bb: BasicBlock, places: CallReturnPlaces<'_, 'tcx>) {
        MaybeLiveLocals.apply_call_return_effect(state, bb, places);
    }
}
