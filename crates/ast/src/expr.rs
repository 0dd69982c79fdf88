//! Expressions.

use span::{ByteSymbol, DUMMY_SP, ErrorGuaranteed, Ident, Span, Spanned};
use thin_vec::ThinVec;

use crate::precedence::{ExprPrecedence, Fixity};
use crate::{
    AttrStyle, AttrVec, Block, Const, CoroutineKind, DUMMY_NODE_ID, DelimArgs, FnDecl, FnRetTy, FormatArgs,
    GenericBound, GenericParam, InlineAsm, Movability, MutTy, Mutability, NodeId, P, Parens, Pat, Path, PathSegment,
    PolyTraitRef, QSelf, Recovered, StmtKind, TraitBoundModifiers, TraitObjectSyntax, Ty, TyKind, token,
};

/// `'outer` before a loop or block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Label {
    pub ident: Ident,
}

/// `&`, `&raw` or `&pin`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BorrowKind {
    Ref,
    Raw,
    Pin,
}

/// Binary operators.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BinOpKind {
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    And,
    Or,
    BitXor,
    BitAnd,
    BitOr,
    Shl,
    Shr,
    Eq,
    Lt,
    Le,
    Ne,
    Ge,
    Gt,
}

impl BinOpKind {
    pub fn as_str(&self) -> &'static str {
        match self {
            BinOpKind::Add => "+",
            BinOpKind::Sub => "-",
            BinOpKind::Mul => "*",
            BinOpKind::Div => "/",
            BinOpKind::Rem => "%",
            BinOpKind::And => "&&",
            BinOpKind::Or => "||",
            BinOpKind::BitXor => "^",
            BinOpKind::BitAnd => "&",
            BinOpKind::BitOr => "|",
            BinOpKind::Shl => "<<",
            BinOpKind::Shr => ">>",
            BinOpKind::Eq => "==",
            BinOpKind::Lt => "<",
            BinOpKind::Le => "<=",
            BinOpKind::Ne => "!=",
            BinOpKind::Ge => ">=",
            BinOpKind::Gt => ">",
        }
    }

    /// `&&`, `||`
    pub fn is_lazy(&self) -> bool {
        matches!(self, BinOpKind::And | BinOpKind::Or)
    }

    /// `<<`, `>>`
    pub fn is_shift(&self) -> bool {
        matches!(self, BinOpKind::Shl | BinOpKind::Shr)
    }

    pub fn precedence(&self) -> ExprPrecedence {
        match self {
            BinOpKind::Mul | BinOpKind::Div | BinOpKind::Rem => ExprPrecedence::Product,
            BinOpKind::Add | BinOpKind::Sub => ExprPrecedence::Sum,
            BinOpKind::Shl | BinOpKind::Shr => ExprPrecedence::Shift,
            BinOpKind::BitAnd => ExprPrecedence::BitAnd,
            BinOpKind::BitXor => ExprPrecedence::BitXor,
            BinOpKind::BitOr => ExprPrecedence::BitOr,
            BinOpKind::And => ExprPrecedence::LAnd,
            BinOpKind::Or => ExprPrecedence::LOr,
            BinOpKind::Lt | BinOpKind::Gt | BinOpKind::Le | BinOpKind::Ge | BinOpKind::Eq | BinOpKind::Ne => {
                ExprPrecedence::Compare
            }
        }
    }

    pub fn fixity(&self) -> Fixity {
        if self.is_comparison() { Fixity::None } else { Fixity::Left }
    }

    pub fn is_comparison(self) -> bool {
        matches!(self, BinOpKind::Eq | BinOpKind::Ne | BinOpKind::Lt | BinOpKind::Le | BinOpKind::Gt | BinOpKind::Ge)
    }

    /// Comparisons take their operands by reference.
    pub fn is_by_value(self) -> bool {
        !self.is_comparison()
    }
}

/// A binary operator with its place.
pub type BinOp = Spanned<BinOpKind>;

impl From<AssignOpKind> for BinOpKind {
    fn from(op: AssignOpKind) -> BinOpKind {
        match op {
            AssignOpKind::AddAssign => BinOpKind::Add,
            AssignOpKind::SubAssign => BinOpKind::Sub,
            AssignOpKind::MulAssign => BinOpKind::Mul,
            AssignOpKind::DivAssign => BinOpKind::Div,
            AssignOpKind::RemAssign => BinOpKind::Rem,
            AssignOpKind::BitXorAssign => BinOpKind::BitXor,
            AssignOpKind::BitAndAssign => BinOpKind::BitAnd,
            AssignOpKind::BitOrAssign => BinOpKind::BitOr,
            AssignOpKind::ShlAssign => BinOpKind::Shl,
            AssignOpKind::ShrAssign => BinOpKind::Shr,
        }
    }
}

/// Compound assignment operators.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AssignOpKind {
    AddAssign,
    SubAssign,
    MulAssign,
    DivAssign,
    RemAssign,
    BitXorAssign,
    BitAndAssign,
    BitOrAssign,
    ShlAssign,
    ShrAssign,
}

impl AssignOpKind {
    pub fn as_str(&self) -> &'static str {
        match self {
            AssignOpKind::AddAssign => "+=",
            AssignOpKind::SubAssign => "-=",
            AssignOpKind::MulAssign => "*=",
            AssignOpKind::DivAssign => "/=",
            AssignOpKind::RemAssign => "%=",
            AssignOpKind::BitXorAssign => "^=",
            AssignOpKind::BitAndAssign => "&=",
            AssignOpKind::BitOrAssign => "|=",
            AssignOpKind::ShlAssign => "<<=",
            AssignOpKind::ShrAssign => ">>=",
        }
    }

    pub fn is_by_value(self) -> bool {
        true
    }
}

/// A compound assignment operator with its place.
pub type AssignOp = Spanned<AssignOpKind>;

/// Unary operators. `&x` is not one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UnOp {
    Deref,
    Not,
    Neg,
}

impl UnOp {
    pub fn as_str(&self) -> &'static str {
        match self {
            UnOp::Deref => "*",
            UnOp::Not => "!",
            UnOp::Neg => "-",
        }
    }

    pub fn is_by_value(self) -> bool {
        matches!(self, Self::Neg | Self::Not)
    }
}

/// An arm of a `match`.
#[derive(Clone, Debug)]
pub struct Arm {
    pub attrs: AttrVec,
    pub pat: P<Pat>,
    pub guard: Option<P<Expr>>,
    /// Left out behind a never pattern.
    pub body: Option<P<Expr>>,
    pub span: Span,
    pub id: NodeId,
    pub is_placeholder: bool,
}

/// `field: expr` or `field` in a struct expression.
#[derive(Clone, Debug)]
pub struct ExprField {
    pub attrs: AttrVec,
    pub id: NodeId,
    pub span: Span,
    pub ident: Ident,
    pub expr: P<Expr>,
    pub is_shorthand: bool,
    pub is_placeholder: bool,
}

/// A constant that is no item: array length, discriminant, const argument.
#[derive(Clone, Debug)]
pub struct AnonConst {
    pub id: NodeId,
    pub value: P<Expr>,
}

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    pub id: NodeId,
    pub kind: ExprKind,
    pub span: Span,
    pub attrs: AttrVec,
}

impl From<P<Expr>> for Expr {
    fn from(value: P<Expr>) -> Self {
        *value
    }
}

/// `for<'a> async move |x| -> T { .. }`
#[derive(Clone, Debug)]
pub struct Closure {
    pub binder: ClosureBinder,
    pub capture_clause: CaptureBy,
    pub constness: Const,
    pub coroutine_kind: Option<CoroutineKind>,
    pub movability: Movability,
    pub fn_decl: P<FnDecl>,
    pub body: P<Expr>,
    /// `move |...| -> ...`
    pub fn_decl_span: Span,
    /// `|...|`
    pub fn_arg_span: Span,
}

/// `..` or `..=`
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum RangeLimits {
    HalfOpen,
    Closed,
}

impl RangeLimits {
    pub fn as_str(&self) -> &'static str {
        match self {
            RangeLimits::HalfOpen => "..",
            RangeLimits::Closed => "..=",
        }
    }
}

/// `receiver.seg::<A>(args)`
#[derive(Clone, Debug)]
pub struct MethodCall {
    pub seg: PathSegment,
    pub receiver: P<Expr>,
    pub args: ThinVec<P<Expr>>,
    /// From the name to the closing parenthesis.
    pub span: Span,
}

/// What ends a struct expression.
#[derive(Clone, Debug)]
pub enum StructRest {
    /// `..base`
    Base(P<Expr>),
    /// `..`
    Rest(Span),
    None,
    /// A syntax error stands among the fields: a missing one is not to be reported.
    NoneWithError(ErrorGuaranteed),
}

/// `Path { field: expr, ..rest }`
#[derive(Clone, Debug)]
pub struct StructExpr {
    pub qself: Option<P<QSelf>>,
    pub path: Path,
    pub fields: ThinVec<ExprField>,
    pub rest: StructRest,
}

/// The kinds of expression.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `[a, b]`
    Array(ThinVec<P<Expr>>),
    /// `const { .. }`
    ConstBlock(AnonConst),
    /// `f(a, b)`
    Call(P<Expr>, ThinVec<P<Expr>>),
    /// `x.f(a)`
    MethodCall(P<MethodCall>),
    /// `(a, b)`
    Tup(ThinVec<P<Expr>>),
    /// `a + b`
    Binary(BinOp, P<Expr>, P<Expr>),
    /// `!a`
    Unary(UnOp, P<Expr>),
    /// `1`, `"a"`
    Lit(token::Lit),
    /// `a as T`
    Cast(P<Expr>, P<Ty>),
    /// `builtin # type_ascribe(a, T)`
    Type(P<Expr>, P<Ty>),
    /// `let pat = expr` in a condition; the span is that of the whole.
    Let(P<Pat>, P<Expr>, Span, Recovered),
    /// `if c { .. } else ..`; the `else` is a `Block` or an `If`.
    If(P<Expr>, P<Block>, Option<P<Expr>>),
    /// `'l: while c { .. }`
    While(P<Expr>, P<Block>, Option<Label>),
    /// `'l: for pat in iter { .. }`
    ForLoop { pat: P<Pat>, iter: P<Expr>, body: P<Block>, label: Option<Label>, kind: ForLoopKind },
    /// `'l: loop { .. }`; the span is that of `loop`.
    Loop(P<Block>, Option<Label>, Span),
    /// `match x { .. }`
    Match(P<Expr>, ThinVec<Arm>, MatchKind),
    /// `|x| y`
    Closure(P<Closure>),
    /// `'l: { .. }`, `unsafe { .. }`
    Block(P<Block>, Option<Label>),
    /// `async move { .. }`, `gen { .. }`; the span is that of what stands before the block.
    Gen(CaptureBy, P<Block>, GenBlockKind, Span),
    /// `x.await`, with the keyword's span.
    Await(P<Expr>, Span),
    /// `x.use`, with the keyword's span.
    Use(P<Expr>, Span),
    /// `try { .. }`, `try bikeshed T { .. }`
    TryBlock(P<Block>, Option<P<Ty>>),
    /// `a = b`, with the span of `=`.
    Assign(P<Expr>, P<Expr>, Span),
    /// `a += b`
    AssignOp(AssignOp, P<Expr>, P<Expr>),
    /// `x.f`, `x.0`
    Field(P<Expr>, Ident),
    /// `x[i]`, with the span of the brackets.
    Index(P<Expr>, P<Expr>, Span),
    /// `a..b`, `..=b`, `..`
    Range(Option<P<Expr>>, Option<P<Expr>>, RangeLimits),
    /// `_`
    Underscore,
    /// `a::b`, `<T as Trait>::f`
    Path(Option<P<QSelf>>, Path),
    /// `&mut a`, `&raw const a`
    AddrOf(BorrowKind, Mutability, P<Expr>),
    /// `break 'l x`
    Break(Option<Label>, Option<P<Expr>>),
    /// `continue 'l`
    Continue(Option<Label>),
    /// `return x`
    Ret(Option<P<Expr>>),
    /// What `asm!()` expands to.
    InlineAsm(P<InlineAsm>),
    /// `builtin # offset_of(T, a.b)`
    OffsetOf(P<Ty>, Vec<Ident>),
    /// `m!(..)`
    MacCall(P<MacCall>),
    /// `S { x: 1, ..y }`
    Struct(P<StructExpr>),
    /// `[x; n]`
    Repeat(P<Expr>, AnonConst),
    /// `(x)`
    Paren(P<Expr>),
    /// `x?`
    Try(P<Expr>),
    /// `yield x`
    Yield(YieldKind),
    /// `do yeet x`
    Yeet(Option<P<Expr>>),
    /// `become f(x)`
    Become(P<Expr>),
    /// What `include_bytes!()` expands to.
    IncludedBytes(ByteSymbol),
    /// What `format_args!()` expands to.
    FormatArgs(P<FormatArgs>),
    /// `builtin # wrap_binder(x, T)`
    UnsafeBinderCast(UnsafeBinderCastKind, P<Expr>, Option<P<Ty>>),
    /// An expression that could not be parsed.
    Err(ErrorGuaranteed),
    /// Stands where no expression is meant to be looked at.
    Dummy,
}

/// `for` or `for await`
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ForLoopKind {
    For,
    ForAwait,
}

/// `async`, `gen`, `async gen`
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GenBlockKind {
    Async,
    Gen,
    AsyncGen,
}

impl std::fmt::Display for GenBlockKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.modifier())
    }
}

impl GenBlockKind {
    pub fn modifier(&self) -> &'static str {
        match self {
            GenBlockKind::Async => "async",
            GenBlockKind::Gen => "gen",
            GenBlockKind::AsyncGen => "async gen",
        }
    }
}

/// Into or out of an unsafe binder.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum UnsafeBinderCastKind {
    Wrap,
    Unwrap,
}

/// `match x {}` or `x.match {}`
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MatchKind {
    Prefix,
    Postfix,
}

/// `yield x` or `x.yield`
#[derive(Clone, Debug)]
pub enum YieldKind {
    Prefix(Option<P<Expr>>),
    Postfix(P<Expr>),
}

impl YieldKind {
    pub fn expr(&self) -> Option<&P<Expr>> {
        match self {
            YieldKind::Prefix(expr) => expr.as_ref(),
            YieldKind::Postfix(expr) => Some(expr),
        }
    }

    pub fn expr_mut(&mut self) -> Option<&mut P<Expr>> {
        match self {
            YieldKind::Prefix(expr) => expr.as_mut(),
            YieldKind::Postfix(expr) => Some(expr),
        }
    }
}

/// How a closure or `async` block captures.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CaptureBy {
    /// `move`
    Value { move_kw: Span },
    /// Neither `move` nor `use`.
    Ref,
    /// `use`
    Use { use_kw: Span },
}

/// `for<'a, 'b>` before a closure.
#[derive(Clone, Debug)]
pub enum ClosureBinder {
    NotPresent,
    For { span: Span, generic_params: ThinVec<GenericParam> },
}

/// `path!(args)`
#[derive(Clone, Debug)]
pub struct MacCall {
    pub path: Path,
    pub args: P<DelimArgs>,
}

impl MacCall {
    pub fn span(&self) -> Span {
        self.path.span.to(self.args.dspan.entire())
    }
}

impl Expr {
    /// A single name, maybe in one block: may be a const parameter, needs no body of its own.
    pub fn is_potential_trivial_const_arg(&self) -> bool {
        matches!(&self.maybe_unwrap_block().kind, ExprKind::Path(None, path) if path.is_potential_trivial_const_arg())
    }

    /// Without one pair of braces, if there is nothing but an expression in them.
    pub fn maybe_unwrap_block(&self) -> &Expr {
        if let ExprKind::Block(block, None) = &self.kind
            && let [stmt] = block.stmts.as_slice()
            && let StmtKind::Expr(expr) = &stmt.kind
        {
            expr
        } else {
            self
        }
    }

    /// The id of the macro call that this is, maybe in one block; and whether there was a block.
    pub fn optionally_braced_mac_call(&self, already_stripped_block: bool) -> Option<(bool, NodeId)> {
        match &self.kind {
            ExprKind::Block(block, None) if !already_stripped_block => match block.stmts.as_slice() {
                [stmt] => match &stmt.kind {
                    StmtKind::MacCall(_) => Some((true, stmt.id)),
                    StmtKind::Expr(expr) if matches!(expr.kind, ExprKind::MacCall(_)) => Some((true, expr.id)),
                    _ => None,
                },
                _ => None,
            },
            ExprKind::MacCall(_) => Some((already_stripped_block, self.id)),
            _ => None,
        }
    }

    pub fn peel_parens(&self) -> &Expr {
        let mut expr = self;
        while let ExprKind::Paren(inner) = &expr.kind {
            expr = inner;
        }
        expr
    }

    pub fn peel_parens_and_refs(&self) -> &Expr {
        let mut expr = self;
        while let ExprKind::Paren(inner) | ExprKind::AddrOf(BorrowKind::Ref, _, inner) = &expr.kind {
            expr = inner;
        }
        expr
    }

    /// The expression read as a bound, for suggestions.
    pub fn to_bound(&self) -> Option<GenericBound> {
        match &self.kind {
            ExprKind::Path(None, path) => Some(GenericBound::Trait(PolyTraitRef::new(
                ThinVec::new(),
                path.clone(),
                TraitBoundModifiers::NONE,
                self.span,
                Parens::No,
            ))),
            _ => None,
        }
    }

    /// The expression read as a type, for suggestions.
    pub fn to_ty(&self) -> Option<P<Ty>> {
        let kind = match &self.kind {
            ExprKind::Path(qself, path) => TyKind::Path(qself.clone(), path.clone()),
            ExprKind::MacCall(mac) => TyKind::MacCall(mac.clone()),
            ExprKind::Paren(expr) => TyKind::Paren(expr.to_ty()?),
            ExprKind::AddrOf(BorrowKind::Ref, mutbl, expr) => {
                TyKind::Ref(None, MutTy { ty: expr.to_ty()?, mutbl: *mutbl })
            }
            ExprKind::Repeat(expr, len) => TyKind::Array(expr.to_ty()?, len.clone()),
            ExprKind::Array(exprs) => match exprs.as_slice() {
                [expr] => TyKind::Slice(expr.to_ty()?),
                _ => return None,
            },
            ExprKind::Tup(exprs) => TyKind::Tup(exprs.iter().map(|e| e.to_ty()).collect::<Option<_>>()?),
            ExprKind::Binary(op, lhs, rhs) if op.node == BinOpKind::Add => {
                TyKind::TraitObject(vec![lhs.to_bound()?, rhs.to_bound()?], TraitObjectSyntax::None)
            }
            ExprKind::Underscore => TyKind::Infer,
            _ => return None,
        };
        Some(P(Ty { kind, id: self.id, span: self.span }))
    }

    pub fn precedence(&self) -> ExprPrecedence {
        match &self.kind {
            ExprKind::Closure(closure) => match closure.fn_decl.output {
                FnRetTy::Default(_) => ExprPrecedence::Jump,
                FnRetTy::Ty(_) => self.prefix_attrs_precedence(),
            },
            ExprKind::Break(_, value)
            | ExprKind::Ret(value)
            | ExprKind::Yield(YieldKind::Prefix(value))
            | ExprKind::Yeet(value) => match value {
                Some(_) => ExprPrecedence::Jump,
                None => self.prefix_attrs_precedence(),
            },
            ExprKind::Become(_) => ExprPrecedence::Jump,
            // `x .. x = x` does not parse: lower than assignment here, so that the printer sets parentheses.
            ExprKind::Range(..) => ExprPrecedence::Range,
            ExprKind::Binary(op, ..) => op.node.precedence(),
            ExprKind::Cast(..) => ExprPrecedence::Cast,
            ExprKind::Assign(..) | ExprKind::AssignOp(..) => ExprPrecedence::Assign,
            ExprKind::AddrOf(..) | ExprKind::Let(..) | ExprKind::Unary(..) => ExprPrecedence::Prefix,
            ExprKind::Array(_)
            | ExprKind::Await(..)
            | ExprKind::Use(..)
            | ExprKind::Block(..)
            | ExprKind::Call(..)
            | ExprKind::ConstBlock(_)
            | ExprKind::Continue(..)
            | ExprKind::Field(..)
            | ExprKind::ForLoop { .. }
            | ExprKind::FormatArgs(..)
            | ExprKind::Gen(..)
            | ExprKind::If(..)
            | ExprKind::IncludedBytes(..)
            | ExprKind::Index(..)
            | ExprKind::InlineAsm(..)
            | ExprKind::Lit(_)
            | ExprKind::Loop(..)
            | ExprKind::MacCall(..)
            | ExprKind::Match(..)
            | ExprKind::MethodCall(..)
            | ExprKind::OffsetOf(..)
            | ExprKind::Paren(..)
            | ExprKind::Path(..)
            | ExprKind::Repeat(..)
            | ExprKind::Struct(..)
            | ExprKind::Try(..)
            | ExprKind::TryBlock(..)
            | ExprKind::Tup(_)
            | ExprKind::Type(..)
            | ExprKind::Underscore
            | ExprKind::UnsafeBinderCast(..)
            | ExprKind::While(..)
            | ExprKind::Yield(YieldKind::Postfix(..))
            | ExprKind::Err(_)
            | ExprKind::Dummy => self.prefix_attrs_precedence(),
        }
    }

    fn prefix_attrs_precedence(&self) -> ExprPrecedence {
        if self.attrs.iter().any(|attr| attr.style == AttrStyle::Outer) {
            ExprPrecedence::Prefix
        } else {
            ExprPrecedence::Unambiguous
        }
    }

    /// May it have been meant as a pattern?
    pub fn is_approximately_pattern(&self) -> bool {
        matches!(
            &self.peel_parens().kind,
            ExprKind::Array(_)
                | ExprKind::Call(..)
                | ExprKind::Tup(_)
                | ExprKind::Lit(_)
                | ExprKind::Range(..)
                | ExprKind::Underscore
                | ExprKind::Path(..)
                | ExprKind::Struct(_)
        )
    }

    /// A value to be replaced.
    pub fn dummy() -> Expr {
        Expr { id: DUMMY_NODE_ID, kind: ExprKind::Dummy, span: DUMMY_SP, attrs: ThinVec::new() }
    }
}
