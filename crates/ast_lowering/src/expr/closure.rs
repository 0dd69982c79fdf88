//! Closures and async closures.

use hir::{Closure, ClosureBinder, ClosureKind, CoroutineDesugaring, CoroutineKind, ExprKind};
use span::sym;

use crate::LoweringContext;
use crate::fn_decl::FnDeclKind;

impl<'hir> LoweringContext<'_, 'hir> {
    pub(super) fn lower_expr_closure(&mut self, e: &ast::Expr, closure: &ast::Closure) -> ExprKind<'hir> {
        match closure.coroutine_kind {
            Some(kind) => self.lower_expr_coroutine_closure(e, closure, kind),
            None => self.lower_expr_plain_closure(e, closure),
        }
    }

    fn lower_closure_binder<'b>(&self, binder: &'b ast::ClosureBinder) -> (ClosureBinder, &'b [ast::GenericParam]) {
        match binder {
            ast::ClosureBinder::NotPresent => (ClosureBinder::Default, &[]),
            ast::ClosureBinder::For { span, generic_params } => (ClosureBinder::For { span: *span }, generic_params),
        }
    }

    fn lower_expr_plain_closure(&mut self, e: &ast::Expr, closure: &ast::Closure) -> ExprKind<'hir> {
        let decl = &closure.fn_decl;
        let def_id = self.local_def_id(e.id);
        let (binder, generic_params) = self.lower_closure_binder(&closure.binder);
        let coroutine_attr = ast::attr::contains_name(&e.attrs, sym::coroutine)
            .then_some(CoroutineKind::Coroutine(ast::Movability::Movable));
        let (body, coroutine_kind) = self.with_new_scopes(closure.fn_decl_span, |this| {
            let mut coroutine_kind = coroutine_attr;
            let body = this.lower_fn_body(decl, |this| {
                this.coroutine_kind = coroutine_kind;
                let value = this.lower_expr_mut(&closure.body);
                // A `yield` in it makes it a coroutine.
                coroutine_kind = this.coroutine_kind;
                value
            });
            (body, coroutine_kind)
        });
        let kind = self.closure_kind(closure, coroutine_kind);
        let bound_generic_params = self.lower_lifetime_binder(e.id, generic_params);
        // Outside the new scopes, as what stands in the types belongs to the surrounding body.
        let fn_decl = self.lower_fn_decl(decl, e.id, closure.fn_decl_span, FnDeclKind::Closure, None);
        ExprKind::Closure(self.alloc(Closure {
            def_id,
            binder,
            constness: self.lower_constness(closure.constness),
            capture_clause: closure.capture_clause,
            bound_generic_params,
            fn_decl,
            body,
            fn_decl_span: closure.fn_decl_span,
            fn_arg_span: Some(closure.fn_arg_span),
            kind,
        }))
    }

    fn closure_kind(&self, closure: &ast::Closure, coroutine_kind: Option<CoroutineKind>) -> ClosureKind {
        match coroutine_kind {
            Some(CoroutineKind::Coroutine(_)) => {
                if closure.fn_decl.inputs.len() > 1 {
                    self.dcx()
                        .struct_span_err(
                            closure.fn_decl_span,
                            "too many parameters for a coroutine (expected 0 or 1 parameters)",
                        )
                        .with_code(::diagnostics::codes::E0628)
                        .emit();
                }
                ClosureKind::Coroutine(CoroutineKind::Coroutine(closure.movability))
            }
            Some(CoroutineKind::Desugared(..)) => {
                ::diagnostics::span_bug!(closure.fn_decl_span, "a closure that is an `async` body itself")
            }
            None => {
                if closure.movability == ast::Movability::Static {
                    self.dcx()
                        .struct_span_err(closure.fn_decl_span, "closures cannot be static")
                        .with_code(::diagnostics::codes::E0697)
                        .emit();
                }
                ClosureKind::Closure
            }
        }
    }

    /// `async |x| body`: a closure that returns a coroutine, `|x| async { let x = x; body }`, and that may lend it what it
    /// has captured.
    fn lower_expr_coroutine_closure(
        &mut self,
        e: &ast::Expr,
        closure: &ast::Closure,
        coroutine_kind: ast::CoroutineKind,
    ) -> ExprKind<'hir> {
        let decl = &closure.fn_decl;
        let def_id = self.local_def_id(e.id);
        let (binder, generic_params) = self.lower_closure_binder(&closure.binder);
        let desugaring = match coroutine_kind {
            ast::CoroutineKind::Async { .. } => CoroutineDesugaring::Async,
            ast::CoroutineKind::Gen { .. } => CoroutineDesugaring::Gen,
            ast::CoroutineKind::AsyncGen { .. } => CoroutineDesugaring::AsyncGen,
        };
        let body = self.with_new_scopes(closure.fn_decl_span, |this| {
            // The return type is the coroutine's, which type checking finds in the closure's declaration.
            this.lower_body(|this| {
                this.lower_coroutine_body_with_moved_arguments(
                    decl,
                    |this| this.with_new_scopes(closure.fn_decl_span, |this| this.lower_expr_mut(&closure.body)),
                    closure.fn_decl_span,
                    closure.body.span,
                    coroutine_kind,
                    hir::CoroutineSource::Closure,
                )
            })
        });
        let bound_generic_params = self.lower_lifetime_binder(e.id, generic_params);
        let fn_decl = self.lower_fn_decl(decl, e.id, closure.fn_decl_span, FnDeclKind::Closure, None);
        ExprKind::Closure(self.alloc(Closure {
            def_id,
            binder,
            constness: self.lower_constness(closure.constness),
            capture_clause: closure.capture_clause,
            bound_generic_params,
            fn_decl,
            body,
            fn_decl_span: closure.fn_decl_span,
            fn_arg_span: Some(closure.fn_arg_span),
            kind: ClosureKind::CoroutineClosure(desugaring),
        }))
    }
}
