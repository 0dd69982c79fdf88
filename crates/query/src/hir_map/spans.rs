//! The places of nodes: whole ([`TyCtxt::hir_span_with_body`]), or of items just the header ([`TyCtxt::hir_span`]).

use hir::*;
use span::def_id::{DefId, LocalDefId};
use span::{Ident, Span};

use crate::TyCtxt;

/// `outer` up to the end of `end`.
fn until_within(outer: Span, end: Span) -> Span {
    match end.find_ancestor_inside(outer) {
        Some(end) => outer.with_hi(end.hi()),
        None => outer,
    }
}

/// Up to the name and the generics behind it.
fn named_span(item_span: Span, ident: Ident, generics: Option<&Generics<'_>>) -> Span {
    let span = until_within(item_span, ident.span);
    match generics {
        Some(g) if !g.span.is_dummy() => match g.span.find_ancestor_inside(item_span) {
            Some(g_span) => span.to(g_span),
            None => span,
        },
        _ => span,
    }
}

impl<'tcx> TyCtxt<'tcx> {
    /// The place of a node; of an item its header.
    #[track_caller]
    pub fn hir_span(self, hir_id: HirId) -> Span {
        match self.hir_node(hir_id) {
            Node::Item(&Item { kind: ItemKind::Fn { sig: FnSig { span: sig_span, .. }, .. }, span, .. })
            | Node::TraitItem(&TraitItem { kind: TraitItemKind::Fn(FnSig { span: sig_span, .. }, ..), span, .. })
            | Node::ImplItem(&ImplItem { kind: ImplItemKind::Fn(FnSig { span: sig_span, .. }, ..), span, .. })
            | Node::ForeignItem(&ForeignItem {
                kind: ForeignItemKind::Fn(FnSig { span: sig_span, .. }, ..),
                span,
                ..
            }) => sig_span.find_ancestor_in_same_ctxt(span).unwrap_or(span),
            Node::Item(Item { kind: ItemKind::Impl(imp), span, .. }) => {
                until_within(*span, imp.generics.where_clause_span)
            }
            Node::Item(Item { kind: ItemKind::Const(_, _, ty, _) | ItemKind::Static(_, _, ty, _), span, .. })
            | Node::TraitItem(TraitItem { kind: TraitItemKind::Const(ty, _), span, .. })
            | Node::ImplItem(ImplItem { kind: ImplItemKind::Const(ty, _), span, .. })
            | Node::ForeignItem(ForeignItem { kind: ForeignItemKind::Static(ty, ..), span, .. }) => {
                until_within(*span, ty.span)
            }
            Node::Item(Item { kind: ItemKind::Trait(_, _, _, _, generics, bounds, _), span, .. })
            | Node::TraitItem(TraitItem { kind: TraitItemKind::Type(bounds, _), generics, span, .. }) => {
                let end = bounds.last().map_or(generics.span, |bound| bound.span());
                until_within(*span, end)
            }
            Node::Item(item) => match item.kind {
                ItemKind::Use(path, _) => path.span.find_ancestor_in_same_ctxt(item.span).unwrap_or(item.span),
                _ => match item.kind.ident() {
                    Some(ident) => named_span(item.span, ident, item.kind.generics()),
                    None => item.span,
                },
            },
            Node::Variant(variant) => named_span(variant.span, variant.ident, None),
            Node::ImplItem(item) => named_span(item.span, item.ident, Some(item.generics)),
            Node::ForeignItem(item) => named_span(item.span, item.ident, None),
            Node::Ctor(_) => self.hir_span(self.parent_hir_id(hir_id)),
            Node::Expr(Expr { kind: ExprKind::Closure(closure), span, .. }) => {
                closure.fn_decl_span.find_ancestor_inside(*span).unwrap_or(*span)
            }
            _ => self.hir_span_with_body(hir_id),
        }
    }

    /// The whole place of a node.
    #[track_caller]
    pub fn hir_span_with_body(self, hir_id: HirId) -> Span {
        match self.hir_node(hir_id) {
            Node::Param(n) => n.span,
            Node::Item(n) => n.span,
            Node::ForeignItem(n) => n.span,
            Node::TraitItem(n) => n.span,
            Node::ImplItem(n) => n.span,
            Node::Variant(n) => n.span,
            Node::Field(n) => n.span,
            Node::AnonConst(n) => n.span,
            Node::ConstBlock(n) => self.hir_body(n.body).value.span,
            Node::ConstArg(n) => n.span,
            Node::Expr(n) => n.span,
            Node::ExprField(n) => n.span,
            Node::Stmt(n) => n.span,
            Node::PathSegment(seg) => {
                let ident_span = seg.ident.span;
                match seg.args {
                    Some(args) if !args.span_ext.is_dummy() => ident_span.with_hi(args.span_ext.hi()),
                    _ => ident_span,
                }
            }
            Node::Ty(n) => n.span,
            Node::AssocItemConstraint(n) => n.span,
            Node::TraitRef(n) => n.path.span,
            Node::OpaqueTy(n) => n.span,
            Node::TyPat(n) => n.span,
            Node::Pat(n) => n.span,
            Node::PatField(n) => n.span,
            Node::PatExpr(n) => n.span,
            Node::Arm(n) => n.span,
            Node::Block(n) => n.span,
            Node::Ctor(_) => self.hir_span_with_body(self.parent_hir_id(hir_id)),
            Node::Lifetime(n) => n.ident.span,
            Node::GenericParam(n) => n.span,
            Node::Infer(n) => n.span,
            Node::LetStmt(n) => n.span,
            Node::Crate(n) => n.spans.inner_span,
            Node::WherePredicate(n) => n.span,
            Node::PreciseCapturingNonLifetimeArg(n) => n.ident.span,
            Node::Synthetic => span::DUMMY_SP,
            Node::Err(span) => span,
        }
    }

    /// The header's place, of a local definition.
    pub fn hir_span_if_local(self, id: DefId) -> Option<Span> {
        id.is_local().then(|| self.def_span(id))
    }

    /// The place of what a path means.
    pub fn hir_res_span(self, res: hir::def::Res) -> Option<Span> {
        match res {
            hir::def::Res::Err => None,
            hir::def::Res::Local(id) => Some(self.hir_span(id)),
            res => self.hir_span_if_local(res.opt_def_id()?),
        }
    }
}

/// A definition that is not in HIR has the place that it was created with.
pub(super) fn local_def_span(tcx: TyCtxt<'_>, id: LocalDefId) -> Span {
    let hir_id = if tcx.has_hir() { tcx.opt_local_def_id_to_hir_id(id) } else { None };
    match hir_id {
        Some(hir_id) => match tcx.hir_node(hir_id) {
            Node::Err(_) | Node::Synthetic => tcx.definitions().source_span(id),
            _ => tcx.hir_span(hir_id),
        },
        None => tcx.definitions().source_span(id),
    }
}

pub(super) fn local_def_ident_span(tcx: TyCtxt<'_>, id: LocalDefId) -> Option<Span> {
    let hir_id = tcx.opt_local_def_id_to_hir_id(id)?;
    tcx.hir_opt_ident_span(hir_id)
}
