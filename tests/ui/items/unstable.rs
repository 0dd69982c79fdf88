//@ edition: 2021
//! Attributes, macros and methods that need features.
#[default_lib_allocator] //~ ERROR the `#[default_lib_allocator]` attribute is an experimental feature
mod a {}
#[rustc_diagnostic_item = "B"] //~ ERROR use of an internal attribute
struct B;
#[patchable_function_entry(prefix_nops = 1)] //~ ERROR the `#[patchable_function_entry]` attribute is an experimental
fn c() {}

enum E {
    V(u8),
}
trait Named {
    type Struct;
}
struct Plain {
    x: u8,
}
impl Named for E {
    type Struct = Plain;
}

fn call<F: Fn()>(f: F) {
    f.call(()); //~ ERROR use of unstable library feature `fn_traits`
}

fn main() {
    let _ = concat_bytes!(b"a"); //~ ERROR use of unstable library feature `concat_bytes`
    let <E>::V(_) = E::V(0); //~ ERROR usage of qualified paths in this context is experimental
    let _ = <E as Named>::Struct { x: 1 }; //~ ERROR usage of qualified paths in this context is experimental
}
