//! The first function of a program.

use super::args;

#[cfg(all(not(rcc), target_arch = "x86_64"))]
core::arch::global_asm!(
    ".globl _start",
    "_start:",
    "xor %ebp, %ebp",
    "mov %rsp, %rdi",
    "and $-16, %rsp",
    "call __rcc_start",
    options(att_syntax)
);

#[cfg(all(not(rcc), target_arch = "aarch64"))]
core::arch::global_asm!(
    ".globl _start",
    "_start:",
    "mov x29, #0",
    "mov x30, #0",
    "mov x0, sp",
    "and sp, x0, #-16",
    "bl __rcc_start",
);

unsafe extern "C" {
    // Made by the compiler: calls `lang_start` with the program's `main`.
    fn main(argc: i32, argv: *const *const u8) -> i32;
}

/// Called by `_start` with the stack as the kernel leaves it: the number of arguments, pointers to
/// them, null, pointers to the environment's variables, null, and the auxiliary vector.
#[unsafe(no_mangle)]
unsafe extern "C" fn __rcc_start(sp: *const usize) -> ! {
    unsafe {
        let argc = *sp;
        let argv = sp.add(1) as *const *const u8;
        args::init(argc, argv);
        super::exit(main(argc as i32, argv))
    }
}
