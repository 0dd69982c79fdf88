//! Two types' texts for a note, the parts that they have in common left out as `_`.

use ty::{
    GenericArg, GenericArgsRef, GenericParamDefKind, Mutability, PolyFnSig, Region, Ty, TyKind, TypeVisitableExt,
};

use super::TypeErrCtxt;

/// The texts that grow side by side.
type Texts = (String, String);

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    /// Two types' texts, parts that are the same left out.
    pub(super) fn cmp_types(&self, a: Ty<'tcx>, b: Ty<'tcx>) -> Texts {
        let mut out = Texts::default();
        self.cmp_into(a, b, &mut out);
        out
    }

    fn cmp_into(&self, a: Ty<'tcx>, b: Ty<'tcx>, out: &mut Texts) {
        let both = |out: &mut Texts, text: &str| {
            out.0.push_str(text);
            out.1.push_str(text);
        };
        match (*a.kind(), *b.kind()) {
            (TyKind::Adt(d, x), TyKind::Adt(e, y)) => {
                if d != e {
                    let (x, y) = (self.args_without_defaults(d, x), self.args_without_defaults(e, y));
                    if self.cmp_type_arg(out, a, x, b) {
                        return;
                    }
                    let mut swapped = (std::mem::take(&mut out.1), std::mem::take(&mut out.0));
                    let done = self.cmp_type_arg(&mut swapped, b, y, a);
                    *out = (swapped.1, swapped.0);
                    if !done {
                        out.0.push_str(&a.to_string());
                        out.1.push_str(&b.to_string());
                    }
                    return;
                }
                both(out, self.tcx.item_name(d.did()).as_str());
                let common = self.args_without_defaults(d, x).len().min(self.args_without_defaults(d, y).len());
                let same_defaults =
                    x[common..].iter().rev().zip(y[common..].iter().rev()).filter(|(a, b)| a == b).count();
                let len = x.len() - same_defaults;
                self.compare_generics(&x[..len], &y[..len], out);
            }
            (TyKind::Ref(r, t, m), TyKind::Ref(s, u, n)) => {
                out.0.push_str(&self.ref_prefix(r, m));
                out.1.push_str(&self.ref_prefix(s, n));
                self.cmp_into(t, u, out);
            }
            (TyKind::Ref(r, t, m), _) => {
                out.0.push_str(&self.ref_prefix(r, m));
                self.cmp_into(t, b, out);
            }
            (_, TyKind::Ref(s, u, n)) => {
                out.1.push_str(&self.ref_prefix(s, n));
                self.cmp_into(a, u, out);
            }
            (TyKind::Tuple(x), TyKind::Tuple(y)) if x.len() == y.len() => {
                both(out, "(");
                for (i, (t, u)) in x.iter().zip(y.iter()).enumerate() {
                    if i > 0 {
                        both(out, ", ");
                    }
                    self.cmp_into(t, u, out);
                }
                both(out, if x.len() == 1 { ",)" } else { ")" });
            }
            (TyKind::FnDef(..) | TyKind::FnPtr(..), TyKind::FnDef(..) | TyKind::FnPtr(..)) => {
                match (self.tcx.fn_sig_of_ty(a), self.tcx.fn_sig_of_ty(b)) {
                    (Some(x), Some(y)) if plain(x) && plain(y) => {
                        self.cmp_fn_sigs(x, y, out);
                        for (t, text) in [(a, &mut out.0), (b, &mut out.1)] {
                            if let TyKind::FnDef(d, args) = *t.kind() {
                                text.push_str(&format!(" {{{}}}", self.tcx.value_path_str_with_args(d, args)));
                            }
                        }
                    }
                    _ => {
                        out.0.push_str(&a.to_string());
                        out.1.push_str(&b.to_string());
                    }
                }
            }
            _ if a == b => both(out, "_"),
            _ => {
                out.0.push_str(&a.to_string());
                out.1.push_str(&b.to_string());
            }
        }
    }

    /// `Foo<Bar<Qux>>` and `Bar<Qux>`: the argument that is the other type is compared with it.
    fn cmp_type_arg(&self, out: &mut Texts, a: Ty<'tcx>, args: &[GenericArg<'tcx>], other: Ty<'tcx>) -> bool {
        let TyKind::Adt(def, _) = *a.kind() else { return false };
        let other_adt = match *other.kind() {
            TyKind::Adt(d, _) => Some(d),
            _ => None,
        };
        let pos = args.iter().position(|arg| {
            arg.as_type().is_some_and(|t| t == other || matches!(*t.kind(), TyKind::Adt(d, _) if Some(d) == other_adt))
        });
        let Some(pos) = pos else { return false };
        out.0.push_str(&self.tcx.def_path_str(def.did()));
        out.0.push('<');
        for (i, arg) in args.iter().enumerate() {
            if i > 0 {
                out.0.push_str(", ");
            }
            match arg.as_type() {
                Some(t) if i == pos => self.cmp_into(t, other, out),
                _ => out.0.push_str(&arg_text(*arg)),
            }
        }
        out.0.push('>');
        true
    }

    fn compare_generics(&self, x: &[GenericArg<'tcx>], y: &[GenericArg<'tcx>], out: &mut Texts) {
        if !x.is_empty() {
            out.0.push('<');
        }
        if !y.is_empty() {
            out.1.push('<');
        }
        if x.len() == y.len() {
            for (i, (a, b)) in x.iter().zip(y).enumerate() {
                if i > 0 {
                    out.0.push_str(", ");
                    out.1.push_str(", ");
                }
                match (a.as_type(), b.as_type()) {
                    (Some(t), Some(u)) if t != u => self.cmp_into(t, u, out),
                    _ if a == b => {
                        let same = match a {
                            GenericArg::Lifetime(r) if r.is_bound() => arg_text(*a),
                            GenericArg::Lifetime(_) => "'_".to_owned(),
                            _ => "_".to_owned(),
                        };
                        out.0.push_str(&same);
                        out.1.push_str(&same);
                    }
                    _ => {
                        out.0.push_str(&arg_text(*a));
                        out.1.push_str(&arg_text(*b));
                    }
                }
            }
        } else {
            for (args, text) in [(x, &mut out.0), (y, &mut out.1)] {
                let parts: Vec<String> = args
                    .iter()
                    .map(|a| match a {
                        GenericArg::Lifetime(_) => "'_".to_owned(),
                        GenericArg::Type(_) => "_".to_owned(),
                        GenericArg::Const(c) => c.to_string(),
                    })
                    .collect();
                text.push_str(&parts.join(", "));
            }
        }
        if !x.is_empty() {
            out.0.push('>');
        }
        if !y.is_empty() {
            out.1.push('>');
        }
    }

    /// Two signatures without bound regions.
    fn cmp_fn_sigs(&self, a: PolyFnSig<'tcx>, b: PolyFnSig<'tcx>, out: &mut Texts) {
        let (a, b) = (a.skip_binder(), b.skip_binder());
        for (sig, text) in [(a, &mut out.0), (b, &mut out.1)] {
            if sig.safety == hir::Safety::Unsafe {
                text.push_str("unsafe ");
            }
            if sig.abi != ty::ExternAbi::Rust {
                text.push_str(&format!("extern \"{}\" ", sig.abi.as_str()));
            }
            text.push_str("fn(");
        }
        if a.inputs().len() == b.inputs().len() {
            for (i, (t, u)) in a.inputs().iter().zip(b.inputs()).enumerate() {
                if i > 0 {
                    out.0.push_str(", ");
                    out.1.push_str(", ");
                }
                self.cmp_into(*t, *u, out);
            }
        } else {
            for (sig, text) in [(a, &mut out.0), (b, &mut out.1)] {
                let parts: Vec<String> = sig.inputs().iter().map(|t| t.to_string()).collect();
                text.push_str(&parts.join(", "));
            }
        }
        for (sig, text) in [(a, &mut out.0), (b, &mut out.1)] {
            if sig.c_variadic {
                text.push_str(if sig.inputs().is_empty() { "..." } else { ", ..." });
            }
            text.push(')');
        }
        let output = self.cmp_types(a.output(), b.output());
        let differ = a.output() != b.output();
        if !a.output().is_unit() || differ {
            out.0.push_str(" -> ");
            out.0.push_str(&output.0);
        }
        if !b.output().is_unit() || differ {
            out.1.push_str(" -> ");
            out.1.push_str(&output.1);
        }
    }

    /// The arguments but for those at the end that are the parameters' defaults.
    fn args_without_defaults(&self, def: ty::AdtDef<'tcx>, args: GenericArgsRef<'tcx>) -> &'tcx [GenericArg<'tcx>] {
        let generics = self.tcx.generics_of(def.did());
        let mut len = args.len();
        for param in generics.own_params.iter().rev() {
            let default = match param.kind {
                GenericParamDefKind::Type { has_default: true, .. } => {
                    GenericArg::Type(self.tcx.type_of(param.def_id).instantiate(*self.tcx, args))
                }
                _ => break,
            };
            if args[param.index as usize] != default {
                break;
            }
            len -= 1;
        }
        &args.as_slice()[..len]
    }

    /// `&'r mut `
    fn ref_prefix(&self, r: Region<'tcx>, m: Mutability) -> String {
        let text = self.tcx.mk_ref(r, self.tcx.mk_unit(), m).to_string();
        text.strip_suffix("()").unwrap_or(&text).to_owned()
    }
}

fn arg_text(arg: GenericArg<'_>) -> String {
    let text = arg.to_string();
    if text.is_empty() { "'_".to_owned() } else { text }
}

/// Whether a signature names no region of its own.
fn plain(sig: PolyFnSig<'_>) -> bool {
    sig.no_bound_vars().is_some() && !sig.has_escaping_bound_vars()
}
