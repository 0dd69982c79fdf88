//@ check-pass
//@ args: --crate-type=lib
// The lifetimes of an associated type under a binder are the closure's own once it is known what it stands for.

pub trait Family<'a> {
    type Out;
    fn out(&'a self) -> Self::Out;
}

pub struct Words(pub String);
pub struct View<'a>(pub &'a str);

impl<'a> Family<'a> for Words {
    type Out = View<'a>;
    fn out(&'a self) -> View<'a> {
        View(&self.0)
    }
}

pub fn with<F, G>(family: F, g: G) -> usize
where
    F: for<'a> Family<'a>,
    G: for<'a> Fn(<F as Family<'a>>::Out) -> usize,
{
    g(family.out())
}

pub fn inferred() -> usize {
    with(Words("a b".to_string()), |view| view.0.len())
}

pub fn written() -> usize {
    with(Words("a b".to_string()), |view: View<'_>| view.0.len())
}

pub trait Named<'a> {
    type Name;
}

/// The lifetime is named by what `T::Name` stands for.
pub fn names<'a, T>() -> impl Iterator<Item = T::Name>
where
    T: Named<'a>,
{
    None.into_iter()
}
