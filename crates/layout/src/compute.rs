//! `layout_of`: sizes, alignments and niches (Reference, "Type layout").

use std::fmt;
use std::ops::Deref;

use ast::{FloatTy, IntTy, UintTy};
use query::TyCtxt;
use rustc_abi::{
    AddressSpace, BackendRepr, Float, HasDataLayout, Integer, LayoutCalculator, LayoutCalculatorError, LayoutData,
    Primitive, Scalar, StructKind, WrappingRange,
};
use rustc_index::IndexVec;
use span::def_id::DefId;
use ty::layout::{Layout, LayoutError, TyAndLayout};
use ty::visit::TypeVisitableExt;
use ty::{FieldIdx, PatternKind, PseudoCanonicalInput, Ty, TyKind, TypingEnv, VariantIdx};

type Data = LayoutData<FieldIdx, VariantIdx>;
type Fallible<'tcx, T> = Result<T, LayoutError<'tcx>>;

/// A field's layout in the form that `rustc_abi` asks for.
#[derive(Clone, Copy)]
struct FieldLayout<'tcx>(Layout<'tcx>);

impl<'tcx> Deref for FieldLayout<'tcx> {
    type Target = Layout<'tcx>;
    fn deref(&self) -> &Layout<'tcx> {
        &self.0
    }
}
impl AsRef<Data> for FieldLayout<'_> {
    fn as_ref(&self) -> &Data {
        self.0
    }
}
impl fmt::Debug for FieldLayout<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The layout of a type; the type is normalised first.
pub(crate) fn layout_of<'tcx>(
    tcx: TyCtxt<'tcx>,
    query: PseudoCanonicalInput<'tcx, Ty<'tcx>>,
) -> Fallible<'tcx, TyAndLayout<'tcx>> {
    let PseudoCanonicalInput { typing_env, value: ty } = query;
    let normalized = tcx.try_normalize_erasing_regions(typing_env, ty).map_err(LayoutError::NormalizationFailure)?;
    if normalized != ty {
        return tcx.layout_of(typing_env.as_query_input(normalized));
    }
    let cx = Cx { tcx, env: typing_env };
    let data = cx.compute(ty)?;
    Ok(TyAndLayout { ty, layout: tcx.arena().alloc(data) })
}

struct Cx<'tcx> {
    tcx: TyCtxt<'tcx>,
    env: TypingEnv<'tcx>,
}

impl HasDataLayout for Cx<'_> {
    fn data_layout(&self) -> &rustc_abi::TargetDataLayout {
        &self.tcx.sess().target.data_layout
    }
}

impl<'tcx> Cx<'tcx> {
    fn calc(&self) -> LayoutCalculator<&rustc_abi::TargetDataLayout> {
        LayoutCalculator::new(self.data_layout())
    }
    fn of(&self, ty: Ty<'tcx>) -> Fallible<'tcx, FieldLayout<'tcx>> {
        self.tcx.layout_of(self.env.as_query_input(ty)).map(|l| FieldLayout(l.layout))
    }
    fn all(&self, tys: impl IntoIterator<Item = Ty<'tcx>>) -> Fallible<'tcx, IndexVec<FieldIdx, FieldLayout<'tcx>>> {
        tys.into_iter().map(|t| self.of(t)).collect()
    }
    fn error(&self, e: LayoutCalculatorError<FieldLayout<'tcx>>, ty: Ty<'tcx>) -> LayoutError<'tcx> {
        match e {
            LayoutCalculatorError::SizeOverflow | LayoutCalculatorError::OversizedSimdType { .. } => {
                LayoutError::SizeOverflow(ty)
            }
            LayoutCalculatorError::UnexpectedUnsized(_) if ty.has_param() => LayoutError::TooGeneric(ty),
            other => {
                let what = other.without_payload();
                let guar = self.tcx.dcx().delayed_bug(format!("layout of `{ty}`: {what:?}"));
                LayoutError::ReferencesError(guar)
            }
        }
    }
    fn univariant(
        &self,
        ty: Ty<'tcx>,
        fields: IndexVec<FieldIdx, FieldLayout<'tcx>>,
        kind: StructKind,
    ) -> Fallible<'tcx, Data> {
        self.calc().univariant(&fields, &ty::ReprOptions::default(), kind).map_err(|e| self.error(e, ty))
    }
    fn scalar_unit(&self, value: Primitive) -> Scalar {
        let size = value.size(self);
        Scalar::Initialized { value, valid_range: WrappingRange::full(size) }
    }
    fn scalar(&self, value: Primitive) -> Data {
        Data::scalar(self, self.scalar_unit(value))
    }
    fn range(&self, value: Primitive, start: u128, end: u128) -> Scalar {
        Scalar::Initialized { value, valid_range: WrappingRange { start, end } }
    }
    /// A pointer, not null unless it is raw; with metadata if what it points to is unsized.
    fn pointer(&self, pointee: Ty<'tcx>, non_null: bool) -> Fallible<'tcx, Data> {
        let primitive = Primitive::Pointer(AddressSpace::ZERO);
        let max = self.data_layout().pointer_size().unsigned_int_max();
        let data = if non_null { self.range(primitive, 1, max) } else { self.scalar_unit(primitive) };
        if self.tcx.type_is_sized(self.env, pointee) {
            return Ok(Data::scalar(self, data));
        }
        let tail = self.tcx.struct_tail_for_codegen(pointee, self.env);
        let metadata = match *tail.kind() {
            TyKind::Foreign(_) => return Ok(Data::scalar(self, data)),
            TyKind::Slice(_) | TyKind::Str => {
                self.scalar_unit(Primitive::Int(self.data_layout().ptr_sized_integer(), false))
            }
            TyKind::Dynamic(..) => self.range(primitive, 1, max),
            TyKind::Error(guar) => return Err(LayoutError::ReferencesError(guar)),
            // A type parameter that need not be sized.
            _ => return Err(LayoutError::TooGeneric(pointee)),
        };
        Ok(Data::scalar_pair(self, data, metadata))
    }

    fn compute(&self, ty: Ty<'tcx>) -> Fallible<'tcx, Data> {
        let tcx = self.tcx;
        if let Err(guar) = ty.error_reported() {
            return Err(LayoutError::ReferencesError(guar));
        }
        Ok(match *ty.kind() {
            TyKind::Bool => Data::scalar(self, self.range(Primitive::Int(Integer::I8, false), 0, 1)),
            TyKind::Char => Data::scalar(self, self.range(Primitive::Int(Integer::I32, false), 0, 0x10FFFF)),
            TyKind::Int(i) => self.scalar(Primitive::Int(self.integer(i), true)),
            TyKind::Uint(u) => self.scalar(Primitive::Int(self.unsigned(u), false)),
            TyKind::Float(f) => self.scalar(Primitive::Float(match f {
                FloatTy::F16 => Float::F16,
                FloatTy::F32 => Float::F32,
                FloatTy::F64 => Float::F64,
                FloatTy::F128 => Float::F128,
            })),
            TyKind::FnPtr(_) => {
                let p = Primitive::Pointer(self.data_layout().instruction_address_space);
                let max = self.data_layout().pointer_size().unsigned_int_max();
                Data::scalar(self, self.range(p, 1, max))
            }
            TyKind::Never => Data::never_type(self),
            TyKind::Ref(_, pointee, _) => self.pointer(pointee, true)?,
            TyKind::RawPtr(pointee, _) => self.pointer(pointee, false)?,
            TyKind::Array(elem, len) => {
                let Some(count) = len.try_to_target_usize() else { return Err(self.unknown(ty)) };
                let elem = self.of(elem)?;
                self.calc().array_like(elem.0, Some(count)).map_err(|e| self.error(e, ty))?
            }
            TyKind::Slice(elem) => {
                let elem = self.of(elem)?;
                self.calc().array_like(elem.0, None).map_err(|e| self.error(e, ty))?
            }
            TyKind::Str => {
                let byte = self.of(tcx.types().u8)?;
                self.calc().array_like(byte.0, None).map_err(|e| self.error(e, ty))?
            }
            TyKind::FnDef(..) => self.univariant(ty, IndexVec::new(), StructKind::AlwaysSized)?,
            TyKind::Dynamic(..) | TyKind::Foreign(_) => {
                let mut unit = Data::unit(self, false);
                unit.backend_repr = BackendRepr::Memory { sized: false };
                unit
            }
            TyKind::Closure(_, args) => {
                let fields = self.all(args.as_closure().upvar_tys())?;
                self.univariant(ty, fields, StructKind::AlwaysSized)?
            }
            TyKind::CoroutineClosure(_, args) => {
                let upvars = match *args.as_coroutine_closure().tupled_upvars_ty().kind() {
                    TyKind::Tuple(tys) => tys,
                    _ => ty::List::empty(),
                };
                let fields = self.all(upvars)?;
                self.univariant(ty, fields, StructKind::AlwaysSized)?
            }
            TyKind::Tuple(tys) => {
                let kind = if tys.is_empty() { StructKind::AlwaysSized } else { StructKind::MaybeUnsized };
                let fields = self.all(tys)?;
                self.univariant(ty, fields, kind)?
            }
            TyKind::Pat(inner, pat) => self.pattern_type(ty, inner, *pat)?,
            TyKind::Adt(def, args) => self.adt(ty, def, args)?,
            TyKind::UnsafeBinder(inner) => {
                let inner = tcx.instantiate_bound_regions_with_erased(inner);
                self.of(inner)?.0.clone()
            }
            TyKind::Coroutine(def_id, args) => self.coroutine(ty, def_id, args)?,
            TyKind::CoroutineWitness(..) => return Err(self.unknown(ty)),
            TyKind::Param(_) | TyKind::Placeholder(_) | TyKind::Alias(..) | TyKind::Bound(..) | TyKind::Infer(_) => {
                return Err(self.unknown(ty));
            }
            TyKind::Error(guar) => return Err(LayoutError::ReferencesError(guar)),
        })
    }

    fn unknown(&self, ty: Ty<'tcx>) -> LayoutError<'tcx> {
        if ty.has_param() { LayoutError::TooGeneric(ty) } else { LayoutError::Unknown(ty) }
    }
    fn integer(&self, i: IntTy) -> Integer {
        match i {
            IntTy::I8 => Integer::I8,
            IntTy::I16 => Integer::I16,
            IntTy::I32 => Integer::I32,
            IntTy::I64 => Integer::I64,
            IntTy::I128 => Integer::I128,
            IntTy::Isize => self.data_layout().ptr_sized_integer(),
        }
    }
    fn unsigned(&self, u: UintTy) -> Integer {
        match u {
            UintTy::U8 => Integer::I8,
            UintTy::U16 => Integer::I16,
            UintTy::U32 => Integer::I32,
            UintTy::U64 => Integer::I64,
            UintTy::U128 => Integer::I128,
            UintTy::Usize => self.data_layout().ptr_sized_integer(),
        }
    }

    /// A pattern type is its base with a smaller valid range.
    fn pattern_type(&self, ty: Ty<'tcx>, inner: Ty<'tcx>, pat: PatternKind<'tcx>) -> Fallible<'tcx, Data> {
        let mut data = self.of(inner)?.0.clone();
        let (start, end) = match pat {
            PatternKind::Range { start, end } => match (start.try_to_leaf(), end.try_to_leaf()) {
                (Some(s), Some(e)) => (s.to_uint(), e.to_uint()),
                _ => return Err(self.unknown(ty)),
            },
            PatternKind::NotNull => (1, self.data_layout().pointer_size().unsigned_int_max()),
            PatternKind::Or(pats) => {
                // Ranges below zero and above it, in that order of bits: the union wraps around.
                let ranges: Option<Vec<(u128, u128)>> = pats
                    .iter()
                    .map(|p| match *p {
                        PatternKind::Range { start, end } => {
                            Some((start.try_to_leaf()?.to_uint(), end.try_to_leaf()?.to_uint()))
                        }
                        _ => None,
                    })
                    .collect();
                match ranges.as_deref() {
                    Some([(a, b), (c, d)]) => {
                        let size = data.size.unsigned_int_max();
                        if *b == size || b.wrapping_add(1) & size == *c { (*a, *d) } else { (*c, *b) }
                    }
                    _ => return Err(self.unknown(ty)),
                }
            }
        };
        let set = |s: &mut Scalar| {
            if let Scalar::Initialized { valid_range, .. } = s {
                *valid_range = WrappingRange { start, end };
            }
        };
        match &mut data.backend_repr {
            BackendRepr::Scalar(s) | BackendRepr::ScalarPair(s, _) => {
                set(s);
                let s = *s;
                data.largest_niche = rustc_abi::Niche::from_scalar(self, rustc_abi::Size::ZERO, s);
            }
            _ => return Err(self.unknown(ty)),
        }
        Ok(data)
    }

    fn adt(&self, ty: Ty<'tcx>, def: ty::AdtDef<'tcx>, args: ty::GenericArgsRef<'tcx>) -> Fallible<'tcx, Data> {
        let tcx = self.tcx;
        let variants: IndexVec<VariantIdx, IndexVec<FieldIdx, FieldLayout<'tcx>>> = def
            .variants()
            .iter()
            .map(|v| self.all(v.fields.iter().map(|f| tcx.field_ty(f, args))))
            .collect::<Result<_, _>>()?;
        let repr = def.repr();
        if repr.simd() {
            return self.simd(ty, def, args);
        }
        if def.is_union() {
            return self.calc().layout_of_union(&repr, &variants).map_err(|e| self.error(e, ty));
        }
        let always_sized = def.is_enum() || {
            let last = def.non_enum_variant().fields.iter().next_back();
            last.is_none_or(|f| {
                // A struct whose tail may be unsized keeps its last field last.
                let env = tcx.typing_env_post_analysis(def.did());
                tcx.type_is_sized(env, tcx.type_of(f.did).instantiate_identity())
            })
        };
        let discriminants = if def.is_enum() { tcx.adt_discriminants(def) } else { IndexVec::new() };
        let mut data = self
            .calc()
            .layout_of_struct_or_enum(
                &repr,
                &variants,
                def.is_enum(),
                def.is_unsafe_cell(),
                |min, max| self.discr_range_of_repr(ty, repr, min, max),
                discriminants.iter_enumerated().map(|(i, d)| (i, signed(d.val, d.ty))),
                always_sized,
            )
            .map_err(|e| self.error(e, ty))?;
        self.scalar_valid_range(def, &mut data);
        Ok(data)
    }

    /// The captures, the state, and what each state keeps.
    fn coroutine(&self, ty: Ty<'tcx>, def_id: DefId, args: ty::GenericArgsRef<'tcx>) -> Fallible<'tcx, Data> {
        let tcx = self.tcx;
        let Some(layout) = tcx.coroutine_layout(def_id, args) else {
            let guar = tcx.dcx().span_delayed_bug(tcx.def_span(def_id), "the layout of a coroutine with errors");
            return Err(LayoutError::ReferencesError(guar));
        };
        let instantiate = |t: Ty<'tcx>| ty::EarlyBinder::bind(t).instantiate(tcx.interner(), args);
        let saved: IndexVec<mir::CoroutineSavedLocal, FieldLayout<'tcx>> =
            layout.field_tys.iter().map(|f| self.of(instantiate(f.ty))).collect::<Result<_, _>>()?;
        let captures = self.all(args.as_coroutine().upvar_tys())?;
        let tag = |tag: Scalar| FieldLayout(tcx.arena().alloc(Data::scalar(self, tag)));
        self.calc()
            .coroutine(&saved, captures, &layout.variant_fields, &layout.storage_conflicts.0, tag)
            .map_err(|e| self.error(e, ty))
    }

    /// `#[rustc_layout_scalar_valid_range_start]` and `_end`.
    fn scalar_valid_range(&self, def: ty::AdtDef<'tcx>, data: &mut Data) {
        let bound = |name| {
            let attr = self.tcx.get_attr(def.did(), name)?;
            match attr.meta_item_list()?.first()?.lit()?.kind {
                ast::LitKind::Int(n, _) => Some(u128::from(n)),
                _ => None,
            }
        };
        let start = bound(span::sym::rustc_layout_scalar_valid_range_start);
        let end = bound(span::sym::rustc_layout_scalar_valid_range_end);
        if start.is_none() && end.is_none() {
            return;
        }
        if let BackendRepr::Scalar(s) | BackendRepr::ScalarPair(s, _) = &mut data.backend_repr {
            if let Scalar::Initialized { valid_range, .. } = s {
                valid_range.start = start.unwrap_or(valid_range.start);
                valid_range.end = end.unwrap_or(valid_range.end);
            }
            let s = *s;
            data.largest_niche = rustc_abi::Niche::from_scalar(self, rustc_abi::Size::ZERO, s);
        }
    }

    /// `#[repr(simd)] struct V([T; N])`
    fn simd(&self, ty: Ty<'tcx>, def: ty::AdtDef<'tcx>, args: ty::GenericArgsRef<'tcx>) -> Fallible<'tcx, Data> {
        let tcx = self.tcx;
        let field = def.non_enum_variant().fields.iter().next();
        let array = field.map(|f| tcx.normalize_erasing_regions(self.env, tcx.field_ty(f, args)));
        let (elem, count) = match array.map(|t| *t.kind()) {
            Some(TyKind::Array(elem, len)) => match len.try_to_target_usize() {
                Some(n) => (elem, n),
                None => return Err(self.unknown(ty)),
            },
            _ => {
                let guar = tcx.dcx().span_delayed_bug(tcx.def_span(def.did()), "a SIMD type is a struct of one array");
                return Err(LayoutError::ReferencesError(guar));
            }
        };
        let elem = self.of(elem)?;
        self.calc().simd_type(elem, count, def.repr().packed()).map_err(|e| self.error(e, ty))
    }

    /// The smallest integer for discriminants from `min` to `max`, at least what `#[repr]` says.
    fn discr_range_of_repr(&self, ty: Ty<'tcx>, repr: ty::ReprOptions, min: i128, max: i128) -> (Integer, bool) {
        let unsigned_fit = Integer::fit_unsigned(std::cmp::max(max as u128, 0));
        let signed_fit = std::cmp::max(Integer::fit_signed(min), Integer::fit_signed(max));
        if let Some(int) = repr.int {
            let (discr, is_signed) = match int {
                rustc_abi::IntegerType::Pointer(s) => (self.data_layout().ptr_sized_integer(), s),
                rustc_abi::IntegerType::Fixed(i, s) => (i, s),
            };
            let fit = if is_signed { signed_fit } else { unsigned_fit };
            if discr < fit {
                self.tcx.dcx().delayed_bug(format!("discriminants of `{ty}` do not fit in their type"));
            }
            return (discr, is_signed);
        }
        let at_least = if repr.c() { self.data_layout().c_enum_min_size } else { Integer::I8 };
        if min >= 0 {
            (std::cmp::max(unsigned_fit, at_least), false)
        } else {
            (std::cmp::max(signed_fit, at_least), true)
        }
    }
}

/// A discriminant's value with its sign.
fn signed(val: u128, ty: Ty<'_>) -> i128 {
    match *ty.kind() {
        TyKind::Int(i) => {
            let shift = 128 - ty::util::int_bits(i);
            ((val << shift) as i128) >> shift
        }
        _ => val as i128,
    }
}
