//! Opaque types (`impl Trait`) that the current body defines, and their hidden types.

use span::FxIndexMap;
use span::Span;
use span::def_id::LocalDefId;
use ty::error::{ExpectedFound, TypeError};
use ty::visit::TypeVisitableExt;
use ty::{
    AliasTy, AliasTyKind, ClauseKind, EarlyBinder, GenericArgsRef, Interner, OpaqueHiddenType, ParamEnv, Ty, TyKind,
    TypeFoldable, TypeFolder, TypeSuperFoldable,
};

use super::{DefineOpaqueTypes, InferCtxt, InferOk, InferResult};
use crate::traits::{Obligation, ObligationCause, ObligationCauseCode, PredicateObligations};

/// An opaque type of the current crate with arguments.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::TypeFoldable, macros::TypeVisitable)]
pub struct OpaqueTypeKey<'tcx> {
    pub def_id: LocalDefId,
    pub args: GenericArgsRef<'tcx>,
}

/// The hidden types found.
#[derive(Clone, Debug, Default)]
pub struct OpaqueTypeStorage<'tcx> {
    map: FxIndexMap<OpaqueTypeKey<'tcx>, OpaqueHiddenType<'tcx>>,
    /// What was there before, for each registration.
    log: Vec<(OpaqueTypeKey<'tcx>, Option<OpaqueHiddenType<'tcx>>)>,
}

impl<'tcx> OpaqueTypeStorage<'tcx> {
    pub(crate) fn log_len(&self) -> usize {
        self.log.len()
    }
    pub(crate) fn rollback_to(&mut self, len: usize) {
        for (key, before) in self.log.drain(len.min(self.log.len())..).rev() {
            match before {
                Some(hidden) => self.map.insert(key, hidden),
                None => self.map.shift_remove(&key),
            };
        }
    }
    fn register(&mut self, key: OpaqueTypeKey<'tcx>, hidden: OpaqueHiddenType<'tcx>) {
        let before = self.map.insert(key, hidden);
        self.log.push((key, before));
    }
    /// All, in the order of registration.
    pub fn iter(&self) -> impl Iterator<Item = (OpaqueTypeKey<'tcx>, OpaqueHiddenType<'tcx>)> + '_ {
        self.map.iter().map(|(k, v)| (*k, *v))
    }
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }
}

impl<'tcx> InferCtxt<'tcx> {
    /// Takes the hidden types.
    pub fn take_opaque_types(&self) -> Vec<(OpaqueTypeKey<'tcx>, OpaqueHiddenType<'tcx>)> {
        let mut inner = self.inner.borrow_mut();
        std::mem::take(&mut inner.opaque_types.map).into_iter().collect()
    }
    /// A copy of the hidden types.
    pub fn clone_opaque_types(&self) -> Vec<(OpaqueTypeKey<'tcx>, OpaqueHiddenType<'tcx>)> {
        self.inner.borrow().opaque_types.iter().collect()
    }
    /// The hidden type known of an opaque type.
    pub fn probe_opaque_hidden_type(&self, key: OpaqueTypeKey<'tcx>) -> Option<Ty<'tcx>> {
        self.inner.borrow().opaque_types.map.get(&key).map(|h| h.ty)
    }
    /// Notes a hidden type; one that was known before is returned instead.
    pub fn register_hidden_type_in_storage(
        &self,
        key: OpaqueTypeKey<'tcx>,
        hidden: OpaqueHiddenType<'tcx>,
    ) -> Option<Ty<'tcx>> {
        if let Some(prev) = self.probe_opaque_hidden_type(key) {
            // A variable that was only found to be the type itself says nothing: `fn f() -> impl Sized { .. f() .. }`.
            if !self.is_opaque_of(prev, key) {
                return Some(prev);
            }
        }
        self.inner.borrow_mut().opaque_types.register(key, hidden);
        None
    }

    /// Whether a type is known to be the opaque type itself, perhaps by way of others.
    fn is_opaque_of(&self, mut ty: Ty<'tcx>, key: OpaqueTypeKey<'tcx>) -> bool {
        let known = self.inner.borrow().opaque_types.map.len();
        for _ in 0..=known {
            let TyKind::Alias(AliasTyKind::Opaque, alias) = *self.shallow_resolve(ty).kind() else { return false };
            let Some(def_id) = alias.def_id.as_local() else { return false };
            let next = OpaqueTypeKey { def_id, args: alias.args };
            if next == key {
                return true;
            }
            match self.probe_opaque_hidden_type(next) {
                Some(hidden) => ty = hidden,
                None => return false,
            }
        }
        true
    }

    /// Replaces the opaque types that are defined here by variables: for a body's return type.
    pub fn replace_opaque_types_with_inference_vars<T: TypeFoldable<'tcx>>(
        &self,
        value: T,
        body_id: LocalDefId,
        span: Span,
        param_env: ParamEnv<'tcx>,
    ) -> InferOk<'tcx, T> {
        let mut folder = ReplaceOpaques { infcx: self, body_id, span, param_env, obligations: Vec::new() };
        let value = value.fold_with(&mut folder);
        InferOk { value, obligations: folder.obligations }
    }

    /// One side is an opaque type: if it is defined here, the other is its hidden type.
    pub fn handle_opaque_type(
        &self,
        a: Ty<'tcx>,
        b: Ty<'tcx>,
        span: Span,
        param_env: ParamEnv<'tcx>,
    ) -> Result<PredicateObligations<'tcx>, TypeError<'tcx>> {
        let process = |a: Ty<'tcx>, b: Ty<'tcx>| match *a.kind() {
            TyKind::Alias(AliasTyKind::Opaque, alias) => {
                let def_id = self.as_definable_opaque(alias.def_id)?;
                if let TyKind::Alias(AliasTyKind::Opaque, other) = *b.kind() {
                    // Two types of the same definition were compared by the caller.
                    if other.def_id == alias.def_id {
                        return None;
                    }
                }
                Some(self.register_hidden_type(OpaqueTypeKey { def_id, args: alias.args }, span, param_env, b))
            }
            _ => None,
        };
        if let Some(r) = process(a, b) {
            return r;
        }
        if let Some(r) = process(b, a) {
            return r;
        }
        Err(TypeError::Sorts(ExpectedFound::new(a, b)))
    }

    fn register_hidden_type(
        &self,
        key: OpaqueTypeKey<'tcx>,
        span: Span,
        param_env: ParamEnv<'tcx>,
        hidden_ty: Ty<'tcx>,
    ) -> Result<PredicateObligations<'tcx>, TypeError<'tcx>> {
        let tcx = self.tcx;
        let mut obligations = Vec::new();
        let hidden = OpaqueHiddenType { span, ty: hidden_ty };
        match self.register_hidden_type_in_storage(key, hidden) {
            Some(prev) => {
                let cause = ObligationCause::dummy_with_span(span);
                let ok = self.at(&cause, param_env).eq(DefineOpaqueTypes::Yes, prev, hidden_ty)?;
                obligations.extend(ok.obligations);
            }
            None => self.add_item_bounds_for_hidden_type(key, span, param_env, hidden_ty, &mut obligations),
        }
        let _ = tcx;
        Ok(obligations)
    }

    /// The opaque type's bounds, about its hidden type.
    pub fn add_item_bounds_for_hidden_type(
        &self,
        key: OpaqueTypeKey<'tcx>,
        span: Span,
        param_env: ParamEnv<'tcx>,
        hidden_ty: Ty<'tcx>,
        obligations: &mut PredicateObligations<'tcx>,
    ) {
        let tcx = self.tcx;
        let opaque = tcx.mk_alias(AliasTyKind::Opaque, key.def_id.to_def_id(), key.args);
        obligations.push(Obligation::new(
            tcx,
            ObligationCause::dummy_with_span(span),
            param_env,
            ClauseKind::WellFormed(hidden_ty.into()),
        ));
        let bounds = tcx.explicit_item_bounds(key.def_id.to_def_id());
        for &(clause, bound_span) in bounds.skip_binder() {
            let clause = EarlyBinder::bind(clause).instantiate(*tcx, key.args);
            // The bounds speak of the opaque type: they are to hold for what it hides.
            let mut replace = ReplaceTy { cx: *tcx, from: opaque, to: hidden_ty };
            let predicate = clause.as_predicate().super_fold_with(&mut replace);
            let cause = ObligationCause::new(
                span,
                tcx.opt_local_parent(key.def_id).unwrap_or(key.def_id),
                match bound_span.is_dummy() {
                    true => ObligationCauseCode::Misc,
                    false => ObligationCauseCode::OpaqueReturnType(None),
                },
            );
            let predicate = if predicate.has_aliases() {
                let n = crate::traits::normalize::normalize_with_depth(self, param_env, &cause, 0, predicate);
                obligations.extend(n.obligations);
                n.value
            } else {
                predicate
            };
            obligations.push(Obligation { cause, param_env, predicate, recursion_depth: 0 });
        }
    }

    /// Relates an opaque type's hidden type: as in [`InferCtxt::handle_opaque_type`], with obligations.
    pub fn define_opaque(
        &self,
        a: Ty<'tcx>,
        b: Ty<'tcx>,
        span: Span,
        param_env: ParamEnv<'tcx>,
    ) -> InferResult<'tcx, ()> {
        Ok(InferOk { value: (), obligations: self.handle_opaque_type(a, b, span, param_env)? })
    }
}

struct ReplaceTy<'tcx> {
    cx: Interner<'tcx>,
    from: Ty<'tcx>,
    to: Ty<'tcx>,
}

impl<'tcx> TypeFolder<'tcx> for ReplaceTy<'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        self.cx
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        if t == self.from {
            self.to
        } else if t.has_opaque_types() {
            t.super_fold_with(self)
        } else {
            t
        }
    }
}

struct ReplaceOpaques<'a, 'tcx> {
    infcx: &'a InferCtxt<'tcx>,
    body_id: LocalDefId,
    span: Span,
    param_env: ParamEnv<'tcx>,
    obligations: PredicateObligations<'tcx>,
}

impl<'tcx> TypeFolder<'tcx> for ReplaceOpaques<'_, 'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        *self.infcx.tcx
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        if !t.has_opaque_types() {
            return t;
        }
        match *t.kind() {
            TyKind::Alias(AliasTyKind::Opaque, AliasTy { def_id, args })
                if self.infcx.can_define_opaque_ty(def_id) && !t.has_escaping_bound_vars() =>
            {
                let key = OpaqueTypeKey { def_id: def_id.expect_local(), args };
                if let Some(known) = self.infcx.probe_opaque_hidden_type(key) {
                    return known;
                }
                let span = self.infcx.tcx.def_span(def_id);
                let span = if span.is_dummy() { self.span } else { span };
                let var = self.infcx.next_ty_var(span);
                let cause = ObligationCause::new(self.span, self.body_id, ObligationCauseCode::OpaqueReturnType(None));
                let hidden = OpaqueHiddenType { span: self.span, ty: var };
                self.infcx.register_hidden_type_in_storage(key, hidden);
                let _ = cause;
                self.infcx.add_item_bounds_for_hidden_type(key, self.span, self.param_env, var, &mut self.obligations);
                var
            }
            _ => t.super_fold_with(self),
        }
    }
}
