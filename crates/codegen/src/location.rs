//! Source locations: `core::panic::Location` values for `#[track_caller]`.

use mir::SourceInfo;
use mir::interpret::{Allocation, Scalar, alloc_range};
use rustc_abi::Size;
use span::{FileName, Span, Symbol};
use ty::{InstanceKind, Mutability};

use crate::function::FunctionCx;
use crate::value::CValue;

impl<'tcx> FunctionCx<'_, 'tcx> {
    /// The location that a call at this point passes: that of the call, or of the caller of the innermost
    /// `#[track_caller]` function around it that was inlined, or of our own caller.
    pub(crate) fn caller_location(&mut self, mut source_info: SourceInfo) -> CValue<'tcx> {
        let original = source_info.span;
        let mut span = original;
        loop {
            let scope = &self.body.source_scopes[source_info.scope];
            if let Some((callee, callsite)) = scope.inlined {
                let tracked = match callee.def {
                    InstanceKind::Item(d) | InstanceKind::Virtual(d, _) => self.tcx().body_requires_caller_location(d),
                    InstanceKind::ClosureOnceShim { track_caller, .. } => track_caller,
                    _ => false,
                };
                if !tracked {
                    return self.location(span);
                }
                span = callsite;
            }
            match scope.inlined_parent_scope {
                Some(parent) => source_info.scope = parent,
                None => break,
            }
        }
        match &self.caller_location {
            Some(location) => location.clone(),
            None => self.location(span),
        }
    }
    /// The address of a constant location.
    fn location(&mut self, span: Span) -> CValue<'tcx> {
        let tcx = self.tcx();
        let top = span.source_callsite();
        let (file, line, col) = match tcx.sess().source_map.lookup_char_pos(top.lo()) {
            Some(loc) => (file_name(&loc.file.name), loc.line as u32, loc.col.0 as u32 + 1),
            None => (Symbol::intern("<unknown>"), 1, 1),
        };
        let location_ty = tcx.caller_location_ty();
        let id = match self.cx.locations.get(&(file, line, col)) {
            Some(id) => *id,
            None => {
                let layout = self.layout_of(location_ty);
                let mut alloc = Allocation::new_uninit(layout.size, layout.align.abi);
                alloc.get_bytes_mut(alloc_range(Size::ZERO, layout.size)).fill(0);
                // The name ends in a zero for `Location::file_as_c_str`.
                let mut bytes = file.as_str().as_bytes().to_vec();
                let len = bytes.len() as u64;
                bytes.push(0);
                let name = tcx.gcx().alloc_map.allocate_bytes_dedup(tcx.interner(), &bytes);
                let at = |i: usize| layout.fields.offset(i);
                let (word, half) = (Size::from_bytes(8), Size::from_bytes(4));
                alloc.write_scalar(alloc_range(at(0), word), Scalar::from_pointer(name.into()));
                alloc.write_scalar(alloc_range(at(0) + word, word), Scalar::from_u64(len));
                alloc.write_scalar(alloc_range(at(1), half), Scalar::from_u32(line));
                alloc.write_scalar(alloc_range(at(2), half), Scalar::from_u32(col));
                alloc.mutability = Mutability::Not;
                let id = self.cx.const_memory(alloc);
                self.cx.locations.insert((file, line, col), id);
                id
            }
        };
        let addr = self.data_addr(id);
        let ref_ty = tcx.mk_imm_ref(tcx.lifetimes().re_static, location_ty);
        let layout = self.layout_of(ref_ty);
        CValue::scalar(self, addr, layout)
    }
}

fn file_name(name: &FileName) -> Symbol {
    Symbol::intern(name.display())
}
