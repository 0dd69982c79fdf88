//@ edition: 2021
//! What later editions do not accept, and code that reads as something else.
#![deny(missing_unsafe_on_extern, unsafe_attr_outside_unsafe, deprecated_safe_2024)]
#![deny(ambiguous_negative_literals, trivial_casts, trivial_numeric_casts)]

extern "C" { //~ ERROR extern blocks should be unsafe
    fn write(fd: i32, text: *const u8, len: usize) -> isize;
}
unsafe extern "C" {
    safe fn getpid() -> i32;
}

#[no_mangle] //~ ERROR unsafe attribute used without unsafe
pub extern "C" fn start() {}
#[unsafe(no_mangle)]
pub extern "C" fn stop() {}

fn main() {
    std::env::set_var("A", "b"); //~ ERROR call to deprecated safe function `std::env::set_var` is unsafe
    unsafe { std::env::remove_var("A") };
    let _ = -1i32.abs(); //~ ERROR `-` has lower precedence than method calls
    let _ = (-1i32).abs();
    let x = &getpid();
    let _ = x as *const i32; //~ ERROR trivial cast: `&i32` as `*const i32`
    let _ = *x as i32; //~ ERROR trivial numeric cast: `i32` as `i32`
    let _ = *x as i64;
    unsafe { write(1, std::ptr::null(), 0) };
}
