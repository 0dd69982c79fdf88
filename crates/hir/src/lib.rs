//! The high-level IR: desugared, names resolved, signatures apart from bodies. Names and fields are those of rustc's
//! `rustc_hir`.
//!
//! Start with [`def`] for what names mean, [`node`] for the crate's tables, [`item`] for what stands in them.
//! `crates/ast_lowering` makes it; `TyCtxt::hir_*` in crate `query` looks things up.
//!
//! Invariant: a [`HirId`] is an owner (item, trait item, impl item, foreign item, crate) and a number within it, given out in
//! the order of lowering; every id of an owner is in [`OwnerNodes::nodes`].

mod arena;
pub mod attr;
pub mod def;
pub mod definitions;
mod header;
mod hir_id;
pub mod resolutions;

pub mod asm;
pub mod expr;
pub mod generics;
pub mod item;
pub mod node;
pub mod pat;
pub mod path;
pub mod stmt;
pub mod target;
pub mod ty;

pub mod intravisit;
pub mod lang_items;
pub mod print;

pub use arena::Arena;
pub use asm::{InlineAsm, InlineAsmOperand};
pub use ast::{
    ImplPolarity, InlineAsmOptions, InlineAsmRegOrRegClass, InlineAsmTemplatePiece, IsAuto, LitKind, Movability,
    Mutability, Pinnedness, TraitObjectSyntax, UnsafeBinderCastKind,
};
pub use attr::{AttrArgs, AttrItem, AttrKind, AttrPath, Attribute};
pub use def::{MissingLifetimeKind, PrimTy};
pub use expr::{
    AnonConst, Arm, AssignOp, AssignOpKind, BinOp, BinOpKind, Body, BodyOwnerKind, BorrowKind, CaptureBy, Closure,
    ClosureBinder, ClosureKind, ConstArg, ConstArgKind, ConstBlock, ConstContext, CoroutineDesugaring, CoroutineKind,
    CoroutineSource, Destination, Expr, ExprField, ExprKind, Label, LetExpr, Lit, LoopIdError, LoopSource, MatchSource,
    Param, StructTailExpr, UnOp, Upvar, YieldSource,
};
pub use generics::{
    BoundConstness, BoundPolarity, GenericBound, GenericBounds, GenericParam, GenericParamKind, GenericParamSource,
    Generics, LifetimeParamKind, ParamName, PolyTraitRef, PreciseCapturingArg, PreciseCapturingNonLifetimeArg,
    PredicateOrigin, TraitBoundModifiers, TraitRef, WhereBoundPredicate, WhereEqPredicate, WherePredicate,
    WherePredicateKind, WhereRegionPredicate,
};
pub use header::{Abi, Constness, FnHeader, HeaderSafety, IsAsync, Safety};
pub use hir_id::{
    BodyId, CRATE_HIR_ID, CRATE_OWNER_ID, ForeignItemId, HirId, HirIdMap, HirIdSet, ImplItemId, ItemId, ItemLocalId,
    ItemLocalMap, ItemLocalSet, OwnerId, StableHirId, TraitItemId,
};
pub use item::{
    ConstItemRhs, Defaultness, EnumDef, FieldDef, ForeignItem, ForeignItemKind, Impl, ImplItem, ImplItemImplKind,
    ImplItemKind, Item, ItemKind, Mod, ModSpans, TraitFn, TraitImplHeader, TraitItem, TraitItemKind, UseKind, Variant,
    VariantData,
};
pub use lang_items::{GenericRequirement, LangItem, LanguageItems};
pub use node::{AttributeMap, Crate, MaybeOwner, Node, OwnerInfo, OwnerNode, OwnerNodes, ParentedNode};
pub use pat::{BindingMode, ByRef, DotDotPos, Pat, PatExpr, PatExprKind, PatField, PatKind, RangeEnd};
pub use path::{
    AngleBrackets, AssocItemConstraint, AssocItemConstraintKind, GenericArg, GenericArgs, GenericArgsParentheses,
    InferArg, Lifetime, LifetimeKind, LifetimeSource, LifetimeSyntax, Path, PathSegment, QPath, Term, UsePath,
};
pub use resolutions::TraitCandidate;
pub use stmt::{Block, BlockCheckMode, LetStmt, LocalSource, Stmt, StmtKind, UnsafeSource};
pub use target::{MethodKind, Target};
pub use ty::{
    FnDecl, FnPtrTy, FnRetTy, FnSig, ImplicitSelfKind, MutTy, OpaqueTy, OpaqueTyOrigin, RpitContext, Ty, TyKind, TyPat,
    TyPatKind, UnsafeBinderTy,
};
