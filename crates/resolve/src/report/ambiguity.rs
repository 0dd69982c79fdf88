//! E0659: names with two meanings.

use diagnostics::codes::E0659;
use span::Ident;

use crate::Resolver;
use crate::errors::{AmbiguityError, AmbiguityErrorMisc};
use crate::module::{AmbiguityKind, NameBinding};

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    pub(crate) fn report_ambiguities(&mut self) {
        for error in std::mem::take(&mut self.ambiguity_errors) {
            let AmbiguityError { kind, ident, b1, b2, misc1, misc2, warning } = error;
            // Different names for one thing, in the end.
            let (b1, b2, misc1, misc2) =
                if b2.span.is_dummy() && !b1.span.is_dummy() { (b2, b1, misc2, misc1) } else { (b1, b2, misc1, misc2) };
            let mut notes: Vec<(NameBinding<'ra>, String, Vec<String>)> = Vec::new();
            for (binding, misc, also) in [(b1, misc1, ""), (b2, misc2, "also ")] {
                let what = self.binding_description(binding, ident, misc == AmbiguityErrorMisc::FromPrelude);
                let note = format!("`{ident}` could {also}refer to {what}");
                let mut helps = Vec::new();
                let by_glob = match kind {
                    AmbiguityKind::GlobVsGlob => true,
                    AmbiguityKind::GlobVsOuter | AmbiguityKind::GlobVsExpanded => binding.is_glob_import(),
                    _ => false,
                };
                if by_glob {
                    helps.push(format!("consider adding an explicit import of `{ident}` to disambiguate"));
                }
                if binding.is_extern_crate() && ident.span.at_least_rust_2018() {
                    helps.push(format!(
                        "use `::{ident}` to refer to this {what} unambiguously",
                        what = binding.res().descr()
                    ));
                }
                match misc {
                    AmbiguityErrorMisc::SuggestCrate => helps
                        .push(format!("use `crate::{ident}` to refer to this {} unambiguously", binding.res().descr())),
                    AmbiguityErrorMisc::SuggestSelf => helps
                        .push(format!("use `self::{ident}` to refer to this {} unambiguously", binding.res().descr())),
                    AmbiguityErrorMisc::FromPrelude | AmbiguityErrorMisc::None => {}
                }
                notes.push((binding, note, helps));
            }
            let decorate = |diag: &mut diagnostics::Diag<'_>| {
                diag.span_label(ident.span, "ambiguous name");
                diag.note(format!("ambiguous because of {}", kind.descr()));
                for (binding, note, helps) in &notes {
                    if binding.span.is_dummy() {
                        diag.note(note.clone());
                    } else {
                        diag.span_note(binding.span, note.clone());
                    }
                    for (i, help) in helps.iter().enumerate() {
                        diag.help(if i == 0 { help.clone() } else { format!("or {help}") });
                    }
                }
            };
            let msg = format!("`{ident}` is ambiguous");
            if warning {
                let lint = &session::lint::AMBIGUOUS_GLOB_IMPORTS;
                let node_id = match b1.kind {
                    crate::module::NameBindingKind::Import { import, .. } => import.root_id,
                    _ => ast::CRATE_NODE_ID,
                };
                self.buffer_lint(lint, node_id, ident.span, msg, decorate);
            } else {
                let mut diag = self.dcx().struct_span_err(ident.span, msg);
                diag.code(E0659);
                decorate(&mut diag);
                diag.emit();
            }
        }
    }

    fn binding_description(&self, binding: NameBinding<'ra>, ident: Ident, from_prelude: bool) -> String {
        let res = binding.res();
        if binding.span.is_dummy() || self.session().source_map().lookup_char_pos(binding.span.lo()).is_none() {
            // These have no place.
            let add_built_in =
                !matches!(res, hir::def::Res::NonMacroAttr(..) | hir::def::Res::PrimTy(..) | hir::def::Res::ToolMod);
            let (built_in, from) = if from_prelude {
                ("", " from prelude")
            } else if binding.is_extern_crate()
                && !binding.is_import()
                && self.session().opts.externs.iter().any(|e| e.name == ident.as_str())
            {
                ("", " passed with `--extern`")
            } else if add_built_in {
                (" built-in", "")
            } else {
                ("", "")
            };
            let article = if built_in.is_empty() { res.article() } else { "a" };
            let thing = res.descr();
            return format!("{article}{built_in} {thing}{from}");
        }
        let introduced = if binding.is_import_user_facing() { "imported" } else { "defined" };
        let thing = self.res_descr(res);
        format!("the {thing} {introduced} here")
    }
}
