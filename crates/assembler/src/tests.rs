//! Texts and the bytes that LLVM's assembler makes of them.

use crate::{AsmError, Assembly, Relocation, RelocationKind, assemble};

fn bytes(text: &str) -> String {
    match assemble(text) {
        Ok(Assembly { code, .. }) => code.iter().map(|b| format!("{b:02x}")).collect::<Vec<_>>().join(" "),
        Err(AsmError { line, message }) => format!("{line}: {message}"),
    }
}

#[test]
fn moves_and_arithmetic() {
    assert_eq!(bytes("mov rax, rdi"), "48 89 f8");
    assert_eq!(bytes("mov eax, 5"), "b8 05 00 00 00");
    assert_eq!(bytes("mov rax, -1"), "48 c7 c0 ff ff ff ff");
    assert_eq!(bytes("mov rax, 0x123456789abcdef0"), "48 b8 f0 de bc 9a 78 56 34 12");
    assert_eq!(bytes("add rsp, 8*3"), "48 83 c4 18");
    assert_eq!(bytes("and rsp, -16"), "48 83 e4 f0");
    assert_eq!(bytes("shl rcx, 1; shl rcx, 4; shl rcx, cl"), "48 d1 e1 48 c1 e1 04 48 d3 e1");
    assert_eq!(bytes("imul rax, rbx, 8"), "48 6b c3 08");
    assert_eq!(bytes("lea rax, [rdi + 4*rsi - 8]"), "48 8d 44 b7 f8");
    assert_eq!(bytes("xor r8b, r9b"), "45 30 c8");
    assert_eq!(bytes("sete al; setz al"), "0f 94 c0 0f 94 c0");
}

#[test]
fn memory() {
    assert_eq!(bytes("mov qword ptr [rsp + 8], rdi"), "48 89 7c 24 08");
    assert_eq!(bytes("mov dword ptr [rax], 7"), "c7 00 07 00 00 00");
    assert_eq!(bytes("mov rax, fs:[0]"), "64 48 8b 04 25 00 00 00 00");
    assert_eq!(bytes("movups xmm3, xmmword ptr [rdi + 16]"), "0f 10 5f 10");
    assert_eq!(bytes("movsd xmm0, qword ptr [rax]"), "f2 0f 10 00");
    assert_eq!(bytes("lock cmpxchg qword ptr [rdi], rsi"), "f0 48 0f b1 37");
    assert_eq!(bytes("mov [rax], 7"), "0: ambiguous operand size for instruction 'mov'");
    assert_eq!(bytes("push [rax]"), "ff 30");
}

#[test]
fn without_operands() {
    assert_eq!(bytes("cpuid\nsyscall\nud2\nnop\nret\npause"), "0f a2 0f 05 0f 0b 90 c3 f3 90");
    assert_eq!(bytes("rep movsb; rep stosq; cld"), "f3 a4 f3 48 ab fc");
    assert_eq!(bytes("xgetbv; rdtsc; mfence"), "0f 01 d0 0f 31 0f ae f0");
}

#[test]
fn labels() {
    assert_eq!(bytes("2: dec rcx\njnz 2b"), "48 ff c9 0f 85 f7 ff ff ff");
    assert_eq!(bytes("jmp 3f\nnop\n3:"), "e9 01 00 00 00 90");
    assert_eq!(bytes("a: loop a"), "e2 fe");
    assert_eq!(bytes("jmp 4f"), "0: undefined temporary symbol '4f'");
    assert_eq!(bytes("lea rax, [rip + 5f]\n5:"), "48 8d 05 00 00 00 00");
    assert_eq!(bytes("a:\na:"), "1: symbol 'a' is already defined");
}

#[test]
fn symbols() {
    let Assembly { relocations, .. } = assemble("call f\nmov eax, dword ptr [rip + g + 4]\n.quad h").unwrap();
    let relocation =
        |offset, kind, symbol: &str, addend| Relocation { offset, kind, symbol: symbol.to_owned(), addend };
    assert_eq!(
        relocations,
        [
            relocation(1, RelocationKind::Branch32, "f", -4),
            relocation(7, RelocationKind::Relative32, "g", 0),
            relocation(11, RelocationKind::Absolute64, "h", 0),
        ]
    );
    // What follows the distance in the instruction counts.
    let Assembly { relocations, .. } = assemble("cmp byte ptr [rip + g], 3").unwrap();
    assert_eq!(relocations, [relocation(2, RelocationKind::Relative32, "g", -5)]);
}

#[test]
fn directives_and_comments() {
    assert_eq!(
        bytes(".byte 1, 0x2 // one\n.long -1 /* two\n lines */\n.asciz \"a;b\" # end"),
        "01 02 ff ff ff ff 61 3b 62 00"
    );
    assert_eq!(bytes("nop\n.p2align 2"), "90 90 90 90");
    assert_eq!(bytes("nop\n.section .data"), "1: the directive '.section' is not supported yet");
}

#[test]
fn errors_name_their_line() {
    assert_eq!(bytes("nop\nbogus rax"), "1: invalid instruction mnemonic 'bogus'");
    assert_eq!(bytes("mov rax, ecx"), "0: invalid operand for instruction");
    assert_eq!(bytes("mov rax, [rbx + 3*rcx]"), "0: scale factor in address must be 1, 2, 4 or 8");
    assert_eq!(bytes("mov rax,, rbx"), "0: unknown token in expression");
}
