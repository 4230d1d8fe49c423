//! Rows and lines of tables: which are read, and which are told.

use super::*;

fn rows(text: &str) -> (Vec<(u64, String)>, Vec<Reject>) {
    let mut quiet = |_: Progress<'_>| {};
    let mut table = Table::open("x.csv", text, ROWS_MAX, &mut quiet).unwrap();
    let (b, mut rows, mut rejects) = (table.column("b"), Vec::new(), Vec::new());
    while let Some(row) = table.next(&mut rejects) {
        rows.push((row.line(), row.cell(b).as_str().to_owned()));
    }
    (rows, rejects)
}

fn lines(text: &str) -> Vec<u64> {
    rows(text).0.into_iter().map(|(line, _)| line).collect()
}

#[test]
fn lines_are_right_whatever_ends_them() {
    assert_eq!(lines("a,b\n1,2\n3,4"), [2, 3]);
    assert_eq!(lines("a,b\r\n1,2\r\n3,4\r\n"), [2, 3]);
    assert_eq!(lines("a,b\r1,2\r3,4\r"), [2, 3]);
    assert_eq!(lines("\n\na,b\n\n1,2\r\n\r\n\r\n3,4\n"), [5, 8]);
    assert_eq!(lines("a,b\n\"x\ny\",2\n3,4\n"), [2, 4]);
    assert_eq!(lines("a,b\r\n\"x\r\n\r\ny\",2\r\n3,4\r\n"), [2, 5]);
    assert_eq!(lines("a,b\n,,\n , \n3,4\n"), [4]);
}

#[test]
fn headings_are_found_in_any_case_and_order() {
    assert_eq!(rows(" B ,a\n two  words ,1\n").0, [(2, "two words".to_owned())]);
    assert_eq!(rows("a\tB\n1\t2\n").0, [(2, "2".to_owned())]);
    assert_eq!(rows("a;b\n1;\"x,y\"\n").0, [(2, "x,y".to_owned())]);
}

#[test]
fn ragged_rows_are_rejected_and_the_rest_read() {
    let (rows, rejects) = rows("a,b\n1\n1,2,3\n3,4\n");
    assert_eq!(rows, [(4, "4".to_owned())]);
    assert_eq!(rejects.iter().map(|one| one.place.line).collect::<Vec<_>>(), [2, 3]);
    assert!(rejects[0].reason.contains("1 cells and the headings 2"), "{}", rejects[0].reason);
}

#[test]
fn an_open_quotation_mark_costs_its_own_line() {
    let (rows, rejects) = rows("a,b\n1,2\n\"3,4\n5,6\n7,8\n");
    assert_eq!(rows, [(2, "2"), (4, "6"), (5, "8")].map(|(line, b)| (line, b.to_owned())));
    assert_eq!((rejects[0].place.line, rejects[0].value.as_str()), (3, "\"3,4"));
    assert!(rejects[0].reason.starts_with("a quotation mark in this line is not closed"), "{}", rejects[0].reason);
}

#[test]
fn a_heading_twice_is_a_fault_where_it_is_used() {
    let mut quiet = |_: Progress<'_>| {};
    let table = Table::open("x.csv", "a,b, A\n", ROWS_MAX, &mut quiet).unwrap();
    let fault = table.has_each_once(|heading| heading == "a").unwrap_err();
    assert_eq!(fault.to_string(), "x.csv has the heading “a” twice, in columns 1 and 3: take one away");
    assert_eq!(table.has_each_once(|heading| heading == "b"), Ok(()));
    let fault = |text| Table::open("x.csv", text, ROWS_MAX, &mut |_| {}).err().unwrap().to_string();
    assert!(fault("").contains("is empty") && fault("\r\n\n").contains("is empty"));
    assert!(fault("a,\"b\n1,2\n").contains("in its first line that is not closed"));
    assert!(fault(&"a".repeat(70_000)).contains("a first line longer than 65,536 letters"));
}

#[test]
fn blank_headings_at_the_end_ask_for_nothing() {
    let (rows, rejects) = rows("a,b,,\n1,2\n3,4,\n5,6,,\n7,8,9\n10,11,,,\n12\n");
    assert_eq!(rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4, 6]);
    assert_eq!(rejects.iter().map(|one| one.place.line).collect::<Vec<_>>(), [5, 7]);
}

#[test]
fn lines_that_are_no_rows_are_told() {
    let shown = |text: &str| {
        let (rows, rejects) = rows(text);
        let begins = |one: &Reject| (one.place.line, one.reason.split([':', ',']).next().unwrap().to_owned());
        (rows.into_iter().map(|(line, _)| line).collect::<Vec<_>>(), rejects.iter().map(begins).collect::<Vec<_>>())
    };
    let reject = |line, message: &str| (line, message.to_owned());
    let (rows, rejects) = shown("a,b,c,d,e\n1,2,3,4,5\nA, b,C,d,e\n6,7,8,9,0\nTotal: 2,,,,\n,grand total,2,,\n");
    assert_eq!(rows, [2, 4]);
    let totals = "this is a line of totals";
    assert_eq!(rejects, [reject(3, "these are the headings again"), reject(5, totals), reject(6, totals)]);
    let (rows, rejects) = shown("a,b,c\n1,2,3\nb,a,c\n4,5,6\na,b,c\n7,8,9\n");
    assert_eq!(rows, [2, 6]);
    let others = [
        reject(3, "these are headings of another table"),
        reject(4, "the headings on line 3 are another table's"),
        reject(5, "these are the headings again"),
    ];
    assert_eq!(rejects, others);
}
