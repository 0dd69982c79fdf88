//! Making syntax trees by hand: one function per form, with the span first.

use ast::attr::mk_attr_word;
use ast::token::{self, LitKind};
use ast::{
    AngleBracketedArg, AngleBracketedArgs, AnonConst, Arm, AttrId, AttrStyle, AttrVec, Attribute, BinOp, BinOpKind,
    BindingMode, Block, BlockCheckMode, BorrowKind, DUMMY_NODE_ID, Expr, ExprField, ExprKind, GenericArg, Lifetime,
    Local, LocalKind, MatchKind, MutTy, Mutability, P, Param, Pat, PatField, PatFieldsRest, PatKind, Path, PathSegment,
    Safety, Stmt, StmtKind, StructExpr, StructRest, Ty, TyKind, UnOp, UnsafeSource,
};
use session::Session;
use span::{Ident, Span, Symbol, kw, respan};
use thin_vec::{ThinVec, thin_vec};

/// The id of an attribute that the compiler makes.
pub(crate) fn fresh_attr_id(sess: &Session) -> AttrId {
    AttrId::from_u32(sess.fresh_attr_id())
}

/// `#[name]`
pub(crate) fn attr_word(sess: &Session, span: Span, name: Symbol) -> Attribute {
    mk_attr_word(fresh_attr_id(sess), AttrStyle::Outer, Safety::Default, name, span)
}

/// `#[outer(inner)]`
pub(crate) fn attr_nested_word(sess: &Session, span: Span, outer: Symbol, inner: Symbol) -> Attribute {
    ast::attr::mk_attr_nested_word(fresh_attr_id(sess), AttrStyle::Outer, Safety::Default, outer, inner, span)
}

/// `$crate::a::b` of the crate that defines the macro; `span` must have definition-site hygiene.
pub(crate) fn std_path(span: Span, names: &[Symbol]) -> Vec<Ident> {
    std::iter::once(kw::DollarCrate).chain(names.iter().copied()).map(|name| Ident::new(name, span)).collect()
}

pub(crate) fn path(span: Span, idents: Vec<Ident>) -> Path {
    path_all(span, false, idents, Vec::new())
}

pub(crate) fn path_ident(span: Span, ident: Ident) -> Path {
    path(span, vec![ident])
}

/// A path whose last segment has these arguments.
pub(crate) fn path_all(span: Span, global: bool, mut idents: Vec<Ident>, args: Vec<GenericArg>) -> Path {
    let mut segments: ThinVec<PathSegment> = ThinVec::with_capacity(idents.len() + usize::from(global));
    if global {
        segments.push(PathSegment::path_root(span));
    }
    let last = idents.pop().expect("a path has a name");
    segments.extend(idents.into_iter().map(|ident| PathSegment::from_ident(ident.with_span_pos(span))));
    let args = (!args.is_empty()).then(|| {
        let args = args.into_iter().map(AngleBracketedArg::Arg).collect();
        P(ast::GenericArgs::AngleBracketed(AngleBracketedArgs { span, args }))
    });
    segments.push(PathSegment { ident: last.with_span_pos(span), id: DUMMY_NODE_ID, args });
    Path { span, segments }
}

pub(crate) fn ty(span: Span, kind: TyKind) -> P<Ty> {
    P(Ty { id: DUMMY_NODE_ID, kind, span })
}

pub(crate) fn ty_path(path: Path) -> P<Ty> {
    ty(path.span, TyKind::Path(None, path))
}

pub(crate) fn ty_ident(span: Span, ident: Ident) -> P<Ty> {
    ty_path(path_ident(span, ident))
}

pub(crate) fn ty_ref(span: Span, inner: P<Ty>, lifetime: Option<Lifetime>, mutbl: Mutability) -> P<Ty> {
    ty(span, TyKind::Ref(lifetime, MutTy { ty: inner, mutbl }))
}

pub(crate) fn lifetime(span: Span, ident: Ident) -> Lifetime {
    Lifetime { id: DUMMY_NODE_ID, ident: ident.with_span_pos(span) }
}

pub(crate) fn expr(span: Span, kind: ExprKind) -> P<Expr> {
    P(Expr { id: DUMMY_NODE_ID, kind, span, attrs: AttrVec::new() })
}

pub(crate) fn expr_path(path: Path) -> P<Expr> {
    expr(path.span, ExprKind::Path(None, path))
}

pub(crate) fn expr_ident(span: Span, ident: Ident) -> P<Expr> {
    expr_path(path_ident(span, ident))
}

pub(crate) fn expr_self(span: Span) -> P<Expr> {
    expr_ident(span, Ident::new(kw::SelfLower, span))
}

pub(crate) fn expr_addr_of(span: Span, inner: P<Expr>) -> P<Expr> {
    expr(span, ExprKind::AddrOf(BorrowKind::Ref, Mutability::Not, inner))
}

pub(crate) fn expr_deref(span: Span, inner: P<Expr>) -> P<Expr> {
    expr(span, ExprKind::Unary(UnOp::Deref, inner))
}

pub(crate) fn expr_paren(span: Span, inner: P<Expr>) -> P<Expr> {
    expr(span, ExprKind::Paren(inner))
}

pub(crate) fn expr_field(span: Span, base: P<Expr>, field: Ident) -> P<Expr> {
    expr(span, ExprKind::Field(base, field))
}

pub(crate) fn expr_binary(span: Span, op: BinOpKind, lhs: P<Expr>, rhs: P<Expr>) -> P<Expr> {
    let op: BinOp = respan(span, op);
    expr(span, ExprKind::Binary(op, lhs, rhs))
}

pub(crate) fn expr_call(span: Span, f: P<Expr>, args: ThinVec<P<Expr>>) -> P<Expr> {
    expr(span, ExprKind::Call(f, args))
}

/// `$crate::a::b(args)`
pub(crate) fn expr_call_global(span: Span, fn_path: Vec<Ident>, args: ThinVec<P<Expr>>) -> P<Expr> {
    expr_call(span, expr_path(path(span, fn_path)), args)
}

pub(crate) fn expr_block(block: P<Block>) -> P<Expr> {
    expr(block.span, ExprKind::Block(block, None))
}

pub(crate) fn expr_lit(span: Span, kind: LitKind, text: &str, suffix: Option<Symbol>) -> P<Expr> {
    expr(span, ExprKind::Lit(token::Lit::new(kind, Symbol::intern(text), suffix)))
}

/// A string literal with this value.
pub(crate) fn expr_str(span: Span, value: Symbol) -> P<Expr> {
    expr_lit(span, LitKind::Str, &value.as_str().escape_default().to_string(), None)
}

pub(crate) fn expr_bool(span: Span, value: bool) -> P<Expr> {
    let name = if value { kw::True } else { kw::False };
    expr(span, ExprKind::Lit(token::Lit::new(LitKind::Bool, name, None)))
}

pub(crate) fn expr_uint(span: Span, value: u128, suffix: Option<Symbol>) -> P<Expr> {
    expr_lit(span, LitKind::Integer, &value.to_string(), suffix)
}

pub(crate) fn expr_array(span: Span, exprs: ThinVec<P<Expr>>) -> P<Expr> {
    expr(span, ExprKind::Array(exprs))
}

/// `&[exprs]`
pub(crate) fn expr_array_ref(span: Span, exprs: ThinVec<P<Expr>>) -> P<Expr> {
    expr_addr_of(span, expr_array(span, exprs))
}

pub(crate) fn expr_match(span: Span, scrutinee: P<Expr>, arms: ThinVec<Arm>) -> P<Expr> {
    expr(span, ExprKind::Match(scrutinee, arms, MatchKind::Prefix))
}

pub(crate) fn expr_struct(span: Span, path: Path, fields: ThinVec<ExprField>) -> P<Expr> {
    expr(span, ExprKind::Struct(P(StructExpr { qself: None, path, fields, rest: StructRest::None })))
}

pub(crate) fn stmt_expr(e: P<Expr>) -> Stmt {
    Stmt { id: DUMMY_NODE_ID, span: e.span, kind: StmtKind::Expr(e) }
}

pub(crate) fn stmt_semi(e: P<Expr>) -> Stmt {
    Stmt { id: DUMMY_NODE_ID, span: e.span, kind: StmtKind::Semi(e) }
}

fn stmt_local(span: Span, pat: P<Pat>, ty: Option<P<Ty>>, kind: LocalKind) -> Stmt {
    let local = Local { id: DUMMY_NODE_ID, super_: None, pat, ty, kind, span, colon_sp: None, attrs: AttrVec::new() };
    Stmt { id: DUMMY_NODE_ID, span, kind: StmtKind::Let(P(local)) }
}

/// `let ident = value;`
pub(crate) fn stmt_let(span: Span, ident: Ident, value: P<Expr>) -> Stmt {
    stmt_local(span, pat_ident(span, ident), None, LocalKind::Init(value))
}

/// `let ident: ty = value;`
pub(crate) fn stmt_let_ty(span: Span, ident: Ident, ty: P<Ty>, value: P<Expr>) -> Stmt {
    stmt_local(span, pat_ident(span, ident), Some(ty), LocalKind::Init(value))
}

/// `let _: ty;`
pub(crate) fn stmt_let_type_only(span: Span, ty: P<Ty>) -> Stmt {
    stmt_local(span, pat_wild(span), Some(ty), LocalKind::Decl)
}

pub(crate) fn block(span: Span, stmts: ThinVec<Stmt>) -> P<Block> {
    P(Block { stmts, id: DUMMY_NODE_ID, rules: BlockCheckMode::Default, span })
}

pub(crate) fn block_expr(e: P<Expr>) -> P<Block> {
    block(e.span, thin_vec![stmt_expr(e)])
}

/// `unsafe { e }`, made by the compiler.
pub(crate) fn unsafe_block_expr(e: P<Expr>) -> P<Expr> {
    let span = e.span;
    let rules = BlockCheckMode::Unsafe(UnsafeSource::CompilerGenerated);
    expr_block(P(Block { stmts: thin_vec![stmt_expr(e)], id: DUMMY_NODE_ID, rules, span }))
}

pub(crate) fn pat(span: Span, kind: PatKind) -> P<Pat> {
    P(Pat { id: DUMMY_NODE_ID, kind, span })
}

pub(crate) fn pat_wild(span: Span) -> P<Pat> {
    pat(span, PatKind::Wild)
}

pub(crate) fn pat_ident(span: Span, ident: Ident) -> P<Pat> {
    pat(span, PatKind::Ident(BindingMode::NONE, ident.with_span_pos(span), None))
}

pub(crate) fn pat_path(span: Span, path: Path) -> P<Pat> {
    pat(span, PatKind::Path(None, path))
}

pub(crate) fn pat_tuple_struct(span: Span, path: Path, pats: ThinVec<P<Pat>>) -> P<Pat> {
    pat(span, PatKind::TupleStruct(None, path, pats))
}

pub(crate) fn pat_struct(span: Span, path: Path, fields: ThinVec<PatField>) -> P<Pat> {
    pat(span, PatKind::Struct(None, path, fields, PatFieldsRest::None))
}

pub(crate) fn arm(span: Span, pat: P<Pat>, body: P<Expr>) -> Arm {
    Arm { attrs: AttrVec::new(), pat, guard: None, body: Some(body), span, id: DUMMY_NODE_ID, is_placeholder: false }
}

pub(crate) fn param(span: Span, ident: Ident, ty: P<Ty>) -> Param {
    Param { attrs: AttrVec::new(), ty, pat: pat_ident(span, ident), id: DUMMY_NODE_ID, span, is_placeholder: false }
}

pub(crate) fn anon_const(value: P<Expr>) -> AnonConst {
    AnonConst { id: DUMMY_NODE_ID, value }
}
