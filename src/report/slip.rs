//! The late slip: the printed note for the teacher whose lesson the pupil joins. Plain text.

use chrono::NaiveDateTime;

use crate::domain::calendar::duration::duration;
use crate::domain::code::Code;
use crate::domain::facts::evidence::Mark;
use crate::domain::name::clean;
use crate::domain::people::pupil::Pupil;
use crate::domain::school::roll::Roll;

/// The slip of a pupil who came late at `came`, with this mark and the reason given.
pub fn slip(roll: &Roll, pupil: &Pupil, came: NaiveDateTime, mark: Mark, reason: Option<&str>) -> String {
    let when = if mark.code == Code::U { "Late, after the register closed" } else { "Late" };
    let minutes = match mark.minutes {
        Some(1) => ", by 1 minute".to_owned(),
        Some(minutes) => format!(", by {}", duration(minutes, " minutes")),
        None => String::new(),
    };
    let lines = [
        roll.school.name.clone(),
        "LATE SLIP".to_owned(),
        format!("{}  {} {}", pupil.spoken_name(), roll.group_name(pupil), roll.number_apart(pupil)),
        came.format("%a %-d %b %Y  %H:%M").to_string(),
        format!("{when}{minutes}"),
        format!("Reason: {}", reason.unwrap_or("none given")),
    ];
    // A printer obeys control characters as a terminal does.
    lines.iter().map(|line| clean(line) + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::*;

    #[test]
    fn a_slip_says_who_when_and_how_late() {
        let roll = roll();
        let amira = roll.pupil(AMIRA).unwrap();
        assert_eq!(
            slip(&roll, amira, at("09:12"), mark("U 32"), Some("bus")),
            "New school\nLATE SLIP\nAmira Khan 8KM\nWed 4 Mar 2026 09:12\nLate, after the register closed, by 32 minutes\nReason: bus\n"
        );
        let slip_text = slip(&roll, amira, at("08:41"), mark("L 1"), None);
        assert!(slip_text.ends_with("Late, by 1 minute\nReason: none given\n"), "{slip_text}");
    }

    #[test]
    fn nothing_that_commands_a_printer_is_on_it() {
        let mut roll = roll();
        roll.school.name = "High\u{1b}@\u{c}School".to_owned();
        let amira = roll.pupil(AMIRA).unwrap().clone();
        let slip_text = slip(&roll, &amira, at("09:12"), mark("U 32"), Some("bus\u{1b}[2J\r\n\u{9b}1m"));
        assert!(slip_text.chars().all(|letter| letter == '\n' || !letter.is_control()), "{slip_text:?}");
        assert_eq!(slip_text.lines().count(), 6);
    }
}
