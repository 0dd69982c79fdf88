//! The two targets: static musl Linux on x86-64 and aarch64.

use std::rc::Rc;

use rustc_abi::{Endian, TargetDataLayout};

use crate::options::{OptLevel, Options, PanicStrategy};

/// The instruction set.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Arch {
    X86_64,
    AArch64,
}

/// A compilation target.
#[derive(Clone, Debug)]
pub struct Target {
    /// The target triple.
    pub triple: &'static str,
    pub arch: Arch,
    /// Alignments and sizes for layout computation.
    pub data_layout: Rc<TargetDataLayout>,
}

/// LLVM's data layout strings, from `rustc --print target-spec-json`: facts of the psABI in a standard form.
const X86_64_LAYOUT: &str = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128";
const AARCH64_LAYOUT: &str =
    "e-m:e-p270:32:32-p271:32:32-p272:64:64-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128-Fn32";

impl Target {
    /// The supported triples.
    pub const TRIPLES: &[&str] = &["aarch64-unknown-linux-musl", "x86_64-unknown-linux-musl"];

    /// The target of a triple.
    pub fn from_triple(triple: &str) -> Option<Target> {
        let (triple, arch, layout) = match triple {
            "x86_64-unknown-linux-musl" => (Self::TRIPLES[1], Arch::X86_64, X86_64_LAYOUT),
            "aarch64-unknown-linux-musl" => (Self::TRIPLES[0], Arch::AArch64, AARCH64_LAYOUT),
            _ => return None,
        };
        let mut data_layout =
            TargetDataLayout::parse_from_llvm_datalayout_string(layout, rustc_abi::AddressSpace::ZERO).ok()?;
        data_layout.endian = Endian::Little;
        Some(Target { triple, arch, data_layout: Rc::new(data_layout) })
    }

    /// `target_arch` in `cfg`.
    pub fn arch_name(&self) -> &'static str {
        match self.arch {
            Arch::X86_64 => "x86_64",
            Arch::AArch64 => "aarch64",
        }
    }

    /// The `cfg`s that hold for this target and these options, as `rustc --print cfg`.
    pub fn default_cfg(&self, opts: &Options) -> Vec<(String, Option<String>)> {
        let mut cfg: Vec<(String, Option<String>)> = Vec::new();
        let mut flag = |name: &str| cfg.push((name.to_string(), None));
        if opts.debug_assertions.unwrap_or(opts.opt_level == OptLevel::No) {
            flag("debug_assertions");
        }
        if opts.overflow_checks.unwrap_or(opts.debug_assertions.unwrap_or(opts.opt_level == OptLevel::No)) {
            flag("overflow_checks");
        }
        if opts.test {
            flag("test");
        }
        if opts.crate_types.contains(&crate::CrateType::ProcMacro) {
            flag("proc_macro");
        }
        flag("unix");
        flag("target_thread_local");
        flag("target_has_atomic");
        flag("target_has_atomic_load_store");
        for width in ["8", "16", "32", "64", "ptr"] {
            for name in ["target_has_atomic", "target_has_atomic_load_store", "target_has_atomic_equal_alignment"] {
                cfg.push((name.to_string(), Some(width.to_string())));
            }
        }
        let mut key = |name: &str, value: &str| cfg.push((name.to_string(), Some(value.to_string())));
        key("target_arch", self.arch_name());
        key("target_os", "linux");
        key("target_family", "unix");
        key("target_env", "musl");
        key("target_abi", "");
        key("target_vendor", "unknown");
        key("target_endian", "little");
        key("target_pointer_width", "64");
        key("target_object_format", "elf");
        key("relocation_model", "static");
        key("panic", if opts.panic == PanicStrategy::Abort { "abort" } else { "unwind" });
        let features: &[&str] = match self.arch {
            Arch::X86_64 => &["crt-static", "fxsr", "sse", "sse2", "x87"],
            Arch::AArch64 => &["crt-static", "neon"],
        };
        for feature in features {
            key("target_feature", feature);
        }
        // By calls into `compiler_builtins`; musl's libm has no functions for `f128`.
        for name in ["target_has_reliable_f16", "target_has_reliable_f16_math", "target_has_reliable_f128"] {
            cfg.push((name.to_string(), None));
        }
        cfg
    }
}
