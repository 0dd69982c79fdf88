//! [`TypeckRootCtxt`]: the state that all functions of one body (it and its closures) share.

use std::cell::RefCell;

use hir::{HirId, HirIdMap, OwnerId};
use query::TyCtxt;
use span::def_id::LocalDefId;
use span::{FxHashMap, FxIndexSet, Span};
use trait_solve::infer::InferCtxt;
use trait_solve::traits::{FulfillmentCtxt, ObligationCauseCode, PredicateObligation};
use ty::{Ty, TypeckResults, TypingMode};

use crate::callee::DeferredCallResolution;
use crate::cast::CastCheck;

/// Shared state of a body.
pub(crate) struct TypeckRootCtxt<'tcx> {
    pub(crate) tcx: TyCtxt<'tcx>,
    pub(crate) infcx: InferCtxt<'tcx>,
    pub(crate) typeck_results: RefCell<TypeckResults<'tcx>>,
    pub(crate) locals: RefCell<HirIdMap<Ty<'tcx>>>,
    pub(crate) fulfillment_cx: RefCell<FulfillmentCtxt<'tcx>>,
    /// `T: Sized` where it is only checked once types are known, so that other errors come first.
    pub(crate) deferred_sized_obligations: RefCell<Vec<(Ty<'tcx>, Span, ObligationCauseCode<'tcx>)>>,
    /// Calls of closures whose kind was not known.
    pub(crate) deferred_call_resolutions: RefCell<FxHashMap<LocalDefId, Vec<DeferredCallResolution<'tcx>>>>,
    pub(crate) deferred_cast_checks: RefCell<Vec<CastCheck<'tcx>>>,
    pub(crate) deferred_transmute_checks: RefCell<Vec<(Ty<'tcx>, Ty<'tcx>, HirId)>>,
    pub(crate) deferred_asm_checks: RefCell<Vec<(&'tcx hir::InlineAsm<'tcx>, HirId)>>,
    pub(crate) deferred_repeat_expr_checks: RefCell<Vec<(&'tcx hir::Expr<'tcx>, Ty<'tcx>, ty::Const<'tcx>)>>,
    /// Variables that stand for the type of diverging expressions.
    pub(crate) diverging_type_vars: RefCell<FxIndexSet<Ty<'tcx>>>,
}

impl<'tcx> std::ops::Deref for TypeckRootCtxt<'tcx> {
    type Target = InferCtxt<'tcx>;
    fn deref(&self) -> &Self::Target {
        &self.infcx
    }
}

impl<'tcx> TypeckRootCtxt<'tcx> {
    /// State for the body of `def_id`.
    pub(crate) fn new(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> Self {
        let hir_owner: OwnerId = tcx.local_def_id_to_hir_id(def_id).owner;
        let defining_opaque_types = crate::coroutines::opaque_types_and_coroutines_defined_by(tcx, def_id);
        let infcx = InferCtxt::new(tcx, TypingMode::Analysis { defining_opaque_types });
        let fulfillment_cx = RefCell::new(FulfillmentCtxt::new(&infcx));
        TypeckRootCtxt {
            tcx,
            infcx,
            typeck_results: RefCell::new(TypeckResults::new(hir_owner)),
            locals: Default::default(),
            fulfillment_cx,
            deferred_sized_obligations: Default::default(),
            deferred_call_resolutions: Default::default(),
            deferred_cast_checks: Default::default(),
            deferred_transmute_checks: Default::default(),
            deferred_asm_checks: Default::default(),
            deferred_repeat_expr_checks: Default::default(),
            diverging_type_vars: Default::default(),
        }
    }

    /// Adds an obligation.
    pub(crate) fn register_predicate(&self, obligation: PredicateObligation<'tcx>) {
        if obligation.predicate.has_escaping_bound_vars() {
            self.tcx.dcx().span_delayed_bug(obligation.cause.span, "obligation with escaping bound variables");
            return;
        }
        self.fulfillment_cx.borrow_mut().register_predicate_obligation(&self.infcx, obligation);
    }

    /// Adds obligations.
    pub(crate) fn register_predicates(&self, obligations: impl IntoIterator<Item = PredicateObligation<'tcx>>) {
        for obligation in obligations {
            self.register_predicate(obligation);
        }
    }

    /// Adds a result's obligations; its value.
    pub(crate) fn register_infer_ok_obligations<T>(&self, infer_ok: trait_solve::infer::InferOk<'tcx, T>) -> T {
        self.register_predicates(infer_ok.obligations);
        infer_ok.value
    }
}

use ty::TypeVisitableExt as _;
