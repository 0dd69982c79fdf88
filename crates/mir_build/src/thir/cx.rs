//! From HIR and type checking's results to THIR.

mod block;
mod expr;
mod path;

use std::cell::RefCell;
use std::rc::Rc;

use hir::Node;
use query::TyCtxt;
use rustc_index::IndexVec;
use span::def_id::{DefId, LocalDefId};
use span::{ErrorGuaranteed, FxHashMap, Span};
use ty::{Ty, TyKind, TypeckResults, TypingEnv};

use super::*;
use crate::region::region_scope_tree;

struct ThirCache;

/// A body's THIR and its root expression. It is kept until [`take_thir`]: three stages look at it.
pub fn thir_body<'tcx>(tcx: TyCtxt<'tcx>, owner: LocalDefId) -> Result<Rc<(Thir<'tcx>, ExprId)>, ErrorGuaranteed> {
    let cache = thir_cache(tcx);
    if let Some(thir) = cache.borrow().get(&owner) {
        return thir.clone();
    }
    let thir = build_thir(tcx, owner).map(Rc::new);
    cache.borrow_mut().insert(owner, thir.clone());
    thir
}

/// As [`thir_body`] for the last user.
pub fn take_thir<'tcx>(tcx: TyCtxt<'tcx>, owner: LocalDefId) -> Result<Rc<(Thir<'tcx>, ExprId)>, ErrorGuaranteed> {
    let thir = thir_body(tcx, owner);
    thir_cache(tcx).borrow_mut().remove(&owner);
    thir
}

type Cache<'tcx> = RefCell<FxHashMap<LocalDefId, Result<Rc<(Thir<'tcx>, ExprId)>, ErrorGuaranteed>>>;

fn thir_cache<'tcx>(tcx: TyCtxt<'tcx>) -> &'tcx Cache<'tcx> {
    tcx.slot::<ThirCache, Cache<'tcx>>(Default::default)
}

/// The results of checking the body that `owner` is in or has.
pub fn typeck_of<'tcx>(tcx: TyCtxt<'tcx>, owner: LocalDefId) -> &'tcx TypeckResults<'tcx> {
    tcx.typeck(tcx.typeck_root_def_id_local(owner))
}

fn build_thir<'tcx>(tcx: TyCtxt<'tcx>, owner: LocalDefId) -> Result<(Thir<'tcx>, ExprId), ErrorGuaranteed> {
    let body = tcx.hir_body_owned_by(owner);
    let typeck_results = typeck_of(tcx, owner);
    if let Some(guar) = typeck_results.tainted_by_errors {
        return Err(guar);
    }
    let hir_id = tcx.local_def_id_to_hir_id(owner);
    let kind = tcx.hir_body_owner_kind(owner);
    let is_fn = kind.is_fn_or_closure();
    let body_type = match kind {
        hir::BodyOwnerKind::GlobalAsm => BodyTy::GlobalAsm(typeck_results.node_type(hir_id)),
        _ if is_fn => match typeck_results.liberated_fn_sigs().get(hir_id) {
            Some(sig) => BodyTy::Fn(*sig),
            None => return Err(tcx.dcx().span_delayed_bug(tcx.def_span(owner), "no signature of a checked body")),
        },
        // The type of an anonymous constant is that of its value.
        _ => BodyTy::Const(
            typeck_results.node_type_opt(hir_id).unwrap_or_else(|| typeck_results.expr_ty_adjusted(body.value)),
        ),
    };
    let thir = Thir {
        body_type,
        arms: IndexVec::new(),
        blocks: IndexVec::new(),
        exprs: IndexVec::new(),
        stmts: IndexVec::new(),
        params: IndexVec::new(),
        scope_tree: region_scope_tree(body, is_fn),
    };
    let mut cx = ThirBuildCx {
        tcx,
        thir,
        typing_env: TypingEnv {
            typing_mode: tcx.typing_mode_of_body(owner),
            param_env: tcx.param_env(owner.to_def_id()),
        },
        typeck_results,
        body_owner: owner.to_def_id(),
        error: None,
    };
    let expr = cx.mirror_expr(body.value);
    if let BodyTy::Fn(sig) = body_type {
        cx.params(owner, body, sig);
    }
    match cx.error {
        Some(guar) => Err(guar),
        None => Ok((cx.thir, expr)),
    }
}

/// Builds THIR.
pub(super) struct ThirBuildCx<'tcx> {
    pub tcx: TyCtxt<'tcx>,
    pub thir: Thir<'tcx>,
    pub typing_env: TypingEnv<'tcx>,
    pub typeck_results: &'tcx TypeckResults<'tcx>,
    pub body_owner: DefId,
    /// For adjustments of this expression (a method's receiver), the span of the whole call.
    /// An error that leaves no THIR.
    pub error: Option<ErrorGuaranteed>,
}

impl<'tcx> ThirBuildCx<'tcx> {
    pub(super) fn push(&mut self, expr: Expr<'tcx>) -> ExprId {
        self.thir.exprs.push(expr)
    }

    pub(super) fn pattern_from_hir(&mut self, p: &'tcx hir::Pat<'tcx>) -> Box<Pat<'tcx>> {
        super::pattern::pat_from_hir(self.tcx, self.typing_env, self.typeck_results, p)
    }

    fn params(&mut self, owner: LocalDefId, body: &'tcx hir::Body<'tcx>, sig: ty::FnSig<'tcx>) {
        let hir_id = self.tcx.local_def_id_to_hir_id(owner);
        let node = self.tcx.hir_node(hir_id);
        if let Node::Expr(hir::Expr { kind: hir::ExprKind::Closure(_), .. }) = node {
            let env = self.closure_env_param(hir_id);
            self.thir.params.push(env);
            if body.params.is_empty() && self.tcx.is_coroutine(owner.to_def_id()) {
                // What it is resumed with, though it does not say so.
                let ty = self.tcx.types().unit;
                self.thir.params.push(Param { pat: None, ty, ty_span: None, self_kind: None, hir_id: None });
            }
        }
        let decl = node.fn_decl();
        for (index, param) in body.params.iter().enumerate() {
            let ty_span = decl.and_then(|d| d.inputs.get(index)).map(|ty| ty.span);
            let self_kind = decl.filter(|d| index == 0 && d.implicit_self.has_implicit_self()).map(|d| d.implicit_self);
            let ty = match sig.inputs().get(index) {
                Some(ty) => *ty,
                // `...` is a `VaList` that the body makes.
                None => self.typeck_results.pat_ty(param.pat),
            };
            let pat = self.pattern_from_hir(param.pat);
            self.thir.params.push(Param { pat: Some(pat), ty, ty_span, self_kind, hir_id: Some(param.hir_id) });
        }
    }

    fn closure_env_param(&self, hir_id: hir::HirId) -> Param<'tcx> {
        let closure_ty = self.typeck_results.node_type(hir_id);
        let ty = match *closure_ty.kind() {
            TyKind::Closure(_, args) => {
                self.tcx.closure_env_ty(closure_ty, args.as_closure().kind(), self.tcx.lifetimes().re_erased)
            }
            TyKind::CoroutineClosure(_, args) => {
                let kind = args.as_coroutine_closure().kind_ty().to_opt_closure_kind();
                let kind = kind.unwrap_or(ty::closure::ClosureKind::FnOnce);
                self.tcx.closure_env_ty(closure_ty, kind, self.tcx.lifetimes().re_erased)
            }
            _ => closure_ty,
        };
        Param { pat: None, ty, ty_span: None, self_kind: None, hir_id: None }
    }

    /// A type the user wrote at a node.
    pub(super) fn user_ty_at(&self, id: hir::HirId) -> UserTy<'tcx> {
        self.typeck_results.user_provided_types().get(id).map(|u| Box::new(*u))
    }

    pub(super) fn node_args(&self, id: hir::HirId) -> GenericArgsRef<'tcx> {
        self.typeck_results.node_args_of(id)
    }

    pub(super) fn expr_ty(&self, e: &hir::Expr<'_>) -> Ty<'tcx> {
        self.typeck_results.expr_ty(e)
    }
}
