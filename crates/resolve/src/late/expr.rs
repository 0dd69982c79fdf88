//! Expressions, functions' bodies and inline assembly.

use ast::visit::{self, FnKind, Visitor};
use ast::{ClosureBinder, Expr, ExprKind, InlineAsmOperand, NodeId, Param, StructRest};
use hir::def::{DefKind, LifetimeRes, Namespace::*, Res as HirRes};
use span::Span;

use super::LateResolver;
use super::generics::AnonConstKind;
use super::lifetimes::{LifetimeBinderKind, LifetimeRibKind};
use super::pat::{PatBoundCtx, PatternSource};
use super::path_source::PathSource;
use crate::rib::RibKind;

impl<'ast> LateResolver<'_, 'ast, '_, '_> {
    pub(super) fn resolve_expr(&mut self, expr: &'ast Expr, parent: Option<&'ast Expr>) {
        self.record_candidate_traits(expr);
        match &expr.kind {
            ExprKind::Path(qself, path) => {
                self.smart_resolve_path(expr.id, qself, path, PathSource::Expr(parent));
                visit::walk_expr(self, expr);
            }
            ExprKind::Struct(se) => {
                self.smart_resolve_path(expr.id, &se.qself, &se.path, PathSource::Struct);
                if let Some(qself) = &se.qself {
                    self.visit_ty(&qself.ty);
                }
                self.visit_path(&se.path);
                for field in &se.fields {
                    self.resolve_expr(&field.expr, Some(expr));
                }
                match &se.rest {
                    StructRest::Base(base) => self.visit_expr(base),
                    StructRest::Rest(_) | StructRest::None | StructRest::NoneWithError(_) => {}
                }
            }
            ExprKind::Break(Some(label), _) | ExprKind::Continue(Some(label)) => {
                match self.resolve_label(label.ident) {
                    Ok(node_id) => {
                        self.r.label_res_map.insert(expr.id, node_id);
                        self.r.unused_labels.swap_remove(&node_id);
                    }
                    Err(error) => self.report_error(label.ident.span, error),
                }
                visit::walk_expr(self, expr);
            }
            ExprKind::Break(None, Some(value)) => self.resolve_expr(value, Some(expr)),
            ExprKind::Let(pat, scrutinee, _, _) => {
                self.visit_expr(scrutinee);
                self.resolve_pattern_top(pat, PatternSource::Let);
            }
            ExprKind::If(cond, then, opt_else) => {
                self.with_rib(ValueNS, RibKind::Normal, |this| {
                    let orig = this.diag.in_if_condition.replace(cond);
                    this.visit_expr(cond);
                    this.diag.in_if_condition = orig;
                    this.visit_block(then);
                });
                if let Some(expr) = opt_else {
                    self.visit_expr(expr);
                }
            }
            ExprKind::Loop(block, label, _) => self.resolve_labeled_block(*label, expr.id, block),
            ExprKind::While(cond, block, label) => {
                self.with_resolved_label(*label, expr.id, |this| {
                    this.with_rib(ValueNS, RibKind::Normal, |this| {
                        let orig = this.diag.in_if_condition.replace(cond);
                        this.visit_expr(cond);
                        this.diag.in_if_condition = orig;
                        this.visit_block(block);
                    });
                });
            }
            ExprKind::ForLoop { pat, iter, body, label, kind: _ } => {
                self.visit_expr(iter);
                self.with_rib(ValueNS, RibKind::Normal, |this| {
                    this.resolve_pattern_top(pat, PatternSource::For);
                    this.resolve_labeled_block(*label, expr.id, body);
                });
            }
            ExprKind::Block(block, label) => self.resolve_labeled_block(*label, block.id, block),
            ExprKind::Match(scrutinee, arms, _) => {
                self.visit_expr(scrutinee);
                for arm in arms {
                    self.visit_arm(arm);
                }
            }
            // The parent is passed on for errors.
            ExprKind::Field(sub, _) => self.resolve_expr(sub, Some(expr)),
            ExprKind::MethodCall(call) => {
                self.resolve_expr(&call.receiver, Some(expr));
                for arg in &call.args {
                    self.resolve_expr(arg, None);
                }
                self.visit_path_segment(&call.seg);
            }
            ExprKind::Call(callee, args) => {
                self.resolve_expr(callee, Some(expr));
                let const_args = self.legacy_const_generic_args(callee).unwrap_or_default();
                for (index, arg) in args.iter().enumerate() {
                    if const_args.contains(&index) {
                        let trivial = arg.is_potential_trivial_const_arg();
                        self.resolve_anon_const_manual(trivial, AnonConstKind::ConstArg { repeat: false }, |this| {
                            this.resolve_expr(arg, None);
                        });
                    } else {
                        self.resolve_expr(arg, None);
                    }
                }
            }
            ExprKind::Closure(closure) => match &closure.binder {
                ClosureBinder::For { generic_params, span } => {
                    let kind = LifetimeBinderKind::Closure;
                    self.with_generic_param_rib(generic_params, RibKind::Normal, expr.id, kind, *span, |this| {
                        visit::walk_expr(this, expr);
                    });
                }
                ClosureBinder::NotPresent => visit::walk_expr(self, expr),
            },
            ExprKind::Gen(..) => {
                self.with_label_rib(RibKind::FnOrCoroutine, |this| visit::walk_expr(this, expr));
            }
            ExprKind::Repeat(elem, count) => {
                self.visit_expr(elem);
                self.resolve_anon_const(count, AnonConstKind::ConstArg { repeat: true });
            }
            ExprKind::ConstBlock(constant) => self.resolve_anon_const(constant, AnonConstKind::InlineConst),
            ExprKind::Index(elem, index, _) => {
                self.resolve_expr(elem, Some(expr));
                self.visit_expr(index);
            }
            ExprKind::Assign(lhs, rhs, _) => {
                let orig = self.diag.in_assignment.replace(expr);
                self.visit_expr(lhs);
                self.visit_expr(rhs);
                self.diag.in_assignment = orig;
            }
            ExprKind::AddrOf(_, _, inner) | ExprKind::Paren(inner) => self.resolve_expr(inner, None),
            _ => visit::walk_expr(self, expr),
        }
    }

    /// Method calls, and fields that may have been meant as such, need the traits in scope.
    fn record_candidate_traits(&mut self, expr: &Expr) {
        let name = match &expr.kind {
            ExprKind::Field(_, ident) => *ident,
            ExprKind::MethodCall(call) => call.seg.ident,
            _ => return,
        };
        let traits = self.traits_in_scope(name, ValueNS);
        self.r.trait_map.insert(expr.id, traits);
    }

    /// The arguments of a `#[rustc_legacy_const_generics]` function that are constants.
    fn legacy_const_generic_args(&mut self, callee: &Expr) -> Option<Vec<usize>> {
        let ExprKind::Path(None, path) = &callee.kind else { return None };
        // With explicit arguments they are given there.
        if path.segments.last().is_some_and(|segment| segment.args.is_some()) {
            return None;
        }
        let res = self.r.partial_res_map.get(&callee.id)?.full_res()?;
        let HirRes::Def(DefKind::Fn, def_id) = res else { return None };
        if def_id.is_local() {
            return None;
        }
        if let Some(known) = self.r.legacy_const_generic_args.get(&def_id) {
            return known.clone();
        }
        let args = self.r.foreign_legacy_const_generics(def_id);
        self.r.legacy_const_generic_args.insert(def_id, args.clone());
        args
    }

    pub(super) fn resolve_fn(&mut self, kind: FnKind<'ast>, span: Span, id: NodeId) {
        let orig_function = self.diag.current_function;
        match kind {
            FnKind::Fn(ctxt, _, func) if ctxt == visit::FnCtxt::Foreign || func.body.is_none() => {
                // Names of parameters are not in scope anywhere.
                self.visit_generics(&func.generics);
                let decl = &func.sig.decl;
                let inputs: Vec<_> = decl.inputs.iter().map(|param| (None, &*param.ty)).collect();
                self.resolve_fn_signature(id, decl.has_self(), &inputs, &decl.output, false);
                return;
            }
            FnKind::Fn(..) => self.diag.current_function = Some((kind, span)),
            FnKind::Closure(..) => {}
        }
        self.with_rib(ValueNS, RibKind::FnOrCoroutine, |this| {
            this.with_label_rib(RibKind::FnOrCoroutine, |this| match kind {
                FnKind::Fn(_, _, func) => {
                    this.visit_generics(&func.generics);
                    let decl = &func.sig.decl;
                    let is_coroutine = func.sig.header.coroutine_kind.is_some();
                    let inputs: Vec<_> = decl.inputs.iter().map(|param| (Some(&*param.pat), &*param.ty)).collect();
                    this.resolve_fn_signature(id, decl.has_self(), &inputs, &decl.output, is_coroutine);
                    if let Some(body) = &func.body {
                        this.with_lifetime_rib(LifetimeRibKind::Elided(LifetimeRes::Infer), |this| {
                            this.visit_block(body);
                        });
                    }
                    if let Some(define_opaque) = &func.define_opaque {
                        for (id, path) in define_opaque {
                            this.smart_resolve_path(*id, &None, path, PathSource::DefineOpaques);
                        }
                    }
                }
                FnKind::Closure(binder, _, decl, body) => {
                    this.visit_closure_binder(binder);
                    // Elided ones in parameters are the closure's own (late-bound) parameters; in the output they are inferred.
                    let (inputs_rib, output_rib) = match binder {
                        ClosureBinder::NotPresent => (
                            LifetimeRibKind::AnonymousCreateParameter { binder: id, report_in_path: false },
                            LifetimeRibKind::Elided(LifetimeRes::Infer),
                        ),
                        ClosureBinder::For { .. } => {
                            (LifetimeRibKind::AnonymousReportError, LifetimeRibKind::AnonymousReportError)
                        }
                    };
                    this.with_lifetime_rib(inputs_rib, |this| this.resolve_params(&decl.inputs));
                    this.with_lifetime_rib(output_rib, |this| this.visit_fn_ret_ty(&decl.output));
                    this.with_lifetime_rib(LifetimeRibKind::Elided(LifetimeRes::Infer), |this| this.visit_expr(body));
                }
            });
        });
        self.diag.current_function = orig_function;
    }

    /// Closures' parameters: patterns see what is outside, types too.
    fn resolve_params(&mut self, params: &'ast [Param]) {
        let mut bindings = vec![(PatBoundCtx::Product, Default::default())];
        self.with_lifetime_rib(LifetimeRibKind::Elided(LifetimeRes::Infer), |this| {
            for param in params {
                this.resolve_pattern(&param.pat, PatternSource::FnParam, &mut bindings);
            }
            this.apply_pattern_bindings(bindings);
        });
        for param in params {
            self.visit_ty(&param.ty);
        }
    }

    pub(super) fn resolve_inline_asm(&mut self, asm: &'ast ast::InlineAsm) {
        for (operand, _) in &asm.operands {
            match operand {
                InlineAsmOperand::In { expr, .. }
                | InlineAsmOperand::Out { expr: Some(expr), .. }
                | InlineAsmOperand::InOut { expr, .. } => self.visit_expr(expr),
                InlineAsmOperand::Out { expr: None, .. } => {}
                InlineAsmOperand::SplitInOut { in_expr, out_expr, .. } => {
                    self.visit_expr(in_expr);
                    if let Some(expr) = out_expr {
                        self.visit_expr(expr);
                    }
                }
                InlineAsmOperand::Const { anon_const } => {
                    self.resolve_anon_const(anon_const, AnonConstKind::InlineConst);
                }
                InlineAsmOperand::Sym { sym } => self.visit_inline_asm_sym(sym),
                InlineAsmOperand::Label { block } => self.visit_block(block),
            }
        }
    }

    pub(super) fn resolve_inline_asm_sym(&mut self, sym: &'ast ast::InlineAsmSym) {
        self.with_rib(ValueNS, RibKind::InlineAsmSym, |this| {
            this.with_rib(TypeNS, RibKind::InlineAsmSym, |this| {
                this.with_label_rib(RibKind::InlineAsmSym, |this| {
                    this.smart_resolve_path(sym.id, &sym.qself, &sym.path, PathSource::Expr(None));
                    visit::walk_inline_asm_sym(this, sym);
                });
            });
        });
    }
}
