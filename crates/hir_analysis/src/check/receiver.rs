//! The type of `self`: `Self`, or what dereferences to it (E0307, E0658, E0801).

use diagnostics::codes::*;
use hir::LangItem;
use span::Span;
use trait_solve::traits::{Obligation, ObligationCause, ObligationCauseCode, ObligationCtxt, WellFormedLoc};
use ty::visit::TypeVisitableExt;
use ty::{AssocItem, Generics, TraitRef, Ty, TyKind};

use super::wfcheck::WfCx;
use crate::coherence::CheckResult;

/// Which `self` types are allowed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ArbitrarySelfTypes {
    /// Those whose steps implement `LegacyReceiver`.
    Stable,
    /// Those by way of `Receiver`.
    Basic,
    /// Raw pointers too.
    WithPointers,
}

enum Invalid {
    DoesNotDeref,
    MethodGenericParam,
}

pub(super) fn check_method_receiver<'tcx>(
    cx: &WfCx<'_, 'tcx>,
    sig: &hir::FnSig<'tcx>,
    method: &AssocItem,
    self_ty: Ty<'tcx>,
) -> CheckResult {
    if !method.is_method() {
        return Ok(());
    }
    let tcx = cx.tcx();
    let span = sig.decl.inputs[0].span;
    let loc = Some(WellFormedLoc::Param { function: method.def_id.expect_local(), param_idx: 0 });
    let fn_sig = tcx.fn_sig(method.def_id).instantiate_identity();
    let fn_sig = tcx.liberate_late_bound_regions(method.def_id, fn_sig);
    let self_ty = cx.normalize(span, loc, self_ty);
    let receiver_ty = cx.normalize(span, loc, fn_sig.inputs()[0]);
    receiver_ty.error_reported()?;
    self_ty.error_reported()?;
    let level = if tcx.feature(span::Symbol::intern("arbitrary_self_types_pointers")) {
        ArbitrarySelfTypes::WithPointers
    } else if tcx.feature(span::sym::arbitrary_self_types) {
        ArbitrarySelfTypes::Basic
    } else {
        ArbitrarySelfTypes::Stable
    };
    let generics = tcx.generics_of(method.def_id);
    let Err(why) = is_valid(cx, span, receiver_ty, self_ty, level, generics) else { return Ok(()) };
    let help = "consider changing to `self`, `&self`, `&mut self`, or a type implementing `Receiver` such as `self: Box<Self>`, `self: Rc<Self>`, or `self: Arc<Self>`";
    let would = |l| is_valid(cx, span, receiver_ty, self_ty, l, generics).is_ok();
    let gate = |feature: &str| {
        tcx.dcx()
            .struct_span_err(
                span,
                format!("`{receiver_ty}` cannot be used as the type of `self` without the `{feature}` feature"),
            )
            .with_code(E0658)
            .with_note("see issue #44874 <https://github.com/rust-lang/rust/issues/44874> for more information")
            .with_help(format!("add `#![feature({feature})]` to the crate attributes to enable"))
            .with_help(help)
            .emit()
    };
    if level == ArbitrarySelfTypes::Stable && would(ArbitrarySelfTypes::Basic) {
        return Err(gate("arbitrary_self_types"));
    }
    if level != ArbitrarySelfTypes::WithPointers && would(ArbitrarySelfTypes::WithPointers) {
        return Err(gate("arbitrary_self_types_pointers"));
    }
    Err(match why {
        Invalid::MethodGenericParam => tcx
            .dcx()
            .struct_span_err(span, format!("invalid generic `self` parameter type: `{receiver_ty}`"))
            .with_code(E0801)
            .with_note("type of `self` must not be a method generic parameter type")
            .with_help("use a concrete type such as `self`, `&self`, `&mut self`, `self: Box<Self>`, `self: Rc<Self>`, `self: Arc<Self>`, or `self: Pin<P>` (where P is one of the previous types except `Self`)")
            .emit(),
        Invalid::DoesNotDeref => {
            let err = tcx
                .dcx()
                .struct_span_err(span, format!("invalid `self` parameter type: `{receiver_ty}`"))
                .with_code(E0307);
            if level == ArbitrarySelfTypes::Stable {
                err.with_note("type of `self` must be `Self` or a type that dereferences to it")
                    .with_help("consider changing to `self`, `&self`, `&mut self`, `self: Box<Self>`, `self: Rc<Self>`, `self: Arc<Self>`, or `self: Pin<P>` (where P is one of the previous types except `Self`)")
                    .emit()
            } else {
                err.with_note("type of `self` must be `Self` or some type implementing `Receiver`").with_help(help).emit()
            }
        }
    })
}

fn not_method_param(ty: Ty<'_>, generics: &Generics) -> Result<(), Invalid> {
    if let TyKind::Param(p) = *ty.kind() {
        if p.index as usize >= generics.parent_count {
            return Err(Invalid::MethodGenericParam);
        }
    }
    Ok(())
}

fn unifies<'tcx>(cx: &WfCx<'_, 'tcx>, cause: &ObligationCause<'tcx>, a: Ty<'tcx>, b: Ty<'tcx>) -> bool {
    cx.infcx()
        .commit_if_ok(|_| {
            let ocx = ObligationCtxt::new(cx.infcx());
            match ocx.eq(cause, cx.param_env, a, b) {
                Ok(()) if ocx.select_all_or_error().is_empty() => Ok(()),
                _ => Err(()),
            }
        })
        .is_ok()
}

fn is_valid<'tcx>(
    cx: &WfCx<'_, 'tcx>,
    span: Span,
    receiver_ty: Ty<'tcx>,
    self_ty: Ty<'tcx>,
    level: ArbitrarySelfTypes,
    generics: &Generics,
) -> Result<(), Invalid> {
    let tcx = cx.tcx();
    let cause = cx.cause(span, ObligationCauseCode::MethodReceiver);
    if unifies(cx, &cause, self_ty, receiver_ty) {
        return Ok(());
    }
    let mut ty = receiver_ty;
    for _ in 0..128 {
        not_method_param(ty, generics)?;
        if unifies(cx, &cause, self_ty, ty) {
            return Ok(());
        }
        if level == ArbitrarySelfTypes::Stable {
            let Some(legacy) = tcx.lang_items().get(LangItem::LegacyReceiver) else { return Ok(()) };
            let trait_ref = TraitRef::new(*tcx, legacy, [ty]);
            let o = Obligation::new(tcx, cause.clone(), cx.param_env, trait_ref);
            if !cx.infcx().predicate_must_hold_modulo_regions(&o) {
                break;
            }
        }
        match deref_step(cx, &cause, ty, level) {
            Some(next) => ty = next,
            None => break,
        }
    }
    Err(Invalid::DoesNotDeref)
}

/// What a value of the type dereferences to.
fn deref_step<'tcx>(
    cx: &WfCx<'_, 'tcx>,
    cause: &ObligationCause<'tcx>,
    ty: Ty<'tcx>,
    level: ArbitrarySelfTypes,
) -> Option<Ty<'tcx>> {
    let tcx = cx.tcx();
    match *ty.kind() {
        TyKind::Ref(_, t, _) => return Some(cx.ocx.normalize(cause, cx.param_env, t)),
        TyKind::RawPtr(t, _) if level == ArbitrarySelfTypes::WithPointers => return Some(t),
        _ => {}
    }
    if let Some(t) = ty.boxed_ty() {
        return Some(t);
    }
    let lang = tcx.lang_items();
    let (trait_id, target) = if level == ArbitrarySelfTypes::Stable {
        (lang.deref_trait()?, lang.deref_target()?)
    } else {
        match (lang.receiver_trait(), lang.receiver_target()) {
            (Some(t), Some(target)) => (t, target),
            _ => (lang.deref_trait()?, lang.deref_target()?),
        }
    };
    let o = Obligation::new(tcx, cause.clone(), cx.param_env, TraitRef::new(*tcx, trait_id, [ty]));
    if !cx.infcx().predicate_may_hold(&o) {
        return None;
    }
    let ocx = ObligationCtxt::new(cx.infcx());
    let projection = tcx.mk_projection(target, tcx.mk_args(&[ty.into()]));
    let next = ocx.normalize(cause, cx.param_env, projection);
    if !ocx.select_where_possible().is_empty() {
        return None;
    }
    let next = cx.infcx().resolve_vars_if_possible(next);
    (!next.has_infer() && next != projection).then_some(next)
}
