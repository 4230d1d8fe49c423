//! The roll: everything about the school that does not change from minute to minute.

use std::ops::Range;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use hashbrown::HashMap;

use super::School;
use super::corrected::Standing;
use crate::domain::calendar::session::{DayTimes, SessionDate};
use crate::domain::calendar::{Calendar, EarlyEnd};
use crate::domain::code::{Code, CodeFault, CodeRow, CodeTable, SchoolAge};
use crate::domain::facts::arrangement::{Arrangement, ArrangementId};
use crate::domain::people::bar::{Bar, describe};
use crate::domain::people::contact::{Contact, ContactId};
use crate::domain::people::pupil::{GroupId, HouseholdId, Pupil, PupilId, Staff, StaffId, TutorGroup};
use crate::domain::people::school_age::is_of_school_age;
use crate::domain::people::telling_name::{Apart, TellingName, tell_apart};

/// The roll of one school. Built once and shared; replaced whole when an import or a change of settings moves it.
#[derive(Clone, Debug)]
pub struct Roll {
    /// Settings.
    pub school: School,
    /// Codes.
    pub codes: Arc<CodeTable>,
    /// Terms, closed days, and days whose times are not the usual ones.
    pub calendar: Calendar,
    /// Everyone ever on roll and not yet forgotten, sorted by folded name.
    pub pupils: Vec<Pupil>,
    /// Tutor groups, by year and name.
    pub groups: Vec<TutorGroup>,
    /// Staff.
    pub staff: Vec<Staff>,
    /// By pupil, then in calling order: one list, for a list a pupil is a thousand.
    contacts: Vec<Contact>,
    /// The bars on contacts of a pupil, in every known spelling, also of people who are no contact any more.
    bars: HashMap<PupilId, Vec<Bar>>,
    /// The corrections that stand, oldest first: what is above has them in it.
    pub corrections: Vec<Standing>,
    /// The times of the days that end early.
    early: HashMap<NaiveDate, DayTimes>,
    index: HashMap<PupilId, usize>,
    /// What tells pupils of one name apart.
    apart: HashMap<PupilId, Apart>,
    /// Arrangements for many that stand, by number.
    arrangements: Vec<Arrangement>,
    households: HashMap<HouseholdId, Vec<PupilId>>,
}

impl Roll {
    /// A roll of these parts, in any order.
    pub fn new(
        school: School,
        codes: Arc<CodeTable>,
        calendar: Calendar,
        mut pupils: Vec<Pupil>,
        mut groups: Vec<TutorGroup>,
        staff: Vec<Staff>,
        mut contacts: Vec<Contact>,
    ) -> Roll {
        pupils.sort_by(|a, b| a.folded.cmp(&b.folded).then(a.id.cmp(&b.id)));
        groups.sort_by(|a, b| a.year.cmp(&b.year).then_with(|| a.name.cmp(&b.name)));
        let index = pupils.iter().enumerate().map(|(place, pupil)| (pupil.id, place)).collect();
        contacts.sort_unstable_by_key(|contact| (contact.pupil, contact.order, contact.id));
        // They stay as long as the program runs.
        pupils.shrink_to_fit();
        contacts.shrink_to_fit();
        let mut households: HashMap<HouseholdId, Vec<PupilId>> = HashMap::new();
        for pupil in &pupils {
            if let Some(household) = pupil.household {
                households.entry(household).or_default().push(pupil.id);
            }
        }
        let ended = |day: &EarlyEnd| (day.date, planned(&school, &calendar, day.date).ended_at(day.at));
        let early = calendar.early.iter().map(ended).collect();
        let (bars, corrections, apart) = (HashMap::new(), Vec::new(), tell_apart(&pupils));
        Roll {
            school,
            codes,
            calendar,
            pupils,
            groups,
            staff,
            contacts,
            bars,
            corrections,
            early,
            index,
            apart,
            arrangements: Vec::new(),
            households,
        }
    }

    /// The same with the corrections that are in it.
    pub fn with_corrections(self, corrections: Vec<Standing>) -> Roll {
        Roll { corrections, ..self }
    }

    /// Whether somebody changes the tutor group between two dates: the roll of the one is not that of the other.
    pub fn differs_between(&self, one: NaiveDate, other: NaiveDate) -> bool {
        let begins = self.corrections.iter().filter_map(|standing| standing.correction.from);
        begins.into_iter().any(|from| (from <= one) != (from <= other))
    }

    /// The corrections that stand about a pupil, oldest first.
    pub fn corrections(&self, pupil: PupilId) -> impl Iterator<Item = &Standing> {
        self.corrections.iter().filter(move |one| one.correction.pupil == pupil)
    }

    /// The same with these arrangements for many.
    pub fn with_arrangements(self, arrangements: Vec<Arrangement>) -> Roll {
        Roll { arrangements, ..self }
    }

    /// Every arrangement for many that stands, by number.
    pub fn arrangements(&self) -> &[Arrangement] {
        &self.arrangements
    }

    /// The arrangement with this number.
    pub fn arrangement(&self, id: ArrangementId) -> Option<&Arrangement> {
        self.arrangements.iter().find(|one| one.id == id)
    }

    /// The same with these bars: whoever they are on is barred, and every number of theirs, whoever else has it.
    pub fn with_bars(mut self, bars: Vec<Bar>) -> Roll {
        for bar in bars {
            let own = self.places_of_contacts(bar.pupil);
            for contact in self.contacts.get_mut(own).into_iter().flatten() {
                if contact.id == bar.contact {
                    contact.bar = Some(bar.reason.clone());
                }
                for phone in contact.phones.iter_mut().filter(|phone| bar.person.has_number(&phone.number)) {
                    phone.barred = true;
                }
            }
            self.bars.entry(bar.pupil).or_default().push(bar);
        }
        self
    }

    /// The pupil with this number.
    pub fn pupil(&self, id: PupilId) -> Option<&Pupil> {
        self.pupils.get(*self.index.get(&id)?)
    }

    /// The pupil's place in the sorted roll: a stable tie-breaker.
    pub fn place(&self, id: PupilId) -> usize {
        self.index.get(&id).copied().unwrap_or(usize::MAX)
    }

    /// The tutor group with this number.
    pub fn group(&self, id: GroupId) -> Option<&TutorGroup> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The year group of a pupil: their own, else their tutor group's.
    pub fn year_of(&self, pupil: &Pupil) -> Option<i64> {
        pupil.year.or_else(|| self.group(pupil.group?)?.year)
    }

    /// The row of `code` if it may stand at `at` for the pupil; otherwise why not. The roll knows a pupil's year of today's school
    /// year only: a code of another school year is not held against it. A date of birth holds in all of them.
    pub fn check_code(
        &self,
        code: Code,
        at: SessionDate,
        pupil: &Pupil,
        today: NaiveDate,
    ) -> Result<&CodeRow, CodeFault> {
        let row = self.codes.check(code, at.date, at.session)?;
        let this_year = Calendar::year_start(at.date) == Calendar::year_start(today);
        row.may_stand_for(SchoolAge {
            year: if this_year { self.year_of(pupil) } else { None },
            is_compulsory: pupil.date_of_birth.map(|born| is_of_school_age(born, at.date)),
        })?;
        Ok(row)
    }

    /// The same of a lesson's register.
    pub fn check_lesson_code(
        &self,
        code: Code,
        date: NaiveDate,
        pupil: &Pupil,
        today: NaiveDate,
    ) -> Result<&CodeRow, CodeFault> {
        self.check_code(code, self.codes.lesson_at(code, date), pupil, today)
    }

    /// The pupil's tutor group's name, or a dash.
    pub fn group_name(&self, pupil: &Pupil) -> &str {
        pupil.group.and_then(|id| self.group(id)).map_or("-", |group| &group.name)
    }

    /// The member of staff with this number.
    pub fn member(&self, id: StaffId) -> Option<&Staff> {
        self.staff.iter().find(|member| member.id == id)
    }

    /// The pupil's contacts, in calling order.
    pub fn contacts(&self, pupil: PupilId) -> &[Contact] {
        self.contacts.get(self.places_of_contacts(pupil)).unwrap_or_default()
    }

    fn places_of_contacts(&self, pupil: PupilId) -> Range<usize> {
        let from = self.contacts.partition_point(|contact| contact.pupil < pupil);
        from..self.contacts.partition_point(|contact| contact.pupil <= pupil)
    }

    /// One of the pupil's contacts.
    pub fn contact(&self, pupil: PupilId, id: ContactId) -> Option<&Contact> {
        self.contacts(pupil).iter().find(|contact| contact.id == id)
    }

    /// Who was rung about the pupil: one of their own contacts, or of a sibling's whose call spoke for them.
    pub fn rung(&self, pupil: &Pupil, id: ContactId) -> Option<&Contact> {
        self.contact(pupil.id, id).or_else(|| self.siblings(pupil).find_map(|other| self.contact(other.id, id)))
    }

    /// The pupil's own contact who is the same person as `other`, of the same household: of that name, and not of another number.
    pub fn same_person(&self, pupil: PupilId, other: &Contact) -> Option<&Contact> {
        let person = other.person();
        let is_same = |one: &&Contact| {
            let fit = one.person().fit(&person);
            fit.id || (fit.named() && (fit.number || (fit.exact && (one.phones.is_empty() || other.phones.is_empty()))))
        };
        self.contact(pupil, other.id).or_else(|| self.contacts(pupil).iter().find(is_same))
    }

    /// Why whoever is rung, a contact of the pupil's or of a sibling's, on this number if on any, must not be contacted about the
    /// pupil: "Mr Khan must not be contacted (court order)"; `None` if they may be. A sibling's contact may be whoever is barred if
    /// the name is theirs, unless a contact of the pupil's own who may be rung fits plainly better, or if the relationship is, unless
    /// the pupil's own have the same person; the number settles it always.
    pub fn why_barred(&self, pupil: PupilId, rung: &Contact, number: Option<&str>) -> Option<String> {
        let own = self.contact(pupil, rung.id);
        if let Some(reason) = own.and_then(|own| own.bar.as_deref()) {
            return Some(describe(&rung.name, reason));
        }
        let person = rung.person();
        let others = self.contacts(pupil).iter().filter(|one| !one.is_barred());
        let others: Vec<_> = others.map(|one| one.person().fit(&person)).collect();
        let is_named = |bar: &&Bar| {
            let fit = bar.person.fit(&person);
            let is_plainly_another = others.iter().any(|other| other.is_plainly_better_than(&fit));
            let is_one_of_others = others.iter().any(|other| other.id || other.named() || other.number);
            ((fit.id || fit.named()) && !is_plainly_another) || (fit.relation && !is_one_of_others)
        };
        let answers = |bar: &&Bar| number.is_some_and(|number| bar.person.has_number(number));
        let bars = self.bars.get(&pupil)?;
        let named = bars.iter().find(is_named).filter(|_| own.is_none()).map(Bar::describe);
        named.or_else(|| bars.iter().find(answers).map(|bar| format!("{}, whose number it is", bar.describe())))
    }

    /// The bars about a pupil, in every known spelling.
    pub fn bars(&self, pupil: PupilId) -> &[Bar] {
        self.bars.get(&pupil).map_or(&[], Vec::as_slice)
    }

    /// The others of the pupil's household, by name.
    pub fn siblings(&self, pupil: &Pupil) -> impl Iterator<Item = &Pupil> {
        let home = pupil.household.and_then(|household| self.households.get(&household));
        let id = pupil.id;
        home.into_iter().flatten().filter(move |other| **other != id).filter_map(|other| self.pupil(*other))
    }

    /// The times that marks of a date are judged by, whether or not the school meets on it.
    pub fn hours(&self, date: NaiveDate) -> &DayTimes {
        self.early.get(&date).unwrap_or_else(|| planned(&self.school, &self.calendar, date))
    }

    /// "Khan, Amira 8KM", or a dash for a number not on the roll. Where another of the name is in the same group the admission
    /// number stands behind it: "Chan, Jun 8VS 004127".
    pub fn name_and_group(&self, id: PupilId) -> String {
        self.pupil(id).map_or_else(|| "-".to_owned(), |pupil| self.name_with_group(pupil).to_string())
    }

    /// The same in two parts.
    pub fn name_with_group(&self, pupil: &Pupil) -> TellingName {
        let (group, number) = (self.group_name(pupil), self.number_apart(pupil));
        let apart = if number.is_empty() { group.to_owned() } else { format!("{group} {number}") };
        TellingName { name: pupil.list_name(), apart }
    }

    /// The name where nothing else stands beside it: "Khan, Amira"; of several of the name, with the tutor group, or with the
    /// admission number where even the group is the same.
    pub fn telling_name(&self, pupil: &Pupil) -> TellingName {
        TellingName { name: pupil.list_name(), apart: self.apart(pupil).to_owned() }
    }

    /// The name where the tutor group stands beside it: with the admission number where another of the name is in the group.
    pub fn name_in_group(&self, pupil: &Pupil) -> TellingName {
        TellingName { name: pupil.list_name(), apart: self.number_apart(pupil).to_owned() }
    }

    /// "Amira Khan", as spoken; of several of the name as [`telling_name`](Roll::telling_name).
    pub fn spoken_name(&self, pupil: &Pupil) -> TellingName {
        TellingName { name: pupil.spoken_name(), apart: self.apart(pupil).to_owned() }
    }

    fn apart(&self, pupil: &Pupil) -> &str {
        match self.apart.get(&pupil.id) {
            Some(Apart::Group) => self.group_name(pupil),
            Some(Apart::Number(number)) => number,
            None => "",
        }
    }

    /// The admission number, where the tutor group tells nobody apart.
    pub fn number_apart(&self, pupil: &Pupil) -> &str {
        match self.apart.get(&pupil.id) {
            Some(Apart::Number(number)) => number,
            Some(Apart::Group) | None => "",
        }
    }
}

/// The times of a date before it is ended early: the calendar's own, else the timetable's.
pub fn planned<'a>(school: &'a School, calendar: &'a Calendar, date: NaiveDate) -> &'a DayTimes {
    calendar.times(date).unwrap_or_else(|| school.timetable(date).on(date.weekday()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::timetable::Former;
    use crate::domain::calendar::{ClosedDay, Closure, OtherTimes};
    use crate::domain::people::phone::Phone;
    use crate::domain::testing::*;

    /// The tiny school's roll: until 27 February its register closed at 09:00; in the week of 9 March it opens at 09:30; 13 and 20 March end at 12:00.
    fn with_other_times() -> Roll {
        let plain = roll();
        let (mut school, mut calendar) = (plain.school.clone(), plain.calendar.clone());
        let mut before = school.times.clone();
        before.usual.am.closes = time("09:00");
        school.former = vec![Former { until: date(2026, 2, 27), times: before }];
        let mut exams = times();
        (exams.am.opens, exams.am.closes) = (time("09:30"), time("10:00"));
        let (from, until) = (date(2026, 3, 9), date(2026, 3, 13));
        calendar.other_times = vec![OtherTimes { name: "Exam week".to_owned(), from, until, times: exams }];
        let early = |date, name: &str| EarlyEnd { date, at: time("12:00"), name: name.to_owned() };
        calendar.early = vec![early(date(2026, 3, 13), ""), early(date(2026, 3, 20), "Sports day")];
        let snow = ClosedDay { date: date(2026, 3, 10), kind: Closure::Unexpected, name: "Snow".to_owned() };
        calendar.closed.push(snow);
        Roll::new(school, codes(), calendar, Vec::new(), Vec::new(), Vec::new(), Vec::new())
    }

    #[test]
    fn each_date_has_the_times_of_its_own() {
        let roll = with_other_times();
        for (day, closes, ends, meets) in [
            (date(2025, 9, 3), "09:00", "15:10", false),
            (date(2026, 2, 26), "09:00", "15:10", true),
            (date(2026, 2, 27), "09:00", "15:10", true),
            (date(2026, 3, 2), "09:10", "15:10", true),
            (date(2026, 3, 6), "09:10", "15:10", true),
            (date(2026, 3, 9), "10:00", "15:10", true),
            // Closed within the week: it keeps the times it would have had.
            (date(2026, 3, 10), "10:00", "15:10", false),
            (date(2026, 3, 13), "10:00", "12:00", true),
            (date(2026, 3, 16), "09:10", "15:10", true),
            (date(2026, 3, 20), "09:10", "12:00", true),
        ] {
            let hours = roll.hours(day);
            assert_eq!((hours.am.closes, hours.ends()), (time(closes), time(ends)), "{day}");
            assert_eq!(roll.times(day).ok(), Some(hours).filter(|_| meets), "{day}");
        }
        assert_eq!(roll.calendar.why_early(date(2026, 3, 13)).as_deref(), Some("the day ends at 12:00"));
        assert_eq!(roll.calendar.why_early(date(2026, 3, 20)).as_deref(), Some("the day ends at 12:00: Sports day"));
        assert_eq!(roll.calendar.why_early(date(2026, 3, 16)), None);
    }

    #[test]
    fn everybody_has_a_place_and_only_one() {
        let roll = roll();
        for (place, pupil) in roll.pupils.iter().enumerate() {
            assert_eq!(roll.place(pupil.id), place);
            assert_eq!(roll.pupil(pupil.id), Some(pupil));
        }
        assert_eq!((roll.pupil(PupilId(99)), roll.place(PupilId(99))), (None, usize::MAX));
        assert_eq!(roll.name_and_group(SUKARNO), "Sukarno 9TR");
        assert_eq!(roll.name_and_group(PupilId(99)), "-");
    }

    #[test]
    fn groups_are_by_year_and_contacts_in_calling_order() {
        let roll = roll();
        assert_eq!(roll.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["8KM", "9TR"]);
        let names: Vec<&str> = roll.contacts(AMIRA).iter().map(|contact| contact.name.as_str()).collect();
        assert_eq!(names, ["Mrs Khan", "Mr Khan"]);
        assert_eq!(roll.contact(AMIRA, ContactId(3)), None, "that is her brother's");
        assert!(roll.contacts(ZOE).is_empty());
    }

    #[test]
    fn a_number_of_somebody_barred_is_not_rung_at_anybody_s() {
        let (mother, father) = (contact(1, AMIRA, 1, "Mrs Khan"), contact(2, AMIRA, 2, "Mr Khan"));
        let shared = Phone::of("01632 960002");
        let roll = roll();
        let mut mothers = vec![mother.phones[0].clone(), shared.clone()];
        let all = vec![Contact { phones: mothers.clone(), ..mother }, father.clone()];
        let school = (roll.school, roll.codes, roll.calendar, roll.pupils, roll.groups, roll.staff);
        let roll = Roll::new(school.0, school.1, school.2, school.3, school.4, school.5, all);
        let bar = Bar { pupil: AMIRA, contact: father.id, person: father.person(), reason: "court order".to_owned() };
        let roll = roll.with_bars(vec![bar]);
        let [mother, father] = roll.contacts(AMIRA) else { panic!() };
        let numbers = |contact: &Contact| contact.numbers_to_ring().cloned().collect::<Vec<_>>();
        mothers.pop();
        assert_eq!((numbers(mother), numbers(father)), (mothers.clone(), Vec::new()));
        let why = |contact, number| roll.why_barred(AMIRA, contact, number);
        assert_eq!(why(mother, Some(mothers[0].number.as_str())), None);
        let text = "Mr Khan must not be contacted (court order)";
        for number in ["+44 1632 960002", "01632 960002 ext 12", "141 01632 960002", "01632 960001, 01632 960002"] {
            assert_eq!(why(mother, Some(number)), Some(format!("{text}, whose number it is")), "{number}");
        }
        assert_eq!(why(father, None).as_deref(), Some(text));
    }

    #[test]
    fn siblings_are_the_others_of_the_household() {
        let roll = roll();
        let siblings = |id| roll.siblings(roll.pupil(id).unwrap()).map(|pupil| pupil.id).collect::<Vec<_>>();
        assert_eq!(siblings(AMIRA), [BILAL, LEAVER]);
        assert_eq!(siblings(ZOE), [], "no household is no household in common");
    }

    #[test]
    fn a_pupil_without_a_group_is_on_the_roll_all_the_same() {
        let roll = roll_of(vec![Pupil { group: None, ..pupil(1, "Khan", "Amira", G8KM) }]);
        assert_eq!(roll.name_and_group(AMIRA), "Khan, Amira -");
    }
}
