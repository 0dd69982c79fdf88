//! Diagnostics inside macro expansions: spans in other crates' macros move to the user's call, and a note says which
//! macro the error comes from.

use span::{ExpnKind, MacroKind, SourceMap, Span};

use crate::{DiagInner, Level, MultiSpan, Subdiag};

/// Prepares a diagnostic for showing.
pub(super) fn prepare(diag: &DiagInner, sm: &SourceMap) -> DiagInner {
    let mut diag = diag.clone();
    let note = backtrace_note(&diag);
    leave_foreign_macros(&mut diag.span, sm);
    label_expansions(&mut diag.span);
    for child in &mut diag.children {
        leave_foreign_macros(&mut child.span, sm);
        label_expansions(&mut child.span);
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

/// Moves spans in other crates' files that come from an expansion to what the user wrote for it.
fn leave_foreign_macros(span: &mut MultiSpan, sm: &SourceMap) {
    let leave = |s: Span| if is_imported(s, sm) { s.source_callsite() } else { s };
    for s in &mut span.primary_spans {
        *s = leave(*s);
    }
    for (s, _) in &mut span.span_labels {
        *s = leave(*s);
    }
}

/// Says at the outermost call where a primary place inside an expansion comes from, unless that call contains it.
fn label_expansions(span: &mut MultiSpan) {
    let mut labels: Vec<(Span, &str)> = Vec::new();
    for &primary in span.primary_spans.iter().filter(|s| !s.is_dummy()) {
        let defined = primary.macro_backtrace().filter(|data| !data.def_site.is_dummy());
        let Some(outermost) = defined.last() else { continue };
        let ExpnKind::Macro(kind, _) = outermost.kind else { continue };
        let text = match kind {
            MacroKind::Bang => "in this macro invocation",
            MacroKind::Attr => "in this attribute macro expansion",
            MacroKind::Derive => "in this derive macro expansion",
        };
        let label = (outermost.call_site, text);
        if !outermost.call_site.contains(primary) && !labels.contains(&label) {
            labels.push(label);
        }
    }
    span.span_labels.extend(labels.into_iter().map(|(call, text)| (call, text.into())));
}

/// `this error originates in the macro ..`, if a primary place is inside one.
fn backtrace_note(diag: &DiagInner) -> Option<String> {
    let spans = diag.span.primary_spans.iter().chain(diag.children.iter().flat_map(|c| &c.span.primary_spans));
    let mut macros = spans.flat_map(|s| s.macro_backtrace()).filter_map(|data| match data.kind {
        ExpnKind::Macro(kind, name) => Some((kind, name, data.hide_backtrace)),
        _ => None,
    });
    let first @ (kind, name, _) = macros.next()?;
    let (last_kind, last_name, hidden) = macros.last().unwrap_or(first);
    // The library's own macros are known to who calls them.
    if hidden {
        return None;
    }
    let level = match diag.level {
        Level::Warning => "warning",
        _ => "error",
    };
    let descr = kind.descr();
    let came_from = match last_name == name {
        true => String::new(),
        false => format!(" which comes from the expansion of the {} `{last_name}`", last_kind.descr()),
    };
    Some(format!(
        "this {level} originates in the {descr} `{name}`{came_from} (in Nightly builds, run with -Z macro-backtrace for more info)"
    ))
}
