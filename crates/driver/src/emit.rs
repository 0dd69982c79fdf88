//! Outputs of a compilation: text forms of the stages, object files, archives, executables.

use diagnostics::ErrorGuaranteed;
use query::TyCtxt;

use crate::pipeline::needs_codegen;

/// `-Zunpretty=hir`
pub fn hir(tcx: TyCtxt<'_>) -> String {
    hir::print::crate_to_string(tcx.hir_crate())
}

/// Says that what was asked for is not there yet.
pub fn unsupported_outputs(tcx: TyCtxt<'_>) -> Result<(), ErrorGuaranteed> {
    if needs_codegen(tcx.sess()) {
        return Err(tcx.dcx().err("code generation is not supported yet"));
    }
    Ok(())
}
