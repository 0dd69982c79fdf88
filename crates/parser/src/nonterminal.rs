//! Fragments for macro matchers: `$x:expr` and so on, from any place of a token buffer.

use std::rc::Rc;

use ast::token::{IdentIsRaw, InvisibleOrigin, MetaVarKind, NonterminalKind, NtExprKind, NtPatKind, Token, TokenKind};
use ast::tokenstream::{TokenBuffer, TokenStream, TokenTree};
use ast::{AttrItem, Block, Expr, ExprKind, Item, P, Pat, Path, Stmt, Ty, Visibility};
use session::Session;
use span::{Ident, Span, kw};

use crate::item::FollowedByType;
use crate::parser::{PResult, Parser};
use crate::pat::{CommaRecoveryMode, RecoverColon, RecoverComma};
use crate::path::PathStyle;

/// A parsed fragment.
#[derive(Clone, Debug)]
pub enum ParseNtResult {
    Tt(TokenTree),
    Ident(Ident, IdentIsRaw),
    Lifetime(Ident, IdentIsRaw),
    Item(P<Item>),
    Block(P<Block>),
    Stmt(P<Stmt>),
    Pat(P<Pat>, NtPatKind),
    Expr(P<Expr>, NtExprKind),
    Literal(P<Expr>),
    Ty(P<Ty>),
    Meta(P<AttrItem>),
    Path(P<Path>),
    Vis(P<Visibility>),
}

impl ParseNtResult {
    /// What the invisible brackets around the fragment's tokens say of it; `None` if it stands without (tt, ident, lifetime).
    pub fn metavar_kind(&self) -> Option<MetaVarKind> {
        Some(match self {
            ParseNtResult::Tt(_) | ParseNtResult::Ident(..) | ParseNtResult::Lifetime(..) => return None,
            ParseNtResult::Item(_) => MetaVarKind::Item,
            ParseNtResult::Block(_) => MetaVarKind::Block,
            ParseNtResult::Stmt(_) => MetaVarKind::Stmt,
            ParseNtResult::Pat(_, kind) => MetaVarKind::Pat(*kind),
            ParseNtResult::Expr(expr, kind) => {
                let (can_begin_literal_maybe_minus, can_begin_string_literal) = match &expr.kind {
                    ExprKind::Lit(_) => (true, true),
                    ExprKind::Unary(ast::UnOp::Neg, e) if matches!(e.kind, ExprKind::Lit(_)) => (true, false),
                    _ => (false, false),
                };
                MetaVarKind::Expr { kind: *kind, can_begin_literal_maybe_minus, can_begin_string_literal }
            }
            ParseNtResult::Literal(_) => MetaVarKind::Literal,
            ParseNtResult::Ty(ty) => MetaVarKind::Ty { is_path: matches!(&ty.kind, ast::TyKind::Path(None, _)) },
            ParseNtResult::Meta(item) => MetaVarKind::Meta {
                has_meta_form: match &item.args {
                    ast::AttrArgs::Empty => true,
                    ast::AttrArgs::Delimited(_) => true,
                    ast::AttrArgs::Eq { expr, .. } => matches!(expr.kind, ExprKind::Lit(_)),
                },
            },
            ParseNtResult::Path(_) => MetaVarKind::Path,
            ParseNtResult::Vis(_) => MetaVarKind::Vis,
        })
    }
}

/// A fragment and where it ends.
pub struct ParsedNt {
    pub result: ParseNtResult,
    /// The position of the token behind it.
    pub end: usize,
    /// If that token is split, `>>` behind a type's last argument: its part that belongs to the fragment, and the rest.
    pub split: Option<(Token, Token)>,
}

/// Parses a fragment from `pos` of a buffer whose tokens up to `end` are given.
///
/// Errors are emitted by the caller: a matcher that has only this way to go on reports it.
pub fn parse_nonterminal<'a>(
    sess: &'a Session,
    buffer: &Rc<TokenBuffer>,
    pos: usize,
    end: usize,
    eof_span: Span,
    kind: NonterminalKind,
) -> PResult<'a, ParsedNt> {
    let mut parser = Parser::at(sess, Rc::clone(buffer), pos, end, eof_span);
    let result = parser.parse_nonterminal(kind)?;
    Ok(ParsedNt { result, end: parser.position(), split: parser.split_token() })
}

/// May a fragment of this kind begin with the token? (The first token of the fragment, the one behind it.)
pub fn nonterminal_may_begin(kind: NonterminalKind, token: &Token, next: &Token) -> bool {
    // A fragment in invisible brackets may be an expression: not an identifier, a literal...
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
    match kind {
        // `expr_2021` leaves out `_` and `const {}`.
        NonterminalKind::Expr(NtExprKind::Expr2021 { .. }) => {
            token.can_begin_expr() && !token.is_keyword(kw::Let) && !token.is_keyword(kw::Const)
                || token.is_keyword(kw::Const) && matches!(next.kind, TokenKind::Or | TokenKind::OrOr)
        }
        NonterminalKind::Expr(NtExprKind::Expr) => {
            (token.can_begin_expr() || token.is_keyword(kw::Underscore)) && !token.is_keyword(kw::Let)
        }
        NonterminalKind::Ty => token.can_begin_type(),
        NonterminalKind::Ident => ident_of(token).is_some(),
        NonterminalKind::Lifetime => matches!(
            token.kind,
            TokenKind::Lifetime(..) | TokenKind::OpenInvisible(InvisibleOrigin::MetaVar(MetaVarKind::Lifetime))
        ),
        NonterminalKind::Literal => token.can_begin_literal_maybe_minus(),
        NonterminalKind::Vis => match token.kind {
            // Empty unless `pub` stands there.
            TokenKind::Comma => false,
            TokenKind::Ident(name, IdentIsRaw::No) if name != kw::Priv => true,
            TokenKind::Ident(_, raw) => raw == IdentIsRaw::No,
            _ => token.can_begin_type(),
        },
        NonterminalKind::Block => match token.kind {
            TokenKind::OpenBrace => true,
            TokenKind::OpenInvisible(InvisibleOrigin::MetaVar(kind)) => {
                matches!(kind, MetaVarKind::Block | MetaVarKind::Stmt | MetaVarKind::Expr { .. } | MetaVarKind::Literal)
            }
            _ => false,
        },
        NonterminalKind::Path | NonterminalKind::Meta => match token.kind {
            TokenKind::PathSep | TokenKind::Ident(..) => true,
            TokenKind::OpenInvisible(InvisibleOrigin::MetaVar(kind)) => may_be_ident(kind),
            _ => false,
        },
        NonterminalKind::Pat(kind) => token.can_begin_pattern(kind),
        NonterminalKind::TT | NonterminalKind::Item | NonterminalKind::Stmt => {
            token.kind.close_delim().is_none() && token.kind != TokenKind::Eof
        }
    }
}

fn ident_of(token: &Token) -> Option<(Ident, IdentIsRaw)> {
    token.ident().filter(|(ident, _)| ident.name != kw::Underscore)
}

impl<'a> Parser<'a> {
    /// Forgets what was expected at this place: the next error lists only what is asked for from here on.
    pub fn forget_expected(&mut self) {
        self.expected.clear();
    }

    pub fn parse_nonterminal(&mut self, kind: NonterminalKind) -> PResult<'a, ParseNtResult> {
        let recovery = std::mem::replace(&mut self.recovery, false);
        let result = self.parse_nonterminal_inner(kind);
        self.recovery = recovery;
        result
    }

    fn expected_fragment<R>(&mut self, what: &str) -> PResult<'a, R> {
        let msg = format!("expected {what}, found {}", crate::diagnostics::token_descr(&self.token));
        Err(self.dcx().struct_span_err(self.token.span, msg))
    }

    fn parse_nonterminal_inner(&mut self, kind: NonterminalKind) -> PResult<'a, ParseNtResult> {
        Ok(match kind {
            NonterminalKind::TT => ParseNtResult::Tt(self.parse_token_tree()),
            NonterminalKind::Item => match self.parse_item()? {
                Some(item) => ParseNtResult::Item(item),
                None => {
                    let err = self.dcx().struct_span_err(self.token.span, "expected an item keyword");
                    return Err(err);
                }
            },
            NonterminalKind::Block => ParseNtResult::Block(self.parse_block_fragment()?),
            NonterminalKind::Stmt => match self.parse_stmt_without_recovery()? {
                Some(stmt) => ParseNtResult::Stmt(P(stmt)),
                None => {
                    let err = self.dcx().struct_span_err(self.token.span, "expected a statement");
                    return Err(err);
                }
            },
            NonterminalKind::Pat(pat_kind) => ParseNtResult::Pat(
                match pat_kind {
                    NtPatKind::PatParam { .. } => self.parse_pat_no_top_alt(None)?,
                    NtPatKind::PatWithOr => self.parse_pat_no_top_guard(
                        None,
                        RecoverComma::No,
                        RecoverColon::No,
                        CommaRecoveryMode::EitherTupleOrPipe,
                    )?,
                },
                pat_kind,
            ),
            NonterminalKind::Expr(expr_kind) => ParseNtResult::Expr(self.parse_expr()?, expr_kind),
            NonterminalKind::Literal => ParseNtResult::Literal(self.parse_literal_maybe_minus()?),
            NonterminalKind::Ty => ParseNtResult::Ty(self.parse_ty_no_question_mark_recover()?),
            NonterminalKind::Ident => match ident_of(&self.token) {
                Some((ident, is_raw)) => {
                    self.bump();
                    ParseNtResult::Ident(ident, is_raw)
                }
                None => return self.expected_fragment("identifier"),
            },
            NonterminalKind::Path => ParseNtResult::Path(P(self.parse_path(PathStyle::Type)?)),
            NonterminalKind::Meta => ParseNtResult::Meta(P(self.parse_attr_item()?)),
            NonterminalKind::Vis => ParseNtResult::Vis(P(self.parse_visibility(FollowedByType::Yes)?)),
            NonterminalKind::Lifetime => match self.token.lifetime() {
                Some((ident, is_raw)) => {
                    self.bump();
                    ParseNtResult::Lifetime(ident, is_raw)
                }
                None => return self.expected_fragment("a lifetime"),
            },
        })
    }

    /// A block as a fragment: an expression that is one, too.
    fn parse_block_fragment(&mut self) -> PResult<'a, P<Block>> {
        if let Some(MetaVarKind::Expr { .. } | MetaVarKind::Stmt | MetaVarKind::Literal) = self.metavar() {
            return self.in_metavar(Self::parse_block_fragment);
        }
        self.parse_block()
    }
}

/// What a macro returned, as a stream for the parser.
pub fn parser_for<'a>(sess: &'a Session, stream: TokenStream, name: Option<&'static str>) -> Parser<'a> {
    let mut parser = Parser::new(sess, stream);
    parser.subparser_name = name;
    parser
}
