struct S<const N: usize>;

impl<const N: usize = 1> S<N> {} //~ ERROR defaults for const parameters are only allowed

fn f<T = u8>(_: T) {} //~ ERROR defaults for type parameters are only allowed

fn main() {}
