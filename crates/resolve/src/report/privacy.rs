//! E0603: uses of what is private, with the chain of re-exports that led there.

use diagnostics::codes::E0603;
use diagnostics::{Applicability, MultiSpan};
use hir::def::{CtorKind, CtorOf, DefKind, Res as HirRes};
use span::{FxHashSet, Span};

use crate::Resolver;
use crate::errors::PrivacyError;
use crate::import::ImportKind;
use crate::module::{NameBinding, NameBindingKind};

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    pub(crate) fn report_privacy_errors(&mut self) {
        let mut reported: FxHashSet<(Span, span::Symbol)> = FxHashSet::default();
        for error in std::mem::take(&mut self.privacy_errors) {
            if reported.insert((error.dedup_span, error.ident.name)) {
                self.report_privacy_error(&error);
            }
        }
    }

    fn report_privacy_error(&mut self, error: &PrivacyError<'ra>) {
        let PrivacyError { ident, binding, .. } = *error;
        let res = binding.res();
        let ctor_fields_span = self.ctor_fields_span(binding);
        let plain_descr = self.res_descr(res).to_string();
        let nonimport_descr =
            if ctor_fields_span.is_some() { format!("{plain_descr} constructor") } else { plain_descr };
        let import_descr = format!("{nonimport_descr} import");
        let get_descr = |b: NameBinding<'_>| if b.is_import() { import_descr.clone() } else { nonimport_descr.clone() };
        let ident_descr = get_descr(binding);
        let mut diag = self.dcx().struct_span_err(ident.span, format!("{ident_descr} `{ident}` is private"));
        diag.code(E0603).span_label(ident.span, format!("private {ident_descr}"));

        if let Some(span) = ctor_fields_span {
            diag.span_label(span, "a constructor is private if any of the fields is private");
            if let HirRes::Def(_, ctor) = res
                && let Some(fields) = self.field_visibility_spans.get(&self.parent(ctor))
            {
                let private: Vec<(Span, String)> = fields
                    .iter()
                    .filter(|span| {
                        self.session().source_map().span_to_snippet(**span).is_none_or(|s| s.trim() != "pub")
                    })
                    .map(|span| (*span, "pub ".to_string()))
                    .collect();
                let plural = if fields.len() == 1 { "field" } else { "fields" };
                if !private.is_empty() && !fields.iter().any(|s| s.is_dummy()) {
                    diag.multipart_suggestion(
                        format!("consider making the {plural} publicly accessible"),
                        private,
                        Applicability::MaybeIncorrect,
                    );
                }
            }
        }
        self.note_definitions(&mut diag, binding, error, get_descr);
        diag.emit();
    }

    /// The fields of a tuple struct whose constructor is private because of them.
    fn ctor_fields_span(&self, binding: NameBinding<'ra>) -> Option<Span> {
        let NameBindingKind::Res(HirRes::Def(DefKind::Ctor(CtorOf::Struct, CtorKind::Fn), ctor)) = binding.kind else {
            return None;
        };
        let def_id = self.parent(ctor);
        let fields = self.field_idents(def_id)?;
        let first = fields.first()?.span;
        Some(fields.iter().fold(first, |acc, field| acc.to(field.span)))
    }

    /// Notes what is defined and re-exported where, as far as it is named differently or private.
    fn note_definitions(
        &self,
        diag: &mut diagnostics::Diag<'_>,
        binding: NameBinding<'ra>,
        error: &PrivacyError<'ra>,
        get_descr: impl Fn(NameBinding<'_>) -> String,
    ) {
        let ident = error.ident;
        let mut next_binding = Some(binding);
        let mut next_ident = ident;
        while let Some(binding) = next_binding {
            let name = next_ident;
            next_binding = match binding.kind {
                NameBindingKind::Import { binding: inner, import } => match import.kind {
                    ImportKind::Single { source, .. } => {
                        next_ident = source;
                        Some(inner)
                    }
                    ImportKind::Glob { .. } | ImportKind::MacroUse { .. } | ImportKind::MacroExport => Some(inner),
                    ImportKind::ExternCrate { .. } => None,
                },
                _ => None,
            };
            if matches!(binding.res(), HirRes::Err) {
                break;
            }
            let first = binding == error.binding;
            let descr = get_descr(binding);
            let head = self.session().source_map().guess_head_span(binding.span);
            if head.is_dummy() {
                continue;
            }
            let mut note = MultiSpan::from(head);
            let msg = if first {
                if !binding.is_import() {
                    format!("the {descr} `{name}` is defined here")
                } else if next_binding.is_some() {
                    format!("the {descr} `{name}` is defined here...")
                } else {
                    format!("the {descr} `{name}` is defined here")
                }
            } else if next_binding.is_some() {
                format!("...and refers to the {descr} `{name}` which is defined here...")
            } else {
                format!("...and refers to the {descr} `{name}` which is defined here")
            };
            if !first && binding.vis.is_public() {
                let label = if binding.is_import() {
                    "you could import this re-export"
                } else {
                    "you could import this directly"
                };
                note.push_span_label(head, label);
            }
            diag.span_note(note, msg);
        }
    }
}
