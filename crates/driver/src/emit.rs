//! Outputs of a compilation: text forms of the stages, object files, archives, executables.

use query::TyCtxt;
use session::OutputType;

use crate::outputs;
use crate::pipeline::{Outcome, OutputFile};

/// `-Zunpretty=hir`
pub fn hir(tcx: TyCtxt<'_>) -> String {
    hir::print::crate_to_string(tcx.hir_crate())
}

/// `-Zunpretty=thir-tree`
pub fn thir_tree(tcx: TyCtxt<'_>) -> String {
    let mut out = String::new();
    for owner in tcx.hir_body_owners() {
        let Ok(thir) = mir_build::thir_body(tcx, owner) else { continue };
        out += &format!("{:?}:\n{}\n", owner.to_def_id(), mir_build::thir::print::thir_tree(&thir.0, thir.1));
    }
    out
}

/// `-Zunpretty=mir`, `--emit=mir`
pub fn mir(tcx: TyCtxt<'_>) -> String {
    query::with_no_trimmed_paths(|| mir_text(tcx))
}

fn mir_text(tcx: TyCtxt<'_>) -> String {
    let mut out = String::from(
        "// WARNING: This output format is intended for human consumers only\n\
         // and is subject to change without notice. Knock yourself out.\n\
         // HINT: See also -Z dump-mir for MIR at specific points during compilation.\n",
    );
    let mut first = true;
    for &def in tcx.mir_keys(()) {
        let def_id = def.to_def_id();
        if !std::mem::take(&mut first) {
            out.push('\n');
        }
        out += &tcx.mir_to_string(tcx.instance_mir(ty::InstanceKind::Item(def_id)));
        for promoted in tcx.promoted_mir(def_id) {
            out.push('\n');
            out += &tcx.mir_to_string(promoted);
        }
        let is_const_fn = tcx.is_const_fn(def_id) || tcx.is_constructor(def_id);
        if is_const_fn {
            out += "\n// MIR FOR CTFE\n";
            out += &tcx.mir_to_string(tcx.mir_for_ctfe(def_id));
        }
    }
    out
}

/// `--emit=mir`
pub fn mir_file(tcx: TyCtxt<'_>, outcome: &mut Outcome) {
    push(tcx, outcome, OutputType::Mir, mir(tcx).into_bytes());
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
