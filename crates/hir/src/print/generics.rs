//! Generic parameters, bounds, where clauses.

use super::Printer;
use crate::*;

impl Printer<'_, '_> {
    /// `<'a, T>`; fresh lifetimes have no names and are left out.
    pub(super) fn param_list(&mut self, params: &[GenericParam<'_>]) {
        let shown: Vec<_> = params.iter().filter(|param| !param.is_elided_lifetime()).collect();
        if shown.is_empty() {
            return;
        }
        self.w("<");
        self.comma(shown, |p, param| p.generic_param(param));
        self.w(">");
    }

    /// `for<'a> `
    pub(super) fn for_params(&mut self, params: &[GenericParam<'_>]) {
        if params.iter().any(|param| !param.is_elided_lifetime()) {
            self.w("for");
            self.param_list(params);
            self.w(" ");
        }
    }

    fn generic_param(&mut self, param: &GenericParam<'_>) {
        if let GenericParamKind::Const { .. } = param.kind {
            self.w("const ");
        }
        self.d(param.name.ident());
        match param.kind {
            GenericParamKind::Lifetime { .. } => {}
            GenericParamKind::Type { default, .. } => {
                if let Some(default) = default {
                    self.w(" = ");
                    self.ty(default);
                }
            }
            GenericParamKind::Const { ty, default } => {
                self.w(": ");
                self.ty(ty);
                if let Some(default) = default {
                    self.w(" = ");
                    self.const_arg(default);
                }
            }
        }
    }

    pub(super) fn where_clause(&mut self, generics: &Generics<'_>) {
        if generics.predicates.is_empty() {
            return;
        }
        self.w(" where ");
        self.comma(generics.predicates, |p, predicate| match predicate.kind {
            WherePredicateKind::BoundPredicate(pred) => {
                p.for_params(pred.bound_generic_params);
                p.ty(pred.bounded_ty);
                p.bounds(": ", pred.bounds);
            }
            WherePredicateKind::RegionPredicate(pred) => {
                p.d(pred.lifetime);
                p.bounds(": ", pred.bounds);
            }
            WherePredicateKind::EqPredicate(pred) => {
                p.ty(pred.lhs_ty);
                p.w(" = ");
                p.ty(pred.rhs_ty);
            }
        });
    }

    pub(super) fn bounds(&mut self, prefix: &str, bounds: GenericBounds<'_>) {
        if bounds.is_empty() {
            return;
        }
        self.w(prefix);
        for (i, bound) in bounds.iter().enumerate() {
            if i > 0 {
                self.w(" + ");
            }
            match bound {
                GenericBound::Trait(tr) => self.poly_trait_ref(tr),
                GenericBound::Outlives(lt) => self.d(lt),
                GenericBound::Use(args, _) => {
                    self.w("use<");
                    self.comma(*args, |p, arg| match arg {
                        PreciseCapturingArg::Lifetime(lt) => p.d(lt),
                        PreciseCapturingArg::Param(param) => p.d(param.ident),
                    });
                    self.w(">");
                }
            }
        }
    }

    pub(super) fn poly_trait_ref(&mut self, tr: &PolyTraitRef<'_>) {
        self.for_params(tr.bound_generic_params);
        match tr.modifiers.constness {
            BoundConstness::Never => {}
            BoundConstness::Always(_) => self.w("const "),
            BoundConstness::Maybe(_) => self.w("[const] "),
        }
        self.w(tr.modifiers.polarity.as_str());
        self.path(tr.trait_ref.path, false);
    }
}
