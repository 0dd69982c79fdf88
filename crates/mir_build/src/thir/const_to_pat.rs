//! Constants as the patterns that they stand for (RFC 1445).

use mir::interpret::ErrorHandled;
use query::TyCtxt;
use rustc_apfloat::Float;
use span::def_id::DefId;
use span::{ErrorGuaranteed, Span};
use ty::{SimplifiedType, Ty, TyKind, TypingEnv, UnevaluatedConst, ValTree, Value, VariantIdx};

use diagnostics::ErrCode;

use super::*;

struct ConstToPat<'tcx> {
    tcx: TyCtxt<'tcx>,
    span: Span,
    hir_id: HirId,
}

/// A constant item as a pattern.
pub(super) fn const_to_pat<'tcx>(
    tcx: TyCtxt<'tcx>,
    typing_env: TypingEnv<'tcx>,
    uv: UnevaluatedConst<'tcx>,
    ty: Ty<'tcx>,
    hir_id: HirId,
    span: Span,
) -> Box<Pat<'tcx>> {
    let cx = ConstToPat { tcx, span, hir_id };
    let pat = match cx.evaluate(typing_env, uv, ty) {
        Ok(value) => cx.valtree_to_pat(value),
        Err(guar) => cx.pat(ty, PatKind::Error(guar)),
    };
    let kind = PatKind::ExpandedConstant { def_id: uv.def, subpattern: Box::new(pat) };
    Box::new(cx.pat(ty, kind))
}

/// A literal's value as a pattern.
pub(super) fn value_to_pat<'tcx>(tcx: TyCtxt<'tcx>, value: Value<'tcx>, hir_id: HirId, span: Span) -> Pat<'tcx> {
    ConstToPat { tcx, span, hir_id }.valtree_to_pat(value)
}

impl<'tcx> ConstToPat<'tcx> {
    fn pat(&self, ty: Ty<'tcx>, kind: PatKind<'tcx>) -> Pat<'tcx> {
        Pat { ty, span: self.span, kind, hir_id: Some(self.hir_id) }
    }

    fn error(&self, msg: String, label: String) -> ErrorGuaranteed {
        let mut err = self.tcx.dcx().struct_span_err(self.span, msg).with_code(ErrCode(158));
        err.span_label(self.span, label);
        err.emit()
    }

    fn evaluate(
        &self,
        env: TypingEnv<'tcx>,
        uv: UnevaluatedConst<'tcx>,
        ty: Ty<'tcx>,
    ) -> Result<Value<'tcx>, ErrorGuaranteed> {
        use ty::visit::TypeVisitableExt;
        let tcx = self.tcx;
        let args = tcx.erase_regions(uv.args);
        let too_generic = || {
            self.error(
                "constant pattern cannot depend on generic parameters".into(),
                "`const` depends on a generic parameter".into(),
            )
        };
        if args.has_non_region_param()
            && (tcx.trait_of_assoc(uv.def).is_some() || tcx.requires_monomorphization(uv.def))
        {
            return Err(too_generic());
        }
        let instance = match tcx.resolve_instance(env, uv.def, args) {
            Ok(Some(instance)) => instance,
            Ok(None) => return Err(too_generic()),
            Err(guar) => return Err(guar),
        };
        let cid = mir::interpret::GlobalId { instance, promoted: None };
        let env = TypingEnv { typing_mode: ty::TypingMode::PostAnalysis, param_env: env.param_env };
        match tcx.eval_to_valtree(env.as_query_input(cid)) {
            Ok(Ok(valtree)) => Ok(Value { ty, valtree }),
            Ok(Err(bad_ty)) => Err(self.not_a_tree(ty, bad_ty)),
            // The constant's own error says it.
            Err(ErrorHandled::Reported(guar, _)) => Err(guar),
            Err(ErrorHandled::TooGeneric(_)) => Err(too_generic()),
        }
    }

    /// The constant holds something that patterns cannot: name it.
    fn not_a_tree(&self, ty: Ty<'tcx>, bad_ty: Ty<'tcx>) -> ErrorGuaranteed {
        match *bad_ty.kind() {
            TyKind::Adt(def, _) if def.is_union() => {
                self.error("cannot use unions in constant patterns".into(), "can't use a `union` here".into())
            }
            TyKind::Adt(def, _) if !self.is_structural(def.did()) => self.non_structural(bad_ty),
            TyKind::FnPtr(_) | TyKind::RawPtr(..) => {
                let mut err = self.tcx.dcx().struct_span_err(
                    self.span,
                    "function pointers and raw pointers not derived from integers in patterns behave unpredictably \
                     and should not be relied upon",
                );
                err.span_label(self.span, "can't be used in patterns");
                err.note("see https://github.com/rust-lang/rust/issues/70861 for details");
                err.emit()
            }
            _ => self.error(
                format!("{bad_ty} cannot be used in patterns"),
                format!("constant of type `{ty}` can't be used in patterns"),
            ),
        }
    }

    /// Whether a type derives `PartialEq`, so that comparing is matching the fields.
    fn is_structural(&self, adt: DefId) -> bool {
        let Some(peq) = self.tcx.lang_items().structural_peq_trait() else { return true };
        let impls = self.tcx.trait_impls_of(peq);
        impls.non_blanket_impls.get(&SimplifiedType::Adt(adt)).is_some_and(|v| !v.is_empty())
    }

    fn non_structural(&self, ty: Ty<'tcx>) -> ErrorGuaranteed {
        let mut err =
            self.tcx.dcx().struct_span_err(self.span, format!("constant of non-structural type `{ty}` in a pattern"));
        err.span_label(self.span, "constant of non-structural type");
        if let Some(def) = ty.ty_adt_def() {
            let span = self.tcx.def_span(def.did());
            err.span_label(
                span,
                format!("`{ty}` must be annotated with `#[derive(PartialEq)]` to be usable in patterns"),
            );
        }
        err.note(
            "the `PartialEq` trait must be derived, manual `impl`s are not sufficient; see \
             https://doc.rust-lang.org/stable/std/marker/trait.StructuralPartialEq.html for details",
        );
        err.emit()
    }

    fn fields(&self, vals: impl Iterator<Item = (ValTree<'tcx>, Ty<'tcx>)>) -> Vec<FieldPat<'tcx>> {
        vals.enumerate()
            .map(|(i, (valtree, ty))| FieldPat {
                field: FieldIdx::from_usize(i),
                pattern: self.valtree_to_pat(Value { ty, valtree }),
            })
            .collect()
    }

    fn valtree_to_pat(&self, value: Value<'tcx>) -> Pat<'tcx> {
        let tcx = self.tcx;
        let ty = value.ty;
        let kind = match *ty.kind() {
            TyKind::Adt(def, _) if !self.is_structural(def.did()) => PatKind::Error(self.non_structural(ty)),
            TyKind::Adt(def, args) if def.is_enum() => {
                let branch = value.valtree.unwrap_branch();
                let index = branch[0].try_to_scalar_int().map_or(0, |s| s.to_uint() as u32);
                let variant_index = VariantIdx::from_u32(index);
                let fields = &def.variant(variant_index).fields;
                let vals = branch[1..].iter().copied().zip(fields.iter().map(|f| tcx.field_ty(f, args)));
                PatKind::Variant { adt_def: def, args, variant_index, subpatterns: self.fields(vals) }
            }
            TyKind::Adt(def, args) if def.is_struct() => {
                let fields = &def.non_enum_variant().fields;
                let vals = value.valtree.unwrap_branch().iter().zip(fields.iter().map(|f| tcx.field_ty(f, args)));
                PatKind::Leaf { subpatterns: self.fields(vals) }
            }
            TyKind::Adt(..) => PatKind::Error(
                self.error("cannot use unions in constant patterns".into(), "can't use a `union` here".into()),
            ),
            TyKind::Tuple(tys) => {
                PatKind::Leaf { subpatterns: self.fields(value.valtree.unwrap_branch().iter().zip(tys.iter())) }
            }
            TyKind::Slice(elem) | TyKind::Array(elem, _) => {
                let prefix = value
                    .valtree
                    .unwrap_branch()
                    .iter()
                    .map(|valtree| self.valtree_to_pat(Value { ty: elem, valtree }))
                    .collect();
                if ty.is_slice() {
                    PatKind::Slice { prefix, slice: None, suffix: Box::new([]) }
                } else {
                    PatKind::Array { prefix, slice: None, suffix: Box::new([]) }
                }
            }
            TyKind::Str => PatKind::Constant { value },
            TyKind::Ref(_, pointee, _) => match *pointee.kind() {
                // Compared as a whole, by `str`'s `PartialEq`.
                TyKind::Str => PatKind::Constant { value },
                TyKind::Dynamic(..) => PatKind::Error(self.error(
                    format!("{ty} cannot be used in patterns"),
                    format!("`{pointee}` cannot be used in patterns"),
                )),
                _ => {
                    let inner = self.valtree_to_pat(Value { ty: pointee, valtree: value.valtree });
                    PatKind::Deref { subpattern: Box::new(inner) }
                }
            },
            TyKind::Float(f) => {
                let bits = value.valtree.try_to_scalar_int().map_or(0, |s| s.to_uint());
                let is_nan = match f {
                    ast::FloatTy::F16 => rustc_apfloat::ieee::Half::from_bits(bits).is_nan(),
                    ast::FloatTy::F32 => rustc_apfloat::ieee::Single::from_bits(bits).is_nan(),
                    ast::FloatTy::F64 => rustc_apfloat::ieee::Double::from_bits(bits).is_nan(),
                    ast::FloatTy::F128 => rustc_apfloat::ieee::Quad::from_bits(bits).is_nan(),
                };
                if is_nan {
                    let mut err = tcx.dcx().struct_span_err(self.span, "cannot use NaN in patterns");
                    err.span_label(self.span, "evaluates to `NaN`, which is not allowed in patterns");
                    err.note("NaNs compare inequal to everything, even themselves, so this pattern would never match");
                    err.help("try using the `is_nan` method instead");
                    PatKind::Error(err.emit())
                } else {
                    PatKind::Constant { value }
                }
            }
            TyKind::Pat(base, _) => return self.valtree_to_pat(Value { ty: base, valtree: value.valtree }),
            TyKind::Bool | TyKind::Char | TyKind::Int(_) | TyKind::Uint(_) | TyKind::RawPtr(..) | TyKind::FnPtr(_) => {
                PatKind::Constant { value }
            }
            TyKind::Error(guar) => PatKind::Error(guar),
            _ => PatKind::Error(self.not_a_tree(ty, ty)),
        };
        self.pat(ty, kind)
    }
}
