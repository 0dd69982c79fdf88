//! The macros, attributes and derives that the compiler provides: what `#[rustc_builtin_macro]` in `core` stands for.

use span::{Symbol, sym};

use crate::base::SyntaxExtensionKind;

mod args;
mod asm;
mod attrs;
pub(crate) mod build;
mod concat;
mod deriving;
mod format;
mod global_allocator;
mod misc;
mod panic;
mod source;

/// Experiments that `core` declares.
const UNSUPPORTED_ATTRS: [&str; 7] = [
    "autodiff_forward",
    "autodiff_reverse",
    "contracts_ensures",
    "contracts_requires",
    "eii",
    "eii_declaration",
    "unsafe_eii",
];

/// The built-in macro of this name.
pub fn lookup(name: Symbol) -> Option<SyntaxExtensionKind> {
    use SyntaxExtensionKind::{Attr, Bang, Derive};
    Some(match name {
        sym::asm => Bang(asm::expand_asm),
        sym::assert => Bang(panic::expand_assert),
        sym::cfg => Bang(misc::expand_cfg),
        sym::cfg_select => Bang(misc::expand_cfg_select),
        sym::column => Bang(source::expand_column),
        sym::compile_error => Bang(concat::expand_compile_error),
        sym::concat => Bang(concat::expand_concat),
        sym::concat_bytes => Bang(concat::expand_concat_bytes),
        sym::const_format_args => Bang(format::expand_format_args),
        sym::core_panic | sym::std_panic => Bang(panic::expand_panic),
        sym::env => Bang(concat::expand_env),
        sym::file => Bang(source::expand_file),
        sym::format_args => Bang(format::expand_format_args),
        sym::format_args_nl => Bang(format::expand_format_args_nl),
        sym::global_asm => Bang(asm::expand_global_asm),
        sym::include => Bang(source::expand_include),
        sym::include_bytes => Bang(source::expand_include_bytes),
        sym::include_str => Bang(source::expand_include_str),
        name if matches!(name.as_str(), "iter" | "quote") => Bang(misc::expand_unsupported),
        sym::line => Bang(source::expand_line),
        sym::log_syntax => Bang(misc::expand_log_syntax),
        sym::module_path => Bang(source::expand_mod),
        sym::naked_asm => Bang(asm::expand_naked_asm),
        sym::option_env => Bang(concat::expand_option_env),
        sym::pattern_type => Bang(misc::expand_pattern_type),
        sym::stringify => Bang(source::expand_stringify),
        sym::trace_macros => Bang(misc::expand_trace_macros),
        sym::unreachable => Bang(panic::expand_unreachable),

        sym::alloc_error_handler => Attr(global_allocator::expand_error_handler),
        sym::bench => Attr(attrs::expand_bench),
        sym::cfg_accessible => Attr(attrs::expand_cfg_accessible),
        sym::cfg_eval => Attr(attrs::expand_cfg_eval),
        sym::define_opaque => Attr(attrs::expand_define_opaque),
        sym::global_allocator => Attr(global_allocator::expand),
        sym::test => Attr(attrs::expand_test),
        sym::test_case => Attr(attrs::expand_test_case),
        // The loop handles these by name.
        sym::derive | sym::derive_const => Attr(attrs::expand_inert),

        name if UNSUPPORTED_ATTRS.contains(&name.as_str()) => Attr(attrs::expand_unsupported),

        sym::Clone => Derive(deriving::expand_clone),
        sym::CoercePointee => Derive(deriving::expand_coerce_pointee),
        sym::ConstParamTy => Derive(deriving::expand_const_param_ty),
        sym::Copy => Derive(deriving::expand_copy),
        sym::Debug => Derive(deriving::expand_debug),
        sym::Default => Derive(deriving::expand_default),
        sym::Eq => Derive(deriving::expand_eq),
        sym::From => Derive(deriving::expand_from),
        sym::Hash => Derive(deriving::expand_hash),
        sym::Ord => Derive(deriving::expand_ord),
        sym::PartialEq => Derive(deriving::expand_partial_eq),
        sym::PartialOrd => Derive(deriving::expand_partial_ord),
        _ => return None,
    })
}
