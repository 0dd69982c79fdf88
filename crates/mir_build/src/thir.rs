//! THIR: a body with types written out, adjustments made explicit and operators resolved. It lives only while MIR
//! is built of it and exhaustiveness and unsafety are checked on it.
//!
//! Building is in `thir/cx.rs` (expressions, blocks), `thir/pattern.rs` and `thir/const_to_pat.rs`.

pub mod cx;
pub mod pattern;
pub mod print;
pub mod visit;

mod const_to_pat;
pub mod literal;

use std::ops::Index;

use hir::{HirId, RangeEnd};
use mir::{AsmReg, BinOp, BorrowKind, FakeReadCause, UnOp};
use rustc_index::IndexVec;
use span::def_id::{DefId, LocalDefId};
use span::{Span, Symbol};
use ty::adjustment::PointerCoercion;
use ty::{
    AdtDef, CanonicalUserType, CanonicalUserTypeAnnotation, FieldIdx, GenericArgsRef, Mutability, ScalarInt, Ty,
    ValTree, Variance, VariantIdx,
};

use crate::region::{Scope, ScopeTree, TempLifetime};

span::newtype_index! {
    /// An arm.
    pub struct ArmId = "a";
}
span::newtype_index! {
    /// An expression.
    pub struct ExprId = "e";
}
span::newtype_index! {
    /// A block.
    pub struct BlockId = "b";
}
span::newtype_index! {
    /// A statement.
    pub struct StmtId = "s";
}
span::newtype_index! {
    /// A parameter.
    pub struct ParamId = "p";
}

/// What a body is.
#[derive(Clone, Copy, Debug)]
pub enum BodyTy<'tcx> {
    Const(Ty<'tcx>),
    Fn(ty::FnSig<'tcx>),
    GlobalAsm(Ty<'tcx>),
}

/// A body.
#[derive(Clone, Debug)]
pub struct Thir<'tcx> {
    pub body_type: BodyTy<'tcx>,
    pub arms: IndexVec<ArmId, Arm<'tcx>>,
    pub blocks: IndexVec<BlockId, Block>,
    pub exprs: IndexVec<ExprId, Expr<'tcx>>,
    pub stmts: IndexVec<StmtId, Stmt<'tcx>>,
    pub params: IndexVec<ParamId, Param<'tcx>>,
    pub scope_tree: ScopeTree,
}

macro_rules! index {
    ($($field:ident: $id:ty => $out:ty;)*) => { $(
        impl<'tcx> Index<$id> for Thir<'tcx> {
            type Output = $out;
            fn index(&self, i: $id) -> &$out {
                &self.$field[i]
            }
        }
    )* };
}
index! {
    arms: ArmId => Arm<'tcx>;
    blocks: BlockId => Block;
    exprs: ExprId => Expr<'tcx>;
    stmts: StmtId => Stmt<'tcx>;
    params: ParamId => Param<'tcx>;
}

/// The lint levels of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LintLevel {
    Inherited,
    Explicit(HirId),
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Param<'tcx> {
    /// `None` for a closure's own captures.
    pub pat: Option<Box<Pat<'tcx>>>,
    pub ty: Ty<'tcx>,
    pub ty_span: Option<Span>,
    /// Whether it is `self`, and how written.
    pub self_kind: Option<hir::ImplicitSelfKind>,
    pub hir_id: Option<HirId>,
}

/// A block.
#[derive(Clone, Debug)]
pub struct Block {
    pub targeted_by_break: bool,
    pub region_scope: Scope,
    pub span: Span,
    pub stmts: Box<[StmtId]>,
    pub expr: Option<ExprId>,
    pub safety_mode: BlockSafety,
}

/// Whether a block is `unsafe`.
#[derive(Clone, Copy, Debug)]
pub enum BlockSafety {
    Safe,
    BuiltinUnsafe,
    ExplicitUnsafe(HirId),
}

/// A statement.
#[derive(Clone, Debug)]
pub struct Stmt<'tcx> {
    pub kind: StmtKind<'tcx>,
}

/// The kinds of statement.
#[derive(Clone, Debug)]
pub enum StmtKind<'tcx> {
    Expr {
        scope: Scope,
        expr: ExprId,
    },
    Let {
        /// From here to the block's end.
        remainder_scope: Scope,
        /// Of the initialiser.
        init_scope: Scope,
        pattern: Box<Pat<'tcx>>,
        initializer: Option<ExprId>,
        else_block: Option<BlockId>,
        hir_id: HirId,
        span: Span,
    },
}

/// A variable, by the pattern that declares it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct LocalVarId(pub HirId);

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr<'tcx> {
    pub kind: ExprKind<'tcx>,
    pub ty: Ty<'tcx>,
    /// How long the temporary lives if the value needs one.
    pub temp_lifetime: TempLifetime,
    pub span: Span,
}

/// The kinds of expression.
#[derive(Clone, Debug)]
pub enum ExprKind<'tcx> {
    /// A scope with temporaries and lint levels of its own.
    Scope {
        region_scope: Scope,
        hir_id: HirId,
        value: ExprId,
    },
    If {
        if_then_scope: Scope,
        cond: ExprId,
        then: ExprId,
        else_opt: Option<ExprId>,
    },
    Call {
        ty: Ty<'tcx>,
        fun: ExprId,
        args: Box<[ExprId]>,
        from_hir_call: bool,
        fn_span: Span,
    },
    /// `x.use`
    ByUse {
        expr: ExprId,
        span: Span,
    },
    /// Built-in `*`.
    Deref {
        arg: ExprId,
    },
    Binary {
        op: BinOp,
        lhs: ExprId,
        rhs: ExprId,
    },
    LogicalOp {
        op: LogicalOp,
        lhs: ExprId,
        rhs: ExprId,
    },
    Unary {
        op: UnOp,
        arg: ExprId,
    },
    Cast {
        source: ExprId,
    },
    /// A use of a place as a value (coercion of a place, `as` that does nothing).
    Use {
        source: ExprId,
    },
    NeverToAny {
        source: ExprId,
    },
    PointerCoercion {
        cast: PointerCoercion,
        source: ExprId,
        is_from_as_cast: bool,
    },
    Loop {
        body: ExprId,
    },
    Let {
        expr: ExprId,
        pat: Box<Pat<'tcx>>,
    },
    Match {
        scrutinee: ExprId,
        arms: Box<[ArmId]>,
        match_source: hir::MatchSource,
    },
    Block {
        block: BlockId,
    },
    Assign {
        lhs: ExprId,
        rhs: ExprId,
    },
    AssignOp {
        op: BinOp,
        lhs: ExprId,
        rhs: ExprId,
    },
    Field {
        lhs: ExprId,
        variant_index: VariantIdx,
        name: FieldIdx,
    },
    Index {
        lhs: ExprId,
        index: ExprId,
    },
    VarRef {
        id: LocalVarId,
    },
    /// A captured variable.
    UpvarRef {
        closure_def_id: DefId,
        var_hir_id: LocalVarId,
    },
    Borrow {
        borrow_kind: BorrowKind,
        arg: ExprId,
    },
    RawBorrow {
        mutability: Mutability,
        arg: ExprId,
    },
    Break {
        label: Scope,
        value: Option<ExprId>,
    },
    Continue {
        label: Scope,
    },
    Return {
        value: Option<ExprId>,
    },
    Become {
        value: ExprId,
    },
    ConstBlock {
        did: DefId,
        args: GenericArgsRef<'tcx>,
    },
    Repeat {
        value: ExprId,
        count: ty::Const<'tcx>,
    },
    Array {
        fields: Box<[ExprId]>,
    },
    Tuple {
        fields: Box<[ExprId]>,
    },
    Adt(Box<AdtExpr<'tcx>>),
    PlaceTypeAscription {
        source: ExprId,
        user_ty: UserTy<'tcx>,
        user_ty_span: Span,
    },
    ValueTypeAscription {
        source: ExprId,
        user_ty: UserTy<'tcx>,
        user_ty_span: Span,
    },
    PlaceUnwrapUnsafeBinder {
        source: ExprId,
    },
    ValueUnwrapUnsafeBinder {
        source: ExprId,
    },
    WrapUnsafeBinder {
        source: ExprId,
    },
    Closure(Box<ClosureExpr<'tcx>>),
    Literal {
        lit: ast::LitKind,
        neg: bool,
    },
    /// A constant that no literal of the source stands for.
    NonHirLiteral {
        lit: ScalarInt,
        user_ty: UserTy<'tcx>,
    },
    /// Of a zero-sized type: function items, unit constructors.
    ZstLiteral {
        user_ty: UserTy<'tcx>,
    },
    NamedConst {
        def_id: DefId,
        args: GenericArgsRef<'tcx>,
        user_ty: UserTy<'tcx>,
    },
    ConstParam {
        param: ty::ParamConst,
        def_id: DefId,
    },
    /// The address of a static.
    StaticRef {
        def_id: DefId,
    },
    ThreadLocalRef(DefId),
    InlineAsm(Box<InlineAsmExpr<'tcx>>),
    OffsetOf {
        container: Ty<'tcx>,
        fields: Box<[(Ty<'tcx>, VariantIdx, FieldIdx)]>,
    },
    Yield {
        value: ExprId,
    },
    /// It was reported.
    Error(span::ErrorGuaranteed),
}

/// A type the user wrote, if any.
pub type UserTy<'tcx> = Option<Box<CanonicalUserType<'tcx>>>;

/// `&&`, `||`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogicalOp {
    And,
    Or,
}

/// A struct expression.
#[derive(Clone, Debug)]
pub struct AdtExpr<'tcx> {
    pub adt_def: AdtDef<'tcx>,
    pub variant_index: VariantIdx,
    pub args: GenericArgsRef<'tcx>,
    pub user_ty: UserTy<'tcx>,
    pub fields: Box<[FieldExpr]>,
    pub base: AdtExprBase<'tcx>,
}

/// What ends it.
#[derive(Clone, Debug)]
pub enum AdtExprBase<'tcx> {
    None,
    /// `..base`
    Base {
        base: ExprId,
        field_types: Box<[Ty<'tcx>]>,
    },
    /// `..`
    DefaultFields(Box<[Ty<'tcx>]>),
}

/// A field of it.
#[derive(Clone, Copy, Debug)]
pub struct FieldExpr {
    pub name: FieldIdx,
    pub expr: ExprId,
}

/// A closure or coroutine.
#[derive(Clone, Debug)]
pub struct ClosureExpr<'tcx> {
    pub closure_id: LocalDefId,
    pub args: GenericArgsRef<'tcx>,
    pub upvars: Box<[ExprId]>,
    pub movability: Option<hir::Movability>,
    pub fake_reads: Vec<(ExprId, FakeReadCause, HirId)>,
}

/// Inline assembly.
#[derive(Clone, Debug)]
pub struct InlineAsmExpr<'tcx> {
    pub asm_macro: ast::AsmMacro,
    pub template: Box<[ast::InlineAsmTemplatePiece]>,
    pub operands: Box<[InlineAsmOperand<'tcx>]>,
    pub options: ast::InlineAsmOptions,
    pub line_spans: Box<[Span]>,
}

/// An operand of it.
#[derive(Clone, Debug)]
pub enum InlineAsmOperand<'tcx> {
    In { reg: AsmReg, expr: ExprId },
    Out { reg: AsmReg, late: bool, expr: Option<ExprId> },
    InOut { reg: AsmReg, late: bool, expr: ExprId },
    SplitInOut { reg: AsmReg, late: bool, in_expr: ExprId, out_expr: Option<ExprId> },
    Const { value: mir::Const<'tcx>, span: Span },
    SymFn { value: ExprId },
    SymStatic { def_id: DefId },
    Label { block: BlockId },
}

/// An arm.
#[derive(Clone, Debug)]
pub struct Arm<'tcx> {
    pub pattern: Box<Pat<'tcx>>,
    pub guard: Option<ExprId>,
    pub body: ExprId,
    pub hir_id: HirId,
    pub scope: Scope,
    pub span: Span,
}

/// A pattern.
#[derive(Clone, Debug)]
pub struct Pat<'tcx> {
    pub ty: Ty<'tcx>,
    pub span: Span,
    pub kind: PatKind<'tcx>,
    /// The HIR node, for lints; `None` for parts of constants.
    pub hir_id: Option<HirId>,
}

/// `field: pat`
#[derive(Clone, Debug)]
pub struct FieldPat<'tcx> {
    pub field: FieldIdx,
    pub pattern: Pat<'tcx>,
}

/// The kinds of pattern.
#[derive(Clone, Debug)]
pub enum PatKind<'tcx> {
    /// A parameter without a pattern.
    Missing,
    Wild,
    AscribeUserType {
        ascription: Box<Ascription<'tcx>>,
        subpattern: Box<Pat<'tcx>>,
    },
    Binding {
        name: Symbol,
        mode: hir::BindingMode,
        var: LocalVarId,
        /// The variable's type.
        ty: Ty<'tcx>,
        subpattern: Option<Box<Pat<'tcx>>>,
        /// Whether this one declares the variable: the first of an or-pattern's.
        is_primary: bool,
        is_shorthand: bool,
    },
    /// Of an enum with several variants.
    Variant {
        adt_def: AdtDef<'tcx>,
        args: GenericArgsRef<'tcx>,
        variant_index: VariantIdx,
        subpatterns: Vec<FieldPat<'tcx>>,
    },
    /// Of a struct, tuple, union, or enum of one variant.
    Leaf {
        subpatterns: Vec<FieldPat<'tcx>>,
    },
    /// `&p`, `box p`
    Deref {
        subpattern: Box<Pat<'tcx>>,
    },
    /// `deref!(p)`: by `Deref` or `DerefMut`.
    DerefPattern {
        subpattern: Box<Pat<'tcx>>,
        borrow: Mutability,
    },
    /// A value to compare with: integers, `bool`, `char`, floats, `&str`, raw and function pointers.
    Constant {
        value: ty::Value<'tcx>,
    },
    /// A constant item with the pattern it stands for.
    ExpandedConstant {
        def_id: DefId,
        subpattern: Box<Pat<'tcx>>,
    },
    Range(Box<PatRange<'tcx>>),
    Slice {
        prefix: Box<[Pat<'tcx>]>,
        slice: Option<Box<Pat<'tcx>>>,
        suffix: Box<[Pat<'tcx>]>,
    },
    Array {
        prefix: Box<[Pat<'tcx>]>,
        slice: Option<Box<Pat<'tcx>>>,
        suffix: Box<[Pat<'tcx>]>,
    },
    Or {
        pats: Box<[Pat<'tcx>]>,
    },
    /// `!`
    Never,
    /// It was reported.
    Error(span::ErrorGuaranteed),
}

/// A type annotation on a pattern.
#[derive(Clone, Debug)]
pub struct Ascription<'tcx> {
    pub annotation: CanonicalUserTypeAnnotation<'tcx>,
    pub variance: Variance,
}

/// A range.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PatRange<'tcx> {
    pub lo: PatRangeBoundary<'tcx>,
    pub hi: PatRangeBoundary<'tcx>,
    pub end: RangeEnd,
    pub ty: Ty<'tcx>,
}

/// An end of a range.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum PatRangeBoundary<'tcx> {
    Finite(ValTree<'tcx>),
    NegInfinity,
    PosInfinity,
}

impl<'tcx> PatRangeBoundary<'tcx> {
    pub fn as_finite(self) -> Option<ValTree<'tcx>> {
        match self {
            Self::Finite(v) => Some(v),
            Self::NegInfinity | Self::PosInfinity => None,
        }
    }
    /// The bits; for an open end the type's least or greatest value.
    pub fn to_bits(self, ty: Ty<'tcx>) -> u128 {
        match self {
            Self::Finite(v) => v.try_to_scalar_int().map_or(0, ScalarInt::to_uint),
            Self::NegInfinity => numeric_min(ty),
            Self::PosInfinity => numeric_max(ty),
        }
    }
    /// Numeric order of two bounds of a type; `None` if a NaN is among them.
    pub fn compare_with(self, other: Self, ty: Ty<'tcx>) -> Option<std::cmp::Ordering> {
        use std::cmp::Ordering;
        match (self, other) {
            (Self::PosInfinity, Self::PosInfinity) | (Self::NegInfinity, Self::NegInfinity) => {
                return Some(Ordering::Equal);
            }
            (Self::PosInfinity, _) | (_, Self::NegInfinity) if !ty.is_integral() && !ty.is_char() => {
                return Some(Ordering::Greater);
            }
            (Self::NegInfinity, _) | (_, Self::PosInfinity) if !ty.is_integral() && !ty.is_char() => {
                return Some(Ordering::Less);
            }
            _ => {}
        }
        compare_bits(self.to_bits(ty), other.to_bits(ty), ty)
    }
}

/// Compares two values of a numeric type or `char` by their bits.
pub fn compare_bits(a: u128, b: u128, ty: Ty<'_>) -> Option<std::cmp::Ordering> {
    use rustc_apfloat::Float;
    use rustc_apfloat::ieee::{Double, Half, Quad, Single};
    match ty.kind() {
        ty::TyKind::Float(ast::FloatTy::F16) => Half::from_bits(a).partial_cmp(&Half::from_bits(b)),
        ty::TyKind::Float(ast::FloatTy::F32) => Single::from_bits(a).partial_cmp(&Single::from_bits(b)),
        ty::TyKind::Float(ast::FloatTy::F64) => Double::from_bits(a).partial_cmp(&Double::from_bits(b)),
        ty::TyKind::Float(ast::FloatTy::F128) => Quad::from_bits(a).partial_cmp(&Quad::from_bits(b)),
        ty::TyKind::Int(i) => {
            let size = ty::util::int_bits(*i) / 8;
            Some(ty::sign_extend(a, size).cmp(&ty::sign_extend(b, size)))
        }
        _ => Some(a.cmp(&b)),
    }
}

/// The least value of an integer type or `char`, as bits.
pub fn numeric_min(ty: Ty<'_>) -> u128 {
    match ty.kind() {
        ty::TyKind::Int(i) => 1 << (ty::util::int_bits(*i) - 1),
        _ => 0,
    }
}

/// The greatest value of an integer type or `char`, as bits.
pub fn numeric_max(ty: Ty<'_>) -> u128 {
    match ty.kind() {
        ty::TyKind::Int(i) => (1 << (ty::util::int_bits(*i) - 1)) - 1,
        ty::TyKind::Uint(u) => u128::MAX >> (128 - ty::util::uint_bits(*u)),
        ty::TyKind::Char => char::MAX as u128,
        _ => u128::MAX,
    }
}

impl<'tcx> PatRange<'tcx> {
    /// Whether a value lies in it; `None` if it cannot be compared.
    pub fn contains(&self, value: ValTree<'tcx>) -> Option<bool> {
        use std::cmp::Ordering::*;
        let value = PatRangeBoundary::Finite(value);
        let above = matches!(self.lo.compare_with(value, self.ty)?, Less | Equal);
        let below = match value.compare_with(self.hi, self.ty)? {
            Less => true,
            Equal => self.end == RangeEnd::Included,
            Greater => false,
        };
        Some(above && below)
    }
    /// Whether two ranges share a value; `None` if they cannot be compared.
    pub fn overlaps(&self, other: &Self) -> Option<bool> {
        use std::cmp::Ordering::*;
        // For each: its low end lies not beyond the other's high end.
        let meets = |a: &Self, b: &Self| {
            Some(match a.lo.compare_with(b.hi, a.ty)? {
                Less => true,
                Equal => b.end == RangeEnd::Included,
                Greater => false,
            })
        };
        Some(meets(self, other)? && meets(other, self)?)
    }
}

impl<'tcx> Pat<'tcx> {
    pub fn wildcard_from_ty(ty: Ty<'tcx>) -> Self {
        Pat { ty, span: span::DUMMY_SP, kind: PatKind::Wild, hir_id: None }
    }
    /// The name, if it is a plain binding by value.
    pub fn simple_ident(&self) -> Option<Symbol> {
        match self.kind {
            PatKind::Binding { name, mode: hir::BindingMode(hir::ByRef::No, _), subpattern: None, .. } => Some(name),
            _ => None,
        }
    }
    /// The parts.
    pub fn subpatterns(&self) -> Vec<&Pat<'tcx>> {
        match &self.kind {
            PatKind::Missing
            | PatKind::Wild
            | PatKind::Constant { .. }
            | PatKind::Range(_)
            | PatKind::Never
            | PatKind::Error(_)
            | PatKind::Binding { subpattern: None, .. } => Vec::new(),
            PatKind::AscribeUserType { subpattern, .. }
            | PatKind::Binding { subpattern: Some(subpattern), .. }
            | PatKind::Deref { subpattern }
            | PatKind::DerefPattern { subpattern, .. }
            | PatKind::ExpandedConstant { subpattern, .. } => vec![subpattern],
            PatKind::Variant { subpatterns, .. } | PatKind::Leaf { subpatterns } => {
                subpatterns.iter().map(|f| &f.pattern).collect()
            }
            PatKind::Slice { prefix, slice, suffix } | PatKind::Array { prefix, slice, suffix } => {
                prefix.iter().chain(slice.as_deref()).chain(suffix.iter()).collect()
            }
            PatKind::Or { pats } => pats.iter().collect(),
        }
    }
    /// Calls `f` on the pattern and all in it, top down; not below one for which it returns false.
    pub fn walk(&self, f: &mut impl FnMut(&Pat<'tcx>) -> bool) {
        if f(self) {
            for p in self.subpatterns() {
                p.walk(f);
            }
        }
    }
    pub fn walk_always(&self, mut f: impl FnMut(&Pat<'tcx>)) {
        self.walk(&mut |p| {
            f(p);
            true
        });
    }
    /// Calls `f` on each binding: name, mode, type, place.
    pub fn each_binding(&self, mut f: impl FnMut(Symbol, hir::ByRef, Ty<'tcx>, Span)) {
        self.walk_always(|p| {
            if let PatKind::Binding { name, mode, ty, .. } = p.kind {
                f(name, mode.0, ty, p.span);
            }
        });
    }
    pub fn pat_error_reported(&self) -> Result<(), span::ErrorGuaranteed> {
        let mut error = None;
        self.walk_always(|p| {
            if let PatKind::Error(e) = p.kind {
                error.get_or_insert(e);
            }
        });
        error.map_or(Ok(()), Err)
    }
    /// Whether each alternative has a `!`.
    pub fn is_never_pattern(&self) -> bool {
        let mut never = false;
        self.walk(&mut |p| match &p.kind {
            PatKind::Never => {
                never = true;
                false
            }
            PatKind::Or { pats } => {
                never = pats.iter().all(Pat::is_never_pattern);
                false
            }
            _ => true,
        });
        never
    }
}
