//! Items.

use expect_test::expect;

use super::{check, check_errors};

#[test]
fn imports_become_one_item_each() {
    check(
        "mod m { pub mod n { pub struct A; pub struct B; } } use m::{n::{self, A as C}, n::*};",
        expect![[r#"
        mod m {
            mod n {
                struct A;
                struct B;
            }
        }
        use ::{};
        use ::{};
        use m::n;
        use m::n::A as C;
        use m::n::*;
    "#]],
    );
}

#[test]
fn traits_and_impls() {
    check(
        "trait T: Copy { const N: u8; const M: u8 = 1; type A: Copy; fn f(&self, x: u8) -> u8; fn g(mut self) where Self: Sized {} }
struct S; impl T for S { const N: u8 = 2; type A = u8; fn f(&self, y: u8) -> u8 { y } }
impl S { fn h(self: &Self) {} }",
        expect![[r#"
            trait T: Copy {
                const N: u8;
                const M: u8 = 1;
                type A: Copy;
                fn f(&self, x: u8) -> u8;
                fn g(mut self) where Self: Sized { }
            }
            struct S;
            impl T for S {
                const N: u8 = 2;
                type A = u8;
                fn f(&self, y: u8) -> u8 {
                    y
                }
            }
            impl S {
                fn h(self: &'_ Self) { }
            }
        "#]],
    );
}

#[test]
fn adts() {
    check(
        "struct A<T: Copy> { x: T, #[doc = \"y\"] y: u8 } struct B(u8); struct C; enum E { X = 1, Y(u8), Z { z: u8 } } union U { a: u8, b: u16 }",
        expect![[r#"
            struct A<T> where T: Copy {
                x: T,
                #[doc = "y"]
                y: u8,
            }
            struct B(u8);
            struct C;
            enum E {
                X = 1,
                Y(u8),
                Z {
                    z: u8,
                },
            }
            union U {
                a: u8,
                b: u16,
            }
        "#]],
    );
}

#[test]
fn extern_blocks_are_unsafe() {
    check(
        "unsafe extern \"C\" { fn a(x: u8, ...) -> u8; safe fn b(); static mut S: u8; }",
        expect![[r#"
        extern "C" {
            unsafe fn a(x: u8, ...) -> u8;
            fn b();
            static mut S: u8;
        }
    "#]],
    );
}

#[test]
fn items_in_bodies() {
    check(
        "fn f() { struct S; use Option as O; fn g() { const C: u8 = 1; } let x = { static T: u8 = 1; 1 }; }",
        expect![[r#"
            fn f() {
                struct S;
                use Option as O;
                fn g() {
                    const C: u8 = 1;
                }
                let x = {
                    static T: u8 = 1;
                    1
                };
            }
        "#]],
    );
}

#[test]
fn unknown_abis_are_errors() {
    check_errors(
        "extern \"rust\" fn f() {} extern \"vectorcall\" fn g() {}",
        expect![[r#"
        error[E0703]: invalid ABI: found `rust` at `"rust"`
        error[E0658]: the extern "vectorcall" ABI is experimental and subject to change at `"vectorcall"`
    "#]],
    );
}
