//! Walking over a fragment of any kind.

use ast::mut_visit::MutVisitor;
use ast::visit::{AssocCtxt, Visitor};
use expand::base::AstFragment;

/// Visits all of a fragment.
pub(crate) fn visit_fragment<'a, V: Visitor<'a>>(fragment: &'a AstFragment, vis: &mut V) {
    match fragment {
        AstFragment::OptExpr(expr) => expr.iter().for_each(|e| vis.visit_expr(e)),
        AstFragment::Expr(expr) | AstFragment::MethodReceiverExpr(expr) => vis.visit_expr(expr),
        AstFragment::Pat(pat) => vis.visit_pat(pat),
        AstFragment::Ty(ty) => vis.visit_ty(ty),
        AstFragment::Stmts(nodes) => nodes.iter().for_each(|n| vis.visit_stmt(n)),
        AstFragment::Items(nodes) => nodes.iter().for_each(|n| vis.visit_item(n)),
        AstFragment::TraitItems(nodes) => nodes.iter().for_each(|n| vis.visit_assoc_item(n, AssocCtxt::Trait)),
        AstFragment::ImplItems(nodes) => {
            nodes.iter().for_each(|n| vis.visit_assoc_item(n, AssocCtxt::Impl { of_trait: false }));
        }
        AstFragment::TraitImplItems(nodes) => {
            nodes.iter().for_each(|n| vis.visit_assoc_item(n, AssocCtxt::Impl { of_trait: true }));
        }
        AstFragment::ForeignItems(nodes) => nodes.iter().for_each(|n| vis.visit_foreign_item(n)),
        AstFragment::Arms(nodes) => nodes.iter().for_each(|n| vis.visit_arm(n)),
        AstFragment::ExprFields(nodes) => nodes.iter().for_each(|n| vis.visit_expr_field(n)),
        AstFragment::PatFields(nodes) => nodes.iter().for_each(|n| vis.visit_pat_field(n)),
        AstFragment::GenericParams(nodes) => nodes.iter().for_each(|n| vis.visit_generic_param(n)),
        AstFragment::Params(nodes) => nodes.iter().for_each(|n| vis.visit_param(n)),
        AstFragment::FieldDefs(nodes) => nodes.iter().for_each(|n| vis.visit_field_def(n)),
        AstFragment::Variants(nodes) => nodes.iter().for_each(|n| vis.visit_variant(n)),
        AstFragment::WherePredicates(nodes) => nodes.iter().for_each(|n| vis.visit_where_predicate(n)),
        AstFragment::Crate(krate) => vis.visit_crate(krate),
    }
}

/// Changes all of a fragment.
pub(crate) fn mut_visit_fragment<V: MutVisitor>(fragment: &mut AstFragment, vis: &mut V) {
    macro_rules! each {
        ($nodes:expr, $node:ident => $make:expr) => {{
            let taken = std::mem::take($nodes);
            *$nodes = taken.into_iter().flat_map(|$node| $make).collect();
        }};
    }
    match fragment {
        AstFragment::OptExpr(opt) => {
            if let Some(expr) = opt.take() {
                *opt = vis.filter_map_expr(expr);
            }
        }
        AstFragment::Expr(expr) | AstFragment::MethodReceiverExpr(expr) => vis.visit_expr(expr),
        AstFragment::Pat(pat) => vis.visit_pat(pat),
        AstFragment::Ty(ty) => vis.visit_ty(ty),
        AstFragment::Stmts(nodes) => each!(nodes, n => vis.flat_map_stmt(n)),
        AstFragment::Items(nodes) => each!(nodes, n => vis.flat_map_item(n)),
        AstFragment::TraitItems(nodes) => each!(nodes, n => vis.flat_map_assoc_item(n, AssocCtxt::Trait)),
        AstFragment::ImplItems(nodes) => {
            each!(nodes, n => vis.flat_map_assoc_item(n, AssocCtxt::Impl { of_trait: false }));
        }
        AstFragment::TraitImplItems(nodes) => {
            each!(nodes, n => vis.flat_map_assoc_item(n, AssocCtxt::Impl { of_trait: true }));
        }
        AstFragment::ForeignItems(nodes) => each!(nodes, n => vis.flat_map_foreign_item(n)),
        AstFragment::Arms(nodes) => each!(nodes, n => vis.flat_map_arm(n)),
        AstFragment::ExprFields(nodes) => each!(nodes, n => vis.flat_map_expr_field(n)),
        AstFragment::PatFields(nodes) => each!(nodes, n => vis.flat_map_pat_field(n)),
        AstFragment::GenericParams(nodes) => each!(nodes, n => vis.flat_map_generic_param(n)),
        AstFragment::Params(nodes) => each!(nodes, n => vis.flat_map_param(n)),
        AstFragment::FieldDefs(nodes) => each!(nodes, n => vis.flat_map_field_def(n)),
        AstFragment::Variants(nodes) => each!(nodes, n => vis.flat_map_variant(n)),
        AstFragment::WherePredicates(nodes) => each!(nodes, n => vis.flat_map_where_predicate(n)),
        AstFragment::Crate(krate) => vis.visit_crate(krate),
    }
}
