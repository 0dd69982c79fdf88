//! Imports: takes `use a::{b, c as d, e::*};` apart into single and glob imports.

use std::cell::Cell;

use ast::{Item, NodeId, UseTree, UseTreeKind};
use hir::def::{Namespace, Namespace::*, PerNS};
use hir::resolutions::Visibility;
use span::{Ident, Span, kw, sym};

use super::GraphBuilder;
use crate::errors::ResolutionError;
use crate::import::{Import, ImportData, ImportKind};
use crate::module::BindingKey;
use crate::path::Segment;

/// Which part of a tree is looked at.
#[derive(Clone, Copy)]
pub(super) struct Leaf {
    pub id: NodeId,
    /// In braces.
    pub nested: bool,
    /// The prefix of empty braces, which has the id of the whole.
    pub list_stem: bool,
}

impl<'ra> GraphBuilder<'_, 'ra, '_> {
    pub(super) fn build_for_use_tree(
        &mut self,
        use_tree: &UseTree,
        leaf: Leaf,
        parent_prefix: &[Segment],
        item: &Item,
        vis: Visibility,
        root_span: Span,
    ) {
        let Leaf { id, nested, list_stem } = leaf;
        if nested && !list_stem {
            let def_id = self.r.local_def_id(id);
            self.r.feed_visibility(def_id, vis);
        }
        let mut prefix_iter =
            parent_prefix.iter().copied().chain(use_tree.prefix.segments.iter().map(Segment::from)).peekable();
        // In the 2015 edition imports are relative to the crate root, which is put in front of the first name.
        let is_glob = matches!(use_tree.kind, UseTreeKind::Glob(_));
        let root_ctxt = match prefix_iter.peek() {
            Some(segment)
                if !segment.ident.is_path_segment_keyword() && segment.ident.span.edition().is_rust_2015() =>
            {
                Some(segment.ident.span.ctxt())
            }
            None if is_glob && use_tree.span.edition().is_rust_2015() => Some(use_tree.span.ctxt()),
            _ => None,
        };
        let crate_root = root_ctxt.map(|ctxt| {
            let span = use_tree.prefix.span.shrink_to_lo().with_ctxt(ctxt);
            Segment::from_ident(Ident::new(kw::PathRoot, span))
        });
        let prefix: Vec<Segment> = crate_root.into_iter().chain(prefix_iter).collect();
        let empty_for_self =
            |prefix: &[Segment]| prefix.is_empty() || prefix.len() == 1 && prefix[0].ident.name == kw::PathRoot;

        match &use_tree.kind {
            UseTreeKind::Simple(rename) => {
                self.build_for_simple_use(use_tree, *rename, leaf, prefix, item, vis, root_span);
            }
            UseTreeKind::Glob(_) => {
                let is_prelude = ast::attr::contains_name(&item.attrs, sym::prelude_import);
                let kind = ImportKind::Glob { is_prelude, max_vis: Cell::new(None), id };
                self.add_import(prefix, kind, use_tree.span, item, root_span, vis);
            }
            UseTreeKind::Nested { items, .. } => {
                let self_spans: Vec<Span> = items
                    .iter()
                    .filter(|(tree, _)| {
                        matches!(tree.kind, UseTreeKind::Simple(_))
                            && tree.prefix.segments.last().is_some_and(|s| s.ident.name == kw::SelfLower)
                            && tree.prefix.segments.len() == 1
                    })
                    .map(|(tree, _)| tree.span)
                    .collect();
                if self_spans.len() > 1 {
                    use diagnostics::codes::E0430;
                    let mut diag = self
                        .r
                        .dcx()
                        .struct_span_err(self_spans[0], "`self` import can only appear once in an import list");
                    diag.code(E0430).span_label(self_spans[0], "can only appear once in an import list");
                    for span in &self_spans[1..] {
                        diag.span_label(*span, "another `self` import appears here");
                    }
                    diag.emit();
                }
                for (tree, id) in items {
                    let leaf = Leaf { id: *id, nested: true, list_stem: false };
                    self.build_for_use_tree(tree, leaf, &prefix, item, vis, root_span);
                }
                // `use a::b::{};` still resolves its prefix, as `use a::b::{self as _};`.
                if items.is_empty() && !empty_for_self(&prefix) {
                    let span = prefix[prefix.len() - 1].ident.span;
                    let tree = UseTree {
                        prefix: ast::Path::from_ident(Ident::new(kw::SelfLower, span)),
                        kind: UseTreeKind::Simple(Some(Ident::new(kw::Underscore, span))),
                        span: use_tree.span,
                    };
                    let module = self.parent_scope.module.nearest_parent_mod_def_id().expect_local();
                    let leaf = Leaf { id, nested: true, list_stem: true };
                    self.build_for_use_tree(&tree, leaf, &prefix, item, Visibility::Restricted(module), root_span);
                }
            }
        }
    }

    fn build_for_simple_use(
        &mut self,
        use_tree: &UseTree,
        rename: Option<Ident>,
        leaf: Leaf,
        prefix: Vec<Segment>,
        item: &Item,
        vis: Visibility,
        root_span: Span,
    ) {
        let Leaf { id, nested, .. } = leaf;
        let mut ident = use_tree.ident();
        let mut module_path = prefix;
        let Some(mut source) = module_path.pop() else { return };
        let mut type_ns_only = false;
        if nested {
            // `use foo::{self}` is `use foo` in the type namespace.
            if source.ident.name == kw::SelfLower {
                type_ns_only = true;
                let empty =
                    module_path.is_empty() || module_path.len() == 1 && module_path[0].ident.name == kw::PathRoot;
                if empty {
                    self.r.report_error(use_tree.span, ResolutionError::SelfImportOnlyInImportListWithNonEmptyPrefix);
                    return;
                }
                let self_span = source.ident.span;
                source = module_path.pop().expect("checked above");
                if rename.is_none() {
                    ident = Ident::new(source.ident.name, self_span);
                }
            }
        } else {
            if source.ident.name == kw::SelfLower {
                let parent = module_path.last();
                let span_with_rename = rename.map_or(source.ident.span, |rename| source.ident.span.to(rename.span));
                let error = ResolutionError::SelfImportsOnlyWithin { root: parent.is_none(), span_with_rename };
                self.r.report_error(use_tree.span, error);
                // Go on as if it were `use foo;`.
                if let Some(parent) = module_path.pop() {
                    source = parent;
                    if rename.is_none() {
                        ident = source.ident;
                    }
                }
            }
            if source.ident.name == kw::DollarCrate && module_path.is_empty() {
                let root = self.r.resolve_crate_root(source.ident);
                if let Some(name) = root.name() {
                    source.ident.name = name;
                }
                if rename.is_none() {
                    ident.name = span::Symbol::intern("?");
                }
                self.r.dcx().span_err(use_tree.span, "`$crate` may not be imported");
            }
        }
        if ident.name == kw::Crate {
            let msg = "crate root imports need to be explicitly named: `use crate as name`";
            self.r.dcx().span_err(ident.span, msg);
        }
        let kind = ImportKind::Single {
            source: source.ident,
            target: ident,
            source_bindings: PerNS::default(),
            target_bindings: PerNS::default(),
            type_ns_only,
            nested,
            id,
        };
        self.add_import(module_path, kind, use_tree.span, item, root_span, vis);
    }

    fn add_import(
        &mut self,
        module_path: Vec<Segment>,
        kind: ImportKind<'ra>,
        span: Span,
        item: &Item,
        root_span: Span,
        vis: Visibility,
    ) {
        let current_module = self.parent_scope.module;
        let (use_span, use_span_with_attributes, has_attributes) = Self::use_spans(item);
        let import = Import(self.r.arenas.alloc_import(ImportData {
            kind,
            root_id: item.id,
            use_span,
            use_span_with_attributes,
            has_attributes,
            span,
            root_span,
            parent_scope: self.parent_scope,
            module_path,
            imported_module: Cell::new(None),
            vis: vis.to_def_id(),
            vis_span: item.vis.span,
            used: Cell::new(false),
        }));
        self.r.indeterminate_imports.push(import);
        match import.0.kind {
            ImportKind::Single { target, type_ns_only, .. } => {
                // `use a as _` binds nothing that other names could wait for.
                if target.name == kw::Underscore {
                    return;
                }
                for ns in Namespace::ALL {
                    if !type_ns_only || ns == TypeNS {
                        let key = BindingKey::new(target, ns);
                        self.r.resolution(current_module, key).borrow_mut().single_imports.insert(import);
                    }
                }
            }
            // The prelude is a scope of its own.
            ImportKind::Glob { is_prelude: true, .. } => {}
            ImportKind::Glob { .. } => current_module.0.globs.borrow_mut().push(import),
            ImportKind::ExternCrate { .. } | ImportKind::MacroUse { .. } | ImportKind::MacroExport => {}
        }
    }
}
