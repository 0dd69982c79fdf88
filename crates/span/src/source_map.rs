//! The session's source files, laid one behind the other in one space of byte positions.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::def_id::{CrateNum, LOCAL_CRATE};
use crate::span_data::{BytePos, CharPos, Span};

/// What a source file is called.
#[derive(Clone, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum FileName {
    /// A path as it was given.
    Real(String),
    /// Standard input.
    Anon,
    /// A macro expansion or other compiler-made text, with a description.
    Macro(String),
}

impl FileName {
    /// As diagnostics and `file!()` show it.
    pub fn display(&self) -> &str {
        match self {
            FileName::Real(path) => path,
            FileName::Anon => "<anon>",
            FileName::Macro(what) => what,
        }
    }
}

/// One file.
#[derive(Debug)]
pub struct SourceFile {
    /// Its name.
    pub name: FileName,
    /// Its text if it is of this crate, with `\r\n` turned into `\n` and without a byte order mark; [`SourceFile::text`]
    /// has that of other crates too.
    pub src: Rc<str>,
    /// The position of its first byte.
    pub start_pos: BytePos,
    /// Its length in bytes.
    pub len: u32,
    /// The crate it belongs to.
    pub cnum: CrateNum,
    lines: OnceCell<Vec<u32>>,
    external: Option<External>,
}

/// Reads the text of a file by its name.
pub type Loader = dyn Fn(&str) -> Option<String>;

/// How to come by the text of another crate's file.
struct External {
    loader: Rc<Loader>,
    hash: u64,
    text: OnceCell<Option<Rc<str>>>,
}

impl std::fmt::Debug for External {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("External").field("hash", &self.hash).finish_non_exhaustive()
    }
}

/// What tells whether a file's text is still the one that a library was made from.
pub fn hash_source(text: &str) -> u64 {
    hash_bytes(text.as_bytes())
}

/// A 64-bit hash of bytes, the same on every host (FNV-1a over words, finished by a mixing step): tells damaged from whole, not for secrets.
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325u64;
    let mut chunks = bytes.chunks_exact(8);
    for c in &mut chunks {
        h = (h ^ u64::from_le_bytes(c.try_into().expect("eight bytes")))
            .wrapping_mul(0x0000_0100_0000_01b3)
            .rotate_left(23);
    }
    for &b in chunks.remainder() {
        h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    h ^= h >> 32;
    h = h.wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^ (h >> 32)
}

/// Strips a byte order mark and turns `\r\n` into `\n`.
fn normalize(src: String) -> String {
    let src = src.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(src);
    if src.contains("\r\n") { src.replace("\r\n", "\n") } else { src }
}

impl SourceFile {
    /// Its text: that of another crate's file is read when it is first asked for, and is empty where the file is
    /// gone or has changed.
    pub fn text(&self) -> &str {
        let Some(external) = &self.external else { return &self.src };
        let text = external.text.get_or_init(|| {
            let text = normalize((external.loader)(self.name.display())?);
            (text.len() == self.len as usize && hash_source(&text) == external.hash).then(|| text.into())
        });
        text.as_deref().unwrap_or_default()
    }
    /// The [`hash_source`] of its text, known of a file of another crate too.
    pub fn source_hash(&self) -> u64 {
        self.external.as_ref().map_or_else(|| hash_source(&self.src), |external| external.hash)
    }
    /// Whether its text is at hand.
    pub fn has_text(&self) -> bool {
        self.len == 0 || !self.text().is_empty()
    }
    /// Offsets of the first byte of each line, relative to the file.
    pub fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let newlines = self.src.bytes().enumerate().filter(|(_, b)| *b == b'\n');
            let mut lines: Vec<u32> = std::iter::once(0).chain(newlines.map(|(i, _)| i as u32 + 1)).collect();
            // No line begins behind the last newline.
            if lines.len() > 1 && lines.last() == Some(&(self.src.len() as u32)) {
                lines.pop();
            }
            lines
        })
    }
    /// Sets line starts of a file whose text is not at hand.
    pub fn set_lines(&self, lines: Vec<u32>) {
        let _ = self.lines.set(lines);
    }
    /// The position after its last byte.
    pub fn end_pos(&self) -> BytePos {
        BytePos(self.start_pos.0 + self.len)
    }
    /// Whether `pos` lies in this file (its end included).
    pub fn contains(&self, pos: BytePos) -> bool {
        self.start_pos <= pos && pos <= self.end_pos()
    }
    /// The zero-based line of a position.
    pub fn lookup_line(&self, pos: BytePos) -> usize {
        let offset = pos.0.saturating_sub(self.start_pos.0);
        self.lines().partition_point(|&start| start <= offset).saturating_sub(1)
    }
    /// The text of a zero-based line, without its newline.
    pub fn get_line(&self, line: usize) -> Option<&str> {
        let start = *self.lines().get(line)? as usize;
        let text = self.text().get(start..)?;
        Some(text.split('\n').next().unwrap_or(text))
    }
}

/// A resolved position.
#[derive(Clone, Debug)]
pub struct Loc {
    /// The file.
    pub file: Rc<SourceFile>,
    /// One-based line.
    pub line: usize,
    /// Zero-based column in characters.
    pub col: CharPos,
}

/// All files of a session.
#[derive(Default)]
pub struct SourceMap {
    files: RefCell<Vec<Rc<SourceFile>>>,
    loader: OnceCell<Rc<Loader>>,
}

impl SourceMap {
    /// An empty map.
    pub fn new() -> SourceMap {
        SourceMap::default()
    }
    /// Adds a file of the crate being compiled: strips a byte order mark and turns `\r\n` into `\n`.
    pub fn new_source_file(&self, name: FileName, src: String) -> Rc<SourceFile> {
        let src = normalize(src);
        let len = src.len() as u32;
        self.push(name, src.into(), len, LOCAL_CRATE, None)
    }
    /// Says how files of other crates are read. Diagnostics alone ask for them.
    pub fn set_loader(&self, loader: Rc<Loader>) {
        let _ = self.loader.set(loader);
    }
    /// Adds a file of another crate, of `len` bytes and with a text of this [`hash_source`].
    pub fn new_imported_source_file(&self, name: FileName, len: u32, hash: u64, cnum: CrateNum) -> Rc<SourceFile> {
        let external = self.loader.get().cloned().map(|loader| External { loader, hash, text: OnceCell::new() });
        self.push(name, Rc::default(), len, cnum, external)
    }
    fn push(
        &self,
        name: FileName,
        src: Rc<str>,
        len: u32,
        cnum: CrateNum,
        external: Option<External>,
    ) -> Rc<SourceFile> {
        let mut files = self.files.borrow_mut();
        // Position 0 is kept for `DUMMY_SP`, and one byte between files keeps their ends apart.
        let start_pos = BytePos(files.last().map_or(1, |f| f.end_pos().0 + 1));
        let file = Rc::new(SourceFile { name, src, start_pos, len, cnum, lines: OnceCell::new(), external });
        files.push(file.clone());
        file
    }
    /// All files in the order they were added.
    pub fn files(&self) -> Vec<Rc<SourceFile>> {
        self.files.borrow().clone()
    }
    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.borrow().len()
    }
    /// Whether a file of the local crate by this name is known.
    pub fn get_source_file(&self, name: &FileName) -> Option<Rc<SourceFile>> {
        self.files.borrow().iter().find(|f| f.name == *name && f.cnum == LOCAL_CRATE).cloned()
    }
    /// The file a position lies in.
    pub fn lookup_source_file(&self, pos: BytePos) -> Option<Rc<SourceFile>> {
        let files = self.files.borrow();
        let i = files.partition_point(|f| f.start_pos <= pos).checked_sub(1)?;
        files[i].contains(pos).then(|| files[i].clone())
    }
    /// File, line and column of a position; `None` for dummy positions.
    pub fn lookup_char_pos(&self, pos: BytePos) -> Option<Loc> {
        let file = self.lookup_source_file(pos)?;
        let line = file.lookup_line(pos);
        let start = file.lines().get(line).copied().unwrap_or(0) as usize;
        let offset = (pos.0 - file.start_pos.0) as usize;
        let col = match file.text().get(start..offset) {
            Some(text) => text.chars().count(),
            None => offset - start,
        };
        Some(Loc { file, line: line + 1, col: CharPos(col) })
    }
    /// `file:line:col: line:col`, as rustc prints spans in debug output and MIR comments.
    pub fn span_to_diagnostic_string(&self, span: Span) -> String {
        match (self.lookup_char_pos(span.lo()), self.lookup_char_pos(span.hi())) {
            (Some(lo), Some(hi)) if !span.is_dummy() => {
                let name = lo.file.name.display();
                format!("{}:{}:{}: {}:{}", name, lo.line, lo.col.0 + 1, hi.line, hi.col.0 + 1)
            }
            _ => "no-location".to_string(),
        }
    }
    /// The source text of a span, if it lies in one file whose text is at hand.
    pub fn span_to_snippet(&self, span: Span) -> Option<String> {
        self.with_snippet(span, str::to_owned)
    }
    /// Runs `f` on the source text of a span.
    pub fn with_snippet<R>(&self, span: Span, f: impl FnOnce(&str) -> R) -> Option<R> {
        if span.is_dummy() {
            return None;
        }
        let file = self.lookup_source_file(span.lo())?;
        let lo = (span.lo().0 - file.start_pos.0) as usize;
        let hi = span.hi().0.checked_sub(file.start_pos.0)? as usize;
        file.text().get(lo..hi).map(f)
    }
    /// Whether a span covers more than one line.
    pub fn is_multiline(&self, span: Span) -> bool {
        self.with_snippet(span, |s| s.contains('\n')).unwrap_or(false)
    }
    /// The end point of a span: its last character.
    pub fn end_point(&self, span: Span) -> Span {
        let width = self.with_snippet(span, |s| s.chars().next_back().map_or(0, char::len_utf8)).unwrap_or(0);
        span.with_lo(BytePos(span.hi().0 - width as u32))
    }
    /// The character after a span.
    pub fn next_point(&self, span: Span) -> Span {
        let lo = span.hi();
        let width = self
            .lookup_source_file(lo)
            .and_then(|f| f.text().get((lo.0 - f.start_pos.0) as usize..).and_then(|s| s.chars().next()))
            .map_or(1, char::len_utf8);
        Span::new(lo, BytePos(lo.0 + width as u32), span.ctxt())
    }
    /// The span up to and without the first `c` in it.
    pub fn span_until_char(&self, span: Span, c: char) -> Span {
        // What stands before it, without the white space at its end.
        match self.with_snippet(span, |s| s.find(c).map(|n| s[..n].trim_end().len())).flatten() {
            Some(n) if n > 0 => span.with_hi(BytePos(span.lo().0 + n as u32)),
            _ => span,
        }
    }
    /// The span up to and including the first `c` in it.
    pub fn span_through_char(&self, span: Span, c: char) -> Span {
        match self.with_snippet(span, |s| s.find(c)).flatten() {
            Some(n) => span.with_hi(BytePos(span.lo().0 + (n + c.len_utf8()) as u32)),
            None => span,
        }
    }
    /// The header of an item: its span up to the line of the opening brace, as rustc's `guess_head_span`.
    pub fn guess_head_span(&self, span: Span) -> Span {
        self.span_until_char(span, '{')
    }
    /// The white space before the first character of the line on which a span starts.
    pub fn indentation_before(&self, span: Span) -> Option<String> {
        let loc = self.lookup_char_pos(span.lo())?;
        let line = loc.file.get_line(loc.line - 1)?;
        Some(line.chars().take_while(|c| c.is_whitespace()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_another_crate_is_read_if_it_has_not_changed() {
        let sm = SourceMap::new();
        sm.set_loader(Rc::new(|path| (path == "a.rs").then(|| "fn a()\r\n{}\n".to_owned())));
        let text = "fn a()\n{}\n";
        let add = |name: &str, hash| {
            sm.new_imported_source_file(FileName::Real(name.to_owned()), text.len() as u32, hash, CrateNum::from_u32(1))
        };
        assert_eq!(add("a.rs", hash_source(text)).text(), text);
        assert!(!add("a.rs", hash_source("fn b()\n{}\n")).has_text());
        assert!(!add("gone.rs", hash_source(text)).has_text());
    }

    #[test]
    fn the_hash_is_the_same_on_every_host() {
        assert_eq!(hash_source("fn a()\n{}\n"), 0x6cf3_15d8_f01f_6093);
    }
}
