//! Small questions about types that are being inferred, and how they are printed.

use hir::QPath;
use trait_solve::traits::{FulfillmentError, Obligation};
use ty::{Predicate, Ty, TyKind};

use super::FnCtxt;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// A type for a message.
    pub(crate) fn ty_to_string(&self, t: Ty<'tcx>) -> String {
        let t = self.resolve_vars_if_possible(t);
        // A function item with its signature, if no regions are to be named there.
        if let TyKind::FnDef(def_id, args) = *t.kind()
            && let Some(sig) = self.tcx.fn_sig_of_ty(t)
            && sig.no_bound_vars().is_some()
        {
            return format!("{} {{{}}}", self.tcx.mk_fn_ptr(sig), self.tcx.value_path_str_with_args(def_id, args));
        }
        t.to_string()
    }

    /// A path as written.
    pub(crate) fn qpath_to_string(&self, qpath: &QPath<'_>) -> String {
        self.tcx.sess().source_map().span_to_snippet(qpath.span()).unwrap_or_else(|| match qpath {
            QPath::Resolved(_, path) => {
                path.segments.iter().map(|s| s.ident.to_string()).collect::<Vec<_>>().join("::")
            }
            QPath::TypeRelative(_, seg) => seg.ident.to_string(),
            QPath::LangItem(item, _) => item.name_str().to_string(),
        })
    }

    /// What sort of type it is, for "found ..".
    pub(crate) fn sort_string(&self, ty: Ty<'tcx>) -> String {
        match ty.kind() {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Str
            | TyKind::Never
            | TyKind::Adt(..)
            | TyKind::Foreign(_) => format!("`{ty}`"),
            TyKind::Tuple(tys) if tys.is_empty() => "unit type".to_string(),
            TyKind::Tuple(tys) => format!("tuple of {} elements", tys.len()),
            TyKind::Array(..) => "array".to_string(),
            TyKind::Slice(_) => "slice".to_string(),
            TyKind::RawPtr(..) => "raw pointer".to_string(),
            TyKind::Ref(..) => "reference".to_string(),
            TyKind::FnDef(..) => "fn item".to_string(),
            TyKind::FnPtr(_) => "fn pointer".to_string(),
            TyKind::Dynamic(..) => "trait object".to_string(),
            TyKind::Closure(..) => "closure".to_string(),
            TyKind::Param(p) => format!("type parameter `{}`", p.name),
            TyKind::Alias(ty::AliasTyKind::Projection, _) => "associated type".to_string(),
            TyKind::Alias(ty::AliasTyKind::Opaque, _) => "opaque type".to_string(),
            _ => format!("`{ty}`"),
        }
    }

    pub(crate) fn predicate_may_hold(&self, o: &Obligation<'tcx, Predicate<'tcx>>) -> bool {
        self.root_ctxt.infcx.predicate_may_hold(o)
    }

    /// Errors of bounds of a function at its call point at the argument that the bound is about.
    pub(crate) fn adjust_fulfillment_errors_for_expr_obligation(&self, errors: &mut [FulfillmentError<'tcx>]) {
        for error in errors {
            self.adjust_fulfillment_error(error);
        }
    }
}
