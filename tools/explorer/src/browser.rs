//! What JavaScript calls.

use wasm_bindgen::prelude::wasm_bindgen;

/// The explorer of a page.
#[wasm_bindgen]
#[derive(Default)]
pub struct Page {
    explorer: crate::Explorer,
}

#[wasm_bindgen]
impl Page {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Page {
        Page::default()
    }

    /// The number of arrays.
    pub fn arrays(&self) -> usize {
        self.explorer.arrays().count()
    }
}
