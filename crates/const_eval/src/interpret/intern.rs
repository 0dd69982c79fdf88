//! Interning: what a constant's evaluation made and its value still points to becomes global memory.
//!
//! Memory that only the value itself (a static with cells, or `static mut`) may change stays mutable; all else becomes
//! read-only. A pointer that could be written through into memory that becomes read-only is an error.

use mir::interpret::{AllocId, ConstAllocation, CtfeProvenance, GlobalAlloc};
use span::FxHashSet;
use ty::Mutability;

use super::place::MPlaceTy;
use super::{InterpCx, Machine, MemoryKind};

/// Of what the value is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InternKind {
    Static(Mutability),
    Constant,
    Promoted,
}

impl InternKind {
    fn descr(self) -> &'static str {
        match self {
            InternKind::Static(Mutability::Not) => "static",
            InternKind::Static(Mutability::Mut) => "mutable static",
            InternKind::Constant => "constant",
            InternKind::Promoted => "promoted",
        }
    }
}

/// Why a value cannot be global.
#[derive(Debug)]
pub enum InternError {
    BadMutablePointer,
    DanglingPointer,
    ConstAllocNotGlobal,
}

impl InternError {
    pub fn message(&self, kind: InternKind) -> String {
        match self {
            InternError::BadMutablePointer => format!("encountered mutable pointer in final value of {}", kind.descr()),
            InternError::DanglingPointer => format!("encountered dangling pointer in final value of {}", kind.descr()),
            InternError::ConstAllocNotGlobal => {
                "encountered `const_allocate` pointer in final value that was not made global".into()
            }
        }
    }
}

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    /// Moves an allocation to global memory; gives the pointers in it.
    fn intern_shallow(
        &mut self,
        id: AllocId,
        mutability: Mutability,
        is_heap: &dyn Fn(MemoryKind<M::MemoryKind>) -> bool,
    ) -> Result<Vec<CtfeProvenance>, InternError> {
        let Some((kind, mut alloc)) = self.memory.alloc_map.remove(&id) else {
            // It was freed, or it is global already (then the caller does not ask).
            return Err(InternError::DanglingPointer);
        };
        if is_heap(kind) && alloc.mutability == Mutability::Mut {
            self.memory.alloc_map.insert(id, (kind, alloc));
            return Err(InternError::ConstAllocNotGlobal);
        }
        if mutability == Mutability::Not {
            alloc.mutability = Mutability::Not;
        }
        alloc.normalize_init_mask();
        let provs = alloc.provenance().provenances().collect();
        let mem = ConstAllocation::new(self.tcx.interner(), alloc);
        match self.tcx.gcx().alloc_map.try_get(id) {
            // A static's own id stays its id; the memory is the query's answer.
            Some(GlobalAlloc::Static(_)) => {
                self.root_static = Some(mem);
            }
            _ => self.tcx.gcx().alloc_map.set_alloc_id_memory(id, mem),
        }
        Ok(provs)
    }

    /// Interns the memory at a place and all that it points to.
    ///
    /// # Errors
    /// The memory is interned all the same, so that the value can be looked at.
    pub fn intern_const_alloc_recursive(
        &mut self,
        kind: InternKind,
        ret: &MPlaceTy<'tcx>,
        is_heap: &dyn Fn(MemoryKind<M::MemoryKind>) -> bool,
    ) -> Result<(), InternError> {
        let (base, inner) = match kind {
            InternKind::Static(Mutability::Not) => {
                (if self.type_is_freeze(ret.layout.ty) { Mutability::Not } else { Mutability::Mut }, Mutability::Not)
            }
            InternKind::Static(Mutability::Mut) => (Mutability::Mut, Mutability::Mut),
            InternKind::Constant | InternKind::Promoted => (Mutability::Not, Mutability::Not),
        };
        let Some(base_id) = ret.mplace.ptr.provenance.map(CtfeProvenance::alloc_id) else { return Ok(()) };
        let mut todo: Vec<CtfeProvenance> = self.intern_shallow(base_id, base, is_heap)?;
        let mut just_interned: FxHashSet<AllocId> = FxHashSet::default();
        just_interned.insert(base_id);
        let mut result = Ok(());
        // What is in read-only memory already is seen through nothing mutable.
        while let Some(prov) = todo.pop() {
            let id = prov.alloc_id();
            // A pointer that may be written through, from a constant into new memory: not if the memory must not change.
            let may_write = !prov.immutable() && !prov.shared_ref();
            if just_interned.contains(&id) {
                if inner == Mutability::Not && may_write && result.is_ok() && self.is_written_memory(id, kind) {
                    result = Err(InternError::BadMutablePointer);
                }
                continue;
            }
            if self.tcx.gcx().alloc_map.try_get(id).is_some() && !self.memory.alloc_map.contains_key(&id) {
                continue;
            }
            just_interned.insert(id);
            let alloc_mut = self.memory.alloc_map.get(&id).map(|(k, a)| (*k, a.mutability, a.size()));
            if inner == Mutability::Not && may_write && result.is_ok() {
                if let Some((k, m, size)) = alloc_mut {
                    if m == Mutability::Mut && size.bytes() > 0 && !is_heap(k) {
                        result = Err(InternError::BadMutablePointer);
                    }
                }
            }
            match self.intern_shallow(id, inner, is_heap) {
                Ok(more) => todo.extend(more),
                Err(e) => {
                    if result.is_ok() {
                        result = Err(e);
                    }
                }
            }
        }
        result
    }
    fn is_written_memory(&self, id: AllocId, kind: InternKind) -> bool {
        kind == InternKind::Constant
            && self.tcx.gcx().alloc_map.memory(id).is_some_and(|m| m.inner().size().bytes() > 0)
    }
}
