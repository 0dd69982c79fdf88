// arch: x86_64
//! Inline assembly: operands of all kinds, labels, symbols, naked functions.
use std::arch::{asm, naked_asm};
fn mul(a: u64, b: u64) -> u128 {
    let lo: u64;
    let hi: u64;
    unsafe {
        asm!("mul {}", in(reg) a, inlateout("rax") b => lo, lateout("rdx") hi);
    }
    ((hi as u128) << 64) + lo as u128
}
fn popcount(mut x: u64) -> u32 {
    let mut n: u32 = 0;
    unsafe {
        asm!(
            "2:",
            "test {x}, {x}",
            "jz 3f",
            "lea {t}, [{x} - 1]",
            "and {x}, {t}",
            "inc {n:e}",
            "jmp 2b",
            "3:",
            x = inout(reg) x, n = inout(reg) n, t = out(reg) _,
        );
    }
    assert_eq!(x, 0);
    n
}
extern "C" fn twice(x: u64) -> u64 {
    println!("twice {x}");
    2 * x
}
static COUNTER: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(40);
fn label(x: u64) -> &'static str {
    unsafe {
        asm!("cmp {}, 7", "je {}", in(reg) x, label { return "seven" });
    }
    "other"
}
fn cpuid() -> String {
    let (ebx, ecx, edx): (u32, u32, u32);
    unsafe {
        asm!("push rbx", "cpuid", "mov {0:e}, ebx", "pop rbx", out(reg) ebx, inout("eax") 0 => _, out("ecx") ecx, out("edx") edx);
    }
    let mut v = Vec::new();
    for r in [ebx, edx, ecx] {
        v.extend(r.to_le_bytes());
    }
    String::from_utf8(v).unwrap()
}
fn add_floats(a: f64, b: f64) -> f64 {
    let r: f64;
    unsafe { asm!("movapd {r}, {a}", "addsd {r}, {b}", a = in(xmm_reg) a, b = in(xmm_reg) b, r = out(xmm_reg) r) }
    r
}
#[unsafe(naked)]
extern "C" fn add3(a: u64, b: u64, c: u64) -> u64 {
    naked_asm!("lea rax, [rdi + rsi]", "add rax, rdx", "jmp {}", sym done)
}
#[unsafe(naked)]
extern "C" fn done() {
    naked_asm!("add rax, {}", "ret", const N)
}
const N: i32 = -1;
fn generic<const K: u32>() -> u32 {
    let r: u32;
    unsafe { asm!("mov {0:e}, {1}", out(reg) r, const K * 2) }
    r
}
fn main() {
    println!("{} {} {}", add3(1, 2, 3), generic::<4>(), generic::<5>());
    let x: u64;
    unsafe {
        asm!("mov {}, 5", out(reg) x);
    }
    println!("{x}");
    println!("{:x}", mul(u64::MAX, u64::MAX));
    println!("{}", popcount(0xF0F0_1234));
    let y: u64;
    unsafe {
        asm!("call {}", sym twice, in("rdi") 21u64, lateout("rax") y, clobber_abi("C"));
    }
    println!("{y}");
    unsafe {
        asm!("add qword ptr [rip + {}], {}", sym COUNTER, const 2 * 1);
    }
    println!("{}", COUNTER.load(std::sync::atomic::Ordering::Relaxed));
    println!("{} {}", label(7), label(8));
    println!("{}", cpuid().len());
    println!("{}", add_floats(1.5, 2.25));
    let mut buf = [0u8; 8];
    unsafe {
        asm!("rep stosb", inout("rdi") buf.as_mut_ptr() => _, inout("rcx") 5usize => _, in("al") b'x');
    }
    println!("{buf:?}");
    let s: i8;
    unsafe {
        asm!("mov {0}, {1}", "neg {0}", out(reg_byte) s, in(reg_byte) 3i8);
    }
    println!("{s}");
}
