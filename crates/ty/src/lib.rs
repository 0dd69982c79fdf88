//! Types, generics, predicates, signatures, constants: the interned data that the analyses speak of.
//!
//! Everything here is a value: no queries, no diagnostics. Start with [`Ty`] and [`TyKind`] (`kind.rs`), then
//! [`GenericArgs`] and [`EarlyBinder`] (`generic_args.rs`), [`Predicate`] (`predicate.rs`), and the
//! [`Interner`] that makes them (`interner.rs`). Folding and visiting are in `fold.rs` and `visit.rs`.
//!
//! Conventions (rustc's): generics are referred to by index ([`ParamTy`], early-bound regions); late-bound
//! regions of functions and `for<..>` are De Bruijn indexed ([`Binder`]); bodies are generic and are
//! instantiated at code generation; regions are erased after type checking and renumbered by borrow checking.
//! Invariant: two interned values of a session are equal if and only if their addresses are.

extern crate self as ty;

pub mod adjustment;
mod adt;
mod arena;
mod assoc;
mod binder;
pub mod cast;
pub mod closure;
pub mod codec;
mod consts;
pub mod error;
mod flags;
pub mod fold;
mod generic_args;
mod generics;
mod instance;
mod interner;
mod kind;
pub mod layout;
mod list;
pub mod place;
mod predicate;
pub mod print;
mod region;
pub mod relate;
mod trait_def;
mod typeck_results;
mod typing;
pub mod util;
pub mod visit;

pub use adt::{AdtDef, AdtDefData, AdtFlags, AdtKind, FieldDef, ReprOptions, VariantDef, VariantDiscr, VariantFlags};
pub use arena::Arena;
pub use assoc::{AssocContainer, AssocItem, AssocItems, AssocKind, AssocTag, AssocTypeData, ImplTraitInTraitData};
pub use ast::{FloatTy, IntTy, Movability, Mutability, Pinnedness, UintTy};
pub use binder::{
    Binder, BoundRegion, BoundRegionKind, BoundTy, BoundTyKind, BoundVar, BoundVariableKind, DebruijnIndex, INNERMOST,
    Placeholder, PlaceholderConst, PlaceholderRegion, PlaceholderType, UniverseIndex,
};
pub use consts::{
    AnonConstKind, Const, ConstData, ConstKind, ConstVid, InferConst, ParamConst, ScalarInt, UnevaluatedConst, ValTree,
    Value, sign_extend, truncate,
};
pub use diagnostics::ErrorGuaranteed;
pub use flags::{FlagComputation, TypeFlags};
pub use fold::{TypeFoldable, TypeFolder, TypeSuperFoldable};
pub use generic_args::{
    ArgFolder, ClosureArgs, CoroutineArgs, CoroutineClosureArgs, CoroutineClosureSig, EarlyBinder, GenericArg,
    GenericArg as GenericArgKind, GenericArgs, GenericArgsRef, InlineConstArgs, Term, Term as TermKind, UserArgs,
    UserSelfTy, untuple_sig,
};
pub use generics::{GenericParamCount, GenericParamDef, GenericParamDefKind, GenericPredicates, Generics};
pub use hir::Safety;
pub use instance::{Instance, InstanceKind, ShimReason};
pub use interner::{CommonLifetimes, CommonTypes, Interner};
pub use kind::{
    AliasTy, AliasTyKind, Article, ExternAbi, FIRST_VARIANT, FieldIdx, FloatVid, FnSig, InferTy, IntVid, ParamTy,
    Pattern, PatternKind, PolyFnSig, Ty, TyData, TyKind, TyVid, TypeAndMut, VariantIdx,
};
pub use list::List;
pub use predicate::{
    AliasRelationDirection, AliasTerm, AliasTermKind, BoundConstness, Clause, ClauseKind, Clauses, CoercePredicate,
    ExistentialPredicate, ExistentialProjection, ExistentialTraitRef, HostEffectPredicate, ImplPolarity, NormalizesTo,
    OutlivesPredicate, PolyExistentialPredicate, PolyExistentialPredicates, PolyExistentialTraitRef,
    PolyProjectionPredicate, PolyTraitPredicate, PolyTraitRef, Predicate, PredicateKind, PredicatePolarity,
    ProjectionPredicate, RegionOutlivesPredicate, SubtypePredicate, TraitPredicate, TraitRef, TypeOutlivesPredicate,
};
pub use region::{EarlyParamRegion, LateParamRegion, LateParamRegionKind, Region, RegionKind, RegionVid};
pub use trait_def::{ImplHeader, ImplTraitHeader, SimplifiedType, TraitDef, TraitImpls, TraitSpecializationKind};
pub use typeck_results::{
    CanonicalUserType, CanonicalUserTypeAnnotation, CaptureInfo, CapturedPlace, ClosureSizeProfileData, FakeReadCause,
    ItemLocalMap, LocalTableInContext, OpaqueHiddenType, Rust2024IncompatiblePatInfo, TypeckResults, UpvarCapture,
    UpvarId, UpvarPath, UserType, UserTypeKind, hir_place,
};
pub use typing::{
    Canonical, CanonicalVarInfo, CanonicalVarKind, ParamEnv, ParamEnvAnd, PseudoCanonicalInput, TypingEnv, TypingMode,
    Variance, Visibility,
};
pub use visit::{TypeSuperVisitable, TypeVisitable, TypeVisitableExt, TypeVisitor};
