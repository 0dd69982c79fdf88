//@ edition: 2021
// What constants and const fn may not do.
#![allow(dead_code)]
use std::cell::Cell;

struct D;
impl Drop for D {
    fn drop(&mut self) {}
}
fn runtime() -> u32 {
    1
}
const CALL: u32 = runtime(); //~ ERROR cannot call non-const function `runtime` in constants
static STATIC: u32 = runtime(); //~ ERROR cannot call non-const function `runtime` in statics
const fn caller() -> u32 {
    runtime() //~ ERROR cannot call non-const function `runtime` in constant functions
}
const CELL: &Cell<u32> = &Cell::new(1); //~ ERROR interior mutable shared borrows of temporaries
const MUTABLE: &mut u32 = &mut 4; //~ ERROR mutable borrows of temporaries
const VALUE: D = D;
const DROPPED: () = {
    let _d = D; //~ ERROR destructor of `D` cannot be evaluated at compile-time
};
const fn dropped<T>(t: T) {} //~ ERROR destructor of `T` cannot be evaluated at compile-time
const fn pointer(f: fn()) {
    f() //~ ERROR function pointer calls are not allowed in constant functions
}
const fn closure<F: Fn() + Copy>(f: F) {
    f() //~ ERROR cannot call non-const closure in constant functions
}
const TO_INT: usize = &1 as *const i32 as usize; //~ ERROR pointers cannot be cast to integers during const eval
const COMPARE: bool = {
    let a = &1 as *const i32;
    a == a //~ ERROR pointers cannot be reliably compared during const eval
};

fn main() {}
