//! `explicit_builtin_cfgs_in_flags`: `--cfg` of what the compiler itself sets.

use query::TyCtxt;
use session::lint::EXPLICIT_BUILTIN_CFGS_IN_FLAGS;

/// Checks what `--cfg` gives.
pub(crate) fn check(tcx: TyCtxt<'_>) {
    for (name, value) in &tcx.sess().opts.cfg {
        let Some(by) = controlled_by(name, value.as_deref()) else { continue };
        let cfg = match value {
            Some(value) => format!("{name}={value:?}"),
            None => name.clone(),
        };
        let msg = format!("unexpected `--cfg {cfg}` flag");
        tcx.emit_node_lint(&EXPLICIT_BUILTIN_CFGS_IN_FLAGS, hir::CRATE_HIR_ID, msg, |d| {
            d.note(format!("config `{name}` is only supposed to be controlled by `{by}`"));
            d.note("manually setting a built-in cfg can and does create incoherent behaviors");
        });
    }
}

/// The flag that sets a `cfg`, if a flag does.
fn controlled_by(name: &str, value: Option<&str>) -> Option<&'static str> {
    Some(match (name, value) {
        ("overflow_checks", None) => "-C overflow-checks",
        ("debug_assertions", None) => "-C debug-assertions",
        ("ub_checks", None) => "-Z ub-checks",
        ("contract_checks", None) => "-Z contract-checks",
        ("sanitize", _) => "-Z sanitizer",
        ("sanitizer_cfi_generalize_pointers" | "sanitizer_cfi_normalize_integers", _) => "-Z sanitizer=cfi",
        ("proc_macro", None) => "--crate-type proc-macro",
        ("panic", Some("abort" | "unwind")) => "-C panic",
        ("target_feature", Some(_)) => "-C target-feature",
        ("fmt_debug", _) => "-Z fmt-debug",
        ("emscripten_wasm_eh", _) => "-Z emscripten_wasm_eh",
        ("unix" | "windows" | "target_thread_local", None)
        | (
            "relocation_model"
            | "target_abi"
            | "target_arch"
            | "target_endian"
            | "target_env"
            | "target_family"
            | "target_has_atomic"
            | "target_has_atomic_equal_alignment"
            | "target_has_atomic_load_store"
            | "target_object_format"
            | "target_os"
            | "target_pointer_width"
            | "target_vendor",
            _,
        ) => "--target",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::controlled_by;

    #[test]
    fn a_value_decides_where_there_are_free_ones() {
        assert_eq!(controlled_by("panic", Some("abort")), Some("-C panic"));
        assert_eq!(controlled_by("panic", Some("button")), None);
        assert_eq!(controlled_by("unix", None), Some("--target"));
        assert_eq!(controlled_by("feature", Some("unix")), None);
    }
}
