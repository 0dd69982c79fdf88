//! Hidden types that capture what the opaque type does not (E0700).

use diagnostics::Applicability;

use crate::check::MirBorrowckCtxt;
use crate::region_infer::OpaqueError;

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    pub(crate) fn report_opaque_errors(&mut self, errors: Vec<OpaqueError<'tcx>>) {
        // They may follow from other errors.
        if self.has_errors() {
            return;
        }
        let mut seen = span::FxIndexSet::default();
        for e in errors {
            if e.hidden_ty.references_error() || !seen.insert((e.key.def_id, e.span)) {
                continue;
            }
            let tcx = self.tcx;
            let id = e.key.def_id.to_def_id();
            let opaque = tcx.mk_alias(ty::AliasTyKind::Opaque, id, tcx.identity_args_for(id));
            let hidden = self.name_regions(e.hidden_ty);
            let text = self.ty_for_message(hidden);
            let msg = format!("hidden type for `{opaque}` captures lifetime that does not appear in bounds");
            let mut err = self.struct_err(700, e.span, msg);
            let opaque_span = tcx.def_span(e.key.def_id.to_def_id());
            err.span_label(opaque_span, "opaque type defined here");
            let name = self.give_region_a_name(self.to_error_region_vid(e.member_region).unwrap_or(e.member_region));
            if let Some(name) = name {
                match &name.source {
                    super::region_name::RegionNameSource::Named(span) => {
                        err.span_label(
                            *span,
                            format!("hidden type `{text}` captures the lifetime `{name}` as defined here"),
                        );
                        err.span_suggestion_verbose(
                            opaque_span.shrink_to_hi(),
                            format!("add a `use<...>` bound to explicitly capture `{name}`"),
                            format!(" + use<{name}>"),
                            Applicability::MaybeIncorrect,
                        );
                    }
                    _ => {
                        if let Some(span) = name.span() {
                            err.span_label(
                                span,
                                format!("hidden type `{text}` captures the anonymous lifetime defined here"),
                            );
                        }
                    }
                }
            }
            let _ = e.name;
            self.buffer_error(err);
        }
    }
}
