//! What the tests share: objects made by the `object` crate or by rustc, and running executables.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use linker::{Input, LinkError, LinkInput, LinkOptions, LinkOutput, Machine};
use object::write::{Object, Relocation, SectionId, Symbol, SymbolId, SymbolSection};
use object::{
    Architecture, BinaryFormat, Endianness, RelocationFlags, SectionKind, SymbolFlags, SymbolKind, SymbolScope,
};

pub const MACHINES: [Machine; 2] = [Machine::X86_64, Machine::Aarch64];

/// Owned input of a link.
pub type File = (String, Vec<u8>);

pub fn link(files: &[File], options: LinkOptions<'_>) -> Result<LinkOutput, Vec<LinkError>> {
    let inputs: Vec<Input<'_>> = files.iter().map(|(name, bytes)| Input { name, bytes }).collect();
    linker::link(&LinkInput { inputs: &inputs, options })
}

#[track_caller]
pub fn link_ok(files: &[File], options: LinkOptions<'_>) -> LinkOutput {
    link(files, options).unwrap_or_else(|errors| panic!("{}", render(&errors)))
}

pub fn render(errors: &[LinkError]) -> String {
    errors.iter().map(|error| format!("error: {error}\n")).collect()
}

pub fn is_installed(tool: &str) -> bool {
    Command::new(tool).arg("--version").output().is_ok()
}

/// A scratch folder that goes away with the value.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("rcc-linker-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Scratch(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs an executable, directly or under qemu; `None` (and a note) if this host cannot.
pub fn run(scratch: &Scratch, machine: Machine, executable: &[u8], env: &[(&str, &str)]) -> Option<Output> {
    let path = scratch.path().join("executable");
    let _ = std::fs::remove_file(&path);
    std::fs::write(&path, executable).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let native = cfg!(target_os = "linux")
        && match machine {
            Machine::X86_64 => cfg!(target_arch = "x86_64"),
            Machine::Aarch64 => cfg!(target_arch = "aarch64"),
        };
    let qemu = match machine {
        Machine::X86_64 => "qemu-x86_64",
        Machine::Aarch64 => "qemu-aarch64",
    };
    let mut command = if native {
        Command::new(&path)
    } else if is_installed(qemu) {
        let mut command = Command::new(qemu);
        command.arg(&path);
        command
    } else {
        eprintln!("skipped running: {qemu} is not installed");
        return None;
    };
    // A forked test thread may still hold the file open for writing (ETXTBSY).
    for _ in 0..50 {
        match command.envs(env.iter().copied()).output() {
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            result => return Some(result.unwrap()),
        }
    }
    panic!("{} stays busy", path.display());
}

pub fn target(machine: Machine) -> &'static str {
    match machine {
        Machine::X86_64 => "x86_64-unknown-linux-musl",
        Machine::Aarch64 => "aarch64-unknown-linux-musl",
    }
}

/// The target's library folder in the sysroot; `None` (and a note) if the target is not installed.
pub fn target_libdir(machine: Machine) -> Option<PathBuf> {
    let rustc = std::env::var("RUSTC").unwrap_or("rustc".to_string());
    let output = Command::new(rustc).args(["--print", "sysroot"]).output().ok()?;
    let sysroot = String::from_utf8(output.stdout).ok()?;
    let libdir = Path::new(sysroot.trim()).join("lib/rustlib").join(target(machine)).join("lib");
    if libdir.join("self-contained/libc.a").exists() {
        return Some(libdir);
    }
    eprintln!("skipped: `rustup target add {}` was not run", target(machine));
    None
}

/// musl's start-up objects around `files`, its library, and the arithmetic that both lack.
pub fn with_musl(libdir: &Path, files: Vec<File>) -> Vec<File> {
    let read = |name: &str| read_file(&libdir.join("self-contained").join(name));
    let mut all = vec![read("crt1.o"), read("crti.o")];
    all.extend(files);
    let mut rlibs = std::fs::read_dir(libdir).unwrap().map(|entry| entry.unwrap().path());
    let builtins = rlibs.find(|path| {
        path.to_string_lossy().contains("libcompiler_builtins-") && path.extension() == Some("rlib".as_ref())
    });
    all.extend([read("libc.a"), read_file(&builtins.unwrap()), read("crtn.o")]);
    all
}

pub fn read_file(path: &Path) -> File {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    (path.display().to_string(), bytes)
}

/// Compiles a program of `tests/linker/programs` to objects.
pub fn rustc(scratch: &Scratch, machine: Machine, program: &str, args: &[&str]) -> Vec<File> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/linker/programs").join(program);
    let out = scratch.path().join(program);
    let _ = std::fs::remove_dir_all(&out);
    // rustc deletes its objects when it has linked; a linker that does nothing leaves them.
    let rustc = std::env::var("RUSTC").unwrap_or("rustc".to_string());
    let status = Command::new(rustc)
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["--edition", "2024", "--target", target(machine), "-C", "linker=true", "-C", "linker-flavor=ld.lld"])
        .args(["-C", "save-temps", "-C", "codegen-units=1", "-A", "warnings"])
        .args(args)
        .arg("--out-dir")
        .arg(&out)
        .arg(source)
        .status()
        .unwrap();
    assert!(status.success());
    let mut objects: Vec<PathBuf> = std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
    objects.retain(|path| path.to_string_lossy().ends_with(".rcgu.o"));
    objects.sort();
    objects.iter().map(|path| read_file(path)).collect()
}

/// The files of the link as rustc passes them: its objects, all rlibs, and the C library.
pub fn std_files(scratch: &Scratch, libdir: &Path, machine: Machine) -> Vec<File> {
    let contained = |name: &str| read_file(&libdir.join("self-contained").join(name));
    let mut files = vec![contained("crt1.o"), contained("crti.o"), contained("crtbegin.o")];
    files.extend(rustc(scratch, machine, "std_features.rs", &["-g"]));
    let mut rlibs: Vec<_> = std::fs::read_dir(libdir).unwrap().map(|entry| entry.unwrap().path()).collect();
    rlibs.retain(|path| path.extension().is_some_and(|extension| extension == "rlib"));
    // Alternatives to what the program uses.
    rlibs.retain(|path| {
        !["panic_abort", "profiler_builtins", "test", "proc_macro", "sysroot"]
            .iter()
            .any(|name| path.file_name().unwrap().to_string_lossy().starts_with(&format!("lib{name}-")))
    });
    rlibs.sort();
    files.extend(rlibs.iter().map(|path| read_file(path)));
    files.extend([contained("libunwind.a"), contained("libc.a"), contained("crtend.o"), contained("crtn.o")]);
    files
}

/// An object under construction.
pub struct Builder {
    pub object: Object<'static>,
    pub text: SectionId,
}

impl Builder {
    pub fn new(machine: Machine) -> Self {
        let architecture = match machine {
            Machine::X86_64 => Architecture::X86_64,
            Machine::Aarch64 => Architecture::Aarch64,
        };
        let mut object = Object::new(BinaryFormat::Elf, architecture, Endianness::Little);
        let text = object.section_id(object::write::StandardSection::Text);
        Builder { object, text }
    }

    /// Adds a function to `.text`.
    pub fn function(&mut self, name: &str, code: &[u8], weak: bool) -> (SymbolId, u64) {
        let symbol = self.symbol(name, weak);
        let offset = self.object.add_symbol_data(symbol, self.text, code, 4);
        (symbol, offset)
    }

    /// Adds a function in a section of its own.
    pub fn sectioned_function(&mut self, name: &str, code: &[u8]) -> SectionId {
        let symbol = self.symbol(name, false);
        let section = self.object.add_section(Vec::new(), format!(".text.{name}").into_bytes(), SectionKind::Text);
        self.object.add_symbol_data(symbol, section, code, 4);
        section
    }

    pub fn symbol(&mut self, name: &str, weak: bool) -> SymbolId {
        self.object.add_symbol(Symbol {
            name: name.as_bytes().to_vec(),
            value: 0,
            size: 0,
            kind: SymbolKind::Text,
            scope: SymbolScope::Dynamic,
            weak,
            section: SymbolSection::Undefined,
            flags: SymbolFlags::None,
        })
    }

    pub fn relocate(&mut self, section: SectionId, offset: u64, symbol: SymbolId, addend: i64, r_type: u32) {
        let flags = RelocationFlags::Elf { r_type };
        self.object.add_relocation(section, Relocation { offset, symbol, addend, flags }).unwrap();
    }

    pub fn file(self, name: &str) -> File {
        (name.to_string(), self.object.write().unwrap())
    }
}

/// Code that ends the process with a status.
pub fn exit_code(machine: Machine, status: u8) -> Vec<u8> {
    match machine {
        // mov $60, %eax; mov $status, %edi; syscall
        Machine::X86_64 => vec![0xb8, 60, 0, 0, 0, 0xbf, status, 0, 0, 0, 0x0f, 0x05],
        Machine::Aarch64 => {
            // mov x8, #93; mov x0, #status; svc #0
            let words = [0xd280_0ba8, 0xd280_0000 | u32::from(status) << 5, 0xd400_0001];
            words.iter().flat_map(|word: &u32| word.to_le_bytes()).collect()
        }
    }
}

/// An object whose `_start` prints `text` and ends the process.
pub fn hello(machine: Machine, text: &str) -> File {
    use object::elf::*;
    let mut builder = Builder::new(machine);
    let length = text.len() as u8;
    let mut code = match machine {
        // mov $1, %eax; mov %eax, %edi; lea text(%rip), %rsi; mov $length, %edx; syscall
        Machine::X86_64 => {
            vec![0xb8, 1, 0, 0, 0, 0x89, 0xc7, 0x48, 0x8d, 0x35, 0, 0, 0, 0, 0xba, length, 0, 0, 0, 0x0f, 0x05]
        }
        Machine::Aarch64 => {
            // mov x8, #64; mov x0, #1; adrp x1, text; add x1, x1, :lo12:text; mov x2, #length; svc #0
            let words =
                [0xd280_0808, 0xd280_0020, 0x9000_0001, 0x9100_0021, 0xd280_0002 | u32::from(length) << 5, 0xd400_0001];
            words.iter().flat_map(|word: &u32| word.to_le_bytes()).collect()
        }
    };
    code.extend(exit_code(machine, 0));
    let (_, offset) = builder.function("_start", &code, false);
    let rodata = builder.object.section_id(object::write::StandardSection::ReadOnlyData);
    let message = builder.symbol("message", false);
    builder.object.add_symbol_data(message, rodata, text.as_bytes(), 1);
    let section = builder.text;
    match machine {
        Machine::X86_64 => builder.relocate(section, offset + 10, message, -4, R_X86_64_PC32),
        Machine::Aarch64 => {
            builder.relocate(section, offset + 8, message, 0, R_AARCH64_ADR_PREL_PG_HI21);
            builder.relocate(section, offset + 12, message, 0, R_AARCH64_ADD_ABS_LO12_NC);
        }
    }
    builder.file("hello.o")
}
