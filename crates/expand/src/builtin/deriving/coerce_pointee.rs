//! `#[derive(CoercePointee)]` (RFC 3621): a smart pointer to an unsized type can be coerced and dispatched on.

use ast::mut_visit::{self, MutVisitor};
use ast::{
    AttrVec, Const, DUMMY_NODE_ID, Defaultness, GenericArg, GenericParam, GenericParamKind, Generics, Impl,
    ImplPolarity, ItemKind, Safety, TraitImplHeader, TraitRef, Ty, TyKind,
};
use diagnostics::ErrCode;
use span::{ErrorGuaranteed, Ident, Symbol, sym};
use thin_vec::{ThinVec, thin_vec};

use super::generic::DeriveCx;
use super::shape::ShapeKind;
use crate::builtin::build;

pub(super) fn expand(cx: &mut DeriveCx<'_, '_>) -> Result<(), ErrorGuaranteed> {
    let dcx = &cx.cx.sess.dcx;
    let code = ErrCode(802);
    let err = |message: &str| Err(dcx.struct_span_err(cx.span, message).with_code(code).emit());
    let ShapeKind::Struct(data) = cx.shape.kind else {
        return err("`CoercePointee` can only be derived on `struct`s with `#[repr(transparent)]`");
    };
    if data.fields().is_empty() {
        return err("`CoercePointee` can only be derived on `struct`s with at least one field");
    }
    let is_type = |p: &&GenericParam| matches!(p.kind, GenericParamKind::Type { .. });
    let type_params: Vec<&GenericParam> = cx.shape.generics.params.iter().filter(is_type).collect();
    let marked: Vec<&&GenericParam> =
        type_params.iter().filter(|p| ast::attr::contains_name(&p.attrs, sym::pointee)).collect();
    let pointee = match (&type_params[..], &marked[..]) {
        ([], _) => {
            return err("`CoercePointee` can only be derived on `struct`s that are generic over at least one type");
        }
        ([only], []) => only.ident,
        (_, [marked]) => marked.ident,
        (_, []) => {
            return err(
                "exactly one generic type parameter must be marked as `#[pointee]` to derive `CoercePointee` traits",
            );
        }
        (_, [..]) => {
            return err("only one type parameter can be marked as `#[pointee]` when deriving `CoercePointee` traits");
        }
    };
    let has_unsized_bound = type_params.iter().any(|p| {
        p.ident.name == pointee.name && contains_maybe_sized(&p.bounds)
            || cx.shape.generics.where_clause.predicates.iter().any(|w| match &w.kind {
                ast::WherePredicateKind::BoundPredicate(b) => {
                    b.bounded_ty.kind.is_simple_path() == Some(pointee.name) && contains_maybe_sized(&b.bounds)
                }
                _ => false,
            })
    });
    if !has_unsized_bound {
        return Err(dcx
            .struct_span_err(
                pointee.span,
                format!("`derive(CoercePointee)` requires `{pointee}` to be marked `?Sized`"),
            )
            .with_code(code)
            .emit());
    }
    push(cx, &[sym::marker, sym::CoercePointeeValidated], None, generics_of(cx, pointee, None));
    let s = Ident::new(Symbol::intern("__S"), cx.span);
    for path in [&[sym::ops, sym::DispatchFromDyn], &[sym::ops, sym::CoerceUnsized]] {
        let generics = generics_of(cx, pointee, Some(s));
        push(cx, path, Some((pointee, s)), generics);
    }
    Ok(())
}

fn contains_maybe_sized(bounds: &[ast::GenericBound]) -> bool {
    bounds.iter().any(|bound| match bound {
        ast::GenericBound::Trait(t) => {
            matches!(t.modifiers.polarity, ast::BoundPolarity::Maybe(_))
                && t.trait_ref.path.segments.last().is_some_and(|s| s.ident.name == sym::Sized)
        }
        _ => false,
    })
}

/// The struct's generics; with `target`, the pointee bound by `Unsize<target>` and the target with the pointee's bounds.
fn generics_of(cx: &DeriveCx<'_, '_>, pointee: Ident, target: Option<Ident>) -> Generics {
    let mut generics = cx.shape.generics.clone();
    let mut params = ThinVec::new();
    let declared = generics.where_clause.predicates.clone();
    for mut param in std::mem::take(&mut generics.params) {
        match &mut param.kind {
            GenericParamKind::Type { default } => *default = None,
            GenericParamKind::Const { default, .. } => *default = None,
            GenericParamKind::Lifetime => {}
        }
        param.attrs = AttrVec::new();
        let is_pointee = param.ident.name == pointee.name;
        let Some(target) = target.filter(|_| is_pointee) else {
            params.push(param);
            continue;
        };
        let mut new_param = param.clone();
        new_param.ident = target;
        let mut rename = Rename { from: pointee.name, to: target };
        new_param.bounds.iter_mut().for_each(|bound| rename.visit_param_bound(bound, ast::visit::BoundKind::Bound));
        let unsize = build::path_all(
            cx.span,
            false,
            build::std_path(cx.span, &[sym::marker, sym::Unsize]),
            vec![GenericArg::Type(build::ty_ident(cx.span, target))],
        );
        param.bounds.push(cx.bound(unsize, false));
        params.push(param);
        params.push(new_param);
    }
    generics.params = params;
    if let Some(target) = target {
        let mut rename = Rename { from: pointee.name, to: target };
        for mut predicate in declared {
            if let ast::WherePredicateKind::BoundPredicate(b) = &mut predicate.kind {
                let before = rename_count(&b.bounded_ty, pointee.name)
                    + b.bounds.iter().map(|bound| bound_mentions(bound, pointee.name)).sum::<usize>();
                if before == 0 {
                    continue;
                }
                rename.visit_ty(&mut b.bounded_ty);
                b.bounds.iter_mut().for_each(|bound| rename.visit_param_bound(bound, ast::visit::BoundKind::Bound));
                generics.where_clause.predicates.push(predicate);
            }
        }
    }
    generics
}

struct Mentions(Symbol, usize);

impl<'ast> ast::visit::Visitor<'ast> for Mentions {
    fn visit_path_segment(&mut self, segment: &'ast ast::PathSegment) {
        self.1 += usize::from(segment.ident.name == self.0);
        ast::visit::walk_path_segment(self, segment);
    }
}

fn rename_count(ty: &Ty, name: Symbol) -> usize {
    let mut mentions = Mentions(name, 0);
    ast::visit::Visitor::visit_ty(&mut mentions, ty);
    mentions.1
}

fn bound_mentions(bound: &ast::GenericBound, name: Symbol) -> usize {
    let mut mentions = Mentions(name, 0);
    ast::visit::Visitor::visit_param_bound(&mut mentions, bound, ast::visit::BoundKind::Bound);
    mentions.1
}

/// Puts one type parameter in the place of another.
struct Rename {
    from: Symbol,
    to: Ident,
}

impl MutVisitor for Rename {
    fn visit_ty(&mut self, ty: &mut Ty) {
        if let TyKind::Path(_, path) = &mut ty.kind
            && let Some(first) = path.segments.first_mut()
            && first.ident.name == self.from
        {
            first.ident = self.to;
        }
        mut_visit::walk_ty(self, ty);
    }
}

fn push(cx: &mut DeriveCx<'_, '_>, path: &[Symbol], target: Option<(Ident, Ident)>, generics: Generics) {
    let mut trait_path = cx.std_path(path);
    if let Some((from, to)) = target {
        let mut target_ty = cx.self_ty();
        if let TyKind::Path(_, path) = &mut target_ty.kind
            && let Some(args) = path.segments.last_mut().and_then(|s| s.args.as_mut())
            && let ast::GenericArgs::AngleBracketed(args) = &mut **args
        {
            let mut rename = Rename { from: from.name, to };
            for arg in &mut args.args {
                if let ast::AngleBracketedArg::Arg(GenericArg::Type(ty)) = arg {
                    rename.visit_ty(ty);
                }
            }
        }
        let args = ast::AngleBracketedArgs {
            span: cx.span,
            args: thin_vec![ast::AngleBracketedArg::Arg(GenericArg::Type(target_ty))],
        };
        trait_path.segments.last_mut().expect("a trait has a name").args = Some(args.into());
    }
    let kind = ItemKind::Impl(Impl {
        generics,
        constness: Const::No,
        of_trait: Some(Box::new(TraitImplHeader {
            defaultness: Defaultness::Implicit,
            safety: Safety::Default,
            polarity: ImplPolarity::Positive,
            trait_ref: TraitRef { path: trait_path, ref_id: DUMMY_NODE_ID },
        })),
        self_ty: cx.self_ty(),
        items: ThinVec::new(),
    });
    let attrs = thin_vec![build::attr_word(cx.cx.sess, cx.span, sym::automatically_derived)];
    cx.push_item(attrs, kind);
}
