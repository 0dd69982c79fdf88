//! What may stand before the tokens of a file: a shebang line and frontmatter (RFC 3503).

use diagnostics::DiagCtxt;
use span::{BytePos, Span};

/// The length of the shebang line and the frontmatter.
pub(crate) fn len_before_tokens(dcx: &DiagCtxt, src: &str, base: BytePos) -> usize {
    let shebang = shebang_len(src);
    shebang + frontmatter_len(dcx, &src[shebang..], BytePos(base.0 + shebang as u32))
}

/// `#!` begins a shebang line unless it is an inner attribute.
fn shebang_len(src: &str) -> usize {
    let Some(rest) = src.strip_prefix("#!") else {
        return 0;
    };
    if next_is_bracket(rest) { 0 } else { src.find('\n').unwrap_or(src.len()) }
}

/// Is the first token `[`? White space and comments (not doc comments) are passed over.
fn next_is_bracket(mut rest: &str) -> bool {
    loop {
        rest = rest.trim_start();
        if rest.starts_with("//") && !(rest.starts_with("///") || rest.starts_with("//!")) {
            rest = rest.find('\n').map_or("", |i| &rest[i..]);
        } else if rest.starts_with("/*") && !(rest.starts_with("/**") || rest.starts_with("/*!")) {
            rest = rest.find("*/").map_or("", |i| &rest[i + 2..]);
        } else {
            return rest.starts_with('[');
        }
    }
}

fn frontmatter_len(dcx: &DiagCtxt, src: &str, base: BytePos) -> usize {
    let span =
        |start: usize, end: usize| Span::with_root_ctxt(BytePos(base.0 + start as u32), BytePos(base.0 + end as u32));
    let blank = src.len() - src.trim_start().len();
    let rest = &src[blank..];
    let dashes = rest.bytes().take_while(|b| *b == b'-').count();
    let line_start = src[..blank].rfind('\n').map_or(0, |i| i + 1);
    if dashes < 3 {
        return 0;
    }
    if line_start != blank {
        // Not at the start of its line: no frontmatter if more than white space says so.
        dcx.struct_span_err(span(line_start, blank), "invalid preceding whitespace for frontmatter opening")
            .with_note("frontmatter opening should not be preceded by whitespace")
            .emit();
    }
    let open_end = blank + rest.find('\n').unwrap_or(rest.len());
    let infostring = src[blank + dashes..open_end].trim();
    if infostring.contains(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))) {
        dcx.struct_span_err(span(blank + dashes, open_end), "invalid infostring for frontmatter")
            .with_note("frontmatter infostrings must be a single identifier immediately following the opening")
            .emit();
    }
    let fence = &rest[..dashes];
    let mut at = open_end;
    while at < src.len() {
        let line = at + 1;
        let line_end = src[line..].find('\n').map_or(src.len(), |i| line + i);
        if src[line..line_end].starts_with(fence) {
            let tail = &src[line + dashes..line_end];
            if tail.starts_with('-') {
                dcx.struct_span_err(
                    span(line, line + dashes + tail.bytes().take_while(|b| *b == b'-').count()),
                    "frontmatter close does not match the opening",
                )
                .emit();
            } else if !tail.trim().is_empty() {
                dcx.struct_span_err(span(line, line_end), "extra characters after frontmatter close are not allowed")
                    .emit();
            }
            return line_end;
        }
        at = line_end;
    }
    dcx.struct_span_err(span(blank, blank + dashes), "unclosed frontmatter")
        .with_span_note(span(blank, blank + dashes), "frontmatter opening here was not closed")
        .emit();
    src.len()
}
