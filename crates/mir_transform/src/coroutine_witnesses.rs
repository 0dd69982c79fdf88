//! Query `coroutine_hidden_types`: the types that a coroutine keeps while it is suspended, which auto traits look at.
//!
//! The body is the one that borrow checking sees, so the answer does not depend on optimisation.

use query::TyCtxt;
use span::FxIndexSet;
use span::def_id::LocalDefId;
use ty::{EarlyBinder, List, Ty};

use crate::coroutine::saved_locals;

/// Provides `coroutine_hidden_types`.
pub(crate) fn coroutine_hidden_types<'tcx>(tcx: TyCtxt<'tcx>, def: LocalDefId) -> EarlyBinder<&'tcx List<Ty<'tcx>>> {
    let body = tcx.mir_promoted(def).0.borrow();
    let layout = saved_locals(&body).layout;
    let types: FxIndexSet<Ty<'tcx>> = layout
        .field_tys
        .iter()
        .filter(|field| !field.ignore_for_traits)
        .map(|field| tcx.erase_and_anonymize_regions(field.ty))
        .collect();
    let types: Vec<Ty<'tcx>> = types.into_iter().collect();
    EarlyBinder::bind(tcx.mk_type_list(&types))
}
