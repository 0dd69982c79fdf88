//! Built-in attribute macros: `#[cfg_accessible]`, `#[cfg_eval]`, `#[test]`, `#[bench]`, `#[test_case]`.

use ast::{ItemKind, MetaItem, MetaItemInner, MetaItemKind, Path, StmtKind};
use diagnostics::{Applicability, Diag, Level};
use session::{Session, lint};
use span::{ErrorGuaranteed, Span};

use crate::base::{Annotatable, ExpandResult, ExpansionCx, Indeterminate};
use crate::cfg::{StripUnconfigured, configure_tree};

/// The forms that an attribute may have.
pub(crate) struct Template {
    pub word: bool,
    pub list: Option<&'static str>,
}

/// Reports an attribute that does not have the form it must have.
pub(crate) fn check_template(
    cx: &ExpansionCx<'_>,
    span: Span,
    meta: &MetaItem,
    name: &str,
    template: &Template,
) -> Result<(), ErrorGuaranteed> {
    let ok = match &meta.kind {
        MetaItemKind::Word => template.word,
        MetaItemKind::List(_) => template.list.is_some(),
        MetaItemKind::NameValue(_) => false,
    };
    if ok {
        return Ok(());
    }
    let mut forms = Vec::new();
    if template.word {
        forms.push(format!("#[{name}]"));
    }
    if let Some(list) = template.list {
        forms.push(format!("#[{name}({list})]"));
    }
    // Older macros took anything, and only warn.
    if matches!(name, "test" | "bench" | "inline" | "ignore") {
        let message = match &forms[..] {
            [form] => format!("attribute must be of the form `{form}`"),
            _ => format!("valid forms for the attribute are `{}`", forms.join("` and `")),
        };
        let diag = Diag::new(&cx.sess.dcx, Level::Error, message).with_span(span);
        cx.sess.buffer_lint(lint::BufferedLint {
            lint: &lint::ILL_FORMED_ATTRIBUTE_INPUT,
            node_id: cx.current_expansion.lint_node_id.as_u32(),
            span,
            diag: Box::new(diag.into_inner()),
        });
        return Ok(());
    }
    let mut err = cx.sess.dcx.struct_span_err(span, format!("malformed `{name}` attribute input"));
    let message = if forms.len() == 1 { "must be of the form" } else { "the following are the possible correct uses" };
    err.span_suggestions(span, message, forms, Applicability::HasPlaceholders);
    Err(err.emit())
}

const WORD: Template = Template { word: true, list: None };

/// `#[cfg_accessible(path)]`
pub(crate) fn expand_cfg_accessible(
    cx: &mut ExpansionCx<'_>,
    span: Span,
    meta: &MetaItem,
    item: Annotatable,
) -> ExpandResult<Vec<Annotatable>> {
    let template = Template { word: false, list: Some("path") };
    // After an error the item stays.
    if check_template(cx, span, meta, "cfg_accessible", &template).is_err() {
        return ExpandResult::Ready(vec![item]);
    }
    let Some(path) = accessible_path(cx.sess, span, meta) else { return ExpandResult::Ready(vec![item]) };
    match cx.resolver.cfg_accessible(cx.current_expansion.id, path) {
        Ok(true) => ExpandResult::Ready(vec![item]),
        Ok(false) => ExpandResult::Ready(Vec::new()),
        Err(Indeterminate) if cx.force_mode => {
            cx.sess.dcx.span_err(span, "cannot determine whether the path is accessible or not");
            ExpandResult::Ready(vec![item])
        }
        Err(Indeterminate) => ExpandResult::Retry,
    }
}

fn accessible_path<'m>(sess: &Session, span: Span, meta: &'m MetaItem) -> Option<&'m Path> {
    match meta.meta_item_list().unwrap_or(&[]) {
        [] => {
            sess.dcx.span_err(span, "`cfg_accessible` path is not specified");
            None
        }
        [MetaItemInner::Lit(lit)] => {
            sess.dcx.span_err(lit.span, "`cfg_accessible` path cannot be a literal");
            None
        }
        [MetaItemInner::MetaItem(item)] => {
            if !item.is_word() {
                sess.dcx.span_err(item.span, "`cfg_accessible` path cannot accept arguments");
            }
            Some(&item.path)
        }
        [_, .., last] => {
            sess.dcx.span_err(last.span(), "multiple `cfg_accessible` paths are specified");
            None
        }
    }
}

/// `#[cfg_eval]`: removes what is configured out of the item.
pub(crate) fn expand_cfg_eval(
    cx: &mut ExpansionCx<'_>,
    span: Span,
    meta: &MetaItem,
    item: Annotatable,
) -> ExpandResult<Vec<Annotatable>> {
    let _ = check_template(cx, span, meta, "cfg_eval", &WORD);
    let strip = StripUnconfigured::new(cx.sess, cx.current_expansion.lint_node_id);
    ExpandResult::Ready(vec![configure_tree(strip, item)])
}

/// `#[test]`: without `--test` the item is removed.
pub(crate) fn expand_test(
    cx: &mut ExpansionCx<'_>,
    span: Span,
    meta: &MetaItem,
    item: Annotatable,
) -> ExpandResult<Vec<Annotatable>> {
    expand_test_or_bench(cx, span, meta, item, "test")
}

/// `#[bench]`: without `--test` the item is removed.
pub(crate) fn expand_bench(
    cx: &mut ExpansionCx<'_>,
    span: Span,
    meta: &MetaItem,
    item: Annotatable,
) -> ExpandResult<Vec<Annotatable>> {
    expand_test_or_bench(cx, span, meta, item, "bench")
}

fn expand_test_or_bench(
    cx: &mut ExpansionCx<'_>,
    span: Span,
    meta: &MetaItem,
    item: Annotatable,
    name: &'static str,
) -> ExpandResult<Vec<Annotatable>> {
    let _ = check_template(cx, span, meta, name, &WORD);
    let kind = match &item {
        Annotatable::Item(item) => Some(&item.kind),
        Annotatable::Stmt(stmt) => match &stmt.kind {
            StmtKind::Item(item) => Some(&item.kind),
            _ => None,
        },
        _ => None,
    };
    let is_fn = matches!(kind, Some(ItemKind::Fn(_)));
    if !is_fn {
        let is_macro = matches!(kind, Some(ItemKind::MacCall(_)));
        let (article, descr) = match kind {
            Some(kind) => (kind.article(), kind.descr()),
            None => ("an", "associated item"),
        };
        let mut err =
            cx.sess.dcx.struct_span_err(span, format!("the `#[{name}]` attribute may only be used on a free function"));
        if !is_macro {
            err.span_label(item.span(), format!("expected a non-associated function, found {article} {descr}"));
        }
        err.span_label(
            span,
            format!("the `#[{name}]` macro causes a function to be run as a test and has no effect on non-functions"),
        );
        err.span_suggestion_verbose(
            span,
            "replace with conditional compilation to make the item only exist when tests are being run",
            "#[cfg(test)]",
            Applicability::MaybeIncorrect,
        );
        err.emit();
        return ExpandResult::Ready(vec![item]);
    }
    if cx.sess.opts.test {
        cx.sess.dcx.span_unsupported(span, "the test harness");
        return ExpandResult::Ready(vec![item]);
    }
    ExpandResult::Ready(Vec::new())
}

/// `#[test_case]`: without `--test` the item is removed.
pub(crate) fn expand_test_case(
    cx: &mut ExpansionCx<'_>,
    span: Span,
    meta: &MetaItem,
    item: Annotatable,
) -> ExpandResult<Vec<Annotatable>> {
    let _ = check_template(cx, span, meta, "test_case", &WORD);
    if cx.sess.opts.test {
        cx.sess.dcx.span_unsupported(span, "the test harness");
        return ExpandResult::Ready(vec![item]);
    }
    ExpandResult::Ready(Vec::new())
}

/// An attribute that only marks its item, which stays as it is.
pub(crate) fn expand_inert(
    _cx: &mut ExpansionCx<'_>,
    _span: Span,
    _meta: &MetaItem,
    item: Annotatable,
) -> ExpandResult<Vec<Annotatable>> {
    ExpandResult::Ready(vec![item])
}

/// `#[define_opaque(paths)]` on a function, constant or static.
pub(crate) fn expand_define_opaque(
    cx: &mut ExpansionCx<'_>,
    span: Span,
    meta: &MetaItem,
    mut item: Annotatable,
) -> ExpandResult<Vec<Annotatable>> {
    let paths = meta
        .meta_item_list()
        .unwrap_or(&[])
        .iter()
        .filter_map(|inner| inner.meta_item().map(|meta| (ast::DUMMY_NODE_ID, meta.path.clone())));
    let paths: thin_vec::ThinVec<(ast::NodeId, Path)> = paths.collect();
    let slot = match &mut item {
        Annotatable::Item(item) => match &mut item.kind {
            ItemKind::Fn(f) => Some(&mut f.define_opaque),
            ItemKind::Static(s) => Some(&mut s.define_opaque),
            ItemKind::Const(c) => Some(&mut c.define_opaque),
            _ => None,
        },
        Annotatable::AssocItem(item, _) => match &mut item.kind {
            ast::AssocItemKind::Fn(f) => Some(&mut f.define_opaque),
            ast::AssocItemKind::Const(c) => Some(&mut c.define_opaque),
            _ => None,
        },
        _ => None,
    };
    match slot {
        Some(slot) => *slot = Some(paths),
        None => {
            cx.sess.dcx.span_err(span, "only functions, statics, and consts can define opaque types");
        }
    }
    ExpandResult::Ready(vec![item])
}

/// An attribute macro of an experiment that is not supported.
pub(crate) fn expand_unsupported(
    cx: &mut ExpansionCx<'_>,
    span: Span,
    meta: &MetaItem,
    item: Annotatable,
) -> ExpandResult<Vec<Annotatable>> {
    let name = ast::pretty::path_to_string(&meta.path);
    cx.sess.dcx.span_unsupported(span, &format!("`#[{name}]`"));
    ExpandResult::Ready(vec![item])
}
