//! Normalising the outermost type.

use ty::Ty;

use super::{FulfillmentError, NormalizeExt, TraitEngine};
use crate::infer::At;

/// `at.structurally_normalize_ty(..)`
pub trait StructurallyNormalizeExt<'tcx> {
    /// The type behind an alias; obligations go to the engine.
    fn structurally_normalize_ty(
        &self,
        ty: Ty<'tcx>,
        fulfill: &mut dyn TraitEngine<'tcx>,
    ) -> Result<Ty<'tcx>, Vec<FulfillmentError<'tcx>>>;
}

impl<'tcx> StructurallyNormalizeExt<'tcx> for At<'_, 'tcx> {
    fn structurally_normalize_ty(
        &self,
        ty: Ty<'tcx>,
        fulfill: &mut dyn TraitEngine<'tcx>,
    ) -> Result<Ty<'tcx>, Vec<FulfillmentError<'tcx>>> {
        let ok = self.normalize(ty);
        Ok(ok.into_value_registering_obligations(self.infcx, fulfill))
    }
}
