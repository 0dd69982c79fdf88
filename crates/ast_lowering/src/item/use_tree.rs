//! Imports: one item for each leaf of a tree, and one for each pair of braces.

use ast::NodeId;
use hir::def::{DefKind, PerNS, Res};
use hir::{Item, ItemKind, UseKind};
use span::{Span, kw};

use crate::LoweringContext;

impl<'a, 'hir> LoweringContext<'a, 'hir> {
    /// The node `id` within the item's tree.
    pub(crate) fn lower_nested_use(&mut self, item: &'a ast::Item, id: NodeId) -> &'hir Item<'hir> {
        let owner_id = self.current_hir_id_owner;
        self.lower_attrs(self.owner_hir_id(), &item.attrs);
        let ast::ItemKind::Use(root) = &item.kind else {
            ::diagnostics::span_bug!(item.span, "a nested import in something else")
        };
        let mut prefix = Vec::new();
        let (tree, prefix_span) = find_tree(root, id, &mut prefix).expect("the import stands in its item");
        let kind = self.lower_use_tree(tree, &prefix, prefix_span, id);
        self.alloc(Item { owner_id, kind, span: tree.span, vis_span: item.vis.span })
    }

    pub(crate) fn lower_use_tree(
        &mut self,
        tree: &ast::UseTree,
        prefix: &[ast::PathSegment],
        prefix_span: Span,
        id: NodeId,
    ) -> ItemKind<'hir> {
        let path = &tree.prefix;
        let mut segments: Vec<ast::PathSegment> = prefix.iter().chain(&path.segments).cloned().collect();
        match &tree.kind {
            ast::UseTreeKind::Simple(rename) => {
                let mut ident = tree.ident();
                // `use a::{self}` imports `a`.
                if segments.len() > 1 && segments.last().is_some_and(|s| s.ident.name == kw::SelfLower) {
                    segments.pop();
                    if rename.is_none()
                        && let Some(last) = segments.last()
                    {
                        ident = last.ident;
                    }
                }
                let res = self.lower_import_res(id);
                let path = self.lower_use_path(res, &segments, path.span);
                ItemKind::Use(path, UseKind::Single(ident))
            }
            ast::UseTreeKind::Glob(_) => {
                let res = self.lower_res(self.expect_full_res(id));
                let res = match res {
                    Res::Def(DefKind::Mod | DefKind::Enum | DefKind::Trait, _) => {
                        PerNS { type_ns: Some(res), value_ns: None, macro_ns: None }
                    }
                    // It was reported.
                    _ => PerNS { type_ns: Some(Res::Err), value_ns: Some(Res::Err), macro_ns: Some(Res::Err) },
                };
                let path = self.lower_use_path(res, &segments, path.span);
                ItemKind::Use(path, UseKind::Glob)
            }
            ast::UseTreeKind::Nested { items, span } => {
                let is_root = matches!(segments.as_slice(), [s] if s.ident.name == kw::PathRoot);
                let path = if items.is_empty() && !segments.is_empty() && !is_root {
                    // Nothing else uses the prefix, so that it is checked here.
                    let res = self.lower_import_res(id);
                    self.lower_use_path(res, &segments, prefix_span.to(path.span))
                } else {
                    self.alloc(hir::UsePath { res: PerNS::default(), segments: &[], span: *span })
                };
                ItemKind::Use(path, UseKind::ListStem)
            }
        }
    }

    fn lower_import_res(&self, id: NodeId) -> PerNS<Option<Res>> {
        let res = self.resolver.import_res_map.get(&id).copied().unwrap_or_default();
        let res = res.map(|res| res.map(|res| self.lower_res(res)));
        if res.is_empty() {
            // It was reported.
            return PerNS { type_ns: Some(Res::Err), value_ns: Some(Res::Err), macro_ns: Some(Res::Err) };
        }
        res
    }
}

/// The tree `id` below `tree`, and its prefix' span; the prefix' segments are pushed.
fn find_tree<'a>(
    tree: &'a ast::UseTree,
    id: NodeId,
    prefix: &mut Vec<ast::PathSegment>,
) -> Option<(&'a ast::UseTree, Span)> {
    let ast::UseTreeKind::Nested { items, .. } = &tree.kind else {
        return None;
    };
    let len = prefix.len();
    prefix.extend(tree.prefix.segments.iter().cloned());
    for (nested, nested_id) in items {
        if *nested_id == id {
            return Some((nested, tree.prefix.span));
        }
        if let Some(found) = find_tree(nested, id, prefix) {
            return Some(found);
        }
    }
    prefix.truncate(len);
    None
}
