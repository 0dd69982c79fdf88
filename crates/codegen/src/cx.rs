//! [`CodegenCx`]: what the functions of one object share: its symbols, data, and caches of layouts.

use cranelift_codegen::Context;
use cranelift_codegen::ir::{self, ExtFuncData, ExternalName, FuncRef, GlobalValueData, Signature, UserExternalName};
use cranelift_frontend::FunctionBuilderContext;
use cranelift_module::{DataId, FuncId, Linkage, Module};
use cranelift_object::{ObjectBuilder, ObjectModule};
use mir::interpret::{AllocId, ConstAllocation};
use mir::mono;
use query::{FnAbi, TyCtxt};
use rustc_hash::FxHashMap;
use span::Span;
use span::def_id::DefId;
use ty::layout::TyAndLayout;
use ty::{ErrorGuaranteed, Instance, List, PolyFnSig, Ty, TypingEnv, VariantIdx};

use crate::isa::build_isa;
use crate::leaf::{Leaf, leaves_of};
use crate::{CodeText, CodegenOptions, CompiledModule};

/// The type of the section that lists the symbols whose addresses matter (LLVM, "Extensions").
const SHT_LLVM_ADDRSIG: u32 = 0x6fff_4c03;

/// The state of making one object.
pub(crate) struct CodegenCx<'tcx> {
    pub(crate) tcx: TyCtxt<'tcx>,
    pub(crate) opts: CodegenOptions,
    name: String,
    pub(crate) module: ObjectModule,
    /// Reused from function to function.
    pub(crate) builder_cx: FunctionBuilderContext,
    pub(crate) context: Context,
    fns: FxHashMap<Instance<'tcx>, FuncId>,
    pub(crate) statics: FxHashMap<DefId, DataId>,
    pub(crate) allocs: FxHashMap<AllocId, DataId>,
    pub(crate) alloc_contents: FxHashMap<ConstAllocation<'tcx>, DataId>,
    /// Anonymous data that is referred to and not written yet.
    pub(crate) pending_allocs: Vec<(AllocId, DataId)>,
    /// Locations by file, line and column.
    pub(crate) locations: FxHashMap<(span::Symbol, u32, u32), DataId>,
    /// Symbols' names for comments.
    pub(crate) fn_names: FxHashMap<u32, String>,
    leaf_cache: FxHashMap<*const (), Option<&'tcx [Leaf]>>,
    variant_cache: FxHashMap<(Ty<'tcx>, VariantIdx), TyAndLayout<'tcx>>,
    pub(crate) clif: CodeText,
    pub(crate) asm: CodeText,
    /// What Cranelift's source locations stand for.
    pub(crate) text_spans: span::FxIndexSet<Span>,
    /// How many blocks of inline assembly there are so far.
    pub(crate) asm_blocks: usize,
    /// The first error; there is no object then.
    pub(crate) error: Option<ErrorGuaranteed>,
}

impl<'tcx> CodegenCx<'tcx> {
    pub(crate) fn new(tcx: TyCtxt<'tcx>, name: &str, opts: &CodegenOptions) -> Result<Self, ErrorGuaranteed> {
        let fail = |e: String| tcx.dcx().struct_err(format!("could not set up code generation: {e}")).emit();
        let isa = build_isa(&tcx.sess().target, opts.opt_level, opts.verify).map_err(fail)?;
        let mut builder = ObjectBuilder::new(isa, name, Box::new(libcall_name)).map_err(|e| fail(e.to_string()))?;
        builder.per_function_section(true).per_data_object_section(true);
        Ok(CodegenCx {
            tcx,
            opts: opts.clone(),
            name: name.to_owned(),
            module: ObjectModule::new(builder),
            builder_cx: FunctionBuilderContext::new(),
            context: Context::new(),
            fns: FxHashMap::default(),
            statics: FxHashMap::default(),
            allocs: FxHashMap::default(),
            alloc_contents: FxHashMap::default(),
            pending_allocs: Vec::new(),
            locations: FxHashMap::default(),
            fn_names: FxHashMap::default(),
            leaf_cache: FxHashMap::default(),
            variant_cache: FxHashMap::default(),
            clif: CodeText::default(),
            asm: CodeText::default(),
            text_spans: span::FxIndexSet::default(),
            asm_blocks: 0,
            error: None,
        })
    }

    /// Writes the object, unless there were errors.
    pub(crate) fn finish(mut self) -> Result<CompiledModule, ErrorGuaranteed> {
        self.define_pending_allocs();
        if let Some(guar) = self.error {
            return Err(guar);
        }
        let mut product = self.module.finish();
        // No function or constant without a name is told from another by its address: the linker may fold equal ones.
        let kind = cranelift_object::object::SectionKind::Elf(SHT_LLVM_ADDRSIG);
        product.object.add_section(Vec::new(), b".llvm_addrsig".to_vec(), kind);
        let object = product.emit().map_err(|e| {
            self.tcx.dcx().struct_err(format!("could not write the object of codegen unit `{}`: {e}", self.name)).emit()
        })?;
        Ok(CompiledModule {
            name: self.name,
            object,
            clif: self.opts.emit_clif.then_some(self.clif),
            asm: self.opts.emit_asm.then_some(self.asm),
        })
    }

    // --- Errors ---
    pub(crate) fn unsupported(&mut self, span: Span, feature: &str) {
        let guar = self.tcx.dcx().span_unsupported(span, feature);
        self.error.get_or_insert(guar);
    }
    pub(crate) fn failed(&mut self, guar: ErrorGuaranteed) {
        self.error.get_or_insert(guar);
    }

    // --- Types ---
    pub(crate) fn env(&self) -> TypingEnv<'tcx> {
        TypingEnv::fully_monomorphized()
    }
    /// The layout of a monomorphic type. That it has one was checked when its instance was collected.
    #[track_caller]
    pub(crate) fn layout_of(&self, ty: Ty<'tcx>) -> TyAndLayout<'tcx> {
        match self.tcx.layout_of(self.env().as_query_input(ty)) {
            Ok(layout) => layout,
            Err(e) => {
                self.tcx.dcx().struct_err(format!("the type `{ty}` has no layout: {e:?}")).emit();
                std::panic::panic_any(query::FatalError)
            }
        }
    }
    /// The scalars of a value, if it can live in SSA variables.
    pub(crate) fn leaves(&mut self, layout: TyAndLayout<'tcx>) -> Option<&'tcx [Leaf]> {
        let tcx = self.tcx;
        let key = std::ptr::from_ref(layout.layout).cast();
        *self.leaf_cache.entry(key).or_insert_with(|| leaves_of(tcx, layout).map(|v| tcx.arena().alloc(v).as_slice()))
    }
    /// The layout of an enum's variant.
    pub(crate) fn for_variant(&mut self, layout: TyAndLayout<'tcx>, variant: VariantIdx) -> TyAndLayout<'tcx> {
        let (tcx, env) = (self.tcx, self.env());
        *self
            .variant_cache
            .entry((layout.ty, variant))
            .or_insert_with(|| layout::LayoutExt::for_variant(layout, tcx, env, variant))
    }
    pub(crate) fn fn_abi_of_instance(&self, instance: Instance<'tcx>, extra: &[Ty<'tcx>]) -> &'tcx FnAbi<'tcx> {
        let extra = self.tcx.mk_type_list(extra);
        match self.tcx.fn_abi_of_instance(self.env().as_query_input((instance, extra))) {
            Ok(abi) => abi,
            Err(e) => {
                let what = self.tcx.value_path_str_with_args(instance.def_id(), instance.args);
                self.tcx.dcx().struct_err(format!("`{what}` cannot be called: {e:?}")).emit();
                std::panic::panic_any(query::FatalError)
            }
        }
    }
    pub(crate) fn fn_abi_of_fn_ptr(&self, sig: PolyFnSig<'tcx>, extra: &'tcx List<Ty<'tcx>>) -> &'tcx FnAbi<'tcx> {
        match self.tcx.fn_abi_of_fn_ptr(self.env().as_query_input((sig, extra))) {
            Ok(abi) => abi,
            Err(e) => {
                self.tcx.dcx().struct_err(format!("a function pointer cannot be called: {e:?}")).emit();
                std::panic::panic_any(query::FatalError)
            }
        }
    }

    // --- Symbols ---
    /// Every function is declared with the same signature: each reference brings its own, as in C.
    fn declare(&mut self, name: &str, linkage: Linkage) -> FuncId {
        let sig = Signature::new(self.module.isa().default_call_conv());
        match self.module.declare_function(name, linkage, &sig) {
            Ok(id) => {
                if self.opts.emit_clif || self.opts.emit_asm {
                    self.fn_names.entry(id.as_u32()).or_insert_with(|| name.to_owned());
                }
                id
            }
            Err(e) => {
                self.tcx.dcx().struct_err(format!("the symbol `{name}` cannot be a function: {e}")).emit();
                std::panic::panic_any(query::FatalError)
            }
        }
    }
    /// A function that is defined elsewhere, by its symbol.
    pub(crate) fn declare_import(&mut self, name: &str) -> FuncId {
        self.declare(name, Linkage::Import)
    }
    /// A function that this object defines, by its symbol.
    pub(crate) fn declare_definition(&mut self, name: &str, linkage: Linkage) -> FuncId {
        self.declare(name, linkage)
    }
    /// Declares an item that this object defines, before any reference to it.
    pub(crate) fn predefine_fn(&mut self, instance: Instance<'tcx>, data: &mono::MonoItemData) -> FuncId {
        let linkage = self.linkage(data);
        let name = self.tcx.symbol_name(instance);
        let id = self.declare(name, linkage);
        self.fns.insert(instance, id);
        id
    }
    pub(crate) fn linkage(&self, data: &mono::MonoItemData) -> Linkage {
        match (data.linkage, data.visibility) {
            (mono::Linkage::External, mono::Visibility::Default) => Linkage::Export,
            (mono::Linkage::External, mono::Visibility::Hidden) => Linkage::Hidden,
            (mono::Linkage::Weak | mono::Linkage::ExternalWeak, _) => Linkage::Preemptible,
            (mono::Linkage::Internal, _) => Linkage::Local,
        }
    }
    /// The symbol of a function.
    pub(crate) fn fn_id(&mut self, instance: Instance<'tcx>) -> FuncId {
        if let Some(&id) = self.fns.get(&instance) {
            return id;
        }
        let name = self.tcx.symbol_name(instance);
        let id = self.declare_import(name);
        self.fns.insert(instance, id);
        id
    }

    /// A reference to a function from the one being built. All code is linked into one file: calls are direct.
    pub(crate) fn func_ref(func: &mut ir::Function, id: FuncId, sig: Signature) -> FuncRef {
        let signature = func.import_signature(sig);
        let name = func.declare_imported_user_function(UserExternalName { namespace: 0, index: id.as_u32() });
        func.import_function(ExtFuncData {
            name: ExternalName::user(name),
            signature,
            colocated: true,
            patchable: false,
        })
    }
    /// A reference to data from the function being built.
    pub(crate) fn data_ref(func: &mut ir::Function, id: DataId, tls: bool) -> ir::GlobalValue {
        let name = func.declare_imported_user_function(UserExternalName { namespace: 1, index: id.as_u32() });
        func.create_global_value(GlobalValueData::Symbol {
            name: ExternalName::user(name),
            offset: 0.into(),
            colocated: !tls,
            tls,
        })
    }

    // --- Functions ---
    /// Compiles the function that was built in `context` as `id`; `what` names it in messages.
    pub(crate) fn define_fn(&mut self, id: FuncId, context: &mut Context, what: &str) {
        if self.opts.emit_clif {
            self.write_clif(&context.func, id, what);
        }
        context.set_disasm(self.opts.emit_asm && !crate::asm::is_disassembled(self.module.isa()));
        if let Err(e) = self.module.define_function(id, context) {
            let text = match &e {
                cranelift_module::ModuleError::Compilation(cranelift_codegen::CodegenError::Verifier(v)) => {
                    format!("{v}\n{}", context.func.display())
                }
                cranelift_module::ModuleError::Compilation(
                    cranelift_codegen::CodegenError::ImplLimitExceeded | cranelift_codegen::CodegenError::CodeTooLarge,
                ) => {
                    let guar = self
                        .tcx
                        .dcx()
                        .struct_err(format!("the function `{what}`, or what it keeps on the stack, is too large"))
                        .emit();
                    self.failed(guar);
                    context.clear();
                    return;
                }
                e => format!("{e:?}"),
            };
            let guar = self
                .tcx
                .dcx()
                .struct_err(format!("internal error: Cranelift does not accept the code of `{what}`: {text}"))
                .emit();
            self.failed(guar);
        } else if self.opts.emit_asm {
            self.write_asm(context, id, what);
        }
        context.clear();
    }
    pub(crate) fn module_isa(&self) -> &dyn cranelift_codegen::isa::TargetIsa {
        self.module.isa()
    }
    pub(crate) fn fn_name(&self, id: FuncId) -> String {
        self.module.declarations().get_function_decl(id).linkage_name(id).into_owned()
    }
    /// The symbol of a function or of data that code refers to.
    pub(crate) fn symbol_of(&self, name: &UserExternalName) -> String {
        match name.namespace {
            0 => self.fn_names.get(&name.index).cloned().unwrap_or_default(),
            _ => {
                let id = DataId::from_u32(name.index);
                self.module.declarations().get_data_decl(id).linkage_name(id).into_owned()
            }
        }
    }
}

/// The C names of the functions that Cranelift itself calls.
fn libcall_name(libcall: ir::LibCall) -> String {
    use ir::LibCall;
    match libcall {
        LibCall::Probestack => "__rust_probestack",
        LibCall::CeilF32 => "ceilf",
        LibCall::CeilF64 => "ceil",
        LibCall::FloorF32 => "floorf",
        LibCall::FloorF64 => "floor",
        LibCall::TruncF32 => "truncf",
        LibCall::TruncF64 => "trunc",
        LibCall::NearestF32 => "rintf",
        LibCall::NearestF64 => "rint",
        LibCall::FmaF32 => "fmaf",
        LibCall::FmaF64 => "fma",
        LibCall::Memcpy => "memcpy",
        LibCall::Memset => "memset",
        LibCall::Memmove => "memmove",
        LibCall::Memcmp => "memcmp",
        LibCall::ElfTlsGetAddr | LibCall::ElfTlsGetOffset => "__tls_get_addr",
        _ => "__rcc_unknown_libcall",
    }
    .to_owned()
}
