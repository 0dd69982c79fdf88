//! Inline assembly. Registers and classes are checked against the target, if that is x86-64: there is no assembler for
//! others yet.

use ast::InlineAsmRegOrRegClass;
use hir::def::{DefKind, Res};
use hir::{InlineAsm, InlineAsmOperand};
use span::{Span, Symbol};

use crate::{AllowReturnTypeNotation, ImplTraitContext, ImplTraitPosition, LoweringContext, ParamMode};

impl<'hir> LoweringContext<'_, 'hir> {
    pub(crate) fn lower_inline_asm(&mut self, _span: Span, asm: &ast::InlineAsm) -> &'hir InlineAsm<'hir> {
        let mut operands: Vec<_> =
            asm.operands.iter().map(|(op, span)| (self.lower_asm_operand(op, *span), *span)).collect();
        if self.tcx.sess().target.arch == session::Arch::X86_64 {
            self.check_registers(&operands);
            for &(abi, span) in &asm.clobber_abis {
                clobber(abi, span, &mut operands);
            }
        }
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

    /// Reports registers that are none, that operands cannot be in, or that two operands are in.
    fn check_registers(&self, operands: &[(InlineAsmOperand<'hir>, Span)]) {
        let dcx = self.tcx.dcx();
        // Of each register its first input and its first output.
        let mut inputs: Vec<(String, Symbol, Span)> = Vec::new();
        let mut outputs: Vec<(String, Symbol, Span)> = Vec::new();
        for (operand, span) in operands {
            let name = match operand.reg() {
                Some(InlineAsmRegOrRegClass::Reg(name)) => name,
                Some(InlineAsmRegOrRegClass::RegClass(class)) => {
                    if !CLASSES.contains(&class.as_str()) {
                        dcx.struct_span_err(*span, format!("invalid register class `{class}`: unknown register class"))
                            .with_note(format!(
                                "the following register classes are supported on this target: {}",
                                CLASSES.map(|class| format!("`{class}`")).join(", ")
                            ))
                            .emit();
                    }
                    continue;
                }
                None => continue,
            };
            let register = match canonical(name.as_str()) {
                Ok(register) => register,
                Err(why) => {
                    dcx.span_err(*span, why);
                    continue;
                }
            };
            let (reads, writes) = match operand {
                InlineAsmOperand::In { .. } => (true, false),
                InlineAsmOperand::Out { late: true, .. } => (false, true),
                _ => (true, true),
            };
            let earlier =
                |list: &[(String, Symbol, Span)]| list.iter().find(|(r, ..)| *r == register).map(|(_, n, s)| (*n, *s));
            let read = reads.then(|| earlier(&inputs)).flatten();
            let conflict = read.or_else(|| writes.then(|| earlier(&outputs)).flatten());
            if let Some((other, first)) = conflict {
                let mut err = dcx
                    .struct_span_err(*span, format!("register `{name}` conflicts with register `{other}`"))
                    .with_span_label(first, format!("register `{other}`"))
                    .with_span_label(*span, format!("register `{name}`"));
                let is_in = |operand: &InlineAsmOperand<'_>| matches!(operand, InlineAsmOperand::In { .. });
                let early =
                    |operand: &InlineAsmOperand<'_>| matches!(operand, InlineAsmOperand::Out { late: false, .. });
                let of_first = operands.iter().find(|(_, s)| *s == first).map(|(operand, _)| operand);
                if of_first.is_some_and(|of| is_in(of) && early(operand) || early(of) && is_in(operand)) {
                    let place = if read.is_some() { first } else { *span };
                    err = err.with_span_help(place, "use `lateout` instead of `out` to avoid conflict");
                }
                err.emit();
                continue;
            }
            if reads {
                inputs.push((register.clone(), name, *span));
            }
            if writes {
                outputs.push((register, name, *span));
            }
        }
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

/// The register classes of x86-64, in rustc's order.
const CLASSES: [&str; 11] =
    ["reg", "reg_abcd", "reg_byte", "xmm_reg", "ymm_reg", "zmm_reg", "kreg", "kreg0", "mmx_reg", "x87_reg", "tmm_reg"];

/// The names of the general registers that operands can be in; rustc calls them by the second or, from `r8` on, by the
/// first.
const GENERAL: [[&str; 4]; 13] = [
    ["rax", "ax", "eax", "al"],
    ["rcx", "cx", "ecx", "cl"],
    ["rdx", "dx", "edx", "dl"],
    ["rsi", "si", "esi", "sil"],
    ["rdi", "di", "edi", "dil"],
    ["r8", "r8w", "r8d", "r8b"],
    ["r9", "r9w", "r9d", "r9b"],
    ["r10", "r10w", "r10d", "r10b"],
    ["r11", "r11w", "r11d", "r11b"],
    ["r12", "r12w", "r12d", "r12b"],
    ["r13", "r13w", "r13d", "r13b"],
    ["r14", "r14w", "r14d", "r14b"],
    ["r15", "r15w", "r15d", "r15b"],
];
/// How many of them a call need not keep.
const CLOBBERED: usize = 9;

/// A register's one name, or why it cannot be an operand's.
fn canonical(name: &str) -> Result<String, String> {
    if let Some(names) = GENERAL.iter().find(|names| names.contains(&name)) {
        return Ok(if names[0].starts_with("r1") || names[1].ends_with('w') { names[0] } else { names[1] }.to_owned());
    }
    let why = match name {
        "bl" | "bx" | "ebx" | "rbx" => {
            return Err(
                "cannot use register `bx`: rbx is used internally by LLVM and cannot be used as an operand for \
                        inline asm"
                    .to_owned(),
            );
        }
        "sp" | "esp" | "rsp" | "spl" => "the stack pointer cannot be used as an operand for inline asm",
        "bp" | "ebp" | "rbp" | "bpl" => "the frame pointer cannot be used as an operand for inline asm",
        "ip" | "eip" | "rip" => "the instruction pointer cannot be used as an operand for inline asm",
        "ah" | "bh" | "ch" | "dh" => "high byte registers cannot be used as an operand on x86_64",
        _ => {
            let numbered = |prefix: &str, max: u32| {
                name.strip_prefix(prefix).and_then(|n| n.parse::<u32>().ok()).filter(|n| *n < max)
            };
            if let Some(n) = ["xmm", "ymm", "zmm"].into_iter().find_map(|prefix| numbered(prefix, 32)) {
                return Ok(format!("xmm{n}"));
            }
            if ["k", "mm", "tmm"].into_iter().any(|prefix| numbered(prefix, 8).is_some())
                || (name.starts_with("st(") && name.ends_with(')'))
            {
                return Ok(name.to_owned());
            }
            "unknown register"
        }
    };
    Err(format!("invalid register `{name}`: {why}"))
}

/// `clobber_abi("C")`: the registers that a call need not keep are outputs that nobody wants, but for those that are
/// outputs already.
fn clobber(abi: Symbol, span: Span, operands: &mut Vec<(InlineAsmOperand<'_>, Span)>) {
    if !matches!(abi.as_str(), "C" | "system" | "cdecl" | "sysv64") {
        return;
    }
    let general = GENERAL[..CLOBBERED].iter().map(|names| names[0].to_owned());
    for register in general.chain((0..16).map(|n| format!("xmm{n}"))) {
        let one = canonical(&register);
        let written = |(operand, _): &(InlineAsmOperand<'_>, Span)| match operand {
            InlineAsmOperand::In { .. } => false,
            operand => matches!(operand.reg(), Some(InlineAsmRegOrRegClass::Reg(r)) if canonical(r.as_str()) == one),
        };
        if !operands.iter().any(written) {
            let reg = InlineAsmRegOrRegClass::Reg(Symbol::intern(&register));
            operands.push((InlineAsmOperand::Out { reg, late: true, expr: None }, span));
        }
    }
}
