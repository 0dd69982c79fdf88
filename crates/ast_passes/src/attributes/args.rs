//! The arguments of particular attributes: `repr`, `inline`, `deprecated`, `macro_export`, `recursion_limit` and so on.

use ast::{Attribute, LitIntType, LitKind, MetaItem, MetaItemInner, MetaItemKind, NodeId};
use diagnostics::{Applicability, Diag, ErrCode, Level};
use session::{Session, lint};
use span::{Span, Symbol, sym};

use super::{buffer, find, list_of, malformed, string_of};

/// Checks an attribute whose form is right.
pub(super) fn check(sess: &Session, node: NodeId, attr: &Attribute, name: Symbol) {
    match name {
        sym::repr => check_repr(sess, node, attr),
        sym::inline => check_inline(sess, node, attr),
        sym::deprecated => check_deprecated(sess, node, attr),
        sym::macro_export => check_macro_export(sess, node, attr),
        sym::export_name if attr.value_str().is_some_and(|s| s.as_str().contains('\0')) => {
            sess.dcx
                .struct_span_err(attr.span, "`export_name` may not contain null characters")
                .with_code(ErrCode(648))
                .emit();
        }
        sym::recursion_limit | sym::type_length_limit => check_limit(sess, attr),
        sym::target_feature => check_target_feature(sess, node, attr),
        _ => {}
    }
}

const INT_REPRS: [&str; 12] = ["i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64", "i128", "u128", "isize", "usize"];

fn check_repr(sess: &Session, node: NodeId, attr: &Attribute) {
    let dcx = &sess.dcx;
    let Some(list) = list_of(attr) else { return };
    if list.is_empty() {
        let diag = Diag::new(&sess.dcx, Level::Warning, "unused attribute")
            .with_span_suggestion(attr.span, "remove this attribute", "", Applicability::MachineApplicable)
            .with_note("using `repr` with an empty list has no effect");
        buffer(sess, node, &lint::UNUSED_ATTRIBUTES, attr.span, diag);
    }
    for inner in &list {
        let MetaItemInner::MetaItem(meta) = inner else {
            dcx.struct_span_err(attr.span, "meta item in `repr` must be an identifier").with_code(ErrCode(565)).emit();
            continue;
        };
        let Some(name) = meta.name() else {
            unrecognized_repr(sess, meta.span);
            continue;
        };
        let text = name.as_str();
        if text == "align" || text == "packed" {
            check_repr_align(sess, meta, text);
            continue;
        }
        let known = matches!(text, "Rust" | "C" | "transparent" | "simd") || INT_REPRS.contains(&text);
        if !known {
            unrecognized_repr(sess, meta.span);
            continue;
        }
        let takes = match meta.kind {
            MetaItemKind::Word => continue,
            MetaItemKind::List(_) => "a parenthesized argument list",
            MetaItemKind::NameValue(_) => "a value",
        };
        dcx.struct_span_err(meta.span, format!("invalid representation hint: `{name}` does not take {takes}"))
            .with_code(ErrCode(552))
            .emit();
    }
}

fn unrecognized_repr(sess: &Session, span: Span) {
    sess.dcx
        .struct_span_err(span, "unrecognized representation hint")
        .with_code(ErrCode(552))
        .with_help(
            "valid reprs are `Rust` (default), `C`, `align`, `packed`, `transparent`, `simd`, `i8`, `u8`, `i16`, `u16`, \
             `i32`, `u32`, `i64`, `u64`, `i128`, `u128`, `isize`, `usize`",
        )
        .emit();
}

fn check_repr_align(sess: &Session, meta: &MetaItem, name: &str) {
    let dcx = &sess.dcx;
    match &meta.kind {
        MetaItemKind::Word if name == "packed" => {}
        MetaItemKind::Word => {
            dcx.struct_span_err(meta.span, "invalid `repr(align)` attribute: `align` needs an argument")
                .with_code(ErrCode(589))
                .with_span_suggestion(
                    meta.span,
                    "supply an argument here",
                    "align(...)",
                    Applicability::HasPlaceholders,
                )
                .emit();
        }
        MetaItemKind::NameValue(lit) => {
            let mut err = dcx
                .struct_span_err(meta.span, format!("incorrect `repr({name})` attribute format"))
                .with_code(ErrCode(693));
            if matches!(lit.kind, LitKind::Int(..) | LitKind::Str(..)) {
                let value = match lit.kind {
                    LitKind::Str(s, _) => s,
                    _ => lit.symbol,
                };
                err.span_suggestion(
                    meta.span,
                    "use parentheses instead",
                    format!("{name}({value})"),
                    Applicability::MachineApplicable,
                );
            }
            err.emit();
        }
        MetaItemKind::List(list) => match &list[..] {
            [MetaItemInner::Lit(lit)] => {
                let problem = match lit.kind {
                    LitKind::Int(n, LitIntType::Unsuffixed) => {
                        if !n.is_power_of_two() {
                            "not a power of two"
                        } else if n > 1 << 29 {
                            "larger than 2^29"
                        } else {
                            return;
                        }
                    }
                    _ => "not an unsuffixed integer",
                };
                dcx.struct_span_err(lit.span, format!("invalid `repr({name})` attribute: {problem}"))
                    .with_code(ErrCode(589))
                    .emit();
            }
            [inner] => {
                dcx.struct_span_err(
                    inner.span(),
                    format!("invalid `repr({name})` attribute: not an unsuffixed integer"),
                )
                .with_code(ErrCode(589))
                .emit();
            }
            _ => {
                let exactly = if name == "align" {
                    "takes exactly one argument"
                } else {
                    "takes exactly one parenthesized argument, or no parentheses at all"
                };
                let message = if name == "align" {
                    format!("incorrect `repr({name})` attribute format: `{name}` {exactly} in parentheses")
                } else {
                    format!("incorrect `repr({name})` attribute format: `{name}` {exactly}")
                };
                dcx.struct_span_err(meta.span, message).with_code(ErrCode(693)).emit();
            }
        },
    }
}

fn check_inline(sess: &Session, node: NodeId, attr: &Attribute) {
    let (Some(list), Some(info)) = (list_of(attr), find(sym::inline)) else { return };
    match &list[..] {
        [one] => {
            let ok = one.is_word() && matches!(one.name(), Some(n) if matches!(n.as_str(), "always" | "never"));
            if !ok {
                let label = "valid arguments are `always` or `never`";
                malformed(sess, node, attr, info, 539, Some((one.span(), label)));
            }
        }
        _ => {
            let item = attr.get_normal_item();
            let sp = item.args.span().unwrap_or(attr.span);
            malformed(sess, node, attr, info, 805, Some((sp, "expected a single argument here")));
        }
    }
}

fn check_deprecated(sess: &Session, node: NodeId, attr: &Attribute) {
    let (Some(list), Some(info)) = (list_of(attr), find(sym::deprecated)) else { return };
    let mut seen: Vec<Symbol> = Vec::new();
    for inner in &list {
        let meta = match inner {
            MetaItemInner::Lit(lit) => {
                malformed(sess, node, attr, info, 565, Some((lit.span, "didn't expect a literal here")));
                return;
            }
            MetaItemInner::MetaItem(meta) => meta,
        };
        let allowed_suggestion = sess.feature(sym::deprecated_suggestion) || sess.feature(sym::staged_api);
        match meta.name() {
            Some(name @ (sym::since | sym::note)) => {
                if !check_string_arg(sess, node, attr, meta, name, &mut seen) {
                    return;
                }
            }
            Some(name @ sym::suggestion) if allowed_suggestion => {
                if !check_string_arg(sess, node, attr, meta, name, &mut seen) {
                    return;
                }
            }
            Some(sym::suggestion) => {
                sess.dcx
                    .struct_span_err(meta.span, "suggestions on deprecated items are unstable")
                    .with_help("add `#![feature(deprecated_suggestion)]` to the crate root")
                    .with_note("see #94785 for more details")
                    .emit();
            }
            _ => {
                let label = "valid arguments are `since` or `note`";
                malformed(sess, node, attr, info, 539, Some((meta.span, label)));
                return;
            }
        }
    }
}

fn check_string_arg(
    sess: &Session,
    node: NodeId,
    attr: &Attribute,
    meta: &MetaItem,
    name: Symbol,
    seen: &mut Vec<Symbol>,
) -> bool {
    let Some(info) = attr.name().and_then(find) else { return false };
    if seen.contains(&name) {
        let label = format!("found `{name}` used as a key more than once");
        malformed(sess, node, attr, info, 538, Some((meta.span, &label)));
        return false;
    }
    seen.push(name);
    match (string_of(meta), &meta.kind) {
        (Ok(_), _) => true,
        (Err(span), MetaItemKind::NameValue(_)) => {
            malformed(sess, node, attr, info, 539, Some((span, "expected a string literal here")));
            false
        }
        (Err(span), _) => {
            let label = format!("expected this to be of the form `{name} = \"...\"`");
            malformed(sess, node, attr, info, 539, Some((span, &label)));
            false
        }
    }
}

fn check_macro_export(sess: &Session, node: NodeId, attr: &Attribute) {
    let Some(list) = list_of(attr) else { return };
    let ok = match &list[..] {
        [] => return,
        [one] => one.has_name(sym::local_inner_macros),
        _ => false,
    };
    if !ok {
        let message = "valid forms for the attribute are `#[macro_export(local_inner_macros)]` and `#[macro_export]`";
        let diag = Diag::new(&sess.dcx, Level::Error, message);
        buffer(sess, node, &lint::INVALID_MACRO_EXPORT_ARGUMENTS, attr.span, diag);
    }
}

fn check_limit(sess: &Session, attr: &Attribute) {
    let (Some(value), Some(span)) = (attr.value_str(), attr.value_span()) else { return };
    let reason = match value.as_str().parse::<usize>() {
        Ok(_) => return,
        Err(err) => match err.kind() {
            std::num::IntErrorKind::PosOverflow => "`limit` is too large",
            std::num::IntErrorKind::Empty => "`limit` must be a non-negative integer",
            _ => "not a valid integer",
        },
    };
    sess.dcx.struct_span_err(attr.span, "`limit` must be a non-negative integer").with_span_label(span, reason).emit();
}

fn check_target_feature(sess: &Session, node: NodeId, attr: &Attribute) {
    let (Some(list), Some(info)) = (list_of(attr), find(sym::target_feature)) else { return };
    for inner in &list {
        let meta =
            inner.meta_item().filter(|meta| meta.has_name(sym::enable) || meta.has_name(sym::force_target_feature));
        let Some(meta) = meta else {
            let label = "expected this to be of the form `enable = \"...\"`";
            malformed(sess, node, attr, info, 539, Some((inner.span(), label)));
            return;
        };
        if let (Err(span), MetaItemKind::NameValue(_)) = (string_of(meta), &meta.kind) {
            malformed(sess, node, attr, info, 539, Some((span, "expected a string literal here")));
            return;
        } else if string_of(meta).is_err() {
            let label = "expected this to be of the form `enable = \"...\"`";
            malformed(sess, node, attr, info, 539, Some((meta.span, label)));
            return;
        }
    }
}
