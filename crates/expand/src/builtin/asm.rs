//! `asm!`, `global_asm!` and `naked_asm!`: templates, operands and options become an [`ast::InlineAsm`] (RFC 2873).

use std::borrow::Cow;

use ast::token::{IdentIsRaw, TokenKind};
use ast::tokenstream::TokenStream;
use ast::{
    AnonConst, AsmMacro, AttrVec, DUMMY_NODE_ID, Expr, ExprKind, InlineAsm, InlineAsmOperand, InlineAsmOptions,
    InlineAsmRegOrRegClass, InlineAsmSym, InlineAsmTemplatePiece, Item, ItemKind, P, Visibility, VisibilityKind,
};
use diagnostics::{Applicability, Diag};
use parser::Parser;
use parser::token_type::TokenType;
use rustc_parse_format as parse;
use smallvec::smallvec;
use span::{BytePos, ErrorGuaranteed, FxIndexMap, Span, Symbol, kw, sym};

use super::args::{SpannedString, expr_to_string, ready};
use super::build;
use crate::base::{ExpandResult, ExpansionCx, MacResult};

/// `asm!(..)`
pub(crate) fn expand_asm(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    expand_expr(cx, sp, &tokens, AsmMacro::Asm)
}

/// `naked_asm!(..)`
pub(crate) fn expand_naked_asm(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    expand_expr(cx, sp, &tokens, AsmMacro::NakedAsm)
}

fn expand_expr(
    cx: &mut ExpansionCx<'_>,
    sp: Span,
    tokens: &TokenStream,
    asm_macro: AsmMacro,
) -> ExpandResult<MacResult> {
    let asm = match ready!(parse_and_expand(cx, sp, tokens, asm_macro)) {
        Ok(asm) => asm,
        Err(guar) => return ExpandResult::Ready(MacResult::Dummy(sp, guar)),
    };
    let sp = cx.with_def_site_ctxt(sp);
    ExpandResult::Ready(MacResult::Expr(build::expr(sp, ExprKind::InlineAsm(P(asm)))))
}

/// The attributes of an argument, `cfg` and `cfg_attr` only: whether the argument stays.
fn parse_cfg_attrs<'a>(cx: &ExpansionCx<'a>, p: &mut Parser<'a>) -> Result<bool, Diag<'a>> {
    let attrs = p.parse_outer_attributes()?;
    if attrs.is_empty() {
        return Ok(true);
    }
    let unsupported = attrs.iter().filter(|a| !a.has_any_name(&[sym::cfg, sym::cfg_attr]));
    for attr in unsupported {
        cx.sess.dcx.span_err(attr.span, "this attribute is not supported on assembly");
    }
    let strip = crate::cfg::StripUnconfigured::new(cx.sess, cx.current_expansion.lint_node_id);
    let mut attrs = AsmAttrs(attrs);
    strip.process_cfg_attrs(&mut attrs);
    Ok(strip.in_cfg(&attrs.0))
}

/// The attributes of an argument.
struct AsmAttrs(AttrVec);

impl ast::HasAttrs for AsmAttrs {
    fn attrs(&self) -> &[ast::Attribute] {
        &self.0
    }
    fn visit_attrs(&mut self, f: impl FnOnce(&mut AttrVec)) {
        f(&mut self.0);
    }
}

/// `global_asm!(..)`: an item.
pub(crate) fn expand_global_asm(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let asm = match ready!(parse_and_expand(cx, sp, &tokens, AsmMacro::GlobalAsm)) {
        Ok(asm) => asm,
        Err(guar) => return ExpandResult::Ready(MacResult::Dummy(sp, guar)),
    };
    let span = cx.with_def_site_ctxt(sp);
    let vis = Visibility { span: span.shrink_to_lo(), kind: VisibilityKind::Inherited };
    let kind = ItemKind::GlobalAsm(Box::new(asm));
    let item = Item { attrs: AttrVec::new(), id: DUMMY_NODE_ID, span, vis, kind, tokens: None };
    ExpandResult::Ready(MacResult::Items(smallvec![P(item)]))
}

/// The arguments as they are written.
#[derive(Default)]
struct AsmArgs {
    templates: Vec<P<Expr>>,
    operands: Vec<(InlineAsmOperand, Span)>,
    named: FxIndexMap<Symbol, usize>,
    /// Operands in explicit registers, which templates do not refer to.
    reg_args: Vec<usize>,
    clobber_abis: Vec<(Symbol, Span)>,
    options: Option<InlineAsmOptions>,
    options_spans: Vec<Span>,
}

impl AsmArgs {
    fn options(&self) -> InlineAsmOptions {
        self.options.unwrap_or(InlineAsmOptions::empty())
    }
}

fn parse_args<'a>(
    cx: &ExpansionCx<'a>,
    sp: Span,
    tokens: &TokenStream,
    asm_macro: AsmMacro,
) -> Result<AsmArgs, Diag<'a>> {
    let dcx = &cx.sess.dcx;
    let mut p = cx.parser(tokens);
    if p.token.kind == TokenKind::Eof {
        return Err(dcx.struct_span_err(sp, "requires at least a template string argument"));
    }
    let mut args = AsmArgs::default();
    // What a `#[cfg]` leaves out is parsed all the same.
    let mut left_out = AsmArgs::default();
    let here = parse_cfg_attrs(cx, &mut p)?;
    let first = p.parse_expr()?;
    if here { &mut args } else { &mut left_out }.templates.push(first);
    let mut allow_templates = true;
    while p.token.kind != TokenKind::Eof {
        if !p.eat(TokenType::Comma) {
            if allow_templates {
                let sp = p.token.span;
                return Err(dcx.struct_span_err(sp, "expected token: `,`").with_span_label(sp, "expected `,`"));
            }
            p.expect(TokenType::Comma)?;
        }
        if p.token.kind == TokenKind::Eof {
            break;
        }
        let here = parse_cfg_attrs(cx, &mut p)?;
        let args = if here { &mut args } else { &mut left_out };
        let start = p.token.span;
        if eat_word(&mut p, "clobber_abi") {
            parse_clobber_abi(cx, &mut p, args)?;
            allow_templates = false;
            continue;
        }
        if eat_word(&mut p, "options") {
            parse_options(cx, &mut p, args, asm_macro)?;
            allow_templates = false;
            continue;
        }
        let mut name = None;
        if let Some((ident, _)) = p.token.ident()
            && p.look_ahead(1, |t| t.kind == TokenKind::Eq)
        {
            p.bump();
            p.bump();
            name = Some(ident);
            allow_templates = false;
        }
        let Some((operand, is_explicit)) = parse_operand(cx, &mut p, asm_macro)? else {
            // Nothing that an operand begins with: one more line of the template.
            let expr = p.parse_expr()?;
            if !allow_templates || name.is_some() {
                let is_str = matches!(&expr.kind, ExprKind::Lit(lit) if matches!(lit.kind,
                    ast::token::LitKind::Str | ast::token::LitKind::StrRaw(_)));
                let message = if is_str || matches!(expr.kind, ExprKind::MacCall(_)) {
                    "template strings must come before operands"
                } else {
                    "expected operand, clobber_abi, options, or additional template string"
                };
                return Err(dcx.struct_span_err(expr.span, message).with_span_label(expr.span, message));
            }
            args.templates.push(expr);
            continue;
        };
        allow_templates = false;
        let span = start.to(p.prev_token.span);
        let slot = args.operands.len();
        args.operands.push((operand, span));
        match (is_explicit, name) {
            (true, Some(name)) => {
                dcx.span_err(name.span, "explicit register arguments cannot have names");
                args.reg_args.push(slot);
            }
            (true, None) => args.reg_args.push(slot),
            (false, Some(name)) => {
                if let Some(&prev) = args.named.get(&name.name) {
                    dcx.struct_span_err(span, format!("duplicate argument named `{name}`"))
                        .with_span_label(args.operands[prev].1, "previously here")
                        .with_span_label(span, "duplicate argument")
                        .emit();
                    continue;
                }
                args.named.insert(name.name, slot);
            }
            (false, None) => {
                if !args.named.is_empty() || !args.reg_args.is_empty() {
                    let named: Vec<Span> = args.named.values().map(|i| args.operands[*i].1).collect();
                    let explicit: Vec<Span> = args.reg_args.iter().map(|i| args.operands[*i].1).collect();
                    let mut err = dcx.struct_span_err(
                        span,
                        "positional arguments cannot follow named arguments or explicit register arguments",
                    );
                    err.span_label(span, "positional argument");
                    for sp in named {
                        err.span_label(sp, "named argument");
                    }
                    for sp in explicit {
                        err.span_label(sp, "explicit register argument");
                    }
                    err.emit();
                }
            }
        }
    }
    check_options(cx, &args, asm_macro);
    Ok(args)
}

fn eat_word(p: &mut Parser<'_>, word: &str) -> bool {
    let is = matches!(p.token.kind, TokenKind::Ident(name, IdentIsRaw::No) if name.as_str() == word)
        && p.look_ahead(1, |t| t.kind == TokenKind::OpenParen);
    if is {
        p.bump();
    }
    is
}

/// `in(reg) e`, `out("eax") _`, `const e`, `sym path`, `label { .. }`: the operand, and whether its register is explicit.
fn parse_operand<'a>(
    cx: &ExpansionCx<'a>,
    p: &mut Parser<'a>,
    asm_macro: AsmMacro,
) -> Result<Option<(InlineAsmOperand, bool)>, Diag<'a>> {
    let dcx = &cx.sess.dcx;
    let TokenKind::Ident(word, IdentIsRaw::No) = p.token.kind else { return Ok(None) };
    let in_registers = matches!(word.as_str(), "in" | "out" | "lateout" | "inout" | "inlateout")
        && p.look_ahead(1, |t| t.kind == TokenKind::OpenParen);
    if in_registers && asm_macro != AsmMacro::Asm {
        let name = asm_macro.macro_name();
        let sp = p.token.span;
        return Err(dcx
            .struct_span_err(sp, format!("the `{word}` operand cannot be used with `{name}!`"))
            .with_span_label(
                sp,
                format!("the `{word}` operand is not meaningful for global-scoped inline assembly, remove it"),
            ));
    }
    if in_registers {
        p.bump();
        let reg = parse_reg(cx, p)?;
        let explicit = matches!(reg, InlineAsmRegOrRegClass::Reg(_));
        let late = matches!(word.as_str(), "lateout" | "inlateout");
        let operand = match word.as_str() {
            "in" => {
                if p.token.is_keyword(kw::Underscore) {
                    return Err(dcx.struct_span_err(p.token.span, "_ cannot be used for input operands"));
                }
                InlineAsmOperand::In { reg, expr: p.parse_expr()? }
            }
            "out" | "lateout" => InlineAsmOperand::Out { reg, late, expr: parse_out(p)? },
            _ => {
                if p.token.is_keyword(kw::Underscore) {
                    return Err(dcx.struct_span_err(p.token.span, "_ cannot be used for input operands"));
                }
                let expr = p.parse_expr()?;
                if p.eat(TokenType::FatArrow) {
                    InlineAsmOperand::SplitInOut { reg, late, in_expr: expr, out_expr: parse_out(p)? }
                } else {
                    InlineAsmOperand::InOut { reg, late, expr }
                }
            }
        };
        return Ok(Some((operand, explicit)));
    }
    match word.as_str() {
        "const" if !p.look_ahead(1, |t| t.kind == TokenKind::OpenBrace) => {
            p.bump();
            let value = p.parse_expr()?;
            let anon_const = AnonConst { id: DUMMY_NODE_ID, value };
            Ok(Some((InlineAsmOperand::Const { anon_const }, false)))
        }
        "sym" if p.look_ahead(1, |t| t.is_path_start()) => {
            p.bump();
            let expr = p.parse_expr()?;
            let ExprKind::Path(qself, path) = expr.kind else {
                return Err(dcx.struct_span_err(expr.span, "expected a path for argument to `sym`"));
            };
            let sym = InlineAsmSym { id: DUMMY_NODE_ID, qself, path };
            Ok(Some((InlineAsmOperand::Sym { sym }, false)))
        }
        "label" if p.look_ahead(1, |t| t.kind == TokenKind::OpenBrace) => {
            p.bump();
            let block = p.parse_block()?;
            Ok(Some((InlineAsmOperand::Label { block }, false)))
        }
        _ => Ok(None),
    }
}

fn parse_out<'a>(p: &mut Parser<'a>) -> Result<Option<P<Expr>>, Diag<'a>> {
    if p.token.is_keyword(kw::Underscore) {
        p.bump();
        return Ok(None);
    }
    p.parse_expr().map(Some)
}

/// `(reg)` or `("eax")`
fn parse_reg<'a>(cx: &ExpansionCx<'a>, p: &mut Parser<'a>) -> Result<InlineAsmRegOrRegClass, Diag<'a>> {
    p.expect(TokenType::OpenParen)?;
    let reg = match p.token.kind {
        TokenKind::Ident(name, IdentIsRaw::No) => InlineAsmRegOrRegClass::RegClass(name),
        TokenKind::Literal(lit) if lit.kind == ast::token::LitKind::Str => InlineAsmRegOrRegClass::Reg(lit.symbol),
        _ => {
            return Err(cx.sess.dcx.struct_span_err(p.token.span, "expected register class or explicit register"));
        }
    };
    p.bump();
    p.expect(TokenType::CloseParen)?;
    Ok(reg)
}

/// The words in parentheses behind `options` or `clobber_abi`.
fn parse_list<'a>(
    p: &mut Parser<'a>,
    mut f: impl FnMut(&mut Parser<'a>) -> Result<(), Diag<'a>>,
) -> Result<Span, Diag<'a>> {
    let start = p.prev_token.span;
    p.expect(TokenType::OpenParen)?;
    while p.token.kind != TokenKind::CloseParen {
        f(p)?;
        if p.token.kind == TokenKind::CloseParen {
            break;
        }
        p.expect(TokenType::Comma)?;
    }
    p.expect(TokenType::CloseParen)?;
    Ok(start.to(p.prev_token.span))
}

fn parse_clobber_abi<'a>(cx: &ExpansionCx<'a>, p: &mut Parser<'a>, args: &mut AsmArgs) -> Result<(), Diag<'a>> {
    let dcx = &cx.sess.dcx;
    let before = args.clobber_abis.len();
    let span = parse_list(p, |p| match p.token.kind {
        TokenKind::Literal(lit) if lit.kind == ast::token::LitKind::Str => {
            args.clobber_abis.push((lit.symbol, p.token.span));
            p.bump();
            Ok(())
        }
        _ => Err(dcx
            .struct_span_err(p.token.span, "expected string literal")
            .with_span_label(p.token.span, "not a string literal")),
    })?;
    if args.clobber_abis.len() == before {
        return Err(dcx.struct_span_err(span, "at least one abi must be provided as an argument to `clobber_abi`"));
    }
    Ok(())
}

const OPTIONS: [(&str, InlineAsmOptions); 9] = [
    ("pure", InlineAsmOptions::PURE),
    ("nomem", InlineAsmOptions::NOMEM),
    ("readonly", InlineAsmOptions::READONLY),
    ("preserves_flags", InlineAsmOptions::PRESERVES_FLAGS),
    ("noreturn", InlineAsmOptions::NORETURN),
    ("nostack", InlineAsmOptions::NOSTACK),
    ("may_unwind", InlineAsmOptions::MAY_UNWIND),
    ("att_syntax", InlineAsmOptions::ATT_SYNTAX),
    ("raw", InlineAsmOptions::RAW),
];

fn parse_options<'a>(
    cx: &ExpansionCx<'a>,
    p: &mut Parser<'a>,
    args: &mut AsmArgs,
    asm_macro: AsmMacro,
) -> Result<(), Diag<'a>> {
    let dcx = &cx.sess.dcx;
    let mut options = args.options();
    let span = parse_list(p, |p| {
        let TokenKind::Ident(name, _) = p.token.kind else { return p.unexpected() };
        let Some(&(text, option)) = OPTIONS.iter().find(|(text, _)| *text == name.as_str()) else {
            return p.unexpected();
        };
        let sp = p.token.span;
        if !asm_macro.is_supported_option(option) {
            dcx.struct_span_err(sp, format!("the `{text}` option cannot be used with `{}!`", asm_macro.macro_name()))
                .with_span_label(sp, format!("the `{text}` option is not meaningful for global-scoped inline assembly"))
                .with_span_suggestion(sp, "remove this option", "", Applicability::MachineApplicable)
                .emit();
        } else if options.contains(option) {
            dcx.struct_span_err(sp, format!("the `{text}` option was already provided"))
                .with_span_label(sp, "this option was already provided")
                .with_span_suggestion(sp, "remove this option", "", Applicability::MachineApplicable)
                .emit();
        } else {
            options |= option;
        }
        p.bump();
        Ok(())
    })?;
    args.options = Some(options);
    args.options_spans.push(span);
    Ok(())
}

fn check_options(cx: &ExpansionCx<'_>, args: &AsmArgs, asm_macro: AsmMacro) {
    let dcx = &cx.sess.dcx;
    let options = args.options();
    let at = || args.options_spans.clone();
    let both = |a, b| options.contains(a) && options.contains(b);
    if both(InlineAsmOptions::NOMEM, InlineAsmOptions::READONLY) {
        dcx.span_err(at(), "the `nomem` and `readonly` options are mutually exclusive");
    }
    if both(InlineAsmOptions::PURE, InlineAsmOptions::NORETURN) {
        dcx.span_err(at(), "the `pure` and `noreturn` options are mutually exclusive");
    }
    if options.contains(InlineAsmOptions::PURE)
        && !options.intersects(InlineAsmOptions::NOMEM | InlineAsmOptions::READONLY)
    {
        dcx.span_err(at(), "the `pure` option must be combined with either `nomem` or `readonly`");
    }
    let mut has_output = false;
    let mut outputs = Vec::new();
    for (operand, span) in &args.operands {
        match operand {
            InlineAsmOperand::Out { expr, .. } | InlineAsmOperand::SplitInOut { out_expr: expr, .. } => {
                outputs.push(*span);
                has_output |= expr.is_some();
            }
            InlineAsmOperand::InOut { .. } => {
                outputs.push(*span);
                has_output = true;
            }
            _ => {}
        }
    }
    if options.contains(InlineAsmOptions::PURE) && !has_output {
        dcx.span_err(at(), "asm with the `pure` option must have at least one output");
    }
    if options.contains(InlineAsmOptions::NORETURN) && !outputs.is_empty() && asm_macro == AsmMacro::Asm {
        dcx.span_err(outputs, "asm outputs are not allowed with the `noreturn` option");
    }
}

fn parse_and_expand(
    cx: &mut ExpansionCx<'_>,
    sp: Span,
    tokens: &TokenStream,
    asm_macro: AsmMacro,
) -> ExpandResult<Result<InlineAsm, ErrorGuaranteed>> {
    let args = match parse_args(cx, sp, tokens, asm_macro) {
        Ok(args) => args,
        Err(err) => return ExpandResult::Ready(Err(err.emit())),
    };
    let mut template = Vec::new();
    let mut template_strs = Vec::new();
    let mut line_spans = Vec::new();
    let mut used = vec![false; args.operands.len()];
    let mut curarg = 0;
    for expr in args.templates.clone() {
        if !template.is_empty() {
            template.push(InlineAsmTemplatePiece::String(Cow::Borrowed("\n")));
        }
        let string = match ready!(expr_to_string(cx, expr, "asm template must be a string literal")) {
            Ok(string) => string,
            Err(guar) => return ExpandResult::Ready(Err(guar)),
        };
        template_strs.push((string.uncooked, None, string.span));
        if args.options().contains(InlineAsmOptions::RAW) {
            template.push(InlineAsmTemplatePiece::String(string.symbol.to_string().into()));
            line_spans.push(string.span);
            continue;
        }
        let mut line = TemplateLine { cx, args: &args, string, used: &mut used, curarg, template: &mut template };
        if let Err(guar) = line.parse(&mut line_spans) {
            return ExpandResult::Ready(Err(guar));
        }
        curarg = line.curarg;
    }
    report_unused(cx, &args, &used, &template);
    ExpandResult::Ready(Ok(InlineAsm {
        asm_macro,
        template,
        template_strs: template_strs.into(),
        options: args.options(),
        operands: args.operands,
        clobber_abis: args.clobber_abis,
        line_spans,
    }))
}

struct TemplateLine<'a, 'b> {
    cx: &'a ExpansionCx<'b>,
    args: &'a AsmArgs,
    string: SpannedString,
    used: &'a mut [bool],
    curarg: usize,
    template: &'a mut Vec<InlineAsmTemplatePiece>,
}

impl TemplateLine<'_, '_> {
    fn at(&self, source: bool, inner: &std::ops::Range<usize>) -> Span {
        let sp = self.string.span;
        if !source {
            return sp;
        }
        let lo = sp.lo().0;
        Span::new(BytePos(lo + inner.start as u32), BytePos(lo + inner.end as u32), sp.ctxt())
    }

    fn parse(&mut self, line_spans: &mut Vec<Span>) -> Result<(), ErrorGuaranteed> {
        let dcx = &self.cx.sess.dcx;
        let style = match self.string.style {
            ast::StrStyle::Cooked => None,
            ast::StrStyle::Raw(n) => Some(n as usize),
        };
        let snippet = self.cx.sess.source_map.span_to_snippet(self.string.span);
        let text = self.string.symbol;
        let mut parser = parse::Parser::new(text.as_str(), style, snippet, false, parse::ParseMode::InlineAsm);
        parser.curarg = self.curarg;
        let mut pieces = Vec::new();
        for piece in parser.by_ref() {
            pieces.push(piece);
        }
        let source = parser.is_source_literal;
        if let Some(err) = parser.errors.first() {
            let sp = self.at(source, &err.span);
            let mut diag = dcx
                .struct_span_err(sp, format!("invalid asm template string: {}", err.description))
                .with_span_label(sp, format!("{} in asm template string", err.label));
            if let Some(note) = &err.note {
                diag.note(note.clone());
            }
            return Err(diag.emit());
        }
        self.curarg = parser.curarg;
        let mut places = parser.arg_places.clone().into_iter();
        for piece in pieces {
            match piece {
                parse::Piece::Lit(text) => {
                    self.template.push(InlineAsmTemplatePiece::String(text.to_string().into()));
                }
                parse::Piece::NextArgument(arg) => {
                    let place = places.next();
                    let span = place.map_or(self.string.span, |place| self.at(source, &place));
                    let operand_idx = self.operand(&arg, span, source);
                    let modifier = self.modifier(&arg, span, source);
                    if let Some(operand_idx) = operand_idx {
                        self.used[operand_idx] = true;
                        self.template.push(InlineAsmTemplatePiece::Placeholder { operand_idx, modifier, span });
                    }
                }
            }
        }
        if parser.line_spans.is_empty() {
            line_spans.push(self.string.span);
        } else {
            line_spans.extend(parser.line_spans.iter().map(|line| self.at(source, line)));
        }
        Ok(())
    }

    fn operand(&self, arg: &parse::Argument<'_>, span: Span, source: bool) -> Option<usize> {
        let dcx = &self.cx.sess.dcx;
        match arg.position {
            parse::ArgumentIs(index) | parse::ArgumentImplicitlyIs(index) => {
                let is_named = self.args.named.values().any(|slot| *slot == index);
                if index >= self.args.operands.len() || is_named || self.args.reg_args.contains(&index) {
                    let positional = self.args.operands.len() - self.args.named.len() - self.args.reg_args.len();
                    let given = match positional {
                        0 => "no positional arguments were given".to_string(),
                        1 => "there is 1 positional argument".to_string(),
                        n => format!("there are {n} positional arguments"),
                    };
                    let mut err = dcx.struct_span_err(span, format!("invalid reference to argument at index {index}"));
                    err.span_label(span, "from here");
                    err.note(given);
                    err.emit();
                    return None;
                }
                Some(index)
            }
            parse::ArgumentNamed(name) => match self.args.named.get(&Symbol::intern(name)) {
                Some(&index) => Some(index),
                None => {
                    let sp = self.at(source, &arg.position_span);
                    dcx.span_err(sp, format!("there is no argument named `{name}`"));
                    None
                }
            },
        }
    }

    fn modifier(&self, arg: &parse::Argument<'_>, span: Span, source: bool) -> Option<char> {
        let mut chars = arg.format.ty.chars();
        let modifier = chars.next();
        if chars.next().is_some() {
            let sp = arg.format.ty_span.as_ref().map_or(span, |sp| self.at(source, sp));
            self.cx.sess.dcx.span_err(sp, "asm template modifier must be a single character");
            return None;
        }
        modifier
    }
}

fn report_unused(cx: &ExpansionCx<'_>, args: &AsmArgs, used: &[bool], template: &[InlineAsmTemplatePiece]) {
    let unused: Vec<(Span, bool)> = (0..used.len())
        .filter(|i| {
            !used[*i] && !args.reg_args.contains(i) && !matches!(args.operands[*i].0, InlineAsmOperand::Label { .. })
        })
        .map(|i| (args.operands[i].1, args.named.values().any(|slot| *slot == i)))
        .collect();
    let message = |named: bool| if named { "named argument never used" } else { "argument never used" };
    let _ = template;
    match unused[..] {
        [] => {}
        [(span, named)] => {
            let mut err = cx.sess.dcx.struct_span_err(span, message(named));
            err.span_label(span, message(named));
            err.help("if this argument is intentionally unused, consider using it in an asm comment: `\"/* {} */\"`");
            err.emit();
        }
        _ => {
            let spans: Vec<Span> = unused.iter().map(|(span, _)| *span).collect();
            let mut err = cx.sess.dcx.struct_span_err(spans, "multiple unused asm arguments");
            for (span, named) in &unused {
                err.span_label(*span, message(*named));
            }
            err.help("if these arguments are intentionally unused, consider using them in an asm comment");
            err.emit();
        }
    }
}
