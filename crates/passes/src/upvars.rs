//! The local variables of enclosing bodies that a closure mentions.

use hir::def::Res;
use hir::intravisit::{self, Visitor};
use hir::{HirId, HirIdSet, Upvar};
use query::{Providers, TyCtxt};
use span::FxIndexMap;
use span::def_id::DefId;

pub(crate) fn provide(providers: &mut Providers<'_>) {
    providers.upvars_mentioned = upvars_mentioned;
}

fn upvars_mentioned(tcx: TyCtxt<'_>, def_id: DefId) -> Option<&FxIndexMap<HirId, Upvar>> {
    if !tcx.is_closure_like(def_id) {
        return None;
    }
    let local = def_id.expect_local();
    let body = tcx.hir_maybe_body_owned_by(local)?;
    let mut own = OwnLocals { tcx, locals: HirIdSet::default() };
    own.visit_body(body);
    let mut found = Mentioned { tcx, own: own.locals, upvars: FxIndexMap::default() };
    found.visit_body(body);
    if found.upvars.is_empty() { None } else { Some(tcx.arena().alloc(found.upvars)) }
}

/// Variables declared in the closure.
struct OwnLocals<'tcx> {
    tcx: TyCtxt<'tcx>,
    locals: HirIdSet,
}

impl<'tcx> Visitor<'tcx> for OwnLocals<'tcx> {
    fn visit_pat(&mut self, pat: &'tcx hir::Pat<'tcx>) {
        if let hir::PatKind::Binding(_, canonical, ..) = pat.kind {
            self.locals.insert(canonical);
        }
        intravisit::walk_pat(self, pat);
    }
    fn visit_expr(&mut self, expr: &'tcx hir::Expr<'tcx>) {
        if let hir::ExprKind::Closure(c) = expr.kind {
            // Variables of inner closures are not captured by this one.
            self.visit_body(self.tcx.hir_body(c.body));
        }
        intravisit::walk_expr(self, expr);
    }
}

/// Variables mentioned that are not declared in it, inner closures included.
struct Mentioned<'tcx> {
    tcx: TyCtxt<'tcx>,
    own: HirIdSet,
    upvars: FxIndexMap<HirId, Upvar>,
}

impl<'tcx> Visitor<'tcx> for Mentioned<'tcx> {
    fn visit_path(&mut self, path: &hir::Path<'tcx>, _: HirId) {
        if let Res::Local(id) = path.res {
            if !self.own.contains(&id) {
                self.upvars.entry(id).or_insert(Upvar { span: path.span });
            }
        }
        intravisit::walk_path(self, path);
    }
    fn visit_expr(&mut self, expr: &'tcx hir::Expr<'tcx>) {
        if let hir::ExprKind::Closure(c) = expr.kind {
            if let Some(inner) = self.tcx.upvars_mentioned(c.def_id) {
                for (&id, &upvar) in inner {
                    if !self.own.contains(&id) {
                        self.upvars.entry(id).or_insert(upvar);
                    }
                }
            }
        }
        intravisit::walk_expr(self, expr);
    }
}
