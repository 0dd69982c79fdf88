//! Gives definitions to what a new piece of syntax tree defines: items, fields, variants, constructors, generic
//! parameters, closures, anonymous constants, `impl Trait`s, imports. Each is a child of the definition it stands in.

use ast::visit::{self, AssocCtxt, FnKind, Visitor};
use ast::{
    AnonConst, AssocItem, AssocItemKind, AttrVec, Expr, ExprKind, FieldDef, ForeignItem, ForeignItemKind, GenericParam,
    GenericParamKind, InlineAsmOperand, Item, ItemKind, NodeId, Pat, PatKind, Stmt, StmtKind, Ty, TyKind, UseTree,
    Variant, VariantData,
};
use expand::base::AstFragment;
use hir::def::{CtorKind, CtorOf, DefKind};
use span::def_id::LocalDefId;
use span::{ExpnId, Span, Symbol, sym};

use crate::{ImplTraitContext, InvocationParent, Resolver};

/// Collects the definitions of what `expansion` expanded to.
pub(crate) fn collect_definitions(resolver: &mut Resolver<'_, '_>, fragment: &AstFragment, expansion: ExpnId) {
    let parent = resolver.invocation_parents[&expansion];
    let mut collector = DefCollector { resolver, expansion, parent };
    crate::fixpoint::visit_fragment(fragment, &mut collector);
}

/// The constructor that a struct or variant has as a value.
pub(crate) fn ctor_of(data: &VariantData) -> Option<(CtorKind, NodeId)> {
    match data {
        VariantData::Tuple(_, id) => Some((CtorKind::Fn, *id)),
        VariantData::Unit(id) => Some((CtorKind::Const, *id)),
        VariantData::Struct { .. } => None,
    }
}

/// The kind of definition that an item is, but for macros.
fn item_def_kind(kind: &ItemKind) -> Option<DefKind> {
    Some(match kind {
        ItemKind::Impl(i) => DefKind::Impl { of_trait: i.of_trait.is_some() },
        ItemKind::ForeignMod(..) => DefKind::ForeignMod,
        ItemKind::Mod(..) => DefKind::Mod,
        ItemKind::Trait(..) => DefKind::Trait,
        ItemKind::TraitAlias(..) => DefKind::TraitAlias,
        ItemKind::Enum(..) => DefKind::Enum,
        ItemKind::Struct(..) => DefKind::Struct,
        ItemKind::Union(..) => DefKind::Union,
        ItemKind::ExternCrate(..) => DefKind::ExternCrate,
        ItemKind::TyAlias(..) => DefKind::TyAlias,
        ItemKind::Static(s) => DefKind::Static { safety: hir::Safety::Safe, mutability: s.mutability, nested: false },
        ItemKind::Const(..) | ItemKind::ConstBlock(..) => DefKind::Const,
        ItemKind::Fn(..) | ItemKind::Delegation(..) => DefKind::Fn,
        ItemKind::GlobalAsm(..) => DefKind::GlobalAsm,
        ItemKind::Use(..) => DefKind::Use,
        ItemKind::MacroDef(..) | ItemKind::MacCall(..) | ItemKind::DelegationMac(..) => return None,
    })
}

struct DefCollector<'a, 'ra, 'tcx> {
    resolver: &'a mut Resolver<'ra, 'tcx>,
    expansion: ExpnId,
    parent: InvocationParent,
}

impl DefCollector<'_, '_, '_> {
    fn create_def(&mut self, id: NodeId, name: Option<Symbol>, kind: DefKind, span: Span) -> LocalDefId {
        self.resolver.create_def(self.parent.parent_def, id, name, kind, self.expansion, span)
    }

    fn with_parent(&mut self, parent_def: LocalDefId, f: impl FnOnce(&mut Self)) {
        let orig = std::mem::replace(&mut self.parent.parent_def, parent_def);
        f(self);
        self.parent.parent_def = orig;
    }

    fn with_impl_trait(&mut self, context: ImplTraitContext, f: impl FnOnce(&mut Self)) {
        let orig = std::mem::replace(&mut self.parent.impl_trait_context, context);
        f(self);
        self.parent.impl_trait_context = orig;
    }

    fn visit_macro_invoc(&mut self, id: NodeId) {
        self.resolver.invocation_parents.insert(id.placeholder_to_expn_id(), self.parent);
    }

    fn collect_field(&mut self, field: &FieldDef, index: usize) {
        if field.is_placeholder {
            return self.visit_macro_invoc(field.id);
        }
        let name = field.ident.map_or_else(|| sym::integer(index), |ident| ident.name);
        let def = self.create_def(field.id, Some(name), DefKind::Field, field.span);
        self.with_parent(def, |this| visit::walk_field_def(this, field));
    }

    /// Whether it is a placeholder, whose place is remembered.
    fn placeholder(&mut self, is_placeholder: bool, id: NodeId) -> bool {
        if is_placeholder {
            self.visit_macro_invoc(id);
        }
        is_placeholder
    }
}

impl<'ast> Visitor<'ast> for DefCollector<'_, '_, '_> {
    fn visit_crate(&mut self, krate: &'ast ast::Crate) {
        if !self.placeholder(krate.is_placeholder, krate.id) {
            visit::walk_crate(self, krate);
        }
    }

    fn visit_item(&mut self, item: &'ast Item) {
        let kind = match &item.kind {
            ItemKind::MacCall(..) => return self.visit_macro_invoc(item.id),
            ItemKind::DelegationMac(..) => return,
            ItemKind::MacroDef(ident, def) => {
                let edition = item.span.edition();
                let data = self.resolver.compile_macro(def, *ident, &item.attrs, item.span, item.id, edition);
                let kind = DefKind::Macro(crate::macros::to_hir_kinds(data.ext.macro_kinds()));
                let def_id = self.create_def(item.id, Some(ident.name), kind, item.span);
                self.resolver.macro_map.insert(def_id.to_def_id(), data);
                return self.with_parent(def_id, |this| visit::walk_item(this, item));
            }
            ItemKind::Static(s) => {
                DefKind::Static { safety: hir::Safety::Safe, mutability: s.mutability, nested: false }
            }
            kind => item_def_kind(kind).expect("macros are handled above"),
        };
        let name = item.kind.ident().map(|ident| ident.name);
        let name = if matches!(item.kind, ItemKind::ConstBlock(_)) { Some(span::kw::Underscore) } else { name };
        let def = self.create_def(item.id, name, kind, item.span);
        self.with_parent(def, |this| {
            this.with_impl_trait(ImplTraitContext::Existential, |this| {
                if let ItemKind::Struct(_, _, data) | ItemKind::Union(_, _, data) = &item.kind
                    && let Some((ctor_kind, ctor_id)) = ctor_of(data)
                {
                    this.create_def(ctor_id, None, DefKind::Ctor(CtorOf::Struct, ctor_kind), item.span);
                }
                visit::walk_item(this, item);
            });
        });
    }

    fn visit_fn(&mut self, kind: FnKind<'ast>, _: &AttrVec, span: Span, _: NodeId) {
        match kind {
            FnKind::Fn(_, _, func) if func.sig.header.coroutine_kind.is_some() => {
                // The body of an `async fn` stands in a coroutine, its return type is an opaque type.
                let coroutine_kind = func.sig.header.coroutine_kind.expect("just checked");
                self.visit_generics(&func.generics);
                for param in &func.sig.decl.inputs {
                    self.visit_param(param);
                }
                let (return_id, return_span) = coroutine_kind.return_id();
                let return_def = self.create_def(return_id, None, DefKind::OpaqueTy, return_span);
                self.with_parent(return_def, |this| this.visit_fn_ret_ty(&func.sig.decl.output));
                if let Some(body) = &func.body {
                    let closure = self.create_def(coroutine_kind.closure_id(), None, DefKind::Closure, span);
                    self.with_parent(closure, |this| this.visit_block(body));
                }
            }
            FnKind::Closure(binder, Some(coroutine_kind), decl, body) => {
                // A closure that returns a coroutine.
                self.visit_closure_binder(binder);
                self.visit_fn_decl(decl);
                let def = self.create_def(coroutine_kind.closure_id(), None, DefKind::Closure, span);
                self.with_parent(def, |this| this.visit_expr(body));
            }
            _ => visit::walk_fn(self, kind),
        }
    }

    fn visit_nested_use_tree(&mut self, tree: &'ast UseTree, id: &'ast NodeId) {
        self.create_def(*id, None, DefKind::Use, tree.span);
        visit::walk_nested_use_tree(self, tree, id);
    }

    fn visit_foreign_item(&mut self, item: &'ast ForeignItem) {
        let (name, kind) = match &item.kind {
            ForeignItemKind::Static(s) => {
                let safety = match s.safety {
                    ast::Safety::Safe(_) => hir::Safety::Safe,
                    ast::Safety::Unsafe(_) | ast::Safety::Default => hir::Safety::Unsafe,
                };
                (s.ident.name, DefKind::Static { safety, mutability: s.mutability, nested: false })
            }
            ForeignItemKind::Fn(f) => (f.ident.name, DefKind::Fn),
            ForeignItemKind::TyAlias(t) => (t.ident.name, DefKind::ForeignTy),
            ForeignItemKind::MacCall(_) => return self.visit_macro_invoc(item.id),
        };
        let def = self.create_def(item.id, Some(name), kind, item.span);
        self.with_parent(def, |this| visit::walk_foreign_item(this, item));
    }

    fn visit_variant(&mut self, variant: &'ast Variant) {
        if self.placeholder(variant.is_placeholder, variant.id) {
            return;
        }
        let def = self.create_def(variant.id, Some(variant.ident.name), DefKind::Variant, variant.span);
        self.with_parent(def, |this| {
            if let Some((ctor_kind, ctor_id)) = ctor_of(&variant.data) {
                this.create_def(ctor_id, None, DefKind::Ctor(CtorOf::Variant, ctor_kind), variant.span);
            }
            visit::walk_variant(this, variant);
        });
    }

    fn visit_variant_data(&mut self, data: &'ast VariantData) {
        // The definitions of unnamed fields are called by their index.
        for (index, field) in data.fields().iter().enumerate() {
            self.collect_field(field, index);
        }
    }

    fn visit_field_def(&mut self, field: &'ast FieldDef) {
        self.collect_field(field, 0);
    }

    fn visit_generic_param(&mut self, param: &'ast GenericParam) {
        if self.placeholder(param.is_placeholder, param.id) {
            return;
        }
        let kind = match param.kind {
            GenericParamKind::Lifetime => DefKind::LifetimeParam,
            GenericParamKind::Type { .. } => DefKind::TyParam,
            GenericParamKind::Const { .. } => DefKind::ConstParam,
        };
        self.create_def(param.id, Some(param.ident.name), kind, param.ident.span);
        // `fn f<U: Iterator<Item = impl Clone>>`: another parameter.
        self.with_impl_trait(ImplTraitContext::Universal, |this| visit::walk_generic_param(this, param));
    }

    fn visit_assoc_item(&mut self, item: &'ast AssocItem, ctxt: AssocCtxt) {
        let (name, kind) = match &item.kind {
            AssocItemKind::Fn(f) => (f.ident.name, DefKind::AssocFn),
            AssocItemKind::Delegation(d) => (d.ident.name, DefKind::AssocFn),
            AssocItemKind::Const(c) => (c.ident.name, DefKind::AssocConst),
            AssocItemKind::Type(t) => (t.ident.name, DefKind::AssocTy),
            AssocItemKind::MacCall(..) => return self.visit_macro_invoc(item.id),
            AssocItemKind::DelegationMac(..) => return,
        };
        let def = self.create_def(item.id, Some(name), kind, item.span);
        self.with_parent(def, |this| visit::walk_assoc_item(this, item, ctxt));
    }

    fn visit_pat(&mut self, pat: &'ast Pat) {
        match pat.kind {
            PatKind::MacCall(..) => self.visit_macro_invoc(pat.id),
            _ => visit::walk_pat(self, pat),
        }
    }

    fn visit_anon_const(&mut self, constant: &'ast AnonConst) {
        let def = self.create_def(constant.id, None, DefKind::AnonConst, constant.value.span);
        self.with_parent(def, |this| visit::walk_anon_const(this, constant));
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        match &expr.kind {
            ExprKind::MacCall(..) => self.visit_macro_invoc(expr.id),
            ExprKind::Closure(..) | ExprKind::Gen(..) => {
                let def = self.create_def(expr.id, None, DefKind::Closure, expr.span);
                self.with_parent(def, |this| visit::walk_expr(this, expr));
            }
            ExprKind::ConstBlock(constant) => {
                self.visit_attrs(&expr.attrs);
                let def = self.create_def(constant.id, None, DefKind::InlineConst, constant.value.span);
                self.with_parent(def, |this| visit::walk_anon_const(this, constant));
            }
            _ => visit::walk_expr(self, expr),
        }
    }

    fn visit_ty(&mut self, ty: &'ast Ty) {
        match &ty.kind {
            TyKind::MacCall(..) => self.visit_macro_invoc(ty.id),
            TyKind::ImplTrait(opaque_id, _) => {
                let id = match self.parent.impl_trait_context {
                    ImplTraitContext::Universal => {
                        let name = Symbol::intern(&ast::pretty::ty_to_string(ty));
                        self.create_def(*opaque_id, Some(name), DefKind::TyParam, ty.span);
                        None
                    }
                    ImplTraitContext::Existential => {
                        Some(self.create_def(*opaque_id, None, DefKind::OpaqueTy, ty.span))
                    }
                    ImplTraitContext::InBinding => None,
                };
                match id {
                    Some(def) => self.with_parent(def, |this| visit::walk_ty(this, ty)),
                    None => visit::walk_ty(self, ty),
                }
            }
            _ => visit::walk_ty(self, ty),
        }
    }

    fn visit_stmt(&mut self, stmt: &'ast Stmt) {
        match stmt.kind {
            StmtKind::MacCall(..) => self.visit_macro_invoc(stmt.id),
            _ => visit::walk_stmt(self, stmt),
        }
    }

    fn visit_local(&mut self, local: &'ast ast::Local) {
        self.visit_attrs(&local.attrs);
        self.visit_pat(&local.pat);
        if let Some(ty) = &local.ty {
            self.with_impl_trait(ImplTraitContext::InBinding, |this| this.visit_ty(ty));
        }
        if let Some(init) = local.kind.init() {
            self.visit_expr(init);
        }
        if let Some((_, Some(els))) = local.kind.init_else_opt() {
            self.visit_block(els);
        }
    }

    fn visit_param(&mut self, param: &'ast ast::Param) {
        if !self.placeholder(param.is_placeholder, param.id) {
            self.with_impl_trait(ImplTraitContext::Universal, |this| visit::walk_param(this, param));
        }
    }

    fn visit_arm(&mut self, arm: &'ast ast::Arm) {
        if !self.placeholder(arm.is_placeholder, arm.id) {
            visit::walk_arm(self, arm);
        }
    }

    fn visit_expr_field(&mut self, field: &'ast ast::ExprField) {
        if !self.placeholder(field.is_placeholder, field.id) {
            visit::walk_expr_field(self, field);
        }
    }

    fn visit_pat_field(&mut self, field: &'ast ast::PatField) {
        if !self.placeholder(field.is_placeholder, field.id) {
            visit::walk_pat_field(self, field);
        }
    }

    fn visit_where_predicate(&mut self, predicate: &'ast ast::WherePredicate) {
        if !self.placeholder(predicate.is_placeholder, predicate.id) {
            visit::walk_where_predicate(self, predicate);
        }
    }

    fn visit_attribute(&mut self, attr: &'ast ast::Attribute) {
        let orig = std::mem::replace(&mut self.parent.in_attr, true);
        visit::walk_attribute(self, attr);
        self.parent.in_attr = orig;
    }

    fn visit_inline_asm(&mut self, asm: &'ast ast::InlineAsm) {
        for (operand, _) in &asm.operands {
            match operand {
                InlineAsmOperand::In { expr, .. }
                | InlineAsmOperand::Out { expr: Some(expr), .. }
                | InlineAsmOperand::InOut { expr, .. } => self.visit_expr(expr),
                InlineAsmOperand::Out { expr: None, .. } => {}
                InlineAsmOperand::SplitInOut { in_expr, out_expr, .. } => {
                    self.visit_expr(in_expr);
                    if let Some(expr) = out_expr {
                        self.visit_expr(expr);
                    }
                }
                InlineAsmOperand::Const { anon_const } => {
                    let def = self.create_def(anon_const.id, None, DefKind::InlineConst, anon_const.value.span);
                    self.with_parent(def, |this| visit::walk_anon_const(this, anon_const));
                }
                InlineAsmOperand::Sym { sym } => self.visit_inline_asm_sym(sym),
                InlineAsmOperand::Label { block } => self.visit_block(block),
            }
        }
    }
}
