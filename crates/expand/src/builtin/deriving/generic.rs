//! The impl around derived methods: its generics, bounds, attributes; and what the methods have in common.

use ast::visit::{self, Visitor};
use ast::{
    Arm, AssocItem, AssocItemKind, AttrVec, BoundAsyncness, BoundConstness, BoundPolarity, Const, DUMMY_NODE_ID,
    Defaultness, Expr, ExprKind, Extern, FnDecl, FnHeader, FnRetTy, FnSig, GenericArg, GenericBound, GenericParam,
    GenericParamKind, Generics, Impl, ImplPolarity, Item, ItemKind, Mutability, P, Param, Parens, Pat, PatField, Path,
    PolyTraitRef, Safety, Stmt, TraitBoundModifiers, TraitImplHeader, TraitRef, Ty, TyKind, VariantData, Visibility,
    VisibilityKind, WhereBoundPredicate, WhereClause, WherePredicate, WherePredicateKind,
};
use span::{ErrorGuaranteed, Ident, Span, Symbol, kw, sym};
use thin_vec::{ThinVec, thin_vec};

use super::shape::{Shape, ShapeKind, field_name, maybe_scalar};
use crate::base::ExpansionCx;
use crate::builtin::build;

/// The derive of one trait on one item.
pub(super) struct DeriveCx<'a, 'b> {
    pub cx: &'a mut ExpansionCx<'b>,
    /// The trait's path in the attribute, with the hygiene of the macro's definition.
    pub span: Span,
    pub item: &'a Item,
    pub shape: Shape<'a>,
    pub constness: Const,
    pub impls: Vec<P<Item>>,
}

/// The impl of a trait.
pub(super) struct TraitImpl {
    /// Behind `$crate`.
    pub path: &'static [Symbol],
    pub trait_args: Vec<GenericArg>,
    /// Bound type parameters and fields by the trait?
    pub bound_by_trait: bool,
    /// Bound the types of fields that depend on parameters?
    pub bound_fields: bool,
    /// More bounds for the type parameters.
    pub extra_bounds: Vec<&'static [Symbol]>,
    /// With packed structs, need fields be `Copy`?
    pub copy_if_packed: bool,
    pub is_unsafe: bool,
    pub hidden: bool,
    pub const_allowed: bool,
    pub methods: Vec<Method>,
}

impl TraitImpl {
    pub fn new(path: &'static [Symbol]) -> TraitImpl {
        TraitImpl {
            path,
            trait_args: Vec::new(),
            bound_by_trait: true,
            bound_fields: true,
            extra_bounds: Vec::new(),
            copy_if_packed: false,
            is_unsafe: false,
            hidden: false,
            const_allowed: true,
            methods: Vec::new(),
        }
    }
}

/// A method to derive.
pub(super) struct Method {
    pub name: Symbol,
    pub attrs: AttrVec,
    pub generics: Generics,
    pub has_self: bool,
    /// Behind `self`.
    pub params: ThinVec<Param>,
    pub ret: FnRetTy,
    pub body: Body,
}

/// The body of a method.
#[derive(Default)]
pub(super) struct Body {
    pub stmts: ThinVec<Stmt>,
    pub expr: Option<P<Expr>>,
}

impl Body {
    pub fn expr(e: P<Expr>) -> Body {
        Body { stmts: ThinVec::new(), expr: Some(e) }
    }

    pub fn stmts(stmts: ThinVec<Stmt>) -> Body {
        Body { stmts, expr: None }
    }

    /// As the body of a match arm.
    pub fn into_expr(mut self, span: Span) -> P<Expr> {
        if self.stmts.is_empty() {
            return match self.expr {
                Some(e) => e,
                None => build::expr_block(build::block(span, ThinVec::new())),
            };
        }
        if let Some(e) = self.expr {
            self.stmts.push(build::stmt_expr(e));
        }
        build::expr_block(build::block(span, self.stmts))
    }

    fn into_block(mut self, span: Span) -> P<ast::Block> {
        if let Some(e) = self.expr {
            self.stmts.push(build::stmt_expr(e));
        }
        build::block(span, self.stmts)
    }
}

/// A field as a method sees it.
pub(super) struct FieldInfo {
    pub span: Span,
    pub name: Option<Ident>,
    /// A reference to it.
    pub self_expr: P<Expr>,
    /// References to that of the other arguments.
    pub other: Option<P<Expr>>,
    pub maybe_scalar: bool,
}

/// What a method's body is made from.
pub(super) enum Fields<'a> {
    Struct(Vec<FieldInfo>),
    /// One variant.
    Variant(&'a ast::Variant, Vec<FieldInfo>),
    /// The discriminants, and the match of what has fields if something has.
    Discr(FieldInfo, Option<P<Expr>>),
    /// All variants have no fields.
    AllFieldless(&'a [ast::Variant]),
}

/// What to do with variants that have no fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fieldless {
    /// They get arms as others.
    Default,
    /// Compare discriminants first.
    Unify,
    /// One body if no variant has fields.
    Specialize,
}

impl<'a> DeriveCx<'a, '_> {
    pub fn std_path(&self, names: &[Symbol]) -> Path {
        build::path(self.span, build::std_path(self.span, names))
    }

    pub fn ident(&self, name: Symbol) -> Ident {
        Ident::new(name, self.span)
    }

    pub fn inline_attrs(&self) -> AttrVec {
        thin_vec![build::attr_word(self.cx.sess, self.span, sym::inline)]
    }

    /// Reports that the trait cannot be derived for unions.
    pub fn no_unions(&self) -> Result<(), ErrorGuaranteed> {
        match self.shape.kind {
            ShapeKind::Union(_) => Err(self.cx.sess.dcx.span_err(self.span, "this trait cannot be derived for unions")),
            ShapeKind::Struct(_) | ShapeKind::Enum(_) => Ok(()),
        }
    }

    /// `Name<'a, T, N>`
    pub fn self_ty(&self) -> P<Ty> {
        let args = self.shape.generics.params.iter().map(|param| self.generic_arg(param)).collect();
        build::ty_path(build::path_all(self.span, false, vec![self.shape.name], args))
    }

    fn generic_arg(&self, param: &GenericParam) -> GenericArg {
        let span = param.ident.span.with_ctxt(self.span.ctxt());
        match param.kind {
            GenericParamKind::Lifetime => GenericArg::Lifetime(build::lifetime(span, param.ident)),
            GenericParamKind::Type { .. } => GenericArg::Type(build::ty_ident(span, param.ident)),
            GenericParamKind::Const { .. } => {
                GenericArg::Const(build::anon_const(build::expr_ident(span, param.ident)))
            }
        }
    }

    /// `&self_ty`
    pub fn ref_self_ty(&self) -> P<Ty> {
        build::ty_ref(self.span, self.self_ty(), None, Mutability::Not)
    }

    /// A parameter `name: ty`.
    pub fn param(&self, name: Symbol, ty: P<Ty>) -> Param {
        build::param(self.span, self.ident(name), ty)
    }

    /// A bound by a path of the macro's crate.
    pub fn bound(&self, path: Path, is_const: bool) -> GenericBound {
        let constness = if is_const { BoundConstness::Maybe(self.span) } else { BoundConstness::Never };
        let modifiers =
            TraitBoundModifiers { constness, asyncness: BoundAsyncness::Normal, polarity: BoundPolarity::Positive };
        GenericBound::Trait(PolyTraitRef::new(ThinVec::new(), path, modifiers, self.span, Parens::No))
    }

    /// Adds an impl to what is derived.
    pub fn push_impl(&mut self, imp: TraitImpl) -> Result<(), ErrorGuaranteed> {
        let generics = self.impl_generics(&imp)?;
        let mut attrs: AttrVec = thin_vec![build::attr_word(self.cx.sess, self.span, sym::automatically_derived)];
        const COPIED: [Symbol; 7] =
            [sym::allow, sym::expect, sym::warn, sym::deny, sym::forbid, sym::stable, sym::unstable];
        attrs.extend(self.item.attrs.iter().filter(|attr| attr.has_any_name(&COPIED)).cloned());
        if imp.hidden {
            attrs.push(build::attr_nested_word(self.cx.sess, self.span, sym::doc, sym::hidden));
        }
        let trait_path = build::path_all(self.span, false, build::std_path(self.span, imp.path), imp.trait_args);
        let is_const = imp.const_allowed && matches!(self.constness, Const::Yes(_));
        let self_ty = self.self_ty();
        let items = imp.methods.into_iter().map(|method| self.method(method)).collect();
        let kind = ItemKind::Impl(Impl {
            generics,
            constness: if is_const { Const::Yes(self.span) } else { Const::No },
            of_trait: Some(Box::new(TraitImplHeader {
                defaultness: Defaultness::Implicit,
                safety: if imp.is_unsafe { Safety::Unsafe(self.span) } else { Safety::Default },
                polarity: ImplPolarity::Positive,
                trait_ref: TraitRef { path: trait_path, ref_id: DUMMY_NODE_ID },
            })),
            self_ty,
            items,
        });
        self.push_item(attrs, kind);
        Ok(())
    }

    pub fn push_item(&mut self, attrs: AttrVec, kind: ItemKind) {
        let vis = Visibility { span: self.span.shrink_to_lo(), kind: VisibilityKind::Inherited };
        self.impls.push(P(Item { attrs, id: DUMMY_NODE_ID, span: self.span, vis, kind, tokens: None }));
    }

    fn method(&self, method: Method) -> P<AssocItem> {
        let span = self.span;
        let mut inputs = ThinVec::new();
        if method.has_self {
            let ident = Ident::new(kw::SelfLower, span);
            let eself = span::respan(span, ast::SelfKind::Region(None, Mutability::Not));
            inputs.push(Param::from_self(AttrVec::new(), eself, ident));
        }
        inputs.extend(method.params);
        let header =
            FnHeader { safety: Safety::Default, coroutine_kind: None, constness: Const::No, ext: Extern::None };
        let decl = P(FnDecl { inputs, output: method.ret });
        let kind = AssocItemKind::Fn(Box::new(ast::Fn {
            defaultness: Defaultness::Implicit,
            ident: Ident::new(method.name, span),
            generics: method.generics,
            sig: FnSig { header, decl, span },
            contract: None,
            define_opaque: None,
            body: Some(method.body.into_block(span)),
        }));
        let vis = Visibility { span: span.shrink_to_lo(), kind: VisibilityKind::Inherited };
        P(ast::Item { attrs: method.attrs, id: DUMMY_NODE_ID, span, vis, kind, tokens: None })
    }

    fn bounds(&self, imp: &TraitImpl) -> Vec<GenericBound> {
        let is_const = imp.const_allowed && matches!(self.constness, Const::Yes(_));
        let mut bounds: Vec<_> =
            imp.extra_bounds.iter().map(|path| self.bound(self.std_path(path), is_const)).collect();
        if imp.bound_by_trait {
            bounds.push(self.bound(self.std_path(imp.path), is_const));
        }
        if self.shape.is_packed && imp.copy_if_packed {
            bounds.push(self.bound(self.std_path(&[sym::marker, sym::Copy]), is_const));
        }
        bounds
    }

    fn impl_generics(&self, imp: &TraitImpl) -> Result<Generics, ErrorGuaranteed> {
        let generics = self.shape.generics;
        let params = generics.params.iter().map(|param| {
            let mut param = param.clone();
            match &mut param.kind {
                GenericParamKind::Lifetime => {}
                GenericParamKind::Type { default } => {
                    *default = None;
                    let declared = std::mem::take(&mut param.bounds);
                    param.bounds = self.bounds(imp);
                    param.bounds.extend(declared);
                    param.colon_span = None;
                    // Attributes of parameters are for the item, not for the impl.
                    param.attrs.retain(|attr| !attr.has_name(sym::pointee));
                }
                GenericParamKind::Const { default, .. } => *default = None,
            }
            param
        });
        let params: ThinVec<_> = params.collect();
        let mut predicates = generics.where_clause.predicates.clone();
        let type_params: Vec<Symbol> = generics
            .params
            .iter()
            .filter(|p| matches!(p.kind, GenericParamKind::Type { .. }))
            .map(|p| p.ident.name)
            .collect();
        if !type_params.is_empty() && imp.bound_fields {
            self.field_predicates(imp, &type_params, &mut predicates)?;
        }
        let where_clause = WhereClause {
            has_where_token: generics.where_clause.has_where_token || !predicates.is_empty(),
            predicates,
            span: generics.where_clause.span,
        };
        Ok(Generics { params, where_clause, span: generics.span })
    }

    /// `T::Item: Trait` for each such type among the fields.
    fn field_predicates(
        &self,
        imp: &TraitImpl,
        type_params: &[Symbol],
        predicates: &mut ThinVec<WherePredicate>,
    ) -> Result<(), ErrorGuaranteed> {
        let mut seen = rustc_hash::FxHashSet::default();
        for ty in self.shape.field_tys() {
            let mut finder = ProjectionFinder { type_params, found: Vec::new(), binders: Vec::new(), macro_span: None };
            finder.visit_ty(ty);
            if let Some(span) = finder.macro_span {
                return Err(self.cx.sess.dcx.span_err(span, "`derive` cannot be used on items with type macros"));
            }
            for (ty, binders) in finder.found {
                if ty.kind.is_simple_path().is_some() || !seen.insert(ast::pretty::ty_to_string(&ty)) {
                    continue;
                }
                let bounds = self.bounds(imp);
                if bounds.is_empty() {
                    continue;
                }
                predicates.push(WherePredicate {
                    attrs: AttrVec::new(),
                    kind: WherePredicateKind::BoundPredicate(WhereBoundPredicate {
                        bound_generic_params: binders,
                        bounded_ty: P(ty),
                        bounds,
                    }),
                    id: DUMMY_NODE_ID,
                    span: self.span,
                    is_placeholder: false,
                });
            }
        }
        Ok(())
    }

    /// References to the fields of `self` and, with two arguments, of `other`, as places.
    pub fn struct_fields(&self, data: &VariantData, with_other: bool) -> Vec<FieldInfo> {
        let place = |base: P<Expr>, span: Span, name: Ident| {
            let mut e = build::expr_field(span, base, name);
            if self.shape.is_packed {
                // `&{ self.x }`: a copy can be borrowed where the packed field cannot.
                e = build::expr_block(P(ast::Block {
                    stmts: thin_vec![build::stmt_expr(e)],
                    id: DUMMY_NODE_ID,
                    rules: ast::BlockCheckMode::Default,
                    span,
                }));
            }
            build::expr_addr_of(span, e)
        };
        let fields = data.fields().iter().enumerate().map(|(i, field)| {
            let span = field.span.with_ctxt(self.span.ctxt());
            let name = field_name(i, field);
            let other = self.ident(sym::other);
            FieldInfo {
                span,
                name: field.ident,
                self_expr: place(build::expr_self(span), span, name),
                other: with_other.then(|| place(build::expr_ident(span, other), span, name)),
                maybe_scalar: maybe_scalar(&field.ty),
            }
        });
        fields.collect()
    }

    /// The body of a method on an enum: a match, or less where less will do.
    pub fn enum_body(
        &self,
        variants: &'a [ast::Variant],
        fieldless: Fieldless,
        with_other: bool,
        f: &mut dyn FnMut(&Self, Fields<'a>) -> Body,
    ) -> Body {
        let span = self.span;
        if variants.is_empty() {
            let scrutinee = build::expr_deref(span, build::expr_self(span));
            return Body::expr(build::expr_match(span, scrutinee, ThinVec::new()));
        }
        let has_fields = |v: &ast::Variant| !v.data.fields().is_empty();
        let unify = fieldless == Fieldless::Unify && variants.len() > 1;
        if !variants.iter().any(has_fields) {
            if let [only] = variants {
                return f(self, Fields::Variant(only, Vec::new()));
            }
            match fieldless {
                Fieldless::Unify => {
                    let (discr, mut stmts) = self.discriminants(with_other);
                    let body = f(self, Fields::Discr(discr, None));
                    stmts.extend(body.stmts);
                    return Body { stmts, expr: body.expr };
                }
                Fieldless::Specialize => return f(self, Fields::AllFieldless(variants)),
                Fieldless::Default => {}
            }
        }
        let mut arms: ThinVec<Arm> = variants
            .iter()
            .filter(|v| !unify || has_fields(v))
            .map(|variant| self.variant_arm(variant, with_other, f))
            .collect();
        let first_fieldless = variants.iter().find(|v| !has_fields(v));
        let default = match first_fieldless {
            Some(v) if unify => Some(f(self, Fields::Variant(v, Vec::new())).into_expr(span)),
            _ if variants.len() > 1 && with_other => Some(self.unreachable()),
            _ => None,
        };
        if let Some(default) = default {
            arms.push(build::arm(span, build::pat_wild(span), default));
        }
        let self_expr = build::expr_self(span);
        let scrutinee = if with_other {
            let other = build::expr_ident(span, self.ident(sym::other));
            build::expr(span, ExprKind::Tup(thin_vec![self_expr, other]))
        } else {
            self_expr
        };
        let matching = build::expr_match(span, scrutinee, arms);
        if !unify {
            return Body::expr(matching);
        }
        let (discr, mut stmts) = self.discriminants(with_other);
        let body = f(self, Fields::Discr(discr, Some(matching)));
        stmts.extend(body.stmts);
        Body { stmts, expr: body.expr }
    }

    fn unreachable(&self) -> P<Expr> {
        let path = build::std_path(self.span, &[sym::intrinsics, sym::unreachable]);
        build::unsafe_block_expr(build::expr_call_global(self.span, path, ThinVec::new()))
    }

    /// `(E::V(__self_0, ..), E::V(__arg1_0, ..)) => ..`
    fn variant_arm(
        &self,
        variant: &'a ast::Variant,
        with_other: bool,
        f: &mut dyn FnMut(&Self, Fields<'a>) -> Body,
    ) -> Arm {
        let span = variant.span.with_ctxt(self.span.ctxt());
        let self_pat = self.variant_pat(variant, span, "__self");
        let pat = if with_other {
            let other = self.variant_pat(variant, span, "__arg1");
            build::pat(span, ast::PatKind::Tuple(thin_vec![self_pat, other]))
        } else {
            self_pat
        };
        let fields = variant.data.fields().iter().enumerate().map(|(i, field)| {
            let span = field.span.with_ctxt(self.span.ctxt());
            let local =
                |prefix: &str| build::expr_ident(span, Ident::new(Symbol::intern(&format!("{prefix}_{i}")), span));
            FieldInfo {
                span,
                name: field.ident,
                self_expr: local("__self"),
                other: with_other.then(|| local("__arg1")),
                maybe_scalar: maybe_scalar(&field.ty),
            }
        });
        let fields = fields.collect();
        let body = f(self, Fields::Variant(variant, fields)).into_expr(span);
        build::arm(span, pat, body)
    }

    /// `Enum::Variant`
    pub fn variant_path(&self, variant: &ast::Variant) -> Path {
        let span = variant.span.with_ctxt(self.span.ctxt());
        build::path(span, vec![self.shape.name, variant.ident])
    }

    fn variant_pat(&self, variant: &ast::Variant, span: Span, prefix: &str) -> P<Pat> {
        let path = self.variant_path(variant);
        let local = |i: usize, field: &ast::FieldDef| {
            let span = field.span.with_ctxt(self.span.ctxt());
            build::pat_ident(span, Ident::new(Symbol::intern(&format!("{prefix}_{i}")), span))
        };
        match &variant.data {
            VariantData::Unit(_) => build::pat_path(span, path),
            VariantData::Tuple(fields, _) => {
                let pats = fields.iter().enumerate().map(|(i, field)| local(i, field)).collect();
                build::pat_tuple_struct(span, path, pats)
            }
            VariantData::Struct { fields, .. } => {
                let fields = fields.iter().enumerate().map(|(i, field)| {
                    let span = field.span.with_ctxt(self.span.ctxt());
                    PatField {
                        ident: field.ident.expect("a named field"),
                        pat: local(i, field),
                        is_shorthand: false,
                        attrs: AttrVec::new(),
                        id: DUMMY_NODE_ID,
                        span,
                        is_placeholder: false,
                    }
                });
                build::pat_struct(span, path, fields.collect())
            }
        }
    }

    /// `let __self_discr = ..; let __arg1_discr = ..;`, and the two as a field.
    fn discriminants(&self, with_other: bool) -> (FieldInfo, ThinVec<Stmt>) {
        let span = self.span;
        let discr_let = |name: Symbol, of: P<Expr>| {
            let path = build::std_path(span, &[sym::intrinsics, sym::discriminant_value]);
            let value = build::expr_call_global(span, path, thin_vec![of]);
            build::stmt_let(span, self.ident(name), value)
        };
        let discr_ref = |name: Symbol| build::expr_addr_of(span, build::expr_ident(span, self.ident(name)));
        let mut stmts = thin_vec![discr_let(sym::__self_discr, build::expr_self(span))];
        if with_other {
            stmts.push(discr_let(sym::__arg1_discr, build::expr_ident(span, self.ident(sym::other))));
        }
        let field = FieldInfo {
            span,
            name: None,
            self_expr: discr_ref(sym::__self_discr),
            other: with_other.then(|| discr_ref(sym::__arg1_discr)),
            maybe_scalar: true,
        };
        (field, stmts)
    }
}

/// Finds paths in a type that begin with a type parameter.
struct ProjectionFinder<'a> {
    type_params: &'a [Symbol],
    found: Vec<(Ty, ThinVec<GenericParam>)>,
    binders: Vec<ThinVec<GenericParam>>,
    macro_span: Option<Span>,
}

impl<'ast> Visitor<'ast> for ProjectionFinder<'_> {
    fn visit_ty(&mut self, ty: &'ast Ty) {
        match &ty.kind {
            TyKind::Path(_, path)
                if path.segments.first().is_some_and(|s| self.type_params.contains(&s.ident.name)) =>
            {
                let binders = self.binders.iter().flatten().cloned().collect();
                self.found.push((ty.clone(), binders));
            }
            TyKind::MacCall(_) => {
                self.macro_span.get_or_insert(ty.span);
                return;
            }
            TyKind::FnPtr(f) => {
                self.binders.push(f.generic_params.clone());
                visit::walk_ty(self, ty);
                self.binders.pop();
                return;
            }
            _ => {}
        }
        visit::walk_ty(self, ty);
    }

    fn visit_poly_trait_ref(&mut self, t: &'ast PolyTraitRef) {
        self.binders.push(t.bound_generic_params.clone());
        visit::walk_poly_trait_ref(self, t);
        self.binders.pop();
    }
}
