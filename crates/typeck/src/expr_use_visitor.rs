//! How a body uses places: moved, copied, borrowed, written, matched. `upvar.rs` asks it what closures capture.
//!
//! The categorisation of expressions as places ([`ExprUseVisitor::cat_expr`]) is in `mem_categorization.rs`.

use hir::def::Res;
use hir::{ExprKind, HirId, PatKind};
use span::FxIndexMap;
use span::def_id::LocalDefId;
use ty::adjustment::{Adjust, Adjustment, AutoBorrow, AutoBorrowMutability};
use ty::closure::BorrowKind;
use ty::hir_place::{Place, PlaceBase, PlaceWithHirId, ProjectionKind};
use ty::{FakeReadCause, Ty, TyKind, UpvarCapture, UpvarId, UpvarPath};

use crate::FnCtxt;

/// Receives the uses.
pub(crate) trait Delegate<'tcx> {
    /// The value found at `place` is moved.
    fn consume(&mut self, place: &PlaceWithHirId<'tcx>, diag_expr_id: HirId);
    /// The value found at `place` is being borrowed with kind `bk`.
    fn borrow(&mut self, place: &PlaceWithHirId<'tcx>, diag_expr_id: HirId, bk: BorrowKind);
    /// The value found at `place` is being copied.
    fn copy(&mut self, place: &PlaceWithHirId<'tcx>, diag_expr_id: HirId) {
        self.borrow(place, diag_expr_id, BorrowKind::Immutable);
    }
    /// The path at `place` is being assigned to.
    fn mutate(&mut self, place: &PlaceWithHirId<'tcx>, diag_expr_id: HirId);
    /// The `place` should be a fake read because of specified `cause`.
    fn fake_read(&mut self, place: &PlaceWithHirId<'tcx>, cause: FakeReadCause, diag_expr_id: HirId);
}

/// That the walk met what an error left.
pub(crate) type EuvResult<T> = Result<T, span::ErrorGuaranteed>;

/// The walk of one closure's body.
pub(crate) struct ExprUseVisitor<'a, 'b, 'tcx, D> {
    pub(crate) fcx: &'b FnCtxt<'a, 'tcx>,
    pub(crate) delegate: std::cell::RefCell<D>,
    pub(crate) upvars: Option<&'tcx FxIndexMap<HirId, hir::Upvar>>,
    /// The closure whose body is walked.
    pub(crate) body_owner: LocalDefId,
    pub(crate) captures: &'b crate::upvar::ClosureCaptures<'tcx>,
}

impl<'a, 'b, 'tcx, D: Delegate<'tcx>> ExprUseVisitor<'a, 'b, 'tcx, D> {
    pub(crate) fn new(
        fcx: &'b FnCtxt<'a, 'tcx>,
        body_owner: LocalDefId,
        delegate: D,
        captures: &'b crate::upvar::ClosureCaptures<'tcx>,
    ) -> Self {
        ExprUseVisitor {
            delegate: std::cell::RefCell::new(delegate),
            upvars: fcx.tcx.upvars_mentioned(body_owner.to_def_id()),
            fcx,
            body_owner,
            captures,
        }
    }

    /// Walks a body.
    pub(crate) fn consume_body(&self, body: &'tcx hir::Body<'tcx>) -> EuvResult<()> {
        for param in body.params {
            let param_ty = self.pat_ty_adjusted(param.pat)?;
            let param_place = self.cat_rvalue(param.hir_id, param_ty);
            self.walk_irrefutable_pat(&param_place, param.pat)?;
        }
        self.consume_expr(body.value)
    }

    fn consume_or_copy(&self, place: &PlaceWithHirId<'tcx>, diag_expr_id: HirId) {
        if self.fcx.is_copy(place.place.ty()) {
            self.delegate.borrow_mut().copy(place, diag_expr_id);
        } else {
            self.delegate.borrow_mut().consume(place, diag_expr_id);
        }
    }

    pub(crate) fn consume_expr(&self, expr: &'tcx hir::Expr<'tcx>) -> EuvResult<()> {
        let place = self.cat_expr(expr)?;
        self.consume_or_copy(&place, place.hir_id);
        self.walk_expr(expr)
    }

    fn consume_exprs(&self, exprs: &'tcx [hir::Expr<'tcx>]) -> EuvResult<()> {
        for expr in exprs {
            self.consume_expr(expr)?;
        }
        Ok(())
    }

    fn mutate_expr(&self, expr: &'tcx hir::Expr<'tcx>) -> EuvResult<()> {
        let place = self.cat_expr(expr)?;
        self.delegate.borrow_mut().mutate(&place, place.hir_id);
        self.walk_expr(expr)
    }

    fn borrow_expr(&self, expr: &'tcx hir::Expr<'tcx>, bk: BorrowKind) -> EuvResult<()> {
        let place = self.cat_expr(expr)?;
        self.delegate.borrow_mut().borrow(&place, place.hir_id, bk);
        self.walk_expr(expr)
    }

    fn walk_expr(&self, expr: &'tcx hir::Expr<'tcx>) -> EuvResult<()> {
        self.walk_adjustment(expr)?;
        match expr.kind {
            ExprKind::Path(_) => {}
            ExprKind::Type(subexpr, _) => self.walk_expr(subexpr)?,
            ExprKind::UnsafeBinderCast(_, subexpr, _) => self.walk_expr(subexpr)?,
            ExprKind::Unary(hir::UnOp::Deref, base) => self.walk_expr(base)?,
            ExprKind::Field(base, _) => self.walk_expr(base)?,
            ExprKind::Index(lhs, rhs, _) => {
                // lhs[rhs]
                self.walk_expr(lhs)?;
                self.consume_expr(rhs)?;
            }
            ExprKind::Call(callee, args) => {
                self.consume_expr(callee)?;
                self.consume_exprs(args)?;
            }
            ExprKind::Use(e, _) => self.consume_expr(e)?,
            ExprKind::MethodCall(_, receiver, args, _) => {
                self.consume_expr(receiver)?;
                self.consume_exprs(args)?;
            }
            ExprKind::Struct(_, fields, ref opt_with) => {
                self.walk_struct_expr(expr, fields, opt_with)?;
            }
            ExprKind::Tup(exprs) | ExprKind::Array(exprs) => self.consume_exprs(exprs)?,
            ExprKind::If(cond, then, opt_else) => {
                self.consume_expr(cond)?;
                self.consume_expr(then)?;
                if let Some(e) = opt_else {
                    self.consume_expr(e)?;
                }
            }
            ExprKind::Let(hir::LetExpr { pat, init, .. }) => {
                self.walk_local(init, pat, None, || self.borrow_expr(init, BorrowKind::Immutable))?;
            }
            ExprKind::Match(discr, arms, _) => {
                let discr_place = self.cat_expr(discr)?;
                self.maybe_read_scrutinee(discr, discr_place.clone(), arms.iter().map(|arm| arm.pat))?;
                // treatment of the discriminant is handled while walking the arms.
                for arm in arms {
                    self.walk_arm(&discr_place, arm)?;
                }
            }
            ExprKind::AddrOf(_, m, base) => {
                // &base: make sure that the thing we are pointing out stays valid.
                self.borrow_expr(base, BorrowKind::from_mutbl(m))?;
            }
            ExprKind::InlineAsm(asm) => {
                for (op, _) in asm.operands {
                    match op {
                        hir::InlineAsmOperand::In { expr, .. } => self.consume_expr(expr)?,
                        hir::InlineAsmOperand::Out { expr: Some(expr), .. }
                        | hir::InlineAsmOperand::InOut { expr, .. } => self.mutate_expr(expr)?,
                        hir::InlineAsmOperand::SplitInOut { in_expr, out_expr, .. } => {
                            self.consume_expr(in_expr)?;
                            if let Some(out_expr) = out_expr {
                                self.mutate_expr(out_expr)?;
                            }
                        }
                        hir::InlineAsmOperand::Label { block } => self.walk_block(block)?,
                        _ => {}
                    }
                }
            }
            ExprKind::Continue(..)
            | ExprKind::Lit(..)
            | ExprKind::ConstBlock(..)
            | ExprKind::OffsetOf(..)
            | ExprKind::Err(_) => {}
            ExprKind::Loop(blk, ..) => self.walk_block(blk)?,
            ExprKind::Unary(_, lhs) => self.consume_expr(lhs)?,
            ExprKind::Binary(_, lhs, rhs) => {
                self.consume_expr(lhs)?;
                self.consume_expr(rhs)?;
            }
            ExprKind::Block(blk, _) => self.walk_block(blk)?,
            ExprKind::Break(_, opt_expr) | ExprKind::Ret(opt_expr) => {
                if let Some(expr) = opt_expr {
                    self.consume_expr(expr)?;
                }
            }
            ExprKind::Become(call) => self.consume_expr(call)?,
            ExprKind::Assign(lhs, rhs, _) => {
                self.mutate_expr(lhs)?;
                self.consume_expr(rhs)?;
            }
            ExprKind::Cast(base, _) => self.consume_expr(base)?,
            ExprKind::DropTemps(expr) => self.consume_expr(expr)?,
            ExprKind::AssignOp(_, lhs, rhs) => {
                if self.fcx.typeck_results.borrow().is_method_call(expr) {
                    self.consume_expr(lhs)?;
                } else {
                    self.mutate_expr(lhs)?;
                }
                self.consume_expr(rhs)?;
            }
            ExprKind::Repeat(base, _) => self.consume_expr(base)?,
            ExprKind::Closure(closure) => self.walk_captures(closure),
            ExprKind::Yield(value, _) => self.consume_expr(value)?,
        }
        Ok(())
    }

    fn walk_stmt(&self, stmt: &'tcx hir::Stmt<'tcx>) -> EuvResult<()> {
        match stmt.kind {
            hir::StmtKind::Let(hir::LetStmt { pat, init: Some(expr), els, .. }) => {
                self.walk_local(expr, pat, *els, || Ok(()))?;
            }
            hir::StmtKind::Let(_) => {}
            hir::StmtKind::Item(_) => {
                // We don't visit nested items in this visitor, only the fn body we were given.
            }
            hir::StmtKind::Expr(expr) | hir::StmtKind::Semi(expr) => self.consume_expr(expr)?,
        }
        Ok(())
    }

    /// Whether matching the scrutinee reads it: otherwise only a fake read is made.
    fn maybe_read_scrutinee(
        &self,
        discr: &'tcx hir::Expr<'tcx>,
        discr_place: PlaceWithHirId<'tcx>,
        pats: impl Iterator<Item = &'tcx hir::Pat<'tcx>>,
    ) -> EuvResult<()> {
        // Matching should not always be considered a use of the place, hence discr does not necessarily need to be
        // borrowed. We only want to borrow discr if the pattern contain something other than wildcards.
        let mut needs_to_be_read = false;
        for pat in pats {
            self.cat_pattern(discr_place.clone(), pat, &mut |place, pat| {
                match &pat.kind {
                    PatKind::Binding(.., opt_sub_pat) => {
                        // If the opt_sub_pat is None, then the binding does not count as a wildcard for the purpose of
                        // borrowing discr.
                        if opt_sub_pat.is_none() {
                            needs_to_be_read = true;
                        }
                    }
                    PatKind::Never => needs_to_be_read = true,
                    PatKind::Expr(hir::PatExpr { kind: hir::PatExprKind::Path(qpath), hir_id, .. }) => {
                        // A `Path` pattern is just a name like `Foo`. This is a fully-qualified name; if it's a constant
                        // it is compared with, if a variant it may need the discriminant.
                        let res = self.fcx.typeck_results.borrow().qpath_res(qpath, *hir_id);
                        match res {
                            Res::Def(hir::def::DefKind::Const | hir::def::DefKind::AssocConst, _) => {
                                needs_to_be_read = true;
                            }
                            _ => needs_to_be_read |= self.is_multivariant_adt(place.place.ty()),
                        }
                    }
                    PatKind::TupleStruct(..) | PatKind::Struct(..) => {
                        if let TyKind::Adt(def, _) = self.structurally(place.place.ty()).kind() {
                            if def.variants().len() > 1
                                || (def.is_variant_list_non_exhaustive() && !def.did().is_local())
                            {
                                needs_to_be_read = true;
                            }
                        }
                    }
                    PatKind::Expr(_) | PatKind::Range(..) => {
                        // If the PatKind is a Lit or a Range then we want to borrow discr.
                        needs_to_be_read = true;
                    }
                    PatKind::Slice(lhs, wild, rhs) => {
                        // We don't need to test the length if the pattern is `[..]`.
                        if matches!((lhs, wild, rhs), (&[], Some(_), &[]))
                            // Arrays have a statically known size, so there is no need to read their length.
                            || self.structurally(place.place.ty()).peel_refs().is_array()
                        {
                        } else {
                            needs_to_be_read = true;
                        }
                    }
                    PatKind::Or(_)
                    | PatKind::Missing
                    | PatKind::Box(_)
                    | PatKind::Deref(_)
                    | PatKind::Ref(..)
                    | PatKind::Guard(..)
                    | PatKind::Tuple(..)
                    | PatKind::Wild
                    | PatKind::Err(_) => {
                        // If the PatKind is Or, Box, or Ref, the decision is made later as these patterns contains
                        // subpatterns. If the PatKind is Wild or Err, the decision is made based on the other patterns.
                    }
                }
                Ok(())
            })?;
        }
        if needs_to_be_read {
            self.borrow_expr(discr, BorrowKind::Immutable)?;
        } else {
            let closure_def_id = match discr_place.place.base {
                PlaceBase::Upvar(upvar_id) => Some(upvar_id.closure_expr_id),
                _ => None,
            };
            self.delegate.borrow_mut().fake_read(
                &discr_place,
                FakeReadCause::ForMatchedPlace(closure_def_id),
                discr_place.hir_id,
            );
            // We always want to walk the discriminant. We want to make sure, for instance, that the discriminant has
            // been initialized.
            self.walk_expr(discr)?;
        }
        Ok(())
    }

    fn is_multivariant_adt(&self, ty: Ty<'tcx>) -> bool {
        match self.structurally(ty).kind() {
            TyKind::Adt(def, _) => {
                // Note that if a non-exhaustive SingleVariant is defined in another crate, we need to assume that more
                // cases may be added.
                def.variants().len() > 1 || (def.is_variant_list_non_exhaustive() && !def.did().is_local())
            }
            _ => false,
        }
    }

    fn walk_local(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        pat: &'tcx hir::Pat<'tcx>,
        els: Option<&'tcx hir::Block<'tcx>>,
        f: impl FnOnce() -> EuvResult<()>,
    ) -> EuvResult<()> {
        self.walk_expr(expr)?;
        let expr_place = self.cat_expr(expr)?;
        f()?;
        if let Some(els) = els {
            // borrowing because we need to test the discriminant
            self.maybe_read_scrutinee(expr, expr_place.clone(), std::iter::once(pat))?;
            self.walk_block(els)?;
        }
        self.walk_irrefutable_pat(&expr_place, pat)
    }

    fn walk_block(&self, blk: &'tcx hir::Block<'tcx>) -> EuvResult<()> {
        for stmt in blk.stmts {
            self.walk_stmt(stmt)?;
        }
        if let Some(tail_expr) = blk.expr {
            self.consume_expr(tail_expr)?;
        }
        Ok(())
    }

    fn walk_struct_expr(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        fields: &'tcx [hir::ExprField<'tcx>],
        opt_with: &hir::StructTailExpr<'tcx>,
    ) -> EuvResult<()> {
        // Consume the expressions supplying values for each field.
        for field in fields {
            self.consume_expr(field.expr)?;
            // The struct path probably didn't resolve
            if self.fcx.typeck_results.borrow().opt_field_index(field.hir_id).is_none() {
                self.fcx.dcx().span_delayed_bug(field.span, "couldn't resolve index for field");
            }
        }
        let hir::StructTailExpr::Base(with_expr) = *opt_with else {
            return Ok(());
        };
        let with_place = self.cat_expr(with_expr)?;

        // Select just those fields of the `with` expression that will actually be used
        if let TyKind::Adt(adt, args) = *self.structurally(with_place.place.ty()).kind() {
            if adt.is_struct() {
                // Consume those fields of the with expression that are needed.
                for (f_index, with_field) in adt.non_enum_variant().fields.iter_enumerated() {
                    let is_mentioned = fields
                        .iter()
                        .any(|f| self.fcx.typeck_results.borrow().opt_field_index(f.hir_id) == Some(f_index));
                    if !is_mentioned {
                        let field_ty = self.fcx.field_ty(with_expr.span, with_field, args);
                        let field_place = self.cat_projection(
                            with_expr.hir_id,
                            with_place.clone(),
                            field_ty,
                            ProjectionKind::Field(f_index, ty::FIRST_VARIANT),
                        );
                        self.consume_or_copy(&field_place, field_place.hir_id);
                    }
                }
            }
        }
        let _ = expr;
        // walk the with expression so that complex expressions in it are properly handled.
        self.walk_expr(with_expr)
    }

    /// Invoke the appropriate delegate calls for anything that gets consumed or borrowed as part of the automatic
    /// adjustment process.
    fn walk_adjustment(&self, expr: &'tcx hir::Expr<'tcx>) -> EuvResult<()> {
        let adjustments: Vec<Adjustment<'tcx>> = self.fcx.typeck_results.borrow().expr_adjustments(expr).to_vec();
        if adjustments.is_empty() {
            return Ok(());
        }
        let mut place = self.cat_expr_unadjusted(expr)?;
        for adjustment in &adjustments {
            match adjustment.kind {
                Adjust::NeverToAny | Adjust::Pointer(_) => {
                    // Creating a closure/fn-pointer or unsizing consumes the input and stores it into the resulting
                    // rvalue.
                    self.consume_or_copy(&place, place.hir_id);
                }
                Adjust::Deref(None) => {}
                // Autoderefs for overloaded Deref calls in fact reference their receivers. That is, if we have `(*x)`
                // where `x` is of type `Rc<T>`, then this in fact is equivalent to `x.deref()`.
                Adjust::Deref(Some(ref deref)) => {
                    let bk = BorrowKind::from_mutbl(deref.mutbl);
                    self.delegate.borrow_mut().borrow(&place, place.hir_id, bk);
                }
                Adjust::Borrow(ref autoref) => self.walk_autoref(expr, &place, autoref),
                Adjust::ReborrowPin(mutbl) => {
                    // Reborrowing a Pin is like a combinations of a deref and a borrow, so we do both.
                    self.delegate.borrow_mut().borrow(&place, place.hir_id, BorrowKind::from_mutbl(mutbl));
                }
            }
            place = self.cat_expr_adjusted(expr, place, adjustment)?;
        }
        Ok(())
    }

    fn walk_autoref(&self, expr: &hir::Expr<'_>, base_place: &PlaceWithHirId<'tcx>, autoref: &AutoBorrow) {
        let _ = expr;
        let bk = match *autoref {
            AutoBorrow::Ref(m) => match m {
                AutoBorrowMutability::Mut { .. } => BorrowKind::Mutable,
                AutoBorrowMutability::Not => BorrowKind::Immutable,
            },
            AutoBorrow::RawPtr(m) => BorrowKind::from_mutbl(m),
        };
        self.delegate.borrow_mut().borrow(base_place, base_place.hir_id, bk);
    }

    fn walk_arm(&self, discr_place: &PlaceWithHirId<'tcx>, arm: &'tcx hir::Arm<'tcx>) -> EuvResult<()> {
        let closure_def_id = match discr_place.place.base {
            PlaceBase::Upvar(upvar_id) => Some(upvar_id.closure_expr_id),
            _ => None,
        };
        self.delegate.borrow_mut().fake_read(
            discr_place,
            FakeReadCause::ForMatchedPlace(closure_def_id),
            discr_place.hir_id,
        );
        self.walk_pat(discr_place, arm.pat, arm.guard.is_some())?;
        if let Some(e) = arm.guard {
            self.consume_expr(e)?;
        }
        self.consume_expr(arm.body)
    }

    /// Walks a pat that occurs in isolation (i.e., top-level of fn argument or let binding, and *not* a match arm or
    /// nested pat.)
    fn walk_irrefutable_pat(&self, discr_place: &PlaceWithHirId<'tcx>, pat: &'tcx hir::Pat<'tcx>) -> EuvResult<()> {
        let closure_def_id = match discr_place.place.base {
            PlaceBase::Upvar(upvar_id) => Some(upvar_id.closure_expr_id),
            _ => None,
        };
        self.delegate.borrow_mut().fake_read(discr_place, FakeReadCause::ForLet(closure_def_id), discr_place.hir_id);
        self.walk_pat(discr_place, pat, false)
    }

    /// The core driver for walking a pattern
    fn walk_pat(
        &self,
        discr_place: &PlaceWithHirId<'tcx>,
        pat: &'tcx hir::Pat<'tcx>,
        has_guard: bool,
    ) -> EuvResult<()> {
        self.cat_pattern(discr_place.clone(), pat, &mut |place, pat| {
            match pat.kind {
                PatKind::Binding(_, _, _, _) => {
                    let bm = self
                        .fcx
                        .typeck_results
                        .borrow()
                        .binding_mode(pat.hir_id)
                        .ok_or_else(|| self.fcx.dcx().span_delayed_bug(pat.span, "missing binding mode"))?;
                    // Subtle: MIR desugaring introduces immutable borrows for each pattern binding when lowering
                    // pattern guards to ensure that the guard does not modify the scrutinee.
                    if has_guard {
                        self.delegate.borrow_mut().borrow(place, discr_place.hir_id, BorrowKind::Immutable);
                    }
                    // It is also a borrow or copy/move of the value being matched. In a cases of pattern like `let pat =
                    // upvar`, don't use the span of the pattern, as this just looks confusing, instead use the span of
                    // the discriminant.
                    match bm.0 {
                        hir::ByRef::Yes(_, m) => {
                            self.delegate.borrow_mut().borrow(place, discr_place.hir_id, BorrowKind::from_mutbl(m));
                        }
                        hir::ByRef::No => self.consume_or_copy(place, discr_place.hir_id),
                    }
                }
                PatKind::Deref(subpattern) => {
                    let mutable = subpattern.contains_explicit_ref_binding();
                    let bk = BorrowKind::from_mutbl(mutable.unwrap_or(hir::Mutability::Not));
                    self.delegate.borrow_mut().borrow(place, discr_place.hir_id, bk);
                }
                PatKind::Never => {
                    // A `!` pattern always counts as an immutable read of the discriminant, even in an irrefutable
                    // pattern.
                    self.delegate.borrow_mut().borrow(place, discr_place.hir_id, BorrowKind::Immutable);
                }
                _ => {}
            }
            Ok(())
        })
    }

    /// The captures of a closure inside: uses of the places where it is made.
    fn walk_captures(&self, closure_expr: &hir::Closure<'tcx>) {
        let closure_def_id = closure_expr.def_id;
        let upvar_is_local = |var: &HirId| match self.upvars {
            Some(upvars) => !upvars.contains_key(var),
            // A closure without captures: all it mentions is its own.
            None => true,
        };
        let Some(captures) = self.captures.get(&closure_def_id) else {
            return;
        };
        // The nested closure might be fake reading the current (enclosing) closure's local variables. The only places we
        // want to fake read before creating the parent closure are the ones that are not local to it/defined by it.
        for (place, cause, hir_id) in &captures.fake_reads {
            if let PlaceBase::Upvar(upvar_id) = place.base {
                if upvar_is_local(&upvar_id.var_path.hir_id) {
                    continue;
                }
                let place = self.rebase(place.clone(), upvar_id.var_path.hir_id);
                self.delegate.borrow_mut().fake_read(&PlaceWithHirId { hir_id: *hir_id, place }, *cause, *hir_id);
            }
        }
        for (var_hir_id, min_list) in &captures.min_captures {
            if upvar_is_local(var_hir_id) {
                // The nested closure might be capturing the current (enclosing) closure's local variables.
                continue;
            }
            for captured_place in min_list {
                let capture_info = captured_place.info;
                let place = self.rebase(captured_place.place.clone(), *var_hir_id);
                let closure_hir_id = self.fcx.tcx.local_def_id_to_hir_id(closure_def_id);
                let place_with_id = PlaceWithHirId {
                    hir_id: capture_info.path_expr_id.or(capture_info.capture_kind_expr_id).unwrap_or(closure_hir_id),
                    place,
                };
                match capture_info.capture_kind {
                    UpvarCapture::ByValue | UpvarCapture::ByUse => {
                        self.consume_or_copy(&place_with_id, place_with_id.hir_id);
                    }
                    UpvarCapture::ByRef(upvar_borrow) => {
                        self.delegate.borrow_mut().borrow(&place_with_id, place_with_id.hir_id, upvar_borrow);
                    }
                }
            }
        }
    }

    /// The place as seen from this closure.
    fn rebase(&self, mut place: Place<'tcx>, var: HirId) -> Place<'tcx> {
        place.base =
            PlaceBase::Upvar(UpvarId { var_path: UpvarPath { hir_id: var }, closure_expr_id: self.body_owner });
        place
    }
}
