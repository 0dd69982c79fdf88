//! Names of items.

use ast::{Inline, Item, ItemKind, ModKind, VariantData};
use hir::def::{CtorOf, DefKind, Namespace::*, Res as HirRes};
use hir::resolutions::Visibility;
use span::def_id::CRATE_DEF_ID;
use span::{Ident, kw, sym};

use super::GraphBuilder;
use crate::import::{ImportData, ImportKind};
use crate::macro_scope::{MacroRulesBinding, MacroRulesScope, MacroRulesScopeRef, ParentScope};
use crate::module::{ModuleKind, NameBindingKind, Res};

impl<'ra> GraphBuilder<'_, 'ra, '_> {
    /// Enters an item's name, and goes into the module that it is, if it is one.
    pub(super) fn build_for_item(&mut self, item: &Item) {
        let vis = self.resolve_visibility(&item.vis);
        let def_id = self.r.local_def_id(item.id);
        self.r.feed_visibility(def_id, vis);
        let kind = self.r.def_kind(def_id.to_def_id());
        let res: Res = HirRes::Def(kind, def_id.to_def_id());
        let span = item.span;
        match &item.kind {
            ItemKind::Use(use_tree) => {
                let leaf = super::use_tree::Leaf { id: item.id, nested: false, list_stem: false };
                self.build_for_use_tree(use_tree, leaf, &[], item, vis, use_tree.span);
            }
            ItemKind::ExternCrate(orig_name, ident) => self.build_for_extern_crate(*orig_name, *ident, item, vis),
            ItemKind::Mod(_, ident, mod_kind) => {
                if let ModKind::Loaded(_, Inline::No { had_parse_error: Err(_) }, _) = mod_kind {
                    self.r.mods_with_parse_errors.insert(def_id.to_def_id());
                }
                let own = ast::attr::contains_name(&item.attrs, sym::no_implicit_prelude);
                self.define_module(*ident, kind, item, vis, own);
            }
            ItemKind::Enum(ident, ..) => self.define_module(*ident, kind, item, vis, false),
            ItemKind::Trait(t) => self.define_module(t.ident, kind, item, vis, false),
            ItemKind::Const(c) => {
                if c.ident.name != kw::Underscore {
                    self.define(c.ident, ValueNS, res, vis, span);
                }
            }
            ItemKind::Static(s) => self.define(s.ident, ValueNS, res, vis, span),
            ItemKind::Fn(f) => self.define(f.ident, ValueNS, res, vis, span),
            ItemKind::Delegation(d) => self.define(d.ident, ValueNS, res, vis, span),
            ItemKind::TyAlias(t) => self.define(t.ident, TypeNS, res, vis, span),
            ItemKind::TraitAlias(t) => self.define(t.ident, TypeNS, res, vis, span),
            ItemKind::Struct(ident, _, data) => {
                self.define(*ident, TypeNS, res, vis, span);
                self.build_struct_ctor(*ident, item, data, vis);
            }
            ItemKind::Union(ident, _, data) => {
                self.define(*ident, TypeNS, res, vis, span);
                self.insert_field_names(def_id.to_def_id(), data.fields());
            }
            ItemKind::Impl(..) | ItemKind::ForeignMod(..) | ItemKind::GlobalAsm(..) | ItemKind::ConstBlock(..) => {}
            ItemKind::MacroDef(..) | ItemKind::MacCall(..) | ItemKind::DelegationMac(..) => {}
        }
    }

    fn define_module(&mut self, ident: Ident, kind: DefKind, item: &Item, vis: Visibility, no_implicit_prelude: bool) {
        let ParentScope { module: parent, expansion, .. } = self.parent_scope;
        let def_id = self.r.local_def_id(item.id).to_def_id();
        let module = self.r.new_module(
            Some(parent),
            ModuleKind::Def(kind, def_id, Some(ident.name)),
            expansion,
            item.span,
            parent.no_implicit_prelude || no_implicit_prelude,
        );
        let binding = self.r.new_binding(NameBindingKind::Module(module), vis.to_def_id(), item.span, expansion);
        self.r.define(parent, ident, TypeNS, binding);
        self.parent_scope.module = module;
    }

    /// The constructor of a tuple or unit struct is as visible as its least visible field.
    fn build_struct_ctor(&mut self, ident: Ident, item: &Item, data: &VariantData, vis: Visibility) {
        let def_id = self.r.local_def_id(item.id);
        self.insert_field_names(def_id.to_def_id(), data.fields());
        let spans = data.fields().iter().map(|f| f.vis.span.until(f.ident.map_or(f.ty.span, |i| i.span))).collect();
        self.r.field_visibility_spans.insert(def_id.to_def_id(), spans);
        let Some((ctor_kind, ctor_id)) = crate::def_collector::ctor_of(data) else { return };
        let mut ctor_vis = if vis.is_public() && ast::attr::contains_name(&item.attrs, sym::non_exhaustive) {
            Visibility::Restricted(CRATE_DEF_ID)
        } else {
            vis
        };
        let mut fields = Vec::with_capacity(data.fields().len());
        for field in data.fields() {
            let field_vis = self.try_resolve_visibility(&field.vis, false).unwrap_or(Visibility::Public);
            if self.r.vis_is_at_least(ctor_vis.to_def_id(), field_vis.to_def_id()) {
                ctor_vis = field_vis;
            }
            fields.push(field_vis.to_def_id());
        }
        let ctor_def = self.r.local_def_id(ctor_id);
        let res = HirRes::Def(DefKind::Ctor(CtorOf::Struct, ctor_kind), ctor_def.to_def_id());
        self.define(ident, ValueNS, res, ctor_vis, item.span);
        self.r.feed_visibility(ctor_def, ctor_vis);
        self.r.struct_constructors.insert(def_id.to_def_id(), (res, ctor_vis.to_def_id(), fields));
    }

    /// Enters a macro definition; returns the textual scope behind it.
    pub(super) fn define_macro(&mut self, item: &Item) -> MacroRulesScopeRef<'ra> {
        let parent_scope = self.parent_scope;
        let ItemKind::MacroDef(ident, def) = &item.kind else { unreachable!("only macro definitions come here") };
        let ident = *ident;
        let expansion = parent_scope.expansion;
        let def_id = self.r.local_def_id(item.id);
        let res: Res = HirRes::Def(self.r.def_kind(def_id.to_def_id()), def_id.to_def_id());
        let span = item.span;
        self.r.local_macro_def_scopes.insert(def_id, parent_scope.module);
        if !def.macro_rules {
            let vis = self.resolve_visibility(&item.vis);
            if !vis.is_public() {
                self.insert_unused_macro(ident, item, def_id);
            }
            self.define(ident, MacroNS, res, vis, span);
            self.r.feed_visibility(def_id, vis);
            return parent_scope.macro_rules;
        }

        let ident = ident.normalize_to_macros_2_0();
        self.r.macro_names.insert(ident);
        let is_macro_export = ast::attr::contains_name(&item.attrs, sym::macro_export);
        let vis = if is_macro_export { Visibility::Public } else { Visibility::Restricted(CRATE_DEF_ID) };
        let binding = self.r.new_res_binding(res, vis.to_def_id(), span, expansion);
        self.r.binding_parent_modules.insert(binding, parent_scope.module);
        self.r.all_macro_rules.insert(ident.name);
        if is_macro_export {
            let graph_root = self.r.graph_root;
            let import = crate::import::Import(self.r.arenas.alloc_import(ImportData {
                kind: ImportKind::MacroExport,
                root_id: item.id,
                use_span: span,
                span,
                root_span: span,
                parent_scope: ParentScope { module: graph_root, ..parent_scope },
                module_path: Vec::new(),
                imported_module: std::cell::Cell::new(None),
                vis: vis.to_def_id(),
                used: std::cell::Cell::new(true),
            }));
            let import_binding = self.r.import(binding, import);
            self.r.define(graph_root, ident, MacroNS, import_binding);
        } else {
            self.r.check_reserved_macro_name(ident, res);
            self.insert_unused_macro(ident, item, def_id);
        }
        self.r.feed_visibility(def_id, vis);
        let parent_macro_rules_scope = parent_scope.macro_rules;
        let binding =
            self.r.arenas.alloc_macro_rules_binding(MacroRulesBinding { binding, parent_macro_rules_scope, ident });
        let scope = MacroRulesScopeRef(self.r.arenas.alloc_macro_rules_scope(MacroRulesScope::Binding(binding)));
        self.r.macro_rules_scopes.insert(def_id, scope);
        scope
    }

    fn insert_unused_macro(&mut self, ident: Ident, item: &Item, def_id: span::def_id::LocalDefId) {
        if !ident.as_str().starts_with('_') {
            self.r.unused_macros.insert(def_id, (item.id, ident));
            let rules = self.r.macro_map.get(&def_id.to_def_id()).map_or(0, |data| data.rule_count);
            if rules > 1 {
                self.r.unused_macro_rules.insert(item.id, vec![false; rules]);
            }
        }
    }
}
