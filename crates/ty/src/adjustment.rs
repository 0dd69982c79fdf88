//! Adjustments: the implicit steps that type checking puts after an expression.

use ast::Mutability;
use macros::{Decodable, Encodable, TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use span::Span;

use crate::Ty;

/// One step and the type after it.
#[derive(Clone, Debug, PartialEq, Eq, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct Adjustment<'tcx> {
    pub kind: Adjust,
    pub target: Ty<'tcx>,
}

impl Adjustment<'_> {
    pub fn is_region_borrow(&self) -> bool {
        matches!(self.kind, Adjust::Borrow(AutoBorrow::Ref(_)))
    }
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq, TypeFoldable, TypeVisitable, Encodable, Decodable)]
pub enum Adjust {
    /// From `!` to any type.
    NeverToAny,
    /// `*e`, built in (`None`) or overloaded.
    Deref(Option<OverloadedDeref>),
    /// `&e`
    Borrow(AutoBorrow),
    Pointer(PointerCoercion),
    /// `Pin<&mut T>` reborrowed.
    ReborrowPin(Mutability),
}

/// A call of `Deref::deref` or `DerefMut::deref_mut` on the place; its output reference is dereferenced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, Encodable, Decodable)]
pub struct OverloadedDeref {
    pub mutbl: Mutability,
    /// The span of the operation, for errors.
    pub span: Span,
}

/// `&` or `&raw` put before a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, Encodable, Decodable)]
pub enum AutoBorrow {
    Ref(AutoBorrowMutability),
    RawPtr(Mutability),
}

/// The mutability of an implicit borrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, Encodable, Decodable)]
pub enum AutoBorrowMutability {
    Mut { allow_two_phase_borrow: AllowTwoPhase },
    Not,
}

impl AutoBorrowMutability {
    /// A borrow of this mutability.
    pub fn new(mutbl: Mutability, allow_two_phase_borrow: AllowTwoPhase) -> Self {
        match mutbl {
            Mutability::Not => AutoBorrowMutability::Not,
            Mutability::Mut => AutoBorrowMutability::Mut { allow_two_phase_borrow },
        }
    }
}

impl From<AutoBorrowMutability> for Mutability {
    fn from(m: AutoBorrowMutability) -> Mutability {
        match m {
            AutoBorrowMutability::Mut { .. } => Mutability::Mut,
            AutoBorrowMutability::Not => Mutability::Not,
        }
    }
}

/// Whether an implicit `&mut` may be a two-phase borrow (RFC 2025).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, Encodable, Decodable)]
pub enum AllowTwoPhase {
    Yes,
    No,
}

/// Coercions of pointers; also the casts that MIR does by `Rvalue::Cast`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, Encodable, Decodable)]
pub enum PointerCoercion {
    /// Function item to fn pointer.
    ReifyFnPointer,
    /// `fn` to `unsafe fn`.
    UnsafeFnPointer,
    /// Closure without captures to `fn` (true: `unsafe fn`).
    ClosureFnPointer(bool),
    /// `*mut T` to `*const T`
    MutToConstPointer,
    /// `*const [T; N]` to `*const T`
    ArrayToPointer,
    /// `&[T; N]` to `&[T]`, `&T` to `&dyn Trait`, and through `CoerceUnsized` types.
    Unsize,
}

/// The custom `CoerceUnsized` impl: which field changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encodable, Decodable)]
pub struct CoerceUnsizedInfo {
    pub custom_kind: Option<CustomCoerceUnsized>,
}

/// Which field of a struct is coerced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encodable, Decodable)]
pub enum CustomCoerceUnsized {
    Struct(crate::FieldIdx),
}
