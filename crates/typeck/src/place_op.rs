//! Overloaded `*` and `[]`, and their change to the mutable traits where the place turns out to be written.

use hir::ExprKind;
use span::Span;
use trait_solve::infer::InferOk;
use ty::adjustment::{
    Adjust, Adjustment, AllowTwoPhase, AutoBorrow, AutoBorrowMutability, OverloadedDeref, PointerCoercion,
};
use ty::{Mutability, Ty, TyKind};

use crate::FnCtxt;
use crate::autoderef::Autoderef;
use crate::method::MethodCallee;

/// `*` or `[]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceOp {
    Deref,
    Index,
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Type-check `*oprnd_expr` with a type that has no built-in dereference.
    pub(crate) fn try_overloaded_deref(
        &self,
        span: Span,
        base_ty: Ty<'tcx>,
    ) -> Option<InferOk<'tcx, MethodCallee<'tcx>>> {
        self.try_overloaded_place_op(span, base_ty, None, PlaceOp::Deref)
    }

    /// Type-check `base[idx]`: the index's and element's types.
    pub(crate) fn lookup_indexing(
        &self,
        expr: &hir::Expr<'_>,
        base_expr: &'tcx hir::Expr<'tcx>,
        base_ty: Ty<'tcx>,
        index_expr: &'tcx hir::Expr<'tcx>,
        idx_ty: Ty<'tcx>,
    ) -> Option<(Ty<'tcx>, Ty<'tcx>)> {
        // FIXME(#18741) -- this is almost but not quite the same as the autoderef that normal method probing does.
        let mut autoderef = self.autoderef(base_expr.span, base_ty);
        let mut result = None;
        while result.is_none() && autoderef.next().is_some() {
            result = self.try_index_step(expr, base_expr, &autoderef, idx_ty, index_expr);
        }
        self.register_predicates(autoderef.into_obligations());
        result
    }

    /// To type-check `base_expr[index_expr]`, we progressively autoderef (and otherwise adjust) `base_expr`, looking
    /// for a type which either supports builtin indexing or overloaded indexing.
    fn try_index_step(
        &self,
        expr: &hir::Expr<'_>,
        base_expr: &'tcx hir::Expr<'tcx>,
        autoderef: &Autoderef<'_, 'tcx>,
        index_ty: Ty<'tcx>,
        index_expr: &hir::Expr<'_>,
    ) -> Option<(Ty<'tcx>, Ty<'tcx>)> {
        let adjusted_ty = self.structurally_resolve_type(autoderef.span(), autoderef.final_ty());
        // First, try built-in indexing.
        match (adjusted_ty.builtin_index(), self.shallow_resolve(index_ty).kind()) {
            (Some(ty), TyKind::Uint(ty::UintTy::Usize)) | (Some(ty), TyKind::Infer(ty::InferTy::IntVar(_))) => {
                let adjustments = self.adjust_steps(autoderef);
                let adjustments = self.register_infer_ok_obligations(adjustments);
                self.apply_adjustments(base_expr, adjustments);
                return Some((self.tcx.types().usize, ty));
            }
            _ => {}
        }

        for unsize in [false, true] {
            let mut self_ty = adjusted_ty;
            if unsize {
                // We only unsize arrays here.
                if let TyKind::Array(ct, _) = *self_ty.kind() {
                    self_ty = self.tcx.mk_slice(ct);
                } else {
                    continue;
                }
            }

            // If some lookup succeeds, write callee into table and extract index/element type from the method
            // signature. If some lookup succeeded, install method in table.
            let input_ty = self.next_ty_var(base_expr.span);
            let method = self.try_overloaded_place_op(expr.span, self_ty, Some(input_ty), PlaceOp::Index);
            if let Some(result) = method {
                let method = self.register_infer_ok_obligations(result);
                let adjustments = self.adjust_steps(autoderef);
                let mut adjustments = self.register_infer_ok_obligations(adjustments);
                if let TyKind::Ref(region, _, Mutability::Not) = *method.sig.inputs()[0].kind() {
                    adjustments.push(Adjustment {
                        kind: Adjust::Borrow(AutoBorrow::Ref(AutoBorrowMutability::Not)),
                        target: self.tcx.mk_imm_ref(region, adjusted_ty),
                    });
                }
                if unsize {
                    adjustments.push(Adjustment {
                        kind: Adjust::Pointer(PointerCoercion::Unsize),
                        target: method.sig.inputs()[0],
                    });
                }
                self.apply_adjustments(base_expr, adjustments);
                self.write_method_call_and_enforce_effects(expr.hir_id, expr.span, method);
                let _ = index_expr;
                return Some((input_ty, self.make_overloaded_place_return_type(method)));
            }
        }
        None
    }

    /// Try to resolve an overloaded place op. We only deal with the immutable variant here (Deref/Index). In some
    /// contexts we would need the mutable variant, but those would be later converted by
    /// `convert_place_derefs_to_mutable`.
    pub(crate) fn try_overloaded_place_op(
        &self,
        span: Span,
        base_ty: Ty<'tcx>,
        opt_rhs_ty: Option<Ty<'tcx>>,
        op: PlaceOp,
    ) -> Option<InferOk<'tcx, MethodCallee<'tcx>>> {
        let lang = self.tcx.lang_items();
        let (imm_tr, imm_op) = match op {
            PlaceOp::Deref => (lang.deref_trait(), span::sym::deref),
            PlaceOp::Index => (lang.index_trait(), span::sym::index),
        };
        // If the lang item was declared incorrectly, stop here so that we don't run into an ICE.
        self.lookup_method_for_operator(self.misc(span), imm_op, imm_tr?, base_ty, opt_rhs_ty)
    }

    fn try_mutable_overloaded_place_op(
        &self,
        span: Span,
        base_ty: Ty<'tcx>,
        opt_rhs_ty: Option<Ty<'tcx>>,
        op: PlaceOp,
    ) -> Option<InferOk<'tcx, MethodCallee<'tcx>>> {
        let lang = self.tcx.lang_items();
        let (mut_tr, mut_op) = match op {
            PlaceOp::Deref => (lang.deref_mut_trait(), span::sym::deref_mut),
            PlaceOp::Index => (lang.index_mut_trait(), span::sym::index_mut),
        };
        self.lookup_method_for_operator(self.misc(span), mut_op, mut_tr?, base_ty, opt_rhs_ty)
    }

    /// The type of the place that a `deref` or `index` call gives a reference to.
    pub(crate) fn make_overloaded_place_return_type(&self, method: MethodCallee<'tcx>) -> Ty<'tcx> {
        // Extract method return type, which will be `&T`; all LB regions should be gone.
        let ret = self.try_structurally_resolve_type(span::DUMMY_SP, method.sig.output());
        match ret.builtin_deref(true) {
            Some(t) => t,
            None => match ret.kind() {
                TyKind::Error(e) => Ty::new_error(*self.tcx, *e),
                _ => Ty::new_error(*self.tcx, self.dcx().delayed_bug("overloaded place operator without reference")),
            },
        }
    }

    /// Convert auto-derefs, indices, etc of an expression from `Deref` and `Index` to `DerefMut` and `IndexMut`
    /// respectively.
    pub(crate) fn convert_place_derefs_to_mutable(&self, expr: &hir::Expr<'_>) {
        // Gather up expressions we want to munge.
        let mut exprs: Vec<&hir::Expr<'_>> = vec![expr];
        loop {
            let last = exprs[exprs.len() - 1];
            match last.kind {
                ExprKind::Field(e, _) | ExprKind::Index(e, _, _) | ExprKind::Unary(hir::UnOp::Deref, e) => {
                    exprs.push(e)
                }
                _ => break,
            }
        }

        // Fix up autoderefs and derefs.
        let mut inside_union = false;
        for (i, &expr) in exprs.iter().rev().enumerate() {
            let _ = i;
            let mut source = match self.node_ty_opt(expr.hir_id) {
                Some(t) => t,
                None => return,
            };
            if matches!(expr.kind, ExprKind::Unary(hir::UnOp::Deref, _)) {
                // Clear previous flag; after a pointer indirection it does not apply any more.
                inside_union = false;
            }
            if source.is_union() {
                inside_union = true;
            }
            // Fix up the autoderefs. Autorefs can only occur immediately preceding overloaded place ops, and will be
            // fixed by them in order to get the lifetimes right.
            let previous = self.typeck_results.borrow_mut().adjustments.remove(&expr.hir_id.local_id);
            if let Some(mut adjustments) = previous {
                for adjustment in &mut adjustments {
                    if let Adjust::Deref(Some(ref mut deref)) = adjustment.kind {
                        if let Some(ok) = self.try_mutable_overloaded_place_op(expr.span, source, None, PlaceOp::Deref)
                        {
                            let method = self.register_infer_ok_obligations(ok);
                            if let TyKind::Ref(_, _, mutbl) = *method.sig.output().kind() {
                                *deref = OverloadedDeref { mutbl, span: deref.span };
                            }
                            // If this is a union field, also throw an error for `DerefMut` of `ManuallyDrop` (see
                            // RFC 2514). This helps avoid accidental drops.
                            if inside_union && source.ty_adt_def().is_some_and(|adt| adt.is_manually_drop()) {
                                let diag = self
                                    .dcx()
                                    .struct_span_err(
                                        expr.span,
                                        "not automatically applying `DerefMut` on `ManuallyDrop` union field",
                                    )
                                    .with_help("writing to this reference calls the destructor for the old value")
                                    .with_help(
                                        "add an explicit `*` if that is desired, or call `ptr::write` if it is not",
                                    );
                                self.emit(diag);
                            }
                        }
                    }
                    source = adjustment.target;
                }
                self.typeck_results.borrow_mut().adjustments.insert(expr.hir_id.local_id, adjustments);
            }

            match expr.kind {
                ExprKind::Index(base_expr, ..) => {
                    self.convert_place_op_to_mutable(PlaceOp::Index, expr, base_expr);
                }
                ExprKind::Unary(hir::UnOp::Deref, base_expr) => {
                    self.convert_place_op_to_mutable(PlaceOp::Deref, expr, base_expr);
                }
                _ => {}
            }
        }
    }

    fn convert_place_op_to_mutable(&self, op: PlaceOp, expr: &hir::Expr<'_>, base_expr: &hir::Expr<'_>) {
        if !self.typeck_results.borrow().is_method_call(expr) {
            return;
        }
        // Need to deref because overloaded place ops take self by-reference.
        let Some(base_ty) = self
            .typeck_results
            .borrow()
            .expr_ty_adjusted_opt(base_expr)
            .and_then(|t| self.shallow_resolve(t).builtin_deref(false))
        else {
            return;
        };
        let arg_ty = match op {
            PlaceOp::Deref => None,
            PlaceOp::Index => {
                // We would need to recover the `T` used when we resolve `<_ as Index<T>>::index` in `try_index_step`.
                // This is the arg at index 1.
                Some(self.typeck_results.borrow().node_args_of(expr.hir_id).type_at(1))
            }
        };
        let method = self.try_mutable_overloaded_place_op(expr.span, base_ty, arg_ty, op);
        let method = match method {
            Some(ok) => self.register_infer_ok_obligations(ok),
            // Couldn't find the mutable variant of the place op, keep the current, immutable version.
            None => return,
        };
        self.write_method_call_and_enforce_effects(expr.hir_id, expr.span, method);
        let TyKind::Ref(region, _, Mutability::Mut) = *method.sig.inputs()[0].kind() else {
            return;
        };

        // Convert the autoref in the base expr to mutable with the correct region and mutability.
        let base_expr_ty = self.node_ty(base_expr.hir_id);
        let previous = self.typeck_results.borrow().adjustments.get(&base_expr.hir_id.local_id).cloned();
        if let Some(mut adjustments) = previous {
            let mut source = base_expr_ty;
            for adjustment in &mut adjustments {
                if let Adjust::Borrow(AutoBorrow::Ref(..)) = adjustment.kind {
                    let mutbl = AutoBorrowMutability::Mut {
                        // Deref/indexing can be desugared to a method call, so maybe we could use two-phase here.
                        allow_two_phase_borrow: AllowTwoPhase::No,
                    };
                    adjustment.kind = Adjust::Borrow(AutoBorrow::Ref(mutbl));
                    adjustment.target = self.tcx.mk_ref(region, source, mutbl.into());
                }
                source = adjustment.target;
            }
            // If we have an autoref followed by unsizing at the end, fix the unsize target.
            if let [
                ..,
                Adjustment { kind: Adjust::Borrow(AutoBorrow::Ref(..)), .. },
                Adjustment { kind: Adjust::Pointer(PointerCoercion::Unsize), target },
            ] = adjustments[..]
            {
                let _ = target;
                if let Some(last) = adjustments.last_mut() {
                    last.target = method.sig.inputs()[0];
                }
            }
            self.typeck_results.borrow_mut().adjustments.insert(base_expr.hir_id.local_id, adjustments);
        }
    }
}
