//! How types and paths are printed in this session: [`ty::print::DefPrinter`] over the queries.

use hir::def::{CtorKind, DefKind};
use hir::definitions::DefPathData;
use span::def_id::{DefId, LOCAL_CRATE};
use span::{Symbol, kw};
use ty::GenericArg;
use ty::print::DefPrinter;

use crate::TyCtxt;

/// Names definitions by the queries of a context.
pub struct TyCtxtPrinter<'tcx>(pub TyCtxt<'tcx>);

impl<'tcx> TyCtxtPrinter<'tcx> {
    fn path(&self, def_id: DefId, args: &[GenericArg<'_>], value: bool) -> String {
        // SAFETY-free lifetime note: arguments are printed at once, so their lifetime does not matter here.
        self.0.print_def_path(def_id, args, value)
    }
}

impl DefPrinter for TyCtxtPrinter<'_> {
    fn path_with_args(&self, def_id: DefId, args: &[GenericArg<'_>]) -> String {
        self.path(def_id, args, false)
    }
    fn value_path_with_args(&self, def_id: DefId, args: &[GenericArg<'_>]) -> String {
        if self.0.def_kind(def_id) == DefKind::AnonConst {
            // By its path it would be within its impl, whose path may mention it.
            let snippet =
                def_id.as_local().and_then(|_| self.0.sess().source_map.span_to_snippet(self.0.def_span(def_id)));
            return snippet.unwrap_or_else(|| "_".to_owned());
        }
        self.path(def_id, args, true)
    }
    fn name(&self, def_id: DefId) -> Symbol {
        self.0.opt_item_name(def_id).unwrap_or(kw::Empty)
    }
    fn opaque(&self, def_id: DefId, args: &[GenericArg<'_>]) -> String {
        self.0.print_opaque(def_id, args)
    }
    fn closure(&self, def_id: DefId, what: &str) -> String {
        let place = self.0.sess().source_map.span_to_diagnostic_string(self.0.def_span(def_id));
        let what = match what {
            "coroutine" => match self.0.coroutine_kind(def_id) {
                Some(hir::CoroutineKind::Desugared(hir::CoroutineDesugaring::Async, hir::CoroutineSource::Block)) => {
                    "async block"
                }
                Some(hir::CoroutineKind::Desugared(hir::CoroutineDesugaring::Async, hir::CoroutineSource::Fn)) => {
                    "async fn body"
                }
                Some(hir::CoroutineKind::Desugared(hir::CoroutineDesugaring::Async, hir::CoroutineSource::Closure)) => {
                    "async closure body"
                }
                _ => "coroutine",
            },
            other => other,
        };
        format!("{{{what}@{place}}}")
    }
    fn fn_def_sig(&self, def_id: DefId, args: &[GenericArg<'_>]) -> Option<String> {
        let tcx = self.0;
        Some(tcx.instantiate_for_print(tcx.fn_sig(def_id).skip_binder(), args).to_string())
    }
    fn has_paren_sugar(&self, def_id: DefId) -> bool {
        self.0.trait_def(def_id).paren_sugar
    }
    fn dyn_trait(&self, def_id: DefId, args: &[GenericArg<'_>], projections: &[(Symbol, String)]) -> String {
        self.0.print_dyn_trait(def_id, args, projections)
    }
}

impl<'tcx> TyCtxt<'tcx> {
    /// The path of a definition as diagnostics show it.
    pub fn def_path_str(self, def_id: impl crate::IntoQueryParam<DefId>) -> String {
        self.def_path_str_with_args(def_id.into_query_param(), &[])
    }
    /// The path of a definition with arguments: that of a value as in an expression.
    pub fn def_path_str_with_args(self, def_id: DefId, args: &[GenericArg<'_>]) -> String {
        let value = matches!(
            self.def_kind(def_id),
            DefKind::Fn
                | DefKind::AssocFn
                | DefKind::Const
                | DefKind::AssocConst
                | DefKind::Static { .. }
                | DefKind::Ctor(..)
                | DefKind::Closure
                | DefKind::AnonConst
                | DefKind::InlineConst
        );
        self.print_def_path(def_id, args, value)
    }
    /// The path of a definition in an expression, with arguments after `::`.
    pub fn value_path_str_with_args(self, def_id: DefId, args: &[GenericArg<'_>]) -> String {
        self.print_def_path(def_id, args, true)
    }

    fn print_def_path(self, def_id: DefId, args: &[GenericArg<'_>], value: bool) -> String {
        let key = self.def_key(def_id);
        let Some(parent_index) = key.parent else {
            return if def_id.krate == LOCAL_CRATE {
                "crate".to_string()
            } else {
                self.crate_name(def_id.krate).to_string()
            };
        };
        let parent = DefId { krate: def_id.krate, index: parent_index };
        let kind = self.def_kind(def_id);
        match kind {
            // A constructor prints as what it constructs.
            DefKind::Ctor(_, CtorKind::Fn | CtorKind::Const) => return self.print_def_path(parent, args, value),
            DefKind::Impl { .. } => return self.print_impl_path(def_id, args, value),
            DefKind::Closure | DefKind::InlineConst | DefKind::AnonConst | DefKind::OpaqueTy => {
                let base = self.print_def_path(parent, &[], value);
                return format!("{base}::{}", key.disambiguated_data.as_sym(true));
            }
            DefKind::ForeignMod | DefKind::Use | DefKind::GlobalAsm => return self.print_def_path(parent, args, value),
            DefKind::TyParam | DefKind::ConstParam | DefKind::LifetimeParam => {
                return self.item_name(def_id).to_string();
            }
            _ => {}
        }
        let name = key.disambiguated_data.data.get_opt_name().map_or_else(
            || key.disambiguated_data.as_sym(true).to_string(),
            |n| span::Ident::with_dummy_span(n).to_string(),
        );
        let has_generics = kind.has_generics() && !args.is_empty();
        let in_module = self.def_kind(parent) == DefKind::Mod || kind == DefKind::Variant;
        let short = if in_module { self.trimmed_def_path(def_id).map(|n| vec![n]) } else { None };
        let visible = || if def_id.is_local() || !in_module { None } else { self.visible_def_path(def_id) };
        if let Some(path) = short.or_else(visible) {
            let names: Vec<String> = path.iter().map(|n| span::Ident::with_dummy_span(*n).to_string()).collect();
            let args = if has_generics { self.print_own_args(def_id, args, value) } else { String::new() };
            return names.join("::") + &args;
        }
        let parent_kind = self.def_kind(parent);
        let (parent_args, own_args) = if has_generics {
            let n = self.generics_of(def_id).parent_count.min(args.len());
            args.split_at(n)
        } else {
            (args, &[][..])
        };
        let base = match parent_kind {
            DefKind::Trait | DefKind::TraitAlias if !parent_args.is_empty() => {
                let trait_path = self.print_def_path(parent, parent_args, false);
                format!("<{} as {trait_path}>", parent_args[0])
            }
            DefKind::Impl { .. } => self.print_impl_path(parent, parent_args, value),
            DefKind::Mod if self.is_trimmed_parent(parent) => String::new(),
            // What is declared in a body is named alone.
            DefKind::Fn | DefKind::AssocFn | DefKind::Const | DefKind::AssocConst | DefKind::Static { .. }
                if crate::visible_paths::is_trimming() && is_item_of_body(kind) =>
            {
                String::new()
            }
            DefKind::ForeignMod => {
                let grand = self.def_key(parent).parent.map(|index| DefId { krate: def_id.krate, index });
                match grand {
                    Some(g) if !self.is_trimmed_parent(g) => self.print_def_path(g, &[], value),
                    _ => String::new(),
                }
            }
            _ => self.print_def_path(parent, parent_args, value),
        };
        let mut out = if base.is_empty() { name } else { format!("{base}::{name}") };
        if has_generics {
            out += &self.print_own_args(def_id, own_args, value);
        }
        out
    }

    /// Local paths are printed without the crate's name.
    fn is_trimmed_parent(self, parent: DefId) -> bool {
        parent.is_top_level_module()
    }

    /// An impl stands for its self type where it is beside it (or its trait): `W::<u8>`, `<T as Trait>`; elsewhere its
    /// own place is named: `std::ptr::const_ptr::<impl *const u8>`.
    fn print_impl_path(self, impl_def_id: DefId, args: &[GenericArg<'_>], value: bool) -> String {
        let self_ty = self.instantiate_for_print(self.type_of(impl_def_id).skip_binder(), args);
        let header = self.impl_trait_header(impl_def_id);
        let trait_text = header.map(|h| self.instantiate_for_print(h.trait_ref.skip_binder(), args).to_string());
        let parent = self.parent(impl_def_id);
        let beside = |def: Option<DefId>| def.and_then(|d| self.opt_parent(d)) == Some(parent);
        let self_def = match *self_ty.peel_refs().kind() {
            ty::TyKind::Adt(def, _) => Some(def.did()),
            ty::TyKind::Foreign(def) => Some(def),
            ty::TyKind::Dynamic(preds, _) => preds.principal().map(|p| p.skip_binder().def_id),
            _ => None,
        };
        if !beside(self_def) && !beside(header.map(|h| h.trait_ref.skip_binder().def_id)) {
            let what = match &trait_text {
                Some(t) => format!("<impl {t} for {self_ty}>"),
                None => format!("<impl {self_ty}>"),
            };
            return match parent.is_local() && self.is_trimmed_parent(parent) {
                true => what,
                false => format!("{}::{what}", self.print_def_path(parent, &[], false)),
            };
        }
        match (trait_text, self_ty.kind()) {
            (Some(t), _) => format!("<{self_ty} as {t}>"),
            (None, &ty::TyKind::Adt(def, args)) => self.print_def_path(def.did(), args, value),
            (None, ty::TyKind::Foreign(_)) => self_ty.to_string(),
            (None, _) => format!("<{self_ty}>"),
        }
    }

    fn instantiate_for_print<T: ty::TypeFoldable<'tcx>>(self, value: T, args: &[GenericArg<'_>]) -> T {
        if args.is_empty() {
            return value;
        }
        // SAFETY: types are only printed; the pointers are compared and read while `args` is borrowed. The lifetime
        // parameter of `GenericArg` is invariant only by its interior tables, which printing does not touch.
        let args: &[GenericArg<'tcx>] = unsafe { std::mem::transmute(args) };
        ty::EarlyBinder::bind(value).instantiate(self.interner(), args)
    }

    fn print_own_args(self, def_id: DefId, own: &[GenericArg<'_>], value: bool) -> String {
        let generics = self.generics_of(def_id);
        let skip_self = usize::from(generics.has_self && generics.parent.is_none());
        let all = own;
        let mut own: Vec<GenericArg<'_>> = own.iter().copied().skip(skip_self).collect();
        // Arguments equal to their defaults are left out.
        let params: Vec<&ty::GenericParamDef> = generics.own_params.iter().skip(skip_self).collect();
        while let (Some(arg), Some(param)) = (own.last(), params.get(own.len().wrapping_sub(1))) {
            let is_default = match (param.kind, arg) {
                (ty::GenericParamDefKind::Type { has_default: true, .. }, GenericArg::Type(t)) => {
                    let default = self.type_of(param.def_id).skip_binder();
                    // It may mention the parameters before it: `Rhs = Self`.
                    let all = if generics.parent.is_none() { all } else { &[] };
                    self.instantiate_for_print(default, all).to_string() == t.to_string()
                }
                (ty::GenericParamDefKind::Const { has_default: true }, GenericArg::Const(c)) => {
                    self.const_param_default(param.def_id).skip_binder().to_string() == c.to_string()
                }
                _ => false,
            };
            if !is_default {
                break;
            }
            own.pop();
        }
        let any_region = own.iter().any(|a| matches!(a, GenericArg::Lifetime(r) if ty::print::region_is_printed(*r)));
        let parts: Vec<String> = own
            .iter()
            .filter(|a| !matches!(a, GenericArg::Lifetime(_)) || any_region)
            .map(|a| match a {
                GenericArg::Const(c) if matches!(c.kind(), ty::ConstKind::Unevaluated(_)) => format!("{{ {c} }}"),
                a => a.to_string(),
            })
            .collect();
        if parts.is_empty() {
            return String::new();
        }
        format!("{}<{}>", if value { "::" } else { "" }, parts.join(", "))
    }

    fn print_dyn_trait(self, def_id: DefId, args: &[GenericArg<'_>], projections: &[(Symbol, String)]) -> String {
        let path = self.print_def_path(def_id, &[], false);
        let def = self.trait_def(def_id);
        if def.paren_sugar {
            if let (Some(GenericArg::Type(inputs)), [(_, output)]) = (args.first(), projections) {
                if let ty::TyKind::Tuple(tys) = inputs.kind() {
                    let inputs: Vec<String> = tys.iter().map(|t| t.to_string()).collect();
                    let ret = if output == "()" { String::new() } else { format!(" -> {output}") };
                    return format!("{path}({}){ret}", inputs.join(", "));
                }
            }
        }
        // A dummy in place of `Self`, so that the parameters' numbers fit.
        let dummy: GenericArg<'tcx> = GenericArg::Type(self.types().trait_object_dummy_self);
        // SAFETY: as in `instantiate_for_print`: only printed.
        let args: &[GenericArg<'tcx>] = unsafe { std::mem::transmute(args) };
        let with_self: Vec<GenericArg<'tcx>> = std::iter::once(dummy).chain(args.iter().copied()).collect();
        let own = self.print_own_args(def_id, &with_self, false);
        let mut parts: Vec<String> = Vec::new();
        if let Some(inner) = own.strip_prefix('<').and_then(|s| s.strip_suffix('>')) {
            parts.push(inner.to_string());
        }
        parts.extend(projections.iter().map(|(name, t)| format!("{name} = {t}")));
        if parts.is_empty() { path } else { format!("{path}<{}>", parts.join(", ")) }
    }

    fn print_opaque(self, def_id: DefId, args: &[GenericArg<'_>]) -> String {
        // SAFETY: as in `instantiate_for_print`: only printed.
        let args: &[GenericArg<'tcx>] = unsafe { std::mem::transmute(args) };
        let mut traits: Vec<(DefId, ty::GenericArgsRef<'tcx>, Vec<(Symbol, String)>)> = Vec::new();
        let mut regions = Vec::new();
        let (mut has_sized, mut maybe_sized) = (false, false);
        let bounds = self.explicit_item_bounds(def_id).skip_binder();
        let lang = self.lang_items();
        for (clause, _) in bounds {
            let kind = ty::EarlyBinder::bind(*clause).instantiate(self.interner(), args).kind().skip_binder();
            match kind {
                ty::ClauseKind::Trait(t) if Some(t.def_id()) == lang.sized_trait() => has_sized = true,
                ty::ClauseKind::Trait(t) if Some(t.def_id()) == lang.get(hir::LangItem::MetaSized) => {
                    maybe_sized = true
                }
                ty::ClauseKind::Trait(t) if Some(t.def_id()) == lang.get(hir::LangItem::PointeeSized) => {
                    maybe_sized = true
                }
                ty::ClauseKind::Trait(t) => traits.push((t.def_id(), t.trait_ref.args, Vec::new())),
                ty::ClauseKind::TypeOutlives(o) => regions.push(o.1.to_string()),
                ty::ClauseKind::Projection(p) => {
                    let trait_id = self.parent(p.def_id());
                    let entry = (self.item_name(p.def_id()), p.term.to_string());
                    match traits.iter_mut().find(|t| t.0 == trait_id) {
                        Some(t) => t.2.push(entry),
                        None => {
                            traits.push((trait_id, self.interner().mk_args(&p.projection_term.args[..1]), vec![entry]))
                        }
                    }
                }
                _ => {}
            }
        }
        let mut parts: Vec<String> =
            traits.iter().map(|(d, a, projections)| self.print_dyn_trait(*d, &a[1..], projections)).collect();
        if parts.is_empty() {
            parts.push(if has_sized { "Sized".to_string() } else { "?Sized".to_string() });
        } else if maybe_sized && !has_sized {
            parts.push("?Sized".to_string());
        }
        parts.extend(regions.into_iter().filter(|r| r != "'_"));
        format!("impl {}", parts.join(" + "))
    }

    /// The name of the data of a path step, for those who print paths themselves.
    pub fn def_path_data_name(self, def_id: DefId) -> DefPathData {
        self.def_key(def_id).disambiguated_data.data
    }
}

/// Whether an item of a body is named without the body's path.
fn is_item_of_body(kind: DefKind) -> bool {
    matches!(
        kind,
        DefKind::Struct
            | DefKind::Enum
            | DefKind::Union
            | DefKind::Trait
            | DefKind::TraitAlias
            | DefKind::TyAlias
            | DefKind::Fn
    )
}
