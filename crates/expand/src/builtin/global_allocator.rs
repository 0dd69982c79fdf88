//! `#[global_allocator]` and `#[alloc_error_handler]`: the functions that `alloc` calls, defined by means of the item.

use ast::{
    AttrVec, Const, ConstItem, ConstItemRhsKind, DUMMY_NODE_ID, Defaultness, Expr, Extern, FnDecl, FnHeader, FnRetTy,
    FnSig, Generics, Item, ItemKind, MetaItem, Mutability, P, Param, Safety, Stmt, StmtKind, Ty, TyKind, Visibility,
    VisibilityKind,
};
use span::{Ident, Span, Symbol, kw, sym};
use thin_vec::{ThinVec, thin_vec};

use super::attrs::{Template, check_template};
use super::build;
use crate::base::{Annotatable, ExpandResult, ExpansionCx};

/// What the functions take.
#[derive(Clone, Copy)]
enum Arg {
    /// `size: usize, align: Alignment`, together a layout
    Layout,
    Ptr,
    NewSize,
}

const METHODS: [(&str, &str, &[Arg], bool); 4] = [
    ("alloc", "rustc_allocator", &[Arg::Layout], true),
    ("dealloc", "rustc_deallocator", &[Arg::Ptr, Arg::Layout], false),
    ("realloc", "rustc_reallocator", &[Arg::Ptr, Arg::Layout, Arg::NewSize], true),
    ("alloc_zeroed", "rustc_allocator_zeroed", &[Arg::Layout], true),
];

/// The item with, behind it, one more: in a statement's place two statements.
fn with_item(original: Annotatable, item: P<Item>) -> ExpandResult<Vec<Annotatable>> {
    let extra = match &original {
        Annotatable::Stmt(_) => {
            Annotatable::Stmt(P(Stmt { id: DUMMY_NODE_ID, span: item.span, kind: StmtKind::Item(item) }))
        }
        _ => Annotatable::Item(item),
    };
    ExpandResult::Ready(vec![original, extra])
}

fn item_of(node: &Annotatable) -> Option<&Item> {
    match node {
        Annotatable::Item(item) => Some(item),
        Annotatable::Stmt(stmt) => match &stmt.kind {
            StmtKind::Item(item) => Some(item),
            _ => None,
        },
        _ => None,
    }
}

/// `#[global_allocator]`
pub(crate) fn expand(
    cx: &mut ExpansionCx<'_>,
    span: Span,
    meta: &MetaItem,
    node: Annotatable,
) -> ExpandResult<Vec<Annotatable>> {
    let _ = check_template(cx, span, meta, "global_allocator", &Template { word: true, list: None });
    let (ident, ty_span) = match item_of(&node).map(|item| &item.kind) {
        Some(ItemKind::Static(item)) => (item.ident, item.ty.span),
        _ => {
            cx.sess.dcx.span_err(node.span(), "allocators must be statics");
            return ExpandResult::Ready(vec![node]);
        }
    };
    let span = cx.with_def_site_ctxt(ty_span);
    let fns = METHODS.iter().map(|(name, attr, args, returns)| {
        let item = allocator_fn(cx, span, ident, name, attr, args, *returns);
        Stmt { id: DUMMY_NODE_ID, span, kind: StmtKind::Item(item) }
    });
    let block = build::block(span, fns.collect());
    with_item(node, anon_const_item(span, build::expr_block(block)))
}

fn usize_ty(span: Span) -> P<Ty> {
    build::ty_ident(span, Ident::new(sym::usize, span))
}

fn ptr_u8(span: Span) -> P<Ty> {
    let ty = build::ty_ident(span, Ident::new(sym::u8, span));
    build::ty(span, TyKind::Ptr(ast::MutTy { ty, mutbl: Mutability::Mut }))
}

fn std_ty(span: Span, names: &[Symbol]) -> P<Ty> {
    build::ty_path(build::path(span, build::std_path(span, names)))
}

fn allocator_fn(
    cx: &ExpansionCx<'_>,
    span: Span,
    global: Ident,
    name: &str,
    attr: &str,
    args: &[Arg],
    returns: bool,
) -> P<Item> {
    let mut params = ThinVec::new();
    let global = build::expr_ident(span, Ident::new(global.name, span.with_ctxt(global.span.ctxt())));
    let mut exprs = thin_vec![build::expr_addr_of(span, global)];
    let mut param = |name: &str, ty: P<Ty>| -> P<Expr> {
        let ident = Ident::new(Symbol::intern(name), span);
        params.push(build::param(span, ident, ty));
        build::expr_ident(span, ident)
    };
    for arg in args {
        match arg {
            Arg::Layout => {
                let size = param("size", usize_ty(span));
                let align = param("align", std_ty(span, &[sym::ptr, sym::Alignment]));
                let name = Symbol::intern("from_size_alignment_unchecked");
                let f = build::std_path(span, &[sym::alloc, sym::Layout, name]);
                exprs.push(build::expr_call_global(span, f, thin_vec![size, align]));
            }
            Arg::Ptr => exprs.push(param("ptr", ptr_u8(span))),
            Arg::NewSize => exprs.push(param("new_size", usize_ty(span))),
        }
    }
    let f = build::std_path(span, &[sym::alloc, Symbol::intern("GlobalAlloc"), Symbol::intern(name)]);
    let body = build::expr_call_global(span, f, exprs);
    let ret = if returns { ptr_u8(span) } else { build::ty(span, TyKind::Tup(ThinVec::new())) };
    let attrs = thin_vec![
        build::attr_word(cx.sess, span, sym::rustc_std_internal_symbol),
        build::attr_word(cx.sess, span, Symbol::intern(attr)),
    ];
    unsafe_fn(span, attrs, &format!("__rust_{name}"), params, ret, body)
}

fn unsafe_fn(span: Span, attrs: AttrVec, name: &str, params: ThinVec<Param>, ret: P<Ty>, body: P<Expr>) -> P<Item> {
    let header =
        FnHeader { safety: Safety::Unsafe(span), coroutine_kind: None, constness: Const::No, ext: Extern::None };
    let sig = FnSig { header, decl: P(FnDecl { inputs: params, output: FnRetTy::Ty(ret) }), span };
    let kind = ItemKind::Fn(Box::new(ast::Fn {
        defaultness: Defaultness::Implicit,
        ident: Ident::new(Symbol::intern(name), span),
        generics: Generics::default(),
        sig,
        contract: None,
        define_opaque: None,
        body: Some(build::block_expr(body)),
    }));
    item(span, attrs, kind)
}

fn item(span: Span, attrs: AttrVec, kind: ItemKind) -> P<Item> {
    let vis = Visibility { span: span.shrink_to_lo(), kind: VisibilityKind::Inherited };
    P(Item { attrs, id: DUMMY_NODE_ID, span, vis, kind, tokens: None })
}

/// `const _: () = body;`
fn anon_const_item(span: Span, body: P<Expr>) -> P<Item> {
    let kind = ItemKind::Const(Box::new(ConstItem {
        defaultness: Defaultness::Implicit,
        ident: Ident::new(kw::Underscore, span),
        generics: Generics::default(),
        ty: build::ty(span, TyKind::Tup(ThinVec::new())),
        rhs_kind: ConstItemRhsKind::Body { rhs: Some(body) },
        define_opaque: None,
    }));
    item(span, AttrVec::new(), kind)
}

/// `#[alloc_error_handler]`
pub(crate) fn expand_error_handler(
    cx: &mut ExpansionCx<'_>,
    span: Span,
    meta: &MetaItem,
    node: Annotatable,
) -> ExpandResult<Vec<Annotatable>> {
    let _ = check_template(cx, span, meta, "alloc_error_handler", &Template { word: true, list: None });
    let (ident, sig_span) = match item_of(&node).map(|item| &item.kind) {
        Some(ItemKind::Fn(f)) => (f.ident, f.sig.span),
        _ => {
            cx.sess.dcx.span_err(node.span(), "alloc_error_handler must be a function");
            return ExpandResult::Ready(vec![node]);
        }
    };
    let span = cx.with_def_site_ctxt(sig_span);
    let local = |name: Symbol| Ident::new(name, span);
    let (size, align) = (local(sym::size), local(Symbol::intern("align")));
    let params = thin_vec![build::param(span, size, usize_ty(span)), build::param(span, align, usize_ty(span))];
    let f = build::std_path(span, &[sym::alloc, sym::Layout, Symbol::intern("from_size_align_unchecked")]);
    let args = thin_vec![build::expr_ident(span, size), build::expr_ident(span, align)];
    let layout = build::expr_call_global(span, f, args);
    let handler = build::expr_ident(span, Ident::new(ident.name, span.with_ctxt(ident.span.ctxt())));
    let call = build::expr_call(span, handler, thin_vec![layout]);
    let attrs = thin_vec![build::attr_word(cx.sess, span, sym::rustc_std_internal_symbol)];
    let never = build::ty(span, TyKind::Never);
    let function = unsafe_fn(span, attrs, "__rust_alloc_error_handler", params, never, call);
    let stmt = Stmt { id: DUMMY_NODE_ID, span, kind: StmtKind::Item(function) };
    let block = build::block(span, thin_vec![stmt]);
    with_item(node, anon_const_item(span, build::expr_block(block)))
}
