//! The lint passes on HIR: one walk over the crate, in which each pass sees the nodes it wants.

use hir::def::Res;
use hir::intravisit::{self, FnKind, NestedFilter, Visitor};
use hir::{Expr, ExprKind, HirId, Pat};
use query::TyCtxt;
use session::lint::Lint;
use span::def_id::{DefId, LocalDefId};
use span::{FxHashMap, Span};
use ty::{Ty, TypeckResults, TypingEnv};

use crate::{calls, expressions, impls, items, lifetimes, literals, pointers, style, unused};

/// Where the walk is.
pub(crate) struct LateContext<'tcx> {
    pub(crate) tcx: TyCtxt<'tcx>,
    typeck: Option<&'tcx TypeckResults<'tcx>>,
    /// The body that is walked.
    pub(crate) body_owner: Option<LocalDefId>,
    /// The innermost item.
    pub(crate) owner: hir::OwnerId,
    diagnostic_items: FxHashMap<DefId, &'tcx str>,
}

/// Runs the pass that needs no types.
pub(crate) fn check_early(tcx: TyCtxt<'_>) {
    style::check_types(&context(tcx));
}

/// Runs all other passes.
pub(crate) fn check(tcx: TyCtxt<'_>) {
    let mut cx = context(tcx);
    style::check_crate(&cx);
    items::check_crate(&cx);
    tcx.hir_walk_toplevel_module(&mut cx);
}

fn context(tcx: TyCtxt<'_>) -> LateContext<'_> {
    let diagnostic_items = tcx.all_diagnostic_items(()).iter().map(|(name, def_id)| (*def_id, name.as_str())).collect();
    LateContext { tcx, typeck: None, body_owner: None, owner: hir::CRATE_OWNER_ID, diagnostic_items }
}

impl<'tcx> LateContext<'tcx> {
    /// The types of the body that is walked; a body whose types are in error is not walked.
    #[track_caller]
    pub(crate) fn typeck(&self) -> &'tcx TypeckResults<'tcx> {
        self.typeck.expect("in a body")
    }
    pub(crate) fn in_body(&self) -> bool {
        self.typeck.is_some()
    }
    pub(crate) fn expr_ty(&self, e: &Expr<'_>) -> Ty<'tcx> {
        self.typeck().expr_ty(e)
    }
    pub(crate) fn typing_env(&self) -> TypingEnv<'tcx> {
        self.tcx.typing_env_non_body_analysis(self.owner.to_def_id())
    }
    pub(crate) fn lint(
        &self,
        lint: &'static Lint,
        id: HirId,
        span: impl Into<diagnostics::MultiSpan>,
        msg: impl Into<String>,
        decorate: impl FnOnce(&mut diagnostics::Diag<'_>),
    ) {
        self.tcx.emit_node_span_lint(lint, id, span, msg, decorate);
    }
    /// `#[rustc_diagnostic_item]`
    pub(crate) fn diagnostic_name(&self, def_id: DefId) -> Option<&'tcx str> {
        self.diagnostic_items.get(&def_id).copied()
    }
    pub(crate) fn is_diagnostic_item(&self, def_id: DefId, name: &str) -> bool {
        self.diagnostic_name(def_id) == Some(name)
    }
    /// The diagnostic name of an ADT.
    pub(crate) fn ty_diagnostic_name(&self, ty: Ty<'tcx>) -> Option<&'tcx str> {
        match ty.kind() {
            ty::TyKind::Adt(def, _) => self.diagnostic_name(def.did()),
            _ => None,
        }
    }
    pub(crate) fn qpath_res(&self, qpath: &hir::QPath<'_>, id: HirId) -> Res {
        match (qpath, self.typeck) {
            (hir::QPath::Resolved(_, path), _) => path.res,
            (_, Some(typeck)) => typeck.qpath_res(qpath, id),
            (_, None) => Res::Err,
        }
    }
    /// What a call or method call calls.
    pub(crate) fn callee(&self, e: &Expr<'_>) -> Option<DefId> {
        match e.kind {
            ExprKind::Call(f, _) => match f.kind {
                ExprKind::Path(ref qpath) => self.qpath_res(qpath, f.hir_id).opt_def_id(),
                _ => None,
            },
            ExprKind::MethodCall(..) => self.typeck().type_dependent_def_id(e.hir_id),
            _ => None,
        }
    }
    pub(crate) fn snippet(&self, span: Span) -> Option<String> {
        self.tcx.sess().source_map.span_to_snippet(span)
    }

    fn within(&mut self, owner: hir::OwnerId, f: impl FnOnce(&mut Self)) {
        let outer = (self.owner, self.typeck.take(), self.body_owner.take());
        self.owner = owner;
        f(self);
        (self.owner, self.typeck, self.body_owner) = outer;
    }
}

impl<'tcx> Visitor<'tcx> for LateContext<'tcx> {
    const NESTED: NestedFilter = NestedFilter::All;

    fn hir_crate(&mut self) -> &'tcx hir::Crate<'tcx> {
        self.tcx.hir_crate()
    }

    fn visit_nested_body(&mut self, id: hir::BodyId) {
        let owner = self.tcx.hir_body_owner_def_id(id);
        let typeck = self.tcx.typeck(owner);
        if typeck.tainted_by_errors.is_some() {
            return;
        }
        let outer = (self.typeck.replace(typeck), self.body_owner.replace(owner));
        let body = self.tcx.hir_body(id);
        self.visit_body(body);
        (self.typeck, self.body_owner) = outer;
    }

    fn visit_item(&mut self, item: &'tcx hir::Item<'tcx>) {
        self.within(item.owner_id, |cx| {
            style::check_item(cx, item);
            items::check_item(cx, item);
            impls::check_item(cx, item);
            let derived = cx.tcx.has_attr(item.owner_id.def_id, span::sym::automatically_derived);
            if let hir::ItemKind::Impl(imp) = item.kind
                && !derived
            {
                lifetimes::check_impl_params(cx, imp);
            }
            intravisit::walk_item(cx, item);
        });
    }
    fn visit_trait_item(&mut self, item: &'tcx hir::TraitItem<'tcx>) {
        self.within(item.owner_id, |cx| {
            style::check_trait_item(cx, item);
            items::check_trait_item(cx, item);
            if let hir::TraitItemKind::Fn(sig, hir::TraitFn::Required(_)) = item.kind {
                lifetimes::check_fn_decl(cx, sig.decl, item.hir_id());
                lifetimes::check_fn_params(cx, item.generics, sig.decl, None);
            }
            intravisit::walk_trait_item(cx, item);
        });
    }
    fn visit_impl_item(&mut self, item: &'tcx hir::ImplItem<'tcx>) {
        self.within(item.owner_id, |cx| {
            style::check_impl_item(cx, item);
            items::check_impl_item(cx, item);
            intravisit::walk_impl_item(cx, item);
        });
    }
    fn visit_foreign_item(&mut self, item: &'tcx hir::ForeignItem<'tcx>) {
        self.within(item.owner_id, |cx| {
            items::check_foreign_item(cx, item);
            intravisit::walk_foreign_item(cx, item);
        });
    }
    fn visit_fn(
        &mut self,
        kind: FnKind<'tcx>,
        decl: &'tcx hir::FnDecl<'tcx>,
        body: hir::BodyId,
        span: Span,
        id: LocalDefId,
    ) {
        style::check_fn(self, kind, id);
        if !matches!(kind, FnKind::Closure)
            && let Some(generics) = self.tcx.hir_get_generics(id)
        {
            lifetimes::check_fn_decl(self, decl, self.tcx.local_def_id_to_hir_id(id));
            lifetimes::check_fn_params(self, generics, decl, Some(body));
        }
        let _ = span;
        intravisit::walk_fn(self, kind, decl, body, id);
    }
    fn visit_field_def(&mut self, field: &'tcx hir::FieldDef<'tcx>) {
        style::check_field(self, field);
        items::check_field(self, field);
        intravisit::walk_field_def(self, field);
    }
    fn visit_variant(&mut self, variant: &'tcx hir::Variant<'tcx>) {
        items::check_variant(self, variant);
        intravisit::walk_variant(self, variant);
    }
    fn visit_generic_param(&mut self, param: &'tcx hir::GenericParam<'tcx>) {
        style::check_generic_param(self, param);
        intravisit::walk_generic_param(self, param);
    }
    fn visit_stmt(&mut self, stmt: &'tcx hir::Stmt<'tcx>) {
        if self.in_body() {
            unused::check_stmt(self, stmt);
        }
        intravisit::walk_stmt(self, stmt);
    }
    fn visit_local(&mut self, local: &'tcx hir::LetStmt<'tcx>) {
        if self.in_body() {
            expressions::check_local(self, local);
        }
        intravisit::walk_local(self, local);
    }
    fn visit_pat(&mut self, pat: &'tcx Pat<'tcx>) {
        style::check_pat(self, pat);
        if self.in_body() {
            expressions::check_pat(self, pat);
        }
        intravisit::walk_pat(self, pat);
    }
    fn visit_pat_expr(&mut self, e: &'tcx hir::PatExpr<'tcx>) {
        if self.in_body() {
            if let hir::PatExprKind::Lit { lit, negated } = &e.kind {
                literals::check_lit(self, e.hir_id, lit, e.span, *negated, None);
            }
        }
        intravisit::walk_pat_expr(self, e);
    }
    fn visit_ty(&mut self, ty: &'tcx hir::Ty<'tcx>) {
        items::check_ty(self, ty);
        intravisit::walk_ty(self, ty);
    }
    fn visit_expr(&mut self, e: &'tcx Expr<'tcx>) {
        if self.in_body() {
            literals::check_expr(self, e);
            unused::check_expr(self, e);
            expressions::check_expr(self, e);
            pointers::check_expr(self, e);
            calls::check_expr(self, e);
        }
        intravisit::walk_expr(self, e);
    }
}
