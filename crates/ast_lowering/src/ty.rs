//! Types.

use ast::NodeId;
use hir::def::{DefKind, Res};
use hir::definitions::DefPathData;
use hir::{ConstArg, ConstArgKind, LangItem, QPath, Ty, TyKind};
use span::{Ident, Span, kw};

use crate::generics::{RelaxedBoundForbiddenReason, RelaxedBoundPolicy};
use crate::{
    AllowReturnTypeNotation, ImplTraitContext, ImplTraitPosition, LoweringContext, ParamMode, fn_decl::FnDeclKind,
};

impl<'hir> LoweringContext<'_, 'hir> {
    pub(crate) fn lower_ty(&mut self, t: &ast::Ty, itctx: ImplTraitContext) -> &'hir Ty<'hir> {
        let ty = self.lower_ty_direct(t, itctx);
        self.alloc(ty)
    }

    pub(crate) fn lower_ty_direct(&mut self, t: &ast::Ty, itctx: ImplTraitContext) -> Ty<'hir> {
        let kind = match &t.kind {
            ast::TyKind::Infer => TyKind::Infer,
            ast::TyKind::Err(guar) => TyKind::Err(*guar),
            ast::TyKind::Slice(ty) => TyKind::Slice(self.lower_ty(ty, itctx)),
            ast::TyKind::Ptr(mt) => TyKind::Ptr(self.lower_mt(mt, itctx)),
            ast::TyKind::Ref(region, mt) => {
                let lifetime = self.lower_ref_lifetime(t, *region);
                TyKind::Ref(lifetime, self.lower_mt(mt, itctx))
            }
            ast::TyKind::PinnedRef(region, mt) => self.lower_pinned_ref(t, *region, mt, itctx),
            ast::TyKind::FnPtr(f) => {
                let generic_params = self.lower_lifetime_binder(t.id, &f.generic_params);
                let decl = self.lower_fn_decl(&f.decl, t.id, t.span, FnDeclKind::Pointer, None);
                let param_idents = self.lower_fn_params_to_idents(&f.decl);
                TyKind::FnPtr(self.alloc(hir::FnPtrTy {
                    generic_params,
                    safety: self.lower_safety(f.safety, hir::Safety::Safe),
                    abi: self.lower_extern(f.ext),
                    decl,
                    param_idents,
                }))
            }
            ast::TyKind::UnsafeBinder(f) => {
                let generic_params = self.lower_lifetime_binder(t.id, &f.generic_params);
                let inner_ty = self.lower_ty(&f.inner_ty, itctx);
                TyKind::UnsafeBinder(self.alloc(hir::UnsafeBinderTy { generic_params, inner_ty }))
            }
            ast::TyKind::Never => TyKind::Never,
            ast::TyKind::Tup(tys) => {
                let tys: Vec<_> = tys.iter().map(|ty| self.lower_ty_direct(ty, itctx)).collect();
                TyKind::Tup(self.arena.alloc_slice(&tys))
            }
            ast::TyKind::Paren(ty) => return self.lower_ty_direct(ty, itctx),
            ast::TyKind::Path(qself, path) => return self.lower_path_ty(t, qself, path, itctx),
            ast::TyKind::ImplicitSelf => {
                let hir_id = self.next_id();
                let res = self.lower_res(self.expect_full_res(t.id));
                let segment = hir::PathSegment::new(Ident::with_dummy_span(kw::SelfUpper), hir_id, res);
                let segments = self.arena.alloc_slice(&[segment]);
                TyKind::Path(QPath::Resolved(None, self.alloc(hir::Path { res, segments, span: t.span })))
            }
            ast::TyKind::Array(ty, length) => {
                let ty = self.lower_ty(ty, itctx);
                TyKind::Array(ty, self.lower_array_length(length))
            }
            ast::TyKind::TraitObject(bounds, syntax) => self.lower_trait_object(t.span, bounds, *syntax, itctx),
            ast::TyKind::ImplTrait(id, bounds) => self.lower_impl_trait(t.span, *id, bounds, itctx),
            ast::TyKind::Pat(ty, pat) => {
                let ty = self.lower_ty(ty, itctx);
                let pat = self.lower_ty_pat(pat);
                TyKind::Pat(ty, self.alloc(pat))
            }
            // Elsewhere than as the last parameter, which the function's lowering leaves out, it was reported.
            ast::TyKind::CVarArgs => TyKind::Err(self.dcx().span_delayed_bug(t.span, "`...` in a type")),
            // Left behind by errors only.
            ast::TyKind::MacCall(_) | ast::TyKind::Dummy => {
                TyKind::Err(self.dcx().span_delayed_bug(t.span, "a macro call or dummy is left in a type"))
            }
        };
        Ty { kind, span: t.span, hir_id: self.lower_node_id(t.id) }
    }

    fn lower_mt(&mut self, mt: &ast::MutTy, itctx: ImplTraitContext) -> hir::MutTy<'hir> {
        hir::MutTy { ty: self.lower_ty(&mt.ty, itctx), mutbl: mt.mutbl }
    }

    /// `&pin mut T` for `Pin<&mut T>`.
    fn lower_pinned_ref(
        &mut self,
        t: &ast::Ty,
        region: Option<ast::Lifetime>,
        mt: &ast::MutTy,
        itctx: ImplTraitContext,
    ) -> TyKind<'hir> {
        let lifetime = self.lower_ref_lifetime(t, region);
        let kind = TyKind::Ref(lifetime, self.lower_mt(mt, itctx));
        let arg = self.ty(t.span, kind);
        let args = self.alloc(hir::GenericArgs {
            args: self.arena.alloc_slice(&[hir::GenericArg::Type(arg)]),
            constraints: &[],
            parenthesized: hir::GenericArgsParentheses::No,
            span_ext: t.span,
        });
        let path = self.make_lang_item_path(LangItem::Pin, t.span, Some(args));
        TyKind::Path(QPath::Resolved(None, path))
    }

    fn lower_path_ty(
        &mut self,
        t: &ast::Ty,
        qself: &Option<ast::P<ast::QSelf>>,
        path: &ast::Path,
        itctx: ImplTraitContext,
    ) -> Ty<'hir> {
        // A trait where a type should be: an object type without `dyn`.
        if qself.is_none()
            && let Some(Res::Def(DefKind::Trait | DefKind::TraitAlias, _)) = self.opt_full_res(t.id)
        {
            let policy = RelaxedBoundPolicy::Forbidden(RelaxedBoundForbiddenReason::TraitObjectTy);
            let bound = ast::PolyTraitRef {
                bound_generic_params: Default::default(),
                modifiers: ast::TraitBoundModifiers::NONE,
                trait_ref: ast::TraitRef { path: path.clone(), ref_id: t.id },
                span: t.span,
                parens: ast::Parens::No,
            };
            let bound = self.lower_poly_trait_ref(&bound, policy, itctx);
            let lifetime = self.elided_dyn_bound(t.span);
            let bounds = self.arena.alloc_slice(&[bound]);
            let kind = TyKind::TraitObject(bounds, lifetime, ast::TraitObjectSyntax::None);
            return Ty { kind, span: t.span, hir_id: self.next_id() };
        }
        let id = self.lower_node_id(t.id);
        let qpath = self.lower_qpath(t.id, qself, path, ParamMode::Explicit, AllowReturnTypeNotation::Yes, itctx, None);
        self.ty_path(id, t.span, qpath)
    }

    fn lower_trait_object(
        &mut self,
        span: Span,
        bounds: &[ast::GenericBound],
        syntax: ast::TraitObjectSyntax,
        itctx: ImplTraitContext,
    ) -> TyKind<'hir> {
        let policy = RelaxedBoundPolicy::Forbidden(RelaxedBoundForbiddenReason::TraitObjectTy);
        let mut traits = Vec::new();
        let mut lifetime_bound = None;
        for bound in bounds {
            match bound {
                ast::GenericBound::Trait(t) => traits.push(self.lower_poly_trait_ref(t, policy, itctx)),
                ast::GenericBound::Outlives(lifetime) => {
                    // A second one was reported.
                    if lifetime_bound.is_none() {
                        lifetime_bound = Some(self.lower_lifetime(lifetime, hir::LifetimeSource::OutlivesBound));
                    }
                }
                ast::GenericBound::Use(_, span) => {
                    self.dcx().span_delayed_bug(*span, "use<> not allowed in dyn types");
                }
            }
        }
        let lifetime = lifetime_bound.unwrap_or_else(|| self.elided_dyn_bound(span));
        TyKind::TraitObject(self.arena.alloc_slice(&traits), lifetime, syntax)
    }

    /// A type that is a path; a trait's path becomes an object type.
    pub(crate) fn ty_path(&mut self, mut hir_id: hir::HirId, span: Span, qpath: QPath<'hir>) -> Ty<'hir> {
        let kind = match qpath {
            QPath::Resolved(None, path) if matches!(path.res, Res::Def(DefKind::Trait | DefKind::TraitAlias, _)) => {
                let principal = hir::PolyTraitRef {
                    bound_generic_params: &[],
                    modifiers: hir::TraitBoundModifiers::NONE,
                    trait_ref: hir::TraitRef { path, hir_ref_id: hir_id },
                    span,
                };
                // The id that we were given is the trait reference's now.
                hir_id = self.next_id();
                let lifetime = self.elided_dyn_bound(span);
                let bounds = self.arena.alloc_slice(&[principal]);
                TyKind::TraitObject(bounds, lifetime, ast::TraitObjectSyntax::None)
            }
            _ => TyKind::Path(qpath),
        };
        Ty { hir_id, kind, span }
    }

    pub(crate) fn ty(&mut self, span: Span, kind: TyKind<'hir>) -> &'hir Ty<'hir> {
        let hir_id = self.next_id();
        self.alloc(Ty { hir_id, kind, span })
    }

    pub(crate) fn ty_tup(&mut self, span: Span, tys: &'hir [Ty<'hir>]) -> &'hir Ty<'hir> {
        self.ty(span, TyKind::Tup(tys))
    }

    /// A path that names a lang item, for where [`QPath::LangItem`] cannot have arguments. A missing one is reported.
    pub(crate) fn make_lang_item_path(
        &mut self,
        item: LangItem,
        span: Span,
        args: Option<&'hir hir::GenericArgs<'hir>>,
    ) -> &'hir hir::Path<'hir> {
        let res = match self.lang_items.get(item) {
            Some(def_id) => Res::Def(crate::ast_index::def_kind(item), def_id),
            None => {
                self.dcx().span_err(span, format!("requires `{}` lang_item", item.name_str()));
                Res::Err
            }
        };
        let segment = hir::PathSegment {
            ident: Ident::new(item.name(), span),
            hir_id: self.next_id(),
            res,
            args,
            infer_args: args.is_none(),
        };
        self.alloc(hir::Path { span, res, segments: self.arena.alloc_slice(&[segment]) })
    }

    /// The length of an array: `_` is inferred.
    pub(crate) fn lower_array_length(&mut self, c: &ast::AnonConst) -> &'hir ConstArg<'hir> {
        if let ast::ExprKind::Underscore = c.value.kind {
            let hir_id = self.lower_node_id(c.id);
            return self.alloc(ConstArg { hir_id, kind: ConstArgKind::Infer, span: c.value.span });
        }
        self.lower_anon_const_to_const_arg(c)
    }

    /// A const argument: a parameter's name (maybe in braces) needs no body of its own.
    pub(crate) fn lower_anon_const_to_const_arg(&mut self, anon: &ast::AnonConst) -> &'hir ConstArg<'hir> {
        let expr = anon.value.maybe_unwrap_block();
        if let ast::ExprKind::Path(qself, path) = &expr.kind
            && qself.is_none()
            && path.is_potential_trivial_const_arg()
            && let Some(Res::Def(DefKind::ConstParam, _)) = self.opt_full_res(expr.id)
        {
            let qpath = self.lower_const_qpath(expr.id, path);
            let hir_id = self.lower_node_id(anon.id);
            return self.alloc(ConstArg { hir_id, kind: ConstArgKind::Path(qpath), span: expr.span });
        }
        let lowered = self.lower_anon_const(anon);
        let hir_id = self.next_id();
        self.alloc(ConstArg { hir_id, kind: ConstArgKind::Anon(lowered), span: anon.value.span })
    }

    fn lower_const_qpath(&mut self, id: NodeId, path: &ast::Path) -> QPath<'hir> {
        self.lower_qpath(
            id,
            &None,
            path,
            ParamMode::Explicit,
            AllowReturnTypeNotation::No,
            ImplTraitContext::Disallowed(ImplTraitPosition::Path),
            None,
        )
    }

    /// A constant with a body of its own.
    pub(crate) fn lower_anon_const(&mut self, c: &ast::AnonConst) -> &'hir hir::AnonConst {
        let def_id = match self.opt_local_def_id(c.id) {
            Some(def_id) => def_id,
            // It looked like a parameter to resolution and is none.
            None => self.create_def(c.id, DefPathData::LateAnonConst, DefKind::AnonConst, c.value.span),
        };
        let lowered = self.with_new_scopes(c.value.span, |this| hir::AnonConst {
            def_id,
            hir_id: this.lower_node_id(c.id),
            body: this.lower_const_body(c.value.span, Some(&c.value)),
            span: c.value.span,
        });
        self.alloc(lowered)
    }

    /// A const argument that was parsed as a type: a path of one segment.
    pub(crate) fn lower_const_path_to_const_arg(
        &mut self,
        path: &ast::Path,
        res: Res<NodeId>,
        ty_id: NodeId,
        span: Span,
    ) -> &'hir ConstArg<'hir> {
        if let Res::Def(DefKind::ConstParam, _) = res {
            let qpath = self.lower_const_qpath(ty_id, path);
            let hir_id = self.next_id();
            return self.alloc(ConstArg { hir_id, kind: ConstArgKind::Path(qpath), span });
        }
        let node_id = self.next_node_id();
        let def_id = self.create_def(node_id, DefPathData::LateAnonConst, DefKind::AnonConst, span);
        let hir_id = self.lower_node_id(node_id);
        let anon = self.with_new_scopes(span, |this| {
            let body = this.lower_body(|this| {
                let qpath = this.lower_qpath(
                    ty_id,
                    &None,
                    path,
                    ParamMode::Optional,
                    AllowReturnTypeNotation::No,
                    ImplTraitContext::Disallowed(ImplTraitPosition::Path),
                    None,
                );
                let value = hir::Expr { hir_id: this.lower_node_id(ty_id), kind: hir::ExprKind::Path(qpath), span };
                (&[], value)
            });
            hir::AnonConst { def_id, hir_id, body, span }
        });
        let anon = self.alloc(anon);
        let hir_id = self.next_id();
        self.alloc(ConstArg { hir_id, kind: ConstArgKind::Anon(anon), span })
    }

    fn lower_ty_pat(&mut self, pat: &ast::TyPat) -> hir::TyPat<'hir> {
        let kind = match &pat.kind {
            ast::TyPatKind::Range(lo, hi, end) => self.lower_ty_pat_range(pat, lo, hi, end.node),
            ast::TyPatKind::NotNull => hir::TyPatKind::NotNull,
            ast::TyPatKind::Or(pats) => {
                let pats: Vec<_> = pats.iter().map(|pat| self.lower_ty_pat(pat)).collect();
                hir::TyPatKind::Or(self.arena.alloc_slice(&pats))
            }
            ast::TyPatKind::Err(guar) => hir::TyPatKind::Err(*guar),
        };
        hir::TyPat { hir_id: self.lower_node_id(pat.id), kind, span: pat.span }
    }

    /// `lo..=hi`; an end that is left out is the type's first or last value, and an excluded end is one less.
    fn lower_ty_pat_range(
        &mut self,
        pat: &ast::TyPat,
        lo: &Option<ast::P<ast::AnonConst>>,
        hi: &Option<ast::P<ast::AnonConst>>,
        end: ast::RangeEnd,
    ) -> hir::TyPatKind<'hir> {
        let lo = match lo {
            Some(lo) => self.lower_anon_const_to_const_arg(lo),
            None => self.lang_item_const_arg(LangItem::RangeMin, pat.span.shrink_to_lo()),
        };
        let hi = match (hi, end) {
            (Some(hi), ast::RangeEnd::Included(_)) => self.lower_anon_const_to_const_arg(hi),
            (Some(hi), ast::RangeEnd::Excluded) => self.lower_excluded_range_end(hi),
            (None, _) => self.lang_item_const_arg(LangItem::RangeMax, pat.span.shrink_to_hi()),
        };
        hir::TyPatKind::Range(lo, hi)
    }

    fn lang_item_const_arg(&mut self, item: LangItem, span: Span) -> &'hir ConstArg<'hir> {
        let hir_id = self.next_id();
        self.alloc(ConstArg { hir_id, kind: ConstArgKind::Path(QPath::LangItem(item, span)), span })
    }

    /// `RangePattern::sub_one(end)` as a constant.
    fn lower_excluded_range_end(&mut self, end: &ast::AnonConst) -> &'hir ConstArg<'hir> {
        let def_id = match self.opt_local_def_id(end.id) {
            Some(def_id) => def_id,
            None => self.create_def(end.id, DefPathData::LateAnonConst, DefKind::AnonConst, end.value.span),
        };
        let span = self.mark(span::DesugaringKind::PatTyRange, end.value.span);
        let anon = self.with_new_scopes(span, |this| {
            let hir_id = this.lower_node_id(end.id);
            let body = this.lower_body(|this| {
                let end = this.lower_expr_mut(&end.value);
                let args = this.arena.alloc_from_iter([end]);
                (&[], this.expr_call_lang_item_fn_mut(span, LangItem::RangeSub, args))
            });
            hir::AnonConst { def_id, hir_id, body, span }
        });
        let anon = self.alloc(anon);
        let hir_id = self.next_id();
        self.alloc(ConstArg { hir_id, kind: ConstArgKind::Anon(anon), span })
    }
}
