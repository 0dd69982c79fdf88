//! What went wrong when no rule of a macro matched.

use ast::token::{Token, TokenKind};
use ast::tokenstream::{Spacing, TokenStream, TokenStreamBuilder};
use diagnostics::Applicability;
use session::Session;
use span::{ErrorGuaranteed, Span};

use super::macro_rules::{CompiledMatcher, MacroRulesMacroExpander, RuleKind, match_rule_tracked};
use super::matcher::{MatcherLoc, ParseResult, Tracker};
use crate::base::ExpansionCx;

/// How the macro was called.
pub(super) enum CallForm {
    Func,
    Attr { args: TokenStream },
    Derive,
}

/// The failure that got farthest.
struct BestFailure {
    token: Token,
    position: usize,
    remaining: Option<MatcherLoc>,
}

#[derive(Default)]
struct CollectTracker {
    /// The location that was to match when the rule failed.
    remaining: Option<MatcherLoc>,
}

impl Tracker for CollectTracker {
    fn before_match_loc(&mut self, last_of_step: bool, loc: &MatcherLoc) {
        if self.remaining.is_none() || (last_of_step && !matches!(loc, MatcherLoc::Eof)) {
            self.remaining = Some(loc.clone());
        }
    }
}

/// Reports that no rule matches `input` (or that it can be read in several ways).
pub(super) fn failed_to_match(
    cx: &mut ExpansionCx<'_>,
    sp: Span,
    expander: &MacroRulesMacroExpander,
    input: &TokenStream,
    form: CallForm,
) -> ErrorGuaranteed {
    let sess = cx.sess;
    let mut best: Option<BestFailure> = None;
    for rule in expander.rules() {
        let parts: Vec<(&CompiledMatcher, &TokenStream)> = match (&rule.kind, &form) {
            (RuleKind::Func(lhs), CallForm::Func) => vec![(lhs, input)],
            (RuleKind::Derive(lhs), CallForm::Derive) => vec![(lhs, input)],
            (RuleKind::Attr { args: args_lhs, body, .. }, CallForm::Attr { args }) => {
                vec![(args_lhs, args), (body, input)]
            }
            _ => continue,
        };
        for (lhs, input) in parts {
            let mut tracker = CollectTracker::default();
            match match_rule_tracked(sess, lhs, input, &mut tracker) {
                ParseResult::Success(_) => continue,
                ParseResult::Failure { token, position } => {
                    if best.as_ref().is_none_or(|b| position > b.position) {
                        best = Some(BestFailure { token, position, remaining: tracker.remaining });
                    }
                }
                ParseResult::Ambiguity { span, message } => {
                    let name = expander.name;
                    return if message.starts_with("multiple parsing") {
                        sess.dcx.span_err(span, format!("local ambiguity when calling macro `{name}`: {message}"))
                    } else {
                        sess.dcx.span_err(span, message)
                    };
                }
                ParseResult::ErrorReported(guar) => return guar,
            }
            break;
        }
    }
    let Some(best) = best else {
        let (what, name) = match form {
            CallForm::Func => ("function-like", format!("{}!", expander.name)),
            CallForm::Attr { .. } => ("attribute", format!("#[{}]", expander.name)),
            CallForm::Derive => ("derive", format!("#[derive({})]", expander.name)),
        };
        return sess.dcx.span_err(sp, format!("macro has no rules for {what} invocation `{name}`"));
    };
    report(sess, sp, expander, input, &form, &best)
}

fn report(
    sess: &Session,
    sp: Span,
    expander: &MacroRulesMacroExpander,
    input: &TokenStream,
    form: &CallForm,
    best: &BestFailure,
) -> ErrorGuaranteed {
    let token = &best.token;
    let (message, label, span) = if token.kind == TokenKind::Eof {
        let span = if token.span.is_dummy() { sp } else { token.span };
        ("unexpected end of macro invocation".to_string(), "missing tokens in macro arguments", span)
    } else {
        (format!("no rules expected {}", token_descr(token)), "no rules expected this token in macro call", token.span)
    };
    let mut err = sess.dcx.struct_span_err(span, message);
    err.span_label(span, label);
    if expander.is_local && !expander.span.is_dummy() {
        err.span_label(sess.source_map.guess_head_span(expander.span), "when calling this macro");
    }
    annotate_doc_comment(sess, &mut err, input, token);
    if let Some(loc) = &best.remaining {
        let message = format!("while trying to match {loc}");
        match loc.span() {
            Some(span) if expander.is_local => err.span_note(span, message),
            _ => err.note(message),
        };
        if let MatcherLoc::Token(expected) = loc
            && [expected, token].iter().any(|t| t.is_metavar_seq().is_some())
        {
            err.note(
                "captured metavariables except for `:tt`, `:ident` and `:lifetime` cannot be compared to other tokens",
            );
            err.note(
                "see <https://doc.rust-lang.org/nightly/reference/macros-by-example.html#forwarding-a-matched-fragment> \
                 for more information",
            );
            if expander.is_local {
                err.help("try using `:tt` instead in the macro definition");
            }
        }
    }
    if matches!(form, CallForm::Func)
        && let Some((with_comma, place)) = add_comma(input)
    {
        let matches = expander.rules().iter().any(|rule| match &rule.kind {
            RuleKind::Func(lhs) => {
                let errors = sess.dcx.err_count();
                let result = match_rule_tracked(sess, lhs, &with_comma, &mut CollectTracker::default());
                matches!(result, ParseResult::Success(_)) && sess.dcx.err_count() == errors
            }
            _ => false,
        });
        if matches {
            if place.is_dummy() {
                err.note("you might be missing a comma");
            } else {
                err.span_suggestion_short(place, "missing comma here", ", ", Applicability::MachineApplicable);
            }
        }
    }
    err.emit()
}

/// A doc comment was turned into an attribute that no rule expects.
fn annotate_doc_comment(sess: &Session, err: &mut diagnostics::Diag<'_>, _input: &TokenStream, token: &Token) {
    if token.kind != TokenKind::Pound {
        return;
    }
    let Some(text) = sess.source_map.span_to_snippet(token.span) else { return };
    if text.starts_with("///") || text.starts_with("/**") {
        err.span_label(
            token.span,
            "outer doc comments expand to `#[doc = \"...\"]`, which is what this macro attempted to match",
        );
    } else if text.starts_with("//!") || text.starts_with("/*!") {
        err.span_label(
            token.span,
            "inner doc comments expand to `#![doc = \"...\"]`, which is what this macro attempted to match",
        );
    }
}

/// The stream with a comma between the first two trees that look like neighbouring arguments; and where it goes.
fn add_comma(input: &TokenStream) -> Option<(TokenStream, Span)> {
    let buffer = input.buffer();
    let mut iter = input.iter().peekable();
    let mut position = input.range().start;
    while let Some(tree) = iter.next() {
        let next = iter.peek()?;
        let is_comma = matches!(next, ast::tokenstream::TokenTree::Token(t, _) if t.kind == TokenKind::Comma);
        let word = |t: &Token| t.is_non_reserved_ident() || t.is_lit();
        let place = match (&tree, next) {
            _ if is_comma => None,
            (
                ast::tokenstream::TokenTree::Token(left, Spacing::Alone),
                ast::tokenstream::TokenTree::Token(right, _),
            ) if word(left) && word(right) => Some(left.span.shrink_to_hi()),
            (ast::tokenstream::TokenTree::Delimited(span, _, delim, _), _)
                if !matches!(delim, ast::token::Delimiter::Invisible(_)) =>
            {
                Some(span.entire().shrink_to_hi())
            }
            _ => None,
        };
        position += match &tree {
            ast::tokenstream::TokenTree::Token(..) => 1,
            ast::tokenstream::TokenTree::Delimited(.., inner) => inner.token_len() + 2,
        };
        if let Some(place) = place {
            let mut builder = TokenStreamBuilder::with_capacity(input.token_len() + 1);
            builder.push_range(buffer, input.range().start..position, |span| span);
            builder.push_token(TokenKind::Comma, place, Spacing::Alone);
            builder.push_range(buffer, position..input.range().end, |span| span);
            return Some((builder.build(), place));
        }
    }
    None
}

/// As in "found ..": the token with what kind of name it is.
pub(crate) fn token_descr(token: &Token) -> String {
    if let Some(kind) = token.is_metavar_seq() {
        return format!("`{kind}` metavariable");
    }
    let text = ast::pretty::token_to_string(token);
    let kind = if token.is_special_ident() {
        "reserved identifier "
    } else if token.is_used_keyword() {
        "keyword "
    } else if token.is_unused_keyword() {
        "reserved keyword "
    } else if token.is_doc_comment() {
        "doc comment "
    } else {
        ""
    };
    format!("{kind}`{text}`")
}
