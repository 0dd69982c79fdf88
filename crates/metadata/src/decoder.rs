//! Reading values of a blob.

use std::cell::{OnceCell, RefCell};

use hir::definitions::{DefKey, DefPathData, DisambiguatedDefPathData};
use query::TyCtxt;
use rustc_hash::FxHashMap;
use session::{Bytes, Session};
use span::codec::{Decodable, Decoder};
use span::def_id::{CrateNum, DefId, DefIndex};
use span::{BytePos, ExpnData, ExpnId, FileName, Span, Symbol, SyntaxContext, Transparency};
use ty::codec::{TyDecoder, decode_predicate_kind, decode_ty_kind};
use ty::{AdtDef, Interner, Predicate, SimplifiedType, Ty};

use crate::schema::{FileRef, HEADER_LEN, KeyEntry, LastSpan, MAGIC, Root, Table, span_tag};
use crate::tables::TableId;

/// A loaded crate.
pub struct CrateData {
    pub cnum: CrateNum,
    pub name: Symbol,
    pub path: String,
    blob: Bytes,
    pub root: Root,
    pub hash: u64,
    /// From crate numbers in the blob to those of the session; 0 is the crate itself.
    pub cnum_map: Vec<CrateNum>,
    /// Offsets of traits' impls.
    impls: OnceCell<FxHashMap<DefId, usize>>,
    incoherent_impls: OnceCell<FxHashMap<SimplifiedType, Vec<DefId>>>,
    symbols: RefCell<FxHashMap<usize, Symbol>>,
    files: RefCell<Vec<Option<BytePos>>>,
    contexts: RefCell<FxHashMap<u32, SyntaxContext>>,
    expansions: RefCell<FxHashMap<u32, ExpnId>>,
    pub(crate) allocs: RefCell<FxHashMap<u32, std::num::NonZero<u64>>>,
    hashes: OnceCell<FxHashMap<u64, DefIndex>>,
}

impl CrateData {
    /// Reads the root of a blob; `None` if it is not one of this version or damaged.
    pub fn parse_root(blob: &[u8]) -> Option<(Root, u64)> {
        if blob.get(..8)? != MAGIC {
            return None;
        }
        let word = |i: usize| Some(u64::from_le_bytes(blob.get(8 * i..8 * (i + 1))?.try_into().ok()?));
        let (len, hash, root_pos) = (word(1)?, word(2)?, usize::try_from(word(3)?).ok()?);
        if blob.len() as u64 != len || !(HEADER_LEN..blob.len()).contains(&root_pos) {
            return None;
        }
        let mut d = RootDecoder { blob, pos: root_pos };
        Some((Root::decode(&mut d), hash))
    }

    pub fn new(cnum: CrateNum, path: String, blob: Bytes, root: Root, hash: u64, deps: Vec<CrateNum>) -> CrateData {
        let cnum_map = std::iter::once(cnum).chain(deps).collect();
        let files = vec![None; root.files.len];
        CrateData {
            cnum,
            name: Symbol::intern(&root.name),
            path,
            blob,
            root,
            hash,
            cnum_map,
            impls: OnceCell::new(),
            incoherent_impls: OnceCell::new(),
            symbols: RefCell::default(),
            files: RefCell::new(files),
            contexts: RefCell::default(),
            expansions: RefCell::default(),
            allocs: RefCell::default(),
            hashes: OnceCell::new(),
        }
    }

    /// The offset of a definition's value of a kind.
    pub fn lookup(&self, table: TableId, index: DefIndex) -> Option<usize> {
        let row = self.entry(self.root.rows, index.as_usize())?;
        let blob: &[u8] = &self.blob;
        let word = |at: usize, n: usize| {
            let mut bytes = [0; 8];
            bytes[..n].copy_from_slice(&blob[at..at + n]);
            u64::from_le_bytes(bytes)
        };
        let bits = word(row, 8);
        let (wide, present) = (bits & 1 == 1, bits >> 1);
        let bit = 1u64 << table as u32;
        if present & bit == 0 {
            return None;
        }
        let n = (present & (bit - 1)).count_ones() as usize;
        let size = if wide { 4 } else { 2 };
        Some((word(row + 8, 4) + word(row + 12 + n * size, size)) as usize)
    }

    /// The offset of a value by its number in a table.
    fn entry(&self, table: Table, i: usize) -> Option<usize> {
        if i >= table.len {
            return None;
        }
        let at = table.offset + i * 4;
        let bytes = self.blob[at..at + 4].try_into().expect("four bytes");
        match u32::from_le_bytes(bytes) {
            0 => None,
            n => Some(n as usize),
        }
    }

    /// A definition's key and hash.
    pub fn def_key(&self, index: DefIndex) -> KeyEntry {
        let pos = self
            .entry(self.root.def_keys, index.as_usize())
            .unwrap_or_else(|| panic!("{index:?} of {} is unknown", self.name));
        let mut d = self.at(pos, None, None);
        let parent = Option::<u32>::decode(&mut d).map(DefIndex::from_u32);
        let data: DefPathData = Decodable::decode(&mut d);
        let disambiguator = d.read_u32();
        let hash = d.read_u64();
        KeyEntry { key: DefKey { parent, disambiguated_data: DisambiguatedDefPathData { data, disambiguator } }, hash }
    }

    /// The definition of a hash.
    pub fn index_of_hash(&self, hash: u64) -> Option<DefIndex> {
        let map = self.hashes.get_or_init(|| {
            (0..self.root.def_count)
                .map(DefIndex::from_usize)
                .filter(|i| self.entry(self.root.def_keys, i.as_usize()).is_some())
                .map(|i| (self.def_key(i).hash, i))
                .collect()
        });
        map.get(&hash).copied()
    }

    /// A value at an offset.
    pub fn value<'tcx, T: for<'a> Decodable<DecodeCx<'a, 'tcx>>>(&self, tcx: TyCtxt<'tcx>, pos: usize) -> T {
        T::decode(&mut self.at(pos, Some(tcx.sess()), Some(tcx)))
    }

    /// The crate's impls of a trait.
    pub fn impls_of(&self, tcx: TyCtxt<'_>, trait_id: DefId) -> Vec<(DefId, Option<SimplifiedType>)> {
        let map = self.impls.get_or_init(|| {
            let list: Vec<(DefId, usize)> = self.value(tcx, self.root.lists.impls);
            list.into_iter().collect()
        });
        map.get(&trait_id).map_or_else(Vec::new, |pos| self.value(tcx, *pos))
    }

    /// All traits that the crate has impls of, in order, with where they are listed.
    pub fn implemented_traits(&self, tcx: TyCtxt<'_>) -> Vec<(DefId, usize)> {
        self.value(tcx, self.root.lists.impls)
    }

    /// The crate's inherent impls on a type of another crate or of none.
    pub fn incoherent_impls_of(&self, tcx: TyCtxt<'_>, ty: SimplifiedType) -> &[DefId] {
        let map = self.incoherent_impls.get_or_init(|| {
            let list: Vec<(SimplifiedType, Vec<DefId>)> = self.value(tcx, self.root.lists.incoherent_impls);
            list.into_iter().collect()
        });
        map.get(&ty).map_or(&[], |v| &v[..])
    }

    /// A decoder at an offset.
    pub fn at<'a, 'tcx>(
        &'a self,
        pos: usize,
        sess: Option<&'a Session>,
        tcx: Option<TyCtxt<'tcx>>,
    ) -> DecodeCx<'a, 'tcx> {
        DecodeCx { data: self, bytes: &self.blob, pos, last_span: LastSpan::default(), sess, tcx }
    }
}

/// Reads plain values of the root; it has no symbols, spans or ids.
struct RootDecoder<'a> {
    blob: &'a [u8],
    pos: usize,
}

macro_rules! not_in_root {
    ($($name:ident: $t:ty;)*) => { $(
        fn $name(&mut self) -> $t { panic!(concat!(stringify!($name), " in a metadata root")) }
    )* };
}

impl Decoder for RootDecoder<'_> {
    fn read_raw_bytes(&mut self, n: usize) -> &[u8] {
        let start = self.pos;
        self.pos += n;
        &self.blob[start..self.pos]
    }
    not_in_root! {
        decode_symbol: Symbol;
        decode_span: Span;
        decode_def_id: DefId;
        decode_crate_num: CrateNum;
        decode_syntax_context: SyntaxContext;
        decode_expn_id: ExpnId;
    }
}

/// Reads values of a crate.
pub struct DecodeCx<'a, 'tcx> {
    pub data: &'a CrateData,
    bytes: &'a [u8],
    pub pos: usize,
    last_span: LastSpan,
    sess: Option<&'a Session>,
    tcx: Option<TyCtxt<'tcx>>,
}

impl<'a, 'tcx> DecodeCx<'a, 'tcx> {
    fn tcx(&self) -> TyCtxt<'tcx> {
        self.tcx.expect("a value with types is decoded with a context")
    }
    fn sub<R>(&self, pos: usize, f: impl FnOnce(&mut DecodeCx<'a, 'tcx>) -> R) -> R {
        f(&mut DecodeCx {
            data: self.data,
            bytes: self.bytes,
            pos,
            last_span: LastSpan::default(),
            sess: self.sess,
            tcx: self.tcx,
        })
    }

    /// The session's syntax context of a number in the blob.
    fn context(&self, n: u32) -> SyntaxContext {
        if n == 0 {
            return SyntaxContext::root();
        }
        if let Some(c) = self.data.contexts.borrow().get(&n) {
            return *c;
        }
        let pos = self.data.entry(self.data.root.contexts, n as usize - 1).expect("a known context");
        let ctxt = self.sub(pos, |d| {
            let parent = d.decode_syntax_context();
            let expn = d.decode_expn_id();
            let transparency = Transparency::decode(d);
            parent.apply_mark_raw(expn, transparency)
        });
        self.data.contexts.borrow_mut().insert(n, ctxt);
        ctxt
    }

    /// The session's position of a file's first byte; adds the file to the source map when it is first asked for.
    fn file_start(&self, file: usize) -> BytePos {
        if let Some(start) = self.data.files.borrow()[file] {
            return start;
        }
        let sess = self.sess.expect("spans are decoded with a session");
        let pos = self.data.entry(self.data.root.files, file).expect("files have entries");
        let f = self.sub(pos, FileRef::decode);
        let added = sess.source_map.new_imported_source_file(FileName::Real(f.name), f.len, f.hash, self.data.cnum);
        added.set_lines(f.lines);
        self.data.files.borrow_mut()[file] = Some(added.start_pos);
        added.start_pos
    }
}

impl Decoder for DecodeCx<'_, '_> {
    fn read_raw_bytes(&mut self, n: usize) -> &[u8] {
        let start = self.pos;
        self.pos += n;
        &self.bytes[start..self.pos]
    }
    #[inline]
    fn read_u8(&mut self) -> u8 {
        let byte = self.bytes[self.pos];
        self.pos += 1;
        byte
    }
    fn decode_symbol(&mut self) -> Symbol {
        match self.read_usize() {
            0 => {
                let pos = self.pos;
                let symbol = Symbol::intern(&self.read_string());
                self.data.symbols.borrow_mut().insert(pos, symbol);
                symbol
            }
            pos => {
                if let Some(s) = self.data.symbols.borrow().get(&pos) {
                    return *s;
                }
                let symbol = self.sub(pos, |d| Symbol::intern(&d.read_string()));
                self.data.symbols.borrow_mut().insert(pos, symbol);
                symbol
            }
        }
    }
    fn decode_span(&mut self) -> Span {
        let tag = self.read_u8();
        if tag == span_tag::DUMMY {
            return span::DUMMY_SP;
        }
        if tag != span_tag::SAME {
            if tag & span_tag::FILE != 0 {
                self.last_span.file = self.read_u32();
            }
            if tag & span_tag::CONTEXT != 0 {
                self.last_span.ctxt = self.read_u32();
            }
            let zigzag = self.read_u64();
            let difference = (zigzag >> 1) as i64 ^ -((zigzag & 1) as i64);
            self.last_span.lo = (i64::from(self.last_span.lo) + difference) as u32;
            self.last_span.len = self.read_u32();
        }
        let LastSpan { file, lo, len, ctxt } = self.last_span;
        let start = self.file_start(file as usize).0;
        Span::new(BytePos(start + lo), BytePos(start + lo + len), self.context(ctxt))
    }
    fn decode_crate_num(&mut self) -> CrateNum {
        let n = self.read_usize();
        self.data.cnum_map[n]
    }
    fn decode_def_id(&mut self) -> DefId {
        let krate = self.decode_crate_num();
        DefId { krate, index: DefIndex::from_u32(self.read_u32()) }
    }
    fn decode_syntax_context(&mut self) -> SyntaxContext {
        let n = self.read_u32();
        self.context(n)
    }
    fn decode_expn_id(&mut self) -> ExpnId {
        let n = self.read_u32();
        if n == 0 {
            return ExpnId::root();
        }
        if let Some(e) = self.data.expansions.borrow().get(&n) {
            return *e;
        }
        let expn = ExpnId::reserve();
        self.data.expansions.borrow_mut().insert(n, expn);
        let pos = self.data.entry(self.data.root.expansions, n as usize - 1).expect("a known expansion");
        let data = self.sub(pos, ExpnData::decode);
        expn.set_data(data);
        expn
    }
}

struct TypeCache;
struct PredicateCache;

impl<'tcx> TyDecoder<'tcx> for DecodeCx<'_, 'tcx> {
    fn interner(&self) -> Interner<'tcx> {
        self.tcx().interner()
    }
    fn decode_ty(&mut self) -> Ty<'tcx> {
        let cache = self.tcx().slot::<TypeCache, RefCell<FxHashMap<(CrateNum, usize), Ty<'tcx>>>>(Default::default);
        let (pos, inline) = match self.read_usize() {
            0 => (self.pos, true),
            pos => (pos, false),
        };
        let key = (self.data.cnum, pos);
        if !inline {
            if let Some(ty) = cache.borrow().get(&key) {
                return *ty;
            }
        }
        let interner = self.interner();
        let ty = if inline {
            interner.mk_ty(decode_ty_kind(self))
        } else {
            self.sub(pos, |d| interner.mk_ty(decode_ty_kind(d)))
        };
        cache.borrow_mut().insert(key, ty);
        ty
    }
    fn decode_predicate(&mut self) -> Predicate<'tcx> {
        let cache =
            self.tcx().slot::<PredicateCache, RefCell<FxHashMap<(CrateNum, usize), Predicate<'tcx>>>>(Default::default);
        let (pos, inline) = match self.read_usize() {
            0 => (self.pos, true),
            pos => (pos, false),
        };
        let key = (self.data.cnum, pos);
        if !inline {
            if let Some(p) = cache.borrow().get(&key) {
                return *p;
            }
        }
        let interner = self.interner();
        let kind = if inline { decode_predicate_kind(self) } else { self.sub(pos, decode_predicate_kind) };
        let p = interner.mk_predicate(kind);
        cache.borrow_mut().insert(key, p);
        p
    }
    fn decode_alloc_id(&mut self) -> std::num::NonZero<u64> {
        let n = self.read_u32();
        if let Some(id) = self.data.allocs.borrow().get(&n) {
            return *id;
        }
        let tcx = self.tcx();
        // Reserved first: memory may refer to itself.
        let id = tcx.gcx().alloc_map.reserve();
        self.data.allocs.borrow_mut().insert(n, id.0);
        let pos = self.data.entry(self.data.root.allocs, n as usize).expect("a known allocation");
        let alloc = self.sub(pos, mir::interpret::GlobalAlloc::decode);
        tcx.gcx().alloc_map.set_global_alloc(id, alloc);
        id.0
    }
    fn decode_adt_def(&mut self) -> AdtDef<'tcx> {
        let def_id = self.decode_def_id();
        self.tcx().adt_def(def_id)
    }
    fn decode_error(&mut self) -> diagnostics::ErrorGuaranteed {
        let msg = format!("an error in crate `{}`, compiled with `-Zmetadata-with-errors`", self.data.name);
        self.tcx().dcx().delayed_bug(msg)
    }
}
