//@ check-pass
//@ args: --crate-type=lib
// An associated type with the lifetime of the pointer's binder keeps it.

pub trait Shape {
    type Of<'a>;
}

#[derive(Clone)]
pub struct Callback<T: Shape> {
    pub call: for<'a> fn(T::Of<'a>),
}

pub fn pointer<T: Shape>() -> for<'a> fn(T::Of<'a>) {
    loop {}
}
