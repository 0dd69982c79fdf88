//! Balancing of brackets: finds for each its partner, and says what is wrong where there is none.

use ast::token::{Delimiter, TokenKind};
use ast::tokenstream::{Spacing, TokenStream, TokenStreamBuilder};
use diagnostics::{Diag, ErrorGuaranteed, MultiSpan};
use span::Span;

use crate::LexContext;
use crate::tokens::delimiter_of;

/// A closing bracket that closes something else than what is open.
struct Unmatched {
    found: Delimiter,
    found_span: Span,
    unclosed_span: Option<Span>,
    candidate_span: Option<Span>,
}

pub(crate) struct Delimiters<'a> {
    context: &'a LexContext<'a>,
    builder: TokenStreamBuilder,
    open: Vec<(Delimiter, Span)>,
    unmatched: Vec<Unmatched>,
    last_unclosed_found_span: Option<Span>,
    /// Closed pairs of braces: what they are indented by hints at a missing one.
    closed_braces: Vec<(Span, Span)>,
    /// A closing bracket where nothing is open.
    unexpected: Option<(Delimiter, Span)>,
}

impl<'a> Delimiters<'a> {
    pub(crate) fn new(context: &'a LexContext<'a>) -> Self {
        Delimiters {
            context,
            builder: TokenStreamBuilder::with_capacity(context.src.len() / 4),
            open: Vec::new(),
            unmatched: Vec::new(),
            last_unclosed_found_span: None,
            closed_braces: Vec::new(),
            unexpected: None,
        }
    }

    /// Nothing more is of interest.
    pub(crate) fn is_done(&self) -> bool {
        self.unexpected.is_some()
    }

    #[inline]
    pub(crate) fn push(&mut self, kind: TokenKind, span: Span, spacing: Spacing) {
        match delimiter_of(kind) {
            None => self.builder.push_token(kind, span, spacing),
            Some((delim, true)) => {
                self.open.push((delim, span));
                self.builder.open_delim(delim, span, spacing);
            }
            Some((delim, false)) => self.close(delim, span, spacing),
        }
    }

    fn close(&mut self, delim: Delimiter, span: Span, spacing: Spacing) {
        match self.open.last() {
            Some((open, open_span)) if *open == delim => {
                if delim == Delimiter::Brace {
                    self.closed_braces.push((*open_span, span));
                }
                self.open.pop();
                self.builder.close_delim(span, spacing);
            }
            None => {
                if self.unexpected.is_none() {
                    self.unexpected = Some((delim, span));
                }
            }
            Some(_) => self.mismatch(delim, span, spacing),
        }
    }

    fn mismatch(&mut self, delim: Delimiter, span: Span, spacing: Spacing) {
        // The same closing bracket is spoken of only once.
        if self.last_unclosed_found_span != Some(span) {
            self.last_unclosed_found_span = Some(span);
            let unclosed_span = self.open.last().map(|(_, span)| *span);
            let candidate_span = self
                .open
                .iter()
                .rev()
                .take(1000)
                .find(|(open, open_span)| *open == delim && self.indentation(*open_span) == self.indentation(span))
                .map(|(_, span)| *span);
            self.unmatched.push(Unmatched { found: delim, found_span: span, unclosed_span, candidate_span });
        }
        self.open.pop();
        self.builder.close_delim(span, spacing);
        // It closes an outer bracket if one fits, else nothing.
        if self.open.iter().any(|(open, _)| *open == delim) {
            self.close(delim, span, spacing);
        }
    }

    fn line_of(&self, span: Span) -> &str {
        let at = (span.lo().0.saturating_sub(self.context.base.0) as usize).min(self.context.src.len());
        let start = self.context.src[..at].rfind('\n').map_or(0, |i| i + 1);
        &self.context.src[start..at]
    }

    fn indentation(&self, span: Span) -> usize {
        let line = self.line_of(span);
        line.len() - line.trim_start().len()
    }

    fn is_first_on_line(&self, span: Span) -> bool {
        self.line_of(span).trim_start().is_empty()
    }

    /// All tokens, or that the brackets do not fit.
    pub(crate) fn finish(mut self, end: usize) -> Result<TokenStream, ErrorGuaranteed> {
        if self.open.is_empty() && self.unmatched.is_empty() && self.unexpected.is_none() {
            return Ok(self.builder.build());
        }
        let dcx = self.context.dcx;
        let mut last = None;
        if let Some((delim, span)) = self.unexpected {
            let mut err = dcx.struct_span_err(span, format!("unexpected closing delimiter: `{}`", closing(delim)));
            // A `)` or `]` for `{` is what is wrong.
            let mut missing_open = false;
            self.unmatched.retain(|unmatched| {
                let open = match unmatched.found {
                    Delimiter::Parenthesis => "(",
                    Delimiter::Bracket => "[",
                    Delimiter::Brace | Delimiter::Invisible(_) => return true,
                };
                if let Some(unclosed) = unmatched.unclosed_span {
                    err.span_label(unclosed, format!("missing open `{open}` for this delimiter"));
                    missing_open = true;
                }
                false
            });
            if !missing_open {
                self.hint_at_block(&mut err);
            }
            err.span_label(span, "unexpected closing delimiter");
            last = Some(err);
        } else if !self.open.is_empty() {
            let eof = self.context.span(end, end);
            let mut err = dcx.struct_span_err(eof, "this file contains an unclosed delimiter");
            for (_, span) in self.open.iter().take(5) {
                err.span_label(*span, "unclosed delimiter");
            }
            if self.open.len() > 5 {
                let more = self.open.len() - 5;
                let last = self.open[4].1;
                err.span_label(last, format!("another {more} unclosed delimiters begin from here"));
            }
            self.hint_at_block(&mut err);
            last = Some(err);
        }
        // A bracket that does not fit may be the cause of the other error: it comes first.
        let mut guar = None;
        for unmatched in std::mem::take(&mut self.unmatched) {
            guar = Some(self.report_mismatch(unmatched));
        }
        if let Some(err) = last {
            guar = Some(err.emit());
        }
        Err(guar.expect("something does not fit"))
    }

    fn report_mismatch(&self, unmatched: Unmatched) -> ErrorGuaranteed {
        let mut spans = vec![unmatched.found_span];
        spans.extend(unmatched.unclosed_span);
        let msg = format!("mismatched closing delimiter: `{}`", closing(unmatched.found));
        let mut err = self.context.dcx.struct_span_err(MultiSpan::from(spans), msg);
        if let Some(candidate) = unmatched.candidate_span {
            err.span_label(candidate, "closing delimiter possibly meant for this");
        }
        if let Some(unclosed) = unmatched.unclosed_span {
            err.span_label(unclosed, "unclosed delimiter");
        }
        err.span_label(unmatched.found_span, "mismatched closing delimiter");
        err.emit()
    }

    /// A pair of braces whose columns differ is where a brace is missing or too many.
    fn hint_at_block(&self, err: &mut Diag<'_>) {
        // Only the last pairs are looked at: each look goes through its lines.
        let found =
            self.closed_braces.iter().rev().take(1000).find(|(open, close)| {
                self.is_first_on_line(*close) && self.indentation(*open) != self.indentation(*close)
            });
        if let Some((open, close)) = found {
            err.span_label(*open, "this delimiter might not be properly closed...");
            err.span_label(*close, "...as it matches this but it has different indentation");
        }
    }
}

fn closing(delim: Delimiter) -> &'static str {
    match delim {
        Delimiter::Parenthesis => ")",
        Delimiter::Brace => "}",
        Delimiter::Bracket => "]",
        Delimiter::Invisible(_) => "",
    }
}
