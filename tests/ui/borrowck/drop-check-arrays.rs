//@ args: --crate-type=lib
// A destructor in an array or tuple looks at what its element refers to.

use std::cell::Cell;

pub trait Look {
    fn look(&self);
}
pub struct Watcher<T: Look>(pub T);

impl<T: Look> Drop for Watcher<T> {
    fn drop(&mut self) {
        self.0.look();
    }
}

pub struct Node<'a> {
    pub edges: [Watcher<Cell<Option<&'a Node<'a>>>>; 2],
}
pub struct Pair<'a> {
    pub edge: (u8, Watcher<Cell<Option<&'a Pair<'a>>>>),
}
pub struct Plain<T> {
    pub all: [(T, Option<T>); 2],
}

impl Look for Cell<Option<&Node<'_>>> {
    fn look(&self) {}
}
impl Look for Cell<Option<&Pair<'_>>> {
    fn look(&self) {}
}

fn node<'a>() -> Node<'a> {
    Node { edges: [Watcher(Cell::new(None)), Watcher(Cell::new(None))] }
}
fn pair<'a>() -> Pair<'a> {
    Pair { edge: (0, Watcher(Cell::new(None))) }
}

pub fn arrays() {
    let (first, second);
    first = node();
    second = node();
    first.edges[0].0.set(Some(&second)); //~ ERROR `second` does not live long enough
}

pub fn tuples() {
    let (first, second);
    first = pair();
    second = pair();
    first.edge.1.0.set(Some(&second)); //~ ERROR `second` does not live long enough
}

/// Nothing in it has a destructor.
pub fn plain() {
    let (first, second);
    second = 5;
    first = Plain { all: [(&second, None), (&second, None)] };
    let _ = first.all[0].0;
}
