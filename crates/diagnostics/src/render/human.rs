//! The human form.

use std::ops::Range;
use std::rc::Rc;

use annotate_snippets::renderer::{DEFAULT_TERM_WIDTH, DecorStyle};
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level as ALevel, Origin, Padding, Patch, Renderer, Snippet,
};
use span::{SourceFile, SourceMap, Span};

use super::macros::prepare;
use crate::{CodeSuggestion, DiagInner, Level, MultiSpan, SuggestionStyle};

/// How the human form looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct HumanOptions {
    /// With the colours of a terminal.
    pub color: bool,
    /// With Unicode's box drawing characters.
    pub unicode: bool,
    /// The width of the output, to which long lines are cut.
    pub width: Option<usize>,
}

/// Renders a diagnostic as rustc does on a terminal.
pub fn render_human(diag: &DiagInner, sm: &SourceMap, options: HumanOptions) -> String {
    let diag = prepare(diag, sm);
    let inline = inline_suggestion(&diag);
    let code = diag.code.map(|c| c.to_string());
    let mut title = level(diag.level).primary_title(diag.message.as_str());
    if let Some(code) = &code {
        title = title.id(code.as_str());
    }
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut span = diag.span.clone();
    if let Some(s) = inline {
        let part = &s.substitutions[0].parts[0];
        let text = match s.style {
            SuggestionStyle::HideCodeInline => format!("help: {}{}", s.msg, confusion(s, sm)),
            _ => {
                let code =
                    if part.snippet.trim().is_empty() { String::new() } else { format!(": `{}`", part.snippet.trim()) };
                format!("help: {}{}{code}", s.msg, confusion(s, sm))
            }
        };
        span.push_span_label(part.span, text);
    }
    let mut group = Group::with_title(title);
    group = add_snippets(group, &span, sm);

    let has_suggestions = diag.suggestions.iter().any(|s| shown_below(s, inline));
    let n = diag.children.len();
    for (i, child) in diag.children.iter().enumerate() {
        if child.span.primary_spans.is_empty() {
            group = group.element(level(child.level).message(child.message.as_str()));
        } else {
            groups.push(std::mem::replace(
                &mut group,
                add_snippets(
                    Group::with_title(level(child.level).secondary_title(child.message.as_str())),
                    &child.span,
                    sm,
                ),
            ));
        }
        let _ = (i, n);
    }
    groups.push(group);
    if has_suggestions {
        for s in diag.suggestions.iter().filter(|s| shown_below(s, inline)) {
            add_suggestion(&mut groups, s, sm);
        }
    }
    let renderer = if options.color { Renderer::styled() } else { Renderer::plain() };
    let decor = if options.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    let width = options.width.unwrap_or(DEFAULT_TERM_WIDTH);
    let renderer = renderer.term_width(width).decor_style(decor).anonymized_snippet_line_numbers(false);
    let mut text = renderer.render(&groups);
    if diag.level == Level::FailureNote {
        text.push('\n');
        return text;
    }
    for s in diag.suggestions.iter().filter(|s| shown_below(s, inline)) {
        show_next_line(&mut text, s, sm);
    }
    if groups.len() == 1 && diag.span.primary_spans.is_empty() && !diag.children.is_empty() {
        text = indent_notes(&text);
    }
    text.push_str("\n\n");
    text
}

/// Letters whose small and capital forms look alike.
const ALIKE: &str = "cfikosuvwxyz";
/// Digits and the letters that they are taken for.
const DIGITS: &[(char, char)] = &[('0', 'O'), ('1', 'l'), ('5', 'S'), ('8', 'B'), ('9', 'g')];

/// What a reader may overlook in a suggestion: that it differs in the size of letters, or in digits for letters, alone.
fn confusion(s: &CodeSuggestion, sm: &SourceMap) -> &'static str {
    let [sub] = &s.substitutions[..] else { return "" };
    let (mut case, mut digit) = (false, false);
    for part in &sub.parts {
        let Some(found) = sm.span_to_snippet(part.span) else { return "" };
        let (found, suggested) = (found.trim(), part.snippet.trim());
        if found.is_empty() || found.chars().count() != suggested.chars().count() {
            return "";
        }
        for (f, s) in found.chars().zip(suggested.chars()).filter(|(f, s)| f != s) {
            if f.eq_ignore_ascii_case(&s) && ALIKE.contains(f.to_ascii_lowercase()) {
                case = true;
            } else if DIGITS.contains(&(f, s)) || DIGITS.contains(&(s, f)) {
                digit = true;
            } else {
                return "";
            }
        }
    }
    match (case, digit) {
        (true, true) => " (notice the capitalization and digit/letter confusion)",
        (true, false) => " (notice the capitalization)",
        (false, true) => " (notice the digit/letter confusion)",
        (false, false) => "",
    }
}

/// Behind lines that are inserted before a line, rustc shows that line too.
fn show_next_line(text: &mut String, s: &CodeSuggestion, sm: &SourceMap) {
    let [sub] = &s.substitutions[..] else { return };
    let [part] = &sub.parts[..] else { return };
    if !part.span.is_empty() || !part.snippet.ends_with('\n') {
        return;
    }
    let Some(loc) = sm.lookup_char_pos(part.span.lo()) else { return };
    let Some(line) = loc.file.get_line(loc.line - 1) else { return };
    let added = part.snippet.matches('\n').count();
    let last = part.snippet.trim_end_matches('\n').rsplit('\n').next().unwrap_or_default();
    if loc.col.0 > 0 && !line.chars().take(loc.col.0).all(char::is_whitespace) {
        return;
    }
    let shown = format!("{} + {last}", loc.line + added - 1);
    let lines: Vec<&str> = text.split('\n').collect();
    let Some(at) = lines.iter().rposition(|l| l.trim_start().starts_with(&shown)) else { return };
    let width = lines[at].find('+').map_or(1, |i| i - 1);
    let mut out: Vec<String> = lines.iter().map(ToString::to_string).collect();
    out.insert(at + 1, format!("{:>width$} | {line}", loc.line + added));
    *text = out.join("\n");
}

/// Where there is no source, rustc's notes stand as under a line number of one digit.
fn indent_notes(text: &str) -> String {
    let mut in_notes = false;
    let lines = text.split('\n').map(|line| {
        in_notes |= line.starts_with(' ') && line.trim() == "|" || line.starts_with('\x1b') && line.contains(" |\x1b");
        if in_notes && !line.is_empty() { format!(" {line}") } else { line.to_owned() }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// One line: `file:line:col: error[E0308]: message: labels`.
pub fn render_short(diag: &DiagInner, sm: &SourceMap) -> String {
    let diag = prepare(diag, sm);
    let mut out = String::new();
    if let Some(loc) = diag.span.primary_span().and_then(|s| sm.lookup_char_pos(s.lo())) {
        out += &format!("{}:{}:{}: ", loc.file.name.display(), loc.line, loc.col.0 + 1);
    }
    out += diag.level.to_str();
    if let Some(code) = diag.code {
        out += &format!("[{code}]");
    }
    out += &format!(": {}", diag.message);
    let labels: Vec<&str> = diag
        .span
        .span_labels
        .iter()
        .filter(|(s, l)| diag.span.primary_spans.contains(s) && !l.is_empty())
        .map(|(_, l)| l.as_str())
        .collect();
    if !labels.is_empty() {
        out += &format!(": {}", labels.join(", "));
    }
    out.push('\n');
    out
}

fn level(l: Level) -> ALevel<'static> {
    match l {
        Level::Bug => ALevel::ERROR.with_name("error: internal compiler error"),
        Level::Error => ALevel::ERROR,
        Level::Warning => ALevel::WARNING,
        Level::Note | Level::OnceNote => ALevel::NOTE,
        Level::Help | Level::OnceHelp => ALevel::HELP,
        Level::FailureNote | Level::Allow | Level::Expect => ALevel::NOTE.no_name(),
    }
}

/// The one suggestion that is shown as a label, as rustc decides: it is alone, short, and replaces one place.
fn inline_suggestion(diag: &DiagInner) -> Option<&CodeSuggestion> {
    let [s] = &diag.suggestions[..] else { return None };
    let [sub] = &s.substitutions[..] else { return None };
    let [part] = &sub.parts[..] else { return None };
    let fits = s.msg.split_whitespace().count() < 10
        && !part.snippet.contains('\n')
        && matches!(s.style, SuggestionStyle::ShowCode | SuggestionStyle::HideCodeInline);
    (fits && diag.span.primary_span().is_some()).then_some(s)
}

fn shown_below(s: &CodeSuggestion, inline: Option<&CodeSuggestion>) -> bool {
    s.style != SuggestionStyle::CompletelyHidden && !inline.is_some_and(|i| std::ptr::eq(i, s))
}

/// Where a span lies in its file.
fn range_in(file: &SourceFile, span: Span) -> Range<usize> {
    let start = (span.lo().0.saturating_sub(file.start_pos.0) as usize).min(file.src.len());
    let end = (span.hi().0.saturating_sub(file.start_pos.0) as usize).min(file.src.len());
    start..end.max(start)
}

/// Adds the source of a multi-span: the primary's file first, then the others in order.
fn add_snippets<'a>(mut group: Group<'a>, span: &MultiSpan, sm: &SourceMap) -> Group<'a> {
    let mut files: Vec<(Rc<SourceFile>, Vec<Annotation<'a>>)> = Vec::new();
    let mut add = |s: Span, kind: AnnotationKind, label: Option<String>| {
        if s.is_dummy() {
            return;
        }
        let Some(file) = sm.lookup_source_file(s.lo()) else { return };
        let mut annotation = kind.span(range_in(&file, s));
        if let Some(label) = label.filter(|l| !l.is_empty()) {
            annotation = annotation.label(label);
        }
        match files.iter_mut().find(|(f, _)| Rc::ptr_eq(f, &file)) {
            Some((_, list)) => list.push(annotation),
            None => files.push((file, vec![annotation])),
        }
    };
    for &primary in &span.primary_spans {
        let labels: Vec<&String> = span.span_labels.iter().filter(|(s, _)| *s == primary).map(|(_, l)| l).collect();
        if labels.is_empty() {
            add(primary, AnnotationKind::Primary, None);
        }
        for l in labels {
            add(primary, AnnotationKind::Primary, Some(l.clone()));
        }
    }
    for (s, label) in &span.span_labels {
        if !span.primary_spans.contains(s) {
            add(*s, AnnotationKind::Context, Some(label.clone()));
        }
    }
    for (file, annotations) in files {
        if file.src.is_empty() && file.len > 0 {
            let primary = span.primary_span().and_then(|s| sm.lookup_char_pos(s.lo()));
            let mut origin = Origin::path(file.name.display().to_string());
            if let Some(loc) = primary.filter(|l| Rc::ptr_eq(&l.file, &file)) {
                origin = origin.line(loc.line).char_column(loc.col.0 + 1);
            }
            group = group.element(origin);
            continue;
        }
        let snippet =
            Snippet::source(file.src.to_string()).path(file.name.display().to_string()).annotations(annotations);
        group = group.element(snippet);
    }
    group
}

fn add_suggestion<'a>(groups: &mut Vec<Group<'a>>, s: &'a CodeSuggestion, sm: &SourceMap) {
    let title = ALevel::HELP.secondary_title(format!("{}{}", s.msg, confusion(s, sm)));
    if s.style == SuggestionStyle::HideCodeAlways {
        if let Some(last) = groups.pop() {
            groups.push(last.element(ALevel::HELP.message(s.msg.as_str())));
        }
        return;
    }
    let mut group = Group::with_title(title);
    let mut any = false;
    for sub in s.substitutions.iter().take(4) {
        let Some(first) = sub.parts.first() else { continue };
        let Some(file) = sm.lookup_source_file(first.span.lo()) else { continue };
        let patches = sub.parts.iter().map(|p| Patch::new(range_in(&file, p.span), p.snippet.clone()));
        let snippet = Snippet::source(file.src.to_string()).path(file.name.display().to_string()).patches(patches);
        group = group.element(snippet);
        any = true;
    }
    if s.substitutions.len() > 4 {
        let rest = s.substitutions.len() - 4;
        let plural = if rest == 1 { "" } else { "s" };
        group = group.element(ALevel::NOTE.no_name().message(format!("and {rest} other candidate{plural}")));
    }
    if any {
        groups.push(group);
    } else {
        groups.push(Group::with_title(ALevel::HELP.secondary_title(s.msg.as_str())).element(Padding));
    }
}
