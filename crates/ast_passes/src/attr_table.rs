//! The attributes that the compiler knows, with the forms they may have and the features they need: facts of rustc 1.95.

/// What is known of an attribute.
#[derive(Debug)]
pub(crate) struct BuiltinAttr {
    pub name: &'static str,
    /// `#[name]`
    pub word: bool,
    /// `#[name(..)]`
    pub list: bool,
    /// `#[name = "value"]`
    pub name_value: bool,
    /// Wrong forms are a lint.
    pub lint: bool,
    /// The forms as they are suggested, without `#[` and `]`.
    pub forms: &'static [&'static str],
    /// Feature and message.
    pub gate: Option<(&'static str, &'static str)>,
    /// Notes of the gate.
    pub notes: &'static [&'static str],
}

const fn a(name: &'static str, kinds: &str, forms: &'static [&'static str]) -> BuiltinAttr {
    let kinds = kinds.as_bytes();
    BuiltinAttr {
        name,
        word: has(kinds, b'W'),
        list: has(kinds, b'L'),
        name_value: has(kinds, b'N'),
        lint: has(kinds, b'!'),
        forms,
        gate: None,
        notes: &[],
    }
}

const fn has(kinds: &[u8], kind: u8) -> bool {
    let mut i = 0;
    while i < kinds.len() {
        if kinds[i] == kind {
            return true;
        }
        i += 1;
    }
    false
}

const fn g(
    attr: BuiltinAttr,
    feature: &'static str,
    message: &'static str,
    notes: &'static [&'static str],
) -> BuiltinAttr {
    BuiltinAttr { gate: Some((feature, message)), notes, ..attr }
}

/// Sorted by name.
#[rustfmt::skip]
pub(crate) static BUILTIN_ATTRS: &[BuiltinAttr] = &[
    a("allow", "L", &["allow(lint1)", "allow(lint1, lint2, ...)", "allow(lint1, lint2, lint3, reason = \"...\")"]),
    g(a("allow_internal_unsafe", "W", &["allow_internal_unsafe"]), "allow_internal_unsafe", "allow_internal_unsafe side-steps the unsafe_code lint", &[]),
    g(a("allow_internal_unstable", "WLN", &[]), "allow_internal_unstable", "allow_internal_unstable side-steps feature gating and stability checks", &[]),
    a("automatically_derived", "W", &["automatically_derived"]),
    g(a("cfi_encoding", "N", &["cfi_encoding = \"encoding\""]), "cfi_encoding", "the `#[cfi_encoding]` attribute is an experimental feature", &[]),
    a("cold", "W", &["cold"]),
    a("collapse_debuginfo", "L", &["collapse_debuginfo(external)", "collapse_debuginfo(no)", "collapse_debuginfo(yes)"]),
    g(a("compiler_builtins", "W", &["compiler_builtins"]), "compiler_builtins", "the `#[compiler_builtins]` attribute is used to identify the `compiler_builtins` crate which contains compiler-rt intrinsics and will never be stable", &[]),
    g(a("coverage", "L", &["coverage(off)", "coverage(on)"]), "coverage_attribute", "the `#[coverage]` attribute is an experimental feature", &[]),
    a("crate_name", "N", &["crate_name = \"name\""]),
    a("crate_type", "N", &["crate_type = \"crate type\""]),
    a("debugger_visualizer", "L", &["debugger_visualizer(natvis_file = \"...\", gdb_script_file = \"...\")"]),
    a("deny", "L", &["deny(lint1)", "deny(lint1, lint2, ...)", "deny(lint1, lint2, lint3, reason = \"...\")"]),
    a("deprecated", "WLN", &[]),
    a("doc", "WLN", &[]),
    a("expect", "L", &["expect(lint1)", "expect(lint1, lint2, ...)", "expect(lint1, lint2, lint3, reason = \"...\")"]),
    a("export_name", "N", &["export_name = \"name\""]),
    a("feature", "L", &["feature(feature1, feature2, ...)"]),
    g(a("ffi_const", "W", &["ffi_const"]), "ffi_const", "the `#[ffi_const]` attribute is an experimental feature", &[]),
    g(a("ffi_pure", "W", &["ffi_pure"]), "ffi_pure", "the `#[ffi_pure]` attribute is an experimental feature", &[]),
    a("forbid", "L", &["forbid(lint1)", "forbid(lint1, lint2, ...)", "forbid(lint1, lint2, lint3, reason = \"...\")"]),
    g(a("fundamental", "W", &["fundamental"]), "fundamental", "the `#[fundamental]` attribute is an experimental feature", &[]),
    a("ignore", "WN!", &["ignore = \"reason\"", "ignore"]),
    a("inline", "WL!", &["inline(always)", "inline(never)", "inline"]),
    a("instruction_set", "L", &["instruction_set(set)"]),
    g(a("lang", "N", &["lang = \"name\""]), "lang_items", "lang items are subject to change", &[]),
    a("link", "L", &[]),
    a("link_name", "N", &["link_name = \"name\""]),
    a("link_ordinal", "L", &["link_ordinal(ordinal)"]),
    a("link_section", "N", &["link_section = \"name\""]),
    g(a("linkage", "N", &[]), "linkage", "the `linkage` attribute is experimental and not portable across platforms", &[]),
    a("macro_escape", "W", &["macro_escape"]),
    a("macro_export", "WL", &["macro_export(local_inner_macros)", "macro_export"]),
    a("macro_use", "WL", &["macro_use(name1, name2, ...)", "macro_use"]),
    g(a("marker", "W", &["marker"]), "marker_trait_attr", "the `#[marker]` attribute is an experimental feature", &[]),
    g(a("may_dangle", "W", &["may_dangle"]), "dropck_eyepatch", "`may_dangle` has unstable semantics and may be removed in the future", &[]),
    g(a("move_size_limit", "N", &["move_size_limit = \"N\""]), "large_assignments", "the `#[move_size_limit]` attribute is an experimental feature", &[]),
    g(a("must_not_suspend", "WN", &["must_not_suspend(count)", "must_not_suspend"]), "must_not_suspend", "the `#[must_not_suspend]` attribute is an experimental feature", &[]),
    a("must_use", "WN", &["must_use = \"reason\"", "must_use"]),
    a("naked", "W", &["naked"]),
    g(a("needs_allocator", "W", &["needs_allocator"]), "allocator_internals", "the `#[needs_allocator]` attribute is an experimental feature", &[]),
    g(a("needs_panic_runtime", "W", &["needs_panic_runtime"]), "needs_panic_runtime", "the `#[needs_panic_runtime]` attribute is an experimental feature", &[]),
    a("no_builtins", "W", &["no_builtins"]),
    g(a("no_core", "W", &["no_core"]), "no_core", "the `#[no_core]` attribute is an experimental feature", &[]),
    a("no_implicit_prelude", "W", &["no_implicit_prelude"]),
    a("no_link", "W", &["no_link"]),
    a("no_main", "W", &["no_main"]),
    a("no_mangle", "W", &["no_mangle"]),
    a("no_std", "W", &["no_std"]),
    a("non_exhaustive", "W", &["non_exhaustive"]),
    g(a("optimize", "L", &["optimize(none)", "optimize(size)", "optimize(speed)"]), "optimize_attribute", "the `#[optimize]` attribute is an experimental feature", &[]),
    a("panic_handler", "WLN", &[]),
    g(a("panic_runtime", "W", &["panic_runtime"]), "panic_runtime", "the `#[panic_runtime]` attribute is an experimental feature", &[]),
    a("path", "N", &["path = \"file\""]),
    g(a("prelude_import", "W", &["prelude_import"]), "prelude_import", "`#[prelude_import]` is for use by rustc only", &[]),
    a("proc_macro", "W", &["proc_macro"]),
    a("proc_macro_attribute", "W", &["proc_macro_attribute"]),
    a("proc_macro_derive", "L", &["proc_macro_derive(TraitName)", "proc_macro_derive(TraitName, attributes(name1, name2, ...))"]),
    g(a("profiler_runtime", "W", &["profiler_runtime"]), "profiler_runtime", "the `#[profiler_runtime]` attribute is used to identify the `profiler_builtins` crate which contains the profiler runtime and will never be stable", &[]),
    a("recursion_limit", "N", &["recursion_limit = \"N\""]),
    a("reexport_test_harness_main", "N", &["reexport_test_harness_main = \"name\""]),
    g(a("register_tool", "L", &["register_tool(tool1, tool2, ...)"]), "register_tool", "the `#[register_tool]` attribute is an experimental feature", &[]),
    a("repr", "L", &[]),
    g(a("rustc_allocator", "W", &["rustc_allocator"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_allocator]` attribute is an internal implementation detail that will never be stable"]),
    g(a("rustc_allow_const_fn_unstable", "WLN", &[]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_allow_const_fn_unstable]` attribute is an internal implementation detail that will never be stable", "rustc_allow_const_fn_unstable side-steps feature gating and stability checks"]),
    g(a("rustc_builtin_macro", "WL", &["rustc_builtin_macro(TraitName)", "rustc_builtin_macro(TraitName, attributes(name1, name2, ...))"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_builtin_macro]` attribute is an internal implementation detail that will never be stable"]),
    g(a("rustc_coinductive", "W", &["rustc_coinductive"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_coinductive]` attribute is an internal implementation detail that will never be stable", "`#[rustc_coinductive]` changes a trait to be coinductive, allowing cycles in the trait solver"]),
    a("rustc_const_stable", "WLN", &[]),
    a("rustc_const_unstable", "WLN", &[]),
    g(a("rustc_def_path", "W", &["rustc_def_path"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_def_path]` attribute is an internal implementation detail that will never be stable", "the `#[rustc_def_path]` attribute is used for rustc unit tests"]),
    g(a("rustc_deny_explicit_impl", "W", &["rustc_deny_explicit_impl"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_deny_explicit_impl]` attribute is an internal implementation detail that will never be stable", "`#[rustc_deny_explicit_impl]` enforces that a trait can have no user-provided impls"]),
    g(a("rustc_do_not_const_check", "W", &["rustc_do_not_const_check"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_do_not_const_check]` attribute is an internal implementation detail that will never be stable", "`#[rustc_do_not_const_check]` skips const-check for this function's body"]),
    g(a("rustc_dummy", "WLN", &[]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_dummy]` attribute is an internal implementation detail that will never be stable", "the `#[rustc_dummy]` attribute is used for rustc unit tests"]),
    g(a("rustc_dump_vtable", "W", &["rustc_dump_vtable"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_dump_vtable]` attribute is an internal implementation detail that will never be stable", "the `#[rustc_dump_vtable]` attribute is used for rustc unit tests"]),
    g(a("rustc_has_incoherent_inherent_impls", "W", &["rustc_has_incoherent_inherent_impls"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_has_incoherent_inherent_impls]` attribute is an internal implementation detail that will never be stable", "`#[rustc_has_incoherent_inherent_impls]` allows the addition of incoherent inherent impls for the given type by annotating all impl items with `#[rustc_allow_incoherent_impl]`"]),
    g(a("rustc_inherit_overflow_checks", "W", &["rustc_inherit_overflow_checks"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_inherit_overflow_checks]` attribute is an internal implementation detail that will never be stable", "the `#[rustc_inherit_overflow_checks]` attribute is just used to control overflow checking behavior of several functions in the standard library that are inlined across crates"]),
    g(a("rustc_insignificant_dtor", "W", &["rustc_insignificant_dtor"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_insignificant_dtor]` attribute is an internal implementation detail that will never be stable", "the `#[rustc_insignificant_dtor]` attribute is used for rustc unit tests"]),
    g(a("rustc_intrinsic", "W", &["rustc_intrinsic"]), "intrinsics", "the `#[rustc_intrinsic]` attribute is used to declare intrinsics as function items", &[]),
    g(a("rustc_layout", "L", &[]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_layout]` attribute is an internal implementation detail that will never be stable", "the `#[rustc_layout]` attribute is used for rustc unit tests"]),
    g(a("rustc_layout_scalar_valid_range_start", "L", &["rustc_layout_scalar_valid_range_start(start)"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_layout_scalar_valid_range_start]` attribute is an internal implementation detail that will never be stable", "the `#[rustc_layout_scalar_valid_range_start]` attribute is just used to enable niche optimizations in the standard library"]),
    g(a("rustc_legacy_const_generics", "L", &["rustc_legacy_const_generics(N)"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_legacy_const_generics]` attribute is an internal implementation detail that will never be stable"]),
    g(a("rustc_macro_transparency", "N", &["rustc_macro_transparency = \"opaque\"", "rustc_macro_transparency = \"semiopaque\"", "rustc_macro_transparency = \"transparent\""]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_macro_transparency]` attribute is an internal implementation detail that will never be stable", "used internally for testing macro hygiene"]),
    g(a("rustc_nounwind", "W", &["rustc_nounwind"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_nounwind]` attribute is an internal implementation detail that will never be stable"]),
    g(a("rustc_on_unimplemented", "WLN", &[]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_on_unimplemented]` attribute is an internal implementation detail that will never be stable", "see `#[diagnostic::on_unimplemented]` for the stable equivalent of this attribute"]),
    g(a("rustc_paren_sugar", "W", &["rustc_paren_sugar"]), "unboxed_closures", "unboxed_closures are still evolving", &[]),
    g(a("rustc_preserve_ub_checks", "W", &["rustc_preserve_ub_checks"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_preserve_ub_checks]` attribute is an internal implementation detail that will never be stable", "`#![rustc_preserve_ub_checks]` prevents the designated crate from evaluating whether UB checks are enabled when optimizing MIR"]),
    g(a("rustc_promotable", "WLN", &[]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_promotable]` attribute is an internal implementation detail that will never be stable"]),
    g(a("rustc_pub_transparent", "W", &["rustc_pub_transparent"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_pub_transparent]` attribute is an internal implementation detail that will never be stable", "used internally to mark types with a `transparent` representation when it is guaranteed by the documentation"]),
    g(a("rustc_reservation_impl", "LN", &["rustc_reservation_impl = \"reservation message\""]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_reservation_impl]` attribute is an internal implementation detail that will never be stable", "the `#[rustc_reservation_impl]` attribute is internally used for reserving `impl<T> From<!> for T` as part of the effort to stabilize `!`"]),
    g(a("rustc_skip_during_method_dispatch", "L", &["rustc_skip_during_method_dispatch(array, boxed_slice)"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_skip_during_method_dispatch]` attribute is an internal implementation detail that will never be stable", "the `#[rustc_skip_during_method_dispatch]` attribute is used to exclude a trait from method dispatch when the receiver is of the following type, for compatibility in editions < 2021 (array) or editions < 2024 (boxed_slice)"]),
    g(a("rustc_specialization_trait", "W", &["rustc_specialization_trait"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_specialization_trait]` attribute is an internal implementation detail that will never be stable", "the `#[rustc_specialization_trait]` attribute is used to check specializations"]),
    g(a("rustc_std_internal_symbol", "W", &["rustc_std_internal_symbol"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_std_internal_symbol]` attribute is an internal implementation detail that will never be stable"]),
    g(a("rustc_symbol_name", "W", &["rustc_symbol_name"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_symbol_name]` attribute is an internal implementation detail that will never be stable", "the `#[rustc_symbol_name]` attribute is used for rustc unit tests"]),
    g(a("rustc_unsafe_specialization_marker", "W", &["rustc_unsafe_specialization_marker"]), "rustc_attrs", "use of an internal attribute", &["the `#[rustc_unsafe_specialization_marker]` attribute is an internal implementation detail that will never be stable", "the `#[rustc_unsafe_specialization_marker]` attribute is used to check specializations"]),
    g(a("sanitize", "L", &[]), "sanitize", "the `#[sanitize]` attribute is an experimental feature", &[]),
    a("should_panic", "WLN", &["should_panic = \"reason\"", "should_panic(expected = \"reason\")", "should_panic"]),
    a("stable", "WLN", &[]),
    a("target_feature", "L", &["target_feature(enable = \"feat1, feat2\")"]),
    g(a("test_runner", "L", &["test_runner(path)"]), "custom_test_frameworks", "custom test frameworks are an unstable feature", &[]),
    g(a("thread_local", "W", &["thread_local"]), "thread_local", "`#[thread_local]` is an experimental feature, and does not currently handle destructors", &[]),
    a("track_caller", "W", &["track_caller"]),
    a("type_length_limit", "N", &["type_length_limit = \"N\""]),
    a("unstable", "WLN", &[]),
    a("used", "WLN", &["used(compiler)", "used(linker)", "used"]),
    a("warn", "L", &["warn(lint1)", "warn(lint1, lint2, ...)", "warn(lint1, lint2, lint3, reason = \"...\")"]),
    a("windows_subsystem", "N", &["windows_subsystem = \"console\"", "windows_subsystem = \"windows\""]),
];
