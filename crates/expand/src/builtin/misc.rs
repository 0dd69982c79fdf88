//! `cfg!`, `cfg_select!`, `trace_macros!`, `log_syntax!`, `pattern_type!`.

use ast::token::TokenKind;
use ast::tokenstream::{TokenStream, TokenTree};
use ast::{AnonConst, DUMMY_NODE_ID, MetaItemInner, P, PatKind, RangeEnd, TyKind, TyPat, TyPatKind};
use diagnostics::Diag;
use parser::pat::{CommaRecoveryMode, RecoverColon, RecoverComma};
use parser::token_type::TokenType;
use span::{ErrorGuaranteed, Span, respan};

use super::build;
use crate::base::{ExpandResult, ExpansionCx, MacResult, ParserTokens};
use crate::cfg::{CfgPlace, StripUnconfigured, eval_cfg};

/// `cfg!(predicate)`
pub(crate) fn expand_cfg(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let place = CfgPlace::cfg_macro(sp);
    let result = parse_cfg(cx, sp, &tokens).and_then(|predicate| {
        let strip = StripUnconfigured::new(cx.sess, cx.current_expansion.lint_node_id);
        eval_cfg(&strip, &predicate, &place)
    });
    let def_site = cx.with_def_site_ctxt(sp);
    ExpandResult::Ready(match result {
        Ok(value) => MacResult::Expr(build::expr_bool(def_site, value)),
        Err(guar) => MacResult::Dummy(def_site, guar),
    })
}

fn parse_cfg(cx: &ExpansionCx<'_>, sp: Span, tokens: &TokenStream) -> Result<MetaItemInner, ErrorGuaranteed> {
    let dcx = &cx.sess.dcx;
    let mut parser = cx.parser(tokens);
    if parser.token.kind == TokenKind::Eof {
        return Err(dcx
            .struct_span_err(sp, "macro requires a cfg-pattern as an argument")
            .with_span_label(sp, "cfg-pattern required")
            .emit());
    }
    let predicate = parser.parse_meta_item_inner().map_err(Diag::emit)?;
    let _ = parser.eat(TokenType::Comma);
    if parser.token.kind != TokenKind::Eof {
        return Err(dcx.span_err(sp, "expected 1 cfg-pattern"));
    }
    Ok(predicate)
}

/// `cfg_select! { predicate => { tokens } _ => { tokens } }`
pub(crate) fn expand_cfg_select(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let selected = match select(cx, &tokens) {
        Ok(selected) => selected,
        Err(guar) => return ExpandResult::Ready(MacResult::Dummy(sp, guar)),
    };
    ExpandResult::Ready(match selected {
        Some((tokens, arm_span)) => {
            MacResult::Tokens(ParserTokens { tokens, site_span: sp, arm_span, macro_ident: None, is_local: false })
        }
        None => {
            let message = "none of the predicates in this `cfg_select` evaluated to true";
            MacResult::Dummy(sp, cx.sess.dcx.span_err(sp, message))
        }
    })
}

fn select(cx: &ExpansionCx<'_>, tokens: &TokenStream) -> Result<Option<(TokenStream, Span)>, ErrorGuaranteed> {
    let strip = StripUnconfigured::new(cx.sess, cx.current_expansion.lint_node_id);
    let mut parser = cx.parser(tokens);
    let mut selected = None;
    let mut wildcard: Option<Span> = None;
    while parser.token.kind != TokenKind::Eof {
        let start = parser.token.span;
        let holds = if parser.token.is_keyword(span::kw::Underscore) {
            parser.bump();
            if wildcard.is_none() {
                wildcard = Some(start);
            }
            true
        } else {
            let predicate = parser.parse_meta_item_inner().map_err(Diag::emit)?;
            let place = CfgPlace::cfg_macro(predicate.span());
            eval_cfg(&strip, &predicate, &place)?
        };
        if let Err(err) = parser.expect(TokenType::FatArrow) {
            return Err(err.emit());
        }
        let tokens = match &parser.token.kind {
            TokenKind::OpenBrace => {
                let TokenTree::Delimited(.., inner) = parser.parse_token_tree() else {
                    unreachable!("an opening brace is here")
                };
                let _ = parser.eat(TokenType::Comma);
                inner
            }
            _ => {
                let from = parser.position();
                parser.parse_expr().map_err(Diag::emit)?;
                let tokens = TokenStream::from_range(tokens.buffer(), from, parser.position());
                if parser.token.kind != TokenKind::Eof
                    && let Err(err) = parser.expect(TokenType::Comma)
                {
                    return Err(err.emit());
                }
                tokens
            }
        };
        if holds && selected.is_none() {
            selected = Some((tokens, start));
        }
    }
    Ok(selected)
}

/// `trace_macros!(true)`
pub(crate) fn expand_trace_macros(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let mut iter = tokens.iter();
    let value = match (iter.next(), iter.next()) {
        (Some(TokenTree::Token(token, _)), None) if token.is_keyword(span::kw::True) => Some(true),
        (Some(TokenTree::Token(token, _)), None) if token.is_keyword(span::kw::False) => Some(false),
        _ => None,
    };
    ExpandResult::Ready(match value {
        Some(value) => {
            cx.trace_macros = value;
            MacResult::Empty(sp)
        }
        None => {
            let guar = cx.sess.dcx.span_err(sp, "trace_macros! accepts only `true` or `false`");
            MacResult::Dummy(sp, guar)
        }
    })
}

/// `log_syntax!(tokens)`: rustc prints them; here they are a note, for the compiler has no output of its own.
pub(crate) fn expand_log_syntax(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    cx.sess.dcx.note(ast::pretty::tts_to_string(&tokens));
    ExpandResult::Ready(MacResult::Empty(sp))
}

/// `pattern_type!(u32 is 1..)`
pub(crate) fn expand_pattern_type(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let mut parser = cx.parser(&tokens);
    let mut parse = || {
        let ty = parser.parse_ty()?;
        let is_word = parser.token.is_ident_named(span::Symbol::intern("is"));
        if !is_word {
            return parser.unexpected();
        }
        parser.bump();
        // `!null`
        let start = parser.token.span;
        if parser.token.kind == TokenKind::Bang
            && parser.look_ahead(1, |t| t.is_ident_named(span::Symbol::intern("null")))
        {
            parser.bump();
            parser.bump();
            if parser.token.kind != TokenKind::Eof {
                return parser.unexpected();
            }
            let span = start.to(parser.prev_token.span);
            return Ok((ty, TyPat { id: DUMMY_NODE_ID, kind: TyPatKind::NotNull, span }));
        }
        let pat = parser.parse_pat_no_top_guard(
            None,
            RecoverComma::No,
            RecoverColon::No,
            CommaRecoveryMode::EitherTupleOrPipe,
        )?;
        if parser.token.kind != TokenKind::Eof {
            return parser.unexpected();
        }
        Ok((ty, ty_pat(cx.sess, *pat)))
    };
    let parsed: Result<_, Diag<'_>> = parse();
    ExpandResult::Ready(match parsed {
        Ok((ty, pat)) => MacResult::Ty(build::ty(sp, TyKind::Pat(ty, P(pat)))),
        Err(err) => MacResult::Dummy(sp, err.emit()),
    })
}

fn ty_pat(sess: &session::Session, pat: ast::Pat) -> TyPat {
    let anon = |value| P(AnonConst { id: DUMMY_NODE_ID, value });
    let kind = match pat.kind {
        PatKind::Range(start, end, limits) => TyPatKind::Range(start.map(anon), end.map(anon), limits),
        PatKind::Or(pats) => TyPatKind::Or(pats.into_iter().map(|p| P(ty_pat(sess, *p))).collect()),
        PatKind::Expr(e) => TyPatKind::Range(
            Some(anon(e.clone())),
            Some(anon(e)),
            respan(pat.span, RangeEnd::Included(ast::RangeSyntax::DotDotEq)),
        ),
        PatKind::Err(guar) => TyPatKind::Err(guar),
        _ => TyPatKind::Err(sess.dcx.span_err(pat.span, "pattern not supported in pattern types")),
    };
    TyPat { id: DUMMY_NODE_ID, kind, span: pat.span }
}

/// A macro of an experiment that is not supported.
pub(crate) fn expand_unsupported(cx: &mut ExpansionCx<'_>, sp: Span, _tokens: TokenStream) -> ExpandResult<MacResult> {
    let name = cx.current_expansion.id.expn_data().kind.descr();
    ExpandResult::Ready(MacResult::Dummy(sp, cx.sess.dcx.span_unsupported(sp, &format!("`{name}`"))))
}
