//! Generic parameters, where clauses and bounds.

use ::diagnostics::codes::E0799;
use ast::NodeId;
use hir::def::{DefKind, LifetimeRes, Res};
use hir::{
    GenericBound, GenericParam, GenericParamKind, GenericParamSource, LifetimeParamKind, LifetimeSource, ParamName,
    PredicateOrigin, WherePredicate, WherePredicateKind,
};
use span::{FxIndexMap, Ident, Span, Symbol, sym};

use crate::{AllowReturnTypeNotation, ImplTraitContext, ImplTraitPosition, LoweringContext, ParamMode, diagnostics};

/// Where `?Sized` may stand.
#[derive(Clone, Copy)]
pub(crate) enum RelaxedBoundPolicy<'p> {
    Allowed,
    /// In a where clause: on one of these type parameters, if that is what the type with this id is.
    AllowedIfOnTyParam(NodeId, &'p [ast::GenericParam]),
    Forbidden(RelaxedBoundForbiddenReason),
}

/// Where `?Sized` may not stand.
#[derive(Clone, Copy)]
pub(crate) enum RelaxedBoundForbiddenReason {
    TraitObjectTy,
    SuperTrait,
    TraitAlias,
    AssocTyBounds,
    LateBoundVarsInScope,
}

impl<'hir> LoweringContext<'_, 'hir> {
    /// Lowers the generics of an item, and by `f` what stands in their scope. `after_where` is a type alias's second where
    /// clause.
    pub(crate) fn lower_generics<T>(
        &mut self,
        generics: &ast::Generics,
        after_where: Option<&ast::WhereClause>,
        parent_node_id: NodeId,
        itctx: ImplTraitContext,
        f: impl FnOnce(&mut Self) -> T,
    ) -> (&'hir hir::Generics<'hir>, T) {
        debug_assert!(self.impl_trait_defs.is_empty() && self.impl_trait_bounds.is_empty());

        let mut predicates: Vec<WherePredicate<'hir>> = Vec::new();
        for param in &generics.params {
            let predicate =
                self.lower_param_bound_predicate(param, generics.span, itctx, PredicateOrigin::GenericParam);
            predicates.extend(predicate);
        }
        let where_predicates =
            || generics.where_clause.predicates.iter().chain(after_where.iter().flat_map(|w| &w.predicates));
        for predicate in where_predicates() {
            let predicate = self.lower_where_predicate(predicate, &generics.params);
            predicates.push(predicate);
        }
        let mut params = self.lower_generic_params_vec(&generics.params, GenericParamSource::Generics);
        params.extend(self.lower_extra_lifetime_params(parent_node_id, GenericParamSource::Generics));

        let result = f(self);

        params.append(&mut self.impl_trait_defs);
        predicates.append(&mut self.impl_trait_bounds);

        let where_clause = match after_where {
            Some(after) if generics.where_clause.is_empty() && !after.is_empty() => after,
            _ => &generics.where_clause,
        };
        let lowered = hir::Generics {
            params: self.arena.alloc_slice(&params),
            predicates: self.arena.alloc_slice(&predicates),
            has_where_clause_predicates: where_predicates().next().is_some(),
            where_clause_span: where_clause.span,
            span: generics.span,
        };
        (self.alloc(lowered), result)
    }

    pub(crate) fn lower_generic_params(
        &mut self,
        params: &[ast::GenericParam],
        source: GenericParamSource,
    ) -> &'hir [GenericParam<'hir>] {
        let params = self.lower_generic_params_vec(params, source);
        self.arena.alloc_slice(&params)
    }

    fn lower_generic_params_vec(
        &mut self,
        params: &[ast::GenericParam],
        source: GenericParamSource,
    ) -> Vec<GenericParam<'hir>> {
        params.iter().map(|param| self.lower_generic_param(param, source)).collect()
    }

    /// `for<..>`, with the parameters that elided lifetimes make. Before what stands in its scope.
    pub(crate) fn lower_lifetime_binder(
        &mut self,
        binder: NodeId,
        params: &[ast::GenericParam],
    ) -> &'hir [GenericParam<'hir>] {
        let mut params = self.lower_generic_params_vec(params, GenericParamSource::Binder);
        params.extend(self.lower_extra_lifetime_params(binder, GenericParamSource::Binder));
        self.arena.alloc_slice(&params)
    }

    fn lower_generic_param(&mut self, param: &ast::GenericParam, source: GenericParamSource) -> GenericParam<'hir> {
        let (name, kind) = self.lower_generic_param_kind(param, source);
        let hir_id = self.lower_node_id(param.id);
        self.lower_attrs(hir_id, &param.attrs);
        GenericParam {
            hir_id,
            def_id: self.local_def_id(param.id),
            name,
            span: param.span(),
            pure_wrt_drop: ast::attr::contains_name(&param.attrs, sym::may_dangle),
            kind,
            colon_span: param.colon_span,
            source,
        }
    }

    fn lower_generic_param_kind(
        &mut self,
        param: &ast::GenericParam,
        source: GenericParamSource,
    ) -> (ParamName, GenericParamKind<'hir>) {
        let default_itctx = ImplTraitContext::Disallowed(ImplTraitPosition::GenericDefault);
        match &param.kind {
            ast::GenericParamKind::Lifetime => {
                let is_error = matches!(self.resolver.lifetimes_res_map.get(&param.id), Some(LifetimeRes::Error(_)));
                let name = if is_error { ParamName::Error(param.ident) } else { ParamName::Plain(param.ident) };
                (name, GenericParamKind::Lifetime { kind: LifetimeParamKind::Explicit })
            }
            ast::GenericParamKind::Type { default } => {
                let default = match (default, source) {
                    (Some(default), GenericParamSource::Binder) => {
                        self.dcx().span_err(
                            default.span,
                            "defaults for generic parameters are not allowed in `for<...>` binders",
                        );
                        None
                    }
                    (Some(default), GenericParamSource::Generics) => Some(self.lower_ty(default, default_itctx)),
                    (None, _) => None,
                };
                (ParamName::Plain(param.ident), GenericParamKind::Type { default, synthetic: false })
            }
            ast::GenericParamKind::Const { ty, default, .. } => {
                let ty = self.lower_ty(ty, default_itctx);
                let default = match (default, source) {
                    (Some(default), GenericParamSource::Binder) => {
                        self.dcx().span_err(
                            default.value.span,
                            "defaults for generic parameters are not allowed in `for<...>` binders",
                        );
                        None
                    }
                    (Some(default), GenericParamSource::Generics) => Some(self.lower_anon_const_to_const_arg(default)),
                    (None, _) => None,
                };
                (ParamName::Plain(param.ident), GenericParamKind::Const { ty, default })
            }
        }
    }

    /// The bounds at a parameter, as a predicate.
    fn lower_param_bound_predicate(
        &mut self,
        param: &ast::GenericParam,
        parent_span: Span,
        itctx: ImplTraitContext,
        origin: PredicateOrigin,
    ) -> Option<WherePredicate<'hir>> {
        if param.bounds.is_empty() {
            return None;
        }
        let bounds = self.lower_param_bounds(&param.bounds, RelaxedBoundPolicy::Allowed, itctx);
        let start = param.colon_span.unwrap_or_else(|| param.ident.span.shrink_to_hi());
        let span = bounds.iter().fold(start, |span, bound| match bound.span().find_ancestor_inside(parent_span) {
            Some(bound) => span.to(bound),
            None => span,
        });
        match &param.kind {
            ast::GenericParamKind::Const { .. } => None,
            ast::GenericParamKind::Type { .. } => {
                Some(self.param_predicate(param.id, param.ident, span, bounds, origin))
            }
            ast::GenericParamKind::Lifetime => {
                let hir_id = self.next_id();
                let kind = match self.resolver.lifetimes_res_map.get(&param.id) {
                    Some(&res) => self.lower_lifetime_res(res, param.ident.span),
                    None => hir::LifetimeKind::Param(self.local_def_id(param.id)),
                };
                let lifetime_id = self.next_id();
                let lifetime = self.alloc(hir::Lifetime {
                    hir_id: lifetime_id,
                    ident: param.ident,
                    kind,
                    source: LifetimeSource::Other,
                    syntax: param.ident.into(),
                });
                let kind = self.alloc(WherePredicateKind::RegionPredicate(hir::WhereRegionPredicate {
                    in_where_clause: false,
                    lifetime,
                    bounds,
                }));
                Some(WherePredicate { hir_id, span, kind })
            }
        }
    }

    /// A predicate on a type parameter itself.
    pub(crate) fn param_predicate(
        &mut self,
        param: NodeId,
        ident: Ident,
        span: Span,
        bounds: hir::GenericBounds<'hir>,
        origin: PredicateOrigin,
    ) -> WherePredicate<'hir> {
        let hir_id = self.next_id();
        let res = Res::Def(DefKind::TyParam, self.local_def_id(param).to_def_id());
        let segment = hir::PathSegment::new(ident, self.next_id(), res);
        let path = self.alloc(hir::Path { span: ident.span, res, segments: self.arena.alloc_slice(&[segment]) });
        let ty_id = self.next_id();
        let bounded_ty = self.ty_path(ty_id, ident.span, hir::QPath::Resolved(None, path));
        let bounded_ty = self.alloc(bounded_ty);
        let kind = self.alloc(WherePredicateKind::BoundPredicate(hir::WhereBoundPredicate {
            origin,
            bound_generic_params: &[],
            bounded_ty,
            bounds,
        }));
        WherePredicate { hir_id, span, kind }
    }

    fn lower_where_predicate(
        &mut self,
        pred: &ast::WherePredicate,
        params: &[ast::GenericParam],
    ) -> WherePredicate<'hir> {
        let hir_id = self.lower_node_id(pred.id);
        self.lower_attrs(hir_id, &pred.attrs);
        let itctx = ImplTraitContext::Disallowed(ImplTraitPosition::Bound);
        let kind = match &pred.kind {
            ast::WherePredicateKind::BoundPredicate(p) => {
                let policy = if p.bound_generic_params.is_empty() {
                    RelaxedBoundPolicy::AllowedIfOnTyParam(p.bounded_ty.id, params)
                } else {
                    RelaxedBoundPolicy::Forbidden(RelaxedBoundForbiddenReason::LateBoundVarsInScope)
                };
                let bound_generic_params =
                    self.lower_generic_params(&p.bound_generic_params, GenericParamSource::Binder);
                WherePredicateKind::BoundPredicate(hir::WhereBoundPredicate {
                    bound_generic_params,
                    bounded_ty: self.lower_ty(&p.bounded_ty, itctx),
                    bounds: self.lower_param_bounds(&p.bounds, policy, itctx),
                    origin: PredicateOrigin::WhereClause,
                })
            }
            ast::WherePredicateKind::RegionPredicate(p) => {
                WherePredicateKind::RegionPredicate(hir::WhereRegionPredicate {
                    lifetime: self.lower_lifetime(&p.lifetime, LifetimeSource::Other),
                    bounds: self.lower_param_bounds(&p.bounds, RelaxedBoundPolicy::Allowed, itctx),
                    in_where_clause: true,
                })
            }
            ast::WherePredicateKind::EqPredicate(p) => WherePredicateKind::EqPredicate(hir::WhereEqPredicate {
                lhs_ty: self.lower_ty(&p.lhs_ty, itctx),
                rhs_ty: self.lower_ty(&p.rhs_ty, itctx),
            }),
        };
        WherePredicate { hir_id, span: pred.span, kind: self.alloc(kind) }
    }

    pub(crate) fn lower_param_bounds(
        &mut self,
        bounds: &[ast::GenericBound],
        policy: RelaxedBoundPolicy<'_>,
        itctx: ImplTraitContext,
    ) -> hir::GenericBounds<'hir> {
        let bounds: Vec<_> = bounds.iter().map(|bound| self.lower_param_bound(bound, policy, itctx)).collect();
        self.arena.alloc_slice(&bounds)
    }

    fn lower_param_bound(
        &mut self,
        bound: &ast::GenericBound,
        policy: RelaxedBoundPolicy<'_>,
        itctx: ImplTraitContext,
    ) -> GenericBound<'hir> {
        match bound {
            ast::GenericBound::Trait(p) => GenericBound::Trait(self.lower_poly_trait_ref(p, policy, itctx)),
            ast::GenericBound::Outlives(lifetime) => {
                GenericBound::Outlives(self.lower_lifetime(lifetime, LifetimeSource::OutlivesBound))
            }
            ast::GenericBound::Use(args, span) => {
                let args: Vec<_> = args.iter().map(|arg| self.lower_precise_capturing_arg(arg)).collect();
                self.check_precise_capturing_args(&args);
                GenericBound::Use(self.arena.alloc_slice(&args), *span)
            }
        }
    }

    /// Reports what is captured twice, lifetimes after others, and what is no parameter.
    fn check_precise_capturing_args(&self, args: &[hir::PreciseCapturingArg<'hir>]) {
        let dcx = &self.tcx.sess().dcx;
        let mut seen: FxIndexMap<Symbol, Span> = FxIndexMap::default();
        let mut first_non_lifetime = None;
        for arg in args {
            let ident = match arg {
                hir::PreciseCapturingArg::Lifetime(lt) => {
                    if matches!(lt.kind, hir::LifetimeKind::Error(..)) {
                        continue;
                    }
                    if !matches!(lt.kind, hir::LifetimeKind::Param(_)) {
                        let found = lt.ident;
                        dcx.span_err(
                            found.span,
                            format!("expected lifetime parameter in `use<...>` precise captures list, found `{found}`"),
                        );
                        continue;
                    }
                    if let Some(other) = first_non_lifetime {
                        let name = lt.ident;
                        dcx.struct_span_err(
                            name.span,
                            format!("lifetime parameter `{name}` must be listed before non-lifetime parameters"),
                        )
                        .with_span_label(other, "move the lifetime before this parameter")
                        .emit();
                    }
                    lt.ident
                }
                hir::PreciseCapturingArg::Param(param) => {
                    if matches!(param.res, Res::SelfTyAlias { .. }) {
                        dcx.struct_span_err(
                            param.ident.span,
                            "`Self` can't be captured in `use<...>` precise captures list, since it is an alias",
                        )
                        .with_code(E0799)
                        .emit();
                        continue;
                    }
                    first_non_lifetime.get_or_insert(param.ident.span);
                    param.ident
                }
            };
            if let Some(first) = seen.insert(ident.name, ident.span) {
                dcx.struct_span_err(first, format!("cannot capture parameter `{ident}` twice"))
                    .with_span_label(ident.span, "parameter captured again here")
                    .emit();
            }
        }
    }

    fn lower_precise_capturing_arg(&mut self, arg: &ast::PreciseCapturingArg) -> hir::PreciseCapturingArg<'hir> {
        match arg {
            ast::PreciseCapturingArg::Lifetime(lt) => {
                hir::PreciseCapturingArg::Lifetime(self.lower_lifetime(lt, LifetimeSource::PreciseCapturing))
            }
            ast::PreciseCapturingArg::Arg(path, id) => {
                let res = self.lower_res(self.expect_full_res(*id));
                let ident = path.segments.last().map_or(Ident::empty(), |segment| segment.ident);
                let hir_id = self.lower_node_id(*id);
                hir::PreciseCapturingArg::Param(hir::PreciseCapturingNonLifetimeArg { hir_id, ident, res })
            }
        }
    }

    pub(crate) fn lower_poly_trait_ref(
        &mut self,
        p: &ast::PolyTraitRef,
        policy: RelaxedBoundPolicy<'_>,
        itctx: ImplTraitContext,
    ) -> hir::PolyTraitRef<'hir> {
        let bound_generic_params = self.lower_lifetime_binder(p.trait_ref.ref_id, &p.bound_generic_params);
        let trait_ref = self.lower_trait_ref(p.modifiers, &p.trait_ref, itctx);
        if let ast::BoundPolarity::Maybe(_) = p.modifiers.polarity {
            self.check_relaxed_bound(trait_ref, p.span, policy);
        }
        let modifiers = hir::TraitBoundModifiers { constness: p.modifiers.constness, polarity: p.modifiers.polarity };
        hir::PolyTraitRef { bound_generic_params, modifiers, trait_ref, span: p.span }
    }

    /// `?Trait` is for type parameters of the item, at their place or in its where clause.
    fn check_relaxed_bound(&self, trait_ref: hir::TraitRef<'hir>, span: Span, policy: RelaxedBoundPolicy<'_>) {
        use RelaxedBoundForbiddenReason as Reason;
        let (context, subject) = match policy {
            RelaxedBoundPolicy::Allowed => return,
            RelaxedBoundPolicy::AllowedIfOnTyParam(id, params) => {
                if let Some(Res::Def(DefKind::TyParam, def_id)) = self.opt_full_res(id)
                    && params.iter().any(|p| self.opt_local_def_id(p.id).is_some_and(|p| p.to_def_id() == def_id))
                {
                    return;
                }
                return diagnostics::relaxed_bound_not_here(self.dcx(), span);
            }
            RelaxedBoundPolicy::Forbidden(Reason::AssocTyBounds | Reason::LateBoundVarsInScope) => {
                return diagnostics::relaxed_bound_not_here(self.dcx(), span);
            }
            RelaxedBoundPolicy::Forbidden(Reason::TraitObjectTy) => ("trait object types", "trait object types"),
            RelaxedBoundPolicy::Forbidden(Reason::SuperTrait) => ("supertrait bounds", "traits"),
            RelaxedBoundPolicy::Forbidden(Reason::TraitAlias) => ("trait alias bounds", "trait aliases"),
        };
        let sized = self.lang_items.get(hir::LangItem::Sized);
        let is_sized = sized.is_some() && trait_ref.trait_def_id() == sized;
        let extended = self.feature(span::Symbol::intern("more_maybe_bounds"));
        if extended && !is_sized {
            return;
        }
        diagnostics::relaxed_bound_forbidden(self.dcx(), span, context, is_sized.then_some(subject), extended);
    }

    pub(crate) fn lower_trait_ref(
        &mut self,
        modifiers: ast::TraitBoundModifiers,
        p: &ast::TraitRef,
        itctx: ImplTraitContext,
    ) -> hir::TraitRef<'hir> {
        let qpath = self.lower_qpath(
            p.ref_id,
            &None,
            &p.path,
            ParamMode::Explicit,
            AllowReturnTypeNotation::No,
            itctx,
            Some(modifiers),
        );
        let path = match qpath {
            hir::QPath::Resolved(None, path) => path,
            // Resolution does not accept a trait with segments left over; whatever led here was reported.
            _ => self.alloc(hir::Path { span: p.path.span, res: Res::Err, segments: &[] }),
        };
        hir::TraitRef { path, hir_ref_id: self.lower_node_id(p.ref_id) }
    }
}
