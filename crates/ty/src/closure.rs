//! Closure kinds.

use ast::Mutability;
use macros::{Decodable, Encodable};

use crate::{CapturedPlace, IntTy, Interner, Ty, TyKind};

/// Which of the `Fn` traits a closure implements at most. `Fn < FnMut < FnOnce`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encodable, Decodable)]
pub enum ClosureKind {
    Fn,
    FnMut,
    FnOnce,
}

impl ClosureKind {
    /// The initial value for inference.
    pub const LATTICE_BOTTOM: ClosureKind = ClosureKind::Fn;
    /// The trait's name.
    pub fn as_str(self) -> &'static str {
        match self {
            ClosureKind::Fn => "Fn",
            ClosureKind::FnMut => "FnMut",
            ClosureKind::FnOnce => "FnOnce",
        }
    }
    /// Whether a closure of this kind implements the trait of kind `other`.
    pub fn extends(self, other: ClosureKind) -> bool {
        self <= other
    }
    /// As a type, the form in which it stands among a closure's arguments: i8, i16, i32.
    pub fn to_ty<'tcx>(self, cx: Interner<'tcx>) -> Ty<'tcx> {
        match self {
            ClosureKind::Fn => cx.types().i8,
            ClosureKind::FnMut => cx.types().i16,
            ClosureKind::FnOnce => cx.types().i32,
        }
    }
    /// As the kind of an async closure's coroutine: called by reference, i16, or once, i32.
    pub fn to_coroutine_ty<'tcx>(self, cx: Interner<'tcx>) -> Ty<'tcx> {
        match self {
            ClosureKind::Fn | ClosureKind::FnMut => cx.types().i16,
            ClosureKind::FnOnce => cx.types().i32,
        }
    }
    /// The trait's lang item.
    pub fn to_lang_item(self) -> hir::LangItem {
        match self {
            ClosureKind::Fn => hir::LangItem::Fn,
            ClosureKind::FnMut => hir::LangItem::FnMut,
            ClosureKind::FnOnce => hir::LangItem::FnOnce,
        }
    }
}

/// For each capture of an async closure's coroutine, the capture of the closure that it comes from; `child` is without
/// the closure's parameters.
///
/// The coroutine may capture more precisely what the closure owns: it matches if its place goes on from the closure's.
pub fn coroutine_closure_captures(parent: &[CapturedPlace<'_>], child: &[CapturedPlace<'_>]) -> Vec<Option<usize>> {
    let goes_on = |p: &CapturedPlace<'_>, c: &CapturedPlace<'_>| {
        p.get_root_variable() == c.get_root_variable()
            && p.place.projections.len() <= c.place.projections.len()
            && p.place.projections.iter().zip(&c.place.projections).all(|(p, c)| p.kind == c.kind)
    };
    child.iter().map(|c| parent.iter().position(|p| goes_on(p, c))).collect()
}

impl<'tcx> Ty<'tcx> {
    /// The closure kind that this type stands for; `None` while it is an inference variable.
    pub fn to_opt_closure_kind(self) -> Option<ClosureKind> {
        match *self.kind() {
            TyKind::Int(IntTy::I8) => Some(ClosureKind::Fn),
            TyKind::Int(IntTy::I16) => Some(ClosureKind::FnMut),
            TyKind::Int(IntTy::I32) => Some(ClosureKind::FnOnce),
            TyKind::Error(_) => Some(ClosureKind::Fn),
            _ => None,
        }
    }
}

/// How a reference capture borrows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encodable, Decodable)]
pub enum BorrowKind {
    Immutable,
    /// Unique but not writable through: the reference that `&mut *x` in a closure makes of a `&mut` variable.
    UniqueImmutable,
    Mutable,
}

impl BorrowKind {
    pub fn from_mutbl(m: Mutability) -> BorrowKind {
        if m == Mutability::Mut { BorrowKind::Mutable } else { BorrowKind::Immutable }
    }
    /// The weakest mutability of a reference that does this.
    pub fn to_mutbl_lossy(self) -> Mutability {
        match self {
            BorrowKind::Immutable => Mutability::Not,
            _ => Mutability::Mut,
        }
    }
}
