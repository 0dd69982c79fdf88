//! `#[derive(Hash)]`: the discriminant if there is more than one variant, then each field.

use ast::{
    AttrVec, DUMMY_NODE_ID, ExprKind, FnRetTy, GenericParam, GenericParamKind, Generics, Mutability, P, Stmt,
    WhereClause,
};
use span::{ErrorGuaranteed, Ident, Span, Symbol, sym};
use thin_vec::{ThinVec, thin_vec};

use super::generic::{Body, DeriveCx, Fieldless, Fields, Method, TraitImpl};
use super::shape::ShapeKind;
use crate::builtin::build;

pub(super) fn expand(cx: &mut DeriveCx<'_, '_>) -> Result<(), ErrorGuaranteed> {
    cx.no_unions()?;
    let span = cx.span;
    let hasher = Ident::new(Symbol::intern("__H"), span);
    let bound = cx.bound(cx.std_path(&[sym::hash, sym::Hasher]), false);
    let param = GenericParam {
        id: DUMMY_NODE_ID,
        ident: hasher,
        attrs: AttrVec::new(),
        bounds: vec![bound],
        is_placeholder: false,
        kind: GenericParamKind::Type { default: None },
        colon_span: None,
    };
    let state_ty = build::ty_ref(span, build::ty_ident(span, hasher), None, Mutability::Mut);
    let body = match cx.shape.kind {
        ShapeKind::Struct(data) => hash_fields(cx, Fields::Struct(cx.struct_fields(data, false))),
        ShapeKind::Enum(variants) => {
            cx.enum_body(variants, Fieldless::Unify, false, &mut |cx, fields| hash_fields(cx, fields))
        }
        ShapeKind::Union(_) => unreachable!("reported above"),
    };
    let mut imp = TraitImpl::new(&[sym::hash, sym::Hash]);
    imp.copy_if_packed = true;
    imp.methods.push(Method {
        name: sym::hash,
        attrs: cx.inline_attrs(),
        generics: Generics { params: thin_vec![param], where_clause: WhereClause::default(), span },
        has_self: true,
        params: thin_vec![cx.param(sym::state, state_ty)],
        ret: FnRetTy::Default(span),
        body,
    });
    cx.push_impl(imp)
}

fn hash_fields(cx: &DeriveCx<'_, '_>, fields: Fields<'_>) -> Body {
    let call = |span: Span, e: P<ast::Expr>| {
        let f = build::std_path(span, &[sym::hash, sym::Hash, sym::hash]);
        let state = build::expr(span, ExprKind::Path(None, build::path_ident(span, cx.ident(sym::state))));
        build::expr_call_global(span, f, thin_vec![e, state])
    };
    let (mut exprs, last): (Vec<_>, _) = match fields {
        Fields::Struct(infos) | Fields::Variant(_, infos) => {
            (infos.into_iter().map(|field| call(field.span, field.self_expr)).collect(), None)
        }
        Fields::Discr(field, matching) => (vec![call(field.span, field.self_expr)], matching),
        Fields::AllFieldless(_) => unreachable!("discriminants are hashed"),
    };
    exprs.extend(last);
    let last = exprs.pop();
    let stmts: ThinVec<Stmt> = exprs.into_iter().map(build::stmt_semi).collect();
    Body { stmts, expr: last }
}
