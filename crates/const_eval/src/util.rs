//! Small helpers that several parts need.

use std::cell::RefCell;

use query::{Discr, TyCtxt};
use rustc_index::IndexVec;
use span::FxHashMap;
use span::def_id::DefId;
use ty::{AdtDef, VariantIdx};

/// The discriminants of an enum, computed once a session.
struct Discriminants;
type Table<'tcx> = RefCell<FxHashMap<DefId, &'tcx IndexVec<VariantIdx, Discr<'tcx>>>>;

/// The discriminants of an enum's variants.
pub fn discriminants<'tcx>(tcx: TyCtxt<'tcx>, def: AdtDef<'tcx>) -> &'tcx IndexVec<VariantIdx, Discr<'tcx>> {
    let table = tcx.slot::<Discriminants, Table<'tcx>>(Default::default);
    if let Some(&found) = table.borrow().get(&def.did()) {
        return found;
    }
    let all: &'tcx _ = tcx.arena().alloc(tcx.adt_discriminants(def));
    table.borrow_mut().insert(def.did(), all);
    all
}

/// Whether constants may call a function: `const fn`, methods of const traits and impls, constructors, closures.
pub fn is_const_evaluatable_fn(tcx: TyCtxt<'_>, def_id: DefId) -> bool {
    use hir::def::DefKind;
    if tcx.has_attr(def_id, span::sym::rustc_do_not_const_check) {
        return false;
    }
    match tcx.def_kind(def_id) {
        DefKind::Ctor(..) | DefKind::Closure => true,
        DefKind::Fn => tcx.constness(def_id) == hir::Constness::Const,
        DefKind::AssocFn => {
            tcx.constness(def_id) == hir::Constness::Const || tcx.constness(tcx.parent(def_id)) == hir::Constness::Const
        }
        _ => false,
    }
}

/// The crate's recursion limit.
pub fn recursion_limit(tcx: TyCtxt<'_>) -> usize {
    tcx.sess().recursion_limit.get()
}

/// An integer as messages show it: `5_i32`, `u8::MAX`.
pub fn const_int(int: ty::ScalarInt, ty: ty::Ty<'_>) -> String {
    use ty::TyKind;
    match *ty.kind() {
        TyKind::Int(i) => {
            let v = int.to_int();
            let name = i.name_str();
            let bits = int.size() * 8;
            let min = if bits == 128 { i128::MIN } else { -(1 << (bits - 1)) };
            let max = if bits == 128 { i128::MAX } else { (1 << (bits - 1)) - 1 };
            if v == min {
                format!("{name}::MIN")
            } else if v == max {
                format!("{name}::MAX")
            } else {
                format!("{v}_{name}")
            }
        }
        TyKind::Uint(u) => {
            let v = int.to_uint();
            let name = u.name_str();
            let bits = int.size() * 8;
            let max = if bits == 128 { u128::MAX } else { (1 << bits) - 1 };
            if v == max { format!("{name}::MAX") } else { format!("{v}_{name}") }
        }
        _ => int.to_uint().to_string(),
    }
}

/// What is said of an operator that overflows.
pub fn overflow_message(op: mir::BinOp, l: &str, r: &str) -> String {
    use mir::BinOp;
    match op {
        BinOp::Shl => format!("attempt to shift left by `{r}`, which would overflow"),
        BinOp::Shr => format!("attempt to shift right by `{r}`, which would overflow"),
        _ => {
            let sign = op.to_hir_binop().map_or("?", |o| o.as_str());
            format!("attempt to compute `{l} {sign} {r}`, which would overflow")
        }
    }
}

/// What `simd_NAME` of two vectors does with each two lanes, if it is the work of one operator. A comparison gives masks.
pub fn simd_binop(name: &str) -> Option<mir::BinOp> {
    use mir::BinOp;
    Some(match name {
        "add" => BinOp::Add,
        "sub" => BinOp::Sub,
        "mul" => BinOp::Mul,
        "div" => BinOp::Div,
        "rem" => BinOp::Rem,
        "shl" => BinOp::ShlUnchecked,
        "shr" => BinOp::ShrUnchecked,
        "and" => BinOp::BitAnd,
        "or" => BinOp::BitOr,
        "xor" => BinOp::BitXor,
        "eq" => BinOp::Eq,
        "ne" => BinOp::Ne,
        "lt" => BinOp::Lt,
        "le" => BinOp::Le,
        "gt" => BinOp::Gt,
        "ge" => BinOp::Ge,
        _ => return None,
    })
}

/// File, line and column of the outermost expansion a span comes from.
pub fn span_as_caller_location(tcx: TyCtxt<'_>, span: span::Span) -> (String, u32, u32) {
    let topmost = span.source_callsite();
    match tcx.sess().source_map.lookup_char_pos(topmost.lo()) {
        Some(loc) => (loc.file.name.display().to_owned(), loc.line as u32, loc.col.0 as u32 + 1),
        None => ("<unknown>".into(), 1, 1),
    }
}

/// A hash that tells types apart, the same in every crate.
pub fn type_id_hash<'tcx>(tcx: TyCtxt<'tcx>, ty: ty::Ty<'tcx>) -> u128 {
    struct Hashes;
    type Table<'tcx> = RefCell<FxHashMap<ty::Ty<'tcx>, u128>>;
    let table = tcx.slot::<Hashes, Table<'tcx>>(Default::default);
    if let Some(&h) = table.borrow().get(&ty) {
        return h;
    }
    let mut key = Vec::new();
    for arg in ty.walk() {
        stable_key(tcx, arg, &mut key);
    }
    let hash = fnv128(&key);
    table.borrow_mut().insert(ty, hash);
    hash
}

/// What tells a generic argument apart from all others, but for its parts, which follow.
fn stable_key<'tcx>(tcx: TyCtxt<'tcx>, arg: ty::GenericArg<'tcx>, out: &mut Vec<u8>) {
    use ty::{GenericArg, TyKind};
    let def = |out: &mut Vec<u8>, d: DefId| out.extend_from_slice(format!("{:?}", tcx.def_path_hash(d)).as_bytes());
    match arg {
        // Free regions are erased; which binder a bound one belongs to is part of the type.
        GenericArg::Lifetime(r) => match r.kind() {
            ty::RegionKind::ReBound(depth, br) => {
                out.extend_from_slice(format!("b{}_{};", depth.as_u32(), br.var.as_u32()).as_bytes());
            }
            _ => out.push(b'e'),
        },
        GenericArg::Const(c) => match c.kind() {
            ty::ConstKind::Value(v) => {
                out.push(b'v');
                valtree_key(v.valtree, out);
            }
            _ => out.extend_from_slice(format!("c{c};").as_bytes()),
        },
        GenericArg::Type(t) => match *t.kind() {
            TyKind::Adt(d, args) => {
                out.push(b'A');
                def(out, d.did());
                out.push(args.len() as u8);
            }
            TyKind::Foreign(d) => {
                out.push(b'F');
                def(out, d);
            }
            TyKind::FnDef(d, args)
            | TyKind::Closure(d, args)
            | TyKind::Coroutine(d, args)
            | TyKind::CoroutineClosure(d, args) => {
                out.push(b'f');
                def(out, d);
                out.push(args.len() as u8);
            }
            TyKind::Dynamic(preds, _) => {
                out.push(b'D');
                for p in preds {
                    let (d, args) = match p.skip_binder() {
                        ty::ExistentialPredicate::Trait(t) => (t.def_id, t.args.len()),
                        ty::ExistentialPredicate::Projection(p) => (p.def_id, p.args.len()),
                        ty::ExistentialPredicate::AutoTrait(d) => (d, 0),
                    };
                    def(out, d);
                    out.push(args as u8);
                }
                out.push(b';');
            }
            TyKind::Ref(_, _, m) => out.push(if m == ty::Mutability::Mut { b'R' } else { b'r' }),
            TyKind::RawPtr(_, m) => out.push(if m == ty::Mutability::Mut { b'P' } else { b'p' }),
            TyKind::Tuple(tys) => {
                out.push(b'T');
                out.extend_from_slice(&(tys.len() as u32).to_le_bytes());
            }
            TyKind::FnPtr(sig) => {
                let s = sig.skip_binder();
                out.extend_from_slice(
                    format!("n{}{}{:?}{};", s.inputs().len(), s.c_variadic, s.abi, s.safety == hir::Safety::Unsafe)
                        .as_bytes(),
                );
            }
            TyKind::Slice(_) => out.push(b'S'),
            TyKind::Array(..) => out.push(b'a'),
            _ => out.extend_from_slice(format!("x{t};").as_bytes()),
        },
    }
}

/// A constant's value, each branch with the number of its parts before them.
fn valtree_key(tree: ty::ValTree<'_>, out: &mut Vec<u8>) {
    match tree {
        ty::ValTree::Leaf(int) => {
            out.push(int.size() as u8);
            out.extend_from_slice(&int.to_uint().to_le_bytes());
        }
        ty::ValTree::Branch(parts) => {
            out.push(b'B');
            out.extend_from_slice(&(parts.len() as u32).to_le_bytes());
            for part in parts {
                valtree_key(part, out);
            }
        }
    }
}

/// FNV-1a of 128 bits, mixed at the end so that all bits depend on all bytes.
fn fnv128(bytes: &[u8]) -> u128 {
    let mut h: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for b in bytes {
        h = (h ^ u128::from(*b)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    h ^= h >> 67;
    h = h.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    h ^ h >> 59
}

/// Provides `const_caller_location`: the `&'static Location<'static>` of a place.
pub(crate) fn const_caller_location(tcx: TyCtxt<'_>, (file, line, col): (span::Symbol, u32, u32)) -> mir::ConstValue {
    use crate::const_eval::{CanAccessMutGlobal, mk_eval_cx_to_read_const_val};
    let env = ty::TypingEnv::fully_monomorphized();
    let mut ecx = mk_eval_cx_to_read_const_val(tcx, span::DUMMY_SP, env, CanAccessMutGlobal::No);
    let Ok(imm) = ecx.alloc_caller_location(file.as_str(), line, col) else { return mir::ConstValue::ZeroSized };
    let crate::interpret::Immediate::Scalar(s) = imm else { return mir::ConstValue::ZeroSized };
    if let (Some(prov), Ok(layout)) = (s.to_pointer().provenance, ecx.layout_of(tcx.caller_location_ty())) {
        let place = ecx.ptr_to_mplace(mir::interpret::Pointer::from(prov).into(), layout);
        ecx.intern_as_constant(&place);
    }
    mir::ConstValue::Scalar(s)
}
