//! Any bytes as `app.iis.yaml`: `iisc_spec::check` keeps its promises.
#![no_main]

#[path = "../../crates/spec/tests/promises/mod.rs"]
mod promises;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    promises::assert_kept(bytes);
});
