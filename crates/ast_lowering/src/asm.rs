//! Inline assembly. Registers and classes are checked against the target later.

use hir::def::{DefKind, Res};
use hir::{InlineAsm, InlineAsmOperand};
use span::Span;

use crate::{AllowReturnTypeNotation, ImplTraitContext, ImplTraitPosition, LoweringContext, ParamMode};

impl<'hir> LoweringContext<'_, 'hir> {
    pub(crate) fn lower_inline_asm(&mut self, _span: Span, asm: &ast::InlineAsm) -> &'hir InlineAsm<'hir> {
        let operands: Vec<_> =
            asm.operands.iter().map(|(op, span)| (self.lower_asm_operand(op, *span), *span)).collect();
        self.alloc(InlineAsm {
            asm_macro: asm.asm_macro,
            template: self.arena.alloc_dropping_from_iter(asm.template.iter().cloned()),
            template_strs: self.arena.alloc_slice(&asm.template_strs),
            operands: self.arena.alloc_slice(&operands),
            clobber_abis: self.arena.alloc_slice(&asm.clobber_abis),
            options: asm.options,
            line_spans: self.arena.alloc_slice(&asm.line_spans),
        })
    }

    fn lower_asm_operand(&mut self, op: &ast::InlineAsmOperand, span: Span) -> InlineAsmOperand<'hir> {
        match op {
            ast::InlineAsmOperand::In { reg, expr } => InlineAsmOperand::In { reg: *reg, expr: self.lower_expr(expr) },
            ast::InlineAsmOperand::Out { reg, late, expr } => {
                InlineAsmOperand::Out { reg: *reg, late: *late, expr: expr.as_ref().map(|expr| self.lower_expr(expr)) }
            }
            ast::InlineAsmOperand::InOut { reg, late, expr } => {
                InlineAsmOperand::InOut { reg: *reg, late: *late, expr: self.lower_expr(expr) }
            }
            ast::InlineAsmOperand::SplitInOut { reg, late, in_expr, out_expr } => InlineAsmOperand::SplitInOut {
                reg: *reg,
                late: *late,
                in_expr: self.lower_expr(in_expr),
                out_expr: out_expr.as_ref().map(|expr| self.lower_expr(expr)),
            },
            ast::InlineAsmOperand::Const { anon_const } => {
                InlineAsmOperand::Const { anon_const: self.lower_const_block(anon_const) }
            }
            ast::InlineAsmOperand::Sym { sym } => self.lower_asm_sym(sym, span),
            ast::InlineAsmOperand::Label { block } => InlineAsmOperand::Label { block: self.lower_block(block, false) },
        }
    }

    fn lower_asm_sym(&mut self, sym: &ast::InlineAsmSym, span: Span) -> InlineAsmOperand<'hir> {
        let res = self.opt_full_res(sym.id);
        let path = self.lower_qpath(
            sym.id,
            &sym.qself,
            &sym.path,
            ParamMode::Optional,
            AllowReturnTypeNotation::No,
            ImplTraitContext::Disallowed(ImplTraitPosition::Path),
            None,
        );
        match res {
            Some(Res::Def(DefKind::Static { .. }, def_id)) => InlineAsmOperand::SymStatic { path, def_id },
            _ => {
                let expr = hir::Expr { hir_id: self.lower_node_id(sym.id), kind: hir::ExprKind::Path(path), span };
                InlineAsmOperand::SymFn { expr: self.alloc(expr) }
            }
        }
    }
}
