//! Which types have values (Reference, "Empty types"; rustc's `inhabitedness`).

use rustc_hash::FxHashMap;
use span::def_id::DefId;
use ty::{GenericArgsRef, Ty, TyKind, TypingEnv, VariantDef};

use crate::TyCtxt;

/// What one question has found out.
#[derive(Default)]
struct Search<'tcx> {
    /// The types that are being looked into.
    stack: Vec<Ty<'tcx>>,
    /// How often a type was taken as inhabited because it is being looked into: what rests on that is not kept.
    guesses: usize,
    known: FxHashMap<Ty<'tcx>, bool>,
}

impl<'tcx> TyCtxt<'tcx> {
    /// Whether a type may have values as far as `module` can see: private fields of other modules count as inhabited.
    pub fn is_inhabited_from(self, ty: Ty<'tcx>, module: DefId, env: TypingEnv<'tcx>) -> bool {
        self.inhabited(ty, Some(module), env, &mut Search::default())
    }
    /// Whether a type has values, private fields looked into.
    pub fn is_privately_uninhabited(self, ty: Ty<'tcx>, env: TypingEnv<'tcx>) -> bool {
        !self.inhabited(ty, None, env, &mut Search::default())
    }
    /// Whether a variant has values.
    pub fn variant_is_inhabited_from(
        self,
        variant: &'tcx VariantDef,
        args: GenericArgsRef<'tcx>,
        module: Option<DefId>,
        env: TypingEnv<'tcx>,
        is_enum: bool,
    ) -> bool {
        self.variant_inhabited(variant, args, module, env, is_enum, &mut Search::default())
    }

    fn inhabited(self, ty: Ty<'tcx>, module: Option<DefId>, env: TypingEnv<'tcx>, seen: &mut Search<'tcx>) -> bool {
        match *ty.kind() {
            TyKind::Never => false,
            TyKind::Tuple(tys) => tys.iter().all(|t| self.inhabited(t, module, env, seen)),
            TyKind::Array(t, len) => match len.try_to_target_usize() {
                Some(0) => true,
                Some(_) => self.inhabited(t, module, env, seen),
                None => true,
            },
            TyKind::Adt(def, args) => {
                if def.is_union() || (def.is_variant_list_non_exhaustive() && !def.did().is_local()) {
                    return true;
                }
                // A recursive type is as inhabited as its other parts say.
                if let Some(known) = seen.known.get(&ty) {
                    return *known;
                }
                if seen.stack.contains(&ty) || seen.stack.len() > 32 {
                    seen.guesses += 1;
                    return true;
                }
                let guesses = seen.guesses;
                seen.stack.push(ty);
                let any =
                    def.variants().iter().any(|v| self.variant_inhabited(v, args, module, env, def.is_enum(), seen));
                seen.stack.pop();
                if !any || seen.guesses == guesses {
                    seen.known.insert(ty, any);
                }
                any
            }
            TyKind::Alias(..) => match self.try_normalize_erasing_regions(env, ty) {
                Ok(t) if t != ty && !matches!(t.kind(), TyKind::Alias(..)) => self.inhabited(t, module, env, seen),
                _ => true,
            },
            _ => true,
        }
    }

    fn variant_inhabited(
        self,
        variant: &'tcx VariantDef,
        args: GenericArgsRef<'tcx>,
        module: Option<DefId>,
        env: TypingEnv<'tcx>,
        is_enum: bool,
        seen: &mut Search<'tcx>,
    ) -> bool {
        if variant.is_field_list_non_exhaustive() && !variant.def_id.is_local() {
            return true;
        }
        variant.fields.iter().all(|f| {
            let visible = is_enum || module.is_none_or(|m| self.is_accessible_from(f.vis, m));
            !visible || self.inhabited(self.field_ty(f, args), module, env, seen)
        })
    }
}
