//! Expressions, statements, blocks.

use ast::precedence::ExprPrecedence;

use super::Printer;
use crate::*;

/// How tightly an expression binds, for parentheses.
fn precedence(expr: &Expr<'_>) -> ExprPrecedence {
    match &expr.kind {
        ExprKind::Closure(_) | ExprKind::Break(..) | ExprKind::Ret(..) | ExprKind::Yield(..) | ExprKind::Become(..) => {
            ExprPrecedence::Jump
        }
        ExprKind::Binary(op, ..) => op.node.precedence(),
        ExprKind::Cast(..) => ExprPrecedence::Cast,
        ExprKind::Assign(..) | ExprKind::AssignOp(..) => ExprPrecedence::Assign,
        ExprKind::AddrOf(..) | ExprKind::Let(..) | ExprKind::Unary(..) => ExprPrecedence::Prefix,
        _ => ExprPrecedence::Unambiguous,
    }
}

impl Printer<'_, '_> {
    /// With parentheses if it binds less tightly than `min`.
    fn sub_expr(&mut self, expr: &Expr<'_>, min: ExprPrecedence) {
        let parens = precedence(expr) < min;
        if parens {
            self.w("(");
        }
        self.expr(expr);
        if parens {
            self.w(")");
        }
    }

    /// The value of a body that stands among other things: an array's length and so on.
    pub(super) fn body_value(&mut self, body: BodyId) {
        let body = self.krate.body(body);
        self.expr(body.value);
    }

    /// A condition or scrutinee: without struct expressions, which would seem to be blocks.
    fn scrutinee(&mut self, expr: &Expr<'_>) {
        let parens = matches!(expr.kind, ExprKind::Struct(..) | ExprKind::Closure(_));
        if parens {
            self.w("(");
        }
        self.expr(expr);
        if parens {
            self.w(")");
        }
    }

    pub(super) fn expr(&mut self, expr: &Expr<'_>) {
        let start = self.out.len();
        self.expr_text(expr);
        self.spans.push((start, self.out.len(), expr.span));
    }

    fn expr_text(&mut self, expr: &Expr<'_>) {
        self.inline_attrs(expr.hir_id);
        match &expr.kind {
            ExprKind::ConstBlock(block) => {
                self.w("const ");
                self.body_value(block.body);
            }
            ExprKind::Array(exprs) => {
                self.w("[");
                self.comma(*exprs, |p, expr| p.expr(expr));
                self.w("]");
            }
            ExprKind::Call(f, args) => {
                let parens = matches!(f.kind, ExprKind::Field(..));
                self.w(if parens { "(" } else { "" });
                self.sub_expr(f, ExprPrecedence::Unambiguous);
                self.w(if parens { ")(" } else { "(" });
                self.comma(*args, |p, arg| p.expr(arg));
                self.w(")");
            }
            ExprKind::MethodCall(segment, receiver, args, _) => {
                self.sub_expr(receiver, ExprPrecedence::Unambiguous);
                self.w(".");
                self.segment(segment, true);
                self.w("(");
                self.comma(*args, |p, arg| p.expr(arg));
                self.w(")");
            }
            ExprKind::Use(expr, _) => {
                self.sub_expr(expr, ExprPrecedence::Unambiguous);
                self.w(".use");
            }
            ExprKind::Tup(exprs) => {
                self.w("(");
                self.comma(*exprs, |p, expr| p.expr(expr));
                self.w(if exprs.len() == 1 { ",)" } else { ")" });
            }
            ExprKind::Binary(op, lhs, rhs) => {
                let level = op.node.precedence();
                // `x as u8 < y` would be read as generic arguments.
                let is_angle = matches!(op.node, BinOpKind::Lt | BinOpKind::Shl);
                let min =
                    if is_angle && matches!(lhs.kind, ExprKind::Cast(..)) { ExprPrecedence::Prefix } else { level };
                self.sub_expr(lhs, min);
                self.d(format_args!(" {} ", op.node.as_str()));
                let parens = precedence(rhs) <= level && !matches!(op.node, BinOpKind::And | BinOpKind::Or)
                    || precedence(rhs) < level;
                self.w(if parens { "(" } else { "" });
                self.expr(rhs);
                self.w(if parens { ")" } else { "" });
            }
            ExprKind::Unary(op, operand) => {
                self.w(op.as_str());
                self.sub_expr(operand, ExprPrecedence::Prefix);
            }
            ExprKind::Lit(lit) => self.lit_kind(&lit.node),
            ExprKind::Cast(expr, ty) => {
                self.sub_expr(expr, ExprPrecedence::Cast);
                self.w(" as ");
                self.ty(ty);
            }
            ExprKind::Type(expr, ty) => {
                self.w("type_ascribe!(");
                self.expr(expr);
                self.w(", ");
                self.ty(ty);
                self.w(")");
            }
            ExprKind::DropTemps(init) => {
                // What has the same effect in Rust.
                self.w("{");
                self.indent += 1;
                self.newline();
                self.w("let _t = ");
                self.expr(init);
                self.w(";");
                self.newline();
                self.w("_t");
                self.indent -= 1;
                self.newline();
                self.w("}");
            }
            ExprKind::Let(let_) => {
                self.w("let ");
                self.pat(let_.pat);
                self.w(" = ");
                self.sub_expr(let_.init, ExprPrecedence::LOr);
            }
            ExprKind::If(cond, then, els) => {
                self.w("if ");
                self.scrutinee(cond);
                self.w(" ");
                self.expr(then);
                if let Some(els) = els {
                    self.w(" else ");
                    self.expr(els);
                }
            }
            ExprKind::Loop(block, label, _, _) => {
                self.label(label);
                self.w("loop ");
                self.block(block);
            }
            ExprKind::Match(scrutinee, arms, _) => {
                self.w("match ");
                self.scrutinee(scrutinee);
                self.w(" ");
                self.braces(*arms, |p, arm| p.arm(arm));
            }
            ExprKind::Closure(closure) => self.closure(closure),
            ExprKind::Block(block, label) => {
                self.label(label);
                self.block(block);
            }
            ExprKind::Assign(lhs, rhs, _) => {
                self.sub_expr(lhs, ExprPrecedence::Range);
                self.w(" = ");
                self.expr(rhs);
            }
            ExprKind::AssignOp(op, lhs, rhs) => {
                self.sub_expr(lhs, ExprPrecedence::Range);
                self.d(format_args!(" {} ", op.node.as_str()));
                self.expr(rhs);
            }
            ExprKind::Field(base, ident) => {
                self.sub_expr(base, ExprPrecedence::Unambiguous);
                self.d(format_args!(".{ident}"));
            }
            ExprKind::Index(base, index, _) => {
                self.sub_expr(base, ExprPrecedence::Unambiguous);
                self.w("[");
                self.expr(index);
                self.w("]");
            }
            ExprKind::Path(qpath) => self.qpath(qpath, true),
            ExprKind::AddrOf(kind, mutbl, expr) => {
                self.w("&");
                match kind {
                    BorrowKind::Ref => self.w(mutbl.prefix_str()),
                    BorrowKind::Raw => self.d(format_args!("raw {} ", mutbl.ptr_str())),
                    BorrowKind::Pin => self.d(format_args!("pin {} ", mutbl.ptr_str())),
                }
                self.sub_expr(expr, ExprPrecedence::Prefix);
            }
            ExprKind::Break(destination, value) => {
                self.w("break");
                self.jump(destination.label, *value);
            }
            ExprKind::Continue(destination) => {
                self.w("continue");
                self.jump(destination.label, None);
            }
            ExprKind::Ret(value) => {
                self.w("return");
                self.jump(None, *value);
            }
            ExprKind::Become(call) => {
                self.w("become ");
                self.expr(call);
            }
            ExprKind::InlineAsm(asm) => self.asm(asm),
            ExprKind::OffsetOf(container, fields) => {
                self.w("offset_of!(");
                self.ty(container);
                self.w(", ");
                for (i, field) in fields.iter().enumerate() {
                    self.d(format_args!("{}{field}", if i > 0 { "." } else { "" }));
                }
                self.w(")");
            }
            ExprKind::Struct(qpath, fields, tail) => self.struct_expr(qpath, fields, tail),
            ExprKind::Repeat(element, count) => {
                self.w("[");
                self.expr(element);
                self.w("; ");
                self.const_arg(count);
                self.w("]");
            }
            ExprKind::Yield(value, _) => {
                self.w("(yield ");
                self.expr(value);
                self.w(")");
            }
            ExprKind::UnsafeBinderCast(kind, expr, ty) => {
                self.w(match kind {
                    UnsafeBinderCastKind::Wrap => "wrap_binder!(",
                    UnsafeBinderCastKind::Unwrap => "unwrap_binder!(",
                });
                self.expr(expr);
                if let Some(ty) = ty {
                    self.w(", ");
                    self.ty(ty);
                }
                self.w(")");
            }
            ExprKind::Err(_) => self.w("(/*ERROR*/)"),
        }
    }

    fn label(&mut self, label: &Option<Label>) {
        if let Some(label) = label {
            self.d(format_args!("{}: ", label.ident));
        }
    }

    fn jump(&mut self, label: Option<Label>, value: Option<&Expr<'_>>) {
        if let Some(label) = label {
            self.d(format_args!(" {}", label.ident));
        }
        if let Some(value) = value {
            self.w(" ");
            self.expr(value);
        }
    }

    fn struct_expr(&mut self, qpath: &QPath<'_>, fields: &[ExprField<'_>], tail: &StructTailExpr<'_>) {
        self.qpath(qpath, true);
        if fields.is_empty() && matches!(tail, StructTailExpr::None) {
            return self.w(" { }");
        }
        self.w(" { ");
        self.comma(fields, |p, field| {
            p.inline_attrs(field.hir_id);
            if !field.is_shorthand {
                p.d(format_args!("{}: ", field.ident));
            }
            p.expr(field.expr);
        });
        let separator = if fields.is_empty() { "" } else { ", " };
        match tail {
            StructTailExpr::None | StructTailExpr::NoneWithError(_) => {}
            StructTailExpr::DefaultFields(_) => self.d(format_args!("{separator}..")),
            StructTailExpr::Base(base) => {
                self.d(format_args!("{separator}.."));
                self.expr(base);
            }
        }
        self.w(" }");
    }

    fn arm(&mut self, arm: &Arm<'_>) {
        self.inline_attrs(arm.hir_id);
        self.pat(arm.pat);
        if let Some(guard) = arm.guard {
            self.w(" if ");
            self.expr(guard);
        }
        self.w(" => ");
        self.expr(arm.body);
        if !matches!(arm.body.kind, ExprKind::Block(..)) {
            self.w(",");
        }
    }

    fn closure(&mut self, closure: &Closure<'_>) {
        if let ClosureBinder::For { .. } = closure.binder {
            self.w("for");
            self.param_list(closure.bound_generic_params);
            self.w(" ");
        }
        if closure.constness == Constness::Const {
            self.w("const ");
        }
        match closure.capture_clause {
            CaptureBy::Value { .. } => self.w("move "),
            CaptureBy::Use { .. } => self.w("use "),
            CaptureBy::Ref => {}
        }
        let body = self.krate.body(closure.body);
        self.w("|");
        self.comma(body.params.iter().enumerate(), |p, (i, param)| {
            p.inline_attrs(param.hir_id);
            p.pat(param.pat);
            if let Some(ty) = closure.fn_decl.inputs.get(i)
                && !matches!(ty.kind, TyKind::Infer)
            {
                p.w(": ");
                p.ty(ty);
            }
        });
        self.w("|");
        self.fn_output(closure.fn_decl);
        self.w(" ");
        self.expr(body.value);
    }

    pub(super) fn block(&mut self, block: &Block<'_>) {
        if let BlockCheckMode::UnsafeBlock(_) = block.rules {
            self.w("unsafe ");
        }
        enum Part<'b> {
            Stmt(&'b Stmt<'b>),
            Expr(&'b Expr<'b>),
        }
        let parts = block.stmts.iter().map(Part::Stmt).chain(block.expr.map(Part::Expr));
        self.braces(parts, |p, part| match part {
            Part::Stmt(stmt) => p.stmt(stmt),
            Part::Expr(expr) => p.expr(expr),
        });
    }

    fn stmt(&mut self, stmt: &Stmt<'_>) {
        let start = self.out.len();
        self.stmt_text(stmt);
        self.spans.push((start, self.out.len(), stmt.span));
    }

    fn stmt_text(&mut self, stmt: &Stmt<'_>) {
        match stmt.kind {
            StmtKind::Let(local) => {
                self.inline_attrs(local.hir_id);
                if local.super_.is_some() {
                    self.w("super ");
                }
                self.w("let ");
                self.pat(local.pat);
                if let Some(ty) = local.ty {
                    self.w(": ");
                    self.ty(ty);
                }
                if let Some(init) = local.init {
                    self.w(" = ");
                    self.expr(init);
                }
                if let Some(els) = local.els {
                    self.w(" else ");
                    self.block(els);
                }
                self.w(";");
            }
            StmtKind::Item(id) => {
                let item = self.krate.item(id);
                self.item(item);
            }
            StmtKind::Expr(expr) => {
                self.expr(expr);
                let is_block_like = matches!(
                    expr.kind,
                    ExprKind::Block(..)
                        | ExprKind::If(..)
                        | ExprKind::Loop(..)
                        | ExprKind::Match(..)
                        | ExprKind::DropTemps(..)
                );
                if !is_block_like {
                    self.w(";");
                }
            }
            StmtKind::Semi(expr) => {
                self.expr(expr);
                self.w(";");
            }
        }
    }

    pub(super) fn asm(&mut self, asm: &InlineAsm<'_>) {
        self.w(asm.asm_macro.macro_name());
        self.w("!(\"");
        for piece in asm.template {
            self.d(piece);
        }
        self.w("\"");
        for (op, _) in asm.operands {
            self.w(", ");
            match op {
                InlineAsmOperand::In { expr, .. } => {
                    self.w("in(_) ");
                    self.expr(expr);
                }
                InlineAsmOperand::Out { expr, late, .. } => {
                    self.w(if *late { "lateout(_) " } else { "out(_) " });
                    match expr {
                        Some(expr) => self.expr(expr),
                        None => self.w("_"),
                    }
                }
                InlineAsmOperand::InOut { expr, late, .. } => {
                    self.w(if *late { "inlateout(_) " } else { "inout(_) " });
                    self.expr(expr);
                }
                InlineAsmOperand::SplitInOut { in_expr, out_expr, late, .. } => {
                    self.w(if *late { "inlateout(_) " } else { "inout(_) " });
                    self.expr(in_expr);
                    self.w(" => ");
                    match out_expr {
                        Some(expr) => self.expr(expr),
                        None => self.w("_"),
                    }
                }
                InlineAsmOperand::Const { anon_const } => {
                    self.w("const ");
                    self.body_value(anon_const.body);
                }
                InlineAsmOperand::SymFn { expr } => {
                    self.w("sym ");
                    self.expr(expr);
                }
                InlineAsmOperand::SymStatic { path, .. } => {
                    self.w("sym ");
                    self.qpath(path, true);
                }
                InlineAsmOperand::Label { block } => {
                    self.w("label ");
                    self.block(block);
                }
            }
        }
        let options = asm.options.human_readable_names();
        if !options.is_empty() {
            self.d(format_args!(", options({})", options.join(", ")));
        }
        self.w(")");
    }
}
