//! [`FunctionCx`]: an instance's body becomes a Cranelift function.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    AbiParam, Block, FuncRef, InstBuilder, InstructionData, MemFlagsData, Opcode, Signature, StackSlotData,
    StackSlotKind, Type, UserFuncName, Value, types,
};
use cranelift_frontend::FunctionBuilder;
use cranelift_module::{FuncId, Module};
use mir::{BasicBlock, Body, Local, RETURN_PLACE};
use query::{FnAbi, TyCtxt};
use rustc_abi::{Align, FieldsShape, Size};
use rustc_hash::FxHashMap;
use rustc_index::IndexVec;
use ty::layout::TyAndLayout;
use ty::{FieldIdx, Instance, InstanceKind, Ty};

use crate::abi::{Abi, Pass, Ret};
use crate::cx::CodegenCx;
use crate::leaf::PTR;
use crate::place::{CPlace, PlaceKind};
use crate::pointer::Pointer;
use crate::value::CValue;

/// The state of building one function.
pub(crate) struct FunctionCx<'a, 'tcx> {
    pub(crate) cx: &'a mut CodegenCx<'tcx>,
    pub(crate) b: FunctionBuilder<'a>,
    pub(crate) instance: Instance<'tcx>,
    pub(crate) body: &'tcx Body<'tcx>,
    pub(crate) abi: Abi<'tcx>,
    pub(crate) fn_abi: &'tcx FnAbi<'tcx>,
    /// Blocks that are reachable in this instance.
    pub(crate) blocks: IndexVec<BasicBlock, Option<Block>>,
    pub(crate) locals: IndexVec<Local, CPlace<'tcx>>,
    /// The location that a `#[track_caller]` function was given.
    pub(crate) caller_location: Option<CValue<'tcx>>,
    func_refs: FxHashMap<FuncId, FuncRef>,
}

/// Generates the code of an instance.
pub(crate) fn codegen_fn<'tcx>(cx: &mut CodegenCx<'tcx>, instance: Instance<'tcx>) {
    let tcx = cx.tcx;
    let body = tcx.mono_optimized_mir(instance);
    if let Some(guar) = body.tainted_by_errors {
        cx.failed(guar);
        return;
    }
    for decl in &body.local_decls {
        if let Err(ty::layout::LayoutError::SizeOverflow(ty)) = tcx.layout_of(cx.env().as_query_input(decl.ty)) {
            let message = format!("values of the type `{ty}` are too big for the target architecture");
            cx.failed(tcx.dcx().span_err(decl.source_info.span, message));
            return;
        }
    }
    let is_naked = |d| tcx.codegen_fn_attrs(d).naked;
    if matches!(instance.def, InstanceKind::Item(d) if is_naked(d)) {
        let id = cx.fn_id(instance);
        cx.define_naked_fn(id, body);
        return;
    }
    let fn_abi = cx.fn_abi_of_instance(instance, &[]);
    if fn_abi.c_variadic {
        cx.unsupported(body.span, "the definition of a C-variadic function");
        return;
    }
    let abi = cx.abi(fn_abi);
    let id = cx.fn_id(instance);
    let mut context = std::mem::replace(&mut cx.context, cranelift_codegen::Context::new());
    let mut builder_cx = std::mem::take(&mut cx.builder_cx);
    context.func.name = UserFuncName::user(0, id.as_u32());
    context.func.signature = abi.sig.clone();
    let config = cx.module.target_config();
    let b = FunctionBuilder::new(&mut context.func, &mut builder_cx);
    let mut fx = FunctionCx {
        cx,
        b,
        instance,
        body,
        abi,
        fn_abi,
        blocks: IndexVec::new(),
        locals: IndexVec::new(),
        caller_location: None,
        func_refs: FxHashMap::default(),
    };
    fx.codegen_body();
    fx.b.seal_all_blocks();
    fx.b.finalize(config);
    cx.builder_cx = builder_cx;
    if cx.error.is_some() {
        context.clear();
    } else {
        let what = tcx.value_path_str_with_args(instance.def_id(), instance.args);
        cx.define_fn(id, &mut context, &what);
    }
    cx.context = context;
}

impl<'tcx> FunctionCx<'_, 'tcx> {
    pub(crate) fn tcx(&self) -> TyCtxt<'tcx> {
        self.cx.tcx
    }
    pub(crate) fn layout_of(&self, ty: Ty<'tcx>) -> TyAndLayout<'tcx> {
        self.cx.layout_of(ty)
    }
    pub(crate) fn field_layout(&self, layout: TyAndLayout<'tcx>, field: FieldIdx) -> TyAndLayout<'tcx> {
        layout::LayoutExt::field(layout, self.cx.tcx, self.cx.env(), field.as_usize())
    }
    pub(crate) fn elem_layout(&self, layout: TyAndLayout<'tcx>) -> TyAndLayout<'tcx> {
        debug_assert!(matches!(layout.fields, FieldsShape::Array { .. }), "element of `{}`", layout.ty);
        self.field_layout(layout, FieldIdx::from_usize(0))
    }
    pub(crate) fn ty_of(&self, value: Value) -> Type {
        self.b.func.dfg.value_type(value)
    }

    // --- Setting up ---
    fn codegen_body(&mut self) {
        let entry = self.b.create_block();
        self.b.append_block_params_for_function_params(entry);
        self.b.switch_to_block(entry);
        self.declare_locals(entry);
        let order = self.reachable_blocks();
        self.blocks = IndexVec::from_elem(None, &self.body.basic_blocks);
        for &bb in &order {
            let block = self.b.create_block();
            self.blocks[bb] = Some(block);
        }
        let start = self.block(mir::START_BLOCK);
        self.b.ins().jump(start, &[]);
        for bb in order {
            let block = self.block(bb);
            self.b.switch_to_block(block);
            self.codegen_block(bb);
        }
    }
    /// The Cranelift block of a block that is reachable.
    #[track_caller]
    pub(crate) fn block(&self, bb: BasicBlock) -> Block {
        self.blocks[bb].unwrap_or_else(|| panic!("{bb:?} of {:?} is not reachable", self.instance))
    }
    /// The blocks that are reachable in this instance without unwinding, in reverse post-order.
    fn reachable_blocks(&mut self) -> Vec<BasicBlock> {
        let mut seen = rustc_index::bit_set::DenseBitSet::new_empty(self.body.basic_blocks.len());
        let mut post = Vec::new();
        let first = self.live_successors(mir::START_BLOCK);
        seen.insert(mir::START_BLOCK);
        let mut stack = vec![(mir::START_BLOCK, first.into_iter())];
        while let Some((bb, succs)) = stack.last_mut() {
            match succs.next() {
                Some(succ) => {
                    if seen.insert(succ) {
                        let next = self.live_successors(succ);
                        stack.push((succ, next.into_iter()));
                    }
                }
                None => {
                    post.push(*bb);
                    stack.pop();
                }
            }
        }
        post.reverse();
        post
    }

    fn declare_locals(&mut self, entry: Block) {
        let body = self.body;
        let crate::ssa::LocalUses { memory, used } = crate::ssa::local_uses(body);
        let params: Vec<Value> = self.b.block_params(entry).to_vec();
        let mut params = params.into_iter();
        let ret_ptr = matches!(self.abi.ret, Ret::Sret).then(|| params.next().expect("the address of the result"));
        let mut passes = self.abi.args.clone().into_iter();
        let mut arg_layouts = self.fn_abi.args.iter().map(|a| a.layout.0);
        for (local, decl) in body.local_decls.iter_enumerated() {
            let layout = self.layout_of(decl.ty);
            let in_memory = memory.contains(local);
            let place = if local == RETURN_PLACE {
                match ret_ptr {
                    Some(ptr) => CPlace::mem(Pointer::new(ptr), layout),
                    None => self.new_local(layout, in_memory),
                }
            } else if local.as_usize() <= body.arg_count {
                if body.spread_arg == Some(local) {
                    let place = self.new_local(layout, in_memory);
                    for i in 0..layout.fields.count() {
                        let field = place.field(self, FieldIdx::from_usize(i));
                        let (pass, _) = (passes.next(), arg_layouts.next());
                        let value = self.take_arg(pass, field.layout, &mut params);
                        field.write(self, &value);
                    }
                    place
                } else {
                    let (pass, _) = (passes.next(), arg_layouts.next());
                    let indirect = matches!(pass, Some(Pass::Ptr | Pass::PtrMeta | Pass::Stack));
                    let value = self.take_arg(pass, layout, &mut params);
                    if indirect {
                        // The memory is the callee's.
                        let (ptr, meta) = value.force_ref(self);
                        CPlace::mem_unsized(ptr, meta, layout)
                    } else {
                        let place = self.new_local(layout, in_memory);
                        place.write(self, &value);
                        place
                    }
                }
            } else if used.contains(local) {
                self.new_local(layout, in_memory)
            } else {
                // What promotion left behind, say: it may be large.
                CPlace::mem(Pointer::dangling(layout.align.abi), layout)
            };
            self.locals.push(place);
        }
        // What is left is the caller's location.
        if let (Some(pass), Some(layout)) = (passes.next(), arg_layouts.next()) {
            self.caller_location = Some(self.take_arg(Some(pass), layout, &mut params));
        }
    }
    fn new_local(&mut self, layout: TyAndLayout<'tcx>, in_memory: bool) -> CPlace<'tcx> {
        if layout.is_unsized() {
            let span = self.body.span;
            self.cx.unsupported(span, "an unsized local");
            return CPlace::mem(Pointer::dangling(layout.align.abi), layout);
        }
        match self.cx.leaves(layout) {
            Some(leaves) if !in_memory => {
                let vars = leaves.iter().map(|l| (*l, self.b.declare_var(l.ty))).collect();
                CPlace { kind: PlaceKind::Vars(vars), layout }
            }
            _ => CPlace::new_slot(self, layout),
        }
    }
    fn take_arg(
        &mut self,
        pass: Option<Pass<'tcx>>,
        layout: TyAndLayout<'tcx>,
        params: &mut impl Iterator<Item = Value>,
    ) -> CValue<'tcx> {
        let mut next = || params.next().expect("a parameter for each argument");
        match pass.expect("as many arguments as the ABI says") {
            Pass::Ignore => CValue::zst(layout),
            Pass::Leaves(leaves) => {
                let values: Vec<_> = leaves.iter().map(|_| next()).collect();
                CValue::from_leaves(self, &values, layout)
            }
            Pass::Regs { pad, regs, .. } => {
                for _ in 0..pad {
                    next();
                }
                let values: Vec<_> = regs.iter().map(|_| next()).collect();
                self.value_of_regs(&regs, &values, layout)
            }
            Pass::Ptr | Pass::Stack => CValue::by_ref(Pointer::new(next()), layout),
            Pass::PtrMeta => {
                let (ptr, meta) = (next(), next());
                CValue::by_ref_unsized(Pointer::new(ptr), meta, layout)
            }
        }
    }

    // --- Helpers for instructions ---
    /// An integer constant of any width.
    pub(crate) fn const_int(&mut self, ty: Type, bits: u128) -> Value {
        match ty {
            types::I128 => {
                let low = self.b.ins().iconst(types::I64, bits as u64 as i64);
                let high = self.b.ins().iconst(types::I64, (bits >> 64) as u64 as i64);
                self.b.ins().iconcat(low, high)
            }
            _ => {
                let mask = if ty.bits() >= 64 { u64::MAX } else { (1 << ty.bits()) - 1 };
                self.b.ins().iconst(ty, (bits as u64 & mask) as i64)
            }
        }
    }
    /// The value of an integer constant.
    pub(crate) fn as_const(&self, value: Value) -> Option<i64> {
        let dfg = &self.b.func.dfg;
        match dfg.insts[dfg.value_def(value).inst()?] {
            InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Some(imm.bits()),
            _ => None,
        }
    }
    /// `index * size`
    pub(crate) fn scale(&mut self, index: Value, size: u64) -> Value {
        match size {
            0 => self.b.ins().iconst(PTR, 0),
            1 => index,
            n if n.is_power_of_two() => self.b.ins().ishl_imm_u(index, i64::from(n.trailing_zeros())),
            n => self.b.ins().imul_imm_s(index, n as i64),
        }
    }
    /// The same bits as another scalar type of the same size.
    pub(crate) fn bitcast(&mut self, value: Value, to: Type) -> Value {
        let from = self.ty_of(value);
        if from == to {
            return value;
        }
        let flags = MemFlagsData::new().with_endianness(cranelift_codegen::ir::Endianness::Little);
        self.b.ins().bitcast(to, flags, value)
    }
    /// Memory on the stack, aligned as asked.
    pub(crate) fn stack_slot(&mut self, size: Size, align: Align) -> Pointer {
        let bytes = size.bytes();
        if bytes > u64::from(u32::MAX / 2) {
            let span = self.body.span;
            self.cx.unsupported(span, "a local of more than two gigabytes");
            return Pointer::dangling(align);
        }
        // A frame is aligned to 16 bytes.
        if align.bytes() <= 16 {
            let shift = align.bytes().trailing_zeros() as u8;
            let data = StackSlotData::new(StackSlotKind::ExplicitSlot, bytes as u32, shift);
            return Pointer::slot(self.b.create_sized_stack_slot(data));
        }
        let room = (bytes + align.bytes()) as u32;
        let slot = self.b.create_sized_stack_slot(StackSlotData::new(StackSlotKind::ExplicitSlot, room, 4));
        let addr = self.b.ins().stack_addr(PTR, slot, 0);
        let up = self.b.ins().iadd_imm_s(addr, align.bytes() as i64 - 1);
        Pointer::new(self.b.ins().band_imm_s(up, -(align.bytes() as i64)))
    }
    /// A reference to a function for a call with this signature.
    pub(crate) fn func_ref(&mut self, id: FuncId, sig: &Signature) -> FuncRef {
        if let Some(&r) = self.func_refs.get(&id) {
            let data = &self.b.func.dfg.ext_funcs[r];
            if self.b.func.dfg.signatures[data.signature] == *sig {
                return r;
            }
        }
        let r = CodegenCx::func_ref(self.b.func, id, sig.clone());
        self.func_refs.insert(id, r);
        r
    }
    /// The address of a function.
    pub(crate) fn func_addr(&mut self, id: FuncId) -> Value {
        let r = match self.func_refs.get(&id) {
            Some(&r) => r,
            None => {
                let sig = Signature::new(self.cx.module.isa().default_call_conv());
                CodegenCx::func_ref(self.b.func, id, sig)
            }
        };
        self.b.ins().func_addr(PTR, r)
    }
    /// The address of data.
    pub(crate) fn data_addr(&mut self, id: cranelift_module::DataId) -> Value {
        let gv = CodegenCx::data_ref(self.b.func, id, false);
        self.b.ins().symbol_value(PTR, gv)
    }
    /// Calls a function of the C library or of compiler-rt.
    pub(crate) fn lib_call(&mut self, name: &str, params: &[Type], returns: &[Type], args: &[Value]) -> Vec<Value> {
        let mut sig = Signature::new(self.cx.module.isa().default_call_conv());
        sig.params.extend(params.iter().map(|t| AbiParam::new(*t)));
        sig.returns.extend(returns.iter().map(|t| AbiParam::new(*t)));
        let id = self.cx.declare_import(name);
        let r = self.func_ref(id, &sig);
        let call = self.b.ins().call(r, args);
        self.b.inst_results(call).to_vec()
    }
    /// Ends the block where nothing can come.
    pub(crate) fn unreachable(&mut self) {
        self.b.ins().trap(unreachable_code());
    }
    /// A comparison of pointer-sized or other integers, as `i8`.
    pub(crate) fn icmp(&mut self, cc: IntCC, a: Value, b: Value) -> Value {
        self.b.ins().icmp(cc, a, b)
    }
}

/// The code of traps that stand for undefined behaviour or aborts.
pub(crate) fn unreachable_code() -> cranelift_codegen::ir::TrapCode {
    cranelift_codegen::ir::TrapCode::unwrap_user(1)
}
