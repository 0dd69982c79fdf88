//! One diagnostic: level, code, message, labelled spans, notes, suggestions; and the builder [`Diag`].

use span::{DUMMY_SP, Span, Symbol};

use crate::codes::ErrCode;
use crate::context::{DiagCtxt, ErrorGuaranteed};

/// How severe a diagnostic (or a part of one) is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Level {
    /// Internal compiler error.
    Bug,
    Error,
    Warning,
    Note,
    Help,
    /// A note said once a session.
    OnceNote,
    /// A help said once a session.
    OnceHelp,
    /// `aborting due to ..` and the like: an error-coloured closing note.
    FailureNote,
    /// Not shown.
    Allow,
    /// Not shown, fulfils an `#[expect]`.
    Expect,
}

impl Level {
    /// As it is printed.
    pub fn to_str(self) -> &'static str {
        match self {
            Level::Bug => "error: internal compiler error",
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note | Level::OnceNote => "note",
            Level::Help | Level::OnceHelp => "help",
            Level::FailureNote => "failure-note",
            Level::Allow => "allow",
            Level::Expect => "expect",
        }
    }
    /// Whether it makes compilation fail.
    pub fn is_error(self) -> bool {
        matches!(self, Level::Bug | Level::Error)
    }
}

/// Emphasis of a part of a message.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Style {
    NoStyle,
    Highlight,
}

/// Primary spans and labelled spans.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct MultiSpan {
    /// Marked `^^^`.
    pub primary_spans: Vec<Span>,
    /// Labels, in the order they were added; those on spans that are not primary are marked `---`.
    pub span_labels: Vec<(Span, String)>,
}

impl MultiSpan {
    /// No place.
    pub fn new() -> MultiSpan {
        MultiSpan::default()
    }
    /// The first primary span.
    pub fn primary_span(&self) -> Option<Span> {
        self.primary_spans.first().copied()
    }
    /// Adds a label.
    pub fn push_span_label(&mut self, span: Span, label: impl Into<String>) {
        self.span_labels.push((span, label.into()));
    }
    /// Whether it has no place.
    pub fn is_dummy(&self) -> bool {
        self.primary_spans.iter().all(|s| s.is_dummy())
    }
}

impl From<Span> for MultiSpan {
    fn from(span: Span) -> MultiSpan {
        MultiSpan { primary_spans: vec![span], span_labels: Vec::new() }
    }
}

impl From<Vec<Span>> for MultiSpan {
    fn from(mut primary_spans: Vec<Span>) -> MultiSpan {
        primary_spans.sort();
        MultiSpan { primary_spans, span_labels: Vec::new() }
    }
}

/// How sure a suggestion is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Applicability {
    MachineApplicable,
    MaybeIncorrect,
    HasPlaceholders,
    Unspecified,
}

/// Where a suggestion is shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SuggestionStyle {
    /// Only the message, in line.
    HideCodeInline,
    /// Message and code below.
    HideCodeAlways,
    /// Not shown, only in JSON.
    CompletelyHidden,
    /// In line if short.
    ShowCode,
    /// Always as a patch below.
    ShowAlways,
}

/// One replacement.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct SubstitutionPart {
    pub span: Span,
    pub snippet: String,
}

/// Replacements that are made together.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Substitution {
    pub parts: Vec<SubstitutionPart>,
}

/// A suggested change: one message, one or more alternatives.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct CodeSuggestion {
    pub substitutions: Vec<Substitution>,
    pub msg: String,
    pub style: SuggestionStyle,
    pub applicability: Applicability,
}

/// A note or help below a diagnostic.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Subdiag {
    pub level: Level,
    pub message: String,
    pub span: MultiSpan,
}

/// That a diagnostic is a lint's.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct IsLint {
    /// The lint's name, with underscores.
    pub name: String,
    /// Whether it is in the future-breakage report.
    pub has_future_breakage: bool,
}

/// A diagnostic's data.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct DiagInner {
    pub level: Level,
    pub message: String,
    pub code: Option<ErrCode>,
    pub span: MultiSpan,
    pub children: Vec<Subdiag>,
    pub suggestions: Vec<CodeSuggestion>,
    /// For ordering buffered diagnostics.
    pub sort_span: Span,
    pub is_lint: Option<IsLint>,
}

impl DiagInner {
    /// A diagnostic with only level and message.
    pub fn new(level: Level, message: impl Into<String>) -> DiagInner {
        DiagInner {
            level,
            message: message.into(),
            code: None,
            span: MultiSpan::new(),
            children: Vec::new(),
            suggestions: Vec::new(),
            sort_span: DUMMY_SP,
            is_lint: None,
        }
    }
}

/// A diagnostic being built. It must end in [`Diag::emit`], [`Diag::cancel`], [`Diag::delay_as_bug`] or be
/// buffered; dropped otherwise it is emitted, so that no error is lost.
#[must_use]
pub struct Diag<'a> {
    dcx: &'a DiagCtxt,
    diag: Option<Box<DiagInner>>,
}

impl std::ops::Deref for Diag<'_> {
    type Target = DiagInner;
    fn deref(&self) -> &DiagInner {
        self.diag.as_ref().expect("not yet emitted")
    }
}

impl std::ops::DerefMut for Diag<'_> {
    fn deref_mut(&mut self) -> &mut DiagInner {
        self.diag.as_mut().expect("not yet emitted")
    }
}

/// Each method by reference and, named `with_..`, by value.
macro_rules! builder {
    ($($(#[$attr:meta])* $with:ident, $name:ident($($arg:ident: $t:ty),*) $body:expr;)*) => { $(
        $(#[$attr])*
        pub fn $name(&mut self, $($arg: $t),*) -> &mut Self {
            #[allow(clippy::redundant_closure_call)]
            ($body)(&mut **self);
            self
        }
        $(#[$attr])*
        pub fn $with(mut self, $($arg: $t),*) -> Self {
            self.$name($($arg),*);
            self
        }
    )* };
}

impl<'a> Diag<'a> {
    /// Starts a diagnostic.
    pub fn new(dcx: &'a DiagCtxt, level: Level, message: impl Into<String>) -> Diag<'a> {
        Diag { dcx, diag: Some(Box::new(DiagInner::new(level, message))) }
    }
    /// Goes on with data taken from a buffer.
    pub fn from_inner(dcx: &'a DiagCtxt, inner: DiagInner) -> Diag<'a> {
        Diag { dcx, diag: Some(Box::new(inner)) }
    }

    builder! {
        /// Sets the error code.
        with_code, code(code: ErrCode) |d: &mut DiagInner| d.code = Some(code);
        /// Sets the primary place.
        with_span, span(span: impl Into<MultiSpan>) |d: &mut DiagInner| {
            let labels = std::mem::take(&mut d.span.span_labels);
            d.span = span.into();
            d.span.span_labels.extend(labels);
            if let Some(s) = d.span.primary_span() { d.sort_span = s; }
        };
        /// Replaces the message.
        with_primary_message, primary_message(msg: impl Into<String>) |d: &mut DiagInner| d.message = msg.into();
        /// Labels a span.
        with_span_label, span_label(span: Span, label: impl Into<String>) |d: &mut DiagInner| {
            d.span.push_span_label(span, label);
        };
        /// Adds a note.
        with_note, note(msg: impl Into<String>) |d: &mut DiagInner| sub(d, Level::Note, msg, MultiSpan::new());
        /// Adds a note that is said once a session.
        with_note_once, note_once(msg: impl Into<String>) |d: &mut DiagInner| {
            sub(d, Level::OnceNote, msg, MultiSpan::new());
        };
        /// Adds a note at a place.
        with_span_note, span_note(span: impl Into<MultiSpan>, msg: impl Into<String>) |d: &mut DiagInner| {
            sub(d, Level::Note, msg, span.into());
        };
        /// Adds a note at a place that is said once a session.
        with_span_note_once, span_note_once(span: impl Into<MultiSpan>, msg: impl Into<String>) |d: &mut DiagInner| {
            sub(d, Level::OnceNote, msg, span.into());
        };
        /// Adds a help that is said once a session.
        with_help_once, help_once(msg: impl Into<String>) |d: &mut DiagInner| {
            sub(d, Level::OnceHelp, msg, MultiSpan::new());
        };
        /// Adds a help.
        with_help, help(msg: impl Into<String>) |d: &mut DiagInner| sub(d, Level::Help, msg, MultiSpan::new());
        /// Adds a help at a place.
        with_span_help, span_help(span: impl Into<MultiSpan>, msg: impl Into<String>) |d: &mut DiagInner| {
            sub(d, Level::Help, msg, span.into());
        };
        /// Adds a warning below.
        with_warn, warn(msg: impl Into<String>) |d: &mut DiagInner| sub(d, Level::Warning, msg, MultiSpan::new());
        /// Suggests replacing a span.
        with_span_suggestion, span_suggestion(
            span: Span, msg: impl Into<String>, suggestion: impl Into<String>, applicability: Applicability
        ) |d: &mut DiagInner| suggest(
            d, msg, vec![vec![(span, suggestion.into())]], applicability, SuggestionStyle::ShowCode
        );
        /// Suggests replacing a span, always shown as a patch.
        with_span_suggestion_verbose, span_suggestion_verbose(
            span: Span, msg: impl Into<String>, suggestion: impl Into<String>, applicability: Applicability
        ) |d: &mut DiagInner| suggest(
            d, msg, vec![vec![(span, suggestion.into())]], applicability, SuggestionStyle::ShowAlways
        );
        /// Suggests replacing a span, shown only as the message.
        with_span_suggestion_short, span_suggestion_short(
            span: Span, msg: impl Into<String>, suggestion: impl Into<String>, applicability: Applicability
        ) |d: &mut DiagInner| suggest(
            d, msg, vec![vec![(span, suggestion.into())]], applicability, SuggestionStyle::HideCodeInline
        );
        /// Suggests one of several replacements of a span.
        with_span_suggestions, span_suggestions(
            span: Span, msg: impl Into<String>, suggestions: impl IntoIterator<Item = String>,
            applicability: Applicability
        ) |d: &mut DiagInner| suggest(
            d, msg, suggestions.into_iter().map(|s| vec![(span, s)]).collect(), applicability,
            SuggestionStyle::ShowAlways
        );
        /// Suggests replacements that are made together.
        with_multipart_suggestion, multipart_suggestion(
            msg: impl Into<String>, parts: Vec<(Span, String)>, applicability: Applicability
        ) |d: &mut DiagInner| suggest(d, msg, vec![parts], applicability, SuggestionStyle::ShowAlways);
        /// Suggests one of several groups of replacements.
        with_multipart_suggestions, multipart_suggestions(
            msg: impl Into<String>, groups: Vec<Vec<(Span, String)>>, applicability: Applicability
        ) |d: &mut DiagInner| suggest(d, msg, groups, applicability, SuggestionStyle::ShowAlways);
        /// A suggestion for tools only.
        with_tool_only_span_suggestion, tool_only_span_suggestion(
            span: Span, msg: impl Into<String>, suggestion: impl Into<String>, applicability: Applicability
        ) |d: &mut DiagInner| suggest(
            d, msg, vec![vec![(span, suggestion.into())]], applicability, SuggestionStyle::CompletelyHidden
        );
        /// Marks it as a lint's.
        with_is_lint, is_lint(name: impl Into<String>, has_future_breakage: bool) |d: &mut DiagInner| {
            d.is_lint = Some(IsLint { name: name.into(), has_future_breakage });
        };
    }

    /// `expected LABEL `A`, found LABEL `B`` in a note, the two aligned.
    pub fn note_expected_found(&mut self, label: &str, expected: &str, found: &str) -> &mut Self {
        let exp = format!("expected {label} ");
        let fnd = format!("   found {label} ");
        let width = exp.len().max(fnd.len());
        self.note(format!("{exp:>width$}`{expected}`\n{fnd:>width$}`{found}`"))
    }

    /// Emits it.
    pub fn emit(mut self) -> ErrorGuaranteed {
        let diag = self.diag.take().expect("emitted once");
        self.dcx.emit_inner(*diag)
    }
    /// Throws it away.
    pub fn cancel(mut self) {
        self.diag = None;
    }
    /// Takes the data out, to be buffered.
    pub fn into_inner(mut self) -> DiagInner {
        *self.diag.take().expect("not yet emitted")
    }
    /// Makes it a bug that counts only if nothing else fails.
    pub fn delay_as_bug(mut self) -> ErrorGuaranteed {
        let diag = self.diag.take().expect("emitted once");
        self.dcx.span_delayed_bug(diag.span.primary_span().unwrap_or(DUMMY_SP), diag.message)
    }
    /// The context it will go to.
    pub fn dcx(&self) -> &'a DiagCtxt {
        self.dcx
    }
    /// Whether an identical label is already there; for stages that add labels from several places.
    pub fn has_label(&self, span: Span, label: &str) -> bool {
        self.span.span_labels.iter().any(|(s, l)| *s == span && l == label)
    }
    /// Whether the message contains a name.
    pub fn mentions(&self, name: Symbol) -> bool {
        self.message.contains(name.as_str())
    }
}

impl Drop for Diag<'_> {
    fn drop(&mut self) {
        if let Some(diag) = self.diag.take() {
            self.dcx.emit_inner(*diag);
        }
    }
}

fn sub(d: &mut DiagInner, level: Level, message: impl Into<String>, span: MultiSpan) {
    d.children.push(Subdiag { level, message: message.into(), span });
}

fn suggest(
    d: &mut DiagInner,
    msg: impl Into<String>,
    groups: Vec<Vec<(Span, String)>>,
    applicability: Applicability,
    style: SuggestionStyle,
) {
    let substitutions = groups
        .into_iter()
        .map(|parts| {
            let mut parts: Vec<_> =
                parts.into_iter().map(|(span, snippet)| SubstitutionPart { span, snippet }).collect();
            parts.sort_by_key(|p| p.span);
            Substitution { parts }
        })
        .collect();
    d.suggestions.push(CodeSuggestion { substitutions, msg: msg.into(), style, applicability });
}
