//! The abstract syntax tree, the tokens that it is parsed from, and what walks, changes and prints it.
//!
//! Names and fields are those of rustc's `rustc_ast`. Start with [`item`] for the shape of a crate, with [`tokenstream`] for
//! what macros and attributes carry.

pub mod token;
pub mod tokenstream;

pub mod asm;
pub mod attr;
pub mod expr;
pub mod format;
pub mod generics;
pub mod item;
pub mod lit;
pub mod node_id;
pub mod pat;
pub mod path;
pub mod precedence;
pub mod stmt;
pub mod ty;

pub mod mut_visit;
pub mod pretty;
pub mod visit;

pub use asm::{
    AsmMacro, InlineAsm, InlineAsmOperand, InlineAsmOptions, InlineAsmRegOrRegClass, InlineAsmSym,
    InlineAsmTemplatePiece,
};
pub use attr::{
    AttrArgs, AttrId, AttrItem, AttrKind, AttrStyle, AttrVec, Attribute, DelimArgs, HasAttrs, MetaItem, MetaItemInner,
    MetaItemKind, NormalAttr,
};
pub use expr::{
    AnonConst, Arm, AssignOp, AssignOpKind, BinOp, BinOpKind, BorrowKind, CaptureBy, Closure, ClosureBinder, Expr,
    ExprField, ExprKind, ForLoopKind, GenBlockKind, Label, MacCall, MatchKind, MethodCall, RangeLimits, StructExpr,
    StructRest, UnOp, UnsafeBinderCastKind, YieldKind,
};
pub use format::{
    FormatAlignment, FormatArgPosition, FormatArgPositionKind, FormatArgs, FormatArgsPiece, FormatArgument,
    FormatArgumentKind, FormatArguments, FormatCount, FormatDebugHex, FormatOptions, FormatPlaceholder, FormatSign,
    FormatTrait,
};
pub use generics::{
    BoundAsyncness, BoundConstness, BoundPolarity, GenericBound, GenericBounds, GenericParam, GenericParamKind,
    Generics, ParamKindOrd, Parens, PolyTraitRef, PreciseCapturingArg, TraitBoundModifiers, TraitRef,
    WhereBoundPredicate, WhereClause, WhereEqPredicate, WherePredicate, WherePredicateKind, WhereRegionPredicate,
};
pub use item::{
    AssocItem, AssocItemKind, Const, ConstBlockItem, ConstItem, ConstItemRhsKind, CoroutineKind, Crate, Defaultness,
    Delegation, DelegationMac, EnumDef, ExplicitSelf, Extern, FieldDef, Fn, FnContract, FnDecl, FnHeader, FnRetTy,
    FnSig, ForeignItem, ForeignItemKind, ForeignMod, Impl, ImplPolarity, Inline, IsAuto, Item, ItemKind, MacroDef,
    ModKind, ModSpans, Param, Recovered, Safety, SelfKind, StaticItem, Trait, TraitAlias, TraitImplHeader, TyAlias,
    UseTree, UseTreeKind, Variant, VariantData, Visibility, VisibilityKind,
};
pub use lit::{FloatTy, IntTy, LitError, LitFloatType, LitIntType, LitKind, MetaItemLit, StrLit, StrStyle, UintTy};
pub use node_id::{CRATE_NODE_ID, DUMMY_NODE_ID, NodeId};
pub use pat::{BindingMode, ByRef, Pat, PatField, PatFieldsRest, PatKind, RangeEnd, RangeSyntax};
pub use path::{
    AngleBracketedArg, AngleBracketedArgs, AssocItemConstraint, AssocItemConstraintKind, GenericArg, GenericArgs,
    Lifetime, ParenthesizedArgs, Path, PathSegment, QSelf, Term,
};
pub use stmt::{Block, BlockCheckMode, Local, LocalKind, MacCallStmt, MacStmtStyle, Stmt, StmtKind, UnsafeSource};
pub use ty::{
    FnPtrTy, Movability, MutTy, Mutability, Pinnedness, TraitObjectSyntax, Ty, TyKind, TyPat, TyPatKind, UnsafeBinderTy,
};

/// An owned node. rustc called `Box` so for a long time, and it is shorter.
pub type P<T> = Box<T>;

/// Makes a [`P`].
#[allow(non_snake_case)]
pub fn P<T>(value: T) -> P<T> {
    Box::new(value)
}
