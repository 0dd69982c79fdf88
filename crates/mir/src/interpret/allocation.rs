//! [`Allocation`]: bytes, which of them are pointers, which are initialised.

use std::hash::{Hash, Hasher};
use std::ops::ControlFlow;

use rustc_abi::{Align, Size};
use span::codec::{Decodable, Encodable};
use ty::Mutability;
use ty::codec::{TyDecoder, TyEncoder};

use super::{CtfeProvenance, Pointer, ProvenanceMap, Scalar};

/// A piece of memory. Pointers' bytes hold the offset; the provenance is apart.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Allocation {
    bytes: Box<[u8]>,
    provenance: ProvenanceMap,
    init_mask: InitMask,
    pub align: Align,
    pub mutability: Mutability,
}

/// A range of bytes of an allocation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct AllocRange {
    pub start: Size,
    pub size: Size,
}

/// A range.
pub fn alloc_range(start: Size, size: Size) -> AllocRange {
    AllocRange { start, size }
}

impl AllocRange {
    pub fn end(self) -> Size {
        self.start + self.size
    }
    /// The part at `subrange` of this one.
    #[track_caller]
    pub fn subrange(self, subrange: AllocRange) -> AllocRange {
        let range = alloc_range(self.start + subrange.start, subrange.size);
        assert!(range.end() <= self.end(), "access outside the bounds");
        range
    }
    fn as_usize(self) -> std::ops::Range<usize> {
        self.start.bytes_usize()..self.end().bytes_usize()
    }
}

/// Which bytes are initialised.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum InitMask {
    /// All or none.
    All(bool),
    /// One bit per byte.
    Blocks(Vec<u64>),
}

impl InitMask {
    pub fn is_range_initialized(&self, range: AllocRange) -> bool {
        match self {
            InitMask::All(state) => *state || range.size == Size::ZERO,
            InitMask::Blocks(_) => self.first_uninit(range).is_none(),
        }
    }
    /// The first run of bytes in a range that are not initialised.
    pub fn first_uninit(&self, range: AllocRange) -> Option<AllocRange> {
        if range.size == Size::ZERO {
            return None;
        }
        let blocks = match self {
            InitMask::All(true) => return None,
            InitMask::All(false) => return Some(range),
            InitMask::Blocks(blocks) => blocks,
        };
        let r = range.as_usize();
        let find = |mut i: usize, state: bool| {
            while i < r.end {
                let word = if state { blocks[i / 64] } else { !blocks[i / 64] } >> (i % 64);
                if word != 0 {
                    return (i + word.trailing_zeros() as usize).min(r.end);
                }
                i = (i / 64 + 1) * 64;
            }
            r.end
        };
        let start = find(r.start, false);
        if start == r.end {
            return None;
        }
        let end = find(start, true);
        Some(alloc_range(Size::from_bytes(start), Size::from_bytes(end - start)))
    }
    /// The same mask in its shortest form, so that equal masks compare equal.
    pub fn normalize(&mut self, len: usize) {
        let InitMask::Blocks(_) = self else { return };
        let all = alloc_range(Size::ZERO, Size::from_bytes(len));
        match self.first_uninit(all) {
            None => *self = InitMask::All(true),
            Some(r) if r == all => *self = InitMask::All(false),
            Some(_) => {
                let InitMask::Blocks(blocks) = self else { return };
                if !len.is_multiple_of(64) {
                    if let Some(last) = blocks.last_mut() {
                        *last &= (1 << (len % 64)) - 1;
                    }
                }
            }
        }
    }
    /// Whether byte `i` is initialised.
    pub fn get(&self, i: usize) -> bool {
        match self {
            InitMask::All(state) => *state,
            InitMask::Blocks(blocks) => blocks[i / 64] >> (i % 64) & 1 == 1,
        }
    }
    fn set_range(&mut self, range: AllocRange, len: usize, state: bool) {
        if range.size == Size::ZERO {
            return;
        }
        if let InitMask::All(old) = *self {
            if old == state {
                return;
            }
            if range.start == Size::ZERO && range.size.bytes_usize() == len {
                *self = InitMask::All(state);
                return;
            }
            *self = InitMask::Blocks(vec![if old { u64::MAX } else { 0 }; len.div_ceil(64)]);
        }
        let InitMask::Blocks(blocks) = self else { return };
        let r = range.as_usize();
        let (mut i, end) = (r.start, r.end);
        while i < end {
            let bit = i % 64;
            let n = (64 - bit).min(end - i);
            let mask = if n == 64 { u64::MAX } else { ((1 << n) - 1) << bit };
            if state {
                blocks[i / 64] |= mask;
            } else {
                blocks[i / 64] &= !mask;
            }
            i += n;
        }
    }
}

impl Allocation {
    /// Initialised bytes without pointers.
    pub fn from_bytes(bytes: impl Into<Box<[u8]>>, align: Align, mutability: Mutability) -> Self {
        Allocation {
            bytes: bytes.into(),
            provenance: ProvenanceMap::new(),
            init_mask: InitMask::All(true),
            align,
            mutability,
        }
    }
    /// A string's or byte string's memory.
    pub fn from_bytes_byte_aligned_immutable(bytes: &[u8]) -> Self {
        Allocation::from_bytes(bytes, Align::ONE, Mutability::Not)
    }
    /// Memory without content.
    pub fn new_uninit(size: Size, align: Align) -> Self {
        Allocation {
            bytes: vec![0; size.bytes_usize()].into(),
            provenance: ProvenanceMap::new(),
            init_mask: InitMask::All(false),
            align,
            mutability: Mutability::Mut,
        }
    }
    /// From its parts.
    pub fn from_parts(
        bytes: Box<[u8]>,
        provenance: ProvenanceMap,
        init_mask: InitMask,
        align: Align,
        mutability: Mutability,
    ) -> Self {
        Allocation { bytes, provenance, init_mask, align, mutability }
    }
    pub fn size(&self) -> Size {
        Size::from_bytes(self.bytes.len())
    }
    /// All bytes, initialised or not; of pointers the offsets.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
    pub fn provenance(&self) -> &ProvenanceMap {
        &self.provenance
    }
    pub fn provenance_mut(&mut self) -> &mut ProvenanceMap {
        &mut self.provenance
    }
    pub fn init_mask(&self) -> &InitMask {
        &self.init_mask
    }
    /// The bytes of a range, whatever they are; the range must be in bounds.
    pub fn inspect(&self, range: AllocRange) -> &[u8] {
        &self.bytes[range.as_usize()]
    }
    pub fn contains_range(&self, range: AllocRange) -> bool {
        range.start.bytes().checked_add(range.size.bytes()).is_some_and(|end| end <= self.size().bytes())
    }
    pub fn is_initialized(&self, range: AllocRange) -> bool {
        self.init_mask.is_range_initialized(range)
    }
    /// The range to be overwritten: marked initialised and without pointers.
    pub fn get_bytes_mut(&mut self, range: AllocRange) -> &mut [u8] {
        self.mark_init(range, true);
        self.provenance.clear(range);
        &mut self.bytes[range.as_usize()]
    }
    /// The bytes to be written in place; pointers and initialisation stay as they are.
    pub fn get_bytes_raw_mut(&mut self, range: AllocRange) -> &mut [u8] {
        &mut self.bytes[range.as_usize()]
    }
    /// Brings the mask of what is initialised into its shortest form; to be called when the content is final.
    pub fn normalize_init_mask(&mut self) {
        let len = self.bytes.len();
        self.init_mask.normalize(len);
    }
    pub fn mark_init(&mut self, range: AllocRange, init: bool) {
        let len = self.bytes.len();
        self.init_mask.set_range(range, len, init);
    }
    /// The range without content.
    pub fn write_uninit(&mut self, range: AllocRange) {
        self.mark_init(range, false);
        self.provenance.clear(range);
    }
    /// An integer of initialised bytes without pointers; little endian as both targets are.
    pub fn read_uint(&self, range: AllocRange) -> Option<u128> {
        if !self.contains_range(range) || !self.is_initialized(range) || !self.provenance.range_empty(range) {
            return None;
        }
        Some(read_le(self.inspect(range)))
    }
    /// A pointer with provenance.
    pub fn read_pointer(&self, offset: Size) -> Option<Pointer> {
        let range = alloc_range(offset, Size::from_bytes(8));
        if !self.contains_range(range) || !self.is_initialized(range) {
            return None;
        }
        let prov = self.provenance.get_ptr(offset)?;
        Some(Pointer::new(prov, Size::from_bytes(read_le(self.inspect(range)) as u64)))
    }
    /// A scalar: a pointer if there is one at exactly this place. `None` for uninitialised bytes or parts of pointers.
    pub fn read_scalar(&self, range: AllocRange) -> Option<Scalar> {
        if range.size == Size::from_bytes(8) {
            if let Some(p) = self.read_pointer(range.start) {
                return Some(Scalar::from_pointer(p));
            }
        }
        self.read_uint(range).map(|v| Scalar::from_uint(v, range.size.bytes()))
    }
    /// Writes a scalar of exactly the range's size.
    pub fn write_scalar(&mut self, range: AllocRange, value: Scalar) {
        let (bits, prov): (u128, Option<CtfeProvenance>) = match value {
            Scalar::Int(i) => (i.to_uint(), None),
            Scalar::Ptr(p, _) => (p.offset.bytes().into(), Some(p.provenance)),
        };
        let n = range.size.bytes_usize();
        self.get_bytes_mut(range).copy_from_slice(&bits.to_le_bytes()[..n]);
        if let Some(prov) = prov {
            self.provenance.insert_ptr(range.start, prov);
        }
    }
    /// All pointers in the memory.
    pub fn for_each_pointer<B>(&self, mut f: impl FnMut(Size, CtfeProvenance) -> ControlFlow<B>) -> ControlFlow<B> {
        self.provenance.ptrs().iter().try_for_each(|(o, p)| f(*o, *p))
    }
}

fn read_le(bytes: &[u8]) -> u128 {
    let mut buf = [0; 16];
    buf[..bytes.len()].copy_from_slice(bytes);
    u128::from_le_bytes(buf)
}

impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for Allocation {
    fn encode(&self, e: &mut E) {
        e.emit_usize(self.bytes.len());
        e.emit_raw_bytes(&self.bytes);
        e.emit_usize(self.provenance.ptrs().len());
        for (offset, prov) in self.provenance.ptrs() {
            e.emit_u64(offset.bytes());
            prov.encode(e);
        }
        match &self.init_mask {
            InitMask::All(state) => e.emit_u8(u8::from(*state)),
            InitMask::Blocks(blocks) => {
                e.emit_u8(2);
                blocks.encode(e);
            }
        }
        e.emit_u64(self.align.bytes());
        self.mutability.encode(e);
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for Allocation {
    fn decode(d: &mut D) -> Self {
        let n = d.read_usize();
        let bytes = d.read_raw_bytes(n).to_vec().into_boxed_slice();
        let n = d.read_usize();
        let ptrs = (0..n)
            .map(|_| {
                let offset = Size::from_bytes(d.read_u64());
                (offset, Decodable::decode(d))
            })
            .collect();
        let init_mask = match d.read_u8() {
            2 => InitMask::Blocks(Decodable::decode(d)),
            state => InitMask::All(state == 1),
        };
        let align = Align::from_bytes(d.read_u64()).unwrap_or(Align::ONE);
        let provenance = ProvenanceMap::from_sorted(ptrs);
        Allocation { bytes, provenance, init_mask, align, mutability: Decodable::decode(d) }
    }
}

/// An allocation that does not change any more, in the session's arena.
#[derive(Clone, Copy)]
pub struct ConstAllocation<'tcx>(&'tcx Allocation);

impl<'tcx> ConstAllocation<'tcx> {
    pub fn new(cx: ty::Interner<'tcx>, alloc: Allocation) -> Self {
        ConstAllocation(cx.arena().alloc(alloc))
    }
    pub fn inner(self) -> &'tcx Allocation {
        self.0
    }
}

impl PartialEq for ConstAllocation<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0) || self.0 == other.0
    }
}
impl Eq for ConstAllocation<'_> {}
impl Hash for ConstAllocation<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Long memory is told apart by its ends.
        let bytes = self.0.bytes();
        bytes.len().hash(state);
        bytes[..bytes.len().min(64)].hash(state);
        bytes[bytes.len() - bytes.len().min(64)..].hash(state);
        self.0.provenance().hash(state);
        self.0.align.hash(state);
    }
}
impl std::fmt::Debug for ConstAllocation<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ConstAllocation {{ .. }}")
    }
}
ty::trivially_traversable!(ConstAllocation<'tcx>);

impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for ConstAllocation<'tcx> {
    fn encode(&self, e: &mut E) {
        self.0.encode(e);
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for ConstAllocation<'tcx> {
    fn decode(d: &mut D) -> Self {
        let alloc = Allocation::decode(d);
        ConstAllocation::new(d.interner(), alloc)
    }
}
