//! Expressions and their adjustments.

use hir::BinOpKind;
use hir::def::{CtorKind, CtorOf, DefKind, Res};
use mir::{AsmReg, BorrowKind, MutBorrowKind};
use ty::adjustment::{Adjust, Adjustment, AllowTwoPhase, AutoBorrow, AutoBorrowMutability};
use ty::{FIRST_VARIANT, ScalarInt, VariantDiscr};

use super::*;
use crate::region::{Scope, ScopeData};

fn borrow_kind(m: Mutability) -> BorrowKind {
    match m {
        Mutability::Not => BorrowKind::Shared,
        Mutability::Mut => BorrowKind::Mut { kind: MutBorrowKind::Default },
    }
}

fn auto_borrow_kind(m: AutoBorrowMutability) -> BorrowKind {
    match m {
        AutoBorrowMutability::Not => BorrowKind::Shared,
        AutoBorrowMutability::Mut { allow_two_phase_borrow: AllowTwoPhase::Yes } => {
            BorrowKind::Mut { kind: MutBorrowKind::TwoPhaseBorrow }
        }
        AutoBorrowMutability::Mut { allow_two_phase_borrow: AllowTwoPhase::No } => {
            BorrowKind::Mut { kind: MutBorrowKind::Default }
        }
    }
}

fn bin_op(op: BinOpKind) -> BinOp {
    match op {
        BinOpKind::Add => BinOp::Add,
        BinOpKind::Sub => BinOp::Sub,
        BinOpKind::Mul => BinOp::Mul,
        BinOpKind::Div => BinOp::Div,
        BinOpKind::Rem => BinOp::Rem,
        BinOpKind::BitXor => BinOp::BitXor,
        BinOpKind::BitAnd => BinOp::BitAnd,
        BinOpKind::BitOr => BinOp::BitOr,
        BinOpKind::Shl => BinOp::Shl,
        BinOpKind::Shr => BinOp::Shr,
        BinOpKind::Eq => BinOp::Eq,
        BinOpKind::Lt => BinOp::Lt,
        BinOpKind::Le => BinOp::Le,
        BinOpKind::Ne => BinOp::Ne,
        BinOpKind::Ge => BinOp::Ge,
        BinOpKind::Gt => BinOp::Gt,
        BinOpKind::And | BinOpKind::Or => panic!("logical operators have no MIR operator"),
    }
}

impl<'tcx> ThirBuildCx<'tcx> {
    pub(super) fn mirror_expr(&mut self, expr: &'tcx hir::Expr<'tcx>) -> ExprId {
        let expr_scope = Scope { local_id: expr.hir_id.local_id, data: ScopeData::Node };
        let mut out = self.mirror_unadjusted(expr);
        let typeck = self.typeck_results;
        for adjustment in typeck.expr_adjustments(expr) {
            let span = out.span;
            out = self.apply_adjustment(expr, out, adjustment, span);
        }
        let (temp_lifetime, ty) = (out.temp_lifetime, out.ty);
        let value = self.push(out);
        self.push(Expr {
            temp_lifetime,
            ty,
            span: expr.span,
            kind: ExprKind::Scope { region_scope: expr_scope, hir_id: expr.hir_id, value },
        })
    }

    fn mirror_exprs(&mut self, exprs: &'tcx [hir::Expr<'tcx>]) -> Box<[ExprId]> {
        exprs.iter().map(|e| self.mirror_expr(e)).collect()
    }

    fn apply_adjustment(
        &mut self,
        hir_expr: &'tcx hir::Expr<'tcx>,
        mut expr: Expr<'tcx>,
        adjustment: &Adjustment<'tcx>,
        mut span: Span,
    ) -> Expr<'tcx> {
        let temp_lifetime = expr.temp_lifetime;
        // Errors about a block's value point at its last expression.
        let adjust_span = |this: &Self, expr: &mut Expr<'tcx>, span: &mut Span| {
            if let ExprKind::Block { block } = expr.kind {
                if let Some(last) = this.thir[block].expr {
                    *span = this.thir[last].span;
                    expr.span = *span;
                }
            }
        };
        let kind = match adjustment.kind {
            Adjust::Pointer(cast) => {
                if cast == PointerCoercion::Unsize {
                    adjust_span(self, &mut expr, &mut span);
                }
                let mut is_from_as_cast = false;
                if let hir::Node::Expr(hir::Expr { kind: hir::ExprKind::Cast(..), span: cast_span, .. }) =
                    self.tcx.parent_hir_node(hir_expr.hir_id)
                {
                    span = *cast_span;
                    is_from_as_cast = true;
                }
                ExprKind::PointerCoercion { cast, source: self.push(expr), is_from_as_cast }
            }
            Adjust::NeverToAny if adjustment.target.is_never() => return expr,
            Adjust::NeverToAny => ExprKind::NeverToAny { source: self.push(expr) },
            Adjust::Deref(None) => {
                adjust_span(self, &mut expr, &mut span);
                ExprKind::Deref { arg: self.push(expr) }
            }
            Adjust::Deref(Some(deref)) => {
                let callee = self.deref_method(deref.mutbl, expr.ty, span);
                let ref_ty = self.tcx.mk_ref(self.tcx.lifetimes().re_erased, expr.ty, deref.mutbl);
                let kind = ExprKind::Borrow { borrow_kind: borrow_kind(deref.mutbl), arg: self.push(expr) };
                let arg = self.push(Expr { temp_lifetime, ty: ref_ty, span, kind });
                self.overloaded_place(hir_expr, adjustment.target, callee, Box::new([arg]), deref.span)
            }
            Adjust::Borrow(AutoBorrow::Ref(m)) => {
                ExprKind::Borrow { borrow_kind: auto_borrow_kind(m), arg: self.push(expr) }
            }
            Adjust::Borrow(AutoBorrow::RawPtr(mutability)) => ExprKind::RawBorrow { mutability, arg: self.push(expr) },
            Adjust::ReborrowPin(mutbl) => self.reborrow_pin(expr, mutbl, adjustment.target, span),
        };
        Expr { temp_lifetime, ty: adjustment.target, span, kind }
    }

    /// `Pin { pointer: &mut *(pin.pointer) }`
    fn reborrow_pin(&mut self, pin: Expr<'tcx>, mutbl: Mutability, target: Ty<'tcx>, span: Span) -> ExprKind<'tcx> {
        let temp_lifetime = pin.temp_lifetime;
        let (TyKind::Adt(_, pin_args), TyKind::Adt(adt_def, target_args)) = (*pin.ty.kind(), *target.kind()) else {
            let guar = self.tcx.dcx().span_delayed_bug(span, "ReborrowPin on something that is no Pin");
            self.error.get_or_insert(guar);
            return ExprKind::Error(guar);
        };
        let pointer_ty = pin_args.type_at(0);
        let pointee = pointer_ty.builtin_deref(true).unwrap_or(pointer_ty);
        let lhs = self.push(pin);
        let field = ExprKind::Field { lhs, variant_index: FIRST_VARIANT, name: FieldIdx::ZERO };
        let arg = self.push(Expr { temp_lifetime, ty: pointer_ty, span, kind: field });
        let arg = self.push(Expr { temp_lifetime, ty: pointee, span, kind: ExprKind::Deref { arg } });
        let kind = ExprKind::Borrow { borrow_kind: borrow_kind(mutbl), arg };
        let expr = self.push(Expr { temp_lifetime, ty: target_args.type_at(0), span, kind });
        ExprKind::Adt(Box::new(AdtExpr {
            adt_def,
            variant_index: FIRST_VARIANT,
            args: target_args,
            user_ty: None,
            fields: Box::new([FieldExpr { name: FieldIdx::ZERO, expr }]),
            base: AdtExprBase::None,
        }))
    }

    fn mirror_call(
        &mut self,
        expr: &'tcx hir::Expr<'tcx>,
        fun: &'tcx hir::Expr<'tcx>,
        args: &'tcx [hir::Expr<'tcx>],
    ) -> ExprKind<'tcx> {
        if self.typeck_results.is_method_call(expr) {
            // `f(a, b)` of a value that implements `Fn`: `Fn::call(f, (a, b))`.
            let method = self.method_callee(expr, fun.span, None);
            let arg_tys: Vec<_> = args.iter().map(|e| self.typeck_results.expr_ty_adjusted(e)).collect();
            let fields = self.mirror_exprs(args);
            let tupled = Expr {
                ty: self.tcx.mk_tup(&arg_tys),
                temp_lifetime: self.temp_lifetime(expr),
                span: expr.span,
                kind: ExprKind::Tuple { fields },
            };
            let tupled = self.push(tupled);
            let ty = method.ty;
            let callee = self.push(method);
            let receiver = self.mirror_expr(fun);
            return ExprKind::Call {
                ty,
                fun: callee,
                args: Box::new([receiver, tupled]),
                from_hir_call: true,
                fn_span: expr.span,
            };
        }
        // A constructor of a tuple struct or variant makes the value itself.
        let adt = match fun.kind {
            hir::ExprKind::Path(ref qpath) => {
                let result_ty = self.expr_ty(expr);
                match (self.typeck_results.qpath_res(qpath, fun.hir_id), result_ty.ty_adt_def()) {
                    (Res::Def(DefKind::Ctor(_, CtorKind::Fn), id), Some(adt)) => {
                        Some((adt, adt.variant_index_with_ctor_id(id)))
                    }
                    (Res::SelfCtor(_), Some(adt)) => Some((adt, FIRST_VARIANT)),
                    _ => None,
                }
            }
            _ => None,
        };
        if let Some((adt_def, variant_index)) = adt {
            let TyKind::FnDef(_, node_args) = *self.typeck_results.node_type(fun.hir_id).kind() else {
                let guar = self.tcx.dcx().span_delayed_bug(fun.span, "a constructor that is no function");
                return self.error_expr(expr, guar).kind;
            };
            let user_ty = self.user_ty_of_adt(fun.hir_id, adt_def.did());
            let fields = args
                .iter()
                .enumerate()
                .map(|(i, e)| FieldExpr { name: FieldIdx::from_usize(i), expr: self.mirror_expr(e) })
                .collect();
            return ExprKind::Adt(Box::new(AdtExpr {
                adt_def,
                variant_index,
                args: node_args,
                user_ty,
                fields,
                base: AdtExprBase::None,
            }));
        }
        ExprKind::Call {
            ty: self.typeck_results.node_type(fun.hir_id),
            fun: self.mirror_expr(fun),
            args: self.mirror_exprs(args),
            from_hir_call: true,
            fn_span: expr.span,
        }
    }

    fn mirror_struct(
        &mut self,
        expr: &'tcx hir::Expr<'tcx>,
        qpath: &'tcx hir::QPath<'tcx>,
        fields: &'tcx [hir::ExprField<'tcx>],
        tail: hir::StructTailExpr<'tcx>,
    ) -> ExprKind<'tcx> {
        let TyKind::Adt(adt_def, args) = *self.expr_ty(expr).kind() else {
            let guar = self.tcx.dcx().span_delayed_bug(expr.span, "unexpected type for struct literal");
            return self.error_expr(expr, guar).kind;
        };
        let variant_index = if adt_def.is_enum() {
            match self.typeck_results.qpath_res(qpath, expr.hir_id) {
                Res::Def(DefKind::Variant, id) => adt_def.variant_index_with_id(id),
                Res::Def(DefKind::Ctor(CtorOf::Variant, _), id) => adt_def.variant_index_with_ctor_id(id),
                _ => {
                    let guar = self.tcx.dcx().span_delayed_bug(expr.span, "unexpected resolution of a struct literal");
                    return self.error_expr(expr, guar).kind;
                }
            }
        } else {
            FIRST_VARIANT
        };
        let user_ty = self.user_ty_at(expr.hir_id);
        let field_refs = fields
            .iter()
            .map(|f| FieldExpr { name: self.typeck_results.field_index(f.hir_id), expr: self.mirror_expr(f.expr) })
            .collect();
        let fru_types = || {
            let types = self.typeck_results.fru_field_types().get(expr.hir_id);
            types.map_or_else(|| Box::from([]), |t| t.clone().into_boxed_slice())
        };
        let base = match tail {
            hir::StructTailExpr::Base(base) => {
                let field_types = fru_types();
                AdtExprBase::Base { base: self.mirror_expr(base), field_types }
            }
            hir::StructTailExpr::DefaultFields(_) => AdtExprBase::DefaultFields(fru_types()),
            hir::StructTailExpr::None | hir::StructTailExpr::NoneWithError(_) => AdtExprBase::None,
        };
        ExprKind::Adt(Box::new(AdtExpr { adt_def, variant_index, args, user_ty, fields: field_refs, base }))
    }

    fn mirror_closure(&mut self, expr: &'tcx hir::Expr<'tcx>) -> ExprKind<'tcx> {
        let (def_id, args, upvar_tys, movability) = match *self.expr_ty(expr).kind() {
            TyKind::Closure(def_id, args) => (def_id, args, args.as_closure().upvar_tys(), None),
            TyKind::Coroutine(def_id, args) => {
                let movability = self.tcx.coroutine_kind(def_id).map(|k| k.movability());
                (def_id, args, args.as_coroutine().upvar_tys(), movability)
            }
            TyKind::CoroutineClosure(def_id, args) => {
                let tys = match *args.as_coroutine_closure().tupled_upvars_ty().kind() {
                    TyKind::Tuple(tys) => tys,
                    _ => ty::List::empty(),
                };
                (def_id, args, tys, None)
            }
            _ => {
                let guar = self.tcx.dcx().span_delayed_bug(expr.span, "closure expr w/o closure type");
                return self.error_expr(expr, guar).kind;
            }
        };
        let closure_id = def_id.expect_local();
        let typeck = self.typeck_results;
        let upvars = typeck
            .closure_min_captures_flattened(closure_id)
            .zip(upvar_tys.iter())
            .map(|(captured, ty)| self.capture_upvar(expr, captured, ty))
            .collect();
        let fake_reads = match typeck.closure_fake_reads.get(&closure_id) {
            Some(reads) => reads
                .iter()
                .map(|(place, cause, hir_id)| {
                    let e = self.convert_captured_place(expr, place);
                    (self.push(e), *cause, *hir_id)
                })
                .collect(),
            None => Vec::new(),
        };
        ExprKind::Closure(Box::new(ClosureExpr { closure_id, args, upvars, movability, fake_reads }))
    }

    fn mirror_cast(&mut self, source: &'tcx hir::Expr<'tcx>, span: Span) -> ExprKind<'tcx> {
        let typeck = self.typeck_results;
        if typeck.is_coercion_cast(source.hir_id) {
            return ExprKind::Use { source: self.mirror_expr(source) };
        }
        if typeck.expr_ty(source).is_ref() {
            return ExprKind::PointerCoercion {
                source: self.mirror_expr(source),
                cast: PointerCoercion::ArrayToPointer,
                is_from_as_cast: true,
            };
        }
        // `E::A as isize` where `E` is being laid out: the discriminant's initialiser, not the enum's layout.
        if let hir::ExprKind::Path(ref qpath) = source.kind {
            if let Res::Def(DefKind::Ctor(CtorOf::Variant, CtorKind::Const), ctor_id) =
                typeck.qpath_res(qpath, source.hir_id)
            {
                if let TyKind::Adt(adt, args) = *typeck.node_type(source.hir_id).kind() {
                    return self.cast_of_variant(source, span, adt, adt.variant_index_with_ctor_id(ctor_id), args);
                }
            }
        }
        ExprKind::Cast { source: self.mirror_expr(source) }
    }

    fn cast_of_variant(
        &mut self,
        source: &'tcx hir::Expr<'tcx>,
        span: Span,
        adt: AdtDef<'tcx>,
        variant: VariantIdx,
        args: GenericArgsRef<'tcx>,
    ) -> ExprKind<'tcx> {
        let ty = self.tcx.repr_discr_ty(adt);
        let temp_lifetime = self.temp_lifetime(source);
        let mut index = variant.as_u32();
        let explicit = loop {
            match adt.variant(VariantIdx::from_u32(index)).discr {
                VariantDiscr::Relative(0) => break None,
                VariantDiscr::Relative(n) => index = index.saturating_sub(n),
                VariantDiscr::Explicit(did) => break Some(did),
            }
        };
        let size = ty.primitive_int_bits().unwrap_or(64) / 8;
        let (lit, _) = ScalarInt::truncate_from_uint((variant.as_u32() - index).into(), size);
        let kind = ExprKind::NonHirLiteral { lit, user_ty: None };
        let offset = self.push(Expr { temp_lifetime, ty, span, kind });
        let source = match explicit {
            Some(def_id) => {
                let kind = ExprKind::NamedConst { def_id, args, user_ty: None };
                let lhs = self.push(Expr { temp_lifetime, ty, span, kind });
                let kind = ExprKind::Binary { op: BinOp::Add, lhs, rhs: offset };
                self.push(Expr { temp_lifetime, ty, span, kind })
            }
            None => offset,
        };
        ExprKind::Cast { source }
    }

    fn jump_target(&self, dest: &hir::Destination) -> Option<Scope> {
        Some(Scope { local_id: dest.target_id.ok()?.local_id, data: ScopeData::Node })
    }

    fn mirror_asm(&mut self, asm: &'tcx hir::InlineAsm<'tcx>) -> ExprKind<'tcx> {
        let operands = asm
            .operands
            .iter()
            .map(|&(op, span)| match op {
                hir::InlineAsmOperand::In { reg, expr } => {
                    InlineAsmOperand::In { reg: AsmReg(reg), expr: self.mirror_expr(expr) }
                }
                hir::InlineAsmOperand::Out { reg, late, expr } => {
                    InlineAsmOperand::Out { reg: AsmReg(reg), late, expr: expr.map(|e| self.mirror_expr(e)) }
                }
                hir::InlineAsmOperand::InOut { reg, late, expr } => {
                    InlineAsmOperand::InOut { reg: AsmReg(reg), late, expr: self.mirror_expr(expr) }
                }
                hir::InlineAsmOperand::SplitInOut { reg, late, in_expr, out_expr } => InlineAsmOperand::SplitInOut {
                    reg: AsmReg(reg),
                    late,
                    in_expr: self.mirror_expr(in_expr),
                    out_expr: out_expr.map(|e| self.mirror_expr(e)),
                },
                hir::InlineAsmOperand::Const { anon_const } => {
                    let (did, args, ty) = self.const_block(&anon_const);
                    let uv = mir::UnevaluatedConst::new(did, args);
                    InlineAsmOperand::Const { value: mir::Const::Unevaluated(uv, ty), span }
                }
                hir::InlineAsmOperand::SymFn { expr } => InlineAsmOperand::SymFn { value: self.mirror_expr(expr) },
                hir::InlineAsmOperand::SymStatic { def_id, .. } => InlineAsmOperand::SymStatic { def_id },
                hir::InlineAsmOperand::Label { block } => InlineAsmOperand::Label { block: self.mirror_block(block) },
            })
            .collect();
        ExprKind::InlineAsm(Box::new(InlineAsmExpr {
            asm_macro: asm.asm_macro,
            template: asm.template.into(),
            operands,
            options: asm.options,
            line_spans: asm.line_spans.into(),
        }))
    }

    /// An inline constant's definition, arguments and type.
    fn const_block(&self, block: &hir::ConstBlock) -> (DefId, GenericArgsRef<'tcx>, Ty<'tcx>) {
        let ty = self.typeck_results.node_type(block.hir_id);
        let did = block.def_id.to_def_id();
        let root = self.tcx.typeck_root_def_id(did);
        let parent = self.tcx.erase_regions(self.tcx.identity_args_for(root));
        let args = ty::InlineConstArgs::new(self.tcx.interner(), parent, ty).args;
        (did, args, ty)
    }

    fn mirror_unadjusted(&mut self, expr: &'tcx hir::Expr<'tcx>) -> Expr<'tcx> {
        let ty = self.expr_ty(expr);
        let temp_lifetime = self.temp_lifetime(expr);
        let is_method = self.typeck_results.is_method_call(expr);
        let kind = match expr.kind {
            hir::ExprKind::MethodCall(segment, receiver, args, fn_span) => {
                let callee = self.method_callee(expr, segment.ident.span, None);
                let callee_ty = callee.ty;
                let fun = self.push(callee);
                let receiver = self.mirror_expr(receiver);
                let mut all = vec![receiver];
                all.extend(args.iter().map(|a| self.mirror_expr(a)));
                ExprKind::Call { ty: callee_ty, fun, args: all.into(), from_hir_call: true, fn_span }
            }
            hir::ExprKind::Call(fun, args) => self.mirror_call(expr, fun, args),
            hir::ExprKind::Use(e, span) => ExprKind::ByUse { expr: self.mirror_expr(e), span },
            hir::ExprKind::AddrOf(hir::BorrowKind::Ref, m, arg) => {
                ExprKind::Borrow { borrow_kind: borrow_kind(m), arg: self.mirror_expr(arg) }
            }
            hir::ExprKind::AddrOf(hir::BorrowKind::Raw, mutability, arg) => {
                ExprKind::RawBorrow { mutability, arg: self.mirror_expr(arg) }
            }
            hir::ExprKind::AddrOf(hir::BorrowKind::Pin, m, arg) => match *ty.kind() {
                TyKind::Adt(adt_def, args) if adt_def.is_pin() => {
                    let arg = self.mirror_expr(arg);
                    let kind = ExprKind::Borrow { borrow_kind: borrow_kind(m), arg };
                    let e = self.push(Expr { temp_lifetime, ty: args.type_at(0), span: expr.span, kind });
                    ExprKind::Adt(Box::new(AdtExpr {
                        adt_def,
                        variant_index: FIRST_VARIANT,
                        args,
                        user_ty: None,
                        fields: Box::new([FieldExpr { name: FieldIdx::ZERO, expr: e }]),
                        base: AdtExprBase::None,
                    }))
                }
                _ => {
                    let guar = self.tcx.dcx().span_delayed_bug(expr.span, "&pin with type that is no Pin");
                    return self.error_expr(expr, guar);
                }
            },
            hir::ExprKind::Block(block, _) => ExprKind::Block { block: self.mirror_block(block) },
            hir::ExprKind::Assign(lhs, rhs, _) => {
                ExprKind::Assign { lhs: self.mirror_expr(lhs), rhs: self.mirror_expr(rhs) }
            }
            hir::ExprKind::AssignOp(op, lhs, rhs) => {
                let lhs = self.mirror_expr(lhs);
                let rhs = self.mirror_expr(rhs);
                if is_method {
                    self.overloaded_operator(expr, Box::new([lhs, rhs]))
                } else {
                    ExprKind::AssignOp { op: bin_op(op.node.into()), lhs, rhs }
                }
            }
            hir::ExprKind::Lit(lit) => ExprKind::Literal { lit: lit.node, neg: false },
            hir::ExprKind::Binary(op, lhs, rhs) => {
                let lhs = self.mirror_expr(lhs);
                let rhs = self.mirror_expr(rhs);
                match op.node {
                    _ if is_method => self.overloaded_operator(expr, Box::new([lhs, rhs])),
                    BinOpKind::And => ExprKind::LogicalOp { op: LogicalOp::And, lhs, rhs },
                    BinOpKind::Or => ExprKind::LogicalOp { op: LogicalOp::Or, lhs, rhs },
                    op => ExprKind::Binary { op: bin_op(op), lhs, rhs },
                }
            }
            hir::ExprKind::Index(lhs, index, _) => {
                let lhs = self.mirror_expr(lhs);
                let index = self.mirror_expr(index);
                if is_method {
                    self.overloaded_place(expr, ty, None, Box::new([lhs, index]), expr.span)
                } else {
                    ExprKind::Index { lhs, index }
                }
            }
            hir::ExprKind::Unary(hir::UnOp::Deref, arg) => {
                let arg = self.mirror_expr(arg);
                if is_method {
                    self.overloaded_place(expr, ty, None, Box::new([arg]), expr.span)
                } else {
                    ExprKind::Deref { arg }
                }
            }
            hir::ExprKind::Unary(op, arg) => match (op, arg.kind) {
                (hir::UnOp::Neg, hir::ExprKind::Lit(lit)) if !is_method => {
                    ExprKind::Literal { lit: lit.node, neg: true }
                }
                _ => {
                    let arg = self.mirror_expr(arg);
                    if is_method {
                        self.overloaded_operator(expr, Box::new([arg]))
                    } else {
                        ExprKind::Unary { op: if op == hir::UnOp::Not { UnOp::Not } else { UnOp::Neg }, arg }
                    }
                }
            },
            hir::ExprKind::Struct(qpath, fields, tail) => self.mirror_struct(expr, qpath, fields, tail),
            hir::ExprKind::Closure(_) => self.mirror_closure(expr),
            hir::ExprKind::Path(ref qpath) => {
                let res = self.typeck_results.qpath_res(qpath, expr.hir_id);
                self.convert_path_expr(expr, res)
            }
            hir::ExprKind::InlineAsm(asm) => self.mirror_asm(asm),
            hir::ExprKind::OffsetOf(..) => match self.typeck_results.offset_of_data().get(expr.hir_id) {
                Some(fields) if !fields.is_empty() => {
                    ExprKind::OffsetOf { container: fields[0].0, fields: fields.clone().into() }
                }
                _ => ExprKind::NonHirLiteral {
                    lit: ScalarInt::try_from_uint(0, 8).unwrap_or(ScalarInt::ZST),
                    user_ty: None,
                },
            },
            hir::ExprKind::ConstBlock(ref block) => {
                let (did, args, _) = self.const_block(block);
                ExprKind::ConstBlock { did, args }
            }
            hir::ExprKind::Repeat(v, _) => match *ty.kind() {
                TyKind::Array(_, count) => ExprKind::Repeat { value: self.mirror_expr(v), count },
                _ => {
                    let guar = self.tcx.dcx().span_delayed_bug(expr.span, "a repeat expression that is no array");
                    return self.error_expr(expr, guar);
                }
            },
            hir::ExprKind::Ret(v) => ExprKind::Return { value: v.map(|v| self.mirror_expr(v)) },
            hir::ExprKind::Become(call) => ExprKind::Become { value: self.mirror_expr(call) },
            hir::ExprKind::Break(ref dest, value) => match self.jump_target(dest) {
                Some(label) => ExprKind::Break { label, value: value.map(|v| self.mirror_expr(v)) },
                None => {
                    let guar = self.tcx.dcx().span_delayed_bug(expr.span, "invalid loop id for break");
                    return self.error_expr(expr, guar);
                }
            },
            hir::ExprKind::Continue(ref dest) => match self.jump_target(dest) {
                Some(label) => ExprKind::Continue { label },
                None => {
                    let guar = self.tcx.dcx().span_delayed_bug(expr.span, "invalid loop id for continue");
                    return self.error_expr(expr, guar);
                }
            },
            hir::ExprKind::Let(l) => {
                let e = self.mirror_expr(l.init);
                ExprKind::Let { expr: e, pat: self.pattern_from_hir(l.pat) }
            }
            hir::ExprKind::If(cond, then, els) => {
                let data = if expr.span.at_least_rust_2024() { ScopeData::IfThenRescope } else { ScopeData::IfThen };
                ExprKind::If {
                    if_then_scope: Scope { local_id: then.hir_id.local_id, data },
                    cond: self.mirror_expr(cond),
                    then: self.mirror_expr(then),
                    else_opt: els.map(|e| self.mirror_expr(e)),
                }
            }
            hir::ExprKind::Match(scrutinee, arms, match_source) => ExprKind::Match {
                scrutinee: self.mirror_expr(scrutinee),
                arms: arms.iter().map(|a| self.mirror_arm(a)).collect(),
                match_source,
            },
            hir::ExprKind::Loop(body, ..) => {
                let block_ty = self.typeck_results.node_type_opt(body.hir_id).unwrap_or(self.tcx.types().unit);
                let temp_lifetime = self.thir.scope_tree.temporary_scope(body.hir_id.local_id);
                let block = self.mirror_block(body);
                let kind = ExprKind::Block { block };
                let body = self.push(Expr { ty: block_ty, temp_lifetime, span: self.thir[block].span, kind });
                ExprKind::Loop { body }
            }
            hir::ExprKind::Field(source, _) => ExprKind::Field {
                lhs: self.mirror_expr(source),
                variant_index: FIRST_VARIANT,
                name: self.typeck_results.field_index(expr.hir_id),
            },
            hir::ExprKind::Cast(source, cast_ty) => {
                let user_ty = self.user_ty_at(cast_ty.hir_id);
                let cast = self.mirror_cast(source, expr.span);
                match user_ty {
                    Some(_) => {
                        let source = self.push(Expr { temp_lifetime, ty, span: expr.span, kind: cast });
                        ExprKind::ValueTypeAscription { source, user_ty, user_ty_span: cast_ty.span }
                    }
                    None => cast,
                }
            }
            hir::ExprKind::Type(source, t) => {
                let user_ty = self.user_ty_at(t.hir_id);
                let is_place = source.is_syntactic_place_expr();
                let source = self.mirror_expr(source);
                if is_place {
                    ExprKind::PlaceTypeAscription { source, user_ty, user_ty_span: t.span }
                } else {
                    ExprKind::ValueTypeAscription { source, user_ty, user_ty_span: t.span }
                }
            }
            hir::ExprKind::UnsafeBinderCast(kind, source, _) => {
                let is_place = source.is_syntactic_place_expr();
                let source = self.mirror_expr(source);
                match kind {
                    ast::UnsafeBinderCastKind::Wrap => ExprKind::WrapUnsafeBinder { source },
                    ast::UnsafeBinderCastKind::Unwrap if is_place => ExprKind::PlaceUnwrapUnsafeBinder { source },
                    ast::UnsafeBinderCastKind::Unwrap => ExprKind::ValueUnwrapUnsafeBinder { source },
                }
            }
            hir::ExprKind::DropTemps(source) => ExprKind::Use { source: self.mirror_expr(source) },
            hir::ExprKind::Array(fields) => ExprKind::Array { fields: self.mirror_exprs(fields) },
            hir::ExprKind::Tup(fields) => ExprKind::Tuple { fields: self.mirror_exprs(fields) },
            hir::ExprKind::Yield(v, _) => ExprKind::Yield { value: self.mirror_expr(v) },
            hir::ExprKind::Err(guar) => return self.error_expr(expr, guar),
        };
        Expr { temp_lifetime, ty, span: expr.span, kind }
    }
}
