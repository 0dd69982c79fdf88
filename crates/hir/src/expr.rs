//! Expressions and the bodies that they make up.

use ast::{LitKind, Movability, UnsafeBinderCastKind};
use macros::{Decodable, Encodable};
use span::def_id::LocalDefId;
use span::{ErrorGuaranteed, Ident, Span, Spanned};

use crate::{
    Block, BodyId, Constness, FnDecl, GenericParam, HirId, InlineAsm, Mutability, Pat, PathSegment, QPath, Ty,
};
pub use ast::{AssignOp, AssignOpKind, BinOp, BinOpKind, BorrowKind, CaptureBy, Label, UnOp};

/// A literal's value.
pub type Lit = Spanned<LitKind>;

/// An expression.
#[derive(Clone, Copy, Debug)]
pub struct Expr<'hir> {
    pub hir_id: HirId,
    pub kind: ExprKind<'hir>,
    pub span: Span,
}

/// The kinds of expression.
#[derive(Clone, Copy, Debug)]
pub enum ExprKind<'hir> {
    /// `const { .. }`
    ConstBlock(ConstBlock),
    /// `[a, b]`
    Array(&'hir [Expr<'hir>]),
    /// `f(a, b)`; also `S(a, b)`.
    Call(&'hir Expr<'hir>, &'hir [Expr<'hir>]),
    /// `x.f::<T>(a)`: segment, receiver, arguments, and the span from the name to `)`.
    MethodCall(&'hir PathSegment<'hir>, &'hir Expr<'hir>, &'hir [Expr<'hir>], Span),
    /// `x.use`
    Use(&'hir Expr<'hir>, Span),
    /// `(a, b)`
    Tup(&'hir [Expr<'hir>]),
    Binary(BinOp, &'hir Expr<'hir>, &'hir Expr<'hir>),
    Unary(UnOp, &'hir Expr<'hir>),
    Lit(Lit),
    /// `a as T`
    Cast(&'hir Expr<'hir>, &'hir Ty<'hir>),
    /// `type_ascribe!(a, T)`
    Type(&'hir Expr<'hir>, &'hir Ty<'hir>),
    /// Its temporaries are dropped at its end.
    DropTemps(&'hir Expr<'hir>),
    /// `let pat = expr` in a condition.
    Let(&'hir LetExpr<'hir>),
    /// The branches are blocks or, behind `else`, an `If`.
    If(&'hir Expr<'hir>, &'hir Expr<'hir>, Option<&'hir Expr<'hir>>),
    /// With the span of the loop's head: `loop`, `while cond`, `for pat in iter`.
    Loop(&'hir Block<'hir>, Option<Label>, LoopSource, Span),
    Match(&'hir Expr<'hir>, &'hir [Arm<'hir>], MatchSource),
    /// Closures, `async` blocks and other coroutines.
    Closure(&'hir Closure<'hir>),
    Block(&'hir Block<'hir>, Option<Label>),
    /// With the span of `=`.
    Assign(&'hir Expr<'hir>, &'hir Expr<'hir>, Span),
    AssignOp(AssignOp, &'hir Expr<'hir>, &'hir Expr<'hir>),
    Field(&'hir Expr<'hir>, Ident),
    /// With the span of the brackets.
    Index(&'hir Expr<'hir>, &'hir Expr<'hir>, Span),
    Path(QPath<'hir>),
    /// `&mut x`, `&raw const x`
    AddrOf(BorrowKind, Mutability, &'hir Expr<'hir>),
    Break(Destination, Option<&'hir Expr<'hir>>),
    Continue(Destination),
    Ret(Option<&'hir Expr<'hir>>),
    Become(&'hir Expr<'hir>),
    InlineAsm(&'hir InlineAsm<'hir>),
    OffsetOf(&'hir Ty<'hir>, &'hir [Ident]),
    Struct(&'hir QPath<'hir>, &'hir [ExprField<'hir>], StructTailExpr<'hir>),
    /// `[x; n]`
    Repeat(&'hir Expr<'hir>, &'hir ConstArg<'hir>),
    Yield(&'hir Expr<'hir>, YieldSource),
    UnsafeBinderCast(UnsafeBinderCastKind, &'hir Expr<'hir>, Option<&'hir Ty<'hir>>),
    /// It was reported.
    Err(ErrorGuaranteed),
}

/// What ends a struct expression.
#[derive(Clone, Copy, Debug)]
pub enum StructTailExpr<'hir> {
    None,
    /// `..base`
    Base(&'hir Expr<'hir>),
    /// `..`: the fields' defaults.
    DefaultFields(Span),
    /// A syntax error stands among the fields.
    NoneWithError(ErrorGuaranteed),
}

/// `field: expr`
#[derive(Clone, Copy, Debug)]
pub struct ExprField<'hir> {
    pub hir_id: HirId,
    pub ident: Ident,
    pub expr: &'hir Expr<'hir>,
    pub span: Span,
    pub is_shorthand: bool,
}

/// `let pat: ty = init` in a condition.
#[derive(Clone, Copy, Debug)]
pub struct LetExpr<'hir> {
    pub span: Span,
    pub pat: &'hir Pat<'hir>,
    pub ty: Option<&'hir Ty<'hir>>,
    pub init: &'hir Expr<'hir>,
    /// The parser reported it and went on.
    pub recovered: Option<ErrorGuaranteed>,
}

/// An arm of a `match`.
#[derive(Clone, Copy, Debug)]
pub struct Arm<'hir> {
    pub hir_id: HirId,
    pub span: Span,
    pub pat: &'hir Pat<'hir>,
    pub guard: Option<&'hir Expr<'hir>>,
    pub body: &'hir Expr<'hir>,
}

/// What a `match` was made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum MatchSource {
    Normal,
    /// `x.match { .. }`
    Postfix,
    ForLoopDesugar,
    /// With the id of the expression before `?`.
    TryDesugar(HirId),
    AwaitDesugar,
    /// `format_args!` with an argument used twice.
    FormatArgs,
}

impl MatchSource {
    pub fn name(self) -> &'static str {
        match self {
            MatchSource::Normal => "match",
            MatchSource::Postfix => ".match",
            MatchSource::ForLoopDesugar => "for",
            MatchSource::TryDesugar(_) => "?",
            MatchSource::AwaitDesugar => ".await",
            MatchSource::FormatArgs => "format_args!()",
        }
    }
}

/// What a `loop` was made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum LoopSource {
    Loop,
    While,
    ForLoop,
}

impl LoopSource {
    pub fn name(self) -> &'static str {
        match self {
            LoopSource::Loop => "loop",
            LoopSource::While => "while",
            LoopSource::ForLoop => "for",
        }
    }
}

/// Why a `break` or `continue` has no target.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LoopIdError {
    OutsideLoopScope,
    UnlabeledCfInWhileCondition,
    UnresolvedLabel,
}

impl std::fmt::Display for LoopIdError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            LoopIdError::OutsideLoopScope => "not inside loop scope",
            LoopIdError::UnlabeledCfInWhileCondition => "unlabeled control flow (break or continue) in while condition",
            LoopIdError::UnresolvedLabel => "label not found",
        })
    }
}

/// The target of a `break` or `continue`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Destination {
    /// As written.
    pub label: Option<Label>,
    /// The loop's expression, or the block (not the block's expression).
    pub target_id: Result<HirId, LoopIdError>,
}

/// What a `yield` was made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum YieldSource {
    /// With the id of the awaiting expression.
    Await {
        expr: Option<HirId>,
    },
    Yield,
}

impl YieldSource {
    pub fn is_await(&self) -> bool {
        matches!(self, YieldSource::Await { .. })
    }
}

impl std::fmt::Display for YieldSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.is_await() { "`await`" } else { "`yield`" })
    }
}

/// A closure or coroutine.
#[derive(Clone, Copy, Debug)]
pub struct Closure<'hir> {
    pub def_id: LocalDefId,
    pub binder: ClosureBinder,
    pub constness: Constness,
    pub capture_clause: CaptureBy,
    /// Of `for<..>` and elided lifetimes in a closure with that.
    pub bound_generic_params: &'hir [GenericParam<'hir>],
    pub fn_decl: &'hir FnDecl<'hir>,
    pub body: BodyId,
    /// `move |x| -> T`
    pub fn_decl_span: Span,
    /// `|x|`
    pub fn_arg_span: Option<Span>,
    pub kind: ClosureKind,
}

/// `for<..>` before a closure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClosureBinder {
    /// Elided lifetimes are inferred.
    Default,
    /// Elided lifetimes are an error.
    For { span: Span },
}

/// Whether a closure is a coroutine or returns one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum ClosureKind {
    Closure,
    Coroutine(CoroutineKind),
    /// `async || { .. }`: may lend its captures to the coroutine that it returns.
    CoroutineClosure(CoroutineDesugaring),
}

/// What a coroutine was made of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum CoroutineKind {
    /// `async`, `gen`
    Desugared(CoroutineDesugaring, CoroutineSource),
    /// A closure with `yield` in it.
    Coroutine(Movability),
}

impl CoroutineKind {
    pub fn movability(self) -> Movability {
        match self {
            CoroutineKind::Desugared(CoroutineDesugaring::Async | CoroutineDesugaring::AsyncGen, _) => {
                Movability::Static
            }
            CoroutineKind::Desugared(CoroutineDesugaring::Gen, _) => Movability::Movable,
            CoroutineKind::Coroutine(mov) => mov,
        }
    }

    pub fn is_fn_like(self) -> bool {
        matches!(self, CoroutineKind::Desugared(_, CoroutineSource::Fn))
    }

    pub fn to_plural_string(&self) -> String {
        match self {
            CoroutineKind::Desugared(d, CoroutineSource::Fn) => format!("{d:#}fn bodies"),
            CoroutineKind::Desugared(d, CoroutineSource::Block) => format!("{d:#}blocks"),
            CoroutineKind::Desugared(d, CoroutineSource::Closure) => format!("{d:#}closure bodies"),
            CoroutineKind::Coroutine(_) => "coroutines".to_string(),
        }
    }
}

impl std::fmt::Display for CoroutineKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CoroutineKind::Desugared(d, k) => {
                std::fmt::Display::fmt(d, f)?;
                f.write_str(match k {
                    CoroutineSource::Block => "block",
                    CoroutineSource::Closure => "closure body",
                    CoroutineSource::Fn => "fn body",
                })
            }
            CoroutineKind::Coroutine(_) => f.write_str("coroutine"),
        }
    }
}

/// The keyword of a coroutine.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum CoroutineDesugaring {
    Async,
    Gen,
    AsyncGen,
}

/// With `{:#}` in backticks, each with a space behind it.
impl std::fmt::Display for CoroutineDesugaring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = match self {
            CoroutineDesugaring::Async => "async",
            CoroutineDesugaring::Gen => "gen",
            CoroutineDesugaring::AsyncGen => "async gen",
        };
        if f.alternate() { write!(f, "`{name}` ") } else { write!(f, "{name} ") }
    }
}

/// What a desugared coroutine was.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum CoroutineSource {
    Block,
    Closure,
    Fn,
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub struct Param<'hir> {
    pub hir_id: HirId,
    pub pat: &'hir Pat<'hir>,
    pub ty_span: Span,
    pub span: Span,
}

/// Parameters and a value: a function's, closure's or constant's.
#[derive(Clone, Copy, Debug)]
pub struct Body<'hir> {
    pub params: &'hir [Param<'hir>],
    pub value: &'hir Expr<'hir>,
}

impl Body<'_> {
    pub fn id(&self) -> BodyId {
        BodyId { hir_id: self.value.hir_id }
    }
}

/// What a body is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BodyOwnerKind {
    Fn,
    Closure,
    Const { inline: bool },
    Static(Mutability),
    GlobalAsm,
}

impl BodyOwnerKind {
    pub fn is_fn_or_closure(self) -> bool {
        matches!(self, BodyOwnerKind::Fn | BodyOwnerKind::Closure)
    }
}

/// In what constant a body is evaluated.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ConstContext {
    ConstFn,
    Static(Mutability),
    Const { inline: bool },
}

impl ConstContext {
    pub fn keyword_name(self) -> &'static str {
        match self {
            Self::Const { .. } => "const",
            Self::Static(Mutability::Not) => "static",
            Self::Static(Mutability::Mut) => "static mut",
            Self::ConstFn => "const fn",
        }
    }
}

/// For "in a {}".
impl std::fmt::Display for ConstContext {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match *self {
            Self::Const { .. } => "constant",
            Self::Static(_) => "static",
            Self::ConstFn => "constant function",
        })
    }
}

/// A constant with a body of its own.
#[derive(Clone, Copy, Debug)]
pub struct AnonConst {
    pub hir_id: HirId,
    pub def_id: LocalDefId,
    pub body: BodyId,
    pub span: Span,
}

/// `const { .. }`
#[derive(Clone, Copy, Debug)]
pub struct ConstBlock {
    pub hir_id: HirId,
    pub def_id: LocalDefId,
    pub body: BodyId,
}

/// A constant as a generic argument, an array length, or a default.
#[derive(Clone, Copy, Debug)]
pub struct ConstArg<'hir> {
    pub hir_id: HirId,
    pub kind: ConstArgKind<'hir>,
    pub span: Span,
}

impl<'hir> ConstArg<'hir> {
    /// See [`Ty::as_unambig_ty`].
    pub fn as_unambig_ct(&'hir self) -> &'hir ConstArg<'hir> {
        self
    }

    pub fn anon_const_hir_id(&self) -> Option<HirId> {
        match self.kind {
            ConstArgKind::Anon(ac) => Some(ac.hir_id),
            _ => None,
        }
    }
}

/// The kinds of const argument.
#[derive(Clone, Copy, Debug)]
pub enum ConstArgKind<'hir> {
    /// A const parameter (or, under `min_generic_const_args`, any constant's path).
    Path(QPath<'hir>),
    Anon(&'hir AnonConst),
    /// It was reported.
    Error(ErrorGuaranteed),
    /// A literal, which needs no body.
    Literal {
        lit: LitKind,
        negated: bool,
    },
    /// `_`
    Infer,
}

/// A variable that a closure captures.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub struct Upvar {
    /// A use of it.
    pub span: Span,
}

impl<'hir> Expr<'hir> {
    /// Without [`ExprKind::DropTemps`] around it.
    pub fn peel_drop_temps(&self) -> &Self {
        let mut expr = self;
        while let ExprKind::DropTemps(inner) = &expr.kind {
            expr = inner;
        }
        expr
    }

    /// Without blocks that hold nothing but an expression.
    pub fn peel_blocks(&self) -> &Self {
        let mut expr = self;
        while let ExprKind::Block(Block { stmts: [], expr: Some(inner), .. }, _) = &expr.kind {
            expr = inner;
        }
        expr
    }

    /// Without `&`.
    pub fn peel_borrows(&self) -> &Self {
        let mut expr = self;
        while let ExprKind::AddrOf(.., inner) = &expr.kind {
            expr = inner;
        }
        expr
    }

    /// The variable, if it is just that.
    pub fn is_path_to_local(&self) -> Option<HirId> {
        match self.kind {
            ExprKind::Path(QPath::Resolved(None, path)) => match path.res {
                crate::def::Res::Local(id) => Some(id),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether, as far as syntax tells, it names a place in memory. `allow_projections_from` tells so of an adjusted base.
    pub fn is_place_expr(&self, mut allow_projections_from: impl FnMut(&Self) -> bool) -> bool {
        use crate::def::{DefKind, Res};
        match self.kind {
            ExprKind::Path(QPath::Resolved(_, path)) => {
                matches!(path.res, Res::Local(..) | Res::Def(DefKind::Static { .. }, _) | Res::Err)
            }
            ExprKind::Type(e, _) => e.is_place_expr(allow_projections_from),
            ExprKind::UnsafeBinderCast(_, e, _) => e.is_place_expr(allow_projections_from),
            ExprKind::Unary(UnOp::Deref, _) => true,
            ExprKind::Field(base, _) | ExprKind::Index(base, _, _) => {
                allow_projections_from(base) || base.is_place_expr(allow_projections_from)
            }
            // A lang item's or type relative path is an associated item, hence a value.
            ExprKind::Path(QPath::TypeRelative(..) | QPath::LangItem(..)) => false,
            // It was reported; nothing more is to be said about it.
            ExprKind::Err(_) => true,
            ExprKind::ConstBlock(..)
            | ExprKind::Use(..)
            | ExprKind::Match(..)
            | ExprKind::Closure(..)
            | ExprKind::Block(..)
            | ExprKind::Repeat(..)
            | ExprKind::Array(..)
            | ExprKind::Break(..)
            | ExprKind::Continue(..)
            | ExprKind::Ret(..)
            | ExprKind::Become(..)
            | ExprKind::Let(..)
            | ExprKind::Loop(..)
            | ExprKind::Assign(..)
            | ExprKind::InlineAsm(..)
            | ExprKind::OffsetOf(..)
            | ExprKind::AssignOp(..)
            | ExprKind::Lit(_)
            | ExprKind::Unary(..)
            | ExprKind::AddrOf(..)
            | ExprKind::Binary(..)
            | ExprKind::Yield(..)
            | ExprKind::Cast(..)
            | ExprKind::DropTemps(..)
            | ExprKind::If(..)
            | ExprKind::Tup(..)
            | ExprKind::MethodCall(..)
            | ExprKind::Struct(..)
            | ExprKind::Call(..) => false,
        }
    }

    /// As a place expression before type checking.
    pub fn is_syntactic_place_expr(&self) -> bool {
        self.is_place_expr(|_| true)
    }
}
