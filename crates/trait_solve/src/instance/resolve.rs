//! From a path to a function with arguments to what it runs.

use hir::LangItem;
use hir::def::DefKind;
use query::{BuiltinImplSource, ImplSource, TyCtxt};
use span::def_id::DefId;
use ty::closure::ClosureKind;
use ty::visit::TypeVisitableExt;
use ty::{
    ErrorGuaranteed, GenericArgsRef, Instance, InstanceKind, PseudoCanonicalInput, TraitRef, TyKind, TypingEnv,
    TypingMode,
};

use crate::coherence::specialization_graph;
use crate::infer::TyCtxtInferExt;

/// Provides `resolve_instance_raw`. `Ok(None)`: too generic to know.
pub(crate) fn resolve_instance_raw<'tcx>(
    tcx: TyCtxt<'tcx>,
    key: PseudoCanonicalInput<'tcx, (DefId, GenericArgsRef<'tcx>)>,
) -> Result<Option<Instance<'tcx>>, ErrorGuaranteed> {
    let env = key.typing_env;
    let (def_id, args) = key.value;
    if let Some(trait_def_id) = tcx.trait_of_assoc(def_id) {
        return resolve_associated_item(tcx, def_id, env, trait_def_id, args);
    }
    let def = match tcx.def_kind(def_id) {
        DefKind::Fn | DefKind::AssocFn | DefKind::Ctor(..) => {
            if tcx.is_lang_item(def_id, LangItem::DropInPlace) {
                let ty = args.type_at(0);
                if tcx.type_needs_drop(env, ty) {
                    match ty.kind() {
                        TyKind::Param(_) | TyKind::Alias(..) | TyKind::Placeholder(_) => {
                            return Ok(None);
                        }
                        _ => {}
                    }
                    InstanceKind::DropGlue(def_id, Some(ty))
                } else {
                    InstanceKind::DropGlue(def_id, None)
                }
            } else if tcx.intrinsic(def_id).is_some() {
                InstanceKind::Intrinsic(def_id)
            } else {
                InstanceKind::Item(def_id)
            }
        }
        _ => InstanceKind::Item(def_id),
    };
    Ok(Some(Instance { def, args }))
}

fn resolve_associated_item<'tcx>(
    tcx: TyCtxt<'tcx>,
    trait_item_id: DefId,
    env: TypingEnv<'tcx>,
    trait_def_id: DefId,
    rcvr_args: GenericArgsRef<'tcx>,
) -> Result<Option<Instance<'tcx>>, ErrorGuaranteed> {
    let n = tcx.generics_of(trait_def_id).count();
    let trait_ref = TraitRef::new_from_args(trait_def_id, rcvr_args.truncate_to(*tcx, n));
    let source = match tcx.codegen_select_candidate(env.as_query_input(trait_ref)) {
        Ok(s) => s,
        Err(_) => return Ok(None),
    };
    match source {
        ImplSource::UserDefined(data) => {
            let leaf = specialization_graph::assoc_def(tcx, data.impl_def_id, trait_item_id)?;
            let resolved = if let Some(defining) = leaf.defining_impl {
                let own = rcvr_args.rebase_onto(*tcx, n, data.args);
                if defining == data.impl_def_id {
                    own
                } else {
                    let infcx = tcx.infer_ctxt().ignoring_regions().build(TypingMode::PostAnalysis);
                    let args =
                        specialization_graph::translate_args(&infcx, env.param_env, data.impl_def_id, own, defining);
                    tcx.erase_regions(args)
                }
            } else {
                rcvr_args
            };
            // A more special impl may apply once the types are known.
            if !leaf.is_final() && !matches!(env.typing_mode, TypingMode::PostAnalysis) {
                return Ok(None);
            }
            if !leaf.is_final() && trait_ref.still_further_specializable() {
                return Ok(None);
            }
            let args = tcx.erase_regions(resolved);
            let def = if matches!(tcx.def_kind(leaf.item.def_id), DefKind::AssocFn)
                && tcx.intrinsic(leaf.item.def_id).is_some()
            {
                InstanceKind::Intrinsic(leaf.item.def_id)
            } else {
                InstanceKind::Item(leaf.item.def_id)
            };
            Ok(Some(Instance { def, args }))
        }
        ImplSource::Builtin(BuiltinImplSource::Object(_)) => {
            // A trait's own `where Self: Sized` method, or one with a default that is not in the vtable, is called
            // directly.
            let methods = super::vtable::own_existential_vtable_entries(tcx, trait_def_id);
            match methods.iter().position(|&m| m == trait_item_id) {
                Some(i) => {
                    let base = match trait_ref.self_ty().kind() {
                        TyKind::Dynamic(..) => tcx.first_method_vtable_slot(tcx.erase_regions(trait_ref)),
                        _ => return Ok(None),
                    };
                    Ok(Some(Instance { def: InstanceKind::Virtual(trait_item_id, base + i), args: rcvr_args }))
                }
                None => Ok(Some(Instance { def: InstanceKind::Item(trait_item_id), args: rcvr_args })),
            }
        }
        ImplSource::Builtin(_) => resolve_builtin(tcx, trait_item_id, trait_def_id, rcvr_args),
        ImplSource::Param => Ok(None),
    }
}

fn resolve_builtin<'tcx>(
    tcx: TyCtxt<'tcx>,
    trait_item_id: DefId,
    trait_def_id: DefId,
    args: GenericArgsRef<'tcx>,
) -> Result<Option<Instance<'tcx>>, ErrorGuaranteed> {
    let self_ty = args.type_at(0);
    let Some(item) = tcx.as_lang_item(trait_def_id) else {
        return Ok(None);
    };
    match item {
        LangItem::Clone => {
            if !tcx.is_lang_item(trait_item_id, LangItem::CloneFn) {
                // `clone_from` has a default.
                return Ok(Some(Instance::new_raw(trait_item_id, args)));
            }
            let known = match self_ty.kind() {
                TyKind::FnDef(..) | TyKind::FnPtr(_) | TyKind::Tuple(_) => true,
                TyKind::Closure(_, args) => !args.as_closure().tupled_upvars_ty().has_non_region_infer(),
                TyKind::CoroutineClosure(..) | TyKind::Coroutine(..) => true,
                _ => false,
            };
            if !known {
                return Ok(None);
            }
            Ok(Some(Instance { def: InstanceKind::CloneShim(trait_item_id, self_ty), args }))
        }
        LangItem::FnPtrTrait => {
            if tcx.is_lang_item(trait_item_id, LangItem::FnPtrAddr) {
                if !matches!(self_ty.kind(), TyKind::FnPtr(_)) {
                    return Ok(None);
                }
                return Ok(Some(Instance { def: InstanceKind::FnPtrAddrShim(trait_item_id, self_ty), args }));
            }
            Ok(Some(Instance::new_raw(trait_item_id, args)))
        }
        LangItem::Fn | LangItem::FnMut | LangItem::FnOnce => {
            let Some(kind) = tcx.fn_trait_kind_from_def_id(trait_def_id) else {
                return Ok(None);
            };
            Ok(match *self_ty.kind() {
                TyKind::Closure(def_id, closure_args) => Some(tcx.resolve_closure(def_id, closure_args, kind)),
                TyKind::FnDef(..) | TyKind::FnPtr(_) => {
                    Some(Instance { def: InstanceKind::FnPtrShim(trait_item_id, self_ty), args })
                }
                // By whichever of these traits, it gives the coroutine of `FnOnce`.
                TyKind::CoroutineClosure(def_id, cargs) => {
                    if cargs.as_coroutine_closure().kind() == ClosureKind::FnOnce {
                        Some(Instance::new_raw(def_id, cargs))
                    } else {
                        Some(Instance {
                            def: InstanceKind::ConstructCoroutineInClosureShim {
                                coroutine_closure_def_id: def_id,
                                receiver_by_ref: kind != ClosureKind::FnOnce,
                            },
                            args: cargs,
                        })
                    }
                }
                _ => None,
            })
        }
        LangItem::AsyncFn | LangItem::AsyncFnMut | LangItem::AsyncFnOnce => match *self_ty.kind() {
            TyKind::CoroutineClosure(def_id, cargs) => {
                let closure_kind = cargs.as_coroutine_closure().kind_ty().to_opt_closure_kind();
                if item == LangItem::AsyncFnOnce && closure_kind != Some(ClosureKind::FnOnce) {
                    Ok(Some(Instance {
                        def: InstanceKind::ConstructCoroutineInClosureShim {
                            coroutine_closure_def_id: def_id,
                            receiver_by_ref: false,
                        },
                        args: cargs,
                    }))
                } else {
                    Ok(Some(Instance::new_raw(def_id, cargs)))
                }
            }
            TyKind::Closure(def_id, closure_args) => {
                let kind = match item {
                    LangItem::AsyncFn => ClosureKind::Fn,
                    LangItem::AsyncFnMut => ClosureKind::FnMut,
                    _ => ClosureKind::FnOnce,
                };
                Ok(Some(tcx.resolve_closure(def_id, closure_args, kind)))
            }
            TyKind::FnDef(..) | TyKind::FnPtr(_) => {
                Ok(Some(Instance { def: InstanceKind::FnPtrShim(trait_item_id, self_ty), args }))
            }
            _ => Ok(None),
        },
        LangItem::Future | LangItem::Iterator | LangItem::AsyncIterator | LangItem::Coroutine => {
            let TyKind::Coroutine(def_id, cargs) = *self_ty.kind() else {
                return Ok(None);
            };
            let is_resume = [
                LangItem::FuturePoll,
                LangItem::IteratorNext,
                LangItem::AsyncIteratorPollNext,
                LangItem::CoroutineResume,
            ]
            .into_iter()
            .any(|l| tcx.is_lang_item(trait_item_id, l));
            if is_resume && tcx.coroutine_is_by_move(def_id, cargs) {
                Ok(Some(Instance { def: InstanceKind::CoroutineKindShim { coroutine_def_id: def_id }, args: cargs }))
            } else if is_resume {
                Ok(Some(Instance::new_raw(def_id, cargs)))
            } else {
                Ok(Some(Instance::new_raw(trait_item_id, args)))
            }
        }
        // Methods with defaults of traits that the compiler implements.
        _ => {
            let has_default = tcx.opt_associated_item(trait_item_id).is_some_and(|i| i.has_value);
            Ok(has_default.then(|| Instance::new_raw(trait_item_id, args)))
        }
    }
}
