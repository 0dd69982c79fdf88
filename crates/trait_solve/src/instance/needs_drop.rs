//! Whether dropping a value does anything.

use query::TyCtxt;
use span::FxHashSet;
use ty::{PseudoCanonicalInput, Ty, TyKind, TypingEnv};

/// Provides `needs_drop_raw`.
pub(crate) fn needs_drop_raw<'tcx>(tcx: TyCtxt<'tcx>, key: PseudoCanonicalInput<'tcx, Ty<'tcx>>) -> bool {
    walk(tcx, key.typing_env, key.value, false)
}

/// Provides `has_significant_drop_raw`: drops with an effect that is not only freeing memory.
pub(crate) fn has_significant_drop_raw<'tcx>(tcx: TyCtxt<'tcx>, key: PseudoCanonicalInput<'tcx, Ty<'tcx>>) -> bool {
    walk(tcx, key.typing_env, key.value, true)
}

fn walk<'tcx>(tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, root: Ty<'tcx>, significant: bool) -> bool {
    let mut seen: FxHashSet<Ty<'tcx>> = FxHashSet::default();
    let mut stack = vec![root];
    let limit = 4096;
    while let Some(ty) = stack.pop() {
        let ty = tcx.normalize_erasing_regions(env, ty);
        if !seen.insert(ty) {
            continue;
        }
        if seen.len() > limit {
            // Polymorphic recursion: reported where the type's layout is asked for.
            return true;
        }
        match *ty.kind() {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Never
            | TyKind::Str
            | TyKind::Ref(..)
            | TyKind::RawPtr(..)
            | TyKind::FnPtr(_)
            | TyKind::FnDef(..)
            | TyKind::Foreign(_)
            | TyKind::Infer(ty::InferTy::IntVar(_) | ty::InferTy::FloatVar(_))
            | TyKind::Error(_) => {}
            TyKind::Array(t, len) => {
                if len.try_to_target_usize() != Some(0) {
                    stack.push(t);
                }
            }
            TyKind::Slice(t) | TyKind::Pat(t, _) => stack.push(t),
            TyKind::UnsafeBinder(_) => {}
            TyKind::Tuple(tys) => stack.extend(tys.iter()),
            TyKind::Closure(_, args) => stack.extend(args.as_closure().upvar_tys().iter()),
            TyKind::CoroutineClosure(_, args) => {
                stack.push(args.as_coroutine_closure().tupled_upvars_ty());
            }
            // What it keeps is not looked at.
            TyKind::Coroutine(..) => return true,
            TyKind::CoroutineWitness(..) => {}
            TyKind::Adt(def, args) => {
                if def.is_manually_drop() {
                    continue;
                }
                if tcx.adt_destructor(def.did()).is_some() {
                    let insignificant =
                        significant && tcx.has_attr(def.did(), span::Symbol::intern("rustc_insignificant_dtor"));
                    if !insignificant {
                        return true;
                    }
                    // What it holds may still matter.
                    stack.extend(args.types());
                    continue;
                }
                if def.is_box() && significant {
                    stack.extend(args.types());
                    continue;
                }
                if def.is_box() {
                    return true;
                }
                if def.is_union() {
                    continue;
                }
                for f in def.all_fields() {
                    stack.push(tcx.field_ty(f, args));
                }
            }
            TyKind::Dynamic(..) => return true,
            TyKind::Param(_) | TyKind::Alias(..) | TyKind::Placeholder(_) | TyKind::Bound(..) | TyKind::Infer(_) => {
                if !tcx.type_is_copy_modulo_regions(env, ty) {
                    return true;
                }
            }
        }
    }
    false
}
