//@ edition: 2021
// Evaluations that fail, and how that is said.
#![allow(dead_code, arithmetic_overflow, unconditional_panic)]
use std::mem::transmute;

const INDEX: usize = [1, 2, 3][5]; //~ ERROR index out of bounds: the length is 3 but the index is 5
const OVERFLOW: u8 = 255 + 1; //~ ERROR attempt to compute `u8::MAX + 1_u8`, which would overflow
const DIVISION: i32 = 1 / 0; //~ ERROR attempt to divide `1_i32` by zero
const SIGNED: i32 = i32::MIN % -1; //~ ERROR attempt to compute `i32::MIN % -1_i32`, which would overflow
const NEGATION: i32 = -i32::MIN; //~ ERROR attempt to negate `i32::MIN`, which would overflow
const SHIFT: u8 = 1u8 << 9; //~ ERROR attempt to shift left by `9_i32`, which would overflow

const fn f(x: u32) -> u32 {
    if x == 0 {
        panic!("boom")
    }
    g(x)
}
const fn g(x: u32) -> u32 {
    assert!(x > 10);
    f(x - 1)
}
const INSIDE: u32 = f(3); //~ ERROR evaluation panicked: assertion failed: x > 10
const DEEP: u32 = f(12); //~ ERROR evaluation panicked: assertion failed: x > 10

const BOOL: bool = unsafe { transmute(3u8) }; //~ ERROR encountered 0x03, but expected a boolean
enum Two {
    A,
    B,
}
const TAG: (u8, Two) = unsafe { transmute([1u8, 7]) }; //~ ERROR constructing invalid value at .1.<enum-tag>
const NULL: &u32 = unsafe { transmute(0usize) }; //~ ERROR encountered a null reference
const DANGLING: &u32 = unsafe { transmute(13usize) }; //~ ERROR encountered a dangling reference
const CHAR: char = unsafe { transmute(0xD800u32) }; //~ ERROR expected a valid unicode scalar value
const UNINIT: u32 = unsafe { std::mem::MaybeUninit::<u32>::uninit().assume_init() }; //~ ERROR memory is uninitialized
const BEYOND: u32 = unsafe { *(&1u8 as *const u8 as *const u32) }; //~ ERROR memory access failed
const AT_NULL: u32 = unsafe { *std::ptr::null() }; //~ ERROR but got null pointer
const ADDRESS: usize = unsafe { transmute(&1u8) }; //~ ERROR unable to turn pointer into integer
const NONE: u32 = None.unwrap(); //~ ERROR called `Option::unwrap()` on a `None` value
const MISSING: u32 = None.expect("missing"); //~ ERROR evaluation panicked: missing

static mut MUTABLE: u32 = 4;
const READS: u32 = unsafe { MUTABLE }; //~ ERROR constant accesses mutable global memory
extern "C" {
    static EXTERN: u32;
}
const READS_EXTERN: u32 = unsafe { EXTERN }; //~ ERROR cannot access extern static `EXTERN`

const fn forever(x: u32) -> u32 {
    if x == u32::MAX { 0 } else { forever(x + 1) + 1 }
}
const DEPTH: u32 = forever(0); //~ ERROR reached the configured maximum number of stack frames

fn main() {}
