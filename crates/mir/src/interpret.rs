//! Memory of the compile-time world: allocations, pointers into them, and the session's table of them.

mod allocation;
mod provenance_map;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::num::NonZero;

pub use allocation::{AllocRange, Allocation, ConstAllocation, InitMask, alloc_range};
use macros::{TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
pub use provenance_map::ProvenanceMap;
use rustc_abi::Size;
use span::FxHashMap;
use span::codec::{Decodable, Encodable};
use span::def_id::DefId;
use ty::codec::{TyDecoder, TyEncoder};
use ty::{ErrorGuaranteed, Instance, ScalarInt, Ty};

/// The identity of a global allocation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AllocId(pub NonZero<u64>);
ty::trivially_traversable!(AllocId, Scalar);

impl fmt::Debug for AllocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { write!(f, "a{}", self.0) } else { write!(f, "alloc{}", self.0) }
    }
}

impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for AllocId {
    fn encode(&self, e: &mut E) {
        e.encode_alloc_id(self.0);
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for AllocId {
    fn decode(d: &mut D) -> Self {
        AllocId(d.decode_alloc_id())
    }
}

/// An allocation, and whether the pointer may only be read through (made by `&`).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CtfeProvenance(NonZero<u64>);

const IMMUTABLE_MASK: u64 = 1 << 63;
const SHARED_REF_MASK: u64 = 1 << 62;

impl CtfeProvenance {
    pub fn alloc_id(self) -> AllocId {
        // An allocation's id is not zero without the flags either.
        AllocId(NonZero::new(self.0.get() & !(IMMUTABLE_MASK | SHARED_REF_MASK)).expect("an allocation's id"))
    }
    /// Whether the memory may not be written through it.
    pub fn immutable(self) -> bool {
        self.0.get() & IMMUTABLE_MASK != 0
    }
    /// Whether it comes from a shared reference; implies `immutable` but for interior mutability.
    pub fn shared_ref(self) -> bool {
        self.0.get() & SHARED_REF_MASK != 0
    }
    pub fn as_immutable(self) -> Self {
        CtfeProvenance(self.0 | IMMUTABLE_MASK)
    }
    pub fn as_shared_ref(self) -> Self {
        CtfeProvenance(self.0 | SHARED_REF_MASK)
    }
}

impl From<AllocId> for CtfeProvenance {
    fn from(id: AllocId) -> Self {
        CtfeProvenance(id.0)
    }
}

impl fmt::Debug for CtfeProvenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.alloc_id(), f)?;
        if self.immutable() { f.write_str("<imm>") } else { Ok(()) }
    }
}

impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for CtfeProvenance {
    fn encode(&self, e: &mut E) {
        self.alloc_id().encode(e);
        (self.immutable(), self.shared_ref()).encode(e);
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for CtfeProvenance {
    fn decode(d: &mut D) -> Self {
        let mut prov = CtfeProvenance::from(AllocId::decode(d));
        let (immutable, shared_ref): (bool, bool) = Decodable::decode(d);
        if immutable {
            prov = prov.as_immutable();
        }
        if shared_ref {
            prov = prov.as_shared_ref();
        }
        prov
    }
}

/// An address: an offset in an allocation. With `Option<CtfeProvenance>`, `None` means an integer address.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pointer<Prov = CtfeProvenance> {
    /// In bytes.
    pub offset: Size,
    pub provenance: Prov,
}

impl<Prov> Pointer<Prov> {
    pub fn new(provenance: Prov, offset: Size) -> Self {
        Pointer { offset, provenance }
    }
    /// The allocation's part and the offset.
    pub fn into_raw_parts(self) -> (Prov, Size) {
        (self.provenance, self.offset)
    }
    /// `i` bytes on, modulo 2^64.
    pub fn wrapping_offset(self, i: Size) -> Self {
        Pointer { offset: Size::from_bytes(self.offset.bytes().wrapping_add(i.bytes())), provenance: self.provenance }
    }
    pub fn wrapping_signed_offset(self, i: i64) -> Self {
        Pointer { offset: Size::from_bytes(self.offset.bytes().wrapping_add(i as u64)), provenance: self.provenance }
    }
}

impl From<AllocId> for Pointer {
    fn from(id: AllocId) -> Self {
        Pointer { offset: Size::ZERO, provenance: id.into() }
    }
}
impl From<CtfeProvenance> for Pointer {
    fn from(provenance: CtfeProvenance) -> Self {
        Pointer { offset: Size::ZERO, provenance }
    }
}
impl From<Pointer> for Pointer<Option<CtfeProvenance>> {
    fn from(p: Pointer) -> Self {
        Pointer { offset: p.offset, provenance: Some(p.provenance) }
    }
}

impl Pointer<Option<CtfeProvenance>> {
    /// An integer address.
    pub fn from_addr_invalid(addr: u64) -> Self {
        Pointer { offset: Size::from_bytes(addr), provenance: None }
    }
    pub fn null() -> Self {
        Pointer::from_addr_invalid(0)
    }
    /// The pointer into an allocation, or the address.
    pub fn into_pointer_or_addr(self) -> Result<Pointer, Size> {
        match self.provenance {
            Some(provenance) => Ok(Pointer { offset: self.offset, provenance }),
            None => Err(self.offset),
        }
    }
}

impl<Prov: fmt::Debug> fmt::Debug for Pointer<Prov> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.provenance, f)?;
        if self.offset.bytes() > 0 { write!(f, "+{:#x}", self.offset.bytes()) } else { Ok(()) }
    }
}

/// A value of at most 16 bytes, or a pointer (of `u8` bytes).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Scalar<Prov = CtfeProvenance> {
    Int(ScalarInt),
    Ptr(Pointer<Prov>, u8),
}

impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for Scalar {
    fn encode(&self, e: &mut E) {
        match self {
            Scalar::Int(i) => {
                e.emit_u8(0);
                i.encode(e);
            }
            Scalar::Ptr(p, size) => {
                e.emit_u8(1);
                p.provenance.encode(e);
                e.emit_u64(p.offset.bytes());
                e.emit_u8(*size);
            }
        }
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for Scalar {
    fn decode(d: &mut D) -> Self {
        if d.read_u8() == 0 {
            return Scalar::Int(Decodable::decode(d));
        }
        let provenance = Decodable::decode(d);
        let offset = Size::from_bytes(d.read_u64());
        Scalar::Ptr(Pointer { offset, provenance }, d.read_u8())
    }
}

impl<Prov> Scalar<Prov> {
    /// A pointer of the target's width.
    pub fn from_pointer(ptr: Pointer<Prov>) -> Self {
        Scalar::Ptr(ptr, 8)
    }
    pub fn from_bool(b: bool) -> Self {
        Scalar::Int(if b { ScalarInt::TRUE } else { ScalarInt::FALSE })
    }
    pub fn from_char(c: char) -> Self {
        Scalar::from_uint(u32::from(c), 4)
    }
    pub fn from_u8(n: u8) -> Self {
        Scalar::from_uint(n, 1)
    }
    pub fn from_u32(n: u32) -> Self {
        Scalar::from_uint(n, 4)
    }
    pub fn from_i32(n: i32) -> Self {
        Scalar::from_int(n, 4)
    }
    pub fn from_u64(n: u64) -> Self {
        Scalar::from_uint(n, 8)
    }
    pub fn from_u128(n: u128) -> Self {
        Scalar::from_uint(n, 16)
    }
    pub fn from_target_usize(n: u64) -> Self {
        Scalar::from_uint(n, 8)
    }
    pub fn from_target_isize(n: i64) -> Self {
        Scalar::from_int(n, 8)
    }
    /// The value must fit in `size` bytes.
    #[track_caller]
    pub fn from_uint(n: impl Into<u128>, size: u64) -> Self {
        Scalar::Int(ScalarInt::try_from_uint(n.into(), size).expect("a value that fits"))
    }
    #[track_caller]
    pub fn from_int(n: impl Into<i128>, size: u64) -> Self {
        Scalar::Int(ScalarInt::try_from_int(n.into(), size).expect("a value that fits"))
    }
    pub fn size(&self) -> Size {
        match self {
            Scalar::Int(i) => Size::from_bytes(i.size()),
            Scalar::Ptr(_, size) => Size::from_bytes(u64::from(*size)),
        }
    }
    pub fn try_to_scalar_int(self) -> Option<ScalarInt> {
        match self {
            Scalar::Int(i) => Some(i),
            Scalar::Ptr(..) => None,
        }
    }
    #[track_caller]
    pub fn assert_scalar_int(self) -> ScalarInt {
        self.try_to_scalar_int().expect("an integer")
    }
    pub fn is_ptr(&self) -> bool {
        matches!(self, Scalar::Ptr(..))
    }
}

impl Scalar {
    /// As a pointer, integers as addresses.
    pub fn to_pointer(self) -> Pointer<Option<CtfeProvenance>> {
        match self {
            Scalar::Ptr(p, _) => p.into(),
            Scalar::Int(i) => Pointer::from_addr_invalid(i.to_target_usize()),
        }
    }
    pub fn from_maybe_pointer(ptr: Pointer<Option<CtfeProvenance>>) -> Self {
        match ptr.into_pointer_or_addr() {
            Ok(p) => Scalar::from_pointer(p),
            Err(addr) => Scalar::from_u64(addr.bytes()),
        }
    }
}

/// What a global allocation is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum GlobalAlloc<'tcx> {
    /// A function's address.
    Function {
        instance: Instance<'tcx>,
    },
    /// The vtable of a type for a trait.
    VTable(Ty<'tcx>, ty::PolyExistentialPredicates<'tcx>),
    /// A static's memory: from its initialiser when it is read.
    Static(DefId),
    Memory(ConstAllocation<'tcx>),
    /// What the `TypeId` of a type points to.
    TypeId {
        ty: Ty<'tcx>,
    },
}

impl<'tcx> GlobalAlloc<'tcx> {
    #[track_caller]
    pub fn unwrap_memory(&self) -> ConstAllocation<'tcx> {
        match *self {
            GlobalAlloc::Memory(mem) => mem,
            _ => panic!("expected memory, got {self:?}"),
        }
    }
    #[track_caller]
    pub fn unwrap_fn(&self) -> Instance<'tcx> {
        match *self {
            GlobalAlloc::Function { instance } => instance,
            _ => panic!("expected function, got {self:?}"),
        }
    }
}

/// The session's global allocations.
#[derive(Default)]
pub struct AllocMap<'tcx> {
    to_alloc: RefCell<FxHashMap<AllocId, GlobalAlloc<'tcx>>>,
    /// Equal allocations that need only one id: functions, vtables, statics, literals.
    dedup: RefCell<FxHashMap<(GlobalAlloc<'tcx>, u32), AllocId>>,
    next: Cell<u64>,
}

impl<'tcx> AllocMap<'tcx> {
    pub fn new() -> Self {
        AllocMap::default()
    }
    /// A new id without content; set it by [`AllocMap::set_alloc_id_memory`].
    pub fn reserve(&self) -> AllocId {
        let n = self.next.get() + 1;
        self.next.set(n);
        AllocId(NonZero::new(n).expect("ids count from one"))
    }
    fn reserve_and_set_dedup(&self, alloc: GlobalAlloc<'tcx>, salt: u32) -> AllocId {
        if let Some(id) = self.dedup.borrow().get(&(alloc, salt)) {
            return *id;
        }
        let id = self.reserve();
        self.to_alloc.borrow_mut().insert(id, alloc);
        self.dedup.borrow_mut().insert((alloc, salt), id);
        id
    }
    /// The one allocation of a static.
    pub fn reserve_and_set_static_alloc(&self, def_id: DefId) -> AllocId {
        self.reserve_and_set_dedup(GlobalAlloc::Static(def_id), 0)
    }
    pub fn reserve_and_set_fn_alloc(&self, instance: Instance<'tcx>) -> AllocId {
        self.reserve_and_set_dedup(GlobalAlloc::Function { instance }, 0)
    }
    pub fn reserve_and_set_vtable_alloc(&self, ty: Ty<'tcx>, preds: ty::PolyExistentialPredicates<'tcx>) -> AllocId {
        self.reserve_and_set_dedup(GlobalAlloc::VTable(ty, preds), 0)
    }
    pub fn reserve_and_set_type_id_alloc(&self, ty: Ty<'tcx>) -> AllocId {
        self.reserve_and_set_dedup(GlobalAlloc::TypeId { ty }, 0)
    }
    /// Memory with an id of its own.
    pub fn reserve_and_set_memory_alloc(&self, mem: ConstAllocation<'tcx>) -> AllocId {
        let id = self.reserve();
        self.set_alloc_id_memory(id, mem);
        id
    }
    /// Memory that is shared with equal memory: literals.
    pub fn reserve_and_set_memory_dedup(&self, mem: ConstAllocation<'tcx>, salt: u32) -> AllocId {
        self.reserve_and_set_dedup(GlobalAlloc::Memory(mem), salt)
    }
    /// The read-only bytes of a literal, one id for equal bytes.
    pub fn allocate_bytes_dedup(&self, cx: ty::Interner<'tcx>, bytes: &[u8]) -> AllocId {
        let mem = ConstAllocation::new(cx, Allocation::from_bytes_byte_aligned_immutable(bytes));
        self.reserve_and_set_memory_dedup(mem, 0)
    }
    /// Sets the content of a reserved id, or replaces memory that was not final.
    pub fn set_alloc_id_memory(&self, id: AllocId, mem: ConstAllocation<'tcx>) {
        self.to_alloc.borrow_mut().insert(id, GlobalAlloc::Memory(mem));
    }
    /// Sets the content of an id of any kind (metadata decoding).
    pub fn set_global_alloc(&self, id: AllocId, alloc: GlobalAlloc<'tcx>) {
        self.to_alloc.borrow_mut().insert(id, alloc);
    }
    pub fn try_get(&self, id: AllocId) -> Option<GlobalAlloc<'tcx>> {
        self.to_alloc.borrow().get(&id).copied()
    }
    #[track_caller]
    pub fn get(&self, id: AllocId) -> GlobalAlloc<'tcx> {
        self.try_get(id).unwrap_or_else(|| panic!("no content for {id:?}"))
    }
    /// The memory of an id, if it is memory.
    pub fn memory(&self, id: AllocId) -> Option<ConstAllocation<'tcx>> {
        match self.try_get(id)? {
            GlobalAlloc::Memory(mem) => Some(mem),
            _ => None,
        }
    }
}

/// Why a constant has no value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ErrorHandled {
    /// An error was reported; `span` is that of the constant.
    Reported(ErrorGuaranteed, span::Span),
    /// The constant depends on generic parameters; nothing was reported.
    TooGeneric(span::Span),
}

/// The result of evaluating to memory.
pub type EvalToAllocationRawResult<'tcx> = Result<crate::interpret::ConstAlloc<'tcx>, ErrorHandled>;
/// The result of evaluating a static's initialiser.
pub type EvalStaticInitializerRawResult<'tcx> = Result<ConstAllocation<'tcx>, ErrorHandled>;
/// The result of evaluating to a value.
pub type EvalToConstValueResult = Result<crate::ConstValue, ErrorHandled>;
/// The result of evaluating to a value tree: the inner error is the type that has none.
pub type EvalToValTreeResult<'tcx> = Result<Result<ty::ValTree<'tcx>, Ty<'tcx>>, ErrorHandled>;

/// A constant in memory, not yet read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, TyEncodable, TyDecodable)]
pub struct ConstAlloc<'tcx> {
    pub alloc_id: AllocId,
    pub ty: Ty<'tcx>,
}

/// A constant to evaluate: an instance, or one of its promoteds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable)]
pub struct GlobalId<'tcx> {
    pub instance: Instance<'tcx>,
    pub promoted: Option<crate::Promoted>,
}
