//@ check-pass
//@ args: --crate-type=lib
// A `where` clause that cannot hold is believed inside of what it stands on; one without parameters is an error only
// where no lifetime is bound before it.

pub trait Store {
    type Item: ?Sized;
    fn take() -> Option<Box<Self::Item>>
    where
        Self::Item: Sized;
}

impl<T> Store for Vec<T> {
    type Item = [T];
    fn take() -> Option<Box<[T]>>
    where
        Self::Item: Sized,
    {
        None
    }
}

pub fn copy_of<'a>(x: &'a mut u8) -> (&'a mut u8, &'a mut u8)
where
    for<'any> &'any mut u8: Clone,
{
    (Clone::clone(&x), x)
}

pub struct Plain;

pub fn unused_lifetime()
where
    for<'a> Plain: Clone,
{
}

pub trait Named {
    type Name;
}

pub trait Keyed {
    type Key;
    fn name(&self)
    where
        Self::Key: Named;
}

impl<T> Keyed for Option<T> {
    type Key = ();
    fn name(&self)
    where
        Self::Key: Named,
    {
        let _no_value: Option<<Self::Key as Named>::Name> = None;
    }
}
