//! Lint declarations and levels. Passes live with the stage that finds them; levels are resolved by crate
//! `lint` (`TyCtxt::emit_node_span_lint`).

use diagnostics::DiagInner;
use span::{Edition, Span, Symbol};

/// A lint level (RFC 1193 and `expect`, RFC 2383).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    Allow,
    Expect,
    Warn,
    ForceWarn,
    Deny,
    Forbid,
}

impl Level {
    /// As in attributes.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Allow => "allow",
            Level::Expect => "expect",
            Level::Warn => "warn",
            Level::ForceWarn => "force-warn",
            Level::Deny => "deny",
            Level::Forbid => "forbid",
        }
    }
    /// The level of an attribute name.
    pub fn from_symbol(name: Symbol) -> Option<Level> {
        Some(match name.as_str() {
            "allow" => Level::Allow,
            "expect" => Level::Expect,
            "warn" => Level::Warn,
            "deny" => Level::Deny,
            "forbid" => Level::Forbid,
            _ => return None,
        })
    }
}

/// A lint.
#[derive(Debug)]
pub struct Lint {
    /// Lower case with underscores.
    pub name: &'static str,
    pub default_level: Level,
    /// Another default from an edition on.
    pub edition_level: Option<(Edition, Level)>,
    /// One line.
    pub desc: &'static str,
    /// `Some(reference)` for a future incompatibility: the text after `for more information, see `.
    pub future_incompatible: Option<&'static str>,
    /// Reported inside external macros too.
    pub report_in_external_macro: bool,
}

impl PartialEq for Lint {
    fn eq(&self, other: &Lint) -> bool {
        self.name == other.name
    }
}
impl Eq for Lint {}

/// The lint of a name.
pub fn find_lint(name: &str) -> Option<&'static Lint> {
    ALL_LINTS.iter().find(|l| l.name == name).copied()
}

/// A lint found before levels are known, with the AST node (by number) it is at.
#[derive(Clone, Debug)]
pub struct BufferedLint {
    pub lint: &'static Lint,
    /// `ast::NodeId` as a number; the nearest enclosing item with attributes decides the level.
    pub node_id: u32,
    pub span: Span,
    /// The diagnostic; its level is set when it is emitted.
    pub diag: Box<DiagInner>,
}

macro_rules! declare_lints {
    ($($(#[$attr:meta])* $name:ident $text:literal $level:ident $desc:literal $(@future $future:literal)? $(@edition $edition:ident $elevel:ident)?;)*) => {
        $(
            $(#[$attr])*
            #[doc = $desc]
            pub static $name: Lint = Lint {
                name: $text,
                default_level: Level::$level,
                edition_level: declare_lints!(@e $($edition $elevel)?),
                desc: $desc,
                future_incompatible: declare_lints!(@f $($future)?),
                // Of these the place says little: what counts is that it happens.
                report_in_external_macro: matches!(
                    $text.as_bytes(),
                    b"long_running_const_eval"
                        | b"unreachable_code"
                        | b"unused_must_use"
                        | b"deprecated"
                        | b"missing_docs"
                ),
            };
        )*
        /// All lints known by name.
        pub static ALL_LINTS: &[&Lint] = &[$(&$name),*];
    };
    (@f $future:literal) => { Some($future) };
    (@f) => { None };
    (@e $edition:ident $elevel:ident) => { Some((Edition::$edition, Level::$elevel)) };
    (@e) => { None };
}

declare_lints! {
    UNUSED_VARIABLES "unused_variables" Warn "detect variables which are not used in any way";
    UNUSED_ASSIGNMENTS "unused_assignments" Warn "detect assignments that will never be read";
    UNUSED_MUT "unused_mut" Warn "detect mut variables which don't need to be mutable";
    UNUSED_IMPORTS "unused_imports" Warn "imports that are never used";
    UNUSED_MUST_USE "unused_must_use" Warn "unused result of a type flagged as `#[must_use]`";
    UNUSED_UNSAFE "unused_unsafe" Warn "unnecessary use of an `unsafe` block";
    UNUSED_LABELS "unused_labels" Warn "detects labels that are never used";
    UNUSED_MACROS "unused_macros" Warn "detects macros that were not used";
    UNUSED_PARENS "unused_parens" Warn "`if`, `match`, `while` and `return` do not need parentheses";
    UNUSED_BRACES "unused_braces" Warn "unnecessary braces around an expression";
    UNUSED_ATTRIBUTES "unused_attributes" Warn "detects attributes that were not used by the compiler";
    UNUSED_DOC_COMMENTS "unused_doc_comments" Warn "detects doc comments that aren't used by rustdoc";
    UNUSED_COMPARISONS "unused_comparisons" Warn "comparisons made useless by limits of the types involved";
    UNUSED_EXTERN_CRATES "unused_extern_crates" Allow "extern crates that are never used";
    UNUSED_QUALIFICATIONS "unused_qualifications" Allow "detects unnecessarily qualified names";
    UNUSED_LIFETIMES "unused_lifetimes" Allow "detects lifetime parameters that are never used";
    UNUSED_RESULTS "unused_results" Allow "unused result of an expression in a statement";
    UNUSED_ALLOCATION "unused_allocation" Warn "detects unnecessary allocations that can be eliminated";
    UNUSED_FEATURES "unused_features" Warn "unused features found in crate-level `#[feature]` directives";
    PATH_STATEMENTS "path_statements" Warn "path statements with no effect";
    DEAD_CODE "dead_code" Warn "detect unused, unexported items";
    UNREACHABLE_CODE "unreachable_code" Warn "detects unreachable code paths";
    UNREACHABLE_PATTERNS "unreachable_patterns" Warn "detects unreachable patterns";
    UNREACHABLE_PUB "unreachable_pub" Allow "`pub` items not reachable from crate root";
    UNCONDITIONAL_RECURSION "unconditional_recursion" Warn "functions that cannot return without calling themselves";
    NON_CAMEL_CASE_TYPES "non_camel_case_types" Warn "types, variants, traits and type parameters should have camel case names";
    NON_SNAKE_CASE "non_snake_case" Warn "variables, methods, functions, lifetime parameters and modules should have snake case names";
    NON_UPPER_CASE_GLOBALS "non_upper_case_globals" Warn "static constants should have uppercase identifiers";
    NON_SHORTHAND_FIELD_PATTERNS "non_shorthand_field_patterns" Warn "using `Struct { x: x }` instead of `Struct { x }` in a pattern";
    OVERFLOWING_LITERALS "overflowing_literals" Deny "literal out of range for its type";
    ARITHMETIC_OVERFLOW "arithmetic_overflow" Deny "arithmetic operation overflows";
    UNCONDITIONAL_PANIC "unconditional_panic" Deny "operation will cause a panic at runtime";
    IRREFUTABLE_LET_PATTERNS "irrefutable_let_patterns" Warn "detects irrefutable patterns in `if let` and `while let` statements";
    BINDINGS_WITH_VARIANT_NAME "bindings_with_variant_name" Deny "detects pattern bindings with the same name as one of the matched variants";
    WHILE_TRUE "while_true" Warn "suggest using `loop { }` instead of `while true { }`";
    DEPRECATED "deprecated" Warn "detects use of deprecated items";
    MISSING_DOCS "missing_docs" Allow "detects missing documentation for public members";
    MISSING_DEBUG_IMPLEMENTATIONS "missing_debug_implementations" Allow "detects missing implementations of Debug";
    MISSING_COPY_IMPLEMENTATIONS "missing_copy_implementations" Allow "detects potentially-forgotten implementations of `Copy`";
    PRIVATE_INTERFACES "private_interfaces" Warn "private type in primary interface of an item";
    PRIVATE_BOUNDS "private_bounds" Warn "private type in secondary interface of an item";
    UNNAMEABLE_TYPES "unnameable_types" Allow "effective visibility of a type is larger than the area in which it can be named";
    STATIC_MUT_REFS "static_mut_refs" Warn "creating a shared reference to mutable static" @edition Edition2024 Deny;
    IMPROPER_CTYPES "improper_ctypes" Warn "proper use of libc types in foreign modules";
    IMPROPER_CTYPES_DEFINITIONS "improper_ctypes_definitions" Warn "proper use of libc types in foreign item definitions";
    NO_MANGLE_GENERIC_ITEMS "no_mangle_generic_items" Warn "generic items must be mangled";
    NO_MANGLE_CONST_ITEMS "no_mangle_const_items" Deny "const items will not have their symbols exported";
    UNSAFE_CODE "unsafe_code" Allow "usage of `unsafe` code and other potentially unsound constructs";
    UNSAFE_OP_IN_UNSAFE_FN "unsafe_op_in_unsafe_fn" Allow "unsafe operations in unsafe functions without an explicit unsafe block are deprecated" @edition Edition2024 Warn;
    UNEXPECTED_CFGS "unexpected_cfgs" Warn "detects unexpected names and values in `#[cfg]` conditions";
    UNKNOWN_LINTS "unknown_lints" Warn "unrecognized lint attribute";
    RENAMED_AND_REMOVED_LINTS "renamed_and_removed_lints" Warn "lints that have been renamed or removed";
    UNFULFILLED_LINT_EXPECTATIONS "unfulfilled_lint_expectations" Warn "unfulfilled lint expectation";
    FORBIDDEN_LINT_GROUPS "forbidden_lint_groups" Warn "applying forbid to lint-groups";
    BARE_TRAIT_OBJECTS "bare_trait_objects" Warn "suggest using `dyn Trait` for trait objects" @future "<https://doc.rust-lang.org/edition-guide/rust-2021/warnings-promoted-to-error.html>";
    ELLIPSIS_INCLUSIVE_RANGE_PATTERNS "ellipsis_inclusive_range_patterns" Warn "`...` range patterns are deprecated" @future "<https://doc.rust-lang.org/edition-guide/rust-2021/warnings-promoted-to-error.html>";
    ANONYMOUS_PARAMETERS "anonymous_parameters" Warn "detects anonymous parameters" @future "<https://doc.rust-lang.org/edition-guide/rust-2018/trait-fn-parameters.html>";
    ELIDED_LIFETIMES_IN_PATHS "elided_lifetimes_in_paths" Allow "hidden lifetime parameters in types are deprecated";
    ELIDED_NAMED_LIFETIMES "elided_named_lifetimes" Warn "detects when an elided lifetime gets resolved to be `'static` or some named parameter";
    MISMATCHED_LIFETIME_SYNTAXES "mismatched_lifetime_syntaxes" Warn "detects when a lifetime uses different syntax between arguments and return values";
    EXPLICIT_OUTLIVES_REQUIREMENTS "explicit_outlives_requirements" Allow "outlives requirements can be inferred";
    SINGLE_USE_LIFETIMES "single_use_lifetimes" Allow "detects lifetime parameters that are only used once";
    REDUNDANT_SEMICOLONS "redundant_semicolons" Warn "detects unnecessary trailing semicolons";
    REDUNDANT_LIFETIMES "redundant_lifetimes" Allow "detects lifetime parameters that are redundant because they are equal to some other named lifetime";
    REDUNDANT_IMPORTS "redundant_imports" Allow "imports that are redundant due to being imported already";
    TRIVIAL_CASTS "trivial_casts" Allow "detects trivial casts which could be removed";
    TRIVIAL_NUMERIC_CASTS "trivial_numeric_casts" Allow "detects trivial casts of numeric types which could be removed";
    TRIVIAL_BOUNDS "trivial_bounds" Warn "these bounds don't depend on an type parameters";
    TYPE_ALIAS_BOUNDS "type_alias_bounds" Warn "bounds in type aliases are not enforced";
    CONST_ITEM_MUTATION "const_item_mutation" Warn "detects attempts to mutate a `const` item";
    CONST_ITEM_INTERIOR_MUTATIONS "const_item_interior_mutations" Warn "checks for calls which mutates a interior mutable const-item";
    CONFLICTING_REPR_HINTS "conflicting_repr_hints" Deny "conflicts between `#[repr(..)]` hints that were previously accepted and used in practice" @future "issue #68585 <https://github.com/rust-lang/rust/issues/68585>";
    MACRO_EXPANDED_MACRO_EXPORTS_ACCESSED_BY_ABSOLUTE_PATHS "macro_expanded_macro_exports_accessed_by_absolute_paths" Deny "macro-expanded `macro_export` macros from the current crate cannot be referred to by absolute paths" @future "issue #52234 <https://github.com/rust-lang/rust/issues/52234>";
    AMBIGUOUS_GLOB_REEXPORTS "ambiguous_glob_reexports" Warn "ambiguous glob re-exports";
    AMBIGUOUS_GLOB_IMPORTS "ambiguous_glob_imports" Warn "detects certain glob imports that require reporting an ambiguity error" @future "issue #114095 <https://github.com/rust-lang/rust/issues/114095>";
    HIDDEN_GLOB_REEXPORTS "hidden_glob_reexports" Warn "name introduced by a private item shadows a name introduced by a public glob re-export";
    TYVAR_BEHIND_RAW_POINTER "tyvar_behind_raw_pointer" Warn "raw pointer to an inference variable" @future "issue #46906 <https://github.com/rust-lang/rust/issues/46906>";
    INVALID_TYPE_PARAM_DEFAULT "invalid_type_param_default" Deny "type parameter default erroneously allowed in invalid location" @future "issue #36887 <https://github.com/rust-lang/rust/issues/36887>";
    PATTERNS_IN_FNS_WITHOUT_BODY "patterns_in_fns_without_body" Deny "patterns in functions without body were erroneously allowed" @future "issue #35203 <https://github.com/rust-lang/rust/issues/35203>";
    PRIVATE_MACRO_USE "private_macro_use" Deny "detects certain macro bindings that should not be re-exported" @future "issue #120192 <https://github.com/rust-lang/rust/issues/120192>";
    LEGACY_DERIVE_HELPERS "legacy_derive_helpers" Deny "detects derive helper attributes that are used before they are introduced" @future "issue #79202 <https://github.com/rust-lang/rust/issues/79202>";
    ELIDED_LIFETIMES_IN_ASSOCIATED_CONSTANT "elided_lifetimes_in_associated_constant" Deny "elided lifetimes cannot be used in associated constants in impls" @future "issue #115010 <https://github.com/rust-lang/rust/issues/115010>";
    PUB_USE_OF_PRIVATE_EXTERN_CRATE "pub_use_of_private_extern_crate" Deny "detect public re-exports of private extern crates" @future "issue #127909 <https://github.com/rust-lang/rust/issues/127909>";
    ORDER_DEPENDENT_TRAIT_OBJECTS "order_dependent_trait_objects" Deny "trait-object types were treated as different depending on marker-trait order" @future "issue #56484 <https://github.com/rust-lang/rust/issues/56484>";
    COHERENCE_LEAK_CHECK "coherence_leak_check" Warn "distinct impls distinguished only by the leak-check code";
    ASM_SUB_REGISTER "asm_sub_register" Warn "using only a subset of a register for inline asm inputs";
    DROPPING_REFERENCES "dropping_references" Warn "calls to `std::mem::drop` with a reference instead of an owned value";
    DROPPING_COPY_TYPES "dropping_copy_types" Warn "calls to `std::mem::drop` with a value that implements Copy";
    FORGETTING_REFERENCES "forgetting_references" Warn "calls to `std::mem::forget` with a reference instead of an owned value";
    FORGETTING_COPY_TYPES "forgetting_copy_types" Warn "calls to `std::mem::forget` with a value that implements Copy";
    LET_UNDERSCORE_DROP "let_underscore_drop" Allow "non-binding let on a type that has a destructor";
    LET_UNDERSCORE_LOCK "let_underscore_lock" Deny "non-binding let on a synchronization lock";
    NON_FMT_PANICS "non_fmt_panics" Warn "detect single-argument panic!() invocations in which the argument is not a format string";
    NAMED_ARGUMENTS_USED_POSITIONALLY "named_arguments_used_positionally" Warn "named arguments in format used positionally";
    SEMICOLON_IN_EXPRESSIONS_FROM_MACROS "semicolon_in_expressions_from_macros" Deny "trailing semicolon in macro body used as expression" @future "issue #79813 <https://github.com/rust-lang/rust/issues/79813>";
    DUPLICATE_MACRO_ATTRIBUTES "duplicate_macro_attributes" Warn "duplicated attribute";
    META_VARIABLE_MISUSE "meta_variable_misuse" Allow "possible meta-variable misuse at macro definition";
    NON_ASCII_IDENTS "non_ascii_idents" Allow "detects non-ASCII identifiers";
    CONFUSABLE_IDENTS "confusable_idents" Warn "detects visually confusable pairs between identifiers";
    UNCOMMON_CODEPOINTS "uncommon_codepoints" Warn "detects uncommon Unicode codepoints in identifiers";
    MIXED_SCRIPT_CONFUSABLES "mixed_script_confusables" Warn "detects Unicode scripts whose mixed script confusables codepoints are solely used";
    TEXT_DIRECTION_CODEPOINT_IN_LITERAL "text_direction_codepoint_in_literal" Deny "detect special Unicode codepoints that affect the visual representation of text on screen, changing the direction in which text flows";
    TEXT_DIRECTION_CODEPOINT_IN_COMMENT "text_direction_codepoint_in_comment" Deny "invisible directionality-changing codepoints in comment";
    NOOP_METHOD_CALL "noop_method_call" Warn "detects the use of well-known noop methods";
    SUSPICIOUS_DOUBLE_REF_OP "suspicious_double_ref_op" Warn "suspicious call of trait method on `&&T`";
    UNSTABLE_NAME_COLLISIONS "unstable_name_collisions" Warn "detects name collision with an existing but unstable method" @future "issue #48919 <https://github.com/rust-lang/rust/issues/48919>";
    KEYWORD_IDENTS_2018 "keyword_idents_2018" Allow "detects edition keywords being used as an identifier";
    KEYWORD_IDENTS_2024 "keyword_idents_2024" Allow "detects edition keywords being used as an identifier";
    EXPLICIT_BUILTIN_CFGS_IN_FLAGS "explicit_builtin_cfgs_in_flags" Deny "detects builtin cfgs set via the `--cfg`";
    REFINING_IMPL_TRAIT_REACHABLE "refining_impl_trait_reachable" Warn "impl trait in impl method signature does not match trait method signature";
    REFINING_IMPL_TRAIT_INTERNAL "refining_impl_trait_internal" Warn "impl trait in impl method signature does not match trait method signature";
    ASYNC_FN_IN_TRAIT "async_fn_in_trait" Warn "use of `async fn` in definition of a publicly-reachable trait";
    OPAQUE_HIDDEN_INFERRED_BOUND "opaque_hidden_inferred_bound" Warn "detects the use of nested `impl Trait` types in associated type bounds that are not general enough";
    DROP_BOUNDS "drop_bounds" Warn "bounds of the form `T: Drop` are most likely incorrect";
    DYN_DROP "dyn_drop" Warn "trait objects of the form `dyn Drop` are useless";
    FOR_LOOPS_OVER_FALLIBLES "for_loops_over_fallibles" Warn "for-looping over an `Option` or a `Result`, which is more clearly expressed as an `if let`";
    MAP_UNIT_FN "map_unit_fn" Warn "`Iterator::map` call that discard the iterator's values";
    INVALID_VALUE "invalid_value" Warn "an invalid value is being created (such as a null reference)";
    INVALID_REFERENCE_CASTING "invalid_reference_casting" Deny "casts of `&T` to `&mut T` without interior mutability";
    INVALID_NAN_COMPARISONS "invalid_nan_comparisons" Warn "detects invalid floating point NaN comparisons";
    AMBIGUOUS_WIDE_POINTER_COMPARISONS "ambiguous_wide_pointer_comparisons" Warn "detects ambiguous wide pointer comparisons";
    UNPREDICTABLE_FUNCTION_POINTER_COMPARISONS "unpredictable_function_pointer_comparisons" Warn "detects unpredictable function pointer comparisons";
    USELESS_DEPRECATED "useless_deprecated" Deny "detects deprecation attributes with no effect";
    INEFFECTIVE_UNSTABLE_TRAIT_IMPL "ineffective_unstable_trait_impl" Deny "detects `#[unstable]` on stable trait implementations for stable types";
    UNNECESSARY_TRANSMUTES "unnecessary_transmutes" Warn "detects transmutes that can also be achieved by other operations";
    DANGLING_POINTERS_FROM_TEMPORARIES "dangling_pointers_from_temporaries" Warn "detects getting a pointer from a temporary";
    DANGLING_POINTERS_FROM_LOCALS "dangling_pointers_from_locals" Warn "detects returning a pointer from a local variable";
    UNUSED_IMPORT_BRACES "unused_import_braces" Allow "unnecessary braces around an imported item";
    UNUSED_MACRO_RULES "unused_macro_rules" Allow "detects macro rules that were not used";
    VARIANT_SIZE_DIFFERENCES "variant_size_differences" Allow "detects enums with widely varying variant sizes";
    ABSOLUTE_PATHS_NOT_STARTING_WITH_CRATE "absolute_paths_not_starting_with_crate" Allow "fully qualified paths that start with a module name instead of `crate`, `self`, or an extern crate name";
    UNUSED_CRATE_DEPENDENCIES "unused_crate_dependencies" Allow "crate dependencies that are never used";
    UNSTABLE_FEATURES "unstable_features" Allow "enabling unstable features";
    INTERNAL_FEATURES "internal_features" Warn "internal features are not supposed to be used";
    INCOMPLETE_FEATURES "incomplete_features" Warn "incomplete features that may function improperly in some or all cases";
    STABLE_FEATURES "stable_features" Warn "stable features found in `#[feature]` directive";
    LONG_RUNNING_CONST_EVAL "long_running_const_eval" Deny "detects long const eval operations";
    CONST_EVALUATABLE_UNCHECKED "const_evaluatable_unchecked" Warn "detects a generic constant is used in a type without a emitting a warning" @future "issue #76200 <https://github.com/rust-lang/rust/issues/76200>";
    SOFT_UNSTABLE "soft_unstable" Deny "a feature gate that doesn't break dependent crates" @future "issue #64266 <https://github.com/rust-lang/rust/issues/64266>";
    ILL_FORMED_ATTRIBUTE_INPUT "ill_formed_attribute_input" Deny "ill-formed attribute inputs that were previously accepted and used in practice" @future "issue #57571 <https://github.com/rust-lang/rust/issues/57571>";
    INVALID_DOC_ATTRIBUTES "invalid_doc_attributes" Warn "detects invalid `#[doc(...)]` attributes";
    UNKNOWN_OR_MALFORMED_DIAGNOSTIC_ATTRIBUTES "unknown_diagnostic_attributes" Warn "unrecognized diagnostic attribute";
    MALFORMED_DIAGNOSTIC_ATTRIBUTES "malformed_diagnostic_attributes" Warn "detects malformed diagnostic attributes";
    MISPLACED_DIAGNOSTIC_ATTRIBUTES "misplaced_diagnostic_attributes" Warn "detects diagnostic attributes that are placed on the wrong item";
    DEPENDENCY_ON_UNIT_NEVER_TYPE_FALLBACK "dependency_on_unit_never_type_fallback" Deny "never type fallback affecting unsafe function calls" @future "<https://doc.rust-lang.org/edition-guide/rust-2024/never-type-fallback.html>";
    NEVER_TYPE_FALLBACK_FLOWING_INTO_UNSAFE "never_type_fallback_flowing_into_unsafe" Deny "never type fallback affecting unsafe function calls" @future "<https://doc.rust-lang.org/edition-guide/rust-2024/never-type-fallback.html>" @edition Edition2024 Deny;
    IF_LET_RESCOPE "if_let_rescope" Allow "`if let` assigns a shorter lifetime to temporary values being pattern-matched against in Edition 2024";
    TAIL_EXPR_DROP_ORDER "tail_expr_drop_order" Allow "detect and warn on significant change in drop order in tail expression location";
    IMPL_TRAIT_OVERCAPTURES "impl_trait_overcaptures" Allow "`impl Trait` will capture more lifetimes than possibly intended in edition 2024";
    IMPL_TRAIT_REDUNDANT_CAPTURES "impl_trait_redundant_captures" Allow "redundant precise-capturing `use<...>` syntax on an `impl Trait`";
    RUST_2024_INCOMPATIBLE_PAT "rust_2024_incompatible_pat" Allow "detects patterns whose meaning will change in Rust 2024";
    EXPORTED_PRIVATE_DEPENDENCIES "exported_private_dependencies" Warn "public interface leaks type from a private dependency";
    MISSING_ABI "missing_abi" Warn "No declared ABI for extern declaration";
    MISSING_UNSAFE_ON_EXTERN "missing_unsafe_on_extern" Allow "detects missing unsafe keyword on extern declarations" @future "<https://doc.rust-lang.org/edition-guide/rust-2024/unsafe-extern.html>";
    UNSAFE_ATTR_OUTSIDE_UNSAFE "unsafe_attr_outside_unsafe" Allow "detects unsafe attributes outside of unsafe" @future "<https://doc.rust-lang.org/edition-guide/rust-2024/unsafe-attributes.html>";
    DEPRECATED_SAFE_2024 "deprecated_safe_2024" Allow "detects unsafe functions being used as safe functions" @future "<https://doc.rust-lang.org/edition-guide/rust-2024/newly-unsafe-functions.html>";
    UNIT_BINDINGS "unit_bindings" Allow "binding is useless because it has the unit `()` type";
    MUST_NOT_SUSPEND "must_not_suspend" Allow "use of a `#[must_not_suspend]` value across a yield point";
    ENUM_INTRINSICS_NON_ENUMS "enum_intrinsics_non_enums" Deny "detects calls to `core::mem::discriminant` and `core::mem::variant_count` with non-enum types";
    MUTABLE_TRANSMUTES "mutable_transmutes" Deny "transmuting &T to &mut T is undefined behavior, even if the reference is unused";
    INVALID_FROM_UTF8 "invalid_from_utf8" Warn "using a non UTF-8 literal in `std::str::from_utf8`";
    INVALID_FROM_UTF8_UNCHECKED "invalid_from_utf8_unchecked" Deny "using a non UTF-8 literal in `std::str::from_utf8_unchecked`";
    USELESS_PTR_NULL_CHECKS "useless_ptr_null_checks" Warn "useless checking of non-null-typed pointer";
    NON_LOCAL_DEFINITIONS "non_local_definitions" Warn "checks for non-local definitions";
    NON_CONTIGUOUS_RANGE_ENDPOINTS "non_contiguous_range_endpoints" Warn "detects off-by-one errors with exclusive range patterns";
    OVERLAPPING_RANGE_ENDPOINTS "overlapping_range_endpoints" Warn "detects range patterns with overlapping endpoints";
    NON_EXHAUSTIVE_OMITTED_PATTERNS "non_exhaustive_omitted_patterns" Allow "detect when patterns of types marked `non_exhaustive` are missed";
    SELF_CONSTRUCTOR_FROM_OUTER_ITEM "self_constructor_from_outer_item" Warn "detect unsupported use of `Self` from outer item" @future "issue #124186 <https://github.com/rust-lang/rust/issues/124186>";
    REPR_TRANSPARENT_EXTERNAL_PRIVATE_FIELDS "repr_transparent_non_zst_fields" Deny "transparent type contains an external ZST that is marked #[non_exhaustive] or contains private fields" @future "issue #78586 <https://github.com/rust-lang/rust/issues/78586>";
    UNINHABITED_STATIC "uninhabited_static" Warn "uninhabited static" @future "issue #74840 <https://github.com/rust-lang/rust/issues/74840>";
    CENUM_IMPL_DROP_CAST "cenum_impl_drop_cast" Deny "a C-like enum implementing Drop is cast" @future "issue #73333 <https://github.com/rust-lang/rust/issues/73333>";
    CONST_EVAL_MUTABLE_PTR_IN_FINAL_VALUE "const_eval_mutable_ptr_in_final_value" Deny "detects a mutable pointer that has leaked into final value of a const expression" @future "issue #122153 <https://github.com/rust-lang/rust/issues/122153>";
    LINKER_MESSAGES "linker_messages" Allow "warnings emitted at runtime by the target-specific linker program";
    DOUBLE_NEGATIONS "double_negations" Warn "detects expressions of the form `--x`";
    UNGATED_ASYNC_FN_TRACK_CALLER "ungated_async_fn_track_caller" Warn "enabling track_caller on an async fn is a no-op unless the async_fn_track_caller feature is enabled";
    INVALID_MACRO_EXPORT_ARGUMENTS "invalid_macro_export_arguments" Deny "\"invalid_parameter\" isn't a valid argument for `#[macro_export]`";
    SPECIAL_MODULE_NAME "special_module_name" Warn "module declarations for files with a special meaning";
    EXPLICIT_REFERENCE_DYN_ "unused_associated_type_bounds" Warn "detects unused `Foo = Bar` bounds in `dyn Trait<Foo = Bar>`";
    WARNINGS_ "warnings" Warn "mass-change the level for lints which produce warnings";
    BYTE_SLICE_ "undropped_manually_drops" Deny "calls to `std::mem::drop` with `std::mem::ManuallyDrop` instead of it's inner value";
    DEREF_NULLPTR "deref_nullptr" Deny "detects when an null pointer is dereferenced";
    CLASHING_EXTERN_DECLARATIONS "clashing_extern_declarations" Warn "detects when an extern fn has been declared with the same name but different types";
    BOXED_SLICE_INTO_ITER "boxed_slice_into_iter" Warn "detects calling `into_iter` on boxed slices in Rust 2015, 2018, and 2021" @edition Edition2024 Allow;
    ARRAY_INTO_ITER "array_into_iter" Warn "detects calling `into_iter` on arrays in Rust 2015 and 2018" @edition Edition2021 Allow;
    DANGEROUS_IMPLICIT_AUTOREFS "dangerous_implicit_autorefs" Deny "implicit reference to a dereference of a raw pointer";
    UNCOVERED_PARAM_IN_PROJECTION "uncovered_param_in_projection" Warn "impl contains type parameters that are not covered" @future "issue #124559 <https://github.com/rust-lang/rust/issues/124559>";
    AMBIGUOUS_NEGATIVE_LITERALS "ambiguous_negative_literals" Allow "ambiguous negative literals operations";
    CLOSURE_RETURNING_ASYNC_BLOCK "closure_returning_async_block" Allow "closure that returns `async {}` could be rewritten as an async closure";
    DEPRECATED_IN_FUTURE "deprecated_in_future" Allow "detects use of items that will be deprecated in a future version";
    DEREF_INTO_DYN_SUPERTRAIT "deref_into_dyn_supertrait" Allow "`Deref` implementation with a supertrait trait object for output is shadowed by trait upcasting";
    EDITION_2024_EXPR_FRAGMENT_SPECIFIER "edition_2024_expr_fragment_specifier" Allow "The `expr` fragment specifier will accept more expressions in the 2024 edition. To keep the existing behavior, use the `expr_2021` fragment specifier.";
    FFI_UNWIND_CALLS "ffi_unwind_calls" Allow "call to foreign functions or function pointers with FFI-unwind ABI";
    FUZZY_PROVENANCE_CASTS "fuzzy_provenance_casts" Allow "a fuzzy integer to pointer cast is used";
    LOSSY_PROVENANCE_CASTS "lossy_provenance_casts" Allow "a lossy pointer to integer cast is used";
    MACRO_USE_EXTERN_CRATE "macro_use_extern_crate" Allow "the `#[macro_use]` attribute is now deprecated in favor of using macros via the module system";
    MULTIPLE_SUPERTRAIT_UPCASTABLE "multiple_supertrait_upcastable" Allow "detect when a dyn-compatible trait has multiple supertraits";
    RESOLVING_TO_ITEMS_SHADOWING_SUPERTRAIT_ITEMS "resolving_to_items_shadowing_supertrait_items" Allow "detects when a supertrait item is shadowed by a subtrait item";
    RUST_2021_INCOMPATIBLE_CLOSURE_CAPTURES "rust_2021_incompatible_closure_captures" Allow "detects closures affected by Rust 2021 changes";
    RUST_2021_INCOMPATIBLE_OR_PATTERNS "rust_2021_incompatible_or_patterns" Allow "detects usage of old versions of or-patterns";
    RUST_2021_PREFIXES_INCOMPATIBLE_SYNTAX "rust_2021_prefixes_incompatible_syntax" Allow "identifiers that will be parsed as a prefix in Rust 2021";
    RUST_2021_PRELUDE_COLLISIONS "rust_2021_prelude_collisions" Allow "detects the usage of trait methods which are ambiguous with traits added to the prelude in future editions";
    RUST_2024_GUARDED_STRING_INCOMPATIBLE_SYNTAX "rust_2024_guarded_string_incompatible_syntax" Allow "will be parsed as a guarded string in Rust 2024";
    RUST_2024_PRELUDE_COLLISIONS "rust_2024_prelude_collisions" Allow "detects the usage of trait methods which are ambiguous with traits added to the prelude in future editions";
    SHADOWING_SUPERTRAIT_ITEMS "shadowing_supertrait_items" Allow "detects when a supertrait item is shadowed by a subtrait item";
    UNQUALIFIED_LOCAL_IMPORTS "unqualified_local_imports" Allow "`use` of a local item without leading `self::`, `super::`, or `crate::`";
    AARCH64_SOFTFLOAT_NEON "aarch64_softfloat_neon" Warn "detects code that could be affected by ABI issues on aarch64 softfloat targets";
    AMBIGUOUS_DERIVE_HELPERS "ambiguous_derive_helpers" Warn "detects derive helper attributes that are ambiguous with built-in attributes";
    AMBIGUOUS_GLOB_IMPORTED_TRAITS "ambiguous_glob_imported_traits" Warn "detects uses of ambiguously glob imported traits";
    AMBIGUOUS_IMPORT_VISIBILITIES "ambiguous_import_visibilities" Warn "detects certain glob imports that require reporting an ambiguity error";
    AMBIGUOUS_PANIC_IMPORTS "ambiguous_panic_imports" Warn "detects ambiguous core and std panic imports";
    BAD_ASM_STYLE "bad_asm_style" Warn "incorrect use of inline assembly";
    BREAK_WITH_LABEL_AND_LOOP "break_with_label_and_loop" Warn "`break` expression with label and unlabeled loop as value expression";
    DEPRECATED_WHERE_CLAUSE_LOCATION "deprecated_where_clause_location" Warn "deprecated where clause location";
    FUNCTION_CASTS_AS_INTEGER "function_casts_as_integer" Warn "casting a function into an integer";
    FUNCTION_ITEM_REFERENCES "function_item_references" Warn "suggest casting to a function pointer when attempting to take references to function items";
    IMPROPER_GPU_KERNEL_ARG "improper_gpu_kernel_arg" Warn "GPU kernel entry points have a limited ABI";
    INLINE_ALWAYS_MISMATCHING_TARGET_FEATURES "inline_always_mismatching_target_features" Warn "detects when a function annotated with `#[inline(always)]` and `#[target_feature(enable = \"..\")]` is inlined into a caller without the required target feature";
    INLINE_NO_SANITIZE "inline_no_sanitize" Warn "detects incompatible use of `#[inline(always)]` and `#[sanitize(... = \"off\")]`";
    INTEGER_TO_PTR_TRANSMUTES "integer_to_ptr_transmutes" Warn "detects integer to pointer transmutes";
    INTERNAL_EQ_TRAIT_METHOD_IMPLS "internal_eq_trait_method_impls" Warn "manual implementation of the internal `Eq::assert_receiver_is_total_eq` method";
    LARGE_ASSIGNMENTS "large_assignments" Warn "detects large moves or copies";
    LATE_BOUND_LIFETIME_ARGUMENTS "late_bound_lifetime_arguments" Warn "detects generic lifetime arguments in path segments with late bound lifetime parameters";
    MALFORMED_DIAGNOSTIC_FORMAT_LITERALS "malformed_diagnostic_format_literals" Warn "detects diagnostic attribute with malformed diagnostic format literals";
    MISSING_GPU_KERNEL_EXPORT_NAME "missing_gpu_kernel_export_name" Warn "mangled gpu-kernel function";
    PTR_TO_INTEGER_TRANSMUTE_IN_CONSTS "ptr_to_integer_transmute_in_consts" Warn "detects pointer to integer transmutes in const functions and associated constants";
    REPR_C_ENUMS_LARGER_THAN_INT "repr_c_enums_larger_than_int" Warn "repr(C) enums with discriminant values that do not fit into a C int";
    RTSAN_NONBLOCKING_ASYNC "rtsan_nonblocking_async" Warn "detects incompatible uses of `#[sanitize(realtime = \"nonblocking\")]` on async functions";
    UNNAMEABLE_TEST_ITEMS "unnameable_test_items" Warn "detects an item that cannot be named being marked as `#[test_case]`";
    UNREACHABLE_CFG_SELECT_PREDICATES "unreachable_cfg_select_predicates" Warn "detects unreachable configuration predicates in the cfg_select macro";
    UNSTABLE_SYNTAX_PRE_EXPANSION "unstable_syntax_pre_expansion" Warn "unstable syntax can change at any point in the future, causing a hard error!";
    UNSUPPORTED_CALLING_CONVENTIONS "unsupported_calling_conventions" Warn "use of unsupported calling convention";
    UNUSED_VISIBILITIES "unused_visibilities" Warn "detect visibility qualifiers on `const _` items";
    USES_POWER_ALIGNMENT "uses_power_alignment" Warn "Structs do not follow the power alignment rule under repr(C)";
    VARARGS_WITHOUT_PATTERN "varargs_without_pattern" Warn "detects usage of `...` arguments without a pattern in non-foreign items";
    AMBIGUOUS_ASSOCIATED_ITEMS "ambiguous_associated_items" Deny "ambiguous associated items";
    BINARY_ASM_LABELS "binary_asm_labels" Deny "labels in inline assembly containing only 0 or 1 digits";
    DEFAULT_OVERRIDES_DEFAULT_FIELDS "default_overrides_default_fields" Deny "detect `Default` impl that should use the type's default field values";
    INCOMPLETE_INCLUDE "incomplete_include" Deny "trailing content in included file";
    INVALID_ATOMIC_ORDERING "invalid_atomic_ordering" Deny "usage of invalid atomic ordering in atomic operations and memory fences";
    INVALID_NULL_ARGUMENTS "invalid_null_arguments" Deny "invalid null pointer in arguments";
    NAMED_ASM_LABELS "named_asm_labels" Deny "named labels in inline assembly";
    OUT_OF_SCOPE_MACRO_CALLS "out_of_scope_macro_calls" Deny "detects out of scope calls to `macro_rules` in key-value attributes";
    PROC_MACRO_DERIVE_RESOLUTION_FALLBACK "proc_macro_derive_resolution_fallback" Deny "detects proc macro derives using inaccessible names from parent modules";
    TEST_UNSTABLE_LINT "test_unstable_lint" Deny "this unstable lint is only for testing";
    UNKNOWN_CRATE_TYPES "unknown_crate_types" Deny "unknown crate type found in `#[crate_type]` directive";
}
