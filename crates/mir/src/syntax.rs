//! Statements, operands and rvalues.

use ast::InlineAsmRegOrRegClass;
use macros::{Decodable, Encodable, TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use rustc_index::IndexVec;
use span::Span;
use span::codec::{Decodable, Decoder, Encodable, Encoder};
use span::def_id::DefId;
use ty::adjustment::PointerCoercion;
use ty::{FieldIdx, GenericArgsRef, Mutability, Ty, Variance, VariantIdx};

use crate::{ConstOperand, Local, Place, SourceInfo, UserTypeProjection};

/// A step of a block.
#[derive(Clone, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct Statement<'tcx> {
    pub source_info: SourceInfo,
    pub kind: StatementKind<'tcx>,
}

/// What a statement does.
#[derive(Clone, PartialEq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum StatementKind<'tcx> {
    Assign(Box<(Place<'tcx>, Rvalue<'tcx>)>),
    /// A read for the borrow checker only. Not after borrow checking.
    FakeRead(Box<(FakeReadCause, Place<'tcx>)>),
    /// Writes the tag of an enum. From runtime MIR on.
    SetDiscriminant {
        place: Box<Place<'tcx>>,
        variant_index: VariantIdx,
    },
    StorageLive(Local),
    StorageDead(Local),
    /// `let _ = place;`: the place is evaluated, not read. Not after borrow checking.
    PlaceMention(Box<Place<'tcx>>),
    /// A type the user wrote, for the borrow checker. Not after that.
    AscribeUserType(Box<(Place<'tcx>, UserTypeProjection)>, Variance),
    Intrinsic(Box<NonDivergingIntrinsic<'tcx>>),
    /// A step for the limit on const evaluation.
    ConstEvalCounter,
    Nop,
    /// Where edition 2024 would drop the temporary (lint `tail_expr_drop_order`).
    BackwardIncompatibleDropHint {
        place: Box<Place<'tcx>>,
        reason: (),
    },
}

impl<'tcx> Statement<'tcx> {
    pub fn new(source_info: SourceInfo, kind: StatementKind<'tcx>) -> Self {
        Statement { source_info, kind }
    }
    pub fn make_nop(&mut self) {
        self.kind = StatementKind::Nop;
    }
}

impl<'tcx> StatementKind<'tcx> {
    /// The parts of an assignment.
    pub fn as_assign(&self) -> Option<&(Place<'tcx>, Rvalue<'tcx>)> {
        match self {
            StatementKind::Assign(x) => Some(x),
            _ => None,
        }
    }
    pub fn as_assign_mut(&mut self) -> Option<&mut (Place<'tcx>, Rvalue<'tcx>)> {
        match self {
            StatementKind::Assign(x) => Some(x),
            _ => None,
        }
    }
}

pub use ty::FakeReadCause;
ty::trivially_traversable!(
    BorrowKind,
    BinOp,
    UnOp,
    RawPtrKind,
    CallSource,
    CoercionSource,
    RuntimeChecks,
    InlineAsmMacro,
);

/// Intrinsics that are statements.
#[derive(Clone, Debug, PartialEq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum NonDivergingIntrinsic<'tcx> {
    /// Undefined behaviour if the operand is false.
    Assume(Operand<'tcx>),
    CopyNonOverlapping(CopyNonOverlapping<'tcx>),
}

/// `memcpy`; `count` is in elements.
#[derive(Clone, Debug, PartialEq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct CopyNonOverlapping<'tcx> {
    pub src: Operand<'tcx>,
    pub dst: Operand<'tcx>,
    pub count: Operand<'tcx>,
}

/// A borrow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encodable, Decodable)]
pub enum BorrowKind {
    Shared,
    /// Not there after borrow checking.
    Fake(FakeBorrowKind),
    Mut {
        kind: MutBorrowKind,
    },
}

/// How much of a place a fake borrow protects.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encodable, Decodable)]
pub enum FakeBorrowKind {
    /// The place, not what is behind its references.
    Shallow,
    Deep,
}

/// A mutable borrow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encodable, Decodable)]
pub enum MutBorrowKind {
    Default,
    /// `&mut` that is only reserved until its first use.
    TwoPhaseBorrow,
    /// A closure's unique capture of a `&mut` in an immutable variable.
    ClosureCapture,
}

impl BorrowKind {
    pub fn to_mutbl_lossy(self) -> Mutability {
        match self {
            BorrowKind::Mut { .. } => Mutability::Mut,
            BorrowKind::Shared => Mutability::Not,
            // Fake borrows of anything need no mutability.
            BorrowKind::Fake(_) => Mutability::Not,
        }
    }
    pub fn mutability(self) -> Mutability {
        self.to_mutbl_lossy()
    }
    pub fn allows_two_phase_borrow(&self) -> bool {
        matches!(self, BorrowKind::Mut { kind: MutBorrowKind::TwoPhaseBorrow })
    }
    pub fn is_mut(self) -> bool {
        matches!(self, BorrowKind::Mut { .. })
    }
}

/// `&raw const`, `&raw mut`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum RawPtrKind {
    Mut,
    Const,
    /// To read a length only: not a use of the place's content.
    FakeForPtrMetadata,
}

impl From<Mutability> for RawPtrKind {
    fn from(m: Mutability) -> Self {
        if m == Mutability::Mut { RawPtrKind::Mut } else { RawPtrKind::Const }
    }
}

impl RawPtrKind {
    pub fn is_fake(self) -> bool {
        self == RawPtrKind::FakeForPtrMetadata
    }
    pub fn to_mutbl_lossy(self) -> Mutability {
        if self == RawPtrKind::Mut { Mutability::Mut } else { Mutability::Not }
    }
    pub fn ptr_str(self) -> &'static str {
        match self {
            RawPtrKind::Mut => "mut",
            RawPtrKind::Const => "const",
            RawPtrKind::FakeForPtrMetadata => "const (fake)",
        }
    }
}

/// A value that is there without computing.
#[derive(Clone, PartialEq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum Operand<'tcx> {
    Copy(Place<'tcx>),
    Move(Place<'tcx>),
    Constant(Box<ConstOperand<'tcx>>),
    /// A switch of the session: whether certain checks are on.
    RuntimeChecks(RuntimeChecks),
}

/// Switches that code generation decides.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum RuntimeChecks {
    UbChecks,
    ContractChecks,
    OverflowChecks,
}

impl<'tcx> Operand<'tcx> {
    pub fn place(&self) -> Option<Place<'tcx>> {
        match self {
            Operand::Copy(p) | Operand::Move(p) => Some(*p),
            Operand::Constant(_) | Operand::RuntimeChecks(_) => None,
        }
    }
    pub fn constant(&self) -> Option<&ConstOperand<'tcx>> {
        match self {
            Operand::Constant(c) => Some(c),
            _ => None,
        }
    }
    pub fn is_move(&self) -> bool {
        matches!(self, Operand::Move(_))
    }
    /// A copy where it would be a move.
    pub fn to_copy(&self) -> Self {
        match *self {
            Operand::Move(p) => Operand::Copy(p),
            _ => self.clone(),
        }
    }
    /// A function as a constant.
    pub fn function_handle(cx: ty::Interner<'tcx>, def_id: DefId, args: GenericArgsRef<'tcx>, span: Span) -> Self {
        let ty = cx.mk_fn_def(def_id, args);
        Operand::Constant(Box::new(ConstOperand { span, user_ty: None, const_: crate::Const::zero_sized(ty) }))
    }
    /// The callee, if it is a function item.
    pub fn const_fn_def(&self) -> Option<(DefId, GenericArgsRef<'tcx>)> {
        match *self.constant()?.const_.ty().kind() {
            ty::TyKind::FnDef(def_id, args) => Some((def_id, args)),
            _ => None,
        }
    }
}

/// A computation.
#[derive(Clone, PartialEq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum Rvalue<'tcx> {
    Use(Operand<'tcx>),
    /// `[x; N]`
    Repeat(Operand<'tcx>, ty::Const<'tcx>),
    Ref(ty::Region<'tcx>, BorrowKind, Place<'tcx>),
    /// The address of this thread's copy.
    ThreadLocalRef(DefId),
    RawPtr(RawPtrKind, Place<'tcx>),
    Cast(CastKind, Operand<'tcx>, Ty<'tcx>),
    BinaryOp(BinOp, Box<(Operand<'tcx>, Operand<'tcx>)>),
    UnaryOp(UnOp, Operand<'tcx>),
    /// The discriminant of an enum or coroutine; 0 for other types.
    Discriminant(Place<'tcx>),
    Aggregate(Box<AggregateKind<'tcx>>, IndexVec<FieldIdx, Operand<'tcx>>),
    /// A copy of a reference or box that is only dereferenced (not in built MIR).
    CopyForDeref(Place<'tcx>),
    WrapUnsafeBinder(Operand<'tcx>, Ty<'tcx>),
}

impl<'tcx> Rvalue<'tcx> {
    /// Whether it can be left out when the result is not used.
    pub fn is_safe_to_remove(&self) -> bool {
        !matches!(self, Rvalue::Cast(CastKind::PointerExposeProvenance, ..))
    }
}

/// Casts. See `ty::cast` for which types.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum CastKind {
    PointerExposeProvenance,
    PointerWithExposedProvenance,
    PointerCoercion(PointerCoercion, CoercionSource),
    IntToInt,
    FloatToInt,
    FloatToFloat,
    IntToFloat,
    PtrToPtr,
    FnPtrToPtr,
    /// Sizes may differ only in generic code that never runs.
    Transmute,
    /// From a higher-ranked type to an instance of it: nothing happens at run time.
    Subtype,
}

/// Whether the user wrote the cast.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum CoercionSource {
    AsCast,
    Implicit,
}

/// Operators of two operands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encodable, Decodable)]
pub enum BinOp {
    /// Wraps, for integers.
    Add,
    AddUnchecked,
    /// `(T, bool)`: the wrapped result and whether it wrapped.
    AddWithOverflow,
    Sub,
    SubUnchecked,
    SubWithOverflow,
    Mul,
    MulUnchecked,
    MulWithOverflow,
    /// Division by zero and overflow are undefined behaviour.
    Div,
    Rem,
    BitXor,
    BitAnd,
    BitOr,
    /// The amount is taken modulo the width.
    Shl,
    ShlUnchecked,
    Shr,
    ShrUnchecked,
    Eq,
    Lt,
    Le,
    Ne,
    Ge,
    Gt,
    /// `core::cmp::Ordering`
    Cmp,
    /// `ptr.offset(count)`
    Offset,
}

impl BinOp {
    /// The operator that also tells of overflow.
    pub fn wrapping_to_overflowing(self) -> Option<BinOp> {
        Some(match self {
            BinOp::Add => BinOp::AddWithOverflow,
            BinOp::Sub => BinOp::SubWithOverflow,
            BinOp::Mul => BinOp::MulWithOverflow,
            _ => return None,
        })
    }
    pub fn overflowing_to_wrapping(self) -> Option<BinOp> {
        Some(match self {
            BinOp::AddWithOverflow => BinOp::Add,
            BinOp::SubWithOverflow => BinOp::Sub,
            BinOp::MulWithOverflow => BinOp::Mul,
            _ => return None,
        })
    }
    pub fn is_overflowing(self) -> bool {
        self.overflowing_to_wrapping().is_some()
    }
    pub fn is_comparison(self) -> bool {
        use BinOp::*;
        matches!(self, Eq | Lt | Le | Ne | Ge | Gt)
    }
    pub fn is_checkable(self) -> bool {
        use BinOp::*;
        matches!(self, Add | Sub | Mul | Shl | Shr)
    }
    pub fn is_commutative(self) -> bool {
        use BinOp::*;
        matches!(
            self,
            Add | AddUnchecked
                | AddWithOverflow
                | Mul
                | MulUnchecked
                | MulWithOverflow
                | BitXor
                | BitAnd
                | BitOr
                | Eq
                | Ne
        )
    }
    /// The operator as written.
    pub fn to_hir_binop(self) -> Option<ast::BinOpKind> {
        use ast::BinOpKind as H;
        Some(match self {
            BinOp::Add => H::Add,
            BinOp::Sub => H::Sub,
            BinOp::Mul => H::Mul,
            BinOp::Div => H::Div,
            BinOp::Rem => H::Rem,
            BinOp::BitXor => H::BitXor,
            BinOp::BitAnd => H::BitAnd,
            BinOp::BitOr => H::BitOr,
            BinOp::Shl => H::Shl,
            BinOp::Shr => H::Shr,
            BinOp::Eq => H::Eq,
            BinOp::Ne => H::Ne,
            BinOp::Lt => H::Lt,
            BinOp::Gt => H::Gt,
            BinOp::Le => H::Le,
            BinOp::Ge => H::Ge,
            _ => return None,
        })
    }
}

/// Operators of one operand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encodable, Decodable)]
pub enum UnOp {
    Not,
    /// Wraps, for integers.
    Neg,
    /// The metadata of a wide pointer; `()` of a thin one.
    PtrMetadata,
}

/// What an aggregate is of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum AggregateKind<'tcx> {
    Array(Ty<'tcx>),
    Tuple,
    /// The active field is for unions.
    Adt(DefId, VariantIdx, GenericArgsRef<'tcx>, Option<UserTypeAnnotationIndex>, Option<FieldIdx>),
    Closure(DefId, GenericArgsRef<'tcx>),
    Coroutine(DefId, GenericArgsRef<'tcx>),
    CoroutineClosure(DefId, GenericArgsRef<'tcx>),
    /// A wide pointer of data pointer and metadata: pointee type and mutability.
    RawPtr(Ty<'tcx>, Mutability),
}
use crate::UserTypeAnnotationIndex;

/// What a call was in the source.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum CallSource {
    OverloadedOperator,
    /// A match on a constant.
    MatchCmp,
    Misc,
    Use,
    Normal,
}

impl CallSource {
    pub fn from_hir_call(self) -> bool {
        self == CallSource::Normal
    }
}

/// `asm!` or `naked_asm!`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum InlineAsmMacro {
    Asm,
    NakedAsm,
}

impl InlineAsmMacro {
    pub fn diverges(self, options: ast::InlineAsmOptions) -> bool {
        match self {
            InlineAsmMacro::Asm => options.contains(ast::InlineAsmOptions::NORETURN),
            InlineAsmMacro::NakedAsm => true,
        }
    }
}

/// An operand of inline assembly.
#[derive(Clone, Debug, PartialEq, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum InlineAsmOperand<'tcx> {
    In { reg: AsmReg, value: Operand<'tcx> },
    Out { reg: AsmReg, late: bool, place: Option<Place<'tcx>> },
    InOut { reg: AsmReg, late: bool, in_value: Operand<'tcx>, out_place: Option<Place<'tcx>> },
    Const { value: Box<ConstOperand<'tcx>> },
    SymFn { value: Box<ConstOperand<'tcx>> },
    SymStatic { def_id: DefId },
    Label { target_index: usize },
}

/// A register or register class, with a codec.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AsmReg(pub InlineAsmRegOrRegClass);
ty::trivially_traversable!(AsmReg);
impl<E: Encoder> Encodable<E> for AsmReg {
    fn encode(&self, e: &mut E) {
        let (tag, name) = match self.0 {
            InlineAsmRegOrRegClass::Reg(s) => (0, s),
            InlineAsmRegOrRegClass::RegClass(s) => (1, s),
        };
        e.emit_u8(tag);
        name.encode(e);
    }
}
impl<D: Decoder> Decodable<D> for AsmReg {
    fn decode(d: &mut D) -> Self {
        let tag = d.read_u8();
        let name = Decodable::decode(d);
        AsmReg(if tag == 0 { InlineAsmRegOrRegClass::Reg(name) } else { InlineAsmRegOrRegClass::RegClass(name) })
    }
}
