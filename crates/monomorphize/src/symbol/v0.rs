//! The v0 mangling of paths, types and constants.

use hir::def::DefKind;
use hir::definitions::DefPathData;
use query::TyCtxt;
use rustc_abi::ExternAbi;
use span::def_id::{CrateNum, DefId};
use span::{FxHashMap, Symbol};
use ty::visit::TypeVisitableExt;
use ty::{
    Binder, Const, ConstKind, ExistentialPredicate, FloatTy, GenericArg, GenericArgKind, GenericArgsRef, Instance,
    InstanceKind, IntTy, Mutability, PatternKind, Region, RegionKind, ShimReason, Ty, TyKind, TypingEnv, UintTy,
    ValTree, Value,
};

use super::punycode;

/// The symbol of an instance. `instantiating` is appended to those that several crates may make.
///
/// `instantiating` says by the name so far which crate made the instance, if several may.
pub(super) fn mangle<'tcx>(
    tcx: TyCtxt<'tcx>,
    instance: Instance<'tcx>,
    instantiating: impl FnOnce(&str) -> Option<CrateNum>,
) -> String {
    let mut m = Mangler {
        tcx,
        out: String::from("_R"),
        binders: Vec::new(),
        paths: FxHashMap::default(),
        types: FxHashMap::default(),
        consts: FxHashMap::default(),
    };
    let def_id = instance.def_id();
    // Drop glue and the like of a type have no path of their own: the type is in the arguments.
    let args = tcx.normalize_erasing_regions(TypingEnv::fully_monomorphized(), instance.args);
    let shim = match instance.def {
        InstanceKind::ThreadLocalShim(_) => Some("tls"),
        InstanceKind::VTableShim(_) => Some("vtable"),
        InstanceKind::ReifyShim(_, None) => Some("reify"),
        InstanceKind::ReifyShim(_, Some(ShimReason::FnPtr)) => Some("reify_fnptr"),
        InstanceKind::ReifyShim(_, Some(ShimReason::VTable)) => Some("reify_vtable"),
        InstanceKind::FnPtrShim(..) => Some("fnptr"),
        InstanceKind::FnPtrAddrShim(..) => Some("fnptr_addr"),
        InstanceKind::ClosureOnceShim { .. } => Some("once"),
        InstanceKind::CloneShim(..) => Some("clone"),
        InstanceKind::CoroutineKindShim { .. } => Some("by_move_body"),
        InstanceKind::ConstructCoroutineInClosureShim { receiver_by_ref: true, .. } => Some("by_move"),
        InstanceKind::ConstructCoroutineInClosureShim { receiver_by_ref: false, .. } => Some("by_ref"),
        _ => None,
    };
    match shim {
        Some(name) => m.nested(def_id, args, 'S', 0, name),
        None => m.path(def_id, args),
    }
    if let Some(krate) = instantiating(&m.out) {
        m.path(krate.as_def_id(), ty::List::empty());
    }
    m.out
}

struct Mangler<'tcx> {
    tcx: TyCtxt<'tcx>,
    out: String,
    /// How many lifetimes each enclosing binder binds, outermost first.
    binders: Vec<u32>,
    paths: FxHashMap<(DefId, GenericArgsRef<'tcx>), usize>,
    types: FxHashMap<Ty<'tcx>, usize>,
    consts: FxHashMap<Const<'tcx>, usize>,
}

impl<'tcx> Mangler<'tcx> {
    fn push(&mut self, s: &str) {
        self.out.push_str(s);
    }

    /// A base 62 number with its `_`: 0 is `_`, n is n-1 in digits.
    fn integer_62(&mut self, n: u64) {
        if let Some(mut n) = n.checked_sub(1) {
            const DIGITS: &[u8; 62] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
            let mut digits = Vec::new();
            loop {
                digits.push(char::from(DIGITS[(n % 62) as usize]));
                n /= 62;
                if n == 0 {
                    break;
                }
            }
            self.out.extend(digits.into_iter().rev());
        }
        self.push("_");
    }

    /// A number that is left out if 0.
    fn opt_integer_62(&mut self, tag: &str, n: u64) {
        if let Some(n) = n.checked_sub(1) {
            self.push(tag);
            self.integer_62(n);
        }
    }

    fn disambiguator(&mut self, n: u64) {
        self.opt_integer_62("s", n);
    }

    fn ident(&mut self, ident: &str) {
        let encoded;
        let ident = if ident.is_ascii() {
            ident
        } else {
            encoded = punycode::encode(ident).unwrap_or_default();
            self.push("u");
            &encoded
        };
        self.push(&ident.len().to_string());
        if ident.starts_with(|c: char| c == '_' || c.is_ascii_digit()) {
            self.push("_");
        }
        self.push(ident);
    }

    fn back_reference(&mut self, at: usize) {
        self.push("B");
        // Positions count from behind `_R`.
        self.integer_62((at - 2) as u64);
    }

    // --- Paths ---

    /// A definition with its arguments.
    fn path(&mut self, def_id: DefId, args: GenericArgsRef<'tcx>) {
        if let Some(&at) = self.paths.get(&(def_id, args)) {
            return self.back_reference(at);
        }
        let start = self.out.len();
        self.path_uncached(def_id, args);
        // What is shorter than a reference is not referred to.
        if self.out.len() - start > 1 {
            self.paths.insert((def_id, args), start);
        }
    }

    fn path_uncached(&mut self, def_id: DefId, args: GenericArgsRef<'tcx>) {
        let tcx = self.tcx;
        if def_id.is_crate_root() {
            self.push("C");
            self.disambiguator(tcx.stable_crate_id(def_id.krate).0);
            let name = tcx.crate_name(def_id.krate);
            return self.ident(name.as_str());
        }
        let key = tcx.def_key(def_id);
        let step = key.disambiguated_data;
        if step.data == DefPathData::Impl {
            return self.impl_path(def_id, args);
        }
        // A path in an `extern` block is one in the module around it.
        if step.data == DefPathData::ForeignMod {
            return self.path(tcx.parent(def_id), args);
        }
        let generics = has_generics(tcx, def_id).then(|| tcx.generics_of(def_id));
        if let Some(generics) = generics {
            let parent_count = generics.parent_count.min(args.len());
            let own = &args[parent_count..(parent_count + generics.own_params.len()).min(args.len())];
            let own_visible = own.iter().any(|a| !is_erased_region(*a));
            // Closures list parents' arguments and types of their own, which are not written by users.
            let is_closure = tcx.is_closure_like(def_id);
            if own_visible && !is_closure {
                self.push("I");
                let ns = namespace(step.data);
                let parent_args = args.truncate_to(*tcx, parent_count);
                self.step(def_id, parent_args, ns, u64::from(step.disambiguator), name_of(tcx, def_id, step.data));
                for arg in own.iter().filter(|a| !is_erased_region(**a)) {
                    self.arg(*arg);
                }
                return self.push("E");
            }
        }
        self.step(def_id, args, namespace(step.data), u64::from(step.disambiguator), name_of(tcx, def_id, step.data));
    }

    /// The last step of a path, behind its parent.
    fn step(&mut self, def_id: DefId, args: GenericArgsRef<'tcx>, ns: char, disambiguator: u64, name: Symbol) {
        let tcx = self.tcx;
        let parent = tcx.parent(def_id);
        self.push("N");
        self.out.push(ns);
        // An item inside of a function has none of the function's arguments.
        let args = match has_generics(tcx, def_id) {
            true => args.truncate_to(*tcx, tcx.generics_of(def_id).parent_count.min(args.len())),
            false => args,
        };
        // `<T as Trait>::item`: the trait's first argument is the type.
        let parent_is_trait = matches!(tcx.def_kind(parent), DefKind::Trait);
        if parent_is_trait && !args.is_empty() {
            let trait_args = args.truncate_to(*tcx, tcx.generics_of(parent).count());
            self.push("Y");
            self.ty(trait_args.type_at(0));
            self.path(parent, trait_args_without_self(tcx, trait_args));
        } else {
            let parent_args = parent_args(tcx, parent, args);
            self.path(parent, parent_args);
        }
        self.disambiguator(disambiguator);
        self.ident(name.as_str());
    }

    /// A made-up step behind a definition.
    fn nested(&mut self, def_id: DefId, args: GenericArgsRef<'tcx>, ns: char, disambiguator: u64, name: &str) {
        self.push("N");
        self.out.push(ns);
        self.path(def_id, args);
        self.disambiguator(disambiguator);
        self.ident(name);
    }

    fn impl_path(&mut self, impl_def_id: DefId, args: GenericArgsRef<'tcx>) {
        let tcx = self.tcx;
        let key = tcx.def_key(impl_def_id);
        let count = tcx.generics_of(impl_def_id).count();
        let self_ty = tcx.type_of(impl_def_id);
        let trait_ref = tcx.impl_opt_trait_ref(impl_def_id);
        // An item inside of a method has none of the impl's arguments.
        let (self_ty, trait_ref) = if count > args.len() {
            (self_ty.skip_binder(), trait_ref.map(|t| t.skip_binder()))
        } else {
            let env = TypingEnv::fully_monomorphized();
            let args = args.truncate_to(*tcx, count);
            let self_ty = tcx.instantiate_and_normalize_erasing_regions(args, env, self_ty);
            (self_ty, trait_ref.map(|t| tcx.instantiate_and_normalize_erasing_regions(args, env, t)))
        };
        self.push(if trait_ref.is_some() { "X" } else { "M" });
        self.disambiguator(u64::from(key.disambiguated_data.disambiguator));
        self.path(tcx.parent(impl_def_id), ty::List::empty());
        self.ty(tcx.erase_regions(self_ty));
        if let Some(t) = trait_ref {
            let t = tcx.erase_regions(t);
            self.path(t.def_id, trait_args_without_self(tcx, t.args));
        }
    }

    fn arg(&mut self, arg: GenericArg<'tcx>) {
        match arg.kind() {
            GenericArgKind::Lifetime(r) => self.region(r),
            GenericArgKind::Type(t) => self.ty(t),
            GenericArgKind::Const(c) => {
                self.push("K");
                self.konst(c);
            }
        }
    }

    fn region(&mut self, region: Region<'tcx>) {
        match region.kind() {
            // An erased lifetime is 0; a bound one counts binders from the inside, and in them from the end.
            RegionKind::ReBound(debruijn, br) => {
                let depth = self.binders.len() - 1 - debruijn.index().min(self.binders.len() - 1);
                let inner: u32 = self.binders[depth..].iter().sum();
                let index = inner.saturating_sub(br.var.as_u32());
                self.push("L");
                self.integer_62(u64::from(index));
            }
            _ => self.push("L_"),
        }
    }

    fn in_binder<T>(&mut self, binder: Binder<'tcx, T>, f: impl FnOnce(&mut Self, T)) {
        let lifetimes = binder.bound_vars().len() as u32;
        self.opt_integer_62("G", u64::from(lifetimes));
        self.binders.push(lifetimes);
        f(self, binder.skip_binder());
        self.binders.pop();
    }

    // --- Types ---

    fn ty(&mut self, ty: Ty<'tcx>) {
        if let Some(basic) = basic_type(ty) {
            return self.push(basic);
        }
        if let Some(&at) = self.types.get(&ty) {
            return self.back_reference(at);
        }
        let start = self.out.len();
        self.ty_uncached(ty);
        // A type under a binder reads differently outside of it.
        if !ty.has_escaping_bound_vars() {
            self.types.insert(ty, start);
        }
    }

    fn ty_uncached(&mut self, ty: Ty<'tcx>) {
        match *ty.kind() {
            TyKind::Ref(r, inner, m) => {
                self.push(if m == Mutability::Mut { "Q" } else { "R" });
                if !matches!(r.kind(), RegionKind::ReErased | RegionKind::ReStatic) {
                    self.region(r);
                }
                self.ty(inner);
            }
            TyKind::RawPtr(inner, m) => {
                self.push(if m == Mutability::Mut { "O" } else { "P" });
                self.ty(inner);
            }
            TyKind::Array(inner, len) => {
                self.push("A");
                self.ty(inner);
                self.konst(len);
            }
            TyKind::Slice(inner) => {
                self.push("S");
                self.ty(inner);
            }
            TyKind::Pat(inner, pat) => {
                self.push("W");
                self.ty(inner);
                self.pattern(*pat);
            }
            TyKind::Tuple(fields) => {
                self.push("T");
                for t in fields {
                    self.ty(t);
                }
                self.push("E");
            }
            TyKind::Adt(adt, args) => self.path(adt.did(), args),
            // An async closure has two coroutines of one definition.
            TyKind::Coroutine(def_id, args) if self.tcx.coroutine_is_by_move(def_id, args) => {
                self.nested(def_id, args, 'S', 0, "by_move_body");
            }
            TyKind::FnDef(def_id, args)
            | TyKind::Closure(def_id, args)
            | TyKind::CoroutineClosure(def_id, args)
            | TyKind::Coroutine(def_id, args)
            | TyKind::CoroutineWitness(def_id, args) => self.path(def_id, args),
            TyKind::Alias(_, alias) => self.path(alias.def_id, alias.args),
            TyKind::Foreign(def_id) => self.path(def_id, ty::List::empty()),
            TyKind::FnPtr(sig) => {
                self.push("F");
                self.in_binder(sig, |m, sig| {
                    if sig.safety == hir::Safety::Unsafe {
                        m.push("U");
                    }
                    match sig.abi {
                        ExternAbi::Rust => {}
                        ExternAbi::C { unwind: false } => m.push("KC"),
                        abi => {
                            m.push("K");
                            m.ident(&abi.as_str().replace('-', "_"));
                        }
                    }
                    for &t in sig.inputs() {
                        m.ty(t);
                    }
                    if sig.c_variadic {
                        m.push("v");
                    }
                    m.push("E");
                    m.ty(sig.output());
                });
            }
            TyKind::Dynamic(preds, region) => {
                self.push("D");
                self.dyn_bounds(preds);
                self.region(region);
            }
            TyKind::UnsafeBinder(inner) => {
                self.push("U");
                self.in_binder(inner, |m, t| m.ty(t));
            }
            // Parameters stand in symbols of items inside of generic ones.
            _ => self.push("p"),
        }
    }

    fn dyn_bounds(&mut self, preds: ty::PolyExistentialPredicates<'tcx>) {
        // One binder for all: the principal's.
        let Some(first) = preds.iter().next() else {
            self.push("E");
            return;
        };
        self.in_binder(first, |m, _| {
            for p in preds {
                match p.skip_binder() {
                    ExistentialPredicate::Trait(t) => m.path_with_hidden_self(t.def_id, t.args),
                    ExistentialPredicate::Projection(p) => {
                        let name = m.tcx.item_name(p.def_id);
                        m.push("p");
                        m.ident(name.as_str());
                        match p.term.kind() {
                            ty::TermKind::Ty(t) => m.ty(t),
                            ty::TermKind::Const(c) => {
                                m.push("K");
                                m.konst(c);
                            }
                        }
                    }
                    ExistentialPredicate::AutoTrait(def_id) => m.path(def_id, ty::List::empty()),
                }
            }
        });
        self.push("E");
    }

    /// A trait whose arguments are given without `Self`.
    fn path_with_hidden_self(&mut self, def_id: DefId, args: GenericArgsRef<'tcx>) {
        if args.iter().all(is_erased_region) {
            return self.path(def_id, ty::List::empty());
        }
        self.push("I");
        self.path(def_id, ty::List::empty());
        for arg in args {
            self.arg(arg);
        }
        self.push("E");
    }

    fn pattern(&mut self, pattern: PatternKind<'tcx>) {
        match pattern {
            PatternKind::Range { start, end } => {
                self.push("R");
                self.konst(start);
                self.konst(end);
            }
            PatternKind::Or(pats) => {
                self.push("O");
                for p in pats {
                    self.pattern(*p);
                }
                self.push("E");
            }
            PatternKind::NotNull => self.push("N"),
        }
    }

    // --- Constants ---

    fn konst(&mut self, c: Const<'tcx>) {
        let value = match c.kind() {
            ConstKind::Value(v) => v,
            ConstKind::Unevaluated(u) => return self.path(u.def, u.args),
            _ => return self.push("p"),
        };
        if let Some(&at) = self.consts.get(&c) {
            return self.back_reference(at);
        }
        let start = self.out.len();
        self.value(value);
        self.consts.insert(c, start);
    }

    fn value(&mut self, value: Value<'tcx>) {
        let tcx = self.tcx;
        match *value.ty.kind() {
            TyKind::Uint(_) | TyKind::Int(_) | TyKind::Bool | TyKind::Char => {
                let ValTree::Leaf(scalar) = value.valtree else { return self.push("p") };
                self.push(basic_type(value.ty).unwrap_or("p"));
                let mut bits = scalar.to_uint();
                if matches!(value.ty.kind(), TyKind::Int(_)) && scalar.to_int() < 0 {
                    self.push("n");
                    bits = scalar.to_int().unsigned_abs();
                }
                self.push(&format!("{bits:x}_"));
            }
            TyKind::Str => {
                self.push("e");
                let bytes: Vec<u8> = match value.valtree {
                    ValTree::Branch(b) => {
                        b.iter().map(|v| v.try_to_scalar_int().map_or(0, |s| s.to_uint() as u8)).collect()
                    }
                    ValTree::Leaf(_) => Vec::new(),
                };
                let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
                self.push(&hex);
                self.push("_");
            }
            TyKind::Ref(_, inner, m) => {
                // `&str` is written as `str`.
                if !(matches!(inner.kind(), TyKind::Str) && m == Mutability::Not) {
                    self.push(if m == Mutability::Mut { "Q" } else { "R" });
                }
                self.value(Value { ty: inner, valtree: value.valtree });
            }
            TyKind::Array(inner, _) | TyKind::Slice(inner) => {
                self.push("A");
                self.elements(value.valtree, |_| inner);
                self.push("E");
            }
            TyKind::Tuple(tys) => {
                self.push("T");
                self.elements(value.valtree, |i| tys[i]);
                self.push("E");
            }
            TyKind::Adt(def, args) => {
                let ValTree::Branch(parts) = value.valtree else { return self.push("p") };
                let (variant, fields): (_, Vec<ValTree<'tcx>>) = if def.is_enum() {
                    let index = parts.iter().next().and_then(ValTree::try_to_scalar_int).map_or(0, |s| s.to_uint());
                    (def.variant(ty::VariantIdx::from_usize(index as usize)), parts.iter().skip(1).collect())
                } else {
                    (def.non_enum_variant(), parts.iter().collect())
                };
                self.push("V");
                self.path(variant.def_id, args);
                match variant.ctor_kind() {
                    Some(hir::def::CtorKind::Const) => self.push("U"),
                    Some(hir::def::CtorKind::Fn) => {
                        self.push("T");
                        for (f, v) in variant.fields.iter().zip(fields) {
                            let ty = tcx.field_ty(f, args);
                            self.value(Value { ty, valtree: v });
                        }
                        self.push("E");
                    }
                    None => {
                        self.push("S");
                        for (f, v) in variant.fields.iter().zip(fields) {
                            let step = tcx.def_key(f.did).disambiguated_data;
                            self.disambiguator(u64::from(step.disambiguator));
                            self.ident(f.name.as_str());
                            let ty = tcx.field_ty(f, args);
                            self.value(Value { ty, valtree: v });
                        }
                        self.push("E");
                    }
                }
            }
            _ => self.push("p"),
        }
    }

    fn elements(&mut self, tree: ValTree<'tcx>, ty_of: impl Fn(usize) -> Ty<'tcx>) {
        if let ValTree::Branch(parts) = tree {
            for (i, v) in parts.iter().enumerate() {
                self.value(Value { ty: ty_of(i), valtree: v });
            }
        }
    }
}

fn is_erased_region(arg: GenericArg<'_>) -> bool {
    matches!(arg.kind(), GenericArgKind::Lifetime(r) if !matches!(r.kind(), RegionKind::ReBound(..)))
}

fn has_generics(tcx: TyCtxt<'_>, def_id: DefId) -> bool {
    !matches!(
        tcx.def_kind(def_id),
        DefKind::Mod | DefKind::ForeignMod | DefKind::Use | DefKind::ExternCrate | DefKind::Macro(_)
    )
}

/// The arguments of the path around an item: those that its generics know.
fn parent_args<'tcx>(tcx: TyCtxt<'tcx>, parent: DefId, args: GenericArgsRef<'tcx>) -> GenericArgsRef<'tcx> {
    if !has_generics(tcx, parent) {
        return ty::List::empty();
    }
    let count = tcx.generics_of(parent).count();
    args.truncate_to(*tcx, count.min(args.len()))
}

/// A trait's arguments as a path writes them: `Self` is apart.
///
/// The result only serves to be written; `Self` becomes an erased region, which is not.
fn trait_args_without_self<'tcx>(tcx: TyCtxt<'tcx>, args: GenericArgsRef<'tcx>) -> GenericArgsRef<'tcx> {
    let erased = tcx.lifetimes().re_erased.into();
    let args: Vec<GenericArg<'tcx>> = args.iter().enumerate().map(|(i, a)| if i == 0 { erased } else { a }).collect();
    tcx.mk_args(&args)
}

fn name_of(tcx: TyCtxt<'_>, def_id: DefId, data: DefPathData) -> Symbol {
    match data {
        DefPathData::Closure | DefPathData::AnonConst | DefPathData::LateAnonConst | DefPathData::Ctor => {
            Symbol::intern("")
        }
        _ => tcx.opt_item_name(def_id).unwrap_or_else(|| Symbol::intern("")),
    }
}

/// Lower case is for what users name, upper case for what they do not.
fn namespace(data: DefPathData) -> char {
    match data {
        DefPathData::TypeNs(_) => 't',
        DefPathData::ValueNs(_) => 'v',
        DefPathData::MacroNs(_) => 'm',
        DefPathData::LifetimeNs(_) => 'l',
        DefPathData::Closure => 'C',
        DefPathData::Ctor => 'c',
        DefPathData::AnonConst | DefPathData::LateAnonConst => 'k',
        DefPathData::OpaqueTy => 'i',
        DefPathData::SyntheticCoroutineBody => 's',
        DefPathData::NestedStatic => 'n',
        DefPathData::GlobalAsm => 'a',
        _ => 't',
    }
}

fn basic_type(ty: Ty<'_>) -> Option<&'static str> {
    Some(match ty.kind() {
        TyKind::Bool => "b",
        TyKind::Char => "c",
        TyKind::Str => "e",
        TyKind::Int(IntTy::I8) => "a",
        TyKind::Int(IntTy::I16) => "s",
        TyKind::Int(IntTy::I32) => "l",
        TyKind::Int(IntTy::I64) => "x",
        TyKind::Int(IntTy::I128) => "n",
        TyKind::Int(IntTy::Isize) => "i",
        TyKind::Uint(UintTy::U8) => "h",
        TyKind::Uint(UintTy::U16) => "t",
        TyKind::Uint(UintTy::U32) => "m",
        TyKind::Uint(UintTy::U64) => "y",
        TyKind::Uint(UintTy::U128) => "o",
        TyKind::Uint(UintTy::Usize) => "j",
        TyKind::Float(FloatTy::F16) => "C3f16",
        TyKind::Float(FloatTy::F32) => "f",
        TyKind::Float(FloatTy::F64) => "d",
        TyKind::Float(FloatTy::F128) => "C4f128",
        TyKind::Never => "z",
        TyKind::Tuple(t) if t.is_empty() => "u",
        TyKind::Param(_) | TyKind::Bound(..) | TyKind::Placeholder(_) | TyKind::Infer(_) | TyKind::Error(_) => "p",
        _ => return None,
    })
}
