//! Fragments: what may begin one, and how far it reaches.

use ast::token::{
    InvisibleOrigin, MetaVarKind, NonterminalKind, NtExprKind, NtPatKind, Token, TokenKind,
};
use ast::tokenstream::TokenStream;
use ast::{ExprKind, TyKind, UnOp};
use parser::Parser;
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
    /// As its tokens: `tt`, `ident`, `lifetime`, and what is in invisible brackets already.
    Tokens,
    /// In invisible brackets.
    Nt(MetaVarKind),
}

/// Whether a fragment of this kind may begin with this token: what the matcher decides by.
pub(super) fn may_begin(kind: NonterminalKind, token: &Token) -> bool {
    use NonterminalKind as Nt;
    let metavar = token.is_metavar_seq();
    match kind {
        Nt::Expr(NtExprKind::Expr2021 { .. }) => {
            (token.can_begin_expr())
                && !token.is_keyword(kw::Let)
                && !token.is_keyword(kw::Const)
        }
        Nt::Expr(NtExprKind::Expr) => {
            (token.can_begin_expr() || token.is_keyword(kw::Underscore))
                && !token.is_keyword(kw::Let)
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

/// Parses a fragment that begins at `pos`; `decl` is the metavariable's place, for errors.
pub(super) fn parse_fragment(
    sess: &Session,
    input: &TokenStream,
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
        NonterminalKind::Ident | NonterminalKind::Lifetime => return Ok(one(FragmentKind::Tokens, pos + 1)),
        _ => {}
    }
    if let Some(fragment) = simple_expr(input, pos, kind) {
        return Ok(one(FragmentKind::Nt(fragment), pos + 1));
    }
    let eof = input.span().map_or(span::DUMMY_SP, |s| s.shrink_to_hi());
    let mut parser = Parser::at(sess, buffer.clone(), pos, stop, eof);
    parser.set_subparser_name("macro arguments");
    match parse_nonterminal(&mut parser, kind) {
        Ok(meta) => {
            let end = parser.position();
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
        && !next.is_some_and(|kind| kind.close_delim().is_some())
    {
        return None;
    }
    if matches!(token.kind, TokenKind::Literal(lit) if matches!(lit.kind, ast::token::LitKind::Err(_))) {
        return None;
    }
    Some(MetaVarKind::Expr {
        kind: expr_kind,
        can_begin_literal_maybe_minus: is_lit,
        can_begin_string_literal: is_lit && is_string(&token),
    })
}

fn is_string(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Literal(lit)
        if matches!(lit.kind, ast::token::LitKind::Str | ast::token::LitKind::StrRaw(_)))
}

fn parse_nonterminal<'a>(
    parser: &mut Parser<'a>,
    kind: NonterminalKind,
) -> parser::PResult<'a, MetaVarKind> {
    Ok(match kind {
        NonterminalKind::Item => match parser.parse_item()? {
            Some(_) => MetaVarKind::Item,
            None => return Err(parser.dcx().struct_span_err(parser.token.span, "expected an item keyword")),
        },
        NonterminalKind::Block => {
            parser.parse_block()?;
            MetaVarKind::Block
        }
        NonterminalKind::Stmt => match parser.parse_stmt()? {
            Some(_) => MetaVarKind::Stmt,
            None => return Err(parser.dcx().struct_span_err(parser.token.span, "expected a statement")),
        },
        NonterminalKind::Pat(pat_kind) => {
            match pat_kind {
                NtPatKind::PatParam { .. } => parser.parse_pat_no_top_alt_in_macro()?,
                NtPatKind::PatWithOr => parser.parse_pat_no_top_guard_in_macro()?,
            };
            MetaVarKind::Pat(pat_kind)
        }
        NonterminalKind::Expr(expr_kind) => {
            let begins_string = parser.token.can_begin_string_literal();
            let expr = parser.parse_expr_force_collect()?;
            let is_literal = match &expr.kind {
                ExprKind::Lit(_) => true,
                ExprKind::Unary(UnOp::Neg, inner) => matches!(inner.kind, ExprKind::Lit(_)),
                _ => false,
            };
            let is_string = matches!(&expr.kind, ExprKind::Lit(lit)
                if matches!(lit.kind, ast::token::LitKind::Str | ast::token::LitKind::StrRaw(_)));
            MetaVarKind::Expr {
                kind: expr_kind,
                can_begin_literal_maybe_minus: is_literal,
                can_begin_string_literal: begins_string && is_string,
            }
        }
        NonterminalKind::Literal => {
            parser.parse_literal_maybe_minus()?;
            MetaVarKind::Literal
        }
        NonterminalKind::Ty => {
            let ty = parser.parse_ty_no_question_mark_recover()?;
            MetaVarKind::Ty { is_path: matches!(ty.kind, TyKind::Path(..)) }
        }
        NonterminalKind::Path => {
            parser.parse_path(parser::PathStyle::Type)?;
            MetaVarKind::Path
        }
        NonterminalKind::Meta => {
            let item = parser.parse_attr_item()?;
            MetaVarKind::Meta { has_meta_form: item.meta(parser.token.span).is_some() }
        }
        NonterminalKind::Vis => {
            parser.parse_visibility_in_macro()?;
            MetaVarKind::Vis
        }
        NonterminalKind::Ident | NonterminalKind::Lifetime | NonterminalKind::TT => {
            unreachable!("needs no parser")
        }
    })
}
