//! Fallback of variables that nothing decides: `{integer}` to `i32`, `{float}` to `f64`, the type of diverging code to
//! `()` (up to edition 2021) or `!`.

use query::TyCtxt;
use span::{Edition, FxHashMap, FxHashSet};
use ty::{InferTy, Ty, TyKind, TyVid};

use crate::FnCtxt;

/// What diverging variables become.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum DivergingFallbackBehavior {
    /// Always to `()`.
    ToUnit,
    /// Always to `!` (edition 2024, `feature(never_type_fallback)`).
    ToNever,
}

pub(crate) fn behavior(tcx: TyCtxt<'_>) -> DivergingFallbackBehavior {
    if tcx.sess().edition() >= Edition::Edition2024 || tcx.feature(span::Symbol::intern("never_type_fallback")) {
        DivergingFallbackBehavior::ToNever
    } else {
        DivergingFallbackBehavior::ToUnit
    }
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Performs type inference fallback, setting `FnCtxt::fallback_has_occurred` if fallback has occurred.
    pub(crate) fn type_inference_fallback(&self) {
        // All type checking constraints were added, try to fallback unsolved variables.
        self.select_obligations_where_possible(|_| {});

        // Check if we have any unresolved variables. If not, no need for fallback.
        let unresolved_variables = self.unresolved_variables();
        if unresolved_variables.is_empty() {
            return;
        }
        let diverging_fallback = self.calculate_diverging_fallback(&unresolved_variables);

        // We do fallback before computing closure kinds.
        let mut fallback_occurred = false;
        for ty in unresolved_variables {
            fallback_occurred |= self.fallback_if_possible(ty, &diverging_fallback);
        }
        if fallback_occurred {
            self.fallback_has_occurred.set(true);
        }
        // See if we can make any more progress.
        self.select_obligations_where_possible(|_| {});
    }

    fn fallback_if_possible(&self, ty: Ty<'tcx>, diverging_fallback: &FxHashMap<Ty<'tcx>, Ty<'tcx>>) -> bool {
        // Careful: we do NOT shallow-resolve `ty`. We know that `ty` is an unsolved variable, and we determine its
        // fallback based solely on how it was created, not what other type variables it may have been unified with
        // since then.
        let fallback = match ty.kind() {
            _ if let Some(e) = self.tainted_by_errors() => Ty::new_error(*self.tcx, e),
            TyKind::Infer(InferTy::IntVar(_)) => self.tcx.types().i32,
            TyKind::Infer(InferTy::FloatVar(_)) => self.tcx.types().f64,
            _ => match diverging_fallback.get(&ty) {
                Some(&fallback_ty) => fallback_ty,
                None => return false,
            },
        };
        let span = match ty.ty_vid() {
            Some(vid) => self.type_vid_origin(vid).span,
            None => span::DUMMY_SP,
        };
        self.demand_eqtype(span, ty, fallback);
        true
    }

    /// The variables that stand for diverging code, or that such a one is coerced to.
    fn calculate_diverging_fallback(&self, unresolved_variables: &[Ty<'tcx>]) -> FxHashMap<Ty<'tcx>, Ty<'tcx>> {
        let roots: Vec<TyVid> = self
            .diverging_type_vars
            .borrow()
            .iter()
            .map(|&ty| self.shallow_resolve(ty))
            .filter_map(|ty| ty.ty_vid())
            .map(|vid| self.root_var(vid))
            .collect();
        if roots.is_empty() {
            return FxHashMap::default();
        }
        // The edges of the coercion graph: from pending `Coerce` goals.
        let mut edges: FxHashMap<TyVid, Vec<TyVid>> = FxHashMap::default();
        for obligation in self.fulfillment_cx.borrow().pending_obligations() {
            let pred = obligation.predicate.kind().skip_binder();
            let (a, b) = match pred {
                ty::PredicateKind::Coerce(p) => (p.a, p.b),
                _ => continue,
            };
            let a = self.shallow_resolve(a).ty_vid();
            let b = self.shallow_resolve(b).ty_vid();
            if let (Some(a), Some(b)) = (a, b) {
                edges.entry(self.root_var(a)).or_default().push(self.root_var(b));
            }
        }
        let mut reachable: FxHashSet<TyVid> = FxHashSet::default();
        let mut stack = roots;
        while let Some(v) = stack.pop() {
            if reachable.insert(v) {
                stack.extend(edges.get(&v).into_iter().flatten().copied());
            }
        }
        let to = match self.diverging_fallback_behavior {
            DivergingFallbackBehavior::ToUnit => self.tcx.mk_unit(),
            DivergingFallbackBehavior::ToNever => self.tcx.types().never,
        };
        unresolved_variables
            .iter()
            .filter_map(|&ty| {
                let vid = self.shallow_resolve(ty).ty_vid()?;
                reachable.contains(&self.root_var(vid)).then_some((ty, to))
            })
            .collect()
    }
}
