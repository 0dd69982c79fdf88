//! Walking interned values: [`TypeVisitable`], [`TypeVisitor`], and questions about what occurs inside.

use std::ops::ControlFlow;
use std::rc::Rc;

use rustc_index::IndexVec;

use crate::{
    Binder, BoundVar, BoundVariableKind, Clause, Const, ConstKind, DebruijnIndex, EarlyBinder, ErrorGuaranteed,
    GenericArg, INNERMOST, List, ParamEnv, Pattern, Predicate, Region, RegionKind, Ty, TyKind, TypeFlags,
};

/// Can be walked.
pub trait TypeVisitable<'tcx> {
    /// Walks the value's parts (for types, regions, constants and predicates: hands it to the visitor).
    fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break>;
}

/// Can be walked past itself.
pub trait TypeSuperVisitable<'tcx>: TypeVisitable<'tcx> {
    /// Walks the parts of the value but not the value.
    fn super_visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break>;
}

/// A walk; methods default to going on into the parts.
pub trait TypeVisitor<'tcx>: Sized {
    /// What the walk ends with early.
    type Break;
    fn visit_binder<T: TypeVisitable<'tcx>>(&mut self, t: &Binder<'tcx, T>) -> ControlFlow<Self::Break> {
        t.super_visit_with(self)
    }
    fn visit_ty(&mut self, t: Ty<'tcx>) -> ControlFlow<Self::Break> {
        t.super_visit_with(self)
    }
    fn visit_region(&mut self, _r: Region<'tcx>) -> ControlFlow<Self::Break> {
        ControlFlow::Continue(())
    }
    fn visit_const(&mut self, c: Const<'tcx>) -> ControlFlow<Self::Break> {
        c.super_visit_with(self)
    }
    fn visit_predicate(&mut self, p: Predicate<'tcx>) -> ControlFlow<Self::Break> {
        p.super_visit_with(self)
    }
}

impl<'tcx> TypeVisitable<'tcx> for Ty<'tcx> {
    fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
        visitor.visit_ty(*self)
    }
}
impl<'tcx> TypeSuperVisitable<'tcx> for Ty<'tcx> {
    fn super_visit_with<V: TypeVisitor<'tcx>>(&self, v: &mut V) -> ControlFlow<V::Break> {
        match *self.kind() {
            TyKind::RawPtr(ty, _) | TyKind::Slice(ty) => ty.visit_with(v),
            TyKind::Array(ty, len) => {
                ty.visit_with(v)?;
                len.visit_with(v)
            }
            TyKind::Pat(ty, pat) => {
                ty.visit_with(v)?;
                pat.visit_with(v)
            }
            TyKind::Adt(_, args)
            | TyKind::FnDef(_, args)
            | TyKind::Closure(_, args)
            | TyKind::CoroutineClosure(_, args)
            | TyKind::Coroutine(_, args)
            | TyKind::CoroutineWitness(_, args) => args.visit_with(v),
            TyKind::Dynamic(preds, region) => {
                preds.visit_with(v)?;
                region.visit_with(v)
            }
            TyKind::Tuple(tys) => tys.visit_with(v),
            TyKind::FnPtr(sig) => sig.visit_with(v),
            TyKind::UnsafeBinder(inner) => inner.visit_with(v),
            TyKind::Ref(region, ty, _) => {
                region.visit_with(v)?;
                ty.visit_with(v)
            }
            TyKind::Alias(_, alias) => alias.visit_with(v),
            TyKind::Bool
            | TyKind::Char
            | TyKind::Str
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Error(_)
            | TyKind::Infer(_)
            | TyKind::Bound(..)
            | TyKind::Placeholder(_)
            | TyKind::Param(_)
            | TyKind::Never
            | TyKind::Foreign(_) => ControlFlow::Continue(()),
        }
    }
}
impl<'tcx> TypeVisitable<'tcx> for Region<'tcx> {
    fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
        visitor.visit_region(*self)
    }
}
impl<'tcx> TypeVisitable<'tcx> for Const<'tcx> {
    fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
        visitor.visit_const(*self)
    }
}
impl<'tcx> TypeSuperVisitable<'tcx> for Const<'tcx> {
    fn super_visit_with<V: TypeVisitor<'tcx>>(&self, v: &mut V) -> ControlFlow<V::Break> {
        match self.kind() {
            ConstKind::Unevaluated(uv) => uv.visit_with(v),
            ConstKind::Value(val) => val.ty.visit_with(v),
            ConstKind::Param(_)
            | ConstKind::Infer(_)
            | ConstKind::Bound(..)
            | ConstKind::Placeholder(_)
            | ConstKind::Error(_) => ControlFlow::Continue(()),
        }
    }
}
impl<'tcx> TypeVisitable<'tcx> for Predicate<'tcx> {
    fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
        visitor.visit_predicate(*self)
    }
}
impl<'tcx> TypeSuperVisitable<'tcx> for Predicate<'tcx> {
    fn super_visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
        self.kind().visit_with(visitor)
    }
}
impl<'tcx> TypeVisitable<'tcx> for Clause<'tcx> {
    fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
        visitor.visit_predicate(self.as_predicate())
    }
}
impl<'tcx, T: TypeVisitable<'tcx>> TypeVisitable<'tcx> for Binder<'tcx, T> {
    fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
        visitor.visit_binder(self)
    }
}
impl<'tcx, T: TypeVisitable<'tcx>> TypeSuperVisitable<'tcx> for Binder<'tcx, T> {
    fn super_visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
        self.as_ref().skip_binder().visit_with(visitor)
    }
}
impl<'tcx> TypeVisitable<'tcx> for GenericArg<'tcx> {
    fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
        match self {
            GenericArg::Lifetime(r) => r.visit_with(visitor),
            GenericArg::Type(t) => t.visit_with(visitor),
            GenericArg::Const(c) => c.visit_with(visitor),
        }
    }
}
impl<'tcx> TypeVisitable<'tcx> for Pattern<'tcx> {
    fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
        (**self).visit_with(visitor)
    }
}
impl<'tcx> TypeVisitable<'tcx> for ParamEnv<'tcx> {
    fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
        self.caller_bounds().visit_with(visitor)
    }
}

macro_rules! via_iter {
    ($($(#[$a:meta])* [$($g:tt)*] $t:ty;)*) => { $(
        impl<'tcx, $($g)*> TypeVisitable<'tcx> for $t {
            fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
                for v in self.iter() { v.visit_with(visitor)?; }
                ControlFlow::Continue(())
            }
        }
    )* };
}
via_iter! {
    [T: TypeVisitable<'tcx> + Copy] &'tcx List<T>;
    [T: TypeVisitable<'tcx>] Vec<T>;
    [T: TypeVisitable<'tcx>] Box<[T]>;
    [T: TypeVisitable<'tcx>] [T];
    [I: rustc_index::Idx, T: TypeVisitable<'tcx>] IndexVec<I, T>;
    [T: TypeVisitable<'tcx>] Option<T>;
}
impl<'tcx, T: TypeVisitable<'tcx>> TypeVisitable<'tcx> for &[T] {
    fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
        (**self).visit_with(visitor)
    }
}
macro_rules! via_deref {
    ($($t:ty),*) => { $(
        impl<'tcx, T: TypeVisitable<'tcx>> TypeVisitable<'tcx> for $t {
            fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
                (**self).visit_with(visitor)
            }
        }
    )* };
}
via_deref!(Box<T>, Rc<T>);
impl<'tcx, T: TypeVisitable<'tcx>, E: TypeVisitable<'tcx>> TypeVisitable<'tcx> for Result<T, E> {
    fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
        match self {
            Ok(v) => v.visit_with(visitor),
            Err(e) => e.visit_with(visitor),
        }
    }
}
impl<'tcx, T: TypeVisitable<'tcx>> TypeVisitable<'tcx> for EarlyBinder<T> {
    fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
        self.as_ref().skip_binder().visit_with(visitor)
    }
}
impl<'tcx, T: TypeVisitable<'tcx>> TypeVisitable<'tcx> for span::Spanned<T> {
    fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
        self.node.visit_with(visitor)
    }
}
macro_rules! tuples {
    ($($($t:ident)*;)*) => { $(
        #[allow(non_snake_case)]
        impl<'tcx, $($t: TypeVisitable<'tcx>),*> TypeVisitable<'tcx> for ($($t,)*) {
            fn visit_with<V: TypeVisitor<'tcx>>(&self, visitor: &mut V) -> ControlFlow<V::Break> {
                let ($($t,)*) = self;
                $($t.visit_with(visitor)?;)*
                ControlFlow::Continue(())
            }
        }
    )* };
}
tuples! { A; A B; A B C; A B C D; }

/// Implements both walks for types that hold nothing interned.
#[macro_export]
macro_rules! trivially_traversable {
    ($($t:ty),* $(,)?) => { $(
        impl<'tcx> $crate::fold::TypeFoldable<'tcx> for $t {
            fn fold_with<F: $crate::fold::TypeFolder<'tcx>>(self, _: &mut F) -> Self { self }
        }
        impl<'tcx> $crate::visit::TypeVisitable<'tcx> for $t {
            fn visit_with<V: $crate::visit::TypeVisitor<'tcx>>(&self, _: &mut V) -> ::std::ops::ControlFlow<V::Break> {
                ::std::ops::ControlFlow::Continue(())
            }
        }
    )* };
}
trivially_traversable! {
    (), bool, u8, u16, u32, u64, u128, usize, i32, i64, String,
    span::def_id::DefId, span::def_id::LocalDefId, span::Symbol, span::Span, span::Ident,
    ast::Mutability, hir::Safety, hir::HirId, crate::VariantIdx, crate::FieldIdx, crate::UniverseIndex,
    ErrorGuaranteed, crate::ScalarInt, crate::AliasTyKind, crate::PlaceholderRegion, BoundVar, BoundVariableKind,
    crate::AdtDef<'tcx>, crate::TyVid, crate::RegionVid, crate::ParamTy, crate::BoundTy, crate::Variance,
    crate::ValTree<'tcx>, crate::closure::ClosureKind,
}

struct HasFlags(TypeFlags);
impl<'tcx> TypeVisitor<'tcx> for HasFlags {
    type Break = ();
    fn visit_binder<T: TypeVisitable<'tcx>>(&mut self, t: &Binder<'tcx, T>) -> ControlFlow<()> {
        if self.0.contains(TypeFlags::HAS_BINDER_VARS) && !t.bound_vars().is_empty() {
            return ControlFlow::Break(());
        }
        t.super_visit_with(self)
    }
    fn visit_ty(&mut self, t: Ty<'tcx>) -> ControlFlow<()> {
        brk(t.flags().intersects(self.0))
    }
    fn visit_region(&mut self, r: Region<'tcx>) -> ControlFlow<()> {
        brk(r.type_flags().intersects(self.0))
    }
    fn visit_const(&mut self, c: Const<'tcx>) -> ControlFlow<()> {
        brk(c.flags().intersects(self.0))
    }
    fn visit_predicate(&mut self, p: Predicate<'tcx>) -> ControlFlow<()> {
        brk(p.flags().intersects(self.0))
    }
}

struct HasEscaping(DebruijnIndex);
impl<'tcx> TypeVisitor<'tcx> for HasEscaping {
    type Break = ();
    fn visit_binder<T: TypeVisitable<'tcx>>(&mut self, t: &Binder<'tcx, T>) -> ControlFlow<()> {
        self.0.shift_in(1);
        let r = t.super_visit_with(self);
        self.0.shift_out(1);
        r
    }
    fn visit_ty(&mut self, t: Ty<'tcx>) -> ControlFlow<()> {
        brk(t.outer_exclusive_binder() > self.0)
    }
    fn visit_region(&mut self, r: Region<'tcx>) -> ControlFlow<()> {
        brk(r.bound_at_or_above_binder(self.0))
    }
    fn visit_const(&mut self, c: Const<'tcx>) -> ControlFlow<()> {
        brk(c.outer_exclusive_binder() > self.0)
    }
    fn visit_predicate(&mut self, p: Predicate<'tcx>) -> ControlFlow<()> {
        brk(p.outer_exclusive_binder() > self.0)
    }
}

fn brk(found: bool) -> ControlFlow<()> {
    if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

struct FindError;
impl<'tcx> TypeVisitor<'tcx> for FindError {
    type Break = ErrorGuaranteed;
    fn visit_ty(&mut self, t: Ty<'tcx>) -> ControlFlow<ErrorGuaranteed> {
        match *t.kind() {
            TyKind::Error(e) => ControlFlow::Break(e),
            _ if t.references_error() => t.super_visit_with(self),
            _ => ControlFlow::Continue(()),
        }
    }
    fn visit_region(&mut self, r: Region<'tcx>) -> ControlFlow<ErrorGuaranteed> {
        match r.kind() {
            RegionKind::ReError(e) => ControlFlow::Break(e),
            _ => ControlFlow::Continue(()),
        }
    }
    fn visit_const(&mut self, c: Const<'tcx>) -> ControlFlow<ErrorGuaranteed> {
        match c.kind() {
            ConstKind::Error(e) => ControlFlow::Break(e),
            _ => c.super_visit_with(self),
        }
    }
}

/// Questions about what occurs in a value.
pub trait TypeVisitableExt<'tcx>: TypeVisitable<'tcx> {
    fn has_type_flags(&self, flags: TypeFlags) -> bool {
        self.visit_with(&mut HasFlags(flags)).is_break()
    }
    /// Whether a bound variable refers to `binder` or one further out.
    fn has_vars_bound_at_or_above(&self, binder: DebruijnIndex) -> bool {
        self.visit_with(&mut HasEscaping(binder)).is_break()
    }
    fn has_escaping_bound_vars(&self) -> bool {
        self.has_vars_bound_at_or_above(INNERMOST)
    }
    fn has_aliases(&self) -> bool {
        self.has_type_flags(TypeFlags::HAS_ALIAS)
    }
    fn has_opaque_types(&self) -> bool {
        self.has_type_flags(TypeFlags::HAS_TY_OPAQUE)
    }
    fn has_coroutines(&self) -> bool {
        self.has_type_flags(TypeFlags::HAS_TY_COROUTINES)
    }
    fn references_error(&self) -> bool {
        self.has_type_flags(TypeFlags::HAS_ERROR)
    }
    fn error_reported(&self) -> Result<(), ErrorGuaranteed> {
        match self.visit_with(&mut FindError) {
            ControlFlow::Break(e) => Err(e),
            ControlFlow::Continue(()) => Ok(()),
        }
    }
    fn has_non_region_param(&self) -> bool {
        self.has_type_flags(TypeFlags::HAS_TY_PARAM | TypeFlags::HAS_CT_PARAM)
    }
    fn has_param(&self) -> bool {
        self.has_type_flags(TypeFlags::HAS_PARAM)
    }
    fn has_infer_regions(&self) -> bool {
        self.has_type_flags(TypeFlags::HAS_RE_INFER)
    }
    fn has_infer_types(&self) -> bool {
        self.has_type_flags(TypeFlags::HAS_TY_INFER)
    }
    fn has_non_region_infer(&self) -> bool {
        self.has_type_flags(TypeFlags::HAS_TY_INFER | TypeFlags::HAS_CT_INFER)
    }
    fn has_infer(&self) -> bool {
        self.has_type_flags(TypeFlags::HAS_INFER)
    }
    fn has_placeholders(&self) -> bool {
        self.has_type_flags(TypeFlags::HAS_PLACEHOLDER)
    }
    fn has_free_regions(&self) -> bool {
        self.has_type_flags(TypeFlags::HAS_FREE_REGIONS)
    }
    fn has_erased_regions(&self) -> bool {
        self.has_type_flags(TypeFlags::HAS_RE_ERASED)
    }
    /// Whether erasing regions would change it.
    fn has_erasable_regions(&self) -> bool {
        self.has_type_flags(TypeFlags::HAS_FREE_REGIONS | TypeFlags::HAS_RE_BOUND | TypeFlags::HAS_BINDER_VARS)
    }
    /// Whether it means the same in every context: no parameters, inference variables or placeholders.
    fn is_global(&self) -> bool {
        !self.has_type_flags(TypeFlags::HAS_FREE_LOCAL_NAMES | TypeFlags::HAS_FREE_LOCAL_REGIONS | TypeFlags::HAS_INFER)
    }
    fn has_bound_vars(&self) -> bool {
        self.has_type_flags(TypeFlags::HAS_BOUND_VARS)
    }
    fn still_further_specializable(&self) -> bool {
        self.has_type_flags(
            TypeFlags::HAS_TY_PARAM | TypeFlags::HAS_CT_PARAM | TypeFlags::HAS_TY_INFER | TypeFlags::HAS_CT_INFER,
        )
    }
}
impl<'tcx, T: TypeVisitable<'tcx> + ?Sized> TypeVisitableExt<'tcx> for T {}
