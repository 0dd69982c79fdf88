//! Functions in machine code: what Cranelift's IR cannot say (system calls, the first function of a program, tail jumps
//! that keep every register). Byte for byte from the processors' manuals.

use cranelift_codegen::binemit::Reloc;
use cranelift_module::{FuncId, Linkage, Module, ModuleReloc, ModuleRelocTarget};
use session::Arch;

use crate::cx::CodegenCx;

/// Machine code with at most one reference to a symbol.
struct Stub {
    bytes: Vec<u8>,
    /// The place, kind and addend of the reference.
    reloc: Option<(u32, Reloc, i64)>,
}

/// `adr, ..` of AArch64's fixed-width instructions.
fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|w| w.to_le_bytes()).collect()
}

/// `mov xd, xm`
const fn mov(d: u32, m: u32) -> u32 {
    0xAA00_03E0 | m << 16 | d
}

impl CodegenCx<'_> {
    fn arch(&self) -> Arch {
        self.tcx.sess().target.arch
    }
    fn define_stub(&mut self, name: &str, linkage: Linkage, stub: &Stub, target: Option<FuncId>) -> FuncId {
        let id = self.declare_definition(name, linkage);
        let relocs: Vec<ModuleReloc> = match (stub.reloc, target) {
            (Some((offset, kind, addend)), Some(target)) => {
                vec![ModuleReloc { offset, kind, name: ModuleRelocTarget::user(0, target.as_u32()), addend }]
            }
            _ => Vec::new(),
        };
        // A second use in the same object finds it defined.
        let _ = self.module.define_function_bytes(id, 16, &stub.bytes, &relocs);
        id
    }

    /// `fn(nr, a, b, c, d, e, f) -> isize`
    pub(crate) fn syscall_stub(&mut self) -> FuncId {
        let bytes = match self.arch() {
            Arch::X86_64 => vec![
                0x48, 0x89, 0xF8, // mov rax, rdi
                0x48, 0x89, 0xF7, // mov rdi, rsi
                0x48, 0x89, 0xD6, // mov rsi, rdx
                0x48, 0x89, 0xCA, // mov rdx, rcx
                0x4D, 0x89, 0xC2, // mov r10, r8
                0x4D, 0x89, 0xC8, // mov r8, r9
                0x4C, 0x8B, 0x4C, 0x24, 0x08, // mov r9, [rsp + 8]
                0x0F, 0x05, // syscall
                0xC3, // ret
            ],
            Arch::AArch64 => words(&[
                mov(8, 0),
                mov(0, 1),
                mov(1, 2),
                mov(2, 3),
                mov(3, 4),
                mov(4, 5),
                mov(5, 6),
                0xD400_0001, // svc #0
                0xD65F_03C0, // ret
            ]),
        };
        self.define_stub("__rcc_syscall6", Linkage::Local, &Stub { bytes, reloc: None }, None)
    }
    /// `fn(pointer)`: sets the register of thread-local storage; AArch64 only.
    pub(crate) fn set_thread_pointer_stub(&mut self) -> Option<FuncId> {
        if self.arch() != Arch::AArch64 {
            return None;
        }
        // msr tpidr_el0, x0; ret
        let bytes = words(&[0xD51B_D040, 0xD65F_03C0]);
        Some(self.define_stub("__rcc_set_thread_pointer", Linkage::Local, &Stub { bytes, reloc: None }, None))
    }
    /// Jumps to a C-variadic function after saying how many vector registers may hold arguments (AMD64 psABI 3.5.7).
    pub(crate) fn variadic_trampoline(&mut self, name: &str) -> FuncId {
        let target = self.declare_import(name);
        let stub = Stub {
            // mov eax, 8; jmp name
            bytes: vec![0xB8, 8, 0, 0, 0, 0xE9, 0, 0, 0, 0],
            reloc: Some((6, Reloc::X86CallPCRel4, -4)),
        };
        self.define_stub(&format!("__rcc_variadic_{name}"), Linkage::Local, &stub, Some(target))
    }
    /// A function that is another one by another name.
    pub(crate) fn define_forwarder(&mut self, name: &str, to: &str) {
        let target = self.declare_import(to);
        let stub = match self.arch() {
            // jmp to
            Arch::X86_64 => Stub { bytes: vec![0xE9, 0, 0, 0, 0], reloc: Some((1, Reloc::X86CallPCRel4, -4)) },
            // b to
            Arch::AArch64 => Stub { bytes: words(&[0x1400_0000]), reloc: Some((0, Reloc::Arm64Call, 0)) },
        };
        self.define_stub(name, Linkage::Export, &stub, Some(target));
    }
    /// A function that returns zero.
    pub(crate) fn define_returning_zero(&mut self, name: &str) {
        let bytes = match self.arch() {
            // xor eax, eax; ret
            Arch::X86_64 => vec![0x31, 0xC0, 0xC3],
            // mov x0, #0; ret
            Arch::AArch64 => words(&[0xD280_0000, 0xD65F_03C0]),
        };
        self.define_stub(name, Linkage::Export, &Stub { bytes, reloc: None }, None);
    }
    /// `_start`: what the kernel jumps to; calls `target` with the initial stack pointer.
    pub(crate) fn define_start(&mut self, target: &str) {
        let target = self.declare_import(target);
        let stub = match self.arch() {
            Arch::X86_64 => Stub {
                bytes: vec![
                    0x31, 0xED, // xor ebp, ebp
                    0x48, 0x89, 0xE7, // mov rdi, rsp
                    0x48, 0x83, 0xE4, 0xF0, // and rsp, -16
                    0xE8, 0, 0, 0, 0, // call target
                    0x0F, 0x0B, // ud2
                ],
                reloc: Some((10, Reloc::X86CallPCRel4, -4)),
            },
            Arch::AArch64 => Stub {
                bytes: words(&[
                    0xD280_001D, // mov x29, #0
                    0xD280_001E, // mov x30, #0
                    0x9100_03E0, // mov x0, sp
                    0x927C_EC1F, // and sp, x0, #-16
                    0x9400_0000, // bl target
                    0xD420_0020, // brk #1
                ]),
                reloc: Some((16, Reloc::Arm64Call, 0)),
            },
        };
        self.define_stub("_start", Linkage::Export, &stub, Some(target));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mask_of_the_stack_pointer_is_sixteen_bytes() {
        // and (immediate): sf=1, N=1, immr=60, imms=59: sixty ones, rotated right by sixty.
        let ones = (1u64 << 60) - 1;
        assert_eq!(ones.rotate_right(60), !15);
        assert_eq!(0x9200_0000u32 | 1 << 22 | 60 << 16 | 59 << 10 | 31, 0x927C_EC1F);
    }

    #[test]
    fn moves_name_their_registers() {
        assert_eq!(mov(8, 0), 0xAA00_03E8);
        assert_eq!(mov(5, 6), 0xAA06_03E5);
    }
}
