//! Enters the names that a new piece of syntax tree defines in their modules, and collects its imports.
//!
//! Names only: nothing is resolved but visibilities. `items.rs` does items, `use_tree.rs` imports, `extern_crate.rs`
//! `extern crate` and `#[macro_use]`, `external.rs` the modules of other crates.

mod extern_crate;
mod external;
mod items;
mod use_tree;

use ast::visit::{self, AssocCtxt, Visitor};
use ast::{
    AssocItem, AssocItemKind, Block, Expr, ExprKind, ForeignItem, ForeignItemKind, Item, ItemKind, NodeId, Pat,
    PatKind, Stmt, StmtKind, Ty, TyKind, Variant,
};
use expand::base::AstFragment;
use hir::def::{CtorOf, DefKind, Namespace, Namespace::*, Res as HirRes};
use hir::resolutions::Visibility;
use span::def_id::{CRATE_DEF_ID, DefId, LocalDefId};
use span::{Ident, kw, sym};

use crate::Resolver;
use crate::errors::VisResolutionError;
use crate::import::ModuleOrUniformRoot;
use crate::macro_scope::{MacroRulesScope, MacroRulesScopeRef, ParentScope};
use crate::module::{BindingKey, Module, ModuleKind, NameBinding, Res};
use crate::path::{Finalize, Ignore, PathResult, Segment};

/// Enters the names of a fragment, and returns the textual macro scope behind it.
pub(crate) fn build_reduced_graph<'ra>(
    resolver: &mut Resolver<'ra, '_>,
    fragment: &AstFragment,
    parent_scope: ParentScope<'ra>,
) -> MacroRulesScopeRef<'ra> {
    let mut visitor = GraphBuilder { r: resolver, parent_scope };
    crate::fixpoint::visit_fragment(fragment, &mut visitor);
    visitor.parent_scope.macro_rules
}

struct GraphBuilder<'a, 'ra, 'tcx> {
    r: &'a mut Resolver<'ra, 'tcx>,
    parent_scope: ParentScope<'ra>,
}

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    /// Enters a name; reports if it is there already.
    pub(crate) fn define(&mut self, parent: Module<'ra>, ident: Ident, ns: Namespace, binding: NameBinding<'ra>) {
        let key = self.new_disambiguated_key(parent, ident, ns);
        if let Err(old) = self.try_define(parent, key, binding, false) {
            self.report_conflict(parent, ident, ns, old, binding);
        }
    }

    /// `_` can be bound any number of times.
    pub(crate) fn new_disambiguated_key(&self, module: Module<'ra>, ident: Ident, ns: Namespace) -> BindingKey {
        let mut key = BindingKey::new(ident, ns);
        if ident.name == kw::Underscore {
            key.disambiguator = module.underscore_disambiguator.get() + 1;
            module.underscore_disambiguator.set(key.disambiguator);
        }
        key
    }

    pub(crate) fn feed_visibility(&mut self, def_id: LocalDefId, vis: Visibility) {
        self.visibilities.insert(def_id, vis);
    }

    pub(crate) fn define_res(
        &mut self,
        parent: Module<'ra>,
        ident: Ident,
        ns: Namespace,
        res: Res,
        vis: Visibility,
        span: span::Span,
        expansion: span::ExpnId,
    ) {
        let binding = self.new_res_binding(res, vis.to_def_id(), span, expansion);
        self.define(parent, ident, ns, binding);
    }
}

impl<'ra> GraphBuilder<'_, 'ra, '_> {
    fn resolve_visibility(&mut self, vis: &ast::Visibility) -> Visibility {
        match self.try_resolve_visibility(vis, true) {
            Ok(vis) => vis,
            Err(error) => {
                self.r.report_vis_error(error);
                Visibility::Public
            }
        }
    }

    fn try_resolve_visibility(
        &mut self,
        vis: &ast::Visibility,
        finalize: bool,
    ) -> Result<Visibility, VisResolutionError<'ra>> {
        let parent_scope = self.parent_scope;
        match &vis.kind {
            ast::VisibilityKind::Public => Ok(Visibility::Public),
            ast::VisibilityKind::Inherited => Ok(match parent_scope.module.kind {
                // Variants, their fields and trait items are as visible as the enum or trait.
                ModuleKind::Def(DefKind::Enum | DefKind::Trait, def_id, _) => {
                    self.r.visibilities.get(&def_id.expect_local()).copied().unwrap_or(Visibility::Public)
                }
                _ => Visibility::Restricted(parent_scope.module.nearest_parent_mod_def_id().expect_local()),
            }),
            ast::VisibilityKind::Restricted { path, id, .. } => {
                // `pub(in a)`: relative to the root in 2015, an error later.
                let ident = path.segments.first().expect("non-empty path in visibility").ident;
                let crate_root = if ident.is_path_segment_keyword() {
                    None
                } else if ident.span.edition().is_rust_2015() {
                    let root = Ident::new(kw::PathRoot, path.span.shrink_to_lo().with_ctxt(ident.span.ctxt()));
                    Some(Segment::from_ident(root))
                } else {
                    return Err(VisResolutionError::Relative2018(ident.span, (**path).clone()));
                };
                let segments: Vec<Segment> =
                    crate_root.into_iter().chain(path.segments.iter().map(Segment::from)).collect();
                let expected_found = |res: Res| {
                    let path = Segment::names_to_string(&segments);
                    Err(VisResolutionError::ExpectedFound(vis.span, path, res))
                };
                let finalizing = finalize.then(|| Finalize::new(*id, path.span));
                match self.r.resolve_path(&segments, None, &parent_scope, finalizing, Ignore::default()) {
                    PathResult::Module(ModuleOrUniformRoot::Module(module)) => {
                        let res = module.res().expect("visibility paths do not lead to blocks");
                        if finalize {
                            self.r.partial_res_map.insert(*id, hir::def::PartialRes::new(res));
                        }
                        if !module.is_normal() {
                            return expected_found(res);
                        }
                        let vis = Visibility::Restricted(res.def_id());
                        if self.r.is_accessible_from(vis, parent_scope.module) {
                            Ok(vis.expect_local())
                        } else {
                            Err(VisResolutionError::AncestorOnly(path.span))
                        }
                    }
                    PathResult::Module(_) => Err(VisResolutionError::ModuleOnly(path.span)),
                    PathResult::NonModule(partial_res) => expected_found(partial_res.base_res()),
                    PathResult::Failed(failure) => Err(VisResolutionError::FailedToResolve(failure)),
                    PathResult::Indeterminate => Err(VisResolutionError::Indeterminate(path.span)),
                }
            }
        }
    }

    /// Remembers the place of a macro call.
    fn visit_invoc(&mut self, id: NodeId) -> span::ExpnId {
        let invoc_id = id.placeholder_to_expn_id();
        self.r.invocation_parent_scopes.insert(invoc_id, self.parent_scope);
        invoc_id
    }

    /// Remembers the place of a macro call that may define names of the module; returns the macro scope behind it.
    fn visit_invoc_in_module(&mut self, id: NodeId) -> MacroRulesScopeRef<'ra> {
        let invoc_id = self.visit_invoc(id);
        self.parent_scope.module.unexpanded_invocations.borrow_mut().insert(invoc_id);
        MacroRulesScopeRef(self.r.arenas.alloc_macro_rules_scope(MacroRulesScope::Invocation(invoc_id)))
    }

    fn define(&mut self, ident: Ident, ns: Namespace, res: Res, vis: Visibility, span: span::Span) {
        let ParentScope { module, expansion, .. } = self.parent_scope;
        self.r.define_res(module, ident, ns, res, vis, span, expansion);
    }

    fn build_for_block(&mut self, block: &Block) {
        let needs_module = block.stmts.iter().any(|stmt| matches!(stmt.kind, StmtKind::Item(_) | StmtKind::MacCall(_)));
        if needs_module {
            let parent = self.parent_scope.module;
            let expansion = self.parent_scope.expansion;
            let no_prelude = parent.no_implicit_prelude;
            let module = self.r.new_module(Some(parent), ModuleKind::Block, expansion, block.span, no_prelude);
            self.r.block_map.insert(block.id, module);
            self.parent_scope.module = module;
        }
    }

    fn placeholder(&mut self, is_placeholder: bool, id: NodeId) -> bool {
        if is_placeholder {
            self.visit_invoc(id);
        }
        is_placeholder
    }

    fn contains_macro_use(&mut self, attrs: &[ast::Attribute]) -> bool {
        for attr in attrs {
            if attr.has_name(sym::macro_escape) {
                let inner = if attr.style == ast::AttrStyle::Inner { "!" } else { "" };
                self.r
                    .dcx()
                    .struct_span_warn(attr.span, "`#[macro_escape]` is a deprecated synonym for `#[macro_use]`")
                    .with_help(format!("try an outer attribute: `#{inner}[macro_use]`"))
                    .emit();
            } else if !attr.has_name(sym::macro_use) {
                continue;
            }
            if !attr.is_word() {
                self.r.dcx().span_err(attr.span, "arguments to `macro_use` are not allowed here");
            }
            return true;
        }
        false
    }
}

impl<'ast> Visitor<'ast> for GraphBuilder<'_, '_, '_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let orig_module = self.parent_scope.module;
        self.parent_scope.macro_rules = match &item.kind {
            ItemKind::MacroDef(..) => {
                let scope = self.define_macro(item);
                visit::walk_item(self, item);
                scope
            }
            ItemKind::MacCall(..) => self.visit_invoc_in_module(item.id),
            // Has no definitions: late resolution reports that it is not supported.
            ItemKind::DelegationMac(_) => self.parent_scope.macro_rules,
            _ => {
                let orig_scope = self.parent_scope.macro_rules;
                self.build_for_item(item);
                visit::walk_item(self, item);
                if matches!(item.kind, ItemKind::Mod(..)) && self.contains_macro_use(&item.attrs) {
                    self.parent_scope.macro_rules
                } else {
                    orig_scope
                }
            }
        };
        self.parent_scope.module = orig_module;
    }

    fn visit_stmt(&mut self, stmt: &'ast Stmt) {
        match stmt.kind {
            StmtKind::MacCall(..) => self.parent_scope.macro_rules = self.visit_invoc_in_module(stmt.id),
            _ => visit::walk_stmt(self, stmt),
        }
    }

    fn visit_foreign_item(&mut self, item: &'ast ForeignItem) {
        let (ns, ident) = match &item.kind {
            ForeignItemKind::MacCall(_) => {
                self.visit_invoc_in_module(item.id);
                return;
            }
            ForeignItemKind::TyAlias(t) => (TypeNS, t.ident),
            ForeignItemKind::Fn(f) => (ValueNS, f.ident),
            ForeignItemKind::Static(s) => (ValueNS, s.ident),
        };
        let def_id = self.r.local_def_id(item.id);
        let vis = self.resolve_visibility(&item.vis);
        let res = HirRes::Def(self.r.def_kind(def_id.to_def_id()), def_id.to_def_id());
        self.define(ident, ns, res, vis, item.span);
        self.r.feed_visibility(def_id, vis);
        visit::walk_foreign_item(self, item);
    }

    fn visit_block(&mut self, block: &'ast Block) {
        let orig = (self.parent_scope.module, self.parent_scope.macro_rules);
        self.build_for_block(block);
        visit::walk_block(self, block);
        (self.parent_scope.module, self.parent_scope.macro_rules) = orig;
    }

    fn visit_assoc_item(&mut self, item: &'ast AssocItem, ctxt: AssocCtxt) {
        let (ns, ident) = match &item.kind {
            AssocItemKind::MacCall(_) => {
                match ctxt {
                    AssocCtxt::Trait => {
                        self.visit_invoc_in_module(item.id);
                    }
                    AssocCtxt::Impl { .. } => {
                        self.visit_invoc(item.id);
                    }
                }
                return;
            }
            AssocItemKind::DelegationMac(_) => return,
            AssocItemKind::Type(t) => (TypeNS, t.ident),
            AssocItemKind::Const(c) => (ValueNS, c.ident),
            AssocItemKind::Fn(f) => (ValueNS, f.ident),
            AssocItemKind::Delegation(d) => (ValueNS, d.ident),
        };
        let vis = self.resolve_visibility(&item.vis);
        let def_id = self.r.local_def_id(item.id);
        if let AssocItemKind::Fn(func) = &item.kind
            && func.sig.decl.has_self()
        {
            self.r.has_self.insert(def_id);
        }
        // An item of a trait's impl is as visible as the trait's item: known in late resolution.
        let inherited =
            ctxt == AssocCtxt::Impl { of_trait: true } && matches!(item.vis.kind, ast::VisibilityKind::Inherited);
        if !inherited {
            self.r.feed_visibility(def_id, vis);
        }
        if ctxt == AssocCtxt::Trait {
            let res = HirRes::Def(self.r.def_kind(def_id.to_def_id()), def_id.to_def_id());
            if ident.name != kw::Underscore {
                self.define(ident, ns, res, vis, item.span);
            }
        }
        visit::walk_assoc_item(self, item, ctxt);
    }

    fn visit_expr(&mut self, node: &'ast Expr) {
        if let ExprKind::MacCall(..) = node.kind {
            self.visit_invoc(node.id);
        } else {
            visit::walk_expr(self, node);
        }
    }

    fn visit_pat(&mut self, node: &'ast Pat) {
        if let PatKind::MacCall(..) = node.kind {
            self.visit_invoc(node.id);
        } else {
            visit::walk_pat(self, node);
        }
    }

    fn visit_ty(&mut self, node: &'ast Ty) {
        if let TyKind::MacCall(..) = node.kind {
            self.visit_invoc(node.id);
        } else {
            visit::walk_ty(self, node);
        }
    }

    fn visit_attribute(&mut self, attr: &'ast ast::Attribute) {
        if let Some(name) = attr.name()
            && crate::builtin_attrs::is_builtin_attr_name(name)
            && let Some(ident) = attr.ident()
        {
            self.r.builtin_attrs.push((ident, self.parent_scope));
        }
        visit::walk_attribute(self, attr);
    }

    fn visit_arm(&mut self, node: &'ast ast::Arm) {
        if !self.placeholder(node.is_placeholder, node.id) {
            visit::walk_arm(self, node);
        }
    }

    fn visit_expr_field(&mut self, node: &'ast ast::ExprField) {
        if !self.placeholder(node.is_placeholder, node.id) {
            visit::walk_expr_field(self, node);
        }
    }

    fn visit_pat_field(&mut self, node: &'ast ast::PatField) {
        if !self.placeholder(node.is_placeholder, node.id) {
            visit::walk_pat_field(self, node);
        }
    }

    fn visit_generic_param(&mut self, node: &'ast ast::GenericParam) {
        if !self.placeholder(node.is_placeholder, node.id) {
            visit::walk_generic_param(self, node);
        }
    }

    fn visit_param(&mut self, node: &'ast ast::Param) {
        if !self.placeholder(node.is_placeholder, node.id) {
            visit::walk_param(self, node);
        }
    }

    fn visit_where_predicate(&mut self, node: &'ast ast::WherePredicate) {
        if !self.placeholder(node.is_placeholder, node.id) {
            visit::walk_where_predicate(self, node);
        }
    }

    fn visit_field_def(&mut self, field: &'ast ast::FieldDef) {
        if !self.placeholder(field.is_placeholder, field.id) {
            let vis = self.resolve_visibility(&field.vis);
            let def_id = self.r.local_def_id(field.id);
            self.r.feed_visibility(def_id, vis);
            visit::walk_field_def(self, field);
        }
    }

    fn visit_variant(&mut self, variant: &'ast Variant) {
        if variant.is_placeholder {
            self.visit_invoc_in_module(variant.id);
            return;
        }
        let parent = self.parent_scope.module;
        let ident = variant.ident;
        let def_id = self.r.local_def_id(variant.id);
        let vis = self.resolve_visibility(&variant.vis);
        self.define(ident, TypeNS, HirRes::Def(DefKind::Variant, def_id.to_def_id()), vis, variant.span);
        self.r.feed_visibility(def_id, vis);
        let ctor_vis = if vis.is_public() && ast::attr::contains_name(&variant.attrs, sym::non_exhaustive) {
            Visibility::Restricted(CRATE_DEF_ID)
        } else {
            vis
        };
        if let Some((ctor_kind, ctor_id)) = crate::def_collector::ctor_of(&variant.data) {
            let ctor_def = self.r.local_def_id(ctor_id);
            let res = HirRes::Def(DefKind::Ctor(CtorOf::Variant, ctor_kind), ctor_def.to_def_id());
            self.define(ident, ValueNS, res, ctor_vis, variant.span);
            self.r.feed_visibility(ctor_def, ctor_vis);
        }
        self.insert_field_names(def_id.to_def_id(), variant.data.fields());
        visit::walk_variant(self, variant);
        debug_assert!(parent == self.parent_scope.module);
    }

    fn visit_crate(&mut self, krate: &'ast ast::Crate) {
        if krate.is_placeholder {
            self.visit_invoc_in_module(krate.id);
        } else {
            visit::walk_crate(self, krate);
            self.contains_macro_use(&krate.attrs);
        }
    }
}

impl GraphBuilder<'_, '_, '_> {
    /// Keeps the fields' names for errors.
    fn insert_field_names(&mut self, def_id: DefId, fields: &[ast::FieldDef]) {
        if fields.iter().any(|field| field.is_placeholder) {
            // The rest comes with the expansion; the names are only for suggestions.
            return;
        }
        let names = fields
            .iter()
            .enumerate()
            .map(|(i, field)| field.ident.unwrap_or_else(|| Ident::new(sym::integer(i), field.span)));
        let names = names.collect();
        self.r.field_names.insert(def_id, names);
    }
}
