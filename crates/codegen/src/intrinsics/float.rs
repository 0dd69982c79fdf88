//! Intrinsics of floats: instructions where there are some, else the C library's functions.

use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::{InstBuilder, Type, Value, types};
use mir::BinOp;

use super::{Call, Done};
use crate::function::FunctionCx;
use crate::num::is_signed;
use crate::value::CValue;

/// The type that a name ends in, and the name before it.
fn split(name: &str) -> Option<(&str, Type)> {
    let types = [("f16", types::F16), ("f32", types::F32), ("f64", types::F64), ("f128", types::F128)];
    types.into_iter().find_map(|(suffix, ty)| {
        let base = name.strip_suffix(suffix)?;
        Some((base.strip_suffix('_').unwrap_or(base), ty))
    })
}

impl<'tcx> FunctionCx<'_, 'tcx> {
    pub(super) fn float_intrinsic(&mut self, call: &Call<'_, 'tcx>) -> Done<'tcx> {
        let dest = call.dest.layout;
        let fast = match call.name {
            "fadd_fast" | "fadd_algebraic" => Some(BinOp::Add),
            "fsub_fast" | "fsub_algebraic" => Some(BinOp::Sub),
            "fmul_fast" | "fmul_algebraic" => Some(BinOp::Mul),
            "fdiv_fast" | "fdiv_algebraic" => Some(BinOp::Div),
            "frem_fast" | "frem_algebraic" => Some(BinOp::Rem),
            _ => None,
        };
        if let Some(op) = fast {
            return Done::Value(self.codegen_binop(op, &call.args[0], &call.args[1], dest));
        }
        if call.name == "float_to_int_unchecked" {
            let v = call.args[0].load_scalar(self);
            let (ty, signed) = (self.scalar_ty(dest), is_signed(dest.ty));
            let v = self.float_to_int_unchecked(v, ty, signed);
            return Done::Value(CValue::scalar(self, v, dest));
        }
        let (base, ty) = match split(call.name) {
            Some(found) => found,
            // Generic ones say their type by their argument.
            None if matches!(call.name, "fabs" | "copysign") => {
                let ty = self.scalar_ty(call.args[0].layout);
                (call.name, ty)
            }
            None => return Done::Unknown,
        };
        if !is_known(base) {
            return Done::Unknown;
        }
        let args: Vec<Value> = call.args.iter().map(|a| a.load_scalar(self)).collect();
        let value = match ty {
            types::F16 => {
                // Exact enough in `f32`, rounded once.
                let wide: Vec<Value> =
                    args.iter().map(|v| if self.ty_of(*v) == types::F16 { self.f16_to_f32(*v) } else { *v }).collect();
                let value = self.float_op(base, types::F32, &wide);
                self.f32_to_f16(value)
            }
            _ => self.float_op(base, ty, &args),
        };
        Done::Value(CValue::scalar(self, value, dest))
    }

    fn float_op(&mut self, base: &str, ty: Type, args: &[Value]) -> Value {
        if ty != types::F128 {
            match (base, args) {
                ("sqrt", [x]) => return self.b.ins().sqrt(*x),
                ("fabs", [x]) => return self.b.ins().fabs(*x),
                ("copysign", [x, y]) => return self.b.ins().fcopysign(*x, *y),
                ("floor", [x]) => return self.b.ins().floor(*x),
                ("ceil", [x]) => return self.b.ins().ceil(*x),
                ("trunc", [x]) => return self.b.ins().trunc(*x),
                ("round_ties_even" | "rint" | "nearbyint", [x]) => return self.b.ins().nearest(*x),
                ("minimum", [x, y]) => return self.b.ins().fmin(*x, *y),
                ("maximum", [x, y]) => return self.b.ins().fmax(*x, *y),
                ("minnum" | "minimum_number_nsz", [x, y]) => {
                    return self.min_max(FloatCC::LessThan, *x, *y);
                }
                ("maxnum" | "maximum_number_nsz", [x, y]) => {
                    return self.min_max(FloatCC::GreaterThan, *x, *y);
                }
                _ => {}
            }
        }
        let (name, last) = match base {
            "powi" => (if ty == types::F32 { "__powisf2" } else { "__powidf2" }.to_owned(), types::I32),
            "fabs" | "copysign" | "sqrt" | "floor" | "ceil" | "trunc" | "round" | "sin" | "cos" | "tan" | "exp"
            | "exp2" | "log" | "log10" | "log2" | "pow" | "fma" => (libm_name(base, ty), ty),
            "fmuladd" => (libm_name("fma", ty), ty),
            "minnum" | "minimum_number_nsz" => (libm_name("fmin", ty), ty),
            "maxnum" | "maximum_number_nsz" => (libm_name("fmax", ty), ty),
            "round_ties_even" => (libm_name("rint", ty), ty),
            other => (libm_name(other, ty), ty),
        };
        let mut params = vec![ty; args.len()];
        if let Some(p) = params.last_mut() {
            *p = last;
        }
        if base == "fmuladd" {
            // Rounding twice is allowed and faster without the instruction.
            let product = self.b.ins().fmul(args[0], args[1]);
            return self.b.ins().fadd(product, args[2]);
        }
        self.lib_call(&name, &params, &[ty], args)[0]
    }
    /// The lesser or greater; of a number and NaN the number.
    fn min_max(&mut self, cc: FloatCC, x: Value, y: Value) -> Value {
        let better = self.b.ins().fcmp(cc, x, y);
        let best = self.b.ins().select(better, x, y);
        let y_is_nan = self.b.ins().fcmp(FloatCC::NotEqual, y, y);
        self.b.ins().select(y_is_nan, x, best)
    }
}

fn libm_name(base: &str, ty: Type) -> String {
    match ty {
        types::F32 => format!("{base}f"),
        types::F128 => format!("{base}f128"),
        _ => base.to_owned(),
    }
}

fn is_known(base: &str) -> bool {
    matches!(
        base,
        "sqrt"
            | "fabs"
            | "copysign"
            | "floor"
            | "ceil"
            | "trunc"
            | "round"
            | "round_ties_even"
            | "rint"
            | "nearbyint"
            | "minimum"
            | "maximum"
            | "minnum"
            | "maxnum"
            | "minimum_number_nsz"
            | "maximum_number_nsz"
            | "powi"
            | "pow"
            | "sin"
            | "cos"
            | "tan"
            | "exp"
            | "exp2"
            | "log"
            | "log10"
            | "log2"
            | "fma"
            | "fmuladd"
    )
}
