//! Autoderef: the types a value of a type dereferences to, step by step.

use trait_solve::infer::InferOk;
use trait_solve::traits::NormalizeExt as _;
use trait_solve::traits::{Obligation, PredicateObligations};
use ty::adjustment::{Adjust, Adjustment, OverloadedDeref};
use ty::{TraitRef, Ty, TyKind};

use crate::FnCtxt;
use diagnostics::codes::*;
use span::Span;

/// How a step dereferences.
#[derive(Clone, Copy, Debug)]
pub(crate) enum AutoderefKind {
    /// A true pointer type, such as `&T` and `*mut T`.
    Builtin,
    /// A type which must dispatch to a `Deref` implementation.
    Overloaded,
}

/// The iteration. Each item is the type after that many steps.
pub(crate) struct Autoderef<'a, 'tcx> {
    fcx: &'a FnCtxt<'a, 'tcx>,
    span: Span,
    steps: Vec<(Ty<'tcx>, AutoderefKind)>,
    cur_ty: Ty<'tcx>,
    obligations: PredicateObligations<'tcx>,
    at_start: bool,
    reached_recursion_limit: bool,
    reached_raw_pointer: bool,
    include_raw_pointers: bool,
    silence_errors: bool,
    use_receiver_trait: bool,
}

impl<'a, 'tcx> Iterator for Autoderef<'a, 'tcx> {
    type Item = (Ty<'tcx>, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let tcx = self.fcx.tcx;
        if self.at_start {
            self.at_start = false;
            return Some((self.cur_ty, 0));
        }
        // If we have reached the recursion limit, error gracefully.
        if self.steps.len() >= 128 {
            if !self.silence_errors && !self.reached_recursion_limit {
                let ty = self.fcx.resolve_vars_if_possible(self.cur_ty);
                let diag = self
                    .fcx
                    .err(
                        self.span,
                        E0055,
                        format!("reached the recursion limit while auto-dereferencing `{ty}`"),
                    )
                    .with_span_label(self.span, "deref recursion limit reached")
                    .with_help(format!(
                        "consider increasing the recursion limit by adding a `#![recursion_limit = \"256\"]` attribute to your crate (`{}`)",
                        tcx.local_crate_name()
                    ));
                self.fcx.emit(diag);
            }
            self.reached_recursion_limit = true;
            return None;
        }
        if self.cur_ty.is_ty_var() {
            return None;
        }

        // Otherwise, deref if type is derefable. NOTE: in the case of self.use_receiver_trait = true, you might think
        // it would be easier to just use the Receiver trait.
        let (kind, new_ty) = if let Some(ty) = builtin_deref(self.cur_ty, self.include_raw_pointers) {
            if matches!(self.cur_ty.kind(), TyKind::RawPtr(..)) {
                self.reached_raw_pointer = true;
            }
            let ty = self.fcx.try_structurally_resolve_type(self.span, ty);
            (AutoderefKind::Builtin, ty)
        } else {
            let ty = self.overloaded_deref_ty(self.cur_ty)?;
            // The overloaded deref check already normalizes the pointee type.
            (AutoderefKind::Overloaded, ty)
        };
        self.steps.push((self.cur_ty, kind));
        self.cur_ty = new_ty;
        Some((self.cur_ty, self.steps.len()))
    }
}

/// What derefs built in: references, boxes, and raw pointers if asked for.
fn builtin_deref<'tcx>(ty: Ty<'tcx>, raw: bool) -> Option<Ty<'tcx>> {
    match *ty.kind() {
        TyKind::Ref(_, t, _) => Some(t),
        TyKind::RawPtr(t, _) if raw => Some(t),
        _ => ty.boxed_ty(),
    }
}

impl<'a, 'tcx> Autoderef<'a, 'tcx> {
    fn overloaded_deref_ty(&mut self, ty: Ty<'tcx>) -> Option<Ty<'tcx>> {
        // Types that surely have no `Deref` impl.
        if !may_have_deref_impl(ty) {
            return None;
        }
        let tcx = self.fcx.tcx;
        let lang = tcx.lang_items();
        let (trait_def_id, target_def_id) =
            if self.use_receiver_trait && self.fcx.feature(span::sym::arbitrary_self_types) {
                (lang.receiver_trait()?, lang.receiver_target()?)
            } else {
                (lang.deref_trait()?, lang.deref_target()?)
            };
        let trait_ref = TraitRef::new(*tcx, trait_def_id, [ty]);
        let cause = self.fcx.misc(self.span);
        let obligation = Obligation::new(tcx, cause.clone(), self.fcx.param_env, trait_ref);
        // We detect whether the self type implements `Deref` before trying to structurally normalize.
        if !self.fcx.predicate_may_hold(&obligation) {
            return None;
        }
        let projection = tcx.mk_projection(target_def_id, tcx.mk_args(&[ty.into()]));
        let InferOk { value: normalized, obligations } = self.fcx.at(&cause, self.fcx.param_env).normalize(projection);
        let normalized = {
            let t = self.fcx.shallow_resolve(normalized);
            if t.is_ty_var() || matches!(t.kind(), TyKind::Alias(..)) {
                // The pending obligations tell what the target is.
                let ocx = trait_solve::traits::ObligationCtxt::new(&self.fcx.root_ctxt.infcx);
                ocx.register_obligations(obligations);
                if !ocx.try_evaluate_obligations().is_empty() {
                    return None;
                }
                self.obligations.extend(ocx.into_pending_obligations());
                self.fcx.try_structurally_resolve_type(self.span, t)
            } else {
                self.obligations.extend(obligations);
                t
            }
        };
        Some(self.fcx.resolve_vars_if_possible(normalized))
    }

    /// Returns the final type we ended up with, which may be an unresolved inference variable.
    pub(crate) fn final_ty(&self) -> Ty<'tcx> {
        self.fcx.resolve_vars_if_possible(self.cur_ty)
    }
    pub(crate) fn step_count(&self) -> usize {
        self.steps.len()
    }
    pub(crate) fn into_obligations(self) -> PredicateObligations<'tcx> {
        self.obligations
    }
    pub(crate) fn span(&self) -> Span {
        self.span
    }
    /// Also dereference through raw pointer types: `*const T` as a method's receiver.
    pub(crate) fn include_raw_pointers(mut self) -> Self {
        self.include_raw_pointers = true;
        self
    }
    pub(crate) fn silence_errors(mut self) -> Self {
        self.silence_errors = true;
        self
    }
}

fn may_have_deref_impl(ty: Ty<'_>) -> bool {
    matches!(
        ty.kind(),
        TyKind::Adt(..) | TyKind::Param(_) | TyKind::Alias(..) | TyKind::Placeholder(_) | TyKind::Dynamic(..)
    )
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn autoderef(&'a self, span: Span, base_ty: Ty<'tcx>) -> Autoderef<'a, 'tcx> {
        Autoderef {
            fcx: self,
            span,
            steps: Vec::new(),
            cur_ty: self.try_structurally_resolve_type(span, base_ty),
            obligations: PredicateObligations::new(),
            at_start: true,
            reached_recursion_limit: false,
            reached_raw_pointer: false,
            include_raw_pointers: false,
            silence_errors: false,
            use_receiver_trait: false,
        }
    }

    /// The adjustments for the steps taken so far.
    pub(crate) fn adjust_steps(&self, autoderef: &Autoderef<'_, 'tcx>) -> InferOk<'tcx, Vec<Adjustment<'tcx>>> {
        let steps = &autoderef.steps;
        let mut obligations = PredicateObligations::new();
        if steps.is_empty() {
            return InferOk { value: vec![], obligations };
        }
        let targets = steps.iter().skip(1).map(|&(ty, _)| ty).chain(std::iter::once(autoderef.final_ty()));
        let adjustments = steps
            .iter()
            .map(|&(source, kind)| {
                if let AutoderefKind::Overloaded = kind {
                    self.try_overloaded_deref(autoderef.span, source).and_then(
                        |InferOk { value: method, obligations: o }| {
                            obligations.extend(o);
                            if let TyKind::Ref(_, _, mutbl) = *method.sig.output().kind() {
                                Some(OverloadedDeref { mutbl, span: autoderef.span })
                            } else {
                                None
                            }
                        },
                    )
                } else {
                    None
                }
            })
            .zip(targets)
            .map(|(autoderef, target)| Adjustment { kind: Adjust::Deref(autoderef), target })
            .collect();
        InferOk { value: adjustments, obligations }
    }
}
