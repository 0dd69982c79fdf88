//! `format_args!`: literals and nested calls are put into the template, and the rest becomes
//! ```text
//! {
//!     super let args = (&arg0, &arg1);
//!     super let args = [Argument::new_display(args.0), Argument::new_debug(args.1)];
//!     unsafe { Arguments::new(b"template", &args) }
//! }
//! ```
//! The template's bytes are described at `core::fmt::Arguments`.

use std::borrow::Cow;

use ast::{
    FormatAlignment, FormatArgs, FormatArgsPiece, FormatCount, FormatDebugHex, FormatOptions, FormatPlaceholder,
    FormatSign, FormatTrait,
};
use hir::{Expr, ExprKind, LangItem};
use span::{ByteSymbol, FxIndexSet, Ident, Span, Symbol, sym};

use crate::LoweringContext;

/// How an argument is used.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum ArgumentType {
    Format(FormatTrait),
    /// As width or precision.
    Usize,
}

/// The flags of a placeholder without options: filled with spaces, no alignment.
const DEFAULT_FLAGS: u32 = 0x6000_0020;

impl<'hir> LoweringContext<'_, 'hir> {
    pub(crate) fn lower_format_args(&mut self, fmt: &FormatArgs) -> ExprKind<'hir> {
        // Only what has no arguments at all may be used in constants.
        let allow_const = fmt.arguments.all_args().is_empty();
        let mut fmt = Cow::Borrowed(fmt);
        flatten_format_args(&mut fmt);
        self.inline_literals(&mut fmt);
        self.expand_format_args(&fmt, allow_const)
    }

    /// Puts string and integer literals into the template where they are displayed without options.
    fn inline_literals(&self, fmt: &mut Cow<'_, FormatArgs>) {
        let mut was_inlined = vec![false; fmt.arguments.all_args().len()];
        let mut inlined_anything = false;
        for i in 0..fmt.template.len() {
            let FormatArgsPiece::Placeholder(placeholder) = &fmt.template[i] else { continue };
            let Ok(arg_index) = placeholder.argument.index else { continue };
            if placeholder.format_trait != FormatTrait::Display
                || placeholder.format_options != FormatOptions::default()
            {
                continue;
            }
            let Some(arg) = fmt.arguments.all_args().get(arg_index) else { continue };
            let ast::ExprKind::Lit(lit) = arg.expr.peel_parens_and_refs().kind else { continue };
            let literal = match ast::LitKind::from_token_lit(lit) {
                Ok(ast::LitKind::Str(text, _)) => text,
                Ok(ast::LitKind::Int(n, ty)) if int_literal_fits(n, ty) => Symbol::intern(&n.to_string()),
                _ => continue,
            };
            fmt.to_mut().template[i] = FormatArgsPiece::Literal(literal);
            was_inlined[arg_index] = true;
            inlined_anything = true;
        }
        if !inlined_anything {
            return;
        }
        let fmt = fmt.to_mut();
        let mut remove = was_inlined;
        for_all_argument_indexes(&mut fmt.template, |index| remove[*index] = false);
        let mut keep = remove.iter().map(|remove| !remove);
        fmt.arguments.all_args_mut().retain(|_| keep.next().unwrap_or(true));
        let index_map: Vec<usize> = remove
            .iter()
            .scan(0, |next, &remove| {
                let mapped = *next;
                *next += usize::from(!remove);
                Some(mapped)
            })
            .collect();
        for_all_argument_indexes(&mut fmt.template, |index| *index = index_map[*index]);
    }

    fn expand_format_args(&mut self, fmt: &FormatArgs, allow_const: bool) -> ExprKind<'hir> {
        let fmt_span = fmt.span;
        let Some((template, used)) = encode_template(fmt) else {
            return ExprKind::Err(self.dcx().span_delayed_bug(fmt_span, "a format argument that does not exist"));
        };
        let template = match template {
            Template::Literal(text) => {
                let name = if allow_const { sym::from_str } else { sym::from_str_nonconst };
                let f = self.expr_lang_item_type_relative(fmt_span, LangItem::FormatArguments, name);
                let text = self.expr_str(fmt_span, Symbol::intern(&text));
                return ExprKind::Call(f, self.arena.alloc_slice(&[text]));
            }
            Template::Bytes(bytes) => bytes,
        };

        // super let args = (&arg0, &arg1);
        let args_ident = Ident::new(sym::args, fmt_span);
        let mut refs = Vec::with_capacity(fmt.arguments.all_args().len());
        for arg in fmt.arguments.all_args() {
            let arg_expr = self.lower_expr(&arg.expr);
            let ref_span = arg.expr.span.with_ctxt(fmt_span.ctxt());
            refs.push(self.expr_addr_of(ref_span, arg_expr));
        }
        let tuple = self.expr_alloc(fmt_span, ExprKind::Tup(self.arena.alloc_slice(&refs)));
        let (tuple_pat, tuple_id) = self.pat_ident(fmt_span, args_ident);
        let tuple_let = self.stmt_super_let_pat(fmt_span, tuple_pat, tuple);

        // super let args = [Argument::new_display(args.0), ..];
        let mut made = Vec::with_capacity(used.len());
        for (arg_index, ty) in used {
            let arg = &fmt.arguments.all_args()[arg_index];
            let arg_span = placeholder_span(fmt, arg_index).unwrap_or(arg.expr.span).with_ctxt(fmt_span.ctxt());
            let tuple = self.expr_ident(fmt_span, args_ident, tuple_id);
            let field = Ident::new(sym::integer(arg_index), fmt_span);
            let expr_span = arg.expr.span.with_ctxt(fmt_span.ctxt());
            let arg_ref = self.expr(expr_span, ExprKind::Field(tuple, field));
            made.push(self.make_argument(arg_span, arg_ref, ty));
        }
        let array = self.expr_alloc(fmt_span, ExprKind::Array(self.arena.alloc_slice(&made)));
        let (array_pat, array_id) = self.pat_ident(fmt_span, args_ident);
        let array_let = self.stmt_super_let_pat(fmt_span, array_pat, array);

        // unsafe { Arguments::new(b"..", &args) }
        let template = self.expr_byte_str(fmt_span, ByteSymbol::intern(&template));
        let array = self.expr_ident(fmt_span, args_ident, array_id);
        let array_ref = self.expr_addr_of(fmt_span, array);
        let new = self.expr_lang_item_type_relative(fmt_span, LangItem::FormatArguments, sym::new);
        let call_args = self.arena.alloc_slice(&[template, array_ref]);
        let call = self.expr_alloc(fmt_span, ExprKind::Call(new, call_args));
        let call = self.expr_unsafe(fmt_span, call);
        let call = self.alloc(call);
        let stmts = self.arena.alloc_slice(&[tuple_let, array_let]);
        let block = self.block_all(fmt_span, stmts, Some(call));
        ExprKind::Block(block, None)
    }

    /// `Argument::new_display(arg)`
    fn make_argument(&mut self, span: Span, arg: Expr<'hir>, ty: ArgumentType) -> Expr<'hir> {
        let name = match ty {
            ArgumentType::Format(FormatTrait::Display) => sym::new_display,
            ArgumentType::Format(FormatTrait::Debug) => sym::new_debug,
            ArgumentType::Format(FormatTrait::LowerExp) => sym::new_lower_exp,
            ArgumentType::Format(FormatTrait::UpperExp) => sym::new_upper_exp,
            ArgumentType::Format(FormatTrait::Octal) => sym::new_octal,
            ArgumentType::Format(FormatTrait::Pointer) => sym::new_pointer,
            ArgumentType::Format(FormatTrait::Binary) => sym::new_binary,
            ArgumentType::Format(FormatTrait::LowerHex) => sym::new_lower_hex,
            ArgumentType::Format(FormatTrait::UpperHex) => sym::new_upper_hex,
            ArgumentType::Usize => sym::from_usize,
        };
        let f = self.expr_lang_item_type_relative(span, LangItem::FormatArgument, name);
        let args = self.arena.alloc_slice(&[arg]);
        self.expr_call_mut(span, f, args)
    }
}

/// Whether the literal is a value of its type, so that it prints as written.
fn int_literal_fits(n: u128, ty: ast::LitIntType) -> bool {
    use ast::{IntTy, LitIntType, UintTy};
    let bits = match ty {
        LitIntType::Unsuffixed => return n <= i32::MAX as u128,
        LitIntType::Signed(ty) => match ty {
            IntTy::I8 => 7,
            IntTy::I16 => 15,
            // The target's width is not asked for: what fits the smallest.
            IntTy::Isize => 15,
            IntTy::I32 => 31,
            IntTy::I64 => 63,
            IntTy::I128 => 127,
        },
        LitIntType::Unsigned(ty) => match ty {
            UintTy::U8 => 8,
            UintTy::U16 | UintTy::Usize => 16,
            UintTy::U32 => 32,
            UintTy::U64 => 64,
            UintTy::U128 => return true,
        },
    };
    n >> bits == 0
}

fn placeholder_span(fmt: &FormatArgs, arg_index: usize) -> Option<Span> {
    fmt.template.iter().find_map(|piece| match piece {
        FormatArgsPiece::Placeholder(p) if p.argument.index == Ok(arg_index) => p.span,
        _ => None,
    })
}

enum Template {
    /// No placeholders.
    Literal(String),
    Bytes(Vec<u8>),
}

/// The template's bytes, and the arguments that it uses, in order. `None` if an argument does not exist (it was reported).
fn encode_template(fmt: &FormatArgs) -> Option<(Template, FxIndexSet<(usize, ArgumentType)>)> {
    let num_args = fmt.arguments.all_args().len();
    let mut bytes = Vec::new();
    let mut used = FxIndexSet::default();
    let mut literal = String::new();
    let mut implicit_arg_index = 0;
    let mut has_placeholders = false;
    for piece in &fmt.template {
        match piece {
            FormatArgsPiece::Literal(text) => literal.push_str(text.as_str()),
            FormatArgsPiece::Placeholder(p) => {
                has_placeholders = true;
                push_literal(&mut bytes, &literal);
                literal.clear();
                let arg = p.argument.index.ok().filter(|&index| index < num_args)?;
                let position = used.insert_full((arg, ArgumentType::Format(p.format_trait))).0;
                push_placeholder(&mut bytes, p, position, implicit_arg_index, num_args, &mut used)?;
                implicit_arg_index = position + 1;
            }
        }
    }
    if !has_placeholders {
        return Some((Template::Literal(literal), used));
    }
    push_literal(&mut bytes, &literal);
    bytes.push(0);
    Some((Template::Bytes(bytes), used))
}

/// In pieces of at most `u16::MAX` bytes: the length, in one byte or as 0x80 and two, and the text.
fn push_literal(bytes: &mut Vec<u8>, mut text: &str) {
    while !text.is_empty() {
        let len = text.floor_char_boundary(usize::from(u16::MAX));
        if len < 0x80 {
            bytes.push(len as u8);
        } else {
            bytes.push(0x80);
            bytes.extend_from_slice(&(len as u16).to_le_bytes());
        }
        bytes.extend_from_slice(&text.as_bytes()[..len]);
        text = &text[len..];
    }
}

fn push_placeholder(
    bytes: &mut Vec<u8>,
    p: &FormatPlaceholder,
    position: usize,
    implicit_arg_index: usize,
    num_args: usize,
    used: &mut FxIndexSet<(usize, ArgumentType)>,
) -> Option<()> {
    let start = bytes.len();
    bytes.push(0xc0);
    let o = &p.format_options;
    let flags = placeholder_flags(o);
    if flags != DEFAULT_FLAGS {
        bytes[start] |= 1;
        bytes.extend_from_slice(&flags.to_le_bytes());
        for (count, present, indirect) in [(&o.width, 1 << 1, 1 << 4), (&o.precision, 1 << 2, 1 << 5)] {
            let Some(count) = count else { continue };
            let (is_indirect, value) = match count {
                FormatCount::Literal(n) => (false, *n),
                FormatCount::Argument(arg) => {
                    let index = arg.index.ok().filter(|&index| index < num_args)?;
                    (true, used.insert_full((index, ArgumentType::Usize)).0 as u16)
                }
            };
            // A literal 0 is the default.
            if is_indirect || value != 0 {
                bytes[start] |= present | if is_indirect { indirect } else { 0 };
                bytes.extend_from_slice(&value.to_le_bytes());
            }
        }
    }
    if position != implicit_arg_index {
        bytes[start] |= 1 << 3;
        bytes.extend_from_slice(&(position as u16).to_le_bytes());
    }
    Some(())
}

/// As `core::fmt::FormattingOptions` has them.
fn placeholder_flags(o: &FormatOptions) -> u32 {
    let align = match o.alignment {
        Some(FormatAlignment::Left) => 0,
        Some(FormatAlignment::Right) => 1,
        Some(FormatAlignment::Center) => 2,
        None => 3,
    };
    o.fill.unwrap_or(' ') as u32
        | u32::from(o.sign == Some(FormatSign::Plus)) << 21
        | u32::from(o.sign == Some(FormatSign::Minus)) << 22
        | u32::from(o.alternate) << 23
        | u32::from(o.zero_pad) << 24
        | u32::from(o.debug_hex == Some(FormatDebugHex::Lower)) << 25
        | u32::from(o.debug_hex == Some(FormatDebugHex::Upper)) << 26
        | u32::from(o.width.is_some()) << 27
        | u32::from(o.precision.is_some()) << 28
        | align << 29
}

/// `format_args!("a {} b", format_args!("c {}", x))` as `format_args!("a c {} b", x)`.
fn flatten_format_args(fmt: &mut Cow<'_, FormatArgs>) {
    let mut i = 0;
    while i < fmt.template.len() {
        if let Some(arg_index) = nested_format_args(fmt, i) {
            splice_format_args(fmt.to_mut(), i, arg_index);
            // Look at the inserted pieces, too.
        } else {
            i += 1;
        }
    }
}

/// The argument of placeholder `i`, if it is a call of `format_args!` that nothing else uses.
fn nested_format_args(fmt: &FormatArgs, i: usize) -> Option<usize> {
    let FormatArgsPiece::Placeholder(placeholder) = &fmt.template[i] else {
        return None;
    };
    if !matches!(placeholder.format_trait, FormatTrait::Display | FormatTrait::Debug) {
        return None;
    }
    let arg_index = placeholder.argument.index.ok()?;
    let arg = fmt.arguments.all_args().get(arg_index)?.expr.peel_parens_and_refs();
    if !matches!(arg.kind, ast::ExprKind::FormatArgs(_)) {
        return None;
    }
    let is_used_elsewhere = fmt.template.iter().enumerate().any(|(j, piece)| {
        i != j && matches!(piece, FormatArgsPiece::Placeholder(p) if p.argument.index == Ok(arg_index))
    });
    (!is_used_elsewhere).then_some(arg_index)
}

fn splice_format_args(fmt: &mut FormatArgs, i: usize, arg_index: usize) {
    // The inner arguments take the place of the outer one, so that all are evaluated in the same order.
    let args = fmt.arguments.all_args_mut();
    let remaining = args.split_off(arg_index + 1);
    let old_offset = args.len();
    let Some(nested) = args.pop() else { return };
    let Some(mut nested) = into_format_args(nested.expr) else { return };
    args.append(nested.arguments.all_args_mut());
    let new_offset = args.len();
    args.extend(remaining);
    for_all_argument_indexes(&mut fmt.template, |index| {
        if *index >= old_offset {
            *index -= old_offset;
            *index += new_offset;
        }
    });
    let rest = fmt.template.split_off(i + 1);
    fmt.template.pop();
    for_all_argument_indexes(&mut nested.template, |index| *index += arg_index);
    fmt.template.append(&mut nested.template);
    fmt.template.extend(rest);
}

/// Out of parentheses and references.
fn into_format_args(expr: ast::P<ast::Expr>) -> Option<FormatArgs> {
    let mut expr = expr;
    loop {
        match expr.kind {
            ast::ExprKind::Paren(inner) | ast::ExprKind::AddrOf(ast::BorrowKind::Ref, _, inner) => expr = inner,
            ast::ExprKind::FormatArgs(fmt) => return Some(*fmt),
            _ => return None,
        }
    }
}

/// Calls `f` on the index of each argument that a placeholder uses.
fn for_all_argument_indexes(template: &mut [FormatArgsPiece], mut f: impl FnMut(&mut usize)) {
    for piece in template {
        let FormatArgsPiece::Placeholder(placeholder) = piece else { continue };
        if let Ok(index) = &mut placeholder.argument.index {
            f(index);
        }
        for count in [&mut placeholder.format_options.width, &mut placeholder.format_options.precision] {
            if let Some(FormatCount::Argument(arg)) = count
                && let Ok(index) = &mut arg.index
            {
                f(index);
            }
        }
    }
}
