//! `#[derive(Default)]`: each field's default, or the variant marked `#[default]` (RFC 3107).

use ast::visit::{self, Visitor};
use ast::{AttrKind, DUMMY_NODE_ID, Expr, ExprField, ExprKind, FieldDef, FnRetTy, Generics, P, Variant, VariantData};
use diagnostics::{Applicability, ErrCode};
use session::Session;
use span::{ErrorGuaranteed, Ident, Span, kw, sym};
use thin_vec::ThinVec;

use super::generic::{Body, DeriveCx, Method, TraitImpl};
use super::shape::ShapeKind;
use crate::builtin::build;

pub(super) fn expand(cx: &mut DeriveCx<'_, '_>) -> Result<(), ErrorGuaranteed> {
    cx.no_unions()?;
    report_misplaced(cx);
    let mut imp = TraitImpl::new(&[kw::Default, sym::Default]);
    let body = match cx.shape.kind {
        ShapeKind::Struct(data) => struct_body(cx, data),
        ShapeKind::Enum(variants) => {
            imp.bound_by_trait = false;
            imp.bound_fields = false;
            enum_body(cx, variants)
        }
        ShapeKind::Union(_) => unreachable!("reported above"),
    };
    imp.methods.push(Method {
        name: kw::Default,
        attrs: cx.inline_attrs(),
        generics: Generics::default(),
        has_self: false,
        params: ThinVec::new(),
        ret: FnRetTy::Ty(cx.self_ty()),
        body: Body::expr(body),
    });
    cx.push_impl(imp)
}

fn default_call(cx: &DeriveCx<'_, '_>, span: Span) -> P<Expr> {
    let _ = cx;
    let path = build::std_path(span, &[kw::Default, sym::Default, kw::Default]);
    build::expr_call_global(span, path, ThinVec::new())
}

/// `S { x: Default::default(), y: const { declared default } }`
fn struct_body(cx: &DeriveCx<'_, '_>, data: &VariantData) -> P<Expr> {
    let path = build::path_ident(cx.span, cx.shape.name);
    let span_of = |field: &FieldDef| field.span.with_ctxt(cx.span.ctxt());
    if let VariantData::Tuple(fields, _) = data
        && !fields.is_empty()
    {
        let args = fields.iter().map(|field| default_call(cx, span_of(field))).collect();
        return build::expr_call(cx.span, build::expr_path(path), args);
    }
    let fields = data.fields().iter().map(|field| {
        let span = span_of(field);
        let value = match &field.default {
            Some(default) => build::expr(default.value.span, ExprKind::ConstBlock(default.clone())),
            None => default_call(cx, span),
        };
        ExprField {
            attrs: ThinVec::new(),
            id: DUMMY_NODE_ID,
            span,
            ident: field.ident.unwrap_or(Ident::new(sym::integer(0), span)),
            expr: value,
            is_shorthand: false,
            is_placeholder: false,
        }
    });
    build::expr_struct(cx.span, path, fields.collect())
}

/// `Self::Variant`
fn enum_body(cx: &DeriveCx<'_, '_>, variants: &[Variant]) -> P<Expr> {
    match default_variant(cx, variants) {
        Ok(variant) => {
            let span = cx.span;
            build::expr_path(build::path(span, vec![Ident::new(kw::SelfUpper, span), variant.ident]))
        }
        Err(guar) => build::expr(cx.span, ExprKind::Err(guar)),
    }
}

fn default_variant<'v>(cx: &DeriveCx<'_, '_>, variants: &'v [Variant]) -> Result<&'v Variant, ErrorGuaranteed> {
    let dcx = &cx.cx.sess.dcx;
    let marked: Vec<&Variant> = variants.iter().filter(|v| ast::attr::contains_name(&v.attrs, kw::Default)).collect();
    let variant = match marked[..] {
        [] => {
            let mut err = dcx
                .struct_span_err(cx.span, "`#[derive(Default)]` on enum with no `#[default]`")
                .with_code(ErrCode(665))
                .with_span_label(cx.item.span, "this enum needs a unit variant marked with `#[default]`");
            for v in variants {
                let inexhaustive = ast::attr::contains_name(&v.attrs, sym::non_exhaustive);
                if matches!(v.data, VariantData::Unit(_)) && !inexhaustive {
                    err.span_suggestion_verbose(
                        v.span.shrink_to_lo(),
                        "make this unit variant default by placing `#[default]` on it",
                        "#[default] ",
                        Applicability::MaybeIncorrect,
                    );
                }
            }
            return Err(err.emit());
        }
        [variant] => variant,
        [first, ref rest @ ..] => {
            let mut err =
                dcx.struct_span_err(cx.span, "multiple declared defaults").with_span_label(first.span, "first default");
            for v in rest {
                err.span_label(v.span, "additional default");
            }
            err.note("only one variant can be default");
            return Err(err.emit());
        }
    };
    if !matches!(variant.data, VariantData::Unit(_)) {
        return Err(dcx
            .struct_span_err(variant.ident.span, "the `#[default]` attribute may only be used on unit enum variants")
            .with_help("consider a manual implementation of `Default`")
            .emit());
    }
    if let Some(attr) = ast::attr::find_by_name(&variant.attrs, sym::non_exhaustive) {
        return Err(dcx
            .struct_span_err(variant.ident.span, "default variant must be exhaustive")
            .with_span_label(attr.span, "declared `#[non_exhaustive]` here")
            .with_help("consider a manual implementation of `Default`")
            .emit());
    }
    validate_attr(cx.cx.sess, variant)?;
    Ok(variant)
}

/// Only one `#[default]`, and nothing in it.
fn validate_attr(sess: &Session, variant: &Variant) -> Result<(), ErrorGuaranteed> {
    let attrs: Vec<_> = ast::attr::filter_by_name(&variant.attrs, kw::Default).collect();
    match attrs[..] {
        [attr] => match &attr.kind {
            AttrKind::Normal(normal) if !matches!(normal.item.args, ast::AttrArgs::Empty) => Err(sess
                .dcx
                .struct_span_err(attr.span, "`#[default]` attribute does not accept a value")
                .with_span_suggestion(attr.span, "try using `#[default]`", "#[default]", Applicability::MaybeIncorrect)
                .emit()),
            _ => Ok(()),
        },
        [first, ref rest @ ..] => {
            let mut err = sess
                .dcx
                .struct_span_err(variant.ident.span, "multiple `#[default]` attributes")
                .with_span_label(first.span, "`#[default]` used here")
                .with_span_label(rest[0].span, "`#[default]` used again here")
                .with_note("only one `#[default]` attribute is needed");
            let spans: Vec<Span> = rest.iter().map(|attr| attr.span).collect();
            let these = if rest.len() == 1 { "this" } else { "these" };
            err.span_help(spans, format!("try removing {these}"));
            Err(err.emit())
        }
        [] => Ok(()),
    }
}

/// `#[default]` elsewhere than on variants.
fn report_misplaced(cx: &DeriveCx<'_, '_>) {
    struct Finder<'a>(&'a Session);
    impl<'ast> Visitor<'ast> for Finder<'_> {
        fn visit_attribute(&mut self, attr: &'ast ast::Attribute) {
            if attr.has_name(kw::Default) {
                self.0
                    .dcx
                    .struct_span_err(attr.span, "the `#[default]` attribute may only be used on unit enum variants")
                    .with_help("consider a manual implementation of `Default`")
                    .emit();
            }
        }
        fn visit_variant(&mut self, variant: &'ast Variant) {
            for field in variant.data.fields() {
                visit::walk_field_def(self, field);
            }
        }
    }
    let mut finder = Finder(cx.cx.sess);
    match cx.shape.kind {
        ShapeKind::Struct(data) | ShapeKind::Union(data) => {
            data.fields().iter().for_each(|field| visit::walk_field_def(&mut finder, field));
        }
        ShapeKind::Enum(variants) => variants.iter().for_each(|v| finder.visit_variant(v)),
    }
}
