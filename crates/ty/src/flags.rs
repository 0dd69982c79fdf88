//! Summaries kept with interned values, so that folds and visits can stop early.

use bitflags::bitflags;

use crate::{
    AliasTyKind, Binder, Const, ConstKind, DebruijnIndex, ExistentialPredicate, GenericArg, GenericArgsRef, INNERMOST,
    InferConst, InferTy, PatternKind, Region, RegionKind, Term, Ty, TyKind,
};

bitflags! {
    /// What occurs anywhere inside a value.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
    pub struct TypeFlags: u32 {
        const HAS_TY_PARAM = 1 << 0;
        const HAS_RE_PARAM = 1 << 1;
        const HAS_CT_PARAM = 1 << 2;
        /// Anything that instantiation of generics replaces.
        const HAS_PARAM = Self::HAS_TY_PARAM.bits() | Self::HAS_RE_PARAM.bits() | Self::HAS_CT_PARAM.bits();
        const HAS_TY_INFER = 1 << 3;
        const HAS_RE_INFER = 1 << 4;
        const HAS_CT_INFER = 1 << 5;
        const HAS_INFER = Self::HAS_TY_INFER.bits() | Self::HAS_RE_INFER.bits() | Self::HAS_CT_INFER.bits();
        const HAS_TY_PLACEHOLDER = 1 << 6;
        const HAS_RE_PLACEHOLDER = 1 << 7;
        const HAS_CT_PLACEHOLDER = 1 << 8;
        const HAS_PLACEHOLDER =
            Self::HAS_TY_PLACEHOLDER.bits() | Self::HAS_RE_PLACEHOLDER.bits() | Self::HAS_CT_PLACEHOLDER.bits();
        const HAS_TY_PROJECTION = 1 << 9;
        const HAS_TY_FREE_ALIAS = 1 << 10;
        const HAS_TY_OPAQUE = 1 << 11;
        const HAS_TY_INHERENT = 1 << 12;
        /// An unevaluated constant.
        const HAS_CT_PROJECTION = 1 << 13;
        /// Anything that normalisation might replace.
        const HAS_ALIAS = Self::HAS_TY_PROJECTION.bits() | Self::HAS_TY_FREE_ALIAS.bits() | Self::HAS_TY_OPAQUE.bits()
            | Self::HAS_TY_INHERENT.bits() | Self::HAS_CT_PROJECTION.bits();
        const HAS_ERROR = 1 << 14;
        /// Regions other than bound ones.
        const HAS_FREE_REGIONS = 1 << 15;
        /// Free regions other than `'static`, parameters of outer items aside: what is local to a body.
        const HAS_FREE_LOCAL_REGIONS = 1 << 16;
        const HAS_RE_BOUND = 1 << 17;
        const HAS_TY_BOUND = 1 << 18;
        const HAS_CT_BOUND = 1 << 19;
        const HAS_RE_ERASED = 1 << 20;
        /// Has a binder inside whose bound variables are not empty, or regions: what erasing regions changes.
        const HAS_BINDER_VARS = 1 << 21;
        /// A fresh type of canonicalisation caches.
        const HAS_TY_FRESH = 1 << 22;
        /// A coroutine or its witness.
        const HAS_TY_COROUTINES = 1 << 23;
        /// Things that mean something only within one inference context.
        const HAS_FREE_LOCAL_NAMES = 1 << 24;
        const HAS_BOUND_VARS = Self::HAS_RE_BOUND.bits() | Self::HAS_TY_BOUND.bits() | Self::HAS_CT_BOUND.bits();
    }
}

/// Computes flags and the outermost binder referred to.
#[derive(Clone, Copy, Debug)]
pub struct FlagComputation {
    /// The union of the parts' flags.
    pub flags: TypeFlags,
    /// One more than the highest De Bruijn index that escapes; `INNERMOST` if none.
    pub outer_exclusive_binder: DebruijnIndex,
}

impl Default for FlagComputation {
    fn default() -> Self {
        FlagComputation { flags: TypeFlags::empty(), outer_exclusive_binder: INNERMOST }
    }
}

impl FlagComputation {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
    /// Of a type about to be interned.
    pub fn for_kind(kind: &TyKind<'_>) -> Self {
        let mut c = Self::new();
        c.add_kind(kind);
        c
    }
    /// Adds flags.
    pub fn add_flags(&mut self, flags: TypeFlags) {
        self.flags |= flags;
    }
    fn add_outer(&mut self, binder: DebruijnIndex) {
        self.outer_exclusive_binder = self.outer_exclusive_binder.max(binder);
    }
    fn add_bound_var(&mut self, debruijn: DebruijnIndex) {
        self.add_outer(debruijn.shifted_in(1));
    }
    /// Adds a type.
    pub fn add_ty(&mut self, ty: Ty<'_>) {
        self.add_flags(ty.flags());
        self.add_outer(ty.outer_exclusive_binder());
    }
    /// Adds a constant.
    pub fn add_const(&mut self, ct: Const<'_>) {
        self.add_flags(ct.flags());
        self.add_outer(ct.outer_exclusive_binder());
    }
    /// Adds a region.
    pub fn add_region(&mut self, r: Region<'_>) {
        self.add_flags(r.type_flags());
        if let RegionKind::ReBound(debruijn, _) = r.kind() {
            self.add_bound_var(debruijn);
        }
    }
    /// Adds an argument.
    pub fn add_arg(&mut self, arg: GenericArg<'_>) {
        match arg {
            GenericArg::Lifetime(r) => self.add_region(r),
            GenericArg::Type(t) => self.add_ty(t),
            GenericArg::Const(c) => self.add_const(c),
        }
    }
    /// Adds arguments.
    pub fn add_args(&mut self, args: GenericArgsRef<'_>) {
        for arg in args {
            self.add_arg(arg);
        }
    }
    /// Adds a term.
    pub fn add_term(&mut self, term: Term<'_>) {
        match term {
            Term::Ty(t) => self.add_ty(t),
            Term::Const(c) => self.add_const(c),
        }
    }
    /// Adds what stands under a binder.
    pub fn bound<'tcx, T: Copy>(&mut self, value: Binder<'tcx, T>, f: impl FnOnce(&mut FlagComputation, T)) {
        let mut inner = FlagComputation::new();
        if !value.bound_vars().is_empty() {
            inner.add_flags(TypeFlags::HAS_BINDER_VARS);
        }
        f(&mut inner, value.skip_binder());
        self.add_flags(inner.flags);
        if inner.outer_exclusive_binder > INNERMOST {
            self.add_outer(inner.outer_exclusive_binder.shifted_out(1));
        }
    }

    fn add_kind(&mut self, kind: &TyKind<'_>) {
        match *kind {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Never
            | TyKind::Str
            | TyKind::Foreign(_) => {}
            TyKind::Error(_) => self.add_flags(TypeFlags::HAS_ERROR),
            TyKind::Param(_) => self.add_flags(TypeFlags::HAS_TY_PARAM | TypeFlags::HAS_FREE_LOCAL_NAMES),
            TyKind::Placeholder(_) => self.add_flags(TypeFlags::HAS_TY_PLACEHOLDER | TypeFlags::HAS_FREE_LOCAL_NAMES),
            TyKind::Bound(debruijn, _) => {
                self.add_flags(TypeFlags::HAS_TY_BOUND);
                self.add_bound_var(debruijn);
            }
            TyKind::Infer(infer) => match infer {
                InferTy::FreshTy(_) | InferTy::FreshIntTy(_) | InferTy::FreshFloatTy(_) => {
                    self.add_flags(TypeFlags::HAS_TY_FRESH);
                }
                InferTy::TyVar(_) | InferTy::IntVar(_) | InferTy::FloatVar(_) => {
                    self.add_flags(TypeFlags::HAS_TY_INFER | TypeFlags::HAS_FREE_LOCAL_NAMES);
                }
            },
            TyKind::Coroutine(_, args) => {
                self.add_flags(TypeFlags::HAS_TY_COROUTINES);
                self.add_args(args);
            }
            TyKind::CoroutineWitness(_, args) => {
                self.add_flags(TypeFlags::HAS_TY_COROUTINES);
                self.add_args(args);
            }
            TyKind::Adt(_, args)
            | TyKind::Closure(_, args)
            | TyKind::CoroutineClosure(_, args)
            | TyKind::FnDef(_, args) => {
                self.add_args(args);
            }
            TyKind::Alias(kind, alias) => {
                self.add_flags(match kind {
                    AliasTyKind::Projection => TypeFlags::HAS_TY_PROJECTION,
                    AliasTyKind::Inherent => TypeFlags::HAS_TY_INHERENT,
                    AliasTyKind::Opaque => TypeFlags::HAS_TY_OPAQUE,
                    AliasTyKind::Free => TypeFlags::HAS_TY_FREE_ALIAS,
                });
                self.add_args(alias.args);
            }
            TyKind::Dynamic(preds, region) => {
                for pred in preds {
                    self.bound(pred, |c, p| match p {
                        ExistentialPredicate::Trait(t) => c.add_args(t.args),
                        ExistentialPredicate::Projection(p) => {
                            c.add_args(p.args);
                            c.add_term(p.term);
                        }
                        ExistentialPredicate::AutoTrait(_) => {}
                    });
                }
                self.add_region(region);
            }
            TyKind::Array(elem, len) => {
                self.add_ty(elem);
                self.add_const(len);
            }
            TyKind::Pat(ty, pat) => {
                self.add_ty(ty);
                self.add_pattern(*pat);
            }
            TyKind::Slice(ty) | TyKind::RawPtr(ty, _) => self.add_ty(ty),
            TyKind::Ref(region, ty, _) => {
                self.add_region(region);
                self.add_ty(ty);
            }
            TyKind::Tuple(tys) => {
                for ty in tys {
                    self.add_ty(ty);
                }
            }
            TyKind::FnPtr(sig) => self.bound(sig, |c, sig| {
                for ty in sig.inputs_and_output {
                    c.add_ty(ty);
                }
            }),
            TyKind::UnsafeBinder(inner) => self.bound(inner, |c, ty| c.add_ty(ty)),
        }
    }

    fn add_pattern(&mut self, pat: PatternKind<'_>) {
        match pat {
            PatternKind::Range { start, end } => {
                self.add_const(start);
                self.add_const(end);
            }
            PatternKind::Or(pats) => {
                for pat in pats {
                    self.add_pattern(*pat);
                }
            }
            PatternKind::NotNull => {}
        }
    }

    /// Of a constant about to be interned.
    pub fn for_const_kind(kind: &ConstKind<'_>) -> Self {
        let mut c = Self::new();
        match *kind {
            ConstKind::Param(_) => c.add_flags(TypeFlags::HAS_CT_PARAM | TypeFlags::HAS_FREE_LOCAL_NAMES),
            ConstKind::Infer(InferConst::Var(_)) => {
                c.add_flags(TypeFlags::HAS_CT_INFER | TypeFlags::HAS_FREE_LOCAL_NAMES);
            }
            ConstKind::Infer(InferConst::Fresh(_)) => c.add_flags(TypeFlags::HAS_TY_FRESH),
            ConstKind::Bound(debruijn, _) => {
                c.add_flags(TypeFlags::HAS_CT_BOUND);
                c.add_bound_var(debruijn);
            }
            ConstKind::Placeholder(_) => c.add_flags(TypeFlags::HAS_CT_PLACEHOLDER | TypeFlags::HAS_FREE_LOCAL_NAMES),
            ConstKind::Unevaluated(uv) => {
                c.add_flags(TypeFlags::HAS_CT_PROJECTION);
                c.add_args(uv.args);
            }
            ConstKind::Value(v) => c.add_ty(v.ty),
            ConstKind::Error(_) => c.add_flags(TypeFlags::HAS_ERROR),
        }
        c
    }
}
