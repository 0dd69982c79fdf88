//! Which constraint to blame: the path through the constraint graph from a region to what it should not outlive, and
//! the most telling step of it.

use std::collections::VecDeque;

use mir::{ConstraintCategory, Location, ReturnConstraint};
use rustc_index::IndexVec;
use span::{DesugaringKind, Span};
use trait_solve::infer::NllRegionVariableOrigin;
use ty::{RegionVid, TyKind};

use super::RegionInferenceContext;
use crate::constraints::{OutlivesConstraint, OutlivesConstraintIndex};

/// The step that is blamed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BlameConstraint<'tcx> {
    pub(crate) category: ConstraintCategory<'tcx>,
    pub(crate) from_closure: bool,
    pub(crate) span: Span,
    /// A bound on the path that was written there.
    pub(crate) predicate_span: Option<Span>,
}

#[derive(Clone, Copy)]
enum Trace {
    Start,
    By(OutlivesConstraintIndex),
    Unvisited,
}

impl<'tcx> RegionInferenceContext<'_, 'tcx> {
    /// The constraints from a region to the nearest for which the test holds (breadth first).
    pub(crate) fn find_constraint_path_between_regions(
        &self,
        from: RegionVid,
        mut target: impl FnMut(RegionVid) -> bool,
    ) -> Option<(Vec<OutlivesConstraint<'tcx>>, RegionVid)> {
        let mut context: IndexVec<RegionVid, Trace> = IndexVec::from_elem_n(Trace::Unvisited, self.definitions.len());
        context[from] = Trace::Start;
        let mut queue = VecDeque::from([from]);
        while let Some(r) = queue.pop_front() {
            if target(r) {
                let mut path = Vec::new();
                let mut p = r;
                while let Trace::By(c) = context[p] {
                    path.push(self.constraints[c]);
                    p = self.constraints[c].sup;
                }
                path.reverse();
                return Some((path, r));
            }
            for i in self.graph.edges(r) {
                let sub = self.constraints[i].sub;
                if matches!(context[sub], Trace::Unvisited) {
                    context[sub] = Trace::By(i);
                    queue.push_back(sub);
                }
            }
        }
        None
    }
    /// A region outlived by this one that is live at a point.
    pub(crate) fn find_sub_region_live_at(&self, from: RegionVid, at: Location) -> RegionVid {
        self.find_constraint_path_between_regions(from, |r| self.is_live_at(r, at))
            .or_else(|| self.find_constraint_path_between_regions(from, |r| self.region_contains_point(r, at)))
            .map_or(from, |(_, r)| r)
    }
    /// Whether `r` is the reason for `fr1` to outlive `fr2`.
    pub(crate) fn provides_universal_region(&self, r: RegionVid, fr1: RegionVid, fr2: RegionVid) -> bool {
        let _ = fr1;
        r == fr2 || (fr2 == self.universal_regions.fr_static && self.cannot_name_placeholder(fr1, r))
    }
    /// Whether the first cannot name the second, a placeholder.
    pub(crate) fn cannot_name_placeholder(&self, a: RegionVid, b: RegionVid) -> bool {
        match self.definitions[b].nll_origin() {
            NllRegionVariableOrigin::Placeholder(p) => self.definitions[a].universe.cannot_name(p.universe),
            _ => false,
        }
    }

    /// The constraint to blame for a region's outliving another, and the path.
    pub(crate) fn best_blame_constraint(
        &self,
        from: RegionVid,
        from_origin: NllRegionVariableOrigin,
        target: impl FnMut(RegionVid) -> bool,
    ) -> (BlameConstraint<'tcx>, Vec<OutlivesConstraint<'tcx>>) {
        let (mut path, mut to) = self.find_constraint_path_between_regions(from, target).unwrap_or((Vec::new(), from));
        // Because of a placeholder that cannot be named: that is where it should go.
        let unnameable = path.iter().rev().find_map(|c| match c.category {
            ConstraintCategory::OutlivesUnnameablePlaceholder(p) => Some(p),
            _ => None,
        });
        if let Some(p) = unnameable
            && let Some((new_path, new_to)) = self.find_constraint_path_between_regions(from, |r| r == p)
            && !new_path.is_empty()
        {
            (path, to) = (new_path, new_to);
        }
        let predicate_span = path.iter().find_map(|c| match c.category {
            ConstraintCategory::Predicate(span) if !span.is_dummy() => Some(span),
            _ => None,
        });
        let blame_source = !matches!(from_origin, NllRegionVariableOrigin::Placeholder(_));
        let fr_static = self.universal_regions.fr_static;
        let annotated = path.iter().any(|c| matches!(c.category, ConstraintCategory::TypeAnnotation(_)));
        let interest = |c: &OutlivesConstraint<'tcx>| -> u32 {
            // Desugarings do not match what the user wrote.
            let category = match c.span.desugaring_kind() {
                Some(kind)
                    if kind != DesugaringKind::QuestionMark
                        || !matches!(c.category, ConstraintCategory::CallArgument(_)) =>
                {
                    ConstraintCategory::Boring
                }
                _ => c.category,
            };
            match category {
                ConstraintCategory::Return(_) => 0,
                ConstraintCategory::Cast { unsize_to: Some(ty), is_implicit_coercion: true, .. }
                    if to == fr_static
                        && !annotated
                        && matches!(ty.0.kind(), TyKind::Adt(_, args) if args.types().any(|t| t.is_trait())) =>
                {
                    1
                }
                ConstraintCategory::Yield
                | ConstraintCategory::UseAsConst
                | ConstraintCategory::UseAsStatic
                | ConstraintCategory::TypeAnnotation(
                    mir::AnnotationSource::Ascription
                    | mir::AnnotationSource::Declaration
                    | mir::AnnotationSource::OpaqueCast,
                )
                | ConstraintCategory::Cast { .. }
                | ConstraintCategory::CallArgument(_)
                | ConstraintCategory::CopyBound
                | ConstraintCategory::SizedBound
                | ConstraintCategory::Assignment
                | ConstraintCategory::Usage
                | ConstraintCategory::ClosureUpvar(_) => 2,
                ConstraintCategory::TypeAnnotation(mir::AnnotationSource::GenericArg) => 3,
                ConstraintCategory::Predicate(_) | ConstraintCategory::OpaqueType => 4,
                ConstraintCategory::Boring => 5,
                ConstraintCategory::BoringNoLocation => 6,
                ConstraintCategory::Internal => 7,
                ConstraintCategory::OutlivesUnnameablePlaceholder(_) => 8,
            }
        };
        let best = if blame_source {
            path.iter().enumerate().rev().min_by_key(|(_, c)| interest(c)).map(|(i, _)| i)
        } else {
            path.iter().enumerate().min_by_key(|(_, c)| interest(c)).map(|(i, _)| i)
        };
        let Some(best) = best else {
            let blame = BlameConstraint {
                category: ConstraintCategory::Boring,
                from_closure: false,
                span: span::DUMMY_SP,
                predicate_span,
            };
            return (blame, path);
        };
        let mut chosen = path[best];
        if matches!(chosen.category, ConstraintCategory::Return(_))
            && let Some(next) = path.get(best + 1)
            && next.category == ConstraintCategory::OpaqueType
        {
            chosen = *next;
        } else if chosen.category == ConstraintCategory::Return(ReturnConstraint::Normal)
            && let Some(field) = path.iter().find_map(|c| match c.category {
                ConstraintCategory::ClosureUpvar(f) => Some(f),
                _ => None,
            })
        {
            chosen.category = ConstraintCategory::Return(ReturnConstraint::ClosureUpvar(field));
        }
        let blame = BlameConstraint {
            category: chosen.category,
            from_closure: chosen.from_closure,
            span: chosen.span,
            predicate_span,
        };
        (blame, path)
    }
}
