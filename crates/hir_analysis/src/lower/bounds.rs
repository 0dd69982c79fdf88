//! Bounds: `T: Trait<Assoc = U> + 'a + ?Sized`.

use ast::{BoundConstness, BoundPolarity};
use hir::{
    AssocItemConstraint, AssocItemConstraintKind, GenericBound, GenericBounds, LangItem,
    PolyTraitRef as HirPolyTraitRef,
};
use span::Span;
use span::def_id::LocalDefId;
use ty::{
    AliasTerm, AssocTag, Binder, Clause, ClauseKind, HostEffectPredicate, OutlivesPredicate, PolyTraitRef,
    PredicatePolarity, ProjectionPredicate, Term, TraitPredicate, TraitRef, Ty,
};

use super::{HirTyLowerer, RegionInferReason, diagnostics};

/// Clauses with their places, in order.
pub type Bounds<'tcx> = Vec<(Clause<'tcx>, Span)>;

/// Which bounds to take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PredicateFilter {
    All,
    /// Only those on `Self` itself (super predicates), not on its associated types.
    SelfOnly,
    /// Only the `[const]` bounds.
    ConstIfConst,
}

impl<'tcx> dyn HirTyLowerer<'tcx> + '_ {
    /// Lowers bounds on a type.
    pub fn lower_bounds(
        &self,
        param_ty: Ty<'tcx>,
        hir_bounds: GenericBounds<'tcx>,
        bounds: &mut Bounds<'tcx>,
        extra_vars: &[LocalDefId],
        filter: PredicateFilter,
    ) {
        let tcx = self.tcx();
        for bound in hir_bounds {
            match bound {
                GenericBound::Trait(poly) => self.lower_poly_trait_ref(poly, param_ty, bounds, extra_vars, filter),
                GenericBound::Outlives(lifetime) => {
                    if filter == PredicateFilter::ConstIfConst {
                        continue;
                    }
                    let region = self.lower_lifetime(lifetime, RegionInferReason::Param);
                    let vars = self.bound_vars_of(extra_vars);
                    let kind = ClauseKind::TypeOutlives(OutlivesPredicate(param_ty, region));
                    bounds.push((tcx.mk_clause(Binder::bind_with_vars(kind, vars)), lifetime.ident.span));
                }
                GenericBound::Use(..) => {}
            }
        }
    }

    /// One trait bound. `extra_vars` are the variables of a `for<..>` around the whole predicate, whose binder is open.
    pub fn lower_poly_trait_ref(
        &self,
        poly: &HirPolyTraitRef<'tcx>,
        self_ty: Ty<'tcx>,
        bounds: &mut Bounds<'tcx>,
        extra_vars: &[LocalDefId],
        filter: PredicateFilter,
    ) {
        let tcx = self.tcx();
        let Some(trait_def_id) = poly.trait_ref.trait_def_id() else { return };
        match poly.modifiers.polarity {
            BoundPolarity::Maybe(_) => return,
            // Reported as a matter of syntax.
            BoundPolarity::Negative(_) if !tcx.feature(span::sym::negative_bounds) => return,
            BoundPolarity::Positive | BoundPolarity::Negative(_) => {}
        }
        let params = self.binder_params(poly.bound_generic_params);
        let segments = poly.trait_ref.path.segments;
        self.prohibit_generic_args(segments[..segments.len() - 1].iter(), None);
        let segment = segments.last().expect("a path has a segment");
        if filter != PredicateFilter::ConstIfConst {
            self.complain_about_internal_fn_trait(poly.trait_ref.path.span, trait_def_id, segment, false);
        }
        self.binders().extend(&params, || {
            let all_vars: Vec<LocalDefId> = extra_vars.iter().copied().chain(params.iter().copied()).collect();
            let vars = self.bound_vars_of(&all_vars);
            let args = self.lower_trait_args(poly.trait_ref.path.span, trait_def_id, self_ty, segment);
            let trait_ref = TraitRef::new_from_args(trait_def_id, args);
            let poly_ref = Binder::bind_with_vars(trait_ref, vars);
            let polarity = match poly.modifiers.polarity {
                BoundPolarity::Negative(_) => PredicatePolarity::Negative,
                _ => PredicatePolarity::Positive,
            };
            match (poly.modifiers.constness, filter) {
                (BoundConstness::Always(_), PredicateFilter::All) => {
                    self.push_host_effect(poly_ref, ty::BoundConstness::Const, poly.span, bounds);
                }
                (BoundConstness::Maybe(_), PredicateFilter::ConstIfConst) => {
                    self.push_host_effect(poly_ref, ty::BoundConstness::Maybe, poly.span, bounds);
                }
                _ => {}
            }
            if filter != PredicateFilter::ConstIfConst {
                let kind = ClauseKind::Trait(TraitPredicate { trait_ref, polarity });
                bounds.push((tcx.mk_clause(Binder::bind_with_vars(kind, vars)), poly.span));
            }
            if let Some(args) = segment.args {
                let mut seen = Vec::new();
                // Of those only `[const]` bounds are wanted among the conditions for being const.
                let is_wanted = |c: &&AssocItemConstraint<'tcx>| {
                    filter != PredicateFilter::ConstIfConst || matches!(c.kind, AssocItemConstraintKind::Bound { .. })
                };
                for constraint in args.constraints.iter().filter(is_wanted) {
                    self.lower_assoc_item_constraint(poly_ref, constraint, bounds, &all_vars, filter, &mut seen);
                }
            }
        });
    }

    fn push_host_effect(
        &self,
        t: PolyTraitRef<'tcx>,
        constness: ty::BoundConstness,
        span: Span,
        bounds: &mut Bounds<'tcx>,
    ) {
        let kind = t.map_bound(|trait_ref| ClauseKind::HostEffect(HostEffectPredicate { trait_ref, constness }));
        bounds.push((self.tcx().mk_clause(kind), span));
    }

    /// `Assoc = T` or `Assoc: Bound` of a trait bound.
    fn lower_assoc_item_constraint(
        &self,
        trait_ref: PolyTraitRef<'tcx>,
        constraint: &AssocItemConstraint<'tcx>,
        bounds: &mut Bounds<'tcx>,
        vars: &[LocalDefId],
        filter: PredicateFilter,
        seen: &mut Vec<(span::def_id::DefId, Span)>,
    ) {
        let tcx = self.tcx();
        let tag = match constraint.kind {
            AssocItemConstraintKind::Equality { term: hir::Term::Const(_) } => AssocTag::Const,
            _ => AssocTag::Type,
        };
        // The trait that has the item: this one or a supertrait.
        let own = tcx.associated_items(trait_ref.def_id()).find_by_ident_and_kind(constraint.ident, tag).is_some();
        let candidate = if own {
            Some(trait_ref)
        } else {
            let all = self.supertraits_with_assoc(trait_ref, constraint.ident);
            if all.len() > 1 {
                diagnostics::ambiguous_constraint(tcx, trait_ref, constraint, &all);
                return;
            }
            all.first().copied()
        };
        let Some(candidate) = candidate else {
            diagnostics::assoc_item_not_found_in_bound(tcx, trait_ref, constraint, tag);
            return;
        };
        let item = tcx.associated_items(candidate.def_id()).find_by_ident_and_kind(constraint.ident, tag).copied();
        let Some(item) = item else { return };
        match seen.iter().find(|(id, _)| *id == item.def_id) {
            Some(&(id, before)) => self.already_specified(id, constraint.ident.name, constraint.span, before),
            None => seen.push((item.def_id, constraint.span)),
        }
        let segment = hir::PathSegment {
            ident: constraint.ident,
            hir_id: constraint.hir_id,
            res: hir::def::Res::Err,
            args: Some(constraint.gen_args),
            infer_args: false,
        };
        let args =
            self.lower_generic_args_of_assoc_item(constraint.span, item.def_id, &segment, candidate.skip_binder().args);
        let bound_vars = candidate.bound_vars();
        let alias = AliasTerm::new(item.def_id, args);
        match constraint.kind {
            AssocItemConstraintKind::Equality { term } => {
                let term: Term<'tcx> = match term {
                    hir::Term::Ty(t) => self.lower_ty(t).into(),
                    hir::Term::Const(c) => {
                        let ty = tcx.type_of(item.def_id).instantiate(tcx.interner(), args);
                        self.lower_const_arg(c, ty).into()
                    }
                };
                self.check_term_constrained(constraint.ident.name, args, term, constraint.span);
                let kind = ClauseKind::Projection(ProjectionPredicate { projection_term: alias, term });
                bounds.push((tcx.mk_clause(Binder::bind_with_vars(kind, bound_vars)), constraint.span));
            }
            AssocItemConstraintKind::Bound { .. }
                if trait_ref.skip_binder().self_ty() == tcx.types().trait_object_dummy_self =>
            {
                let guar = tcx.dcx().span_err(constraint.span, "associated type bounds are not allowed in `dyn` types");
                let term = Ty::new_error(tcx.interner(), guar).into();
                let kind = ClauseKind::Projection(ProjectionPredicate { projection_term: alias, term });
                bounds.push((tcx.mk_clause(Binder::bind_with_vars(kind, bound_vars)), constraint.span));
            }
            AssocItemConstraintKind::Bound { bounds: hir_bounds } => {
                if filter != PredicateFilter::SelfOnly {
                    let projection = tcx.mk_projection(item.def_id, args);
                    self.lower_bounds(projection, hir_bounds, bounds, vars, filter);
                }
            }
        }
    }

    /// The implicit `Sized` (or `?Sized`'s `MetaSized`) bound of a parameter or associated type.
    pub fn add_sizedness_bounds(
        &self,
        bounds: &mut Bounds<'tcx>,
        self_ty: Ty<'tcx>,
        hir_bounds: GenericBounds<'tcx>,
        more: &[GenericBounds<'tcx>],
        span: Span,
    ) {
        let tcx = self.tcx();
        let lang = tcx.lang_items();
        let Some(sized) = lang.get(LangItem::Sized) else { return };
        let all = || std::iter::once(hir_bounds).chain(more.iter().copied()).flatten();
        let mentions = |item: LangItem| {
            lang.get(item).is_some_and(|id| {
                all().any(|b| {
                    matches!(b, GenericBound::Trait(p) if p.trait_ref.trait_def_id() == Some(id)
                    && matches!(p.modifiers.polarity, BoundPolarity::Positive))
                })
            })
        };
        self.check_relaxed_bounds(&all().collect::<Vec<_>>(), sized);
        let maybe_sized = all().any(|b| {
            matches!(b, GenericBound::Trait(p) if matches!(p.modifiers.polarity, BoundPolarity::Maybe(_))
                && p.trait_ref.trait_def_id() == Some(sized))
        });
        // `?Sized` is `MetaSized`, unless another sizedness is named.
        let default = if mentions(LangItem::PointeeSized) || mentions(LangItem::MetaSized) || mentions(LangItem::Sized)
        {
            None
        } else if maybe_sized {
            lang.get(LangItem::MetaSized)
        } else {
            Some(sized)
        };
        if let Some(def_id) = default {
            let trait_ref = TraitRef::new(tcx.interner(), def_id, [self_ty]);
            let kind = ClauseKind::Trait(TraitPredicate { trait_ref, polarity: PredicatePolarity::Positive });
            // First, so that it is the error that is reported.
            bounds.insert(0, (tcx.mk_clause(Binder::dummy(kind)), span));
        }
    }

    /// `?Trait` is for `Sized`, once.
    fn check_relaxed_bounds(&self, bounds: &[&GenericBound<'tcx>], sized: span::def_id::DefId) {
        let relaxed: Vec<&HirPolyTraitRef<'tcx>> = bounds
            .iter()
            .filter_map(|b| match b {
                GenericBound::Trait(p) if matches!(p.modifiers.polarity, BoundPolarity::Maybe(_)) => Some(p),
                _ => None,
            })
            .collect();
        type Refs<'a, 'hir> = Vec<&'a HirPolyTraitRef<'hir>>;
        let (of_sized, others): (Refs<'_, 'tcx>, Refs<'_, 'tcx>) =
            relaxed.into_iter().partition(|p| p.trait_ref.trait_def_id() == Some(sized));
        for p in &of_sized {
            // Nothing uses what is lowered, but it may be wrong: `?Sized<u8>`.
            if let Some(segment) = p.trait_ref.path.segments.last().filter(|s| s.args.is_some()) {
                let self_ty = self.tcx().types().unit;
                self.lower_generic_args_of_path(p.span, sized, &[], segment, Some(self_ty));
            }
        }
        if of_sized.len() > 1 {
            let spans: Vec<Span> = of_sized.iter().map(|p| p.span).collect();
            self.dcx()
                .struct_span_err(spans, "duplicate relaxed `Sized` bounds")
                .with_code(::diagnostics::codes::E0203)
                .emit();
        }
        let tcx = self.tcx();
        let lang = tcx.lang_items();
        for p in others {
            let Some(id) = p.trait_ref.trait_def_id() else { continue };
            let special = [LangItem::MetaSized, LangItem::PointeeSized].iter().any(|i| lang.get(*i) == Some(id));
            if !special && !tcx.feature(span::Symbol::intern("more_maybe_bounds")) {
                self.dcx().span_err(p.span, "bound modifier `?` can only be applied to `Sized`");
            }
        }
    }
}
