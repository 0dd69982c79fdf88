//! Interned byte strings: the values of byte string and C string literals.

use bumpalo::Bump;

use crate::{FxIndexSet, with_session_globals};

/// An interned byte string. Equal strings have equal symbols within a session.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteSymbol(u32);

#[derive(Default)]
pub(crate) struct ByteInterner {
    strings: FxIndexSet<&'static [u8]>,
    arena: Bump,
}

impl ByteSymbol {
    /// Interns a byte string.
    pub fn intern(bytes: &[u8]) -> ByteSymbol {
        with_session_globals(|g| {
            let mut interner = g.byte_symbols.borrow_mut();
            if let Some(i) = interner.strings.get_index_of(bytes) {
                return ByteSymbol(i as u32);
            }
            let stored: &[u8] = interner.arena.alloc_slice_copy(bytes);
            // SAFETY: the arena lives as long as the set; see `Symbol::as_str` for what is given out.
            let stored: &'static [u8] = unsafe { &*std::ptr::from_ref(stored) };
            ByteSymbol(interner.strings.insert_full(stored).0 as u32)
        })
    }
    /// Its bytes. Invariant: valid while the session globals live.
    pub fn as_byte_str(&self) -> &[u8] {
        with_session_globals(|g| {
            let s: &'static [u8] =
                g.byte_symbols.borrow().strings.get_index(self.0 as usize).expect("a symbol of this session");
            s
        })
    }
    /// Its number.
    pub fn as_u32(self) -> u32 {
        self.0
    }
}

impl std::fmt::Debug for ByteSymbol {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.as_byte_str().escape_ascii())
    }
}

impl<E: crate::codec::Encoder> crate::codec::Encodable<E> for ByteSymbol {
    fn encode(&self, e: &mut E) {
        let bytes = self.as_byte_str();
        e.emit_usize(bytes.len());
        e.emit_raw_bytes(bytes);
    }
}

impl<D: crate::codec::Decoder> crate::codec::Decodable<D> for ByteSymbol {
    fn decode(d: &mut D) -> Self {
        let len = d.read_usize();
        ByteSymbol::intern(d.read_raw_bytes(len))
    }
}
