//! `-Zlibrary-report`: what the front half made of a crate, in numbers.
//!
//! Every stage runs even though an earlier one had errors, and bodies are checked one by one, so that one wrong body
//! counts once. `cargo xtask library` reads the lines, `NAME NUMBER` each, and holds them against its ratchet.

use hir::resolutions::ResolverAstLowering;
use query::TyCtxt;
use span::FxHashSet;
use span::def_id::LocalDefId;

use crate::pipeline;

/// The figures so far.
pub(crate) struct Report<'tcx> {
    tcx: TyCtxt<'tcx>,
    lines: String,
    /// The errors reported before the stage that runs.
    errors_before: usize,
}

impl<'tcx> Report<'tcx> {
    pub(crate) fn new(tcx: TyCtxt<'tcx>) -> Report<'tcx> {
        Report { tcx, lines: String::new(), errors_before: 0 }
    }

    fn count(&mut self, name: &str, n: usize) {
        self.lines += &format!("{name} {n}\n");
    }

    /// Ends a stage: how many errors it reported.
    fn end_stage(&mut self, name: &str) {
        let errors = self.tcx.dcx().err_count();
        self.count(name, errors - self.errors_before);
        self.errors_before = errors;
    }

    /// After expansion and resolution.
    pub(crate) fn resolved(&mut self, outputs: &ResolverAstLowering) {
        let files = self.tcx.sess().source_map.files();
        let local = files.iter().filter(|f| f.cnum == span::def_id::LOCAL_CRATE);
        self.count("files", local.clone().count());
        self.count("lines", local.map(|f| f.lines().len()).sum());
        self.count("expansions", span::hygiene::ExpnId::macro_count());
        self.count("names", outputs.partial_res_map.len() + outputs.import_res_map.len());
        self.end_stage("resolve-errors");
    }

    /// Lowering and every check there is, each body by itself.
    pub(crate) fn analyse(&mut self, on_phase: &dyn Fn(&'static str)) {
        let tcx = self.tcx;
        let items = tcx.hir_crate_items(());
        let count = items.free_items.len() + items.trait_items.len() + items.impl_items.len();
        self.count("items", count + items.foreign_items.len());
        self.end_stage("lowering-errors");

        on_phase("check_items");
        tcx.lang_items();
        hir_analysis::check_crate(tcx);
        self.end_stage("item-errors");

        on_phase("check_bodies");
        let owners: Vec<LocalDefId> = tcx.hir_body_owners().collect();
        let roots: Vec<_> = owners.iter().copied().filter(|o| !tcx.is_typeck_child(o.to_def_id())).collect();
        let mut failed = FxHashSet::default();
        for &owner in &roots {
            let errors = tcx.dcx().err_count();
            if tcx.typeck(owner).tainted_by_errors.is_some() || tcx.dcx().err_count() > errors {
                failed.insert(owner);
            }
        }
        self.count("bodies", roots.len());
        self.count("bodies-failed", failed.len());
        self.end_stage("body-errors");

        on_phase("mir_borrowck");
        let mut mir_failed = FxHashSet::default();
        for &owner in &owners {
            let root = tcx.typeck_root_def_id(owner.to_def_id()).expect_local();
            let errors = tcx.dcx().err_count();
            pipeline::check_body(tcx, owner);
            if !failed.contains(&root) && tcx.dcx().err_count() > errors {
                mir_failed.insert(root);
            }
        }
        self.count("mir-bodies-failed", mir_failed.len());
        self.end_stage("mir-errors");

        on_phase("check_rest");
        pipeline::check_constants(tcx);
        self.end_stage("constant-errors");
        lint::check_early(tcx);
        passes::check_crate(tcx);
        owners.iter().for_each(|&owner| passes::check_body(tcx, owner));
        passes::check_bodies(tcx);
        passes::check_late(tcx);
        lint::check_crate(tcx);
        self.end_stage("late-errors");
    }

    /// The lines.
    pub(crate) fn finish(self) -> String {
        self.lines
    }
}
