//! [`DiagCtxt`]: where diagnostics go, in order, once each.

use std::cell::{Cell, RefCell};

use rustc_hash::FxHashSet;
pub use span::ErrorGuaranteed;
use span::{Span, Symbol};

use crate::builder::{Diag, DiagInner, Level, MultiSpan};
use crate::codes::ErrCode;

/// Receives each diagnostic as it is emitted.
pub trait DiagSink {
    /// Takes one diagnostic.
    fn emit(&mut self, diag: &DiagInner);
}

/// Collects the diagnostics of a session.
#[derive(Default)]
pub struct DiagCtxt {
    emitted: RefCell<Vec<DiagInner>>,
    seen: RefCell<FxHashSet<DiagInner>>,
    once: RefCell<FxHashSet<(String, MultiSpan)>>,
    delayed: RefCell<Vec<(Span, String)>>,
    sink: RefCell<Option<Box<dyn DiagSink>>>,
    errors: Cell<usize>,
    lint_errors: Cell<usize>,
    warnings: Cell<usize>,
}

impl DiagCtxt {
    /// A context that keeps what is emitted.
    pub fn new() -> DiagCtxt {
        DiagCtxt::default()
    }
    /// Streams diagnostics to a sink as well.
    pub fn set_sink(&self, sink: Box<dyn DiagSink>) {
        *self.sink.borrow_mut() = Some(sink);
    }
    /// Everything emitted so far.
    pub fn take_emitted(&self) -> Vec<DiagInner> {
        std::mem::take(&mut self.emitted.borrow_mut())
    }
    /// A copy of everything emitted so far.
    pub fn emitted(&self) -> Vec<DiagInner> {
        self.emitted.borrow().clone()
    }
    /// The number of errors, lints at `deny` included.
    pub fn err_count(&self) -> usize {
        self.errors.get() + self.lint_errors.get()
    }
    /// The number of errors that are not lints.
    pub fn err_count_excluding_lint_errs(&self) -> usize {
        self.errors.get()
    }
    /// The number of warnings.
    pub fn warn_count(&self) -> usize {
        self.warnings.get()
    }
    /// Proof that there was an error (not counting lints).
    pub fn has_errors_excluding_lint_errors(&self) -> Option<ErrorGuaranteed> {
        (self.errors.get() > 0).then_some(ErrorGuaranteed::unchecked_error_guaranteed())
    }
    /// Proof that there was an error.
    pub fn has_errors(&self) -> Option<ErrorGuaranteed> {
        (self.err_count() > 0).then_some(ErrorGuaranteed::unchecked_error_guaranteed())
    }
    /// Proof that there was an error or a delayed bug.
    pub fn has_errors_or_delayed_bugs(&self) -> Option<ErrorGuaranteed> {
        (self.err_count() > 0 || !self.delayed.borrow().is_empty())
            .then_some(ErrorGuaranteed::unchecked_error_guaranteed())
    }
    /// Distinct error codes emitted, sorted.
    pub fn emitted_error_codes(&self) -> Vec<ErrCode> {
        let mut codes: Vec<_> =
            self.emitted.borrow().iter().filter(|d| d.level.is_error()).filter_map(|d| d.code).collect();
        codes.sort();
        codes.dedup();
        codes
    }
    /// Distinct codes of the errors and warnings emitted, sorted.
    pub fn emitted_codes(&self) -> Vec<ErrCode> {
        let mut codes: Vec<_> = self.emitted.borrow().iter().filter_map(|d| d.code).collect();
        codes.sort();
        codes.dedup();
        codes
    }

    /// An error without a place.
    pub fn struct_err(&self, msg: impl Into<String>) -> Diag<'_> {
        Diag::new(self, Level::Error, msg)
    }
    /// An error at a place.
    pub fn struct_span_err(&self, span: impl Into<MultiSpan>, msg: impl Into<String>) -> Diag<'_> {
        self.struct_err(msg).with_span(span)
    }
    /// A warning at a place.
    pub fn struct_span_warn(&self, span: impl Into<MultiSpan>, msg: impl Into<String>) -> Diag<'_> {
        Diag::new(self, Level::Warning, msg).with_span(span)
    }
    /// A warning without a place.
    pub fn struct_warn(&self, msg: impl Into<String>) -> Diag<'_> {
        Diag::new(self, Level::Warning, msg)
    }
    /// Emits an error without a place.
    pub fn err(&self, msg: impl Into<String>) -> ErrorGuaranteed {
        self.struct_err(msg).emit()
    }
    /// Emits an error at a place.
    pub fn span_err(&self, span: impl Into<MultiSpan>, msg: impl Into<String>) -> ErrorGuaranteed {
        self.struct_span_err(span, msg).emit()
    }
    /// Emits a warning at a place.
    pub fn span_warn(&self, span: impl Into<MultiSpan>, msg: impl Into<String>) {
        self.struct_span_warn(span, msg).emit();
    }
    /// Emits a note.
    pub fn note(&self, msg: impl Into<String>) {
        Diag::new(self, Level::Note, msg).emit();
    }
    /// Emits the error for what the compiler does not support yet: names the feature and its place.
    pub fn span_unsupported(&self, span: Span, feature: &str) -> ErrorGuaranteed {
        self.span_err(span, format!("{feature} is not supported yet"))
    }
    /// Records that an error must have been emitted by the end of the session.
    pub fn span_delayed_bug(&self, span: Span, msg: impl Into<String>) -> ErrorGuaranteed {
        self.delayed.borrow_mut().push((span, msg.into()));
        ErrorGuaranteed::unchecked_error_guaranteed()
    }
    /// As [`DiagCtxt::span_delayed_bug`], without a place.
    pub fn delayed_bug(&self, msg: impl Into<String>) -> ErrorGuaranteed {
        self.span_delayed_bug(span::DUMMY_SP, msg)
    }
    /// Delayed bugs; the driver turns them into an internal error if no error was emitted.
    pub fn take_delayed_bugs(&self) -> Vec<(Span, String)> {
        std::mem::take(&mut self.delayed.borrow_mut())
    }
    /// Emits what was buffered, in the given order.
    pub fn emit_buffered(&self, diags: Vec<DiagInner>) {
        for diag in diags {
            self.emit_inner(diag);
        }
    }

    pub(crate) fn emit_inner(&self, mut diag: DiagInner) -> ErrorGuaranteed {
        diag.children.retain(|c| {
            !matches!(c.level, Level::OnceNote | Level::OnceHelp)
                || self.once.borrow_mut().insert((c.message.clone(), c.span.clone()))
        });
        if matches!(diag.level, Level::Allow | Level::Expect) || !self.seen.borrow_mut().insert(diag.clone()) {
            return ErrorGuaranteed::unchecked_error_guaranteed();
        }
        match diag.level {
            Level::Error | Level::Bug if diag.is_lint.is_some() => self.lint_errors.set(self.lint_errors.get() + 1),
            Level::Error | Level::Bug => self.errors.set(self.errors.get() + 1),
            Level::Warning => self.warnings.set(self.warnings.get() + 1),
            _ => {}
        }
        if let Some(sink) = &mut *self.sink.borrow_mut() {
            sink.emit(&diag);
        }
        self.emitted.borrow_mut().push(diag);
        ErrorGuaranteed::unchecked_error_guaranteed()
    }
}

/// Lists names as rustc does: `` `a`, `b`, and `c` ``, or `` `a` and `b` ``.
pub fn listify(names: &[Symbol]) -> String {
    let quoted: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
    match &quoted[..] {
        [] => String::new(),
        [a] => a.clone(),
        [a, b] => format!("{a} and {b}"),
        [init @ .., last] => format!("{}, and {last}", init.join(", ")),
    }
}
