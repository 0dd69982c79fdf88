//! Inline assembly. Registers are names still; the target's tables are looked up later.

use ast::{AsmMacro, InlineAsmOptions, InlineAsmRegOrRegClass, InlineAsmTemplatePiece};
use span::def_id::DefId;
use span::{Span, Symbol};

use crate::{Block, ConstBlock, Expr, QPath};

/// `asm!`, `global_asm!`, `naked_asm!`
#[derive(Clone, Copy, Debug)]
pub struct InlineAsm<'hir> {
    pub asm_macro: AsmMacro,
    pub template: &'hir [InlineAsmTemplatePiece],
    pub template_strs: &'hir [(Symbol, Option<Symbol>, Span)],
    pub operands: &'hir [(InlineAsmOperand<'hir>, Span)],
    pub clobber_abis: &'hir [(Symbol, Span)],
    pub options: InlineAsmOptions,
    pub line_spans: &'hir [Span],
}

impl InlineAsm<'_> {
    pub fn contains_label(&self) -> bool {
        self.operands.iter().any(|(op, _)| matches!(op, InlineAsmOperand::Label { .. }))
    }
}

/// An operand.
#[derive(Clone, Copy, Debug)]
pub enum InlineAsmOperand<'hir> {
    In {
        reg: InlineAsmRegOrRegClass,
        expr: &'hir Expr<'hir>,
    },
    Out {
        reg: InlineAsmRegOrRegClass,
        late: bool,
        expr: Option<&'hir Expr<'hir>>,
    },
    InOut {
        reg: InlineAsmRegOrRegClass,
        late: bool,
        expr: &'hir Expr<'hir>,
    },
    SplitInOut {
        reg: InlineAsmRegOrRegClass,
        late: bool,
        in_expr: &'hir Expr<'hir>,
        out_expr: Option<&'hir Expr<'hir>>,
    },
    Const {
        anon_const: ConstBlock,
    },
    SymFn {
        expr: &'hir Expr<'hir>,
    },
    SymStatic {
        path: QPath<'hir>,
        def_id: DefId,
    },
    Label {
        block: &'hir Block<'hir>,
    },
}

impl InlineAsmOperand<'_> {
    pub fn reg(&self) -> Option<InlineAsmRegOrRegClass> {
        match *self {
            Self::In { reg, .. } | Self::Out { reg, .. } | Self::InOut { reg, .. } | Self::SplitInOut { reg, .. } => {
                Some(reg)
            }
            Self::Const { .. } | Self::SymFn { .. } | Self::SymStatic { .. } | Self::Label { .. } => None,
        }
    }

    pub fn is_clobber(&self) -> bool {
        matches!(self, InlineAsmOperand::Out { reg: InlineAsmRegOrRegClass::Reg(_), late: _, expr: None })
    }
}
