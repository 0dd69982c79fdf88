//! Matching a macro call's tokens against a rule's left side.
//!
//! The left side is a flat list of locations ([`MatcherLoc`]); a set of threads walks it in step with the input, as in an
//! NFA simulation (Thompson 1968) or an Earley parser without completions across rules. Plain tokens advance threads by one. Only
//! if exactly one thread stands before a fragment and none before a token is the parser called, which may consume many tokens:
//! so there is never a choice to take back. What a thread has bound is a chain of [`Event`]s in an arena, shared by the threads
//! that forked from it.
//!
//! `$($x:ident),*` is `[Sequence -> 4, MetaVarDecl x, SequenceSep ",", SequenceKleeneOpAfterSep -> 1, Eof]`.

use ast::token::{NonterminalKind, Token, TokenKind};
use ast::tokenstream::TokenStream;
use session::Session;
use smallvec::SmallVec;
use span::{ErrorGuaranteed, Ident, Span};

use super::fragment::{Fragment, may_begin, parse_fragment};
use super::{KleeneOp, TokenTree};

/// A location in a matcher.
#[derive(Clone, Debug)]
pub(super) enum MatcherLoc {
    Token(Token),
    Delimited,
    Sequence { op: KleeneOp, after: u32, first_metavar: u32, num_metavars: u32, depth: u32 },
    SequenceKleeneOpNoSep { op: KleeneOp, first: u32 },
    SequenceSep(Token),
    SequenceKleeneOpAfterSep { first: u32 },
    MetaVarDecl { span: Span, name: Ident, kind: NonterminalKind, metavar: u32, depth: u32 },
    Eof,
}

impl MatcherLoc {
    /// Where it stands, for notes; separators are shown without.
    pub fn span(&self) -> Option<Span> {
        match self {
            MatcherLoc::Token(token) => Some(token.span),
            MatcherLoc::MetaVarDecl { span, .. } => Some(*span),
            _ => None,
        }
    }
}

impl std::fmt::Display for MatcherLoc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            MatcherLoc::Token(token) | MatcherLoc::SequenceSep(token) => {
                write!(f, "`{}`", ast::pretty::token_to_string(token))
            }
            MatcherLoc::MetaVarDecl { name, kind, .. } => write!(f, "meta-variable `${name}:{kind}`"),
            MatcherLoc::Delimited => f.write_str("delimiter"),
            MatcherLoc::Sequence { .. } => f.write_str("sequence start"),
            MatcherLoc::SequenceKleeneOpNoSep { .. } | MatcherLoc::SequenceKleeneOpAfterSep { .. } => {
                f.write_str("sequence end")
            }
            MatcherLoc::Eof => f.write_str("end of macro"),
        }
    }
}

/// Flattens a matcher. Returns its locations and the names of its metavariables in order, with their depth.
pub(super) fn compute_locs(matcher: &[TokenTree]) -> (Vec<MatcherLoc>, Vec<(Ident, u32)>) {
    fn inner(tts: &[TokenTree], locs: &mut Vec<MatcherLoc>, vars: &mut Vec<(Ident, u32)>, depth: u32) {
        for tt in tts {
            match tt {
                // Doc comments in a matcher match nothing.
                TokenTree::Token { token, .. } if token.is_doc_comment() => {}
                TokenTree::Token { token, .. } => locs.push(MatcherLoc::Token(*token)),
                TokenTree::Delimited { span, delim, tts, .. } => {
                    locs.push(MatcherLoc::Delimited);
                    locs.push(MatcherLoc::Token(Token::new(delim.as_open_token_kind(), span.open)));
                    inner(tts, locs, vars, depth);
                    locs.push(MatcherLoc::Token(Token::new(delim.as_close_token_kind(), span.close)));
                }
                TokenTree::Sequence { seq, .. } => {
                    let start = locs.len();
                    let first_metavar = vars.len() as u32;
                    locs.push(MatcherLoc::Eof);
                    inner(&seq.tts, locs, vars, depth + 1);
                    let first = start as u32 + 1;
                    match seq.separator {
                        Some(separator) => {
                            locs.push(MatcherLoc::SequenceSep(separator));
                            locs.push(MatcherLoc::SequenceKleeneOpAfterSep { first });
                        }
                        None => locs.push(MatcherLoc::SequenceKleeneOpNoSep { op: seq.op, first }),
                    }
                    locs[start] = MatcherLoc::Sequence {
                        op: seq.op,
                        after: locs.len() as u32,
                        first_metavar,
                        num_metavars: vars.len() as u32 - first_metavar,
                        depth,
                    };
                }
                &TokenTree::MetaVarDecl { span, name, kind } => {
                    locs.push(MatcherLoc::MetaVarDecl { span, name, kind, metavar: vars.len() as u32, depth });
                    vars.push((name, depth));
                }
                TokenTree::MetaVar { .. } | TokenTree::MetaVarExpr { .. } => unreachable!("only in bodies"),
            }
        }
    }
    let mut locs = Vec::new();
    let mut vars = Vec::new();
    inner(matcher, &mut locs, &mut vars, 0);
    locs.push(MatcherLoc::Eof);
    (locs, vars)
}

/// What a metavariable is bound to.
#[derive(Clone, Debug)]
pub(super) enum NamedMatch {
    Seq(Vec<NamedMatch>),
    Single(Fragment),
}

/// A successful match.
pub(super) struct Matched {
    /// By the metavariables' numbers.
    pub matches: Vec<NamedMatch>,
    /// What the fragments are ranges of: the input, in which tokens may have been split.
    pub input: TokenStream,
}

/// What came of matching a rule.
pub(super) enum ParseResult {
    /// What the metavariables are bound to.
    Success(Matched),
    /// The rule does not match: what was found, at which position.
    Failure { token: Token, position: usize },
    /// The input can be read in several ways, at which position.
    Ambiguity { span: Span, message: String },
    /// A fragment could not be parsed, which was reported.
    ErrorReported(ErrorGuaranteed),
}

/// Told what happens, for diagnostics.
pub(super) trait Tracker {
    /// A location is about to be tried; `last_of_step` if no other thread is left to be tried at this token.
    fn before_match_loc(&mut self, last_of_step: bool, loc: &MatcherLoc);
}

/// Tracks nothing.
pub(super) struct NoopTracker;

impl Tracker for NoopTracker {
    #[inline]
    fn before_match_loc(&mut self, _: bool, _: &MatcherLoc) {}
}

#[derive(Clone, Copy)]
struct Thread {
    loc: u32,
    /// The last event of this thread; `NO_EVENT` for none.
    history: u32,
}

const NO_EVENT: u32 = u32::MAX;

struct Event {
    parent: u32,
    kind: EventKind,
}

enum EventKind {
    /// A sequence begins: its metavariables get an empty list in the innermost open iteration.
    OpenSeq {
        first_metavar: u32,
        num_metavars: u32,
        depth: u32,
    },
    Bind {
        metavar: u32,
        depth: u32,
        fragment: Fragment,
    },
}

/// Matches, with memory that is used again from rule to rule.
#[derive(Default)]
pub(super) struct Matcher {
    current: SmallVec<[Thread; 8]>,
    next: SmallVec<[Thread; 8]>,
    fragments: SmallVec<[Thread; 4]>,
    events: Vec<Event>,
}

impl Matcher {
    /// Matches all of `input` (without doc comments) against a rule.
    pub fn match_rule(
        &mut self,
        sess: &Session,
        input: &TokenStream,
        locs: &[MatcherLoc],
        num_metavars: usize,
        tracker: &mut impl Tracker,
    ) -> ParseResult {
        self.events.clear();
        self.current.clear();
        self.next.clear();
        self.current.push(Thread { loc: 0, history: NO_EVENT });
        let mut input = input.clone();
        let mut pos = input.range().start;
        loop {
            self.fragments.clear();
            let (buffer, end) = (input.buffer(), input.range().end);
            let token = if pos < end {
                buffer.token(pos)
            } else {
                let span = if end > 0 && end > input.range().start {
                    buffer.span(end - 1).shrink_to_hi()
                } else {
                    span::DUMMY_SP
                };
                Token::new(TokenKind::Eof, span)
            };
            let finished = self.step(&token, locs, tracker);
            if token.kind == TokenKind::Eof {
                return match finished[..] {
                    [history] => ParseResult::Success(Matched { matches: self.bindings(history, num_metavars), input }),
                    [] => ParseResult::Failure { token, position: pos },
                    _ => ParseResult::Ambiguity {
                        span: token.span,
                        message: "ambiguity: multiple successful parses".to_string(),
                    },
                };
            }
            match (self.next.len(), self.fragments.len()) {
                (0, 0) => return ParseResult::Failure { token, position: pos },
                (_, 0) => {
                    std::mem::swap(&mut self.current, &mut self.next);
                    pos += 1;
                }
                (0, 1) => {
                    let thread = self.fragments[0];
                    let MatcherLoc::MetaVarDecl { span, kind, metavar, depth, .. } = locs[thread.loc as usize] else {
                        unreachable!("a fragment is expected here")
                    };
                    let fragment = match parse_fragment(sess, &mut input, pos, kind, span) {
                        Ok(fragment) => fragment,
                        Err(guar) => return ParseResult::ErrorReported(guar),
                    };
                    pos = fragment.end as usize;
                    let history = self.push_event(thread.history, EventKind::Bind { metavar, depth, fragment });
                    self.current.push(Thread { loc: thread.loc + 1, history });
                }
                _ => return self.ambiguity(locs, token),
            }
        }
    }

    /// Moves all threads up to where they need the token; returns the histories of those that have reached the end.
    fn step(&mut self, token: &Token, locs: &[MatcherLoc], tracker: &mut impl Tracker) -> SmallVec<[u32; 2]> {
        let mut finished = SmallVec::new();
        while let Some(mut thread) = self.current.pop() {
            let loc = &locs[thread.loc as usize];
            tracker.before_match_loc(self.current.is_empty(), loc);
            match *loc {
                MatcherLoc::Token(expected) => {
                    if token_eq(&expected, token) {
                        thread.loc += 1;
                        self.next.push(thread);
                    }
                }
                MatcherLoc::Delimited => {
                    thread.loc += 1;
                    self.current.push(thread);
                }
                MatcherLoc::Sequence { op, after, first_metavar, num_metavars, depth } => {
                    if num_metavars > 0 {
                        thread.history =
                            self.push_event(thread.history, EventKind::OpenSeq { first_metavar, num_metavars, depth });
                    }
                    if op != KleeneOp::OneOrMore {
                        self.current.push(Thread { loc: after, history: thread.history });
                    }
                    thread.loc += 1;
                    self.current.push(thread);
                }
                MatcherLoc::SequenceKleeneOpNoSep { op, first } => {
                    self.current.push(Thread { loc: thread.loc + 1, history: thread.history });
                    if op != KleeneOp::ZeroOrOne {
                        thread.loc = first;
                        self.current.push(thread);
                    }
                }
                MatcherLoc::SequenceSep(separator) => {
                    self.current.push(Thread { loc: thread.loc + 2, history: thread.history });
                    if token_eq(&separator, token) {
                        thread.loc += 1;
                        self.next.push(thread);
                    }
                }
                MatcherLoc::SequenceKleeneOpAfterSep { first } => {
                    thread.loc = first;
                    self.current.push(thread);
                }
                MatcherLoc::MetaVarDecl { kind, .. } => {
                    if may_begin(kind, token) {
                        self.fragments.push(thread);
                    }
                }
                MatcherLoc::Eof => {
                    if token.kind == TokenKind::Eof {
                        finished.push(thread.history);
                    }
                }
            }
        }
        finished
    }

    fn push_event(&mut self, parent: u32, kind: EventKind) -> u32 {
        self.events.push(Event { parent, kind });
        self.events.len() as u32 - 1
    }

    /// Replays a thread's events.
    fn bindings(&mut self, history: u32, num_metavars: usize) -> Vec<NamedMatch> {
        let mut chain: SmallVec<[u32; 32]> = SmallVec::new();
        let mut at = history;
        while at != NO_EVENT {
            chain.push(at);
            at = self.events[at as usize].parent;
        }
        let mut matches: Vec<NamedMatch> = Vec::with_capacity(num_metavars);
        for &event in chain.iter().rev() {
            match &self.events[event as usize].kind {
                &EventKind::OpenSeq { first_metavar, num_metavars, depth } => {
                    for metavar in first_metavar..first_metavar + num_metavars {
                        push_match(&mut matches, metavar, depth, NamedMatch::Seq(Vec::new()));
                    }
                }
                EventKind::Bind { metavar, depth, fragment } => {
                    push_match(&mut matches, *metavar, *depth, NamedMatch::Single(fragment.clone()));
                }
            }
        }
        matches
    }

    #[cold]
    fn ambiguity(&self, locs: &[MatcherLoc], token: Token) -> ParseResult {
        let nts: Vec<String> = self
            .fragments
            .iter()
            .map(|thread| match &locs[thread.loc as usize] {
                MatcherLoc::MetaVarDecl { name, kind, .. } => format!("{kind} ('{name}')"),
                _ => unreachable!("a fragment is expected here"),
            })
            .collect();
        let nts = nts.join(" or ");
        let others = match self.next.len() {
            0 => format!("built-in NTs {nts}."),
            1 => format!("built-in NTs {nts} or 1 other option."),
            n => format!("built-in NTs {nts} or {n} other options."),
        };
        ParseResult::Ambiguity { span: token.span, message: format!("multiple parsing options: {others}") }
    }
}

/// Adds what was matched for a metavariable that stands in so many repetitions.
fn push_match(matches: &mut Vec<NamedMatch>, metavar: u32, depth: u32, m: NamedMatch) {
    if depth == 0 {
        // A metavariable's number is its place; those before it are bound before it.
        debug_assert_eq!(matches.len(), metavar as usize);
        matches.push(m);
        return;
    }
    let mut current = &mut matches[metavar as usize];
    for _ in 1..depth {
        let NamedMatch::Seq(seq) = current else { unreachable!("a repetition was opened") };
        current = seq.last_mut().expect("an iteration was begun");
    }
    let NamedMatch::Seq(seq) = current else { unreachable!("a repetition was opened") };
    seq.push(m);
}

/// Equal for matching: names without hygiene.
pub(super) fn token_eq(a: &Token, b: &Token) -> bool {
    a.kind == b.kind
}
