//! Constants at the type level: [`Const`], [`ValTree`], and [`ScalarInt`].

use std::fmt;
use std::hash::{Hash, Hasher};

use macros::{Decodable, Encodable, TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use span::Symbol;
use span::def_id::DefId;

use crate::{
    BoundVar, DebruijnIndex, ErrorGuaranteed, GenericArg, GenericArgsRef, Interner, List, PlaceholderConst, Ty,
    TypeFlags,
};

span::newtype_index! {
    /// A constant's inference variable.
    pub struct ConstVid = "?c";
}

/// What is interned for a constant.
pub struct ConstData<'tcx> {
    pub(crate) kind: ConstKind<'tcx>,
    pub(crate) flags: TypeFlags,
    pub(crate) outer_exclusive_binder: DebruijnIndex,
}

/// An interned constant; equal exactly if the address is.
#[derive(Clone, Copy)]
pub struct Const<'tcx>(pub(crate) &'tcx ConstData<'tcx>);

impl PartialEq for Const<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}
impl Eq for Const<'_> {}
impl Hash for Const<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).cast::<u8>().hash(state);
    }
}

/// The shapes of constants.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConstKind<'tcx> {
    Param(ParamConst),
    Infer(InferConst),
    Bound(DebruijnIndex, BoundVar),
    Placeholder(PlaceholderConst),
    /// A constant item or anonymous constant to be evaluated with these arguments.
    Unevaluated(UnevaluatedConst<'tcx>),
    Value(Value<'tcx>),
    Error(ErrorGuaranteed),
}

/// A const parameter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encodable, Decodable)]
pub struct ParamConst {
    pub index: u32,
    pub name: Symbol,
}

/// An inference variable of a constant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum InferConst {
    Var(ConstVid),
    Fresh(u32),
}

/// A constant that is to be evaluated.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct UnevaluatedConst<'tcx> {
    pub def: DefId,
    pub args: GenericArgsRef<'tcx>,
}

/// A typed value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct Value<'tcx> {
    pub ty: Ty<'tcx>,
    pub valtree: ValTree<'tcx>,
}

/// A value as a tree: leaves are integers (also bool, char); branches are fields in order; an enum's first
/// branch is its variant index as a u32 leaf. References are looked through.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ValTree<'tcx> {
    Leaf(ScalarInt),
    Branch(&'tcx List<ValTree<'tcx>>),
}

impl<'tcx> ValTree<'tcx> {
    /// The empty branch: `()` and the like.
    pub fn zst() -> Self {
        ValTree::Branch(List::empty())
    }
    /// The leaf.
    pub fn try_to_scalar_int(self) -> Option<ScalarInt> {
        match self {
            ValTree::Leaf(s) => Some(s),
            ValTree::Branch(_) => None,
        }
    }
    /// The branch.
    pub fn unwrap_branch(self) -> &'tcx List<ValTree<'tcx>> {
        match self {
            ValTree::Branch(b) => b,
            ValTree::Leaf(_) => panic!("unwrap_branch of a leaf"),
        }
    }
}

/// An integer of 0 to 16 bytes; `data` holds nothing above `size` bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encodable, Decodable)]
pub struct ScalarInt {
    data: u128,
    size: u8,
}

impl ScalarInt {
    pub const TRUE: ScalarInt = ScalarInt { data: 1, size: 1 };
    pub const FALSE: ScalarInt = ScalarInt { data: 0, size: 1 };
    pub const ZST: ScalarInt = ScalarInt { data: 0, size: 0 };
    /// From the low `size` bytes of `data`, or `None` if there is more.
    pub fn try_from_uint(data: u128, size: u64) -> Option<ScalarInt> {
        (truncate(data, size) == data).then_some(ScalarInt { data, size: size as u8 })
    }
    /// From a signed value, or `None` if it does not fit.
    pub fn try_from_int(value: i128, size: u64) -> Option<ScalarInt> {
        let data = truncate(value as u128, size);
        (sign_extend(data, size) == value).then_some(ScalarInt { data, size: size as u8 })
    }
    /// The low `size` bytes.
    pub fn truncate_from_uint(data: u128, size: u64) -> (ScalarInt, bool) {
        let t = truncate(data, size);
        (ScalarInt { data: t, size: size as u8 }, t != data)
    }
    /// The size in bytes.
    pub fn size(self) -> u64 {
        self.size.into()
    }
    /// The bits, zero-extended.
    pub fn to_bits_unchecked(self) -> u128 {
        self.data
    }
    /// The bits, zero-extended.
    pub fn to_uint(self) -> u128 {
        self.data
    }
    /// The value, sign-extended.
    pub fn to_int(self) -> i128 {
        sign_extend(self.data, self.size.into())
    }
    /// As `usize` of the target.
    pub fn to_target_usize(self) -> u64 {
        self.data as u64
    }
    pub fn is_null(self) -> bool {
        self.data == 0
    }
    pub fn try_to_bool(self) -> Option<bool> {
        match self.data {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl fmt::Debug for ScalarInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.size == 0 {
            f.write_str("<ZST>")
        } else {
            write!(f, "0x{:0width$x}", self.data, width = self.size as usize * 2)
        }
    }
}

impl fmt::Display for ScalarInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.data)
    }
}

/// The low `size` bytes of a value.
pub fn truncate(value: u128, size: u64) -> u128 {
    if size == 0 {
        return 0;
    }
    let shift = 128 - size * 8;
    (value << shift) >> shift
}

/// The low `size` bytes as a signed number.
pub fn sign_extend(value: u128, size: u64) -> i128 {
    if size == 0 {
        return 0;
    }
    let shift = 128 - size * 8;
    ((value << shift) as i128) >> shift
}

/// Of what form an anonymous constant is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum AnonConstKind {
    /// With generics in scope (`generic_const_exprs`).
    GCE,
    /// `min_const_generics`: no generics in scope.
    MCG,
    /// A repeat expression's count.
    RepeatExprCount,
    /// Not part of the type system (enum discriminants, inline consts).
    NonTypeSystem,
}

impl ParamConst {
    /// A parameter.
    pub fn new(index: u32, name: Symbol) -> ParamConst {
        ParamConst { index, name }
    }
}

impl<'tcx> Const<'tcx> {
    /// Its shape.
    #[inline]
    pub fn kind(self) -> ConstKind<'tcx> {
        self.0.kind
    }
    /// What occurs in it.
    pub fn flags(self) -> TypeFlags {
        self.0.flags
    }
    /// One more than the highest De Bruijn index that escapes it.
    pub fn outer_exclusive_binder(self) -> DebruijnIndex {
        self.0.outer_exclusive_binder
    }
    /// The error constant.
    pub fn new_error(cx: Interner<'tcx>, guar: ErrorGuaranteed) -> Const<'tcx> {
        cx.mk_const(ConstKind::Error(guar))
    }
    /// A value.
    pub fn new_value(cx: Interner<'tcx>, valtree: ValTree<'tcx>, ty: Ty<'tcx>) -> Const<'tcx> {
        cx.mk_const(ConstKind::Value(Value { ty, valtree }))
    }
    /// A `usize`.
    pub fn from_target_usize(cx: Interner<'tcx>, n: u64) -> Const<'tcx> {
        let int = ScalarInt { data: n.into(), size: 8 };
        Const::new_value(cx, ValTree::Leaf(int), cx.types().usize)
    }
    /// A `bool`.
    pub fn from_bool(cx: Interner<'tcx>, b: bool) -> Const<'tcx> {
        Const::new_value(cx, ValTree::Leaf(if b { ScalarInt::TRUE } else { ScalarInt::FALSE }), cx.types().bool)
    }
    /// An evaluated `usize` (array lengths).
    pub fn try_to_target_usize(self) -> Option<u64> {
        match self.kind() {
            ConstKind::Value(v) => v.valtree.try_to_scalar_int().map(ScalarInt::to_target_usize),
            _ => None,
        }
    }
    /// An evaluated leaf.
    pub fn try_to_leaf(self) -> Option<ScalarInt> {
        match self.kind() {
            ConstKind::Value(v) => v.valtree.try_to_scalar_int(),
            _ => None,
        }
    }
    pub fn try_to_bool(self) -> Option<bool> {
        self.try_to_leaf().and_then(ScalarInt::try_to_bool)
    }
    pub fn is_ct_infer(self) -> bool {
        matches!(self.kind(), ConstKind::Infer(_))
    }
}

impl<'tcx> From<Const<'tcx>> for GenericArg<'tcx> {
    fn from(c: Const<'tcx>) -> Self {
        GenericArg::Const(c)
    }
}
