//! Lints for imports, `extern crate`s and macros that nothing uses.
//!
//! Trait imports that only method calls could use are left to the stage behind type checking
//! (`ResolverGlobalCtxt::maybe_unused_trait_imports`).

use ast::visit::{self, Visitor};
use ast::{Item, ItemKind, NodeId, UseTree, UseTreeKind};
use hir::def::{DefKind, Res as HirRes};
use span::{FxIndexMap, FxIndexSet, Span};

use crate::Resolver;
use crate::import::ImportKind;

/// The unused parts of a `use` item.
struct UnusedImport<'ast> {
    use_tree: &'ast UseTree,
    use_tree_id: NodeId,
    item_span: Span,
    unused: FxIndexSet<NodeId>,
}

struct UnusedChecker<'a, 'ast, 'ra, 'tcx> {
    r: &'a mut Resolver<'ra, 'tcx>,
    unused_imports: FxIndexMap<NodeId, UnusedImport<'ast>>,
}

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    pub(crate) fn check_unused(&mut self, krate: &ast::Crate) {
        for import in std::mem::take(&mut self.potentially_unused_imports) {
            if import.used.get() || import.vis.is_public() || import.span.is_dummy() {
                continue;
            }
            match import.kind {
                ImportKind::ExternCrate { id, .. } if !self.used_imports.contains(&id) => {
                    let msg = "unused extern crate".to_string();
                    self.buffer_lint(&session::lint::UNUSED_EXTERN_CRATES, id, import.span, msg, |diag| {
                        diag.span_label(import.span, "unused");
                    });
                }
                ImportKind::MacroUse { .. } => {
                    let msg = "unused `#[macro_use]` import".to_string();
                    self.buffer_lint(&session::lint::UNUSED_IMPORTS, import.root_id, import.span, msg, |_| {});
                }
                _ => {}
            }
        }
        let mut checker = UnusedChecker { r: self, unused_imports: FxIndexMap::default() };
        visit::walk_crate(&mut checker, krate);
        let unused: Vec<UnusedImport<'_>> = checker.unused_imports.into_values().collect();
        for import in unused {
            self.report_unused_import(&import);
        }
        self.check_unused_macros();
    }

    fn report_unused_import(&self, import: &UnusedImport<'_>) {
        let mut spans = Vec::new();
        let all = collect_unused(import.use_tree, import.use_tree_id, &import.unused, &mut spans);
        if spans.is_empty() {
            return;
        }
        let source_map = self.session().source_map();
        let mut snippets: Vec<String> =
            spans.iter().filter_map(|span| source_map.span_to_snippet(*span)).map(|s| format!("`{s}`")).collect();
        snippets.sort();
        let list = match &snippets[..] {
            [] => String::new(),
            [one] => format!(": {one}"),
            [a, b] => format!(": {a} and {b}"),
            [init @ .., last] => format!(": {}, and {last}", init.join(", ")),
        };
        let plural = if spans.len() == 1 { "" } else { "s" };
        let msg = format!("unused import{plural}{list}");
        let first = spans[0];
        self.buffer_lint(&session::lint::UNUSED_IMPORTS, import.use_tree_id, first, msg, |diag| {
            diag.span(spans);
            if all {
                diag.tool_only_span_suggestion(
                    import.item_span,
                    "remove the whole `use` item",
                    "",
                    diagnostics::Applicability::MachineApplicable,
                );
            }
        });
    }

    fn check_unused_macros(&mut self) {
        for (def_id, (node_id, ident)) in std::mem::take(&mut self.unused_macros) {
            let msg = format!("unused macro definition: `{}`", ident.name);
            self.buffer_lint(&session::lint::UNUSED_MACROS, node_id, ident.span, msg, |_| {});
            // Its rules need no lints of their own.
            let _ = def_id;
            self.unused_macro_rules.swap_remove(&node_id);
        }
        for (node_id, used) in std::mem::take(&mut self.unused_macro_rules) {
            let Some(def_id) = self.opt_local_def_id(node_id) else { continue };
            let Some(data) = self.macro_map.get(&def_id.to_def_id()).cloned() else { continue };
            let expand::base::SyntaxExtensionKind::MacroRules(expander) = &data.ext.kind else { continue };
            if !used.contains(&true) {
                continue;
            }
            for (i, _) in used.iter().enumerate().filter(|(_, used)| !**used) {
                if let Some((ident, span)) = expander.get_unused_rule(i) {
                    let msg = format!("rule #{} of macro `{ident}` is never used", i + 1);
                    self.buffer_lint(&session::lint::UNUSED_MACRO_RULES, node_id, span, msg, |_| {});
                }
            }
        }
    }
}

/// Collects the unused leaves; whether all are.
fn collect_unused(tree: &UseTree, id: NodeId, unused: &FxIndexSet<NodeId>, spans: &mut Vec<Span>) -> bool {
    match &tree.kind {
        UseTreeKind::Simple(_) | UseTreeKind::Glob(_) => {
            let is_unused = unused.contains(&id);
            if is_unused {
                spans.push(tree.span);
            }
            is_unused
        }
        UseTreeKind::Nested { items, .. } if items.is_empty() => {
            let is_unused = unused.contains(&id);
            if is_unused {
                spans.push(tree.span);
            }
            is_unused
        }
        UseTreeKind::Nested { items, .. } => {
            let mut all = true;
            for (tree, id) in items {
                all &= collect_unused(tree, *id, unused, spans);
            }
            all
        }
    }
}

impl<'ast> UnusedChecker<'_, 'ast, '_, '_> {
    fn forget_tree(&mut self, tree: &UseTree, id: NodeId) {
        let def_id = self.r.local_def_id(id);
        self.r.maybe_unused_trait_imports.swap_remove(&def_id);
        if let UseTreeKind::Nested { items, .. } = &tree.kind {
            for (tree, id) in items {
                self.forget_tree(tree, *id);
            }
        }
    }

    fn check_tree(&mut self, tree: &'ast UseTree, id: NodeId, base: (&'ast UseTree, NodeId, Span)) {
        let is_leaf = !matches!(&tree.kind, UseTreeKind::Nested { items, .. } if !items.is_empty());
        if is_leaf && self.r.effective_visibilities.is_exported(self.r.local_def_id(id)) {
            // For others, who cannot name what is called `_`: only traits are of use.
            self.forget_tree(tree, id);
            if let UseTreeKind::Simple(Some(rename)) = &tree.kind
                && rename.name == span::kw::Underscore
                && !self.imports_trait(id)
            {
                self.add_unused(id, base);
            }
            return;
        }
        match &tree.kind {
            UseTreeKind::Nested { items, .. } if !items.is_empty() => {
                for (tree, id) in items {
                    self.check_tree(tree, *id, base);
                }
            }
            UseTreeKind::Nested { .. } => self.add_unused(id, base),
            UseTreeKind::Simple(_) | UseTreeKind::Glob(_) => {
                let def_id = self.r.local_def_id(id);
                if self.r.used_imports.contains(&id) {
                    // Used otherwise than by method calls.
                    self.r.maybe_unused_trait_imports.swap_remove(&def_id);
                } else if !self.r.maybe_unused_trait_imports.contains(&def_id) {
                    self.add_unused(id, base);
                }
            }
        }
    }

    fn imports_trait(&self, id: NodeId) -> bool {
        let res = self.r.import_res_map.get(&id).and_then(|per_ns| per_ns.type_ns);
        matches!(res, Some(HirRes::Def(DefKind::Trait | DefKind::TraitAlias, _)) | None)
    }

    fn add_unused(&mut self, id: NodeId, (use_tree, use_tree_id, item_span): (&'ast UseTree, NodeId, Span)) {
        let entry = self.unused_imports.entry(use_tree_id).or_insert_with(|| UnusedImport {
            use_tree,
            use_tree_id,
            item_span,
            unused: FxIndexSet::default(),
        });
        entry.unused.insert(id);
    }
}

impl<'ast> Visitor<'ast> for UnusedChecker<'_, 'ast, '_, '_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if let ItemKind::Use(tree) = &item.kind {
            // Those without a place are the compiler's.
            if item.span.is_dummy() {
                self.forget_tree(tree, item.id);
            } else {
                self.check_tree(tree, item.id, (tree, item.id, item.span));
            }
            return;
        }
        visit::walk_item(self, item);
    }
}
