//@ edition: 2021
//! Code of the library's macros may be unreachable too.
#![deny(unreachable_code)]

fn main() {
    loop {}
    println!("never"); //~ ERROR unreachable statement
}
