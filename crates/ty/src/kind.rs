//! [`Ty`], an interned type, and [`TyKind`], its shape.

use std::fmt;
use std::hash::{Hash, Hasher};

use hir::Safety;
use macros::{TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use span::Symbol;
use span::def_id::DefId;

use crate::{
    AdtDef, Binder, BoundTy, Const, DebruijnIndex, ErrorGuaranteed, FloatTy, GenericArg, GenericArgsRef, IntTy,
    Interner, List, Mutability, PlaceholderType, PolyExistentialPredicates, Region, TypeFlags, UintTy,
};
pub use rustc_abi::ExternAbi;

span::newtype_index! {
    /// The number of an enum's variant in source order (0 for structs and unions).
    pub struct VariantIdx = "variant#";
}
span::newtype_index! {
    /// The number of a field in its variant in source order.
    pub struct FieldIdx = "field#";
}
/// The variant of structs and unions.
pub const FIRST_VARIANT: VariantIdx = VariantIdx::from_u32(0);
span::newtype_index! {
    /// A type inference variable.
    pub struct TyVid = "?";
}
span::newtype_index! {
    /// An integer literal's inference variable.
    pub struct IntVid = "?i";
}
span::newtype_index! {
    /// A float literal's inference variable.
    pub struct FloatVid = "?f";
}

/// What is interned for a type.
pub struct TyData<'tcx> {
    pub(crate) kind: TyKind<'tcx>,
    pub(crate) flags: TypeFlags,
    pub(crate) outer_exclusive_binder: DebruijnIndex,
}

/// An interned type; equal exactly if the address is.
#[derive(Clone, Copy)]
pub struct Ty<'tcx>(pub(crate) &'tcx TyData<'tcx>);

impl PartialEq for Ty<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}
impl Eq for Ty<'_> {}
impl Hash for Ty<'_> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).cast::<u8>().hash(state);
    }
}

/// The shapes of types; rustc's `TyKind`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum TyKind<'tcx> {
    Bool,
    Char,
    Int(IntTy),
    Uint(UintTy),
    Float(FloatTy),
    /// A struct, enum or union with its arguments.
    Adt(AdtDef<'tcx>, GenericArgsRef<'tcx>),
    /// `extern { type T; }`
    Foreign(DefId),
    Str,
    Array(Ty<'tcx>, Const<'tcx>),
    /// A pattern type: a type restricted to the values a pattern matches.
    Pat(Ty<'tcx>, Pattern<'tcx>),
    Slice(Ty<'tcx>),
    RawPtr(Ty<'tcx>, Mutability),
    Ref(Region<'tcx>, Ty<'tcx>, Mutability),
    /// The zero-sized type of a function item or constructor.
    FnDef(DefId, GenericArgsRef<'tcx>),
    FnPtr(PolyFnSig<'tcx>),
    /// `unsafe<'a> T`
    UnsafeBinder(Binder<'tcx, Ty<'tcx>>),
    /// `dyn Trait + 'r`
    Dynamic(PolyExistentialPredicates<'tcx>, Region<'tcx>),
    /// A closure; see [`crate::ClosureArgs`] for its arguments.
    Closure(DefId, GenericArgsRef<'tcx>),
    /// An `async` closure.
    CoroutineClosure(DefId, GenericArgsRef<'tcx>),
    Coroutine(DefId, GenericArgsRef<'tcx>),
    /// The types that live across a coroutine's suspension points.
    CoroutineWitness(DefId, GenericArgsRef<'tcx>),
    Never,
    Tuple(&'tcx List<Ty<'tcx>>),
    /// Something that normalisation may replace.
    Alias(AliasTyKind, AliasTy<'tcx>),
    Param(ParamTy),
    /// A `for<T>`-bound type.
    Bound(DebruijnIndex, BoundTy),
    Placeholder(PlaceholderType),
    Infer(InferTy),
    Error(ErrorGuaranteed),
}

/// Which kind of alias.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TyEncodable, TyDecodable)]
pub enum AliasTyKind {
    /// `<T as Trait>::Assoc`
    Projection,
    /// An associated type of an inherent impl.
    Inherent,
    /// `impl Trait`
    Opaque,
    /// A `type` alias that is checked lazily.
    Free,
}

/// An alias: its definition and arguments (the trait's, then its own).
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct AliasTy<'tcx> {
    pub def_id: DefId,
    pub args: GenericArgsRef<'tcx>,
}

/// An early-bound type parameter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, TyEncodable, TyDecodable)]
pub struct ParamTy {
    pub index: u32,
    pub name: Symbol,
}

/// An inference variable of a type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum InferTy {
    TyVar(TyVid),
    IntVar(IntVid),
    FloatVar(FloatVid),
    /// A numbered stand-in in cache keys.
    FreshTy(u32),
    FreshIntTy(u32),
    FreshFloatTy(u32),
}

/// A type and a mutability.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable)]
pub struct TypeAndMut<'tcx> {
    pub ty: Ty<'tcx>,
    pub mutbl: Mutability,
}

/// An interned pattern of a pattern type.
#[derive(Clone, Copy)]
pub struct Pattern<'tcx>(pub(crate) &'tcx PatternKind<'tcx>);

impl PartialEq for Pattern<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}
impl Eq for Pattern<'_> {}
impl Hash for Pattern<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).cast::<u8>().hash(state);
    }
}
impl<'tcx> std::ops::Deref for Pattern<'tcx> {
    type Target = PatternKind<'tcx>;
    fn deref(&self) -> &PatternKind<'tcx> {
        self.0
    }
}
impl fmt::Debug for Pattern<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match **self {
            PatternKind::Range { start, end } => write!(f, "{start}..={end}"),
            PatternKind::Or(pats) => {
                for (i, p) in pats.iter().enumerate() {
                    if i > 0 {
                        f.write_str(" | ")?;
                    }
                    write!(f, "{p:?}")?;
                }
                Ok(())
            }
            PatternKind::NotNull => f.write_str("!null"),
        }
    }
}

/// The shapes of pattern types' patterns. Ranges include both ends.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum PatternKind<'tcx> {
    Range { start: Const<'tcx>, end: Const<'tcx> },
    Or(&'tcx List<Pattern<'tcx>>),
    NotNull,
}

/// A function's signature: parameter types, then the return type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable)]
pub struct FnSig<'tcx> {
    pub inputs_and_output: &'tcx List<Ty<'tcx>>,
    pub c_variadic: bool,
    #[type_foldable(identity)]
    #[type_visitable(ignore)]
    pub safety: Safety,
    #[type_foldable(identity)]
    #[type_visitable(ignore)]
    pub abi: ExternAbi,
}

/// A signature under its late-bound regions.
pub type PolyFnSig<'tcx> = Binder<'tcx, FnSig<'tcx>>;

impl<'tcx> FnSig<'tcx> {
    /// The parameters' types.
    pub fn inputs(self) -> &'tcx [Ty<'tcx>] {
        let all = self.inputs_and_output.as_slice();
        &all[..all.len() - 1]
    }
    /// The return type.
    pub fn output(self) -> Ty<'tcx> {
        self.inputs_and_output[self.inputs_and_output.len() - 1]
    }
}

impl<'tcx> PolyFnSig<'tcx> {
    /// The parameters' types, under the binder.
    pub fn inputs(self) -> Binder<'tcx, &'tcx [Ty<'tcx>]> {
        self.map_bound(|s| s.inputs())
    }
    /// One parameter's type.
    #[track_caller]
    pub fn input(self, index: usize) -> Binder<'tcx, Ty<'tcx>> {
        self.map_bound(|s| s.inputs()[index])
    }
    /// The return type.
    pub fn output(self) -> Binder<'tcx, Ty<'tcx>> {
        self.map_bound(|s| s.output())
    }
    /// Whether it ends in `...`.
    pub fn c_variadic(self) -> bool {
        self.skip_binder().c_variadic
    }
    /// Safe or unsafe.
    pub fn safety(self) -> Safety {
        self.skip_binder().safety
    }
    /// The calling convention.
    pub fn abi(self) -> ExternAbi {
        self.skip_binder().abi
    }
}

/// `a` or `an`.
pub type Article = &'static str;

impl ParamTy {
    /// A parameter.
    pub fn new(index: u32, name: Symbol) -> ParamTy {
        ParamTy { index, name }
    }
    /// As a type.
    pub fn to_ty<'tcx>(self, cx: Interner<'tcx>) -> Ty<'tcx> {
        cx.mk_ty(TyKind::Param(self))
    }
}

impl<'tcx> AliasTy<'tcx> {
    /// An alias.
    pub fn new(def_id: DefId, args: GenericArgsRef<'tcx>) -> Self {
        AliasTy { def_id, args }
    }
    /// `T` of `<T as Trait>::Assoc`.
    #[track_caller]
    pub fn self_ty(self) -> Ty<'tcx> {
        self.args.type_at(0)
    }
}

impl<'tcx> Ty<'tcx> {
    /// Its shape.
    #[inline]
    pub fn kind(self) -> &'tcx TyKind<'tcx> {
        &self.0.kind
    }
    /// What occurs in it.
    #[inline]
    pub fn flags(self) -> TypeFlags {
        self.0.flags
    }
    /// One more than the highest De Bruijn index that escapes it.
    #[inline]
    pub fn outer_exclusive_binder(self) -> DebruijnIndex {
        self.0.outer_exclusive_binder
    }
    /// The error type.
    pub fn new_error(cx: Interner<'tcx>, guar: ErrorGuaranteed) -> Ty<'tcx> {
        cx.mk_ty(TyKind::Error(guar))
    }
    pub fn is_unit(self) -> bool {
        matches!(self.kind(), TyKind::Tuple(tys) if tys.is_empty())
    }
    pub fn is_never(self) -> bool {
        matches!(self.kind(), TyKind::Never)
    }
    pub fn is_bool(self) -> bool {
        matches!(self.kind(), TyKind::Bool)
    }
    pub fn is_char(self) -> bool {
        matches!(self.kind(), TyKind::Char)
    }
    pub fn is_str(self) -> bool {
        matches!(self.kind(), TyKind::Str)
    }
    pub fn is_primitive(self) -> bool {
        matches!(self.kind(), TyKind::Bool | TyKind::Char | TyKind::Int(_) | TyKind::Uint(_) | TyKind::Float(_))
    }
    pub fn is_adt(self) -> bool {
        matches!(self.kind(), TyKind::Adt(..))
    }
    pub fn is_ref(self) -> bool {
        matches!(self.kind(), TyKind::Ref(..))
    }
    pub fn is_ty_var(self) -> bool {
        matches!(self.kind(), TyKind::Infer(InferTy::TyVar(_)))
    }
    pub fn is_ty_infer(self) -> bool {
        matches!(self.kind(), TyKind::Infer(_))
    }
    pub fn is_ty_or_numeric_infer(self) -> bool {
        self.is_ty_infer()
    }
    pub fn ty_vid(self) -> Option<TyVid> {
        match *self.kind() {
            TyKind::Infer(InferTy::TyVar(vid)) => Some(vid),
            _ => None,
        }
    }
    pub fn is_phantom_data(self) -> bool {
        matches!(self.kind(), TyKind::Adt(def, _) if def.is_phantom_data())
    }
    pub fn is_param(self, index: u32) -> bool {
        matches!(self.kind(), TyKind::Param(p) if p.index == index)
    }
    pub fn is_slice(self) -> bool {
        matches!(self.kind(), TyKind::Slice(_))
    }
    pub fn is_array(self) -> bool {
        matches!(self.kind(), TyKind::Array(..))
    }
    pub fn is_box(self) -> bool {
        matches!(self.kind(), TyKind::Adt(def, _) if def.is_box())
    }
    /// `T` of `Box<T, A>`.
    pub fn boxed_ty(self) -> Option<Ty<'tcx>> {
        match *self.kind() {
            TyKind::Adt(def, args) if def.is_box() => Some(args.type_at(0)),
            _ => None,
        }
    }
    #[track_caller]
    pub fn expect_boxed_ty(self) -> Ty<'tcx> {
        self.boxed_ty().expect("a box")
    }
    pub fn is_scalar(self) -> bool {
        matches!(
            self.kind(),
            TyKind::Bool
                | TyKind::Char
                | TyKind::Int(_)
                | TyKind::Uint(_)
                | TyKind::Float(_)
                | TyKind::FnDef(..)
                | TyKind::FnPtr(_)
                | TyKind::RawPtr(..)
                | TyKind::Infer(InferTy::IntVar(_) | InferTy::FloatVar(_))
        )
    }
    pub fn is_floating_point(self) -> bool {
        matches!(self.kind(), TyKind::Float(_) | TyKind::Infer(InferTy::FloatVar(_)))
    }
    pub fn is_integral(self) -> bool {
        matches!(self.kind(), TyKind::Int(_) | TyKind::Uint(_) | TyKind::Infer(InferTy::IntVar(_)))
    }
    pub fn is_numeric(self) -> bool {
        self.is_integral() || self.is_floating_point()
    }
    pub fn is_signed(self) -> bool {
        matches!(self.kind(), TyKind::Int(_))
    }
    pub fn is_ptr_sized_integral(self) -> bool {
        matches!(self.kind(), TyKind::Int(IntTy::Isize) | TyKind::Uint(UintTy::Usize))
    }
    pub fn is_integral_var(self) -> bool {
        matches!(self.kind(), TyKind::Infer(InferTy::IntVar(_)))
    }
    pub fn is_trait(self) -> bool {
        matches!(self.kind(), TyKind::Dynamic(..))
    }
    pub fn is_raw_ptr(self) -> bool {
        matches!(self.kind(), TyKind::RawPtr(..))
    }
    /// A reference or raw pointer.
    pub fn is_any_ptr(self) -> bool {
        self.is_ref() || self.is_raw_ptr() || matches!(self.kind(), TyKind::FnPtr(_))
    }
    pub fn is_fn(self) -> bool {
        matches!(self.kind(), TyKind::FnDef(..) | TyKind::FnPtr(_))
    }
    pub fn is_fn_ptr(self) -> bool {
        matches!(self.kind(), TyKind::FnPtr(_))
    }
    pub fn is_closure(self) -> bool {
        matches!(self.kind(), TyKind::Closure(..))
    }
    pub fn is_coroutine(self) -> bool {
        matches!(self.kind(), TyKind::Coroutine(..))
    }
    pub fn is_enum(self) -> bool {
        matches!(self.kind(), TyKind::Adt(def, _) if def.is_enum())
    }
    pub fn is_union(self) -> bool {
        matches!(self.kind(), TyKind::Adt(def, _) if def.is_union())
    }
    pub fn is_impl_trait(self) -> bool {
        matches!(self.kind(), TyKind::Alias(AliasTyKind::Opaque, _))
    }
    pub fn is_mutable_ptr(self) -> bool {
        matches!(self.kind(), TyKind::RawPtr(_, Mutability::Mut) | TyKind::Ref(_, _, Mutability::Mut))
    }
    /// The mutability of a reference.
    pub fn ref_mutability(self) -> Option<Mutability> {
        match *self.kind() {
            TyKind::Ref(_, _, m) => Some(m),
            _ => None,
        }
    }
    /// What a built-in `*` yields: for `&T`, and if `explicit` for raw pointers. Boxes too.
    pub fn builtin_deref(self, explicit: bool) -> Option<Ty<'tcx>> {
        match *self.kind() {
            _ if self.is_box() => self.boxed_ty(),
            TyKind::Ref(_, ty, _) => Some(ty),
            TyKind::RawPtr(ty, _) if explicit => Some(ty),
            _ => None,
        }
    }
    /// The element type of an array or slice.
    pub fn builtin_index(self) -> Option<Ty<'tcx>> {
        match *self.kind() {
            TyKind::Array(ty, _) | TyKind::Slice(ty) => Some(ty),
            _ => None,
        }
    }
    /// Without outer references.
    pub fn peel_refs(self) -> Ty<'tcx> {
        let mut ty = self;
        while let TyKind::Ref(_, inner, _) = *ty.kind() {
            ty = inner;
        }
        ty
    }
    /// The definition of a struct, enum or union.
    pub fn ty_adt_def(self) -> Option<AdtDef<'tcx>> {
        match *self.kind() {
            TyKind::Adt(def, _) => Some(def),
            _ => None,
        }
    }
    /// The types of a tuple's fields.
    #[track_caller]
    pub fn tuple_fields(self) -> &'tcx List<Ty<'tcx>> {
        match *self.kind() {
            TyKind::Tuple(tys) => tys,
            _ => panic!("tuple_fields on {self:?}"),
        }
    }
    /// Whether it is an error or contains one.
    pub fn references_error(self) -> bool {
        self.flags().contains(TypeFlags::HAS_ERROR)
    }
    /// All generic arguments and types inside, outermost first, each shape's parts in order.
    pub fn walk(self) -> crate::util::TypeWalker<'tcx> {
        crate::util::TypeWalker::new(self.into())
    }
    /// Whether a `Sized` bound holds by shape alone (`None` if that needs the type's definition).
    pub fn is_trivially_sized(self) -> bool {
        matches!(
            self.kind(),
            TyKind::Bool
                | TyKind::Char
                | TyKind::Int(_)
                | TyKind::Uint(_)
                | TyKind::Float(_)
                | TyKind::FnDef(..)
                | TyKind::FnPtr(_)
                | TyKind::RawPtr(..)
                | TyKind::Ref(..)
                | TyKind::Never
                | TyKind::Array(..)
                | TyKind::Closure(..)
                | TyKind::CoroutineClosure(..)
                | TyKind::Coroutine(..)
                | TyKind::Pat(..)
                | TyKind::Infer(InferTy::IntVar(_) | InferTy::FloatVar(_))
                | TyKind::Error(_)
        )
    }
    /// The size in bits of an integer type; pointers' width is 64 on both targets.
    pub fn primitive_int_bits(self) -> Option<u64> {
        Some(match *self.kind() {
            TyKind::Int(i) => crate::util::int_bits(i),
            TyKind::Uint(u) => crate::util::uint_bits(u),
            TyKind::Char => 32,
            TyKind::Bool => 8,
            _ => return None,
        })
    }
}

impl<'tcx> From<Ty<'tcx>> for GenericArg<'tcx> {
    fn from(ty: Ty<'tcx>) -> Self {
        GenericArg::Type(ty)
    }
}
