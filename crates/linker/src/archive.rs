//! Archives (`ar`): which of their members defines a symbol. The `object` crate reads the GNU and the BSD
//! form of member names and symbol indexes; an archive without an index is scanned.

use object::read::archive::{ArchiveFile, ArchiveOffset};

use crate::diagnostics::LinkError;
use crate::object_file::{ObjectFile, ParseOptions};

/// The bytes that an archive starts with.
pub const MAGIC: &[u8] = b"!<arch>\n";
/// The bytes that an archive without its members' contents starts with.
pub const THIN_MAGIC: &[u8] = b"!<thin>\n";

/// An archive among the inputs.
pub struct Archive<'d> {
    name: &'d str,
    bytes: &'d [u8],
    file: ArchiveFile<'d>,
}

/// A symbol that an archive's member defines.
pub struct ArchiveSymbol<'d> {
    pub name: &'d [u8],
    /// The offset of the member's header in the archive, which identifies it.
    pub member: u64,
}

impl<'d> Archive<'d> {
    /// Reads the archive's special members.
    pub fn parse(name: &'d str, bytes: &'d [u8]) -> Result<Self, LinkError> {
        if bytes.starts_with(THIN_MAGIC) {
            return Err(LinkError::Unsupported { file: name.to_string(), feature: "thin archive".to_string() });
        }
        let file = ArchiveFile::parse(bytes).map_err(|error| malformed(name, &error.to_string()))?;
        Ok(Archive { name, bytes, file })
    }

    /// All symbols that the archive defines, in member order as its index has them.
    pub fn symbols(&self, options: &ParseOptions) -> Result<Vec<ArchiveSymbol<'d>>, LinkError> {
        let index = self.file.symbols().map_err(|error| malformed(self.name, &error.to_string()))?;
        let Some(index) = index else {
            return self.scan_members(options);
        };
        let mut symbols = Vec::new();
        for symbol in index {
            let symbol = symbol.map_err(|error| malformed(self.name, &error.to_string()))?;
            symbols.push(ArchiveSymbol { name: symbol.name(), member: symbol.offset().0 });
        }
        Ok(symbols)
    }

    /// Parses the member whose header is at `offset`.
    pub fn member(&self, offset: u64, options: &ParseOptions) -> Result<ObjectFile<'d>, LinkError> {
        let member =
            self.file.member(ArchiveOffset(offset)).map_err(|error| malformed(self.name, &error.to_string()))?;
        let name = self.member_name(member.name());
        let bytes = member.data(self.bytes).map_err(|error| malformed(&name, &error.to_string()))?;
        ObjectFile::parse(name, bytes, options)
    }

    fn scan_members(&self, options: &ParseOptions) -> Result<Vec<ArchiveSymbol<'d>>, LinkError> {
        let mut symbols = Vec::new();
        for member in self.file.members() {
            let member = member.map_err(|error| malformed(self.name, &error.to_string()))?;
            let bytes = member.data(self.bytes).map_err(|error| malformed(self.name, &error.to_string()))?;
            let Some(header) = member.header() else {
                continue;
            };
            let header = (std::ptr::from_ref(header).addr() - self.bytes.as_ptr().addr()) as u64;
            if !crate::object_file::is_elf(bytes) {
                continue;
            }
            let object = ObjectFile::parse(self.member_name(member.name()), bytes, options)?;
            symbols.extend(object.defined_globals().map(|name| ArchiveSymbol { name, member: header }));
        }
        Ok(symbols)
    }

    fn member_name(&self, member: &[u8]) -> String {
        let archive = self.name.rsplit(['/', '\\']).next().unwrap_or(self.name);
        format!("{archive}({})", String::from_utf8_lossy(member))
    }
}

fn malformed(file: &str, problem: &str) -> LinkError {
    LinkError::Malformed { file: file.to_string(), problem: problem.to_string() }
}
