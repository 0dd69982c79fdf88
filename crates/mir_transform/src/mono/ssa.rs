//! Which locals have one value: they are assigned once, as a whole, before all their uses, and nothing else can write
//! them.

use mir::visit::{MutVisitor, MutatingUseContext, NonUseContext, PlaceContext, Visitor};
use mir::{Body, Local, Location};
use query::TyCtxt;
use rustc_index::IndexVec;
use rustc_index::bit_set::DenseBitSet;

/// Where a local gets its value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Def {
    Argument,
    Assign(Location),
    /// The result of the call that ends a block.
    Call(Location),
}

/// The locals of a body that have one value.
pub(super) struct SsaLocals {
    defs: IndexVec<Local, Option<Def>>,
    /// Locals whose address is taken.
    pub(super) borrowed: DenseBitSet<Local>,
}

impl SsaLocals {
    pub(super) fn new(body: &Body<'_>) -> SsaLocals {
        let n = body.local_decls.len();
        let mut v = Finder {
            defs: IndexVec::from_elem(None, &body.local_decls),
            multiple: DenseBitSet::new_empty(n),
            borrowed: DenseBitSet::new_empty(n),
        };
        for arg in body.args_iter() {
            v.defs[arg] = Some(Def::Argument);
        }
        // The caller reads it.
        v.multiple.insert(mir::RETURN_PLACE);
        for (bb, data) in mir::traversal::reverse_postorder(body) {
            v.visit_basic_block_data(bb, data);
        }
        let Finder { mut defs, multiple, borrowed } = v;
        for local in multiple.iter() {
            defs[local] = None;
        }
        for local in borrowed.iter() {
            defs[local] = None;
        }
        let mut check = Dominance { body, defs: &defs, bad: DenseBitSet::new_empty(n) };
        for (bb, data) in mir::traversal::reverse_postorder(body) {
            check.visit_basic_block_data(bb, data);
        }
        let bad = check.bad;
        for local in bad.iter() {
            defs[local] = None;
        }
        SsaLocals { defs, borrowed }
    }
    pub(super) fn is_ssa(&self, local: Local) -> bool {
        self.defs[local].is_some()
    }
}

struct Finder {
    defs: IndexVec<Local, Option<Def>>,
    multiple: DenseBitSet<Local>,
    borrowed: DenseBitSet<Local>,
}

impl Finder {
    fn define(&mut self, local: Local, def: Def) {
        if self.defs[local].replace(def).is_some() {
            self.multiple.insert(local);
        }
    }
}

impl<'tcx> Visitor<'tcx> for Finder {
    fn visit_place(&mut self, place: &mir::Place<'tcx>, context: PlaceContext, location: Location) {
        let indirect = place.is_indirect_first_projection();
        if !indirect && (context.is_borrow() || context.is_address_of() || context.is_drop()) {
            self.borrowed.insert(place.local);
        }
        match context {
            PlaceContext::MutatingUse(MutatingUseContext::Store) if place.projection.is_empty() => {
                self.define(place.local, Def::Assign(location));
            }
            PlaceContext::MutatingUse(MutatingUseContext::Call) if place.projection.is_empty() => {
                self.define(place.local, Def::Call(location));
            }
            // A write to a part, or in a way that is not followed.
            PlaceContext::MutatingUse(_) if !indirect => {
                self.multiple.insert(place.local);
            }
            _ => {}
        }
    }
}

struct Dominance<'a, 'tcx> {
    body: &'a Body<'tcx>,
    defs: &'a IndexVec<Local, Option<Def>>,
    bad: DenseBitSet<Local>,
}

impl<'tcx> Visitor<'tcx> for Dominance<'_, 'tcx> {
    fn visit_local(&mut self, local: Local, context: PlaceContext, location: Location) {
        if matches!(
            context,
            PlaceContext::NonUse(NonUseContext::VarDebugInfo | NonUseContext::StorageLive | NonUseContext::StorageDead)
        ) {
            return;
        }
        if context.is_place_assignment() {
            return;
        }
        let dominators = self.body.basic_blocks.dominators();
        let fine = match self.defs[local] {
            None | Some(Def::Argument) => true,
            Some(Def::Assign(def)) => {
                if def.block == location.block {
                    def.statement_index < location.statement_index
                } else {
                    dominators.dominates(def.block, location.block)
                }
            }
            // On the edge of return only.
            Some(Def::Call(def)) => match self.body[def.block].terminator().kind {
                mir::TerminatorKind::Call { target: Some(target), .. } => {
                    self.body.basic_blocks.predecessors()[target].len() == 1
                        && dominators.dominates(target, location.block)
                }
                _ => false,
            },
        };
        if !fine {
            self.bad.insert(local);
        }
    }
}

/// Puts the head of its class in place of each local.
pub(super) struct Rename<'tcx> {
    pub(super) tcx: TyCtxt<'tcx>,
    pub(super) head: IndexVec<Local, Local>,
}

impl<'tcx> MutVisitor<'tcx> for Rename<'tcx> {
    const CHANGES_CFG: bool = false;
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn visit_local(&mut self, local: &mut Local, context: PlaceContext, _: Location) {
        if !matches!(context, PlaceContext::NonUse(NonUseContext::VarDebugInfo)) {
            *local = self.head[*local];
        }
    }
    fn visit_var_debug_info(&mut self, info: &mut mir::VarDebugInfo<'tcx>) {
        if let mir::VarDebugInfoContents::Place(p) = &mut info.value {
            p.local = self.head[p.local];
        }
    }
}
