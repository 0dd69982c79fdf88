//! `#[rustc_on_unimplemented]` and `#[diagnostic::on_unimplemented]`: a trait's own words for its absence.

use ast::{MetaItem, MetaItemInner};
use span::{DesugaringKind, Symbol};
use ty::{GenericParamDefKind, TraitRef, Ty, TyKind};

use super::TypeErrCtxt;
use crate::traits::{ObligationCauseCode, PredicateObligation};

/// What a trait says.
#[derive(Clone, Debug, Default)]
pub(super) struct OnUnimplementedNote {
    pub(super) message: Option<String>,
    pub(super) label: Option<String>,
    pub(super) notes: Vec<String>,
    pub(super) parent_label: Option<String>,
}

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    pub(super) fn on_unimplemented_note(
        &self,
        trait_ref: TraitRef<'tcx>,
        obligation: &PredicateObligation<'tcx>,
    ) -> OnUnimplementedNote {
        let tcx = self.tcx;
        let trait_def_id = trait_ref.def_id;
        let mut note = OnUnimplementedNote::default();
        let rustc = Symbol::intern("rustc_on_unimplemented");
        let diagnostic = Symbol::intern("diagnostic");
        let on = Symbol::intern("on_unimplemented");
        let facts = Facts::new(self, trait_ref, obligation);
        for attr in tcx.attrs(trait_def_id) {
            if !attr.has_name(rustc) && !attr.path_matches(&[diagnostic, on]) {
                continue;
            }
            if let Some(s) = attr.value_str() {
                note.label.get_or_insert_with(|| facts.format(s.as_str()));
                continue;
            }
            let Some(items) = attr.meta_item_list() else {
                continue;
            };
            let items: Vec<MetaItemInner> = items.into_iter().collect();
            // Conditions that hold are preferred, the first of them most.
            for item in &items {
                if let MetaItemInner::MetaItem(m) = item
                    && m.has_name(Symbol::intern("on"))
                    && let Some(list) = m.meta_item_list()
                    && let Some((cond, rest)) = list.split_first()
                    && facts.holds(cond)
                {
                    facts.apply(rest, &mut note);
                }
            }
            facts.apply(&items, &mut note);
        }
        note
    }
}

/// What conditions and formats can ask.
struct Facts {
    self_tys: Vec<String>,
    self_ty: String,
    params: Vec<(Symbol, Vec<String>)>,
    trait_name: String,
    trait_path: String,
    from_desugaring: Option<&'static str>,
    direct: bool,
    crate_local: bool,
    cause: Option<&'static str>,
}

impl Facts {
    fn new<'tcx>(
        cx: &TypeErrCtxt<'_, 'tcx>,
        trait_ref: TraitRef<'tcx>,
        obligation: &PredicateObligation<'tcx>,
    ) -> Facts {
        let tcx = cx.tcx;
        let generics = tcx.generics_of(trait_ref.def_id);
        let mut params = Vec::new();
        for p in &generics.own_params {
            if matches!(p.kind, GenericParamDefKind::Lifetime) || p.index == 0 {
                continue;
            }
            let value = trait_ref.args[p.index as usize];
            let names = match value.as_type() {
                Some(t) => type_names(cx, t),
                None => vec![format!("{value}")],
            };
            params.push((p.name, names));
        }
        let self_ty = trait_ref.self_ty();
        let code = obligation.cause.code();
        let direct = !matches!(
            code,
            ObligationCauseCode::ImplDerived(_)
                | ObligationCauseCode::BuiltinDerived(_)
                | ObligationCauseCode::WellFormedDerived(_)
        );
        let crate_local = match *self_ty.kind() {
            TyKind::Adt(def, _) => def.did().is_local(),
            _ => false,
        };
        let from_desugaring = obligation.cause.span.desugaring_kind().map(|k| match k {
            DesugaringKind::QuestionMark => "QuestionMark",
            DesugaringKind::TryBlock => "TryBlock",
            DesugaringKind::Async => "Async",
            DesugaringKind::Await => "Await",
            DesugaringKind::ForLoop => "ForLoop",
            _ => "Other",
        });
        // What `format_args!` makes of `{}`.
        let is_format = super::cause_notes::is_format_argument(tcx, code);
        let from_desugaring = from_desugaring.or(is_format.then_some("FormatLiteral"));
        Facts {
            self_tys: type_names(cx, self_ty),
            self_ty: self_ty.to_string(),
            params,
            trait_name: tcx.def_path_str(trait_ref.def_id),
            trait_path: trait_ref.print_trait_sugared(),
            from_desugaring,
            direct,
            crate_local,
            cause: match code.peel_derives() {
                ObligationCauseCode::MainFunctionType => Some("MainFunctionType"),
                _ => None,
            },
        }
    }

    fn names(&self, name: &str) -> Option<&[String]> {
        if name == "Self" || name == "_Self" {
            return Some(&self.self_tys);
        }
        self.params.iter().find(|(n, _)| n.as_str() == name).map(|(_, v)| &v[..])
    }

    fn holds(&self, cond: &MetaItemInner) -> bool {
        match cond {
            MetaItemInner::MetaItem(m) => self.holds_item(m),
            MetaItemInner::Lit(_) => false,
        }
    }

    fn holds_item(&self, m: &MetaItem) -> bool {
        let Some(name) = m.name() else {
            return false;
        };
        if let Some(list) = m.meta_item_list() {
            return match name.as_str() {
                "all" => list.iter().all(|c| self.holds(c)),
                "any" => list.iter().any(|c| self.holds(c)),
                "not" => list.first().is_some_and(|c| !self.holds(c)),
                _ => false,
            };
        }
        match m.value_str() {
            None => match name.as_str() {
                "direct" => self.direct,
                "crate_local" => self.crate_local,
                "from_desugaring" => self.from_desugaring.is_some(),
                _ => false,
            },
            Some(value) => match name.as_str() {
                "from_desugaring" => self.from_desugaring == Some(value.as_str()),
                "cause" => self.cause == Some(value.as_str()),
                n => self.names(n).is_some_and(|names| {
                    let wanted = self.format(value.as_str());
                    names.iter().any(|s| *s == wanted || s.as_str() == value.as_str())
                }),
            },
        }
    }

    fn apply(&self, items: &[MetaItemInner], note: &mut OnUnimplementedNote) {
        for item in items {
            let MetaItemInner::MetaItem(m) = item else {
                continue;
            };
            let (Some(name), Some(value)) = (m.name(), m.value_str()) else {
                continue;
            };
            let text = || self.format(value.as_str());
            match name.as_str() {
                "message" => {
                    note.message.get_or_insert_with(text);
                }
                "label" => {
                    note.label.get_or_insert_with(text);
                }
                "note" => note.notes.push(text()),
                "parent_label" => {
                    note.parent_label.get_or_insert_with(text);
                }
                _ => {}
            }
        }
    }

    /// Replaces `{Self}`, `{T}`, `{Trait}`, ...
    fn format(&self, s: &str) -> String {
        let mut out = String::new();
        let mut rest = s;
        while let Some(i) = rest.find('{') {
            out.push_str(&rest[..i]);
            rest = &rest[i + 1..];
            if let Some(r) = rest.strip_prefix('{') {
                out.push('{');
                rest = r;
                continue;
            }
            let Some(end) = rest.find('}') else {
                out.push('{');
                break;
            };
            let name = &rest[..end];
            rest = &rest[end + 1..];
            match name {
                "Self" => out.push_str(&self.self_ty),
                "This" => out.push_str(&self.trait_name),
                "Trait" => out.push_str(&self.trait_path),
                "ItemContext" => out.push_str("a function"),
                "from_desugaring" => out.push_str(self.from_desugaring.unwrap_or("")),
                _ => match self.names(name).and_then(|n| n.first()) {
                    Some(v) => out.push_str(v),
                    None => {
                        out.push('{');
                        out.push_str(name);
                        out.push('}');
                    }
                },
            }
        }
        out.push_str(rest);
        out.replace("}}", "}")
    }
}

/// The forms in which a type can be named by a condition; the first is how it is printed.
fn type_names<'tcx>(cx: &TypeErrCtxt<'_, 'tcx>, ty: Ty<'tcx>) -> Vec<String> {
    let tcx = cx.tcx;
    let mut names = vec![ty.to_string()];
    match *ty.kind() {
        TyKind::Adt(def, _) => {
            names.push(tcx.type_of(def.did()).skip_binder().to_string());
            names.push(tcx.def_path_str(def.did()));
            names.push(tcx.item_name(def.did()).to_string());
            names.push(full_path(cx, def.did()));
            names.push(full_type(cx, tcx.type_of(def.did()).skip_binder()));
            names.push(full_type(cx, ty));
        }
        TyKind::Slice(t) => {
            names.push("[]".into());
            if t.is_integral() {
                names.push("[{integral}]".into());
            }
            if let TyKind::Adt(def, _) = t.kind() {
                names.push(format!("[{}]", tcx.type_of(def.did()).skip_binder()));
            }
        }
        TyKind::Array(t, len) => {
            names.push("[]".into());
            names.push(format!("[{t}; _]"));
            if let Some(n) = len.try_to_target_usize() {
                names.push(format!("[_; {n}]"));
                if t.is_integral() {
                    names.push(format!("[{{integral}}; {n}]"));
                }
            }
            if t.is_integral() {
                names.push("[{integral}; _]".into());
            }
        }
        TyKind::Ref(_, t, m) => {
            let m = if m == ty::Mutability::Mut { "mut " } else { "" };
            names.push(format!("&{m}{t}"));
            if let TyKind::Slice(e) = t.kind()
                && e.is_integral()
            {
                names.push(format!("&{m}[{{integral}}]"));
            }
        }
        TyKind::Dynamic(preds, _) => {
            if let Some(d) = preds.principal_def_id() {
                names.push(tcx.def_path_str(d));
            }
        }
        TyKind::FnDef(..) | TyKind::FnPtr(_) => {
            names.push("fn".into());
            names.push("fn(_)".into());
        }
        TyKind::Closure(..) => names.push("closure".into()),
        _ => {}
    }
    if ty.is_integral() {
        names.push("{integral}".into());
    }
    names
}

/// `std::string::String` and `alloc::string::String` are meant by the same words.
fn full_path(cx: &TypeErrCtxt<'_, '_>, def_id: span::def_id::DefId) -> String {
    let krate = cx.tcx.crate_name(def_id.krate);
    let path = cx.tcx.def_path_str(def_id);
    let krate = match krate.as_str() {
        "core" | "alloc" => "std",
        k => k,
    };
    match path.split_once("::") {
        Some((_, rest)) => format!("{krate}::{rest}"),
        None => path,
    }
}

/// As the library's conditions write types: `core::option::Option<core::convert::Infallible>`.
fn full_type<'tcx>(cx: &TypeErrCtxt<'_, 'tcx>, ty: Ty<'tcx>) -> String {
    let TyKind::Adt(def, args) = *ty.kind() else { return ty.to_string() };
    let args: Vec<String> = args.types().map(|t| full_type(cx, t)).collect();
    let list = if args.is_empty() { String::new() } else { format!("<{}>", args.join(", ")) };
    defining_path(cx.tcx, def.did()) + &list
}

/// The path through the modules that define something.
fn defining_path(tcx: query::TyCtxt<'_>, def_id: span::def_id::DefId) -> String {
    let mut names = vec![tcx.item_name(def_id).to_string()];
    let mut parent = tcx.opt_parent(def_id);
    while let Some(id) = parent {
        match tcx.opt_item_name(id) {
            Some(name) if tcx.opt_parent(id).is_some() => names.push(name.to_string()),
            _ => {}
        }
        parent = tcx.opt_parent(id);
    }
    names.push(tcx.crate_name(def_id.krate).to_string());
    names.reverse();
    names.join("::")
}
