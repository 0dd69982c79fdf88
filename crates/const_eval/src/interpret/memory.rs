//! Memory: allocations made while interpreting, and the session's global ones behind them.
//!
//! Invariant: no access of size zero fails, wherever its pointer points; all others are checked for bounds and
//! liveness here, so that callers may index the bytes.

use mir::interpret::{
    AllocId, AllocRange, Allocation, ConstAllocation, CtfeProvenance, GlobalAlloc, Pointer, Scalar, alloc_range,
};
use rustc_abi::{Align, Size};
use ty::{Instance, Mutability, Ty};

use super::error::{BadBytes, CheckInAlloc, Unsupported};
use super::{InterpCx, InterpResult, Machine, ResourceExhaustion, UndefinedBehavior, ub};

/// What an allocation was made for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MemoryKind<T> {
    /// A local variable, or the result of the body being run.
    Stack,
    /// `core::panic::Location`s.
    CallerLocation,
    Machine(T),
}

/// What is behind an id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AllocKind {
    LiveData,
    Function,
    VTable,
    TypeId,
    Dead,
}

/// An allocation's measures.
#[derive(Clone, Copy, Debug)]
pub struct AllocInfo {
    pub size: Size,
    pub align: Align,
    pub kind: AllocKind,
    pub mutbl: Mutability,
}

/// A pointer as the machine has it: with provenance, or a bare address.
pub type Ptr = Pointer<Option<CtfeProvenance>>;

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    // --- Making and freeing ---
    pub fn fn_ptr(&self, instance: Instance<'tcx>) -> Pointer {
        self.tcx.gcx().alloc_map.reserve_and_set_fn_alloc(instance).into()
    }
    pub fn allocate_ptr(
        &mut self,
        size: Size,
        align: Align,
        kind: MemoryKind<M::MemoryKind>,
    ) -> InterpResult<'tcx, Pointer> {
        // More than this cannot be had of the host either.
        if size.bytes() > 1 << 31 {
            return Err(ResourceExhaustion::MemoryExhausted.into());
        }
        Ok(self.insert_allocation(Allocation::new_uninit(size, align), kind))
    }
    /// Puts an allocation into the memory.
    pub fn insert_allocation(&mut self, alloc: Allocation, kind: MemoryKind<M::MemoryKind>) -> Pointer {
        let id = self.tcx.gcx().alloc_map.reserve();
        self.memory.alloc_map.insert(id, (kind, alloc));
        id.into()
    }
    /// A string literal's memory, shared.
    pub fn allocate_str_dedup(&self, s: &str) -> AllocId {
        self.tcx.gcx().alloc_map.allocate_bytes_dedup(self.tcx.interner(), s.as_bytes())
    }
    pub fn deallocate_ptr(
        &mut self,
        ptr: Ptr,
        old: Option<(Size, Align)>,
        kind: MemoryKind<M::MemoryKind>,
    ) -> InterpResult<'tcx> {
        let (id, offset, prov) = self.ptr_get_alloc_id(ptr, 0)?;
        if offset != Size::ZERO {
            return ub(format!(
                "deallocating {:?} which does not point to the beginning of an object",
                Pointer::new(prov, offset)
            ));
        }
        let Some((found_kind, alloc)) = self.memory.alloc_map.get(&id) else {
            return match self.tcx.gcx().alloc_map.try_get(id) {
                Some(GlobalAlloc::Function { .. }) => ub(format!("deallocating {id:?}, which is a function")),
                Some(GlobalAlloc::VTable(..)) => ub(format!("deallocating {id:?}, which is a vtable")),
                Some(GlobalAlloc::TypeId { .. }) => ub(format!("deallocating {id:?}, which is a type id")),
                Some(GlobalAlloc::Static(..) | GlobalAlloc::Memory(..)) => {
                    ub(format!("deallocating {id:?}, which is static memory"))
                }
                None => Err(UndefinedBehavior::PointerUseAfterFree(id, CheckInAlloc::MemoryAccess).into()),
            };
        };
        if alloc.mutability == Mutability::Not {
            return ub(format!("deallocating immutable allocation {id:?}"));
        }
        if *found_kind != kind {
            return ub(format!(
                "deallocating {id:?}, which is {} memory, using {} deallocation operation",
                kind_name(*found_kind),
                kind_name(kind)
            ));
        }
        if let Some((size, align)) = old {
            if size != alloc.size() || align != alloc.align {
                return ub(format!(
                    "incorrect layout on deallocation: {id:?} has size {} and alignment {}, but gave size {} and \
                     alignment {}",
                    alloc.size().bytes(),
                    alloc.align.bytes(),
                    size.bytes(),
                    align.bytes()
                ));
            }
        }
        self.free(id);
        Ok(())
    }
    /// Frees an allocation of our own.
    pub(crate) fn free(&mut self, id: AllocId) {
        if let Some((_, alloc)) = self.memory.alloc_map.remove(&id) {
            self.memory.dead_alloc_map.insert(id, (alloc.size(), alloc.align));
        }
    }

    // --- Pointers ---
    /// The allocation a pointer points into, and where; an error for bare addresses.
    pub fn ptr_get_alloc_id(&self, ptr: Ptr, size: i64) -> InterpResult<'tcx, (AllocId, Size, CtfeProvenance)> {
        self.ptr_try_get_alloc_id(ptr).map_err(|addr| {
            UndefinedBehavior::DanglingIntPointer { addr, inbounds_size: size, msg: CheckInAlloc::MemoryAccess }.into()
        })
    }
    pub fn ptr_try_get_alloc_id(&self, ptr: Ptr) -> Result<(AllocId, Size, CtfeProvenance), u64> {
        match ptr.provenance {
            Some(prov) => Ok((prov.alloc_id(), ptr.offset, prov)),
            None => Err(ptr.offset.bytes()),
        }
    }
    /// Checks that `size` bytes from a pointer (before it, if negative) are in a live allocation.
    pub fn check_ptr_access_signed(&self, ptr: Ptr, size: i64, msg: CheckInAlloc) -> InterpResult<'tcx> {
        if size == 0 {
            return Ok(());
        }
        let (id, offset, _) = self.ptr_try_get_alloc_id(ptr).map_err(|addr| UndefinedBehavior::DanglingIntPointer {
            addr,
            inbounds_size: size,
            msg,
        })?;
        let info = self.get_live_alloc_size(id, msg)?;
        self.check_bounds(id, info, offset, size, msg)
    }
    pub fn check_ptr_access(&self, ptr: Ptr, size: Size, msg: CheckInAlloc) -> InterpResult<'tcx> {
        self.check_ptr_access_signed(ptr, size.bytes() as i64, msg)
    }
    fn check_bounds(
        &self,
        id: AllocId,
        alloc_size: Size,
        offset: Size,
        size: i64,
        msg: CheckInAlloc,
    ) -> InterpResult<'tcx> {
        let at = offset.bytes() as i64;
        let end = at.checked_add(size);
        let (lo, hi) = if size < 0 { (end, Some(at)) } else { (Some(at), end) };
        if lo.is_some_and(|l| l >= 0) && hi.is_some_and(|h| h as u64 <= alloc_size.bytes() && h >= 0) {
            return Ok(());
        }
        Err(UndefinedBehavior::PointerOutOfBounds {
            alloc_id: id,
            alloc_size,
            ptr_offset: at,
            inbounds_size: size,
            msg,
        }
        .into())
    }
    fn get_live_alloc_size(&self, id: AllocId, msg: CheckInAlloc) -> InterpResult<'tcx, Size> {
        let info = self.get_alloc_info(id);
        if info.kind == AllocKind::Dead {
            return Err(UndefinedBehavior::PointerUseAfterFree(id, msg).into());
        }
        Ok(info.size)
    }
    /// Size, alignment and kind, of the dead too.
    pub fn get_alloc_info(&self, id: AllocId) -> AllocInfo {
        if let Some((_, alloc)) = self.memory.alloc_map.get(&id) {
            return AllocInfo {
                size: alloc.size(),
                align: alloc.align,
                kind: AllocKind::LiveData,
                mutbl: alloc.mutability,
            };
        }
        let zero = |kind| AllocInfo { size: Size::ZERO, align: Align::ONE, kind, mutbl: Mutability::Not };
        match self.tcx.gcx().alloc_map.try_get(id) {
            Some(GlobalAlloc::Function { .. }) => zero(AllocKind::Function),
            Some(GlobalAlloc::VTable(ty, _)) => {
                // A vtable has at least its three common entries; nothing may be read of it through a pointer anyhow.
                let _ = ty;
                AllocInfo {
                    size: Size::ZERO,
                    align: self.pointer_align(),
                    kind: AllocKind::VTable,
                    mutbl: Mutability::Not,
                }
            }
            Some(GlobalAlloc::TypeId { .. }) => zero(AllocKind::TypeId),
            Some(GlobalAlloc::Memory(mem)) => {
                let a = mem.inner();
                AllocInfo { size: a.size(), align: a.align, kind: AllocKind::LiveData, mutbl: a.mutability }
            }
            Some(GlobalAlloc::Static(def_id)) => {
                // The initialiser need not be run for the size, except that of a nested static.
                let ty = self.tcx.type_of(def_id).instantiate_identity();
                let env = ty::TypingEnv::fully_monomorphized();
                let ty = self.tcx.normalize_erasing_regions(env, ty);
                let (size, align) = match self.tcx.layout_of(env.as_query_input(ty)) {
                    Ok(l) => (l.size, l.align.abi),
                    Err(_) => (Size::ZERO, Align::ONE),
                };
                let mutbl = if self.tcx.is_mutable_static(def_id) || !self.tcx.type_is_freeze(env, ty) {
                    Mutability::Mut
                } else {
                    Mutability::Not
                };
                AllocInfo { size, align, kind: AllocKind::LiveData, mutbl }
            }
            None => {
                let (size, align) = self.memory.dead_alloc_map.get(&id).copied().unwrap_or((Size::ZERO, Align::ONE));
                AllocInfo { size, align, kind: AllocKind::Dead, mutbl: Mutability::Not }
            }
        }
    }
    pub fn is_alloc_live(&self, id: AllocId) -> bool {
        self.memory.alloc_map.contains_key(&id) || self.tcx.gcx().alloc_map.try_get(id).is_some()
    }
    /// The alignment a pointer certainly has, if that is less than asked for.
    pub fn is_ptr_misaligned(&self, ptr: Ptr, required: Align) -> Option<Align> {
        if !M::enforce_alignment(self) || required.bytes() == 1 {
            return None;
        }
        let offset_has = |offset: u64| {
            if offset.is_multiple_of(required.bytes()) {
                None
            } else {
                Align::from_bytes(1 << offset.trailing_zeros()).ok()
            }
        };
        match self.ptr_try_get_alloc_id(ptr) {
            Err(addr) => offset_has(addr),
            Ok((id, offset, _)) => {
                let info = self.get_alloc_info(id);
                if info.align.bytes() < required.bytes() {
                    // The offset may make it less still.
                    let by_offset = offset_has(offset.bytes());
                    return Some(by_offset.map_or(info.align, |o| o.min(info.align)));
                }
                offset_has(offset.bytes())
            }
        }
    }
    pub fn check_ptr_align(&self, ptr: Ptr, required: Align) -> InterpResult<'tcx> {
        match self.is_ptr_misaligned(ptr, required) {
            Some(has) => Err(UndefinedBehavior::AlignmentCheckFailed { has, required, accessed: true }.into()),
            None => Ok(()),
        }
    }
    /// Whether a value of a pointer's width might be zero.
    pub fn scalar_may_be_null(&self, scalar: Scalar) -> bool {
        match scalar {
            Scalar::Int(i) => i.is_null(),
            Scalar::Ptr(ptr, _) => {
                let info = self.get_alloc_info(ptr.provenance.alloc_id());
                // In bounds (or one past the end) nothing is at address zero.
                if ptr.offset <= info.size {
                    return false;
                }
                // What is not aligned as zero is cannot be zero.
                if ptr.offset.bytes() % info.align.bytes() != 0 {
                    return false;
                }
                true
            }
        }
    }
    pub fn ptr_may_be_null(&self, ptr: Ptr) -> bool {
        self.scalar_may_be_null(Scalar::from_maybe_pointer(ptr))
    }

    // --- Access ---
    fn get_global_alloc(&self, id: AllocId, is_write: bool) -> InterpResult<'tcx, &'tcx Allocation> {
        let (mem, def_id): (ConstAllocation<'tcx>, _) = match self.tcx.gcx().alloc_map.try_get(id) {
            Some(GlobalAlloc::Memory(mem)) => (mem, None),
            Some(GlobalAlloc::Function { .. }) => return Err(UndefinedBehavior::DerefFunctionPointer(id).into()),
            Some(GlobalAlloc::VTable(..)) => return Err(UndefinedBehavior::DerefVTablePointer(id).into()),
            Some(GlobalAlloc::TypeId { .. }) => return Err(UndefinedBehavior::DerefTypeIdPointer(id).into()),
            None => return Err(UndefinedBehavior::PointerUseAfterFree(id, CheckInAlloc::MemoryAccess).into()),
            Some(GlobalAlloc::Static(def_id)) => {
                if self.tcx.is_thread_local_static(def_id) {
                    return Err(Unsupported::ThreadLocalStatic(def_id).into());
                }
                if self.tcx.is_foreign_item(def_id) {
                    return Err(Unsupported::ExternStatic(def_id).into());
                }
                // Writing is refused anyhow: the initialiser need not be run for that.
                if is_write && self.tcx.is_mutable_static(def_id) {
                    M::before_access_global(
                        self,
                        id,
                        &Allocation::new_uninit(Size::ZERO, Align::ONE),
                        Some(def_id),
                        true,
                    )?;
                }
                (self.tcx.eval_static_initializer(def_id)?, Some(def_id))
            }
        };
        M::before_access_global(self, id, mem.inner(), def_id, is_write)?;
        Ok(mem.inner())
    }
    pub fn get_alloc_raw(&self, id: AllocId) -> InterpResult<'tcx, &Allocation> {
        match self.memory.alloc_map.get(&id) {
            Some((_, alloc)) => Ok(alloc),
            None => self.get_global_alloc(id, false),
        }
    }
    pub fn get_alloc_raw_mut(&mut self, id: AllocId) -> InterpResult<'tcx, &mut Allocation> {
        if !self.memory.alloc_map.contains_key(&id) {
            let alloc = self.get_global_alloc(id, true)?;
            if alloc.mutability == Mutability::Not {
                return Err(UndefinedBehavior::WriteToReadOnly(id).into());
            }
            // The machine allows it: the run gets a copy of its own.
            self.memory.alloc_map.insert(id, (MemoryKind::Stack, alloc.clone()));
        }
        let (_, alloc) = self.memory.alloc_map.get_mut(&id).expect("an allocation that is there");
        if alloc.mutability == Mutability::Not {
            return Err(UndefinedBehavior::WriteToReadOnly(id).into());
        }
        Ok(alloc)
    }
    /// Checks a read; `None` for reads of no bytes.
    pub fn get_ptr_alloc(
        &self,
        ptr: Ptr,
        size: Size,
    ) -> InterpResult<'tcx, Option<(AllocId, AllocRange, &Allocation)>> {
        if size == Size::ZERO {
            return Ok(None);
        }
        let msg = CheckInAlloc::MemoryAccess;
        let (id, offset, _) = self.ptr_get_alloc_id(ptr, size.bytes() as i64)?;
        M::before_alloc_access(self, id)?;
        let alloc = match self.memory.alloc_map.get(&id) {
            Some((_, alloc)) => alloc,
            None => {
                if self.tcx.gcx().alloc_map.try_get(id).is_none() {
                    return Err(UndefinedBehavior::PointerUseAfterFree(id, msg).into());
                }
                self.get_global_alloc(id, false)?
            }
        };
        self.check_bounds(id, alloc.size(), offset, size.bytes() as i64, msg)?;
        Ok(Some((id, alloc_range(offset, size), alloc)))
    }
    /// Checks a write.
    pub fn get_ptr_alloc_mut(
        &mut self,
        ptr: Ptr,
        size: Size,
    ) -> InterpResult<'tcx, Option<(AllocRange, &mut Allocation)>> {
        if size == Size::ZERO {
            return Ok(None);
        }
        let (id, offset, prov) = self.ptr_get_alloc_id(ptr, size.bytes() as i64)?;
        M::before_alloc_access(self, id)?;
        if !self.memory.alloc_map.contains_key(&id) && self.tcx.gcx().alloc_map.try_get(id).is_none() {
            return Err(UndefinedBehavior::PointerUseAfterFree(id, CheckInAlloc::MemoryAccess).into());
        }
        if let Some((_, alloc)) = self.memory.alloc_map.get(&id) {
            self.check_bounds(id, alloc.size(), offset, size.bytes() as i64, CheckInAlloc::MemoryAccess)?;
        }
        M::before_memory_write(self, prov)?;
        let alloc = self.get_alloc_raw_mut(id)?;
        let alloc_size = alloc.size();
        if offset.bytes() as i64 + size.bytes() as i64 > alloc_size.bytes() as i64 || (offset.bytes() as i64) < 0 {
            self.check_bounds(id, alloc_size, offset, size.bytes() as i64, CheckInAlloc::MemoryAccess)?;
        }
        let (_, alloc) = self.memory.alloc_map.get_mut(&id).expect("an allocation that is there");
        Ok(Some((alloc_range(offset, size), alloc)))
    }
    /// A scalar; `as_pointer` if its type is a pointer's.
    pub fn read_scalar_at(&self, ptr: Ptr, size: Size, as_pointer: bool) -> InterpResult<'tcx, Scalar> {
        let Some((id, range, alloc)) = self.get_ptr_alloc(ptr, size)? else {
            return ub("reading a scalar without size");
        };
        read_scalar_in(id, alloc, range, as_pointer)
    }
    pub fn write_scalar_at(&mut self, ptr: Ptr, size: Size, value: Scalar) -> InterpResult<'tcx> {
        if let Some((range, alloc)) = self.get_ptr_alloc_mut(ptr, size)? {
            check_scalar_size(value, size)?;
            forget_partial_pointers(alloc, range);
            alloc.write_scalar(range, value);
        }
        Ok(())
    }
    pub fn write_uninit_at(&mut self, ptr: Ptr, size: Size) -> InterpResult<'tcx> {
        if let Some((range, alloc)) = self.get_ptr_alloc_mut(ptr, size)? {
            forget_partial_pointers(alloc, range);
            alloc.write_uninit(range);
        }
        Ok(())
    }
    /// Initialised bytes without pointers.
    pub fn read_bytes_ptr(&self, ptr: Ptr, size: Size) -> InterpResult<'tcx, &[u8]> {
        let Some((id, range, alloc)) = self.get_ptr_alloc(ptr, size)? else { return Ok(&[]) };
        check_init(id, alloc, range)?;
        if !alloc.provenance().range_empty(range) {
            return Err(Unsupported::ReadPointerAsInt(None).into());
        }
        Ok(alloc.inspect(range))
    }
    pub fn write_bytes_ptr(&mut self, ptr: Ptr, bytes: &[u8]) -> InterpResult<'tcx> {
        if let Some((range, alloc)) = self.get_ptr_alloc_mut(ptr, Size::from_bytes(bytes.len()))? {
            forget_partial_pointers(alloc, range);
            alloc.get_bytes_mut(range).copy_from_slice(bytes);
        }
        Ok(())
    }
    pub fn mem_copy(&mut self, src: Ptr, dest: Ptr, size: Size, nonoverlapping: bool) -> InterpResult<'tcx> {
        self.mem_copy_repeatedly(src, dest, size, 1, nonoverlapping)
    }
    /// Copies `size` bytes `count` times, one behind the other: contents, pointers, and what is not initialised.
    pub fn mem_copy_repeatedly(
        &mut self,
        src: Ptr,
        dest: Ptr,
        size: Size,
        count: u64,
        nonoverlapping: bool,
    ) -> InterpResult<'tcx> {
        let Some(total) = size.bytes().checked_mul(count) else {
            return ub("overflow computing total size of a copy");
        };
        let Some((src_id, src_range, src_alloc)) = self.get_ptr_alloc(src, size)? else {
            return Ok(());
        };
        if count == 0 {
            return Ok(());
        }
        let overlapping_pointers = src_alloc.provenance().range_ptrs_get(src_range);
        let ptrs = src_alloc.provenance().prepare_copy(src_range);
        if overlapping_pointers.len() != ptrs.len() {
            let part = overlapping_pointers
                .iter()
                .find(|p| p.0 < src_range.start || p.0.bytes() + 8 > src_range.end().bytes())
                .expect("a part of a pointer");
            return Err(Unsupported::ReadPartialPointer(Pointer::new(src_id.into(), part.0)).into());
        }
        let bytes: smallvec::SmallVec<[u8; 64]> = src_alloc.inspect(src_range).into();
        let all_init = src_alloc.is_initialized(src_range);
        let init: Vec<bool> = if all_init {
            Vec::new()
        } else {
            (src_range.start.bytes_usize()..src_range.end().bytes_usize())
                .map(|i| src_alloc.init_mask().get(i))
                .collect()
        };
        let dest_offset = dest.offset;
        if nonoverlapping && dest.provenance.map(CtfeProvenance::alloc_id) == Some(src_id) {
            let (a, b) = (src_range.start.bytes(), dest_offset.bytes());
            if a < b.saturating_add(total) && b < a + size.bytes() {
                return ub("`copy_nonoverlapping` called on overlapping ranges");
            }
        }
        let Some((range, alloc)) = self.get_ptr_alloc_mut(dest, Size::from_bytes(total))? else {
            return Ok(());
        };
        forget_partial_pointers(alloc, range);
        if all_init {
            let out = alloc.get_bytes_mut(range);
            if bytes.len() == 1 {
                out.fill(bytes[0]);
            } else {
                for chunk in out.chunks_exact_mut(bytes.len()) {
                    chunk.copy_from_slice(&bytes);
                }
            }
        } else {
            alloc.write_uninit(range);
            for i in 0..count {
                let start = range.start + Size::from_bytes(i * size.bytes());
                alloc.get_bytes_raw_mut(alloc_range(start, size)).copy_from_slice(&bytes);
                let mut at = 0;
                while at < init.len() {
                    let run = init[at..].iter().take_while(|b| **b == init[at]).count();
                    if init[at] {
                        alloc.mark_init(alloc_range(start + Size::from_bytes(at), Size::from_bytes(run)), true);
                    }
                    at += run;
                }
            }
        }
        if !ptrs.is_empty() {
            for i in 0..count {
                let start = range.start + Size::from_bytes(i * size.bytes());
                alloc.provenance_mut().apply_copy(&ptrs, start);
            }
        }
        Ok(())
    }

    // --- Functions and vtables ---
    pub fn get_ptr_fn(&self, ptr: Ptr) -> InterpResult<'tcx, Instance<'tcx>> {
        if let Ok((id, Size::ZERO, _)) = self.ptr_try_get_alloc_id(ptr) {
            if let Some(GlobalAlloc::Function { instance }) = self.tcx.gcx().alloc_map.try_get(id) {
                return Ok(instance);
            }
        }
        Err(UndefinedBehavior::InvalidFunctionPointer(ptr).into())
    }
    /// The type of a vtable pointer; with the trait object's predicates, checked to be those of the vtable.
    pub fn get_ptr_vtable_ty(
        &self,
        ptr: Ptr,
        expected: Option<ty::PolyExistentialPredicates<'tcx>>,
    ) -> InterpResult<'tcx, Ty<'tcx>> {
        let (ty, preds) = self.get_ptr_vtable(ptr)?;
        if let Some(expected) = expected {
            let principal = |p: ty::PolyExistentialPredicates<'tcx>| self.tcx.erase_regions(p).principal();
            // Auto traits and projections do not matter: the vtable's principal is what is called through.
            if principal(preds).map(|p| p.skip_binder().def_id) != principal(expected).map(|p| p.skip_binder().def_id) {
                let re = self.tcx.lifetimes().re_erased;
                return Err(UndefinedBehavior::InvalidVTableTrait {
                    expected: self.tcx.mk_dynamic(expected, re),
                    found: self.tcx.mk_dynamic(preds, re),
                }
                .into());
            }
        }
        Ok(ty)
    }
    pub fn get_ptr_vtable(&self, ptr: Ptr) -> InterpResult<'tcx, (Ty<'tcx>, ty::PolyExistentialPredicates<'tcx>)> {
        if let Ok((id, Size::ZERO, _)) = self.ptr_try_get_alloc_id(ptr) {
            if let Some(GlobalAlloc::VTable(ty, preds)) = self.tcx.gcx().alloc_map.try_get(id) {
                return Ok((ty, preds));
            }
        }
        Err(UndefinedBehavior::InvalidVTablePointer(ptr).into())
    }
    pub fn get_ptr_type_id(&self, ptr: Ptr) -> InterpResult<'tcx, (Ty<'tcx>, u64)> {
        if let Ok((id, offset, _)) = self.ptr_try_get_alloc_id(ptr) {
            if let Some(GlobalAlloc::TypeId { ty }) = self.tcx.gcx().alloc_map.try_get(id) {
                return Ok((ty, offset.bytes()));
            }
        }
        ub("invalid `TypeId` value")
    }
}

fn kind_name<T: std::fmt::Debug>(kind: MemoryKind<T>) -> String {
    match kind {
        MemoryKind::Stack => "stack variable".into(),
        MemoryKind::CallerLocation => "caller location".into(),
        MemoryKind::Machine(_) => "heap allocation".into(),
    }
}

/// Checks that bytes are initialised.
pub(crate) fn check_init<'tcx>(id: AllocId, alloc: &Allocation, range: AllocRange) -> InterpResult<'tcx> {
    match alloc.init_mask().first_uninit(range) {
        None => Ok(()),
        Some(bad) => Err(UndefinedBehavior::InvalidUninitBytes(Some((id, BadBytes { access: range, bad }))).into()),
    }
}

/// Reads a scalar in bounds.
pub(crate) fn read_scalar_in<'tcx>(
    id: AllocId,
    alloc: &Allocation,
    range: AllocRange,
    as_pointer: bool,
) -> InterpResult<'tcx, Scalar> {
    check_init(id, alloc, range)?;
    if alloc.provenance().is_empty() || alloc.provenance().range_empty(range) {
        let n = range.size.bytes_usize();
        let mut buf = [0; 16];
        buf[..n].copy_from_slice(alloc.inspect(range));
        return Ok(Scalar::from_uint(u128::from_le_bytes(buf), n as u64));
    }
    if as_pointer {
        if let Some(p) = alloc.read_pointer(range.start) {
            return Ok(Scalar::from_pointer(p));
        }
        return Err(Unsupported::ReadPartialPointer(Pointer::new(id.into(), range.start)).into());
    }
    Err(Unsupported::ReadPointerAsInt(Some((id, BadBytes { access: range, bad: range }))).into())
}

fn check_scalar_size<'tcx>(value: Scalar, size: Size) -> InterpResult<'tcx> {
    if value.size() == size {
        return Ok(());
    }
    Err(UndefinedBehavior::ScalarSizeMismatch { target_size: size.bytes(), data_size: value.size().bytes() }.into())
}

/// Before a write: what remains of pointers that are overwritten in part has no value any more.
fn forget_partial_pointers(alloc: &mut Allocation, range: AllocRange) {
    if alloc.provenance().is_empty() {
        return;
    }
    let partial: smallvec::SmallVec<[Size; 2]> = alloc
        .provenance()
        .range_ptrs_get(range)
        .iter()
        .filter(|p| p.0 < range.start || p.0.bytes() + 8 > range.end().bytes())
        .map(|p| p.0)
        .collect();
    for at in partial {
        alloc.write_uninit(alloc_range(at, Size::from_bytes(8)));
    }
}

/// For machines and queries: the allocations of this run themselves.
impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    pub fn memory_has(&self, id: AllocId) -> bool {
        self.memory.alloc_map.contains_key(&id)
    }
    pub fn memory_ref(&self, id: AllocId) -> Option<&Allocation> {
        self.memory.alloc_map.get(&id).map(|(_, a)| a)
    }
    pub fn memory_entry(&mut self, id: AllocId) -> Option<(MemoryKind<M::MemoryKind>, &mut Allocation)> {
        self.memory.alloc_map.get_mut(&id).map(|(k, a)| (*k, a))
    }
    /// Memory under an id that is known outside: a static's.
    pub fn insert_static_root(&mut self, id: AllocId, alloc: Allocation) {
        self.memory.alloc_map.insert(id, (MemoryKind::Stack, alloc));
    }
    /// Makes memory of this run global and read-only; what it points to must be global.
    pub fn intern_as_constant(&mut self, place: &super::MPlaceTy<'tcx>) {
        let Some(id) = place.mplace.ptr.provenance.map(CtfeProvenance::alloc_id) else { return };
        if let Some((_, mut alloc)) = self.memory.alloc_map.remove(&id) {
            alloc.mutability = Mutability::Not;
            alloc.normalize_init_mask();
            let mem = ConstAllocation::new(self.tcx.interner(), alloc);
            self.tcx.gcx().alloc_map.set_alloc_id_memory(id, mem);
        }
    }
}
