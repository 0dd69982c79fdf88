//! Checks of a rule's left side: follow sets (RFC 550), repetitions that match nothing, names bound twice.
//!
//! A fragment such as `$e:expr` may be followed only by tokens that can never become part of an expression, so that future
//! syntax does not change what macros match. LAST and FIRST are the sets of the same name of parsing theory: the tokens with
//! which a part of a matcher can end or begin.

use ast::token::{Delimiter, IdentIsRaw, NonterminalKind, NtPatKind, Token, TokenKind};
use ast::tokenstream::DelimSpan;
use diagnostics::Applicability;
use session::Session;
use span::{ErrorGuaranteed, Ident, Span, kw};

use super::{KleeneOp, TokenTree};

/// Checks a left side; the error is the last one that was found.
pub(super) fn check_lhs(sess: &Session, lhs: &[TokenTree]) -> Result<(), ErrorGuaranteed> {
    let mut cx = CheckCx { sess, result: Ok(()) };
    cx.check_no_empty_seq(lhs);
    let empty_suffix = TokenSet::empty();
    cx.check_matcher(lhs, &empty_suffix);
    cx.result
}

/// Reports names that are bound twice.
pub(super) fn check_binders(sess: &Session, lhs: &[TokenTree]) -> Result<(), ErrorGuaranteed> {
    let mut binders = Vec::new();
    let mut result = Ok(());
    walk_binders(sess, lhs, &mut binders, &mut result);
    result
}

fn walk_binders(
    sess: &Session,
    tts: &[TokenTree],
    binders: &mut Vec<(Ident, Span)>,
    result: &mut Result<(), ErrorGuaranteed>,
) {
    for tt in tts {
        match tt {
            TokenTree::MetaVarDecl { span, name, .. } => {
                let normalized = name.normalize_to_macro_rules();
                match binders.iter().find(|(n, _)| *n == normalized) {
                    Some((_, prev)) => {
                        *result = Err(sess
                            .dcx
                            .struct_span_err(*span, "duplicate matcher binding")
                            .with_span_label(*span, "duplicate binding")
                            .with_span_label(*prev, "previous binding")
                            .emit());
                    }
                    None => binders.push((normalized, *span)),
                }
            }
            TokenTree::Delimited { tts, .. } => walk_binders(sess, tts, binders, result),
            TokenTree::Sequence { seq, .. } => walk_binders(sess, &seq.tts, binders, result),
            TokenTree::Token { .. } | TokenTree::MetaVar { .. } | TokenTree::MetaVarExpr { .. } => {}
        }
    }
}

/// Something with which a part of a matcher begins or ends.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Elem {
    Token(Token),
    Decl { span: Span, name: Ident, kind: NonterminalKind },
}

impl Elem {
    fn span(&self) -> Span {
        match self {
            Elem::Token(token) => token.span,
            Elem::Decl { span, .. } => *span,
        }
    }

    fn open(span: DelimSpan, delim: Delimiter) -> Elem {
        Elem::Token(Token::new(delim.as_open_token_kind(), span.open))
    }

    fn close(span: DelimSpan, delim: Delimiter) -> Elem {
        Elem::Token(Token::new(delim.as_close_token_kind(), span.close))
    }

    /// Fragments and tokens whose end is unmistakable.
    fn can_be_followed_by_any(&self) -> bool {
        use NonterminalKind::*;
        match self {
            Elem::Token(_) => true,
            Elem::Decl { kind, .. } => matches!(kind, Block | Ident | Item | Lifetime | Literal | Meta | TT),
        }
    }
}

impl std::fmt::Display for Elem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Elem::Token(token) => f.write_str(&ast::pretty::token_to_string(token)),
            Elem::Decl { name, kind, .. } => write!(f, "${name}:{kind}"),
        }
    }
}

#[derive(Clone, Debug)]
struct TokenSet {
    tokens: Vec<Elem>,
    /// Nothing at all may stand there too.
    maybe_empty: bool,
}

impl TokenSet {
    fn empty() -> Self {
        TokenSet { tokens: Vec::new(), maybe_empty: true }
    }

    fn singleton(elem: Elem) -> Self {
        TokenSet { tokens: vec![elem], maybe_empty: false }
    }

    fn replace_with(&mut self, elem: Elem) {
        *self = TokenSet::singleton(elem);
    }

    fn replace_with_irrelevant(&mut self) {
        *self = TokenSet { tokens: Vec::new(), maybe_empty: false };
    }

    fn add_one_maybe(&mut self, elem: Elem) {
        if !self.tokens.contains(&elem) {
            self.tokens.push(elem);
        }
    }

    fn add_one(&mut self, elem: Elem) {
        self.add_one_maybe(elem);
        self.maybe_empty = false;
    }

    fn add_all(&mut self, other: &TokenSet) {
        for &elem in &other.tokens {
            self.add_one_maybe(elem);
        }
        if !other.maybe_empty {
            self.maybe_empty = false;
        }
    }
}

/// FIRST of a part of a matcher.
fn first(tts: &[TokenTree]) -> TokenSet {
    let mut set = TokenSet::empty();
    for tt in tts {
        match tt {
            TokenTree::Token { token, .. } => {
                set.add_one(Elem::Token(*token));
                return set;
            }
            &TokenTree::MetaVarDecl { span, name, kind } => {
                set.add_one(Elem::Decl { span, name, kind });
                return set;
            }
            TokenTree::Delimited { span, delim, .. } => {
                set.add_one(Elem::open(*span, *delim));
                return set;
            }
            TokenTree::Sequence { seq, .. } => {
                let inner = first(&seq.tts);
                if inner.maybe_empty
                    && let Some(separator) = seq.separator
                {
                    set.add_one_maybe(Elem::Token(separator));
                }
                set.add_all(&inner);
                if !inner.maybe_empty && seq.op == KleeneOp::OneOrMore {
                    return set;
                }
                set.maybe_empty = true;
            }
            TokenTree::MetaVar { .. } | TokenTree::MetaVarExpr { .. } => unreachable!("only in bodies"),
        }
    }
    set
}

struct CheckCx<'a> {
    sess: &'a Session,
    result: Result<(), ErrorGuaranteed>,
}

impl CheckCx<'_> {
    fn check_no_empty_seq(&mut self, tts: &[TokenTree]) {
        for tt in tts {
            match tt {
                TokenTree::Delimited { tts, .. } => self.check_no_empty_seq(tts),
                TokenTree::Sequence { span, seq } => {
                    let matches_nothing = seq.separator.is_none()
                        && seq.tts.iter().all(|tt| match tt {
                            TokenTree::MetaVarDecl { kind: NonterminalKind::Vis, .. } => true,
                            TokenTree::Sequence { seq, .. } => seq.op != KleeneOp::OneOrMore,
                            TokenTree::Token { token, .. } => token.is_doc_comment(),
                            _ => false,
                        });
                    if matches_nothing {
                        self.result = Err(self.sess.dcx.span_err(span.entire(), "repetition matches empty token tree"));
                        return;
                    }
                    self.check_no_empty_seq(&seq.tts);
                }
                TokenTree::Token { .. }
                | TokenTree::MetaVar { .. }
                | TokenTree::MetaVarDecl { .. }
                | TokenTree::MetaVarExpr { .. } => {}
            }
        }
    }

    /// Checks a part of a matcher that `follow` may follow; returns its LAST set.
    fn check_matcher(&mut self, matcher: &[TokenTree], follow: &TokenSet) -> TokenSet {
        let mut last = TokenSet::empty();
        for (m, tt) in matcher.iter().enumerate() {
            let suffix_first = || {
                let mut set = first(&matcher[m + 1..]);
                if set.maybe_empty {
                    set.add_all(follow);
                }
                set
            };
            let elem = match tt {
                TokenTree::Token { token, .. } => Elem::Token(*token),
                &TokenTree::MetaVarDecl { span, name, kind } => Elem::Decl { span, name, kind },
                TokenTree::Delimited { span, delim, tts, .. } => {
                    self.check_matcher(tts, &TokenSet::singleton(Elem::close(*span, *delim)));
                    last.replace_with_irrelevant();
                    continue;
                }
                TokenTree::Sequence { seq, .. } => {
                    let mut suffix = suffix_first();
                    if let Some(separator) = seq.separator {
                        suffix.add_one_maybe(Elem::Token(separator));
                    }
                    let next = self.check_matcher(&seq.tts, &suffix);
                    if next.maybe_empty {
                        last.add_all(&next);
                    } else {
                        last = next;
                    }
                    continue;
                }
                TokenTree::MetaVar { .. } | TokenTree::MetaVarExpr { .. } => unreachable!("only in bodies"),
            };
            if elem.can_be_followed_by_any() {
                last.replace_with_irrelevant();
                continue;
            }
            last.replace_with(elem);
            let suffix = suffix_first();
            self.check_follow(&last, &suffix);
        }
        last
    }

    fn check_follow(&mut self, last: &TokenSet, suffix: &TokenSet) {
        for elem in &last.tokens {
            let Elem::Decl { name, kind, .. } = *elem else { continue };
            for next in &suffix.tokens {
                let Err(possible) = is_in_follow(next, kind) else { continue };
                let may_be = if last.tokens.len() == 1 && suffix.tokens.len() == 1 { "is" } else { "may be" };
                let mut err = self.sess.dcx.struct_span_err(
                    next.span(),
                    format!(
                        "`${name}:{kind}` {may_be} followed by `{next}`, which is not allowed for `{kind}` fragments"
                    ),
                );
                err.span_label(next.span(), format!("not allowed after `{kind}` fragments"));
                if kind == NonterminalKind::Pat(NtPatKind::PatWithOr)
                    && matches!(next, Elem::Token(token) if token.kind == TokenKind::Or)
                {
                    err.span_suggestion(
                        elem.span(),
                        "try a `pat_param` fragment specifier instead",
                        format!("${name}:pat_param"),
                        Applicability::MaybeIncorrect,
                    );
                }
                match possible {
                    [] => {}
                    [only] => {
                        err.note(format!("only {only} is allowed after `{kind}` fragments"));
                    }
                    [init @ .., last] => {
                        err.note(format!("allowed there are: {} or {last}", init.join(", ")));
                    }
                }
                self.result = Err(err.emit());
            }
        }
    }
}

/// Whether `next` may follow a fragment; else what may.
fn is_in_follow(next: &Elem, kind: NonterminalKind) -> Result<(), &'static [&'static str]> {
    use NonterminalKind as Nt;
    if let Elem::Token(token) = next
        && token.kind.close_delim().is_some()
    {
        return Ok(());
    }
    let keyword = |token: &Token, names: &[span::Symbol]| matches!(token.kind, TokenKind::Ident(name, IdentIsRaw::No) if names.contains(&name));
    let (ok, allowed): (bool, &'static [&'static str]) = match kind {
        Nt::Item | Nt::Block | Nt::Ident | Nt::Lifetime | Nt::Literal | Nt::Meta | Nt::TT => (true, &[]),
        Nt::Stmt | Nt::Expr(_) => (
            matches!(next, Elem::Token(t) if matches!(t.kind, TokenKind::FatArrow | TokenKind::Comma | TokenKind::Semi)),
            &["`=>`", "`,`", "`;`"],
        ),
        Nt::Pat(pat) => {
            let or_ok = matches!(pat, NtPatKind::PatParam { .. });
            let ok = matches!(next, Elem::Token(t) if match t.kind {
                TokenKind::FatArrow | TokenKind::Comma | TokenKind::Eq => true,
                TokenKind::Or => or_ok,
                _ => keyword(t, &[kw::If, kw::In]),
            });
            if or_ok {
                (ok, &["`=>`", "`,`", "`=`", "`|`", "`if`", "`in`"])
            } else {
                (ok, &["`=>`", "`,`", "`=`", "`if`", "`in`"])
            }
        }
        Nt::Path | Nt::Ty => {
            let ok = match next {
                Elem::Token(t) => match t.kind {
                    TokenKind::OpenBrace
                    | TokenKind::OpenBracket
                    | TokenKind::Comma
                    | TokenKind::FatArrow
                    | TokenKind::Colon
                    | TokenKind::Eq
                    | TokenKind::Gt
                    | TokenKind::Shr
                    | TokenKind::Semi
                    | TokenKind::Or => true,
                    _ => keyword(t, &[kw::As, kw::Where]),
                },
                Elem::Decl { kind, .. } => *kind == Nt::Block,
            };
            (ok, &["`{`", "`[`", "`=>`", "`,`", "`>`", "`=`", "`:`", "`;`", "`|`", "`as`", "`where`"])
        }
        Nt::Vis => {
            let ok = match next {
                Elem::Token(t) => match t.kind {
                    TokenKind::Comma | TokenKind::Ident(_, IdentIsRaw::Yes) => true,
                    TokenKind::Ident(name, IdentIsRaw::No) if name != kw::Priv => true,
                    _ => t.can_begin_type(),
                },
                Elem::Decl { kind, .. } => matches!(kind, Nt::Ident | Nt::Ty | Nt::Path),
            };
            (ok, &["`,`", "an ident", "a type"])
        }
    };
    if ok { Ok(()) } else { Err(allowed) }
}
