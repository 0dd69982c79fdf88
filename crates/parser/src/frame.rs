//! The frame that `chumsky` gives the parser: the input, the error, and a parser for each start symbol.
//!
//! Each start symbol is a `custom` parser: [`Parser`] does the work over the token buffer, and `chumsky`'s input is moved on by
//! as many tokens as it read. So start symbols combine (`item().repeated()`), and a production can be run from any place.
//! Inside, productions dispatch on the first token; that and errors that are made only where something is wrong are why it is
//! fast.

use std::ops::Range;
use std::rc::Rc;

use ast::token::{Token, TokenKind};
use ast::tokenstream::{TokenBuffer, TokenStream};
use chumsky::error::{Error, LabelError};
use chumsky::extra::Full;
use chumsky::input::{Input, InputRef, ValueInput};
use chumsky::prelude::{SimpleSpan, custom};
use chumsky::util::MaybeRef;
use diagnostics::ErrorGuaranteed;
use session::Session;
use span::Span;

use crate::parser::{PResult, Parser};

/// Tokens of a buffer as `chumsky`'s input.
#[derive(Clone, Copy)]
pub struct Tokens<'src> {
    buffer: &'src Rc<TokenBuffer>,
    start: usize,
    end: usize,
}

impl<'src> Tokens<'src> {
    pub fn new(stream: &'src TokenStream) -> Self {
        let range = stream.range();
        Tokens { buffer: stream.buffer(), start: range.start, end: range.end }
    }
}

impl<'src> Input<'src> for Tokens<'src> {
    type Span = SimpleSpan<usize>;
    type Token = Token;
    type MaybeToken = Token;
    type Cursor = usize;
    type Cache = Tokens<'src>;

    fn begin(self) -> (usize, Tokens<'src>) {
        (self.start, self)
    }

    fn cursor_location(cursor: &usize) -> usize {
        *cursor
    }

    unsafe fn next_maybe(cache: &mut Tokens<'src>, cursor: &mut usize) -> Option<Token> {
        (*cursor < cache.end).then(|| {
            *cursor += 1;
            cache.buffer.token(*cursor - 1)
        })
    }

    unsafe fn span(_: &mut Tokens<'src>, range: Range<&usize>) -> SimpleSpan<usize> {
        (*range.start..*range.end).into()
    }
}

impl<'src> ValueInput<'src> for Tokens<'src> {
    unsafe fn next(cache: &mut Tokens<'src>, cursor: &mut usize) -> Option<Token> {
        // SAFETY: the contract is the same.
        unsafe { Self::next_maybe(cache, cursor) }
    }
}

/// A syntax error that has been emitted, or one that a combinator found: then only its place is known.
///
/// Of two at different places the later one counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SyntaxError {
    Emitted(ErrorGuaranteed),
    Unexpected { at: usize, found: Option<TokenKind> },
}

impl<'src> Error<'src, Tokens<'src>> for SyntaxError {
    fn merge(self, other: Self) -> Self {
        match (self, other) {
            (SyntaxError::Emitted(_), _) => self,
            (_, SyntaxError::Emitted(_)) => other,
            (SyntaxError::Unexpected { at: a, .. }, SyntaxError::Unexpected { at: b, .. }) => {
                if a >= b {
                    self
                } else {
                    other
                }
            }
        }
    }
}

impl<'src, L> LabelError<'src, Tokens<'src>, L> for SyntaxError {
    fn expected_found<E: IntoIterator<Item = L>>(
        _: E,
        found: Option<MaybeRef<'src, Token>>,
        span: SimpleSpan<usize>,
    ) -> Self {
        SyntaxError::Unexpected { at: span.start, found: found.map(|token| token.kind) }
    }
}

/// What productions share: the session, and where the input ends.
pub struct State<'src> {
    pub sess: &'src Session,
    pub buffer: &'src Rc<TokenBuffer>,
    pub end: usize,
    pub eof_span: Span,
    pub name: Option<&'static str>,
}

impl<'src> chumsky::inspector::Inspector<'src, Tokens<'src>> for State<'src> {
    type Checkpoint = ();
    fn on_token(&mut self, _: &Token) {}
    fn on_save<'parse>(&self, _: &chumsky::input::Cursor<'src, 'parse, Tokens<'src>>) {}
    fn on_rewind<'parse>(&mut self, _: &chumsky::input::Checkpoint<'src, 'parse, Tokens<'src>, ()>) {}
}

/// The extra type parameters of all our `chumsky` parsers.
pub type Extra<'src> = Full<SyntaxError, State<'src>, ()>;

/// A production of [`Parser`] as a `chumsky` parser. Errors are emitted.
pub fn production<'src, O: 'src>(
    f: impl Fn(&mut Parser<'src>) -> PResult<'src, O> + 'src,
) -> impl chumsky::Parser<'src, Tokens<'src>, O, Extra<'src>> {
    custom(move |inp: &mut InputRef<'src, '_, Tokens<'src>, Extra<'src>>| {
        let start = *inp.cursor().inner();
        let state = inp.state();
        let mut parser = Parser::at(state.sess, Rc::clone(state.buffer), start, state.end, state.eof_span);
        parser.subparser_name = state.name;
        let result = match f(&mut parser) {
            Ok(value) => Ok(value),
            Err(err) => Err(SyntaxError::Emitted(parser.report(err))),
        };
        for _ in start..parser.position() {
            inp.skip();
        }
        result
    })
}

/// Runs a production over a whole stream. What it leaves unread is the caller's to report.
pub fn run<'src, O: 'src>(
    sess: &'src Session,
    stream: &'src TokenStream,
    name: Option<&'static str>,
    f: impl Fn(&mut Parser<'src>) -> PResult<'src, O> + 'src,
) -> Result<O, ErrorGuaranteed> {
    use chumsky::Parser as _;
    let input = Tokens::new(stream);
    let eof_span = stream.span().map_or(span::DUMMY_SP, |span| span.shrink_to_hi());
    let mut state = State { sess, buffer: stream.buffer(), end: input.end, eof_span, name };
    let to_end = production(f).then_ignore(custom(|inp: &mut InputRef<'src, '_, Tokens<'src>, Extra<'src>>| {
        while inp.next().is_some() {}
        Ok(())
    }));
    match to_end.parse_with_state(input, &mut state).into_result() {
        Ok(value) => Ok(value),
        Err(errors) => {
            for error in &errors {
                if let SyntaxError::Emitted(guar) = error {
                    return Err(*guar);
                }
            }
            Err(sess.dcx.span_delayed_bug(eof_span, "a combinator found a syntax error"))
        }
    }
}
