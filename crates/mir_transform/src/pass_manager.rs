//! Runs lists of passes over a body, and checks after each what the body's phase promises.

use mir::{Body, MirPhase};
use query::TyCtxt;
use session::Session;

/// One transformation of a body.
pub trait MirPass<'tcx> {
    fn name(&self) -> &'static str;
    fn is_enabled(&self, _sess: &Session) -> bool {
        true
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>);
}

/// Whether bodies are validated after each pass: in debug builds and under `-Zvalidate-mir`.
fn validating(tcx: TyCtxt<'_>) -> bool {
    cfg!(debug_assertions) || tcx.sess().opts.z("validate-mir")
}

/// Runs the enabled passes in order, then sets the phase. `-Zdump-mir=PASS` shows the body after that pass.
pub fn run_passes<'tcx>(
    tcx: TyCtxt<'tcx>,
    body: &mut Body<'tcx>,
    passes: &[&dyn MirPass<'tcx>],
    phase_change: Option<MirPhase>,
) {
    let validate = validating(tcx) && body.tainted_by_errors.is_none();
    let dump = tcx.sess().opts.z_value("dump-mir");
    for pass in passes {
        if !pass.is_enabled(tcx.sess()) {
            continue;
        }
        pass.run_pass(tcx, body);
        if validate {
            tcx.validate_mir(body, pass.name());
        }
        if dump.is_some_and(|name| name == pass.name() || name == "all") {
            show(tcx, body, pass.name());
        }
    }
    if let Some(phase) = phase_change {
        body.phase = phase;
        if validate {
            tcx.validate_mir(body, phase.name());
        }
    }
}

/// Shows a body as a note, since the compiler proper writes nothing itself.
fn show<'tcx>(tcx: TyCtxt<'tcx>, body: &Body<'tcx>, pass: &str) {
    let text = format!("MIR after {pass}:\n{}", tcx.mir_to_string(body));
    diagnostics::Diag::new(tcx.dcx(), diagnostics::Level::FailureNote, text).emit();
}
