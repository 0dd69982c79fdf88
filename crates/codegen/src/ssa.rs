//! Which locals can live in SSA variables: those whose address nobody takes.

use mir::visit::{MutatingUseContext, NonMutatingUseContext, PlaceContext, Visitor};
use mir::{Body, Local, Location, Place, ProjectionElem};
use rustc_index::bit_set::DenseBitSet;

/// The locals that must live in memory, whatever their types are.
pub(crate) fn memory_locals(body: &Body<'_>) -> DenseBitSet<Local> {
    let mut visitor = Analyzer { memory: DenseBitSet::new_empty(body.local_decls.len()) };
    for (block, data) in mir::traversal::preorder(body) {
        if !data.is_cleanup {
            visitor.visit_basic_block_data(block, data);
        }
    }
    visitor.memory
}

struct Analyzer {
    memory: DenseBitSet<Local>,
}

impl<'tcx> Visitor<'tcx> for Analyzer {
    fn visit_place(&mut self, place: &Place<'tcx>, context: PlaceContext, _: Location) {
        let direct = place.projection.iter().take_while(|e| !matches!(e, ProjectionElem::Deref));
        let indirect = place.is_indirect();
        let address_taken = matches!(
            context,
            PlaceContext::NonMutatingUse(
                NonMutatingUseContext::SharedBorrow
                    | NonMutatingUseContext::FakeBorrow
                    | NonMutatingUseContext::RawBorrow
            ) | PlaceContext::MutatingUse(
                MutatingUseContext::Borrow
                    | MutatingUseContext::RawBorrow
                    | MutatingUseContext::Drop
                    | MutatingUseContext::AsmOutput
                    | MutatingUseContext::Yield
            )
        );
        let mut elements = false;
        for elem in direct {
            // Variables have no index.
            elements |= matches!(elem, ProjectionElem::Index(_) | ProjectionElem::Subslice { .. });
        }
        if (address_taken && !indirect) || elements {
            self.memory.insert(place.local);
        }
    }
}
