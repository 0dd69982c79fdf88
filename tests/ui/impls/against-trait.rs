//@ edition: 2021
// An impl's items against the trait's.
trait Tool {
    const SIZE: usize;
    type Part: Clone;
    fn make() -> Self::Part;
    fn get(&self) -> u8;
    fn both(&self, a: u8, b: u8);
    fn kind<T>();
    fn held(&self);
    fn free();
    fn bound<T>(t: T);
    fn life<'a>(&'a self, other: &u8) -> &'a u8;
    fn each(&self) -> impl Iterator<Item = u8>;
}

struct Hammer(Vec<u8>);
struct NotClone;
impl Tool for Hammer {
    const SIZE: u8 = 1; //~ ERROR implemented const `SIZE` has an incompatible type for trait
    type Part = NotClone; //~ ERROR the trait bound `NotClone: Clone` is not satisfied
    fn make() -> NotClone {
        NotClone
    }
    fn get(&self) -> u16 { //~ ERROR method `get` has an incompatible type for trait
        0
    }
    fn both(&self, a: u8) {} //~ ERROR method `both` has 2 parameters but the declaration in trait `Tool::both` has 3
    fn kind() {} //~ ERROR associated function `kind` has 0 type parameters but its trait declaration has 1 type parameter
    fn held() {} //~ ERROR method `held` has a `&self` declaration in the trait, but not in the impl
    fn free(&self) {} //~ ERROR method `free` has a `&self` declaration in the impl, but not in the trait
    fn bound<T: Copy>(t: T) {} //~ ERROR impl has stricter requirements than trait
    fn life<'a>(&'a self, other: &'a u8) -> &'a u8 { //~ ERROR `impl` item signature doesn't match `trait` item signature
        other
    }
    fn each(&self) -> impl Iterator<Item = u8> {
        self.0.iter().copied()
    }
}

struct Nothing;
impl Tool for Nothing {} //~ ERROR not all trait items implemented, missing: `SIZE`, `Part`, `make`, `get`, `both`, `kind`, `held`, `free`, `bound`, `life`, `each`

impl<T> Nothing { //~ ERROR the type parameter `T` is not constrained by the impl trait, self type, or predicates
    fn nothing() {}
}

fn main() {}
