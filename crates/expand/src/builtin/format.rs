//! `format_args!`: the template is parsed by `rustc_parse_format`, references are matched with arguments, and all becomes an
//! [`ast::FormatArgs`], which AST lowering turns into calls.
//!
//! Errors about references and unused arguments are in `errors.rs`.

use ast::token::{LitKind as TokenLitKind, TokenKind};
use ast::tokenstream::TokenStream;
use ast::{
    Expr, ExprKind, FormatAlignment, FormatArgPosition, FormatArgPositionKind, FormatArgs, FormatArgsPiece,
    FormatArgument, FormatArgumentKind, FormatArguments, FormatCount, FormatDebugHex, FormatOptions, FormatPlaceholder,
    FormatSign, FormatTrait, P, StrStyle,
};
use diagnostics::{Applicability, Diag};
use parser::token_type::TokenType;
use rustc_parse_format as parse;
use span::{BytePos, ErrorGuaranteed, Ident, Span, Symbol};

use super::args::{SpannedString, StringError, expr_to_spanned_string, ready};
use super::build;
use crate::base::{ExpandResult, ExpansionCx, MacResult};

mod errors;

/// `format_args!(..)`
pub(crate) fn expand_format_args(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    expand(cx, sp, &tokens, false)
}

/// `format_args_nl!(..)`: with a newline behind the template.
pub(crate) fn expand_format_args_nl(
    cx: &mut ExpansionCx<'_>,
    sp: Span,
    tokens: TokenStream,
) -> ExpandResult<MacResult> {
    expand(cx, sp, &tokens, true)
}

fn expand(cx: &mut ExpansionCx<'_>, sp: Span, tokens: &TokenStream, nl: bool) -> ExpandResult<MacResult> {
    let input = match parse_args(cx, sp, tokens) {
        Ok(input) => input,
        Err(err) => return ExpandResult::Ready(MacResult::Dummy(sp, err.emit())),
    };
    let sp = cx.with_def_site_ctxt(sp);
    match ready!(make_format_args(cx, input, nl, sp)) {
        Ok(args) => ExpandResult::Ready(MacResult::Expr(build::expr(sp, ExprKind::FormatArgs(P(args))))),
        Err(guar) => ExpandResult::Ready(MacResult::Dummy(sp, guar)),
    }
}

/// The macro's arguments as they are written.
struct MacroInput {
    template: P<Expr>,
    args: FormatArguments,
    /// The template is a literal in the call itself: variables can be captured.
    is_direct_literal: bool,
}

fn parse_args<'a>(cx: &ExpansionCx<'a>, sp: Span, tokens: &TokenStream) -> Result<MacroInput, Diag<'a>> {
    let mut p = cx.parser(tokens);
    if p.token.kind == TokenKind::Eof {
        return Err(cx.sess.dcx.struct_span_err(sp, "requires at least a format string argument"));
    }
    // A literal only: what follows it is to be a comma, not an operator.
    let template = if p.token.can_begin_string_literal() { p.parse_literal_maybe_minus()? } else { p.parse_expr()? };
    // What another macro made cannot capture variables.
    let is_direct_literal = matches!(template.kind, ExprKind::Lit(_));
    let mut input = MacroInput { template, args: FormatArguments::new(), is_direct_literal };
    let mut first = true;
    while p.token.kind != TokenKind::Eof {
        if !p.eat(TokenType::Comma) {
            if first {
                p.forget_expected();
            }
            if let Err(err) = p.expect(TokenType::Comma) {
                if !TokenKind::Comma.similar_tokens().contains(&p.token.kind) {
                    return Err(err);
                }
                err.emit();
                p.bump();
            }
        }
        first = false;
        if p.token.kind == TokenKind::Eof {
            break;
        }
        match p.token.ident() {
            Some((ident, _)) if p.look_ahead(1, |t| t.kind == TokenKind::Eq) => {
                p.bump();
                p.bump();
                let expr = p.parse_expr()?;
                if let Some((_, prev)) = input.args.by_name(ident.name) {
                    let prev = prev.kind.ident().expect("found by its name");
                    cx.sess
                        .dcx
                        .struct_span_err(ident.span, format!("duplicate argument named `{ident}`"))
                        .with_span_label(prev.span, "previously here")
                        .with_span_label(ident.span, "duplicate argument")
                        .emit();
                    continue;
                }
                input.args.add(FormatArgument { kind: FormatArgumentKind::Named(ident), expr });
            }
            _ => {
                let expr = p.parse_expr()?;
                if !input.args.named_args().is_empty() {
                    let mut err = cx
                        .sess
                        .dcx
                        .struct_span_err(expr.span, "positional arguments cannot follow named arguments")
                        .with_span_label(expr.span, "positional arguments must be before named arguments");
                    for arg in input.args.named_args() {
                        if let Some(name) = arg.kind.ident() {
                            err.span_label(name.span.to(arg.expr.span), "named argument");
                        }
                    }
                    return Err(err);
                }
                input.args.add(FormatArgument { kind: FormatArgumentKind::Normal, expr });
            }
        }
    }
    Ok(input)
}

/// What a reference in the template is for.
#[derive(Clone, Copy)]
enum PositionUsedAs {
    /// With the span of the placeholder.
    Placeholder(Option<Span>),
    Precision,
    Width,
}

/// A reference to an argument.
enum ArgRef<'a> {
    Index(usize),
    Name(&'a str, Option<Span>),
}

/// A reference to an argument that is not there.
struct InvalidRef {
    index: usize,
    span: Option<Span>,
    kind: FormatArgPositionKind,
}

/// The template and what its references refer to.
struct TemplateCx<'a, 'b> {
    cx: &'a ExpansionCx<'b>,
    args: FormatArguments,
    fmt_span: Span,
    is_source_literal: bool,
    is_direct_literal: bool,
    used: Vec<bool>,
    invalid_refs: Vec<InvalidRef>,
    /// Named arguments that are referred to by position.
    positional_uses_of_named: Vec<(usize, Option<Span>, PositionUsedAs)>,
}

fn make_format_args(
    cx: &mut ExpansionCx<'_>,
    input: MacroInput,
    append_newline: bool,
    macsp: Span,
) -> ExpandResult<Result<FormatArgs, ErrorGuaranteed>> {
    let unexpanded_span = input.template.span;
    let message = "format argument must be a string literal";
    let SpannedString { mut symbol, style, span: fmt_span, uncooked } =
        match ready!(expr_to_spanned_string(cx, input.template.clone(), message)) {
            Ok(string) => string,
            Err(StringError::Reported(guar)) => return ExpandResult::Ready(Err(guar)),
            Err(StringError::Diag(mut err, suggested)) => {
                if !suggested {
                    let mut text = "{}".to_string();
                    for _ in input.args.explicit_args() {
                        text.push_str(" {}");
                    }
                    err.span_suggestion_verbose(
                        unexpanded_span.shrink_to_lo(),
                        "you might be missing a string literal to format with",
                        format!("\"{text}\", "),
                        Applicability::MaybeIncorrect,
                    );
                }
                return ExpandResult::Ready(Err(err.emit()));
            }
        };
    if append_newline {
        symbol = Symbol::intern(&format!("{symbol}\n"));
    }
    let fmt_str = symbol.as_str();
    let (raw_hashes, lit_kind) = match style {
        StrStyle::Cooked => (None, TokenLitKind::Str),
        StrStyle::Raw(n) => (Some(n as usize), TokenLitKind::StrRaw(n)),
    };
    let snippet = cx.sess.source_map.span_to_snippet(fmt_span);
    let mut parser = parse::Parser::new(fmt_str, raw_hashes, snippet, append_newline, parse::ParseMode::Format);
    let mut pieces = Vec::new();
    while let Some(piece) = parser.next() {
        if !parser.errors.is_empty() {
            break;
        }
        pieces.push(piece);
    }
    let is_source_literal = parser.is_source_literal;
    if !parser.errors.is_empty() {
        let err = parser.errors.remove(0);
        return ExpandResult::Ready(Err(errors::invalid_format_string(
            cx,
            &err,
            fmt_span,
            is_source_literal,
            &input.args,
        )));
    }
    let used = vec![false; input.args.explicit_args().len()];
    let mut template_cx = TemplateCx {
        cx,
        args: input.args,
        fmt_span,
        is_source_literal,
        is_direct_literal: input.is_direct_literal,
        used,
        invalid_refs: Vec::new(),
        positional_uses_of_named: Vec::new(),
    };
    let template = template_cx.make_template(&pieces, &parser.arg_places);
    let TemplateCx { args, used, invalid_refs, positional_uses_of_named, .. } = template_cx;
    if !invalid_refs.is_empty() {
        errors::report_invalid_references(cx, &invalid_refs, &template, fmt_span, &args);
    }
    let has_unused = used.iter().any(|used| !used);
    if has_unused {
        errors::report_missing_placeholders(cx, &used, &args, &pieces, raw_hashes, fmt_str, fmt_span);
    }
    if invalid_refs.is_empty() && !has_unused {
        errors::lint_named_used_positionally(cx, &positional_uses_of_named, &args);
    }
    let _ = macsp;
    ExpandResult::Ready(Ok(FormatArgs {
        span: fmt_span,
        template,
        arguments: args,
        uncooked_fmt_str: (lit_kind, uncooked),
        is_source_literal,
    }))
}

/// The part of a literal at these offsets.
fn inner_span(fmt_span: Span, inner: &std::ops::Range<usize>) -> Span {
    let at = |offset: usize| BytePos(fmt_span.lo().0 + offset as u32);
    Span::new(at(inner.start), at(inner.end), fmt_span.ctxt())
}

impl TemplateCx<'_, '_> {
    fn to_span(&self, inner: &std::ops::Range<usize>) -> Option<Span> {
        self.is_source_literal.then(|| inner_span(self.fmt_span, inner))
    }

    fn make_template(
        &mut self,
        pieces: &[parse::Piece<'_>],
        arg_places: &[std::ops::Range<usize>],
    ) -> Vec<FormatArgsPiece> {
        let mut template = Vec::new();
        let mut literal = String::new();
        let mut placeholder_index = 0;
        for piece in pieces {
            match piece {
                parse::Piece::Lit(text) => literal.push_str(text),
                parse::Piece::NextArgument(arg) => {
                    if !literal.is_empty() {
                        template.push(FormatArgsPiece::Literal(Symbol::intern(&literal)));
                        literal.clear();
                    }
                    let span = arg_places.get(placeholder_index).and_then(|place| self.to_span(place));
                    placeholder_index += 1;
                    template.push(FormatArgsPiece::Placeholder(self.make_placeholder(arg, span)));
                }
            }
        }
        if !literal.is_empty() {
            template.push(FormatArgsPiece::Literal(Symbol::intern(&literal)));
        }
        template
    }

    fn make_placeholder(&mut self, arg: &parse::Argument<'_>, span: Option<Span>) -> FormatPlaceholder {
        let position_span = self.to_span(&arg.position_span);
        let used_as = PositionUsedAs::Placeholder(span);
        let argument = match arg.position {
            parse::ArgumentImplicitlyIs(index) => {
                self.lookup(ArgRef::Index(index), position_span, used_as, FormatArgPositionKind::Implicit)
            }
            parse::ArgumentIs(index) => {
                self.lookup(ArgRef::Index(index), position_span, used_as, FormatArgPositionKind::Number)
            }
            parse::ArgumentNamed(name) => {
                self.lookup(ArgRef::Name(name, position_span), position_span, used_as, FormatArgPositionKind::Named)
            }
        };
        let format = &arg.format;
        let format_trait = match format.ty {
            "" => FormatTrait::Display,
            "?" => FormatTrait::Debug,
            "e" => FormatTrait::LowerExp,
            "E" => FormatTrait::UpperExp,
            "o" => FormatTrait::Octal,
            "p" => FormatTrait::Pointer,
            "b" => FormatTrait::Binary,
            "x" => FormatTrait::LowerHex,
            "X" => FormatTrait::UpperHex,
            other => {
                let ty_span = format.ty_span.as_ref().and_then(|inner| self.to_span(inner));
                errors::invalid_placeholder_type(self.cx, other, ty_span, self.fmt_span);
                FormatTrait::Display
            }
        };
        let precision_span = format.precision_span.as_ref().and_then(|inner| self.to_span(inner));
        let width_span = format.width_span.as_ref().and_then(|inner| self.to_span(inner));
        let precision = self.make_count(&format.precision, precision_span, PositionUsedAs::Precision);
        let width = self.make_count(&format.width, width_span, PositionUsedAs::Width);
        FormatPlaceholder {
            argument,
            span,
            format_trait,
            format_options: FormatOptions {
                width,
                precision,
                alignment: match format.align {
                    parse::AlignUnknown => None,
                    parse::AlignLeft => Some(FormatAlignment::Left),
                    parse::AlignRight => Some(FormatAlignment::Right),
                    parse::AlignCenter => Some(FormatAlignment::Center),
                },
                fill: format.fill,
                sign: format.sign.map(|sign| match sign {
                    parse::Sign::Plus => FormatSign::Plus,
                    parse::Sign::Minus => FormatSign::Minus,
                }),
                alternate: format.alternate,
                zero_pad: format.zero_pad,
                debug_hex: format.debug_hex.map(|hex| match hex {
                    parse::DebugHex::Lower => FormatDebugHex::Lower,
                    parse::DebugHex::Upper => FormatDebugHex::Upper,
                }),
            },
        }
    }

    fn make_count(
        &mut self,
        count: &parse::Count<'_>,
        span: Option<Span>,
        used_as: PositionUsedAs,
    ) -> Option<FormatCount> {
        let position = match *count {
            parse::CountIs(n) => return Some(FormatCount::Literal(n)),
            parse::CountImplied => return None,
            parse::CountIsName(name, ref name_span) => {
                let name_span = self.to_span(name_span);
                self.lookup(ArgRef::Name(name, name_span), span, used_as, FormatArgPositionKind::Named)
            }
            parse::CountIsParam(index) => {
                self.lookup(ArgRef::Index(index), span, used_as, FormatArgPositionKind::Number)
            }
            parse::CountIsStar(index) => {
                self.lookup(ArgRef::Index(index), span, used_as, FormatArgPositionKind::Implicit)
            }
        };
        Some(FormatCount::Argument(position))
    }

    fn lookup(
        &mut self,
        arg: ArgRef<'_>,
        span: Option<Span>,
        used_as: PositionUsedAs,
        kind: FormatArgPositionKind,
    ) -> FormatArgPosition {
        let index = match arg {
            ArgRef::Index(index) => match self.args.by_index(index) {
                Some(arg) => {
                    self.used[index] = true;
                    if arg.kind.ident().is_some() {
                        self.positional_uses_of_named.push((index, span, used_as));
                    }
                    Ok(index)
                }
                None => {
                    self.invalid_refs.push(InvalidRef { index, span, kind });
                    Err(index)
                }
            },
            ArgRef::Name(name, span) => {
                let name = Symbol::intern(name);
                let explicit = self.args.explicit_args().len();
                Ok(match self.args.by_name(name) {
                    Some((index, _)) => {
                        if index < explicit {
                            self.used[index] = true;
                        }
                        index
                    }
                    None => self.capture(name, span.unwrap_or(self.fmt_span)),
                })
            }
        };
        FormatArgPosition { index, kind, span }
    }

    /// A variable of the surroundings, as one more argument.
    fn capture(&mut self, name: Symbol, span: Span) -> usize {
        let ident = Ident::new(name, span);
        let expr = if self.is_direct_literal {
            build::expr_ident(span, ident)
        } else {
            let guar = self
                .cx
                .sess
                .dcx
                .struct_span_err(span, format!("there is no argument named `{name}`"))
                .with_note(format!("did you intend to capture a variable `{name}` from the surrounding scope?"))
                .with_note(
                    "to avoid ambiguity, `format_args!` cannot capture variables when the format string is expanded from a macro",
                )
                .emit();
            build::expr(span, ExprKind::Err(guar))
        };
        self.args.add(FormatArgument { kind: FormatArgumentKind::Captured(ident), expr })
    }
}
