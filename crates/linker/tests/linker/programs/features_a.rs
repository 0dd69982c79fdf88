//! The half of the program that prints; `features_b.rs` defines what it uses.
#![no_std]
#![no_main]
#![feature(thread_local, linkage, extern_types)]

use core::ffi::{c_char, c_int};

#[path = "features_common.rs"]
mod features_common;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// std's, which the frames of compiler-builtins name.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

unsafe extern "C" {
    fn printf(format: *const c_char, ...) -> c_int;
    #[thread_local]
    static mut SHARED: u32;
    fn overridden() -> u32;
    fn constructed() -> u32;
    static COMMON: [u64; 4];
    fn grouped() -> u32;
    fn string_b() -> *const u8;
    fn address_b() -> *const u8;
    #[link_name = "__start_numbers"]
    static NUMBERS_START: u32;
    #[link_name = "__stop_numbers"]
    static NUMBERS_STOP: u32;
    #[link_name = "__rela_iplt_start"]
    static RELA_START: [usize; 3];
    #[link_name = "__rela_iplt_end"]
    static RELA_END: [usize; 3];
    fn chosen() -> u32;
    fn by_got() -> u32;
    fn by_thread_offset() -> u32;
    #[linkage = "extern_weak"]
    static absent: Option<unsafe extern "C" fn()>;
}

#[thread_local]
static mut OWN: u32 = 7;
#[thread_local]
static mut ZERO: u32 = 0;
#[repr(align(256))]
struct Aligned(u32);
#[thread_local]
static mut ALIGNED: Aligned = Aligned(1);

#[used]
#[unsafe(link_section = "numbers")]
static NUMBER: u32 = 10;

#[unsafe(no_mangle)]
#[linkage = "weak"]
extern "C" fn overridable() -> u32 {
    1
}

static mut FIRST: u32 = 0;

extern "C" fn construct() {
    unsafe { FIRST = 1 }
}

#[used]
#[unsafe(link_section = ".init_array.00100")]
static CONSTRUCT: extern "C" fn() = construct;

#[unsafe(no_mangle)]
extern "C" fn first() -> u32 {
    unsafe { FIRST }
}

/// glibc's start-up code does this; musl's does not know ifuncs.
unsafe fn apply_irelative() {
    unsafe {
        let mut rela = &raw const RELA_START;
        while rela < &raw const RELA_END {
            let [place, _, resolver] = *rela;
            let resolver: extern "C" fn() -> usize = core::mem::transmute(resolver);
            *(place as *mut usize) = resolver();
            rela = rela.add(1);
        }
    }
}

#[unsafe(no_mangle)]
extern "C" fn main() -> c_int {
    unsafe {
        SHARED += 1;
        ZERO += 1;
        let aligned = if (&raw const ALIGNED).addr() % 256 == 0 { c"aligned" } else { c"misaligned" };
        printf(c"thread-local %d %d %d %s\n".as_ptr(), SHARED, OWN, ZERO * ALIGNED.0, aligned.as_ptr());
        let absence = if absent.is_none() { c"absent" } else { c"present" };
        printf(c"weak %s, overridden %d\n".as_ptr(), absence.as_ptr(), overridden());
        printf(c"constructors %d %d\n".as_ptr(), FIRST, constructed());
        let (mut sum, mut number) = (0, &raw const NUMBERS_START);
        while number < &raw const NUMBERS_STOP {
            sum += *number;
            number = number.add(1);
        }
        printf(c"section sum %d\n".as_ptr(), sum);
        let common = &raw const COMMON;
        (*common.cast_mut())[3] = 5;
        let aligned = if common.addr() % 64 == 0 { c"aligned" } else { c"misaligned" };
        printf(c"common %d %s\n".as_ptr(), (*common)[3] as c_int, aligned.as_ptr());
        printf(c"group %d\n".as_ptr(), grouped());
        let same = |a: *const u8, b: *const u8| if a == b { c"same".as_ptr() } else { c"different".as_ptr() };
        printf(c"merged %s\n".as_ptr(), same(string_a(), string_b()));
        printf(c"address %s\n".as_ptr(), same(main as *const u8, address_b()));
        apply_irelative();
        printf(c"ifunc %d\n".as_ptr(), chosen());
        printf(c"got %d\n".as_ptr(), by_got());
        printf(c"thread offset %d\n".as_ptr(), by_thread_offset());
    }
    0
}

unsafe extern "C" {
    fn string_a() -> *const u8;
}

core::arch::global_asm!(
    ".section .rodata.str1.1,\"aMS\",%progbits,1",
    "unused_a: .asciz \"only in a\"",
    "merged_a: .asciz \"in both objects\"",
    ".comm COMMON, 32, 64",
    ".section .text.grouped,\"axG\",%progbits,grouped,comdat",
    ".weak grouped",
    ".type grouped, %function",
    "grouped:",
);
features_common::group!(9);
features_common::return_address!("string_a", "merged_a");
