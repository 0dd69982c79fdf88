//! Drop check (RFC 1327): what must be alive when a value is dropped.

use query::TyCtxt;
use span::def_id::DefId;
use ty::{GenericArg, GenericParamDefKind, ParamEnv, Ty, TyKind};

use crate::infer::InferCtxt;
use crate::traits::{ObligationCause, normalize};

/// What a type's drop looks at.
#[derive(Clone, Debug, Default)]
pub struct DropckConstraint<'tcx> {
    /// Must outlive the drop.
    pub outlives: Vec<GenericArg<'tcx>>,
    /// Types to be looked at in turn once they are normalised.
    pub dtorck_types: Vec<Ty<'tcx>>,
    /// Too deep.
    pub overflows: Vec<Ty<'tcx>>,
}

/// Regions and types that must be alive when a value of the type is dropped.
pub fn dropck_outlives<'tcx>(
    infcx: &InferCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    ty: Ty<'tcx>,
) -> DropckConstraint<'tcx> {
    let tcx = infcx.tcx;
    let mut result = DropckConstraint::default();
    if trivial_dropck_outlives(tcx, ty) {
        return result;
    }
    let cause = ObligationCause::dummy();
    let mut seen = span::FxHashSet::default();
    let mut stack = vec![(ty, 0)];
    while let Some((ty, depth)) = stack.pop() {
        let ty = infcx.resolve_vars_if_possible(ty);
        let ty = normalize::normalize_silently(infcx, param_env, &cause, ty);
        let ty = infcx.resolve_vars_if_possible(ty);
        if !seen.insert(ty) {
            continue;
        }
        if depth > crate::traits::util::recursion_limit(tcx) {
            result.overflows.push(ty);
            break;
        }
        let mut c = DropckConstraint::default();
        constraint_for_ty(tcx, ty, &mut c);
        for o in c.outlives {
            if !result.outlives.contains(&o) {
                result.outlives.push(o);
            }
        }
        stack.extend(c.dtorck_types.into_iter().map(|t| (t, depth + 1)));
    }
    result
}

/// Whether dropping can look at nothing.
#[allow(clippy::only_used_in_recursion)] // rustc's signature
pub fn trivial_dropck_outlives<'tcx>(tcx: TyCtxt<'tcx>, ty: Ty<'tcx>) -> bool {
    match *ty.kind() {
        TyKind::Infer(ty::InferTy::IntVar(_) | ty::InferTy::FloatVar(_))
        | TyKind::Bool
        | TyKind::Int(_)
        | TyKind::Uint(_)
        | TyKind::Float(_)
        | TyKind::Never
        | TyKind::FnDef(..)
        | TyKind::FnPtr(_)
        | TyKind::Char
        | TyKind::CoroutineWitness(..)
        | TyKind::RawPtr(..)
        | TyKind::Ref(..)
        | TyKind::Str
        | TyKind::Foreign(_)
        | TyKind::Error(_) => true,
        TyKind::Pat(t, _) | TyKind::Array(t, _) | TyKind::Slice(t) => trivial_dropck_outlives(tcx, t),
        TyKind::Tuple(tys) => tys.iter().all(|t| trivial_dropck_outlives(tcx, t)),
        TyKind::Closure(_, args) => trivial_dropck_outlives(tcx, args.as_closure().tupled_upvars_ty()),
        TyKind::CoroutineClosure(_, args) => {
            trivial_dropck_outlives(tcx, args.as_coroutine_closure().tupled_upvars_ty())
        }
        TyKind::Adt(def, _) => def.is_manually_drop(),
        TyKind::UnsafeBinder(_) => true,
        _ => false,
    }
}

fn constraint_for_ty<'tcx>(tcx: TyCtxt<'tcx>, ty: Ty<'tcx>, out: &mut DropckConstraint<'tcx>) {
    if trivial_dropck_outlives(tcx, ty) {
        return;
    }
    match *ty.kind() {
        TyKind::Pat(t, _) | TyKind::Array(t, _) | TyKind::Slice(t) => {
            constraint_for_ty(tcx, t, out);
        }
        TyKind::Tuple(tys) => {
            for t in tys {
                constraint_for_ty(tcx, t, out);
            }
        }
        TyKind::Closure(_, args) => {
            for t in args.as_closure().upvar_tys() {
                constraint_for_ty(tcx, t, out);
            }
        }
        TyKind::CoroutineClosure(_, args) => {
            constraint_for_ty(tcx, args.as_coroutine_closure().tupled_upvars_ty(), out);
        }
        TyKind::Coroutine(_, args) => {
            // Its drop may look at whatever it holds.
            let c = args.as_coroutine();
            out.outlives.extend(c.upvar_tys().iter().map(GenericArg::from));
            out.outlives.push(c.resume_ty().into());
            out.outlives.extend(c.parent_args().iter().copied());
        }
        TyKind::Adt(def, args) => {
            // Types to look at come before the parameters that must outlive the drop, split by a marker (`()`).
            let all = tcx.adt_dtorck_constraint(def.did());
            let split = all.iter().position(|t| t.is_unit()).unwrap_or(all.len());
            for &t in &all[..split] {
                out.dtorck_types.push(ty::EarlyBinder::bind(t).instantiate(*tcx, args));
            }
            for &t in all.get(split + 1..).unwrap_or(&[]) {
                let t = ty::EarlyBinder::bind(t).instantiate(*tcx, args);
                out.outlives.push(t.into());
            }
            if has_looking_dtor(tcx, def.did()) {
                for (r, dangle) in lifetime_params(tcx, def.did(), args) {
                    if !dangle {
                        out.outlives.push(r);
                    }
                }
            }
        }
        TyKind::Dynamic(..) => out.outlives.push(ty.into()),
        TyKind::Alias(..) | TyKind::Param(_) | TyKind::Placeholder(_) => {
            out.outlives.push(ty.into());
        }
        TyKind::Infer(_) | TyKind::Bound(..) => out.dtorck_types.push(ty),
        _ => {}
    }
}

fn has_looking_dtor(tcx: TyCtxt<'_>, def_id: DefId) -> bool {
    tcx.adt_destructor(def_id).is_some()
}

/// An ADT's lifetime arguments, and whether its `Drop` impl says `#[may_dangle]` of them.
fn lifetime_params<'tcx>(
    tcx: TyCtxt<'tcx>,
    adt: DefId,
    args: ty::GenericArgsRef<'tcx>,
) -> Vec<(GenericArg<'tcx>, bool)> {
    let dangling = may_dangle_params(tcx, adt);
    tcx.generics_of(adt)
        .own_params
        .iter()
        .filter(|p| matches!(p.kind, GenericParamDefKind::Lifetime))
        .map(|p| (args[p.index as usize], dangling.contains(&p.index)))
        .collect()
}

/// The parameters of an ADT for which its `Drop` impl says `#[may_dangle]`.
fn may_dangle_params(tcx: TyCtxt<'_>, adt: DefId) -> Vec<u32> {
    let Some(drop_fn) = tcx.adt_destructor(adt) else {
        return Vec::new();
    };
    let impl_def_id = tcx.parent(drop_fn);
    let impl_generics = tcx.generics_of(impl_def_id);
    let TyKind::Adt(_, impl_args) = *tcx.type_of(impl_def_id).skip_binder().kind() else {
        return Vec::new();
    };
    // The impl's own parameters stand in some order as the ADT's arguments.
    impl_args
        .iter()
        .enumerate()
        .filter(|(_, a)| {
            let index = match *a {
                GenericArg::Type(t) => match *t.kind() {
                    TyKind::Param(p) => p.index,
                    _ => return false,
                },
                GenericArg::Lifetime(r) => match r.kind() {
                    ty::RegionKind::ReEarlyParam(p) => p.index,
                    _ => return false,
                },
                GenericArg::Const(_) => return true,
            };
            impl_generics.own_params.iter().any(|p| p.index == index && p.pure_wrt_drop)
        })
        .map(|(i, _)| i as u32)
        .collect()
}

/// Provides `adt_dtorck_constraint`: the types to look at, then `()`, then the types that must outlive the drop.
pub(crate) fn adt_dtorck_constraint(tcx: TyCtxt<'_>, def_id: DefId) -> &[Ty<'_>] {
    let def = tcx.adt_def(def_id);
    if def.is_manually_drop() {
        return &[];
    }
    let args = tcx.identity_args_for(def_id);
    if def.is_phantom_data() {
        // `PhantomData<T>` stands for a `T`.
        let types: Vec<_> = args.types().collect();
        return tcx.arena().alloc(types);
    }
    let mut looked_at = Vec::new();
    let mut outlives = Vec::new();
    for f in def.all_fields() {
        // What is in it is looked at when the parameters are known: a parameter's type may have no destructor.
        let t = tcx.type_of(f.did).instantiate_identity();
        if !trivial_dropck_outlives(tcx, t) && !looked_at.contains(&t) {
            looked_at.push(t);
        }
    }
    if tcx.adt_destructor(def_id).is_some() {
        let dangling = may_dangle_params(tcx, def_id);
        for (i, a) in args.iter().enumerate() {
            if dangling.contains(&(i as u32)) {
                continue;
            }
            if let GenericArg::Type(t) = a {
                outlives.push(t);
            }
        }
    }
    looked_at.retain(|t| !t.is_unit());
    if !outlives.is_empty() {
        looked_at.push(tcx.types().unit);
        looked_at.extend(outlives);
    }
    tcx.arena().alloc(looked_at)
}
