//! Structural relation of two values is done by crate `trait_solve`; here are the terms both sides share.

/// In which direction two types are related.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StructurallyRelateAliases {
    /// Aliases of the same definition are equal if their arguments are.
    Yes,
    /// Aliases are left to the solver.
    No,
}
