//! Printing expressions, blocks and statements.

use super::Printer;
use crate::precedence::{ExprPrecedence, Fixity};
use crate::{
    Block, BlockCheckMode, BorrowKind, CaptureBy, ClosureBinder, Const, Expr, ExprKind, FormatAlignment,
    FormatArgPosition, FormatArgPositionKind, FormatArgs, FormatArgsPiece, FormatCount, FormatDebugHex, FormatSign,
    FormatTrait, InlineAsm, InlineAsmOperand, InlineAsmRegOrRegClass, InlineAsmTemplatePiece, LocalKind, MacStmtStyle,
    MatchKind, Movability, Param, PatKind, Stmt, StmtKind, StructRest, TyKind, UnsafeBinderCastKind, YieldKind,
};

impl Printer {
    pub(super) fn expr(&mut self, e: &Expr) {
        let start = self.out.len();
        self.expr_text(e);
        self.spans.push((start, self.out.len(), e.span));
    }

    fn expr_text(&mut self, e: &Expr) {
        self.outer_attrs_inline(&e.attrs);
        self.expr_kind(&e.kind);
    }

    /// In parentheses if it binds less tightly than `min`.
    fn expr_prec(&mut self, e: &Expr, min: ExprPrecedence) {
        self.expr_cond_paren(e, e.precedence() < min);
    }

    fn expr_cond_paren(&mut self, e: &Expr, parens: bool) {
        if parens {
            self.word("(");
        }
        self.expr(e);
        if parens {
            self.word(")");
        }
    }

    /// A condition or scrutinee: a struct literal in it needs parentheses.
    fn expr_as_cond(&mut self, e: &Expr) {
        let parens = contains_exterior_struct_lit(e)
            || matches!(e.kind, ExprKind::Closure(..) | ExprKind::Ret(..) | ExprKind::Break(..));
        self.expr_cond_paren(e, parens);
    }

    fn exprs(&mut self, exprs: &[Box<Expr>]) {
        self.list(exprs, ", ", |p, e| p.expr(e));
    }

    fn label(&mut self, label: &Option<crate::Label>) {
        if let Some(label) = label {
            self.display(label.ident);
            self.word(": ");
        }
    }

    fn expr_kind(&mut self, kind: &ExprKind) {
        match kind {
            ExprKind::Array(exprs) => {
                self.word("[");
                self.exprs(exprs);
                self.word("]");
            }
            ExprKind::ConstBlock(ct) => {
                self.word("const ");
                self.expr(&ct.value);
            }
            ExprKind::Call(f, args) => {
                // `(x.f)(y)` is not a method call.
                let parens = matches!(f.kind, ExprKind::Field(..) | ExprKind::Closure(..))
                    || f.precedence() < ExprPrecedence::Unambiguous;
                self.expr_cond_paren(f, parens);
                self.word("(");
                self.exprs(args);
                self.word(")");
            }
            ExprKind::MethodCall(call) => {
                self.expr_prec(&call.receiver, ExprPrecedence::Unambiguous);
                self.word(".");
                self.path_segment(&call.seg, true);
                self.word("(");
                self.exprs(&call.args);
                self.word(")");
            }
            ExprKind::Tup(exprs) => {
                self.word("(");
                self.exprs(exprs);
                if exprs.len() == 1 {
                    self.word(",");
                }
                self.word(")");
            }
            ExprKind::Binary(op, lhs, rhs) => {
                let prec = op.node.precedence();
                let (left, right) = match op.node.fixity() {
                    Fixity::Left => (prec, next(prec)),
                    Fixity::Right => (next(prec), prec),
                    Fixity::None => (next(prec), next(prec)),
                };
                // `(x as T) < y` would begin generic arguments.
                let left_parens = lhs.precedence() < left
                    || matches!(lhs.kind, ExprKind::Cast(..))
                        && matches!(op.node, crate::BinOpKind::Lt | crate::BinOpKind::Shl)
                    || matches!(lhs.kind, ExprKind::Let(..)) && op.node != crate::BinOpKind::And;
                self.expr_cond_paren(lhs, left_parens);
                self.word(" ");
                self.word(op.node.as_str());
                self.word(" ");
                self.expr_prec(rhs, right);
            }
            ExprKind::Unary(op, e) => {
                self.word(op.as_str());
                self.expr_prec(e, ExprPrecedence::Prefix);
            }
            ExprKind::AddrOf(kind, mutbl, e) => {
                self.word("&");
                match kind {
                    BorrowKind::Ref => self.word(mutbl.prefix_str()),
                    BorrowKind::Raw => {
                        self.word("raw ");
                        self.word(mutbl.ptr_str());
                        self.word(" ");
                    }
                    BorrowKind::Pin => {
                        self.word("pin ");
                        self.word(mutbl.ptr_str());
                        self.word(" ");
                    }
                }
                self.expr_prec(e, ExprPrecedence::Prefix);
            }
            ExprKind::Lit(lit) => self.display(lit),
            ExprKind::Cast(e, ty) => {
                self.expr_prec(e, ExprPrecedence::Cast);
                self.word(" as ");
                self.ty(ty);
            }
            ExprKind::Type(e, ty) => {
                self.word("builtin # type_ascribe(");
                self.expr(e);
                self.word(", ");
                self.ty(ty);
                self.word(")");
            }
            ExprKind::Let(pat, scrutinee, _, _) => {
                self.word("let ");
                self.pat(pat);
                self.word(" = ");
                let parens = contains_exterior_struct_lit(scrutinee) || scrutinee.precedence() <= ExprPrecedence::LAnd;
                self.expr_cond_paren(scrutinee, parens);
            }
            ExprKind::If(cond, then, els) => self.expr_if(cond, then, els.as_deref()),
            ExprKind::While(cond, body, label) => {
                self.label(label);
                self.word("while ");
                self.expr_as_cond(cond);
                self.word(" ");
                self.block(body);
            }
            ExprKind::ForLoop { pat, iter, body, label, kind } => {
                self.label(label);
                self.word("for ");
                if *kind == crate::ForLoopKind::ForAwait {
                    self.word("await ");
                }
                self.pat(pat);
                self.word(" in ");
                self.expr_as_cond(iter);
                self.word(" ");
                self.block(body);
            }
            ExprKind::Loop(body, label, _) => {
                self.label(label);
                self.word("loop ");
                self.block(body);
            }
            ExprKind::Match(e, arms, kind) => {
                match kind {
                    MatchKind::Prefix => {
                        self.word("match ");
                        self.expr_as_cond(e);
                    }
                    MatchKind::Postfix => {
                        self.expr_prec(e, ExprPrecedence::Unambiguous);
                        self.word(".match");
                    }
                }
                self.word(" ");
                self.braced(arms.is_empty(), |p| {
                    for arm in arms {
                        p.newline();
                        p.outer_attrs(&arm.attrs);
                        p.pat(&arm.pat);
                        if let Some(guard) = &arm.guard {
                            p.word(" if ");
                            p.expr(guard);
                        }
                        match &arm.body {
                            Some(body) => {
                                p.word(" => ");
                                p.expr(body);
                                if !matches!(body.kind, ExprKind::Block(_, None)) {
                                    p.word(",");
                                }
                            }
                            None => p.word(","),
                        }
                    }
                });
            }
            ExprKind::Closure(closure) => {
                if let ClosureBinder::For { generic_params, .. } = &closure.binder {
                    self.word("for<");
                    self.list(generic_params, ", ", |p, param| p.generic_param(param));
                    self.word("> ");
                }
                if let Const::Yes(_) = closure.constness {
                    self.word("const ");
                }
                if closure.movability == Movability::Static {
                    self.word("static ");
                }
                if let Some(kind) = closure.coroutine_kind {
                    self.word(kind.as_str());
                    self.word(" ");
                }
                self.capture_clause(closure.capture_clause);
                self.word("|");
                self.list(&closure.fn_decl.inputs, ", ", |p, param| p.closure_param(param));
                self.word("|");
                self.fn_ret_ty(&closure.fn_decl.output);
                self.word(" ");
                self.expr(&closure.body);
            }
            ExprKind::Block(block, label) => {
                self.label(label);
                self.block(block);
            }
            ExprKind::Gen(capture, block, kind, _) => {
                self.word(kind.modifier());
                self.word(" ");
                self.capture_clause(*capture);
                self.block(block);
            }
            ExprKind::Await(e, _) => {
                self.expr_prec(e, ExprPrecedence::Unambiguous);
                self.word(".await");
            }
            ExprKind::Use(e, _) => {
                self.expr_prec(e, ExprPrecedence::Unambiguous);
                self.word(".use");
            }
            ExprKind::TryBlock(block, ty) => {
                self.word("try ");
                if let Some(ty) = ty {
                    self.word("bikeshed ");
                    self.ty(ty);
                    self.word(" ");
                }
                self.block(block);
            }
            ExprKind::Assign(lhs, rhs, _) => {
                self.expr_prec(lhs, ExprPrecedence::Range);
                self.word(" = ");
                self.expr_prec(rhs, ExprPrecedence::Assign);
            }
            ExprKind::AssignOp(op, lhs, rhs) => {
                self.expr_prec(lhs, ExprPrecedence::Range);
                self.word(" ");
                self.word(op.node.as_str());
                self.word(" ");
                self.expr_prec(rhs, ExprPrecedence::Assign);
            }
            ExprKind::Field(e, ident) => {
                self.expr_prec(e, ExprPrecedence::Unambiguous);
                self.word(".");
                self.display(ident);
            }
            ExprKind::Index(e, index, _) => {
                self.expr_prec(e, ExprPrecedence::Unambiguous);
                self.word("[");
                self.expr(index);
                self.word("]");
            }
            ExprKind::Range(start, end, limits) => {
                if let Some(start) = start {
                    self.expr_prec(start, ExprPrecedence::LOr);
                }
                self.word(limits.as_str());
                if let Some(end) = end {
                    self.expr_prec(end, ExprPrecedence::LOr);
                }
            }
            ExprKind::Underscore => self.word("_"),
            ExprKind::Path(qself, path) => self.maybe_qpath(qself.as_deref(), path),
            ExprKind::Break(label, e) => {
                self.word("break");
                if let Some(label) = label {
                    self.word(" ");
                    self.display(label.ident);
                }
                self.jump_value(e.as_deref());
            }
            ExprKind::Continue(label) => {
                self.word("continue");
                if let Some(label) = label {
                    self.word(" ");
                    self.display(label.ident);
                }
            }
            ExprKind::Ret(e) => {
                self.word("return");
                self.jump_value(e.as_deref());
            }
            ExprKind::Yield(YieldKind::Prefix(e)) => {
                self.word("yield");
                self.jump_value(e.as_deref());
            }
            ExprKind::Yield(YieldKind::Postfix(e)) => {
                self.expr_prec(e, ExprPrecedence::Unambiguous);
                self.word(".yield");
            }
            ExprKind::Yeet(e) => {
                self.word("do yeet");
                self.jump_value(e.as_deref());
            }
            ExprKind::Become(e) => {
                self.word("become");
                self.jump_value(Some(e));
            }
            ExprKind::InlineAsm(asm) => {
                self.word(asm.asm_macro.macro_name());
                self.word("!");
                self.inline_asm(asm);
            }
            ExprKind::OffsetOf(container, fields) => {
                self.word("builtin # offset_of(");
                self.ty(container);
                self.word(", ");
                self.list(fields, ".", |p, field| p.display(field));
                self.word(")");
            }
            ExprKind::MacCall(mac) => self.mac_call(mac),
            ExprKind::Struct(s) => {
                self.maybe_qpath(s.qself.as_deref(), &s.path);
                let has_rest = matches!(s.rest, StructRest::Base(_) | StructRest::Rest(_));
                if s.fields.is_empty() && !has_rest {
                    self.word(" {}");
                    return;
                }
                self.word(" { ");
                self.list(&s.fields, ", ", |p, field| {
                    p.outer_attrs_inline(&field.attrs);
                    if !field.is_shorthand {
                        p.display(field.ident);
                        p.word(": ");
                    }
                    p.expr(&field.expr);
                });
                if has_rest {
                    if !s.fields.is_empty() {
                        self.word(", ");
                    }
                    self.word("..");
                    if let StructRest::Base(base) = &s.rest {
                        self.expr(base);
                    }
                }
                self.word(" }");
            }
            ExprKind::Repeat(e, count) => {
                self.word("[");
                self.expr(e);
                self.word("; ");
                self.expr(&count.value);
                self.word("]");
            }
            ExprKind::Paren(e) => {
                self.word("(");
                self.expr(e);
                self.word(")");
            }
            ExprKind::Try(e) => {
                self.expr_prec(e, ExprPrecedence::Unambiguous);
                self.word("?");
            }
            ExprKind::IncludedBytes(bytes) => {
                self.word("b\"");
                self.display(bytes.as_byte_str().escape_ascii());
                self.word("\"");
            }
            ExprKind::FormatArgs(fmt) => {
                self.word("format_args!(");
                self.format_args(fmt);
                self.word(")");
            }
            ExprKind::UnsafeBinderCast(kind, e, ty) => {
                self.word("builtin # ");
                self.word(match kind {
                    UnsafeBinderCastKind::Wrap => "wrap_binder",
                    UnsafeBinderCastKind::Unwrap => "unwrap_binder",
                });
                self.word("(");
                self.expr(e);
                if let Some(ty) = ty {
                    self.word(", ");
                    self.ty(ty);
                }
                self.word(")");
            }
            ExprKind::Err(_) => self.word("(/*ERROR*/)"),
            ExprKind::Dummy => self.word("(/*DUMMY*/)"),
        }
    }

    fn jump_value(&mut self, e: Option<&Expr>) {
        if let Some(e) = e {
            self.word(" ");
            self.expr_prec(e, ExprPrecedence::Jump);
        }
    }

    fn expr_if(&mut self, cond: &Expr, then: &Block, els: Option<&Expr>) {
        self.word("if ");
        self.expr_as_cond(cond);
        self.word(" ");
        self.block(then);
        match els {
            None => {}
            Some(Expr { kind: ExprKind::If(cond, then, els), .. }) => {
                self.word(" else ");
                self.expr_if(cond, then, els.as_deref());
            }
            Some(e) => {
                self.word(" else ");
                self.expr(e);
            }
        }
    }

    fn capture_clause(&mut self, capture: CaptureBy) {
        match capture {
            CaptureBy::Value { .. } => self.word("move "),
            CaptureBy::Use { .. } => self.word("use "),
            CaptureBy::Ref => {}
        }
    }

    fn closure_param(&mut self, param: &Param) {
        self.outer_attrs_inline(&param.attrs);
        if matches!(param.ty.kind, TyKind::Infer) {
            self.pat(&param.pat);
        } else {
            if !matches!(param.pat.kind, PatKind::Missing) {
                self.pat(&param.pat);
                self.word(": ");
            }
            self.ty(&param.ty);
        }
    }

    fn inline_asm(&mut self, asm: &InlineAsm) {
        self.word("(");
        let template: String = asm.template.iter().map(InlineAsmTemplatePiece::to_string).collect();
        self.display(format_args!("\"{}\"", template.escape_debug()));
        let reg = |reg: &InlineAsmRegOrRegClass| match reg {
            InlineAsmRegOrRegClass::Reg(name) => format!("\"{name}\""),
            InlineAsmRegOrRegClass::RegClass(name) => name.to_string(),
        };
        for (operand, _) in &asm.operands {
            self.word(", ");
            match operand {
                InlineAsmOperand::In { reg: r, expr } => {
                    self.display(format_args!("in({}) ", reg(r)));
                    self.expr(expr);
                }
                InlineAsmOperand::Out { reg: r, late, expr } => {
                    self.word(if *late { "lateout" } else { "out" });
                    self.display(format_args!("({}) ", reg(r)));
                    match expr {
                        Some(expr) => self.expr(expr),
                        None => self.word("_"),
                    }
                }
                InlineAsmOperand::InOut { reg: r, late, expr } => {
                    self.word(if *late { "inlateout" } else { "inout" });
                    self.display(format_args!("({}) ", reg(r)));
                    self.expr(expr);
                }
                InlineAsmOperand::SplitInOut { reg: r, late, in_expr, out_expr } => {
                    self.word(if *late { "inlateout" } else { "inout" });
                    self.display(format_args!("({}) ", reg(r)));
                    self.expr(in_expr);
                    self.word(" => ");
                    match out_expr {
                        Some(expr) => self.expr(expr),
                        None => self.word("_"),
                    }
                }
                InlineAsmOperand::Const { anon_const } => {
                    self.word("const ");
                    self.expr(&anon_const.value);
                }
                InlineAsmOperand::Sym { sym } => {
                    self.word("sym ");
                    self.maybe_qpath(sym.qself.as_deref(), &sym.path);
                }
                InlineAsmOperand::Label { block } => {
                    self.word("label ");
                    self.block(block);
                }
            }
        }
        let options = asm.options.human_readable_names();
        if !options.is_empty() {
            self.display(format_args!(", options({})", options.join(", ")));
        }
        self.word(")");
    }

    fn format_args(&mut self, fmt: &FormatArgs) {
        let position = |pos: &FormatArgPosition| match pos.kind {
            FormatArgPositionKind::Named => {
                let index = pos.index.unwrap_or_else(|index| index);
                fmt.arguments
                    .all_args()
                    .get(index)
                    .and_then(|arg| arg.kind.ident())
                    .map_or(index.to_string(), |i| i.to_string())
            }
            FormatArgPositionKind::Implicit | FormatArgPositionKind::Number => {
                pos.index.unwrap_or_else(|index| index).to_string()
            }
        };
        let mut text = String::new();
        for piece in &fmt.template {
            match piece {
                FormatArgsPiece::Literal(s) => {
                    text.push_str(&s.as_str().escape_debug().to_string().replace('{', "{{").replace('}', "}}"));
                }
                FormatArgsPiece::Placeholder(p) => {
                    text.push('{');
                    text.push_str(&position(&p.argument));
                    let o = &p.format_options;
                    let mut spec = String::new();
                    spec.extend(o.fill);
                    match o.alignment {
                        Some(FormatAlignment::Left) => spec.push('<'),
                        Some(FormatAlignment::Right) => spec.push('>'),
                        Some(FormatAlignment::Center) => spec.push('^'),
                        None => {}
                    }
                    match o.sign {
                        Some(FormatSign::Plus) => spec.push('+'),
                        Some(FormatSign::Minus) => spec.push('-'),
                        None => {}
                    }
                    if o.alternate {
                        spec.push('#');
                    }
                    if o.zero_pad {
                        spec.push('0');
                    }
                    let count = |count: &FormatCount| match count {
                        FormatCount::Literal(n) => n.to_string(),
                        FormatCount::Argument(pos) => format!("{}$", position(pos)),
                    };
                    if let Some(width) = &o.width {
                        spec.push_str(&count(width));
                    }
                    if let Some(precision) = &o.precision {
                        spec.push('.');
                        spec.push_str(&count(precision));
                    }
                    match o.debug_hex {
                        Some(FormatDebugHex::Lower) => spec.push('x'),
                        Some(FormatDebugHex::Upper) => spec.push('X'),
                        None => {}
                    }
                    spec.push_str(match p.format_trait {
                        FormatTrait::Display => "",
                        FormatTrait::Debug => "?",
                        FormatTrait::LowerExp => "e",
                        FormatTrait::UpperExp => "E",
                        FormatTrait::Octal => "o",
                        FormatTrait::Pointer => "p",
                        FormatTrait::Binary => "b",
                        FormatTrait::LowerHex => "x",
                        FormatTrait::UpperHex => "X",
                    });
                    if !spec.is_empty() {
                        text.push(':');
                        text.push_str(&spec);
                    }
                    text.push('}');
                }
            }
        }
        self.display(format_args!("\"{text}\""));
        for arg in fmt.arguments.all_args() {
            self.word(", ");
            if let Some(name) = arg.kind.ident() {
                self.display(name);
                self.word(" = ");
            }
            self.expr(&arg.expr);
        }
    }

    pub(super) fn block(&mut self, block: &Block) {
        if let BlockCheckMode::Unsafe(_) = block.rules {
            self.word("unsafe ");
        }
        if let [Stmt { kind: StmtKind::Expr(e), .. }] = block.stmts.as_slice()
            && e.attrs.is_empty()
            && is_short(e)
        {
            self.word("{ ");
            self.expr(e);
            self.word(" }");
            return;
        }
        self.braced(block.stmts.is_empty(), |p| {
            for stmt in &block.stmts {
                p.newline();
                p.stmt(stmt);
            }
        });
    }

    pub(super) fn stmt(&mut self, stmt: &Stmt) {
        let start = self.out.len();
        self.stmt_text(stmt);
        self.spans.push((start, self.out.len(), stmt.span));
    }

    fn stmt_text(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Let(local) => {
                self.outer_attrs(&local.attrs);
                if local.super_.is_some() {
                    self.word("super ");
                }
                self.word("let ");
                self.pat(&local.pat);
                if let Some(ty) = &local.ty {
                    self.word(": ");
                    self.ty(ty);
                }
                match &local.kind {
                    LocalKind::Decl => {}
                    LocalKind::Init(init) => {
                        self.word(" = ");
                        self.expr(init);
                    }
                    LocalKind::InitElse(init, els) => {
                        self.word(" = ");
                        self.expr(init);
                        self.word(" else ");
                        self.block(els);
                    }
                }
                self.word(";");
            }
            StmtKind::Item(item) => self.item(item),
            StmtKind::Expr(e) => self.expr(e),
            StmtKind::Semi(e) => {
                self.expr(e);
                self.word(";");
            }
            StmtKind::Empty => self.word(";"),
            StmtKind::MacCall(mac) => {
                self.outer_attrs(&mac.attrs);
                self.mac_call(&mac.mac);
                if mac.style == MacStmtStyle::Semicolon {
                    self.word(";");
                }
            }
        }
    }
}

/// Fits on the line of its braces.
fn is_short(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Lit(_) | ExprKind::Path(..) | ExprKind::Underscore => true,
        ExprKind::Field(e, _) | ExprKind::Unary(_, e) | ExprKind::AddrOf(_, _, e) | ExprKind::Paren(e) => is_short(e),
        ExprKind::Binary(_, a, b) => is_short(a) && is_short(b),
        ExprKind::Call(f, args) => is_short(f) && args.len() < 4 && args.iter().all(|arg| is_short(arg)),
        ExprKind::MethodCall(call) => {
            is_short(&call.receiver) && call.args.len() < 4 && call.args.iter().all(|arg| is_short(arg))
        }
        ExprKind::Tup(exprs) | ExprKind::Array(exprs) => exprs.len() < 4 && exprs.iter().all(|e| is_short(e)),
        ExprKind::FormatArgs(_) | ExprKind::MacCall(_) => true,
        _ => false,
    }
}

/// The next tighter precedence.
fn next(prec: ExprPrecedence) -> ExprPrecedence {
    match prec {
        ExprPrecedence::Jump => ExprPrecedence::Assign,
        ExprPrecedence::Assign => ExprPrecedence::Range,
        ExprPrecedence::Range => ExprPrecedence::LOr,
        ExprPrecedence::LOr => ExprPrecedence::LAnd,
        ExprPrecedence::LAnd => ExprPrecedence::Compare,
        ExprPrecedence::Compare => ExprPrecedence::BitOr,
        ExprPrecedence::BitOr => ExprPrecedence::BitXor,
        ExprPrecedence::BitXor => ExprPrecedence::BitAnd,
        ExprPrecedence::BitAnd => ExprPrecedence::Shift,
        ExprPrecedence::Shift => ExprPrecedence::Sum,
        ExprPrecedence::Sum => ExprPrecedence::Product,
        ExprPrecedence::Product => ExprPrecedence::Cast,
        ExprPrecedence::Cast => ExprPrecedence::Prefix,
        ExprPrecedence::Prefix | ExprPrecedence::Unambiguous => ExprPrecedence::Unambiguous,
    }
}

/// Is there a struct literal that is in no brackets?
fn contains_exterior_struct_lit(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Struct(..) => true,
        ExprKind::Assign(lhs, rhs, _) | ExprKind::AssignOp(_, lhs, rhs) | ExprKind::Binary(_, lhs, rhs) => {
            contains_exterior_struct_lit(lhs) || contains_exterior_struct_lit(rhs)
        }
        ExprKind::Await(e, _)
        | ExprKind::Unary(_, e)
        | ExprKind::Cast(e, _)
        | ExprKind::Field(e, _)
        | ExprKind::Index(e, _, _) => contains_exterior_struct_lit(e),
        ExprKind::MethodCall(call) => contains_exterior_struct_lit(&call.receiver),
        _ => false,
    }
}
