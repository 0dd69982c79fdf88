//! `#[allow(..)]` and its relatives.

use hir::{HirId, OwnerId};
use query::TyCtxt;
use query::lint_levels::{LintLevelSource, OwnerLintLevels, in_group};
use session::lint::{ALL_LINTS, Level};
use span::def_id::LocalDefId;
use span::{Symbol, sym};

/// The levels that attributes set at an owner's nodes.
pub(crate) fn lint_levels_for_owner(tcx: TyCtxt<'_>, id: LocalDefId) -> &OwnerLintLevels {
    let owner = OwnerId { def_id: id };
    let mut out = OwnerLintLevels::default();
    for (&local_id, attrs) in &tcx.hir_attr_map(owner).map {
        let mut specs = Vec::new();
        for attr in *attrs {
            let Some(level) = attr.ident().and_then(|i| Level::from_symbol(i.name)) else { continue };
            let list = attr.meta_item_list().unwrap_or_default();
            let reason = list.iter().find(|i| i.name() == Some(sym::reason)).and_then(|i| i.value_str());
            for item in &list {
                let Some(name) = item.ident() else { continue };
                let src = LintLevelSource::Node { name: name.name, span: name.span, reason };
                for lint in lints_named(name.name) {
                    specs.push((lint, level, src));
                }
            }
        }
        if !specs.is_empty() {
            out.specs.insert(local_id, specs);
        }
    }
    tcx.arena().alloc(out)
}

/// The lint of a name, or those of a group.
fn lints_named(name: Symbol) -> Vec<Symbol> {
    if name == Symbol::intern("warnings") {
        return ALL_LINTS.iter().filter(|l| l.default_level == Level::Warn).map(|l| Symbol::intern(l.name)).collect();
    }
    let group: Vec<Symbol> =
        ALL_LINTS.iter().filter(|l| in_group(name.as_str(), l.name)).map(|l| Symbol::intern(l.name)).collect();
    if group.is_empty() { vec![name] } else { group }
}

/// Lints found before lowering, at the level of the item they stand in.
pub(crate) fn emit_buffered(tcx: TyCtxt<'_>) {
    let lints = std::mem::take(&mut *tcx.sess().buffered_lints.borrow_mut());
    for lint in lints {
        let at = innermost_owner(tcx, lint.span);
        let diag = *lint.diag;
        tcx.emit_node_span_lint(lint.lint, at, diag.span.clone(), diag.message.clone(), |d| {
            d.children.extend(diag.children.clone());
            d.suggestions.extend(diag.suggestions.clone());
            d.code = diag.code;
        });
    }
}

/// The smallest owner around a place: the attributes on it and on what is around it count.
fn innermost_owner(tcx: TyCtxt<'_>, span: span::Span) -> HirId {
    let mut best = hir::CRATE_HIR_ID;
    let mut best_len = u32::MAX;
    for owner in tcx.hir_crate().owners.iter().filter_map(|o| o.as_owner()) {
        let node = owner.node();
        let full = node.span();
        let len = full.hi().0.saturating_sub(full.lo().0);
        if full.contains(span) && len < best_len {
            if let Some(id) = node.def_id() {
                best = HirId::from(id);
                best_len = len;
            }
        }
    }
    best
}
