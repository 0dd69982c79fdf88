//! What lowering must know of the whole tree beforehand: lang items (there is no HIR yet to ask) and the items in bodies.

use ast::NodeId;
use ast::visit::{self, AssocCtxt, Visitor};
use hir::def::{CtorKind, CtorOf, DefKind};
use hir::resolutions::ResolverAstLowering;
use hir::{LangItem, LanguageItems, MethodKind, Target};
use query::TyCtxt;
use rustc_hash::FxHashMap;
use span::def_id::DefId;
use span::sym;

/// What was found in the tree.
pub(crate) struct AstIndex<'a> {
    lang_items: Vec<(LangItem, DefId)>,
    /// Items that stand in bodies.
    pub(crate) items_in_bodies: FxHashMap<NodeId, &'a ast::Item>,
}

/// Walks over the crate.
pub(crate) fn index_ast<'a>(krate: &'a ast::Crate, resolver: &ResolverAstLowering) -> AstIndex<'a> {
    let index = AstIndex { lang_items: Vec::new(), items_in_bodies: FxHashMap::default() };
    let mut collector = Collector { resolver, index };
    visit::walk_crate(&mut collector, krate);
    collector.index
}

/// The lang items of the crate and its dependencies.
pub(crate) fn known_lang_items(tcx: TyCtxt<'_>, index: &AstIndex<'_>) -> LanguageItems {
    let mut items = LanguageItems::new();
    for &(item, def_id) in &index.lang_items {
        items.set(item, def_id);
    }
    for cnum in tcx.crates() {
        for &(def_id, item) in tcx.lang_items_defined_in(cnum).iter() {
            items.set(item, def_id);
        }
    }
    items
}

/// The items marked `#[lang = ".."]` in the crate, in order. Whether they are of the right kind is checked later.
pub fn collect_lang_items(krate: &ast::Crate, resolver: &ResolverAstLowering) -> Vec<(LangItem, DefId)> {
    index_ast(krate, resolver).lang_items
}

struct Collector<'a, 'r> {
    resolver: &'r ResolverAstLowering,
    index: AstIndex<'a>,
}

impl Collector<'_, '_> {
    fn check(&mut self, attrs: &[ast::Attribute], id: ast::NodeId) {
        for attr in attrs {
            let item = if attr.has_name(sym::lang) {
                attr.value_str().and_then(LangItem::from_name)
            } else if attr.has_name(sym::panic_handler) {
                Some(LangItem::PanicImpl)
            } else {
                None
            };
            if let Some(item) = item
                && let Some(def_id) = self.resolver.node_id_to_def_id.get(&id)
            {
                self.index.lang_items.push((item, def_id.to_def_id()));
            }
        }
    }
}

impl<'ast> Visitor<'ast> for Collector<'ast, '_> {
    fn visit_item(&mut self, item: &'ast ast::Item) {
        self.check(&item.attrs, item.id);
        visit::walk_item(self, item);
    }
    fn visit_assoc_item(&mut self, item: &'ast ast::AssocItem, ctxt: AssocCtxt) {
        self.check(&item.attrs, item.id);
        visit::walk_assoc_item(self, item, ctxt);
    }
    fn visit_foreign_item(&mut self, item: &'ast ast::ForeignItem) {
        self.check(&item.attrs, item.id);
        visit::walk_foreign_item(self, item);
    }
    fn visit_variant(&mut self, variant: &'ast ast::Variant) {
        self.check(&variant.attrs, variant.id);
        visit::walk_variant(self, variant);
    }
    fn visit_stmt(&mut self, stmt: &'ast ast::Stmt) {
        if let ast::StmtKind::Item(item) = &stmt.kind {
            self.index.items_in_bodies.insert(item.id, item);
        }
        visit::walk_stmt(self, stmt);
    }
}

/// What a lang item's definition is.
pub(crate) fn def_kind(item: LangItem) -> DefKind {
    match item.target() {
        Target::Trait => DefKind::Trait,
        Target::Struct => DefKind::Struct,
        Target::Enum => DefKind::Enum,
        Target::Union => DefKind::Union,
        Target::Variant => DefKind::Ctor(CtorOf::Variant, CtorKind::Fn),
        Target::AssocTy => DefKind::AssocTy,
        Target::AssocConst => DefKind::AssocConst,
        Target::Method(MethodKind::Trait { .. } | MethodKind::TraitImpl | MethodKind::Inherent) => DefKind::AssocFn,
        _ => DefKind::Fn,
    }
}
