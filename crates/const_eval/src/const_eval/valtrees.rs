//! Value trees: the form in which constants are arguments of types and patterns. They have no identity of memory.

use diagnostics::codes::E0080;
use mir::ConstValue;
use mir::interpret::{CtfeProvenance, ErrorHandled, EvalToValTreeResult, GlobalId, Pointer, Scalar};
use query::{DestructuredConst, TyCtxt};
use rustc_abi::Variants;
use ty::{PseudoCanonicalInput, ScalarInt, Ty, TyKind, TypingEnv, ValTree, Value, VariantIdx};

use super::machine::{CanAccessMutGlobal, CompileTimeInterpCx};
use super::queries::{mk_eval_cx_for_const_val, mk_eval_cx_to_read_const_val, op_to_const};
use crate::interpret::{Immediate, InterpResult, MPlaceTy, MemPlace, MemPlaceMeta, MemoryKind, OpTy, PlaceTy};

/// Larger constants are refused.
const MAX_NODES: usize = 100_000;

enum NoTree<'tcx> {
    /// A type that has none.
    Type(Ty<'tcx>),
    TooLarge,
    /// Errors inside, which were reported.
    Error(ErrorHandled),
}

/// Provides `eval_to_valtree`.
pub(crate) fn eval_to_valtree<'tcx>(
    tcx: TyCtxt<'tcx>,
    key: PseudoCanonicalInput<'tcx, GlobalId<'tcx>>,
) -> EvalToValTreeResult<'tcx> {
    let span = tcx.def_span(key.value.instance.def_id());
    let alloc = tcx.eval_to_allocation_raw(key)?;
    let ecx = mk_eval_cx_to_read_const_val(tcx, span, key.typing_env, CanAccessMutGlobal::No);
    let place = ecx.raw_const_to_mplace(alloc).map_err(|_| ErrorHandled::TooGeneric(span))?;
    let mut nodes = 0;
    match const_to_valtree(&ecx, &place.into(), &mut nodes) {
        Ok(tree) => Ok(Ok(tree)),
        Err(NoTree::Type(ty)) => Ok(Err(ty)),
        Err(NoTree::Error(e)) => Err(e),
        Err(NoTree::TooLarge) => {
            let name = super::error::describe_global(tcx, key.value);
            let msg = format!("maximum number of nodes exceeded in constant {name}");
            let guar = tcx.dcx().struct_span_err(span, msg).with_code(E0080).emit();
            Err(ErrorHandled::Reported(guar, span))
        }
    }
}

fn branches<'tcx>(
    ecx: &CompileTimeInterpCx<'tcx>,
    op: &OpTy<'tcx>,
    n: usize,
    variant: Option<VariantIdx>,
    nodes: &mut usize,
) -> Result<ValTree<'tcx>, NoTree<'tcx>> {
    let mut out = Vec::with_capacity(n + 1);
    let op = match variant {
        Some(v) => {
            let (leaf, _) = ScalarInt::truncate_from_uint(v.as_u32().into(), 4);
            out.push(ValTree::Leaf(leaf));
            ecx.downcast_op(op, v)
        }
        None => *op,
    };
    for i in 0..n {
        let field = ecx.project_field_op(&op, i).map_err(|e| failed(ecx, e))?;
        out.push(const_to_valtree(ecx, &field, nodes)?);
    }
    Ok(ecx.tcx.mk_valtree_branch(&out))
}

fn elements<'tcx>(
    ecx: &CompileTimeInterpCx<'tcx>,
    op: &OpTy<'tcx>,
    nodes: &mut usize,
) -> Result<ValTree<'tcx>, NoTree<'tcx>> {
    let n = ecx.op_len(op).map_err(|e| failed(ecx, e))?;
    let mut out = Vec::with_capacity(n.min(1 << 16) as usize);
    for i in 0..n {
        let elem = if op.layout.ty.is_str() {
            let OpTy { op: crate::interpret::Operand::Indirect(m), .. } = *op else {
                return Err(NoTree::Type(op.layout.ty));
            };
            let u8_layout = ecx.layout_of(ecx.tcx.types().u8).map_err(|e| failed(ecx, e))?;
            MPlaceTy { mplace: m.offset(rustc_abi::Size::from_bytes(i)), layout: u8_layout }.into()
        } else {
            ecx.project_index_op(op, i).map_err(|e| failed(ecx, e))?
        };
        out.push(const_to_valtree(ecx, &elem, nodes)?);
    }
    Ok(ecx.tcx.mk_valtree_branch(&out))
}

fn failed<'tcx>(ecx: &CompileTimeInterpCx<'tcx>, e: crate::interpret::InterpError<'tcx>) -> NoTree<'tcx> {
    use crate::interpret::{InterpErrorKind, InvalidProgram};
    let handled = match e.into_kind() {
        InterpErrorKind::InvalidProgram(InvalidProgram::AlreadyReported(guar)) => {
            ErrorHandled::Reported(guar, ecx.root_span)
        }
        InterpErrorKind::InvalidProgram(_) => ErrorHandled::TooGeneric(ecx.root_span),
        other => {
            let guar = ecx.tcx.dcx().struct_span_err(ecx.root_span, other.to_string()).with_code(E0080).emit();
            ErrorHandled::Reported(guar, ecx.root_span)
        }
    };
    NoTree::Error(handled)
}

fn const_to_valtree<'tcx>(
    ecx: &CompileTimeInterpCx<'tcx>,
    op: &OpTy<'tcx>,
    nodes: &mut usize,
) -> Result<ValTree<'tcx>, NoTree<'tcx>> {
    *nodes += 1;
    if *nodes >= MAX_NODES {
        return Err(NoTree::TooLarge);
    }
    let ty = op.layout.ty;
    match *ty.kind() {
        TyKind::FnDef(..) => Ok(ValTree::zst()),
        TyKind::Bool | TyKind::Int(_) | TyKind::Uint(_) | TyKind::Float(_) | TyKind::Char => {
            let s = ecx.read_scalar_int(op).map_err(|e| failed(ecx, e))?;
            Ok(ValTree::Leaf(s))
        }
        TyKind::Pat(inner, _) => {
            let layout = ecx.layout_of(inner).map_err(|e| failed(ecx, e))?;
            let op = op.with_layout(layout);
            const_to_valtree(ecx, &op, nodes)
        }
        TyKind::RawPtr(..) => {
            // Only addresses that are numbers.
            let imm = ecx.read_immediate(op).map_err(|e| failed(ecx, e))?;
            match imm.imm {
                Immediate::Scalar(Scalar::Int(i)) => Ok(ValTree::Leaf(i)),
                _ => Err(NoTree::Type(ty)),
            }
        }
        TyKind::Ref(..) => {
            let place = ecx.deref_pointer(op).map_err(|e| failed(ecx, e))?;
            const_to_valtree(ecx, &place.into(), nodes)
        }
        TyKind::Str | TyKind::Slice(_) | TyKind::Array(..) => elements(ecx, op, nodes),
        TyKind::Tuple(tys) => branches(ecx, op, tys.len(), None, nodes),
        TyKind::Adt(def, _) => {
            if def.is_union() {
                return Err(NoTree::Type(ty));
            }
            if def.is_enum() {
                let variant = ecx.read_discriminant(op).map_err(|e| failed(ecx, e))?;
                return branches(ecx, op, def.variant(variant).fields.len(), Some(variant), nodes);
            }
            branches(ecx, op, def.non_enum_variant().fields.len(), None, nodes)
        }
        TyKind::Closure(_, args) => branches(ecx, op, args.as_closure().upvar_tys().len(), None, nodes),
        _ => Err(NoTree::Type(ty)),
    }
}

/// Provides `valtree_to_const_val`.
pub(crate) fn valtree_to_const_value<'tcx>(tcx: TyCtxt<'tcx>, value: Value<'tcx>) -> ConstValue {
    let env = TypingEnv::fully_monomorphized();
    let mut ecx = mk_eval_cx_to_read_const_val(tcx, span::DUMMY_SP, env, CanAccessMutGlobal::No);
    match to_const_value(&mut ecx, value) {
        Ok(v) => v,
        Err(_) => ConstValue::ZeroSized,
    }
}

fn to_const_value<'tcx>(ecx: &mut CompileTimeInterpCx<'tcx>, value: Value<'tcx>) -> InterpResult<'tcx, ConstValue> {
    match (*value.ty.kind(), value.valtree) {
        (TyKind::FnDef(..), _) => Ok(ConstValue::ZeroSized),
        (_, ValTree::Leaf(i)) if !value.ty.is_adt() && !value.ty.is_ref() => Ok(ConstValue::Scalar(Scalar::Int(i))),
        (TyKind::Ref(_, inner, _), tree) => {
            let imm = valtree_to_ref(ecx, tree, inner)?;
            let layout = ecx.layout_of(value.ty)?;
            Ok(op_to_const(ecx, &crate::interpret::ImmTy { imm, layout }.into()))
        }
        (_, tree) => {
            let layout = ecx.layout_of(value.ty)?;
            if layout.is_zst() {
                return Ok(ConstValue::ZeroSized);
            }
            let place = ecx.allocate(layout, MemoryKind::Stack)?;
            fill(ecx, &place, tree)?;
            ecx.intern_as_constant(&place);
            Ok(op_to_const(ecx, &place.into()))
        }
    }
}

/// New memory with a tree's value, and the pointer to it.
fn valtree_to_ref<'tcx>(
    ecx: &mut CompileTimeInterpCx<'tcx>,
    tree: ValTree<'tcx>,
    ty: Ty<'tcx>,
) -> InterpResult<'tcx, Immediate> {
    let (layout, meta) = match *ty.kind() {
        TyKind::Str => {
            let bytes: Vec<u8> =
                tree.unwrap_branch().iter().map(|b| b.try_to_scalar_int().map_or(0, |i| i.to_uint() as u8)).collect();
            let id = ecx.tcx.gcx().alloc_map.allocate_bytes_dedup(ecx.tcx.interner(), &bytes);
            let prov = CtfeProvenance::from(id).as_immutable();
            return Ok(Immediate::new_slice(Pointer::from(prov).into(), bytes.len() as u64));
        }
        TyKind::Slice(elem) => {
            let n = tree.unwrap_branch().len() as u64;
            (ecx.layout_of(ecx.tcx.mk_array(elem, n))?, Some(n))
        }
        _ => (ecx.layout_of(ty)?, None),
    };
    let place = ecx.allocate(layout, MemoryKind::Stack)?;
    fill(ecx, &place, tree)?;
    ecx.intern_as_constant(&place);
    let ptr = match place.mplace.ptr.provenance {
        Some(prov) => Pointer::new(prov.as_immutable(), place.mplace.ptr.offset).into(),
        None => place.mplace.ptr,
    };
    let meta = meta.map_or(MemPlaceMeta::None, |n| MemPlaceMeta::Meta(Scalar::from_target_usize(n)));
    Ok(Immediate::new_pointer_with_meta(ptr, meta))
}

/// Writes a tree into memory.
fn fill<'tcx>(ecx: &mut CompileTimeInterpCx<'tcx>, place: &MPlaceTy<'tcx>, tree: ValTree<'tcx>) -> InterpResult<'tcx> {
    let dest: PlaceTy<'tcx> = (*place).into();
    match (*place.layout.ty.kind(), tree) {
        (TyKind::FnDef(..), _) => Ok(()),
        (TyKind::Ref(_, inner, _), tree) => {
            let imm = valtree_to_ref(ecx, tree, inner)?;
            ecx.write_immediate(imm, &dest)
        }
        (TyKind::Pat(inner, _), tree) => {
            let layout = ecx.layout_of(inner)?;
            fill(ecx, &MPlaceTy { mplace: place.mplace, layout }, tree)
        }
        (_, ValTree::Leaf(i)) => ecx.write_scalar(Scalar::Int(i), &dest),
        (TyKind::Array(..), ValTree::Branch(parts)) => {
            for (i, part) in parts.iter().enumerate() {
                let elem = ecx.project_index_mplace(place, i as u64)?;
                fill(ecx, &elem, part)?;
            }
            Ok(())
        }
        (kind, ValTree::Branch(parts)) => {
            let (variant, parts) = match kind {
                TyKind::Adt(def, _) if def.is_enum() => {
                    let v = parts.first().and_then(|v| v.try_to_scalar_int()).map_or(0, |i| i.to_uint() as u32);
                    (Some(VariantIdx::from_u32(v)), parts.get(1..).unwrap_or(&[]))
                }
                _ => (None, &parts[..]),
            };
            let layout = match variant {
                Some(v) => ecx.layout_for_variant(place.layout, v),
                None => place.layout,
            };
            let inner = MPlaceTy { mplace: MemPlace { ..place.mplace }, layout };
            for (i, part) in parts.iter().enumerate() {
                let field = ecx.project_field_mplace(&inner, i)?;
                fill(ecx, &field, *part)?;
            }
            match variant {
                Some(v) => ecx.write_discriminant(v, &dest),
                None => Ok(()),
            }
        }
    }
}

/// Provides `destructure_const_value`.
pub(crate) fn destructure_const_value<'tcx>(
    tcx: TyCtxt<'tcx>,
    (val, ty): (ConstValue, Ty<'tcx>),
) -> Option<DestructuredConst<'tcx>> {
    let (ecx, op) = mk_eval_cx_for_const_val(tcx, TypingEnv::fully_monomorphized(), val, ty)?;
    let (n, variant, down) = match *ty.kind() {
        TyKind::Array(_, len) => (len.try_to_target_usize()? as usize, None, op),
        TyKind::Tuple(tys) => (tys.len(), None, op),
        TyKind::Adt(def, _) if def.variants().is_empty() => return None,
        TyKind::Adt(def, _) => {
            let variant = match op.layout.variants {
                Variants::Single { index } => index,
                _ => ecx.read_discriminant(&op).ok()?,
            };
            let down = ecx.downcast_op(&op, variant);
            (def.variant(variant).fields.len(), Some(variant), down)
        }
        _ => return None,
    };
    let fields = (0..n)
        .map(|i| {
            let field =
                if ty.is_array() { ecx.project_index_op(&down, i as u64) } else { ecx.project_field_op(&down, i) };
            let field = field.ok()?;
            Some((op_to_const(&ecx, &field), field.layout.ty))
        })
        .collect::<Option<Vec<_>>>()?;
    Some(DestructuredConst { variant, fields: tcx.arena().alloc(fields) })
}
