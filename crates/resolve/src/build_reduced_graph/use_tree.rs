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
        // A keyword at the end imports the module itself, and so needs a name: `use super as parent;`.
        let mut needs_name = false;
        match source.ident.name {
            kw::SelfLower => {
                type_ns_only = true;
                let self_span = source.ident.span;
                match module_path.last().copied() {
                    Some(parent) if parent.ident.name == kw::PathRoot => {
                        if self_span.at_least_rust_2018() {
                            self.r.dcx().span_err(self_span, "extern prelude cannot be imported");
                            return;
                        }
                        needs_name = true;
                        module_path.pop();
                        source = parent;
                    }
                    // `use foo::{self}` is `use foo` in the type namespace.
                    Some(parent) => {
                        if !nested {
                            let span = parent.ident.span.shrink_to_hi().to(self_span);
                            let span_with_rename = rename.map_or(self_span, |rename| self_span.to(rename.span));
                            let error = ResolutionError::SelfImportsOnlyWithin { span_with_rename };
                            self.r.report_error(span, error);
                        }
                        module_path.pop();
                        source = parent;
                        ident = rename.unwrap_or(Ident::new(source.ident.name, self_span));
                        needs_name = source.ident.is_path_segment_keyword();
                    }
                    None => needs_name = true,
                }
            }
            kw::Super => {
                needs_name = true;
                type_ns_only = true;
                let at_start = |s: &Segment| matches!(s.ident.name, kw::SelfLower | kw::Super);
                if !module_path.iter().all(at_start) {
                    let msg =
                        "`super` in paths can only be used in start position, after `self`, or after another `super`";
                    self.r.dcx().span_err(source.ident.span, msg);
                    return;
                }
            }
            kw::Crate | kw::DollarCrate if module_path.is_empty() => needs_name = true,
            _ => {}
        }
        if needs_name && rename.is_none() {
            let span = ident.span;
            self.r
                .dcx()
                .struct_span_err(span, "imports need to be explicitly named")
                .with_span_suggestion_verbose(
                    span.shrink_to_hi(),
                    "try renaming it with a name",
                    " as name",
                    diagnostics::Applicability::HasPlaceholders,
                )
                .emit();
            return;
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
        let import = Import(self.r.arenas.alloc_import(ImportData {
            kind,
            root_id: item.id,
            use_span: item.span,
            span,
            root_span,
            parent_scope: self.parent_scope,
            module_path,
            imported_module: Cell::new(None),
            vis: vis.to_def_id(),
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
                        self.r.resolution(current_module, key).borrow_mut().single_imports.push(import);
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
