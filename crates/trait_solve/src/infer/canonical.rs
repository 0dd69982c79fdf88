//! Canonical values for others: user type annotations and queries of borrow checking.

use span::Span;
use ty::fold::TypeFoldable;
use ty::{Canonical, GenericArgsRef, TypeVisitable, UniverseIndex};

use super::InferCtxt;
use crate::solve::canonical::{Canonicalizer, fresh_var, substitute};

/// What the numbered variables of a canonical value are in some context.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct CanonicalVarValues<'tcx> {
    pub var_values: GenericArgsRef<'tcx>,
}

impl<'tcx> CanonicalVarValues<'tcx> {
    pub fn len(&self) -> usize {
        self.var_values.len()
    }
}

impl<'tcx> InferCtxt<'tcx> {
    /// Numbers the variables of a value, in order of appearance.
    pub fn canonicalize_value<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(
        &self,
        value: T,
    ) -> (Canonical<'tcx, T>, CanonicalVarValues<'tcx>) {
        self.canonicalize_with(value, false)
    }
    /// As [`InferCtxt::canonicalize_value`] for a type that the user wrote: erased regions are variables, too.
    pub fn canonicalize_user_type_annotation<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(
        &self,
        value: T,
    ) -> Canonical<'tcx, T> {
        self.canonicalize_with(value, true).0
    }
    fn canonicalize_with<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(
        &self,
        value: T,
        all_regions: bool,
    ) -> (Canonical<'tcx, T>, CanonicalVarValues<'tcx>) {
        let value = self.resolve_vars_if_possible(value);
        let mut c = Canonicalizer::new(self);
        c.all_regions = all_regions;
        let value = value.fold_with(&mut c);
        let canonical =
            Canonical { value, max_universe: c.max_universe, variables: self.tcx.mk_canonical_vars(&c.infos) };
        let values = CanonicalVarValues { var_values: self.tcx.mk_args(&c.values) };
        (canonical, values)
    }
    /// A canonical value with fresh variables.
    pub fn instantiate_canonical<T: TypeFoldable<'tcx> + Clone>(
        &self,
        span: Span,
        canonical: &Canonical<'tcx, T>,
    ) -> (T, CanonicalVarValues<'tcx>) {
        let mut universes = vec![self.universe()];
        for _ in UniverseIndex::ROOT.as_u32()..canonical.max_universe.as_u32() {
            universes.push(self.create_next_universe());
        }
        let values: Vec<_> =
            canonical.variables.iter().map(|info| fresh_var(self, span, info, |u| universes[u.as_usize()])).collect();
        let args = self.tcx.mk_args(&values);
        let value = self.tcx.replace_escaping_bound_vars(
            canonical.value.clone(),
            ty::fold::FnMutDelegate {
                regions: &mut |br: ty::BoundRegion| args[br.var.as_usize()].expect_region(),
                types: &mut |bt: ty::BoundTy| args[bt.var.as_usize()].expect_ty(),
                consts: &mut |bc: ty::BoundVar| args[bc.as_usize()].expect_const(),
            },
        );
        (value, CanonicalVarValues { var_values: args })
    }
    /// A canonical value with these values.
    pub fn instantiate_canonical_with<T: TypeFoldable<'tcx> + TypeVisitable<'tcx> + Clone>(
        &self,
        canonical: &Canonical<'tcx, T>,
        values: &CanonicalVarValues<'tcx>,
    ) -> T {
        substitute(*self.tcx, canonical.value.clone(), values.var_values)
    }
}
