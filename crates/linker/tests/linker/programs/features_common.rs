//! Assembly that both halves need.

/// The body of a function that returns a number, and the end of its section.
macro_rules! group {
    ($value:literal) => {
        #[cfg(target_arch = "x86_64")]
        core::arch::global_asm!(concat!("mov $", $value, ", %eax"), "ret", ".text", options(att_syntax));
        #[cfg(target_arch = "aarch64")]
        core::arch::global_asm!(concat!("mov w0, #", $value), "ret", ".text");
    };
}

/// A function that returns the address of a local symbol.
macro_rules! return_address {
    ($function:literal, $symbol:literal) => {
        core::arch::global_asm!(
            concat!(".section .text.", $function, ",\"ax\",%progbits"),
            concat!(".globl ", $function),
            concat!(".type ", $function, ", %function"),
            concat!($function, ":"),
        );
        #[cfg(target_arch = "x86_64")]
        core::arch::global_asm!(concat!("lea ", $symbol, "(%rip), %rax"), "ret", ".text", options(att_syntax));
        #[cfg(target_arch = "aarch64")]
        core::arch::global_asm!(concat!("adrp x0, ", $symbol), concat!("add x0, x0, :lo12:", $symbol), "ret", ".text");
    };
}

pub(crate) use {group, return_address};
