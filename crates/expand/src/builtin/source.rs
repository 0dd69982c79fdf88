//! Macros about the source: `line!`, `column!`, `file!`, `module_path!`, `stringify!`, `include!`, `include_str!`,
//! `include_bytes!`.

use ast::tokenstream::TokenStream;
use ast::{Expr, ExprKind, P};
use session::FileError;
use span::{ByteSymbol, ErrorGuaranteed, FileName, Span, Symbol, sym};

use super::args::{ExpandOr, check_zero_tts, get_single_str_from_tts, ready_ok};
use super::build;
use crate::base::{ExpandResult, ExpansionCx, MacResult, ParserTokens};

/// The call that the user wrote.
fn topmost(cx: &ExpansionCx<'_>, sp: Span) -> Span {
    cx.expansion_cause().unwrap_or(sp)
}

fn ready_expr(expr: P<Expr>) -> ExpandResult<MacResult> {
    ExpandResult::Ready(MacResult::Expr(expr))
}

/// `line!()`
pub(crate) fn expand_line(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let sp = cx.with_def_site_ctxt(sp);
    check_zero_tts(cx, sp, &tokens, "line!");
    let topmost = topmost(cx, sp);
    let line = cx.sess.source_map.lookup_char_pos(topmost.lo()).map_or(0, |loc| loc.line);
    ready_expr(build::expr_uint(topmost, line as u128, Some(sym::u32)))
}

/// `column!()`
pub(crate) fn expand_column(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let sp = cx.with_def_site_ctxt(sp);
    check_zero_tts(cx, sp, &tokens, "column!");
    let topmost = topmost(cx, sp);
    let column = cx.sess.source_map.lookup_char_pos(topmost.lo()).map_or(0, |loc| loc.col.0 + 1);
    ready_expr(build::expr_uint(topmost, column as u128, Some(sym::u32)))
}

/// `file!()`
pub(crate) fn expand_file(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let sp = cx.with_def_site_ctxt(sp);
    check_zero_tts(cx, sp, &tokens, "file!");
    let topmost = topmost(cx, sp);
    let loc = cx.sess.source_map.lookup_char_pos(topmost.lo());
    let name = loc.map_or(String::new(), |loc| cx.sess.remapped_path(loc.file.name.display()));
    ready_expr(build::expr_str(topmost, Symbol::intern(&name)))
}

/// `module_path!()`
pub(crate) fn expand_mod(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let sp = cx.with_def_site_ctxt(sp);
    check_zero_tts(cx, sp, &tokens, "module_path!");
    let path: Vec<String> = cx.current_expansion.module.mod_path.iter().map(|x| x.to_string()).collect();
    ready_expr(build::expr_str(sp, Symbol::intern(&path.join("::"))))
}

/// `stringify!(tokens)`
pub(crate) fn expand_stringify(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let sp = cx.with_def_site_ctxt(sp);
    ready_expr(build::expr_str(sp, Symbol::intern(&ast::pretty::tts_to_string(&tokens))))
}

/// A path in an `include` macro, which is relative to the file that the call stands in.
fn resolve_path(cx: &ExpansionCx<'_>, path: &str, sp: Span) -> Result<String, ErrorGuaranteed> {
    if path.starts_with('/') {
        return Ok(path.to_string());
    }
    let callsite = sp.source_callsite();
    let loc = cx.sess.source_map.lookup_char_pos(callsite.lo());
    let base = match loc.as_ref().map(|loc| &loc.file.name) {
        Some(FileName::Real(name)) => name.as_str(),
        Some(FileName::Anon) => "",
        Some(FileName::Macro(_)) | None => {
            return Err(cx.sess.dcx.span_err(
                sp,
                format!(
                    "cannot resolve relative path in non-file source `{}`",
                    loc.as_ref().map_or("", |loc| loc.file.name.display())
                ),
            ));
        }
    };
    Ok(match base.rfind('/') {
        Some(slash) => format!("{}/{path}", &base[..slash]),
        None => path.to_string(),
    })
}

fn could_not_read(cx: &ExpansionCx<'_>, sp: Span, path: &str, err: &FileError) -> ErrorGuaranteed {
    let reason = match err {
        FileError::NotFound => "No such file or directory (os error 2)".to_string(),
        FileError::InvalidUtf8(_) => {
            return cx.sess.dcx.span_err(sp, format!("`{path}` wasn't a utf-8 file"));
        }
        FileError::Other(reason) => reason.clone(),
    };
    cx.sess.dcx.span_err(sp, format!("couldn't read `{path}`: {reason}"))
}

/// The path in a call's argument, and the call's span.
fn include_path(cx: &mut ExpansionCx<'_>, sp: Span, tokens: &TokenStream, name: &str) -> ExpandOr<String> {
    match get_single_str_from_tts(cx, sp, tokens, name) {
        ExpandResult::Retry => ExpandResult::Retry,
        ExpandResult::Ready(Err(guar)) => ExpandResult::Ready(Err(guar)),
        ExpandResult::Ready(Ok(path)) => ExpandResult::Ready(resolve_path(cx, path.symbol.as_str(), sp)),
    }
}

/// `include_str!("path")`
pub(crate) fn expand_include_str(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let sp = cx.with_def_site_ctxt(sp);
    let path = ready_ok!(sp, include_path(cx, sp, &tokens, "include_str!"));
    ExpandResult::Ready(match cx.sess.fs.read_to_string(&path) {
        Ok(text) => {
            cx.sess.note_file_read(&path);
            MacResult::Expr(build::expr_str(sp, Symbol::intern(&text)))
        }
        Err(err) => MacResult::Dummy(sp, could_not_read(cx, sp, &path, &err)),
    })
}

/// `include_bytes!("path")`
pub(crate) fn expand_include_bytes(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let sp = cx.with_def_site_ctxt(sp);
    let path = ready_ok!(sp, include_path(cx, sp, &tokens, "include_bytes!"));
    ExpandResult::Ready(match cx.sess.fs.read(&path) {
        Ok(bytes) => {
            cx.sess.note_file_read(&path);
            MacResult::Expr(build::expr(sp, ExprKind::IncludedBytes(ByteSymbol::intern(&bytes))))
        }
        Err(err) => MacResult::Dummy(sp, could_not_read(cx, sp, &path, &err)),
    })
}

/// `include!("path")`: the file's tokens, parsed as what the call stands for.
pub(crate) fn expand_include(cx: &mut ExpansionCx<'_>, sp: Span, tokens: TokenStream) -> ExpandResult<MacResult> {
    let sp = cx.with_def_site_ctxt(sp);
    let path = ready_ok!(sp, include_path(cx, sp, &tokens, "include!"));
    ExpandResult::Ready(match cx.sess.fs.read_to_string(&path) {
        Ok(text) => {
            cx.sess.note_file_read(&path);
            // Its modules' files are looked for beside it.
            let mut module = (*cx.current_expansion.module).clone();
            module.dir_path = path.rsplit_once('/').map_or(String::new(), |(dir, _)| dir.to_owned());
            cx.current_expansion.module = std::rc::Rc::new(module);
            let file = cx.sess.source_map.new_source_file(FileName::Real(path), text);
            match lexer::lex_file(&cx.sess.dcx, &file, cx.sess.edition()) {
                Ok(tokens) => MacResult::Tokens(ParserTokens {
                    tokens,
                    site_span: sp,
                    arm_span: sp,
                    macro_ident: None,
                    is_local: false,
                }),
                Err(guar) => MacResult::Dummy(sp, guar),
            }
        }
        Err(err) => MacResult::Dummy(sp, could_not_read(cx, sp, &path, &err)),
    })
}
