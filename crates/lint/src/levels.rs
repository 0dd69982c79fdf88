//! `#[allow(..)]` and its relatives: the levels they set, and what is wrong with them (Reference, "Lint attributes").

use ast::MetaItemInner;
use hir::{HirId, OwnerId};
use query::TyCtxt;
use query::lint_levels::{LevelAndSource, LintLevelSource, OwnerLintLevels};
use session::lint::Level;
use session::lint_groups::lint_group;
use span::def_id::LocalDefId;
use span::{Span, Symbol, sym};

/// One name in a lint attribute.
pub(crate) struct LintName {
    pub(crate) level: Level,
    /// `tool::` before the name.
    pub(crate) tool: Option<span::Ident>,
    pub(crate) name: Symbol,
    pub(crate) span: Span,
    pub(crate) reason: Option<Symbol>,
}

/// The names in a node's lint attributes, in order; malformed parts are passed over.
pub(crate) fn lint_names(attrs: &[hir::Attribute]) -> Vec<LintName> {
    let mut out = Vec::new();
    for attr in attrs {
        let Some(level) = attr.name().and_then(Level::from_symbol) else { continue };
        let list = attr.meta_item_list().unwrap_or_default();
        let reason = list.last().filter(|i| i.name() == Some(sym::reason)).and_then(MetaItemInner::value_str);
        for item in list {
            let Some(meta) = item.meta_item().filter(|m| m.is_word()) else { continue };
            let segments = &meta.path.segments;
            let (tool, last) = match &segments[..] {
                [one] => (None, one.ident),
                [tool, .., last] => (Some(tool.ident), last.ident),
                [] => continue,
            };
            let full: Vec<&str> = segments.iter().map(|s| s.ident.as_str()).collect();
            let name = if tool.is_some() { Symbol::intern(&full.join("::")) } else { last.name };
            let span = item.span();
            out.push(LintName { level, tool, name, span, reason });
        }
    }
    out
}

/// The levels that attributes set at an owner's nodes.
pub(crate) fn lint_levels_for_owner(tcx: TyCtxt<'_>, id: LocalDefId) -> &OwnerLintLevels {
    let owner = OwnerId { def_id: id };
    let mut out = OwnerLintLevels::default();
    for (&local_id, attrs) in &tcx.hir_attr_map(owner).map {
        let mut specs: Vec<(Symbol, Level, LintLevelSource)> = Vec::new();
        let id = hir::HirId { owner, local_id };
        for entry in lint_names(attrs) {
            let src = LintLevelSource::Node { name: entry.name, span: entry.span, reason: entry.reason };
            for lint in lints_named(entry.name) {
                // What is forbidden remains so; the error is reported elsewhere.
                if specs.iter().any(|(n, l, _)| *n == lint && *l == Level::Forbid) {
                    continue;
                }
                // Nor does what is inside change it; but forbidding a group is not final yet.
                if let Some((Level::Forbid, around)) = level_around(tcx, &out, lint, id)
                    && (entry.level == Level::Deny
                        || !(is_of_group(around) || lint_group(entry.name.as_str()).is_some()))
                {
                    continue;
                }
                specs.push((lint, entry.level, src));
            }
        }
        if !specs.is_empty() {
            out.specs.insert(local_id, specs);
        }
    }
    tcx.arena().alloc(out)
}

/// The level that a lint has around a node, of whose owner `out` has what comes before the node.
fn level_around(tcx: TyCtxt<'_>, out: &OwnerLintLevels, lint: Symbol, id: HirId) -> Option<LevelAndSource> {
    let mut node = id;
    while node != hir::CRATE_HIR_ID {
        node = tcx.parent_hir_id(node);
        if node.owner != id.owner {
            return tcx.specified_level(lint, node);
        }
        let found = out.specs.get(&node.local_id).and_then(|s| s.iter().rev().find(|(n, ..)| *n == lint));
        if let Some(&(_, level, src)) = found {
            return Some((level, src));
        }
    }
    tcx.command_line_level(lint.as_str())
}

/// Whether a level was given to a whole group.
pub(crate) fn is_of_group(src: LintLevelSource) -> bool {
    match src {
        LintLevelSource::Node { name, .. } => lint_group(name.as_str()).is_some() || name.as_str() == "warnings",
        LintLevelSource::CommandLine(name, _) => lint_group(name.as_str()).is_some() || name.as_str() == "warnings",
        LintLevelSource::Default => false,
    }
}

/// The lint of a name under its present name, or those of a group.
pub(crate) fn lints_named(name: Symbol) -> Vec<Symbol> {
    match lint_group(name.as_str()) {
        Some(group) => group.iter().map(|l| Symbol::intern(l)).collect(),
        None => {
            let renamed = session::lint_groups::RENAMED_LINTS.iter().find(|(old, _)| *old == name.as_str());
            vec![renamed.map_or(name, |(_, new)| Symbol::intern(new))]
        }
    }
}

/// The nodes with lint attributes, in order of their places.
pub(crate) fn nodes_with_levels(tcx: TyCtxt<'_>) -> Vec<(HirId, &[hir::Attribute])> {
    let mut out = Vec::new();
    for info in tcx.hir_crate().owners.iter().filter_map(|o| o.as_owner()) {
        let Some(owner) = info.node().def_id() else { continue };
        for (&local_id, attrs) in &info.attrs.map {
            if attrs.iter().any(|a| a.name().and_then(Level::from_symbol).is_some()) {
                out.push((HirId { owner, local_id }, *attrs));
            }
        }
    }
    out.sort_by_key(|(_, attrs)| attrs.iter().map(|a| a.span).min());
    out
}

/// Lints found before lowering, at the level of the innermost node with lint attributes that they stand in.
pub(crate) fn emit_buffered(tcx: TyCtxt<'_>) {
    let mut lints = std::mem::take(&mut *tcx.sess().buffered_lints.borrow_mut());
    // As a walk over the syntax tree would come by them.
    lints.sort_by_key(|l| l.span.source_callsite().lo());
    if lints.is_empty() {
        return;
    }
    let nodes: Vec<(Span, HirId)> = nodes_with_levels(tcx)
        .into_iter()
        .map(|(id, attrs)| {
            // Attributes are part of what they stand on.
            let span = tcx.hir_span_with_body(id);
            let first = attrs.iter().map(|a| a.span).filter(|a| a.ctxt() == span.ctxt()).fold(span, Span::to);
            (if id == hir::CRATE_HIR_ID { span } else { first }, id)
        })
        .collect();
    for lint in lints {
        let at = innermost(&nodes, lint.span);
        let diag = *lint.diag;
        tcx.emit_node_span_lint(lint.lint, at, diag.span.clone(), diag.message.clone(), |d| {
            d.children.extend(diag.children.clone());
            d.suggestions.extend(diag.suggestions.clone());
            d.code = diag.code;
        });
    }
}

/// The smallest node around a place.
fn innermost(nodes: &[(Span, HirId)], place: Span) -> HirId {
    let outer = place.source_callsite();
    let around = nodes.iter().filter(|(s, _)| s.contains(place) || s.contains(outer));
    let len = |s: &Span| s.hi().0.saturating_sub(s.lo().0);
    around.min_by_key(|(s, _)| len(s)).map_or(hir::CRATE_HIR_ID, |(_, id)| *id)
}
