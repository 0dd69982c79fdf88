//! Diagnostics inside macro expansions: spans in other crates' macros move to the user's call, and a note says which
//! macro the error comes from.

use span::{ExpnKind, MacroKind, SourceMap, Span};

use crate::{DiagInner, Level, MultiSpan, Subdiag};

/// Prepares a diagnostic for showing.
pub(super) fn prepare(diag: &DiagInner, sm: &SourceMap) -> DiagInner {
    let mut diag = diag.clone();
    let note = backtrace_note(&diag, sm);
    fix_multispan(&mut diag.span, sm);
    for child in &mut diag.children {
        fix_multispan(&mut child.span, sm);
    }
    if let Some(message) = note {
        diag.children.push(Subdiag { level: Level::Note, message, span: MultiSpan::new() });
    }
    diag.suggestions.retain(|s| {
        s.substitutions.iter().all(|sub| sub.parts.iter().all(|p| !p.span.is_dummy() && !is_imported(p.span, sm)))
    });
    diag
}

fn is_imported(span: Span, sm: &SourceMap) -> bool {
    sm.lookup_source_file(span.lo()).is_some_and(|f| f.cnum != span::def_id::LOCAL_CRATE)
}

/// Moves spans in other crates' files to the nearest call in this crate.
fn fix_multispan(span: &mut MultiSpan, sm: &SourceMap) {
    let fix = |s: Span| -> Span {
        let mut cur = s;
        while is_imported(cur, sm) {
            match cur.parent_callsite() {
                Some(call) => cur = call,
                None => return s,
            }
        }
        cur
    };
    for s in &mut span.primary_spans {
        *s = fix(*s);
    }
    for (s, _) in &mut span.span_labels {
        *s = fix(*s);
    }
}

/// `this error originates in the macro ..`, if the primary place is inside one.
fn backtrace_note(diag: &DiagInner, sm: &SourceMap) -> Option<String> {
    let spans = diag.span.primary_spans.iter().chain(diag.children.iter().flat_map(|c| &c.span.primary_spans));
    let mut first: Option<(MacroKind, span::Symbol)> = None;
    let mut last: Option<(MacroKind, span::Symbol)> = None;
    let mut hidden = false;
    for s in spans {
        for data in s.macro_backtrace() {
            if let ExpnKind::Macro(kind, name) = data.kind {
                first.get_or_insert((kind, name));
                last = Some((kind, name));
                hidden = data.hide_backtrace;
            }
        }
        if first.is_some() {
            break;
        }
    }
    // The library's own macros are known to who calls them.
    if hidden {
        return None;
    }
    let _ = sm;
    let (kind, name) = first?;
    let level = match diag.level {
        Level::Warning => "warning",
        _ => "error",
    };
    let descr = kind.descr();
    let came_from = match last {
        Some((_, outer)) if outer != name => format!(" which comes from the expansion of the macro `{outer}`"),
        _ => String::new(),
    };
    Some(format!(
        "this {level} originates in the {descr} `{name}`{came_from} (in Nightly builds, run with -Z macro-backtrace for more info)"
    ))
}
