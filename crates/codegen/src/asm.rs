//! Code as text with the source of each line: Cranelift's IR, and machine code.
//!
//! x86-64 is disassembled from the bytes, in Intel's syntax, with the symbols that relocations name. For aarch64 the text
//! is Cranelift's own, in which lines have no places.

use std::fmt::Write as _;

use cranelift_codegen::Context;
use cranelift_codegen::ir::{ExternalName, Function};
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::{FinalizedMachReloc, FinalizedRelocTarget};
use cranelift_module::FuncId;
use iced_x86::{Decoder, DecoderOptions, Formatter, FormatterOutput, FormatterTextKind, Instruction, IntelFormatter};
use span::Span;
use target_lexicon::Architecture;

use crate::cx::CodegenCx;

/// Whether the text of machine code comes from its bytes.
pub(crate) fn is_disassembled(isa: &dyn TargetIsa) -> bool {
    isa.triple().architecture == Architecture::X86_64
}

impl CodegenCx<'_> {
    /// Adds a function to the text of Cranelift IR. Source locations become the spans of their lines.
    pub(crate) fn write_clif(&mut self, func: &Function, id: FuncId, what: &str) {
        let mut head = format!("; {what}\n; symbol {}\n", self.fn_name(id));
        for (name_ref, name) in func.params.user_named_funcs().iter() {
            let _ = writeln!(head, "; {name_ref} = {}", self.symbol_of(name));
        }
        self.clif.text += &head;
        for line in func.display().to_string().lines() {
            let start = self.clif.text.len();
            // `@001f` and spaces in front of an instruction.
            let (index, rest) = match line.strip_prefix('@').and_then(|l| l.split_once(' ')) {
                Some((hex, rest)) => (usize::from_str_radix(hex, 16).ok(), rest.trim_start()),
                None => (None, line),
            };
            match index.and_then(|i| self.text_spans.get_index(i)) {
                Some(span) => {
                    self.clif.text += "    ";
                    self.clif.text += rest;
                    self.clif.spans.push((start + 4, self.clif.text.len(), *span));
                }
                // Without a location the column is empty.
                None if line.starts_with("     ") => {
                    self.clif.text += "    ";
                    self.clif.text += line.trim_start();
                }
                None => self.clif.text += line,
            }
            self.clif.text.push('\n');
        }
        self.clif.text.push('\n');
    }

    /// Adds a function to the text of machine code.
    pub(crate) fn write_asm(&mut self, context: &Context, id: FuncId, what: &str) {
        let Some(code) = context.compiled_code() else { return };
        let _ = writeln!(self.asm.text, "; {what}\n{}:", self.fn_name(id));
        if !is_disassembled(self.module_isa()) {
            self.asm.text += code.vcode.as_deref().unwrap_or_default();
            self.asm.text.push('\n');
            return;
        }
        let relocs: Vec<(u32, String)> =
            code.buffer.relocs().iter().map(|r| (r.offset, self.reloc_text(&context.func, r))).collect();
        let locations: Vec<(u32, u32, Span)> = code
            .buffer
            .get_srclocs_sorted()
            .iter()
            .filter(|l| !l.loc.is_default())
            .filter_map(|l| Some((l.start, l.end, *self.text_spans.get_index(l.loc.bits() as usize)?)))
            .collect();
        let mut formatter = IntelFormatter::new();
        formatter.options_mut().set_rip_relative_addresses(true);
        formatter.options_mut().set_space_after_operand_separator(true);
        formatter.options_mut().set_branch_leading_zeros(false);
        let mut decoder = Decoder::with_ip(64, code.buffer.data(), 0, DecoderOptions::NONE);
        let mut instruction = Instruction::default();
        while decoder.can_decode() {
            decoder.decode_out(&mut instruction);
            let (from, to) = (instruction.ip() as u32, instruction.next_ip() as u32);
            let _ = write!(self.asm.text, "{from:6x}:  ");
            let start = self.asm.text.len();
            formatter.format(&instruction, &mut Plain(&mut self.asm.text));
            for (_, symbol) in relocs.iter().filter(|(at, _)| (from..to).contains(at)) {
                let _ = write!(self.asm.text, "  ; {symbol}");
            }
            let at = locations.partition_point(|(_, end, _)| *end <= from);
            if let Some((_, _, span)) = locations.get(at).filter(|(begin, ..)| *begin <= from) {
                self.asm.spans.push((start, self.asm.text.len(), *span));
            }
            self.asm.text.push('\n');
        }
        self.asm.text.push('\n');
    }

    fn reloc_text(&self, func: &Function, reloc: &FinalizedMachReloc) -> String {
        match &reloc.target {
            FinalizedRelocTarget::ExternalName(ExternalName::User(name)) => {
                self.symbol_of(&func.params.user_named_funcs()[*name])
            }
            FinalizedRelocTarget::ExternalName(other) => other.display(Some(&func.params)).to_string(),
            FinalizedRelocTarget::Func(offset) => format!("+{offset:#x}"),
        }
    }
}

/// Takes the formatter's pieces as they are.
struct Plain<'a>(&'a mut String);

impl FormatterOutput for Plain<'_> {
    fn write(&mut self, text: &str, _: FormatterTextKind) {
        self.0.push_str(text);
    }
}
