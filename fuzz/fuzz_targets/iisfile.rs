//! Any bytes as one of IIS's own files: `iisc_spec::iisfile::check` keeps its promises.
#![no_main]

#[path = "../../crates/spec/tests/promises/iis_file.rs"]
mod promises;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    promises::assert_kept(bytes);
});
