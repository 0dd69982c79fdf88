//! Outputs of a compilation: text forms of the stages, object files, archives, executables.

use query::TyCtxt;
use session::OutputType;

use crate::outputs;
use crate::pipeline::{Outcome, OutputFile};

/// `-Zunpretty=hir`
pub fn hir(tcx: TyCtxt<'_>) -> String {
    hir::print::crate_to_string(tcx.hir_crate())
}

/// Writes an output under its name.
fn push(tcx: TyCtxt<'_>, outcome: &mut Outcome, kind: OutputType, bytes: Vec<u8>) {
    let crate_type = tcx.crate_types().first().copied().unwrap_or(session::CrateType::Executable);
    let path = outputs::output_path(&tcx.sess().opts, tcx.local_crate_name().as_str(), kind, crate_type);
    outcome.files.push(OutputFile { path, bytes, kind, executable: false });
}

/// `--emit=metadata`
pub fn metadata(tcx: TyCtxt<'_>, outcome: &mut Outcome) {
    push(tcx, outcome, OutputType::Metadata, metadata::encode_metadata(tcx));
}

/// `--emit=dep-info`
pub fn dep_info(tcx: TyCtxt<'_>, outcome: &mut Outcome) {
    let crate_type = tcx.crate_types().first().copied().unwrap_or(session::CrateType::Executable);
    let loaded = tcx.cstore().as_any().downcast_ref::<metadata::CStore>().map(metadata::CStore::paths);
    let text = outputs::dep_info(tcx.sess(), tcx.local_crate_name().as_str(), crate_type, &loaded.unwrap_or_default());
    push(tcx, outcome, OutputType::DepInfo, text.into_bytes());
}
