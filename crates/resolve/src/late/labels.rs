//! Labels of loops and blocks.

use ast::visit::Visitor;
use ast::{Block, Label, NodeId};
use span::Ident;

use super::LateResolver;
use crate::errors::ResolutionError;
use crate::path::Suggestion;
use crate::report::edit_distance::find_best_match_for_name;
use crate::rib::RibKind;

impl<'ast, 'ra> LateResolver<'_, 'ast, 'ra, '_> {
    /// The loop or block that a label names.
    pub(super) fn resolve_label(&mut self, mut label: Ident) -> Result<NodeId, ResolutionError<'ra>> {
        let mut suggestion: Option<Suggestion> = None;
        for (index, rib) in self.label_ribs.iter().enumerate().rev() {
            if let RibKind::MacroDefinition(def) = rib.kind
                && def == self.r.macro_def(label.span.ctxt())
            {
                let mut ctxt = label.span.ctxt();
                ctxt.remove_mark();
                label.span = label.span.with_ctxt(ctxt);
            }
            let ident = label.normalize_to_macro_rules();
            if let Some((ident, id)) = rib.bindings.get_key_value(&ident) {
                if self.is_label_in_scope(index) {
                    return Ok(*id);
                }
                let definition_span = ident.span;
                return Err(ResolutionError::UnreachableLabel { name: label.name, definition_span, suggestion });
            }
            if suggestion.is_none() && self.is_label_in_scope(index) {
                suggestion = self.similar_label(index, label);
            }
        }
        Err(ResolutionError::UndeclaredLabel { name: label.name, suggestion })
    }

    fn is_label_in_scope(&self, rib_index: usize) -> bool {
        !self.label_ribs[rib_index + 1..].iter().any(|rib| rib.kind.is_label_barrier())
    }

    fn similar_label(&self, rib_index: usize, label: Ident) -> Option<Suggestion> {
        let rib = &self.label_ribs[rib_index];
        let names: Vec<_> =
            rib.bindings.keys().filter(|id| id.span.ctxt() == label.span.ctxt()).map(|id| id.name).collect();
        let name = find_best_match_for_name(&names, label.name, None)?;
        let msg = "try using similarly named label".to_string();
        let replacement = vec![(label.span, name.to_string())];
        Some((replacement, msg, diagnostics::Applicability::MaybeIncorrect))
    }

    pub(super) fn with_resolved_label(&mut self, label: Option<Label>, id: NodeId, f: impl FnOnce(&mut Self)) {
        let Some(label) = label else { return f(self) };
        if !label.ident.as_str().starts_with("'_") {
            self.r.unused_labels.insert(id, label.ident.span);
        }
        self.with_label_rib(RibKind::Normal, |this| {
            let ident = label.ident.normalize_to_macro_rules();
            this.label_ribs.last_mut().expect("just pushed").bindings.insert(ident, id);
            f(this);
        });
    }

    pub(super) fn resolve_labeled_block(&mut self, label: Option<Label>, id: NodeId, block: &'ast Block) {
        self.with_resolved_label(label, id, |this| this.visit_block(block));
    }
}
