//! What must hold for a type, constant or trait reference to be well-formed.
//!
//! `HashMap<K, V>` needs `K: Sized, V: Sized` and the other bounds of the struct; `&'a T` needs `T: 'a`; `[T]`
//! needs `T: Sized`; `dyn Trait` needs an object-safe trait; a projection needs its trait.

use hir::LangItem;
use hir::def::DefKind;
use span::Span;
use span::def_id::{DefId, LocalDefId};
use ty::visit::TypeVisitableExt;
use ty::{
    AliasTyKind, ClauseKind, Const, ConstKind, GenericArg, GenericArgsRef, OutlivesPredicate, ParamEnv,
    PolyExistentialPredicates, PredicateKind, Region, Term, TraitRef, Ty, TyKind,
};

use super::{Obligation, ObligationCause, ObligationCauseCode, PredicateObligation, PredicateObligations, Upcast};
use crate::infer::InferCtxt;

/// The obligations, normalised aliases aside. `None` if the term is not known yet.
pub fn obligations<'tcx>(
    infcx: &InferCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    body_id: LocalDefId,
    recursion_depth: usize,
    term: Term<'tcx>,
    span: Span,
    parent: Option<&ObligationCause<'tcx>>,
) -> Option<PredicateObligations<'tcx>> {
    let term = match infcx.shallow_resolve_term(term) {
        t if t.is_infer() => return None,
        t => t,
    };
    let mut wf = WfObligations { infcx, param_env, body_id, span, depth: recursion_depth, out: Vec::new(), parent };
    match infcx.resolve_vars_if_possible(term) {
        Term::Ty(t) => wf.add_wf_ty(t),
        Term::Const(c) => wf.add_wf_const(c),
    }
    Some(wf.finish())
}

/// As [`obligations`], for the solver and for implied bounds.
pub fn unnormalized_obligations<'tcx>(
    infcx: &InferCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    term: Term<'tcx>,
    span: Span,
    body_id: LocalDefId,
) -> Option<PredicateObligations<'tcx>> {
    obligations(infcx, param_env, body_id, 0, term, span, None)
}

/// What a trait reference needs: the trait's bounds and well-formed arguments.
pub fn trait_obligations<'tcx>(
    infcx: &InferCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    body_id: LocalDefId,
    trait_ref: TraitRef<'tcx>,
    span: Span,
) -> PredicateObligations<'tcx> {
    let mut wf = WfObligations { infcx, param_env, body_id, span, depth: 0, out: Vec::new(), parent: None };
    wf.add_trait_ref(trait_ref);
    wf.finish()
}

/// What a clause needs.
pub fn clause_obligations<'tcx>(
    infcx: &InferCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    body_id: LocalDefId,
    clause: ty::Clause<'tcx>,
    span: Span,
) -> PredicateObligations<'tcx> {
    let mut wf = WfObligations { infcx, param_env, body_id, span, depth: 0, out: Vec::new(), parent: None };
    match clause.kind().skip_binder() {
        ClauseKind::Trait(t) => wf.add_trait_ref(t.trait_ref),
        ClauseKind::HostEffect(_) | ClauseKind::RegionOutlives(_) => {}
        ClauseKind::TypeOutlives(OutlivesPredicate(t, _)) => wf.add_wf_ty(t),
        ClauseKind::Projection(p) => {
            wf.add_alias_args(p.projection_term.def_id, p.projection_term.args, true);
            wf.add_wf_term(p.term);
        }
        ClauseKind::ConstArgHasType(ct, ty) => {
            wf.add_wf_const(ct);
            wf.add_wf_ty(ty);
        }
        ClauseKind::WellFormed(t) => wf.add_wf_term(t),
        ClauseKind::ConstEvaluatable(c) => wf.add_wf_const(c),
    }
    wf.finish()
}

struct WfObligations<'a, 'tcx> {
    infcx: &'a InferCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    body_id: LocalDefId,
    span: Span,
    depth: usize,
    out: PredicateObligations<'tcx>,
    parent: Option<&'a ObligationCause<'tcx>>,
}

impl<'tcx> WfObligations<'_, 'tcx> {
    fn tcx(&self) -> ::query::TyCtxt<'tcx> {
        self.infcx.tcx
    }
    fn cause(&self, code: ObligationCauseCode<'tcx>) -> ObligationCause<'tcx> {
        ObligationCause::new(self.span, self.body_id, code)
    }
    fn finish(mut self) -> PredicateObligations<'tcx> {
        let out = std::mem::take(&mut self.out);
        let mut done = Vec::with_capacity(out.len());
        for mut o in out {
            if o.predicate.has_escaping_bound_vars() {
                continue;
            }
            if o.predicate.has_aliases() && !self.infcx.in_solver {
                let n = super::normalize::normalize_with_depth(
                    self.infcx,
                    self.param_env,
                    &o.cause,
                    o.recursion_depth,
                    o.predicate,
                );
                done.extend(n.obligations);
                o.predicate = n.value;
            }
            done.push(o);
        }
        done
    }
    fn push(&mut self, code: ObligationCauseCode<'tcx>, p: impl Upcast<'tcx, ty::Predicate<'tcx>>) {
        let o: PredicateObligation<'tcx> = Obligation {
            cause: self.cause(code),
            param_env: self.param_env,
            recursion_depth: self.depth,
            predicate: p.upcast(self.infcx.tcx),
        };
        self.out.push(o);
    }
    /// The reason to give where nothing special is to be said: the parent's.
    fn inherited(&self) -> ObligationCauseCode<'tcx> {
        match self.parent {
            Some(c) => c.code().clone(),
            None => ObligationCauseCode::WellFormed(None),
        }
    }

    fn add_wf_term(&mut self, t: Term<'tcx>) {
        match t {
            Term::Ty(t) => self.add_wf_ty(t),
            Term::Const(c) => self.add_wf_const(c),
        }
    }

    /// The bounds written on a definition.
    fn nominal_obligations(&mut self, def_id: DefId, args: GenericArgsRef<'tcx>) {
        if args.has_escaping_bound_vars() {
            return;
        }
        let tcx = self.tcx();
        for (clause, span) in tcx.all_predicates_of(def_id) {
            let clause = ty::EarlyBinder::bind(clause).instantiate(*tcx, args);
            let code = if span.is_dummy() { self.inherited() } else { ObligationCauseCode::WhereClause(def_id, span) };
            self.push(code, clause);
        }
    }

    fn require_sized(&mut self, ty: Ty<'tcx>, code: ObligationCauseCode<'tcx>) {
        if ty.has_escaping_bound_vars() || ty.is_trivially_sized() {
            return;
        }
        if let Some(sized) = self.tcx().lang_items().get(LangItem::Sized) {
            let t = TraitRef::new(*self.tcx(), sized, [ty]);
            self.push(code, t);
        }
    }

    fn add_args(&mut self, args: GenericArgsRef<'tcx>) {
        for arg in args {
            match arg {
                GenericArg::Type(t) => self.add_wf_ty(t),
                GenericArg::Const(c) => self.add_wf_const(c),
                GenericArg::Lifetime(_) => {}
            }
        }
    }

    fn add_trait_ref(&mut self, t: TraitRef<'tcx>) {
        self.nominal_obligations(t.def_id, t.args);
        self.add_args(t.args);
    }

    fn add_alias_args(&mut self, def_id: DefId, args: GenericArgsRef<'tcx>, with_trait: bool) {
        let tcx = self.tcx();
        match tcx.def_kind(def_id) {
            DefKind::AssocTy | DefKind::AssocConst if tcx.is_trait(tcx.parent(def_id)) => {
                self.nominal_obligations(def_id, args);
                let _ = with_trait;
            }
            DefKind::AssocTy | DefKind::AssocConst => {
                // The arguments are the self type and the item's own.
            }
            DefKind::OpaqueTy => {}
            _ => self.nominal_obligations(def_id, args),
        }
        self.add_args(args);
    }

    fn add_wf_const(&mut self, ct: Const<'tcx>) {
        let ct = self.infcx.shallow_resolve_const(ct);
        match ct.kind() {
            ConstKind::Infer(_) => {
                self.push(self.inherited(), ClauseKind::WellFormed(Term::Const(ct)));
            }
            ConstKind::Unevaluated(uv) => {
                if ct.has_escaping_bound_vars() {
                    return;
                }
                self.push(self.inherited(), ClauseKind::ConstEvaluatable(ct));
                self.add_alias_args(uv.def, uv.args, true);
            }
            ConstKind::Param(_)
            | ConstKind::Value(_)
            | ConstKind::Placeholder(_)
            | ConstKind::Bound(..)
            | ConstKind::Error(_) => {}
        }
    }

    fn add_wf_ty(&mut self, ty: Ty<'tcx>) {
        let ty = self.infcx.shallow_resolve(ty);
        let tcx = self.tcx();
        match *ty.kind() {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Error(_)
            | TyKind::Str
            | TyKind::Never
            | TyKind::Param(_)
            | TyKind::Bound(..)
            | TyKind::Placeholder(_)
            | TyKind::Foreign(_)
            | TyKind::CoroutineWitness(..) => {}
            TyKind::Infer(ty::InferTy::TyVar(_)) => {
                self.push(self.inherited(), ClauseKind::WellFormed(ty.into()));
            }
            TyKind::Infer(_) => {}
            TyKind::Slice(t) => {
                self.require_sized(t, ObligationCauseCode::SliceOrArrayElem);
                self.add_wf_ty(t);
            }
            TyKind::Array(t, len) => {
                self.require_sized(t, ObligationCauseCode::SliceOrArrayElem);
                self.add_wf_ty(t);
                self.add_wf_const(len);
                if !len.has_escaping_bound_vars() {
                    let p = ClauseKind::ConstArgHasType(len, tcx.types().usize);
                    if !matches!(len.kind(), ConstKind::Value(_) | ConstKind::Infer(_)) {
                        self.push(ObligationCauseCode::ArrayLen(ty), p);
                    }
                }
            }
            TyKind::Pat(t, _) => {
                self.require_sized(t, ObligationCauseCode::Misc);
                self.add_wf_ty(t);
            }
            TyKind::Tuple(tys) => {
                for (i, t) in tys.iter().enumerate() {
                    if i + 1 < tys.len() {
                        self.require_sized(t, ObligationCauseCode::TupleElem);
                    }
                    self.add_wf_ty(t);
                }
            }
            TyKind::RawPtr(t, _) => self.add_wf_ty(t),
            TyKind::Adt(def, args) => {
                self.nominal_obligations(def.did(), args);
                self.add_args(args);
            }
            TyKind::FnDef(def_id, args) => {
                self.nominal_obligations(def_id, args);
                self.add_args(args);
            }
            TyKind::Ref(r, t, _) => {
                if !r.has_escaping() && !t.has_escaping_bound_vars() {
                    self.push(ObligationCauseCode::ReferenceOutlivesReferent(ty), OutlivesPredicate(t, r));
                }
                self.add_wf_ty(t);
            }
            TyKind::Closure(_, args) => {
                self.add_wf_ty(args.as_closure().tupled_upvars_ty());
            }
            TyKind::CoroutineClosure(_, args) => {
                self.add_wf_ty(args.as_coroutine_closure().tupled_upvars_ty());
            }
            TyKind::Coroutine(_, args) => {
                self.add_wf_ty(args.as_coroutine().tupled_upvars_ty());
            }
            TyKind::FnPtr(sig) => {
                // Bounds under the binder are checked when it is called.
                for t in sig.skip_binder().inputs_and_output {
                    self.add_wf_ty(t);
                }
            }
            TyKind::UnsafeBinder(inner) => self.add_wf_ty(inner.skip_binder()),
            TyKind::Alias(kind, alias) => match kind {
                AliasTyKind::Inherent => {
                    self.add_args(alias.args);
                }
                AliasTyKind::Opaque => {
                    self.nominal_obligations(alias.def_id, alias.args);
                }
                AliasTyKind::Projection | AliasTyKind::Free => {
                    self.add_alias_args(alias.def_id, alias.args, true);
                }
            },
            TyKind::Dynamic(preds, r) => self.add_wf_dyn(ty, preds, r),
        }
    }

    fn add_wf_dyn(&mut self, ty: Ty<'tcx>, preds: PolyExistentialPredicates<'tcx>, region: Region<'tcx>) {
        let tcx = self.tcx();
        for p in preds {
            match p.skip_binder() {
                ty::ExistentialPredicate::Trait(t) => {
                    // The bounds on the trait's own parameters.
                    for arg in t.args {
                        if let GenericArg::Type(t) = arg {
                            self.add_wf_ty(t);
                        }
                    }
                }
                ty::ExistentialPredicate::Projection(p) => self.add_wf_term(p.term),
                ty::ExistentialPredicate::AutoTrait(_) => {}
            }
        }
        if ty.has_escaping_bound_vars() || region.has_escaping() {
            return;
        }
        // The object's region must be one that the trait's bounds allow: `dyn Trait + 'a` with `trait Trait: 'b`.
        for r in object_region_bounds(tcx, preds) {
            self.push(ObligationCauseCode::ObjectTypeBound(ty, region), OutlivesPredicate(region, r));
        }
        if let Some(d) = preds.principal_def_id() {
            self.push(self.inherited(), PredicateKind::DynCompatible(d));
            let principal = preds.principal();
            if let Some(principal) = principal.and_then(|p| p.no_bound_vars()) {
                let t = principal.with_self_ty(*tcx, ty);
                for (clause, span) in tcx.all_predicates_of(d) {
                    // Bounds on `Self` hold of the object by itself.
                    let on_self = match clause.kind().skip_binder() {
                        ClauseKind::Trait(t) => t.self_ty().is_param(0),
                        ClauseKind::TypeOutlives(o) => o.0.is_param(0),
                        ClauseKind::Projection(p) => p.self_ty().is_param(0),
                        ClauseKind::HostEffect(h) => h.trait_ref.self_ty().is_param(0),
                        _ => false,
                    };
                    if !on_self {
                        let clause = ty::EarlyBinder::bind(clause).instantiate(*tcx, t.args);
                        self.push(ObligationCauseCode::WhereClause(d, span), clause);
                    }
                }
            }
        }
    }
}

trait HasEscaping {
    fn has_escaping(self) -> bool;
}
impl HasEscaping for Region<'_> {
    fn has_escaping(self) -> bool {
        self.is_bound()
    }
}

/// The regions that the traits of an object type must outlive.
pub fn object_region_bounds<'tcx>(
    tcx: ::query::TyCtxt<'tcx>,
    preds: PolyExistentialPredicates<'tcx>,
) -> Vec<Region<'tcx>> {
    let erased_self = tcx.types().trait_object_dummy_self;
    let clauses: Vec<ty::Clause<'tcx>> = preds
        .iter()
        .filter(|p| matches!(p.skip_binder(), ty::ExistentialPredicate::Trait(_)))
        .map(|p| p.with_self_ty(*tcx, erased_self))
        .collect();
    required_region_bounds(tcx, erased_self, clauses)
}

/// The regions that clauses require a type to outlive.
pub fn required_region_bounds<'tcx>(
    tcx: ::query::TyCtxt<'tcx>,
    ty: Ty<'tcx>,
    clauses: Vec<ty::Clause<'tcx>>,
) -> Vec<Region<'tcx>> {
    let mut out = Vec::new();
    for c in super::elaborate(tcx, clauses) {
        let c: ty::Clause<'tcx> = c;
        if let ClauseKind::TypeOutlives(OutlivesPredicate(t, r)) = c.kind().skip_binder()
            && t == ty
            && !r.is_bound()
            && !out.contains(&r)
        {
            out.push(r);
        }
    }
    out
}
