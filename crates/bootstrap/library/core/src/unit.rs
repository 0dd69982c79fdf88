//! What `()` implements beyond the tuple impls.

use crate::iter::FromIterator;

/// Collapses the units of an iterator into one, for collecting `Result<(), E>`.
impl FromIterator<()> for () {
    fn from_iter<I: IntoIterator<Item = ()>>(iter: I) -> Self {
        iter.into_iter().for_each(|()| {})
    }
}

impl Extend<()> for () {
    fn extend<I: IntoIterator<Item = ()>>(&mut self, iter: I) {
        iter.into_iter().for_each(drop)
    }
}
