//! `#[derive(From)]`: a struct of one field is made from that field's value.

use ast::{FnRetTy, GenericArg, Generics};
use diagnostics::MultiSpan;
use span::{ErrorGuaranteed, Ident, kw, sym};
use thin_vec::thin_vec;

use super::generic::{Body, DeriveCx, Method, TraitImpl};
use super::shape::ShapeKind;
use crate::builtin::build;

pub(super) fn expand(cx: &mut DeriveCx<'_, '_>) -> Result<(), ErrorGuaranteed> {
    let what = match cx.shape.kind {
        ShapeKind::Struct(data) if data.fields().len() == 1 => return derive(cx, &data.fields()[0]),
        ShapeKind::Struct(data) if data.fields().is_empty() => "a struct with no fields",
        ShapeKind::Struct(_) => "a struct with multiple fields",
        ShapeKind::Enum(_) => "an enum",
        ShapeKind::Union(_) => "a union",
    };
    let mut err = cx.cx.sess.dcx.struct_span_err(
        MultiSpan::from(vec![cx.span, cx.shape.name.span]),
        format!("`#[derive(From)]` used on {what}"),
    );
    err.note("`#[derive(From)]` can only be used on structs with exactly one field");
    let guar = err.emit();
    cx.no_unions()?;
    Err(guar)
}

fn derive(cx: &mut DeriveCx<'_, '_>, field: &ast::FieldDef) -> Result<(), ErrorGuaranteed> {
    let span = cx.span;
    let value = build::expr_ident(span, cx.ident(sym::value));
    let self_path = build::path_ident(span, Ident::new(kw::SelfUpper, span));
    let body = match field.ident {
        Some(name) => {
            let name = Ident::new(name.name, span);
            let field = ast::ExprField {
                attrs: thin_vec![],
                id: ast::DUMMY_NODE_ID,
                span,
                ident: name,
                expr: value,
                is_shorthand: false,
                is_placeholder: false,
            };
            build::expr_struct(span, self_path, thin_vec![field])
        }
        None => build::expr_call(span, build::expr_path(self_path), thin_vec![value]),
    };
    let mut imp = TraitImpl::new(&[sym::convert, sym::From]);
    imp.bound_by_trait = false;
    imp.bound_fields = false;
    imp.trait_args = vec![GenericArg::Type(field.ty.clone())];
    imp.methods.push(Method {
        name: sym::from,
        attrs: cx.inline_attrs(),
        generics: Generics::default(),
        has_self: false,
        params: thin_vec![cx.param(sym::value, field.ty.clone())],
        ret: FnRetTy::Ty(cx.self_ty()),
        body: Body::expr(body),
    });
    cx.push_impl(imp)
}
