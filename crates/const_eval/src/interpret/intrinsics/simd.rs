//! Intrinsics on SIMD vectors, lane by lane.

use ast::FloatTy;
use mir::UnOp;
use mir::interpret::Scalar;
use ty::{Instance, TyKind};

use super::super::operand::{ImmTy, OpTy};
use super::super::place::{MPlaceTy, PlaceTy};
use super::super::{InterpCx, InterpResult, Machine, UndefinedBehavior};

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    /// The lanes of a vector in memory, as an array.
    fn simd_lanes(&mut self, op: &OpTy<'tcx>) -> InterpResult<'tcx, Vec<ImmTy<'tcx>>> {
        let array = self.project_field_op(op, 0)?;
        let n = self.op_len(&array)?;
        (0..n).map(|i| self.read_immediate(&self.project_index_op(&array, i)?)).collect()
    }
    fn simd_dest(&mut self, dest: &PlaceTy<'tcx>) -> InterpResult<'tcx, MPlaceTy<'tcx>> {
        let m = self.force_allocation(dest)?;
        self.project_field_mplace(&m, 0)
    }
    pub(super) fn eval_simd_intrinsic(
        &mut self,
        name: &str,
        _instance: Instance<'tcx>,
        args: &[OpTy<'tcx>],
        dest: &PlaceTy<'tcx>,
    ) -> InterpResult<'tcx, bool> {
        let Some(name) = name.strip_prefix("simd_") else { return Ok(false) };
        let Some(binary) = crate::util::simd_binop(name) else { return self.eval_other_simd(name, args, dest) };
        let (l, r) = (self.simd_lanes(&args[0])?, self.simd_lanes(&args[1])?);
        let out = self.simd_dest(dest)?;
        for (i, (a, b)) in l.iter().zip(&r).enumerate() {
            let lane = self.project_index_mplace(&out, i as u64)?;
            let v = if binary.is_comparison() {
                let v = self.binary_op(binary, a, b)?.to_scalar_int()?.to_uint();
                // A mask: all bits or none.
                ImmTy::from_int(-(v as i128), lane.layout)
            } else {
                self.binary_op(binary, a, b)?
            };
            self.write_immediate_to_mplace(v.imm, &lane)?;
        }
        Ok(true)
    }
    fn eval_other_simd(&mut self, name: &str, args: &[OpTy<'tcx>], dest: &PlaceTy<'tcx>) -> InterpResult<'tcx, bool> {
        match name {
            "neg" | "fabs" => {
                let lanes = self.simd_lanes(&args[0])?;
                let out = self.simd_dest(dest)?;
                for (i, v) in lanes.iter().enumerate() {
                    let v = if name == "neg" {
                        self.unary_op(UnOp::Neg, v)?
                    } else {
                        let sign = match v.layout.ty.kind() {
                            TyKind::Float(FloatTy::F32) => 1u128 << 31,
                            _ => 1 << 63,
                        };
                        ImmTy::from_uint(v.to_scalar_int()?.to_uint() & !sign, v.layout)
                    };
                    let lane = self.project_index_mplace(&out, i as u64)?;
                    self.write_immediate_to_mplace(v.imm, &lane)?;
                }
            }
            "insert" | "insert_dyn" | "extract" | "extract_dyn" => {
                let index = self.read_scalar_int(&args[1])?.to_uint() as u64;
                let array = self.project_field_op(&args[0], 0)?;
                let len = self.op_len(&array)?;
                if index >= len {
                    return Err(UndefinedBehavior::Ub(format!(
                        "`simd_{name}` index {index} is out-of-bounds of vector with length {len}"
                    ))
                    .into());
                }
                if name.starts_with("insert") {
                    self.copy_op(&args[0], dest)?;
                    let out = self.simd_dest(dest)?;
                    let lane = self.project_index_mplace(&out, index)?;
                    self.copy_op(&args[2], &lane.into())?;
                } else {
                    let lane = self.project_index_op(&array, index)?;
                    self.copy_op(&lane, dest)?;
                }
            }
            "splat" => {
                let v = self.read_immediate(&args[0])?;
                let out = self.simd_dest(dest)?;
                for i in 0..out.len(self)? {
                    let lane = self.project_index_mplace(&out, i)?;
                    self.write_immediate_to_mplace(v.imm, &lane)?;
                }
            }
            "select" => {
                let mask = self.simd_lanes(&args[0])?;
                let (a, b) = (self.simd_lanes(&args[1])?, self.simd_lanes(&args[2])?);
                let out = self.simd_dest(dest)?;
                for (i, m) in mask.iter().enumerate() {
                    let v = if m.to_scalar_int()?.is_null() { b[i] } else { a[i] };
                    let lane = self.project_index_mplace(&out, i as u64)?;
                    self.write_immediate_to_mplace(v.imm, &lane)?;
                }
            }
            "reduce_all" | "reduce_any" => {
                let lanes = self.simd_lanes(&args[0])?;
                let mut bits = lanes.iter().map(|l| l.to_scalar_int().map(|i| !i.is_null()));
                let v = if name == "reduce_all" {
                    bits.try_fold(true, |a, b| b.map(|b| a && b))?
                } else {
                    bits.try_fold(false, |a, b| b.map(|b| a || b))?
                };
                self.write_scalar(Scalar::from_bool(v), dest)?;
            }
            "cast" | "as" => {
                let lanes = self.simd_lanes(&args[0])?;
                let out = self.simd_dest(dest)?;
                for (i, v) in lanes.iter().enumerate() {
                    let lane = self.project_index_mplace(&out, i as u64)?;
                    let v = if v.layout.ty.is_floating_point() {
                        self.float_to_float_or_int(v, lane.layout)?
                    } else {
                        self.int_to_int_or_float(v, lane.layout)?
                    };
                    self.write_immediate_to_mplace(v.imm, &lane)?;
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}
