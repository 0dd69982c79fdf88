//! What is wrong with lint attributes: unknown, renamed and removed lints, unknown tools, levels that a `forbid` around
//! them does not permit; and after all lints, expectations that nothing met.

use diagnostics::Applicability;
use diagnostics::codes::{E0452, E0453, E0602, E0710};
use hir::HirId;
use query::TyCtxt;
use query::lint_levels::LintLevelSource;
use session::lint::{
    ALL_LINTS, FORBIDDEN_LINT_GROUPS, Level, RENAMED_AND_REMOVED_LINTS, UNFULFILLED_LINT_EXPECTATIONS, UNKNOWN_LINTS,
    UNUSED_ATTRIBUTES, find_lint,
};
use session::lint_groups::{LINT_GROUPS, REMOVED_LINTS, RENAMED_LINTS, lint_group};
use span::edit_distance::find_best_match_for_name;
use span::{FxIndexSet, Span, Symbol, sym};

use crate::levels::{LintName, lint_names, lints_named, nodes_with_levels};

/// Checks the names given with `-W` and its like.
pub(crate) fn check_command_line(tcx: TyCtxt<'_>) {
    let mut seen = FxIndexSet::default();
    for (name, letter) in &tcx.sess().opts.lint_opts {
        if !seen.insert((name.clone(), *letter)) {
            continue;
        }
        if name == "warnings" {
            if *letter == 'f' {
                tcx.dcx()
                    .struct_err("`warnings` lint group is not supported with `--force-warn`")
                    .with_code(E0602)
                    .emit();
            }
            continue;
        }
        if let Some((tool, _)) = name.split_once("::") {
            if !is_known_tool(tcx, tool) {
                tcx.dcx()
                    .struct_err(format!("unknown lint tool: `{tool}`"))
                    .with_code(E0602)
                    .with_note(format!("requested on the command line with `-{letter} {name}`"))
                    .emit();
            }
            continue;
        }
        if find_lint(name).is_some() || lint_group(name).is_some() || (name == "bad_style") {
            continue;
        }
        let flag = match letter {
            'f' => "--force-warn".to_owned(),
            c => format!("-{c}"),
        };
        let requested = format!("requested on the command line with `{flag} {name}`");
        if let Some((old, new)) = RENAMED_LINTS.iter().find(|(old, _)| old == name) {
            tcx.emit_node_lint(
                &RENAMED_AND_REMOVED_LINTS,
                hir::CRATE_HIR_ID,
                format!("lint `{old}` has been renamed to `{new}`"),
                |d| {
                    d.help(format!("use the new name `{new}`")).note(requested);
                },
            );
        } else if let Some((old, why)) = REMOVED_LINTS.iter().find(|(old, _)| old == name) {
            tcx.emit_node_lint(
                &RENAMED_AND_REMOVED_LINTS,
                hir::CRATE_HIR_ID,
                format!("lint `{old}` has been removed: {why}"),
                |d| {
                    d.note(requested);
                },
            );
        } else {
            tcx.emit_node_lint(&UNKNOWN_LINTS, hir::CRATE_HIR_ID, format!("unknown lint: `{name}`"), |d| {
                d.code(E0602);
                if let Some(best) = similar_lint(name) {
                    d.help(format!("did you mean: `{best}`"));
                }
                d.note(requested);
            });
        }
    }
}

fn similar_lint(name: &str) -> Option<Symbol> {
    let lower = name.to_lowercase();
    if find_lint(&lower).is_some() || lint_group(&lower).is_some() {
        return Some(Symbol::intern(&lower));
    }
    let names: Vec<Symbol> =
        LINT_GROUPS.iter().map(|(n, _)| *n).chain(ALL_LINTS.iter().map(|l| l.name)).map(Symbol::intern).collect();
    find_best_match_for_name(&names, Symbol::intern(&lower), None)
}

/// Lints on the names of the whole crate.
const CRATE_LEVEL_ONLY: &[&str] =
    &["non_ascii_idents", "uncommon_codepoints", "confusable_idents", "mixed_script_confusables"];

const TOOLS: &[&str] = &["clippy", "rustc", "rustdoc", "rustfmt", "miri", "rust_analyzer", "diagnostic"];

/// Checks all lint attributes.
pub(crate) fn check_attributes(tcx: TyCtxt<'_>) {
    check_command_line(tcx);
    for (id, attrs) in nodes_with_levels(tcx) {
        check_shape(tcx, id, attrs);
        for entry in lint_names(attrs) {
            check_name(tcx, id, &entry);
            check_forbidden(tcx, id, attrs, &entry);
        }
    }
}

/// `#[allow("x")]`, `#[allow(x = 1)]`, a reason that is not last.
fn check_shape(tcx: TyCtxt<'_>, id: HirId, attrs: &[hir::Attribute]) {
    let malformed = |span: Span, why: &str| {
        tcx.dcx()
            .struct_span_err(span, "malformed lint attribute input")
            .with_code(E0452)
            .with_span_label(span, why.to_owned())
            .emit();
    };
    for attr in attrs {
        if attr.name().and_then(Level::from_symbol).is_none() {
            continue;
        }
        let list = attr.meta_item_list().unwrap_or_default();
        let n = list.len();
        if attr.meta_item_list().is_some() && list.iter().all(|i| i.name() == Some(sym::reason)) {
            let name = attr.name().unwrap_or(sym::reason);
            tcx.emit_node_span_lint(&UNUSED_ATTRIBUTES, id, attr.span, "unused attribute", |d| {
                d.span_suggestion(attr.span, "remove this attribute", "", Applicability::MachineApplicable);
                d.note(if n == 0 {
                    format!("attribute `{name}` with an empty list has no effect")
                } else {
                    format!("attribute `{name}` without any lints has no effect")
                });
            });
        }
        for (i, item) in list.iter().enumerate() {
            let is_reason = item.name() == Some(sym::reason);
            match item.meta_item() {
                Some(meta) if meta.is_word() => {}
                Some(meta) if is_reason && meta.value_str().is_some() => {
                    if i + 1 != n {
                        malformed(item.span(), "reason in lint attribute must come last");
                    }
                }
                Some(meta) if is_reason && meta.name_value_literal().is_some() => {
                    malformed(item.span(), "reason must be a string literal");
                }
                _ => malformed(item.span(), "bad attribute argument"),
            }
        }
    }
}

fn is_known_tool(tcx: TyCtxt<'_>, tool: &str) -> bool {
    let name = Symbol::intern(tool);
    TOOLS.contains(&tool) || tcx.hir_krate_attrs().iter().any(|a| a.has_name(sym::register_tool) && a.lists_word(name))
}

fn check_name(tcx: TyCtxt<'_>, id: HirId, entry: &LintName) {
    let (span, name) = (entry.span, entry.name.as_str());
    if let Some(tool) = entry.tool {
        let registered =
            || tcx.hir_krate_attrs().iter().any(|a| a.has_name(sym::register_tool) && a.lists_word(tool.name));
        if !TOOLS.contains(&tool.as_str()) && !registered() {
            let mut err = tcx
                .dcx()
                .struct_span_err(tool.span, format!("unknown tool name `{tool}` found in scoped lint: `{name}`"))
                .with_code(E0710);
            if tcx.sess().is_nightly_build() {
                err.help(format!("add `#![register_tool({tool})]` to the crate root"));
            }
            err.emit();
        }
        return;
    }
    if CRATE_LEVEL_ONLY.contains(&name) && id != hir::CRATE_HIR_ID {
        let msg = format!("{}({name}) is ignored unless specified at crate level", entry.level.as_str());
        tcx.emit_node_span_lint(&UNUSED_ATTRIBUTES, id, span, msg, |_| {});
    }
    if name == "warnings" || find_lint(name).is_some() || lint_group(name).is_some() {
        return;
    }
    if let Some((_, new)) = RENAMED_LINTS.iter().find(|(old, _)| *old == name) {
        let msg = format!("lint `{name}` has been renamed to `{new}`");
        tcx.emit_node_span_lint(&RENAMED_AND_REMOVED_LINTS, id, span, msg, |d| {
            d.span_suggestion(span, "use the new name", (*new).to_owned(), Applicability::MachineApplicable);
        });
    } else if let Some((_, why)) = REMOVED_LINTS.iter().find(|(old, _)| *old == name) {
        let msg = format!("lint `{name}` has been removed: {why}");
        tcx.emit_node_span_lint(&RENAMED_AND_REMOVED_LINTS, id, span, msg, |_| {});
    } else {
        tcx.emit_node_span_lint(&UNKNOWN_LINTS, id, span, format!("unknown lint: `{name}`"), |d| {
            if let Some(best) = similar_lint(name) {
                d.span_suggestion(span, "did you mean", best.to_string(), Applicability::MaybeIncorrect);
            }
        });
    }
}

/// `forbid` around, or before on the same node.
fn check_forbidden(tcx: TyCtxt<'_>, id: HirId, attrs: &[hir::Attribute], entry: &LintName) {
    // Denying what is forbidden changes nothing.
    if matches!(entry.level, Level::Forbid | Level::Deny | Level::Expect) {
        return;
    }
    for lint in lints_named(entry.name) {
        let same_node = lint_names(attrs)
            .into_iter()
            .take_while(|e| e.span != entry.span)
            .filter(|e| e.level == Level::Forbid && lints_named(e.name).contains(&lint))
            .map(|e| LintLevelSource::Node { name: e.name, span: e.span, reason: e.reason })
            .next();
        let forbid = same_node.or_else(|| {
            let outer = if id == hir::CRATE_HIR_ID {
                tcx.command_line_level(lint.as_str())
            } else {
                tcx.specified_level(lint, tcx.parent_hir_id(id))
            };
            let warns = || find_lint(lint.as_str()).is_some_and(|l| tcx.default_lint_level(l) == Level::Warn);
            let of_warnings = || {
                let name = Symbol::intern("warnings");
                let around = (id != hir::CRATE_HIR_ID).then(|| tcx.specified_level(name, tcx.parent_hir_id(id)));
                around.flatten().filter(|_| warns())
            };
            outer.or_else(of_warnings).filter(|(level, _)| *level == Level::Forbid).map(|(_, src)| src)
        });
        let Some(src) = forbid else { continue };
        let level = entry.level.as_str();
        let name = entry.name;
        let (by_group, at) = match src {
            LintLevelSource::Node { name, span, reason } => {
                (lint_group(name.as_str()).is_some() || name.as_str() == "warnings", Some((span, reason)))
            }
            LintLevelSource::CommandLine(name, _) => (lint_group(name.as_str()).is_some(), None),
            LintLevelSource::Default => (false, None),
        };
        let decorate = |d: &mut diagnostics::Diag<'_>| {
            d.span_label(entry.span, "overruled by previous forbid");
            match at {
                Some((span, reason)) => {
                    d.span_label(span, "`forbid` level set here");
                    if let Some(reason) = reason {
                        d.note(reason.to_string());
                    }
                }
                None => {
                    d.note("`forbid` lint level was set on command line");
                }
            }
        };
        let msg = format!("{level}({name}) incompatible with previous forbid");
        if by_group {
            // Forbidding a group is not final yet.
            tcx.emit_node_span_lint(&FORBIDDEN_LINT_GROUPS, id, entry.span, msg, decorate);
        } else {
            let mut err = tcx.dcx().struct_span_err(entry.span, msg).with_code(E0453);
            decorate(&mut err);
            err.emit();
        }
        return;
    }
}

/// `#[expect(..)]`s whose lints did not come.
pub(crate) fn check_expectations(tcx: TyCtxt<'_>) {
    for (id, attrs) in nodes_with_levels(tcx) {
        for entry in lint_names(attrs) {
            if entry.level != Level::Expect || entry.tool.is_some_and(|t| t.as_str() != "rustc") {
                continue;
            }
            if tcx.fulfilled_expectations().borrow().contains(&entry.span) {
                continue;
            }
            let is_itself = entry.name.as_str() == UNFULFILLED_LINT_EXPECTATIONS.name;
            let msg = "this lint expectation is unfulfilled";
            tcx.emit_node_span_lint(&UNFULFILLED_LINT_EXPECTATIONS, id, entry.span, msg, |d| {
                if let Some(reason) = entry.reason {
                    d.note(reason.to_string());
                }
                if is_itself {
                    d.note(
                        "the `unfulfilled_lint_expectations` lint can't be expected and will always produce this message",
                    );
                }
            });
        }
    }
}
