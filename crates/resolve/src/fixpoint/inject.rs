//! What is done to a crate before it is expanded: its `#![feature(..)]`s are read, and `extern crate std` and the prelude
//! import are put in.

use ast::attr::{contains_name, mk_attr_word};
use ast::{
    AttrId, AttrStyle, AttrVec, DUMMY_NODE_ID, Item, ItemKind, MetaItemInner, P, Path, PathSegment, Safety, UseTree,
    UseTreeKind, Visibility, VisibilityKind,
};
use diagnostics::codes::*;
use expand::cfg::StripUnconfigured;
use session::Session;
use span::hygiene::AstPass;
use span::{DUMMY_SP, Edition, ExpnData, ExpnId, ExpnKind, Ident, Span, Symbol, kw, sym};
use thin_vec::{ThinVec, thin_vec};

/// Configures the crate's attributes, notes its features and injects the standard library.
pub(crate) fn prepare_crate(session: &Session, krate: &mut ast::Crate) {
    let mut cfg = StripUnconfigured::new(session, ast::CRATE_NODE_ID);
    cfg.features_known = false;
    let mut attrs = AttrVec::new();
    for attr in std::mem::take(&mut krate.attrs) {
        if attr.has_name(sym::cfg_attr) {
            attrs.extend(cfg.expand_cfg_attr(&attr, true));
        } else {
            attrs.push(attr);
        }
    }
    krate.attrs = attrs;
    // A crate that is configured out is empty, without the standard library.
    let configured_out = krate.attrs.iter().any(|attr| attr.has_name(sym::cfg) && !cfg.cfg_true(attr));
    if configured_out {
        krate.attrs.retain(|attr| attr.has_name(sym::no_std) || attr.has_name(sym::no_core));
        krate.items.clear();
    }
    collect_features(session, krate);
    inject_std(session, krate);
}

/// Reads `#![feature(a, b)]`.
fn collect_features(session: &Session, krate: &ast::Crate) {
    let mut enabled = Vec::new();
    for attr in ast::attr::filter_by_name(&krate.attrs, sym::feature) {
        let Some(list) = attr.meta_item_list() else {
            continue;
        };
        if !session.is_nightly_build() {
            let msg = "`#![feature]` may not be used on the stable release channel";
            session.dcx().struct_span_err(attr.span, msg).with_code(E0554).emit();
        }
        for item in list {
            let name = match item.ident() {
                Some(ident) if item.is_word() => ident.name,
                Some(ident) => {
                    malformed_feature(session, item.span(), Some(ident.name));
                    continue;
                }
                None => {
                    malformed_feature(session, item.span(), item.lit().and_then(|lit| lit.kind.str()));
                    continue;
                }
            };
            check_removed(session, name, &item);
            enabled.push((name, item.span()));
        }
    }
    let mut features = session.features.borrow_mut();
    for feature in enabled {
        if !features.enabled.contains(&feature) {
            features.enabled.push(feature);
        }
    }
}

fn malformed_feature(session: &Session, span: Span, name: Option<Symbol>) {
    let mut diag = session.dcx().struct_span_err(span, "malformed `feature` attribute input");
    diag.code(E0556);
    match name {
        Some(name) => diag.span_suggestion(
            span,
            "expected just one word",
            name.to_string(),
            diagnostics::Applicability::MaybeIncorrect,
        ),
        None => diag.span_label(span, "expected just one word"),
    };
    diag.emit();
}

fn check_removed(session: &Session, name: Symbol, item: &MetaItemInner) {
    if let Some(removed) = session::feature_gate::find_removed_feature(name.as_str()) {
        let mut diag = session.dcx().struct_span_err(item.span(), "feature has been removed");
        diag.code(E0557).span_label(item.span(), "feature has been removed");
        let pull = removed
            .pull
            .map(|pull| format!("; see <https://github.com/rust-lang/rust/pull/{pull}> for more information"))
            .unwrap_or_default();
        diag.note(format!("removed in {}{pull}", removed.since));
        if let Some(reason) = removed.reason {
            diag.note(reason);
        }
        diag.emit();
    }
}

/// `#![recursion_limit = "n"]`, else 128.
pub(super) fn recursion_limit(krate: &ast::Crate) -> usize {
    ast::attr::find_by_name(&krate.attrs, sym::recursion_limit)
        .and_then(|attr| attr.value_str())
        .and_then(|value| value.as_str().parse().ok())
        .unwrap_or(128)
}

/// Puts `#[macro_use] extern crate std;` and `#[prelude_import] use std::prelude::rust_20xx::*;` at the start.
fn inject_std(session: &Session, krate: &mut ast::Crate) {
    let name = if contains_name(&krate.attrs, sym::no_core) {
        return;
    } else if contains_name(&krate.attrs, sym::no_std) {
        sym::core
    } else {
        sym::std
    };
    let edition = session.edition();
    let mut data = ExpnData::default(ExpnKind::AstPass(AstPass::StdImports), DUMMY_SP, edition, None);
    data.allow_internal_unstable = Some([sym::prelude_import].into());
    let expn_id = ExpnId::fresh(data);
    let span = DUMMY_SP.with_def_site_ctxt(expn_id);
    let call_site = DUMMY_SP.with_call_site_ctxt(expn_id);

    let ident_span = if edition.at_least_rust_2018() { span } else { call_site };
    let ident = Ident::new(name, ident_span);
    let extern_crate = item(session, span, sym::macro_use, ItemKind::ExternCrate(None, ident));
    let prelude = Symbol::intern(match edition {
        Edition::Edition2015 => "rust_2015",
        Edition::Edition2018 => "rust_2018",
        Edition::Edition2021 => "rust_2021",
        Edition::Edition2024 => "rust_2024",
    });
    let root = edition.is_rust_2015().then_some(kw::PathRoot);
    let segments: ThinVec<PathSegment> = root
        .into_iter()
        .chain([name, sym::prelude, prelude])
        .map(|name| PathSegment::from_ident(Ident::new(name, span)))
        .collect();
    let tree = UseTree { prefix: Path { span, segments }, kind: UseTreeKind::Glob(span), span };
    let prelude_use = item(session, span, sym::prelude_import, ItemKind::Use(tree));
    krate.items.insert(0, extern_crate);
    krate.items.insert(0, prelude_use);
}

fn item(session: &Session, span: Span, attr: Symbol, kind: ItemKind) -> P<Item> {
    let id = AttrId::from_u32(session.fresh_attr_id());
    let attrs = thin_vec![mk_attr_word(id, AttrStyle::Outer, Safety::Default, attr, span)];
    let vis = Visibility { span: span.shrink_to_lo(), kind: VisibilityKind::Inherited };
    P(Item { attrs, id: DUMMY_NODE_ID, span, vis, kind, tokens: None })
}
