//! Which impls a trait has: of types that resemble the one that lacks it, else of all others.

use diagnostics::{Diag, Level, MultiSpan};
use hir::LangItem;
use span::Symbol;
use span::def_id::{DefId, LocalDefId};
use ty::error::TypeError;
use ty::visit::TypeVisitableExt;
use ty::{AliasTyKind, ImplPolarity, InferTy, ParamEnv, PolyTraitPredicate, TraitRef, Ty, TyKind};

use super::TypeErrCtxt;
use crate::traits::{Obligation, ObligationCause, ObligationCtxt, PredicateObligation};

/// More than this many lines are cut to one less.
const MAX_SHOWN: usize = 9;
/// Fewer candidates than this are shown by their places.
const MAX_SPANS: usize = 5;

/// How alike two types are; the most alike first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Similarity {
    Exact { ignoring_lifetimes: bool },
    Fuzzy { ignoring_lifetimes: bool },
}

/// An impl that is worth a mention.
#[derive(Clone, Copy)]
pub(super) struct ImplCandidate<'tcx> {
    pub(super) trait_ref: TraitRef<'tcx>,
    impl_def_id: DefId,
    similarity: Similarity,
}

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    fn impls_of_trait(&self, trait_def_id: DefId) -> Vec<DefId> {
        let all = self.tcx.trait_impls_of(trait_def_id);
        all.blanket_impls.iter().chain(all.non_blanket_impls.values().flatten()).copied().collect()
    }

    /// The impls for types that resemble the predicate's.
    pub(super) fn find_similar_impl_candidates(&self, pred: PolyTraitPredicate<'tcx>) -> Vec<ImplCandidate<'tcx>> {
        let self_ty = pred.self_ty().skip_binder();
        let mut found: Vec<_> = self
            .impls_of_trait(pred.def_id())
            .into_iter()
            .filter_map(|impl_def_id| {
                let header = self.tcx.impl_trait_header(impl_def_id)?;
                let trait_ref = header.trait_ref.skip_binder();
                if header.polarity != ImplPolarity::Positive {
                    return None;
                }
                let similarity = self.fuzzy_match_tys(self_ty, trait_ref.self_ty(), false)?;
                Some(ImplCandidate { trait_ref, impl_def_id, similarity })
            })
            .collect();
        let is_exact = |c: &ImplCandidate<'_>| matches!(c.similarity, Similarity::Exact { .. });
        if found.iter().any(is_exact) {
            found.retain(is_exact);
        }
        found
    }

    fn fuzzy_match_tys(&self, a: Ty<'tcx>, b: Ty<'tcx>, ignoring_lifetimes: bool) -> Option<Similarity> {
        let (a, b) = if ignoring_lifetimes { (a, b) } else { (peel_pointers(a), peel_pointers(b)) };
        let (cat_a, cat_b) = (self.category(a)?, self.category(b)?);
        if a == b {
            return Some(Similarity::Exact { ignoring_lifetimes });
        }
        if cat_a != cat_b {
            return if ignoring_lifetimes { None } else { self.fuzzy_match_tys(a, b, true) };
        }
        let alike = match (a.kind(), b.kind()) {
            (TyKind::Adt(x, _), TyKind::Adt(y, _)) => x == y,
            (TyKind::Foreign(x), TyKind::Foreign(y)) => x == y,
            (TyKind::Ref(..) | TyKind::RawPtr(..), TyKind::Ref(..) | TyKind::RawPtr(..)) => false,
            _ => true,
        };
        alike.then_some(Similarity::Fuzzy { ignoring_lifetimes })
    }

    /// A number for types of about the same kind.
    fn category(&self, t: Ty<'tcx>) -> Option<u32> {
        Some(match *t.kind() {
            TyKind::Bool => 0,
            TyKind::Char => 1,
            TyKind::Str => 2,
            TyKind::Adt(def, _) if self.tcx.is_lang_item(def.did(), LangItem::String) => 2,
            TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Infer(InferTy::IntVar(_) | InferTy::FloatVar(_)) => 4,
            TyKind::Ref(..) | TyKind::RawPtr(..) => 5,
            TyKind::Array(..) | TyKind::Slice(_) => 6,
            TyKind::FnDef(..) | TyKind::FnPtr(..) => 7,
            TyKind::Dynamic(..) => 8,
            TyKind::Closure(..) => 9,
            TyKind::Tuple(_) => 10,
            TyKind::Param(_) => 11,
            TyKind::Alias(AliasTyKind::Projection, _) => 12,
            TyKind::Alias(AliasTyKind::Inherent, _) => 13,
            TyKind::Alias(AliasTyKind::Opaque, _) => 14,
            TyKind::Alias(AliasTyKind::Free, _) => 15,
            TyKind::Never => 16,
            TyKind::Adt(..) => 17,
            TyKind::Coroutine(..) => 18,
            TyKind::Foreign(_) => 19,
            TyKind::CoroutineWitness(..) => 20,
            TyKind::CoroutineClosure(..) => 21,
            TyKind::Pat(..) => 22,
            TyKind::UnsafeBinder(_) => 23,
            _ => return None,
        })
    }

    /// Mentions impls. Whether some were.
    pub(super) fn report_similar_impl_candidates(
        &self,
        candidates: &[ImplCandidate<'tcx>],
        pred: PolyTraitPredicate<'tcx>,
        body: LocalDefId,
        diag: &mut Diag<'_>,
        param_env: ParamEnv<'tcx>,
    ) -> bool {
        if let [single] = candidates
            && self.note_single_impl(*single, pred, diag, param_env)
        {
            return true;
        }
        let tcx = self.tcx;
        let recommended: Vec<_> =
            candidates.iter().filter(|c| !self.do_not_recommend(c.impl_def_id)).copied().collect();
        let trait_def_id = pred.def_id();
        if recommended.is_empty() {
            // Who implements `Copy`, `Debug` and friends is of no use.
            if tcx.trait_is_auto(trait_def_id)
                || tcx.as_lang_item(trait_def_id).is_some()
                || tcx.get_diagnostic_name(trait_def_id).is_some()
            {
                return false;
            }
            return self.list_impls(self.alternatives(trait_def_id, body), pred, diag);
        }
        let mut recommended: Vec<_> = recommended.into_iter().filter(|c| !c.trait_ref.references_error()).collect();
        recommended.sort_by_cached_key(|c| {
            let len = match *c.trait_ref.self_ty().kind() {
                TyKind::Array(_, len) => len.try_to_target_usize().unwrap_or(u64::MAX),
                _ => 0,
            };
            (c.similarity, len, format!("<{} as {}>", c.trait_ref.self_ty(), c.trait_ref))
        });
        let mut list: Vec<_> = recommended.into_iter().map(|c| (c.trait_ref, c.impl_def_id)).collect();
        list.dedup();
        self.list_impls(list, pred, diag)
    }

    /// All impls of a trait for types that the item can see.
    fn alternatives(&self, trait_def_id: DefId, body: LocalDefId) -> Vec<(TraitRef<'tcx>, DefId)> {
        let tcx = self.tcx;
        let mut list: Vec<_> = self
            .impls_of_trait(trait_def_id)
            .into_iter()
            .filter(|&d| !self.do_not_recommend(d))
            .filter_map(|d| {
                let header = tcx.impl_trait_header(d)?;
                (header.polarity == ImplPolarity::Positive).then(|| (header.trait_ref.skip_binder(), d))
            })
            .filter(|(t, _)| match *t.self_ty().peel_refs().kind() {
                TyKind::Param(_) if matches!(t.self_ty().kind(), TyKind::Param(_)) => false,
                TyKind::Adt(def, _) => {
                    let did = def.did();
                    let visible = tcx.is_accessible_from(tcx.visibility(did), body.to_def_id());
                    visible && (did.is_local() || !tcx.is_doc_hidden(did))
                }
                _ => true,
            })
            .collect();
        list.sort_by_cached_key(|(t, _)| format!("<{} as {}>", t.self_ty(), t));
        list.dedup();
        list
    }

    fn list_impls(
        &self,
        mut list: Vec<(TraitRef<'tcx>, DefId)>,
        pred: PolyTraitPredicate<'tcx>,
        diag: &mut Diag<'_>,
    ) -> bool {
        let tcx = self.tcx;
        list.retain(|(t, _)| !t.references_error());
        let Some(&(first, first_impl)) = list.first() else { return false };
        // What `?` is made of cannot be implemented.
        if tcx.is_diagnostic_item(Symbol::intern("FromResidual"), first.def_id) {
            return false;
        }
        if list.len() == 1 {
            let (what, castable) = match (first.self_ty().kind(), pred.self_ty().skip_binder().kind()) {
                (TyKind::FnPtr(..), TyKind::FnDef(..)) => ("fn pointer ", ", cast using `as`"),
                (TyKind::FnPtr(..), _) => ("fn pointer ", ""),
                _ => ("", ""),
            };
            let text = format!(
                "the trait `{}` is implemented for {what}`{}`{castable}",
                first.print_trait_sugared(),
                first.self_ty()
            );
            diag.span_help(tcx.def_span(first_impl), text);
            return true;
        }
        let generics = tcx.def_path_str_with_args(first.def_id, tcx.identity_args_for(first.def_id));
        let name = first.to_string();
        let same_trait = list.iter().all(|(t, _)| t.to_string() == name);
        let line = |t: &TraitRef<'tcx>| match same_trait {
            true => t.self_ty().to_string(),
            false => format!("`{}` implements `{t}`", t.self_ty()),
        };
        if list.len() < MAX_SPANS {
            let mut spans: MultiSpan = list.iter().map(|(_, d)| tcx.def_span(*d)).collect::<Vec<_>>().into();
            for (t, d) in &list {
                let text = if same_trait { format!("`{}`", line(t)) } else { line(t) };
                spans.push_span_label(tcx.def_span(*d), text);
            }
            diag.span_help(spans, format!("the following other types implement trait `{generics}`"));
            return true;
        }
        let end = if list.len() <= MAX_SHOWN { list.len() } else { MAX_SHOWN - 1 };
        let shown: String = list[..end].iter().map(|(t, _)| format!("\n  {}", line(t))).collect();
        let others = if end < list.len() { format!("\nand {} others", list.len() - end) } else { String::new() };
        diag.help(format!("the following other types implement trait `{generics}`:{shown}{others}"));
        true
    }

    /// The only impl that is near: how it differs from what is needed.
    fn note_single_impl(
        &self,
        single: ImplCandidate<'tcx>,
        pred: PolyTraitPredicate<'tcx>,
        diag: &mut Diag<'_>,
        param_env: ParamEnv<'tcx>,
    ) -> bool {
        self.probe(|_| self.note_single_impl_in_probe(single, pred, diag, param_env))
    }

    /// All of it inside one probe: the impl's variables are not known outside.
    fn note_single_impl_in_probe(
        &self,
        single: ImplCandidate<'tcx>,
        pred: PolyTraitPredicate<'tcx>,
        diag: &mut Diag<'_>,
        param_env: ParamEnv<'tcx>,
    ) -> bool {
        let tcx = self.tcx;
        let compare = || {
            let ocx = ObligationCtxt::new(self.infcx);
            let cause = ObligationCause::dummy();
            let wanted = self.enter_forall_and_leak_placeholders(pred).trait_ref;
            let args = self.fresh_args_for_item(span::DUMMY_SP, single.impl_def_id);
            let of_impl = tcx.impl_trait_header(single.impl_def_id)?.trait_ref.instantiate(*tcx, args);
            let of_impl = ocx.normalize(&cause, param_env, of_impl);
            for (clause, _) in tcx.all_predicates_of(single.impl_def_id) {
                let clause = ty::EarlyBinder::bind(clause).instantiate(*tcx, args);
                ocx.register_obligation(Obligation::new(tcx, cause.clone(), param_env, clause));
            }
            if !ocx.select_where_possible().is_empty() {
                return None;
            }
            let mut errors = Vec::new();
            for (w, i) in wanted.args.iter().zip(of_impl.args.iter()) {
                if w.references_error() || i.references_error() {
                    return None;
                }
                if let Err(e) = ocx.eq(&cause, param_env, i, w) {
                    errors.push(e);
                }
                if !ocx.select_where_possible().is_empty() {
                    return None;
                }
            }
            if errors.len() == of_impl.args.len() {
                return None;
            }
            Some((wanted, self.resolve_vars_if_possible(of_impl), errors))
        };
        let Some((wanted, of_impl, errors)) = compare() else { return false };
        if of_impl.references_error() {
            return false;
        }
        // It says more than the help that stands there already.
        if let [child, ..] = &diag.children[..]
            && child.level == Level::Help
            && child.message.starts_with("the trait")
            && child.message.contains("is not implemented for")
        {
            diag.children.remove(0);
        }
        let (trait_w, trait_i) = self.cmp_traits(wanted, of_impl);
        let (ty_w, ty_i) = self.cmp_types(wanted.self_ty(), of_impl.self_ty());
        let same_trait = trait_w == trait_i;
        let same_type = ty_w == ty_i;
        let trait_name = if same_trait { of_impl.print_trait_sugared() } else { trait_w };
        let self_name = if same_type { wanted.self_ty().to_string() } else { ty_w };
        let but = match (same_type, same_trait) {
            (true, _) => format!("but trait `{trait_i}` is implemented for it"),
            (false, true) => format!("but it is implemented for `{ty_i}`"),
            (false, false) => format!("but trait `{trait_i}` is implemented for `{ty_i}`"),
        };
        let text = format!("the trait `{trait_name}` is not implemented for `{self_name}`\n{but}");
        diag.span_help(tcx.def_span(single.impl_def_id), text);
        if let [TypeError::Sorts(ef)] = errors[..] {
            let (e, f) = (self.resolve_vars_if_possible(ef.expected), self.resolve_vars_if_possible(ef.found));
            diag.help(format!("for that trait implementation, expected `{e}`, found `{f}`"));
        }
        true
    }

    /// Two traits' paths with arguments, those that are the same as `_`.
    fn cmp_traits(&self, a: TraitRef<'tcx>, b: TraitRef<'tcx>) -> (String, String) {
        let path = self.tcx.def_path_str(a.def_id);
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for (x, y) in a.args.iter().skip(1).zip(b.args.iter().skip(1)) {
            let (x, y) = match (x, y) {
                (ty::GenericArg::Type(x), ty::GenericArg::Type(y)) if x == y => ("_".to_owned(), "_".to_owned()),
                (ty::GenericArg::Type(x), ty::GenericArg::Type(y)) => self.cmp_types(x, y),
                (ty::GenericArg::Lifetime(_), _) => continue,
                (x, y) => (x.to_string(), y.to_string()),
            };
            left.push(x);
            right.push(y);
        }
        let whole = |list: Vec<String>| match list.is_empty() {
            true => path.clone(),
            false => format!("{path}<{}>", list.join(", ")),
        };
        (whole(left), whole(right))
    }

    /// The impls of the trait that the whole chain of requirements started with.
    pub(super) fn report_similar_impl_candidates_for_root(
        &self,
        obligation: &PredicateObligation<'tcx>,
        diag: &mut Diag<'_>,
    ) {
        let (_, Some(root)) = obligation.cause.code().peel_derives_with_predicate() else { return };
        let root = self.resolve_vars_if_possible(root);
        let tcx = self.tcx;
        if !tcx.trait_is_auto(root.def_id()) && tcx.as_lang_item(root.def_id()).is_none() {
            let candidates = self.find_similar_impl_candidates(root);
            let body = obligation.cause.body_id;
            self.report_similar_impl_candidates(&candidates, root, body, diag, obligation.param_env);
        }
    }

    /// `#[diagnostic::do_not_recommend]`
    pub(super) fn do_not_recommend(&self, impl_def_id: DefId) -> bool {
        let path = [Symbol::intern("diagnostic"), Symbol::intern("do_not_recommend")];
        self.tcx.attrs(impl_def_id).iter().any(|a| a.path_matches(&path))
    }
}

/// Without references and raw pointers.
fn peel_pointers(mut t: Ty<'_>) -> Ty<'_> {
    while let TyKind::Ref(_, inner, _) | TyKind::RawPtr(inner, _) = *t.kind() {
        t = inner;
    }
    t
}
