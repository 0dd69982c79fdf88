//! Whether a trait can be made into an object (Reference, "Dyn compatibility").

use ::query::TyCtxt;
pub use ::query::{DynCompatibilityViolation, MethodViolation};
use hir::LangItem;
use span::Span;
use span::def_id::DefId;
use ty::visit::{TypeSuperVisitable, TypeVisitable, TypeVisitor};
use ty::{AliasTyKind, AssocItem, AssocKind, ClauseKind, Ty, TyKind, TypingMode};

use super::{Obligation, ObligationCause, Upcast, elaborate, supertrait_def_ids};
use crate::infer::TyCtxtInferExt;

/// Provides `dyn_compatibility_violations`.
pub fn dyn_compatibility_violations(tcx: TyCtxt<'_>, trait_def_id: DefId) -> &[DynCompatibilityViolation] {
    tcx.dyn_compatibility_violations(trait_def_id)
}

/// The violations that can be seen before types are lowered: of supertraits.
pub fn hir_ty_lowering_dyn_compatibility_violations(
    tcx: TyCtxt<'_>,
    trait_def_id: DefId,
) -> Vec<DynCompatibilityViolation> {
    supertrait_def_ids(tcx, trait_def_id)
        .map(|d| supertrait_self_spans(tcx, d, true))
        .filter(|s| !s.is_empty())
        .map(DynCompatibilityViolation::SupertraitSelf)
        .collect()
}

/// Whether the trait can be made into an object.
pub fn is_dyn_compatible(tcx: TyCtxt<'_>, trait_def_id: DefId) -> bool {
    tcx.is_dyn_compatible(trait_def_id)
}

pub(crate) fn violations_of_all(tcx: TyCtxt<'_>, trait_def_id: DefId) -> &[DynCompatibilityViolation] {
    let all: Vec<_> = supertrait_def_ids(tcx, trait_def_id).flat_map(|d| violations_for_trait(tcx, d)).collect();
    tcx.arena().alloc(all)
}

fn violations_for_trait(tcx: TyCtxt<'_>, trait_def_id: DefId) -> Vec<DynCompatibilityViolation> {
    let mut out = Vec::new();
    for item in tcx.associated_items(trait_def_id).in_definition_order() {
        item_violations(tcx, trait_def_id, item, &mut out);
    }
    if trait_has_sized_self(tcx, trait_def_id) {
        let spans = sized_spans(tcx, trait_def_id);
        out.push(DynCompatibilityViolation::SizedSelf(spans));
    } else if tcx.trait_def(trait_def_id).force_dyn_incompatible {
        out.push(DynCompatibilityViolation::SizedSelf(vec![tcx.def_span(trait_def_id)]));
    }
    let spans = supertrait_self_spans(tcx, trait_def_id, false);
    if !spans.is_empty() {
        out.push(DynCompatibilityViolation::SupertraitSelf(spans));
    }
    out
}

fn sized_spans(tcx: TyCtxt<'_>, trait_def_id: DefId) -> Vec<Span> {
    let mut spans: Vec<Span> = tcx
        .explicit_super_predicates_of(trait_def_id)
        .skip_binder()
        .iter()
        .filter(|(c, _)| match c.kind().skip_binder() {
            ClauseKind::Trait(t) => {
                tcx.is_lang_item(t.def_id(), LangItem::Sized) || trait_has_sized_self(tcx, t.def_id())
            }
            _ => false,
        })
        .map(|&(_, s)| s)
        .collect();
    if spans.is_empty() {
        spans.push(tcx.def_span(trait_def_id));
    }
    spans
}

fn trait_has_sized_self(tcx: TyCtxt<'_>, trait_def_id: DefId) -> bool {
    generics_require_sized_self(tcx, trait_def_id)
}

/// Whether a trait or its item has `where Self: Sized`, by implication too.
pub fn generics_require_sized_self(tcx: TyCtxt<'_>, def_id: DefId) -> bool {
    let Some(sized) = tcx.lang_items().sized_trait() else {
        return false;
    };
    let clauses: Vec<_> = tcx.all_predicates_of(def_id).into_iter().map(|(c, _)| c).collect();
    elaborate(tcx, clauses).any(|c: ty::Clause<'_>| match c.kind().skip_binder() {
        ClauseKind::Trait(t) => t.def_id() == sized && t.self_ty().is_param(0),
        _ => false,
    })
}

/// The places where supertraits mention `Self` in their arguments.
fn supertrait_self_spans(tcx: TyCtxt<'_>, trait_def_id: DefId, supertraits_only: bool) -> Vec<Span> {
    let predicates = if supertraits_only {
        tcx.explicit_super_predicates_of(trait_def_id).skip_binder().to_vec()
    } else {
        tcx.predicates_of(trait_def_id).predicates.to_vec()
    };
    let mut spans = Vec::new();
    for (c, span) in predicates {
        let mentions = match c.kind().skip_binder() {
            ClauseKind::Trait(t) => t.trait_ref.args[1..].iter().any(|&a| contains_self(tcx, trait_def_id, a, false)),
            ClauseKind::Projection(p) => {
                p.projection_term.args[1..].iter().any(|&a| contains_self(tcx, trait_def_id, a, false))
            }
            _ => false,
        };
        if mentions && !spans.contains(&span) {
            spans.push(span);
        }
    }
    spans
}

fn item_violations(tcx: TyCtxt<'_>, trait_def_id: DefId, item: &AssocItem, out: &mut Vec<DynCompatibilityViolation>) {
    // `where Self: Sized` takes an item out of objects.
    if generics_require_sized_self(tcx, item.def_id) {
        return;
    }
    let span = tcx.def_ident_span(item.def_id).unwrap_or_else(|| tcx.def_span(item.def_id));
    match item.kind {
        AssocKind::Const { name } => {
            out.push(DynCompatibilityViolation::AssocConst(name, span));
        }
        AssocKind::Fn { name, .. } => {
            if let Some(v) = method_violation(tcx, trait_def_id, item) {
                let span = match (&v, tcx.def_span(item.def_id)) {
                    (MethodViolation::ReferencesSelfInput(Some(s)), _) => *s,
                    (MethodViolation::UndispatchableReceiver(Some(s)), _) => *s,
                    (MethodViolation::ReferencesImplTraitInTrait(s), _) => *s,
                    (MethodViolation::ReferencesSelfOutput, _) => output_span(tcx, item).unwrap_or(span),
                    _ => span,
                };
                out.push(DynCompatibilityViolation::Method(name, v, span));
            }
        }
        AssocKind::Type { .. } => {
            if item.is_impl_trait_in_trait() {
                return;
            }
            if !tcx.generics_of(item.def_id).own_params.is_empty() {
                out.push(DynCompatibilityViolation::Gat(item.name(), span));
            }
        }
    }
}

fn output_span(tcx: TyCtxt<'_>, item: &AssocItem) -> Option<Span> {
    let local = item.def_id.as_local()?;
    let decl = fn_decl(tcx, local)?;
    Some(decl.output.span())
}

fn input_span(tcx: TyCtxt<'_>, item: &AssocItem, i: usize) -> Option<Span> {
    let local = item.def_id.as_local()?;
    let decl = fn_decl(tcx, local)?;
    decl.inputs.get(i).map(|t| t.span)
}

/// Why a method cannot be called on an object.
fn method_violation(tcx: TyCtxt<'_>, trait_def_id: DefId, method: &AssocItem) -> Option<MethodViolation> {
    let sig = tcx.fn_sig(method.def_id).instantiate_identity();
    if !method.is_method() {
        return Some(MethodViolation::StaticMethod);
    }
    for (i, &input) in sig.skip_binder().inputs().iter().enumerate().skip(1) {
        if contains_self(tcx, trait_def_id, input.into(), true) {
            return Some(MethodViolation::ReferencesSelfInput(input_span(tcx, method, i)));
        }
    }
    if contains_self(tcx, trait_def_id, sig.skip_binder().output().into(), true) {
        return Some(MethodViolation::ReferencesSelfOutput);
    }
    if tcx.asyncness(method.def_id) {
        return Some(MethodViolation::AsyncFn);
    }
    if contains_rpitit(tcx, sig.skip_binder().output()) {
        return Some(MethodViolation::ReferencesImplTraitInTrait(
            output_span(tcx, method).unwrap_or_else(|| tcx.def_span(method.def_id)),
        ));
    }
    if tcx.generics_of(method.def_id).own_requires_monomorphization() {
        return Some(MethodViolation::Generic);
    }
    let receiver = tcx.liberate_late_bound_regions(method.def_id, sig.input(0));
    if receiver != tcx.types().self_param && !receiver_is_dispatchable(tcx, method, receiver) {
        return Some(MethodViolation::UndispatchableReceiver(input_span(tcx, method, 0)));
    }
    // A `where` clause on the method itself that mentions `Self`.
    let own = tcx.predicates_of(method.def_id);
    for (c, _) in own.predicates {
        let is_self_trait = match c.kind().skip_binder() {
            ClauseKind::Trait(t) => {
                // `Self: AutoTrait` may be checked on the object.
                t.self_ty().is_param(0) && tcx.trait_is_auto(t.def_id())
            }
            ClauseKind::RegionOutlives(_) => true,
            ClauseKind::TypeOutlives(_) => true,
            _ => false,
        };
        if !is_self_trait && clause_contains_self(tcx, trait_def_id, *c) {
            return Some(MethodViolation::WhereClauseReferencesSelf);
        }
    }
    None
}

fn clause_contains_self<'tcx>(tcx: TyCtxt<'tcx>, trait_def_id: DefId, c: ty::Clause<'tcx>) -> bool {
    let mut v = ContainsSelf { tcx, trait_def_id, allow_projections: true };
    c.as_predicate().super_visit_with(&mut v).is_break()
}

/// Whether a type mentions `Self` other than in a projection of the trait itself.
fn contains_self<'tcx>(
    tcx: TyCtxt<'tcx>,
    trait_def_id: DefId,
    arg: ty::GenericArg<'tcx>,
    allow_projections: bool,
) -> bool {
    let mut v = ContainsSelf { tcx, trait_def_id, allow_projections };
    arg.visit_with(&mut v).is_break()
}

struct ContainsSelf<'tcx> {
    tcx: TyCtxt<'tcx>,
    trait_def_id: DefId,
    allow_projections: bool,
}

impl<'tcx> ContainsSelf<'tcx> {
    fn is_supertrait(&self, trait_ref: ty::TraitRef<'tcx>) -> bool {
        let tcx = self.tcx;
        if trait_ref.def_id == self.trait_def_id {
            return true;
        }
        let own = ty::TraitRef::new_from_args(self.trait_def_id, tcx.identity_args_for(self.trait_def_id));
        let erased = tcx.erase_regions(trait_ref);
        super::supertraits(tcx, ty::Binder::dummy(own))
            .any(|s| s.def_id() == trait_ref.def_id && tcx.erase_regions(s.skip_binder()) == erased)
    }
}

impl<'tcx> TypeVisitor<'tcx> for ContainsSelf<'tcx> {
    type Break = ();
    fn visit_ty(&mut self, t: Ty<'tcx>) -> std::ops::ControlFlow<()> {
        match *t.kind() {
            TyKind::Param(p) if p.index == 0 => std::ops::ControlFlow::Break(()),
            TyKind::Alias(AliasTyKind::Projection, alias) => {
                if is_rpitit(self.tcx, alias.def_id) {
                    // Said apart.
                    return std::ops::ControlFlow::Continue(());
                }
                if self.allow_projections {
                    // `Self::Item`, of the trait or a supertrait, is fixed by the object's type.
                    let trait_ref = self.tcx.projection_trait_ref(alias.into());
                    let own = trait_ref.self_ty().is_param(0) && self.is_supertrait(trait_ref);
                    if own {
                        for a in &trait_ref.args[1..] {
                            a.visit_with(self)?;
                        }
                        return std::ops::ControlFlow::Continue(());
                    }
                }
                t.super_visit_with(self)
            }
            _ => t.super_visit_with(self),
        }
    }
}

fn contains_rpitit<'tcx>(tcx: TyCtxt<'tcx>, ty: Ty<'tcx>) -> bool {
    ty.walk().any(|a| match a.as_type().map(|t| *t.kind()) {
        Some(TyKind::Alias(AliasTyKind::Projection, alias)) => is_rpitit(tcx, alias.def_id),
        _ => false,
    })
}

/// Whether a method has an entry in vtables of its trait.
pub fn is_vtable_safe_method(tcx: TyCtxt<'_>, trait_def_id: DefId, method: &AssocItem) -> bool {
    if generics_require_sized_self(tcx, method.def_id) {
        return false;
    }
    match method_violation(tcx, trait_def_id, method) {
        None | Some(MethodViolation::WhereClauseReferencesSelf) => true,
        Some(_) => false,
    }
}

/// `Self`, `&Self`, `Box<Self>`, `Pin<&Self>`, ..: whether the receiver can be made of an object's pointer, that
/// is, `Receiver: DispatchFromDyn<Receiver[Self => U]>` assuming `Self: Unsize<U>`.
fn receiver_is_dispatchable<'tcx>(tcx: TyCtxt<'tcx>, method: &AssocItem, receiver: Ty<'tcx>) -> bool {
    match *receiver.kind() {
        TyKind::Ref(_, t, _) if t == tcx.types().self_param => return true,
        _ => {}
    }
    let (Some(unsize), Some(dispatch)) = (tcx.lang_items().unsize_trait(), tcx.lang_items().dispatch_from_dyn_trait())
    else {
        return false;
    };
    let trait_def_id = tcx.parent(method.def_id);
    // A type that no one knows: an index above all.
    let u = tcx.mk_param(u32::MAX, span::Symbol::intern("RustaceansAreAwesome"));
    let unsized_receiver = {
        let args = tcx.identity_args_for(trait_def_id);
        let args: Vec<_> = args.iter().enumerate().map(|(i, a)| if i == 0 { u.into() } else { a }).collect();
        // Only the trait's parameters and late-bound regions occur in a receiver.
        replace_self(tcx, receiver, tcx.mk_args(&args))
    };
    let mut clauses: Vec<ty::Clause<'tcx>> = tcx.param_env(method.def_id).caller_bounds().iter().collect();
    clauses.push(ty::TraitRef::new(*tcx, unsize, [tcx.types().self_param, u]).upcast(tcx));
    let args = tcx.identity_args_for(trait_def_id);
    let trait_of_u =
        ty::TraitRef::new(*tcx, trait_def_id, args.iter().enumerate().map(|(i, a)| if i == 0 { u.into() } else { a }));
    clauses.push(trait_of_u.upcast(tcx));
    if let Some(meta) = tcx.lang_items().meta_sized_trait() {
        clauses.push(ty::TraitRef::new(*tcx, meta, [u]).upcast(tcx));
    }
    let param_env = ty::ParamEnv::new(tcx.mk_clauses(&clauses));
    let infcx = tcx.infer_ctxt().ignoring_regions().build(TypingMode::non_body_analysis());
    let goal = ty::TraitRef::new(*tcx, dispatch, [receiver, unsized_receiver]);
    infcx.predicate_must_hold_modulo_regions(&Obligation::new(tcx, ObligationCause::dummy(), param_env, goal))
}

fn replace_self<'tcx>(tcx: TyCtxt<'tcx>, ty: Ty<'tcx>, args: ty::GenericArgsRef<'tcx>) -> Ty<'tcx> {
    use ty::fold::{TypeFoldable, TypeFolder, TypeSuperFoldable};
    struct ReplaceSelf<'tcx> {
        cx: ty::Interner<'tcx>,
        to: Ty<'tcx>,
    }
    impl<'tcx> TypeFolder<'tcx> for ReplaceSelf<'tcx> {
        fn cx(&self) -> ty::Interner<'tcx> {
            self.cx
        }
        fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
            match t.kind() {
                TyKind::Param(p) if p.index == 0 => self.to,
                _ => t.super_fold_with(self),
            }
        }
    }
    ty.fold_with(&mut ReplaceSelf { cx: *tcx, to: args.type_at(0) })
}

fn fn_decl<'tcx>(tcx: TyCtxt<'tcx>, def_id: span::def_id::LocalDefId) -> Option<&'tcx hir::FnDecl<'tcx>> {
    tcx.hir_fn_decl_by_hir_id(tcx.local_def_id_to_hir_id(def_id))
}

/// Whether an associated type was made of a `-> impl Trait`.
fn is_rpitit(tcx: TyCtxt<'_>, def_id: DefId) -> bool {
    tcx.opt_associated_item(def_id).is_some_and(|i| i.is_impl_trait_in_trait())
}
