//@ edition: 2021
// What a definition mentions must make sense.
struct Unsized {
    a: [u8], //~ ERROR the size for values of type `[u8]` cannot be known at compilation time
    b: u8,
}
struct NeedsCopy<T: Copy>(T);
struct Uses(NeedsCopy<String>); //~ ERROR the trait bound `String: Copy` is not satisfied
struct Nested {
    x: Vec<Option<NeedsCopy<Vec<u8>>>>, //~ ERROR the trait bound `Vec<u8>: Copy` is not satisfied
}
fn returns() -> Option<str> { //~ ERROR the size for values of type `str` cannot be known at compilation time
    None
}
struct Longer<'a, T: 'static>(&'a T);
struct Shorter<'a>(Longer<'a, &'a u8>); //~ ERROR the type `&'a u8` does not fulfill the required lifetime
static POINTER: *const u8 = std::ptr::null(); //~ ERROR `*const u8` cannot be shared between threads safely
struct Unused<T>; //~ ERROR type parameter `T` is never used
struct Recursive { //~ ERROR recursive type `Recursive` has infinite size
    next: Option<Recursive>,
}
enum Numbers { //~ ERROR discriminant value `1` assigned more than once
    A = 1,
    B = 1,
}
struct Method;
impl Method {
    fn odd(self: u8) {} //~ ERROR invalid `self` parameter type: `u8`
}
trait Lending {
    type Item<'a>; //~ ERROR missing required bound on `Item`
    fn next<'a>(&'a mut self) -> Self::Item<'a>;
}

fn main() {}
