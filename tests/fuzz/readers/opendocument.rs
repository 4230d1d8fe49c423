//! Any text, as the content of an OpenDocument spreadsheet.

#![no_main]

libfuzzer_sys::fuzz_target!(|content: &[u8]| {
    firstbell_fuzz::read(&firstbell_fuzz::packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content),
    ]));
});
