//! Reads one side of a macro rule: finds `$x:kind`, `$x`, `$(..)*`, `${..}` and `$crate` among its tokens.

use ast::token::{Delimiter, IdentIsRaw, NonterminalKind, Token, TokenKind};
use ast::tokenstream::{DelimSpan, Spacing, TokenStream, TokenTree as AstTree, TokenTreeIter};
use diagnostics::Applicability;
use session::{Session, feature_err};
use span::{Edition, Ident, Span, kw, sym};

use super::metavar_expr::MetaVarExpr;
use super::{KleeneOp, SequenceRepetition, TokenTree, count_metavar_decls};

const VALID_FRAGMENT_NAMES: &str = "valid fragment specifiers are `ident`, `block`, `stmt`, `expr`, `pat`, `ty`, `lifetime`, \
     `literal`, `path`, `meta`, `tt`, `item` and `vis`, along with `expr_2021` and `pat_param` for edition compatibility";

/// Which side of a rule is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RulePart {
    Pattern,
    Body,
}

/// Reads a side of a rule. `edition` is that of the crate that defines the macro.
pub(super) fn parse(sess: &Session, input: &TokenStream, part: RulePart, edition: Edition) -> Vec<TokenTree> {
    let mut cx = QuotedCx { sess, part, edition };
    cx.parse_stream(input)
}

struct QuotedCx<'a> {
    sess: &'a Session,
    part: RulePart,
    edition: Edition,
}

impl QuotedCx<'_> {
    fn parse_stream(&mut self, input: &TokenStream) -> Vec<TokenTree> {
        let mut result = Vec::with_capacity(input.token_len());
        let mut iter = input.iter();
        loop {
            let index = iter.position();
            let Some(tree) = iter.next() else { return result };
            let tree = self.parse_tree(tree, index, &mut iter);
            if self.part == RulePart::Pattern
                && let TokenTree::MetaVar { span, name } = tree
            {
                result.push(self.parse_decl(span, name, &mut iter));
            } else {
                result.push(tree);
            }
        }
    }

    /// `:kind` behind `$name`.
    fn parse_decl(&mut self, start: Span, name: Ident, iter: &mut TokenTreeIter<'_>) -> TokenTree {
        let missing = |end: Span| {
            let span = start.with_hi(end.hi());
            self.sess
                .dcx
                .struct_span_err(span, "missing fragment specifier")
                .with_note("fragment specifiers must be provided")
                .with_help(VALID_FRAGMENT_NAMES)
                .with_span_suggestion_verbose(
                    span.shrink_to_hi(),
                    "try adding a specifier here",
                    ":spec",
                    Applicability::MaybeIncorrect,
                )
                .emit();
            TokenTree::MetaVarDecl { span, name, kind: NonterminalKind::TT }
        };
        let Some(AstTree::Token(Token { kind: TokenKind::Colon, span: colon }, _)) = iter.peek() else {
            return missing(start);
        };
        iter.next();
        let Some(AstTree::Token(token, _)) = iter.peek() else { return missing(colon) };
        let Some((fragment, _)) = token.ident() else { return missing(colon) };
        iter.next();
        let span = token.span.with_lo(start.lo());
        let edition = || if token.span.ctxt().is_root() { self.edition } else { token.span.edition() };
        let kind = NonterminalKind::from_symbol(fragment.name, edition).unwrap_or_else(|| {
            let mut err =
                self.sess.dcx.struct_span_err(span, format!("invalid fragment specifier `{}`", fragment.name));
            if fragment.name == sym::expr_2021 {
                err.help("fragment specifier `expr_2021` requires Rust 2021 or later\n");
            }
            err.help(VALID_FRAGMENT_NAMES);
            err.emit();
            NonterminalKind::TT
        });
        TokenTree::MetaVarDecl { span, name, kind }
    }

    fn parse_tree(&mut self, tree: AstTree, index: usize, iter: &mut TokenTreeIter<'_>) -> TokenTree {
        match tree {
            AstTree::Token(Token { kind: TokenKind::Dollar, span }, _) => self.parse_dollar(span, iter),
            AstTree::Token(token, spacing) => TokenTree::Token { token, spacing, index: Some(index) },
            AstTree::Delimited(span, spacing, delim, inner) => {
                TokenTree::Delimited { span, spacing, delim, tts: self.parse_stream(&inner), open_index: index }
            }
        }
    }

    fn parse_dollar(&mut self, dollar_span: Span, iter: &mut TokenTreeIter<'_>) -> TokenTree {
        // `$` and an invisible group come out of a nested macro's `$ $x`.
        let mut next = iter.next();
        if let Some(AstTree::Delimited(.., Delimiter::Invisible(_), stream)) = &next
            && stream.len() == 1
        {
            next = stream.iter().next();
        }
        match next {
            Some(AstTree::Delimited(span, _, delim, stream)) => {
                match delim {
                    Delimiter::Brace if self.part == RulePart::Body => {
                        return self.parse_metavar_expr(dollar_span, span, &stream);
                    }
                    Delimiter::Parenthesis => {}
                    _ => {
                        let open = ast::pretty::token_kind_to_string(delim.as_open_token_kind());
                        self.sess.dcx.span_err(span.entire(), format!("expected `(`, found `{open}`"));
                    }
                }
                let tts = self.parse_stream(&stream);
                let (separator, op) = self.parse_sep_and_op(iter, span.entire());
                let num_captures = count_metavar_decls(&tts);
                TokenTree::Sequence { span, seq: SequenceRepetition { tts, separator, op, num_captures } }
            }
            Some(AstTree::Token(token, spacing)) => match token.kind {
                TokenKind::Ident(kw::Crate, IdentIsRaw::No) => TokenTree::Token {
                    token: Token::new(
                        TokenKind::Ident(kw::DollarCrate, IdentIsRaw::No),
                        token.span.with_lo(dollar_span.lo()),
                    ),
                    spacing,
                    index: None,
                },
                TokenKind::Ident(name, _) => {
                    let span = token.span.with_lo(dollar_span.lo());
                    TokenTree::MetaVar { span, name: Ident::new(name, token.span) }
                }
                // `$$` in a body is `$`.
                TokenKind::Dollar if self.part == RulePart::Body => {
                    self.gate_metavar_expr(token.span);
                    TokenTree::Token { token, spacing: Spacing::JointHidden, index: None }
                }
                TokenKind::Dollar => {
                    self.sess.dcx.span_err(token.span, "unexpected token: $");
                    TokenTree::token(TokenKind::Dollar, token.span)
                }
                _ => {
                    let found = ast::pretty::token_to_string(&token);
                    self.sess.dcx.span_err(token.span, format!("expected identifier, found `{found}`"));
                    TokenTree::MetaVar { span: token.span, name: Ident::new(kw::Empty, token.span) }
                }
            },
            None => TokenTree::token(TokenKind::Dollar, dollar_span),
        }
    }

    fn gate_metavar_expr(&self, span: Span) {
        if !self.sess.feature(sym::macro_metavar_expr) && !span.allows_unstable(sym::macro_metavar_expr) {
            feature_err(self.sess, sym::macro_metavar_expr, span, "meta-variable expressions are unstable").emit();
        }
    }

    fn parse_metavar_expr(&mut self, dollar_span: Span, span: DelimSpan, stream: &TokenStream) -> TokenTree {
        match MetaVarExpr::parse(self.sess, stream, span.entire()) {
            Err(err) => {
                err.emit();
                TokenTree::token(TokenKind::Dollar, dollar_span)
            }
            Ok(expr) => {
                match &expr {
                    MetaVarExpr::Concat(_) => {
                        let sp = span.entire();
                        if !self.sess.feature(sym::macro_metavar_expr_concat)
                            && !sp.allows_unstable(sym::macro_metavar_expr_concat)
                        {
                            feature_err(
                                self.sess,
                                sym::macro_metavar_expr_concat,
                                sp,
                                "the `concat` meta-variable expression is unstable",
                            )
                            .emit();
                        }
                    }
                    _ => self.gate_metavar_expr(span.entire()),
                }
                TokenTree::MetaVarExpr { span, expr }
            }
        }
    }

    /// `sep op` or `op` behind `$(..)`.
    fn parse_sep_and_op(&mut self, iter: &mut TokenTreeIter<'_>, span: Span) -> (Option<Token>, KleeneOp) {
        let bad = |span: Span| {
            self.sess.dcx.span_err(span, "expected one of: `*`, `+`, or `?`");
            (None, KleeneOp::ZeroOrMore)
        };
        let first = match iter.next() {
            Some(AstTree::Token(token, _)) => token,
            other => return bad(other.map_or(span, |tree| tree.span())),
        };
        if let Some(op) = kleene_op(&first) {
            return (None, op);
        }
        match iter.next() {
            Some(AstTree::Token(second, _)) => match kleene_op(&second) {
                Some(KleeneOp::ZeroOrOne) => {
                    self.sess.dcx.span_err(first.span, "the `?` macro repetition operator does not take a separator");
                    (None, KleeneOp::ZeroOrMore)
                }
                Some(op) => (Some(first), op),
                None => bad(second.span),
            },
            other => bad(other.map_or(first.span, |tree| tree.span())),
        }
    }
}

fn kleene_op(token: &Token) -> Option<KleeneOp> {
    match token.kind {
        TokenKind::Star => Some(KleeneOp::ZeroOrMore),
        TokenKind::Plus => Some(KleeneOp::OneOrMore),
        TokenKind::Question => Some(KleeneOp::ZeroOrOne),
        _ => None,
    }
}
