//! How values are passed: from a function's ABI to a Cranelift signature.
//!
//! The Rust ABI is ours: values of at most three leaves go in registers, leaf by leaf, others of at most eight bytes as
//! an integer, all else by pointer; what fits the return registers is returned in them. The C ABI is the psABI's, whose
//! classes `layout::fn_abi` computes; here is what Cranelift leaves to us: an aggregate goes wholly in registers or
//! wholly on the stack (AMD64 psABI 3.2.3, AAPCS64 6.8.2 C.3 and C.13).

use cranelift_codegen::ir::{AbiParam, ArgumentPurpose, Signature, Type, types};
use cranelift_module::Module;
use query::{AbiReg, ArgAbi, FnAbi, PassMode};
use rustc_abi::{BackendRepr, Primitive};
use session::Arch;
use smallvec::SmallVec;
use ty::ExternAbi;
use ty::layout::TyAndLayout;

use crate::cx::CodegenCx;
use crate::leaf::{Leaf, PTR};

/// A register with a piece of an aggregate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reg {
    pub(crate) ty: Type,
    pub(crate) offset: u32,
}

/// Registers of an aggregate.
pub(crate) type Regs = SmallVec<[Reg; 2]>;

/// How an argument is passed.
#[derive(Clone, Debug)]
pub(crate) enum Pass<'tcx> {
    Ignore,
    /// Each scalar as a parameter.
    Leaves(&'tcx [Leaf]),
    /// Raw bytes in parameters, after so many that only use up registers.
    Regs {
        pad: usize,
        pad_ty: Type,
        regs: Regs,
    },
    /// A pointer to memory that the callee owns.
    Ptr,
    /// A pointer to an unsized value, and its metadata.
    PtrMeta,
    /// By value on the stack; Cranelift copies.
    Stack,
}

/// How the result is passed.
#[derive(Clone, Debug)]
pub(crate) enum Ret<'tcx> {
    Ignore,
    Leaves(&'tcx [Leaf]),
    Regs(Regs),
    /// The caller gives the address of the result.
    Sret,
}

/// A function's signature, and what its parameters mean.
#[derive(Clone, Debug)]
pub(crate) struct Abi<'tcx> {
    pub(crate) sig: Signature,
    pub(crate) args: Vec<Pass<'tcx>>,
    pub(crate) ret: Ret<'tcx>,
}

/// Registers left for arguments.
struct Budget {
    ints: usize,
    floats: usize,
}

impl<'tcx> CodegenCx<'tcx> {
    /// The signature of a function.
    pub(crate) fn abi(&mut self, fn_abi: &FnAbi<'tcx>) -> Abi<'tcx> {
        let rust = matches!(fn_abi.abi, ExternAbi::Rust | ExternAbi::RustCall | ExternAbi::RustCold);
        let mut sig = Signature::new(self.module.isa().default_call_conv());
        let arch = self.tcx.sess().target.arch;
        let ret = if rust { self.rust_ret(&fn_abi.ret, arch) } else { self.c_ret(&fn_abi.ret) };
        let mut budget = match arch {
            Arch::X86_64 => Budget { ints: 6, floats: 8 },
            Arch::AArch64 => Budget { ints: 8, floats: 8 },
        };
        match &ret {
            Ret::Ignore => {}
            Ret::Leaves(leaves) => {
                let ext = if rust { None } else { small_int(fn_abi.ret.layout.0) };
                sig.returns.extend(leaves.iter().map(|l| extended(AbiParam::new(l.ty), ext)));
            }
            Ret::Regs(regs) => sig.returns.extend(regs.iter().map(|r| AbiParam::new(r.ty))),
            Ret::Sret => {
                sig.params.push(AbiParam::special(PTR, ArgumentPurpose::StructReturn));
                if arch == Arch::X86_64 {
                    budget.ints -= 1;
                }
            }
        }
        let mut args = Vec::with_capacity(fn_abi.args.len());
        for arg in &fn_abi.args {
            let pass = if rust { self.rust_arg(arg) } else { self.c_arg(arg, arch, &mut budget) };
            match &pass {
                Pass::Ignore => {}
                Pass::Leaves(leaves) => {
                    let ext = if rust { None } else { small_int(arg.layout.0) };
                    sig.params.extend(leaves.iter().map(|l| extended(AbiParam::new(l.ty), ext)));
                }
                Pass::Regs { pad, pad_ty, regs } => {
                    sig.params.extend((0..*pad).map(|_| AbiParam::new(*pad_ty)));
                    sig.params.extend(regs.iter().map(|r| AbiParam::new(r.ty)));
                }
                Pass::Ptr => sig.params.push(AbiParam::new(PTR)),
                Pass::PtrMeta => sig.params.extend([AbiParam::new(PTR), AbiParam::new(PTR)]),
                Pass::Stack => {
                    let size = arg.layout.0.size.bytes().next_multiple_of(8) as u32;
                    sig.params.push(AbiParam::special(PTR, ArgumentPurpose::StructArgument(size)));
                }
            }
            args.push(pass);
        }
        Abi { sig, args, ret }
    }

    fn rust_arg(&mut self, arg: &ArgAbi<'tcx>) -> Pass<'tcx> {
        let layout = arg.layout.0;
        match arg.mode {
            PassMode::Ignore => return Pass::Ignore,
            PassMode::Indirect { meta: true, .. } => return Pass::PtrMeta,
            _ => {}
        }
        match self.leaves(layout) {
            Some(leaves) if leaves.len() <= 3 => Pass::Leaves(leaves),
            _ if layout.size.bytes() <= 8 => {
                Pass::Regs { pad: 0, pad_ty: PTR, regs: int_regs(layout.size.bytes() as u32) }
            }
            _ => Pass::Ptr,
        }
    }
    fn rust_ret(&mut self, ret: &ArgAbi<'tcx>, arch: Arch) -> Ret<'tcx> {
        let layout = ret.layout.0;
        if ret.mode == PassMode::Ignore {
            return Ret::Ignore;
        }
        let (max_ints, max_floats) = match arch {
            Arch::X86_64 => (2, 2),
            Arch::AArch64 => (4, 4),
        };
        if let Some(leaves) = self.leaves(layout) {
            let ints: usize = leaves.iter().filter(|l| !is_float(l.ty)).map(|l| int_regs_of(l.ty)).sum();
            let floats = leaves.iter().filter(|l| is_float(l.ty)).count();
            if ints <= max_ints && floats <= max_floats {
                return Ret::Leaves(leaves);
            }
        }
        if layout.size.bytes() <= 16 { Ret::Regs(int_regs(layout.size.bytes() as u32)) } else { Ret::Sret }
    }

    fn c_arg(&mut self, arg: &ArgAbi<'tcx>, arch: Arch, budget: &mut Budget) -> Pass<'tcx> {
        let layout = arg.layout.0;
        match &arg.mode {
            PassMode::Ignore => Pass::Ignore,
            PassMode::Direct | PassMode::Pair => {
                let Some(leaves) = self.leaves(layout) else { return Pass::Ptr };
                for leaf in leaves {
                    if is_float(leaf.ty) {
                        budget.floats = budget.floats.saturating_sub(1);
                    } else {
                        budget.ints = budget.ints.saturating_sub(int_regs_of(leaf.ty));
                    }
                }
                Pass::Leaves(leaves)
            }
            PassMode::Cast(regs) => self.c_aggregate(layout, regs, arch, budget),
            PassMode::Indirect { meta: true, .. } => Pass::PtrMeta,
            PassMode::Indirect { on_stack: true, .. } => Pass::Stack,
            PassMode::Indirect { .. } => {
                budget.ints = budget.ints.saturating_sub(1);
                Pass::Ptr
            }
        }
    }
    fn c_aggregate(
        &mut self,
        layout: TyAndLayout<'tcx>,
        regs: &[AbiReg],
        arch: Arch,
        budget: &mut Budget,
    ) -> Pass<'tcx> {
        let floats = regs.iter().filter(|r| r.float).count();
        let ints = regs.len() - floats;
        let fits = ints <= budget.ints && floats <= budget.floats;
        if fits {
            // An aggregate of 16-byte alignment starts at an even register (AAPCS64 C.10).
            let odd = arch == Arch::AArch64 && ints == 2 && layout.align.abi.bytes() == 16 && budget.ints % 2 == 1;
            if !odd || budget.ints > ints {
                budget.ints -= ints + usize::from(odd);
                budget.floats -= floats;
                return Pass::Regs { pad: usize::from(odd), pad_ty: PTR, regs: regs.iter().map(reg).collect() };
            }
        }
        match arch {
            Arch::X86_64 => Pass::Stack,
            // The rest of the registers of its class stay empty; then its words go to the stack one after another.
            Arch::AArch64 => {
                let size = layout.size.bytes() as u32;
                let (pad, word) = if floats > 0 {
                    (std::mem::take(&mut budget.floats), types::F64)
                } else {
                    (std::mem::take(&mut budget.ints), types::I64)
                };
                let regs = (0..size.div_ceil(8)).map(|i| Reg { ty: word, offset: i * 8 }).collect();
                Pass::Regs { pad, pad_ty: word, regs }
            }
        }
    }
    fn c_ret(&mut self, ret: &ArgAbi<'tcx>) -> Ret<'tcx> {
        match &ret.mode {
            PassMode::Ignore => Ret::Ignore,
            PassMode::Direct | PassMode::Pair => match self.leaves(ret.layout.0) {
                Some(leaves) => Ret::Leaves(leaves),
                None => Ret::Sret,
            },
            PassMode::Cast(regs) => Ret::Regs(regs.iter().map(reg).collect()),
            PassMode::Indirect { .. } => Ret::Sret,
        }
    }
}

fn is_float(ty: Type) -> bool {
    ty.is_float() || ty.is_vector()
}

fn int_regs_of(ty: Type) -> usize {
    if ty == types::I128 { 2 } else { 1 }
}

/// Integer registers for so many raw bytes.
fn int_regs(size: u32) -> Regs {
    (0..size.div_ceil(8))
        .map(|i| {
            let rest = (size - i * 8).min(8);
            let ty = match rest {
                1 => types::I8,
                2 => types::I16,
                4 => types::I32,
                _ => types::I64,
            };
            Reg { ty, offset: i * 8 }
        })
        .collect()
}

fn reg(r: &AbiReg) -> Reg {
    let ty = match (r.float, r.size) {
        (true, 1..=4) => types::F32,
        (true, 5..=8) => types::F64,
        (true, _) => types::F64X2,
        (false, _) => types::I64,
    };
    Reg { ty, offset: r.offset }
}

/// Whether a C value is an integer that is widened to a register, and signed.
fn small_int(layout: TyAndLayout<'_>) -> Option<bool> {
    match layout.backend_repr {
        BackendRepr::Scalar(s) => match s.primitive() {
            Primitive::Int(int, signed) if int.size().bytes() < 4 => Some(signed),
            _ => None,
        },
        _ => None,
    }
}

fn extended(param: AbiParam, ext: Option<bool>) -> AbiParam {
    match ext {
        Some(true) => param.sext(),
        Some(false) => param.uext(),
        None => param,
    }
}
