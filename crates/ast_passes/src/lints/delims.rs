//! `unused_parens` and `unused_braces`.

use ast::visit::{self, Visitor};
use ast::{
    AnonConst, Arm, BindingMode, Block, BlockCheckMode, BorrowKind, ByRef, Expr, ExprKind, FnRetTy, GenericArg, Local,
    LocalKind, Pat, PatKind, Stmt, StmtKind, Ty, TyKind,
};
use diagnostics::Applicability;
use session::Session;
use session::lint::{UNUSED_BRACES, UNUSED_PARENS};
use span::Span;

use super::{buffer, end_byte};

#[derive(Clone, Copy, PartialEq)]
enum Ctx {
    FunctionArg,
    MethodArg,
    AssignedValue,
    AssignedValueLetElse,
    IfCond,
    WhileCond,
    ForIter,
    MatchScrutinee,
    ReturnValue,
    BlockRetValue,
    BreakValue,
    LetScrutinee,
    AnonConst,
    MatchArm,
    IndexExpr,
}

impl Ctx {
    fn descr(self) -> &'static str {
        match self {
            Ctx::FunctionArg => "function argument",
            Ctx::MethodArg => "method argument",
            Ctx::AssignedValue | Ctx::AssignedValueLetElse => "assigned value",
            Ctx::IfCond => "`if` condition",
            Ctx::WhileCond => "`while` condition",
            Ctx::ForIter => "`for` iterator expression",
            Ctx::MatchScrutinee => "`match` scrutinee expression",
            Ctx::ReturnValue => "`return` value",
            Ctx::BlockRetValue => "block return value",
            Ctx::BreakValue => "`break` value",
            Ctx::LetScrutinee => "`let` scrutinee expression",
            Ctx::AnonConst => "const expression",
            Ctx::MatchArm => "match arm expression",
            Ctx::IndexExpr => "index expression",
        }
    }
}

pub(super) struct UnusedDelims<'a> {
    sess: &'a Session,
    /// In the type of `where (T): Bound`.
    in_bounded_type: bool,
}

/// Whether an expression is a place, which a block around it makes a value.
fn is_place(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Path(..) | ExprKind::Field(..) | ExprKind::Index(..) => true,
        ExprKind::Unary(op, _) => *op == ast::UnOp::Deref,
        _ => false,
    }
}

impl<'a> UnusedDelims<'a> {
    pub(super) fn new(sess: &'a Session) -> Self {
        UnusedDelims { sess, in_bounded_type: false }
    }

    fn emit(&self, span: Span, what: &str, braces: bool) {
        if span.is_dummy() || span.from_expansion() {
            return;
        }
        let (lint, name) = if braces { (&UNUSED_BRACES, "braces") } else { (&UNUSED_PARENS, "parentheses") };
        let (lo, hi) = (end_byte(span, true), end_byte(span, false));
        buffer(self.sess, lint, vec![lo, hi], format!("unnecessary {name} around {what}"), |d| {
            d.multipart_suggestion(
                format!("remove these {name}"),
                vec![(lo, String::new()), (hi, if braces { String::new() } else { " ".to_owned() })],
                Applicability::MachineApplicable,
            );
        });
    }

    fn check(&mut self, value: &Expr, ctx: Ctx, followed_by_block: bool) {
        match &value.kind {
            ExprKind::Paren(inner) => {
                let lazy = matches!(&inner.kind, ExprKind::Binary(op, ..) if op.node.is_lazy());
                if !delims_needed(inner, ctx, followed_by_block)
                    && value.attrs.is_empty()
                    && !value.span.from_expansion()
                    && (ctx != Ctx::LetScrutinee || !lazy)
                    && !(matches!(ctx, Ctx::ReturnValue | Ctx::BreakValue)
                        && matches!(inner.kind, ExprKind::Assign(..)))
                {
                    self.emit(value.span, ctx.descr(), false);
                }
            }
            ExprKind::Let(_, expr, ..) => self.check(expr, Ctx::LetScrutinee, followed_by_block),
            ExprKind::Block(block, None) if block.rules == BlockCheckMode::Default => {
                self.check_braces(value, block, ctx, followed_by_block);
            }
            _ => {}
        }
    }

    fn check_braces(&mut self, value: &Expr, block: &Block, ctx: Ctx, followed_by_block: bool) {
        let [Stmt { kind: StmtKind::Expr(expr), .. }] = &block.stmts[..] else { return };
        let is_const_like = || match &expr.kind {
            ExprKind::Path(None, path) => path.segments.len() == 1 && path.segments[0].args.is_none(),
            ExprKind::Lit(_) => true,
            _ => false,
        };
        if matches!(ctx, Ctx::MatchArm | Ctx::BlockRetValue)
            || delims_needed(expr, ctx, followed_by_block)
            || (ctx == Ctx::AnonConst && !is_const_like())
            // What is matched may be changed by the patterns: braces make it a copy.
            || (ctx == Ctx::LetScrutinee && is_place(expr))
            || self.sess.source_map.is_multiline(value.span)
            || !value.attrs.is_empty()
            || !expr.attrs.is_empty()
            || value.span.from_expansion()
            || block.span.from_expansion()
            || expr.span.from_expansion()
        {
            return;
        }
        self.emit(value.span, ctx.descr(), true);
    }

    fn check_pat(&mut self, pat: &Pat, avoid_or: bool, avoid_mut: bool) {
        let PatKind::Paren(inner) = &pat.kind else { return };
        match &inner.kind {
            // `&(a..=b)` and the like are ambiguous without.
            PatKind::Range(..) | PatKind::Guard(..) => return,
            PatKind::Or(_) if avoid_or => return,
            PatKind::Ident(BindingMode(ByRef::No, ast::Mutability::Mut), ..) if avoid_mut => return,
            _ => {}
        }
        self.emit(pat.span, "pattern", false);
    }
}

/// Whether something that starts or ends with an expression would be read otherwise without its delimiters.
fn delims_needed(inner: &Expr, ctx: Ctx, followed_by_block: bool) -> bool {
    if ctx == Ctx::AssignedValueLetElse {
        let lazy = matches!(&inner.kind, ExprKind::Binary(op, ..) if op.node.is_lazy());
        if lazy || ends_in_brace(inner) {
            return true;
        }
    }
    if ctx == Ctx::LetScrutinee && matches!(inner.kind, ExprKind::Range(..)) {
        return true;
    }
    if matches!(inner.kind, ExprKind::AddrOf(BorrowKind::Raw, ..)) {
        return true;
    }
    // `({ 0 } + 1)`, `(unsafe { f() })()`
    let mut leading = inner;
    loop {
        leading = match &leading.kind {
            ExprKind::Binary(_, lhs, _)
            | ExprKind::Call(lhs, _)
            | ExprKind::Cast(lhs, _)
            | ExprKind::Type(lhs, _)
            | ExprKind::Field(lhs, _)
            | ExprKind::Index(lhs, ..)
            | ExprKind::Assign(lhs, ..)
            | ExprKind::AssignOp(_, lhs, _)
            | ExprKind::Try(lhs)
            | ExprKind::Await(lhs, _) => lhs,
            ExprKind::MethodCall(call) => &call.receiver,
            _ => break,
        };
        if is_block_like(leading) {
            return true;
        }
    }
    // `if (x == return) {}`
    let mut trailing = inner;
    loop {
        trailing = match &trailing.kind {
            ExprKind::Unary(_, rhs)
            | ExprKind::Binary(_, _, rhs)
            | ExprKind::AssignOp(_, _, rhs)
            | ExprKind::Assign(_, rhs, _)
            | ExprKind::AddrOf(_, _, rhs) => rhs,
            ExprKind::Ret(_) | ExprKind::Yield(_) | ExprKind::Yeet(_) => return true,
            ExprKind::Break(_, None) => return false,
            ExprKind::Break(_, Some(value)) => return matches!(value.kind, ExprKind::Block(..)),
            _ => break,
        };
    }
    followed_by_block
        && match &inner.kind {
            ExprKind::Ret(_) | ExprKind::Break(..) | ExprKind::Closure(_) | ExprKind::Yield(_) | ExprKind::Yeet(_) => {
                true
            }
            ExprKind::Range(_, Some(rhs), _) => matches!(rhs.kind, ExprKind::Block(..)) || has_exterior_struct(inner),
            _ => has_exterior_struct(inner),
        }
}

fn is_block_like(e: &Expr) -> bool {
    matches!(
        e.kind,
        ExprKind::If(..)
            | ExprKind::Match(..)
            | ExprKind::Block(..)
            | ExprKind::While(..)
            | ExprKind::Loop(..)
            | ExprKind::ForLoop { .. }
            | ExprKind::TryBlock(..)
            | ExprKind::ConstBlock(_)
    )
}

/// `S { .. }` outside of any brackets.
fn has_exterior_struct(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Struct(_) => true,
        ExprKind::Assign(a, b, _) | ExprKind::AssignOp(_, a, b) | ExprKind::Binary(_, a, b) => {
            has_exterior_struct(a) || has_exterior_struct(b)
        }
        ExprKind::Range(a, b, _) => {
            a.as_ref().is_some_and(|a| has_exterior_struct(a)) || b.as_ref().is_some_and(|b| has_exterior_struct(b))
        }
        ExprKind::Await(x, _)
        | ExprKind::Unary(_, x)
        | ExprKind::Cast(x, _)
        | ExprKind::Type(x, _)
        | ExprKind::Field(x, _)
        | ExprKind::AddrOf(_, _, x)
        | ExprKind::Try(x)
        | ExprKind::Index(x, ..) => has_exterior_struct(x),
        ExprKind::Let(_, x, ..) => has_exterior_struct(x),
        ExprKind::MethodCall(call) => has_exterior_struct(&call.receiver),
        _ => false,
    }
}

fn ends_in_brace(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::AddrOf(_, _, x)
        | ExprKind::AssignOp(_, _, x)
        | ExprKind::Assign(_, x, _)
        | ExprKind::Binary(_, _, x)
        | ExprKind::Unary(_, x)
        | ExprKind::Range(_, Some(x), _)
        | ExprKind::Ret(Some(x))
        | ExprKind::Break(_, Some(x)) => ends_in_brace(x),
        ExprKind::Closure(c) => ends_in_brace(&c.body),
        ExprKind::Gen(..) | ExprKind::Struct(_) => true,
        ExprKind::MacCall(_) => false,
        _ => is_block_like(e),
    }
}

impl<'a> Visitor<'a> for UnusedDelims<'_> {
    fn visit_expr(&mut self, e: &'a Expr) {
        match &e.kind {
            ExprKind::If(cond, ..) => self.check(cond, Ctx::IfCond, true),
            ExprKind::While(cond, ..) => self.check(cond, Ctx::WhileCond, true),
            ExprKind::ForLoop { iter, pat, .. } => {
                self.check(iter, Ctx::ForIter, true);
                self.check_pat(pat, false, false);
            }
            ExprKind::Match(scrutinee, _, ast::MatchKind::Prefix) => {
                self.check(scrutinee, Ctx::MatchScrutinee, true);
            }
            ExprKind::Ret(Some(value)) => self.check(value, Ctx::ReturnValue, false),
            ExprKind::Break(_, Some(value)) => self.check(value, Ctx::BreakValue, false),
            ExprKind::Index(_, index, _) => self.check(index, Ctx::IndexExpr, false),
            ExprKind::Assign(_, value, _) | ExprKind::AssignOp(_, _, value) => {
                self.check(value, Ctx::AssignedValue, false);
            }
            ExprKind::Call(_, args) if !e.span.from_expansion() => {
                for arg in args {
                    self.check(arg, Ctx::FunctionArg, false);
                }
            }
            ExprKind::MethodCall(call) if !e.span.from_expansion() => {
                for arg in &call.args {
                    self.check(arg, Ctx::MethodArg, false);
                }
            }
            ExprKind::Let(pat, ..) => self.check_pat(pat, false, false),
            ExprKind::Repeat(_, len) => self.check(&len.value, Ctx::AnonConst, false),
            _ => {}
        }
        visit::walk_expr(self, e);
    }

    fn visit_local(&mut self, local: &'a Local) {
        self.check_pat(&local.pat, true, false);
        match &local.kind {
            LocalKind::Decl => {}
            LocalKind::Init(value) => self.check(value, Ctx::AssignedValue, false),
            LocalKind::InitElse(value, _) => self.check(value, Ctx::AssignedValueLetElse, false),
        }
        visit::walk_local(self, local);
    }

    fn visit_block(&mut self, block: &'a Block) {
        if let Some(Stmt { kind: StmtKind::Expr(e), .. }) = block.stmts.last() {
            if matches!(e.kind, ExprKind::Paren(_)) {
                self.check(e, Ctx::BlockRetValue, false);
            }
        }
        visit::walk_block(self, block);
    }

    fn visit_arm(&mut self, arm: &'a Arm) {
        self.check_pat(&arm.pat, false, false);
        if let Some(body) = &arm.body {
            if matches!(body.kind, ExprKind::Paren(_)) {
                self.check(body, Ctx::MatchArm, false);
            }
        }
        visit::walk_arm(self, arm);
    }

    fn visit_param(&mut self, param: &'a ast::Param) {
        self.check_pat(&param.pat, true, false);
        visit::walk_param(self, param);
    }

    fn visit_pat(&mut self, p: &'a Pat) {
        match &p.kind {
            PatKind::TupleStruct(_, _, list) | PatKind::Tuple(list) | PatKind::Slice(list) | PatKind::Or(list) => {
                let avoid_or = matches!(p.kind, PatKind::Or(_));
                for sub in list {
                    self.check_pat(sub, avoid_or, false);
                }
            }
            PatKind::Struct(_, _, fields, _) => {
                for field in fields {
                    self.check_pat(&field.pat, false, false);
                }
            }
            PatKind::Ident(_, _, Some(sub)) => self.check_pat(sub, true, false),
            PatKind::Ref(sub, _, m) => {
                // `&(mut x)` is not `&mut x`.
                self.check_pat(sub, true, *m == ast::Mutability::Not);
            }
            _ => {}
        }
        visit::walk_pat(self, p);
    }

    fn visit_anon_const(&mut self, c: &'a AnonConst) {
        visit::walk_anon_const(self, c);
    }

    fn visit_generic_arg(&mut self, arg: &'a GenericArg) {
        if let GenericArg::Const(c) = arg {
            self.check(&c.value, Ctx::AnonConst, false);
        }
        visit::walk_generic_arg(self, arg);
    }

    fn visit_fn_ret_ty(&mut self, ret: &'a FnRetTy) {
        visit::walk_fn_ret_ty(self, ret);
    }

    fn visit_where_predicate(&mut self, p: &'a ast::WherePredicate) {
        let outer = self.in_bounded_type;
        if let ast::WherePredicateKind::BoundPredicate(b) = &p.kind {
            self.in_bounded_type = matches!(b.bounded_ty.kind, TyKind::Paren(_)) && b.bound_generic_params.is_empty();
        }
        visit::walk_where_predicate(self, p);
        self.in_bounded_type = outer;
    }

    fn visit_ty(&mut self, ty: &'a Ty) {
        if let TyKind::Array(_, len) = &ty.kind {
            self.check(&len.value, Ctx::AnonConst, false);
        }
        if let TyKind::Paren(inner) = &ty.kind {
            let needed = match &inner.kind {
                TyKind::TraitObject(..) => true,
                TyKind::ImplTrait(_, bounds) => bounds.len() > 1,
                TyKind::FnPtr(f) => self.in_bounded_type && !f.generic_params.is_empty(),
                _ => false,
            };
            if !needed {
                self.emit(ty.span, "type", false);
            }
        }
        visit::walk_ty(self, ty);
    }
}
