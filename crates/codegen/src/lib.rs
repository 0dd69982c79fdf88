//! Code generation: monomorphic MIR to Cranelift IR to the bytes of ELF objects.
//!
//! An object is made from a codegen unit by [`codegen_unit`]: `cx.rs` holds what its functions share, `data.rs` its data.
//! Start with `function.rs`, where a body becomes a Cranelift function, then `block.rs` (statements and terminators) and
//! `rvalue.rs`. Values and places are in `value.rs` and `place.rs`; which locals live in SSA variables is decided in
//! `ssa.rs` by the leaves of their types (`leaf.rs`). `abi.rs` says how values are passed, `call.rs` calls.
//! [`codegen_entry`] makes the program's entry points.
//!
//! Invariant: panics abort (`-C panic=abort`): cleanup blocks are not generated.
//! Invariant: the same input gives the same bytes on every host.

mod abi;
mod asm;
mod block;
mod call;
mod cast;
mod constant;
mod cx;
mod data;
mod discriminant;
mod entry;
mod function;
mod inline_asm;
mod intrinsics;
mod isa;
mod leaf;
mod location;
mod memory;
mod num;
mod place;
mod pointer;
mod rvalue;
mod ssa;
mod stubs;
mod unsize;
mod value;

use mir::mono::{CodegenUnit, MonoItem};
use query::TyCtxt;
use session::OptLevel;
use ty::ErrorGuaranteed;

pub use entry::{codegen_allocator_shim, codegen_entry};

/// An object and what was asked for besides.
#[derive(Clone, Debug)]
pub struct CompiledModule {
    pub name: String,
    /// The ELF file.
    pub object: Vec<u8>,
    /// Cranelift IR as text (`--emit=clif`).
    pub clif: Option<CodeText>,
    /// Machine code as text (`--emit=asm`).
    pub asm: Option<CodeText>,
}

/// Code as text, with the spans of its lines by start and end in the text.
#[derive(Clone, Debug, Default)]
pub struct CodeText {
    pub text: String,
    pub spans: Vec<(usize, usize, span::Span)>,
}

/// How to generate code.
#[derive(Clone, Debug)]
pub struct CodegenOptions {
    pub opt_level: OptLevel,
    pub emit_clif: bool,
    pub emit_asm: bool,
    /// Whether Cranelift verifies what it is given.
    pub verify: bool,
    /// Whether `Operand::RuntimeChecks(OverflowChecks)` is true.
    pub overflow_checks: bool,
    /// Whether `Operand::RuntimeChecks(UbChecks)` is true.
    pub ub_checks: bool,
}

impl CodegenOptions {
    /// As the session's options say.
    pub fn from_session(sess: &session::Session) -> Self {
        CodegenOptions {
            opt_level: sess.opts.opt_level,
            emit_clif: false,
            emit_asm: false,
            verify: cfg!(debug_assertions),
            overflow_checks: sess.overflow_checks(),
            ub_checks: sess.debug_assertions(),
        }
    }
}

/// Generates the object of a codegen unit.
pub fn codegen_unit<'tcx>(
    tcx: TyCtxt<'tcx>,
    cgu: &CodegenUnit<'tcx>,
    opts: &CodegenOptions,
) -> Result<CompiledModule, ErrorGuaranteed> {
    let mut cx = cx::CodegenCx::new(tcx, &cgu.name.to_string(), opts)?;
    for (item, data) in &cgu.items {
        match *item {
            MonoItem::Fn(instance) => {
                cx.predefine_fn(instance, data);
            }
            MonoItem::Static(def_id) => cx.predefine_static(def_id, data),
            MonoItem::GlobalAsm(_) => {}
        }
    }
    for item in cgu.items.keys() {
        match *item {
            MonoItem::Fn(instance) => function::codegen_fn(&mut cx, instance),
            MonoItem::Static(def_id) => cx.define_static(def_id),
            MonoItem::GlobalAsm(def_id) => {
                let span = tcx.def_span(def_id.to_def_id());
                cx.unsupported(span, "inline assembly");
            }
        }
    }
    cx.finish()
}
