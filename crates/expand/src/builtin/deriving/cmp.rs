//! `#[derive(PartialEq, Eq, PartialOrd, Ord)]`.

use ast::{Arm, BinOpKind, BorrowKind, Expr, ExprKind, FnRetTy, Generics, Mutability, P, PatKind, Path};
use span::{ErrorGuaranteed, Span, Symbol, sym};
use thin_vec::{ThinVec, thin_vec};

use super::clone::assert_fields;
use super::generic::{Body, DeriveCx, FieldInfo, Fieldless, Fields, Method, TraitImpl};
use super::shape::ShapeKind;
use crate::builtin::build;

pub(super) fn expand_eq(cx: &mut DeriveCx<'_, '_>) -> Result<(), ErrorGuaranteed> {
    let span = cx.span;
    let mut stmts = ThinVec::new();
    assert_fields(cx, &mut stmts, &[sym::cmp, sym::AssertParamIsEq]);
    let attrs = thin_vec![
        build::attr_nested_word(cx.cx.sess, span, sym::doc, sym::hidden),
        build::attr_nested_word(cx.cx.sess, span, sym::coverage, sym::off),
    ];
    let mut imp = TraitImpl::new(&[sym::cmp, sym::Eq]);
    imp.copy_if_packed = true;
    imp.methods.push(Method {
        name: Symbol::intern("assert_fields_are_eq"),
        attrs,
        generics: Generics::default(),
        has_self: true,
        params: ThinVec::new(),
        ret: FnRetTy::Default(span),
        body: Body::stmts(stmts),
    });
    cx.push_impl(imp)
}

pub(super) fn expand_partial_eq(cx: &mut DeriveCx<'_, '_>) -> Result<(), ErrorGuaranteed> {
    cx.no_unions()?;
    let mut marker = TraitImpl::new(&[sym::marker, sym::StructuralPartialEq]);
    marker.bound_by_trait = false;
    marker.bound_fields = false;
    marker.const_allowed = false;
    cx.push_impl(marker)?;
    let ret = build::ty_ident(cx.span, cx.ident(sym::bool));
    binary_method(cx, &[sym::cmp, sym::PartialEq], sym::eq, ret, partial_eq_body)
}

pub(super) fn expand_ord(cx: &mut DeriveCx<'_, '_>) -> Result<(), ErrorGuaranteed> {
    cx.no_unions()?;
    let ret = build::ty_path(cx.std_path(&[sym::cmp, sym::Ordering]));
    binary_method(cx, &[sym::cmp, sym::Ord], sym::cmp, ret, |cx, fields| {
        compare(cx, fields, &[sym::cmp, sym::Ord, sym::cmp], true, |cx| {
            cx.std_path(&[sym::cmp, sym::Ordering, sym::Equal])
        })
    })
}

pub(super) fn expand_partial_ord(cx: &mut DeriveCx<'_, '_>) -> Result<(), ErrorGuaranteed> {
    cx.no_unions()?;
    let ordering = build::ty_path(cx.std_path(&[sym::cmp, sym::Ordering]));
    let option = build::std_path(cx.span, &[sym::option, sym::Option]);
    let ret = build::ty_path(build::path_all(cx.span, false, option, vec![ast::GenericArg::Type(ordering)]));
    binary_method(cx, &[sym::cmp, sym::PartialOrd], sym::partial_cmp, ret, |cx, fields| {
        let first = discriminant_first(cx);
        compare(cx, fields, &[sym::cmp, sym::PartialOrd, sym::partial_cmp], first, |cx| {
            cx.std_path(&[sym::cmp, sym::Ordering, sym::Equal])
        })
    })
}

/// An impl with `fn name(&self, other: &Self) -> ret`.
fn binary_method(
    cx: &mut DeriveCx<'_, '_>,
    path: &'static [Symbol],
    name: Symbol,
    ret: P<ast::Ty>,
    f: fn(&DeriveCx<'_, '_>, Fields<'_>) -> Body,
) -> Result<(), ErrorGuaranteed> {
    let body = match cx.shape.kind {
        ShapeKind::Struct(data) => f(cx, Fields::Struct(cx.struct_fields(data, true))),
        ShapeKind::Enum(variants) => cx.enum_body(variants, Fieldless::Unify, true, &mut |cx, fields| f(cx, fields)),
        ShapeKind::Union(_) => unreachable!("reported before"),
    };
    let mut imp = TraitImpl::new(path);
    imp.copy_if_packed = true;
    imp.methods.push(Method {
        name,
        attrs: cx.inline_attrs(),
        generics: Generics::default(),
        has_self: true,
        params: thin_vec![cx.param(sym::other, cx.ref_self_ty())],
        ret: FnRetTy::Ty(ret),
        body,
    });
    cx.push_impl(imp)
}

/// `self.a == other.a && ..`, scalars first, since they are cheap.
fn partial_eq_body(cx: &DeriveCx<'_, '_>, fields: Fields<'_>) -> Body {
    // `&x == &y` says the same as `x == y`, and less readably.
    let strip = |e: P<Expr>, span: Span| match e.kind {
        ExprKind::AddrOf(BorrowKind::Ref, Mutability::Not, inner) => match inner.kind {
            ExprKind::Block(..) => build::expr_paren(span, inner),
            _ => inner,
        },
        _ => e,
    };
    let eq = |field: FieldInfo| {
        let other = field.other.expect("two arguments");
        build::expr_binary(field.span, BinOpKind::Eq, strip(field.self_expr, field.span), strip(other, field.span))
    };
    let and = |span: Span, a: P<Expr>, b: P<Expr>| build::expr_binary(span, BinOpKind::And, a, b);
    Body::expr(match fields {
        Fields::Struct(infos) | Fields::Variant(_, infos) => {
            let (mut first, rest): (Vec<_>, Vec<_>) = infos.into_iter().partition(|f| f.maybe_scalar);
            first.extend(rest);
            first
                .into_iter()
                .map(eq)
                .reduce(|a, b| and(cx.span, a, b))
                .unwrap_or_else(|| build::expr_bool(cx.span, true))
        }
        Fields::Discr(field, None) => eq(field),
        Fields::Discr(field, Some(matching)) => and(cx.span, eq(field), matching),
        Fields::AllFieldless(_) => unreachable!("discriminants are compared"),
    })
}

/// Compare discriminants before data? The other way round the comparison of the discriminants is the match's last arm, which is
/// better code for enums like `Option`.
fn discriminant_first(cx: &DeriveCx<'_, '_>) -> bool {
    let ShapeKind::Enum(variants) = cx.shape.kind else { return true };
    let dataful: Vec<bool> = variants.iter().map(|v| !v.data.fields().is_empty()).collect();
    match dataful.iter().filter(|d| **d).count() {
        0 => true,
        1..=2 => false,
        _ => (0..dataful.len() - 1)
            .any(|i| dataful[i] && dataful[i + 1..].iter().position(|d| *d).is_some_and(|distance| distance >= 2)),
    }
}

/// The lexicographic comparison of fields.
fn compare(
    cx: &DeriveCx<'_, '_>,
    fields: Fields<'_>,
    method: &[Symbol],
    discriminant_first: bool,
    equal: fn(&DeriveCx<'_, '_>) -> Path,
) -> Body {
    let is_partial = method[2] == sym::partial_cmp;
    let call = |field: FieldInfo| {
        let f = build::std_path(field.span, method);
        let other = field.other.expect("two arguments");
        build::expr_call_global(field.span, f, thin_vec![field.self_expr, other])
    };
    let some = |cx: &DeriveCx<'_, '_>| cx.std_path(&[sym::option, sym::Option, sym::Some]);
    // `match first { Equal => second, cmp => cmp }`
    let then = |span: Span, first: P<Expr>, second: P<Expr>| {
        let mut eq_pat = build::pat_path(span, equal(cx));
        if is_partial {
            eq_pat = build::pat_tuple_struct(span, some(cx), thin_vec![eq_pat]);
        }
        let cmp = cx.ident(sym::cmp);
        let arms: ThinVec<Arm> = thin_vec![
            build::arm(span, eq_pat, second),
            build::arm(span, build::pat_ident(span, cmp), build::expr_ident(span, cmp)),
        ];
        build::expr_match(span, first, arms)
    };
    Body::expr(match fields {
        Fields::Struct(infos) | Fields::Variant(_, infos) => {
            let mut infos = infos.into_iter().rev();
            match infos.next() {
                None => {
                    let equal = build::expr_path(equal(cx));
                    if is_partial {
                        build::expr_call(cx.span, build::expr_path(some(cx)), thin_vec![equal])
                    } else {
                        equal
                    }
                }
                Some(last) => infos.fold(call(last), |rest, field| {
                    let span = field.span;
                    then(span, call(field), rest)
                }),
            }
        }
        Fields::Discr(field, None) => call(field),
        Fields::Discr(field, Some(mut matching)) => {
            let discr = call(field);
            if !discriminant_first
                && let ExprKind::Match(_, arms, _) = &mut matching.kind
                && let Some(last) = arms.last_mut()
                && matches!(last.pat.kind, PatKind::Wild)
            {
                last.body = Some(discr);
                return Body::expr(matching);
            }
            then(cx.span, discr, matching)
        }
        Fields::AllFieldless(_) => unreachable!("discriminants are compared"),
    })
}
