//! The human form.

use std::ops::Range;
use std::rc::Rc;

use annotate_snippets::renderer::{DEFAULT_TERM_WIDTH, DecorStyle};
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level as ALevel, Origin, Padding, Patch, Renderer, Snippet,
};
use span::{BytePos, SourceFile, SourceMap, Span};

use super::macros::prepare;
use crate::{CodeSuggestion, DiagInner, Level, MultiSpan, SubstitutionPart, SuggestionStyle};

/// How many alternatives of a suggestion are shown.
const MAX_SUGGESTIONS: usize = 4;

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
            SuggestionStyle::HideCodeInline => format!("help: {}", s.msg),
            _ if part.snippet.trim().is_empty() => format!("help: {}", s.msg),
            _ => {
                let confusion = confusion(std::slice::from_ref(part), sm);
                format!("help: {}{confusion}: `{}`", s.msg, part.snippet.trim())
            }
        };
        span.push_span_label(part.span, text);
    }
    let mut group = Group::with_title(title);
    if span.primary_span().is_some_and(|s| !s.is_dummy()) {
        let padded = diag.children.first().is_some_and(|c| !has_place(&c.span));
        group = add_snippets(group, &span, sm, &mut groups, diag.level, padded);
    }
    for child in &diag.children {
        if !has_place(&child.span) {
            group = group.element(level(child.level).message(child.message.as_str()));
            continue;
        }
        let next = Group::with_title(level(child.level).secondary_title(child.message.as_str()));
        groups.push(std::mem::replace(&mut group, next));
        group = add_snippets(group, &child.span, sm, &mut groups, child.level, false);
    }
    if inline.is_none() {
        for s in &diag.suggestions {
            group = add_suggestion(&mut groups, group, s, sm);
        }
    }
    groups.push(group);
    let renderer = if options.color { Renderer::styled() } else { Renderer::plain() };
    let decor = if options.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    let width = options.width.unwrap_or(DEFAULT_TERM_WIDTH);
    let renderer = renderer.term_width(width).decor_style(decor).anonymized_snippet_line_numbers(false);
    let mut text = renderer.render(&groups);
    if diag.level == Level::FailureNote {
        text.push('\n');
        return text;
    }
    if groups.len() == 1 && diag.span.primary_spans.is_empty() && !diag.children.is_empty() {
        text = indent_notes(&text);
    }
    text.push_str("\n\n");
    text
}

fn has_place(span: &MultiSpan) -> bool {
    !span.primary_spans.is_empty() || !span.span_labels.is_empty()
}

/// Letters whose small and capital forms look alike.
const ALIKE: &str = "cfikosuvwxyz";
/// Digits and the letters that they are taken for.
const DIGITS: &[(char, char)] = &[('0', 'O'), ('1', 'l'), ('5', 'S'), ('8', 'B'), ('9', 'g')];

/// What a reader may overlook in a suggestion: that it differs in the size of letters, or in digits for letters, alone.
fn confusion(parts: &[SubstitutionPart], sm: &SourceMap) -> &'static str {
    let (mut case, mut digit) = (false, false);
    for part in parts {
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

/// The lines that spans lie on: their text, the position of its first byte, and the number of the first line.
fn lines_around(file: &SourceFile, spans: impl Iterator<Item = Span> + Clone) -> (String, BytePos, usize) {
    let lo = spans.clone().map(Span::lo).min().unwrap_or(file.start_pos);
    let hi = spans.map(Span::hi).max().unwrap_or(lo);
    let (first, last) = (file.lookup_line(lo), file.lookup_line(hi));
    let text = file.text();
    let start = file.lines().get(first).map_or(0, |&at| at as usize).min(text.len());
    let end = file.lines().get(last + 1).map_or(text.len(), |&at| at as usize).min(text.len());
    (text.get(start..end).unwrap_or_default().to_owned(), BytePos(file.start_pos.0 + start as u32), first + 1)
}

/// Where a span lies in a text that begins at `start`.
fn range_in(text: &str, start: BytePos, span: Span) -> Range<usize> {
    let lo = (span.lo().0.saturating_sub(start.0) as usize).min(text.len());
    let hi = (span.hi().0.saturating_sub(start.0) as usize).min(text.len());
    lo..hi.max(lo)
}

/// A place that is shown.
struct Place {
    kind: AnnotationKind,
    span: Span,
    label: Option<String>,
}

/// The places of a multi-span by file: labels in their order, then the primary spans that have none; the first primary
/// span's file first.
fn places_by_file(span: &MultiSpan, sm: &SourceMap) -> Vec<(Rc<SourceFile>, Vec<Place>)> {
    let mut files: Vec<(Rc<SourceFile>, Vec<Place>)> = Vec::new();
    let labels = span.span_labels.iter().map(|(s, label)| (*s, Some(label)));
    let bare = span.primary_spans.iter().filter(|p| !span.span_labels.iter().any(|(s, _)| s == *p));
    for (s, label) in labels.chain(bare.map(|s| (*s, None))) {
        let kind = match span.primary_spans.contains(&s) {
            true => AnnotationKind::Primary,
            false => AnnotationKind::Context,
        };
        let s = if s.is_dummy() { span.primary_span().unwrap_or(s) } else { s };
        let file = sm.lookup_source_file(s.lo()).filter(|f| !s.is_dummy() && f.contains(s.hi()));
        let Some(file) = file else { continue };
        let place = Place { kind, span: s, label: label.cloned() };
        match files.iter_mut().find(|(f, _)| Rc::ptr_eq(f, &file)) {
            Some((_, places)) => places.push(place),
            None => files.push((file, vec![place])),
        }
    }
    let first = span.primary_span().and_then(|s| sm.lookup_source_file(s.lo()));
    if let Some(at) = first.and_then(|first| files.iter().position(|(f, _)| Rc::ptr_eq(f, &first))) {
        files.swap(0, at);
    }
    files
}

/// Adds the source of a multi-span. Of files whose text is not at hand it says where the places are; `padded` then
/// sets apart what follows.
fn add_snippets<'a>(
    mut group: Group<'a>,
    span: &MultiSpan,
    sm: &SourceMap,
    groups: &mut Vec<Group<'a>>,
    of: Level,
    padded: bool,
) -> Group<'a> {
    for (n, (file, places)) in places_by_file(span, sm).into_iter().enumerate() {
        if file.has_text() {
            let (text, start, line) = lines_around(&file, places.iter().map(|p| p.span));
            let annotations: Vec<Annotation<'a>> = places
                .into_iter()
                .map(|p| {
                    let annotation = p.kind.span(range_in(&text, start, p.span));
                    if let Some(label) = p.label { annotation.label(label) } else { annotation }
                })
                .collect();
            let path = file.name.display().to_string();
            group = group.element(Snippet::source(text).line_start(line).path(path).annotations(annotations));
            continue;
        }
        group = say_places(group, &file, places, n, sm, groups, of);
        if padded {
            group = group.element(Padding);
        }
    }
    group
}

/// The places in a file without text: their positions, the labels as notes.
fn say_places<'a>(
    mut group: Group<'a>,
    file: &SourceFile,
    places: Vec<Place>,
    nth_file: usize,
    sm: &SourceMap,
    groups: &mut Vec<Group<'a>>,
    of: Level,
) -> Group<'a> {
    let mut lines = Vec::new();
    for (i, place) in places.into_iter().enumerate() {
        if i > 0 && place.label.is_none() {
            continue;
        }
        if i == 0 && nth_file > 0 {
            groups.push(std::mem::replace(&mut group, Group::with_level(level(of))));
        }
        let label = place.label.filter(|l| !l.is_empty());
        let ends = [Some(place.span.lo()), label.as_ref().map(|_| place.span.hi())];
        for loc in ends.into_iter().flatten().filter_map(|pos| sm.lookup_char_pos(pos)) {
            if !lines.contains(&loc.line) {
                lines.push(loc.line);
                let origin = Origin::path(file.name.display().to_string()).line(loc.line).char_column(loc.col.0);
                group = group.element(origin);
            }
        }
        if let Some(label) = label {
            group = group.element(Padding).element(ALevel::NOTE.message(label));
        }
    }
    group
}

/// Adds a suggestion as a patch behind `group`, which it returns if there is nothing to show.
fn add_suggestion<'a>(
    groups: &mut Vec<Group<'a>>,
    group: Group<'a>,
    s: &'a CodeSuggestion,
    sm: &SourceMap,
) -> Group<'a> {
    match s.style {
        SuggestionStyle::CompletelyHidden => return group,
        SuggestionStyle::HideCodeAlways => return group.element(ALevel::HELP.message(s.msg.as_str())),
        _ => {}
    }
    let subs: Vec<(Rc<SourceFile>, Vec<SubstitutionPart>)> = s
        .substitutions
        .iter()
        .filter_map(|sub| {
            // What stands there already is not suggested.
            let different = |p: &&SubstitutionPart| sm.with_snippet(p.span, |found| found != p.snippet).unwrap_or(true);
            let parts: Vec<SubstitutionPart> = sub.parts.iter().filter(different).cloned().collect();
            let file = sm.lookup_source_file(parts.first()?.span.lo()).filter(|f| f.has_text())?;
            parts.iter().all(|p| file.contains(p.span.hi())).then_some((file, parts))
        })
        .collect();
    if subs.is_empty() {
        return group;
    }
    let mut msg = s.msg.clone();
    let more = subs.len().saturating_sub(MAX_SUGGESTIONS);
    let mut snippets = Vec::new();
    for (file, mut parts) in subs.into_iter().take(MAX_SUGGESTIONS) {
        msg += confusion(&parts, sm);
        let fold = !indent_attribute(&file, &mut parts);
        let (text, start, line) = lines_around(&file, parts.iter().map(|p| p.span));
        let patches: Vec<Patch<'a>> =
            parts.into_iter().map(|p| Patch::new(range_in(&text, start, p.span), p.snippet)).collect();
        let path = file.name.display().to_string();
        snippets.push(Snippet::source(text).line_start(line).path(path).fold(fold).patches(patches));
    }
    groups.push(group);
    let mut group = Group::with_title(ALevel::HELP.secondary_title(msg)).elements(snippets);
    if more > 0 {
        let plural = if more == 1 { "" } else { "s" };
        group = group.element(ALevel::NOTE.no_name().message(format!("and {more} other candidate{plural}")));
    }
    group
}

/// Whether an attribute on a line of its own is suggested. The item below it is then shown too, so what stands before
/// the item on its line becomes a part of the patch.
fn indent_attribute(file: &SourceFile, parts: &mut [SubstitutionPart]) -> bool {
    let [part] = parts else { return false };
    let attribute = part.snippet.trim();
    let is_line = attribute.starts_with("#[") && attribute.ends_with(']') && part.snippet.ends_with('\n');
    if !is_line || !part.span.is_empty() {
        return false;
    }
    let at = (part.span.lo().0 - file.start_pos.0) as usize;
    let Some(before) = file.text().get(..at).map(|text| text.rsplit('\n').next().unwrap_or(text)) else { return false };
    if !before.trim().is_empty() {
        return false;
    }
    if !before.is_empty() && !part.snippet.ends_with(before) {
        part.snippet.insert_str(0, before);
        let lo = BytePos(part.span.lo().0 - before.len() as u32);
        part.span = part.span.with_lo(lo).shrink_to_lo();
    }
    true
}
