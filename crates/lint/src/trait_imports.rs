//! Imports of traits whose methods no body calls. Resolution has left out those that are used by name.

use hir::ItemKind;
use query::TyCtxt;
use session::lint::UNUSED_IMPORTS;
use span::FxIndexSet;
use span::def_id::LocalDefId;

/// Lints on the imports that type checking found no use of.
pub(crate) fn check(tcx: TyCtxt<'_>) {
    let candidates = &tcx.resolutions().maybe_unused_trait_imports;
    if candidates.is_empty() {
        return;
    }
    let mut used: FxIndexSet<LocalDefId> = FxIndexSet::default();
    for owner in tcx.hir_body_owners() {
        used.extend(tcx.used_trait_imports(owner));
    }
    for &import in candidates.iter().filter(|i| !used.contains(*i)) {
        let item = tcx.hir_expect_item(import);
        let ItemKind::Use(path, _) = item.kind else { continue };
        if item.span.is_dummy() {
            continue;
        }
        let message = match tcx.sess().source_map.span_to_snippet(path.span) {
            Some(snippet) => format!("unused import: `{snippet}`"),
            None => "unused import".to_owned(),
        };
        tcx.emit_node_span_lint(&UNUSED_IMPORTS, item.hir_id(), path.span, message, |_| {});
    }
}
