//! Derives without methods: `Copy`, `ConstParamTy`.

use span::{ErrorGuaranteed, sym};

use super::generic::{DeriveCx, TraitImpl};

pub(super) fn expand_copy(cx: &mut DeriveCx<'_, '_>) -> Result<(), ErrorGuaranteed> {
    cx.push_impl(TraitImpl::new(&[sym::marker, sym::Copy]))
}

pub(super) fn expand_const_param_ty(cx: &mut DeriveCx<'_, '_>) -> Result<(), ErrorGuaranteed> {
    cx.no_unions()?;
    let mut imp = TraitImpl::new(&[sym::marker, sym::ConstParamTy_]);
    imp.const_allowed = false;
    cx.push_impl(imp)
}
