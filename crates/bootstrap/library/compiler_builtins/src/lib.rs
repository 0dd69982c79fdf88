//! The functions that compiled code calls without saying so: memory, 128-bit integers, and the
//! mathematical functions behind the float methods. All have C names and the C ABI.

#![no_std]
#![compiler_builtins]
#![no_builtins]
#![allow(internal_features, unused_features, unsafe_op_in_unsafe_fn, dead_code)]
#![allow(improper_ctypes_definitions)]
#![feature(compiler_builtins)]

mod int;
mod int_float;
mod math;
mod mem;
