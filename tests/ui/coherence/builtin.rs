//@ edition: 2021
// Traits the compiler knows have rules of their own.
struct Owner(String);
impl Copy for Owner {} //~ ERROR the trait `Copy` cannot be implemented for this type
impl Clone for Owner {
    fn clone(&self) -> Owner {
        Owner(String::new())
    }
}

struct Closes;
impl Drop for Closes {
    fn drop(&mut self) {}
}
impl Copy for Closes {} //~ ERROR the trait `Copy` cannot be implemented for this type; the type has a destructor
impl Clone for Closes {
    fn clone(&self) -> Closes {
        Closes
    }
}

struct Holder<T>(T);
impl Drop for Holder<u8> { //~ ERROR `Drop` impls cannot be specialized
    fn drop(&mut self) {}
}
struct Bounded<T>(T);
impl<T: Copy> Drop for Bounded<T> { //~ ERROR `Drop` impl requires `T: Copy` but the struct it is implemented for does not
    fn drop(&mut self) {}
}

unsafe trait Promise {}
impl Promise for u8 {} //~ ERROR the trait `Promise` requires an `unsafe impl` declaration
trait Plain {}
unsafe impl Plain for u8 {} //~ ERROR implementing the trait `Plain` is not unsafe

trait Base {}
trait Derived: Base {}
impl Base for dyn Derived {} //~ ERROR automatically implements the trait `Base`
impl Sized for Closes {} //~ ERROR explicit impls for the `Sized` trait are not permitted

fn main() {}
