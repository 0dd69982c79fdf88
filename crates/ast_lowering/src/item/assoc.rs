//! Items of traits, impls and extern blocks.

use hir::{ForeignItem, ForeignItemKind, ImplItem, ImplItemImplKind, ImplItemKind, TraitFn, TraitItem, TraitItemKind};
use span::{Ident, Span};

use crate::fn_decl::FnDeclKind;
use crate::generics::RelaxedBoundPolicy;
use crate::{ImplTraitContext, ImplTraitPosition, LoweringContext};

impl<'hir> LoweringContext<'_, 'hir> {
    pub(crate) fn lower_trait_item(&mut self, i: &ast::AssocItem) -> &'hir TraitItem<'hir> {
        let hir_id = self.owner_hir_id();
        self.lower_attrs(hir_id, &i.attrs);
        self.current_item = Some(i.span);
        let disallowed = ImplTraitContext::Disallowed;
        let generic = disallowed(ImplTraitPosition::Generic);
        let (ident, generics, kind, has_value) = match &i.kind {
            ast::AssocItemKind::Const(item) => {
                let has_value = item.rhs_kind.expr().is_some();
                let (generics, kind) = self.lower_generics(&item.generics, None, i.id, generic, |this| {
                    let ty = this.lower_ty(&item.ty, disallowed(ImplTraitPosition::ConstTy));
                    let rhs = has_value.then(|| this.lower_const_item_rhs(i.span, &item.rhs_kind));
                    TraitItemKind::Const(ty, rhs)
                });
                self.lower_define_opaque(&item.define_opaque);
                (item.ident, generics, kind, has_value)
            }
            ast::AssocItemKind::Fn(f) => {
                let trait_fn = match &f.body {
                    None => TraitFn::Required(self.lower_fn_params_to_idents(&f.sig.decl)),
                    Some(body) => TraitFn::Provided(self.with_new_scopes(f.sig.span, |this| {
                        this.lower_maybe_coroutine_body(i.span, &f.sig, Some(body), &i.attrs)
                    })),
                };
                let (generics, sig) = self.lower_method_sig(f, i, FnDeclKind::Trait);
                self.lower_define_opaque(&f.define_opaque);
                (f.ident, generics, TraitItemKind::Fn(sig, trait_fn), f.body.is_some())
            }
            ast::AssocItemKind::Type(alias) => {
                let after = Some(&alias.after_where_clause);
                let (generics, kind) = self.lower_generics(&alias.generics, after, i.id, generic, |this| {
                    let ty = alias.ty.as_ref().map(|ty| this.lower_ty(ty, disallowed(ImplTraitPosition::AssocTy)));
                    TraitItemKind::Type(
                        this.lower_param_bounds(&alias.bounds, RelaxedBoundPolicy::Allowed, generic),
                        ty,
                    )
                });
                (alias.ident, generics, kind, alias.ty.is_some())
            }
            ast::AssocItemKind::Delegation(_) | ast::AssocItemKind::DelegationMac(_) => {
                let (ident, ty) = self.unsupported_delegation(i.span, &i.kind);
                (ident, hir::Generics::empty(), TraitItemKind::Const(ty, None), false)
            }
            ast::AssocItemKind::MacCall(_) => ::diagnostics::span_bug!(i.span, "a macro call is left in a trait"),
        };
        self.alloc(TraitItem {
            owner_id: hir_id.owner,
            ident,
            generics,
            kind,
            span: i.span,
            defaultness: hir::Defaultness::Default { has_value },
        })
    }

    pub(crate) fn lower_impl_item(&mut self, i: &ast::AssocItem, in_trait_impl: bool) -> &'hir ImplItem<'hir> {
        let hir_id = self.owner_hir_id();
        self.lower_attrs(hir_id, &i.attrs);
        self.current_item = Some(i.span);
        let disallowed = ImplTraitContext::Disallowed;
        let generic = disallowed(ImplTraitPosition::Generic);
        let (ident, generics, kind) = match &i.kind {
            ast::AssocItemKind::Const(item) => {
                let (generics, kind) = self.lower_generics(&item.generics, None, i.id, generic, |this| {
                    let ty = this.lower_ty(&item.ty, disallowed(ImplTraitPosition::ConstTy));
                    ImplItemKind::Const(ty, this.lower_const_item_rhs(i.span, &item.rhs_kind))
                });
                self.lower_define_opaque(&item.define_opaque);
                (item.ident, generics, kind)
            }
            ast::AssocItemKind::Fn(f) => {
                let body = self.with_new_scopes(f.sig.span, |this| {
                    this.lower_maybe_coroutine_body(i.span, &f.sig, f.body.as_deref(), &i.attrs)
                });
                let kind = if in_trait_impl { FnDeclKind::Impl } else { FnDeclKind::Inherent };
                let (generics, sig) = self.lower_method_sig(f, i, kind);
                self.lower_define_opaque(&f.define_opaque);
                (f.ident, generics, ImplItemKind::Fn(sig, body))
            }
            ast::AssocItemKind::Type(alias) => {
                let after = Some(&alias.after_where_clause);
                let (generics, kind) = self.lower_generics(&alias.generics, after, i.id, generic, |this| {
                    let ty = match &alias.ty {
                        None => {
                            let guar = this.dcx().span_delayed_bug(i.span, "an associated type without a type");
                            this.ty_err(i.span, guar)
                        }
                        Some(ty) => {
                            let parent = this.local_def_id(i.id);
                            let origin = hir::OpaqueTyOrigin::TyAlias { parent, in_assoc_ty: true };
                            this.lower_ty(ty, ImplTraitContext::OpaqueTy { origin })
                        }
                    };
                    ImplItemKind::Type(ty)
                });
                (alias.ident, generics, kind)
            }
            ast::AssocItemKind::Delegation(_) | ast::AssocItemKind::DelegationMac(_) => {
                let (ident, ty) = self.unsupported_delegation(i.span, &i.kind);
                let body = self.lower_const_body(i.span, None);
                (ident, hir::Generics::empty(), ImplItemKind::Const(ty, hir::ConstItemRhs::Body(body)))
            }
            ast::AssocItemKind::MacCall(_) => ::diagnostics::span_bug!(i.span, "a macro call is left in an impl"),
        };
        let impl_kind = if in_trait_impl {
            let trait_item = self.opt_full_res(i.id).and_then(|res| res.opt_def_id());
            ImplItemImplKind::Trait {
                defaultness: self.lower_defaultness(i.kind.defaultness(), true).0,
                trait_item_def_id: trait_item.ok_or_else(|| {
                    self.dcx().span_delayed_bug(i.span, "could not resolve trait item being implemented")
                }),
            }
        } else {
            ImplItemImplKind::Inherent { vis_span: i.vis.span }
        };
        self.alloc(ImplItem { owner_id: hir_id.owner, ident, generics, kind, impl_kind, span: i.span })
    }

    pub(crate) fn lower_foreign_item(&mut self, i: &ast::ForeignItem) -> &'hir ForeignItem<'hir> {
        let hir_id = self.owner_hir_id();
        self.lower_attrs(hir_id, &i.attrs);
        let (ident, kind) = match &i.kind {
            ast::ForeignItemKind::Fn(f) => {
                let itctx = ImplTraitContext::Universal;
                let (generics, decl) = self.lower_generics(&f.generics, None, i.id, itctx, |this| {
                    this.lower_fn_decl(&f.sig.decl, i.id, f.sig.span, FnDeclKind::ExternFn, None)
                });
                let idents = self.lower_fn_params_to_idents(&f.sig.decl);
                // What is not marked is unsafe.
                let header = self.lower_fn_header(f.sig.header, hir::Safety::Unsafe, &i.attrs);
                let sig = hir::FnSig { header, decl, span: f.sig.span };
                (f.ident, ForeignItemKind::Fn(sig, idents, generics))
            }
            ast::ForeignItemKind::Static(item) => {
                let ty = self.lower_ty(&item.ty, ImplTraitContext::Disallowed(ImplTraitPosition::StaticTy));
                let safety = self.lower_safety(item.safety, hir::Safety::Unsafe);
                (item.ident, ForeignItemKind::Static(ty, item.mutability, safety))
            }
            ast::ForeignItemKind::TyAlias(alias) => (alias.ident, ForeignItemKind::Type),
            ast::ForeignItemKind::MacCall(_) => {
                ::diagnostics::span_bug!(i.span, "a macro call is left in an extern block")
            }
        };
        self.alloc(ForeignItem { owner_id: hir_id.owner, ident, kind, vis_span: i.vis.span, span: i.span })
    }

    fn lower_method_sig(
        &mut self,
        f: &ast::Fn,
        i: &ast::AssocItem,
        kind: FnDeclKind,
    ) -> (&'hir hir::Generics<'hir>, hir::FnSig<'hir>) {
        let header = self.lower_fn_header(f.sig.header, hir::Safety::Safe, &i.attrs);
        let itctx = ImplTraitContext::Universal;
        let (generics, decl) = self.lower_generics(&f.generics, None, i.id, itctx, |this| {
            this.lower_fn_decl(&f.sig.decl, i.id, f.sig.span, kind, f.sig.header.coroutine_kind)
        });
        (generics, hir::FnSig { header, decl, span: f.sig.span })
    }

    fn unsupported_delegation(&mut self, span: Span, kind: &ast::AssocItemKind) -> (Ident, &'hir hir::Ty<'hir>) {
        let guar = self.dcx().span_unsupported(span, "functions delegation");
        (kind.ident().unwrap_or(Ident::empty()), self.ty_err(span, guar))
    }
}
