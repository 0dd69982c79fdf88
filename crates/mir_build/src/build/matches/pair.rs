//! Patterns as lists of tests: [`Candidate`] and [`MatchPair`].

use mir::{BasicBlock, Place, ProjectionElem};
use query::PlaceTyExt;
use span::Span;
use ty::{AdtDef, AliasTyKind, CanonicalUserTypeAnnotation, Mutability, Ty, TyKind, Value, Variance, VariantIdx};

use crate::build::Builder;
use crate::build::expr::{PlaceBase, PlaceBuilder};
use crate::thir::{FieldPat, LocalVarId, Pat, PatKind, PatRange};

/// A variable to bind when a pattern has matched.
#[derive(Clone, Debug)]
pub(super) struct Binding<'tcx> {
    pub span: Span,
    pub source: Place<'tcx>,
    pub var_id: LocalVarId,
    pub binding_mode: hir::BindingMode,
}

/// A type annotation on a place.
#[derive(Clone, Debug)]
pub(super) struct Ascription<'tcx> {
    pub source: Place<'tcx>,
    pub annotation: CanonicalUserTypeAnnotation<'tcx>,
    pub variance: Variance,
}

/// What a pattern does besides tests.
#[derive(Clone, Debug)]
pub(super) struct PatternExtraData<'tcx> {
    pub span: Span,
    pub bindings: Vec<Binding<'tcx>>,
    pub ascriptions: Vec<Ascription<'tcx>>,
    pub is_never: bool,
}

impl PatternExtraData<'_> {
    pub fn is_empty(&self) -> bool {
        self.bindings.is_empty() && self.ascriptions.is_empty()
    }
}

/// A pattern flattened.
#[derive(Clone, Debug)]
pub(super) struct FlatPat<'tcx> {
    pub match_pairs: Vec<MatchPair<'tcx>>,
    pub extra_data: PatternExtraData<'tcx>,
}

impl<'tcx> FlatPat<'tcx> {
    pub fn new(place: PlaceBuilder<'tcx>, pattern: &Pat<'tcx>, cx: &mut Builder<'_, 'tcx>) -> Self {
        let mut match_pairs = Vec::new();
        let mut extra_data = PatternExtraData {
            span: pattern.span,
            bindings: Vec::new(),
            ascriptions: Vec::new(),
            is_never: pattern.is_never_pattern(),
        };
        MatchPair::for_pattern(place, pattern, cx, &mut match_pairs, &mut extra_data);
        FlatPat { match_pairs, extra_data }
    }
}

/// A refutable pattern on a place; its parts are looked at once it has matched.
#[derive(Clone, Debug)]
pub(super) struct MatchPair<'tcx> {
    /// `None` for parts of variables that the closure does not capture: only irrefutable patterns get there.
    pub place: Option<Place<'tcx>>,
    pub test_case: TestCase<'tcx>,
    pub subpairs: Vec<MatchPair<'tcx>>,
    pub pattern_ty: Ty<'tcx>,
    pub pattern_span: Span,
}

/// What must hold.
#[derive(Clone, Debug)]
pub(super) enum TestCase<'tcx> {
    Variant { adt_def: AdtDef<'tcx>, variant_index: VariantIdx },
    Constant { value: Value<'tcx> },
    Range(PatRange<'tcx>),
    Slice { len: u64, variable_length: bool },
    Deref { temp: Place<'tcx>, mutability: Mutability },
    Never,
    Or { pats: Vec<FlatPat<'tcx>> },
}

/// An arm, or an alternative in it.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'tcx> {
    /// What is still to be tested; or-patterns last.
    pub match_pairs: Vec<MatchPair<'tcx>>,
    /// The alternatives of an or-pattern.
    pub subcandidates: Vec<Candidate<'tcx>>,
    pub has_guard: bool,
    pub extra_data: PatternExtraData<'tcx>,
    pub or_span: Option<Span>,
    /// Where it has matched.
    pub pre_binding_block: Option<BasicBlock>,
    /// Where to go on if its guard fails.
    pub otherwise_block: Option<BasicBlock>,
    /// The first block that tests for it.
    pub false_edge_start_block: Option<BasicBlock>,
}

impl<'tcx> Candidate<'tcx> {
    pub fn new(place: PlaceBuilder<'tcx>, pattern: &Pat<'tcx>, has_guard: bool, cx: &mut Builder<'_, 'tcx>) -> Self {
        Candidate::from_flat_pat(FlatPat::new(place, pattern, cx), has_guard)
    }
    pub fn from_flat_pat(flat: FlatPat<'tcx>, has_guard: bool) -> Self {
        let mut this = Candidate {
            match_pairs: flat.match_pairs,
            extra_data: flat.extra_data,
            has_guard,
            subcandidates: Vec::new(),
            or_span: None,
            otherwise_block: None,
            pre_binding_block: None,
            false_edge_start_block: None,
        };
        this.sort_match_pairs();
        this
    }
    /// Or-patterns last, so that they are expanded only when nothing else is to be tested.
    pub fn sort_match_pairs(&mut self) {
        self.match_pairs.sort_by_key(|p| matches!(p.test_case, TestCase::Or { .. }));
    }
    pub fn starts_with_or_pattern(&self) -> bool {
        matches!(&*self.match_pairs, [MatchPair { test_case: TestCase::Or { .. }, .. }, ..])
    }
    pub fn visit_leaves(&mut self, f: &mut impl FnMut(&mut Self)) {
        if self.subcandidates.is_empty() {
            return f(self);
        }
        for sub in &mut self.subcandidates {
            sub.visit_leaves(f);
        }
    }
    pub fn visit_leaves_rev(&mut self, f: &mut impl FnMut(&mut Self)) {
        if self.subcandidates.is_empty() {
            return f(self);
        }
        for sub in self.subcandidates.iter_mut().rev() {
            sub.visit_leaves_rev(f);
        }
    }
}

impl<'tcx> MatchPair<'tcx> {
    /// Adds what a pattern tests and binds.
    fn for_pattern(
        mut place_builder: PlaceBuilder<'tcx>,
        pattern: &Pat<'tcx>,
        cx: &mut Builder<'_, 'tcx>,
        match_pairs: &mut Vec<MatchPair<'tcx>>,
        extra: &mut PatternExtraData<'tcx>,
    ) {
        if let Some(resolved) = place_builder.resolve_upvar(cx) {
            place_builder = resolved;
        }
        // The body that defines an opaque type matches on what is hidden.
        if let (PlaceBase::Local(_), Some(place)) = (place_builder.base(), place_builder.try_to_place(cx)) {
            let ty = place.ty(&cx.local_decls, cx.tcx).ty;
            if ty != pattern.ty && matches!(ty.kind(), TyKind::Alias(AliasTyKind::Opaque, _)) {
                place_builder = place_builder.project(ProjectionElem::OpaqueCast(pattern.ty));
            }
        }
        let place = place_builder.try_to_place(cx);
        let mut subpairs = Vec::new();
        let test_case = match &pattern.kind {
            PatKind::Missing | PatKind::Wild => None,
            PatKind::Error(guar) => {
                cx.tainted.get_or_insert(*guar);
                None
            }
            PatKind::Or { pats } => {
                let pats = pats.iter().map(|p| FlatPat::new(place_builder.clone(), p, cx)).collect();
                Some(TestCase::Or { pats })
            }
            PatKind::Range(range) => (!is_full_range(range)).then(|| TestCase::Range(**range)),
            PatKind::Constant { value } => Some(TestCase::Constant { value: *value }),
            PatKind::AscribeUserType { ascription, subpattern } => {
                MatchPair::for_pattern(place_builder, subpattern, cx, &mut subpairs, extra);
                if let Some(source) = place {
                    let annotation = ascription.annotation.clone();
                    extra.ascriptions.push(Ascription { source, annotation, variance: ascription.variance });
                }
                None
            }
            PatKind::Binding { mode, var, subpattern, .. } => {
                // What the subpattern binds comes first: `x @ Some(ref y)`.
                if let Some(sub) = subpattern {
                    MatchPair::for_pattern(place_builder, sub, cx, &mut subpairs, extra);
                }
                if let Some(source) = place {
                    let binding = Binding { span: pattern.span, source, var_id: *var, binding_mode: *mode };
                    extra.bindings.push(binding);
                }
                None
            }
            PatKind::ExpandedConstant { subpattern, .. } => {
                MatchPair::for_pattern(place_builder, subpattern, cx, &mut subpairs, extra);
                None
            }
            PatKind::Array { prefix, slice, suffix } => {
                let len = match *pattern.ty.kind() {
                    TyKind::Array(_, len) => len.try_to_target_usize(),
                    _ => None,
                };
                prefix_slice_suffix(cx, &mut subpairs, extra, &place_builder, len, prefix, slice.as_deref(), suffix);
                None
            }
            PatKind::Slice { prefix, slice, suffix } => {
                prefix_slice_suffix(cx, &mut subpairs, extra, &place_builder, None, prefix, slice.as_deref(), suffix);
                let len = (prefix.len() + suffix.len()) as u64;
                let any = len == 0 && slice.is_some();
                (!any).then_some(TestCase::Slice { len, variable_length: slice.is_some() })
            }
            PatKind::Variant { adt_def, variant_index, args, subpatterns } => {
                let downcast = place_builder.downcast(*adt_def, *variant_index);
                field_match_pairs(cx, &mut subpairs, extra, downcast, subpatterns);
                // The same in every crate: private fields are looked into.
                let refutable = adt_def.is_variant_list_non_exhaustive()
                    || adt_def.variants().iter_enumerated().any(|(i, v)| {
                        i != *variant_index && cx.tcx.variant_is_inhabited_from(v, args, None, cx.typing_env, true)
                    });
                refutable.then_some(TestCase::Variant { adt_def: *adt_def, variant_index: *variant_index })
            }
            PatKind::Leaf { subpatterns } => {
                field_match_pairs(cx, &mut subpairs, extra, place_builder, subpatterns);
                None
            }
            PatKind::Deref { subpattern } => {
                let mut inner = place_builder;
                // `&pin` patterns look through the `Pin`.
                if let TyKind::Adt(def, args) = *pattern.ty.kind() {
                    if def.is_pin() {
                        inner = inner.field(ty::FieldIdx::ZERO, args.type_at(0));
                    }
                }
                MatchPair::for_pattern(inner.deref(), subpattern, cx, &mut subpairs, extra);
                None
            }
            PatKind::DerefPattern { subpattern, borrow } => {
                let region = cx.tcx.lifetimes().re_erased;
                let temp = cx.temp(cx.tcx.mk_ref(region, subpattern.ty, *borrow), pattern.span);
                let inner = PlaceBuilder::from(temp).deref();
                MatchPair::for_pattern(inner, subpattern, cx, &mut subpairs, extra);
                Some(TestCase::Deref { temp, mutability: *borrow })
            }
            PatKind::Never => Some(TestCase::Never),
        };
        match test_case {
            Some(test_case) => match_pairs.push(MatchPair {
                place,
                test_case,
                subpairs,
                pattern_ty: pattern.ty,
                pattern_span: pattern.span,
            }),
            None => match_pairs.extend(subpairs),
        }
    }
}

fn is_full_range(range: &PatRange<'_>) -> bool {
    if !range.ty.is_integral() && !range.ty.is_char() {
        return false;
    }
    let (min, max) = (crate::thir::numeric_min(range.ty), crate::thir::numeric_max(range.ty));
    range.lo.to_bits(range.ty) == min && range.hi.to_bits(range.ty) == max && range.end == hir::RangeEnd::Included
}

fn field_match_pairs<'tcx>(
    cx: &mut Builder<'_, 'tcx>,
    match_pairs: &mut Vec<MatchPair<'tcx>>,
    extra: &mut PatternExtraData<'tcx>,
    place: PlaceBuilder<'tcx>,
    subpatterns: &[FieldPat<'tcx>],
) {
    for f in subpatterns {
        let place = place.clone_project(ProjectionElem::Field(f.field, f.pattern.ty));
        MatchPair::for_pattern(place, &f.pattern, cx, match_pairs, extra);
    }
}

/// The elements of a slice, or of an array of known length.
fn prefix_slice_suffix<'tcx>(
    cx: &mut Builder<'_, 'tcx>,
    match_pairs: &mut Vec<MatchPair<'tcx>>,
    extra: &mut PatternExtraData<'tcx>,
    place: &PlaceBuilder<'tcx>,
    array_len: Option<u64>,
    prefix: &[Pat<'tcx>],
    slice: Option<&Pat<'tcx>>,
    suffix: &[Pat<'tcx>],
) {
    let (min_length, exact_size) = match array_len {
        Some(len) => (len, true),
        None => ((prefix.len() + suffix.len()) as u64, false),
    };
    for (i, p) in prefix.iter().enumerate() {
        let elem = ProjectionElem::ConstantIndex { offset: i as u64, min_length, from_end: false };
        MatchPair::for_pattern(place.clone_project(elem), p, cx, match_pairs, extra);
    }
    if let Some(p) = slice {
        let suffix_len = suffix.len() as u64;
        let elem = ProjectionElem::Subslice {
            from: prefix.len() as u64,
            to: if exact_size { min_length - suffix_len } else { suffix_len },
            from_end: !exact_size,
        };
        MatchPair::for_pattern(place.clone_project(elem), p, cx, match_pairs, extra);
    }
    for (i, p) in suffix.iter().rev().enumerate() {
        let end_offset = i as u64 + 1;
        let elem = ProjectionElem::ConstantIndex {
            offset: if exact_size { min_length - end_offset } else { end_offset },
            min_length,
            from_end: !exact_size,
        };
        MatchPair::for_pattern(place.clone_project(elem), p, cx, match_pairs, extra);
    }
}
