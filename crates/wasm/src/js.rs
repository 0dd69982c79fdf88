//! What JavaScript sees: the functions that the worker calls.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::compile as shell;
use crate::protocol::CompileOptions;

thread_local! {
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
    static ENDED: Cell<bool> = const { Cell::new(false) };
}

/// Keeps what a panic says, for after the trap that it ends in.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|info| {
        if info.payload().is::<driver::FatalError>() {
            ENDED.set(true);
        } else {
            PANIC.set(Some(info.to_string()));
        }
    }));
}

/// The message of the panic that ended the last call, if one did.
#[wasm_bindgen]
pub fn last_panic() -> Option<String> {
    PANIC.take()
}

/// Whether the last call ended early because of errors that it had reported.
#[wasm_bindgen]
pub fn ended_with_errors() -> bool {
    ENDED.replace(false)
}

/// The size of the module's memory, which never shrinks.
#[wasm_bindgen]
pub fn memory_bytes() -> f64 {
    core::arch::wasm32::memory_size(0) as f64 * 65536.0
}

#[wasm_bindgen]
pub fn version() -> String {
    driver::VERSION.to_owned()
}

/// Adds files to a target's library.
#[wasm_bindgen]
pub fn mount(target: &str, pack: Vec<u8>) -> Result<(), JsError> {
    crate::library::mount(target, pack).ok_or_else(|| JsError::new("the library's file is damaged"))
}

/// The long text about an error code.
#[wasm_bindgen]
pub fn explain(code: &str) -> Option<String> {
    let number = code.trim_start_matches(['E', 'e']).parse().ok()?;
    driver::explain_code(number).map(str::to_owned)
}

/// Compiles. `on_diagnostic` gets JSON, `on_phase` a name.
#[wasm_bindgen]
pub fn compile(options: JsValue, on_diagnostic: Function, on_phase: &Function) -> Result<JsValue, JsError> {
    let options: CompileOptions = serde_wasm_bindgen::from_value(options)?;
    let emit = move |json: &str| {
        let _ = on_diagnostic.call1(&JsValue::NULL, &json.into());
    };
    let phase = |name: &'static str| {
        let _ = on_phase.call1(&JsValue::NULL, &name.into());
    };
    let mut result = shell::compile(&options, Rc::new(emit), &phase);
    let executable = match result.executable.take() {
        Some(bytes) => Uint8Array::from(&bytes[..]).into(),
        None => JsValue::NULL,
    };
    let object: Object = to_js(&result)?.unchecked_into();
    let _ = Reflect::set(&object, &"executable".into(), &executable);
    Ok(object.into())
}

/// What is at an offset of a file.
#[wasm_bindgen]
pub fn hover(options: JsValue, file: &str, offset: u32) -> Result<JsValue, JsError> {
    let options: CompileOptions = serde_wasm_bindgen::from_value(options)?;
    match shell::hover(&options, file, offset) {
        Some(hover) => to_js(&hover),
        None => Ok(JsValue::NULL),
    }
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|e| JsError::new(&e.to_string()))
}
