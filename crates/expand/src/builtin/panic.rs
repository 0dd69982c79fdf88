//! `panic!` and `unreachable!`, whose meaning depends on the caller's edition; `assert!`.

use ast::token::{Delimiter, LitKind, TokenKind};
use ast::tokenstream::{DelimSpan, TokenStream};
use ast::{BlockCheckMode, DelimArgs, Expr, ExprKind, MacCall, P, Path, PathSegment, UnOp};
use diagnostics::{Applicability, Diag};
use parser::token_type::TokenType;
use span::{Ident, Span, Symbol, sym};
use thin_vec::thin_vec;

use super::build;
use crate::base::{ExpandResult, ExpansionCx, MacResult};

/// `panic!(..)` becomes `$crate::panic::panic_20xx!(..)`.
pub(crate) fn expand_panic(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let name = if use_panic_2021(sp) { sym::panic_2021 } else { sym::panic_2015 };
    expand_to(cx, name, sp, tokens)
}

/// `unreachable!(..)` becomes `$crate::panic::unreachable_20xx!(..)`.
pub(crate) fn expand_unreachable(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let name = if use_panic_2021(sp) { sym::unreachable_2021 } else { sym::unreachable_2015 };
    expand_to(cx, name, sp, tokens)
}

fn expand_to(cx: &ExpansionCx<'_>, name: Symbol, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let span = cx.with_call_site_ctxt(sp);
    let def_site = cx.with_def_site_ctxt(sp);
    let idents = build::std_path(def_site, &[sym::panic, name]);
    let segments = idents.into_iter().map(PathSegment::from_ident).collect();
    ExpandResult::Ready(MacResult::Expr(macro_call(span, Path { span, segments }, tokens)))
}

fn macro_call(span: Span, path: Path, tokens: TokenStream) -> P<Expr> {
    let args = DelimArgs { dspan: DelimSpan::from_single(span), delim: Delimiter::Parenthesis, tokens };
    build::expr(span, ExprKind::MacCall(P(MacCall { path, args: P(args) })))
}

/// The edition of the first caller that is no library macro which merely passes a panic on.
fn use_panic_2021(mut span: Span) -> bool {
    loop {
        let data = span.ctxt().outer_expn_data();
        if data.allow_internal_unstable.as_ref().is_some_and(|f| f.contains(&sym::edition_panic)) {
            span = data.call_site;
            continue;
        }
        return data.edition.at_least_rust_2021();
    }
}

/// `assert!(cond, message..)` becomes `if !cond { panic }`.
pub(crate) fn expand_assert(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let (cond, message) = match parse_assert(cx, sp, &tokens) {
        Ok(parsed) => parsed,
        Err(err) => return ExpandResult::Ready(MacResult::Dummy(sp, err.emit())),
    };
    let use_2021 = use_panic_2021(sp);
    let call_site = cx.with_call_site_ctxt(sp);
    let span = cx.with_def_site_ctxt(sp);
    let panic = match message {
        Some(tokens) => {
            // Before 2021 it is whatever `panic!` is in scope, of `core` or of `std`.
            let path = if use_2021 {
                let idents = build::std_path(span, &[sym::panic, sym::panic_2021]);
                Path { span: call_site, segments: idents.into_iter().map(PathSegment::from_ident).collect() }
            } else {
                Path::from_ident(Ident::new(sym::panic, call_site))
            };
            macro_call(call_site, path, tokens)
        }
        None => {
            let text = format!("assertion failed: {}", ast::pretty::expr_to_string(&cond));
            let f = build::std_path(span, &[sym::panicking, sym::panic]);
            let arg = build::expr_str(call_site, Symbol::intern(&text));
            let f = build::expr_path(build::path(call_site, f));
            build::expr_call(call_site, f, thin_vec![arg])
        }
    };
    let not = build::expr(span, ExprKind::Unary(UnOp::Not, cond));
    let mut then = build::block_expr(panic);
    then.rules = BlockCheckMode::Default;
    ExpandResult::Ready(MacResult::Expr(build::expr(span, ExprKind::If(not, then, None))))
}

fn parse_assert<'a>(
    cx: &ExpansionCx<'a>,
    sp: Span,
    tokens: &TokenStream,
) -> Result<(P<Expr>, Option<TokenStream>), Diag<'a>> {
    let dcx = &cx.sess.dcx;
    let mut parser = cx.parser(tokens);
    if parser.token.kind == TokenKind::Eof {
        return Err(dcx
            .struct_span_err(sp, "macro requires a boolean expression as an argument")
            .with_span_label(sp, "boolean expression required"));
    }
    let cond = parser.parse_expr()?;
    if parser.token.kind == TokenKind::Semi {
        // `assert!(true;);` was accepted once.
        let semi = parser.token.span;
        dcx.struct_span_err(sp, "macro requires an expression as an argument")
            .with_span_suggestion(semi, "try removing semicolon", "", Applicability::MaybeIncorrect)
            .emit();
        parser.bump();
    }
    let is_str = matches!(parser.token.kind,
        TokenKind::Literal(lit) if matches!(lit.kind, LitKind::Str | LitKind::StrRaw(_)));
    let message = if is_str {
        let comma = parser.prev_token.span.shrink_to_hi();
        dcx.struct_span_err(parser.token.span, "unexpected string literal")
            .with_span_suggestion_short(comma, "try adding a comma", ", ", Applicability::MaybeIncorrect)
            .emit();
        Some(parser.parse_tokens())
    } else if parser.eat(TokenType::Comma) {
        Some(parser.parse_tokens())
    } else {
        None
    };
    if parser.token.kind != TokenKind::Eof {
        return parser.unexpected();
    }
    Ok((cond, message.filter(|tokens| !tokens.is_empty())))
}
