//! How a failed evaluation is reported: E0080 at the outermost frame, with notes for the frames inside.

use diagnostics::Level as DiagLevel;
use diagnostics::codes::E0080;
use mir::interpret::{AllocId, Allocation, ErrorHandled, GlobalId};
use query::TyCtxt;
use rustc_abi::Size;
use session::lint::{self, Level};
use span::Span;
use ty::{ErrorGuaranteed, InstanceKind};

use super::machine::CompileTimeInterpCx;
use crate::interpret::intrinsics::requires_caller_location;
use crate::interpret::{FrameInfo, InterpErrorKind, InterpResult, InvalidProgram, UndefinedBehavior, Unsupported};

/// A frame's note; `times` more of the same before it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct FrameNote<'tcx> {
    frame: FrameInfo<'tcx>,
    times: u32,
}

/// What a frame runs, as notes name it.
fn frame_name<'tcx>(tcx: TyCtxt<'tcx>, frame: FrameInfo<'tcx>) -> String {
    let def_id = frame.instance.def_id();
    if tcx.def_kind(def_id) == hir::def::DefKind::Closure {
        return "closure".into();
    }
    let path = tcx.value_path_str_with_args(def_id, frame.instance.args);
    let shim = match frame.instance.def {
        InstanceKind::Item(_) => String::new(),
        InstanceKind::DropGlue(_, Some(ty)) => format!(" - shim(Some({ty}))"),
        InstanceKind::DropGlue(_, None) => " - shim(None)".into(),
        InstanceKind::FnPtrShim(_, ty) | InstanceKind::CloneShim(_, ty) => format!(" - shim({ty})"),
        _ => " - shim".into(),
    };
    format!("`{path}{shim}`")
}

/// The outermost frame's place, and the notes for the frames inside, outermost first.
fn span_and_frames<'tcx>(ecx: &CompileTimeInterpCx<'tcx>) -> (Span, Vec<FrameNote<'tcx>>) {
    let mut trace = ecx.generate_stacktrace();
    trace.retain(|f| !requires_caller_location(ecx.tcx, f.instance.def));
    let Some(root) = trace.pop() else { return (ecx.root_span, Vec::new()) };
    let mut notes: Vec<FrameNote<'tcx>> = Vec::new();
    let mut last: Option<FrameNote<'tcx>> = None;
    let mut flush = |note: FrameNote<'tcx>| {
        notes.push(FrameNote { times: 0, ..note });
        // A few are shown each.
        if note.times < 3 {
            notes.extend(std::iter::repeat_n(FrameNote { times: 0, ..note }, note.times as usize));
        } else {
            notes.push(note);
        }
    };
    for frame in trace {
        match &mut last {
            Some(l) if l.frame == frame => l.times += 1,
            Some(l) => flush(std::mem::replace(l, FrameNote { frame, times: 0 })),
            None => last = Some(FrameNote { frame, times: 0 }),
        }
    }
    if let Some(l) = last {
        flush(l);
    }
    notes.reverse();
    (root.span, notes)
}

/// The name of what is evaluated.
pub(super) fn describe_global<'tcx>(tcx: TyCtxt<'tcx>, cid: GlobalId<'tcx>) -> String {
    let path = tcx.value_path_str_with_args(cid.instance.def_id(), cid.instance.args);
    match cid.promoted {
        Some(p) => format!("{path}::promoted[{}]", p.as_u32()),
        None => path,
    }
}

/// Reports an error of evaluation.
pub(super) fn report_eval_error<'tcx>(
    ecx: &CompileTimeInterpCx<'tcx>,
    cid: GlobalId<'tcx>,
    error: InterpErrorKind<'tcx>,
) -> ErrorHandled {
    let (span, frames) = span_and_frames(ecx);
    if let Some(handled) = not_to_report(&error, span) {
        return handled;
    }
    let tcx = ecx.tcx;
    let mut diag = tcx.dcx().struct_span_err(span, error.to_string()).with_code(E0080);
    let inside = if frames.is_empty() { "here" } else { "inside this call" };
    diag.span_label(span, format!("evaluation of `{}` failed {inside}", describe_global(tcx, cid)));
    add_notes(ecx, &error, &mut diag);
    let n = frames.len();
    for (i, note) in frames.iter().enumerate() {
        let mut name = format!("inside {}", frame_name(tcx, note.frame));
        if note.times > 0 {
            name = format!("[... {} additional calls {name} ...]", note.times);
        }
        let mut at: diagnostics::MultiSpan = note.frame.span.into();
        at.push_span_label(note.frame.span, if i + 1 == n { "the failure occurred here" } else { "" });
        diag.span_note(at, name);
    }
    ErrorHandled::Reported(diag.emit(), span)
}

/// Reports a final value that is not valid.
pub(super) fn report_validation_error<'tcx>(
    ecx: &CompileTimeInterpCx<'tcx>,
    cid: GlobalId<'tcx>,
    error: InterpErrorKind<'tcx>,
    alloc_id: AllocId,
) -> ErrorHandled {
    let InterpErrorKind::UndefinedBehavior(UndefinedBehavior::Validation { ptr_bytes_warning, .. }) = &error else {
        return report_eval_error(ecx, cid, error);
    };
    let span = ecx.root_span;
    let mut diag = ecx.tcx.dcx().struct_span_err(span, error.to_string()).with_code(E0080);
    diag.span_label(span, "it is undefined behavior to use this value");
    if *ptr_bytes_warning {
        add_ptr_bytes_help(&mut diag);
    }
    diag.note(
        "the rules on what exactly is undefined behavior aren't clear, so this check might be overzealous. Please open \
         an issue on the rustc repository if you believe it should not be considered undefined behavior.",
    );
    if let Some(text) = raw_bytes(ecx, alloc_id) {
        diag.note(text);
    }
    ErrorHandled::Reported(diag.emit(), span)
}

fn not_to_report(error: &InterpErrorKind<'_>, span: Span) -> Option<ErrorHandled> {
    match error {
        InterpErrorKind::InvalidProgram(InvalidProgram::TooGeneric) => Some(ErrorHandled::TooGeneric(span)),
        InterpErrorKind::InvalidProgram(InvalidProgram::AlreadyReported(guar)) => {
            Some(ErrorHandled::Reported(*guar, span))
        }
        _ => None,
    }
}

fn add_ptr_bytes_help(diag: &mut diagnostics::Diag<'_>) {
    diag.help("this code performed an operation that depends on the underlying bytes representing a pointer");
    diag.help("the absolute address of a pointer is not known at compile-time, so such operations are not supported");
}

fn add_notes<'tcx>(ecx: &CompileTimeInterpCx<'tcx>, error: &InterpErrorKind<'tcx>, diag: &mut diagnostics::Diag<'_>) {
    match error {
        InterpErrorKind::Unsupported(Unsupported::ReadPointerAsInt(_) | Unsupported::ReadPartialPointer(_)) => {
            add_ptr_bytes_help(diag);
        }
        InterpErrorKind::UndefinedBehavior(UndefinedBehavior::InvalidUninitBytes(Some((id, _)))) => {
            if let Some(text) = raw_bytes(ecx, *id) {
                diag.note(text);
            }
        }
        _ => {}
    }
}

/// The note under what needed a constant whose evaluation failed elsewhere.
pub(crate) fn note_erroneous_constant(tcx: TyCtxt<'_>, span: Span, error: ErrorHandled) {
    let ErrorHandled::Reported(_, at) = error else { return };
    // Where it was reported, nothing need be said.
    if span.is_dummy() || at == span {
        return;
    }
    diagnostics::Diag::new(tcx.dcx(), DiagLevel::Note, "erroneous constant encountered").with_span(span).emit();
}

/// The lint on evaluation without end; an error if it is denied, which stops the evaluation.
pub(super) fn report_long_running<'tcx>(ecx: &CompileTimeInterpCx<'tcx>, node: hir::HirId) -> InterpResult<'tcx> {
    let tcx = ecx.tcx;
    let span = ecx.cur_span();
    let (level, _) = tcx.lint_level_at_node(&lint::LONG_RUNNING_CONST_EVAL, node);
    tcx.emit_node_span_lint(
        &lint::LONG_RUNNING_CONST_EVAL,
        node,
        span,
        "constant evaluation is taking a long time",
        |diag| {
            diag.note(
                "this lint makes sure the compiler doesn't get stuck due to infinite loops in const eval.\n\
                 If your compilation actually takes a long time, you can safely allow the lint",
            );
            diag.span_help(ecx.root_span, "the constant being evaluated");
        },
    );
    match (level, tcx.dcx().has_errors()) {
        (Level::Deny | Level::Forbid, Some(guar)) => Err(guar.into()),
        _ => Ok(()),
    }
}

// --- Memory as text ---

fn raw_bytes(ecx: &CompileTimeInterpCx<'_>, id: AllocId) -> Option<String> {
    let alloc: &Allocation = match ecx.memory_ref(id) {
        Some(alloc) => alloc,
        None => match ecx.tcx.gcx().alloc_map.try_get(id)? {
            mir::interpret::GlobalAlloc::Memory(mem) => mem.inner(),
            mir::interpret::GlobalAlloc::Static(_) => ecx.root_static?.inner(),
            _ => return None,
        },
    };
    Some(format!(
        "the raw bytes of the constant (size: {}, align: {}) {{\n{}}}",
        alloc.size().bytes(),
        alloc.align.bytes(),
        dump(alloc)
    ))
}

const LINE: usize = 16;

/// A hexadecimal dump as rustc writes it: `__` for bytes without value, pointers by their allocation.
fn dump(alloc: &Allocation) -> String {
    use std::fmt::Write;
    let size = alloc.size().bytes_usize();
    let mut out = String::new();
    if size == 0 {
        return out;
    }
    let width = format!("{size:x}").len();
    let numbered = size > LINE;
    let mut start = 0;
    let mut i = 0;
    let (mut hex, mut ascii) = (String::new(), String::new());
    let flush = |out: &mut String, start: usize, used: usize, hex: &mut String, ascii: &mut String| {
        let number = if numbered { format!("0x{start:0width$x} │ ") } else { String::new() };
        let _ = writeln!(out, "    {number}{hex}{} │ {ascii}", " ".repeat((LINE - used) * 3));
        hex.clear();
        ascii.clear();
    };
    while i < size {
        if !hex.is_empty() {
            hex.push(' ');
        }
        let at = Size::from_bytes(i);
        if let Some(prov) = alloc.provenance().get_ptr(at).filter(|_| i - start + 8 <= LINE) {
            let bytes = &alloc.bytes()[i..i + 8];
            let offset = u64::from_le_bytes(bytes.try_into().expect("8 bytes"));
            let name = format!("{:?}", mir::interpret::Pointer::new(prov, Size::from_bytes(offset)));
            let _ = write!(hex, "╾{name:─^21}╼");
            ascii.push_str("╾──────╼");
            i += 8;
        } else if alloc.init_mask().get(i) {
            let b = alloc.bytes()[i];
            let _ = write!(hex, "{b:02x}");
            ascii.push(if b.is_ascii_graphic() || b == b' ' { char::from(b) } else { '.' });
            i += 1;
        } else {
            hex.push_str("__");
            ascii.push('░');
            i += 1;
        }
        if i - start >= LINE || i >= size {
            flush(&mut out, start, i - start, &mut hex, &mut ascii);
            start = i;
        }
    }
    out
}

/// A plain error at the constant, for values that cannot be global.
pub(super) fn report_intern_error(ecx: &CompileTimeInterpCx<'_>, msg: String) -> ErrorGuaranteed {
    let mut diag = ecx.tcx.dcx().struct_span_err(ecx.root_span, msg.clone());
    if msg.contains("const_allocate") {
        diag.note("use `const_make_global` to turn allocated pointers into immutable globals before returning");
    }
    diag.emit()
}
