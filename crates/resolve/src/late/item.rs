//! Items: with their generic parameters, `Self`, and bodies in scope; an impl's items against its trait's.

use ast::visit::{self, AssocCtxt, BoundKind, Visitor};
use ast::{
    AssocItem, AssocItemKind, ConstItem, ConstItemRhsKind, Expr, ForeignItem, ForeignItemKind, Generics, Impl, Item,
    ItemKind, NodeId, TraitRef,
};
use diagnostics::codes::*;
use hir::def::{DefKind, LifetimeRes, Namespace::*, PartialRes, Res as HirRes};
use span::def_id::{CRATE_DEF_ID, DefId};
use span::{FxHashMap, Ident, Span, kw};

use super::LateResolver;
use super::generics::AnonConstKind;
use super::lifetimes::{LifetimeBinderKind, LifetimeRibKind};
use super::path::RecordPartialRes;
use super::path_source::{AliasPossibility, PathSource};
use crate::errors::{ConstItemKind, ResolutionError};
use crate::module::{BindingKey, Res};
use crate::path::{Finalize, Segment, path_names_to_string};
use crate::report::edit_distance::find_best_match_for_name;
use crate::rib::{ConstantHasGenerics, HasGenericParams, Rib, RibKind};

type NotInTrait<'ra> = fn(Ident, String, Option<span::Symbol>) -> ResolutionError<'ra>;

impl<'ast, 'ra> LateResolver<'_, 'ast, 'ra, '_> {
    pub(super) fn resolve_item(&mut self, item: &'ast Item) {
        let def_kind = |this: &Self| match this.r.opt_local_def_id(item.id) {
            Some(def_id) => this.r.def_kind(def_id.to_def_id()),
            None => DefKind::Mod,
        };
        match &item.kind {
            ItemKind::TyAlias(alias) => {
                self.with_item_generics(&alias.generics, item.id, def_kind(self), LifetimeBinderKind::Item, |this| {
                    visit::walk_item(this, item);
                });
            }
            ItemKind::Fn(func) => {
                let kind = LifetimeBinderKind::Function;
                self.with_item_generics(&func.generics, item.id, def_kind(self), kind, |this| {
                    visit::walk_item(this, item);
                });
            }
            ItemKind::Enum(_, generics, _) | ItemKind::Struct(_, generics, _) | ItemKind::Union(_, generics, _) => {
                self.resolve_adt(item, generics, def_kind(self));
            }
            ItemKind::Impl(imp) => self.resolve_impl(imp, item.id, def_kind(self)),
            ItemKind::Trait(tr) => {
                let orig = self.diag.current_self_item.take();
                self.with_item_generics(&tr.generics, item.id, def_kind(self), LifetimeBinderKind::Item, |this| {
                    let def_id = this.r.local_def_id(item.id).to_def_id();
                    this.with_self_rib(HirRes::SelfTyParam { trait_: def_id }, |this| {
                        this.visit_generics(&tr.generics);
                        for bound in &tr.bounds {
                            this.visit_param_bound(bound, BoundKind::SuperTraits);
                        }
                        let orig = this.diag.current_trait_items.replace(&tr.items);
                        for trait_item in &tr.items {
                            this.resolve_trait_item(trait_item);
                        }
                        this.diag.current_trait_items = orig;
                    });
                });
                self.diag.current_self_item = orig;
            }
            ItemKind::TraitAlias(alias) => {
                self.with_item_generics(&alias.generics, item.id, def_kind(self), LifetimeBinderKind::Item, |this| {
                    let def_id = this.r.local_def_id(item.id).to_def_id();
                    this.with_self_rib(HirRes::SelfTyParam { trait_: def_id }, |this| {
                        this.visit_generics(&alias.generics);
                        for bound in &alias.bounds {
                            this.visit_param_bound(bound, BoundKind::Bound);
                        }
                    });
                });
            }
            ItemKind::Mod(..) => {
                let def_id = self.r.local_def_id(item.id).to_def_id();
                let module = self.r.expect_module(def_id);
                let orig = std::mem::replace(&mut self.parent_scope.module, module);
                self.with_rib(ValueNS, RibKind::Module(module), |this| {
                    this.with_rib(TypeNS, RibKind::Module(module), |this| visit::walk_item(this, item));
                });
                self.parent_scope.module = orig;
            }
            ItemKind::Static(st) => {
                let kind = def_kind(self);
                self.with_item_rib(kind, |this| {
                    this.with_lifetime_rib(LifetimeRibKind::Elided(LifetimeRes::Static), |this| {
                        this.visit_ty(&st.ty);
                    });
                    if let Some(expr) = &st.expr {
                        this.resolve_const_body(expr, Some((st.ident, ConstItemKind::Static)));
                    }
                });
            }
            ItemKind::Const(ct) => {
                let generic = self.r.session().feature(span::Symbol::intern("generic_const_items"));
                let has = if generic { HasGenericParams::Yes(ct.generics.span) } else { HasGenericParams::No };
                let rib = RibKind::Item(has, def_kind(self));
                let kind = LifetimeBinderKind::ConstItem;
                self.with_generic_param_rib(&ct.generics.params, rib, item.id, kind, ct.generics.span, |this| {
                    this.visit_generics(&ct.generics);
                    this.with_lifetime_rib(LifetimeRibKind::Elided(LifetimeRes::Static), |this| {
                        this.visit_ty(&ct.ty);
                    });
                    this.resolve_const_rhs(ct, Some((ct.ident, ConstItemKind::Const)));
                });
            }
            ItemKind::ConstBlock(block) => {
                self.with_item_rib(DefKind::Const, |this| {
                    this.with_constant_rib(false, ConstantHasGenerics::Yes, None, |this| {
                        this.with_lifetime_rib(LifetimeRibKind::Elided(LifetimeRes::Infer), |this| {
                            this.visit_block(&block.block);
                        });
                    });
                });
            }
            ItemKind::MacroDef(_, def) => {
                if def.macro_rules {
                    let def_id = self.r.local_def_id(item.id);
                    if let Some(scope) = self.r.macro_rules_scopes.get(&def_id) {
                        self.parent_scope.macro_rules = *scope;
                    }
                }
            }
            ItemKind::ForeignMod(_) | ItemKind::GlobalAsm(_) => visit::walk_item(self, item),
            ItemKind::Use(_) | ItemKind::ExternCrate(..) => {}
            ItemKind::Delegation(_) | ItemKind::DelegationMac(_) => {
                self.r.dcx().span_unsupported(item.span, "function delegation");
            }
            ItemKind::MacCall(_) => unreachable!("macros are expanded"),
        }
    }

    fn with_item_generics(
        &mut self,
        generics: &'ast Generics,
        id: NodeId,
        def_kind: DefKind,
        kind: LifetimeBinderKind,
        f: impl FnOnce(&mut Self),
    ) {
        let rib = RibKind::Item(HasGenericParams::Yes(generics.span), def_kind);
        self.with_generic_param_rib(&generics.params, rib, id, kind, generics.span, f);
    }

    /// Items without generic parameters: nothing from outside is in scope.
    fn with_item_rib(&mut self, def_kind: DefKind, f: impl FnOnce(&mut Self)) {
        let kind = RibKind::Item(HasGenericParams::No, def_kind);
        self.with_rib(ValueNS, kind, |this| this.with_rib(TypeNS, kind, f));
    }

    fn with_self_rib(&mut self, self_res: Res, f: impl FnOnce(&mut Self)) {
        let mut rib = Rib::new(RibKind::Normal);
        rib.bindings.insert(Ident::with_dummy_span(kw::SelfUpper), self_res);
        self.type_ribs.push(rib);
        f(self);
        self.type_ribs.pop();
    }

    fn resolve_adt(&mut self, item: &'ast Item, generics: &'ast Generics, kind: DefKind) {
        let orig = self.diag.current_self_item.replace(item.id);
        self.with_item_generics(generics, item.id, kind, LifetimeBinderKind::Item, |this| {
            let alias_to = this.r.local_def_id(item.id).to_def_id();
            let self_res = HirRes::SelfTyAlias { alias_to, forbid_generic: false, is_trait_impl: false };
            this.with_self_rib(self_res, |this| {
                visit::walk_item(this, item);
            });
        });
        self.diag.current_self_item = orig;
    }

    fn resolve_const_rhs(&mut self, item: &'ast ConstItem, name: Option<(Ident, ConstItemKind)>) {
        match &item.rhs_kind {
            ConstItemRhsKind::Body { rhs: Some(expr) } => self.resolve_const_body(expr, name),
            ConstItemRhsKind::TypeConst { rhs: Some(constant) } => {
                self.resolve_anon_const(constant, AnonConstKind::ConstArg { repeat: false });
            }
            ConstItemRhsKind::Body { rhs: None } | ConstItemRhsKind::TypeConst { rhs: None } => {}
        }
    }

    fn resolve_const_body(&mut self, expr: &'ast Expr, item: Option<(Ident, ConstItemKind)>) {
        self.with_constant_rib(false, ConstantHasGenerics::Yes, item, |this| {
            this.with_lifetime_rib(LifetimeRibKind::Elided(LifetimeRes::Infer), |this| this.visit_expr(expr));
        });
    }

    fn resolve_trait_item(&mut self, item: &'ast AssocItem) {
        match &item.kind {
            AssocItemKind::Const(ct) => {
                self.with_assoc_generics(&ct.generics, item.id, LifetimeBinderKind::ConstItem, |this| {
                    let rib = LifetimeRibKind::StaticIfNoLifetimeInScope { lint_id: item.id, emit_lint: false };
                    this.with_lifetime_rib(rib, |this| {
                        this.visit_generics(&ct.generics);
                        this.visit_ty(&ct.ty);
                        this.resolve_const_rhs(ct, None);
                    });
                });
            }
            AssocItemKind::Fn(func) => {
                self.with_assoc_generics(&func.generics, item.id, LifetimeBinderKind::Function, |this| {
                    visit::walk_assoc_item(this, item, AssocCtxt::Trait);
                });
            }
            AssocItemKind::Type(ty) => {
                self.with_assoc_generics(&ty.generics, item.id, LifetimeBinderKind::Item, |this| {
                    this.with_lifetime_rib(LifetimeRibKind::AnonymousReportError, |this| {
                        visit::walk_assoc_item(this, item, AssocCtxt::Trait);
                    });
                });
            }
            AssocItemKind::Delegation(_) | AssocItemKind::DelegationMac(_) => {
                self.r.dcx().span_unsupported(item.span, "function delegation");
            }
            AssocItemKind::MacCall(_) => unreachable!("macros are expanded"),
        }
    }

    fn with_assoc_generics(
        &mut self,
        generics: &'ast Generics,
        id: NodeId,
        kind: LifetimeBinderKind,
        f: impl FnOnce(&mut Self),
    ) {
        let orig = self.diag.current_self_item.take();
        self.with_generic_param_rib(&generics.params, RibKind::AssocItem, id, kind, generics.span, f);
        self.diag.current_self_item = orig;
    }

    fn resolve_impl(&mut self, imp: &'ast Impl, id: NodeId, def_kind: DefKind) {
        let orig = self.diag.current_self_item.take();
        let generics = &imp.generics;
        self.with_item_generics(generics, id, def_kind, LifetimeBinderKind::ImplBlock, |this| {
            // `Self` in the header is an error of type checking, not "cannot find".
            this.with_self_rib(HirRes::SelfTyParam { trait_: CRATE_DEF_ID.to_def_id() }, |this| {
                let rib = LifetimeRibKind::AnonymousCreateParameter { binder: id, report_in_path: true };
                this.with_lifetime_rib(rib, |this| {
                    let trait_ref = imp.of_trait.as_ref().map(|header| &header.trait_ref);
                    let orig_impl = this.diag.current_impl;
                    this.diag.current_impl = trait_ref.map(|tr| (tr, &*imp.self_ty));
                    this.with_optional_trait_ref(trait_ref, |this, trait_id| {
                        let alias_to = this.r.local_def_id(id).to_def_id();
                        let self_res =
                            HirRes::SelfTyAlias { alias_to, forbid_generic: false, is_trait_impl: trait_id.is_some() };
                        this.with_self_rib(self_res, |this| {
                            if let Some(trait_ref) = trait_ref {
                                this.visit_path(&trait_ref.path);
                            }
                            this.visit_ty(&imp.self_ty);
                            this.visit_generics(generics);
                            this.resolve_impl_items(imp, alias_to, trait_id);
                        });
                    });
                    this.diag.current_impl = orig_impl;
                });
            });
        });
        self.diag.current_self_item = orig;
    }

    fn resolve_impl_items(&mut self, imp: &'ast Impl, impl_def_id: DefId, trait_id: Option<DefId>) {
        let orig_type = self.diag.current_self_type.replace(&imp.self_ty);
        let orig_items = self.diag.current_impl_items.replace(&imp.items);
        let mut self_rib = Rib::new(RibKind::Normal);
        self_rib.bindings.insert(Ident::with_dummy_span(kw::SelfUpper), HirRes::SelfCtor(impl_def_id));
        self.value_ribs.push(self_rib);
        let mut seen = FxHashMap::default();
        for item in &imp.items {
            self.resolve_impl_item(item, &mut seen, trait_id, imp.of_trait.is_some());
        }
        self.value_ribs.pop();
        self.diag.current_self_type = orig_type;
        self.diag.current_impl_items = orig_items;
    }

    fn with_optional_trait_ref(&mut self, trait_ref: Option<&'ast TraitRef>, f: impl FnOnce(&mut Self, Option<DefId>)) {
        let mut new = None;
        let mut trait_id = None;
        if let Some(trait_ref) = trait_ref {
            let path = Segment::from_path(&trait_ref.path);
            let res = self.smart_resolve_path_fragment(
                &None,
                &path,
                PathSource::Trait(AliasPossibility::No),
                Finalize::new(trait_ref.ref_id, trait_ref.path.span),
                RecordPartialRes::Yes,
            );
            if let Some(def_id) = res.expect_full_res().opt_def_id() {
                trait_id = Some(def_id);
                new = Some((self.r.expect_module(def_id), trait_ref));
            }
        }
        let orig = std::mem::replace(&mut self.current_trait_ref, new);
        f(self, trait_id);
        self.current_trait_ref = orig;
    }

    fn resolve_impl_item(
        &mut self,
        item: &'ast AssocItem,
        seen: &mut FxHashMap<DefId, Span>,
        trait_id: Option<DefId>,
        of_trait: bool,
    ) {
        let ctxt = AssocCtxt::Impl { of_trait };
        match &item.kind {
            AssocItemKind::Const(ct) => {
                self.with_assoc_generics(&ct.generics, item.id, LifetimeBinderKind::ConstItem, |this| {
                    let create = LifetimeRibKind::AnonymousCreateParameter { binder: item.id, report_in_path: true };
                    let fallback = LifetimeRibKind::StaticIfNoLifetimeInScope { lint_id: item.id, emit_lint: true };
                    this.with_lifetime_rib(create, |this| {
                        this.with_lifetime_rib(fallback, |this| {
                            this.check_trait_item(item, ct.ident, seen, ResolutionError::ConstNotMemberOfTrait);
                            this.visit_generics(&ct.generics);
                            this.visit_ty(&ct.ty);
                            this.resolve_const_rhs(ct, None);
                        });
                    });
                });
            }
            AssocItemKind::Fn(func) => {
                self.with_assoc_generics(&func.generics, item.id, LifetimeBinderKind::Function, |this| {
                    this.check_trait_item(item, func.ident, seen, ResolutionError::MethodNotMemberOfTrait);
                    visit::walk_assoc_item(this, item, ctxt);
                });
            }
            AssocItemKind::Type(ty) => {
                self.with_assoc_generics(&ty.generics, item.id, LifetimeBinderKind::Item, |this| {
                    this.with_lifetime_rib(LifetimeRibKind::AnonymousReportError, |this| {
                        this.check_trait_item(item, ty.ident, seen, ResolutionError::TypeNotMemberOfTrait);
                        visit::walk_assoc_item(this, item, ctxt);
                    });
                });
            }
            AssocItemKind::Delegation(_) | AssocItemKind::DelegationMac(_) => {
                self.r.dcx().span_unsupported(item.span, "function delegation");
            }
            AssocItemKind::MacCall(_) => unreachable!("macros are expanded"),
        }
        let _ = trait_id;
    }

    /// An item of a trait's impl must be one of the trait's, of the same kind, and come once.
    fn check_trait_item(
        &mut self,
        item: &'ast AssocItem,
        ident: Ident,
        seen: &mut FxHashMap<DefId, Span>,
        not_in_trait: NotInTrait<'ra>,
    ) {
        let Some((module, trait_ref)) = self.current_trait_ref else { return };
        let ns = if matches!(item.kind, AssocItemKind::Type(_)) { TypeNS } else { ValueNS };
        let mut ctxt = ident.span.ctxt();
        ctxt.normalize_to_macros_2_0_and_adjust(module.expansion);
        let adjusted = Ident::new(ident.name, ident.span.with_ctxt(ctxt));
        let lookup = |this: &mut Self, ns| {
            let key = BindingKey::new(adjusted, ns);
            this.r.ensure_populated(module);
            let resolution = module.lazy_resolutions.borrow().get(&key).copied();
            resolution.and_then(|resolution| resolution.borrow().best_binding())
        };
        let other_ns = if ns == TypeNS { ValueNS } else { TypeNS };
        let binding = lookup(self, ns).or_else(|| lookup(self, other_ns));
        let path = path_names_to_string(&trait_ref.path);
        let inherited = matches!(item.vis.kind, ast::VisibilityKind::Inherited);
        let Some(binding) = binding else {
            let candidate = self.similar_assoc_item(module, ident, &item.kind);
            self.report_error(item.span, not_in_trait(ident, path, candidate));
            if inherited {
                self.feed_trait_item_vis(item.id, module.def_id());
            }
            return;
        };
        let res = binding.res();
        let HirRes::Def(def_kind, id_in_trait) = res else { return };
        if inherited {
            self.feed_trait_item_vis(item.id, id_in_trait);
        }
        if let Some(&old_span) = seen.get(&id_in_trait) {
            let error = ResolutionError::TraitImplDuplicate { name: ident, trait_item_span: binding.span, old_span };
            self.report_error(item.span, error);
            return;
        }
        seen.insert(id_in_trait, item.span);
        let (fits, code, kind) = match item.kind {
            AssocItemKind::Const(_) => (def_kind == DefKind::AssocConst, E0323, "const"),
            AssocItemKind::Type(_) => (def_kind == DefKind::AssocTy, E0325, "type"),
            _ => (def_kind == DefKind::AssocFn, E0324, "method"),
        };
        if fits {
            self.r.record_partial_res(item.id, PartialRes::new(res));
            return;
        }
        self.report_error(
            item.span,
            ResolutionError::TraitImplMismatch {
                name: ident,
                kind,
                code,
                trait_path: path,
                trait_item_span: binding.span,
            },
        );
    }

    /// As visible as the trait's item.
    fn feed_trait_item_vis(&mut self, id: NodeId, in_trait: DefId) {
        let def_id = self.r.local_def_id(id);
        let vis = match in_trait.as_local() {
            Some(local) => self.r.visibilities.get(&local).copied().unwrap_or(hir::resolutions::Visibility::Public),
            // Of a trait of another crate: as far as it can be seen from here.
            None => hir::resolutions::Visibility::Public,
        };
        self.r.visibilities.insert(def_id, vis);
    }

    fn similar_assoc_item(
        &mut self,
        module: crate::module::Module<'ra>,
        ident: Ident,
        kind: &AssocItemKind,
    ) -> Option<span::Symbol> {
        let mut names = Vec::new();
        self.r.for_each_child(module, |_, name, _, binding| {
            let fits = matches!(
                (kind, binding.res()),
                (AssocItemKind::Const(_), HirRes::Def(DefKind::AssocConst, _))
                    | (AssocItemKind::Fn(_), HirRes::Def(DefKind::AssocFn, _))
                    | (AssocItemKind::Type(_), HirRes::Def(DefKind::AssocTy, _))
            );
            if fits && name.name != ident.name {
                names.push(name.name);
            }
        });
        find_best_match_for_name(&names, ident.name, None)
    }

    pub(super) fn resolve_foreign_item(&mut self, item: &'ast ForeignItem) {
        let def_id = self.r.local_def_id(item.id);
        let kind = self.r.def_kind(def_id.to_def_id());
        match &item.kind {
            ForeignItemKind::TyAlias(alias) => {
                self.with_item_generics(&alias.generics, item.id, kind, LifetimeBinderKind::Item, |this| {
                    visit::walk_foreign_item(this, item);
                });
            }
            ForeignItemKind::Fn(func) => {
                self.with_item_generics(&func.generics, item.id, kind, LifetimeBinderKind::Function, |this| {
                    visit::walk_foreign_item(this, item);
                });
            }
            ForeignItemKind::Static(st) => {
                self.with_item_rib(kind, |this| {
                    this.with_lifetime_rib(LifetimeRibKind::Elided(LifetimeRes::Static), |this| {
                        this.visit_ty(&st.ty);
                    });
                    if let Some(expr) = &st.expr {
                        this.resolve_const_body(expr, Some((st.ident, ConstItemKind::Static)));
                    }
                });
            }
            ForeignItemKind::MacCall(_) => unreachable!("macros are expanded"),
        }
    }
}
