//! `break` and `continue`: that they stand in a loop or labelled block, that a value goes only out of `loop`, and that
//! labels are given where they are needed (Reference, "Loop expressions").

use diagnostics::Applicability;
use diagnostics::codes::{E0267, E0268, E0571, E0590, E0695, E0696};
use hir::def::DefKind;
use hir::intravisit::{self, NestedFilter, Visitor};
use hir::{
    CoroutineDesugaring, CoroutineKind, CoroutineSource, Destination, Expr, ExprKind, LoopIdError, LoopSource, Node,
};
use query::TyCtxt;
use span::def_id::LocalDefId;
use span::{DesugaringKind, Span};

/// What a `break` stands in.
#[derive(Clone, Copy, PartialEq)]
enum Context {
    /// A block that is no candidate for a label: the body's own.
    Normal,
    Fn,
    Loop,
    Closure(Span),
    Coroutine(Span, CoroutineDesugaring, CoroutineSource),
    /// A block that a label would make breakable; the place for the label.
    UnlabeledBlock(Span),
    /// The block of an `if`.
    UnlabeledIfBlock(Span),
    LabeledBlock,
    AnonConst,
    ConstBlock,
}

#[derive(Clone, Copy, PartialEq)]
enum Jump {
    Break,
    Continue,
}

impl Jump {
    fn name(self) -> &'static str {
        match self {
            Jump::Break => "break",
            Jump::Continue => "continue",
        }
    }
}

/// Unlabelled breaks in a block, and where they would say the label.
struct BlockBreaks {
    block: Span,
    spans: Vec<Span>,
    label_places: Vec<Span>,
}

struct LoopChecker<'tcx> {
    tcx: TyCtxt<'tcx>,
    stack: Vec<Context>,
    block_breaks: Vec<BlockBreaks>,
}

/// Checks a body and the closures in it.
pub(crate) fn check_loops(tcx: TyCtxt<'_>, owner: LocalDefId) {
    let Some(body) = tcx.hir_maybe_body_owned_by(owner) else { return };
    let context = match tcx.def_kind(owner) {
        DefKind::AnonConst => Context::AnonConst,
        DefKind::InlineConst => Context::ConstBlock,
        _ => Context::Fn,
    };
    let mut checker = LoopChecker { tcx, stack: vec![context], block_breaks: Vec::new() };
    checker.visit_body(body);
    checker.report_breaks_in_blocks();
}

impl<'tcx> LoopChecker<'tcx> {
    fn within(&mut self, context: Context, f: impl FnOnce(&mut Self)) {
        self.stack.push(context);
        f(self);
        self.stack.pop();
    }
    fn top(&self) -> Context {
        self.stack.last().copied().unwrap_or(Context::Normal)
    }

    fn check_break(&mut self, e: &'tcx Expr<'tcx>, dest: Destination, value: Option<&'tcx Expr<'tcx>>) {
        if let Some(value) = value {
            self.visit_expr(value);
        }
        if self.require_label_in_labeled_block(e.span, dest, Jump::Break) {
            return;
        }
        let target = match dest.target_id {
            Ok(id) => Some(id),
            Err(LoopIdError::UnlabeledCfInWhileCondition) => {
                self.unlabeled_in_while_condition(e.span, Jump::Break);
                None
            }
            Err(LoopIdError::OutsideLoopScope | LoopIdError::UnresolvedLabel) => None,
        };
        if target.is_some_and(|id| matches!(self.tcx.hir_node(id), Node::Block(_))) {
            return;
        }
        if let (Some(value), Some(id)) = (value, target) {
            if let ExprKind::Loop(_, label, source, head) = self.tcx.hir_expect_expr(id).kind {
                // A label that was misspelt as a value was reported.
                let is_error = match value.kind {
                    ExprKind::Err(_) => true,
                    ExprKind::Path(hir::QPath::Resolved(_, path)) => path.res == hir::def::Res::Err,
                    _ => false,
                };
                if source != LoopSource::Loop && !is_error {
                    self.break_with_value(e, value, label, source, head);
                }
            }
        }
        let len = e.span.lo().0 + "break".len() as u32;
        let keyword = e.span.with_hi(span::BytePos(len));
        self.require_break_context(Jump::Break, e.span, keyword, self.stack.len());
    }

    /// A value leaves a loop that has none.
    fn break_with_value(
        &self,
        e: &Expr<'_>,
        value: &Expr<'_>,
        label: Option<hir::Label>,
        source: LoopSource,
        head: Span,
    ) {
        let kind = source.name();
        let mut err = self
            .tcx
            .dcx()
            .struct_span_err(e.span, format!("`break` with value from a `{kind}` loop"))
            .with_code(E0571)
            .with_span_label(e.span, "can only break with a value inside `loop` or breakable block")
            .with_span_label(head, format!("you can't `break` with a value in a `{kind}` loop"));
        let own = match label {
            Some(label) => format!("break {}", label.ident),
            None => "break".to_owned(),
        };
        err.span_suggestion_verbose(
            e.span,
            format!("use `break` on its own without a value inside this `{kind}` loop"),
            own,
            Applicability::MaybeIncorrect,
        );
        if let (Some(label), ExprKind::Path(hir::QPath::Resolved(None, path))) = (label, value.kind) {
            let name = label.ident.as_str().trim_start_matches('\'');
            if path.segments.len() == 1 && path.segments[0].ident.as_str() == name {
                err.span_suggestion_verbose(
                    value.span,
                    "alternatively, you might have meant to use the available loop label",
                    label.ident.to_string(),
                    Applicability::MaybeIncorrect,
                );
            }
        }
        err.emit();
    }

    fn check_continue(&mut self, e: &Expr<'_>, dest: Destination) {
        self.require_label_in_labeled_block(e.span, dest, Jump::Continue);
        match dest.target_id {
            Ok(id) => {
                if let Node::Block(block) = self.tcx.hir_node(id) {
                    self.tcx
                        .dcx()
                        .struct_span_err(e.span, "`continue` pointing to a labeled block")
                        .with_code(E0696)
                        .with_span_label(e.span, "labeled blocks cannot be `continue`'d")
                        .with_span_label(block.span, "labeled block the `continue` points to")
                        .emit();
                }
            }
            Err(LoopIdError::UnlabeledCfInWhileCondition) => {
                self.unlabeled_in_while_condition(e.span, Jump::Continue);
            }
            Err(_) => {}
        }
        self.require_break_context(Jump::Continue, e.span, e.span, self.stack.len());
    }

    /// `depth`: how much of the stack counts.
    fn require_break_context(&mut self, jump: Jump, span: Span, keyword: Span, depth: usize) {
        let name = jump.name();
        match depth.checked_sub(1).map_or(Context::Normal, |i| self.stack[i]) {
            Context::LabeledBlock | Context::Loop => {}
            Context::Closure(closure) => self.inside_of(name, span, "inside of a", "closure", closure),
            Context::Coroutine(at, kind, source) => {
                let kind = match kind {
                    CoroutineDesugaring::Async => "`async` ",
                    CoroutineDesugaring::Gen => "`gen` ",
                    CoroutineDesugaring::AsyncGen => "`async gen` ",
                };
                let source = match source {
                    CoroutineSource::Block => "block",
                    CoroutineSource::Closure => "closure",
                    CoroutineSource::Fn => "function",
                };
                self.inside_of(name, span, "inside", &format!("{kind}{source}"), at);
            }
            Context::UnlabeledBlock(block) if jump == Jump::Break && block.ctxt() == keyword.ctxt() => {
                let place = keyword.shrink_to_hi();
                match self.block_breaks.iter_mut().find(|b| b.block == block) {
                    Some(breaks) => {
                        breaks.spans.push(span);
                        breaks.label_places.push(place);
                    }
                    None => {
                        self.block_breaks.push(BlockBreaks { block, spans: vec![span], label_places: vec![place] });
                    }
                }
            }
            Context::UnlabeledIfBlock(_) if jump == Jump::Break => {
                self.require_break_context(jump, span, keyword, depth - 1);
            }
            Context::Normal
            | Context::Fn
            | Context::AnonConst
            | Context::ConstBlock
            | Context::UnlabeledIfBlock(_)
            | Context::UnlabeledBlock(_) => {
                self.outside_of_loop(jump, vec![span]).emit();
            }
        }
    }

    fn outside_of_loop(&self, jump: Jump, spans: Vec<Span>) -> diagnostics::Diag<'tcx> {
        let name = jump.name();
        let what = if jump == Jump::Break { " or labeled block" } else { "" };
        let mut err =
            self.tcx.dcx().struct_span_err(spans.clone(), format!("`{name}` outside of a loop{what}")).with_code(E0268);
        for span in spans {
            err.span_label(span, format!("cannot `{name}` outside of a loop{what}"));
        }
        err
    }

    fn inside_of(&self, name: &str, span: Span, how: &str, what: &str, around: Span) {
        self.tcx
            .dcx()
            .struct_span_err(span, format!("`{name}` {how} {what}"))
            .with_code(E0267)
            .with_span_label(span, format!("cannot `{name}` {how} {what}"))
            .with_span_label(around, format!("enclosing {what}"))
            .emit();
    }

    fn report_breaks_in_blocks(&mut self) {
        let mut all = std::mem::take(&mut self.block_breaks);
        all.sort_by_key(|b| b.block);
        for breaks in all {
            let mut err = self.outside_of_loop(Jump::Break, breaks.spans);
            let mut parts = vec![(breaks.block, "'block: ".to_owned())];
            parts.extend(breaks.label_places.into_iter().map(|place| (place, " 'block".to_owned())));
            err.multipart_suggestion(
                "consider labeling this block to be able to break within it",
                parts,
                Applicability::HasPlaceholders,
            );
            err.emit();
        }
    }

    /// In a labelled block, a jump that goes through it must say where to.
    fn require_label_in_labeled_block(&self, span: Span, dest: Destination, jump: Jump) -> bool {
        if span.is_desugaring(DesugaringKind::QuestionMark)
            || self.top() != Context::LabeledBlock
            || dest.label.is_some()
        {
            return false;
        }
        let name = jump.name();
        self.tcx
            .dcx()
            .struct_span_err(span, format!("unlabeled `{name}` inside of a labeled block"))
            .with_code(E0695)
            .with_span_label(
                span,
                format!("`{name}` statements that would diverge to or through a labeled block need to bear a label"),
            )
            .emit();
        true
    }

    fn unlabeled_in_while_condition(&self, span: Span, jump: Jump) {
        let name = jump.name();
        self.tcx
            .dcx()
            .struct_span_err(span, "`break` or `continue` with no label in the condition of a `while` loop")
            .with_code(E0590)
            .with_span_label(span, format!("unlabeled `{name}` in the condition of a `while` loop"))
            .emit();
    }
}

impl<'tcx> Visitor<'tcx> for LoopChecker<'tcx> {
    const NESTED: NestedFilter = NestedFilter::OnlyBodies;

    fn hir_crate(&mut self) -> &'tcx hir::Crate<'tcx> {
        self.tcx.hir_crate()
    }
    // A body of its own, checked as such.
    fn visit_anon_const(&mut self, _: &'tcx hir::AnonConst) {}
    fn visit_inline_const(&mut self, c: &'tcx hir::ConstBlock) {
        self.within(Context::ConstBlock, |this| intravisit::walk_inline_const(this, c));
    }
    fn visit_expr(&mut self, e: &'tcx Expr<'tcx>) {
        match e.kind {
            ExprKind::If(cond, then, otherwise) => {
                self.visit_expr(cond);
                match then.kind {
                    ExprKind::Block(block, None)
                        if matches!(
                            self.top(),
                            Context::Normal
                                | Context::AnonConst
                                | Context::UnlabeledBlock(_)
                                | Context::UnlabeledIfBlock(_)
                        ) =>
                    {
                        let context = Context::UnlabeledIfBlock(block.span.shrink_to_lo());
                        self.within(context, |this| this.visit_block(block));
                    }
                    _ => self.visit_expr(then),
                }
                if let Some(otherwise) = otherwise {
                    self.visit_expr(otherwise);
                }
            }
            ExprKind::Loop(block, ..) => self.within(Context::Loop, |this| this.visit_block(block)),
            ExprKind::Closure(closure) => {
                let context = match closure.kind {
                    hir::ClosureKind::Coroutine(CoroutineKind::Desugared(kind, source)) => {
                        Context::Coroutine(closure.fn_decl_span, kind, source)
                    }
                    _ => Context::Closure(closure.fn_decl_span),
                };
                self.visit_fn_decl(closure.fn_decl);
                self.within(context, |this| this.visit_nested_body(closure.body));
            }
            ExprKind::Block(block, Some(_)) => self.within(Context::LabeledBlock, |this| this.visit_block(block)),
            ExprKind::Block(block, None) if matches!(self.top(), Context::Fn | Context::ConstBlock) => {
                self.within(Context::Normal, |this| this.visit_block(block));
            }
            ExprKind::Block(block, None)
                if matches!(self.top(), Context::Normal | Context::AnonConst | Context::UnlabeledBlock(_)) =>
            {
                let context = Context::UnlabeledBlock(block.span.shrink_to_lo());
                self.within(context, |this| this.visit_block(block));
            }
            ExprKind::Break(dest, value) => self.check_break(e, dest, value),
            ExprKind::Continue(dest) => self.check_continue(e, dest),
            _ => intravisit::walk_expr(self, e),
        }
    }
}
