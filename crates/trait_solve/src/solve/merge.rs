//! Choosing among candidates that hold.

use span::def_id::DefId;

use super::trait_goals::CandidateKind;
use super::{Certainty, EvalCtxt, NoSolution, QueryResult, Response};

/// A candidate that may hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate<'tcx> {
    pub(crate) kind: CandidateKind<'tcx>,
    pub(crate) result: Response<'tcx>,
}

impl<'tcx> EvalCtxt<'_, 'tcx> {
    /// The one answer of candidates, or ambiguity.
    pub(crate) fn merge_candidates(&self, candidates: &[Candidate<'tcx>]) -> QueryResult<'tcx> {
        let Some(first) = candidates.first() else {
            return Err(NoSolution);
        };
        let one = first.result;
        if candidates.iter().all(|c| c.result == one) {
            return Ok(one);
        }
        // Answers that say no more than yes win over those that also demand something.
        if let Some(c) = candidates.iter().find(|c| c.result == Response::trivial(Certainty::Yes))
            && candidates.iter().all(|c| c.result.certainty.is_yes() && c.result.var_values.is_none())
        {
            return Ok(c.result);
        }
        let mut certainty = Certainty::AMBIGUOUS;
        for c in candidates {
            certainty = certainty.and(c.result.certainty);
        }
        Ok(Response::trivial(certainty))
    }

    /// The preferred ones: where clauses, then bounds of aliases, then objects, then all.
    pub(crate) fn prefer_candidates(&self, mut candidates: Vec<Candidate<'tcx>>) -> Vec<Candidate<'tcx>> {
        if candidates.len() <= 1 {
            return candidates;
        }
        // A built-in `Sized` or the like without conditions is preferred to all.
        if let Some(i) = candidates.iter().position(|c| {
            matches!(c.kind, CandidateKind::Builtin(k) if k.is_trivial())
                && c.result == Response::trivial(Certainty::Yes)
        }) {
            return vec![candidates[i]];
        }
        let in_coherence = self.infcx.in_coherence();
        let is_param = |c: &Candidate<'tcx>| matches!(c.kind, CandidateKind::ParamEnv(_));
        if candidates.iter().any(is_param) {
            // `where String: Clone` says nothing that an impl does not say.
            let non_global = candidates.iter().any(|c| matches!(c.kind, CandidateKind::ParamEnv(p) if !is_global(p)));
            if non_global {
                candidates.retain(is_param);
                if candidates.len() > 1 {
                    if let Some(c) = candidates.iter().find(|c| c.result == Response::trivial(Certainty::Yes)) {
                        return vec![*c];
                    }
                }
                return candidates;
            }
            if candidates.iter().any(|c| !is_param(c)) {
                candidates.retain(|c| !is_param(c));
            }
        }
        let is_alias = |c: &Candidate<'tcx>| matches!(c.kind, CandidateKind::AliasBound(_));
        if candidates.iter().any(is_alias) {
            candidates.retain(is_alias);
            if let Some(c) = candidates.iter().find(|c| c.result == Response::trivial(Certainty::Yes)) {
                return vec![*c];
            }
            return candidates;
        }
        let is_object = |c: &Candidate<'tcx>| matches!(c.kind, CandidateKind::Object(_));
        if candidates.iter().any(is_object) && !in_coherence {
            candidates.retain(is_object);
            return candidates;
        }
        if !in_coherence {
            self.discard_specialized(&mut candidates);
        }
        candidates
    }

    fn discard_specialized(&self, candidates: &mut Vec<Candidate<'tcx>>) {
        let tcx = self.tcx();
        let impls: Vec<(DefId, Certainty)> = candidates
            .iter()
            .filter_map(|c| match c.kind {
                CandidateKind::Impl(d) => Some((d, c.result.certainty)),
                _ => None,
            })
            .collect();
        if impls.len() < 2 {
            return;
        }
        candidates.retain(|c| match c.kind {
            CandidateKind::Impl(d) => {
                !impls.iter().any(|&(o, certain)| o != d && certain.is_yes() && tcx.specializes((o, d)))
            }
            _ => true,
        });
    }
}

fn is_global(p: ty::Clause<'_>) -> bool {
    use ty::visit::TypeVisitableExt;
    p.is_global() && !p.kind().skip_binder().has_bound_vars()
}
