//! The tree of tests.

use mir::{BasicBlock, TerminatorKind};
use span::{FxIndexMap, Span};

use super::pair::{Candidate, MatchPair, TestCase};
use super::test::TestBranch;
use crate::build::Builder;

impl<'a, 'tcx> Builder<'a, 'tcx> {
    /// Finds which candidate matches, in order. Fills in each leaf's blocks; gives the block where none matches.
    pub(super) fn match_candidates(
        &mut self,
        span: Span,
        scrutinee_span: Span,
        mut start_block: BasicBlock,
        candidates: &mut [&mut Candidate<'tcx>],
    ) -> BasicBlock {
        let mut rest = candidates;
        loop {
            match rest {
                [] => return start_block,
                [first, ..] => {
                    first.false_edge_start_block.get_or_insert(start_block);
                }
            }
            (start_block, rest) = if rest[0].match_pairs.is_empty() {
                let (first, remaining) = rest.split_first_mut().expect("not empty");
                first.pre_binding_block = Some(start_block);
                let otherwise = self.cfg.start_new_block();
                first.otherwise_block = Some(otherwise);
                (otherwise, remaining)
            } else if rest.iter().any(|c| c.starts_with_or_pattern()) {
                self.expand_and_match_or_candidates(span, scrutinee_span, start_block, rest)
            } else {
                self.test_candidates(span, scrutinee_span, start_block, rest)
            };
        }
    }

    /// Expands one level of or-patterns up to a candidate that has more to test behind its own.
    fn expand_and_match_or_candidates<'b, 'c>(
        &mut self,
        span: Span,
        scrutinee_span: Span,
        start_block: BasicBlock,
        candidates: &'b mut [&'c mut Candidate<'tcx>],
    ) -> (BasicBlock, &'b mut [&'c mut Candidate<'tcx>]) {
        let until = candidates
            .iter()
            .position(|c| c.match_pairs.len() > 1 && c.starts_with_or_pattern())
            .map_or(candidates.len(), |i| i + 1);
        let (to_expand, remaining) = candidates.split_at_mut(until);
        let mut expanded: Vec<&mut Candidate<'tcx>> = Vec::new();
        for candidate in to_expand.iter_mut() {
            if candidate.starts_with_or_pattern() {
                let pair = candidate.match_pairs.remove(0);
                create_or_subcandidates(candidate, pair);
                expanded.extend(candidate.subcandidates.iter_mut());
            } else {
                expanded.push(candidate);
            }
        }
        let remainder_start = self.match_candidates(span, scrutinee_span, start_block, &mut expanded);
        for candidate in to_expand.iter_mut() {
            if !candidate.subcandidates.is_empty() {
                self.merge_trivial_subcandidates(candidate);
                self.remove_never_subcandidates(candidate);
            }
        }
        if let Some(last) = to_expand.last_mut() {
            self.test_remaining_match_pairs_after_or(span, scrutinee_span, last);
        }
        (remainder_start, remaining)
    }

    /// Alternatives that bind nothing and have no guard meet in one block.
    fn merge_trivial_subcandidates(&mut self, candidate: &mut Candidate<'tcx>) {
        let can_merge = !candidate.has_guard
            && candidate
                .subcandidates
                .iter()
                .all(|s| s.subcandidates.is_empty() && s.extra_data.is_empty() && !s.extra_data.is_never);
        if !can_merge {
            return;
        }
        let shared = self.cfg.start_new_block();
        let source_info = self.source_info(candidate.or_span.take().unwrap_or(candidate.extra_data.span));
        if candidate.false_edge_start_block.is_none() {
            candidate.false_edge_start_block = candidate.subcandidates[0].false_edge_start_block;
        }
        let mut last_otherwise = None;
        for sub in std::mem::take(&mut candidate.subcandidates) {
            let block = sub.pre_binding_block.expect("an alternative is reached");
            self.cfg.goto(block, source_info, shared);
            last_otherwise = sub.otherwise_block;
        }
        candidate.pre_binding_block = Some(shared);
        candidate.otherwise_block = last_otherwise;
    }

    /// Alternatives with `!` lead nowhere.
    fn remove_never_subcandidates(&mut self, candidate: &mut Candidate<'tcx>) {
        let Some(first) = candidate.subcandidates.first() else { return };
        let false_edge_start = first.false_edge_start_block;
        let mut kept = Vec::new();
        for mut sub in std::mem::take(&mut candidate.subcandidates) {
            if !sub.extra_data.is_never {
                kept.push(sub);
                continue;
            }
            sub.visit_leaves(&mut |leaf| {
                let block = leaf.pre_binding_block.expect("an alternative is reached");
                let source_info = self.source_info(leaf.extra_data.span);
                self.cfg.terminate(block, source_info, TerminatorKind::Unreachable);
            });
        }
        candidate.subcandidates = kept;
        if candidate.subcandidates.is_empty() {
            let next = self.cfg.start_new_block();
            candidate.pre_binding_block = Some(next);
            candidate.otherwise_block = Some(next);
            candidate.false_edge_start_block = candidate.false_edge_start_block.or(false_edge_start);
        }
    }

    /// The or-patterns behind an or-pattern are tested below each of its alternatives.
    fn test_remaining_match_pairs_after_or(
        &mut self,
        span: Span,
        scrutinee_span: Span,
        candidate: &mut Candidate<'tcx>,
    ) {
        if candidate.match_pairs.is_empty() {
            return;
        }
        let source_info = self.source_info(candidate.or_span.unwrap_or(candidate.extra_data.span));
        let mut last_otherwise = None;
        candidate.visit_leaves(&mut |leaf| last_otherwise = leaf.otherwise_block);
        let remaining = std::mem::take(&mut candidate.match_pairs);
        candidate.visit_leaves(&mut |leaf| {
            // In `(P | Q, R | S)`, if `P` matches and `R | S` does not, neither will with `Q`; a guard may tell apart.
            let or_otherwise = if leaf.has_guard { leaf.otherwise_block } else { last_otherwise };
            let or_otherwise = or_otherwise.expect("a leaf goes on");
            leaf.match_pairs.extend(remaining.iter().cloned());
            let or_start = leaf.pre_binding_block.expect("a leaf is reached");
            let otherwise = self.match_candidates(span, scrutinee_span, or_start, &mut [leaf]);
            self.cfg.goto(otherwise, source_info, or_otherwise);
        });
    }

    /// Tests what the first candidate needs first; gives the candidates that the test says nothing of.
    fn test_candidates<'b, 'c>(
        &mut self,
        span: Span,
        scrutinee_span: Span,
        start_block: BasicBlock,
        candidates: &'b mut [&'c mut Candidate<'tcx>],
    ) -> (BasicBlock, &'b mut [&'c mut Candidate<'tcx>]) {
        let first_pair = &candidates[0].match_pairs[0];
        let test = self.pick_test_for_match_pair(first_pair);
        let place = first_pair.place.expect("a refutable pattern has a place");
        let mut sorted: FxIndexMap<TestBranch<'tcx>, Vec<&mut Candidate<'tcx>>> = FxIndexMap::default();
        let mut rest = candidates;
        while !rest.is_empty() {
            match self.sort_candidate(place, &test, rest[0], &sorted) {
                Some(branch) => {
                    let (candidate, tail) = rest.split_first_mut().expect("not empty");
                    sorted.entry(branch).or_default().push(candidate);
                    rest = tail;
                }
                None => break,
            }
        }
        let remainder_start = self.cfg.start_new_block();
        let mut targets: FxIndexMap<TestBranch<'tcx>, BasicBlock> = FxIndexMap::default();
        for (branch, mut candidates) in sorted {
            let start = self.cfg.start_new_block();
            let otherwise = self.match_candidates(span, scrutinee_span, start, &mut candidates);
            let source_info = self.source_info(span);
            self.cfg.goto(otherwise, source_info, remainder_start);
            targets.insert(branch, start);
        }
        self.perform_test(span, scrutinee_span, start_block, remainder_start, place, &test, &targets);
        (remainder_start, rest)
    }
}

fn create_or_subcandidates<'tcx>(candidate: &mut Candidate<'tcx>, pair: MatchPair<'tcx>) {
    let TestCase::Or { pats } = pair.test_case else { panic!("an or-pattern") };
    candidate.or_span = Some(pair.pattern_span);
    let has_guard = candidate.has_guard;
    candidate.subcandidates = pats.into_iter().map(|p| Candidate::from_flat_pat(p, has_guard)).collect();
    candidate.subcandidates[0].false_edge_start_block = candidate.false_edge_start_block;
}
