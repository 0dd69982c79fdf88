// What the assembler does not understand is said at its line.
//@ build-fail
//@ edition: 2021
use std::arch::asm;

fn main() {
    unsafe {
        asm!(
            "nop",
            "bogus rax", //~ ERROR invalid instruction mnemonic 'bogus'
        );
        asm!("mov eax, rbx"); //~ ERROR invalid operand for instruction
        asm!("mov [rax], 1"); //~ ERROR ambiguous operand size for instruction 'mov'
        asm!("nop", options(att_syntax)); //~ ERROR inline assembly in AT&T syntax is not supported yet
    }
}
