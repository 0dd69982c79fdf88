//! Inline assembly: what `asm!`, `global_asm!` and `naked_asm!` expand to.

use std::borrow::Cow;
use std::fmt;

use span::{Span, Symbol};

use crate::{AnonConst, Block, Expr, NodeId, P, Path, QSelf};

/// `"eax"` or `reg`
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InlineAsmRegOrRegClass {
    Reg(Symbol),
    RegClass(Symbol),
}

bitflags::bitflags! {
    /// `options(..)`
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
    pub struct InlineAsmOptions: u16 {
        const PURE            = 1 << 0;
        const NOMEM           = 1 << 1;
        const READONLY        = 1 << 2;
        const PRESERVES_FLAGS = 1 << 3;
        const NORETURN        = 1 << 4;
        const NOSTACK         = 1 << 5;
        const ATT_SYNTAX      = 1 << 6;
        const RAW             = 1 << 7;
        const MAY_UNWIND      = 1 << 8;
    }
}

impl InlineAsmOptions {
    pub const GLOBAL_OPTIONS: Self = Self::ATT_SYNTAX.union(Self::RAW);
    pub const NAKED_OPTIONS: Self = Self::ATT_SYNTAX.union(Self::RAW);

    /// The options as they are written.
    pub fn human_readable_names(&self) -> Vec<&'static str> {
        const NAMES: [(InlineAsmOptions, &str); 9] = [
            (InlineAsmOptions::PURE, "pure"),
            (InlineAsmOptions::NOMEM, "nomem"),
            (InlineAsmOptions::READONLY, "readonly"),
            (InlineAsmOptions::PRESERVES_FLAGS, "preserves_flags"),
            (InlineAsmOptions::NORETURN, "noreturn"),
            (InlineAsmOptions::NOSTACK, "nostack"),
            (InlineAsmOptions::ATT_SYNTAX, "att_syntax"),
            (InlineAsmOptions::RAW, "raw"),
            (InlineAsmOptions::MAY_UNWIND, "may_unwind"),
        ];
        NAMES.iter().filter(|(option, _)| self.contains(*option)).map(|(_, name)| *name).collect()
    }
}

/// Text or an operand in the template.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub enum InlineAsmTemplatePiece {
    String(Cow<'static, str>),
    Placeholder { operand_idx: usize, modifier: Option<char>, span: Span },
}

impl fmt::Display for InlineAsmTemplatePiece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(s) => f.write_str(&s.replace('{', "{{").replace('}', "}}")),
            Self::Placeholder { operand_idx, modifier: Some(modifier), .. } => {
                write!(f, "{{{operand_idx}:{modifier}}}")
            }
            Self::Placeholder { operand_idx, modifier: None, .. } => write!(f, "{{{operand_idx}}}"),
        }
    }
}

/// `sym path`
#[derive(Clone, Debug)]
pub struct InlineAsmSym {
    pub id: NodeId,
    pub qself: Option<P<QSelf>>,
    pub path: Path,
}

/// An operand: `out("eax") x`
#[derive(Clone, Debug)]
pub enum InlineAsmOperand {
    In { reg: InlineAsmRegOrRegClass, expr: P<Expr> },
    Out { reg: InlineAsmRegOrRegClass, late: bool, expr: Option<P<Expr>> },
    InOut { reg: InlineAsmRegOrRegClass, late: bool, expr: P<Expr> },
    SplitInOut { reg: InlineAsmRegOrRegClass, late: bool, in_expr: P<Expr>, out_expr: Option<P<Expr>> },
    Const { anon_const: AnonConst },
    Sym { sym: InlineAsmSym },
    Label { block: P<Block> },
}

impl InlineAsmOperand {
    pub fn reg(&self) -> Option<&InlineAsmRegOrRegClass> {
        match self {
            Self::In { reg, .. } | Self::Out { reg, .. } | Self::InOut { reg, .. } | Self::SplitInOut { reg, .. } => {
                Some(reg)
            }
            Self::Const { .. } | Self::Sym { .. } | Self::Label { .. } => None,
        }
    }
}

/// Which macro it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AsmMacro {
    Asm,
    GlobalAsm,
    NakedAsm,
}

impl AsmMacro {
    pub const fn macro_name(self) -> &'static str {
        match self {
            AsmMacro::Asm => "asm",
            AsmMacro::GlobalAsm => "global_asm",
            AsmMacro::NakedAsm => "naked_asm",
        }
    }

    pub const fn is_supported_option(self, option: InlineAsmOptions) -> bool {
        match self {
            AsmMacro::Asm => true,
            AsmMacro::GlobalAsm => InlineAsmOptions::GLOBAL_OPTIONS.contains(option),
            AsmMacro::NakedAsm => InlineAsmOptions::NAKED_OPTIONS.contains(option),
        }
    }

    pub const fn diverges(self, options: InlineAsmOptions) -> bool {
        match self {
            AsmMacro::Asm => options.contains(InlineAsmOptions::NORETURN),
            AsmMacro::GlobalAsm | AsmMacro::NakedAsm => true,
        }
    }
}

/// `asm!("nop")`
#[derive(Clone, Debug)]
pub struct InlineAsm {
    pub asm_macro: AsmMacro,
    pub template: Vec<InlineAsmTemplatePiece>,
    pub template_strs: Box<[(Symbol, Option<Symbol>, Span)]>,
    pub operands: Vec<(InlineAsmOperand, Span)>,
    pub clobber_abis: Vec<(Symbol, Span)>,
    pub options: InlineAsmOptions,
    pub line_spans: Vec<Span>,
}
