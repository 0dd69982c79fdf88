//! Which locals can live in SSA variables: those whose address nobody takes.

use mir::visit::{MutatingUseContext, NonMutatingUseContext, PlaceContext, Visitor};
use mir::{Body, Local, Location, Place, ProjectionElem};
use rustc_index::bit_set::DenseBitSet;

/// How a body uses its locals.
pub(crate) struct LocalUses {
    /// Those that must live in memory, whatever their types are.
    pub(crate) memory: DenseBitSet<Local>,
    /// Those that are read or written at all.
    pub(crate) used: DenseBitSet<Local>,
}

/// Looks at what can be reached without unwinding.
pub(crate) fn local_uses(body: &Body<'_>) -> LocalUses {
    let n = body.local_decls.len();
    let mut visitor = LocalUses { memory: DenseBitSet::new_empty(n), used: DenseBitSet::new_empty(n) };
    for (block, data) in mir::traversal::preorder(body) {
        if !data.is_cleanup {
            visitor.visit_basic_block_data(block, data);
        }
    }
    visitor
}

impl<'tcx> Visitor<'tcx> for LocalUses {
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
        self.used.insert(place.local);
        for elem in place.projection {
            if let ProjectionElem::Index(index) = elem {
                self.used.insert(index);
            }
        }
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
