//! Deep, eager normalisation: every alias in a value is replaced by what it stands for.
//!
//! An alias that is not known yet is replaced by a variable, with a projection obligation that will set it. A
//! rigid alias stays. Under a binder, bound variables become placeholders for the time being.

use rustc_hash::FxHashMap;
use ty::fold::{TypeFoldable, TypeFolder, TypeSuperFoldable};
use ty::visit::TypeVisitableExt;
use ty::{
    AliasTerm, AliasTyKind, Binder, BoundRegion, BoundTy, BoundVar, Const, ConstKind, DebruijnIndex, INNERMOST,
    Interner, NormalizesTo, ParamEnv, Placeholder, Predicate, PredicateKind, ProjectionPredicate, Region, RegionKind,
    Term, Ty, TyKind, TypeFlags, TypeVisitable, TypingMode, UniverseIndex,
};

use super::{FulfillmentError, Obligation, ObligationCause, PredicateObligations, TraitEngine, Upcast};
use crate::infer::{At, InferCtxt, InferOk, TyCtxtInferExt};
use crate::solve::{self, Certainty, Goal, NoSolution, NormalizeKey};

/// A normalised value and what must hold for it.
pub type Normalized<'tcx, T> = InferOk<'tcx, T>;

/// `at.normalize(value)`
pub trait NormalizeExt<'tcx> {
    /// Normalises every alias in a value.
    fn normalize<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(&self, value: T) -> InferOk<'tcx, T>;
    /// Normalises; what must hold goes to the engine.
    fn deeply_normalize<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(
        self,
        value: T,
        fulfill: &mut dyn TraitEngine<'tcx>,
    ) -> Result<T, Vec<FulfillmentError<'tcx>>>;
}

impl<'tcx> NormalizeExt<'tcx> for At<'_, 'tcx> {
    fn normalize<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(&self, value: T) -> InferOk<'tcx, T> {
        normalize_with_depth(self.infcx, self.param_env, self.cause, 0, value)
    }
    fn deeply_normalize<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(
        self,
        value: T,
        fulfill: &mut dyn TraitEngine<'tcx>,
    ) -> Result<T, Vec<FulfillmentError<'tcx>>> {
        let ok = self.normalize(value);
        let value = ok.into_value_registering_obligations(self.infcx, fulfill);
        let errors = fulfill.select_where_possible(self.infcx);
        if errors.is_empty() { Ok(self.infcx.resolve_vars_if_possible(value)) } else { Err(errors) }
    }
}

/// Normalises some levels down.
pub fn normalize_with_depth<'tcx, T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(
    infcx: &InferCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    cause: &ObligationCause<'tcx>,
    depth: usize,
    value: T,
) -> InferOk<'tcx, T> {
    if !needs_normalization(infcx, &value) {
        return InferOk { value, obligations: Vec::new() };
    }
    let value = infcx.resolve_vars_if_possible(value);
    let mut n = Normalizer::new(infcx, param_env, cause, depth);
    let value = value.fold_with(&mut n);
    InferOk { value, obligations: n.obligations }
}

/// Normalises what can be normalised and leaves the rest; nothing is required.
pub fn normalize_silently<'tcx, T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(
    infcx: &InferCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    cause: &ObligationCause<'tcx>,
    value: T,
) -> T {
    if !needs_normalization(infcx, &value) {
        return value;
    }
    let mut n = Normalizer::new(infcx, param_env, cause, 0);
    n.silent = true;
    value.fold_with(&mut n)
}

fn needs_normalization<'tcx, T: TypeVisitable<'tcx>>(infcx: &InferCtxt<'tcx>, value: &T) -> bool {
    value.has_type_flags(alias_flags(infcx))
}

fn alias_flags(infcx: &InferCtxt<'_>) -> TypeFlags {
    let mut flags = TypeFlags::HAS_ALIAS;
    if !solve::reveals_opaques(infcx) {
        flags.remove(TypeFlags::HAS_TY_OPAQUE);
    }
    flags
}

struct Normalizer<'a, 'tcx> {
    infcx: &'a InferCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    cause: &'a ObligationCause<'tcx>,
    obligations: PredicateObligations<'tcx>,
    depth: usize,
    /// The universe of each binder gone into, when needed.
    universes: Vec<Option<UniverseIndex>>,
    flags: TypeFlags,
    silent: bool,
    /// The alias mentions what a binder binds: what it is cannot be left to a variable.
    inside_binder: bool,
}

/// What an alias is.
enum Step<'tcx> {
    Value(Term<'tcx>),
    Rigid,
    Unknown(Term<'tcx>),
    Fails,
}

impl<'a, 'tcx> Normalizer<'a, 'tcx> {
    fn new(
        infcx: &'a InferCtxt<'tcx>,
        param_env: ParamEnv<'tcx>,
        cause: &'a ObligationCause<'tcx>,
        depth: usize,
    ) -> Self {
        Normalizer {
            infcx,
            param_env,
            cause,
            obligations: Vec::new(),
            depth,
            universes: Vec::new(),
            flags: alias_flags(infcx),
            silent: false,
            inside_binder: false,
        }
    }

    /// One step: evaluates `alias` to a variable.
    fn step(&mut self, alias: AliasTerm<'tcx>, var: Term<'tcx>) -> Step<'tcx> {
        let tcx = self.infcx.tcx;
        let p = PredicateKind::NormalizesTo(NormalizesTo { alias, term: var });
        let goal = Goal { param_env: self.param_env, predicate: p.upcast(tcx) };
        match self.infcx.evaluate_root_goal(goal, self.cause.span) {
            Ok((_, certainty)) => {
                let value = self.infcx.resolve_vars_if_possible(var);
                if value.is_infer() || certainty != Certainty::Yes {
                    return Step::Unknown(value);
                }
                // The regions of an answer may be variables that are equal to the alias's own.
                if term_is_alias(value, alias) || term_is_alias(tcx.erase_regions(value), tcx.erase_regions(alias)) {
                    return Step::Rigid;
                }
                Step::Value(value)
            }
            Err(NoSolution) => Step::Fails,
        }
    }

    /// What an alias with placeholders for bound regions stands for, found by a context of its own if this one ignores
    /// regions: they are to be told apart in the result.
    fn normalize_with_regions(&self, opened: Ty<'tcx>) -> Option<Ty<'tcx>> {
        if self.infcx.considering_regions || opened.has_non_region_infer() || self.param_env.has_infer() {
            return None;
        }
        let tcx = self.infcx.tcx;
        let infcx = tcx.infer_ctxt().build(self.infcx.typing_mode());
        infcx.set_universe(self.infcx.universe());
        let normalized = normalize_silently(&infcx, self.param_env, self.cause, opened);
        if normalized == opened || normalized.has_non_region_infer() || !infcx.clone_opaque_types().is_empty() {
            return None;
        }
        let values = [ty::GenericArg::from(normalized)].into_iter().collect();
        let found = solve::search_graph::replace_equal_regions(&infcx, values, &[], infcx.universe());
        let normalized = found.first()?.as_type()?;
        Some(tcx.fold_regions(normalized, |r, _| if r.is_var() { tcx.lifetimes().re_erased } else { r }))
    }

    fn normalize_alias(&mut self, kind: AliasTyKind, ty: Ty<'tcx>) -> Ty<'tcx> {
        let infcx = self.infcx;
        let tcx = infcx.tcx;
        let TyKind::Alias(_, alias) = *ty.kind() else {
            return ty;
        };
        if self.depth > crate::traits::util::recursion_limit(tcx) {
            let e = infcx.err_ctxt().report_overflow_error(ty.to_string(), self.cause.span);
            return Ty::new_error(*tcx, e);
        }
        let key = (!ty.has_infer() && !ty.has_placeholders()).then(|| NormalizeKey {
            param_env: self.param_env,
            mode: cache_mode(infcx),
            ty: if infcx.considering_regions { ty } else { solve::canonical::erase_free_regions(infcx, ty) },
        });
        if let Some(key) = key
            && let Some(&known) = solve::cache(tcx).normalized.borrow().get(&key)
            && let Some(t) = known
        {
            return t;
        }
        let constraints_before = infcx.inner.borrow().regions.data.constraints.len();
        let obligations_before = self.obligations.len();
        let var = infcx.next_ty_var(self.cause.span);
        let result = match self.step(alias.into(), var.into()) {
            Step::Rigid => Some(ty),
            Step::Value(Term::Ty(t)) => {
                self.depth += 1;
                let t = t.fold_with(self);
                self.depth -= 1;
                Some(t)
            }
            Step::Value(Term::Const(_)) => None,
            Step::Unknown(Term::Ty(t)) => {
                if self.silent || (self.inside_binder && t.is_ty_var()) {
                    return ty;
                }
                self.require(alias.into(), t.into());
                return if t.is_ty_var() {
                    t
                } else {
                    self.depth += 1;
                    let t = t.fold_with(self);
                    self.depth -= 1;
                    t
                };
            }
            Step::Unknown(Term::Const(_)) => None,
            Step::Fails => None,
        };
        match result {
            Some(t) => {
                let clean = self.obligations.len() == obligations_before
                    && infcx.inner.borrow().regions.data.constraints.len() == constraints_before;
                if let Some(key) = key
                    && clean
                    && !t.has_infer()
                {
                    solve::cache(tcx).normalized.borrow_mut().insert(key, Some(t));
                }
                t
            }
            None if self.silent => ty,
            None => {
                if kind == AliasTyKind::Projection {
                    // The trait does not hold: that is the error.
                    let trait_ref = tcx.projection_trait_ref(alias.into());
                    if trait_ref.references_error() {
                        return error_of(infcx, trait_ref).unwrap_or(var);
                    }
                    self.obligations.push(Obligation::with_depth(
                        tcx,
                        self.cause.clone(),
                        self.depth,
                        self.param_env,
                        trait_ref,
                    ));
                } else {
                    self.require(alias.into(), var.into());
                }
                var
            }
        }
    }

    /// `alias == term`, later.
    fn require(&mut self, alias: AliasTerm<'tcx>, term: Term<'tcx>) {
        self.obligations.push(Obligation::with_depth(
            self.infcx.tcx,
            self.cause.clone(),
            self.depth,
            self.param_env,
            ProjectionPredicate { projection_term: alias, term },
        ));
    }

    fn normalize_const(&mut self, ct: Const<'tcx>) -> Const<'tcx> {
        let ConstKind::Unevaluated(uv) = ct.kind() else {
            return ct;
        };
        let var = self.infcx.next_const_var(self.cause.span);
        match self.step(uv.into(), var.into()) {
            Step::Rigid | Step::Fails => ct,
            Step::Value(Term::Const(c)) => c,
            Step::Unknown(t) => {
                if self.silent {
                    return ct;
                }
                self.require(uv.into(), t);
                match t {
                    Term::Const(c) => c,
                    Term::Ty(_) => ct,
                }
            }
            Step::Value(Term::Ty(_)) => ct,
        }
    }
}

fn error_of<'tcx>(infcx: &InferCtxt<'tcx>, t: ty::TraitRef<'tcx>) -> Option<Ty<'tcx>> {
    let e = t.error_reported().err()?;
    infcx.set_tainted_by_errors(e);
    Some(Ty::new_error(*infcx.tcx, e))
}

fn cache_mode<'tcx>(infcx: &InferCtxt<'tcx>) -> TypingMode<'tcx> {
    match infcx.typing_mode() {
        TypingMode::Borrowck { defining_opaque_types } => TypingMode::Analysis { defining_opaque_types },
        m => m,
    }
}

fn term_is_alias<'tcx>(term: Term<'tcx>, alias: AliasTerm<'tcx>) -> bool {
    match term {
        Term::Ty(t) => match *t.kind() {
            TyKind::Alias(_, a) => a.def_id == alias.def_id && a.args == alias.args,
            _ => false,
        },
        Term::Const(c) => match c.kind() {
            ConstKind::Unevaluated(a) => a.def == alias.def_id && a.args == alias.args,
            _ => false,
        },
    }
}

impl<'tcx> TypeFolder<'tcx> for Normalizer<'_, 'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        *self.infcx.tcx
    }
    fn fold_binder<T: TypeFoldable<'tcx>>(&mut self, t: Binder<'tcx, T>) -> Binder<'tcx, T> {
        self.universes.push(None);
        let t = t.super_fold_with(self);
        self.universes.pop();
        t
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        let t = self.infcx.shallow_resolve(t);
        if !t.flags().intersects(self.flags) {
            return t;
        }
        match *t.kind() {
            TyKind::Alias(kind, _) => {
                let t = t.super_fold_with(self);
                if kind == AliasTyKind::Opaque && !solve::reveals_opaques(self.infcx) {
                    return t;
                }
                if !t.has_escaping_bound_vars() {
                    return self.normalize_alias(kind, t);
                }
                let mut replacer = PlaceholderReplacer::new(self.infcx, &mut self.universes);
                let opened = t.fold_with(&mut replacer);
                let back = replacer.back;
                let normalized = match self.normalize_with_regions(opened) {
                    Some(t) => t,
                    None => {
                        let outside = std::mem::replace(&mut self.inside_binder, true);
                        let normalized = self.normalize_alias(kind, opened);
                        self.inside_binder = outside;
                        self.infcx.resolve_vars_if_possible(normalized)
                    }
                };
                close(self.infcx, normalized, &back, &self.universes)
            }
            _ => t.super_fold_with(self),
        }
    }
    fn fold_const(&mut self, ct: Const<'tcx>) -> Const<'tcx> {
        let ct = self.infcx.shallow_resolve_const(ct);
        if !ct.flags().intersects(self.flags) {
            return ct;
        }
        let ct = ct.super_fold_with(self);
        if !matches!(ct.kind(), ConstKind::Unevaluated(_)) || ct.has_escaping_bound_vars() {
            return ct;
        }
        self.normalize_const(ct)
    }
    fn fold_predicate(&mut self, p: Predicate<'tcx>) -> Predicate<'tcx> {
        if !p.flags().intersects(self.flags) {
            return p;
        }
        // These goals are about the alias itself.
        match p.kind().skip_binder() {
            PredicateKind::NormalizesTo(_)
            | PredicateKind::AliasRelate(..)
            | PredicateKind::Clause(ty::ClauseKind::WellFormed(_)) => p,
            PredicateKind::Clause(ty::ClauseKind::ConstEvaluatable(_)) => p,
            PredicateKind::Clause(ty::ClauseKind::Projection(proj)) => {
                self.universes.push(None);
                let args = proj.projection_term.args.fold_with(self);
                let term = proj.term.fold_with(self);
                self.universes.pop();
                let new =
                    ProjectionPredicate { projection_term: AliasTerm::new(proj.projection_term.def_id, args), term };
                let kind = p.kind().rebind(PredicateKind::Clause(ty::ClauseKind::Projection(new)));
                self.infcx.tcx.mk_predicate(kind)
            }
            _ => p.super_fold_with(self),
        }
    }
}

/// Replaces bound variables of the binders gone into by placeholders.
struct PlaceholderReplacer<'a, 'tcx> {
    infcx: &'a InferCtxt<'tcx>,
    universes: &'a mut Vec<Option<UniverseIndex>>,
    current: DebruijnIndex,
    back: FxHashMap<ty::GenericArg<'tcx>, Back>,
}

/// What a placeholder stood for.
#[derive(Clone, Copy)]
enum Back {
    Region(BoundRegion, UniverseIndex),
    Ty(BoundTy, UniverseIndex),
    Const(BoundVar, UniverseIndex),
}

impl<'a, 'tcx> PlaceholderReplacer<'a, 'tcx> {
    fn new(infcx: &'a InferCtxt<'tcx>, universes: &'a mut Vec<Option<UniverseIndex>>) -> Self {
        PlaceholderReplacer { infcx, universes, current: INNERMOST, back: FxHashMap::default() }
    }
    fn universe(&mut self, d: DebruijnIndex) -> Option<UniverseIndex> {
        let out = d.as_usize() - self.current.as_usize();
        let i = self.universes.len().checked_sub(out + 1)?;
        let infcx = self.infcx;
        Some(*self.universes[i].get_or_insert_with(|| infcx.create_next_universe()))
    }
}

impl<'tcx> TypeFolder<'tcx> for PlaceholderReplacer<'_, 'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        *self.infcx.tcx
    }
    fn fold_binder<T: TypeFoldable<'tcx>>(&mut self, t: Binder<'tcx, T>) -> Binder<'tcx, T> {
        self.current.shift_in(1);
        let t = t.super_fold_with(self);
        self.current.shift_out(1);
        t
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        match r.kind() {
            RegionKind::ReBound(d, bound) if d >= self.current => {
                let Some(universe) = self.universe(d) else {
                    return r;
                };
                let p = self.infcx.tcx.mk_region(RegionKind::RePlaceholder(Placeholder { universe, bound }));
                self.back.insert(p.into(), Back::Region(bound, universe));
                p
            }
            _ => r,
        }
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        match *t.kind() {
            TyKind::Bound(d, bound) if d >= self.current => {
                let Some(universe) = self.universe(d) else {
                    return t;
                };
                let p = self.infcx.tcx.mk_ty(TyKind::Placeholder(Placeholder { universe, bound }));
                self.back.insert(p.into(), Back::Ty(bound, universe));
                p
            }
            _ if t.has_vars_bound_at_or_above(self.current) => t.super_fold_with(self),
            _ => t,
        }
    }
    fn fold_const(&mut self, c: Const<'tcx>) -> Const<'tcx> {
        match c.kind() {
            ConstKind::Bound(d, bound) if d >= self.current => {
                let Some(universe) = self.universe(d) else {
                    return c;
                };
                let p = self.infcx.tcx.mk_const(ConstKind::Placeholder(Placeholder { universe, bound }));
                self.back.insert(p.into(), Back::Const(bound, universe));
                p
            }
            _ => c.super_fold_with(self),
        }
    }
}

/// Puts bound variables back in place of placeholders.
fn close<'tcx>(
    infcx: &InferCtxt<'tcx>,
    t: Ty<'tcx>,
    back: &FxHashMap<ty::GenericArg<'tcx>, Back>,
    universes: &[Option<UniverseIndex>],
) -> Ty<'tcx> {
    let mut c = Closer { infcx, back, universes, current: INNERMOST };
    t.fold_with(&mut c)
}

struct Closer<'a, 'tcx> {
    infcx: &'a InferCtxt<'tcx>,
    back: &'a FxHashMap<ty::GenericArg<'tcx>, Back>,
    universes: &'a [Option<UniverseIndex>],
    current: DebruijnIndex,
}

impl Closer<'_, '_> {
    fn index(&self, u: UniverseIndex) -> DebruijnIndex {
        let i = self.universes.iter().position(|&x| x == Some(u)).expect("a universe of a binder");
        let out = self.universes.len() - i - 1;
        DebruijnIndex::from_usize(out + self.current.as_usize())
    }
}

impl<'tcx> TypeFolder<'tcx> for Closer<'_, 'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        *self.infcx.tcx
    }
    fn fold_binder<T: TypeFoldable<'tcx>>(&mut self, t: Binder<'tcx, T>) -> Binder<'tcx, T> {
        self.current.shift_in(1);
        let t = t.super_fold_with(self);
        self.current.shift_out(1);
        t
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        match self.back.get(&r.into()) {
            Some(&Back::Region(b, u)) => self.infcx.tcx.mk_region(RegionKind::ReBound(self.index(u), b)),
            _ => r,
        }
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        match self.back.get(&t.into()) {
            Some(&Back::Ty(b, u)) => self.infcx.tcx.mk_ty(TyKind::Bound(self.index(u), b)),
            _ if t.has_placeholders() => t.super_fold_with(self),
            _ => t,
        }
    }
    fn fold_const(&mut self, c: Const<'tcx>) -> Const<'tcx> {
        match self.back.get(&c.into()) {
            Some(&Back::Const(b, u)) => self.infcx.tcx.mk_const(ConstKind::Bound(self.index(u), b)),
            _ => c.super_fold_with(self),
        }
    }
}

/// The type behind an alias without variables: `None` if that is not known or fails.
pub(crate) fn try_normalize_alias_ty<'tcx>(
    infcx: &InferCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    ty: Ty<'tcx>,
) -> Option<Ty<'tcx>> {
    let cause = ObligationCause::dummy();
    Some(normalize_silently(infcx, param_env, &cause, ty))
}

/// Provides `normalize_generic_arg_erasing_regions`: an alias that does not normalise stays.
pub(crate) fn normalize_generic_arg_erasing_regions<'tcx>(
    tcx: ::query::TyCtxt<'tcx>,
    input: ty::PseudoCanonicalInput<'tcx, ty::GenericArg<'tcx>>,
) -> Result<ty::GenericArg<'tcx>, ty::ErrorGuaranteed> {
    use crate::infer::TyCtxtInferExt;
    let infcx = tcx.infer_ctxt().ignoring_regions().build(input.typing_env.typing_mode);
    let cause = ObligationCause::dummy();
    let value = normalize_silently(&infcx, input.typing_env.param_env, &cause, input.value);
    Ok(tcx.erase_regions(value))
}
