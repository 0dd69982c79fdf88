//! Whether an impl is `unsafe` exactly if its trait is (E0199, E0200, E0569).

use diagnostics::Applicability;
use diagnostics::codes::*;
use query::TyCtxt;
use span::def_id::LocalDefId;
use ty::{ImplPolarity, ImplTraitHeader, TraitDef};

use super::CheckResult;

pub(super) fn check_item(
    tcx: TyCtxt<'_>,
    imp: LocalDefId,
    header: ImplTraitHeader<'_>,
    trait_def: &TraitDef,
) -> CheckResult {
    let may_dangle = tcx.generics_of(imp.to_def_id()).own_params.iter().any(|p| p.pure_wrt_drop);
    if header.polarity == ImplPolarity::Negative {
        // `unsafe impl !Trait` was reported as a matter of syntax.
        return Ok(());
    }
    let item = tcx.hir_expect_item(imp);
    let span = tcx.def_span(imp.to_def_id());
    let name = super::trait_sugared(tcx, &header);
    let dcx = tcx.dcx();
    match (trait_def.safety_unsafe, may_dangle, header.safety_unsafe) {
        (false, false, true) => {
            let keyword = item.span.with_hi(item.span.lo() + span::BytePos(6));
            Err(dcx
                .struct_span_err(span, format!("implementing the trait `{name}` is not unsafe"))
                .with_code(E0199)
                .with_span_suggestion_verbose(
                    keyword,
                    "remove `unsafe` from this trait implementation",
                    "",
                    Applicability::MachineApplicable,
                )
                .emit())
        }
        (true, _, false) => Err(dcx
            .struct_span_err(span, format!("the trait `{name}` requires an `unsafe impl` declaration"))
            .with_code(E0200)
            .with_note(invariants(&name))
            .with_span_suggestion_verbose(
                item.span.shrink_to_lo(),
                "add `unsafe` to this trait implementation",
                "unsafe ",
                Applicability::MaybeIncorrect,
            )
            .emit()),
        (false, true, false) => Err(dcx
            .struct_span_err(span, "requires an `unsafe impl` declaration due to `#[may_dangle]` attribute")
            .with_code(E0569)
            .with_note(invariants(&name))
            .with_span_suggestion_verbose(
                item.span.shrink_to_lo(),
                "add `unsafe` to this trait implementation",
                "unsafe ",
                Applicability::MaybeIncorrect,
            )
            .emit()),
        _ => Ok(()),
    }
}

fn invariants(name: &str) -> String {
    format!(
        "the trait `{name}` enforces invariants that the compiler can't check. Review the trait documentation and make sure this implementation upholds those invariants before adding the `unsafe` keyword"
    )
}
