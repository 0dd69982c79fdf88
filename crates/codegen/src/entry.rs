//! The entry points of a program: `_start`, `main`, and the functions by which the allocator is reached.

use cranelift_codegen::ir::{AbiParam, InstBuilder, Signature, UserFuncName, types};
use cranelift_frontend::FunctionBuilder;
use cranelift_module::{Linkage, Module};
use hir::LangItem;
use query::TyCtxt;
use span::def_id::DefId;
use ty::{ErrorGuaranteed, Instance, TypingEnv};

use crate::cx::CodegenCx;
use crate::leaf::PTR;
use crate::{CodegenOptions, CompiledModule};

/// The object with `_start`, unless a C runtime brings it, and `extern "C" fn main(argc: i32, argv: *const *const u8) -> i32`, which calls the
/// standard library's `lang_start` with the program's `main`.
pub fn codegen_entry<'tcx>(
    tcx: TyCtxt<'tcx>,
    main: DefId,
    has_c_runtime: bool,
    opts: &CodegenOptions,
) -> Result<CompiledModule, ErrorGuaranteed> {
    let mut cx = CodegenCx::new(tcx, "entry", opts)?;
    let env = TypingEnv::fully_monomorphized();
    let main_ret = tcx.fn_sig(main).skip_binder().output();
    let main_ret = tcx.instantiate_bound_regions_with_erased(main_ret);
    let main_ret = tcx.normalize_erasing_regions(env, main_ret);
    let span = tcx.def_span(main);
    let start = tcx.require_lang_item(LangItem::Start, span);
    let start = tcx.expect_resolve_instance(env, start, tcx.mk_args(&[main_ret.into()]));
    let main = tcx.resolve_for_fn_ptr(env, main, ty::List::empty()).unwrap_or_else(|| Instance::mono(main));
    codegen_main(&mut cx, main, start);
    if !has_c_runtime {
        cx.define_start("__rcc_start");
    }
    cx.finish()
}

fn codegen_main<'tcx>(cx: &mut CodegenCx<'tcx>, main: Instance<'tcx>, start: Instance<'tcx>) {
    let conv = cx.module.isa().default_call_conv();
    let mut sig = Signature::new(conv);
    sig.params.extend([AbiParam::new(types::I32), AbiParam::new(PTR)]);
    sig.returns.push(AbiParam::new(types::I32));
    let id = cx.declare_definition("main", Linkage::Export);
    let (main_id, start_id) = (cx.fn_id(main), cx.fn_id(start));
    let fn_abi = cx.fn_abi_of_instance(start, &[]);
    let start_sig = cx.abi(fn_abi).sig;
    let mut context = std::mem::replace(&mut cx.context, cranelift_codegen::Context::new());
    let mut builder_cx = std::mem::take(&mut cx.builder_cx);
    context.func.name = UserFuncName::user(0, id.as_u32());
    context.func.signature = sig;
    let mut b = FunctionBuilder::new(&mut context.func, &mut builder_cx);
    let block = b.create_block();
    b.append_block_params_for_function_params(block);
    b.switch_to_block(block);
    let (argc, argv) = (b.block_params(block)[0], b.block_params(block)[1]);
    let argc = b.ins().sextend(PTR, argc);
    let main_ref = CodegenCx::func_ref(b.func, main_id, Signature::new(conv));
    let main_addr = b.ins().func_addr(PTR, main_ref);
    let sigpipe = b.ins().iconst(types::I8, 0);
    let start_ref = CodegenCx::func_ref(b.func, start_id, start_sig);
    let call = b.ins().call(start_ref, &[main_addr, argc, argv, sigpipe]);
    let code = b.inst_results(call)[0];
    let code = b.ins().ireduce(types::I32, code);
    b.ins().return_(&[code]);
    b.seal_all_blocks();
    b.finalize(cx.module.target_config());
    cx.builder_cx = builder_cx;
    cx.define_fn(id, &mut context, "main");
    cx.context = context;
}

/// The object that connects the allocation functions of `alloc` with the standard library's default, unless the
/// program has a `#[global_allocator]`.
pub fn codegen_allocator_shim(
    tcx: TyCtxt<'_>,
    has_global_allocator: bool,
    opts: &CodegenOptions,
) -> Result<CompiledModule, ErrorGuaranteed> {
    let mut cx = CodegenCx::new(tcx, "allocator", opts)?;
    // `#[global_allocator]` expands to functions of these names.
    if !has_global_allocator {
        for name in ["alloc", "dealloc", "realloc", "alloc_zeroed"] {
            cx.define_forwarder(&format!("__rust_{name}"), &format!("__rdl_{name}"));
        }
    }
    // Called so that nobody links without this object; and: running out of memory aborts.
    cx.define_returning_zero("__rust_no_alloc_shim_is_unstable_v2");
    cx.define_returning_zero("__rust_alloc_error_handler_should_panic_v2");
    cx.finish()
}
