#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sumber_fuzz::feed(data));
