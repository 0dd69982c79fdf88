//! Small helpers: constants of the type system, discriminant types, trivial facts.

use ::query::TyCtxt;
use mir::interpret::{ErrorHandled, GlobalId};
use ty::visit::TypeVisitableExt;
use ty::{AdtDef, Const, ConstKind, Instance, InstanceKind, Ty, TyKind, TypingEnv, UnevaluatedConst};

/// How deep goals may nest (`#![recursion_limit]`).
pub fn recursion_limit(tcx: TyCtxt<'_>) -> usize {
    struct Slot;
    *tcx.slot::<Slot, usize>(|| {
        tcx.get_attr(span::def_id::CRATE_DEF_ID, span::Symbol::intern("recursion_limit"))
            .and_then(|a| a.value_str())
            .and_then(|s| s.as_str().parse().ok())
            .unwrap_or(128)
    })
}

/// Why a constant of a type has no value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConstEvalError {
    /// It depends on generic parameters.
    TooGeneric,
    /// Evaluating it failed, which was reported.
    Reported,
}

/// Evaluates a constant of the type system.
pub fn try_eval_const<'tcx>(
    tcx: TyCtxt<'tcx>,
    env: TypingEnv<'tcx>,
    uv: UnevaluatedConst<'tcx>,
) -> Result<Const<'tcx>, ConstEvalError> {
    use hir::def::DefKind;
    if uv.args.references_error() {
        return Err(ConstEvalError::Reported);
    }
    let kind = tcx.def_kind(uv.def);
    let (args, env) = match kind {
        DefKind::AnonConst if tcx.generics_of(uv.def).count() == 0 => {
            // An anonymous constant of a type has no generics in scope: its arguments do not matter.
            (ty::List::empty(), TypingEnv::fully_monomorphized())
        }
        DefKind::AnonConst if tcx.anon_const_kind(uv.def) == ty::AnonConstKind::RepeatExprCount => {
            // The parameters are in scope, but may not be used: it is evaluated where it stands.
            (
                tcx.erase_regions(tcx.identity_args_for(uv.def)),
                TypingEnv { typing_mode: ty::TypingMode::PostAnalysis, param_env: tcx.param_env(uv.def) },
            )
        }
        _ => {
            let args = tcx.erase_regions(uv.args);
            // A constant like `T::LEN`, or, with `generic_const_exprs`, `N + 1`.
            if args.has_non_region_param() || args.has_non_region_infer() || args.has_placeholders() {
                return Err(ConstEvalError::TooGeneric);
            }
            (args, env)
        }
    };
    let env = if args.is_global() { TypingEnv::fully_monomorphized() } else { env };
    let def = if kind == DefKind::AssocConst && tcx.trait_of_assoc(uv.def).is_some() {
        match tcx.resolve_instance(env, uv.def, args) {
            Ok(Some(i)) => i,
            Ok(None) => return Err(ConstEvalError::TooGeneric),
            Err(_) => return Err(ConstEvalError::Reported),
        }
    } else {
        Instance { def: InstanceKind::Item(uv.def), args }
    };
    let id = GlobalId { instance: def, promoted: None };
    match tcx.eval_to_valtree(env.as_query_input(id)) {
        Ok(Ok(valtree)) => {
            let ty = tcx.type_of(uv.def).instantiate(*tcx, args);
            let ty = tcx.normalize_erasing_regions(env, ty);
            Ok(Const::new_value(*tcx, valtree, ty))
        }
        Ok(Err(_)) => Err(ConstEvalError::Reported),
        Err(ErrorHandled::TooGeneric(..)) => Err(ConstEvalError::TooGeneric),
        Err(_) => Err(ConstEvalError::Reported),
    }
}

/// A constant with its value, if it can be evaluated.
pub fn eval_const<'tcx>(tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, ct: Const<'tcx>) -> Const<'tcx> {
    match ct.kind() {
        ConstKind::Unevaluated(uv) => try_eval_const(tcx, env, uv).unwrap_or(ct),
        _ => ct,
    }
}

/// The type of an enum's discriminants.
pub fn discr_ty_of_repr<'tcx>(tcx: TyCtxt<'tcx>, def: AdtDef<'tcx>) -> Ty<'tcx> {
    use rustc_abi::{Integer, IntegerType};
    let t = tcx.types();
    match def.repr().discr_type() {
        IntegerType::Pointer(true) => t.isize,
        IntegerType::Pointer(false) => t.usize,
        IntegerType::Fixed(i, signed) => match (i, signed) {
            (Integer::I8, true) => t.i8,
            (Integer::I16, true) => t.i16,
            (Integer::I32, true) => t.i32,
            (Integer::I64, true) => t.i64,
            (Integer::I128, true) => t.i128,
            (Integer::I8, false) => t.u8,
            (Integer::I16, false) => t.u16,
            (Integer::I32, false) => t.u32,
            (Integer::I64, false) => t.u64,
            (Integer::I128, false) => t.u128,
        },
    }
}

/// Whether a type outlives every region: it has neither regions nor parameters.
pub fn trivially_outlives(ty: Ty<'_>) -> bool {
    let flags = ty::TypeFlags::HAS_FREE_REGIONS
        | ty::TypeFlags::HAS_RE_BOUND
        | ty::TypeFlags::HAS_PARAM
        | ty::TypeFlags::HAS_INFER
        | ty::TypeFlags::HAS_PLACEHOLDER
        | ty::TypeFlags::HAS_ALIAS
        | ty::TypeFlags::HAS_TY_BOUND;
    !ty.flags().intersects(flags) && !matches!(ty.kind(), TyKind::Closure(..))
}

/// Whether the trait's impls may be given a `dyn` type by the object itself.
pub fn implemented_via_object(tcx: TyCtxt<'_>, trait_def_id: span::def_id::DefId) -> bool {
    tcx.trait_def(trait_def_id).implement_via_object
}
