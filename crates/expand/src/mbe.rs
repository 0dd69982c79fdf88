//! Macros by example (`macro_rules!` and `macro`): the form in which a definition's two sides are kept.
//!
//! A definition is read by [`quoted`] into [`TokenTree`]s, checked by [`check`], and compiled: the left side to the flat
//! [`matcher::MatcherLoc`]s of a non-deterministic automaton, the right side to [`transcribe::Op`]s. [`macro_rules`] ties them
//! together; start there.

use ast::token::{Delimiter, NonterminalKind, Token, TokenKind};
use ast::tokenstream::{DelimSpacing, DelimSpan, Spacing};
use span::{Ident, Span};

pub mod macro_rules;

mod check;
mod diagnostics;
mod doc_comments;
mod fragment;
mod matcher;
mod metavar_expr;
mod quoted;
mod transcribe;

pub(crate) use diagnostics::token_descr;
pub use macro_rules::{CompiledMacro, MacroRulesMacroExpander, compile_declarative_macro};
use metavar_expr::MetaVarExpr;

/// How often a repetition may match.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum KleeneOp {
    ZeroOrMore,
    OneOrMore,
    ZeroOrOne,
}

/// A piece of a macro definition.
#[derive(Clone, Debug)]
pub(crate) enum TokenTree {
    /// The index is that of the token in the definition's buffer, if it stands there as it is.
    Token {
        token: Token,
        spacing: Spacing,
        index: Option<usize>,
    },
    Delimited {
        span: DelimSpan,
        spacing: DelimSpacing,
        delim: Delimiter,
        tts: Vec<TokenTree>,
        open_index: usize,
    },
    /// `$(..) sep op`; the span is that of the parentheses.
    Sequence {
        span: DelimSpan,
        seq: SequenceRepetition,
    },
    /// `$x` in a body.
    MetaVar {
        span: Span,
        name: Ident,
    },
    /// `$x:kind` in a matcher.
    MetaVarDecl {
        span: Span,
        name: Ident,
        kind: NonterminalKind,
    },
    /// `${..}` in a body; the span is that of the braces.
    MetaVarExpr {
        span: DelimSpan,
        expr: MetaVarExpr,
    },
}

/// `$(tts) separator op`
#[derive(Clone, Debug)]
pub(crate) struct SequenceRepetition {
    pub tts: Vec<TokenTree>,
    pub separator: Option<Token>,
    pub op: KleeneOp,
    /// The number of metavariables declared inside.
    pub num_captures: usize,
}

impl TokenTree {
    fn token(kind: TokenKind, span: Span) -> TokenTree {
        TokenTree::Token { token: Token::new(kind, span), spacing: Spacing::Alone, index: None }
    }
}

/// The number of metavariables declared in these trees.
fn count_metavar_decls(tts: &[TokenTree]) -> usize {
    tts.iter()
        .map(|tt| match tt {
            TokenTree::MetaVarDecl { .. } => 1,
            TokenTree::Delimited { tts, .. } => count_metavar_decls(tts),
            TokenTree::Sequence { seq, .. } => seq.num_captures,
            TokenTree::Token { .. } | TokenTree::MetaVar { .. } | TokenTree::MetaVarExpr { .. } => 0,
        })
        .sum()
}
