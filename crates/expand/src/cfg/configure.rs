//! Removing all that `cfg` removes from a tree at once: what a derive sees, and `#[cfg_eval]`.

use ast::mut_visit::{self, MutVisitor};
use ast::visit::AssocCtxt;
use ast::{
    Arm, AssocItem, Expr, ExprField, FieldDef, ForeignItem, GenericParam, Item, P, Param, PatField, Stmt, Variant,
    WherePredicate,
};
use smallvec::{SmallVec, smallvec};

use super::StripUnconfigured;
use crate::base::Annotatable;

struct Configure<'a>(StripUnconfigured<'a>);

/// The node without what is configured out. Macro calls are left as they are.
pub fn configure_tree(cx: StripUnconfigured<'_>, node: Annotatable) -> Annotatable {
    let mut cfg = Configure(cx);
    // The node itself was looked at by the loop; a list of one remains one.
    fn one<T>(mut nodes: SmallVec<[T; 1]>) -> T {
        nodes.pop().expect("the node itself is not configured out")
    }
    match node {
        Annotatable::Item(mut item) => {
            cfg.visit_item(&mut item);
            Annotatable::Item(item)
        }
        Annotatable::AssocItem(mut item, ctxt) => {
            cfg.visit_assoc_item(&mut item, ctxt);
            Annotatable::AssocItem(item, ctxt)
        }
        Annotatable::ForeignItem(mut item) => {
            cfg.visit_foreign_item(&mut item);
            Annotatable::ForeignItem(item)
        }
        Annotatable::Stmt(stmt) => {
            let mut stmts = mut_visit::walk_flat_map_stmt(&mut cfg, *stmt);
            Annotatable::Stmt(P(stmts.pop().expect("the statement itself is not configured out")))
        }
        Annotatable::Expr(mut expr) => {
            cfg.visit_expr(&mut expr);
            Annotatable::Expr(expr)
        }
        Annotatable::Arm(node) => Annotatable::Arm(one(cfg.flat_map_arm(node))),
        Annotatable::ExprField(node) => Annotatable::ExprField(one(cfg.flat_map_expr_field(node))),
        Annotatable::PatField(node) => Annotatable::PatField(one(cfg.flat_map_pat_field(node))),
        Annotatable::GenericParam(node) => Annotatable::GenericParam(one(cfg.flat_map_generic_param(node))),
        Annotatable::Param(node) => Annotatable::Param(one(cfg.flat_map_param(node))),
        Annotatable::FieldDef(node) => Annotatable::FieldDef(one(cfg.flat_map_field_def(node))),
        Annotatable::Variant(node) => Annotatable::Variant(one(cfg.flat_map_variant(node))),
        Annotatable::WherePredicate(node) => Annotatable::WherePredicate(one(cfg.flat_map_where_predicate(node))),
        Annotatable::Crate(mut krate) => {
            cfg.visit_crate(&mut krate);
            Annotatable::Crate(krate)
        }
    }
}

macro_rules! configured {
    ($self:ident, $node:expr) => {
        match $self.0.configure($node) {
            Some(node) => node,
            None => return SmallVec::new(),
        }
    };
}

macro_rules! flat_maps {
    ($($flat_map:ident($T:ty) => $visit:ident;)*) => { $(
        fn $flat_map(&mut self, node: $T) -> SmallVec<[$T; 1]> {
            let mut node = configured!(self, node);
            mut_visit::$visit(self, &mut node);
            smallvec![node]
        }
    )* };
}

impl MutVisitor for Configure<'_> {
    fn visit_expr(&mut self, expr: &mut Expr) {
        self.0.process_cfg_attrs(expr);
        mut_visit::walk_expr(self, expr);
    }

    fn filter_map_expr(&mut self, expr: P<Expr>) -> Option<P<Expr>> {
        let mut expr = self.0.configure(expr)?;
        mut_visit::walk_expr(self, &mut expr);
        Some(expr)
    }

    fn flat_map_stmt(&mut self, stmt: Stmt) -> SmallVec<[Stmt; 1]> {
        let stmt = configured!(self, stmt);
        mut_visit::walk_flat_map_stmt(self, stmt)
    }

    fn flat_map_item(&mut self, item: P<Item>) -> SmallVec<[P<Item>; 1]> {
        let mut item = configured!(self, item);
        mut_visit::walk_item(self, &mut item);
        smallvec![item]
    }

    fn flat_map_assoc_item(&mut self, item: P<AssocItem>, ctxt: AssocCtxt) -> SmallVec<[P<AssocItem>; 1]> {
        let mut item = configured!(self, item);
        mut_visit::walk_assoc_item(self, &mut item, ctxt);
        smallvec![item]
    }

    fn flat_map_foreign_item(&mut self, item: P<ForeignItem>) -> SmallVec<[P<ForeignItem>; 1]> {
        let mut item = configured!(self, item);
        mut_visit::walk_foreign_item(self, &mut item);
        smallvec![item]
    }

    flat_maps! {
        flat_map_arm(Arm) => walk_arm;
        flat_map_expr_field(ExprField) => walk_expr_field;
        flat_map_pat_field(PatField) => walk_pat_field;
        flat_map_generic_param(GenericParam) => walk_generic_param;
        flat_map_param(Param) => walk_param;
        flat_map_field_def(FieldDef) => walk_field_def;
        flat_map_variant(Variant) => walk_variant;
        flat_map_where_predicate(WherePredicate) => walk_where_predicate;
    }
}
