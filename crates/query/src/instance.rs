//! Which code a function value runs, and what a constant in a body is worth.

use hir::LangItem;
use mir::ConstValue;
use mir::interpret::{ErrorHandled, GlobalId};
use span::Span;
use span::def_id::DefId;
use ty::closure::ClosureKind;
use ty::{ConstKind, GenericArgsRef, Instance, InstanceKind, ShimReason, Ty, TypingEnv};

use crate::TyCtxt;

impl<'tcx> TyCtxt<'tcx> {
    /// What a function item runs when it is called through a pointer: without the caller's location.
    pub fn resolve_for_fn_ptr(
        self,
        env: TypingEnv<'tcx>,
        def_id: DefId,
        args: GenericArgsRef<'tcx>,
    ) -> Option<Instance<'tcx>> {
        let mut resolved = self.resolve_instance(env, def_id, args).ok().flatten()?;
        match resolved.def {
            InstanceKind::Item(def) if self.body_requires_caller_location(def) => {
                resolved.def = InstanceKind::ReifyShim(def, Some(ShimReason::FnPtr));
            }
            InstanceKind::Virtual(def_id, _) => {
                resolved.def = InstanceKind::ReifyShim(def_id, Some(ShimReason::FnPtr));
            }
            _ => {}
        }
        Some(resolved)
    }

    /// The closure's body, or the shim through which a `Fn` or `FnMut` closure is called once.
    pub fn resolve_closure(self, def_id: DefId, args: GenericArgsRef<'tcx>, requested: ClosureKind) -> Instance<'tcx> {
        let actual = args.as_closure().kind();
        let needs_once_shim =
            matches!((actual, requested), (ClosureKind::Fn | ClosureKind::FnMut, ClosureKind::FnOnce));
        if !needs_once_shim {
            return Instance::new_raw(def_id, args);
        }
        let fn_once = self.require_lang_item(LangItem::FnOnce, span::DUMMY_SP);
        let call_once =
            self.associated_items(fn_once).in_definition_order().find(|i| i.is_fn()).map_or(fn_once, |i| i.def_id);
        let track_caller = self.body_requires_caller_location(def_id);
        let self_ty: Ty<'tcx> = self.mk_closure(def_id, args);
        let inputs = self.instantiate_bound_regions_with_erased(args.as_closure().sig()).inputs()[0];
        Instance {
            def: InstanceKind::ClosureOnceShim { call_once, track_caller },
            args: self.mk_args(&[self_ty.into(), inputs.into()]),
        }
    }

    /// The value of a constant item, inline constant or promoted with arguments.
    pub fn const_eval_resolve(
        self,
        env: TypingEnv<'tcx>,
        uneval: mir::UnevaluatedConst<'tcx>,
        span: Span,
    ) -> Result<ConstValue, ErrorHandled> {
        match self.resolve_instance(env, uneval.def, uneval.args) {
            Ok(Some(instance)) => self.const_eval_global_id(env, GlobalId { instance, promoted: uneval.promoted }),
            Ok(None) => Err(ErrorHandled::TooGeneric(span)),
            Err(guar) => Err(ErrorHandled::Reported(guar, span)),
        }
    }

    /// As [`TyCtxt::const_eval_resolve`] for what is resolved.
    pub fn const_eval_global_id(self, env: TypingEnv<'tcx>, id: GlobalId<'tcx>) -> Result<ConstValue, ErrorHandled> {
        // Constants do not see regions, and those without parameters share one entry.
        let id = self.erase_regions(id);
        self.eval_to_const_value_raw(env.as_query_input(id))
    }

    /// The value of a constant operand.
    ///
    /// # Errors
    /// Where it is too generic, or its evaluation failed and was reported.
    pub fn eval_mir_const(
        self,
        constant: mir::Const<'tcx>,
        env: TypingEnv<'tcx>,
        span: Span,
    ) -> Result<ConstValue, ErrorHandled> {
        match constant {
            mir::Const::Val(value, _) => Ok(value),
            mir::Const::Unevaluated(uneval, _) => self.const_eval_resolve(env, uneval, span),
            mir::Const::Ty(_, c) => match c.kind() {
                ConstKind::Value(v) => Ok(self.valtree_to_const_val(v)),
                ConstKind::Unevaluated(u) => {
                    let uneval = mir::UnevaluatedConst::new(u.def, u.args);
                    self.const_eval_resolve(env, uneval, span)
                }
                ConstKind::Error(guar) => Err(ErrorHandled::Reported(guar, span)),
                _ => Err(ErrorHandled::TooGeneric(span)),
            },
        }
    }
}
