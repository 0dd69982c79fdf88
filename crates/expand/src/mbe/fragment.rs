//! Fragments: what may begin one, and how far it reaches.

use ast::token::{InvisibleOrigin, MetaVarKind, NonterminalKind, NtExprKind, Token, TokenKind};
use ast::tokenstream::{Spacing, TokenStream, TokenStreamBuilder};
use session::Session;
use span::{ErrorGuaranteed, Span, kw};

/// A matched fragment: a range of the input's buffer.
#[derive(Clone, Debug)]
pub(super) struct Fragment {
    pub kind: FragmentKind,
    pub start: u32,
    pub end: u32,
    pub span: Span,
}

/// How a fragment is substituted.
#[derive(Clone, Copy, Debug)]
pub(super) enum FragmentKind {
    /// As its tokens: `tt`, and what is in invisible brackets already.
    Tokens,
    /// As its one token: `ident`, `lifetime`.
    Name,
    /// In invisible brackets.
    Nt(MetaVarKind),
}

/// Whether a fragment of this kind may begin with this token: what the matcher decides by.
pub(super) fn may_begin(kind: NonterminalKind, token: &Token) -> bool {
    use NonterminalKind as Nt;
    let metavar = token.is_metavar_seq();
    match kind {
        Nt::Expr(NtExprKind::Expr2021 { .. }) => {
            (token.can_begin_expr()) && !token.is_keyword(kw::Let) && !token.is_keyword(kw::Const)
        }
        Nt::Expr(NtExprKind::Expr) => {
            (token.can_begin_expr() || token.is_keyword(kw::Underscore)) && !token.is_keyword(kw::Let)
        }
        Nt::Ty => token.can_begin_type(),
        Nt::Ident => is_macro_ident(token),
        Nt::Literal => token.can_begin_literal_maybe_minus(),
        Nt::Vis => match token.kind {
            TokenKind::Comma | TokenKind::Ident(..) | TokenKind::OpenInvisible(InvisibleOrigin::MetaVar(_)) => true,
            _ => token.can_begin_type(),
        },
        Nt::Block => match token.kind {
            TokenKind::OpenBrace => true,
            _ => matches!(
                metavar,
                Some(MetaVarKind::Block | MetaVarKind::Stmt | MetaVarKind::Expr { .. } | MetaVarKind::Literal)
            ),
        },
        Nt::Path | Nt::Meta => match token.kind {
            TokenKind::PathSep | TokenKind::Ident(..) => true,
            _ => metavar.is_some_and(may_be_ident),
        },
        Nt::Pat(pat_kind) => token.can_begin_pattern(pat_kind),
        Nt::Lifetime => token.is_lifetime(),
        Nt::TT | Nt::Item | Nt::Stmt => token.kind.close_delim().is_none() && token.kind != TokenKind::Eof,
    }
}

fn may_be_ident(kind: MetaVarKind) -> bool {
    match kind {
        MetaVarKind::Stmt
        | MetaVarKind::Pat(_)
        | MetaVarKind::Expr { .. }
        | MetaVarKind::Ty { .. }
        | MetaVarKind::Literal
        | MetaVarKind::Meta { .. }
        | MetaVarKind::Path => true,
        MetaVarKind::Item
        | MetaVarKind::Block
        | MetaVarKind::Vis
        | MetaVarKind::Ident
        | MetaVarKind::Lifetime
        | MetaVarKind::TT => false,
    }
}

/// An identifier or keyword other than `_`.
fn is_macro_ident(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Ident(name, _) if name != kw::Underscore)
}

/// Parses a fragment that begins at `pos`; `decl` is the metavariable's place, for errors. A token that belongs to the fragment
/// only in part is split in the input, of which nothing before it changes.
pub(super) fn parse_fragment(
    sess: &Session,
    input: &mut TokenStream,
    pos: usize,
    kind: NonterminalKind,
    decl: Span,
) -> Result<Fragment, ErrorGuaranteed> {
    let buffer = input.buffer();
    let stop = input.range().end;
    let one = |kind: FragmentKind, end: usize| Fragment {
        kind,
        start: pos as u32,
        end: end as u32,
        span: if end == pos { buffer.span(pos).shrink_to_lo() } else { buffer.span(pos).to(buffer.span(end - 1)) },
    };
    // What needs no parser.
    match kind {
        NonterminalKind::TT => {
            let end = if buffer.kind(pos).is_open_delim() { buffer.close_of(pos) + 1 } else { pos + 1 };
            return Ok(one(FragmentKind::Tokens, end));
        }
        NonterminalKind::Ident | NonterminalKind::Lifetime => return Ok(one(FragmentKind::Name, pos + 1)),
        _ => {}
    }
    if let Some(fragment) = simple_expr(input, pos, kind) {
        return Ok(one(FragmentKind::Nt(fragment), pos + 1));
    }
    let eof = input.span().map_or(span::DUMMY_SP, |s| s.shrink_to_hi());
    match parser::parse_nonterminal(sess, buffer, pos, stop, eof, kind) {
        Ok(parser::ParsedNt { result, end, split }) => {
            let Some(meta) = result.metavar_kind() else { return Ok(one(FragmentKind::Tokens, end)) };
            if let Some((first, rest)) = split {
                let fragment = Fragment {
                    kind: FragmentKind::Nt(meta),
                    start: pos as u32,
                    end: end as u32 + 1,
                    span: buffer.span(pos).to(first.span),
                };
                *input = split_token(input, end, first, rest);
                return Ok(fragment);
            }
            // A fragment of a fragment of the same kind keeps its brackets.
            let wrapped = end > pos
                && matches!(buffer.kind(pos), TokenKind::OpenInvisible(InvisibleOrigin::MetaVar(inner))
                    if std::mem::discriminant(&inner) == std::mem::discriminant(&meta))
                && buffer.close_of(pos) + 1 == end;
            let kind = if wrapped { FragmentKind::Tokens } else { FragmentKind::Nt(meta) };
            Ok(one(kind, end))
        }
        Err(mut err) => {
            err.span_label(decl, format!("while parsing argument for this `{kind}` macro fragment"));
            Err(err.emit())
        }
    }
}

/// The stream with two tokens instead of the one at `at`. Positions before it stay.
fn split_token(input: &TokenStream, at: usize, first: Token, rest: Token) -> TokenStream {
    let old = input.buffer();
    let range = input.range();
    let mut builder = TokenStreamBuilder::with_capacity(range.end + 1);
    // What is before the stream is kept, so that positions are the same; its brackets need not balance.
    for _ in 0..range.start {
        builder.push_token(TokenKind::Eof, span::DUMMY_SP, Spacing::Alone);
    }
    for i in range.clone() {
        let token = old.token(i);
        if i == at {
            builder.push_token(first.kind, first.span, Spacing::Joint);
            builder.push_token(rest.kind, rest.span, old.spacing(i));
        } else if let Some(delim) = token.kind.open_delim() {
            builder.open_delim(delim, token.span, old.spacing(i));
        } else if token.kind.close_delim().is_some() {
            builder.close_delim(token.span, old.spacing(i));
        } else {
            builder.push_token(token.kind, token.span, old.spacing(i));
        }
    }
    TokenStream::from_range(builder.build().buffer(), range.start, range.end + 1)
}

/// An expression that is one token, as most are.
fn simple_expr(input: &TokenStream, pos: usize, kind: NonterminalKind) -> Option<MetaVarKind> {
    let NonterminalKind::Expr(expr_kind) = kind else { return None };
    let buffer = input.buffer();
    let token = buffer.token(pos);
    let is_lit = match token.kind {
        TokenKind::Literal(lit) => lit.suffix.is_none(),
        TokenKind::Ident(..) => {
            if !token.is_non_reserved_ident() {
                return None;
            }
            false
        }
        _ => return None,
    };
    let next = (pos + 1 < input.range().end).then(|| buffer.kind(pos + 1));
    if !matches!(next, None | Some(TokenKind::Comma | TokenKind::Semi | TokenKind::FatArrow))
        && next.is_none_or(|kind| kind.close_delim().is_none())
    {
        return None;
    }
    if matches!(token.kind, TokenKind::Literal(lit) if matches!(lit.kind, ast::token::LitKind::Err(_))) {
        return None;
    }
    Some(MetaVarKind::Expr { kind: expr_kind, can_begin_literal_maybe_minus: is_lit, can_begin_string_literal: is_lit })
}
