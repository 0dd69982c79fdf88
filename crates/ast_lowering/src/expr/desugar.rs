//! Loops, `?`, `try`, ranges, `do yeet`.

use hir::{Destination, Expr, ExprKind, LangItem, LoopSource, MatchSource, QPath};
use span::{DesugaringKind, Ident, Span, sym};

use crate::{ImplTraitContext, ImplTraitPosition, LoweringContext, TryBlockScope, diagnostics};

impl<'hir> LoweringContext<'_, 'hir> {
    /// `'label: while cond body`:
    /// ```text
    /// 'label: loop { if cond body else { break; } }
    /// ```
    pub(super) fn lower_expr_while(
        &mut self,
        e: &ast::Expr,
        hir_id: hir::HirId,
        span: Span,
        cond: &ast::Expr,
        body: &ast::Block,
        label: Option<ast::Label>,
    ) -> ExprKind<'hir> {
        let label = self.lower_label(label, e.id, hir_id);
        self.with_loop_scope(hir_id, |this| {
            let lowered_cond = this.with_loop_condition_scope(|this| this.lower_expr(cond));
            let then = this.lower_block_expr(body);
            let then = this.alloc(then);
            let expr_break = this.expr_break(span);
            let stmt_break = this.stmt_expr(span, expr_break);
            let else_block = this.block_all(span, this.arena.alloc_slice(&[stmt_break]), None);
            let else_expr = this.expr_block(else_block);
            let else_expr = this.alloc(else_expr);
            let if_expr = this.expr_alloc(span, ExprKind::If(lowered_cond, then, Some(else_expr)));
            let block = this.block_expr(if_expr);
            ExprKind::Loop(block, label, LoopSource::While, span.with_hi(cond.span.hi()))
        })
    }

    /// `'label: for pat in head body`:
    /// ```text
    /// {
    ///     let result = match IntoIterator::into_iter(head) {
    ///         mut iter => 'label: loop {
    ///             match Iterator::next(&mut iter) {
    ///                 None => break,
    ///                 Some(pat) => body,
    ///             };
    ///         }
    ///     };
    ///     result
    /// }
    /// ```
    /// (the outer block as `DropTemps`, so that temporaries of `head` are dropped behind the loop).
    pub(super) fn lower_expr_for(
        &mut self,
        e: &ast::Expr,
        pat: &ast::Pat,
        head: &ast::Expr,
        body: &ast::Block,
        label: Option<ast::Label>,
        kind: ast::ForLoopKind,
    ) -> Expr<'hir> {
        if kind == ast::ForLoopKind::ForAwait {
            let guar = self.dcx().span_unsupported(e.span, "`for await`");
            return self.expr_err(e.span, guar);
        }
        let head = self.lower_expr_mut(head);
        let pat = self.lower_pat(pat);
        let for_span = self.mark(DesugaringKind::ForLoop, e.span);
        let for_ctxt = for_span.ctxt();
        // The places of head and pattern in the loop, not inside a macro.
        let in_loop = |span: Span| span.find_ancestor_in_same_ctxt(e.span).unwrap_or(span).with_ctxt(for_ctxt);
        let head_span = in_loop(head.span);
        let pat_span = in_loop(pat.span);

        let loop_hir_id = self.lower_node_id(e.id);
        let label = self.lower_label(label, e.id, loop_hir_id);

        let none_arm = {
            let break_expr = self.with_loop_scope(loop_hir_id, |this| this.expr_break(for_span));
            let break_expr = self.alloc(break_expr);
            let pat = self.pat_lang_item_variant(for_span, LangItem::OptionNone, None);
            self.arm(pat, break_expr, for_span)
        };
        let some_arm = {
            let some_pat = self.pat_lang_item_variant(pat_span, LangItem::OptionSome, Some(pat));
            let block = self.with_loop_scope(loop_hir_id, |this| this.lower_block(body, false));
            let body_expr = self.expr_block(block);
            let body_expr = self.alloc(body_expr);
            self.arm(some_pat, body_expr, for_span)
        };

        let iter = Ident::with_dummy_span(sym::iter);
        let (iter_pat, iter_id) = self.pat_ident_binding_mode(head_span, iter, ast::BindingMode::MUT);
        let iter_ref = self.expr_ident(head_span, iter, iter_id);
        let iter_ref = self.expr_mut_addr_of(head_span, iter_ref);
        let args = self.arena.alloc_slice(&[iter_ref]);
        let next = self.expr_call_lang_item_fn(head_span, LangItem::IteratorNext, args);
        let next_match = self.expr_match(for_span, next, &[none_arm, some_arm], MatchSource::ForLoopDesugar);
        let match_stmt = self.stmt_expr(for_span, next_match);
        let loop_block = self.block_all(for_span, self.arena.alloc_slice(&[match_stmt]), None);
        let kind = ExprKind::Loop(loop_block, label, LoopSource::ForLoop, for_span.with_hi(head_span.hi()));
        let loop_expr = self.alloc(Expr { hir_id: loop_hir_id, kind, span: for_span });

        let iter_arm = self.arm(iter_pat, loop_expr, for_span);
        let head = self.arena.alloc_slice(&[head]);
        let into_iter = self.expr_call_lang_item_fn(head_span, LangItem::IntoIterIntoIter, head);
        let match_expr = self.expr_match(for_span, into_iter, &[iter_arm], MatchSource::ForLoopDesugar);
        let match_expr = self.alloc(match_expr);
        let expr = self.expr_drop_temps(for_span, match_expr);
        self.lower_attrs(expr.hir_id, &e.attrs);
        expr
    }

    /// `sub?`:
    /// ```text
    /// match Try::branch(sub) {
    ///     ControlFlow::Break(residual) => #[allow(unreachable_code)] return FromResidual::from_residual(residual),
    ///     ControlFlow::Continue(val) => #[allow(unreachable_code)] val,
    /// }
    /// ```
    pub(super) fn lower_expr_try(&mut self, span: Span, sub: &ast::Expr) -> ExprKind<'hir> {
        let marked_span = self.mark(DesugaringKind::QuestionMark, span);
        let try_span = self.mark(DesugaringKind::QuestionMark, self.end_point(span));

        let sub = self.lower_expr_mut(sub);
        let sub_id = sub.hir_id;
        let args = self.arena.alloc_slice(&[sub]);
        let scrutinee = self.expr_call_lang_item_fn(marked_span, LangItem::TryTraitBranch, args);
        let attr = [self.allow_unreachable_code(try_span)];

        let continue_arm = {
            let ident = Ident::with_dummy_span(sym::val);
            let (pat, id) = self.pat_ident(span, ident);
            let expr = self.expr_ident(span, ident, id);
            self.lower_attrs(expr.hir_id, &attr);
            let pat = self.pat_lang_item_variant(marked_span, LangItem::ControlFlowContinue, Some(pat));
            self.arm(pat, expr, try_span)
        };
        let break_arm = {
            let ident = Ident::with_dummy_span(sym::residual);
            let (pat, id) = self.pat_ident(try_span, ident);
            let residual = self.expr_ident_mut(try_span, ident, id);
            let args = self.arena.alloc_slice(&[residual]);
            let kind = match self.try_block_scope {
                TryBlockScope::Function => {
                    let value = self.expr_call_lang_item_fn(try_span, LangItem::TryTraitFromResidual, args);
                    ExprKind::Ret(Some(value))
                }
                TryBlockScope::Homogeneous(block) => {
                    let value = self.expr_call_lang_item_fn(try_span, LangItem::ResidualIntoTryType, args);
                    ExprKind::Break(Destination { label: None, target_id: Ok(block) }, Some(value))
                }
                TryBlockScope::Heterogeneous(block) => {
                    let value = self.expr_call_lang_item_fn(try_span, LangItem::TryTraitFromResidual, args);
                    ExprKind::Break(Destination { label: None, target_id: Ok(block) }, Some(value))
                }
            };
            let expr = self.expr_alloc(try_span, kind);
            self.lower_attrs(expr.hir_id, &attr);
            let pat = self.pat_lang_item_variant(try_span, LangItem::ControlFlowBreak, Some(pat));
            self.arm(pat, expr, try_span)
        };
        let arms = self.arena.alloc_slice(&[break_arm, continue_arm]);
        ExprKind::Match(scrutinee, arms, MatchSource::TryDesugar(sub_id))
    }

    /// `try { stmts; tail }`: `'try: { stmts; Try::from_output(tail) }`. In `try bikeshed T { .. }` the type is said, so `?`
    /// may convert.
    pub(super) fn lower_expr_try_block(&mut self, body: &ast::Block, ty: Option<&ast::Ty>) -> ExprKind<'hir> {
        let block_id = self.lower_node_id(body.id);
        let scope = match ty {
            None => TryBlockScope::Homogeneous(block_id),
            Some(_) => TryBlockScope::Heterogeneous(block_id),
        };
        let block = self.with_try_block_scope(scope, |this| {
            let mut block = this.lower_block_noalloc(block_id, body, true);
            let (try_span, tail) = match block.expr {
                Some(tail) => (this.mark(DesugaringKind::TryBlock, tail.span), *tail),
                None => {
                    let span = this.mark(DesugaringKind::TryBlock, this.end_point(body.span));
                    (span, *this.expr_unit(span))
                }
            };
            let args = this.arena.alloc_slice(&[tail]);
            block.expr = Some(this.expr_call_lang_item_fn(try_span, LangItem::TryTraitFromOutput, args));
            this.alloc(block)
        });
        match ty {
            None => ExprKind::Block(block, None),
            Some(ty) => {
                let ty = self.lower_ty(ty, ImplTraitContext::Disallowed(ImplTraitPosition::Path));
                let block = self.expr_block(block);
                ExprKind::Type(self.alloc(block), ty)
            }
        }
    }

    /// `do yeet value`: `return FromResidual::from_residual(Yeet(value))`.
    pub(super) fn lower_expr_yeet(&mut self, span: Span, value: Option<&ast::Expr>) -> ExprKind<'hir> {
        let value = match value {
            Some(value) => self.lower_expr_mut(value),
            None => *self.expr_unit(span),
        };
        let args = self.arena.alloc_slice(&[value]);
        let residual = self.expr_call_lang_item_fn(span, LangItem::TryTraitFromYeet, args);
        match self.try_block_scope {
            TryBlockScope::Homogeneous(id) | TryBlockScope::Heterogeneous(id) => {
                ExprKind::Break(Destination { label: None, target_id: Ok(id) }, Some(residual))
            }
            TryBlockScope::Function => ExprKind::Ret(Some(residual)),
        }
    }

    /// `a..b`: a struct of the library; `a..=b` is made by a function.
    pub(super) fn lower_expr_range(
        &mut self,
        span: Span,
        lo: Option<&ast::Expr>,
        hi: Option<&ast::Expr>,
        limits: ast::RangeLimits,
    ) -> ExprKind<'hir> {
        use ast::RangeLimits::{Closed, HalfOpen};
        let new_range = self.feature(sym::new_range);
        let marked_span = self.mark(DesugaringKind::RangeExpr, span);
        let item = match (lo, hi, limits) {
            (None, None, HalfOpen) => LangItem::RangeFull,
            (Some(_), None, HalfOpen) if new_range => LangItem::RangeFromCopy,
            (Some(_), None, HalfOpen) => LangItem::RangeFrom,
            (None, Some(_), HalfOpen) => LangItem::RangeTo,
            (Some(_), Some(_), HalfOpen) if new_range => LangItem::RangeCopy,
            (Some(_), Some(_), HalfOpen) => LangItem::Range,
            (None, Some(_), Closed) if new_range => LangItem::RangeToInclusiveCopy,
            (None, Some(_), Closed) => LangItem::RangeToInclusive,
            (Some(_), Some(_), Closed) if new_range => LangItem::RangeInclusiveCopy,
            (Some(lo), Some(hi), Closed) => {
                let lo = self.lower_expr_mut(lo);
                let hi = self.lower_expr_mut(hi);
                let f = self.expr_lang_item_path(marked_span, LangItem::RangeInclusiveNew);
                return ExprKind::Call(f, self.arena.alloc_slice(&[lo, hi]));
            }
            (lo, None, Closed) => {
                diagnostics::inclusive_range_no_end(self.dcx(), span);
                if lo.is_some() { LangItem::RangeFrom } else { LangItem::RangeFull }
            }
        };
        // The struct of the new inclusive ranges has another name for the end.
        let end_name = match item {
            LangItem::RangeInclusiveCopy | LangItem::RangeToInclusiveCopy => sym::last,
            _ => sym::end,
        };
        let mut fields = Vec::new();
        for (expr, name) in [(lo, sym::start), (hi, end_name)] {
            let Some(expr) = expr else { continue };
            let expr = self.lower_expr(expr);
            fields.push(hir::ExprField {
                hir_id: self.next_id(),
                ident: Ident::new(name, expr.span),
                expr,
                span: expr.span,
                is_shorthand: false,
            });
        }
        ExprKind::Struct(
            self.alloc(QPath::LangItem(item, marked_span)),
            self.arena.alloc_slice(&fields),
            hir::StructTailExpr::None,
        )
    }
}
