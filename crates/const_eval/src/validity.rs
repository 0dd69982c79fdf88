//! Which types may be left zeroed or uninitialised: `check_validity_requirement` and the `assert_*` intrinsics.

use layout::LayoutExt;
use query::TyCtxt;
use rustc_abi::{BackendRepr, FieldsShape, Scalar, Variants};
use ty::layout::{LayoutError, TyAndLayout, ValidityRequirement};
use ty::{PseudoCanonicalInput, Ty, TyKind, TypingEnv};

/// Provides `check_validity_requirement`.
pub(crate) fn check_validity_requirement<'tcx>(
    tcx: TyCtxt<'tcx>,
    input: PseudoCanonicalInput<'tcx, (ValidityRequirement, Ty<'tcx>)>,
) -> Result<bool, LayoutError<'tcx>> {
    let (kind, ty) = input.value;
    let env = input.typing_env;
    let layout = tcx.layout_of(env.as_query_input(ty))?;
    Ok(match kind {
        ValidityRequirement::Inhabited => !layout.is_uninhabited(),
        ValidityRequirement::Zero => permits_zero_init(tcx, env, layout),
        ValidityRequirement::UninitMitigated0x01Fill => permits_uninit(tcx, env, layout),
        // Only unions and what has no bytes can be left without value.
        ValidityRequirement::Uninit => layout.is_zst() || layout.ty.is_union(),
    })
}

/// Whether all-zero bytes are a value.
pub fn permits_zero_init<'tcx>(tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, layout: TyAndLayout<'tcx>) -> bool {
    let dl = &*tcx.sess().target.data_layout;
    let scalar = |s: Scalar| s.valid_range(&dl).contains(0);
    permits(tcx, env, layout, &scalar, true)
}

/// Whether 0x01-filled memory, as `mem::uninitialized` gives, is taken for a value.
pub fn permits_uninit<'tcx>(tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, layout: TyAndLayout<'tcx>) -> bool {
    let dl = &*tcx.sess().target.data_layout;
    let scalar = |s: Scalar| {
        let ones = 0x0101_0101_0101_0101_0101_0101_0101_0101_u128;
        s.valid_range(&dl).contains(ones & s.size(&dl).unsigned_int_max())
    };
    permits(tcx, env, layout, &scalar, false)
}

fn permits<'tcx>(
    tcx: TyCtxt<'tcx>,
    env: TypingEnv<'tcx>,
    layout: TyAndLayout<'tcx>,
    scalar: &dyn Fn(Scalar) -> bool,
    zero: bool,
) -> bool {
    if layout.is_uninhabited() {
        return false;
    }
    let valid = match layout.backend_repr {
        BackendRepr::Scalar(s) => scalar(s),
        BackendRepr::ScalarPair(a, b) => scalar(a) && scalar(b),
        BackendRepr::SimdVector { element, count } => count == 0 || scalar(element),
        _ => true,
    };
    if !valid {
        return false;
    }
    // A reference to zeroed or filled memory may still dangle.
    if let Some(pointee) = layout.ty.builtin_deref(false) {
        if !layout.ty.is_box() {
            let Ok(pointee) = tcx.layout_of(env.as_query_input(pointee)) else { return true };
            return !zero && !(pointee.align.abi.bytes() > 1) && !(pointee.size.bytes() > 0);
        }
    }
    if let (Variants::Multiple { .. }, TyKind::Adt(..)) = (&layout.variants, layout.ty.kind()) {
        // Which variant it would be is not looked into.
        return true;
    }
    match layout.fields {
        FieldsShape::Array { count, .. } if count > 0 && !layout.ty.is_any_ptr() => {
            permits(tcx, env, layout.field(tcx, env, 0), scalar, zero)
        }
        FieldsShape::Arbitrary { .. } if !layout.ty.is_any_ptr() => {
            (0..layout.fields.count()).all(|i| permits(tcx, env, layout.field(tcx, env, i), scalar, zero))
        }
        _ => true,
    }
}
