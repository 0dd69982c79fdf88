//@ edition: 2021
// Impls of one trait must not apply to one type.
trait Shape {}

impl<T> Shape for Vec<T> {}
impl Shape for Vec<u8> {} //~ ERROR conflicting implementations of trait `Shape` for type `Vec<u8>`

trait Neg {}
struct Local;
impl Neg for Local {}

impl<T: Copy> Shape for T {}
impl Shape for String {}

struct Twice;
impl Twice {
    fn same(&self) {} //~ ERROR duplicate definitions with name `same`
}
impl Twice {
    fn same(&self) {}
}

fn main() {}
