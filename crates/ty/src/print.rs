//! Printing types as diagnostics show them: `Display` of [`Ty`] and friends, in rustc's format.
//!
//! Names of definitions come from [`DefPrinter`], which the owner of the queries (`TyCtxt`) sets for its
//! lifetime; without one (unit tests) definitions print as ids.

use std::cell::Cell;
use std::fmt::{self, Display, Write};

use span::Symbol;
use span::def_id::DefId;

use crate::{
    AliasTerm, AliasTyKind, Binder, BoundRegionKind, BoundTyKind, Clause, ClauseKind, Const, ConstKind,
    ExistentialPredicate, FnSig, GenericArg, GenericArgsRef, InferConst, InferTy, Instance, InstanceKind,
    LateParamRegionKind, Mutability, PolyExistentialPredicates, PolyFnSig, Predicate, PredicateKind, PredicatePolarity,
    Region, RegionKind, Term, TraitPredicate, TraitRef, Ty, TyKind, ValTree,
};

/// Names definitions.
pub trait DefPrinter {
    /// The path of a definition as diagnostics show it (`std::vec::Vec`, `Foo` for local ones trimmed), with
    /// generic arguments in angle brackets where the path takes them.
    fn path_with_args(&self, def_id: DefId, args: &[GenericArg<'_>]) -> String;
    /// The path in expressions: arguments after `::`.
    fn value_path_with_args(&self, def_id: DefId, args: &[GenericArg<'_>]) -> String;
    /// The name of a definition.
    fn name(&self, def_id: DefId) -> Symbol;
    /// An opaque type: `impl Trait + 'a`.
    fn opaque(&self, def_id: DefId, args: &[GenericArg<'_>]) -> String;
    /// `{closure@file:line:col: line:col}`
    fn closure(&self, def_id: DefId, what: &str) -> String;
    /// The sugar of `dyn Fn(A) -> B` and the trait's own arguments without defaults, for a trait of a `dyn` type;
    /// `projections` are the associated types.
    fn dyn_trait(&self, def_id: DefId, args: &[GenericArg<'_>], projections: &[(Symbol, String)]) -> String;
    /// The signature of a function item, as of its pointer.
    fn fn_def_sig(&self, _def_id: DefId, _args: &[GenericArg<'_>]) -> Option<String> {
        None
    }
    /// Whether the trait is written `Fn(A)`.
    fn has_paren_sugar(&self, _def_id: DefId) -> bool {
        false
    }
    /// Whether regions are printed in full (`-Zverbose-internals`).
    fn verbose(&self) -> bool {
        false
    }
}

thread_local! {
    static PRINTER: Cell<Option<*const dyn DefPrinter>> = const { Cell::new(None) };
    static NO_REGIONS: Cell<bool> = const { Cell::new(false) };
}

/// Runs `f` with `printer` naming definitions.
pub fn with_def_printer<R>(printer: &dyn DefPrinter, f: impl FnOnce() -> R) -> R {
    struct Reset(Option<*const dyn DefPrinter>);
    impl Drop for Reset {
        fn drop(&mut self) {
            PRINTER.set(self.0);
        }
    }
    let ptr: *const (dyn DefPrinter + '_) = printer;
    // SAFETY: only the lifetime is changed; the pointer is reset before `printer` ends.
    let ptr: *const (dyn DefPrinter + 'static) = unsafe { std::mem::transmute(ptr) };
    let _reset = Reset(PRINTER.replace(Some(ptr)));
    f()
}

fn with_printer<R>(f: impl FnOnce(&dyn DefPrinter) -> R, or: impl FnOnce() -> R) -> R {
    match PRINTER.get() {
        // SAFETY: set only while the printer lives (see `with_def_printer`).
        Some(ptr) => f(unsafe { &*ptr }),
        None => or(),
    }
}

/// The path of a definition.
pub fn def_path_str(def_id: DefId) -> String {
    with_printer(|p| p.path_with_args(def_id, &[]), || format!("{def_id:?}"))
}

/// `{closure@file:line:col: line:col}`; `what` is the word before the place.
pub fn closure_str(def_id: DefId, what: &str) -> String {
    with_printer(|p| p.closure(def_id, what), || format!("{{{what} {def_id:?}}}"))
}

/// The path of a definition with arguments.
pub fn def_path_str_with_args(def_id: DefId, args: &[GenericArg<'_>]) -> String {
    with_printer(|p| p.path_with_args(def_id, args), || format!("{def_id:?}{args:?}"))
}

/// The path of a definition in expressions, with arguments after `::`.
pub fn value_path_str_with_args(def_id: DefId, args: &[GenericArg<'_>]) -> String {
    with_printer(|p| p.value_path_with_args(def_id, args), || format!("{def_id:?}{args:?}"))
}

fn name(def_id: DefId) -> String {
    with_printer(|p| p.name(def_id).to_string(), || format!("{def_id:?}"))
}

thread_local! {
    static HIGHLIGHTED: std::cell::RefCell<Vec<(RegionKind, String)>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// Runs `f` with regions printed under names that an error gives them (`'1`).
pub fn with_highlighted_regions<R>(names: Vec<(Region<'_>, String)>, f: impl FnOnce() -> R) -> R {
    let names = names.into_iter().map(|(r, n)| (r.kind(), n)).collect();
    let old = HIGHLIGHTED.with(|h| h.replace(names));
    let result = f();
    HIGHLIGHTED.with(|h| h.replace(old));
    result
}

thread_local! {
    static HIDDEN: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Runs `f` with regions printed only where they must stand, as `'_`.
pub fn with_hidden_regions<R>(f: impl FnOnce() -> R) -> R {
    let old = HIDDEN.replace(true);
    let result = f();
    HIDDEN.set(old);
    result
}

fn highlighted(r: Region<'_>) -> Option<String> {
    HIGHLIGHTED.with(|h| h.borrow().iter().find(|(k, _)| *k == r.kind()).map(|(_, n)| n.clone()))
}

/// Prints the regions of a reference type only if they have a name.
pub fn region_is_printed(r: Region<'_>) -> bool {
    if highlighted(r).is_some() {
        return true;
    }
    if HIDDEN.get() {
        return false;
    }
    match r.kind() {
        RegionKind::ReEarlyParam(p) => p.is_named(),
        RegionKind::ReBound(_, br) => {
            matches!(br.kind, BoundRegionKind::Named(d) if name(d) != "'_")
        }
        RegionKind::ReLateParam(p) => {
            matches!(p.kind, LateParamRegionKind::Named(d) if name(d) != "'_")
        }
        RegionKind::RePlaceholder(p) => {
            matches!(p.bound.kind, BoundRegionKind::Named(d) if name(d) != "'_")
        }
        RegionKind::ReStatic => true,
        RegionKind::ReVar(_) | RegionKind::ReErased | RegionKind::ReError(_) => false,
    }
}

impl Display for Region<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = highlighted(*self) {
            return f.write_str(&name);
        }
        if HIDDEN.get() {
            return f.write_str("'_");
        }
        match self.kind() {
            RegionKind::ReEarlyParam(p) if p.is_named() => write!(f, "{}", p.name),
            RegionKind::ReBound(_, br) => fmt_bound_region(br.kind, f),
            RegionKind::RePlaceholder(p) => fmt_bound_region(p.bound.kind, f),
            RegionKind::ReLateParam(p) => match p.kind {
                LateParamRegionKind::Named(d) => f.write_str(&name(d)),
                LateParamRegionKind::NamedAnon(_, s) => write!(f, "{s}"),
                _ => f.write_str("'_"),
            },
            RegionKind::ReStatic => f.write_str("'static"),
            RegionKind::ReEarlyParam(_) | RegionKind::ReVar(_) | RegionKind::ReErased | RegionKind::ReError(_) => {
                f.write_str("'_")
            }
        }
    }
}

fn fmt_bound_region(kind: BoundRegionKind, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match kind {
        BoundRegionKind::Named(d) => f.write_str(&name(d)),
        BoundRegionKind::NamedAnon(s) => write!(f, "{s}"),
        BoundRegionKind::Anon | BoundRegionKind::ClosureEnv => f.write_str("'_"),
    }
}

impl fmt::Debug for Region<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind())
    }
}

/// Formats a list with commas.
fn comma<T: Display>(f: &mut impl Write, items: impl IntoIterator<Item = T>) -> fmt::Result {
    for (i, item) in items.into_iter().enumerate() {
        if i > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{item}")?;
    }
    Ok(())
}

impl Display for Ty<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self.kind() {
            TyKind::Bool => f.write_str("bool"),
            TyKind::Char => f.write_str("char"),
            TyKind::Str => f.write_str("str"),
            TyKind::Never => f.write_str("!"),
            TyKind::Int(i) => f.write_str(i.name_str()),
            TyKind::Uint(u) => f.write_str(u.name_str()),
            TyKind::Float(x) => f.write_str(x.name_str()),
            TyKind::Adt(def, args) => f.write_str(&def_path_str_with_args(def.did(), args)),
            TyKind::Foreign(d) => f.write_str(&def_path_str(d)),
            TyKind::Array(t, len) => write!(f, "[{t}; {len}]"),
            TyKind::Slice(t) => write!(f, "[{t}]"),
            TyKind::Pat(t, p) => write!(f, "({t}) is {p:?}"),
            TyKind::RawPtr(t, m) => {
                f.write_str(if m == Mutability::Mut { "*mut " } else { "*const " })?;
                fmt_pointee(t, f)
            }
            TyKind::Ref(r, t, m) => {
                f.write_str("&")?;
                if region_is_printed(r) {
                    write!(f, "{r} ")?;
                }
                f.write_str(if m == Mutability::Mut { "mut " } else { "" })?;
                fmt_pointee(t, f)
            }
            TyKind::FnDef(d, args) => {
                let path = value_path_str_with_args(d, args);
                match with_printer(|p| p.fn_def_sig(d, args), || None) {
                    Some(sig) => write!(f, "{sig} {{{path}}}"),
                    None => f.write_str(&path),
                }
            }
            TyKind::FnPtr(sig) => write!(f, "{sig}"),
            TyKind::UnsafeBinder(b) => {
                f.write_str("unsafe")?;
                fmt_for(b, f)?;
                write!(f, "{}", b.skip_binder())
            }
            TyKind::Dynamic(preds, r) => {
                let printed = region_is_printed(r);
                if printed {
                    f.write_str("(")?;
                }
                f.write_str("dyn ")?;
                fmt_dyn(preds, f)?;
                if printed {
                    write!(f, " + {r})")?;
                }
                Ok(())
            }
            TyKind::Closure(d, _) => {
                f.write_str(&with_printer(|p| p.closure(d, "closure"), || format!("{{closure {d:?}}}")))
            }
            TyKind::CoroutineClosure(d, _) => {
                f.write_str(&with_printer(|p| p.closure(d, "async closure"), || format!("{{async closure {d:?}}}")))
            }
            TyKind::Coroutine(d, _) => {
                f.write_str(&with_printer(|p| p.closure(d, "coroutine"), || format!("{{coroutine {d:?}}}")))
            }
            TyKind::CoroutineWitness(d, _) => {
                f.write_str(&with_printer(|p| p.closure(d, "coroutine witness"), || format!("{{witness {d:?}}}")))
            }
            TyKind::Tuple(tys) => {
                f.write_str("(")?;
                comma(f, tys)?;
                f.write_str(if tys.len() == 1 { ",)" } else { ")" })
            }
            TyKind::Alias(AliasTyKind::Projection | AliasTyKind::Inherent, alias) => {
                fmt_projection(AliasTerm::from(alias), f)
            }
            TyKind::Alias(AliasTyKind::Opaque, a) => {
                f.write_str(&with_printer(|p| p.opaque(a.def_id, a.args), || format!("impl {:?}", a.def_id)))
            }
            TyKind::Alias(AliasTyKind::Free, a) => f.write_str(&def_path_str_with_args(a.def_id, a.args)),
            TyKind::Param(p) => write!(f, "{}", p.name),
            TyKind::Bound(d, b) => match b.kind {
                BoundTyKind::Param(def) => f.write_str(&name(def)),
                BoundTyKind::Anon => write!(f, "^{}_{}", d.as_u32(), b.var.as_u32()),
            },
            TyKind::Placeholder(p) => match p.bound.kind {
                BoundTyKind::Param(def) => f.write_str(&name(def)),
                BoundTyKind::Anon => write!(f, "!{}_{}", p.universe.as_u32(), p.bound.var.as_u32()),
            },
            TyKind::Infer(InferTy::TyVar(_)) => f.write_str("_"),
            TyKind::Infer(InferTy::IntVar(_)) => f.write_str("{integer}"),
            TyKind::Infer(InferTy::FloatVar(_)) => f.write_str("{float}"),
            TyKind::Infer(InferTy::FreshTy(n)) => write!(f, "FreshTy({n})"),
            TyKind::Infer(InferTy::FreshIntTy(n)) => write!(f, "FreshIntTy({n})"),
            TyKind::Infer(InferTy::FreshFloatTy(n)) => write!(f, "FreshFloatTy({n})"),
            TyKind::Error(_) => f.write_str("{type error}"),
        }
    }
}

impl fmt::Debug for Ty<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self.kind() {
            TyKind::Infer(InferTy::TyVar(v)) => write!(f, "{v:?}"),
            TyKind::Infer(InferTy::IntVar(v)) => write!(f, "{v:?}"),
            TyKind::Infer(InferTy::FloatVar(v)) => write!(f, "{v:?}"),
            _ => Display::fmt(self, f),
        }
    }
}

/// After `&` or `*const`, a `dyn A + B` needs parentheses.
fn fmt_pointee(t: Ty<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match *t.kind() {
        TyKind::Dynamic(preds, r) if preds.len() > 1 && !region_is_printed(r) && has_several_traits(preds) => {
            write!(f, "({t})")
        }
        TyKind::Alias(AliasTyKind::Opaque, _) => {
            let text = t.to_string();
            if text.contains(" + ") { write!(f, "({text})") } else { f.write_str(&text) }
        }
        _ => write!(f, "{t}"),
    }
}

fn has_several_traits(preds: PolyExistentialPredicates<'_>) -> bool {
    preds.iter().filter(|p| !matches!(p.skip_binder(), ExistentialPredicate::Projection(_))).count() > 1
}

fn fmt_dyn(preds: PolyExistentialPredicates<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut first = true;
    if let Some(principal) = preds.principal() {
        fmt_for(principal, f)?;
        let projections: Vec<(Symbol, String)> = preds
            .projection_bounds()
            .map(|p| {
                let p = p.skip_binder();
                (with_printer(|pr| pr.name(p.def_id), || span::kw::Empty), p.term.to_string())
            })
            .collect();
        let t = principal.skip_binder();
        let text = with_printer(
            |p| p.dyn_trait(t.def_id, t.args, &projections),
            || format!("{:?}{:?}{:?}", t.def_id, t.args, projections),
        );
        f.write_str(&text)?;
        first = false;
    }
    let mut autos: Vec<String> = preds.auto_traits().map(def_path_str).collect();
    autos.sort();
    for auto in autos {
        if !first {
            f.write_str(" + ")?;
        }
        first = false;
        f.write_str(&auto)?;
    }
    Ok(())
}

/// `for<'a> ` if the binder has named variables.
fn fmt_for<T>(b: Binder<'_, T>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let names: Vec<String> = b
        .bound_vars()
        .iter()
        .filter_map(|v| match v {
            crate::BoundVariableKind::Region(BoundRegionKind::Named(d)) => Some(name(d)).filter(|n| n != "'_"),
            crate::BoundVariableKind::Region(BoundRegionKind::NamedAnon(s)) => Some(s.to_string()),
            crate::BoundVariableKind::Ty(BoundTyKind::Param(d)) => Some(name(d)),
            _ => None,
        })
        .collect();
    if names.is_empty() { Ok(()) } else { write!(f, "for<{}> ", names.join(", ")) }
}

fn fmt_projection(alias: AliasTerm<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let text = with_printer(
        |p| p.path_with_args(alias.def_id, alias.args),
        || format!("<{:?} as _>::{:?}", alias.args.first(), alias.def_id),
    );
    f.write_str(&text)
}

impl Display for FnSig<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.safety == hir::Safety::Unsafe {
            f.write_str("unsafe ")?;
        }
        if self.abi != crate::ExternAbi::Rust {
            write!(f, "extern \"{}\" ", self.abi.as_str())?;
        }
        f.write_str("fn(")?;
        comma(f, self.inputs().iter())?;
        if self.c_variadic {
            f.write_str(if self.inputs().is_empty() { "..." } else { ", ..." })?;
        }
        f.write_str(")")?;
        if !self.output().is_unit() {
            write!(f, " -> {}", self.output())?;
        }
        Ok(())
    }
}

impl Display for PolyFnSig<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_for(*self, f)?;
        Display::fmt(&self.skip_binder(), f)
    }
}

impl Display for Const<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            ConstKind::Param(p) => write!(f, "{}", p.name),
            ConstKind::Infer(InferConst::Var(_)) => f.write_str("_"),
            ConstKind::Infer(InferConst::Fresh(n)) => write!(f, "FreshConst({n})"),
            ConstKind::Bound(d, v) => write!(f, "^{}_{}", d.as_u32(), v.as_u32()),
            ConstKind::Placeholder(p) => write!(f, "!{}_{}", p.universe.as_u32(), p.bound.as_u32()),
            ConstKind::Unevaluated(uv) => f.write_str(&value_path_str_with_args(uv.def, uv.args)),
            ConstKind::Value(v) => fmt_valtree(v.ty, v.valtree, f),
            ConstKind::Error(_) => f.write_str("{const error}"),
        }
    }
}

impl fmt::Debug for Const<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

fn fmt_valtree(ty: Ty<'_>, value: ValTree<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match (value, *ty.kind()) {
        (ValTree::Leaf(s), TyKind::Bool) => write!(f, "{}", s.to_uint() != 0),
        (ValTree::Leaf(s), TyKind::Char) => match char::from_u32(s.to_uint() as u32) {
            Some(c) => write!(f, "{c:?}"),
            None => write!(f, "{}", s.to_uint()),
        },
        (ValTree::Leaf(s), TyKind::Int(_)) => write!(f, "{}", s.to_int()),
        (ValTree::Leaf(s), _) => write!(f, "{}", s.to_uint()),
        (ValTree::Branch(_), TyKind::Ref(_, inner, _)) if inner.is_str() => {
            let ValTree::Branch(bytes) = value else {
                return Ok(());
            };
            let bytes: Vec<u8> =
                bytes.iter().filter_map(|b| b.try_to_scalar_int()).map(|s| s.to_uint() as u8).collect();
            write!(f, "{:?}", String::from_utf8_lossy(&bytes))
        }
        (ValTree::Branch(parts), TyKind::Tuple(tys)) => {
            f.write_str("(")?;
            for (i, (p, t)) in parts.iter().zip(tys).enumerate() {
                if i > 0 {
                    f.write_str(", ")?;
                }
                fmt_valtree(t, p, f)?;
            }
            f.write_str(if parts.len() == 1 { ",)" } else { ")" })
        }
        (ValTree::Branch(parts), TyKind::Array(t, _) | TyKind::Slice(t)) => {
            f.write_str("[")?;
            for (i, p) in parts.iter().enumerate() {
                if i > 0 {
                    f.write_str(", ")?;
                }
                fmt_valtree(t, p, f)?;
            }
            f.write_str("]")
        }
        (ValTree::Branch(_), TyKind::Ref(_, inner, _)) => {
            f.write_str("&")?;
            fmt_valtree(inner, value, f)
        }
        (ValTree::Branch(_), _) => write!(f, "{{const {ty}}}"),
    }
}

impl Display for GenericArg<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GenericArg::Lifetime(r) => Display::fmt(r, f),
            GenericArg::Type(t) => Display::fmt(t, f),
            GenericArg::Const(c) => Display::fmt(c, f),
        }
    }
}
impl fmt::Debug for GenericArg<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GenericArg::Lifetime(r) => fmt::Debug::fmt(r, f),
            GenericArg::Type(t) => fmt::Debug::fmt(t, f),
            GenericArg::Const(c) => fmt::Debug::fmt(c, f),
        }
    }
}
impl Display for Term<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Term::Ty(t) => Display::fmt(t, f),
            Term::Const(c) => Display::fmt(c, f),
        }
    }
}
impl fmt::Debug for Term<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.into_arg(), f)
    }
}

/// A trait reference prints as its trait with arguments (without `Self`), as in "the trait `X` is not implemented".
impl Display for TraitRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&def_path_str_with_args(self.def_id, self.args))
    }
}
impl TraitRef<'_> {
    /// The trait with arguments, `Fn(A, B)` where it is written so.
    pub fn print_trait_sugared(&self) -> String {
        if let Some(TyKind::Tuple(inputs)) = self.args.get(1).and_then(|a| a.as_type()).map(|t| t.kind())
            && with_printer(|p| p.has_paren_sugar(self.def_id), || false)
        {
            let inputs: Vec<String> = inputs.iter().map(|t| t.to_string()).collect();
            return format!("{}({})", name(self.def_id), inputs.join(", "));
        }
        self.to_string()
    }
}
impl fmt::Debug for TraitRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} as {}>", self.args[0], self)
    }
}
impl Display for TraitPredicate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bang = if self.polarity == PredicatePolarity::Negative { "!" } else { "" };
        write!(f, "{}: {bang}{}", self.self_ty(), self.trait_ref.print_trait_sugared())
    }
}
impl fmt::Debug for TraitPredicate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}
impl Display for ClauseKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            ClauseKind::Trait(t) => Display::fmt(&t, f),
            ClauseKind::RegionOutlives(o) => write!(f, "{}: {}", o.0, o.1),
            ClauseKind::TypeOutlives(o) => write!(f, "{}: {}", o.0, o.1),
            ClauseKind::Projection(p) => {
                fmt_projection(p.projection_term, f)?;
                write!(f, " == {}", p.term)
            }
            ClauseKind::ConstArgHasType(c, t) => write!(f, "the constant `{c}` has type `{t}`"),
            ClauseKind::WellFormed(t) => write!(f, "{t} well-formed"),
            ClauseKind::ConstEvaluatable(c) => write!(f, "the constant `{c}` can be evaluated"),
            ClauseKind::HostEffect(h) => {
                let c = if h.constness == crate::BoundConstness::Const { "const" } else { "[const]" };
                write!(f, "{}: {c} {}", h.trait_ref.self_ty(), h.trait_ref)
            }
        }
    }
}
impl fmt::Debug for ClauseKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}
impl Display for PredicateKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            PredicateKind::Clause(c) => Display::fmt(&c, f),
            PredicateKind::DynCompatible(d) => {
                write!(f, "the trait `{}` is dyn-compatible", def_path_str(d))
            }
            PredicateKind::Subtype(s) => write!(f, "{} <: {}", s.a, s.b),
            PredicateKind::Coerce(s) => write!(f, "{} -> {}", s.a, s.b),
            PredicateKind::ConstEquate(a, b) => write!(f, "the constant `{a}` equals `{b}`"),
            PredicateKind::Ambiguous => f.write_str("ambiguous"),
            PredicateKind::NormalizesTo(n) => {
                fmt_projection(n.alias, f)?;
                write!(f, " normalizes-to {}", n.term)
            }
            PredicateKind::AliasRelate(a, b, _) => write!(f, "{a} alias-relate {b}"),
        }
    }
}
impl fmt::Debug for PredicateKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}
impl Display for Predicate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.kind(), f)
    }
}
impl fmt::Debug for Predicate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}
impl Display for Clause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.kind(), f)
    }
}
impl fmt::Debug for Clause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

macro_rules! binder_display {
    ($($t:ty),*) => { $(
        impl<'tcx> Display for Binder<'tcx, $t> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt_for(*self, f)?;
                Display::fmt(&self.skip_binder(), f)
            }
        }
    )* };
}
binder_display!(TraitRef<'tcx>, TraitPredicate<'tcx>, ClauseKind<'tcx>, PredicateKind<'tcx>, Ty<'tcx>);

impl<T: fmt::Debug> fmt::Debug for Binder<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().skip_binder().fmt(f)
    }
}

impl fmt::Debug for TyKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TyKind::Infer(i) => write!(f, "{i:?}"),
            TyKind::Param(p) => write!(f, "{}", p.name),
            TyKind::Adt(def, args) => write!(f, "{}", def_path_str_with_args(def.did(), args)),
            TyKind::Int(i) => f.write_str(i.name_str()),
            TyKind::Uint(u) => f.write_str(u.name_str()),
            other => write!(f, "TyKind({:?})", std::mem::discriminant(other)),
        }
    }
}

macro_rules! debug_by_path {
    ($($t:ident $id:ident;)*) => { $(
        impl fmt::Debug for crate::$t<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&def_path_str_with_args(self.$id, self.args))
            }
        }
    )* };
}
debug_by_path! { AliasTy def_id; AliasTerm def_id; UnevaluatedConst def; ExistentialTraitRef def_id; }

impl fmt::Debug for crate::ExistentialProjection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={:?}", name(self.def_id), self.term)
    }
}
impl fmt::Debug for ExistentialPredicate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExistentialPredicate::Trait(t) => t.fmt(f),
            ExistentialPredicate::Projection(p) => p.fmt(f),
            ExistentialPredicate::AutoTrait(d) => f.write_str(&def_path_str(*d)),
        }
    }
}
impl fmt::Debug for crate::ProjectionPredicate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} == {:?}", self.projection_term, self.term)
    }
}
impl fmt::Debug for crate::NormalizesTo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NormalizesTo({:?}, {:?})", self.alias, self.term)
    }
}
impl fmt::Debug for crate::HostEffectPredicate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&ClauseKind::HostEffect(*self), f)
    }
}
impl fmt::Debug for FnSig<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}
impl fmt::Debug for crate::ParamTy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/#{}", self.name, self.index)
    }
}
impl fmt::Debug for crate::ParamConst {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/#{}", self.name, self.index)
    }
}
impl fmt::Debug for ConstKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConstKind::Param(p) => p.fmt(f),
            ConstKind::Infer(i) => i.fmt(f),
            ConstKind::Unevaluated(uv) => uv.fmt(f),
            ConstKind::Value(v) => write!(f, "{:?}: {}", v.valtree, v.ty),
            other => write!(f, "ConstKind({:?})", std::mem::discriminant(other)),
        }
    }
}
impl fmt::Debug for crate::Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_valtree(self.ty, self.valtree, f)
    }
}
impl fmt::Debug for crate::PatternKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            crate::PatternKind::Range { start, end } => write!(f, "{start}..={end}"),
            crate::PatternKind::Or(pats) => pats.fmt(f),
            crate::PatternKind::NotNull => f.write_str("!null"),
        }
    }
}

/// An instance prints as its path; shims say what they are.
impl Display for Instance<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&value_path_str_with_args(self.def_id(), self.args))?;
        match self.def {
            InstanceKind::Item(_) | InstanceKind::Intrinsic(_) => Ok(()),
            InstanceKind::VTableShim(_) => f.write_str(" - shim(vtable)"),
            InstanceKind::ReifyShim(..) => f.write_str(" - shim(reify)"),
            InstanceKind::Virtual(_, n) => write!(f, " - virtual#{n}"),
            InstanceKind::FnPtrShim(_, ty) => write!(f, " - shim({ty})"),
            InstanceKind::ClosureOnceShim { .. } => f.write_str(" - shim"),
            InstanceKind::ConstructCoroutineInClosureShim { .. } | InstanceKind::CoroutineKindShim { .. } => {
                f.write_str(" - shim")
            }
            InstanceKind::ThreadLocalShim(_) => f.write_str(" - shim(tls)"),
            InstanceKind::DropGlue(_, None) => f.write_str(" - shim(None)"),
            InstanceKind::DropGlue(_, Some(ty)) => write!(f, " - shim(Some({ty}))"),
            InstanceKind::CloneShim(_, ty) => write!(f, " - shim({ty})"),
            InstanceKind::FnPtrAddrShim(_, ty) => write!(f, " - shim({ty})"),
        }
    }
}

/// The arguments of a path, for debugging.
pub fn args_str(args: GenericArgsRef<'_>) -> String {
    let mut s = String::new();
    let _ = comma(&mut s, args);
    s
}

/// Whether regions are printed at all in the current scope.
pub fn no_regions() -> bool {
    NO_REGIONS.get()
}

/// Runs `f` with regions left out of what is printed (symbol names, type ids).
pub fn with_no_regions<R>(f: impl FnOnce() -> R) -> R {
    let old = NO_REGIONS.replace(true);
    let r = f();
    NO_REGIONS.set(old);
    r
}
