//@ edition: 2021
//! A value that a function took: what could be done about it.
struct Plain;
#[derive(Clone)]
struct Copied;

fn take(_: Plain) {}
fn take_copied(_: Copied) {}

fn main() {
    let p = Plain;
    take(p);
    take(p); //~ ERROR use of moved value: `p`
    let c = Copied;
    for _ in 0..2 {
        take_copied(c); //~ ERROR use of moved value: `c`
    }
}
