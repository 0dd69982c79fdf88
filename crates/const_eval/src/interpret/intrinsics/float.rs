//! Intrinsics on floats, exact by `rustc_apfloat`.

use ast::FloatTy;
use rustc_apfloat::ieee::{Double, Half, Quad, Single};
use rustc_apfloat::{Float, Round};
use ty::TyKind;

use super::super::operand::{ImmTy, OpTy};
use super::super::operator::{canonical_nan, with_float};
use super::super::place::PlaceTy;
use super::super::{InterpCx, InterpResult, Machine};

/// The operation's name without the type's.
fn split(name: &str) -> Option<(&str, FloatTy)> {
    [("f16", FloatTy::F16), ("f32", FloatTy::F32), ("f64", FloatTy::F64), ("f128", FloatTy::F128)]
        .into_iter()
        .find_map(|(suffix, t)| Some((name.strip_suffix(suffix)?.trim_end_matches('_'), t)))
}

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    pub(super) fn eval_float_intrinsic(
        &mut self,
        name: &str,
        args: &[OpTy<'tcx>],
        dest: &PlaceTy<'tcx>,
    ) -> InterpResult<'tcx, bool> {
        let out = if let Some(op) = name.strip_suffix("_algebraic").or_else(|| name.strip_suffix("_fast")) {
            let TyKind::Float(fty) = *dest.layout.ty.kind() else { return Ok(false) };
            let (a, b) = (self.read_scalar_int(&args[0])?.to_uint(), self.read_scalar_int(&args[1])?.to_uint());
            with_float!(fty, F => arith::<F>(op, a, b))
        } else if let Some((op, fty)) = split(name) {
            let arity = match op {
                "floor" | "ceil" | "trunc" | "round" | "round_ties_even" | "fabs" => 1,
                "minnum" | "maxnum" | "minimum" | "maximum" | "copysign" | "minimum_number_nsz"
                | "maximum_number_nsz" => 2,
                "fma" | "fmuladd" => 3,
                _ => return Ok(false),
            };
            let mut v = [0; 3];
            for (slot, arg) in v.iter_mut().zip(&args[..arity]) {
                *slot = self.read_scalar_int(arg)?.to_uint();
            }
            with_float!(fty, F => apply::<F>(op, v))
        } else {
            return Ok(false);
        };
        match out {
            Some(bits) => {
                self.write_immediate(ImmTy::from_uint(bits, dest.layout).imm, dest)?;
                Ok(true)
            }
            None => Ok(false),
        }
    }
}

fn arith<F: Float>(op: &str, a: u128, b: u128) -> Option<u128> {
    let (a, b) = (F::from_bits(a), F::from_bits(b));
    let v = match op {
        "fadd" => a + b,
        "fsub" => a - b,
        "fmul" => a * b,
        "fdiv" => a / b,
        "frem" => a % b,
        _ => return None,
    };
    Some(canonical_nan(v.value).to_bits())
}

fn apply<F: Float>(op: &str, v: [u128; 3]) -> Option<u128> {
    let [a, b, c] = v.map(F::from_bits);
    let round = |mode| canonical_nan(a.round_to_integral(mode).value).to_bits();
    Some(match op {
        "floor" => round(Round::TowardNegative),
        "ceil" => round(Round::TowardPositive),
        "trunc" => round(Round::TowardZero),
        "round" => round(Round::NearestTiesToAway),
        "round_ties_even" => round(Round::NearestTiesToEven),
        "fabs" => a.abs().to_bits(),
        "copysign" => a.copy_sign(b).to_bits(),
        "minnum" | "minimum_number_nsz" => canonical_nan(a.min(b)).to_bits(),
        "maxnum" | "maximum_number_nsz" => canonical_nan(a.max(b)).to_bits(),
        "minimum" => canonical_nan(a.minimum(b)).to_bits(),
        "maximum" => canonical_nan(a.maximum(b)).to_bits(),
        "fma" | "fmuladd" => canonical_nan(a.mul_add(b, c).value).to_bits(),
        _ => return None,
    })
}
