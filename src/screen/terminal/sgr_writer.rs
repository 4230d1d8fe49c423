//! Cells as a terminal is told of them, in few bytes: the pen is changed by one sequence, the cursor goes the shorter way, and a long
//! run of blanks is erased.

use std::fmt::Write;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Blanks that are cheaper to erase than to print.
const MANY: usize = 8;

/// Each modifier with what turns it on, and off.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// What is written with.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct SgrWriter {
    colour: Color,
    ground: Color,
    modifier: Modifier,
}

impl SgrWriter {
    fn of(cell: &Cell) -> SgrWriter {
        SgrWriter { colour: cell.fg, ground: cell.bg, modifier: cell.modifier }
    }

    /// Whether erasing leaves what printing a blank does.
    fn erases(self) -> bool {
        self.ground == Color::Reset
            && !self.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT)
    }

    /// The sequence that makes this pen the `wanted` one.
    fn change(self, wanted: SgrWriter) -> String {
        let mut changes = Vec::new();
        // What is turned off may take another with it: bold and dim have one end.
        let off = |modifier| MODIFIERS.iter().find(|(one, ..)| *one == modifier).map_or(0, |(_, _, off)| *off);
        let ended: Vec<u8> = (self.modifier - wanted.modifier).iter().map(off).collect();
        for (modifier, on, off) in MODIFIERS {
            if ended.contains(&off) && !changes.contains(&off.to_string()) {
                changes.push(off.to_string());
            }
            if wanted.modifier.contains(modifier) && (!self.modifier.contains(modifier) || ended.contains(&off)) {
                changes.push(on.to_string());
            }
        }
        if self.colour != wanted.colour {
            changes.push(code(wanted.colour, 30));
        }
        if self.ground != wanted.ground {
            changes.push(code(wanted.ground, 40));
        }
        let anew = if self == SgrWriter::default() { None } else { Some(SgrWriter::default().change(wanted)) };
        let changed = if changes.is_empty() { String::new() } else { format!("\x1b[{}m", changes.join(";")) };
        // From nothing: its own sequence, behind a nought that may be left out where nothing follows.
        let anew =
            anew.map(|anew| if anew.is_empty() { "\x1b[m".to_owned() } else { anew.replacen("\x1b[", "\x1b[;", 1) });
        anew.filter(|anew| anew.len() < changed.len()).unwrap_or(changed)
    }
}

/// A colour as a parameter, the first of its row being `first`: 30 for letters, 40 for the ground.
fn code(colour: Color, first: u8) -> String {
    let plain = |place: u8| (first + place).to_string();
    let bright = |place: u8| (first + 60 + place).to_string();
    match colour {
        Color::Reset => plain(9),
        Color::Black => plain(0),
        Color::Red => plain(1),
        Color::Green => plain(2),
        Color::Yellow => plain(3),
        Color::Blue => plain(4),
        Color::Magenta => plain(5),
        Color::Cyan => plain(6),
        Color::Gray => plain(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(place) => format!("{};5;{place}", first + 8),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", first + 8),
    }
}

/// What a terminal is to be told to show `cells`, each with its column and row; the pen is put down afterwards.
pub fn write(cells: &[(u16, u16, &Cell)]) -> String {
    let mut out = String::new();
    let mut pen = SgrWriter::default();
    // Where the cursor is; and whether every terminal agrees, for they do not on how wide each letter is.
    let mut at: Option<(u16, u16)> = None;
    let mut sure = true;
    let mut rest = cells;
    while let Some(((x, y, cell), others)) = rest.split_first() {
        if at != Some((*x, *y)) {
            let from = at.filter(|_| sure);
            sure |= from.is_none();
            out += &jump(from, (*x, *y));
        }
        let wanted = SgrWriter::of(cell);
        if pen != wanted {
            out += &pen.change(wanted);
            pen = wanted;
        }
        let same = |((bx, by, blank), column): &(&(u16, u16, &Cell), u16)| {
            bx == column && by == y && blank.symbol() == " " && SgrWriter::of(blank) == pen
        };
        let blanks = if pen.erases() { rest.iter().zip(*x..).take_while(same).count() } else { 0 };
        if blanks >= MANY {
            // Erasing moves nothing.
            let _ = write!(out, "\x1b[{blanks}X");
            at = Some((*x, *y));
            rest = rest.get(blanks..).unwrap_or_default();
        } else {
            out += cell.symbol();
            sure &= cell.symbol().is_ascii();
            at = Some((x.saturating_add(1), *y));
            rest = others;
        }
    }
    out += &pen.change(SgrWriter::default());
    out
}

/// The shorter way for the cursor.
fn jump(from: Option<(u16, u16)>, (x, y): (u16, u16)) -> String {
    let (column, row) = (u32::from(x) + 1, u32::from(y) + 1);
    match from {
        Some((at, line)) if line == y && at < x => match x - at {
            1 => "\x1b[C".to_owned(),
            by => format!("\x1b[{by}C"),
        },
        _ if x == 0 => format!("\x1b[{row}H"),
        _ => format!("\x1b[{row};{column}H"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pen(colour: Color, modifier: Modifier) -> SgrWriter {
        SgrWriter { colour, ground: Color::Reset, modifier }
    }

    #[test]
    fn a_pen_is_changed_by_one_short_sequence() {
        let (plain, bold) = (SgrWriter::default(), pen(Color::Cyan, Modifier::BOLD));
        assert_eq!(plain.change(plain), "");
        assert_eq!(plain.change(bold), "\x1b[1;36m");
        assert_eq!(bold.change(plain), "\x1b[m");
        assert_eq!(bold.change(pen(Color::Red, Modifier::BOLD)), "\x1b[31m");
        assert_eq!(bold.change(pen(Color::DarkGray, Modifier::empty())), "\x1b[;90m");
        assert_eq!(
            pen(Color::Reset, Modifier::BOLD | Modifier::DIM).change(pen(Color::Reset, Modifier::DIM)),
            "\x1b[;2m"
        );
    }

    #[test]
    fn a_long_run_of_blanks_is_erased_unless_it_shows() {
        let row = |modifier| {
            let mut cell = Cell::default();
            cell.modifier = modifier;
            write(&(0..20).map(|x| (x, 0, &cell)).collect::<Vec<_>>())
        };
        assert_eq!(row(Modifier::empty()), "\x1b[1H\x1b[20X");
        assert!(row(Modifier::REVERSED).contains(&" ".repeat(20)));
    }
}
