//! Terminators: how blocks end.

use ast::{InlineAsmOptions, InlineAsmTemplatePiece};
use macros::{Decodable, Encodable, TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use smallvec::{SmallVec, smallvec};
use span::codec::{Decodable, Decoder, Encodable, Encoder};
use span::{Span, Spanned};

use crate::{
    BasicBlock, BasicBlockData, BinOp, CallSource, InlineAsmMacro, InlineAsmOperand, Operand, Place, SourceInfo,
};

/// The end of a block.
#[derive(Clone, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct Terminator<'tcx> {
    pub source_info: SourceInfo,
    pub kind: TerminatorKind<'tcx>,
}

/// How a block ends.
#[derive(Clone, PartialEq, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum TerminatorKind<'tcx> {
    Goto {
        target: BasicBlock,
    },
    /// On an integer, `bool` or `char`.
    SwitchInt {
        discr: Operand<'tcx>,
        targets: SwitchTargets,
    },
    /// Goes on unwinding in the caller.
    UnwindResume,
    /// Aborts, since unwinding may not go on here.
    UnwindTerminate(UnwindTerminateReason),
    Return,
    Unreachable,
    /// Runs the destructor; before drop elaboration only if the place is initialised. `replace`: an assignment
    /// follows, so the drop stands for `*p = value`.
    Drop {
        place: Place<'tcx>,
        target: BasicBlock,
        unwind: UnwindAction,
        replace: bool,
    },
    Call {
        func: Operand<'tcx>,
        args: Box<[Spanned<Operand<'tcx>>]>,
        destination: Place<'tcx>,
        /// `None` if the call does not return.
        target: Option<BasicBlock>,
        unwind: UnwindAction,
        call_source: CallSource,
        /// The function's span without the receiver.
        fn_span: Span,
    },
    /// `become f(..)`
    TailCall {
        func: Operand<'tcx>,
        args: Box<[Spanned<Operand<'tcx>>]>,
        fn_span: Span,
    },
    /// Panics if `cond` is not `expected`.
    Assert {
        cond: Operand<'tcx>,
        expected: bool,
        msg: Box<AssertMessage<'tcx>>,
        target: BasicBlock,
        unwind: UnwindAction,
    },
    /// Suspends a coroutine. Not after coroutine lowering.
    Yield {
        value: Operand<'tcx>,
        resume: BasicBlock,
        resume_arg: Place<'tcx>,
        drop: Option<BasicBlock>,
    },
    CoroutineDrop,
    /// `real_target` is taken; `imaginary_target` exists for the borrow checker.
    FalseEdge {
        real_target: BasicBlock,
        imaginary_target: BasicBlock,
    },
    /// A loop's head: as if it could unwind, for the borrow checker.
    FalseUnwind {
        real_target: BasicBlock,
        unwind: UnwindAction,
    },
    InlineAsm {
        asm_macro: InlineAsmMacro,
        template: AsmTemplate,
        operands: Box<[InlineAsmOperand<'tcx>]>,
        options: AsmOptions,
        line_spans: Box<[Span]>,
        /// Where it goes on, if it does, then its labels.
        targets: Box<[BasicBlock]>,
        unwind: UnwindAction,
    },
}
ty::trivially_traversable!(SwitchTargets, UnwindAction, UnwindTerminateReason, AsmTemplate, AsmOptions);

/// The text of inline assembly.
#[derive(Clone, Debug, PartialEq)]
pub struct AsmTemplate(pub Box<[InlineAsmTemplatePiece]>);
/// The options of inline assembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsmOptions(pub InlineAsmOptions);

impl<E: Encoder> Encodable<E> for AsmTemplate {
    fn encode(&self, e: &mut E) {
        e.emit_usize(self.0.len());
        for piece in &self.0 {
            match piece {
                InlineAsmTemplatePiece::String(s) => {
                    e.emit_u8(0);
                    e.emit_str(s);
                }
                InlineAsmTemplatePiece::Placeholder { operand_idx, modifier, span } => {
                    e.emit_u8(1);
                    (*operand_idx, *modifier, *span).encode(e);
                }
            }
        }
    }
}
impl<D: Decoder> Decodable<D> for AsmTemplate {
    fn decode(d: &mut D) -> Self {
        let n = d.read_usize();
        AsmTemplate(
            (0..n)
                .map(|_| match d.read_u8() {
                    0 => InlineAsmTemplatePiece::String(d.read_string().into()),
                    _ => {
                        let (operand_idx, modifier, span) = Decodable::decode(d);
                        InlineAsmTemplatePiece::Placeholder { operand_idx, modifier, span }
                    }
                })
                .collect(),
        )
    }
}
impl<E: Encoder> Encodable<E> for AsmOptions {
    fn encode(&self, e: &mut E) {
        e.emit_u32(self.0.bits().into());
    }
}
impl<D: Decoder> Decodable<D> for AsmOptions {
    fn decode(d: &mut D) -> Self {
        AsmOptions(InlineAsmOptions::from_bits_retain(d.read_u32() as u16))
    }
}

/// What happens when a callee unwinds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum UnwindAction {
    /// Unwinding goes on in the caller.
    Continue,
    Unreachable,
    Terminate(UnwindTerminateReason),
    Cleanup(BasicBlock),
}

/// Why unwinding ends the program.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum UnwindTerminateReason {
    /// The function's ABI does not unwind.
    Abi,
    /// A destructor panicked while unwinding.
    InCleanup,
}

impl UnwindTerminateReason {
    pub fn as_str(self) -> &'static str {
        match self {
            UnwindTerminateReason::Abi => "panic in a function that cannot unwind",
            UnwindTerminateReason::InCleanup => "panic in a destructor during cleanup",
        }
    }
    pub fn as_short_str(self) -> &'static str {
        match self {
            UnwindTerminateReason::Abi => "abi",
            UnwindTerminateReason::InCleanup => "cleanup",
        }
    }
    pub fn lang_item(self) -> hir::LangItem {
        match self {
            UnwindTerminateReason::Abi => hir::LangItem::PanicCannotUnwind,
            UnwindTerminateReason::InCleanup => hir::LangItem::PanicInCleanup,
        }
    }
}

impl UnwindAction {
    pub fn cleanup_block(self) -> Option<BasicBlock> {
        match self {
            UnwindAction::Cleanup(bb) => Some(bb),
            UnwindAction::Continue | UnwindAction::Unreachable | UnwindAction::Terminate(_) => None,
        }
    }
}

/// The edges of a `SwitchInt`: `targets` has one more than `values`, the last for all other values.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct SwitchTargets {
    values: SmallVec<[u128; 1]>,
    targets: SmallVec<[BasicBlock; 2]>,
}

impl SwitchTargets {
    pub fn new(targets: impl Iterator<Item = (u128, BasicBlock)>, otherwise: BasicBlock) -> Self {
        let (values, mut targets): (SmallVec<_>, SmallVec<_>) = targets.unzip();
        targets.push(otherwise);
        SwitchTargets { values, targets }
    }
    /// `value` goes to `then`, others to `else_`.
    pub fn static_if(value: u128, then: BasicBlock, else_: BasicBlock) -> Self {
        SwitchTargets { values: smallvec![value], targets: smallvec![then, else_] }
    }
    pub fn as_static_if(&self) -> Option<(u128, BasicBlock, BasicBlock)> {
        match (&self.values[..], &self.targets[..]) {
            (&[value], &[then, else_]) => Some((value, then, else_)),
            _ => None,
        }
    }
    pub fn otherwise(&self) -> BasicBlock {
        *self.targets.last().expect("a switch has a target")
    }
    /// Values and their targets, without the fallback.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (u128, BasicBlock)> + '_ {
        self.values.iter().copied().zip(self.targets.iter().copied())
    }
    pub fn all_values(&self) -> &[u128] {
        &self.values
    }
    pub fn all_values_mut(&mut self) -> &mut [u128] {
        &mut self.values
    }
    pub fn all_targets(&self) -> &[BasicBlock] {
        &self.targets
    }
    pub fn all_targets_mut(&mut self) -> &mut [BasicBlock] {
        &mut self.targets
    }
    /// Adds a value before the fallback.
    pub fn add_target(&mut self, value: u128, bb: BasicBlock) {
        self.values.push(value);
        let at = self.targets.len() - 1;
        self.targets.insert(at, bb);
    }
    pub fn target_for_value(&self, value: u128) -> BasicBlock {
        self.iter().find_map(|(v, t)| (v == value).then_some(t)).unwrap_or_else(|| self.otherwise())
    }
    pub fn is_distinct(&self) -> bool {
        self.targets.iter().enumerate().all(|(i, t)| !self.targets[..i].contains(t))
    }
}

impl<E: Encoder> Encodable<E> for SwitchTargets {
    fn encode(&self, e: &mut E) {
        self.values[..].encode(e);
        self.targets[..].encode(e);
    }
}
impl<D: Decoder> Decodable<D> for SwitchTargets {
    fn decode(d: &mut D) -> Self {
        let values: Vec<u128> = Decodable::decode(d);
        let targets: Vec<BasicBlock> = Decodable::decode(d);
        SwitchTargets { values: values.into(), targets: targets.into() }
    }
}

/// Why an assertion fails. `O` is an operand, or its value in const evaluation.
#[derive(Clone, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum AssertKind<O> {
    BoundsCheck {
        len: O,
        index: O,
    },
    Overflow(BinOp, O, O),
    OverflowNeg(O),
    DivisionByZero(O),
    RemainderByZero(O),
    ResumedAfterReturn(
        #[type_foldable(identity)]
        #[type_visitable(ignore)]
        Kind,
    ),
    ResumedAfterPanic(
        #[type_foldable(identity)]
        #[type_visitable(ignore)]
        Kind,
    ),
    ResumedAfterDrop(
        #[type_foldable(identity)]
        #[type_visitable(ignore)]
        Kind,
    ),
    MisalignedPointerDereference {
        required: O,
        found: O,
    },
    NullPointerDereference,
    InvalidEnumConstruction(O),
}
use hir::CoroutineKind as Kind;

/// An assertion's message in MIR.
pub type AssertMessage<'tcx> = AssertKind<Operand<'tcx>>;

/// The edges out of a terminator as dataflow sees them.
pub enum TerminatorEdges<'mir, 'tcx> {
    None,
    Single(BasicBlock),
    Double(BasicBlock, BasicBlock),
    /// The result is written on the edges `return_`, not on `cleanup`.
    AssignOnReturn {
        return_: SmallVec<[BasicBlock; 1]>,
        cleanup: Option<BasicBlock>,
        place: CallReturnPlaces<'mir, 'tcx>,
    },
    SwitchInt {
        targets: &'mir SwitchTargets,
        discr: &'mir Operand<'tcx>,
    },
}

/// The places a call, `yield` or inline assembly writes on return.
#[derive(Clone, Copy, Debug)]
pub enum CallReturnPlaces<'a, 'tcx> {
    Call(Place<'tcx>),
    Yield(Place<'tcx>),
    InlineAsm(&'a [InlineAsmOperand<'tcx>]),
}

impl<'tcx> CallReturnPlaces<'_, 'tcx> {
    pub fn for_each(&self, mut f: impl FnMut(Place<'tcx>)) {
        match *self {
            Self::Call(place) | Self::Yield(place) => f(place),
            Self::InlineAsm(operands) => {
                for op in operands {
                    match *op {
                        InlineAsmOperand::Out { place: Some(place), .. }
                        | InlineAsmOperand::InOut { out_place: Some(place), .. } => f(place),
                        _ => {}
                    }
                }
            }
        }
    }
}

/// Successors in order: the normal ones, then cleanup.
pub type SuccessorsIter = smallvec::IntoIter<[BasicBlock; 4]>;

impl<'tcx> Terminator<'tcx> {
    pub fn successors(&self) -> SuccessorsIter {
        self.kind.successors()
    }
    pub fn successors_mut(&mut self, f: impl FnMut(&mut BasicBlock)) {
        self.kind.successors_mut(f);
    }
    pub fn unwind(&self) -> Option<&UnwindAction> {
        self.kind.unwind()
    }
    pub fn unwind_mut(&mut self) -> Option<&mut UnwindAction> {
        self.kind.unwind_mut()
    }
    pub fn edges(&self) -> TerminatorEdges<'_, 'tcx> {
        self.kind.edges()
    }
    /// The target and the block's sole successor, if it is a plain jump.
    pub fn as_goto(&self) -> Option<BasicBlock> {
        match self.kind {
            TerminatorKind::Goto { target } => Some(target),
            _ => None,
        }
    }
}

impl<'tcx> TerminatorKind<'tcx> {
    /// `if cond { t } else { f }`
    pub fn if_(cond: Operand<'tcx>, t: BasicBlock, f: BasicBlock) -> Self {
        TerminatorKind::SwitchInt { discr: cond, targets: SwitchTargets::static_if(0, f, t) }
    }
    pub fn successors(&self) -> SuccessorsIter {
        let mut out: SmallVec<[BasicBlock; 4]> = SmallVec::new();
        self.for_each_successor(|b| out.push(b));
        out.into_iter()
    }
    fn for_each_successor(&self, mut f: impl FnMut(BasicBlock)) {
        match self {
            Self::Goto { target } => f(*target),
            Self::SwitchInt { targets, .. } => targets.targets.iter().for_each(|t| f(*t)),
            Self::UnwindResume
            | Self::UnwindTerminate(_)
            | Self::Return
            | Self::Unreachable
            | Self::CoroutineDrop
            | Self::TailCall { .. } => {}
            Self::Drop { target, unwind, .. } | Self::Assert { target, unwind, .. } => {
                f(*target);
                unwind.cleanup_block().into_iter().for_each(f);
            }
            Self::Call { target, unwind, .. } => {
                target.iter().for_each(|t| f(*t));
                unwind.cleanup_block().into_iter().for_each(f);
            }
            Self::Yield { resume, drop, .. } => {
                f(*resume);
                drop.iter().for_each(|d| f(*d));
            }
            Self::FalseEdge { real_target, imaginary_target } => {
                f(*real_target);
                f(*imaginary_target);
            }
            Self::FalseUnwind { real_target, unwind } => {
                f(*real_target);
                unwind.cleanup_block().into_iter().for_each(f);
            }
            Self::InlineAsm { targets, unwind, .. } => {
                targets.iter().for_each(|t| f(*t));
                unwind.cleanup_block().into_iter().for_each(f);
            }
        }
    }
    /// Changes each successor.
    pub fn successors_mut(&mut self, mut f: impl FnMut(&mut BasicBlock)) {
        fn cleanup(unwind: &mut UnwindAction, f: &mut impl FnMut(&mut BasicBlock)) {
            if let UnwindAction::Cleanup(bb) = unwind {
                f(bb);
            }
        }
        match self {
            Self::Goto { target } => f(target),
            Self::SwitchInt { targets, .. } => targets.targets.iter_mut().for_each(f),
            Self::UnwindResume
            | Self::UnwindTerminate(_)
            | Self::Return
            | Self::Unreachable
            | Self::CoroutineDrop
            | Self::TailCall { .. } => {}
            Self::Drop { target, unwind, .. } | Self::Assert { target, unwind, .. } => {
                f(target);
                cleanup(unwind, &mut f);
            }
            Self::Call { target, unwind, .. } => {
                target.iter_mut().for_each(&mut f);
                cleanup(unwind, &mut f);
            }
            Self::Yield { resume, drop, .. } => {
                f(resume);
                drop.iter_mut().for_each(f);
            }
            Self::FalseEdge { real_target, imaginary_target } => {
                f(real_target);
                f(imaginary_target);
            }
            Self::FalseUnwind { real_target, unwind } => {
                f(real_target);
                cleanup(unwind, &mut f);
            }
            Self::InlineAsm { targets, unwind, .. } => {
                targets.iter_mut().for_each(&mut f);
                cleanup(unwind, &mut f);
            }
        }
    }
    pub fn unwind(&self) -> Option<&UnwindAction> {
        match self {
            Self::Drop { unwind, .. }
            | Self::Call { unwind, .. }
            | Self::Assert { unwind, .. }
            | Self::FalseUnwind { unwind, .. }
            | Self::InlineAsm { unwind, .. } => Some(unwind),
            _ => None,
        }
    }
    pub fn unwind_mut(&mut self) -> Option<&mut UnwindAction> {
        match self {
            Self::Drop { unwind, .. }
            | Self::Call { unwind, .. }
            | Self::Assert { unwind, .. }
            | Self::FalseUnwind { unwind, .. }
            | Self::InlineAsm { unwind, .. } => Some(unwind),
            _ => None,
        }
    }
    pub fn as_switch(&self) -> Option<(&Operand<'tcx>, &SwitchTargets)> {
        match self {
            Self::SwitchInt { discr, targets } => Some((discr, targets)),
            _ => None,
        }
    }
    pub fn edges(&self) -> TerminatorEdges<'_, 'tcx> {
        match self {
            Self::Return
            | Self::TailCall { .. }
            | Self::UnwindResume
            | Self::UnwindTerminate(_)
            | Self::CoroutineDrop
            | Self::Unreachable => TerminatorEdges::None,
            Self::Goto { target } => TerminatorEdges::Single(*target),
            Self::Assert { target, unwind, .. } | Self::Drop { target, unwind, .. } => match unwind.cleanup_block() {
                Some(cleanup) => TerminatorEdges::Double(*target, cleanup),
                None => TerminatorEdges::Single(*target),
            },
            Self::FalseUnwind { real_target, unwind } => match unwind.cleanup_block() {
                Some(cleanup) => TerminatorEdges::Double(*real_target, cleanup),
                None => TerminatorEdges::Single(*real_target),
            },
            Self::FalseEdge { real_target, imaginary_target } => {
                TerminatorEdges::Double(*real_target, *imaginary_target)
            }
            Self::Yield { resume, drop, resume_arg, .. } => TerminatorEdges::AssignOnReturn {
                return_: std::iter::once(*resume).chain(*drop).collect(),
                cleanup: None,
                place: CallReturnPlaces::Yield(*resume_arg),
            },
            Self::Call { unwind, destination, target, .. } => TerminatorEdges::AssignOnReturn {
                return_: target.iter().copied().collect(),
                cleanup: unwind.cleanup_block(),
                place: CallReturnPlaces::Call(*destination),
            },
            Self::InlineAsm { operands, targets, unwind, .. } => TerminatorEdges::AssignOnReturn {
                return_: targets.iter().copied().collect(),
                cleanup: unwind.cleanup_block(),
                place: CallReturnPlaces::InlineAsm(operands),
            },
            Self::SwitchInt { targets, discr } => TerminatorEdges::SwitchInt { targets, discr },
        }
    }
    pub fn name(&self) -> &'static str {
        match self {
            Self::Goto { .. } => "Goto",
            Self::SwitchInt { .. } => "SwitchInt",
            Self::UnwindResume => "UnwindResume",
            Self::UnwindTerminate(_) => "UnwindTerminate",
            Self::Return => "Return",
            Self::Unreachable => "Unreachable",
            Self::Drop { .. } => "Drop",
            Self::Call { .. } => "Call",
            Self::TailCall { .. } => "TailCall",
            Self::Assert { .. } => "Assert",
            Self::Yield { .. } => "Yield",
            Self::CoroutineDrop => "CoroutineDrop",
            Self::FalseEdge { .. } => "FalseEdge",
            Self::FalseUnwind { .. } => "FalseUnwind",
            Self::InlineAsm { .. } => "InlineAsm",
        }
    }
}

impl<O> AssertKind<O> {
    /// Whether the check is one that `-C overflow-checks` turns off.
    pub fn is_optional_overflow_check(&self) -> bool {
        use AssertKind::*;
        use BinOp::*;
        matches!(self, OverflowNeg(..) | Overflow(Add | Sub | Mul | Shl | Shr, ..))
    }
    /// The lang item of the function that panics.
    pub fn panic_function(&self) -> hir::LangItem {
        use AssertKind::*;
        use hir::LangItem;
        match self {
            Overflow(BinOp::Add, ..) => LangItem::PanicAddOverflow,
            Overflow(BinOp::Sub, ..) => LangItem::PanicSubOverflow,
            Overflow(BinOp::Mul, ..) => LangItem::PanicMulOverflow,
            Overflow(BinOp::Div, ..) => LangItem::PanicDivOverflow,
            Overflow(BinOp::Rem, ..) => LangItem::PanicRemOverflow,
            OverflowNeg(_) => LangItem::PanicNegOverflow,
            Overflow(BinOp::Shr, ..) => LangItem::PanicShrOverflow,
            Overflow(BinOp::Shl, ..) => LangItem::PanicShlOverflow,
            Overflow(op, ..) => panic!("{op:?} cannot overflow"),
            DivisionByZero(_) => LangItem::PanicDivZero,
            RemainderByZero(_) => LangItem::PanicRemZero,
            ResumedAfterReturn(Kind::Coroutine(_)) => LangItem::PanicCoroutineResumed,
            ResumedAfterReturn(Kind::Desugared(hir::CoroutineDesugaring::Async, _)) => LangItem::PanicAsyncFnResumed,
            ResumedAfterReturn(Kind::Desugared(hir::CoroutineDesugaring::AsyncGen, _)) => {
                LangItem::PanicAsyncGenFnResumed
            }
            ResumedAfterReturn(Kind::Desugared(hir::CoroutineDesugaring::Gen, _)) => LangItem::PanicGenFnNone,
            ResumedAfterPanic(Kind::Coroutine(_)) => LangItem::PanicCoroutineResumedPanic,
            ResumedAfterPanic(Kind::Desugared(hir::CoroutineDesugaring::Async, _)) => {
                LangItem::PanicAsyncFnResumedPanic
            }
            ResumedAfterPanic(Kind::Desugared(hir::CoroutineDesugaring::AsyncGen, _)) => {
                LangItem::PanicAsyncGenFnResumedPanic
            }
            ResumedAfterPanic(Kind::Desugared(hir::CoroutineDesugaring::Gen, _)) => LangItem::PanicGenFnNonePanic,
            ResumedAfterDrop(Kind::Coroutine(_)) => LangItem::PanicCoroutineResumedDrop,
            ResumedAfterDrop(Kind::Desugared(hir::CoroutineDesugaring::Async, _)) => LangItem::PanicAsyncFnResumedDrop,
            ResumedAfterDrop(Kind::Desugared(hir::CoroutineDesugaring::AsyncGen, _)) => {
                LangItem::PanicAsyncGenFnResumedDrop
            }
            ResumedAfterDrop(Kind::Desugared(hir::CoroutineDesugaring::Gen, _)) => LangItem::PanicGenFnNoneDrop,
            NullPointerDereference => LangItem::PanicNullPointerDereference,
            InvalidEnumConstruction(_) => LangItem::PanicInvalidEnumConstruction,
            BoundsCheck { .. } => LangItem::PanicBoundsCheck,
            MisalignedPointerDereference { .. } => LangItem::PanicMisalignedPointerDereference,
        }
    }
    /// The message with `f` printing operands: what a failing constant says.
    pub fn message(&self, f: impl Fn(&O) -> String) -> String {
        use AssertKind::*;
        match self {
            BoundsCheck { len, index } => {
                format!("index out of bounds: the length is {} but the index is {}", f(len), f(index))
            }
            Overflow(op @ (BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Div), l, r) => {
                let sign = op.to_hir_binop().map_or("?", |o| o.as_str());
                format!("attempt to compute `{} {sign} {}`, which would overflow", f(l), f(r))
            }
            Overflow(BinOp::Rem, l, r) => {
                format!("attempt to compute the remainder of `{} % {}`, which would overflow", f(l), f(r))
            }
            Overflow(BinOp::Shr, _, r) => format!("attempt to shift right by `{}`, which would overflow", f(r)),
            Overflow(BinOp::Shl, _, r) => format!("attempt to shift left by `{}`, which would overflow", f(r)),
            Overflow(op, ..) => panic!("{op:?} cannot overflow"),
            OverflowNeg(op) => format!("attempt to negate `{}`, which would overflow", f(op)),
            DivisionByZero(op) => format!("attempt to divide `{}` by zero", f(op)),
            RemainderByZero(op) => {
                format!("attempt to calculate the remainder of `{}` with a divisor of zero", f(op))
            }
            ResumedAfterReturn(Kind::Desugared(hir::CoroutineDesugaring::Async, _)) => {
                "`async fn` resumed after completion".into()
            }
            ResumedAfterReturn(Kind::Desugared(hir::CoroutineDesugaring::Gen, _)) => {
                "`gen fn` should just keep returning `None` after completion".into()
            }
            ResumedAfterReturn(Kind::Desugared(hir::CoroutineDesugaring::AsyncGen, _)) => {
                "`async gen fn` resumed after completion".into()
            }
            ResumedAfterReturn(_) => "coroutine resumed after completion".into(),
            ResumedAfterPanic(Kind::Desugared(hir::CoroutineDesugaring::Async, _)) => {
                "`async fn` resumed after panicking".into()
            }
            ResumedAfterPanic(Kind::Desugared(hir::CoroutineDesugaring::Gen, _)) => {
                "`gen fn` should just keep returning `None` after panicking".into()
            }
            ResumedAfterPanic(Kind::Desugared(hir::CoroutineDesugaring::AsyncGen, _)) => {
                "`async gen fn` resumed after panicking".into()
            }
            ResumedAfterPanic(_) => "coroutine resumed after panicking".into(),
            ResumedAfterDrop(Kind::Desugared(hir::CoroutineDesugaring::Async, _)) => {
                "`async fn` resumed after async drop".into()
            }
            ResumedAfterDrop(Kind::Desugared(hir::CoroutineDesugaring::Gen, _)) => "`gen fn` resumed after drop".into(),
            ResumedAfterDrop(Kind::Desugared(hir::CoroutineDesugaring::AsyncGen, _)) => {
                "`async gen fn` resumed after async drop".into()
            }
            ResumedAfterDrop(_) => "coroutine resumed after async drop".into(),
            MisalignedPointerDereference { required, found } => format!(
                "misaligned pointer dereference: address must be a multiple of {} but is {}",
                f(required),
                f(found)
            ),
            NullPointerDereference => "null pointer dereference occurred".into(),
            InvalidEnumConstruction(source) => {
                format!("trying to construct an enum from an invalid value `{}`", f(source))
            }
        }
    }
}

impl<'tcx> BasicBlockData<'tcx> {
    /// The block's successors; none while it has no terminator.
    pub fn successors(&self) -> impl Iterator<Item = BasicBlock> {
        self.terminator.as_ref().map(|t| t.successors()).into_iter().flatten()
    }
}
