//! `impl Trait`: the hidden type must not contain the opaque type itself (E0720).

use diagnostics::codes::*;
use hir::OpaqueTyOrigin;
use query::TyCtxt;
use span::FxHashSet;
use span::def_id::{DefId, LocalDefId};
use ty::visit::{TypeSuperVisitable, TypeVisitable, TypeVisitableExt, TypeVisitor};
use ty::{AliasTyKind, Ty, TyKind};

use crate::coherence::CheckResult;

pub(super) fn check_opaque(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    if let OpaqueTyOrigin::FnReturn { parent, .. } | OpaqueTyOrigin::AsyncFn { parent, .. } =
        tcx.opaque_ty_origin(def_id.to_def_id())
    {
        if parent.as_local().is_some_and(|p| tcx.hir_maybe_body_owned_by(p).is_none()) {
            return Ok(());
        }
    }
    let ty = tcx.type_of(def_id.to_def_id()).instantiate_identity();
    if ty.references_error() {
        return Ok(());
    }
    let mut expand = Expand { tcx, primary: def_id.to_def_id(), done: FxHashSet::default() };
    if ty.visit_with(&mut expand).is_break() {
        let span = tcx.def_span(def_id.to_def_id());
        return Err(tcx
            .dcx()
            .struct_span_err(span, "cannot resolve opaque type")
            .with_code(E0720)
            .with_span_label(span, "recursive opaque type")
            .emit());
    }
    Ok(())
}

/// Looks through opaque types for the first one.
struct Expand<'tcx> {
    tcx: TyCtxt<'tcx>,
    primary: DefId,
    done: FxHashSet<DefId>,
}

impl<'tcx> TypeVisitor<'tcx> for Expand<'tcx> {
    type Break = ();
    fn visit_ty(&mut self, t: Ty<'tcx>) -> std::ops::ControlFlow<()> {
        if !t.has_opaque_types() {
            return std::ops::ControlFlow::Continue(());
        }
        if let TyKind::Alias(AliasTyKind::Opaque, alias) = *t.kind() {
            if alias.def_id == self.primary {
                return std::ops::ControlFlow::Break(());
            }
            // The arguments are looked at by themselves, so the hidden type is taken as it is declared.
            if self.done.insert(alias.def_id) && alias.def_id.is_local() {
                self.tcx.type_of(alias.def_id).skip_binder().visit_with(self)?;
            }
        }
        t.super_visit_with(self)
    }
}
