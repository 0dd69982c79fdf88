//@ edition: 2021
// Who may implement what for what.
use std::fmt::Display;

struct Local<T>(T);

impl Display for Vec<u8> { //~ ERROR only traits defined in the current crate can be implemented for types defined outside of the crate
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}
impl<T> From<Local<T>> for (T, u8) { // Allowed: the tuple covers `T`.
    fn from(_: Local<T>) -> Self {
        loop {}
    }
}
impl<T> From<T> for Local<T> {
    fn from(t: T) -> Self {
        Local(t)
    }
}
impl<T> PartialEq<Local<T>> for T { //~ ERROR type parameter `T` must be covered by another type when it appears before the first local type
    fn eq(&self, _: &Local<T>) -> bool {
        false
    }
}
impl Vec<u8> { //~ ERROR cannot define inherent `impl` for a type outside of the crate where the type is defined
    fn mine(&self) {}
}
impl u8 { //~ ERROR cannot define inherent `impl` for primitive types
    fn mine(self) {}
}
impl<T> Local<T> {
    fn ok(self) {}
}

fn main() {}
