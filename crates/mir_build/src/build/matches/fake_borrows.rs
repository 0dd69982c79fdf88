//! Fake borrows of what a `match` looks at, so that the borrow checker rejects guards that change it.

use mir::{FakeBorrowKind, Local, LocalDecl, LocalInfo, Place, ProjectionElem};
use query::PlaceTyExt;
use span::{FxIndexMap, Span};

use super::pair::{Candidate, FlatPat, MatchPair, TestCase};
use crate::build::Builder;
use crate::build::expr::PlaceBase;

struct Collector<'tcx> {
    cx: ty::Interner<'tcx>,
    scrutinee_base: PlaceBase,
    fake_borrows: FxIndexMap<Place<'tcx>, FakeBorrowKind>,
}

impl<'a, 'tcx> Builder<'a, 'tcx> {
    /// The places to borrow, with a local for each. None if no arm has a guard.
    pub(super) fn collect_fake_borrows(
        &mut self,
        candidates: &[Candidate<'tcx>],
        temp_span: Span,
        scrutinee_base: PlaceBase,
    ) -> Vec<(Place<'tcx>, Local, FakeBorrowKind)> {
        if candidates.iter().all(|c| !c.has_guard) {
            return Vec::new();
        }
        let mut c = Collector { cx: self.tcx.interner(), scrutinee_base, fake_borrows: FxIndexMap::default() };
        for candidate in candidates {
            c.visit(
                &candidate.match_pairs,
                &candidate.extra_data.bindings.iter().map(|b| b.source).collect::<Vec<_>>(),
            );
        }
        let region = self.tcx.lifetimes().re_erased;
        c.fake_borrows
            .into_iter()
            .map(|(place, kind)| {
                let ty = place.ty(&self.local_decls, self.tcx).ty;
                let mut decl = LocalDecl::new(self.tcx.mk_imm_ref(region, ty), temp_span);
                decl.local_info = mir::ClearCrossCrate::Set(Box::new(LocalInfo::FakeBorrow));
                (place, self.local_decls.push(decl), kind)
            })
            .collect()
    }
}

impl<'tcx> Collector<'tcx> {
    fn visit(&mut self, pairs: &[MatchPair<'tcx>], bindings: &[Place<'tcx>]) {
        for &source in bindings {
            // Temporaries of deref patterns are not initialised on all ways.
            if matches!(self.scrutinee_base, PlaceBase::Local(l) if l != source.local) {
                continue;
            }
            // What is bound is bound again after the guard: the pointers on the way must not change.
            self.deref_prefixes(source, FakeBorrowKind::Shallow);
        }
        for pair in pairs {
            self.visit_pair(pair);
        }
    }

    fn visit_pair(&mut self, pair: &MatchPair<'tcx>) {
        match &pair.test_case {
            TestCase::Or { pats } => {
                for FlatPat { match_pairs, extra_data } in pats {
                    self.visit(match_pairs, &extra_data.bindings.iter().map(|b| b.source).collect::<Vec<_>>());
                }
            }
            TestCase::Deref { .. } => {
                if let Some(place) = pair.place {
                    self.fake_borrow(place, FakeBorrowKind::Deep);
                }
            }
            _ => {
                if let Some(place) = pair.place {
                    self.fake_borrow(place, FakeBorrowKind::Shallow);
                }
                for sub in &pair.subpairs {
                    self.visit_pair(sub);
                }
            }
        }
    }

    fn fake_borrow(&mut self, place: Place<'tcx>, kind: FakeBorrowKind) {
        match self.fake_borrows.get(&place) {
            Some(FakeBorrowKind::Deep) => return,
            Some(FakeBorrowKind::Shallow) if kind == FakeBorrowKind::Shallow => return,
            _ => {}
        }
        self.fake_borrows.insert(place, kind);
        self.deref_prefixes(place, kind);
    }

    fn deref_prefixes(&mut self, place: Place<'tcx>, kind: FakeBorrowKind) {
        for (base, elem) in place.iter_projections().rev() {
            if elem == ProjectionElem::Deref {
                let base = base.to_place(self.cx);
                match (self.fake_borrows.get(&base), kind) {
                    (Some(_), FakeBorrowKind::Shallow) | (Some(FakeBorrowKind::Deep), _) => return,
                    _ => {
                        self.fake_borrows.insert(base, kind);
                    }
                }
            }
        }
    }
}
