//! Rebuilding interned values: [`TypeFoldable`], [`TypeFolder`], and common folds.

use std::rc::Rc;

use rustc_index::IndexVec;

use crate::visit::TypeVisitableExt;
use crate::{
    AliasTy, Binder, BoundRegion, BoundTy, BoundVar, Clause, Const, ConstKind, DebruijnIndex, EarlyBinder, GenericArg,
    INNERMOST, Interner, List, ParamEnv, Pattern, PolyExistentialPredicate, Predicate, Region, RegionKind, Ty, TyKind,
    TypeFlags, TypeVisitable,
};

/// Can be rebuilt.
pub trait TypeFoldable<'tcx>: Sized {
    /// Rebuilds the value from its folded parts (types, regions, constants, predicates: hands it to the folder).
    fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self;
}

/// Can be rebuilt past itself.
pub trait TypeSuperFoldable<'tcx>: TypeFoldable<'tcx> {
    /// Rebuilds the value from its folded parts without asking the folder about the value.
    fn super_fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self;
}

/// A fold; methods default to going on into the parts.
pub trait TypeFolder<'tcx>: Sized {
    fn cx(&self) -> Interner<'tcx>;
    fn fold_binder<T: TypeFoldable<'tcx>>(&mut self, t: Binder<'tcx, T>) -> Binder<'tcx, T> {
        t.super_fold_with(self)
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        t.super_fold_with(self)
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        r
    }
    fn fold_const(&mut self, c: Const<'tcx>) -> Const<'tcx> {
        c.super_fold_with(self)
    }
    fn fold_predicate(&mut self, p: Predicate<'tcx>) -> Predicate<'tcx> {
        p.super_fold_with(self)
    }
}

impl<'tcx> TypeFoldable<'tcx> for Ty<'tcx> {
    fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
        folder.fold_ty(self)
    }
}
impl<'tcx> TypeSuperFoldable<'tcx> for Ty<'tcx> {
    fn super_fold_with<F: TypeFolder<'tcx>>(self, f: &mut F) -> Self {
        let kind = match *self.kind() {
            TyKind::RawPtr(ty, m) => TyKind::RawPtr(ty.fold_with(f), m),
            TyKind::Array(ty, len) => TyKind::Array(ty.fold_with(f), len.fold_with(f)),
            TyKind::Slice(ty) => TyKind::Slice(ty.fold_with(f)),
            TyKind::Adt(def, args) => TyKind::Adt(def, args.fold_with(f)),
            TyKind::Dynamic(preds, region) => TyKind::Dynamic(preds.fold_with(f), region.fold_with(f)),
            TyKind::Tuple(tys) => TyKind::Tuple(tys.fold_with(f)),
            TyKind::FnDef(def, args) => TyKind::FnDef(def, args.fold_with(f)),
            TyKind::FnPtr(sig) => TyKind::FnPtr(sig.fold_with(f)),
            TyKind::UnsafeBinder(inner) => TyKind::UnsafeBinder(inner.fold_with(f)),
            TyKind::Ref(r, ty, m) => TyKind::Ref(r.fold_with(f), ty.fold_with(f), m),
            TyKind::Coroutine(def, args) => TyKind::Coroutine(def, args.fold_with(f)),
            TyKind::CoroutineWitness(def, args) => TyKind::CoroutineWitness(def, args.fold_with(f)),
            TyKind::Closure(def, args) => TyKind::Closure(def, args.fold_with(f)),
            TyKind::CoroutineClosure(def, args) => TyKind::CoroutineClosure(def, args.fold_with(f)),
            TyKind::Alias(kind, alias) => {
                TyKind::Alias(kind, AliasTy { def_id: alias.def_id, args: alias.args.fold_with(f) })
            }
            TyKind::Pat(ty, pat) => TyKind::Pat(ty.fold_with(f), pat.fold_with(f)),
            TyKind::Bool
            | TyKind::Char
            | TyKind::Str
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Error(_)
            | TyKind::Infer(_)
            | TyKind::Param(_)
            | TyKind::Bound(..)
            | TyKind::Placeholder(_)
            | TyKind::Never
            | TyKind::Foreign(_) => return self,
        };
        if *self.kind() == kind { self } else { f.cx().mk_ty(kind) }
    }
}
impl<'tcx> TypeFoldable<'tcx> for Region<'tcx> {
    fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
        folder.fold_region(self)
    }
}
impl<'tcx> TypeFoldable<'tcx> for Const<'tcx> {
    fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
        folder.fold_const(self)
    }
}
impl<'tcx> TypeSuperFoldable<'tcx> for Const<'tcx> {
    fn super_fold_with<F: TypeFolder<'tcx>>(self, f: &mut F) -> Self {
        let kind = match self.kind() {
            ConstKind::Unevaluated(uv) => ConstKind::Unevaluated(uv.fold_with(f)),
            ConstKind::Value(v) => ConstKind::Value(crate::Value { ty: v.ty.fold_with(f), valtree: v.valtree }),
            ConstKind::Param(_)
            | ConstKind::Infer(_)
            | ConstKind::Bound(..)
            | ConstKind::Placeholder(_)
            | ConstKind::Error(_) => return self,
        };
        if kind == self.kind() { self } else { f.cx().mk_const(kind) }
    }
}
impl<'tcx> TypeFoldable<'tcx> for Predicate<'tcx> {
    fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
        folder.fold_predicate(self)
    }
}
impl<'tcx> TypeSuperFoldable<'tcx> for Predicate<'tcx> {
    fn super_fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
        let kind = self.kind().fold_with(folder);
        if kind == self.kind() { self } else { folder.cx().mk_predicate(kind) }
    }
}
impl<'tcx> TypeFoldable<'tcx> for Clause<'tcx> {
    fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
        folder.fold_predicate(self.as_predicate()).expect_clause()
    }
}
impl<'tcx, T: TypeFoldable<'tcx>> TypeFoldable<'tcx> for Binder<'tcx, T> {
    fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
        folder.fold_binder(self)
    }
}
impl<'tcx, T: TypeFoldable<'tcx>> TypeSuperFoldable<'tcx> for Binder<'tcx, T> {
    fn super_fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
        self.map_bound(|v| v.fold_with(folder))
    }
}
impl<'tcx> TypeFoldable<'tcx> for GenericArg<'tcx> {
    fn fold_with<F: TypeFolder<'tcx>>(self, f: &mut F) -> Self {
        match self {
            GenericArg::Lifetime(r) => GenericArg::Lifetime(r.fold_with(f)),
            GenericArg::Type(t) => GenericArg::Type(t.fold_with(f)),
            GenericArg::Const(c) => GenericArg::Const(c.fold_with(f)),
        }
    }
}
impl<'tcx> TypeFoldable<'tcx> for Pattern<'tcx> {
    fn fold_with<F: TypeFolder<'tcx>>(self, f: &mut F) -> Self {
        let kind = (*self).fold_with(f);
        if kind == *self { self } else { f.cx().mk_pat(kind) }
    }
}
impl<'tcx> TypeFoldable<'tcx> for ParamEnv<'tcx> {
    fn fold_with<F: TypeFolder<'tcx>>(self, f: &mut F) -> Self {
        ParamEnv::new(self.caller_bounds().fold_with(f))
    }
}

/// Folds a list, and interns it again only if something changed.
fn fold_list<'tcx, F: TypeFolder<'tcx>, T: TypeFoldable<'tcx> + Copy + PartialEq>(
    list: &'tcx List<T>,
    folder: &mut F,
    intern: impl FnOnce(Interner<'tcx>, &[T]) -> &'tcx List<T>,
) -> &'tcx List<T> {
    for (i, old) in list.iter().enumerate() {
        let new = old.fold_with(folder);
        if new != old {
            let mut out: Vec<T> = Vec::with_capacity(list.len());
            out.extend_from_slice(&list[..i]);
            out.push(new);
            for v in list.iter().skip(i + 1) {
                out.push(v.fold_with(folder));
            }
            return intern(folder.cx(), &out);
        }
    }
    list
}

macro_rules! lists {
    ($($t:ty: $intern:ident;)*) => { $(
        impl<'tcx> TypeFoldable<'tcx> for &'tcx List<$t> {
            fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
                fold_list(self, folder, |cx, v| cx.$intern(v))
            }
        }
    )* };
}
lists! {
    Ty<'tcx>: mk_type_list;
    GenericArg<'tcx>: mk_args;
    Clause<'tcx>: mk_clauses;
    PolyExistentialPredicate<'tcx>: mk_poly_existential_predicates;
    Pattern<'tcx>: mk_pats;
    crate::place::PlaceElem<'tcx>: mk_place_elems;
}

macro_rules! via_iter {
    ($([$($g:tt)*] $t:ty;)*) => { $(
        impl<'tcx, $($g)*> TypeFoldable<'tcx> for $t {
            fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
                self.into_iter().map(|v| v.fold_with(folder)).collect()
            }
        }
    )* };
}
via_iter! {
    [T: TypeFoldable<'tcx>] Vec<T>;
    [T: TypeFoldable<'tcx>] Box<[T]>;
    [I: rustc_index::Idx, T: TypeFoldable<'tcx>] IndexVec<I, T>;
}
impl<'tcx, T: TypeFoldable<'tcx>> TypeFoldable<'tcx> for Option<T> {
    fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
        self.map(|v| v.fold_with(folder))
    }
}
impl<'tcx, T: TypeFoldable<'tcx>> TypeFoldable<'tcx> for Box<T> {
    fn fold_with<F: TypeFolder<'tcx>>(mut self, folder: &mut F) -> Self
    where
        T: Sized,
    {
        *self = (*self).fold_with(folder);
        self
    }
}
impl<'tcx, T: TypeFoldable<'tcx> + Clone> TypeFoldable<'tcx> for Rc<T> {
    fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
        Rc::new((*self).clone().fold_with(folder))
    }
}
impl<'tcx, T: TypeFoldable<'tcx>, E: TypeFoldable<'tcx>> TypeFoldable<'tcx> for Result<T, E> {
    fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
        match self {
            Ok(v) => Ok(v.fold_with(folder)),
            Err(e) => Err(e.fold_with(folder)),
        }
    }
}
impl<'tcx, T: TypeFoldable<'tcx>> TypeFoldable<'tcx> for EarlyBinder<T> {
    fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
        self.map_bound(|v| v.fold_with(folder))
    }
}
impl<'tcx, T: TypeFoldable<'tcx>> TypeFoldable<'tcx> for span::Spanned<T> {
    fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
        span::Spanned { node: self.node.fold_with(folder), span: self.span }
    }
}
macro_rules! tuples {
    ($($($t:ident)*;)*) => { $(
        #[allow(non_snake_case)]
        impl<'tcx, $($t: TypeFoldable<'tcx>),*> TypeFoldable<'tcx> for ($($t,)*) {
            fn fold_with<F: TypeFolder<'tcx>>(self, folder: &mut F) -> Self {
                let ($($t,)*) = self;
                ($($t.fold_with(folder),)*)
            }
        }
    )* };
}
tuples! { A; A B; A B C; A B C D; }

/// Moves a region `amount` binders in.
pub fn shift_region<'tcx>(cx: Interner<'tcx>, region: Region<'tcx>, amount: u32) -> Region<'tcx> {
    match region.kind() {
        RegionKind::ReBound(debruijn, br) if amount > 0 => {
            cx.mk_region(RegionKind::ReBound(debruijn.shifted_in(amount), br))
        }
        _ => region,
    }
}

/// Moves the escaping bound variables of a value `amount` binders in.
pub fn shift_vars<'tcx, T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(cx: Interner<'tcx>, value: T, amount: u32) -> T {
    if amount == 0 || !value.has_escaping_bound_vars() {
        return value;
    }
    value.fold_with(&mut Shifter { cx, current: INNERMOST, amount })
}

struct Shifter<'tcx> {
    cx: Interner<'tcx>,
    current: DebruijnIndex,
    amount: u32,
}

impl<'tcx> TypeFolder<'tcx> for Shifter<'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        self.cx
    }
    fn fold_binder<T: TypeFoldable<'tcx>>(&mut self, t: Binder<'tcx, T>) -> Binder<'tcx, T> {
        self.current.shift_in(1);
        let t = t.super_fold_with(self);
        self.current.shift_out(1);
        t
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        match r.kind() {
            RegionKind::ReBound(d, _) if d >= self.current => shift_region(self.cx, r, self.amount),
            _ => r,
        }
    }
    fn fold_ty(&mut self, ty: Ty<'tcx>) -> Ty<'tcx> {
        match *ty.kind() {
            TyKind::Bound(d, b) if d >= self.current => self.cx.mk_ty(TyKind::Bound(d.shifted_in(self.amount), b)),
            _ if ty.outer_exclusive_binder() > self.current => ty.super_fold_with(self),
            _ => ty,
        }
    }
    fn fold_const(&mut self, ct: Const<'tcx>) -> Const<'tcx> {
        match ct.kind() {
            ConstKind::Bound(d, b) if d >= self.current => {
                self.cx.mk_const(ConstKind::Bound(d.shifted_in(self.amount), b))
            }
            _ if ct.outer_exclusive_binder() > self.current => ct.super_fold_with(self),
            _ => ct,
        }
    }
    fn fold_predicate(&mut self, p: Predicate<'tcx>) -> Predicate<'tcx> {
        if p.outer_exclusive_binder() > self.current { p.super_fold_with(self) } else { p }
    }
}

/// What bound variables are replaced by.
pub trait BoundVarReplacerDelegate<'tcx> {
    fn replace_region(&mut self, br: BoundRegion) -> Region<'tcx>;
    fn replace_ty(&mut self, bt: BoundTy) -> Ty<'tcx>;
    fn replace_const(&mut self, bc: BoundVar) -> Const<'tcx>;
}

/// Replacement by three closures.
pub struct FnMutDelegate<'a, 'tcx> {
    pub regions: &'a mut (dyn FnMut(BoundRegion) -> Region<'tcx> + 'a),
    pub types: &'a mut (dyn FnMut(BoundTy) -> Ty<'tcx> + 'a),
    pub consts: &'a mut (dyn FnMut(BoundVar) -> Const<'tcx> + 'a),
}

impl<'tcx> BoundVarReplacerDelegate<'tcx> for FnMutDelegate<'_, 'tcx> {
    fn replace_region(&mut self, br: BoundRegion) -> Region<'tcx> {
        (self.regions)(br)
    }
    fn replace_ty(&mut self, bt: BoundTy) -> Ty<'tcx> {
        (self.types)(bt)
    }
    fn replace_const(&mut self, bc: BoundVar) -> Const<'tcx> {
        (self.consts)(bc)
    }
}

struct BoundVarReplacer<'tcx, D> {
    cx: Interner<'tcx>,
    current: DebruijnIndex,
    delegate: D,
}

impl<'tcx, D: BoundVarReplacerDelegate<'tcx>> TypeFolder<'tcx> for BoundVarReplacer<'tcx, D> {
    fn cx(&self) -> Interner<'tcx> {
        self.cx
    }
    fn fold_binder<T: TypeFoldable<'tcx>>(&mut self, t: Binder<'tcx, T>) -> Binder<'tcx, T> {
        self.current.shift_in(1);
        let t = t.super_fold_with(self);
        self.current.shift_out(1);
        t
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        match r.kind() {
            RegionKind::ReBound(d, br) if d == self.current => {
                let region = self.delegate.replace_region(br);
                shift_region(self.cx, region, self.current.as_u32())
            }
            RegionKind::ReBound(d, br) if d > self.current => {
                self.cx.mk_region(RegionKind::ReBound(d.shifted_out(1), br))
            }
            _ => r,
        }
    }
    fn fold_ty(&mut self, ty: Ty<'tcx>) -> Ty<'tcx> {
        match *ty.kind() {
            TyKind::Bound(d, bt) if d == self.current => {
                let ty = self.delegate.replace_ty(bt);
                shift_vars(self.cx, ty, self.current.as_u32())
            }
            TyKind::Bound(d, bt) if d > self.current => self.cx.mk_ty(TyKind::Bound(d.shifted_out(1), bt)),
            _ if ty.outer_exclusive_binder() > self.current => ty.super_fold_with(self),
            _ => ty,
        }
    }
    fn fold_const(&mut self, ct: Const<'tcx>) -> Const<'tcx> {
        match ct.kind() {
            ConstKind::Bound(d, bc) if d == self.current => {
                let ct = self.delegate.replace_const(bc);
                shift_vars(self.cx, ct, self.current.as_u32())
            }
            ConstKind::Bound(d, bc) if d > self.current => self.cx.mk_const(ConstKind::Bound(d.shifted_out(1), bc)),
            _ if ct.outer_exclusive_binder() > self.current => ct.super_fold_with(self),
            _ => ct,
        }
    }
    fn fold_predicate(&mut self, p: Predicate<'tcx>) -> Predicate<'tcx> {
        if p.outer_exclusive_binder() > self.current { p.super_fold_with(self) } else { p }
    }
}

struct RegionFolder<'tcx, F> {
    cx: Interner<'tcx>,
    current: DebruijnIndex,
    f: F,
}

impl<'tcx, F: FnMut(Region<'tcx>, DebruijnIndex) -> Region<'tcx>> TypeFolder<'tcx> for RegionFolder<'tcx, F> {
    fn cx(&self) -> Interner<'tcx> {
        self.cx
    }
    fn fold_binder<T: TypeFoldable<'tcx>>(&mut self, t: Binder<'tcx, T>) -> Binder<'tcx, T> {
        self.current.shift_in(1);
        let t = t.super_fold_with(self);
        self.current.shift_out(1);
        t
    }
    fn fold_ty(&mut self, ty: Ty<'tcx>) -> Ty<'tcx> {
        let regions = TypeFlags::HAS_FREE_REGIONS | TypeFlags::HAS_RE_BOUND | TypeFlags::HAS_RE_ERASED;
        if ty.flags().intersects(regions) { ty.super_fold_with(self) } else { ty }
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        match r.kind() {
            RegionKind::ReBound(d, _) if d < self.current => r,
            _ => (self.f)(r, self.current),
        }
    }
}

struct RegionEraser<'tcx> {
    cx: Interner<'tcx>,
}

impl<'tcx> TypeFolder<'tcx> for RegionEraser<'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        self.cx
    }
    fn fold_ty(&mut self, ty: Ty<'tcx>) -> Ty<'tcx> {
        if ty.has_erasable_regions() { ty.super_fold_with(self) } else { ty }
    }
    fn fold_const(&mut self, ct: Const<'tcx>) -> Const<'tcx> {
        if ct.has_erasable_regions() { ct.super_fold_with(self) } else { ct }
    }
    fn fold_binder<T: TypeFoldable<'tcx>>(&mut self, t: Binder<'tcx, T>) -> Binder<'tcx, T> {
        // Equal up to the names of bound regions must become the same.
        let t = self.cx.anonymize_bound_vars(t);
        t.super_fold_with(self)
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        match r.kind() {
            RegionKind::ReBound(..) => r,
            _ => self.cx.lifetimes().re_erased,
        }
    }
}

impl<'tcx> Interner<'tcx> {
    /// Replaces the variables of the outermost binder.
    pub fn replace_escaping_bound_vars<T: TypeFoldable<'tcx>>(
        self,
        value: T,
        delegate: impl BoundVarReplacerDelegate<'tcx>,
    ) -> T {
        value.fold_with(&mut BoundVarReplacer { cx: self, current: INNERMOST, delegate })
    }
    /// Opens a binder whose variables are all regions, by a function.
    pub fn instantiate_bound_regions<T: TypeFoldable<'tcx>>(
        self,
        value: Binder<'tcx, T>,
        mut f: impl FnMut(BoundRegion) -> Region<'tcx>,
    ) -> T {
        self.replace_escaping_bound_vars(
            value.skip_binder(),
            FnMutDelegate {
                regions: &mut f,
                types: &mut |t| panic!("bound type {t:?} where only regions are"),
                consts: &mut |c| panic!("bound constant {c:?} where only regions are"),
            },
        )
    }
    /// Opens a binder with all regions erased.
    pub fn instantiate_bound_regions_with_erased<T: TypeFoldable<'tcx>>(self, value: Binder<'tcx, T>) -> T {
        self.instantiate_bound_regions(value, |_| self.lifetimes().re_erased)
    }
    /// Gives bound variables numbers in order of appearance and no names, so that binders equal but for names
    /// become the same.
    pub fn anonymize_bound_vars<T: TypeFoldable<'tcx>>(self, value: Binder<'tcx, T>) -> Binder<'tcx, T> {
        use crate::{BoundRegionKind, BoundTyKind, BoundVariableKind};
        struct Anonymize<'a, 'tcx> {
            cx: Interner<'tcx>,
            map: &'a mut span::FxIndexMap<BoundVar, BoundVariableKind>,
        }
        impl Anonymize<'_, '_> {
            fn var(&mut self, var: BoundVar, kind: BoundVariableKind) -> BoundVar {
                let entry = self.map.entry(var);
                let index = BoundVar::from_usize(entry.index());
                entry.or_insert(kind);
                index
            }
        }
        impl<'tcx> BoundVarReplacerDelegate<'tcx> for Anonymize<'_, 'tcx> {
            fn replace_region(&mut self, br: BoundRegion) -> Region<'tcx> {
                let var = self.var(br.var, BoundVariableKind::Region(BoundRegionKind::Anon));
                self.cx.mk_region(RegionKind::ReBound(INNERMOST, BoundRegion { var, kind: BoundRegionKind::Anon }))
            }
            fn replace_ty(&mut self, bt: BoundTy) -> Ty<'tcx> {
                let var = self.var(bt.var, BoundVariableKind::Ty(BoundTyKind::Anon));
                self.cx.mk_ty(TyKind::Bound(INNERMOST, BoundTy { var, kind: BoundTyKind::Anon }))
            }
            fn replace_const(&mut self, bc: BoundVar) -> Const<'tcx> {
                let var = self.var(bc, BoundVariableKind::Const);
                self.cx.mk_const(ConstKind::Bound(INNERMOST, var))
            }
        }
        let mut map = Default::default();
        let inner = self.replace_escaping_bound_vars(value.skip_binder(), Anonymize { cx: self, map: &mut map });
        let vars: Vec<_> = map.into_values().collect();
        Binder::bind_with_vars(inner, self.mk_bound_variable_kinds(&vars))
    }
    /// Maps all regions that are not bound inside the value; the function is told how deep the region stands.
    pub fn fold_regions<T: TypeFoldable<'tcx>>(
        self,
        value: T,
        f: impl FnMut(Region<'tcx>, DebruijnIndex) -> Region<'tcx>,
    ) -> T {
        value.fold_with(&mut RegionFolder { cx: self, current: INNERMOST, f })
    }
    /// Erases all free regions and the names of bound ones.
    pub fn erase_regions<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(self, value: T) -> T {
        if !value.has_erasable_regions() {
            return value;
        }
        value.fold_with(&mut RegionEraser { cx: self })
    }
    /// As [`Interner::erase_regions`] (rustc's newer name).
    pub fn erase_and_anonymize_regions<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(self, value: T) -> T {
        self.erase_regions(value)
    }
    /// Moves escaping bound variables `amount` binders in.
    pub fn shift_bound_var_indices<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(self, value: T, amount: u32) -> T {
        shift_vars(self, value, amount)
    }
}
