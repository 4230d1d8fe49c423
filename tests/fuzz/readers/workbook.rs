//! Any text, as the sheet of an Excel workbook: spoilt before it is packed, for a zip tells of a byte that is another.

#![no_main]

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

libfuzzer_sys::fuzz_target!(|sheet: &[u8]| {
    let list = format!(
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' \
         Type='{RELATIONS}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>"
    );
    let first = list.replace("r1", "r0").replace("/worksheet'", "/officeDocument'").replace("worksheets/sheet1.xml", "xl/workbook.xml");
    let book = format!(
        "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:r='{RELATIONS}'><sheets>\
         <sheet name='A' sheetId='1' r:id='r1'/></sheets></workbook>"
    );
    let styles = "<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><cellXfs><xf numFmtId='0'/>\
                  <xf numFmtId='14'/><xf numFmtId='20'/></cellXfs></styleSheet>";
    firstbell_fuzz::read(&firstbell_fuzz::packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", first.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", list.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ]));
});
