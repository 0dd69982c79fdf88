//@ args: -Zparse-crate-root-only
struct S {
    x: , //~ ERROR expected type, found `,`
}

fn f() {
    let = 1; //~ ERROR expected pattern, found `=`
}

fn main() {}
