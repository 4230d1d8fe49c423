//! Rejects as a CSV file that is safe to open in a spreadsheet.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::domain::incoming::Reject;

/// Write `rejects` as CSV: file, line, column, value, reason. It begins with a byte order mark, without which Excel misreads
/// accents.
pub fn write(rejects: &[Reject], mut to: impl Write) -> io::Result<()> {
    to.write_all("\u{feff}".as_bytes())?;
    let mut out = csv::Writer::from_writer(to);
    out.write_record(["file", "line", "column", "value", "reason"])?;
    for Reject { place, column, value, reason } in rejects {
        let line = place.line.to_string();
        out.write_record([&*safe(&place.file), &line, &safe(column), &safe(value), &safe(reason)])?;
    }
    out.flush()
}

/// `cell` so that no spreadsheet takes it for a formula.
fn safe(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::incoming::Place;

    #[test]
    fn cells_cannot_run() {
        let reject = |value: &str| Reject {
            place: Place { file: "m, 1.csv".to_owned(), line: 7 },
            column: "code".to_owned(),
            value: value.to_owned(),
            reason: "this is not an attendance code".to_owned(),
        };
        let mut out = Vec::new();
        write(&["=1+1", "+44", "-", "@SUM", "\tx", "\rx", "Zoë \"x\""].map(reject), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let rows: Vec<&str> = text.trim_start_matches('\u{feff}').split('\n').collect();
        assert_eq!(rows[0], "file,line,column,value,reason");
        assert_eq!(rows[1], "\"m, 1.csv\",7,code,'=1+1,this is not an attendance code");
        for (row, safe) in
            rows[2..].iter().zip([",'+44,", ",'-,", ",'@SUM,", ",'\tx,", ",\"'\rx\",", ",\"Zoë \"\"x\"\"\","])
        {
            assert!(row.contains(safe), "{row}");
        }
    }
}
