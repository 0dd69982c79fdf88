//! The free regions of a value that count for what is asked: those that keep it alive, or those that an opaque type
//! which hides it must capture.

use std::convert::Infallible;
use std::ops::ControlFlow;

use crate::BorrowckInferCtxt;
use crate::region_infer::type_tests::bound_if_eq;
use query::TyCtxt;
use ty::visit::{TypeSuperVisitable, TypeVisitable, TypeVisitableExt, TypeVisitor};
use ty::{AliasTyKind, ParamEnv, Region, RegionKind, Ty, TyKind, Variance};

/// What the regions are wanted for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RegionsFor {
    /// While the value is live they hold. An alias that says what it outlives counts by that alone.
    Liveness,
    /// An opaque type must capture them. Regions of a closure's parent that the closure does not mention do not count.
    HiddenType,
}

/// Calls `f` with the free regions; arguments that an opaque type does not capture never count.
pub(crate) fn for_each_free_region<'tcx>(
    infcx: &BorrowckInferCtxt<'tcx>,
    value: &impl TypeVisitable<'tcx>,
    wanted_for: RegionsFor,
    f: &mut dyn FnMut(Region<'tcx>),
) {
    let ControlFlow::Continue(()) =
        value.visit_with(&mut FreeRegions { tcx: infcx.tcx, param_env: infcx.param_env, wanted_for, f });
}

struct FreeRegions<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    wanted_for: RegionsFor,
    f: &'a mut dyn FnMut(Region<'tcx>),
}

impl<'tcx> TypeVisitor<'tcx> for FreeRegions<'_, 'tcx> {
    type Break = Infallible;
    fn visit_region(&mut self, r: Region<'tcx>) -> ControlFlow<Infallible> {
        if !matches!(r.kind(), RegionKind::ReBound(..)) {
            (self.f)(r);
        }
        ControlFlow::Continue(())
    }
    fn visit_ty(&mut self, t: Ty<'tcx>) -> ControlFlow<Infallible> {
        if !t.has_free_regions() {
            return ControlFlow::Continue(());
        }
        match *t.kind() {
            TyKind::Alias(kind, alias) => {
                if self.wanted_for == RegionsFor::Liveness {
                    // A bound `'r` says all: what the alias is cannot outlive less, whatever its arguments.
                    let bounds = outlives_bounds(self.tcx, self.param_env, t, alias);
                    if bounds.iter().any(|r| r.is_static()) {
                        return ControlFlow::Continue(());
                    }
                    if let [first, rest @ ..] = &bounds[..]
                        && rest.iter().all(|r| r == first)
                    {
                        return self.visit_region(*first);
                    }
                }
                if kind != AliasTyKind::Opaque {
                    return t.super_visit_with(self);
                }
                let variances = self.tcx.variances_of(alias.def_id);
                for (i, a) in alias.args.iter().enumerate() {
                    if variances.get(i) != Some(&Variance::Bivariant) {
                        a.visit_with(self)?;
                    }
                }
                ControlFlow::Continue(())
            }
            TyKind::Closure(_, args) if self.wanted_for == RegionsFor::HiddenType => {
                args.as_closure().tupled_upvars_ty().visit_with(self)?;
                args.as_closure().sig_as_fn_ptr_ty().visit_with(self)
            }
            _ => t.super_visit_with(self),
        }
    }
}

/// The regions that an alias outlives as its definition or a where clause says.
fn outlives_bounds<'tcx>(
    tcx: TyCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    ty: Ty<'tcx>,
    alias: ty::AliasTy<'tcx>,
) -> Vec<Region<'tcx>> {
    let is_outlives = |c: &ty::Clause<'tcx>| matches!(c.kind().skip_binder(), ty::ClauseKind::TypeOutlives(_));
    let definition = tcx.item_bounds(alias.def_id).skip_binder().iter().filter(is_outlives);
    let definition = definition.map(|c| ty::EarlyBinder::bind(c).instantiate(*tcx, alias.args));
    definition
        .chain(param_env.caller_bounds().iter().filter(is_outlives))
        .filter_map(|c| {
            let clause = c.kind();
            let ty::ClauseKind::TypeOutlives(outlives) = clause.skip_binder() else { return None };
            bound_if_eq(tcx, clause.rebind(outlives), ty)
        })
        .collect()
}
