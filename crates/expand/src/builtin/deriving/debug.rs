//! `#[derive(Debug)]`: calls of `Formatter`'s helpers, which keep the generated code small.

use ast::{ExprKind, FnRetTy, Generics, Lifetime, Mutability, P, TraitObjectSyntax, TyKind, VariantData};
use span::{ErrorGuaranteed, Ident, Symbol, kw, sym};
use thin_vec::{ThinVec, thin_vec};

use super::generic::{Body, DeriveCx, FieldInfo, Fieldless, Fields, Method, TraitImpl};
use super::shape::ShapeKind;
use crate::builtin::build;

/// With more fields than this, they are passed as slices.
const MAX_FIELDS: usize = 5;

pub(super) fn expand(cx: &mut DeriveCx<'_, '_>) -> Result<(), ErrorGuaranteed> {
    cx.no_unions()?;
    let span = cx.span;
    let formatter = build::ty_path(cx.std_path(&[sym::fmt, sym::Formatter]));
    let fmt_ty = build::ty_ref(span, formatter, None, Mutability::Mut);
    let body = match cx.shape.kind {
        ShapeKind::Struct(data) => {
            let infos = cx.struct_fields(data, false);
            show(cx, cx.shape.name, data, infos)
        }
        ShapeKind::Enum(variants) => {
            cx.enum_body(variants, Fieldless::Specialize, false, &mut |cx, fields| match fields {
                Fields::Variant(variant, infos) => show(cx, variant.ident, &variant.data, infos),
                Fields::AllFieldless(variants) => show_fieldless(cx, variants),
                Fields::Struct(..) | Fields::Discr(..) => unreachable!("not asked for"),
            })
        }
        ShapeKind::Union(_) => unreachable!("reported above"),
    };
    let mut imp = TraitImpl::new(&[sym::fmt, sym::Debug]);
    imp.copy_if_packed = true;
    imp.methods.push(Method {
        name: sym::fmt,
        attrs: cx.inline_attrs(),
        generics: Generics::default(),
        has_self: true,
        params: thin_vec![cx.param(sym::f, fmt_ty)],
        ret: FnRetTy::Ty(build::ty_path(cx.std_path(&[sym::fmt, sym::Result]))),
        body,
    });
    cx.push_impl(imp)
}

fn call_formatter(cx: &DeriveCx<'_, '_>, name: Symbol, args: ThinVec<P<ast::Expr>>) -> P<ast::Expr> {
    let path = build::std_path(cx.span, &[sym::fmt, sym::Formatter, name]);
    build::expr_call_global(cx.span, path, args)
}

/// `write_str(f, match self { E::A => "A", .. })`
fn show_fieldless(cx: &DeriveCx<'_, '_>, variants: &[ast::Variant]) -> Body {
    let span = cx.span;
    let arms = variants.iter().map(|v| {
        let path = cx.variant_path(v);
        let pat = match &v.data {
            VariantData::Tuple(..) => build::pat_tuple_struct(span, path, ThinVec::new()),
            VariantData::Struct { .. } => build::pat_struct(span, path, ThinVec::new()),
            VariantData::Unit(_) => build::pat_path(span, path),
        };
        build::arm(span, pat, build::expr_str(span, v.ident.name))
    });
    let name = build::expr_match(span, build::expr_self(span), arms.collect());
    let f = build::expr_ident(span, cx.ident(sym::f));
    Body::expr(call_formatter(cx, sym::write_str, thin_vec![f, name]))
}

fn show(cx: &DeriveCx<'_, '_>, name: Ident, data: &VariantData, fields: Vec<FieldInfo>) -> Body {
    let span = cx.span;
    let name = build::expr_str(span, name.name);
    let f = build::expr_ident(span, cx.ident(sym::f));
    if fields.is_empty() {
        return Body::expr(call_formatter(cx, sym::write_str, thin_vec![f, name]));
    }
    let is_struct = matches!(data, VariantData::Struct { .. });
    let count = fields.len();
    // The last field may be unsized: one more reference makes it sized.
    let value = |i: usize, field: &FieldInfo| {
        let e = field.self_expr.clone();
        if i + 1 == count { build::expr_addr_of(field.span, e) } else { e }
    };
    let field_name = |field: &FieldInfo| build::expr_str(field.span, field.name.expect("a named field").name);
    if count <= MAX_FIELDS {
        let kind = if is_struct { "struct" } else { "tuple" };
        let helper = Symbol::intern(&format!("debug_{kind}_field{count}_finish"));
        let mut args = thin_vec![f, name];
        for (i, field) in fields.iter().enumerate() {
            if is_struct {
                args.push(field_name(field));
            }
            args.push(value(i, field));
        }
        return Body::expr(call_formatter(cx, helper, args));
    }
    let mut stmts = ThinVec::new();
    let mut args = thin_vec![f, name];
    if is_struct {
        let lifetime: Lifetime = build::lifetime(span, Ident::new(kw::StaticLifetime, span));
        let ty = build::ty_ref(span, build::ty(span, TyKind::Infer), Some(lifetime), Mutability::Not);
        let names = build::expr_array_ref(span, fields.iter().map(field_name).collect());
        stmts.push(build::stmt_let_ty(span, cx.ident(sym::names), ty, names));
        args.push(build::expr_ident(span, cx.ident(sym::names)));
    }
    let bound = cx.bound(cx.std_path(&[sym::fmt, sym::Debug]), false);
    let dyn_debug = build::ty(span, TyKind::TraitObject(vec![bound], TraitObjectSyntax::Dyn));
    let elem = build::ty_ref(span, dyn_debug, None, Mutability::Not);
    let ty = build::ty_ref(span, build::ty(span, TyKind::Slice(elem)), None, Mutability::Not);
    let values = fields.iter().enumerate().map(|(i, field)| value(i, field)).collect();
    let values =
        build::expr(span, ExprKind::AddrOf(ast::BorrowKind::Ref, Mutability::Not, build::expr_array(span, values)));
    stmts.push(build::stmt_let_ty(span, cx.ident(sym::values), ty, values));
    args.push(build::expr_ident(span, cx.ident(sym::values)));
    let helper = if is_struct { sym::debug_struct_fields_finish } else { sym::debug_tuple_fields_finish };
    Body { stmts, expr: Some(call_formatter(cx, helper, args)) }
}
