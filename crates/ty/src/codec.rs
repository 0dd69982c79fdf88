//! Coding of interned values. Types and predicates repeat, so coders remember where they wrote one and refer
//! back (`encode_ty` and `encode_predicate`); the rest is written out by [`encode_ty_kind`] and friends.

use span::codec::{Decodable, Decoder, Encodable, Encoder};

use crate::{
    AdtDef, AdtDefData, Binder, BoundVariableKind, Clause, Const, ConstKind, DebruijnIndex, ExternAbi, FnSig,
    GenericArg, Interner, List, Pattern, PatternKind, PolyExistentialPredicate, Predicate, PredicateKind, Region,
    RegionKind, ReprOptions, Ty, TyKind, ValTree,
};

/// An encoder of interned values.
pub trait TyEncoder<'tcx>: Encoder {
    /// Writes a type, or refers to where it was written; to be built on [`encode_ty_kind`].
    fn encode_ty(&mut self, ty: Ty<'tcx>);
    /// Writes a predicate, or refers to where it was written; to be built on its `kind()`.
    fn encode_predicate(&mut self, p: Predicate<'tcx>);
    /// Writes a reference to a global allocation (`mir::interpret::AllocId`), whose content stands apart.
    fn encode_alloc_id(&mut self, id: std::num::NonZero<u64>);
}

/// A decoder of interned values.
pub trait TyDecoder<'tcx>: Decoder {
    fn interner(&self) -> Interner<'tcx>;
    fn decode_ty(&mut self) -> Ty<'tcx>;
    fn decode_predicate(&mut self) -> Predicate<'tcx>;
    /// Reads a reference to a global allocation, giving it an id of this session.
    fn decode_alloc_id(&mut self) -> std::num::NonZero<u64>;
    /// The ADT of a definition (through the `adt_def` query).
    fn decode_adt_def(&mut self) -> AdtDef<'tcx>;
    /// An error that was reported when the crate was compiled.
    fn decode_error(&mut self) -> crate::ErrorGuaranteed;
}

impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for Ty<'tcx> {
    fn encode(&self, e: &mut E) {
        e.encode_ty(*self);
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for Ty<'tcx> {
    fn decode(d: &mut D) -> Self {
        d.decode_ty()
    }
}
impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for Predicate<'tcx> {
    fn encode(&self, e: &mut E) {
        e.encode_predicate(*self);
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for Predicate<'tcx> {
    fn decode(d: &mut D) -> Self {
        d.decode_predicate()
    }
}
impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for Clause<'tcx> {
    fn encode(&self, e: &mut E) {
        e.encode_predicate(self.as_predicate());
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for Clause<'tcx> {
    fn decode(d: &mut D) -> Self {
        d.decode_predicate().expect_clause()
    }
}
impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for AdtDef<'tcx> {
    fn encode(&self, e: &mut E) {
        self.did().encode(e);
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for AdtDef<'tcx> {
    fn decode(d: &mut D) -> Self {
        d.decode_adt_def()
    }
}
impl<E: Encoder> Encodable<E> for AdtDefData {
    fn encode(&self, e: &mut E) {
        self.did.encode(e);
        self.variants.encode(e);
        self.flags.encode(e);
        encode_repr(&self.repr, e);
    }
}
impl<D: Decoder> Decodable<D> for AdtDefData {
    fn decode(d: &mut D) -> Self {
        AdtDefData {
            did: Decodable::decode(d),
            variants: Decodable::decode(d),
            flags: Decodable::decode(d),
            repr: decode_repr(d),
        }
    }
}

/// Writes `#[repr]`.
pub fn encode_repr<E: Encoder>(repr: &ReprOptions, e: &mut E) {
    use rustc_abi::{Integer, IntegerType};
    let int = match repr.int {
        None => 0,
        Some(IntegerType::Pointer(signed)) => 1 + u8::from(signed),
        Some(IntegerType::Fixed(size, signed)) => {
            let n = match size {
                Integer::I8 => 0,
                Integer::I16 => 1,
                Integer::I32 => 2,
                Integer::I64 => 3,
                Integer::I128 => 4,
            };
            3 + n * 2 + u8::from(signed)
        }
    };
    e.emit_u8(int);
    repr.align.map(|a| a.bytes()).encode(e);
    repr.pack.map(|a| a.bytes()).encode(e);
    repr.flags.bits().encode(e);
}

/// Reads `#[repr]`.
pub fn decode_repr<D: Decoder>(d: &mut D) -> ReprOptions {
    use rustc_abi::{Align, Integer, IntegerType, ReprFlags};
    let int = match d.read_u8() {
        0 => None,
        n @ (1 | 2) => Some(IntegerType::Pointer(n == 2)),
        n => {
            let sizes = [Integer::I8, Integer::I16, Integer::I32, Integer::I64, Integer::I128];
            Some(IntegerType::Fixed(sizes[usize::from(n - 3) / 2], (n - 3) % 2 == 1))
        }
    };
    let align = |v: Option<u64>| v.and_then(|a| Align::from_bytes(a).ok());
    let mut repr = ReprOptions { int, ..ReprOptions::default() };
    repr.align = align(Decodable::decode(d));
    repr.pack = align(Decodable::decode(d));
    repr.flags = ReprFlags::from_bits_retain(Decodable::decode(d));
    repr
}

/// Writes a type's shape.
pub fn encode_ty_kind<'tcx, E: TyEncoder<'tcx>>(kind: &TyKind<'tcx>, e: &mut E) {
    macro_rules! put {
        ($tag:literal $(, $v:expr)*) => {{ e.emit_u8($tag); $($v.encode(e);)* }};
    }
    match kind {
        TyKind::Bool => put!(0),
        TyKind::Char => put!(1),
        TyKind::Int(i) => put!(2, i),
        TyKind::Uint(u) => put!(3, u),
        TyKind::Float(f) => put!(4, f),
        TyKind::Adt(def, args) => put!(5, def, args),
        TyKind::Foreign(d) => put!(6, d),
        TyKind::Str => put!(7),
        TyKind::Array(t, c) => put!(8, t, c),
        TyKind::Pat(t, p) => put!(9, t, p),
        TyKind::Slice(t) => put!(10, t),
        TyKind::RawPtr(t, m) => put!(11, t, m),
        TyKind::Ref(r, t, m) => put!(12, r, t, m),
        TyKind::FnDef(d, a) => put!(13, d, a),
        TyKind::FnPtr(s) => put!(14, s),
        TyKind::UnsafeBinder(b) => put!(15, b),
        TyKind::Dynamic(p, r) => put!(16, p, r),
        TyKind::Closure(d, a) => put!(17, d, a),
        TyKind::CoroutineClosure(d, a) => put!(18, d, a),
        TyKind::Coroutine(d, a) => put!(19, d, a),
        TyKind::CoroutineWitness(d, a) => put!(20, d, a),
        TyKind::Never => put!(21),
        TyKind::Tuple(tys) => put!(22, tys),
        TyKind::Alias(k, a) => put!(23, k, a),
        TyKind::Param(p) => put!(24, p),
        TyKind::Bound(d, b) => put!(25, d, b),
        TyKind::Placeholder(p) => put!(26, p),
        // Only with `-Zmetadata-with-errors`.
        TyKind::Error(_) => put!(27),
        TyKind::Infer(_) => panic!("an inference variable reached the encoder"),
    }
}

/// Reads a type's shape.
pub fn decode_ty_kind<'tcx, D: TyDecoder<'tcx>>(d: &mut D) -> TyKind<'tcx> {
    macro_rules! get {
        () => {
            Decodable::decode(d)
        };
    }
    match d.read_u8() {
        0 => TyKind::Bool,
        1 => TyKind::Char,
        2 => TyKind::Int(get!()),
        3 => TyKind::Uint(get!()),
        4 => TyKind::Float(get!()),
        5 => TyKind::Adt(get!(), get!()),
        6 => TyKind::Foreign(get!()),
        7 => TyKind::Str,
        8 => TyKind::Array(get!(), get!()),
        9 => TyKind::Pat(get!(), get!()),
        10 => TyKind::Slice(get!()),
        11 => TyKind::RawPtr(get!(), get!()),
        12 => TyKind::Ref(get!(), get!(), get!()),
        13 => TyKind::FnDef(get!(), get!()),
        14 => TyKind::FnPtr(get!()),
        15 => TyKind::UnsafeBinder(get!()),
        16 => TyKind::Dynamic(get!(), get!()),
        17 => TyKind::Closure(get!(), get!()),
        18 => TyKind::CoroutineClosure(get!(), get!()),
        19 => TyKind::Coroutine(get!(), get!()),
        20 => TyKind::CoroutineWitness(get!(), get!()),
        21 => TyKind::Never,
        22 => TyKind::Tuple(get!()),
        23 => TyKind::Alias(get!(), get!()),
        24 => TyKind::Param(get!()),
        25 => TyKind::Bound(get!(), get!()),
        26 => TyKind::Placeholder(get!()),
        27 => TyKind::Error(d.decode_error()),
        tag => panic!("invalid type tag {tag}"),
    }
}

impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for Region<'tcx> {
    fn encode(&self, e: &mut E) {
        match self.kind() {
            RegionKind::ReEarlyParam(p) => {
                e.emit_u8(0);
                p.encode(e);
            }
            RegionKind::ReBound(d, b) => {
                e.emit_u8(1);
                d.encode(e);
                b.encode(e);
            }
            RegionKind::ReLateParam(p) => {
                e.emit_u8(2);
                p.encode(e);
            }
            RegionKind::ReStatic => e.emit_u8(3),
            RegionKind::ReErased => e.emit_u8(4),
            RegionKind::RePlaceholder(p) => {
                e.emit_u8(5);
                p.encode(e);
            }
            // Region variables are of a body's own: erased.
            RegionKind::ReVar(_) => e.emit_u8(4),
            RegionKind::ReError(_) => e.emit_u8(6),
        }
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for Region<'tcx> {
    fn decode(d: &mut D) -> Self {
        let kind = match d.read_u8() {
            0 => RegionKind::ReEarlyParam(Decodable::decode(d)),
            1 => {
                let debruijn = DebruijnIndex::decode(d);
                RegionKind::ReBound(debruijn, Decodable::decode(d))
            }
            2 => RegionKind::ReLateParam(Decodable::decode(d)),
            3 => RegionKind::ReStatic,
            4 => RegionKind::ReErased,
            5 => RegionKind::RePlaceholder(Decodable::decode(d)),
            6 => RegionKind::ReError(d.decode_error()),
            tag => panic!("invalid region tag {tag}"),
        };
        d.interner().mk_region(kind)
    }
}
impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for Const<'tcx> {
    fn encode(&self, e: &mut E) {
        macro_rules! put {
            ($tag:literal $(, $v:expr)*) => {{ e.emit_u8($tag); $($v.encode(e);)* }};
        }
        match self.kind() {
            ConstKind::Param(p) => put!(0, p),
            ConstKind::Bound(d, b) => put!(1, d, b),
            ConstKind::Placeholder(p) => put!(2, p),
            ConstKind::Unevaluated(uv) => put!(3, uv),
            ConstKind::Value(v) => put!(4, v),
            ConstKind::Error(_) => put!(5),
            ConstKind::Infer(_) => panic!("an inference variable reached the encoder"),
        }
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for Const<'tcx> {
    fn decode(d: &mut D) -> Self {
        let kind = match d.read_u8() {
            0 => ConstKind::Param(Decodable::decode(d)),
            1 => {
                let debruijn = DebruijnIndex::decode(d);
                ConstKind::Bound(debruijn, Decodable::decode(d))
            }
            2 => ConstKind::Placeholder(Decodable::decode(d)),
            3 => ConstKind::Unevaluated(Decodable::decode(d)),
            4 => ConstKind::Value(Decodable::decode(d)),
            5 => ConstKind::Error(d.decode_error()),
            tag => panic!("invalid const tag {tag}"),
        };
        d.interner().mk_const(kind)
    }
}
impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for GenericArg<'tcx> {
    fn encode(&self, e: &mut E) {
        match self {
            GenericArg::Lifetime(r) => {
                e.emit_u8(0);
                r.encode(e);
            }
            GenericArg::Type(t) => {
                e.emit_u8(1);
                t.encode(e);
            }
            GenericArg::Const(c) => {
                e.emit_u8(2);
                c.encode(e);
            }
        }
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for GenericArg<'tcx> {
    fn decode(d: &mut D) -> Self {
        match d.read_u8() {
            0 => GenericArg::Lifetime(Decodable::decode(d)),
            1 => GenericArg::Type(Decodable::decode(d)),
            2 => GenericArg::Const(Decodable::decode(d)),
            tag => panic!("invalid argument tag {tag}"),
        }
    }
}
impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for Pattern<'tcx> {
    fn encode(&self, e: &mut E) {
        (**self).encode(e);
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for Pattern<'tcx> {
    fn decode(d: &mut D) -> Self {
        let kind = PatternKind::decode(d);
        d.interner().mk_pat(kind)
    }
}
impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for ValTree<'tcx> {
    fn encode(&self, e: &mut E) {
        match self {
            ValTree::Leaf(s) => {
                e.emit_u8(0);
                s.encode(e);
            }
            ValTree::Branch(b) => {
                e.emit_u8(1);
                b.encode(e);
            }
        }
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for ValTree<'tcx> {
    fn decode(d: &mut D) -> Self {
        if d.read_u8() == 0 {
            ValTree::Leaf(Decodable::decode(d))
        } else {
            let parts: Vec<ValTree<'tcx>> = Decodable::decode(d);
            d.interner().mk_valtree_branch(&parts)
        }
    }
}
impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for FnSig<'tcx> {
    fn encode(&self, e: &mut E) {
        self.inputs_and_output.encode(e);
        self.c_variadic.encode(e);
        e.emit_u8(u8::from(self.safety == hir::Safety::Unsafe));
        e.emit_str(self.abi.as_str());
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for FnSig<'tcx> {
    fn decode(d: &mut D) -> Self {
        FnSig {
            inputs_and_output: Decodable::decode(d),
            c_variadic: Decodable::decode(d),
            safety: if d.read_u8() == 1 { hir::Safety::Unsafe } else { hir::Safety::Safe },
            abi: d.read_string().parse().unwrap_or(ExternAbi::Rust),
        }
    }
}

impl<E: Encoder, T: Encodable<E>> Encodable<E> for List<T> {
    fn encode(&self, e: &mut E) {
        self.as_slice().encode(e);
    }
}
macro_rules! decode_lists {
    ($($t:ty: $mk:ident;)*) => { $(
        impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for &'tcx List<$t> {
            fn decode(d: &mut D) -> Self {
                let parts: Vec<$t> = Decodable::decode(d);
                d.interner().$mk(&parts)
            }
        }
    )* };
}
decode_lists! {
    Ty<'tcx>: mk_type_list;
    GenericArg<'tcx>: mk_args;
    Clause<'tcx>: mk_clauses;
    PolyExistentialPredicate<'tcx>: mk_poly_existential_predicates;
    BoundVariableKind: mk_bound_variable_kinds;
    Pattern<'tcx>: mk_pats;
    crate::place::PlaceElem<'tcx>: mk_place_elems;
}
/// Reads a slice into the arena.
pub fn decode_slice<'tcx, D: TyDecoder<'tcx>, T: Decodable<D> + 'tcx>(d: &mut D) -> &'tcx [T] {
    let parts: Vec<T> = Decodable::decode(d);
    d.interner().arena().alloc_from_iter(parts)
}

impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for crate::GenericPredicates<'tcx> {
    fn decode(d: &mut D) -> Self {
        let parent = Decodable::decode(d);
        crate::GenericPredicates { parent, predicates: decode_slice(d) }
    }
}

/// Writes a predicate's content; for [`TyEncoder::encode_predicate`].
pub fn encode_predicate_kind<'tcx, E: TyEncoder<'tcx>>(kind: &Binder<'tcx, PredicateKind<'tcx>>, e: &mut E) {
    kind.encode(e);
}

/// Reads a predicate's content; for [`TyDecoder::decode_predicate`].
pub fn decode_predicate_kind<'tcx, D: TyDecoder<'tcx>>(d: &mut D) -> Binder<'tcx, PredicateKind<'tcx>> {
    Decodable::decode(d)
}
