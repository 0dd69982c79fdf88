//! Declarations of locals.

use macros::{Decodable, Encodable, TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use span::Span;
use span::codec::{Decodable, Decoder, Encodable, Encoder};
use span::def_id::DefId;
use ty::fold::{TypeFoldable, TypeFolder};
use ty::visit::{TypeVisitable, TypeVisitor};
use ty::{Mutability, Ty};

use crate::{Place, SourceInfo, UserTypeProjections};

/// What is left out of other crates' bodies.
#[derive(Clone, Debug)]
pub enum ClearCrossCrate<T> {
    Clear,
    Set(T),
}

impl<T> ClearCrossCrate<T> {
    pub fn as_ref(&self) -> ClearCrossCrate<&T> {
        match self {
            ClearCrossCrate::Clear => ClearCrossCrate::Clear,
            ClearCrossCrate::Set(v) => ClearCrossCrate::Set(v),
        }
    }
    pub fn as_mut(&mut self) -> ClearCrossCrate<&mut T> {
        match self {
            ClearCrossCrate::Clear => ClearCrossCrate::Clear,
            ClearCrossCrate::Set(v) => ClearCrossCrate::Set(v),
        }
    }
    #[track_caller]
    pub fn unwrap_crate_local(self) -> T {
        match self {
            ClearCrossCrate::Clear => panic!("unwrapping cross-crate data"),
            ClearCrossCrate::Set(v) => v,
        }
    }
}

impl<E: Encoder, T> Encodable<E> for ClearCrossCrate<T> {
    fn encode(&self, _: &mut E) {}
}
impl<D: Decoder, T> Decodable<D> for ClearCrossCrate<T> {
    fn decode(_: &mut D) -> Self {
        ClearCrossCrate::Clear
    }
}
impl<'tcx, T> TypeFoldable<'tcx> for ClearCrossCrate<T> {
    fn fold_with<F: TypeFolder<'tcx>>(self, _: &mut F) -> Self {
        self
    }
}
impl<'tcx, T> TypeVisitable<'tcx> for ClearCrossCrate<T> {
    fn visit_with<V: TypeVisitor<'tcx>>(&self, _: &mut V) -> std::ops::ControlFlow<V::Break> {
        std::ops::ControlFlow::Continue(())
    }
}

/// What kind of local it is, by position.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LocalKind {
    /// User variable or temporary.
    Temp,
    Arg,
    ReturnPointer,
}

/// A local variable's declaration.
#[derive(Clone, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct LocalDecl<'tcx> {
    /// Whether it may be assigned more than once or borrowed mutably.
    pub mutability: Mutability,
    pub local_info: ClearCrossCrate<Box<LocalInfo<'tcx>>>,
    pub ty: Ty<'tcx>,
    /// The user's annotation at the declaration.
    #[type_foldable(identity)]
    #[type_visitable(ignore)]
    pub user_ty: Option<Box<UserTypeProjections>>,
    /// Where it is declared; the scope is that of the declaration, not of its users.
    pub source_info: SourceInfo,
}

/// What the borrow checker wants to know of a local.
#[derive(Clone, Debug)]
pub enum LocalInfo<'tcx> {
    /// A variable or parameter of the user.
    User(BindingForm<'tcx>),
    /// A temporary that refers to a static.
    StaticRef {
        def_id: DefId,
        is_thread_local: bool,
    },
    /// A temporary that refers to a constant.
    ConstRef {
        def_id: DefId,
    },
    /// Made by aggregation of locals: array, tuple.
    AggregateTemp,
    /// A temporary of a block's tail expression.
    BlockTailTemp(BlockTailInfo),
    /// A temporary of an `if` condition that edition 2024 drops before the `else`.
    IfThenRescopeTemp {
        if_then: hir::HirId,
    },
    /// A temporary made while passing `Deref`s of patterns.
    DerefTemp,
    /// A temporary that is only borrowed for a fake borrow.
    FakeBorrow,
    Boring,
}

/// A block's tail expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encodable, Decodable)]
pub struct BlockTailInfo {
    /// Whether the value is not used.
    pub tail_result_is_ignored: bool,
    pub span: Span,
}

/// How a user variable came to be.
#[derive(Clone, Debug)]
pub enum BindingForm<'tcx> {
    Var(VarBindingForm<'tcx>),
    ImplicitSelf(ImplicitSelfKind),
    /// The reference to a variable that a match guard sees.
    RefForGuard(crate::Local),
}

pub use hir::ImplicitSelfKind;

/// A binding of a pattern.
#[derive(Clone, Debug)]
pub struct VarBindingForm<'tcx> {
    pub binding_mode: hir::BindingMode,
    /// The type's span if it was written.
    pub opt_ty_info: Option<Span>,
    /// The place that is matched, if there is one (first of the pair), and the match's span.
    pub opt_match_place: Option<(Option<Place<'tcx>>, Span)>,
    /// The pattern's span.
    pub pat_span: Span,
    /// Where the binding is introduced in the patterns.
    pub introductions: Vec<VarBindingIntroduction>,
}

/// One pattern of an or-pattern that binds the variable.
#[derive(Clone, Copy, Debug)]
pub struct VarBindingIntroduction {
    pub span: Span,
    pub is_shorthand: bool,
}

impl<'tcx> LocalDecl<'tcx> {
    pub fn local_info(&self) -> &LocalInfo<'tcx> {
        match &self.local_info {
            ClearCrossCrate::Set(info) => info,
            ClearCrossCrate::Clear => &LocalInfo::Boring,
        }
    }
    /// Whether `mut` could be added to the declaration.
    pub fn can_be_made_mutable(&self) -> bool {
        matches!(
            self.local_info(),
            LocalInfo::User(
                BindingForm::Var(VarBindingForm { binding_mode: hir::BindingMode(hir::ByRef::No, _), .. })
                    | BindingForm::ImplicitSelf(ImplicitSelfKind::Imm),
            )
        )
    }
    /// Whether it is a by-value variable that is not `ref`.
    pub fn is_nonref_binding(&self) -> bool {
        matches!(
            self.local_info(),
            LocalInfo::User(
                BindingForm::Var(VarBindingForm { binding_mode: hir::BindingMode(hir::ByRef::No, _), .. })
                    | BindingForm::ImplicitSelf(_),
            )
        )
    }
    pub fn is_user_variable(&self) -> bool {
        matches!(self.local_info(), LocalInfo::User(_))
    }
    pub fn is_ref_for_guard(&self) -> bool {
        matches!(self.local_info(), LocalInfo::User(BindingForm::RefForGuard(_)))
    }
    pub fn is_ref_to_static(&self) -> bool {
        matches!(self.local_info(), LocalInfo::StaticRef { .. })
    }
    pub fn is_ref_to_thread_local(&self) -> bool {
        matches!(self.local_info(), LocalInfo::StaticRef { is_thread_local: true, .. })
    }
    pub fn is_deref_temp(&self) -> bool {
        matches!(self.local_info(), LocalInfo::DerefTemp)
    }
    /// Whether it comes from a desugaring.
    pub fn from_compiler_desugaring(&self) -> bool {
        self.source_info.span.desugaring_kind().is_some()
    }
    /// A mutable internal temporary.
    pub fn new(ty: Ty<'tcx>, span: Span) -> Self {
        LocalDecl::with_source_info(ty, SourceInfo::outermost(span))
    }
    pub fn with_source_info(ty: Ty<'tcx>, source_info: SourceInfo) -> Self {
        LocalDecl {
            mutability: Mutability::Mut,
            local_info: ClearCrossCrate::Set(Box::new(LocalInfo::Boring)),
            ty,
            user_ty: None,
            source_info,
        }
    }
    pub fn immutable(mut self) -> Self {
        self.mutability = Mutability::Not;
        self
    }
}
