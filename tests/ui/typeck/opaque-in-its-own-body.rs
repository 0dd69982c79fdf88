//@ check-pass
//@ args: --crate-type=lib
// What is called on an opaque type in the body that defines it says nothing of the hidden type.

pub fn steps(again: bool) -> impl Iterator<Item = ()> {
    if again {
        let _ = steps(false).next();
    }
    std::iter::empty()
}

fn unit() -> impl Sized {}

pub fn maybe(b: bool) -> Option<impl Sized> {
    match b {
        true => maybe(false),
        false => Some(unit()),
    }
}
