//! Copying, filling and comparing memory: inline for few bytes, by the C library's functions for more.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Type, Value, types};

use crate::function::FunctionCx;
use crate::leaf::PTR;
use crate::pointer::{Pointer, plain};

/// More bytes are copied by a call.
const INLINE_COPY: u64 = 128;
/// More bytes are compared by a call.
const INLINE_COMPARE: u64 = 32;

/// The widest accesses that cover `size` bytes: offset and type. The last ones may overlap.
fn chunks(size: u64) -> Vec<(u64, Type)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < size {
        let rest = size - at;
        let (ty, width) = match rest {
            16.. => (types::I8X16, 16),
            8.. => (types::I64, 8),
            4.. => (types::I32, 4),
            2.. => (types::I16, 2),
            _ => (types::I8, 1),
        };
        // An odd rest is covered by one access that overlaps the last, where there is room before it.
        let wider = [(types::I16, 2), (types::I32, 4), (types::I64, 8)].into_iter().find(|(_, w)| *w > rest);
        if let (Some((ty, w)), true) = (wider, rest != width) {
            if size >= w {
                out.push((size - w, ty));
                break;
            }
        }
        out.push((at, ty));
        at += width;
    }
    out
}

impl<'tcx> FunctionCx<'_, 'tcx> {
    /// Copies memory that is the same or does not overlap.
    pub(crate) fn copy(&mut self, to: Pointer, from: Pointer, size: u64) {
        if size > INLINE_COPY {
            let size = self.b.ins().iconst(PTR, size as i64);
            self.call_memcpy(to, from, size);
            return;
        }
        for (at, ty) in chunks(size) {
            let value = from.offset(self, at as i64).load(self, ty, plain());
            to.offset(self, at as i64).store(self, value, plain());
        }
    }
    /// Copies memory that may overlap.
    pub(crate) fn copy_overlapping(&mut self, to: Pointer, from: Pointer, size: u64) {
        if size > 64 {
            let (to, from) = (to.addr(self), from.addr(self));
            let size = self.b.ins().iconst(PTR, size as i64);
            self.lib_call("memmove", &[PTR; 3], &[PTR], &[to, from, size]);
            return;
        }
        let values: Vec<_> = chunks(size)
            .into_iter()
            .map(|(at, ty)| (at, from.offset(self, at as i64).load(self, ty, plain())))
            .collect();
        for (at, value) in values {
            to.offset(self, at as i64).store(self, value, plain());
        }
    }
    pub(crate) fn call_memcpy(&mut self, to: Pointer, from: Pointer, size: Value) {
        let (to, from) = (to.addr(self), from.addr(self));
        self.lib_call("memcpy", &[PTR; 3], &[PTR], &[to, from, size]);
    }
    /// Fills memory with a byte of type `i8`.
    pub(crate) fn fill(&mut self, to: Pointer, byte: Value, size: Value) {
        if let (Some(byte), Some(size)) = (self.as_const(byte), self.as_const(size)) {
            if size as u64 <= INLINE_COPY {
                let pattern = u64::from_le_bytes([byte as u8; 8]);
                for (at, ty) in chunks(size as u64) {
                    let value = if ty == types::I8X16 {
                        let byte = self.b.ins().iconst(types::I8, i64::from(byte as u8));
                        self.b.ins().splat(ty, byte)
                    } else {
                        self.const_int(ty, pattern.into())
                    };
                    to.offset(self, at as i64).store(self, value, plain());
                }
                return;
            }
        }
        let byte = self.b.ins().uextend(types::I32, byte);
        let to = to.addr(self);
        self.lib_call("memset", &[PTR, types::I32, PTR], &[PTR], &[to, byte, size]);
    }
    /// Whether memory is equal, as `i8`.
    pub(crate) fn memory_eq(&mut self, a: Pointer, b: Pointer, size: u64) -> Value {
        if size == 0 {
            return self.b.ins().iconst(types::I8, 1);
        }
        if size > INLINE_COMPARE {
            let (a, b) = (a.addr(self), b.addr(self));
            let size = self.b.ins().iconst(PTR, size as i64);
            let r = self.lib_call("bcmp", &[PTR; 3], &[types::I32], &[a, b, size])[0];
            return self.b.ins().icmp_imm_s(IntCC::Equal, r, 0);
        }
        let mut all: Option<Value> = None;
        for (at, ty) in chunks(size) {
            // Two words instead of a vector.
            let parts: &[(u64, Type)] =
                if ty == types::I8X16 { &[(at, types::I64), (at + 8, types::I64)] } else { &[(at, ty)] };
            for &(at, ty) in parts {
                let x = a.offset(self, at as i64).load(self, ty, plain());
                let y = b.offset(self, at as i64).load(self, ty, plain());
                let differ = self.b.ins().bxor(x, y);
                let differ = if ty == types::I64 { differ } else { self.b.ins().uextend(types::I64, differ) };
                all = Some(match all {
                    Some(all) => self.b.ins().bor(all, differ),
                    None => differ,
                });
            }
        }
        let all = all.expect("at least one byte");
        self.b.ins().icmp_imm_s(IntCC::Equal, all, 0)
    }
}
