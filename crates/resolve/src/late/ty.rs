//! Types, bounds and generic arguments.

use ast::visit::{self, Visitor};
use ast::{
    AssocItemConstraint, AssocItemConstraintKind, GenericArg, GenericArgs, GenericBound, PathSegment, PolyTraitRef,
    PreciseCapturingArg, Term, Ty, TyKind, WherePredicate, WherePredicateKind,
};
use hir::def::{DefKind, Namespace::*, PartialRes, Res as HirRes};
use span::{Ident, kw};

use super::LateResolver;
use super::generics::AnonConstKind;
use super::lifetimes::{LifetimeBinderKind, LifetimeRibKind};
use super::path_source::{AliasPossibility, PathSource};
use crate::path::Finalize;
use crate::rib::RibKind;

impl<'ast> LateResolver<'_, 'ast, '_, '_> {
    pub(super) fn resolve_ty(&mut self, ty: &'ast Ty) {
        let orig_path = self.diag.current_type_path;
        match &ty.kind {
            TyKind::Ref(None, _) | TyKind::PinnedRef(None, _) => {
                // An elided lifetime, known by the reference's id.
                let span = ty.span.with_hi(span::BytePos(ty.span.lo().0 + 1));
                self.resolve_elided_lifetime(ty.id, span);
                visit::walk_ty(self, ty);
            }
            TyKind::Path(qself, path) => {
                self.diag.current_type_path = Some(ty);
                let rtn = path
                    .segments
                    .last()
                    .and_then(|segment| segment.args.as_deref())
                    .is_some_and(|args| matches!(args, GenericArgs::ParenthesizedElided(_)));
                let source = if rtn { PathSource::ReturnTypeNotation } else { PathSource::Type };
                let partial_res = self.smart_resolve_path(ty.id, qself, path, source);
                let is_trait = qself.is_none()
                    && matches!(partial_res.full_res(), Some(HirRes::Def(DefKind::Trait | DefKind::TraitAlias, _)));
                if is_trait {
                    // A trait object without `dyn`: it binds the lifetimes of `Fn(&u8)`.
                    let span = ty.span.shrink_to_lo().to(path.span.shrink_to_lo());
                    let kind = LifetimeBinderKind::PolyTrait;
                    self.with_generic_param_rib(&[], RibKind::Normal, ty.id, kind, span, |this| {
                        this.visit_path(path);
                    });
                } else {
                    visit::walk_ty(self, ty);
                }
            }
            TyKind::ImplicitSelf => {
                let self_ty = Ident::with_dummy_span(kw::SelfUpper);
                let finalize = Finalize::new(ty.id, ty.span);
                let res = self.resolve_ident(self_ty, TypeNS, Some(finalize)).map_or(HirRes::Err, |b| b.res());
                self.r.record_partial_res(ty.id, PartialRes::new(res));
            }
            TyKind::ImplTrait(..) => {
                let candidates = self.elision_candidates.take();
                visit::walk_ty(self, ty);
                self.elision_candidates = candidates;
            }
            TyKind::FnPtr(fn_ptr) => {
                let span = ty.span.shrink_to_lo().to(fn_ptr.decl_span.shrink_to_lo());
                let kind = LifetimeBinderKind::FnPtrType;
                let params = &fn_ptr.generic_params;
                self.with_generic_param_rib(params, RibKind::Normal, ty.id, kind, span, |this| {
                    this.resolve_generic_params(params, false);
                    let inputs: Vec<_> = fn_ptr.decl.inputs.iter().map(|param| (None, &*param.ty)).collect();
                    this.resolve_fn_signature(ty.id, false, &inputs, &fn_ptr.decl.output, false);
                });
            }
            TyKind::UnsafeBinder(binder) => {
                let span = ty.span.shrink_to_lo().to(binder.inner_ty.span.shrink_to_lo());
                let kind = LifetimeBinderKind::PolyTrait;
                let params = &binder.generic_params;
                self.with_generic_param_rib(params, RibKind::Normal, ty.id, kind, span, |this| {
                    this.resolve_generic_params(params, false);
                    this.with_lifetime_rib(LifetimeRibKind::AnonymousReportError, |this| {
                        this.visit_ty(&binder.inner_ty);
                    });
                });
            }
            TyKind::Array(element, length) => {
                self.visit_ty(element);
                self.resolve_anon_const(length, AnonConstKind::ConstArg { repeat: false });
            }
            TyKind::Pat(base, pattern) => {
                self.visit_ty(base);
                self.visit_ty_pat(pattern);
            }
            _ => visit::walk_ty(self, ty),
        }
        self.diag.current_type_path = orig_path;
    }

    pub(super) fn resolve_poly_trait_ref(&mut self, tref: &'ast PolyTraitRef) {
        let span = tref.span.shrink_to_lo().to(tref.trait_ref.path.span.shrink_to_lo());
        let id = tref.trait_ref.ref_id;
        let params = &tref.bound_generic_params;
        self.with_generic_param_rib(params, RibKind::Normal, id, LifetimeBinderKind::PolyTrait, span, |this| {
            this.resolve_generic_params(params, false);
            let source = PathSource::Trait(AliasPossibility::Maybe);
            this.smart_resolve_path(id, &None, &tref.trait_ref.path, source);
            this.visit_path(&tref.trait_ref.path);
        });
    }

    pub(super) fn resolve_param_bound(&mut self, bound: &'ast GenericBound) {
        match bound {
            GenericBound::Trait(tref) => self.visit_poly_trait_ref(tref),
            GenericBound::Outlives(lifetime) => self.visit_lifetime(lifetime, visit::LifetimeCtxt::Bound),
            GenericBound::Use(args, _) => {
                for arg in args {
                    match arg {
                        PreciseCapturingArg::Lifetime(lifetime) => {
                            self.visit_lifetime(lifetime, visit::LifetimeCtxt::GenericArg);
                        }
                        PreciseCapturingArg::Arg(path, id) => {
                            // A type or a const parameter.
                            let ident = path.segments[0].ident;
                            let in_types = self.resolve_ident(ident, TypeNS, None).is_some();
                            let in_values = self.resolve_ident(ident, ValueNS, None).is_some();
                            let ns = if in_values && !in_types { ValueNS } else { TypeNS };
                            self.smart_resolve_path(*id, &None, path, PathSource::PreciseCapturingArg(ns));
                        }
                    }
                }
            }
        }
    }

    pub(super) fn resolve_generic_arg(&mut self, arg: &'ast GenericArg) {
        let orig = std::mem::replace(&mut self.diag.currently_processing_generic_args, true);
        match arg {
            GenericArg::Lifetime(lifetime) => self.visit_lifetime(lifetime, visit::LifetimeCtxt::GenericArg),
            GenericArg::Const(constant) => {
                self.resolve_anon_const(constant, AnonConstKind::ConstArg { repeat: false });
            }
            GenericArg::Type(ty) => {
                // A single name may be a constant: if there is no type of this name but a value.
                if let TyKind::Path(None, path) = &ty.kind
                    && path.is_potential_trivial_const_arg()
                {
                    let ident = path.segments[0].ident;
                    let is_value = self.resolve_ident(ident, TypeNS, None).is_none()
                        && self.resolve_ident(ident, ValueNS, None).is_some();
                    if is_value {
                        self.resolve_anon_const_manual(true, AnonConstKind::ConstArg { repeat: false }, |this| {
                            this.smart_resolve_path(ty.id, &None, path, PathSource::Expr(None));
                            this.visit_path(path);
                        });
                        self.diag.currently_processing_generic_args = orig;
                        return;
                    }
                }
                self.visit_ty(ty);
            }
        }
        self.diag.currently_processing_generic_args = orig;
    }

    pub(super) fn resolve_assoc_item_constraint(&mut self, constraint: &'ast AssocItemConstraint) {
        if let Some(args) = &constraint.gen_args {
            self.with_lifetime_rib(LifetimeRibKind::AnonymousReportError, |this| this.visit_generic_args(args));
        }
        match &constraint.kind {
            AssocItemConstraintKind::Equality { term: Term::Ty(ty) } => self.visit_ty(ty),
            AssocItemConstraintKind::Equality { term: Term::Const(constant) } => {
                self.resolve_anon_const(constant, AnonConstKind::ConstArg { repeat: false });
            }
            AssocItemConstraintKind::Bound { bounds } => {
                for bound in bounds {
                    self.visit_param_bound(bound, visit::BoundKind::Bound);
                }
            }
        }
    }

    pub(super) fn resolve_path_segment_args(&mut self, segment: &'ast PathSegment) {
        let Some(args) = segment.args.as_deref() else { return };
        match args {
            GenericArgs::AngleBracketed(_) => visit::walk_generic_args(self, args),
            GenericArgs::Parenthesized(p_args) => {
                // The binder of `Fn(&u8) -> &u8` is the bound that it stands in.
                let binder = self.lifetime_ribs.iter().rev().find_map(|rib| match rib.kind {
                    LifetimeRibKind::Generics { binder, kind: LifetimeBinderKind::PolyTrait, .. } => Some(Some(binder)),
                    LifetimeRibKind::Item | LifetimeRibKind::Generics { .. } => Some(None),
                    _ => None,
                });
                match binder.flatten() {
                    Some(binder) => {
                        let inputs: Vec<_> = p_args.inputs.iter().map(|ty| (None, &**ty)).collect();
                        self.resolve_fn_signature(binder, false, &inputs, &p_args.output, false);
                    }
                    None => visit::walk_generic_args(self, args),
                }
            }
            GenericArgs::ParenthesizedElided(_) => {}
        }
    }

    pub(super) fn resolve_where_predicate(&mut self, predicate: &'ast WherePredicate) {
        let orig = self.diag.current_where_predicate.replace(predicate);
        self.with_lifetime_rib(LifetimeRibKind::AnonymousReportError, |this| match &predicate.kind {
            WherePredicateKind::BoundPredicate(bound) => {
                let span = predicate.span.shrink_to_lo().to(bound.bounded_ty.span.shrink_to_lo());
                let params = &bound.bound_generic_params;
                let kind = LifetimeBinderKind::WhereBound;
                this.with_generic_param_rib(params, RibKind::Normal, bound.bounded_ty.id, kind, span, |this| {
                    this.resolve_generic_params(params, false);
                    this.visit_ty(&bound.bounded_ty);
                    for bound in &bound.bounds {
                        this.visit_param_bound(bound, visit::BoundKind::Bound);
                    }
                });
            }
            WherePredicateKind::RegionPredicate(_) | WherePredicateKind::EqPredicate(_) => {
                visit::walk_where_predicate(this, predicate);
            }
        });
        self.diag.current_where_predicate = orig;
    }
}
