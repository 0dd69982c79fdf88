//! rustc's JSON (rustc book, "JSON Output").

use serde::Serialize;
use span::{SourceMap, Span};

use super::human::{HumanOptions, render_human, render_short};
use super::macros::prepare;
use crate::{Applicability, DiagInner, MultiSpan};

/// What `--json=..` asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonOptions {
    /// `diagnostic-short`
    pub short: bool,
    /// `--error-format=pretty-json`
    pub pretty: bool,
    /// How the rendered text looks if not short: `diagnostic-rendered-ansi`, `diagnostic-unicode`.
    pub human: HumanOptions,
}

#[derive(Serialize)]
struct Diagnostic {
    #[serde(rename = "$message_type")]
    message_type: &'static str,
    message: String,
    code: Option<Code>,
    level: &'static str,
    spans: Vec<SpanJson>,
    children: Vec<Child>,
    rendered: Option<String>,
}

#[derive(Serialize)]
struct Child {
    message: String,
    code: Option<Code>,
    level: &'static str,
    spans: Vec<SpanJson>,
    children: Vec<Child>,
    rendered: Option<String>,
}

#[derive(Serialize, Clone)]
struct Code {
    code: String,
    explanation: Option<String>,
}

#[derive(Serialize, Clone)]
struct SpanJson {
    file_name: String,
    byte_start: u32,
    byte_end: u32,
    line_start: usize,
    line_end: usize,
    column_start: usize,
    column_end: usize,
    is_primary: bool,
    text: Vec<Line>,
    label: Option<String>,
    suggested_replacement: Option<String>,
    suggestion_applicability: Option<&'static str>,
    expansion: Option<Box<Expansion>>,
}

#[derive(Serialize, Clone)]
struct Line {
    text: String,
    highlight_start: usize,
    highlight_end: usize,
}

#[derive(Serialize, Clone)]
struct Expansion {
    span: SpanJson,
    macro_decl_name: String,
    def_site_span: Option<SpanJson>,
}

/// One line of JSON for a diagnostic.
pub fn render_json(
    diag: &DiagInner,
    sm: &SourceMap,
    options: JsonOptions,
    explain: &dyn Fn(u16) -> Option<String>,
) -> String {
    let rendered = if options.short { render_short(diag, sm) } else { render_human(diag, sm, options.human) };
    let diag = prepare(diag, sm);
    let code = match (diag.code, &diag.is_lint) {
        (Some(c), _) => Some(Code { code: c.to_string(), explanation: explain(c.0) }),
        (None, Some(lint)) => Some(Code { code: lint.name.clone(), explanation: None }),
        (None, None) => None,
    };
    let mut children: Vec<Child> =
        diag.children.iter().map(|c| child(c.level.to_str(), c.message.clone(), spans(&c.span, sm))).collect();
    for s in &diag.suggestions {
        let mut list = Vec::new();
        for sub in &s.substitutions {
            for part in &sub.parts {
                if let Some(mut j) = span_json(part.span, true, None, sm) {
                    j.suggested_replacement = Some(part.snippet.clone());
                    j.suggestion_applicability = Some(match s.applicability {
                        Applicability::MachineApplicable => "MachineApplicable",
                        Applicability::MaybeIncorrect => "MaybeIncorrect",
                        Applicability::HasPlaceholders => "HasPlaceholders",
                        Applicability::Unspecified => "Unspecified",
                    });
                    list.push(j);
                }
            }
        }
        children.push(child("help", s.msg.clone(), list));
    }
    let out = Diagnostic {
        message_type: "diagnostic",
        message: diag.message.clone(),
        code,
        level: diag.level.to_str(),
        spans: spans(&diag.span, sm),
        children,
        rendered: Some(rendered),
    };
    let text = if options.pretty { serde_json::to_string_pretty(&out) } else { serde_json::to_string(&out) };
    text.unwrap_or_default()
}

fn child(level: &'static str, message: String, spans: Vec<SpanJson>) -> Child {
    Child { message, code: None, level, spans, children: Vec::new(), rendered: None }
}

fn spans(span: &MultiSpan, sm: &SourceMap) -> Vec<SpanJson> {
    let mut out = Vec::new();
    for (s, label) in &span.span_labels {
        out.extend(span_json(*s, span.primary_spans.contains(s), Some(label.clone()), sm));
    }
    for s in &span.primary_spans {
        if !span.span_labels.iter().any(|(l, _)| l == s) {
            out.extend(span_json(*s, true, None, sm));
        }
    }
    out
}

fn span_json(span: Span, is_primary: bool, label: Option<String>, sm: &SourceMap) -> Option<SpanJson> {
    if span.is_dummy() {
        return None;
    }
    let lo = sm.lookup_char_pos(span.lo())?;
    let hi = sm.lookup_char_pos(span.hi())?;
    let text = (lo.line..=hi.line)
        .take(64)
        .map(|n| {
            let line = lo.file.get_line(n - 1).unwrap_or_default().to_owned();
            let start = if n == lo.line { lo.col.0 + 1 } else { 1 };
            let end = if n == hi.line { hi.col.0 + 1 } else { line.chars().count() + 1 };
            Line { text: line, highlight_start: start, highlight_end: end }
        })
        .collect();
    let expansion = span.from_expansion().then(|| {
        let data = span.ctxt().outer_expn_data();
        Some(Box::new(Expansion {
            span: span_json(data.call_site, false, None, sm)?,
            macro_decl_name: data.kind.descr(),
            def_site_span: span_json(data.def_site.with_ctxt(span::SyntaxContext::root()), false, None, sm),
        }))
    });
    Some(SpanJson {
        file_name: lo.file.name.display().to_owned(),
        byte_start: span.lo().0 - lo.file.start_pos.0,
        byte_end: span.hi().0.saturating_sub(lo.file.start_pos.0),
        line_start: lo.line,
        line_end: hi.line,
        column_start: lo.col.0 + 1,
        column_end: hi.col.0 + 1,
        is_primary,
        text,
        label: label.filter(|l| !l.is_empty()),
        suggested_replacement: None,
        suggestion_applicability: None,
        expansion: expansion.flatten(),
    })
}
