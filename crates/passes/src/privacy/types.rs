//! Types that are private where an expression, pattern or written type has them: ``type `X` is private``.

use std::ops::ControlFlow;

use hir::def::{DefKind, Res};
use hir::intravisit::{self, NestedFilter, Visitor};
use hir::{Expr, ExprKind, HirId, Pat, QPath};
use query::TyCtxt;
use span::def_id::{DefId, LocalDefId};
use span::{FxHashMap, Span};
use ty::{Ty, TypeckResults};

use super::walk::DefIdVisitor;

pub(super) fn check(tcx: TyCtxt<'_>) {
    for owner in tcx.hir_body_owners() {
        if tcx.is_typeck_child(owner.to_def_id()) {
            continue;
        }
        let Some(body) = tcx.hir_maybe_body_owned_by(owner) else { continue };
        let typeck = tcx.typeck(owner);
        if typeck.tainted_by_errors.is_some() {
            continue;
        }
        let module = tcx.parent_module_from_def_id(owner);
        let mut types = Types { tcx, typeck, module, span: body.value.span, accessible: FxHashMap::default() };
        types.visit_body(body);
    }
}

struct Types<'tcx> {
    tcx: TyCtxt<'tcx>,
    typeck: &'tcx TypeckResults<'tcx>,
    module: LocalDefId,
    span: Span,
    /// Types that were looked at, whether nothing in them is private.
    accessible: FxHashMap<Ty<'tcx>, bool>,
}

impl<'tcx> DefIdVisitor<'tcx> for Types<'tcx> {
    fn tcx(&self) -> TyCtxt<'tcx> {
        self.tcx
    }
    fn visit_def_id(&mut self, def_id: DefId, kind: &str, descr: &dyn std::fmt::Display) -> ControlFlow<()> {
        if self.is_accessible(def_id) {
            return ControlFlow::Continue(());
        }
        self.tcx
            .dcx()
            .struct_span_err(self.span, format!("{kind} `{descr}` is private"))
            .with_span_label(self.span, format!("private {kind}"))
            .emit();
        ControlFlow::Break(())
    }
}

impl<'tcx> Types<'tcx> {
    fn is_accessible(&self, def_id: DefId) -> bool {
        self.tcx.is_accessible_from(self.tcx.visibility(def_id), self.module)
    }

    /// Whether an error was reported.
    fn check_node(&mut self, id: HirId, span: Span) -> bool {
        self.span = span;
        let Some(ty) = self.typeck.node_type_opt(id) else { return false };
        if self.check_ty(ty) {
            return true;
        }
        let args = self.typeck.node_args_opt(id);
        args.is_some_and(|args| args.types().any(|ty| self.check_ty(ty)))
    }

    fn check_ty(&mut self, ty: Ty<'tcx>) -> bool {
        // Most types are of a few shapes that cannot hold anything private.
        if ty.is_primitive() || ty.is_unit() || ty.is_never() {
            return false;
        }
        if self.accessible.get(&ty) == Some(&true) {
            return false;
        }
        let private = self.visit(ty).is_break();
        self.accessible.insert(ty, !private);
        private
    }
}

impl<'tcx> Visitor<'tcx> for Types<'tcx> {
    const NESTED: NestedFilter = NestedFilter::OnlyBodies;

    fn hir_crate(&mut self) -> &'tcx hir::Crate<'tcx> {
        self.tcx.hir_crate()
    }
    fn visit_anon_const(&mut self, _: &'tcx hir::AnonConst) {}

    fn visit_ty(&mut self, t: &'tcx hir::Ty<'tcx>) {
        if self.check_node(t.hir_id, t.span) {
            return;
        }
        intravisit::walk_ty(self, t);
    }

    fn visit_expr(&mut self, e: &'tcx Expr<'tcx>) {
        if self.check_node(e.hir_id, e.span) {
            return;
        }
        match e.kind {
            ExprKind::Assign(_, rhs, _) | ExprKind::Match(rhs, ..) => {
                // Of these, only the type of the operand is seen.
                if self.check_node(rhs.hir_id, rhs.span) {
                    return;
                }
            }
            ExprKind::MethodCall(segment, ..) => {
                self.span = segment.ident.span;
                if let Some(def_id) = self.typeck.type_dependent_def_id(e.hir_id) {
                    let sig = self.tcx.type_of(def_id).instantiate_identity();
                    if self.visit(sig).is_break() {
                        return;
                    }
                }
            }
            _ => {}
        }
        intravisit::walk_expr(self, e);
    }

    fn visit_qpath(&mut self, qpath: &'tcx QPath<'tcx>, id: HirId, _: Span) {
        let def = match *qpath {
            QPath::Resolved(_, path) => match path.res {
                Res::Def(kind, def_id) => Some((kind, def_id)),
                _ => None,
            },
            QPath::TypeRelative(..) | QPath::LangItem(..) => self.typeck.type_dependent_def(id),
        };
        let def = def.filter(|(kind, _)| {
            matches!(kind, DefKind::AssocFn | DefKind::AssocConst | DefKind::AssocTy | DefKind::Static { .. })
        });
        if let Some((kind, def_id)) = def {
            let is_local_static = matches!(kind, DefKind::Static { .. }) && def_id.is_local();
            if !self.is_accessible(def_id) && !is_local_static {
                let sess_span = match *qpath {
                    QPath::TypeRelative(_, segment) => Some(segment.ident.span),
                    QPath::Resolved(_, path) => Some(path.span),
                    QPath::LangItem(..) => None,
                };
                if let Some(at) = sess_span {
                    let kind = self.tcx.def_descr(def_id);
                    let msg = match self.tcx.opt_item_name(def_id) {
                        Some(name) => format!("{kind} `{name}` is private"),
                        None => format!("{kind} is private"),
                    };
                    self.tcx.dcx().struct_span_err(at, msg).with_span_label(at, format!("private {kind}")).emit();
                    return;
                }
            }
        }
        intravisit::walk_qpath(self, qpath, id);
    }

    fn visit_pat(&mut self, pat: &'tcx Pat<'tcx>) {
        if self.check_node(pat.hir_id, pat.span) {
            return;
        }
        intravisit::walk_pat(self, pat);
    }

    fn visit_local(&mut self, l: &'tcx hir::LetStmt<'tcx>) {
        if let Some(init) = l.init {
            if self.check_node(init.hir_id, init.span) {
                return;
            }
        }
        intravisit::walk_local(self, l);
    }
}
