//! Help for obligations that do not hold: impls that there are, derives, borrows.

use diagnostics::{Applicability, Diag};
use hir::LangItem;
use ty::visit::TypeVisitableExt;
use ty::{ImplPolarity, PolyTraitPredicate, TraitPredicate, TraitRef, TyKind};

use super::TypeErrCtxt;
use crate::traits::fast_reject::{TreatParams, simplify_type};
use crate::traits::{Obligation, ObligationCauseCode, PredicateObligation};

const MAX_SHOWN: usize = 8;

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    /// The impls of the trait: of the same type with other arguments, or of other types. Whether some were shown.
    pub(super) fn suggest_similar_impls(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        leaf: PolyTraitPredicate<'tcx>,
    ) -> bool {
        let tcx = self.tcx;
        let trait_def_id = leaf.def_id();
        let self_ty = leaf.self_ty().skip_binder();
        let quiet = [
            LangItem::Sized,
            LangItem::Copy,
            LangItem::Unsize,
            LangItem::CoerceUnsized,
            LangItem::Fn,
            LangItem::FnMut,
            LangItem::FnOnce,
        ];
        if tcx.as_lang_item(trait_def_id).is_some_and(|l| quiet.contains(&l)) || tcx.trait_is_auto(trait_def_id) {
            return false;
        }
        let _ = obligation;
        let mut impls: Vec<TraitRef<'tcx>> = Vec::new();
        let all = tcx.trait_impls_of(trait_def_id);
        for &d in all.non_blanket_impls.values().flatten() {
            if let Some(h) = tcx.impl_trait_header(d)
                && h.polarity == ImplPolarity::Positive
                && !h.trait_ref.skip_binder().references_error()
            {
                impls.push(h.trait_ref.skip_binder());
            }
        }
        let shape = simplify_type(tcx, self_ty, TreatParams::AsRigid);
        let same: Vec<_> = impls
            .iter()
            .copied()
            .filter(|t| shape.is_some() && simplify_type(tcx, t.self_ty(), TreatParams::InstantiateWithInfer) == shape)
            .collect();
        // Who else implements `Debug` and friends is of no use.
        if same.is_empty()
            && (tcx.as_lang_item(trait_def_id).is_some() || tcx.get_diagnostic_name(trait_def_id).is_some())
        {
            return false;
        }
        let mut shown: Vec<TraitRef<'tcx>> = if same.is_empty() { impls } else { same };
        if shown.is_empty() {
            return false;
        }
        let trait_ref = leaf.skip_binder().trait_ref;
        if shown.len() == 1 {
            let only = shown[0];
            if only.self_ty() == self_ty || only.self_ty().to_string() == self_ty.to_string() {
                diag.help(format!(
                    "the trait `{trait_ref}` is not implemented for `{self_ty}`\n      but trait `{only}` is implemented for it"
                ));
            } else {
                diag.help(format!("the trait `{}` is implemented for `{}`", only, only.self_ty()));
            }
            return true;
        }
        // In the order of their text, as rustc does.
        let mut lines: Vec<String> = Vec::new();
        shown.sort_by_cached_key(|t| t.self_ty().to_string());
        let traits_differ = shown.iter().any(|t| t.args.len() > 1);
        for t in &shown {
            let line =
                if traits_differ { format!("`{}` implements `{}`", t.self_ty(), t) } else { t.self_ty().to_string() };
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines.sort();
        let len = lines.len();
        let end = if len <= MAX_SHOWN + 1 { len } else { MAX_SHOWN };
        let list: String = lines[..end].iter().map(|l| format!("\n  {l}")).collect();
        let others = if len > end { format!("\nand {} others", len - end) } else { String::new() };
        let generics = tcx.def_path_str_with_args(trait_def_id, tcx.identity_args_for(trait_def_id));
        diag.help(format!("the following other types implement trait `{generics}`:{list}{others}"));
        true
    }

    /// A value of a type, for the reader to replace.
    pub fn ty_kind_suggestion(&self, param_env: ty::ParamEnv<'tcx>, ty: ty::Ty<'tcx>) -> Option<String> {
        let tcx = self.tcx;
        let of = |ty| self.ty_kind_suggestion(param_env, ty);
        Some(match *ty.kind() {
            TyKind::Never | TyKind::Error(_) => return None,
            TyKind::Bool => "false".to_owned(),
            TyKind::Char => "'x'".to_owned(),
            TyKind::Int(_) | TyKind::Uint(_) => "42".to_owned(),
            TyKind::Float(_) => "3.14159".to_owned(),
            TyKind::Slice(_) => "[]".to_owned(),
            TyKind::Adt(def, args) => match tcx.get_diagnostic_name(def.did()).as_ref().map(span::Symbol::as_str) {
                Some("Vec") => "vec![]".to_owned(),
                Some("String") => "String::new()".to_owned(),
                Some("Option") => "None".to_owned(),
                Some("Result") => format!("Ok({})", of(args.type_at(0))?),
                _ if def.is_box() => format!("Box::new({})", of(args.type_at(0))?),
                _ => {
                    let default = tcx.get_diagnostic_item(span::Symbol::intern("Default"));
                    let has = |t| self.infcx.type_implements_trait(t, [ty], param_env).must_apply_modulo_regions();
                    if default.is_some_and(has) { "Default::default()" } else { "/* value */" }.to_owned()
                }
            },
            TyKind::Ref(_, inner, ty::Mutability::Not) if inner.is_str() => "\"\"".to_owned(),
            TyKind::Ref(_, inner, m) => format!("&{}{}", if m.is_mut() { "mut " } else { "" }, of(inner)?),
            TyKind::Array(inner, len) => match len.try_to_target_usize() {
                Some(0) => "[]".to_owned(),
                Some(len) if len == 1 || self.infcx.type_is_copy_modulo_regions(param_env, inner) => {
                    format!("[{}; {len}]", of(inner)?)
                }
                _ => "/* value */".to_owned(),
            },
            TyKind::Tuple(tys) => {
                let parts = tys.iter().map(of).collect::<Option<Vec<String>>>()?;
                format!("({}{})", parts.join(", "), if parts.len() == 1 { "," } else { "" })
            }
            _ => "/* value */".to_owned(),
        })
    }

    /// `#[derive(..)]` where that would do.
    pub fn suggest_derive(
        &self,
        diag: &mut Diag<'_>,
        _obligation: &PredicateObligation<'tcx>,
        p: TraitPredicate<'tcx>,
    ) {
        let tcx = self.tcx;
        let (TyKind::Adt(def, _), Some(name)) = (*p.self_ty().kind(), self.derivable(p)) else { return };
        let span = tcx.def_span(def.did()).shrink_to_lo();
        diag.span_suggestion_verbose(
            span,
            format!("consider annotating `{}` with `#[derive({name})]`", p.self_ty()),
            format!("#[derive({name})]\n"),
            Applicability::MaybeIncorrect,
        );
    }

    /// The trait's name, if the type is the crate's own and could derive it.
    pub(super) fn derivable(&self, p: TraitPredicate<'tcx>) -> Option<span::Symbol> {
        let tcx = self.tcx;
        let TyKind::Adt(def, _) = *p.self_ty().kind() else { return None };
        if !def.did().is_local() || def.is_union() {
            return None;
        }
        let name = tcx.get_diagnostic_name(p.def_id())?;
        let derivable = match name.as_str() {
            "Default" => !def.is_enum(),
            "Eq" | "Ord" | "Clone" | "Copy" | "Hash" | "Debug" => true,
            "PartialEq" | "PartialOrd" => p.trait_ref.args.get(1).and_then(|a| a.as_type()) == Some(p.self_ty()),
            _ => false,
        };
        (derivable && !tcx.is_lang_item(p.def_id(), LangItem::Sized)).then_some(name)
    }

    /// Borrowing, dereferencing, calling.
    pub(super) fn suggest_for_unimplemented(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        p: TraitPredicate<'tcx>,
    ) {
        let tcx = self.tcx;
        let is_arg = matches!(obligation.cause.code(), ObligationCauseCode::FunctionArg { .. });
        if !is_arg || p.trait_ref.has_non_region_infer() || p.trait_ref.has_placeholders() {
            return;
        }
        for (prefix, mutbl) in [("&", ty::Mutability::Not), ("&mut ", ty::Mutability::Mut)] {
            let borrowed = tcx.mk_ref(tcx.lifetimes().re_static, p.self_ty(), mutbl);
            let new = p.with_replaced_self_ty(*tcx, borrowed);
            let o = Obligation::new(tcx, obligation.cause.clone(), obligation.param_env, new);
            if self.predicate_must_hold_modulo_regions(&o) {
                let what = if mutbl == ty::Mutability::Mut {
                    "consider mutably borrowing here"
                } else {
                    "consider borrowing here"
                };
                diag.span_suggestion_verbose(
                    obligation.cause.span.shrink_to_lo(),
                    what,
                    prefix,
                    Applicability::MaybeIncorrect,
                );
                return;
            }
        }
    }
}
