//! The cached sysroot: the standard library, compiled at the first use of a target.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use session::Options;

use crate::files;

/// Sets `--sysroot` where it is not given, and makes the library if it is not there yet.
///
/// # Errors
/// The message, where the cache cannot be written or the library does not compile.
pub fn ensure(opts: &mut Options) -> Result<(), String> {
    if opts.sysroot.is_some() {
        return Ok(());
    }
    let sysroot = default_sysroot()?;
    let dir = driver::sysroot::library_dir(&sysroot.display().to_string(), &opts.target_triple);
    if !Path::new(&dir).is_dir() {
        build(&sysroot, &opts.target_triple)?;
    }
    opts.sysroot = Some(sysroot.display().to_string());
    Ok(())
}

/// Sets `--sysroot` where it is not given, without making the library.
///
/// # Errors
/// The compiler does not find its own file.
pub fn locate(opts: &mut Options) -> Result<(), String> {
    if opts.sysroot.is_none() {
        opts.sysroot = Some(default_sysroot()?.display().to_string());
    }
    Ok(())
}

/// Where the library of this build of the compiler lies: in the user's cache folder, or where `RCC_CACHE` says.
fn default_sysroot() -> Result<PathBuf, String> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let cache = set("RCC_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|d| d.join("rcc")))
        .or_else(|| set("HOME").map(|d| d.join(".cache/rcc")))
        .unwrap_or_else(|| std::env::temp_dir().join("rcc"));
    let build = std::env::current_exe()
        .and_then(std::fs::metadata)
        .and_then(|m| Ok((m.len(), m.modified()?)))
        .map_err(|e| format!("cannot find the compiler's own file: {e}"))?;
    let fingerprint = driver::sysroot::fingerprint(&format!("{}{build:?}", driver::VERSION));
    Ok(cache.join(format!("sysroot-{fingerprint:016x}")))
}

/// Compiles the library into a folder beside, which then becomes the sysroot's in one step.
fn build(sysroot: &Path, target: &str) -> Result<(), String> {
    let io = |e: std::io::Error| format!("cannot write the standard library's cache `{}`: {e}", sysroot.display());
    let partial = sysroot.with_extension(format!("partial-{}-{target}", std::process::id()));
    let at = partial.display().to_string();
    let result = (|| {
        std::fs::create_dir_all(driver::sysroot::library_dir(&at, target)).map_err(io)?;
        let emit: Rc<dyn Fn(&str)> = Rc::new(|text: &str| eprint!("{text}"));
        for name in driver::sysroot::crate_names() {
            let outputs = driver::sysroot::build_crate(name, target, &at, Rc::new(files::HostFiles), emit.clone())
                .map_err(|()| format!("cannot compile the standard library's crate `{name}`"))?;
            for file in outputs {
                files::write(&file.path, &file.bytes, false).map_err(io)?;
            }
        }
        let dir = driver::sysroot::library_dir(&sysroot.display().to_string(), target);
        let parent = Path::new(&dir).parent().unwrap_or(sysroot);
        std::fs::create_dir_all(parent).map_err(io)?;
        match std::fs::rename(driver::sysroot::library_dir(&at, target), &dir) {
            // Another process was quicker.
            Err(_) if Path::new(&dir).is_dir() => Ok(()),
            other => other.map_err(io),
        }
    })();
    let _ = std::fs::remove_dir_all(&partial);
    result
}
