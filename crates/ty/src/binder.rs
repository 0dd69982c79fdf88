//! [`Binder`]: a value under `for<'a, T, ..>`, and De Bruijn indices.
//!
//! `for<'a> fn(&'a u8, for<'b> fn(&'a u8, &'b u8))`: in the inner type `'a` is index 1, `'b` index 0.

use macros::{Decodable, Encodable, TyDecodable, TyEncodable};
use span::Symbol;
use span::def_id::DefId;

use crate::visit::TypeVisitableExt;
use crate::{List, TypeVisitable};

span::newtype_index! {
    /// How many binders out a bound variable's own binder is; 0 is the innermost.
    pub struct DebruijnIndex = "^";
}
/// The innermost binder.
pub const INNERMOST: DebruijnIndex = DebruijnIndex::from_u32(0);
span::newtype_index! {
    /// The number of a variable in its binder.
    pub struct BoundVar = "";
}
span::newtype_index! {
    /// A universe: the names that are in scope; variables of a universe cannot name placeholders of later ones.
    pub struct UniverseIndex = "U";
}

impl DebruijnIndex {
    /// Seen from `amount` binders further in.
    #[must_use]
    pub fn shifted_in(self, amount: u32) -> DebruijnIndex {
        DebruijnIndex::from_u32(self.as_u32() + amount)
    }
    /// Goes `amount` binders in.
    pub fn shift_in(&mut self, amount: u32) {
        *self = self.shifted_in(amount);
    }
    /// Seen from `amount` binders further out.
    #[must_use]
    pub fn shifted_out(self, amount: u32) -> DebruijnIndex {
        DebruijnIndex::from_u32(self.as_u32() - amount)
    }
    /// Goes `amount` binders out.
    pub fn shift_out(&mut self, amount: u32) {
        *self = self.shifted_out(amount);
    }
    /// Seen from outside of the binder `to`.
    pub fn shifted_out_to_binder(self, to: DebruijnIndex) -> DebruijnIndex {
        self.shifted_out(to.as_u32() - INNERMOST.as_u32())
    }
}

impl UniverseIndex {
    /// The universe of the item's own generics.
    pub const ROOT: UniverseIndex = UniverseIndex::from_u32(0);
    /// The next one.
    pub fn next_universe(self) -> UniverseIndex {
        UniverseIndex::from_u32(self.as_u32() + 1)
    }
    /// Whether names of `other` are in scope here.
    pub fn can_name(self, other: UniverseIndex) -> bool {
        self >= other
    }
    /// The opposite of [`UniverseIndex::can_name`].
    pub fn cannot_name(self, other: UniverseIndex) -> bool {
        self < other
    }
}

/// A bound region: its number and what it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub struct BoundRegion {
    pub var: BoundVar,
    pub kind: BoundRegionKind,
}

/// What a bound region is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum BoundRegionKind {
    Anon,
    /// With a name made up for printing.
    NamedAnon(Symbol),
    Named(DefId),
    ClosureEnv,
}

/// A bound type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub struct BoundTy {
    pub var: BoundVar,
    pub kind: BoundTyKind,
}

/// What a bound type is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum BoundTyKind {
    Anon,
    Param(DefId),
}

/// What a binder's variable is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum BoundVariableKind {
    Ty(BoundTyKind),
    Region(BoundRegionKind),
    Const,
}

/// A bound variable made into a name of its own, of a universe.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub struct Placeholder<T> {
    pub universe: UniverseIndex,
    pub bound: T,
}
pub type PlaceholderRegion = Placeholder<BoundRegion>;
pub type PlaceholderType = Placeholder<BoundTy>;
pub type PlaceholderConst = Placeholder<BoundVar>;

/// A value in which index 0 refers to `bound_vars`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TyEncodable, TyDecodable)]
pub struct Binder<'tcx, T> {
    value: T,
    bound_vars: &'tcx List<BoundVariableKind>,
}

impl<'tcx, T> Binder<'tcx, T> {
    /// A value that refers to `bound_vars` by index 0.
    pub fn bind_with_vars(value: T, bound_vars: &'tcx List<BoundVariableKind>) -> Self {
        Binder { value, bound_vars }
    }
    /// A value without escaping bound variables, under an empty binder.
    #[track_caller]
    pub fn dummy(value: T) -> Self
    where
        T: TypeVisitable<'tcx>,
    {
        debug_assert!(!value.has_escaping_bound_vars(), "Binder::dummy of a value with escaping bound variables");
        Binder { value, bound_vars: List::empty() }
    }
    /// The value, with its bound variables left as they are: take care.
    pub fn skip_binder(self) -> T {
        self.value
    }
    /// As [`Binder::skip_binder`], by reference.
    pub fn as_ref(&self) -> Binder<'tcx, &T> {
        Binder { value: &self.value, bound_vars: self.bound_vars }
    }
    /// The variables.
    pub fn bound_vars(&self) -> &'tcx List<BoundVariableKind> {
        self.bound_vars
    }
    /// The same binder over something made of the value.
    pub fn map_bound<U>(self, f: impl FnOnce(T) -> U) -> Binder<'tcx, U> {
        Binder { value: f(self.value), bound_vars: self.bound_vars }
    }
    /// As [`Binder::map_bound`], by reference.
    pub fn map_bound_ref<U>(&self, f: impl FnOnce(&T) -> U) -> Binder<'tcx, U> {
        Binder { value: f(&self.value), bound_vars: self.bound_vars }
    }
    /// The same binder over another value.
    pub fn rebind<U>(&self, value: U) -> Binder<'tcx, U> {
        Binder { value, bound_vars: self.bound_vars }
    }
    /// The value, if it refers to no bound variable.
    pub fn no_bound_vars(self) -> Option<T>
    where
        T: TypeVisitable<'tcx>,
    {
        if self.value.has_escaping_bound_vars() { None } else { Some(self.value) }
    }
    /// As [`Binder::no_bound_vars`], for values that have no bound variables by construction or where an
    /// error was reported.
    pub fn try_map_bound<U, E>(self, f: impl FnOnce(T) -> Result<U, E>) -> Result<Binder<'tcx, U>, E> {
        Ok(Binder { value: f(self.value)?, bound_vars: self.bound_vars })
    }
}

impl<'tcx, T> Binder<'tcx, Option<T>> {
    /// Turns a binder of an option around.
    pub fn transpose(self) -> Option<Binder<'tcx, T>> {
        let bound_vars = self.bound_vars;
        self.value.map(|value| Binder { value, bound_vars })
    }
}

impl<'tcx, 'a, T: Copy> Binder<'tcx, &'a [T]> {
    /// The elements, each under the binder.
    pub fn iter(self) -> impl ExactSizeIterator<Item = Binder<'tcx, T>> + 'a
    where
        'tcx: 'a,
    {
        let bound_vars = self.bound_vars;
        self.value.iter().map(move |&value| Binder { value, bound_vars })
    }
}
