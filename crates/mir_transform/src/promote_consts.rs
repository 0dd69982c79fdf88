//! Rvalue static promotion (RFC 1414): `&CONSTANT_EXPRESSION` refers to a constant of its own.
//!
//! A temporary that is assigned once and only read is promotable if its value may be computed at compile time without
//! fail, and without an effect; borrows of such temporaries are the candidates. `promote_consts/validate.rs` decides,
//! `promote_consts/promote.rs` moves the assignments out into a body of their own.

mod promote;
mod validate;

use std::cell::RefCell;

use const_eval::check_consts::ConstCx;
use mir::visit::{MutatingUseContext, PlaceContext, Visitor};
use mir::{Body, Local, LocalKind, Location, Promoted, Rvalue};
use query::TyCtxt;
use rustc_index::IndexVec;

use crate::pass_manager::MirPass;

/// Makes promoted bodies, which are left in the pass.
#[derive(Default)]
pub struct PromoteTemps<'tcx> {
    pub promoted: RefCell<IndexVec<Promoted, Body<'tcx>>>,
}

impl<'tcx> MirPass<'tcx> for PromoteTemps<'tcx> {
    fn name(&self) -> &'static str {
        "PromoteTemps"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        // A body with errors may be anything.
        if body.tainted_by_errors.is_some() {
            return;
        }
        let (temps, candidates) = {
            let cx = ConstCx::new(tcx, body);
            let (mut temps, mut candidates) = collect_temps_and_candidates(body);
            let mut validator = validate::Validator::new(&cx, &mut temps);
            candidates.retain(|c| validator.validate_candidate(*c).is_ok());
            (temps, candidates)
        };
        self.promoted.replace(promote::promote_candidates(body, tcx, temps, candidates));
    }
}

/// What is known of a local.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum TempState {
    /// Not assigned yet.
    Undefined,
    /// Assigned at one place; read so many times.
    Defined {
        location: Location,
        uses: usize,
        /// Whether the value was found promotable.
        valid: bool,
    },
    Unpromotable,
    /// Moved to a promoted body.
    PromotedOut,
}

type Temps = IndexVec<Local, TempState>;

/// The temporaries, and the points of their borrows.
fn collect_temps_and_candidates(body: &Body<'_>) -> (Temps, Vec<Location>) {
    let temps = IndexVec::from_elem(TempState::Undefined, &body.local_decls);
    let mut collector = Collector { body, temps, candidates: Vec::new() };
    for (bb, data) in mir::traversal::reverse_postorder(body) {
        collector.visit_basic_block_data(bb, data);
    }
    (collector.temps, collector.candidates)
}

struct Collector<'a, 'tcx> {
    body: &'a Body<'tcx>,
    temps: Temps,
    candidates: Vec<Location>,
}

impl<'tcx> Visitor<'tcx> for Collector<'_, 'tcx> {
    fn visit_local(&mut self, local: Local, context: PlaceContext, location: Location) {
        match self.body.local_kind(local) {
            LocalKind::Arg => return,
            LocalKind::Temp if self.body.local_decls[local].is_user_variable() => return,
            LocalKind::ReturnPointer | LocalKind::Temp => {}
        }
        // Drops and storage markers go when the temporary does.
        if context.is_drop() || !context.is_use() {
            return;
        }
        let temp = &mut self.temps[local];
        match temp {
            TempState::Undefined => {
                if let PlaceContext::MutatingUse(MutatingUseContext::Store | MutatingUseContext::Call) = context {
                    *temp = TempState::Defined { location, uses: 0, valid: false };
                    return;
                }
            }
            TempState::Defined { uses, .. } => {
                // Mutable borrows too, for `&mut []`.
                let allowed = match context {
                    PlaceContext::MutatingUse(MutatingUseContext::Borrow) | PlaceContext::NonMutatingUse(_) => true,
                    PlaceContext::MutatingUse(_) | PlaceContext::NonUse(_) => false,
                };
                if allowed {
                    *uses += 1;
                    return;
                }
            }
            TempState::Unpromotable | TempState::PromotedOut => {}
        }
        *temp = TempState::Unpromotable;
    }

    fn visit_rvalue(&mut self, rvalue: &Rvalue<'tcx>, location: Location) {
        self.super_rvalue(rvalue, location);
        if let Rvalue::Ref(..) = rvalue {
            self.candidates.push(location);
        }
    }
}
