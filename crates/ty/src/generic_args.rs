//! Generic arguments, their instantiation into generic values ([`EarlyBinder`]), and the arguments of closures.

use std::fmt;

use macros::{TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use span::def_id::DefId;

use crate::fold::{TypeFoldable, TypeFolder, TypeSuperFoldable, shift_region, shift_vars};
use crate::visit::TypeVisitableExt;
use crate::{Binder, Const, ConstKind, FnSig, Interner, List, PolyFnSig, Region, RegionKind, Ty, TyKind, TypeFlags};

/// A lifetime, type or constant. (rustc's `GenericArg` and `GenericArgKind` in one: `kind()` is the identity.)
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum GenericArg<'tcx> {
    Lifetime(Region<'tcx>),
    Type(Ty<'tcx>),
    Const(Const<'tcx>),
}

/// Interned generic arguments: of the parent first, then the definition's own, in the order of its generics.
pub type GenericArgsRef<'tcx> = &'tcx GenericArgs<'tcx>;
/// A list of generic arguments.
pub type GenericArgs<'tcx> = List<GenericArg<'tcx>>;

/// The value of an associated item: a type or a constant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum Term<'tcx> {
    Ty(Ty<'tcx>),
    Const(Const<'tcx>),
}

impl<'tcx> GenericArg<'tcx> {
    /// This very value; for code that matches on rustc's `GenericArgKind`.
    #[inline]
    pub fn kind(self) -> GenericArg<'tcx> {
        self
    }
    pub fn as_type(self) -> Option<Ty<'tcx>> {
        match self {
            GenericArg::Type(ty) => Some(ty),
            _ => None,
        }
    }
    pub fn as_region(self) -> Option<Region<'tcx>> {
        match self {
            GenericArg::Lifetime(r) => Some(r),
            _ => None,
        }
    }
    pub fn as_const(self) -> Option<Const<'tcx>> {
        match self {
            GenericArg::Const(c) => Some(c),
            _ => None,
        }
    }
    pub fn as_term(self) -> Option<Term<'tcx>> {
        match self {
            GenericArg::Type(t) => Some(Term::Ty(t)),
            GenericArg::Const(c) => Some(Term::Const(c)),
            GenericArg::Lifetime(_) => None,
        }
    }
    #[track_caller]
    pub fn expect_ty(self) -> Ty<'tcx> {
        self.as_type().unwrap_or_else(|| panic!("expected a type, found {self:?}"))
    }
    #[track_caller]
    pub fn expect_region(self) -> Region<'tcx> {
        self.as_region().unwrap_or_else(|| panic!("expected a region, found {self:?}"))
    }
    #[track_caller]
    pub fn expect_const(self) -> Const<'tcx> {
        self.as_const().unwrap_or_else(|| panic!("expected a constant, found {self:?}"))
    }
    /// What occurs in it.
    pub fn flags(self) -> TypeFlags {
        match self {
            GenericArg::Lifetime(r) => r.type_flags(),
            GenericArg::Type(t) => t.flags(),
            GenericArg::Const(c) => c.flags(),
        }
    }
}

impl<'tcx> Term<'tcx> {
    /// This very value.
    pub fn kind(self) -> Term<'tcx> {
        self
    }
    pub fn as_type(self) -> Option<Ty<'tcx>> {
        match self {
            Term::Ty(t) => Some(t),
            Term::Const(_) => None,
        }
    }
    pub fn as_const(self) -> Option<Const<'tcx>> {
        match self {
            Term::Const(c) => Some(c),
            Term::Ty(_) => None,
        }
    }
    #[track_caller]
    pub fn expect_type(self) -> Ty<'tcx> {
        self.as_type().expect("a type")
    }
    pub fn into_arg(self) -> GenericArg<'tcx> {
        match self {
            Term::Ty(t) => t.into(),
            Term::Const(c) => c.into(),
        }
    }
    /// Whether it is an inference variable.
    pub fn is_infer(self) -> bool {
        match self {
            Term::Ty(t) => t.is_ty_var(),
            Term::Const(c) => c.is_ct_infer(),
        }
    }
}

impl<'tcx> From<Ty<'tcx>> for Term<'tcx> {
    fn from(t: Ty<'tcx>) -> Self {
        Term::Ty(t)
    }
}
impl<'tcx> From<Const<'tcx>> for Term<'tcx> {
    fn from(c: Const<'tcx>) -> Self {
        Term::Const(c)
    }
}
impl<'tcx> From<Term<'tcx>> for GenericArg<'tcx> {
    fn from(t: Term<'tcx>) -> Self {
        t.into_arg()
    }
}

impl<'tcx> GenericArgs<'tcx> {
    pub fn types(&'tcx self) -> impl DoubleEndedIterator<Item = Ty<'tcx>> + 'tcx {
        self.iter().filter_map(GenericArg::as_type)
    }
    pub fn regions(&'tcx self) -> impl DoubleEndedIterator<Item = Region<'tcx>> + 'tcx {
        self.iter().filter_map(GenericArg::as_region)
    }
    pub fn consts(&'tcx self) -> impl DoubleEndedIterator<Item = Const<'tcx>> + 'tcx {
        self.iter().filter_map(GenericArg::as_const)
    }
    #[track_caller]
    pub fn type_at(&self, i: usize) -> Ty<'tcx> {
        self[i].expect_ty()
    }
    #[track_caller]
    pub fn region_at(&self, i: usize) -> Region<'tcx> {
        self[i].expect_region()
    }
    #[track_caller]
    pub fn const_at(&self, i: usize) -> Const<'tcx> {
        self[i].expect_const()
    }
    /// The first `count` arguments.
    pub fn truncate_to(&'tcx self, cx: Interner<'tcx>, count: usize) -> GenericArgsRef<'tcx> {
        if count == self.len() { self } else { cx.mk_args(&self[..count]) }
    }
    /// `target_args` in place of the first `source_len` arguments: moves arguments of an impl's item to those of
    /// the trait's item and back.
    pub fn rebase_onto(
        &'tcx self,
        cx: Interner<'tcx>,
        source_len: usize,
        target_args: GenericArgsRef<'tcx>,
    ) -> GenericArgsRef<'tcx> {
        let args: Vec<_> = target_args.iter().chain(self.iter().skip(source_len)).collect();
        cx.mk_args(&args)
    }
    pub fn as_closure(&'tcx self) -> ClosureArgs<'tcx> {
        ClosureArgs { args: self }
    }
    pub fn as_coroutine(&'tcx self) -> CoroutineArgs<'tcx> {
        CoroutineArgs { args: self }
    }
    pub fn as_coroutine_closure(&'tcx self) -> CoroutineClosureArgs<'tcx> {
        CoroutineClosureArgs { args: self }
    }
    pub fn as_inline_const(&'tcx self) -> InlineConstArgs<'tcx> {
        InlineConstArgs { args: self }
    }
}

/// A closure's arguments: those of the enclosing item, then the kind (as an integer type `i8`/`i16`/`i32` for
/// Fn/FnMut/FnOnce, or an inference variable), the signature (as a fn pointer whose one input is the tuple of
/// parameters), and the tuple of captured types.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClosureArgs<'tcx> {
    pub args: GenericArgsRef<'tcx>,
}

impl<'tcx> ClosureArgs<'tcx> {
    /// Builds the arguments.
    pub fn new(
        cx: Interner<'tcx>,
        parent: &[GenericArg<'tcx>],
        kind: Ty<'tcx>,
        sig: Ty<'tcx>,
        upvars: Ty<'tcx>,
    ) -> Self {
        let args: Vec<_> = parent.iter().copied().chain([kind.into(), sig.into(), upvars.into()]).collect();
        ClosureArgs { args: cx.mk_args(&args) }
    }
    /// The enclosing item's arguments.
    pub fn parent_args(self) -> &'tcx [GenericArg<'tcx>] {
        &self.args[..self.args.len() - 3]
    }
    /// The kind as a type.
    pub fn kind_ty(self) -> Ty<'tcx> {
        self.args.type_at(self.args.len() - 3)
    }
    /// The kind, once inferred.
    pub fn kind(self) -> crate::closure::ClosureKind {
        self.kind_ty().to_opt_closure_kind().expect("the closure's kind is inferred")
    }
    /// The signature as a fn pointer type whose one input is a tuple.
    pub fn sig_as_fn_ptr_ty(self) -> Ty<'tcx> {
        self.args.type_at(self.args.len() - 2)
    }
    /// The signature, its one input a tuple.
    pub fn sig(self) -> PolyFnSig<'tcx> {
        match *self.sig_as_fn_ptr_ty().kind() {
            TyKind::FnPtr(sig) => sig,
            ref other => panic!("closure signature {other:?}"),
        }
    }
    /// The tuple of captured types.
    pub fn tupled_upvars_ty(self) -> Ty<'tcx> {
        self.args.type_at(self.args.len() - 1)
    }
    /// The captured types.
    pub fn upvar_tys(self) -> &'tcx List<Ty<'tcx>> {
        match *self.tupled_upvars_ty().kind() {
            TyKind::Tuple(tys) => tys,
            _ => List::empty(),
        }
    }
}

/// A coroutine's arguments: the enclosing item's, then closure kind, resume type, yield type, return type, and
/// the tuple of captured types.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CoroutineArgs<'tcx> {
    pub args: GenericArgsRef<'tcx>,
}

impl<'tcx> CoroutineArgs<'tcx> {
    /// Builds the arguments.
    pub fn new(cx: Interner<'tcx>, parent: &[GenericArg<'tcx>], parts: [Ty<'tcx>; 5]) -> Self {
        let args: Vec<_> = parent.iter().copied().chain(parts.map(GenericArg::from)).collect();
        CoroutineArgs { args: cx.mk_args(&args) }
    }
    fn at_end(self, i: usize) -> Ty<'tcx> {
        self.args.type_at(self.args.len() - i)
    }
    pub fn parent_args(self) -> &'tcx [GenericArg<'tcx>] {
        &self.args[..self.args.len() - 5]
    }
    pub fn kind_ty(self) -> Ty<'tcx> {
        self.at_end(5)
    }
    pub fn resume_ty(self) -> Ty<'tcx> {
        self.at_end(4)
    }
    pub fn yield_ty(self) -> Ty<'tcx> {
        self.at_end(3)
    }
    pub fn return_ty(self) -> Ty<'tcx> {
        self.at_end(2)
    }
    pub fn tupled_upvars_ty(self) -> Ty<'tcx> {
        self.at_end(1)
    }
    pub fn upvar_tys(self) -> &'tcx List<Ty<'tcx>> {
        match *self.tupled_upvars_ty().kind() {
            TyKind::Tuple(tys) => tys,
            _ => List::empty(),
        }
    }
}

/// An async closure's arguments: the enclosing item's, then kind, signature parts (as a fn pointer from the
/// tuple of inputs to the tuple (resume, yield, return)), captured types, and the by-reference captures as a fn
/// pointer under the environment's region.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CoroutineClosureArgs<'tcx> {
    pub args: GenericArgsRef<'tcx>,
}

impl<'tcx> CoroutineClosureArgs<'tcx> {
    /// Builds the arguments.
    pub fn new(cx: Interner<'tcx>, parent: &[GenericArg<'tcx>], parts: [Ty<'tcx>; 4]) -> Self {
        let args: Vec<_> = parent.iter().copied().chain(parts.map(GenericArg::from)).collect();
        CoroutineClosureArgs { args: cx.mk_args(&args) }
    }
    pub fn parent_args(self) -> &'tcx [GenericArg<'tcx>] {
        &self.args[..self.args.len() - 4]
    }
    pub fn kind_ty(self) -> Ty<'tcx> {
        self.args.type_at(self.args.len() - 4)
    }
    /// The kind, once inferred.
    pub fn kind(self) -> crate::closure::ClosureKind {
        self.kind_ty().to_opt_closure_kind().expect("the closure's kind is inferred")
    }
    /// The captured types.
    pub fn upvar_tys(self) -> &'tcx List<Ty<'tcx>> {
        match *self.tupled_upvars_ty().kind() {
            TyKind::Tuple(tys) => tys,
            _ => List::empty(),
        }
    }
    /// The signature; its parts are under the binder.
    pub fn sig(self) -> Binder<'tcx, CoroutineClosureSig<'tcx>> {
        let TyKind::FnPtr(sig) = *self.signature_parts_ty().kind() else {
            panic!("async closure signature {:?}", self.signature_parts_ty())
        };
        sig.map_bound(|sig| {
            let TyKind::Tuple(parts) = *sig.output().kind() else { panic!("async closure signature {sig:?}") };
            CoroutineClosureSig {
                tupled_inputs_ty: sig.inputs()[0],
                resume_ty: parts[0],
                yield_ty: parts[1],
                return_ty: parts[2],
            }
        })
    }
    /// Whether the coroutine borrows from the closure itself: then only one can be at a time, and `Fn` cannot be.
    pub fn has_self_borrows(self) -> bool {
        match *self.coroutine_captures_by_ref_ty().kind() {
            TyKind::FnPtr(sig) => crate::visit::TypeVisitableExt::has_escaping_bound_vars(&sig.skip_binder()),
            _ => true,
        }
    }
    /// The coroutine that calling the closure by `kind` gives, with what is borrowed from the closure under
    /// `env_region`.
    pub fn to_coroutine(
        self,
        cx: Interner<'tcx>,
        sig: CoroutineClosureSig<'tcx>,
        coroutine_def_id: span::def_id::DefId,
        kind: crate::closure::ClosureKind,
        env_region: Region<'tcx>,
    ) -> Ty<'tcx> {
        let captures = match kind {
            crate::closure::ClosureKind::FnOnce => self.tupled_upvars_ty(),
            _ => match *self.coroutine_captures_by_ref_ty().kind() {
                TyKind::FnPtr(by_ref) => {
                    let mut f = ReplaceEnv { cx, env_region, depth: crate::INNERMOST };
                    by_ref.skip_binder().output().fold_with(&mut f)
                }
                _ => self.coroutine_captures_by_ref_ty(),
            },
        };
        let upvars = match (captures.kind(), sig.tupled_inputs_ty.kind()) {
            (TyKind::Tuple(captures), TyKind::Tuple(inputs)) => {
                cx.mk_tup(&inputs.iter().chain(captures.iter()).collect::<Vec<_>>())
            }
            _ => captures,
        };
        sig.to_coroutine(cx, self.parent_args(), kind.to_coroutine_ty(cx), coroutine_def_id, upvars)
    }
    pub fn signature_parts_ty(self) -> Ty<'tcx> {
        self.args.type_at(self.args.len() - 3)
    }
    pub fn tupled_upvars_ty(self) -> Ty<'tcx> {
        self.args.type_at(self.args.len() - 2)
    }
    pub fn coroutine_captures_by_ref_ty(self) -> Ty<'tcx> {
        self.args.type_at(self.args.len() - 1)
    }
}

/// An async closure's signature.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::TypeFoldable, macros::TypeVisitable)]
pub struct CoroutineClosureSig<'tcx> {
    pub tupled_inputs_ty: Ty<'tcx>,
    pub resume_ty: Ty<'tcx>,
    pub yield_ty: Ty<'tcx>,
    pub return_ty: Ty<'tcx>,
}

impl<'tcx> CoroutineClosureSig<'tcx> {
    /// The coroutine that the closure gives: `upvars` are the closure's parameters, then the captures.
    pub fn to_coroutine(
        self,
        cx: Interner<'tcx>,
        parent_args: &[GenericArg<'tcx>],
        kind_ty: Ty<'tcx>,
        coroutine_def_id: span::def_id::DefId,
        upvars: Ty<'tcx>,
    ) -> Ty<'tcx> {
        let parts = [kind_ty, self.resume_ty, self.yield_ty, self.return_ty, upvars];
        cx.mk_ty(TyKind::Coroutine(coroutine_def_id, CoroutineArgs::new(cx, parent_args, parts).args))
    }
}

/// Puts a region for the closure's environment, which is bound around a type.
struct ReplaceEnv<'tcx> {
    cx: Interner<'tcx>,
    env_region: Region<'tcx>,
    depth: crate::DebruijnIndex,
}

impl<'tcx> crate::fold::TypeFolder<'tcx> for ReplaceEnv<'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        self.cx
    }
    fn fold_binder<T: TypeFoldable<'tcx>>(&mut self, t: Binder<'tcx, T>) -> Binder<'tcx, T> {
        self.depth = self.depth.shifted_in(1);
        let t = t.super_fold_with(self);
        self.depth = self.depth.shifted_out(1);
        t
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        match r.kind() {
            crate::RegionKind::ReBound(depth, _) if depth == self.depth => {
                crate::fold::shift_region(self.cx, self.env_region, self.depth.as_u32())
            }
            _ => r,
        }
    }
}

/// An inline const's arguments: the enclosing item's, then its type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InlineConstArgs<'tcx> {
    pub args: GenericArgsRef<'tcx>,
}

impl<'tcx> InlineConstArgs<'tcx> {
    /// Builds the arguments.
    pub fn new(cx: Interner<'tcx>, parent: &[GenericArg<'tcx>], ty: Ty<'tcx>) -> Self {
        let args: Vec<_> = parent.iter().copied().chain([ty.into()]).collect();
        InlineConstArgs { args: cx.mk_args(&args) }
    }
    pub fn parent_args(self) -> &'tcx [GenericArg<'tcx>] {
        &self.args[..self.args.len() - 1]
    }
    pub fn ty(self) -> Ty<'tcx> {
        self.args.type_at(self.args.len() - 1)
    }
}

/// A value that refers to generic parameters, to be instantiated with arguments before use.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TyEncodable, TyDecodable)]
pub struct EarlyBinder<T> {
    value: T,
}

impl<T> EarlyBinder<T> {
    /// A generic value.
    pub fn bind(value: T) -> EarlyBinder<T> {
        EarlyBinder { value }
    }
    /// The value with its parameters left as they are: for use inside the generic item itself.
    pub fn skip_binder(self) -> T {
        self.value
    }
    /// As [`EarlyBinder::skip_binder`].
    pub fn instantiate_identity(self) -> T {
        self.value
    }
    /// By reference.
    pub fn as_ref(&self) -> EarlyBinder<&T> {
        EarlyBinder { value: &self.value }
    }
    /// Something made of the value.
    pub fn map_bound<U>(self, f: impl FnOnce(T) -> U) -> EarlyBinder<U> {
        EarlyBinder { value: f(self.value) }
    }
    /// Another value.
    pub fn rebind<U>(&self, value: U) -> EarlyBinder<U> {
        EarlyBinder { value }
    }
    /// The value with arguments for its parameters.
    pub fn instantiate<'tcx>(self, cx: Interner<'tcx>, args: &[GenericArg<'tcx>]) -> T
    where
        T: TypeFoldable<'tcx>,
    {
        self.value.fold_with(&mut ArgFolder { cx, args, binders_passed: 0 })
    }
}

impl<T> EarlyBinder<Option<T>> {
    /// Turns it around.
    pub fn transpose(self) -> Option<EarlyBinder<T>> {
        self.value.map(EarlyBinder::bind)
    }
}

impl<'a, T: Copy> EarlyBinder<&'a [T]> {
    /// The elements, instantiated.
    pub fn iter_instantiated<'tcx>(self, cx: Interner<'tcx>, args: GenericArgsRef<'tcx>) -> impl Iterator<Item = T> + 'a
    where
        T: TypeFoldable<'tcx>,
        'tcx: 'a,
    {
        self.value.iter().map(move |&v| EarlyBinder::bind(v).instantiate(cx, args))
    }
    /// The elements as generic values.
    pub fn iter_identity_copied(self) -> impl Iterator<Item = T> + 'a {
        self.value.iter().copied()
    }
}

/// Replaces generic parameters by arguments.
pub struct ArgFolder<'a, 'tcx> {
    pub cx: Interner<'tcx>,
    pub args: &'a [GenericArg<'tcx>],
    pub binders_passed: u32,
}

impl<'tcx> ArgFolder<'_, 'tcx> {
    #[cold]
    fn missing(&self, what: &dyn fmt::Debug, index: u32) -> ! {
        panic!("parameter {what:?} (index {index}) is out of range when instantiating with {:?}", self.args)
    }
}

impl<'tcx> TypeFolder<'tcx> for ArgFolder<'_, 'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        self.cx
    }
    fn fold_binder<T: TypeFoldable<'tcx>>(&mut self, t: Binder<'tcx, T>) -> Binder<'tcx, T> {
        self.binders_passed += 1;
        let t = t.super_fold_with(self);
        self.binders_passed -= 1;
        t
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        match r.kind() {
            RegionKind::ReEarlyParam(p) => match self.args.get(p.index as usize) {
                Some(GenericArg::Lifetime(r)) => shift_region(self.cx, *r, self.binders_passed),
                _ => self.missing(&p, p.index),
            },
            _ => r,
        }
    }
    fn fold_ty(&mut self, ty: Ty<'tcx>) -> Ty<'tcx> {
        if !ty.flags().intersects(TypeFlags::HAS_PARAM) {
            return ty;
        }
        match *ty.kind() {
            TyKind::Param(p) => match self.args.get(p.index as usize) {
                Some(GenericArg::Type(t)) => self.shift(*t),
                _ => self.missing(&p, p.index),
            },
            _ => ty.super_fold_with(self),
        }
    }
    fn fold_const(&mut self, ct: Const<'tcx>) -> Const<'tcx> {
        if !ct.flags().intersects(TypeFlags::HAS_PARAM) {
            return ct;
        }
        match ct.kind() {
            ConstKind::Param(p) => match self.args.get(p.index as usize) {
                Some(GenericArg::Const(c)) => self.shift(*c),
                _ => self.missing(&p, p.index),
            },
            _ => ct.super_fold_with(self),
        }
    }
}

impl<'tcx> ArgFolder<'_, 'tcx> {
    fn shift<T: TypeFoldable<'tcx> + crate::TypeVisitable<'tcx>>(&self, value: T) -> T {
        if self.binders_passed == 0 || !value.has_escaping_bound_vars() {
            return value;
        }
        shift_vars(self.cx, value, self.binders_passed)
    }
}

/// Arguments the user wrote, for borrow checking.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct UserArgs<'tcx> {
    pub args: GenericArgsRef<'tcx>,
    /// The self type of an inherent impl's item.
    pub user_self_ty: Option<UserSelfTy<'tcx>>,
}

/// The self type the user wrote before an inherent associated item, and the impl.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct UserSelfTy<'tcx> {
    pub impl_def_id: DefId,
    pub self_ty: Ty<'tcx>,
}

/// A closure's signature with its parameters apart instead of in a tuple.
pub fn untuple_sig<'tcx>(cx: Interner<'tcx>, sig: FnSig<'tcx>) -> FnSig<'tcx> {
    let TyKind::Tuple(params) = *sig.inputs()[0].kind() else {
        return sig;
    };
    let all: Vec<_> = params.iter().chain([sig.output()]).collect();
    FnSig { inputs_and_output: cx.mk_type_list(&all), ..sig }
}
