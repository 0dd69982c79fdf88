//! The instruction set: Cranelift's settings for a target and an optimisation level.

use cranelift_codegen::isa::{self, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use session::{Arch, OptLevel, Target};
use target_lexicon::Triple;

/// Makes the code generator for a target. Position-independent code; the linker relaxes what it can.
pub(crate) fn build_isa(target: &Target, opt_level: OptLevel, verify: bool) -> Result<OwnedTargetIsa, String> {
    let mut flags = settings::builder();
    let mut set = |name: &str, value: &str| flags.set(name, value).map_err(|e| format!("Cranelift's `{name}`: {e}"));
    set("is_pic", "true")?;
    set("enable_verifier", if verify { "true" } else { "false" })?;
    set("tls_model", "elf_gd")?;
    set("enable_llvm_abi_extensions", "true")?;
    set("unwind_info", "false")?;
    set("machine_code_cfg_info", "false")?;
    set("enable_probestack", "true")?;
    set("probestack_strategy", "inline")?;
    set("use_colocated_libcalls", "true")?;
    set("preserve_frame_pointers", "false")?;
    let (opt, regalloc) = match opt_level {
        // Single pass allocation is twice as fast as the other and its code is three times as large.
        OptLevel::No => ("none", "backtracking"),
        OptLevel::Size | OptLevel::SizeMin => ("speed_and_size", "backtracking"),
        _ => ("speed", "backtracking"),
    };
    set("opt_level", opt)?;
    set("regalloc_algorithm", regalloc)?;
    let flags = settings::Flags::new(flags);
    let triple: Triple = target.triple.parse().map_err(|e| format!("target `{}`: {e}", target.triple))?;
    let mut builder = isa::lookup(triple).map_err(|e| e.to_string())?;
    match target.arch {
        // The features that every x86-64 processor has are Cranelift's least.
        Arch::X86_64 => {}
        // Outlined atomics are no concern of a static program that runs on any ARMv8.
        Arch::AArch64 => builder.set("has_lse", "false").map_err(|e| e.to_string())?,
    }
    builder.finish(flags).map_err(|e| e.to_string())
}
