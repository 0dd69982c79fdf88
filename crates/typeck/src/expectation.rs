//! [`Expectation`]: what the context of an expression says of its type, a hint that inference may use.

use span::Span;
use ty::{Ty, TyKind};

use crate::FnCtxt;

/// A hint about an expression's type.
#[allow(clippy::enum_variant_names)]
#[derive(Clone, Copy, Debug)]
pub(crate) enum Expectation<'tcx> {
    NoExpectation,
    /// It must have this type, perhaps after coercion.
    ExpectHasType(Ty<'tcx>),
    /// It is the operand of a cast to this type.
    ExpectCastableToType(Ty<'tcx>),
    /// It is the referent of a reference to this unsized type: `&[a, b]` where `&[T]` is expected.
    ExpectRvalueLikeUnsized(Ty<'tcx>),
}

pub(crate) use Expectation::*;

impl<'tcx> Expectation<'tcx> {
    /// The expectation for the branches of an `if` or `match`: none if the type is not known yet, so that the
    /// branches' coercions decide.
    pub(crate) fn try_structurally_resolve_and_adjust_for_branches(
        &self,
        fcx: &FnCtxt<'_, 'tcx>,
        span: Span,
    ) -> Expectation<'tcx> {
        match *self {
            ExpectHasType(ety) => {
                let ety = fcx.try_structurally_resolve_type(span, ety);
                if !ety.is_ty_var() { ExpectHasType(ety) } else { NoExpectation }
            }
            ExpectRvalueLikeUnsized(ety) => ExpectRvalueLikeUnsized(ety),
            _ => NoExpectation,
        }
    }

    /// For the referent of `&e`: an unsized type tells about the value that will be unsized.
    pub(crate) fn rvalue_hint(fcx: &FnCtxt<'_, 'tcx>, ty: Ty<'tcx>) -> Expectation<'tcx> {
        let tail = fcx.tcx.struct_tail_raw(ty, |ty| fcx.try_structurally_resolve_type(span::DUMMY_SP, ty));
        match tail.kind() {
            TyKind::Slice(_) | TyKind::Str | TyKind::Dynamic(..) => ExpectRvalueLikeUnsized(ty),
            _ => ExpectHasType(ty),
        }
    }

    fn resolve(self, fcx: &FnCtxt<'_, 'tcx>) -> Expectation<'tcx> {
        match self {
            NoExpectation => NoExpectation,
            ExpectCastableToType(t) => ExpectCastableToType(fcx.resolve_vars_if_possible(t)),
            ExpectHasType(t) => ExpectHasType(fcx.resolve_vars_if_possible(t)),
            ExpectRvalueLikeUnsized(t) => ExpectRvalueLikeUnsized(fcx.resolve_vars_if_possible(t)),
        }
    }

    /// The type that the hint speaks of.
    pub(crate) fn to_option(self, fcx: &FnCtxt<'_, 'tcx>) -> Option<Ty<'tcx>> {
        match self.resolve(fcx) {
            NoExpectation => None,
            ExpectCastableToType(ty) | ExpectHasType(ty) | ExpectRvalueLikeUnsized(ty) => Some(ty),
        }
    }

    /// The type that the expression must have.
    pub(crate) fn only_has_type(self, fcx: &FnCtxt<'_, 'tcx>) -> Option<Ty<'tcx>> {
        match self {
            ExpectHasType(ty) => Some(fcx.resolve_vars_if_possible(ty)),
            _ => None,
        }
    }

    /// The type that the expression must have, or a fresh variable.
    pub(crate) fn coercion_target_type(self, fcx: &FnCtxt<'_, 'tcx>, span: Span) -> Ty<'tcx> {
        self.only_has_type(fcx).unwrap_or_else(|| fcx.next_ty_var(span))
    }
}
