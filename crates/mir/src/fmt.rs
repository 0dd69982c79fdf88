//! `Debug` and `Display` of MIR's parts, as rustc writes them in its text form.
//!
//! What only the session knows (fields' and captures' names, the content of allocations) comes from [`MirPrinter`],
//! which `TyCtxt`'s owner sets; without one, numbers are printed.

use std::cell::Cell;
use std::fmt::{self, Debug, Display, Formatter, Write};

use hir::def::CtorKind;
use span::Symbol;
use span::def_id::DefId;
use ty::{Const as TyConst, ConstKind, Ty, TyKind, UintTy, VariantIdx};

use crate::interpret::{AllocId, Scalar};
use crate::*;

/// Answers what the printed text needs of the session.
pub trait MirPrinter {
    /// A variant: its constructor's kind, its definition, its fields' names.
    fn variant(&self, adt: DefId, v: VariantIdx) -> (Option<CtorKind>, DefId, Vec<Symbol>);
    /// The captured variables of a closure.
    fn upvar_names(&self, closure: DefId) -> Vec<Symbol>;
    /// The bytes of memory without pointers.
    fn bytes(&self, id: AllocId) -> Option<Vec<u8>>;
    /// The bytes that a slice constant stored in memory points to.
    fn slice_bytes(&self, value: ConstValue) -> Option<Vec<u8>>;
    /// A static, function or vtable that a pointer points to.
    fn alloc_descr(&self, id: AllocId) -> Option<String>;
}

thread_local! {
    static PRINTER: Cell<Option<*const dyn MirPrinter>> = const { Cell::new(None) };
}

/// Runs `f` with a printer set.
pub fn with_mir_printer<R>(printer: &dyn MirPrinter, f: impl FnOnce() -> R) -> R {
    struct Reset(Option<*const dyn MirPrinter>);
    impl Drop for Reset {
        fn drop(&mut self) {
            PRINTER.set(self.0);
        }
    }
    let ptr: *const (dyn MirPrinter + '_) = printer;
    // SAFETY: only the lifetime is changed; the pointer is reset before `printer` ends.
    let ptr: *const (dyn MirPrinter + 'static) = unsafe { std::mem::transmute(ptr) };
    let _reset = Reset(PRINTER.replace(Some(ptr)));
    f()
}

fn printer<R>(f: impl FnOnce(&dyn MirPrinter) -> R) -> Option<R> {
    // SAFETY: set only while the printer lives.
    PRINTER.get().map(|p| f(unsafe { &*p }))
}

impl Debug for Place<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.as_ref().fmt(f)
    }
}

impl Debug for PlaceRef<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for elem in self.projection.iter().rev() {
            match elem {
                ProjectionElem::OpaqueCast(_) | ProjectionElem::Downcast(..) | ProjectionElem::Field(..) => {
                    f.write_str("(")?;
                }
                ProjectionElem::Deref => f.write_str("(*")?,
                ProjectionElem::UnwrapUnsafeBinder(_) => f.write_str("unwrap_binder!(")?,
                ProjectionElem::Index(_) | ProjectionElem::ConstantIndex { .. } | ProjectionElem::Subslice { .. } => {}
            }
        }
        write!(f, "{:?}", self.local)?;
        for elem in self.projection {
            match *elem {
                ProjectionElem::OpaqueCast(ty) => write!(f, " as {ty})")?,
                ProjectionElem::Downcast(Some(name), _) => write!(f, " as {name})")?,
                ProjectionElem::Downcast(None, v) => write!(f, " as {v:?})")?,
                ProjectionElem::Deref => f.write_str(")")?,
                ProjectionElem::Field(field, ty) => write!(f, ".{}: {ty})", field.as_usize())?,
                ProjectionElem::Index(i) => write!(f, "[{i:?}]")?,
                ProjectionElem::ConstantIndex { offset, min_length, from_end: false } => {
                    write!(f, "[{offset} of {min_length}]")?;
                }
                ProjectionElem::ConstantIndex { offset, min_length, from_end: true } => {
                    write!(f, "[-{offset} of {min_length}]")?;
                }
                ProjectionElem::Subslice { from, to: 0, from_end: true } => write!(f, "[{from}:]")?,
                ProjectionElem::Subslice { from: 0, to, from_end: true } => write!(f, "[:-{to}]")?,
                ProjectionElem::Subslice { from, to, from_end: true } => write!(f, "[{from}:-{to}]")?,
                ProjectionElem::Subslice { from, to, from_end: false } => write!(f, "[{from}..{to}]")?,
                ProjectionElem::UnwrapUnsafeBinder(ty) => write!(f, "; {ty})")?,
            }
        }
        Ok(())
    }
}

impl Debug for Operand<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Operand::Constant(c) => write!(f, "{c:?}"),
            Operand::Copy(place) => write!(f, "copy {place:?}"),
            Operand::Move(place) => write!(f, "move {place:?}"),
            Operand::RuntimeChecks(checks) => write!(f, "{checks:?}"),
        }
    }
}

impl Debug for ConstOperand<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}
impl Display for ConstOperand<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if !matches!(self.const_.ty().kind(), TyKind::FnDef(..)) {
            f.write_str("const ")?;
        }
        Display::fmt(&self.const_, f)
    }
}

impl Debug for Const<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}
impl Display for Const<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Const::Ty(_, c) => fmt_ty_const(c, f),
            Const::Val(val, ty) => fmt_const_value(val, ty, f),
            Const::Unevaluated(uv, _) => {
                f.write_str(&ty::print::value_path_str_with_args(uv.def, uv.args))?;
                match uv.promoted {
                    Some(p) => write!(f, "::promoted[{}]", p.as_u32()),
                    None => Ok(()),
                }
            }
        }
    }
}

fn fmt_ty_const(c: TyConst<'_>, f: &mut Formatter<'_>) -> fmt::Result {
    match c.kind() {
        ConstKind::Value(v) => match v.valtree {
            ty::ValTree::Leaf(leaf) => fmt_const_value(ConstValue::Scalar(Scalar::Int(leaf)), v.ty, f),
            ty::ValTree::Branch(_) => Display::fmt(&c, f),
        },
        _ => Display::fmt(&c, f),
    }
}

/// A value in the form of a literal with its type as suffix.
pub fn fmt_const_value(val: ConstValue, ty: Ty<'_>, f: &mut Formatter<'_>) -> fmt::Result {
    match (val, ty.kind()) {
        (ConstValue::Scalar(Scalar::Int(int)), _) if fmt_scalar_int(int, ty, true, f)? => return Ok(()),
        (_, TyKind::Ref(_, inner, _)) => {
            let bytes = match (val, inner.kind()) {
                (ConstValue::Slice { alloc_id, meta }, TyKind::Str | TyKind::Slice(_)) => {
                    printer(|p| p.bytes(alloc_id)).flatten().map(|b| b[..b.len().min(meta as usize)].to_vec())
                }
                (ConstValue::Indirect { .. }, TyKind::Str) => printer(|p| p.slice_bytes(val)).flatten(),
                (ConstValue::Scalar(Scalar::Ptr(ptr, _)), TyKind::Array(elem, _)) if is_u8(*elem) => {
                    printer(|p| p.bytes(ptr.provenance.alloc_id())).flatten()
                }
                _ => None,
            };
            match (bytes, inner.kind()) {
                (Some(b), TyKind::Str) => return write!(f, "{:?}", String::from_utf8_lossy(&b)),
                (Some(b), TyKind::Slice(elem) | TyKind::Array(elem, _)) if is_u8(*elem) => {
                    return write!(f, "b\"{}\"", b.escape_ascii());
                }
                _ => {}
            }
        }
        (ConstValue::ZeroSized, TyKind::FnDef(def_id, args)) => {
            return f.write_str(&ty::print::value_path_str_with_args(*def_id, args));
        }
        (ConstValue::ZeroSized, TyKind::Tuple(t)) if t.is_empty() => return f.write_str("()"),
        (ConstValue::ZeroSized, TyKind::Adt(def, args)) if !def.is_enum() => {
            let path = ty::print::value_path_str_with_args(def.did(), args);
            return match def.non_enum_variant().ctor_kind() {
                Some(CtorKind::Const) => f.write_str(&path),
                _ => write!(f, "ZeroSized: {ty}"),
            };
        }
        _ => {}
    }
    match val {
        ConstValue::Scalar(Scalar::Int(int)) => write!(f, "{{transmute({int:?}): {ty}}}"),
        ConstValue::Scalar(Scalar::Ptr(ptr, _)) => {
            match printer(|p| p.alloc_descr(ptr.provenance.alloc_id())).flatten() {
                Some(descr) => write!(f, "{descr}"),
                None => write!(f, "{{{:?}: {ty}}}", ptr),
            }
        }
        ConstValue::ZeroSized => write!(f, "ZeroSized: {ty}"),
        ConstValue::Slice { alloc_id, .. } => write!(f, "{{{alloc_id:?}: {ty}}}"),
        ConstValue::Indirect { alloc_id, offset } if offset.bytes() == 0 => write!(f, "{{{alloc_id:?}: {ty}}}"),
        ConstValue::Indirect { alloc_id, offset } => write!(f, "{{{alloc_id:?}+{:#x}: {ty}}}", offset.bytes()),
    }
}

fn is_u8(ty: Ty<'_>) -> bool {
    matches!(ty.kind(), TyKind::Uint(UintTy::U8))
}

/// Writes a literal of a primitive type; false if the type is another.
fn fmt_scalar_int(int: ty::ScalarInt, ty: Ty<'_>, suffix: bool, f: &mut Formatter<'_>) -> Result<bool, fmt::Error> {
    match *ty.kind() {
        TyKind::Bool if int.to_uint() < 2 => write!(f, "{}", int.to_uint() == 1)?,
        TyKind::Char => match char::from_u32(int.to_uint() as u32) {
            Some(c) => write!(f, "{c:?}")?,
            None => return Ok(false),
        },
        TyKind::Uint(u) => {
            let max = ty::truncate(u128::MAX, int.size());
            if int.to_uint() == max {
                write!(f, "{}::MAX", u.name_str())?;
            } else {
                write!(f, "{}", int.to_uint())?;
                if suffix {
                    write!(f, "_{}", u.name_str())?;
                }
            }
        }
        TyKind::Int(i) => {
            let (min, max) = (i128::MIN >> (128 - int.size() * 8), i128::MAX >> (128 - int.size() * 8));
            match int.to_int() {
                v if v == min => write!(f, "{}::MIN", i.name_str())?,
                v if v == max => write!(f, "{}::MAX", i.name_str())?,
                v => {
                    write!(f, "{v}")?;
                    if suffix {
                        write!(f, "_{}", i.name_str())?;
                    }
                }
            }
        }
        TyKind::Float(ast::FloatTy::F32) => write!(f, "{:?}f32", f32::from_bits(int.to_uint() as u32))?,
        TyKind::Float(ast::FloatTy::F64) => write!(f, "{:?}f64", f64::from_bits(int.to_uint() as u64))?,
        TyKind::RawPtr(..) | TyKind::FnPtr(_) => write!(f, "{{{:#x} as {ty}}}", int.to_uint())?,
        TyKind::Tuple(t) if t.is_empty() => f.write_str("()")?,
        _ => return Ok(false),
    }
    Ok(true)
}

impl Debug for Rvalue<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Rvalue::Use(op) => write!(f, "{op:?}"),
            Rvalue::Repeat(op, n) => {
                write!(f, "[{op:?}; ")?;
                match n.try_to_target_usize() {
                    Some(n) => write!(f, "{n}]"),
                    None => write!(f, "{n}]"),
                }
            }
            Rvalue::Cast(kind, op, ty) => write!(f, "{op:?} as {ty} ({kind:?})"),
            Rvalue::BinaryOp(op, operands) => write!(f, "{op:?}({:?}, {:?})", operands.0, operands.1),
            Rvalue::UnaryOp(op, a) => write!(f, "{op:?}({a:?})"),
            Rvalue::Discriminant(place) => write!(f, "discriminant({place:?})"),
            Rvalue::ThreadLocalRef(did) => write!(f, "&/*tls*/ {}", ty::print::def_path_str(*did)),
            Rvalue::Ref(region, kind, place) => {
                let kind = match kind {
                    BorrowKind::Shared => "",
                    BorrowKind::Fake(FakeBorrowKind::Deep) => "fake ",
                    BorrowKind::Fake(FakeBorrowKind::Shallow) => "fake shallow ",
                    BorrowKind::Mut { .. } => "mut ",
                };
                f.write_str("&")?;
                if let ty::RegionKind::ReVar(vid) = region.kind() {
                    if f.alternate() {
                        write!(f, "'?{} ", vid.as_u32())?;
                    }
                }
                write!(f, "{kind}{place:?}")
            }
            Rvalue::CopyForDeref(place) => write!(f, "deref_copy {place:?}"),
            Rvalue::RawPtr(kind, place) => write!(f, "&raw {} {place:?}", kind.ptr_str()),
            Rvalue::Aggregate(kind, operands) => fmt_aggregate(kind, &operands.raw, f),
            Rvalue::WrapUnsafeBinder(op, ty) => write!(f, "wrap_binder!({op:?}; {ty})"),
        }
    }
}

fn fmt_aggregate(kind: &AggregateKind<'_>, operands: &[Operand<'_>], f: &mut Formatter<'_>) -> fmt::Result {
    let tuple = |name: &str, f: &mut Formatter<'_>| {
        f.write_str(name)?;
        f.write_char('(')?;
        for (i, op) in operands.iter().enumerate() {
            write!(f, "{}{op:?}", if i > 0 { ", " } else { "" })?;
        }
        f.write_str(if name.is_empty() && operands.len() == 1 { ",)" } else { ")" })
    };
    let record = |name: &str, fields: &[Symbol], f: &mut Formatter<'_>| {
        if operands.is_empty() {
            return f.write_str(name);
        }
        write!(f, "{name} {{ ")?;
        for (i, op) in operands.iter().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            match fields.get(i) {
                Some(field) => write!(f, "{field}: {op:?}")?,
                None => write!(f, "{i}: {op:?}")?,
            }
        }
        f.write_str(" }")
    };
    match *kind {
        AggregateKind::Array(_) => {
            f.write_char('[')?;
            for (i, op) in operands.iter().enumerate() {
                write!(f, "{}{op:?}", if i > 0 { ", " } else { "" })?;
            }
            f.write_char(']')
        }
        AggregateKind::Tuple => tuple("", f),
        AggregateKind::Adt(did, variant, args, _, active) => match printer(|p| p.variant(did, variant)) {
            Some((ctor, def_id, fields)) => {
                let name = ty::print::value_path_str_with_args(def_id, args);
                match ctor {
                    Some(CtorKind::Const) => f.write_str(&name),
                    Some(CtorKind::Fn) => tuple(&name, f),
                    None => match active {
                        Some(field) => record(&name, &fields[field.as_usize()..], f),
                        None => record(&name, &fields, f),
                    },
                }
            }
            None => tuple(&format!("{}#{}", ty::print::value_path_str_with_args(did, args), variant.as_u32()), f),
        },
        AggregateKind::Closure(did, _) | AggregateKind::Coroutine(did, _) | AggregateKind::CoroutineClosure(did, _) => {
            let what = match kind {
                AggregateKind::Coroutine(..) => "coroutine",
                AggregateKind::CoroutineClosure(..) => "coroutine-closure",
                _ => "closure",
            };
            let names = printer(|p| p.upvar_names(did)).unwrap_or_default();
            record(&ty::print::closure_str(did, what), &names, f)
        }
        AggregateKind::RawPtr(pointee, mutbl) => {
            tuple(&format!("*{} {pointee} from ", if mutbl.is_mut() { "mut" } else { "const" }), f)
        }
    }
}

impl Debug for Statement<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(&self.kind, f)
    }
}

impl Debug for StatementKind<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            StatementKind::Assign(a) => {
                write!(f, "{:?} = ", a.0)?;
                Debug::fmt(&a.1, f)
            }
            StatementKind::FakeRead(r) => write!(f, "FakeRead({:?}, {:?})", r.0, r.1),
            StatementKind::StorageLive(l) => write!(f, "StorageLive({l:?})"),
            StatementKind::StorageDead(l) => write!(f, "StorageDead({l:?})"),
            StatementKind::SetDiscriminant { place, variant_index } => {
                write!(f, "discriminant({place:?}) = {}", variant_index.as_u32())
            }
            StatementKind::PlaceMention(place) => write!(f, "PlaceMention({place:?})"),
            StatementKind::AscribeUserType(a, variance) => {
                write!(f, "AscribeUserType({:?}, {variance:?}, {:?})", a.0, a.1)
            }
            StatementKind::Intrinsic(i) => match &**i {
                NonDivergingIntrinsic::Assume(op) => write!(f, "assume({op:?})"),
                NonDivergingIntrinsic::CopyNonOverlapping(c) => {
                    write!(f, "copy_nonoverlapping(dst = {:?}, src = {:?}, count = {:?})", c.dst, c.src, c.count)
                }
            },
            StatementKind::ConstEvalCounter => f.write_str("ConstEvalCounter"),
            StatementKind::Nop => f.write_str("nop"),
            StatementKind::BackwardIncompatibleDropHint { place, .. } => {
                write!(f, "BackwardIncompatibleDropHint({place:?})")
            }
        }
    }
}

impl Debug for Terminator<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(&self.kind, f)
    }
}

impl Debug for TerminatorKind<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.fmt_head(f)?;
        let labels = self.fmt_successor_labels();
        let n_unwind = self.unwind().and_then(|u| u.cleanup_block()).is_some() as usize;
        let successors: Vec<_> = self.successors().collect();
        let successors = &successors[..successors.len() - n_unwind];
        let show_unwind = |f: &mut Formatter<'_>| match self.unwind() {
            None | Some(UnwindAction::Cleanup(_)) => Ok(()),
            Some(UnwindAction::Continue) => f.write_str("unwind continue"),
            Some(UnwindAction::Unreachable) => f.write_str("unwind unreachable"),
            Some(UnwindAction::Terminate(reason)) => write!(f, "unwind terminate({})", reason.as_short_str()),
        };
        match (successors, self.unwind()) {
            ([], None) => Ok(()),
            ([], Some(UnwindAction::Cleanup(bb))) => write!(f, " -> unwind: {bb:?}"),
            ([], Some(_)) => {
                f.write_str(" -> ")?;
                show_unwind(f)
            }
            ([bb], None) if !matches!(self, TerminatorKind::InlineAsm { .. }) => write!(f, " -> {bb:?}"),
            (bbs, unwind) => {
                f.write_str(" -> [")?;
                for (i, bb) in bbs.iter().enumerate() {
                    write!(f, "{}{}: {bb:?}", if i > 0 { ", " } else { "" }, labels[i])?;
                }
                match unwind {
                    None => {}
                    Some(UnwindAction::Cleanup(bb)) => write!(f, ", unwind: {bb:?}")?,
                    Some(_) => {
                        f.write_str(", ")?;
                        show_unwind(f)?;
                    }
                }
                f.write_str("]")
            }
        }
    }
}

fn fmt_args(args: &[span::Spanned<Operand<'_>>], f: &mut Formatter<'_>) -> fmt::Result {
    f.write_char('(')?;
    for (i, arg) in args.iter().enumerate() {
        write!(f, "{}{:?}", if i > 0 { ", " } else { "" }, arg.node)?;
    }
    f.write_char(')')
}

impl TerminatorKind<'_> {
    /// The part before the arrow.
    pub fn fmt_head(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Goto { .. } => f.write_str("goto"),
            Self::SwitchInt { discr, .. } => write!(f, "switchInt({discr:?})"),
            Self::Return => f.write_str("return"),
            Self::CoroutineDrop => f.write_str("coroutine_drop"),
            Self::UnwindResume => f.write_str("resume"),
            Self::UnwindTerminate(reason) => write!(f, "terminate({})", reason.as_short_str()),
            Self::Yield { value, resume_arg, .. } => write!(f, "{resume_arg:?} = yield({value:?})"),
            Self::Unreachable => f.write_str("unreachable"),
            Self::Drop { place, .. } => write!(f, "drop({place:?})"),
            Self::Call { func, args, destination, .. } => {
                write!(f, "{destination:?} = {func:?}")?;
                fmt_args(args, f)
            }
            Self::TailCall { func, args, .. } => {
                write!(f, "tailcall {func:?}")?;
                fmt_args(args, f)
            }
            Self::Assert { cond, expected, msg, .. } => {
                write!(f, "assert({}{cond:?}, ", if *expected { "" } else { "!" })?;
                msg.fmt_assert_args(f)?;
                f.write_str(")")
            }
            Self::FalseEdge { .. } => f.write_str("falseEdge"),
            Self::FalseUnwind { .. } => f.write_str("falseUnwind"),
            Self::InlineAsm { template, operands, options, .. } => {
                let text: String = template.0.iter().map(|p| p.to_string()).collect();
                write!(f, "asm!({text:?}")?;
                for op in operands {
                    f.write_str(", ")?;
                    match op {
                        InlineAsmOperand::In { reg, value } => write!(f, "in({reg}) {value:?}")?,
                        InlineAsmOperand::Out { reg, late, place } => {
                            let late = if *late { "late" } else { "" };
                            match place {
                                Some(place) => write!(f, "{late}out({reg}) {place:?}")?,
                                None => write!(f, "{late}out({reg}) _")?,
                            }
                        }
                        InlineAsmOperand::InOut { reg, late, in_value, out_place } => {
                            let late = if *late { "late" } else { "" };
                            match out_place {
                                Some(place) => write!(f, "in{late}out({reg}) {in_value:?} => {place:?}")?,
                                None => write!(f, "in{late}out({reg}) {in_value:?} => _")?,
                            }
                        }
                        InlineAsmOperand::Const { value } => write!(f, "const {value:?}")?,
                        InlineAsmOperand::SymFn { value } => write!(f, "sym_fn {value:?}")?,
                        InlineAsmOperand::SymStatic { def_id } => {
                            write!(f, "sym_static {}", ty::print::def_path_str(*def_id))?;
                        }
                        InlineAsmOperand::Label { .. } => f.write_str("label")?,
                    }
                }
                write!(f, ", options({}))", options.0.human_readable_names().join(" | "))
            }
        }
    }
    /// The names of the normal successors.
    pub fn fmt_successor_labels(&self) -> Vec<String> {
        match self {
            Self::SwitchInt { targets, .. } => {
                targets.all_values().iter().map(|v| v.to_string()).chain(["otherwise".to_string()]).collect()
            }
            Self::Call { target: Some(_), .. } | Self::Drop { .. } => vec!["return".into()],
            Self::Yield { drop: Some(_), .. } => vec!["resume".into(), "drop".into()],
            Self::Yield { .. } => vec!["resume".into()],
            Self::Assert { .. } => vec!["success".into()],
            Self::FalseEdge { .. } => vec!["real".into(), "imaginary".into()],
            Self::FalseUnwind { .. } => vec!["real".into()],
            Self::InlineAsm { asm_macro, options, targets, .. } => {
                let mut labels = Vec::new();
                if !asm_macro.diverges(options.0) {
                    labels.push("return".to_string());
                }
                labels.resize(targets.len(), "label".to_string());
                labels
            }
            Self::Goto { .. } => vec![String::new()],
            _ => Vec::new(),
        }
    }
}

impl Display for AsmReg {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            ast::InlineAsmRegOrRegClass::Reg(s) => write!(f, "\"{s}\""),
            ast::InlineAsmRegOrRegClass::RegClass(s) => write!(f, "{s}"),
        }
    }
}

impl<O: Debug> AssertKind<O> {
    /// The message as a format string and its arguments, as calls of `panic!` would be.
    pub fn fmt_assert_args(&self, f: &mut Formatter<'_>) -> fmt::Result {
        use AssertKind::*;
        match self {
            BoundsCheck { len, index } => {
                write!(f, "\"index out of bounds: the length is {{}} but the index is {{}}\", {len:?}, {index:?}")
            }
            OverflowNeg(op) => write!(f, "\"attempt to negate `{{}}`, which would overflow\", {op:?}"),
            DivisionByZero(op) => write!(f, "\"attempt to divide `{{}}` by zero\", {op:?}"),
            RemainderByZero(op) => {
                write!(f, "\"attempt to calculate the remainder of `{{}}` with a divisor of zero\", {op:?}")
            }
            Overflow(BinOp::Rem, l, r) => {
                write!(f, "\"attempt to compute the remainder of `{{}} % {{}}`, which would overflow\", {l:?}, {r:?}")
            }
            Overflow(BinOp::Shr, _, r) => {
                write!(f, "\"attempt to shift right by `{{}}`, which would overflow\", {r:?}")
            }
            Overflow(BinOp::Shl, _, r) => write!(f, "\"attempt to shift left by `{{}}`, which would overflow\", {r:?}"),
            Overflow(op, l, r) => {
                let sign = op.to_hir_binop().map_or("?", |o| o.as_str());
                write!(f, "\"attempt to compute `{{}} {sign} {{}}`, which would overflow\", {l:?}, {r:?}")
            }
            MisalignedPointerDereference { required, found } => write!(
                f,
                "\"misaligned pointer dereference: address must be a multiple of {{}} but is {{}}\", {required:?}, {found:?}"
            ),
            InvalidEnumConstruction(source) => {
                write!(f, "\"trying to construct an enum from an invalid value {{}}\", {source:?}")
            }
            NullPointerDereference | ResumedAfterReturn(_) | ResumedAfterPanic(_) | ResumedAfterDrop(_) => {
                write!(f, "\"{}\"", self.message(|_| String::new()))
            }
        }
    }
}

impl Debug for VarDebugInfoContents<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            VarDebugInfoContents::Const(c) => write!(f, "{c}"),
            VarDebugInfoContents::Place(p) => write!(f, "{p:?}"),
        }
    }
}
