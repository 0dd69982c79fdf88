//! Reading a built-in macro's arguments: expressions, and expressions that must be literals once their macros are expanded.

use ast::token::TokenKind;
use ast::tokenstream::TokenStream;
use ast::{Expr, ExprKind, LitKind, P, StrStyle};
use diagnostics::{Applicability, Diag};
use parser::Parser;
use parser::token_type::TokenType;
use span::{ErrorGuaranteed, Span, Symbol};

use crate::base::{ExpandResult, ExpansionCx, Indeterminate};

/// The result of a step that may have to wait for names, or has failed with a report.
pub(crate) type ExpandOr<T> = ExpandResult<Result<T, ErrorGuaranteed>>;

/// `ready!(e)`: the value of an [`ExpandResult`], or `Retry` for the whole function.
macro_rules! ready {
    ($e:expr) => {
        match $e {
            $crate::base::ExpandResult::Ready(value) => value,
            $crate::base::ExpandResult::Retry => return $crate::base::ExpandResult::Retry,
        }
    };
}
/// As [`ready!`], and errors make the macro's result a dummy.
macro_rules! ready_ok {
    ($sp:expr, $e:expr) => {
        match $crate::builtin::args::ready!($e) {
            Ok(value) => value,
            Err(guar) => {
                return $crate::base::ExpandResult::Ready($crate::base::MacResult::Dummy($sp, guar));
            }
        }
    };
}
pub(crate) use {ready, ready_ok};

/// A string that a literal stands for.
#[derive(Clone, Copy)]
pub(crate) struct SpannedString {
    pub symbol: Symbol,
    pub style: StrStyle,
    pub span: Span,
    /// As written.
    pub uncooked: Symbol,
}

impl<'a> ExpansionCx<'a> {
    /// A parser of a macro's arguments.
    pub(crate) fn parser(&self, tokens: &TokenStream) -> Parser<'a> {
        parser::parser_for(self.sess, tokens.clone(), Some("macro arguments"))
    }

    /// Expands all macros in an expression.
    pub(crate) fn expand_expr(&mut self, expr: P<Expr>) -> ExpandResult<P<Expr>> {
        if !may_contain_macro(&expr) {
            return ExpandResult::Ready(expr);
        }
        match self.resolver.fully_expand_expr(&self.current_expansion, expr, self.force_mode) {
            Ok(expr) => ExpandResult::Ready(expr),
            Err(Indeterminate) => ExpandResult::Retry,
        }
    }
}

fn may_contain_macro(expr: &Expr) -> bool {
    !matches!(expr.kind, ExprKind::Lit(_) | ExprKind::Err(_) | ExprKind::Path(..)) || !expr.attrs.is_empty()
}

/// Reports tokens where none may be.
pub(crate) fn check_zero_tts(cx: &ExpansionCx<'_>, span: Span, tokens: &TokenStream, name: &str) {
    if !tokens.is_empty() {
        cx.sess.dcx.span_err(span, format!("{name} takes no arguments"));
    }
}

/// `a, b, c,` all expanded.
pub(crate) fn get_exprs_from_tts(cx: &mut ExpansionCx<'_>, tokens: &TokenStream) -> ExpandOr<Vec<P<Expr>>> {
    let mut parser = cx.parser(tokens);
    let mut exprs = Vec::new();
    while parser.token.kind != TokenKind::Eof {
        let expr = match parser.parse_expr() {
            Ok(expr) => expr,
            Err(err) => return ExpandResult::Ready(Err(err.emit())),
        };
        exprs.push(ready!(cx.expand_expr(expr)));
        if parser.eat(TokenType::Comma) {
            continue;
        }
        if parser.token.kind != TokenKind::Eof {
            return ExpandResult::Ready(Err(cx.sess.dcx.span_err(parser.token.span, "expected token: `,`")));
        }
    }
    ExpandResult::Ready(Ok(exprs))
}

/// The one argument, not expanded.
pub(crate) fn get_single_expr_from_tts(
    cx: &mut ExpansionCx<'_>,
    span: Span,
    tokens: &TokenStream,
    name: &str,
) -> Result<P<Expr>, ErrorGuaranteed> {
    let mut parser = cx.parser(tokens);
    let takes_one = || cx.sess.dcx.span_err(span, format!("{name} takes 1 argument"));
    if parser.token.kind == TokenKind::Eof {
        return Err(takes_one());
    }
    let expr = parser.parse_expr().map_err(Diag::emit)?;
    let _ = parser.eat(TokenType::Comma);
    if parser.token.kind != TokenKind::Eof {
        takes_one();
    }
    Ok(expr)
}

/// The one argument, which must be a string.
pub(crate) fn get_single_str_from_tts(
    cx: &mut ExpansionCx<'_>,
    span: Span,
    tokens: &TokenStream,
    name: &str,
) -> ExpandOr<SpannedString> {
    match get_single_expr_from_tts(cx, span, tokens, name) {
        Err(guar) => ExpandResult::Ready(Err(guar)),
        Ok(expr) => expr_to_string(cx, expr, "argument must be a string literal"),
    }
}

/// The string that an expression is once it is expanded; else the error, not emitted.
pub(crate) fn expr_to_spanned_string<'a>(
    cx: &mut ExpansionCx<'a>,
    expr: P<Expr>,
    err_msg: &str,
) -> ExpandResult<Result<SpannedString, StringError<'a>>> {
    let unexpanded_span = expr.span;
    let mut expr = ready!(cx.expand_expr(expr));
    // `$x:literal` and `$x:expr` come in parentheses that are not there.
    while let ExprKind::Paren(inner) = &expr.kind
        && inner.span == expr.span
    {
        expr = inner.clone();
    }
    let sess = cx.sess;
    ExpandResult::Ready(match expr.kind {
        ExprKind::Lit(lit) => match LitKind::from_token_lit(lit) {
            Ok(LitKind::Str(symbol, style)) => {
                Ok(SpannedString { symbol, style, span: expr.span, uncooked: lit.symbol })
            }
            Ok(LitKind::ByteStr(..)) => {
                let mut err = sess.dcx.struct_span_err(expr.span, err_msg);
                let b = expr.span.with_hi(span::BytePos(expr.span.lo().0 + 1));
                err.span_suggestion(b, "consider removing the leading `b`", "", Applicability::MaybeIncorrect);
                Err(StringError::Diag(err, true))
            }
            Ok(LitKind::Err(guar)) => Err(StringError::Reported(guar)),
            Err(err) => Err(StringError::Reported(parser::diagnostics::report_lit_error(sess, err, lit, expr.span))),
            Ok(_) => Err(StringError::Diag(sess.dcx.struct_span_err(expr.span, err_msg), false)),
        },
        ExprKind::Err(guar) => Err(StringError::Reported(guar)),
        ExprKind::Dummy => Err(StringError::Reported(sess.dcx.span_delayed_bug(expr.span, "a dummy expression"))),
        _ => {
            let span = if expr.span.from_expansion() { unexpanded_span } else { expr.span };
            Err(StringError::Diag(sess.dcx.struct_span_err(span, err_msg), false))
        }
    })
}

/// Why an expression is no string.
pub(crate) enum StringError<'a> {
    Reported(ErrorGuaranteed),
    /// The error, and whether it has a suggestion.
    Diag(Diag<'a>, bool),
}

impl StringError<'_> {
    pub fn emit(self) -> ErrorGuaranteed {
        match self {
            StringError::Reported(guar) => guar,
            StringError::Diag(err, _) => err.emit(),
        }
    }
}

/// The string that an expression is once it is expanded.
pub(crate) fn expr_to_string(cx: &mut ExpansionCx<'_>, expr: P<Expr>, err_msg: &str) -> ExpandOr<SpannedString> {
    expr_to_spanned_string(cx, expr, err_msg).map(|result| result.map_err(StringError::emit))
}
