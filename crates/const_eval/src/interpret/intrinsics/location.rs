//! `core::panic::Location`: where a `#[track_caller]` function was called.

use mir::TerminatorKind;
use mir::interpret::{CtfeProvenance, Pointer, Scalar};
use span::Span;
use ty::InstanceKind;

use super::super::operand::Immediate;
use super::super::{InterpCx, InterpResult, Machine, MemoryKind};

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    /// The call of the innermost function that does not pass its caller's location on.
    pub fn find_closest_untracked_caller_location(&self) -> Span {
        for frame in M::stack(self).iter().rev() {
            let block = &frame.body.basic_blocks[frame.block];
            let mut info = *frame.current_source_info();
            if frame.statement == block.statements.len() {
                if let TerminatorKind::Call { fn_span, .. } | TerminatorKind::TailCall { fn_span, .. } =
                    block.terminator().kind
                {
                    info.span = fn_span;
                }
            }
            // What was inlined is a frame, too.
            let scopes = &frame.body.source_scopes;
            loop {
                let scope = &scopes[info.scope];
                if let Some((callee, callsite)) = scope.inlined {
                    if !requires_caller_location(self.tcx, callee.def) {
                        return info.span;
                    }
                    info.span = callsite;
                }
                match scope.parent_scope.filter(|_| scope.inlined.is_some()).or(scope.inlined_parent_scope) {
                    Some(parent) => info.scope = parent,
                    None => break,
                }
            }
            if !requires_caller_location(self.tcx, frame.instance.def) {
                return info.span;
            }
        }
        self.root_span
    }
    /// The `&'static Location<'static>` of a span.
    pub fn alloc_caller_location_at(&mut self, span: Span) -> InterpResult<'tcx, Immediate> {
        let (file, line, col) = crate::util::span_as_caller_location(self.tcx, span);
        self.alloc_caller_location(&file, line, col)
    }
    pub fn alloc_caller_location(&mut self, file: &str, line: u32, col: u32) -> InterpResult<'tcx, Immediate> {
        // The name is followed by a NUL that its length does not count.
        let mut text = file.to_owned();
        text.push('\0');
        let prov = CtfeProvenance::from(self.allocate_str_dedup(&text)).as_immutable();
        let layout = self.layout_of(self.tcx.caller_location_ty())?;
        let location = self.allocate(layout, MemoryKind::CallerLocation)?;
        let fields = [
            Immediate::new_slice(Pointer::from(prov).into(), file.len() as u64),
            Immediate::Scalar(Scalar::from_u32(line)),
            Immediate::Scalar(Scalar::from_u32(col)),
        ];
        for (i, imm) in fields.into_iter().enumerate() {
            let field = self.project_field_mplace(&location, i)?;
            self.write_immediate_to_mplace(imm, &field)?;
        }
        let ptr = match location.mplace.ptr.provenance {
            Some(prov) => {
                if let Some((_, alloc)) = self.memory.alloc_map.get_mut(&prov.alloc_id()) {
                    alloc.mutability = ty::Mutability::Not;
                }
                Pointer { offset: location.mplace.ptr.offset, provenance: Some(prov.as_immutable()) }
            }
            None => location.mplace.ptr,
        };
        Ok(Immediate::Scalar(Scalar::from_maybe_pointer(ptr)))
    }
}

/// Whether a function gets its caller's location as a hidden argument.
pub(crate) fn requires_caller_location<'tcx>(tcx: query::TyCtxt<'tcx>, def: InstanceKind<'tcx>) -> bool {
    match def {
        InstanceKind::Item(d) | InstanceKind::Virtual(d, _) => tcx.body_requires_caller_location(d),
        InstanceKind::ClosureOnceShim { track_caller, .. } => track_caller,
        _ => false,
    }
}
