// A bound lifetime in an output must be determined by an input.

type F = for<'a> fn() -> &'a u8; //~ ERROR return type references lifetime `'a`

type G = for<'a> fn(&'a u8) -> &'a u8;

trait Make {
    type Out;
}

fn make<T>(_: T)
where
    T: for<'a> Make<Out = &'a u8>, //~ ERROR binding for associated type `Out` references lifetime `'a`
{
}

fn main() {}
