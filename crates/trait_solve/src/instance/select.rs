//! Selection after monomorphisation: the impl of a trait reference without variables.

use query::{CodegenObligationError, ImplSource, ImplSourceUserDefined, TyCtxt};
use ty::visit::TypeVisitableExt;
use ty::{PredicatePolarity, PseudoCanonicalInput, TraitPredicate, TraitRef};

use crate::infer::TyCtxtInferExt;
use crate::traits::{self, Obligation, ObligationCause, ObligationCtxt, TraitObligation};

/// Provides `codegen_select_candidate`.
pub(crate) fn codegen_select_candidate<'tcx>(
    tcx: TyCtxt<'tcx>,
    key: PseudoCanonicalInput<'tcx, TraitRef<'tcx>>,
) -> Result<ImplSource<'tcx>, CodegenObligationError> {
    let env = key.typing_env;
    let infcx = tcx.infer_ctxt().ignoring_regions().build(env.typing_mode);
    let obligation: TraitObligation<'tcx> = Obligation {
        cause: ObligationCause::dummy(),
        param_env: env.param_env,
        recursion_depth: 0,
        predicate: TraitPredicate { trait_ref: key.value, polarity: PredicatePolarity::Positive },
    };
    let selection = match infcx.select(&obligation) {
        Ok(Some(s)) => s,
        Ok(None) => return Err(CodegenObligationError::Ambiguity),
        Err(_) => return Err(CodegenObligationError::Unimplemented),
    };
    // The nested obligations fix the impl's parameters.
    let ocx = ObligationCtxt::new(&infcx);
    let source = match selection {
        traits::ImplSource::UserDefined(d) => {
            ocx.register_obligations(d.nested);
            let errors = ocx.select_all_or_error();
            if errors.iter().any(|e| e.is_true_error()) {
                return Err(CodegenObligationError::Unimplemented);
            }
            let args = infcx.resolve_vars_if_possible(d.args);
            if args.has_non_region_infer() {
                return Err(CodegenObligationError::Ambiguity);
            }
            ImplSource::UserDefined(ImplSourceUserDefined { impl_def_id: d.impl_def_id, args: tcx.erase_regions(args) })
        }
        traits::ImplSource::Param(_) => ImplSource::Param,
        traits::ImplSource::Builtin(b, nested) => {
            ocx.register_obligations(nested);
            let errors = ocx.select_where_possible();
            if errors.iter().any(|e| e.is_true_error()) {
                return Err(CodegenObligationError::Unimplemented);
            }
            ImplSource::Builtin(b)
        }
    };
    Ok(source)
}
