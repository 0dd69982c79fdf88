//! From checked crate to objects, libraries and executables.

use codegen::{CodeText, CodegenOptions, CompiledModule};
use diagnostics::ErrorGuaranteed;
use linker::{Input, LinkInput, LinkOptions, Machine};
use metadata::CStore;
use metadata::archive::{self, Member};
use query::TyCtxt;
use session::{CrateType, OutputType, Strip};
use span::def_id::LOCAL_CRATE;

use crate::pipeline::{Outcome, OutputFile};
use crate::{c_runtime, outputs, stages};

/// Whether anything beyond metadata and text of earlier stages is asked for.
pub fn is_needed(tcx: TyCtxt<'_>) -> bool {
    let wants = |kind| outputs::wants(&tcx.sess().opts, kind);
    let code = [OutputType::Clif, OutputType::Assembly, OutputType::Object, OutputType::Exe];
    code.into_iter().any(wants) || stages::wants_code(tcx.sess())
}

/// Generates code and writes what was asked for.
///
/// # Errors
/// What code generation or the linker reported.
pub fn run(
    tcx: TyCtxt<'_>,
    store: &CStore,
    outcome: &mut Outcome,
    on_phase: &dyn Fn(&'static str),
) -> Result<(), ErrorGuaranteed> {
    let opts = &tcx.sess().opts;
    if opts.linker.is_some() {
        return Err(tcx.dcx().err("`-C linker` is not supported yet: rcc links by itself"));
    }
    if tcx.crate_types().contains(&CrateType::ProcMacro) {
        return Err(tcx.dcx().err("the crate type `proc-macro` is not supported yet"));
    }
    if opts.test {
        return Err(tcx.dcx().err("the test harness (`--test`) is not supported yet"));
    }
    if let Some(lib) = opts.native_libs.first() {
        return Err(tcx.dcx().err(format!("linking to native libraries (`{}`) is not supported yet", lib.name)));
    }
    on_phase("monomorphize");
    let units = monomorphize::collect_and_partition(tcx)?;

    on_phase("codegen");
    let wants = |kind| outputs::wants(opts, kind);
    let codegen_opts = CodegenOptions {
        emit_clif: wants(OutputType::Clif) || stages::wants(tcx.sess(), "clif"),
        emit_asm: wants(OutputType::Assembly) || stages::wants(tcx.sess(), "asm"),
        verify: cfg!(debug_assertions) || opts.z("verify-clif"),
        ..CodegenOptions::from_session(tcx.sess())
    };
    let mut modules = Vec::new();
    for unit in &units {
        modules.push(codegen::codegen_unit(tcx, unit, &codegen_opts)?);
    }
    let executable = tcx.crate_types().contains(&CrateType::Executable);
    if executable && let Some(main) = tcx.entry_fn(()) {
        modules.push(codegen::codegen_entry(tcx, main, c_runtime::find(tcx.sess()).is_some(), &codegen_opts)?);
        // One allocator serves all crates; the linker drops the shim where nothing allocates.
        let mut crates = std::iter::once(LOCAL_CRATE).chain(tcx.crates());
        let custom = crates.any(|c| tcx.has_global_allocator(c));
        modules.push(codegen::codegen_allocator_shim(tcx, custom, &codegen_opts)?);
    }
    if let Some(guar) = tcx.dcx().has_errors() {
        return Err(guar);
    }
    write_modules(tcx, &modules, outcome);
    stages::add(tcx.sess(), outcome, "clif", || join(modules.iter().filter_map(|m| m.clif.as_ref())));
    stages::add(tcx.sess(), outcome, "asm", || join(modules.iter().filter_map(|m| m.asm.as_ref())));
    if wants(OutputType::Exe) {
        for &crate_type in tcx.crate_types() {
            match crate_type {
                CrateType::Rlib => rlib(tcx, &modules, outcome),
                CrateType::Executable => {
                    on_phase("link");
                    executable_file(tcx, store, &modules, outcome)?;
                }
                CrateType::ProcMacro => {}
            }
        }
    }
    Ok(())
}

/// `--emit=clif`, `asm` and `obj`.
fn write_modules(tcx: TyCtxt<'_>, modules: &[CompiledModule], outcome: &mut Outcome) {
    let opts = &tcx.sess().opts;
    let text =
        |part: &dyn Fn(&CompiledModule) -> Option<&CodeText>| join(modules.iter().filter_map(part)).0.into_bytes();
    if outputs::wants(opts, OutputType::Clif) {
        push(tcx, outcome, OutputType::Clif, CrateType::Rlib, text(&|m| m.clif.as_ref()));
    }
    if outputs::wants(opts, OutputType::Assembly) {
        push(tcx, outcome, OutputType::Assembly, CrateType::Rlib, text(&|m| m.asm.as_ref()));
    }
    if outputs::wants(opts, OutputType::Object) {
        for (i, module) in modules.iter().enumerate() {
            push(tcx, outcome, OutputType::Object, CrateType::Rlib, module.object.clone());
            // One object has the asked-for name; of several, each has its own.
            if i > 0
                && let Some(file) = outcome.files.last_mut()
            {
                let stem = file.path.strip_suffix(".o").unwrap_or(&file.path);
                file.path = format!("{stem}.{i}.o");
            }
        }
    }
}

/// The texts of modules one after the other.
fn join<'a>(texts: impl Iterator<Item = &'a CodeText>) -> (String, Vec<stages::Mark>) {
    let (mut out, mut marks) = (String::new(), Vec::new());
    for text in texts.filter(|t| !t.text.is_empty()) {
        if !out.is_empty() {
            out.push('\n');
        }
        marks.extend(text.spans.iter().map(|(start, end, span)| (start + out.len(), end + out.len(), *span)));
        out += &text.text;
    }
    (out, marks)
}

fn push(tcx: TyCtxt<'_>, outcome: &mut Outcome, kind: OutputType, crate_type: CrateType, bytes: Vec<u8>) {
    let path = outputs::output_path(&tcx.sess().opts, tcx.local_crate_name().as_str(), kind, crate_type);
    let executable = kind == OutputType::Exe && crate_type == CrateType::Executable;
    outcome.files.push(OutputFile { path, bytes, kind, executable });
}

/// `libNAME.rlib`: metadata first, then the objects.
fn rlib(tcx: TyCtxt<'_>, modules: &[CompiledModule], outcome: &mut Outcome) {
    let mut members = vec![Member { name: archive::RMETA.to_owned(), bytes: metadata::encode_metadata(tcx) }];
    members.extend(modules.iter().map(|m| Member { name: format!("{}.rcgu.o", m.name), bytes: m.object.clone() }));
    let bytes = archive::write_archive(&members);
    push(tcx, outcome, OutputType::Exe, CrateType::Rlib, bytes);
}

fn executable_file(
    tcx: TyCtxt<'_>,
    store: &CStore,
    modules: &[CompiledModule],
    outcome: &mut Outcome,
) -> Result<(), ErrorGuaranteed> {
    let opts = &tcx.sess().opts;
    let archives = store.archives().map_err(|krate| {
        tcx.dcx()
            .err(format!("crate `{krate}` required to be available in rlib format, but was not found in this form"))
    })?;
    let names: Vec<String> = modules.iter().map(|m| format!("{}.rcgu.o", m.name)).collect();
    let runtime = c_runtime::find(tcx.sess()).unwrap_or_default();
    let mut inputs: Vec<Input<'_>> = runtime.first.iter().map(|(name, bytes)| Input { name, bytes }).collect();
    inputs.extend(modules.iter().zip(&names).map(|(m, name)| Input { name, bytes: &m.object }));
    inputs.extend(archives.iter().map(|(path, bytes)| Input { name: path, bytes }));
    inputs.extend(runtime.last.iter().map(|(name, bytes)| Input { name, bytes }));
    let machine = if opts.target_triple.starts_with("aarch64") { Machine::Aarch64 } else { Machine::X86_64 };
    let options = LinkOptions {
        strip: match opts.strip {
            Strip::None => linker::Strip::None,
            Strip::Debuginfo => linker::Strip::Debuginfo,
            Strip::Symbols => linker::Strip::Symbols,
        },
        fold_identical: true,
        ..LinkOptions::new(machine)
    };
    match linker::link(&LinkInput { inputs: &inputs, options }) {
        Ok(output) => {
            push(tcx, outcome, OutputType::Exe, CrateType::Executable, output.bytes);
            outcome.link_map = Some(output.map);
            Ok(())
        }
        Err(errors) => {
            let mut err = tcx.dcx().struct_err("linking with `rcc` failed");
            for e in &errors {
                err.note(e.to_string());
            }
            Err(err.emit())
        }
    }
}
