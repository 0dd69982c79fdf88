//! Items of modules.

use hir::def::{DefKind, Res};
use hir::{Item, ItemKind, OwnerId, VariantData};
use rustc_abi::ExternAbi;
use span::def_id::LocalDefId;
use span::{Ident, Span, sym};

use crate::fn_decl::FnDeclKind;
use crate::generics::{RelaxedBoundForbiddenReason, RelaxedBoundPolicy};
use crate::owner::AstOwner;
use crate::{ImplTraitContext, ImplTraitPosition, LoweringContext};

mod assoc;
mod use_tree;

impl<'a, 'hir> LoweringContext<'a, 'hir> {
    pub(crate) fn lower_item(&mut self, i: &'a ast::Item) -> &'hir Item<'hir> {
        let hir_id = self.owner_hir_id();
        let attrs = self.lower_attrs(hir_id, &i.attrs);
        self.current_item = Some(i.span);
        let kind = self.lower_item_kind(i, attrs);
        self.alloc(Item { owner_id: hir_id.owner, kind, span: i.span, vis_span: i.vis.span })
    }

    fn lower_item_kind(&mut self, i: &'a ast::Item, attrs: &'hir [hir::Attribute]) -> ItemKind<'hir> {
        let disallowed = ImplTraitContext::Disallowed;
        match &i.kind {
            ast::ItemKind::ExternCrate(orig_name, ident) => ItemKind::ExternCrate(*orig_name, *ident),
            ast::ItemKind::Use(tree) => self.lower_use_tree(tree, &[], tree.prefix.span, i.id),
            ast::ItemKind::Static(item) => {
                let ty = self.lower_ty(&item.ty, disallowed(ImplTraitPosition::StaticTy));
                let body = self.lower_const_body(i.span, item.expr.as_deref());
                self.lower_define_opaque(&item.define_opaque);
                ItemKind::Static(item.mutability, item.ident, ty, body)
            }
            ast::ItemKind::Const(item) => {
                let itctx = disallowed(ImplTraitPosition::Generic);
                let (generics, (ty, rhs)) = self.lower_generics(&item.generics, None, i.id, itctx, |this| {
                    let ty = this.lower_ty(&item.ty, disallowed(ImplTraitPosition::ConstTy));
                    (ty, this.lower_const_item_rhs(i.span, &item.rhs_kind))
                });
                self.lower_define_opaque(&item.define_opaque);
                ItemKind::Const(item.ident, generics, ty, rhs)
            }
            ast::ItemKind::ConstBlock(block) => self.lower_const_block_item(block),
            ast::ItemKind::Fn(f) => self.lower_fn_item(i, f),
            ast::ItemKind::Mod(_, ident, kind) => {
                let module = match kind {
                    ast::ModKind::Loaded(items, _, spans) => {
                        self.lower_mod(items, spans.inner_span, spans.inject_use_span)
                    }
                    ast::ModKind::Unloaded => self.lower_mod(&[], i.span, i.span),
                };
                ItemKind::Mod(*ident, module)
            }
            ast::ItemKind::ForeignMod(fm) => {
                let abi = fm.abi.map_or(ExternAbi::FALLBACK, |abi| self.lower_abi(&abi));
                let mut items = Vec::new();
                for item in &fm.items {
                    if let Some(def_id) = self.opt_local_def_id(item.id) {
                        items.push(hir::ForeignItemId { owner_id: OwnerId { def_id } });
                        self.queue.push_back(AstOwner::ForeignItem(item));
                    }
                }
                ItemKind::ForeignMod { abi, items: self.arena.alloc_slice(&items) }
            }
            ast::ItemKind::GlobalAsm(asm) => {
                let asm = self.lower_inline_asm(i.span, asm);
                let fake_body = self.lower_body(|this| (&[], this.expr(i.span, hir::ExprKind::InlineAsm(asm))));
                ItemKind::GlobalAsm { asm, fake_body }
            }
            ast::ItemKind::TyAlias(alias) => self.lower_ty_alias(i, alias),
            ast::ItemKind::Enum(ident, generics, def) => {
                let itctx = disallowed(ImplTraitPosition::Generic);
                let (generics, variants) = self.lower_generics(generics, None, i.id, itctx, |this| {
                    let variants: Vec<_> = def.variants.iter().map(|v| this.lower_variant(v)).collect();
                    this.arena.alloc_slice(&variants)
                });
                ItemKind::Enum(*ident, generics, hir::EnumDef { variants })
            }
            ast::ItemKind::Struct(ident, generics, data) => {
                let itctx = disallowed(ImplTraitPosition::Generic);
                let (generics, data) =
                    self.lower_generics(generics, None, i.id, itctx, |this| this.lower_variant_data(data, attrs));
                ItemKind::Struct(*ident, generics, data)
            }
            ast::ItemKind::Union(ident, generics, data) => {
                let itctx = disallowed(ImplTraitPosition::Generic);
                let (generics, data) =
                    self.lower_generics(generics, None, i.id, itctx, |this| this.lower_variant_data(data, attrs));
                ItemKind::Union(*ident, generics, data)
            }
            ast::ItemKind::Impl(imp) => self.lower_impl(i, imp),
            ast::ItemKind::Trait(t) => self.lower_trait(i, t),
            ast::ItemKind::TraitAlias(t) => {
                let itctx = disallowed(ImplTraitPosition::Generic);
                let (generics, bounds) = self.lower_generics(&t.generics, None, i.id, itctx, |this| {
                    let policy = RelaxedBoundPolicy::Forbidden(RelaxedBoundForbiddenReason::TraitAlias);
                    this.lower_param_bounds(&t.bounds, policy, disallowed(ImplTraitPosition::Bound))
                });
                ItemKind::TraitAlias(self.lower_constness(t.constness), t.ident, generics, bounds)
            }
            ast::ItemKind::MacroDef(ident, def) => {
                let kinds = match self.tcx.definitions().def_kind(self.current_hir_id_owner.def_id) {
                    DefKind::Macro(kinds) => kinds,
                    _ => hir::def::MacroKinds::BANG,
                };
                ItemKind::Macro(*ident, self.arena.alloc_dropping(def.clone()), kinds)
            }
            ast::ItemKind::Delegation(_) | ast::ItemKind::DelegationMac(_) => {
                let guar = self.dcx().span_unsupported(i.span, "functions delegation");
                self.error_item(i.span, i.kind.ident().unwrap_or(Ident::empty()), guar)
            }
            ast::ItemKind::MacCall(_) => ::diagnostics::span_bug!(i.span, "a macro call is left among the items"),
        }
    }

    /// Stands for an item that is not supported.
    fn error_item(&mut self, span: Span, ident: Ident, guar: ::diagnostics::ErrorGuaranteed) -> ItemKind<'hir> {
        let ty = self.ty_err(span, guar);
        let body = self.lower_body(|this| (&[], this.expr_err(span, guar)));
        ItemKind::Const(ident, hir::Generics::empty(), ty, hir::ConstItemRhs::Body(body))
    }

    fn lower_const_block_item(&mut self, block: &'a ast::ConstBlockItem) -> ItemKind<'hir> {
        let ident = Ident::new(span::kw::Underscore, block.span);
        let ty = self.ty_tup(block.span, &[]);
        let body = self.lower_body(|this| (&[], this.lower_block_expr(&block.block)));
        ItemKind::Const(ident, hir::Generics::empty(), ty, hir::ConstItemRhs::Body(body))
    }

    fn lower_fn_item(&mut self, i: &'a ast::Item, f: &'a ast::Fn) -> ItemKind<'hir> {
        self.with_new_scopes(f.sig.span, |this| {
            let body = this.lower_maybe_coroutine_body(i.span, &f.sig, f.body.as_deref(), &i.attrs);
            let itctx = ImplTraitContext::Universal;
            let (generics, decl) = this.lower_generics(&f.generics, None, i.id, itctx, |this| {
                this.lower_fn_decl(&f.sig.decl, i.id, f.sig.span, FnDeclKind::Fn, f.sig.header.coroutine_kind)
            });
            let header = this.lower_fn_header(f.sig.header, hir::Safety::Safe, &i.attrs);
            this.lower_define_opaque(&f.define_opaque);
            ItemKind::Fn {
                sig: hir::FnSig { header, decl, span: f.sig.span },
                ident: f.ident,
                generics,
                body,
                has_body: f.body.is_some(),
            }
        })
    }

    fn lower_ty_alias(&mut self, i: &'a ast::Item, alias: &'a ast::TyAlias) -> ItemKind<'hir> {
        let itctx = ImplTraitContext::Disallowed(ImplTraitPosition::Generic);
        let after = Some(&alias.after_where_clause);
        let (generics, ty) = self.lower_generics(&alias.generics, after, i.id, itctx, |this| match &alias.ty {
            Some(ty) => {
                let origin = hir::OpaqueTyOrigin::TyAlias { parent: this.local_def_id(i.id), in_assoc_ty: false };
                this.lower_ty(ty, ImplTraitContext::OpaqueTy { origin })
            }
            None => {
                let guar = this.dcx().span_delayed_bug(i.span, "a type alias without a type");
                this.ty_err(i.span, guar)
            }
        });
        ItemKind::TyAlias(alias.ident, generics, ty)
    }

    fn lower_impl(&mut self, i: &'a ast::Item, imp: &'a ast::Impl) -> ItemKind<'hir> {
        let itctx = ImplTraitContext::Universal;
        let (generics, (of_trait, self_ty)) = self.lower_generics(&imp.generics, None, i.id, itctx, |this| {
            let of_trait = imp.of_trait.as_deref().map(|header| this.lower_trait_impl_header(header));
            let self_ty = this.lower_ty(&imp.self_ty, ImplTraitContext::Disallowed(ImplTraitPosition::ImplSelf));
            (of_trait, self_ty)
        });
        let mut items = Vec::new();
        for item in &imp.items {
            if let Some(def_id) = self.opt_local_def_id(item.id) {
                items.push(hir::ImplItemId { owner_id: OwnerId { def_id } });
                self.queue.push_back(AstOwner::ImplItem { item, in_trait_impl: of_trait.is_some() });
            }
        }
        ItemKind::Impl(self.alloc(hir::Impl {
            generics,
            of_trait,
            self_ty,
            items: self.arena.alloc_slice(&items),
            constness: self.lower_constness(imp.constness),
        }))
    }

    fn lower_trait_impl_header(&mut self, header: &ast::TraitImplHeader) -> &'hir hir::TraitImplHeader<'hir> {
        let (defaultness, defaultness_span) = self.lower_defaultness(header.defaultness, true);
        let trait_ref = self.lower_trait_ref(
            ast::TraitBoundModifiers::NONE,
            &header.trait_ref,
            ImplTraitContext::Disallowed(ImplTraitPosition::Trait),
        );
        self.alloc(hir::TraitImplHeader {
            safety: self.lower_safety(header.safety, hir::Safety::Safe),
            polarity: header.polarity,
            defaultness,
            defaultness_span,
            trait_ref,
        })
    }

    fn lower_trait(&mut self, i: &'a ast::Item, t: &'a ast::Trait) -> ItemKind<'hir> {
        let itctx = ImplTraitContext::Disallowed(ImplTraitPosition::Generic);
        let (generics, bounds) = self.lower_generics(&t.generics, None, i.id, itctx, |this| {
            let policy = RelaxedBoundPolicy::Forbidden(RelaxedBoundForbiddenReason::SuperTrait);
            this.lower_param_bounds(&t.bounds, policy, ImplTraitContext::Disallowed(ImplTraitPosition::Bound))
        });
        let mut items = Vec::new();
        for item in &t.items {
            if let Some(def_id) = self.opt_local_def_id(item.id) {
                items.push(hir::TraitItemId { owner_id: OwnerId { def_id } });
                self.queue.push_back(AstOwner::TraitItem(item));
            }
        }
        ItemKind::Trait(
            self.lower_constness(t.constness),
            t.is_auto,
            self.lower_safety(t.safety, hir::Safety::Safe),
            t.ident,
            generics,
            bounds,
            self.arena.alloc_slice(&items),
        )
    }

    pub(crate) fn lower_const_item_rhs(&mut self, span: Span, rhs: &ast::ConstItemRhsKind) -> hir::ConstItemRhs<'hir> {
        match rhs {
            ast::ConstItemRhsKind::Body { rhs } => hir::ConstItemRhs::Body(self.lower_const_body(span, rhs.as_deref())),
            ast::ConstItemRhsKind::TypeConst { rhs: Some(anon) } => {
                hir::ConstItemRhs::TypeConst(self.lower_anon_const_to_const_arg(anon))
            }
            ast::ConstItemRhsKind::TypeConst { rhs: None } => {
                let guar = self.dcx().span_delayed_bug(span, "a constant without a value");
                let hir_id = self.next_id();
                let kind = hir::ConstArgKind::Error(guar);
                hir::ConstItemRhs::TypeConst(self.alloc(hir::ConstArg { hir_id, kind, span }))
            }
        }
    }

    fn lower_variant(&mut self, v: &ast::Variant) -> hir::Variant<'hir> {
        let hir_id = self.lower_node_id(v.id);
        let attrs = self.lower_attrs(hir_id, &v.attrs);
        hir::Variant {
            hir_id,
            def_id: self.local_def_id(v.id),
            data: self.lower_variant_data(&v.data, attrs),
            disr_expr: v.disr_expr.as_ref().map(|e| self.lower_anon_const(e)),
            ident: v.ident,
            span: v.span,
        }
    }

    /// The constructor has the attributes of the type or variant.
    fn lower_variant_data(
        &mut self,
        data: &ast::VariantData,
        parent_attrs: &'hir [hir::Attribute],
    ) -> VariantData<'hir> {
        match data {
            ast::VariantData::Struct { fields, recovered } => VariantData::Struct {
                fields: self.lower_field_defs(fields),
                recovered: match recovered {
                    ast::Recovered::No => None,
                    ast::Recovered::Yes(guar) => Some(*guar),
                },
            },
            ast::VariantData::Tuple(fields, id) => {
                let ctor_id = self.lower_node_id(*id);
                self.set_attrs(ctor_id, parent_attrs);
                VariantData::Tuple(self.lower_field_defs(fields), ctor_id, self.local_def_id(*id))
            }
            ast::VariantData::Unit(id) => {
                let ctor_id = self.lower_node_id(*id);
                self.set_attrs(ctor_id, parent_attrs);
                VariantData::Unit(ctor_id, self.local_def_id(*id))
            }
        }
    }

    fn lower_field_defs(&mut self, fields: &[ast::FieldDef]) -> &'hir [hir::FieldDef<'hir>] {
        let fields: Vec<_> =
            fields.iter().enumerate().map(|(index, field)| self.lower_field_def(index, field)).collect();
        self.arena.alloc_slice(&fields)
    }

    fn lower_field_def(&mut self, index: usize, f: &ast::FieldDef) -> hir::FieldDef<'hir> {
        let ty = self.lower_ty(&f.ty, ImplTraitContext::Disallowed(ImplTraitPosition::FieldTy));
        let hir_id = self.lower_node_id(f.id);
        self.lower_attrs(hir_id, &f.attrs);
        hir::FieldDef {
            span: f.span,
            vis_span: f.vis.span,
            ident: f.ident.unwrap_or_else(|| Ident::new(sym::integer(index), f.span)),
            hir_id,
            def_id: self.local_def_id(f.id),
            ty,
            safety: self.lower_safety(f.safety, hir::Safety::Safe),
            default: f.default.as_ref().map(|v| self.lower_anon_const(v)),
        }
    }

    pub(crate) fn lower_defaultness(&self, d: ast::Defaultness, has_value: bool) -> (hir::Defaultness, Option<Span>) {
        match d {
            ast::Defaultness::Implicit => (hir::Defaultness::Final, None),
            ast::Defaultness::Default(span) => (hir::Defaultness::Default { has_value }, Some(span)),
            ast::Defaultness::Final(span) => (hir::Defaultness::Final, Some(span)),
        }
    }

    /// `#[define_opaque(A, B)]`
    pub(crate) fn lower_define_opaque(&mut self, paths: &Option<thin_vec::ThinVec<(ast::NodeId, ast::Path)>>) {
        let Some(paths) = paths else { return };
        let mut found: Vec<(Span, LocalDefId)> = Vec::new();
        for (id, path) in paths {
            match self.expect_full_res(*id) {
                Res::Def(DefKind::TyAlias | DefKind::AssocTy, def_id) if def_id.is_local() => {
                    found.push((path.span, def_id.expect_local()));
                }
                Res::Err => {}
                Res::Def(DefKind::TyAlias | DefKind::AssocTy, _) => {
                    self.dcx().span_err(path.span, "only opaque types defined in the local crate can be defined");
                }
                _ => {
                    self.dcx().span_err(path.span, "expected type alias or associated type with opaqaue types");
                }
            }
        }
        self.define_opaque = Some(self.arena.alloc_slice(&found));
    }
}
