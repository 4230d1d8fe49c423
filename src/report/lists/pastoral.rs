//! For the pastoral team: persistent absentees who are absent today.

use chrono::NaiveTime;
use hashbrown::HashMap;

use super::sheet;
use crate::domain::calendar::session::Session;
use crate::domain::code::{OnSite, Statistic};
use crate::domain::day::{Day, Past};
use crate::domain::facts::evidence::Mark;
use crate::domain::people::pupil::PupilId;
use crate::report::document::{Document, Item, Section};
use crate::report::document_kind::DocumentKind;

/// Persistent absentees who are absent today, for the pastoral team.
pub const KIND: DocumentKind = DocumentKind {
    word: "pastoral",
    about: "Persistent absentees who are absent today, for the pastoral team",
    title: "For the pastoral team",
    recorded_as: "list for the pastoral team",
    needs_past_of: absent,
    at: |at| Some(pastoral(at.day, at.session, at.now, at.pasts)),
};

/// Everybody with an absence in a session of today up to `current` who was not in the building in it, by name: those whose past
/// has to be known.
pub fn absent(day: &Day, current: Session) -> Vec<PupilId> {
    let away = |pupil| Session::BOTH.into_iter().any(|one| one <= current && mark(day, pupil, one).is_some());
    day.on_roll().map(|pupil| pupil.id).filter(|pupil| away(*pupil)).collect()
}

fn mark(day: &Day, pupil: PupilId, session: Session) -> Option<Mark> {
    let codes = &day.roll.codes;
    day.mark(pupil, session).settled.filter(|mark| {
        let counts = codes.statistic(mark.code);
        matches!(counts, Some(Statistic::Authorised | Statistic::Unauthorised))
            && codes.on_site(mark.code) != OnSite::Yes
    })
}

/// The [absent] who missed a tenth or more of the year up to yesterday, least attendance first. `pasts` holds what came
/// before today; of whom it does not know nothing is said but that.
pub fn pastoral(day: &Day, current: Session, now: NaiveTime, pasts: &HashMap<PupilId, Past>) -> Document {
    let absent = absent(day, current);
    let unknown = absent.iter().filter(|pupil| !pasts.contains_key(*pupil)).count();
    let known = absent.iter().filter_map(|pupil| Some((*pupil, pasts.get(pupil)?.year)));
    let mut rows: Vec<_> = known.filter(|(_, year)| year.is_persistent()).collect();
    // Compared exactly, as shares: 9/10 before 91/100.
    rows.sort_by(|(one, a), (other, b)| {
        let (left, right) =
            (u64::from(a.attended) * u64::from(b.possible), u64::from(b.attended) * u64::from(a.possible));
        left.cmp(&right).then_with(|| day.roll.place(*one).cmp(&day.roll.place(*other)))
    });
    let items = rows.iter().map(|(pupil, year)| {
        let today = Session::BOTH.into_iter().filter(|session| *session <= current);
        let today: Vec<String> = today
            .map(|session| {
                let mark = day.mark(*pupil, session).settled;
                format!("{session} {}", mark.map_or_else(|| "-".to_owned(), |mark| mark.code.to_string()))
            })
            .collect();
        let word = year.absence_word().unwrap_or_default();
        Item::new(
            Some(*pupil),
            &format!("{}: {year}, {word}; today {}", day.roll.name_and_group(*pupil), today.join(", ")),
        )
    });
    let mut sections = vec![Section {
        heading: "Persistently absent, and absent today".to_owned(),
        items: items.collect(),
        none: "Nobody who is absent today has missed a tenth of the year.".to_owned(),
    }];
    if unknown > 0 {
        let none = format!("{unknown} more who are absent: figures not known yet.");
        sections.push(Section { heading: String::new(), items: Vec::new(), none });
    }
    sheet(day, now, "For the pastoral team", sections)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::figures::Figures;
    use crate::domain::testing::*;

    fn past(absent: u32, possible: u32) -> Past {
        let year = Figures { possible, attended: possible - absent, authorised: absent, ..Figures::default() };
        Past { year, ..Past::default() }
    }

    #[test]
    fn only_persistent_absentees_who_are_absent_today_are_listed() {
        let am = Session::Am;
        let day = day(&[
            (AMIRA, am, "N"),
            (BILAL, am, "I"),
            (LOUIS, am, "I"),
            (ZOE, am, "/"),
            (SANNE, am, "U 40"),
            (SIOBHAN, am, "D"),
            (LUKASZ, am, "C"),
        ]);
        assert_eq!(absent(&day, am), [LOUIS, AMIRA, BILAL, LUKASZ], "U is in the building, D is elsewhere");
        let all = [(AMIRA, past(10, 20)), (BILAL, past(2, 20)), (LOUIS, past(1, 20)), (ZOE, past(20, 20))];
        let lists = |pasts: &HashMap<_, _>| {
            let sections = pastoral(&day, am, time("10:42"), pasts).sections;
            sections.iter().flat_map(|section| section.items.iter().map(|one| one.text.clone())).collect::<Vec<_>>()
        };
        let mut pasts: HashMap<PupilId, Past> = all.into_iter().collect();
        assert_eq!(
            lists(&pasts),
            [
                "Khan, Amira 8KM: 50.0 % (10/20), severely absent; today AM N",
                "Khan, Bilal 9TR: 90.0 % (18/20), persistently absent; today AM I",
            ]
        );
        assert_eq!(
            pastoral(&day, am, time("10:42"), &pasts).sections[1].none,
            "1 more who are absent: figures not known yet."
        );
        pasts.insert(LUKASZ, past(0, 0));
        assert_eq!(pastoral(&day, am, time("10:42"), &pasts).sections.len(), 1);
    }
}
