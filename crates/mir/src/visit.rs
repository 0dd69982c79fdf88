//! Walking bodies: [`Visitor`] reads, [`MutVisitor`] changes in place. Each use of a place comes with a
//! [`PlaceContext`] that says what is done with it.

use span::Span;
use ty::{CanonicalUserTypeAnnotation, GenericArgsRef, Ty};

use crate::*;

/// A type's position.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TyContext {
    LocalDecl { local: Local, source_info: SourceInfo },
    UserTy(Span),
    ReturnTy(SourceInfo),
    YieldTy(SourceInfo),
    ResumeTy(SourceInfo),
    Location(Location),
}

/// Reads of a place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NonMutatingUseContext {
    /// Of the discriminant, or the like.
    Inspect,
    Copy,
    Move,
    SharedBorrow,
    FakeBorrow,
    RawBorrow,
    PlaceMention,
    /// The base of a place that is read.
    Projection,
}

/// Writes of a place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MutatingUseContext {
    Store,
    SetDiscriminant,
    AsmOutput,
    Call,
    Yield,
    Drop,
    Borrow,
    RawBorrow,
    /// The base of a place that is written.
    Projection,
    Retag,
}

/// Neither.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NonUseContext {
    StorageLive,
    StorageDead,
    AscribeUserTy(ty::Variance),
    VarDebugInfo,
    BackwardIncompatibleDropHint,
}

/// What is done with a place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PlaceContext {
    NonMutatingUse(NonMutatingUseContext),
    MutatingUse(MutatingUseContext),
    NonUse(NonUseContext),
}

impl PlaceContext {
    pub fn is_drop(self) -> bool {
        matches!(self, PlaceContext::MutatingUse(MutatingUseContext::Drop))
    }
    /// Of whatever kind.
    pub fn is_borrow(self) -> bool {
        matches!(
            self,
            PlaceContext::NonMutatingUse(NonMutatingUseContext::SharedBorrow | NonMutatingUseContext::FakeBorrow)
                | PlaceContext::MutatingUse(MutatingUseContext::Borrow)
        )
    }
    pub fn is_address_of(self) -> bool {
        matches!(
            self,
            PlaceContext::NonMutatingUse(NonMutatingUseContext::RawBorrow)
                | PlaceContext::MutatingUse(MutatingUseContext::RawBorrow)
        )
    }
    /// Whether the place's address may be taken.
    pub fn may_observe_address(self) -> bool {
        self.is_address_of()
            || matches!(
                self,
                PlaceContext::NonMutatingUse(NonMutatingUseContext::SharedBorrow)
                    | PlaceContext::MutatingUse(MutatingUseContext::Borrow | MutatingUseContext::Drop)
            )
    }
    pub fn is_storage_marker(self) -> bool {
        matches!(self, PlaceContext::NonUse(NonUseContext::StorageLive | NonUseContext::StorageDead))
    }
    pub fn is_mutating_use(self) -> bool {
        matches!(self, PlaceContext::MutatingUse(_))
    }
    /// Whether it is a use at all.
    pub fn is_use(self) -> bool {
        !matches!(self, PlaceContext::NonUse(_))
    }
    /// A whole-place write.
    pub fn is_place_assignment(self) -> bool {
        matches!(
            self,
            PlaceContext::MutatingUse(
                MutatingUseContext::Store | MutatingUseContext::Call | MutatingUseContext::AsmOutput
            )
        )
    }
}

/// Locals, as [`Visitor::visit_local`] has them: by value to read, by reference to change.
macro_rules! make_visitor {
    ($(#[$attr:meta])* $name:ident, $($mutability:ident)?) => {
        $(#[$attr])*
        #[allow(unused_variables)]
        pub trait $name<'tcx> {
            make_visitor!(@cx $($mutability)?);

            fn visit_body(&mut self, body: &$($mutability)? Body<'tcx>) { self.super_body(body); }
            fn visit_basic_block_data(&mut self, block: BasicBlock, data: &$($mutability)? BasicBlockData<'tcx>) {
                self.super_basic_block_data(block, data);
            }
            fn visit_source_scope_data(&mut self, data: &$($mutability)? SourceScopeData<'tcx>) {
                self.super_source_scope_data(data);
            }
            fn visit_statement(&mut self, statement: &$($mutability)? Statement<'tcx>, location: Location) {
                self.super_statement(statement, location);
            }
            fn visit_assign(&mut self, place: &$($mutability)? Place<'tcx>, rvalue: &$($mutability)? Rvalue<'tcx>, location: Location) {
                self.super_assign(place, rvalue, location);
            }
            fn visit_terminator(&mut self, terminator: &$($mutability)? Terminator<'tcx>, location: Location) {
                self.super_terminator(terminator, location);
            }
            fn visit_assert_message(&mut self, msg: &$($mutability)? AssertMessage<'tcx>, location: Location) {
                self.super_assert_message(msg, location);
            }
            fn visit_rvalue(&mut self, rvalue: &$($mutability)? Rvalue<'tcx>, location: Location) {
                self.super_rvalue(rvalue, location);
            }
            fn visit_operand(&mut self, operand: &$($mutability)? Operand<'tcx>, location: Location) {
                self.super_operand(operand, location);
            }
            fn visit_ascribe_user_ty(&mut self, place: &$($mutability)? Place<'tcx>, variance: ty::Variance, user_ty: &$($mutability)? UserTypeProjection, location: Location) {
                self.visit_place(place, PlaceContext::NonUse(NonUseContext::AscribeUserTy(variance)), location);
            }
            fn visit_place(&mut self, place: &$($mutability)? Place<'tcx>, context: PlaceContext, location: Location) {
                self.super_place(place, context, location);
            }
            fn visit_const_operand(&mut self, constant: &$($mutability)? ConstOperand<'tcx>, location: Location) {
                self.super_const_operand(constant, location);
            }
            fn visit_ty_const(&mut self, ct: &$($mutability)? ty::Const<'tcx>, location: Location) {}
            fn visit_span(&mut self, span: &$($mutability)? Span) {}
            fn visit_source_info(&mut self, source_info: &$($mutability)? SourceInfo) {
                self.super_source_info(source_info);
            }
            fn visit_ty(&mut self, ty: &$($mutability)? Ty<'tcx>, _: TyContext) {}
            fn visit_region(&mut self, region: &$($mutability)? ty::Region<'tcx>, _: Location) {}
            fn visit_args(&mut self, args: &$($mutability)? GenericArgsRef<'tcx>, _: Location) {}
            fn visit_user_type_annotation(&mut self, index: UserTypeAnnotationIndex, ty: &$($mutability)? CanonicalUserTypeAnnotation<'tcx>) {
                self.visit_ty(&$($mutability)? ty.inferred_ty, TyContext::UserTy(ty.span));
            }
            fn visit_local_decl(&mut self, local: Local, decl: &$($mutability)? LocalDecl<'tcx>) {
                self.super_local_decl(local, decl);
            }
            fn visit_var_debug_info(&mut self, info: &$($mutability)? VarDebugInfo<'tcx>) {
                self.super_var_debug_info(info);
            }
            fn visit_local(&mut self, local: make_visitor!(@local $($mutability)?), context: PlaceContext, location: Location) {}
            fn visit_source_scope(&mut self, scope: make_visitor!(@scope $($mutability)?)) {}

            // The `super_` methods go on into the parts and are not to be overridden.

            fn super_body(&mut self, body: &$($mutability)? Body<'tcx>) {
                let span = body.span;
                make_visitor!(@blocks self body $($mutability)?);
                for scope in &$($mutability)? body.source_scopes { self.visit_source_scope_data(scope); }
                let return_info = SourceInfo::outermost(span);
                if let Some(coroutine) = &$($mutability)? body.coroutine {
                    if let Some(ty) = &$($mutability)? coroutine.yield_ty { self.visit_ty(ty, TyContext::YieldTy(return_info)); }
                    if let Some(ty) = &$($mutability)? coroutine.resume_ty { self.visit_ty(ty, TyContext::ResumeTy(return_info)); }
                }
                self.visit_ty(&$($mutability)? body.local_decls[RETURN_PLACE].ty, TyContext::ReturnTy(return_info));
                make_visitor!(@decls self body $($mutability)?);
                make_visitor!(@annotations self body $($mutability)?);
                for info in &$($mutability)? body.var_debug_info { self.visit_var_debug_info(info); }
                self.visit_span(&$($mutability)? body.span);
                if let Some(required) = &$($mutability)? body.required_consts {
                    for c in required { self.visit_const_operand(c, Location::START); }
                }
            }

            fn super_basic_block_data(&mut self, block: BasicBlock, data: &$($mutability)? BasicBlockData<'tcx>) {
                let mut index = 0;
                for statement in &$($mutability)? data.statements {
                    self.visit_statement(statement, Location { block, statement_index: index });
                    index += 1;
                }
                if let Some(terminator) = &$($mutability)? data.terminator {
                    self.visit_terminator(terminator, Location { block, statement_index: index });
                }
            }

            fn super_source_scope_data(&mut self, data: &$($mutability)? SourceScopeData<'tcx>) {
                self.visit_span(&$($mutability)? data.span);
                if let Some(parent) = &$($mutability)? data.parent_scope { self.visit_source_scope(make_visitor!(@deref parent $($mutability)?)); }
                if let Some((callee, span)) = &$($mutability)? data.inlined {
                    self.visit_span(span);
                    self.visit_args(&$($mutability)? callee.args, Location::START);
                }
                if let Some(parent) = &$($mutability)? data.inlined_parent_scope { self.visit_source_scope(make_visitor!(@deref parent $($mutability)?)); }
            }

            fn super_statement(&mut self, statement: &$($mutability)? Statement<'tcx>, location: Location) {
                self.visit_source_info(&$($mutability)? statement.source_info);
                match &$($mutability)? statement.kind {
                    StatementKind::Assign(assign) => {
                        let (place, rvalue) = &$($mutability)? **assign;
                        self.visit_assign(place, rvalue, location);
                    }
                    StatementKind::FakeRead(read) => {
                        let (_, place) = &$($mutability)? **read;
                        self.visit_place(place, PlaceContext::NonMutatingUse(NonMutatingUseContext::Inspect), location);
                    }
                    StatementKind::SetDiscriminant { place, .. } => {
                        self.visit_place(place, PlaceContext::MutatingUse(MutatingUseContext::SetDiscriminant), location);
                    }
                    StatementKind::StorageLive(local) => {
                        self.visit_local(make_visitor!(@deref local $($mutability)?), PlaceContext::NonUse(NonUseContext::StorageLive), location);
                    }
                    StatementKind::StorageDead(local) => {
                        self.visit_local(make_visitor!(@deref local $($mutability)?), PlaceContext::NonUse(NonUseContext::StorageDead), location);
                    }
                    StatementKind::PlaceMention(place) => {
                        self.visit_place(place, PlaceContext::NonMutatingUse(NonMutatingUseContext::PlaceMention), location);
                    }
                    StatementKind::AscribeUserType(ascribe, variance) => {
                        let (place, user_ty) = &$($mutability)? **ascribe;
                        self.visit_ascribe_user_ty(place, *variance, user_ty, location);
                    }
                    StatementKind::Intrinsic(intrinsic) => match &$($mutability)? **intrinsic {
                        NonDivergingIntrinsic::Assume(op) => self.visit_operand(op, location),
                        NonDivergingIntrinsic::CopyNonOverlapping(CopyNonOverlapping { src, dst, count }) => {
                            self.visit_operand(src, location);
                            self.visit_operand(dst, location);
                            self.visit_operand(count, location);
                        }
                    },
                    StatementKind::BackwardIncompatibleDropHint { place, .. } => {
                        self.visit_place(place, PlaceContext::NonUse(NonUseContext::BackwardIncompatibleDropHint), location);
                    }
                    StatementKind::ConstEvalCounter | StatementKind::Nop => {}
                }
            }

            fn super_assign(&mut self, place: &$($mutability)? Place<'tcx>, rvalue: &$($mutability)? Rvalue<'tcx>, location: Location) {
                self.visit_place(place, PlaceContext::MutatingUse(MutatingUseContext::Store), location);
                self.visit_rvalue(rvalue, location);
            }

            fn super_terminator(&mut self, terminator: &$($mutability)? Terminator<'tcx>, location: Location) {
                self.visit_source_info(&$($mutability)? terminator.source_info);
                match &$($mutability)? terminator.kind {
                    TerminatorKind::Goto { .. }
                    | TerminatorKind::UnwindResume
                    | TerminatorKind::UnwindTerminate(_)
                    | TerminatorKind::CoroutineDrop
                    | TerminatorKind::Unreachable
                    | TerminatorKind::FalseEdge { .. }
                    | TerminatorKind::FalseUnwind { .. } => {}
                    TerminatorKind::Return => {
                        // The return place is read; it is always there.
                        make_visitor!(@return_local self location $($mutability)?);
                    }
                    TerminatorKind::SwitchInt { discr, .. } => self.visit_operand(discr, location),
                    TerminatorKind::Drop { place, .. } => {
                        self.visit_place(place, PlaceContext::MutatingUse(MutatingUseContext::Drop), location);
                    }
                    TerminatorKind::Call { func, args, destination, fn_span, .. } => {
                        self.visit_span(fn_span);
                        self.visit_operand(func, location);
                        for arg in args { self.visit_operand(&$($mutability)? arg.node, location); }
                        self.visit_place(destination, PlaceContext::MutatingUse(MutatingUseContext::Call), location);
                    }
                    TerminatorKind::TailCall { func, args, fn_span } => {
                        self.visit_span(fn_span);
                        self.visit_operand(func, location);
                        for arg in args { self.visit_operand(&$($mutability)? arg.node, location); }
                    }
                    TerminatorKind::Assert { cond, msg, .. } => {
                        self.visit_operand(cond, location);
                        self.visit_assert_message(msg, location);
                    }
                    TerminatorKind::Yield { value, resume_arg, .. } => {
                        self.visit_operand(value, location);
                        self.visit_place(resume_arg, PlaceContext::MutatingUse(MutatingUseContext::Yield), location);
                    }
                    TerminatorKind::InlineAsm { operands, .. } => {
                        for op in operands {
                            match op {
                                InlineAsmOperand::In { value, .. } => self.visit_operand(value, location),
                                InlineAsmOperand::Out { place: Some(place), .. } => {
                                    self.visit_place(place, PlaceContext::MutatingUse(MutatingUseContext::AsmOutput), location);
                                }
                                InlineAsmOperand::InOut { in_value, out_place, .. } => {
                                    self.visit_operand(in_value, location);
                                    if let Some(place) = out_place {
                                        self.visit_place(place, PlaceContext::MutatingUse(MutatingUseContext::AsmOutput), location);
                                    }
                                }
                                InlineAsmOperand::Const { value } | InlineAsmOperand::SymFn { value } => {
                                    self.visit_const_operand(value, location);
                                }
                                InlineAsmOperand::Out { place: None, .. }
                                | InlineAsmOperand::SymStatic { .. }
                                | InlineAsmOperand::Label { .. } => {}
                            }
                        }
                    }
                }
            }

            fn super_assert_message(&mut self, msg: &$($mutability)? AssertMessage<'tcx>, location: Location) {
                use AssertKind::*;
                match msg {
                    BoundsCheck { len, index } => {
                        self.visit_operand(len, location);
                        self.visit_operand(index, location);
                    }
                    Overflow(_, l, r) => {
                        self.visit_operand(l, location);
                        self.visit_operand(r, location);
                    }
                    OverflowNeg(op) | DivisionByZero(op) | RemainderByZero(op) | InvalidEnumConstruction(op) => {
                        self.visit_operand(op, location);
                    }
                    MisalignedPointerDereference { required, found } => {
                        self.visit_operand(required, location);
                        self.visit_operand(found, location);
                    }
                    NullPointerDereference | ResumedAfterReturn(_) | ResumedAfterPanic(_) | ResumedAfterDrop(_) => {}
                }
            }

            fn super_rvalue(&mut self, rvalue: &$($mutability)? Rvalue<'tcx>, location: Location) {
                match rvalue {
                    Rvalue::Use(op) | Rvalue::UnaryOp(_, op) => self.visit_operand(op, location),
                    Rvalue::Repeat(value, ct) => {
                        self.visit_operand(value, location);
                        self.visit_ty_const(ct, location);
                    }
                    Rvalue::ThreadLocalRef(_) => {}
                    Rvalue::Ref(region, kind, place) => {
                        self.visit_region(region, location);
                        let cx = match kind {
                            BorrowKind::Shared => PlaceContext::NonMutatingUse(NonMutatingUseContext::SharedBorrow),
                            BorrowKind::Fake(_) => PlaceContext::NonMutatingUse(NonMutatingUseContext::FakeBorrow),
                            BorrowKind::Mut { .. } => PlaceContext::MutatingUse(MutatingUseContext::Borrow),
                        };
                        self.visit_place(place, cx, location);
                    }
                    Rvalue::CopyForDeref(place) | Rvalue::Discriminant(place) => {
                        self.visit_place(place, PlaceContext::NonMutatingUse(NonMutatingUseContext::Inspect), location);
                    }
                    Rvalue::RawPtr(kind, place) => {
                        let cx = match kind {
                            RawPtrKind::Mut => PlaceContext::MutatingUse(MutatingUseContext::RawBorrow),
                            RawPtrKind::Const => PlaceContext::NonMutatingUse(NonMutatingUseContext::RawBorrow),
                            RawPtrKind::FakeForPtrMetadata => PlaceContext::NonMutatingUse(NonMutatingUseContext::Inspect),
                        };
                        self.visit_place(place, cx, location);
                    }
                    Rvalue::Cast(_, op, ty) | Rvalue::WrapUnsafeBinder(op, ty) => {
                        self.visit_operand(op, location);
                        self.visit_ty(ty, TyContext::Location(location));
                    }
                    Rvalue::BinaryOp(_, operands) => {
                        let (l, r) = &$($mutability)? **operands;
                        self.visit_operand(l, location);
                        self.visit_operand(r, location);
                    }
                    Rvalue::Aggregate(kind, operands) => {
                        match &$($mutability)? **kind {
                            AggregateKind::Array(ty) | AggregateKind::RawPtr(ty, _) => self.visit_ty(ty, TyContext::Location(location)),
                            AggregateKind::Tuple => {}
                            AggregateKind::Adt(_, _, args, _, _)
                            | AggregateKind::Closure(_, args)
                            | AggregateKind::Coroutine(_, args)
                            | AggregateKind::CoroutineClosure(_, args) => self.visit_args(args, location),
                        }
                        for op in operands { self.visit_operand(op, location); }
                    }
                }
            }

            fn super_operand(&mut self, operand: &$($mutability)? Operand<'tcx>, location: Location) {
                match operand {
                    Operand::Copy(place) => self.visit_place(place, PlaceContext::NonMutatingUse(NonMutatingUseContext::Copy), location),
                    Operand::Move(place) => self.visit_place(place, PlaceContext::NonMutatingUse(NonMutatingUseContext::Move), location),
                    Operand::Constant(c) => self.visit_const_operand(c, location),
                    Operand::RuntimeChecks(_) => {}
                }
            }

            fn super_local_decl(&mut self, local: Local, decl: &$($mutability)? LocalDecl<'tcx>) {
                let source_info = decl.source_info;
                self.visit_ty(&$($mutability)? decl.ty, TyContext::LocalDecl { local, source_info });
                self.visit_source_info(&$($mutability)? decl.source_info);
            }

            fn super_var_debug_info(&mut self, info: &$($mutability)? VarDebugInfo<'tcx>) {
                self.visit_source_info(&$($mutability)? info.source_info);
                let location = Location::START;
                if let Some(fragment) = &$($mutability)? info.composite {
                    self.visit_ty(&$($mutability)? fragment.ty, TyContext::Location(location));
                }
                match &$($mutability)? info.value {
                    VarDebugInfoContents::Const(c) => self.visit_const_operand(c, location),
                    VarDebugInfoContents::Place(place) => {
                        self.visit_place(place, PlaceContext::NonUse(NonUseContext::VarDebugInfo), location);
                    }
                }
            }

            fn super_const_operand(&mut self, constant: &$($mutability)? ConstOperand<'tcx>, location: Location) {
                self.visit_span(&$($mutability)? constant.span);
                match &$($mutability)? constant.const_ {
                    Const::Ty(ty, ct) => {
                        self.visit_ty(ty, TyContext::Location(location));
                        self.visit_ty_const(ct, location);
                    }
                    Const::Val(_, ty) => self.visit_ty(ty, TyContext::Location(location)),
                    Const::Unevaluated(uv, ty) => {
                        self.visit_args(&$($mutability)? uv.args, location);
                        self.visit_ty(ty, TyContext::Location(location));
                    }
                }
            }

            fn super_source_info(&mut self, source_info: &$($mutability)? SourceInfo) {
                self.visit_span(&$($mutability)? source_info.span);
                let scope = &$($mutability)? source_info.scope;
                self.visit_source_scope(make_visitor!(@deref scope $($mutability)?));
            }

            make_visitor!(@place $($mutability)?);
        }
    };

    (@local) => { Local };
    (@local mut) => { &mut Local };
    (@scope) => { SourceScope };
    (@scope mut) => { &mut SourceScope };
    (@deref $e:ident) => { *$e };
    (@deref $e:ident mut) => { $e };
    (@cx) => {};
    (@cx mut) => {
        /// Makes new projections.
        fn cx(&self) -> ty::Interner<'tcx>;
        /// Whether edges are changed, so that what is derived from them is forgotten.
        const CHANGES_CFG: bool = true;
    };
    (@blocks $self:ident $body:ident) => {
        for (bb, data) in $body.basic_blocks.iter_enumerated() { $self.visit_basic_block_data(bb, data); }
    };
    (@blocks $self:ident $body:ident mut) => {
        let blocks = if Self::CHANGES_CFG { $body.basic_blocks.as_mut() } else { $body.basic_blocks.as_mut_preserves_cfg() };
        for (bb, data) in blocks.iter_enumerated_mut() { $self.visit_basic_block_data(bb, data); }
    };
    (@decls $self:ident $body:ident) => {
        for (local, decl) in $body.local_decls.iter_enumerated() { $self.visit_local_decl(local, decl); }
    };
    (@decls $self:ident $body:ident mut) => {
        for (local, decl) in $body.local_decls.iter_enumerated_mut() { $self.visit_local_decl(local, decl); }
    };
    (@annotations $self:ident $body:ident) => {
        for (i, a) in $body.user_type_annotations.iter_enumerated() { $self.visit_user_type_annotation(i, a); }
    };
    (@annotations $self:ident $body:ident mut) => {
        for (i, a) in $body.user_type_annotations.iter_enumerated_mut() { $self.visit_user_type_annotation(i, a); }
    };
    (@return_local $self:ident $location:ident) => {
        $self.visit_local(RETURN_PLACE, PlaceContext::NonMutatingUse(NonMutatingUseContext::Move), $location);
    };
    (@return_local $self:ident $location:ident mut) => {
        let mut local = RETURN_PLACE;
        $self.visit_local(&mut local, PlaceContext::NonMutatingUse(NonMutatingUseContext::Move), $location);
        assert_eq!(local, RETURN_PLACE, "the return place cannot be renamed");
    };
    (@place) => {
        /// The local, then the steps from the last to the first.
        fn super_place(&mut self, place: &Place<'tcx>, context: PlaceContext, location: Location) {
            let mut base_context = context;
            if !place.projection.is_empty() && context.is_use() {
                base_context = if context.is_mutating_use() {
                    PlaceContext::MutatingUse(MutatingUseContext::Projection)
                } else {
                    PlaceContext::NonMutatingUse(NonMutatingUseContext::Projection)
                };
            }
            self.visit_local(place.local, base_context, location);
            self.visit_projection(place.as_ref(), context, location);
        }
        fn visit_projection(&mut self, place: PlaceRef<'tcx>, context: PlaceContext, location: Location) {
            self.super_projection(place, context, location);
        }
        fn super_projection(&mut self, place: PlaceRef<'tcx>, context: PlaceContext, location: Location) {
            for (base, elem) in place.iter_projections().rev() {
                self.visit_projection_elem(base, elem, context, location);
            }
        }
        fn visit_projection_elem(&mut self, base: PlaceRef<'tcx>, elem: PlaceElem<'tcx>, context: PlaceContext, location: Location) {
            self.super_projection_elem(base, elem, context, location);
        }
        fn super_projection_elem(&mut self, base: PlaceRef<'tcx>, elem: PlaceElem<'tcx>, context: PlaceContext, location: Location) {
            match elem {
                ProjectionElem::OpaqueCast(ty) | ProjectionElem::Field(_, ty) | ProjectionElem::UnwrapUnsafeBinder(ty) => {
                    self.visit_ty(&ty, TyContext::Location(location));
                }
                ProjectionElem::Index(local) => {
                    self.visit_local(local, PlaceContext::NonMutatingUse(NonMutatingUseContext::Copy), location);
                }
                ProjectionElem::Deref | ProjectionElem::Subslice { .. } | ProjectionElem::ConstantIndex { .. }
                | ProjectionElem::Downcast(..) => {}
            }
        }
        /// Visits what stands at a point.
        fn visit_location(&mut self, body: &Body<'tcx>, location: Location) {
            match body.stmt_at(location) {
                Ok(stmt) => self.visit_statement(stmt, location),
                Err(term) => self.visit_terminator(term, location),
            }
        }
    };
    (@place mut) => {
        fn super_place(&mut self, place: &mut Place<'tcx>, context: PlaceContext, location: Location) {
            let mut base_context = context;
            if !place.projection.is_empty() && context.is_use() {
                base_context = if context.is_mutating_use() {
                    PlaceContext::MutatingUse(MutatingUseContext::Projection)
                } else {
                    PlaceContext::NonMutatingUse(NonMutatingUseContext::Projection)
                };
            }
            self.visit_local(&mut place.local, base_context, location);
            if let Some(new) = self.process_projection(place.projection, location) {
                place.projection = self.cx().mk_place_elems(&new);
            }
        }
        /// The steps if they change.
        fn process_projection(&mut self, projection: &[PlaceElem<'tcx>], location: Location) -> Option<Vec<PlaceElem<'tcx>>> {
            let mut changed: Option<Vec<PlaceElem<'tcx>>> = None;
            for (i, &elem) in projection.iter().enumerate() {
                if let Some(new) = self.process_projection_elem(elem, location) {
                    changed.get_or_insert_with(|| projection.to_vec())[i] = new;
                }
            }
            changed
        }
        fn process_projection_elem(&mut self, elem: PlaceElem<'tcx>, location: Location) -> Option<PlaceElem<'tcx>> {
            match elem {
                ProjectionElem::Index(local) => {
                    let mut new = local;
                    self.visit_local(&mut new, PlaceContext::NonMutatingUse(NonMutatingUseContext::Copy), location);
                    (new != local).then_some(ProjectionElem::Index(new))
                }
                ProjectionElem::Field(f, ty) => {
                    let mut new = ty;
                    self.visit_ty(&mut new, TyContext::Location(location));
                    (new != ty).then_some(ProjectionElem::Field(f, new))
                }
                ProjectionElem::OpaqueCast(ty) => {
                    let mut new = ty;
                    self.visit_ty(&mut new, TyContext::Location(location));
                    (new != ty).then_some(ProjectionElem::OpaqueCast(new))
                }
                ProjectionElem::UnwrapUnsafeBinder(ty) => {
                    let mut new = ty;
                    self.visit_ty(&mut new, TyContext::Location(location));
                    (new != ty).then_some(ProjectionElem::UnwrapUnsafeBinder(new))
                }
                ProjectionElem::Deref | ProjectionElem::ConstantIndex { .. } | ProjectionElem::Subslice { .. }
                | ProjectionElem::Downcast(..) => None,
            }
        }
    };
}

make_visitor!(/** Reads a body. */ Visitor,);
make_visitor!(/** Changes a body in place. */ MutVisitor, mut);
