//! Which locals' values can be followed: not those that are borrowed, and within one block only those that are written
//! more than once.

use mir::visit::{MutatingUseContext, NonMutatingUseContext, PlaceContext, Visitor};
use mir::{Body, Local, Location, Place};
use query::TyCtxt;
use rustc_index::IndexVec;
use rustc_index::bit_set::DenseBitSet;
use ty::TypingEnv;

/// How far a local's value is followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ConstPropMode {
    FullConstProp,
    /// Written in several places: what is known is forgotten at the block's end.
    OnlyInsideOwnBlock,
    NoPropagation,
}

pub(super) struct CanConstProp {
    modes: IndexVec<Local, ConstPropMode>,
    assigned: DenseBitSet<Local>,
}

/// Larger values are not followed, in bytes.
const MAX_SIZE: u64 = 1024;

impl CanConstProp {
    pub fn check<'tcx>(tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, body: &Body<'tcx>) -> IndexVec<Local, ConstPropMode> {
        let n = body.local_decls.len();
        let mut this = CanConstProp {
            modes: IndexVec::from_elem_n(ConstPropMode::FullConstProp, n),
            assigned: DenseBitSet::new_empty(n),
        };
        for (local, decl) in body.local_decls.iter_enumerated() {
            let small = tcx
                .try_normalize_erasing_regions(env, decl.ty)
                .ok()
                .and_then(|ty| tcx.layout_of(env.as_query_input(ty)).ok())
                .is_some_and(|l| l.is_sized() && l.size.bytes() <= MAX_SIZE && !decl.ty.is_union());
            if !small {
                this.modes[local] = ConstPropMode::NoPropagation;
            }
        }
        for arg in body.args_iter() {
            // Anything may be passed; a later assignment counts within its block.
            if this.modes[arg] == ConstPropMode::FullConstProp {
                this.modes[arg] = ConstPropMode::OnlyInsideOwnBlock;
            }
            this.assigned.insert(arg);
        }
        this.visit_body(body);
        this.modes
    }
}

impl<'tcx> Visitor<'tcx> for CanConstProp {
    fn visit_place(&mut self, place: &Place<'tcx>, mut context: PlaceContext, at: Location) {
        // A borrow through a pointer is not one of the pointer.
        if place.is_indirect_first_projection() {
            context = PlaceContext::NonMutatingUse(NonMutatingUseContext::Copy);
        }
        self.visit_local(place.local, context, at);
        for elem in place.projection {
            if let mir::ProjectionElem::Index(i) = elem {
                self.visit_local(i, PlaceContext::NonMutatingUse(NonMutatingUseContext::Copy), at);
            }
        }
    }
    fn visit_local(&mut self, local: Local, context: PlaceContext, _: Location) {
        use PlaceContext::{MutatingUse, NonMutatingUse, NonUse};
        match context {
            MutatingUse(
                MutatingUseContext::Call
                | MutatingUseContext::AsmOutput
                | MutatingUseContext::Store
                | MutatingUseContext::SetDiscriminant,
            ) => {
                if !self.assigned.insert(local) && self.modes[local] == ConstPropMode::FullConstProp {
                    self.modes[local] = ConstPropMode::OnlyInsideOwnBlock;
                }
            }
            NonMutatingUse(
                NonMutatingUseContext::Copy
                | NonMutatingUseContext::Move
                | NonMutatingUseContext::Inspect
                | NonMutatingUseContext::PlaceMention,
            )
            | NonUse(_) => {}
            MutatingUse(MutatingUseContext::Projection) | NonMutatingUse(NonMutatingUseContext::Projection) => {}
            MutatingUse(
                MutatingUseContext::Yield
                | MutatingUseContext::Drop
                | MutatingUseContext::Retag
                | MutatingUseContext::Borrow
                | MutatingUseContext::RawBorrow,
            )
            | NonMutatingUse(
                NonMutatingUseContext::SharedBorrow
                | NonMutatingUseContext::FakeBorrow
                | NonMutatingUseContext::RawBorrow,
            ) => self.modes[local] = ConstPropMode::NoPropagation,
        }
    }
}
