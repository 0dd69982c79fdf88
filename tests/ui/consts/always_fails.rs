//@ edition: 2021
//@ build-fail
// Operations of functions that fail whenever they are run.
#![allow(unused)]
fn overflow() {
    let a = 255u8 + 1; //~ ERROR this arithmetic operation will overflow
    let b = -i32::MIN; //~ ERROR this arithmetic operation will overflow
    let c = 1i32 << 32; //~ ERROR this arithmetic operation will overflow
    let x = 200u8;
    let d = x * 2; //~ ERROR this arithmetic operation will overflow
}
fn panics(i: usize) {
    let zero = 0;
    let a = 1 / zero; //~ ERROR this operation will panic at runtime
    let b = 1 % 0; //~ ERROR this operation will panic at runtime
    let c = [1, 2, 3][5]; //~ ERROR this operation will panic at runtime
    let d = i32::MIN / -1; //~ ERROR this operation will panic at runtime
}
fn fine(n: u8, cond: bool) {
    let mut x = 1u8;
    while x < 200 {
        x += 1;
    }
    let y = n + 255;
    let z = if cond { 200u8 } else { 1 };
    let w = z + 100;
    if false {
        let _ = 1u8 << 7;
    }
}

fn main() {}
