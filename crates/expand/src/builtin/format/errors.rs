//! What is wrong with a `format_args!` template and its arguments, in rustc's words.

use ast::{
    FormatArgPosition, FormatArgPositionKind, FormatArgsPiece, FormatArgumentKind, FormatArguments, FormatCount,
    FormatOptions, FormatPlaceholder,
};
use diagnostics::{Applicability, Diag, Level, MultiSpan};
use rustc_parse_format as parse;
use session::lint;
use span::{BytePos, ErrorGuaranteed, Span};

use super::{InvalidRef, PositionUsedAs, inner_span};
use crate::base::ExpansionCx;

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// A template that cannot be parsed.
pub(super) fn invalid_format_string(
    cx: &ExpansionCx<'_>,
    err: &parse::ParseError,
    fmt_span: Span,
    is_source_literal: bool,
    args: &FormatArguments,
) -> ErrorGuaranteed {
    // Offsets into what another macro made mean nothing.
    let place = |range: &std::ops::Range<usize>| {
        if is_source_literal { inner_span(fmt_span, range) } else { fmt_span }
    };
    let sp = place(&err.span);
    let mut diag = cx
        .sess
        .dcx
        .struct_span_err(sp, format!("invalid format string: {}", err.description))
        .with_span_label(sp, format!("{} in format string", err.label));
    if let Some(note) = &err.note {
        diag.note(note.clone());
    }
    if let Some((label, range)) = &err.secondary_label
        && is_source_literal
    {
        diag.span_label(inner_span(fmt_span, range), label.clone());
    }
    match &err.suggestion {
        parse::Suggestion::None => {}
        parse::Suggestion::UsePositional if is_source_literal => {
            let captured = cx.sess.source_map.span_to_snippet(sp).unwrap_or_default();
            let parts = match args.unnamed_args().last() {
                Some(arg) => vec![
                    (sp, args.unnamed_args().len().to_string()),
                    (arg.expr.span.shrink_to_hi(), format!(", {captured}")),
                ],
                None => {
                    vec![(sp, "0".to_string()), (fmt_span.shrink_to_hi(), format!(", {captured}"))]
                }
            };
            diag.multipart_suggestion(
                "consider using a positional formatting argument instead",
                parts,
                Applicability::MachineApplicable,
            );
        }
        parse::Suggestion::RemoveRawIdent(range) if is_source_literal => {
            diag.span_suggestion(inner_span(fmt_span, range), "remove the `r#`", "", Applicability::MachineApplicable);
            diag.note("identifiers in format strings can be keywords and don't need to be prefixed with `r#`");
        }
        parse::Suggestion::ReorderFormatParameter(range, replacement) if is_source_literal => {
            diag.span_suggestion_verbose(
                inner_span(fmt_span, range),
                format!("did you mean `{replacement}`?"),
                replacement.clone(),
                Applicability::MachineApplicable,
            );
        }
        parse::Suggestion::AddMissingColon(range) if is_source_literal => {
            diag.span_suggestion(
                inner_span(fmt_span, range),
                "add a colon before the format specifier",
                ":?",
                Applicability::MachineApplicable,
            );
        }
        _ => {}
    }
    diag.emit()
}

/// `{:Q}`
pub(super) fn invalid_placeholder_type(cx: &ExpansionCx<'_>, ty: &str, ty_span: Option<Span>, fmt_span: Span) {
    cx.sess
        .dcx
        .struct_span_err(ty_span.unwrap_or(fmt_span), format!("unknown format trait `{ty}`"))
        .with_note(
            "the only appropriate formatting traits are:\n\
             - ``, which uses the `Display` trait\n\
             - `?`, which uses the `Debug` trait\n\
             - `e`, which uses the `LowerExp` trait\n\
             - `E`, which uses the `UpperExp` trait\n\
             - `o`, which uses the `Octal` trait\n\
             - `p`, which uses the `Pointer` trait\n\
             - `b`, which uses the `Binary` trait\n\
             - `x`, which uses the `LowerHex` trait\n\
             - `X`, which uses the `UpperHex` trait",
        )
        .emit();
}

fn placeholders(template: &[FormatArgsPiece]) -> impl Iterator<Item = &FormatPlaceholder> {
    template.iter().filter_map(|piece| match piece {
        FormatArgsPiece::Placeholder(placeholder) => Some(placeholder),
        FormatArgsPiece::Literal(_) => None,
    })
}

/// `.*` of a placeholder.
fn star_precision(placeholder: &FormatPlaceholder) -> Option<&FormatArgPosition> {
    match &placeholder.format_options.precision {
        Some(FormatCount::Argument(position)) if position.kind == FormatArgPositionKind::Implicit => Some(position),
        _ => None,
    }
}

/// References to arguments that are not there.
pub(super) fn report_invalid_references(
    cx: &ExpansionCx<'_>,
    invalid_refs: &[InvalidRef],
    template: &[FormatArgsPiece],
    fmt_span: Span,
    args: &FormatArguments,
) -> ErrorGuaranteed {
    let dcx = &cx.sess.dcx;
    let given = match args.explicit_args().len() {
        0 => "no arguments were given".to_string(),
        1 => "there is 1 argument".to_string(),
        n => format!("there are {n} arguments"),
    };
    let at = |spans: Vec<Span>| if spans.is_empty() { MultiSpan::from(fmt_span) } else { MultiSpan::from(spans) };
    let mut err;
    if invalid_refs.iter().all(|r| r.kind == FormatArgPositionKind::Implicit) {
        // Too few arguments for `{}`.
        let mut count = 0;
        let mut spans = Vec::new();
        let mut has_star = false;
        for placeholder in placeholders(template) {
            if placeholder.argument.kind == FormatArgPositionKind::Implicit {
                count += 1;
                spans.extend(placeholder.span);
            }
            if star_precision(placeholder).is_some() {
                has_star = true;
                count += 1;
            }
        }
        err = dcx.struct_span_err(
            at(spans),
            format!("{count} positional argument{} in format string, but {given}", plural(count)),
        );
        for arg in args.explicit_args() {
            err.span_label(arg.expr.span, "");
        }
        for position in placeholders(template).filter_map(star_precision) {
            if let Some(span) = position.span {
                let n = match position.index {
                    Ok(n) | Err(n) => n,
                };
                err.span_label(
                    span,
                    format!(
                        "this precision flag adds an extra required argument at position {n}, \
                         which is why there {} {count} argument{} expected",
                        if count == 1 { "is" } else { "are" },
                        plural(count),
                    ),
                );
            }
        }
        if has_star {
            err.note("positional arguments are zero-based");
        }
    } else {
        let mut indexes: Vec<usize> = invalid_refs.iter().map(|r| r.index).collect();
        indexes.sort_unstable();
        indexes.dedup();
        let list = match &indexes[..] {
            [only] => only.to_string(),
            [init @ .., last] => {
                let init: Vec<String> = init.iter().map(usize::to_string).collect();
                format!("{} and {last}", init.join(", "))
            }
            [] => unreachable!("something is invalid"),
        };
        let spans = invalid_refs.iter().filter_map(|r| r.span).collect();
        err = dcx.struct_span_err(
            at(spans),
            format!("invalid reference to positional argument{} {list} ({given})", plural(indexes.len())),
        );
        err.note("positional arguments are zero-based");
    }
    let has_count = |options: &FormatOptions| {
        [&options.width, &options.precision].iter().any(|c| matches!(c, Some(FormatCount::Argument(_))))
    };
    if placeholders(template).any(|p| has_count(&p.format_options)) {
        err.note("for information about formatting flags, visit https://doc.rust-lang.org/std/fmt/index.html");
    }
    err.emit()
}

/// Arguments that nothing refers to.
pub(super) fn report_missing_placeholders(
    cx: &ExpansionCx<'_>,
    used: &[bool],
    args: &FormatArguments,
    pieces: &[parse::Piece<'_>],
    raw_hashes: Option<usize>,
    fmt_str: &str,
    fmt_span: Span,
) -> ErrorGuaranteed {
    let dcx = &cx.sess.dcx;
    let unused: Vec<(Span, &'static str)> = args
        .explicit_args()
        .iter()
        .zip(used)
        .filter(|(_, used)| !**used)
        .map(|(arg, _)| match arg.kind {
            FormatArgumentKind::Named(_) => (arg.expr.span, "named argument never used"),
            _ => (arg.expr.span, "argument never used"),
        })
        .collect();
    let mut err;
    if let [(span, message)] = unused[..] {
        err = dcx.struct_span_err(span, message);
        err.span_label(span, message);
    } else {
        let spans: Vec<Span> = unused.iter().map(|(span, _)| *span).collect();
        err = dcx.struct_span_err(spans, "multiple unused formatting arguments");
        err.span_label(fmt_span, "multiple missing formatting specifiers");
        for (span, message) in &unused {
            err.span_label(*span, *message);
        }
    }
    let foreign =
        unused.len() > args.explicit_args().len() / 2 && report_foreign(&mut err, fmt_str, fmt_span, raw_hashes);
    if !foreign {
        if unused.len() == 1 {
            err.span_label(fmt_span, "formatting specifier missing");
        }
        let has_placeholder = pieces.iter().any(|p| matches!(p, parse::Piece::NextArgument(_)));
        let from_source = !fmt_span.from_expansion();
        if !has_placeholder && raw_hashes.is_none() && from_source && fmt_span.hi().0 > fmt_span.lo().0 {
            let end = fmt_span.with_lo(BytePos(fmt_span.hi().0 - 1)).shrink_to_lo();
            let (s, a) = if unused.len() == 1 { ("", "a ") } else { ("s", "") };
            let text = vec!["{}"; unused.len()].join(" ");
            err.span_suggestion_verbose(
                end,
                format!("format specifiers use curly braces, consider adding {a}format specifier{s}"),
                text,
                Applicability::MaybeIncorrect,
            );
        } else if unused.len() > 1 {
            err.note(format!("consider adding {} format specifiers", unused.len()));
        }
    }
    err.emit()
}

/// `%d` of C or `$1` of a shell: says so.
fn report_foreign(err: &mut Diag<'_>, fmt_str: &str, fmt_span: Span, raw_hashes: Option<usize>) -> bool {
    let mut found = Vec::new();
    let bytes = fmt_str.as_bytes();
    let mut kind = None;
    let mut i = 0;
    while i + 1 < bytes.len() {
        let (name, end, replacement) = match bytes[i] {
            b'%' if bytes[i + 1] == b'%' => {
                i += 2;
                continue;
            }
            b'%' => {
                let flags = bytes[i + 1..].iter().take_while(|b| b"-+ #0123456789.hlLqjzt".contains(b)).count();
                let end = i + 1 + flags;
                match bytes.get(end) {
                    Some(
                        conv @ (b'd' | b'i' | b'u' | b's' | b'c' | b'f' | b'g' | b'x' | b'X' | b'o' | b'p' | b'e'),
                    ) => {
                        let ty = match conv {
                            b'x' => ":x",
                            b'X' => ":X",
                            b'o' => ":o",
                            b'p' => ":p",
                            b'e' => ":e",
                            _ => "",
                        };
                        ("printf", end + 1, (flags == 0).then(|| format!("{{{ty}}}")))
                    }
                    _ => {
                        i += 1;
                        continue;
                    }
                }
            }
            b'$' if bytes[i + 1].is_ascii_digit() => ("shell", i + 2, Some(format!("{{{}}}", bytes[i + 1] as char))),
            _ => {
                i += 1;
                continue;
            }
        };
        if *kind.get_or_insert(name) == name {
            found.push((i..end, replacement));
        }
        i = end;
    }
    let Some(kind) = kind else { return false };
    let quote = 1 + raw_hashes.map_or(0, |n| n + 1);
    let plain = raw_hashes.is_some() || !fmt_str.chars().any(|c| c.is_control() || c == '"' || c == '\\');
    let parts: Option<Vec<_>> = found
        .iter()
        .map(|(range, replacement)| {
            let range = range.start + quote..range.end + quote;
            replacement.clone().map(|text| (inner_span(fmt_span, &range), text))
        })
        .collect();
    if let Some(parts) = parts
        && plain
        && !fmt_span.from_expansion()
    {
        err.multipart_suggestion("format specifiers use curly braces", parts, Applicability::MachineApplicable);
    }
    err.note(format!("{kind} formatting is not supported; see the documentation for `std::fmt`"));
    true
}

/// The lint `named_arguments_used_positionally`.
pub(super) fn lint_named_used_positionally(
    cx: &ExpansionCx<'_>,
    uses: &[(usize, Option<Span>, PositionUsedAs)],
    args: &FormatArguments,
) {
    for &(index, span, used_as) in uses {
        let arg = &args.explicit_args()[index];
        let Some(name) = arg.kind.ident() else { continue };
        let (label_span, replace, prefix) = match used_as {
            PositionUsedAs::Placeholder(whole) => (whole, span, ""),
            PositionUsedAs::Precision => (span, span, "."),
            PositionUsedAs::Width => (span, span, ""),
        };
        let mut diag = Diag::new(&cx.sess.dcx, Level::Warning, format!("named argument `{name}` is not used by name"))
            .with_span(name.span)
            .with_span_label(name.span, "this named argument is referred to by position in formatting string");
        if let Some(span) = label_span {
            let what = match used_as {
                PositionUsedAs::Placeholder(_) => "formatting argument",
                PositionUsedAs::Precision => "precision",
                PositionUsedAs::Width => "width",
            };
            let label = format!("this {what} uses named argument `{name}` by position");
            diag.span_label(span, label);
        }
        if let Some(span) = replace {
            let text = match used_as {
                PositionUsedAs::Placeholder(_) => name.to_string(),
                PositionUsedAs::Precision | PositionUsedAs::Width => format!("{prefix}{name}$"),
            };
            diag.span_suggestion_verbose(
                span,
                "use the named argument by name to avoid ambiguity",
                text,
                Applicability::MaybeIncorrect,
            );
        }
        cx.sess.buffer_lint(lint::BufferedLint {
            lint: &lint::NAMED_ARGUMENTS_USED_POSITIONALLY,
            node_id: cx.current_expansion.lint_node_id.as_u32(),
            span: name.span,
            diag: Box::new(diag.into_inner()),
        });
    }
}
