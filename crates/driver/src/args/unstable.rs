//! The names of `-Z` options: rustc's, most of which change nothing here, and rcc's own.

/// Whether there is an option of this name, written with dashes.
pub(super) fn is_known(name: &str) -> bool {
    NAMES.binary_search(&name).is_ok()
}

/// In order.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "allow-features", "always-encode-mir", "annotate-moves", "assert-incr-state", "assume-incomplete-release",
    "autodiff", "binary-dep-depinfo", "box-noalias", "branch-protection", "build-sdylib-interface",
    "cache-proc-macros", "cf-protection", "check-cfg-all-expected", "checksum-hash-algorithm", "codegen-backend",
    "codegen-source-order", "contract-checks", "coverage-options", "crate-attr", "cross-crate-inline-threshold",
    "debug-info-for-profiling", "debug-info-type-line-numbers", "debuginfo-compression", "deduplicate-diagnostics",
    "default-visibility", "dep-info-omit-d-target", "direct-access-external-data", "dual-proc-macros",
    "dump-dep-graph", "dump-mir", "dump-mir-dataflow", "dump-mir-dir", "dump-mir-exclude-alloc-bytes",
    "dump-mir-exclude-pass-number", "dump-mir-graphviz", "dump-mono-stats", "dump-mono-stats-format",
    "dwarf-version", "dylib-lto", "eagerly-emit-delayed-bugs", "ehcont-guard", "embed-metadata", "embed-source",
    "emit-stack-sizes", "emscripten-wasm-eh", "enforce-type-length-limit", "experimental-default-bounds",
    "export-executable-symbols", "external-clangrt", "extra-const-ub-checks", "fewer-names", "fixed-x18",
    "flatten-format-args", "fmt-debug", "force-unstable-if-unmarked", "function-return", "function-sections",
    "future-incompat-test", "graphviz-dark-mode", "graphviz-font", "has-thread-local", "higher-ranked-assumptions",
    "hint-mostly-unused", "hover", "human-readable-cgu-names", "identify-regions",
    "ignore-directory-in-diagnostics-source-blocks", "incremental-ignore-spans", "incremental-info",
    "incremental-verify-ich", "indirect-branch-cs-prefix", "inline-llvm", "inline-mir",
    "inline-mir-forwarder-threshold", "inline-mir-hint-threshold", "inline-mir-preserve-debug",
    "inline-mir-threshold", "input-stats", "instrument-mcount", "instrument-xray", "large-data-threshold",
    "layout-seed", "library-report", "link-directives", "link-native-libraries", "link-only", "lint-llvm-ir",
    "lint-mir", "llvm-module-flag", "llvm-plugins", "llvm-time-trace", "location-detail", "ls", "macro-backtrace",
    "macro-stats", "maximal-hir-to-mir-coverage", "merge-functions", "meta-stats", "metadata-with-errors",
    "metrics-dir", "min-function-alignment", "mir-emit-retag", "mir-enable-passes", "mir-include-spans",
    "mir-opt-bisect-limit", "mir-opt-level", "mir-preserve-ub", "mir-strip-debuginfo", "move-size-limit",
    "mutable-noalias", "namespaced-crates", "next-solver", "nll-facts", "nll-facts-dir", "no-analysis", "no-codegen",
    "no-generate-arange-section", "no-implied-bounds-compat", "no-leak-check", "no-link", "no-mir",
    "no-parallel-backend", "no-profiler-runtime", "no-steal-thir", "no-trait-vptr", "no-unique-section-names",
    "normalize-docs", "offload", "on-broken-pipe", "osx-rpath-install-name", "packed-bundled-libs",
    "panic-abort-tests", "panic-in-drop", "parse-crate-root-only", "patchable-function-entry", "plt", "polonius",
    "pre-link-arg", "pre-link-args", "precise-enum-drop-elaboration", "print-codegen-stats", "print-llvm-passes",
    "print-mono-items", "print-type-sizes", "proc-macro-backtrace", "proc-macro-execution-strategy",
    "profile-closures", "profile-sample-use", "profiler-runtime", "query-dep-graph", "randomize-layout",
    "reg-struct-return", "regparm", "relax-elf-relocations", "remap-cwd-prefix", "remark-dir", "retpoline",
    "retpoline-external-thunk", "sanitizer", "sanitizer-cfi-canonical-jump-tables",
    "sanitizer-cfi-generalize-pointers", "sanitizer-cfi-normalize-integers", "sanitizer-dataflow-abilist",
    "sanitizer-kcfi-arity", "sanitizer-memory-track-origins", "sanitizer-recover", "saturating-float-casts",
    "self-profile", "self-profile-counter", "self-profile-events", "share-generics", "shell-argfiles",
    "simulate-remapped-rust-src-base", "small-data-threshold", "span-debug", "span-free-formats",
    "split-dwarf-inlining", "split-dwarf-kind", "split-dwarf-out-dir", "split-lto-unit", "src-hash-algorithm",
    "stack-protector", "stages", "staticlib-allow-rdylib-deps", "staticlib-prefer-dynamic", "strict-init-checks",
    "teach", "temps-dir", "terminal-urls", "thinlto", "threads", "time-llvm-passes", "time-passes",
    "time-passes-format", "tiny-const-eval-limit", "tls-model", "trace-macros", "track-diagnostics",
    "translate-remapped-path-to-local-path", "trap-unreachable", "treat-err-as-bug", "trim-diagnostic-paths",
    "tune-cpu", "typeck-only", "typing-mode-borrowck", "ub-checks", "ui-testing", "uninit-const-chunk-threshold",
    "unleash-the-miri-inside-of-you", "unpretty", "unsound-mir-opts", "unstable-options", "use-ctors-section",
    "use-sync-unwind", "validate-mir", "verbose-asm", "verbose-internals", "verify-clif", "verify-llvm-ir",
    "virtual-function-elimination", "wasi-exec-model", "wasm-c-abi", "write-long-types-to-disk",
];

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_in_order() {
        assert!(super::NAMES.is_sorted());
        assert!(super::is_known("unpretty") && super::is_known("verify-clif") && !super::is_known("bogus"));
    }
}
