//! [`RefProp`]: a place behind a reference whose target is known is that target. `_2 = &_1; _3 = copy ((*_2).0)` becomes
//! `_3 = copy (_1.0)`, after which nobody may need the address of `_1`.
//!
//! A reference with one value (`ssa.rs`) to a place that means the same wherever that value is used: a local and its
//! fields, or what such a reference itself points to.

use mir::visit::{MutVisitor, NonUseContext, PlaceContext};
use mir::{Body, Local, Location, Place, ProjectionElem, Rvalue, VarDebugInfo};
use query::TyCtxt;
use rustc_index::IndexVec;

use super::ssa::SsaLocals;
use crate::pass_manager::MirPass;

pub(super) struct RefProp;

impl<'tcx> MirPass<'tcx> for RefProp {
    fn name(&self) -> &'static str {
        "RefProp"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let ssa = SsaLocals::new(body);
        let mut targets: IndexVec<Local, Option<Place<'tcx>>> = IndexVec::from_elem(None, &body.local_decls);
        let mut any = false;
        // In order of dominance, so that the target of a base is known before it is looked up.
        for (_, data) in mir::traversal::reverse_postorder(body) {
            for stmt in &data.statements {
                let Some((place, rvalue)) = stmt.kind.as_assign() else { continue };
                let Some(local) = place.as_local() else { continue };
                if !ssa.is_ssa(local) {
                    continue;
                }
                let target = match *rvalue {
                    Rvalue::Ref(_, _, target) | Rvalue::RawPtr(_, target) => known_target(tcx, &ssa, &targets, target),
                    // A copy of a reference points where that does.
                    Rvalue::Use(ref op) => {
                        op.place().and_then(|p| p.as_local()).filter(|l| ssa.is_ssa(*l)).and_then(|l| targets[l])
                    }
                    Rvalue::CopyForDeref(p) => p.as_local().filter(|l| ssa.is_ssa(*l)).and_then(|l| targets[l]),
                    Rvalue::Cast(mir::CastKind::PtrToPtr, ref op, ty) => {
                        // Between pointers to one type, as `*mut T` to `*const T`.
                        op.place().and_then(|p| p.as_local()).filter(|l| ssa.is_ssa(*l)).and_then(|l| {
                            let from = body.local_decls[l].ty.builtin_deref(true);
                            if from.is_some() && from == ty.builtin_deref(true) { targets[l] } else { None }
                        })
                    }
                    _ => None,
                };
                any |= target.is_some();
                targets[local] = target;
            }
        }
        if any {
            Replacer { tcx, targets }.visit_body(body);
        }
    }
}

/// The place with its base seen through, if it means the same at all uses of a reference to it.
fn known_target<'tcx>(
    tcx: TyCtxt<'tcx>,
    ssa: &SsaLocals,
    targets: &IndexVec<Local, Option<Place<'tcx>>>,
    place: Place<'tcx>,
) -> Option<Place<'tcx>> {
    let (base, rest) = match place.projection.as_slice() {
        [ProjectionElem::Deref, rest @ ..] => {
            if let Some(target) = targets[place.local] {
                (target, rest)
            } else if ssa.is_ssa(place.local) {
                (Place::from(place.local).deref(tcx.interner()), rest)
            } else {
                return None;
            }
        }
        rest => (Place::from(place.local), rest),
    };
    let stable = rest.iter().all(|e| match e {
        ProjectionElem::Field(..) | ProjectionElem::Downcast(..) | ProjectionElem::ConstantIndex { .. } => true,
        ProjectionElem::Subslice { .. } => true,
        ProjectionElem::Index(i) => ssa.is_ssa(*i),
        ProjectionElem::Deref | ProjectionElem::OpaqueCast(_) | ProjectionElem::UnwrapUnsafeBinder(_) => false,
    });
    stable.then(|| base.project_deeper(rest, tcx.interner()))
}

struct Replacer<'tcx> {
    tcx: TyCtxt<'tcx>,
    targets: IndexVec<Local, Option<Place<'tcx>>>,
}

impl<'tcx> MutVisitor<'tcx> for Replacer<'tcx> {
    const CHANGES_CFG: bool = false;
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn visit_var_debug_info(&mut self, _: &mut VarDebugInfo<'tcx>) {}
    fn visit_place(&mut self, place: &mut Place<'tcx>, context: PlaceContext, _: Location) {
        if matches!(context, PlaceContext::NonUse(NonUseContext::VarDebugInfo)) {
            return;
        }
        if let [ProjectionElem::Deref, rest @ ..] = place.projection.as_slice() {
            if let Some(target) = self.targets[place.local] {
                *place = target.project_deeper(rest, self.tcx.interner());
            }
        }
    }
}
