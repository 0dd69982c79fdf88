//! What can go wrong while interpreting, and how it is said (rustc's `InterpErrorKind` and its messages).

use std::fmt::{self, Display};

use mir::interpret::{AllocId, AllocRange, CtfeProvenance, ErrorHandled, Pointer};
use rustc_abi::{Align, Size};
use span::def_id::DefId;
use ty::layout::LayoutError;
use ty::{ErrorGuaranteed, Ty};

/// The result of a step of the interpreter.
pub type InterpResult<'tcx, T = ()> = Result<T, InterpError<'tcx>>;

/// A boxed [`InterpErrorKind`]: results stay small.
#[derive(Debug)]
pub struct InterpError<'tcx>(Box<InterpErrorKind<'tcx>>);

impl<'tcx> InterpError<'tcx> {
    pub fn kind(&self) -> &InterpErrorKind<'tcx> {
        &self.0
    }
    pub fn into_kind(self) -> InterpErrorKind<'tcx> {
        *self.0
    }
}

/// Why interpretation stopped.
#[derive(Debug)]
pub enum InterpErrorKind<'tcx> {
    UndefinedBehavior(UndefinedBehavior<'tcx>),
    Unsupported(Unsupported),
    /// The program cannot be run: it is generic, or an error in it was reported.
    InvalidProgram(InvalidProgram<'tcx>),
    ResourceExhaustion(ResourceExhaustion),
    /// What the machine refuses; in const evaluation a panic, too.
    MachineStop(String),
}

/// What a pointer was to be used for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CheckInAlloc {
    MemoryAccess,
    InboundsPointerArithmetic,
    Dereferenceable,
}

/// A value read where it was not initialised.
#[derive(Clone, Copy, Debug)]
pub struct BadBytes {
    pub access: AllocRange,
    pub bad: AllocRange,
}

/// Undefined behaviour.
#[derive(Debug)]
pub enum UndefinedBehavior<'tcx> {
    /// With its message.
    Ub(String),
    Unreachable,
    BoundsCheckFailed {
        len: u64,
        index: u64,
    },
    DivisionByZero,
    RemainderByZero,
    DivisionOverflow,
    RemainderOverflow,
    PointerArithOverflow,
    ArithOverflow {
        intrinsic: &'static str,
    },
    ShiftOverflow {
        intrinsic: &'static str,
        /// With its sign.
        amount: String,
    },
    InvalidMetaSliceTooBig,
    InvalidMetaTooBig,
    PointerUseAfterFree(AllocId, CheckInAlloc),
    PointerOutOfBounds {
        alloc_id: AllocId,
        alloc_size: Size,
        ptr_offset: i64,
        inbounds_size: i64,
        msg: CheckInAlloc,
    },
    DanglingIntPointer {
        addr: u64,
        inbounds_size: i64,
        msg: CheckInAlloc,
    },
    AlignmentCheckFailed {
        has: Align,
        required: Align,
        /// Whether the place is accessed, rather than a pointer that it is based on.
        accessed: bool,
    },
    WriteToReadOnly(AllocId),
    DerefFunctionPointer(AllocId),
    DerefVTablePointer(AllocId),
    DerefTypeIdPointer(AllocId),
    InvalidBool(u8),
    InvalidChar(u32),
    InvalidTag(u128, Size),
    InvalidFunctionPointer(Pointer<Option<CtfeProvenance>>),
    InvalidVTablePointer(Pointer<Option<CtfeProvenance>>),
    InvalidVTableTrait {
        expected: Ty<'tcx>,
        found: Ty<'tcx>,
    },
    InvalidUninitBytes(Option<(AllocId, BadBytes)>),
    DeadLocal,
    ScalarSizeMismatch {
        target_size: u64,
        data_size: u64,
    },
    UninhabitedEnumVariantWritten,
    UninhabitedEnumVariantRead,
    /// A value that breaks its type's validity invariant: where in it, and what is wrong.
    Validation {
        path: Option<String>,
        what: String,
        /// Whether it is a pointer into the middle of another (or of unknown bytes): then help explains.
        ptr_bytes_warning: bool,
    },
}

/// What a machine cannot do.
#[derive(Debug)]
pub enum Unsupported {
    /// With its message.
    Unsupported(String),
    UnsizedLocal,
    ExternTypeField,
    /// A pointer of which only a part was overwritten or read.
    ReadPartialPointer(Pointer),
    /// A pointer's bytes read as an integer.
    ReadPointerAsInt(Option<(AllocId, BadBytes)>),
    ThreadLocalStatic(DefId),
    ExternStatic(DefId),
}

/// What makes a program impossible to run.
#[derive(Debug)]
pub enum InvalidProgram<'tcx> {
    TooGeneric,
    AlreadyReported(ErrorGuaranteed),
    Layout(LayoutError<'tcx>),
}

/// Limits.
#[derive(Debug)]
pub enum ResourceExhaustion {
    StackFrameLimitReached,
    MemoryExhausted,
    AddressSpaceFull,
}

/// What is said of an argument that a layout was asked for.
impl<'tcx> From<LayoutError<'tcx>> for InterpError<'tcx> {
    fn from(e: LayoutError<'tcx>) -> Self {
        let info = match e {
            LayoutError::TooGeneric(_) | LayoutError::Unknown(_) => InvalidProgram::TooGeneric,
            LayoutError::ReferencesError(guar) | LayoutError::Cycle(guar) => InvalidProgram::AlreadyReported(guar),
            LayoutError::SizeOverflow(_) | LayoutError::NormalizationFailure(_) => InvalidProgram::Layout(e),
        };
        InterpErrorKind::InvalidProgram(info).into()
    }
}
impl<'tcx> From<InterpErrorKind<'tcx>> for InterpError<'tcx> {
    #[cold]
    fn from(kind: InterpErrorKind<'tcx>) -> Self {
        InterpError(Box::new(kind))
    }
}
impl<'tcx> From<UndefinedBehavior<'tcx>> for InterpError<'tcx> {
    #[cold]
    fn from(u: UndefinedBehavior<'tcx>) -> Self {
        InterpErrorKind::UndefinedBehavior(u).into()
    }
}
impl From<Unsupported> for InterpError<'_> {
    #[cold]
    fn from(u: Unsupported) -> Self {
        InterpErrorKind::Unsupported(u).into()
    }
}
impl<'tcx> From<InvalidProgram<'tcx>> for InterpError<'tcx> {
    #[cold]
    fn from(u: InvalidProgram<'tcx>) -> Self {
        InterpErrorKind::InvalidProgram(u).into()
    }
}
impl From<ResourceExhaustion> for InterpError<'_> {
    #[cold]
    fn from(u: ResourceExhaustion) -> Self {
        InterpErrorKind::ResourceExhaustion(u).into()
    }
}
impl From<ErrorGuaranteed> for InterpError<'_> {
    #[cold]
    fn from(guar: ErrorGuaranteed) -> Self {
        InvalidProgram::AlreadyReported(guar).into()
    }
}
impl From<ErrorHandled> for InterpError<'_> {
    #[cold]
    fn from(e: ErrorHandled) -> Self {
        match e {
            ErrorHandled::Reported(guar, _) => guar.into(),
            ErrorHandled::TooGeneric(_) => InvalidProgram::TooGeneric.into(),
        }
    }
}

/// Undefined behaviour with a message.
#[cold]
pub fn ub<'tcx, T>(msg: impl Into<String>) -> InterpResult<'tcx, T> {
    Err(UndefinedBehavior::Ub(msg.into()).into())
}
/// An operation that the machine does not support.
#[cold]
pub fn unsup<'tcx, T>(msg: impl Into<String>) -> InterpResult<'tcx, T> {
    Err(Unsupported::Unsupported(msg.into()).into())
}

impl Display for InterpErrorKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InterpErrorKind::UndefinedBehavior(u) => u.fmt(f),
            InterpErrorKind::Unsupported(u) => u.fmt(f),
            InterpErrorKind::InvalidProgram(InvalidProgram::TooGeneric) => {
                f.write_str("encountered overly generic constant")
            }
            InterpErrorKind::InvalidProgram(InvalidProgram::AlreadyReported(_)) => {
                f.write_str("an error has already been reported elsewhere (this should not usually be printed)")
            }
            InterpErrorKind::InvalidProgram(InvalidProgram::Layout(e)) => f.write_str(&layout_error(e)),
            InterpErrorKind::ResourceExhaustion(ResourceExhaustion::StackFrameLimitReached) => {
                f.write_str("reached the configured maximum number of stack frames")
            }
            InterpErrorKind::ResourceExhaustion(ResourceExhaustion::MemoryExhausted) => {
                f.write_str("tried to allocate more memory than available to compiler")
            }
            InterpErrorKind::ResourceExhaustion(ResourceExhaustion::AddressSpaceFull) => {
                f.write_str("there are no more free addresses in the address space")
            }
            InterpErrorKind::MachineStop(msg) => f.write_str(msg),
        }
    }
}

/// A layout error's message.
pub fn layout_error(e: &LayoutError<'_>) -> String {
    match e {
        LayoutError::Unknown(ty) => format!("the type `{ty}` has an unknown layout"),
        LayoutError::TooGeneric(ty) => format!("the type `{ty}` does not have a fixed layout"),
        LayoutError::SizeOverflow(ty) => format!("values of the type `{ty}` are too big for the target architecture"),
        LayoutError::NormalizationFailure(ty) => {
            format!("unable to determine layout for `{ty}` because `{ty}` cannot be normalized")
        }
        LayoutError::Cycle(_) => "a cycle occurred during layout computation".into(),
        LayoutError::ReferencesError(_) => "the type has an unknown layout".into(),
    }
}

fn bytes(n: i64) -> String {
    if n == 1 { "1 byte".into() } else { format!("{n} bytes") }
}

impl CheckInAlloc {
    fn op(self) -> &'static str {
        match self {
            CheckInAlloc::MemoryAccess => "memory access failed",
            CheckInAlloc::InboundsPointerArithmetic => "in-bounds pointer arithmetic failed",
            CheckInAlloc::Dereferenceable => "pointer not dereferenceable",
        }
    }
    fn attempting(self, size: i64) -> String {
        let what = match self {
            CheckInAlloc::MemoryAccess => format!("attempting to access {}", bytes(size)),
            CheckInAlloc::InboundsPointerArithmetic => format!("attempting to offset pointer by {}", bytes(size)),
            CheckInAlloc::Dereferenceable if size == 0 => "pointer must point to some allocation".into(),
            CheckInAlloc::Dereferenceable => format!("pointer must be dereferenceable for {}", bytes(size)),
        };
        format!("{}: {what}", self.op())
    }
}

/// `[0x0..0x4]`
pub fn fmt_range(r: AllocRange) -> String {
    format!("[{:#x}..{:#x}]", r.start.bytes(), r.end().bytes())
}

/// A pointer as messages name it; those without provenance as `0xd[noalloc]`.
pub fn fmt_ptr(p: Pointer<Option<CtfeProvenance>>) -> String {
    match p.provenance {
        Some(prov) => format!("{:?}", Pointer::new(prov, p.offset)),
        None => format!("{:#x}[noalloc]", p.offset.bytes()),
    }
}

impl Display for UndefinedBehavior<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use UndefinedBehavior as U;
        match self {
            U::Ub(msg) => f.write_str(msg),
            U::Unreachable => f.write_str("entering unreachable code"),
            U::BoundsCheckFailed { len, index } => {
                write!(f, "indexing out of bounds: the len is {len} but the index is {index}")
            }
            U::DivisionByZero => f.write_str("dividing by zero"),
            U::RemainderByZero => f.write_str("calculating the remainder with a divisor of zero"),
            U::DivisionOverflow => f.write_str("overflow in signed division (dividing MIN by -1)"),
            U::RemainderOverflow => f.write_str("overflow in signed remainder (dividing MIN by -1)"),
            U::PointerArithOverflow => {
                f.write_str("overflowing pointer arithmetic: the total offset in bytes does not fit in an `isize`")
            }
            U::ArithOverflow { intrinsic } => write!(f, "arithmetic overflow in `{intrinsic}`"),
            U::ShiftOverflow { intrinsic, amount } => write!(f, "overflowing shift by {amount} in `{intrinsic}`"),
            U::InvalidMetaSliceTooBig => {
                f.write_str("invalid metadata in wide pointer: slice is bigger than largest supported object")
            }
            U::InvalidMetaTooBig => {
                f.write_str("invalid metadata in wide pointer: total size is bigger than largest supported object")
            }
            U::PointerUseAfterFree(id, msg) => {
                write!(f, "{}: {id:?} has been freed, so this pointer is dangling", msg.op())
            }
            U::PointerOutOfBounds { alloc_id, alloc_size, ptr_offset, inbounds_size, msg } => {
                let ptr = Pointer::new(CtfeProvenance::from(*alloc_id), Size::ZERO).wrapping_signed_offset(*ptr_offset);
                let at = if *ptr_offset < 0 {
                    format!("{alloc_id:?}-{:#x}", ptr_offset.unsigned_abs())
                } else {
                    format!("{ptr:?}")
                };
                write!(f, "{}, but got {at} which ", msg.attempting(*inbounds_size))?;
                let size = alloc_size.bytes() as i64;
                if *ptr_offset < 0 {
                    f.write_str("points to before the beginning of the allocation")
                } else if *inbounds_size < 0 {
                    match ptr_offset {
                        0 => f.write_str("is at the beginning of the allocation"),
                        n => write!(f, "is only {} from the beginning of the allocation", bytes(*n)),
                    }
                } else if *ptr_offset >= size {
                    write!(f, "is at or beyond the end of the allocation of size {}", bytes(size))
                } else {
                    write!(f, "is only {} from the end of the allocation", bytes(size - ptr_offset))
                }
            }
            U::DanglingIntPointer { addr: 0, inbounds_size, msg } => {
                write!(f, "{}, but got null pointer", msg.attempting(*inbounds_size))
            }
            U::DanglingIntPointer { addr, inbounds_size, msg } => write!(
                f,
                "{}, but got {addr:#x}[noalloc] which is a dangling pointer (it has no provenance)",
                msg.attempting(*inbounds_size)
            ),
            U::AlignmentCheckFailed { has, required, accessed } => write!(
                f,
                "accessing memory{} with alignment {}, but alignment {} is required",
                if *accessed { "" } else { " based on pointer" },
                has.bytes(),
                required.bytes()
            ),
            U::WriteToReadOnly(id) => write!(f, "writing to {id:?} which is read-only"),
            U::DerefFunctionPointer(id) => write!(f, "accessing {id:?} which contains a function"),
            U::DerefVTablePointer(id) => write!(f, "accessing {id:?} which contains a vtable"),
            U::DerefTypeIdPointer(id) => write!(f, "accessing {id:?} which contains a `TypeId`"),
            U::InvalidBool(b) => write!(f, "interpreting an invalid 8-bit value as a bool: 0x{b:02x}"),
            U::InvalidChar(c) => write!(f, "interpreting an invalid 32-bit value as a char: 0x{c:08x}"),
            U::InvalidTag(tag, size) => {
                write!(f, "enum value has invalid tag: 0x{tag:0width$x}", width = size.bytes_usize() * 2)
            }
            U::InvalidFunctionPointer(p) => {
                write!(f, "using {} as function pointer but it does not point to a function", fmt_ptr(*p))
            }
            U::InvalidVTablePointer(p) => {
                write!(f, "using {} as vtable pointer but it does not point to a vtable", fmt_ptr(*p))
            }
            U::InvalidVTableTrait { expected, found } => {
                write!(f, "using vtable for `{found}` but `{expected}` was expected")
            }
            U::InvalidUninitBytes(None) => {
                f.write_str("using uninitialized data, but this operation requires initialized memory")
            }
            U::InvalidUninitBytes(Some((alloc, b))) => write!(
                f,
                "reading memory at {alloc:?}{}, but memory is uninitialized at {}, and this operation requires \
                 initialized memory",
                fmt_range(b.access),
                fmt_range(b.bad)
            ),
            U::DeadLocal => f.write_str("accessing a dead local variable"),
            U::ScalarSizeMismatch { target_size, data_size } => {
                write!(f, "scalar size mismatch: expected {target_size} bytes but got {data_size} bytes instead")
            }
            U::UninhabitedEnumVariantWritten => f.write_str("writing discriminant of an uninhabited enum variant"),
            U::UninhabitedEnumVariantRead => f.write_str("read discriminant of an uninhabited enum variant"),
            U::Validation { path: None, what, .. } => write!(f, "constructing invalid value: {what}"),
            U::Validation { path: Some(path), what, .. } => write!(f, "constructing invalid value at {path}: {what}"),
        }
    }
}

impl Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unsupported::Unsupported(msg) => f.write_str(msg),
            Unsupported::UnsizedLocal => f.write_str("unsized locals are not supported"),
            Unsupported::ExternTypeField => f.write_str("`extern type` field does not have a known offset"),
            Unsupported::ReadPartialPointer(p) => {
                write!(f, "unable to read parts of a pointer from memory at {p:?}")
            }
            Unsupported::ReadPointerAsInt(_) => f.write_str("unable to turn pointer into integer"),
            Unsupported::ThreadLocalStatic(d) => {
                write!(f, "cannot access thread local static `{}`", ty::print::def_path_str(*d))
            }
            Unsupported::ExternStatic(d) => write!(f, "cannot access extern static `{}`", ty::print::def_path_str(*d)),
        }
    }
}
