//! Regions that do not outlive: E0309, E0310, E0311, E0477, E0478, E0491 and the like, of items' signatures.

use diagnostics::Diag;
use diagnostics::codes::*;
use span::Span;
use span::def_id::LocalDefId;
use ty::error::TypeError;
use ty::{ErrorGuaranteed, ParamEnv, Region, RegionKind};

use super::TypeErrCtxt;
use crate::infer::lexical::RegionResolutionError;
use crate::infer::{GenericKind, SubregionOrigin};
use crate::traits::ObligationCauseCode;

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    /// Reports what lexical resolution found.
    pub fn report_region_errors(
        &self,
        generic_param_scope: LocalDefId,
        errors: &[RegionResolutionError<'tcx>],
    ) -> ErrorGuaranteed {
        let mut reported = None;
        // Failures of bounds say more than conflicts that follow from them.
        let bounds_only = errors.iter().any(|e| matches!(e, RegionResolutionError::GenericBoundFailure(..)))
            && errors.iter().any(|e| !matches!(e, RegionResolutionError::GenericBoundFailure(..)));
        for e in errors {
            if bounds_only && matches!(e, RegionResolutionError::GenericBoundFailure(..)) {
                continue;
            }
            let guar = match e {
                RegionResolutionError::ConcreteFailure(origin, sub, sup) => {
                    self.report_concrete_failure(generic_param_scope, origin, *sub, *sup).emit()
                }
                RegionResolutionError::GenericBoundFailure(origin, kind, sub) => self
                    .construct_generic_bound_failure(generic_param_scope, origin.span(), Some(origin), *kind, *sub)
                    .emit(),
                RegionResolutionError::SubSupConflict(_, var, sub_origin, _, sup_origin, ..)
                    if impl_item_types(sub_origin, sup_origin).is_some() =>
                {
                    let (trait_item, expected, found) = impl_item_types(sub_origin, sup_origin).expect("just seen");
                    self.report_impl_item_mismatch(var.span(), trait_item, expected, found).emit()
                }
                RegionResolutionError::SubSupConflict(_, _, sub_origin, sub, sup_origin, sup, _) => {
                    let origin = if matches!(sup_origin, SubregionOrigin::SolverRegionConstraint(_)) {
                        sub_origin
                    } else {
                        sup_origin
                    };
                    self.report_concrete_failure(generic_param_scope, origin, *sub, *sup).emit()
                }
                RegionResolutionError::UpperBoundUniverseConflict(_, _, _, origin, sup) => self
                    .report_concrete_failure(generic_param_scope, origin, self.tcx.lifetimes().re_static, *sup)
                    .emit(),
                RegionResolutionError::CannotNormalize(ty, origin) => {
                    self.dcx().span_err(origin.span(), format!("cannot normalize `{ty}`"))
                }
            };
            reported = Some(guar);
        }
        let e = reported.unwrap_or_else(|| self.dcx().delayed_bug("no region errors"));
        self.set_tainted_by_errors(e);
        e
    }

    /// Types of an impl's item and the trait's that differ in their lifetimes alone.
    fn report_impl_item_mismatch(
        &self,
        span: Span,
        trait_item: span::def_id::DefId,
        expected: ty::Ty<'tcx>,
        found: ty::Ty<'tcx>,
    ) -> Diag<'tcx> {
        let expected = self.resolve_vars_if_possible(expected);
        let found = self.resolve_vars_if_possible(found);
        let mut diag = self.dcx().struct_span_err(span, "`impl` item signature doesn't match `trait` item signature");
        diag.span_label(span, format!("found `{found}`"));
        if trait_item.is_local() {
            diag.span_label(self.tcx.def_span(trait_item), format!("expected `{expected}`"));
        }
        diag.note_expected_found("signature", &expected.to_string(), &found.to_string());
        diag
    }

    fn report_concrete_failure(
        &self,
        scope: LocalDefId,
        origin: &SubregionOrigin<'tcx>,
        sub: Region<'tcx>,
        sup: Region<'tcx>,
    ) -> Diag<'tcx> {
        match origin {
            SubregionOrigin::Subtype(trace) => {
                let placeholder = sub.is_placeholder() || sup.is_placeholder();
                let terr = if placeholder {
                    TypeError::RegionsPlaceholderMismatch
                } else {
                    TypeError::RegionsDoesNotOutlive(sup, sub)
                };
                let mut diag = self.report_and_explain_type_error((**trace).clone(), ParamEnv::empty(), terr);
                if !placeholder {
                    self.note_region(&mut diag, scope, "the lifetime", sup, "...");
                    self.note_region(&mut diag, scope, "...does not necessarily outlive the lifetime", sub, "");
                }
                diag
            }
            SubregionOrigin::CompareImplItemObligation { span, impl_item_def_id, trait_item_def_id } => {
                let requirement = format!("{sup}: {sub}");
                self.report_extra_impl_obligation(
                    *span,
                    *impl_item_def_id,
                    *trait_item_def_id,
                    &format!("`{requirement}`"),
                )
            }
            SubregionOrigin::CheckAssociatedTypeBounds { parent, .. } => {
                self.report_concrete_failure(scope, parent, sub, sup)
            }
            SubregionOrigin::RelateObjectBound(span) => {
                let mut diag = self.dcx().struct_span_err(
                    *span,
                    "lifetime of the source pointer does not outlive lifetime bound of the object type",
                );
                diag.code(E0476);
                self.note_region(&mut diag, scope, "object type is valid for", sub, "");
                self.note_region(&mut diag, scope, "source pointer is only valid for", sup, "");
                diag
            }
            SubregionOrigin::RelateParamBound(span, ty, opt_span) => {
                let ty = self.resolve_vars_if_possible(*ty);
                let mut diag = self
                    .dcx()
                    .struct_span_err(*span, format!("the type `{ty}` does not fulfill the required lifetime"));
                diag.code(E0477);
                if sub.is_static() {
                    let msg = "type must satisfy the static lifetime";
                    match opt_span {
                        Some(s) => {
                            diag.span_note(*s, format!("{msg} as required by this binding"));
                        }
                        None => {
                            diag.note(msg);
                        }
                    }
                } else {
                    self.note_region(&mut diag, scope, "type must outlive", sub, "");
                }
                diag
            }
            SubregionOrigin::RelateRegionParamBound(span, _)
            | SubregionOrigin::SolverRegionConstraint(span)
            | SubregionOrigin::AscribeUserTypeProvePredicate(span) => {
                let mut diag = self.dcx().struct_span_err(*span, "lifetime bound not satisfied");
                diag.code(E0478);
                self.note_region(&mut diag, scope, "lifetime parameter instantiated with", sup, "");
                self.note_region(&mut diag, scope, "but lifetime parameter must outlive", sub, "");
                diag
            }
            SubregionOrigin::ReferenceOutlivesReferent(ty, span) => {
                let ty = self.resolve_vars_if_possible(*ty);
                let mut diag = self.dcx().struct_span_err(
                    *span,
                    format!("in type `{ty}`, reference has a longer lifetime than the data it references"),
                );
                diag.code(E0491);
                self.note_region(&mut diag, scope, "the pointer is valid for", sub, "");
                self.note_region(&mut diag, scope, "but the referenced data is only valid for", sup, "");
                diag
            }
            SubregionOrigin::Reborrow(span) => {
                let mut diag =
                    self.dcx().struct_span_err(*span, "lifetime of reference outlives lifetime of borrowed content...");
                diag.code(E0312);
                self.note_region(&mut diag, scope, "...the reference is valid for", sub, "...");
                self.note_region(&mut diag, scope, "...but the borrowed content is only valid for", sup, "");
                diag
            }
        }
    }

    /// E0276: an impl's item demands more than the trait's.
    pub fn report_extra_impl_obligation(
        &self,
        error_span: Span,
        impl_item_def_id: LocalDefId,
        trait_item_def_id: span::def_id::DefId,
        requirement: &str,
    ) -> Diag<'tcx> {
        let tcx = self.tcx;
        let mut diag = self.dcx().struct_span_err(error_span, "impl has stricter requirements than trait");
        diag.code(E0276);
        if trait_item_def_id.is_local() {
            let name = tcx.item_name(trait_item_def_id);
            diag.span_label(tcx.def_span(trait_item_def_id), format!("definition of `{name}` from trait"));
        }
        diag.span_label(error_span, format!("impl has extra requirement {requirement}"));
        let _ = impl_item_def_id;
        diag
    }

    /// `T` may not live long enough.
    pub fn construct_generic_bound_failure(
        &self,
        scope: LocalDefId,
        span: Span,
        origin: Option<&SubregionOrigin<'tcx>>,
        kind: GenericKind<'tcx>,
        sub: Region<'tcx>,
    ) -> Diag<'tcx> {
        let labeled = match kind {
            GenericKind::Param(p) => format!("the parameter type `{}`", p.name),
            GenericKind::Placeholder(_) => {
                format!("the placeholder type `{}`", kind.to_ty(*self.tcx))
            }
            GenericKind::Alias(k, _) => {
                let what = match k {
                    ty::AliasTyKind::Opaque => "opaque type",
                    ty::AliasTyKind::Projection | ty::AliasTyKind::Inherent => "associated type",
                    ty::AliasTyKind::Free => "type alias",
                };
                format!("the {what} `{}`", kind.to_ty(*self.tcx))
            }
        };
        if let Some(SubregionOrigin::CompareImplItemObligation { span, impl_item_def_id, trait_item_def_id }) = origin {
            let requirement = format!("`{}: {sub}`", kind.to_ty(*self.tcx));
            return self.report_extra_impl_obligation(*span, *impl_item_def_id, *trait_item_def_id, &requirement);
        }
        let mut diag = self.dcx().struct_span_err(span, format!("{labeled} may not live long enough"));
        let named = match sub.kind() {
            RegionKind::ReEarlyParam(p) => p.is_named(),
            RegionKind::ReLateParam(p) => {
                matches!(p.kind, ty::LateParamRegionKind::Named(d)
                    if self.tcx.opt_item_name(d).is_some_and(|n| n.as_str() != "'_"))
            }
            RegionKind::ReStatic => true,
            _ => false,
        };
        diag.code(match sub.kind() {
            RegionKind::ReStatic => E0310,
            _ if named => E0309,
            _ => E0311,
        });
        let (prefix, suffix) = match sub.kind() {
            RegionKind::ReStatic => (format!("{labeled} must be valid for the static lifetime..."), None),
            _ => (
                format!("{labeled} must be valid for the lifetime `{sub}` as defined here..."),
                self.region_span(scope, sub),
            ),
        };
        match suffix {
            Some(s) if s != span => {
                diag.span_label(s, prefix);
            }
            _ => {
                diag.span_label(span, prefix);
            }
        }
        let why = match origin {
            Some(SubregionOrigin::ReferenceOutlivesReferent(ty, _)) => format!(
                "...so that the reference type `{}` does not outlive the data it points at",
                self.resolve_vars_if_possible(*ty)
            ),
            Some(SubregionOrigin::RelateParamBound(_, ty, _)) => format!(
                "...so that the type `{}` will meet its required lifetime bounds",
                self.resolve_vars_if_possible(*ty)
            ),
            _ => format!("...so that the type `{}` will meet its required lifetime bounds", kind.to_ty(*self.tcx)),
        };
        diag.span_label(span, why);
        if named {
            diag.help(format!("consider adding an explicit lifetime bound: `{}: {sub}`", kind.to_ty(*self.tcx)));
        }
        diag
    }

    /// Where a region is declared.
    fn region_span(&self, scope: LocalDefId, r: Region<'tcx>) -> Option<Span> {
        let tcx = self.tcx;
        match r.kind() {
            RegionKind::ReEarlyParam(p) => {
                let generics = tcx.generics_of(scope.to_def_id());
                (generics.count() > p.index as usize).then(|| tcx.def_span(tcx.param_at(generics, p.index).def_id))
            }
            RegionKind::ReLateParam(p) => match p.kind {
                ty::LateParamRegionKind::Named(d) => Some(tcx.def_span(d)),
                _ => Some(tcx.def_span(scope.to_def_id())),
            },
            _ => None,
        }
    }

    /// A note that names a region and shows where it is declared.
    pub fn note_region(&self, diag: &mut Diag<'_>, scope: LocalDefId, prefix: &str, r: Region<'tcx>, suffix: &str) {
        let text = match r.kind() {
            RegionKind::ReStatic => "the static lifetime".to_owned(),
            RegionKind::ReLateParam(p) if !matches!(p.kind, ty::LateParamRegionKind::Named(_)) => {
                "the anonymous lifetime defined here".to_owned()
            }
            _ => format!("the lifetime `{r}` as defined here"),
        };
        let text = match prefix.strip_suffix("the lifetime") {
            Some(start) => format!("{start}{text}{suffix}"),
            None => format!("{prefix} {text}{suffix}"),
        };
        match self.region_span(scope, r) {
            Some(s) if !s.is_dummy() => {
                diag.span_note(s, text);
            }
            _ => {
                diag.note(text);
            }
        }
    }
}

/// The types of two requirements that both come from comparing an impl's item with the trait's.
fn impl_item_types<'tcx>(
    a: &SubregionOrigin<'tcx>,
    b: &SubregionOrigin<'tcx>,
) -> Option<(span::def_id::DefId, ty::Ty<'tcx>, ty::Ty<'tcx>)> {
    let (SubregionOrigin::Subtype(a), SubregionOrigin::Subtype(b)) = (a, b) else { return None };
    let ObligationCauseCode::CompareImplItem { trait_item_def_id, .. } = *a.cause.code() else { return None };
    let (expected, found) = a.values.ty()?;
    (b.values.ty() == Some((expected, found))).then_some((trait_item_def_id, expected, found))
}
