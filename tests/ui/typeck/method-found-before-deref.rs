//@ check-pass
//@ args: --crate-type=lib
// A method that is found on a type itself says nothing of what the type would have to be to dereference.

use std::ops::Deref;

pub struct Cell<T>(pub T);
pub trait Show {
    fn show(&self) -> u8 {
        1
    }
}
impl Show for Cell<u64> {}
impl Deref for Cell<()> {
    type Target = dyn Show;
    fn deref(&self) -> &(dyn Show + 'static) {
        unreachable!()
    }
}

pub fn later() -> u8 {
    let mut cell: Option<Cell<_>> = None;
    loop {
        if let Some(c) = &cell {
            return c.show();
        }
        cell = Some(Cell(5));
    }
}

// `for<'a> &'a u8: 'a` asks nothing of a `Drop` impl.
pub struct Guard;
impl Drop for Guard
where
    for<'a> &'a u8: 'a,
{
    fn drop(&mut self) {}
}
