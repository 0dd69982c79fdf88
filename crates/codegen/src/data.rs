//! Data of an object: statics, the memory of constants, vtables, locations.

use std::ops::ControlFlow;

use cranelift_module::{DataDescription, DataId, FuncId, Linkage, Module};
use mir::interpret::{AllocId, Allocation, ConstAllocation, GlobalAlloc};
use mir::mono;
use ty::{Instance, Mutability, Ty};

use crate::cx::CodegenCx;

/// What an address in constant memory is the address of.
pub(crate) enum Symbol {
    Fn(FuncId),
    Data(DataId),
    /// The bits of a type's identity: the offset is all there is.
    Bits,
}

impl<'tcx> CodegenCx<'tcx> {
    /// The symbol of an allocation.
    pub(crate) fn alloc_symbol(&mut self, id: AllocId) -> Symbol {
        match self.tcx.gcx().alloc_map.get(id) {
            GlobalAlloc::Function { instance } => Symbol::Fn(self.fn_id(instance)),
            GlobalAlloc::Static(def_id) => Symbol::Data(self.static_id(def_id)),
            GlobalAlloc::VTable(ty, preds) => Symbol::Data(self.vtable(ty, preds.principal())),
            GlobalAlloc::Memory(mem) => Symbol::Data(self.memory(id, mem)),
            GlobalAlloc::TypeId { .. } => Symbol::Bits,
        }
    }

    /// The vtable of a type for a trait.
    pub(crate) fn vtable(&mut self, ty: Ty<'tcx>, principal: Option<ty::PolyExistentialTraitRef<'tcx>>) -> DataId {
        let id = self.tcx.vtable_allocation((ty, principal));
        let mem = self.tcx.gcx().alloc_map.get(id).unwrap_memory();
        self.memory(id, mem)
    }

    /// Anonymous data; equal read-only memory is there once.
    fn memory(&mut self, id: AllocId, mem: ConstAllocation<'tcx>) -> DataId {
        if let Some(&data) = self.allocs.get(&id) {
            return data;
        }
        let writable = mem.inner().mutability == Mutability::Mut;
        if !writable {
            if let Some(&data) = self.alloc_contents.get(&mem) {
                self.allocs.insert(id, data);
                return data;
            }
        }
        let data = self.anonymous_data(writable);
        self.allocs.insert(id, data);
        if !writable {
            self.alloc_contents.insert(mem, data);
        }
        self.pending_allocs.push((id, data));
        data
    }
    pub(crate) fn anonymous_data(&mut self, writable: bool) -> DataId {
        self.module.declare_anonymous_data(writable, false).expect("anonymous data can always be declared")
    }

    /// Memory that only code generation makes.
    pub(crate) fn const_memory(&mut self, alloc: Allocation) -> DataId {
        let mem = ConstAllocation::new(self.tcx.interner(), alloc);
        let id = self.tcx.gcx().alloc_map.reserve_and_set_memory_dedup(mem, 0);
        self.memory(id, mem)
    }

    /// Writes all data that was referred to; that may refer to more.
    pub(crate) fn define_pending_allocs(&mut self) {
        while let Some((id, data)) = self.pending_allocs.pop() {
            let mem = self.tcx.gcx().alloc_map.get(id).unwrap_memory();
            self.define_memory(data, mem.inner(), None, None);
        }
    }

    /// The symbol of a static.
    pub(crate) fn static_id(&mut self, def_id: span::def_id::DefId) -> DataId {
        if let Some(&id) = self.statics.get(&def_id) {
            return id;
        }
        let attrs = self.tcx.codegen_fn_attrs(def_id);
        let (weak, thread_local) = (attrs.linkage.is_some(), attrs.thread_local);
        let writable = self.static_is_writable(def_id);
        let name = self.tcx.symbol_name(Instance::mono(def_id));
        if self.tcx.is_foreign_item(def_id) && weak {
            return self.weak_reference(def_id, name);
        }
        let id = self.declare_static(def_id, name, Linkage::Import, writable, thread_local);
        self.statics.insert(def_id, id);
        id
    }
    fn declare_static(
        &mut self,
        def_id: span::def_id::DefId,
        name: &str,
        linkage: Linkage,
        writable: bool,
        thread_local: bool,
    ) -> DataId {
        match self.module.declare_data(name, linkage, writable, thread_local) {
            Ok(id) => id,
            Err(e) => {
                let span = self.tcx.def_span(def_id);
                let guar = self.tcx.dcx().span_err(span, format!("the symbol `{name}` cannot be a static: {e}"));
                self.failed(guar);
                self.anonymous_data(writable)
            }
        }
    }
    fn static_is_writable(&self, def_id: span::def_id::DefId) -> bool {
        let ty = self.tcx.type_of(def_id).instantiate_identity();
        self.tcx.is_mutable_static(def_id) || !self.tcx.type_is_freeze(self.env(), ty)
    }
    /// `#[linkage = "extern_weak"] static F: Option<..>`: a pointer to the symbol, null if nobody defines it.
    fn weak_reference(&mut self, def_id: span::def_id::DefId, name: &str) -> DataId {
        let target = self.declare_static(def_id, name, Linkage::Preemptible, false, false);
        let id = self.anonymous_data(true);
        let mut desc = DataDescription::new();
        desc.define(Box::new([0; 8]));
        desc.set_align(8);
        let gv = self.module.declare_data_in_data(target, &mut desc);
        desc.write_data_addr(0, gv, 0);
        self.module.define_data(id, &desc).expect("anonymous data is defined once");
        self.statics.insert(def_id, id);
        id
    }

    /// Declares a static that this object defines.
    pub(crate) fn predefine_static(&mut self, def_id: span::def_id::DefId, data: &mono::MonoItemData) {
        let linkage = self.linkage(data);
        let name = self.tcx.symbol_name(Instance::mono(def_id));
        let thread_local = self.tcx.codegen_fn_attrs(def_id).thread_local;
        let writable = self.static_is_writable(def_id);
        let id = self.declare_static(def_id, name, linkage, writable, thread_local);
        self.statics.insert(def_id, id);
    }

    /// Writes a static.
    pub(crate) fn define_static(&mut self, def_id: span::def_id::DefId) {
        let id = self.statics[&def_id];
        let mem = match self.tcx.eval_static_initializer(def_id) {
            Ok(mem) => mem,
            Err(e) => {
                let guar = match e {
                    mir::interpret::ErrorHandled::Reported(guar, _) => guar,
                    mir::interpret::ErrorHandled::TooGeneric(span) => {
                        self.tcx.dcx().span_delayed_bug(span, "a static is generic")
                    }
                };
                self.failed(guar);
                return;
            }
        };
        let attrs = self.tcx.codegen_fn_attrs(def_id);
        let section = attrs.link_section.map(|s| s.to_string());
        self.define_memory(id, mem.inner(), section.as_deref(), attrs.alignment);
    }

    fn define_memory(&mut self, id: DataId, alloc: &Allocation, section: Option<&str>, align: Option<u64>) {
        let mut desc = DataDescription::new();
        desc.set_align(alloc.align.bytes().max(align.unwrap_or(1)));
        if let Some(section) = section {
            desc.set_custom_section(section);
        }
        let mut pointers = Vec::new();
        let _: ControlFlow<()> = alloc.for_each_pointer(|offset, prov| {
            pointers.push((offset, prov));
            ControlFlow::Continue(())
        });
        let decl = self.module.declarations().get_data_decl(id);
        // Read-only zeros are shared by the file's pages like other constants; only what is written goes to .bss.
        let zero = (decl.writable || decl.tls) && pointers.is_empty() && section.is_none();
        if zero && alloc.bytes().iter().all(|b| *b == 0) {
            desc.define_zeroinit(alloc.bytes().len());
        } else {
            let mut bytes: Box<[u8]> = alloc.bytes().into();
            for (offset, prov) in pointers {
                let at = offset.bytes_usize();
                let addend = i64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"));
                match self.alloc_symbol(prov.alloc_id()) {
                    Symbol::Bits => continue,
                    Symbol::Fn(func) => {
                        let f = self.module.declare_func_in_data(func, &mut desc);
                        desc.write_function_addr(at as u32, f);
                    }
                    Symbol::Data(data) => {
                        let gv = self.module.declare_data_in_data(data, &mut desc);
                        desc.write_data_addr(at as u32, gv, addend);
                    }
                }
                bytes[at..at + 8].fill(0);
            }
            desc.define(bytes);
        }
        if let Err(e) = self.module.define_data(id, &desc) {
            let name = self.module.declarations().get_data_decl(id).linkage_name(id).into_owned();
            let guar = self.tcx.dcx().struct_err(format!("the data `{name}` cannot be written: {e}")).emit();
            self.failed(guar);
        }
    }
}
