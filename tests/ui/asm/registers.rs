// Registers that operands cannot be in, or not both.
//@ edition: 2021
use std::arch::asm;

fn main() {
    let mut x: u64 = 0;
    unsafe {
        asm!("nop", out("rsp") x); //~ ERROR invalid register `rsp`: the stack pointer cannot be used
        asm!("nop", out("rbx") x); //~ ERROR cannot use register `bx`
        asm!("nop", out("foo") x); //~ ERROR invalid register `foo`: unknown register
        asm!("nop", out(foo) x); //~ ERROR invalid register class `foo`: unknown register class
        asm!("nop", in("rax") 1, in("eax") 2); //~ ERROR register `eax` conflicts with register `rax`
        asm!("nop", in("r9") 1, out("r9d") x); //~ ERROR register `r9d` conflicts with register `r9`
        asm!("nop", in("rax") 1, lateout("rax") x);
    }
}
