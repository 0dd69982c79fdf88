//! [`FnCtxt`]: type checking one function, closure or constant. Start with `check_expr` in `expr.rs`.

mod adjust;
mod arg_errors;
mod arg_matrix;
pub(crate) mod args;
mod expected_due_to;
mod lowering;
pub(crate) mod paths;
mod resolve;
mod stmts;
pub(crate) mod suggestions;
mod types;

use std::cell::{Cell, RefCell};

use diagnostics::{Diag, DiagCtxt};
use hir::{HirId, HirIdMap};
use span::def_id::LocalDefId;
use span::{Span, Symbol};
use ty::{ParamEnv, Ty};

use crate::coercion::CoerceMany;
use crate::diverges::Diverges;
use crate::fallback::DivergingFallbackBehavior;
use crate::typeck_root_ctxt::TypeckRootCtxt;

/// Type checks one function, closure or constant; closures inside get a context of their own over the same root.
pub(crate) struct FnCtxt<'a, 'tcx> {
    pub(crate) body_id: LocalDefId,
    pub(crate) param_env: ParamEnv<'tcx>,
    /// What `return` and the tail are coerced to; `None` in constants.
    pub(crate) ret_coercion: Option<RefCell<CoerceMany<'tcx>>>,
    /// The first `return` expression.
    pub(crate) ret_coercion_span: Cell<Option<Span>>,
    /// Resume and yield type, in coroutines.
    pub(crate) coroutine_types: Option<CoroutineTypes<'tcx>>,
    pub(crate) diverges: Cell<Diverges>,
    /// The function takes an uninhabited argument; where and what.
    pub(crate) function_diverges_because_of_empty_arguments: Cell<Diverges>,
    pub(crate) enclosing_breakables: RefCell<EnclosingBreakables<'tcx>>,
    pub(crate) root_ctxt: &'a TypeckRootCtxt<'tcx>,
    pub(crate) fallback_has_occurred: Cell<bool>,
    pub(crate) diverging_fallback_behavior: DivergingFallbackBehavior,
    /// The return type is inferred (closures).
    pub(crate) in_closure: bool,
    /// Whether the body's own return type contains `impl Trait`.
    pub(crate) ret_has_opaque: bool,
    /// The binders of types being lowered.
    pub(crate) binders: hir_analysis::lower::LoweringBinders,
}

/// A coroutine's types.
#[derive(Clone, Copy)]
pub(crate) struct CoroutineTypes<'tcx> {
    pub(crate) resume_ty: Ty<'tcx>,
    pub(crate) yield_ty: Ty<'tcx>,
}

/// A loop or labelled block that may be left by `break`.
pub(crate) struct BreakableCtxt<'tcx> {
    pub(crate) may_break: bool,
    /// `None` for `while` and `for`.
    pub(crate) coerce: Option<CoerceMany<'tcx>>,
}

/// The loops and labelled blocks around the point reached.
#[derive(Default)]
pub(crate) struct EnclosingBreakables<'tcx> {
    pub(crate) stack: Vec<BreakableCtxt<'tcx>>,
    pub(crate) by_id: HirIdMap<usize>,
}

impl<'tcx> EnclosingBreakables<'tcx> {
    pub(crate) fn opt_find_breakable(&mut self, target_id: HirId) -> Option<&mut BreakableCtxt<'tcx>> {
        match self.by_id.get(&target_id) {
            Some(ix) => Some(&mut self.stack[*ix]),
            None => None,
        }
    }
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn new(
        root_ctxt: &'a TypeckRootCtxt<'tcx>,
        param_env: ParamEnv<'tcx>,
        body_id: LocalDefId,
    ) -> FnCtxt<'a, 'tcx> {
        FnCtxt {
            body_id,
            param_env,
            ret_coercion: None,
            ret_coercion_span: Cell::new(None),
            coroutine_types: None,
            diverges: Cell::new(Diverges::Maybe),
            function_diverges_because_of_empty_arguments: Cell::new(Diverges::Maybe),
            enclosing_breakables: Default::default(),
            root_ctxt,
            fallback_has_occurred: Cell::new(false),
            diverging_fallback_behavior: crate::fallback::behavior(root_ctxt.tcx),
            in_closure: false,
            ret_has_opaque: false,
            binders: Default::default(),
        }
    }

    pub(crate) fn dcx(&self) -> &'tcx DiagCtxt {
        self.tcx.dcx()
    }

    /// Starts an error with a code.
    pub(crate) fn err(&self, span: Span, code: diagnostics::ErrCode, msg: impl Into<String>) -> Diag<'tcx> {
        self.dcx().struct_span_err(span, msg).with_code(code)
    }

    /// Whether a feature gate is on.
    pub(crate) fn feature(&self, name: Symbol) -> bool {
        self.tcx.feature(name)
    }

    /// The resolution of errors counted by the inference context.
    pub(crate) fn set_tainted_by_errors(&self, e: span::ErrorGuaranteed) {
        self.root_ctxt.infcx.set_tainted_by_errors(e);
    }

    /// Emits and records the error.
    pub(crate) fn emit(&self, diag: Diag<'_>) -> span::ErrorGuaranteed {
        let e = diag.emit();
        self.set_tainted_by_errors(e);
        e
    }
}

impl<'a, 'tcx> std::ops::Deref for FnCtxt<'a, 'tcx> {
    type Target = TypeckRootCtxt<'tcx>;
    fn deref(&self) -> &Self::Target {
        self.root_ctxt
    }
}
