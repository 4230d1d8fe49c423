//! Cells of a workbook: days are days and numbers numbers, every text is a text whatever it looks like, and there are no formulas.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, Worksheet, XlsxError};

use crate::report::tables::cell::Cell;

/// How cells look.
pub struct Looks {
    /// Headings.
    pub heading: Format,
    text: Format,
    /// Headings of numbers.
    pub number_heading: Format,
    number: Format,
    decimal: Format,
    points: Format,
    date: Format,
    long_date: Format,
    time: Format,
    moment: Format,
}

impl Looks {
    /// The usual ones.
    pub fn usual() -> Looks {
        Looks::upon(&Format::new())
    }

    /// Bold, for what others add up to.
    pub fn bold() -> Looks {
        Looks::upon(&Format::new().set_bold())
    }

    fn upon(base: &Format) -> Looks {
        let of = |code: &str| base.clone().set_num_format(code);
        Looks {
            heading: Format::new().set_bold(),
            number_heading: Format::new().set_bold().set_align(FormatAlign::Right),
            text: of("@"),
            number: of("0"),
            decimal: of("0.0"),
            points: of("+0.0;-0.0;0.0"),
            date: of("dd/mm/yyyy"),
            long_date: of("dddd d mmmm yyyy"),
            time: of("hh:mm"),
            moment: of("dd/mm/yyyy hh:mm"),
        }
    }
}

/// How percentages of attendance look, where they are coloured: the less, the darker. The number stands there all the same.
pub struct Bands(Vec<(i64, Looks)>);

/// Up to so many tenths of a percent, and the colour.
const BANDS: [(i64, u32); 3] = [(500, 0x00e6_9f9f), (900, 0x00f5_c998), (949, 0x00fd_f0c8)];

impl Bands {
    /// Those of every sheet.
    pub fn usual() -> Bands {
        let look = |(most, colour)| (most, Looks::upon(&Format::new().set_background_color(Color::RGB(colour))));
        Bands(BANDS.map(look).into())
    }

    /// How this cell looks; `None` where it is no percentage, or has no colour.
    pub fn of(&self, cell: &Cell<'_>) -> Option<&Looks> {
        let Cell::Percent(tenths) = cell else { return None };
        self.0.iter().find(|(most, _)| tenths <= most).map(|(_, looks)| looks)
    }
}

/// Write a cell at a row and a column.
pub fn put(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell<'_>, looks: &Looks) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank => {}
        Cell::Text(text) => {
            sheet.write_string_with_format(row, column, text.as_ref(), &looks.text)?;
        }
        Cell::Number(number) | Cell::Minutes(number) => match small_number(*number) {
            Some(number) => {
                sheet.write_number_with_format(row, column, number, &looks.number)?;
            }
            None => {
                sheet.write_string_with_format(row, column, number.to_string(), &looks.text)?;
            }
        },
        Cell::Percent(tenths) | Cell::Points(tenths) => match small_number(*tenths) {
            Some(tenths) => {
                let look = if matches!(cell, Cell::Points(_)) { &looks.points } else { &looks.decimal };
                sheet.write_number_with_format(row, column, tenths / 10.0, look)?;
            }
            None => {
                sheet.write_string_with_format(row, column, cell.written(), &looks.text)?;
            }
        },
        Cell::Date(date) => {
            sheet.write_datetime_with_format(row, column, excel_date(*date)?, &looks.date)?;
        }
        Cell::LongDate(date) => {
            sheet.write_datetime_with_format(row, column, excel_date(*date)?, &looks.long_date)?;
        }
        Cell::Time(time) => {
            let at = ExcelDateTime::from_hms(small(time.hour()), byte(time.minute()), 0)?;
            sheet.write_datetime_with_format(row, column, at, &looks.time)?;
        }
        Cell::Moment(moment) => {
            let at = excel_time(excel_date(moment.date())?, moment.time())?;
            sheet.write_datetime_with_format(row, column, at, &looks.moment)?;
        }
    }
    Ok(())
}

/// A number as a spreadsheet holds it: exact up to 53 bits, and those of a school are small.
fn small_number(number: i64) -> Option<f64> {
    i32::try_from(number).ok().map(f64::from)
}

/// A day as a spreadsheet counts it.
pub fn excel_date(date: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(u16::try_from(date.year()).unwrap_or_default(), byte(date.month()), byte(date.day()))
}

/// A day with a time.
pub fn excel_time(date: ExcelDateTime, time: NaiveTime) -> Result<ExcelDateTime, XlsxError> {
    date.and_hms(small(time.hour()), byte(time.minute()), 0)
}

fn small(number: u32) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

fn byte(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}
