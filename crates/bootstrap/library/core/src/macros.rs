//! The macros of `core`: the `macro_rules!` ones, and the declarations of those that the compiler
//! expands itself (`rustc_builtin_macro`).

#[rustc_diagnostic_item = "core_panic_macro"]
#[macro_export]
#[rustc_builtin_macro(core_panic)]
#[allow_internal_unstable(edition_panic)]
macro_rules! panic {
    ($($arg:tt)*) => {};
}

#[rustc_diagnostic_item = "assert_eq_macro"]
#[macro_export]
#[allow_internal_unstable(panic_internals)]
macro_rules! assert_eq {
    ($left:expr, $right:expr $(,)?) => {
        match (&$left, &$right) {
            (left_val, right_val) => {
                if !(*left_val == *right_val) {
                    let kind = $crate::panicking::AssertKind::Eq;
                    $crate::panicking::assert_failed(
                        kind, &*left_val, &*right_val, $crate::option::Option::None);
                }
            }
        }
    };
    ($left:expr, $right:expr, $($arg:tt)+) => {
        match (&$left, &$right) {
            (left_val, right_val) => {
                if !(*left_val == *right_val) {
                    let kind = $crate::panicking::AssertKind::Eq;
                    $crate::panicking::assert_failed(
                        kind, &*left_val, &*right_val,
                        $crate::option::Option::Some($crate::format_args!($($arg)+)));
                }
            }
        }
    };
}

#[rustc_diagnostic_item = "assert_ne_macro"]
#[macro_export]
#[allow_internal_unstable(panic_internals)]
macro_rules! assert_ne {
    ($left:expr, $right:expr $(,)?) => {
        match (&$left, &$right) {
            (left_val, right_val) => {
                if *left_val == *right_val {
                    let kind = $crate::panicking::AssertKind::Ne;
                    $crate::panicking::assert_failed(
                        kind, &*left_val, &*right_val, $crate::option::Option::None);
                }
            }
        }
    };
    ($left:expr, $right:expr, $($arg:tt)+) => {
        match (&($left), &($right)) {
            (left_val, right_val) => {
                if *left_val == *right_val {
                    let kind = $crate::panicking::AssertKind::Ne;
                    $crate::panicking::assert_failed(
                        kind, &*left_val, &*right_val,
                        $crate::option::Option::Some($crate::format_args!($($arg)+)));
                }
            }
        }
    };
}

#[allow_internal_unstable(panic_internals)]
#[rustc_macro_transparency = "semiopaque"]
pub macro assert_matches {
    ($left:expr, $(|)? $( $pattern:pat_param )|+ $( if $guard: expr )? $(,)?) => {
        match $left {
            $( $pattern )|+ $( if $guard )? => {}
            ref left_val => {
                $crate::panicking::assert_matches_failed(
                    left_val,
                    $crate::stringify!($($pattern)|+ $(if $guard)?),
                    $crate::option::Option::None
                );
            }
        }
    },
    ($left:expr, $(|)? $( $pattern:pat_param )|+ $( if $guard: expr )?, $($arg:tt)+) => {
        match $left {
            $( $pattern )|+ $( if $guard )? => {}
            ref left_val => {
                $crate::panicking::assert_matches_failed(
                    left_val,
                    $crate::stringify!($($pattern)|+ $(if $guard)?),
                    $crate::option::Option::Some($crate::format_args!($($arg)+))
                );
            }
        }
    },
}

#[rustc_macro_transparency = "semiopaque"]
pub macro debug_assert_matches($($arg:tt)*) {
    if $crate::cfg!(debug_assertions) {
        $crate::assert_matches::assert_matches!($($arg)*);
    }
}

#[rustc_builtin_macro]
pub macro cfg_select($($tt:tt)*) {}

#[rustc_diagnostic_item = "debug_assert_macro"]
#[macro_export]
macro_rules! debug_assert {
    ($($arg:tt)*) => {
        if $crate::cfg!(debug_assertions) {
            $crate::assert!($($arg)*);
        }
    };
}

#[rustc_diagnostic_item = "debug_assert_eq_macro"]
#[macro_export]
macro_rules! debug_assert_eq {
    ($($arg:tt)*) => {
        if $crate::cfg!(debug_assertions) {
            $crate::assert_eq!($($arg)*);
        }
    };
}

#[rustc_diagnostic_item = "debug_assert_ne_macro"]
#[macro_export]
macro_rules! debug_assert_ne {
    ($($arg:tt)*) => {
        if $crate::cfg!(debug_assertions) {
            $crate::assert_ne!($($arg)*);
        }
    };
}

#[rustc_diagnostic_item = "matches_macro"]
#[macro_export]
macro_rules! matches {
    ($expression:expr, $pattern:pat $(if $guard:expr)? $(,)?) => {
        match $expression {
            $pattern $(if $guard)? => true,
            _ => false
        }
    };
}

#[macro_export]
macro_rules! r#try {
    ($expr:expr $(,)?) => {
        match $expr {
            $crate::result::Result::Ok(val) => val,
            $crate::result::Result::Err(err) => {
                return $crate::result::Result::Err($crate::convert::From::from(err));
            }
        }
    };
}

#[rustc_diagnostic_item = "write_macro"]
#[macro_export]
macro_rules! write {
    ($dst:expr, $($arg:tt)*) => {
        $dst.write_fmt($crate::format_args!($($arg)*))
    };
    ($($arg:tt)*) => {
        compile_error!("requires a destination and format arguments, like `write!(dest, \"format string\", args...)`")
    };
}

#[rustc_diagnostic_item = "writeln_macro"]
#[macro_export]
#[allow_internal_unstable(format_args_nl)]
macro_rules! writeln {
    ($dst:expr $(,)?) => {
        $crate::write!($dst, "\n")
    };
    ($dst:expr, $($arg:tt)*) => {
        $dst.write_fmt($crate::format_args_nl!($($arg)*))
    };
    ($($arg:tt)*) => {
        compile_error!("requires a destination and format arguments, like `writeln!(dest, \"format string\", args...)`")
    };
}

#[rustc_diagnostic_item = "unreachable_macro"]
#[macro_export]
#[rustc_builtin_macro(unreachable)]
#[allow_internal_unstable(edition_panic)]
macro_rules! unreachable {
    ($($arg:tt)*) => {};
}

#[rustc_diagnostic_item = "unimplemented_macro"]
#[macro_export]
#[allow_internal_unstable(panic_internals)]
macro_rules! unimplemented {
    () => {
        $crate::panicking::panic("not implemented")
    };
    ($($arg:tt)+) => {
        $crate::panic!("not implemented: {}", $crate::format_args!($($arg)+))
    };
}

#[rustc_diagnostic_item = "todo_macro"]
#[macro_export]
#[allow_internal_unstable(panic_internals)]
macro_rules! todo {
    () => {
        $crate::panicking::panic("not yet implemented")
    };
    ($($arg:tt)+) => {
        $crate::panic!("not yet implemented: {}", $crate::format_args!($($arg)+))
    };
}

pub(crate) mod builtin {
    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! compile_error {
        ($msg:expr $(,)?) => {{}};
    }

    #[rustc_diagnostic_item = "format_args_macro"]
    #[rustc_builtin_macro]
    #[macro_export]
    #[allow_internal_unstable(fmt_internals, fmt_arguments_from_str)]
    macro_rules! format_args {
        ($fmt:expr) => {{}};
        ($fmt:expr, $($args:tt)*) => {{}};
    }

    #[rustc_builtin_macro]
    #[macro_export]
    #[allow_internal_unstable(fmt_internals, fmt_arguments_from_str)]
    macro_rules! const_format_args {
        ($fmt:expr) => {{}};
        ($fmt:expr, $($args:tt)*) => {{}};
    }

    #[rustc_builtin_macro]
    #[macro_export]
    #[allow_internal_unstable(fmt_internals, fmt_arguments_from_str)]
    macro_rules! format_args_nl {
        ($fmt:expr) => {{}};
        ($fmt:expr, $($args:tt)*) => {{}};
    }

    #[rustc_diagnostic_item = "env_macro"]
    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! env {
        ($name:expr $(,)?) => {{}};
        ($name:expr, $error_msg:expr $(,)?) => {{}};
    }

    #[rustc_diagnostic_item = "option_env_macro"]
    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! option_env {
        ($name:expr $(,)?) => {{}};
    }

    #[unstable(feature = "concat_bytes", issue = "87555")]
    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! concat_bytes {
        ($($e:literal),+ $(,)?) => {{}};
    }

    #[rustc_diagnostic_item = "macro_concat"]
    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! concat {
        ($($e:expr),* $(,)?) => {{}};
    }

    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! line {
        () => {};
    }

    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! column {
        () => {};
    }

    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! file {
        () => {};
    }

    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! stringify {
        ($($t:tt)*) => {};
    }

    #[rustc_diagnostic_item = "include_str_macro"]
    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! include_str {
        ($file:expr $(,)?) => {{}};
    }

    #[rustc_diagnostic_item = "include_bytes_macro"]
    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! include_bytes {
        ($file:expr $(,)?) => {{}};
    }

    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! module_path {
        () => {};
    }

    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! cfg {
        ($($cfg:tt)*) => {};
    }

    #[rustc_diagnostic_item = "include_macro"]
    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! include {
        ($file:expr $(,)?) => {{}};
    }

    #[rustc_diagnostic_item = "assert_macro"]
    #[rustc_builtin_macro]
    #[macro_export]
    #[allow_internal_unstable(core_intrinsics, panic_internals, edition_panic, generic_assert_internals)]
    macro_rules! assert {
        ($cond:expr $(,)?) => {{}};
        ($cond:expr, $($arg:tt)+) => {{}};
    }

    #[unstable(
        feature = "log_syntax",
        issue = "29598",
        reason = "`log_syntax!` is not stable enough for use and is subject to change"
    )]
    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! log_syntax {
        ($($arg:tt)*) => {};
    }

    #[unstable(
        feature = "trace_macros",
        issue = "29598",
        reason = "`trace_macros` is not stable enough for use and is subject to change"
    )]
    #[rustc_builtin_macro]
    #[macro_export]
    macro_rules! trace_macros {
        (true) => {{}};
        (false) => {{}};
    }

    #[rustc_builtin_macro]
    pub macro derive($item:item) {}

    #[rustc_builtin_macro]
    pub macro derive_const($item:item) {}

    #[rustc_builtin_macro]
    #[allow_internal_unstable(test, rustc_attrs, coverage_attribute)]
    pub macro test($item:item) {}

    #[rustc_builtin_macro]
    #[allow_internal_unstable(test, rustc_attrs, coverage_attribute)]
    pub macro bench($item:item) {}

    #[rustc_builtin_macro]
    #[allow_internal_unstable(test, rustc_attrs)]
    pub macro test_case($item:item) {}

    #[rustc_builtin_macro]
    #[allow_internal_unstable(rustc_attrs, ptr_alignment_type)]
    pub macro global_allocator($item:item) {}

    #[rustc_builtin_macro]
    #[allow_internal_unstable(rustc_attrs)]
    pub macro alloc_error_handler($item:item) {}

    #[rustc_builtin_macro]
    pub macro cfg_accessible($item:item) {}

    #[rustc_builtin_macro]
    pub macro cfg_eval($($tt:tt)*) {}

    #[rustc_builtin_macro]
    pub macro define_opaque($($tt:tt)*) {}

    #[allow_internal_unstable(builtin_syntax)]
    pub macro type_ascribe($expr:expr, $ty:ty) {
        builtin # type_ascribe($expr, $ty)
    }

    #[allow_internal_unstable(builtin_syntax)]
    pub macro deref($pat:pat) {
        builtin # deref($pat)
    }
}
