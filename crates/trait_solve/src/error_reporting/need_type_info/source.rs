//! Where in a body a type could be written so that an unknown one becomes known.
//!
//! Each `let`, closure parameter, closure result and place for generic arguments whose type has the unknown in it is a
//! [`Source`]; the one with the least to write is suggested.

use std::cell::RefCell;

use hir::def::{CtorOf, DefKind, Res};
use hir::intravisit::{self, Visitor};
use hir::{Expr, ExprKind, HirId, LocalSource, QPath};
use query::TyCtxt;
use span::def_id::DefId;
use span::{Ident, Span};
use ty::{AliasTyKind, ConstKind, GenericArg, GenericArgsRef, InferConst, Ty, TyKind, TypeckResults};

use crate::infer::InferCtxt;

/// A place that a type could be written at.
#[derive(Clone, Debug)]
pub(super) struct Source<'tcx> {
    pub(super) span: Span,
    pub(super) kind: SourceKind<'tcx>,
}

#[derive(Clone, Debug)]
pub(super) enum SourceKind<'tcx> {
    LetBinding {
        insert_span: Span,
        name: Option<Ident>,
        ty: Ty<'tcx>,
    },
    ClosureArg {
        insert_span: Span,
        ty: Ty<'tcx>,
    },
    GenericArg {
        insert_span: Span,
        generics_def_id: DefId,
        def_id: DefId,
        /// The type and const arguments of the item's own.
        args: Vec<GenericArg<'tcx>>,
        /// Which of the item's own parameters it is, lifetimes included.
        param_index: usize,
        have_turbofish: bool,
    },
    FullyQualifiedMethodCall {
        receiver: Span,
        /// What follows the receiver then, and where.
        successor: (&'static str, Span),
        args: GenericArgsRef<'tcx>,
        def_id: DefId,
        by_ref: Option<hir::Mutability>,
    },
    ClosureReturn {
        ty: Ty<'tcx>,
        output: Span,
        /// The end of a body without braces.
        wrap: Option<Span>,
    },
}

/// The best place for an unknown in a body.
pub(super) fn find_source<'tcx>(
    infcx: &InferCtxt<'tcx>,
    results: &RefCell<TypeckResults<'tcx>>,
    body: &'tcx hir::Body<'tcx>,
    target: GenericArg<'tcx>,
) -> Option<Source<'tcx>> {
    let targets = same_unknowns(infcx, target);
    let mut finder = Finder { infcx, results, targets, attempt: 0, cost: usize::MAX, best: None };
    finder.visit_expr(body.value);
    finder.best
}

/// The unknown with those that it is coerced to or from.
fn same_unknowns<'tcx>(infcx: &InferCtxt<'tcx>, target: GenericArg<'tcx>) -> Vec<GenericArg<'tcx>> {
    let root = |t: Ty<'tcx>| infcx.shallow_resolve(t).ty_vid().map(|v| infcx.root_var(v));
    let mut out = vec![target];
    let mut next = 0;
    while let Some(known) = out.get(next).copied() {
        next += 1;
        let Some(known) = known.as_type().and_then(root) else { continue };
        for &(a, b) in infcx.coerced_vars.borrow().iter() {
            let (Some(a), Some(b)) = (root(a), root(b)) else { continue };
            let other = match known {
                k if k == a => b,
                k if k == b => a,
                _ => continue,
            };
            let other: GenericArg<'tcx> = infcx.tcx.mk_ty_var(other).into();
            if !out.contains(&other) {
                out.push(other);
            }
        }
    }
    out
}

struct Finder<'a, 'tcx> {
    infcx: &'a InferCtxt<'tcx>,
    results: &'a RefCell<TypeckResults<'tcx>>,
    /// The variables that are the unknown.
    targets: Vec<GenericArg<'tcx>>,
    attempt: usize,
    cost: usize,
    best: Option<Source<'tcx>>,
}

/// A path's or method's place for generic arguments.
struct Insertable<'tcx> {
    insert_span: Span,
    args: GenericArgsRef<'tcx>,
    generics_def_id: DefId,
    def_id: DefId,
    have_turbofish: bool,
}

impl<'tcx> Finder<'_, 'tcx> {
    fn tcx(&self) -> TyCtxt<'tcx> {
        self.infcx.tcx
    }
    fn node_type(&self, id: HirId) -> Option<Ty<'tcx>> {
        let ty = self.results.try_borrow().ok()?.node_type_opt(id)?;
        Some(self.infcx.resolve_vars_if_possible(ty))
    }
    fn node_args(&self, id: HirId) -> Option<GenericArgsRef<'tcx>> {
        let args = self.results.try_borrow().ok()?.node_args_opt(id)?;
        Some(self.infcx.resolve_vars_if_possible(args))
    }
    fn type_dependent_def_id(&self, id: HirId) -> Option<DefId> {
        self.results.try_borrow().ok()?.type_dependent_def_id(id)
    }

    fn is_target(&self, arg: GenericArg<'tcx>) -> bool {
        self.targets.iter().any(|&target| self.is_same(arg, target))
    }
    fn is_same(&self, arg: GenericArg<'tcx>, target: GenericArg<'tcx>) -> bool {
        if arg == target {
            return true;
        }
        match (arg, target) {
            (GenericArg::Type(a), GenericArg::Type(b)) => match (a.ty_vid(), b.ty_vid()) {
                (Some(a), Some(b)) => self.infcx.root_var(a) == self.infcx.root_var(b),
                _ => false,
            },
            (GenericArg::Const(a), GenericArg::Const(b)) => match (a.kind(), b.kind()) {
                (ConstKind::Infer(InferConst::Var(a)), ConstKind::Infer(InferConst::Var(b))) => {
                    self.infcx.root_const_var(a) == self.infcx.root_const_var(b)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether the unknown is in what can be written of a type: opaque types and closures have no such form.
    fn contains_target(&self, arg: GenericArg<'tcx>) -> bool {
        let ty = match arg {
            GenericArg::Type(ty) => ty,
            GenericArg::Const(_) => return self.is_target(arg),
            GenericArg::Lifetime(_) => return false,
        };
        let mut walker = ty.walk();
        while let Some(part) = walker.next() {
            if self.is_target(part) {
                return true;
            }
            if part.as_type().is_some_and(|t| {
                matches!(
                    t.kind(),
                    TyKind::Alias(AliasTyKind::Opaque, _)
                        | TyKind::Closure(..)
                        | TyKind::CoroutineClosure(..)
                        | TyKind::Coroutine(..)
                )
            }) {
                walker.skip_current_subtree();
            }
        }
        false
    }

    fn arg_cost(&self, arg: GenericArg<'tcx>) -> usize {
        match arg {
            GenericArg::Lifetime(_) => 0,
            GenericArg::Type(ty) => self.ty_cost(ty),
            GenericArg::Const(_) => 3,
        }
    }
    /// How much there would be to write.
    fn ty_cost(&self, ty: Ty<'tcx>) -> usize {
        match *ty.kind() {
            TyKind::Closure(..) => 1000,
            TyKind::FnDef(..) => 150,
            TyKind::FnPtr(..) => 30,
            TyKind::Adt(def, args) => {
                let own = own_args_no_defaults(self.tcx(), def.did(), args);
                5 + own.into_iter().map(|a| self.arg_cost(a)).sum::<usize>()
            }
            TyKind::Tuple(tys) => 5 + tys.iter().map(|t| self.ty_cost(t)).sum::<usize>(),
            TyKind::Ref(_, ty, _) => 2 + self.ty_cost(ty),
            TyKind::Infer(..) => 0,
            _ => 1,
        }
    }
    fn source_cost(&self, source: &Source<'tcx>) -> usize {
        match source.kind {
            SourceKind::LetBinding { ty, .. } | SourceKind::ClosureArg { ty, .. } => self.ty_cost(ty),
            SourceKind::GenericArg { def_id, ref args, .. } => {
                let base = match self.tcx().def_kind(def_id) {
                    // `None::<u32>` is less usual than `Vec::<u32>::new()`.
                    DefKind::Variant | DefKind::Ctor(CtorOf::Variant, _) => 15,
                    _ => 10,
                };
                base + args.iter().map(|&a| self.arg_cost(a)).sum::<usize>()
            }
            SourceKind::FullyQualifiedMethodCall { args, .. } => {
                20 + args.iter().map(|a| self.arg_cost(a)).sum::<usize>()
            }
            SourceKind::ClosureReturn { ty, wrap, .. } => 30 + self.ty_cost(ty) + if wrap.is_some() { 10 } else { 0 },
        }
    }
    fn offer(&mut self, span: Span, kind: SourceKind<'tcx>) {
        if span.from_expansion() {
            return;
        }
        let source = Source { span, kind };
        // Of two that are alike the earlier one is better.
        let cost = self.source_cost(&source) + self.attempt;
        self.attempt += 1;
        if cost < self.cost {
            self.cost = cost;
            self.best = Some(source);
        }
    }

    fn insertables(&self, expr: &'tcx Expr<'tcx>) -> Vec<Insertable<'tcx>> {
        match &expr.kind {
            ExprKind::Path(qpath) => match self.node_args(expr.hir_id) {
                Some(args) => self.insertables_of_path(expr.hir_id, args, qpath),
                None => Vec::new(),
            },
            ExprKind::Struct(path, _, _) => match self.node_type(expr.hir_id).map(|t| *t.kind()) {
                Some(TyKind::Adt(_, args)) => self.insertables_of_path(expr.hir_id, args, path),
                _ => Vec::new(),
            },
            ExprKind::MethodCall(segment, ..) => {
                let (Some(def_id), Some(args)) = (self.type_dependent_def_id(expr.hir_id), self.node_args(expr.hir_id))
                else {
                    return Vec::new();
                };
                self.insertable(segment.ident.span.shrink_to_hi(), args, def_id, def_id, false).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
    fn insertables_of_path(
        &self,
        id: HirId,
        args: GenericArgsRef<'tcx>,
        qpath: &'tcx QPath<'tcx>,
    ) -> Vec<Insertable<'tcx>> {
        match *qpath {
            QPath::Resolved(_, path) => self.insertables_of_resolved(args, path),
            QPath::TypeRelative(self_ty, segment) => {
                let tcx = self.tcx();
                let Some(def_id) = self.type_dependent_def_id(id) else { return Vec::new() };
                let own = self.insertable(segment.ident.span.shrink_to_hi(), args, def_id, def_id, false);
                let mut out = Vec::new();
                let parent = tcx.parent(def_id);
                if let DefKind::Impl { .. } = tcx.def_kind(parent)
                    && let TyKind::Adt(def, args) = *tcx.type_of(parent).instantiate(*tcx, args).kind()
                    && let hir::TyKind::Path(QPath::Resolved(_, path)) = self_ty.kind
                    && res_generics_def_id(tcx, path.res) == Some(def.did())
                {
                    out = self.insertables_of_resolved(self.infcx.resolve_vars_if_possible(args), path);
                }
                out.extend(own);
                out
            }
            QPath::LangItem(..) => Vec::new(),
        }
    }
    fn insertables_of_resolved(&self, args: GenericArgsRef<'tcx>, path: &hir::Path<'tcx>) -> Vec<Insertable<'tcx>> {
        let tcx = self.tcx();
        let mut out = Vec::new();
        if let Some(generics_def_id) = res_generics_def_id(tcx, path.res)
            && let Some(last) = path.segments.last()
            && let Some(def_id) = path.res.opt_def_id()
        {
            let at = last.ident.span.shrink_to_hi();
            out.extend(self.insertable(at, args, generics_def_id, def_id, last.args.is_some_and(|a| !a.is_empty())));
        }
        // `Option::<u8>::None`, the arguments of parts of the path.
        let count = path.segments.len().saturating_sub(1);
        for segment in &path.segments[..count] {
            if let Some(generics_def_id) = res_generics_def_id(tcx, segment.res)
                && let Some(def_id) = segment.res.opt_def_id()
            {
                let have = segment.args.is_some_and(|a| !a.is_empty());
                out.extend(self.insertable(segment.ident.span.shrink_to_hi(), args, generics_def_id, def_id, have));
            }
        }
        out
    }
    fn insertable(
        &self,
        insert_span: Span,
        args: GenericArgsRef<'tcx>,
        generics_def_id: DefId,
        def_id: DefId,
        have_turbofish: bool,
    ) -> Option<Insertable<'tcx>> {
        if has_impl_trait(self.tcx(), generics_def_id) {
            return None;
        }
        Some(Insertable { insert_span, args, generics_def_id, def_id, have_turbofish })
    }

    fn offer_generic_args(&mut self, expr: &'tcx Expr<'tcx>) {
        let tcx = self.tcx();
        for Insertable { insert_span, args, generics_def_id, def_id, have_turbofish } in self.insertables(expr) {
            let generics = tcx.generics_of(generics_def_id);
            let start = generics.parent_count;
            let end = (start + generics.own_params.len()).min(args.len());
            let own = args.get(start..end).unwrap_or_default();
            let Some(param_index) = own.iter().position(|&a| self.contains_target(a)) else { continue };
            let args = own_args_no_defaults(tcx, generics_def_id, args)
                .into_iter()
                .filter(|a| a.as_region().is_none())
                .collect();
            let span = match expr.kind {
                ExprKind::MethodCall(path, ..) => path.ident.span,
                _ => expr.span,
            };
            let kind =
                SourceKind::GenericArg { insert_span, generics_def_id, def_id, args, param_index, have_turbofish };
            self.offer(span, kind);
        }
    }
    fn offer_closure_return(&mut self, expr: &'tcx Expr<'tcx>) {
        let ExprKind::Closure(&hir::Closure { fn_decl, body, fn_decl_span, .. }) = expr.kind else { return };
        let Some(TyKind::Closure(_, args)) = self.node_type(expr.hir_id).map(|t| *t.kind()) else { return };
        let output = self.infcx.resolve_vars_if_possible(args.as_closure().sig().output().skip_binder());
        if !self.contains_target(output.into()) {
            return;
        }
        let value = self.tcx().hir_body(body).value;
        let wrap = (!matches!(value.kind, ExprKind::Block(..))).then(|| value.span.shrink_to_hi());
        let kind = SourceKind::ClosureReturn { ty: output, output: fn_decl.output.span(), wrap };
        self.offer(fn_decl_span, kind);
    }
    fn offer_qualified_call(&mut self, expr: &'tcx Expr<'tcx>) {
        let tcx = self.tcx();
        let ExprKind::MethodCall(path, receiver, args, span) = expr.kind else { return };
        let Some(generic_args) = self.node_args(expr.hir_id) else { return };
        if !generic_args.iter().any(|a| self.contains_target(a)) {
            return;
        }
        let Some(def_id) = self.type_dependent_def_id(expr.hir_id) else { return };
        if tcx.trait_of_assoc(def_id).is_none() || has_impl_trait(tcx, def_id) {
            return;
        }
        let successor = match args.first() {
            None => (")", span.shrink_to_hi()),
            Some(arg) => (", ", arg.span.shrink_to_lo()),
        };
        let by_ref = self.results.try_borrow().ok().and_then(|r| {
            r.expr_adjustments(receiver).iter().find_map(|a| match a.kind {
                ty::adjustment::Adjust::Borrow(ty::adjustment::AutoBorrow::Ref(m)) => Some(match m {
                    ty::adjustment::AutoBorrowMutability::Not => hir::Mutability::Not,
                    ty::adjustment::AutoBorrowMutability::Mut { .. } => hir::Mutability::Mut,
                }),
                _ => None,
            })
        });
        let kind = SourceKind::FullyQualifiedMethodCall {
            receiver: receiver.span,
            successor,
            args: generic_args,
            def_id,
            by_ref,
        };
        self.offer(path.ident.span, kind);
    }
}

impl<'tcx> Visitor<'tcx> for Finder<'_, 'tcx> {
    fn visit_nested_body(&mut self, id: hir::BodyId) {
        let body = self.tcx().hir_body(id);
        self.visit_body(body);
    }
    fn visit_local(&mut self, local: &'tcx hir::LetStmt<'tcx>) {
        intravisit::walk_local(self, local);
        if local.source != LocalSource::Normal || local.ty.is_some() {
            return;
        }
        if let Some(ty) = self.node_type(local.hir_id)
            && self.contains_target(ty.into())
        {
            let insert_span = local.pat.span.shrink_to_hi();
            self.offer(local.pat.span, SourceKind::LetBinding { insert_span, name: local.pat.simple_ident(), ty });
        }
    }
    /// A closure's.
    fn visit_body(&mut self, body: &hir::Body<'tcx>) {
        for param in body.params {
            // Without a type.
            if param.ty_span == param.pat.span
                && let Some(ty) = self.node_type(param.hir_id)
                && self.contains_target(ty.into())
            {
                let insert_span = param.pat.span.shrink_to_hi();
                self.offer(param.pat.span, SourceKind::ClosureArg { insert_span, ty });
            }
        }
        intravisit::walk_body(self, body);
    }
    fn visit_expr(&mut self, expr: &'tcx Expr<'tcx>) {
        match expr.kind {
            // The arguments are more specific than the function.
            ExprKind::Call(func, args) => {
                for arg in args {
                    self.visit_expr(arg);
                }
                self.visit_expr(func);
            }
            _ => intravisit::walk_expr(self, expr),
        }
        self.offer_generic_args(expr);
        self.offer_closure_return(expr);
        self.offer_qualified_call(expr);
    }
}

/// What has the generics that a path's arguments are for.
fn res_generics_def_id(tcx: TyCtxt<'_>, res: Res) -> Option<DefId> {
    match res {
        Res::Def(DefKind::Ctor(CtorOf::Variant, _), def_id) => Some(tcx.parent(tcx.parent(def_id))),
        Res::Def(DefKind::Variant | DefKind::Ctor(CtorOf::Struct, _), def_id) => Some(tcx.parent(def_id)),
        Res::Def(
            DefKind::Struct
            | DefKind::Union
            | DefKind::Enum
            | DefKind::Trait
            | DefKind::OpaqueTy
            | DefKind::TyAlias
            | DefKind::ForeignTy
            | DefKind::TraitAlias
            | DefKind::AssocTy
            | DefKind::Fn
            | DefKind::AssocFn
            | DefKind::AssocConst,
            def_id,
        ) => Some(def_id),
        _ => None,
    }
}

fn has_impl_trait(tcx: TyCtxt<'_>, def_id: DefId) -> bool {
    let mut next = Some(def_id);
    while let Some(def_id) = next {
        let generics = tcx.generics_of(def_id);
        if generics.own_params.iter().any(|p| p.kind.is_synthetic()) {
            return true;
        }
        next = generics.parent;
    }
    false
}

/// The item's own arguments, without a trait's `Self` and those at the end that are their parameters' defaults.
fn own_args_no_defaults<'tcx>(tcx: TyCtxt<'tcx>, def_id: DefId, args: GenericArgsRef<'tcx>) -> Vec<GenericArg<'tcx>> {
    let generics = tcx.generics_of(def_id);
    let mut own = &generics.own_params[usize::from(generics.has_self && generics.parent.is_none())..];
    while let [rest @ .., last] = own {
        let Some(&arg) = args.get(last.index as usize) else { break };
        let is_default = last.kind.has_default()
            && match arg {
                GenericArg::Type(ty) => tcx.type_of(last.def_id).instantiate(*tcx, args) == ty,
                GenericArg::Const(ct) => tcx.const_param_default(last.def_id).instantiate(*tcx, args) == ct,
                GenericArg::Lifetime(_) => false,
            };
        if !is_default {
            break;
        }
        own = rest;
    }
    own.iter().filter_map(|p| args.get(p.index as usize).copied()).collect()
}
