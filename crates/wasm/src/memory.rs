//! The compiler over linear memory, for tests: rustc's arguments and files in, text and files out.
//!
//! The caller allocates, writes a request, calls [`rcc_compile`], and reads the response. Strings and lists are a `u32`
//! length and the content, little-endian.

use std::rc::Rc;

use driver::args::{self, Request};
use session::MemoryFileSystem;

/// Compiles files held in memory with rustc's arguments; diagnostics and outputs in the order they came.
fn compile(arguments: &[String], files: &[(String, Vec<u8>)]) -> Response {
    let mut response = Response::default();
    let options = match args::parse(arguments, Vec::new()) {
        Ok(Request::Compile(options)) => *options,
        Ok(_) => {
            response.diagnostics = "error: only compilation is possible here\n".to_owned();
            response.failed = true;
            return response;
        }
        Err(msg) => {
            response.diagnostics = format!("error: {msg}\n");
            response.failed = true;
            return response;
        }
    };
    let mut fs = MemoryFileSystem::new();
    for (path, bytes) in files {
        fs.insert(path.clone(), bytes.clone());
    }
    let diagnostics = Rc::new(std::cell::RefCell::new(String::new()));
    let sink = diagnostics.clone();
    let emit: Rc<dyn Fn(&str)> = Rc::new(move |text: &str| sink.borrow_mut().push_str(text));
    let outcome = driver::run(options, Rc::new(fs), emit, &|_| {});
    response.failed = outcome.failed;
    response.stdout = outcome.stdout;
    response.files = outcome.files.into_iter().map(|f| (f.path, f.bytes)).collect();
    response.diagnostics = diagnostics.borrow().clone();
    response
}

/// What a compilation came to.
#[derive(Clone, Debug, Default)]
struct Response {
    failed: bool,
    diagnostics: String,
    stdout: String,
    files: Vec<(String, Vec<u8>)>,
}

/// Memory for a request of `len` bytes.
#[unsafe(no_mangle)]
pub extern "C" fn rcc_alloc(len: usize) -> *mut u8 {
    Box::leak(vec![0u8; len].into_boxed_slice()).as_mut_ptr()
}

/// Gives memory back.
///
/// # Safety
/// `ptr` and `len` are those of one [`rcc_alloc`] or of a response, and are not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rcc_free(ptr: *mut u8, len: usize) {
    // SAFETY: by the caller's promise the memory is a boxed slice of this length.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(ptr, len)) });
}

/// Compiles: the request is a list of arguments and a list of path and content; returns the address of a response,
/// its total length first (a `u32` that counts itself).
///
/// # Safety
/// `ptr` is the start of `len` bytes that hold a request.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rcc_compile(ptr: *const u8, len: usize) -> *mut u8 {
    // SAFETY: by the caller's promise.
    let request = unsafe { std::slice::from_raw_parts(ptr, len) };
    let response = match Reader(request).request() {
        Some((args, files)) => compile(&args, &files),
        None => Response { failed: true, diagnostics: "error: malformed request\n".to_owned(), ..Response::default() },
    };
    let mut out = vec![0u8; 4];
    put(&mut out, &[u8::from(response.failed)]);
    put(&mut out, response.diagnostics.as_bytes());
    put(&mut out, response.stdout.as_bytes());
    out.extend_from_slice(&(response.files.len() as u32).to_le_bytes());
    for (path, bytes) in &response.files {
        put(&mut out, path.as_bytes());
        put(&mut out, bytes);
    }
    let total = out.len() as u32;
    out[..4].copy_from_slice(&total.to_le_bytes());
    Box::leak(out.into_boxed_slice()).as_mut_ptr()
}

fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    out.extend_from_slice(bytes);
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn number(&mut self) -> Option<usize> {
        let (head, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*head) as usize)
    }
    fn bytes(&mut self) -> Option<&'a [u8]> {
        let n = self.number()?;
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }
    fn string(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?.to_vec()).ok()
    }
    fn request(&mut self) -> Option<(Vec<String>, Vec<(String, Vec<u8>)>)> {
        let args = (0..self.number()?).map(|_| self.string()).collect::<Option<Vec<_>>>()?;
        let files =
            (0..self.number()?).map(|_| Some((self.string()?, self.bytes()?.to_vec()))).collect::<Option<Vec<_>>>()?;
        Some((args, files))
    }
}

#[cfg(test)]
mod tests {
    use super::compile;

    #[test]
    fn errors_come_back_rendered() {
        let args = ["main.rs".to_owned(), "--emit=metadata".to_owned()];
        let r = compile(&args, &[("main.rs".to_owned(), b"fn main() { let = 1; }".to_vec())]);
        assert!(r.failed);
        assert!(r.diagnostics.starts_with("error: expected"), "{}", r.diagnostics);
        assert!(r.diagnostics.contains("main.rs:1:"), "{}", r.diagnostics);
    }

    #[test]
    fn a_missing_file_is_named() {
        let r = compile(&["gone.rs".to_owned()], &[]);
        assert!(r.diagnostics.contains("couldn't read `gone.rs`"), "{}", r.diagnostics);
    }
}
