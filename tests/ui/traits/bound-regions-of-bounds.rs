//@ args: --crate-type=lib
// A bound for all lifetimes follows neither from the bound for one nor from an impl that ties two together.

pub trait Bar<'a> {
    fn bar(&'a self);
}

pub trait Qux: Bar<'static> {}

pub fn for_any<B: for<'c> Bar<'c>>(_: &B) {}

pub fn from_static<B: Qux>(b: &B) {
    for_any(b); //~ ERROR is not satisfied
}

pub trait Pair<X> {}

pub struct Tied;

impl<'a> Pair<(&'a u8, &'a u8)> for Tied {}

pub fn one<T: for<'z> Pair<(&'z u8, &'z u8)>>() {}

pub fn two<T: for<'a, 'b> Pair<(&'a u8, &'b u8)>>() {}

pub fn impls() {
    one::<Tied>();
    two::<Tied>(); //~ ERROR implementation of `Pair` is not general enough
}
