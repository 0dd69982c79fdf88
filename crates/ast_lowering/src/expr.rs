//! Expressions. What has a desugaring of its own is in the folder beside.

use hir::def::Res;
use hir::{Arm, ConstBlock, Destination, Expr, ExprField, ExprKind, HirId, LoopIdError, LoopSource, MatchSource};
use span::{DesugaringKind, Span, respan, sym};

use crate::{
    AllowReturnTypeNotation, GenericArgsMode, ImplTraitContext, ImplTraitPosition, LoweringContext, ParamMode,
    diagnostics,
};

mod assign;
mod build;
mod call;
mod closure;
mod coroutine;
mod desugar;

const PATH_ITCTX: ImplTraitContext = ImplTraitContext::Disallowed(ImplTraitPosition::Path);

impl<'hir> LoweringContext<'_, 'hir> {
    pub(crate) fn lower_exprs(&mut self, exprs: &[ast::P<ast::Expr>]) -> &'hir [Expr<'hir>] {
        let exprs: Vec<_> = exprs.iter().map(|expr| self.lower_expr_mut(expr)).collect();
        self.arena.alloc_slice(&exprs)
    }

    pub(crate) fn lower_expr(&mut self, e: &ast::Expr) -> &'hir Expr<'hir> {
        let e = self.lower_expr_mut(e);
        self.alloc(e)
    }

    pub(crate) fn lower_expr_mut(&mut self, e: &ast::Expr) -> Expr<'hir> {
        match &e.kind {
            ast::ExprKind::Paren(inner) => return self.lower_expr_paren(e, inner),
            ast::ExprKind::ForLoop { pat, iter, body, label, kind } => {
                return self.lower_expr_for(e, pat, iter, body, *label, *kind);
            }
            _ => {}
        }
        let hir_id = self.lower_node_id(e.id);
        self.lower_attrs(hir_id, &e.attrs);
        let kind = self.lower_expr_kind(e, hir_id);
        Expr { hir_id, kind, span: e.span }
    }

    /// The parentheses belong to the span only.
    fn lower_expr_paren(&mut self, e: &ast::Expr, inner: &ast::Expr) -> Expr<'hir> {
        let mut expr = self.lower_expr_mut(inner);
        if e.span.contains(expr.span) {
            expr.span = e.span;
        }
        if !e.attrs.is_empty() {
            let old = self.attrs.get(&expr.hir_id.local_id).copied().unwrap_or(&[]);
            let new = self.lower_attrs(expr.hir_id, &e.attrs);
            let merged = self.arena.alloc_dropping_from_iter(new.iter().chain(old).cloned());
            self.set_attrs(expr.hir_id, merged);
        }
        expr
    }

    fn lower_expr_kind(&mut self, e: &ast::Expr, hir_id: HirId) -> ExprKind<'hir> {
        match &e.kind {
            ast::ExprKind::Array(exprs) => ExprKind::Array(self.lower_exprs(exprs)),
            ast::ExprKind::ConstBlock(c) => ExprKind::ConstBlock(self.lower_const_block(c)),
            ast::ExprKind::Repeat(expr, count) => {
                let expr = self.lower_expr(expr);
                ExprKind::Repeat(expr, self.lower_array_length(count))
            }
            ast::ExprKind::Tup(elts) => ExprKind::Tup(self.lower_exprs(elts)),
            ast::ExprKind::Call(f, args) => self.lower_expr_call(f, args),
            ast::ExprKind::MethodCall(call) => self.lower_expr_method_call(e.span, call),
            ast::ExprKind::Binary(op, lhs, rhs) => {
                let lhs = self.lower_expr(lhs);
                ExprKind::Binary(*op, lhs, self.lower_expr(rhs))
            }
            ast::ExprKind::Unary(op, operand) => ExprKind::Unary(*op, self.lower_expr(operand)),
            ast::ExprKind::Lit(lit) => ExprKind::Lit(self.lower_lit(*lit, e.span)),
            ast::ExprKind::IncludedBytes(bytes) => {
                ExprKind::Lit(respan(e.span, ast::LitKind::ByteStr(*bytes, ast::StrStyle::Cooked)))
            }
            ast::ExprKind::Cast(expr, ty) => {
                let expr = self.lower_expr(expr);
                ExprKind::Cast(expr, self.lower_ty(ty, ImplTraitContext::Disallowed(ImplTraitPosition::Cast)))
            }
            ast::ExprKind::Type(expr, ty) => {
                let expr = self.lower_expr(expr);
                ExprKind::Type(expr, self.lower_ty(ty, ImplTraitContext::Disallowed(ImplTraitPosition::Cast)))
            }
            ast::ExprKind::AddrOf(kind, mutbl, expr) => ExprKind::AddrOf(*kind, *mutbl, self.lower_expr(expr)),
            ast::ExprKind::Let(pat, scrutinee, span, recovered) => {
                self.lower_expr_let(pat, scrutinee, *span, *recovered)
            }
            ast::ExprKind::If(cond, then, els) => self.lower_expr_if(cond, then, els.as_deref()),
            ast::ExprKind::While(cond, body, label) => {
                let span = self.mark(DesugaringKind::WhileLoop, e.span);
                self.lower_expr_while(e, hir_id, span, cond, body, *label)
            }
            ast::ExprKind::Loop(body, label, span) => {
                let label = self.lower_label(*label, e.id, hir_id);
                let body = self.with_loop_scope(hir_id, |this| this.lower_block(body, false));
                ExprKind::Loop(body, label, LoopSource::Loop, *span)
            }
            ast::ExprKind::TryBlock(body, ty) => self.lower_expr_try_block(body, ty.as_deref()),
            ast::ExprKind::Match(scrutinee, arms, kind) => self.lower_expr_match(scrutinee, arms, *kind),
            ast::ExprKind::Closure(closure) => self.lower_expr_closure(e, closure),
            ast::ExprKind::Gen(capture, block, kind, decl_span) => {
                self.lower_expr_gen(e, *capture, block, *kind, *decl_span)
            }
            ast::ExprKind::Block(block, label) => {
                let block_id = self.lower_node_id(block.id);
                let label = self.lower_label(*label, block.id, block_id);
                if label.is_some() {
                    self.bind_node(e.id, block_id.local_id);
                }
                let block = self.lower_block_noalloc(block_id, block, label.is_some());
                ExprKind::Block(self.alloc(block), label)
            }
            ast::ExprKind::Assign(lhs, rhs, span) => self.lower_expr_assign(lhs, rhs, *span, e.span),
            ast::ExprKind::AssignOp(op, lhs, rhs) => {
                let lhs = self.lower_expr(lhs);
                ExprKind::AssignOp(*op, lhs, self.lower_expr(rhs))
            }
            ast::ExprKind::Field(base, ident) => ExprKind::Field(self.lower_expr(base), *ident),
            ast::ExprKind::Index(base, index, span) => {
                let base = self.lower_expr(base);
                ExprKind::Index(base, self.lower_expr(index), *span)
            }
            ast::ExprKind::Range(lo, hi, limits) => {
                self.lower_expr_range(e.span, lo.as_deref(), hi.as_deref(), *limits)
            }
            ast::ExprKind::Underscore => ExprKind::Err(diagnostics::underscore_expr(self.dcx(), e.span)),
            ast::ExprKind::Path(qself, path) => ExprKind::Path(self.lower_expr_qpath(e.id, qself, path)),
            ast::ExprKind::Break(label, value) => {
                let value = value.as_ref().map(|value| self.lower_expr(value));
                ExprKind::Break(self.lower_jump_destination(e.id, *label), value)
            }
            ast::ExprKind::Continue(label) => ExprKind::Continue(self.lower_jump_destination(e.id, *label)),
            ast::ExprKind::Ret(value) => ExprKind::Ret(value.as_ref().map(|value| self.lower_expr(value))),
            ast::ExprKind::Become(call) => ExprKind::Become(self.lower_expr(call)),
            ast::ExprKind::Yeet(value) => self.lower_expr_yeet(e.span, value.as_deref()),
            ast::ExprKind::InlineAsm(asm) => ExprKind::InlineAsm(self.lower_inline_asm(e.span, asm)),
            ast::ExprKind::FormatArgs(fmt) => self.lower_format_args(fmt),
            ast::ExprKind::OffsetOf(container, fields) => ExprKind::OffsetOf(
                self.lower_ty(container, ImplTraitContext::Disallowed(ImplTraitPosition::OffsetOf)),
                self.arena.alloc_slice(fields),
            ),
            ast::ExprKind::Struct(se) => self.lower_expr_struct(e.id, se),
            ast::ExprKind::Await(expr, await_span) => self.lower_expr_await(*await_span, expr),
            ast::ExprKind::Use(expr, span) => ExprKind::Use(self.lower_expr(expr), *span),
            ast::ExprKind::Try(sub) => self.lower_expr_try(e.span, sub),
            ast::ExprKind::Yield(kind) => self.lower_expr_yield(e.span, kind.expr().map(|e| &**e)),
            ast::ExprKind::UnsafeBinderCast(kind, expr, ty) => {
                let expr = self.lower_expr(expr);
                let ty = ty.as_ref().map(|ty| self.lower_ty(ty, ImplTraitContext::Disallowed(ImplTraitPosition::Cast)));
                ExprKind::UnsafeBinderCast(*kind, expr, ty)
            }
            ast::ExprKind::Err(guar) => ExprKind::Err(*guar),
            // Left behind by errors only.
            ast::ExprKind::Dummy | ast::ExprKind::MacCall(_) => {
                ExprKind::Err(self.dcx().span_delayed_bug(e.span, "a macro call or dummy is left"))
            }
            ast::ExprKind::Paren(_) | ast::ExprKind::ForLoop { .. } => unreachable!("lowered by the caller"),
        }
    }

    pub(crate) fn lower_expr_qpath(
        &mut self,
        id: ast::NodeId,
        qself: &Option<ast::P<ast::QSelf>>,
        path: &ast::Path,
    ) -> hir::QPath<'hir> {
        self.lower_qpath(id, qself, path, ParamMode::Optional, AllowReturnTypeNotation::No, PATH_ITCTX, None)
    }

    pub(crate) fn lower_const_block(&mut self, c: &ast::AnonConst) -> ConstBlock {
        self.with_new_scopes(c.value.span, |this| ConstBlock {
            def_id: this.local_def_id(c.id),
            hir_id: this.lower_node_id(c.id),
            body: this.lower_const_body(c.value.span, Some(&c.value)),
        })
    }

    fn lower_expr_let(
        &mut self,
        pat: &ast::Pat,
        scrutinee: &ast::Expr,
        span: Span,
        recovered: ast::Recovered,
    ) -> ExprKind<'hir> {
        let pat = self.lower_pat(pat);
        let init = self.lower_expr(scrutinee);
        let recovered = match recovered {
            ast::Recovered::No => None,
            ast::Recovered::Yes(guar) => Some(guar),
        };
        ExprKind::Let(self.alloc(hir::LetExpr { span, pat, ty: None, init, recovered }))
    }

    fn lower_expr_if(&mut self, cond: &ast::Expr, then: &ast::Block, els: Option<&ast::Expr>) -> ExprKind<'hir> {
        let cond = self.lower_expr(cond);
        let then = self.lower_block_expr(then);
        let then = self.alloc(then);
        ExprKind::If(cond, then, els.map(|els| self.lower_expr(els)))
    }

    fn lower_expr_match(&mut self, scrutinee: &ast::Expr, arms: &[ast::Arm], kind: ast::MatchKind) -> ExprKind<'hir> {
        let scrutinee = self.lower_expr(scrutinee);
        let arms: Vec<_> = arms.iter().map(|arm| self.lower_arm(arm)).collect();
        let source = match kind {
            ast::MatchKind::Prefix => MatchSource::Normal,
            ast::MatchKind::Postfix => MatchSource::Postfix,
        };
        ExprKind::Match(scrutinee, self.arena.alloc_slice(&arms), source)
    }

    fn lower_arm(&mut self, arm: &ast::Arm) -> Arm<'hir> {
        let pat = self.lower_pat(&arm.pat);
        let guard = arm.guard.as_ref().map(|cond| self.lower_expr(cond));
        let hir_id = self.next_id();
        self.lower_attrs(hir_id, &arm.attrs);
        let is_never_pattern = pat.is_never_pattern();
        let body = arm.body.as_ref().map(|body| self.lower_expr(body));
        let body = match body {
            Some(body) if !is_never_pattern => body,
            _ => {
                if !is_never_pattern && self.feature(sym::never_patterns) {
                    // Without the feature the parser has reported it.
                    self.dcx()
                        .struct_span_err(arm.span, "`match` arm with no body")
                        .with_span_suggestion(
                            arm.span.shrink_to_hi(),
                            "add a body after the pattern",
                            " => todo!(),",
                            ::diagnostics::Applicability::HasPlaceholders,
                        )
                        .emit();
                } else if let Some(body) = &arm.body {
                    self.dcx()
                        .struct_span_err(body.span, "a never pattern is always unreachable")
                        .with_span_label(body.span, "this will never be executed")
                        .emit();
                }
                // `loop {}` is of any type.
                let block = self.block_all(arm.span, &[], None);
                let kind = ExprKind::Loop(block, None, LoopSource::Loop, arm.span);
                self.expr_alloc(arm.span, kind)
            }
        };
        Arm { hir_id, pat, guard, body, span: arm.span }
    }

    fn lower_expr_struct(&mut self, id: ast::NodeId, se: &ast::StructExpr) -> ExprKind<'hir> {
        let rest = match &se.rest {
            ast::StructRest::Base(e) => hir::StructTailExpr::Base(self.lower_expr(e)),
            ast::StructRest::Rest(span) => hir::StructTailExpr::DefaultFields(*span),
            ast::StructRest::None => hir::StructTailExpr::None,
            ast::StructRest::NoneWithError(guar) => hir::StructTailExpr::NoneWithError(*guar),
        };
        let qpath = self.lower_expr_qpath(id, &se.qself, &se.path);
        let fields: Vec<_> = se.fields.iter().map(|field| self.lower_expr_field(field)).collect();
        ExprKind::Struct(self.alloc(qpath), self.arena.alloc_slice(&fields), rest)
    }

    fn lower_expr_field(&mut self, f: &ast::ExprField) -> ExprField<'hir> {
        let hir_id = self.lower_node_id(f.id);
        self.lower_attrs(hir_id, &f.attrs);
        ExprField { hir_id, ident: f.ident, expr: self.lower_expr(&f.expr), span: f.span, is_shorthand: f.is_shorthand }
    }

    // Labels.

    pub(crate) fn lower_label(
        &mut self,
        label: Option<ast::Label>,
        dest_id: ast::NodeId,
        dest_hir_id: HirId,
    ) -> Option<hir::Label> {
        let label = label?;
        self.bind_node(dest_id, dest_hir_id.local_id);
        Some(label)
    }

    pub(crate) fn lower_loop_destination(&mut self, destination: Option<(ast::NodeId, ast::Label)>) -> Destination {
        let target_id = match destination {
            Some((id, _)) => self
                .resolver
                .label_res_map
                .get(&id)
                .and_then(|target| self.ident_and_label_to_local_id.get(target))
                .map(|&local_id| HirId { owner: self.current_hir_id_owner, local_id })
                .ok_or(LoopIdError::UnresolvedLabel),
            None => self.loop_scope.ok_or(LoopIdError::OutsideLoopScope),
        };
        Destination { label: destination.map(|(_, label)| label), target_id }
    }

    fn lower_jump_destination(&mut self, id: ast::NodeId, label: Option<ast::Label>) -> Destination {
        if self.is_in_loop_condition && label.is_none() {
            return Destination { label: None, target_id: Err(LoopIdError::UnlabeledCfInWhileCondition) };
        }
        self.lower_loop_destination(label.map(|label| (id, label)))
    }

    fn lower_expr_method_call(&mut self, span: Span, call: &ast::MethodCall) -> ExprKind<'hir> {
        let receiver = self.lower_expr(&call.receiver);
        let segment = self.lower_path_segment(span, &call.seg, ParamMode::Optional, GenericArgsMode::Err, PATH_ITCTX);
        let segment = self.alloc(segment);
        let args = self.lower_exprs(&call.args);
        ExprKind::MethodCall(segment, receiver, args, call.span)
    }

    /// Whether the path means something that can be called with parentheses in a pattern.
    pub(crate) fn expected_in_tuple_struct_pat(&self, id: ast::NodeId) -> bool {
        match self.resolver.partial_res_map.get(&id) {
            // Associated constructors are known only to type checking.
            Some(res) => match res.full_res() {
                Some(res) => matches!(res, Res::Err) || res.expected_in_tuple_struct_pat(),
                None => true,
            },
            None => true,
        }
    }

    /// Whether the path means something that is a pattern by its name alone.
    pub(crate) fn expected_in_unit_struct_pat(&self, id: ast::NodeId) -> bool {
        match self.resolver.partial_res_map.get(&id) {
            Some(res) => match res.full_res() {
                Some(res) => matches!(res, Res::Err) || res.expected_in_unit_struct_pat(),
                None => true,
            },
            None => true,
        }
    }
}
