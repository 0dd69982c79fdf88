//! `async` and `gen`: blocks, the bodies of such functions, `.await`, `yield`.

use hir::{
    ByRef, CoroutineDesugaring, CoroutineKind, CoroutineSource, Expr, ExprKind, LangItem, LocalSource, LoopSource,
    MatchSource, PatKind, YieldSource,
};
use span::{DesugaringKind, Ident, Span, kw, sym};

use crate::{LoweringContext, diagnostics};

impl<'hir> LoweringContext<'_, 'hir> {
    /// `async move { .. }`
    pub(super) fn lower_expr_gen(
        &mut self,
        e: &ast::Expr,
        capture: ast::CaptureBy,
        block: &ast::Block,
        kind: ast::GenBlockKind,
        decl_span: Span,
    ) -> ExprKind<'hir> {
        let desugaring = match kind {
            ast::GenBlockKind::Async => CoroutineDesugaring::Async,
            ast::GenBlockKind::Gen => CoroutineDesugaring::Gen,
            ast::GenBlockKind::AsyncGen => CoroutineDesugaring::AsyncGen,
        };
        self.make_coroutine_expr(capture, e.id, decl_span, e.span, desugaring, CoroutineSource::Block, |this| {
            this.with_new_scopes(e.span, |this| this.lower_block_expr(block))
        })
    }

    /// A closure expression that is a coroutine. That of `async` gets the task's context as its argument each time it is
    /// resumed, in `_task_context`.
    fn make_coroutine_expr(
        &mut self,
        capture_clause: ast::CaptureBy,
        closure_id: ast::NodeId,
        fn_decl_span: Span,
        span: Span,
        desugaring: CoroutineDesugaring,
        source: CoroutineSource,
        body: impl FnOnce(&mut Self) -> Expr<'hir>,
    ) -> ExprKind<'hir> {
        let def_id = self.local_def_id(closure_id);
        let kind = CoroutineKind::Desugared(desugaring, source);
        let mut inputs: &'hir [hir::Ty<'hir>] = &[];
        let mut params: &'hir [hir::Param<'hir>] = &[];
        let mut task_context = None;
        match desugaring {
            CoroutineDesugaring::Async | CoroutineDesugaring::AsyncGen => {
                let ty_span = self.mark(DesugaringKind::Async, span);
                let path = self.make_lang_item_path(LangItem::ResumeTy, ty_span, None);
                let ty = self.ty(ty_span, hir::TyKind::Path(hir::QPath::Resolved(None, path)));
                inputs = self.arena.alloc_slice(&[*ty]);
                let ident = Ident::with_dummy_span(sym::_task_context);
                let (pat, id) = self.pat_ident_binding_mode(span, ident, ast::BindingMode::MUT);
                let param = hir::Param { hir_id: self.next_id(), pat, ty_span: span, span };
                params = self.arena.alloc_slice(&[param]);
                task_context = Some(id);
            }
            CoroutineDesugaring::Gen => {}
        }
        let fn_decl = self.alloc(hir::FnDecl {
            inputs,
            output: hir::FnRetTy::DefaultReturn(span),
            c_variadic: false,
            implicit_self: hir::ImplicitSelfKind::None,
            lifetime_elision_allowed: false,
        });
        let body = self.lower_body(|this| {
            this.coroutine_kind = Some(kind);
            if task_context.is_some() {
                this.task_context = task_context;
            }
            (params, body(this))
        });
        ExprKind::Closure(self.alloc(hir::Closure {
            def_id,
            binder: hir::ClosureBinder::Default,
            constness: hir::Constness::NotConst,
            capture_clause,
            bound_generic_params: &[],
            fn_decl,
            body,
            fn_decl_span,
            fn_arg_span: None,
            kind: hir::ClosureKind::Coroutine(kind),
        }))
    }

    /// The body of `async fn f(pat: T) { user }`:
    /// ```text
    /// fn f(__arg0: T) { async move { let __arg0 = __arg0; let pat = __arg0; drop-temps { user } } }
    /// ```
    /// so that all arguments are moved into the future, used or not, and dropped in the order of a function's.
    pub(crate) fn lower_coroutine_body_with_moved_arguments(
        &mut self,
        decl: &ast::FnDecl,
        lower_body: impl FnOnce(&mut Self) -> Expr<'hir>,
        fn_decl_span: Span,
        body_span: Span,
        coroutine_kind: ast::CoroutineKind,
        source: CoroutineSource,
    ) -> (&'hir [hir::Param<'hir>], Expr<'hir>) {
        let mut parameters = Vec::new();
        let mut statements = Vec::new();
        for (index, parameter) in decl.inputs.iter().enumerate() {
            let parameter = self.lower_param(parameter);
            let span = parameter.pat.span;
            // A plain name is kept; `ref x` and `_` keep the name, but need a second binding.
            let (ident, is_simple_parameter) = match parameter.pat.kind {
                PatKind::Binding(hir::BindingMode(ByRef::No, _), _, ident, _) => (ident, true),
                PatKind::Binding(_, _, ident, _) => (ident, false),
                PatKind::Wild => (Ident::new(kw::Underscore, span), false),
                _ => (Ident::from_str_and_span(&format!("__arg{index}"), span), false),
            };
            let desugared_span = self.mark(DesugaringKind::Async, span);
            let stmt_attrs = self.attrs.get(&parameter.hir_id.local_id).copied();
            let (new_pat, new_id) = self.pat_ident(desugared_span, ident);
            parameters.push(hir::Param { pat: new_pat, ..parameter });
            if is_simple_parameter {
                // The original pattern, which may be `mut`.
                let expr = self.expr_ident(desugared_span, ident, new_id);
                let stmt =
                    self.stmt_let_pat(stmt_attrs, desugared_span, Some(expr), parameter.pat, LocalSource::AsyncFn);
                statements.push(stmt);
            } else {
                let (move_pat, move_id) = self.pat_ident_binding_mode(desugared_span, ident, ast::BindingMode::MUT);
                let move_expr = self.expr_ident(desugared_span, ident, new_id);
                let move_stmt =
                    self.stmt_let_pat(None, desugared_span, Some(move_expr), move_pat, LocalSource::AsyncFn);
                let pattern_expr = self.expr_ident(desugared_span, ident, move_id);
                let pattern_stmt = self.stmt_let_pat(
                    stmt_attrs,
                    desugared_span,
                    Some(pattern_expr),
                    parameter.pat,
                    LocalSource::AsyncFn,
                );
                statements.push(move_stmt);
                statements.push(pattern_stmt);
            }
        }

        let (closure_id, desugaring) = match coroutine_kind {
            ast::CoroutineKind::Async { closure_id, .. } => (closure_id, CoroutineDesugaring::Async),
            ast::CoroutineKind::Gen { closure_id, .. } => (closure_id, CoroutineDesugaring::Gen),
            ast::CoroutineKind::AsyncGen { closure_id, .. } => (closure_id, CoroutineDesugaring::AsyncGen),
        };
        // By reference: capture analysis makes that a move of the arguments.
        let capture = ast::CaptureBy::Ref;
        let kind = self.make_coroutine_expr(capture, closure_id, fn_decl_span, body_span, desugaring, source, |this| {
            let user_body = lower_body(this);
            let desugared_span = this.mark(DesugaringKind::Async, user_body.span);
            let user_body = this.alloc(user_body);
            let user_body = this.expr_drop_temps(desugared_span, user_body);
            let user_body = this.alloc(user_body);
            let block = this.block_all(desugared_span, this.arena.alloc_slice(&statements), Some(user_body));
            this.expr_block(block)
        });
        let expr = Expr { hir_id: self.lower_node_id(closure_id), kind, span: body_span };
        (self.arena.alloc_slice(&parameters), expr)
    }

    /// `expr.await`:
    /// ```text
    /// match IntoFuture::into_future(expr) {
    ///     mut __awaitee => loop {
    ///         match unsafe { Future::poll(Pin::new_unchecked(&mut __awaitee), get_context(_task_context)) } {
    ///             Poll::Ready(result) => break result,
    ///             Poll::Pending => {}
    ///         }
    ///         _task_context = yield ();
    ///     }
    /// }
    /// ```
    pub(super) fn lower_expr_await(&mut self, await_span: Span, expr: &ast::Expr) -> ExprKind<'hir> {
        let expr = self.lower_expr(expr);
        let is_async_gen = match self.coroutine_kind {
            Some(CoroutineKind::Desugared(CoroutineDesugaring::Async, _)) => false,
            Some(CoroutineKind::Desugared(CoroutineDesugaring::AsyncGen, _)) => true,
            Some(CoroutineKind::Coroutine(_) | CoroutineKind::Desugared(CoroutineDesugaring::Gen, _)) | None => {
                let guar = diagnostics::await_only_in_async(self.dcx(), await_span, self.current_item);
                return ExprKind::Err(guar);
            }
        };
        let Some(task_context) = self.task_context else {
            ::diagnostics::span_bug!(await_span, "an `async` body without a task context")
        };
        let full_span = expr.span.to(await_span);
        let span = self.mark(DesugaringKind::Await, await_span);
        let full_span = self.mark(DesugaringKind::Await, full_span);

        // Debuggers know this name.
        let awaitee_ident = Ident::with_dummy_span(sym::__awaitee);
        let (awaitee_pat, awaitee_id) = self.pat_ident_binding_mode(full_span, awaitee_ident, ast::BindingMode::MUT);
        let task_context_ident = Ident::with_dummy_span(sym::_task_context);

        let poll_expr = {
            let awaitee = self.expr_ident(span, awaitee_ident, awaitee_id);
            let awaitee = self.expr_mut_addr_of(span, awaitee);
            let context = self.expr_ident_mut(span, task_context_ident, task_context);
            let args = self.arena.alloc_slice(&[awaitee]);
            let pinned = self.expr_call_lang_item_fn_mut(span, LangItem::PinNewUnchecked, args);
            let args = self.arena.alloc_slice(&[context]);
            let context = self.expr_call_lang_item_fn_mut(full_span, LangItem::GetContext, args);
            let args = self.arena.alloc_slice(&[pinned, context]);
            let call = self.expr_call_lang_item_fn(span, LangItem::FuturePoll, args);
            let call = self.expr_unsafe(span, call);
            self.alloc(call)
        };

        let loop_hir_id = self.next_id();
        let ready_arm = {
            let ident = Ident::with_dummy_span(sym::result);
            let (pat, id) = self.pat_ident(full_span, ident);
            let value = self.expr_ident(full_span, ident, id);
            let pat = self.pat_lang_item_variant(span, LangItem::PollReady, Some(pat));
            let break_value = self.with_loop_scope(loop_hir_id, |this| {
                let destination = this.lower_loop_destination(None);
                this.expr_alloc(full_span, ExprKind::Break(destination, Some(value)))
            });
            self.arm(pat, break_value, span)
        };
        let pending_arm = {
            let pat = self.pat_lang_item_variant(span, LangItem::PollPending, None);
            let block = self.block_all(span, &[], None);
            let empty = self.expr_block(block);
            let empty = self.alloc(empty);
            self.arm(pat, empty, span)
        };
        let match_expr = self.expr_match(span, poll_expr, &[ready_arm, pending_arm], MatchSource::AwaitDesugar);
        let match_stmt = self.stmt_expr(span, match_expr);

        let yield_stmt = {
            let yielded = if is_async_gen {
                self.expr_lang_item_path(span, LangItem::AsyncGenPending)
            } else {
                self.expr_unit(span)
            };
            let source = YieldSource::Await { expr: Some(expr.hir_id) };
            let yield_expr = self.expr_alloc(span, ExprKind::Yield(yielded, source));
            let lhs = self.expr_ident(span, task_context_ident, task_context);
            let assign = self.expr(span, ExprKind::Assign(lhs, yield_expr, span));
            self.stmt_expr(span, assign)
        };
        let loop_block = self.block_all(span, self.arena.alloc_slice(&[match_stmt, yield_stmt]), None);
        let loop_expr = self.alloc(Expr {
            hir_id: loop_hir_id,
            kind: ExprKind::Loop(loop_block, None, LoopSource::Loop, span),
            span,
        });
        let awaitee_arm = self.arm(awaitee_pat, loop_expr, span);
        let args = self.arena.alloc_slice(&[*expr]);
        let into_future = self.expr_call_lang_item_fn(span, LangItem::IntoFutureIntoFuture, args);
        let arms = self.arena.alloc_slice(&[awaitee_arm]);
        ExprKind::Match(into_future, arms, MatchSource::AwaitDesugar)
    }

    pub(super) fn lower_expr_yield(&mut self, span: Span, value: Option<&ast::Expr>) -> ExprKind<'hir> {
        let yielded = match value {
            Some(value) => self.lower_expr(value),
            None => self.expr_unit(span),
        };
        match self.coroutine_kind {
            Some(CoroutineKind::Desugared(CoroutineDesugaring::Gen, _) | CoroutineKind::Coroutine(_)) => {
                ExprKind::Yield(yielded, YieldSource::Yield)
            }
            Some(CoroutineKind::Desugared(CoroutineDesugaring::AsyncGen, _)) => {
                // `_task_context = yield AsyncGenReady(value)`
                let marked = self.mark(DesugaringKind::Async, span);
                let args = self.arena.alloc_slice(&[*yielded]);
                let wrapped = self.expr_call_lang_item_fn(marked, LangItem::AsyncGenReady, args);
                let yield_expr = self.expr_alloc(span, ExprKind::Yield(wrapped, YieldSource::Yield));
                let Some(task_context) = self.task_context else {
                    ::diagnostics::span_bug!(span, "an `async gen` body without a task context")
                };
                let ident = Ident::with_dummy_span(sym::_task_context);
                let lhs = self.expr_ident(marked, ident, task_context);
                ExprKind::Assign(lhs, yield_expr, span)
            }
            Some(CoroutineKind::Desugared(CoroutineDesugaring::Async, _)) => {
                let guar = self
                    .dcx()
                    .struct_span_err(span, "`async` coroutines are not yet supported")
                    .with_code(::diagnostics::codes::E0727)
                    .emit();
                ExprKind::Err(guar)
            }
            None => {
                let guar = self
                    .dcx()
                    .struct_span_err(span, "yield expression outside of coroutine literal")
                    .with_code(::diagnostics::codes::E0627)
                    .emit();
                ExprKind::Err(guar)
            }
        }
    }
}
