//! Lint groups, and lints that were renamed or removed.

/// Groups and what is in them, in rustc's order. `warnings` is no group: it stands for whatever warns.
pub static LINT_GROUPS: &[(&str, &[&str])] = &[
    ("deprecated_safe", &["deprecated_safe_2024"]),
    (
        "future_incompatible",
        &[
            "internal_eq_trait_method_impls",
            "aarch64_softfloat_neon",
            "ambiguous_associated_items",
            "ambiguous_derive_helpers",
            "ambiguous_glob_imported_traits",
            "ambiguous_glob_imports",
            "ambiguous_import_visibilities",
            "ambiguous_panic_imports",
            "coherence_leak_check",
            "conflicting_repr_hints",
            "const_evaluatable_unchecked",
            "elided_lifetimes_in_associated_constant",
            "forbidden_lint_groups",
            "ill_formed_attribute_input",
            "invalid_macro_export_arguments",
            "invalid_type_param_default",
            "late_bound_lifetime_arguments",
            "legacy_derive_helpers",
            "macro_expanded_macro_exports_accessed_by_absolute_paths",
            "out_of_scope_macro_calls",
            "patterns_in_fns_without_body",
            "proc_macro_derive_resolution_fallback",
            "pub_use_of_private_extern_crate",
            "repr_c_enums_larger_than_int",
            "repr_transparent_non_zst_fields",
            "self_constructor_from_outer_item",
            "semicolon_in_expressions_from_macros",
            "soft_unstable",
            "uncovered_param_in_projection",
            "uninhabited_static",
            "unstable_name_collisions",
            "unstable_syntax_pre_expansion",
            "unsupported_calling_conventions",
            "varargs_without_pattern",
        ],
    ),
    ("keyword_idents", &["keyword_idents_2018", "keyword_idents_2024"]),
    ("let_underscore", &["let_underscore_drop", "let_underscore_lock"]),
    ("nonstandard_style", &["non_camel_case_types", "non_snake_case", "non_upper_case_globals"]),
    ("refining_impl_trait", &["refining_impl_trait_reachable", "refining_impl_trait_internal"]),
    (
        "rust_2018_compatibility",
        &[
            "keyword_idents_2018",
            "anonymous_parameters",
            "absolute_paths_not_starting_with_crate",
            "tyvar_behind_raw_pointer",
        ],
    ),
    (
        "rust_2018_idioms",
        &[
            "bare_trait_objects",
            "unused_extern_crates",
            "ellipsis_inclusive_range_patterns",
            "elided_lifetimes_in_paths",
            "explicit_outlives_requirements",
        ],
    ),
    (
        "rust_2021_compatibility",
        &[
            "ellipsis_inclusive_range_patterns",
            "array_into_iter",
            "non_fmt_panics",
            "bare_trait_objects",
            "rust_2021_incompatible_closure_captures",
            "rust_2021_incompatible_or_patterns",
            "rust_2021_prefixes_incompatible_syntax",
            "rust_2021_prelude_collisions",
        ],
    ),
    (
        "rust_2024_compatibility",
        &[
            "keyword_idents_2024",
            "edition_2024_expr_fragment_specifier",
            "boxed_slice_into_iter",
            "impl_trait_overcaptures",
            "if_let_rescope",
            "static_mut_refs",
            "dependency_on_unit_never_type_fallback",
            "deprecated_safe_2024",
            "missing_unsafe_on_extern",
            "never_type_fallback_flowing_into_unsafe",
            "rust_2024_guarded_string_incompatible_syntax",
            "rust_2024_incompatible_pat",
            "rust_2024_prelude_collisions",
            "tail_expr_drop_order",
            "unsafe_attr_outside_unsafe",
            "unsafe_op_in_unsafe_fn",
        ],
    ),
    (
        "unknown_or_malformed_diagnostic_attributes",
        &[
            "malformed_diagnostic_attributes",
            "malformed_diagnostic_format_literals",
            "misplaced_diagnostic_attributes",
            "unknown_diagnostic_attributes",
        ],
    ),
    (
        "unused",
        &[
            "unused_imports",
            "unused_variables",
            "unused_visibilities",
            "unused_assignments",
            "dead_code",
            "unused_mut",
            "unreachable_code",
            "unreachable_patterns",
            "unused_must_use",
            "unused_unsafe",
            "path_statements",
            "unused_attributes",
            "unused_macros",
            "unused_macro_rules",
            "unused_allocation",
            "unused_doc_comments",
            "unused_extern_crates",
            "unused_features",
            "unused_labels",
            "unused_parens",
            "unused_braces",
            "redundant_semicolons",
            "map_unit_fn",
        ],
    ),
];

/// Old names and new ones.
pub static RENAMED_LINTS: &[(&str, &str)] = &[
    ("bare_trait_object", "bare_trait_objects"),
    ("unstable_name_collision", "unstable_name_collisions"),
    ("unused_doc_comment", "unused_doc_comments"),
    ("async_idents", "keyword_idents_2018"),
    ("exceeding_bitshifts", "arithmetic_overflow"),
    ("non_autolinks", "rustdoc::bare_urls"),
    ("static_mut_ref", "static_mut_refs"),
    ("temporary_cstring_as_ptr", "dangling_pointers_from_temporaries"),
    ("elided_named_lifetimes", "mismatched_lifetime_syntaxes"),
    ("disjoint_capture_migration", "rust_2021_incompatible_closure_captures"),
    ("or_patterns_back_compat", "rust_2021_incompatible_or_patterns"),
    ("non_fmt_panic", "non_fmt_panics"),
    ("unused_tuple_struct_fields", "dead_code"),
    ("overlapping_patterns", "overlapping_range_endpoints"),
];

/// Lints that are no more, and why.
pub static REMOVED_LINTS: &[(&str, &str)] = &[
    ("raw_pointer_derive", "using derive with raw pointers is ok"),
    ("drop_with_repr_extern", "drop flags have been removed"),
    ("fat_ptr_transmutes", "was accidentally removed back in 2014"),
    ("deprecated_attr", "use `deprecated` instead"),
    ("transmute_from_fn_item_types", "always cast functions before transmuting them"),
    (
        "hr_lifetime_in_assoc_type",
        "converted into hard error, see issue #33685 <https://github.com/rust-lang/rust/issues/33685> for more information",
    ),
    (
        "unsized_in_tuple",
        "converted into hard error, see issue #33242 <https://github.com/rust-lang/rust/issues/33242> for more information",
    ),
    (
        "object_unsafe_fragment",
        "converted into hard error, see issue #33243 <https://github.com/rust-lang/rust/issues/33243> for more information",
    ),
    (
        "lifetime_underscore",
        "converted into hard error, see issue #36892 <https://github.com/rust-lang/rust/issues/36892> for more information",
    ),
    (
        "extra_requirement_in_impl",
        "converted into hard error, see issue #37166 <https://github.com/rust-lang/rust/issues/37166> for more information",
    ),
    (
        "duplicate_associated_type_bindings",
        "converted into hard error, see issue #50589 <https://github.com/rust-lang/rust/issues/50589> for more information",
    ),
    (
        "duplicate_matcher_binding_name",
        "converted into hard error, see issue #57742 <https://github.com/rust-lang/rust/issues/57742> for more information",
    ),
    (
        "incoherent_fundamental_impls",
        "converted into hard error, see issue #46205 <https://github.com/rust-lang/rust/issues/46205> for more information",
    ),
    (
        "safe_extern_statics",
        "converted into hard error, see issue #36247 <https://github.com/rust-lang/rust/issues/36247> for more information",
    ),
    (
        "missing_fragment_specifier",
        "converted into hard error, see issue #40107 <https://github.com/rust-lang/rust/issues/40107> for more information",
    ),
    (
        "legacy_constructor_visibility",
        "converted into hard error, see issue #39207 <https://github.com/rust-lang/rust/issues/39207> for more information",
    ),
    ("private_no_mangle_fns", "no longer a warning, `#[no_mangle]` functions always exported"),
    ("private_no_mangle_statics", "no longer a warning, `#[no_mangle]` statics always exported"),
    (
        "const_err",
        "converted into hard error, see RFC 3016 <https://rust-lang.github.io/rfcs/3016-const-ub.html> for more information",
    ),
    ("illegal_floating_point_literal_pattern", "no longer a warning, float patterns behave the same as `==`"),
    ("box_pointers", "it does not detect other kinds of allocations, and existed only for historical reasons"),
    (
        "mutable_borrow_reservation_conflict",
        "now allowed, see issue #59159 <https://github.com/rust-lang/rust/issues/59159> for more information",
    ),
    (
        "unaligned_references",
        "converted into hard error, see issue #82523 <https://github.com/rust-lang/rust/issues/82523> for more information",
    ),
    (
        "safe_packed_borrows",
        "converted into hard error, see issue #82523 <https://github.com/rust-lang/rust/issues/82523> for more information",
    ),
    (
        "private_in_public",
        "converted into hard error, see issue #34537 <https://github.com/rust-lang/rust/issues/34537> for more information",
    ),
    (
        "nontrivial_structural_match",
        "converted into hard error, see issue #120362 <https://github.com/rust-lang/rust/issues/120362> for more information",
    ),
    (
        "indirect_structural_match",
        "converted into hard error, see issue #120362 <https://github.com/rust-lang/rust/issues/120362> for more information",
    ),
    (
        "pointer_structural_match",
        "converted into hard error, see issue #120362 <https://github.com/rust-lang/rust/issues/120362> for more information",
    ),
    (
        "coerce_never",
        "converted into hard error, see issue #46325 <https://github.com/rust-lang/rust/issues/46325> for more information",
    ),
    (
        "implied_bounds_entailment",
        "converted into hard error, see issue #105572 <https://github.com/rust-lang/rust/issues/105572> for more information",
    ),
    (
        "cenum_impl_drop_cast",
        "converted into hard error, see issue #73333 <https://github.com/rust-lang/rust/issues/73333> for more information",
    ),
    (
        "order_dependent_trait_objects",
        "converted into hard error, see issue #56484 <https://github.com/rust-lang/rust/issues/56484> for more information",
    ),
    (
        "const_eval_mutable_ptr_in_final_value",
        "converted into hard error, see issue #122153 <https://github.com/rust-lang/rust/issues/122153> for more information",
    ),
];

/// The lints of a group.
pub fn lint_group(name: &str) -> Option<&'static [&'static str]> {
    let name = match name {
        "bad_style" => "nonstandard_style",
        name => name,
    };
    LINT_GROUPS.iter().find(|(n, _)| *n == name).map(|(_, lints)| *lints)
}

/// The group that the note on a lint's default level names.
pub fn group_containing(lint: &str) -> Option<&'static str> {
    let holding = || LINT_GROUPS.iter().filter(|(_, lints)| lints.contains(&lint)).map(|(n, _)| *n);
    holding().find(|n| *n != "rust_2018_idioms").or_else(|| holding().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::find_lint;

    #[test]
    fn groups_hold_known_lints() {
        for (group, lints) in LINT_GROUPS {
            for lint in *lints {
                assert!(find_lint(lint).is_some(), "{group}: {lint}");
            }
        }
    }
}
