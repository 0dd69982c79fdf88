//! `type_name`: a type's full path as rustc writes it: free regions and arguments equal to their defaults are left out.

use std::fmt::Write;

use hir::definitions::DefPathData;
use query::TyCtxt;
use span::def_id::DefId;
use ty::{ConstKind, ExistentialPredicate, GenericArg, Mutability, Ty, TyKind, ValTree};

/// A type's name for `core::any::type_name`.
pub fn type_name<'tcx>(tcx: TyCtxt<'tcx>, ty: Ty<'tcx>) -> String {
    let mut p = Printer { tcx, out: String::new() };
    p.ty(ty);
    p.out
}

struct Printer<'tcx> {
    tcx: TyCtxt<'tcx>,
    out: String,
}

impl<'tcx> Printer<'tcx> {
    fn list(&mut self, tys: impl IntoIterator<Item = Ty<'tcx>>) {
        for (i, t) in tys.into_iter().enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            self.ty(t);
        }
    }
    fn ty(&mut self, ty: Ty<'tcx>) {
        match *ty.kind() {
            TyKind::Ref(region, t, m) => {
                self.out.push('&');
                if matches!(region.kind(), ty::RegionKind::ReBound(..)) {
                    self.out.push_str("'_ ");
                }
                self.out.push_str(if m == Mutability::Mut { "mut " } else { "" });
                self.ty(t);
            }
            TyKind::RawPtr(t, m) => {
                self.out.push_str(if m == Mutability::Mut { "*mut " } else { "*const " });
                self.ty(t);
            }
            TyKind::Slice(t) => {
                self.out.push('[');
                self.ty(t);
                self.out.push(']');
            }
            TyKind::Array(t, n) => {
                self.out.push('[');
                self.ty(t);
                self.out.push_str("; ");
                self.constant(n, false);
                self.out.push(']');
            }
            TyKind::Tuple(tys) => {
                self.out.push('(');
                self.list(tys);
                self.out.push_str(if tys.len() == 1 { ",)" } else { ")" });
            }
            TyKind::Adt(def, args) => self.path(def.did(), args),
            TyKind::FnDef(d, args) => self.path(d, args),
            TyKind::Closure(d, args) => self.path(d, args.as_closure().parent_args()),
            TyKind::Coroutine(d, args) => self.path(d, args.as_coroutine().parent_args()),
            TyKind::CoroutineClosure(d, args) => self.path(d, args.as_coroutine_closure().parent_args()),
            TyKind::Foreign(d) => self.path(d, &[]),
            TyKind::FnPtr(sig) => {
                let sig = sig.skip_binder();
                if sig.safety == hir::Safety::Unsafe {
                    self.out.push_str("unsafe ");
                }
                if sig.abi != ty::ExternAbi::Rust {
                    let _ = write!(self.out, "extern {} ", sig.abi);
                }
                self.out.push_str("fn(");
                self.list(sig.inputs().iter().copied());
                if sig.c_variadic {
                    self.out.push_str(if sig.inputs().is_empty() { "..." } else { ", ..." });
                }
                self.out.push(')');
                if !sig.output().is_unit() {
                    self.out.push_str(" -> ");
                    self.ty(sig.output());
                }
            }
            TyKind::Dynamic(preds, _) => {
                self.out.push_str("dyn ");
                let mut first = true;
                for p in preds {
                    match p.skip_binder() {
                        ExistentialPredicate::Trait(t) => {
                            self.def_path(t.def_id);
                            // `Fn(A) -> R`
                            if self.tcx.is_fn_trait(t.def_id)
                                && let Some(GenericArg::Type(inputs)) = t.args.first().copied()
                                && let TyKind::Tuple(inputs) = *inputs.kind()
                            {
                                self.out.push('(');
                                self.list(inputs.iter());
                                self.out.push(')');
                                let output = preds.iter().find_map(|p| match p.skip_binder() {
                                    ExistentialPredicate::Projection(p) => Some(p.term),
                                    _ => None,
                                });
                                if let Some(GenericArg::Type(output)) = output.map(|t| t.into_arg())
                                    && !output.is_unit()
                                {
                                    self.out.push_str(" -> ");
                                    self.ty(output);
                                }
                                first = false;
                                continue;
                            }
                            let projections: Vec<_> = preds
                                .iter()
                                .filter_map(|p| match p.skip_binder() {
                                    ExistentialPredicate::Projection(p) => Some((self.tcx.item_name(p.def_id), p.term)),
                                    _ => None,
                                })
                                .collect();
                            self.generic_args(&t.args[..], &projections);
                        }
                        ExistentialPredicate::AutoTrait(d) => {
                            if !first {
                                self.out.push_str(" + ");
                            }
                            self.def_path(d);
                        }
                        ExistentialPredicate::Projection(_) => continue,
                    }
                    first = false;
                }
            }
            TyKind::Never => self.out.push('!'),
            TyKind::Param(_) => self.out.push('_'),
            _ => {
                let _ = write!(self.out, "{ty}");
            }
        }
    }
    fn constant(&mut self, c: ty::Const<'tcx>, in_args: bool) {
        match c.kind() {
            ConstKind::Value(v) => match (v.valtree, v.ty.kind()) {
                (ValTree::Leaf(i), TyKind::Int(_)) => {
                    let _ = write!(self.out, "{}", i.to_int());
                }
                (ValTree::Leaf(i), TyKind::Bool) => {
                    let _ = write!(self.out, "{}", i.to_uint() == 1);
                }
                (ValTree::Leaf(i), TyKind::Char) => {
                    let _ = write!(self.out, "{:?}", char::from_u32(i.to_uint() as u32).unwrap_or('\u{fffd}'));
                }
                (ValTree::Leaf(i), _) => {
                    let _ = write!(self.out, "{}", i.to_uint());
                }
                _ if in_args => {
                    let _ = write!(self.out, "{{{c}}}");
                }
                _ => {
                    let _ = write!(self.out, "{c}");
                }
            },
            _ => {
                let _ = write!(self.out, "{c}");
            }
        }
    }
    fn generic_args(&mut self, args: &[GenericArg<'tcx>], projections: &[(span::Symbol, ty::Term<'tcx>)]) {
        if args.is_empty() && projections.is_empty() {
            return;
        }
        self.out.push('<');
        let mut first = true;
        let mut sep = |out: &mut String| {
            if !std::mem::take(&mut first) {
                out.push_str(", ");
            }
        };
        for a in args {
            sep(&mut self.out);
            match *a {
                GenericArg::Type(t) => self.ty(t),
                GenericArg::Const(c) => self.constant(c, true),
                GenericArg::Lifetime(_) => self.out.push_str("'_"),
            }
        }
        for (name, term) in projections {
            sep(&mut self.out);
            let _ = write!(self.out, "{name} = ");
            match term.into_arg() {
                GenericArg::Type(t) => self.ty(t),
                GenericArg::Const(c) => self.constant(c, true),
                GenericArg::Lifetime(_) => {}
            }
        }
        self.out.push('>');
    }
    /// The path of a definition without arguments.
    fn def_path(&mut self, def_id: DefId) {
        self.path(def_id, &[]);
    }
    fn path(&mut self, def_id: DefId, args: &[GenericArg<'tcx>]) {
        let key = self.tcx.def_key(def_id);
        let Some(parent) = key.parent.map(|index| DefId { krate: def_id.krate, index }) else {
            self.out.push_str(self.tcx.crate_name(def_id.krate).as_str());
            return;
        };
        use hir::def::DefKind;
        let kind = self.tcx.def_kind(def_id);
        match kind {
            DefKind::ForeignMod => return self.path(parent, args),
            DefKind::Impl { .. } => return self.impl_path(def_id, args),
            _ => {}
        }
        let (parent_args, own) = if kind.has_generics() && !args.is_empty() {
            let n = self.tcx.generics_of(def_id).parent_count.min(args.len());
            args.split_at(n)
        } else {
            (args, &[][..])
        };
        if matches!(self.tcx.def_kind(parent), DefKind::Trait) && !parent_args.is_empty() {
            self.out.push('<');
            if let GenericArg::Type(t) = parent_args[0] {
                self.ty(t);
            }
            self.out.push_str(" as ");
            self.def_path(parent);
            self.generic_args(self.without_defaults(parent, parent_args, 1), &[]);
            self.out.push('>');
        } else {
            self.path(parent, parent_args);
        }
        match key.disambiguated_data.data {
            DefPathData::Closure => self.out.push_str("::{{closure}}"),
            DefPathData::Impl => self.out.push_str("::{{impl}}"),
            DefPathData::AnonConst => self.out.push_str("::{{constant}}"),
            DefPathData::Ctor => self.out.push_str("::{{constructor}}"),
            ref data => match data.get_opt_name() {
                Some(name) => {
                    let _ = write!(self.out, "::{name}");
                }
                None => {
                    let _ = write!(self.out, "::{}", key.disambiguated_data.as_sym(false));
                }
            },
        }
        if !own.is_empty() {
            self.generic_args(self.without_defaults(def_id, args, args.len() - own.len()), &[]);
        }
    }
    /// A definition's arguments from `start` on, without those at the end that are equal to their defaults.
    fn without_defaults<'a>(
        &self,
        def_id: DefId,
        args: &'a [GenericArg<'tcx>],
        start: usize,
    ) -> &'a [GenericArg<'tcx>] {
        let cx = self.tcx.interner();
        let generics = self.tcx.generics_of(def_id);
        let mut end = args.len();
        while end > start {
            let Some(param) = generics.own_params.get(end - 1 - generics.parent_count.min(end - 1)) else { break };
            let default: GenericArg<'tcx> = match param.kind {
                ty::GenericParamDefKind::Type { has_default: true, .. } => {
                    self.tcx.type_of(param.def_id).instantiate(cx, args).into()
                }
                ty::GenericParamDefKind::Const { has_default: true } => {
                    GenericArg::Const(self.tcx.const_param_default(param.def_id).instantiate(cx, args))
                }
                _ => break,
            };
            if cx.erase_regions(default) != args[end - 1] {
                break;
            }
            end -= 1;
        }
        &args[start..end]
    }
    fn impl_path(&mut self, impl_id: DefId, args: &[GenericArg<'tcx>]) {
        let cx = self.tcx.interner();
        let self_ty = self.tcx.type_of(impl_id);
        let self_ty = if args.is_empty() { self_ty.skip_binder() } else { self_ty.instantiate(cx, args) };
        match self.tcx.impl_opt_trait_ref(impl_id) {
            Some(t) => {
                let t = if args.is_empty() { t.skip_binder() } else { t.instantiate(cx, args) };
                self.out.push('<');
                self.ty(self_ty);
                self.out.push_str(" as ");
                self.def_path(t.def_id);
                self.generic_args(self.without_defaults(t.def_id, t.args, 1), &[]);
                self.out.push('>');
            }
            None if matches!(self_ty.kind(), TyKind::Adt(..)) => self.ty(self_ty),
            None => {
                self.out.push('<');
                self.ty(self_ty);
                self.out.push('>');
            }
        }
    }
}
