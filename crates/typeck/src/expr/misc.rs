//! `asm!` and `offset_of!`.

use diagnostics::codes::*;
use hir::def::DefKind;
use hir::{InlineAsm, InlineAsmOperand};
use span::{Ident, Span};
use trait_solve::traits::ObligationCauseCode;
use ty::{FIRST_VARIANT, FieldIdx, Ty, TyKind};

use crate::expectation::Expectation::*;
use crate::{FnCtxt, Needs};

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn check_expr_asm(&self, asm: &'tcx InlineAsm<'tcx>, span: Span) -> Ty<'tcx> {
        let mut diverge = asm.asm_macro.diverges(asm.options);
        for (op, _op_sp) in asm.operands {
            match *op {
                InlineAsmOperand::In { expr, .. } => self.check_expr_asm_operand(expr, true),
                InlineAsmOperand::Out { expr: Some(expr), .. } | InlineAsmOperand::InOut { expr, .. } => {
                    self.check_expr_asm_operand(expr, false)
                }
                InlineAsmOperand::Out { expr: None, .. } => {}
                InlineAsmOperand::SplitInOut { in_expr, out_expr, .. } => {
                    self.check_expr_asm_operand(in_expr, true);
                    if let Some(out_expr) = out_expr {
                        self.check_expr_asm_operand(out_expr, false);
                    }
                }
                InlineAsmOperand::Const { ref anon_const } => {
                    self.check_expr_const_block(anon_const, NoExpectation);
                }
                InlineAsmOperand::SymFn { expr } => {
                    self.check_expr(expr);
                }
                InlineAsmOperand::SymStatic { .. } => {}
                InlineAsmOperand::Label { block } => {
                    let previous_diverges = self.diverges.get();
                    // The label blocks should have unit return value or diverge.
                    let ty = self.check_expr_block(block, ExpectHasType(self.tcx.mk_unit()));
                    if !ty.is_never() {
                        self.demand_suptype(block.span, self.tcx.mk_unit(), ty);
                        diverge = false;
                    }
                    // We need this to avoid false unreachable warning when a label diverges.
                    self.diverges.set(previous_diverges);
                }
            }
        }
        let _ = span;
        if diverge { self.tcx.types().never } else { self.tcx.mk_unit() }
    }

    fn check_expr_asm_operand(&self, expr: &'tcx hir::Expr<'tcx>, is_input: bool) {
        let needs = if is_input { Needs::None } else { Needs::MutPlace };
        let ty = self.check_expr_with_needs(expr, needs);
        self.require_type_is_sized(ty, expr.span, ObligationCauseCode::InlineAsmSized);

        if !is_input && !expr.is_syntactic_place_expr() {
            let diag = self
                .dcx()
                .struct_span_err(expr.span, "invalid asm output")
                .with_span_label(expr.span, "cannot assign to this expression");
            self.emit(diag);
        }

        // If this is an input value, we require its type to be fully resolved at this point: reifying functions.
        if is_input {
            let ty = self.structurally_resolve_type(expr.span, ty);
            match *ty.kind() {
                TyKind::FnDef(..) => {
                    let fnptr_ty = self.tcx.mk_fn_ptr(self.tcx.fn_sig_of_ty(ty).expect("a fn item"));
                    self.demand_coerce(expr, ty, fnptr_ty);
                }
                TyKind::Ref(_, base_ty, mutbl) => {
                    let raw_ptr_ty = self.tcx.mk_ptr(base_ty, mutbl);
                    self.demand_coerce(expr, ty, raw_ptr_ty);
                }
                _ => {}
            }
        }
    }

    pub(crate) fn check_expr_offset_of(
        &self,
        container: &'tcx hir::Ty<'tcx>,
        fields: &[Ident],
        expr: &'tcx hir::Expr<'tcx>,
    ) -> Ty<'tcx> {
        let mut current_container = self.lower_ty(container).normalized;
        let mut field_indices = Vec::with_capacity(fields.len());
        let mut fields = fields.iter();

        while let Some(&field) = fields.next() {
            let container = self.structurally_resolve_type(expr.span, current_container);
            match *container.kind() {
                TyKind::Adt(container_def, args) if container_def.is_enum() => {
                    let (ident, _def_scope) =
                        self.tcx.adjust_ident_and_get_scope(field, container_def.did(), expr.hir_id);
                    if !self.feature(span::sym::offset_of_enum) {
                        let diag = self
                            .err(
                                ident.span,
                                E0658,
                                "using enums in offset_of is experimental",
                            )
                            .with_note("see issue #120141 <https://github.com/rust-lang/rust/issues/120141> for more information")
                            .with_help("add `#![feature(offset_of_enum)]` to the crate attributes to enable");
                        self.emit(diag);
                    }
                    let Some((index, variant)) =
                        container_def.variants().iter_enumerated().find(|(_, v)| v.name == ident.name)
                    else {
                        let diag = self
                            .err(ident.span, E0599, format!("no variant `{ident}` on enum `{container}`"))
                            .with_span_label(field.span, "variant not found");
                        self.emit(diag);
                        break;
                    };
                    let Some(&subfield) = fields.next() else {
                        let diag = self
                            .err(
                                ident.span,
                                E0795,
                                format!("`{ident}` is an enum variant; expected field at end of `offset_of`"),
                            )
                            .with_span_label(field.span, "enum variant");
                        self.emit(diag);
                        break;
                    };
                    let (subident, sub_def_scope) =
                        self.tcx.adjust_ident_and_get_scope(subfield, variant.def_id, expr.hir_id);
                    let Some((subindex, field)) =
                        variant.fields.iter_enumerated().find(|(_, f)| f.name == subident.name)
                    else {
                        let diag = self
                            .err(
                                ident.span,
                                E0609,
                                format!("no field named `{subfield}` on enum variant `{container}::{ident}`"),
                            )
                            .with_span_label(field.span, "this enum variant...")
                            .with_span_label(subident.span, "...does not have this field");
                        self.emit(diag);
                        break;
                    };
                    let field_ty = self.field_ty(expr.span, field, args);
                    // Enums are anyway always sized. But just to safeguard against future language extensions:
                    self.require_type_is_sized(
                        field_ty,
                        expr.span,
                        ObligationCauseCode::FieldSized {
                            adt_kind: ty::AdtKind::Enum,
                            span: self.tcx.def_span(field.did),
                            last: false,
                        },
                    );
                    if !self.tcx.is_accessible_from(field.vis, sub_def_scope) {
                        self.report_private_field_access(subident, container_def.did(), expr);
                    }
                    field_indices.push((current_container, index, subindex));
                    current_container = field_ty;
                    continue;
                }
                TyKind::Adt(container_def, args) => {
                    let (ident, def_scope) =
                        self.tcx.adjust_ident_and_get_scope(field, container_def.did(), expr.hir_id);
                    let fields = &container_def.non_enum_variant().fields;
                    if let Some((index, field)) = fields.iter_enumerated().find(|(_, f)| f.name == ident.name) {
                        let field_ty = self.field_ty(expr.span, field, args);
                        if self.feature(span::sym::offset_of_slice) {
                            // Slices and `str`s have a known alignment.
                        } else {
                            self.require_type_is_sized(field_ty, expr.span, ObligationCauseCode::Misc);
                        }
                        if !self.tcx.is_accessible_from(field.vis, def_scope) {
                            self.report_private_field_access(ident, container_def.did(), expr);
                        }
                        field_indices.push((current_container, FIRST_VARIANT, index));
                        current_container = field_ty;
                        continue;
                    }
                }
                TyKind::Tuple(tys) => {
                    if let Ok(index) = field.as_str().parse::<usize>() {
                        if let Some(&field_ty) = tys.get(index) {
                            if !self.feature(span::sym::offset_of_slice) {
                                self.require_type_is_sized(field_ty, expr.span, ObligationCauseCode::Misc);
                            }
                            field_indices.push((current_container, FIRST_VARIANT, FieldIdx::from_usize(index)));
                            current_container = field_ty;
                            continue;
                        }
                    }
                }
                TyKind::Error(_) => break,
                _ => {}
            }
            self.no_such_field_err(field, container, expr);
            break;
        }
        self.typeck_results.borrow_mut().set_offset_of_data(expr.hir_id, field_indices);
        let _ = DefKind::Struct;
        self.tcx.types().usize
    }
}
