//! The other half of the program: definitions.
#![no_std]
#![feature(thread_local, linkage)]

#[path = "features_common.rs"]
mod features_common;

unsafe extern "C" {
    fn overridable() -> u32;
    fn first() -> u32;
    fn main() -> i32;
}

#[unsafe(no_mangle)]
#[thread_local]
static mut SHARED: u32 = 41;

#[used]
#[unsafe(link_section = "numbers")]
static NUMBERS: [u32; 2] = [20, 30];

#[unsafe(no_mangle)]
extern "C" fn overridden() -> u32 {
    unsafe { overridable() + STRONG }
}

static mut STRONG: u32 = 1;
static mut SECOND: u32 = 0;

/// Runs after the constructor with the lower number.
extern "C" fn construct() {
    unsafe { SECOND = first() + 1 }
}

#[used]
#[unsafe(link_section = ".init_array.00200")]
static CONSTRUCT: extern "C" fn() = construct;

#[unsafe(no_mangle)]
extern "C" fn constructed() -> u32 {
    unsafe { SECOND }
}

#[unsafe(no_mangle)]
extern "C" fn address_b() -> *const u8 {
    main as *const u8
}

#[unsafe(no_mangle)]
static BY_GOT: u32 = 123;

core::arch::global_asm!(
    ".section .rodata.str1.1,\"aMS\",%progbits,1",
    "unused_b: .asciz \"only in b\"",
    "merged_b: .asciz \"in both objects\"",
    ".comm COMMON, 8, 8",
    ".section .text.grouped,\"axG\",%progbits,grouped,comdat",
    ".weak grouped",
    ".type grouped, %function",
    "grouped:",
);
features_common::group!(9);
features_common::return_address!("string_b", "merged_b");

core::arch::global_asm!(
    ".section .text.ifunc,\"ax\",%progbits",
    ".type first_choice, %function",
    "first_choice:",
);
features_common::group!(77);
features_common::return_address!("chosen", "first_choice");
core::arch::global_asm!(".type chosen, %gnu_indirect_function");

// GOT loads that cannot all be relaxed: arithmetic from memory, and a load into another register.
#[cfg(target_arch = "x86_64")]
core::arch::global_asm!(
    ".section .text.by_got,\"ax\",@progbits",
    ".globl by_got",
    ".type by_got, @function",
    "by_got:",
    "xor %r9d, %r9d",
    "add BY_GOT@GOTPCREL(%rip), %r9",
    "cmp BY_GOT@GOTPCREL(%rip), %r9",
    "jne 1f",
    "test %r9, BY_GOT@GOTPCREL(%rip)",
    "jz 1f",
    "mov BY_GOT@GOTPCREL(%rip), %rax",
    "cmp %rax, %r9",
    "jne 1f",
    "pushq BY_GOT@GOTPCREL(%rip)",
    "pop %rax",
    "mov (%rax), %eax",
    "ret",
    "1: xor %eax, %eax",
    "jmp *returns@GOTPCREL(%rip)",
    "returns: ret",
    ".text",
    options(att_syntax)
);
#[cfg(target_arch = "aarch64")]
core::arch::global_asm!(
    ".section .text.by_got,\"ax\",%progbits",
    ".globl by_got",
    ".type by_got, %function",
    "by_got:",
    "adrp x9, :got:BY_GOT",
    "ldr x10, [x9, :got_lo12:BY_GOT]",
    "adrp x11, :got:BY_GOT",
    "ldr x11, [x11, :got_lo12:BY_GOT]",
    "movz x12, #:abs_g3:BY_GOT",
    "movk x12, #:abs_g2_nc:BY_GOT",
    "movk x12, #:abs_g1_nc:BY_GOT",
    "movk x12, #:abs_g0_nc:BY_GOT",
    "cmp x10, x11",
    "b.ne 1f",
    "cmp x10, x12",
    "b.ne 1f",
    "adrp x0, BY_GOT",
    "ldr w0, [x0, :lo12:BY_GOT]",
    "ret",
    "1: mov w0, #0",
    "ret",
    ".text",
);

// Thread-local accesses that rustc does not write: by descriptor, by addition, and one that keeps its GOT entry.
#[cfg(target_arch = "x86_64")]
core::arch::global_asm!(
    ".section .text.by_thread_offset,\"ax\",@progbits",
    ".globl by_thread_offset",
    ".type by_thread_offset, @function",
    "by_thread_offset:",
    "lea SHARED@TLSDESC(%rip), %rax",
    "call *SHARED@TLSCALL(%rax)",
    "add %fs:0, %rax",
    "mov %fs:0, %rdx",
    "add SHARED@GOTTPOFF(%rip), %rdx",
    "cmp %rax, %rdx",
    "jne 1f",
    "mov SHARED@GOTTPOFF(%rip), %r11",
    "add %fs:0, %r11",
    "cmp %rax, %r11",
    "jne 1f",
    "pushq SHARED@GOTTPOFF(%rip)",
    "pop %rcx",
    "add %fs:0, %rcx",
    "cmp %rax, %rcx",
    "jne 1f",
    "mov (%rax), %eax",
    "ret",
    "1: xor %eax, %eax",
    "ret",
    ".text",
    options(att_syntax)
);
#[cfg(target_arch = "aarch64")]
core::arch::global_asm!(
    ".section .text.by_thread_offset,\"ax\",%progbits",
    ".globl by_thread_offset",
    ".type by_thread_offset, %function",
    "by_thread_offset:",
    "mrs x8, TPIDR_EL0",
    "adrp x9, :gottprel:SHARED",
    "ldr x9, [x9, :gottprel_lo12:SHARED]",
    "movz x10, #:tprel_g1:SHARED",
    "movk x10, #:tprel_g0_nc:SHARED",
    "cmp x9, x10",
    "b.ne 1f",
    "ldr w0, [x8, x9]",
    "ret",
    "1: mov w0, #0",
    "ret",
    ".text",
);
