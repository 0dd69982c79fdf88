//@ check-pass
//@ args: --crate-type=lib
// What a higher-ranked where clause says of an associated type's lifetime holds for each of its lifetimes.

pub trait Source {
    type Item<'a>
    where
        Self: 'a;
    fn take(&mut self) -> Self::Item<'_>;
}

/// Items keep nothing borrowed.
pub fn twice<S: Source>(mut source: S)
where
    for<'a> S::Item<'a>: 'static,
{
    let first = source.take();
    let second = source.take();
    drop(source);
    drop((first, second));
}

pub fn lengths<V: 'static>(values: &V) -> Vec<usize>
where
    for<'a> &'a V: IntoIterator,
    for<'a> <&'a V as IntoIterator>::Item: AsRef<str> + 'static,
{
    values.into_iter().map(|v| v.as_ref().len()).collect()
}

fn needs_static<T: 'static>(_: T) {}
fn early<'a: 'a>() {}

/// A function's own lifetime arguments do not bound how long the function lives.
pub fn function_items<'a>(_: &'a str) {
    needs_static(early::<'a>);
}

pub struct Cell2 {
    pub left: u32,
    pub right: u32,
}

/// Checking an index reads the slice's length only.
pub fn parts(cells: &mut [Cell2], i: usize, j: usize) -> (&mut u32, &mut u32) {
    (&mut cells[i].left, &mut cells[j].right)
}
