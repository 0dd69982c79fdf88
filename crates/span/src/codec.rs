//! The traits by which values are written to and read from bytes: crate metadata, the incremental cache, and
//! stable hashes (a hash is an [`Encoder`] that keeps no bytes and writes ids by their stable names).
//!
//! Integers are LEB128. What means something only in a session (symbols, spans, definition ids) goes through a
//! method of the coder, which knows how to name it.

use std::rc::Rc;

use crate::def_id::{CrateNum, DefId};
use crate::hygiene::{ExpnId, SyntaxContext};
use crate::symbol::{Ident, Symbol};
use crate::{FxIndexMap, Span};

/// A sink of values.
pub trait Encoder {
    fn emit_raw_bytes(&mut self, bytes: &[u8]);
    fn encode_symbol(&mut self, symbol: Symbol);
    fn encode_span(&mut self, span: Span);
    fn encode_def_id(&mut self, id: DefId);
    fn encode_crate_num(&mut self, krate: CrateNum);
    fn encode_syntax_context(&mut self, ctxt: SyntaxContext);
    fn encode_expn_id(&mut self, expn: ExpnId);

    #[inline]
    fn emit_u8(&mut self, v: u8) {
        self.emit_raw_bytes(&[v]);
    }
    #[inline]
    fn emit_u32(&mut self, v: u32) {
        self.emit_u64(v.into());
    }
    /// LEB128.
    fn emit_u64(&mut self, mut v: u64) {
        let mut buf = [0u8; 10];
        let mut n = 0;
        while v >= 0x80 {
            buf[n] = v as u8 | 0x80;
            n += 1;
            v >>= 7;
        }
        buf[n] = v as u8;
        self.emit_raw_bytes(&buf[..=n]);
    }
    #[inline]
    fn emit_usize(&mut self, v: usize) {
        self.emit_u64(v as u64);
    }
    /// LEB128.
    fn emit_u128(&mut self, mut v: u128) {
        let mut buf = [0u8; 19];
        let mut n = 0;
        loop {
            let byte = (v & 0x7f) as u8;
            v >>= 7;
            if v == 0 {
                buf[n] = byte;
                n += 1;
                break;
            }
            buf[n] = byte | 0x80;
            n += 1;
        }
        self.emit_raw_bytes(&buf[..n]);
    }
    fn emit_i128(&mut self, v: i128) {
        // Zig-zag.
        self.emit_u128(((v << 1) ^ (v >> 127)) as u128);
    }
    fn emit_str(&mut self, s: &str) {
        self.emit_usize(s.len());
        self.emit_raw_bytes(s.as_bytes());
    }
}

/// A source of values, in the order they were written. Reading past the end or a malformed value panics:
/// metadata is checked as a whole (version and hash) before it is read.
pub trait Decoder {
    /// The next `n` bytes.
    fn read_raw_bytes(&mut self, n: usize) -> &[u8];
    fn decode_symbol(&mut self) -> Symbol;
    fn decode_span(&mut self) -> Span;
    fn decode_def_id(&mut self) -> DefId;
    fn decode_crate_num(&mut self) -> CrateNum;
    fn decode_syntax_context(&mut self) -> SyntaxContext;
    fn decode_expn_id(&mut self) -> ExpnId;

    #[inline]
    fn read_u8(&mut self) -> u8 {
        self.read_raw_bytes(1)[0]
    }
    fn read_u32(&mut self) -> u32 {
        self.read_u64() as u32
    }
    fn read_u64(&mut self) -> u64 {
        let mut v = 0u64;
        let mut shift = 0;
        loop {
            let b = self.read_u8();
            v |= u64::from(b & 0x7f) << shift;
            if b & 0x80 == 0 {
                return v;
            }
            shift += 7;
        }
    }
    fn read_usize(&mut self) -> usize {
        self.read_u64() as usize
    }
    fn read_u128(&mut self) -> u128 {
        let mut v = 0u128;
        let mut shift = 0;
        loop {
            let b = self.read_u8();
            v |= u128::from(b & 0x7f) << shift;
            if b & 0x80 == 0 {
                return v;
            }
            shift += 7;
        }
    }
    fn read_i128(&mut self) -> i128 {
        let v = self.read_u128();
        ((v >> 1) as i128) ^ -((v & 1) as i128)
    }
    fn read_string(&mut self) -> String {
        let n = self.read_usize();
        String::from_utf8_lossy(self.read_raw_bytes(n)).into_owned()
    }
}

/// Can be written to `E`.
pub trait Encodable<E: Encoder> {
    fn encode(&self, e: &mut E);
}

/// Can be read from `D`.
pub trait Decodable<D: Decoder>: Sized {
    fn decode(d: &mut D) -> Self;
}

macro_rules! uint {
    ($($t:ty)*) => { $(
        impl<E: Encoder> Encodable<E> for $t { #[inline] fn encode(&self, e: &mut E) { e.emit_u64(*self as u64); } }
        impl<D: Decoder> Decodable<D> for $t { #[inline] fn decode(d: &mut D) -> Self { d.read_u64() as $t } }
    )* };
}
uint!(u16 u32 u64 usize);
impl<E: Encoder> Encodable<E> for u128 {
    #[inline]
    fn encode(&self, e: &mut E) {
        e.emit_u128(*self);
    }
}
impl<D: Decoder> Decodable<D> for u128 {
    #[inline]
    fn decode(d: &mut D) -> Self {
        d.read_u128()
    }
}

macro_rules! sint {
    ($($t:ty)*) => { $(
        impl<E: Encoder> Encodable<E> for $t { fn encode(&self, e: &mut E) { e.emit_i128(*self as i128); } }
        impl<D: Decoder> Decodable<D> for $t { fn decode(d: &mut D) -> Self { d.read_i128() as $t } }
    )* };
}
sint!(i8 i16 i32 i64 i128 isize);

impl<E: Encoder> Encodable<E> for u8 {
    fn encode(&self, e: &mut E) {
        e.emit_u8(*self);
    }
}
impl<D: Decoder> Decodable<D> for u8 {
    fn decode(d: &mut D) -> Self {
        d.read_u8()
    }
}
impl<E: Encoder> Encodable<E> for bool {
    fn encode(&self, e: &mut E) {
        e.emit_u8(u8::from(*self));
    }
}
impl<D: Decoder> Decodable<D> for bool {
    fn decode(d: &mut D) -> Self {
        d.read_u8() != 0
    }
}
impl<E: Encoder> Encodable<E> for char {
    fn encode(&self, e: &mut E) {
        e.emit_u32(*self as u32);
    }
}
impl<D: Decoder> Decodable<D> for char {
    fn decode(d: &mut D) -> Self {
        char::from_u32(d.read_u32()).unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}
impl<E: Encoder> Encodable<E> for () {
    fn encode(&self, _: &mut E) {}
}
impl<D: Decoder> Decodable<D> for () {
    fn decode(_: &mut D) {}
}
impl<E: Encoder> Encodable<E> for str {
    fn encode(&self, e: &mut E) {
        e.emit_str(self);
    }
}
impl<E: Encoder> Encodable<E> for String {
    fn encode(&self, e: &mut E) {
        e.emit_str(self);
    }
}
impl<D: Decoder> Decodable<D> for String {
    fn decode(d: &mut D) -> Self {
        d.read_string()
    }
}
impl<E: Encoder> Encodable<E> for Rc<str> {
    fn encode(&self, e: &mut E) {
        e.emit_str(self);
    }
}
impl<D: Decoder> Decodable<D> for Rc<str> {
    fn decode(d: &mut D) -> Self {
        d.read_string().into()
    }
}

macro_rules! by_coder {
    ($($t:ty: $enc:ident $dec:ident;)*) => { $(
        impl<E: Encoder> Encodable<E> for $t { fn encode(&self, e: &mut E) { e.$enc(*self); } }
        impl<D: Decoder> Decodable<D> for $t { fn decode(d: &mut D) -> Self { d.$dec() } }
    )* };
}
by_coder! {
    Symbol: encode_symbol decode_symbol;
    Span: encode_span decode_span;
    CrateNum: encode_crate_num decode_crate_num;
    ExpnId: encode_expn_id decode_expn_id;
    SyntaxContext: encode_syntax_context decode_syntax_context;
}

impl<E: Encoder> Encodable<E> for Ident {
    fn encode(&self, e: &mut E) {
        self.name.encode(e);
        self.span.encode(e);
    }
}
impl<D: Decoder> Decodable<D> for Ident {
    fn decode(d: &mut D) -> Self {
        let name = Symbol::decode(d);
        Ident::new(name, Span::decode(d))
    }
}

impl<E: Encoder, T: Encodable<E> + ?Sized> Encodable<E> for &T {
    fn encode(&self, e: &mut E) {
        (**self).encode(e);
    }
}
impl<E: Encoder, T: Encodable<E> + ?Sized> Encodable<E> for Box<T> {
    fn encode(&self, e: &mut E) {
        (**self).encode(e);
    }
}
impl<D: Decoder, T: Decodable<D>> Decodable<D> for Box<T> {
    fn decode(d: &mut D) -> Self {
        Box::new(T::decode(d))
    }
}
impl<E: Encoder, T: Encodable<E>> Encodable<E> for Rc<T> {
    fn encode(&self, e: &mut E) {
        (**self).encode(e);
    }
}
impl<D: Decoder, T: Decodable<D>> Decodable<D> for Rc<T> {
    fn decode(d: &mut D) -> Self {
        Rc::new(T::decode(d))
    }
}
impl<E: Encoder, T: Encodable<E>> Encodable<E> for Option<T> {
    fn encode(&self, e: &mut E) {
        match self {
            None => e.emit_u8(0),
            Some(v) => {
                e.emit_u8(1);
                v.encode(e);
            }
        }
    }
}
impl<D: Decoder, T: Decodable<D>> Decodable<D> for Option<T> {
    fn decode(d: &mut D) -> Self {
        (d.read_u8() != 0).then(|| T::decode(d))
    }
}
impl<E: Encoder, T: Encodable<E>, R: Encodable<E>> Encodable<E> for Result<T, R> {
    fn encode(&self, e: &mut E) {
        match self {
            Ok(v) => {
                e.emit_u8(0);
                v.encode(e);
            }
            Err(v) => {
                e.emit_u8(1);
                v.encode(e);
            }
        }
    }
}
impl<D: Decoder, T: Decodable<D>, R: Decodable<D>> Decodable<D> for Result<T, R> {
    fn decode(d: &mut D) -> Self {
        if d.read_u8() == 0 { Ok(T::decode(d)) } else { Err(R::decode(d)) }
    }
}
impl<E: Encoder, T: Encodable<E>> Encodable<E> for [T] {
    fn encode(&self, e: &mut E) {
        e.emit_usize(self.len());
        for v in self {
            v.encode(e);
        }
    }
}
impl<E: Encoder, T: Encodable<E>> Encodable<E> for Vec<T> {
    fn encode(&self, e: &mut E) {
        self.as_slice().encode(e);
    }
}
impl<D: Decoder, T: Decodable<D>> Decodable<D> for Vec<T> {
    fn decode(d: &mut D) -> Self {
        let n = d.read_usize();
        (0..n).map(|_| T::decode(d)).collect()
    }
}
impl<E: Encoder, T: Encodable<E>> Encodable<E> for Rc<[T]> {
    fn encode(&self, e: &mut E) {
        (**self).encode(e);
    }
}
impl<D: Decoder, T: Decodable<D>> Decodable<D> for Rc<[T]> {
    fn decode(d: &mut D) -> Self {
        Vec::decode(d).into()
    }
}
impl<D: Decoder, T: Decodable<D>> Decodable<D> for Box<[T]> {
    fn decode(d: &mut D) -> Self {
        Vec::decode(d).into()
    }
}
impl<E: Encoder, I: rustc_index::Idx, T: Encodable<E>> Encodable<E> for rustc_index::IndexVec<I, T> {
    fn encode(&self, e: &mut E) {
        self.raw.encode(e);
    }
}
impl<D: Decoder, I: rustc_index::Idx, T: Decodable<D>> Decodable<D> for rustc_index::IndexVec<I, T> {
    fn decode(d: &mut D) -> Self {
        rustc_index::IndexVec::from_raw(Vec::decode(d))
    }
}
impl<E: Encoder, K: Encodable<E>, V: Encodable<E>> Encodable<E> for FxIndexMap<K, V> {
    fn encode(&self, e: &mut E) {
        e.emit_usize(self.len());
        for (k, v) in self {
            k.encode(e);
            v.encode(e);
        }
    }
}
impl<D: Decoder, K: Decodable<D> + std::hash::Hash + Eq, V: Decodable<D>> Decodable<D> for FxIndexMap<K, V> {
    fn decode(d: &mut D) -> Self {
        let n = d.read_usize();
        (0..n).map(|_| (K::decode(d), V::decode(d))).collect()
    }
}

macro_rules! tuples {
    ($($($t:ident)*;)*) => { $(
        #[allow(non_snake_case)]
        impl<E: Encoder, $($t: Encodable<E>),*> Encodable<E> for ($($t,)*) {
            fn encode(&self, e: &mut E) { let ($($t,)*) = self; $($t.encode(e);)* }
        }
        impl<De: Decoder, $($t: Decodable<De>),*> Decodable<De> for ($($t,)*) {
            fn decode(d: &mut De) -> Self { ($($t::decode(d),)*) }
        }
    )* };
}
tuples! { A; A B; A B C; A B C D; }
