//! [`Interner`]: makes interned values; its tables live as long as the session.

use std::cell::RefCell;
use std::hash::{BuildHasher, Hash};

use rustc_hash::FxHashMap;
use rustc_index::IndexVec;
use span::FxBuildHasher;
use span::def_id::DefId;

use crate::flags::FlagComputation as Flags;
use crate::predicate::PredicateData;
use crate::visit::TypeVisitor;
use crate::{
    AdtDef, AdtDefData, Arena, Binder, BoundVariableKind, Clause, ClauseKind, Clauses, Const, ConstData, ConstKind,
    FlagComputation, FloatTy, FloatVid, FnSig, GenericArg, GenericArgsRef, InferTy, IntTy, IntVid, List, Mutability,
    Pattern, PatternKind, PolyExistentialPredicate, PolyExistentialPredicates, PolyFnSig, Predicate, PredicateKind,
    Region, RegionKind, RegionVid, Ty, TyData, TyKind, TyVid, TypeVisitable, UintTy, ValTree,
};

/// Values by the hash of their content.
type Set<V> = RefCell<FxHashMap<u64, Vec<V>>>;

fn intern<K: Hash + Eq + ?Sized, V: Copy>(
    table: &Set<V>,
    key: &K,
    content: impl Fn(&V) -> &K,
    make: impl FnOnce() -> V,
) -> V {
    let hash = FxBuildHasher.hash_one(key);
    if let Some(bucket) = table.borrow().get(&hash) {
        if let Some(v) = bucket.iter().find(|v| content(v) == key) {
            return *v;
        }
    }
    let v = make();
    table.borrow_mut().entry(hash).or_default().push(v);
    v
}

/// The tables behind an [`Interner`].
pub struct Tables<'tcx> {
    arena: &'tcx Arena,
    types: Set<&'tcx TyData<'tcx>>,
    consts: Set<&'tcx ConstData<'tcx>>,
    regions: Set<&'tcx RegionKind>,
    predicates: Set<&'tcx PredicateData<'tcx>>,
    patterns: Set<&'tcx PatternKind<'tcx>>,
    type_lists: Set<&'tcx List<Ty<'tcx>>>,
    args: Set<&'tcx List<GenericArg<'tcx>>>,
    clauses: Set<&'tcx List<Clause<'tcx>>>,
    existentials: Set<PolyExistentialPredicates<'tcx>>,
    bound_vars: Set<&'tcx List<BoundVariableKind>>,
    canonical_vars: Set<&'tcx List<crate::CanonicalVarInfo>>,
    pattern_lists: Set<&'tcx List<Pattern<'tcx>>>,
    valtrees: Set<&'tcx List<ValTree<'tcx>>>,
    def_id_lists: Set<&'tcx List<DefId>>,
    place_elems: Set<&'tcx List<crate::place::PlaceElem<'tcx>>>,
    types_common: std::cell::OnceCell<CommonTypes<'tcx>>,
    lifetimes_common: std::cell::OnceCell<CommonLifetimes<'tcx>>,
    vars: RefCell<IndexVec<TyVid, Ty<'tcx>>>,
    region_vars: RefCell<IndexVec<RegionVid, Region<'tcx>>>,
}

/// Makes interned values. `Copy`; `TyCtxt` dereferences to it.
#[derive(Clone, Copy)]
pub struct Interner<'tcx>(&'tcx Tables<'tcx>);

macro_rules! common_types {
    ($($(#[$attr:meta])* $name:ident: $kind:expr;)*) => {
        /// Types that are asked for often.
        #[allow(missing_docs)]
        pub struct CommonTypes<'tcx> { $($(#[$attr])* pub $name: Ty<'tcx>,)* }
        impl<'tcx> CommonTypes<'tcx> {
            fn new(cx: Interner<'tcx>) -> Self {
                CommonTypes { $($name: cx.mk_ty($kind),)* }
            }
        }
    };
}
common_types! {
    unit: TyKind::Tuple(List::empty());
    bool: TyKind::Bool;
    char: TyKind::Char;
    str_: TyKind::Str;
    never: TyKind::Never;
    isize: TyKind::Int(IntTy::Isize);
    i8: TyKind::Int(IntTy::I8);
    i16: TyKind::Int(IntTy::I16);
    i32: TyKind::Int(IntTy::I32);
    i64: TyKind::Int(IntTy::I64);
    i128: TyKind::Int(IntTy::I128);
    usize: TyKind::Uint(UintTy::Usize);
    u8: TyKind::Uint(UintTy::U8);
    u16: TyKind::Uint(UintTy::U16);
    u32: TyKind::Uint(UintTy::U32);
    u64: TyKind::Uint(UintTy::U64);
    u128: TyKind::Uint(UintTy::U128);
    f16: TyKind::Float(FloatTy::F16);
    f32: TyKind::Float(FloatTy::F32);
    f64: TyKind::Float(FloatTy::F64);
    f128: TyKind::Float(FloatTy::F128);
    self_param: TyKind::Param(crate::ParamTy { index: 0, name: span::kw::SelfUpper });
    /// What stands for the erased `Self` of `dyn Trait` in printing and object checks.
    trait_object_dummy_self: TyKind::Infer(InferTy::FreshTy(0));
}

/// Regions that are asked for often.
#[allow(missing_docs)]
pub struct CommonLifetimes<'tcx> {
    pub re_static: Region<'tcx>,
    pub re_erased: Region<'tcx>,
}

impl<'tcx> Tables<'tcx> {
    /// Empty tables over an arena.
    pub fn new(arena: &'tcx Arena) -> Tables<'tcx> {
        Tables {
            arena,
            types: Default::default(),
            consts: Default::default(),
            regions: Default::default(),
            predicates: Default::default(),
            patterns: Default::default(),
            type_lists: Default::default(),
            args: Default::default(),
            clauses: Default::default(),
            existentials: Default::default(),
            bound_vars: Default::default(),
            canonical_vars: Default::default(),
            pattern_lists: Default::default(),
            valtrees: Default::default(),
            def_id_lists: Default::default(),
            place_elems: Default::default(),
            types_common: Default::default(),
            lifetimes_common: Default::default(),
            vars: Default::default(),
            region_vars: Default::default(),
        }
    }
}

impl<'tcx> Interner<'tcx> {
    /// An interner with its tables in `arena`.
    pub fn new(arena: &'tcx Arena) -> Interner<'tcx> {
        // `Tables` holds references into the arena it is itself stored in; it has no destructor that looks at them.
        Interner(arena.alloc(Tables::new(arena)))
    }
    /// The session's arena.
    pub fn arena(self) -> &'tcx Arena {
        self.0.arena
    }
    /// Common types.
    pub fn types(self) -> &'tcx CommonTypes<'tcx> {
        match self.0.types_common.get() {
            Some(t) => t,
            None => {
                let types = CommonTypes::new(self);
                self.0.types_common.get_or_init(|| types)
            }
        }
    }
    /// Common regions.
    pub fn lifetimes(self) -> &'tcx CommonLifetimes<'tcx> {
        match self.0.lifetimes_common.get() {
            Some(l) => l,
            None => {
                let re_static = self.mk_region(RegionKind::ReStatic);
                let re_erased = self.mk_region(RegionKind::ReErased);
                self.0.lifetimes_common.get_or_init(|| CommonLifetimes { re_static, re_erased })
            }
        }
    }
    /// A type of this shape.
    pub fn mk_ty(self, kind: TyKind<'tcx>) -> Ty<'tcx> {
        Ty(intern(
            &self.0.types,
            &kind,
            |d| &d.kind,
            || {
                let f = FlagComputation::for_kind(&kind);
                self.0.arena.alloc(TyData { kind, flags: f.flags, outer_exclusive_binder: f.outer_exclusive_binder })
            },
        ))
    }
    /// As [`Interner::mk_ty`].
    pub fn mk_ty_from_kind(self, kind: TyKind<'tcx>) -> Ty<'tcx> {
        self.mk_ty(kind)
    }
    /// A constant of this shape.
    pub fn mk_const(self, kind: ConstKind<'tcx>) -> Const<'tcx> {
        Const(intern(
            &self.0.consts,
            &kind,
            |d| &d.kind,
            || {
                let f = Flags::for_const_kind(&kind);
                self.0.arena.alloc(ConstData { kind, flags: f.flags, outer_exclusive_binder: f.outer_exclusive_binder })
            },
        ))
    }
    /// A region.
    pub fn mk_region(self, kind: RegionKind) -> Region<'tcx> {
        Region(intern(&self.0.regions, &kind, |d| *d, || self.0.arena.alloc(kind)))
    }
    /// A region variable; quick for variables seen before.
    pub fn mk_re_var(self, vid: RegionVid) -> Region<'tcx> {
        let mut vars = self.0.region_vars.borrow_mut();
        while vars.len() <= vid.as_usize() {
            let next = vars.next_index();
            vars.push(self.mk_region(RegionKind::ReVar(next)));
        }
        vars[vid]
    }
    /// A predicate.
    pub fn mk_predicate(self, kind: Binder<'tcx, PredicateKind<'tcx>>) -> Predicate<'tcx> {
        Predicate(intern(
            &self.0.predicates,
            &kind,
            |d| &d.kind,
            || {
                let (flags, outer_exclusive_binder) = summary(&kind);
                self.0.arena.alloc(PredicateData { kind, flags, outer_exclusive_binder })
            },
        ))
    }
    /// A clause.
    pub fn mk_clause(self, kind: Binder<'tcx, ClauseKind<'tcx>>) -> Clause<'tcx> {
        Clause(self.mk_predicate(kind.map_bound(PredicateKind::Clause)))
    }
    /// The pattern of a pattern type.
    pub fn mk_pat(self, kind: PatternKind<'tcx>) -> Pattern<'tcx> {
        Pattern(intern(&self.0.patterns, &kind, |d| *d, || self.0.arena.alloc(kind)))
    }
    /// An ADT's definition; called once per definition, by the `adt_def` query.
    pub fn mk_adt_def(self, data: AdtDefData) -> AdtDef<'tcx> {
        AdtDef(self.0.arena.alloc(data))
    }

    pub fn mk_type_list(self, v: &[Ty<'tcx>]) -> &'tcx List<Ty<'tcx>> {
        self.list(&self.0.type_lists, v)
    }
    pub fn mk_args(self, v: &[GenericArg<'tcx>]) -> GenericArgsRef<'tcx> {
        self.list(&self.0.args, v)
    }
    pub fn mk_args_from_iter(self, v: impl IntoIterator<Item = GenericArg<'tcx>>) -> GenericArgsRef<'tcx> {
        self.mk_args(&v.into_iter().collect::<Vec<_>>())
    }
    pub fn mk_type_list_from_iter(self, v: impl IntoIterator<Item = Ty<'tcx>>) -> &'tcx List<Ty<'tcx>> {
        self.mk_type_list(&v.into_iter().collect::<Vec<_>>())
    }
    pub fn mk_clauses(self, v: &[Clause<'tcx>]) -> Clauses<'tcx> {
        self.list(&self.0.clauses, v)
    }
    pub fn mk_clauses_from_iter(self, v: impl IntoIterator<Item = Clause<'tcx>>) -> Clauses<'tcx> {
        self.mk_clauses(&v.into_iter().collect::<Vec<_>>())
    }
    /// Invariant: principal, projections, auto traits, in stable order ([`PolyExistentialPredicate::stable_cmp`]).
    pub fn mk_poly_existential_predicates(
        self,
        v: &[PolyExistentialPredicate<'tcx>],
    ) -> PolyExistentialPredicates<'tcx> {
        self.list(&self.0.existentials, v)
    }
    pub fn mk_bound_variable_kinds(self, v: &[BoundVariableKind]) -> &'tcx List<BoundVariableKind> {
        self.list(&self.0.bound_vars, v)
    }
    pub fn mk_canonical_vars(self, v: &[crate::CanonicalVarInfo]) -> &'tcx List<crate::CanonicalVarInfo> {
        self.list(&self.0.canonical_vars, v)
    }
    pub fn mk_pats(self, v: &[Pattern<'tcx>]) -> &'tcx List<Pattern<'tcx>> {
        self.list(&self.0.pattern_lists, v)
    }
    pub fn mk_valtree_branch(self, v: &[ValTree<'tcx>]) -> ValTree<'tcx> {
        ValTree::Branch(self.list(&self.0.valtrees, v))
    }
    pub fn mk_def_ids(self, v: &[DefId]) -> &'tcx List<DefId> {
        self.list(&self.0.def_id_lists, v)
    }
    pub fn mk_place_elems(self, v: &[crate::place::PlaceElem<'tcx>]) -> &'tcx List<crate::place::PlaceElem<'tcx>> {
        self.list(&self.0.place_elems, v)
    }
    fn list<T: Copy + Hash + Eq>(self, table: &Set<&'tcx List<T>>, v: &[T]) -> &'tcx List<T> {
        if v.is_empty() {
            return List::empty();
        }
        intern(table, v, |l| l.as_slice(), || List::from_slice(self.0.arena.alloc_slice(v)))
    }

    // Shorthands for common shapes.
    pub fn mk_ref(self, r: Region<'tcx>, ty: Ty<'tcx>, m: Mutability) -> Ty<'tcx> {
        self.mk_ty(TyKind::Ref(r, ty, m))
    }
    pub fn mk_imm_ref(self, r: Region<'tcx>, ty: Ty<'tcx>) -> Ty<'tcx> {
        self.mk_ref(r, ty, Mutability::Not)
    }
    pub fn mk_mut_ref(self, r: Region<'tcx>, ty: Ty<'tcx>) -> Ty<'tcx> {
        self.mk_ref(r, ty, Mutability::Mut)
    }
    pub fn mk_ptr(self, ty: Ty<'tcx>, m: Mutability) -> Ty<'tcx> {
        self.mk_ty(TyKind::RawPtr(ty, m))
    }
    pub fn mk_imm_ptr(self, ty: Ty<'tcx>) -> Ty<'tcx> {
        self.mk_ptr(ty, Mutability::Not)
    }
    pub fn mk_mut_ptr(self, ty: Ty<'tcx>) -> Ty<'tcx> {
        self.mk_ptr(ty, Mutability::Mut)
    }
    pub fn mk_array(self, ty: Ty<'tcx>, len: u64) -> Ty<'tcx> {
        self.mk_ty(TyKind::Array(ty, Const::from_target_usize(self, len)))
    }
    pub fn mk_slice(self, ty: Ty<'tcx>) -> Ty<'tcx> {
        self.mk_ty(TyKind::Slice(ty))
    }
    pub fn mk_tup(self, tys: &[Ty<'tcx>]) -> Ty<'tcx> {
        self.mk_ty(TyKind::Tuple(self.mk_type_list(tys)))
    }
    pub fn mk_unit(self) -> Ty<'tcx> {
        self.types().unit
    }
    pub fn mk_fn_def(self, def_id: DefId, args: GenericArgsRef<'tcx>) -> Ty<'tcx> {
        self.mk_ty(TyKind::FnDef(def_id, args))
    }
    pub fn mk_fn_ptr(self, sig: PolyFnSig<'tcx>) -> Ty<'tcx> {
        self.mk_ty(TyKind::FnPtr(sig))
    }
    pub fn mk_adt(self, def: AdtDef<'tcx>, args: GenericArgsRef<'tcx>) -> Ty<'tcx> {
        self.mk_ty(TyKind::Adt(def, args))
    }
    pub fn mk_dynamic(self, preds: PolyExistentialPredicates<'tcx>, r: Region<'tcx>) -> Ty<'tcx> {
        self.mk_ty(TyKind::Dynamic(preds, r))
    }
    pub fn mk_alias(self, kind: crate::AliasTyKind, def_id: DefId, args: GenericArgsRef<'tcx>) -> Ty<'tcx> {
        self.mk_ty(TyKind::Alias(kind, crate::AliasTy { def_id, args }))
    }
    pub fn mk_projection(self, def_id: DefId, args: GenericArgsRef<'tcx>) -> Ty<'tcx> {
        self.mk_alias(crate::AliasTyKind::Projection, def_id, args)
    }
    pub fn mk_closure(self, def_id: DefId, args: GenericArgsRef<'tcx>) -> Ty<'tcx> {
        self.mk_ty(TyKind::Closure(def_id, args))
    }
    pub fn mk_param(self, index: u32, name: span::Symbol) -> Ty<'tcx> {
        self.mk_ty(TyKind::Param(crate::ParamTy { index, name }))
    }
    /// A type variable; quick for variables seen before.
    pub fn mk_ty_var(self, vid: TyVid) -> Ty<'tcx> {
        let mut vars = self.0.vars.borrow_mut();
        while vars.len() <= vid.as_usize() {
            let next = vars.next_index();
            vars.push(self.mk_ty(TyKind::Infer(InferTy::TyVar(next))));
        }
        vars[vid]
    }
    pub fn mk_int_var(self, vid: IntVid) -> Ty<'tcx> {
        self.mk_ty(TyKind::Infer(InferTy::IntVar(vid)))
    }
    pub fn mk_float_var(self, vid: FloatVid) -> Ty<'tcx> {
        self.mk_ty(TyKind::Infer(InferTy::FloatVar(vid)))
    }
    /// A signature.
    pub fn mk_fn_sig(
        self,
        inputs: impl IntoIterator<Item = Ty<'tcx>>,
        output: Ty<'tcx>,
        c_variadic: bool,
        safety: hir::Safety,
        abi: crate::ExternAbi,
    ) -> FnSig<'tcx> {
        let all: Vec<_> = inputs.into_iter().chain([output]).collect();
        FnSig { inputs_and_output: self.mk_type_list(&all), c_variadic, safety, abi }
    }
    /// The integer type of this kind.
    pub fn mk_mach_int(self, i: IntTy) -> Ty<'tcx> {
        self.mk_ty(TyKind::Int(i))
    }
    pub fn mk_mach_uint(self, u: UintTy) -> Ty<'tcx> {
        self.mk_ty(TyKind::Uint(u))
    }
    pub fn mk_mach_float(self, f: FloatTy) -> Ty<'tcx> {
        self.mk_ty(TyKind::Float(f))
    }
}

/// Flags and outermost binder of a predicate, by a visit.
fn summary<'tcx>(kind: &Binder<'tcx, PredicateKind<'tcx>>) -> (crate::TypeFlags, crate::DebruijnIndex) {
    struct Sum(FlagComputation);
    impl<'tcx> TypeVisitor<'tcx> for Sum {
        type Break = std::convert::Infallible;
        fn visit_ty(&mut self, t: Ty<'tcx>) -> std::ops::ControlFlow<Self::Break> {
            self.0.add_ty(t);
            std::ops::ControlFlow::Continue(())
        }
        fn visit_region(&mut self, r: Region<'tcx>) -> std::ops::ControlFlow<Self::Break> {
            self.0.add_region(r);
            std::ops::ControlFlow::Continue(())
        }
        fn visit_const(&mut self, c: Const<'tcx>) -> std::ops::ControlFlow<Self::Break> {
            self.0.add_const(c);
            std::ops::ControlFlow::Continue(())
        }
    }
    let mut c = FlagComputation::new();
    let vars = kind.bound_vars();
    if !vars.is_empty() {
        c.add_flags(crate::TypeFlags::HAS_BINDER_VARS);
    }
    let mut sum = Sum(FlagComputation::new());
    let _ = kind.as_ref().skip_binder().visit_with(&mut sum);
    c.add_flags(sum.0.flags);
    let outer = sum.0.outer_exclusive_binder;
    let outer = if outer > crate::INNERMOST { outer.shifted_out(1) } else { outer };
    (c.flags, outer)
}
