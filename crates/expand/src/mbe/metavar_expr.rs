//! Metavariable expressions: `${count($x)}`, `${index()}`, `${len()}`, `${ignore($x)}`, `${concat(a, $x)}` (RFC 3086).

use ast::token::{Delimiter, IdentIsRaw, Lit, LitKind, Token, TokenKind};
use ast::tokenstream::{TokenStream, TokenTree, TokenTreeIter};
use diagnostics::{Applicability, Diag};
use session::Session;
use span::{Ident, Span, Symbol};

/// What stands in `${..}`.
#[derive(Clone, Debug)]
pub(crate) enum MetaVarExpr {
    Concat(Vec<ConcatElem>),
    /// How often a variable repeats at a depth.
    Count(Ident, usize),
    /// Makes the repetition depend on a variable, and yields nothing.
    Ignore(Ident),
    /// The number of the iteration, so many levels out.
    Index(usize),
    /// The number of iterations, so many levels out.
    Len(usize),
}

/// An argument of `${concat(..)}`.
#[derive(Clone, Debug)]
pub(crate) enum ConcatElem {
    Ident(Ident),
    Literal(Symbol),
    Var(Ident),
}

impl MetaVarExpr {
    /// Parses what stands inside the braces; `outer_span` is that of the braces.
    pub(super) fn parse<'a>(sess: &'a Session, input: &TokenStream, outer_span: Span) -> Result<Self, Diag<'a>> {
        let err = |span: Span, msg: String| sess.dcx.struct_span_err(span, msg);
        let mut iter = input.iter();
        let Some(TokenTree::Token(token, _)) = iter.next() else {
            return Err(err(outer_span, "expected identifier".to_string()));
        };
        let Some((ident, _)) = token.ident() else {
            let found = ast::pretty::token_to_string(&token);
            return Err(err(token.span, format!("expected identifier, found `{found}`")));
        };
        let Some(TokenTree::Delimited(delim_span, _, Delimiter::Parenthesis, args)) = iter.next() else {
            let mut diag = err(ident.span, "meta-variable expression parameter must be wrapped in parentheses".into());
            if !matches!(ident.as_str(), "count" | "ignore" | "index" | "len" | "concat") {
                diag = unrecognized(sess, ident);
            } else {
                diag.primary_message("expected `(`");
            }
            return Err(diag);
        };
        check_trailing(sess, &mut iter, ident)?;
        let mut args_iter = args.iter();
        let expr = match ident.as_str() {
            "concat" => {
                let mut elems = Vec::new();
                while args_iter.peek().is_some() {
                    elems.push(parse_concat_elem(sess, &mut args_iter, ident.span)?);
                    match args_iter.next() {
                        None => break,
                        Some(TokenTree::Token(Token { kind: TokenKind::Comma, .. }, _)) => {}
                        Some(other) => return Err(err(other.span(), "expected comma".to_string())),
                    }
                }
                if elems.len() < 2 {
                    return Err(err(ident.span, "`concat` must have at least two elements".to_string()));
                }
                MetaVarExpr::Concat(elems)
            }
            "count" => {
                let name = parse_var(sess, &mut args_iter, ident.span)?;
                let mut depth = 0;
                if let Some(comma) = args_iter.next() {
                    if !matches!(&comma, TokenTree::Token(Token { kind: TokenKind::Comma, .. }, _)) {
                        return Err(err(comma.span(), "expected comma".to_string()));
                    }
                    if args_iter.peek().is_none() {
                        return Err(err(
                            ident.span,
                            "`count` followed by a comma must have an associated index indicating its depth"
                                .to_string(),
                        ));
                    }
                    depth = parse_depth(sess, &mut args_iter, delim_span.entire())?;
                }
                MetaVarExpr::Count(name, depth)
            }
            "ignore" => MetaVarExpr::Ignore(parse_var(sess, &mut args_iter, ident.span)?),
            "index" => MetaVarExpr::Index(parse_depth(sess, &mut args_iter, delim_span.entire())?),
            "len" => MetaVarExpr::Len(parse_depth(sess, &mut args_iter, delim_span.entire())?),
            _ => return Err(unrecognized(sess, ident)),
        };
        check_trailing(sess, &mut args_iter, ident)?;
        Ok(expr)
    }

    /// Calls `f` with each variable in it.
    pub(super) fn for_each_metavar(&self, mut f: impl FnMut(Ident)) {
        match self {
            MetaVarExpr::Concat(elems) => {
                for elem in elems {
                    if let ConcatElem::Var(ident) = elem {
                        f(*ident);
                    }
                }
            }
            MetaVarExpr::Count(ident, _) | MetaVarExpr::Ignore(ident) => f(*ident),
            MetaVarExpr::Index(_) | MetaVarExpr::Len(_) => {}
        }
    }
}

fn unrecognized<'a>(sess: &'a Session, ident: Ident) -> Diag<'a> {
    sess.dcx
        .struct_span_err(ident.span, "unrecognized metavariable expression")
        .with_span_label(ident.span, "not a valid metavariable expression")
        .with_note("valid metavariable expressions are `count`, `ignore`, `index`, `len`, and `concat`")
}

fn check_trailing<'a>(sess: &'a Session, iter: &mut TokenTreeIter<'_>, name: Ident) -> Result<(), Diag<'a>> {
    let Some(first) = iter.next() else { return Ok(()) };
    let (mut span, mut count) = (first.span(), 1);
    for tree in iter {
        span = span.to(tree.span());
        count += 1;
    }
    let what = if count == 1 { "token" } else { "tokens" };
    let these = if count == 1 { "this" } else { "these" };
    Err(sess
        .dcx
        .struct_span_err(span, "unexpected trailing tokens")
        .with_span_label(name.span, "for this metavariable expression")
        .with_span_suggestion(span, format!("try removing {these} {what}"), "", Applicability::MachineApplicable))
}

/// `$x`
fn parse_var<'a>(sess: &'a Session, iter: &mut TokenTreeIter<'_>, fallback: Span) -> Result<Ident, Diag<'a>> {
    match iter.next() {
        Some(TokenTree::Token(Token { kind: TokenKind::Dollar, .. }, _)) => parse_ident(sess, iter, fallback),
        _ => Err(sess.dcx.struct_span_err(
            fallback,
            "meta-variables within meta-variable expressions must be referenced using a dollar sign",
        )),
    }
}

fn parse_ident<'a>(sess: &'a Session, iter: &mut TokenTreeIter<'_>, fallback: Span) -> Result<Ident, Diag<'a>> {
    match iter.next() {
        Some(TokenTree::Token(token, _)) => match token.ident() {
            Some((ident, IdentIsRaw::No)) => Ok(ident),
            Some((ident, IdentIsRaw::Yes)) => {
                Err(sess.dcx.struct_span_err(ident.span, "`${concat(..)}` currently does not support raw identifiers"))
            }
            None => {
                let found = ast::pretty::token_to_string(&token);
                Err(sess.dcx.struct_span_err(token.span, format!("expected identifier, found `{found}`")))
            }
        },
        other => Err(sess.dcx.struct_span_err(other.map_or(fallback, |t| t.span()), "expected identifier")),
    }
}

fn parse_concat_elem<'a>(
    sess: &'a Session,
    iter: &mut TokenTreeIter<'_>,
    fallback: Span,
) -> Result<ConcatElem, Diag<'a>> {
    match iter.peek() {
        Some(TokenTree::Token(Token { kind: TokenKind::Dollar, .. }, _)) => {
            iter.next();
            Ok(ConcatElem::Var(parse_ident(sess, iter, fallback)?))
        }
        Some(TokenTree::Token(Token { kind: TokenKind::Literal(lit), span }, _)) => {
            iter.next();
            match lit {
                Lit { kind: LitKind::Str | LitKind::Integer, suffix: None, symbol } => Ok(ConcatElem::Literal(symbol)),
                _ => Err(sess
                    .dcx
                    .struct_span_err(
                        span,
                        "metavariables of `${concat(..)}` must be of type `ident`, `literal` or `tt`",
                    )
                    .with_note("currently only string and integer literals are supported")),
            }
        }
        _ => Ok(ConcatElem::Ident(parse_ident(sess, iter, fallback)?)),
    }
}

fn parse_depth<'a>(sess: &'a Session, iter: &mut TokenTreeIter<'_>, span: Span) -> Result<usize, Diag<'a>> {
    let Some(tree) = iter.next() else { return Ok(0) };
    let TokenTree::Token(Token { kind: TokenKind::Literal(lit), .. }, _) = tree else {
        return Err(sess.dcx.struct_span_err(span, "meta-variable expression depth must be a literal"));
    };
    match (lit.kind, lit.suffix, lit.symbol.as_str().replace('_', "").parse::<usize>()) {
        (LitKind::Integer, None, Ok(n)) => Ok(n),
        _ => Err(sess
            .dcx
            .struct_span_err(span, "only unsuffixes integer literals are supported in meta-variable expressions")),
    }
}
