//! What the analysis asks of types, and patterns in its form.

use std::fmt;

use hir::HirId;
use query::TyCtxt;
use rustc_apfloat::Float;
use rustc_pattern_analysis::constructor::{
    Constructor, ConstructorSet, IntRange, MaybeInfiniteInt, OpaqueId, RangeEnd, Slice, SliceKind, VariantVisibility,
};
use rustc_pattern_analysis::{IndexVec, PatCx, PrivateUninhabitedField, pat};
use span::def_id::DefId;
use span::{ErrorGuaranteed, Span};
use ty::{AdtDef, Ty, TyKind, TypingEnv, ValTree, VariantIdx};

use crate::thir::{Pat, PatKind, PatRange, PatRangeBoundary};

pub(crate) type DeconstructedPat<'tcx> = pat::DeconstructedPat<Cx<'tcx>>;
pub(crate) type WitnessPat<'tcx> = pat::WitnessPat<Cx<'tcx>>;

/// The context of one `match` or `let`.
#[derive(Clone)]
pub(crate) struct Cx<'tcx> {
    pub tcx: TyCtxt<'tcx>,
    pub typing_env: TypingEnv<'tcx>,
    /// Whose view of private fields counts.
    pub module: DefId,
    pub match_lint_level: HirId,
    pub refutable: bool,
}

impl fmt::Debug for Cx<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cx")
    }
}

/// Where a pattern is, and whether it is just a name.
#[derive(Clone, Debug)]
pub(crate) struct PatData {
    pub span: Span,
    pub is_catchall: bool,
}

fn float_range<'tcx>(ty: Ty<'tcx>, lo: u128, hi: u128, end: RangeEnd) -> Constructor<Cx<'tcx>> {
    use rustc_apfloat::ieee::{Double, Half, Quad, Single};
    match ty.kind() {
        TyKind::Float(ast::FloatTy::F16) => Constructor::F16Range(Half::from_bits(lo), Half::from_bits(hi), end),
        TyKind::Float(ast::FloatTy::F32) => Constructor::F32Range(Single::from_bits(lo), Single::from_bits(hi), end),
        TyKind::Float(ast::FloatTy::F64) => Constructor::F64Range(Double::from_bits(lo), Double::from_bits(hi), end),
        _ => Constructor::F128Range(Quad::from_bits(lo), Quad::from_bits(hi), end),
    }
}

impl<'tcx> Cx<'tcx> {
    pub fn is_uninhabited(&self, ty: Ty<'tcx>) -> bool {
        !self.tcx.is_inhabited_from(ty, self.module, self.typing_env)
    }

    pub fn is_foreign_non_exhaustive_enum(&self, ty: Ty<'tcx>) -> bool {
        match *ty.kind() {
            TyKind::Adt(def, _) => def.is_enum() && def.is_variant_list_non_exhaustive() && !def.did().is_local(),
            _ => false,
        }
    }

    /// The variant of a constructor.
    pub fn variant_of(ctor: &Constructor<Self>, adt: AdtDef<'tcx>) -> VariantIdx {
        match *ctor {
            Constructor::Variant(idx) => idx,
            _ => {
                debug_assert!(!adt.is_enum());
                ty::FIRST_VARIANT
            }
        }
    }

    fn int_bound(&self, ty: Ty<'tcx>, bits: u128) -> MaybeInfiniteInt {
        match *ty.kind() {
            TyKind::Int(i) => MaybeInfiniteInt::new_finite_int(bits, ty::util::int_bits(i)),
            _ => MaybeInfiniteInt::new_finite_uint(bits),
        }
    }

    fn boundary(&self, ty: Ty<'tcx>, b: PatRangeBoundary<'tcx>) -> MaybeInfiniteInt {
        match b {
            PatRangeBoundary::NegInfinity => MaybeInfiniteInt::NegInfinity,
            PatRangeBoundary::PosInfinity => MaybeInfiniteInt::PosInfinity,
            PatRangeBoundary::Finite(v) => self.int_bound(ty, leaf(v)),
        }
    }

    /// A pattern in the form of the analysis.
    pub fn lower_pat(&self, pat: &Pat<'tcx>) -> DeconstructedPat<'tcx> {
        let mut ty = pat.ty;
        if let TyKind::Alias(..) = ty.kind() {
            ty = self.tcx.try_normalize_erasing_regions(self.typing_env, ty).unwrap_or_else(|t| t);
        }
        let mut fields: Vec<pat::IndexedPat<Self>> = Vec::new();
        let (ctor, arity) = match &pat.kind {
            PatKind::AscribeUserType { subpattern, .. }
            | PatKind::ExpandedConstant { subpattern, .. }
            | PatKind::Binding { subpattern: Some(subpattern), .. } => return self.lower_pat(subpattern),
            PatKind::Missing | PatKind::Wild | PatKind::Binding { subpattern: None, .. } | PatKind::Never => {
                (Constructor::Wildcard, 0)
            }
            PatKind::Deref { subpattern } => {
                fields.push(self.lower_pat(subpattern).at_index(0));
                let ctor = if ty.is_ref() { Constructor::Ref } else { Constructor::Struct };
                (ctor, 1)
            }
            PatKind::DerefPattern { subpattern, .. } => {
                fields.push(self.lower_pat(subpattern).at_index(0));
                (Constructor::DerefPattern(subpattern.ty), 1)
            }
            PatKind::Leaf { subpatterns } | PatKind::Variant { subpatterns, .. } => match *ty.kind() {
                TyKind::Tuple(tys) => {
                    fields.extend(subpatterns.iter().map(|f| self.lower_pat(&f.pattern).at_index(f.field.as_usize())));
                    (Constructor::Struct, tys.len())
                }
                // A box is taken for what is in it.
                TyKind::Adt(adt, _) if adt.is_box() => (Constructor::Struct, 1),
                TyKind::Adt(adt, _) => {
                    let ctor = match pat.kind {
                        PatKind::Leaf { .. } if adt.is_union() => Constructor::UnionField,
                        PatKind::Variant { variant_index, .. } => Constructor::Variant(variant_index),
                        _ => Constructor::Struct,
                    };
                    let arity = adt.variant(Self::variant_of(&ctor, adt)).fields.len();
                    fields.extend(subpatterns.iter().map(|f| self.lower_pat(&f.pattern).at_index(f.field.as_usize())));
                    (ctor, arity)
                }
                _ => (Constructor::Opaque(OpaqueId::new()), 0),
            },
            PatKind::Constant { value } => match *ty.kind() {
                TyKind::Bool => (Constructor::Bool(leaf(value.valtree) == 1), 0),
                TyKind::Char | TyKind::Int(_) | TyKind::Uint(_) => {
                    let bound = self.int_bound(ty, leaf(value.valtree));
                    (Constructor::IntRange(IntRange::from_singleton(bound)), 0)
                }
                TyKind::Float(_) => {
                    let bits = leaf(value.valtree);
                    (float_range(ty, bits, bits, RangeEnd::Included), 0)
                }
                // A reference to a string, as by a `&` pattern.
                TyKind::Ref(_, inner, _) if inner.is_str() => {
                    let data = PatData { span: pat.span, is_catchall: false };
                    let sub = DeconstructedPat::new(Constructor::Str(value.valtree), Vec::new(), 0, inner, data);
                    fields.push(sub.at_index(0));
                    (Constructor::Ref, 1)
                }
                TyKind::Str => (Constructor::Str(value.valtree), 0),
                _ => (Constructor::Opaque(OpaqueId::new()), 0),
            },
            PatKind::Range(range) => (self.lower_range(range), 0),
            PatKind::Array { prefix, slice, suffix } | PatKind::Slice { prefix, slice, suffix } => {
                let array_len = match *ty.kind() {
                    TyKind::Array(_, len) => len.try_to_target_usize().map(|n| n as usize),
                    _ => None,
                };
                let kind = match slice {
                    Some(_) => SliceKind::VarLen(prefix.len(), suffix.len()),
                    None => SliceKind::FixedLen(prefix.len() + suffix.len()),
                };
                fields.extend(prefix.iter().chain(suffix).enumerate().map(|(i, p)| self.lower_pat(p).at_index(i)));
                (Constructor::Slice(Slice::new(array_len, kind)), kind.arity())
            }
            PatKind::Or { .. } => {
                let mut pats = Vec::new();
                flatten_or(pat, &mut pats);
                fields.extend(pats.iter().enumerate().map(|(i, p)| self.lower_pat(p).at_index(i)));
                (Constructor::Or, pats.len())
            }
            PatKind::Error(_) => (Constructor::Opaque(OpaqueId::new()), 0),
        };
        let data = PatData { span: pat.span, is_catchall: is_catchall(pat) };
        DeconstructedPat::new(ctor, fields, arity, ty, data)
    }

    fn lower_range(&self, range: &PatRange<'tcx>) -> Constructor<Self> {
        let end = match range.end {
            hir::RangeEnd::Included => RangeEnd::Included,
            hir::RangeEnd::Excluded => RangeEnd::Excluded,
        };
        let ty = range.ty;
        if let TyKind::Float(_) = ty.kind() {
            let infinity = |negative: bool| {
                use rustc_apfloat::ieee::{Double, Half, Quad, Single};
                fn bits<F: Float>(negative: bool) -> u128 {
                    if negative { (-F::INFINITY).to_bits() } else { F::INFINITY.to_bits() }
                }
                match ty.kind() {
                    TyKind::Float(ast::FloatTy::F16) => bits::<Half>(negative),
                    TyKind::Float(ast::FloatTy::F32) => bits::<Single>(negative),
                    TyKind::Float(ast::FloatTy::F64) => bits::<Double>(negative),
                    _ => bits::<Quad>(negative),
                }
            };
            let lo = range.lo.as_finite().map_or_else(|| infinity(true), leaf);
            let hi = range.hi.as_finite().map_or_else(|| infinity(false), leaf);
            return float_range(ty, lo, hi, end);
        }
        let fixed = !ty.is_ptr_sized_integral();
        // The ends of types of fixed size are their values; those of `usize` and `isize` are not known.
        let bound = |b: PatRangeBoundary<'tcx>| match b {
            PatRangeBoundary::Finite(_) => self.boundary(ty, b),
            _ if fixed => self.int_bound(ty, b.to_bits(ty)),
            PatRangeBoundary::NegInfinity if !ty.is_signed() => MaybeInfiniteInt::new_finite_uint(0),
            _ => self.boundary(ty, b),
        };
        let (lo, hi) = (bound(range.lo), bound(range.hi));
        let end = match range.hi {
            // `5..`: the greatest value is in it.
            PatRangeBoundary::PosInfinity if fixed => RangeEnd::Included,
            PatRangeBoundary::PosInfinity => RangeEnd::Excluded,
            _ => end,
        };
        Constructor::IntRange(IntRange::from_range(lo, hi, end))
    }
}

fn leaf(v: ValTree<'_>) -> u128 {
    v.try_to_scalar_int().map_or(0, |s| s.to_uint())
}

fn flatten_or<'a, 'tcx>(pat: &'a Pat<'tcx>, out: &mut Vec<&'a Pat<'tcx>>) {
    match &pat.kind {
        PatKind::Or { pats } => pats.iter().for_each(|p| flatten_or(p, out)),
        _ => out.push(pat),
    }
}

/// A name or `_`, also below references.
fn is_catchall(pat: &Pat<'_>) -> bool {
    match &pat.kind {
        PatKind::Wild | PatKind::Binding { subpattern: None, .. } => true,
        PatKind::Binding { subpattern: Some(s), .. }
        | PatKind::Deref { subpattern: s }
        | PatKind::AscribeUserType { subpattern: s, .. } => is_catchall(s),
        PatKind::Leaf { subpatterns } => subpatterns.iter().all(|f| is_catchall(&f.pattern)),
        _ => false,
    }
}

impl<'tcx> PatCx for Cx<'tcx> {
    type Ty = Ty<'tcx>;
    type Error = ErrorGuaranteed;
    type VariantIdx = VariantIdx;
    type StrLit = ValTree<'tcx>;
    type ArmData = HirId;
    type PatData = PatData;

    fn is_exhaustive_patterns_feature_on(&self) -> bool {
        self.tcx.feature(span::Symbol::intern("exhaustive_patterns"))
    }

    fn ctor_arity(&self, ctor: &Constructor<Self>, ty: &Ty<'tcx>) -> usize {
        match ctor {
            Constructor::Struct | Constructor::Variant(_) | Constructor::UnionField => match *ty.kind() {
                TyKind::Tuple(tys) => tys.len(),
                TyKind::Adt(adt, _) if adt.is_box() => 1,
                TyKind::Adt(adt, _) => adt.variant(Self::variant_of(ctor, adt)).fields.len(),
                _ => 0,
            },
            Constructor::Ref | Constructor::DerefPattern(_) => 1,
            Constructor::Slice(slice) => slice.arity(),
            _ => 0,
        }
    }

    fn ctor_sub_tys(
        &self,
        ctor: &Constructor<Self>,
        ty: &Ty<'tcx>,
    ) -> impl Iterator<Item = (Ty<'tcx>, PrivateUninhabitedField)> + ExactSizeIterator {
        let visible = |t: Ty<'tcx>| (t, PrivateUninhabitedField(false));
        let tys: Vec<(Ty<'tcx>, PrivateUninhabitedField)> = match ctor {
            Constructor::Struct | Constructor::Variant(_) | Constructor::UnionField => match *ty.kind() {
                TyKind::Tuple(tys) => tys.iter().map(visible).collect(),
                TyKind::Adt(adt, args) if adt.is_box() => vec![visible(args.type_at(0))],
                TyKind::Adt(adt, args) => {
                    let variant = adt.variant(Self::variant_of(ctor, adt));
                    variant
                        .fields
                        .iter()
                        .map(|f| {
                            let field_ty = self.tcx.field_ty(f, args);
                            let t = self.tcx.try_normalize_erasing_regions(self.typing_env, field_ty);
                            let t = t.unwrap_or(field_ty);
                            let seen = adt.is_enum() || self.tcx.is_accessible_from(f.vis, self.module);
                            (t, PrivateUninhabitedField(!seen && self.is_uninhabited(t)))
                        })
                        .collect()
                }
                _ => Vec::new(),
            },
            Constructor::Ref => ty.builtin_deref(true).into_iter().map(visible).collect(),
            Constructor::DerefPattern(pointee) => vec![visible(*pointee)],
            Constructor::Slice(slice) => {
                let elem = ty.builtin_index().unwrap_or(*ty);
                vec![visible(elem); slice.arity()]
            }
            _ => Vec::new(),
        };
        tys.into_iter()
    }

    fn ctors_for_ty(&self, ty: &Ty<'tcx>) -> Result<ConstructorSet<Self>, ErrorGuaranteed> {
        let uint = MaybeInfiniteInt::new_finite_uint;
        let range = |lo, hi| IntRange::from_range(lo, hi, RangeEnd::Included);
        let one = |r| ConstructorSet::Integers { range_1: r, range_2: None };
        Ok(match *ty.kind() {
            TyKind::Error(guar) => return Err(guar),
            TyKind::Bool => ConstructorSet::Bool,
            // The surrogates are no characters.
            TyKind::Char => ConstructorSet::Integers {
                range_1: range(uint(0), uint(0xD7FF)),
                range_2: Some(range(uint(0xE000), uint(0x10FFFF))),
            },
            TyKind::Int(ast::IntTy::Isize) => {
                one(IntRange { lo: MaybeInfiniteInt::NegInfinity, hi: MaybeInfiniteInt::PosInfinity })
            }
            TyKind::Int(_) => one(range(
                self.int_bound(*ty, crate::thir::numeric_min(*ty)),
                self.int_bound(*ty, crate::thir::numeric_max(*ty)),
            )),
            TyKind::Uint(ast::UintTy::Usize) => one(IntRange { lo: uint(0), hi: MaybeInfiniteInt::PosInfinity }),
            TyKind::Uint(_) => one(range(uint(0), uint(crate::thir::numeric_max(*ty)))),
            TyKind::Slice(elem) => {
                ConstructorSet::Slice { array_len: None, subtype_is_empty: self.is_uninhabited(elem) }
            }
            TyKind::Array(elem, len) => ConstructorSet::Slice {
                array_len: len.try_to_target_usize().map(|n| n as usize),
                subtype_is_empty: self.is_uninhabited(elem),
            },
            TyKind::Adt(def, args) if def.is_enum() => {
                let non_exhaustive = self.is_foreign_non_exhaustive_enum(*ty);
                if def.variants().is_empty() && !non_exhaustive {
                    return Ok(ConstructorSet::NoConstructors);
                }
                let variants: IndexVec<VariantIdx, VariantVisibility> = def
                    .variants()
                    .iter()
                    .map(|v| {
                        if !self.tcx.variant_is_inhabited_from(v, args, Some(self.module), self.typing_env, true) {
                            VariantVisibility::Empty
                        } else if !v.def_id.is_local() && self.is_hidden(v.def_id) {
                            VariantVisibility::Hidden
                        } else {
                            VariantVisibility::Visible
                        }
                    })
                    .collect();
                ConstructorSet::Variants { variants, non_exhaustive }
            }
            TyKind::Adt(def, _) if def.is_union() => ConstructorSet::Union,
            TyKind::Adt(..) | TyKind::Tuple(_) => ConstructorSet::Struct { empty: self.is_uninhabited(*ty) },
            TyKind::Ref(..) => ConstructorSet::Ref,
            TyKind::Never => ConstructorSet::NoConstructors,
            _ => ConstructorSet::Unlistable,
        })
    }

    fn write_variant_name(f: &mut fmt::Formatter<'_>, ctor: &Constructor<Self>, ty: &Ty<'tcx>) -> fmt::Result {
        match *ty.kind() {
            TyKind::Adt(adt, _) => write!(f, "{}", adt.variant(Self::variant_of(ctor, adt)).name),
            _ => Ok(()),
        }
    }

    fn bug(&self, fmt: fmt::Arguments<'_>) -> ErrorGuaranteed {
        self.tcx.dcx().span_delayed_bug(span::DUMMY_SP, fmt.to_string())
    }

    fn lint_overlapping_range_endpoints(
        &self,
        pat: &DeconstructedPat<'tcx>,
        overlaps_on: IntRange,
        overlaps_with: &[&DeconstructedPat<'tcx>],
    ) {
        let overlap = self.print_int_range(&overlaps_on, *pat.ty());
        let span = pat.data().span;
        let msg = "multiple patterns overlap on their endpoints";
        let lint = &session::lint::OVERLAPPING_RANGE_ENDPOINTS;
        self.tcx.emit_node_span_lint(lint, self.match_lint_level, span, msg, |d| {
            for other in overlaps_with {
                d.span_label(other.data().span, format!("this range overlaps on `{overlap}`..."));
            }
            d.span_label(span, "... with this range");
            d.note("you likely meant to write mutually exclusive ranges");
        });
    }

    fn complexity_exceeded(&self) -> Result<(), ErrorGuaranteed> {
        let span = self.tcx.def_span(self.match_lint_level.owner.to_def_id());
        Err(self.tcx.dcx().span_err(span, "reached pattern complexity limit"))
    }

    fn report_mixed_deref_pat_ctors(
        &self,
        deref_pat: &DeconstructedPat<'tcx>,
        normal_pat: &DeconstructedPat<'tcx>,
    ) -> ErrorGuaranteed {
        let span = deref_pat.data().span;
        let mut err = self.tcx.dcx().struct_span_err(span, "mix of deref patterns and normal constructors");
        err.span_label(span, format!("matches on the result of dereferencing `{}`", deref_pat.ty()));
        err.span_label(normal_pat.data().span, format!("matches directly on `{}`", normal_pat.ty()));
        err.emit()
    }
}

impl Cx<'_> {
    /// Unstable or `doc(hidden)` variants are not named in errors.
    fn is_hidden(&self, variant: DefId) -> bool {
        self.tcx.is_doc_hidden(variant)
            || self
                .tcx
                .lookup_stability(variant)
                .is_some_and(|s| !matches!(s.level, query::StabilityLevel::Stable { .. }))
    }
}
