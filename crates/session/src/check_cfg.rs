//! What `--check-cfg` makes known: the names and values that `cfg` may ask for (RFC 3013).

use span::{FxIndexMap, FxIndexSet, Symbol};

use crate::DiagCtxt;

/// The values of a name; `None` among them for the name alone.
#[derive(Clone, Debug)]
pub enum ExpectedValues {
    Some(FxIndexSet<Option<Symbol>>),
    Any,
}

/// The expected names with their values.
#[derive(Clone, Debug, Default)]
pub struct CheckCfg {
    /// Whether there is anything to check: a `--check-cfg` was given.
    pub enabled: bool,
    /// Unknown names are unexpected.
    pub exhaustive_names: bool,
    /// Unknown values of well-known names are unexpected.
    pub exhaustive_values: bool,
    pub expecteds: FxIndexMap<Symbol, ExpectedValues>,
    /// The well-known names among them.
    pub well_known_names: FxIndexSet<Symbol>,
}

const NONE: &str = "\u{0}";

/// What the compiler itself may set, for all targets of rustc 1.95: names without values stand alone.
#[rustfmt::skip]
const WELL_KNOWN: &[(&str, &[&str])] = &[
    ("clippy", &[]),
    ("debug_assertions", &[]),
    ("doc", &[]),
    ("doctest", &[]),
    ("fmt_debug", &["full", "none", "shallow"]),
    ("miri", &[]),
    ("overflow_checks", &[]),
    ("panic", &["abort", "immediate-abort", "unwind"]),
    ("proc_macro", &[]),
    ("relocation_model", &["dynamic-no-pic", "pic", "pie", "ropi", "ropi-rwpi", "rwpi", "static"]),
    ("rustfmt", &[]),
    ("sanitize", &["address", "cfi", "dataflow", "hwaddress", "kcfi", "kernel-address", "leak", "memory",
        "memtag", "realtime", "safestack", "shadow-call-stack", "thread"]),
    ("sanitizer_cfi_generalize_pointers", &[]),
    ("sanitizer_cfi_normalize_integers", &[]),
    ("target_abi", &["", "abi64", "abiv2", "abiv2hf", "eabi", "eabihf", "elfv1", "elfv2", "fortanix",
        "ilp32", "ilp32e", "llvm", "macabi", "sim", "softfloat", "spe", "uwp", "vec-extabi", "x32"]),
    ("target_arch", &["aarch64", "amdgpu", "arm", "arm64ec", "avr", "bpf", "csky", "hexagon",
        "loongarch32", "loongarch64", "m68k", "mips", "mips32r6", "mips64", "mips64r6", "msp430", "nvptx64",
        "powerpc", "powerpc64", "riscv32", "riscv64", "s390x", "sparc", "sparc64", "wasm32", "wasm64", "x86",
        "x86_64", "xtensa"]),
    ("target_endian", &["big", "little"]),
    ("target_env", &["", "gnu", "macabi", "mlibc", "msvc", "musl", "newlib", "nto70", "nto71",
        "nto71_iosock", "nto80", "ohos", "p1", "p2", "p3", "relibc", "sgx", "sim", "uclibc", "v5"]),
    ("target_family", &["unix", "wasm", "windows"]),
    ("target_feature", &["10e60", "2e3", "32s", "3e3r1", "3e3r2", "3e3r3", "3e7", "7e10", "a", "aclass",
        "addsubiw", "adx", "aes", "altivec", "alu32", "amx-avx512", "amx-bf16", "amx-complex", "amx-fp16",
        "amx-fp8", "amx-int8", "amx-movrs", "amx-tf32", "amx-tile", "apxf", "atomics", "avx", "avx10.1",
        "avx10.2", "avx2", "avx512bf16", "avx512bitalg", "avx512bw", "avx512cd", "avx512dq", "avx512f",
        "avx512fp16", "avx512ifma", "avx512vbmi", "avx512vbmi2", "avx512vl", "avx512vnni",
        "avx512vp2intersect", "avx512vpopcntdq", "avxifma", "avxneconvert", "avxvnni", "avxvnniint16",
        "avxvnniint8", "b", "backchain", "bf16", "bmi1", "bmi2", "break", "bti", "bulk-memory", "c", "cache",
        "cmpxchg16b", "concurrent-functions", "crc", "crt-static", "cssc", "d", "d32", "deflate-conversion",
        "dit", "div32", "doloop", "dotprod", "dpb", "dpb2", "dsp", "dsp1e2", "dspe60", "e", "e1", "e2", "ecv",
        "edsp", "eijmpcall", "elpm", "elpmx", "elrw", "enhanced-sort", "ermsb", "exception-handling",
        "extended-const", "f", "f16c", "f32mm", "f64mm", "faminmax", "fcma", "fdivdu", "fhm", "flagm",
        "flagm2", "float1e2", "float1e3", "float3e4", "float7e60", "floate1", "fma", "fp-armv8", "fp16",
        "fp64", "fp8", "fp8dot2", "fp8dot4", "fp8fma", "fpregs", "fpuv2_df", "fpuv2_sf", "fpuv3_df",
        "fpuv3_hf", "fpuv3_hi", "fpuv3_sf", "frecipe", "frintts", "fxsr", "gc", "gfni", "guarded-storage",
        "hard-float", "hard-float-abi", "hard-tp", "hbc", "high-registers", "high-word", "hvx", "hvx-ieee-fp",
        "hvx-length128b", "hvx-length64b", "hvx-qfloat", "hvxv60", "hvxv62", "hvxv65", "hvxv66", "hvxv67",
        "hvxv68", "hvxv69", "hvxv71", "hvxv73", "hvxv75", "hvxv79", "hwdiv", "i8mm", "ijmpcall", "isa-68000",
        "isa-68010", "isa-68020", "isa-68030", "isa-68040", "isa-68060", "isa-68881", "isa-68882", "jmpcall",
        "jsconv", "kl", "lahfsahf", "lam-bh", "lamcas", "lasx", "lbt", "ld-seq-sa", "leoncasa", "lor",
        "lowbytefirst", "lpm", "lpmx", "lse", "lse128", "lse2", "lsx", "lut", "lvz", "lzcnt", "m", "mclass",
        "message-security-assist-extension12", "message-security-assist-extension3", "message-security-assist-
        extension4", "message-security-assist-extension5", "message-security-assist-extension8", "message-
        security-assist-extension9", "miscellaneous-extensions-2", "miscellaneous-extensions-3",
        "miscellaneous-extensions-4", "mops", "movbe", "movrs", "movw", "mp", "mp1e2", "msa", "msync", "mte",
        "mul", "multivalue", "mutable-globals", "neon", "nnp-assist", "nontrapping-fptoint", "nvic", "outline-
        atomics", "paca", "pacg", "pan", "partword-atomics", "pauth-lr", "pclmulqdq", "pmuv3", "popcnt",
        "power10-vector", "power8-altivec", "power8-crypto", "power8-vector", "power9-altivec",
        "power9-vector", "prfchw", "ptx32", "ptx40", "ptx41", "ptx42", "ptx43", "ptx50", "ptx60", "ptx61",
        "ptx62", "ptx63", "ptx64", "ptx65", "ptx70", "ptx71", "ptx72", "ptx73", "ptx74", "ptx75", "ptx76",
        "ptx77", "ptx78", "ptx80", "ptx81", "ptx82", "ptx83", "ptx84", "ptx85", "ptx86", "ptx87", "quadword-
        atomics", "rand", "ras", "rclass", "rcpc", "rcpc2", "rcpc3", "rdm", "rdrand", "rdseed", "reference-
        types", "relax", "relaxed-simd", "rmw", "rtm", "rva23u64", "sb", "scq", "sha", "sha2", "sha3",
        "sha512", "sign-ext", "simd128", "sm3", "sm4", "sm_100", "sm_100a", "sm_101", "sm_101a", "sm_120",
        "sm_120a", "sm_20", "sm_21", "sm_30", "sm_32", "sm_35", "sm_37", "sm_50", "sm_52", "sm_53", "sm_60",
        "sm_61", "sm_62", "sm_70", "sm_72", "sm_75", "sm_80", "sm_86", "sm_87", "sm_89", "sm_90", "sm_90a",
        "sme", "sme-b16b16", "sme-f16f16", "sme-f64f64", "sme-f8f16", "sme-f8f32", "sme-fa64", "sme-i16i64",
        "sme-lutv2", "sme2", "sme2p1", "soft-float", "spe", "spm", "spmx", "ssbs", "sse", "sse2", "sse3",
        "sse4.1", "sse4.2", "sse4a", "ssse3", "ssve-fp8dot2", "ssve-fp8dot4", "ssve-fp8fma", "supm", "sve",
        "sve-b16b16", "sve2", "sve2-aes", "sve2-bitperm", "sve2-sha3", "sve2-sm4", "sve2p1", "tail-call",
        "tbm", "thumb-mode", "thumb2", "tinyencoding", "tme", "transactional-execution", "trust", "trustzone",
        "ual", "unaligned-scalar-mem", "unaligned-vector-mem", "v", "v5te", "v6", "v6k", "v6t2", "v7", "v8",
        "v8.1a", "v8.2a", "v8.3a", "v8.4a", "v8.5a", "v8.6a", "v8.7a", "v8.8a", "v8.9a", "v8plus", "v9",
        "v9.1a", "v9.2a", "v9.3a", "v9.4a", "v9.5a", "v9a", "vaes", "vdsp2e60f", "vdspv1", "vdspv2", "vector",
        "vector-enhancements-1", "vector-enhancements-2", "vector-enhancements-3", "vector-packed-decimal",
        "vector-packed-decimal-enhancement", "vector-packed-decimal-enhancement-2", "vector-packed-decimal-
        enhancement-3", "vfp2", "vfp3", "vfp4", "vh", "virt", "virtualization", "vpclmulqdq", "vsx", "wfxt",
        "wide-arithmetic", "widekl", "x87", "xop", "xsave", "xsavec", "xsaveopt", "xsaves", "za128rs",
        "za64rs", "zaamo", "zabha", "zacas", "zalrsc", "zama16b", "zawrs", "zba", "zbb", "zbc", "zbkb",
        "zbkc", "zbkx", "zbs", "zca", "zcb", "zcmop", "zdinx", "zfa", "zfbfmin", "zfh", "zfhmin", "zfinx",
        "zhinx", "zhinxmin", "zic64b", "zicbom", "zicbop", "zicboz", "ziccamoa", "ziccif", "zicclsm",
        "ziccrse", "zicntr", "zicond", "zicsr", "zifencei", "zihintntl", "zihintpause", "zihpm", "zimop",
        "zk", "zkn", "zknd", "zkne", "zkne_or_zknd", "zknh", "zkr", "zks", "zksed", "zksh", "zkt", "zreg",
        "ztso", "zvbb", "zvbc", "zve32f", "zve32x", "zve64d", "zve64f", "zve64x", "zvfbfmin", "zvfbfwma",
        "zvfh", "zvfhmin", "zvkb", "zvkg", "zvkn", "zvknc", "zvkned", "zvkng", "zvknha", "zvknhb", "zvks",
        "zvksc", "zvksed", "zvksg", "zvksh", "zvkt", "zvl1024b", "zvl128b", "zvl16384b", "zvl2048b",
        "zvl256b", "zvl32768b", "zvl32b", "zvl4096b", "zvl512b", "zvl64b", "zvl65536b", "zvl8192b"]),
    ("target_has_atomic", &[NONE, "128", "16", "32", "64", "8", "ptr"]),
    ("target_has_atomic_equal_alignment", &[NONE, "128", "16", "32", "64", "8", "ptr"]),
    ("target_has_atomic_load_store", &[NONE, "128", "16", "32", "64", "8", "ptr"]),
    ("target_os", &["aix", "amdhsa", "android", "cuda", "cygwin", "dragonfly", "emscripten", "espidf",
        "freebsd", "fuchsia", "haiku", "helenos", "hermit", "horizon", "hurd", "illumos", "ios", "l4re",
        "linux", "lynxos178", "macos", "managarm", "motor", "netbsd", "none", "nto", "nuttx", "openbsd",
        "psp", "psx", "qurt", "redox", "rtems", "solaris", "solid_asp3", "teeos", "trusty", "tvos", "uefi",
        "unknown", "vexos", "visionos", "vita", "vxworks", "wasi", "watchos", "windows", "xous", "zkvm"]),
    ("target_pointer_width", &["16", "32", "64"]),
    ("target_thread_local", &[]),
    ("target_vendor", &["amd", "apple", "espressif", "fortanix", "ibm", "kmc", "mti", "nintendo",
        "nvidia", "openwrt", "pc", "risc0", "sony", "sun", "unikraft", "unknown", "uwp", "vex", "win7",
        "wrs"]),
    ("ub_checks", &[]),
    ("unix", &[]),
    ("windows", &[]),
    ("contract_checks", &[]),
];

impl CheckCfg {
    /// Parses the arguments; malformed ones are reported. `user_cfg` are the `--cfg`s, which are expected too.
    pub fn parse(dcx: &DiagCtxt, specs: &[String]) -> CheckCfg {
        let mut this = CheckCfg { exhaustive_names: true, exhaustive_values: true, ..CheckCfg::default() };
        for spec in specs {
            this.enabled = true;
            if this.parse_spec(spec).is_none() {
                dcx.struct_err(format!("invalid `--check-cfg` argument: `{spec}`"))
                    .with_note("expected `cfg(name, values(\"value1\", \"value2\", ... \"valueN\"))`")
                    .with_note("visit <https://doc.rust-lang.org/nightly/rustc/check-cfg.html> for more details")
                    .emit();
            }
        }
        if this.enabled {
            this.fill_well_known();
        }
        this
    }

    fn fill_well_known(&mut self) {
        for (name, values) in WELL_KNOWN {
            let name = Symbol::intern(name);
            self.well_known_names.insert(name);
            if !self.exhaustive_values {
                self.expecteds.insert(name, ExpectedValues::Any);
                continue;
            }
            let entry = self.expecteds.entry(name).or_insert_with(|| ExpectedValues::Some(FxIndexSet::default()));
            let ExpectedValues::Some(set) = entry else { continue };
            if values.is_empty() {
                set.insert(None);
            }
            set.extend(values.iter().map(|v| (*v != NONE).then(|| Symbol::intern(v))));
        }
    }

    /// `cfg(name, "name2", values("a", none(), any()))`
    fn parse_spec(&mut self, spec: &str) -> Option<()> {
        let inner = spec.trim().strip_prefix("cfg")?.trim_start().strip_prefix('(')?.trim_end().strip_suffix(')')?;
        let mut rest = Lexer(inner);
        let mut names = Vec::new();
        let mut values: Option<Vec<Value>> = None;
        while let Some(word) = rest.next()? {
            if values.is_some() {
                return None;
            }
            match word {
                Word::Ident("any") if rest.eat("(") => {
                    if !rest.eat(")") || !names.is_empty() {
                        return None;
                    }
                    self.exhaustive_names = false;
                    return Some(());
                }
                Word::Ident("values") if rest.eat("(") => {
                    let mut list = Vec::new();
                    while !rest.eat(")") {
                        list.push(match rest.next()?? {
                            Word::Str(value) => Value::Some(Symbol::intern(&value)),
                            Word::Ident("none") if rest.eat("(") && rest.eat(")") => Value::None,
                            Word::Ident("any") if rest.eat("(") && rest.eat(")") => Value::Any,
                            _ => return None,
                        });
                        if !rest.eat(",") {
                            if !rest.eat(")") {
                                return None;
                            }
                            break;
                        }
                    }
                    values = Some(list);
                }
                Word::Ident(name) => names.push(Symbol::intern(name)),
                Word::Str(_) => return None,
            }
            if !rest.eat(",") {
                break;
            }
        }
        if !rest.0.trim().is_empty() {
            return None;
        }
        for name in names {
            let entry = self.expecteds.entry(name).or_insert_with(|| ExpectedValues::Some(FxIndexSet::default()));
            match &values {
                None => {
                    if let ExpectedValues::Some(set) = entry {
                        set.insert(None);
                    }
                }
                Some(list) => {
                    for value in list {
                        match (value, &mut *entry) {
                            (Value::Any, entry) => *entry = ExpectedValues::Any,
                            (Value::None, ExpectedValues::Some(set)) => drop(set.insert(None)),
                            (Value::Some(v), ExpectedValues::Some(set)) => drop(set.insert(Some(*v))),
                            (_, ExpectedValues::Any) => {}
                        }
                    }
                }
            }
        }
        Some(())
    }
}

enum Value {
    None,
    Any,
    Some(Symbol),
}

enum Word<'a> {
    Ident(&'a str),
    Str(String),
}

struct Lexer<'a>(&'a str);

impl<'a> Lexer<'a> {
    fn eat(&mut self, text: &str) -> bool {
        match self.0.trim_start().strip_prefix(text) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    /// The next word; `Some(None)` at the end, `None` if it is malformed.
    fn next(&mut self) -> Option<Option<Word<'a>>> {
        let text = self.0.trim_start();
        let Some(first) = text.chars().next() else { return Some(None) };
        if first == '"' {
            let end = text[1..].find('"')? + 1;
            self.0 = &text[end + 1..];
            return Some(Some(Word::Str(text[1..end].to_string())));
        }
        let len = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
        if len == 0 {
            return None;
        }
        self.0 = &text[len..];
        Some(Some(Word::Ident(&text[..len])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(check: &CheckCfg, name: &str) -> String {
        match &check.expecteds[&Symbol::intern(name)] {
            ExpectedValues::Any => "any".to_string(),
            ExpectedValues::Some(set) => format!("{set:?}"),
        }
    }

    #[test]
    fn parses_names_and_values() {
        span::create_default_session_globals_then(|| {
            let dcx = DiagCtxt::new();
            let specs =
                ["cfg(a, b)", "cfg(v,values(\"x\", none()))", "cfg(w, values(any()))", "cfg(feature, values())"];
            let check = CheckCfg::parse(&dcx, &specs.map(str::to_string));
            assert_eq!(values(&check, "a"), "{None}");
            assert_eq!(values(&check, "v"), "{Some(\"x\"), None}");
            assert_eq!(values(&check, "w"), "any");
            assert_eq!(values(&check, "feature"), "{}");
            assert_eq!(values(&check, "unix"), "{None}");
            assert_eq!(dcx.err_count(), 0);
            CheckCfg::parse(&dcx, &["cfg(a=1)".to_string()]);
            assert_eq!(dcx.err_count(), 1);
        });
    }
}
