//! Writes the final types into the results: all variables resolved, regions erased. What is left unknown is E0282.

use hir::{ExprKind, HirId, ItemLocalId};
use span::Span;
use trait_solve::error_reporting::TypeAnnotationNeeded;
use trait_solve::traits::ObligationCause;
use trait_solve::traits::normalize::normalize_silently;
use ty::adjustment::Adjust;
use ty::fold::TypeFolder;
use ty::{
    Const, ConstKind, ErrorGuaranteed, GenericArg, Interner, Region, Ty, TyKind, TypeFlags, TypeFoldable,
    TypeSuperFoldable, TypeVisitable, TypeVisitableExt, TypeckResults,
};

use crate::FnCtxt;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Resolves everything; the results are final.
    pub(crate) fn resolve_type_vars_in_body(&self, body: &'tcx hir::Body<'tcx>) -> &'tcx TypeckResults<'tcx> {
        {
            let mut fix = FixBuiltins { fcx: self };
            hir::intravisit::walk_body(&mut fix, body);
        }
        let results = std::mem::replace(
            &mut *self.typeck_results.borrow_mut(),
            TypeckResults::new(self.tcx.local_def_id_to_hir_id(self.body_id).owner),
        );
        let mut wbcx = WritebackCtxt { fcx: self, unresolved: Vec::new() };
        let mut results = wbcx.resolve_results(results);
        wbcx.resolve_opaque_types(&mut results);
        wbcx.report_unresolved();
        results.tainted_by_errors = self.tainted_by_errors();
        self.tcx.arena().alloc(results)
    }
}

/// Operators and indexing of built-in types were written as calls of trait methods: they are none.
struct FixBuiltins<'a, 'b, 'tcx> {
    fcx: &'b FnCtxt<'a, 'tcx>,
}

impl<'a, 'b, 'tcx> FixBuiltins<'a, 'b, 'tcx> {
    fn is_builtin_binop(&self, lhs: Ty<'tcx>, rhs: Ty<'tcx>, op: hir::BinOpKind) -> bool {
        use hir::BinOpKind::*;
        match op {
            Shl | Shr => lhs.is_integral() && rhs.is_integral(),
            Add | Sub | Mul | Div | Rem => {
                lhs.is_integral() && rhs.is_integral() || lhs.is_floating_point() && rhs.is_floating_point()
            }
            BitXor | BitAnd | BitOr => lhs.is_integral() && rhs.is_integral() || lhs.is_bool() && rhs.is_bool(),
            _ => lhs.is_scalar() && rhs.is_scalar(),
        }
    }

    // Hacky hack: During type-checking, we treat *all* operators as potentially overloaded. But then, during writeback,
    // if we observe that something like `a+b` is (known to be) operating on scalars, we clear the overload.
    fn fix_scalar_builtin_expr(&mut self, e: &hir::Expr<'_>) {
        let fcx = self.fcx;
        match e.kind {
            ExprKind::Unary(hir::UnOp::Neg | hir::UnOp::Not, inner) => {
                let Some(inner_ty) = fcx.node_ty_opt(inner.hir_id) else { return };
                let inner_ty = fcx.resolve_vars_if_possible(inner_ty);
                if inner_ty.is_scalar() {
                    let mut r = fcx.typeck_results.borrow_mut();
                    r.type_dependent_defs.remove(&e.hir_id.local_id);
                    r.node_args.remove(&e.hir_id.local_id);
                }
            }
            ExprKind::Binary(op, lhs, rhs) => self.fix_binop(e, op.node, lhs, rhs, false),
            ExprKind::AssignOp(op, lhs, rhs) => self.fix_binop(e, op.node.into(), lhs, rhs, true),
            _ => {}
        }
    }

    fn fix_binop(
        &mut self,
        e: &hir::Expr<'_>,
        op: hir::BinOpKind,
        lhs: &hir::Expr<'_>,
        rhs: &hir::Expr<'_>,
        assign: bool,
    ) {
        let fcx = self.fcx;
        if !fcx.typeck_results.borrow().type_dependent_defs.contains_key(&e.hir_id.local_id) {
            return;
        }
        let (Some(lhs_ty), Some(rhs_ty)) = (fcx.node_ty_opt(lhs.hir_id), fcx.node_ty_opt(rhs.hir_id)) else {
            return;
        };
        let lhs_ty = fcx.resolve_vars_if_possible(lhs_ty);
        let rhs_ty = fcx.resolve_vars_if_possible(rhs_ty);
        if !lhs_ty.is_scalar() || !rhs_ty.is_scalar() || !self.is_builtin_binop(lhs_ty, rhs_ty, op) {
            return;
        }
        let mut r = fcx.typeck_results.borrow_mut();
        r.type_dependent_defs.remove(&e.hir_id.local_id);
        r.node_args.remove(&e.hir_id.local_id);
        if assign || op.is_comparison() {
            // The operands were borrowed for the call.
            if let Some(a) = r.adjustments.get_mut(&lhs.hir_id.local_id) {
                if matches!(a.last().map(|a| &a.kind), Some(Adjust::Borrow(_))) {
                    a.pop();
                }
            }
            if op.is_comparison() {
                if let Some(a) = r.adjustments.get_mut(&rhs.hir_id.local_id) {
                    if matches!(a.last().map(|a| &a.kind), Some(Adjust::Borrow(_))) {
                        a.pop();
                    }
                }
            }
        }
    }

    // (ouz-a 1005988): Normally `[T] : std::ops::Index<usize>` should be normalized into [T] but currently `Where` clause
    // stops the normalization process for it; here we compare types of expr and base: if they are built in, the method
    // call is taken out.
    fn fix_index_builtin_expr(&mut self, e: &hir::Expr<'_>) {
        let ExprKind::Index(base, index, _) = e.kind else { return };
        let fcx = self.fcx;
        if !fcx.typeck_results.borrow().type_dependent_defs.contains_key(&e.hir_id.local_id) {
            return;
        }
        // All valid indexing looks like this; might encounter non-valid indexes at this point.
        let base_ty = fcx.typeck_results.borrow().expr_ty_adjusted_opt(base);
        let Some(base_ty) = base_ty else { return };
        let base_ty = fcx.resolve_vars_if_possible(base_ty);
        let TyKind::Ref(_, base_ty_inner, _) = *base_ty.kind() else { return };
        let Some(index_ty) = fcx.node_ty_opt(index.hir_id) else { return };
        let index_ty = fcx.resolve_vars_if_possible(index_ty);
        if base_ty_inner.builtin_index().is_some() && index_ty == fcx.tcx.types().usize {
            // Remove the method call record.
            let mut r = fcx.typeck_results.borrow_mut();
            r.type_dependent_defs.remove(&e.hir_id.local_id);
            r.node_args.remove(&e.hir_id.local_id);
            if let Some(a) = r.adjustments.get_mut(&base.hir_id.local_id) {
                // Discard the need for a mutable borrow; and the unsizing of arrays, which are indexed as they are.
                if let Some(Adjust::Pointer(ty::adjustment::PointerCoercion::Unsize)) = a.pop().map(|x| x.kind) {
                    a.pop();
                }
            }
        }
    }
}

impl<'a, 'b, 'tcx> hir::intravisit::Visitor<'tcx> for FixBuiltins<'a, 'b, 'tcx> {
    fn visit_expr(&mut self, e: &'tcx hir::Expr<'tcx>) {
        match e.kind {
            ExprKind::Closure(&hir::Closure { body, .. }) => {
                let body = self.fcx.tcx.hir_body(body);
                hir::intravisit::walk_body(self, body);
            }
            ExprKind::ConstBlock(ref c) => {
                let body = self.fcx.tcx.hir_body(c.body);
                hir::intravisit::walk_body(self, body);
            }
            ExprKind::Unary(..) | ExprKind::Binary(..) | ExprKind::AssignOp(..) => {
                self.fix_scalar_builtin_expr(e);
            }
            ExprKind::Index(..) => self.fix_index_builtin_expr(e),
            _ => {}
        }
        if !matches!(e.kind, ExprKind::Closure(_) | ExprKind::ConstBlock(_)) {
            hir::intravisit::walk_expr(self, e);
        }
    }
}

struct WritebackCtxt<'a, 'b, 'tcx> {
    fcx: &'b FnCtxt<'a, 'tcx>,
    /// Nodes whose types are not known, with what is unknown.
    unresolved: Vec<(ItemLocalId, GenericArg<'tcx>, bool)>,
}

impl<'a, 'b, 'tcx> WritebackCtxt<'a, 'b, 'tcx> {
    fn resolve<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(&mut self, at: ItemLocalId, value: T) -> T {
        self.resolve_with(at, value, true)
    }

    fn resolve_with<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(
        &mut self,
        at: ItemLocalId,
        value: T,
        is_ty: bool,
    ) -> T {
        if !value.has_infer() && !value.has_erasable_regions() && !value.has_aliases() {
            return value;
        }
        let mut value = self.fcx.resolve_vars_if_possible(value);
        // What normalises to a type with aliases in it was left so; later stages look at shapes only.
        if value.has_aliases() {
            let cause = ObligationCause::dummy();
            value = normalize_silently(&self.fcx.root_ctxt.infcx, self.fcx.param_env, &cause, value);
            value = self.fcx.resolve_vars_if_possible(value);
        }
        let mut resolver = Resolver { fcx: self.fcx, unresolved: None, err: None };
        let value = value.fold_with(&mut resolver);
        if let Some(u) = resolver.unresolved {
            self.unresolved.push((at, u, is_ty));
        }
        value
    }

    fn resolve_results(&mut self, results: TypeckResults<'tcx>) -> TypeckResults<'tcx> {
        let mut out = results;
        for (id, ty) in out.node_types.iter_mut() {
            *ty = self.resolve(*id, *ty);
        }
        for (id, args) in out.node_args.iter_mut() {
            *args = self.resolve_with(*id, *args, false);
        }
        for (id, adj) in out.adjustments.iter_mut() {
            for a in adj {
                a.target = self.resolve_with(*id, a.target, false);
            }
        }
        out.adjustments.retain(|_, a| !a.is_empty());
        for (id, tys) in out.pat_adjustments.iter_mut() {
            for ty in tys {
                *ty = self.resolve(*id, *ty);
            }
        }
        for (id, sig) in out.liberated_fn_sigs.iter_mut() {
            // Regions of the signature are kept: borrow checking reads them.
            *sig = self.resolve_keeping_regions(*id, *sig);
        }
        for (id, tys) in out.fru_field_types.iter_mut() {
            for ty in tys {
                *ty = self.resolve(*id, *ty);
            }
        }
        for (id, v) in out.offset_of_data.iter_mut() {
            for (ty, _, _) in v {
                *ty = self.resolve(*id, *ty);
            }
        }
        let zero = ItemLocalId::from_u32(0);
        for captures in out.closure_min_captures.values_mut() {
            for c in captures {
                c.place.base_ty = self.resolve(zero, c.place.base_ty);
                for p in &mut c.place.projections {
                    p.ty = self.resolve(zero, p.ty);
                }
            }
        }
        for reads in out.closure_fake_reads.values_mut() {
            for (place, _, _) in reads {
                place.base_ty = self.resolve(zero, place.base_ty);
                for p in &mut place.projections {
                    p.ty = self.resolve(zero, p.ty);
                }
            }
        }
        let transmutes = std::mem::take(&mut *self.fcx.deferred_transmute_checks.borrow_mut());
        for (from, to, id) in transmutes {
            let from = self.resolve(id.local_id, from);
            let to = self.resolve(id.local_id, to);
            out.transmutes_to_check.push((from, to, id));
        }
        out
    }

    fn resolve_keeping_regions<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(&mut self, at: ItemLocalId, value: T) -> T {
        if !value.has_infer() {
            return value;
        }
        let value = self.fcx.resolve_vars_if_possible(value);
        self.resolve(at, value)
    }

    /// The hidden types of the opaque types that the body defines.
    fn resolve_opaque_types(&mut self, results: &mut TypeckResults<'tcx>) {
        let tcx = self.fcx.tcx;
        let zero = ItemLocalId::from_u32(0);
        for (key, hidden) in self.fcx.root_ctxt.infcx.clone_opaque_types() {
            let def_id = key.def_id;
            let opaque = def_id.to_def_id();
            let ty = self.resolve(zero, hidden.ty);
            let args = self.resolve(zero, key.args);
            if ty.references_error() {
                results.hidden_types.entry(def_id).or_insert(ty::OpaqueHiddenType { span: hidden.span, ty });
                continue;
            }
            // The opaque type itself says nothing of what it hides.
            if let TyKind::Alias(ty::AliasTyKind::Opaque, a) = *ty.kind() {
                if a.def_id == opaque && a.args == args {
                    continue;
                }
            }
            let ty = remap_to_declaration_params(tcx.interner(), ty, args, tcx.identity_args_for(opaque));
            match results.hidden_types.get(&def_id) {
                Some(prev) if prev.ty != ty && !prev.ty.references_error() => {
                    let diag = self
                        .fcx
                        .dcx()
                        .struct_span_err(hidden.span, "concrete type differs from previous defining opaque type use")
                        .with_span_label(hidden.span, format!("expected `{}`, got `{ty}`", prev.ty))
                        .with_span_note(prev.span, "previous use here");
                    self.fcx.emit(diag);
                }
                Some(_) => {}
                None => {
                    results.hidden_types.insert(def_id, ty::OpaqueHiddenType { span: hidden.span, ty });
                }
            }
        }
    }

    fn report_unresolved(&mut self) {
        if self.unresolved.is_empty() || self.fcx.tainted_by_errors().is_some() {
            return;
        }
        self.unresolved.sort_by_key(|(id, _, is_ty)| (*id, !*is_ty));
        let owner = self.fcx.tcx.local_def_id_to_hir_id(self.fcx.body_id).owner;
        let (id, arg, _) = self.unresolved[0];
        let span: Span = self.fcx.tcx.hir_span(HirId { owner, local_id: id });
        let diag = self.fcx.err_ctxt().emit_inference_failure_err(
            self.fcx.body_id,
            span,
            arg.as_term().expect("regions are not reported"),
            TypeAnnotationNeeded::E0282,
            false,
        );
        self.fcx.emit(diag);
    }
}

/// The hidden type in terms of the opaque type's own parameters instead of the arguments it was used with.
fn remap_to_declaration_params<'tcx>(
    cx: Interner<'tcx>,
    ty: Ty<'tcx>,
    args: ty::GenericArgsRef<'tcx>,
    identity: ty::GenericArgsRef<'tcx>,
) -> Ty<'tcx> {
    if args == identity {
        return ty;
    }
    struct Remap<'tcx> {
        cx: Interner<'tcx>,
        map: span::FxHashMap<GenericArg<'tcx>, GenericArg<'tcx>>,
    }
    impl<'tcx> TypeFolder<'tcx> for Remap<'tcx> {
        fn cx(&self) -> Interner<'tcx> {
            self.cx
        }
        fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
            match t.kind() {
                TyKind::Param(_) => match self.map.get(&t.into()) {
                    Some(GenericArg::Type(t)) => *t,
                    _ => t,
                },
                _ => t.super_fold_with(self),
            }
        }
        fn fold_const(&mut self, c: Const<'tcx>) -> Const<'tcx> {
            match c.kind() {
                ConstKind::Param(_) => match self.map.get(&c.into()) {
                    Some(GenericArg::Const(c)) => *c,
                    _ => c,
                },
                _ => c.super_fold_with(self),
            }
        }
    }
    let map = args.iter().zip(identity.iter()).filter(|(a, _)| !matches!(a, GenericArg::Lifetime(_))).collect();
    ty.fold_with(&mut Remap { cx, map })
}

/// Erases regions, and replaces what is unknown by errors.
struct Resolver<'a, 'b, 'tcx> {
    fcx: &'b FnCtxt<'a, 'tcx>,
    unresolved: Option<GenericArg<'tcx>>,
    err: Option<ErrorGuaranteed>,
}

impl<'tcx> Resolver<'_, '_, 'tcx> {
    fn error(&mut self, arg: GenericArg<'tcx>) -> ErrorGuaranteed {
        if self.unresolved.is_none() {
            self.unresolved = Some(arg);
        }
        *self.err.get_or_insert_with(|| self.fcx.dcx().delayed_bug("unresolved inference variable in writeback"))
    }
}

impl<'tcx> TypeFolder<'tcx> for Resolver<'_, '_, 'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        self.fcx.tcx.interner()
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        if r.is_bound() { r } else { self.cx().lifetimes().re_erased }
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        if !t.flags().intersects(TypeFlags::HAS_INFER.union(TypeFlags::HAS_FREE_REGIONS).union(TypeFlags::HAS_ALIAS)) {
            return t;
        }
        match t.kind() {
            TyKind::Infer(_) => {
                let e = self.error(t.into());
                Ty::new_error(self.cx(), e)
            }
            _ => t.super_fold_with(self),
        }
    }
    fn fold_const(&mut self, c: Const<'tcx>) -> Const<'tcx> {
        match c.kind() {
            ConstKind::Infer(_) => {
                let e = self.error(c.into());
                Const::new_error(self.cx(), e)
            }
            _ => c.super_fold_with(self),
        }
    }
}
