//! Why a borrow is still in use where it conflicts.

use diagnostics::{Applicability, Diag};
use mir::{
    CastKind, ConstraintCategory, FakeReadCause, Local, LocalInfo, Location, Operand, Place, Rvalue, StatementKind,
    TerminatorKind,
};
use span::Span;
use trait_solve::infer::NllRegionVariableOrigin;
use ty::adjustment::PointerCoercion;
use ty::{RegionVid, TyKind};

use super::UseSpans;
use super::find_use::{self, Cause};
use super::region_name::RegionName;
use crate::borrow_set::BorrowData;
use crate::check::{MirBorrowckCtxt, WriteKind};

/// The reason.
#[derive(Debug)]
pub(crate) enum BorrowExplanation {
    UsedLater {
        kind: LaterUseKind,
        span: Span,
        path_span: Option<Span>,
    },
    UsedLaterInLoop {
        kind: LaterUseKind,
        span: Span,
        path_span: Option<Span>,
    },
    UsedLaterWhenDropped {
        drop_loc: Location,
        dropped_local: Local,
        should_note_order: bool,
    },
    MustBeValidFor {
        category: ConstraintCategoryKind,
        description: &'static str,
        from_closure: bool,
        span: Span,
        region_name: RegionName,
        opt_place_desc: Option<String>,
    },
    Unexplained,
}

/// The categories that messages tell apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ConstraintCategoryKind {
    Return,
    Yield,
    CallArgument,
    OpaqueType,
    Assignment,
    Other,
}

impl ConstraintCategoryKind {
    fn of(c: ConstraintCategory<'_>) -> Self {
        match c {
            ConstraintCategory::Return(_) => ConstraintCategoryKind::Return,
            ConstraintCategory::Yield => ConstraintCategoryKind::Yield,
            ConstraintCategory::CallArgument(_) => ConstraintCategoryKind::CallArgument,
            ConstraintCategory::OpaqueType => ConstraintCategoryKind::OpaqueType,
            ConstraintCategory::Assignment => ConstraintCategoryKind::Assignment,
            _ => ConstraintCategoryKind::Other,
        }
    }
}

/// How a category is named at the start of a label.
pub(crate) fn category_description(c: ConstraintCategory<'_>) -> &'static str {
    match c {
        ConstraintCategory::Assignment => "assignment ",
        ConstraintCategory::Return(_) => "returning this value ",
        ConstraintCategory::Yield => "yielding this value ",
        ConstraintCategory::UseAsConst => "using this value as a constant ",
        ConstraintCategory::UseAsStatic => "using this value as a static ",
        ConstraintCategory::Cast { is_implicit_coercion: false, .. } => "cast ",
        ConstraintCategory::Cast { is_implicit_coercion: true, .. } => "coercion ",
        ConstraintCategory::CallArgument(_) => "argument ",
        ConstraintCategory::TypeAnnotation(mir::AnnotationSource::GenericArg) => "generic argument ",
        ConstraintCategory::TypeAnnotation(_) => "type annotation ",
        ConstraintCategory::SizedBound => "proving this value is `Sized` ",
        ConstraintCategory::CopyBound => "copying this value ",
        ConstraintCategory::OpaqueType => "opaque type ",
        ConstraintCategory::ClosureUpvar(_) => "closure capture ",
        ConstraintCategory::Usage => "this usage ",
        ConstraintCategory::Predicate(_)
        | ConstraintCategory::Boring
        | ConstraintCategory::BoringNoLocation
        | ConstraintCategory::Internal
        | ConstraintCategory::OutlivesUnnameablePlaceholder(_) => "",
    }
}

/// What a later use is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum LaterUseKind {
    TraitObject,
    ClosureCapture,
    Call,
    FakeLetRead,
    Other,
}

impl BorrowExplanation {
    pub(crate) fn is_explained(&self) -> bool {
        !matches!(self, BorrowExplanation::Unexplained)
    }
    /// Adds labels.
    pub(crate) fn add_to<'tcx>(
        &self,
        cx: &MirBorrowckCtxt<'_, 'tcx>,
        err: &mut Diag<'_>,
        borrow_desc: &str,
        borrow_span: Option<Span>,
    ) {
        let body = cx.body;
        match self {
            &BorrowExplanation::UsedLater { kind, span, path_span } => {
                let message = match kind {
                    LaterUseKind::TraitObject => "captured here by trait object",
                    LaterUseKind::ClosureCapture => "captured here by closure",
                    LaterUseKind::Call => "used by call",
                    LaterUseKind::FakeLetRead => "stored here",
                    LaterUseKind::Other => "used here",
                };
                if borrow_span.is_some_and(|sp| sp.overlaps(span)) {
                    return;
                }
                err.span_label(span, format!("{borrow_desc}borrow later {message}"));
                if let Some(p) = path_span
                    && p != span
                {
                    err.span_label(p, "used here by closure");
                }
            }
            &BorrowExplanation::UsedLaterInLoop { kind, span, path_span } => {
                let message = match kind {
                    LaterUseKind::TraitObject => "borrow captured here by trait object, in later iteration of loop",
                    LaterUseKind::ClosureCapture => "borrow captured here by closure, in later iteration of loop",
                    LaterUseKind::Call => "borrow used by call, in later iteration of loop",
                    LaterUseKind::FakeLetRead => "borrow later stored here",
                    LaterUseKind::Other => "borrow used here, in later iteration of loop",
                };
                err.span_label(span, format!("{borrow_desc}{message}"));
                if let Some(p) = path_span
                    && p != span
                {
                    err.span_label(p, "used here by closure");
                }
            }
            &BorrowExplanation::UsedLaterWhenDropped { drop_loc, dropped_local, should_note_order } => {
                let decl = &body.local_decls[dropped_local];
                let (dtor, ty) = match decl.ty.kind() {
                    TyKind::Adt(adt, _) if !adt.is_box() && cx.tcx.adt_destructor(adt.did()).is_some() => {
                        ("`Drop` code", format!("type `{}`", cx.tcx.def_path_str(adt.did())))
                    }
                    TyKind::Closure(..) => ("destructor", "closure".to_owned()),
                    TyKind::Coroutine(..) => ("destructor", "coroutine".to_owned()),
                    _ => ("destructor", format!("type `{}`", decl.ty)),
                };
                let drop_span = body.source_info(drop_loc).span;
                match cx.local_name(dropped_local) {
                    Some(name) if !decl.from_compiler_desugaring() => {
                        err.span_label(
                            drop_span,
                            format!(
                                "{borrow_desc}borrow might be used here, when `{name}` is dropped and runs the {dtor} for {ty}"
                            ),
                        );
                        if should_note_order {
                            err.note("values in a scope are dropped in the opposite order they are defined");
                        }
                    }
                    _ => {
                        err.span_label(
                            decl.source_info.span,
                            format!("a temporary with access to the {borrow_desc}borrow is created here ..."),
                        );
                        err.span_label(
                            drop_span,
                            format!(
                                "... and the {borrow_desc}borrow might be used here, when that temporary is dropped and runs the {dtor} for {ty}"
                            ),
                        );
                        if let LocalInfo::BlockTailTemp(info) = decl.local_info() {
                            if info.tail_result_is_ignored {
                                err.span_suggestion_verbose(
                                    info.span.shrink_to_hi(),
                                    "consider adding semicolon after the expression so its temporaries are dropped sooner, before the local variables declared by the block are dropped",
                                    ";",
                                    Applicability::MaybeIncorrect,
                                );
                            } else {
                                err.note(
                                    "the temporary is part of an expression at the end of a block;\nconsider forcing this temporary to be dropped sooner, before the block's local variables are dropped",
                                );
                                err.multipart_suggestion(
                                    "for example, you could save the expression's value in a new local variable `x` and then make `x` be the expression at the end of the block",
                                    vec![
                                        (info.span.shrink_to_lo(), "let x = ".to_owned()),
                                        (info.span.shrink_to_hi(), "; x".to_owned()),
                                    ],
                                    Applicability::MaybeIncorrect,
                                );
                            }
                        }
                    }
                }
            }
            BorrowExplanation::MustBeValidFor { description, span, region_name, opt_place_desc, .. } => {
                region_name.highlight(err);
                match opt_place_desc {
                    Some(desc) => err.span_label(
                        *span,
                        format!("{description}requires that `{desc}` is borrowed for `{region_name}`"),
                    ),
                    None => err.span_label(
                        *span,
                        format!("{description}requires that {borrow_desc}borrow lasts for `{region_name}`"),
                    ),
                };
            }
            BorrowExplanation::Unexplained => {}
        }
    }
}

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    /// Why a borrow's region contains a point.
    pub(crate) fn explain_why_borrow_contains_point(
        &self,
        location: Location,
        borrow: &BorrowData<'tcx>,
        kind_place: Option<(WriteKind, Place<'tcx>)>,
    ) -> BorrowExplanation {
        let region = borrow.region;
        let sub = self.regioncx.find_sub_region_live_at(region, location);
        match find_use::find(self.body, self.regioncx, sub, location) {
            Some(Cause::LiveVar(local, use_location)) => {
                let span = self.body.source_info(use_location).span;
                let spans = self
                    .move_spans(Place::from(local).as_ref(), use_location)
                    .or_else(|| self.borrow_spans(span, use_location));
                if self.is_use_in_later_iteration_of_loop(location, use_location) {
                    let (kind, span, path_span) = self.later_use_kind(borrow, spans, use_location);
                    BorrowExplanation::UsedLaterInLoop { kind, span, path_span }
                } else {
                    let (kind, span, path_span) = self.later_use_kind(borrow, spans, use_location);
                    BorrowExplanation::UsedLater { kind, span, path_span }
                }
            }
            Some(Cause::DropVar(local, drop_loc)) => {
                let should_note_order = self.local_name(local).is_some()
                    && kind_place.is_some_and(|(kind, place)| {
                        kind == WriteKind::StorageDeadOrDrop
                            && place.as_local().is_some_and(|l| self.local_name(l).is_some() && l != local)
                    });
                BorrowExplanation::UsedLaterWhenDropped { drop_loc, dropped_local: local, should_note_order }
            }
            None => {
                let Some(outlived) = self.to_error_region_vid(region) else { return BorrowExplanation::Unexplained };
                let (blame, _) =
                    self.regioncx.best_blame_constraint(region, NllRegionVariableOrigin::FreeRegion, |r| {
                        self.regioncx.provides_universal_region(r, region, outlived)
                    });
                let Some(region_name) = self.give_region_a_name(outlived) else {
                    return BorrowExplanation::Unexplained;
                };
                BorrowExplanation::MustBeValidFor {
                    category: ConstraintCategoryKind::of(blame.category),
                    description: category_description(blame.category),
                    from_closure: blame.from_closure,
                    span: blame.span,
                    region_name,
                    opt_place_desc: self.describe_place(borrow.borrowed_place.as_ref()),
                }
            }
        }
    }
    /// The universal region that a region reaches, for messages.
    pub(crate) fn to_error_region_vid(&self, r: RegionVid) -> Option<RegionVid> {
        if self.regioncx.universal_regions().is_universal_region(r) {
            return Some(r);
        }
        let upper = self.regioncx.approx_universal_upper_bound(r);
        self.regioncx.region_contains_free_region(r, upper).then(|| self.to_error_region_vid(upper)).flatten()
    }

    /// Whether a use comes before the borrow's conflict in the text, in a loop around both.
    fn is_use_in_later_iteration_of_loop(&self, borrow: Location, use_location: Location) -> bool {
        let back_edge = self.reach_through_backedge(borrow, use_location);
        back_edge.is_some_and(|edge| self.can_reach_head_of_loop(use_location, edge))
    }
    /// The back edge that leads from one point to another without another such path.
    fn reach_through_backedge(&self, from: Location, to: Location) -> Option<Location> {
        let mut visited = span::FxHashSet::default();
        let mut stack = vec![from];
        let mut back_edge = None;
        while let Some(location) = stack.pop() {
            if !visited.insert(location) {
                continue;
            }
            if location == to {
                return back_edge;
            }
            let data = &self.body[location.block];
            if location.statement_index < data.statements.len() {
                stack.push(location.successor_within_block());
                continue;
            }
            for block in data.terminator().successors() {
                let next = Location { block, statement_index: 0 };
                if next.dominates(location, self.body.basic_blocks.dominators()) {
                    if back_edge.is_none() {
                        back_edge = Some(location);
                    }
                }
                stack.insert(0, next);
            }
        }
        None
    }
    fn can_reach_head_of_loop(&self, from: Location, back_edge: Location) -> bool {
        let dominators = self.body.basic_blocks.dominators();
        let heads: Vec<_> = self.body[back_edge.block]
            .terminator()
            .successors()
            .filter(|&block| Location { block, statement_index: 0 }.dominates(back_edge, dominators))
            .collect();
        let mut visited = span::FxHashSet::default();
        let mut stack: Vec<_> = self.body[from.block].terminator().successors().collect();
        while let Some(bb) = stack.pop() {
            if heads.contains(&bb) {
                return true;
            }
            if visited.insert(bb) {
                stack.extend(self.body[bb].terminator().successors());
            }
        }
        false
    }

    fn later_use_kind(
        &self,
        borrow: &BorrowData<'tcx>,
        spans: UseSpans<'tcx>,
        location: Location,
    ) -> (LaterUseKind, Span, Option<Span>) {
        let span = match spans {
            UseSpans::Closure { capture_kind_span, path_span, .. } => {
                return (LaterUseKind::ClosureCapture, capture_kind_span, Some(path_span));
            }
            UseSpans::Pattern(s) | UseSpans::Other(s) | UseSpans::FnSelf { var_span: s, .. } => s,
        };
        let data = &self.body[location.block];
        let kind = match data.statements.get(location.statement_index).map(|s| &s.kind) {
            Some(StatementKind::FakeRead(read)) if matches!(read.0, FakeReadCause::ForLet(_)) => {
                match read.1.as_local() {
                    // `let c = || ..;` keeps what the closure captures.
                    Some(local) if self.body.local_decls[local].ty.is_closure() => LaterUseKind::ClosureCapture,
                    _ => LaterUseKind::FakeLetRead,
                }
            }
            _ if self.was_captured_by_trait_object(borrow) => LaterUseKind::TraitObject,
            None => {
                if let TerminatorKind::Call { func, call_source, .. } = &data.terminator().kind
                    && call_source.from_hir_call()
                {
                    let function_span = match func {
                        Operand::Constant(c) => c.span,
                        Operand::Copy(p) | Operand::Move(p) => match p.as_local() {
                            Some(l) if self.local_name(l).is_none() => self.body.local_decls[l].source_info.span,
                            _ => span,
                        },
                        Operand::RuntimeChecks(_) => span,
                    };
                    return (LaterUseKind::Call, function_span, None);
                }
                LaterUseKind::Other
            }
            Some(_) => LaterUseKind::Other,
        };
        (kind, span, None)
    }

    /// Whether a borrow was made into a trait object.
    fn was_captured_by_trait_object(&self, borrow: &BorrowData<'tcx>) -> bool {
        let location = borrow.reserve_location;
        let data = &self.body[location.block];
        let Some(stmt) = data.statements.get(location.statement_index) else { return false };
        let StatementKind::Assign(assign) = &stmt.kind else { return false };
        let Some(mut target) = assign.0.as_local() else { return false };
        for stmt in &data.statements[location.statement_index + 1..] {
            let StatementKind::Assign(assign) = &stmt.kind else { continue };
            let Some(into) = assign.0.as_local() else { continue };
            match &assign.1 {
                Rvalue::Use(op) if op.place().and_then(|p| p.as_local()) == Some(target) => target = into,
                Rvalue::Ref(_, _, p) if p.local == target => target = into,
                Rvalue::Cast(CastKind::PointerCoercion(PointerCoercion::Unsize, _), op, ty)
                    if op.place().and_then(|p| p.as_local()) == Some(target) =>
                {
                    return ty.builtin_deref(true).is_some_and(|t| t.is_trait())
                        || ty.boxed_ty().is_some_and(|t| t.is_trait());
                }
                _ => {}
            }
        }
        false
    }
}
