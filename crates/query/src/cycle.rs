//! What a query that depends on itself gets: an error (E0391) and a value that carries it.

use diagnostics::ErrorGuaranteed;
use diagnostics::codes::E0391;
use ty::{EarlyBinder, Ty};

use crate::TyCtxt;
use crate::plumbing::{ActiveKey, ActiveQuery, active_span};

/// A value that can stand for the result of a query in a cycle.
pub trait FromCycle<'tcx> {
    fn from_cycle(tcx: TyCtxt<'tcx>, guar: ErrorGuaranteed) -> Self;
}

impl<'tcx> FromCycle<'tcx> for Ty<'tcx> {
    fn from_cycle(tcx: TyCtxt<'tcx>, guar: ErrorGuaranteed) -> Self {
        Ty::new_error(tcx.interner(), guar)
    }
}
impl<'tcx> FromCycle<'tcx> for ty::Const<'tcx> {
    fn from_cycle(tcx: TyCtxt<'tcx>, guar: ErrorGuaranteed) -> Self {
        ty::Const::new_error(tcx.interner(), guar)
    }
}
impl<'tcx, T: FromCycle<'tcx>> FromCycle<'tcx> for EarlyBinder<T> {
    fn from_cycle(tcx: TyCtxt<'tcx>, guar: ErrorGuaranteed) -> Self {
        EarlyBinder::bind(T::from_cycle(tcx, guar))
    }
}
impl<'tcx> FromCycle<'tcx> for ty::PolyFnSig<'tcx> {
    fn from_cycle(tcx: TyCtxt<'tcx>, guar: ErrorGuaranteed) -> Self {
        let err = Ty::new_error(tcx.interner(), guar);
        ty::Binder::dummy(tcx.mk_fn_sig([], err, false, ty::Safety::Safe, ty::ExternAbi::Rust))
    }
}
impl<'tcx> FromCycle<'tcx> for ty::GenericPredicates<'tcx> {
    fn from_cycle(_: TyCtxt<'tcx>, _: ErrorGuaranteed) -> Self {
        ty::GenericPredicates::default()
    }
}
impl<'tcx, T> FromCycle<'tcx> for &'tcx [T] {
    fn from_cycle(_: TyCtxt<'tcx>, _: ErrorGuaranteed) -> Self {
        &[]
    }
}
impl<'tcx> FromCycle<'tcx> for ty::ParamEnv<'tcx> {
    fn from_cycle(_: TyCtxt<'tcx>, _: ErrorGuaranteed) -> Self {
        ty::ParamEnv::empty()
    }
}
impl<'tcx> FromCycle<'tcx> for bool {
    fn from_cycle(_: TyCtxt<'tcx>, _: ErrorGuaranteed) -> Self {
        false
    }
}
impl<'tcx> FromCycle<'tcx> for () {
    fn from_cycle(_: TyCtxt<'tcx>, _: ErrorGuaranteed) -> Self {}
}
impl<'tcx, T> FromCycle<'tcx> for Option<T> {
    fn from_cycle(_: TyCtxt<'tcx>, _: ErrorGuaranteed) -> Self {
        None
    }
}
impl<'tcx, T> FromCycle<'tcx> for Result<T, ErrorGuaranteed> {
    fn from_cycle(_: TyCtxt<'tcx>, guar: ErrorGuaranteed) -> Self {
        Err(guar)
    }
}
impl<'tcx, T> FromCycle<'tcx> for Result<T, ty::layout::LayoutError<'tcx>> {
    fn from_cycle(_: TyCtxt<'tcx>, guar: ErrorGuaranteed) -> Self {
        Err(ty::layout::LayoutError::Cycle(guar))
    }
}
impl<'tcx, T> FromCycle<'tcx> for Result<T, mir::interpret::ErrorHandled> {
    fn from_cycle(_: TyCtxt<'tcx>, guar: ErrorGuaranteed) -> Self {
        Err(mir::interpret::ErrorHandled::Reported(guar, span::DUMMY_SP))
    }
}
impl<'tcx> FromCycle<'tcx> for &'tcx ty::TypeckResults<'tcx> {
    fn from_cycle(tcx: TyCtxt<'tcx>, guar: ErrorGuaranteed) -> Self {
        // The owner is that of the innermost body being checked; only the taint is looked at.
        let mut results = ty::TypeckResults::new(hir::CRATE_OWNER_ID);
        results.tainted_by_errors = Some(guar);
        tcx.arena().alloc(results)
    }
}

/// Reports a cycle.
pub(crate) fn report_cycle(tcx: TyCtxt<'_>, cycle: &[ActiveQuery]) -> ErrorGuaranteed {
    let describe = |q: &ActiveQuery| match q.key {
        ActiveKey::Def(d) | ActiveKey::Hash(_, Some(d)) => format!("{} `{}`", q.desc, tcx.def_path_str(d)),
        ActiveKey::Hash(_, None) => q.desc.to_string(),
    };
    // Start at the first query that has a place, so that the error stands somewhere.
    let start = cycle.iter().position(|q| !active_span(tcx, q).is_dummy()).unwrap_or(0);
    let rotated: Vec<&ActiveQuery> = cycle[start..].iter().chain(&cycle[..start]).collect();
    let first = rotated[0];
    let mut err = tcx
        .dcx()
        .struct_span_err(active_span(tcx, first), format!("cycle detected when {}", describe(first)))
        .with_code(E0391);
    for q in &rotated[1..] {
        let msg = format!("...which requires {}...", describe(q));
        let span = active_span(tcx, q);
        if span.is_dummy() {
            err.note(msg);
        } else {
            err.span_note(span, msg);
        }
    }
    if rotated.len() == 1 {
        err.note(format!("...which immediately requires {} again", describe(first)));
    } else {
        err.note(format!("...which again requires {}, completing the cycle", describe(first)));
    }
    err.note(
        "see https://rustc-dev-guide.rust-lang.org/overview.html#queries and https://rustc-dev-guide.rust-lang.org/query.html for more information",
    );
    err.emit()
}
