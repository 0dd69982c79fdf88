//! Calling conventions: `extern "C"`.

use std::str::FromStr;

use rustc_abi::ExternAbi;
use session::feature_gate::feature_err;
use span::{Span, Symbol};

use crate::{LoweringContext, diagnostics};

impl LoweringContext<'_, '_> {
    pub(crate) fn lower_extern(&self, ext: ast::Extern) -> ExternAbi {
        match ext {
            ast::Extern::None => ExternAbi::Rust,
            ast::Extern::Implicit(_) => ExternAbi::FALLBACK,
            ast::Extern::Explicit(abi, _) => self.lower_abi(&abi),
        }
    }

    pub(crate) fn lower_abi(&self, lit: &ast::StrLit) -> ExternAbi {
        let name = lit.symbol_unescaped;
        match ExternAbi::from_str(name.as_str()) {
            Ok(abi) => {
                self.check_abi_feature(abi, lit.span);
                abi
            }
            Err(_) => {
                diagnostics::invalid_abi(self.dcx(), lit.span, name);
                ExternAbi::Rust
            }
        }
    }

    fn check_abi_feature(&self, abi: ExternAbi, span: Span) {
        let Some(feature) = unstable_abi_feature(abi).map(Symbol::intern) else { return };
        if self.feature(feature) || span.allows_unstable(feature) {
            return;
        }
        let explain = format!("the extern {abi} ABI is experimental and subject to change");
        feature_err(self.tcx.sess(), feature, span, explain).emit();
    }
}

/// The feature that an unstable calling convention needs.
fn unstable_abi_feature(abi: ExternAbi) -> Option<&'static str> {
    Some(match abi.as_str() {
        "vectorcall" | "vectorcall-unwind" => "abi_vectorcall",
        "rust-call" => "unboxed_closures",
        "rust-cold" => "rust_cold_cc",
        "rust-preserve-none" => "rust_preserve_none_cc",
        "rust-tail" => "rust_tail_cc",
        "rust-invalid" => "rustc_attrs",
        "gpu-kernel" => "abi_gpu_kernel",
        "ptx-kernel" => "abi_ptx",
        "unadjusted" => "abi_unadjusted",
        "swift" => "abi_swift",
        "msp430-interrupt" => "abi_msp430_interrupt",
        "x86-interrupt" => "abi_x86_interrupt",
        "avr-interrupt" | "avr-non-blocking-interrupt" => "abi_avr_interrupt",
        "riscv-interrupt-m" | "riscv-interrupt-s" => "abi_riscv_interrupt",
        "cmse-nonsecure-call" => "abi_cmse_nonsecure_call",
        "cmse-nonsecure-entry" => "cmse_nonsecure_entry",
        "custom" => "abi_custom",
        _ => return None,
    })
}
