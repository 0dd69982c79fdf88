//! Signatures.

use hir::{FnDecl, FnHeader, FnRetTy};
use ty::{Binder, FnSig, PolyFnSig, Safety};

use super::HirTyLowerer;

impl<'tcx> dyn HirTyLowerer<'tcx> + '_ {
    /// The type of a fn pointer.
    pub fn lower_fn_ptr_sig(&self, f: &hir::FnPtrTy<'tcx>) -> PolyFnSig<'tcx> {
        let params = self.binder_params(f.generic_params);
        let vars = self.bound_vars_of(&params);
        let sig = self.binders().enter(params, || self.lower_fn_sig_parts(f.decl, f.safety, f.abi));
        Binder::bind_with_vars(sig, vars)
    }

    /// A function's signature, its late-bound parameters in the innermost binder.
    pub fn lower_fn_sig(
        &self,
        header: FnHeader,
        decl: &FnDecl<'tcx>,
        late_bound: Vec<span::def_id::LocalDefId>,
    ) -> PolyFnSig<'tcx> {
        let vars = self.bound_vars_of(&late_bound);
        let sig = self.binders().enter(late_bound, || self.lower_fn_sig_parts(decl, header.safety(), header.abi));
        Binder::bind_with_vars(sig, vars)
    }

    fn lower_fn_sig_parts(&self, decl: &FnDecl<'tcx>, safety: Safety, abi: ty::ExternAbi) -> FnSig<'tcx> {
        let tcx = self.tcx();
        let inputs: Vec<_> = decl.inputs.iter().map(|t| self.lower_ty(t)).collect();
        let output = match decl.output {
            FnRetTy::Return(ty) => self.lower_ty(ty),
            FnRetTy::DefaultReturn(_) => tcx.types().unit,
        };
        let sig = tcx.mk_fn_sig(inputs, output, decl.c_variadic, safety, abi);
        self.check_return_constrained(&sig, decl.output.span());
        sig
    }
}
