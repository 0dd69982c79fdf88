//! Goals about constants and well-formedness.

use hir::def::DefKind;
use ty::visit::TypeVisitableExt;
use ty::{ClauseKind, Const, ConstKind, ParamEnv, Term, Ty};

use super::{Certainty, EvalCtxt, NoSolution, QueryResult};
use crate::traits::util::{ConstEvalError, try_eval_const};
use crate::traits::wf;

impl<'tcx> EvalCtxt<'_, 'tcx> {
    pub(crate) fn compute_well_formed(&mut self, env: ParamEnv<'tcx>, term: Term<'tcx>) -> QueryResult<'tcx> {
        match wf::unnormalized_obligations(self.infcx, env, term, self.span, span::def_id::CRATE_DEF_ID) {
            Some(obligations) => {
                for o in obligations {
                    self.add_goal(o.as_goal());
                }
                self.respond(Certainty::Yes)
            }
            None => self.respond(Certainty::AMBIGUOUS),
        }
    }

    pub(crate) fn compute_const_evaluatable(&mut self, env: ParamEnv<'tcx>, ct: Const<'tcx>) -> QueryResult<'tcx> {
        let ct = self.infcx.resolve_vars_if_possible(ct);
        match ct.kind() {
            ConstKind::Infer(_) => self.respond(Certainty::AMBIGUOUS),
            ConstKind::Unevaluated(uv) => {
                match try_eval_const(self.tcx(), self.infcx.typing_env(env), uv) {
                    Ok(_) | Err(ConstEvalError::Reported) => self.respond(Certainty::Yes),
                    Err(ConstEvalError::TooGeneric) => {
                        if uv.args.has_non_region_infer() {
                            return self.respond(Certainty::AMBIGUOUS);
                        }
                        // A bound that says so, or a constant that does not depend on the parameters.
                        let said = env
                            .caller_bounds()
                            .iter()
                            .any(|c| matches!(c.kind().skip_binder(), ClauseKind::ConstEvaluatable(b) if b == ct));
                        let plain =
                            self.tcx().def_kind(uv.def) != DefKind::AnonConst || !uv.args.has_non_region_param();
                        if said || plain { self.respond(Certainty::Yes) } else { Err(NoSolution) }
                    }
                }
            }
            _ => self.respond(Certainty::Yes),
        }
    }

    pub(crate) fn compute_const_arg_has_type(
        &mut self,
        env: ParamEnv<'tcx>,
        ct: Const<'tcx>,
        ty: Ty<'tcx>,
    ) -> QueryResult<'tcx> {
        let ct = self.infcx.shallow_resolve_const(ct);
        let ct_ty = match ct.kind() {
            ConstKind::Infer(_) => return self.respond(Certainty::AMBIGUOUS),
            ConstKind::Error(_) => return self.respond(Certainty::Yes),
            ConstKind::Value(v) => v.ty,
            ConstKind::Unevaluated(uv) => self.tcx().type_of(uv.def).instantiate(*self.tcx(), uv.args),
            ConstKind::Param(_) | ConstKind::Placeholder(_) => {
                let found = env.caller_bounds().iter().find_map(|c| match c.kind().skip_binder() {
                    ClauseKind::ConstArgHasType(c, t) if c == ct => Some(t),
                    _ => None,
                });
                match found {
                    Some(t) => t,
                    // The environment of a query may leave it out.
                    None => return self.respond(Certainty::Yes),
                }
            }
            ConstKind::Bound(..) => return Err(NoSolution),
        };
        self.eq(env, ct_ty, ty)?;
        self.respond(Certainty::Yes)
    }
}
