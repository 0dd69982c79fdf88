//! Making goals canonical, instantiating them, and the same for answers.

use smallvec::SmallVec;
use span::{DUMMY_SP, FxHashMap, Span};
use ty::fold::{TypeFoldable, TypeFolder, TypeSuperFoldable};
use ty::visit::{TypeSuperVisitable, TypeVisitableExt, TypeVisitor};
use ty::{
    Binder, BoundRegion, BoundRegionKind, BoundTy, BoundTyKind, BoundVar, CanonicalVarInfo, CanonicalVarKind, Const,
    ConstKind, DebruijnIndex, GenericArg, INNERMOST, InferConst, InferTy, Interner, ParamEnv, Predicate, Region,
    RegionKind, Ty, TyKind, TypingMode, UniverseIndex, Variance,
};

use super::{CanonicalInput, Goal, NoSolution, Response};
use crate::infer::relate::{TypeRelating, TypeRelation};
use crate::infer::{InferCtxt, RegionVariableOrigin, SubregionOrigin};

pub(crate) type VarValues<'tcx> = SmallVec<[GenericArg<'tcx>; 4]>;

/// Numbers the variables of a goal. Returns what they are in the caller's context.
pub(crate) fn canonicalize_goal<'tcx>(
    infcx: &InferCtxt<'tcx>,
    goal: Goal<'tcx, Predicate<'tcx>>,
) -> (CanonicalInput<'tcx>, VarValues<'tcx>) {
    let predicate = infcx.resolve_vars_if_possible(goal.predicate);
    let mut param_env = infcx.resolve_vars_if_possible(goal.param_env);
    let mut predicate = predicate;
    if !infcx.considering_regions {
        param_env = erase_env(infcx, param_env);
        predicate = erase_free_regions(infcx, predicate);
    }
    let mut c = Canonicalizer::new(infcx);
    if predicate.has_infer() {
        predicate = predicate.fold_with(&mut c);
    }
    if param_env.has_infer() {
        param_env = param_env.fold_with(&mut c);
    }
    let mut max_universe = c.max_universe;
    if predicate.has_placeholders() || param_env.has_placeholders() {
        let mut m = MaxUniverse(max_universe);
        let _ = ty::TypeVisitable::visit_with(&predicate, &mut m);
        let _ = ty::TypeVisitable::visit_with(&param_env, &mut m);
        max_universe = m.0;
    }
    let mode = match infcx.typing_mode() {
        TypingMode::Analysis { defining_opaque_types } if defining_opaque_types.is_empty() => {
            TypingMode::non_body_analysis()
        }
        TypingMode::Borrowck { defining_opaque_types } => TypingMode::Analysis { defining_opaque_types },
        mode => mode,
    };
    let input = CanonicalInput {
        param_env,
        predicate,
        vars: infcx.tcx.mk_canonical_vars(&c.infos),
        max_universe,
        mode,
        regions: infcx.considering_regions,
    };
    (input, c.values)
}

/// A goal of a context without regions, with each erased region as a variable: whether it holds for all bound regions
/// can be told from that.
pub(crate) fn canonicalize_for_leak_check<'tcx>(
    infcx: &InferCtxt<'tcx>,
    goal: Goal<'tcx, Predicate<'tcx>>,
) -> CanonicalInput<'tcx> {
    let (mut input, _) = canonicalize_goal(infcx, goal);
    let mut c = Canonicalizer::new(infcx);
    c.erased_regions = true;
    let predicate = erase_free_regions(infcx, infcx.resolve_vars_if_possible(goal.predicate));
    input.predicate = predicate.fold_with(&mut c);
    let param_env = erase_env(infcx, infcx.resolve_vars_if_possible(goal.param_env));
    input.param_env = if param_env.caller_bounds().is_empty() { param_env } else { param_env.fold_with(&mut c) };
    input.vars = infcx.tcx.mk_canonical_vars(&c.infos);
    input.regions = true;
    input
}

fn erase_env<'tcx>(infcx: &InferCtxt<'tcx>, env: ParamEnv<'tcx>) -> ParamEnv<'tcx> {
    if env.caller_bounds().is_empty() {
        return env;
    }
    let cache = super::cache(infcx.tcx);
    if let Some(&e) = cache.erased_envs.borrow().get(&env) {
        return e;
    }
    let bounds: Vec<_> = env
        .caller_bounds()
        .iter()
        .filter(|c| {
            !matches!(c.kind().skip_binder(), ty::ClauseKind::RegionOutlives(_) | ty::ClauseKind::TypeOutlives(_))
        })
        .map(|c| erase_free_regions(infcx, c))
        .collect();
    let e = ParamEnv::new(infcx.tcx.mk_clauses(&bounds));
    cache.erased_envs.borrow_mut().insert(env, e);
    e
}

/// Replaces all regions but bound ones and placeholders by the erased one.
pub(crate) fn erase_free_regions<'tcx, T: TypeFoldable<'tcx> + ty::TypeVisitable<'tcx>>(
    infcx: &InferCtxt<'tcx>,
    value: T,
) -> T {
    if !value.has_free_regions() {
        return value;
    }
    value.fold_with(&mut EraseFree { cx: *infcx.tcx })
}

struct EraseFree<'tcx> {
    cx: Interner<'tcx>,
}

impl<'tcx> TypeFolder<'tcx> for EraseFree<'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        self.cx
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        if t.has_free_regions() { t.super_fold_with(self) } else { t }
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        match r.kind() {
            RegionKind::ReBound(..) | RegionKind::RePlaceholder(_) | RegionKind::ReError(_) => r,
            _ => self.cx.lifetimes().re_erased,
        }
    }
    fn fold_predicate(&mut self, p: Predicate<'tcx>) -> Predicate<'tcx> {
        if p.has_free_regions() { p.super_fold_with(self) } else { p }
    }
}

struct MaxUniverse(UniverseIndex);

impl<'tcx> TypeVisitor<'tcx> for MaxUniverse {
    type Break = ();
    fn visit_ty(&mut self, t: Ty<'tcx>) -> std::ops::ControlFlow<()> {
        if let TyKind::Placeholder(p) = *t.kind() {
            self.0 = self.0.max(p.universe);
        }
        if t.has_placeholders() { t.super_visit_with(self) } else { std::ops::ControlFlow::Continue(()) }
    }
    fn visit_region(&mut self, r: Region<'tcx>) -> std::ops::ControlFlow<()> {
        if let RegionKind::RePlaceholder(p) = r.kind() {
            self.0 = self.0.max(p.universe);
        }
        std::ops::ControlFlow::Continue(())
    }
    fn visit_const(&mut self, c: Const<'tcx>) -> std::ops::ControlFlow<()> {
        if let ConstKind::Placeholder(p) = c.kind() {
            self.0 = self.0.max(p.universe);
        }
        c.super_visit_with(self)
    }
}

/// Replaces variables by numbered bound variables.
pub(crate) struct Canonicalizer<'a, 'tcx> {
    infcx: &'a InferCtxt<'tcx>,
    pub(crate) infos: SmallVec<[CanonicalVarInfo; 4]>,
    pub(crate) values: VarValues<'tcx>,
    map: FxHashMap<GenericArg<'tcx>, BoundVar>,
    binder: DebruijnIndex,
    pub(crate) max_universe: UniverseIndex,
    /// Also make regions that are not variables numbered (user types).
    pub(crate) all_regions: bool,
    /// Only erased regions occur, each of which is to be a variable (leak checks).
    erased_regions: bool,
}

impl<'a, 'tcx> Canonicalizer<'a, 'tcx> {
    pub(crate) fn new(infcx: &'a InferCtxt<'tcx>) -> Self {
        Canonicalizer {
            infcx,
            infos: SmallVec::new(),
            values: SmallVec::new(),
            map: FxHashMap::default(),
            binder: INNERMOST,
            max_universe: UniverseIndex::ROOT,
            all_regions: false,
            erased_regions: false,
        }
    }
    fn var(&mut self, value: GenericArg<'tcx>, kind: CanonicalVarKind) -> BoundVar {
        if self.values.len() < 8 {
            if let Some(i) = self.values.iter().position(|&v| v == value) {
                return BoundVar::from_usize(i);
            }
        } else if let Some(&v) = self.map.get(&value) {
            return v;
        }
        let u = match kind {
            CanonicalVarKind::Ty { universe, .. }
            | CanonicalVarKind::Region(universe)
            | CanonicalVarKind::Const(universe) => universe,
            _ => UniverseIndex::ROOT,
        };
        self.max_universe = self.max_universe.max(u);
        let var = BoundVar::from_usize(self.values.len());
        self.values.push(value);
        self.infos.push(CanonicalVarInfo { kind });
        if self.values.len() == 8 {
            for (i, &v) in self.values.iter().enumerate() {
                self.map.insert(v, BoundVar::from_usize(i));
            }
        } else if self.values.len() > 8 {
            self.map.insert(value, var);
        }
        var
    }
    fn bound_ty(&self, var: BoundVar) -> Ty<'tcx> {
        let bt = BoundTy { var, kind: BoundTyKind::Anon };
        self.infcx.tcx.mk_ty(TyKind::Bound(self.binder, bt))
    }
}

impl<'tcx> TypeFolder<'tcx> for Canonicalizer<'_, 'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        *self.infcx.tcx
    }
    fn fold_binder<T: TypeFoldable<'tcx>>(&mut self, t: Binder<'tcx, T>) -> Binder<'tcx, T> {
        self.binder.shift_in(1);
        let t = t.super_fold_with(self);
        self.binder.shift_out(1);
        t
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        let numbered = t.has_infer()
            || (self.all_regions && t.has_free_regions())
            || (self.erased_regions && t.has_erased_regions());
        if !numbered {
            return t;
        }
        match *t.kind() {
            TyKind::Infer(InferTy::TyVar(vid)) => match self.infcx.probe_ty_var(vid) {
                Ok(known) => known.fold_with(self),
                Err(universe) => {
                    let root = self.infcx.root_var(vid);
                    let value = self.infcx.tcx.mk_ty_var(root);
                    let kind = CanonicalVarKind::Ty { universe, sub_root: 0 };
                    let var = self.var(value.into(), kind);
                    self.bound_ty(var)
                }
            },
            TyKind::Infer(InferTy::IntVar(v)) => {
                let value = self.infcx.opportunistic_resolve_int_var(v);
                if !value.is_ty_infer() {
                    return value;
                }
                let var = self.var(value.into(), CanonicalVarKind::Int);
                self.bound_ty(var)
            }
            TyKind::Infer(InferTy::FloatVar(v)) => {
                let value = self.infcx.opportunistic_resolve_float_var(v);
                if !value.is_ty_infer() {
                    return value;
                }
                let var = self.var(value.into(), CanonicalVarKind::Float);
                self.bound_ty(var)
            }
            _ => t.super_fold_with(self),
        }
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        let number = match r.kind() {
            RegionKind::ReVar(_) => true,
            RegionKind::ReBound(..) | RegionKind::ReError(_) => false,
            RegionKind::ReErased => self.all_regions || self.erased_regions,
            RegionKind::ReStatic
            | RegionKind::ReEarlyParam(_)
            | RegionKind::ReLateParam(_)
            | RegionKind::RePlaceholder(_) => false,
        };
        if !number {
            return r;
        }
        // Each erased region of a user type is a variable of its own.
        let var = if r.is_erased() {
            let var = BoundVar::from_usize(self.values.len());
            self.values.push(r.into());
            self.infos.push(CanonicalVarInfo { kind: CanonicalVarKind::Region(UniverseIndex::ROOT) });
            var
        } else {
            let universe = self.infcx.universe_of_region(r);
            self.var(r.into(), CanonicalVarKind::Region(universe))
        };
        self.infcx.tcx.mk_region(RegionKind::ReBound(self.binder, BoundRegion { var, kind: BoundRegionKind::Anon }))
    }
    fn fold_const(&mut self, c: Const<'tcx>) -> Const<'tcx> {
        match c.kind() {
            ConstKind::Infer(InferConst::Var(vid)) => match self.infcx.probe_const_var(vid) {
                Ok(known) => known.fold_with(self),
                Err(universe) => {
                    let root = self.infcx.root_const_var(vid);
                    let value = self.infcx.tcx.mk_const(ConstKind::Infer(InferConst::Var(root)));
                    let var = self.var(value.into(), CanonicalVarKind::Const(universe));
                    self.infcx.tcx.mk_const(ConstKind::Bound(self.binder, var))
                }
            },
            _ => c.super_fold_with(self),
        }
    }
    fn fold_predicate(&mut self, p: Predicate<'tcx>) -> Predicate<'tcx> {
        let numbered = p.has_infer()
            || (self.all_regions && p.has_free_regions())
            || (self.erased_regions && p.has_erased_regions());
        if numbered { p.super_fold_with(self) } else { p }
    }
}

/// A fresh variable for a numbered one.
pub(crate) fn fresh_var<'tcx>(
    infcx: &InferCtxt<'tcx>,
    span: Span,
    info: CanonicalVarInfo,
    map_universe: impl Fn(UniverseIndex) -> UniverseIndex,
) -> GenericArg<'tcx> {
    match info.kind {
        CanonicalVarKind::Ty { universe, .. } => infcx.next_ty_var_in_universe(span, map_universe(universe)).into(),
        CanonicalVarKind::Int => infcx.next_int_var().into(),
        CanonicalVarKind::Float => infcx.next_float_var(span).into(),
        CanonicalVarKind::Region(universe) => {
            infcx.next_region_var_in_universe(RegionVariableOrigin::Misc(span), map_universe(universe)).into()
        }
        CanonicalVarKind::Const(universe) => infcx.next_const_var_in_universe(span, map_universe(universe)).into(),
        CanonicalVarKind::PlaceholderTy(p) => infcx.tcx.mk_ty(TyKind::Placeholder(p)).into(),
        CanonicalVarKind::PlaceholderRegion(p) => infcx.tcx.mk_region(RegionKind::RePlaceholder(p)).into(),
        CanonicalVarKind::PlaceholderConst(p) => infcx.tcx.mk_const(ConstKind::Placeholder(p)).into(),
    }
}

/// Replaces numbered variables by values.
pub(crate) fn substitute<'tcx, T: TypeFoldable<'tcx> + ty::TypeVisitable<'tcx>>(
    cx: Interner<'tcx>,
    value: T,
    values: &[GenericArg<'tcx>],
) -> T {
    if values.is_empty() || !value.has_escaping_bound_vars() {
        return value;
    }
    cx.replace_escaping_bound_vars(
        value,
        ty::fold::FnMutDelegate {
            regions: &mut |br: BoundRegion| values[br.var.as_usize()].expect_region(),
            types: &mut |bt: BoundTy| values[bt.var.as_usize()].expect_ty(),
            consts: &mut |bc: BoundVar| values[bc.as_usize()].expect_const(),
        },
    )
}

/// The answer of a goal's own context: what its variables became, and the region constraints.
pub(crate) fn make_response<'tcx>(
    infcx: &InferCtxt<'tcx>,
    inputs: &[GenericArg<'tcx>],
    input_universe: UniverseIndex,
    certainty: super::Certainty,
) -> Response<'tcx> {
    let values: VarValues<'tcx> = inputs.iter().map(|&v| infcx.resolve_vars_if_possible(v)).collect();
    let values = if infcx.considering_regions {
        super::search_graph::replace_equal_regions(infcx, values, inputs, input_universe)
    } else {
        values
    };
    // Nothing is learnt if each variable is still one, and they are different.
    let learnt = values
        .iter()
        .enumerate()
        .any(|(i, &v)| v != inputs[i] && !(is_var(v) && same_kind(v, inputs[i])) || values[..i].contains(&v));
    let outlives = if infcx.considering_regions {
        super::search_graph::visible_outlives(infcx, &values, input_universe)
    } else {
        Vec::new()
    };
    if !learnt && outlives.is_empty() {
        return Response::trivial(certainty);
    }
    let tcx = infcx.tcx;
    let mut c = Canonicalizer::new(infcx);
    let var_values: Vec<_> = values.iter().map(|v| v.fold_with(&mut c)).collect();
    let outlives: Vec<_> = outlives.into_iter().map(|v| v.fold_with(&mut c)).collect();
    Response {
        certainty,
        vars: tcx.mk_canonical_vars(&c.infos),
        var_values: Some(tcx.mk_args(&var_values)),
        outlives: tcx.mk_args(&outlives),
    }
}

fn is_var(v: GenericArg<'_>) -> bool {
    match v {
        GenericArg::Type(t) => t.is_ty_infer(),
        GenericArg::Const(c) => c.is_ct_infer(),
        GenericArg::Lifetime(r) => r.is_var(),
    }
}

/// Whether both are variables of the same sort (an integer variable is not an arbitrary one).
fn same_kind(a: GenericArg<'_>, b: GenericArg<'_>) -> bool {
    match (a, b) {
        (GenericArg::Type(a), GenericArg::Type(b)) => {
            std::mem::discriminant(a.kind()) == std::mem::discriminant(b.kind())
                && matches!(
                    (a.kind(), b.kind()),
                    (TyKind::Infer(InferTy::TyVar(_)), TyKind::Infer(InferTy::TyVar(_)))
                        | (TyKind::Infer(InferTy::IntVar(_)), TyKind::Infer(InferTy::IntVar(_)))
                        | (TyKind::Infer(InferTy::FloatVar(_)), TyKind::Infer(InferTy::FloatVar(_)))
                )
        }
        _ => true,
    }
}

/// Brings an answer into the caller's context. Whether something was learnt.
pub(crate) fn instantiate_response<'tcx>(
    infcx: &InferCtxt<'tcx>,
    span: Span,
    param_env: ParamEnv<'tcx>,
    response: Response<'tcx>,
    orig: &[GenericArg<'tcx>],
) -> Result<bool, NoSolution> {
    if response.is_trivial() {
        return Ok(false);
    }
    let tcx = infcx.tcx;
    let identity;
    let var_values = match response.var_values {
        Some(v) => v,
        None => {
            identity = tcx.mk_args(orig);
            identity
        }
    };
    // A variable of the answer that is the value of one of the goal's is that variable.
    let mut fresh: Vec<Option<GenericArg<'tcx>>> = vec![None; response.vars.len()];
    for (i, v) in var_values.iter().enumerate() {
        let var = match v {
            GenericArg::Type(t) => match *t.kind() {
                TyKind::Bound(d, b) if d == INNERMOST => Some(b.var),
                _ => None,
            },
            GenericArg::Lifetime(r) => match r.kind() {
                RegionKind::ReBound(d, b) if d == INNERMOST => Some(b.var),
                _ => None,
            },
            GenericArg::Const(c) => match c.kind() {
                ConstKind::Bound(d, b) if d == INNERMOST => Some(b),
                _ => None,
            },
        };
        if let Some(var) = var {
            let slot = &mut fresh[var.as_usize()];
            if slot.is_none() {
                *slot = Some(orig[i]);
            }
        }
    }
    let values: Vec<GenericArg<'tcx>> = fresh
        .into_iter()
        .zip(response.vars.iter())
        .map(|(v, info)| v.unwrap_or_else(|| fresh_var(infcx, span, info, |u| u.min(infcx.universe()))))
        .collect();
    let mut changed = false;
    for (&o, v) in orig.iter().zip(var_values.iter()) {
        let v = substitute(*tcx, v, &values);
        if o == v {
            continue;
        }
        if !matches!(o, GenericArg::Lifetime(_)) {
            changed = true;
        }
        let mut relating = TypeRelating::in_solver(infcx, param_env, Variance::Invariant);
        relating.structural_aliases = true;
        relating.relate(o, v)?;
    }
    for pair in response.outlives.as_slice().chunks(2) {
        let a = substitute(*tcx, pair[0], &values);
        let r = substitute(*tcx, pair[1], &values).expect_region();
        let origin = SubregionOrigin::SolverRegionConstraint(span);
        match a {
            GenericArg::Lifetime(sup) => infcx.sub_regions(origin, r, sup),
            GenericArg::Type(t) => {
                infcx.register_type_outlives_constraint_inner(crate::infer::TypeOutlivesConstraint {
                    sub_region: r,
                    sup_type: t,
                    origin,
                })
            }
            GenericArg::Const(_) => {}
        }
    }
    Ok(changed)
}

/// Instantiates a canonical goal in a context of its own.
pub(crate) fn instantiate_input<'tcx>(
    infcx: &InferCtxt<'tcx>,
    input: &CanonicalInput<'tcx>,
) -> (Goal<'tcx, Predicate<'tcx>>, VarValues<'tcx>) {
    infcx.set_universe(input.max_universe);
    let values: VarValues<'tcx> = input.vars.iter().map(|info| fresh_var(infcx, DUMMY_SP, info, |u| u)).collect();
    let goal = Goal {
        param_env: substitute(*infcx.tcx, input.param_env, &values),
        predicate: substitute(*infcx.tcx, input.predicate, &values),
    };
    (goal, values)
}
