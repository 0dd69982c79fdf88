//! How functions are called.
//!
//! The Rust ABI passes scalars and scalar pairs in registers and all else by pointer, alike on both targets. The C ABI
//! follows the System V psABI for x86-64 (AMD64, section 3.2.3: classes of eightbytes) and AAPCS64 (section 6.8:
//! homogeneous float aggregates, composites of at most 16 bytes).

use hir::LangItem;
use query::{AbiReg, ArgAbi, FnAbi, LayoutKey, PassMode, TyCtxt};
use rustc_abi::{BackendRepr, FieldsShape, Primitive, Size, Variants};
use session::Arch;
use span::def_id::DefId;
use ty::closure::ClosureKind;
use ty::layout::{LayoutError, TyAndLayout};
use ty::{ExternAbi, FnSig, Instance, InstanceKind, List, PolyFnSig, PseudoCanonicalInput, Ty, TyKind, TypingEnv};

use crate::LayoutExt;

type Result<'tcx> = std::result::Result<&'tcx FnAbi<'tcx>, LayoutError<'tcx>>;

/// A fn pointer's ABI; `extra` are the types of variadic arguments.
pub(crate) fn fn_abi_of_fn_ptr<'tcx>(
    tcx: TyCtxt<'tcx>,
    input: PseudoCanonicalInput<'tcx, (PolyFnSig<'tcx>, &'tcx List<Ty<'tcx>>)>,
) -> Result<'tcx> {
    let (sig, extra) = input.value;
    let sig = tcx.instantiate_bound_regions_with_erased(sig);
    compute(tcx, input.typing_env, sig, extra, false, false)
}

/// An instance's ABI: with the caller's location if it is `#[track_caller]`, with a thin `self` if it is virtual.
pub(crate) fn fn_abi_of_instance<'tcx>(
    tcx: TyCtxt<'tcx>,
    input: PseudoCanonicalInput<'tcx, (Instance<'tcx>, &'tcx List<Ty<'tcx>>)>,
) -> Result<'tcx> {
    let (instance, extra) = input.value;
    let env = input.typing_env;
    let sig = sig_of_instance(tcx, instance, env);
    let track_caller = match instance.def {
        InstanceKind::Item(d) => tcx.body_requires_caller_location(d),
        InstanceKind::ClosureOnceShim { track_caller, .. } => track_caller,
        InstanceKind::Virtual(d, _) => tcx.body_requires_caller_location(d),
        _ => false,
    };
    let is_virtual = matches!(instance.def, InstanceKind::Virtual(..));
    compute(tcx, env, sig, extra, track_caller, is_virtual)
}

/// An instance's signature; closures take their environment first and their arguments apart.
pub fn sig_of_instance<'tcx>(tcx: TyCtxt<'tcx>, instance: Instance<'tcx>, env: TypingEnv<'tcx>) -> FnSig<'tcx> {
    let ty = tcx.instance_ty(instance, env);
    let erase = |sig| tcx.normalize_erasing_regions(env, tcx.instantiate_bound_regions_with_erased(sig));
    match *ty.kind() {
        TyKind::FnDef(..) => {
            let mut sig = erase(tcx.fn_sig_of_ty(ty).expect("a function"));
            // A by-value `self` through a vtable is passed by pointer.
            if let InstanceKind::VTableShim(_) = instance.def {
                let mut tys: Vec<_> = sig.inputs_and_output.iter().collect();
                tys[0] = tcx.mk_mut_ptr(tys[0]);
                sig.inputs_and_output = tcx.mk_type_list(&tys);
            }
            sig
        }
        TyKind::Closure(_, args) => {
            let closure = args.as_closure();
            let sig = ty::untuple_sig(tcx.interner(), erase(closure.sig()));
            let env_ty = tcx.closure_env_ty(ty, closure.kind(), tcx.lifetimes().re_erased);
            let all: Vec<_> = std::iter::once(env_ty).chain(sig.inputs_and_output.iter()).collect();
            FnSig { inputs_and_output: tcx.mk_type_list(&all), abi: ExternAbi::Rust, ..sig }
        }
        // Of an async closure's coroutine, the definition's own type is that by reference.
        TyKind::Coroutine(def_id, _) => {
            let ty = tcx.mk_ty(TyKind::Coroutine(def_id, instance.args));
            erase(coroutine_sig(tcx, ty, def_id, instance.args))
        }
        TyKind::CoroutineClosure(def_id, args) => erase(coroutine_closure_sig(tcx, instance, ty, def_id, args)),
        ref other => panic!("instance of type {other:?} is no function"),
    }
}

/// An async closure's: it takes its environment, then its arguments apart, and gives a coroutine.
fn coroutine_closure_sig<'tcx>(
    tcx: TyCtxt<'tcx>,
    instance: Instance<'tcx>,
    ty: Ty<'tcx>,
    def_id: DefId,
    args: ty::GenericArgsRef<'tcx>,
) -> PolyFnSig<'tcx> {
    let parts = args.as_coroutine_closure();
    let erased = tcx.lifetimes().re_erased;
    let (kind, env_ty) = match instance.def {
        InstanceKind::ConstructCoroutineInClosureShim { receiver_by_ref, .. } => {
            (ClosureKind::FnOnce, if receiver_by_ref { tcx.mk_mut_ref(erased, ty) } else { ty })
        }
        _ => (parts.kind(), tcx.closure_env_ty(ty, parts.kind(), erased)),
    };
    parts.sig().map_bound(|sig| {
        let inputs = match *sig.tupled_inputs_ty.kind() {
            TyKind::Tuple(tys) => tys,
            _ => List::empty(),
        };
        let output = parts.to_coroutine(*tcx, sig, tcx.coroutine_for_closure(def_id), kind, erased);
        let all: Vec<Ty<'tcx>> = std::iter::once(env_ty).chain(inputs.iter()).chain([output]).collect();
        FnSig {
            inputs_and_output: tcx.mk_type_list(&all),
            c_variadic: false,
            safety: hir::Safety::Safe,
            abi: ExternAbi::Rust,
        }
    })
}

/// Of `resume`, `poll` or `next`, by what the coroutine was written as.
fn coroutine_sig<'tcx>(
    tcx: TyCtxt<'tcx>,
    ty: Ty<'tcx>,
    def_id: DefId,
    args: ty::GenericArgsRef<'tcx>,
) -> PolyFnSig<'tcx> {
    use hir::{CoroutineDesugaring as Desugaring, CoroutineKind as Kind};
    let parts = args.as_coroutine();
    let adt = |item, args: &[ty::GenericArg<'tcx>]| {
        tcx.mk_adt(tcx.adt_def(tcx.require_lang_item(item, span::DUMMY_SP)), tcx.mk_args(args))
    };
    let erased = tcx.lifetimes().re_erased;
    let reference = tcx.mk_mut_ref(erased, ty);
    let pinned = || adt(LangItem::Pin, &[reference.into()]);
    let context = || tcx.mk_mut_ref(erased, adt(LangItem::Context, &[erased.into()]));
    let (inputs, output) = match tcx.coroutine_kind(def_id) {
        Some(Kind::Desugared(Desugaring::Async, _)) => {
            (vec![pinned(), context()], adt(LangItem::Poll, &[parts.return_ty().into()]))
        }
        Some(Kind::Desugared(Desugaring::Gen, _)) => {
            (vec![reference], adt(LangItem::Option, &[parts.yield_ty().into()]))
        }
        Some(Kind::Desugared(Desugaring::AsyncGen, _)) => (vec![pinned(), context()], parts.yield_ty()),
        Some(Kind::Coroutine(_)) | None => {
            let state = adt(LangItem::CoroutineState, &[parts.yield_ty().into(), parts.return_ty().into()]);
            (vec![pinned(), parts.resume_ty()], state)
        }
    };
    let all: Vec<Ty<'tcx>> = inputs.into_iter().chain([output]).collect();
    let sig = FnSig {
        inputs_and_output: tcx.mk_type_list(&all),
        c_variadic: false,
        safety: hir::Safety::Safe,
        abi: ExternAbi::Rust,
    };
    ty::Binder::dummy(sig)
}

fn compute<'tcx>(
    tcx: TyCtxt<'tcx>,
    env: TypingEnv<'tcx>,
    sig: FnSig<'tcx>,
    extra: &'tcx List<Ty<'tcx>>,
    track_caller: bool,
    is_virtual: bool,
) -> Result<'tcx> {
    let sig = tcx.normalize_erasing_regions(env, sig);
    let mut inputs: Vec<Ty<'tcx>> = sig.inputs().to_vec();
    // `extern "rust-call"` takes its last argument, a tuple, apart.
    if sig.abi == ExternAbi::RustCall {
        if let Some(TyKind::Tuple(tys)) = inputs.last().map(|t| *t.kind()) {
            inputs.pop();
            inputs.extend(tys.iter());
        }
    }
    let fixed_count = inputs.len() as u32;
    inputs.extend(extra.iter());
    if track_caller {
        inputs.push(tcx.mk_imm_ref(tcx.lifetimes().re_static, tcx.caller_location_ty()));
    }
    let rust = matches!(sig.abi, ExternAbi::Rust | ExternAbi::RustCall | ExternAbi::RustCold);
    let arg = |ty: Ty<'tcx>, is_return: bool| -> std::result::Result<ArgAbi<'tcx>, LayoutError<'tcx>> {
        let layout = tcx.layout_of(env.as_query_input(ty))?;
        let mode = if rust { rust_mode(layout, is_return) } else { c_mode(tcx, env, layout) };
        Ok(ArgAbi { layout: LayoutKey(layout), mode })
    };
    let mut args = inputs.iter().map(|t| arg(*t, false)).collect::<std::result::Result<Vec<_>, _>>()?;
    if is_virtual {
        if let Some(first) = args.first_mut() {
            make_thin_self(tcx, env, first)?;
        }
    }
    let abi = FnAbi {
        args,
        ret: arg(sig.output(), true)?,
        c_variadic: sig.c_variadic,
        fixed_count,
        abi: sig.abi,
        can_unwind: rust && tcx.sess().opts.panic == session::PanicStrategy::Unwind,
    };
    Ok(tcx.arena().alloc(abi))
}

/// A method in a vtable takes only the address of its `dyn` receiver.
fn make_thin_self<'tcx>(
    tcx: TyCtxt<'tcx>,
    env: TypingEnv<'tcx>,
    arg: &mut ArgAbi<'tcx>,
) -> std::result::Result<(), LayoutError<'tcx>> {
    let ptr = tcx.layout_of(env.as_query_input(tcx.mk_mut_ptr(tcx.types().unit)))?;
    *arg = ArgAbi { layout: LayoutKey(ptr), mode: PassMode::Direct };
    Ok(())
}

fn rust_mode(layout: TyAndLayout<'_>, is_return: bool) -> PassMode {
    if layout.is_zst() {
        return PassMode::Ignore;
    }
    match layout.backend_repr {
        BackendRepr::Scalar(_) | BackendRepr::SimdVector { .. } => PassMode::Direct,
        BackendRepr::ScalarPair(..) => PassMode::Pair,
        BackendRepr::Memory { sized: false } => PassMode::Indirect { on_stack: false, meta: true },
        _ => {
            // Small aggregates fit a register as an integer.
            let size = layout.size.bytes();
            if size <= 8 && !is_return {
                PassMode::Cast(vec![AbiReg { float: false, size: size as u8, offset: 0 }])
            } else {
                PassMode::Indirect { on_stack: false, meta: false }
            }
        }
    }
}

fn c_mode<'tcx>(tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, layout: TyAndLayout<'tcx>) -> PassMode {
    if layout.is_zst() {
        return PassMode::Ignore;
    }
    if let BackendRepr::Scalar(_) = layout.backend_repr {
        if !layout.ty.is_adt() || layout.size.bytes() <= 8 {
            return PassMode::Direct;
        }
    }
    match tcx.sess().target.arch {
        Arch::X86_64 => sysv(tcx, env, layout),
        Arch::AArch64 => aapcs(tcx, env, layout),
    }
}

/// A leaf of an aggregate: where it lies and what it is.
#[derive(Clone, Copy)]
struct Leaf {
    offset: u64,
    primitive: Primitive,
    size: u64,
}

/// The scalars of a type in memory; `false` if something in it is not passed in registers (unaligned fields).
fn leaves<'tcx>(
    tcx: TyCtxt<'tcx>,
    env: TypingEnv<'tcx>,
    layout: TyAndLayout<'tcx>,
    base: Size,
    out: &mut Vec<Leaf>,
) -> bool {
    if layout.is_zst() {
        return true;
    }
    let dl = &*tcx.sess().target.data_layout;
    if !base.is_aligned(layout.align.abi) {
        return false;
    }
    if let BackendRepr::Scalar(s) = layout.backend_repr {
        out.push(Leaf { offset: base.bytes(), primitive: s.primitive(), size: s.size(&dl).bytes() });
        return true;
    }
    match &layout.variants {
        Variants::Empty => return true,
        Variants::Multiple { tag, variants, .. } => {
            let tag_offset = layout.fields.offset(0);
            out.push(Leaf {
                offset: (base + tag_offset).bytes(),
                primitive: tag.primitive(),
                size: tag.size(&dl).bytes(),
            });
            for i in variants.indices() {
                let v = layout.for_variant(tcx, env, i);
                if !struct_leaves(tcx, env, v, base, out) {
                    return false;
                }
            }
            return true;
        }
        Variants::Single { .. } => {}
    }
    struct_leaves(tcx, env, layout, base, out)
}

fn struct_leaves<'tcx>(
    tcx: TyCtxt<'tcx>,
    env: TypingEnv<'tcx>,
    layout: TyAndLayout<'tcx>,
    base: Size,
    out: &mut Vec<Leaf>,
) -> bool {
    match &layout.fields {
        FieldsShape::Primitive => true,
        FieldsShape::Array { stride, count } => {
            // Only small aggregates go in registers: more elements than bytes there do not matter.
            let elem = layout.field(tcx, env, 0);
            (0..*count).take(64).all(|i| leaves(tcx, env, elem, base + *stride * i, out))
        }
        fields => {
            (0..fields.count()).all(|i| leaves(tcx, env, layout.field(tcx, env, i), base + fields.offset(i), out))
        }
    }
}

fn sysv<'tcx>(tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, layout: TyAndLayout<'tcx>) -> PassMode {
    let size = layout.size.bytes();
    let memory = PassMode::Indirect { on_stack: true, meta: false };
    let mut parts = Vec::new();
    if size > 16 || !leaves(tcx, env, layout, Size::ZERO, &mut parts) {
        return memory;
    }
    // Each eightbyte is of class INTEGER if any part of it is, else SSE.
    let mut regs = Vec::new();
    let mut offset = 0;
    while offset < size {
        let end = (offset + 8).min(size);
        let inside = parts.iter().filter(|p| p.offset < end && p.offset + p.size > offset);
        let float =
            inside.clone().all(|p| matches!(p.primitive, Primitive::Float(_))) && inside.clone().next().is_some();
        regs.push(AbiReg { float, size: (end - offset) as u8, offset: offset as u32 });
        offset = end;
    }
    PassMode::Cast(regs)
}

fn aapcs<'tcx>(tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, layout: TyAndLayout<'tcx>) -> PassMode {
    let size = layout.size.bytes();
    let mut parts = Vec::new();
    let known = leaves(tcx, env, layout, Size::ZERO, &mut parts);
    // A homogeneous aggregate of one to four floats goes in that many float registers.
    if known && (1..=4).contains(&parts.len()) && !matches!(layout.variants, Variants::Multiple { .. }) {
        let first = parts[0];
        let same = parts.iter().all(|p| matches!(p.primitive, Primitive::Float(_)) && p.size == first.size);
        if same && first.size * parts.len() as u64 == size {
            return PassMode::Cast(
                parts.iter().map(|p| AbiReg { float: true, size: p.size as u8, offset: p.offset as u32 }).collect(),
            );
        }
    }
    if size > 16 {
        return PassMode::Indirect { on_stack: false, meta: false };
    }
    let mut regs = Vec::new();
    let mut offset = 0;
    while offset < size {
        let end = (offset + 8).min(size);
        regs.push(AbiReg { float: false, size: (end - offset) as u8, offset: offset as u32 });
        offset = end;
    }
    PassMode::Cast(regs)
}
