//! The messages of `npm/src/protocol.ts`, as far as they pass through the shell.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The program and how it is compiled.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CompileOptions {
    pub files: BTreeMap<String, String>,
    pub main: Option<String>,
    pub edition: Option<String>,
    pub target: Option<String>,
    pub opt_level: Option<String>,
    pub debug_assertions: Option<bool>,
    pub crate_name: Option<String>,
    pub emit: Vec<String>,
    pub args: Vec<String>,
}

/// What a compilation came to; the worker adds diagnostics and times.
#[derive(Debug, Default, Serialize)]
pub struct CompileResult {
    pub success: bool,
    pub outputs: Vec<StageOutput>,
    /// Given to JavaScript as an array of bytes.
    #[serde(skip)]
    pub executable: Option<Vec<u8>>,
    pub elf: Option<ElfLayout>,
    pub command: String,
}

#[derive(Debug, Serialize)]
pub struct StageOutput {
    pub emit: &'static str,
    pub text: String,
    pub mappings: Vec<SourceMapping>,
}

/// Offsets are UTF-16.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceMapping {
    pub start: u32,
    pub end: u32,
    pub file: String,
    pub source_start: u32,
    pub source_end: u32,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ElfLayout {
    pub file_size: u64,
    pub entry: u64,
    pub sections: Vec<ElfSection>,
    pub symbols: Vec<ElfSymbol>,
}

#[derive(Debug, Serialize)]
pub struct ElfSection {
    pub name: String,
    pub address: u64,
    pub offset: u64,
    pub size: u64,
    pub flags: String,
}

#[derive(Debug, Serialize)]
pub struct ElfSymbol {
    pub name: String,
    pub address: u64,
    pub size: u64,
    pub section: String,
    pub kind: &'static str,
}

#[derive(Debug, Serialize)]
pub struct Hover {
    pub file: String,
    pub text: String,
    pub docs: String,
    pub start: u32,
    pub end: u32,
}
