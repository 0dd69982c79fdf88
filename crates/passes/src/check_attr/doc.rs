//! `#[doc(..)]`

use hir::{Attribute, HirId, Target};
use query::TyCtxt;
use session::lint::INVALID_DOC_ATTRIBUTES;

const READ_MORE: &str =
    "read <https://doc.rust-lang.org/nightly/rustdoc/the-doc-attribute.html#inline-and-no_inline> for more information";

pub(super) fn check(tcx: TyCtxt<'_>, id: HirId, attr: &Attribute, target: Target) {
    let lint = |span, msg: String| {
        tcx.emit_node_span_lint(&INVALID_DOC_ATTRIBUTES, id, span, msg, |_| {});
    };
    for item in attr.meta_item_list().unwrap_or_default() {
        let span = item.span();
        let Some(name) = item.name() else {
            lint(span, "invalid `doc` attribute".to_owned());
            continue;
        };
        match name.as_str() {
            "hidden"
            | "html_favicon_url"
            | "html_logo_url"
            | "html_no_source"
            | "html_playground_url"
            | "html_root_url"
            | "issue_tracker_base_url"
            | "attr"
            | "masked"
            | "cfg"
            | "auto_cfg"
            | "cfg_hide"
            | "notable_trait"
            | "keyword"
            | "attribute"
            | "fake_variadic"
            | "search_unbox"
            | "rust_logo" => {
                check_gate(tcx, name.as_str(), attr.span);
                let crate_only = matches!(
                    name.as_str(),
                    "html_favicon_url"
                        | "html_logo_url"
                        | "html_playground_url"
                        | "html_root_url"
                        | "html_no_source"
                        | "issue_tracker_base_url"
                );
                if crate_only && target != Target::Crate {
                    lint(span, "this attribute can only be applied at the crate level".to_owned());
                }
            }
            "test" => {
                for sub in item.meta_item_list().unwrap_or_default() {
                    match sub.name().map(|n| n.to_string()).as_deref() {
                        Some("no_crate_inject" | "attr") => {}
                        Some(other) => lint(sub.span(), format!("unknown `doc(test)` attribute `{other}`")),
                        None => lint(sub.span(), "`#[doc(test(...)]` takes a list of attributes".to_owned()),
                    }
                }
            }
            "inline" | "no_inline" => {
                if !matches!(target, Target::Use | Target::ExternCrate) {
                    let msg = "this attribute can only be applied to a `use` item".to_owned();
                    tcx.emit_node_span_lint(&INVALID_DOC_ATTRIBUTES, id, span, msg, |d| {
                        d.span_label(span, "only applicable on `use` items");
                        d.span_label(tcx.hir_span(id), "not a `use` item");
                        d.note(READ_MORE);
                    });
                }
            }
            "alias" => check_alias(tcx, &item, target),
            "include" | "spotlight" | "plugins" | "passes" | "primitive" => {
                lint(span, format!("unknown `doc` attribute `{name}`"));
            }
            _ => lint(span, format!("unknown `doc` attribute `{name}`")),
        }
    }
}

/// Forms that need a feature.
fn check_gate(tcx: TyCtxt<'_>, name: &str, span: span::Span) {
    let (feature, msg) = match name {
        "cfg" | "auto_cfg" | "cfg_hide" => ("doc_cfg", format!("`#[doc({name})]` is experimental")),
        "masked" => ("doc_masked", "`#[doc(masked)]` is experimental".to_owned()),
        "notable_trait" => ("doc_notable_trait", "`#[doc(notable_trait)]` is experimental".to_owned()),
        "keyword" | "attribute" | "fake_variadic" | "search_unbox" | "rust_logo" => {
            ("rustdoc_internals", format!("`#[doc({name})]` is meant for internal use only"))
        }
        _ => return,
    };
    let feature = span::Symbol::intern(feature);
    if !tcx.feature(feature) && !span.allows_unstable(feature) {
        session::feature_err(tcx.sess(), feature, span, msg).emit();
    }
}

fn check_alias(tcx: TyCtxt<'_>, item: &ast::MetaItemInner, target: Target) {
    let span = item.span();
    let mut names = Vec::new();
    if let Some(value) = item.value_str() {
        names.push((value, item.meta_item().and_then(|m| m.name_value_literal()).map_or(span, |l| l.span)));
    } else if let Some(list) = item.meta_item_list() {
        for sub in list {
            match sub.lit().and_then(|l| l.kind.str().map(|s| (s, l.span))) {
                Some(name) => names.push(name),
                None => {
                    tcx.dcx().span_err(sub.span(), "`#[doc(alias(\"a\"))]` expects string literals");
                }
            }
        }
    } else {
        tcx.dcx().span_err(
            span,
            "doc alias attribute expects a string `#[doc(alias = \"a\")]` or a list of strings `#[doc(alias(\"a\", \"b\"))]`",
        );
        return;
    }
    for (name, span) in names {
        let text = name.as_str();
        if text.is_empty() {
            tcx.dcx().span_err(span, "`#[doc(alias = \"...\")]` attribute cannot have empty value");
        } else if let Some(c) = text.chars().find(|c| matches!(*c, '"' | '\'') || (c.is_whitespace() && *c != ' ')) {
            tcx.dcx().span_err(
                span,
                format!("`{}` character isn't allowed in `#[doc(alias = \"...\")]`", c.escape_default()),
            );
        } else if text.starts_with(' ') || text.ends_with(' ') {
            tcx.dcx().span_err(span, "`#[doc(alias = \"...\")]` cannot start or end with ' '");
        }
    }
    let location = match target {
        Target::Impl { .. } => "implementation block",
        Target::ForeignMod => "foreign module",
        Target::ExternCrate => "extern crate",
        Target::Expression => "expression",
        Target::Statement => "statement",
        Target::Arm => "match arm",
        _ => return,
    };
    tcx.dcx().span_err(span, format!("`#[doc(alias = \"...\")]` isn't allowed on {location}"));
}
