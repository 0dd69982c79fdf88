//! Expressions as places.

use mir::{
    AssertKind, BasicBlock, BinOp, BorrowKind, Const, FakeBorrowKind, FakeReadCause, Local, LocalDecl, Mutability,
    Operand, Place, PlaceElem, ProjectionElem, RawPtrKind, Rvalue, SourceInfo, StatementKind, UnOp, UserTypeProjection,
};
use query::PlaceTyExt;
use span::Span;
use span::def_id::DefId;
use ty::hir_place::ProjectionKind as HirProjectionKind;
use ty::{AdtDef, CanonicalUserTypeAnnotation, FIRST_VARIANT, FieldIdx, Ty, TyKind, Variance, VariantIdx};

use crate::build::Builder;
use crate::build::cfg::{BlockAnd, BlockAndExtension};
use crate::build::matches::ForGuard;
use crate::thir::{ExprId, ExprKind, LintLevel, LocalVarId, UserTy};

/// What a place starts from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::build) enum PlaceBase {
    Local(Local),
    /// A captured variable; which capture it is depends on the projections.
    Upvar {
        var_hir_id: LocalVarId,
        closure_def_id: DefId,
    },
}

/// A place that is being built.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::build) struct PlaceBuilder<'tcx> {
    base: PlaceBase,
    projection: Vec<PlaceElem<'tcx>>,
}

impl<'tcx> PlaceBuilder<'tcx> {
    /// The place. It is in a capture unless an error elsewhere kept the closure's captures from being known.
    pub fn to_place(&self, cx: &Builder<'_, 'tcx>) -> Place<'tcx> {
        self.try_to_place(cx).unwrap_or_else(|| {
            cx.tcx.dcx().span_delayed_bug(cx.tcx.def_span(cx.def_id), "a place that is not captured");
            Place::return_place()
        })
    }

    /// The place; `None` if it is part of a variable that the closure does not capture (only matched on, not read).
    pub fn try_to_place(&self, cx: &Builder<'_, 'tcx>) -> Option<Place<'tcx>> {
        let resolved = self.resolve_upvar(cx);
        let builder = resolved.as_ref().unwrap_or(self);
        match builder.base {
            PlaceBase::Local(local) => Some(Place { local, projection: cx.tcx.mk_place_elems(&builder.projection) }),
            PlaceBase::Upvar { .. } => None,
        }
    }

    /// In terms of the closure's field, if it starts from a captured variable and is captured.
    pub fn resolve_upvar(&self, cx: &Builder<'_, 'tcx>) -> Option<PlaceBuilder<'tcx>> {
        let PlaceBase::Upvar { var_hir_id, .. } = self.base else { return None };
        let path = hir_projections(&self.projection);
        let capture = cx.upvars.iter().find(|c| {
            c.captured_place.get_root_variable() == var_hir_id.0
                && c.captured_place.place.projections.len() <= path.len()
                && c.captured_place.place.projections.iter().zip(&path).all(|(a, b)| a.kind == *b)
        })?;
        let place = &capture.captured_place.place;
        let mut projection: Vec<PlaceElem<'tcx>> = capture.use_place.projection.to_vec();
        // What the capture is already is taken off the front.
        let mut rest = self.projection.iter().filter(|e| !matches!(e, ProjectionElem::OpaqueCast(_)));
        let mut base_ty = place.base_ty;
        for proj in &place.projections {
            if let HirProjectionKind::Field(..) = proj.kind {
                if base_ty.is_enum() {
                    rest.next();
                }
            }
            if proj.kind != HirProjectionKind::OpaqueCast {
                rest.next();
            }
            base_ty = proj.ty;
        }
        projection.extend(rest);
        Some(PlaceBuilder { base: PlaceBase::Local(capture.use_place.local), projection })
    }

    pub fn base(&self) -> PlaceBase {
        self.base
    }
    pub fn field(self, f: FieldIdx, ty: Ty<'tcx>) -> Self {
        self.project(ProjectionElem::Field(f, ty))
    }
    pub fn deref(self) -> Self {
        self.project(ProjectionElem::Deref)
    }
    pub fn downcast(self, adt: AdtDef<'tcx>, variant: VariantIdx) -> Self {
        self.project(ProjectionElem::Downcast(Some(adt.variant(variant).name), variant))
    }
    pub fn project(mut self, elem: PlaceElem<'tcx>) -> Self {
        self.projection.push(elem);
        self
    }
    /// As [`PlaceBuilder::project`], of a copy.
    pub fn clone_project(&self, elem: PlaceElem<'tcx>) -> Self {
        self.clone().project(elem)
    }
}

impl<'tcx> From<Local> for PlaceBuilder<'tcx> {
    fn from(local: Local) -> Self {
        PlaceBuilder { base: PlaceBase::Local(local), projection: Vec::new() }
    }
}
impl<'tcx> From<Place<'tcx>> for PlaceBuilder<'tcx> {
    fn from(p: Place<'tcx>) -> Self {
        PlaceBuilder { base: PlaceBase::Local(p.local), projection: p.projection.to_vec() }
    }
}

/// As captures speak of projections, up to the first that is never captured.
fn hir_projections(projection: &[PlaceElem<'_>]) -> Vec<HirProjectionKind> {
    let mut out = Vec::new();
    let mut variant = None;
    for elem in projection {
        let kind = match *elem {
            ProjectionElem::Deref => HirProjectionKind::Deref,
            ProjectionElem::Field(field, _) => HirProjectionKind::Field(field, variant.unwrap_or(FIRST_VARIANT)),
            ProjectionElem::Downcast(_, idx) => {
                variant = Some(idx);
                continue;
            }
            ProjectionElem::OpaqueCast(_) => continue,
            ProjectionElem::UnwrapUnsafeBinder(_) => HirProjectionKind::UnwrapUnsafeBinder,
            ProjectionElem::Index(_) | ProjectionElem::ConstantIndex { .. } | ProjectionElem::Subslice { .. } => break,
        };
        variant = None;
        out.push(kind);
    }
    out
}

impl<'a, 'tcx> Builder<'a, 'tcx> {
    /// The place that an expression names, or a temporary with its value.
    pub(in crate::build) fn as_place(&mut self, mut block: BasicBlock, expr: ExprId) -> BlockAnd<Place<'tcx>> {
        let builder = self.as_place_builder(block, expr).unpack(&mut block);
        block.and(builder.to_place(self))
    }

    pub(in crate::build) fn as_place_builder(
        &mut self,
        block: BasicBlock,
        expr: ExprId,
    ) -> BlockAnd<PlaceBuilder<'tcx>> {
        self.expr_as_place(block, expr, Mutability::Mut, None)
    }

    /// As [`Builder::as_place`], where temporaries need not be mutable.
    pub(in crate::build) fn as_read_only_place(
        &mut self,
        mut block: BasicBlock,
        expr: ExprId,
    ) -> BlockAnd<Place<'tcx>> {
        let builder = self.expr_as_place(block, expr, Mutability::Not, None).unpack(&mut block);
        block.and(builder.to_place(self))
    }

    fn expr_as_place(
        &mut self,
        mut block: BasicBlock,
        expr_id: ExprId,
        mutability: Mutability,
        fake_borrow_temps: Option<&mut Vec<Local>>,
    ) -> BlockAnd<PlaceBuilder<'tcx>> {
        let thir = self.thir;
        let expr = &thir[expr_id];
        let source_info = self.source_info(expr.span);
        match expr.kind {
            ExprKind::Scope { region_scope, hir_id, value } => {
                self.in_scope((region_scope, source_info), LintLevel::Explicit(hir_id), |this| {
                    this.expr_as_place(block, value, mutability, fake_borrow_temps)
                })
            }
            ExprKind::Field { lhs, variant_index, name } => {
                let mut base = self.expr_as_place(block, lhs, mutability, fake_borrow_temps).unpack(&mut block);
                if let TyKind::Adt(adt, _) = *thir[lhs].ty.kind() {
                    if adt.is_enum() {
                        base = base.downcast(adt, variant_index);
                    }
                }
                block.and(base.field(name, expr.ty))
            }
            ExprKind::Deref { arg } => {
                let base = self.expr_as_place(block, arg, mutability, fake_borrow_temps).unpack(&mut block);
                block.and(base.deref())
            }
            ExprKind::Index { lhs, index } => {
                self.lower_index(block, lhs, index, mutability, fake_borrow_temps, expr_id, source_info)
            }
            ExprKind::UpvarRef { closure_def_id, var_hir_id } => block
                .and(PlaceBuilder { base: PlaceBase::Upvar { var_hir_id, closure_def_id }, projection: Vec::new() }),
            ExprKind::VarRef { id } => {
                if self.is_bound_var_in_guard(id) {
                    let local = self.var_local_id(id, ForGuard::RefWithinGuard);
                    block.and(PlaceBuilder::from(local).deref())
                } else {
                    block.and(PlaceBuilder::from(self.var_local_id(id, ForGuard::OutsideGuard)))
                }
            }
            ExprKind::PlaceTypeAscription { source, ref user_ty, user_ty_span } => {
                let place = self.expr_as_place(block, source, mutability, fake_borrow_temps).unpack(&mut block);
                if user_ty.is_some() {
                    let mir_place = place.to_place(self);
                    self.ascribe_place(block, mir_place, user_ty, user_ty_span, expr.ty);
                }
                block.and(place)
            }
            ExprKind::ValueTypeAscription { source, ref user_ty, user_ty_span } => {
                let temp = self.as_temp(block, expr.temp_lifetime, source, mutability).unpack(&mut block);
                self.ascribe_place(block, temp.into(), user_ty, user_ty_span, expr.ty);
                block.and(PlaceBuilder::from(temp))
            }
            ExprKind::PlaceUnwrapUnsafeBinder { source } => {
                let place = self.expr_as_place(block, source, mutability, fake_borrow_temps).unpack(&mut block);
                block.and(place.project(ProjectionElem::UnwrapUnsafeBinder(expr.ty)))
            }
            ExprKind::ValueUnwrapUnsafeBinder { source } => {
                let temp = self.as_temp(block, expr.temp_lifetime, source, mutability).unpack(&mut block);
                block.and(PlaceBuilder::from(temp).project(ProjectionElem::UnwrapUnsafeBinder(expr.ty)))
            }
            _ => {
                let temp = self.as_temp(block, expr.temp_lifetime, expr_id, mutability).unpack(&mut block);
                block.and(PlaceBuilder::from(temp))
            }
        }
    }

    fn ascribe_place(
        &mut self,
        block: BasicBlock,
        place: Place<'tcx>,
        user_ty: &UserTy<'tcx>,
        span: Span,
        inferred_ty: Ty<'tcx>,
    ) {
        let Some(user_ty) = user_ty else { return };
        let base = self.user_types.push(CanonicalUserTypeAnnotation { span, user_ty: **user_ty, inferred_ty });
        let source_info = self.source_info(span);
        let kind =
            StatementKind::AscribeUserType(Box::new((place, UserTypeProjection::new(base))), Variance::Invariant);
        self.cfg.push_kind(block, source_info, kind);
    }

    fn lower_index(
        &mut self,
        mut block: BasicBlock,
        base: ExprId,
        index: ExprId,
        mutability: Mutability,
        fake_borrow_temps: Option<&mut Vec<Local>>,
        expr_id: ExprId,
        source_info: SourceInfo,
    ) -> BlockAnd<PlaceBuilder<'tcx>> {
        let (lifetime, span) = (self.thir[expr_id].temp_lifetime, self.thir[expr_id].span);
        let mut own_temps = Vec::new();
        let is_outermost = fake_borrow_temps.is_none();
        let temps = fake_borrow_temps.unwrap_or(&mut own_temps);
        let base_place = self.expr_as_place(block, base, mutability, Some(temps)).unpack(&mut block);
        // A fresh temporary, which nothing changes between the check and the use.
        let idx = self.as_temp(block, lifetime, index, Mutability::Not).unpack(&mut block);
        let place = base_place.to_place(self);
        block = self.bounds_check(block, place, idx, span, source_info);
        if is_outermost {
            for &temp in temps.iter() {
                self.cfg.push_fake_read(block, source_info, FakeReadCause::ForIndex, temp.into());
            }
        } else {
            self.add_fake_borrows_of_base(place, block, temps, span, source_info);
        }
        block.and(base_place.project(ProjectionElem::Index(idx)))
    }

    /// The length of an array or slice.
    pub(in crate::build) fn len_of_slice_or_array(
        &mut self,
        block: BasicBlock,
        place: Place<'tcx>,
        span: Span,
        source_info: SourceInfo,
    ) -> Operand<'tcx> {
        let place_ty = place.ty(&self.local_decls, self.tcx).ty;
        let usize_ty = self.tcx.types().usize;
        match *place_ty.kind() {
            TyKind::Array(_, len) => {
                // The length is known without it, but the array must be there.
                self.cfg.push_fake_read(block, source_info, FakeReadCause::ForIndex, place);
                self.literal_operand(span, Const::Ty(usize_ty, len))
            }
            _ => {
                let ptr = match place.projection.as_slice() {
                    // The pointer itself is there. Not that of a `&mut`: reading it is an access to all that it points to.
                    [ProjectionElem::Deref] if is_copy_pointer(self.local_decls[place.local].ty) => {
                        Operand::Copy(place.local.into())
                    }
                    _ => {
                        let ptr = self.temp(self.tcx.mk_imm_ptr(place_ty), span);
                        let rvalue = Rvalue::RawPtr(RawPtrKind::FakeForPtrMetadata, place);
                        self.cfg.push_assign(block, source_info, ptr, rvalue);
                        Operand::Move(ptr)
                    }
                };
                let len = self.temp(usize_ty, span);
                self.cfg.push_assign(block, source_info, len, Rvalue::UnaryOp(UnOp::PtrMetadata, ptr));
                Operand::Move(len)
            }
        }
    }

    fn bounds_check(
        &mut self,
        block: BasicBlock,
        slice: Place<'tcx>,
        index: Local,
        span: Span,
        source_info: SourceInfo,
    ) -> BasicBlock {
        let len = self.len_of_slice_or_array(block, slice, span, source_info);
        let lt = self.temp(self.tcx.types().bool, span);
        let operands = Box::new((Operand::Copy(index.into()), len.to_copy()));
        self.cfg.push_assign(block, source_info, lt, Rvalue::BinaryOp(BinOp::Lt, operands));
        let msg = AssertKind::BoundsCheck { len, index: Operand::Copy(index.into()) };
        self.assert(block, Operand::Move(lt), true, msg, span)
    }

    /// The pointers on the way to a slice must stay as they are while further indices are evaluated.
    fn add_fake_borrows_of_base(
        &mut self,
        base_place: Place<'tcx>,
        block: BasicBlock,
        temps: &mut Vec<Local>,
        span: Span,
        source_info: SourceInfo,
    ) {
        let tcx = self.tcx;
        if !base_place.ty(&self.local_decls, tcx).ty.is_slice() {
            return;
        }
        for (base, elem) in base_place.iter_projections().rev() {
            match elem {
                ProjectionElem::Deref => {
                    let base_ty = base.ty(&self.local_decls, tcx).ty;
                    let region = tcx.lifetimes().re_erased;
                    let temp = self.local_decls.push(LocalDecl::new(tcx.mk_imm_ref(region, base_ty), span));
                    let kind = BorrowKind::Fake(FakeBorrowKind::Shallow);
                    let rvalue = Rvalue::Ref(region, kind, base.to_place(tcx.interner()));
                    self.cfg.push_assign(block, source_info, temp.into(), rvalue);
                    temps.push(temp);
                }
                // An index further in has done this for what is below it.
                ProjectionElem::Index(_) if base.ty(&self.local_decls, tcx).ty.is_slice() => break,
                _ => {}
            }
        }
    }
}

fn is_copy_pointer(ty: Ty<'_>) -> bool {
    matches!(ty.kind(), TyKind::Ref(_, _, Mutability::Not) | TyKind::RawPtr(..))
}
