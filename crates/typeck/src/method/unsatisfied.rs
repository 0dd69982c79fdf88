//! E0599 of a method that is there, but for bounds that do not hold: which, of what types, and the derives that
//! would help.

use diagnostics::{Applicability, Diag, MultiSpan};
use hir::Node;
use span::def_id::DefId;
use span::{Ident, Span};
use trait_solve::traits::ObligationCauseCode;
use ty::{ClauseKind, GenericParamDefKind, Predicate, PredicateKind, Ty, TyKind};

use super::UnsatisfiedPredicate;
use crate::FnCtxt;

/// What the labels and notes are made of.
#[derive(Default)]
struct Found {
    /// Where types are defined, and the bounds that they do not satisfy.
    types: Vec<(Span, Vec<String>)>,
}

/// Bounds of one impl.
struct OfImpl<'tcx> {
    key: Span,
    primary: Vec<Span>,
    labels: Vec<(Span, &'static str)>,
    predicates: Vec<Predicate<'tcx>>,
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Lists the bounds that are not met; whether there were any to list.
    pub(super) fn note_unsatisfied_predicates(
        &self,
        err: &mut Diag<'_>,
        rcvr_ty: Ty<'tcx>,
        item_kind: &str,
        item_name: Ident,
        ty_str: &str,
        unsatisfied: &[UnsatisfiedPredicate<'tcx>],
    ) -> bool {
        let mut found = Found::default();
        let mut impls: Vec<OfImpl<'tcx>> = Vec::new();
        let mut rest: Vec<String> = Vec::new();
        for (p, parent, cause) in unsatisfied {
            if self.has_lost_vars(*p) || parent.is_some_and(|p| self.has_lost_vars(p)) {
                continue;
            }
            let p = self.resolve_vars_if_possible(*p);
            let parent = parent.map(|p| self.resolve_vars_if_possible(p));
            if self.predicate_text(p).is_none() {
                continue;
            }
            let at = match cause.as_ref().map(|c| c.code()) {
                Some(ObligationCauseCode::ImplDerived(d)) => Some((d.impl_or_alias_def_id, d.span)),
                Some(
                    ObligationCauseCode::WhereClause(d, span) | ObligationCauseCode::WhereClauseInExpr(d, span, ..),
                ) if !span.is_dummy() => Some((*d, *span)),
                _ => None,
            };
            if let Some((def_id, span)) = at
                && let Some(Node::Item(hir::Item { kind: hir::ItemKind::Impl(i), span: item_span, .. })) =
                    self.tcx.hir_get_if_local(def_id)
                && !i.self_ty.span.in_derive_expansion()
                && !item_span.in_derive_expansion()
            {
                if let Some(parent) = parent {
                    self.collect_type(&mut found, parent);
                }
                let key = i.self_ty.span;
                let n = impls.iter().position(|o| o.key == key).unwrap_or_else(|| {
                    impls.push(OfImpl { key, primary: Vec::new(), labels: Vec::new(), predicates: Vec::new() });
                    impls.len() - 1
                });
                let entry = &mut impls[n];
                entry.predicates.push(p);
                if span != *item_span {
                    entry.primary.push(span);
                    entry.labels.push((span, "unsatisfied trait bound introduced here"));
                } else {
                    entry.primary.extend(i.of_trait.map(|t| t.trait_ref.path.span));
                    entry.primary.push(key);
                }
                entry.labels.extend(i.of_trait.map(|t| (t.trait_ref.path.span, "")));
                entry.labels.push((key, ""));
                continue;
            }
            let Some(text) = self.collect_type(&mut found, p) else { continue };
            rest.push(match parent.and_then(|p| self.collect_type(&mut found, p)) {
                Some(parent) => format!("`{text}`\nwhich is required by `{parent}`"),
                None => format!("`{text}`"),
            });
        }
        if rest.is_empty() && impls.is_empty() {
            return false;
        }
        err.primary_message(format!(
            "the {item_kind} `{item_name}` exists for {} `{ty_str}`, but its trait bounds were not satisfied",
            self.prefix_string(rcvr_ty)
        ));
        impls.sort_by_key(|o| o.key);
        for o in impls {
            let mut texts: Vec<String> =
                o.predicates.iter().filter_map(|p| Some(format!("`{}`", self.collect_type(&mut found, *p)?))).collect();
            texts.sort();
            texts.dedup();
            let msg = match &texts[..] {
                [one] => format!("trait bound {one} was not satisfied"),
                all => format!("the following trait bounds were not satisfied:\n{}", all.join("\n")),
            };
            let mut primary = o.primary;
            primary.sort();
            primary.dedup();
            let mut spans = MultiSpan::from(primary);
            let mut seen = Vec::new();
            for (span, label) in o.labels {
                if !seen.contains(&(span, label)) {
                    seen.push((span, label));
                    spans.push_span_label(span, label);
                }
            }
            err.span_note(spans, msg);
        }
        if !rest.is_empty() {
            rest.sort();
            rest.dedup();
            err.note(format!("the following trait bounds were not satisfied:\n{}", rest.join("\n")));
        }
        self.label_types(err, found, rcvr_ty, item_kind, item_name);
        self.suggest_derives(err, unsatisfied);
        true
    }

    /// Where the receiver's type is defined, if that is to be pointed at.
    pub(super) fn receiver_span(&self, rcvr_ty: Ty<'tcx>) -> Option<Span> {
        match *rcvr_ty.kind() {
            TyKind::Adt(def, _) if def.did().is_local() => Some(self.tcx.def_span(def.did())),
            TyKind::Param(p) => {
                let root = self.tcx.typeck_root_def_id(self.body_id.to_def_id());
                let generics = self.tcx.generics_of(root);
                let def_id = self.tcx.type_param_def(generics, p).def_id;
                // `Self` of a trait is nowhere written.
                (self.tcx.def_kind(def_id) == hir::def::DefKind::TyParam).then(|| self.tcx.def_span(def_id))
            }
            _ => None,
        }
    }

    /// "doesn't satisfy ..." at the types' definitions.
    fn label_types(&self, err: &mut Diag<'_>, found: Found, rcvr_ty: Ty<'tcx>, item_kind: &str, item_name: Ident) {
        let mut own = self.receiver_span(rcvr_ty);
        let kind = self.prefix_string(rcvr_ty);
        for (span, mut bounds) in found.types {
            if self.tcx.sess().source_map().span_to_snippet(span).is_none() {
                continue;
            }
            bounds.sort();
            bounds.dedup();
            let before = if own == Some(span) {
                own = None;
                format!("{item_kind} `{item_name}` not found for this {kind} because it ")
            } else {
                String::new()
            };
            let label = match &bounds[..] {
                [one] => format!("{before}doesn't satisfy {one}"),
                many if many.len() > 4 => format!("{before}doesn't satisfy {} bounds", many.len()),
                [first @ .., last] => format!("{before}doesn't satisfy {} or {last}", first.join(", ")),
                [] => continue,
            };
            err.span_label(span, label);
        }
        if let Some(span) = own {
            err.span_label(span, format!("{item_kind} `{item_name}` not found for this {kind}"));
        }
    }

    /// A bound's text, and its text without the type, and the type.
    fn predicate_text(&self, p: Predicate<'tcx>) -> Option<(String, String, Ty<'tcx>)> {
        match p.kind().skip_binder() {
            PredicateKind::Clause(ClauseKind::Trait(t)) => {
                let self_ty = t.self_ty();
                if self_ty.is_ty_var() {
                    return None;
                }
                let path = self.trait_path(t.trait_ref);
                Some((format!("{self_ty}: {path}"), format!("_: {path}"), self_ty))
            }
            PredicateKind::Clause(ClauseKind::Projection(p)) => {
                let self_ty = p.projection_term.self_ty();
                if self_ty.is_ty_var() {
                    return None;
                }
                let trait_ref = self.tcx.projection_trait_ref(p.projection_term);
                let name = self.tcx.item_name(p.projection_term.def_id);
                let rest = format!(" as {}>::{name} = {}", self.trait_path(trait_ref), p.term);
                Some((format!("<{self_ty}{rest}"), format!("<_{rest}"), self_ty))
            }
            _ => None,
        }
    }

    /// A trait with its arguments but those that are the defaults.
    fn trait_path(&self, t: ty::TraitRef<'tcx>) -> String {
        let generics = self.tcx.generics_of(t.def_id);
        let mut args = t.args.as_slice();
        for param in generics.own_params.iter().rev() {
            let default = match param.kind {
                GenericParamDefKind::Type { has_default: true, .. } => {
                    self.tcx.type_of(param.def_id).instantiate(*self.tcx, t.args).into()
                }
                _ => break,
            };
            if args.last() != Some(&default) {
                break;
            }
            args = &args[..args.len() - 1];
        }
        let path = self.tcx.def_path_str(t.def_id);
        let rest: Vec<String> = args[1..].iter().map(|a| a.to_string()).filter(|a| !a.is_empty()).collect();
        if rest.is_empty() { path } else { format!("{path}<{}>", rest.join(", ")) }
    }

    /// Notes a bound at its type's definition; the bound's text.
    fn collect_type(&self, found: &mut Found, p: Predicate<'tcx>) -> Option<String> {
        let (text, quiet, ty) = self.predicate_text(p)?;
        let msg = format!("`{}`", if text.len() > 50 { &quiet } else { &text });
        let (span, msg) = match *ty.kind() {
            TyKind::Adt(def, _) => (Some(self.tcx.def_span(def.did())), msg),
            TyKind::Dynamic(preds, _) => (preds.principal_def_id().map(|d| self.tcx.def_span(d)), msg),
            TyKind::Closure(d, _) => (Some(self.tcx.def_span(d)), format!("`{quiet}`")),
            _ => (None, msg),
        };
        if let Some(span) = span {
            match found.types.iter_mut().find(|(s, _)| *s == span) {
                Some((_, list)) => list.push(msg),
                None => found.types.push((span, vec![msg])),
            }
        }
        Some(text)
    }

    /// `#[derive(..)]` of the traits that local types lack.
    pub(crate) fn suggest_derives(&self, err: &mut Diag<'_>, unsatisfied: &[UnsatisfiedPredicate<'tcx>]) {
        let mut derives: Vec<(Span, String, String)> = Vec::new();
        for (p, ..) in unsatisfied {
            let p = self.resolve_vars_if_possible(*p);
            let PredicateKind::Clause(ClauseKind::Trait(t)) = p.kind().skip_binder() else { continue };
            if let TyKind::Adt(adt, _) = *t.self_ty().kind()
                && self.can_derive(t.trait_ref)
            {
                let span = self.tcx.def_span(adt.did());
                let name = t.self_ty().to_string();
                for d in trait_solve::traits::supertrait_def_ids(self.tcx, t.trait_ref.def_id) {
                    if let Some(tr) = self.derivable(d) {
                        derives.push((span, name.clone(), tr.to_owned()));
                    }
                }
            }
        }
        derives.sort();
        derives.dedup();
        let mut at = 0;
        while at < derives.len() {
            let (span, name) = (derives[at].0, derives[at].1.clone());
            let mut traits = Vec::new();
            while at < derives.len() && derives[at].0 == span {
                traits.push(derives[at].2.clone());
                at += 1;
            }
            let list = traits.join(", ");
            err.span_suggestion_verbose(
                span.shrink_to_lo(),
                format!("consider annotating `{name}` with `#[derive({list})]`"),
                format!("#[derive({list})]\n"),
                Applicability::MaybeIncorrect,
            );
        }
    }

    /// The derive's name of a trait that has one.
    fn derivable(&self, def_id: DefId) -> Option<&'static str> {
        let names = ["Default", "Eq", "PartialEq", "Ord", "PartialOrd", "Clone", "Copy", "Hash", "Debug"];
        names.into_iter().find(|n| self.tcx.is_diagnostic_item(span::Symbol::intern(n), def_id))
    }

    /// Whether a trait can be derived for a local type as its fields are.
    fn can_derive(&self, t: ty::TraitRef<'tcx>) -> bool {
        let TyKind::Adt(adt, args) = *t.self_ty().kind() else { return false };
        if adt.is_union() || !adt.did().is_local() || self.derivable(t.def_id).is_none() {
            return false;
        }
        // A right side of its own is no derive's.
        if t.args.types().nth(1).is_some_and(|rhs| rhs != t.self_ty()) {
            return false;
        }
        if adt.is_enum() && self.derivable(t.def_id) == Some("Default") {
            return false;
        }
        adt.all_fields().all(|f| {
            let ty = self.tcx.type_of(f.did).instantiate(*self.tcx, args);
            let params: Vec<ty::GenericArg<'tcx>> =
                t.args.iter().map(|a| if a.as_type() == Some(t.self_ty()) { ty.into() } else { a }).collect();
            self.root_ctxt.infcx.type_implements_trait(t.def_id, params, self.param_env).must_apply_modulo_regions()
        })
    }
}
