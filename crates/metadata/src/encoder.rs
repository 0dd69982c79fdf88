//! Writing the local crate's metadata.

use hir::def::DefKind;
use query::TyCtxt;
use rustc_hash::FxHashMap;
use span::codec::{Encodable, Encoder};
use span::def_id::{CrateNum, DefId, LOCAL_CRATE, LocalDefId};
use span::{ExpnId, FxIndexMap, FxIndexSet, Span, Symbol, SyntaxContext};
use ty::codec::{TyEncoder, encode_predicate_kind, encode_ty_kind};
use ty::{Predicate, Ty};

use crate::schema::{DepRef, FileRef, HEADER_LEN, LastSpan, Lists, MAGIC, Root, Table, span_tag};
use crate::tables::TABLES;

const _: () = assert!(TABLES.len() < 64, "a row's tables fit in a word, with one bit to spare");

/// Writes the crate's metadata. The crate must be free of errors.
pub fn encode_metadata(tcx: TyCtxt<'_>) -> Vec<u8> {
    let mut e = EncodeCx {
        tcx,
        out: vec![0; HEADER_LEN],
        symbols: FxHashMap::default(),
        types: FxHashMap::default(),
        predicates: FxHashMap::default(),
        contexts: FxIndexMap::default(),
        expansions: FxIndexMap::default(),
        allocs: FxIndexSet::default(),
        files: FxIndexMap::default(),
        last_span: LastSpan::default(),
        stats: Stats::default(),
    };
    let root = e.encode_crate();
    let root_pos = e.out.len();
    root.encode(&mut e);
    if tcx.sess().opts.z("meta-stats") {
        tcx.dcx().note(e.stats.table(e.out.len()));
    }
    let mut out = e.out;
    let hash = span::source_map::hash_bytes(&out[HEADER_LEN..]);
    out[..8].copy_from_slice(MAGIC);
    for (i, word) in [out.len() as u64, hash, root_pos as u64].into_iter().enumerate() {
        out[8 * (i + 1)..8 * (i + 2)].copy_from_slice(&word.to_le_bytes());
    }
    out
}

/// Where the values of one definition are: by table, and the offsets of those that are there.
#[derive(Default)]
struct Row {
    present: u64,
    offsets: Vec<u32>,
}

/// Writes values of the local crate.
pub(crate) struct EncodeCx<'tcx> {
    pub tcx: TyCtxt<'tcx>,
    out: Vec<u8>,
    symbols: FxHashMap<Symbol, usize>,
    types: FxHashMap<Ty<'tcx>, usize>,
    predicates: FxHashMap<Predicate<'tcx>, usize>,
    contexts: FxIndexMap<SyntaxContext, u32>,
    expansions: FxIndexMap<ExpnId, u32>,
    allocs: FxIndexSet<std::num::NonZero<u64>>,
    files: FxIndexMap<u32, FileRef>,
    last_span: LastSpan,
    stats: Stats,
}

/// What takes how many bytes, for `-Zmeta-stats`.
#[derive(Default)]
struct Stats(FxIndexMap<&'static str, (usize, usize)>);

impl Stats {
    fn add(&mut self, what: &'static str, bytes: usize) {
        let entry = self.0.entry(what).or_default();
        entry.0 += 1;
        entry.1 += bytes;
    }
    /// A table, the largest first.
    fn table(&self, total: usize) -> String {
        let mut rows: Vec<_> = self.0.iter().map(|(what, (count, bytes))| (*bytes, *count, *what)).collect();
        rows.sort_by_key(|r| std::cmp::Reverse(*r));
        let rows = rows.iter().map(|(bytes, count, what)| format!("\n{bytes:>10} {count:>8} {what}"));
        format!("metadata: {total} bytes\n     bytes    count what{}", rows.collect::<String>())
    }
}

impl Encoder for EncodeCx<'_> {
    fn emit_raw_bytes(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }
    fn encode_symbol(&mut self, symbol: Symbol) {
        let start = self.out.len();
        self.put_symbol(symbol);
        self.stats.add("in values: symbols", self.out.len() - start);
    }
    fn encode_span(&mut self, span: Span) {
        let start = self.out.len();
        self.put_span(span);
        self.stats.add("in values: spans", self.out.len() - start);
    }
    fn encode_crate_num(&mut self, krate: CrateNum) {
        // Crate numbers of the session are those of the blob: `deps` lists all crates in order.
        self.emit_usize(krate.as_usize());
    }
    fn encode_def_id(&mut self, id: DefId) {
        self.encode_crate_num(id.krate);
        self.emit_u32(id.index.as_u32());
    }
    fn encode_syntax_context(&mut self, ctxt: SyntaxContext) {
        self.stats.add(if ctxt.is_root() { "in values: root contexts" } else { "in values: contexts" }, 1);
        if ctxt.is_root() {
            self.emit_u32(0);
            return;
        }
        let n = self.contexts.insert_full(ctxt, 0).0;
        self.emit_u32(n as u32 + 1);
    }
    fn encode_expn_id(&mut self, expn: ExpnId) {
        if expn == ExpnId::root() {
            self.emit_u32(0);
            return;
        }
        let n = self.expansions.insert_full(expn, 0).0;
        self.emit_u32(n as u32 + 1);
    }
}

impl<'tcx> TyEncoder<'tcx> for EncodeCx<'tcx> {
    fn encode_ty(&mut self, ty: Ty<'tcx>) {
        let start = self.out.len();
        match self.types.get(&ty) {
            // No value is at 0.
            Some(&pos) => self.emit_usize(pos),
            None => {
                self.emit_u8(0);
                let pos = self.out.len();
                encode_ty_kind(ty.kind(), self);
                self.types.insert(ty, pos);
            }
        }
        self.stats.add("in values: types", self.out.len() - start);
    }
    fn encode_predicate(&mut self, p: Predicate<'tcx>) {
        let start = self.out.len();
        match self.predicates.get(&p) {
            // No value is at 0.
            Some(&pos) => self.emit_usize(pos),
            None => {
                self.emit_u8(0);
                let pos = self.out.len();
                encode_predicate_kind(&p.kind(), self);
                self.predicates.insert(p, pos);
            }
        }
        self.stats.add("in values: predicates", self.out.len() - start);
    }
    fn encode_alloc_id(&mut self, id: std::num::NonZero<u64>) {
        let n = self.allocs.insert_full(id).0;
        self.emit_u32(n as u32);
    }
}

impl<'tcx> EncodeCx<'tcx> {
    fn put_symbol(&mut self, symbol: Symbol) {
        match self.symbols.get(&symbol) {
            // No value is at 0.
            Some(&pos) => self.emit_usize(pos),
            None => {
                self.emit_u8(0);
                self.symbols.insert(symbol, self.out.len());
                self.emit_str(symbol.as_str());
            }
        }
    }

    /// Spans are written as what is new since the one before (see [`LastSpan`]).
    fn put_span(&mut self, span: Span) {
        let file = if span.is_dummy() { None } else { self.tcx.sess().source_map.lookup_source_file(span.lo()) };
        let Some(file) = file.filter(|f| f.contains(span.hi())) else {
            self.emit_u8(span_tag::DUMMY);
            return;
        };
        let index = match self.files.get_index_of(&file.start_pos.0) {
            Some(i) => i,
            None => {
                let f = FileRef {
                    name: file.name.display().to_owned(),
                    len: file.len,
                    hash: file.source_hash(),
                    lines: file.lines().to_vec(),
                };
                self.files.insert_full(file.start_pos.0, f).0
            }
        };
        let ctxt = if span.ctxt().is_root() { 0 } else { self.contexts.insert_full(span.ctxt(), 0).0 as u32 + 1 };
        let (lo, len) = (span.lo().0 - file.start_pos.0, span.hi().0 - span.lo().0);
        let new = LastSpan { file: index as u32, lo, len, ctxt };
        let last = std::mem::replace(&mut self.last_span, new);
        if new == last {
            self.emit_u8(span_tag::SAME);
            return;
        }
        let mut tag = span_tag::NEW;
        tag |= if new.file != last.file { span_tag::FILE } else { 0 };
        tag |= if new.ctxt != last.ctxt { span_tag::CONTEXT } else { 0 };
        self.emit_u8(tag);
        if new.file != last.file {
            self.emit_u32(new.file);
        }
        if new.ctxt != last.ctxt {
            self.emit_u32(new.ctxt);
        }
        self.emit_i128(i128::from(lo) - i128::from(last.lo));
        self.emit_u32(len);
    }

    /// Where a value begins that is read by itself.
    fn begin(&mut self) -> usize {
        self.last_span = LastSpan::default();
        self.out.len()
    }

    fn encode_crate(&mut self) -> Root {
        let tcx = self.tcx;
        // Ids may be made while queries run; take them in order until none is new.
        let mut rows: Vec<Row> = Vec::new();
        let mut next = 0;
        loop {
            let ids: Vec<LocalDefId> = tcx.iter_local_def_id().skip(next).collect();
            if ids.is_empty() {
                break;
            }
            next += ids.len();
            for id in ids {
                let kind = tcx.def_kind(id);
                // A constant argument that is a plain path got a definition before it was known to need none.
                let hollow = kind == DefKind::AnonConst && matches!(tcx.hir_node_by_def_id(id), hir::Node::ConstArg(_));
                if hollow {
                    rows.push(Row::default());
                    continue;
                }
                let mut row = Row::default();
                for (t, (name, write)) in TABLES.iter().enumerate() {
                    let pos = self.begin();
                    if write(self, id, kind) {
                        self.stats.add(name, self.out.len() - pos);
                        row.present |= 1 << t;
                        row.offsets.push(pos as u32);
                    }
                }
                rows.push(row);
            }
        }
        let mut keys = Vec::with_capacity(next);
        for id in tcx.iter_local_def_id().collect::<Vec<_>>() {
            keys.push(self.begin() as u32);
            let key = tcx.def_key(id);
            key.parent.map(|p| p.as_u32()).encode(self);
            key.disambiguated_data.data.encode(self);
            self.emit_u32(key.disambiguated_data.disambiguator);
            self.emit_u64(tcx.def_path_hash(id.to_def_id()).local);
        }
        let lists = self.encode_lists();
        let allocs = self.encode_allocs();
        let (contexts, expansions) = self.encode_hygiene();
        let files = self.encode_files();
        let rows = rows.iter().map(|r| self.write_row(r)).collect();
        let [rows, def_keys, allocs, contexts, expansions, files] =
            [rows, keys, allocs, contexts, expansions, files].map(|t| self.write_table(&t));
        let sess = tcx.sess();
        Root {
            name: tcx.local_crate_name().to_string(),
            stable_crate_id: tcx.stable_crate_id(LOCAL_CRATE),
            extra_filename: sess.opts.extra_filename.clone(),
            edition: sess.edition(),
            triple: sess.opts.target_triple.clone(),
            is_no_builtins: tcx.is_no_builtins(LOCAL_CRATE),
            has_global_allocator: tcx.has_global_allocator(LOCAL_CRATE),
            deps: self.deps(),
            def_count: next,
            rows,
            def_keys,
            files,
            contexts,
            expansions,
            allocs,
            lists,
        }
    }

    fn deps(&self) -> Vec<DepRef> {
        let store = crate::provide::cstore(self.tcx);
        self.tcx
            .crates()
            .into_iter()
            .map(|c| {
                let data = store.data(c);
                DepRef {
                    name: data.root.name.clone(),
                    stable_crate_id: data.root.stable_crate_id,
                    hash: data.hash,
                    extra_filename: data.root.extra_filename.clone(),
                }
            })
            .collect()
    }

    fn encode_lists(&mut self) -> Lists {
        let tcx = self.tcx;
        let mut impls = Vec::new();
        for &trait_id in tcx.all_local_trait_impls(()).keys() {
            let list = tcx.implementations_of_trait((LOCAL_CRATE, trait_id)).to_vec();
            impls.push((trait_id, self.put(&list)));
        }
        let lang_items = tcx.lang_items_defined_in(LOCAL_CRATE).iter();
        let lang_items: Vec<_> = lang_items.map(|(d, i)| (*d, i.name().to_string())).collect();
        let diagnostic_items: Vec<_> = tcx.diagnostic_items_in(LOCAL_CRATE).iter().map(|(s, d)| (*s, *d)).collect();
        let incoherent = tcx.crate_inherent_impls(()).incoherent_impls.iter();
        let incoherent: Vec<_> =
            incoherent.map(|(s, v)| (*s, v.iter().map(|d| d.to_def_id()).collect::<Vec<_>>())).collect();
        let implications: Vec<_> = tcx.stability_implications(LOCAL_CRATE).iter().map(|(a, b)| (*a, *b)).collect();
        let instances = tcx.upstream_instances_in(LOCAL_CRATE);
        let reachable: Vec<_> = tcx.reachable_non_generics(LOCAL_CRATE).iter().copied().collect();
        Lists {
            lang_items: self.put(&lang_items),
            diagnostic_items: self.put(&diagnostic_items),
            traits: self.put(&tcx.traits(LOCAL_CRATE).to_vec()),
            impls: self.put(&impls),
            incoherent_impls: self.put(&incoherent),
            macro_rules: self.put(&tcx.crate_extern_macro_rules(LOCAL_CRATE).to_vec()),
            reachable_non_generics: self.put(&reachable),
            instances: self.put(&(instances.opt_rank, instances.hashes.clone())),
            stability_implications: self.put(&implications),
        }
    }

    /// Writes a value; where it is.
    fn put<T: Encodable<Self>>(&mut self, value: &T) -> usize {
        let pos = self.begin();
        value.encode(self);
        pos
    }

    fn encode_files(&mut self) -> Vec<u32> {
        let files = std::mem::take(&mut self.files);
        files.values().map(|f| self.put(f) as u32).collect()
    }

    /// Allocations may refer to more of them: written until none is new.
    fn encode_allocs(&mut self) -> Vec<u32> {
        let mut out = Vec::new();
        while let Some(&id) = self.allocs.get_index(out.len()) {
            let alloc = self.tcx.gcx().alloc_map.get(mir::interpret::AllocId(id));
            out.push(self.begin() as u32);
            alloc.encode(self);
        }
        out
    }

    /// Contexts and expansions refer to each other.
    fn encode_hygiene(&mut self) -> (Vec<u32>, Vec<u32>) {
        let (mut contexts, mut expansions) = (Vec::new(), Vec::new());
        loop {
            if let Some((&ctxt, _)) = self.contexts.get_index(contexts.len()) {
                contexts.push(self.begin() as u32);
                let (expn, transparency) = ctxt.outer_mark();
                let mut parent = ctxt;
                parent.remove_mark();
                self.encode_syntax_context(parent);
                self.encode_expn_id(expn);
                transparency.encode(self);
            } else if let Some((&expn, _)) = self.expansions.get_index(expansions.len()) {
                expansions.push(self.begin() as u32);
                expn.expn_data().encode(self);
            } else {
                return (contexts, expansions);
            }
        }
    }

    /// Values of a definition stand close together: their offsets are written as differences to the first, in two
    /// bytes each, or, as the first bit says, in four.
    fn write_row(&mut self, row: &Row) -> u32 {
        let (Some(&first), Some(&last)) = (row.offsets.first(), row.offsets.last()) else { return 0 };
        let pos = self.out.len() as u32;
        let wide = last - first > u32::from(u16::MAX);
        self.out.extend_from_slice(&(row.present << 1 | u64::from(wide)).to_le_bytes());
        self.out.extend_from_slice(&first.to_le_bytes());
        for offset in &row.offsets {
            let bytes = (offset - first).to_le_bytes();
            self.out.extend_from_slice(&bytes[..if wide { 4 } else { 2 }]);
        }
        pos
    }

    fn write_table(&mut self, entries: &[u32]) -> Table {
        // Trailing definitions without a value are left out.
        let len = entries.iter().rposition(|e| *e != 0).map_or(0, |i| i + 1);
        let offset = self.out.len();
        for e in &entries[..len] {
            self.out.extend_from_slice(&e.to_le_bytes());
        }
        Table { offset, len }
    }
}
