//! Built-in attributes on what they mean nothing for (Reference, "Built-in attributes index").
//!
//! Each attribute has a list of targets; elsewhere it is an error or, where it was once accepted, a lint.

mod doc;
mod repr;
mod targets;

use diagnostics::Applicability;
use diagnostics::codes::{E0454, E0455, E0459, E0539, E0658, E0734, E0737};
use hir::{Attribute, ExprKind, HirId, Node, Target};
use query::TyCtxt;
use session::lint::{MISPLACED_DIAGNOSTIC_ATTRIBUTES, UNUSED_ATTRIBUTES, USELESS_DEPRECATED};
use span::{Span, Symbol, sym};

/// Checks all attributes of the crate.
pub(crate) fn check(tcx: TyCtxt<'_>) {
    let mut all: Vec<(HirId, &[Attribute])> = Vec::new();
    for info in tcx.hir_crate().owners.iter().filter_map(|o| o.as_owner()) {
        let Some(owner) = info.node().def_id() else { continue };
        all.extend(info.attrs.map.iter().map(|(&local_id, attrs)| (HirId { owner, local_id }, *attrs)));
    }
    all.sort_by_key(|(_, attrs)| attrs.iter().map(|a| a.span).min());
    check_renamed_libs(tcx, &all);
    for (id, attrs) in all {
        let Some(target) = target_of(tcx, id) else { continue };
        for attr in attrs {
            check_attr(tcx, id, attr, target);
        }
        repr::check(tcx, id, attrs, target);
    }
}

/// `-l NAME:RENAME` is about a `#[link(name = "NAME")]`.
fn check_renamed_libs(tcx: TyCtxt<'_>, all: &[(HirId, &[Attribute])]) {
    let renamed = tcx.sess().opts.native_libs.iter().filter(|l| l.new_name.is_some());
    for lib in renamed {
        let mut links = all.iter().flat_map(|(_, attrs)| *attrs).filter(|a| a.has_name(sym::link));
        let named = links.any(|a| {
            let list = a.meta_item_list().unwrap_or_default();
            list.iter().any(|i| i.has_name(sym::name) && i.value_str().is_some_and(|v| v.as_str() == lib.name))
        });
        if !named {
            tcx.dcx().err(format!(
                "renaming of the library `{}` was specified, however this crate contains no `#[link(...)]` attributes \
                 referencing this library",
                lib.name
            ));
        }
    }
}

/// What a node is for attributes.
fn target_of(tcx: TyCtxt<'_>, id: HirId) -> Option<Target> {
    Some(match tcx.hir_node(id) {
        Node::Crate(_) => Target::Crate,
        Node::Item(item) => Target::from_item(item),
        Node::TraitItem(item) => Target::from_trait_item(item),
        Node::ImplItem(item) => Target::from_impl_item(item),
        Node::ForeignItem(item) => Target::from_foreign_item(item),
        Node::Variant(_) => Target::Variant,
        Node::Field(_) => Target::Field,
        Node::Expr(e) if matches!(e.kind, ExprKind::Closure(_)) => Target::Closure,
        Node::Expr(_) => Target::Expression,
        Node::Stmt(_) | Node::LetStmt(_) => Target::Statement,
        Node::Arm(_) => Target::Arm,
        Node::Param(_) => Target::Param,
        Node::GenericParam(param) => Target::from_generic_param(param),
        Node::PatField(_) => Target::PatField,
        Node::ExprField(_) => Target::ExprField,
        Node::WherePredicate(_) => Target::WherePredicate,
        _ => return None,
    })
}

/// Attributes of the crate alone.
const CRATE_ATTRS: &[&str] = &[
    "crate_name",
    "crate_type",
    "feature",
    "no_std",
    "no_core",
    "no_main",
    "no_builtins",
    "recursion_limit",
    "type_length_limit",
    "windows_subsystem",
    "test_runner",
    "reexport_test_harness_main",
    "needs_panic_runtime",
    "panic_runtime",
    "compiler_builtins",
    "profiler_runtime",
];

fn check_attr(tcx: TyCtxt<'_>, id: HirId, attr: &Attribute, target: Target) {
    if attr.is_doc_comment() {
        return;
    }
    let Some(name) = attr.name() else {
        check_tool_attr(tcx, id, attr, target);
        return;
    };
    if let Some(rule) = targets::rule(name) {
        check_target(tcx, id, attr, name, target, rule);
    }
    match name.as_str() {
        "doc" => doc::check(tcx, id, attr, target),
        "track_caller" => check_track_caller(tcx, id, attr),
        "target_feature" => check_target_feature(tcx, attr, target),
        "deprecated" => {
            if let Target::Impl { of_trait: true } = target {
                let msg = "this `#[deprecated]` annotation has no effect";
                tcx.emit_node_span_lint(&USELESS_DEPRECATED, id, attr.span, msg, |d| {
                    d.span_suggestion_short(
                        attr.span,
                        "remove the unnecessary deprecation attribute",
                        "",
                        Applicability::MachineApplicable,
                    );
                });
            }
        }
        "link" => {
            check_link(tcx, id, attr, target);
            check_link_args(tcx, attr);
        }
        "link_ordinal" => check_link_ordinal(tcx, id, attr, target),
        "stable" | "unstable" | "rustc_const_stable" | "rustc_const_unstable" | "rustc_default_body_unstable"
            if !tcx.feature(sym::staged_api) =>
        {
            tcx.dcx()
                .struct_span_err(attr.span, "stability attributes may not be used outside of the standard library")
                .with_code(E0734)
                .emit();
        }
        "macro_use" => {
            let with_args = attr.meta_item_list().is_some_and(|l| !l.is_empty());
            if with_args && target == Target::Mod {
                tcx.dcx().struct_span_err(attr.span, "arguments to `macro_use` are not allowed here").emit();
            }
        }
        crate_only if CRATE_ATTRS.contains(&crate_only) && target != Target::Crate => {
            check_crate_level(tcx, id, attr, name, target);
        }
        _ => {}
    }
}

fn check_target(tcx: TyCtxt<'_>, id: HirId, attr: &Attribute, name: Symbol, target: Target, rule: &targets::Rule) {
    let verdict = rule.verdict(target);
    if verdict == targets::Verdict::Allowed {
        return;
    }
    let msg = format!("`#[{name}]` attribute cannot be used on {}", targets::plural(target));
    let only = if rule.on.contains(" and ") || rule.on.contains(", ") { "can be" } else { "can only be" };
    let mut on = rule.on;
    if name == sym::non_exhaustive && target == Target::Union {
        on = "enum variants, enums, and structs";
    }
    let help = format!("`#[{name}]` {only} applied to {on}");
    if verdict == targets::Verdict::Error {
        tcx.dcx().struct_span_err(attr.span, msg).with_help(help).emit();
    } else {
        tcx.emit_node_span_lint(&UNUSED_ATTRIBUTES, id, attr.span, msg, |d| {
            d.warn(
                "this was previously accepted by the compiler but is being phased out; it will become a hard error in a \
                 future release!",
            );
            d.help(help);
        });
    }
}

/// `#[diagnostic::on_unimplemented]` and its like.
fn check_tool_attr(tcx: TyCtxt<'_>, id: HirId, attr: &Attribute, target: Target) {
    let path = attr.path();
    let [tool, name] = &path[..] else { return };
    if tool.as_str() != "diagnostic" {
        return;
    }
    let (ok, only) = match name.as_str() {
        "on_unimplemented" => (target == Target::Trait, "trait definitions"),
        "do_not_recommend" => (target == (Target::Impl { of_trait: true }), "trait implementations"),
        "on_const" => (target == (Target::Impl { of_trait: true }), "non-const trait implementations"),
        _ => return,
    };
    if !ok {
        let msg = if name.as_str() == "do_not_recommend" {
            "`#[diagnostic::do_not_recommend]` can only be placed on trait implementations".to_owned()
        } else {
            format!("`#[diagnostic::{name}]` can only be applied to {only}")
        };
        tcx.emit_node_span_lint(&MISPLACED_DIAGNOSTIC_ATTRIBUTES, id, attr.span, msg, |d| {
            if name.as_str() == "do_not_recommend" {
                d.span_label(tcx.hir_span(id), "not a trait implementation");
            }
        });
    }
}

fn check_crate_level(tcx: TyCtxt<'_>, id: HirId, attr: &Attribute, name: Symbol, target: Target) {
    match attr.style {
        ast::AttrStyle::Outer => {
            let msg =
                format!("crate-level attribute should be an inner attribute: add an exclamation mark: `#![{name}]`");
            tcx.emit_node_span_lint(&UNUSED_ATTRIBUTES, id, attr.span, msg, |d| {
                d.span_note(
                    tcx.hir_span(id),
                    format!("this attribute does not have an `!`, which means it is applied to this {}", target.name()),
                );
            });
        }
        ast::AttrStyle::Inner => {
            let msg = format!("the `#![{name}]` attribute can only be used at the crate root");
            tcx.emit_node_span_lint(&UNUSED_ATTRIBUTES, id, attr.span, msg, |_| {});
        }
    }
}

fn check_track_caller(tcx: TyCtxt<'_>, id: HirId, attr: &Attribute) {
    let header = match tcx.hir_node(id) {
        Node::Item(hir::Item { kind: hir::ItemKind::Fn { sig, .. }, .. })
        | Node::TraitItem(hir::TraitItem { kind: hir::TraitItemKind::Fn(sig, _), .. })
        | Node::ImplItem(hir::ImplItem { kind: hir::ImplItemKind::Fn(sig, _), .. }) => sig.header,
        Node::ForeignItem(hir::ForeignItem { kind: hir::ForeignItemKind::Fn(sig, ..), .. }) => sig.header,
        _ => return,
    };
    if !header.abi.is_rustic_abi() {
        tcx.dcx().struct_span_err(attr.span, "`#[track_caller]` requires Rust ABI").with_code(E0737).emit();
    }
    let main = tcx.entry_fn(());
    if main == Some(id.owner.to_def_id()) && id.local_id == hir::ItemLocalId::ZERO {
        let span = tcx.def_span(id.owner.to_def_id());
        tcx.dcx()
            .struct_span_err(attr.span, "`main` function is not allowed to be `#[track_caller]`")
            .with_span_label(span, "`main` function is not allowed to be `#[track_caller]`")
            .emit();
    }
}

/// The features that `#[target_feature]` may enable on our targets, by the alphabet.
const TARGET_FEATURES: &str = "\
    adx aes avx avx2 avx512bf16 avx512bitalg avx512bw avx512cd avx512dq avx512f avx512fp16 avx512ifma avx512vbmi \
    avx512vbmi2 avx512vl avx512vnni avx512vp2intersect avx512vpopcntdq avxifma avxneconvert avxvnni avxvnniint16 \
    avxvnniint8 bf16 bmi1 bmi2 bti cmpxchg16b crc crt-static dit dotprod dpb dpb2 f16c f32mm f64mm fcma fhm \
    flagm fma fp16 frintts fxsr gfni i8mm jsconv kl lor lse lzcnt movbe mte neon paca pacg pan pclmulqdq pmuv3 \
    popcnt rand ras rcpc rcpc2 rdm rdrand rdseed sb sha sha2 sha3 sha512 sm3 sm4 spe ssbs sse sse2 sse3 sse4.1 \
    sse4.2 sse4a ssse3 sve sve2 sve2-aes sve2-bitperm sve2-sha3 sve2-sm4 tbm tme vaes vh vpclmulqdq widekl xsave \
    xsavec xsaveopt xsaves";

/// Language features, and the features of our targets that need them.
const UNSTABLE_TARGET_FEATURES: &[(&str, &str)] = &[
    (
        "aarch64_unstable_target_feature",
        "\
         cssc ecv faminmax flagm2 fp8 fp8dot2 fp8dot4 fp8fma hbc lse128 lse2 lut mops outline-atomics \
         pauth-lr rcpc3 sme sme-b16b16 sme-f16f16 sme-f64f64 sme-f8f16 sme-f8f32 sme-fa64 sme-i16i64 \
         sme-lutv2 sme2 sme2p1 ssve-fp8dot2 ssve-fp8dot4 ssve-fp8fma sve-b16b16 sve2p1 wfxt",
    ),
    (
        "aarch64_ver_target_feature",
        "\
         v8.1a v8.2a v8.3a v8.4a v8.5a v8.6a v8.7a v8.8a v8.9a v9.1a v9.2a v9.3a v9.4a v9.5a v9a",
    ),
    ("apx_target_feature", "apxf"),
    ("avx10_target_feature", "avx10.1 avx10.2"),
    ("ermsb_target_feature", "ermsb"),
    ("lahfsahf_target_feature", "lahfsahf"),
    ("movrs_target_feature", "movrs"),
    ("prfchw_target_feature", "prfchw"),
    ("rtm_target_feature", "rtm"),
    (
        "x86_amx_intrinsics",
        "\
         amx-avx512 amx-bf16 amx-complex amx-fp16 amx-fp8 amx-int8 amx-movrs amx-tf32 amx-tile",
    ),
    ("x87_target_feature", "x87"),
    ("xop_target_feature", "xop"),
];

fn check_target_feature(tcx: TyCtxt<'_>, attr: &Attribute, target: Target) {
    if !matches!(target, Target::Fn | Target::Method(_)) {
        return;
    }
    for item in attr.meta_item_list().unwrap_or_default() {
        let Some(value) = item.value_str().filter(|_| item.name() == Some(sym::enable)) else { continue };
        for feature in value.as_str().split(',') {
            let has = |list: &str| list.split_whitespace().any(|f| f == feature);
            if let Some((gate, _)) = UNSTABLE_TARGET_FEATURES.iter().find(|(_, list)| has(list)) {
                let gate = Symbol::intern(gate);
                if !tcx.feature(gate) {
                    let msg = format!("the target feature `{feature}` is currently unstable");
                    session::feature_err(tcx.sess(), gate, item.span(), msg).with_code(E0658).emit();
                }
            } else if !has(TARGET_FEATURES) {
                let span = item.span();
                tcx.dcx()
                    .struct_span_err(span, format!("the feature named `{feature}` is not valid for this target"))
                    .with_span_label(span, format!("`{feature}` is not valid for this target"))
                    .emit();
            }
        }
    }
}

fn check_link(tcx: TyCtxt<'_>, id: HirId, attr: &Attribute, target: Target) {
    if matches!(target, Target::ForeignMod) {
        let is_rust = matches!(tcx.hir_node(id), Node::Item(hir::Item { kind: hir::ItemKind::ForeignMod { abi, .. }, .. }) if abi.is_rustic_abi());
        if !is_rust {
            return;
        }
    }
    let span: Span = tcx.hir_span(id);
    let msg = "attribute should be applied to an `extern` block with non-Rust ABI";
    tcx.emit_node_span_lint(&UNUSED_ATTRIBUTES, id, attr.span, msg, |d| {
        d.warn(
            "this was previously accepted by the compiler but is being phased out; it will become a hard error in a future \
             release!",
        );
        if target != Target::ForeignMod {
            d.span_label(span, "not an `extern` block");
        }
    });
}

/// The name, kind and modifiers in `#[link(..)]`.
fn check_link_args(tcx: TyCtxt<'_>, attr: &Attribute) {
    let list = attr.meta_item_list().unwrap_or_default();
    let mut has_name = false;
    let kind = list.iter().find(|i| i.has_name(sym::kind)).and_then(|i| i.value_str());
    for item in &list {
        let Some(name) = item.name() else { continue };
        let span = item.meta_item().and_then(|m| m.name_value_literal()).map_or(item.span(), |l| l.span);
        let error = |msg: String| tcx.dcx().struct_span_err(span, msg);
        match (name.as_str(), item.value_str()) {
            ("name", value) => {
                has_name = true;
                if value.is_some_and(|v| v.is_empty()) {
                    error("link name must not be empty".to_owned())
                        .with_code(E0454)
                        .with_span_label(span, "empty link name")
                        .emit();
                }
            }
            ("kind", Some(kind)) => match kind.as_str() {
                "static" | "dylib" => {}
                "framework" => {
                    error("link kind `framework` is only supported on Apple targets".to_owned())
                        .with_code(E0455)
                        .emit();
                }
                "raw-dylib" => {
                    error("link kind `raw-dylib` is only supported on Windows targets".to_owned())
                        .with_code(E0455)
                        .emit();
                }
                "link-arg" => {
                    if !tcx.feature(sym::link_arg_attribute) {
                        let msg = "link kind `link-arg` is unstable";
                        session::feature_err(tcx.sess(), sym::link_arg_attribute, span, msg).emit();
                    }
                }
                _ => {
                    malformed_link(
                        tcx,
                        attr,
                        span,
                        "valid arguments are \"static\", \"dylib\", \"framework\", \"raw-dylib\" or \"link-arg\"",
                    );
                }
            },
            ("modifiers", Some(modifiers)) => check_link_modifiers(tcx, attr, item, modifiers, kind),
            _ => {}
        }
    }
    if !has_name && attr.meta_item_list().is_some() {
        tcx.dcx()
            .struct_span_err(attr.span, "`#[link]` attribute requires a `name = \"string\"` argument")
            .with_code(E0459)
            .with_span_label(attr.span, "missing `name` argument")
            .emit();
    }
}

/// A value that there is not.
fn malformed_link(tcx: TyCtxt<'_>, attr: &Attribute, span: Span, valid: &str) {
    tcx.dcx()
        .struct_span_err(attr.span, "malformed `link` attribute input")
        .with_code(E0539)
        .with_span_label(span, valid)
        .with_note(
            "for more information, visit \
             <https://doc.rust-lang.org/reference/items/external-blocks.html#the-link-attribute>",
        )
        .emit();
}

/// `modifiers = "+a,-b"`
fn check_link_modifiers(
    tcx: TyCtxt<'_>,
    attr: &Attribute,
    item: &ast::MetaItemInner,
    modifiers: Symbol,
    kind: Option<Symbol>,
) {
    let span = item.meta_item().and_then(|m| m.name_value_literal()).map_or(item.span(), |l| l.span);
    let is_static = kind.is_some_and(|k| k.as_str() == "static");
    let is_dynamic = kind.is_some_and(|k| matches!(k.as_str(), "dylib" | "framework" | "raw-dylib"));
    let mut seen = Vec::new();
    for modifier in modifiers.as_str().split(',') {
        let error = |msg: String| {
            tcx.dcx().span_err(span, msg);
        };
        let Some(name) = modifier.strip_prefix(['+', '-']) else {
            error(
                "invalid linking modifier syntax, expected '+' or '-' prefix before one of: bundle, verbatim, \
                 whole-archive, as-needed, export-symbols"
                    .to_owned(),
            );
            continue;
        };
        match name {
            "bundle" | "whole-archive" | "export-symbols" if !is_static => {
                error(format!("linking modifier `{name}` is only compatible with `static` linking kind"));
            }
            "as-needed" => {
                let feature = Symbol::intern("native_link_modifiers_as_needed");
                if !is_dynamic {
                    error(
                        "linking modifier `as-needed` is only compatible with `dylib`, `framework` and `raw-dylib` linking \
                         kinds"
                            .to_owned(),
                    );
                } else if !tcx.feature(feature) {
                    let msg = "linking modifier `as-needed` is unstable";
                    session::feature_err(tcx.sess(), feature, span, msg).emit();
                }
            }
            "bundle" | "whole-archive" | "export-symbols" | "verbatim" => {}
            _ => malformed_link(
                tcx,
                attr,
                span,
                "valid arguments are \"bundle\", \"export-symbols\", \"verbatim\", \"whole-archive\" or \"as-needed\"",
            ),
        }
        if seen.contains(&name) {
            error(format!("multiple `{name}` modifiers in a single `modifiers` argument"));
        }
        seen.push(name);
    }
}

fn check_link_ordinal(tcx: TyCtxt<'_>, id: HirId, attr: &Attribute, target: Target) {
    if !matches!(target, Target::ForeignFn | Target::ForeignStatic) {
        return;
    }
    if tcx.hir_attrs(id).iter().any(|a| a.has_name(sym::link_name)) {
        tcx.dcx().span_err(attr.span, "cannot use `#[link_name]` with `#[link_ordinal]`");
    }
    for item in attr.meta_item_list().unwrap_or_default() {
        if let Some(ast::LitKind::Int(n, _)) = item.lit().map(|l| l.kind) {
            let n = u128::from(n);
            if n > u128::from(u16::MAX) {
                tcx.dcx()
                    .struct_span_err(attr.span, format!("ordinal value in `link_ordinal` is too large: `{n}`"))
                    .with_note("the value may not exceed `u16::MAX`")
                    .emit();
            }
        }
    }
}
