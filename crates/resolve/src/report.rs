//! Reporting: errors at names at once, errors that need the whole crate at the end.
//!
//! `candidates.rs` finds what may have been meant, `conflicts.rs` reports names defined twice, `names.rs` all errors at a
//! single name, `paths.rs` explains where a path fails, `privacy.rs` and `ambiguity.rs` what was recorded on the way.

mod ambiguity;
mod candidates;
mod conflicts;
pub(crate) mod edit_distance;
mod names;
mod paths;
mod privacy;

use ast::visit::{self, Visitor};
use ast::{Item, ItemKind, NodeId};
use diagnostics::{Diag, Level};
use hir::resolutions::Visibility;
use session::lint::{BufferedLint, Lint};
use span::Span;
use span::def_id::DefId;

use crate::Resolver;
use crate::errors::UseError;
use candidates::DiagMode;

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    /// Buffers a lint at a node until levels are known.
    pub(crate) fn buffer_lint(
        &self,
        lint: &'static Lint,
        node_id: NodeId,
        span: Span,
        msg: String,
        decorate: impl FnOnce(&mut Diag<'_>),
    ) {
        let mut diag = Diag::new(self.dcx(), Level::Warning, msg).with_span(span);
        decorate(&mut diag);
        let diag = Box::new(diag.into_inner());
        self.session().buffer_lint(BufferedLint { lint, node_id: node_id.as_u32(), span, diag });
    }

    /// A visibility as it is written.
    pub(crate) fn vis_to_string(&self, vis: Visibility<DefId>) -> String {
        match vis {
            Visibility::Public => "pub".to_string(),
            Visibility::Restricted(id) if id.is_crate_root() => "pub(crate)".to_string(),
            Visibility::Restricted(id) => {
                let path = self.tcx.def_path(id).data;
                let names: Vec<String> = path.iter().map(|step| step.to_string()).collect();
                format!("pub(in crate::{})", names.join("::"))
            }
        }
    }

    /// Reports what was put off until everything is resolved.
    pub(crate) fn report_errors(&mut self, _krate: &ast::Crate) {
        self.report_use_errors();
        for (use_span, def_span) in std::mem::take(&mut self.macro_expanded_macro_export_errors) {
            let msg =
                "macro-expanded `macro_export` macros from the current crate cannot be referred to by absolute paths";
            let lint = &session::lint::MACRO_EXPANDED_MACRO_EXPORTS_ACCESSED_BY_ABSOLUTE_PATHS;
            self.buffer_lint(lint, ast::CRATE_NODE_ID, use_span, msg.to_string(), |diag| {
                diag.span_note(def_span, "the macro is defined here");
            });
        }
        self.report_ambiguities();
        self.report_privacy_errors();
    }

    fn report_use_errors(&mut self) {
        for error in std::mem::take(&mut self.use_errors) {
            let UseError { diag, candidates, def_id, instead, suggestion, path, is_call, .. } = error;
            let place = self.use_placement(def_id);
            let mut diag = Diag::from_inner(self.dcx(), diag);
            if !candidates.is_empty() {
                let mode = if matches!(diag.code, Some(code) if code == diagnostics::codes::E0408) {
                    DiagMode::Pattern
                } else {
                    DiagMode::Normal
                };
                self.show_candidates(&mut diag, place, &candidates, instead, mode, &path);
            } else if let Some((span, msg, text, applicability)) = suggestion {
                diag.span_suggestion_verbose(span, msg, text, applicability);
            } else if let [segment] = path.as_slice()
                && is_call
            {
                let _ = segment;
            }
            diag.emit();
        }
    }

    /// Finds where a `use` goes in each module.
    pub(crate) fn find_use_placements(&mut self, krate: &ast::Crate) {
        let root = placement(&krate.items, krate.spans.inject_use_span);
        self.extern_crate_place = Some(krate.spans.inject_use_span.shrink_to_lo());
        self.use_placements.insert(span::def_id::CRATE_DEF_ID, root);
        visit::walk_crate(&mut Placements { r: self }, krate);
    }
}

struct Placements<'a, 'ra, 'tcx> {
    r: &'a mut Resolver<'ra, 'tcx>,
}

impl<'ast> Visitor<'ast> for Placements<'_, '_, '_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if let ItemKind::Mod(_, _, ast::ModKind::Loaded(items, _, spans)) = &item.kind {
            let def_id = self.r.local_def_id(item.id);
            let place = placement(items, spans.inject_use_span);
            self.r.use_placements.insert(def_id, place);
            visit::walk_item(self, item);
        }
    }
}

/// Before the first `use`, else where the module's items start.
fn placement(items: &[Box<Item>], inject: Span) -> (Span, bool) {
    let first_use = items
        .iter()
        .find(|item| matches!(item.kind, ItemKind::Use(_)) && !item.span.from_expansion() && !item.span.is_dummy());
    match first_use {
        Some(item) => {
            let lo = item
                .attrs
                .iter()
                .map(|attr| attr.span)
                .fold(item.span, |acc, span| if span.from_expansion() { acc } else { span.to(acc) });
            (lo.shrink_to_lo(), true)
        }
        None => (inject.shrink_to_lo(), false),
    }
}
