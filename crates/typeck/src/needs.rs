//! [`Needs`]: whether a place expression is going to be written.

use ty::Mutability;

/// What the context does to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    MutPlace,
    None,
}

impl Needs {
    pub(crate) fn maybe_mut_place(m: Mutability) -> Self {
        match m {
            Mutability::Mut => Needs::MutPlace,
            Mutability::Not => Needs::None,
        }
    }
}
