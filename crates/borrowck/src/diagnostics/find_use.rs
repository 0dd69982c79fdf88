//! The later use that keeps a region alive.

use std::collections::VecDeque;

use mir::visit::{PlaceContext, Visitor};
use mir::{Body, Local, Location, UnwindAction};
use span::FxHashSet;
use ty::RegionVid;
use ty::visit::{TypeVisitable, TypeVisitor};

use crate::region_infer::RegionInferenceContext;
use crate::type_check::liveness::{Kind, categorize};

/// Why a region holds at a point.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cause {
    /// A variable whose type has the region is used.
    LiveVar(Local, Location),
    /// It is dropped.
    DropVar(Local, Location),
}

/// The nearest use from a point on.
pub(crate) fn find<'tcx>(
    body: &Body<'tcx>,
    regioncx: &RegionInferenceContext<'_, 'tcx>,
    region: RegionVid,
    start: Location,
) -> Option<Cause> {
    let mut queue = VecDeque::from([start]);
    let mut visited = FxHashSet::default();
    while let Some(p) = queue.pop_front() {
        if !regioncx.region_contains_point(region, p) || !visited.insert(p) {
            continue;
        }
        let mut v = DefUseVisitor { body, regioncx, region, result: None };
        v.visit_location(body, p);
        match v.result {
            Some((Kind::Def, _)) => {}
            Some((Kind::Use, local)) => return Some(Cause::LiveVar(local, p)),
            Some((Kind::Drop, local)) => return Some(Cause::DropVar(local, p)),
            None => {
                let data = &body[p.block];
                if p.statement_index < data.statements.len() {
                    queue.push_back(p.successor_within_block());
                } else {
                    let term = data.terminator();
                    let cleanup = match term.unwind() {
                        Some(UnwindAction::Cleanup(bb)) => Some(*bb),
                        _ => None,
                    };
                    let next = term.successors().filter(|&bb| Some(bb) != cleanup);
                    queue.extend(next.map(|block| Location { block, statement_index: 0 }));
                }
            }
        }
    }
    None
}

struct DefUseVisitor<'b, 'a, 'tcx> {
    body: &'b Body<'tcx>,
    regioncx: &'b RegionInferenceContext<'a, 'tcx>,
    region: RegionVid,
    result: Option<(Kind, Local)>,
}

struct HasRegion<'b, 'a, 'tcx>(&'b RegionInferenceContext<'a, 'tcx>, RegionVid);

impl<'tcx> TypeVisitor<'tcx> for HasRegion<'_, '_, 'tcx> {
    type Break = ();
    fn visit_region(&mut self, r: ty::Region<'tcx>) -> std::ops::ControlFlow<()> {
        if self.0.universal_regions().try_region_vid(r) == Some(self.1) {
            std::ops::ControlFlow::Break(())
        } else {
            std::ops::ControlFlow::Continue(())
        }
    }
}

impl<'tcx> Visitor<'tcx> for DefUseVisitor<'_, '_, 'tcx> {
    fn visit_local(&mut self, local: Local, context: PlaceContext, _: Location) {
        let ty = self.body.local_decls[local].ty;
        if ty.visit_with(&mut HasRegion(self.regioncx, self.region)).is_break()
            && let Some(kind) = categorize(context)
        {
            self.result = Some((kind, local));
        }
    }
}
