//! `#[derive(Clone)]`: a copy if all is `Copy` anyway, else a clone of each field.

use ast::{AngleBracketedArgs, DUMMY_NODE_ID, ExprField, FnRetTy, Generics, P, Path, Stmt, Ty, VariantData};
use span::{ErrorGuaranteed, Ident, Span, Symbol, kw, sym};
use thin_vec::{ThinVec, thin_vec};

use super::generic::{Body, DeriveCx, FieldInfo, Fieldless, Fields, Method, TraitImpl};
use super::shape::ShapeKind;
use crate::builtin::build;

pub(super) fn expand(cx: &mut DeriveCx<'_, '_>) -> Result<(), ErrorGuaranteed> {
    let is_union = matches!(cx.shape.kind, ShapeKind::Union(_));
    // The derives of one attribute are expanded apart, all inside the attribute's expansion.
    let container = cx.cx.current_expansion.id.expn_data().parent;
    let derives_copy = cx.cx.resolver.has_derive_copy(container);
    let shallow = is_union || (derives_copy && !cx.shape.has_type_params());
    const COPY: &[Symbol] = &[sym::marker, sym::Copy];
    let extra_bounds = || if is_union { vec![COPY] } else { Vec::new() };
    if shallow {
        let mut marker = TraitImpl::new(&[sym::clone, sym::TrivialClone]);
        marker.extra_bounds = extra_bounds();
        marker.is_unsafe = true;
        marker.hidden = true;
        marker.bound_fields = !is_union;
        cx.push_impl(marker)?;
    }
    let body = if shallow { shallow_body(cx) } else { deep_body(cx) };
    let mut imp = TraitImpl::new(&[sym::clone, sym::Clone]);
    imp.extra_bounds = extra_bounds();
    imp.bound_fields = !is_union;
    imp.copy_if_packed = true;
    imp.methods.push(Method {
        name: sym::clone,
        attrs: cx.inline_attrs(),
        generics: Generics::default(),
        has_self: true,
        params: ThinVec::new(),
        ret: FnRetTy::Ty(cx.self_ty()),
        body,
    });
    cx.push_impl(imp)
}

/// `let _: $crate::path<ty>;`
pub(super) fn assert_ty_bounds(cx: &DeriveCx<'_, '_>, ty: &Ty, span: Span, helper: &[Symbol]) -> Stmt {
    let span = span.with_ctxt(cx.span.ctxt());
    let mut idents = build::std_path(cx.span, helper);
    for ident in &mut idents {
        ident.span = cx.span;
    }
    let mut path = build::path(span, idents);
    let arg = ast::AngleBracketedArg::Arg(ast::GenericArg::Type(P(ty.clone())));
    let last = path.segments.last_mut().expect("a helper has a name");
    last.args = Some(AngleBracketedArgs { span, args: thin_vec![arg] }.into());
    build::stmt_let_type_only(span, build::ty_path(path))
}

/// Asserts for each field's type; a type that is a plain name is asserted once.
pub(super) fn assert_fields(cx: &DeriveCx<'_, '_>, stmts: &mut ThinVec<Stmt>, helper: &[Symbol]) {
    let mut seen = rustc_hash::FxHashSet::default();
    let mut assert = |data: &VariantData| {
        for field in data.fields() {
            if field.ty.kind.is_simple_path().is_none_or(|name| seen.insert(name)) {
                stmts.push(assert_ty_bounds(cx, &field.ty, field.span, helper));
            }
        }
    };
    match cx.shape.kind {
        ShapeKind::Struct(data) | ShapeKind::Union(data) => assert(data),
        ShapeKind::Enum(variants) => variants.iter().for_each(|v| assert(&v.data)),
    }
}

/// `let _: AssertParamIsClone<..>; *self`
fn shallow_body(cx: &DeriveCx<'_, '_>) -> Body {
    let mut stmts = ThinVec::new();
    if matches!(cx.shape.kind, ShapeKind::Union(_)) {
        let self_ty = build::ty_path(Path::from_ident(Ident::new(kw::SelfUpper, cx.span)));
        stmts.push(assert_ty_bounds(cx, &self_ty, cx.span, &[sym::clone, sym::AssertParamIsCopy]));
    } else {
        assert_fields(cx, &mut stmts, &[sym::clone, sym::AssertParamIsClone]);
    }
    let copy = build::expr_deref(cx.span, build::expr_self(cx.span));
    Body { stmts, expr: Some(copy) }
}

fn deep_body(cx: &DeriveCx<'_, '_>) -> Body {
    match cx.shape.kind {
        ShapeKind::Struct(data) => {
            let path = build::path_ident(cx.span, cx.shape.name);
            construct(cx, path, data, cx.struct_fields(data, false))
        }
        ShapeKind::Enum(variants) => {
            cx.enum_body(variants, Fieldless::Default, false, &mut |cx, fields| match fields {
                Fields::Variant(variant, infos) => construct(cx, cx.variant_path(variant), &variant.data, infos),
                _ => unreachable!("variants are cloned one by one"),
            })
        }
        ShapeKind::Union(_) => unreachable!("unions are cloned by copying"),
    }
}

/// `Path { field: Clone::clone(&self.field), .. }`
fn construct(cx: &DeriveCx<'_, '_>, path: Path, data: &VariantData, infos: Vec<FieldInfo>) -> Body {
    let clone = |field: &FieldInfo| {
        let f = build::std_path(field.span, &[sym::clone, sym::Clone, sym::clone]);
        build::expr_call_global(field.span, f, thin_vec![field.self_expr.clone()])
    };
    Body::expr(match data {
        VariantData::Struct { .. } => {
            let fields = infos.iter().map(|field| ExprField {
                attrs: ThinVec::new(),
                id: DUMMY_NODE_ID,
                span: field.span,
                ident: field.name.expect("a named field"),
                expr: clone(field),
                is_shorthand: false,
                is_placeholder: false,
            });
            build::expr_struct(cx.span, path, fields.collect())
        }
        VariantData::Tuple(..) => build::expr_call(cx.span, build::expr_path(path), infos.iter().map(clone).collect()),
        VariantData::Unit(_) => build::expr_path(path),
    })
}
