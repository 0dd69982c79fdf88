//! The tables: every node is entered under its id and knows its parent.

use hir::intravisit::{self, NestedFilter, Visitor};
use hir::{Crate, HirId, Node};
use query::TyCtxt;

/// Checks that each visited id is in the table.
struct Validator<'tcx> {
    tcx: TyCtxt<'tcx>,
    count: usize,
}

impl<'tcx> Visitor<'tcx> for Validator<'tcx> {
    const NESTED: NestedFilter = NestedFilter::All;
    fn hir_crate(&mut self) -> &'tcx Crate<'tcx> {
        self.tcx.hir_crate()
    }
    fn visit_id(&mut self, id: HirId) {
        self.count += 1;
        assert!(!matches!(self.tcx.hir_node(id), Node::Err(_)), "{id:?} has no node");
        assert!(self.tcx.hir_parent_id_iter(id).last().is_none_or(|root| root == hir::CRATE_HIR_ID));
    }
    fn visit_expr(&mut self, e: &'tcx hir::Expr<'tcx>) {
        assert_eq!(self.tcx.hir_node(e.hir_id).expect_expr().hir_id, e.hir_id);
        intravisit::walk_expr(self, e);
    }
}

#[test]
fn every_id_has_a_node_and_parents_up_to_the_crate() {
    let fixture = r#"
mod m { use super::*; pub trait Q<'a, T> { type A: Copy; const N: usize; fn f(&self) -> impl Copy { 1 } } }
enum E<T> where T: Copy { X = 1, Y(T), Z { z: [u8; 2] } }
impl<'a> m::Q<'a, u8> for E<u8> { type A = u8; const N: usize = 3; }
async fn g(x: &u8, (a, b): (u8, Ref<'_, u8>)) -> u8 { for i in a { loop { break } } async { 1 }.await }
fn h(x: impl Fn(&u8) -> u8, y: &dyn for<'b> Tr<&'b u8>) {
    let Some(z) = Some(1) else { return };
    let c = |q: u8| { struct Inner { f: u8 } const { 2 } };
    match z { 1 | 2..=3 => {} n if n == 4 => {} _ => {} }
    (_, _) = (1, [0; 4]);
    format_args!("{x} {:?}", z);
}
"#;
    super::lower(fixture, |lowered| {
        assert_eq!(lowered.errors(), Vec::<String>::new());
        let mut validator = Validator { tcx: lowered.tcx, count: 0 };
        lowered.tcx.hir_walk_toplevel_module(&mut validator);
        assert!(validator.count > 300, "{} nodes", validator.count);
        // All owners that lowering made are reached from the crate root.
        let reached = lowered.tcx.hir_crate_items(()).owners().count() + 1;
        let made = lowered.tcx.hir_crate().owners.iter().filter(|owner| owner.as_owner().is_some()).count();
        assert_eq!(reached, made);
    });
}
