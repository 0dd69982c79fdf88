//! What a body uses: calls, addresses of functions, drops, vtables, statics, constants.

use hir::LangItem;
use mir::interpret::Scalar;
use mir::mono::MonoItem;
use mir::visit::Visitor;
use mir::{
    AssertKind, Body, CastKind, ConstOperand, ConstValue, Location, Operand, Rvalue, Terminator, TerminatorKind,
    UnwindAction,
};
use query::{HasLocalDecls, PlaceTyExt, TyCtxt, ValueTyExt, VtblEntry};
use span::{DUMMY_SP, FxHashSet, Span};
use ty::adjustment::PointerCoercion;
use ty::closure::ClosureKind;
use ty::{ExistentialTraitRef, Instance, InstanceKind, Ty, TyKind, TypingEnv};

use crate::collect::{self, Uses};
use crate::instantiation::should_codegen_locally;

/// The uses of an instance's body.
pub(crate) fn collect_body<'tcx>(tcx: TyCtxt<'tcx>, instance: Instance<'tcx>, uses: &mut Uses<'tcx>) {
    if let InstanceKind::ThreadLocalShim(def_id) = instance.def {
        uses.push(MonoItem::Static(def_id), DUMMY_SP);
    }
    let body = tcx.mono_optimized_mir(instance);
    let mut failed = false;
    for constant in body.required_consts() {
        failed |= collect::eval_const(tcx, constant.const_, constant.span).is_err();
    }
    // With a constant that has no value the body never runs.
    if !failed {
        BodyUses { tcx, body, uses, seen: FxHashSet::default() }.visit_body(body);
    }
}

struct BodyUses<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    body: &'a Body<'tcx>,
    uses: &'a mut Uses<'tcx>,
    seen: FxHashSet<mir::interpret::AllocId>,
}

impl<'tcx> BodyUses<'_, 'tcx> {
    fn span(&self, location: Location) -> Span {
        self.body.source_info(location).span
    }

    fn lang_item(&mut self, item: LangItem, span: Span) {
        let def_id = self.tcx.require_lang_item(item, span);
        self.uses.push_instance(self.tcx, Instance::mono(def_id), span);
    }

    /// A function item that is called, or whose address is taken.
    fn function(&mut self, ty: Ty<'tcx>, is_direct_call: bool, span: Span) {
        let TyKind::FnDef(def_id, args) = *ty.kind() else { return };
        let tcx = self.tcx;
        let env = TypingEnv::fully_monomorphized();
        let instance = if is_direct_call {
            let Ok(Some(instance)) = tcx.resolve_instance(env, def_id, args) else {
                // What was proved of a generic body does not hold of these arguments: no code can be made.
                let path = tcx.value_path_str_with_args(def_id, args);
                tcx.dcx().span_err(span, format!("no implementation is found for this call of `{path}`"));
                return;
            };
            instance
        } else {
            match tcx.resolve_for_fn_ptr(env, def_id, args) {
                Some(i) => i,
                None => return,
            }
        };
        self.instance(instance, is_direct_call, span);
    }

    fn instance(&mut self, instance: Instance<'tcx>, is_direct_call: bool, span: Span) {
        let tcx = self.tcx;
        match instance.def {
            InstanceKind::Intrinsic(def_id) => {
                // Code generation may use the body that the library gives.
                if let Some((_, must_be_overridden)) = tcx.intrinsic_raw(def_id)
                    && !must_be_overridden
                {
                    self.uses.push_instance(tcx, Instance::new_raw(def_id, instance.args), span);
                }
            }
            InstanceKind::Virtual(..) => {
                if !is_direct_call {
                    self.uses.push_instance(tcx, instance, span);
                }
            }
            // A call of drop glue that does nothing is left out.
            InstanceKind::DropGlue(_, None) => {
                if !is_direct_call {
                    self.uses.push_instance(tcx, instance, span);
                }
            }
            _ => self.uses.push_instance(tcx, instance, span),
        }
    }

    fn drop_glue(&mut self, ty: Ty<'tcx>, span: Span) {
        let instance = self.tcx.resolve_drop_in_place(ty);
        self.instance(instance, true, span);
    }

    fn value(&mut self, value: ConstValue) {
        match value {
            ConstValue::Scalar(Scalar::Ptr(ptr, _)) => {
                collect::collect_alloc(self.tcx, ptr.provenance.alloc_id(), self.uses, &mut self.seen);
            }
            ConstValue::Indirect { alloc_id, .. } | ConstValue::Slice { alloc_id, .. } => {
                collect::collect_alloc(self.tcx, alloc_id, self.uses, &mut self.seen);
            }
            ConstValue::Scalar(_) | ConstValue::ZeroSized => {}
        }
    }

    fn unsize(&mut self, source: Ty<'tcx>, target: Ty<'tcx>, span: Span) {
        let (source, target) = vtable_types(self.tcx, source, target);
        if let TyKind::Dynamic(preds, _) = *target.kind()
            && !matches!(source.kind(), TyKind::Dynamic(..))
        {
            let principal = preds.principal().map(|p| self.tcx.instantiate_bound_regions_with_erased(p));
            vtable_methods(self.tcx, source, principal, span, self.uses);
        }
    }

    fn operand_ty(&self, operand: &Operand<'tcx>) -> Ty<'tcx> {
        operand.ty(self.body.local_decls(), self.tcx)
    }
}

impl<'tcx> Visitor<'tcx> for BodyUses<'_, 'tcx> {
    fn visit_rvalue(&mut self, rvalue: &Rvalue<'tcx>, location: Location) {
        let span = self.span(location);
        match *rvalue {
            Rvalue::Cast(CastKind::PointerCoercion(coercion, _), ref operand, target) => {
                let source = self.operand_ty(operand);
                match coercion {
                    PointerCoercion::Unsize => self.unsize(source, target, span),
                    PointerCoercion::ReifyFnPointer => self.function(source, false, span),
                    PointerCoercion::ClosureFnPointer(..) => {
                        if let TyKind::Closure(def_id, args) = *source.kind() {
                            let instance = self.tcx.resolve_closure(def_id, args, ClosureKind::FnOnce);
                            self.uses.push_instance(self.tcx, instance, span);
                        }
                    }
                    _ => {}
                }
            }
            Rvalue::ThreadLocalRef(def_id) => {
                if collect::should_codegen_static(self.tcx, def_id) {
                    self.uses.push(MonoItem::Static(def_id), span);
                }
            }
            _ => {}
        }
        self.super_rvalue(rvalue, location);
    }

    fn visit_const_operand(&mut self, constant: &ConstOperand<'tcx>, _: Location) {
        if let Ok(value) = collect::eval_const(self.tcx, constant.const_, constant.span) {
            self.value(value);
        }
    }

    fn visit_terminator(&mut self, terminator: &Terminator<'tcx>, location: Location) {
        let span = terminator.source_info.span;
        match &terminator.kind {
            TerminatorKind::Call { func, .. } | TerminatorKind::TailCall { func, .. } => {
                let ty = self.operand_ty(func);
                self.function(ty, true, span);
            }
            TerminatorKind::Drop { place, .. } => {
                let ty = place.ty(self.body.local_decls(), self.tcx).ty;
                self.drop_glue(ty, span);
            }
            TerminatorKind::InlineAsm { operands, .. } => {
                for op in operands {
                    match op {
                        mir::InlineAsmOperand::SymFn { value } => {
                            let ty = value.const_.ty();
                            self.function(ty, false, span);
                        }
                        mir::InlineAsmOperand::SymStatic { def_id } => {
                            if collect::should_codegen_static(self.tcx, *def_id) {
                                self.uses.push(MonoItem::Static(*def_id), span);
                            }
                        }
                        _ => {}
                    }
                }
            }
            TerminatorKind::Assert { msg, .. } => {
                let item = match &**msg {
                    AssertKind::BoundsCheck { .. } => LangItem::PanicBoundsCheck,
                    AssertKind::MisalignedPointerDereference { .. } => LangItem::PanicMisalignedPointerDereference,
                    AssertKind::NullPointerDereference => LangItem::PanicNullPointerDereference,
                    AssertKind::InvalidEnumConstruction(_) => LangItem::PanicInvalidEnumConstruction,
                    other => other.panic_function(),
                };
                self.lang_item(item, span);
            }
            TerminatorKind::UnwindTerminate(reason) => self.lang_item(reason.lang_item(), span),
            _ => {}
        }
        if let Some(UnwindAction::Terminate(reason)) = terminator.unwind() {
            self.lang_item(reason.lang_item(), span);
        }
        self.super_terminator(terminator, location);
    }
}

/// The pointees of an unsizing coercion, down to where a vtable would be needed.
fn vtable_types<'tcx>(tcx: TyCtxt<'tcx>, source: Ty<'tcx>, target: Ty<'tcx>) -> (Ty<'tcx>, Ty<'tcx>) {
    let env = TypingEnv::fully_monomorphized();
    let inner = |source, target| tcx.struct_lockstep_tails_for_codegen(source, target, env);
    match (*source.kind(), *target.kind()) {
        (TyKind::Ref(_, a, _) | TyKind::RawPtr(a, _), TyKind::Ref(_, b, _) | TyKind::RawPtr(b, _)) => inner(a, b),
        (TyKind::Adt(da, aa), TyKind::Adt(db, ab)) if da == db => {
            if let (Some(a), Some(b)) = (source.boxed_ty(), target.boxed_ty()) {
                return inner(a, b);
            }
            // A smart pointer: the one field that differs is coerced.
            for f in &da.non_enum_variant().fields {
                let a = tcx.normalize_erasing_regions(env, tcx.field_ty(f, aa));
                let b = tcx.normalize_erasing_regions(env, tcx.field_ty(f, ab));
                if a != b && !matches!(a.kind(), TyKind::Adt(d, _) if d.is_phantom_data()) {
                    return vtable_types(tcx, a, b);
                }
            }
            (source, target)
        }
        (TyKind::Pat(a, _), TyKind::Pat(b, _)) => vtable_types(tcx, a, b),
        _ => (source, target),
    }
}

/// The functions of a type's vtable.
pub(crate) fn vtable_methods<'tcx>(
    tcx: TyCtxt<'tcx>,
    ty: Ty<'tcx>,
    principal: Option<ExistentialTraitRef<'tcx>>,
    span: Span,
    uses: &mut Uses<'tcx>,
) {
    if let Some(principal) = principal {
        let trait_ref = tcx.erase_regions(principal.with_self_ty(*tcx, ty));
        for entry in tcx.vtable_entries(trait_ref) {
            if let VtblEntry::Method(instance) = *entry
                && should_codegen_locally(tcx, instance)
            {
                uses.push(MonoItem::Fn(instance), span);
            }
        }
    }
    if tcx.type_needs_drop(TypingEnv::fully_monomorphized(), ty) {
        let glue = tcx.resolve_drop_in_place(ty);
        uses.push_instance(tcx, glue, span);
    }
}
