//! Assembling candidates: inherent impls, `where` clauses, `dyn` types, traits.

use span::FxHashSet;
use span::def_id::{DefId, LocalDefId};
use trait_solve::fast_reject::{TreatParams, simplify_type};
use ty::{AssocItem, ParamTy, PolyTraitRef, TraitRef, Ty, TyKind};

use super::CandidateSource;
use super::probe::{Candidate, CandidateKind, ProbeContext};

impl<'a, 'b, 'tcx> ProbeContext<'a, 'b, 'tcx> {
    fn push_candidate(&mut self, candidate: Candidate<'tcx>, is_inherent: bool) {
        let is_accessible = match self.method_name {
            Some(name) => {
                let item = &candidate.item;
                let hir_id = self.tcx.local_def_id_to_hir_id(self.body_id);
                let vis = self.tcx.visibility(item.def_id);
                vis.is_public() || {
                    let def_scope = self.tcx.adjust_ident_and_get_scope(name, item.container_id, hir_id).1;
                    self.tcx.is_accessible_from(vis, def_scope)
                }
            }
            None => true,
        };
        if is_accessible {
            if is_inherent {
                self.inherent_candidates.push(candidate);
            } else {
                self.extension_candidates.push(candidate);
            }
        } else {
            self.private_candidates.push(candidate);
        }
    }

    pub(super) fn assemble_inherent_candidates(&mut self) {
        for i in 0..self.steps.len() {
            let self_ty = self.steps[i].self_ty;
            self.assemble_probe(self_ty);
        }
    }

    fn assemble_probe(&mut self, raw_self_ty: Ty<'tcx>) {
        let self_ty = self.shallow_resolve(raw_self_ty);
        match *self_ty.kind() {
            TyKind::Dynamic(data, _) => {
                if let Some(p) = data.principal() {
                    // Subtle: we can't use `instantiate_query_response` here: the object's own methods, then inherent
                    // impls on the trait object.
                    self.assemble_inherent_candidates_from_object(self_ty);
                    self.assemble_inherent_impl_candidates_for_type(p.def_id());
                    if self.tcx.has_attr(p.def_id(), span::Symbol::intern("rustc_has_incoherent_inherent_impls")) {
                        self.assemble_inherent_candidates_for_incoherent_ty(self_ty);
                    }
                }
            }
            TyKind::Adt(def, _) => {
                let def_id = def.did();
                self.assemble_inherent_impl_candidates_for_type(def_id);
                if self.tcx.has_attr(def_id, span::Symbol::intern("rustc_has_incoherent_inherent_impls")) {
                    self.assemble_inherent_candidates_for_incoherent_ty(self_ty);
                }
            }
            TyKind::Foreign(did) => {
                self.assemble_inherent_impl_candidates_for_type(did);
                if self.tcx.has_attr(did, span::Symbol::intern("rustc_has_incoherent_inherent_impls")) {
                    self.assemble_inherent_candidates_for_incoherent_ty(self_ty);
                }
            }
            TyKind::Param(p) => self.assemble_inherent_candidates_from_param(p),
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Str
            | TyKind::Array(..)
            | TyKind::Slice(_)
            | TyKind::RawPtr(..)
            | TyKind::Ref(..)
            | TyKind::Never
            | TyKind::Tuple(..)
            | TyKind::Pat(..) => self.assemble_inherent_candidates_for_incoherent_ty(self_ty),
            // Numeric variables: the methods of all types that they may be would be ambiguous; traits only.
            _ => {}
        }
    }

    fn assemble_inherent_candidates_for_incoherent_ty(&mut self, self_ty: Ty<'tcx>) {
        let Some(simp) = simplify_type(self.tcx, self_ty, TreatParams::InstantiateWithInfer) else {
            return;
        };
        for &impl_def_id in self.tcx.incoherent_impls(simp) {
            self.assemble_inherent_impl_probe(impl_def_id);
        }
    }

    fn assemble_inherent_impl_candidates_for_type(&mut self, def_id: DefId) {
        for &impl_def_id in self.tcx.inherent_impls(def_id) {
            self.assemble_inherent_impl_probe(impl_def_id);
        }
    }

    fn assemble_inherent_impl_probe(&mut self, impl_def_id: DefId) {
        if !self.impl_dups.insert(impl_def_id) {
            return; // already visited
        }
        for item in self.impl_or_trait_item(impl_def_id) {
            if !self.has_applicable_self(&item) {
                // No receiver declared. Not a candidate.
                self.record_static_candidate(CandidateSource::Impl(impl_def_id));
                continue;
            }
            self.push_candidate(
                Candidate { item, kind: CandidateKind::InherentImpl { impl_def_id }, import_ids: Vec::new() },
                true,
            );
        }
    }

    fn assemble_inherent_candidates_from_object(&mut self, self_ty: Ty<'tcx>) {
        let TyKind::Dynamic(data, _) = *self_ty.kind() else {
            return;
        };
        let Some(principal) = data.principal() else {
            return;
        };
        // It is illegal to invoke a method on a trait instance that refers to the `Self` type. An error will be
        // reported by `enforce_object_limitations()` if the method refers to the `Self` type anywhere.
        let trait_ref = principal.with_self_ty(*self.tcx, self_ty);
        let supertraits: Vec<_> = trait_solve::traits::supertraits(self.tcx, trait_ref).collect();
        self.assemble_candidates_for_bounds(supertraits, CandidateKind::Object);
    }

    fn assemble_inherent_candidates_from_param(&mut self, param_ty: ParamTy) {
        let bounds: Vec<_> = self
            .param_env
            .caller_bounds()
            .iter()
            .filter_map(|clause| {
                let trait_clause = clause.as_trait_clause()?;
                match *trait_clause.skip_binder().self_ty().kind() {
                    TyKind::Param(p) if p == param_ty => Some(trait_clause.trait_ref()),
                    _ => None,
                }
            })
            .collect();
        self.assemble_candidates_for_bounds(bounds, CandidateKind::WhereClause);
    }

    // Do a search through a list of bounds, using a callback to actually create the candidates.
    fn assemble_candidates_for_bounds(
        &mut self,
        bounds: Vec<PolyTraitRef<'tcx>>,
        mk: impl Fn(PolyTraitRef<'tcx>) -> CandidateKind<'tcx>,
    ) {
        for bound_trait_ref in bounds {
            for item in self.impl_or_trait_item(bound_trait_ref.def_id()) {
                if !self.has_applicable_self(&item) {
                    self.record_static_candidate(CandidateSource::Trait(bound_trait_ref.def_id()));
                } else {
                    self.push_candidate(Candidate { item, kind: mk(bound_trait_ref), import_ids: Vec::new() }, true);
                }
            }
        }
    }

    /// The traits in scope at the place of the name. Those of a path in a pattern are kept with the pattern.
    fn traits_in_scope(&self) -> Option<&'tcx [hir::TraitCandidate]> {
        let id = self.scope_expr_id;
        self.tcx.in_scope_traits(id).or_else(|| match self.tcx.hir_node(id) {
            hir::Node::PatExpr(_) => self.tcx.in_scope_traits(self.tcx.parent_hir_id(id)),
            _ => None,
        })
    }

    pub(super) fn assemble_extension_candidates_for_traits_in_scope(&mut self) {
        let mut duplicates = FxHashSet::default();
        let Some(applicable_traits) = self.traits_in_scope() else {
            return;
        };
        for trait_candidate in applicable_traits {
            let trait_did = trait_candidate.def_id;
            if duplicates.insert(trait_did) {
                self.assemble_extension_candidates_for_trait(&trait_candidate.import_ids, trait_did);
            }
        }
    }

    pub(super) fn assemble_extension_candidates_for_all_traits(&mut self) {
        let mut duplicates = FxHashSet::default();
        for trait_did in super::suggest::all_traits(self.tcx) {
            if duplicates.insert(trait_did) {
                self.assemble_extension_candidates_for_trait(&[], trait_did);
            }
        }
    }

    fn assemble_extension_candidates_for_trait(&mut self, import_ids: &[LocalDefId], trait_def_id: DefId) {
        let items: Vec<AssocItem> = if self.tcx.trait_is_alias(trait_def_id) {
            // For trait aliases, recursively assume all explicitly named traits are relevant.
            let self_args = self.tcx.identity_args_for(trait_def_id);
            let trait_ref = ty::Binder::dummy(TraitRef { def_id: trait_def_id, args: self_args });
            let bounds: Vec<_> = trait_solve::traits::supertraits(self.tcx, trait_ref)
                .map(|t| t.def_id())
                .filter(|d| *d != trait_def_id)
                .collect();
            for b in bounds {
                self.assemble_extension_candidates_for_trait(import_ids, b);
            }
            return;
        } else {
            self.impl_or_trait_item(trait_def_id)
        };
        for item in items {
            // Check whether `trait_def_id` defines a method with suitable name.
            if !self.has_applicable_self(&item) {
                self.record_static_candidate(CandidateSource::Trait(trait_def_id));
                continue;
            }
            let trait_ref = TraitRef { def_id: trait_def_id, args: self.tcx.identity_args_for(trait_def_id) };
            self.push_candidate(
                Candidate { item, import_ids: import_ids.to_vec(), kind: CandidateKind::Trait(trait_ref) },
                false,
            );
        }
    }
}
