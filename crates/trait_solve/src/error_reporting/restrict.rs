//! `consider restricting type parameter ..`: the bounds that would make an obligation hold, and where they go.

use std::collections::BTreeSet;

use diagnostics::{Applicability, Diag};
use hir::{GenericBound, Generics, LangItem, Node, PredicateOrigin, WherePredicateKind};
use query::TyCtxt;
use span::Span;
use span::def_id::{DefId, LocalDefId};
use ty::visit::{TypeSuperVisitable, TypeVisitable, TypeVisitor};
use ty::{AliasTyKind, PolyTraitPredicate, PredicatePolarity, Ty, TyKind};

use super::TypeErrCtxt;

/// One suggested edit of a parameter list or where clause.
struct Edit {
    span: Span,
    text: String,
    message: Message,
}

enum Message {
    Restrict { further: bool, param: String, traits: String },
    RemoveMaybeUnsized,
    ReplaceMaybeUnsized,
}

impl Message {
    fn text(&self) -> String {
        match self {
            Message::Restrict { further, param, traits } => {
                let further = if *further { "further " } else { "" };
                format!("consider {further}restricting type parameter `{param}` with {traits}")
            }
            Message::RemoveMaybeUnsized => {
                "consider removing the `?Sized` bound to make the type parameter `Sized`".to_owned()
            }
            Message::ReplaceMaybeUnsized => "consider replacing `?Sized` with `Sized`".to_owned(),
        }
    }
}

/// Suggests the bounds `(parameter, bound as written, its trait)`. Whether something was suggested.
pub fn suggest_constraining_type_params<'tcx>(
    tcx: TyCtxt<'tcx>,
    generics: &hir::Generics<'tcx>,
    diag: &mut Diag<'_>,
    wanted: &[(String, String, DefId)],
) -> bool {
    let mut edits: Vec<Edit> = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for (name, ..) in wanted {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    for name in names {
        let Some(param) = generics.params.iter().find(|p| p.name.ident().as_str() == name) else { return false };
        let mut bounds: Vec<_> = wanted.iter().filter(|(n, ..)| n == name).collect();
        if bounds.iter().any(|(_, _, t)| tcx.is_lang_item(*t, LangItem::Sized)) {
            bounds.retain(|(_, _, t)| !tcx.is_lang_item(*t, LangItem::Sized));
            diag.span_label(param.span, "this type parameter needs to be `Sized`");
            edit_unsized_bounds(generics, param, &mut edits);
        }
        // What is there already does not help.
        let known: Vec<DefId> = generics
            .bounds_for_param(param.def_id)
            .flat_map(|p| p.bounds.iter().filter_map(|b| b.trait_ref().and_then(|t| t.trait_def_id())))
            .collect();
        bounds.retain(|(_, _, t)| !known.contains(t));
        if bounds.is_empty() {
            continue;
        }
        let texts: BTreeSet<&str> = bounds.iter().map(|(_, b, _)| b.as_str()).collect();
        let constraint = texts.into_iter().collect::<Vec<_>>().join(" + ");
        let traits = trait_names(tcx, bounds.iter().map(|(_, _, t)| *t));
        let param_name = name.to_owned();
        let mut push = |span, text, further| {
            let message = Message::Restrict { further, param: param_name.clone(), traits: traits.clone() };
            edits.push(Edit { span, text, message });
        };
        if let Some(span) = end_of_bounds(generics, param.def_id) {
            push(span, format!(" + {constraint}"), true);
        } else if generics.has_where_clause_predicates {
            let list: String = bounds.iter().map(|(_, b, _)| format!(", {name}: {b}")).collect();
            push(generics.tail_span_for_predicate_suggestion(), list, true);
        } else if matches!(param.kind, hir::GenericParamKind::Type { default: Some(_), .. }) {
            let prefix = if generics.where_clause_span.is_empty() { " where" } else { "" };
            push(generics.tail_span_for_predicate_suggestion(), format!("{prefix} {name}: {constraint}"), true);
        } else if let Some(colon) = param.colon_span {
            push(colon.shrink_to_hi(), format!(" {constraint}"), false);
        } else {
            push(param.span.shrink_to_hi(), format!(": {constraint}"), false);
        }
    }
    edits.retain(|e| !e.span.in_derive_expansion());
    match &edits[..] {
        [] => false,
        [only] => {
            diag.span_suggestion_verbose(
                only.span,
                only.message.text(),
                only.text.clone(),
                Applicability::MachineApplicable,
            );
            true
        }
        _ => {
            let parts = edits.into_iter().map(|e| (e.span, e.text)).collect();
            diag.multipart_suggestion("consider restricting type parameters", parts, Applicability::MachineApplicable);
            true
        }
    }
}

/// ``trait `A` ``, ``traits `A` and `B` ``.
fn trait_names(tcx: TyCtxt<'_>, traits: impl Iterator<Item = DefId>) -> String {
    let names: BTreeSet<String> = traits.map(|t| format!("`{}`", tcx.item_name(t))).collect();
    let names: Vec<String> = names.into_iter().collect();
    match &names[..] {
        [] => String::new(),
        [only] => format!("trait {only}"),
        [a, b] => format!("traits {a} and {b}"),
        [init @ .., last] => format!("traits {}, and {last}", init.join(", ")),
    }
}

/// Behind the first bound list that is written for a parameter.
pub(super) fn end_of_bounds(generics: &Generics<'_>, param: LocalDefId) -> Option<Span> {
    generics
        .bounds_for_param(param)
        .flat_map(|p| p.bounds.iter().rev())
        .map(|b| b.span())
        .find(|s| !s.from_expansion())
        .map(|s| s.shrink_to_hi())
}

/// `?Sized` bounds of a parameter go.
fn edit_unsized_bounds(generics: &Generics<'_>, param: &hir::GenericParam<'_>, edits: &mut Vec<Edit>) {
    for (pos, predicate) in generics.predicates.iter().enumerate() {
        let WherePredicateKind::BoundPredicate(p) = predicate.kind else { continue };
        if !p.is_param_bound(param.def_id.to_def_id()) {
            continue;
        }
        let unsized_bounds: Vec<usize> =
            p.bounds.iter().enumerate().filter(|(_, b)| is_maybe(b)).map(|(i, _)| i).collect();
        let mut push = |span, message| edits.push(Edit { span, text: String::new(), message });
        if unsized_bounds.is_empty() {
            continue;
        }
        if unsized_bounds.len() < p.bounds.len() {
            for i in unsized_bounds {
                push(span_for_bound_removal(p.bounds, i), Message::RemoveMaybeUnsized);
            }
        } else if p.origin == PredicateOrigin::ImplTrait {
            let first = p.bounds[0].span();
            push(first.with_hi(first.lo() + span::BytePos(1)), Message::ReplaceMaybeUnsized);
            for &i in &unsized_bounds[1..] {
                push(span_for_bound_removal(p.bounds, i), Message::RemoveMaybeUnsized);
            }
        } else {
            push(span_for_predicate_removal(generics, pos), Message::RemoveMaybeUnsized);
        }
    }
}

fn is_maybe(bound: &GenericBound<'_>) -> bool {
    matches!(bound, GenericBound::Trait(t) if matches!(t.modifiers.polarity, hir::BoundPolarity::Maybe(_)))
}

/// A predicate with what joins it to its neighbours; the whole where clause if it is the only one.
fn span_for_predicate_removal(generics: &Generics<'_>, pos: usize) -> Span {
    let predicate = &generics.predicates[pos];
    let span = predicate.span;
    if !predicate.kind.in_where_clause() {
        return span;
    }
    if let Some(next) = generics.predicates.get(pos + 1)
        && next.kind.in_where_clause()
    {
        return span.until(next.span);
    }
    if pos > 0
        && let previous = &generics.predicates[pos - 1]
        && previous.kind.in_where_clause()
    {
        return previous.span.shrink_to_hi().to(span);
    }
    generics.where_clause_span
}

/// A bound among several, with its `+`.
fn span_for_bound_removal(bounds: hir::GenericBounds<'_>, pos: usize) -> Span {
    match bounds.get(pos + 1) {
        Some(next) => bounds[pos].span().until(next.span()),
        None if pos > 0 => bounds[pos - 1].span().shrink_to_hi().to(bounds[pos].span()),
        None => bounds[pos].span(),
    }
}

/// Whether a type can be written in a suggestion.
pub(super) fn is_suggestable<'tcx, T: TypeVisitable<'tcx>>(value: &T) -> bool {
    struct Finder(bool);
    impl<'tcx> TypeVisitor<'tcx> for Finder {
        type Break = ();
        fn visit_ty(&mut self, t: Ty<'tcx>) -> std::ops::ControlFlow<()> {
            let bad = match *t.kind() {
                TyKind::Infer(ty::InferTy::TyVar(_))
                | TyKind::FnDef(..)
                | TyKind::Closure(..)
                | TyKind::Coroutine(..)
                | TyKind::CoroutineClosure(..)
                | TyKind::CoroutineWitness(..)
                | TyKind::Bound(..)
                | TyKind::Placeholder(_)
                | TyKind::Error(_) => true,
                TyKind::Alias(AliasTyKind::Opaque, _) => true,
                TyKind::Param(p) => p.name.as_str().starts_with("impl "),
                _ => false,
            };
            if bad {
                self.0 = true;
                return std::ops::ControlFlow::Break(());
            }
            t.super_visit_with(self)
        }
    }
    let mut finder = Finder(false);
    let _ = value.visit_with(&mut finder);
    !finder.0
}

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    /// The bound that is missing, at the item whose parameter or associated type needs it.
    pub fn suggest_restricting_param_bound(
        &self,
        diag: &mut Diag<'_>,
        pred: PolyTraitPredicate<'tcx>,
        associated_ty: Option<(&str, Ty<'tcx>)>,
        mut item: LocalDefId,
    ) {
        let tcx = self.tcx;
        if pred.skip_binder().polarity != PredicatePolarity::Positive {
            return;
        }
        let self_ty = pred.self_ty().skip_binder();
        let is_param = matches!(self_ty.kind(), TyKind::Param(_));
        let is_self = self_ty.to_string() == "Self" && is_param;
        let projection = match *self_ty.kind() {
            TyKind::Alias(AliasTyKind::Projection, alias) => Some(alias),
            _ => None,
        };
        loop {
            let node = tcx.hir_node_by_def_id(item);
            let generics = tcx.hir_get_generics(item);
            match node {
                Node::Item(hir::Item { kind: hir::ItemKind::Trait(_, _, _, ident, generics, bounds, _), .. })
                    if is_self =>
                {
                    self.suggest_on_trait(diag, *ident, generics, bounds, pred);
                    return;
                }
                Node::TraitItem(hir::TraitItem { generics, kind: hir::TraitItemKind::Fn(..), .. }) if is_self => {
                    self.suggest_predicate(diag, generics, "`Self`", pred);
                    return;
                }
                Node::TraitItem(hir::TraitItem { kind: hir::TraitItemKind::Fn(..), .. })
                | Node::ImplItem(hir::ImplItem { kind: hir::ImplItemKind::Fn(..), .. })
                | Node::Item(hir::Item {
                    kind: hir::ItemKind::Fn { .. } | hir::ItemKind::Trait(..) | hir::ItemKind::Impl(_),
                    ..
                }) if projection.is_some() => {
                    if let Some(generics) = generics {
                        self.suggest_predicate(diag, generics, "the associated type", pred);
                    }
                    return;
                }
                Node::Item(_) | Node::TraitItem(_) | Node::ImplItem(_) if is_param => {
                    if !pred.skip_binder().trait_ref.args[1..].iter().all(is_suggestable) {
                        return;
                    }
                    let mut bound = query::with_no_trimmed_paths(|| pred.skip_binder().trait_ref.print_trait_sugared());
                    if let Some((name, term)) = associated_ty {
                        bound = match bound.strip_suffix('>') {
                            Some(start) => format!("{start}, {name} = {term}>"),
                            None => format!("{bound}<{name} = {term}>"),
                        };
                    }
                    let wanted = [(self_ty.to_string(), bound, pred.def_id())];
                    if let Some(generics) = generics
                        && suggest_constraining_type_params(tcx, generics, diag, &wanted)
                    {
                        return;
                    }
                }
                Node::Item(_) if !is_param => {
                    if let Some(generics) = generics
                        && self.suggest_arbitrary_bound(diag, generics, pred, associated_ty)
                    {
                        return;
                    }
                }
                Node::Crate(_) => return,
                _ => {}
            }
            match tcx.opt_local_parent(item) {
                Some(parent) => item = parent,
                None => return,
            }
        }
    }

    /// A supertrait.
    fn suggest_on_trait(
        &self,
        diag: &mut Diag<'_>,
        ident: span::Ident,
        generics: &Generics<'tcx>,
        bounds: hir::GenericBounds<'tcx>,
        pred: PolyTraitPredicate<'tcx>,
    ) {
        if generics.where_clause_span.from_expansion() || !is_suggestable(&pred) {
            return;
        }
        let bound = pred.skip_binder().trait_ref.print_trait_sugared();
        let (span, text) = match bounds {
            [.., last] => (last.span().shrink_to_hi(), format!(" + {bound}")),
            [] if generics.params.is_empty() => (ident.span.shrink_to_hi(), format!(": {bound}")),
            [] => (generics.span.shrink_to_hi(), format!(": {bound}")),
        };
        let message = "consider further restricting `Self`";
        diag.span_suggestion_verbose(span, message, text, Applicability::MachineApplicable);
    }

    /// A predicate in the where clause.
    fn suggest_predicate(
        &self,
        diag: &mut Diag<'_>,
        generics: &Generics<'tcx>,
        what: &str,
        pred: PolyTraitPredicate<'tcx>,
    ) {
        let span = generics.where_clause_span;
        if span.from_expansion() || !is_suggestable(&pred) {
            return;
        }
        diag.span_suggestion_verbose(
            generics.tail_span_for_predicate_suggestion(),
            format!("consider further restricting {what}"),
            format!("{} {}", generics.add_where_or_trailing_comma(), super::unimplemented::display_poly(pred)),
            Applicability::MachineApplicable,
        );
    }

    fn suggest_arbitrary_bound(
        &self,
        diag: &mut Diag<'_>,
        generics: &Generics<'tcx>,
        pred: PolyTraitPredicate<'tcx>,
        associated_ty: Option<(&str, Ty<'tcx>)>,
    ) -> bool {
        if !is_suggestable(&pred) {
            return false;
        }
        let mut constraint = super::unimplemented::display_poly(pred);
        if let Some((name, term)) = associated_ty {
            constraint = match constraint.strip_suffix('>') {
                Some(start) => format!("{start}, {name} = {term}>"),
                None => format!("{constraint}<{name} = {term}>"),
            };
        }
        let how = if generics.where_clause_span.is_empty() { "introducing a" } else { "extending the" };
        diag.span_suggestion_verbose(
            generics.tail_span_for_predicate_suggestion(),
            format!(
                "consider {how} `where` clause, but there might be an alternative better way to express this requirement"
            ),
            format!("{} {constraint}", generics.add_where_or_trailing_comma()),
            Applicability::MaybeIncorrect,
        );
        true
    }
}
