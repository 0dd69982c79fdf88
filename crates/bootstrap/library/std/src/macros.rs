//! The macros of `std`.

#[macro_export]
#[rustc_builtin_macro(std_panic)]
#[allow_internal_unstable(edition_panic)]
#[cfg_attr(not(test), rustc_diagnostic_item = "std_panic_macro")]
macro_rules! panic {
    ($($arg:tt)*) => {};
}

#[macro_export]
#[allow_internal_unstable(print_internals)]
#[rustc_diagnostic_item = "print_macro"]
macro_rules! print {
    ($($arg:tt)*) => {{
        $crate::io::_print($crate::format_args!($($arg)*));
    }};
}

#[macro_export]
#[allow_internal_unstable(print_internals, format_args_nl)]
#[rustc_diagnostic_item = "println_macro"]
macro_rules! println {
    () => {
        $crate::print!("\n")
    };
    ($($arg:tt)*) => {{
        $crate::io::_print($crate::format_args_nl!($($arg)*));
    }};
}

#[macro_export]
#[allow_internal_unstable(print_internals)]
#[rustc_diagnostic_item = "eprint_macro"]
macro_rules! eprint {
    ($($arg:tt)*) => {{
        $crate::io::_eprint($crate::format_args!($($arg)*));
    }};
}

#[macro_export]
#[allow_internal_unstable(print_internals, format_args_nl)]
#[rustc_diagnostic_item = "eprintln_macro"]
macro_rules! eprintln {
    () => {
        $crate::eprint!("\n")
    };
    ($($arg:tt)*) => {{
        $crate::io::_eprint($crate::format_args_nl!($($arg)*));
    }};
}

#[macro_export]
#[rustc_diagnostic_item = "dbg_macro"]
macro_rules! dbg {
    () => {
        $crate::eprintln!("[{}:{}:{}]", $crate::file!(), $crate::line!(), $crate::column!())
    };
    ($val:expr $(,)?) => {
        match $val {
            tmp => {
                $crate::eprintln!("[{}:{}:{}] {} = {:#?}",
                    $crate::file!(),
                    $crate::line!(),
                    $crate::column!(),
                    $crate::stringify!($val),
                    &&tmp as &dyn $crate::fmt::Debug,
                );
                tmp
            }
        }
    };
    ($($val:expr),+ $(,)?) => {
        ($($crate::dbg!($val)),+,)
    };
}

/// Declares a thread-local static.
#[macro_export]
#[allow_internal_unstable(thread_local_internals)]
#[rustc_diagnostic_item = "thread_local_macro"]
macro_rules! thread_local {
    () => {};

    ($(#[$attr:meta])* $vis:vis static $name:ident : $t:ty = const $init:block; $($rest:tt)*) => (
        $crate::thread::local_impl::thread_local_inner!([$(#[$attr])*] $vis $name, $t, $init);
        $crate::thread_local!($($rest)*);
    );

    ($(#[$attr:meta])* $vis:vis static $name:ident : $t:ty = const $init:block) => (
        $crate::thread::local_impl::thread_local_inner!([$(#[$attr])*] $vis $name, $t, $init);
    );

    ($(#[$attr:meta])* $vis:vis static $name:ident : $t:ty = $init:expr; $($rest:tt)*) => (
        $crate::thread::local_impl::thread_local_inner!([$(#[$attr])*] $vis $name, $t, $init);
        $crate::thread_local!($($rest)*);
    );

    ($(#[$attr:meta])* $vis:vis static $name:ident : $t:ty = $init:expr) => (
        $crate::thread::local_impl::thread_local_inner!([$(#[$attr])*] $vis $name, $t, $init);
    );
}
