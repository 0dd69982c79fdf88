//! What clauses imply: supertraits, and outlives bounds of parts.

use ::query::TyCtxt;
use span::def_id::DefId;
use span::{FxHashSet, Ident, Span};
use ty::visit::TypeVisitableExt;
use ty::{Binder, Clause, ClauseKind, EarlyBinder, OutlivesPredicate, PolyTraitRef, Predicate, TraitRef};

use super::{Obligation, Upcast};
use crate::infer::outlives::components::{Component, push_outlives_components};

/// What can be elaborated: clauses with whatever goes with them.
pub trait Elaboratable<'tcx>: Clone {
    fn predicate(&self) -> Predicate<'tcx>;
    fn child(&self, clause: Clause<'tcx>) -> Self;
}

impl<'tcx> Elaboratable<'tcx> for Clause<'tcx> {
    fn predicate(&self) -> Predicate<'tcx> {
        self.as_predicate()
    }
    fn child(&self, clause: Clause<'tcx>) -> Self {
        clause
    }
}
impl<'tcx> Elaboratable<'tcx> for Predicate<'tcx> {
    fn predicate(&self) -> Predicate<'tcx> {
        *self
    }
    fn child(&self, clause: Clause<'tcx>) -> Self {
        clause.as_predicate()
    }
}
impl<'tcx> Elaboratable<'tcx> for (Clause<'tcx>, Span) {
    fn predicate(&self) -> Predicate<'tcx> {
        self.0.as_predicate()
    }
    fn child(&self, clause: Clause<'tcx>) -> Self {
        (clause, self.1)
    }
}
impl<'tcx> Elaboratable<'tcx> for (Predicate<'tcx>, Span) {
    fn predicate(&self) -> Predicate<'tcx> {
        self.0
    }
    fn child(&self, clause: Clause<'tcx>) -> Self {
        (clause.as_predicate(), self.1)
    }
}
impl<'tcx> Elaboratable<'tcx> for Obligation<'tcx, Predicate<'tcx>> {
    fn predicate(&self) -> Predicate<'tcx> {
        self.predicate
    }
    fn child(&self, clause: Clause<'tcx>) -> Self {
        Obligation {
            cause: self.cause.clone(),
            param_env: self.param_env,
            predicate: clause.as_predicate(),
            recursion_depth: 0,
        }
    }
}

/// An iterator over clauses and what they imply.
pub struct Elaborator<'tcx, O> {
    tcx: TyCtxt<'tcx>,
    queue: std::collections::VecDeque<O>,
    seen: FxHashSet<Predicate<'tcx>>,
    only_self: bool,
}

/// The clauses and all that they imply, each once.
pub fn elaborate<'tcx, O: Elaboratable<'tcx>>(
    tcx: TyCtxt<'tcx>,
    clauses: impl IntoIterator<Item = O>,
) -> Elaborator<'tcx, O> {
    let mut e = Elaborator { tcx, queue: Default::default(), seen: Default::default(), only_self: false };
    for c in clauses {
        e.push(c);
    }
    e
}

impl<'tcx, O: Elaboratable<'tcx>> Elaborator<'tcx, O> {
    /// Only supertraits.
    pub fn filter_only_self(mut self) -> Self {
        self.only_self = true;
        self
    }
    fn push(&mut self, c: O) {
        let anon = anonymize(self.tcx, c.predicate());
        if self.seen.insert(anon) {
            self.queue.push_back(c);
        }
    }
}

fn anonymize<'tcx>(tcx: TyCtxt<'tcx>, p: Predicate<'tcx>) -> Predicate<'tcx> {
    if p.kind().bound_vars().is_empty() {
        return p;
    }
    tcx.mk_predicate(tcx.anonymize_bound_vars(p.kind()))
}

/// Instantiates a clause about a trait for a trait reference that is itself under a binder: the two binders
/// become one.
pub fn instantiate_supertrait<'tcx>(
    tcx: TyCtxt<'tcx>,
    clause: Clause<'tcx>,
    trait_ref: PolyTraitRef<'tcx>,
) -> Clause<'tcx> {
    let kind = clause.kind();
    let outer = trait_ref.bound_vars();
    // The clause's own variables come after those of the trait reference.
    let shifted = if outer.is_empty() || kind.bound_vars().is_empty() {
        kind.skip_binder()
    } else {
        shift_vars_within_binder(tcx, kind.skip_binder(), outer.len())
    };
    let args = trait_ref.skip_binder().args;
    let new = if args.has_escaping_bound_vars() || !outer.is_empty() {
        // The arguments are put under the clause's binder, which is the merged one: no shift.
        EarlyBinder::bind(shifted).instantiate_same_binder(tcx, args)
    } else {
        EarlyBinder::bind(Binder::bind_with_vars(shifted, kind.bound_vars())).instantiate(*tcx, args).skip_binder()
    };
    let vars: Vec<_> = outer.iter().chain(kind.bound_vars().iter()).collect();
    tcx.mk_clause(Binder::bind_with_vars(new, tcx.mk_bound_variable_kinds(&vars)))
}

trait InstantiateSameBinder<'tcx, T> {
    fn instantiate_same_binder(self, tcx: TyCtxt<'tcx>, args: ty::GenericArgsRef<'tcx>) -> T;
}
impl<'tcx, T: ty::TypeFoldable<'tcx>> InstantiateSameBinder<'tcx, T> for EarlyBinder<T> {
    fn instantiate_same_binder(self, tcx: TyCtxt<'tcx>, args: ty::GenericArgsRef<'tcx>) -> T {
        self.instantiate(*tcx, args)
    }
}

fn shift_vars_within_binder<'tcx, T: ty::TypeFoldable<'tcx>>(tcx: TyCtxt<'tcx>, value: T, by: usize) -> T {
    use ty::{BoundRegion, BoundTy, BoundVar, ConstKind, INNERMOST, RegionKind, TyKind};
    tcx.replace_escaping_bound_vars(
        value,
        ty::fold::FnMutDelegate {
            regions: &mut |br: BoundRegion| {
                tcx.mk_region(RegionKind::ReBound(
                    INNERMOST,
                    BoundRegion { var: BoundVar::from_usize(br.var.as_usize() + by), kind: br.kind },
                ))
            },
            types: &mut |bt: BoundTy| {
                tcx.mk_ty(TyKind::Bound(
                    INNERMOST,
                    BoundTy { var: BoundVar::from_usize(bt.var.as_usize() + by), kind: bt.kind },
                ))
            },
            consts: &mut |bc: BoundVar| {
                tcx.mk_const(ConstKind::Bound(INNERMOST, BoundVar::from_usize(bc.as_usize() + by)))
            },
        },
    )
}

impl<'tcx, O: Elaboratable<'tcx>> Iterator for Elaborator<'tcx, O> {
    type Item = O;
    fn next(&mut self) -> Option<O> {
        let o = self.queue.pop_front()?;
        let tcx = self.tcx;
        let Some(clause) = o.predicate().as_clause() else {
            return Some(o);
        };
        let kind = clause.kind();
        match kind.skip_binder() {
            ClauseKind::Trait(t) => {
                if t.polarity != ty::PredicatePolarity::Positive {
                    return Some(o);
                }
                let predicates = if self.only_self {
                    tcx.explicit_super_predicates_of(t.def_id())
                } else {
                    tcx.explicit_implied_predicates_of(t.def_id())
                };
                let trait_ref = kind.rebind(t.trait_ref);
                for &(c, _) in predicates.skip_binder() {
                    let c = instantiate_supertrait(tcx, c, trait_ref);
                    self.push(o.child(c));
                }
                // `T: Sized` implies `T: MetaSized`.
                if tcx.is_lang_item(t.def_id(), hir::LangItem::Sized)
                    && let Some(meta) = tcx.lang_items().meta_sized_trait()
                {
                    let m = kind.rebind(TraitRef::new(*tcx, meta, [t.self_ty()]));
                    let c: Clause<'tcx> = m.upcast(tcx);
                    self.push(o.child(c));
                }
            }
            ClauseKind::TypeOutlives(OutlivesPredicate(ty, r)) => {
                if r.is_bound() || ty.has_escaping_bound_vars() {
                    return Some(o);
                }
                let mut components = Vec::new();
                push_outlives_components(tcx, ty, &mut components);
                for c in components {
                    let new = match c {
                        Component::Region(a) => {
                            if a.is_bound() {
                                continue;
                            }
                            ClauseKind::RegionOutlives(OutlivesPredicate(a, r))
                        }
                        Component::Param(p) => ClauseKind::TypeOutlives(OutlivesPredicate(p.to_ty(*tcx), r)),
                        Component::Placeholder(p) => {
                            ClauseKind::TypeOutlives(OutlivesPredicate(tcx.mk_ty(ty::TyKind::Placeholder(p)), r))
                        }
                        Component::Alias(k, a) => {
                            ClauseKind::TypeOutlives(OutlivesPredicate(tcx.mk_ty(ty::TyKind::Alias(k, a)), r))
                        }
                        Component::UnresolvedInferenceVariable(_) | Component::EscapingAlias(_) => continue,
                    };
                    let c: Clause<'tcx> = new.upcast(tcx);
                    self.push(o.child(c));
                }
            }
            ClauseKind::HostEffect(h) => {
                let trait_ref = kind.rebind(h.trait_ref);
                for &(c, _) in tcx.explicit_implied_const_bounds(h.trait_ref.def_id).skip_binder() {
                    let c = instantiate_supertrait(tcx, c, trait_ref);
                    let c = match c.kind().skip_binder() {
                        ClauseKind::HostEffect(i) => {
                            tcx.mk_clause(c.kind().rebind(ClauseKind::HostEffect(ty::HostEffectPredicate {
                                constness: h.constness,
                                ..i
                            })))
                        }
                        _ => c,
                    };
                    self.push(o.child(c));
                }
            }
            _ => {}
        }
        Some(o)
    }
}

/// A trait reference and its supertraits, breadth first.
pub fn supertraits<'tcx>(tcx: TyCtxt<'tcx>, trait_ref: PolyTraitRef<'tcx>) -> impl Iterator<Item = PolyTraitRef<'tcx>> {
    let c: Clause<'tcx> = trait_ref.upcast(tcx);
    elaborate(tcx, [c]).filter_only_self().filter_map(|c: Clause<'tcx>| c.as_trait_clause()).map(|t| t.trait_ref())
}

/// A trait and its supertraits.
pub fn supertrait_def_ids(tcx: TyCtxt<'_>, trait_def_id: DefId) -> impl Iterator<Item = DefId> {
    let mut out = vec![trait_def_id];
    let mut next = 0;
    while next < out.len() {
        let d = out[next];
        next += 1;
        for (c, _) in tcx.explicit_super_predicates_of(d).skip_binder() {
            if let ClauseKind::Trait(t) = c.kind().skip_binder()
                && !out.contains(&t.def_id())
            {
                out.push(t.def_id());
            }
        }
    }
    out.into_iter()
}

/// The trait references among supertraits that define an associated item of this name.
pub fn transitive_bounds_that_define_assoc_item<'tcx>(
    tcx: TyCtxt<'tcx>,
    trait_refs: impl Iterator<Item = PolyTraitRef<'tcx>>,
    name: Ident,
) -> impl Iterator<Item = PolyTraitRef<'tcx>> {
    let mut seen: FxHashSet<PolyTraitRef<'tcx>> = FxHashSet::default();
    let mut stack: Vec<_> = trait_refs.collect();
    std::iter::from_fn(move || {
        while let Some(t) = stack.pop() {
            if !seen.insert(tcx.anonymize_bound_vars(t)) {
                continue;
            }
            for &(c, _) in tcx.explicit_supertraits_containing_assoc_item((t.def_id(), name)).skip_binder() {
                let c = instantiate_supertrait(tcx, c, t);
                if let Some(p) = c.as_trait_clause() {
                    stack.push(p.trait_ref());
                }
            }
            return Some(t);
        }
        None
    })
}
