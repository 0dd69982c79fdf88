//! Inline assembly. Cranelift has no such thing: each block becomes a function of its own in machine code, called with
//! the address of a frame of 16 bytes per operand. That function loads the inputs into their registers, runs the text,
//! stores the outputs, and returns which label the text jumped to, 0 for none.
//!
//! The function is written as text too, around the block's own, and assembled by the crate `assembler`. It saves what the
//! C ABI wants to be kept, so that the text may use all registers. Source: the Reference, "Inline assembly".

use std::fmt::Write as _;

use ast::{InlineAsmOptions, InlineAsmRegOrRegClass, InlineAsmTemplatePiece};
use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::ir::{AbiParam, InstBuilder, Signature};
use cranelift_module::{FuncId, Linkage, Module, ModuleReloc, ModuleRelocTarget};
use mir::interpret::ErrorHandled;
use mir::{BasicBlock, Body, ConstOperand, ConstValue, InlineAsmOperand, TerminatorKind};
use rustc_abi::{Align, Size};
use session::Arch;
use span::Span;
use ty::{Instance, TyKind};

use crate::cx::CodegenCx;
use crate::function::FunctionCx;
use crate::leaf::PTR;
use crate::place::CPlace;

/// The general registers: 64, 32, 16, 8 bits, and bits 8 to 15. Those that operands are put in first come first.
const GENERAL: [[&str; 5]; 14] = [
    ["rax", "eax", "ax", "al", "ah"],
    ["rcx", "ecx", "cx", "cl", "ch"],
    ["rdx", "edx", "dx", "dl", "dh"],
    ["rsi", "esi", "si", "sil", ""],
    ["rdi", "edi", "di", "dil", ""],
    ["r8", "r8d", "r8w", "r8b", ""],
    ["r9", "r9d", "r9w", "r9b", ""],
    ["r10", "r10d", "r10w", "r10b", ""],
    ["r11", "r11d", "r11w", "r11b", ""],
    ["rbx", "ebx", "bx", "bl", "bh"],
    ["r12", "r12d", "r12w", "r12b", ""],
    ["r13", "r13d", "r13w", "r13b", ""],
    ["r14", "r14d", "r14w", "r14b", ""],
    ["r15", "r15d", "r15w", "r15b", ""],
];
const RBX: usize = 9;

/// A register that an operand is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Reg {
    /// By the index in [`GENERAL`].
    General(usize),
    Vector(usize),
}

/// A symbol that the text names.
struct Symbol {
    name: String,
    target: ModuleRelocTarget,
}

/// The text of a function, and where the block's own begins.
struct Text<'a> {
    text: String,
    /// Lines of ours in front.
    head: usize,
    line_spans: &'a [Span],
    span: Span,
    symbols: Vec<Symbol>,
}

/// What the terminator says.
pub(crate) struct AsmBlock<'a, 'tcx> {
    pub(crate) template: &'a [InlineAsmTemplatePiece],
    pub(crate) operands: &'a [InlineAsmOperand<'tcx>],
    pub(crate) options: InlineAsmOptions,
    pub(crate) line_spans: &'a [Span],
    pub(crate) targets: &'a [BasicBlock],
    pub(crate) span: Span,
}

impl<'tcx> FunctionCx<'_, 'tcx> {
    /// An `asm!` that is reached.
    pub(crate) fn codegen_inline_asm(&mut self, asm: &AsmBlock<'_, 'tcx>) {
        match self.try_inline_asm(asm) {
            Ok(()) => {}
            Err(Problem::Unsupported(what)) => {
                self.cx.unsupported(asm.span, &what);
                self.unreachable();
            }
            Err(Problem::Wrong(message)) => {
                let guar = self.cx.tcx.dcx().span_err(asm.span, message);
                self.cx.failed(guar);
                self.unreachable();
            }
        }
    }

    fn try_inline_asm(&mut self, asm: &AsmBlock<'_, 'tcx>) -> Result<(), Problem> {
        self.cx.check_asm(asm.options)?;
        let registers = allocate(asm.operands)?;
        // The inputs, in the frame.
        let frame = self.stack_slot(
            Size::from_bytes(16 * asm.operands.len().max(1) as u64),
            Align::from_bytes(16).unwrap_or(Align::ONE),
        );
        let (mut loads, mut stores) = (Vec::new(), Vec::new());
        let mut outputs = Vec::new();
        for (i, operand) in asm.operands.iter().enumerate() {
            let at = 16 * i as i64;
            let (value, place) = match operand {
                InlineAsmOperand::In { value, .. } => (Some(value), None),
                InlineAsmOperand::Out { place, .. } => (None, *place),
                InlineAsmOperand::InOut { in_value, out_place, .. } => (Some(in_value), *out_place),
                _ => continue,
            };
            let Some(register) = registers[i] else { continue };
            if let Some(value) = value {
                let value = self.operand(value);
                check_size(register, value.layout.size)?;
                let to = frame.offset(self, at);
                CPlace::mem(to, value.layout).write(self, &value);
                loads.push((register, at));
            }
            if let Some(place) = place {
                let place = self.place(place);
                check_size(register, place.layout.size)?;
                stores.push((register, at));
                outputs.push((place, at));
            }
        }
        let (body, symbols) = self.cx.fill_template(asm, &registers)?;
        let text = stub_text(asm, &loads, &stores, &body);
        let id = self.cx.define_asm_stub(&Text { symbols, ..text })?;

        let mut sig = Signature::new(self.cx.module.isa().default_call_conv());
        sig.params.push(AbiParam::new(PTR));
        sig.returns.push(AbiParam::new(PTR));
        let callee = self.func_ref(id, &sig);
        let address = frame.addr(self);
        let call = self.b.ins().call(callee, &[address]);
        let label = self.b.inst_results(call)[0];
        if asm.targets.is_empty() {
            self.unreachable();
            return Ok(());
        }
        for (place, at) in outputs {
            let from = frame.offset(self, at);
            let value = CPlace::mem(from, place.layout).to_value(self);
            place.write(self, &value);
        }
        for (i, &target) in asm.targets.iter().enumerate().skip(1) {
            let then = self.block(target);
            let next = self.b.create_block();
            let wanted = self.b.ins().iconst(PTR, i as i64);
            let taken = self.b.ins().icmp(cranelift_codegen::ir::condcodes::IntCC::Equal, label, wanted);
            self.b.ins().brif(taken, then, &[], next, &[]);
            self.b.switch_to_block(next);
        }
        self.jump_or_trap(Some(asm.targets[0]));
        Ok(())
    }
}

impl<'tcx> CodegenCx<'tcx> {
    /// A naked function: its code is the text.
    pub(crate) fn define_naked_fn(&mut self, id: FuncId, body: &Body<'tcx>) {
        let asm = body.basic_blocks.iter().find_map(|block| match &block.terminator().kind {
            TerminatorKind::InlineAsm { template, operands, options, line_spans, targets, .. } => Some(AsmBlock {
                template: &template.0,
                operands,
                options: options.0,
                line_spans,
                targets,
                span: block.terminator().source_info.span,
            }),
            _ => None,
        });
        let Some(asm) = asm else { return };
        let done = self.check_asm(asm.options).and_then(|()| {
            let (text, symbols) = self.fill_template(&asm, &vec![None; asm.operands.len()])?;
            self.define_text(id, &Text { text, head: 0, line_spans: asm.line_spans, span: asm.span, symbols })
        });
        match done {
            Ok(()) => {}
            Err(Problem::Unsupported(what)) => self.unsupported(asm.span, &what),
            Err(Problem::Wrong(message)) => {
                let guar = self.tcx.dcx().span_err(asm.span, message);
                self.failed(guar);
            }
        }
    }

    fn check_asm(&self, options: InlineAsmOptions) -> Result<(), Problem> {
        if self.tcx.sess().target.arch != Arch::X86_64 {
            return Err(Problem::Unsupported("inline assembly for this target".to_owned()));
        }
        if options.contains(InlineAsmOptions::ATT_SYNTAX) {
            return Err(Problem::Unsupported("inline assembly in AT&T syntax".to_owned()));
        }
        Ok(())
    }

    /// The block's text with its operands in it.
    fn fill_template(
        &mut self,
        asm: &AsmBlock<'_, 'tcx>,
        registers: &[Option<Reg>],
    ) -> Result<(String, Vec<Symbol>), Problem> {
        let (mut text, mut symbols) = (String::new(), Vec::new());
        for piece in asm.template {
            let (index, modifier) = match piece {
                InlineAsmTemplatePiece::String(piece) => {
                    text.push_str(piece);
                    continue;
                }
                InlineAsmTemplatePiece::Placeholder { operand_idx, modifier, .. } => (*operand_idx, *modifier),
            };
            match &asm.operands[index] {
                InlineAsmOperand::Const { value } => text.push_str(&self.asm_const(value)?),
                InlineAsmOperand::SymFn { value } => {
                    let TyKind::FnDef(def_id, args) = *value.const_.ty().kind() else {
                        return Err(Problem::Wrong("invalid `sym` operand".to_owned()));
                    };
                    let instance: Instance<'tcx> = self.tcx.expect_resolve_instance(self.env(), def_id, args);
                    let target = ModuleRelocTarget::user(0, self.fn_id(instance).as_u32());
                    let name = format!("__rcc_symbol_{index}");
                    text.push_str(&name);
                    symbols.push(Symbol { name, target });
                }
                InlineAsmOperand::SymStatic { def_id } => {
                    let target = ModuleRelocTarget::user(1, self.static_id(*def_id).as_u32());
                    let name = format!("__rcc_symbol_{index}");
                    text.push_str(&name);
                    symbols.push(Symbol { name, target });
                }
                InlineAsmOperand::Label { target_index } => {
                    let _ = write!(text, ".Lrcc_label_{target_index}");
                }
                operand => {
                    let Some(register) = registers[index] else {
                        return Err(Problem::Wrong(
                            "explicit register arguments cannot be used in the asm template".to_owned(),
                        ));
                    };
                    text.push_str(&shown(register, is_byte(operand), modifier)?);
                }
            }
        }
        Ok((text, symbols))
    }

    /// A `const` operand in decimal.
    fn asm_const(&self, constant: &ConstOperand<'tcx>) -> Result<String, Problem> {
        let value = match self.tcx.eval_mir_const(constant.const_, self.env(), constant.span) {
            Ok(value) => value,
            Err(ErrorHandled::Reported(..)) => return Err(Problem::Wrong("invalid `const` operand".to_owned())),
            Err(ErrorHandled::TooGeneric(_)) => {
                return Err(Problem::Wrong("a constant of monomorphic code is too generic".to_owned()));
            }
        };
        let int = match value {
            ConstValue::Scalar(scalar) => scalar.try_to_scalar_int(),
            _ => None,
        };
        match int {
            Some(int) if constant.const_.ty().is_signed() => Ok(int.to_int().to_string()),
            Some(int) => Ok(int.to_uint().to_string()),
            None => Err(Problem::Unsupported("a `const` operand that is no integer".to_owned())),
        }
    }

    fn define_asm_stub(&mut self, text: &Text<'_>) -> Result<FuncId, Problem> {
        let name = format!("__rcc_asm_{}", self.asm_blocks);
        self.asm_blocks += 1;
        let id = self.declare_definition(&name, Linkage::Local);
        self.define_text(id, text)?;
        Ok(id)
    }

    /// Assembles a text as a function. What is wrong in it is said at its line.
    fn define_text(&mut self, id: FuncId, text: &Text<'_>) -> Result<(), Problem> {
        let assembly = match assembler::assemble(&text.text) {
            Ok(assembly) => assembly,
            Err(e) => {
                let line = e.line.checked_sub(text.head).and_then(|line| text.line_spans.get(line));
                let guar = self.tcx.dcx().span_err(line.copied().unwrap_or(text.span), e.message);
                self.failed(guar);
                return Ok(());
            }
        };
        let mut relocations = Vec::new();
        for relocation in assembly.relocations {
            let kind = match relocation.kind {
                assembler::RelocationKind::Branch32 => Reloc::X86CallPCRel4,
                assembler::RelocationKind::Relative32 => Reloc::X86PCRel4,
                assembler::RelocationKind::Absolute64 => Reloc::Abs8,
            };
            let known = text.symbols.iter().find(|symbol| symbol.name == relocation.symbol);
            let name = match known {
                Some(symbol) => symbol.target.clone(),
                None => ModuleRelocTarget::user(0, self.declare_import(&relocation.symbol).as_u32()),
            };
            relocations.push(ModuleReloc { offset: relocation.offset as u32, kind, name, addend: relocation.addend });
        }
        self.module
            .define_function_bytes(id, 16, &assembly.code, &relocations)
            .map_err(|e| Problem::Wrong(format!("inline assembly cannot be placed: {e}")))
    }
}

/// Why a block is not compiled.
enum Problem {
    Unsupported(String),
    Wrong(String),
}

/// Whether the operand is shown as its lowest byte.
fn is_byte(operand: &InlineAsmOperand<'_>) -> bool {
    match operand {
        InlineAsmOperand::In { reg, .. } | InlineAsmOperand::Out { reg, .. } | InlineAsmOperand::InOut { reg, .. } => {
            matches!(reg.0, InlineAsmRegOrRegClass::RegClass(name) if name.as_str() == "reg_byte")
        }
        _ => false,
    }
}

/// The register of each operand that has one: first those that are named, then any that are left of the classes. None is
/// for two operands.
fn allocate(operands: &[InlineAsmOperand<'_>]) -> Result<Vec<Option<Reg>>, Problem> {
    let mut registers = vec![None; operands.len()];
    let (mut general, mut vector) = ([false; GENERAL.len()], [false; 16]);
    let reg_of = |operand: &InlineAsmOperand<'_>| match operand {
        InlineAsmOperand::In { reg, .. } | InlineAsmOperand::Out { reg, .. } | InlineAsmOperand::InOut { reg, .. } => {
            Some(reg.0)
        }
        _ => None,
    };
    // Of each register, what was an input and what an output so far.
    let mut used: Vec<(Reg, bool, bool)> = Vec::new();
    let is_clobber = |operand: &InlineAsmOperand<'_>| matches!(operand, InlineAsmOperand::Out { place: None, .. });
    for (i, operand) in operands.iter().enumerate() {
        let Some(InlineAsmRegOrRegClass::Reg(name)) = reg_of(operand) else { continue };
        let register = named(name.as_str())?;
        if let Some(register) = register {
            // An input may be in a register that is written late: `in("rcx") n, lateout("rcx") _`.
            let (reads, writes) = match operand {
                InlineAsmOperand::In { .. } => (true, false),
                InlineAsmOperand::Out { late: true, .. } => (false, true),
                _ => (true, true),
            };
            if used.iter().any(|(other, r, w)| *other == register && (reads && *r || writes && *w)) {
                return Err(Problem::Wrong(format!("register `{name}` conflicts with register `{name}`")));
            }
            used.push((register, reads, writes));
        }
        match register {
            Some(register @ Reg::General(n)) => {
                general[n] = true;
                registers[i] = Some(register);
            }
            Some(register @ Reg::Vector(n)) => {
                vector[n] = true;
                registers[i] = Some(register);
            }
            None if is_clobber(operand) => {}
            None => return Err(Problem::Unsupported(format!("the register `{name}` for operands of inline assembly"))),
        }
    }
    for (i, operand) in operands.iter().enumerate() {
        let Some(InlineAsmRegOrRegClass::RegClass(class)) = reg_of(operand) else { continue };
        let full = || Problem::Wrong("inline assembly requires more registers than available".to_owned());
        registers[i] = Some(match class.as_str() {
            "reg" | "reg_byte" => {
                let n = (0..GENERAL.len()).find(|n| !general[*n]).ok_or_else(full)?;
                general[n] = true;
                Reg::General(n)
            }
            "reg_abcd" => {
                let n = [0, 1, 2, RBX].into_iter().find(|n| !general[*n]).ok_or_else(full)?;
                general[n] = true;
                Reg::General(n)
            }
            "xmm_reg" => {
                let n = (0..vector.len()).find(|n| !vector[*n]).ok_or_else(full)?;
                vector[n] = true;
                Reg::Vector(n)
            }
            "ymm_reg" | "zmm_reg" | "kreg" | "kreg0" | "mmx_reg" | "x87_reg" | "tmm_reg" => {
                return Err(Problem::Unsupported(format!("the register class `{class}`")));
            }
            _ => return Err(Problem::Wrong(format!("invalid register class `{class}`: unknown register class"))),
        });
    }
    Ok(registers)
}

/// A register by name; `None` for those that can only be clobbered.
fn named(name: &str) -> Result<Option<Reg>, Problem> {
    if let Some(n) = GENERAL.iter().position(|names| names[..4].contains(&name)) {
        return match n {
            RBX => Err(Problem::Wrong(
                "invalid register `rbx`: rbx is used internally by LLVM and cannot be used as an operand for inline asm"
                    .to_owned(),
            )),
            n => Ok(Some(Reg::General(n))),
        };
    }
    let number =
        |prefix: &str, max: usize| name.strip_prefix(prefix).and_then(|n| n.parse::<usize>().ok()).filter(|n| *n < max);
    if let Some(n) = number("xmm", 16).or_else(|| number("ymm", 16)).or_else(|| number("zmm", 16)) {
        return Ok(Some(Reg::Vector(n)));
    }
    let other = ["xmm", "ymm", "zmm"].iter().any(|prefix| number(prefix, 32).is_some())
        || ["k", "mm", "tmm"].iter().any(|prefix| number(prefix, 8).is_some())
        || (name.starts_with("st(") && name.ends_with(')'));
    if other {
        return Ok(None);
    }
    let why = match name {
        "sp" | "esp" | "rsp" | "spl" => "the stack pointer cannot be used as an operand for inline asm",
        "bp" | "ebp" | "rbp" | "bpl" => "the frame pointer cannot be used as an operand for inline asm",
        "ip" | "eip" | "rip" => "the instruction pointer cannot be used as an operand for inline asm",
        "ah" | "bh" | "ch" | "dh" => "high byte registers cannot be used as an operand on x86_64",
        _ => "unknown register",
    };
    Err(Problem::Wrong(format!("invalid register `{name}`: {why}")))
}

fn check_size(register: Reg, size: Size) -> Result<(), Problem> {
    let max = match register {
        Reg::General(_) => 8,
        Reg::Vector(_) => 16,
    };
    match size.bytes() <= max {
        true => Ok(()),
        false => Err(Problem::Unsupported(format!("an operand of {} bytes in inline assembly", size.bytes()))),
    }
}

/// A register in the text, after its modifier.
fn shown(register: Reg, byte: bool, modifier: Option<char>) -> Result<String, Problem> {
    let name = match (register, modifier) {
        (Reg::General(n), None) if byte => GENERAL[n][3],
        (Reg::General(n), None | Some('r')) => GENERAL[n][0],
        (Reg::General(n), Some('e')) => GENERAL[n][1],
        (Reg::General(n), Some('x')) => GENERAL[n][2],
        (Reg::General(n), Some('l')) => GENERAL[n][3],
        (Reg::General(n), Some('h')) if !GENERAL[n][4].is_empty() => GENERAL[n][4],
        (Reg::Vector(n), None | Some('x')) => return Ok(format!("xmm{n}")),
        (Reg::Vector(n), Some('y')) => return Ok(format!("ymm{n}")),
        (Reg::Vector(n), Some('z')) => return Ok(format!("zmm{n}")),
        _ => return Err(Problem::Wrong("invalid asm template modifier for this register class".to_owned())),
    };
    Ok(name.to_owned())
}

/// The function around a block. Its own frame holds the label at `[rsp]`, the operands' frame at `[rsp + 8]`, and `rax`
/// for a while at `[rsp + 16]`.
fn stub_text<'a>(asm: &AsmBlock<'a, '_>, loads: &[(Reg, i64)], stores: &[(Reg, i64)], body: &str) -> Text<'a> {
    const SAVED: [&str; 6] = ["rbp", "rbx", "r12", "r13", "r14", "r15"];
    const RDI: usize = 4;
    let mut text = String::new();
    for register in SAVED {
        let _ = writeln!(text, "push {register}");
    }
    text.push_str("sub rsp, 24\nmov qword ptr [rsp], 0\nmov qword ptr [rsp + 8], rdi\n");
    let is_frame = |register: Reg| register == Reg::General(RDI);
    // The register that the frame's address is in comes last.
    for &(register, at) in loads.iter().filter(|(r, _)| !is_frame(*r)).chain(loads.iter().filter(|(r, _)| is_frame(*r)))
    {
        let _ = match register {
            Reg::General(n) => writeln!(text, "mov {}, qword ptr [rdi + {at}]", GENERAL[n][0]),
            Reg::Vector(n) => writeln!(text, "movups xmm{n}, xmmword ptr [rdi + {at}]"),
        };
    }
    let head = text.lines().count();
    text.push_str(body);
    if asm.options.contains(InlineAsmOptions::NORETURN) {
        text.push_str("\nud2\n");
    } else {
        text.push_str("\njmp .Lrcc_end\n");
    }
    for i in 0..asm.targets.len() {
        let _ = writeln!(text, ".Lrcc_label_{i}: mov qword ptr [rsp], {i}\njmp .Lrcc_end");
    }
    text.push_str(".Lrcc_end: mov qword ptr [rsp + 16], rax\nmov rax, qword ptr [rsp + 8]\n");
    for &(register, at) in stores.iter().filter(|(r, _)| *r != Reg::General(0)) {
        let _ = match register {
            Reg::General(n) => writeln!(text, "mov qword ptr [rax + {at}], {}", GENERAL[n][0]),
            Reg::Vector(n) => writeln!(text, "movups xmmword ptr [rax + {at}], xmm{n}"),
        };
    }
    for &(_, at) in stores.iter().filter(|(r, _)| *r == Reg::General(0)) {
        let _ = writeln!(text, "mov rcx, qword ptr [rsp + 16]\nmov qword ptr [rax + {at}], rcx");
    }
    text.push_str("mov rax, qword ptr [rsp]\nadd rsp, 24\n");
    for register in SAVED.iter().rev() {
        let _ = writeln!(text, "pop {register}");
    }
    text.push_str("ret\n");
    Text { text, head, line_spans: asm.line_spans, span: asm.span, symbols: Vec::new() }
}
